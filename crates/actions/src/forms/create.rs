//! New forms: what stays the same in all versions, and the first of them.

use domain::access::{Actor, Right};
use domain::form::Form;
use domain::forming::FormingProblem;
use domain::period::{Calendar, Frequency};
use domain::refusal::{Noun, Refusal, Wanted};
use store::WriteTx;

use super::{Part, Problem, Written, levels, nowhere, published, version};
use crate::accounts::Moment;
use crate::door::{self, Deed, Kind, payload};
use crate::error::Error;
use crate::snapshot::Snapshot;

/// The most letters of a code.
const CODE_LETTERS_MAX: usize = 40;

/// A new form as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenForm {
    /// Its code and its name, with the first version.
    pub first: Written,
    /// The code of its frequency.
    pub frequency: String,
    /// The code of its calendar.
    pub calendar: String,
    /// The levels that judge it, in their order.
    pub review: Vec<String>,
    /// Days after the deadline on which figures are still taken; empty when there is no end.
    pub lock_days: String,
}

/// The form that was written, if nothing is wrong with it as far as the other forms and the items go.
///
/// # Errors
/// Everything that is wrong.
pub fn check_new(snapshot: &Snapshot, written: &WrittenForm) -> Result<Form, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut wrong = |part, why| problems.push(nowhere(part, why));
    let bad = |text: &str, wanted| Refusal::BadValue { text: text.to_owned(), wanted };
    let code = &written.first.form;
    if !is_code(code) {
        wrong(Part::Code, bad(code, Wanted::FormCode));
    }
    if snapshot.forms.iter().any(|known| known.code.eq_ignore_ascii_case(code)) {
        wrong(Part::Code, FormingProblem::FormTaken { form: code.clone() }.into());
    }
    let frequency = Frequency::from_code(&written.frequency);
    if frequency.is_none() {
        wrong(Part::Frequency, bad(&written.frequency, Wanted::KnownCode));
    }
    let calendar = Calendar::from_code(&written.calendar);
    if calendar.is_none() {
        wrong(Part::Calendar, bad(&written.calendar, Wanted::KnownCode));
    }
    let known = levels(snapshot);
    for (place, level) in written.review.iter().enumerate() {
        let (noun, key) = (Noun::Level, level.clone());
        if !known.contains(level) {
            wrong(Part::Review, Refusal::NotFound { noun, key });
        } else if written.review[..place].contains(level) {
            wrong(Part::Review, Refusal::Doubled { noun, key });
        }
    }
    let lock_days = written.lock_days.parse().ok();
    if lock_days.is_none() && !written.lock_days.is_empty() {
        wrong(Part::Lock, bad(&written.lock_days, Wanted::Number));
    }
    let mut form = Form {
        code: code.clone(),
        name: written.first.name.clone(),
        frequency: frequency.unwrap_or(Frequency::Monthly),
        calendar: calendar.unwrap_or(Calendar::Civil),
        versions: Vec::new(),
        review: written.review.clone(),
        lock_days,
        ends: None,
    };
    let first = version(snapshot, &form, &written.first, &mut problems);
    form.versions.push(first);
    if problems.is_empty() { Ok(form) } else { Err(problems) }
}

/// Whether a text can be the code of a form: it stands in addresses and in the ledger as it is.
fn is_code(text: &str) -> bool {
    let belongs = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_');
    text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.len() <= CODE_LETTERS_MAX
        && text.chars().all(belongs)
}

/// Makes a form with its first version.
///
/// # Errors
/// The actor may not, something is wrong with it, or the database failed.
pub fn create(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    written: &WrittenForm,
) -> Result<(), Error> {
    let by = snapshot.doer(who, Right::ManagePlan, None, moment.today)?;
    let form = check_new(snapshot, written)
        .map_err(|problems| Error::Refused(problems.into_iter().map(|(_, it)| it).collect()))?;
    // Somebody may have made one since the snapshot, and saving would replace it.
    if store::forms::all(tx)?.iter().any(|known| known.code == form.code) {
        return Err(FormingProblem::FormTaken { form: form.code }.into());
    }
    store::forms::save(tx, &form)?;
    let content = payload::object([
        ("calendar", form.calendar.code().into()),
        ("frequency", form.frequency.code().into()),
        ("lock_days", form.lock_days.into()),
        ("review", form.review.clone().into()),
    ]);
    door::record(tx, by, moment.now_ms, Deed::new(Kind::FormCreated, &form.code, content))?;
    for first in &form.versions {
        let published = published(snapshot, &form, first);
        door::record(tx, by, moment.now_ms, published)?;
    }
    Ok(())
}
