//! Urging over the days: each reminder once, of what was missed the newest, and the superior in the end.

use actions::accounts::Moment;
use actions::tasks::step::Wanted;
use actions::urging::letter::{Counts, Late, LateLine};
use actions::urging::page::{About, Outcome};
use actions::workspace::Workspace;
use domain::access::Actor;
use domain::reaching::ReachingProblem;
use domain::refusal::Refusal;
use domain::task::Step;
use domain::unit::UnitId;
use domain::urging::{Audience, Policy, Subject, standard_policies};
use jiff::civil::{Date, date};
use store::urging::Reminder;
use testkit::on_every_engine;

use crate::collecting::{AT, occasion, refused};
use crate::door::Watch;
use crate::tasks::{TODAY, office, say};

fn at(day: Date) -> Moment {
    Moment { today: day, ..AT }
}

/// Every verb about urging, for the test of the door.
pub(crate) fn every_verb(watch: &mut Watch<'_>, workspace: &Workspace) {
    let policy = || Policy {
        subject: Subject::Task,
        offsets: vec![0],
        every: None,
        escalates_at: None,
        lasts_days: 10,
        ..standard_policies().remove(0)
    };
    let save = || workspace.save_urging_policy(&Actor::console(), AT, policy());
    watch.run("save_urging_policy", save).unwrap();
    watch.run("urge", || workspace.urge(at(date(2025, 3, 6)))).unwrap();
    watch.run("urge", || workspace.urge(at(date(2025, 3, 6)))).unwrap();
}

#[test]
fn a_task_is_urged_on_its_days_once_each_and_the_issuer_learns_of_it_in_the_end() {
    on_every_engine(|engine, database| {
        let office = office(database);
        // Nobody collects figures here.
        let none = Policy {
            subject: Subject::Submission,
            offsets: Vec::new(),
            every: None,
            escalates_at: None,
            lasts_days: 0,
            ..standard_policies().remove(0)
        };
        let workspace = &office.commune.office.workspace;
        workspace.save_urging_policy(&Actor::console(), AT, none).unwrap();
        let task = office.one("X1");
        let made = |day: Date| workspace.urge(at(day)).unwrap().made;
        let (november, december) = (|day| date(2026, 11, day), |day| date(2026, 12, day));
        // Due on 30 November.
        let table = [
            (november(22), 0),
            (november(23), 1),
            (november(23), 0),
            (november(26), 0),
            (november(27), 1),
            (november(29), 1),
            (november(30), 1),
            (december(1), 1),
            (december(2), 0),
            // The lead and whoever gave it.
            (december(3), 2),
            (december(3), 0),
            // Off for a week: of all that was missed only the newest.
            (december(12), 2),
            (december(13), 0),
        ];
        for (day, expected) in table {
            assert_eq!(made(day), expected, "{engine}: {day}");
        }
        let told = workspace.reminders_of_task(task).unwrap();
        let to: Vec<(i16, Audience)> = told.iter().map(|one| (one.offset, one.audience)).collect();
        use Audience::{Lead, Superior};
        let expected = [
            (-7, Lead),
            (-3, Lead),
            (-1, Lead),
            (0, Lead),
            (1, Lead),
            (3, Lead),
            (3, Superior),
            (12, Lead),
            (12, Superior),
        ];
        assert_eq!(to, expected, "{engine}");

        // Another deadline has reminders of its own.
        let extend = Wanted { day: Some(december(20)), ..say(Step::Extend, "Đồng ý") };
        office.step(&office.leader, december(13), task, extend).unwrap();
        assert_eq!(made(december(13)), 1, "{engine}: seven days before the new deadline");
        let officer = &office.commune.officer;
        office.step(officer, december(14), task, say(Step::HandIn, "Xong")).unwrap();
        assert_eq!(made(december(19)), 0, "{engine}: what was handed in is urged no more");
        let district = office.unit("182");
        let log = workspace.reminders(&office.leader, at(december(19)), district, None).unwrap();
        assert_eq!(log.len(), 10, "{engine}");
        assert_eq!(log[0].about, About::Task(task, "Di chuyển chợ".to_owned()), "{engine}");
        assert_eq!(log[0].outcome, Outcome::Done(december(14)), "{engine}: it helped");
        let beside =
            workspace.reminders(&office.commune.beside, at(TODAY), office.unit("X2"), None);
        assert_eq!(beside.unwrap(), [], "{engine}");
    });
}

