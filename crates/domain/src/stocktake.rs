//! Stocktakes: meetings over figures that no longer change, whose decisions become tasks.

use jiff::Span;
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
    /// That it is not held, once somebody said so.
    pub called_off: Option<CalledOff>,
}

/// That a meeting is not held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalledOff {
    /// On which day that was said.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// What a meeting is called by; it can be corrected while the meeting is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// On which day.
    pub day: Date,
    /// Where.
    pub place: String,
    /// Who chairs it.
    pub chair: String,
    /// The span that its figures speak about.
    pub period: Period,
}

/// How many days afterwards a meeting can still be called or moved to its day: offices write up what
/// was held without the program within the week.
pub const DAYS_AFTER_MAX: i32 = 7;

/// What can be done with a stocktake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Calls the meeting.
    Call,
    /// Writes agenda, minutes or a forecast.
    Write,
    /// Corrects its day, place, chair or span.
    Correct,
    /// Freezes the pack of figures.
    Freeze,
    /// Closes it.
    Close,
    /// Calls it off.
    CallOff,
}

impl Stocktake {
    /// Whether something can be done with it on a day as it stands.
    ///
    /// # Errors
    /// It is closed or called off, its pack is frozen already, or not yet, or its day is to come.
    pub fn allows(&self, act: Act, today: Date) -> Result<(), StocktakingProblem> {
        self.takes_more()?;
        match (act, &self.pack) {
            (Act::Freeze, Some(_)) => Err(StocktakingProblem::AlreadyFrozen),
            (Act::Close, None) => Err(StocktakingProblem::NotFrozen),
            (Act::Close, Some(_)) if today < self.day => {
                Err(StocktakingProblem::NotHeldYet { day: self.day })
            }
            // A pack is handed out before the meeting, so it may be frozen before its day.
            (Act::Call | Act::Write | Act::Correct | Act::CallOff, _)
            | (Act::Freeze, None)
            | (Act::Close, Some(_)) => Ok(()),
        }
    }

    /// Whether anything is written into it, or decided there, any more.
    ///
    /// # Errors
    /// It is closed or called off.
    pub fn takes_more(&self) -> Result<(), StocktakingProblem> {
        match (&self.called_off, self.closed_on) {
            (Some(_), _) => Err(StocktakingProblem::CalledOff),
            (None, Some(_)) => Err(StocktakingProblem::Closed),
            (None, None) => Ok(()),
        }
    }

    /// What it is called by.
    #[must_use]
    pub fn invitation(&self) -> Invitation {
        let Self { day, place, chair, period, .. } = self.clone();
        Invitation { day, place, chair, period }
    }
}

/// Whether a meeting can be called for a day.
///
/// # Errors
/// It is longer ago than meetings are written up.
pub fn check_day(day: Date, today: Date) -> Result<(), StocktakingProblem> {
    let first = today.saturating_sub(Span::new().days(DAYS_AFTER_MAX));
    if day < first { Err(StocktakingProblem::TooLongAgo { day, first }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_pack_is_frozen_once_a_meeting_closed_from_its_day_on_and_nothing_is_written_after_it() {
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
            called_off: None,
        };
        let frozen =
            Stocktake { pack: Some(Pack { ledger_size: 7, figures: Vec::new() }), ..open.clone() };
        let closed = Stocktake { closed_on: Some(date(2026, 11, 27)), ..frozen.clone() };
        let off = CalledOff { on: date(2026, 11, 26), reason: "Bão".to_owned() };
        let off = Stocktake { called_off: Some(off), ..frozen.clone() };
        use StocktakingProblem::{AlreadyFrozen, Closed, NotFrozen, NotHeldYet};
        let (eve, day) = (date(2026, 11, 26), date(2026, 11, 27));
        let table = [
            (&open, Act::Write, eve, Ok(())),
            (&open, Act::Correct, eve, Ok(())),
            (&open, Act::Freeze, eve, Ok(())),
            (&open, Act::CallOff, eve, Ok(())),
            (&open, Act::Close, day, Err(NotFrozen)),
            (&frozen, Act::Write, day, Ok(())),
            (&frozen, Act::Correct, day, Ok(())),
            (&frozen, Act::CallOff, day, Ok(())),
            (&frozen, Act::Freeze, day, Err(AlreadyFrozen)),
            (&frozen, Act::Close, eve, Err(NotHeldYet { day })),
            (&frozen, Act::Close, day, Ok(())),
        ];
        let over = [Act::Write, Act::Correct, Act::Freeze, Act::Close, Act::CallOff];
        let over = over.into_iter().flat_map(|act| {
            let called_off = Err(StocktakingProblem::CalledOff);
            [(&closed, act, day, Err(Closed)), (&off, act, day, called_off)]
        });
        for (stocktake, act, today, expected) in table.into_iter().chain(over) {
            assert_eq!(stocktake.allows(act, today), expected, "{act:?} {:?}", stocktake.closed_on);
        }
    }

    #[test]
    fn a_meeting_is_written_up_within_a_week_and_called_for_any_day_to_come() {
        let today = date(2026, 11, 27);
        let first = date(2026, 11, 20);
        let ago = |day| Err(StocktakingProblem::TooLongAgo { day, first });
        let table = [
            (date(2027, 3, 1), Ok(())),
            (today, Ok(())),
            (first, Ok(())),
            (date(2026, 11, 19), ago(date(2026, 11, 19))),
            (date(2020, 1, 1), ago(date(2020, 1, 1))),
        ];
        for (day, expected) in table {
            assert_eq!(check_day(day, today), expected, "{day}");
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
