//! Kept files: documents as they came, beside the directive or the task that they belong to.

use crate::access::AccountId;
use crate::attachment::AttachmentId;
use crate::refusal::Refusal;
use crate::secrecy::Secrecy;
use crate::task::TaskId;
use crate::text;

/// The largest file.
pub const BYTES_MAX: usize = 20 * 1024 * 1024;

/// Files of one directive or task, those that another one replaced among them.
pub const FILES_MAX: usize = 50;

/// The longest name, in characters.
const NAME_CHARACTERS_MAX: usize = 120;

/// The longest reason for taking a file away, in characters.
pub const REASON_CHARACTERS_MAX: usize = 1_000;

/// The number of a kept file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId(pub i64);

/// What a file is, by its bytes; its name says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A PDF.
    Pdf,
    /// A text document.
    Docx,
    /// A workbook.
    Xlsx,
    /// A photograph or a scan.
    Jpeg,
    /// A picture of a screen.
    Png,
}

impl FileKind {
    const ALL: [Self; 5] = [Self::Pdf, Self::Docx, Self::Xlsx, Self::Jpeg, Self::Png];

    /// Its short name, which is also how its files end.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// The one with a short name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// What a file belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Belongs {
    /// A directive, by code.
    Directive(String),
    /// A task.
    Task(TaskId),
}

/// What is known of a kept file without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// Its number.
    pub id: FileId,
    /// What it belongs to.
    pub belongs: Belongs,
    /// What it is called, with the ending of its kind.
    pub name: String,
    /// The SHA-256 of its bytes.
    pub sha256: AttachmentId,
    /// What it is.
    pub kind: FileKind,
    /// How many bytes it has.
    pub bytes: u64,
    /// The file in whose place it came.
    pub replaces: Option<FileId>,
    /// Who brought it; none for the console.
    pub account: Option<AccountId>,
    /// When, in epoch milliseconds.
    pub added_ms: i64,
    /// That it was taken away; none while it is there.
    pub removed: Option<Removed>,
}

/// That a file was taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// When, in epoch milliseconds.
    pub done_ms: i64,
    /// Why.
    pub reason: String,
}

/// What a file is called that came under a name: without folders and characters that no screen shows,
/// with the ending of its kind. A name of which nothing is left becomes `tep`.
#[must_use]
pub fn named(typed: &str, kind: FileKind) -> String {
    let own = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown = |letter: &char| !letter.is_control() && !is_mark_of_direction(*letter);
    let own: String = text::nfc(own).chars().filter(shown).collect();
    let stem = match own.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= 5 => stem,
        Some(_) | None => own.as_str(),
    };
    let stem: String = stem.trim_matches(['.', ' ']).chars().take(NAME_CHARACTERS_MAX).collect();
    let stem = if stem.trim().is_empty() { "tep" } else { stem.trim() };
    format!("{stem}.{}", kind.code())
}

/// Letters that nobody sees and that turn `fdp.exe` round.
fn is_mark_of_direction(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Why a file is not kept, or not taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeepingProblem {
    /// None came.
    Nothing,
    /// It has more bytes than are kept.
    TooLarge,
    /// Its bytes are those of no kind that is kept.
    UnknownKind,
    /// It is cut off, or its parts do not fit together.
    Damaged,
    /// It is locked with a password.
    Locked,
    /// It carries programs.
    Macros,
    /// Unpacked it would be larger than anybody writes.
    UnpacksTooLarge,
    /// Opening it took too long or too much memory.
    ReaderStopped,
    /// It carries a mark of secrecy.
    Secret {
        /// Which.
        mark: Secrecy,
        /// Where: its name, or a line of it.
        place: String,
    },
    /// The same file is there already.
    Known {
        /// Under which name.
        name: String,
    },
    /// There are as many as are kept.
    TooMany,
    /// The file that it should replace is not there any more.
    ReplacesNothing,
    /// It was taken away before.
    Gone,
    /// Nothing says why it is taken away.
    WithoutReason,
    /// The reason is too long.
    ReasonTooLong,
}

impl From<KeepingProblem> for Refusal {
    fn from(problem: KeepingProblem) -> Self {
        Self::Keeping(problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_loses_its_folders_and_unseen_letters_and_ends_as_its_kind_does() {
        let cases = [
            ("Kế hoạch 15.PDF", "Kế hoạch 15.pdf"),
            ("C:\\Users\\a\\kh.docx", "kh.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("ke\u{0302}\u{0301} hoach.pdf", "kế hoach.pdf"),
            ("bao-cao\u{202e}fdp.exe", "bao-caofdp.pdf"),
            ("01-KL.TW ngay 1.1.2022", "01-KL.TW ngay 1.1.pdf"),
            ("a\r\nb\0.pdf", "ab.pdf"),
            ("...", "tep.pdf"),
            ("", "tep.pdf"),
        ];
        for (typed, expected) in cases {
            assert_eq!(named(typed, FileKind::Pdf), expected, "{typed:?}");
        }
        assert_eq!(named(&"a".repeat(500), FileKind::Docx).chars().count(), 120 + 5);
    }

    #[test]
    fn every_kind_is_found_by_its_code() {
        for kind in FileKind::ALL {
            assert_eq!(FileKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(FileKind::from_code("exe"), None);
    }
}
