//! Packs leave as they came: what was given out and taken in again is the same configuration.

use std::cell::RefCell;
use std::fs;
use std::path::Path;

use actions::forms::WrittenLine;
use actions::packs::PackFile;
use domain::access::Actor;
use domain::item::Bilingual;
use domain::refusal::{Noun, Refusal};
use testkit::clock::NOW_MS;
use testkit::{on_every_engine, root};

use crate::form_versions::{AT, changed, written};
use crate::setup::{Office, UNITS, refusals};

/// All that a pack says, in words that can be compared.
fn configuration(office: &Office) -> String {
    let it = office.workspace.snapshot().unwrap();
    let targets = office.database.read_blocking(store::targets::all).unwrap();
    format!(
        "{:#?}",
        (
            (&it.directives, &it.priorities, &it.items, &it.indicators),
            (&it.forms, &it.holidays, &it.templates, targets),
            (it.thresholds, &it.sample),
        )
    )
}

fn words(text: &str) -> Bilingual {
    Bilingual { vi: text.to_owned(), en: text.to_owned() }
}

fn taken_in(office: &Office, files: &[PackFile]) {
    let folder = office.folder().join("given-out");
    for PackFile { name, text } in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    office.workspace.import_pack(&folder, NOW_MS).unwrap();
}

/// Gives out what the first office has, takes it in at a new one, and compares both.
fn goes_round(set_up: impl Fn(&Office), units: impl Fn(&Office)) {
    let given = RefCell::new(Vec::new());
    on_every_engine(|_, database| {
        let office = Office::empty(database);
        units(&office);
        set_up(&office);
        let files = office.workspace.export_pack().unwrap();
        given.borrow_mut().push((files, configuration(&office)));
    });
    on_every_engine(|engine, database| {
        let (files, before) = given.borrow()[0].clone();
        for (other, _) in given.borrow().iter() {
            assert_eq!(*other, files, "{engine}: another engine gives out other bytes");
        }
        let office = Office::empty(database);
        units(&office);
        taken_in(&office, &files);
        assert_eq!(configuration(&office), before, "{engine}");
        assert_eq!(office.workspace.export_pack().unwrap(), files, "{engine}");
    });
}

#[test]
fn a_pack_that_was_changed_in_the_editor_comes_back_the_same() {
    let change = |office: &Office| {
        changed(office);
        let mut change = written();
        // What a spreadsheet program would take for a formula, commas, quotation marks and blanks.
        change.name = words("=HYPERLINK(\"x\")");
        change.rules[0].1.message = words("-5, \"nhiều\"; quá");
        office.workspace.publish_form(&Actor::console(), AT, change).unwrap();
    };
    goes_round(change, |office| {
        office.units(UNITS).unwrap();
    });
}

#[test]
fn a_directive_that_was_entered_comes_back_the_same() {
    let enter = |office: &Office| {
        office.pack(&[]).unwrap();
        let entrance = crate::entrance::entrance(&office.database);
        let typed = crate::directives::typed();
        entrance.save_directive(&Actor::console(), AT, (None, typed.clone())).unwrap();
        let others = [("number", "16-KH/ĐU"), ("replaces", "15-KH/ĐU\nkh"), ("amends", "kh")];
        let typed = crate::directives::with(&typed, &others);
        entrance.save_directive(&Actor::console(), AT, (None, typed)).unwrap();
    };
    goes_round(enter, |office| {
        office.units(UNITS).unwrap();
    });
}

#[test]
fn the_pack_of_the_sample_comes_back_the_same() {
    let pack = root().join("packs/ket-luan-01");
    let take_in = |office: &Office| {
        office.workspace.import_pack(Path::new(&pack), NOW_MS).unwrap();
    };
    goes_round(take_in, |office| {
        office.units(fs::read(root().join("samples/van-lang/units.csv")).unwrap()).unwrap();
    });
}

#[test]
fn a_rule_is_named_once_a_day_as_a_pack_wants_it() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let (workspace, who) = (&office.workspace, Actor::console());
        workspace.publish_form(&who, AT, written()).unwrap();
        let mut other = written();
        other.form = "quy".to_owned();
        other.lines = vec![(1, WrittenLine::Item { code: "Q01".to_owned(), help: words("") })];
        other.rules[0].1.condition = "Q01 <= 5".to_owned();
        let found = refusals(workspace.publish_form(&who, AT, other.clone()));
        let why = Refusal::Doubled { noun: Noun::Rule, key: "it".to_owned() };
        assert_eq!(found[0].why, why, "{engine}");
        other.rules[0].1.code = "quy-it".to_owned();
        workspace.publish_form(&who, AT, other).unwrap();
        taken_in(&office, &workspace.export_pack().unwrap());
    });
}

#[test]
fn no_field_of_a_pack_is_a_formula_to_a_spreadsheet() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let mut change = written();
        change.name.vi = "=1+2".to_owned();
        office.workspace.publish_form(&Actor::console(), AT, change).unwrap();
        let files = office.workspace.export_pack().unwrap();
        let forms = files.iter().find(|file| file.name == "forms.csv").unwrap();
        assert!(forms.text.contains("\nthang,'=1+2,"), "{engine}: {}", forms.text);
    });
}
