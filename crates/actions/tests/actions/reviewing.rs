//! Levels of review: a commune and then its district judge what a village sent.

use actions::submissions::Base;
use actions::submissions::evidence::{Next, Revision};
use actions::submissions::queue::{Queue, Standing};
use domain::access::Actor;
use domain::collecting::CollectingProblem;
use domain::number::{Fraction, Quantity};
use domain::refusal::{Noun, Refusal};
use domain::submission::{Deed, Reason, State};
use store::Database;
use testkit::on_every_engine;

use crate::collecting::{AT, Commune, collecting, commune, id, occasion, person, refused, typed};
use crate::setup::places;

/// The forms of the small pack: the monthly one judged by these levels, and locked so many days
/// after its deadline.
pub(crate) fn forms(levels: &str, lock_days: &str) -> String {
    format!(
        "code,name_vi,name_en,frequency,calendar,assigned_level,assigned_below,assigned_codes,\
         due_days,review_levels,lock_days,items\n\
         thang,Số liệu tháng,Monthly,monthly,civil,village,,,5,{levels},{lock_days},A01 B02 G06 R.tu R.mau\n\
         quy,Số liệu quý,Quarterly,quarterly,civil,commune,,,10,,,Q01\n"
    )
}

/// The commune, its district's officer and somebody who works at both.
struct Levels {
    commune: Commune,
    district: Actor,
    both: Actor,
}

fn levels(database: &Database, levels: &str) -> Levels {
    let commune = commune(database);
    commune.office.pack(&[("forms.csv", &forms(levels, ""))]).unwrap();
    let district = person(database, "huyen", "reviewer", "182");
    let mut both = person(database, "ca-hai", "reviewer", "182");
    both.grants.extend(commune.officer.grants.clone());
    Levels { commune, district, both }
}

impl Levels {
    fn approve(&self, who: &Actor, number: u32) -> Result<(), Vec<Refusal>> {
        let approved = self.commune.office.workspace.approve(who, AT, &id(number));
        approved.map_err(|error| refused::<()>(Err(error)))
    }

    fn queue(&self, who: &Actor) -> Queue {
        self.commune.office.workspace.review_queue(who, AT, 0).unwrap()
    }

    fn next(&self, who: &Actor, number: u32) -> Next {
        self.commune.office.workspace.review_page(who, AT, &id(number)).unwrap().next
    }

    /// How far the village's month has come: its state, who has passed it and who is next.
    fn course(&self) -> (State, Vec<String>, Option<String>) {
        let course = self.commune.page().course;
        (course.progress.state, course.passed, course.next)
    }
}

fn other_level(level: &str) -> Vec<Refusal> {
    collecting(CollectingProblem::OtherLevel { level: level.to_owned() })
}

fn reason(text: &str) -> Vec<Reason> {
    vec![Reason { field: "A01".to_owned(), text: text.to_owned() }]
}

#[test]
fn two_levels_accept_one_after_the_other() {
    on_every_engine(|engine, database| {
        let office = levels(database, "commune district");
        let Levels { commune, district, .. } = &office;
        commune.send(1, &[("A01", "3")]).unwrap();
        let first = (State::Submitted, Vec::new(), Some("commune".to_owned()));
        assert_eq!(office.course(), first, "{engine}");
        assert_eq!(office.queue(district).total, 0, "{engine}: not the district's turn");
        assert_eq!(office.next(district, 1), Next::OtherLevel, "{engine}");
        assert_eq!(office.approve(district, 1), Err(other_level("commune")), "{engine}: skipped");

        office.approve(&commune.officer, 1).unwrap();
        let passed = vec!["commune".to_owned()];
        let second = (State::Submitted, passed, Some("district".to_owned()));
        assert_eq!(office.course(), second, "{engine}");
        assert_eq!(commune.counted().0.as_deref(), Some("3"), "{engine}: it counts meanwhile");
        assert_eq!(office.queue(&commune.officer).total, 0, "{engine}: its turn is over");
        let again = office.approve(&commune.officer, 1);
        let before = collecting(CollectingProblem::ApprovedBefore);
        assert_eq!(again, Err(before), "{engine}: played again");

        let waiting = office.queue(district).waiting;
        assert_eq!(waiting[0].course.passed, ["commune"], "{engine}");
        office.approve(district, 1).unwrap();
        assert_eq!(office.course(), (State::Approved, Vec::new(), None), "{engine}");
        let own = office.next(&commune.officer, 1);
        assert_eq!(own, Next::Nothing, "{engine}: what the district accepted, the district opens");
        let opened = commune.office.workspace.reopen(&commune.officer, AT, &id(1), "x".to_owned());
        assert_eq!(refused(opened), other_level("district"), "{engine}");
        commune.office.workspace.reopen(district, AT, &id(1), "x".to_owned()).unwrap();
        assert_eq!(office.course(), first, "{engine}: it begins with the first level again");
    });
}

