//! What stands in place of `{unit.full}` and the like in a template's texts.

use actions::answer::AsOf;
use actions::reports::{Report, ResultGroup, Subject};
use domain::item::Bilingual;
use domain::number::{Fraction, Quantity};
use domain::report::{self, Name, Segment};
use domain::status::Status;
use formats::profile::Layout;

use crate::wording::{Gap, Lang, agencies, number, periods, places};

/// A text of the head with its names filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The text.
    pub text: String,
    /// Whether every name had something to stand for: a province has no unit above.
    pub is_whole: bool,
}

/// A text of a template's head about a subject. `places_in_full` are the names of units that are
/// written with their kind in place lines.
#[must_use]
pub fn filled(text: &str, subject: &Subject, places_in_full: &[String], lang: Lang) -> Filled {
    // A pack's texts were checked when it was taken in.
    let Ok(segments) = report::segments(text) else {
        return Filled { text: text.to_owned(), is_whole: true };
    };
    let mut filled = Filled { text: String::new(), is_whole: true };
    for segment in segments {
        match segment {
            Segment::Text(words) => filled.text.push_str(&words),
            Segment::Name { name, .. } => match of_subject(name, subject, places_in_full, lang) {
                Some(words) => filled.text.push_str(&words),
                None => filled.is_whole = false,
            },
            Segment::Figure { .. } => filled.is_whole = false,
        }
    }
    filled
}

/// A bilingual text of a report's head.
pub(super) fn head(report: &Report, text: &Bilingual, lang: Lang) -> Filled {
    filled(lang.of(text), &report.subject, &report.template.places_in_full, lang)
}

/// A name in the body of a report.
pub(super) fn in_body(report: &Report, name: Name, lang: Lang) -> String {
    match name {
        Name::ReportSubmissions => submissions(report, lang),
        Name::ReportFinding => finding(&report.results, lang),
        Name::Unit
        | Name::UnitKind
        | Name::UnitFull
        | Name::UnitPlace
        | Name::UnitAgency
        | Name::UnitSigner
        | Name::UnitSymbol
        | Name::ParentFull
        | Name::ParentAgency
        | Name::ReportPeriod
        | Name::ReportDays
        | Name::ReportAsOf => {
            of_subject(name, &report.subject, &report.template.places_in_full, lang)
                .unwrap_or_default()
        }
    }
}

/// What a name stands for, where that is known before any figure; nothing where there is none.
fn of_subject(
    name: Name,
    subject: &Subject,
    places_in_full: &[String],
    lang: Lang,
) -> Option<String> {
    let Subject { unit, parent, period, calendar, as_of, .. } = subject;
    Some(match name {
        Name::Unit => unit.name.clone(),
        Name::UnitKind => places::kind(unit, lang),
        Name::UnitFull => places::in_sentence(unit, lang),
        Name::UnitPlace => place(unit, places_in_full, lang),
        Name::UnitAgency => agencies::agency(unit, Layout::State, lang),
        Name::UnitSigner => agencies::signer(unit, Layout::State, lang),
        Name::UnitSymbol => agencies::symbol(unit, Layout::State).to_owned(),
        Name::ParentFull => places::in_sentence(parent.as_ref()?, lang),
        Name::ParentAgency => agencies::agency(parent.as_ref()?, Layout::State, lang),
        Name::ReportPeriod => periods::label(*period, lang),
        Name::ReportDays => {
            let (first, last) = calendar.days(*period);
            let gaps = [
                ("first", Gap::from(periods::day(first, lang))),
                ("last", periods::day(last, lang).into()),
            ];
            lang.tell("report-days", gaps)
        }
        Name::ReportAsOf => reach(as_of, lang),
        Name::ReportSubmissions | Name::ReportFinding => return None,
    })
}

/// How far the data reach, in words by which they can be found again.
pub(super) fn reach(as_of: &AsOf, lang: Lang) -> String {
    let gaps = [("import", Gap::from(as_of.import.to_string())), ("deed", as_of.deed.into())];
    lang.tell("report-as-of", gaps)
}

/// The name in a place line. Decree 30/2020/NĐ-CP asks for the kind where the name is a number, or
/// that of a person or an event, which cannot be seen from the name.
pub(super) fn place(unit: &actions::answer::UnitName, in_full: &[String], lang: Lang) -> String {
    let has_number = unit.name.chars().any(|letter| letter.is_ascii_digit());
    if has_number || in_full.contains(&unit.name) {
        return places::full_name(unit, lang);
    }
    unit.name.clone()
}

fn submissions(report: &Report, lang: Lang) -> String {
    let sum = |count: fn(&actions::answer::Completeness) -> u32| -> u32 {
        report.forms.iter().map(|form| count(&form.completeness)).sum()
    };
    let (reported, expected) = (sum(|one| one.reported), sum(|one| one.expected));
    let Ok(share) = Fraction::new(i128::from(reported), i128::from(expected)) else {
        return lang.say("report-nothing-owed");
    };
    let share = number::bare_percent(Quantity::exact(share), 1, lang);
    let gaps =
        [("reported", Gap::from(reported)), ("expected", expected.into()), ("share", share.into())];
    lang.tell("report-submissions", gaps)
}

/// How the indicators stand: `19/23 chỉ tiêu được đánh giá đã đạt hoặc đúng lộ trình, 3 chỉ tiêu
/// chậm so với lộ trình`.
fn finding(groups: &[ResultGroup], lang: Lang) -> String {
    let (mut good, mut behind, mut silent) = (0_u32, 0_u32, 0_u32);
    for line in groups.iter().flat_map(|group| &group.lines) {
        match line.judged().status {
            Status::Met | Status::OnTrack => good += 1,
            Status::Behind | Status::FarBehind => behind += 1,
            Status::NoData => silent += 1,
            Status::NotJudged => {}
        }
    }
    let all = good + behind + silent;
    if all == 0 {
        return lang.say("report-none-judged");
    }
    let mut said = vec![lang.tell("report-good", [("good", Gap::from(good)), ("all", all.into())])];
    for (key, count) in [("report-behind", behind), ("report-silent", silent)] {
        if count > 0 {
            said.push(lang.tell(key, [("count", Gap::from(count))]));
        }
    }
    said.join(", ")
}
