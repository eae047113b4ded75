//! Lists of people: accounts and roles for many at once, from a file or pasted from a spreadsheet.
//!
//! The same list twice has the effect of once. A list never reaches further than whoever brings it:
//! every row is checked as a single role would be, and all that is wrong is told at once.

use std::collections::BTreeMap;

use domain::access::{Account, AccountState, Actor, Grant, Role};
use domain::entrance::EntranceProblem;
use domain::item::Bilingual;
use domain::refusal::{Noun, Refusal, Refused, Wanted};
use domain::text;
use domain::unit::{UnitId, Validity};
use formats::csv::{CsvReader, Limits};
use jiff::civil::Date;
use store::{ReadTx, accounts, grants};

use super::giving::{give, not_to_oneself, roles};
use super::{Draft, Invited, Moment, create_invited, manages};
use crate::door::Doer;
use crate::entrance::Entrance;
use crate::error::Error;
use crate::figures::sheets;
use crate::imports::{Input, Refusals};
use crate::snapshot::Snapshot;
use crate::table::{Table, TableRow};

/// The columns, each with what Vietnamese lists call it, as search keys.
const COLUMNS: [(&str, &[&str]); 6] = [
    ("login", &["ten dang nhap"]),
    ("name", &["ho ten", "ho va ten", "ten"]),
    ("role", &["vai tro"]),
    ("unit_code", &["ma don vi"]),
    ("valid_from", &["tu ngay"]),
    ("valid_to", &["den ngay", "den het ngay"]),
];

/// The columns that must be there.
const REQUIRED: [&str; 4] = ["login", "name", "role", "unit_code"];

/// Rows of one list at most: one print run of cards.
const ROWS_MAX: u64 = 2_000;

/// A list of people as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleList {
    /// The name of the file, for telling places; empty for what was pasted.
    pub file: String,
    /// `login,name,role,unit_code,valid_from,valid_to`, separated by commas, semicolons or tabs.
    pub text: String,
}

impl PeopleList {
    /// The list in a file.
    ///
    /// # Errors
    /// The file cannot be read, is too large or not UTF-8.
    pub fn from_input(input: &Input) -> Result<Self, Error> {
        let text = input.read_text().map_err(|refused| Error::Refused(vec![refused]))?;
        Ok(Self { file: input.name.clone(), text })
    }
}

/// What a row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Makes an account with its first role.
    NewAccount,
    /// Gives a role to an account that is there, or made by an earlier row.
    NewRole,
    /// Nothing: the account has or had that role already.
    Nothing,
}

/// A row that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListLine {
    /// Who is to hold what where.
    pub draft: Draft,
    /// The role's name.
    pub role: Bilingual,
    /// What the row does.
    pub change: Change,
    /// Whoever gives the role.
    giver: Doer,
    /// The account, where it is there already.
    account: Option<Account>,
}

impl Entrance {
    /// What taking in a list would do; nothing is changed.
    ///
    /// # Errors
    /// Every row that cannot be taken, with its place; or the database failed.
    pub fn preview_people(
        &self,
        who: &Actor,
        list: PeopleList,
        moment: Moment,
    ) -> Result<Vec<ListLine>, Error> {
        let (snapshot, who) = (self.workspace.snapshot()?, who.clone());
        self.database().read_blocking(move |tx| plan(tx, &snapshot, &who, &list, moment))
    }

