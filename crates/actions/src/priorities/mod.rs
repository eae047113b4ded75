//! Chosen priorities: ending one, showing what they change, and the questions of the pages about
//! priorities.

pub mod page;
pub mod pictures;
pub mod retire;

use domain::priority::Priority;
use domain::refusal::{Noun, Refusal};

use crate::error::Error;
use crate::snapshot::Snapshot;

impl Snapshot {
    /// The priority with a code.
    ///
    /// # Errors
    /// There is none.
    pub fn priority(&self, code: &str) -> Result<&Priority, Error> {
        let missing = || Refusal::NotFound { noun: Noun::Priority, key: code.to_owned() };
        Ok(self.priorities.iter().find(|known| known.code == code).ok_or_else(missing)?)
    }
}
