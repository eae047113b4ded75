//! Access: which role allows what, where a grant holds, and what an actor may do.

mod former;
mod right;

use jiff::civil::Date;

use crate::item::Bilingual;
use crate::unit::{UnitId, Validity};

pub use former::brought_up;
pub use right::Right;

/// The identity of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub i64);

/// Whether a role may be used with a password alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondFactor {
    /// A password is enough.
    Optional,
    /// Nothing the role allows is done without a one-time code.
    Required,
}

/// A bundle of rights with a name: data, to which an office may add its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// A stable key: `reporter`.
    pub code: String,
    /// The name.
    pub name: Bilingual,
    /// What it allows.
    pub rights: Vec<Right>,
    /// Whether it asks for a one-time code.
    pub second_factor: SecondFactor,
}

/// The roles that every database begins with.
#[must_use]
pub fn standard_roles() -> Vec<Role> {
    use Right::{
        DoTasks, GiveTasks, ManageAccounts, ManagePlan, ReadLedger, ReopenFigures, ReviewFigures,
        SeeFigures, SendFigures,
    };
    use SecondFactor::{Optional, Required};
    let role = |code: &str, vi: &str, en: &str, rights: &[Right], second_factor| Role {
        code: code.to_owned(),
        name: Bilingual { vi: vi.to_owned(), en: en.to_owned() },
        rights: rights.to_vec(),
        second_factor,
    };
    vec![
        role(
            "administrator",
            "Quản trị",
            "Administrator",
            &[SeeFigures, ManagePlan, ManageAccounts, ReadLedger],
            Required,
        ),
        role("planner", "Lập kế hoạch", "Planner", &[SeeFigures, GiveTasks, ManagePlan], Optional),
        role(
            "reporter",
            "Báo cáo số liệu",
            "Reporter",
            &[SeeFigures, SendFigures, DoTasks],
            Optional,
        ),
        role(
            "reviewer",
            "Duyệt số liệu",
            "Reviewer",
            &[SeeFigures, SendFigures, ReviewFigures, ReopenFigures, GiveTasks, DoTasks],
            Required,
        ),
        role("leader", "Lãnh đạo", "Leader", &[SeeFigures, GiveTasks], Optional),
        role("inspector", "Kiểm tra", "Inspector", &[SeeFigures, ReadLedger], Required),
        role("auditor", "Kiểm toán", "Auditor", &[SeeFigures, ReadLedger], Optional),
    ]
}

/// A role given to an account on a unit and all below, for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Its number.
    pub id: i64,
    /// Who holds it.
    pub account: AccountId,
    /// The role.
    pub role: Role,
    /// The unit whose subtree it covers; none for the whole tree, whatever units come and go.
    pub unit: Option<UnitId>,
    /// On which days it holds.
    pub validity: Validity,
    /// Who lends it, when it is a delegation.
    pub delegated_by: Option<AccountId>,
}

impl Grant {
    /// Whether it allows something somewhere, a second factor or not.
    fn allows(&self, right: Right, at: Where<'_>) -> bool {
        self.role.rights.contains(&right)
            && self.validity.holds_on(at.day)
            && self.unit.is_none_or(|unit| at.path.is_empty() || at.path.contains(&unit))
    }

    /// A loan as far as a grant of its lender goes: of the same role, where the lender's covers the
    /// loan's unit (which stands first in `path`), and on days on which both hold. What is lent is
    /// not lent on.
    #[must_use]
    pub fn within(&self, lenders: &Self, path: &[UnitId]) -> Option<Self> {
        let is_own = lenders.delegated_by.is_none() && lenders.role.code == self.role.code;
        let covers = lenders.unit.is_none_or(|unit| path.contains(&unit));
        let validity = self.validity.intersection(&lenders.validity)?;
        (is_own && covers).then(|| Self { validity, ..self.clone() })
    }
}

/// Whether an account may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// Invited, and has not chosen a password yet.
    Invited,
    /// May sign in.
    Active,
    /// May not.
    Disabled,
}

impl AccountState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Invited, Self::Active, Self::Disabled];

    /// The code in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    /// The state with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A person who may sign in. Holds no more about the person than a name to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// What is typed to sign in: lower-case letters, digits, `.`, `-`, `_`.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// Whether it may sign in.
    pub state: AccountState,
}

/// The longest login, in characters.
const LOGIN_MAX: usize = 64;

/// Reads a login as people type it: case and outer blanks do not matter.
#[must_use]
pub fn login(text: &str) -> Option<String> {
    let login = text.trim().to_lowercase();
    let fits = (2..=LOGIN_MAX).contains(&login.len());
    let plain = login
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte));
    (fits && plain).then_some(login)
}

/// Who does something: a signed-in account, or the console of the machine itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account; none for the console.
    pub account: Option<Account>,
    /// What it holds.
    pub grants: Vec<Grant>,
    /// Whether a one-time code was given in this session.
    pub second_factor: bool,
}

