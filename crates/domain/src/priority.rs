//! Priorities: the few things chosen, and what became of those that a unit chose itself.

use jiff::civil::Date;

use crate::item::Bilingual;
use crate::proposal::{ProposalId, Term};
use crate::unit::UnitId;

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

/// So many priorities a unit has at most at a time, unless it says why there are more.
pub const CURRENT_MAX: usize = 5;

/// Whether a priority stood in the plan before a unit chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A pack brought it.
    Plan,
    /// It was made of the proposal.
    Proposal,
}

impl Origin {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Plan, Self::Proposal];

    /// The code in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Proposal => "proposal",
        }
    }

    /// The origin with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.code() == code)
    }
}

/// What a unit decided about a priority when it chose it, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The priority.
    pub code: String,
    /// The proposal that it was chosen from.
    pub proposal: ProposalId,
    /// Whose priority it is.
    pub unit: UnitId,
    /// Whether it stood in the plan before.
    pub origin: Origin,
    /// The unit that answers for it: the one whose it is, or one below.
    pub owner: UnitId,
    /// The head who answers for it, by office and name.
    pub head: String,
    /// For which years.
    pub term: Term,
    /// What it is judged by.
    pub indicators: Vec<String>,
    /// When it was chosen.
    pub chosen_on: Date,
    /// How it ended.
    pub ended: Option<Ended>,
}

/// How a priority ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Its last day.
    pub on: Date,
    /// Why.
    pub because: String,
    /// The one that came in its place.
    pub successor: Option<String>,
}

impl Chosen {
    /// Whether it has not ended by a day.
    #[must_use]
    pub fn is_current(&self, day: Date) -> bool {
        self.ended.as_ref().is_none_or(|ended| day <= ended.on)
    }

    /// Whether it holds on a day: within its years, and not ended.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        let year = i32::from(day.year());
        (i32::from(self.term.from)..=i32::from(self.term.to)).contains(&year)
            && self.is_current(day)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_priority_holds_within_its_years_until_it_ends() {
        let chosen = |ended: Option<Date>| Chosen {
            code: "dx-1".to_owned(),
            proposal: ProposalId(1),
            unit: UnitId(1),
            origin: Origin::Proposal,
            owner: UnitId(1),
            head: String::new(),
            term: Term { from: 2025, to: 2030 },
            indicators: Vec::new(),
            chosen_on: date(2026, 1, 1),
            ended: ended.map(|on| Ended { on, because: String::new(), successor: None }),
        };
        let last = date(2027, 6, 30);
        let table = [
            (None, date(2024, 12, 31), false),
            (None, date(2025, 1, 1), true),
            (None, date(2030, 12, 31), true),
            (None, date(2031, 1, 1), false),
            (Some(last), last, true),
            (Some(last), date(2027, 7, 1), false),
        ];
        for (ended, day, expected) in table {
            assert_eq!(chosen(ended).holds_on(day), expected, "{ended:?} {day}");
        }
        assert!(chosen(None).is_current(date(2031, 1, 1)), "its years are over, it is not ended");
    }
}
