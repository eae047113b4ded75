//! The ledger: what was done, by whom and when, for those who check; and the proofs of its entries.

mod content;

use actions::door::Kind;
use actions::entries::{AskedEntries, EntryLine, EntryPage};
use actions::error::Error;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::access::{AccountId, Right};
use domain::refusal::{Noun, Refusal, Wanted};
use formats::qr;
use jiff::civil::Date;

use self::content::ContentView;
use super::draw;
use crate::web::frame::{Frame, Section};
use crate::web::links;
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, ledger, periods, places};

/// The list with its filters.
#[derive(Template)]
#[template(path = "web/pages/ledger/list.html")]
struct ListPage {
    frame: Frame,
    check: CheckView,
    lines: Vec<LineView>,
    kinds: Vec<KindView>,
    unit: String,
    account: String,
    day: String,
    older: Option<String>,
}

/// What the nightly check found.
struct CheckView {
    text: String,
    troubles: Vec<String>,
}

struct KindView {
    code: &'static str,
    name: String,
    is_chosen: bool,
}

struct LineView {
    href: String,
    position: u64,
    moment: String,
    what: String,
    unit: String,
    actor: String,
}

/// An entry.
#[derive(Template)]
#[template(path = "web/pages/ledger/show.html")]
struct ShowPage {
    frame: Frame,
    title: String,
    line: LineView,
    subject: String,
    subject_href: Option<String>,
    reason: Option<String>,
    /// What it carries, in words.
    said: Vec<ContentView>,
    /// The same as it was recorded.
    content: Option<String>,
    /// The fields that it commits to without telling them.
    commitments: String,
    leaf_hash: String,
    number: String,
    code: Option<qr::Code>,
    proof: Option<String>,
}

/// `GET /ledger`
pub async fn list(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(list_page(site, visit)?))).await
}

/// `GET /ledger/{position}`
pub async fn show(
    State(site): State<Site>,
    Path(position): Path<String>,
    visit: Visit,
) -> Response {
    site.act(visit, move |site, visit| {
        let entry = entry(site, visit, Right::ReadLedger, &position)?;
        Ok(Turn::Shown(show_page(site, visit, entry)?))
    })
    .await
}

/// `GET /proofs/{position}`
pub async fn proof(
    State(site): State<Site>,
    Path(position): Path<String>,
    visit: Visit,
) -> Response {
    site.act(visit, move |site, visit| {
        let entry = entry(site, visit, Right::SeeFigures, &position)?;
        let proof = site.workspace.proof(entry.line.position)?;
        let missing = || Refusal::NotFound { noun: Noun::Proof, key: position.clone() };
        Ok(Turn::Text(proof.ok_or_else(missing)?))
    })
    .await
}

fn entry(site: &Site, visit: &Visit, right: Right, position: &str) -> Result<EntryPage, Error> {
    let missing = || Refusal::NotFound { noun: Noun::Entry, key: position.to_owned() };
    let number = position.parse().map_err(|_| missing())?;
    site.workspace.ledger_entry(visit.actor(right)?, right, number, site.today())
}

fn check_view(site: &Site, lang: Lang) -> CheckView {
    let Some(check) = site.checks.newest() else {
        return CheckView { text: lang.say("ledger-unchecked"), troubles: Vec::new() };
    };
    let moment = Gap::from(periods::moment(check.ended_ms, &site.zone, lang));
    let count = |count: u64| Gap::from(i64::try_from(count).unwrap_or(i64::MAX));
    let text = if check.troubles.is_empty() {
        let gaps = [("moment", moment), ("entries", count(check.entries))];
        lang.tell("ledger-checked", gaps)
    } else {
        let troubles = u64::try_from(check.troubles.len()).unwrap_or(u64::MAX);
        lang.tell("ledger-damaged", [("moment", moment), ("count", count(troubles))])
    };
    let troubles = check.troubles.iter().map(|trouble| ledger::trouble(trouble, lang)).collect();
    CheckView { text, troubles }
}

