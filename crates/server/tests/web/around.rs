//! From a unit to what is asked of it, and from a list of one unit to that of another.

use super::browser::Browser;
use super::collecting::{office, signed_in};

/// The lists that are of one unit.
const LISTS: [&str; 7] = [
    "/tasks",
    "/priorities",
    "/priorities/proposals",
    "/difficulties",
    "/stocktakes",
    "/urging",
    "/heads",
];

/// The number of the unit whose name begins a choice or a link of a page.
fn numbered(page: &str, name: &str) -> Option<String> {
    let before = page.split(name).next().filter(|before| before.len() < page.len())?;
    let number = before.rsplit("value=\"").next()?.split('"').next()?;
    Some(number.to_owned())
}

#[tokio::test]
async fn a_unit_leads_to_its_lists_and_each_list_to_those_of_the_units_below() {
    let (router, _) = office();
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    let unit = planner.get("/units/182?day=2023-06-30").await.body;
    for list in LISTS {
        assert!(unit.contains(&format!("href=\"{list}?unit=")), "{list}: {unit}");
    }
    // The evidence per head has the units below in its table.
    for list in LISTS.into_iter().filter(|list| *list != "/heads") {
        let page = planner.get(list).await.body;
        let below = numbered(&page, ">Xã Trùng Khánh</option>");
        let below = below.unwrap_or_else(|| panic!("{list}: {page}"));
        let own = planner.get(&format!("{list}?unit={below}")).await.body;
        assert!(own.contains("Xã Trùng Khánh"), "{list}: {own}");
        let chosen = format!("<option value=\"{below}\" selected>Xã Trùng Khánh</option>");
        assert!(own.contains(&chosen), "{list}: {own}");
        assert!(own.contains(">Huyện Văn Lãng</option>"), "{list}: and back: {own}");
    }
}

#[tokio::test]
async fn nobody_is_offered_a_unit_that_they_may_not_look_at() {
    let (router, _) = office();
    let mut stranger = Browser::at(&router);
    let unit = stranger.get("/units/182?day=2023-06-30").await.body;
    assert!(!unit.contains("href=\"/tasks?unit="), "{unit}");
    let mut head = signed_in(&router, "truong-thon").await;
    for list in ["/tasks", "/difficulties", "/stocktakes"] {
        let page = head.get(list).await.body;
        assert!(!page.contains(">Huyện Văn Lãng</option>"), "{list}: above: {page}");
    }
}
