//! The door: whatever changes something leaves entries in the ledger, and nothing else does.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use actions::accounts::delegation::Loan;
use actions::accounts::list::PeopleList;
use actions::accounts::{Draft, Moment};
use actions::door::{self, Deed, Kind};
use actions::entrance::{Entrance, SignIn};
use actions::error::Error;
use actions::forms::Written;
use actions::identities::{Identity, Proven};
use actions::secrets::{Hashing, Secrets};
use actions::submissions::grid::{Scope, TypedCell, TypedRow};
use actions::submissions::{Base, Occasion, Typed, TypedField};
use actions::workspace::{Opener, Workspace};
use domain::access::{AccountId, Actor, Right};
use domain::entrance::ProviderProblem;
use domain::submission::Reason;
use domain::unit::Validity;
use jiff::civil::{Date, date};
use ledger::entry::{Payload, decode};
use ledger::inspection::inspect;
use store::Database;
use store::ledger::StoredEntry;
use testkit::clock::NOW_MS;
use testkit::on_every_engine;
use totp_rs::{Builder, Secret};

use crate::form_versions::written;
use crate::setup::{Office, UNITS};
use crate::{
    calendars, calls, difficulties, hooks, hot_spots, mailing, proposals, stocktakes, tasks, urging,
};

const TODAY: Date = date(2026, 11, 23);
pub(crate) const AT: Moment = Moment { now_ms: NOW_MS, today: TODAY };
pub(crate) const PASSWORD: &str = "suối đá nở hoa tháng ba";
const OTHER: &str = "bốn con trâu gặm cỏ non";

/// Verbs that write and leave no entry, and why.
const WITHOUT_ENTRY: [&str; 6] = [
    // A draft is nobody's word yet.
    "save_draft",
    "save_grid",
    // Neither is a photograph that no submission names.
    "bring_attachment",
    "sweep_attachments",
    // Signs what the ledger is, and changes nothing in it.
    "make_checkpoint",
    // Only notes that a session is in use.
    "visitor",
];

/// An entrance whose randomness is counted instead of random.
pub(crate) fn entrance(database: &Database) -> Entrance {
    let count = AtomicU64::new(1);
    let fill = Arc::new(move |buffer: &mut [u8]| {
        let seed = count.fetch_add(1, Ordering::Relaxed).to_le_bytes();
        for (at, byte) in (0_u8..).zip(buffer.iter_mut()) {
            *byte = seed[usize::from(at % 8)] ^ at.wrapping_mul(29);
        }
    });
    let workspace = Arc::new(Workspace::over(database.clone(), Opener::Here));
    Entrance::new(workspace, Secrets::new([9; 32], fill, Hashing::LEAST))
}

/// The secrets of that entrance, for keys only.
pub(crate) fn secrets() -> Secrets {
    Secrets::new([9; 32], Arc::new(|buffer: &mut [u8]| buffer.fill(1)), Hashing::LEAST)
}

/// All entries.
pub(crate) fn entries(database: &Database) -> Vec<StoredEntry> {
    let all = database
        .read_blocking::<_, store::Error>(|tx| store::ledger::entries(tx, 0, u32::MAX >> 1));
    all.unwrap()
}

pub(crate) fn draft(login: &str) -> Draft {
    Draft {
        login: login.to_owned(),
        name: "Hoàng Thị Bình".to_owned(),
        role: "auditor".to_owned(),
        unit: None,
        validity: Validity::default(),
    }
}

fn typed(login: &str, password: &str) -> SignIn {
    SignIn { login: login.to_owned(), password: password.to_owned(), ..SignIn::default() }
}

/// The verbs in the sources that write, by their names.
fn verbs() -> BTreeSet<String> {
    let folder = testkit::root().join("crates/actions/src");
    let mut open = vec![folder];
    let mut verbs = BTreeSet::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for function in code.split("pub fn ").skip(1) {
            let name = function.split(['(', '<']).next().unwrap();
            let body = function.split("\n    }\n").next().unwrap();
            let writes = ["write_blocking", ".write(", "denials::denied("];
            if writes.iter().any(|way| body.contains(way)) {
                verbs.insert(name.to_owned());
            }
        }
    }
    verbs
}

