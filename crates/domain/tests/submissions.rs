//! The way of a submission: who may do what in which state.

use domain::collecting::CollectingProblem::{
    self, ApprovedBefore, CorrectionWithoutReason, OwnSubmission,
};
use domain::submission::Deed::{Approve, Correct, Reopen, Return, Send};
use domain::submission::Doer::{Another, Approver, Sender};
use domain::submission::State::{Approved, Draft, Returned, Submitted};
use domain::submission::{Deed, Doer, Progress, State, after};
use proptest::prelude::*;

type Outcome = Result<Progress, CollectingProblem>;

fn at(state: State, approvals: u32) -> Progress {
    Progress { state, approvals }
}

fn to(state: State, approvals: u32) -> Outcome {
    Ok(at(state, approvals))
}

fn wrong(state: State) -> Outcome {
    Err(CollectingProblem::WrongState { state })
}

#[test]
fn every_deed_leads_from_every_state_to_a_state_or_a_refusal() {
    let table: [(State, Deed, Doer, Outcome); 23] = [
        (Draft, Send, Another, to(Submitted, 0)),
        (Submitted, Send, Sender, to(Submitted, 0)),
        (Returned, Send, Sender, to(Submitted, 0)),
        (Approved, Send, Sender, Err(CorrectionWithoutReason)),
        (Draft, Correct, Sender, to(Submitted, 0)),
        (Submitted, Correct, Sender, to(Submitted, 0)),
        (Returned, Correct, Another, to(Submitted, 0)),
        (Approved, Correct, Sender, to(Submitted, 0)),
        (Submitted, Approve, Another, to(Approved, 1)),
        (Submitted, Approve, Sender, Err(OwnSubmission)),
        (Submitted, Approve, Approver, Err(ApprovedBefore)),
        (Draft, Approve, Another, wrong(Draft)),
        (Approved, Approve, Another, wrong(Approved)),
        (Returned, Approve, Another, wrong(Returned)),
        (Submitted, Return, Another, to(Returned, 0)),
        (Submitted, Return, Sender, to(Returned, 0)),
        (Draft, Return, Another, wrong(Draft)),
        (Approved, Return, Another, wrong(Approved)),
        (Returned, Return, Another, wrong(Returned)),
        (Approved, Reopen, Another, to(Submitted, 0)),
        (Draft, Reopen, Another, wrong(Draft)),
        (Submitted, Reopen, Another, wrong(Submitted)),
        (Returned, Reopen, Another, wrong(Returned)),
    ];
    for (state, deed, doer, expected) in &table {
        let found = after(at(*state, 0), *deed, *doer, 1);
        assert_eq!(&found, expected, "{state:?} {deed:?} {doer:?}");
    }
    let listed = |state, deed| table.iter().any(|row| (row.0, row.1) == (state, deed));
    for state in State::ALL {
        for deed in Deed::ALL {
            assert!(listed(state, deed), "the table lacks {state:?} {deed:?}");
        }
    }
}

/// Each row is one submission with what is done to it, and where every deed leads.
#[test]
fn levels_judge_one_after_the_other() {
    type Step = (Deed, Doer, Outcome);
    let table: [(&str, u32, Vec<Step>); 6] = [
        (
            "two levels accept",
            2,
            vec![
                (Send, Sender, to(Submitted, 0)),
                (Approve, Another, to(Submitted, 1)),
                (Approve, Another, to(Approved, 2)),
                (Approve, Another, wrong(Approved)),
            ],
        ),
        (
            "a step played again by the same person is not the next one",
            3,
            vec![
                (Send, Sender, to(Submitted, 0)),
                (Approve, Another, to(Submitted, 1)),
                (Approve, Approver, Err(ApprovedBefore)),
                (Approve, Sender, Err(OwnSubmission)),
                (Approve, Another, to(Submitted, 2)),
                (Approve, Another, to(Approved, 3)),
            ],
        ),
        (
            "the second level returns it to the sender, and it begins with the first again",
            2,
            vec![
                (Send, Sender, to(Submitted, 0)),
                (Approve, Another, to(Submitted, 1)),
                (Return, Another, to(Returned, 0)),
                (Approve, Another, wrong(Returned)),
                (Send, Sender, to(Submitted, 0)),
                (Approve, Another, to(Submitted, 1)),
            ],
        ),
        (
            "what one level has accepted does not change without a reason",
            2,
            vec![
                (Send, Sender, to(Submitted, 0)),
                (Approve, Another, to(Submitted, 1)),
                (Send, Sender, Err(CorrectionWithoutReason)),
                (Correct, Sender, to(Submitted, 0)),
            ],
        ),
        (
            "a level takes its approval back before the next one has judged",
            2,
            vec![
                (Send, Sender, to(Submitted, 0)),
                (Reopen, Approver, wrong(Submitted)),
                (Approve, Another, to(Submitted, 1)),
                (Reopen, Approver, to(Submitted, 0)),
                (Approve, Another, to(Submitted, 1)),
                (Approve, Another, to(Approved, 2)),
                (Reopen, Approver, to(Submitted, 0)),
            ],
        ),
        ("nobody skips sending", 2, vec![(Approve, Another, wrong(Draft))]),
    ];
    for (name, levels, steps) in table {
        let mut progress = Progress::BEGUN;
        for (deed, doer, expected) in steps {
            let found = after(progress, deed, doer, levels);
            assert_eq!(found, expected, "{name}: {deed:?} by {doer:?}");
            progress = found.unwrap_or(progress);
        }
    }
    // A form that has lost a level is accepted by the one that is left.
    assert_eq!(after(at(Submitted, 1), Approve, Another, 1), to(Approved, 2));
}

#[test]
fn codes_lead_back_to_what_they_stand_for() {
    for state in State::ALL {
        assert_eq!(State::from_code(state.code()), Some(state));
    }
    for deed in Deed::ALL {
        assert_eq!(Deed::from_code(deed.code()), Some(deed));
    }
    assert_eq!((State::from_code("lost"), Deed::from_code("lose")), (None, None));
}

proptest! {
    #[test]
    fn only_others_approve_as_often_as_there_are_levels_and_a_reason_opens_what_was_accepted(
        deeds in prop::collection::vec((0..5_usize, 0..3_usize), 0..60),
        levels in 1..4_u32,
    ) {
        let mut progress = Progress::BEGUN;
        let mut accepted = 0;
        for (deed, doer) in deeds {
            let (deed, doer) = (Deed::ALL[deed], [Sender, Approver, Another][doer]);
            let before = progress;
            let Ok(next) = after(progress, deed, doer, levels) else { continue };
            progress = next;
            accepted = if deed == Approve { accepted + 1 } else { 0 };
            prop_assert_ne!(next.state, Draft, "what was sent is never a draft again");
            prop_assert_eq!(next.approvals, accepted);
            prop_assert_eq!(next.state == Approved, accepted == levels);
            if deed == Approve {
                prop_assert_eq!((before.state, doer), (Submitted, Another));
            } else if before.state == Approved {
                prop_assert!(matches!(deed, Correct | Reopen));
            }
        }
    }
}
