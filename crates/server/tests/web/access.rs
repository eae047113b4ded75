//! Who may come by which route: every route × every role × where the unit stands, against the
//! table that people read, `docs/access.csv`.

use std::collections::BTreeSet;
use std::path::Path;

use super::site::{NOW_MS, PASSWORD, TODAY, cookie, member, sample};
use actions::answer::View;
use actions::difficulties::raise::Raised;
use actions::kept_files::Brought;
use actions::proposals::open::Opened;
use actions::stocktakes::Draft;
use actions::submissions::{Occasion, Typed, TypedField};
use actions::tasks::give::{Assignment, Giving, Time};
use axum::Router;
use axum::body::Body;
use axum::http::header::{COOKIE, LOCATION};
use axum::http::{Request, Response, StatusCode};
use domain::access::Actor;
use domain::difficulty::DifficultyId;
use domain::item::Bilingual;
use domain::kept_file::Belongs;
use domain::period::Period;
use domain::proposal::{Case, ProposalId};
use domain::stocktake::{Invitation, Meeting, StocktakeId};
use domain::task::{Origin, Party, TaskId, Words};
use domain::unit::UnitId;
use server::web::routes::{router, routes};
use server::web::site::Site;
use testkit::builders::photo;
use totp_rs::{Builder, Secret};
use tower::ServiceExt as _;

/// Everybody's unit, and where others stand from there.
const OWN: &str = "06124";
const RELATIONS: [(&str, &str); 5] = [
    ("own", OWN),
    ("below", "06124-01"),
    ("above", "182"),
    ("beside", "06127"),
    ("below-beside", "06127-01"),
];

/// How a request ended, in the table's words.
fn outcome(response: &Response<Body>) -> &'static str {
    let to = response.headers().get(LOCATION).map_or("", |to| to.to_str().unwrap());
    match response.status() {
        StatusCode::SEE_OTHER if to.starts_with("/sign-in?") || to == "/sign-in" => "sign-in",
        StatusCode::UNAUTHORIZED if to == "/sign-in" => "sign-in",
        StatusCode::SEE_OTHER | StatusCode::FORBIDDEN if to == "/account/one-time-codes" => "code",
        StatusCode::FORBIDDEN => "refused",
        status if status.is_server_error() => "failed",
        _ => "enter",
    }
}

/// Turns one-time codes on for the session behind a cookie.
fn give_code(site: &Site, account: &domain::access::Account, cookie: &str) {
    let setup = site.entrance.begin_one_time_codes(account);
    let secret = Secret::try_from_base32(&setup.secret).unwrap();
    let totp = Builder::new().with_secret(secret).build_noncompliant();
    let code = totp.generate(u64::try_from(NOW_MS / 1_000).unwrap()).to_string();
    let (_, token) = cookie.split_once('=').unwrap();
    let session = site.entrance.visitor(token, NOW_MS).unwrap().unwrap().session;
    let proof = PASSWORD.to_owned();
    site.entrance.confirm_one_time_codes(&session, &setup, &code, proof, NOW_MS).unwrap();
}

/// A cookie for every column of the table; none for strangers.
pub(crate) fn people(site: &Site, columns: &[String]) -> Vec<Option<String>> {
    let person = |column: &String| match column.as_str() {
        "stranger" => None,
        "reviewer_without_code" => {
            member(site, "chua-co-ma", "reviewer", OWN);
            Some(cookie(site, "chua-co-ma"))
        }
        role => {
            let account = member(site, role, role, OWN);
            let cookie = cookie(site, role);
            give_code(site, &account, &cookie);
            Some(cookie)
        }
    };
    columns.iter().map(person).collect()
}

