//! Figures from workbooks as people fill them: a sheet a period, units down, items across, titles
//! and merged headers above, a total row and signatures below.

pub(super) mod heading;
mod layout;
mod read;

pub(super) use read::read;