fn list_page(site: &Site, visit: &Visit) -> Result<String, Error> {
    let lang = visit.lang;
    let asked = asked(site, visit)?;
    let actor = visit.actor(Right::ReadLedger)?;
    let chosen = asked.kind;
    let found = site.workspace.ledger_entries(actor, asked, site.today())?;
    let lines: Result<Vec<LineView>, Error> =
        found.lines.iter().map(|line| line_view(site, line, lang)).collect();
    let kinds = Kind::ALL.into_iter().map(|kind| KindView {
        code: kind.action(),
        name: ledger::kind(kind, lang),
        is_chosen: chosen == Some(kind),
    });
    let parameter = |name: &str| visit.parameter(name).unwrap_or_default().to_owned();
    let kept = ["kind", "unit", "account", "day"].map(|name| (name, parameter(name)));
    let kept: String = kept
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("&{name}={}", links::escaped(value)))
        .collect();
    let title = lang.say("ledger-heading");
    draw(&ListPage {
        frame: site.frame(visit)?.titled(title, Section::Ledger),
        check: check_view(site, lang),
        lines: lines?,
        kinds: kinds.collect(),
        unit: parameter("unit"),
        account: parameter("account"),
        day: parameter("day"),
        older: found.older.map(|older| format!("/ledger?before={older}{kept}")),
    })
}

fn asked(site: &Site, visit: &Visit) -> Result<AskedEntries, Error> {
    let bad = |text: &str, wanted| Refusal::BadValue { text: text.to_owned(), wanted };
    let number = |name: &str| -> Result<Option<i64>, Error> {
        let Some(text) = visit.parameter(name) else { return Ok(None) };
        let number = text.trim().parse().map_err(|_| bad(text, Wanted::Number))?;
        Ok(Some(number))
    };
    let kind = match visit.parameter("kind") {
        Some(code) => Some(Kind::from_action(code).ok_or_else(|| bad(code, Wanted::KnownCode))?),
        None => None,
    };
    let unit = match visit.parameter("unit") {
        Some(code) => Some(site.workspace.find_unit(code.trim(), Some(site.today()))?),
        None => None,
    };
    let span_ms = match visit.parameter("day") {
        Some(text) => {
            let day: Date = text.parse().map_err(|_| bad(text, Wanted::Day))?;
            Some(site.span_of(day).ok_or_else(|| bad(text, Wanted::Day))?)
        }
        None => None,
    };
    Ok(AskedEntries {
        before: number("before")?.and_then(|before| u64::try_from(before).ok()),
        account: number("account")?.map(AccountId),
        kind,
        unit,
        span_ms,
    })
}

fn line_view(site: &Site, line: &EntryLine, lang: Lang) -> Result<LineView, Error> {
    let unit = match line.unit {
        Some(unit) => places::full_name(&site.workspace.unit_name(unit, site.today())?, lang),
        None => String::new(),
    };
    Ok(LineView {
        href: format!("/ledger/{}", line.position),
        position: line.position,
        moment: periods::moment(line.recorded_ms, &site.zone, lang),
        what: line.kind.map_or_else(|| line.action.clone(), |kind| ledger::kind(kind, lang)),
        unit,
        actor: ledger::actor(&line.actor, lang),
    })
}

fn show_page(site: &Site, visit: &Visit, entry: EntryPage) -> Result<String, Error> {
    let lang = visit.lang;
    let position = entry.line.position;
    let title = lang.tell("ledger-entry", [("position", Gap::from(position.to_string()))]);
    let committed: Vec<String> =
        entry.commitments.iter().map(|field| ledger::committed(field, lang)).collect();
    let is_submission = entry.line.noun == Kind::SubmissionReceived.noun();
    let content = entry.content.filter(|content| !content.is_empty());
    let said = match &content {
        Some(content) => content::lines(site, content, lang)?,
        None => Vec::new(),
    };
    draw(&ShowPage {
        said,
        content,
        frame: site.frame(visit)?.titled(title.clone(), Section::Ledger),
        title,
        line: line_view(site, &entry.line, lang)?,
        subject: ledger::thing(&entry.line.noun, &entry.line.id, lang),
        subject_href: is_submission.then(|| links::submission(&entry.line.id)),
        reason: entry.reason,
        commitments: committed.join(", "),
        leaf_hash: entry.leaf_hash,
        code: qr::code(&entry.receipt.text),
        number: entry.receipt.number,
        proof: entry.is_signed.then(|| format!("/proofs/{position}")),
    })
}
