//! The two ways an action fails: the caller can fix a refusal, we must fix a fault.

use domain::access::Right;
use domain::attachment::AttachmentProblem;
use domain::calling::CallingProblem;
use domain::choosing::ChoosingProblem;
use domain::collecting::CollectingProblem;
use domain::directing::DirectingProblem;
use domain::entrance::EntranceProblem;
use domain::forming::FormingProblem;
use domain::kept_file::KeepingProblem;
use domain::picturing::PicturingProblem;
use domain::raising::RaisingProblem;
use domain::reaching::ReachingProblem;
use domain::refusal::{Refusal, Refused};
use domain::stocktaking::StocktakingProblem;
use domain::tasking::TaskingProblem;

/// Why the database failed, for whoever finds the words; nothing else of the store leaves here.
pub use store::Error as DatabaseError;

/// Why an action did not happen. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller can fix it; every reason at once, each with its place.
    #[error("refused for {} reasons", .0.len())]
    Refused(Vec<Refused>),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] DatabaseError),
    /// Something that cannot happen did; the text is for us, not for the user.
    #[error("{0}")]
    Fault(String),
}

impl Error {
    /// The right for want of which something was denied, if that is among the reasons.
    pub(crate) fn denied(&self) -> Option<Right> {
        let Self::Refused(reasons) = self else { return None };
        reasons.iter().find_map(|reason| match &reason.why {
            Refusal::Entrance(EntranceProblem::NotAllowed { right }) => Some(*right),
            _ => None,
        })
    }
}

impl From<EntranceProblem> for Error {
    fn from(problem: EntranceProblem) -> Self {
        Refusal::from(problem).into()
    }
}

impl From<AttachmentProblem> for Error {
    fn from(problem: AttachmentProblem) -> Self {
        Refusal::from(problem).into()
    }
}

impl From<CollectingProblem> for Error {
    fn from(problem: CollectingProblem) -> Self {
        Refusal::from(problem).into()
    }
}

impl From<FormingProblem> for Error {
    fn from(problem: FormingProblem) -> Self {
        Refusal::from(problem).into()
    }
}

impl From<DirectingProblem> for Error {
    fn from(problem: DirectingProblem) -> Self {
        Refusal::from(problem).into()
    }
}

impl From<CallingProblem> for Error {
    fn from(problem: CallingProblem) -> Self {
        Refusal::from(problem).into()
    }
}

impl From<ReachingProblem> for Error {
    fn from(problem: ReachingProblem) -> Self {
        Refusal::from(problem).into()
    }
}

impl From<TaskingProblem> for Error {
    fn from(problem: TaskingProblem) -> Self {
        Refusal::from(problem).into()
    }
}

impl From<ChoosingProblem> for Error {
    fn from(problem: ChoosingProblem) -> Self {
        Refusal::from(problem).into()
    }
}

impl From<PicturingProblem> for Error {
    fn from(problem: PicturingProblem) -> Self {
        Refusal::from(problem).into()
    }
}

impl From<RaisingProblem> for Error {
    fn from(problem: RaisingProblem) -> Self {
        Refusal::from(problem).into()
    }
}

impl From<StocktakingProblem> for Error {
    fn from(problem: StocktakingProblem) -> Self {
        Refusal::from(problem).into()
    }
}

impl From<KeepingProblem> for Error {
    fn from(problem: KeepingProblem) -> Self {
        Refusal::from(problem).into()
    }
}

impl From<Refusal> for Error {
    fn from(why: Refusal) -> Self {
        Self::Refused(vec![Refused { at: domain::refusal::Location::default(), why }])
    }
}
