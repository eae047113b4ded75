//! The indicator that a task moves: shown with its figure, and no deadline before that can be known.

use actions::tasks::give::Time;
use actions::tasks::step::Wanted;
use domain::number::{Fraction, Quantity};
use domain::period::Period;
use domain::refusal::{Noun, Refusal};
use domain::task::{Origin, State, Step};
use domain::tasking::TaskingProblem;
use jiff::civil::{Date, date};
use testkit::on_every_engine;

use crate::collecting::refused;
use crate::tasks::{TODAY, office, say};

const NOVEMBER: Period = Period::Month(2026, 11);

fn origin(period: Option<Period>) -> Origin {
    Origin { indicator: Some("A01".to_owned()), period, ..Origin::default() }
}

/// That a deadline lies before November is closed, which ends on a Monday.
fn early(deadline: Date) -> Vec<Refusal> {
    let closed = date(2026, 11, 30);
    let problem =
        TaskingProblem::BeforeCutOff { deadline, period: NOVEMBER, cut_off: closed, first: closed };
    vec![Refusal::Tasking(problem)]
}

#[test]
fn a_task_is_not_due_before_the_figures_that_it_asks_about_are_closed() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let give = |deadline: Date, origin: Origin| {
            let times = vec![Time::By(deadline)];
            office.give_with(times, origin).map(|given| given.tasks[0])
        };
        let last = date(2026, 11, 29);
        assert_eq!(give(last, origin(Some(NOVEMBER))), Err(early(last)), "{engine}");
        assert!(give(last, origin(None)).is_ok(), "{engine}: it asks about no period");
        let other = Origin { indicator: None, ..origin(Some(NOVEMBER)) };
        assert!(give(last, other).is_ok(), "{engine}: it asks about no figures");
        let unknown = Origin { indicator: Some("A99".to_owned()), ..origin(Some(NOVEMBER)) };
        let missing = Refusal::NotFound { noun: Noun::Indicator, key: "A99".to_owned() };
        assert_eq!(give(last, unknown), Err(vec![missing]), "{engine}");
        let sunday = give(date(2027, 1, 30), origin(Some(Period::Month(2027, 1))));
        let first = date(2027, 2, 1);
        let says = |why: &Refusal| {
            matches!(why, Refusal::Tasking(
            TaskingProblem::BeforeCutOff { first: found, .. }) if *found == first)
        };
        assert!(sunday.unwrap_err().iter().all(says), "{engine}: the day after a Sunday");
        assert!(give(date(2026, 11, 30), origin(Some(NOVEMBER))).is_ok(), "{engine}: on the day");
    });
}

#[test]
fn more_time_is_not_asked_for_or_given_up_to_a_day_before_the_cut_off() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let given = office.give_with(vec![Time::Open], origin(Some(NOVEMBER))).unwrap();
        let (task, officer) = (given.tasks[0], &office.commune.officer);
        let day = date(2026, 11, 28);
        let until = |step, day| Wanted { day: Some(day), ..say(step, "Mưa lớn") };
        let asked = office.step(officer, TODAY, task, until(Step::AskForTime, day));
        assert_eq!(asked, Err(early(day)), "{engine}");
        let extended = office.step(&office.leader, TODAY, task, until(Step::Extend, day));
        assert_eq!(extended, Err(early(day)), "{engine}");
        let later = until(Step::Extend, date(2026, 12, 4));
        assert_eq!(office.step(&office.leader, TODAY, task, later), Ok(State::Given), "{engine}");
    });
}

#[test]
fn a_deadline_before_the_cut_off_is_named_in_a_list() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let text = "work,product,responsibility,authority,lead_units,deadline,indicator,period\n\
                    Kết nạp,Báo cáo,Đủ,Chủ động,X1,29/11/2026,A01,2026-11\n\
                    Kết nạp,Báo cáo,Đủ,Chủ động,X1,30/11/2026,A99,tháng này\n";
        let workspace = &office.commune.office.workspace;
        let file = ("viec.csv", text.as_bytes().to_vec());
        let listing = workspace.read_task_list(&office.leader, crate::collecting::AT, file);
        let entrance = office.entrance();
        let at = crate::collecting::AT;
        let preview = entrance.preview_task_list(&office.leader, at, &listing.unwrap()).unwrap();
        let places: Vec<(u32, u32)> =
            preview.refused.iter().map(|refused| (refused.at.row, refused.at.column)).collect();
        assert_eq!(places, [(2, 6), (3, 7), (3, 8)], "{engine}: {:?}", preview.refused);
        assert_eq!(vec![preview.refused[0].why.clone()], early(date(2026, 11, 29)), "{engine}");
    });
}

#[test]
fn the_page_of_a_task_shows_what_its_indicator_stands_at() {
    on_every_engine(|engine, database| {
        let office = office(database);
        office.commune.send(1, &[("A01", "3"), ("B02", "1,5")]).unwrap();
        let october = Some(Period::Month(2026, 10));
        let task = office.give_with(vec![Time::Open], origin(october)).unwrap().tasks[0];
        let workspace = &office.commune.office.workspace;
        let page = |who| workspace.task_page(who, crate::collecting::AT, task);
        let moves = page(&office.leader).unwrap().moves;
        let found = moves.iter().map(|one| (one.indicator.code.as_str(), one.figure.value.clone()));
        let three = Quantity::exact(Fraction::integer(3));
        assert_eq!(found.collect::<Vec<_>>(), [("A01", Ok(three))], "{engine}");
        assert_eq!(refused(page(&office.commune.beside)).len(), 1, "{engine}: others see nothing");
    });
}
