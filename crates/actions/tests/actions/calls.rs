//! Calls for plans: who has issued theirs and who has not, who may say so, who is urged, and who owes the
//! plan of a unit that was merged.

use actions::accounts::Moment;
use actions::calls::list::{Answer, CallPage, Counts, Known};
use actions::calls::{Calling, Noted};
use actions::error::Error;
use actions::urging::page::{About, Outcome};
use actions::verification::{Trouble, Witnesses};
use actions::workspace::Workspace;
use domain::access::Actor;
use domain::calling::CallingProblem;
use domain::directing::DirectingProblem;
use domain::entrance::EntranceProblem;
use domain::refusal::{Noun, Refusal};
use domain::secrecy::Secrecy;
use domain::task::Standing;
use domain::unit::UnitId;
use jiff::civil::{Date, date};
use store::damage::Damage;
use testkit::on_every_engine;

use crate::collecting::{AT, person, refused};
use crate::directives::{typed, with};
use crate::door::Watch;
use crate::entrance::entrance;
use crate::reorganisations::{CROSSWALK, HEADER};
use crate::tasks::{Office, at, office};

/// The last day of the plans.
const DUE: Date = date(2026, 12, 10);

impl Office {
    pub(crate) fn workspace(&self) -> &Workspace {
        &self.commune.office.workspace
    }

    /// The district asks its communes, or what is said instead.
    pub(crate) fn calling(&self) -> Calling {
        let level = Some("commune".to_owned());
        Calling { issuer: self.unit("182"), level, units: Vec::new(), due: Some(DUE) }
    }

    pub(crate) fn call(&self, calling: Calling) -> Result<(), Error> {
        self.workspace().call_for_plans(&self.leader, AT, "kh", calling)
    }

    fn page(&self, who: &Actor, day: Date) -> CallPage {
        self.workspace().call_page(who, at(day), "kh").unwrap().unwrap()
    }

    pub(crate) fn note(&self, who: &Actor, moment: Moment, noted: Noted) -> Result<(), Error> {
        self.workspace().note_plan(who, moment, "kh", noted)
    }

    pub(crate) fn noted(&self, code: &str, issued_on: Date) -> Noted {
        Noted { unit: self.unit(code), issued_on: Some(issued_on), number: "07-KH/ĐU".to_owned() }
    }
}

fn stands(answers: &[Answer]) -> Vec<(&str, Standing)> {
    answers.iter().map(|it| (it.unit.code.as_str(), it.standing)).collect()
}

/// Every verb about plans, for the test of the door.
pub(crate) fn every_verb(watch: &mut Watch<'_>, workspace: &Workspace) {
    let console = Actor::console();
    let unit = |code| workspace.find_unit(code, None).unwrap();
    let calling =
        || Calling { issuer: unit("20"), level: None, units: vec![unit("182")], due: Some(DUE) };
    let ask = || workspace.call_for_plans(&console, AT, "kh", calling());
    watch.run("call_for_plans", ask).unwrap();
    let noted = |issued_on| Noted { unit: unit("182"), issued_on, number: "07-KH".to_owned() };
    watch.run("note_plan", || workspace.note_plan(&console, AT, "kh", noted(None))).unwrap();
    watch.run("call_off_plans", || workspace.call_off_plans(&console, AT, "kh")).unwrap();
}

