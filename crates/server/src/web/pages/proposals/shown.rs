//! One proposal: why, the figures that speak for it, what its members give it, and what they say.

use actions::error::Error;
use actions::proposals::page::ProposalPage;
use askama::Template;
use domain::access::Right;
use domain::indicator::Indicator;
use domain::proposal::{Criterion, POINTS_MAX, ProposalId, Score};

use super::decided::{self, DecidingView};
use super::listed::state_mark;
use super::{address, points_field, reason_field};
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, Choice};
use crate::web::pages::draw;
use crate::web::pages::entry::by;
use crate::web::parts::{Choosable, Link, Mark};
use crate::web::site::Site;
use crate::web::turn::field;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, choosing, directives, figures, periods, places};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/proposals/show.html")]
struct ShowPage {
    frame: Frame,
    problems: Vec<String>,
    done: String,
    back: Link,
    name: String,
    state: Mark,
    facts: Vec<(String, Link)>,
    cases: Vec<CaseView>,
    /// How many have scored it.
    scorers: String,
    /// Whether the reader may see what others gave.
    shows_scores: bool,
    /// What the scores come to, for each criterion and over all.
    spreads: Vec<(String, String)>,
    scores: Vec<ScoreView>,
    may_score: bool,
    has_own: bool,
    typing: Vec<TypingView>,
    remarks: Vec<(String, String)>,
    remark: String,
    decision: Vec<(String, Link)>,
    deciding: Option<DecidingView>,
    action: String,
}

/// What is said for a criterion.
struct CaseView {
    name: String,
    why: String,
    /// The figure that shows it: its indicator, and its value with its span.
    figure: Option<(Link, String)>,
}

/// What one member gives.
struct ScoreView {
    name: String,
    /// The head of the column, the points, and why.
    cells: Vec<(String, u8, String)>,
}

/// The points for a criterion as they are typed.
struct TypingView {
    points: String,
    points_label: String,
    choices: Vec<Choosable>,
    reason: String,
    reason_label: String,
    asks: String,
    typed: String,
}

/// The page of a proposal; after a refusal with what has to be mended and what was typed.
pub(super) fn page(
    site: &Site,
    visit: &Visit,
    id: ProposalId,
    (problems, typed): (Vec<String>, &[(String, String)]),
) -> Result<String, Error> {
    let lang = visit.lang;
    let page = site.workspace.proposal_page(visit.actor(Right::SeeFigures)?, site.moment(), id)?;
    let (line, snapshot) = (&page.line, site.workspace.snapshot()?);
    let scorers = lang.tell("proposal-scores-count", [("count", Gap::from(line.scorers))]);
    let is_done = visit.parameter("done") == Some("scored") && page.own.is_some();
    draw(&ShowPage {
        problems,
        done: if is_done { lang.say("proposal-score-saved") } else { String::new() },
        back: Link {
            href: format!("/priorities/proposals?unit={}", page.unit.id.0),
            text: lang.say("proposals-heading"),
        },
        name: lang.of(&line.proposal.name).to_owned(),
        state: state_mark(line.proposal.state, lang),
        facts: facts(&page, lang),
        cases: cases(&page, lang),
        scorers: if line.scorers == 0 { lang.say("proposals-no-scores") } else { scorers },
        shows_scores: line.shows_scores,
        spreads: spreads(&page, lang),
        scores: page.scores.iter().map(|(score, name)| score_view(score, name, lang)).collect(),
        // A guest may look at how it is done and has to sign in to do it.
        may_score: page.may_score && visit.visitor().is_ok(),
        has_own: page.own.is_some(),
        typing: Criterion::ALL
            .iter()
            .map(|of| typing(*of, page.own.as_ref(), typed, lang))
            .collect(),
        remarks: remarks(site, &page, lang),
        remark: field(typed, "remark").to_owned(),
        decision: decided::facts(&page, lang),
        deciding: page
            .deciding
            .as_ref()
            .map(|deciding| decided::view(&snapshot, (deciding, &page), typed, lang)),
        action: address(id),
        frame: site.frame(visit)?.titled(lang.say("proposals-one"), Section::Tasks),
    })
}

