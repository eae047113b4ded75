//! Columns in, totals out: adds figures up through trees of units. Pure and exact.
//!
//! Units stand in the depth-first order of a tree ([`TreeOrder`]), so every subtree is one
//! contiguous range of positions. A [`Column`] holds one item (or one class of it) for one base
//! period over such an order. A total is a scan of a slice; all totals are one pass
//! ([`all_levels`]); another date's tree is another order, reached through a [`Placement`].
//! [`totals`] answers the questions pages and reports ask. Missing is never summed as zero.
#![warn(missing_docs)]

mod accumulate;
mod bitmap;
mod columns;
mod exact;
mod lanes;
mod query;
mod restate;
mod tree_order;

pub use accumulate::{LevelTotal, Totals, all_levels, sum};
pub use bitmap::Bitmap;
pub use columns::{Column, Figure};
pub use query::{Exact, Group, Moment, Question, RollupError, Total, totals};
pub use restate::{Carried, Placement, PlacementError};
pub use tree_order::{TreeError, TreeOrder};