/// Runs verbs one by one and notes the actions that each leaves in the ledger.
pub(crate) struct Watch<'a> {
    database: &'a Database,
    seen: Vec<(&'static str, Vec<String>)>,
}

impl Watch<'_> {
    pub(crate) fn run<T>(&mut self, verb: &'static str, work: impl FnOnce() -> T) -> T {
        let before = entries(self.database).len();
        let outcome = work();
        let new = entries(self.database).split_off(before);
        self.seen.push((verb, new.into_iter().map(|entry| entry.action).collect()));
        outcome
    }
}

fn imports(watch: &mut Watch<'_>, office: &Office) {
    watch.run("import_units", || office.units(UNITS)).unwrap();
    watch.run("import_pack", || office.pack(&[])).unwrap();
    let figures = "X1-1,2025-01,A01,10,,,\nX1-2,2025-01,A01,7,,,\n";
    watch.run("import_figures", || office.figures(figures)).unwrap();
    let more = "code,name,type,level,parent_code,valid_from,valid_to\n\
                X9,Tân Mỹ,xã,commune,182,2025-07-01,\n";
    watch.run("import_units", || office.units(more)).unwrap();
    let merger = "old_code,new_code,whole_or_part\nX1,X9,whole\nX2,X9,whole\n";
    watch.run("import_reorganisations", || office.crosswalk(merger)).unwrap();
    let (workspace, who) = (&office.workspace, Actor::console());
    watch.run("create_item", || workspace.create_item(&who, AT, crate::items::typed())).unwrap();
    let mut form = crate::new_forms::written_form();
    form.first.assignment.units = vec!["X9".to_owned()];
    watch.run("create_form", || workspace.create_form(&who, AT, form)).unwrap();
    crate::directives::every_verb(watch, watch.database);
    crate::kept_files::every_verb(watch, &entrance(watch.database), "15-kh-du");
    let version = Written { from: Some(date(2027, 1, 1)), ..written() };
    watch.run("publish_form", || workspace.publish_form(&who, AT, version)).unwrap();
    let ends = Some(date(2030, 1, 1));
    watch.run("end_form", || workspace.end_form(&who, AT, "thang", ends)).unwrap();
    let rest = crate::holidays::rest(date(2027, 2, 5), Some(date(2027, 2, 11)));
    watch.run("enter_holidays", || workspace.enter_holidays(&who, AT, rest)).unwrap();
    let day = date(2027, 2, 11);
    watch.run("remove_holiday", || workspace.remove_holiday(&who, AT, day)).unwrap();
}

