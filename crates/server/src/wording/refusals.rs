//! Refusals in words: what is wrong, where, and what to do about it.

use domain::number::{Decimal, SCALE_MAX};
use domain::refusal::{Breach, Limit, Noun, Refusal, Refused, Wanted};
use jiff::civil::Date;

use super::collecting::problem as collecting_problem;
use super::entrance::problem as entrance_problem;
use super::forming::problem as forming_problem;
use super::formulas::{formula_problem, text_problem};
use super::number::{number, plain as decimal};
use super::periods::{day, frequency, label};
use super::places::place;
use super::unit_problems::problem as unit_problem;
use super::{Gap, Lang};

/// The whole refusal: its place, then the reason.
#[must_use]
pub fn sentence(refused: &Refused, lang: Lang) -> String {
    let why = reason(&refused.why, lang);
    match place(&refused.at, lang).as_str() {
        "" => why,
        place => lang.tell("refused-at", [("place", Gap::from(place)), ("why", why.into())]),
    }
}

/// The reason alone.
#[must_use]
pub fn reason(why: &Refusal, lang: Lang) -> String {
    lang.tell(key(why), gaps(why, lang))
}

/// What a thing is called: `đơn vị`.
#[must_use]
pub fn noun(noun: Noun, lang: Lang) -> String {
    lang.say(match noun {
        Noun::Unit => "noun-unit",
        Noun::Level => "noun-level",
        Noun::Item => "noun-item",
        Noun::Class => "noun-class",
        Noun::Indicator => "noun-indicator",
        Noun::Form => "noun-form",
        Noun::Holiday => "noun-holiday",
        Noun::Rule => "noun-rule",
        Noun::Priority => "noun-priority",
        Noun::Directive => "noun-directive",
        Noun::Template => "noun-template",
        Noun::Submission => "noun-submission",
        Noun::Attachment => "noun-attachment",
        Noun::Entry => "noun-entry",
        Noun::Proof => "noun-proof",
        Noun::Figure => "noun-figure",
        Noun::File => "noun-file",
        Noun::Account => "noun-account",
        Noun::Role => "noun-role",
        Noun::Session => "noun-session",
        Noun::Task => "noun-task",
        Noun::Stocktake => "noun-stocktake",
        Noun::Difficulty => "noun-difficulty",
        Noun::Proposal => "noun-proposal",
        Noun::Hook => "noun-hook",
        Noun::KeptFile => "noun-kept-file",
        Noun::Picture => "noun-picture",
    })
}

/// The name of the sentence that says a refusal: of the problem itself, where one stands inside.
#[must_use]
pub fn sentence_key(why: &Refusal) -> &'static str {
    match why {
        Refusal::Attachment(problem) => super::attachments::key(problem),
        Refusal::Collecting(problem) => super::collecting::key(problem),
        Refusal::Entrance(problem) => super::entrance::key(problem),
        Refusal::Raising(problem) => super::difficulties::key(problem),
        other => key(other),
    }
}