/// Where something is to be done.
#[derive(Debug, Clone, Copy)]
pub struct Where<'a> {
    /// The unit and all above it; empty for what belongs to no unit.
    pub path: &'a [UnitId],
    /// The day on which it is done.
    pub day: Date,
}

/// Why something may not be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// No grant allows it there.
    NoGrant,
    /// A grant would, with a one-time code.
    SecondFactorMissing,
}

impl Actor {
    /// The console: whoever can start the program on this machine may do everything.
    #[must_use]
    pub fn console() -> Self {
        Self { account: None, grants: Vec::new(), second_factor: true }
    }

    /// Whether this is the account with a number.
    #[must_use]
    pub fn is(&self, account: AccountId) -> bool {
        self.account.as_ref().is_some_and(|own| own.id == account)
    }

    /// Whether a right holds for a unit; for what belongs to no unit, whether it holds anywhere.
    ///
    /// # Errors
    /// It does not.
    pub fn may(&self, right: Right, at: Where<'_>) -> Result<(), Denial> {
        if self.account.is_none() {
            return Ok(());
        }
        let mut denial = Denial::NoGrant;
        for grant in self.grants.iter().filter(|grant| grant.allows(right, at)) {
            if self.may_use(grant) {
                return Ok(());
            }
            denial = Denial::SecondFactorMissing;
        }
        Err(denial)
    }

    /// In whose place a right is used: the lender of the grant that allows it, when nothing that the
    /// actor holds in their own name does.
    #[must_use]
    pub fn in_place_of(&self, right: Right, at: Where<'_>) -> Option<AccountId> {
        let allows = |grant: &&Grant| grant.allows(right, at) && self.may_use(grant);
        let grants = self.grants.iter().filter(allows);
        let lenders: Vec<Option<AccountId>> = grants.map(|grant| grant.delegated_by).collect();
        if lenders.contains(&None) { None } else { lenders.into_iter().flatten().next() }
    }

    /// Whether a grant needs no code, or one was given.
    #[must_use]
    pub fn may_use(&self, grant: &Grant) -> bool {
        self.second_factor || grant.role.second_factor == SecondFactor::Optional
    }

    /// The units on whose subtrees a right holds on a day, a second factor or not; none among them
    /// stands for the whole tree.
    #[must_use]
    pub fn units(&self, right: Right, day: Date) -> Vec<Option<UnitId>> {
        let holds =
            |grant: &&Grant| grant.role.rights.contains(&right) && grant.validity.holds_on(day);
        let mut units: Vec<Option<UnitId>> =
            self.grants.iter().filter(holds).map(|grant| grant.unit).collect();
        units.sort_unstable();
        units.dedup();
        units
    }

