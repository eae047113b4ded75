//! The ledger in words: what was found to be changed, and where.

use actions::door::{Doer, Kind, payload};
use actions::verification::{Finding, Thing, Trouble};
use domain::access::AccountId;

use super::{Gap, Lang};

/// What was done: `Nhận báo cáo số liệu`.
#[must_use]
pub fn kind(kind: Kind, lang: Lang) -> String {
    lang.say(match kind {
        Kind::UnitsImported => "deed-units-imported",
        Kind::ReorganisationsImported => "deed-reorganisations-imported",
        Kind::FiguresImported => "deed-figures-imported",
        Kind::PackImported => "deed-pack-imported",
        Kind::DirectiveEntered => "deed-directive-entered",
        Kind::DirectiveChanged => "deed-directive-changed",
        Kind::PlansAskedFor => "deed-plans-asked-for",
        Kind::PlansCalledOff => "deed-plans-called-off",
        Kind::PlanNoted => "deed-plan-noted",
        Kind::FileKept => "deed-file-kept",
        Kind::FileTakenAway => "deed-file-taken-away",
        Kind::ItemCreated => "deed-item-created",
        Kind::FormCreated => "deed-form-created",
        Kind::FormPublished => "deed-form-published",
        Kind::FormEnded => "deed-form-ended",
        Kind::HolidayEntered => "deed-holiday-entered",
        Kind::HolidayRemoved => "deed-holiday-removed",
        Kind::SubmissionReceived => "deed-submission-received",
        Kind::FiguresEntered => "deed-figures-entered",
        Kind::SubmissionSent => "deed-submission-sent",
        Kind::SubmissionCorrected => "deed-submission-corrected",
        Kind::SubmissionApproved => "deed-submission-approved",
        Kind::SubmissionReturned => "deed-submission-returned",
        Kind::SubmissionReopened => "deed-submission-reopened",
        Kind::PeriodLocked => "deed-period-locked",
        Kind::PeriodOpened => "deed-period-opened",
        Kind::BriefWritten => "deed-brief-written",
        Kind::Stocktake(act) => return super::stocktakes::did(act, lang),
        Kind::Task(step) => return super::tasks::did(step, lang),
        Kind::Difficulty(step) => return super::difficulties::did(step, lang),
        Kind::Choosing(deed) => return super::choosing::did(deed, lang),
        Kind::Urged => "deed-urged",
        Kind::UrgingChanged => "deed-urging-changed",
        Kind::HotSpotsChanged => "deed-hot-spots-changed",
        Kind::DeliveryEnded => "deed-delivery-ended",
        Kind::HookMade => "deed-hook-made",
        Kind::HookEnded => "deed-hook-ended",
        Kind::RoleSaved => "deed-role-saved",
        Kind::AccountCreated => "deed-account-created",
        Kind::AccountInvited => "deed-account-invited",
        Kind::InvitationAccepted => "deed-invitation-accepted",
        Kind::PasswordChanged => "deed-password-changed",
        Kind::CodesTurnedOn => "deed-codes-turned-on",
        Kind::IdentityLinked => "deed-identity-linked",
        Kind::CalendarMade => "deed-calendar-made",
        Kind::CalendarEnded => "deed-calendar-ended",
        Kind::MailSet => "deed-mail-set",
        Kind::AccountDisabled => "deed-account-disabled",
        Kind::GrantGiven => "deed-grant-given",
        Kind::GrantEnded => "deed-grant-ended",
        Kind::SignedIn => "deed-signed-in",
        Kind::SignInFailed => "deed-sign-in-failed",
        Kind::SessionEnded => "deed-session-ended",
        Kind::AccessDenied => "deed-access-denied",
    })
}

/// Who did it, from what an entry names: an account by its number, never by a name.
#[must_use]
pub fn actor(actor: &str, lang: Lang) -> String {
    let account = |id: AccountId| Gap::from(id.0.to_string());
    match Doer::read(actor) {
        Some(Doer::Console) => lang.say("actor-console"),
        Some(Doer::Stranger) => lang.say("actor-stranger"),
        Some(Doer::Account(id)) => lang.tell("thing-account", [("id", account(id))]),
        Some(Doer::Substitute { account: id, in_place_of: other }) => {
            lang.tell("actor-in-place-of", [("id", account(id)), ("other", account(other))])
        }
        None => actor.to_owned(),
    }
}

/// What was changed: `Mục sổ cái 1204 đã bị sửa ngoài hệ thống`.
#[must_use]
pub fn trouble(trouble: &Trouble, lang: Lang) -> String {
    match trouble {
        Trouble::Ledger(finding) => in_the_ledger(finding, lang),
        Trouble::ColumnsDiffer { position } => {
            lang.tell("trouble-columns", [("position", number(*position))])
        }
        Trouble::RowAltered { position, thing } => {
            let gaps = [("position", number(*position)), ("thing", named(thing, lang).into())];
            lang.tell("trouble-row-altered", gaps)
        }
        Trouble::RowMissing { position, thing } => {
            let gaps = [("position", number(*position)), ("thing", named(thing, lang).into())];
            lang.tell("trouble-row-missing", gaps)
        }
        Trouble::RowExtra { thing } => {
            lang.tell("trouble-row-extra", [("thing", named(thing, lang).into())])
        }
        Trouble::CheckpointWrong { size: Some(size) } => {
            lang.tell("trouble-checkpoint", [("size", number(*size))])
        }
        Trouble::CheckpointWrong { size: None } => lang.say("trouble-checkpoint-outside"),
    }
}

