//! Every refusal has a sentence in both languages that names the place and what to do.

use std::collections::BTreeSet;

use domain::access::Right;
use domain::attachment::AttachmentProblem;
use domain::collecting::CollectingProblem;
use domain::entrance::{EntranceProblem, PasswordProblem, ProviderProblem};
use domain::expression::{ExpressionError, ExpressionProblem};
use domain::forming::FormingProblem;
use domain::item::Bilingual;
use domain::number::{Decimal, Qualifier, Quantity};
use domain::period::{Frequency, Period};
use domain::refusal::{Breach, Limit, Location, Noun, Refusal, Refused, Wanted};
use domain::report::{TextError, TextProblem};
use domain::submission::State;
use domain::unit::UnitError;
use jiff::civil::date;

use super::super::refusals::{key, reason, sentence};
use super::super::{Lang, VI_SOURCE};
use super::refusing_tasks;

fn of_files() -> Vec<Refusal> {
    let detail = || "chi tiết".to_owned();
    vec![
        Refusal::NotFound { noun: Noun::Indicator, key: "A99".into() },
        Refusal::Doubled { noun: Noun::Unit, key: "06124".into() },
        Refusal::FileNotOpened { detail: detail() },
        Refusal::UnknownFileKind { ending: "doc".into() },
        Refusal::EmptyFile,
        Refusal::NotUtf8,
        Refusal::BrokenText { detail: detail() },
        Refusal::MissingColumn { column: "value".into() },
        Refusal::DoubledColumn { column: "value".into() },
        Refusal::WrongColumnCount { expected: 7, found: 5 },
        Refusal::TooLarge { what: Limit::Rows, limit: 1_000_000 },
        Refusal::NotAWorkbook,
        Refusal::OldWorkbook,
        Refusal::EncryptedWorkbook,
        Refusal::DamagedWorkbook { detail: detail() },
        Refusal::ReaderStopped,
        Refusal::BrokenToml { detail: detail() },
        Refusal::CrosswalkWithoutDay,
        Refusal::BadLedgerKey { text: "so-cai+1".into() },
        Refusal::LedgerDamaged { places: 2 },
        Refusal::NoDatabase { place: "so-lieu.db".into() },
        Refusal::NoFilesInFolder { folder: "so-lieu".into() },
        Refusal::FolderNotWritten { folder: "bao-cao".into(), detail: detail() },
        Refusal::Unit(UnitError::EmptyLine { date: date(2025, 7, 1) }),
        Refusal::NoUnitOnSheet,
        Refusal::NoPeriodOnSheet,
        Refusal::TwoUnitsOnSheet {
            title: "UBND XÃ BẮC VIỆT".into(), taken: "xã Tân Mỹ".into()
        },
        Refusal::NearlyAnItem {
            header: "Số đảng viên mới".into(),
            item: "A01".into(),
            name: Bilingual {
                vi: "Số đảng viên mới kết nạp".into(),
                en: "New party members".into(),
            },
        },
        Refusal::TwoPeriodsOnSheet { tab: Period::Month(2022, 1), title: Period::Month(2022, 2) },
        Refusal::TwoPeriodsInTitles { one: Period::Month(2022, 2), other: Period::Month(2023, 7) },
        Refusal::NoUnitInRow,
        Refusal::NoItemsOnSheet,
    ]
}

fn roles() -> Vec<Bilingual> {
    vec![Bilingual { vi: "Lãnh đạo".to_owned(), en: "Leader".to_owned() }]
}

