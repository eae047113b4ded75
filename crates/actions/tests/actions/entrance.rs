//! Signing in, sessions, one-time codes, invitations and who may manage whom.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use actions::accounts::{Draft, Moment};
use actions::entrance::{CodeAge, Entrance, SignIn};
use actions::error::Error;
use actions::one_time_codes::OneTimeSetup;
use actions::secrets::{Hashing, Secrets};
use actions::workspace::{Opener, Workspace};
use domain::access::{Account, AccountState, Actor, Right};
use domain::entrance::{EntranceProblem, PasswordProblem};
use domain::refusal::{Noun, Refusal};
use domain::unit::{UnitId, Validity};
use jiff::civil::{Date, date};
use store::Database;
use testkit::clock::NOW_MS;
use testkit::on_every_engine;
use totp_rs::{Builder, Secret};

use crate::setup::{Office, UNITS, refusals};

const TODAY: Date = date(2026, 7, 1);
const MINUTE_MS: i64 = 60_000;
const PASSWORD: &str = "suối đá nở hoa tháng ba";
const OTHER: &str = "bốn con trâu gặm cỏ non";

fn at(now_ms: i64) -> Moment {
    Moment { now_ms, today: TODAY }
}

/// An entrance to the small tree, whose randomness is counted instead of random.
pub(crate) fn entrance(database: &Database) -> Entrance {
    Office::empty(database).units(UNITS).unwrap();
    let count = AtomicU64::new(1);
    let fill = Arc::new(move |buffer: &mut [u8]| {
        let seed = count.fetch_add(1, Ordering::Relaxed);
        for (at, byte) in (0_u8..).zip(buffer.iter_mut()) {
            *byte =
                seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes()[usize::from(at % 8)] ^ at;
        }
    });
    let workspace = Arc::new(Workspace::over(database.clone(), Opener::Here));
    Entrance::new(workspace, Secrets::new([9; 32], fill, Hashing::LEAST))
}

fn unit(database: &Database, code: &str) -> UnitId {
    Workspace::over(database.clone(), Opener::Here).find_unit(code, Some(TODAY)).unwrap()
}

fn draft(login: &str, role: &str, unit: Option<UnitId>) -> Draft {
    Draft {
        login: login.to_owned(),
        name: String::new(),
        role: role.to_owned(),
        unit,
        validity: Validity::default(),
    }
}

/// An account that has accepted its invitation.
fn member(entrance: &Entrance, login: &str, role: &str, unit: UnitId) -> Account {
    let draft = draft(login, role, Some(unit));
    let invited = entrance.create_account(&Actor::console(), draft, at(NOW_MS)).unwrap();
    entrance.accept_invitation(&invited.secret, PASSWORD.to_owned(), NOW_MS).unwrap()
}

fn typed(login: &str, password: &str, code: &str) -> SignIn {
    SignIn {
        login: login.to_owned(),
        password: password.to_owned(),
        code: code.to_owned(),
        device: "Firefox".to_owned(),
    }
}

fn sign_in(entrance: &Entrance, login: &str, password: &str, now_ms: i64) -> Result<String, Error> {
    entrance.sign_in(typed(login, password, ""), now_ms, TODAY)
}

