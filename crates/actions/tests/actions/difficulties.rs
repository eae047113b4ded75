//! Difficulties: raised, passed on, answered, asked again, closed, refused, listed with answer times.

use actions::difficulties::Counts;
use actions::difficulties::list::{Asked, DifficultyList};
use actions::difficulties::raise::Raised;
use actions::difficulties::step::Wanted;
use actions::entrance::Entrance;
use actions::urging::page::{About, Outcome};
use actions::verification::{Trouble, Witnesses};
use domain::access::{Actor, Right};
use domain::collecting::CollectingProblem;
use domain::difficulty::{DifficultyId, State, Step};
use domain::entrance::EntranceProblem;
use domain::raising::RaisingProblem;
use domain::refusal::Refusal;
use domain::task::Standing;
use domain::unit::UnitId;
use domain::urging::{Audience, Policy, Subject, standard_policies};
use jiff::civil::{Date, date};
use store::damage::Damage;
use testkit::on_every_engine;

use crate::collecting::{AT, refused};
use crate::door::Watch;
use crate::entrance::entrance;
use crate::tasks::{Office, TODAY, at, office};

const DUE: Date = date(2026, 11, 27);

/// A difficulty of a village that its commune answers.
fn road(office: &Office) -> Raised {
    Raised {
        parcel: None,
        unit: office.unit("X1-1"),
        task: None,
        trouble: " Đường vào thôn sạt lở ".to_owned(),
        detail: String::new(),
        holder: Some(office.unit("X1")),
        due: Some(DUE),
    }
}

/// Whoever raises and answers, on days.
struct Desk<'a> {
    office: &'a Office,
    entrance: Entrance,
}

impl Desk<'_> {
    fn raise(&self, who: &Actor, raised: Raised) -> Result<DifficultyId, Vec<Refusal>> {
        let raised = self.entrance.raise_difficulty(who, AT, raised);
        raised.map(|arrived| arrived.id).map_err(|error| refused::<()>(Err(error)))
    }

    fn take(
        &self,
        (who, day): (&Actor, Date),
        id: DifficultyId,
        wanted: Wanted,
    ) -> Result<State, Vec<Refusal>> {
        let taken = self.entrance.take_difficulty(who, at(day), id, wanted);
        taken.map(|one| one.state).map_err(|error| refused::<()>(Err(error)))
    }

    fn list(&self, day: Date, unit: &str) -> DifficultyList {
        let asked = Asked { unit: self.office.unit(unit), state: None, page: 0 };
        let workspace = &self.office.commune.office.workspace;
        workspace.difficulty_list(&Actor::console(), at(day), &asked).unwrap()
    }

    fn waiting(&self, who: &Actor) -> Vec<DifficultyId> {
        let workspace = &self.office.commune.office.workspace;
        let waiting = workspace.difficulties_waiting(who, AT).unwrap();
        waiting.into_iter().map(|line| line.difficulty.id).collect()
    }
}

/// Every verb about difficulties, for the test of the door.
pub(crate) fn every_verb(
    watch: &mut Watch<'_>,
    unit: impl Fn(&str) -> UnitId,
    entrance: &Entrance,
) {
    let console = Actor::console();
    let raised = || Raised {
        parcel: None,
        unit: unit("X1-1"),
        task: None,
        trouble: "Bình hỏi".to_owned(),
        detail: "Bình hỏi thêm".to_owned(),
        holder: Some(unit("182")),
        due: Some(AT.today),
    };
    let raise = || entrance.raise_difficulty(&console, AT, raised());
    let id = watch.run("raise_difficulty", raise).unwrap().id;
    let answer = || Wanted::saying(Step::Answer, "Bình trả lời");
    let take = || entrance.take_difficulty(&console, AT, id, answer());
    watch.run("take_difficulty", take).unwrap();
}

