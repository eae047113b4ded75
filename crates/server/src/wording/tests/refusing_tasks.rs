//! One of each refusal about what is asked of units: tasks, directives, plans, difficulties, urging, files.

use domain::access::Right;
use domain::calling::CallingProblem;
use domain::choosing::ChoosingProblem;
use domain::difficulty;
use domain::directing::DirectingProblem;
use domain::hook::Unfit;
use domain::kept_file::KeepingProblem;
use domain::period::Period;
use domain::picturing::PicturingProblem;
use domain::proposal::Criterion;
use domain::raising::RaisingProblem;
use domain::reaching::ReachingProblem;
use domain::refusal::Refusal;
use domain::secrecy::Secrecy;
use domain::stocktaking::{Said, StocktakingProblem};
use domain::task::{self, ListColumn, Step};
use domain::tasking::{Clarity, TaskingProblem};
use jiff::civil::date;

/// One of each.
pub(super) fn all() -> Vec<Refusal> {
    [
        of_tasks(),
        of_directing(),
        of_calling(),
        of_raising(),
        of_choosing(),
        of_picturing(),
        of_stocktaking(),
        of_reaching(),
        of_keeping(),
    ]
    .concat()
}

fn of_tasks() -> Vec<Refusal> {
    let day = || date(2026, 11, 30);
    let (unit, last) = (|| "xã Bắc Hùng".to_owned(), date(2025, 6, 30));
    let heirs = vec!["06124 xã Na Sầm".to_owned()];
    let problems = vec![
        TaskingProblem::Unclear { what: Clarity::Product },
        TaskingProblem::TooLong { characters_max: 4_000 },
        TaskingProblem::RepeatsWithoutUntil,
        TaskingProblem::UntilWithoutRepeats,
        TaskingProblem::UntilBeforeDeadline { deadline: day(), until: last },
        TaskingProblem::SeriesTooLong { deadlines_max: 60, last: day() },
        TaskingProblem::TeamTooLarge { people_max: 50 },
        TaskingProblem::NotEntitled {
            name: "Hoàng Văn A".into(),
            right: Right::DoTasks,
            unit: unit(),
        },
        TaskingProblem::AccountClosed { name: "Hoàng Văn A".into() },
        TaskingProblem::HelperTwice { unit: unit() },
        TaskingProblem::NobodyLeads,
        TaskingProblem::TooMany { tasks_max: 5_000 },
        TaskingProblem::OutOfReach { unit: unit(), issuer: "xã Hội Hoan".into() },
        TaskingProblem::ConfirmerLeads,
        TaskingProblem::DeadlinePast { deadline: day() },
        TaskingProblem::LeadEnds { unit: unit(), last, heirs: Vec::new() },
        TaskingProblem::LeadEnds { unit: unit(), last, heirs },
        TaskingProblem::WrongState { state: task::State::Done, step: Step::HandIn },
        TaskingProblem::ChangedMeanwhile,
        TaskingProblem::WithoutWords { step: Step::Decline },
        TaskingProblem::WithoutDay,
        TaskingProblem::NotLater { deadline: day() },
        TaskingProblem::OthersTask { name: "Hoàng Văn A".into() },
        TaskingProblem::PartOfOthers { lead: unit(), issuer: "tỉnh Lạng Sơn".into() },
        TaskingProblem::WholeClosed { state: task::State::Done },
        TaskingProblem::OwnWork,
        TaskingProblem::BeforeCutOff {
            deadline: day(),
            period: Period::Quarter(2026, 4),
            cut_off: last,
            first: last,
        },
        TaskingProblem::ColumnsMissing { columns: vec![ListColumn::Work, ListColumn::Deadline] },
        TaskingProblem::ColumnTwice { column: ListColumn::Leads },
        TaskingProblem::NoTaskInList,
        TaskingProblem::NothingChosen,
        TaskingProblem::TooManyChosen { tasks_max: 50 },
    ];
    problems.into_iter().map(Refusal::Tasking).collect()
}