fn people(watch: &mut Watch<'_>, entrance: &Entrance) {
    let console = Actor::console();
    let first = watch.run("first_invitation", || entrance.first_invitation(AT)).unwrap().unwrap();
    let accept = || entrance.accept_invitation(&first.secret, PASSWORD.to_owned(), NOW_MS);
    watch.run("accept_invitation", accept).unwrap();
    watch.run("create_account", || entrance.create_account(&console, draft("binh"), AT)).unwrap();
    let rows = "login,name,role,unit_code\nhoa,Hoa,auditor,\nhoa,Hoa,leader,\n".to_owned();
    let list = PeopleList { file: String::new(), text: rows };
    watch.run("import_people", || entrance.import_people(&console, list, AT)).unwrap();
    let ready = || entrance.create_with_password(draft("chi"), PASSWORD, AT);
    let chi = watch.run("create_with_password", ready).unwrap();
    watch.run("invite_again", || entrance.invite_again(&console, chi.id, AT)).unwrap();
    watch.run("grant", || entrance.grant(&console, chi.id, draft("chi"), AT)).unwrap();
    let grants = entrance.accounts(&console, AT).unwrap().pop().unwrap().grants;
    let end = || entrance.end_grant(&console, chi.id, grants[0].id, AT);
    watch.run("end_grant", end).unwrap();
    crate::roles::every_verb(watch, watch.database);
    watch.run("ask_for_no_codes", || entrance.ask_for_no_codes(NOW_MS)).unwrap();

    let em = entrance.create_with_password(draft("em"), PASSWORD, AT).unwrap();
    let lender = entrance.accounts(&console, AT).unwrap().pop().unwrap();
    let grants = lender.grants.iter().map(|grant| grant.id).collect();
    let lender = Actor { account: Some(em), grants: lender.grants, second_factor: true };
    let loan = Loan { to: "chi".to_owned(), grants, unit: None, days: Some((TODAY, TODAY)) };
    watch.run("delegate", || entrance.delegate(&lender, loan, AT)).unwrap();
    let lent = entrance.lent(&lender, TODAY).unwrap()[0].grant.id;
    watch.run("take_back", || entrance.take_back(&lender, lent, AT)).unwrap();

    let wrong = || entrance.sign_in(typed("chi", OTHER), NOW_MS, TODAY);
    watch.run("sign_in", wrong).unwrap_err();
    let nobody = || entrance.sign_in(typed("nobody", OTHER), NOW_MS, TODAY);
    watch.run("sign_in", nobody).unwrap_err();
    let again = || entrance.sign_in(typed("somebody", OTHER), NOW_MS + 1, TODAY);
    watch.run("sign_in", again).unwrap_err();
    let right = || entrance.sign_in(typed("chi", PASSWORD), NOW_MS, TODAY);
    let secret = watch.run("sign_in", right).unwrap();
    let visitor = entrance.visitor(&secret, NOW_MS).unwrap().unwrap();
    let denied = || entrance.note_denial(&visitor.actor, Right::ManagePlan, NOW_MS);
    watch.run("note_denial", denied).unwrap();
    let again = || entrance.note_denial(&visitor.actor, Right::ManagePlan, NOW_MS + 1);
    watch.run("note_denial", again).unwrap();
    let may_not = || entrance.create_account(&visitor.actor, draft("giang"), AT);
    watch.run("create_account", may_not).unwrap_err();
    let change = || {
        let session = visitor.session.id;
        entrance.change_password(&chi, PASSWORD.to_owned(), OTHER.to_owned(), session, NOW_MS)
    };
    watch.run("change_password", change).unwrap();
    let setup = entrance.begin_one_time_codes(&chi);
    let codes = Secret::try_from_base32(&setup.secret).unwrap();
    let codes = Builder::new().with_secret(codes).build_noncompliant();
    let code = codes.generate(u64::try_from(NOW_MS / 1_000).unwrap()).to_string();
    let confirm = || {
        let proof = OTHER.to_owned();
        entrance.confirm_one_time_codes(&visitor.session, &setup, &code, proof, NOW_MS)
    };
    watch.run("confirm_one_time_codes", confirm).unwrap();
    let spare = codes.generate(u64::try_from(NOW_MS / 1_000 + 30).unwrap()).to_string();
    let again = || entrance.give_code_again(&visitor.session, spare, NOW_MS + 30_000);
    let secret = watch.run("give_code_again", again).unwrap();
    let visitor = entrance.visitor(&secret, NOW_MS + 30_000).unwrap().unwrap();
    let end = || entrance.end_session(chi.id, visitor.session.id, NOW_MS);
    watch.run("end_session", end).unwrap();
    let oanh = entrance.create_account(&console, draft("oanh"), AT).unwrap().account;
    watch.run("disable", || entrance.disable(&console, oanh.id, AT)).unwrap();
    vouched_for(watch, entrance, chi.id);
    calendars::every_verb(watch, entrance, chi.id);
    mailing::every_verb(watch, (watch.database, entrance), chi.id);
    hooks::every_verb(watch, watch.database, entrance);
}

