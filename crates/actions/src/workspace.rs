//! A database with its snapshot: the door through which the program reaches everything.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use domain::access::Actor;
use domain::period::Period;
use domain::refusal::{Noun, Refusal};
use domain::unit::UnitId;
use formats::sheet::{SheetError, Workbook};
use formats::written::{Written, WrittenError};
use jiff::civil::Date;
use store::{Database, WriteTx};

use crate::answer::{
    AsOf, FigurePage, IndicatorPage, Overview, SubmissionPage, UnitName, UnitPage, View,
};
use crate::difficulties::DifficultyBook;
use crate::door;
use crate::error::Error;
use crate::figures::{self, FigureImport};
use crate::imports::Input;
use crate::packs::{self, PackFile, PackImport};
use crate::reorganisations::{self, Event, ReorganisationImport};
use crate::reports::{Asked, Report};
use crate::search::{self, Hit};
use crate::snapshot::Snapshot;
use crate::tasks::TaskBook;
use crate::units::{self, UnitImport};
use crate::worker::{self, Allowance};
use crate::{indicators, overview, provenance, reports};

/// How often a change begins again because the plan has changed meanwhile.
const PLANS_MAX: usize = 8;

/// How workbooks are opened.
#[derive(Debug, Clone)]
pub enum Opener {
    /// In this process; for tests and tools that trust their files.
    Here,
    /// In a process of their own, which a hostile file may bring down alone.
    Child {
        /// The program that answers with what it read.
        program: PathBuf,
        /// Its arguments.
        arguments: Vec<String>,
    },
}

/// A database, and the figures and the tree in memory as they stood after the newest import.
pub struct Workspace {
    pub(crate) database: Database,
    opener: Opener,
    newest: Mutex<Option<Arc<Snapshot>>>,
    tasks: Mutex<Arc<TaskBook>>,
    difficulties: Mutex<Arc<DifficultyBook>>,
    opening: Mutex<()>,
}

impl std::fmt::Debug for Workspace {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Workspace").field("opener", &self.opener).finish_non_exhaustive()
    }
}

impl Workspace {
    /// Opens a database by path or `postgres://` address; a file is made on first use.
    ///
    /// # Errors
    /// The database cannot be opened or is newer than this program.
    pub fn open(location: &str, opener: Opener) -> Result<Self, Error> {
        Ok(Self::over(Database::open(location)?, opener))
    }

    /// A workspace over a database that is open already.
    #[must_use]
    pub fn over(database: Database, opener: Opener) -> Self {
        Self {
            database,
            opener,
            newest: Mutex::new(None),
            tasks: Mutex::default(),
            difficulties: Mutex::default(),
            opening: Mutex::new(()),
        }
    }

    /// Takes in lists of units.
    ///
    /// # Errors
    /// See [`units::import`].
    pub fn import_units(&self, inputs: Vec<Input>, now_ms: i64) -> Result<UnitImport, Error> {
        self.database
            .write_blocking(move |tx| units::import(tx, &Actor::console(), &inputs, now_ms))
    }

    /// Takes in reorganisations.
    ///
    /// # Errors
    /// See [`reorganisations::import`].
    pub fn import_reorganisations(
        &self,
        inputs: Vec<Input>,
        event: Option<Event>,
        now_ms: i64,
    ) -> Result<ReorganisationImport, Error> {
        self.database.write_blocking(move |tx| {
            reorganisations::import(tx, &Actor::console(), &inputs, event.as_ref(), now_ms)
        })
    }

    /// Takes in a pack's folder.
    ///
    /// # Errors
    /// See [`packs::import`].
    pub fn import_pack(&self, folder: &Path, now_ms: i64) -> Result<PackImport, Error> {
        let folder = folder.to_path_buf();
        self.database
            .write_blocking(move |tx| packs::import(tx, &Actor::console(), &folder, now_ms))
    }

    /// The whole configuration as the files of a pack.
    ///
    /// # Errors
    /// See [`packs::export`].
    pub fn export_pack(&self) -> Result<Vec<PackFile>, Error> {
        self.database.read_blocking(packs::export)
    }

    /// Takes in files of figures.
    ///
    /// # Errors
    /// See [`figures::import`].
    pub fn import_figures(
        &self,
        inputs: Vec<Input>,
        now_ms: i64,
        mut progress: impl FnMut(&str) + Send + 'static,
    ) -> Result<FigureImport, Error> {
        let opener = self.opener.clone();
        self.database.write_blocking(move |tx| {
            let open = |bytes: Vec<u8>| open_workbook(&opener, bytes);
            figures::import(tx, &Actor::console(), &inputs, &open, now_ms, &mut progress)
        })
    }

