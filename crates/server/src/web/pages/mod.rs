//! The pages, one folder per noun: what is asked, what is shown, and the template.

pub mod about;
pub mod account;
pub mod accounts;
pub mod attachments;
pub mod calendar;
pub mod calls;
pub mod carried;
pub mod collection;
pub mod delegations;
pub mod difficulties;
pub mod directives;
pub mod entry;
pub mod figures;
pub mod files;
pub mod forms;
pub mod grid;
pub mod heads;
pub mod holidays;
pub mod hooks;
pub mod hot_spots;
pub mod indicators;
pub mod invitations;
pub mod items;
pub mod ledger;
pub mod one_time_codes;
pub mod overview;
pub mod paper;
pub mod phone;
pub mod priorities;
pub mod proposals;
pub mod provider;
pub mod rates;
pub mod reports;
pub mod review;
pub mod search;
pub mod sign_in;
pub mod stocktakes;
pub mod submissions;
pub mod tasks;
pub mod units;
pub mod urging;
pub mod work;

use actions::error::Error;
use askama::Template;

/// Draws a page; templates cannot fail unless the program is wrong.
fn draw(page: &impl Template) -> Result<String, Error> {
    page.render().map_err(|error| Error::Fault(format!("a template failed: {error}")))
}
