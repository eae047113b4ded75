//! What became of the reminders that were sent to people of a unit.

use actions::error::Error;
use actions::urging::delivering::DeliveryLine;
use domain::access::Actor;
use domain::delivery::State;
use domain::unit::UnitId;

use crate::web::site::Site;
use crate::wording::{Gap, Lang, periods};

/// A delivery.
pub(super) struct DeliveryView {
    pub(super) name: String,
    pub(super) when: String,
    pub(super) outcome: String,
}

/// The newest deliveries to people of a unit and all below.
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
    Ok(lines.into_iter().map(|line| view(line, site, lang)).collect())
}

fn view(line: DeliveryLine, site: &Site, lang: Lang) -> DeliveryView {
    let DeliveryLine { name, delivery } = line;
    let moment = |ms: i64| periods::moment(ms, &site.zone, lang);
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
    let answer = delivery.answer.map_or_else(|| "none".to_owned(), |code| code.to_string());
    let gaps = [("moment", Gap::from(moment(at))), ("answer", answer.into())];
    DeliveryView { name, when: moment(delivery.noted_ms), outcome: lang.tell(key, gaps) }
}
