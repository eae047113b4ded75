//! What the entries of stocktakes carry.

use domain::number::Fraction;
use domain::stocktake::{Frozen, Item, Place, Stocktake};
use serde_json::Value;

use super::pairs;

/// The field under which the entry of a stocktake commits to its words.
pub(crate) const WORDS: &str = "words";

/// A stocktake as it stands, as far as it is no free words; those are committed to.
#[must_use]
pub fn content(stocktake: &Stocktake) -> Vec<u8> {
    let Stocktake { id: _, unit, meeting, day, period, items, pack, forecasts, .. } = stocktake;
    let Stocktake { closed_on, called_off, .. } = stocktake;
    let forecasts = forecasts.iter().map(|one| {
        let value = one.value.to_string();
        Value::from(vec![Value::from(one.indicator.as_str()), value.into(), one.confidence.into()])
    });
    let figures = pack.as_ref().map(|pack| pack.figures.iter().map(frozen).collect::<Vec<_>>());
    let mut fields = vec![
        ("unit", unit.0.into()),
        ("meeting", meeting.code().into()),
        ("day", day.to_string().into()),
        ("period", period.to_string().into()),
        ("items", items.iter().map(item).collect::<Vec<_>>().into()),
        ("figures", figures.into()),
        ("ledger_size", pack.as_ref().map(|pack| pack.ledger_size).into()),
        ("forecasts", forecasts.collect::<Vec<_>>().into()),
        ("closed_on", closed_on.map(|day| day.to_string()).into()),
    ];
    // Said of those alone that were called off, so that all others carry what they always did.
    if let Some(called_off) = called_off {
        fields.push(("called_off_on", called_off.on.to_string().into()));
    }
    pairs(fields)
}

/// What the entry of a stocktake commits to: everything that was typed freely.
pub(crate) fn words(stocktake: &Stocktake) -> Vec<u8> {
    let Stocktake { place, chair, items, forecasts, called_off, .. } = stocktake;
    let items = items.iter().flat_map(|item| [&item.title, &item.minutes]);
    let reasons = forecasts.iter().map(|one| &one.reason);
    let why = called_off.iter().map(|it| &it.reason);
    let texts = [place, chair].into_iter().chain(items).chain(reasons).chain(why);
    let texts: Vec<&str> = texts.map(String::as_str).collect();
    Value::from(texts).to_string().into_bytes()
}

/// `[number, topic, thing, kept]`.
fn item(item: &Item) -> Value {
    let Item { number, topic, thing, title: _, place, minutes: _ } = item;
    let is_kept = match place {
        Place::Kept => true,
        Place::LeftOut => false,
    };
    Value::from(vec![
        Value::from(*number),
        topic.code().into(),
        thing.as_str().into(),
        is_kept.into(),
    ])
}

/// `[indicator, value, qualifier, target, status, reported, expected]`, numbers as fractions.
fn frozen(frozen: &Frozen) -> Value {
    let Frozen { indicator, value, target, status, reported, expected } = frozen;
    let number = |value: Fraction| format!("{}/{}", value.numerator(), value.denominator());
    Value::from(vec![
        Value::from(indicator.as_str()),
        value.map(|it| number(it.value)).into(),
        value.map(|it| it.qualifier.code()).into(),
        target.map(number).into(),
        status.code().into(),
        (*reported).into(),
        (*expected).into(),
    ])
}