pub(super) fn key(why: &Refusal) -> &'static str {
    use Refusal::{
        Attachment, Calling, Choosing, Collecting, Directing, Entrance, Forming, Keeping,
        Picturing, Raising, Reaching, Stocktaking, Tasking, Unit,
    };
    match why {
        Refusal::NotFound { .. } => "refusal-not-found",
        Refusal::Doubled { .. } => "refusal-doubled",
        Refusal::FileNotOpened { .. } => "refusal-file-not-opened",
        Refusal::UnknownFileKind { .. } => "refusal-unknown-file-kind",
        Refusal::EmptyFile => "refusal-empty-file",
        Refusal::NotUtf8 => "refusal-not-utf8",
        Refusal::BrokenText { .. } => "refusal-broken-text",
        Refusal::FolderNotWritten { .. } => "refusal-folder-not-written",
        Refusal::NoDatabase { .. } => "refusal-no-database",
        Refusal::NoFilesInFolder { .. } => "refusal-no-files-in-folder",
        Refusal::MissingColumn { .. } => "refusal-missing-column",
        Refusal::DoubledColumn { .. } => "refusal-doubled-column",
        Refusal::WrongColumnCount { .. } => "refusal-wrong-column-count",
        Refusal::TooLarge { .. } => "refusal-too-large",
        Refusal::NotAWorkbook => "refusal-not-a-workbook",
        Refusal::OldWorkbook => "refusal-old-workbook",
        Refusal::EncryptedWorkbook => "refusal-encrypted-workbook",
        Refusal::DamagedWorkbook { .. } => "refusal-damaged-workbook",
        Refusal::ReaderStopped => "refusal-reader-stopped",
        Refusal::BadValue { text, .. } => key_of_bad_value(text),
        Refusal::NotANumber { .. } => "refusal-not-a-number",
        Refusal::AmbiguousNumber { .. } => "refusal-ambiguous-number",
        Refusal::TooManyDecimals { decimals, .. } => key_of_decimals(*decimals),
        Refusal::NumberTooLarge { .. } => "refusal-number-too-large",
        Refusal::NumberInWords { .. } => "refusal-number-in-words",
        Refusal::NotACount { .. } => "refusal-not-a-count",
        Refusal::OutOfBounds { maximum, .. } => key_of_bounds(*maximum),
        Refusal::FormulaCell { .. } => "refusal-formula-cell",
        Refusal::ErrorCell { .. } => "refusal-error-cell",
        Refusal::UnknownUnit { day, .. } => key_of_unknown_unit(*day),
        Refusal::UnknownUnitName { .. } => "refusal-unknown-unit-name",
        Refusal::AmbiguousUnitName { .. } => "refusal-ambiguous-unit-name",
        Refusal::NoUnitOnSheet => "refusal-no-unit-on-sheet",
        Refusal::NoPeriodOnSheet => "refusal-no-period-on-sheet",
        Refusal::NoItemsOnSheet => "refusal-no-items-on-sheet",
        Refusal::TwoUnitsOnSheet { .. } => "refusal-two-units-on-sheet",
        Refusal::NearlyAnItem { .. } => "refusal-nearly-an-item",
        Refusal::TwoPeriodsOnSheet { .. } => "refusal-two-periods-on-sheet",
        Refusal::TwoPeriodsInTitles { .. } => "refusal-two-periods-in-titles",
        Refusal::NoUnitInRow => "refusal-no-unit-in-row",
        Refusal::UnknownClass { known, .. } if known.is_empty() => "refusal-no-classes",
        Refusal::UnknownClass { .. } => "refusal-unknown-class",
        Refusal::PeriodMismatch { .. } => "refusal-period-mismatch",
        Refusal::PeriodNotBegun { .. } => "refusal-period-not-begun",
        Refusal::NotAsked { .. } => "refusal-not-asked",
        Refusal::ContradictoryFigure { .. } => "refusal-contradictory-figure",
        Refusal::ClassesDoNotAddUp { .. } => "refusal-classes-do-not-add-up",
        Refusal::RuleBroken(_) => "refusal-rule-broken",
        Refusal::ItemNotOnForm { .. } => "refusal-item-not-on-form",
        Refusal::RuleLooksBeyond { .. } => "refusal-rule-looks-beyond",
        Refusal::TemplateText { .. } => "refusal-template-text",
        Refusal::TemplateBound { general, .. } => key_of_bound_template(general),
        Refusal::TemplateNeedsUnitAndPeriod { .. } => "refusal-template-needs-unit-and-period",
        Refusal::TemplateHalfBound { .. } => "refusal-template-half-bound",
        Refusal::Formula { .. } => "refusal-formula",
        Refusal::BrokenToml { .. } => "refusal-broken-toml",
        Refusal::CrosswalkWithoutDay => "refusal-crosswalk-without-day",
        Refusal::TargetVersionExists { .. } => "refusal-target-version-exists",
        Refusal::BadLedgerKey { .. } => "refusal-bad-ledger-key",
        Refusal::LedgerDamaged { .. } => "refusal-ledger-damaged",
        Entrance(_) | Attachment(_) | Collecting(_) | Forming(_) | Tasking(_) | Directing(_)
        | Raising(_) | Choosing(_) | Picturing(_) | Calling(_) | Reaching(_) | Keeping(_)
        | Stocktaking(_) | Unit(_) => "refusal-problem",
    }
}

fn key_of_bound_template(general: &[String]) -> &'static str {
    if general.is_empty() { "refusal-template-bound" } else { "refusal-template-bound-instead" }
}

fn key_of_unknown_unit(day: Option<Date>) -> &'static str {
    day.map_or("refusal-unknown-unit", |_| "refusal-unknown-unit-on")
}

fn key_of_decimals(most: u8) -> &'static str {
    if most == 0 { "refusal-not-a-whole-number" } else { "refusal-too-many-decimals" }
}

fn key_of_bounds(maximum: Option<Decimal>) -> &'static str {
    maximum.map_or("refusal-below-minimum", |_| "refusal-out-of-bounds")
}