    /// Takes in a list, all rows or none; gives back the invitations of the new accounts.
    ///
    /// # Errors
    /// As of [`Self::preview_people`].
    pub fn import_people(
        &self,
        who: &Actor,
        list: PeopleList,
        moment: Moment,
    ) -> Result<Vec<Invited>, Error> {
        let (snapshot, actor, secrets) =
            (self.workspace.snapshot()?, who.clone(), self.secrets.clone());
        let done = self.database().write_blocking(move |tx| {
            let mut invited: Vec<Invited> = Vec::new();
            for line in plan(tx, &snapshot, &actor, &list, moment)? {
                let (draft, by) = (&line.draft, line.giver);
                match line.change {
                    Change::Nothing => {}
                    Change::NewAccount => {
                        let secret = secrets.token();
                        invited.push(create_invited(tx, &secrets, draft, secret, by, moment)?);
                    }
                    Change::NewRole => {
                        let made = invited.iter().find(|one| one.account.login == draft.login);
                        let account = made.map(|one| &one.account).or(line.account.as_ref());
                        let missing =
                            || Refusal::NotFound { noun: Noun::Account, key: draft.login.clone() };
                        give(tx, account.ok_or_else(missing)?.id, draft, by, moment)?;
                    }
                }
            }
            Ok(invited)
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }
}

fn plan(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    list: &PeopleList,
    moment: Moment,
) -> Result<Vec<ListLine>, Error> {
    let mut refusals = Refusals::default();
    let table = read(list).map_err(Error::Refused)?;
    let roles = roles(tx)?;
    let mut lines: Vec<ListLine> = Vec::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for row in &table.rows {
        let Some((draft, role)) = draft(&table, row, snapshot, &roles, moment.today, &mut refusals)
        else {
            continue;
        };
        let giver = match snapshot.giver(who, role, draft.unit, moment.today) {
            Ok(giver) => giver,
            Err(error) => {
                for reason in reasons(error)? {
                    refusals.push(table.refused(row, "role", reason));
                }
                continue;
            }
        };
        let name = names.entry(draft.login.clone()).or_insert_with(|| draft.name.clone());
        if *name != draft.name {
            let why = named_otherwise(&draft.login, name);
            refusals.push(table.refused(row, "name", why));
        }
        if lines.iter().any(|line| line.draft == draft) {
            let why = Refusal::Doubled { noun: Noun::Account, key: draft.login.clone() };
            refusals.push(table.refused(row, "login", why));
        }
        let account = accounts::find_by_login(tx, &draft.login)?;
        let held = match &account {
            Some(account) => grants::of_account(tx, account.id)?,
            None => Vec::new(),
        };
        if let Some(account) = &account
            && let Err((column, why)) = known(snapshot, who, account, &held, &draft, moment)
        {
            refusals.push(table.refused(row, column, why));
        }
        let is_new = account.is_none() && !lines.iter().any(|it| it.draft.login == draft.login);
        let change = match is_new {
            true => Change::NewAccount,
            false if had(&held, &draft, moment.today) => Change::Nothing,
            false => Change::NewRole,
        };
        lines.push(ListLine { role: role.name.clone(), draft, change, giver, account });
    }
    refusals.order_by_place();
    refusals.into_result()?;
    Ok(lines)
}

fn read(list: &PeopleList) -> Result<Table, Vec<Refused>> {
    let limits = Limits { rows: ROWS_MAX, ..Limits::default() };
    let reader = CsvReader::open(list.text.as_bytes(), limits)
        .map_err(|error| vec![sheets::refused(&list.file, error)])?;
    Table::of_reader(&list.file, reader, &REQUIRED, column_named)
}

/// The column a header stands for, in English or Vietnamese; other headers stay as they are.
fn column_named(header: &str) -> String {
    let key = text::search_key(header);
    let known = COLUMNS.into_iter().find(|(code, aliases)| {
        code.eq_ignore_ascii_case(header.trim()) || aliases.contains(&key.as_str())
    });
    known.map_or_else(|| header.trim().to_owned(), |(code, _)| code.to_owned())
}

/// A row as a draft with its role; none when something of it cannot be read, all of which is noted.
fn draft<'r>(
    table: &Table,
    row: &TableRow,
    snapshot: &Snapshot,
    roles: &'r [Role],
    today: Date,
    refusals: &mut Refusals,
) -> Option<(Draft, &'r Role)> {
    let login = domain::access::login(table.field(row, "login")).ok_or_else(|| {
        let text = table.field(row, "login").to_owned();
        table.refused(row, "login", EntranceProblem::BadLogin { text }.into())
    });
    let role = role_called(roles, table.field(row, "role")).ok_or_else(|| {
        let text = table.field(row, "role").to_owned();
        let roles = roles.iter().map(|role| role.name.clone()).collect();
        table.refused(row, "role", EntranceProblem::UnknownRole { text, roles }.into())
    });
    let unit = unit(table, row, snapshot, today);
    let (from, to) = (table.day(row, "valid_from"), table.day(row, "valid_to"));
    let name = table.filled(row, "name", Wanted::Name).map(str::to_owned);
    let (login, name) = (refusals.take(login), refusals.take(name));
    let (role, unit) = (refusals.take(role), refusals.take(unit));
    let (from, to) = (refusals.take(from), refusals.take(to));
    let (role, validity) = (role?, Validity { from: from?, to: to? });
    if let (Some(from), Some(to)) = (validity.from, validity.to)
        && to < from
    {
        refusals.push(table.bad(row, "valid_to", Wanted::Day));
        return None;
    }
    let draft =
        Draft { login: login?, name: name?, role: role.code.clone(), unit: unit?, validity };
    Some((draft, role))
}

fn unit(
    table: &Table,
    row: &TableRow,
    snapshot: &Snapshot,
    today: Date,
) -> Result<Option<UnitId>, Refused> {
    let code = table.field(row, "unit_code");
    if code.is_empty() {
        return Ok(None);
    }
    snapshot.find_unit(code, Some(today)).map(Some).map_err(|_| {
        let why = Refusal::UnknownUnit { code: code.to_owned(), day: None };
        table.refused(row, "unit_code", why)
    })
}

/// The role with a code, or with a name as people write it.
fn role_called<'r>(roles: &'r [Role], typed: &str) -> Option<&'r Role> {
    let key = text::search_key(typed);
    roles.iter().find(|role| {
        role.code == typed
            || [&role.name.vi, &role.name.en].into_iter().any(|name| text::search_key(name) == key)
    })
}

