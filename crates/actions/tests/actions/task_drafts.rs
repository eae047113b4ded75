//! Drafts are written over and judged when they are given; a giving names each unit once, people who
//! can do what they are named for, and happens once however often its form is sent.

use std::sync::{Arc, Barrier};
use std::thread;

use actions::tasks::give::{Assignment, Given, Giving, Time};
use actions::tasks::list::Asked;
use actions::tasks::step::Wanted;
use actions::verification::{Trouble, Witnesses};
use domain::access::{AccountId, AccountState, Actor, Right};
use domain::refusal::Refusal;
use domain::task::{Party, State, Step, TaskId, Words};
use domain::tasking::{Clarity, TaskingProblem};
use jiff::civil::date;
use store::grants::NewGrant;
use testkit::on_every_engine;

use crate::collecting::{AT, person, refused};
use crate::tasks::{Office, TODAY, at, office, say, words};

/// Writes down what somebody in a test holds, so that others can name them.
pub(crate) fn granted(database: &store::Database, who: &Actor) -> AccountId {
    let account = who.account.as_ref().unwrap().id;
    for grant in who.grants.clone() {
        let new = NewGrant {
            account,
            role: grant.role.code.clone(),
            unit: grant.unit,
            validity: grant.validity,
            delegated_by: None,
            granted_by: None,
            granted_ms: AT.now_ms,
        };
        let role = grant.role;
        let insert = move |tx: &mut store::WriteTx<'_>| -> Result<i64, store::Error> {
            store::grants::save_role(tx, &role)?;
            store::grants::insert(tx, &new)
        };
        database.write_blocking(insert).unwrap();
    }
    account
}

fn tasking(problem: TaskingProblem) -> Refusal {
    Refusal::Tasking(problem)
}

impl Office {
    fn draft(&self, leads: &[&str], words: Words) -> Given {
        let giving = Giving::Later;
        let draft = Assignment { words, giving, ..self.assignment(leads) };
        self.entrance().give_tasks(&self.leader, AT, draft).unwrap()
    }

    fn rewrite(
        &self,
        (task, seen): (TaskId, i64),
        assignment: Assignment,
    ) -> Result<Given, Vec<Refusal>> {
        let done = self.entrance().rewrite_draft(&self.leader, AT, (task, seen), assignment);
        done.map_err(|error| refused::<()>(Err(error)))
    }

    fn seen(&self, task: TaskId) -> i64 {
        self.commune.office.workspace.draft(&self.leader, AT, task).unwrap().seen
    }
}

#[test]
fn a_draft_is_given_only_when_it_would_be_given_at_once() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let unclear = Words { product: String::new(), ..words("Lập danh sách hộ") };
        let task = office.draft(&["X1"], unclear).tasks[0];
        let give = |day| office.step(&office.leader, day, task, Wanted::plain(Step::Give));
        let product = tasking(TaskingProblem::Unclear { what: Clarity::Product });
        assert_eq!(give(TODAY), Err(vec![product.clone()]), "{engine}");
        let late = date(2026, 12, 1);
        let past = tasking(TaskingProblem::DeadlinePast { deadline: date(2026, 11, 30) });
        assert_eq!(give(late), Err(vec![product, past]), "{engine}: all reasons at once");
        let page = office.commune.office.workspace.task_page(&office.leader, AT, task).unwrap();
        assert!(page.is_rewritable, "{engine}");

        let clear = Assignment { giving: Giving::Later, ..office.assignment(&["X1"]) };
        let saved = office.rewrite((task, office.seen(task)), clear).unwrap();
        assert_eq!(saved.tasks, [task], "{engine}: it stays what it was");
        assert_eq!(give(TODAY), Ok(State::Given), "{engine}");
        let page = office.commune.office.workspace.task_page(&office.leader, AT, task).unwrap();
        assert_eq!(page.brief.words.work, "Di chuyển chợ", "{engine}: the lists know of it");
        let told: Vec<Step> = page.steps.iter().map(|told| told.taken.step).collect();
        assert_eq!(told, [Step::Draft, Step::Draft, Step::Give], "{engine}");
        assert!(!page.is_rewritable, "{engine}");
        let again = office.commune.office.workspace.draft(&office.leader, AT, task);
        let wrong = TaskingProblem::WrongState { state: State::Given, step: Step::Draft };
        assert_eq!(refused(again), [tasking(wrong)], "{engine}");
    });
}

