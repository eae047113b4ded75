//! Kept files: what is known of each, and their bytes, once for all files that have the same.

use domain::access::AccountId;
use domain::attachment::AttachmentId;
use domain::kept_file::{Belongs, FileId, FileKind, KeptFile, Removed};
use domain::task::TaskId;

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::{Error, Result};
use crate::value::args;

statements! {
    ALL = "select id, directive, task, name, sha256, kind, bytes, replaces, account, added_ms,
               removed_ms, removed_because
           from kept_file order by id";
    FIND = "select id, directive, task, name, sha256, kind, bytes, replaces, account, added_ms,
                removed_ms, removed_because
            from kept_file where id = $1";
    OF_DIRECTIVE = "select id, directive, task, name, sha256, kind, bytes, replaces, account,
                        added_ms, removed_ms, removed_because
                    from kept_file where directive = $1 order by id";
    OF_TASK = "select id, directive, task, name, sha256, kind, bytes, replaces, account, added_ms,
                   removed_ms, removed_because
               from kept_file where task = $1 order by id";
    NEXT = "select coalesce(max(id), 0) + 1 from kept_file";
    INSERT = "insert into kept_file (id, directive, task, name, sha256, kind, bytes, replaces,
                  account, added_ms)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    KEEP = "insert into file_content (sha256, words, content) values ($1, $2, $3)
            on conflict (sha256) do nothing";
    REMOVE = "update kept_file set removed_ms = $1, removed_because = $2 where id = $3";
    FORGET = "delete from file_content where sha256 = $1 and not exists (
                  select 1 from kept_file f
                  where f.sha256 = file_content.sha256 and f.removed_ms is null)";
    CONTENT = "select content from file_content where sha256 = $1";
    CONTENTS = "select sha256, content from file_content";
    WITH_WORDS = "select sha256 from file_content
                  where words <> '' and sha256 in (
                      select sha256 from kept_file where directive = $1 or task = $2)";
    SAYING = "select f.directive, f.name from kept_file f join file_content c on c.sha256 = f.sha256
              where f.directive is not null and f.removed_ms is null
                and not exists (select 1 from kept_file n
                                where n.replaces = f.id and n.removed_ms is null)
                and c.words like $1 escape '!'
              order by f.directive, f.id";
}

/// All that were ever kept, oldest first.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<KeptFile>> {
    tx.all(ALL, args![], read)
}

/// The file with a number.
///
/// # Errors
/// The database failed.
pub fn find(tx: &mut ReadTx<'_>, id: FileId) -> Result<Option<KeptFile>> {
    tx.optional(FIND, args![id.0], read)
}

/// The files of a directive or a task, those that were taken away among them, oldest first.
///
/// # Errors
/// The database failed.
pub fn of(tx: &mut ReadTx<'_>, belongs: &Belongs) -> Result<Vec<KeptFile>> {
    match belongs {
        Belongs::Directive(code) => tx.all(OF_DIRECTIVE, args![code.as_str()], read),
        Belongs::Task(task) => tx.all(OF_TASK, args![task.0], read),
    }
}

/// The number of the next file.
///
/// # Errors
/// The database failed.
pub fn next_id(tx: &mut ReadTx<'_>) -> Result<FileId> {
    tx.one(NEXT, args![], |row| row.get(0)).map(FileId)
}

/// Keeps a file with its bytes and what can be searched of it; bytes that are there already stay.
///
/// # Errors
/// The number is taken, what it belongs to does not exist (constraints), or the database failed.
pub fn insert(tx: &mut WriteTx<'_>, file: &KeptFile, words: &str, content: &[u8]) -> Result<()> {
    let KeptFile { id, belongs, name, sha256, kind, bytes, replaces, account, added_ms, .. } = file;
    let (directive, task) = columns(belongs);
    let sha256 = sha256.as_str();
    let bytes = i64::try_from(*bytes).unwrap_or(i64::MAX);
    let replaces = replaces.map(|file| file.0);
    tx.execute(KEEP, args![sha256, words, content])?;
    let args = args![
        id.0,
        directive,
        task,
        name.as_str(),
        sha256,
        kind.code(),
        bytes,
        replaces,
        *account,
        *added_ms,
    ];
    tx.execute(INSERT, args).map(drop)
}

/// Notes that a file was taken away, and forgets its bytes unless another one has the same.
///
/// # Errors
/// The database failed.
pub fn remove(tx: &mut WriteTx<'_>, file: &KeptFile, removed: &Removed) -> Result<()> {
    tx.execute(REMOVE, args![removed.done_ms, removed.reason.as_str(), file.id.0])?;
    tx.execute(FORGET, args![file.sha256.as_str()]).map(drop)
}

/// The bytes of a file.
///
/// # Errors
/// The database failed.
pub fn content(tx: &mut ReadTx<'_>, sha256: &AttachmentId) -> Result<Option<Vec<u8>>> {
    tx.optional(CONTENT, args![sha256.as_str()], |row| row.get(0))
}

/// Hands over the name and the bytes of everything that is kept, one by one.
///
/// # Errors
/// The database failed.
pub fn contents(tx: &mut ReadTx<'_>, each: &mut dyn FnMut(String, Vec<u8>)) -> Result<()> {
    tx.each(CONTENTS, args![], |row| {
        each(row.get(0)?, row.get(1)?);
        Ok(())
    })
}

/// Of the files of a directive or a task those whose text can be searched, by the SHA-256.
///
/// # Errors
/// The database failed.
pub fn with_words(tx: &mut ReadTx<'_>, belongs: &Belongs) -> Result<Vec<String>> {
    let (directive, task) = columns(belongs);
    tx.all(WITH_WORDS, args![directive, task], |row| row.get(0))
}

/// The directives of which a file says some words, in small letters without their marks: the code, and
/// the name of the file. What another file replaced says nothing any more.
///
/// # Errors
/// The database failed.
pub fn saying(tx: &mut ReadTx<'_>, words: &str) -> Result<Vec<(String, String)>> {
    let escaped = words.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let pattern = format!("%{escaped}%");
    tx.all(SAYING, args![pattern.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
}

fn columns(belongs: &Belongs) -> (Option<&str>, Option<i64>) {
    match belongs {
        Belongs::Directive(code) => (Some(code), None),
        Belongs::Task(task) => (None, Some(task.0)),
    }
}

fn read(row: &Row<'_>) -> Result<KeptFile> {
    let (directive, task): (Option<String>, Option<i64>) = (row.get(1)?, row.get(2)?);
    let unreadable = |what: &'static str, found: String| Error::Unreadable { what, found };
    let belongs = match (directive, task) {
        (Some(code), None) => Belongs::Directive(code),
        (None, Some(task)) => Belongs::Task(TaskId(task)),
        (found, _) => return Err(unreadable("what a file belongs to", format!("{found:?}"))),
    };
    let (removed_ms, because): (Option<i64>, Option<String>) = (row.get(10)?, row.get(11)?);
    let (bytes, replaces): (i64, Option<i64>) = (row.get(6)?, row.get(7)?);
    let account: Option<AccountId> = row.get(8)?;
    Ok(KeptFile {
        id: FileId(row.get(0)?),
        belongs,
        name: row.get(3)?,
        sha256: row.code(4, "a SHA-256", AttachmentId::parse)?,
        kind: row.code(5, "a kind of file", FileKind::from_code)?,
        bytes: u64::try_from(bytes).unwrap_or(0),
        replaces: replaces.map(FileId),
        account,
        added_ms: row.get(9)?,
        removed: removed_ms.map(|done_ms| Removed { done_ms, reason: because.unwrap_or_default() }),
    })
}
