//! What every import shares: the file, its hash, its rows, and the list of all that is wrong.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use domain::number::Decimal;
use domain::period::Period;
use domain::refusal::{Breach, Limit, Location, Refusal, Refused};
use domain::text;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use store::WriteTx;
use store::imports::NewImport;

use crate::door::{self, Deed, Doer, Kind, payload};
use crate::error::Error;
use crate::secrets;

/// Refusals listed for one import; the rest are only counted.
pub const REFUSALS_MAX: usize = 200;

/// Notices listed for one import; the rest are only counted.
pub const NOTICES_MAX: usize = 200;

/// The largest text file of a pack, in bytes.
const TEXT_BYTES_MAX: u64 = 1 << 20;

/// A file to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The name shown to people.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

impl Input {
    /// A file under its own name.
    #[must_use]
    pub fn from_path(path: &Path) -> Self {
        let name = path.file_name().unwrap_or(path.as_os_str());
        Self { name: name.to_string_lossy().into_owned(), path: path.to_path_buf() }
    }

    /// Opens the file.
    pub(crate) fn open(&self) -> Result<File, Refused> {
        File::open(&self.path).map_err(|error| self.not_opened(&error))
    }

    /// The whole of a small text file.
    pub(crate) fn read_text(&self) -> Result<String, Refused> {
        let mut bytes = Vec::new();
        let mut file = self.open()?.take(TEXT_BYTES_MAX + 1);
        file.read_to_end(&mut bytes).map_err(|error| self.not_opened(&error))?;
        if bytes.len() as u64 > TEXT_BYTES_MAX {
            let why = Refusal::TooLarge { what: Limit::FileBytes, limit: TEXT_BYTES_MAX };
            return Err(self.refused(why));
        }
        let text = String::from_utf8(bytes).map_err(|_| self.refused(Refusal::NotUtf8))?;
        Ok(text::nfc(&text))
    }

    /// The file's SHA-256 in hexadecimal, and its size in bytes.
    pub(crate) fn fingerprint(&self) -> Result<(String, u64), Refused> {
        let mut reader = BufReader::with_capacity(1 << 16, self.open()?);
        let mut hash = Sha256::new();
        let mut buffer = vec![0_u8; 1 << 16];
        let mut bytes = 0_u64;
        loop {
            let count = reader.read(&mut buffer).map_err(|error| self.not_opened(&error))?;
            if count == 0 {
                break;
            }
            hash.update(buffer.get(..count).unwrap_or_default());
            bytes += count as u64;
        }
        Ok((secrets::hex(&hash.finalize()), bytes))
    }

    /// A refusal that concerns the whole file.
    pub(crate) fn refused(&self, why: Refusal) -> Refused {
        Refused { at: Location { file: self.name.clone(), ..Location::default() }, why }
    }

    fn not_opened(&self, error: &std::io::Error) -> Refused {
        self.refused(Refusal::FileNotOpened { detail: error.to_string() })
    }
}

/// Something worth knowing that stops nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The same file was imported before; nothing changed.
    AlreadyImported {
        /// The file.
        file: String,
        /// When, in epoch milliseconds.
        imported_ms: i64,
        /// How many of its submissions were corrected since by another file.
        corrected: u64,
    },
    /// A unit that the list shows only from a later day was taken to exist from an earlier one.
    TakenToExistEarlier {
        /// The unit's code.
        code: String,
        /// Its name.
        name: String,
        /// The day its list says.
        listed_from: Date,
        /// The day it is needed from.
        needed_from: Date,
    },
    /// The units below a unit moved with it to its heir.
    MovedWithParent {
        /// The unit's code.
        code: String,
        /// Its name, which may be that of the heir, too.
        parent: String,
        /// The heir's name.
        heir: String,
        /// How many units moved.
        units: usize,
    },
    /// Units below a split unit, for which somebody must say where they belong.
    LeftWithoutParent {
        /// The split unit's name.
        parent: String,
        /// How many units.
        units: usize,
    },
    /// A column that is no item was passed over.
    ColumnPassedOver {
        /// Where its header stands.
        at: Location,
        /// The header.
        header: String,
    },
    /// The total row of a sheet differs from the sum of its rows; the rows count.
    TotalRowDiffers {
        /// Where.
        at: Location,
        /// The item's code.
        item: String,
        /// The sum of the rows.
        sum: String,
        /// The total as given.
        total: String,
    },
    /// A hidden sheet was passed over.
    HiddenSheetPassedOver {
        /// Where.
        at: Location,
    },
    /// Figures of a period that has begun and not ended were taken.
    PeriodNotEnded {
        /// The file.
        file: String,
        /// The period.
        period: Period,
        /// Its last day.
        last: Date,
    },
    /// Empty cells where figures were reported before; those stay.
    EmptyCellsKept {
        /// The file.
        file: String,
        /// How many.
        cells: usize,
        /// The first few of them, without their file.
        places: Vec<Location>,
    },
    /// Photographs beside what a file corrects; they stay beside the correction.
    PhotographsKept {
        /// The file.
        file: String,
        /// How many.
        photographs: usize,
    },
    /// A withdrawal where nothing was reported.
    NothingToWithdraw {
        /// Where.
        at: Location,
        /// The item's code.
        item: String,
    },
    /// Figures that break a rule and may still be right.
    RuleDoubted {
        /// Where the first of them stands.
        at: Location,
        /// The rule and the figures.
        breach: Breach,
    },
    /// A figure that is many times that of the period before.
    ManyTimesBefore {
        /// Where.
        at: Location,
        /// The item's code.
        item: String,
        /// The unit's code.
        unit: String,
        /// How many times, rounded down.
        times: i64,
        /// The figure.
        value: Decimal,
        /// That of the period before.
        before: Decimal,
    },
    /// Notices beyond those listed; always the last.
    More {
        /// How many.
        count: u64,
    },
}

