//! The frame of every page: language, title, where one is, how far the data reach.

use actions::answer::AsOf;
use domain::access::{Actor, Right};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::links::{self, Choice};
use super::visit::{LANG_KEY, Visit};
use crate::wording::{Gap, Lang, periods};

/// The places one can go from anywhere, at most four at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// What one has to do; for those who are signed in.
    Work,
    /// What was asked of whom by when.
    Tasks,
    /// The overview of the priorities.
    Overview,
    /// The tree of units.
    Units,
    /// The reports.
    Reports,
    /// The ledger.
    Ledger,
}

/// The places of whoever comes: those that their roles open, so that none leads to a refusal. Whoever
/// reads the ledger and neither sends, judges nor plans has the ledger where others have their work.
#[must_use]
pub fn sections(visitor: Option<&Actor>, today: Date) -> Vec<Section> {
    let Some(actor) = visitor else {
        return vec![Section::Overview, Section::Units, Section::Reports];
    };
    let holds = |right: Right| !actor.units(right, today).is_empty();
    let works = [Right::SendFigures, Right::ReviewFigures, Right::ManagePlan];
    let own = if holds(Right::ReadLedger) && !works.into_iter().any(holds) {
        Section::Ledger
    } else {
        Section::Work
    };
    // Whoever has work finds units through search and overview.
    let seen = [Section::Tasks, Section::Overview, Section::Reports];
    let seen = seen.into_iter().filter(|_| holds(Right::SeeFigures));
    std::iter::once(own).chain(seen).collect()
}

/// An entry of the navigation.
#[derive(Debug)]
pub struct Place {
    /// Where it leads.
    pub href: String,
    /// What it is called.
    pub label: String,
    /// The drawing beside it on phones, as SVG path data.
    pub icon: &'static str,
    /// Whether one is there.
    pub current: bool,
}

/// What surrounds every page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The language.
    pub lang: Lang,
    /// The page's name, for the browser's tab.
    pub title: String,
    /// The place of the navigation one is in.
    pub section: Option<Section>,
    /// The mark of sample data; empty for real data.
    pub sample: String,
    /// How far the data reach; empty before the first import.
    pub as_of: String,
    /// The page's address without the language.
    pub address: String,
    /// What the navigation carries along.
    pub choice: Option<Choice>,
    /// What the search field holds.
    pub searched: String,
    /// The name of whoever is signed in; empty for others.
    pub person: String,
    /// What every form of the session carries; empty for others.
    pub form_secret: String,
    /// The places of the navigation.
    pub sections: Vec<Section>,
}

impl Frame {
    /// A frame for a visit; the page sets the rest.
    #[must_use]
    pub fn new(visit: &Visit) -> Self {
        let visitor = visit.arrival.visitor.as_ref();
        let account = visitor.and_then(|visitor| visitor.actor.account.as_ref());
        let person = account.map(|account| account.name.clone());
        Self {
            lang: visit.lang,
            title: String::new(),
            section: None,
            sample: String::new(),
            as_of: String::new(),
            address: address(visit),
            choice: None,
            searched: String::new(),
            person: person.unwrap_or_default(),
            form_secret: visitor.map_or_else(String::new, |it| it.session.form_secret.clone()),
            sections: visit.arrival.sections.clone(),
        }
    }

    /// The frame with its name and place.
    #[must_use]
    pub fn titled(self, title: String, section: Section) -> Self {
        Self { title, section: Some(section), ..self }
    }

    /// The frame with how far the data reach, in the office's time.
    #[must_use]
    pub fn reaching(self, as_of: &AsOf, zone: &TimeZone) -> Self {
        let moment = periods::moment(as_of.changed_ms, zone, self.lang);
        let gaps = [("import", Gap::from(as_of.import.to_string())), ("moment", moment.into())];
        let as_of =
            if as_of.import == 0 { String::new() } else { self.lang.tell("frame-as-of", gaps) };
        Self { as_of, ..self }
    }