#[test]
fn a_difficulty_goes_up_is_answered_asked_again_and_closed() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let desk = Desk { office: &office, entrance: entrance(database) };
        let (head, officer) = (&office.commune.head, &office.commune.officer);
        let leader = &office.leader;
        let id = desk.raise(head, road(&office)).unwrap();
        assert_eq!(desk.waiting(officer), [id], "{engine}: the commune answers");
        assert_eq!(desk.waiting(leader), [], "{engine}: the district does not");
        assert_eq!(desk.waiting(head), [], "{engine}");

        let pass_on = Wanted {
            holder: Some(office.unit("182")),
            ..Wanted::saying(Step::PassOn, "Xã không có máy xúc")
        };
        assert_eq!(desk.take((officer, TODAY), id, pass_on), Ok(State::Waiting), "{engine}");
        assert_eq!((desk.waiting(officer), desk.waiting(leader)), (vec![], vec![id]), "{engine}");
        let answer = || Wanted::saying(Step::Answer, "Huyện điều máy");
        let late = date(2026, 11, 30);
        assert_eq!(desk.take((leader, late), id, answer()), Ok(State::Answered), "{engine}");
        assert_eq!(desk.waiting(head), [id], "{engine}: the village says whether it is solved");
        let line = desk.list(late, "182").lines.remove(0);
        assert_eq!(line.standing, Standing::Late { days: 3 }, "{engine}: passing on wins no time");
        assert_eq!(line.trouble, "Đường vào thôn sạt lở", "{engine}");

        let again = Wanted {
            due: Some(date(2026, 12, 3)),
            ..Wanted::saying(Step::AskAgain, "Máy chưa đến")
        };
        assert_eq!(desk.take((head, late), id, again), Ok(State::Waiting), "{engine}");
        let counts = desk.list(date(2026, 12, 4), "X1-1").counts;
        assert_eq!((counts.states, counts.overdue), ([1, 0, 0], 1), "{engine}");
        let day = date(2026, 12, 2);
        assert_eq!(desk.take((leader, day), id, answer()), Ok(State::Answered), "{engine}");
        let close = Wanted::saying(Step::Close, "");
        assert_eq!(desk.take((head, day), id, close), Ok(State::Closed), "{engine}");
        assert_eq!(desk.waiting(head), [], "{engine}");
        let expected =
            Counts { states: [0, 0, 1], overdue: 0, in_time: 1, late: 0, median_days: Some(2) };
        assert_eq!(desk.list(day, "182").counts, expected, "{engine}");
        assert_eq!(desk.list(day, "X2").found, 0, "{engine}: nothing of it lies there");

        let workspace = &office.commune.office.workspace;
        let page = workspace.difficulty_page(head, AT, id).unwrap();
        let steps: Vec<Step> = page.steps.iter().map(|(told, _)| told.taken.step).collect();
        let all = [Step::Raise, Step::PassOn, Step::Answer, Step::AskAgain, Step::Answer];
        assert_eq!(steps, [&all[..], &[Step::Close]].concat(), "{engine}");
        let beside = workspace.difficulty_page(&office.commune.beside, AT, id);
        let hidden = EntranceProblem::NotAllowed { right: Right::SeeFigures };
        assert_eq!(refused(beside), [Refusal::Entrance(hidden)], "{engine}: nobody beside sees it");
    });
}

#[test]
fn an_officer_writes_down_what_a_village_tells_and_only_those_two_say_that_it_is_solved() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let desk = Desk { office: &office, entrance: entrance(database) };
        let (head, officer) = (&office.commune.head, &office.commune.officer);
        let up = |raised| Raised { holder: Some(office.unit("182")), ..raised };
        let answer = || Wanted::saying(Step::Answer, "Huyện điều máy");
        let close = || Wanted::saying(Step::Close, "");
        let workspace = &office.commune.office.workspace;
        let offered = workspace.raising_units(officer, TODAY, None).unwrap();
        assert!(offered.iter().any(|unit| unit.id == office.unit("X1-1")), "{engine}: {offered:?}");
        let above = workspace.answering_units(office.unit("X1-1"), TODAY).unwrap();
        assert_eq!(above[0].id, office.unit("X1"), "{engine}: the nearest stands first");

        let told = desk.raise(officer, up(road(&office))).unwrap();
        desk.take((&office.leader, TODAY), told, answer()).unwrap();
        assert_eq!(desk.waiting(officer), [told], "{engine}: whoever wrote it down is told");
        assert_eq!(desk.waiting(head), [told], "{engine}: and so is the village");
        assert_eq!(desk.take((officer, TODAY), told, close()), Ok(State::Closed), "{engine}");

        let own = desk.raise(head, up(road(&office))).unwrap();
        desk.take((&office.leader, TODAY), own, answer()).unwrap();
        assert_eq!(desk.waiting(officer), [], "{engine}");
        let closed = desk.take((officer, TODAY), own, close()).unwrap_err();
        let others = |why: &Refusal| {
            matches!(why, Refusal::Raising(RaisingProblem::OthersDifficulty { .. }))
        };
        assert!(closed.iter().all(others), "{engine}: {closed:?}");
        let page = workspace.difficulty_page(officer, AT, own).unwrap();
        assert_eq!(page.possible, [], "{engine}: and no page offers it");
        assert_eq!(desk.take((head, TODAY), own, close()), Ok(State::Closed), "{engine}");
    });
}

