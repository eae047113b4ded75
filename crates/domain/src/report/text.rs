//! The text of a template: words, figures and names in braces.

use std::ops::Range;

use super::{FigureRequest, Name};

/// What of a figure is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureForm {
    /// The number with its measure and qualifier: `trên 30 tổ chức`. What `{key}` alone gives.
    Value,
    /// The bare number: `152`.
    Number,
    /// How much of the target is reached: `đạt 101,3% chỉ tiêu năm`.
    TargetShare,
    /// The target: `150 đảng viên`.
    Target,
    /// The change, with what it is measured against: `tăng 12,5% so với cùng kỳ năm trước`.
    Change,
    /// How many units have not reported: `2/17 đơn vị chưa báo cáo`.
    Missing,
    /// The span and its days.
    Period,
    /// Count and share: `162/162 thôn, khu phố (đạt 100%)`.
    Coverage,
}

impl FigureForm {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Value,
        Self::Number,
        Self::TargetShare,
        Self::Target,
        Self::Change,
        Self::Missing,
        Self::Period,
        Self::Coverage,
    ];

    /// The code in templates.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Number => "number",
            Self::TargetShare => "target_share",
            Self::Target => "target",
            Self::Change => "change",
            Self::Missing => "missing",
            Self::Period => "period",
            Self::Coverage => "coverage",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }
}

/// Where in a template a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextPlace {
    /// In the head, which is also read before any figure is worked out.
    Head,
    /// In a heading or paragraph.
    Body,
}

/// A piece of a template's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Words as they are; `{{` and `}}` have become single braces.
    Text(String),
    /// A figure in braces.
    Figure {
        /// The characters of the text it was read from, braces included.
        at: Range<usize>,
        /// The key of a [`FigureRequest`].
        key: String,
        /// What of it is printed.
        form: FigureForm,
    },
    /// A name in braces.
    Name {
        /// The characters of the text it was read from, braces included.
        at: Range<usize>,
        /// What is named.
        name: Name,
    },
}

/// What is wrong with a template's text, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at characters {}–{}: {kind}", at.start, at.end)]
pub struct TextError {
    /// The characters concerned, counted from 0.
    pub at: Range<usize>,
    /// What is wrong.
    pub kind: TextProblem,
}

/// What is wrong with a template's text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextProblem {
    /// `{` without `}`.
    #[error("the brace is never closed")]
    UnclosedBrace,
    /// `}` without `{`; a brace that should be printed is written twice.
    #[error("the brace was never opened")]
    UnopenedBrace,
    /// Nothing between the braces, or nothing before the point.
    #[error("the key of a figure is missing")]
    NoKey,
    /// A key is letters, digits and `_`.
    #[error("the character {found:?} does not belong in a key")]
    BadKey {
        /// The first character that does not belong there.
        found: char,
    },
    /// No such form.
    #[error("no form {form:?}")]
    UnknownForm {
        /// What stands after the point.
        form: String,
    },
    /// `unit.…`, `parent.…` or `report.…` that names nothing.
    #[error("no name {name:?}")]
    UnknownName {
        /// What stands between the braces.
        name: String,
    },
    /// A figure, or what is known from figures only, in the head.
    #[error("{name:?} does not belong in the head")]
    NotInHead {
        /// What stands between the braces.
        name: String,
    },
    /// The change of a figure that the template compares with nothing.
    #[error("the figure {key:?} is compared with nothing")]
    NotCompared {
        /// Its key.
        key: String,
    },
    /// The template asks for no figure with this key.
    #[error("no figure {key:?}")]
    UnknownKey {
        /// The key.
        key: String,
    },
}

/// Splits a template's text into words, figures and names.
///
/// # Errors
/// Everything in braces that cannot be understood, in the order of the text.
pub fn segments(text: &str) -> Result<Vec<Segment>, Vec<TextError>> {
    let characters: Vec<char> = text.chars().collect();
    let mut segments = Vec::new();
    let mut errors = Vec::new();
    let mut words = String::new();
    let mut position = 0;
    while let Some(&character) = characters.get(position) {
        let doubled = characters.get(position + 1) == Some(&character);
        match character {
            '{' | '}' if doubled => {
                words.push(character);
                position += 2;
            }
            '{' => {
                if !words.is_empty() {
                    segments.push(Segment::Text(std::mem::take(&mut words)));
                }
                let end = end_of_braces(&characters, position);
                match in_braces(&characters, position..end) {
                    Ok(segment) => segments.push(segment),
                    Err(error) => errors.push(error),
                }
                position = end;
            }
            '}' => {
                let at = position..position + 1;
                errors.push(TextError { at, kind: TextProblem::UnopenedBrace });
                position += 1;
            }
            _ => {
                words.push(character);
                position += 1;
            }
        }
    }
    if !words.is_empty() {
        segments.push(Segment::Text(words));
    }
    if errors.is_empty() { Ok(segments) } else { Err(errors) }
}

