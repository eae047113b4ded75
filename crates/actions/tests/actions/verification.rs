//! Verification: nothing is found where nothing was changed, and every change is named exactly.

use actions::submissions::{Occasion, Typed, TypedField};
use actions::verification::{Finding, Thing, Trouble, Verification, Witnesses};
use domain::access::Actor;
use domain::period::Period;
use domain::submission::{Progress, State};
use ledger::proof_file;
use store::Database;
use store::damage::{Damage, inflict};
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

use crate::door::{AT, PASSWORD, draft, entrance, entries, secrets};
use crate::setup::Office;

/// An office with two imports of figures and two accounts, and a checkpoint over all of it.
struct World {
    office: Office,
    checkpoint: String,
    /// The submission of Nà Lầu for January.
    submission: String,
    /// Its entry.
    position: u64,
}

fn world(database: &Database) -> World {
    let office = Office::small(database);
    office.figures("X1-1,2025-01,A01,10,,,cô Hoa báo\nX1-2,2025-01,A01,7,,,\n").unwrap();
    let people = entrance(database);
    people.create_with_password(draft("binh"), PASSWORD, AT).unwrap();
    people.create_account(&Actor::console(), draft("chi"), AT).unwrap();
    office.figures("X1-1,2025-02,A01,12,,,\n").unwrap();
    let checkpoint = office.workspace.make_checkpoint(&secrets(), NOW_MS).unwrap().unwrap();
    let submission = office.submissions("X1-1").remove(0).id;
    let all = entries(database);
    let position = all.iter().find(|entry| entry.subject == submission).unwrap().position;
    World { office, checkpoint, submission, position }
}

fn key() -> Option<String> {
    Some(secrets().ledger_key_line().unwrap())
}

fn verify(world: &World) -> Verification {
    let witnesses = Witnesses { key: key(), checkpoints: vec![world.checkpoint.clone()] };
    world.office.workspace.verify(witnesses).unwrap()
}

fn recent(world: &World) -> Vec<Trouble> {
    world.office.workspace.verify_recent(key().unwrap()).unwrap()
}

/// Does damage that has to touch something.
fn damage(database: &Database, damage: Damage) {
    let touched = database.write_blocking::<_, store::Error>(move |tx| inflict(tx, &damage));
    assert!(touched.unwrap() > 0);
}

fn thing(noun: &'static str, id: &str) -> Thing {
    Thing { noun, id: id.to_owned() }
}

#[test]
fn what_nobody_touched_is_whole() {
    on_every_engine(|engine, database| {
        let world = world(database);
        let found = verify(&world);
        assert_eq!(found.troubles, [], "{engine}");
        let entries = entries(database).len() as u64;
        assert_eq!((found.size, found.checkpoints, found.left_out), (entries, 1, 0), "{engine}");
        // Three imports, three submissions, seven roles, two accounts and their two grants.
        assert_eq!(found.rows, 3 + 3 + 7 + 2 + 2, "{engine}");
        assert!(world.checkpoint.contains(&found.root.unwrap()), "{engine}");
        assert_eq!(recent(&world), [], "{engine}");
        let without_key = world.office.workspace.verify(Witnesses::default()).unwrap();
        assert_eq!((without_key.checkpoints, without_key.unchecked), (0, 1), "{engine}");
        let again = world.office.workspace.make_checkpoint(&secrets(), NOW_MS).unwrap();
        assert_eq!(again, None, "{engine}: nothing was recorded since");
    });
}

#[test]
fn a_changed_byte_of_any_entry_names_that_entry() {
    on_every_engine(|engine, database| {
        let world = world(database);
        for entry in entries(database) {
            let position = entry.position;
            for at in [0, 12, entry.leaf.len() / 2, entry.leaf.len() - 1] {
                let mut leaf = entry.leaf.clone();
                leaf[at] ^= 1;
                damage(database, Damage::Leaf(position, leaf));
                let expected = [Trouble::Ledger(Finding::EntryAltered { position })];
                assert_eq!(verify(&world).troubles, expected, "{engine}: {position} at {at}");
            }
            assert_ne!(recent(&world), [], "{engine}: {position}");
            damage(database, Damage::Leaf(position, entry.leaf));
        }
        assert_eq!(verify(&world).troubles, [], "{engine}");
    });
}

