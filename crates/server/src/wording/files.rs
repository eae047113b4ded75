//! Kept files in words: what one is, how large, and why one is not kept.

use domain::kept_file::{BYTES_MAX, FILES_MAX, FileKind, KeepingProblem, REASON_CHARACTERS_MAX};

use super::refusals::Gaps;
use super::{Gap, Lang, directives, number};

/// Bytes of a megabyte, as people count them.
const MEGABYTE: usize = 1024 * 1024;

/// What is wrong and what to do about it.
#[must_use]
pub fn problem(problem: &KeepingProblem, lang: Lang) -> String {
    lang.tell(key(problem), gaps(problem, lang))
}

pub(super) fn key(problem: &KeepingProblem) -> &'static str {
    match problem {
        KeepingProblem::Nothing => "keeping-nothing",
        KeepingProblem::TooLarge => "keeping-too-large",
        KeepingProblem::UnknownKind => "keeping-unknown-kind",
        KeepingProblem::Damaged => "keeping-damaged",
        KeepingProblem::Locked => "keeping-locked",
        KeepingProblem::Macros => "keeping-macros",
        KeepingProblem::UnpacksTooLarge => "keeping-unpacks-too-large",
        KeepingProblem::ReaderStopped => "keeping-reader-stopped",
        KeepingProblem::Secret { .. } => "keeping-secret",
        KeepingProblem::Known { .. } => "keeping-known",
        KeepingProblem::TooMany => "keeping-too-many",
        KeepingProblem::ReplacesNothing => "keeping-replaces-nothing",
        KeepingProblem::Gone => "keeping-gone",
        KeepingProblem::WithoutReason => "keeping-without-reason",
        KeepingProblem::ReasonTooLong => "keeping-reason-too-long",
    }
}

fn gaps(problem: &KeepingProblem, lang: Lang) -> Gaps<'_> {
    match problem {
        KeepingProblem::TooLarge => vec![("megabytes", (BYTES_MAX / MEGABYTE).into())],
        KeepingProblem::Secret { mark, place } => {
            let mark = directives::secrecy(*mark, lang);
            vec![("mark", mark.into()), ("place", place.as_str().into())]
        }
        KeepingProblem::Known { name } => vec![("name", name.as_str().into())],
        KeepingProblem::TooMany => vec![("most", FILES_MAX.into())],
        KeepingProblem::ReasonTooLong => vec![("most", REASON_CHARACTERS_MAX.into())],
        KeepingProblem::Nothing
        | KeepingProblem::UnknownKind
        | KeepingProblem::Damaged
        | KeepingProblem::Locked
        | KeepingProblem::Macros
        | KeepingProblem::UnpacksTooLarge
        | KeepingProblem::ReaderStopped
        | KeepingProblem::ReplacesNothing
        | KeepingProblem::Gone
        | KeepingProblem::WithoutReason => Vec::new(),
    }
}

/// What a file is: `văn bản Word`.
#[must_use]
pub fn kind(kind: FileKind, lang: Lang) -> String {
    lang.say(match kind {
        FileKind::Pdf => "file-pdf",
        FileKind::Docx => "file-docx",
        FileKind::Xlsx => "file-xlsx",
        FileKind::Jpeg => "file-jpeg",
        FileKind::Png => "file-png",
    })
}

/// Whether files of a kind can have a text that is searched.
#[must_use]
pub fn may_have_text(kind: FileKind) -> bool {
    match kind {
        FileKind::Pdf | FileKind::Docx | FileKind::Xlsx => true,
        FileKind::Jpeg | FileKind::Png => false,
    }
}

/// How large a file is, rounded up: `312 KB`, `1,5 MB`.
#[must_use]
pub fn size(bytes: u64, lang: Lang) -> String {
    let kilobytes = bytes.div_ceil(1_024);
    if kilobytes < 1_024 {
        return format!("{} KB", number::grouped(&kilobytes.to_string(), lang));
    }
    let tenths = bytes.saturating_mul(10).div_ceil(1_024 * 1_024);
    let machine = format!("{}.{}", tenths / 10, tenths % 10);
    format!("{} MB", number::grouped(&machine, lang))
}

/// What can be brought.
#[must_use]
pub fn hint(lang: Lang) -> String {
    lang.tell("files-hint", [("megabytes", Gap::from(BYTES_MAX / MEGABYTE))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_rounded_up_in_the_way_of_the_language() {
        let cases = [
            (0, "0 KB", "0 KB"),
            (1, "1 KB", "1 KB"),
            (312 * 1_024, "312 KB", "312 KB"),
            (1_048_576, "1,0 MB", "1.0 MB"),
            (1_600_000, "1,6 MB", "1.6 MB"),
        ];
        for (bytes, vi, en) in cases {
            assert_eq!((&*size(bytes, Lang::Vi), &*size(bytes, Lang::En)), (vi, en));
        }
    }
}
