//! The site: what every handler can reach, and the one way from a question to an answered request.

use std::sync::Arc;

use actions::accounts::Moment;
use actions::answer::AsOf;
use actions::entrance::Entrance;
use actions::error::Error;
use actions::snapshot::Snapshot;
use actions::workspace::{Defaults, Workspace};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, SET_COOKIE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use domain::access::{Actor, Right};
use domain::hook::Reach;
use domain::item::Bilingual;
use domain::refusal::{Noun, Refusal};
use domain::unit::UnitId;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::error;
use super::frame::Frame;
use super::links::Choice;
use super::visit::{LANG_KEY, Visit, unit_id};
use crate::nightly::Checks;
use crate::provider::Provider;
use crate::wording::{Lang, places};

/// What every handler can reach.
#[derive(Debug, Clone)]
pub struct Site {
    /// The figures.
    pub workspace: Arc<Workspace>,
    /// The door for people.
    pub entrance: Entrance,
    /// Whom strangers count as; nobody, except over sample data that everyone may look at.
    pub guest: Option<Actor>,
    /// The office's time zone.
    pub zone: TimeZone,
    /// The clock, in epoch milliseconds.
    pub clock: fn() -> i64,
    /// Where people reach the pages, such as `https://so-lieu.example.gov.vn`; none when they come to
    /// this program itself.
    pub address: Option<String>,
    /// The identity provider through which people may sign in.
    pub provider: Option<Arc<Provider>>,
    /// The address that mails come from; none where the office has no mail server.
    pub sender: Option<String>,
    /// Which webhooks may be made and sent to.
    pub hooks: Reach,
    /// What the nightly check found.
    pub checks: Checks,
}

/// What a page is built from.
#[derive(Debug)]
pub struct Desk<'a> {
    /// The figures.
    pub workspace: &'a Workspace,
    /// The office's time zone.
    pub zone: &'a TimeZone,
    /// What is asked for.
    pub visit: &'a Visit,
    /// What a first page opens on: of the units that whoever asks may see.
    pub defaults: Defaults,
    /// The day it is in the office.
    pub today: Date,
}

impl Desk<'_> {
    /// Who asks.
    ///
    /// # Errors
    /// A stranger.
    pub fn actor(&self) -> Result<&Actor, Error> {
        self.visit.actor(Right::SeeFigures)
    }

    /// Checks that whoever asks may see a unit.
    ///
    /// # Errors
    /// They may not.
    pub fn see(&self, unit: UnitId) -> Result<(), Error> {
        let snapshot = self.workspace.snapshot()?;
        snapshot.check(self.actor()?, Right::SeeFigures, Some(unit), self.today)
    }

    /// The language to answer in.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.visit.lang
    }

    /// The unit, span and tree asked for.
    ///
    /// # Errors
    /// A parameter that cannot be read, or a unit that does not exist.
    pub fn choice(&self) -> Result<Choice, Error> {
        self.known(self.visit.choice(&self.defaults)?)
    }

    /// The span and tree asked for, for the unit named in the path.
    ///
    /// # Errors
    /// A parameter that cannot be read, or a unit that does not exist.
    pub fn choice_of_unit(&self, id: &str) -> Result<Choice, Error> {
        let choice = self.visit.span_and_tree(&self.defaults)?;
        self.known(choice.at(unit_id(id)?))
    }

    fn known(&self, choice: Choice) -> Result<Choice, Error> {
        if self.workspace.snapshot()?.units.last_version(choice.unit).is_none() {
            let key = choice.unit.0.to_string();
            return Err(Refusal::NotFound { noun: Noun::Unit, key }.into());
        }
        self.see(choice.unit)?;
        Ok(choice)
    }

    /// Opens first pages on a unit of one's own when the office's is not for whoever asks.
    fn open_on_own_unit(&mut self) -> Result<(), Error> {
        let Some(actor) = &self.visit.arrival.actor else { return Ok(()) };
        let snapshot = self.workspace.snapshot()?;
        self.defaults.unit = first_unit(&snapshot, actor, self.defaults.unit, self.today);
        Ok(())
    }

    /// A frame with the sample mark and the data's reach filled in.
    #[must_use]
    pub fn frame(&self, as_of: &AsOf) -> Frame {
        marked(Frame::new(self.visit).reaching(as_of, self.zone), &self.defaults.sample)
    }
}

