//! Reporters and reviewers at work: sending, returning, correcting, and what counts meanwhile.

use actions::accounts::Moment;
use actions::answer::View;
use actions::error::Error;
use actions::submissions::entry::EntryPage;
use actions::submissions::matrix::Asked;
use actions::submissions::{Base, Occasion, Typed, TypedField};
use actions::workspace::Workspace;
use domain::access::{Account, AccountState, Actor, Grant, standard_roles};
use domain::collecting::CollectingProblem;
use domain::entrance::EntranceProblem;
use domain::refusal::{Noun, Refusal};
use domain::submission::{Reason, State};
use domain::unit::Validity;
use jiff::civil::date;
use store::Database;
use store::accounts::NewAccount;
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

use crate::setup::{Office, period, refusals};

pub(crate) const AT: Moment = Moment { now_ms: NOW_MS, today: date(2026, 11, 23) };

/// Ids as browsers make them.
pub(crate) fn id(number: u32) -> String {
    format!("01930000-0000-7000-8000-{number:012}")
}

/// Somebody with a role on a unit, who has given a one-time code.
pub(crate) fn person(database: &Database, login: &str, role: &str, unit: &str) -> Actor {
    let unit = Office::empty(database).workspace.find_unit(unit, Some(AT.today)).unwrap();
    let (login, name) = (login.to_owned(), login.to_owned());
    let new = NewAccount { login, name, state: AccountState::Active, created_ms: NOW_MS };
    let NewAccount { login, name, .. } = new.clone();
    let id = database
        .write_blocking(move |tx| -> Result<_, store::Error> { store::accounts::insert(tx, &new) })
        .unwrap();
    let account = Account { id, login, name, state: AccountState::Active };
    let role = standard_roles().into_iter().find(|known| known.code == role).unwrap();
    let (unit, validity, delegated_by) = (Some(unit), Validity::default(), None);
    let grant = Grant { id: 1, account: id, role, unit, validity, delegated_by };
    Actor { account: Some(account), grants: vec![grant], second_factor: true }
}

pub(crate) fn occasion(workspace: &Workspace, unit: &str, month: &str) -> Occasion {
    let unit = workspace.find_unit(unit, Some(AT.today)).unwrap();
    Occasion { form: "thang".to_owned(), unit, period: period(month) }
}

pub(crate) fn typed(base: Base, fields: &[(&str, &str)]) -> Typed {
    let fields = fields.iter().map(|(item, text)| TypedField {
        item: (*item).to_owned(),
        text: (*text).to_owned(),
        ..TypedField::default()
    });
    Typed { fields: fields.collect(), base, ..Typed::default() }
}

/// An office with a village head, another one, a commune officer and one beside.
pub(crate) struct Commune {
    pub(crate) office: Office,
    pub(crate) head: Actor,
    pub(crate) deputy: Actor,
    pub(crate) officer: Actor,
    pub(crate) beside: Actor,
}

pub(crate) fn commune(database: &Database) -> Commune {
    let office = Office::small(database);
    Commune {
        head: person(database, "thon", "reporter", "X1-1"),
        deputy: person(database, "pho", "reporter", "X1-1"),
        officer: person(database, "xa", "reviewer", "X1"),
        beside: person(database, "ben", "reviewer", "X2"),
        office,
    }
}

impl Commune {
    pub(crate) fn month(&self) -> Occasion {
        occasion(&self.office.workspace, "X1-1", "2026-10")
    }

    pub(crate) fn page(&self) -> EntryPage {
        self.office.workspace.entry_page(&self.head, AT, &self.month(), None).unwrap()
    }

    pub(crate) fn send(&self, number: u32, fields: &[(&str, &str)]) -> Result<(), Vec<Refusal>> {
        let sent = typed(self.page().base, fields);
        let workspace = &self.office.workspace;
        let sent = workspace.submit(&self.head, AT, &id(number), self.month(), sent);
        sent.map(drop).map_err(|error| refused::<()>(Err(error)))
    }

