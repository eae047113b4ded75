//! What a refusal can be about: what was not found, what was wanted, what was too large.

/// The nouns that can be missing or doubled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// A unit.
    Unit,
    /// A level of units below a unit.
    Level,
    /// An item.
    Item,
    /// A class of an item.
    Class,
    /// An indicator.
    Indicator,
    /// A form.
    Form,
    /// A day of rest that was entered.
    Holiday,
    /// A validation rule.
    Rule,
    /// A priority.
    Priority,
    /// A directive.
    Directive,
    /// A report template.
    Template,
    /// A submission.
    Submission,
    /// A photograph beside figures.
    Attachment,
    /// An entry of the ledger.
    Entry,
    /// A proof of an entry of the ledger.
    Proof,
    /// A figure a template asks for.
    Figure,
    /// A file of a pack.
    File,
    /// An account.
    Account,
    /// A role.
    Role,
    /// A session.
    Session,
    /// A task.
    Task,
    /// A stocktake.
    Stocktake,
    /// A difficulty.
    Difficulty,
    /// A proposal of a priority.
    Proposal,
    /// A picture of what a priority changes.
    Picture,
    /// A file beside a directive or a task.
    KeptFile,
    /// A webhook.
    Hook,
}

/// What a cell should have held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A day, `2025-07-01` or `1/7/2025`.
    Day,
    /// A period code, `2022-03`.
    Period,
    /// A code: not empty, no spaces.
    Code,
    /// The code of a form, as addresses can write it.
    FormCode,
    /// The code of an item, as formulas can write it.
    ItemCode,
    /// The classes of an item, each with its code and its name in both languages.
    Classes,
    /// A name: not empty.
    Name,
    /// Any words: not empty.
    Words,
    /// `whole` or `part`.
    WholeOrPart,
    /// A share between 0 and 1, or a percentage.
    Share,
    /// A kind of reorganisation.
    Change,
    /// `exact`, `at_least`, `at_most`, `about` or the words people use.
    Qualifier,
    /// One of a closed list of codes; the list is in the pack's README.
    KnownCode,
    /// A plain number.
    Number,
    /// The key of a figure in a template: letters, digits and `_`, but no word that names stand for.
    FigureKey,
    /// The span of a figure in a template: a period or `report`, `year_to_date` and the like.
    FigureSpan,
    /// What a figure in a template is compared with: a period, `year_before` or `previous`.
    Comparison,
    /// A list that a template can print: `results`, `behind` or `missing`.
    List,
    /// A number that is not below the item's minimum.
    Maximum,
}

/// What was larger than we take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of a file.
    FileBytes,
    /// Rows of a sheet or file.
    Rows,
    /// Columns.
    Columns,
    /// Cells of a workbook.
    Cells,
    /// Characters in a cell or field.
    FieldCharacters,
    /// Sheets of a workbook.
    Sheets,
    /// Refusals listed for one import; the rest are only counted.
    Refusals,
}
