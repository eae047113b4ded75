//! Several people at one grid: each cell is somebody's, nothing is lost, and rows are sent alone.

use actions::submissions::grid::{GridPage, Outcomes, RowOutcome, Scope, TypedCell, TypedRow};
use actions::workspace::Workspace;
use domain::access::Actor;
use domain::collecting::CollectingProblem;
use domain::refusal::Refusal;
use domain::submission::State;
use domain::unit::UnitId;
use store::Database;
use testkit::on_every_engine;

use crate::collecting::{AT, collecting, id, person, refused};
use crate::setup::{Office, period};

/// A commune's officers and a village head at the grid of October.
struct Desk {
    office: Office,
    officer: Actor,
    deputy: Actor,
    head: Actor,
}

fn desk(database: &Database) -> Desk {
    let office = Office::small(database);
    Desk {
        officer: person(database, "xa", "reviewer", "X1"),
        deputy: person(database, "pho-xa", "reviewer", "X1"),
        head: person(database, "thon", "reporter", "X1-1"),
        office,
    }
}

impl Desk {
    fn workspace(&self) -> &Workspace {
        &self.office.workspace
    }

    fn unit(&self, code: &str) -> UnitId {
        self.workspace().find_unit(code, Some(AT.today)).unwrap()
    }

    fn scope(&self, unit: &str, month: &str) -> Scope {
        Scope { form: "thang".to_owned(), unit: self.unit(unit), period: period(month) }
    }

    fn page(&self) -> GridPage {
        let scope = self.scope("X1", "2026-10");
        self.workspace().grid_page(&self.officer, AT, &scope, Vec::new()).unwrap()
    }

    /// A row as somebody types it who has this page before them.
    fn row(&self, page: &GridPage, unit: &str, number: u32, texts: &[(&str, &str)]) -> TypedRow {
        let drawn = page.rows.iter().find(|row| row.unit.code == unit).unwrap();
        let cell = |(item, text): &(&str, &str)| TypedCell {
            item: (*item).to_owned(),
            class: String::new(),
            text: (*text).to_owned(),
            reason: None,
        };
        TypedRow {
            unit: self.unit(unit),
            id: id(number),
            note: String::new(),
            was: drawn.fields.iter().map(|field| field.standing.clone()).collect(),
            cells: texts.iter().map(cell).collect(),
        }
    }

    fn save(&self, who: &Actor, row: TypedRow) -> RowOutcome {
        let scope = self.scope("X1", "2026-10");
        let outcomes = self.workspace().save_grid(who, AT, &scope, vec![row]).unwrap();
        outcomes.into_iter().next().unwrap().1
    }

    fn send(&self, rows: Vec<TypedRow>) -> Outcomes {
        let scope = self.scope("X1", "2026-10");
        self.workspace().send_grid(&self.officer, AT, &scope, rows).unwrap()
    }
}

fn texts(page: &GridPage, unit: &str) -> Vec<String> {
    let row = page.rows.iter().find(|row| row.unit.code == unit).unwrap();
    row.fields.iter().take(2).map(|field| field.standing.clone()).collect()
}

fn whys(outcome: &RowOutcome) -> Vec<(u32, Refusal)> {
    let RowOutcome::Refused(refused) = outcome else { panic!("{outcome:?}") };
    refused.iter().map(|refused| (refused.at.row, refused.why.clone())).collect()
}

#[test]
fn two_people_in_one_row_lose_nothing() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let drawn = desk.page();
        let first = desk.row(&drawn, "X1-1", 1, &[("A01", "3"), ("B02", "")]);
        assert_eq!(desk.save(&desk.officer, first), RowOutcome::Saved, "{engine}");

        let elsewhere = desk.row(&drawn, "X1-1", 2, &[("A01", ""), ("B02", "1,5")]);
        assert_eq!(desk.save(&desk.deputy, elsewhere), RowOutcome::Saved, "another cell");
        assert_eq!(texts(&desk.page(), "X1-1"), ["3", "1,5"], "{engine}: both are there");

        let same = desk.row(&drawn, "X1-1", 3, &[("A01", "9"), ("B02", "")]);
        let late = desk.save(&desk.deputy, same.clone());
        let clash = Refusal::Collecting(CollectingProblem::ChangedMeanwhile);
        assert_eq!(whys(&late), [(1, clash)], "{engine}: the same cell");
        let scope = desk.scope("X1", "2026-10");
        let page = desk.workspace().grid_page(&desk.deputy, AT, &scope, vec![same]).unwrap();
        let shown = &page.rows[0].fields;
        assert_eq!((&*shown[0].typed.text, &*shown[0].other), ("9", "3"), "{engine}: both seen");
        assert_eq!((&*shown[1].typed.text, &*shown[1].other), ("1,5", ""), "{engine}: theirs");

        let knowing = desk.row(&page, "X1-1", 4, &[("A01", "9")]);
        assert_eq!(desk.save(&desk.deputy, knowing), RowOutcome::Saved, "having seen both");
        assert_eq!(texts(&desk.page(), "X1-1"), ["9", "1,5"], "{engine}");
    });
}

