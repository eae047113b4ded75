//! Accounts, grants and sessions: what is saved comes back, and what works once works once.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use domain::access::{Account, AccountId, AccountState, standard_roles};
use domain::unit::{UnitId, Validity};
use jiff::civil::date;
use store::accounts::{self, NewAccount};
use store::grants::{self, NewGrant};
use store::sessions::{self, NewSession, Session};
use store::{Database, Error, Result, WriteTx};
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

fn write<T: Send + 'static>(
    database: &Database,
    change: impl FnOnce(&mut WriteTx<'_>) -> Result<T> + Send + 'static,
) -> T {
    database.write_blocking(change).unwrap()
}

fn new(login: &str) -> NewAccount {
    let (login, name) = (login.to_owned(), "Bình".to_owned());
    NewAccount { login, name, state: AccountState::Invited, created_ms: NOW_MS }
}

#[test]
fn an_account_comes_back_as_it_was_made() {
    on_every_engine(|engine, database| {
        let id = write(database, |tx| accounts::insert(tx, &new("binh")));
        let expected = Account {
            id,
            login: "binh".to_owned(),
            name: "Bình".to_owned(),
            state: AccountState::Invited,
        };
        let found = write(database, |tx| accounts::find_by_login(tx, "binh"));
        assert_eq!(found, Some(expected.clone()), "{engine}");
        assert_eq!(write(database, move |tx| accounts::find(tx, id)), Some(expected), "{engine}");
        assert_eq!(write(database, |tx| accounts::find_by_login(tx, "an")), None, "{engine}");
        write(database, move |tx| accounts::set_state(tx, id, AccountState::Disabled));
        let all = write(database, |tx| accounts::all(tx));
        assert_eq!(all[0].state, AccountState::Disabled, "{engine}");
        let twice = database.write_blocking(|tx| accounts::insert(tx, &new("binh")));
        assert!(matches!(twice, Err(Error::Constraint { .. })), "{engine}: {twice:?}");
    });
}

#[test]
fn a_one_time_step_a_recovery_code_and_an_invitation_work_once() {
    on_every_engine(|engine, database| {
        let id = write(database, |tx| accounts::insert(tx, &new("binh")));
        write(database, move |tx| accounts::set_one_time_secret(tx, id, Some(&[1, 2, 3]), 100));
        let steps = [(100, false), (101, true), (101, false), (99, false), (105, true)];
        for (step, expected) in steps {
            let used = write(database, move |tx| accounts::use_step(tx, id, step));
            assert_eq!(used, expected, "{engine}: step {step}");
        }
        let codes = vec!["one".to_owned(), "two".to_owned()];
        write(database, move |tx| accounts::set_recovery_codes(tx, id, &codes));
        for (code, expected) in [("one", true), ("one", false), ("three", false)] {
            let used = write(database, move |tx| accounts::use_recovery_code(tx, id, code, NOW_MS));
            assert_eq!(used, expected, "{engine}: {code}");
        }
        let left = write(database, move |tx| accounts::recovery_codes_left(tx, id));
        assert_eq!(left, 1, "{engine}");
        write(database, move |tx| accounts::invite(tx, id, "card", NOW_MS + 10));
        let invited = |secret: &'static str, now_ms| {
            write(database, move |tx| accounts::invited(tx, secret, now_ms))
        };
        assert_eq!(invited("card", NOW_MS), Some(id), "{engine}");
        assert_eq!(invited("other", NOW_MS), None, "{engine}");
        assert_eq!(invited("card", NOW_MS + 10), None, "{engine}: too late");
        let used = |now_ms| write(database, move |tx| accounts::use_invitation(tx, "card", now_ms));
        assert_eq!((used(NOW_MS), used(NOW_MS)), (true, false), "{engine}");
        assert_eq!(invited("card", NOW_MS), None, "{engine}: used up");
    });
}

