//! The ledger's tables: entries are added at the end, found again, and never overwritten.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use domain::access::AccountId;
use domain::unit::UnitId;
use store::ledger::{StoredCheckpoint, StoredEntry, Wanted};
use store::{Constraint, Database, Error, ledger};
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

fn entry(position: u64) -> StoredEntry {
    StoredEntry {
        position,
        recorded_ms: NOW_MS + i64::try_from(position).unwrap(),
        action: if position.is_multiple_of(2) { "unit.even" } else { "unit.odd" }.to_owned(),
        noun: "unit".to_owned(),
        subject: format!("u{}", position / 4),
        unit: (position > 2).then_some(UnitId(7)),
        account: position.is_multiple_of(3).then_some(AccountId(4)),
        leaf: vec![0, 255, b'\\', b'\n', u8::try_from(position).unwrap()],
    }
}

fn with_entries(database: &Database, count: u64) {
    let written: Result<(), Error> = database.write_blocking(move |tx| {
        let entries: Vec<StoredEntry> = (0..count).map(entry).collect();
        let hashes: Vec<[u8; 32]> =
            (0..2 * count).map(|index| [u8::try_from(index).unwrap(); 32]).collect();
        ledger::append(tx, &entries, 0, &hashes)
    });
    written.unwrap();
}

#[test]
fn what_was_appended_is_found_again() {
    on_every_engine(|engine, database| {
        with_entries(database, 10);
        let read: Result<(), Error> = database.read_blocking(move |tx| {
            assert_eq!(ledger::size(tx)?, 10);
            assert_eq!(ledger::find(tx, 3)?, Some(entry(3)));
            assert_eq!(ledger::find(tx, 10)?, None);
            assert_eq!(ledger::find(tx, u64::MAX)?, None);
            assert_eq!(ledger::newest_of(tx, "unit", "u1")?, Some(entry(7)));
            assert_eq!(ledger::newest_of(tx, "account", "u1")?, None);
            assert_eq!(ledger::entries(tx, 4, 3)?, [entry(4), entry(5), entry(6)]);
            let hashes = ledger::hashes(tx, &[0, 3, 99])?;
            assert_eq!(hashes, [[0; 32], [3; 32]], "those that are missing are left out");
            assert_eq!(ledger::hashes_from(tx, 18, 9)?, [(18, [18; 32]), (19, [19; 32])]);
            Ok(())
        });
        assert!(read.is_ok(), "{engine}: {read:?}");
    });
}

#[test]
fn entries_are_looked_for_by_what_their_columns_say() {
    let all = Wanted::default();
    let cases = [
        (all.clone(), vec![9, 8, 7, 6, 5, 4, 3, 2, 1, 0]),
        (Wanted { before: Some(4), ..all.clone() }, vec![3, 2, 1, 0]),
        (Wanted { action: Some("unit.odd".to_owned()), ..all.clone() }, vec![9, 7, 5, 3, 1]),
        (Wanted { account: Some(AccountId(4)), ..all.clone() }, vec![9, 6, 3, 0]),
        (
            Wanted { from_ms: Some(NOW_MS + 2), until_ms: Some(NOW_MS + 5), ..all.clone() },
            vec![4, 3, 2],
        ),
        (Wanted { action: Some("'; drop".to_owned()), ..all }, vec![]),
    ];
    on_every_engine(|engine, database| {
        with_entries(database, 10);
        for (wanted, expected) in cases.clone() {
            let found: Result<Vec<StoredEntry>, Error> =
                database.read_blocking(move |tx| ledger::browse(tx, &wanted, 100));
            let found: Vec<u64> = found.unwrap().iter().map(|entry| entry.position).collect();
            assert_eq!(found, expected, "{engine}");
        }
    });
}

#[test]
fn nothing_is_written_over() {
    on_every_engine(|engine, database| {
        with_entries(database, 2);
        let taken: [(&str, Result<(), Error>); 2] = [
            ("a position", database.write_blocking(|tx| ledger::append(tx, &[entry(1)], 50, &[]))),
            ("an index", database.write_blocking(|tx| ledger::append(tx, &[], 3, &[[1; 32]]))),
        ];
        for (what, written) in taken {
            let refused =
                matches!(written, Err(Error::Constraint { rule: Constraint::Unique, .. }));
            assert!(refused, "{engine}: {what}: {written:?}");
        }
    });
}

#[test]
fn checkpoints_and_salts_are_kept() {
    on_every_engine(|engine, database| {
        with_entries(database, 9);
        let made =
            |size: u64| StoredCheckpoint { size, signed: "đ\n".to_owned(), made_ms: NOW_MS };
        let kept: Result<(), Error> = database.write_blocking(move |tx| {
            assert_eq!(ledger::newest_checkpoint(tx)?, None);
            ledger::save_checkpoint(tx, &made(9))?;
            ledger::save_checkpoint(tx, &made(4))?;
            assert_eq!(ledger::checkpoints(tx)?, [made(4), made(9)]);
            assert_eq!(ledger::newest_checkpoint(tx)?, Some(made(9)));
            ledger::save_salt(tx, 3, "name", &[5; 32])?;
            ledger::save_salt(tx, 3, "login", &[6; 32])?;
            let salts = [("login".to_owned(), [6; 32]), ("name".to_owned(), [5; 32])];
            assert_eq!(ledger::salts(tx, 3)?, salts);
            assert_eq!(ledger::salts(tx, 4)?, []);
            Ok(())
        });
        assert!(kept.is_ok(), "{engine}: {kept:?}");
    });
}
