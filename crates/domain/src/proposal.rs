//! Proposals: what is suggested as one of the few priorities of a unit, why, and how it is scored
//! before somebody decides.

use jiff::civil::Date;

use crate::access::AccountId;
use crate::item::Bilingual;
use crate::number::Fraction;
use crate::period::Period;
use crate::unit::UnitId;

/// The number of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProposalId(pub i64);

/// What makes something a priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Criterion {
    /// Everything else depends on it (*then chốt, trọng điểm*).
    Key,
    /// It cannot wait (*cấp bách*).
    Urgent,
    /// People complain of it again and again (*nổi cộm, bức xúc*).
    Complained,
}

impl Criterion {
    /// All of them, in the order of screens.
    pub const ALL: [Self; 3] = [Self::Key, Self::Urgent, Self::Complained];

    /// The code in the database and in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Urgent => "urgent",
            Self::Complained => "complained",
        }
    }
}

/// How far a proposal has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is scored and discussed.
    Open,
    /// It has become a priority.
    Chosen,
    /// It has not.
    Declined,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Chosen, Self::Declined];

    /// The code in the database and in style sheets.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Chosen => "chosen",
            Self::Declined => "declined",
        }
    }

    /// The state with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// The first and the last year of what is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// The first.
    pub from: u16,
    /// The last.
    pub to: u16,
}

/// A figure of the system that speaks for a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The code of its indicator.
    pub indicator: String,
    /// Its span.
    pub period: Period,
}

/// Why something fulfils a criterion.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    /// In words; empty where nothing is said for it.
    pub why: String,
    /// The figure that shows it.
    pub evidence: Option<Evidence>,
}

/// What is suggested as a priority of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its number.
    pub id: ProposalId,
    /// Whose priority it would be.
    pub unit: UnitId,
    /// Who opened it; none for the console.
    pub account: Option<AccountId>,
    /// Its name.
    pub name: Bilingual,
    /// For which years.
    pub term: Term,
    /// The directive that it follows from.
    pub directive: Option<String>,
    /// Why, for each of [`Criterion::ALL`].
    pub cases: [Case; 3],
    /// When it was opened.
    pub opened_on: Date,
    /// How far it has come.
    pub state: State,
}

/// A document that decides something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Document {
    /// A directive of the register, by its code.
    Directive(String),
    /// One that the register does not have.
    Other {
        /// Its number as printed.
        number: String,
        /// Its day.
        date: Date,
    },
}

/// How a proposal was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The document.
    pub document: Document,
    /// Why.
    pub reason: String,
    /// Why the unit has more priorities than a handful; empty for no more.
    pub many_because: String,
    /// Who recorded it; none for the console.
    pub account: Option<AccountId>,
    /// When.
    pub decided_on: Date,
}

/// The most points for a criterion.
pub const POINTS_MAX: u8 = 5;

/// What one member of a unit makes of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Whose it is: whoever lends a role has one score, whoever gives it.
    pub voter: AccountId,
    /// Who gave it.
    pub account: AccountId,
    /// The points for each of [`Criterion::ALL`].
    pub points: [u8; 3],
    /// Why so many.
    pub reasons: [String; 3],
    /// When, in epoch milliseconds.
    pub scored_ms: i64,
}

/// What several scores come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// The mean.
    pub mean: Fraction,
    /// The fewest points.
    pub least: u8,
    /// The most.
    pub most: u8,
}

/// What points come to; none without any.
#[must_use]
pub fn spread(points: impl Iterator<Item = u8>) -> Option<Spread> {
    let points: Vec<u8> = points.collect();
    let sum = points.iter().map(|points| i128::from(*points)).sum();
    let mean = Fraction::new(sum, i128::try_from(points.len()).ok()?).ok()?;
    Some(Spread { mean, least: *points.iter().min()?, most: *points.iter().max()? })
}

/// What scores come to, for each criterion and over all of them; none without any.
#[must_use]
pub fn spreads(scores: &[Score]) -> Option<([Spread; 3], Spread)> {
    let of = |at: usize| spread(scores.iter().map(|score| score.points[at]));
    let all = spread(scores.iter().flat_map(|score| score.points))?;
    Some(([of(0)?, of(1)?, of(2)?], all))
}

/// Whether somebody sees what others gave: once they have scored it themselves, or it is decided, so
/// that nobody follows the others.
#[must_use]
pub fn shows_scores(state: State, own: Option<&Score>) -> bool {
    match state {
        State::Open => own.is_some(),
        State::Chosen | State::Declined => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(voter: i64, points: [u8; 3]) -> Score {
        let account = AccountId(voter);
        Score { voter: account, account, points, reasons: Default::default(), scored_ms: 0 }
    }

    #[test]
    fn scores_come_to_means_and_spreads() {
        let scores = [score(1, [5, 4, 3]), score(2, [2, 4, 0]), score(3, [4, 4, 1])];
        let (each, all) = spreads(&scores).unwrap();
        let mean = |numerator, denominator| Fraction::new(numerator, denominator).unwrap();
        let expected = [(mean(11, 3), 2, 5), (mean(4, 1), 4, 4), (mean(4, 3), 0, 3)];
        assert_eq!(each.map(|one| (one.mean, one.least, one.most)), expected);
        assert_eq!((all.mean, all.least, all.most), (mean(3, 1), 0, 5));
        assert_eq!(spreads(&[]), None, "nothing is no zero");
    }

    #[test]
    fn others_scores_are_seen_after_ones_own_or_the_decision() {
        let own = score(1, [1, 1, 1]);
        let table = [
            (State::Open, None, false),
            (State::Open, Some(&own), true),
            (State::Chosen, None, true),
            (State::Declined, None, true),
        ];
        for (state, own, expected) in table {
            assert_eq!(shows_scores(state, own), expected, "{state:?}");
        }
    }

    #[test]
    fn codes_are_read_as_they_are_written() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        assert_eq!(State::from_code(""), None);
    }
}