#[test]
fn nobody_approves_at_two_levels() {
    on_every_engine(|engine, database| {
        let office = levels(database, "commune district");
        let Levels { commune, district, both } = &office;
        commune.send(1, &[("A01", "3")]).unwrap();
        office.approve(both, 1).unwrap();
        let queue = office.queue(both);
        assert_eq!(queue.total, 1, "{engine}: it waits at the other level of the same person");
        assert_eq!(office.next(both, 1), Next::SecondReturn, "{engine}");
        let second = office.approve(both, 1);
        assert_eq!(second, Err(collecting(CollectingProblem::ApprovedBefore)), "{engine}");
        office.approve(district, 1).unwrap();

        // Opened again, everybody may judge anew.
        commune.office.workspace.reopen(district, AT, &id(1), "x".to_owned()).unwrap();
        office.approve(&commune.officer, 1).unwrap();
        office.approve(both, 1).unwrap();
    });
}

#[test]
fn what_a_level_above_returns_goes_to_the_sender_and_is_seen_below() {
    on_every_engine(|engine, database| {
        let office = levels(database, "commune district");
        let Levels { commune, district, .. } = &office;
        let workspace = &commune.office.workspace;
        commune.send(1, &[("A01", "30")]).unwrap();
        let early = workspace.return_with_reasons(district, AT, &id(1), reason("x"));
        assert_eq!(refused(early), other_level("commune"), "{engine}");
        office.approve(&commune.officer, 1).unwrap();
        workspace.return_with_reasons(district, AT, &id(1), reason("Nhầm đơn vị tính")).unwrap();
        let page = commune.page();
        assert_eq!(
            (page.state, &page.fields[0].returned[..]),
            (State::Returned, &["Nhầm đơn vị tính".to_owned()][..])
        );
        let seen = |who: &Actor| -> Vec<(String, usize)> {
            let back = office.queue(who).sent_back;
            back.into_iter().map(|back| (back.id, back.reasons)).collect()
        };
        assert_eq!(seen(&commune.officer), [(id(1), 1)], "{engine}");
        assert_eq!((seen(district), seen(&commune.beside)), (Vec::new(), Vec::new()), "{engine}");
        let deeds = workspace.review_page(&commune.officer, AT, &id(1)).unwrap().deeds;
        assert!(deeds.iter().any(|done| done.reasons == reason("Nhầm đơn vị tính")), "{engine}");

        // Sent again, it is a new revision and begins with the commune.
        commune.send(2, &[("A01", "3")]).unwrap();
        assert_eq!(office.course().2.as_deref(), Some("commune"), "{engine}");
        assert_eq!(seen(&commune.officer), [], "{engine}");
        // What one level has accepted is corrected with a reason only.
        office.approve(&commune.officer, 2).unwrap();
        let silent = commune.send(3, &[("A01", "4")]);
        assert_eq!(silent, Err(collecting(CollectingProblem::CorrectionWithoutReason)), "{engine}");
        let mut correction = typed(commune.page().base, &[("A01", "4")]);
        correction.reason = "Sót một đồng chí".to_owned();
        workspace.submit(&commune.head, AT, &id(3), commune.month(), correction).unwrap();
        assert_eq!(office.course().2.as_deref(), Some("commune"), "{engine}");
    });
}

