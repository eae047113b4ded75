//! How versions, successions and choices can contradict one another.

use jiff::civil::Date;

use super::UnitId;

/// Why a set of units cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnitError {
    /// A version that ends before it begins.
    #[error("a version of {code} ends on {to}, before it begins on {from}")]
    VersionBackwards {
        /// The unit's code.
        code: String,
        /// Its first day.
        from: Date,
        /// Its last day.
        to: Date,
    },
    /// Two versions of one unit on one day.
    #[error("{code} has two versions on {day}")]
    OverlappingVersions {
        /// The code of the later version.
        code: String,
        /// The first day on which both hold.
        day: Date,
    },
    /// Two units with one code on one day.
    #[error("two units have the code {code} on {day}")]
    CodeTaken {
        /// The code.
        code: String,
        /// The first day on which both have it.
        day: Date,
    },
    /// A parent that is no unit.
    #[error("the unit {parent:?} above {code} does not exist")]
    NoSuchParent {
        /// The code of the unit below.
        code: String,
        /// The identity given as its parent.
        parent: UnitId,
    },
    /// Units that stand above one another in a circle.
    #[error("on {day} these stand above one another in a circle: {codes:?}")]
    ParentCycle {
        /// Their codes, each below the next.
        codes: Vec<String>,
        /// A day on which they do.
        day: Date,
    },
    /// More levels than [`super::LEVELS_MAX`].
    #[error("more than {levels_max} units stand above {code} on {day}")]
    TooDeep {
        /// The code of the lowest unit.
        code: String,
        /// A day on which they do.
        day: Date,
        /// The limit.
        levels_max: usize,
    },
    /// A line without an old and without a new unit.
    #[error("a line of {date} names no unit")]
    EmptyLine {
        /// The first day of the new order.
        date: Date,
    },
    /// A line or choice that names an identity that is no unit.
    #[error("the line of {date} names the unit {unit:?}, which does not exist")]
    NoSuchUnit {
        /// The identity.
        unit: UnitId,
        /// The first day of the new order.
        date: Date,
    },
    /// An old unit that is not in force on the day before, or a new one that is not on the day.
    #[error("{code} is not in force on {day}")]
    NotInForce {
        /// A code the unit has on another day.
        code: String,
        /// The day on which it should be in force.
        day: Date,
    },
    /// The same line twice.
    #[error("{from} goes over to {to} twice on {date}")]
    DoubledLine {
        /// The old unit's code.
        from: String,
        /// The new unit's code; empty when the old one is dissolved.
        to: String,
        /// The first day of the new order.
        date: Date,
    },
    /// A unit that goes over whole and also in parts.
    #[error("{code} goes over whole and in parts on {date}")]
    WholeAndParts {
        /// The old unit's code.
        code: String,
        /// The first day of the new order.
        date: Date,
    },
    /// What goes over of a unit is more than the whole, or less with every share decided.
    #[error("{millionths} millionths of {code} go over on {date}")]
    SharesNotWhole {
        /// The old unit's code.
        code: String,
        /// The first day of the new order.
        date: Date,
        /// The sum of the shares.
        millionths: u64,
    },
    /// Units that go over whole to one another in a circle on one day.
    #[error("on {date} these go over to one another in a circle: {codes:?}")]
    SuccessionCycle {
        /// Their codes the day before, each going over to the next.
        codes: Vec<String>,
        /// The first day of the new order.
        date: Date,
    },
    /// A choice for a unit that nothing happens to on that day.
    #[error("nothing happens to {code} on {date} that could be decided")]
    ChoiceWithoutSplit {
        /// The unit's code.
        code: String,
        /// The day.
        date: Date,
    },
    /// A choice that names a unit which is not among those the figures can go to.
    #[error("{heir} is no heir of {code} on {date}")]
    ChoiceNamesStranger {
        /// The split unit's code.
        code: String,
        /// The code of the unit named.
        heir: String,
        /// The day.
        date: Date,
    },
    /// A choice whose shares do not make one whole, or that names an heir twice.
    #[error("the shares chosen for {code} on {date} make {millionths} millionths")]
    ChoiceNotWhole {
        /// The split unit's code.
        code: String,
        /// The day.
        date: Date,
        /// The sum of the shares.
        millionths: u64,
    },
}