/// Adds a notice to those of an import; beyond [`NOTICES_MAX`] they are only counted.
pub(crate) fn note(notices: &mut Vec<Notice>, notice: Notice) {
    if let Some(Notice::More { count }) = notices.last_mut() {
        *count += 1;
    } else if notices.len() < NOTICES_MAX {
        notices.push(notice);
    } else {
        notices.push(Notice::More { count: 1 });
    }
}

/// Collects every reason why an import is refused, each with its place.
#[derive(Debug, Default)]
pub(crate) struct Refusals {
    listed: Vec<Refused>,
    unlisted: u64,
}

impl Refusals {
    pub(crate) fn add(&mut self, at: Location, why: Refusal) {
        self.push(Refused { at, why });
    }

    pub(crate) fn push(&mut self, refused: Refused) {
        if self.listed.len() < REFUSALS_MAX {
            self.listed.push(refused);
        } else {
            self.unlisted += 1;
        }
    }

    /// Takes the value out of a result, or notes why there is none.
    pub(crate) fn take<T>(&mut self, result: Result<T, Refused>) -> Option<T> {
        result.map_err(|refused| self.push(refused)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// How many reasons were noted so far.
    pub(crate) fn count(&self) -> u64 {
        self.listed.len() as u64 + self.unlisted
    }

    /// Puts what is listed in the order in which people will mend it: by row and column within each
    /// sheet of each file. Files and sheets stay in the order in which they were first named.
    pub(crate) fn order_by_place(&mut self) {
        let mut seen: Vec<(String, String)> = Vec::new();
        self.listed.sort_by_cached_key(|Refused { at, .. }| {
            let sheet = (at.file.clone(), at.sheet.clone());
            let known = seen.iter().position(|known| *known == sheet);
            let place = known.unwrap_or_else(|| {
                seen.push(sheet);
                seen.len() - 1
            });
            (place, at.row, at.column)
        });
    }

    /// Everything noted, as one error.
    pub(crate) fn into_result(mut self) -> Result<(), Error> {
        if self.listed.is_empty() {
            return Ok(());
        }
        if self.unlisted > 0 {
            let why = Refusal::TooLarge { what: Limit::Refusals, limit: REFUSALS_MAX as u64 };
            self.listed.push(Refused { at: Location::default(), why });
        }
        Err(Error::Refused(self.listed))
    }
}

/// A file that has arrived and was not seen before.
#[derive(Debug)]
pub(crate) struct Arrival {
    kind: Kind,
    file_name: String,
    sha256: String,
    bytes: u64,
}

impl Arrival {
    /// Looks at a file; none when it cannot be read (noted) or was imported before (noted too).
    pub(crate) fn of(
        tx: &mut WriteTx,
        kind: Kind,
        input: &Input,
        refusals: &mut Refusals,
        notices: &mut Vec<Notice>,
    ) -> Result<Option<Self>, Error> {
        let Some((sha256, bytes)) = refusals.take(input.fingerprint()) else { return Ok(None) };
        if let Some(known) = store::imports::find(tx, &sha256, word(kind))? {
            let file = input.name.clone();
            let corrected = store::submissions::corrected_since(tx, known.id)?;
            let imported_ms = known.imported_ms;
            notices.push(Notice::AlreadyImported { file, imported_ms, corrected });
            return Ok(None);
        }
        Ok(Some(Self { kind, file_name: input.name.clone(), sha256, bytes }))
    }

    /// The file's SHA-256 in hexadecimal.
    pub(crate) fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The file's name.
    pub(crate) fn file_name(&self) -> &str {
        &self.file_name
    }

    /// Records the import, in its table and in the ledger; gives back its number.
    pub(crate) fn record(
        self,
        tx: &mut WriteTx,
        who: Doer,
        rows: usize,
        now_ms: i64,
    ) -> Result<i64, Error> {
        let new = NewImport {
            kind: word(self.kind).to_owned(),
            file_name: self.file_name,
            sha256: self.sha256,
            bytes: i64::try_from(self.bytes).unwrap_or(i64::MAX),
            rows: i64::try_from(rows).unwrap_or(i64::MAX),
            imported_ms: now_ms,
        };
        let id = store::imports::insert(tx, &new)?;
        let content = payload::import(&new.numbered(id));
        door::record(tx, who, now_ms, Deed::new(self.kind, id.to_string(), content))?;
        Ok(id)
    }
}

/// How the table of imports names what a file held: the first word of the deed.
fn word(kind: Kind) -> &'static str {
    kind.action().split('.').next().unwrap_or_default()
}
