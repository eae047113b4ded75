//! Hot spots: what needs a decision of a unit, and the rules that whoever edits the plan changes.

use actions::accounts::Moment;
use actions::calls::{Calling, Noted};
use actions::difficulties::raise::Raised;
use actions::difficulties::step::Wanted as Take;
use actions::hot_spots::{About, HotSpot};
use actions::tasks::step::Wanted;
use actions::workspace::Workspace;
use domain::access::Actor;
use domain::difficulty::Step as Answer;
use domain::entrance::EntranceProblem;
use domain::hot_spot::{Cause, Rule, standard_rules};
use domain::refusal::Refusal;
use domain::task::Step;
use jiff::civil::{Date, date};
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

use crate::collecting::{AT, refused};
use crate::door::Watch;
use crate::entrance::entrance;
use crate::setup::Office as Setup;
use crate::tasks::{Office, TODAY, office, say};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

fn on(day: Date) -> Moment {
    let days = i64::from(day.since(TODAY).unwrap().get_days());
    Moment { now_ms: NOW_MS + days * DAY_MS, today: day }
}

/// Every verb about hot spots, for the test of the door.
pub(crate) fn every_verb(watch: &mut Watch<'_>, workspace: &Workspace) {
    let rule = standard_rules().remove(1);
    let save = || workspace.save_hot_spot_rule(&Actor::console(), AT, rule);
    watch.run("save_hot_spot_rule", save).unwrap();
}

/// What is hot for the district on a day: cause, measure, and how many of how many.
fn hot(office: &Office, day: Date) -> Vec<(Cause, u32, usize, usize)> {
    let workspace = &office.commune.office.workspace;
    let spots = workspace.hot_spots(&office.leader, on(day), office.unit("182")).unwrap().spots;
    let told = |spot: &HotSpot| match &spot.about {
        About::Tasks { count, of, .. } => (spot.rule.cause, spot.measure, *count, *of),
        About::Form { missing, expected, .. } => {
            (spot.rule.cause, spot.measure, *missing, *expected)
        }
        About::Plans { missing, expected, .. } => {
            (spot.rule.cause, spot.measure, *missing, *expected)
        }
        About::Figure(behind) => (spot.rule.cause, spot.measure, behind.others, 0),
        About::Difficulty(_) => (spot.rule.cause, spot.measure, 1, 1),
    };
    spots.iter().map(told).filter(|(cause, ..)| *cause != Cause::Missing).collect()
}

#[test]
fn what_waits_for_a_decision_becomes_hot_on_the_day_of_its_rule_and_cools_when_it_is_made() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let (november, december) = (|day| date(2026, 11, day), |day| date(2026, 12, day));
        // Due on 30 November.
        let task = office.one("X1");
        let officer = office.commune.officer.clone();
        for (day, expected) in [
            (november(24), vec![]),
            (november(30), vec![]),
            (december(2), vec![]),
            (december(3), vec![(Cause::Overdue, 3, 1, 1)]),
            (december(9), vec![(Cause::Overdue, 9, 1, 1)]),
        ] {
            assert_eq!(hot(&office, day), expected, "{engine}: {day}");
        }
        let ask = Wanted { day: Some(december(20)), ..say(Step::AskForTime, "Mưa lũ") };
        // The moment of the clock is that of 23 November.
        office.step(&officer, november(23), task, ask).unwrap();
        assert_eq!(hot(&office, november(23)), [], "{engine}: nobody has waited yet");
        let asked = vec![(Cause::TimeAsked, 1, 1, 1)];
        assert_eq!(hot(&office, november(24)), asked, "{engine}");
        let both = vec![(Cause::TimeAsked, 10, 1, 1), (Cause::Overdue, 3, 1, 1)];
        assert_eq!(hot(&office, december(3)), both, "{engine}: the heavier one first");
        let extend = Wanted { day: Some(december(20)), ..say(Step::Extend, "Đồng ý") };
        office.step(&office.leader, november(24), task, extend).unwrap();
        assert_eq!(hot(&office, december(3)), [], "{engine}: decided");
        office.step(&officer, december(4), task, say(Step::HandIn, "Xong")).unwrap();
        assert_eq!(hot(&office, december(6)), [], "{engine}");
        assert_eq!(hot(&office, december(7)), [(Cause::Unconfirmed, 3, 1, 1)], "{engine}");
        office.step(&office.leader, december(7), task, Wanted::plain(Step::Confirm)).unwrap();
        assert_eq!(hot(&office, december(20)), [], "{engine}");
        // What the district gave is nothing that a commune decides.
        let workspace = &office.commune.office.workspace;
        office.one("X1");
        let beside = workspace.hot_spots(&officer, on(december(20)), office.unit("X2"));
        assert!(beside.is_err(), "{engine}: only of what one may see");
    });
}