    /// New members of the district in October, and how many villages have reported.
    pub(crate) fn counted(&self) -> (Option<String>, u32) {
        let workspace = &self.office.workspace;
        let district = workspace.find_unit("182", Some(AT.today)).unwrap();
        let snapshot = workspace.snapshot().unwrap();
        let figure =
            actions::figure::figure(&snapshot, "A01", district, period("2026-10"), View::Reported)
                .unwrap();
        (
            figure.value.ok().map(|value| value.value.to_f64().to_string()),
            figure.completeness.reported,
        )
    }
}

pub(crate) fn refused<T>(outcome: Result<T, Error>) -> Vec<Refusal> {
    refusals(outcome.map(drop)).into_iter().map(|refused| refused.why).collect()
}

pub(crate) fn collecting(problem: CollectingProblem) -> Vec<Refusal> {
    vec![Refusal::Collecting(problem)]
}

#[test]
fn a_month_goes_from_the_village_to_the_commune_and_back() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let workspace = &commune.office.workspace;
        assert_eq!(commune.counted(), (None, 0), "{engine}");
        commune.send(1, &[("A01", "3"), ("B02", "1,5")]).unwrap();
        assert_eq!(commune.counted(), (Some("3".to_owned()), 1), "{engine}: what is sent counts");
        let waiting = workspace.review_queue(&commune.officer, AT, 0).unwrap().waiting;
        assert_eq!(waiting.iter().map(|it| it.id.clone()).collect::<Vec<_>>(), [id(1)]);

        let reasons = vec![
            Reason { field: "A01".to_owned(), text: "Nhầm với cả năm".to_owned() },
            Reason { field: "B02".to_owned(), text: " ".to_owned() },
        ];
        workspace.return_with_reasons(&commune.officer, AT, &id(1), reasons).unwrap();
        assert_eq!(commune.counted(), (None, 0), "{engine}: what came back does not count");
        let page = commune.page();
        assert_eq!(page.state, State::Returned);
        assert_eq!(page.fields[0].returned, ["Nhầm với cả năm"], "{engine}");
        assert_eq!(page.fields[0].typed.text, "3", "{engine}: what was sent stands there");
        let work = workspace.work(&commune.head, AT).unwrap();
        assert_eq!(work.returned.iter().map(|it| it.reasons).collect::<Vec<_>>(), [1]);

        commune.send(2, &[("A01", "2"), ("B02", "1.5")]).unwrap();
        workspace.approve(&commune.officer, AT, &id(2)).unwrap();
        assert_eq!(commune.counted(), (Some("2".to_owned()), 1), "{engine}");
        assert_eq!(workspace.review_queue(&commune.officer, AT, 0).unwrap().total, 0, "{engine}");
        assert_eq!(workspace.work(&commune.head, AT).unwrap().returned, [], "{engine}");

        let again = commune.send(3, &[("A01", "4")]);
        let why = collecting(CollectingProblem::CorrectionWithoutReason);
        assert_eq!(again, Err(why), "{engine}: approved");
        let mut correction = typed(commune.page().base, &[("A01", "4"), ("B02", "1,5")]);
        correction.reason = "Sót một đồng chí".to_owned();
        let month = commune.month();
        let sent = workspace.submit(&commune.head, AT, &id(3), month, correction).unwrap();
        assert_eq!((sent.revision, commune.counted().0), (3, Some("4".to_owned())), "{engine}");
        let old = refused(workspace.approve(&commune.officer, AT, &id(2)));
        assert_eq!(old, collecting(CollectingProblem::NewerRevision), "{engine}");
        workspace.approve(&commune.officer, AT, &id(3)).unwrap();
        let reason = "Xem lại theo thư".to_owned();
        workspace.reopen(&commune.officer, AT, &id(3), reason).unwrap();
        let page = workspace.review_page(&commune.officer, AT, &id(3)).unwrap();
        let deeds: Vec<&str> = page.deeds.iter().map(|done| done.deed.code()).collect();
        assert_eq!(
            (page.course.progress.state, deeds),
            (State::Submitted, vec!["correct", "approve", "reopen"])
        );
    });
}

