//! What can be done until a priority is chosen.

/// Something that is done about what could be a priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choosing {
    /// It was proposed.
    Open,
    /// The proposal was scored by one of those who may.
    Score,
    /// Something was said about it.
    Discuss,
    /// It was chosen.
    Choose,
    /// It was not.
    Decline,
    /// A priority began, or one of the plan became that of a unit.
    Begin,
    /// A priority ended, or another one came in its place.
    Retire,
}

impl Choosing {
    /// The action that entries name.
    pub(super) fn action(self) -> &'static str {
        match self {
            Self::Open => "proposal.open",
            Self::Score => "proposal.score",
            Self::Discuss => "proposal.discuss",
            Self::Choose => "proposal.choose",
            Self::Decline => "proposal.decline",
            Self::Begin => "priority.begin",
            Self::Retire => "priority.retire",
        }
    }

    /// The kind of thing it is done to.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Open | Self::Choose | Self::Decline => "proposal",
            Self::Begin | Self::Retire => "priority",
            Self::Score => "score",
            Self::Discuss => "remark",
        }
    }

    /// Whether questions rest on it: see [`super::Kind::changes_plan`].
    pub(super) fn changes_plan(self) -> bool {
        match self {
            Self::Begin | Self::Retire => true,
            Self::Open | Self::Score | Self::Discuss | Self::Choose | Self::Decline => false,
        }
    }
}
