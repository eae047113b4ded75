//! Every route on one page.

use std::convert::Infallible;

use actions::entrance::CodeAge;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Extensions, HeaderMap, Method, StatusCode, Version};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post, put};
use domain::access::Right;
use domain::attachment;
use tower_http::compression::predicate::Predicate as _;
use tower_http::compression::{CompressionLayer, DefaultPredicate};
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use super::api;
use super::frame::Frame;
use super::pages::{
    about, account, accounts, attachments, calendar, calls, carried, collection, delegations,
    difficulties, directives, entry, figures, files, forms, grid, heads, holidays, hooks,
    hot_spots, indicators, invitations, items, ledger, one_time_codes, overview, paper, phone,
    priorities, proposals, provider, rates, reports, review, search, sign_in, stocktakes,
    submissions, tasks, units, urging, work,
};
use super::session::{Policy, admit};
use super::site::Site;
use super::unread::in_words;
use super::visit::Visit;
use super::{assets, error};

/// The largest list of people.
const LIST_BYTES_MAX: usize = 1024 * 1024;

/// The largest photograph that is looked at; somebody who sends a larger one than is kept is told.
const PHOTO_BYTES_MAX: usize = 2 * attachment::BYTES_MAX;

/// The largest request body: a form with a few fields …
const BODY_BYTES_MAX: usize = 64 * 1024;

/// … or those of a whole district …
const GRID_BYTES_MAX: usize = 1024 * 1024;

/// … or a file. More of it is thrown away than is kept, so that whoever sends too much can be told.
const UPLOAD_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Nothing but our own files, each of its kind; no inline styles or scripts at all.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                              img-src 'self' data:; font-src 'self'; connect-src 'self'; \
                              manifest-src 'self'; worker-src 'self'; form-action 'self'; \
                              base-uri 'none'; frame-ancestors 'none'; \
                              require-trusted-types-for 'script'; trusted-types dotpha";

/// The header that says which devices a page may use.
pub const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// A way in: what is asked for, by whom, and who answers. A route without a policy does not compile.
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, with `{names}`.
    pub path: &'static str,
    /// Who may come.
    pub policy: Policy,
    body_bytes_max: usize,
    handler: MethodRouter<Site>,
}

impl Route {
    /// The largest body that is read.
    #[must_use]
    pub fn body_bytes_max(&self) -> usize {
        self.body_bytes_max
    }

    /// The same route for larger bodies.
    fn taking(self, body_bytes_max: usize) -> Self {
        Self { body_bytes_max, ..self }
    }
}