    /// Whether any role in force asks for a one-time code.
    #[must_use]
    pub fn needs_second_factor(&self, day: Date) -> bool {
        self.grants.iter().any(|grant| {
            grant.validity.holds_on(day) && grant.role.second_factor == SecondFactor::Required
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 7, 1);

    fn role(code: &str) -> Role {
        standard_roles().into_iter().find(|role| role.code == code).unwrap()
    }

    /// An actor with roles on units; 0 stands for the whole tree.
    fn actor(grants: &[(&str, i64)]) -> Actor {
        let account = Account {
            id: AccountId(1),
            login: "binh".to_owned(),
            name: "Bình".to_owned(),
            state: AccountState::Active,
        };
        let grants = grants.iter().map(|(code, unit)| Grant {
            id: 1,
            account: AccountId(1),
            role: role(code),
            unit: (*unit > 0).then_some(UnitId(*unit)),
            validity: Validity { from: Some(date(2026, 1, 1)), to: Some(date(2026, 12, 31)) },
            delegated_by: None,
        });
        Actor { account: Some(account), grants: grants.collect(), second_factor: false }
    }

    /// Province 1 ─ commune 10 ─ village 100.
    const VILLAGE: [UnitId; 3] = [UnitId(100), UnitId(10), UnitId(1)];
    const COMMUNE: [UnitId; 2] = [UnitId(10), UnitId(1)];

    #[test]
    fn a_grant_covers_its_unit_and_all_below() {
        let cases = [
            (("reporter", 100), Right::SendFigures, &VILLAGE[..], Ok(())),
            (("reporter", 10), Right::SendFigures, &VILLAGE[..], Ok(())),
            (("reporter", 100), Right::SendFigures, &COMMUNE[..], Err(Denial::NoGrant)),
            (("reporter", 101), Right::SendFigures, &VILLAGE[..], Err(Denial::NoGrant)),
            (("leader", 1), Right::SendFigures, &VILLAGE[..], Err(Denial::NoGrant)),
            (("leader", 1), Right::SeeFigures, &VILLAGE[..], Ok(())),
            (
                ("reviewer", 10),
                Right::ReviewFigures,
                &VILLAGE[..],
                Err(Denial::SecondFactorMissing),
            ),
            (("auditor", 10), Right::ReadLedger, &[], Ok(())),
            (("leader", 0), Right::SeeFigures, &VILLAGE[..], Ok(())),
            (("reporter", 10), Right::ReadLedger, &[], Err(Denial::NoGrant)),
        ];
        for (grant, right, path, expected) in cases {
            let found = actor(&[grant]).may(right, Where { path, day: TODAY });
            assert_eq!(found, expected, "{grant:?} {right:?} {path:?}");
        }
    }

    #[test]
    fn a_one_time_code_opens_what_a_password_does_not() {
        let at = Where { path: &VILLAGE, day: TODAY };
        let with_code = Actor { second_factor: true, ..actor(&[("reviewer", 10)]) };
        assert_eq!(with_code.may(Right::ReviewFigures, at), Ok(()));
        // What another role allows without a code stays allowed.
        let both = actor(&[("reviewer", 10), ("leader", 1)]);
        assert_eq!(both.may(Right::SeeFigures, at), Ok(()));
        assert!(both.needs_second_factor(TODAY));
    }

    #[test]
    fn a_grant_holds_on_its_days_only() {
        let reporter = actor(&[("reporter", 100)]);
        for (day, expected) in [
            (date(2025, 12, 31), Err(Denial::NoGrant)),
            (date(2026, 1, 1), Ok(())),
            (date(2026, 12, 31), Ok(())),
            (date(2027, 1, 1), Err(Denial::NoGrant)),
        ] {
            let at = Where { path: &VILLAGE, day };
            assert_eq!(reporter.may(Right::SendFigures, at), expected, "{day}");
        }
    }

    #[test]
    fn what_is_lent_reaches_no_further_than_what_the_lender_holds() {
        let grant = |role_code: &str, unit: i64, from: Date, to: Date| Grant {
            unit: (unit > 0).then_some(UnitId(unit)),
            validity: Validity { from: Some(from), to: Some(to) },
            ..actor(&[(role_code, 1)]).grants.remove(0)
        };
        let (july, august) = (date(2026, 7, 10), date(2026, 8, 10));
        let loan = Grant {
            delegated_by: Some(AccountId(2)),
            ..grant("reviewer", 100, date(2026, 7, 1), august)
        };
        let days = |from, to| Some(Validity { from: Some(from), to: Some(to) });
        let year = |role_code, unit| grant(role_code, unit, date(2026, 1, 1), date(2026, 12, 31));
        let cases = [
            (year("reviewer", 100), days(date(2026, 7, 1), august)),
            (year("reviewer", 10), days(date(2026, 7, 1), august)),
            (year("reviewer", 0), days(date(2026, 7, 1), august)),
            // Beside, another role, lent itself, over before, and for part of the days.
            (year("reviewer", 101), None),
            (year("leader", 10), None),
            (Grant { delegated_by: Some(AccountId(3)), ..year("reviewer", 10) }, None),
            (grant("reviewer", 10, date(2026, 1, 1), date(2026, 6, 30)), None),
            (grant("reviewer", 10, july, july), days(july, july)),
        ];
        for (lenders, expected) in cases {
            let found = loan.within(&lenders, &VILLAGE).map(|loan| loan.validity);
            assert_eq!(found, expected, "{lenders:?}");
        }
    }

    #[test]
    fn a_right_is_used_in_ones_own_name_before_anothers() {
        let at = Where { path: &VILLAGE, day: TODAY };
        let lent = |mut actor: Actor, at: usize| {
            actor.grants[at].delegated_by = Some(AccountId(2));
            actor
        };
        let cases = [
            (actor(&[("reporter", 100)]), None),
            (lent(actor(&[("reporter", 100)]), 0), Some(AccountId(2))),
            (lent(actor(&[("reporter", 100), ("reporter", 10)]), 0), None),
            // The own one needs a code that was not given.
            (lent(actor(&[("reporter", 100), ("reviewer", 10)]), 0), Some(AccountId(2))),
            (actor(&[("leader", 100)]), None),
        ];
        for (actor, expected) in cases {
            assert_eq!(actor.in_place_of(Right::SendFigures, at), expected, "{:?}", actor.grants);
        }
    }

    #[test]
    fn the_console_may_do_everything() {
        for right in Right::ALL {
            assert_eq!(Actor::console().may(right, Where { path: &VILLAGE, day: TODAY }), Ok(()));
        }
    }

    #[test]
    fn logins_are_plain_and_their_case_does_not_matter() {
        for (typed, expected) in [
            (" Binh.NL ", Some("binh.nl")),
            ("nguyen_van-a1", Some("nguyen_van-a1")),
            ("bình", None),
            ("a", None),
            ("có dấu cách", None),
            ("", None),
        ] {
            assert_eq!(login(typed).as_deref(), expected, "{typed}");
        }
    }

    #[test]
    fn codes_lead_back_to_what_they_stand_for() {
        for right in Right::ALL {
            assert_eq!(Right::from_code(right.code()), Some(right));
        }
        for state in AccountState::ALL {
            assert_eq!(AccountState::from_code(state.code()), Some(state));
        }
        assert_eq!(Right::from_code("everything"), None);
    }
}
