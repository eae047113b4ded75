//! `GET /api/forms`: the forms that somebody carries along, with all that is needed to fill and check
//! them without a network.

use actions::error::Error;
use actions::submissions::carried::LeftOut;
use actions::submissions::entry::{EntryField, EntryPage};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, ETAG};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use domain::attachment::Attachment;
use domain::form::Rule;
use domain::number::{Decimal, Qualifier, Quantity};
use serde::Serialize;

use super::difficulties::{RaisingView, raising};
use super::{FORM_SECRET, json};
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::Visit;
use crate::web::{assets, links, parts};
use crate::wording::{Gap, Lang, collecting, locks, number, periods, places};

/// Everything that somebody carries along.
#[derive(Debug, Serialize)]
struct Forms {
    account: AccountView,
    lang: &'static str,
    today: String,
    forms: Vec<FormView>,
    /// What is owed too and is not among them.
    left_out: Vec<LeftOutView>,
    /// For whom they raise difficulties.
    raises: Vec<RaisingView>,
}

/// Owed reports that are not carried along.
#[derive(Debug, Serialize)]
struct LeftOutView {
    count: usize,
    text: String,
}

#[derive(Debug, Serialize)]
struct AccountView {
    id: i64,
    name: String,
}

/// A form of a unit for a period.
#[derive(Debug, Serialize)]
pub struct FormView {
    form: String,
    unit: i64,
    period: String,
    name: String,
    unit_name: String,
    /// Who looks at it next; empty at the top.
    above_name: String,
    period_name: String,
    /// The last day on which it is in time.
    due: String,
    due_text: String,
    /// Whether it is owed, by the rule of the list of work.
    is_owed: bool,
    /// That the period is locked, why and who opens it; empty while figures are taken.
    locked: String,
    state: &'static str,
    state_text: String,
    base: BaseView,
    sent: Option<SentView>,
    returned: Vec<String>,
    may_be_nothing: bool,
    fields: Vec<FieldView>,
    /// The photographs beside them.
    attachments: Vec<PhotoView>,
    rules: Vec<RuleView>,
    /// The same form as a page.
    href: String,
}

/// What a form rests on.
#[derive(Debug, Clone, Copy, Serialize)]
struct BaseView {
    revision: u32,
    version: i64,
}

/// What was sent last.
#[derive(Debug, Serialize)]
struct SentView {
    id: String,
    revision: u32,
    received_ms: i64,
    content: &'static str,
    by: String,
}

/// A photograph.
#[derive(Debug, Serialize)]
struct PhotoView {
    sha256: String,
    /// Where it is seen.
    href: String,
}

/// A field.
#[derive(Debug, Serialize)]
struct FieldView {
    item: String,
    class: String,
    /// The title of the section that begins here; else empty.
    section: String,
    name: String,
    class_name: String,
    help: String,
    measure: String,
    /// Decimals at most.
    scale: u8,
    minimum: String,
    maximum: Option<String>,
    range_text: String,
    text: String,
    note: String,
    reason: String,
    previous: Option<QuantityView>,
    returned: Vec<String>,
}

/// A figure: an exact decimal, and how exact it claims to be.
#[derive(Debug, Serialize)]
struct QuantityView {
    value: String,
    qualifier: &'static str,
    text: String,
}

/// A validation rule.
#[derive(Debug, Serialize)]
struct RuleView {
    code: String,
    severity: &'static str,
    condition: String,
    message: String,
}

/// `GET /api/forms`
pub async fn list(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        let visitor = visit.visitor()?;
        let (account, lang) = (visit.account()?, visit.lang);
        let carried = site.workspace.carried_forms(&visitor.actor, site.moment())?;
        let forms = Forms {
            account: AccountView { id: account.id.0, name: account.name.clone() },
            lang: lang.code(),
            today: site.today().to_string(),
            forms: carried.forms.iter().map(|page| view(page, site, lang)).collect(),
            left_out: carried.left_out.iter().map(|it| left_out_view(it, lang)).collect(),
            raises: raising(site, &visitor.actor, lang)?,
        };
        let secret = HeaderValue::try_from(&visitor.session.form_secret);
        let secret = secret.map_err(|wrong| Error::Fault(wrong.to_string()))?;
        Ok(Turn::Other(with_version(json(StatusCode::OK, &forms), &forms, visit, secret)))
    })
    .await
}