#[test]
fn who_may_do_what_is_one_table() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let workspace = &commune.office.workspace;
        commune.send(1, &[("A01", "3")]).unwrap();
        let people =
            [("head", &commune.head), ("officer", &commune.officer), ("beside", &commune.beside)];
        let reason = || vec![Reason { field: String::new(), text: "vì sao".to_owned() }];
        let base = commune.page().base;
        let mut found = Vec::new();
        // What is refused comes first, so that the state stays.
        for (name, who) in people {
            let bad = |outcome: Result<(), Error>| {
                let Err(Error::Refused(reasons)) = outcome else { return false };
                let denied = |why: &Refusal| {
                    matches!(why, Refusal::Entrance(EntranceProblem::NotAllowed { .. }))
                };
                reasons.iter().all(|reason| denied(&reason.why))
            };
            let month = commune.month();
            let draft = workspace.save_draft(who, AT, month.clone(), typed(Base::default(), &[]));
            let seen = workspace.entry_page(who, AT, &month, None);
            found.push((
                name,
                [
                    bad(draft.map(drop)),
                    bad(seen.map(drop)),
                    name != "officer" && bad(workspace.approve(who, AT, &id(1))),
                    name != "officer"
                        && bad(workspace.return_with_reasons(who, AT, &id(1), reason())),
                    name != "officer" && bad(workspace.reopen(who, AT, &id(1), "x".to_owned())),
                    bad(workspace.review_page(who, AT, &id(1)).map(drop)),
                ],
            ));
        }
        let expected = [
            ("head", [false, false, true, true, true, true]),
            ("officer", [false; 6]),
            ("beside", [true; 6]),
        ];
        assert_eq!(found, expected, "{engine}");
        // The officer sends for a village, and then somebody else has to approve it.
        let sent = workspace
            .submit(&commune.officer, AT, &id(2), commune.month(), typed(base, &[("A01", "5")]))
            .unwrap();
        let own = refused(workspace.approve(&commune.officer, AT, &sent.id));
        assert_eq!(own, collecting(CollectingProblem::OwnSubmission), "{engine}");
        workspace.approve(&Actor::console(), AT, &sent.id).unwrap();
    });
}

#[test]
fn an_error_blocks_sending_and_never_saving() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let workspace = &commune.office.workspace;
        let cases = [
            (&[("A01", "1.234")][..], 1, "AmbiguousNumber"),
            (&[("A01", "mười")], 1, "NotANumber"),
            (&[("A01", "-1")], 1, "OutOfBounds"),
            (&[("A01", "1,5")], 1, "TooManyDecimals"),
            (&[("B02", "90%")], 2, "NotACount"),
            (&[], 0, "NothingEntered"),
        ];
        for (number, (fields, row, expected)) in (1..).zip(cases) {
            let base = commune.page().base;
            let sent = typed(base, fields);
            let month = commune.month();
            let error = workspace
                .submit(&commune.head, AT, &id(number), month.clone(), sent.clone())
                .unwrap_err();
            let Error::Refused(reasons) = error else { panic!("{error}") };
            assert_eq!(reasons[0].at.row, row, "{engine}: {fields:?}");
            assert!(format!("{:?}", reasons[0].why).contains(expected), "{fields:?}: {reasons:?}");
            workspace.save_draft(&commune.head, AT, month, sent).unwrap();
            let page = commune.page();
            let kept: Vec<&str> = page.fields.iter().map(|it| it.typed.text.as_str()).collect();
            assert!(fields.iter().all(|(_, text)| kept.contains(text)), "{engine}: {kept:?}");
            let marked = page.fields.iter().filter(|field| !field.refused.is_empty()).count();
            assert_eq!(marked, fields.len(), "{engine}: a saved mistake is shown at its field");
        }
    });
}