impl Site {
    /// Now, in epoch milliseconds.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        (self.clock)()
    }

    /// Now, as those who do something need it.
    #[must_use]
    pub fn moment(&self) -> Moment {
        Moment { now_ms: self.now_ms(), today: self.today() }
    }

    /// The day it is in the office.
    #[must_use]
    pub fn today(&self) -> Date {
        jiff::Timestamp::from_millisecond(self.now_ms())
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned(self.zone.clone())
            .date()
    }

    /// The unit that a page about units opens on: the office's, or one's own when that is not for
    /// whoever asks.
    ///
    /// # Errors
    /// The database failed, or there is no unit yet.
    pub fn first_unit(&self, actor: &Actor) -> Result<UnitId, Error> {
        let office = self.workspace.defaults()?.unit;
        Ok(first_unit(&*self.workspace.snapshot()?, actor, office, self.today()))
    }

    /// When a day begins and ends in the office, in epoch milliseconds.
    #[must_use]
    pub fn span_of(&self, day: Date) -> Option<(i64, i64)> {
        let begins = |day: Date| {
            let instant = day.to_zoned(self.zone.clone()).ok()?.timestamp();
            Some(instant.as_millisecond())
        };
        Some((begins(day)?, begins(day.tomorrow().ok()?)?))
    }

    /// The beginning of every address that is printed or sent to somebody.
    #[must_use]
    pub fn root(&self, headers: &HeaderMap) -> String {
        let host = || headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
        // Without a server before it, the program is reached on this machine only, in plain HTTP.
        self.address.clone().unwrap_or_else(|| format!("http://{}", host()))
    }

    /// A frame for a page about people, with the sample mark.
    ///
    /// # Errors
    /// The database failed.
    pub fn frame(&self, visit: &Visit) -> Result<Frame, Error> {
        Ok(marked(Frame::new(visit), &self.workspace.snapshot()?.sample))
    }

    /// Answers with a page: 304 when the browser has this version, else what `build` draws, away
    /// from the threads that serve connections.
    pub async fn page<Build>(self, visit: Visit, build: Build) -> Response
    where
        Build: FnOnce(&Desk<'_>) -> Result<String, Error> + Send + 'static,
    {
        self.text(HTML, visit, build).await
    }

    /// Answers with a text of some kind, as [`Self::page`] does with a page.
    pub async fn text<Build>(self, kind: &'static str, visit: Visit, build: Build) -> Response
    where
        Build: FnOnce(&Desk<'_>) -> Result<String, Error> + Send + 'static,
    {
        let language = visit.lang_chosen;
        let lang = visit.lang;
        let frame = Frame::new(&visit);
        let work = tokio::task::spawn_blocking(move || self.answer(kind, &visit, build));
        let mut response = match work.await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => error::answer(&error, frame),
            Err(stopped) => error::answer(&Error::Fault(stopped.to_string()), frame),
        };
        let headers = response.headers_mut();
        headers.insert(VARY, HeaderValue::from_static("accept-language, cookie"));
        if language.is_some() {
            let cookie = format!(
                "{LANG_KEY}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
                lang.code()
            );
            headers.extend(HeaderValue::try_from(cookie).ok().map(|value| (SET_COOKIE, value)));
        }
        response
    }

    fn answer<Build>(
        &self,
        kind: &'static str,
        visit: &Visit,
        build: Build,
    ) -> Result<Response, Error>
    where
        Build: FnOnce(&Desk<'_>) -> Result<String, Error>,
    {
        let tag = tag(&self.workspace.version()?, visit);
        if visit.if_none_match.as_deref() == Some(tag.as_str()) {
            return Ok(tagged(StatusCode::NOT_MODIFIED.into_response(), &tag));
        }
        let (defaults, today) = (self.workspace.defaults()?, self.today());
        let mut desk =
            Desk { workspace: &self.workspace, zone: &self.zone, visit, defaults, today };
        desk.open_on_own_unit()?;
        let body = build(&desk)?;
        Ok(tagged(([(CONTENT_TYPE, kind)], body).into_response(), &tag))
    }
}

/// The office's unit, or one's own where that is not for whoever asks.
fn first_unit(snapshot: &Snapshot, actor: &Actor, office: UnitId, today: Date) -> UnitId {
    if snapshot.check(actor, Right::SeeFigures, Some(office), today).is_ok() {
        return office;
    }
    let own = actor.units(Right::SeeFigures, today);
    own.into_iter().flatten().next().unwrap_or(office)
}

/// The frame with the mark of sample data.
fn marked(frame: Frame, sample: &Bilingual) -> Frame {
    let sample = frame.lang.of(sample);
    // The mark itself stands before the note, so the note need not repeat it.
    let mark = format!("{}: ", frame.t("sample-mark"));
    let sample = places::capitalised(sample.strip_prefix(&mark).unwrap_or(sample));
    Frame { sample, ..frame }
}

const HTML: &str = "text/html; charset=utf-8";

/// A page as a response.
#[must_use]
pub fn html(status: StatusCode, page: String) -> Response {
    (status, [(CONTENT_TYPE, HTML)], page).into_response()
}

/// The version of a page: the data's, the language's, the program's and the reader's.
fn tag(as_of: &AsOf, visit: &Visit) -> String {
    let program = super::assets::version();
    let session = visit.arrival.visitor.as_ref().map_or(0, |visitor| visitor.session.id);
    let AsOf { import, changed_ms, plan, deed } = as_of;
    let lang = visit.lang.code();
    format!("\"{import}-{changed_ms}-{plan}-{deed}-{lang}-{session}-{program}\"")
}

fn tagged(mut response: Response, tag: &str) -> Response {
    let headers = response.headers_mut();
    headers.extend(HeaderValue::try_from(tag).ok().map(|value| (ETAG, value)));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}