fn why<T: std::fmt::Debug>(result: Result<T, Error>) -> EntranceProblem {
    match refusals(result).remove(0).why {
        Refusal::Entrance(problem) => problem,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_invitation_is_accepted_once_and_opens_the_door() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        let commune = unit(database, "X1");
        let draft = draft(" Binh.NV ", "reporter", Some(commune));
        let invited = entrance.create_account(&Actor::console(), draft, at(NOW_MS)).unwrap();
        assert_eq!(invited.account.login, "binh.nv", "{engine}");
        assert_eq!(
            why(sign_in(&entrance, "binh.nv", PASSWORD, NOW_MS)),
            EntranceProblem::WrongSignIn
        );
        let accept = |secret: &str, password: &str, now_ms| {
            entrance.accept_invitation(secret, password.to_owned(), now_ms)
        };
        let weak = EntranceProblem::WeakPassword { problem: PasswordProblem::Guessable };
        assert_eq!(why(accept(&invited.secret, "langson123456@", NOW_MS)), weak, "{engine}");
        assert_eq!(why(accept("made up", PASSWORD, NOW_MS)), EntranceProblem::InvitationOver);
        assert_eq!(
            why(accept(&invited.secret, PASSWORD, invited.ends_ms)),
            EntranceProblem::InvitationOver
        );
        let account = accept(&invited.secret, PASSWORD, NOW_MS).unwrap();
        assert_eq!(account.state, AccountState::Active, "{engine}");
        assert_eq!(why(accept(&invited.secret, OTHER, NOW_MS)), EntranceProblem::InvitationOver);

        let secret = sign_in(&entrance, "BINH.NV", PASSWORD, NOW_MS).unwrap();
        let visitor = entrance.visitor(&secret, NOW_MS).unwrap().unwrap();
        assert!(visitor.actor.is(account.id), "{engine}");
        assert_eq!(visitor.actor.units(Right::SendFigures, TODAY), [Some(commune)], "{engine}");
        assert_eq!(entrance.visitor("guessed", NOW_MS).unwrap(), None, "{engine}");
    });
}

#[test]
fn what_is_wrong_is_not_said_and_many_attempts_cost_time() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        member(&entrance, "binh", "reporter", unit(database, "X1-1"));
        for (login, password) in [("nobody", PASSWORD), ("binh", OTHER), ("bình", PASSWORD)] {
            let refused = why(sign_in(&entrance, login, password, NOW_MS));
            assert_eq!(refused, EntranceProblem::WrongSignIn, "{engine}: {login}");
        }
        for _ in 0..4 {
            let refused = why(sign_in(&entrance, "binh", OTHER, NOW_MS));
            assert_eq!(refused, EntranceProblem::WrongSignIn, "{engine}");
        }
        // The sixth has to wait, even with the right password; each further one twice as long.
        let wait = |now_ms| why(sign_in(&entrance, "binh", PASSWORD, now_ms));
        assert_eq!(wait(NOW_MS), EntranceProblem::TooManyAttempts { seconds: 30 }, "{engine}");
        assert_eq!(
            wait(NOW_MS + 29_500),
            EntranceProblem::TooManyAttempts { seconds: 1 },
            "{engine}"
        );
        let later = NOW_MS + 30_000;
        assert_eq!(why(sign_in(&entrance, "binh", OTHER, later)), EntranceProblem::WrongSignIn);
        assert_eq!(wait(later), EntranceProblem::TooManyAttempts { seconds: 60 }, "{engine}");
        assert!(sign_in(&entrance, "binh", PASSWORD, later + MINUTE_MS).is_ok(), "{engine}");
        // After a right one, mistakes are free again.
        let refused = why(sign_in(&entrance, "binh", OTHER, later + MINUTE_MS));
        assert_eq!(refused, EntranceProblem::WrongSignIn, "{engine}");
        assert!(sign_in(&entrance, "binh", PASSWORD, later + MINUTE_MS).is_ok(), "{engine}");
    });
}

#[test]
fn nobody_is_locked_out_for_longer_than_a_quarter_of_an_hour() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        member(&entrance, "binh", "reporter", unit(database, "X1-1"));
        let mut now_ms = NOW_MS;
        for _ in 0..20 {
            drop(sign_in(&entrance, "binh", OTHER, now_ms));
            now_ms += 15 * MINUTE_MS;
        }
        assert!(sign_in(&entrance, "binh", PASSWORD, now_ms).is_ok(), "{engine}");
    });
}

