//! The verbs and the questions from outside: files in, figures and refusals out.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]
#![expect(clippy::panic, reason = "this is how a test fails")]

mod administrators;
mod attachments;
mod broken_files;
mod calendars;
mod calls;
mod collecting;
mod delegation;
mod denials;
mod difficulties;
mod directives;
mod door;
mod entrance;
mod figures_checks;
mod figures_csv;
mod figures_rules;
mod figures_titles;
mod figures_workbook;
mod following;
mod form_versions;
mod golden;
mod grid;
mod heads;
mod holidays;
mod hot_spots;
mod items;
mod locking;
mod national;
mod new_forms;
mod packs;
mod packs_given_out;
mod people;
mod provenance;
mod rates;
mod reorganisations;
mod reports;
mod restated;
mod reviewing;
mod setup;
mod task_templates;
mod tasks;
mod templates;
mod units;
mod urging;
mod verification;
