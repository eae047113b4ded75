//! The web from outside: pages, people, who may come where, and the accept loop.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]
#![expect(clippy::panic, reason = "this is how a test fails")]

mod access;
mod api;
mod around;
mod attachments;
mod browser;
mod calendar;
mod collecting;
mod confirming;
mod directives;
mod files;
mod forms;
mod giving;
mod grid;
mod heads;
mod hooks;
mod hostile;
mod hot_spots;
mod ledger;
mod mail;
mod mail_secrecy;
mod menus;
mod pages;
mod paper;
mod people;
mod phone;
mod pictures;
mod provider;
mod searching;
mod serving;
mod sign_in;
mod site;
mod stocktakes;
mod task_lists;
mod tasks;
mod tasks_together;
mod urging;
mod workbook;