fn key_of_bad_value(text: &str) -> &'static str {
    if text.is_empty() { "refusal-empty-value" } else { "refusal-bad-value" }
}

pub(super) type Gaps<'a> = Vec<(&'a str, Gap<'a>)>;

fn gaps_of_value(found: &str, what: Wanted, lang: Lang) -> Gaps<'_> {
    vec![("text", text(found)), ("wanted", wanted(what, lang).into())]
}

fn gaps(why: &Refusal, lang: Lang) -> Gaps<'_> {
    use Refusal::{
        Attachment, Calling, Choosing, Collecting, Directing, Entrance, Forming, Keeping,
        Picturing, Raising, Reaching, Stocktaking, Tasking, Unit,
    };
    match why {
        Refusal::EmptyFile
        | Refusal::NotUtf8
        | Refusal::NotAWorkbook
        | Refusal::OldWorkbook
        | Refusal::EncryptedWorkbook
        | Refusal::ReaderStopped
        | Refusal::NoUnitOnSheet
        | Refusal::NoPeriodOnSheet
        | Refusal::NoItemsOnSheet
        | Refusal::NoUnitInRow
        | Refusal::CrosswalkWithoutDay => Vec::new(),
        Refusal::NotFound { .. } | Refusal::Doubled { .. } => gaps_of_things(why, lang),
        Refusal::LedgerDamaged { places } => vec![("places", (*places).into())],
        Entrance(_) | Attachment(_) | Collecting(_) | Forming(_) | Tasking(_) | Directing(_)
        | Raising(_) | Choosing(_) | Picturing(_) | Calling(_) | Reaching(_) | Keeping(_)
        | Stocktaking(_) | Unit(_) => {
            vec![("problem", problem(why, lang).into())]
        }
        Refusal::NoDatabase { .. }
        | Refusal::NoFilesInFolder { .. }
        | Refusal::FolderNotWritten { .. }
        | Refusal::FileNotOpened { .. }
        | Refusal::BrokenText { .. }
        | Refusal::DamagedWorkbook { .. }
        | Refusal::BrokenToml { .. }
        | Refusal::UnknownFileKind { .. }
        | Refusal::MissingColumn { .. }
        | Refusal::DoubledColumn { .. }
        | Refusal::WrongColumnCount { .. }
        | Refusal::TooLarge { .. } => gaps_of_files(why, lang),
        Refusal::BadValue { text: found, wanted: what } => gaps_of_value(found, *what, lang),
        Refusal::BadLedgerKey { text: found }
        | Refusal::NotANumber { text: found }
        | Refusal::NumberTooLarge { text: found }
        | Refusal::NumberInWords { text: found }
        | Refusal::NotACount { text: found }
        | Refusal::FormulaCell { formula: found }
        | Refusal::ErrorCell { text: found } => vec![("text", text(found))],
        Refusal::AmbiguousNumber { .. }
        | Refusal::TooManyDecimals { .. }
        | Refusal::UnknownUnit { .. }
        | Refusal::TwoUnitsOnSheet { .. }
        | Refusal::NearlyAnItem { .. }
        | Refusal::TwoPeriodsOnSheet { .. }
        | Refusal::TwoPeriodsInTitles { .. }
        | Refusal::UnknownUnitName { .. }
        | Refusal::AmbiguousUnitName { .. }
        | Refusal::UnknownClass { .. }
        | Refusal::PeriodMismatch { .. }
        | Refusal::OutOfBounds { .. }
        | Refusal::PeriodNotBegun { .. }
        | Refusal::NotAsked { .. }
        | Refusal::RuleBroken(_)
        | Refusal::ItemNotOnForm { .. }
        | Refusal::RuleLooksBeyond { .. }
        | Refusal::ContradictoryFigure { .. }
        | Refusal::ClassesDoNotAddUp { .. } => gaps_of_figures(why, lang),
        Refusal::TemplateText { .. }
        | Refusal::TemplateBound { .. }
        | Refusal::TemplateNeedsUnitAndPeriod { .. }
        | Refusal::TemplateHalfBound { .. }
        | Refusal::Formula { .. }
        | Refusal::TargetVersionExists { .. } => gaps_of_packs(why, lang),
    }
}

