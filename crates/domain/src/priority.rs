//! Priorities: the few things chosen, and the directives they answer.

use jiff::civil::Date;

use crate::item::Bilingual;

/// A document that asks for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// A stable key: `kl-01`.
    pub code: String,
    /// The number as printed: `01-KL/TW`.
    pub number: String,
    /// The kind: `Kết luận`.
    pub kind: String,
    /// Who issued it.
    pub issuer: Bilingual,
    /// When.
    pub date: Option<Date>,
    /// What it says, in one line.
    pub title: Bilingual,
    /// The directive it carries out.
    pub implements: Option<String>,
}

/// One of the few things chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priority {
    /// A stable key: `DP1`.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Why it was chosen: key, urgent, much complained of.
    pub reason: Bilingual,
    /// Who answers for it.
    pub owner: Bilingual,
    /// The directive that set it.
    pub directive: String,
    /// The order on screens.
    pub position: u16,
}
