//! The command line as people use it: the real program, in a folder of its own.

mod accounts;
mod broken;
mod connections;
mod database;
mod demo;
mod figure;
mod help;
mod hostile;
mod import_figures;
mod import_pack;
mod import_reorganisations;
mod import_units;
mod postgres;
mod report;
mod usage;
mod verify;
mod world;
