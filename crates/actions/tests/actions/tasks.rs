//! Tasks: given, taken further, refused, listed, and carried to the heirs of a merged unit.

use actions::accounts::Moment;
use actions::entrance::Entrance;
use actions::tasks::give::{Assignment, Given, Giving, Time};
use actions::tasks::list::{Asked, Scope, TaskList};
use actions::tasks::step::Wanted;
use actions::verification::{Trouble, Witnesses};
use actions::workspace::Workspace;
use domain::access::Actor;
use domain::entrance::EntranceProblem;
use domain::refusal::{Noun, Refusal};
use domain::task::{Member, Origin, Party, Standing, State, Step, TaskId, Words};
use domain::tasking::{Clarity, TaskingProblem};
use domain::unit::UnitId;
use jiff::civil::{Date, date};
use store::damage::Damage;
use testkit::on_every_engine;

use crate::collecting::{AT, Commune, commune, person, refused};
use crate::door::Watch;
use crate::entrance::entrance;
use crate::reorganisations::{CROSSWALK, HEADER};
use crate::task_drafts::granted;

/// The day after a number of days.
pub(crate) fn at(day: Date) -> Moment {
    Moment { today: day, ..AT }
}

pub(crate) fn words(work: &str) -> Words {
    Words {
        work: work.to_owned(),
        detail: String::new(),
        responsibility: "Đủ, đúng hạn".to_owned(),
        product: "Báo cáo".to_owned(),
        authority: "Huy động lực lượng của thôn".to_owned(),
    }
}

/// An office whose communes and villages get tasks.
pub(crate) struct Office {
    pub(crate) commune: Commune,
    pub(crate) entrance: Entrance,
    pub(crate) leader: Actor,
}

pub(crate) fn office(database: &store::Database) -> Office {
    let commune = commune(database);
    let leader = person(database, "lanh-dao", "leader", "182");
    Office { commune, entrance: entrance(database), leader }
}

impl Office {
    pub(crate) fn unit(&self, code: &str) -> UnitId {
        self.commune.office.workspace.find_unit(code, Some(AT.today)).unwrap()
    }

    pub(crate) fn entrance(&self) -> &Entrance {
        &self.entrance
    }

    fn party(&self, code: &str) -> Party {
        Party { unit: self.unit(code), account: None }
    }

    /// A task of the district for communes, due on 30 November.
    pub(crate) fn assignment(&self, leads: &[&str]) -> Assignment {
        Assignment {
            issuer: self.unit("182"),
            origin: Origin::default(),
            words: words("Di chuyển chợ"),
            leads: leads.iter().map(|code| self.party(code)).collect(),
            helpers: Vec::new(),
            team: Vec::new(),
            confirmer: None,
            times: vec![Time::By(date(2026, 11, 30))],
            giving: Giving::Now,
        }
    }

    pub(crate) fn give(&self, assignment: Assignment) -> Result<Given, Vec<Refusal>> {
        let given = self.entrance.give_tasks(&self.leader, AT, assignment);
        given.map_err(|error| refused::<()>(Err(error)))
    }

    /// A task for a commune by some time that comes from somewhere.
    pub(crate) fn give_with(
        &self,
        times: Vec<Time>,
        origin: Origin,
    ) -> Result<Given, Vec<Refusal>> {
        self.give(Assignment { times, origin, ..self.assignment(&["X1"]) })
    }

    pub(crate) fn one(&self, lead: &str) -> TaskId {
        self.give(self.assignment(&[lead])).unwrap().tasks[0]
    }

    /// A task that somebody leads.
    pub(crate) fn led_by(&self, lead: Party) -> TaskId {
        self.give(Assignment { leads: vec![lead], ..self.assignment(&[]) }).unwrap().tasks[0]
    }

    pub(crate) fn step(
        &self,
        who: &Actor,
        day: Date,
        task: TaskId,
        wanted: Wanted,
    ) -> Result<State, Vec<Refusal>> {
        let taken = self.entrance.take_step(who, at(day), task, wanted);
        taken.map(|task| task.state).map_err(|error| refused::<()>(Err(error)))
    }

    fn list(&self, who: &Actor, day: Date, asked: &Asked) -> TaskList {
        self.commune.office.workspace.task_list(who, at(day), asked).unwrap()
    }
}

