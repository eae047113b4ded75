//! The sentence that opens a page: what was found, before the evidence.

use actions::answer::{FormAnswer, Overview, PriorityAnswer};
use domain::status::Status;

use super::figures;
use super::{Gap, Lang};

/// How the priorities stand:
/// `3 trong 4 nội dung đột phá đúng lộ trình; số đảng viên mới kết nạp chậm 9,3 điểm phần trăm`.
#[must_use]
pub fn overview(overview: &Overview, lang: Lang) -> String {
    let priorities = &overview.priorities;
    if priorities.is_empty() {
        return lang.say("finding-no-priorities");
    }
    let on_track = priorities.iter().filter(|priority| good(priority.status)).count();
    let gaps = [("good", Gap::from(on_track)), ("all", priorities.len().into())];
    let mut said = vec![lang.tell("finding-on-track", gaps)];
    let behind: Vec<String> = priorities.iter().filter_map(|one| priority_lag(one, lang)).collect();
    said.extend(behind);
    let silent = priorities.iter().filter(|one| one.status == Status::NoData).count();
    if silent > 0 {
        said.push(lang.tell("finding-no-data", [("count", Gap::from(silent))]));
    }
    said.join("; ")
}

/// Where a priority is behind, said of its lead indicator; nothing when it is not.
#[must_use]
pub fn priority_lag(priority: &PriorityAnswer, lang: Lang) -> Option<String> {
    if !matches!(priority.status, Status::Behind | Status::FarBehind) {
        return None;
    }
    let (indicator, figure) = priority.headline.get(priority.lead)?;
    let name = lower_first(lang.of(&indicator.name));
    Some(match figures::lag(indicator, figure, lang) {
        Some(lag) => {
            lang.tell("finding-behind-by", [("name", Gap::from(name)), ("lag", lag.into())])
        }
        None => lang.tell("finding-behind", [("name", Gap::from(name))]),
    })
}

/// How complete the forms are: `12 báo cáo còn thiếu trong 972 báo cáo phải gửi`.
#[must_use]
pub fn forms(forms: &[FormAnswer], lang: Lang) -> String {
    let expected: u32 = forms.iter().map(|form| form.completeness.expected).sum();
    let reported: u32 = forms.iter().map(|form| form.completeness.reported).sum();
    let missing = expected.saturating_sub(reported);
    match (expected, missing) {
        (0, _) => lang.say("finding-nothing-owed"),
        (_, 0) => lang.tell("finding-forms-complete", [("expected", Gap::from(expected))]),
        _ => lang.tell(
            "finding-forms-missing",
            [("missing", Gap::from(missing)), ("expected", expected.into())],
        ),
    }
}

fn good(status: Status) -> bool {
    matches!(status, Status::Met | Status::OnTrack)
}

/// The text with a small first letter, to stand inside a sentence; abbreviations stay.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let (Some(first), second) = (letters.next(), letters.clone().next()) else {
        return String::new();
    };
    if second.is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}
