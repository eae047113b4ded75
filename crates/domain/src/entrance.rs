//! What keeps people out: why a sign-in, an invitation or a deed is refused.

use jiff::civil::Date;

use crate::access::Right;
use crate::item::Bilingual;
use crate::refusal::Refusal;

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordProblem {
    /// It is too short.
    TooShort {
        /// The least number of characters.
        characters_min: usize,
    },
    /// It is too long.
    TooLong {
        /// The largest number of characters.
        characters_max: usize,
    },
    /// Strangers would find it soon.
    Guessable,
}

/// Why an identity provider's word is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderProblem {
    /// None is set up.
    NotSetUp,
    /// It does not answer, or not as a provider does.
    Unreachable,
    /// It says that it lets the person not in, or they turned back.
    Declined,
    /// The attempt began elsewhere, or too long ago.
    AttemptOver,
    /// What it answers does not prove who comes.
    NotProven,
    /// It knows the person; here nobody is linked with them.
    NobodyHere,
    /// The person is linked with another account.
    LinkedElsewhere,
    /// The account signs in through the provider and has no password.
    NoPassword,
}

impl ProviderProblem {
    /// The code, as the ledger has it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotSetUp => "not-set-up",
            Self::Unreachable => "unreachable",
            Self::Declined => "declined",
            Self::AttemptOver => "attempt-over",
            Self::NotProven => "not-proven",
            Self::NobodyHere => "nobody-here",
            Self::LinkedElsewhere => "linked-elsewhere",
            Self::NoPassword => "no-password",
        }
    }
}

/// Why somebody is not let in, or may not do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntranceProblem {
    /// Login, password or one-time code are wrong; which of them is not said.
    WrongSignIn,
    /// Too many wrong attempts; the next one may be made later.
    TooManyAttempts {
        /// How long to wait.
        seconds: u64,
    },
    /// A one-time code that is wrong, too old or used before.
    WrongCode,
    /// A password that is not taken.
    WeakPassword {
        /// What is wrong with it.
        problem: PasswordProblem,
    },
    /// A login with characters that cannot be typed everywhere.
    BadLogin {
        /// What was given.
        text: String,
    },
    /// Somebody has that login already.
    LoginTaken {
        /// The login.
        login: String,
    },
    /// An account with this login has another name: a list may mean somebody else.
    NamedOtherwise {
        /// The login.
        login: String,
        /// The name the account has.
        name: String,
    },
    /// A list names a role that there is not.
    UnknownRole {
        /// What was given.
        text: String,
        /// Those that there are.
        roles: Vec<Bilingual>,
    },
    /// Somebody would give themselves a role.
    RoleForOneself,
    /// Somebody would lock their own account, and perhaps nobody is left to open it.
    OwnAccount,
    /// Nobody would be left who can give every role where nobody stands above.
    LastAdministrator {
        /// The first day without anybody.
        day: Date,
    },
    /// A delegation without its days, or for more of them than a leave has.
    LoanWithoutDays {
        /// The most days.
        days_max: i32,
    },
    /// A delegation of a role that one does not hold there, or holds on loan oneself.
    NotOwnToLend,
    /// An invitation that was used or has run out.
    InvitationOver,
    /// The address of a calendar that was ended or replaced.
    CalendarOver,
    /// The actor may not do this there.
    NotAllowed {
        /// What would be needed.
        right: Right,
    },
    /// The actor may do this only after a one-time code.
    SecondFactorMissing,
    /// The file with a database's key cannot be read or made.
    KeyNotUsed {
        /// The file.
        file: String,
        /// What the system said.
        detail: String,
    },
    /// The file with a database's key may be read by others.
    KeyOpenToOthers {
        /// The file.
        file: String,
    },
    /// An identity provider's word is not taken.
    Provider {
        /// Why.
        problem: ProviderProblem,
    },
    /// A form that was not made by the present session's page.
    StaleForm,
}

impl From<ProviderProblem> for Refusal {
    fn from(problem: ProviderProblem) -> Self {
        EntranceProblem::Provider { problem }.into()
    }
}

impl From<EntranceProblem> for Refusal {
    fn from(problem: EntranceProblem) -> Self {
        Self::Entrance(problem)
    }
}
