//! The menu of every role: what its rights promise, and nothing that turns one away.

use std::thread;

use axum::http::StatusCode;
use domain::access::{Actor, standard_roles};
use server::web::routes::router;

use super::access::people;
use super::browser::Browser;
use super::site::{cookie, member, sample, site};

/// Whose only role has ended.
const NOBODY: &str = "ended";

/// The addresses of the links in a part of a page.
fn links(part: &str) -> Vec<String> {
    let links = part.split("<a ").skip(1).filter_map(|link| link.split("href=\"").nth(1));
    links.map(|link| link.split('"').next().unwrap().replace("&#38;", "&")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_menu_has_what_its_role_opens_and_no_link_turns_one_away() {
    let mut columns: Vec<String> = standard_roles().into_iter().map(|role| role.code).collect();
    columns.push("reviewer_without_code".to_owned());
    let made = thread::spawn({
        let columns = columns.clone();
        move || {
            let site = site(sample(), None);
            let mut people = people(&site, &columns);
            let account = member(&site, NOBODY, "leader", "06124");
            let moment = site.moment();
            let lines = site.entrance.accounts(&Actor::console(), moment).unwrap();
            let grant = lines.last().unwrap().grants[0].id;
            site.entrance.end_grant(&Actor::console(), account.id, grant, moment).unwrap();
            people.push(Some(cookie(&site, NOBODY)));
            (router(site), people)
        }
    });
    let (router, people) = made.join().unwrap();
    columns.push(NOBODY.to_owned());
    for (column, cookie) in columns.iter().zip(people) {
        let mut browser = Browser::at(&router);
        browser.cookie = cookie;
        let page = browser.get("/account").await.body;
        let nav = page.split("<nav class=\"places\"").nth(1).unwrap().split("</nav>").next();
        let expected: &[&str] = match column.as_str() {
            "inspector" | "auditor" => &["/ledger", "/tasks", "/", "/reports"],
            NOBODY => &["/work"],
            _ => &["/work", "/tasks", "/", "/reports"],
        };
        assert_eq!(links(nav.unwrap()), expected, "{column}");
        // The frame, one's own page, and what the first pages lead to.
        let mut seen = Vec::new();
        let mut ahead = links(&page);
        ahead.extend(expected.iter().map(|path| (*path).to_owned()));
        for first in expected {
            ahead.extend(links(&browser.get(first).await.body));
        }
        for path in ahead.into_iter().filter(|path| path.starts_with('/')) {
            if seen.contains(&path) {
                continue;
            }
            let status = browser.get(&path).await.status;
            let is_open = ![StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&status);
            assert!(is_open && !status.is_server_error(), "{column}: {path}: {status}");
            seen.push(path);
        }
        assert!(seen.len() > 4, "{column}: {seen:?}");
    }
}
