//! What is late in the units below one, as the letter and the message of urging say it.

use actions::urging::letter::{Counts, Late, LateLine};
use domain::period::Period;

use super::{Gap, Lang, directives, periods, places};

/// How much is late in all: `3 nhiệm vụ, 1 kế hoạch và 17 báo cáo số liệu`.
#[must_use]
pub fn how_much(counts: Counts, lang: Lang) -> String {
    let Counts { tasks, plans, forms } = counts;
    let all = [(tasks, "letter-tasks"), (plans, "letter-plans"), (forms, "letter-forms")];
    let said = all.into_iter().filter(|(count, _)| *count > 0);
    let said = said.map(|(count, key)| lang.tell(key, [("count", Gap::from(count))]));
    let mut said: Vec<String> = said.collect();
    let last = said.pop().unwrap_or_default();
    if said.is_empty() {
        return last;
    }
    lang.tell("letter-both", [("first", Gap::from(said.join(", "))), ("last", last.into())])
}

/// What is late on a line, with those of the unit that have not done it when it is not the unit itself.
#[must_use]
pub fn what(line: &LateLine, lang: Lang) -> String {
    match &line.what {
        Late::Task { work, lead } if lead.id == line.unit.id => work.clone(),
        Late::Task { work, lead } => {
            let lead = places::in_sentence(lead, lang);
            let gaps = [("work", Gap::from(work.clone())), ("lead", lead.into())];
            lang.tell("letter-task-of", gaps)
        }
        Late::Plan { directive, of } => {
            let name = directives::name(directive);
            if of.id == line.unit.id {
                return lang.tell("letter-plan", [("name", Gap::from(name))]);
            }
            let of = places::in_sentence(of, lang);
            lang.tell("letter-plan-of", [("name", Gap::from(name)), ("unit", of.into())])
        }
        Late::Form { name, periods, units, of, .. } => {
            let names: Vec<String> =
                units.iter().map(|unit| places::in_sentence(unit, lang)).collect();
            let others = of.saturating_sub(units.len());
            let is_own = *of == 1 && units.iter().all(|unit| unit.id == line.unit.id);
            let gaps = [
                ("form", Gap::from(lang.of(name).to_owned())),
                ("period", span(periods, lang).into()),
                ("units", names.join(", ").into()),
                ("others", others.into()),
            ];
            lang.tell(
                match (is_own, others) {
                    (true, _) => "letter-form",
                    (false, 0) => "letter-form-of",
                    (false, _) => "letter-form-more",
                },
                gaps,
            )
        }
    }
}

/// The periods that a form is late for: up to two by name, more by how many there are from when to when.
fn span(periods: &[Period], lang: Lang) -> String {
    let label = |period: &Period| periods::label(*period, lang);
    match periods {
        [] => String::new(),
        [one] => label(one),
        [one, other] => {
            let gaps = [("first", Gap::from(label(one))), ("last", label(other).into())];
            lang.tell("letter-both", gaps)
        }
        [first, .., last] => lang.tell(
            "letter-periods",
            [
                ("count", Gap::from(periods.len())),
                ("first", label(first).into()),
                ("last", label(last).into()),
            ],
        ),
    }
}
