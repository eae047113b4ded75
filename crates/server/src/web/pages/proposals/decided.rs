//! Deciding a proposal: what the form asks for, what it sends, and how a decision reads.

use actions::error::Error;
use actions::proposals::decide::{Choice, Decided};
use actions::proposals::page::{Deciding, ProposalPage};
use actions::snapshot::Snapshot;
use domain::directive::Directive;
use domain::proposal::Document;

use crate::web::links;
use crate::web::pages::priorities;
use crate::web::parts::{Choosable, Link};
use crate::web::turn::field;
use crate::web::visit::unit_id;
use crate::wording::{Gap, Lang, directives, periods, places};

/// What the form of a decision offers, with what was typed before it was refused.
pub(super) struct DecidingView {
    pub(super) directives: Vec<Choosable>,
    pub(super) number: String,
    pub(super) date: String,
    pub(super) reason: String,
    pub(super) existing: Vec<Choosable>,
    pub(super) owners: Vec<Choosable>,
    pub(super) head: String,
    pub(super) indicators: Vec<Choosable>,
    /// What asks why there is one more than a handful; empty for no more.
    pub(super) many: String,
    pub(super) many_because: String,
    pub(super) is_choosing: bool,
    pub(super) is_declining: bool,
}

/// The decision that a form sends.
pub(super) fn decided(pairs: &[(String, String)]) -> Decided {
    Decided {
        directive: Some(field(pairs, "directive").to_owned()).filter(|code| !code.is_empty()),
        number: field(pairs, "number").to_owned(),
        date: field(pairs, "date").parse().ok(),
        reason: field(pairs, "reason").to_owned(),
    }
}

/// What the form makes of the proposal.
pub(super) fn choice(pairs: &[(String, String)]) -> Result<Choice, Error> {
    let ticked = pairs.iter().filter(|(name, _)| name == "indicator");
    Ok(Choice {
        existing: Some(field(pairs, "existing").to_owned()).filter(|code| !code.is_empty()),
        owner: unit_id(field(pairs, "owner"))?,
        head: field(pairs, "head").to_owned(),
        indicators: ticked.map(|(_, code)| code.clone()).collect(),
        many_because: field(pairs, "many").to_owned(),
    })
}

/// A document that decided something.
pub(in crate::web::pages) fn document(
    document: &Document,
    known: Option<&Directive>,
    lang: Lang,
) -> Link {
    match document {
        Document::Directive(code) => Link {
            href: links::directive(code),
            text: known.map_or_else(|| code.clone(), directives::name),
        },
        Document::Other { number, date } => {
            let gaps =
                [("number", Gap::from(number.as_str())), ("day", periods::day(*date, lang).into())];
            Link { href: String::new(), text: lang.tell("decision-other", gaps) }
        }
    }
}

/// How a proposal was decided, fact by fact; nothing while it is open.
pub(super) fn facts(page: &ProposalPage, lang: Lang) -> Vec<(String, Link)> {
    let Some(decision) = &page.decision else { return Vec::new() };
    let plain = |text: String| Link { href: String::new(), text };
    let priority = page.priority.iter().map(|it| {
        let text = lang.of(&it.name).to_owned();
        ("decision-priority", Link { href: priorities::address(&it.code), text })
    });
    let said = [
        ("priority-decided-in", document(&decision.document, page.decided_in.as_ref(), lang)),
        ("decision-reason", plain(decision.reason.clone())),
        ("priority-why-many", plain(decision.many_because.clone())),
        ("decision-on", plain(periods::day(decision.decided_on, lang))),
    ];
    let said = said.into_iter().filter(|(_, link)| !link.text.is_empty());
    priority.chain(said).map(|(key, link)| (lang.say(key), link)).collect()
}

/// What the form of a decision offers.
pub(super) fn view(
    snapshot: &Snapshot,
    (deciding, page): (&Deciding, &ProposalPage),
    typed: &[(String, String)],
    lang: Lang,
) -> DecidingView {
    let one = |name: &str| field(typed, name).to_owned();
    let act = field(typed, "act");
    let is_typed = act == "choose";
    let named = page.line.proposal.cases.iter().filter_map(|case| case.evidence.as_ref());
    let named: Vec<&str> = named.map(|evidence| evidence.indicator.as_str()).collect();
    let ticked = |code: &str| {
        let again = typed.iter().any(|(name, value)| name == "indicator" && value == code);
        if is_typed { again } else { named.contains(&code) }
    };
    let choosable = |value: String, label: String, field: &str| {
        let chosen = one(field) == value;
        Choosable { value, label, chosen }
    };
    let directives = snapshot.directives.iter().map(|it| {
        let label = format!("{}: {}", directives::name(it), lang.of(&it.title));
        choosable(it.code.clone(), label, "directive")
    });
    let existing = deciding.existing.iter();
    let existing =
        existing.map(|it| choosable(it.code.clone(), lang.of(&it.name).to_owned(), "existing"));
    let owners = deciding.owners.iter();
    let owners =
        owners.map(|it| choosable(it.id.0.to_string(), places::full_name(it, lang), "owner"));
    let indicators = snapshot.indicators.iter().map(|it| Choosable {
        value: it.code.clone(),
        label: format!("{} {}", it.code, lang.of(&it.name)),
        chosen: ticked(&it.code),
    });
    let many = [("current", Gap::from(deciding.current))];
    DecidingView {
        directives: directives.collect(),
        number: one("number"),
        date: one("date"),
        reason: one("reason"),
        existing: existing.collect(),
        owners: owners.collect(),
        head: one("head"),
        indicators: indicators.collect(),
        many: if deciding.is_full { lang.tell("decision-many", many) } else { String::new() },
        many_because: one("many"),
        is_choosing: is_typed,
        is_declining: act == "decline",
    }
}
