//! Steps of tasks: what they may say, what they end, who sees what was never given, and what a verification
//! finds of them.

use actions::tasks::give::{Assignment, Giving};
use actions::tasks::step::{WORDS_MAX, Wanted};
use actions::verification::{Trouble, Witnesses};
use domain::access::Actor;
use domain::entrance::EntranceProblem;
use domain::refusal::Refusal;
use domain::task::{State, Step, TaskId};
use domain::tasking::TaskingProblem;
use jiff::civil::{Date, date};
use store::damage::Damage;
use testkit::on_every_engine;

use crate::collecting::{AT, person, refused};
use crate::tasks::{Office, TODAY, at, office, say, tasking};

fn december(day: i8) -> Date {
    date(2026, 12, day)
}

fn until(step: Step, day: Date) -> Wanted {
    Wanted { day: Some(day), ..say(step, "Mưa lũ") }
}

impl Office {
    fn asked_until(&self, task: TaskId) -> Option<Date> {
        self.workspace().task_page(&self.leader, AT, task).unwrap().task.asked_until
    }

    /// The troubles of a verification about tasks and difficulties, with the places of their entries.
    fn troubles(&self) -> Vec<(&'static str, Option<u64>)> {
        let verified = self.workspace().verify(Witnesses::default()).unwrap();
        let said = verified.troubles.into_iter().filter_map(|trouble| match trouble {
            Trouble::RowAltered { position, thing } => Some((thing, "altered", Some(position))),
            Trouble::RowMissing { position, thing } => Some((thing, "missing", Some(position))),
            Trouble::RowExtra { thing } => Some((thing, "extra", None)),
            _ => None,
        });
        // The office's people were put there without the program.
        let said = said.filter(|(thing, ..)| thing.noun != "account" && thing.noun != "grant");
        let said = said.map(|(_, what, position)| (what, position));
        said.collect()
    }
}

#[test]
fn a_step_of_a_task_changed_behind_the_programs_back_is_named() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let officer = &office.commune.officer;
        let task = office.one("X1");
        let given = store_newest(database, task);
        office.step(officer, TODAY, task, until(Step::AskForTime, december(20))).unwrap();
        let asked = store_newest(database, task);
        office.step(officer, TODAY, task, say(Step::HandIn, "Đã dời 40 hộ")).unwrap();
        let handed_in = store_newest(database, task);
        assert_eq!(office.troubles(), [], "{engine}");
        let account = officer.account.as_ref().unwrap().id.0;
        let leader = office.leader.account.as_ref().unwrap().id.0;
        let (done_ms, words) = (AT.now_ms, "Đã dời 40 hộ".to_owned());
        let altered = |step: i64| vec![("altered", u64::try_from(step).ok())];
        let cases = [
            (
                "words",
                Damage::TaskStepWords(handed_in, "Đã dời 4 hộ".to_owned()),
                altered(handed_in),
            ),
            ("words back", Damage::TaskStepWords(handed_in, words), vec![]),
            ("words of a giving", Damage::TaskStepWords(given, "Khẩn".to_owned()), altered(given)),
            ("none again", Damage::TaskStepWords(given, String::new()), vec![]),
            ("day", Damage::TaskStepDay(asked, "2026-12-31".to_owned()), altered(asked)),
            ("day back", Damage::TaskStepDay(asked, "2026-12-20".to_owned()), vec![]),
            ("time", Damage::TaskStepDone(handed_in, 1), altered(handed_in)),
            ("time back", Damage::TaskStepDone(handed_in, done_ms), vec![]),
            ("person", Damage::TaskStepAccount(handed_in, leader), altered(handed_in)),
            ("person back", Damage::TaskStepAccount(handed_in, account), vec![]),
            ("gone", Damage::TaskStepGone(asked), vec![("missing", u64::try_from(asked).ok())]),
        ];
        for (name, damage, expected) in cases {
            let inflicted = database.write_blocking(move |tx| -> Result<u64, store::Error> {
                store::damage::inflict(tx, &damage)
            });
            assert_eq!(inflicted.unwrap(), 1, "{engine}: {name}");
            assert_eq!(office.troubles(), expected, "{engine}: {name}");
        }
    });
}

