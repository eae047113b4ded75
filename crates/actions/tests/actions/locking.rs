//! Locking a period and opening it again; and what lists cost that many units stand on.

use actions::accounts::Moment;
use actions::submissions::lock::May;
use actions::submissions::matrix::{Asked, Cell, Matrix};
use actions::submissions::{Occasion, Typed};
use domain::access::Actor;
use domain::collecting::CollectingProblem;
use domain::lock::{By, Lock};
use domain::refusal::Refusal;
use domain::unit::UnitId;
use jiff::civil::{Date, date};
use testkit::on_every_engine;

use crate::collecting::{AT, Commune, collecting, commune, id, occasion, person, refused, typed};
use crate::reviewing::forms;
use crate::setup::period;

const TODAY: Date = AT.today;

impl Commune {
    fn at(&self, unit: &str) -> Occasion {
        occasion(&self.office.workspace, unit, "2026-10")
    }

    fn lock(&self, who: &Actor, unit: &str) -> Result<(), Vec<Refusal>> {
        let workspace = &self.office.workspace;
        let locked = workspace.lock_period(who, AT, self.at(unit), "Đã chốt".to_owned());
        locked.map_err(|error| refused::<()>(Err(error)))
    }

    fn open(&self, who: &Actor, unit: &str, until: Date) -> Result<(), Vec<Refusal>> {
        let workspace = &self.office.workspace;
        let reason = "Sót hai hộ".to_owned();
        let opened = workspace.open_period(who, AT, self.at(unit), until, reason);
        opened.map_err(|error| refused::<()>(Err(error)))
    }

    fn matrix(&self, who: &Actor, unit: &str) -> Matrix {
        let workspace = &self.office.workspace;
        let unit = workspace.find_unit(unit, Some(TODAY)).unwrap();
        let asked = Asked { period: Some(period("2026-10")), ..Asked::of(unit) };
        workspace.matrix(who, AT, &asked).unwrap()
    }
}

fn locked(opener: &str) -> Vec<Refusal> {
    let (period, opener) = (period("2026-10"), opener.to_owned());
    collecting(CollectingProblem::Locked { period, opener })
}

#[test]
fn a_locked_period_takes_no_figures_until_somebody_above_opens_it() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let workspace = &commune.office.workspace;
        let district = person(database, "huyen", "reviewer", "182");
        commune.send(1, &[("A01", "3")]).unwrap();
        commune.lock(&commune.officer, "X1").unwrap();
        let refused = locked("xã Tân Mỹ");
        assert_eq!(commune.send(2, &[("A01", "4")]), Err(refused.clone()), "{engine}");
        let nothing = Typed { base: commune.page().base, ..Typed::default() };
        let month = commune.month();
        let nothing = workspace.nothing_to_report(&commune.head, AT, &id(3), month, nothing);
        assert_eq!(crate::collecting::refused(nothing), refused, "{engine}");
        let draft = typed(commune.page().base, &[("A01", "4")]);
        workspace.save_draft(&commune.head, AT, commune.month(), draft).unwrap();
        let page = commune.page();
        let opener = page.lock.opener.map(|unit| unit.code);
        assert_eq!(opener.as_deref(), Some("X1"), "{engine}: the page says who opens it");
        assert_eq!(page.lock.reason, "Đã chốt", "{engine}: and why it is locked");
        // What was sent before is answered as before, and judged as before.
        workspace.approve(&commune.officer, AT, &id(1)).unwrap();

        // Reporters do not open, nor does anybody before the period is locked for their unit.
        let mine = commune.open(&commune.head, "X1-1", TODAY);
        assert!(format!("{mine:?}").contains("NotAllowed"), "{engine}: {mine:?}");
        let beside = commune.open(&commune.beside, "X2-1", TODAY);
        assert_eq!(beside, Err(collecting(CollectingProblem::NotLocked)), "{engine}");
        let again = commune.lock(&commune.officer, "X1-1");
        assert_eq!(again, Err(collecting(CollectingProblem::LockedAlready)), "{engine}");

        // Opened for one village and up to a day.
        commune.open(&commune.officer, "X1-1", TODAY).unwrap();
        let cells = |unit: &str| -> Vec<Cell> {
            let rows = commune.matrix(&district, "X1").rows;
            let row = rows.into_iter().find(|row| row.unit.code == unit).unwrap();
            row.cells.into_iter().rev().take(1).collect()
        };
        let by_commune = workspace.find_unit("X1", None).unwrap();
        let lock = Lock::Locked(By::Unit(by_commune));
        assert_eq!(cells("X1-2"), [Cell::Missing { lock }], "{engine}: the other one stays locked");
        let mut correction = typed(commune.page().base, &[("A01", "4")]);
        correction.reason = "Sót một đồng chí".to_owned();
        workspace.submit(&commune.head, AT, &id(4), commune.month(), correction.clone()).unwrap();
        let tomorrow = Moment { today: date(2026, 11, 24), ..AT };
        let base = commune.page().base;
        let late = Typed { base, ..correction };
        let late = workspace.submit(&commune.head, tomorrow, &id(5), commune.month(), late);
        assert_eq!(crate::collecting::refused(late), refused, "{engine}: the opening has run out");
        // The same parcel sent again is answered, locked or not.
        let again = Typed {
            base: page.base,
            reason: "Sót một đồng chí".to_owned(),
            ..typed(page.base, &[("A01", "4")])
        };
        workspace.submit(&commune.head, tomorrow, &id(4), commune.month(), again).unwrap();
    });
}

