//! Stocktakes: meetings over figures that no longer change, whose decisions become tasks.

use jiff::civil::Date;

use crate::number::{Decimal, Fraction, Quantity};
use crate::period::Period;
use crate::status::Status;
use crate::stocktaking::StocktakingProblem;
use crate::unit::UnitId;

/// The number of a stocktake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StocktakeId(pub i64);

/// Where something was decided: a stocktake, and the number of its item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    /// The stocktake.
    pub stocktake: StocktakeId,
    /// The number of the item.
    pub item: u32,
}

/// What kind of meeting it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meeting {
    /// The regular one (*giao ban*).
    Regular,
    /// In the middle of a term (*sơ kết*).
    Interim,
    /// At its end (*tổng kết*).
    Final,
}

impl Meeting {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Regular, Self::Interim, Self::Final];

    /// The code in the database, in forms and in entries.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::Interim => "interim",
            Self::Final => "final",
        }
    }

    /// The kind with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|meeting| meeting.code() == code)
    }
}

/// Why something stands on an agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// An indicator is behind its plan; the thing is its code.
    Behind,
    /// A task is overdue; the thing is the number of its brief.
    LateTask,
    /// Plans that a directive asks for are overdue; the thing is its code.
    LatePlan,
    /// A form is missing; the thing is `form/period`.
    LateForm,
    /// A lead waits for an answer or a confirmation; the thing is the number of the brief.
    Undecided,
    /// A difficulty waits for an answer; the thing is its number.
    Difficulty,
    /// Somebody added it in words.
    Words,
}

impl Topic {
    /// All of them, in the order of an agenda.
    pub const ALL: [Self; 7] = [
        Self::Behind,
        Self::LateTask,
        Self::LatePlan,
        Self::LateForm,
        Self::Undecided,
        Self::Difficulty,
        Self::Words,
    ];

    /// The code in the database and in entries.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Behind => "behind",
            Self::LateTask => "late-task",
            Self::LatePlan => "late-plan",
            Self::LateForm => "late-form",
            Self::Undecided => "undecided",
            Self::Difficulty => "difficulty",
            Self::Words => "words",
        }
    }

    /// The topic with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }
}

/// Whether an item of an agenda is spoken about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It is.
    Kept,
    /// It was left out.
    LeftOut,
}

/// Something on an agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its number, from 1.
    pub number: u32,
    /// Why it stands there.
    pub topic: Topic,
    /// What it is about; empty for what was added in words.
    pub thing: String,
    /// The words; empty for what was found.
    pub title: String,
    /// Whether it is spoken about.
    pub place: Place,
    /// What was said and concluded.
    pub minutes: String,
}

/// A figure as it stood when the pack was frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// The indicator, by code.
    pub indicator: String,
    /// The value; none where there was none.
    pub value: Option<Quantity>,
    /// The target in force.
    pub target: Option<Fraction>,
    /// How it stood.
    pub status: Status,
    /// Figures that were there.
    pub reported: u32,
    /// Figures that were owed.
    pub expected: u32,
}

/// The figures that a meeting speaks about; nothing changes them once they are frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// How many entries the ledger had: what the figures rest on.
    pub ledger_size: u64,
    /// The figures, in the order of the indicators.
    pub figures: Vec<Frozen>,
}

/// What a meeting expects of an indicator at the end of its term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// The indicator, by code.
    pub indicator: String,
    /// The expected value, as it was typed.
    pub value: Decimal,
    /// How sure they are, from 1 to 10.
    pub confidence: u8,
    /// Why.
    pub reason: String,
}

/// A stocktake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stocktake {
    /// Its number.
    pub id: StocktakeId,
    /// Whose meeting it is.
    pub unit: UnitId,
    /// Which kind.
    pub meeting: Meeting,
    /// On which day.
    pub day: Date,
    /// Where.
    pub place: String,
    /// Who chairs it.
    pub chair: String,
    /// About which span.
    pub period: Period,
    /// The agenda with its minutes.
    pub items: Vec<Item>,
    /// The frozen figures; none before.
    pub pack: Option<Pack>,
    /// What was forecast there.
    pub forecasts: Vec<Forecast>,
    /// On which day it was closed.
    pub closed_on: Option<Date>,
}

/// What can be done with a stocktake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Calls the meeting.
    Call,
    /// Writes agenda, minutes or a forecast.
    Write,
    /// Freezes the pack of figures.
    Freeze,
    /// Closes it.
    Close,
}

impl Stocktake {
    /// Whether something can be done with it as it stands.
    ///
    /// # Errors
    /// It is closed, or its pack is frozen already, or not yet.
    pub fn allows(&self, act: Act) -> Result<(), StocktakingProblem> {
        if self.closed_on.is_some() {
            return Err(StocktakingProblem::Closed);
        }
        match (act, &self.pack) {
            (Act::Freeze, Some(_)) => Err(StocktakingProblem::AlreadyFrozen),
            (Act::Close, None) => Err(StocktakingProblem::NotFrozen),
            (Act::Call | Act::Write, _) | (Act::Freeze, None) | (Act::Close, Some(_)) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_pack_is_frozen_once_and_before_closing_and_nothing_is_written_after_it() {
        let open = Stocktake {
            id: StocktakeId(1),
            unit: UnitId(1),
            meeting: Meeting::Regular,
            day: date(2026, 11, 27),
            place: "Hội trường".to_owned(),
            chair: "Chủ tịch".to_owned(),
            period: Period::Year(2026),
            items: Vec::new(),
            pack: None,
            forecasts: Vec::new(),
            closed_on: None,
        };
        let frozen =
            Stocktake { pack: Some(Pack { ledger_size: 7, figures: Vec::new() }), ..open.clone() };
        let closed = Stocktake { closed_on: Some(date(2026, 11, 27)), ..frozen.clone() };
        use StocktakingProblem::{AlreadyFrozen, Closed, NotFrozen};
        let table = [
            (&open, Act::Write, Ok(())),
            (&open, Act::Freeze, Ok(())),
            (&open, Act::Close, Err(NotFrozen)),
            (&frozen, Act::Write, Ok(())),
            (&frozen, Act::Freeze, Err(AlreadyFrozen)),
            (&frozen, Act::Close, Ok(())),
            (&closed, Act::Write, Err(Closed)),
            (&closed, Act::Freeze, Err(Closed)),
            (&closed, Act::Close, Err(Closed)),
        ];
        for (stocktake, act, expected) in table {
            assert_eq!(stocktake.allows(act), expected, "{act:?} {:?}", stocktake.closed_on);
        }
    }

    #[test]
    fn codes_lead_back_to_what_they_say() {
        for meeting in Meeting::ALL {
            assert_eq!(Meeting::from_code(meeting.code()), Some(meeting));
        }
        for topic in Topic::ALL {
            assert_eq!(Topic::from_code(topic.code()), Some(topic));
        }
        assert_eq!((Meeting::from_code("party"), Topic::from_code("late")), (None, None));
    }
}