fn of_people() -> Vec<Refusal> {
    let weak = |problem| EntranceProblem::WeakPassword { problem };
    let provider = |problem| EntranceProblem::Provider { problem };
    [
        EntranceProblem::WrongSignIn,
        EntranceProblem::TooManyAttempts { seconds: 30 },
        EntranceProblem::WrongCode,
        weak(PasswordProblem::TooShort { characters_min: 12 }),
        weak(PasswordProblem::TooLong { characters_max: 256 }),
        weak(PasswordProblem::Guessable),
        EntranceProblem::BadLogin { text: "bình".into() },
        EntranceProblem::LoginTaken { login: "binh".into() },
        EntranceProblem::NamedOtherwise { login: "binh".into(), name: "Hoàng Thị Bình".into() },
        EntranceProblem::RoleForOneself,
        EntranceProblem::OwnAccount,
        EntranceProblem::UnknownRole { text: "giám đốc".to_owned(), roles: roles() },
        EntranceProblem::LastAdministrator { day: date(2026, 7, 1) },
        EntranceProblem::LoanWithoutDays { days_max: 92 },
        EntranceProblem::NotOwnToLend,
        EntranceProblem::InvitationOver,
        EntranceProblem::CalendarOver,
        EntranceProblem::NotAllowed { right: Right::ReviewFigures },
        EntranceProblem::SecondFactorMissing,
        EntranceProblem::StaleForm,
        provider(ProviderProblem::NotSetUp),
        provider(ProviderProblem::Unreachable),
        provider(ProviderProblem::Declined),
        provider(ProviderProblem::AttemptOver),
        provider(ProviderProblem::NotProven),
        provider(ProviderProblem::NobodyHere),
        provider(ProviderProblem::LinkedElsewhere),
        provider(ProviderProblem::NoPassword),
        EntranceProblem::KeyNotUsed { file: "dotpha.db.key".into(), detail: "chi tiết".into() },
        EntranceProblem::KeyOpenToOthers { file: "dotpha.db.key".into() },
    ]
    .map(Refusal::from)
    .to_vec()
}

fn of_attachments() -> Vec<Refusal> {
    [
        AttachmentProblem::TooLarge,
        AttachmentProblem::NotAPicture,
        AttachmentProblem::Damaged,
        AttachmentProblem::TooManyPixels { width: 8_000, height: 6_000 },
        AttachmentProblem::NotWhatItSays,
        AttachmentProblem::TooMany,
        AttachmentProblem::NotArrived { id: "0".repeat(64) },
        AttachmentProblem::TooManyWaiting,
    ]
    .map(Refusal::from)
    .to_vec()
}

fn of_forming() -> Vec<Refusal> {
    [
        FormingProblem::PeriodsDiffer { form: "thon-thang".into() },
        FormingProblem::ItemTaken { item: "A01".into(), text: "Đảng viên mới".into() },
        FormingProblem::FormTaken { form: "thon-thang".into() },
        FormingProblem::NumberOutside { text: "31".into(), least: 1, most: 28 },
        FormingProblem::RestSpan { most: 31 },
        FormingProblem::RestIsOver { day: date(2026, 9, 1) },
        FormingProblem::NobodyFills,
        FormingProblem::AsksNothing,
        FormingProblem::EmptySection { title: "Kết nạp".into() },
        FormingProblem::SectionWithoutTitle,
        FormingProblem::AskedElsewhere { item: "A01".into(), form: "thon-thang".into() },
        FormingProblem::BadRule { text: "a | b".into() },
        FormingProblem::BeforeNewest { newest: date(2026, 7, 1) },
        FormingProblem::AlreadyReported {
            period: Period::Month(2026, 10),
            free: date(2026, 11, 1),
        },
    ]
    .map(Refusal::from)
    .to_vec()
}

fn of_collecting() -> Vec<Refusal> {
    [
        CollectingProblem::NotOwed { form: "thon-thang".into(), unit: "06124".into() },
        CollectingProblem::ChangedMeanwhile,
        CollectingProblem::SameIdOtherContent { id: "0190163d".into() },
        CollectingProblem::NothingEntered,
        CollectingProblem::DoubtWithoutReason,
        CollectingProblem::NothingForStocks { items: vec!["G03.mau".into(), "G04".into()] },
        CollectingProblem::CorrectionWithoutReason,
        CollectingProblem::WithoutReason,
        CollectingProblem::OwnSubmission,
        CollectingProblem::ApprovedBefore,
        CollectingProblem::OtherLevel { level: "commune".into() },
        CollectingProblem::WrongState { state: State::Approved },
        CollectingProblem::NewerRevision,
        CollectingProblem::Locked {
            period: Period::Month(2026, 10), opener: "xã Tân Mỹ".into()
        },
        CollectingProblem::LockedAlready,
        CollectingProblem::NotLocked,
        CollectingProblem::OthersOpen { opener: "huyện Văn Lãng".into() },
        CollectingProblem::OpenUntilPast { until: date(2026, 11, 5) },
        CollectingProblem::OpenWithoutReason,
        CollectingProblem::NothingChosen,
        CollectingProblem::NotWithoutDoubts,
        CollectingProblem::CopyUnreadable,
        CollectingProblem::CopyIncomplete { missing: 2 },
        CollectingProblem::NotTheWorkbook,
        CollectingProblem::WorkbookOfAnother {
            form: "thon-thang".into(),
            period: "2023-07".into(),
            unit: "06124".into(),
        },
        CollectingProblem::MergedCells,
        CollectingProblem::UnitNotInGrid { unit: "06124-01".into() },
    ]
    .map(Refusal::from)
    .to_vec()
}