#[test]
fn rows_are_sent_each_for_itself_and_once() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let drawn = desk.page();
        let good = desk.row(&drawn, "X1-1", 1, &[("A01", "3"), ("B02", "1.5")]);
        let asked = desk.row(&drawn, "X1-2", 2, &[("A01", "1.234")]);
        let outcomes = desk.send(vec![good.clone(), asked]);
        let [(_, RowOutcome::Sent(sent)), (_, second)] = &outcomes[..] else {
            panic!("{engine}: {outcomes:?}")
        };
        assert_eq!((sent.id.clone(), sent.revision), (id(1), 1));
        let [(1, Refusal::AmbiguousNumber { .. })] = &whys(second)[..] else {
            panic!("{engine}: {second:?}")
        };
        let page = desk.page();
        assert_eq!(texts(&page, "X1-2")[0], "1.234", "{engine}: kept as it was typed");
        assert_eq!(page.rows[0].state, State::Submitted);
        assert_eq!((page.columns[0].total.to_string(), page.columns[0].filled), ("3".into(), 1));

        let again = desk.send(vec![good]);
        assert_eq!(again[0].1, RowOutcome::Untouched, "{engine}: sent once");
        let empty = desk.row(&desk.page(), "X1-2", 3, &[("A01", "")]);
        assert_eq!(desk.send(vec![empty])[0].1, RowOutcome::Untouched, "{engine}: nothing to send");

        let own = refused(desk.workspace().approve(&desk.officer, AT, &id(1)));
        assert_eq!(own, collecting(CollectingProblem::OwnSubmission), "{engine}");
        desk.workspace().approve(&desk.deputy, AT, &id(1)).unwrap();
        let change = desk.row(&desk.page(), "X1-1", 4, &[("A01", "4")]);
        let locked = Refusal::Collecting(CollectingProblem::CorrectionWithoutReason);
        assert_eq!(whys(&desk.send(vec![change])[0].1), [(0, locked)], "{engine}: approved");
    });
}

#[test]
fn a_grid_holds_the_units_that_one_may_send_for() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let (own, month) = (desk.scope("X1-1", "2026-10"), desk.scope("X1", "2026-10"));
        let rows = |who: &Actor, scope: &Scope| {
            let page = desk.workspace().grid_page(who, AT, scope, Vec::new());
            page.map(|page| page.rows.iter().map(|row| row.unit.code.clone()).collect::<Vec<_>>())
        };
        assert_eq!(rows(&desk.officer, &month).unwrap(), ["X1-1", "X1-2"], "{engine}");
        assert_eq!(rows(&desk.head, &own).unwrap(), ["X1-1"], "{engine}");
        assert!(rows(&desk.head, &month).is_err(), "{engine}: the commune's grid is not theirs");
        assert!(rows(&desk.officer, &desk.scope("X2", "2026-10")).is_err(), "{engine}: beside");
        assert!(rows(&desk.officer, &desk.scope("X1", "2027-01")).is_err(), "{engine}: not begun");
        assert!(rows(&desk.officer, &desk.scope("X1", "2026-Q4")).is_err(), "{engine}: no month");
        let foreign = desk.row(&desk.page(), "X1-2", 1, &[("A01", "1")]);
        let sent = desk.workspace().send_grid(&desk.head, AT, &own, vec![foreign]);
        assert!(sent.is_err(), "{engine}: a row of somebody else's unit");
    });
}