#[test]
fn a_session_ends_when_it_is_not_used_when_it_is_old_and_when_its_owner_says_so() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        let village = unit(database, "X1-1");
        let account = member(&entrance, "binh", "reporter", village);
        let other = member(&entrance, "an", "reporter", village);
        let secret = sign_in(&entrance, "binh", PASSWORD, NOW_MS).unwrap();
        let comes = |now_ms| entrance.visitor(&secret, now_ms).unwrap().is_some();
        let hour = 60 * MINUTE_MS;
        assert!(comes(NOW_MS + 11 * hour), "{engine}");
        assert!(comes(NOW_MS + 22 * hour), "{engine}: used eleven hours ago");
        assert!(!comes(NOW_MS + 35 * hour), "{engine}: not used for half a day");
        let second = sign_in(&entrance, "binh", PASSWORD, NOW_MS).unwrap();
        let mine = entrance.sessions(account.id, NOW_MS + 30 * hour).unwrap();
        assert_eq!(mine.len(), 1, "{engine}: the first lasts, the second was never used");
        let mine = entrance.sessions(account.id, NOW_MS).unwrap();
        let id = mine.last().unwrap().id;
        let missing = Refusal::NotFound { noun: Noun::Session, key: id.to_string() };
        assert_eq!(
            refusals(entrance.end_session(other.id, id, NOW_MS))[0].why,
            missing,
            "{engine}"
        );
        entrance.end_session(account.id, id, NOW_MS).unwrap();
        assert_eq!(entrance.visitor(&second, NOW_MS).unwrap(), None, "{engine}");
    });
}

#[test]
fn a_changed_password_ends_the_other_sessions() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        let account = member(&entrance, "binh", "reporter", unit(database, "X1-1"));
        let here = sign_in(&entrance, "binh", PASSWORD, NOW_MS).unwrap();
        let elsewhere = sign_in(&entrance, "binh", PASSWORD, NOW_MS).unwrap();
        let session = entrance.visitor(&here, NOW_MS).unwrap().unwrap().session.id;
        let change = |present: &str, new: &str| {
            let (present, new) = (present.to_owned(), new.to_owned());
            entrance.change_password(&account, present, new, session, NOW_MS)
        };
        assert_eq!(why(change(OTHER, OTHER)), EntranceProblem::WrongSignIn, "{engine}");
        change(PASSWORD, OTHER).unwrap();
        assert!(entrance.visitor(&here, NOW_MS).unwrap().is_some(), "{engine}");
        assert!(entrance.visitor(&elsewhere, NOW_MS).unwrap().is_none(), "{engine}");
        assert_eq!(why(sign_in(&entrance, "binh", PASSWORD, NOW_MS)), EntranceProblem::WrongSignIn);
        assert!(sign_in(&entrance, "binh", OTHER, NOW_MS).is_ok(), "{engine}");
    });
}

fn code_of(secret: &str, now_ms: i64) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build_noncompliant();
    totp.generate(u64::try_from(now_ms / 1_000).unwrap()).to_string()
}

#[test]
fn a_one_time_code_is_asked_for_and_works_once() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        let account = member(&entrance, "chi", "reviewer", unit(database, "X1"));
        let secret = sign_in(&entrance, "chi", PASSWORD, NOW_MS).unwrap();
        let visitor = entrance.visitor(&secret, NOW_MS).unwrap().unwrap();
        assert!(!visitor.actor.second_factor, "{engine}: not yet");
        let setup = entrance.begin_one_time_codes(&account);
        assert!(setup.address.starts_with("otpauth://totp/dotpha:chi?secret="), "{engine}");
        let confirm = |code: &str| {
            let proof = PASSWORD.to_owned();
            entrance.confirm_one_time_codes(&visitor.session, &setup, code, proof, NOW_MS)
        };
        assert_eq!(why(confirm("000000")), EntranceProblem::WrongCode, "{engine}");
        let recovery = confirm(&code_of(&setup.secret, NOW_MS)).unwrap();
        assert_eq!(recovery.len(), 10, "{engine}");
        assert!(entrance.visitor(&secret, NOW_MS).unwrap().unwrap().actor.second_factor);

        let enter = |code: &str, now_ms| {
            entrance.sign_in(typed("chi", PASSWORD, code), now_ms, TODAY).map(drop)
        };
        let later = NOW_MS + 2 * MINUTE_MS;
        let fresh = code_of(&setup.secret, later);
        assert_eq!(
            why(enter("", later)),
            EntranceProblem::WrongSignIn,
            "{engine}: a code is asked for"
        );
        let used = code_of(&setup.secret, NOW_MS);
        assert_eq!(
            why(enter(&used, NOW_MS)),
            EntranceProblem::WrongSignIn,
            "{engine}: used to confirm"
        );
        enter(&format!("{} {}", &fresh[..3], &fresh[3..]), later).unwrap();
        assert_eq!(why(enter(&fresh, later)), EntranceProblem::WrongSignIn, "{engine}: used up");
        enter(&recovery[0].to_uppercase(), later).unwrap();
        assert_eq!(
            why(enter(&recovery[0], later)),
            EntranceProblem::WrongSignIn,
            "{engine}: used up"
        );
        assert_eq!(entrance.one_time_codes(account.id).unwrap(), Some(9), "{engine}");
    });
}

