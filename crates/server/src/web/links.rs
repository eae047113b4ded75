//! Addresses of pages: all state stands in them, so that every page can be sent to somebody.

use actions::answer::{FigureAnswer, View};
use actions::submissions::Occasion;
use domain::attachment::AttachmentId;
use domain::period::Period;
use domain::unit::UnitId;

use crate::wording::Lang;

/// Whose figures, about which span and through which tree: what pages carry from one to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The unit.
    pub unit: UnitId,
    /// The span.
    pub period: Period,
    /// The tree.
    pub view: View,
}

impl Choice {
    /// The choice that a figure answers.
    #[must_use]
    pub fn of(figure: &FigureAnswer) -> Self {
        Self { unit: figure.unit.id, period: figure.period, view: figure.view }
    }

    /// The same span and tree for another unit.
    #[must_use]
    pub fn at(self, unit: UnitId) -> Self {
        Self { unit, ..self }
    }

    fn query(self) -> String {
        format!("unit={}&{}", self.unit.0, self.when())
    }

    fn when(self) -> String {
        format!("period={}&view={}", self.period, view_code(self.view))
    }
}

/// The page of a directive.
#[must_use]
pub fn directive(code: &str) -> String {
    format!("/directives/{}", escaped(code))
}

/// The plans that a directive asks units for.
#[must_use]
pub fn plans(code: &str) -> String {
    format!("{}/plans", directive(code))
}

/// Where a one-time code is given again before going on.
#[must_use]
pub fn code_again(next: &str) -> String {
    format!("/account/code?next={}", escaped(next))
}

/// The sign-in page, which leads back to where one was going.
#[must_use]
pub fn sign_in(next: &str) -> String {
    if next == "/" { "/sign-in".to_owned() } else { format!("/sign-in?next={}", escaped(next)) }
}

/// The way in through an identity provider, which leads back to where one was going.
#[must_use]
pub fn provider(next: &str) -> String {
    format!("/sign-in/provider?next={}", escaped(next))
}

/// A place of this site to go on to: a path from the root, nothing that leads elsewhere.
#[must_use]
pub fn own_path(text: &str) -> Option<&str> {
    let is_path = text.starts_with('/') && !text.starts_with("//");
    let plain = !text.contains(|letter: char| letter == '\\' || letter.is_control());
    (is_path && plain).then_some(text)
}

/// The code of a view in addresses: `reported`, `restated:2025-07-01`.
#[must_use]
pub fn view_code(view: View) -> String {
    match view {
        View::Reported => "reported".to_owned(),
        View::Restated(day) => format!("restated:{day}"),
    }
}

/// Reads the code of a view.
#[must_use]
pub fn view_from_code(code: &str) -> Option<View> {
    match code.split_once(':') {
        None => (code == "reported").then_some(View::Reported),
        Some(("restated", day)) => day.parse().ok().map(View::Restated),
        Some(_) => None,
    }
}

/// The overview of a unit.
#[must_use]
pub fn overview(choice: Choice) -> String {
    format!("/?{}", choice.query())
}

/// An indicator.
#[must_use]
pub fn indicator(code: &str, choice: Choice) -> String {
    format!("/indicators/{}?{}", escaped(code), choice.query())
}

/// A unit.
#[must_use]
pub fn unit(choice: Choice) -> String {
    format!("/units/{}?{}", choice.unit.0, choice.when())
}

/// What a figure rests on.
#[must_use]
pub fn figure(code: &str, choice: Choice) -> String {
    format!("/figures/{}?{}", escaped(code), choice.query())
}

/// A photograph.
#[must_use]
pub fn attachment(id: &AttachmentId) -> String {
    format!("/attachments/{}", id.as_str())
}

/// A submission.
#[must_use]
pub fn submission(id: &str) -> String {
    format!("/submissions/{}", escaped(id))
}

/// The reports that can be made of a unit and span.
#[must_use]
pub fn reports(choice: Choice) -> String {
    format!("/reports?{}", choice.query())
}

/// A report.
#[must_use]
pub fn report(code: &str, choice: Choice) -> String {
    format!("/reports/{}?{}", escaped(code), choice.query())
}

/// The style sheet of a report.
#[must_use]
pub fn report_style(code: &str, choice: Choice, lang: Lang) -> String {
    format!("/reports/{}/style.css?{}&lang={}", escaped(code), choice.query(), lang.code())
}

/// A form and its versions.
#[must_use]
pub fn form(code: &str) -> String {
    format!("/forms/{}", escaped(code))
}

/// The days of rest of a year.
#[must_use]
pub fn holidays(year: i16) -> String {
    format!("/holidays?year={year}")
}

/// A form on paper, for whatever unit and period.
#[must_use]
pub fn paper_of(form: &str) -> String {
    format!("/forms/{}/paper", escaped(form))
}

/// A form on paper, for a unit and all below it.
#[must_use]
pub fn paper(form: &str, unit: UnitId, period: Period) -> String {
    format!("{}?unit={}&period={period}", paper_of(form), unit.0)
}

/// A form to be filled.
#[must_use]
pub fn entry(occasion: &Occasion) -> String {
    let Occasion { form, unit, period } = occasion;
    format!("/entry/forms/{}/units/{}/periods/{period}", escaped(form), unit.0)
}

/// The matrix of a collection.
#[must_use]
pub fn collection(unit: UnitId, form: &str, period: Period) -> String {
    format!("/collection?unit={}&form={}&period={period}", unit.0, escaped(form))
}

/// The forms of a unit and all below it in one table.
#[must_use]
pub fn grid(form: &str, unit: UnitId, period: Period) -> String {
    format!("/grid/forms/{}/periods/{period}?unit={}", escaped(form), unit.0)
}

/// Where the history of its cells is asked for.
#[must_use]
pub fn cell_history(form: &str, period: Period) -> String {
    format!("/grid/forms/{}/periods/{period}/history", escaped(form))
}

/// The same as a workbook.
#[must_use]
pub fn workbook(form: &str, unit: UnitId, period: Period) -> String {
    format!("/grid/forms/{}/periods/{period}/workbook?unit={}", escaped(form), unit.0)
}

/// How a form is reported below a unit.
#[must_use]
pub fn rates(unit: UnitId, form: &str) -> String {
    format!("/collection/rates?unit={}&form={}", unit.0, escaped(form))
}

/// A submission to be judged.
#[must_use]
pub fn review(id: &str) -> String {
    format!("/review/{}", escaped(id))
}

/// The list of what waits, or a submission of it, after another one was judged.
#[must_use]
pub fn review_after(next: Option<&str>, judged: &str) -> String {
    let next = next.map_or_else(|| "/review".to_owned(), review);
    format!("{next}?after={}", escaped(judged))
}

/// A page of the list of what waits, after some of it were judged together.
#[must_use]
pub fn review_after_all(page: usize, judged: &[String]) -> String {
    let judged: String = judged.iter().map(|id| format!("&after={}", escaped(id))).collect();
    format!("/review?page={page}{judged}")
}

/// A text as part of an address: everything but letters, digits, `-`, `_` and `.` is encoded.
#[must_use]
pub fn escaped(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut address, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            address.push(char::from(byte));
        } else {
            write!(address, "%{byte:02X}").expect("writing to a String cannot fail");
        }
        address
    })
}
