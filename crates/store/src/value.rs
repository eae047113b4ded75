//! Values on their way into statements and out of rows, the same for both engines.

use domain::access::AccountId;
use domain::item::ItemId;
use domain::period::Period;
use domain::unit::UnitId;
use jiff::civil::Date;

use crate::error::{Error, Result};
use crate::stored;

/// A value of one of the five column types, or none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(&'a str),
    Blob(&'a [u8]),
}

impl Value<'_> {
    /// What stands there, short enough for an error message.
    pub(crate) fn describe(self) -> String {
        match self {
            Self::Null => "nothing".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Int(value) => value.to_string(),
            Self::Real(value) => value.to_string(),
            Self::Text(text) => text.chars().take(80).collect(),
            Self::Blob(bytes) => format!("{} bytes", bytes.len()),
        }
    }

    /// Refuses what one of the two engines could not store.
    pub(crate) fn check(self) -> Result<()> {
        match self {
            Self::Text(text) if text.as_bytes().contains(&0) => Err(Error::TextWithNul),
            _ => Ok(()),
        }
    }
}

macro_rules! value_from {
    ($($type:ty, $name:ident => $value:expr;)*) => {
        $(impl<'a> From<$type> for Value<'a> {
            fn from($name: $type) -> Self {
                $value
            }
        })*
    };
}

value_from! {
    bool, value => Self::Bool(value);
    u8, value => Self::Int(value.into());
    u16, value => Self::Int(value.into());
    u32, value => Self::Int(value.into());
    i64, value => Self::Int(value);
    f64, value => Self::Real(value);
    AccountId, account => Self::Int(account.0);
    UnitId, unit => Self::Int(unit.0);
    ItemId, item => Self::Int(item.0.into());
    &'a str, text => Self::Text(text);
    &'a String, text => Self::Text(text);
    &'a [u8], bytes => Self::Blob(bytes);
}

impl<'a, T: Into<Self>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The values of a statement, in the order of its placeholders.
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$(crate::value::Value::from($value)),*] };
}
pub(crate) use args;

/// A type that can be read from a column.
pub(crate) trait Column: Sized {
    /// What an unreadable value should have been.
    const WHAT: &'static str;
    /// Reads it, or none when the value is of another kind.
    fn from_value(value: Value<'_>) -> Option<Self>;
}

macro_rules! column {
    ($($type:ty, $what:literal, $pattern:pat => $value:expr;)*) => {
        $(impl Column for $type {
            const WHAT: &'static str = $what;
            fn from_value(value: Value<'_>) -> Option<Self> {
                match value {
                    $pattern => $value,
                    _ => None,
                }
            }
        })*
    };
}

column! {
    i64, "a whole number", Value::Int(number) => Some(number);
    u32, "a small whole number", Value::Int(number) => Self::try_from(number).ok();
    u16, "a small whole number", Value::Int(number) => Self::try_from(number).ok();
    u8, "a small whole number", Value::Int(number) => Self::try_from(number).ok();
    f64, "a number", Value::Real(number) => Some(number);
    String, "text", Value::Text(text) => Some(text.to_owned());
    Vec<u8>, "bytes", Value::Blob(bytes) => Some(bytes.to_owned());
    AccountId, "an account's number", Value::Int(number) => Some(Self(number));
    UnitId, "a unit's number", Value::Int(number) => Some(Self(number));
    ItemId, "an item's number", Value::Int(number) => u32::try_from(number).ok().map(Self);
    Date, "a date", Value::Text(text) => text.parse().ok();
    Period, "a period", Value::Text(text) => stored::period_from(text);
}

impl Column for bool {
    const WHAT: &'static str = "yes or no";
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Bool(value) => Some(value),
            // SQLite stores booleans as 0 and 1.
            Value::Int(0) => Some(false),
            Value::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl<T: Column> Column for Option<T> {
    const WHAT: &'static str = T::WHAT;
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}