#[test]
fn a_changed_hash_is_named() {
    on_every_engine(|engine, database| {
        let world = world(database);
        let hashes = database
            .read_blocking::<_, store::Error>(|tx| store::ledger::hashes_from(tx, 0, 1_000))
            .unwrap();
        for (index, hash) in hashes {
            let mut changed = hash;
            changed[31] ^= 1;
            damage(database, Damage::Hash(index, changed.to_vec()));
            let expected = [Trouble::Ledger(Finding::HashAltered { index })];
            assert_eq!(verify(&world).troubles, expected, "{engine}: {index}");
            damage(database, Damage::Hash(index, hash[..20].to_vec()));
            assert_eq!(verify(&world).troubles, expected, "{engine}: {index} cut short");
            damage(database, Damage::Hash(index, hash.to_vec()));
        }
    });
}

#[test]
fn a_changed_row_is_named_with_its_entry() {
    on_every_engine(|engine, database| {
        let world = world(database);
        let all = entries(database);
        let position = |noun: &str, id: &str| {
            let of_thing =
                |entry: &&store::ledger::StoredEntry| entry.noun == noun && entry.subject == id;
            all.iter().rev().find(of_thing).unwrap().position
        };
        let id = world.submission.clone();
        let figures =
            |from: &str, to: &str| Damage::Figures(id.clone(), from.to_owned(), to.to_owned());
        // What is done, to what, and what takes it back.
        let cases = [
            (figures(",10,", ",11,"), ("submission", id.as_str()), figures(",11,", ",10,")),
            // Not even readable any more.
            (figures("[[", "(("), ("submission", &id), figures("((", "[[")),
            (Damage::ImportRows(2, 9), ("import", "2"), Damage::ImportRows(2, 2)),
            (
                Damage::GrantRole(1, "administrator".to_owned()),
                ("grant", "1"),
                Damage::GrantRole(1, "auditor".to_owned()),
            ),
            (
                Damage::AccountState(2, "active".to_owned()),
                ("account", "2"),
                Damage::AccountState(2, "invited".to_owned()),
            ),
        ];
        for (done, (noun, id), undone) in cases {
            let position = position(noun, id);
            damage(database, done.clone());
            let expected = [Trouble::RowAltered { position, thing: thing(noun, id) }];
            assert_eq!(verify(&world).troubles, expected, "{engine}: {done:?}");
            damage(database, undone);
            assert_eq!(verify(&world).troubles, [], "{engine}: {done:?} taken back");
        }
        let password = Damage::AccountPassword(1, "$argon2id$another".to_owned());
        damage(database, password);
        let position = position("account", "1");
        let expected = [Trouble::RowAltered { position, thing: thing("account", "1") }];
        assert_eq!(verify(&world).troubles, expected, "{engine}: a password of somebody else");
    });
}

#[test]
fn a_right_that_nobody_gave_is_named() {
    on_every_engine(|engine, database| {
        let world = world(database);
        let all = entries(database);
        let role = all.iter().find(|entry| entry.subject == "auditor").unwrap().position;
        let rights = "[\"see_figures\",\"manage_accounts\"]".to_owned();
        damage(database, Damage::RoleRights("auditor".to_owned(), rights));
        let expected = [Trouble::RowAltered { position: role, thing: thing("role", "auditor") }];
        assert_eq!(verify(&world).troubles, expected, "{engine}");
    });
}

#[test]
fn what_is_gone_is_named() {
    on_every_engine(|engine, database| {
        let world = world(database);
        damage(database, Damage::SubmissionGone(world.submission.clone()));
        let gone = Trouble::RowMissing {
            position: world.position,
            thing: thing("submission", &world.submission),
        };
        assert_eq!(verify(&world).troubles, [gone], "{engine}");
        damage(database, Damage::EntryGone(world.position));
        let (first, last) = (world.position, world.position);
        let expected = [Trouble::Ledger(Finding::EntriesMissing { first, last })];
        assert_eq!(verify(&world).troubles, expected, "{engine}");
        assert_eq!(recent(&world), expected, "{engine}");
    });
}