    /// The newest snapshot. One reader brings it up to date for all who wait.
    ///
    /// # Errors
    /// The database failed.
    pub fn snapshot(&self) -> Result<Arc<Snapshot>, Error> {
        let as_of = self.version()?;
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        let before = newest.as_ref().map(Arc::clone);
        if let Some(before) = before.as_ref().filter(|before| before.as_of.reaches(&as_of)) {
            return Ok(Arc::clone(before));
        }
        let snapshot = Arc::new(self.database.read_blocking(move |tx| match before {
            Some(before) => before.next(tx),
            None => Snapshot::load(tx),
        })?);
        *newest = Some(Arc::clone(&snapshot));
        Ok(snapshot)
    }

    /// All tasks as they stand now. One reader brings them up to date for all who wait.
    ///
    /// # Errors
    /// The database failed.
    pub(crate) fn task_book(&self) -> Result<Arc<TaskBook>, Error> {
        let mut newest = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        let before = Arc::clone(&newest);
        let book = self.database.read_blocking(move |tx| before.brought_up(tx))?;
        if let Some(book) = book {
            *newest = Arc::new(book);
        }
        Ok(Arc::clone(&newest))
    }

    /// All difficulties as they stand now, brought up to date as tasks are.
    ///
    /// # Errors
    /// The database failed.
    pub(crate) fn difficulty_book(&self) -> Result<Arc<DifficultyBook>, Error> {
        let mut newest = self.difficulties.lock().unwrap_or_else(PoisonError::into_inner);
        let before = Arc::clone(&newest);
        let book = self.database.read_blocking(move |tx| before.brought_up(tx))?;
        if let Some(book) = book {
            *newest = Arc::new(book);
        }
        Ok(Arc::clone(&newest))
    }

    /// A snapshot with the newest units, forms and items, whose figures may be older: for those who
    /// change something, which rests on what the database has.
    ///
    /// # Errors
    /// The database failed.
    pub(crate) fn planned(&self) -> Result<Arc<Snapshot>, Error> {
        let plan = self.database.read_blocking(crate::snapshot::plan)?;
        let newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match newest.filter(|snapshot| snapshot.as_of.plan >= plan) {
            Some(snapshot) => Ok(snapshot),
            None => self.snapshot(),
        }
    }

    /// Changes something that rests on the plan: with a snapshot whose units, forms and items are
    /// those that the change itself sees, and whose figures may be older.
    ///
    /// # Errors
    /// What the change gives back; or the database failed, or the plan changed again and again.
    pub(crate) fn write_blocking_by_plan<T: Send + 'static>(
        &self,
        change: impl Fn(&mut WriteTx<'_>, &Snapshot) -> Result<T, Error> + Send + Sync + 'static,
    ) -> Result<T, Error> {
        let change = Arc::new(change);
        let known = self.newest.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut known = known.map_or_else(|| self.snapshot(), Ok)?;
        for _ in 0..PLANS_MAX {
            let (change, snapshot) = (Arc::clone(&change), Arc::clone(&known));
            let done = self.database.write_blocking(move |tx| {
                let is_newest = door::plan(tx)? == snapshot.as_of.plan;
                is_newest.then(|| change(tx, &snapshot)).transpose()
            })?;
            match done {
                Some(done) => return Ok(done),
                None => known = self.snapshot()?,
            }
        }
        Err(store::Error::TooBusy.into())
    }

    /// How far the data reach: the version of every page.
    ///
    /// # Errors
    /// The database failed.
    pub fn version(&self) -> Result<AsOf, Error> {
        self.database.read_blocking(crate::snapshot::as_of)
    }

    /// The unit and the period that a first page opens on.
    ///
    /// # Errors
    /// The database failed, or there is no unit yet.
    pub fn defaults(&self) -> Result<Defaults, Error> {
        let snapshot = self.snapshot()?;
        let missing = || Refusal::NotFound { noun: Noun::Unit, key: String::new() };
        let unit = snapshot.default_unit().ok_or_else(missing)?;
        Ok(Defaults {
            unit,
            period: snapshot.default_period(),
            sample: snapshot.sample.clone(),
            thresholds: snapshot.thresholds,
        })
    }

    /// The overview of a unit.
    ///
    /// # Errors
    /// See [`overview::overview`].
    pub fn overview(&self, unit: UnitId, period: Period, view: View) -> Result<Overview, Error> {
        overview::overview(&*self.snapshot()?, unit, period, view)
    }