#[test]
fn a_doubtful_figure_travels_with_its_reason() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let workspace = &commune.office.workspace;
        commune.office.figures("X1-1,2026-09,A01,2,,,\n").unwrap();
        let without = commune.send(1, &[("A01", "40")]);
        assert_eq!(without, Err(collecting(CollectingProblem::DoubtWithoutReason)), "{engine}");
        let mut sent = typed(commune.page().base, &[("A01", "40")]);
        sent.fields[0].reason = "Kết nạp đợt 19/5".to_owned();
        let month = commune.month();
        let month_of = month.period;
        workspace.submit(&commune.head, AT, &id(1), month, sent).unwrap();
        let page = workspace.review_page(&commune.officer, AT, &id(1)).unwrap();
        assert_eq!(page.lines[0].reason, "Kết nạp đợt 19/5", "{engine}");
        assert_eq!(page.lines[0].doubts.len(), 1, "{engine}");
        let none = workspace.approve_many(&commune.officer, AT, Vec::new());
        assert_eq!(refused(none), collecting(CollectingProblem::NothingChosen), "{engine}");
        let many = workspace.approve_many(&commune.officer, AT, vec![id(1), id(9)]);
        let rows = |error: Error| match error {
            Error::Refused(all) => all.into_iter().map(|it| (it.at.row, it.why)).collect(),
            other => panic!("{other}"),
        };
        let doubtful = Refusal::from(CollectingProblem::NotWithoutDoubts);
        let unknown = Refusal::NotFound { noun: Noun::Submission, key: id(9) };
        let each: Vec<(u32, Refusal)> = many.map_err(rows).unwrap_err();
        assert_eq!(each, [(1, doubtful), (2, unknown)], "{engine}: each by its place");
        let about = |who: &Actor| workspace.submission_about(who, AT, &id(1)).unwrap();
        assert_eq!(about(&commune.officer).map(|it| it.period), Some(month_of), "{engine}");
        assert_eq!(about(&commune.head), None, "{engine}: who judges nothing is told nothing");
        workspace.approve(&commune.officer, AT, &id(1)).unwrap();
    });
}

#[test]
fn rules_of_the_form_hold_on_screen_as_in_files() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let rules = "form,code,severity,expression,message_vi,message_en\n\
                     thang,R-tu-mau,error,R.tu <= R.mau,Nhiều hơn số đến hạn,More than were due\n";
        commune.office.pack(&[("rules.csv", rules)]).unwrap();
        let broken = commune.send(1, &[("R.tu", "5"), ("R.mau", "4")]).unwrap_err();
        assert!(matches!(broken[..], [Refusal::RuleBroken(_)]), "{engine}: {broken:?}");
        commune.send(1, &[("R.tu", "4"), ("R.mau", "4")]).unwrap();
    });
}

#[test]
fn the_same_sending_twice_is_one_and_another_content_is_a_conflict() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let workspace = &commune.office.workspace;
        let sent = typed(Base::default(), &[("A01", "3")]);
        let send = |moment: Moment, sent: &Typed| {
            workspace.submit(&commune.head, moment, &id(7), commune.month(), sent.clone())
        };
        let first = send(AT, &sent).unwrap();
        let later = Moment { now_ms: NOW_MS + 60_000, ..AT };
        assert_eq!(send(later, &sent).unwrap(), first, "{engine}: the same answer");
        let other = typed(Base::default(), &[("A01", "4")]);
        let why = collecting(CollectingProblem::SameIdOtherContent { id: id(7) });
        assert_eq!(refused(send(later, &other)), why, "{engine}");
        assert_eq!(commune.page().base, Base { revision: 1, version: 0 }, "{engine}");
        let bad = workspace.submit(&commune.head, AT, "x", commune.month(), sent);
        assert!(matches!(refused(bad)[..], [Refusal::BadValue { .. }]), "{engine}");
    });
}

