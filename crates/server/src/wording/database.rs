//! Troubles of the database in words: what is wrong, and what to do about it.

use actions::error::DatabaseError;

use super::{Gap, Lang};

/// The trouble as a sentence or two. What only we can mend keeps the engine's own text.
#[must_use]
pub fn sentence(error: &DatabaseError, lang: Lang) -> String {
    let text = |text: &str| Gap::from(text.to_owned());
    match error {
        DatabaseError::Locked => lang.say("database-locked"),
        DatabaseError::CannotOpen { place, reason } => {
            lang.tell("database-cannot-open", [("place", text(place)), ("detail", text(reason))])
        }
        DatabaseError::NotWritable { place } => {
            lang.tell("database-not-writable", [("place", text(place))])
        }
        DatabaseError::NotOurs { place } => {
            lang.tell("database-not-ours", [("place", text(place))])
        }
        DatabaseError::DiskFull => lang.say("database-disk-full"),
        DatabaseError::CannotConnect { place, reason } => {
            lang.tell("database-cannot-connect", [("place", text(place)), ("detail", text(reason))])
        }
        DatabaseError::BadAddress { reason } => {
            lang.tell("database-bad-address", [("detail", text(reason))])
        }
        DatabaseError::NotDurable { setting, value } => {
            lang.tell("database-not-durable", [("setting", text(setting)), ("value", text(value))])
        }
        DatabaseError::SettingNotTaken { place, setting, .. } => lang.tell(
            "database-setting-not-taken",
            [("place", text(place)), ("setting", text(setting))],
        ),
        DatabaseError::NewerSchema { .. } => lang.say("database-newer"),
        DatabaseError::MigrationDiffers { name } => {
            lang.tell("database-migration-differs", [("detail", text(name))])
        }
        DatabaseError::MigrationMissing { number } => {
            lang.tell("database-migration-missing", [("detail", text(&number.to_string()))])
        }
        DatabaseError::Backup { file, reason } => {
            lang.tell("database-backup", [("place", text(file)), ("detail", text(reason))])
        }
        DatabaseError::TextWithNul => lang.say("database-text-with-nul"),
        DatabaseError::TooBusy => lang.say("database-too-busy"),
        DatabaseError::Constraint { .. }
        | DatabaseError::TransactionFailed
        | DatabaseError::Unreadable { .. }
        | DatabaseError::Closed
        | DatabaseError::Panicked { .. }
        | DatabaseError::Driver(_) => {
            lang.tell("database-failed", [("detail", text(&error.to_string()))])
        }
    }
}
