//! When and how reminders go out: quiet hours, channels and roles are those of the policy.

use domain::access::Actor;
use domain::hook::Reach;
use domain::urging::{Channel, Policy, Quiet, Subject, standard_policies};
use testkit::on_every_engine;

use crate::collecting::{AT, person};
use crate::hooks::{ADDRESS, new};
use crate::mailing::{HOUR_MS, after, reached};
use crate::tasks::{Office, office};

/// An office in which a task of X1 is due, with a webhook of X1 and an officer there who has an address.
fn due(database: &store::Database) -> Office {
    let office = office(database);
    let planner = person(database, "ke-hoach", "planner", "182");
    let hook = new(office.unit("X1"), ADDRESS);
    office.entrance().make_hook(&planner, AT, &hook, Reach::Public).unwrap();
    reached(database, &office.commune.officer, "can.bo@example.vn");
    office.one("X1");
    office
}

fn save(office: &Office, change: impl Fn(Policy) -> Policy) {
    let workspace = &office.commune.office.workspace;
    for policy in standard_policies() {
        // Tasks alone are reminded of, so that nothing else goes out.
        let policy = match policy.subject {
            Subject::Task => change(policy),
            Subject::Submission | Subject::Difficulty | Subject::Plan => {
                Policy { offsets: Vec::new(), ..policy }
            }
        };
        workspace.save_urging_policy(&Actor::console(), AT, policy).unwrap();
    }
}

#[test]
fn what_is_due_in_quiet_hours_goes_out_at_their_end() {
    on_every_engine(|engine, database| {
        let office = due(database);
        let workspace = &office.commune.office.workspace;
        // It is eight in the morning.
        save(&office, |policy| Policy { quiet: Quiet { from: 5, until: 10 }, ..policy });
        let made = |hours: i64| workspace.urge(after(hours * HOUR_MS)).unwrap().made;
        assert_eq!([made(0), made(1)], [0, 0], "{engine}: nobody is disturbed");
        assert_eq!([made(2), made(2)], [1, 0], "{engine}: at ten, once");

        // Its mail and its message wait for the end of hours that became quiet since.
        save(&office, |policy| Policy { quiet: Quiet { from: 9, until: 12 }, ..policy });
        let sent = |hours: i64| {
            let mails = workspace.begin_deliveries(after(hours * HOUR_MS)).unwrap().len();
            (mails, office.entrance().begin_posts(after(hours * HOUR_MS)).unwrap().len())
        };
        assert_eq!(sent(3), (0, 0), "{engine}");
        assert_eq!(sent(4), (1, 1), "{engine}");
    });
}

#[test]
fn a_channel_that_is_off_and_a_role_that_is_not_meant_get_nothing() {
    on_every_engine(|engine, database| {
        type Change = fn(Policy) -> Policy;
        let table: [(Change, (usize, usize)); 3] = [
            (|policy| Policy { channels: vec![Channel::Hook], ..policy }, (0, 1)),
            (|policy| Policy { channels: vec![Channel::Mail], ..policy }, (1, 0)),
            (|policy| Policy { roles: vec!["auditor".to_owned()], ..policy }, (0, 1)),
        ];
        let office = due(database);
        let workspace = &office.commune.office.workspace;
        for ((change, expected), hours) in table.into_iter().zip([0, 24 * 4, 24 * 6]) {
            save(&office, change);
            let now = after(hours * HOUR_MS);
            assert!(workspace.urge(now).unwrap().made > 0, "{engine}: it stands on the page");
            let mails = workspace.begin_deliveries(now).unwrap();
            let posts = office.entrance().begin_posts(now).unwrap();
            assert_eq!((mails.len(), posts.len()), expected, "{engine}");
            for mail in mails {
                let taken = domain::delivery::Ended::Taken;
                workspace.end_delivery(now, mail.delivery, taken, None).unwrap();
            }
            for post in posts {
                let taken = domain::delivery::Ended::Taken;
                office.entrance().end_post(now, post.delivery, taken, None).unwrap();
            }
        }
    });
}
