//! What every paper that an agency writes by itself has in common: its head, its place and day, and who
//! signs. What it says is filled in by whoever asks for it.

use actions::answer::UnitName;
use domain::item::Bilingual;
use formats::document::{Document, Head, Properties, Signature};
use formats::profile::Layout;
use jiff::civil::Date;

use super::names;
use super::narrative::language;
use crate::wording::documents::{NumberParts, PlaceName, document_number, place_line};
use crate::wording::{Lang, agencies};

/// By whom a paper is written, when, and about what.
pub(super) struct Paper<'a> {
    /// Whose rules it follows.
    pub(super) layout: Layout,
    /// The unit whose agency writes.
    pub(super) issuer: &'a UnitName,
    /// The unit above it; a province has none.
    pub(super) parent: Option<&'a UnitName>,
    /// The day on which it is written.
    pub(super) day: Date,
    /// The code of its kind in its number; empty for letters of the state.
    pub(super) kind: &'a str,
    /// The code of the unit that drafts it, in its number; empty where numbers have none.
    pub(super) drafted_by: &'a str,
    /// What it is about.
    pub(super) about: String,
    /// The mark of sample data; empty for real ones.
    pub(super) sample: &'a Bilingual,
}

/// The paper without what it says.
pub(super) fn official(paper: Paper<'_>, lang: Lang) -> Document {
    let Paper { layout, issuer, parent, day, kind, drafted_by, about, sample } = paper;
    let agency = agencies::agency(issuer, layout, lang);
    let parts =
        NumberParts { number: 0, kind, agency: agencies::symbol(issuer, layout), unit: drafted_by };
    let place = names::place(issuer, &[], lang);
    let sample = lang.of(sample).to_owned();
    Document {
        language: language(lang),
        properties: Properties {
            title: about.clone(),
            creator: agency.to_uppercase(),
            created: format!("{day}T00:00:00Z"),
        },
        head: Head {
            parent_agency: parent.map(|parent| agencies::superior(parent, layout, lang)),
            agency,
            number: document_number(layout, parts),
            place_date: place_line("", &place, PlaceName::Bare, day, lang),
        },
        kind: String::new(),
        about,
        addressees: Vec::new(),
        legal_basis: Vec::new(),
        body: Vec::new(),
        signature: Some(Signature {
            authority: agencies::signer(issuer, layout, lang).lines().map(str::to_owned).collect(),
            name: String::new(),
        }),
        recipients: Vec::new(),
        appendices: Vec::new(),
        sample_mark: (!sample.is_empty()).then_some(sample),
    }
}