#[test]
fn plans_and_answers_that_stay_away_are_hot_for_whoever_asked_and_whoever_is_asked() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let workspace = &office.commune.office.workspace;
        let entrance = entrance(database);
        let due = Some(date(2026, 11, 27));
        let units = vec![office.unit("X1"), office.unit("X2")];
        let calling = Calling { issuer: office.unit("182"), level: None, units, due };
        workspace.call_for_plans(&office.leader, AT, "kh", calling).unwrap();
        let raised = Raised {
            parcel: None,
            unit: office.unit("X1-1"),
            task: None,
            trouble: "Cầu treo hỏng".to_owned(),
            detail: String::new(),
            holder: Some(office.unit("182")),
            due,
        };
        let head = &office.commune.head;
        let raised = entrance.raise_difficulty(head, AT, raised).unwrap();
        let unanswered = |days| (Cause::Unanswered, days, 1, 1);
        let plans = |days, missing| (Cause::PlansMissing, days, missing, 2);
        assert_eq!(hot(&office, date(2026, 11, 27)), [], "{engine}: on the day itself");
        assert_eq!(hot(&office, date(2026, 11, 28)), [unanswered(1)], "{engine}");
        let third = date(2026, 11, 30);
        assert_eq!(hot(&office, third), [unanswered(3), plans(3, 2)], "{engine}");
        let issued_on = Some(date(2026, 11, 26));
        let noted = Noted { unit: office.unit("X1"), issued_on, number: "01-KH".to_owned() };
        workspace.note_plan(&office.leader, on(third), "kh", noted).unwrap();
        assert_eq!(
            hot(&office, third),
            [unanswered(3), plans(3, 1)],
            "{engine}: one has issued it"
        );
        let answer = Take::saying(Answer::Answer, "Cấp ván cầu");
        entrance.take_difficulty(&office.leader, on(third), raised.id, answer).unwrap();
        assert_eq!(hot(&office, third), [plans(3, 1)], "{engine}: answered");
        workspace.call_off_plans(&office.leader, on(third), "kh").unwrap();
        assert_eq!(hot(&office, third), [], "{engine}: nobody is asked any more");
    });
}

#[test]
fn rules_are_changed_by_whoever_edits_the_plan_and_hold_at_once() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let workspace = &office.commune.office.workspace;
        assert_eq!(workspace.hot_spot_rules().unwrap(), standard_rules(), "{engine}");
        office.one("X1");
        let day = date(2026, 12, 9);
        assert_eq!(hot(&office, day), [(Cause::Overdue, 9, 1, 1)], "{engine}");
        let rule = standard_rules().remove(1);
        let save = |who: &Actor, rule: Rule| workspace.save_hot_spot_rule(who, AT, rule);
        for changed in
            [Rule { at_least: 10, ..rule }, Rule { weight: 0, ..rule }, Rule { most: 0, ..rule }]
        {
            save(&Actor::console(), changed).unwrap();
            assert_eq!(hot(&office, day), [], "{engine}: {changed:?}");
            let known = workspace.hot_spot_rules().unwrap();
            assert_eq!(known[1], changed, "{engine}");
            assert_eq!(known.len(), Cause::ALL.len(), "{engine}: the others stay as they were");
        }
        save(&Actor::console(), rule).unwrap();
        assert_eq!(hot(&office, day), [(Cause::Overdue, 9, 1, 1)], "{engine}");
        let denied = refused(save(&office.leader, rule));
        assert!(
            matches!(denied[..], [Refusal::Entrance(EntranceProblem::NotAllowed { .. })]),
            "{engine}: {denied:?}"
        );
    });
}

#[test]
fn indicators_behind_their_plan_and_missing_figures_are_hot_too() {
    on_every_engine(|engine, database| {
        let setup = Setup::sample(database);
        let unit = setup.unit("182", date(2023, 6, 30));
        let hot = |day: Date| {
            let moment = Moment { today: day, now_ms: NOW_MS };
            setup.workspace.hot_spots(&Actor::console(), moment, unit).unwrap().spots
        };
        let found = hot(date(2023, 6, 30));
        let told: Vec<String> = found
            .iter()
            .map(|spot| match &spot.about {
                About::Figure(behind) => format!(
                    "{} {} {}% and {}",
                    behind.indicator.code, behind.figure.unit.code, spot.measure, behind.others
                ),
                About::Form { code, period, missing, expected, .. } => {
                    format!("{code} {period} {missing}/{expected}")
                }
                About::Tasks { .. } | About::Difficulty(_) | About::Plans { .. } => {
                    unreachable!("nobody gave a task, raised a difficulty or asked for plans")
                }
            })
            .collect();
        // The district itself is 18 % short of its plan, which the rule lets pass; nine communes are not.
        assert_eq!(told, ["A01 06154 75% and 8"], "{engine}");
    });
}
