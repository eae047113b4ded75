//! What is denied leaves an entry, whichever verb refused it; and codes given again.

use actions::entrance::{CodeAge, Entrance, SignIn, Visitor};
use actions::error::Error;
use actions::submissions::{Occasion, Typed};
use domain::access::{AccountState, Actor, Grant, standard_roles};
use domain::entrance::EntranceProblem;
use domain::period::Period;
use domain::refusal::Refusal;
use domain::submission::Reason;
use domain::unit::Validity;
use store::Database;
use testkit::clock::NOW_MS;
use testkit::on_every_engine;
use totp_rs::{Builder, Secret};

use crate::door::{AT, PASSWORD, draft, entrance, entries};
use crate::setup::{Office, refusals};

const MINUTE_MS: i64 = 60_000;

/// Somebody who may only look, at a commune.
fn onlooker(entrance: &Entrance, office: &Office, login: &str) -> Actor {
    let account = entrance.create_with_password(draft(login), PASSWORD, AT).unwrap();
    assert_eq!(account.state, AccountState::Active);
    let role = standard_roles().into_iter().find(|role| role.code == "leader").unwrap();
    let unit = Some(office.unit("X1", AT.today));
    let (validity, delegated_by) = (Validity::default(), None);
    let grant = Grant { id: 1, account: account.id, role, unit, validity, delegated_by };
    Actor { account: Some(account), grants: vec![grant], second_factor: true }
}

/// The rights whose denial stands in the ledger, in their order.
fn denied(database: &Database) -> Vec<String> {
    let all = entries(database).into_iter().filter(|entry| entry.action == "access.deny");
    all.map(|entry| entry.subject).collect()
}

#[test]
fn every_verb_of_collecting_that_denies_leaves_an_entry() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let (entrance, workspace) = (entrance(database), &office.workspace);
        let unit = office.unit("X1-1", AT.today);
        let occasion =
            || Occasion { form: "thang".to_owned(), unit, period: Period::Month(2025, 3) };
        let id = |number: u8| format!("01930000-0000-7000-8000-{number:012}");
        let (sent, typed) = (id(1), Typed::default);
        let console = Actor::console();
        workspace.nothing_to_report(&console, AT, &sent, occasion(), typed()).unwrap();
        let reason = || vec![Reason { field: String::new(), text: "Xem lại".to_owned() }];
        type Verb<'a> = (&'static str, Box<dyn Fn(&Actor) -> Result<(), Error> + 'a>);
        let verbs: Vec<Verb<'_>> = vec![
            ("send", Box::new(|who| workspace.save_draft(who, AT, occasion(), typed()).map(drop))),
            (
                "send",
                Box::new(|who| workspace.submit(who, AT, &id(2), occasion(), typed()).map(drop)),
            ),
            (
                "send",
                Box::new(|who| {
                    workspace.nothing_to_report(who, AT, &id(2), occasion(), typed()).map(drop)
                }),
            ),
            ("review", Box::new(|who| workspace.approve(who, AT, &sent))),
            (
                "review",
                Box::new(|who| workspace.approve_many(who, AT, vec![sent.clone()]).map(drop)),
            ),
            ("review", Box::new(|who| workspace.return_with_reasons(who, AT, &sent, reason()))),
            ("reopen", Box::new(|who| workspace.reopen(who, AT, &sent, "Xem lại".to_owned()))),
        ];
        for (at, (right, verb)) in verbs.iter().enumerate() {
            // Another person each time, because the same is recorded once a minute.
            let who = onlooker(&entrance, &office, &format!("nguoi-xem-{at}"));
            let before = denied(database).len();
            let refused = refusals(verb(&who));
            assert!(matches!(
                refused[0].why,
                Refusal::Entrance(EntranceProblem::NotAllowed { .. })
            ));
            let new = denied(database).split_off(before);
            assert_eq!(new, [format!("{right}_figures")], "{engine}: verb {at}");
            verb(&who).unwrap_err();
            assert_eq!(denied(database).len(), before + 1, "{engine}: once a minute");
        }
    });
}

fn code(secret: &str, now_ms: i64) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build_noncompliant();
    totp.generate(u64::try_from(now_ms / 1_000).unwrap()).to_string()
}

fn why<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    refusals(result).remove(0).why
}

#[test]
fn a_code_counts_for_ten_minutes_and_is_given_again_for_a_new_session() {
    on_every_engine(|engine, database| {
        Office::small(database);
        let entrance = entrance(database);
        let account = entrance.create_with_password(draft("chi"), PASSWORD, AT).unwrap();
        let (login, password) = ("chi".to_owned(), PASSWORD.to_owned());
        let typed = SignIn { login, password, ..SignIn::default() };
        let secret = entrance.sign_in(typed, NOW_MS, AT.today).unwrap();
        let setup = entrance.begin_one_time_codes(&account);
        let session = entrance.visitor(&secret, NOW_MS).unwrap().unwrap().session;
        let first = code(&setup.secret, NOW_MS);
        let proof = PASSWORD.to_owned();
        let confirm = entrance.confirm_one_time_codes(&session, &setup, &first, proof, NOW_MS);
        let recovery = confirm.unwrap();
        let visitor =
            |secret: &str, now_ms| -> Option<Visitor> { entrance.visitor(secret, now_ms).unwrap() };
        let came = visitor(&secret, NOW_MS).unwrap();
        for (minutes, expected) in [(0, true), (9, true), (10, false), (11, false)] {
            let fresh = came.within(CodeAge::Fresh, NOW_MS + minutes * MINUTE_MS).second_factor;
            assert_eq!(fresh, expected, "{engine}: after {minutes} minutes");
        }
        for (minutes, expected) in [(0, true), (479, true), (480, false)] {
            let counts = came.within(CodeAge::Workday, NOW_MS + minutes * MINUTE_MS).second_factor;
            assert_eq!(counts, expected, "{engine}: a day's work, after {minutes} minutes");
        }

        let later = NOW_MS + 11 * MINUTE_MS;
        let again = |code: &str| entrance.give_code_again(&came.session, code.to_owned(), later);
        let wrong = Refusal::from(EntranceProblem::WrongCode);
        for typed in ["000000", "", &first] {
            assert_eq!(why(again(typed)), wrong, "{engine}: {typed:?}");
        }
        let renewed = again(&code(&setup.secret, later)).unwrap();
        assert!(visitor(&secret, later).is_none(), "{engine}: the old secret is dead");
        let renewed = visitor(&renewed, later).unwrap();
        assert!(renewed.within(CodeAge::Fresh, later).second_factor, "{engine}");
        assert_eq!(
            renewed.session.ends_ms, came.session.ends_ms,
            "{engine}: no longer than before"
        );
        // A recovery code serves once, and many wrong ones cost time.
        entrance.give_code_again(&renewed.session, recovery[0].clone(), later).unwrap();
        for _ in 0..5 {
            assert_eq!(why(again("000000")), wrong, "{engine}");
        }
        let wait = Refusal::from(EntranceProblem::TooManyAttempts { seconds: 30 });
        assert_eq!(why(again(&recovery[1])), wait, "{engine}");
    });
}
