//! The words are complete in both languages, and print as the tables of the project say.

mod completeness;
mod printing;
mod refusing;
mod refusing_tasks;
