//! What an entry carries, in words: a label and a value for each key, and the figures one by one.

use actions::error::Error;
use domain::access::{AccountState, Right};
use domain::period::Period;
use domain::submission::State;
use domain::unit::UnitId;
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::web::site::Site;
use crate::wording::{Gap, Lang, collecting, entrance, periods, places};

/// A line of the content.
pub(super) struct ContentView {
    pub(super) label: String,
    pub(super) value: String,
}

/// The lines of a content; none for what is not written as this program writes it.
pub(super) fn lines(site: &Site, content: &str, lang: Lang) -> Result<Vec<ContentView>, Error> {
    let Ok(Value::Object(pairs)) = serde_json::from_str::<Value>(content) else {
        return Ok(Vec::new());
    };
    let mut lines = Vec::new();
    for (key, value) in &pairs {
        if is_said(key, value) {
            let label = label(key).map_or_else(|| key.clone(), |key| lang.say(key));
            lines.push(ContentView { label, value: said(site, &pairs, key, value, lang)? });
        }
    }
    Ok(lines)
}

/// Whether a key says anything: sheets stand beside their figures, and nothing is said of what is
/// not there.
fn is_said(key: &str, value: &Value) -> bool {
    let is_empty = value.as_array().is_some_and(Vec::is_empty);
    key != "sheets" && !value.is_null() && !is_empty
}

fn label(key: &str) -> Option<&'static str> {
    Some(match key {
        "account" => "content-account",
        "approvals" => "content-approvals",
        "bytes" => "content-bytes",
        "content" => "content-content",
        "delegated_by" => "content-delegated-by",
        "figures" => "content-figures",
        "file" | "files" => "content-file",
        "form" => "content-form",
        "from" => "content-from",
        "granted_by" => "content-granted-by",
        "granted_ms" => "content-granted-ms",
        "import" => "content-import",
        "imported_ms" => "content-imported-ms",
        "kind" => "content-kind",
        "name_en" => "content-name-en",
        "name_vi" => "content-name-vi",
        "period" => "content-period",
        "received_ms" => "content-received-ms",
        "revision" => "content-revision",
        "rights" => "content-rights",
        "role" => "content-role",
        "rows" => "content-rows",
        "second_factor" => "content-second-factor",
        "sha256" => "content-sha256",
        "state" => "content-state",
        "to" => "content-to",
        "unit" => "content-unit",
        "version" => "content-version",
        _ => return None,
    })
}

fn said(
    site: &Site,
    pairs: &Map<String, Value>,
    key: &str,
    value: &Value,
    lang: Lang,
) -> Result<String, Error> {
    let text = value.as_str();
    let number = value.as_i64();
    let found = match key {
        "account" | "delegated_by" | "granted_by" => {
            let account = |id: i64| lang.tell("thing-account", [("id", Gap::from(id.to_string()))]);
            number.map(account)
        }
        "unit" => match number {
            Some(id) => {
                let unit = site.workspace.unit_name(UnitId(id), site.today())?;
                Some(places::full_name(&unit, lang))
            }
            None => None,
        },
        key if key.ends_with("_ms") => number.map(|at| periods::moment(at, &site.zone, lang)),
        "from" | "to" => {
            let day = text.and_then(|text| text.parse::<Date>().ok());
            day.map(|day| periods::day(day, lang))
        }
        "period" => text
            .and_then(|text| Period::parse(text).ok())
            .map(|period| periods::label(period, lang)),
        "state" => text.and_then(|code| state(code, lang)),
        "rights" => value.as_array().map(|rights| {
            let right = |code: &Value| {
                let right = code.as_str().and_then(Right::from_code);
                right.map_or_else(|| code.to_string(), |right| entrance::right(right, lang))
            };
            rights.iter().map(right).collect::<Vec<_>>().join(", ")
        }),
        "second_factor" => {
            value.as_bool().map(|is_so| lang.say(if is_so { "content-yes" } else { "content-no" }))
        }
        "figures" => value.as_array().map(|figures| {
            let sheets = pairs.get("sheets").and_then(Value::as_array);
            let sheets = sheets.map(Vec::as_slice).unwrap_or_default();
            figures.iter().map(|one| figure(one, sheets, lang)).collect::<Vec<_>>().join("; ")
        }),
        "content" => Some(lang.say("state-nothing")),
        _ => None,
    };
    Ok(found.unwrap_or_else(|| plain(value)))
}

/// How a submission or an account stands.
fn state(code: &str, lang: Lang) -> Option<String> {
    if let Some(state) = State::from_code(code) {
        return Some(collecting::state(state, lang));
    }
    let account = AccountState::from_code(code)?;
    Some(entrance::account_state(account, lang))
}

/// `[item, value, row, column]`, then the sheet's place, the qualifier and the class.
fn figure(figure: &Value, sheets: &[Value], lang: Lang) -> String {
    let part = |at: usize| figure.get(at).map(plain).unwrap_or_default();
    let class = part(6);
    let item = if class.is_empty() { part(0) } else { format!("{}.{class}", part(0)) };
    let qualifier = part(5);
    let value = match qualifier.as_str() {
        "" | "exact" => part(1),
        other => format!("{} ({other})", part(1)),
    };
    let (row, column) = (part(2), part(3));
    if row == "0" || row.is_empty() {
        return format!("{item} = {value}");
    }
    let sheet = figure.get(4).and_then(Value::as_u64).unwrap_or(0);
    let sheet = usize::try_from(sheet).ok().and_then(|at| sheets.get(at)).map(plain);
    let place = [
        ("sheet", Gap::from(sheet.unwrap_or_default())),
        ("row", row.into()),
        ("column", column.into()),
    ];
    format!("{item} = {value} ({})", lang.tell("content-cell", place))
}

/// A value as it is, without quotation marks.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