#[test]
fn a_difficulty_about_a_task_stands_on_both_pages() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let desk = Desk { office: &office, entrance: entrance(database) };
        let workspace = &office.commune.office.workspace;
        let officer = &office.commune.officer;
        let (own, others) = (office.one("X1"), office.one("X2"));
        let about = |task| Raised {
            unit: office.unit("X1"),
            task: Some(task),
            holder: Some(office.unit("182")),
            ..road(&office)
        };
        let refused = desk.raise(officer, about(others)).unwrap_err();
        assert!(
            matches!(refused[..], [Refusal::Raising(RaisingProblem::OthersTask { .. })]),
            "{engine}: {refused:?}"
        );
        let id = desk.raise(officer, about(own)).unwrap();
        let page = workspace.difficulty_page(&office.leader, AT, id).unwrap();
        assert_eq!(page.task, Some((own, "Di chuyển chợ".to_owned())), "{engine}");
        let named = |who: &Actor, task| {
            let lines = workspace.difficulties_about(who, AT, task).unwrap();
            lines.into_iter().map(|line| (line.difficulty.id, line.trouble)).collect::<Vec<_>>()
        };
        let expected = [(id, "Đường vào thôn sạt lở".to_owned())];
        assert_eq!(named(&office.leader, own), expected, "{engine}");
        assert_eq!(named(officer, others), [], "{engine}");
        assert_eq!(named(&office.commune.beside, own), [], "{engine}: not seen from beside");
    });
}

#[test]
fn a_difficulty_sent_again_under_its_id_is_the_same_one() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let desk = Desk { office: &office, entrance: entrance(database) };
        let head = &office.commune.head;
        let parcel = |id: &str| Raised { parcel: Some(id.to_owned()), ..road(&office) };
        let id = "0193a0f0-7d3c-7c11-8a55-3a1b2c3d4e5f";
        let send = |raised| desk.entrance.raise_difficulty(head, AT, raised);
        let first = send(parcel(id)).unwrap();
        desk.take((head, TODAY), first.id, Wanted::saying(Step::Close, "")).unwrap();
        let again = send(parcel(&id.to_uppercase())).unwrap();
        assert_eq!(again, first, "{engine}: with the receipt of its arrival");
        let other = Raised { detail: "Thêm".to_owned(), ..parcel(id) };
        let refused = refused(send(other));
        let same = |why: &Refusal| {
            matches!(why, Refusal::Collecting(CollectingProblem::SameIdOtherContent { .. }))
        };
        assert!(refused.iter().all(same), "{engine}: {refused:?}");
        assert_eq!(desk.list(TODAY, "X1-1").found, 1, "{engine}");
        let no_id =
            Refusal::BadValue { text: "1".to_owned(), wanted: domain::refusal::Wanted::Code };
        assert_eq!(self::refused(send(parcel("1"))), [no_id], "{engine}: an id is a UUID");
    });
}

#[test]
fn answers_are_counted_for_whoever_gives_them() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let desk = Desk { office: &office, entrance: entrance(database) };
        let (head, officer) = (&office.commune.head, &office.commune.officer);
        let day = |day| date(2026, 11, day);
        // Who answers, and on which day when the answer was due on the 27th; raised on the 23rd.
        let table = [
            ("X1", Some(day(23))),
            ("X1", Some(day(25))),
            ("X1", Some(day(29))),
            ("182", Some(day(30))),
            ("182", None),
        ];
        for (holder, answered) in table {
            let raised = Raised { holder: Some(office.unit(holder)), ..road(&office) };
            let id = desk.raise(head, raised).unwrap();
            let who = if holder == "X1" { officer } else { &office.leader };
            if let Some(on) = answered {
                desk.take((who, on), id, Wanted::saying(Step::Answer, "Đã rõ")).unwrap();
            }
        }
        let list = desk.list(date(2026, 12, 1), "182");
        let commune =
            Counts { states: [0, 3, 0], overdue: 0, in_time: 2, late: 1, median_days: Some(2) };
        let district =
            Counts { states: [1, 1, 0], overdue: 1, in_time: 0, late: 1, median_days: Some(7) };
        let holders: Vec<(UnitId, Counts)> =
            list.holders.into_iter().map(|one| (one.unit.id, one.counts)).collect();
        let expected = [(office.unit("182"), district), (office.unit("X1"), commune)];
        assert_eq!(holders, expected, "{engine}: whoever lets somebody wait stands first");
        let all =
            Counts { states: [1, 4, 0], overdue: 1, in_time: 2, late: 2, median_days: Some(2) };
        assert_eq!(list.counts, all, "{engine}");
        let first = &list.lines[0];
        assert_eq!(first.standing, Standing::Overdue { days: 4 }, "{engine}: what waits is first");
    });
}

