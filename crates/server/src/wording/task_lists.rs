//! Lists of tasks in words: what their columns are called and take.

use domain::task::ListColumn;

use super::Lang;

/// The keys of its heading, of what it takes, and of an example.
fn keys(column: ListColumn) -> [&'static str; 3] {
    match column {
        ListColumn::Work => {
            ["task-list-name-work", "task-list-takes-work", "task-list-example-work"]
        }
        ListColumn::Detail => {
            ["task-list-name-detail", "task-list-takes-detail", "task-list-example-detail"]
        }
        ListColumn::Product => {
            ["task-list-name-product", "task-list-takes-product", "task-list-example-product"]
        }
        ListColumn::Responsibility => [
            "task-list-name-responsibility",
            "task-list-takes-responsibility",
            "task-list-example-responsibility",
        ],
        ListColumn::Authority => {
            ["task-list-name-authority", "task-list-takes-authority", "task-list-example-authority"]
        }
        ListColumn::Leads => {
            ["task-list-name-leads", "task-list-takes-leads", "task-list-example-leads"]
        }
        ListColumn::LeadAccount => [
            "task-list-name-lead-account",
            "task-list-takes-lead-account",
            "task-list-example-lead-account",
        ],
        ListColumn::Deadline => {
            ["task-list-name-deadline", "task-list-takes-deadline", "task-list-example-deadline"]
        }
        ListColumn::ConfirmerAccount => [
            "task-list-name-confirmer-account",
            "task-list-takes-confirmer-account",
            "task-list-example-confirmer-account",
        ],
        ListColumn::Helpers => {
            ["task-list-name-helpers", "task-list-takes-helpers", "task-list-example-helpers"]
        }
        ListColumn::Team => {
            ["task-list-name-team", "task-list-takes-team", "task-list-example-team"]
        }
        ListColumn::Priority => {
            ["task-list-name-priority", "task-list-takes-priority", "task-list-example-priority"]
        }
        ListColumn::Directive => {
            ["task-list-name-directive", "task-list-takes-directive", "task-list-example-directive"]
        }
        ListColumn::Indicator => {
            ["task-list-name-indicator", "task-list-takes-indicator", "task-list-example-indicator"]
        }
        ListColumn::Period => {
            ["task-list-name-period", "task-list-takes-period", "task-list-example-period"]
        }
        ListColumn::Issuer => {
            ["task-list-name-issuer", "task-list-takes-issuer", "task-list-example-issuer"]
        }
    }
}

/// The heading of a column: `Việc phải làm`.
#[must_use]
pub fn name(column: ListColumn, lang: Lang) -> String {
    lang.say(keys(column)[0])
}

/// What a column takes.
#[must_use]
pub fn takes(column: ListColumn, lang: Lang) -> String {
    lang.say(keys(column)[1])
}

/// Something that a column may hold.
#[must_use]
pub fn example(column: ListColumn, lang: Lang) -> String {
    lang.say(keys(column)[2])
}

/// How many characters wide a column is.
#[must_use]
pub fn width(column: ListColumn) -> f64 {
    match column {
        ListColumn::Work | ListColumn::Detail => 40.0,
        ListColumn::Product | ListColumn::Responsibility | ListColumn::Authority => 28.0,
        ListColumn::Team => 24.0,
        ListColumn::Leads | ListColumn::Helpers | ListColumn::Priority | ListColumn::Directive => {
            18.0
        }
        ListColumn::LeadAccount
        | ListColumn::Deadline
        | ListColumn::Indicator
        | ListColumn::Period
        | ListColumn::ConfirmerAccount
        | ListColumn::Issuer => 14.0,
    }
}