/// The answer with its version, and the session's mark beside the text: the text is compressed, and
/// a secret inside could be guessed from its length.
fn with_version(full: Response, forms: &Forms, visit: &Visit, secret: HeaderValue) -> Response {
    let text = serde_json::to_string(forms).unwrap_or_default();
    let tag = format!("\"{}\"", assets::hash(&text));
    let mut response = match visit.if_none_match.as_deref() == Some(tag.as_str()) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => full,
    };
    let headers: &mut HeaderMap = response.headers_mut();
    headers.extend(HeaderValue::try_from(tag).ok().map(|tag| (ETAG, tag)));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(FORM_SECRET, secret);
    response
}

/// A form as programs read it.
pub(super) fn view(page: &EntryPage, site: &Site, lang: Lang) -> FormView {
    let above = page.above.last();
    let sent = page.sent.as_ref().map(|sent| SentView {
        id: sent.id.clone(),
        revision: sent.revision,
        received_ms: sent.received_ms,
        content: super::submissions::content_code(sent.content),
        by: sent.deeds.first().map(|deed| deed.name.clone()).unwrap_or_default(),
    });
    FormView {
        form: page.occasion.form.clone(),
        unit: page.occasion.unit.0,
        period: page.occasion.period.to_string(),
        name: lang.of(&page.form).to_owned(),
        unit_name: places::full_name(&page.unit, lang),
        above_name: above.map(|above| places::full_name(above, lang)).unwrap_or_default(),
        period_name: periods::label(page.occasion.period, lang),
        due: page.due.to_string(),
        due_text: collecting::due(page.due, site.today(), lang),
        is_owed: page.is_owed,
        locked: locks::locked(&page.lock, lang),
        state: page.state.code(),
        state_text: parts::filled(page, lang).word,
        base: BaseView { revision: page.base.revision, version: page.base.version },
        sent,
        returned: page.returned.iter().map(|reason| reason.text.clone()).collect(),
        may_be_nothing: page.may_be_nothing,
        fields: page.fields.iter().map(|field| field_view(field, lang)).collect(),
        attachments: page.attachments.iter().map(photo_view).collect(),
        rules: page.rules.iter().map(|rule| rule_view(rule, lang)).collect(),
        href: links::entry(&page.occasion),
    }
}

fn left_out_view(left_out: &LeftOut, lang: Lang) -> LeftOutView {
    let LeftOut { form, unit, first, count } = left_out;
    let gaps = [
        ("form", Gap::from(lang.of(form).to_owned())),
        ("unit", places::full_name(unit, lang).into()),
        ("count", Gap::from(*count)),
        ("period", periods::label(*first, lang).into()),
    ];
    LeftOutView { count: *count, text: lang.tell("entry-left-out-line", gaps) }
}

fn photo_view(attachment: &Attachment) -> PhotoView {
    let id = &attachment.id;
    PhotoView { sha256: id.as_str().to_owned(), href: links::attachment(id) }
}

fn field_view(field: &EntryField, lang: Lang) -> FieldView {
    let EntryField { typed, minimum, maximum, .. } = field;
    FieldView {
        item: typed.item.clone(),
        class: typed.class.clone(),
        name: lang.of(&field.name).to_owned(),
        class_name: lang.of(&field.class_name).to_owned(),
        section: lang.of(&field.section).to_owned(),
        help: lang.of(&field.help).to_owned(),
        measure: lang.of(&field.measure).to_owned(),
        scale: minimum.scale,
        minimum: minimum.to_string(),
        maximum: maximum.map(|maximum| maximum.to_string()),
        range_text: collecting::range(*minimum, *maximum, lang),
        text: typed.text.clone(),
        note: typed.note.clone(),
        reason: typed.reason.clone(),
        previous: field.previous.map(|previous| quantity_view(previous, minimum.scale, lang)),
        returned: field.returned.clone(),
    }
}

fn quantity_view(quantity: Quantity, scale: u8, lang: Lang) -> QuantityView {
    // A collected figure has no more decimals than its item, so nothing is rounded away.
    let exact = Quantity { qualifier: Qualifier::Exact, ..quantity };
    let rounded = exact.rounded(scale).ok();
    let units = rounded.and_then(|rounded| i64::try_from(rounded.units).ok());
    QuantityView {
        value: units.map(|units| Decimal::new(units, scale).to_string()).unwrap_or_default(),
        qualifier: quantity.qualifier.code(),
        text: number::number(quantity, scale, lang),
    }
}

fn rule_view(rule: &Rule, lang: Lang) -> RuleView {
    RuleView {
        code: rule.code.clone(),
        severity: rule.severity.code(),
        condition: rule.condition.source().to_owned(),
        message: lang.of(&rule.message).to_owned(),
    }
}