/// What is done by people whom an identity provider vouches for.
fn vouched_for(watch: &mut Watch<'_>, entrance: &Entrance, chi: AccountId) {
    let person = |subject: &str| Identity {
        issuer: "https://id.example.gov.vn".to_owned(),
        subject: subject.to_owned(),
    };
    let link = || entrance.link_identity(chi, person("so-1"), NOW_MS);
    watch.run("link_identity", link).unwrap();
    watch.run("link_identity", link).unwrap();
    let sign_in = |subject: &str| {
        let proven = Proven { identity: person(subject), second_factor: false };
        entrance.sign_in_as(proven, String::new(), NOW_MS, TODAY)
    };
    watch.run("sign_in_as", || sign_in("so-1")).unwrap();
    watch.run("sign_in_as", || sign_in("so-2")).unwrap_err();
    let unproven = || entrance.note_unproven(ProviderProblem::NotProven, NOW_MS);
    watch.run("note_unproven", unproven).unwrap();
    let invited = entrance.create_account(&Actor::console(), draft("lan"), AT).unwrap();
    let accept = |subject| entrance.accept_invitation_as(&invited.secret, person(subject), NOW_MS);
    watch.run("accept_invitation_as", || accept("so-1")).unwrap_err();
    watch.run("accept_invitation_as", || accept("so-3")).unwrap();
}

fn collecting(watch: &mut Watch<'_>, workspace: &Workspace) {
    let console = Actor::console();
    let unit = workspace.find_unit("X1-1", None).unwrap();
    let occasion = |month| Occasion {
        form: "thang".to_owned(),
        unit,
        period: domain::period::Period::Month(2025, month),
    };
    let id = |number: u32| format!("01930000-0000-7000-8000-{number:012}");
    let field = TypedField {
        item: "A01".to_owned(),
        text: "3".to_owned(),
        note: "hỏi chị Bình".to_owned(),
        ..TypedField::default()
    };
    let first = Typed { fields: vec![field], ..Typed::default() };
    let corrected = Typed {
        reason: "sót một người".to_owned(),
        base: Base { revision: 1, version: 0 },
        ..first.clone()
    };
    let send = |id: &str, typed: &Typed| {
        workspace.submit(&console, AT, id, occasion(3), typed.clone()).unwrap()
    };
    watch.run("submit", || send(&id(1), &first));
    watch.run("submit", || send(&id(1), &first));
    watch.run("approve", || workspace.approve(&console, AT, &id(1))).unwrap();
    watch.run("submit", || send(&id(2), &corrected));
    let reason = || vec![Reason { field: String::new(), text: "Bình xem lại".to_owned() }];
    let back = || workspace.return_with_reasons(&console, AT, &id(2), reason());
    watch.run("return_with_reasons", back).unwrap();
    let nothing = || {
        let typed = Typed::default();
        workspace.nothing_to_report(&console, AT, &id(3), occasion(4), typed)
    };
    watch.run("nothing_to_report", nothing).unwrap();
    let scope = Scope { form: "thang".to_owned(), unit, period: occasion(5).period };
    let cell = TypedCell {
        item: "A01".to_owned(),
        class: String::new(),
        text: "2".to_owned(),
        reason: None,
    };
    let row = TypedRow { unit, id: id(4), note: String::new(), was: Vec::new(), cells: vec![cell] };
    watch.run("send_grid", || workspace.send_grid(&console, AT, &scope, vec![row])).unwrap();
    watch.run("approve_many", || workspace.approve_many(&console, AT, vec![id(3)])).unwrap();
    let again = || workspace.reopen(&console, AT, &id(3), "Bình".to_owned());
    watch.run("reopen", again).unwrap();
    let lock = || workspace.lock_period(&console, AT, occasion(3), "Bình khóa".to_owned());
    watch.run("lock_period", lock).unwrap();
    let open = || workspace.open_period(&console, AT, occasion(3), TODAY, "Bình xin".to_owned());
    watch.run("open_period", open).unwrap();
}