#[test]
fn an_answer_that_stays_away_is_urged_and_the_unit_above_learns_of_it() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let desk = Desk { office: &office, entrance: entrance(database) };
        let workspace = &office.commune.office.workspace;
        let none = Policy {
            subject: Subject::Submission,
            offsets: Vec::new(),
            every: None,
            escalates_at: None,
            lasts_days: 0,
            ..standard_policies().remove(0)
        };
        workspace.save_urging_policy(&Actor::console(), AT, none).unwrap();
        let id = desk.raise(&office.commune.head, road(&office)).unwrap();
        let table = [
            (date(2026, 11, 25), 0),
            (date(2026, 11, 26), 1),
            (date(2026, 11, 26), 0),
            (date(2026, 11, 28), 1),
            // The commune, and the district above it.
            (date(2026, 11, 30), 2),
        ];
        for (day, expected) in table {
            assert_eq!(workspace.urge(at(day)).unwrap().made, expected, "{engine}: {day}");
        }
        let answer = Wanted::saying(Step::Answer, "Đã dọn");
        let day = date(2026, 12, 1);
        desk.take((&office.commune.officer, day), id, answer).unwrap();
        assert_eq!(workspace.urge(at(date(2026, 12, 3))).unwrap().made, 0, "{engine}: answered");
        let log = workspace.reminders(&office.leader, at(day), office.unit("182"), None).unwrap();
        let newest = &log[0];
        let about = About::Difficulty(id, "Đường vào thôn sạt lở".to_owned());
        assert_eq!((&newest.about, newest.outcome), (&about, Outcome::Done(day)), "{engine}");
        assert_eq!(newest.audience, Audience::Superior, "{engine}");
        assert_eq!(newest.units[0].id, office.unit("182"), "{engine}");
    });
}

#[test]
fn a_difficulty_that_says_nothing_or_goes_nowhere_is_not_raised() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let desk = Desk { office: &office, entrance: entrance(database) };
        let head = &office.commune.head;
        let raising = |problem| vec![Refusal::Raising(problem)];
        let past = date(2026, 11, 22);
        let name = |code: &str| {
            let workspace = &office.commune.office.workspace;
            let name = workspace.unit_name(office.unit(code), TODAY).unwrap();
            format!("{} {}", name.kind, name.name)
        };
        let above = |holder: &str| {
            raising(RaisingProblem::NotAbove { holder: name(holder), unit: name("X1-1") })
        };
        let empty = Raised { trouble: " ".into(), holder: None, due: None, ..road(&office) };
        let nothing = [
            RaisingProblem::WithoutTrouble,
            RaisingProblem::WithoutHolder,
            RaisingProblem::WithoutDay,
        ];
        let to = |code: &str| Raised { holder: Some(office.unit(code)), ..road(&office) };
        let cases = [
            ("nothing said", empty, nothing.map(Refusal::Raising).to_vec()),
            ("to a unit beside", to("X2"), above("X2")),
            ("to itself", to("X1-1"), above("X1-1")),
            (
                "for yesterday",
                Raised { due: Some(past), ..road(&office) },
                raising(RaisingProblem::DayPast { day: past }),
            ),
            (
                "too long",
                Raised { trouble: "a".repeat(301), ..road(&office) },
                raising(RaisingProblem::TooLong { characters_max: 300 }),
            ),
        ];
        for (case, raised, expected) in cases {
            assert_eq!(desk.raise(head, raised), Err(expected), "{engine}: {case}");
        }
        let beside = desk.raise(&office.commune.beside, road(&office)).unwrap_err();
        assert!(
            matches!(beside[..], [Refusal::Entrance(EntranceProblem::NotAllowed { .. })]),
            "{engine}: {beside:?}"
        );
        assert_eq!(desk.list(TODAY, "182").found, 0, "{engine}");
    });
}