/// Every verb about tasks, for the test of the door.
pub(crate) fn every_verb(watch: &mut Watch<'_>, workspace: &Workspace, entrance: &Entrance) {
    let console = Actor::console();
    let party = |code| Party { unit: workspace.find_unit(code, None).unwrap(), account: None };
    let word = || "Bình làm".to_owned();
    let words = Words {
        work: word(),
        detail: word(),
        responsibility: word(),
        product: word(),
        authority: word(),
    };
    let assignment = Assignment {
        issuer: party("182").unit,
        origin: Origin::default(),
        words,
        leads: vec![party("X1-1"), party("X2-1")],
        helpers: Vec::new(),
        team: vec![Member { name: word(), duty: word() }],
        confirmer: None,
        times: vec![Time::By(AT.today)],
        giving: Giving::Now,
    };
    let text = "work,product,responsibility,authority,lead_units,deadline\n\
                Bình làm,Bình làm,Bình làm,Bình làm,X1-1,không hạn\n";
    let file = ("danh-sach.csv", text.as_bytes().to_vec());
    let listing = workspace.read_task_list(&console, AT, file).unwrap();
    let give_list = || entrance.give_task_list(&console, AT, listing);
    watch.run("give_task_list", give_list).unwrap();
    let give = || entrance.give_tasks(&console, AT, assignment.clone());
    let given = watch.run("give_tasks", give).unwrap().tasks;
    let of_form = || entrance.give_tasks_of_form(&console, AT, &[], assignment.clone());
    watch.run("give_tasks_of_form", of_form).unwrap();
    let draft = || Assignment { giving: Giving::Later, ..assignment.clone() };
    let drafted = entrance.give_tasks(&console, AT, draft()).unwrap().tasks[0];
    let seen = workspace.draft(&console, AT, drafted).unwrap().seen;
    let rewrite = || entrance.rewrite_draft(&console, AT, (drafted, seen), draft());
    watch.run("rewrite_draft", rewrite).unwrap();
    let accept = || entrance.take_step(&console, AT, given[0], Wanted::plain(Step::Accept));
    watch.run("take_step", accept).unwrap();
    let done = || Wanted { words: word(), ..Wanted::plain(Step::HandIn) };
    let each = || given.iter().map(|task| (*task, None)).collect();
    let hand_in = || entrance.take_steps(&console, AT, each(), done());
    watch.run("take_steps", hand_in).unwrap();
}

pub(crate) fn say(step: Step, words: &str) -> Wanted {
    Wanted { words: words.to_owned(), ..Wanted::plain(step) }
}

pub(crate) fn tasking(problem: TaskingProblem) -> Vec<Refusal> {
    vec![Refusal::Tasking(problem)]
}

pub(crate) const TODAY: Date = AT.today;

#[test]
fn a_task_goes_from_the_district_to_the_commune_and_back() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let workspace = &office.commune.office.workspace;
        let officer = &office.commune.officer;
        let task = office.one("X1");
        let day = |day| date(2026, 12, day);
        assert_eq!(
            office.step(officer, TODAY, task, Wanted::plain(Step::Accept)),
            Ok(State::Accepted)
        );
        let report = say(Step::Report, "Đã họp dân");
        assert_eq!(office.step(officer, TODAY, task, report), Ok(State::Underway), "{engine}");
        let ask = Wanted { day: Some(day(10)), ..say(Step::AskForTime, "Mưa lớn") };
        assert_eq!(office.step(officer, TODAY, task, ask), Ok(State::Underway), "{engine}");
        let extend = Wanted { day: Some(day(5)), ..say(Step::Extend, "Đồng ý đến 05/12") };
        assert_eq!(office.step(&office.leader, TODAY, task, extend), Ok(State::Underway));
        let done = say(Step::HandIn, "Biên bản số 5");
        assert_eq!(office.step(officer, day(6), task, done), Ok(State::AwaitingConfirmation));
        let back = say(Step::SendBack, "Thiếu ảnh");
        assert_eq!(office.step(&office.leader, day(6), task, back), Ok(State::Redo), "{engine}");
        let done = say(Step::HandIn, "Đã thêm ảnh");
        office.step(officer, day(7), task, done).unwrap();
        let confirmed = office.step(&office.leader, day(20), task, Wanted::plain(Step::Confirm));
        assert_eq!(confirmed, Ok(State::Done), "{engine}");

        let page = workspace.task_page(officer, at(day(20)), task).unwrap();
        assert_eq!(
            page.standing,
            Standing::Late { days: 2 },
            "{engine}: of the day it was handed in"
        );
        assert_eq!(page.task.first_deadline, Some(date(2026, 11, 30)), "{engine}: is kept");
        assert_eq!(page.task.deadline, Some(day(5)), "{engine}");
        let told: Vec<(Step, &str)> =
            page.steps.iter().map(|told| (told.taken.step, told.taken.words.as_str())).collect();
        assert_eq!(told.len(), 9, "{engine}: {told:?}");
        assert_eq!(told[2], (Step::Report, "Đã họp dân"), "{engine}");
        let counts = office.list(officer, day(20), &Asked::of(office.unit("X1"))).counts;
        assert_eq!((counts.due, counts.in_time, counts.in_first_time), (1, 0, 0), "{engine}");
    });
}

