//! Reminders by mail: to whom, tried again with growing pauses, and never lost between two notes.

use actions::accounts::Moment;
use actions::entrance::Entrance;
use actions::mailing::Mail;
use actions::tasks::give::{Assignment, Giving, Time};
use actions::urging::delivering::Message;
use actions::workspace::{Opener, Workspace};
use domain::access::{AccountId, Actor, Grant};
use domain::delivery::{Ended, Obstacle, Recipient, State};
use domain::reaching::ReachingProblem;
use domain::refusal::Refusal;
use domain::task::{Origin, Party, Step};
use domain::urging::{Policy, Quiet, standard_policies};
use jiff::civil::{Date, date};
use store::Database;
use store::deliveries::Delivery;
use store::grants::NewGrant;
use testkit::on_every_engine;

use crate::collecting::{AT, person, refused};
use crate::door::{Watch, entries};
use crate::entrance::entrance;
use crate::tasks::{Office, office, say, words};

const MINUTE_MS: i64 = 60_000;
pub(crate) const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Three days before the deadline of the office's tasks.
const DAY: Date = date(2026, 11, 27);

fn mail(address: &str) -> Mail {
    Mail { address: address.to_owned(), language: "vi".to_owned() }
}

fn id(who: &Actor) -> AccountId {
    who.account.as_ref().unwrap().id
}

/// Keeps the roles of people who act in other tests without any that are stored, with an address.
pub(crate) fn reached(database: &Database, who: &Actor, address: &str) {
    let grants = who.grants.clone();
    let kept = database.write_blocking::<_, store::Error>(move |tx| {
        for Grant { account, role, unit, validity, .. } in grants.clone() {
            store::grants::save_role(tx, &role)?;
            let role = role.code;
            let (delegated_by, granted_by, granted_ms) = (None, None, AT.now_ms);
            let new =
                NewGrant { account, role, unit, validity, delegated_by, granted_by, granted_ms };
            store::grants::insert(tx, &new)?;
        }
        Ok(())
    });
    kept.unwrap();
    entrance(database).set_mail(id(who), &mail(address), AT.now_ms).unwrap();
}

/// So many milliseconds after the day's run.
pub(crate) fn after(ms: i64) -> Moment {
    let days = i32::try_from(ms / (24 * HOUR_MS)).unwrap();
    let today = DAY.checked_add(jiff::Span::new().days(days)).unwrap();
    Moment { now_ms: AT.now_ms + ms, today }
}

fn newest(database: &Database) -> Vec<Delivery> {
    let read = database.read_blocking::<_, store::Error>(|tx| store::deliveries::newest(tx, 10));
    read.unwrap()
}

/// Every verb about mails, for the test of the door: one is begun that is needless, one is ended.
pub(crate) fn every_verb(
    watch: &mut Watch<'_>,
    (database, entrance): (&Database, &Entrance),
    chi: AccountId,
) {
    let console = Actor::console();
    let set = || entrance.set_mail(chi, &mail("binh@example.vn"), AT.now_ms);
    watch.run("set_mail", set).unwrap();
    watch.run("set_mail", set).unwrap();
    let empty = || entrance.set_mail_of(&console, chi, &mail(""), AT);
    watch.run("set_mail_of", empty).unwrap();
    let note = || {
        let noted = database.write_blocking::<_, store::Error>(move |tx| {
            store::deliveries::insert(tx, 1, Recipient::Account(chi), AT.now_ms)
        });
        noted.unwrap();
    };
    note();
    let workspace = Workspace::over(database.clone(), Opener::Here);
    watch.run("begin_deliveries", || workspace.begin_deliveries(AT)).unwrap();
    let sending = database.write_blocking::<_, store::Error>(move |tx| {
        let known = store::deliveries::find(tx, 1)?.unwrap();
        store::deliveries::save(tx, &Delivery { state: State::Sending, ..known })
    });
    sending.unwrap();
    watch.run("end_delivery", || workspace.end_delivery(AT, 1, Ended::Taken, Some(250))).unwrap();
}

