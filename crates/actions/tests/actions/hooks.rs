//! Webhooks: who makes them, what they are sent and when they end.

use actions::entrance::Entrance;
use actions::urging::hooks::{NewHook, Post};
use actions::verification::{Trouble, Witnesses};
use domain::access::{Actor, Right};
use domain::delivery::{Ended, State};
use domain::entrance::EntranceProblem;
use domain::hook::{HOOKS_MAX, HookId, Reach, Unfit};
use domain::reaching::ReachingProblem;
use domain::refusal::{Noun, Refusal};
use domain::unit::UnitId;
use store::Database;
use store::damage::Damage;
use store::deliveries::Delivery;
use testkit::on_every_engine;

use crate::collecting::{AT, person, refused};
use crate::door::{Watch, entries};
use crate::mailing::after;
use crate::tasks::{Office, office};

pub(crate) const ADDRESS: &str = "https://chat.example.vn/hook?key=bi-mat";

pub(crate) fn new(unit: UnitId, address: &str) -> NewHook {
    NewHook { unit, address: address.to_owned(), language: "vi".to_owned() }
}

fn newest(database: &Database) -> Vec<Delivery> {
    let read = database.read_blocking::<_, store::Error>(|tx| store::deliveries::newest(tx, 10));
    read.unwrap()
}

/// Every verb about webhooks, for the test of the door: one that is sent to is gone.
pub(crate) fn every_verb(watch: &mut Watch<'_>, database: &Database, entrance: &Entrance) {
    let console = Actor::console();
    let unit = crate::setup::Office::empty(database).workspace.find_unit("182", None).unwrap();
    let make = || entrance.make_hook(&console, AT, &new(unit, ADDRESS), Reach::Public);
    watch.run("make_hook", make).unwrap();
    watch.run("end_hook", || entrance.end_hook(&console, AT, HookId(1))).unwrap();
    let note = |run| {
        let to = domain::delivery::Recipient::Hook(HookId(1));
        let noted = database.write_blocking::<_, store::Error>(move |tx| {
            store::deliveries::insert(tx, run, to, AT.now_ms)
        });
        noted.unwrap();
    };
    note(2);
    watch.run("begin_posts", || entrance.begin_posts(AT)).unwrap();
    let newest = newest(database).remove(0);
    let id = newest.id;
    let sending = database.write_blocking::<_, store::Error>(move |tx| {
        store::deliveries::save(tx, &Delivery { state: State::Sending, ..newest.clone() })
    });
    sending.unwrap();
    watch.run("end_post", || entrance.end_post(AT, id, Ended::Taken, Some(200))).unwrap();
}

/// An office with a planner of the district, and a webhook of it.
fn hooked(database: &Database, unit: &str) -> (Office, Actor) {
    let office = office(database);
    let planner = person(database, "ke-hoach", "planner", "182");
    let unit = office.unit(unit);
    office.entrance().make_hook(&planner, AT, &new(unit, ADDRESS), Reach::Public).unwrap();
    (office, planner)
}

fn about(post: &Post) -> Vec<String> {
    post.lines.iter().map(|line| format!("{:?}", line.about)).collect()
}

#[test]
fn a_webhook_gets_what_a_unit_and_those_below_are_reminded_of_once_a_run() {
    on_every_engine(|engine, database| {
        let (office, _) = hooked(database, "X1");
        let entrance = office.entrance();
        let workspace = &office.commune.office.workspace;
        for commune in ["X1", "X2"] {
            office.one(commune);
        }
        workspace.urge(after(0)).unwrap();
        let posts = entrance.begin_posts(after(0)).unwrap();
        let [post] = &posts[..] else { panic!("{engine}: {}", posts.len()) };
        assert_eq!((post.address.as_str(), post.unit.code.as_str()), (ADDRESS, "X1"), "{engine}");
        assert_eq!(post.secret.len(), 32, "{engine}");
        let tasks = about(post).into_iter().filter(|about| about.starts_with("Task")).count();
        assert_eq!(tasks, 1, "{engine}: not the neighbour's: {:?}", about(post));
        let forms = post.lines.iter().filter(|line| line.units.iter().any(|it| it.code == "X1-1"));
        assert!(forms.count() > 0, "{engine}: its villages owe figures: {:?}", about(post));

        // Nobody noted how it ended: it goes out again under the same mark.
        let again = entrance.begin_posts(after(10 * 60_000)).unwrap();
        let mark = |post: &Post| (post.delivery, post.noted_ms);
        assert_eq!(again.iter().map(mark).collect::<Vec<_>>(), [mark(post)], "{engine}");
        entrance.end_post(after(10 * 60_000), post.delivery, Ended::Taken, Some(204)).unwrap();
        workspace.urge(after(11 * 60_000)).unwrap();
        assert!(entrance.begin_posts(after(40 * 60_000)).unwrap().is_empty(), "{engine}: once");
        let known = newest(database).remove(0);
        assert_eq!((known.state, known.answer, known.tries), (State::Arrived, Some(204), 2));
    });
}