#[test]
fn whoever_has_nothing_but_a_session_turns_no_codes_on() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        let account = member(&entrance, "chi", "reviewer", unit(database, "X1"));
        let secret = sign_in(&entrance, "chi", PASSWORD, NOW_MS).unwrap();
        let came = |now_ms| entrance.visitor(&secret, now_ms).unwrap().unwrap();
        let (first, second) =
            (entrance.begin_one_time_codes(&account), entrance.begin_one_time_codes(&account));
        let confirm = |setup: &OneTimeSetup, proof: &str, now_ms| {
            let code = code_of(&setup.secret, now_ms);
            let session = came(now_ms).session;
            entrance.confirm_one_time_codes(&session, setup, &code, proof.to_owned(), now_ms)
        };
        for proof in ["", "khác hẳn mật khẩu"] {
            let refused = why(confirm(&first, proof, NOW_MS));
            assert_eq!(refused, EntranceProblem::WrongSignIn, "{engine}: {proof}");
        }
        assert!(!came(NOW_MS).has_codes, "{engine}");
        confirm(&first, PASSWORD, NOW_MS).unwrap();

        // Where there are codes, one of them is asked for: the password is no second thing.
        let later = NOW_MS + 2 * MINUTE_MS;
        assert!(came(later).has_codes, "{engine}");
        for proof in [PASSWORD, "", &code_of(&second.secret, later)] {
            let refused = why(confirm(&second, proof, later));
            assert_eq!(refused, EntranceProblem::WrongCode, "{engine}: {proof}");
        }
        let present = code_of(&first.secret, later);
        confirm(&second, &present, later).unwrap();
        let old = || entrance.give_code_again(&came(later).session, present.clone(), later);
        assert_eq!(why(old()), EntranceProblem::WrongCode, "{engine}: the old app is out");
        for _ in 0..4 {
            assert_eq!(why(old()), EntranceProblem::WrongCode, "{engine}");
        }
        let wait = EntranceProblem::TooManyAttempts { seconds: 30 };
        assert_eq!(why(confirm(&first, "000000", later)), wait, "{engine}: guessing costs time");
    });
}

#[test]
fn a_session_without_a_code_owes_one_where_a_role_or_the_account_asks() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        let guarded = member(&entrance, "chi", "reviewer", unit(database, "X1"));
        let free = member(&entrance, "binh", "reporter", unit(database, "X1-1"));
        let cases = [
            // Who, with codes turned on in another browser, what for, and what is owed.
            (&guarded, false, Right::ReviewFigures, true),
            (&guarded, true, Right::ReviewFigures, true),
            (&free, false, Right::SendFigures, false),
            (&free, true, Right::SendFigures, true),
        ];
        for (account, turns_on, right, expected) in cases {
            let secret = sign_in_as(&entrance, account, NOW_MS);
            if turns_on {
                let other = sign_in_as(&entrance, account, NOW_MS);
                let session = entrance.visitor(&other, NOW_MS).unwrap().unwrap().session;
                let setup = entrance.begin_one_time_codes(account);
                let code = code_of(&setup.secret, NOW_MS);
                let proof = PASSWORD.to_owned();
                entrance.confirm_one_time_codes(&session, &setup, &code, proof, NOW_MS).unwrap();
                let visitor = entrance.visitor(&other, NOW_MS).unwrap().unwrap();
                assert!(!visitor.owes_code(right, CodeAge::Workday, NOW_MS, TODAY), "{engine}");
            }
            let visitor = entrance.visitor(&secret, NOW_MS).unwrap().unwrap();
            let owes = visitor.owes_code(right, CodeAge::Workday, NOW_MS, TODAY);
            assert_eq!(owes, expected, "{engine}: {} {turns_on}", account.login);
        }
    });
}