/// An office whose officer of X1 has an address, reminded of a task.
fn reminded(database: &Database) -> (Office, Actor) {
    let office = office(database);
    let officer = office.commune.officer.clone();
    reached(database, &officer, "can.bo@example.vn");
    // Mails are tried around the clock here; quiet hours have tests of their own.
    for policy in standard_policies() {
        let policy = Policy { quiet: Quiet { from: 0, until: 0 }, ..policy };
        let workspace = &office.commune.office.workspace;
        workspace.save_urging_policy(&Actor::console(), AT, policy).unwrap();
    }
    office.one("X1");
    office.commune.office.workspace.urge(after(0)).unwrap();
    (office, officer)
}

fn told(message: &Message) -> (String, usize) {
    (message.mail.address.clone(), message.lines.len())
}

#[test]
fn a_mail_outlasts_a_day_without_a_server_and_is_given_up_after_three() {
    on_every_engine(|engine, database| {
        let (office, officer) = reminded(database);
        let workspace = &office.commune.office.workspace;
        let begin = |ms| workspace.begin_deliveries(after(ms)).unwrap();
        let down = |ms, message: &Message| {
            let ended = Ended::Unreachable(Obstacle::Silent);
            workspace.end_delivery(after(ms), message.delivery, ended, None).unwrap();
        };
        let first = begin(0);
        let addresses: Vec<_> = first.iter().map(told).collect();
        assert_eq!(addresses.len(), 1, "{engine}: nobody else has an address");
        assert_eq!(addresses[0].0, "can.bo@example.vn", "{engine}");
        assert!(addresses[0].1 >= 1, "{engine}");
        down(0, &first[0]);
        let (mut now, mut pauses) = (0, Vec::new());
        while newest(database)[0].state == State::Waiting {
            let next = newest(database)[0].next_ms - AT.now_ms;
            assert_eq!(begin(next - 1), [], "{engine}: not before its time");
            pauses.push((next - now) / MINUTE_MS);
            now = next;
            match begin(now).as_slice() {
                [] => {}
                [again] => down(now, again),
                more => panic!("{more:?}"),
            }
        }
        assert_eq!(pauses[..6], [5, 15, 60, 240, 480, 480], "{engine}");
        let ended = newest(database).remove(0);
        assert_eq!((ended.state, ended.answer), (State::GivenUp, None), "{engine}");
        assert!(now <= 72 * HOUR_MS && now > 60 * HOUR_MS, "{engine}: {now}");
        assert_eq!(begin(now + 100 * HOUR_MS), [], "{engine}");
        let lines = workspace.deliveries(&officer, after(now), office.unit("X1")).unwrap();
        assert_eq!(lines[0].delivery, ended, "{engine}: the page tells");
        let beside = &office.commune.beside;
        let other = workspace.deliveries(beside, after(now), office.unit("X2")).unwrap();
        assert_eq!(other, [], "{engine}: to people there only");
    });
}

#[test]
fn a_mail_whose_end_was_not_noted_goes_out_again_under_the_same_mark_until_it_is() {
    on_every_engine(|engine, database| {
        let (office, _) = reminded(database);
        let workspace = &office.commune.office.workspace;
        let begin = |ms| workspace.begin_deliveries(after(ms)).unwrap();
        let mark = |message: &Message| (message.delivery, message.noted_ms);
        // The program ends here, between sending and noting it.
        let first = mark(&begin(0)[0]);
        assert_eq!(newest(database)[0].state, State::Sending, "{engine}");
        assert_eq!(begin(MINUTE_MS), [], "{engine}");
        assert_eq!(mark(&begin(6 * MINUTE_MS)[0]), first, "{engine}");
        let end =
            |ended| workspace.end_delivery(after(HOUR_MS), first.0, ended, Some(250)).unwrap();
        end(Ended::Taken);
        end(Ended::Failed);
        let known = newest(database).remove(0);
        assert_eq!((known.state, known.tries), (State::Arrived, 2), "{engine}: it stays arrived");
        assert_eq!(begin(70 * HOUR_MS), [], "{engine}");
        // A run that makes nothing new notes nothing new.
        workspace.urge(after(HOUR_MS)).unwrap();
        assert_eq!(newest(database).len(), 1, "{engine}");
    });
}

