//! The steps that a task can take, and who takes them.

use super::State;

/// Something that is done with a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Writes it without giving it.
    Draft,
    /// Gives it to its lead, again when it was declined.
    Give,
    /// Acknowledges it.
    Accept,
    /// Declines it with a reason.
    Decline,
    /// Says how far it has come.
    Report,
    /// Hands it in with its product.
    HandIn,
    /// Says that it is done.
    Confirm,
    /// Says what has to be done again.
    SendBack,
    /// Asks for more time with a reason.
    AskForTime,
    /// Sets another deadline; the first one is kept.
    Extend,
    /// Leaves the deadline as it is.
    RefuseTime,
    /// Lets it rest by a decision.
    Pause,
    /// Takes it up again.
    Resume,
    /// Calls it off by a decision.
    Cancel,
    /// Gives it to another lead.
    HandOver,
}

/// On which side of a task somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Whoever gives it.
    Issuer,
    /// Whoever does it.
    Lead,
    /// Whoever says that it is done.
    Confirmer,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Draft,
        Self::Give,
        Self::Accept,
        Self::Decline,
        Self::Report,
        Self::HandIn,
        Self::Confirm,
        Self::SendBack,
        Self::AskForTime,
        Self::Extend,
        Self::RefuseTime,
        Self::Pause,
        Self::Resume,
        Self::Cancel,
        Self::HandOver,
    ];

    /// Those that several tasks take together in the same words; the others say something of each.
    pub const TOGETHER: [Self; 9] = [
        Self::Give,
        Self::Accept,
        Self::Confirm,
        Self::AskForTime,
        Self::Extend,
        Self::RefuseTime,
        Self::Pause,
        Self::Resume,
        Self::Cancel,
    ];

    /// The code in the database and in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Give => "give",
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Report => "report",
            Self::HandIn => "hand-in",
            Self::Confirm => "confirm",
            Self::SendBack => "send-back",
            Self::AskForTime => "ask-for-time",
            Self::Extend => "extend",
            Self::RefuseTime => "refuse-time",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Cancel => "cancel",
            Self::HandOver => "hand-over",
        }
    }

    /// The step with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// On which side somebody stands who takes it.
    #[must_use]
    pub fn side(self) -> Side {
        match self {
            Self::Draft
            | Self::Give
            | Self::Extend
            | Self::RefuseTime
            | Self::Pause
            | Self::Resume
            | Self::Cancel
            | Self::HandOver => Side::Issuer,
            Self::Accept | Self::Decline | Self::Report | Self::HandIn | Self::AskForTime => {
                Side::Lead
            }
            Self::Confirm | Self::SendBack => Side::Confirmer,
        }
    }

    /// Whether it says nothing without words: a reason, a decision, what was done.
    #[must_use]
    pub fn needs_words(self) -> bool {
        match self {
            Self::Decline
            | Self::Report
            | Self::HandIn
            | Self::SendBack
            | Self::AskForTime
            | Self::Extend
            | Self::RefuseTime
            | Self::Pause
            | Self::Cancel
            | Self::HandOver => true,
            Self::Draft | Self::Give | Self::Accept | Self::Confirm | Self::Resume => false,
        }
    }

    /// Whether it needs a day: until when.
    #[must_use]
    pub fn needs_day(self) -> bool {
        matches!(self, Self::AskForTime | Self::Extend)
    }
}