/// Checks that a row may be about an account that is there: one that the actor manages, in use, of
/// the same name, and not the actor's own.
fn known(
    snapshot: &Snapshot,
    who: &Actor,
    account: &Account,
    held: &[Grant],
    draft: &Draft,
    moment: Moment,
) -> Result<(), (&'static str, Refusal)> {
    let is_usable = match account.state {
        AccountState::Invited | AccountState::Active => true,
        AccountState::Disabled => false,
    };
    if !is_usable || !manages(snapshot, who, held, moment) {
        let problem = EntranceProblem::LoginTaken { login: account.login.clone() };
        return Err(("login", problem.into()));
    }
    if account.name != draft.name {
        return Err(("name", named_otherwise(&account.login, &account.name)));
    }
    not_to_oneself(who, account.id).map_err(|problem| ("login", problem.into()))
}

fn named_otherwise(login: &str, name: &str) -> Refusal {
    EntranceProblem::NamedOtherwise { login: login.to_owned(), name: name.to_owned() }.into()
}

/// Whether an account has a role as a row says, or had it until somebody ended it: the same list
/// does not bring an ended role back.
fn had(held: &[Grant], draft: &Draft, today: Date) -> bool {
    held.iter().any(|grant| {
        let is_over = grant.validity.to.is_some_and(|to| to < today);
        grant.delegated_by.is_none()
            && grant.role.code == draft.role
            && grant.unit == draft.unit
            && grant.validity.from == draft.validity.from
            && (grant.validity.to == draft.validity.to || is_over)
    })
}

/// Why something was refused, row by row; what nobody can mend in a list goes on as it is.
fn reasons(error: Error) -> Result<Vec<Refusal>, Error> {
    let second_factor = Refusal::from(EntranceProblem::SecondFactorMissing);
    match error {
        Error::Refused(reasons) if reasons.iter().all(|it| it.why != second_factor) => {
            Ok(reasons.into_iter().map(|reason| reason.why).collect())
        }
        other => Err(other),
    }
}