#[test]
fn a_plan_counts_from_the_register_or_by_hand_and_stands_by_its_day() {
    on_every_engine(|engine, database| {
        let office = office(database);
        office.call(office.calling()).unwrap();
        let soon = Standing::NotDue { days: 17 };
        let page = office.page(&office.leader, AT.today);
        assert_eq!(stands(&page.answers), [("X1", soon), ("X2", soon)], "{engine}");

        // A commune enters its plan in the register.
        let plan = with(&typed(), &[("issuer_unit", "X1"), ("date", "2026-11-20")]);
        entrance(database).save_directive(&Actor::console(), AT, (None, plan)).unwrap();
        let late = date(2026, 12, 20);
        let (overdue, in_time) = (Standing::Overdue { days: 10 }, Standing::InTime);
        let page = office.page(&office.leader, late);
        assert_eq!(stands(&page.answers), [("X2", overdue), ("X1", in_time)], "{engine}");
        let known = page.answers[1].issued.clone().map(|issued| issued.known);
        assert_eq!(known, Some(Known::Directive("15-kh-du".to_owned())), "{engine}");

        // The plan of another is noted by its own people.
        let beside = &office.commune.beside;
        office.note(beside, at(late), office.noted("X2", date(2026, 12, 12))).unwrap();
        let page = office.page(&office.leader, late);
        let two_late = Standing::Late { days: 2 };
        assert_eq!(stands(&page.answers), [("X1", in_time), ("X2", two_late)], "{engine}");
        let counts = Counts { all: 2, issued: 2, issued_late: 1, overdue: 0 };
        assert_eq!(Counts::of(&page.answers), counts, "{engine}");
        let known = page.answers[1].issued.clone().map(|issued| issued.known);
        assert_eq!(known, Some(Known::Noted("07-KH/ĐU".to_owned())), "{engine}");

        // And taken back.
        let back = Noted { issued_on: None, ..office.noted("X2", late) };
        office.note(beside, at(late), back).unwrap();
        assert_eq!(office.page(&office.leader, late).answers[0].issued, None, "{engine}");
    });
}

#[test]
fn a_commune_sees_its_own_plan_and_what_it_owes() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let officer = &office.commune.officer;
        let owed = |day| office.workspace().plans_owed(officer, at(day)).unwrap();
        assert_eq!(owed(AT.today), [], "{engine}");
        office.call(office.calling()).unwrap();
        let page = office.page(officer, AT.today);
        assert_eq!(page.answers.len(), 1, "{engine}: not that of the commune beside");
        assert!(page.answers[0].notes && !page.asks, "{engine}");
        let found = owed(DUE);
        assert_eq!((found.len(), found[0].standing), (1, Standing::DueToday), "{engine}");
        assert_eq!(found[0].directive, "kh", "{engine}");
        office.note(officer, AT, office.noted("X1", AT.today)).unwrap();
        assert_eq!(owed(DUE), [], "{engine}");
        let head = office.workspace().plans_owed(&office.commune.head, at(DUE)).unwrap();
        assert_eq!(head, [], "{engine}: a village head issues no plan");

        // What is asked no more is owed no more.
        let other = Calling { units: vec![office.unit("X1-1")], ..office.calling() };
        office.call(other).unwrap();
        office.workspace().call_off_plans(&office.leader, AT, "kh").unwrap();
        let beside = office.workspace().plans_owed(&office.commune.beside, at(DUE)).unwrap();
        assert_eq!(beside, [], "{engine}");
        let again = office.workspace().call_off_plans(&office.leader, AT, "kh");
        assert_eq!(refused(again), vec![CallingProblem::NotAskedFor.into()], "{engine}");
    });
}

