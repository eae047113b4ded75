//! Parts of tasks: who divides a task, and who sees that it is divided.

use actions::tasks::give::{Assignment, Giving};
use domain::access::Actor;
use domain::refusal::{Noun, Refusal};
use domain::task::{Origin, Party, State, Step, TaskId};
use domain::tasking::TaskingProblem;
use jiff::civil::date;
use testkit::on_every_engine;

use crate::collecting::{AT, person, refused};
use crate::reorganisations::{CROSSWALK, HEADER};
use crate::tasks::{Office, TODAY, at, office, say};

impl Office {
    /// A part of a task, given in the name of a unit to another.
    fn part(&self, whole: TaskId, issuer: &str, lead: &str) -> Assignment {
        Assignment {
            issuer: self.unit(issuer),
            origin: Origin { part_of: Some(whole), ..Origin::default() },
            ..self.assignment(&[lead])
        }
    }

    fn give_part(&self, who: &Actor, assignment: Assignment) -> Result<TaskId, Vec<Refusal>> {
        let given = self.entrance().give_tasks(who, AT, assignment);
        given.map(|given| given.tasks[0]).map_err(|error| refused::<()>(Err(error)))
    }

    /// The parts of a task on its page, for a reader.
    fn parts(&self, who: &Actor, whole: TaskId) -> Vec<TaskId> {
        let page = self.commune.office.workspace.task_page(who, AT, whole).unwrap();
        page.parts.iter().map(|line| line.task.id).collect()
    }
}

#[test]
fn the_lead_and_the_issuer_divide_a_task_and_see_its_parts() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let (officer, workspace) = (&office.commune.officer, &office.commune.office.workspace);
        let whole = office.one("X1");
        let page = |who| workspace.task_page(who, AT, whole).unwrap();
        assert_eq!(page(officer).divider, Some(office.unit("X1")), "{engine}");
        assert_eq!(page(&office.leader).divider, Some(office.unit("182")), "{engine}");
        let own = office.give_part(officer, office.part(whole, "X1", "X1-1")).unwrap();
        let above = office.give_part(&office.leader, office.part(whole, "182", "X2")).unwrap();
        assert_eq!(office.parts(officer, whole), [own], "{engine}: X2's is not theirs to see");
        assert_eq!(office.parts(&office.leader, whole), [own, above], "{engine}");
        let part_of = |who: &Actor, part| {
            workspace.task_page(who, AT, part).unwrap().part_of.map(|line| line.task.id)
        };
        assert_eq!(part_of(officer, own), Some(whole), "{engine}");
        let beside = &office.commune.beside;
        assert_eq!(part_of(beside, above), None, "{engine}: the whole is X1's");
        assert_eq!(part_of(&office.commune.head, own), None, "{engine}: and not the village's");
    });
}

#[test]
fn nobody_divides_a_task_that_is_not_theirs_or_learns_of_it() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let whole = office.one("X1");
        let missing =
            |task: TaskId| vec![Refusal::NotFound { noun: Noun::Task, key: task.0.to_string() }];
        let beside = &office.commune.beside;
        let hidden = office.give_part(beside, office.part(whole, "X2", "X2-1"));
        assert_eq!(hidden, Err(missing(whole)), "{engine}");
        let made_up = TaskId(999);
        let none = office.give_part(beside, office.part(made_up, "X2", "X2-1"));
        assert_eq!(none, Err(missing(made_up)), "{engine}: the same is said of none");
        // The district's people see it, but X2 has no part in it.
        let others = office.give_part(&office.leader, office.part(whole, "X2", "X2-1"));
        let (lead, issuer) = ("xã Tân Mỹ".to_owned(), "huyện Văn Lãng".to_owned());
        let expected = TaskingProblem::PartOfOthers { lead, issuer };
        assert_eq!(others, Err(vec![expected.into()]), "{engine}");
        assert_eq!(office.parts(&office.leader, whole), [] as [TaskId; 0], "{engine}");
    });
}

#[test]
fn only_a_task_that_somebody_works_at_is_divided() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let draft = Assignment { giving: Giving::Later, ..office.assignment(&["X1"]) };
        let draft = office.give_part(&office.leader, draft).unwrap();
        let cancelled = office.one("X1");
        office.step(&office.leader, TODAY, cancelled, say(Step::Cancel, "Thôi")).unwrap();
        for (whole, state) in [(draft, State::Draft), (cancelled, State::Cancelled)] {
            let refused = office.give_part(&office.leader, office.part(whole, "182", "X2"));
            let expected = TaskingProblem::WholeClosed { state };
            assert_eq!(refused, Err(vec![expected.into()]), "{engine}");
            let page = office.commune.office.workspace.task_page(&office.leader, AT, whole);
            assert_eq!(page.unwrap().divider, None, "{engine}");
        }
        let (officer, workspace) = (&office.commune.officer, &office.commune.office.workspace);
        let page = workspace.task_page(officer, AT, draft);
        assert!(page.is_err(), "{engine}: its lead does not know of a draft");
        office.step(&office.leader, TODAY, draft, say(Step::Cancel, "Thôi")).unwrap();
        assert!(workspace.task_page(officer, AT, draft).is_err(), "{engine}: nor of what it was");
    });
}

#[test]
fn the_heir_of_a_lead_divides_its_task() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let before = date(2025, 6, 1);
        let whole = Assignment {
            times: vec![actions::tasks::give::Time::By(date(2025, 6, 20))],
            ..office.assignment(&["X1"])
        };
        let given = office.entrance().give_tasks(&office.leader, at(before), whole).unwrap();
        let files = &office.commune.office;
        files
            .units(format!(
                "{HEADER}Y1,Tân Mỹ Mới,xã,commune,182,2025-07-01,\nY1-1,Nà Mới,thôn,village,Y1,2025-07-01,\n"
            ))
            .unwrap();
        files.crosswalk(format!("{CROSSWALK}X1,Y1,whole\nX2,Y1,whole\n")).unwrap();
        let after = date(2025, 8, 1);
        let unit = |code| files.workspace.find_unit(code, Some(after)).unwrap();
        let people = person(database, "xa-moi", "reviewer", "Y1");
        let page = files.workspace.task_page(&people, at(after), given.tasks[0]).unwrap();
        assert_eq!(page.divider, Some(unit("Y1")), "{engine}");
        let part = Assignment {
            issuer: unit("Y1"),
            origin: Origin { part_of: Some(given.tasks[0]), ..Origin::default() },
            leads: vec![Party { unit: unit("Y1-1"), account: None }],
            ..office.assignment(&[])
        };
        let part = office.entrance().give_tasks(&people, at(after), part).unwrap().tasks[0];
        let page = files.workspace.task_page(&people, at(after), given.tasks[0]).unwrap();
        assert_eq!(page.parts[0].task.id, part, "{engine}");
    });
}
