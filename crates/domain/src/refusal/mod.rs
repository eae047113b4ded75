//! Refusals: why something was turned down, as facts that the edge turns into words.

mod noun;

use jiff::civil::Date;

pub use noun::{Limit, Noun, Wanted};

use crate::attachment::AttachmentProblem;
use crate::calling::CallingProblem;
use crate::choosing::ChoosingProblem;
use crate::collecting::CollectingProblem;
use crate::directing::DirectingProblem;
use crate::entrance::EntranceProblem;
use crate::expression::ExpressionError;
use crate::forming::FormingProblem;
use crate::item::Bilingual;
use crate::kept_file::KeepingProblem;
use crate::number::{Decimal, Quantity};
use crate::period::{Frequency, Period};
use crate::picturing::PicturingProblem;
use crate::raising::RaisingProblem;
use crate::reaching::ReachingProblem;
use crate::report::TextError;
use crate::stocktaking::StocktakingProblem;
use crate::tasking::TaskingProblem;
use crate::unit::UnitError;

/// Where in what was sent the trouble stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Location {
    /// The file's name.
    pub file: String,
    /// The sheet, for workbooks.
    pub sheet: String,
    /// The row, counted from 1; 0 = none.
    pub row: u32,
    /// The column, counted from 1; 0 = none.
    pub column: u32,
}

/// A refusal at a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// Where.
    pub at: Location,
    /// Why.
    pub why: Refusal,
}

/// Which rule the figures of a unit break, and which figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The rule's code.
    pub rule: String,
    /// What the rule says to those who broke it.
    pub message: Bilingual,
    /// The unit's code.
    pub unit: String,
    /// The period.
    pub period: Period,
    /// The figures that the rule looks at, each by the way the rule names it.
    pub values: Vec<(String, Quantity)>,
}