#[test]
fn whoever_may_not_and_whatever_makes_no_sense_is_refused() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let past = date(2026, 11, 22);
        let unit = |code: &str, name: &str| (office.unit(code), format!("xã {name}"));
        let reach = CallingProblem::OutOfReach {
            unit: "tỉnh Lạng Sơn".to_owned(),
            issuer: "huyện Văn Lãng".to_owned(),
        };
        let none = Calling { level: None, ..office.calling() };
        let cases = [
            (none.clone(), vec![CallingProblem::NobodyAsked]),
            (Calling { units: vec![office.unit("20")], ..none.clone() }, vec![reach]),
            (
                Calling { due: Some(past), ..office.calling() },
                vec![CallingProblem::DuePast { due: past }],
            ),
            (
                Calling { due: None, ..none },
                vec![CallingProblem::NobodyAsked, CallingProblem::WithoutDay],
            ),
        ];
        for (calling, problems) in cases {
            let expected: Vec<Refusal> = problems.into_iter().map(Refusal::from).collect();
            assert_eq!(refused(office.call(calling.clone())), expected, "{engine}: {calling:?}");
        }
        let workspace = office.workspace();
        let unknown = workspace.call_for_plans(&office.leader, AT, "kx", office.calling());
        let why = Refusal::NotFound { noun: Noun::Directive, key: "kx".into() };
        assert_eq!(refused(unknown), vec![why], "{engine}");
        let note = office.noted("X1", AT.today);
        let officer = &office.commune.officer;
        let early = refused(office.note(officer, AT, note.clone()));
        assert_eq!(early, vec![CallingProblem::NotAskedFor.into()], "{engine}");

        office
            .call(Calling { level: None, units: vec![office.unit("X1")], ..office.calling() })
            .unwrap();
        let later = date(2026, 11, 24);
        let secret = Noted { number: "07-KH (Mật)".to_owned(), ..note.clone() };
        let long = Noted { number: "7".repeat(101), ..note.clone() };
        let not_asked = CallingProblem::NotAsked { unit: unit("X2", "Bắc Việt").1 };
        let (old, asked) = (date(2010, 1, 1), crate::directives::KH_ISSUED);
        let cases: [(Noted, Refusal); 5] = [
            (office.noted("X1", later), CallingProblem::IssuedLater { day: later }.into()),
            (office.noted("X1", old), CallingProblem::IssuedBefore { day: old, asked }.into()),
            (secret, DirectingProblem::Secret { mark: Secrecy::Secret }.into()),
            (long, CallingProblem::TooLong { characters_max: 100 }.into()),
            (office.noted("X2", AT.today), not_asked.into()),
        ];
        for (noted, why) in cases {
            let found = office.note(&office.leader, AT, noted.clone());
            assert_eq!(refused(found), vec![why], "{engine}: {noted:?}");
        }
        // Neither the commune beside nor a village head may, and a commune does not change what the
        // district asks.
        let own = Calling { issuer: office.unit("X1"), ..office.calling() };
        let own = Calling { level: Some("village".to_owned()), ..own };
        let denied = [
            office.note(&office.commune.beside, AT, note.clone()),
            office.note(&office.commune.head, AT, note),
            workspace.call_for_plans(officer, AT, "kh", office.calling()),
            workspace.call_for_plans(officer, AT, "kh", own),
            workspace.call_off_plans(officer, AT, "kh"),
        ];
        for found in denied {
            let why = refused(found);
            let is_denied =
                matches!(why[..], [Refusal::Entrance(EntranceProblem::NotAllowed { .. })]);
            assert!(is_denied, "{engine}: {why:?}");
        }
    });
}

#[test]
fn the_heir_of_a_merged_unit_owes_its_plan_unless_all_before_it_had_issued_theirs() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let (before, due) = (date(2025, 6, 1), date(2025, 7, 20));
        let calling = Calling { due: Some(due), ..office.calling() };
        office.workspace().call_for_plans(&office.leader, at(before), "kh", calling).unwrap();
        let files = &office.commune.office;
        let heir = "Y1,Tân Mỹ Mới,xã,commune,182,2025-07-01,\n";
        files.units(format!("{HEADER}{heir}")).unwrap();
        files.crosswalk(format!("{CROSSWALK}X1,Y1,whole\nX2,Y1,whole\n")).unwrap();

        // Known before: who will owe it.
        let page = office.page(&office.leader, before);
        let ends = page.answers[0].ends.clone().map(|(last, heirs)| (last, heirs[0].code.clone()));
        assert_eq!(ends, Some((date(2025, 6, 30), "Y1".to_owned())), "{engine}");
        let note = |code, day| office.note(&office.leader, at(day), office.noted(code, day));
        note("X1", before).unwrap();

        let after = date(2025, 8, 1);
        let page = office.page(&office.leader, after);
        let overdue = Standing::Overdue { days: 12 };
        assert_eq!(stands(&page.answers), [("Y1", overdue)], "{engine}: one of the two is missing");
        let names: Vec<&str> = page.answers[0].after.iter().map(|it| it.code.as_str()).collect();
        assert_eq!(names, ["X1", "X2"], "{engine}");
        let people = person(database, "xa-moi", "reviewer", "Y1");
        let owed = office.workspace().plans_owed(&people, at(after)).unwrap();
        assert_eq!(owed.len(), 1, "{engine}: the heir's people find it");

        note("X2", date(2025, 6, 20)).unwrap();
        let page = office.page(&office.leader, after);
        assert_eq!(stands(&page.answers), [("Y1", Standing::InTime)], "{engine}");
    });
}

