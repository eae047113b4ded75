//! Stocktakes: an agenda from what is behind and late, figures that nobody changes, decisions as tasks.

use actions::accounts::Moment;
use actions::calls::Calling;
use actions::difficulties::raise::Raised;
use actions::entrance::Entrance;
use actions::error::Error;
use actions::stocktakes::page::{About, Agenda, StocktakePage};
use actions::stocktakes::{Change, Draft, ITEMS_MAX, Noted, Then, Written};
use actions::tasks::give::{Assignment, Given, Giving, Time};
use actions::tasks::step::Wanted as StepWanted;
use actions::verification::{Trouble, Witnesses};
use actions::workspace::Workspace;
use domain::access::{Actor, Right};
use domain::entrance::EntranceProblem;
use domain::number::{Decimal, Fraction};
use domain::period::Period;
use domain::refusal::{Noun, Refusal};
use domain::status::Status;
use domain::stocktake::{Decided, Invitation, Item, Meeting, Place, StocktakeId, Topic};
use domain::stocktaking::{Said, StocktakingProblem};
use domain::task::{Origin, Party, Step};
use jiff::civil::{Date, date};
use store::damage::Damage;
use testkit::on_every_engine;

use crate::collecting::{AT, refused};
use crate::door::Watch;
use crate::entrance::entrance;
use crate::setup::Office as Setup;
use crate::tasks::{Office, at, office, words};

fn draft(workspace: &Workspace, unit: &str) -> Draft {
    Draft {
        unit: workspace.find_unit(unit, None).unwrap(),
        meeting: Meeting::Regular,
        invitation: invitation(AT.today),
    }
}

pub(crate) fn invitation(day: Date) -> Invitation {
    Invitation {
        day,
        place: "Hội trường".to_owned(),
        chair: "Chị Bình".to_owned(),
        period: Period::Year(2023),
    }
}

pub(crate) fn then(then: Then) -> Change {
    Change { written: Vec::new(), then }
}

pub(crate) fn noted(place: Place, minutes: &str) -> Noted {
    Noted { place, minutes: minutes.to_owned() }
}

/// Every verb about stocktakes, for the test of the door.
pub(crate) fn every_verb(watch: &mut Watch<'_>, workspace: &Workspace, entrance: &Entrance) {
    let console = Actor::console();
    let call = || entrance.call_stocktake(&console, AT, draft(workspace, "182"));
    let id = watch.run("call_stocktake", call).unwrap();
    let (before, other) =
        (invitation(AT.today), entrance.call_stocktake(&console, AT, draft(workspace, "182")));
    let after = Invitation { chair: "Anh Bình".to_owned(), ..before.clone() };
    let (other, correct) = (other.unwrap(), Then::Correct { before, after });
    let changes = [
        (id, Then::Add("Bình nói".to_owned())),
        (id, correct),
        (id, Then::Freeze),
        (id, Then::Close),
        (other, Then::CallOff("Bão".to_owned())),
    ];
    for (id, change) in changes {
        let act = || entrance.change_stocktake(&console, AT, id, then(change.clone()));
        watch.run("change_stocktake", act).unwrap();
    }
}

/// What they record, in their order.
pub(crate) fn recorded() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("call_stocktake", vec!["stocktake.call"]),
        ("change_stocktake", vec!["stocktake.write"]),
        ("change_stocktake", vec!["stocktake.correct"]),
        ("change_stocktake", vec!["stocktake.freeze"]),
        ("change_stocktake", vec!["stocktake.close"]),
        ("change_stocktake", vec!["stocktake.call-off"]),
    ]
}

pub(crate) fn stocktaking(problem: StocktakingProblem) -> Vec<Refusal> {
    vec![Refusal::Stocktaking(problem)]
}

/// A desk at which a stocktake of the district is written.
pub(crate) struct Desk<'a> {
    pub(crate) office: &'a Office,
    pub(crate) entrance: Entrance,
    pub(crate) id: StocktakeId,
    pub(crate) day: Moment,
}

