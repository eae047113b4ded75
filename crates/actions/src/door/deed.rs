//! Deeds: what can be done, by whom, and what the ledger says of it.

use domain::difficulty;
use domain::stocktake::Act;
use domain::task::Step;
use domain::unit::UnitId;
use ledger::commitment::{Opening, Salt};
use ledger::entry::Identifier;

use super::choosing::Choosing;
use super::steps::{difficulty_action, stocktake_action, task_action};
use crate::error::Error;
use crate::secrets::Secrets;

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
    /// A file was kept beside a directive or a task.
    FileKept,
    /// A file was taken away.
    FileTakenAway,
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
    /// Something was done about what could be a priority.
    Choosing(Choosing),
    /// Reminders were made.
    Urged,
    /// When reminders are made was changed.
    UrgingChanged,
    /// When something is a hot spot was changed.
    HotSpotsChanged,
    /// How a mail of reminders ended: taken, refused, given up, or not needed any more.
    DeliveryEnded,
    /// Something was done with a stocktake.
    Stocktake(Act),
    /// A webhook was made.
    HookMade,
    /// A webhook was ended.
    HookEnded,
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
    /// The mail address of an account was set or emptied.
    MailSet,
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
    pub const ALL: [Self; 86] = [
        Self::UnitsImported,
        Self::ReorganisationsImported,
        Self::FiguresImported,
        Self::PackImported,
        Self::DirectiveEntered,
        Self::DirectiveChanged,
        Self::PlansAskedFor,
        Self::PlansCalledOff,
        Self::PlanNoted,
        Self::FileKept,
        Self::FileTakenAway,
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
        Self::Choosing(Choosing::Open),
        Self::Choosing(Choosing::Score),
        Self::Choosing(Choosing::Discuss),
        Self::Choosing(Choosing::Choose),
        Self::Choosing(Choosing::Decline),
        Self::Choosing(Choosing::Begin),
        Self::Choosing(Choosing::Retire),
        Self::Choosing(Choosing::AddPicture),
        Self::Choosing(Choosing::TakePictureBack),
        Self::Urged,
        Self::UrgingChanged,
        Self::DeliveryEnded,
        Self::HookMade,
        Self::HookEnded,
        Self::HotSpotsChanged,
        Self::Stocktake(Act::Call),
        Self::Stocktake(Act::Write),
        Self::Stocktake(Act::Correct),
        Self::Stocktake(Act::Freeze),
        Self::Stocktake(Act::Close),
        Self::Stocktake(Act::CallOff),
        Self::RoleSaved,
        Self::AccountCreated,
        Self::AccountInvited,
        Self::InvitationAccepted,
        Self::PasswordChanged,
        Self::CodesTurnedOn,
        Self::IdentityLinked,
        Self::CalendarMade,
        Self::CalendarEnded,
        Self::MailSet,
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
            Self::FileKept => "file.keep",
            Self::FileTakenAway => "file.take-away",
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
            Self::Task(step) => task_action(step),
            Self::Difficulty(step) => difficulty_action(step),
            Self::Choosing(deed) => deed.action(),
            Self::Urged => "urging.remind",
            Self::UrgingChanged => "urging.change",
            Self::HotSpotsChanged => "hot-spots.change",
            Self::DeliveryEnded => "urging.deliver",
            Self::Stocktake(act) => stocktake_action(act),
            Self::HookMade => "hook.make",
            Self::HookEnded => "hook.end",
            Self::RoleSaved => "role.save",
            Self::AccountCreated => "account.create",
            Self::AccountInvited => "account.invite",
            Self::InvitationAccepted => "account.accept-invitation",
            Self::PasswordChanged => "account.change-password",
            Self::CodesTurnedOn => "account.turn-on-codes",
            Self::IdentityLinked => "account.link-identity",
            Self::CalendarMade => "account.make-calendar",
            Self::CalendarEnded => "account.end-calendar",
            Self::MailSet => "account.set-mail",
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
            Self::FileKept | Self::FileTakenAway => "file",
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
            Self::Choosing(deed) => deed.noun(),
            Self::Urged | Self::UrgingChanged => "urging",
            Self::HotSpotsChanged => "hot-spots",
            Self::DeliveryEnded => "delivery",
            Self::Stocktake(_) => "stocktake",
            Self::HookMade | Self::HookEnded => "hook",
            Self::RoleSaved => "role",
            Self::AccountCreated
            | Self::AccountInvited
            | Self::InvitationAccepted
            | Self::PasswordChanged
            | Self::CodesTurnedOn
            | Self::IdentityLinked
            | Self::CalendarMade
            | Self::CalendarEnded
            | Self::MailSet
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
            Self::Choosing(deed) => deed.changes_plan(),
            // A file that brings submissions says so itself, whatever it brings.
            Self::FileKept
            | Self::FileTakenAway
            | Self::SubmissionReceived
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
            | Self::DeliveryEnded
            | Self::HookMade
            | Self::HookEnded
            | Self::HotSpotsChanged
            | Self::Stocktake(_)
            | Self::RoleSaved
            | Self::AccountCreated
            | Self::AccountInvited
            | Self::InvitationAccepted
            | Self::PasswordChanged
            | Self::CodesTurnedOn
            | Self::IdentityLinked
            | Self::CalendarMade
            | Self::CalendarEnded
            | Self::MailSet
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
    fn every_kind_has_an_action_of_its_own_that_leads_back_to_it() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_action(kind.action()), Some(kind));
            assert!(Word::parse(kind.action()).is_ok() && Word::parse(kind.noun()).is_ok());
        }
        assert_eq!(Kind::from_action("ledger.erase"), None);
    }
}
