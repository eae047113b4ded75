//! The words: every sentence of the screens and reports, in Vietnamese and English.
//!
//! Nothing here decides anything. Facts come in, sentences go out.

pub mod agencies;
pub mod attachments;
pub mod calls;
pub mod choosing;
pub mod collecting;
pub mod database;
pub mod difficulties;
pub mod directives;
pub mod documents;
pub mod entrance;
pub mod figures;
pub mod files;
pub mod findings;
pub mod forming;
pub mod formulas;
pub mod heads;
pub mod late;
pub mod ledger;
pub mod locks;
pub mod notices;
pub mod number;
pub mod people;
pub mod periods;
pub mod phrases;
pub mod pictures;
pub mod places;
pub mod reaching;
pub mod refusals;
pub mod stocktakes;
pub mod task_lists;
pub mod tasks;
#[cfg(test)]
mod tests;
pub mod unit_problems;

use std::sync::LazyLock;

use domain::item::Bilingual;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// A language of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// Both, Vietnamese first.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The code in addresses, cookies and the `lang` attribute.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The other language, for the switch.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }

    /// The sentences of this language.
    #[must_use]
    pub fn words(self) -> &'static Words {
        match self {
            Self::Vi => &VI,
            Self::En => &EN,
        }
    }

    /// The half of a bilingual text in this language; the other half when this one is empty.
    #[must_use]
    pub fn of(self, text: &Bilingual) -> &str {
        match self {
            Self::Vi if !text.vi.is_empty() => &text.vi,
            Self::En if text.en.is_empty() => &text.vi,
            Self::Vi | Self::En => &text.en,
        }
    }

    /// A sentence without gaps.
    #[must_use]
    pub fn say(self, key: &str) -> String {
        self.words().tell(key, [])
    }

    /// A sentence with its gaps filled.
    #[must_use]
    pub fn tell<'a>(self, key: &str, gaps: impl IntoIterator<Item = (&'a str, Gap<'a>)>) -> String {
        self.words().tell(key, gaps)
    }
}

/// What fills a gap of a sentence: printed text, or a number whose plural matters.
pub type Gap<'a> = FluentValue<'a>;

/// The sentences of one language.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
}

/// The Vietnamese sentences, written first.
const VI_SOURCE: &str = concat!(
    include_str!("vi.ftl"),
    include_str!("directives.vi.ftl"),
    include_str!("calls.vi.ftl"),
    include_str!("files.vi.ftl"),
    include_str!("calendar.vi.ftl"),
    include_str!("hot_spots.vi.ftl"),
    include_str!("stocktakes.vi.ftl"),
    include_str!("task_lists.vi.ftl"),
    include_str!("tasks.vi.ftl"),
    include_str!("heads.vi.ftl"),
    include_str!("difficulties.vi.ftl"),
    include_str!("choosing.vi.ftl"),
    include_str!("pictures.vi.ftl"),
    include_str!("urging.vi.ftl"),
    include_str!("reaching.vi.ftl")
);
/// The English sentences.
const EN_SOURCE: &str = concat!(
    include_str!("en.ftl"),
    include_str!("directives.en.ftl"),
    include_str!("calls.en.ftl"),
    include_str!("files.en.ftl"),
    include_str!("calendar.en.ftl"),
    include_str!("hot_spots.en.ftl"),
    include_str!("stocktakes.en.ftl"),
    include_str!("task_lists.en.ftl"),
    include_str!("tasks.en.ftl"),
    include_str!("heads.en.ftl"),
    include_str!("difficulties.en.ftl"),
    include_str!("choosing.en.ftl"),
    include_str!("pictures.en.ftl"),
    include_str!("urging.en.ftl"),
    include_str!("reaching.en.ftl")
);

static VI: LazyLock<Words> = LazyLock::new(|| Words::read(Lang::Vi, "vi-VN", VI_SOURCE));
static EN: LazyLock<Words> = LazyLock::new(|| Words::read(Lang::En, "en-GB", EN_SOURCE));

impl Words {
    fn read(lang: Lang, tag: &str, source: &str) -> Self {
        let language: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Isolation marks would end up in what people copy into Word.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match lang {
            Lang::Vi => |value, _| printed(value, Lang::Vi),
            Lang::En => |value, _| printed(value, Lang::En),
        }));
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) => resource,
            // A test reads both files without errors; what could be read is used all the same.
            Err((resource, _errors)) => resource,
        };
        bundle.add_resource_overriding(resource);
        Self { bundle }
    }

    /// A sentence with its gaps filled; the key itself when there is no such sentence, which a
    /// test excludes for every key that the sources name.
    #[must_use]
    pub fn tell<'a>(
        &self,
        key: &str,
        gaps: impl IntoIterator<Item = (&'a str, Gap<'a>)>,
    ) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let arguments = FluentArgs::from_iter(gaps);
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned()
    }

    /// Whether there is a sentence of this name.
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
}

/// Numbers in sentences get the separators of their language; everything else is left alone.
fn printed(value: &FluentValue<'_>, lang: Lang) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(number::grouped(&number.as_string(), lang)),
        FluentValue::String(_)
        | FluentValue::Custom(_)
        | FluentValue::None
        | FluentValue::Error => None,
    }
}
