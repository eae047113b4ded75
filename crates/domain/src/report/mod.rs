//! Reports: templates whose numbers are figures.

mod name;
mod text;

use crate::item::Bilingual;
use crate::period::{Calendar, Frequency, Period};

pub use name::Name;
pub use text::{FigureForm, Segment, TextError, TextPlace, TextProblem, misplaced, segments};

/// The span of a figure: a fixed one, or one that follows the report's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureSpan {
    /// This one, whatever the report is about.
    Fixed(Period),
    /// The report's own.
    Report,
    /// The year in which the report ends, whole.
    Year,
    /// From the beginning of that year to the report's end.
    YearToDate,
    /// The newest month inside the report.
    LastMonth,
    /// The newest quarter inside the report.
    LastQuarter,
}

impl FigureSpan {
    /// The spans that follow the report's, as templates write them.
    pub const RELATIVE: [(&str, Self); 5] = [
        ("report", Self::Report),
        ("year", Self::Year),
        ("year_to_date", Self::YearToDate),
        ("last_month", Self::LastMonth),
        ("last_quarter", Self::LastQuarter),
    ];

    /// Reads `report`, `year_to_date` … or the code of a period.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let relative = Self::RELATIVE.into_iter().find(|(name, _)| *name == code);
        let fixed = || Period::parse(code).ok().map(Self::Fixed);
        relative.map(|(_, span)| span).or_else(fixed)
    }

    /// The span in a report about `report`. When that holds no whole month or quarter, it is the
    /// report's own, so that a figure collected less often says so instead of telling of a time
    /// before the report.
    #[must_use]
    pub fn on(self, report: Period, calendar: &Calendar) -> Period {
        let newest =
            |frequency| calendar.parts(report, frequency).and_then(|parts| parts.last().copied());
        match self {
            Self::Fixed(period) => period,
            Self::Report => report,
            Self::Year => calendar.year_of(report),
            Self::YearToDate => calendar.year_to_date(report),
            Self::LastMonth => newest(Frequency::Monthly).unwrap_or(report),
            Self::LastQuarter => newest(Frequency::Quarterly).unwrap_or(report),
        }
    }
}

/// What a figure is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// This span.
    Fixed(Period),
    /// The same span of the year before.
    YearBefore,
    /// The span of the same kind just before.
    Previous,
}

impl Comparison {
    /// Reads `year_before`, `previous` or the code of a period.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "year_before" => Some(Self::YearBefore),
            "previous" => Some(Self::Previous),
            _ => Period::parse(code).ok().map(Self::Fixed),
        }
    }

    /// The span that a figure of `period` is compared with; none where the calendar has none.
    #[must_use]
    pub fn with(self, period: Period) -> Option<Period> {
        match self {
            Self::Fixed(before) => Some(before),
            Self::YearBefore => period.year_before(),
            Self::Previous => period.previous(),
        }
    }
}

/// One figure a template asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRequest {
    /// The key the template's text uses: `a01_2022`.
    pub key: String,
    /// The indicator's code.
    pub indicator: String,
    /// The span.
    pub span: FigureSpan,
    /// The unit's code when it is not the report's own unit.
    pub unit_code: Option<String>,
    /// What it is compared with.
    pub compared_with: Option<Comparison>,
    /// The value published elsewhere, as printed, for a golden comparison.
    pub published: Option<String>,
}

/// A list that the figures themselves write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// A heading for each priority, below it a line per indicator, then those common to all.
    Results {
        /// The level of the headings.
        level: u8,
    },
    /// The indicators that are behind their planned path, or silent.
    Behind,
    /// The forms with reports missing, and whose.
    Missing,
}

/// What a block prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A numbered heading; 1 is `I.`, 2 is `1.`, 3 is `1.1.`.
    Heading {
        /// 1 to 3.
        level: u8,
        /// The words.
        text: Bilingual,
    },
    /// A paragraph.
    Paragraph {
        /// The words, with figures and names in braces.
        text: Bilingual,
    },
    /// A list.
    List(List),
}

/// A block of a report's text; `{key.form}` stands for a figure, `{unit.full}` for a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The key of the figure without whose value the block is left out.
    pub when: Option<String>,
    /// What it prints.
    pub content: Content,
}

/// The one unit and span a template is written for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The unit's code at the end of the span.
    pub unit_code: String,
    /// The span.
    pub period: Period,
}

