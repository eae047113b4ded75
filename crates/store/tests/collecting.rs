//! Drafts, states and deeds, on every engine.

use domain::period::Period;
use domain::submission::{Content, Deed, Progress, Reason, State, Submission};
use domain::unit::UnitId;
use store::deeds::{self, ClockSaid, Done, Sending};
use store::drafts::{self, Draft, DraftField};
use store::imports::{self, NewImport};
use store::standings::{self, Open, Standing};
use store::{Result, WriteTx, forms, submissions, units};
use testkit::builders::{figure, form, submission, unit};
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

const MARCH: Period = Period::Month(2026, 3);

fn prepare(tx: &mut WriteTx<'_>) -> Result<()> {
    units::insert_versions(tx, &[unit(1, None), unit(2, None)])?;
    forms::save(tx, &form("thon-thang", &[1, 2]))?;
    let (kind, file_name, sha256) = ("entry".to_owned(), String::new(), "a".repeat(64));
    let file = NewImport { kind, file_name, sha256, bytes: 1, rows: 1, imported_ms: NOW_MS };
    imports::insert(tx, &file).map(drop)
}

fn revision(unit: i64, revision: u32, state: State) -> Submission {
    let figures = vec![figure(1, i64::from(revision))];
    let id = format!("{unit}-{revision}");
    Submission { id, revision, state, ..submission("thon-thang", unit, MARCH, figures) }
}

#[test]
fn a_draft_is_kept_as_it_was_typed_until_it_is_removed() {
    on_every_engine(|engine, database| {
        let typed = |text: &str, version| Draft {
            version,
            account: None,
            saved_ms: NOW_MS,
            fields: vec![DraftField {
                item: "A01".to_owned(),
                text: text.to_owned(),
                note: "chưa chắc\n\"hỏi lại\"".to_owned(),
                ..DraftField::default()
            }],
        };
        let (first, second) = (typed("1.234", 1), typed("mười hai", 2));
        let expected = second.clone();
        let found: Result<_> = database.write_blocking(move |tx| {
            prepare(tx)?;
            let key = ("thon-thang", UnitId(1), MARCH);
            drafts::save(tx, key, &first)?;
            drafts::save(tx, key, &second)?;
            let kept = drafts::find(tx, "thon-thang", UnitId(1), MARCH)?;
            let elsewhere = drafts::find(tx, "thon-thang", UnitId(2), MARCH)?;
            let listed = drafts::of_unit(tx, UnitId(1))?;
            let mut taken = Vec::new();
            for version in [1, 2, 2] {
                taken.push(drafts::take(tx, key, version)?);
            }
            let after = drafts::find(tx, "thon-thang", UnitId(1), MARCH)?;
            Ok((kept, elsewhere, listed, taken, after))
        });
        let listed = vec![("thon-thang".to_owned(), MARCH)];
        let taken = vec![false, true, false];
        assert_eq!(found.unwrap(), (Some(expected), None, listed, taken, None), "{engine}");
    });
}

#[test]
fn what_was_returned_does_not_count_and_what_stood_before_does() {
    use State::{Approved, Returned, Submitted};
    // The states of the revisions of one unit, and the revision that counts.
    let cases: [(&[State], Option<u32>); 6] = [
        (&[Approved], Some(1)),
        (&[Submitted], Some(1)),
        (&[Returned], None),
        (&[Approved, Submitted], Some(2)),
        (&[Approved, Returned], Some(1)),
        (&[Returned, Returned, Submitted], Some(3)),
    ];
    on_every_engine(|engine, database| {
        for (states, expected) in cases {
            let read: Result<_> = database.write_blocking(move |tx| {
                prepare(tx)?;
                for (number, state) in (1..).zip(states) {
                    submissions::insert_many(tx, &[revision(1, number, *state)])?;
                }
                let mut counting = Vec::new();
                submissions::counting(tx, &mut |counted| counting.push(counted.revision))?;
                let one = submissions::counting_of(tx, "thon-thang", UnitId(1), MARCH)?;
                // Nothing of it is kept: the transaction ends with a failure.
                Err::<(), _>(store::Error::Unreadable {
                    what: "",
                    found: format!("{counting:?} {:?}", one.map(|one| one.revision)),
                })
            });
            let found = read.unwrap_err();
            let counting: Vec<u32> = expected.into_iter().collect();
            let wanted = format!("{counting:?} {expected:?}");
            let same = matches!(&found, store::Error::Unreadable { found, .. } if *found == wanted);
            assert!(same, "{engine}: {states:?}: {found:?}, wanted {wanted}");
        }
    });
}