/// What [`imports`] leaves in the ledger.
fn of_imports() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("import_units", vec!["units.import"]),
        ("import_pack", vec!["pack.import"]),
        ("import_figures", vec!["figures.import", "submission.receive", "submission.receive"]),
        ("import_units", vec!["units.import"]),
        ("import_reorganisations", vec!["reorganisations.import"]),
        ("create_item", vec!["item.create"]),
        ("create_form", vec!["form.create", "form.publish"]),
        ("save_directive", vec!["directive.enter"]),
        ("save_directive", vec!["directive.change"]),
        ("keep_file", vec!["file.keep"]),
        ("take_file_away", vec!["file.take-away"]),
        ("publish_form", vec!["form.publish"]),
        ("end_form", vec!["form.end"]),
        ("enter_holidays", vec!["holiday.enter"]),
        ("remove_holiday", vec!["holiday.remove"]),
    ]
}

#[test]
fn every_verb_that_writes_leaves_an_entry() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        let mut watch = Watch { database, seen: Vec::new() };
        imports(&mut watch, &office);
        collecting(&mut watch, &office.workspace);
        tasks::every_verb(&mut watch, &office.workspace, &entrance(database));
        calls::every_verb(&mut watch, &office.workspace);
        urging::every_verb(&mut watch, &office.workspace);
        let unit = |code: &str| office.workspace.find_unit(code, None).unwrap();
        difficulties::every_verb(&mut watch, unit, &entrance(database));
        hot_spots::every_verb(&mut watch, &office.workspace);
        stocktakes::every_verb(&mut watch, &office.workspace, &entrance(database));
        people(&mut watch, &entrance(database));
        proposals::every_verb(&mut watch, database, &entrance(database));
        let seen: Vec<(&str, Vec<&str>)> = watch
            .seen
            .iter()
            .map(|(verb, actions)| (*verb, actions.iter().map(String::as_str).collect()))
            .collect();
        let mut expected = of_imports();
        expected.extend([
            ("submit", vec!["submission.send"]),
            ("submit", vec![]),
            ("approve", vec!["submission.approve"]),
            ("submit", vec!["submission.correct"]),
            ("return_with_reasons", vec!["submission.return"]),
            ("nothing_to_report", vec!["submission.send"]),
            ("send_grid", vec!["submission.send"]),
            ("approve_many", vec!["submission.approve"]),
            ("reopen", vec!["submission.reopen"]),
            ("lock_period", vec!["period.lock"]),
            ("open_period", vec!["period.open"]),
            ("give_task_list", vec!["brief.write", "task.give"]),
            ("give_tasks", vec!["brief.write", "task.give", "task.give"]),
            ("give_tasks_of_form", vec!["brief.write", "task.give", "task.give"]),
            ("rewrite_draft", vec!["brief.write", "task.draft", "task.draft"]),
            ("take_step", vec!["task.accept"]),
            ("take_steps", vec!["task.hand-in", "task.hand-in"]),
            ("call_for_plans", vec!["plans.ask-for"]),
            ("note_plan", vec!["plan.note"]),
            ("call_off_plans", vec!["plans.call-off"]),
            ("save_urging_policy", vec!["urging.change"]),
            ("urge", vec!["urging.remind"]),
            ("urge", vec![]),
            ("raise_difficulty", vec!["difficulty.raise"]),
            ("take_difficulty", vec!["difficulty.answer"]),
            ("save_hot_spot_rule", vec!["hot-spots.change"]),
        ]);
        expected.extend(stocktakes::recorded());
        expected.extend(crate::people::recorded());
        expected.extend(proposals::recorded());
        assert_eq!(seen, expected, "{engine}");
        let mut known: BTreeSet<String> =
            expected.iter().map(|(verb, _)| (*verb).to_owned()).collect();
        known.extend(WITHOUT_ENTRY.map(str::to_owned));
        assert_eq!(verbs(), known, "a verb that writes belongs into this test");
        is_whole(engine, database);
    });
}