/// A report as data: head, text, appendices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// A stable key: `ket-qua-kl-01`.
    pub code: String,
    /// What it is written for; none for a general template, which serves any unit and span.
    pub binding: Option<Binding>,
    /// The document's type: `BÁO CÁO`.
    pub kind: Bilingual,
    /// What it is about (trích yếu).
    pub title: Bilingual,
    /// The agency above the issuer.
    pub parent_agency: Bilingual,
    /// The issuing agency.
    pub agency: Bilingual,
    /// The number's symbol: `BC-UBND`.
    pub symbol: String,
    /// The place in the place line.
    pub place: String,
    /// The names of units that a place line writes with their kind, as Decree 30/2020/NĐ-CP asks
    /// where a name is that of a person or an event.
    pub places_in_full: Vec<String>,
    /// Who signs: authority and position.
    pub signer: Bilingual,
    /// The recipients, one a line; a line that names a unit above is left out where there is none.
    pub recipients: Vec<Bilingual>,
    /// The figures its text uses.
    pub figures: Vec<FigureRequest>,
    /// The text.
    pub blocks: Vec<Block>,
    /// The indicators of appendix I, in order.
    pub appendix_indicators: Vec<String>,
    /// The indicators of appendix II (by unit), in order.
    pub appendix_unit_indicators: Vec<String>,
    /// The level of the units of appendix II; empty for the one directly below the report's unit.
    pub appendix_unit_level: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(code: &str) -> Period {
        Period::parse(code).unwrap()
    }

    #[test]
    fn a_span_follows_that_of_the_report() {
        // The report, then year, year to date, last month, last quarter.
        let cases = [
            ("2023-05", ["2023", "2023-01..2023-05", "2023-05", "2023-05"]),
            ("2023-Q2", ["2023", "2023-H1", "2023-06", "2023-Q2"]),
            ("2023-H1", ["2023", "2023-H1", "2023-06", "2023-Q2"]),
            ("2022-H2", ["2022", "2022", "2022-12", "2022-Q4"]),
            ("2022", ["2022", "2022", "2022-12", "2022-Q4"]),
            ("2022-9M", ["2022", "2022-9M", "2022-09", "2022-Q3"]),
            ("2022-01..2023-06", ["2023", "2023-H1", "2023-06", "2023-Q2"]),
            ("2023-02..2023-05", ["2023", "2023-01..2023-05", "2023-05", "2023-02..2023-05"]),
            ("2023-W10", ["2023", "2023-01-01..2023-03-12", "2023-W10", "2023-W10"]),
        ];
        for (report, expected) in cases {
            let spans = [
                FigureSpan::Year,
                FigureSpan::YearToDate,
                FigureSpan::LastMonth,
                FigureSpan::LastQuarter,
            ];
            let found = spans.map(|span| span.on(period(report), &Calendar::Civil).to_string());
            assert_eq!(found, expected, "{report}");
            assert_eq!(FigureSpan::Report.on(period(report), &Calendar::Civil), period(report));
            let fixed = FigureSpan::Fixed(Period::Year(2021));
            assert_eq!(fixed.on(period(report), &Calendar::Civil), Period::Year(2021));
        }
    }

    #[test]
    fn the_year_of_a_cut_off_calendar_ends_in_december() {
        let calendar = Calendar::CutOff { last_day: 14 };
        let on = |span: FigureSpan, report| span.on(period(report), &calendar).to_string();
        assert_eq!(on(FigureSpan::Year, "2026-12-20"), "2027");
        assert_eq!(on(FigureSpan::YearToDate, "2026-12-20"), "2026-12-15..2026-12-20");
        assert_eq!(on(FigureSpan::YearToDate, "2026-Q3"), "2026-9M");
    }

    #[test]
    fn a_comparison_is_the_year_before_the_span_before_or_a_fixed_one() {
        let cases = [
            ("year_before", "2023-H1", Some("2022-H1")),
            ("year_before", "2024-02-29", None),
            ("previous", "2023-Q1", Some("2022-Q4")),
            ("2021-Q4", "2023-Q2", Some("2021-Q4")),
        ];
        for (code, of, expected) in cases {
            let found = Comparison::from_code(code).unwrap().with(period(of));
            assert_eq!(found, expected.map(period), "{code} {of}");
        }
        assert_eq!(Comparison::from_code("sometime"), None);
    }

    #[test]
    fn spans_are_read_as_templates_write_them() {
        for (code, span) in FigureSpan::RELATIVE {
            assert_eq!(FigureSpan::from_code(code), Some(span));
        }
        assert_eq!(
            FigureSpan::from_code("2022-Q1"),
            Some(FigureSpan::Fixed(Period::Quarter(2022, 1)))
        );
        assert_eq!(FigureSpan::from_code("last_week"), None);
    }
}