fn of_values() -> Vec<Refusal> {
    let text = || "1.234".to_owned();
    vec![
        Refusal::BadValue { text: text(), wanted: Wanted::Day },
        Refusal::BadValue { text: String::new(), wanted: Wanted::Name },
        Refusal::BadValue { text: String::new(), wanted: Wanted::Words },
        Refusal::NotANumber { text: text() },
        Refusal::AmbiguousNumber { text: text(), readings: ["1234".into(), "1.234".into()] },
        Refusal::TooManyDecimals { text: text(), decimals: 1 },
        Refusal::TooManyDecimals { text: "1,5".into(), decimals: 0 },
        Refusal::NumberInWords { text: "2 nghìn".into() },
        Refusal::NumberTooLarge { text: text() },
        Refusal::NotACount { text: "90%".into() },
        Refusal::OutOfBounds {
            text: "-2".into(),
            item: "A01".into(),
            minimum: Decimal::new(0, 0),
            maximum: None,
        },
        Refusal::OutOfBounds {
            text: "5".into(),
            item: "A02".into(),
            minimum: Decimal::new(0, 0),
            maximum: Some(Decimal::new(1, 0)),
        },
        Refusal::FormulaCell { formula: "=A1+1".into() },
        Refusal::ErrorCell { text: "#REF!".into() },
    ]
}

fn of_content() -> Vec<Refusal> {
    let (item, unit) = (|| "A01".to_owned(), || "06124".to_owned());
    vec![
        Refusal::UnknownUnit { code: unit(), day: None },
        Refusal::UnknownUnit { code: unit(), day: Some(date(2025, 7, 1)) },
        Refusal::UnknownUnitName {
            name: "Nà Lầu".into(), above: "Thị trấn Na Sầm".into()
        },
        Refusal::AmbiguousUnitName {
            name: "Nà Lầu".into(), codes: vec!["1".into(), "2".into()]
        },
        Refusal::UnknownClass { item: item(), class: "nu".into(), known: vec!["nam".into()] },
        Refusal::UnknownClass { item: item(), class: "nu".into(), known: Vec::new() },
        Refusal::PeriodMismatch {
            item: item(),
            period: Period::Quarter(2022, 2),
            frequency: Frequency::Monthly,
        },
        Refusal::NotAsked { item: item(), unit: unit() },
        Refusal::ContradictoryFigure {
            item: item(),
            unit: unit(),
            period: Period::Month(2022, 3),
            first: Location { file: "a.csv".into(), row: 7, ..Location::default() },
        },
        Refusal::ClassesDoNotAddUp {
            item: item(),
            unit: unit(),
            sum: "11".into(),
            whole: "12".into(),
        },
        Refusal::PeriodNotBegun { period: Period::Month(2026, 12), first: date(2026, 12, 1) },
        Refusal::RuleBroken(Box::new(breach())),
        Refusal::ItemNotOnForm { item: item(), form: "xa-thang".into() },
        Refusal::RuleLooksBeyond { part: "A01@-1".into() },
        Refusal::TemplateText {
            text: "{a01".into(),
            error: TextError { at: 0..4, kind: TextProblem::UnclosedBrace },
        },
        Refusal::Formula {
            source: "A01 +".into(),
            error: ExpressionError { at: 5..5, kind: ExpressionProblem::Empty },
        },
        bound(Vec::new()),
        bound(vec!["bao-cao-ky".into()]),
        Refusal::TemplateNeedsUnitAndPeriod { template: "bao-cao-ky".into() },
        Refusal::TemplateHalfBound { lacking: "period".into() },
        Refusal::TargetVersionExists { indicator: item(), unit: unit(), date: date(2022, 1, 15) },
    ]
}

fn bound(general: Vec<String>) -> Refusal {
    Refusal::TemplateBound {
        template: "ket-qua-kl-01".into(),
        unit: "huyện Văn Lãng".into(),
        unit_code: "182".into(),
        period: Period::Year(2022),
        general,
    }
}