/// Everything that is stored fits together, and no personal word or secret stands in it.
fn is_whole(engine: &str, database: &Database) {
    let all = entries(database);
    let hashes = database
        .read_blocking::<_, store::Error>(|tx| store::ledger::hashes_from(tx, 0, u32::MAX >> 1))
        .unwrap();
    let leaves = all.iter().map(|entry| Ok::<_, ()>((entry.position, entry.leaf.clone())));
    let hashes = hashes.into_iter().map(|(index, hash)| Ok((index, ledger::hash::Hash(hash))));
    let inspection = inspect(leaves, hashes, &[], 10).unwrap();
    assert_eq!(inspection.findings, [], "{engine}");
    assert_eq!(inspection.size, all.len() as u64, "{engine}");
    for entry in &all {
        let read = decode(&entry.leaf).unwrap();
        assert_eq!(read.action.as_str(), entry.action, "{engine}");
        assert_eq!(read.subject.id.as_str(), entry.subject, "{engine}");
        assert_eq!(read.recorded_ms, entry.recorded_ms, "{engine}");
        let text = String::from_utf8_lossy(&entry.leaf);
        for word in ["Bình", "binh", "chi\"", "argon2", PASSWORD] {
            assert!(!text.contains(word), "{engine}: {word} in {text}");
        }
    }
}

#[test]
fn what_is_refused_or_repeated_leaves_nothing() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let figures = "X1-1,2025-01,A01,10,,,\n";
        office.figures(figures).unwrap();
        let before = entries(database);
        office.figures(figures).unwrap();
        office.units(UNITS).unwrap();
        office.figures("X1-1,2025-02,A01,ten,,,\n").unwrap_err();
        office.units("code,name\n").unwrap_err();
        assert_eq!(entries(database), before, "{engine}");
        // A change that fails after its entry was written takes the entry back.
        let failed: Result<(), Error> = database.write_blocking(|tx| {
            let deed = Deed::new(Kind::PackImported, "x", Vec::new());
            door::record(tx, &Actor::console(), NOW_MS, deed)?;
            Err(Error::Fault("on purpose".to_owned()))
        });
        assert!(failed.is_err(), "{engine}");
        assert_eq!(entries(database), before, "{engine}");
        is_whole(engine, database);
    });
}

#[test]
fn writers_at_the_same_time_leave_no_gap() {
    on_every_engine(|engine, database| {
        std::thread::scope(|scope| {
            for writer in 0..4 {
                scope.spawn(move || {
                    for round in 0..10 {
                        let id = format!("{writer}-{round}");
                        let deed = Deed::new(Kind::PackImported, id, Vec::new());
                        let recorded = database.write_blocking::<_, Error>(move |tx| {
                            door::record(tx, &Actor::console(), NOW_MS, deed)
                        });
                        recorded.unwrap();
                    }
                });
            }
        });
        let positions: Vec<u64> = entries(database).iter().map(|entry| entry.position).collect();
        assert_eq!(positions, (0..40).collect::<Vec<u64>>(), "{engine}");
        is_whole(engine, database);
    });
}

#[test]
fn a_content_too_long_for_an_entry_stands_there_by_its_digest() {
    on_every_engine(|engine, database| {
        for (bytes, stands) in [(60_000, true), (60_001, false), (200_000, false)] {
            let recorded = database.write_blocking::<_, Error>(move |tx| {
                let deed = Deed::new(Kind::PackImported, "x", vec![b'1'; bytes]);
                door::record(tx, &Actor::console(), NOW_MS, deed)
            });
            recorded.unwrap();
            let payload = decode(&entries(database).pop().unwrap().leaf).unwrap().payload;
            let content = vec![b'1'; bytes];
            let expected = if stands {
                Payload::Content(content)
            } else {
                Payload::Digest(ledger::hash::digest(&content))
            };
            assert_eq!(payload, expected, "{engine}: {bytes}");
        }
    });
}