/// What is wrong with the pieces of a text where it stands: figures that the template does not ask
/// for, changes of those it compares with nothing, and figures in the head.
#[must_use]
pub fn misplaced(
    segments: &[Segment],
    place: TextPlace,
    requests: &[FigureRequest],
) -> Vec<TextError> {
    let request = |key: &str| requests.iter().find(|request| request.key == key);
    let fault = |segment: &Segment| {
        let (at, kind) = match (segment, place) {
            (Segment::Figure { at, key, .. }, TextPlace::Head) => {
                (at, TextProblem::NotInHead { name: key.clone() })
            }
            (Segment::Figure { at, key, .. }, TextPlace::Body) if request(key).is_none() => {
                (at, TextProblem::UnknownKey { key: key.clone() })
            }
            (Segment::Figure { at, key, form: FigureForm::Change }, TextPlace::Body)
                if request(key).is_some_and(|request| request.compared_with.is_none()) =>
            {
                (at, TextProblem::NotCompared { key: key.clone() })
            }
            (
                Segment::Name { at, name: name @ (Name::ReportSubmissions | Name::ReportFinding) },
                TextPlace::Head,
            ) => (at, TextProblem::NotInHead { name: name.code().to_owned() }),
            (Segment::Figure { .. } | Segment::Name { .. } | Segment::Text(_), _) => return None,
        };
        Some(TextError { at: at.clone(), kind })
    };
    segments.iter().filter_map(fault).collect()
}

/// Where the braces opened at `start` end: after `}`, or before the next `{`, or with the text.
fn end_of_braces(characters: &[char], start: usize) -> usize {
    let inside = characters.iter().skip(start + 1);
    let length = inside.take_while(|character| !matches!(character, '{' | '}')).count();
    let end = start + 1 + length;
    if characters.get(end) == Some(&'}') { end + 1 } else { end }
}

