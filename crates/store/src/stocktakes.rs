//! Stocktakes.

use domain::number::{Decimal, Fraction, Qualifier, Quantity};
use domain::period::Period;
use domain::status::Status;
use domain::stocktake::{
    CalledOff, Forecast, Frozen, Item, Meeting, Pack, Place, Stocktake, StocktakeId, Topic,
};
use domain::unit::UnitId;
use jiff::civil::Date;

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::{Error, Result};
use crate::json;
use crate::value::args;

statements! {
    ALL = "select id, unit, meeting, day, place, chair, period, items, pack, forecasts, closed_on,
               called_off_on, called_off_for
           from stocktake order by id";
    FIND = "select id, unit, meeting, day, place, chair, period, items, pack, forecasts, closed_on,
                called_off_on, called_off_for
            from stocktake where id = $1";
    OF_UNIT = "select id, unit, meeting, day, place, chair, period, items, pack, forecasts,
                   closed_on, called_off_on, called_off_for
               from stocktake where unit = $1 order by day desc, id desc limit $2";
    OPEN = "select id, unit, meeting, day, place, chair, period, items, pack, forecasts, closed_on,
                called_off_on, called_off_for
            from stocktake where closed_on is null and called_off_on is null order by day, id";
    LAST = "select coalesce(max(id), 0) from stocktake";
    INSERT = "insert into stocktake (id, unit, meeting, day, place, chair, period, items, pack,
                  forecasts, closed_on, called_off_on, called_off_for)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    UPDATE = "update stocktake set day = $1, place = $2, chair = $3, period = $4, items = $5,
                  pack = $6, forecasts = $7, closed_on = $8, called_off_on = $9,
                  called_off_for = $10
              where id = $11";
}

/// An item: number, topic, thing, title, whether it is kept, minutes.
type ItemRow = (u32, String, String, String, bool, String);

/// A figure: indicator, value with its qualifier, target, status, reported, expected.
type FrozenRow = (String, Option<(String, String)>, Option<String>, String, u32, u32);

/// All of them, oldest first.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Stocktake>> {
    tx.all(ALL, args![], read)
}

/// The stocktake with a number.
///
/// # Errors
/// The database failed.
pub fn find(tx: &mut ReadTx<'_>, id: StocktakeId) -> Result<Option<Stocktake>> {
    tx.optional(FIND, args![id.0], read)
}

/// The newest stocktakes of a unit.
///
/// # Errors
/// The database failed.
pub fn of_unit(tx: &mut ReadTx<'_>, unit: UnitId, most: u32) -> Result<Vec<Stocktake>> {
    tx.all(OF_UNIT, args![unit, most], read)
}

/// Those that are neither closed nor called off, the first to come first.
///
/// # Errors
/// The database failed.
pub fn open(tx: &mut ReadTx<'_>) -> Result<Vec<Stocktake>> {
    tx.all(OPEN, args![], read)
}

/// The number that the next one gets.
///
/// # Errors
/// The database failed.
pub fn next_id(tx: &mut ReadTx<'_>) -> Result<StocktakeId> {
    let last: i64 = tx.one(LAST, args![], |row| row.get(0))?;
    Ok(StocktakeId(last + 1))
}

/// Adds a stocktake.
///
/// # Errors
/// The number is taken, or the unit does not exist (constraints); the database failed.
pub fn insert(tx: &mut WriteTx<'_>, stocktake: &Stocktake) -> Result<()> {
    let Stocktake { id, unit, meeting, day, place, chair, period, .. } = stocktake;
    let (day, period) = (day.to_string(), period.to_string());
    let Lists { items, pack, forecasts } = Lists::of(stocktake);
    let End { closed_on, called_off_on, called_off_for } = End::of(stocktake);
    let args = args![
        id.0,
        *unit,
        meeting.code(),
        &day,
        place,
        chair,
        &period,
        &items,
        pack.as_deref(),
        &forecasts,
        closed_on.as_deref(),
        called_off_on.as_deref(),
        called_off_for
    ];
    tx.execute(INSERT, args).map(drop)
}

/// Saves what changes about a stocktake: all but its number, its unit and what kind it is.
///
/// # Errors
/// The database failed.
pub fn save(tx: &mut WriteTx<'_>, stocktake: &Stocktake) -> Result<()> {
    let Stocktake { id, day, place, chair, period, .. } = stocktake;
    let (day, period) = (day.to_string(), period.to_string());
    let Lists { items, pack, forecasts } = Lists::of(stocktake);
    let End { closed_on, called_off_on, called_off_for } = End::of(stocktake);
    let args = args![
        &day,
        place,
        chair,
        &period,
        &items,
        pack.as_deref(),
        &forecasts,
        closed_on.as_deref(),
        called_off_on.as_deref(),
        called_off_for,
        id.0
    ];
    tx.execute(UPDATE, args).map(drop)
}

/// How a stocktake ended, as columns.
struct End<'a> {
    closed_on: Option<String>,
    called_off_on: Option<String>,
    called_off_for: Option<&'a str>,
}