impl Desk<'_> {
    pub(crate) fn page(&self) -> StocktakePage {
        let workspace = &self.office.commune.office.workspace;
        workspace.stocktake_page(&self.office.leader, self.day, self.id).unwrap()
    }

    pub(crate) fn change(&self, change: Change) -> Result<(), Error> {
        self.entrance.change_stocktake(&self.office.leader, self.day, self.id, change)
    }

    pub(crate) fn write(&self, written: Vec<Written>) -> Result<(), Error> {
        self.change(Change { written, then: Then::Nothing })
    }

    pub(crate) fn item(&self, topic: Topic) -> Item {
        let items = self.page().items;
        items.into_iter().find(|one| one.item.topic == topic).unwrap().item
    }

    /// Gives a task that was decided about an item of a stocktake.
    pub(crate) fn decide(&self, stocktake: StocktakeId, item: u32) -> Result<Given, Error> {
        let assignment = Assignment {
            issuer: self.office.unit("182"),
            origin: Origin { decided: Some(Decided { stocktake, item }), ..Origin::default() },
            words: words("Dựng chợ tạm"),
            leads: vec![Party { unit: self.office.unit("X1"), account: None }],
            helpers: Vec::new(),
            team: Vec::new(),
            confirmer: None,
            times: vec![Time::By(date(2026, 12, 31))],
            giving: Giving::Now,
        };
        self.entrance.give_tasks(&self.office.leader, self.day, assignment)
    }
}

/// A stocktake of 15 December, when something of every kind is late or waits.
pub(crate) fn held<'a>(office: &'a Office, entrance: Entrance) -> Desk<'a> {
    let (commune, leader) = (&office.commune, &office.leader);
    let workspace = &commune.office.workspace;
    // Due on 30 November, one without an answer to what it asks for.
    office.one("X1");
    let asking = office.one("X2");
    let wanted = StepWanted {
        day: Some(date(2026, 12, 20)),
        words: "Mưa lũ".to_owned(),
        ..StepWanted::plain(Step::AskForTime)
    };
    office.step(&commune.beside, AT.today, asking, wanted).unwrap();
    let calling = Calling {
        issuer: office.unit("182"),
        level: Some("commune".to_owned()),
        units: Vec::new(),
        due: Some(date(2026, 12, 10)),
    };
    workspace.call_for_plans(leader, AT, "kh", calling).unwrap();
    let raised = Raised {
        parcel: None,
        unit: office.unit("X1"),
        task: None,
        trouble: "Thiếu mặt bằng".to_owned(),
        detail: String::new(),
        holder: Some(office.unit("182")),
        due: Some(date(2026, 12, 20)),
    };
    entrance.raise_difficulty(&Actor::console(), AT, raised).unwrap();
    let day = at(date(2026, 12, 15));
    let draft = Draft { invitation: invitation(day.today), ..draft(workspace, "182") };
    let id = entrance.call_stocktake(leader, day, draft).unwrap();
    Desk { office, entrance, id, day }
}

#[test]
fn calling_one_asks_where_it_is_and_who_chairs_it_and_is_for_ones_own_unit() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let entrance = entrance(database);
        let draft = || draft(&office.commune.office.workspace, "182");
        let call = |draft| entrance.call_stocktake(&office.leader, AT, draft);
        let unsaid = |what| stocktaking(StocktakingProblem::Unsaid { what });
        let invited = |invitation| call(Draft { invitation, ..draft() });
        let sound = || invitation(AT.today);
        let too_long = StocktakingProblem::TooLong { characters_max: 4_000 };
        let (day, first) = (date(2020, 1, 1), date(2026, 11, 16));
        let ago = StocktakingProblem::TooLongAgo { day, first };
        let table = [
            (Invitation { place: " ".to_owned(), ..sound() }, unsaid(Said::Place)),
            (Invitation { chair: String::new(), ..sound() }, unsaid(Said::Chair)),
            (Invitation { chair: "a".repeat(4_001), ..sound() }, stocktaking(too_long)),
            (invitation(day), stocktaking(ago)),
        ];
        for (invitation, expected) in table {
            assert_eq!(refused(invited(invitation)), expected, "{engine}");
        }
        let beside = entrance.call_stocktake(&office.commune.beside, AT, draft());
        let not_allowed = EntranceProblem::NotAllowed { right: Right::GiveTasks };
        assert_eq!(refused(beside), [Refusal::Entrance(not_allowed)], "{engine}");
    });
}