#[test]
fn wrong_attempts_are_counted_and_forgotten() {
    on_every_engine(|engine, database| {
        let id = write(database, |tx| accounts::insert(tx, &new("binh")));
        for _ in 0..3 {
            write(database, move |tx| accounts::note_failure(tx, id, NOW_MS));
        }
        let known = write(database, move |tx| accounts::credentials(tx, id)).unwrap();
        assert_eq!((known.failures, known.failed_ms), (3, NOW_MS), "{engine}");
        write(database, move |tx| accounts::forget_failures(tx, id));
        write(database, move |tx| accounts::set_password(tx, id, "$argon2id$…"));
        let known = write(database, move |tx| accounts::credentials(tx, id)).unwrap();
        assert_eq!(known.failures, 0, "{engine}");
        assert_eq!(known.password.as_deref(), Some("$argon2id$…"), "{engine}");
    });
}

#[test]
fn grants_come_back_with_their_role_and_can_be_ended() {
    on_every_engine(|engine, database| {
        let id = write(database, |tx| {
            let unit = store::units::insert_unit(tx)?;
            assert_eq!(unit, UnitId(1));
            for role in standard_roles() {
                grants::save_role(tx, &role)?;
            }
            accounts::insert(tx, &new("binh"))
        });
        assert_eq!(write(database, |tx| grants::roles(tx)), standard_roles(), "{engine}");
        let validity = Validity { from: Some(date(2026, 1, 1)), to: None };
        let grant = NewGrant {
            account: id,
            role: "reviewer".to_owned(),
            unit: Some(UnitId(1)),
            validity,
            delegated_by: None,
            granted_by: Some(id),
            granted_ms: NOW_MS,
        };
        let number = write(database, move |tx| grants::insert(tx, &grant));
        let held = write(database, move |tx| grants::of_account(tx, id));
        let [grant] = held.as_slice() else { panic!("{engine}: one grant") };
        assert_eq!((grant.id, grant.unit, grant.validity), (number, Some(UnitId(1)), validity));
        assert_eq!(Some(&grant.role), standard_roles().iter().find(|it| it.code == "reviewer"));
        write(database, move |tx| grants::end(tx, number, date(2026, 6, 30)));
        let held = write(database, move |tx| grants::of_account(tx, id));
        assert_eq!(held[0].validity.to, Some(date(2026, 6, 30)), "{engine}");
    });
}

#[test]
fn a_session_lasts_until_it_ends() {
    on_every_engine(|engine, database| {
        let id = write(database, |tx| accounts::insert(tx, &new("binh")));
        let session = Session {
            id: 1,
            account: id,
            device: "Firefox".to_owned(),
            created_ms: NOW_MS,
            seen_ms: NOW_MS,
            ends_ms: NOW_MS + 100,
            second_factor_ms: Some(NOW_MS),
            form_secret: "form".to_owned(),
        };
        let secret_hash = "hash".to_owned();
        let saved = NewSession { secret_hash, session: session.clone() };
        assert_eq!(write(database, move |tx| sessions::insert(tx, &saved)), 1, "{engine}");
        let find = |now_ms| write(database, move |tx| sessions::find(tx, "hash", now_ms));
        assert_eq!(find(NOW_MS), Some(session.clone()), "{engine}");
        assert_eq!(find(NOW_MS + 100), None, "{engine}: over");
        write(database, |tx| sessions::see(tx, "hash", NOW_MS + 5));
        assert_eq!(find(NOW_MS).unwrap().seen_ms, NOW_MS + 5, "{engine}");
        // Nobody ends another's session.
        let end = |owner, now_ms| write(database, move |tx| sessions::end(tx, 1, owner, now_ms));
        assert!(!end(AccountId(99), NOW_MS + 10), "{engine}");
        assert!(end(id, NOW_MS + 10) && !end(id, NOW_MS + 20), "{engine}");
        assert_eq!(find(NOW_MS + 10), None, "{engine}: ended");
        assert_eq!(write(database, |tx| sessions::forget(tx, NOW_MS + 50)), 1, "{engine}");
    });
}
