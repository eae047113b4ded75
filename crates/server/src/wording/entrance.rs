//! Why somebody is not let in, in words.

use domain::access::{AccountState, Right};
use domain::entrance::{EntranceProblem, PasswordProblem, ProviderProblem};

use super::refusals::Gaps;
use super::{Gap, Lang, periods};

/// What is wrong and what to do about it.
#[must_use]
pub fn problem(problem: &EntranceProblem, lang: Lang) -> String {
    lang.tell(key(problem), gaps(problem, lang))
}

pub(super) fn key(problem: &EntranceProblem) -> &'static str {
    match problem {
        EntranceProblem::WrongSignIn => "entrance-wrong-sign-in",
        EntranceProblem::TooManyAttempts { .. } => "entrance-too-many-attempts",
        EntranceProblem::WrongCode => "entrance-wrong-code",
        EntranceProblem::WeakPassword { problem: PasswordProblem::TooShort { .. } } => {
            "entrance-password-too-short"
        }
        EntranceProblem::WeakPassword { problem: PasswordProblem::TooLong { .. } } => {
            "entrance-password-too-long"
        }
        EntranceProblem::WeakPassword { problem: PasswordProblem::Guessable } => {
            "entrance-password-guessable"
        }
        EntranceProblem::BadLogin { .. } => "entrance-bad-login",
        EntranceProblem::LoginTaken { .. } => "entrance-login-taken",
        EntranceProblem::NamedOtherwise { .. } => "entrance-named-otherwise",
        EntranceProblem::UnknownRole { .. } => "entrance-unknown-role",
        EntranceProblem::RoleForOneself => "entrance-role-for-oneself",
        EntranceProblem::OwnAccount => "entrance-own-account",
        EntranceProblem::LastAdministrator { .. } => "entrance-last-administrator",
        EntranceProblem::LoanWithoutDays { .. } => "entrance-loan-without-days",
        EntranceProblem::NotOwnToLend => "entrance-not-own-to-lend",
        EntranceProblem::InvitationOver => "entrance-invitation-over",
        EntranceProblem::CalendarOver => "entrance-calendar-over",
        EntranceProblem::NotAllowed { .. } => "entrance-not-allowed",
        EntranceProblem::SecondFactorMissing => "entrance-second-factor-missing",
        EntranceProblem::StaleForm => "entrance-stale-form",
        EntranceProblem::Provider { problem } => match problem {
            ProviderProblem::NotSetUp => "entrance-provider-not-set-up",
            ProviderProblem::Unreachable => "entrance-provider-unreachable",
            ProviderProblem::Declined => "entrance-provider-declined",
            ProviderProblem::AttemptOver => "entrance-provider-attempt-over",
            ProviderProblem::NotProven => "entrance-provider-not-proven",
            ProviderProblem::NobodyHere => "entrance-provider-nobody-here",
            ProviderProblem::LinkedElsewhere => "entrance-provider-linked-elsewhere",
            ProviderProblem::NoPassword => "entrance-provider-no-password",
        },
        EntranceProblem::KeyNotUsed { .. } => "entrance-key-not-used",
        EntranceProblem::KeyOpenToOthers { .. } => "entrance-key-open-to-others",
    }
}

fn gaps(problem: &EntranceProblem, lang: Lang) -> Gaps<'_> {
    match problem {
        EntranceProblem::WrongSignIn
        | EntranceProblem::WrongCode
        | EntranceProblem::RoleForOneself
        | EntranceProblem::OwnAccount
        | EntranceProblem::NotOwnToLend
        | EntranceProblem::InvitationOver
        | EntranceProblem::CalendarOver
        | EntranceProblem::SecondFactorMissing
        | EntranceProblem::StaleForm
        | EntranceProblem::Provider { .. }
        | EntranceProblem::WeakPassword { problem: PasswordProblem::Guessable } => Vec::new(),
        EntranceProblem::TooManyAttempts { seconds } => {
            vec![("seconds", i64::try_from(*seconds).unwrap_or(i64::MAX).into())]
        }
        EntranceProblem::WeakPassword {
            problem:
                PasswordProblem::TooShort { characters_min: characters }
                | PasswordProblem::TooLong { characters_max: characters },
        } => vec![("characters", i64::try_from(*characters).unwrap_or(i64::MAX).into())],
        EntranceProblem::KeyNotUsed { file, detail } => {
            vec![("file", text(file)), ("detail", text(detail))]
        }
        EntranceProblem::KeyOpenToOthers { file } => vec![("file", text(file))],
        EntranceProblem::BadLogin { text: typed } => vec![("text", text(typed))],
        EntranceProblem::LastAdministrator { day } => {
            vec![("day", periods::day(*day, lang).into())]
        }
        EntranceProblem::LoanWithoutDays { days_max } => vec![("days", (*days_max).into())],
        EntranceProblem::LoginTaken { login } => vec![("login", text(login))],
        EntranceProblem::NamedOtherwise { login, name } => {
            vec![("login", text(login)), ("name", text(name))]
        }
        EntranceProblem::UnknownRole { text: typed, roles } => {
            let names: Vec<&str> = roles.iter().map(|role| lang.of(role)).collect();
            vec![("text", text(typed)), ("roles", names.join(", ").into())]
        }
        EntranceProblem::NotAllowed { right: needed } => {
            vec![("right", right(*needed, lang).into())]
        }
    }
}

fn text(value: &str) -> Gap<'_> {
    Gap::from(value)
}

/// What a right lets one do: `duyệt số liệu`.
#[must_use]
pub fn right(right: Right, lang: Lang) -> String {
    lang.say(match right {
        Right::SeeFigures => "right-see-figures",
        Right::SendFigures => "right-send-figures",
        Right::ReviewFigures => "right-review-figures",
        Right::ReopenFigures => "right-reopen-figures",
        Right::GiveTasks => "right-give-tasks",
        Right::DoTasks => "right-do-tasks",
        Right::ManagePlan => "right-manage-plan",
        Right::ManageAccounts => "right-manage-accounts",
        Right::ReadLedger => "right-read-ledger",
    })
}

/// Whether an account may sign in: `đang dùng`.
#[must_use]
pub fn account_state(state: AccountState, lang: Lang) -> String {
    lang.say(match state {
        AccountState::Invited => "account-invited",
        AccountState::Active => "account-active",
        AccountState::Disabled => "account-disabled",
    })
}
