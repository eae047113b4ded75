//! What the command line says: answers on standard output, troubles and progress on standard error.

use std::io::{IsTerminal as _, Write as _};
use std::time::Duration;

use actions::error::Error;
use actions::imports::Notice;
use indicatif::{ProgressBar, ProgressStyle};

use crate::wording::{Lang, database, notices, refusals};

/// Notices shown one by one; the rest are only counted.
const NOTICES_MAX: usize = 20;

/// Where the command line talks to.
#[derive(Debug)]
pub(super) struct Output {
    /// The language of answers.
    pub(super) lang: Lang,
}

impl Output {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang }
    }

    /// A line of the answer.
    pub(super) fn line(&mut self, text: &str) {
        // Somebody who closes the pipe has read enough.
        drop(writeln!(std::io::stdout(), "{text}"));
    }

    /// A line beside the answer.
    pub(super) fn aside(&mut self, text: &str) {
        drop(writeln!(std::io::stderr(), "{text}"));
    }

    /// Why the command did not do what was asked.
    pub(super) fn error(&mut self, error: &Error) {
        match error {
            Error::Refused(reasons) => {
                self.aside(&self.lang.tell(
                    "cli-refused",
                    [("count", i64::try_from(reasons.len()).unwrap_or(i64::MAX).into())],
                ));
                for refused in reasons {
                    self.aside(&format!("  • {}", refusals::sentence(refused, self.lang)));
                }
            }
            Error::Database(error) => self.aside(&database::sentence(error, self.lang)),
            Error::Fault(text) => self.aside(text),
        }
    }

    /// What is worth knowing.
    pub(super) fn notices(&mut self, notices: &[Notice]) {
        for notice in notices.iter().take(NOTICES_MAX) {
            self.aside(&format!("  · {}", notices::sentence(notice, self.lang)));
        }
        let unlisted = notices.iter().skip(NOTICES_MAX).map(|notice| match notice {
            Notice::More { count } => *count,
            _ => 1,
        });
        let more: u64 = unlisted.sum();
        if more > 0 {
            let more = i64::try_from(more).unwrap_or(i64::MAX);
            self.aside(&format!(
                "  · {}",
                self.lang.tell("cli-more-notices", [("count", more.into())])
            ));
        }
    }

    /// A bar over a number of steps; nothing is drawn when nobody watches.
    pub(super) fn bar(&self, steps: usize, title: &str) -> ProgressBar {
        if !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(u64::try_from(steps).unwrap_or(u64::MAX));
        let style = ProgressStyle::with_template("  {prefix} {bar:24} {pos}/{len} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_prefix(title.to_owned());
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }
}