#[test]
fn a_level_that_does_not_stand_above_is_passed_over() {
    let cases = [
        // The levels of the form; who accepts it alone, as far as any level is left.
        ("", "commune"),
        ("ward", "commune"),
        ("ward district", "district"),
        ("village commune", "commune"),
    ];
    on_every_engine(|engine, database| {
        let office = levels(database, "");
        let Levels { commune, district, .. } = &office;
        commune.send(1, &[("A01", "3")]).unwrap();
        for (levels, alone) in cases {
            commune.office.pack(&[("forms.csv", &forms(levels, ""))]).unwrap();
            let who = if alone == "district" { district } else { &commune.officer };
            assert_eq!(office.course(), (State::Submitted, Vec::new(), None), "{engine}: {levels}");
            office.approve(who, 1).unwrap();
            assert_eq!(office.course().0, State::Approved, "{engine}: {levels}");
            let workspace = &commune.office.workspace;
            workspace.reopen(who, AT, &id(1), "x".to_owned()).unwrap();
        }
    });
}

#[test]
fn a_level_named_twice_is_refused_with_its_place() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let twice = commune.office.pack(&[("forms.csv", &forms("commune commune", ""))]);
        let why = Refusal::Doubled { noun: Noun::Level, key: "commune".to_owned() };
        assert_eq!(places(twice), [(2, 10, why)], "{engine}");
    });
}

#[test]
fn deeds_tell_who_accepted_at_which_step() {
    on_every_engine(|engine, database| {
        let office = levels(database, "commune district");
        let Levels { commune, district, .. } = &office;
        commune.send(1, &[("A01", "3")]).unwrap();
        office.approve(&commune.officer, 1).unwrap();
        office.approve(district, 1).unwrap();
        let page = commune.office.workspace.review_page(district, AT, &id(1)).unwrap();
        let deeds: Vec<(Deed, &str)> =
            page.deeds.iter().map(|done| (done.deed, done.name.as_str())).collect();
        let expected = [(Deed::Send, "thon"), (Deed::Approve, "xa"), (Deed::Approve, "huyen")];
        assert_eq!(deeds, expected, "{engine}");
    });
}

#[test]
fn whoever_judges_goes_on_to_the_next_that_they_may_approve() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let workspace = &commune.office.workspace;
        let officer = &commune.officer;
        let send = |who: &Actor, number: u32, month: &str| {
            let occasion = occasion(workspace, "X1-1", month);
            let sent = typed(Base::default(), &[("A01", "3")]);
            workspace.submit(who, AT, &id(number), occasion, sent).unwrap();
        };
        send(&commune.head, 1, "2026-08");
        send(officer, 2, "2026-09");
        send(&commune.head, 3, "2026-10");
        let standing = |number: u32| {
            let page = workspace.review_page(officer, AT, &id(number)).unwrap();
            let Standing { place, total, before, after } = page.standing;
            (place, total, before, after)
        };
        assert_eq!(standing(1), (Some(1), 3, None, Some(id(2))), "{engine}");
        assert_eq!(standing(2), (Some(2), 3, Some(id(1)), Some(id(3))), "{engine}");
        let next = |number: u32| workspace.review_after(officer, AT, &id(number)).unwrap();
        assert_eq!(next(1), Some(id(3)), "{engine}: one's own is passed over");
        assert_eq!(next(3), Some(id(1)), "{engine}: from the start again");

        assert_eq!(workspace.judged(officer, AT, vec![id(1)]).unwrap(), None, "{engine}: not yet");
        workspace.approve(officer, AT, &id(1)).unwrap();
        let judged = workspace.judged(officer, AT, vec![id(1)]).unwrap().unwrap();
        assert_eq!((judged.deed, judged.left), (Deed::Approve, 2), "{engine}");
        assert_eq!(
            workspace.judged(&commune.head, AT, vec![id(1)]).unwrap(),
            None,
            "{engine}: others"
        );
        assert_eq!(standing(1), (None, 2, None, Some(id(2))), "{engine}");
        workspace.approve(officer, AT, &id(3)).unwrap();
        assert_eq!(next(3), None, "{engine}: only one's own is left");
    });
}

