//! Many people who send figures to a real server at once: the ground they stand on, the server, and
//! each of them. Shared by the benchmark of collecting and the tests with faults.

pub(crate) mod client;
pub(crate) mod ground;
pub(crate) mod programs;

pub(crate) use client::Client;
pub(crate) use ground::Ground;
pub(crate) use programs::{Programs, Server};