fn sign_in_as(entrance: &Entrance, account: &Account, now_ms: i64) -> String {
    sign_in(entrance, &account.login, PASSWORD, now_ms).unwrap()
}

#[test]
fn accounts_are_managed_within_ones_own_subtree_only() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        let (one, other) = (unit(database, "X1"), unit(database, "X2"));
        let manager = member(&entrance, "quan", "administrator", one);
        let village = member(&entrance, "binh", "reporter", unit(database, "X2-1"));
        let secret = sign_in(&entrance, "quan", PASSWORD, NOW_MS).unwrap();
        let visitor = entrance.visitor(&secret, NOW_MS).unwrap().unwrap();
        let create = |who: &Actor, login: &str, unit| {
            entrance.create_account(who, draft(login, "reporter", unit), at(NOW_MS)).map(drop)
        };
        let below = Some(unit(database, "X1-2"));
        let without_code = why(create(&visitor.actor, "an", below));
        assert_eq!(without_code, EntranceProblem::SecondFactorMissing, "{engine}");
        let actor = Actor { second_factor: true, ..visitor.actor };
        create(&actor, "an", below).unwrap();
        let denied = EntranceProblem::NotAllowed { right: Right::ManageAccounts };
        for unit in [Some(other), Some(unit(database, "182")), None] {
            assert_eq!(why(create(&actor, "xa", unit)), denied, "{engine}: {unit:?}");
        }
        let taken = EntranceProblem::LoginTaken { login: "an".to_owned() };
        assert_eq!(why(create(&actor, "An", below)), taken, "{engine}");
        let seen = entrance.accounts(&actor, at(NOW_MS)).unwrap();
        let logins: Vec<&str> = seen.iter().map(|line| line.account.login.as_str()).collect();
        assert_eq!(logins, ["quan", "an"], "{engine}");
        let missing = Refusal::NotFound { noun: Noun::Account, key: village.id.0.to_string() };
        assert_eq!(
            refusals(entrance.disable(&actor, village.id, at(NOW_MS)))[0].why,
            missing,
            "{engine}"
        );
        let own = entrance.disable(&actor, manager.id, at(NOW_MS));
        assert_eq!(why(own), EntranceProblem::OwnAccount, "{engine}");
        assert!(entrance.visitor(&secret, NOW_MS).unwrap().is_some(), "{engine}: still there");
        entrance.disable(&Actor::console(), manager.id, at(NOW_MS)).unwrap();
        assert_eq!(entrance.visitor(&secret, NOW_MS).unwrap(), None, "{engine}: at once");
        assert_eq!(why(sign_in(&entrance, "quan", PASSWORD, NOW_MS)), EntranceProblem::WrongSignIn);
    });
}

#[test]
fn an_ended_role_ends_its_sessions() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        let account = member(&entrance, "binh", "reporter", unit(database, "X1-1"));
        let secret = sign_in(&entrance, "binh", PASSWORD, NOW_MS).unwrap();
        let lines = entrance.accounts(&Actor::console(), at(NOW_MS)).unwrap();
        let grant = lines[0].grants[0].id;
        entrance.end_grant(&Actor::console(), account.id, grant, at(NOW_MS)).unwrap();
        assert_eq!(entrance.visitor(&secret, NOW_MS).unwrap(), None, "{engine}");
        let again = sign_in(&entrance, "binh", PASSWORD, NOW_MS).unwrap();
        let visitor = entrance.visitor(&again, NOW_MS).unwrap().unwrap();
        assert!(visitor.actor.units(Right::SendFigures, TODAY).is_empty(), "{engine}");
    });
}