#[test]
fn what_is_changed_behind_the_programs_back_is_named() {
    on_every_engine(|engine, database| {
        let office = office(database);
        office.one("X1");
        let altered = || {
            let verified = office.commune.office.workspace.verify(Witnesses::default()).unwrap();
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
        inflict(Damage::TaskDeadline(1, "2026-12-31".to_owned())).unwrap();
        assert_eq!(altered(), ["task"], "{engine}");
        inflict(Damage::TaskDeadline(1, "2026-11-30".to_owned())).unwrap();
        inflict(Damage::BriefWork(1, "Di chuyển chợ cũ".to_owned())).unwrap();
        assert_eq!(altered(), ["brief"], "{engine}");
    });
}

#[test]
fn a_task_that_is_not_clear_or_out_of_reach_is_not_given() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let unit =
            |code: &str, kind: &str, name: &str| (office.unit(code), format!("{kind} {name}"));
        let past = date(2026, 11, 22);
        let cases: Vec<(&str, Assignment, Vec<Refusal>)> = vec![
            (
                "nothing said",
                Assignment { words: Words::default(), ..office.assignment(&["X1"]) },
                [Clarity::Work, Clarity::Responsibility, Clarity::Product, Clarity::Authority]
                    .map(|what| Refusal::Tasking(TaskingProblem::Unclear { what }))
                    .to_vec(),
            ),
            ("nobody leads", office.assignment(&[]), tasking(TaskingProblem::NobodyLeads)),
            (
                "no time said",
                Assignment { times: Vec::new(), ..office.assignment(&["X1"]) },
                tasking(TaskingProblem::Unclear { what: Clarity::Time }),
            ),
            (
                "over already",
                Assignment { times: vec![Time::By(past)], ..office.assignment(&["X1"]) },
                tasking(TaskingProblem::DeadlinePast { deadline: past }),
            ),
            (
                "above the issuer",
                office.assignment(&["20"]),
                tasking(TaskingProblem::OutOfReach {
                    unit: unit("20", "tỉnh", "Lạng Sơn").1,
                    issuer: unit("182", "huyện", "Văn Lãng").1,
                }),
            ),
            (
                "the issuer leads and confirms",
                office.assignment(&["182"]),
                tasking(TaskingProblem::ConfirmerLeads),
            ),
            (
                "an unknown priority",
                Assignment {
                    origin: Origin { priority: Some("DP9".to_owned()), ..Origin::default() },
                    ..office.assignment(&["X1"])
                },
                vec![Refusal::NotFound { noun: Noun::Priority, key: "DP9".to_owned() }],
            ),
        ];
        for (name, assignment, expected) in cases {
            let refused = office.give(assignment);
            let mut refused = refused.expect_err(name);
            refused.dedup();
            assert_eq!(refused, expected, "{engine}: {name}");
        }
        let nothing = office.list(&office.leader, TODAY, &Asked::of(office.unit("182")));
        assert_eq!(nothing.counts.all, 0, "{engine}: nothing was given");
        // Whoever does tasks gives none.
        let village = office.entrance.give_tasks(
            &office.commune.head,
            AT,
            Assignment { issuer: office.unit("X1-1"), ..office.assignment(&["X1-1"]) },
        );
        let expected = EntranceProblem::NotAllowed { right: domain::access::Right::GiveTasks };
        assert_eq!(refused(village), [Refusal::Entrance(expected)], "{engine}");
    });
}

