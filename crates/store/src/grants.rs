//! Roles, and who holds them where.

use domain::access::{AccountId, AccountState, Grant, Right, Role, SecondFactor};
use domain::unit::{UnitId, Validity};

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::{Error, Result};
use crate::json;
use crate::value::args;

/// A grant about to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGrant {
    /// Who receives it.
    pub account: AccountId,
    /// The role's code.
    pub role: String,
    /// The unit whose subtree it covers; none for the whole tree.
    pub unit: Option<UnitId>,
    /// On which days it holds.
    pub validity: Validity,
    /// Who lends it, when it is a delegation.
    pub delegated_by: Option<AccountId>,
    /// Who gave it; none for the console.
    pub granted_by: Option<AccountId>,
    /// When, in epoch milliseconds.
    pub granted_ms: i64,
}

/// A grant as its row has it: for comparing with the ledger, so nothing of it is interpreted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRow {
    /// Its number.
    pub id: i64,
    /// Who holds it.
    pub account: i64,
    /// The role's code.
    pub role: String,
    /// The unit's number; none for the whole tree.
    pub unit: Option<i64>,
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// The number of the account that lends it.
    pub delegated_by: Option<i64>,
    /// The number of the account that gave it; none for the console.
    pub granted_by: Option<i64>,
    /// When, in epoch milliseconds.
    pub granted_ms: i64,
}

/// A role as its row has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRow {
    /// Its code.
    pub code: String,
    /// Its name in Vietnamese.
    pub name_vi: String,
    /// Its name in English.
    pub name_en: String,
    /// The codes of its rights, as JSON.
    pub rights: String,
    /// Whether it asks for a one-time code.
    pub second_factor: bool,
}

statements! {
    ROWS = "select id, account, role, unit, valid_from, valid_to, delegated_by, granted_by,
                granted_ms
            from access_grant order by id";
    ROW = "select id, account, role, unit, valid_from, valid_to, delegated_by, granted_by,
               granted_ms
           from access_grant where id = $1";
    ROLES = "select code, name_vi, name_en, rights, second_factor from role order by position";
    SAVE_ROLE = "insert into role (code, name_vi, name_en, rights, second_factor, position)
                 values ($1, $2, $3, $4, $5, (select coalesce(max(position), 0) + 1 from role))
                 on conflict (code) do update set name_vi = excluded.name_vi,
                     name_en = excluded.name_en, rights = excluded.rights,
                     second_factor = excluded.second_factor";
    OF_ACCOUNT = "select g.id, g.account, g.unit, g.valid_from, g.valid_to, g.delegated_by,
                      r.code, r.name_vi, r.name_en, r.rights, r.second_factor
                  from access_grant g join role r on r.code = g.role
                  where g.account = $1 order by g.id";
    PLACES = "select account, unit from access_grant";
    OF_STATE = "select g.id, g.account, g.unit, g.valid_from, g.valid_to, g.delegated_by,
                    r.code, r.name_vi, r.name_en, r.rights, r.second_factor
                from access_grant g join role r on r.code = g.role
                    join account a on a.id = g.account
                where a.state = $1 order by g.id";
    LENT_BY = "select g.id, g.account, g.unit, g.valid_from, g.valid_to, g.delegated_by,
                   r.code, r.name_vi, r.name_en, r.rights, r.second_factor
               from access_grant g join role r on r.code = g.role
               where g.delegated_by = $1 order by g.id";
    INSERT = "insert into access_grant (id, account, role, unit, valid_from, valid_to,
                  delegated_by, granted_by, granted_ms)
              values ((select coalesce(max(id), 0) + 1 from access_grant),
                  $1, $2, $3, $4, $5, $6, $7, $8)
              returning id";
    END = "update access_grant set valid_to = $1 where id = $2";
}

/// All roles, in their order.
///
/// # Errors
/// The database failed.
pub fn roles(tx: &mut ReadTx<'_>) -> Result<Vec<Role>> {
    tx.all(ROLES, args![], |row| role(row, 0))
}

/// All grants as their rows have them, by number.
///
/// # Errors
/// The database failed.
pub fn rows(tx: &mut ReadTx<'_>) -> Result<Vec<GrantRow>> {
    tx.all(ROWS, args![], read_row)
}

/// The grant with a number, as its row has it.
///
/// # Errors
/// The database failed.
pub fn row(tx: &mut ReadTx<'_>, id: i64) -> Result<Option<GrantRow>> {
    tx.optional(ROW, args![id], read_row)
}