#[test]
fn units_without_a_plan_are_urged_and_whoever_asked_learns_of_them() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let workspace = office.workspace();
        office.call(office.calling()).unwrap();
        office.note(&office.leader, AT, office.noted("X2", AT.today)).unwrap();
        // Figures are owed as well; only what is urged about plans is counted.
        let urged = |day: Date, unit: &str| -> Vec<(i16, UnitId)> {
            workspace.urge(at(day)).unwrap();
            let log =
                workspace.reminders(&office.leader, at(day), office.unit(unit), None).unwrap();
            let of_plans = log.iter().filter(|line| line.about == About::Plan("kh".to_owned()));
            of_plans.map(|line| (line.offset, line.units[0].id)).collect()
        };
        let x1 = office.unit("X1");
        assert_eq!(urged(date(2026, 12, 2), "X1"), [], "{engine}");
        assert_eq!(urged(date(2026, 12, 3), "X1"), [(-7, x1)], "{engine}");
        assert_eq!(urged(date(2026, 12, 3), "X1"), [(-7, x1)], "{engine}: once");
        assert_eq!(urged(date(2026, 12, 13), "X1"), [(3, x1), (-7, x1)], "{engine}");
        assert_eq!(urged(date(2026, 12, 13), "X2"), [], "{engine}: it has issued its plan");
        let told = urged(date(2026, 12, 13), "182");
        assert!(told.contains(&(3, office.unit("182"))), "{engine}: {told:?}");

        let day = date(2026, 12, 14);
        office.note(&office.leader, at(day), office.noted("X1", day)).unwrap();
        assert_eq!(urged(date(2026, 12, 20), "X1").len(), 2, "{engine}: nobody urges any more");
        let log = workspace.reminders(&office.leader, at(day), x1, None).unwrap();
        let about = |line: &&actions::urging::page::ReminderLine| {
            line.about == About::Plan("kh".to_owned())
        };
        let outcome = log.iter().find(about).map(|line| line.outcome);
        assert_eq!(outcome, Some(Outcome::Done(day)), "{engine}: it helped");
    });
}

#[test]
fn what_is_asked_and_noted_is_held_against_the_ledger() {
    on_every_engine(|engine, database| {
        let office = office(database);
        office.call(office.calling()).unwrap();
        office.note(&office.leader, AT, office.noted("X1", AT.today)).unwrap();
        let altered = || {
            let verified = office.workspace().verify(Witnesses::default()).unwrap();
            let things = verified.troubles.into_iter().filter_map(|trouble| match trouble {
                Trouble::RowAltered { thing, .. } => Some(thing.noun),
                _ => None,
            });
            things.collect::<Vec<_>>()
        };
        assert_eq!(altered(), [] as [&str; 0], "{engine}");
        let inflict = |damage: Damage| -> Result<u64, store::Error> {
            database.write_blocking(move |tx| store::damage::inflict(tx, &damage))
        };
        inflict(Damage::CallDue("kh".to_owned(), "2026-12-31".to_owned())).unwrap();
        assert_eq!(altered(), ["call"], "{engine}");
        inflict(Damage::CallDue("kh".to_owned(), DUE.to_string())).unwrap();
        inflict(Damage::PlanNumber("kh".to_owned(), "08-KH/ĐU".to_owned())).unwrap();
        assert_eq!(altered(), ["plan"], "{engine}");
    });
}