#[test]
fn a_draft_may_be_unclear_and_only_its_issuer_sees_it() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let unclear = Words { product: String::new(), ..words("Lập danh sách hộ") };
        let draft =
            Assignment { words: unclear, giving: Giving::Later, ..office.assignment(&["X1"]) };
        let task = office.give(draft).unwrap().tasks[0];
        let lines = |who: &Actor, code: &str| {
            office.list(who, TODAY, &Asked::of(office.unit(code))).lines.len()
        };
        assert_eq!(lines(&office.leader, "182"), 1, "{engine}");
        assert_eq!(lines(&office.commune.officer, "X1"), 0, "{engine}");
        let accept = office.step(&office.commune.officer, TODAY, task, Wanted::plain(Step::Accept));
        let wrong = TaskingProblem::WrongState { state: State::Draft, step: Step::Accept };
        assert_eq!(accept, Err(tasking(wrong)), "{engine}");
    });
}

#[test]
fn only_whoever_stands_on_a_side_takes_its_steps() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let Office { commune: Commune { officer, beside, head, .. }, leader, .. } = &office;
        let task = office.one("X1");
        let not_allowed = |right| vec![Refusal::Entrance(EntranceProblem::NotAllowed { right })];
        use domain::access::Right::{DoTasks, GiveTasks};
        for (who, step, right) in [
            (beside, Step::Accept, DoTasks),
            (head, Step::Accept, DoTasks),
            (leader, Step::Accept, DoTasks),
            (officer, Step::Pause, GiveTasks),
            (officer, Step::Confirm, GiveTasks),
        ] {
            let taken = office.step(who, TODAY, task, say(step, "vì"));
            assert_eq!(taken, Err(not_allowed(right)), "{engine}: {step:?}");
        }
        let silent = office.step(officer, TODAY, task, Wanted::plain(Step::Decline));
        let without = TaskingProblem::WithoutWords { step: Step::Decline };
        assert_eq!(silent, Err(tasking(without)), "{engine}");
        office.step(officer, TODAY, task, Wanted::plain(Step::Accept)).unwrap();
        let stale = Wanted { seen: Some(0), ..say(Step::Report, "Đã xong nửa") };
        let meanwhile = office.step(officer, TODAY, task, stale);
        assert_eq!(meanwhile, Err(tasking(TaskingProblem::ChangedMeanwhile)), "{engine}");
        let page = office.commune.office.workspace.task_page(officer, AT, task).unwrap();
        let expected = [Step::Decline, Step::Report, Step::HandIn, Step::AskForTime];
        assert_eq!(page.possible, expected, "{engine}");
        let hidden = office.commune.office.workspace.task_page(beside, AT, task);
        assert!(refused(hidden)[0] != Refusal::EmptyFile, "{engine}: others do not see it");
    });
}

#[test]
fn within_one_unit_two_named_people_do_and_confirm() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let other = person(database, "to-truong", "reviewer", "X1");
        let account = |who: &Actor| Some(granted(database, who));
        let unit = office.unit("X1");
        let lead = Party { unit, account: account(&office.commune.officer) };
        let confirmer = Party { unit, account: account(&other) };
        let member = |name: &str| Member { name: name.to_owned(), duty: "tổ viên".to_owned() };
        let team: Vec<Member> = (1..=7).map(|number| member(&format!("Người {number}"))).collect();
        let assignment = |lead: Party, confirmer: Option<Party>| Assignment {
            issuer: unit,
            leads: vec![lead],
            confirmer,
            team: team.clone(),
            ..office.assignment(&[])
        };
        let alone = office.entrance.give_tasks(&other, AT, assignment(lead, Some(lead)));
        assert_eq!(refused(alone), tasking(TaskingProblem::ConfirmerLeads), "{engine}");
        let given = office.entrance.give_tasks(&other, AT, assignment(lead, Some(confirmer)));
        let task = given.unwrap().tasks[0];
        let others = office.step(&other, TODAY, task, Wanted::plain(Step::Accept));
        let name = "xa".to_owned();
        assert_eq!(others, Err(tasking(TaskingProblem::OthersTask { name })), "{engine}");
        let officer = &office.commune.officer;
        office.step(officer, TODAY, task, say(Step::HandIn, "Xong")).unwrap();
        let own = office.step(officer, TODAY, task, Wanted::plain(Step::Confirm));
        let name = "to-truong".to_owned();
        assert_eq!(own, Err(tasking(TaskingProblem::OthersTask { name })), "{engine}");
        let page = office.commune.office.workspace.task_page(&other, AT, task).unwrap();
        assert_eq!(page.brief.team.len(), 7, "{engine}");
        let confirmed = office.step(&other, TODAY, task, Wanted::plain(Step::Confirm));
        assert_eq!(confirmed, Ok(State::Done), "{engine}");
    });
}

