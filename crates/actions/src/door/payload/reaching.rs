//! What entries carry about urging that reaches people and other programs.

use domain::delivery::Recipient;
use store::deliveries::Delivery;
use store::hooks::HookRow;

use super::object;

/// How a delivery ended.
#[must_use]
pub fn delivery(delivery: &Delivery) -> Vec<u8> {
    let Delivery { id: _, run, to, state, tries, .. } = delivery;
    let to = match to {
        Recipient::Account(account) => ("account", account.0.into()),
        Recipient::Hook(hook) => ("hook", hook.0.into()),
    };
    object([to, ("run", (*run).into()), ("state", state.code().into()), ("tries", (*tries).into())])
}

/// A webhook without its address and secret, which are committed to.
#[must_use]
pub fn hook(hook: &HookRow) -> Vec<u8> {
    let HookRow { id: _, unit, address: _, language, secret: _, made_ms, ended_ms } = hook;
    object([
        ("ended_ms", (*ended_ms).into()),
        ("language", language.as_str().into()),
        ("made_ms", (*made_ms).into()),
        ("unit", unit.0.into()),
    ])
}

/// What the entries of a webhook commit to, by field.
pub(crate) fn hook_secrets(hook: &HookRow) -> [(&'static str, Vec<u8>); 2] {
    [("address", hook.address.clone().into_bytes()), ("secret", hook.secret.clone())]
}
