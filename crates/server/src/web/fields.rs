//! Fields of a form: what stands in them, how each is filled, and what has to be mended in it.

use domain::refusal::Refusal;

use super::parts::Link;
use crate::wording::{Gap, Lang, refusals};

/// A field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name in what is sent.
    pub name: &'static str,
    /// What stands beside it.
    pub label: String,
    /// What helps to fill it; may be empty.
    pub hint: String,
    /// What stands in it.
    pub value: String,
    /// What has to be mended in it.
    pub says: Vec<String>,
    /// How it is filled.
    pub typing: Typing,
}

/// How a field is filled.
#[derive(Debug, Clone)]
pub enum Typing {
    /// With a few words.
    Line,
    /// With a line of at most so many characters.
    Long(usize),
    /// With a few words, for which the list with an id offers some.
    Suggested(&'static str),
    /// With a day.
    Day,
    /// With lines, about so many.
    Lines(u8),
    /// With one of these: what is sent and what it says.
    Choice(Vec<(String, String)>),
}

impl Field {
    /// A field for a few words, filled with what was typed.
    #[must_use]
    pub fn line(name: &'static str, label: String, value: &str) -> Self {
        let (hint, value) = (String::new(), value.to_owned());
        Self { name, label, hint, value, says: Vec::new(), typing: Typing::Line }
    }

    /// The same with words that help.
    #[must_use]
    pub fn hinted(self, hint: String) -> Self {
        Self { hint, ..self }
    }

    /// The same, filled in another way.
    #[must_use]
    pub fn typed(self, typing: Typing) -> Self {
        Self { typing, ..self }
    }

    /// Notes a reason to mend it.
    pub fn refuse(&mut self, why: &Refusal, lang: Lang) {
        self.says.push(refusals::reason(why, lang));
    }

    /// The ids of what describes it.
    #[must_use]
    pub fn described(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let says = (!self.says.is_empty()).then(|| format!("{}-says", self.name));
        [hint, says].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// Everything that has to be mended: what concerns no field as it is, the rest as links to the fields.
#[must_use]
pub fn mended(others: Vec<String>, fields: &[Field], lang: Lang) -> Vec<Link> {
    let link = |field: &Field, says: &str| {
        let gaps = [("field", Gap::from(field.label.as_str())), ("problem", says.into())];
        Link { href: format!("#{}", field.name), text: lang.tell("field-problem", gaps) }
    };
    let said = fields.iter().flat_map(|field| field.says.iter().map(move |says| (field, says)));
    let others = others.into_iter().map(|text| Link { href: String::new(), text });
    others.chain(said.map(|(field, says)| link(field, says))).collect()
}
