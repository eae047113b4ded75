//! One step over several tasks: each is judged on its own, and twice does it once.

use actions::tasks::step::Wanted;
use actions::tasks::together::{Outcome, TASKS_MAX};
use domain::access::{Actor, Right};
use domain::entrance::EntranceProblem;
use domain::refusal::{Noun, Refusal};
use domain::task::{Party, State, Step, TaskId};
use domain::tasking::TaskingProblem;
use jiff::civil::date;
use testkit::on_every_engine;

use crate::collecting::{AT, person, refused};
use crate::task_drafts::granted;
use crate::tasks::{Office, TODAY, office, say};

/// What became of each, the reasons alone.
#[derive(Debug, PartialEq)]
enum Became {
    Taken,
    Before,
    Not(Vec<Refusal>),
}

fn take(office: &Office, who: &Actor, tasks: &[TaskId], wanted: Wanted) -> Vec<Became> {
    let each = tasks.iter().map(|task| (*task, None)).collect();
    let taken = office.entrance().take_steps(who, AT, each, wanted).unwrap();
    let became = taken.into_iter().map(|outcome| match outcome {
        Outcome::Taken => Became::Taken,
        Outcome::TakenBefore => Became::Before,
        Outcome::Refused(reasons) => Became::Not(reasons.into_iter().map(|it| it.why).collect()),
    });
    became.collect()
}

fn not(problem: TaskingProblem) -> Became {
    Became::Not(vec![Refusal::Tasking(problem)])
}

fn states(office: &Office, tasks: &[TaskId]) -> Vec<State> {
    let workspace = &office.commune.office.workspace;
    let one = |task: &TaskId| workspace.task_page(&office.leader, AT, *task).unwrap().task.state;
    tasks.iter().map(one).collect()
}

#[test]
fn each_task_takes_the_step_or_says_why_not_and_twice_does_it_once() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let officer = &office.commune.officer;
        let other = person(database, "nguoi-khac", "reporter", "X1");
        let named = Party { unit: office.unit("X1"), account: Some(granted(database, &other)) };
        let tasks = [office.one("X1"), office.led_by(named), office.one("X1"), TaskId(999)];
        office.step(officer, TODAY, tasks[2], say(Step::Report, "Đã họp dân")).unwrap();
        let ledger = || {
            let size: Result<u64, store::Error> = database.read_blocking(store::ledger::size);
            size.unwrap()
        };

        let before = ledger();
        let accept = || Wanted::plain(Step::Accept);
        let others = not(TaskingProblem::OthersTask { name: "nguoi-khac".to_owned() });
        let wrong = TaskingProblem::WrongState { state: State::Underway, step: Step::Accept };
        let missing = Refusal::NotFound { noun: Noun::Task, key: "999".to_owned() };
        let first = take(&office, officer, &tasks, accept());
        let expected = [Became::Taken, others, not(wrong), Became::Not(vec![missing])];
        assert_eq!(first, expected, "{engine}");
        assert_eq!(ledger(), before + 1, "{engine}: an entry for the one that was accepted");
        let again = take(&office, officer, &tasks[..1], accept());
        assert_eq!(again, [Became::Before], "{engine}");
        assert_eq!(ledger(), before + 1, "{engine}");
        let workspace = &office.commune.office.workspace;
        let seen = workspace.chosen_tasks(officer, AT, &tasks[..1]).unwrap()[0].seen;
        let known =
            office.entrance().take_steps(officer, AT, vec![(tasks[0], Some(seen))], accept());
        let known = known.unwrap();
        let is_told = matches!(&known[..], [Outcome::Refused(_)]);
        assert!(is_told, "{engine}: whoever has seen that it was done: {known:?}");
        assert_eq!(
            states(&office, &tasks[..3]),
            [State::Accepted, State::Given, State::Underway],
            "{engine}"
        );
    });
}