/// All routes of a site: nothing is served that is not listed here.
#[must_use]
pub fn routes() -> Vec<Route> {
    [
        of_figures(),
        of_tasks(),
        of_plans(),
        of_difficulties(),
        of_choosing(),
        of_leading(),
        of_phones(),
        of_forms(),
        of_people(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn route(method: Method, path: &'static str, policy: Policy, handler: MethodRouter<Site>) -> Route {
    Route { method, path, policy, body_bytes_max: BODY_BYTES_MAX, handler }
}

fn page(path: &'static str, policy: Policy, handler: MethodRouter<Site>) -> Route {
    route(Method::GET, path, policy, handler)
}

fn act(path: &'static str, policy: Policy, handler: MethodRouter<Site>) -> Route {
    route(Method::POST, path, policy, handler)
}

/// Looking at figures, sending and judging them, and the ledger over them.
fn of_figures() -> Vec<Route> {
    use Policy::{Holds, HoldsWithCode, SignedIn};
    use Right::{ReadLedger, ReopenFigures, ReviewFigures, SeeFigures, SendFigures};
    const ENTRY: &str = "/entry/forms/{form}/units/{unit}/periods/{period}";
    const GRID: &str = "/grid/forms/{form}/periods/{period}";
    const HISTORY: &str = "/grid/forms/{form}/periods/{period}/history";
    const WORKBOOK: &str = "/grid/forms/{form}/periods/{period}/workbook";
    vec![
        page("/", Holds(SeeFigures), get(overview::show)),
        page("/indicators/{code}", Holds(SeeFigures), get(indicators::show)),
        page("/search", Holds(SeeFigures), get(search::show)),
        page("/units", Holds(SeeFigures), get(units::list)),
        page("/units/{id}", Holds(SeeFigures), get(units::show)),
        page("/figures/{code}", Holds(SeeFigures), get(figures::show)),
        page("/submissions/{id}", Holds(SeeFigures), get(submissions::show)),
        page("/attachments/{sha256}", Holds(SeeFigures), get(attachments::show)),
        page("/reports", Holds(SeeFigures), get(reports::list)),
        page("/reports/{template}", Holds(SeeFigures), get(reports::show)),
        page("/reports/{template}/style.css", Holds(SeeFigures), get(reports::style)),
        page("/work", SignedIn, get(work::show)),
        page(ENTRY, Holds(SendFigures), get(entry::show)),
        act(ENTRY, Holds(SendFigures), post(entry::act)).taking(UPLOAD_BYTES_MAX),
        page(GRID, Holds(SendFigures), get(grid::show)),
        act(GRID, Holds(SendFigures), post(grid::act)).taking(GRID_BYTES_MAX),
        page(HISTORY, Holds(SendFigures), get(grid::history::show)),
        page(WORKBOOK, Holds(SendFigures), get(grid::workbook::download)),
        act(WORKBOOK, Holds(SendFigures), post(grid::workbook::preview)).taking(UPLOAD_BYTES_MAX),
        page("/forms/{form}/paper", Holds(SeeFigures), get(paper::show)),
        page("/collection", Holds(SeeFigures), get(collection::show)),
        page("/collection/rates", Holds(SeeFigures), get(rates::show)),
        page("/collection/rates.csv", Holds(SeeFigures), get(rates::csv)),
        act(
            "/collection/lock",
            HoldsWithCode(ReopenFigures, CodeAge::Workday),
            post(collection::lock),
        ),
        act(
            "/collection/open",
            HoldsWithCode(ReopenFigures, CodeAge::Workday),
            post(collection::open),
        ),
        page("/review", Holds(ReviewFigures), get(review::list)),
        act(
            "/review/approve",
            HoldsWithCode(ReviewFigures, CodeAge::Workday),
            post(review::approve_many),
        ),
        page("/review/{id}", Holds(ReviewFigures), get(review::show)),
        act(
            "/review/{id}/approve",
            HoldsWithCode(ReviewFigures, CodeAge::Workday),
            post(review::approve),
        ),
        act(
            "/review/{id}/return",
            HoldsWithCode(ReviewFigures, CodeAge::Workday),
            post(review::send_back),
        ),
        act(
            "/review/{id}/reopen",
            HoldsWithCode(ReopenFigures, CodeAge::Workday),
            post(review::reopen),
        ),
        page("/ledger", Holds(ReadLedger), get(ledger::list)),
        page("/ledger/{position}", Holds(ReadLedger), get(ledger::show)),
        page("/proofs/{position}", Holds(SeeFigures), get(ledger::proof)),
    ]
}

/// What is in the way of units, and who above answers.
fn of_difficulties() -> Vec<Route> {
    use Policy::Holds;
    use Right::{DoTasks, SeeFigures};
    vec![
        page("/difficulties", Holds(SeeFigures), get(difficulties::list)),
        page("/difficulties/new", Holds(DoTasks), get(difficulties::new)),
        act("/difficulties/new", Holds(DoTasks), post(difficulties::raise)),
        page("/difficulties/{id}", Holds(SeeFigures), get(difficulties::show)),
        act("/difficulties/{id}", Holds(SeeFigures), post(difficulties::act)),
        route(Method::PUT, "/api/difficulties/{id}", Holds(DoTasks), put(api::difficulties::put)),
    ]
}

/// How priorities are chosen.
fn of_choosing() -> Vec<Route> {
    use Policy::Holds;
    use Right::{ManagePlan, SeeFigures};
    vec![
        page("/priorities", Holds(SeeFigures), get(priorities::list)),
        page("/priorities/{code}", Holds(SeeFigures), get(priorities::show)),
        act("/priorities/{code}", Holds(SeeFigures), post(priorities::act)),
        act("/priorities/{code}/pictures", Holds(SeeFigures), post(priorities::show_picture))
            .taking(UPLOAD_BYTES_MAX),
        page("/priorities/proposals", Holds(SeeFigures), get(proposals::list)),
        page("/priorities/proposals/new", Holds(ManagePlan), get(proposals::new)),
        act("/priorities/proposals/new", Holds(ManagePlan), post(proposals::open)),
        page("/priorities/proposals/{id}", Holds(SeeFigures), get(proposals::show)),
        act("/priorities/proposals/{id}", Holds(SeeFigures), post(proposals::act)),
    ]
}

/// What was asked of whom by when.
fn of_tasks() -> Vec<Route> {
    use Policy::{Holds, HoldsWithCode};
    use Right::{GiveTasks, ManagePlan, SeeFigures};
    vec![
        page("/tasks", Holds(SeeFigures), get(tasks::list)),
        page("/tasks/new", Holds(GiveTasks), get(tasks::new)),
        act("/tasks/new", Holds(GiveTasks), post(tasks::give)),
        page("/tasks/import", Holds(GiveTasks), get(tasks::import::show)),
        page("/tasks/import/template.xlsx", Holds(GiveTasks), get(tasks::import::template)),
        act("/tasks/import", Holds(GiveTasks), post(tasks::import::act)).taking(UPLOAD_BYTES_MAX),
        page("/tasks/{id}/edit", Holds(GiveTasks), get(tasks::edit)),
        act("/tasks/{id}/edit", Holds(GiveTasks), post(tasks::rewrite)),
        page("/tasks/steps", Holds(SeeFigures), get(tasks::together::show)),
        act("/tasks/steps", Holds(SeeFigures), post(tasks::together::act)),
        page("/tasks/{id}", Holds(SeeFigures), get(tasks::show)),
        act("/tasks/{id}", Holds(SeeFigures), post(tasks::act)),
        page("/heads", Holds(SeeFigures), get(heads::show)),
        page("/heads.csv", Holds(SeeFigures), get(heads::csv)),
        page("/heads.xlsx", Holds(SeeFigures), get(heads::workbook)),
        act("/tasks/{id}/files", Holds(SeeFigures), post(tasks::files)).taking(UPLOAD_BYTES_MAX),
        page("/directives", Holds(SeeFigures), get(directives::list)),
        page("/directives/new", Holds(ManagePlan), get(directives::new)),
        act("/directives/new", Holds(ManagePlan), post(directives::enter)),
        page("/directives/{code}", Holds(SeeFigures), get(directives::show)),
        page("/directives/{code}/edit", Holds(ManagePlan), get(directives::edit)),
        act("/directives/{code}/edit", Holds(ManagePlan), post(directives::change)),
        act("/directives/{code}/files", Holds(ManagePlan), post(directives::files))
            .taking(UPLOAD_BYTES_MAX),
        page("/files/{id}", Holds(SeeFigures), get(files::show)),
        page("/urging", Holds(SeeFigures), get(urging::show)),
        page("/urging/letter", Holds(GiveTasks), get(urging::letter)),
        page("/urging/policies", Holds(ManagePlan), get(urging::policies)),
        act("/urging/policies", Holds(ManagePlan), post(urging::save)),
        page("/urging/hooks", Holds(ManagePlan), get(hooks::show)),
        act("/urging/hooks", HoldsWithCode(ManagePlan, CodeAge::Fresh), post(hooks::make)),
        act("/urging/hooks/{id}/end", Holds(ManagePlan), post(hooks::end)),
    ]
}

/// The plans that directives ask units for.
fn of_plans() -> Vec<Route> {
    use Policy::Holds;
    use Right::{GiveTasks, SeeFigures};
    vec![
        page("/directives/{code}/plans", Holds(SeeFigures), get(calls::show)),
        act("/directives/{code}/plans", Holds(GiveTasks), post(calls::act)),
    ]
}

/// What leaders decide.
fn of_leading() -> Vec<Route> {
    use Policy::Holds;
    use Right::{GiveTasks, ManagePlan, SeeFigures};
    vec![
        page("/stocktakes", Holds(SeeFigures), get(stocktakes::list)),
        page("/stocktakes/new", Holds(GiveTasks), get(stocktakes::new)),
        act("/stocktakes/new", Holds(GiveTasks), post(stocktakes::call)),
        page("/stocktakes/{id}", Holds(SeeFigures), get(stocktakes::show)),
        page("/stocktakes/{id}/conclusions", Holds(SeeFigures), get(stocktakes::conclusions)),
        act("/stocktakes/{id}", Holds(GiveTasks), post(stocktakes::act)),
        page("/hot-spots", Holds(SeeFigures), get(hot_spots::show)),
        page("/hot-spots/rules", Holds(ManagePlan), get(hot_spots::rules)),
        act("/hot-spots/rules", Holds(ManagePlan), post(hot_spots::save)),
    ]
}

/// What works without a network, and what it and other programs ask.
fn of_phones() -> Vec<Route> {
    use Policy::{Anyone, Holds};
    use Right::SendFigures;
    vec![
        page("/entry/", Holds(SendFigures), get(phone::show)),
        page("/entry/manifest.webmanifest", Anyone, get(phone::manifest)),
        page("/entry/service-worker.js", Anyone, get(phone::service_worker)),
        page("/carried", Holds(SendFigures), get(carried::show)),
        act("/carried", Holds(SendFigures), post(carried::act)).taking(UPLOAD_BYTES_MAX),
        page("/api/forms", Holds(SendFigures), get(api::forms::list)),
        route(
            Method::PUT,
            "/api/attachments/{sha256}",
            Holds(SendFigures),
            put(api::attachments::put),
        )
        .taking(PHOTO_BYTES_MAX),
        route(Method::PUT, "/api/submissions/{id}", Holds(SendFigures), put(api::submissions::put)),
    ]
}

/// What is asked for, and its changes.
fn of_forms() -> Vec<Route> {
    use Policy::Holds;
    use Right::ManagePlan;
    vec![
        page("/pack", Holds(ManagePlan), get(forms::pack)),
        page("/items", Holds(ManagePlan), get(items::show)),
        act("/items", Holds(ManagePlan), post(items::create)),
        page("/holidays", Holds(ManagePlan), get(holidays::show)),
        act("/holidays", Holds(ManagePlan), post(holidays::act)),
        page("/forms", Holds(ManagePlan), get(forms::list)),
        act("/forms", Holds(ManagePlan), post(forms::create)),
        page("/forms/{form}", Holds(ManagePlan), get(forms::show)),
        act("/forms/{form}", Holds(ManagePlan), post(forms::act)),
    ]
}

/// Coming in, one's own account, and the accounts of others.
fn of_people() -> Vec<Route> {
    use Policy::{Anyone, Holds, HoldsWithCode, SignedIn, SignedInWithCode};
    use Right::ManageAccounts;
    vec![
        page("/about", Anyone, get(about::show)),
        page("/assets/{name}", Anyone, get(assets::show)),
        page("/health", Anyone, get(health)),
        page("/sign-in", Anyone, get(sign_in::show)),
        act("/sign-in", Anyone, post(sign_in::enter)),
        page("/sign-in/provider", Anyone, get(provider::begin)),
        page("/sign-in/provider/callback", Anyone, get(provider::finish)),
        act("/account/provider", SignedIn, post(provider::link)),
        act("/sign-out", Anyone, post(sign_in::leave)),
        page("/invitations/{secret}", Anyone, get(invitations::show)),
        act("/invitations/{secret}", Anyone, post(invitations::accept)),
        page("/account", SignedIn, get(account::show)),
        act("/account/mail", SignedIn, post(account::set_mail)),
        act("/account/password", SignedIn, post(account::change_password)),
        act("/account/sessions/{id}/end", SignedIn, post(account::end_session)),
        page("/account/delegations", SignedIn, get(delegations::show)),
        act("/account/delegations", SignedInWithCode(CodeAge::Fresh), post(delegations::lend)),
        act("/account/delegations/{grant}/end", SignedIn, post(delegations::take_back)),
        page("/account/calendar", SignedIn, get(calendar::show)),
        act("/account/calendar", SignedInWithCode(calendar::MAKING), post(calendar::make)),
        act("/account/calendar/end", SignedIn, post(calendar::end)),
        page("/calendar/{secret}", Anyone, get(calendar::file)),
        page("/account/code", SignedIn, get(one_time_codes::again)),
        act("/account/code", SignedIn, post(one_time_codes::give_again)),
        page("/account/one-time-codes", SignedIn, get(one_time_codes::show)),
        act("/account/one-time-codes", SignedIn, post(one_time_codes::confirm)),
        page("/accounts", Holds(ManageAccounts), get(accounts::list)),
        act("/accounts", HoldsWithCode(ManageAccounts, CodeAge::Fresh), post(accounts::create)),
        page("/accounts/import", Holds(ManageAccounts), get(accounts::import::show)),
        page("/accounts/import/sample.csv", Holds(ManageAccounts), get(accounts::import::sample)),
        act(
            "/accounts/import",
            HoldsWithCode(ManageAccounts, CodeAge::Fresh),
            post(accounts::import::act),
        )
        .taking(LIST_BYTES_MAX),
        page("/accounts/{id}", Holds(ManageAccounts), get(accounts::show)),
        act(
            "/accounts/{id}/invite",
            HoldsWithCode(ManageAccounts, CodeAge::Fresh),
            post(accounts::invite),
        ),
        act("/accounts/{id}/mail", Holds(ManageAccounts), post(accounts::set_mail)),
        act("/accounts/{id}/disable", Holds(ManageAccounts), post(accounts::disable)),
        act(
            "/accounts/{id}/grants/{grant}/end",
            HoldsWithCode(ManageAccounts, CodeAge::Fresh),
            post(accounts::end_grant),
        ),
    ]
}

/// The pages of a site.
pub fn router(site: Site) -> Router {
    let mut router = Router::new();
    for Route { path, policy, body_bytes_max, handler, .. } in routes() {
        let admitted = from_fn_with_state((site.clone(), policy), admit);
        let handler = handler.layer::<_, Infallible>(DefaultBodyLimit::max(body_bytes_max));
        router = router.route(path, handler.layer(admitted));
    }
    router
        .fallback(nowhere)
        .layer(CsrfLayer::new())
        .layer(from_fn(in_words))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(holds_no_secret)))
        // A photograph brings a stricter one of its own.
        .layer(SetResponseHeaderLayer::if_not_present(
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(CONTENT_POLICY),
        ))
        .layer(header(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(REFERRER_POLICY, "same-origin"))
        .layer(header(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(header(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        // The page that reads codes brings one of its own.
        .layer(SetResponseHeaderLayer::if_not_present(
            PERMISSIONS_POLICY,
            HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
        ))
        .with_state(site)
}

/// Whether a response may be compressed: beside text that a stranger chose, the length of a
/// compressed page could give away the secrets its forms carry.
fn holds_no_secret(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    headers.get(CACHE_CONTROL).is_none_or(|value| value != "no-store")
}

fn header(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}

/// Says that the program runs.
async fn health() -> &'static str {
    "ok\n"
}

async fn nowhere(State(_site): State<Site>, visit: Visit) -> Response {
    error::not_found(Frame::new(&visit))
}