fn facts(page: &ProposalPage, lang: Lang) -> Vec<(String, Link)> {
    let plain = |text: String| Link { href: String::new(), text };
    let proposal = &page.line.proposal;
    let directive = page.directive.iter().map(|it| {
        let link = Link { href: links::directive(&it.code), text: directives::name(it) };
        (lang.say("proposal-directive"), link)
    });
    let said = [
        ("proposal-unit", places::full_name(&page.unit, lang)),
        ("proposal-term", choosing::term(proposal.term)),
        ("proposal-by", by(&page.by, lang)),
        ("proposal-opened-on", periods::day(proposal.opened_on, lang)),
    ];
    said.into_iter().map(|(key, text)| (lang.say(key), plain(text))).chain(directive).collect()
}

fn cases(page: &ProposalPage, lang: Lang) -> Vec<CaseView> {
    let figure = |(indicator, answer): &(Indicator, actions::answer::FigureAnswer)| {
        let href = links::figure(&indicator.code, Choice::of(answer));
        let link = Link { href, text: lang.of(&indicator.name).to_owned() };
        let value = figures::display(indicator, answer, lang);
        (link, format!("{value} · {}", periods::label(answer.period, lang)))
    };
    let cases = Criterion::ALL.into_iter().zip(&page.line.proposal.cases).zip(&page.figures);
    let view = |((criterion, case), shown): ((Criterion, &domain::proposal::Case), _)| CaseView {
        name: choosing::criterion(criterion, lang),
        why: case.why.clone(),
        figure: Option::as_ref(shown).map(figure),
    };
    cases.map(view).collect()
}

fn spreads(page: &ProposalPage, lang: Lang) -> Vec<(String, String)> {
    let Some((each, all)) = &page.line.spreads else { return Vec::new() };
    let names = Criterion::ALL.map(|criterion| choosing::criterion(criterion, lang));
    let names = names.into_iter().chain([lang.say("proposals-column-all")]);
    names.zip(each.iter().chain([all]).map(|one| choosing::spread(one, lang))).collect()
}

fn score_view(score: &Score, name: &str, lang: Lang) -> ScoreView {
    let cells = Criterion::ALL.into_iter().zip(score.points).zip(&score.reasons);
    let cells = cells.map(|((criterion, points), reason)| {
        (choosing::criterion(criterion, lang), points, reason.clone())
    });
    ScoreView { name: by(name, lang), cells: cells.collect() }
}

fn typing(
    criterion: Criterion,
    own: Option<&Score>,
    typed: &[(String, String)],
    lang: Lang,
) -> TypingView {
    let at = Criterion::ALL.iter().position(|other| *other == criterion).unwrap_or(0);
    let (points, reason) = (points_field(criterion), reason_field(criterion));
    let gaps = || [("criterion", Gap::from(choosing::criterion(criterion, lang)))];
    let is_typed = field(typed, "act") == "score";
    let given = own.map(|own| (own.points[at].to_string(), own.reasons[at].clone()));
    let (said, why) = if is_typed {
        (field(typed, &points).to_owned(), field(typed, &reason).to_owned())
    } else {
        given.unwrap_or_default()
    };
    let choice = |number: u8| Choosable {
        value: number.to_string(),
        label: number.to_string(),
        chosen: said == number.to_string(),
    };
    TypingView {
        points_label: lang.tell("proposal-points", gaps()),
        choices: (0..=POINTS_MAX).map(choice).collect(),
        reason_label: lang.tell("proposal-reason", gaps()),
        asks: choosing::question(criterion, lang),
        typed: why,
        points,
        reason,
    }
}

fn remarks(site: &Site, page: &ProposalPage, lang: Lang) -> Vec<(String, String)> {
    let said = page.remarks.iter().map(|(remark, name)| {
        let moment = periods::moment(remark.done_ms, &site.zone, lang);
        let gaps = [("name", Gap::from(by(name, lang))), ("moment", moment.into())];
        (lang.tell("review-sent-by", gaps), remark.words.clone())
    });
    said.collect()
}