#[test]
fn an_entry_that_was_hidden_under_another_subject_is_named() {
    on_every_engine(|engine, database| {
        let world = world(database);
        let position = world.position;
        damage(database, Damage::Subject(position, "other".to_owned()));
        let expected = [Trouble::ColumnsDiffer { position }];
        assert_eq!(verify(&world).troubles, expected, "{engine}");
        assert_eq!(recent(&world), expected, "{engine}");
    });
}

/// Whoever removes the end together with its hashes leaves a ledger that fits together; only what
/// was signed before tells.
#[test]
fn an_end_that_was_cut_off_is_told_by_the_checkpoint() {
    on_every_engine(|engine, database| {
        let world = world(database);
        let size = entries(database).len() as u64;
        let kept = size - 1;
        let index = 2 * kept - u64::from(kept.count_ones());
        damage(database, Damage::EndGone(kept, index));
        let finding = Finding::CheckpointAhead { size, entries: kept };
        assert_eq!(verify(&world).troubles, [Trouble::Ledger(finding)], "{engine}");
        assert_eq!(recent(&world), [Trouble::Ledger(finding)], "{engine}");
        let refused = world.office.workspace.make_checkpoint(&secrets(), NOW_MS);
        assert!(refused.is_err(), "{engine}: nothing is signed over a ledger that was changed");
    });
}

#[test]
fn a_checkpoint_that_the_key_did_not_sign_is_named() {
    on_every_engine(|engine, database| {
        let world = world(database);
        let size = entries(database).len() as u64;
        let changed = world.checkpoint.replacen(&size.to_string(), "3", 1);
        damage(database, Damage::Checkpoint(size, changed.clone()));
        let expected = [Trouble::CheckpointWrong { size: Some(size) }];
        assert_eq!(verify(&world).troubles, expected, "{engine}");
        assert_eq!(recent(&world), expected, "{engine}");
        let witnesses = Witnesses { key: key(), checkpoints: vec![changed] };
        let found = world.office.workspace.verify(witnesses).unwrap().troubles;
        assert!(found.contains(&Trouble::CheckpointWrong { size: None }), "{engine}");
    });
}

#[test]
fn the_proof_of_every_entry_can_be_checked() {
    on_every_engine(|engine, database| {
        let world = world(database);
        let public = secrets().ledger_key().unwrap().public();
        for entry in entries(database) {
            let text = world.office.workspace.proof(entry.position).unwrap().unwrap();
            let proof = proof_file::read(&text).unwrap();
            let verified = proof_file::verify(&proof, &entry.leaf, std::slice::from_ref(&public));
            assert!(verified.is_ok(), "{engine}: {}", entry.position);
        }
        world.office.figures("X1-1,2025-03,A01,12,,,\n").unwrap();
        let next = entries(database).len() as u64 - 1;
        assert_eq!(world.office.workspace.proof(next).unwrap(), None, "{engine}: not signed yet");
    });
}

#[test]
fn a_state_that_nobody_gave_is_named() {
    on_every_engine(|engine, database| {
        let world = world(database);
        let (workspace, console) = (&world.office.workspace, Actor::console());
        let id = "01930000-0000-7000-8000-000000000001";
        let occasion = Occasion {
            form: "thang".to_owned(),
            unit: workspace.find_unit("X1-1", None).unwrap(),
            period: Period::Month(2025, 3),
        };
        let field =
            TypedField { item: "A01".to_owned(), text: "3".to_owned(), ..TypedField::default() };
        let typed = Typed { fields: vec![field], ..Typed::default() };
        workspace.submit(&console, AT, id, occasion, typed).unwrap();
        assert_eq!(verify(&world).troubles, [], "{engine}: sent");
        workspace.approve(&console, AT, id).unwrap();
        assert_eq!(verify(&world).troubles, [], "{engine}: approved");
        let position = entries(database).pop().unwrap().position;
        let expected = [Trouble::RowAltered { position, thing: thing("submission", id) }];
        for (state, approvals) in [(State::Returned, 0), (State::Approved, 2)] {
            let given = Progress { state, approvals };
            let set: Result<(), store::Error> =
                database.write_blocking(move |tx| store::submissions::set_progress(tx, id, given));
            set.unwrap();
            assert_eq!(verify(&world).troubles, expected, "{engine}: {given:?}");
        }
    });
}