#[test]
fn a_villages_log_is_found_behind_thousands_of_reminders_to_others() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let workspace = &office.commune.office.workspace;
        let reminder = |id: i64, unit: UnitId| Reminder {
            id,
            run: 1,
            subject: Subject::Submission,
            thing: format!("thang/{}/{id}", unit.0),
            deadline: TODAY,
            offset: 0,
            audience: Audience::Lead,
            unit,
            account: None,
            made_ms: AT.now_ms,
        };
        let (own, other) = (office.unit("X1-1"), office.unit("X2-1"));
        let mut all = vec![reminder(1, own)];
        all.extend((2..3_000).map(|id| reminder(id, other)));
        let inserted = database.write_blocking(move |tx| -> Result<_, store::Error> {
            store::urging::insert(tx, &all)
        });
        inserted.unwrap();
        let log = workspace.reminders(&office.commune.head, AT, own, None).unwrap();
        assert_eq!(log.iter().map(|line| line.id).collect::<Vec<_>>(), [1], "{engine}");
    });
}

#[test]
fn villages_that_owe_figures_are_urged_and_so_is_their_commune() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let workspace = &office.commune.office.workspace;
        // October is due on 5 November, four villages owe it. Two communes owe the third quarter since
        // 5 October: they and the district are reminded every three days.
        let quarter = 4;
        let made = |day: i8| workspace.urge(at(date(2026, 11, day))).unwrap().made;
        assert_eq!(made(5), 4 + quarter, "{engine}");
        assert_eq!(made(8), 8 + quarter, "{engine}: three days late, the communes too");
        office.commune.send(1, &[("A01", "3")]).unwrap();
        assert_eq!(made(11), 6 + quarter, "{engine}: nobody urges who has sent");
        let head = &office.commune.head;
        let log = workspace.reminders(head, at(date(2026, 11, 11)), office.unit("X1-1"), None);
        let outcomes: Vec<(i16, Outcome)> =
            log.unwrap().into_iter().map(|line| (line.offset, line.outcome)).collect();
        assert_eq!(outcomes, [(3, Outcome::DoneSome), (0, Outcome::DoneSome)], "{engine}");
        let district = office.unit("182");
        let log = workspace.reminders(&office.leader, at(date(2026, 11, 11)), district, None);
        let log = log.unwrap();
        let mut sums: Vec<(i16, Audience, usize, usize)> = log
            .iter()
            .filter(|line| matches!(&line.about, About::Submission { form, .. } if form == "thang"))
            .map(|line| (line.offset, line.audience, line.count, line.helped))
            .collect();
        sums.sort_unstable();
        let expected = [
            (0, Audience::Lead, 4, 1),
            (3, Audience::Lead, 4, 1),
            (3, Audience::Superior, 4, 1),
            (6, Audience::Lead, 3, 0),
            (6, Audience::Superior, 3, 0),
        ];
        assert_eq!(sums, expected, "{engine}: a run is one line for a form");
    });
}

#[test]
fn a_locked_period_is_urged_no_more_until_it_is_opened_again() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let workspace = &office.commune.office.workspace;
        let quarter = 4;
        let made = |day: i8| workspace.urge(at(date(2026, 11, day))).unwrap().made;
        let month = |unit| occasion(workspace, unit, "2026-10");
        let (officer, reason) = (&office.commune.officer, || "Đã chốt".to_owned());
        workspace.lock_period(officer, AT, month("X1"), reason()).unwrap();
        assert_eq!(made(5), 2 + quarter, "{engine}: the villages of the other commune");
        let until = date(2026, 11, 30);
        workspace.open_period(officer, AT, month("X1-1"), until, reason()).unwrap();
        let and_others = "one of the two, and the others a day after";
        assert_eq!(made(6), 3 + quarter, "{engine}: {and_others}");
    });
}

