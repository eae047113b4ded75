//! Nested values as JSON text in one column.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

/// Writes a value as compact JSON.
pub(crate) fn write(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("the shapes of this crate have text keys only")
}

/// Reads a value; `what` says what it should have been.
pub(crate) fn read<T: DeserializeOwned>(text: &str, what: &'static str) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|_| Error::Unreadable { what, found: text.chars().take(80).collect() })
}