#[test]
fn a_submission_stands_beside_its_earlier_revisions_and_its_neighbours() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let workspace = &commune.office.workspace;
        let beside = person(database, "ben-canh", "reporter", "X1-2");
        let of = occasion(workspace, "X1-2", "2026-10");
        let sent = typed(Base::default(), &[("A01", "5"), ("B02", "1,5")]);
        workspace.submit(&beside, AT, &id(9), of, sent).unwrap();
        commune.send(1, &[("A01", "30")]).unwrap();
        workspace.return_with_reasons(&commune.officer, AT, &id(1), reason("Thừa số 0")).unwrap();
        commune.send(2, &[("A01", "3")]).unwrap();

        let page = workspace.review_page(&commune.officer, AT, &id(2)).unwrap();
        let line = &page.lines[0];
        let number = |value: Option<Quantity>| value.map(|value| value.value.to_f64().to_string());
        assert_eq!(number(line.value), Some("3".to_owned()), "{engine}");
        assert_eq!(number(line.median), Some("5".to_owned()), "{engine}: one's own is left out");
        let told = |one: &Revision| {
            let deeds = one.deeds.iter().map(|done| (done.deed, done.name.clone()));
            (one.number, one.state, number(one.values[0]), deeds.collect::<Vec<_>>())
        };
        let by = |deed, name: &str| (deed, name.to_owned());
        let thirty = vec![by(Deed::Send, "thon"), by(Deed::Return, "xa")];
        let expected = [
            (1, State::Returned, Some("30".to_owned()), thirty),
            (2, State::Submitted, Some("3".to_owned()), vec![by(Deed::Send, "thon")]),
        ];
        assert_eq!(page.revisions.iter().map(told).collect::<Vec<_>>(), expected, "{engine}");
        assert_eq!(page.revisions[0].deeds[1].reasons, reason("Thừa số 0"), "{engine}");
        let older = workspace.review_page(&commune.officer, AT, &id(1)).unwrap();
        assert_eq!(older.newer, Some(id(2)), "{engine}");
    });
}

#[test]
fn a_figure_stands_beside_the_target_it_counts_towards() {
    on_every_engine(|engine, database| {
        let commune = commune(database);
        let workspace = &commune.office.workspace;
        let targets = "indicator,unit_code,period,date,value,reason,directive\n\
                       A01,182,2026,2026-01-15,90,,kh\n\
                       A01,X1,2026,2026-01-15,12,,kh\n";
        commune.office.pack(&[("targets.csv", targets)]).unwrap();
        commune.send(1, &[("A01", "3")]).unwrap();
        let aims = |who: &Actor| -> Vec<(String, String, String, bool)> {
            let aims = workspace.aims(who, AT, &commune.month()).unwrap();
            aims.iter()
                .map(|aim| {
                    let share = aim.figure.target.as_ref().and_then(|target| target.share);
                    let is_quarter = share == Some(Fraction::new(1, 4).unwrap());
                    (
                        aim.item.clone(),
                        aim.indicator.code.clone(),
                        aim.figure.unit.code.clone(),
                        is_quarter,
                    )
                })
                .collect()
        };
        let own = [("A01".to_owned(), "A01".to_owned(), "X1".to_owned(), true)];
        assert_eq!(aims(&commune.officer), own, "{engine}: the nearest that has one");
        let district = person(database, "huyen", "reviewer", "182");
        assert_eq!(aims(&district), own, "{engine}");
        assert_eq!(aims(&commune.head), [], "{engine}: figures of the commune are not the head's");
    });
}