#[test]
fn nobody_gets_a_mail_about_what_is_done_or_what_is_not_theirs() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let workspace = &office.commune.office.workspace;
        let entrance = entrance(database);
        let named = person(database, "dich-danh", "reporter", "X1");
        let people =
            [&office.commune.officer, &office.commune.beside, &office.commune.head, &named];
        for (number, who) in people.into_iter().enumerate() {
            reached(database, who, &format!("p{number}@example.vn"));
        }
        // One task names a person, and quarters are owed by both communes.
        let lead = Party { unit: office.unit("X1"), account: Some(id(&named)) };
        let assignment = Assignment {
            issuer: office.unit("182"),
            origin: Origin::default(),
            words: words("Di chuyển chợ"),
            leads: vec![lead],
            helpers: Vec::new(),
            team: Vec::new(),
            confirmer: None,
            times: vec![Time::By(date(2026, 11, 30))],
            giving: Giving::Now,
        };
        let task = entrance.give_tasks(&office.leader, AT, assignment).unwrap().tasks[0];
        workspace.urge(after(0)).unwrap();
        let messages = workspace.begin_deliveries(after(0)).unwrap();
        let work = |message: &Message| {
            let lines = message.lines.iter();
            lines.filter(|line| format!("{:?}", line.about).contains("chợ")).count()
        };
        let of = |address: &str| messages.iter().find(|one| one.mail.address == address);
        assert_eq!(of("p3@example.vn").map(work), Some(1), "{engine}: the one who was named");
        for other in ["p0@example.vn", "p1@example.vn", "p2@example.vn"] {
            assert_eq!(of(other).map_or(0, work), 0, "{engine}: {other}");
        }
        for message in &messages {
            let ended = Ended::Failed;
            workspace.end_delivery(after(0), message.delivery, ended, Some(451)).unwrap();
        }
        // It is done before the mail goes out, and so are the quarters' sender's rights.
        office.step(&named, DAY, task, say(Step::HandIn, "Xong")).unwrap();
        let later = workspace.begin_deliveries(after(6 * MINUTE_MS)).unwrap();
        let again = later.iter().find(|one| one.mail.address == "p3@example.vn");
        assert_eq!(again.map_or(0, work), 0, "{engine}: what is done is not in it any more");
    });
}

#[test]
fn an_address_is_checked_kept_and_only_committed_to() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let (entrance, head) = (entrance(database), id(&office.commune.head));
        let wrong = entrance.set_mail(head, &mail("a@example.vn, b@example.vn"), AT.now_ms);
        let text = "a@example.vn, b@example.vn".to_owned();
        let expected = vec![Refusal::Reaching(ReachingProblem::NotAnAddress { text })];
        assert_eq!(refused(wrong), expected, "{engine}");
        reached(database, &office.commune.head, " thon@example.vn ");
        assert_eq!(entrance.mail(head).unwrap(), Some(mail("thon@example.vn")), "{engine}");
        let entry = entries(database).pop().unwrap();
        assert_eq!(entry.action, "account.set-mail", "{engine}");
        assert!(!String::from_utf8_lossy(&entry.leaf).contains("thon@"), "{engine}");
        let beside = entrance.set_mail_of(&office.commune.beside, head, &mail(""), AT);
        assert!(format!("{beside:?}").contains("NotAllowed"), "{engine}: {beside:?}");
        entrance.set_mail_of(&Actor::console(), head, &mail(""), AT).unwrap();
        assert_eq!(entrance.mail(head).unwrap(), None, "{engine}: emptied");
    });
}