#[test]
fn an_agenda_has_what_is_late_and_undecided_and_takes_more_in_words() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let desk = held(&office, entrance(database));
        let about = |agenda: &Agenda| match &agenda.about {
            About::Indicator(indicator) => indicator.code.clone(),
            About::Tasks(_, work) => work.clone(),
            About::Plans(directive) => directive.code.clone(),
            About::Form(_, period) => period.to_string(),
            About::Difficulty(_, trouble) => trouble.clone(),
            About::Words => agenda.item.title.clone(),
        };
        let items = desk.page().items;
        let found: Vec<(Topic, String)> =
            items.iter().map(|one| (one.item.topic, about(one))).collect();
        for expected in [
            (Topic::LateTask, "Di chuyển chợ"),
            (Topic::LatePlan, "kh"),
            (Topic::Undecided, "Di chuyển chợ"),
            (Topic::Difficulty, "Thiếu mặt bằng"),
        ] {
            let known = found.iter().filter(|(topic, _)| *topic == expected.0);
            assert!(
                known.into_iter().any(|(_, about)| about == expected.1),
                "{engine}: {expected:?} {found:?}"
            );
        }
        assert!(found.is_sorted_by_key(|(topic, _)| *topic), "{engine}: {found:?}");

        let untitled = refused(desk.change(then(Then::Add(String::new()))));
        let unsaid = StocktakingProblem::Unsaid { what: Said::Title };
        assert_eq!(untitled, stocktaking(unsaid), "{engine}");
        desk.change(then(Then::Add("Rét đậm".to_owned()))).unwrap();
        let added = desk.item(Topic::Words);
        assert_eq!(added.title, "Rét đậm", "{engine}");
        assert_eq!(added.number as usize, items.len() + 1, "{engine}");
        for _ in desk.page().items.len()..ITEMS_MAX {
            desk.change(then(Then::Add("Việc khác".to_owned()))).unwrap();
        }
        let too_many = refused(desk.change(then(Then::Add("Nữa".to_owned()))));
        let problem = StocktakingProblem::TooMany { items_max: ITEMS_MAX };
        assert_eq!(too_many, stocktaking(problem), "{engine}");
    });
}

#[test]
fn minutes_are_written_and_nobody_writes_over_somebody_else() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let desk = held(&office, entrance(database));
        let (task, trouble) = (desk.item(Topic::LateTask), desk.item(Topic::Difficulty));
        let open = || noted(Place::Kept, "");
        let written = |number, before, after| Written { number, before, after };
        let first = noted(Place::Kept, "Xong trước 31/12\r\nXã báo cáo hằng tuần");
        desk.write(vec![written(task.number, open(), first)]).unwrap();
        let stored = desk.item(Topic::LateTask).minutes;
        assert_eq!(stored, "Xong trước 31/12\nXã báo cáo hằng tuần", "{engine}");

        // A page from before that: what it leaves as it was stays, what it changes is refused.
        let out = noted(Place::LeftOut, "");
        desk.write(vec![
            written(task.number, open(), open()),
            written(trouble.number, open(), out.clone()),
        ])
        .unwrap();
        assert_eq!(desk.item(Topic::LateTask).minutes, stored, "{engine}");
        assert_eq!(desk.item(Topic::Difficulty).place, Place::LeftOut, "{engine}");
        let over = desk.write(vec![
            written(trouble.number, out, noted(Place::Kept, "Bàn")),
            written(task.number, open(), noted(Place::Kept, "Khác")),
        ]);
        let items = vec![task.number];
        let meanwhile = StocktakingProblem::ChangedMeanwhile { items };
        assert_eq!(refused(over), stocktaking(meanwhile), "{engine}");
        assert_eq!(
            desk.item(Topic::Difficulty).place,
            Place::LeftOut,
            "{engine}: nothing is saved"
        );
    });
}

#[test]
fn a_decision_becomes_a_task_that_keeps_where_it_was_decided_until_the_meeting_is_closed() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let desk = held(&office, entrance(database));
        let late = desk.item(Topic::LateTask).number;
        let unknown =
            |key: &str| vec![Refusal::NotFound { noun: Noun::Stocktake, key: key.to_owned() }];
        let nowhere = refused(desk.decide(StocktakeId(99), 1));
        assert_eq!(nowhere, unknown("99"), "{engine}");
        let no_item = refused(desk.decide(desk.id, 99));
        assert_eq!(no_item, unknown(&desk.id.0.to_string()), "{engine}");
        let task = desk.decide(desk.id, late).unwrap().tasks[0];
        let items = desk.page().items;
        let decisions = |number| {
            let item = items.iter().find(|one| one.item.number == number).unwrap();
            item.decisions.iter().map(|line| line.task.id).collect::<Vec<_>>()
        };
        assert_eq!(decisions(late), [task], "{engine}");
        assert_eq!(decisions(late + 1), [], "{engine}");
        let workspace = &office.commune.office.workspace;
        let shown = workspace.task_page(&office.leader, desk.day, task).unwrap();
        let link = Some(Decided { stocktake: desk.id, item: late });
        assert_eq!(shown.brief.origin.decided, link, "{engine}");
        assert_eq!(shown.decided.map(|one| one.id), Some(desk.id), "{engine}");

        desk.change(then(Then::Freeze)).unwrap();
        desk.change(then(Then::Close)).unwrap();
        let closed = refused(desk.decide(desk.id, late));
        assert_eq!(closed, stocktaking(StocktakingProblem::Closed), "{engine}");
        // The people of this office came in behind the program's back.
        let troubles = workspace.verify(Witnesses::default()).unwrap().troubles;
        let is_about_people = |trouble: &Trouble| matches!(trouble, Trouble::RowExtra { thing } if thing.noun == "account");
        let others: Vec<_> = troubles.iter().filter(|one| !is_about_people(one)).collect();
        assert_eq!(others, [] as [&Trouble; 0], "{engine}");
    });
}