#[test]
fn tasks_given_together_stand_on_one_line_with_what_became_of_each() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let given = office.give(office.assignment(&["X1", "X2"])).unwrap();
        let alone = office.one("X2");
        let officer = &office.commune.officer;
        office.step(officer, TODAY, given.tasks[0], say(Step::HandIn, "Xong")).unwrap();
        let late = date(2026, 12, 2);
        let asked = Asked::of(office.unit("182"));
        let list = office.list(&office.leader, late, &asked);
        assert_eq!((list.found, list.counts.all), (2, 3), "{engine}");
        let together = list.lines[0].together.unwrap();
        assert_eq!((together.all, together.standing("overdue")), (2, 1), "{engine}");
        let each = Asked { brief: Some(given.brief), ..asked.clone() };
        assert_eq!(office.list(&office.leader, late, &each).found, 2, "{engine}");
        let overdue = Asked { standing: Some("overdue"), ..asked.clone() };
        let found = office.list(&office.leader, late, &overdue);
        assert_eq!((found.found, found.counts.all), (2, 3), "{engine}: counts stay those of all");
        let beside = Asked { scope: Scope::Led, ..Asked::of(office.unit("X2")) };
        let led = office.list(&office.leader, late, &beside);
        let led: Vec<TaskId> = led.lines.iter().map(|line| line.task.id).collect();
        assert_eq!(led, [given.tasks[1], alone], "{engine}");
        let own = |unit: &str| Asked { scope: Scope::Own, ..Asked::of(office.unit(unit)) };
        assert_eq!(office.list(&office.leader, late, &own("X2")).counts.all, 2, "{engine}");
        let none = office.list(&office.leader, late, &own("182")).counts.all;
        assert_eq!(none, 0, "{engine}: those below are left out");
        let text = Asked { text: "di chuyen CHO".to_owned(), ..asked.clone() };
        assert_eq!(office.list(&office.leader, late, &text).counts.all, 3, "{engine}");
        let waiting = office.commune.office.workspace.tasks_waiting(&office.leader, at(late), 50);
        let waiting: Vec<TaskId> = waiting.unwrap().iter().map(|line| line.task.id).collect();
        assert_eq!(waiting, [given.tasks[0]], "{engine}: it waits to be confirmed");
    });
}

#[test]
fn a_task_of_a_unit_that_will_be_merged_asks_for_the_heir_and_open_ones_go_over() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let before = date(2025, 6, 1);
        let assignment =
            |day| Assignment { times: vec![Time::By(day)], ..office.assignment(&["X1"]) };
        let give = |day| office.entrance.give_tasks(&office.leader, at(before), assignment(day));
        let open = give(date(2025, 6, 20)).unwrap().tasks[0];
        let files = &office.commune.office;
        let heir = "Y1,Tân Mỹ Mới,xã,commune,182,2025-07-01,\n";
        files.units(format!("{HEADER}{heir}")).unwrap();
        files.crosswalk(format!("{CROSSWALK}X1,Y1,whole\nX2,Y1,whole\n")).unwrap();
        let expected = TaskingProblem::LeadEnds {
            unit: "xã Tân Mỹ".to_owned(),
            last: date(2025, 6, 30),
            heirs: vec!["Y1 xã Tân Mỹ Mới".to_owned()],
        };
        assert_eq!(refused(give(date(2025, 7, 20))), tasking(expected), "{engine}");
        let after = date(2025, 8, 1);
        let heir = files.workspace.find_unit("Y1", Some(after)).unwrap();
        let list = office.list(&office.leader, after, &Asked::of(heir));
        assert_eq!(list.lines.len(), 1, "{engine}: the heir's list has it");
        let page = files.workspace.task_page(&office.leader, at(after), open).unwrap();
        let heirs: Vec<UnitId> = page.heirs.iter().map(|unit| unit.id).collect();
        assert_eq!(heirs, [heir], "{engine}");
        let people = person(database, "xa-moi", "reviewer", "Y1");
        let waiting = files.workspace.tasks_waiting(&people, at(after), 50).unwrap();
        assert_eq!(waiting.len(), 1, "{engine}: it waits for the heir's people");
        let taken = office.step(&people, after, open, Wanted::plain(Step::Accept));
        assert_eq!(taken, Ok(State::Accepted), "{engine}");
    });
}