/// The address of a route, for a unit.
fn address(site: &Site, path: &str, unit: &str, submission: &str) -> String {
    let unit = site.workspace.find_unit(unit, Some(TODAY)).unwrap();
    let receipt = site.workspace.receipt(submission).unwrap();
    let position = receipt.map_or(0, |receipt| receipt.position).to_string();
    let path = path
        .replace("{position}", &position)
        .replace("/directives/{code}", "/directives/kl-01")
        .replace("/priorities/{code}", "/priorities/DP3")
        .replace("{code}", "A01")
        .replace("{template}", "bao-cao-ky")
        .replace("{name}", "none.css")
        .replace("{secret}", "made-up")
        .replace("{grant}", "999");
    if path == "/attachments/{sha256}" {
        return format!("/attachments/{}", photo_of(site, unit));
    }
    let unit = unit.0;
    match path.as_str() {
        "/files/{id}" => format!("/files/{}", file_of(site, unit)),
        "/stocktakes/{id}" => format!("/stocktakes/{}", stocktake_of(site, UnitId(unit)).0),
        "/stocktakes/{id}/conclusions" => {
            format!("/stocktakes/{}/conclusions", stocktake_of(site, UnitId(unit)).0)
        }
        "/tasks/{id}" => format!("/tasks/{}", task_of(site, unit).0),
        "/priorities/proposals/{id}" => {
            format!("/priorities/proposals/{}", proposal_of(site, unit).0)
        }
        "/difficulties/{id}" => format!("/difficulties/{}", difficulty_of(site, unit).0),
        "/submissions/{id}" => format!("/submissions/{submission}"),
        "/forms/{form}" => "/forms/thon-thang".to_owned(),
        "/heads" | "/heads.csv" | "/heads.xlsx" => format!("{path}?unit={unit}&period=2022-Q4"),
        "/forms/{form}/paper" => format!("/forms/thon-thang/paper?unit={unit}&period=2022-12"),
        "/review/{id}" => format!("/review/{submission}"),
        "/entry/forms/{form}/units/{unit}/periods/{period}" => {
            format!("/entry/forms/thon-thang/units/{unit}/periods/2022-12")
        }
        grid if grid.starts_with("/grid/") => {
            let place = grid.replace("{form}", "thon-thang").replace("{period}", "2022-12");
            format!("{place}?unit={unit}")
        }
        "/units/{id}" => format!("/units/{unit}?period=2022-12"),
        other => format!("{}?unit={unit}&period=2022-12", other.replace("{id}", "999")),
    }
}

async fn ask(router: &Router, method: &str, address: &str, cookie: Option<&str>) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(address);
    request = request.header("content-type", "application/x-www-form-urlencoded");
    if let Some(cookie) = cookie {
        request = request.header(COOKIE, cookie);
    }
    router.clone().oneshot(request.body(Body::from("form_secret=wrong")).unwrap()).await.unwrap()
}

/// A task of the province that a unit leads.
pub(crate) fn task_of(site: &Site, unit: i64) -> TaskId {
    let issuer = site.workspace.find_unit("20", Some(TODAY)).unwrap();
    let word = || "Lập danh sách".to_owned();
    let assignment = Assignment {
        issuer,
        origin: Origin::default(),
        words: Words {
            work: word(),
            detail: word(),
            responsibility: word(),
            product: word(),
            authority: word(),
        },
        leads: vec![Party { unit: UnitId(unit), account: None }],
        helpers: Vec::new(),
        team: Vec::new(),
        confirmer: None,
        times: vec![Time::Open],
        giving: Giving::Now,
    };
    let given = site.entrance.give_tasks(&Actor::console(), site.moment(), assignment).unwrap();
    given.tasks[0]
}

/// A difficulty of a unit that the province answers.
fn difficulty_of(site: &Site, unit: i64) -> DifficultyId {
    let raised = Raised {
        parcel: None,
        unit: UnitId(unit),
        task: None,
        trouble: "Đường sạt lở".to_owned(),
        detail: String::new(),
        holder: site.workspace.find_unit("20", Some(TODAY)).ok(),
        due: Some(TODAY),
    };
    site.entrance.raise_difficulty(&Actor::console(), site.moment(), raised).unwrap().id
}

/// A proposal of a unit.
fn proposal_of(site: &Site, unit: i64) -> ProposalId {
    let why = Case { why: "Bức xúc".to_owned(), evidence: None };
    let opened = Opened {
        unit: UnitId(unit),
        name: Bilingual { vi: "Dời chợ".to_owned(), en: String::new() },
        years: (Some(2025), Some(2030)),
        directive: None,
        cases: [why, Case::default(), Case::default()],
    };
    site.entrance.open_proposal(&Actor::console(), site.moment(), opened).unwrap()
}

/// The number of a file beside such a task.
fn file_of(site: &Site, unit: i64) -> i64 {
    let belongs = Belongs::Task(task_of(site, unit));
    let brought = Brought { name: "ảnh".to_owned(), bytes: photo(1), replaces: None };
    let kept = site.entrance.keep_file(&Actor::console(), site.moment(), belongs, brought);
    kept.unwrap().0
}