/// Reads `{key}`, `{key.form}` or a name; `at` covers the braces.
fn in_braces(characters: &[char], at: Range<usize>) -> Result<Segment, TextError> {
    let refuse = |at: Range<usize>, kind| Err(TextError { at, kind });
    let inside = &characters[at.start + 1..at.end];
    let Some((&'}', inside)) = inside.split_last() else {
        return refuse(at, TextProblem::UnclosedBrace);
    };
    let key_length = inside.iter().position(|found| *found == '.').unwrap_or(inside.len());
    let (key, form) = inside.split_at(key_length);
    if key.is_empty() {
        return refuse(at, TextProblem::NoKey);
    }
    let bad = key.iter().position(|found| !found.is_ascii_alphanumeric() && *found != '_');
    if let Some(bad) = bad {
        let place = at.start + 1 + bad;
        return refuse(place..place + 1, TextProblem::BadKey { found: key[bad] });
    }
    let key: String = key.iter().collect();
    if Name::BEGINNINGS.contains(&key.as_str()) {
        let code: String = inside.iter().collect();
        return match Name::from_code(&code) {
            Some(name) => Ok(Segment::Name { at, name }),
            None => refuse(at, TextProblem::UnknownName { name: code }),
        };
    }
    let Some((_, form)) = form.split_first() else {
        return Ok(Segment::Figure { at, key, form: FigureForm::Value });
    };
    let form: String = form.iter().collect();
    match FigureForm::from_code(&form) {
        Some(form) => Ok(Segment::Figure { at, key, form }),
        None => {
            let place = at.start + 1 + key_length + 1..at.end - 1;
            refuse(place, TextProblem::UnknownForm { form })
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::FigureSpan;

    fn figure_at(at: Range<usize>, key: &str, form: FigureForm) -> Segment {
        Segment::Figure { at, key: key.to_owned(), form }
    }

    fn words(text: &str) -> Segment {
        Segment::Text(text.to_owned())
    }

    #[test]
    fn a_text_is_split_into_words_and_figures() {
        let cases = [
            ("", vec![]),
            ("Kết nạp", vec![words("Kết nạp")]),
            ("{a01}", vec![figure_at(0..5, "a01", FigureForm::Value)]),
            (
                "Kết nạp {a01_2022}, {a01_2022.target_share}.",
                vec![
                    words("Kết nạp "),
                    figure_at(8..18, "a01_2022", FigureForm::Value),
                    words(", "),
                    figure_at(20..43, "a01_2022", FigureForm::TargetShare),
                    words("."),
                ],
            ),
            (
                "{a.number}{b.missing}",
                vec![
                    figure_at(0..10, "a", FigureForm::Number),
                    figure_at(10..21, "b", FigureForm::Missing),
                ],
            ),
            ("{{a}} và }}", vec![words("{a} và }")]),
        ];
        for (text, expected) in cases {
            assert_eq!(segments(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn every_form_can_be_written() {
        for form in FigureForm::ALL {
            let text = format!("{{k.{}}}", form.code());
            let expected = vec![figure_at(0..text.len(), "k", form)];
            assert_eq!(segments(&text), Ok(expected));
        }
    }

    #[test]
    fn every_name_can_be_written_and_begins_as_no_figure_may() {
        for name in Name::ALL {
            let text = format!("ở {{{}}}.", name.code());
            let at = 2..text.chars().count() - 1;
            let expected = vec![words("ở "), Segment::Name { at, name }, words(".")];
            assert_eq!(segments(&text), Ok(expected));
            let beginning = name.code().split('.').next().unwrap();
            assert!(Name::BEGINNINGS.contains(&beginning), "{beginning}");
        }
    }

    #[test]
    fn a_broken_text_is_refused_at_its_place() {
        let unknown = |form: &str| TextProblem::UnknownForm { form: form.to_owned() };
        let nameless = |name: &str| TextProblem::UnknownName { name: name.to_owned() };
        let cases = [
            ("Đạt {a01", 4..8, TextProblem::UnclosedBrace),
            ("Đạt {", 4..5, TextProblem::UnclosedBrace),
            ("Đạt a01}", 7..8, TextProblem::UnopenedBrace),
            ("{}", 0..2, TextProblem::NoKey),
            ("{.value}", 0..8, TextProblem::NoKey),
            ("{a 1}", 2..3, TextProblem::BadKey { found: ' ' }),
            ("{số}", 2..3, TextProblem::BadKey { found: 'ố' }),
            ("ở {a01.percent}", 7..14, unknown("percent")),
            ("{a01.}", 5..5, unknown("")),
            ("{a01.value.value}", 5..16, unknown("value.value")),
            ("ở {unit}", 2..8, nameless("unit")),
            ("ở {unit.colour}", 2..15, nameless("unit.colour")),
            ("{parent.value}", 0..14, nameless("parent.value")),
            ("{report.period.days}", 0..20, nameless("report.period.days")),
        ];
        for (text, at, kind) in cases {
            assert_eq!(segments(text), Err(vec![TextError { at, kind }]), "{text}");
        }
    }

    #[test]
    fn all_faults_of_a_text_are_reported_at_once() {
        let errors = segments("{a {b.x} c} {d}").unwrap_err();
        let places: Vec<Range<usize>> = errors.into_iter().map(|error| error.at).collect();
        assert_eq!(places, [0..3, 6..7, 10..11]);
    }

    #[test]
    fn figures_nobody_asked_for_and_figures_in_the_head_are_found() {
        let request = FigureRequest {
            key: "a01".to_owned(),
            indicator: "A01".to_owned(),
            span: FigureSpan::Report,
            unit_code: None,
            compared_with: None,
            published: None,
        };
        let in_head = |name: &str| TextProblem::NotInHead { name: name.to_owned() };
        let cases = [
            (
                "{a01} {a02.number} {a01.number}",
                TextPlace::Body,
                6..18,
                TextProblem::UnknownKey { key: "a02".to_owned() },
            ),
            (
                "{a01.change}",
                TextPlace::Body,
                0..12,
                TextProblem::NotCompared { key: "a01".to_owned() },
            ),
            ("{unit.full}: {a01}", TextPlace::Head, 13..18, in_head("a01")),
            ("{report.finding}", TextPlace::Head, 0..16, in_head("report.finding")),
            ("{report.submissions}", TextPlace::Head, 0..20, in_head("report.submissions")),
        ];
        for (text, place, at, kind) in cases {
            let found = misplaced(&segments(text).unwrap(), place, std::slice::from_ref(&request));
            assert_eq!(found, [TextError { at, kind }], "{text}");
        }
        let named = segments("{report.finding} {unit.name} {a01}").unwrap();
        assert_eq!(misplaced(&named, TextPlace::Body, &[request]), []);
    }

    /// The text that gives these segments.
    fn written(segments: &[Segment]) -> String {
        let piece = |segment: &Segment| match segment {
            Segment::Text(text) => text.replace('{', "{{").replace('}', "}}"),
            Segment::Figure { key, form, .. } => format!("{{{key}.{}}}", form.code()),
            Segment::Name { name, .. } => format!("{{{}}}", name.code()),
        };
        segments.iter().map(piece).collect()
    }

    /// Segments without their places.
    fn placeless(segments: Vec<Segment>) -> Vec<Segment> {
        let strip = |segment| match segment {
            Segment::Figure { key, form, .. } => Segment::Figure { at: 0..0, key, form },
            Segment::Name { name, .. } => Segment::Name { at: 0..0, name },
            Segment::Text(text) => Segment::Text(text),
        };
        segments.into_iter().map(strip).collect()
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[{}.a_ đ]{0,30}|(\\{unit\\.name\\}|\\{report\\.[a-z]{0,8}\\}|.){0,9}|\\PC{0,60}") {
            let length = text.chars().count();
            let inside = |at: &Range<usize>| at.start <= at.end && at.end <= length;
            match segments(&text) {
                Ok(found) => {
                    let again = segments(&written(&found)).unwrap();
                    prop_assert_eq!(placeless(again), placeless(found));
                }
                Err(errors) => prop_assert!(errors.iter().all(|error| inside(&error.at))),
            }
        }
    }
}