#[test]
fn a_draft_that_is_written_over_gets_the_leads_and_days_it_names_now() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let (workspace, leader) = (&office.commune.office.workspace, &office.leader);
        let drafted = office.draft(&["X1", "X2"], words("Họp dân"));
        let beside = office.one("X2");
        let asked = Asked { brief: Some(drafted.brief), ..Asked::of(office.unit("182")) };
        let list = || {
            let list = workspace.task_list(leader, AT, &asked).unwrap();
            let of = |line: &actions::tasks::list::Line| (line.task.id, line.task.state);
            (list.lines.iter().map(of).collect::<Vec<_>>(), list.lines[0].brief.words.work.clone())
        };
        assert_eq!(list().0.len(), 2, "{engine}");
        let [first, second] = [drafted.tasks[0], drafted.tasks[1]];
        let (day, later) = (date(2026, 11, 30), date(2026, 12, 31));
        let fewer = Assignment {
            words: words("Họp toàn dân"),
            times: vec![Time::By(day)],
            giving: Giving::Later,
            ..office.assignment(&["X2"])
        };
        assert_eq!(office.rewrite((second, office.seen(first)), fewer).unwrap().tasks, [first]);
        let (lines, work) = list();
        assert_eq!(lines, [(first, State::Draft), (second, State::Cancelled)], "{engine}");
        assert_eq!(work, "Họp toàn dân", "{engine}");
        let officer = &office.commune.officer;
        assert!(workspace.task_page(officer, AT, second).is_err(), "{engine}: it never was X1's");

        let more = Assignment {
            times: vec![Time::By(day), Time::By(later)],
            ..office.assignment(&["X1", "X2"])
        };
        let given = office.rewrite((first, office.seen(first)), more).unwrap();
        assert_eq!(given.tasks.len(), 4, "{engine}");
        assert!(given.tasks[1] > beside, "{engine}: of the same brief, with a later number");
        let found: Vec<_> =
            list().0.into_iter().filter(|(_, state)| *state == State::Given).collect();
        assert_eq!(found.len(), 4, "{engine}: {found:?}");
        let together = workspace.task_page(leader, AT, beside).unwrap().together;
        assert_eq!(together.all, 1, "{engine}: what was given between stands alone");
        let troubles = workspace.verify(Witnesses::default()).unwrap().troubles;
        let altered = troubles.iter().filter(|it| matches!(it, Trouble::RowAltered { .. }));
        assert_eq!(altered.count(), 0, "{engine}: the ledger knows of what was written over");
    });
}

#[test]
fn two_people_who_write_a_draft_over_undo_nothing_of_each_other() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let task = office.draft(&["X1"], words("Họp dân")).tasks[0];
        let seen = office.seen(task);
        let write = |work: &str| {
            let giving = Giving::Later;
            let draft = Assignment { words: words(work), giving, ..office.assignment(&["X1"]) };
            office.rewrite((task, seen), draft)
        };
        write("Họp dân hai thôn").unwrap();
        let meanwhile = tasking(TaskingProblem::ChangedMeanwhile);
        assert_eq!(write("Họp dân ba thôn"), Err(vec![meanwhile]), "{engine}");
        let drafted = office.commune.office.workspace.draft(&office.leader, AT, task).unwrap();
        assert_eq!(drafted.brief.words.work, "Họp dân hai thôn", "{engine}");
        let hidden = office.commune.office.workspace.draft(&office.commune.officer, AT, task);
        assert!(
            hidden.is_err(),
            "{engine}: whoever gives in X1 does not write the district's over"
        );
    });
}

#[test]
fn whoever_is_named_can_sign_in_and_may_do_it_there() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let named = |who: &Actor| granted(database, who);
        let (village, officer) = (named(&office.commune.head), named(&office.commune.officer));
        let reporter = named(&person(database, "bao-cao", "reporter", "X1"));
        let closed = named(&person(database, "nghi-huu", "reporter", "X1"));
        database
            .write_blocking(move |tx| -> Result<_, store::Error> {
                store::accounts::set_state(tx, closed, AccountState::Disabled)
            })
            .unwrap();
        let unit = office.unit("X1");
        let lead = |account| Party { unit, account: Some(account) };
        let commune = || "xã Tân Mỹ".to_owned();
        let not_entitled = |name: &str, right| {
            let name = name.to_owned();
            tasking(TaskingProblem::NotEntitled { name, right, unit: commune() })
        };
        let own = |lead: Party, confirmer: Option<AccountId>| Assignment {
            issuer: unit,
            leads: vec![lead],
            confirmer: confirmer.map(|account| Party { unit, account: Some(account) }),
            ..office.assignment(&[])
        };
        let cases = [
            (
                "of a village",
                own(lead(village), Some(officer)),
                not_entitled("thon", Right::DoTasks),
            ),
            (
                "gives none",
                own(lead(officer), Some(reporter)),
                not_entitled("bao-cao", Right::GiveTasks),
            ),
            (
                "cannot sign in",
                own(lead(closed), Some(officer)),
                tasking(TaskingProblem::AccountClosed { name: "nghi-huu".to_owned() }),
            ),
        ];
        for (name, assignment, expected) in cases {
            let given = office.entrance().give_tasks(&office.commune.officer, AT, assignment);
            assert_eq!(refused(given), [expected], "{engine}: {name}");
        }
        // One person is one, whatever unit they are named with.
        let leader = named(&office.leader);
        let both = Assignment {
            leads: vec![lead(officer)],
            confirmer: Some(Party { unit: office.unit("182"), account: Some(officer) }),
            ..office.assignment(&[])
        };
        let given = refused(office.entrance().give_tasks(&office.leader, AT, both));
        assert!(given.contains(&tasking(TaskingProblem::ConfirmerLeads)), "{engine}: {given:?}");
        let two = Assignment {
            leads: vec![lead(officer)],
            confirmer: Some(Party { unit: office.unit("182"), account: Some(leader) }),
            ..office.assignment(&[])
        };
        let task = office.entrance().give_tasks(&office.leader, AT, two).unwrap().tasks[0];
        let hand_over = |lead: Party| {
            let wanted = Wanted { lead: Some(lead), ..say(Step::HandOver, "Đổi người") };
            office.step(&office.leader, TODAY, task, wanted)
        };
        let refusal = hand_over(lead(village));
        assert_eq!(refusal, Err(vec![not_entitled("thon", Right::DoTasks)]), "{engine}");
        assert_eq!(hand_over(lead(reporter)), Ok(State::Given), "{engine}");
    });
}

