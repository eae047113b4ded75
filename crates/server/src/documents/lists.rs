//! The lists a report writes by itself, as blocks of a document.

use actions::answer::{FigureAnswer, UnitName};
use actions::reports::{MissingForm, Report, ResultGroup, ResultLine};
use domain::indicator::{Indicator, Shape};
use domain::number::Fraction;
use domain::report::List;
use domain::status::Status;
use formats::document::{Block, Run};

use super::narrative::heading;
use super::{Issue, text};
use crate::wording::{Gap, Lang, figures, findings, periods, places};

/// What stands before a line of a list.
const DASH: &str = "- ";

pub(super) fn blocks(report: &Report, list: List, issue: &Issue, lang: Lang) -> Vec<Block> {
    match list {
        List::Results { level } => results(&report.results, level, issue, lang),
        List::Behind => behind(&report.results, issue, lang),
        List::Missing => missing(report, lang),
    }
}

fn sentence(words: String) -> Block {
    Block::Paragraph(vec![Run::Text(words)])
}

fn results(groups: &[ResultGroup], level: u8, issue: &Issue, lang: Lang) -> Vec<Block> {
    if groups.is_empty() {
        return vec![sentence(lang.say("list-no-results"))];
    }
    let group = |group: &ResultGroup| {
        let name = group.priority.as_ref();
        let name =
            name.map_or_else(|| lang.say("common-indicators"), |name| lang.of(name).to_owned());
        let lines = group.lines.iter().map(|line| result(line, issue, lang));
        std::iter::once(heading(level, name)).chain(lines).collect::<Vec<Block>>()
    };
    groups.iter().flat_map(group).collect()
}

/// `- Số đảng viên mới kết nạp: 43 đảng viên, tăng 4,9% so với cùng kỳ năm trước; lũy kế từ đầu
/// năm: 152 đảng viên, đạt 101,3% chỉ tiêu năm.`
fn result(line: &ResultLine, issue: &Issue, lang: Lang) -> Block {
    let ResultLine { indicator, this, year_before, year_to_date, .. } = line;
    let mut runs = opening(line, lang);
    runs.push(run(line, &this.answer, "this", issue, lang));
    if this.answer.value.is_ok() {
        runs.extend(against_target(indicator, &this.answer, lang).map(Run::Text));
        let change = year_before
            .as_ref()
            .map(|before| figures::change_against(indicator, &this.answer, before, lang));
        runs.extend(change.map(|change| Run::Text(format!(", {change}"))));
    }
    if let Some(since) = year_to_date {
        let (before, after) = around("since-new-year", "counted", lang);
        runs.push(Run::Text(format!("; {before}")));
        runs.push(run(line, &since.answer, "to-date", issue, lang));
        let target = against_target(indicator, &since.answer, lang).unwrap_or_default();
        runs.push(Run::Text(format!("{after}{target}")));
    }
    let completeness = this.answer.completeness;
    if completeness.units_missing > 0 && this.answer.value.is_ok() {
        runs.push(Run::Text(format!(" ({})", figures::completeness(completeness, lang))));
    }
    runs.push(Run::Text(".".to_owned()));
    Block::Paragraph(runs)
}

/// What stands behind a figure for its target: `, đạt 40,7% chỉ tiêu năm`, ` (chỉ tiêu 90%)`.
fn against_target(indicator: &Indicator, figure: &FigureAnswer, lang: Lang) -> Option<String> {
    let said = figures::achievement(indicator, figure, lang)?;
    let is_share = figure.target.as_ref().is_some_and(|target| target.share.is_some());
    Some(match indicator.shape {
        Shape::Count if is_share => format!(", {said}"),
        // A coverage already ends with a parenthesis.
        Shape::Coverage => format!(", {said}"),
        Shape::Count | Shape::Percent => format!(" ({said})"),
    })
}

fn opening(line: &ResultLine, lang: Lang) -> Vec<Run> {
    vec![Run::Text(format!("{DASH}{}: ", lang.of(&line.indicator.name)))]
}

fn run(line: &ResultLine, figure: &FigureAnswer, id: &str, issue: &Issue, lang: Lang) -> Run {
    Run::Figure {
        text: figures::display(&line.indicator, figure, lang),
        id: format!("list-{}-{id}", line.indicator.code),
        href: Some(text::address(figure, &issue.address)),
    }
}

/// The words of a sentence before and after its only gap.
fn around(key: &str, gap: &str, lang: Lang) -> (String, String) {
    /// Stands in no sentence of ours.
    const MARK: &str = "\u{1}";
    let whole = lang.tell(key, [(gap, Gap::from(MARK))]);
    let (before, after) = whole.split_once(MARK).unwrap_or((whole.as_str(), ""));
    (before.to_owned(), after.to_owned())
}

