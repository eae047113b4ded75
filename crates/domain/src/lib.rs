//! The nouns and rules of dotpha. Nothing here reads a file, a clock or a network.
#![warn(missing_docs)]

pub mod access;
pub mod attachment;
pub mod call;
pub mod calling;
pub mod collecting;
pub mod delivery;
pub mod difficulty;
pub mod directing;
pub mod directive;
pub mod entrance;
pub mod expression;
pub mod form;
pub mod forming;
pub mod holiday;
pub mod hot_spot;
pub mod indicator;
pub mod item;
pub mod kept_file;
pub mod lock;
pub mod number;
pub mod period;
pub mod priority;
pub mod raising;
pub mod reaching;
pub mod refusal;
pub mod report;
pub mod secrecy;
pub mod status;
pub mod submission;
pub mod target;
pub mod task;
pub mod tasking;
pub mod text;
pub mod unit;
pub mod urging;
