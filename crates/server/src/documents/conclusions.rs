//! The notice of conclusions of a stocktake as a document: *thông báo kết luận*, in the
//! layout of the state or of the Party.

use actions::stocktakes::conclusions::{Conclusions, Decision};
use actions::stocktakes::page::{Agenda, FigureLine};
use domain::number::Quantity;
use formats::document::{
    Align, Block, Cell, Column, Document, HeaderCell, Level, Row, RowKind, Run, Table,
};
use formats::profile::Layout;

use super::official::{Paper, official};
use super::{DocumentFile, Error};
use crate::wording::{Gap, Lang, agencies, figures, periods, stocktakes};

/// The most agencies that are named as leads and as recipients.
const NAMED_MAX: usize = 10;

/// The notice as a file.
///
/// # Errors
/// A document that does not hold together.
pub fn conclusions(
    conclusions: &Conclusions,
    layout: Layout,
    lang: Lang,
) -> Result<DocumentFile, Error> {
    let Conclusions { issuer, closed_on, .. } = conclusions;
    let name = format!("{}.{}.{closed_on}.docx", lang.say("conclusions-file"), issuer.code);
    let bytes =
        formats::docx::render(&conclusions_document(conclusions, layout, lang), layout.profile())?;
    Ok(DocumentFile { name, bytes })
}

/// The notice as a document in one language.
#[must_use]
pub fn conclusions_document(conclusions: &Conclusions, layout: Layout, lang: Lang) -> Document {
    let Conclusions { issuer, parent, closed_on, sample, .. } = conclusions;
    let stocktake = &conclusions.page.stocktake;
    let gaps = [
        ("chair", Gap::from(stocktake.chair.as_str())),
        ("meeting", stocktakes::meeting_in_sentence(stocktake.meeting, lang).into()),
        ("day", periods::day(stocktake.day, lang).into()),
    ];
    let paper = Paper {
        layout,
        issuer,
        parent: parent.as_ref(),
        day: *closed_on,
        kind: "TB",
        drafted_by: "",
        about: lang.tell("conclusions-about", gaps),
        sample,
    };
    Document {
        kind: lang.say("conclusions-kind"),
        body: body(conclusions, layout, lang),
        recipients: recipients(conclusions, layout, lang),
        ..official(paper, lang)
    }
}

fn said(words: String) -> Block {
    Block::Paragraph(vec![Run::Text(words)])
}

fn heading(level: Level, text: String) -> Block {
    Block::Heading { level, text }
}

fn body(conclusions: &Conclusions, layout: Layout, lang: Lang) -> Vec<Block> {
    let page = &conclusions.page;
    let stocktake = &page.stocktake;
    let gaps = [
        ("day", Gap::from(periods::day(stocktake.day, lang))),
        ("place", stocktake.place.as_str().into()),
        ("chair", stocktake.chair.as_str().into()),
        ("meeting", stocktakes::meeting_in_sentence(stocktake.meeting, lang).into()),
    ];
    let mut body = vec![said(lang.tell("conclusions-opening", gaps))];
    body.push(heading(Level::One, lang.say("conclusions-items")));
    for agenda in page.items.iter().filter(|one| one.is_concluded()) {
        body.extend(item(agenda, conclusions, layout, lang));
    }
    if let (Some(pack), false) = (&stocktake.pack, page.figures.is_empty()) {
        let gaps = [
            ("period", Gap::from(periods::label(stocktake.period, lang))),
            ("size", Gap::from(i64::try_from(pack.ledger_size).unwrap_or(i64::MAX))),
        ];
        body.push(heading(Level::One, lang.say("conclusions-figures")));
        body.push(said(lang.tell("conclusions-figures-of", gaps)));
        body.push(Block::Table(table(&page.figures, lang)));
        body.extend(page.figures.iter().filter_map(|line| {
            let forecast = line.forecast.as_ref()?;
            let forecast = stocktakes::forecast_with_reason(&line.indicator, forecast, lang);
            Some(said(lang.tell("conclusions-forecast", [("forecast", forecast.into())])))
        }));
    }
    let gaps = [("agency", Gap::from(agencies::speaker(&conclusions.issuer, layout, lang)))];
    body.push(said(lang.tell("conclusions-close", gaps)));
    body
}

/// An item with what was concluded about it and the tasks that it became.
fn item(agenda: &Agenda, conclusions: &Conclusions, layout: Layout, lang: Lang) -> Vec<Block> {
    let minutes = agenda.item.minutes.lines().map(str::trim).filter(|line| !line.is_empty());
    let decided = conclusions.decisions.iter().filter(|one| one.item == agenda.item.number);
    let mut blocks = vec![heading(Level::Two, stocktakes::subject(agenda, lang))];
    blocks.extend(minutes.map(|line| said(line.to_owned())));
    blocks.extend(decided.map(|one| said(decision(one, layout, lang))));
    blocks
}

fn decision(decision: &Decision, layout: Layout, lang: Lang) -> String {
    let named =
        decision.leads.iter().take(NAMED_MAX).map(|lead| agencies::agency(lead, layout, lang));
    let named: Vec<String> = named.collect();
    let others = decision.leads.len() - named.len();
    let gaps = [
        ("leads", Gap::from(named.join(", "))),
        ("others", others.into()),
        ("work", decision.work.as_str().into()),
        ("product", decision.product.as_str().into()),
        ("day", decision.deadline.map_or_else(String::new, |day| periods::day(day, lang)).into()),
    ];
    lang.tell(
        match (others, decision.deadline) {
            (0, Some(_)) => "conclusions-task",
            (0, None) => "conclusions-task-open",
            (_, Some(_)) => "conclusions-tasks",
            (_, None) => "conclusions-tasks-open",
        },
        gaps,
    )
}

fn table(lines: &[FigureLine], lang: Lang) -> Table {
    let columns = [
        (6, Align::Centre, "letter-number"),
        (62, Align::Left, "stocktake-figure"),
        (18, Align::Right, "stocktake-value"),
        (18, Align::Right, "stocktake-target"),
        (14, Align::Right, "stocktake-completeness"),
    ];
    let header = columns.map(|(_, _, key)| HeaderCell::single(&lang.say(key)));
    let row = |(number, line): (usize, &FigureLine)| {
        let (indicator, figure) = (&line.indicator, &line.figure);
        let shown = |value: Quantity| figures::value_text(indicator, value, lang);
        let none = || "–".to_owned();
        let cells = [
            number.to_string(),
            stocktakes::indicator(indicator, lang),
            figure.value.map_or_else(none, shown),
            figure.target.map_or_else(none, |value| shown(Quantity::exact(value))),
            format!("{}/{}", figure.reported, figure.expected),
        ];
        Row { kind: RowKind::Plain, cells: cells.iter().map(|text| Cell::text(text)).collect() }
    };
    Table {
        caption: None,
        measure: None,
        columns: columns.map(|(width, align, _)| Column { width, align }).to_vec(),
        header: vec![header.to_vec()],
        rows: (1..).zip(lines).map(row).collect(),
        source: None,
    }
}

/// The agencies of those who lead, then whoever keeps it.
fn recipients(conclusions: &Conclusions, layout: Layout, lang: Lang) -> Vec<String> {
    let mut recipients: Vec<String> = Vec::new();
    for lead in conclusions.decisions.iter().flat_map(|one| &one.leads) {
        let agency = agencies::agency(lead, layout, lang);
        if recipients.len() < NAMED_MAX && !recipients.contains(&agency) {
            recipients.push(agency);
        }
    }
    recipients.push(agencies::records(&conclusions.issuer, layout, lang));
    recipients
}
