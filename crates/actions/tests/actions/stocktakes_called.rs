//! What a stocktake is called by is corrected, it is called off, and what is made known of it.

use actions::stocktakes::page::Agenda;
use actions::stocktakes::{Then, Written};
use actions::tasks::step::Wanted;
use actions::verification::{Trouble, Witnesses};
use domain::period::Period;
use domain::refusal::Refusal;
use domain::stocktake::{Invitation, Place, Topic};
use domain::stocktaking::{Said, StocktakingProblem};
use domain::task::Step;
use jiff::civil::{Date, date};
use testkit::on_every_engine;

use crate::collecting::refused;
use crate::entrance::entrance;
use crate::stocktakes::{Desk, held, invitation, noted, stocktaking, then};
use crate::tasks::{at, office};

/// The day of the meeting that is held.
const DAY: Date = date(2026, 12, 15);

fn corrected(before: Invitation, after: Invitation) -> Then {
    Then::Correct { before, after }
}

/// What a verification finds, but for the people, who came in behind the program's back.
fn troubles(desk: &Desk<'_>) -> Vec<Trouble> {
    let workspace = &desk.office.commune.office.workspace;
    let mut troubles = workspace.verify(Witnesses::default()).unwrap().troubles;
    troubles.retain(|one| !matches!(one, Trouble::RowExtra { thing } if thing.noun == "account"));
    troubles
}

#[test]
fn day_place_chair_and_span_are_corrected_until_the_figures_and_the_meeting_are_settled() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let desk = held(&office, entrance(database));
        let change = |then_what| desk.change(then(then_what));
        let first = invitation(DAY);
        let second = Invitation {
            day: date(2026, 12, 18),
            place: "Phòng họp 2".to_owned(),
            chair: "Anh Nam".to_owned(),
            period: Period::parse("2023-H1").unwrap(),
        };
        change(corrected(first.clone(), second.clone())).unwrap();
        assert_eq!(desk.page().stocktake.invitation(), second, "{engine}");
        assert_eq!(troubles(&desk), [], "{engine}");

        // Somebody else still has the page from before.
        let third = Invitation { place: "Phòng họp 3".to_owned(), ..first.clone() };
        let over = refused(change(corrected(first, third)));
        assert_eq!(over, stocktaking(StocktakingProblem::CorrectedMeanwhile), "{engine}");
        let ago = Invitation { day: date(2026, 12, 7), ..second.clone() };
        let ago = refused(change(corrected(second.clone(), ago)));
        let (day, earliest) = (date(2026, 12, 7), date(2026, 12, 8));
        let problem = StocktakingProblem::TooLongAgo { day, first: earliest };
        assert_eq!(ago, stocktaking(problem), "{engine}");
        let nobody = Invitation { chair: " ".to_owned(), ..second.clone() };
        let nobody = refused(change(corrected(second.clone(), nobody)));
        let unsaid = StocktakingProblem::Unsaid { what: Said::Chair };
        assert_eq!(nobody, stocktaking(unsaid), "{engine}");

        change(Then::Freeze).unwrap();
        let other = Invitation { period: Period::Year(2023), ..second.clone() };
        let other = refused(change(corrected(second.clone(), other)));
        assert_eq!(other, stocktaking(StocktakingProblem::PeriodFrozen), "{engine}");
        // It is held on another day after all; before that it is not closed.
        let early = refused(change(Then::Close));
        let problem = StocktakingProblem::NotHeldYet { day: second.day };
        assert_eq!(early, stocktaking(problem), "{engine}");
        let today = Invitation { day: DAY, ..second.clone() };
        change(corrected(second, today.clone())).unwrap();
        change(Then::Close).unwrap();
        let closed = refused(change(corrected(today.clone(), today)));
        assert_eq!(closed, stocktaking(StocktakingProblem::Closed), "{engine}");
    });
}

#[test]
fn a_meeting_that_is_called_off_stays_with_its_reason_and_its_tasks_and_takes_nothing_more() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let desk = held(&office, entrance(database));
        let (workspace, leader) = (&office.commune.office.workspace, &office.leader);
        let late = desk.item(Topic::LateTask).number;
        let task = desk.decide(desk.id, late).unwrap().tasks[0];
        let change = |then_what| desk.change(then(then_what));
        let why = refused(change(Then::CallOff("  ".to_owned())));
        let unsaid = StocktakingProblem::Unsaid { what: Said::WhyCalledOff };
        assert_eq!(why, stocktaking(unsaid), "{engine}");
        change(Then::CallOff("Bão số 12".to_owned())).unwrap();

        let page = desk.page();
        let off = page.stocktake.called_off.clone().unwrap();
        assert_eq!((off.on, off.reason.as_str()), (DAY, "Bão số 12"), "{engine}");
        let listed = workspace.stocktakes(leader, desk.day, page.stocktake.unit).unwrap();
        assert!(listed.stocktakes.iter().any(|one| one.id == desk.id), "{engine}: it stays");
        assert_eq!(workspace.stocktakes_ahead(leader, desk.day).unwrap(), [], "{engine}");
        let shown = workspace.task_page(leader, desk.day, task).unwrap();
        assert!(shown.task.state.is_open(), "{engine}: a decision stays a task");

        let off = || stocktaking(StocktakingProblem::CalledOff);
        let same = page.stocktake.invitation();
        let acts = [
            Then::Nothing,
            Then::Add("Thêm".to_owned()),
            corrected(same.clone(), same),
            Then::Freeze,
            Then::Close,
            Then::CallOff("Nữa".to_owned()),
        ];
        for act in acts {
            assert_eq!(refused(change(act)), off(), "{engine}");
        }
        assert_eq!(refused(desk.decide(desk.id, late)), off(), "{engine}");
        let notice = workspace.conclusions(leader, desk.day, desk.id);
        assert_eq!(refused(notice), stocktaking(StocktakingProblem::NotClosed), "{engine}");
        assert_eq!(troubles(&desk), [], "{engine}");
    });
}