#[test]
fn the_first_administrator_is_invited_until_somebody_can_sign_in() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        let first = entrance.first_invitation(at(NOW_MS)).unwrap().unwrap();
        let again = entrance.first_invitation(at(NOW_MS)).unwrap().unwrap();
        assert_eq!(first.account.id, again.account.id, "{engine}: the same account");
        let password = PASSWORD.to_owned();
        let late = entrance.accept_invitation(&again.secret, password.clone(), again.ends_ms);
        assert_eq!(why(late), EntranceProblem::InvitationOver, "{engine}");
        entrance.accept_invitation(&again.secret, password, NOW_MS).unwrap();
        assert_eq!(entrance.first_invitation(at(NOW_MS)).unwrap(), None, "{engine}");
        let secret = sign_in(&entrance, "quan-tri", PASSWORD, NOW_MS).unwrap();
        let visitor = entrance.visitor(&secret, NOW_MS).unwrap().unwrap();
        assert_eq!(visitor.actor.units(Right::ManageAccounts, TODAY), [None], "{engine}");
    });
}

#[test]
fn nothing_secret_is_kept_as_it_is() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        let account = member(&entrance, "chi", "reviewer", unit(database, "X1"));
        let secret = sign_in(&entrance, "chi", PASSWORD, NOW_MS).unwrap();
        let setup = entrance.begin_one_time_codes(&account);
        let code = code_of(&setup.secret, NOW_MS);
        let session = entrance.visitor(&secret, NOW_MS).unwrap().unwrap().session;
        let proof = PASSWORD.to_owned();
        entrance.confirm_one_time_codes(&session, &setup, &code, proof, NOW_MS).unwrap();
        let kept = database
            .read_blocking::<_, store::Error>(move |tx| {
                let known = store::accounts::credentials(tx, account.id)?.unwrap();
                let session = store::sessions::find(tx, &secret, NOW_MS)?;
                Ok((known, session))
            })
            .unwrap();
        let (known, by_secret) = kept;
        assert_eq!(by_secret, None, "{engine}: only the hash of a session's secret is kept");
        assert!(known.password.unwrap().starts_with("$argon2id$"), "{engine}");
        let plain = Secret::try_from_base32(&setup.secret).unwrap();
        let sealed = known.one_time_secret.unwrap();
        let shows = sealed.windows(20).any(|window| window == plain.as_ref());
        assert!(!shows, "{engine}: the secret of one-time codes is sealed");
    });
}

#[test]
fn nobody_has_more_sessions_than_their_role_allows_and_the_longest_unused_ends() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        for (role, most) in [("reporter", 10), ("administrator", 3)] {
            let account = member(&entrance, role, role, unit(database, "X1"));
            let begin =
                |minute| sign_in(&entrance, role, PASSWORD, NOW_MS + minute * MINUTE_MS).unwrap();
            let secrets: Vec<String> = (0..most).map(begin).collect();
            let now_ms = NOW_MS + (most + 2) * MINUTE_MS;
            let known = |secret: &str| entrance.visitor(secret, now_ms).unwrap().is_some();
            // Looking at a page keeps the oldest; the second oldest is unused longest then.
            assert!(known(&secrets[0]), "{engine}: {role}");
            let newest = entrance.sign_in(typed(role, PASSWORD, ""), now_ms, TODAY).unwrap();
            let lasting = entrance.sessions(account.id, now_ms).unwrap().len();
            assert_eq!(i64::try_from(lasting), Ok(most), "{engine}: {role}");
            assert!(known(&newest) && known(&secrets[0]), "{engine}: {role}");
            assert!(!known(&secrets[1]), "{engine}: {role}");
        }
    });
}