#[test]
fn frozen_figures_stay_forecasts_stand_beside_the_next_result_and_a_change_is_found() {
    on_every_engine(|engine, database| {
        let setup = Setup::sample(database);
        let (workspace, entrance) = (&setup.workspace, entrance(database));
        let console = Actor::console();
        let call = |day| {
            let draft = Draft { invitation: invitation(day), ..draft(workspace, "182") };
            entrance.call_stocktake(&console, AT, draft).unwrap()
        };
        let id = call(date(2026, 11, 20));
        let change = |id, change| entrance.change_stocktake(&console, AT, id, then(change));
        let forecast = |value: &str, confidence| Then::Forecast {
            indicator: "A01".to_owned(),
            value: Decimal::parse(value).unwrap(),
            confidence,
            reason: "Quý IV kết nạp nhiều".to_owned(),
        };
        assert_eq!(refused(change(id, Then::Close)), stocktaking(StocktakingProblem::NotFrozen));
        for confidence in [0, 11] {
            let wrong = refused(change(id, forecast("150", confidence)));
            assert_eq!(wrong, stocktaking(StocktakingProblem::Confidence), "{engine}");
        }
        change(id, forecast("140", 5)).unwrap();
        change(id, forecast("150", 7)).unwrap();
        let before = workspace.verify(Witnesses::default()).unwrap().size;
        change(id, Then::Freeze).unwrap();
        let page = workspace.stocktake_page(&console, AT, id).unwrap();
        let pack = page.stocktake.pack.clone().unwrap();
        assert_eq!(pack.ledger_size, before, "{engine}: they rest on this place in the ledger");
        let of = |page: &StocktakePage| {
            page.figures.iter().find(|line| line.indicator.code == "A01").unwrap().clone()
        };
        let frozen = of(&page).figure;
        assert_eq!(frozen.value.unwrap().value, Fraction::integer(61), "{engine}");
        assert_eq!(frozen.target.unwrap(), Fraction::integer(150), "{engine}");
        assert_eq!(frozen.status, Status::Behind, "{engine}");
        let again = refused(change(id, Then::Freeze));
        assert_eq!(again, stocktaking(StocktakingProblem::AlreadyFrozen), "{engine}");
        change(id, Then::Close).unwrap();
        let closed = refused(change(id, Then::Add("Thêm".to_owned())));
        assert_eq!(closed, stocktaking(StocktakingProblem::Closed), "{engine}");

        let next = workspace.stocktake_page(&console, AT, call(AT.today)).unwrap();
        assert_eq!(next.before, Some((id, date(2026, 11, 20))), "{engine}");
        let forecast = of(&next).before.unwrap();
        assert_eq!(
            (forecast.value.to_string().as_str(), forecast.confidence),
            ("150", 7),
            "{engine}"
        );
        let found = workspace.verify(Witnesses::default()).unwrap();
        assert_eq!(found.troubles, [], "{engine}");
        let inflict = |damage: Damage| {
            database.write_blocking(move |tx| store::damage::inflict(tx, &damage)).unwrap();
            let found = workspace.verify(Witnesses::default()).unwrap().troubles;
            let named = |trouble: &Trouble| match trouble {
                Trouble::RowAltered { thing, .. } => format!("{} {}", thing.noun, thing.id),
                other => format!("{other:?}"),
            };
            found.iter().map(named).collect::<Vec<_>>()
        };
        let pack =
            |from: &str, to: &str| Damage::StocktakePack(id.0, from.to_owned(), to.to_owned());
        let expected = vec![format!("stocktake {}", id.0)];
        assert_eq!(inflict(pack("61/1", "161/1")), expected, "{engine}: a figure");
        assert_eq!(inflict(pack("161/1", "61/1")), [] as [String; 0], "{engine}");
        let place = Damage::StocktakePlace(id.0, "Nhà riêng".to_owned());
        assert_eq!(inflict(place), expected, "{engine}: words");
    });
}
