//! Rights: the single things that a role can allow.

/// What a role can allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// Looks at figures, units and reports.
    SeeFigures,
    /// Sends figures of a unit.
    SendFigures,
    /// Approves what units sent, or returns it with reasons.
    ReviewFigures,
    /// Opens an approved submission again, with a reason.
    ReopenFigures,
    /// Gives tasks to units, and says that they are done.
    GiveTasks,
    /// Does the tasks of a unit.
    DoTasks,
    /// Takes in units, packs and files of figures, and edits forms.
    ManagePlan,
    /// Makes accounts and gives them roles.
    ManageAccounts,
    /// Reads the ledger and checks its proofs.
    ReadLedger,
}

impl Right {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::SeeFigures,
        Self::SendFigures,
        Self::ReviewFigures,
        Self::ReopenFigures,
        Self::GiveTasks,
        Self::DoTasks,
        Self::ManagePlan,
        Self::ManageAccounts,
        Self::ReadLedger,
    ];

    /// The code in files and the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SeeFigures => "see_figures",
            Self::SendFigures => "send_figures",
            Self::ReviewFigures => "review_figures",
            Self::ReopenFigures => "reopen_figures",
            Self::GiveTasks => "give_tasks",
            Self::DoTasks => "do_tasks",
            Self::ManagePlan => "manage_plan",
            Self::ManageAccounts => "manage_accounts",
            Self::ReadLedger => "read_ledger",
        }
    }

    /// The right with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.code() == code)
    }

    /// Whether only somebody who holds it may give it to others. What collecting needs is given by
    /// whoever manages the accounts, who need not do that work themselves.
    #[must_use]
    pub fn is_given_by_holders_only(self) -> bool {
        match self {
            Self::SeeFigures
            | Self::SendFigures
            | Self::ReviewFigures
            | Self::ReopenFigures
            | Self::GiveTasks
            | Self::DoTasks => false,
            Self::ManagePlan | Self::ManageAccounts | Self::ReadLedger => true,
        }
    }
}