fn of_stocktaking() -> Vec<Refusal> {
    let said = [Said::Place, Said::Chair, Said::Title, Said::Reason, Said::WhyCalledOff];
    let unsaid = said.map(|what| StocktakingProblem::Unsaid { what });
    let others = [
        StocktakingProblem::TooLong { characters_max: 4_000 },
        StocktakingProblem::TooMany { items_max: 60 },
        StocktakingProblem::Confidence,
        StocktakingProblem::ChangedMeanwhile { items: vec![2, 5] },
        StocktakingProblem::FiguresMoved,
        StocktakingProblem::AlreadyFrozen,
        StocktakingProblem::NotFrozen,
        StocktakingProblem::Closed,
        StocktakingProblem::NotClosed,
        StocktakingProblem::CalledOff,
        StocktakingProblem::NothingConcluded,
        StocktakingProblem::NotHeldYet { day: date(2026, 12, 1) },
        StocktakingProblem::TooLongAgo { day: date(2020, 1, 1), first: date(2026, 11, 20) },
        StocktakingProblem::PeriodFrozen,
        StocktakingProblem::CorrectedMeanwhile,
    ];
    unsaid.into_iter().chain(others).map(Refusal::from).collect()
}

fn of_directing() -> Vec<Refusal> {
    let marks = [Secrecy::Secret, Secrecy::TopSecret, Secrecy::UltraSecret];
    let secret = marks.map(|mark| DirectingProblem::Secret { mark });
    let others = [
        DirectingProblem::Circle { numbers: vec!["01-KH/TU".into(), "02-KH/TU".into()] },
        DirectingProblem::EndsBeforeBeginning { from: date(2026, 7, 1) },
        DirectingProblem::NumberTaken { number: "01-KH/TU".into() },
        DirectingProblem::SeveralOfNumber {
            number: "01-KH/TU".into(),
            codes: vec!["01-kh-tu".into(), "01-kh-tu-2".into()],
        },
        DirectingProblem::ChangedMeanwhile,
        DirectingProblem::DayToCome { day: date(2199, 1, 1) },
        DirectingProblem::BeforeWhatItCarriesOut {
            number: "01-KL/TW".into(),
            day: date(2021, 5, 18),
        },
        DirectingProblem::OfAnotherUnit { number: "01-KH/TU".into() },
        DirectingProblem::SavedMeanwhile { text: "Triển khai".into() },
        DirectingProblem::SavedMeanwhile { text: String::new() },
        DirectingProblem::TooLong { characters_max: 1_000 },
    ];
    secret.into_iter().chain(others).map(Refusal::Directing).collect()
}

fn of_raising() -> Vec<Refusal> {
    let unit = || "thôn Nà Mò".to_owned();
    [
        RaisingProblem::WithoutTrouble,
        RaisingProblem::TooLong { characters_max: 300 },
        RaisingProblem::WithoutHolder,
        RaisingProblem::NotAbove { holder: "xã Hội Hoan".into(), unit: unit() },
        RaisingProblem::OthersTask { unit: unit() },
        RaisingProblem::OthersDifficulty { unit: unit() },
        RaisingProblem::SameHolder,
        RaisingProblem::WithoutDay,
        RaisingProblem::DayPast { day: date(2026, 11, 20) },
        RaisingProblem::WithoutWords { step: difficulty::Step::Answer },
        RaisingProblem::WrongState {
            state: difficulty::State::Closed,
            step: difficulty::Step::Answer,
        },
        RaisingProblem::ChangedMeanwhile,
    ]
    .map(Refusal::Raising)
    .to_vec()
}

fn of_choosing() -> Vec<Refusal> {
    let of = |criterion| {
        [ChoosingProblem::WithoutPoints { criterion }, ChoosingProblem::WithoutReason { criterion }]
    };
    let problems = [
        ChoosingProblem::WithoutName,
        ChoosingProblem::WithoutTerm,
        ChoosingProblem::EndsBeforeBeginning,
        ChoosingProblem::WithoutWhy,
        ChoosingProblem::TooLong { characters_max: 300 },
        ChoosingProblem::WithoutRemark,
        ChoosingProblem::WithoutBecause,
        ChoosingProblem::WithoutDocument,
        ChoosingProblem::DecidedLater { day: date(2199, 1, 1) },
        ChoosingProblem::WithoutHead,
        ChoosingProblem::OwnerElsewhere { unit: "xã Na Sầm".into() },
        ChoosingProblem::TooMany { current: 5 },
        ChoosingProblem::ChosenBefore { code: "DP3".into() },
        ChoosingProblem::OfThePlan,
        ChoosingProblem::EndedBefore { on: date(2026, 11, 20) },
        ChoosingProblem::WithoutDay,
        ChoosingProblem::EndsBeforeChosen { chosen_on: date(2026, 11, 20) },
        ChoosingProblem::Decided,
    ];
    let of_each = Criterion::ALL.into_iter().flat_map(of);
    problems.into_iter().chain(of_each).map(Refusal::Choosing).collect()
}

