//! Photographs in words: why one is not taken, and what one is of.

use domain::attachment::{AttachmentProblem, BYTES_MAX, PER_SUBMISSION_MAX, WAITING_MAX};

use super::refusals::Gaps;
use super::{Gap, Lang};

/// Bytes of a megabyte, as people count them.
const MEGABYTE: usize = 1024 * 1024;

/// What is wrong and what to do about it.
#[must_use]
pub fn problem(problem: &AttachmentProblem, lang: Lang) -> String {
    lang.tell(key(problem), gaps(problem))
}

pub(super) fn key(problem: &AttachmentProblem) -> &'static str {
    match problem {
        AttachmentProblem::TooLarge => "attachment-too-large",
        AttachmentProblem::NotAPicture => "attachment-not-a-picture",
        AttachmentProblem::Damaged => "attachment-damaged",
        AttachmentProblem::TooManyPixels { .. } => "attachment-too-many-pixels",
        AttachmentProblem::NotWhatItSays => "attachment-not-what-it-says",
        AttachmentProblem::TooMany => "attachment-too-many",
        AttachmentProblem::NotArrived { .. } => "attachment-not-arrived",
        AttachmentProblem::TooManyWaiting => "attachment-too-many-waiting",
    }
}

fn gaps(problem: &AttachmentProblem) -> Gaps<'_> {
    match problem {
        AttachmentProblem::TooLarge => vec![("megabytes", (BYTES_MAX / MEGABYTE).into())],
        AttachmentProblem::NotAPicture
        | AttachmentProblem::Damaged
        | AttachmentProblem::NotWhatItSays
        | AttachmentProblem::NotArrived { .. } => Vec::new(),
        AttachmentProblem::TooManyPixels { width, height } => {
            vec![("width", (*width).into()), ("height", (*height).into())]
        }
        AttachmentProblem::TooMany => vec![("most", PER_SUBMISSION_MAX.into())],
        AttachmentProblem::TooManyWaiting => vec![("most", WAITING_MAX.into())],
    }
}

/// How many photographs a form takes, and how large.
#[must_use]
pub fn bounds(lang: Lang) -> String {
    let gaps =
        [("most", Gap::from(PER_SUBMISSION_MAX)), ("megabytes", (BYTES_MAX / MEGABYTE).into())];
    lang.tell("photo-bounds", gaps)
}

/// What a photograph is of: `Ảnh 1: Báo cáo tháng, thôn Nà Lầu, tháng 7/2023`.
#[must_use]
pub fn of(number: usize, form: &str, unit: &str, period: &str, lang: Lang) -> String {
    let gaps = [
        ("number", Gap::from(number)),
        ("form", form.into()),
        ("unit", unit.into()),
        ("period", period.into()),
    ];
    lang.tell("attachment-of", gaps)
}