#[test]
fn a_reason_and_a_day_are_said_once_for_all_and_without_them_nothing_is_done() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let workspace = &office.commune.office.workspace;
        let tasks: Vec<TaskId> = ["X1", "X2", "X1-1"].map(|lead| office.one(lead)).into();
        let each = || tasks.iter().map(|task| (*task, None)).collect::<Vec<_>>();
        let problem = |wanted| {
            let taken = office.entrance().take_steps(&office.leader, AT, each(), wanted);
            refused::<Vec<Outcome>>(taken)
        };
        let tasking = |problem| vec![Refusal::Tasking(problem)];
        let wordless = tasking(TaskingProblem::WithoutWords { step: Step::Pause });
        assert_eq!(problem(say(Step::Pause, "  ")), wordless, "{engine}");
        let dayless = tasking(TaskingProblem::WithoutDay);
        assert_eq!(problem(say(Step::Extend, "Mưa lớn")), dayless, "{engine}");
        assert_eq!(states(&office, &tasks), [State::Given; 3], "{engine}");

        let extend = || Wanted { day: Some(date(2026, 12, 20)), ..say(Step::Extend, "Mưa lớn") };
        let taken = take(&office, &office.leader, &tasks, extend());
        assert_eq!(taken, [Became::Taken, Became::Taken, Became::Taken], "{engine}");
        let again = take(&office, &office.leader, &tasks, extend());
        assert_eq!(again, [Became::Before, Became::Before, Became::Before], "{engine}");
        let page = workspace.task_page(&office.leader, AT, tasks[2]).unwrap();
        let told: Vec<&str> = page.steps.iter().map(|told| told.taken.words.as_str()).collect();
        assert_eq!(told, ["", "Mưa lớn"], "{engine}: once each");
        assert_eq!(page.task.deadline, Some(date(2026, 12, 20)), "{engine}");
    });
}

#[test]
fn whoever_may_not_changes_nothing_and_is_noted_and_what_moved_on_is_left() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let workspace = &office.commune.office.workspace;
        let officer = &office.commune.officer;
        let tasks: Vec<TaskId> = vec![office.one("X1"), office.one("X1")];
        let may_not = EntranceProblem::NotAllowed { right: Right::GiveTasks };
        let cancel = || say(Step::Cancel, "Quyết định số 5");
        let denied = || Became::Not(vec![Refusal::Entrance(may_not.clone())]);
        assert_eq!(take(&office, officer, &tasks, cancel()), [denied(), denied()], "{engine}");
        let noted: Result<bool, store::Error> = database.read_blocking(|tx| {
            let right = Right::GiveTasks.code();
            Ok(store::ledger::newest_of(tx, "right", right)?.is_some())
        });
        assert!(noted.unwrap(), "{engine}");

        let chosen = workspace.chosen_tasks(&office.leader, AT, &tasks).unwrap();
        assert!(chosen.iter().all(|one| one.possible.contains(&Step::Cancel)), "{engine}");
        office.step(officer, TODAY, tasks[0], Wanted::plain(Step::Accept)).unwrap();
        let seen = chosen.iter().map(|one| (one.line.task.id, Some(one.seen))).collect();
        let taken = office.entrance().take_steps(&office.leader, AT, seen, cancel()).unwrap();
        assert!(matches!(&taken[..], [Outcome::Refused(_), Outcome::Taken]), "{engine}: {taken:?}");
        assert_eq!(states(&office, &tasks), [State::Accepted, State::Cancelled], "{engine}");
    });
}

#[test]
fn a_page_of_tasks_is_the_most_and_none_is_too_few() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let accept = || Wanted::plain(Step::Accept);
        let take = |tasks: Vec<TaskId>| {
            let each = tasks.iter().map(|task| (*task, None)).collect();
            let taken = office.entrance().take_steps(&office.leader, AT, each, accept());
            refused::<Vec<Outcome>>(taken)
        };
        let none = vec![Refusal::Tasking(TaskingProblem::NothingChosen)];
        assert_eq!(take(Vec::new()), none, "{engine}");
        let many = TaskingProblem::TooManyChosen { tasks_max: TASKS_MAX };
        let many = vec![Refusal::Tasking(many)];
        assert_eq!(take(vec![office.one("X1"); TASKS_MAX + 1]), many, "{engine}");
    });
}
