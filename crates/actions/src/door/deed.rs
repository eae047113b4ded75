//! Deeds: what can be done, by whom, and what the ledger says of it.

use domain::access::{AccountId, Actor, Right, Where};
use domain::difficulty;
use domain::task::Step;
use domain::unit::UnitId;
use ledger::commitment::{Opening, Salt};
use ledger::entry::Identifier;

use crate::error::Error;
use crate::secrets::Secrets;

/// What stands between the two numbers of a substitute in an entry.
const IN_PLACE_OF: &str = "-for-";

/// Who does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doer {
    /// Whoever can start the program on its machine.
    Console,
    /// An account.
    Account(AccountId),
    /// An account in the place of another, under a delegation.
    Substitute {
        /// Who does it.
        account: AccountId,
        /// In whose place.
        in_place_of: AccountId,
    },
    /// Somebody who has not signed in.
    Stranger,
}

impl Doer {
    /// An actor who uses a right somewhere, which they hold there.
    pub(crate) fn of(who: &Actor, right: Right, at: Where<'_>) -> Self {
        match (&who.account, who.in_place_of(right, at)) {
            (Some(own), Some(in_place_of)) => Self::Substitute { account: own.id, in_place_of },
            (Some(_) | None, _) => who.into(),
        }
    }

    /// How an entry names them: nothing about the person.
    pub(crate) fn id(self) -> String {
        match self {
            Self::Console => "console".to_owned(),
            Self::Account(account) => account.0.to_string(),
            Self::Substitute { account, in_place_of } => {
                format!("{}{IN_PLACE_OF}{}", account.0, in_place_of.0)
            }
            Self::Stranger => "stranger".to_owned(),
        }
    }

    /// Who they are, as an entry names them; none for what this program never wrote.
    #[must_use]
    pub fn read(id: &str) -> Option<Self> {
        let number = |text: &str| text.parse().ok().map(AccountId);
        match id {
            "console" => Some(Self::Console),
            "stranger" => Some(Self::Stranger),
            id => match id.split_once(IN_PLACE_OF) {
                Some((account, other)) => Some(Self::Substitute {
                    account: number(account)?,
                    in_place_of: number(other)?,
                }),
                None => number(id).map(Self::Account),
            },
        }
    }

    pub(crate) fn account(self) -> Option<AccountId> {
        match self {
            Self::Account(account) | Self::Substitute { account, .. } => Some(account),
            Self::Console | Self::Stranger => None,
        }
    }

    /// In whose place, under a delegation.
    pub(crate) fn in_place_of(self) -> Option<AccountId> {
        match self {
            Self::Substitute { in_place_of, .. } => Some(in_place_of),
            Self::Account(_) | Self::Console | Self::Stranger => None,
        }
    }
}

impl From<&Actor> for Doer {
    fn from(actor: &Actor) -> Self {
        actor.account.as_ref().map_or(Self::Console, |account| Self::Account(account.id))
    }
}

