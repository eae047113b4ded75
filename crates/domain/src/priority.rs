//! Priorities: the few things chosen.

use crate::item::Bilingual;

/// One of the few things chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priority {
    /// A stable key: `DP1`.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Why it was chosen: key, urgent, much complained of.
    pub reason: Bilingual,
    /// Who answers for it.
    pub owner: Bilingual,
    /// The directive that set it.
    pub directive: String,
    /// The order on screens.
    pub position: u16,
}
