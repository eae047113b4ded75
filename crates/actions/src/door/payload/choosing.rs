//! What entries carry about proposals of priorities, their scores and what was said about them.

use domain::access::AccountId;
use domain::picture::ShownPicture;
use domain::priority::Chosen;
use domain::proposal::{Criterion, Decision, Document, Proposal, ProposalId, Score};
use serde_json::Value;
use store::proposals::Remark;

use super::{object, pairs};

/// The field under which the entries of proposals and remarks commit to what was typed freely.
pub(crate) const WORDS: &str = "words";

/// The field under which the entry of a decision commits to why.
pub(crate) const REASON: &str = "reason";

/// The field under which the entries of a picture commit to the name of its bytes.
const PICTURE: &str = "picture";

/// The field under which the entry of a score commits to it: whoever reads the ledger before scoring
/// must not see what others gave.
pub(crate) const SCORE: &str = "score";

/// A proposal, with how it was decided, without its words, which are committed to.
#[must_use]
pub fn proposal(proposal: &Proposal, decision: Option<&Decision>) -> Vec<u8> {
    let Proposal { id: _, unit, account, name: _, term, directive, cases, opened_on, state } =
        proposal;
    let figure = |(criterion, case): (Criterion, &domain::proposal::Case)| {
        let evidence = case.evidence.as_ref()?;
        let period = evidence.period.to_string();
        Some(Value::from(vec![criterion.code(), evidence.indicator.as_str(), period.as_str()]))
    };
    let figures: Vec<Value> = Criterion::ALL.into_iter().zip(cases).filter_map(figure).collect();
    let said = [
        ("unit", unit.0.into()),
        ("account", number(*account)),
        ("from", term.from.into()),
        ("to", term.to.into()),
        ("directive", directive.as_deref().into()),
        ("figures", figures.into()),
        ("opened_on", opened_on.to_string().into()),
        ("state", state.code().into()),
    ];
    pairs(said.into_iter().chain(decision.into_iter().flat_map(decided)))
}

fn decided(decision: &Decision) -> [(&'static str, Value); 5] {
    let Decision { document, reason: _, many_because: _, account, decided_on } = decision;
    let (directive, printed, date) = match document {
        Document::Directive(code) => (Some(code.as_str()), None, None),
        Document::Other { number, date } => (None, Some(number.as_str()), Some(date.to_string())),
    };
    [
        ("decided_by", number(*account)),
        ("decided_in", directive.into()),
        ("decided_in_date", date.into()),
        ("decided_in_number", printed.into()),
        ("decided_on", decided_on.to_string().into()),
    ]
}

/// What the entry of a decision commits to beside the words of the proposal: why, and why more than a
/// handful.
pub(crate) fn decision_words(decision: &Decision) -> Vec<u8> {
    let texts = [decision.reason.as_str(), decision.many_because.as_str()];
    Value::from(texts.to_vec()).to_string().into_bytes()
}

/// A chosen priority as it stands, without its words, which are committed to.
#[must_use]
pub fn chosen(chosen: &Chosen) -> Vec<u8> {
    let Chosen { code: _, proposal, unit, origin, owner, head: _, term, indicators, .. } = chosen;
    let ended = chosen.ended.as_ref();
    object([
        ("proposal", proposal.0.into()),
        ("unit", unit.0.into()),
        ("origin", origin.code().into()),
        ("owner", owner.0.into()),
        ("from", term.from.into()),
        ("to", term.to.into()),
        ("indicators", indicators.clone().into()),
        ("chosen_on", chosen.chosen_on.to_string().into()),
        ("ended_on", ended.map(|ended| ended.on.to_string()).into()),
        ("successor", ended.and_then(|ended| ended.successor.as_deref()).into()),
    ])
}

/// What the entries of a chosen priority commit to: the head who answers for it, and why it ended.
pub(crate) fn chosen_words(chosen: &Chosen) -> Vec<u8> {
    let because = chosen.ended.as_ref().map_or("", |ended| ended.because.as_str());
    Value::from(vec![chosen.head.as_str(), because]).to_string().into_bytes()
}

/// What the entry of a proposal commits to: its name in both languages, and why for each criterion.
pub(crate) fn proposal_words(proposal: &Proposal) -> Vec<u8> {
    let name = [proposal.name.vi.as_str(), proposal.name.en.as_str()];
    let whys = proposal.cases.iter().map(|case| case.why.as_str());
    Value::from(name.into_iter().chain(whys).collect::<Vec<_>>()).to_string().into_bytes()
}

/// A score without its points and reasons, which are committed to.
#[must_use]
pub fn score(proposal: ProposalId, score: &Score) -> Vec<u8> {
    let Score { voter, account, points: _, reasons: _, scored_ms } = score;
    object([
        ("proposal", proposal.0.into()),
        ("voter", voter.0.into()),
        ("account", account.0.into()),
        ("scored_ms", (*scored_ms).into()),
    ])
}

/// What the entry of a score commits to: points and reason for each criterion.
pub(crate) fn score_words(score: &Score) -> Vec<u8> {
    let parts = score.points.iter().zip(&score.reasons);
    let parts = parts.flat_map(|(points, why)| [Value::from(*points), why.as_str().into()]);
    Value::from(parts.collect::<Vec<_>>()).to_string().into_bytes()
}

/// A remark without its words, which are committed to.
#[must_use]
pub fn remark(remark: &Remark) -> Vec<u8> {
    let Remark { id: _, proposal, account, in_place_of, done_ms, words: _ } = remark;
    object([
        ("proposal", proposal.0.into()),
        ("account", number(*account)),
        ("in_place_of", number(*in_place_of)),
        ("done_ms", (*done_ms).into()),
    ])
}

/// A picture, without its name, its caption and why it was taken back, which are committed to.
#[must_use]
pub fn picture(picture: &ShownPicture) -> Vec<u8> {
    let ShownPicture { id: _, priority, unit, side, taken_on, caption: _, attachment: _, .. } =
        picture;
    let back = picture.taken_back.as_ref();
    object([
        ("account", number(picture.account)),
        ("added_ms", picture.added_ms.into()),
        ("priority", priority.as_str().into()),
        ("side", side.code().into()),
        ("taken_back_by", number(back.and_then(|back| back.account))),
        ("taken_back_ms", back.map(|back| back.done_ms).into()),
        ("taken_on", taken_on.to_string().into()),
        ("unit", unit.0.into()),
    ])
}

/// What the entries of a picture commit to, by field: the SHA-256 of its bytes, its caption, and why
/// it was taken back.
pub(crate) fn picture_words(picture: &ShownPicture) -> Vec<(&'static str, Vec<u8>)> {
    let back = picture.taken_back.iter();
    let because = back.map(|back| (REASON, back.reason.clone().into_bytes()));
    let name = (PICTURE, picture.attachment.as_str().as_bytes().to_vec());
    let caption = (WORDS, picture.caption.clone().into_bytes());
    [name, caption].into_iter().chain(because).collect()
}

fn number(account: Option<AccountId>) -> Value {
    account.map(|account| account.0).into()
}