#[test]
fn whoever_locked_or_stands_above_them_opens() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let district = person(database, "huyen", "reviewer", "182");
        commune.lock(&district, "182").unwrap();
        let theirs =
            collecting(CollectingProblem::OthersOpen { opener: "huyện Văn Lãng".into() });
        assert_eq!(commune.open(&commune.officer, "X1-1", TODAY), Err(theirs), "{engine}");
        assert_eq!(commune.matrix(&commune.officer, "X1").lock.may, May::Look, "{engine}");
        assert_eq!(commune.matrix(&district, "X1").lock.may, May::Open, "{engine}");
        commune.open(&district, "X1", date(2026, 11, 30)).unwrap();
        commune.send(1, &[("A01", "3")]).unwrap();
        // Within the opening the commune may close its own villages again, and reopen them.
        commune.lock(&commune.officer, "X1-2").unwrap();
        commune.open(&commune.officer, "X1-2", TODAY).unwrap();
        let lock = commune.matrix(&commune.officer, "X1").lock;
        assert_eq!(lock.lock, Lock::OpenUntil(date(2026, 11, 30)), "{engine}");
        let told: Vec<(&str, &str)> = lock
            .decisions
            .iter()
            .map(|line| (line.unit.code.as_str(), line.name.as_str()))
            .collect();
        let expected = [("X1-2", "xa"), ("X1-2", "xa"), ("X1", "huyen"), ("182", "huyen")];
        assert_eq!(told, expected, "{engine}: newest first");
    });
}

#[test]
fn a_form_locks_itself_so_many_days_after_its_deadline() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        // October is due on 5 November; today is the 23rd.
        for (days, is_open) in [("18", true), ("17", false)] {
            commune.office.pack(&[("forms.csv", &forms("", days))]).unwrap();
            let sent = commune.send(if is_open { 1 } else { 2 }, &[("A01", "3")]);
            assert_eq!(sent.is_ok(), is_open, "{engine}: {days} {sent:?}");
        }
        assert_eq!(commune.send(3, &[("A01", "3")]), Err(locked("xã Tân Mỹ")), "{engine}");
        assert_eq!(commune.matrix(&commune.officer, "X1").lock.last_day, Some(date(2026, 11, 22)));
        let cases = [
            (
                date(2026, 11, 22),
                "x",
                CollectingProblem::OpenUntilPast { until: date(2026, 11, 22) },
            ),
            (TODAY, " ", CollectingProblem::OpenWithoutReason),
        ];
        for (until, reason, why) in cases {
            let workspace = &commune.office.workspace;
            let month = commune.month();
            let opened =
                workspace.open_period(&commune.officer, AT, month, until, reason.to_owned());
            assert_eq!(refused(opened), collecting(why), "{engine}");
        }
        commune.open(&commune.officer, "X1", TODAY).unwrap();
        commune.send(4, &[("A01", "4")]).unwrap();
    });
}