/// A stocktake of a unit.
fn stocktake_of(site: &Site, unit: UnitId) -> StocktakeId {
    let draft = Draft {
        unit,
        meeting: Meeting::Regular,
        invitation: Invitation {
            day: TODAY,
            place: "Hội trường".to_owned(),
            chair: "Chủ tịch".to_owned(),
            period: site.workspace.snapshot().unwrap().default_period(),
        },
    };
    site.entrance.call_stocktake(&Actor::console(), site.moment(), draft).unwrap()
}

/// The name of a photograph beside the figures of a unit, sent by somebody else of that unit.
fn photo_of(site: &Site, unit: UnitId) -> String {
    let code = site.workspace.unit_name(unit, TODAY).unwrap().code;
    let login = format!("anh-{code}");
    let account = member(site, &login, "reporter", &code);
    let cookie = cookie(site, &login);
    let (_, token) = cookie.split_once('=').unwrap();
    let who = site.entrance.visitor(token, NOW_MS).unwrap().unwrap().actor;
    let moment = site.moment();
    let bytes = photo(u8::try_from(account.id.0).unwrap());
    let kept = site.entrance.bring_attachment(&who, moment, None, &bytes).unwrap().id;
    let period = Period::parse("2023-06").unwrap();
    let occasion = Occasion { form: "thon-thang".to_owned(), unit, period };
    let page = site.workspace.entry_page(&who, moment, &occasion, None).unwrap();
    let mut fields: Vec<TypedField> = page.fields.into_iter().map(|field| field.typed).collect();
    for field in &mut fields {
        (field.text, field.reason) = ("1".to_owned(), "đúng".to_owned());
    }
    let (base, reason) = (page.base, "sửa".to_owned());
    let typed = Typed { fields, attachments: vec![kept.clone()], base, reason, ..Typed::default() };
    let id = site.entrance.submission_id(NOW_MS);
    site.workspace.submit(&who, moment, &id, occasion, typed).unwrap();
    kept.as_str().to_owned()
}

/// A submission of a unit, for the routes that show one; empty when it sends none itself.
fn submission_of(site: &Site, unit: &str) -> String {
    let unit = site.workspace.find_unit(unit, Some(TODAY)).unwrap();
    let period = Period::parse("2022-12").unwrap();
    let page = site.workspace.figure_page("A01", unit, period, View::Reported).unwrap();
    page.submissions.first().map(|line| line.submission.clone()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_lets_in_whom_the_table_says() {
    let text = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/access.csv"),
    )
    .unwrap();
    let mut lines = text.lines();
    let columns: Vec<String> = lines.next().unwrap().split(',').map(str::to_owned).collect();
    let columns = columns[3..].to_vec();
    let (site, people) = tokio::task::spawn_blocking({
        let columns = columns.clone();
        move || {
            let site = super::site::site(sample(), None);
            let people = people(&site, &columns);
            (site, people)
        }
    })
    .await
    .unwrap();
    let submissions = tokio::task::spawn_blocking({
        let site = site.clone();
        move || RELATIONS.map(|(_, unit)| submission_of(&site, unit))
    })
    .await
    .unwrap();
    let router = router(site.clone());
    let (mut wrong, mut cells) = (Vec::new(), 0);
    let mut listed: BTreeSet<(String, String)> = BTreeSet::new();
    for line in lines {
        let fields: Vec<&str> = line.split(',').collect();
        let [method, path, relation, expected @ ..] = &fields[..] else { panic!("{line}") };
        assert_eq!(expected.len(), columns.len(), "{line}");
        listed.insert(((*method).to_owned(), (*path).to_owned()));
        let at = RELATIONS.iter().position(|(name, _)| name == relation).unwrap_or(0);
        let (unit, submission) = (RELATIONS[at].1, submissions[at].as_str());
        let (site, path) = (site.clone(), (*path).to_owned());
        let submission = submission.to_owned();
        let address = tokio::task::spawn_blocking(move || address(&site, &path, unit, &submission))
            .await
            .unwrap();
        for ((column, cookie), expected) in columns.iter().zip(&people).zip(expected) {
            let response = ask(&router, method, &address, cookie.as_deref()).await;
            let found = outcome(&response);
            cells += 1;
            if found != *expected {
                wrong.push(format!("{line}: {column}: {found} ({})", response.status()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "of {cells} cells");
    let served: BTreeSet<(String, String)> =
        routes().iter().map(|it| (it.method.to_string(), it.path.to_owned())).collect();
    assert_eq!(listed, served, "the table lists every route and no other");
    println!("{cells} cells of the access table hold");
}
