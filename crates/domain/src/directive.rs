//! Directives: the documents that ask for something, and how one follows from another.

use jiff::civil::Date;

use crate::item::Bilingual;

/// A document that asks for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// A stable key: `kl-01`.
    pub code: String,
    /// The number as printed: `01-KL/TW`.
    pub number: String,
    /// The kind: `Kết luận`.
    pub kind: String,
    /// Who issued it.
    pub issuer: Bilingual,
    /// The code of the unit that issued it, when it is one of the tree.
    pub issuer_unit: Option<String>,
    /// When.
    pub date: Option<Date>,
    /// What it says, in one line.
    pub title: Bilingual,
    /// The directive it carries out.
    pub implements: Option<String>,
    /// The directives in whose place it comes.
    pub replaces: Vec<String>,
    /// The directives of which it changes a part.
    pub amends: Vec<String>,
    /// The first and the last day of what it asks for, as far as they are said.
    pub term: (Option<Date>, Option<Date>),
}

/// How one directive refers to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// It carries it out.
    Implements,
    /// It comes in its place.
    Replaces,
    /// It changes a part of it.
    Amends,
}

impl Reference {
    /// All of them, in the order of screens.
    pub const ALL: [Self; 3] = [Self::Implements, Self::Replaces, Self::Amends];

    /// The column of a pack in which it stands.
    #[must_use]
    pub fn column(self) -> &'static str {
        match self {
            Self::Implements => "implements",
            Self::Replaces => "replaces",
            Self::Amends => "amends",
        }
    }

    /// The codes to which a directive refers in this way; it carries out one at most.
    #[must_use]
    pub fn of(self, directive: &Directive) -> &[String] {
        match self {
            Self::Implements => directive.implements.as_slice(),
            Self::Replaces => &directive.replaces,
            Self::Amends => &directive.amends,
        }
    }
}

/// Whether a directive holds on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Validity {
    /// Its term is still to begin.
    Coming {
        /// Its first day.
        from: Date,
    },
    /// It holds.
    InForce,
    /// Its term is over.
    Ended {
        /// Its last day.
        to: Date,
    },
    /// Another one came in its place.
    Replaced {
        /// That one's number.
        by: String,
    },
}

/// Whether a directive holds on a day, beside all others.
#[must_use]
pub fn validity(directive: &Directive, all: &[Directive], day: Date) -> Validity {
    let is_after = |other: &&Directive| {
        other.replaces.contains(&directive.code)
            && other.date.or(other.term.0).is_none_or(|date| date <= day)
    };
    if let Some(other) = all.iter().find(is_after) {
        return Validity::Replaced { by: other.number.clone() };
    }
    match directive.term {
        (_, Some(to)) if to < day => Validity::Ended { to },
        (Some(from), _) if from > day => Validity::Coming { from },
        _ => Validity::InForce,
    }
}

/// The directives above one, each carried out by the next, the highest first. A circle, which no list
/// should have, ends where it closes.
#[must_use]
pub fn above<'d>(directive: &Directive, all: &'d [Directive]) -> Vec<&'d Directive> {
    let mut chain: Vec<&Directive> = Vec::new();
    let mut next = &directive.implements;
    while let Some(code) = next
        && *code != directive.code
        && let Some(found) = all.iter().find(|other| other.code == *code)
        && !chain.iter().any(|known| known.code == found.code)
    {
        chain.push(found);
        next = &found.implements;
    }
    chain.reverse();
    chain
}

/// The numbers of the directives that refer to one another in a circle through this one; none when
/// there is no circle.
#[must_use]
pub fn circle(directive: &Directive, all: &[Directive], by: Reference) -> Option<Vec<String>> {
    // Each directive that was reached, with the place in this list from which it was.
    let mut reached: Vec<(&Directive, usize)> = vec![(directive, 0)];
    let mut at = 0;
    while let Some((from, _)) = reached.get(at).copied() {
        for code in by.of(from) {
            if *code == directive.code {
                return Some(way(&reached, at));
            }
            let is_new = reached.iter().all(|(known, _)| known.code != *code);
            let found = all.iter().find(|other| other.code == *code);
            reached.extend(found.filter(|_| is_new).map(|found| (found, at)));
        }
        at += 1;
    }
    None
}

/// The numbers on the way to a place among those that were reached, the first one's first.
fn way(reached: &[(&Directive, usize)], mut at: usize) -> Vec<String> {
    let mut numbers = Vec::new();
    while let Some((directive, before)) = reached.get(at) {
        numbers.push(directive.number.clone());
        if at == 0 {
            break;
        }
        at = *before;
    }
    numbers.reverse();
    numbers
}

