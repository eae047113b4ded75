//! The next snapshot reads only what was done since, and says what a whole reading says.

use std::sync::Arc;

use actions::accounts::Moment;
use actions::answer::{FigureAnswer, Source, View};
use actions::figure::figure;
use actions::provenance::sources;
use actions::snapshot::Snapshot;
use actions::submissions::{Base, Occasion, Typed, TypedField};
use domain::access::Actor;
use domain::submission::Reason;
use jiff::civil::date;
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

use crate::setup::{Office, period};

const AT: Moment = Moment { now_ms: NOW_MS, today: date(2026, 11, 23) };

/// Every figure of every unit, with where it came from.
fn everything(snapshot: &Snapshot) -> Vec<(FigureAnswer, Vec<Source>)> {
    let mut all = Vec::new();
    for span in ["2026-09", "2026-10", "2026"].map(period) {
        for indicator in snapshot.indicators.iter() {
            for unit in ["20", "182", "X1", "X2", "X1-1", "X1-2", "X2-1", "X2-2"] {
                let unit = snapshot.find_unit(unit, Some(AT.today)).unwrap();
                let code = &indicator.code;
                let answer = figure(snapshot, code, unit, span, View::Reported).unwrap();
                let from = sources(snapshot, code, unit, span, View::Reported).unwrap();
                all.push((answer, from));
            }
        }
    }
    all
}

/// Somebody at work at the console, and what they do next.
struct Work<'a> {
    office: &'a Office,
    who: Actor,
    next: u32,
}

impl Work<'_> {
    fn occasion(&self, unit: &str, month: &str) -> Occasion {
        let unit = self.office.workspace.find_unit(unit, Some(AT.today)).unwrap();
        Occasion { form: "thang".to_owned(), unit, period: period(month) }
    }

    fn typed(&self, occasion: &Occasion, fields: &[(&str, &str)], reason: &str) -> Typed {
        let page = self.office.workspace.entry_page(&self.who, AT, occasion, None).unwrap();
        let field = |(item, text): &(&str, &str)| TypedField {
            item: (*item).to_owned(),
            text: (*text).to_owned(),
            ..TypedField::default()
        };
        let base: Base = page.base;
        Typed {
            attachments: Vec::new(),
            fields: fields.iter().map(field).collect(),
            reason: reason.to_owned(),
            base,
            clock: None,
        }
    }

    fn id(&mut self) -> String {
        self.next += 1;
        format!("01930000-0000-7000-8000-{:012}", self.next)
    }

    fn send(&mut self, occasion: &Occasion, fields: &[(&str, &str)], reason: &str) -> String {
        let (id, typed) = (self.id(), self.typed(occasion, fields, reason));
        self.office.workspace.submit(&self.who, AT, &id, occasion.clone(), typed).unwrap();
        id
    }

    fn nothing(&mut self, occasion: &Occasion) -> String {
        let (id, typed) = (self.id(), self.typed(occasion, &[], ""));
        let workspace = &self.office.workspace;
        workspace.nothing_to_report(&self.who, AT, &id, occasion.clone(), typed).unwrap();
        id
    }

    fn give_back(&self, id: &str) {
        let reason = Reason { field: "A01".to_owned(), text: "đếm lại".to_owned() };
        self.office.workspace.return_with_reasons(&self.who, AT, id, vec![reason]).unwrap();
    }
}

#[test]
fn what_was_done_since_is_all_that_is_read_and_nothing_is_missed() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        office.figures("X1-1,2026-09,A01,4,,,\nX2-1,2026-09,A01,7,,,\n").unwrap();
        let mut work = Work { office: &office, who: Actor::console(), next: 0 };
        let (one, two) = (work.occasion("X1-1", "2026-10"), work.occasion("X1-2", "2026-10"));
        let before = work.occasion("X1-1", "2026-09");
        let begun = office.workspace.snapshot().unwrap();
        let check = |what: &str| {
            let followed = office.workspace.snapshot().unwrap();
            assert!(Arc::ptr_eq(&followed.units, &begun.units), "{engine}: read anew after {what}");
            let whole = database.read_blocking(Snapshot::load).unwrap();
            assert_eq!(followed.as_of, whole.as_of, "{engine}: {what}");
            assert_eq!(everything(&followed), everything(&whole), "{engine}: {what}");
        };
        let first = work.send(&one, &[("A01", "3"), ("B02", "1,5")], "");
        check("a first sending");
        work.send(&two, &[("A01", "trên 5")], "");
        check("a bound beside it");
        work.give_back(&first);
        check("a return, after which nothing counts");
        let second = work.send(&one, &[("A01", "8")], "");
        check("a sending again with fewer figures");
        work.give_back(&second);
        check("a second return");
        let nothing = work.nothing(&one);
        check("nothing to report");
        office.workspace.approve(&work.who, AT, &nothing).unwrap();
        check("an approval");
        work.send(&before, &[("A01", "5")], "nhầm một người");
        check("a correction of what came in a file");
    });
}

#[test]
fn what_concerns_more_than_submissions_is_read_wholly() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let begun = office.workspace.snapshot().unwrap();
        office.figures("X1-1,2026-10,A01,4,,,\n").unwrap();
        let after = office.workspace.snapshot().unwrap();
        assert!(!Arc::ptr_eq(&after.units, &begun.units), "{engine}");
        let whole = database.read_blocking(Snapshot::load).unwrap();
        assert_eq!(everything(&after), everything(&whole), "{engine}");
    });
}