/// What a refusal says that only stands around a problem of some noun; nothing for others.
fn problem(why: &Refusal, lang: Lang) -> String {
    match why {
        Refusal::Entrance(error) => entrance_problem(error, lang),
        Refusal::Attachment(error) => super::attachments::problem(error, lang),
        Refusal::Collecting(error) => collecting_problem(error, lang),
        Refusal::Forming(error) => forming_problem(error, lang),
        Refusal::Tasking(error) => super::tasks::problem(error, lang),
        Refusal::Directing(error) => super::directives::problem(error, lang),
        Refusal::Stocktaking(error) => super::stocktakes::problem(error, lang),
        Refusal::Raising(error) => super::difficulties::problem(error, lang),
        Refusal::Choosing(error) => super::choosing::problem(error, lang),
        Refusal::Picturing(error) => super::pictures::problem(error, lang),
        Refusal::Calling(error) => super::calls::problem(error, lang),
        Refusal::Reaching(error) => super::reaching::problem(error, lang),
        Refusal::Keeping(error) => super::files::problem(error, lang),
        Refusal::Unit(error) => unit_problem(error, lang),
        _ => String::new(),
    }
}

/// The gaps of refusals that name a thing. [`gaps`] names every case, so a new one cannot be forgotten here.
fn gaps_of_things(why: &Refusal, lang: Lang) -> Gaps<'_> {
    match why {
        Refusal::NotFound { noun: what, key } | Refusal::Doubled { noun: what, key } => {
            vec![("noun", noun(*what, lang).into()), ("key", text(key))]
        }
        _ => Vec::new(),
    }
}

/// The gaps of refusals about files as such.
fn gaps_of_files(why: &Refusal, lang: Lang) -> Gaps<'_> {
    match why {
        Refusal::NoDatabase { place } => vec![("place", text(place))],
        Refusal::NoFilesInFolder { folder } => vec![("folder", text(folder))],
        Refusal::FolderNotWritten { folder, detail } => {
            vec![("folder", text(folder)), ("detail", text(detail))]
        }
        Refusal::FileNotOpened { detail }
        | Refusal::BrokenText { detail }
        | Refusal::DamagedWorkbook { detail }
        | Refusal::BrokenToml { detail } => vec![("detail", text(detail))],
        Refusal::UnknownFileKind { ending } => vec![("ending", text(ending))],
        Refusal::MissingColumn { column } | Refusal::DoubledColumn { column } => {
            vec![("column", text(column))]
        }
        Refusal::WrongColumnCount { expected, found } => {
            vec![("expected", (*expected).into()), ("found", (*found).into())]
        }
        Refusal::TooLarge { what, limit: most } => {
            vec![("what", limit(*what, lang).into()), ("limit", (*most).into())]
        }
        _ => Vec::new(),
    }
}

/// The gaps of refusals about what figures say. [`gaps`] names every case, so a new one cannot be
/// forgotten here.
fn gaps_of_figures(why: &Refusal, lang: Lang) -> Gaps<'_> {
    match why {
        Refusal::AmbiguousNumber { text: found, readings: [one, other] } => {
            let whole = if one.contains('.') { other } else { one };
            vec![("text", text(found)), ("whole", text(whole))]
        }
        Refusal::TooManyDecimals { text: found, decimals } => {
            vec![("text", text(found)), ("decimals", (*decimals).into())]
        }
        Refusal::UnknownUnit { code, day: when } => {
            let when = when.map(|when| day(when, lang)).unwrap_or_default();
            vec![("code", text(code)), ("day", when.into())]
        }
        Refusal::TwoUnitsOnSheet { title, taken } => {
            vec![("title", text(title)), ("taken", text(taken))]
        }
        Refusal::NearlyAnItem { header, item, name } => vec![
            ("header", text(header)),
            ("item", text(item)),
            ("name", lang.of(name).to_owned().into()),
        ],
        Refusal::TwoPeriodsOnSheet { tab, title } => {
            vec![("tab", label(*tab, lang).into()), ("title", label(*title, lang).into())]
        }
        Refusal::TwoPeriodsInTitles { one, other } => {
            vec![("one", label(*one, lang).into()), ("other", label(*other, lang).into())]
        }
        Refusal::UnknownUnitName { name, above } => {
            vec![("name", text(name)), ("above", text(above))]
        }
        Refusal::AmbiguousUnitName { name, codes } => {
            vec![("name", text(name)), ("codes", codes.join(", ").into())]
        }
        Refusal::UnknownClass { item, class, known } => {
            vec![("item", text(item)), ("class", text(class)), ("known", known.join(", ").into())]
        }
        Refusal::PeriodMismatch { item, period, frequency: often } => vec![
            ("item", text(item)),
            ("period", label(*period, lang).into()),
            ("frequency", frequency(*often, lang).into()),
        ],
        Refusal::NotAsked { item, unit } => vec![("item", text(item)), ("unit", text(unit))],
        Refusal::OutOfBounds { text: found, item, minimum, maximum } => vec![
            ("text", text(found)),
            ("item", text(item)),
            ("minimum", decimal(*minimum, lang).into()),
            ("maximum", maximum.map(|most| decimal(most, lang)).unwrap_or_default().into()),
        ],
        Refusal::PeriodNotBegun { period, first } => {
            vec![("period", label(*period, lang).into()), ("first", day(*first, lang).into())]
        }
        Refusal::RuleBroken(breach) => gaps_of_breach(breach, lang),
        Refusal::ItemNotOnForm { item, form } => vec![("item", text(item)), ("form", text(form))],
        Refusal::RuleLooksBeyond { part } => vec![("part", text(part))],
        Refusal::ContradictoryFigure { item, unit, period, first } => vec![
            ("item", text(item)),
            ("unit", text(unit)),
            ("period", label(*period, lang).into()),
            ("place", place(first, lang).into()),
        ],
        Refusal::ClassesDoNotAddUp { item, unit, sum, whole } => vec![
            ("item", text(item)),
            ("unit", text(unit)),
            ("sum", text(sum)),
            ("whole", text(whole)),
        ],
        _ => Vec::new(),
    }
}

