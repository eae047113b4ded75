//! What became of the reminders that were sent to people and webhooks of a unit.

use actions::error::Error;
use actions::urging::delivering::{Delivery, DeliveryLine, Reached};
use domain::access::Actor;
use domain::delivery::{Obstacle, Recipient, State};
use domain::unit::UnitId;

use crate::web::site::Site;
use crate::wording::{Gap, Lang, periods, places};

/// A delivery.
pub(super) struct DeliveryView {
    pub(super) name: String,
    pub(super) when: String,
    pub(super) outcome: String,
}

/// The newest deliveries to people and webhooks of a unit and all below.
///
/// # Errors
/// The actor may not look at the unit, or the database failed.
pub(super) fn views(
    site: &Site,
    actor: &Actor,
    unit: UnitId,
    lang: Lang,
) -> Result<Vec<DeliveryView>, Error> {
    let lines = site.workspace.deliveries(actor, site.moment(), unit)?;
    Ok(lines.into_iter().map(|line| view(&line, site, lang)).collect())
}

fn view(line: &DeliveryLine, site: &Site, lang: Lang) -> DeliveryView {
    let name = match &line.to {
        Reached::Person(name) => name.clone(),
        Reached::Hook(unit, host) => {
            let unit = places::full_name(unit, lang);
            lang.tell("hook-of", [("unit", Gap::from(unit)), ("host", host.as_str().into())])
        }
    };
    let when = periods::moment(line.delivery.noted_ms, &site.zone, lang);
    DeliveryView { name, when, outcome: outcome(&line.delivery, site, lang) }
}

/// What became of a delivery.
pub fn outcome(delivery: &Delivery, site: &Site, lang: Lang) -> String {
    let tried = delivery.tried_ms.unwrap_or(delivery.noted_ms);
    let (key, at) = match delivery.state {
        State::Waiting if delivery.tries == 0 => ("delivery-first", tried),
        State::Waiting => ("delivery-waiting", delivery.next_ms),
        State::Sending => ("delivery-sending", tried),
        State::Arrived => ("delivery-arrived", tried),
        State::Refused => ("delivery-refused", tried),
        State::GivenUp => ("delivery-given-up", tried),
        State::Needless => ("delivery-needless", tried),
    };
    let receiver = match delivery.to {
        Recipient::Account(_) => "delivery-by-mail",
        Recipient::Hook(_) => "delivery-by-hook",
    };
    let receiver = lang.say(receiver);
    let gaps = [
        ("moment", Gap::from(periods::moment(at, &site.zone, lang))),
        ("why", why(delivery, &receiver, lang).into()),
        ("receiver", receiver.as_str().into()),
    ];
    places::capitalised(&lang.tell(key, gaps))
}

/// What stood in the way of the last try.
fn why(delivery: &Delivery, receiver: &str, lang: Lang) -> String {
    let key = match (delivery.obstacle, delivery.answer) {
        (Some(Obstacle::NoServer), _) => "delivery-no-server",
        (Some(Obstacle::NotSecret), _) => "delivery-not-secret",
        (Some(Obstacle::NotTrusted), _) => "delivery-not-trusted",
        (Some(Obstacle::NotSignedIn), _) => "delivery-not-signed-in",
        (Some(Obstacle::Silent), _) | (None, None) => "delivery-silent",
        (None, Some(_)) => "delivery-code",
    };
    let answer = delivery.answer.map_or_else(String::new, |code| code.to_string());
    lang.tell(key, [("receiver", Gap::from(receiver)), ("answer", answer.into())])
}