fn in_the_ledger(finding: &Finding, lang: Lang) -> String {
    let one = |key: &str, position: u64| lang.tell(key, [("position", number(position))]);
    let range = |key: &str, first: u64, last: u64| {
        lang.tell(key, [("first", number(first)), ("last", number(last))])
    };
    match *finding {
        Finding::EntryAltered { position } => one("trouble-entry-altered", position),
        Finding::EntriesAltered { first, last } => range("trouble-entries-altered", first, last),
        Finding::HashAltered { index } => one("trouble-hash-altered", index),
        Finding::EitherAltered { first, last, index: _ } => {
            range("trouble-either-altered", first, last)
        }
        Finding::EntriesMissing { first, last } => range("trouble-entries-missing", first, last),
        Finding::HashesMissing { first, last } => range("trouble-hashes-missing", first, last),
        Finding::EntryExtra { position } => one("trouble-entry-extra", position),
        Finding::HashExtra { index } => one("trouble-hash-extra", index),
        Finding::EntryUnreadable { position, problem: _ } => {
            one("trouble-entry-unreadable", position)
        }
        Finding::EntryElsewhere { position, says: _ } => one("trouble-entry-elsewhere", position),
        Finding::CheckpointDiffers { size, computed: _ } => {
            lang.tell("trouble-signed-differs", [("size", number(size))])
        }
        Finding::CheckpointAhead { size, entries } => {
            let gaps = [("size", number(size)), ("entries", number(entries))];
            lang.tell("trouble-signed-ahead", gaps)
        }
    }
}

fn named(found: &Thing, lang: Lang) -> String {
    thing(found.noun, &found.id, lang)
}

/// A thing that the ledger speaks of: `báo cáo số liệu 0198…`.
#[must_use]
pub fn thing(noun: &str, id: &str, lang: Lang) -> String {
    let key = match noun {
        "account" => "thing-account",
        "attachment" => return photo(id, lang),
        "call" => "thing-call",
        "file" => "thing-file",
        "delivery" => "thing-delivery",
        "form" => "thing-form",
        "hook" => "thing-hook",
        "grant" => "thing-grant",
        "holiday" => "thing-holiday",
        "import" => "thing-import",
        "item" => "thing-item",
        "lock" => "thing-lock",
        "stocktake" => "thing-stocktake",
        "task" => "thing-task",
        "difficulty" => "thing-difficulty",
        "urging" => "thing-urging",
        "hot-spots" => "thing-hot-spots",
        "brief" => "thing-brief",
        "pack" => "thing-pack",
        "plan" => "thing-plan",
        "picture" => "thing-picture",
        "priority" => "thing-priority",
        "proposal" => "thing-proposal",
        "remark" => "thing-remark",
        "right" => "thing-right",
        "role" => "thing-role",
        "score" => "thing-score",
        "session" => "thing-session",
        "sign-in" => "thing-sign-in",
        "submission" => "thing-submission",
        other => return format!("{other} {id}"),
    };
    lang.tell(key, [("id", Gap::from(id))])
}

/// A photograph by its submission and its number there: `ảnh 2 của báo cáo số liệu 0198…`.
fn photo(id: &str, lang: Lang) -> String {
    let (submission, number) = id.split_once('/').unwrap_or((id, ""));
    lang.tell("thing-attachment", [("id", Gap::from(submission)), ("number", number.into())])
}

/// A field that an entry commits to without telling it: `mật khẩu`.
#[must_use]
pub fn committed(field: &str, lang: Lang) -> String {
    if let Some(number) = payload::photo_number(field) {
        return lang.tell("committed-photo", [("number", Gap::from(number))]);
    }
    match field {
        "file-name" => lang.say("committed-file-name"),
        "address" => lang.say("hook-address"),
        "identity" => lang.say("committed-identity"),
        "login" => lang.say("committed-login"),
        "name" => lang.say("committed-name"),
        "mail" => lang.say("mail-address"),
        "one-time-codes" => lang.say("committed-one-time-codes"),
        "password" => lang.say("committed-password"),
        "picture" => lang.say("committed-picture"),
        "reason" => lang.say("committed-reason"),
        "secret" => lang.say("committed-secret"),
        "words" => lang.say("committed-words"),
        "answer" => lang.say("committed-answer"),
        "score" => lang.say("committed-score"),
        other => other.to_owned(),
    }
}

/// A position: people look it up digit by digit, so it has no separators.
fn number(number: u64) -> Gap<'static> {
    Gap::from(number.to_string())
}