/// The gaps of refusals about what packs and their templates say.
fn gaps_of_packs(why: &Refusal, lang: Lang) -> Gaps<'_> {
    match why {
        Refusal::TemplateText { text: found, error } => {
            vec![("text", text(found)), ("problem", text_problem(error, lang).into())]
        }
        Refusal::TemplateBound { template, unit, unit_code, period, general } => vec![
            ("template", text(template)),
            ("unit", text(unit)),
            ("code", text(unit_code)),
            ("period", label(*period, lang).into()),
            ("general", general.join(", ").into()),
        ],
        Refusal::TemplateNeedsUnitAndPeriod { template } => vec![("template", text(template))],
        Refusal::TemplateHalfBound { lacking } => vec![("lacking", text(lacking))],
        Refusal::Formula { source, error } => {
            vec![("source", text(source)), ("problem", formula_problem(error, lang).into())]
        }
        Refusal::TargetVersionExists { indicator, unit, date } => vec![
            ("indicator", text(indicator)),
            ("unit", text(unit)),
            ("day", day(*date, lang).into()),
        ],
        _ => Vec::new(),
    }
}

/// A broken rule: what it says, whose figures they are, and which.
pub(super) fn gaps_of_breach(breach: &Breach, lang: Lang) -> Gaps<'_> {
    let Breach { rule, message, unit, period, values } = breach;
    let values: Vec<String> = values
        .iter()
        .map(|(item, value)| format!("{item} = {}", number(*value, SCALE_MAX, lang)))
        .collect();
    vec![
        ("rule", text(rule)),
        ("message", text(lang.of(message).trim_end_matches('.'))),
        ("unit", text(unit)),
        ("period", label(*period, lang).into()),
        ("values", values.join(", ").into()),
    ]
}

fn text(value: &str) -> Gap<'_> {
    Gap::from(value)
}

fn limit(limit: Limit, lang: Lang) -> String {
    lang.say(match limit {
        Limit::FileBytes => "limit-file-bytes",
        Limit::Rows => "limit-rows",
        Limit::Columns => "limit-columns",
        Limit::Cells => "limit-cells",
        Limit::FieldCharacters => "limit-field-characters",
        Limit::Sheets => "limit-sheets",
        Limit::Refusals => "limit-refusals",
    })
}

fn wanted(wanted: Wanted, lang: Lang) -> String {
    lang.say(match wanted {
        Wanted::Day => "wanted-day",
        Wanted::Period => "wanted-period",
        Wanted::Code => "wanted-code",
        Wanted::FormCode => "wanted-form-code",
        Wanted::ItemCode => "wanted-item-code",
        Wanted::Classes => "wanted-classes",
        Wanted::Name => "wanted-name",
        Wanted::Words => "wanted-words",
        Wanted::WholeOrPart => "wanted-whole-or-part",
        Wanted::Share => "wanted-share",
        Wanted::Change => "wanted-change",
        Wanted::Qualifier => "wanted-qualifier",
        Wanted::KnownCode => "wanted-known-code",
        Wanted::Number => "wanted-number",
        Wanted::FigureKey => "wanted-figure-key",
        Wanted::FigureSpan => "wanted-figure-span",
        Wanted::Comparison => "wanted-comparison",
        Wanted::List => "wanted-list",
        Wanted::Maximum => "wanted-maximum",
    })
}