fn breach() -> Breach {
    let value = |units, qualifier| Quantity::of(Decimal::new(units, 1), qualifier);
    Breach {
        rule: "B04-tu-mau".into(),
        message: Bilingual {
            vi: "Số giải quyết đúng hạn nhiều hơn số đến hạn".into(),
            en: "More were resolved on time than were due.".into(),
        },
        unit: "06124".into(),
        period: Period::Month(2022, 3),
        values: vec![
            ("B04.tu".into(), value(12_345, Qualifier::AtLeast)),
            ("B04.mau".into(), value(30, Qualifier::Exact)),
        ],
    }
}

fn one_of_each() -> Vec<Refusal> {
    let of_sending = [of_collecting(), of_attachments(), of_forming()].concat();
    let of_asking = refusing_tasks::all();
    [of_files(), of_values(), of_people(), of_sending, of_asking, of_content()].concat()
}

#[test]
fn every_refusal_is_said_in_both_languages_without_holes() {
    let mut said = BTreeSet::new();
    for refusal in one_of_each() {
        said.insert(key(&refusal));
        for lang in Lang::ALL {
            let sentence = reason(&refusal, lang);
            assert_ne!(sentence, key(&refusal), "no sentence");
            assert!(
                !sentence.contains(['{', '}', '$']) || key(&refusal).contains("template"),
                "{sentence}"
            );
            assert!(!sentence.contains("không hợp lệ"), "{sentence}");
            assert!(!sentence.contains("vui lòng"), "{sentence}");
        }
    }
    let known: BTreeSet<&str> = VI_SOURCE
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(key, _)| key)
        .filter(|key| key.starts_with("refusal-"))
        .collect();
    assert_eq!(said, known);
}

#[test]
fn a_refusal_names_file_sheet_row_and_column() {
    let at =
        Location { file: "06124-na-sam.xlsx".into(), sheet: "T01-2022".into(), row: 12, column: 4 };
    let why = Refusal::AmbiguousNumber {
        text: "1.234".into(),
        readings: ["1234".into(), "1.234".into()],
    };
    let refused = Refused { at, why };
    assert_eq!(
        sentence(&refused, Lang::Vi),
        "tệp 06124-na-sam.xlsx, trang tính T01-2022, hàng 12, cột D: “1.234” có thể hiểu là 1234 \
         hoặc là một số thập phân. Nếu là 1234, ghi liền các chữ số; nếu là số thập phân, ghi \
         thêm chữ số 0 ở cuối."
    );
    assert_eq!(
        sentence(&refused, Lang::En),
        "file 06124-na-sam.xlsx, sheet T01-2022, row 12, column D: “1.234” can be read as 1234 or \
         as a decimal. For 1234, write the digits without a separator; for a decimal, add a 0 at \
         its end."
    );
}

#[test]
fn limits_are_printed_with_groups() {
    let refusal = Refusal::TooLarge { what: Limit::Rows, limit: 1_000_000 };
    assert_eq!(
        reason(&refusal, Lang::Vi),
        "Quá lớn: tối đa 1.000.000 hàng. Chia tệp thành nhiều phần."
    );
}

#[test]
fn a_broken_rule_says_its_message_and_the_figures() {
    let refusal = Refusal::RuleBroken(Box::new(breach()));
    assert_eq!(
        reason(&refusal, Lang::Vi),
        "Số giải quyết đúng hạn nhiều hơn số đến hạn (quy tắc B04-tu-mau; đơn vị 06124, \
         tháng 3/2022: B04.tu = trên 1.234,5, B04.mau = 3). Sửa số cho khớp."
    );
    assert_eq!(
        reason(&refusal, Lang::En),
        "More were resolved on time than were due (rule B04-tu-mau; unit 06124, March 2022: \
         B04.tu = over 1,234.5, B04.mau = 3). Correct the numbers so that they agree."
    );
}

#[test]
fn a_value_outside_its_bounds_is_told_what_it_may_be() {
    let refusal = |maximum| Refusal::OutOfBounds {
        text: "-1.500".into(),
        item: "A02".into(),
        minimum: Decimal::new(-12_345, 1),
        maximum,
    };
    assert_eq!(
        reason(&refusal(None), Lang::Vi),
        "“-1.500”: chỉ số A02 chỉ nhận số từ -1.234,5 trở lên. Ghi lại số này."
    );
    assert_eq!(
        reason(&refusal(Some(Decimal::new(10, 1))), Lang::En),
        "“-1.500”: item A02 takes numbers from -1,234.5 to 1. Correct this number."
    );
}
