//! The columns of a list in which many tasks are written down to be given at once.

use crate::tasking::Clarity;

/// A column of a list of tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListColumn {
    /// What is to be done.
    Work,
    /// More about it.
    Detail,
    /// What proves it.
    Product,
    /// What the lead answers for.
    Responsibility,
    /// What the lead may decide.
    Authority,
    /// The units that lead, by code: a task for each.
    Leads,
    /// The person who leads, by login.
    LeadAccount,
    /// By when.
    Deadline,
    /// The person who confirms, by login.
    ConfirmerAccount,
    /// The units that help, by code.
    Helpers,
    /// The people who do it, when they are a team.
    Team,
    /// The priority that it serves.
    Priority,
    /// The directive that it comes from.
    Directive,
    /// The indicator that it moves, by code.
    Indicator,
    /// The period whose figures it asks about.
    Period,
    /// The unit that gives it, by code.
    Issuer,
}

impl ListColumn {
    /// All of them, in the order of the workbook.
    pub const ALL: [Self; 16] = [
        Self::Work,
        Self::Detail,
        Self::Product,
        Self::Responsibility,
        Self::Authority,
        Self::Leads,
        Self::LeadAccount,
        Self::Deadline,
        Self::ConfirmerAccount,
        Self::Helpers,
        Self::Team,
        Self::Priority,
        Self::Directive,
        Self::Indicator,
        Self::Period,
        Self::Issuer,
    ];

    /// The code, which is also a header that is understood.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Detail => "detail",
            Self::Product => "product",
            Self::Responsibility => "responsibility",
            Self::Authority => "authority",
            Self::Leads => "lead_units",
            Self::LeadAccount => "lead_account",
            Self::Deadline => "deadline",
            Self::ConfirmerAccount => "confirmer_account",
            Self::Helpers => "helper_units",
            Self::Team => "team",
            Self::Priority => "priority",
            Self::Directive => "directive",
            Self::Indicator => "indicator",
            Self::Period => "period",
            Self::Issuer => "issuer_unit",
        }
    }

    /// The column with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.code() == code)
    }

    /// Whether a list must have it, filled in every row: the six clarities.
    #[must_use]
    pub fn is_required(self) -> bool {
        match self {
            Self::Work
            | Self::Product
            | Self::Responsibility
            | Self::Authority
            | Self::Leads
            | Self::Deadline => true,
            Self::Detail
            | Self::LeadAccount
            | Self::ConfirmerAccount
            | Self::Helpers
            | Self::Team
            | Self::Priority
            | Self::Directive
            | Self::Indicator
            | Self::Period
            | Self::Issuer => false,
        }
    }
}

impl From<Clarity> for ListColumn {
    fn from(what: Clarity) -> Self {
        match what {
            Clarity::Person => Self::Leads,
            Clarity::Work => Self::Work,
            Clarity::Time => Self::Deadline,
            Clarity::Responsibility => Self::Responsibility,
            Clarity::Product => Self::Product,
            Clarity::Authority => Self::Authority,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_needs_a_column_for_each_of_the_six_clarities() {
        let clarities = [
            Clarity::Person,
            Clarity::Work,
            Clarity::Time,
            Clarity::Responsibility,
            Clarity::Product,
            Clarity::Authority,
        ];
        for column in ListColumn::ALL {
            assert_eq!(ListColumn::from_code(column.code()), Some(column));
            let is_clarity = clarities.into_iter().any(|what| ListColumn::from(what) == column);
            assert_eq!(column.is_required(), is_clarity, "{column:?}");
        }
    }
}
