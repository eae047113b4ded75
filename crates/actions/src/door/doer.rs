//! Who does something, and how an entry names them.

use domain::access::{AccountId, Actor, Right, Where};

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

#[cfg(test)]
mod tests {
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
}