#[test]
fn two_people_on_the_same_form_lose_nothing() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let workspace = &commune.office.workspace;
        let month = commune.month();
        let both_saw = commune.page().base;
        let mine = typed(both_saw, &[("A01", "3")]);
        let theirs = typed(both_saw, &[("A01", "8"), ("B02", "2")]);
        workspace.save_draft(&commune.head, AT, month.clone(), mine).unwrap();
        let changed = collecting(CollectingProblem::ChangedMeanwhile);
        let late = workspace.save_draft(&commune.deputy, AT, month.clone(), theirs.clone());
        assert_eq!(refused(late), changed, "{engine}");
        let late = workspace.submit(&commune.deputy, AT, &id(1), month.clone(), theirs.clone());
        assert_eq!(refused(late), changed, "{engine}");
        let page = workspace.entry_page(&commune.deputy, AT, &month, Some(&theirs)).unwrap();
        let shown = (page.fields[0].typed.text.as_str(), page.fields[0].other.as_str());
        assert_eq!(shown, ("8", "3"), "{engine}: both are there to be compared");
        let knowing = Typed { base: page.base, ..theirs };
        workspace.submit(&commune.deputy, AT, &id(1), month.clone(), knowing).unwrap();
        let late = workspace.save_draft(&commune.head, AT, month, typed(both_saw, &[]));
        assert_eq!(refused(late), changed, "{engine}: what was sent is not overwritten unseen");
    });
}

#[test]
fn nothing_to_report_is_said_and_is_no_zero_that_somebody_counted() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let workspace = &commune.office.workspace;
        let nothing = Typed { base: commune.page().base, ..Typed::default() };
        let month = commune.month();
        workspace.nothing_to_report(&commune.head, AT, &id(1), month, nothing.clone()).unwrap();
        assert_eq!(commune.counted(), (Some("0".to_owned()), 1), "{engine}: it has reported");
        let page = workspace.submission_page(&id(1)).unwrap();
        assert_eq!(page.lines, [], "{engine}: and no figure was made up");
        let quarter = Occasion {
            form: "quy".to_owned(),
            unit: workspace.find_unit("X1", None).unwrap(),
            period: period("2026-Q3"),
        };
        let models = workspace.nothing_to_report(&commune.officer, AT, &id(2), quarter, nothing);
        let why = CollectingProblem::NothingForStocks { items: vec!["Q01".to_owned()] };
        assert_eq!(refused(models), collecting(why), "{engine}: models stand there all the time");
    });
}

#[test]
fn only_what_is_owed_is_taken() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let workspace = &commune.office.workspace;
        let commune_unit = workspace.find_unit("X1", None).unwrap();
        let month = commune.month();
        let not_owed = Occasion { unit: commune_unit, ..month.clone() };
        let unknown = Occasion { form: "nam".to_owned(), ..month.clone() };
        let future = Occasion { period: period("2026-12"), ..month.clone() };
        let other_kind = Occasion { period: period("2026-Q3"), ..month };
        let cases = [
            (not_owed, "NotOwed"),
            (unknown, "NotFound"),
            (future, "PeriodNotBegun"),
            (other_kind, "NotOwed"),
        ];
        for (occasion, expected) in cases {
            let found = refused(workspace.entry_page(&commune.officer, AT, &occasion, None));
            assert!(format!("{found:?}").contains(expected), "{engine}: {found:?}");
        }
    });
}