#[test]
fn one_that_is_gone_for_good_is_ended_and_one_that_fails_is_tried_again() {
    on_every_engine(|engine, database| {
        let (office, planner) = hooked(database, "182");
        let entrance = office.entrance();
        office.one("X1");
        office.commune.office.workspace.urge(after(0)).unwrap();
        let first = entrance.begin_posts(after(0)).unwrap().remove(0);
        entrance.end_post(after(0), first.delivery, Ended::Failed, Some(503)).unwrap();
        let known = newest(database).remove(0);
        assert_eq!((known.state, known.answer), (State::Waiting, Some(503)), "{engine}");
        assert!(entrance.begin_posts(after(60_000)).unwrap().is_empty(), "{engine}: not yet");
        let again = entrance.begin_posts(after(6 * 60_000)).unwrap().remove(0);
        assert_eq!(again.delivery, first.delivery, "{engine}");
        assert_eq!(entrance.hooks(&planner, AT).unwrap().len(), 1, "{engine}");
        entrance.end_post(after(6 * 60_000), again.delivery, Ended::Gone, Some(410)).unwrap();
        assert_eq!(entrance.hooks(&planner, AT).unwrap(), [], "{engine}: it is ended");
        assert_eq!(entries(database).pop().unwrap().action, "hook.end", "{engine}");
        let gone = entrance.end_hook(&planner, AT, HookId(1));
        let unknown = Refusal::NotFound { noun: Noun::Hook, key: "1".to_owned() };
        assert_eq!(refused(gone), [unknown], "{engine}");
        assert!(entrance.begin_posts(after(60 * 60_000)).unwrap().is_empty(), "{engine}");
    });
}

#[test]
fn only_planners_of_a_unit_make_webhooks_and_only_to_addresses_that_may_be_sent_to() {
    on_every_engine(|engine, database| {
        let (office, planner) = hooked(database, "182");
        let entrance = office.entrance();
        let unit = office.unit("182");
        let make = |who: &Actor, address: &str| {
            refused(entrance.make_hook(who, AT, &new(unit, address), Reach::Public))
        };
        let unfit = |text: &str, why| {
            let text = text.to_owned();
            vec![Refusal::Reaching(ReachingProblem::UnfitAddress { text, why })]
        };
        for (text, why) in [
            ("chat.example.vn", Unfit::NoAddress),
            ("http://chat.example.vn", Unfit::Open),
            ("https://169.254.169.254/", Unfit::Private),
        ] {
            assert_eq!(make(&planner, text), unfit(text, why), "{engine}");
        }
        let not = vec![Refusal::from(EntranceProblem::NotAllowed { right: Right::ManagePlan })];
        assert_eq!(make(&office.leader, ADDRESS), not, "{engine}");
        let ended = entrance.end_hook(&office.leader, AT, HookId(1));
        assert_eq!(refused(ended), not, "{engine}");
        assert_eq!(entrance.hooks(&office.leader, AT).unwrap(), [], "{engine}");
        for _ in 1..HOOKS_MAX {
            entrance.make_hook(&planner, AT, &new(unit, ADDRESS), Reach::Public).unwrap();
        }
        let many = Refusal::Reaching(ReachingProblem::TooManyHooks { most: HOOKS_MAX });
        assert_eq!(make(&planner, ADDRESS), [many], "{engine}");
        // The ledger commits to the address and the secret, and names neither.
        for entry in entries(database).iter().filter(|entry| entry.noun == "hook") {
            let leaf = String::from_utf8_lossy(&entry.leaf);
            assert!(!leaf.contains("chat.example.vn") && leaf.contains("secret"), "{engine}");
        }
    });
}

#[test]
fn a_webhook_whose_address_was_changed_in_the_database_is_named() {
    on_every_engine(|engine, database| {
        let (office, _) = hooked(database, "182");
        let workspace = &office.commune.office.workspace;
        let altered = || {
            let verified = workspace.verify(Witnesses::default()).unwrap();
            let things = verified.troubles.into_iter().filter_map(|trouble| match trouble {
                Trouble::RowAltered { thing, .. } => Some(thing.noun),
                _ => None,
            });
            things.collect::<Vec<_>>()
        };
        assert_eq!(altered(), [] as [&str; 0], "{engine}");
        let damage = Damage::HookAddress(1, "https://other.example.vn".to_owned());
        let inflicted: Result<u64, store::Error> =
            database.write_blocking(move |tx| store::damage::inflict(tx, &damage));
        inflicted.unwrap();
        assert_eq!(altered(), ["hook"], "{engine}");
    });
}