#[test]
fn a_step_that_cannot_be_taken_says_why() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let desk = Desk { office: &office, entrance: entrance(database) };
        let (head, officer) = (&office.commune.head, &office.commune.officer);
        let id = desk.raise(head, road(&office)).unwrap();
        let pass_on = |holder: Option<UnitId>| Wanted {
            holder,
            ..Wanted::saying(Step::PassOn, "Không thuộc thẩm quyền")
        };
        let unseen = Wanted { seen: Some(-1), ..Wanted::saying(Step::Answer, "Đã rõ") };
        let wrong = RaisingProblem::WrongState { state: State::Waiting, step: Step::AskAgain };
        let without = RaisingProblem::WithoutWords { step: Step::Answer };
        let cases = [
            ("no words", officer, Wanted::saying(Step::Answer, " "), without),
            ("not answered yet", head, Wanted::saying(Step::AskAgain, "Sao"), wrong),
            ("to nobody", officer, pass_on(None), RaisingProblem::WithoutHolder),
            ("to oneself", officer, pass_on(Some(office.unit("X1"))), RaisingProblem::SameHolder),
            ("of an older page", officer, unseen, RaisingProblem::ChangedMeanwhile),
        ];
        for (case, who, wanted, expected) in cases {
            let taken = desk.take((who, TODAY), id, wanted);
            assert_eq!(taken, Err(vec![Refusal::Raising(expected)]), "{engine}: {case}");
        }
        for (case, who, step) in [
            ("one's own answer", head, Step::Answer),
            ("an answer from beside", &office.commune.beside, Step::Answer),
            ("closing for others as if one's own", &office.leader, Step::Close),
        ] {
            let taken = desk.take((who, TODAY), id, Wanted::saying(step, "Được")).unwrap_err();
            let expected =
                matches!(taken[..], [Refusal::Entrance(EntranceProblem::NotAllowed { .. })]);
            assert!(expected, "{engine}: {case}: {taken:?}");
        }
        let settle = Wanted::saying(Step::Settle, "Đã có trong kế hoạch");
        assert_eq!(desk.take((officer, TODAY), id, settle), Ok(State::Closed), "{engine}");
        let counts = desk.list(TODAY, "X1").counts;
        assert_eq!((counts.in_time, counts.median_days), (0, None), "{engine}: no answer counts");
    });
}

#[test]
fn a_difficulty_changed_behind_the_programs_back_is_named() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let desk = Desk { office: &office, entrance: entrance(database) };
        let id = desk.raise(&office.commune.head, road(&office)).unwrap();
        let altered = || {
            let verified = office.commune.office.workspace.verify(Witnesses::default()).unwrap();
            let things = verified.troubles.into_iter().filter_map(|trouble| match trouble {
                Trouble::RowAltered { thing, .. } => Some(thing.noun),
                _ => None,
            });
            things.collect::<Vec<_>>()
        };
        assert_eq!(altered(), [] as [&str; 0], "{engine}");
        let damages: [fn(&str) -> Damage; 2] = [
            |due| Damage::DifficultyDue(1, due.to_owned()),
            |trouble| Damage::DifficultyTrouble(1, trouble.to_owned()),
        ];
        let table = [(0, "2026-12-31", 1), (0, "2026-11-27", 0), (1, "Đường tốt", 1)];
        for (which, text, found) in table {
            let damage = damages[which](text);
            database
                .write_blocking(move |tx| -> Result<u64, store::Error> {
                    store::damage::inflict(tx, &damage)
                })
                .unwrap();
            assert_eq!(altered(), vec!["difficulty"; found], "{engine}: {text}");
        }
        let answer = Wanted::saying(Step::Answer, "Máy xúc đến ngày 25");
        desk.take((&office.commune.officer, TODAY), id, answer).unwrap();
        assert_eq!(altered(), [] as [&str; 0], "{engine}");
        let inflicted = database.write_blocking(move |tx| -> Result<u64, store::Error> {
            let step = store::difficulties::newest_of(tx, id)?;
            store::damage::inflict(tx, &Damage::DifficultyAnswer(step, "Để sau".to_owned()))
        });
        assert_eq!(inflicted.unwrap(), 1, "{engine}");
        assert_eq!(altered(), ["difficulty"], "{engine}: the answer");
    });
}