    /// The page of an indicator; rows of a level, by default the next one below.
    ///
    /// # Errors
    /// See [`indicators::page`].
    pub fn indicator_page(
        &self,
        code: &str,
        unit: UnitId,
        period: Period,
        view: View,
        level: Option<&str>,
    ) -> Result<IndicatorPage, Error> {
        indicators::page(&*self.snapshot()?, code, unit, period, view, level)
    }

    /// The page of a unit.
    ///
    /// # Errors
    /// See [`units::page`].
    pub fn unit_page(&self, unit: UnitId, period: Period, view: View) -> Result<UnitPage, Error> {
        units::page(&*self.snapshot()?, unit, period, view)
    }

    /// The page of a figure: what it rests on.
    ///
    /// # Errors
    /// See [`provenance::figure_page`].
    pub fn figure_page(
        &self,
        code: &str,
        unit: UnitId,
        period: Period,
        view: View,
    ) -> Result<FigurePage, Error> {
        let snapshot = self.snapshot()?;
        let code = code.to_owned();
        self.database.read_blocking(move |tx| {
            provenance::figure_page(tx, &snapshot, &code, unit, period, view)
        })
    }

    /// The page of a submission: all its figures, and its other revisions.
    ///
    /// # Errors
    /// See [`provenance::submission_page`].
    pub fn submission_page(&self, id: &str) -> Result<SubmissionPage, Error> {
        let snapshot = self.snapshot()?;
        let id = id.to_owned();
        self.database.read_blocking(move |tx| provenance::submission_page(tx, &snapshot, &id))
    }

    /// The unit with a code on a day, or the one that had it last.
    ///
    /// # Errors
    /// No unit ever had the code.
    pub fn find_unit(&self, code: &str, on: Option<Date>) -> Result<UnitId, Error> {
        self.snapshot()?.find_unit(code, on)
    }

    /// A unit as it is called on a day, or was last.
    ///
    /// # Errors
    /// The database failed.
    pub fn unit_name(&self, unit: UnitId, on: Date) -> Result<UnitName, Error> {
        Ok(self.snapshot()?.name(unit, on))
    }

    /// A report with all its figures.
    ///
    /// # Errors
    /// See [`reports::build`].
    pub fn report(&self, template: &str, asked: &Asked) -> Result<Report, Error> {
        reports::build(&*self.snapshot()?, template, asked)
    }

    /// What an actor may see, by parts of its name, without regard to diacritics.
    ///
    /// # Errors
    /// The database failed.
    pub fn search(&self, who: &Actor, today: Date, text: &str) -> Result<Vec<Hit>, Error> {
        let saying = self.directives_saying(text)?;
        Ok(search::search(&*self.snapshot()?, who, today, (text, &saying)))
    }
}

/// The unit and the period that a first page opens on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defaults {
    /// The unit.
    pub unit: UnitId,
    /// The span.
    pub period: Period,
    /// The mark of sample data; empty words for real data.
    pub sample: domain::item::Bilingual,
    /// Where behind and far behind begin.
    pub thresholds: domain::status::Thresholds,
}

impl Workspace {
    /// Reads what a document says. One at a time, as filled forms are opened.
    pub(crate) fn read_written(&self, bytes: &[u8]) -> Result<Written, WrittenError> {
        let _one_at_a_time = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        match &self.opener {
            Opener::Here => formats::written::read(bytes),
            Opener::Child { program, arguments } => {
                let arguments = arguments.iter().map(String::as_str);
                let arguments: Vec<&str> = arguments.chain([worker::WRITTEN]).collect();
                let allowance = &Allowance::WRITTEN;
                worker::read_written_in_child(program, &arguments, bytes.to_vec(), allowance)
            }
        }
    }

    /// Opens a filled form. One at a time, so that many together cost no more memory than one.
    pub(crate) fn open_form(&self, bytes: Vec<u8>) -> Result<Workbook, Error> {
        let _one_at_a_time = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        let limits = formats::xlsx::Limits::FORM;
        let workbook = match &self.opener {
            Opener::Here => formats::xlsx::read_workbook(&bytes, &limits),
            Opener::Child { program, arguments } => {
                let arguments = arguments.iter().map(String::as_str);
                let arguments: Vec<&str> = arguments.chain([worker::FORM]).collect();
                worker::read_in_child(program, &arguments, bytes, &Allowance::FORM)
            }
        };
        workbook.map_err(|why| Error::Refused(vec![figures::sheets::refused("", why)]))
    }
}

fn open_workbook(opener: &Opener, bytes: Vec<u8>) -> Result<Workbook, SheetError> {
    match opener {
        Opener::Here => formats::xlsx::read_workbook(&bytes, &formats::xlsx::Limits::default()),
        Opener::Child { program, arguments } => {
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            worker::read_in_child(program, &arguments, bytes, &Allowance::default())
        }
    }
}