#[test]
fn a_letter_names_what_is_late_below_by_the_units_that_it_goes_to() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let workspace = &office.commune.office.workspace;
        let (today, unit) = (date(2026, 12, 8), office.unit("182"));
        let write = |who: &Actor, unit, by| workspace.urging_letter(who, at(today), unit, by);
        let task = office.one("X1-1");
        office.one("X2");
        let mut longer = say(Step::Extend, "Đồng ý");
        longer.day = Some(date(2026, 12, 1));
        office.step(&office.leader, TODAY, task, longer).unwrap();

        let letter = write(&office.leader, unit, None).unwrap();
        assert_eq!(letter.by, date(2026, 12, 15), "{engine}: five working days, over a week-end");
        let to: Vec<&str> = letter.addressees.iter().map(|unit| unit.code.as_str()).collect();
        assert_eq!(to, ["X1", "X2"], "{engine}");
        assert_eq!(letter.parent.map(|unit| unit.code), Some("20".to_owned()), "{engine}");
        let told = |line: &LateLine| {
            let what = match &line.what {
                Late::Task { lead, .. } => format!("task of {}", lead.code),
                Late::Plan { of, .. } => format!("plan of {}", of.code),
                Late::Form { name, periods, count, .. } => {
                    let periods: Vec<String> = periods.iter().map(ToString::to_string).collect();
                    format!("{} {} {count}", name.en, periods.join(" "))
                }
            };
            format!(
                "{}: {what}, {} {} {}",
                line.unit.code, line.first_deadline, line.deadline, line.days
            )
        };
        let told: Vec<String> = letter.lines.iter().map(told).collect();
        let expected = [
            "X1: task of X1-1, 2026-11-30 2026-12-01 7",
            "X1: Quarterly 2026-Q3 1, 2026-10-10 2026-10-10 59",
            "X1: Monthly 2026-11 2, 2026-12-05 2026-12-05 3",
            "X2: task of X2, 2026-11-30 2026-11-30 8",
            "X2: Quarterly 2026-Q3 1, 2026-10-10 2026-10-10 59",
            "X2: Monthly 2026-11 2, 2026-12-05 2026-12-05 3",
        ];
        assert_eq!(told, expected, "{engine}");

        let of_commune = write(&office.commune.officer, office.unit("X1"), None).unwrap();
        assert_eq!(of_commune.addressees.len(), 2, "{engine}: its villages");
        let beyond = write(&office.commune.officer, unit, None);
        assert!(format!("{beyond:?}").contains("NotAllowed"), "{engine}: {beyond:?}");
        let first = date(2026, 12, 9);
        let refusal = |problem| vec![Refusal::Reaching(problem)];
        let past = refused(write(&office.leader, unit, Some(today)));
        assert_eq!(past, refusal(ReachingProblem::DayNotToCome { first }), "{engine}");
        let village = refused(write(&office.leader, office.unit("X1-1"), None));
        assert_eq!(village, refusal(ReachingProblem::NobodyLate), "{engine}: nobody is below");
    });
}

#[test]
fn a_letter_names_plans_and_no_form_that_is_urged_no_more_and_counts_what_it_leaves_out() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let unit = office.unit("182");
        office.call(office.calling()).unwrap();
        office.note(&office.leader, AT, office.noted("X2", AT.today)).unwrap();
        office.one("X2");
        // Two months after the quarter was due.
        let (today, lasts) = (date(2026, 12, 12), 60);
        let letter = office.workspace().urging_letter(&office.leader, at(today), unit, None);
        let letter = letter.unwrap();
        let plans: Vec<&str> = letter
            .lines
            .iter()
            .filter_map(|line| match &line.what {
                Late::Plan { of, .. } => Some(of.code.as_str()),
                Late::Task { .. } | Late::Form { .. } => None,
            })
            .collect();
        assert_eq!(plans, ["X1"], "{engine}: who has issued theirs is not named");
        assert!(letter.lines.iter().all(|line| line.days <= lasts), "{engine}: {:?}", letter.lines);
        assert_eq!(letter.counts, Counts { tasks: 1, plans: 1, forms: 4 }, "{engine}");
        let below = office.workspace().owed_below(&office.leader, at(today), unit).unwrap();
        assert_eq!(Counts::of(&below), Counts { tasks: 0, ..letter.counts }, "{engine}");
    });
}
