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
}

impl Choosing {
    /// The action that entries name.
    pub(super) fn action(self) -> &'static str {
        match self {
            Self::Open => "proposal.open",
            Self::Score => "proposal.score",
            Self::Discuss => "proposal.discuss",
        }
    }

    /// The kind of thing it is done to.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Open => "proposal",
            Self::Score => "score",
            Self::Discuss => "remark",
        }
    }
}