    /// A word or sentence of the frame's language.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.lang.say(key)
    }

    /// The style sheet's address, new whenever it changes.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        super::assets::address(name)
    }

    /// The same page in the other language.
    #[must_use]
    pub fn other_language(&self) -> String {
        let joint = if self.address.contains('?') { '&' } else { '?' };
        format!("{}{joint}{LANG_KEY}={}", self.address, self.lang.other().code())
    }

    /// Where the name of the program leads: to the overview, or to one's own work where that is all.
    #[must_use]
    pub fn home(&self) -> &'static str {
        if self.sections.contains(&Section::Overview) { "/" } else { "/work" }
    }

    /// The navigation.
    #[must_use]
    pub fn places(&self) -> Vec<Place> {
        let place = |section: Section| {
            let (key, path, icon) = match section {
                Section::Overview => ("nav-overview", "/", "M4 20V10M12 20V4M20 20v-7"),
                Section::Units => ("nav-units", "/units", "M12 4v6M5 20v-5h14v5M12 10v5M9 4h6"),
                Section::Reports => ("nav-reports", "/reports", "M6 3h9l4 4v14H6zM9 12h7M9 16h7"),
                Section::Tasks => {
                    ("nav-tasks", "/tasks", "M4 6h3M4 12h3M4 18h3M10 6h10M10 12h10M10 18h10")
                }
                Section::Ledger => {
                    ("nav-ledger", "/ledger", "M6 4h12v16H6zM6 8h12M10 12h4M10 16h4")
                }
                Section::Work => ("nav-work", "/work", "M5 4h14v16H5zM8 9l2 2 3-3M8 15h8"),
            };
            Place {
                href: self.carried(section, path),
                label: self.t(key),
                icon,
                current: self.section == Some(section),
            }
        };
        self.sections.iter().copied().map(place).collect()
    }

    /// What the script of the palette needs: its words, and where its keys lead.
    #[must_use]
    pub fn palette(&self) -> String {
        let places: Vec<(&str, Place)> = self.places().into_iter().filter_map(lettered).collect();
        let key = |(letter, place): &(&str, Place)| {
            let gaps =
                [("key", Gap::from(letter.to_uppercase())), ("place", (&*place.label).into())];
            self.lang.tell("palette-key-go", gaps)
        };
        let mut keys = ["palette-key-open", "palette-key-search", "palette-key-list"]
            .map(|key| self.t(key))
            .to_vec();
        keys.extend(places.iter().map(key));
        serde_json::json!({
            "heading": self.t("palette-heading"),
            "hint": self.t("palette-hint"),
            "none": self.t("palette-none"),
            "keysHeading": self.t("palette-keys"),
            "keys": keys,
            "single": self.t("palette-single"),
            "close": self.t("history-close"),
            "go": places
                .iter()
                .map(|(letter, place)| (*letter, place.href.as_str()))
                .collect::<std::collections::BTreeMap<_, _>>(),
        })
        .to_string()
    }

    fn carried(&self, section: Section, path: &str) -> String {
        match (section, self.choice) {
            (Section::Overview, Some(choice)) => links::overview(choice),
            (Section::Units, Some(choice)) => links::unit(choice),
            (Section::Reports, Some(choice)) => links::reports(choice),
            (Section::Overview | Section::Units | Section::Reports, None)
            | (Section::Work | Section::Tasks | Section::Ledger, _) => path.to_owned(),
        }
    }
}

/// The letter that leads to a place after `G`.
fn lettered(place: Place) -> Option<(&'static str, Place)> {
    let path = place.href.split('?').next().unwrap_or_default();
    let letter = match path.split('/').nth(1)? {
        "" => "h",
        "work" => "w",
        "tasks" => "t",
        "units" => "u",
        "reports" => "r",
        "ledger" => "l",
        _ => return None,
    };
    Some((letter, place))
}

/// The address one came by, without the language.
fn address(visit: &Visit) -> String {
    let parameters: Vec<String> = visit
        .query
        .iter()
        .filter(|(key, value)| key != LANG_KEY && !value.is_empty())
        .map(|(key, value)| format!("{}={}", links::escaped(key), links::escaped(value)))
        .collect();
    if parameters.is_empty() {
        return visit.path.clone();
    }
    format!("{}?{}", visit.path, parameters.join("&"))
}
