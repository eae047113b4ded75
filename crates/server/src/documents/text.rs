//! What stands in place of `{key.form}` in a report's text.

use actions::answer::FigureAnswer;
use actions::reports::ReportFigure;
use domain::indicator::Shape;
use domain::period::Calendar;
use domain::report::FigureForm;

use crate::web::links::{self, Choice};
use crate::wording::{Lang, figures, periods};

/// A figure in the form the text asks for.
pub(super) fn words(
    figure: &ReportFigure,
    form: FigureForm,
    calendar: &Calendar,
    lang: Lang,
) -> String {
    let no_target = || lang.say("no-target");
    let ReportFigure { indicator, answer, compared, .. } = figure;
    match form {
        FigureForm::Value | FigureForm::Coverage => figures::display(indicator, answer, lang),
        FigureForm::Number => match answer.value {
            Ok(value) if indicator.shape == Shape::Coverage => {
                figures::value_text(indicator, value, lang)
            }
            _ => figures::cell(indicator, answer, lang),
        },
        FigureForm::TargetShare => {
            figures::achievement(indicator, answer, lang).unwrap_or_else(no_target)
        }
        FigureForm::Target => answer
            .target
            .as_ref()
            .map_or_else(no_target, |target| figures::target_value(indicator, target.value, lang)),
        FigureForm::Change => compared.as_ref().map_or_else(
            || lang.say("no-figure-last-year"),
            |before| figures::change_against(indicator, answer, before, lang),
        ),
        FigureForm::Missing => figures::completeness(answer.completeness, lang),
        FigureForm::Period => periods::with_days(answer.period, calendar, lang),
    }
}

/// The address of a figure's provenance.
pub(super) fn address(answer: &FigureAnswer, base: &str) -> String {
    format!("{base}{}", links::figure(&answer.indicator, Choice::of(answer)))
}
