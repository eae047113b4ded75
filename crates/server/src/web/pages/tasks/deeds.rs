//! What can be done with a task, or with several: a press where that is enough, else a form.

use domain::task::Step;
use jiff::civil::Date;

use crate::web::turn::field;
use crate::wording::{Lang, tasks};

/// The deeds of a page.
pub(super) struct Acts {
    /// Where they are sent.
    pub(super) action: String,
    /// What every form carries along.
    pub(super) carried: Vec<(&'static str, String)>,
    pub(super) deeds: Vec<DeedView>,
    pub(super) today: String,
}

/// Something that can be done now.
pub(super) struct DeedView {
    pub(super) code: &'static str,
    pub(super) label: String,
    /// What has to be written; empty when a press is enough.
    pub(super) words: String,
    /// What day has to be chosen; empty for none.
    pub(super) day: String,
    /// Which unit has to be named; empty for none.
    pub(super) lead: String,
    /// What was typed before it was refused.
    pub(super) typed: String,
    /// The day that was chosen before it was refused, else the one that the lead asks for.
    pub(super) typed_day: String,
    /// The unit that was named before it was refused.
    pub(super) named: String,
    /// The person who was named before it was refused.
    pub(super) person: String,
    pub(super) is_open: bool,
    pub(super) is_main: bool,
}

/// What can be done, what moves a task on before what sets it back.
pub(super) fn of(
    possible: &[Step],
    typed: &[(String, String)],
    asked: Option<Date>,
    lang: Lang,
) -> Vec<DeedView> {
    let mut steps: Vec<Step> = possible.to_vec();
    steps.sort_by_key(|step| !is_main(*step));
    steps.into_iter().map(|step| deed(step, typed, asked, lang)).collect()
}

/// Whether a step moves a task on.
fn is_main(step: Step) -> bool {
    matches!(step, Step::Give | Step::Accept | Step::HandIn | Step::Confirm | Step::Resume)
}

/// A step as something that can be done; `asked`: until when the lead asks for time.
pub(super) fn deed(
    step: Step,
    typed: &[(String, String)],
    asked: Option<Date>,
    lang: Lang,
) -> DeedView {
    let is_wanted = Step::from_code(field(typed, "step")) == Some(step);
    let kept = |name| if is_wanted { field(typed, name).to_owned() } else { String::new() };
    DeedView {
        code: step.code(),
        label: tasks::act(step, lang),
        words: if step.needs_words() { tasks::words_of(step, lang) } else { String::new() },
        day: if step.needs_day() { lang.say("task-new-deadline") } else { String::new() },
        lead: if step == Step::HandOver { lang.say("task-new-lead") } else { String::new() },
        typed: kept("words"),
        typed_day: match asked.filter(|_| step == Step::Extend && !is_wanted) {
            Some(day) => day.to_string(),
            None => kept("day"),
        },
        named: kept("lead"),
        person: kept("lead_account"),
        is_open: is_wanted,
        is_main: is_main(step),
    }
}