#[test]
fn nobody_opens_for_themselves_what_the_rule_has_locked() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let district = person(database, "huyen", "reviewer", "182");
        let text = forms("", "").replace("commune,,,10,,,Q01", "commune,,,10,,1,Q01");
        commune.office.pack(&[("forms.csv", &text)]).unwrap();
        let workspace = &commune.office.workspace;
        let unit = workspace.find_unit("X1", None).unwrap();
        let quarter = Occasion { form: "quy".to_owned(), unit, period: period("2026-Q3") };
        let page = workspace.entry_page(&commune.officer, AT, &quarter, None).unwrap();
        assert_eq!(page.lock.opener.map(|unit| unit.code).as_deref(), Some("182"), "{engine}");
        let open = |who: &Actor| {
            workspace.open_period(who, AT, quarter.clone(), TODAY, "Sót mô hình".to_owned())
        };
        let own = collecting(CollectingProblem::OthersOpen { opener: "huyện Văn Lãng".into() });
        assert_eq!(refused(open(&commune.officer)), own, "{engine}");
        open(&district).unwrap();
    });
}

/// A commune with so many villages, each of which has sent October.
fn villages(commune: &Commune, count: u32) -> UnitId {
    let mut units = String::from(crate::setup::UNITS);
    let mut rows = String::new();
    units.push_str("X3,Hoàng Việt,xã,commune,182,,\n");
    for village in 1..=count {
        units.push_str(&format!("X3-{village},Thôn {village},thôn,village,X3,,\n"));
        rows.push_str(&format!("X3-{village},2026-09,A01,1,,,\n"));
    }
    commune.office.units(units).unwrap();
    commune.office.figures(&rows).unwrap();
    let workspace = &commune.office.workspace;
    for village in 1..=count {
        let month = occasion(workspace, &format!("X3-{village}"), "2026-10");
        let base = actions::submissions::Base::default();
        let sent = typed(base, &[("A01", "2")]);
        workspace.submit(&Actor::console(), AT, &id(1_000 + village), month, sent).unwrap();
    }
    workspace.find_unit("X3", None).unwrap()
}

#[test]
fn lists_ask_the_database_the_same_questions_however_many_units_there_are() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        commune.office.pack(&[("forms.csv", &forms("commune district", "90"))]).unwrap();
        let mut asked = Vec::new();
        for count in [3, 60] {
            let unit = villages(&commune, count);
            let officer = person(database, &format!("xa-{count}"), "reviewer", "X3");
            commune.lock(&Actor::console(), &format!("X3-{count}")).unwrap();
            let snapshot = commune.office.workspace.snapshot().unwrap();
            let found = database.read_blocking::<_, actions::error::Error>(move |tx| {
                let mut costs = Vec::new();
                let mut before = 0;
                let look = Asked { period: Some(period("2026-10")), ..Asked::of(unit) };
                let matrix =
                    actions::submissions::matrix::matrix(tx, &snapshot, &officer, AT, &look)?;
                costs.push(tx.asked() - before);
                before = tx.asked();
                let queue = actions::submissions::queue::queue(tx, &snapshot, &officer, AT, 0)?;
                costs.push(tx.asked() - before);
                before = tx.asked();
                actions::submissions::work::work(tx, &snapshot, &officer, AT)?;
                costs.push(tx.asked() - before);
                Ok((matrix.rows.len(), queue.waiting.len(), queue.total, costs))
            });
            let (rows, waiting, total, costs) = found.unwrap();
            let shown = usize::try_from(count).unwrap().min(50);
            assert_eq!((rows, waiting), (shown, shown), "{engine}: a page");
            assert_eq!(total, usize::try_from(count).unwrap(), "{engine}");
            asked.push(costs);
        }
        assert_eq!(asked[0], asked[1], "{engine}: of 3 units and of 60");
    });
}