#[test]
fn a_lead_is_handed_over_below_the_issuer_whoever_confirms() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let above = Party { unit: office.unit("20"), account: None };
        let of_x1 = Assignment {
            issuer: office.unit("X1"),
            confirmer: Some(above),
            ..office.assignment(&["X1-1"])
        };
        let officer = &office.commune.officer;
        let task = office.entrance().give_tasks(officer, AT, of_x1).unwrap().tasks[0];
        let beside = Party { unit: office.unit("X2"), account: None };
        let wanted = Wanted { lead: Some(beside), ..say(Step::HandOver, "Đổi đơn vị") };
        let expected = TaskingProblem::OutOfReach {
            unit: called(&office, "X2"),
            issuer: called(&office, "X1"),
        };
        let taken = office.step(officer, TODAY, task, wanted);
        assert_eq!(taken, Err(vec![tasking(expected)]), "{engine}");
    });
}

/// A unit by kind and name.
fn called(office: &Office, code: &str) -> String {
    let snapshot = office.commune.office.workspace.snapshot().unwrap();
    let name = snapshot.name(office.unit(code), TODAY);
    format!("{} {}", name.kind, name.name)
}

#[test]
fn whoever_helps_is_neither_lead_nor_issuer_and_within_reach() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let helped = |code: &str| {
            let helpers = vec![office.unit(code)];
            let helped = Assignment { helpers, ..office.assignment(&["X1"]) };
            office.entrance().give_tasks(&office.leader, AT, helped)
        };
        for code in ["X1", "182"] {
            let expected = TaskingProblem::HelperTwice { unit: called(&office, code) };
            assert_eq!(refused(helped(code)), [tasking(expected)], "{engine}: {code}");
        }
        let expected = TaskingProblem::OutOfReach {
            unit: called(&office, "20"),
            issuer: called(&office, "182"),
        };
        assert_eq!(refused(helped("20")), [tasking(expected)], "{engine}");
        assert_eq!(helped("X2").unwrap().tasks.len(), 1, "{engine}");
    });
}

#[test]
fn each_lead_gets_one_task_and_one_form_gives_once() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let thrice = office.assignment(&["X1", "X2", "X1"]);
        let given = office.entrance().give_tasks(&office.leader, AT, thrice.clone()).unwrap();
        assert_eq!(given.tasks.len(), 2, "{engine}: X1 was named twice");

        let sent = |work: &str| vec!["number".to_owned(), "7".to_owned(), work.to_owned()];
        let start = Arc::new(Barrier::new(2));
        let send = || {
            let (start, leader) = (Arc::clone(&start), office.leader.clone());
            let (assignment, entrance) = (thrice.clone(), crate::entrance::entrance(database));
            let sent = sent("Họp");
            thread::spawn(move || {
                start.wait();
                entrance.give_tasks_of_form(&leader, AT, &sent, assignment).unwrap()
            })
        };
        let (one, other) = (send(), send());
        let (one, other) = (one.join().unwrap(), other.join().unwrap());
        assert_eq!(one, other, "{engine}: the second leads to what the first gave");
        assert_ne!(one.brief, given.brief, "{engine}");
        let give = |who: &Actor, sent: &[String]| {
            let given = office.entrance().give_tasks_of_form(who, AT, sent, thrice.clone());
            given.map(|given| given.brief)
        };
        assert_eq!(give(&office.leader, &sent("Họp")).unwrap(), one.brief, "{engine}");
        assert_ne!(give(&office.leader, &sent("Họp dân")).unwrap(), one.brief, "{engine}");
        let others = give(&office.commune.officer, &sent("Họp"));
        assert!(others.is_err(), "{engine}: it says nothing to anybody else");
    });
}

#[test]
fn work_is_said_in_one_line_of_three_hundred_characters() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let give = |length: usize| {
            let long =
                Assignment { words: words(&"ộ".repeat(length)), ..office.assignment(&["X1"]) };
            office.entrance().give_tasks(&office.leader, at(TODAY), long)
        };
        let expected = TaskingProblem::TooLong { characters_max: 300 };
        assert_eq!(refused(give(301)), [tasking(expected)], "{engine}");
        assert_eq!(give(300).unwrap().tasks.len(), 1, "{engine}");
    });
}