#[test]
fn the_notice_has_what_was_concluded_and_tasks_that_still_stand_and_there_is_none_about_nothing() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let desk = held(&office, entrance(database));
        let (workspace, leader) = (&office.commune.office.workspace, &office.leader);
        let (late, plans) = (desk.item(Topic::LateTask).number, desk.item(Topic::LatePlan).number);
        let trouble = desk.item(Topic::Difficulty).number;
        let open = || noted(Place::Kept, "");
        let minutes =
            Written {
                number: trouble, before: open(), after: noted(Place::Kept, "Giao đất tạm")
            };
        desk.write(vec![minutes]).unwrap();
        let standing = desk.decide(desk.id, late).unwrap().tasks[0];
        let cancelled = desk.decide(desk.id, plans).unwrap().tasks[0];
        let call_off = || Wanted { words: "Trùng".to_owned(), ..Wanted::plain(Step::Cancel) };
        office.step(leader, DAY, cancelled, call_off()).unwrap();
        desk.change(then(Then::Freeze)).unwrap();
        desk.change(then(Then::Close)).unwrap();

        let notice = || workspace.conclusions(leader, desk.day, desk.id);
        let made = notice().unwrap();
        let concluded = made.page.items.iter().filter(|one| one.is_concluded());
        let mut concluded: Vec<u32> = concluded.map(|one| one.item.number).collect();
        concluded.sort_unstable();
        let mut expected = vec![late, trouble];
        expected.sort_unstable();
        assert_eq!(concluded, expected, "{engine}");
        let decided: Vec<u32> = made.decisions.iter().map(|one| one.item).collect();
        assert_eq!(decided, [late], "{engine}: the cancelled one is not given");

        // Without its task and its minutes nothing is left to make known.
        office.step(leader, DAY, standing, call_off()).unwrap();
        let items = notice().unwrap().page.items;
        let left: Vec<u32> =
            items.iter().filter(|one| one.is_concluded()).map(|one| one.item.number).collect();
        assert_eq!(left, [trouble], "{engine}");
        let draft = actions::stocktakes::Draft {
            unit: office.unit("182"),
            meeting: domain::stocktake::Meeting::Regular,
            invitation: invitation(DAY),
        };
        let empty = desk.entrance.call_stocktake(leader, desk.day, draft).unwrap();
        for act in [Then::Freeze, Then::Close] {
            desk.entrance.change_stocktake(leader, desk.day, empty, then(act)).unwrap();
        }
        let nothing: Vec<Refusal> = refused(workspace.conclusions(leader, desk.day, empty));
        assert_eq!(nothing, stocktaking(StocktakingProblem::NothingConcluded), "{engine}");
    });
}

#[test]
fn an_agenda_calls_reports_missing_only_after_their_deadline() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let workspace = &office.commune.office.workspace;
        let snapshot = workspace.snapshot().unwrap();
        let form = snapshot.forms.first().unwrap().clone();
        let period = Period::parse("2026-11").unwrap();
        let due = snapshot.due_on(&form, period);
        let entrance = entrance(database);
        let missing = |day: Date| {
            let draft = actions::stocktakes::Draft {
                unit: office.unit("182"),
                meeting: domain::stocktake::Meeting::Regular,
                invitation: invitation(day),
            };
            let id = entrance.call_stocktake(&office.leader, at(day), draft).unwrap();
            let page = workspace.stocktake_page(&office.leader, at(day), id).unwrap();
            let thing = format!("{}/{period}", form.code);
            let is_it =
                |one: &&Agenda| one.item.topic == Topic::LateForm && one.item.thing == thing;
            page.items.iter().filter(is_it).count()
        };
        let days = [(due.yesterday().unwrap(), 0), (due, 0), (due.tomorrow().unwrap(), 1)];
        for (day, expected) in days {
            assert_eq!(missing(day), expected, "{engine}: {day}, due on {due}");
        }
    });
}
