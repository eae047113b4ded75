//! Hot spots: the few things of a unit that need a decision, and the rules that choose them.

pub(crate) mod seek;

use std::collections::HashMap;
use std::iter;

use domain::access::{Actor, Right};
use domain::directive::Directive;
use domain::hot_spot::{Candidate, Cause, Rule, choose, standard_rules};
use domain::indicator::Indicator;
use domain::item::Bilingual;
use domain::period::Period;
use domain::task::TaskId;
use domain::unit::UnitId;
use jiff::civil::Date;
use store::ReadTx;

use crate::accounts::Moment;
use crate::answer::{FigureAnswer, UnitName};
use crate::door::{self, Deed, Kind, payload};
use crate::error::Error;
use crate::tasks::list::{Line, line};
use crate::workspace::Workspace;
use crate::{calls, difficulties};

use seek::{Found, Seeker};

/// The hot spots of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct HotSpots {
    /// Whose.
    pub unit: UnitName,
    /// What needs a decision, the heaviest first.
    pub spots: Vec<HotSpot>,
}

/// Something that needs a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct HotSpot {
    /// The rule that chose it.
    pub rule: Rule,
    /// How far it has come, in the measure of the rule.
    pub measure: u32,
    /// How much it counts, in hundredths.
    pub score: u64,
    /// What it is.
    pub about: About,
}

/// What a hot spot is about.
#[derive(Debug, Clone, PartialEq)]
pub enum About {
    /// An indicator behind its plan.
    Figure(Box<Behind>),
    /// Tasks that were given together, shown by the one that is worst.
    Tasks {
        /// That one.
        line: Box<Line>,
        /// How many of them need the decision.
        count: usize,
        /// How many were given together.
        of: usize,
    },
    /// A form that is missing.
    Form {
        /// Its code.
        code: String,
        /// Its name.
        name: Bilingual,
        /// For which period.
        period: Period,
        /// Its deadline.
        due: Date,
        /// How many units have not sent it.
        missing: usize,
        /// How many owe it.
        expected: usize,
    },
    /// A difficulty without an answer.
    Difficulty(Box<difficulties::list::Line>),
    /// Plans that a directive asks for.
    Plans {
        /// The directive.
        directive: Box<Directive>,
        /// The last day.
        due: Date,
        /// How many units have not issued theirs.
        missing: usize,
        /// How many are asked.
        expected: usize,
    },
}

/// A figure behind its plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Behind {
    /// The indicator.
    pub indicator: Indicator,
    /// Who answers for its priority; empty words where nobody was named.
    pub owner: Bilingual,
    /// The figure: the unit's own, else that of the unit below which is furthest behind.
    pub figure: FigureAnswer,
    /// How many more of the units below are as far behind as the rule says.
    pub others: usize,
}

impl Workspace {
    /// The hot spots of a unit.
    ///
    /// # Errors
    /// The actor may not look at the unit, or the database failed.
    pub fn hot_spots(&self, who: &Actor, moment: Moment, unit: UnitId) -> Result<HotSpots, Error> {
        let (snapshot, book) = (self.snapshot()?, self.task_book()?);
        snapshot.check(who, Right::SeeFigures, Some(unit), moment.today)?;
        let difficulties = self.difficulty_book()?;
        let (rules, asked, (calls, notes)) =
            self.database.read_blocking(|tx| -> Result<_, Error> {
                let asked = store::tasks::asked_since(tx)?;
                Ok((rules(tx)?, asked, calls::list::read(tx)?))
            })?;
        let asked: HashMap<TaskId, i64> = asked.into_iter().collect();
        let seeker = Seeker {
            snapshot: &snapshot,
            book: &book,
            unit,
            moment,
            rules: &rules,
            difficulties: difficulties.all(),
            calls: &calls,
            notes: &notes,
        };
        let found = seeker.found(&asked)?;
        let candidates: Vec<Candidate> = found.iter().map(|(one, _)| one.clone()).collect();
        let mut spots = Vec::new();
        for choice in choose(&rules, &candidates) {
            let Some((candidate, found)) = found.get(choice.candidate) else { continue };
            let about = match found {
                Found::Figure(behind) => About::Figure(behind.clone()),
                Found::Tasks { worst, count, of } => {
                    let Some(line) = line(&snapshot, &book, worst, moment.today) else { continue };
                    About::Tasks { line: Box::new(line), count: *count, of: *of }
                }
                Found::Form { code, name, period, due, missing, expected } => About::Form {
                    code: code.clone(),
                    name: name.clone(),
                    period: *period,
                    due: *due,
                    missing: *missing,
                    expected: *expected,
                },
                Found::Difficulty(one) => {
                    let lines = self.difficulty_lines(&snapshot, iter::once(*one), moment.today)?;
                    let Some(line) = lines.into_iter().next() else { continue };
                    About::Difficulty(Box::new(line))
                }
                Found::Plans { call, counts } => About::Plans {
                    directive: Box::new(snapshot.directive(&call.directive)?.clone()),
                    due: call.due,
                    missing: counts.all - counts.issued,
                    expected: counts.all,
                },
            };
            let (rule, score) = (choice.rule, choice.score);
            spots.push(HotSpot { rule, measure: candidate.measure, score, about });
        }
        self.name_leads(spots.iter_mut().filter_map(|spot| match &mut spot.about {
            About::Tasks { line, .. } => Some(line.as_mut()),
            About::Figure(_) | About::Form { .. } | About::Difficulty(_) | About::Plans { .. } => {
                None
            }
        }))?;
        Ok(HotSpots { unit: snapshot.name(unit, moment.today), spots })
    }

    /// The rules in force.
    ///
    /// # Errors
    /// The database failed.
    pub fn hot_spot_rules(&self) -> Result<Vec<Rule>, Error> {
        self.database.read_blocking(rules)
    }

    /// Changes a rule.
    ///
    /// # Errors
    /// The actor may not edit the plan, or the database failed.
    pub fn save_hot_spot_rule(&self, who: &Actor, moment: Moment, rule: Rule) -> Result<(), Error> {
        let actor = who.clone();
        let done = self.write_blocking_by_plan(move |tx, snapshot| {
            let by = snapshot.doer(&actor, Right::ManagePlan, None, moment.today)?;
            store::hot_spots::save_rule(tx, &rule)?;
            let deed =
                Deed::new(Kind::HotSpotsChanged, rule.cause.code(), payload::hot_spot_rule(&rule));
            door::record(tx, by, moment.now_ms, deed).map(drop)
        });
        self.noting_denials(done, who, moment.now_ms)
    }
}

/// The rules in force, in the order of [`Cause::ALL`]: those that were saved, else the standard ones.
fn rules(tx: &mut ReadTx<'_>) -> Result<Vec<Rule>, Error> {
    let saved = store::hot_spots::rules(tx)?;
    let of = |standard: Rule| {
        let known = saved.iter().find(|rule| rule.cause == standard.cause);
        known.copied().unwrap_or(standard)
    };
    debug_assert_eq!(standard_rules().len(), Cause::ALL.len(), "every cause has a rule");
    Ok(standard_rules().into_iter().map(of).collect())
}