/// The state of a task after a step; none where the step cannot be taken. `is_asked`: whether the lead
/// asks for time and nobody has answered.
#[must_use]
pub fn after(state: State, step: Step, is_asked: Asked) -> Option<State> {
    use State::{
        Accepted, AwaitingConfirmation, Cancelled, Declined, Done, Draft, Given, Paused, Redo,
        Underway,
    };
    match (step, state) {
        (Step::Give, Draft | Declined) | (Step::HandOver, Given | Declined) => Some(Given),
        (Step::Accept, Given) => Some(Accepted),
        (Step::Decline, Given | Accepted) => Some(Declined),
        (Step::Report, Given | Accepted | Underway) => Some(Underway),
        (Step::HandIn, Given | Accepted | Underway | Redo) => Some(AwaitingConfirmation),
        (Step::Confirm, AwaitingConfirmation) => Some(Done),
        (Step::SendBack, AwaitingConfirmation) => Some(Redo),
        (Step::RefuseTime, _) if is_asked == Asked::No => None,
        (Step::AskForTime | Step::RefuseTime, Given | Accepted | Underway | Redo)
        | (Step::Extend, Given | Accepted | Declined | Underway | Redo | Paused)
        | (Step::Report, Redo) => Some(state),
        (Step::Pause, Given | Accepted | Underway | Redo) => Some(Paused),
        // Whoever takes up again what rested begins by acknowledging it.
        (Step::Resume, Paused) | (Step::HandOver, Accepted | Underway | Redo | Paused) => {
            Some(Given)
        }
        (
            Step::Cancel,
            Draft | Given | Accepted | Declined | Underway | AwaitingConfirmation | Redo | Paused,
        ) => Some(Cancelled),
        (
            Step::Draft
            | Step::Give
            | Step::Accept
            | Step::Decline
            | Step::Report
            | Step::HandIn
            | Step::Confirm
            | Step::SendBack
            | Step::AskForTime
            | Step::Extend
            | Step::RefuseTime
            | Step::Pause
            | Step::Resume
            | Step::Cancel
            | Step::HandOver,
            Draft | Given | Accepted | Declined | Underway | AwaitingConfirmation | Done | Redo
            | Paused | Cancelled,
        ) => None,
    }
}

/// Whether the lead asks for time and nobody has answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// They do.
    Yes,
    /// They do not.
    No,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of the states after each step, in the order of [`State::ALL`]; a point where the step
    /// cannot be taken: d(raft) g(iven) a(ccepted) x(declined) u(nderway) w(aits) r(edo) p(aused)
    /// D(one) X(cancelled).
    const LETTERS: &str = "dgaxuwrpDX";
    const TABLE: [(Step, &str); 15] = [
        (Step::Draft, ".........."),
        (Step::Give, "g..g......"),
        (Step::Accept, ".a........"),
        (Step::Decline, ".xx......."),
        (Step::Report, ".uu.u.r..."),
        (Step::HandIn, ".ww.w.w..."),
        (Step::Confirm, ".....D...."),
        (Step::SendBack, ".....r...."),
        (Step::AskForTime, ".ga.u.r..."),
        (Step::Extend, ".gaxu.rp.."),
        (Step::RefuseTime, ".ga.u.r..."),
        (Step::Pause, ".pp.p.p..."),
        (Step::Resume, ".......g.."),
        (Step::Cancel, "XXXXXXXX.."),
        (Step::HandOver, ".gggg.gg.."),
    ];

    #[test]
    fn a_task_goes_its_way_and_no_other() {
        let letter = |state: State| {
            let index = State::ALL.iter().position(|known| *known == state).unwrap();
            LETTERS.chars().nth(index).unwrap()
        };
        for (step, expected) in TABLE {
            let found: String = State::ALL
                .iter()
                .map(|state| after(*state, step, Asked::Yes).map_or('.', letter))
                .collect();
            assert_eq!(found, expected, "{step:?}");
        }
    }

    #[test]
    fn time_that_nobody_asked_for_is_not_refused() {
        assert_eq!(after(State::Underway, Step::RefuseTime, Asked::No), None);
        assert_eq!(after(State::Underway, Step::Extend, Asked::No), Some(State::Underway));
    }

    #[test]
    fn codes_lead_back_to_their_steps() {
        for step in Step::ALL {
            assert_eq!(Step::from_code(step.code()), Some(step));
        }
        for (index, state) in State::ALL.into_iter().enumerate() {
            assert_eq!(State::from_code(state.code()), Some(state));
            assert_eq!(state.index(), index);
        }
        assert_eq!(State::ALL.len(), LETTERS.len());
    }
}