/// What can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A list of units was taken in.
    UnitsImported,
    /// A reorganisation was taken in.
    ReorganisationsImported,
    /// A file of figures was taken in.
    FiguresImported,
    /// A pack was taken in.
    PackImported,
    /// A directive was entered.
    DirectiveEntered,
    /// A directive was changed.
    DirectiveChanged,
    /// Units were asked for plans that carry out a directive.
    PlansAskedFor,
    /// They are asked no more.
    PlansCalledOff,
    /// It was noted that a unit issued its plan, or such a note was taken back.
    PlanNoted,
    /// An item was made.
    ItemCreated,
    /// A form was made with its first version.
    FormCreated,
    /// A version of a form was published.
    FormPublished,
    /// A form was ended from a day on, or taken up again.
    FormEnded,
    /// Days of rest were entered.
    HolidayEntered,
    /// A day of rest was taken out.
    HolidayRemoved,
    /// A submission arrived with a file.
    SubmissionReceived,
    /// Figures were entered on a page: earlier versions recorded this beside the submission itself.
    FiguresEntered,
    /// A submission was sent from a form.
    SubmissionSent,
    /// A submission was sent again with a reason.
    SubmissionCorrected,
    /// A submission was accepted.
    SubmissionApproved,
    /// A submission was sent back.
    SubmissionReturned,
    /// An approval was taken back.
    SubmissionReopened,
    /// A period of a form was locked.
    PeriodLocked,
    /// A locked period was opened again.
    PeriodOpened,
    /// What is asked in tasks was written.
    BriefWritten,
    /// A task took a step.
    Task(Step),
    /// A difficulty took a step.
    Difficulty(difficulty::Step),
    /// Reminders were made.
    Urged,
    /// When reminders are made was changed.
    UrgingChanged,
    /// A role was given its rights.
    RoleSaved,
    /// An account was made.
    AccountCreated,
    /// The person of an account was invited.
    AccountInvited,
    /// The person accepted the invitation with a password.
    InvitationAccepted,
    /// The person changed the password.
    PasswordChanged,
    /// The person turned one-time codes on.
    CodesTurnedOn,
    /// The person was linked with who they are to an identity provider.
    IdentityLinked,
    /// The person made the secret address of their calendar.
    CalendarMade,
    /// The person ended that address.
    CalendarEnded,
    /// An account may no longer sign in.
    AccountDisabled,
    /// A role was given to an account.
    GrantGiven,
    /// A role of an account was ended.
    GrantEnded,
    /// Somebody signed in.
    SignedIn,
    /// Somebody tried to sign in and was not let in.
    SignInFailed,
    /// A session was ended before its time.
    SessionEnded,
    /// Somebody asked for what they may not have.
    AccessDenied,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 64] = [
        Self::UnitsImported,
        Self::ReorganisationsImported,
        Self::FiguresImported,
        Self::PackImported,
        Self::DirectiveEntered,
        Self::DirectiveChanged,
        Self::PlansAskedFor,
        Self::PlansCalledOff,
        Self::PlanNoted,
        Self::ItemCreated,
        Self::FormCreated,
        Self::FormPublished,
        Self::FormEnded,
        Self::HolidayEntered,
        Self::HolidayRemoved,
        Self::SubmissionReceived,
        Self::FiguresEntered,
        Self::SubmissionSent,
        Self::SubmissionCorrected,
        Self::SubmissionApproved,
        Self::SubmissionReturned,
        Self::SubmissionReopened,
        Self::PeriodLocked,
        Self::PeriodOpened,
        Self::BriefWritten,
        Self::Task(Step::Draft),
        Self::Task(Step::Give),
        Self::Task(Step::Accept),
        Self::Task(Step::Decline),
        Self::Task(Step::Report),
        Self::Task(Step::HandIn),
        Self::Task(Step::Confirm),
        Self::Task(Step::SendBack),
        Self::Task(Step::AskForTime),
        Self::Task(Step::Extend),
        Self::Task(Step::RefuseTime),
        Self::Task(Step::Pause),
        Self::Task(Step::Resume),
        Self::Task(Step::Cancel),
        Self::Task(Step::HandOver),
        Self::Difficulty(difficulty::Step::Raise),
        Self::Difficulty(difficulty::Step::Answer),
        Self::Difficulty(difficulty::Step::PassOn),
        Self::Difficulty(difficulty::Step::Close),
        Self::Difficulty(difficulty::Step::AskAgain),
        Self::Difficulty(difficulty::Step::Settle),
        Self::Urged,
        Self::UrgingChanged,
        Self::RoleSaved,
        Self::AccountCreated,
        Self::AccountInvited,
        Self::InvitationAccepted,
        Self::PasswordChanged,
        Self::CodesTurnedOn,
        Self::IdentityLinked,
        Self::CalendarMade,
        Self::CalendarEnded,
        Self::AccountDisabled,
        Self::GrantGiven,
        Self::GrantEnded,
        Self::SignedIn,
        Self::SignInFailed,
        Self::SessionEnded,
        Self::AccessDenied,
    ];

    /// The action that entries name. Never changed once something was recorded under it.
    #[must_use]
    pub fn action(self) -> &'static str {
        match self {
            Self::UnitsImported => "units.import",
            Self::ReorganisationsImported => "reorganisations.import",
            Self::FiguresImported => "figures.import",
            Self::PackImported => "pack.import",
            Self::DirectiveEntered => "directive.enter",
            Self::DirectiveChanged => "directive.change",
            Self::PlansAskedFor => "plans.ask-for",
            Self::PlansCalledOff => "plans.call-off",
            Self::PlanNoted => "plan.note",
            Self::ItemCreated => "item.create",
            Self::FormCreated => "form.create",
            Self::FormPublished => "form.publish",
            Self::FormEnded => "form.end",
            Self::HolidayEntered => "holiday.enter",
            Self::HolidayRemoved => "holiday.remove",
            Self::SubmissionReceived => "submission.receive",
            Self::FiguresEntered => "figures.enter",
            Self::SubmissionSent => "submission.send",
            Self::SubmissionCorrected => "submission.correct",
            Self::SubmissionApproved => "submission.approve",
            Self::SubmissionReturned => "submission.return",
            Self::SubmissionReopened => "submission.reopen",
            Self::PeriodLocked => "period.lock",
            Self::PeriodOpened => "period.open",
            Self::BriefWritten => "brief.write",
            Self::Task(Step::Draft) => "task.draft",
            Self::Task(Step::Give) => "task.give",
            Self::Task(Step::Accept) => "task.accept",
            Self::Task(Step::Decline) => "task.decline",
            Self::Task(Step::Report) => "task.report",
            Self::Task(Step::HandIn) => "task.hand-in",
            Self::Task(Step::Confirm) => "task.confirm",
            Self::Task(Step::SendBack) => "task.send-back",
            Self::Task(Step::AskForTime) => "task.ask-for-time",
            Self::Task(Step::Extend) => "task.extend",
            Self::Task(Step::RefuseTime) => "task.refuse-time",
            Self::Task(Step::Pause) => "task.pause",
            Self::Task(Step::Resume) => "task.resume",
            Self::Task(Step::Cancel) => "task.cancel",
            Self::Task(Step::HandOver) => "task.hand-over",
            Self::Difficulty(difficulty::Step::Raise) => "difficulty.raise",
            Self::Difficulty(difficulty::Step::Answer) => "difficulty.answer",
            Self::Difficulty(difficulty::Step::PassOn) => "difficulty.pass-on",
            Self::Difficulty(difficulty::Step::Close) => "difficulty.close",
            Self::Difficulty(difficulty::Step::AskAgain) => "difficulty.ask-again",
            Self::Difficulty(difficulty::Step::Settle) => "difficulty.settle",
            Self::Urged => "urging.remind",
            Self::UrgingChanged => "urging.change",
            Self::RoleSaved => "role.save",
            Self::AccountCreated => "account.create",
            Self::AccountInvited => "account.invite",
            Self::InvitationAccepted => "account.accept-invitation",
            Self::PasswordChanged => "account.change-password",
            Self::CodesTurnedOn => "account.turn-on-codes",
            Self::IdentityLinked => "account.link-identity",
            Self::CalendarMade => "account.make-calendar",
            Self::CalendarEnded => "account.end-calendar",
            Self::AccountDisabled => "account.disable",
            Self::GrantGiven => "grant.give",
            Self::GrantEnded => "grant.end",
            Self::SignedIn => "session.begin",
            Self::SignInFailed => "sign-in.fail",
            Self::SessionEnded => "session.end",
            Self::AccessDenied => "access.deny",
        }
    }

    /// The kind of thing it is done to.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::UnitsImported
            | Self::ReorganisationsImported
            | Self::FiguresImported
            | Self::FiguresEntered => "import",
            Self::PackImported => "pack",
            Self::DirectiveEntered | Self::DirectiveChanged => "directive",
            Self::PlansAskedFor | Self::PlansCalledOff => "call",
            Self::PlanNoted => "plan",
            Self::ItemCreated => "item",
            Self::FormCreated | Self::FormPublished | Self::FormEnded => "form",
            Self::HolidayEntered | Self::HolidayRemoved => "holiday",
            Self::SubmissionReceived
            | Self::SubmissionSent
            | Self::SubmissionCorrected
            | Self::SubmissionApproved
            | Self::SubmissionReturned
            | Self::SubmissionReopened => "submission",
            Self::PeriodLocked | Self::PeriodOpened => "lock",
            Self::BriefWritten => "brief",
            Self::Task(_) => "task",
            Self::Difficulty(_) => "difficulty",
            Self::Urged | Self::UrgingChanged => "urging",
            Self::RoleSaved => "role",
            Self::AccountCreated
            | Self::AccountInvited
            | Self::InvitationAccepted
            | Self::PasswordChanged
            | Self::CodesTurnedOn
            | Self::IdentityLinked
            | Self::CalendarMade
            | Self::CalendarEnded
            | Self::AccountDisabled => "account",
            Self::GrantGiven | Self::GrantEnded => "grant",
            Self::SignedIn | Self::SessionEnded => "session",
            Self::SignInFailed => "sign-in",
            Self::AccessDenied => "right",
        }
    }

    /// Whether it may change more of what questions rest on than single submissions: units, packs,
    /// forms, days of rest, figures of whole files. All of that is then read again.
    #[must_use]
    pub fn changes_plan(self) -> bool {
        match self {
            Self::UnitsImported
            | Self::ReorganisationsImported
            | Self::FiguresImported
            | Self::PackImported
            | Self::DirectiveEntered
            | Self::DirectiveChanged
            | Self::ItemCreated
            | Self::FormCreated
            | Self::FormPublished
            | Self::FormEnded
            | Self::HolidayEntered
            | Self::HolidayRemoved => true,
            // A file that brings submissions says so itself, whatever it brings.
            Self::SubmissionReceived
            | Self::FiguresEntered
            | Self::SubmissionSent
            | Self::SubmissionCorrected
            | Self::SubmissionApproved
            | Self::SubmissionReturned
            | Self::SubmissionReopened
            | Self::PeriodLocked
            | Self::PeriodOpened
            | Self::PlansAskedFor
            | Self::PlansCalledOff
            | Self::PlanNoted
            | Self::BriefWritten
            | Self::Task(_)
            | Self::Difficulty(_)
            | Self::Urged
            | Self::UrgingChanged
            | Self::RoleSaved
            | Self::AccountCreated
            | Self::AccountInvited
            | Self::InvitationAccepted
            | Self::PasswordChanged
            | Self::CodesTurnedOn
            | Self::IdentityLinked
            | Self::CalendarMade
            | Self::CalendarEnded
            | Self::AccountDisabled
            | Self::GrantGiven
            | Self::GrantEnded
            | Self::SignedIn
            | Self::SignInFailed
            | Self::SessionEnded
            | Self::AccessDenied => false,
        }
    }

    /// The kind with an action.
    #[must_use]
    pub fn from_action(action: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.action() == action)
    }
}

