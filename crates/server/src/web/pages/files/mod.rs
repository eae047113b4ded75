//! Kept files: handing one out, listing those of a page, and what its forms do with them.

use actions::error::Error;
use actions::kept_files::{Brought, Files, Listed};
use axum::extract::{Path, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse as _, Response};
use domain::access::Right;
use domain::kept_file::{BYTES_MAX, Belongs, FileId, KeepingProblem, KeptFile};

use crate::web::links;
use crate::web::pages::entry::by;
use crate::web::received::{Bounds, File, Received, receive};
use crate::web::site::Site;
use crate::web::turn::{Turn, field, mend};
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, files as words, periods};

/// What a file may do that a browser opens all the same: nothing.
const POLICY: &str = "default-src 'none'; sandbox";

/// One file, and why one is taken away.
const BOUNDS: Bounds =
    Bounds { fields_bytes_max: 64 * 1024, files: "file", file_bytes_max: BYTES_MAX, files_max: 1 };

/// The files of a directive or a task, as its page shows them.
pub struct FilesView {
    /// What they are called here.
    pub heading: String,
    /// Those that are there.
    pub there: Vec<FileView>,
    /// Those that another one replaced or that were taken away.
    pub older: Vec<FileView>,
    /// How many of those there are, in words.
    pub older_heading: String,
    /// Where forms about them are sent; empty for those who change none.
    pub action: String,
    /// What can be brought.
    pub hint: String,
}

impl FilesView {
    /// Whether there is anything to see or to do.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        !self.there.is_empty() || !self.older.is_empty() || !self.action.is_empty()
    }
}

/// A file on one line.
pub struct FileView {
    /// Its number.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// Where it is got; empty when it was taken away.
    pub href: String,
    /// What it is, how large, and who brought it when.
    pub about: String,
    /// What became of it, or that it cannot be searched.
    pub note: String,
}

/// `GET /files/{id}`
pub async fn show(State(site): State<Site>, Path(id): Path<String>, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        let who = visit.actor(Right::SeeFigures)?;
        let (file, content) = site.workspace.kept_file(who, site.moment(), &id)?;
        Ok(Turn::Other(answer(&file, content, visit)))
    })
    .await
}

/// Browsers save it and never show it in place. Whoever keeps it asks again each time, because what one
/// may see can end.
fn answer(file: &KeptFile, content: Vec<u8>, visit: &Visit) -> Response {
    let tag = format!("\"{}\"", file.sha256.as_str());
    let name = links::escaped(&file.name);
    let headers: [(HeaderName, String); 5] = [
        (CONTENT_TYPE, file.kind.media_type().to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")),
        (CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (CACHE_CONTROL, "private, no-cache".to_owned()),
        (ETAG, tag.clone()),
    ];
    if visit.if_none_match.as_deref() == Some(tag.as_str()) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (StatusCode::OK, headers, content).into_response()
}

/// Does what a form about files asks for and goes back to the page, or draws it with what has to be
/// mended.
pub async fn act(
    (site, visit, request): (Site, Visit, Request),
    (belongs, home): (Belongs, String),
    page: impl FnOnce(&Site, &Visit, Vec<String>) -> Result<String, Error> + Send + 'static,
) -> Response {
    let received = match receive(request, BOUNDS).await {
        Ok(received) => received,
        Err(status) => return status.into_response(),
    };
    site.act(visit, move |site, visit| {
        site.check_form(visit, field(&received.pairs, "form_secret"))?;
        match change(site, visit, belongs, received) {
            Ok(done) => Ok(Turn::Go(format!("{home}?done={done}#files"))),
            Err(error) => mend(error, visit.lang, |problems| page(site, visit, problems)),
        }
    })
    .await
}

/// Keeps a file, or takes one away; gives back what was done, as the page's address says it.
fn change(
    site: &Site,
    visit: &Visit,
    belongs: Belongs,
    received: Received,
) -> Result<&'static str, Error> {
    let (who, moment) = (&visit.visitor()?.actor, site.moment());
    let pairs = &received.pairs;
    let removed = field(pairs, "removed").to_owned();
    if !removed.is_empty() {
        let reason = field(pairs, "reason").to_owned();
        site.entrance.take_file_away(who, moment, (&removed, reason))?;
        return Ok("file-removed");
    }
    let replaces = field(pairs, "replaces").parse().ok().map(FileId);
    let brought = match received.files.into_iter().next() {
        None => return Err(KeepingProblem::Nothing.into()),
        Some(File::TooLarge | File::TooMany) => return Err(KeepingProblem::TooLarge.into()),
        Some(File::Whole { name, bytes }) => Brought { name, bytes, replaces },
    };
    site.entrance.keep_file(who, moment, belongs, brought)?;
    Ok("file")
}

/// What the page says after a form about files; empty for other visits.
#[must_use]
pub fn done(visit: &Visit) -> String {
    match visit.parameter("done") {
        Some("file") => visit.lang.say("files-kept"),
        Some("file-removed") => visit.lang.say("files-removed"),
        Some(_) | None => String::new(),
    }
}

/// The files of something whose page is at `home`.
///
/// # Errors
/// The reader may not see it, or the database failed.
pub fn of(site: &Site, visit: &Visit, belongs: Belongs, home: &str) -> Result<FilesView, Error> {
    let who = visit.actor(Right::SeeFigures)?;
    let heading = visit.lang.say(match &belongs {
        Belongs::Directive(_) => "files-heading",
        Belongs::Task(_) => "files-products",
    });
    let Files { listed, may_change } = site.workspace.files_of(who, site.moment(), belongs)?;
    let view = |one: &Listed| view(one, &listed, site, visit.lang);
    let is_there = |one: &&Listed| one.file.removed.is_none() && one.replaced_by.is_none();
    let there: Vec<FileView> = listed.iter().filter(is_there).map(view).collect();
    let older = listed.iter().filter(|one| !is_there(one));
    let older: Vec<FileView> = older.map(view).collect();
    let count = [("count", Gap::from(older.len()))];
    Ok(FilesView {
        heading,
        there,
        older_heading: visit.lang.tell("files-older", count),
        older,
        action: if may_change { format!("{home}/files") } else { String::new() },
        hint: words::hint(visit.lang),
    })
}

fn view(one: &Listed, all: &[Listed], site: &Site, lang: Lang) -> FileView {
    let file = &one.file;
    let moment = |ms: i64| Gap::from(periods::moment(ms, &site.zone, lang));
    let gaps = [
        ("kind", Gap::from(words::kind(file.kind, lang))),
        ("size", words::size(file.bytes, lang).into()),
        ("name", by(&one.by, lang).into()),
        ("moment", moment(file.added_ms)),
    ];
    let newer = all.iter().find(|other| Some(other.file.id) == one.replaced_by);
    let note = match (&file.removed, newer) {
        (Some(removed), _) => {
            let gaps = [("moment", moment(removed.done_ms)), ("reason", (&*removed.reason).into())];
            lang.tell("file-removed", gaps)
        }
        (None, Some(newer)) => {
            lang.tell("file-replaced", [("name", Gap::from(newer.file.name.as_str()))])
        }
        (None, None) if words::may_have_text(file.kind) && !one.is_searchable => {
            lang.say("file-not-searchable")
        }
        (None, None) => String::new(),
    };
    FileView {
        id: file.id.0,
        name: file.name.clone(),
        href: if file.removed.is_none() { format!("/files/{}", file.id.0) } else { String::new() },
        about: lang.tell("file-about", gaps),
        note,
    }
}
