//! The pages: routes, layout and the server that answers for them.

pub mod api;
pub mod assets;
pub mod charts;
mod confirmation;
pub mod csv;
pub mod error;
pub mod fields;
pub mod frame;
pub mod links;
mod other_units;
pub mod pages;
pub mod parts;
pub mod received;
pub mod routes;
pub mod serve;
pub mod session;
pub mod site;
pub mod turn;
mod unread;
pub mod upload;
pub mod visit;
