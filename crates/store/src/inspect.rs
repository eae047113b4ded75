//! What tests look at: every statement, and the schema as each engine sees it.

use crate::engine::ReadTx;
use crate::error::Result;

// Asking an engine about itself is the one thing that has no common SQL.
const SCHEMA_SQLITE: &str = "
    select 'column ' || t.name || '.' || c.name || ' ' || lower(c.type)
           || case when c.\"notnull\" = 1 then ' not null' else '' end
    from sqlite_schema t join pragma_table_info(t.name) c
    where t.type = 'table' and t.name not like 'sqlite!_%' escape '!'
    union all
    select 'index ' || t.name || ' (' || (
               select group_concat(name, ', ') from (
                   select name from pragma_index_info(i.name) order by seqno)) || ')'
           || case when i.\"unique\" = 1 then ' unique' else '' end
    from sqlite_schema t join pragma_index_list(t.name) i
    where t.type = 'table' and t.name not like 'sqlite!_%' escape '!'
    union all
    select 'reference ' || t.name || '.' || f.\"from\" || ' to ' || f.\"table\" || '.' || f.\"to\"
    from sqlite_schema t join pragma_foreign_key_list(t.name) f
    where t.type = 'table' and t.name not like 'sqlite!_%' escape '!'";
const SCHEMA_POSTGRES: &str = "
    select 'column ' || table_name || '.' || column_name || ' ' || data_type
           || case when is_nullable = 'NO' then ' not null' else '' end
    from information_schema.columns where table_schema = current_schema()
    union all
    select 'index ' || t.relname || ' (' || (
               select string_agg(a.attname, ', ' order by k.place)
               from unnest(i.indkey) with ordinality k (number, place)
               join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number) || ')'
           || case when i.indisunique then ' unique' else '' end
    from pg_index i join pg_class t on t.oid = i.indrelid
    where t.relnamespace = current_schema()::regnamespace
    union all
    select 'reference ' || t.relname || '.' || a.attname || ' to ' || r.relname || '.' || b.attname
    from pg_constraint c
    join pg_class t on t.oid = c.conrelid
    join pg_class r on r.oid = c.confrelid
    cross join unnest(c.conkey, c.confkey) k (near, far)
    join pg_attribute a on a.attrelid = t.oid and a.attnum = k.near
    join pg_attribute b on b.attrelid = r.oid and b.attnum = k.far
    where c.contype = 'f' and t.relnamespace = current_schema()::regnamespace";

/// Every statement of this crate: module, name, SQL.
#[must_use]
pub fn statements() -> Vec<(&'static str, &'static str, &'static str)> {
    let modules = [
        ("accounts", crate::accounts::STATEMENTS),
        ("attachments", crate::attachments::STATEMENTS),
        ("calendars", crate::calendars::STATEMENTS),
        ("calls", crate::calls::STATEMENTS),
        ("deeds", crate::deeds::STATEMENTS),
        ("damage", crate::damage::STATEMENTS),
        ("difficulties", crate::difficulties::STATEMENTS),
        ("deliveries", crate::deliveries::STATEMENTS),
        ("directives", crate::directives::STATEMENTS),
        ("drafts", crate::drafts::STATEMENTS),
        ("forms", crate::forms::STATEMENTS),
        ("grants", crate::grants::STATEMENTS),
        ("holidays", crate::holidays::STATEMENTS),
        ("hooks", crate::hooks::STATEMENTS),
        ("imports", crate::imports::STATEMENTS),
        ("hot_spots", crate::hot_spots::STATEMENTS),
        ("indicators", crate::indicators::STATEMENTS),
        ("items", crate::items::STATEMENTS),
        ("kept_files", crate::kept_files::STATEMENTS),
        ("pictures", crate::pictures::STATEMENTS),
        ("ledger", crate::ledger::STATEMENTS),
        ("locks", crate::locks::STATEMENTS),
        ("migrations", crate::migrations::STATEMENTS),
        ("packs", crate::packs::STATEMENTS),
        ("priorities", crate::priorities::STATEMENTS),
        ("proposals", crate::proposals::STATEMENTS),
        ("sessions", crate::sessions::STATEMENTS),
        ("settings", crate::settings::STATEMENTS),
        ("standings", crate::standings::STATEMENTS),
        ("steps", crate::steps::STATEMENTS),
        ("stocktakes", crate::stocktakes::STATEMENTS),
        ("submissions", crate::submissions::STATEMENTS),
        ("targets", crate::targets::STATEMENTS),
        ("task_templates", crate::task_templates::STATEMENTS),
        ("tasks", crate::tasks::STATEMENTS),
        ("templates", crate::templates::STATEMENTS),
        ("units", crate::units::STATEMENTS),
        ("urging", crate::urging::STATEMENTS),
    ];
    let named = modules.into_iter().flat_map(|(module, statements)| {
        statements.iter().map(move |(name, sql)| (module, *name, *sql))
    });
    named.collect()
}

/// Lets the engine check a statement without running it.
///
/// # Errors
/// What the engine says about it.
pub fn prepare(tx: &mut ReadTx<'_>, sql: &'static str) -> Result<()> {
    tx.prepare(sql)
}

/// One line per column, index and reference of the schema, sorted.
///
/// # Errors
/// The database failed.
pub fn schema(tx: &mut ReadTx<'_>) -> Result<Vec<String>> {
    let sql = if tx.is_sqlite() { SCHEMA_SQLITE } else { SCHEMA_POSTGRES };
    let mut lines: Vec<String> = tx.all(sql, &[], |row| row.get(0))?;
    lines.sort();
    Ok(lines)
}