/// Why something was turned down. Each case has its sentence in `server/wording`.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// No such thing.
    NotFound {
        /// What kind of thing.
        noun: Noun,
        /// What was asked for.
        key: String,
    },
    /// The same code twice in one file.
    Doubled {
        /// What kind of thing.
        noun: Noun,
        /// The code.
        key: String,
    },

    /// The file cannot be opened.
    FileNotOpened {
        /// What the system said.
        detail: String,
    },
    /// The file's name ends in nothing we read.
    UnknownFileKind {
        /// The ending.
        ending: String,
    },
    /// Nothing in the file.
    EmptyFile,
    /// The text is not UTF-8.
    NotUtf8,
    /// A CSV file that breaks the form: an open quotation mark, a NUL byte.
    BrokenText {
        /// What the reader said.
        detail: String,
    },
    /// A question to a database file that does not exist.
    NoDatabase {
        /// Its path.
        place: String,
    },
    /// A folder that should hold files of figures holds none.
    NoFilesInFolder {
        /// The folder.
        folder: String,
    },
    /// A folder cannot be made or written to.
    FolderNotWritten {
        /// The folder.
        folder: String,
        /// What the system said.
        detail: String,
    },
    /// A column is not there.
    MissingColumn {
        /// Its header.
        column: String,
    },
    /// The same header twice.
    DoubledColumn {
        /// Its header.
        column: String,
    },
    /// A row with too many or too few fields.
    WrongColumnCount {
        /// How many the header has.
        expected: u32,
        /// How many the row has.
        found: u32,
    },
    /// Larger than we take.
    TooLarge {
        /// What.
        what: Limit,
        /// The limit.
        limit: u64,
    },
    /// Not a workbook, whatever its name says.
    NotAWorkbook,
    /// The format of Excel before 2007.
    OldWorkbook,
    /// Locked with a password.
    EncryptedWorkbook,
    /// A workbook whose parts do not fit together.
    DamagedWorkbook {
        /// What the reader said.
        detail: String,
    },
    /// Reading took too long or too much memory.
    ReaderStopped,

    /// A cell that holds something else than it should.
    BadValue {
        /// What it holds.
        text: String,
        /// What it should hold.
        wanted: Wanted,
    },
    /// Not a number.
    NotANumber {
        /// What it holds.
        text: String,
    },
    /// A number that can be read in two ways, `1.234`.
    AmbiguousNumber {
        /// What it holds.
        text: String,
        /// The two readings.
        readings: [String; 2],
    },
    /// More decimals than the item collects.
    TooManyDecimals {
        /// What it holds.
        text: String,
        /// How many the item has.
        decimals: u8,
    },
    /// A number with too many digits.
    NumberTooLarge {
        /// What it holds.
        text: String,
    },
    /// A number that goes on in words which change it: `2 nghìn`.
    NumberInWords {
        /// What it holds.
        text: String,
    },
    /// A share or percentage where a count belongs.
    NotACount {
        /// What it holds.
        text: String,
    },
    /// A value that the item cannot have.
    OutOfBounds {
        /// What it holds.
        text: String,
        /// The item's code.
        item: String,
        /// The smallest value it can have.
        minimum: Decimal,
        /// The largest value it can have, if there is one.
        maximum: Option<Decimal>,
    },
    /// A formula where a figure belongs.
    FormulaCell {
        /// The formula.
        formula: String,
    },
    /// A cell in which the workbook itself reports an error.
    ErrorCell {
        /// `#REF!`, `#DIV/0!`.
        text: String,
    },

    /// No unit with this code on that day.
    UnknownUnit {
        /// The code.
        code: String,
        /// The day.
        day: Option<Date>,
    },
    /// No unit with this name below that unit.
    UnknownUnitName {
        /// The name.
        name: String,
        /// The unit above.
        above: String,
    },
    /// Several units with this name.
    AmbiguousUnitName {
        /// The name.
        name: String,
        /// Their codes.
        codes: Vec<String>,
    },
    /// Units, reorganisations or choices that contradict one another.
    Unit(UnitError),
    /// The sheet does not say which unit it is about.
    NoUnitOnSheet,
    /// The sheet does not say which period it is about.
    NoPeriodOnSheet,
    /// A title of the sheet names another unit than the one the file is taken to be about.
    TwoUnitsOnSheet {
        /// The title.
        title: String,
        /// The unit by the code in the titles or the file's name.
        taken: String,
    },
    /// A column of figures that is nearly, not quite, named like an item.
    NearlyAnItem {
        /// The header.
        header: String,
        /// The item's code.
        item: String,
        /// The item's name.
        name: Bilingual,
    },
    /// The tab and the title of the sheet name different periods.
    TwoPeriodsOnSheet {
        /// The one on the tab.
        tab: Period,
        /// The one in the title.
        title: Period,
    },
    /// The titles of the sheet name different periods.
    TwoPeriodsInTitles {
        /// The first.
        one: Period,
        /// Another.
        other: Period,
    },
    /// A row with figures that names no unit.
    NoUnitInRow,
    /// No column of the sheet is an item we know.
    NoItemsOnSheet,
    /// The item has no such class.
    UnknownClass {
        /// The item's code.
        item: String,
        /// The class.
        class: String,
        /// The classes it has.
        known: Vec<String>,
    },
    /// The period is not one in which the item is collected.
    PeriodMismatch {
        /// The item's code.
        item: String,
        /// The period given.
        period: Period,
        /// How often the item is collected.
        frequency: Frequency,
    },
    /// A figure of a period that has not begun.
    PeriodNotBegun {
        /// The period.
        period: Period,
        /// Its first day.
        first: Date,
    },
    /// No form asks this unit for this item.
    NotAsked {
        /// The item's code.
        item: String,
        /// The unit's code.
        unit: String,
    },
    /// The same figure twice in one import with different values.
    ContradictoryFigure {
        /// The item's code.
        item: String,
        /// The unit's code.
        unit: String,
        /// The period.
        period: Period,
        /// Where the first stands.
        first: Location,
    },
    /// The classes do not add up to the whole.
    ClassesDoNotAddUp {
        /// The item's code.
        item: String,
        /// The unit's code.
        unit: String,
        /// The sum of the classes.
        sum: String,
        /// The whole as given.
        whole: String,
    },

    /// Figures that break a validation rule of their form.
    RuleBroken(Box<Breach>),
    /// A validation rule names an item that its form does not ask for.
    ItemNotOnForm {
        /// The item's code.
        item: String,
        /// The form's code.
        form: String,
    },
    /// A validation rule looks beyond the one unit and period that it is judged over.
    RuleLooksBeyond {
        /// What it looks at: `A01@-1`, `units(village)`.
        part: String,
    },

    /// A report text whose braces cannot be understood.
    TemplateText {
        /// The text.
        text: String,
        /// Where in it and why.
        error: TextError,
    },
    /// A report template asked for another unit or span than the one it is written for.
    TemplateBound {
        /// Its code.
        template: String,
        /// The unit it is written for: kind and name.
        unit: String,
        /// That unit's code.
        unit_code: String,
        /// The span it is written for.
        period: Period,
        /// The templates of any unit and span that could be taken instead.
        general: Vec<String>,
    },
    /// A template of any unit and span, asked for without saying which.
    TemplateNeedsUnitAndPeriod {
        /// Its code.
        template: String,
    },
    /// A template whose head names a unit without a span, or a span without a unit.
    TemplateHalfBound {
        /// What the head lacks: `unit_code` or `period`.
        lacking: String,
    },
    /// A formula that cannot be used.
    Formula {
        /// The formula.
        source: String,
        /// Where in it and why.
        error: ExpressionError,
    },
    /// A TOML file that cannot be read.
    BrokenToml {
        /// What the reader said.
        detail: String,
    },
    /// A crosswalk came without the day and the document it needs.
    CrosswalkWithoutDay,
    /// Targets of the parts that do not fit a date order or repeat a version.
    TargetVersionExists {
        /// The indicator's code.
        indicator: String,
        /// The unit's code.
        unit: String,
        /// The version's day.
        date: Date,
    },
    /// The line of a ledger's key that cannot be read.
    BadLedgerKey {
        /// What was given.
        text: String,
    },
    /// The ledger was changed behind the program's back.
    LedgerDamaged {
        /// How many places are wrong at least.
        places: u64,
    },
    /// Something about people and what they sign in with.
    Entrance(EntranceProblem),
    /// Something about a photograph.
    Attachment(AttachmentProblem),
    /// Something about sending figures or judging them.
    Collecting(CollectingProblem),
    /// Something about changing a form.
    Forming(FormingProblem),
    /// A task cannot be given, or not taken further.
    Tasking(TaskingProblem),
    /// A directive is not entered as it was written.
    Directing(DirectingProblem),
    /// Something is not done with a stocktake.
    Stocktaking(StocktakingProblem),
    /// A difficulty cannot be raised, or not taken further.
    Raising(RaisingProblem),
    /// A priority is not proposed, scored or chosen.
    Choosing(ChoosingProblem),
    /// A picture is not shown with a priority, or not taken back.
    Picturing(PicturingProblem),
    /// Plans are not asked for, or one is not noted.
    Calling(CallingProblem),
    /// Urging does not reach people.
    Reaching(ReachingProblem),
    /// A file is not kept, or not taken away.
    Keeping(KeepingProblem),
}