#[test]
fn only_the_newest_revision_waits() {
    on_every_engine(|engine, database| {
        let read: Result<_> = database.write_blocking(|tx| {
            prepare(tx)?;
            let sent = [
                revision(1, 1, State::Submitted),
                revision(1, 2, State::Submitted),
                revision(2, 1, State::Approved),
            ];
            submissions::insert_many(tx, &sent)?;
            let waiting = standings::open(tx, State::Submitted)?;
            let back = Progress { state: State::Returned, approvals: 0 };
            submissions::set_progress(tx, "1-2", back)?;
            let returned = standings::open(tx, State::Returned)?;
            let none = standings::open(tx, State::Submitted)?;
            let standing =
                standings::standing(tx, "thon-thang", (MARCH, MARCH), &[UnitId(1), UnitId(2)])?;
            let ids = |list: Vec<Open>| list.into_iter().map(|it| it.id).collect::<Vec<_>>();
            Ok((ids(waiting), ids(returned), ids(none), standing))
        });
        let (waiting, returned, none, standing) = read.unwrap();
        assert_eq!((waiting, returned), (vec!["1-2".to_owned()], vec!["1-2".to_owned()]));
        assert_eq!(none, Vec::<String>::new(), "{engine}: an older revision waits for nobody");
        let stands = |id: &str, unit, state| Standing {
            id: id.to_owned(),
            unit: UnitId(unit),
            period: MARCH,
            progress: Progress { state, approvals: 0 },
            content: Content::Figures,
        };
        let expected = [stands("1-2", 1, State::Returned), stands("2-1", 2, State::Approved)];
        assert_eq!(standing, expected, "{engine}");
    });
}

#[test]
fn deeds_are_kept_in_their_order_with_their_reasons() {
    on_every_engine(|engine, database| {
        let reason = |field: &str, text: &str| Reason { field: field.into(), text: text.into() };
        let done = |deed, reasons| Done {
            deed,
            account: None,
            in_place_of: None,
            done_ms: NOW_MS,
            reasons,
        };
        let sent = done(Deed::Send, Vec::new());
        let back = done(Deed::Return, vec![reason("A01", "nhầm \"thôn\""), reason("", "xem lại")]);
        let sending = Sending {
            sha256: "f".repeat(64),
            doubts: vec![reason("A01", "gộp 2 thôn")],
            clock: Some(ClockSaid { finished_ms: NOW_MS - 5, ahead_ms: -7 }),
        };
        let (all, kept) = (vec![sent.clone(), back.clone()], sending.clone());
        let read: Result<_> = database.write_blocking(move |tx| {
            prepare(tx)?;
            let mut nothing = revision(1, 1, State::Submitted);
            nothing.content = Content::NothingToReport;
            nothing.figures.clear();
            submissions::insert_many(tx, std::slice::from_ref(&nothing))?;
            let before = deeds::newest(tx)?;
            deeds::insert(tx, 3, "1-1", &sent)?;
            deeds::insert(tx, 7, "1-1", &back)?;
            deeds::insert_sending(tx, "1-1", &sending)?;
            let same = submissions::find(tx, "1-1")? == Some(nothing);
            let newest = deeds::newest(tx)?;
            let all = deeds::of_submission(tx, "1-1")?;
            Ok((before, newest, all, deeds::sending(tx, "1-1")?, deeds::sending(tx, "?")?, same))
        });
        assert_eq!(read.unwrap(), ((0, 0), (7, NOW_MS), all, Some(kept), None, true), "{engine}");
    });
}

#[test]
fn what_belongs_to_open_submissions_is_read_at_once() {
    on_every_engine(|engine, database| {
        let reason = |text: &str| Reason { field: "A01".to_owned(), text: text.to_owned() };
        let done = |deed| Done {
            deed,
            account: None,
            in_place_of: None,
            done_ms: NOW_MS,
            reasons: Vec::new(),
        };
        let read: Result<_> = database.write_blocking(move |tx| {
            prepare(tx)?;
            let sent = [
                revision(1, 1, State::Submitted),
                revision(2, 1, State::Submitted),
                revision(2, 2, State::Approved),
            ];
            submissions::insert_many(tx, &sent)?;
            for (number, id) in (1..).zip(["1-1", "2-1", "2-2", "2-1"]) {
                deeds::insert(tx, number, id, &done(Deed::Send))?;
            }
            let doubts = vec![reason("gộp 2 thôn")];
            let sending = Sending { sha256: "f".repeat(64), doubts, clock: None };
            deeds::insert_sending(tx, "1-1", &sending)?;
            let accepted = Progress { state: State::Submitted, approvals: 1 };
            submissions::set_progress(tx, "1-1", accepted)?;
            let open = standings::open(tx, State::Submitted)?;
            let deeds_of = |tx: &mut WriteTx<'_>, between| -> Result<Vec<(String, usize)>> {
                let all = deeds::of_open(tx, State::Submitted, between)?;
                Ok(all.into_iter().map(|(id, deeds)| (id, deeds.len())).collect())
            };
            let (all, first) = (deeds_of(tx, (1, 3))?, deeds_of(tx, (1, 1))?);
            Ok((open, all, first, deeds::doubts_of_open(tx, State::Submitted, (1, 3))?))
        });
        let (open, all, first, doubts) = read.unwrap();
        let open: Vec<_> = open.into_iter().map(|it| (it.id, it.progress.approvals)).collect();
        assert_eq!(open, [("1-1".to_owned(), 1)], "{engine}: 2-1 has a newer revision");
        assert_eq!(all, [("1-1".to_owned(), 1), ("2-1".to_owned(), 2)], "{engine}");
        assert_eq!(first, [("1-1".to_owned(), 1)], "{engine}");
        let doubts: Vec<_> = doubts.into_iter().map(|(id, doubts)| (id, doubts.len())).collect();
        assert_eq!(doubts, [("1-1".to_owned(), 1)], "{engine}");
    });
}