fn store_newest(database: &store::Database, task: TaskId) -> i64 {
    database.read_blocking(move |tx| store::tasks::newest_of(tx, task)).unwrap()
}

#[test]
fn words_that_are_too_long_and_days_that_are_over_are_refused() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let officer = &office.commune.officer;
        let task = office.one("X1");
        let long = "đ".repeat(WORDS_MAX);
        let taken = office.step(officer, TODAY, task, say(Step::Report, &format!("{long}a")));
        let expected = TaskingProblem::TooLong { characters_max: WORDS_MAX };
        assert_eq!(taken, Err(tasking(expected)), "{engine}");
        let taken = office.step(officer, TODAY, task, say(Step::Report, &long));
        assert_eq!(taken, Ok(State::Underway), "{engine}: the longest words are kept whole");
        let page = office.workspace().task_page(officer, AT, task).unwrap();
        assert_eq!(page.steps.last().unwrap().taken.words, long, "{engine}");
        // On 10 December, ten days after the deadline.
        let over = TaskingProblem::DeadlinePast { deadline: december(9) };
        for (who, step) in [(officer, Step::AskForTime), (&office.leader, Step::Extend)] {
            let taken = office.step(who, december(10), task, until(step, december(9)));
            assert_eq!(taken, Err(tasking(over.clone())), "{engine}: {step:?}");
            let taken = office.step(who, december(10), task, until(step, december(10)));
            assert_eq!(taken, Ok(State::Underway), "{engine}: {step:?} until today");
        }
    });
}

#[test]
fn a_request_for_time_ends_with_what_it_was_asked_for() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let (officer, leader) = (&office.commune.officer, &office.leader);
        let cases = [
            ("declined", officer, Step::Decline),
            ("paused", leader, Step::Pause),
            ("called off", leader, Step::Cancel),
        ];
        for (name, who, step) in cases {
            let task = office.one("X1");
            office.step(officer, TODAY, task, Wanted::plain(Step::Accept)).unwrap();
            office.step(officer, TODAY, task, until(Step::AskForTime, december(20))).unwrap();
            assert_eq!(office.asked_until(task), Some(december(20)), "{engine}: {name}");
            office.step(who, TODAY, task, say(step, "Theo kết luận họp")).unwrap();
            assert_eq!(office.asked_until(task), None, "{engine}: {name}");
            if step == Step::Pause {
                office.step(leader, TODAY, task, Wanted::plain(Step::Resume)).unwrap();
                let page = office.workspace().task_page(leader, AT, task).unwrap();
                assert_eq!(page.task.state, State::Given, "{engine}");
                assert_eq!(page.task.acknowledged_ms, None, "{engine}: it is acknowledged anew");
            }
        }
    });
}

#[test]
fn what_was_never_given_is_seen_by_those_alone_who_may_give_it() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let (officer, workspace) = (&office.commune.officer, office.workspace());
        let draft = Assignment { giving: Giving::Later, ..office.assignment(&["X1"]) };
        let draft = office.give(draft).unwrap().tasks[0];
        let colleague = person(database, "pho-huyen", "leader", "182");
        let unseen = |who: &Actor, case: &str| {
            let refusals = refused(workspace.task_page(who, AT, draft));
            let [Refusal::Entrance(EntranceProblem::NotAllowed { .. })] = refusals[..] else {
                panic!("{engine}: {case}: {refusals:?}");
            };
        };
        assert!(workspace.task_page(&colleague, AT, draft).is_ok(), "{engine}");
        unseen(officer, "a draft");
        office.step(&office.leader, TODAY, draft, say(Step::Cancel, "Không cần nữa")).unwrap();
        unseen(officer, "a draft that was called off");
        let given = office.one("X1");
        assert!(workspace.task_page(officer, at(TODAY), given).is_ok(), "{engine}");
    });
}