fn of_picturing() -> Vec<Refusal> {
    [
        PicturingProblem::WithoutPicture,
        PicturingProblem::WithoutSide,
        PicturingProblem::WithoutDay,
        PicturingProblem::DayToCome { today: date(2026, 11, 27) },
        PicturingProblem::WithoutCaption,
        PicturingProblem::CaptionTooLong { characters_max: 300 },
        PicturingProblem::Secret { mark: Secrecy::Secret, place: "MẬT.jpg".into() },
        PicturingProblem::OfAnotherUnit { unit: "xã Na Sầm".into() },
        PicturingProblem::Known { caption: "Cổng chợ".into() },
        PicturingProblem::TooMany { most: 20 },
        PicturingProblem::Gone,
        PicturingProblem::WithoutReason,
        PicturingProblem::ReasonTooLong { characters_max: 1_000 },
    ]
    .map(Refusal::from)
    .to_vec()
}

fn of_calling() -> Vec<Refusal> {
    let (unit, day) = (|| "xã Bắc Hùng".to_owned(), date(2026, 11, 30));
    let problems = [
        CallingProblem::NobodyAsked,
        CallingProblem::TooMany { units_max: 5_000 },
        CallingProblem::OutOfReach { unit: unit(), issuer: "xã Hội Hoan".into() },
        CallingProblem::WithoutDay,
        CallingProblem::DuePast { due: day },
        CallingProblem::NotAskedFor,
        CallingProblem::NotAsked { unit: unit() },
        CallingProblem::IssuedLater { day },
        CallingProblem::IssuedBefore { day: date(2010, 1, 1), asked: date(2026, 10, 18) },
        CallingProblem::TooLong { characters_max: 100 },
    ];
    problems.into_iter().map(Refusal::Calling).collect()
}

fn of_reaching() -> Vec<Refusal> {
    [
        ReachingProblem::NobodyLate,
        ReachingProblem::WithoutDays,
        ReachingProblem::WithoutEnd,
        ReachingProblem::NoHour { text: "25".into() },
        ReachingProblem::DayNotToCome { first: date(2026, 11, 28) },
        ReachingProblem::NotAnAddress { text: "can.bo".into() },
        ReachingProblem::UnfitAddress { text: "chat".into(), why: Unfit::NoAddress },
        ReachingProblem::UnfitAddress { text: "http://a.vn".into(), why: Unfit::Open },
        ReachingProblem::UnfitAddress { text: "https://10.0.0.1".into(), why: Unfit::Private },
        ReachingProblem::TooManyHooks { most: 10 },
    ]
    .map(Refusal::from)
    .to_vec()
}

fn of_keeping() -> Vec<Refusal> {
    [
        KeepingProblem::Nothing,
        KeepingProblem::TooLarge,
        KeepingProblem::UnknownKind,
        KeepingProblem::Damaged,
        KeepingProblem::Locked,
        KeepingProblem::Macros,
        KeepingProblem::UnpacksTooLarge,
        KeepingProblem::ReaderStopped,
        KeepingProblem::Secret { mark: Secrecy::Secret, place: "Số: 5/KH (M)".into() },
        KeepingProblem::Known { name: "kế hoạch.pdf".into() },
        KeepingProblem::TooMany,
        KeepingProblem::ReplacesNothing,
        KeepingProblem::Gone,
        KeepingProblem::WithoutReason,
        KeepingProblem::ReasonTooLong,
    ]
    .map(Refusal::from)
    .to_vec()
}