fn behind(groups: &[ResultGroup], issue: &Issue, lang: Lang) -> Vec<Block> {
    let mut found = Vec::new();
    let mut is_judged = false;
    for line in groups.iter().flat_map(|group| &group.lines) {
        match line.judged().status {
            Status::NotJudged => {}
            Status::Met | Status::OnTrack => is_judged = true,
            Status::Behind | Status::FarBehind | Status::NoData => {
                found.push(behind_line(line, issue, lang));
            }
        }
    }
    match (found.is_empty(), is_judged) {
        (false, _) => found,
        (true, true) => vec![sentence(lang.say("list-nothing-behind"))],
        (true, false) => vec![sentence(lang.say("list-none-judged"))],
    }
}

/// `- Số đảng viên mới kết nạp: 61 đảng viên, đạt 40,7% chỉ tiêu năm, đã qua 50% thời gian, chậm
/// 9,3 điểm phần trăm so với lộ trình; đơn vị chậm nhất: xã Tân Mỹ, xã Bắc La.`
fn behind_line(line: &ResultLine, issue: &Issue, lang: Lang) -> Block {
    let (indicator, judged) = (&line.indicator, line.judged());
    let mut runs = opening(line, lang);
    runs.push(run(line, judged, "behind", issue, lang));
    if judged.value.is_ok() {
        let target = judged.target.as_ref();
        let is_over = target.is_some_and(|target| target.time_passed == Fraction::integer(1));
        let lag = match (is_over, figures::lag(indicator, judged, lang)) {
            (false, Some(lag)) => lang.tell("list-behind-by", [("lag", Gap::from(lag))]),
            (false, None) => lang.say("list-behind"),
            (true, Some(lag)) => lang.tell("list-short-by", [("lag", Gap::from(lag))]),
            (true, None) => lang.say("list-short"),
        };
        runs.extend(against_target(indicator, judged, lang).map(Run::Text));
        let said = [figures::time_passed(indicator, judged, lang), Some(lag)];
        runs.extend(said.into_iter().flatten().map(|said| Run::Text(format!(", {said}"))));
    }
    if !line.lagging.is_empty() {
        let units = names(&line.lagging, lang);
        let said = lang.tell("list-lagging", [("units", Gap::from(units))]);
        runs.push(Run::Text(format!("; {said}")));
    }
    runs.push(Run::Text(".".to_owned()));
    Block::Paragraph(runs)
}

fn names(units: &[UnitName], lang: Lang) -> String {
    let names: Vec<String> = units.iter().map(|unit| places::in_sentence(unit, lang)).collect();
    names.join(", ")
}

fn missing(report: &Report, lang: Lang) -> Vec<Block> {
    if report.missing.is_empty() {
        return vec![sentence(format!("{}.", findings::forms(&report.forms, lang)))];
    }
    report.missing.iter().map(|missing| sentence(missing_line(missing, lang))).collect()
}

/// `- Số liệu tháng của thôn, khu phố: đã nhận 950/972 báo cáo, còn thiếu của 16/162 đơn vị (kỳ còn
/// thiếu: T6/2023): thôn Nà Lầu, thôn Khơ Đa (xã Tân Mỹ).`
fn missing_line(missing: &MissingForm, lang: Lang) -> String {
    let form = &missing.form;
    let counted = form.completeness;
    let gaps = [
        ("form", Gap::from(lang.of(&form.name))),
        ("reported", counted.reported.into()),
        ("expected", counted.expected.into()),
        ("missing", counted.units_missing.into()),
        ("units", counted.units_expected.into()),
    ];
    let lacking: Vec<_> = form.strip.iter().filter(|(_, part)| part.units_missing > 0).collect();
    let mut said = format!("{DASH}{}", lang.tell("list-missing", gaps));
    if form.strip.len() > 1 {
        let periods: Vec<String> =
            lacking.iter().map(|(period, _)| periods::short(*period, lang)).collect();
        let periods = [("periods", Gap::from(periods.join(", ")))];
        said.push_str(&format!(" ({})", lang.tell("list-missing-periods", periods)));
    }
    let mut named = 0_u32;
    let mut groups = Vec::new();
    for (above, units) in &missing.units {
        named += u32::try_from(units.len()).unwrap_or(u32::MAX);
        let units = names(units, lang);
        groups.push(match above {
            None => units,
            Some(above) => {
                let above = places::in_sentence(above, lang);
                lang.tell("list-units-of", [("units", Gap::from(units)), ("above", above.into())])
            }
        });
    }
    said.push_str(&format!(": {}", groups.join("; ")));
    let more = counted.units_missing.saturating_sub(named);
    if more > 0 {
        said.push_str(&format!(" {}", lang.tell("list-more-units", [("count", Gap::from(more))])));
    }
    said.push('.');
    said
}
