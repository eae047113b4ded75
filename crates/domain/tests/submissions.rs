//! The way of a submission: who may do what in which state.

use domain::collecting::CollectingProblem::{self, CorrectionWithoutReason, OwnSubmission};
use domain::submission::Deed::{Approve, Correct, Reopen, Return, Send};
use domain::submission::Doer::{Another, Sender};
use domain::submission::State::{Approved, Draft, Returned, Submitted};
use domain::submission::{Deed, State, after};
use proptest::prelude::*;

fn wrong(state: State) -> Result<State, CollectingProblem> {
    Err(CollectingProblem::WrongState { state })
}

#[test]
fn every_deed_leads_from_every_state_to_a_state_or_a_refusal() {
    let table = [
        (Draft, Send, Another, Ok(Submitted)),
        (Submitted, Send, Sender, Ok(Submitted)),
        (Returned, Send, Sender, Ok(Submitted)),
        (Approved, Send, Sender, Err(CorrectionWithoutReason)),
        (Draft, Correct, Sender, Ok(Submitted)),
        (Submitted, Correct, Sender, Ok(Submitted)),
        (Returned, Correct, Another, Ok(Submitted)),
        (Approved, Correct, Sender, Ok(Submitted)),
        (Submitted, Approve, Another, Ok(Approved)),
        (Submitted, Approve, Sender, Err(OwnSubmission)),
        (Draft, Approve, Another, wrong(Draft)),
        (Approved, Approve, Another, wrong(Approved)),
        (Returned, Approve, Another, wrong(Returned)),
        (Submitted, Return, Another, Ok(Returned)),
        (Submitted, Return, Sender, Ok(Returned)),
        (Draft, Return, Another, wrong(Draft)),
        (Approved, Return, Another, wrong(Approved)),
        (Returned, Return, Another, wrong(Returned)),
        (Approved, Reopen, Another, Ok(Submitted)),
        (Draft, Reopen, Another, wrong(Draft)),
        (Submitted, Reopen, Another, wrong(Submitted)),
        (Returned, Reopen, Another, wrong(Returned)),
    ];
    for (state, deed, doer, expected) in &table {
        assert_eq!(&after(*state, *deed, *doer), expected, "{state:?} {deed:?} {doer:?}");
    }
    let listed = |state, deed| table.iter().any(|row| (row.0, row.1) == (state, deed));
    for state in State::ALL {
        for deed in Deed::ALL {
            assert!(listed(state, deed), "the table lacks {state:?} {deed:?}");
        }
    }
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
    fn only_another_approves_and_only_a_reason_opens_what_was_approved(
        deeds in prop::collection::vec((0..5_usize, any::<bool>()), 0..40)
    ) {
        let mut state = Draft;
        for (deed, own) in deeds {
            let (deed, doer) = (Deed::ALL[deed], if own { Sender } else { Another });
            let before = state;
            if let Ok(next) = after(state, deed, doer) {
                state = next;
                prop_assert_ne!(state, Draft, "what was sent is never a draft again");
                if state == Approved {
                    prop_assert_eq!((before, deed, doer), (Submitted, Approve, Another));
                }
                if before == Approved {
                    prop_assert!(matches!(deed, Correct | Reopen));
                }
            }
        }
    }
}