impl<'a> End<'a> {
    fn of(stocktake: &'a Stocktake) -> Self {
        let called_off = stocktake.called_off.as_ref();
        Self {
            closed_on: stocktake.closed_on.map(|day| day.to_string()),
            called_off_on: called_off.map(|it| it.on.to_string()),
            called_off_for: called_off.map(|it| it.reason.as_str()),
        }
    }
}

/// The lists of a stocktake as JSON.
struct Lists {
    items: String,
    pack: Option<String>,
    forecasts: String,
}

impl Lists {
    fn of(stocktake: &Stocktake) -> Self {
        let item = |item: &Item| -> ItemRow {
            let Item { number, topic, thing, title, place, minutes } = item.clone();
            (number, topic.code().to_owned(), thing, title, place == Place::Kept, minutes)
        };
        let items: Vec<ItemRow> = stocktake.items.iter().map(item).collect();
        let pack = stocktake.pack.as_ref().map(|pack| {
            let figures: Vec<FrozenRow> = pack.figures.iter().map(frozen_row).collect();
            json::write(&(pack.ledger_size, figures))
        });
        let forecast = |one: &Forecast| {
            let Forecast { indicator, value, confidence, reason } = one.clone();
            (indicator, value.to_string(), confidence, reason)
        };
        let forecasts: Vec<_> = stocktake.forecasts.iter().map(forecast).collect();
        Self { items: json::write(&items), pack, forecasts: json::write(&forecasts) }
    }
}

fn frozen_row(frozen: &Frozen) -> FrozenRow {
    let Frozen { indicator, value, target, status, reported, expected } = frozen;
    let value = value.map(|it| (fraction(it.value), it.qualifier.code().to_owned()));
    let status = status.code().to_owned();
    (indicator.clone(), value, target.map(fraction), status, *reported, *expected)
}

fn fraction(value: Fraction) -> String {
    format!("{}/{}", value.numerator(), value.denominator())
}

fn read(row: &Row<'_>) -> Result<Stocktake> {
    let items: Vec<ItemRow> = json::read(row.text(7)?, "an agenda")?;
    let pack: Option<String> = row.get(8)?;
    let pack: Option<(u64, Vec<FrozenRow>)> =
        pack.map(|text| json::read(&text, "a pack of figures")).transpose()?;
    let forecasts: Vec<(String, String, u8, String)> = json::read(row.text(9)?, "forecasts")?;
    let pack = pack.map(|(ledger_size, figures)| -> Result<Pack> {
        let figures = figures.into_iter().map(frozen).collect::<Result<_>>()?;
        Ok(Pack { ledger_size, figures })
    });
    let forecast = |(indicator, value, confidence, reason): (String, String, u8, String)| {
        let value = Decimal::parse(&value).map_err(|_| unreadable("a forecast", &value))?;
        Ok(Forecast { indicator, value, confidence, reason })
    };
    let (on, reason): (Option<Date>, Option<String>) = (row.get(11)?, row.get(12)?);
    let called_off = on.zip(reason);
    Ok(Stocktake {
        id: StocktakeId(row.get(0)?),
        unit: row.get(1)?,
        meeting: row.code(2, "a kind of meeting", Meeting::from_code)?,
        day: row.get(3)?,
        place: row.get(4)?,
        chair: row.get(5)?,
        period: row.code(6, "a period", |text| Period::parse(text).ok())?,
        items: items.into_iter().map(item).collect::<Result<_>>()?,
        pack: pack.transpose()?,
        forecasts: forecasts.into_iter().map(forecast).collect::<Result<_>>()?,
        closed_on: row.get(10)?,
        called_off: called_off.map(|(on, reason)| CalledOff { on, reason }),
    })
}

fn item((number, topic, thing, title, is_kept, minutes): ItemRow) -> Result<Item> {
    let known = Topic::from_code(&topic).ok_or_else(|| unreadable("a topic", &topic))?;
    let place = if is_kept { Place::Kept } else { Place::LeftOut };
    Ok(Item { number, topic: known, thing, title, place, minutes })
}

fn frozen((indicator, value, target, status, reported, expected): FrozenRow) -> Result<Frozen> {
    let mut all = Status::ALL.into_iter();
    let known = all.find(|known| known.code() == status);
    let value = value.map(|(value, qualifier)| -> Result<Quantity> {
        let known = Qualifier::from_code(&qualifier);
        let qualifier = known.ok_or_else(|| unreadable("a qualifier", &qualifier))?;
        Ok(Quantity { value: read_fraction(&value)?, qualifier })
    });
    Ok(Frozen {
        indicator,
        value: value.transpose()?,
        target: target.map(|target| read_fraction(&target)).transpose()?,
        status: known.ok_or_else(|| unreadable("a status", &status))?,
        reported,
        expected,
    })
}

fn read_fraction(text: &str) -> Result<Fraction> {
    let parts = text.split_once('/');
    let parts = parts.and_then(|(over, under)| Some((over.parse().ok()?, under.parse().ok()?)));
    let fraction = parts.and_then(|(over, under)| Fraction::new(over, under).ok());
    fraction.ok_or_else(|| unreadable("a fraction", text))
}

fn unreadable(what: &'static str, found: &str) -> Error {
    Error::Unreadable { what, found: found.to_owned() }
}