fn read_row(row: &Row<'_>) -> Result<GrantRow> {
    Ok(GrantRow {
        id: row.get(0)?,
        account: row.get(1)?,
        role: row.get(2)?,
        unit: row.get(3)?,
        from: row.get(4)?,
        to: row.get(5)?,
        delegated_by: row.get(6)?,
        granted_by: row.get(7)?,
        granted_ms: row.get(8)?,
    })
}

/// All roles as their rows have them, in their order.
///
/// # Errors
/// The database failed.
pub fn role_rows(tx: &mut ReadTx<'_>) -> Result<Vec<RoleRow>> {
    tx.all(ROLES, args![], |row| {
        Ok(RoleRow {
            code: row.get(0)?,
            name_vi: row.get(1)?,
            name_en: row.get(2)?,
            rights: row.get(3)?,
            second_factor: row.get(4)?,
        })
    })
}

/// Saves a role under its code.
///
/// # Errors
/// The database failed.
pub fn save_role(tx: &mut WriteTx<'_>, role: &Role) -> Result<()> {
    let Role { code, name, rights, second_factor } = role;
    let rights: Vec<&str> = rights.iter().map(|right| right.code()).collect();
    let rights = json::write(&rights);
    let required = *second_factor == SecondFactor::Required;
    tx.execute(SAVE_ROLE, args![code, &name.vi, &name.en, &rights, required]).map(drop)
}

/// What an account holds, and ever held.
///
/// # Errors
/// The database failed.
pub fn of_account(tx: &mut ReadTx<'_>, account: AccountId) -> Result<Vec<Grant>> {
    tx.all(OF_ACCOUNT, args![account], read)
}

/// On which units accounts hold something, or held it; none for the whole tree.
///
/// # Errors
/// The database failed.
pub fn places(tx: &mut ReadTx<'_>) -> Result<Vec<(AccountId, Option<UnitId>)>> {
    tx.all(PLACES, args![], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// What all accounts of a state hold, and ever held.
///
/// # Errors
/// The database failed.
pub fn of_state(tx: &mut ReadTx<'_>, state: AccountState) -> Result<Vec<Grant>> {
    tx.all(OF_STATE, args![state.code()], read)
}

/// What an account lends to others, and ever lent.
///
/// # Errors
/// The database failed.
pub fn lent_by(tx: &mut ReadTx<'_>, account: AccountId) -> Result<Vec<Grant>> {
    tx.all(LENT_BY, args![account], read)
}

fn read(row: &Row<'_>) -> Result<Grant> {
    Ok(Grant {
        id: row.get(0)?,
        account: row.get(1)?,
        unit: row.get(2)?,
        validity: Validity { from: row.get(3)?, to: row.get(4)? },
        delegated_by: row.get(5)?,
        role: role(row, 6)?,
    })
}

/// Gives a role; gives back the grant's number.
///
/// # Errors
/// The account, role or unit does not exist (a constraint), or the database failed.
pub fn insert(tx: &mut WriteTx<'_>, new: &NewGrant) -> Result<i64> {
    let NewGrant { account, role, unit, validity, delegated_by, granted_by, granted_ms } = new;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let (from, to) = (day(validity.from), day(validity.to));
    let args = args![
        *account,
        role,
        *unit,
        from.as_deref(),
        to.as_deref(),
        *delegated_by,
        *granted_by,
        *granted_ms
    ];
    tx.one(INSERT, args, |row| row.get(0))
}

/// Lets a grant hold no longer than a day.
///
/// # Errors
/// The database failed.
pub fn end(tx: &mut WriteTx<'_>, id: i64, last: jiff::civil::Date) -> Result<()> {
    let last = last.to_string();
    tx.execute(END, args![&last, id]).map(drop)
}

fn role(row: &Row<'_>, first: usize) -> Result<Role> {
    let codes: Vec<String> = json::read(row.text(first + 3)?, "the rights of a role")?;
    let right = |code: &String| {
        Right::from_code(code)
            .ok_or_else(|| Error::Unreadable { what: "a right", found: code.clone() })
    };
    let required: bool = row.get(first + 4)?;
    Ok(Role {
        code: row.get(first)?,
        name: row.bilingual(first + 1)?,
        rights: codes.iter().map(right).collect::<Result<_>>()?,
        second_factor: if required { SecondFactor::Required } else { SecondFactor::Optional },
    })
}