/// All directives with how deep each stands, those that carry one out below it, by date and number; what
/// carries out nothing known begins.
#[must_use]
pub fn tree(all: &[Directive]) -> Vec<(usize, &Directive)> {
    let is_known = |code: &str| all.iter().any(|other| other.code == code);
    let mut roots: Vec<&Directive> =
        all.iter().filter(|it| !it.implements.as_deref().is_some_and(is_known)).collect();
    sort(&mut roots);
    let mut waiting: Vec<(usize, &Directive)> = roots.into_iter().rev().map(|it| (0, it)).collect();
    let mut ordered = Vec::with_capacity(all.len());
    while let Some((depth, directive)) = waiting.pop() {
        ordered.push((depth, directive));
        let mut below = below(directive, all);
        sort(&mut below);
        waiting.extend(below.into_iter().rev().map(|it| (depth + 1, it)));
    }
    ordered
}

/// The directives that carry one out.
#[must_use]
pub fn below<'d>(directive: &Directive, all: &'d [Directive]) -> Vec<&'d Directive> {
    let is_below = |other: &&Directive| other.implements.as_ref() == Some(&directive.code);
    all.iter().filter(is_below).collect()
}

fn sort(directives: &mut [&Directive]) {
    directives.sort_by(|a, b| (a.date, &a.number, &a.code).cmp(&(b.date, &b.number, &b.code)));
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn directive(code: &str, implements: &str) -> Directive {
        Directive {
            code: code.to_owned(),
            number: format!("{code}/UB"),
            kind: "Kế hoạch".to_owned(),
            issuer: Bilingual::default(),
            issuer_unit: None,
            date: Some(date(2026, 3, 1)),
            title: Bilingual::default(),
            implements: Some(implements.to_owned()).filter(|code| !code.is_empty()),
            replaces: Vec::new(),
            amends: Vec::new(),
            term: (None, None),
        }
    }

    #[test]
    fn a_tree_puts_what_carries_out_below_what_it_carries_out() {
        let all = [
            directive("town", "district"),
            directive("top", ""),
            directive("lost", "gone"),
            directive("district", "top"),
            directive("another", "top"),
        ];
        let tree: Vec<_> = tree(&all).iter().map(|(depth, it)| (*depth, &*it.code)).collect();
        let expected = [(0, "lost"), (0, "top"), (1, "another"), (1, "district"), (2, "town")];
        assert_eq!(tree, expected);
        let above: Vec<_> = above(&all[0], &all).iter().map(|it| &*it.code).collect();
        assert_eq!(above, ["top", "district"]);
    }

    #[test]
    fn a_circle_is_named_from_the_directive_that_would_close_it() {
        let all = [directive("a", "b"), directive("b", "c"), directive("c", "a")];
        let by = Reference::Implements;
        assert_eq!(circle(&all[0], &all, by).unwrap(), ["a/UB", "b/UB", "c/UB"]);
        let own = directive("d", "d");
        assert_eq!(circle(&own, &all, by).unwrap(), ["d/UB"]);
        // Hangs on the circle without being a part of it.
        assert_eq!(circle(&directive("e", "a"), &all, by), None);
        assert_eq!(above(&directive("e", "a"), &all).len(), 3);
        assert_eq!(circle(&all[0], &all, Reference::Replaces), None);
    }

    #[test]
    fn a_circle_is_found_along_any_of_several_references() {
        let replacing = |code: &str, replaced: &[&str]| Directive {
            replaces: replaced.iter().map(|&code| code.to_owned()).collect(),
            ..directive(code, "")
        };
        let all = [
            replacing("a", &["b", "c"]),
            replacing("b", &["d"]),
            replacing("c", &["d", "gone", "e"]),
            replacing("d", &[]),
            replacing("e", &["a"]),
        ];
        let by = Reference::Replaces;
        assert_eq!(circle(&all[0], &all, by).unwrap(), ["a/UB", "c/UB", "e/UB"]);
        assert_eq!(circle(&all[1], &all, by), None);
        assert_eq!(circle(&replacing("f", &["b", "f"]), &all, by).unwrap(), ["f/UB"]);
        assert_eq!(circle(&all[0], &all, Reference::Amends), None);
    }

    #[test]
    fn a_directive_holds_within_its_term_until_another_comes_in_its_place() {
        let term = (Some(date(2026, 1, 1)), Some(date(2026, 12, 31)));
        let old = Directive { term, ..directive("old", "") };
        let new = Directive {
            date: Some(date(2026, 6, 1)),
            replaces: vec!["older".to_owned(), "old".to_owned()],
            ..directive("new", "")
        };
        let all = [old.clone(), new];
        let cases = [
            (date(2025, 12, 31), Validity::Coming { from: date(2026, 1, 1) }),
            (date(2026, 1, 1), Validity::InForce),
            (date(2026, 5, 31), Validity::InForce),
            (date(2026, 6, 1), Validity::Replaced { by: "new/UB".to_owned() }),
        ];
        for (day, expected) in cases {
            assert_eq!(validity(&old, &all, day), expected, "{day}");
        }
        let ended = validity(&old, &[], date(2027, 1, 1));
        assert_eq!(ended, Validity::Ended { to: date(2026, 12, 31) });
    }
}
