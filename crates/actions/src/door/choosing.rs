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
    /// A unit shows a picture of what a priority changes.
    AddPicture,
    /// It shows it no more.
    TakePictureBack,
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
            Self::AddPicture => "picture.add",
            Self::TakePictureBack => "picture.take-back",
        }
    }

    /// The kind of thing it is done to.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Open | Self::Choose | Self::Decline => "proposal",
            Self::Begin | Self::Retire => "priority",
            Self::Score => "score",
            Self::Discuss => "remark",
            Self::AddPicture | Self::TakePictureBack => "picture",
        }
    }

    /// Whether questions rest on it: see [`super::Kind::changes_plan`].
    pub(super) fn changes_plan(self) -> bool {
        match self {
            Self::Begin | Self::Retire => true,
            Self::Open
            | Self::Score
            | Self::Discuss
            | Self::Choose
            | Self::Decline
            | Self::AddPicture
            | Self::TakePictureBack => false,
        }
    }
}