/// Something that was done, about to be recorded.
#[derive(Debug, Clone)]
pub struct Deed {
    /// What.
    pub kind: Kind,
    /// To which thing: its id, visible ASCII characters.
    pub id: String,
    /// The unit it is about; none for what concerns no unit, or all.
    pub unit: Option<UnitId>,
    /// What it carried, always the same bytes for the same: see [`super::payload`].
    pub content: Vec<u8>,
    /// Why, in words that may be public. Words typed freely are committed to instead.
    pub reason: Option<String>,
    /// Values that the entry only commits to.
    pub openings: Vec<Opening>,
}

impl Deed {
    /// A deed that concerns no unit and needs no reason.
    #[must_use]
    pub fn new(kind: Kind, id: impl Into<String>, content: Vec<u8>) -> Self {
        let id = id.into();
        Self { kind, id, unit: None, content, reason: None, openings: Vec::new() }
    }

    /// The same about a unit.
    #[must_use]
    pub fn about(self, unit: Option<UnitId>) -> Self {
        Self { unit, ..self }
    }

    /// The same with a commitment to a value that may have to be erased.
    ///
    /// # Errors
    /// The field's name cannot be one, which is a fault of the verb.
    pub fn committing(
        mut self,
        secrets: &Secrets,
        field: &str,
        value: &[u8],
    ) -> Result<Self, Error> {
        let wrong = |problem| Error::Fault(format!("{field:?} is no field: {problem}"));
        let field = Identifier::parse(field).map_err(wrong)?;
        self.openings.push(Opening { field, salt: Salt(secrets.bytes()), value: value.to_vec() });
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use ledger::entry::Word;

    use super::*;

    #[test]
    fn whoever_an_entry_names_is_read_again() {
        let (account, in_place_of) = (AccountId(12), AccountId(7));
        for doer in [
            Doer::Console,
            Doer::Stranger,
            Doer::Account(account),
            Doer::Substitute { account, in_place_of },
        ] {
            assert_eq!(Doer::read(&doer.id()), Some(doer));
        }
        assert_eq!(Doer::Substitute { account, in_place_of }.id(), "12-for-7");
        for unknown in ["", "12-for-", "-for-7", "someone", "12-for-7-for-1"] {
            assert_eq!(Doer::read(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn every_kind_has_an_action_of_its_own_that_leads_back_to_it() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_action(kind.action()), Some(kind));
            assert!(Word::parse(kind.action()).is_ok() && Word::parse(kind.noun()).is_ok());
        }
        assert_eq!(Kind::from_action("ledger.erase"), None);
    }
}