#[test]
fn work_names_the_oldest_period_owed_and_how_many_follow() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let workspace = &commune.office.workspace;
        commune.office.figures("X1-2,2026-08,A01,2,,,\nX1-1,2026-08,A01,1,,,\n").unwrap();
        let work = workspace.work(&commune.head, AT).unwrap();
        let owed: Vec<_> =
            work.owed.iter().map(|it| (it.occasion.period, it.due, it.later)).collect();
        assert_eq!(owed, [(period("2026-09"), date(2026, 10, 5), 1)], "{engine}");
        assert_eq!(work.next, None, "{engine}: while something is owed");
        for (number, month) in [(1, "2026-09"), (2, "2026-10")] {
            let occasion = occasion(workspace, "X1-1", month);
            let sent = typed(Base::default(), &[("A01", "1")]);
            workspace.submit(&commune.head, AT, &id(number), occasion, sent).unwrap();
        }
        let work = workspace.work(&commune.head, AT).unwrap();
        assert_eq!(work.owed, [], "{engine}");
        assert_eq!(work.next.map(|next| next.due), Some(date(2026, 12, 5)), "{engine}");
        let asked = |unit| Asked { period: Some(period("2026-10")), ..Asked::of(unit) };
        let matrix = workspace.matrix(&commune.officer, AT, &asked(commune.month().unit)).unwrap();
        assert_eq!(matrix.missing, [], "{engine}");
        let above = workspace.find_unit("X1", None).unwrap();
        let matrix = workspace.matrix(&commune.officer, AT, &asked(above)).unwrap();
        let missing: Vec<&str> = matrix.missing.iter().map(|unit| unit.code.as_str()).collect();
        assert_eq!(missing, ["X1-2"], "{engine}");
        let last = matrix.periods.last().unwrap();
        assert_eq!((last.sent, last.owed, matrix.periods.len()), (1, 2, 6), "{engine}");
    });
}

#[test]
fn what_is_carried_along_and_what_stays_behind_are_what_is_owed() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let workspace = &commune.office.workspace;
        commune.office.figures("X1-2,2025-10,A01,2,,,\n").unwrap();
        let counted = || {
            let carried = workspace.carried_forms(&commune.head, AT).unwrap();
            let owed = carried.forms.iter().filter(|it| it.is_owed).map(|it| it.occasion.period);
            let owed: Vec<String> = owed.map(|period| period.to_string()).collect();
            let behind = carried.left_out.iter().map(|it| (it.first.to_string(), it.count));
            let behind: Vec<(String, usize)> = behind.collect();
            let sum = owed.len() + behind.iter().map(|(_, count)| count).sum::<usize>();
            let work = workspace.work(&commune.head, AT).unwrap();
            assert_eq!(work.owed_reports(), sum, "{engine}: both count the same");
            (owed.first().cloned(), owed.len(), behind, carried.forms.len())
        };
        let first = |month: &str| Some(month.to_owned());
        let behind = |month: &str, count| vec![(month.to_owned(), count)];
        // Thirteen months are over; the one that runs comes along and is not owed.
        assert_eq!(counted(), (first("2025-10"), 6, behind("2026-04", 7), 7), "{engine}");
        let oldest = occasion(workspace, "X1-1", "2025-10");
        let sent = typed(Base::default(), &[("A01", "1")]);
        workspace.submit(&commune.head, AT, &id(1), oldest, sent).unwrap();
        // The next one comes along in its place, and what was sent last stays to be corrected.
        assert_eq!(counted(), (first("2025-11"), 6, behind("2026-05", 6), 8), "{engine}");
        let reasons = vec![Reason { field: String::new(), text: "Sót".to_owned() }];
        workspace.return_with_reasons(&commune.officer, AT, &id(1), reasons).unwrap();
        assert_eq!(counted(), (first("2025-11"), 6, behind("2026-05", 6), 8), "{engine}: returned");
        let work = workspace.work(&commune.head, AT).unwrap();
        let carried = workspace.carried_forms(&commune.head, AT).unwrap().forms;
        let returned = carried.iter().filter(|it| it.state == State::Returned).count();
        assert_eq!((returned, work.returned.len()), (1, 1), "{engine}");
    });
}
