//! Delegation: lending roles while away, what is done under it, and when it ends.

use actions::accounts::delegation::{DAYS_MAX, Loan};
use actions::accounts::{Draft, Moment};
use actions::door::Doer;
use actions::entrance::{Entrance, SignIn};
use actions::error::Error;
use actions::submissions::evidence::Next;
use actions::submissions::{Base, Occasion, Typed, TypedField};
use domain::access::{Account, Actor, Right};
use domain::collecting::CollectingProblem;
use domain::entrance::EntranceProblem;
use domain::period::Period;
use domain::refusal::{Noun, Refusal};
use domain::submission;
use domain::unit::Validity;
use jiff::civil::{Date, date};
use ledger::entry::decode;
use store::Database;
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

use crate::door::{AT, PASSWORD, entrance, entries};
use crate::setup::{Office, refusals};

const TODAY: Date = AT.today;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// A commune with its officer on leave and a colleague who holds nothing but a look.
struct Leave {
    office: Office,
    entrance: Entrance,
    lender: Account,
    colleague: Account,
}

fn member(entrance: &Entrance, office: &Office, login: &str, role: &str, unit: &str) -> Account {
    let draft = Draft {
        login: login.to_owned(),
        name: format!("Tên của {login}"),
        role: role.to_owned(),
        unit: Some(office.unit(unit, TODAY)),
        validity: Validity::default(),
    };
    entrance.create_with_password(draft, PASSWORD, AT).unwrap()
}

fn leave(database: &Database) -> Leave {
    let office = Office::small(database);
    let entrance = entrance(database);
    entrance.ask_for_no_codes(NOW_MS).unwrap();
    Leave {
        lender: member(&entrance, &office, "xa", "reviewer", "X1"),
        colleague: member(&entrance, &office, "thay", "leader", "X1-1"),
        entrance,
        office,
    }
}

/// A day of the tests: so many after today.
fn day(after: i64) -> Date {
    TODAY.checked_add(jiff::Span::new().days(after)).unwrap()
}

impl Leave {
    /// Somebody as a request brings them, so many days from now.
    fn actor(&self, login: &str, after: i64) -> Actor {
        let now_ms = NOW_MS + after * DAY_MS;
        let (login, password) = (login.to_owned(), PASSWORD.to_owned());
        let typed = SignIn { login, password, ..SignIn::default() };
        let secret = self.entrance.sign_in(typed, now_ms, day(after)).unwrap();
        self.entrance.visitor(&secret, now_ms).unwrap().unwrap().actor
    }

    fn loan(&self, unit: Option<&str>, days: (i64, i64)) -> Loan {
        let grants = self.actor("xa", 0).grants.iter().map(|grant| grant.id).collect();
        let unit = unit.map(|code| self.office.unit(code, TODAY));
        let days = Some((day(days.0), day(days.1)));
        Loan { to: " Thay ".to_owned(), grants, unit, days }
    }

    fn lend(&self, loan: Loan) -> Result<(), Error> {
        self.entrance.delegate(&self.actor("xa", 0), loan, AT)
    }

    /// Whether the colleague may review a unit's figures, so many days from now.
    fn reviews(&self, unit: &str, after: i64) -> bool {
        let snapshot = self.office.workspace.snapshot().unwrap();
        let unit = self.office.unit(unit, TODAY);
        let actor = self.actor("thay", after);
        snapshot.check(&actor, Right::ReviewFigures, Some(unit), day(after)).is_ok()
    }

    /// Sends a village's month; gives back the submission's id.
    fn send(&self, who: &Actor, month: i8) -> String {
        let id = format!("01930000-0000-7000-8000-{month:012}");
        let unit = self.office.unit("X1-1", TODAY);
        let occasion =
            Occasion { form: "thang".to_owned(), unit, period: Period::Month(2026, month) };
        let field =
            TypedField { item: "A01".to_owned(), text: "3".to_owned(), ..TypedField::default() };
        let typed = Typed { fields: vec![field], base: Base::default(), ..Typed::default() };
        self.office.workspace.submit(who, AT, &id, occasion, typed).unwrap();
        id
    }
}

fn why<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    refusals(result).remove(0).why
}

#[test]
fn a_loan_holds_on_its_days_and_subtree_and_until_it_is_taken_back() {
    on_every_engine(|engine, database| {
        let leave = leave(database);
        assert!(!leave.reviews("X1-1", 0), "{engine}");
        leave.lend(leave.loan(Some("X1-1"), (1, 3))).unwrap();
        for (unit, after, expected) in [
            ("X1-1", 0, false),
            ("X1-1", 1, true),
            ("X1-1", 3, true),
            ("X1-1", 4, false),
            ("X1-2", 2, false),
            ("X1", 2, false),
        ] {
            assert_eq!(leave.reviews(unit, after), expected, "{engine}: {unit} after {after} days");
        }
        let lender = leave.actor("xa", 0);
        let lent = leave.entrance.lent(&lender, TODAY).unwrap();
        assert_eq!(lent.len(), 1, "{engine}");
        assert_eq!(lent[0].name, "Tên của thay", "{engine}");
        // Nobody else takes it back.
        let id = lent[0].grant.id;
        let missing = Refusal::NotFound { noun: Noun::Role, key: id.to_string() };
        let other = leave.actor("thay", 0);
        assert_eq!(why(leave.entrance.take_back(&other, id, AT)), missing, "{engine}");
        leave.entrance.take_back(&lender, id, AT).unwrap();
        assert!(!leave.reviews("X1-1", 2), "{engine}: taken back");
        assert_eq!(leave.entrance.lent(&lender, TODAY).unwrap(), [], "{engine}");
    });
}

#[test]
fn a_loan_ends_when_the_lender_loses_the_role_or_the_account() {
    on_every_engine(|engine, database| {
        let leave = leave(database);
        let console = Actor::console();
        leave.lend(leave.loan(None, (0, 20))).unwrap();
        assert!(leave.reviews("X1-2", 5), "{engine}");
        let grant = leave.actor("xa", 0).grants[0].id;
        leave.entrance.end_grant(&console, leave.lender.id, grant, AT).unwrap();
        assert!(!leave.reviews("X1-2", 5), "{engine}: the lender has it no more");

        let again = Draft {
            login: String::new(),
            name: String::new(),
            role: "reviewer".to_owned(),
            unit: Some(leave.office.unit("X1-2", TODAY)),
            validity: Validity { from: None, to: Some(day(7)) },
        };
        leave.entrance.grant(&console, leave.lender.id, again, AT).unwrap();
        assert!(!leave.reviews("X1-2", 5), "{engine}: the loan was of the whole commune");
        let narrower = Loan { days: Some((day(0), day(20))), ..leave.loan(None, (0, 20)) };
        let held = leave.actor("xa", 0).grants;
        let held = held.iter().filter(|grant| grant.validity.to == Some(day(7)));
        let narrower = Loan { grants: held.map(|grant| grant.id).collect(), ..narrower };
        leave.lend(narrower).unwrap();
        assert!(leave.reviews("X1-2", 7), "{engine}");
        assert!(!leave.reviews("X1-2", 8), "{engine}: not a day longer than the lender");
        leave.entrance.disable(&console, leave.lender.id, AT).unwrap();
        assert!(!leave.reviews("X1-2", 5), "{engine}: the lender is gone");
    });
}

#[test]
fn only_what_is_ones_own_is_lent_for_the_days_of_a_leave_and_to_a_colleague() {
    on_every_engine(|engine, database| {
        let leave = leave(database);
        let good = || leave.loan(None, (0, 1));
        let days = EntranceProblem::LoanWithoutDays { days_max: DAYS_MAX };
        let nobody = |key: &str| Refusal::NotFound { noun: Noun::Account, key: key.to_owned() };
        let not_own = || Refusal::from(EntranceProblem::NotOwnToLend);
        let foreign = leave.actor("thay", 0).grants[0].id;
        let above = Some(leave.office.unit("182", TODAY));
        let cases = [
            (Loan { days: None, ..good() }, days.clone().into()),
            (leave.loan(None, (-1, 1)), days.clone().into()),
            (leave.loan(None, (2, 1)), days.clone().into()),
            (leave.loan(None, (0, i64::from(DAYS_MAX))), days.into()),
            (Loan { to: "nobody".to_owned(), ..good() }, nobody("nobody")),
            (Loan { to: "xa".to_owned(), ..good() }, EntranceProblem::RoleForOneself.into()),
            (Loan { grants: Vec::new(), ..good() }, not_own()),
            (Loan { grants: vec![foreign], ..good() }, not_own()),
            (Loan { grants: vec![999], ..good() }, not_own()),
            (Loan { unit: above, ..good() }, not_own()),
            (leave.loan(Some("X2-1"), (0, 1)), not_own()),
        ];
        let before = entries(database).len();
        for (loan, expected) in cases {
            let said = format!("{engine}: {loan:?}");
            let who = leave.actor("xa", 0);
            assert_eq!(why(leave.entrance.delegate(&who, loan, AT)), expected, "{said}");
        }
        let given = entries(database).split_off(before);
        assert!(given.iter().all(|entry| entry.action != "grant.give"), "{engine}");
        // What is lent is not lent on.
        leave.lend(good()).unwrap();
        let borrower = leave.actor("thay", 0);
        let lent = borrower.grants.iter().find(|grant| grant.delegated_by.is_some()).unwrap().id;
        let on = Loan { to: "xa".to_owned(), grants: vec![lent], ..good() };
        assert_eq!(why(leave.entrance.delegate(&borrower, on, AT)), not_own(), "{engine}");
    });
}

#[test]
fn a_role_that_asks_for_codes_is_lent_with_one_and_used_with_one() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let entrance = entrance(database);
        let leave = Leave {
            lender: member(&entrance, &office, "xa", "reviewer", "X1"),
            colleague: member(&entrance, &office, "thay", "leader", "X1-1"),
            entrance,
            office,
        };
        let missing = Refusal::from(EntranceProblem::SecondFactorMissing);
        assert_eq!(why(leave.lend(leave.loan(None, (0, 1)))), missing, "{engine}");
        let lender = Actor { second_factor: true, ..leave.actor("xa", 0) };
        leave.entrance.delegate(&lender, leave.loan(None, (0, 1)), AT).unwrap();
        assert!(!leave.reviews("X1-1", 0), "{engine}: the colleague gave no code");
        assert!(leave.actor("thay", 0).needs_second_factor(TODAY), "{engine}");
    });
}

#[test]
fn what_is_done_under_a_loan_says_so_and_stays_the_lenders_own() {
    on_every_engine(|engine, database| {
        let leave = leave(database);
        let workspace = &leave.office.workspace;
        leave.lend(leave.loan(None, (0, 1))).unwrap();
        let (lender, colleague) = (leave.actor("xa", 0), leave.actor("thay", 0));
        let own = leave.send(&lender, 9);
        let refused = why(workspace.approve(&colleague, AT, &own));
        let own_submission = Refusal::from(CollectingProblem::OwnSubmission);
        assert_eq!(refused, own_submission.clone(), "{engine}: not even through somebody else");
        let waiting = workspace.review_queue(&colleague, AT, 0).unwrap().waiting;
        let offered: Vec<submission::Doer> = waiting.iter().map(|waiting| waiting.doer).collect();
        assert_eq!(offered, [submission::Doer::Sender], "{engine}: nor is it offered");
        let page = workspace.review_page(&colleague, AT, &own).unwrap();
        assert_eq!(page.next, Next::OwnReturn, "{engine}");

        let id = leave.send(&colleague, 10);
        let refused = why(workspace.approve(&lender, AT, &id));
        assert_eq!(refused, own_submission, "{engine}: nor what was sent in one's place");
        let console = Actor::console();
        workspace.approve(&console, AT, &id).unwrap();
        let page = workspace.review_page(&console, AT, &id).unwrap();
        let said: Vec<(&str, &str)> =
            page.deeds.iter().map(|deed| (deed.name.as_str(), deed.in_place_of.as_str())).collect();
        assert_eq!(said, [("Tên của thay", "Tên của xa"), ("", "")], "{engine}");

        let substitute =
            Doer::Substitute { account: leave.colleague.id, in_place_of: leave.lender.id };
        let sent = entries(database).into_iter().rfind(|entry| entry.action == "submission.send");
        let sent = sent.unwrap();
        assert_eq!(sent.account, Some(leave.colleague.id), "{engine}: found under their account");
        let actor = decode(&sent.leaf).unwrap().actor;
        assert_eq!(Doer::read(actor.as_str()), Some(substitute), "{engine}");
        let verified = workspace.verify(Default::default()).unwrap();
        assert_eq!(verified.troubles, [], "{engine}");
    });
}

#[test]
fn administering_and_locking_under_a_loan_are_recorded_in_the_lenders_place() {
    on_every_engine(|engine, database| {
        let leave = leave(database);
        let quan = member(&leave.entrance, &leave.office, "quan", "administrator", "X1");
        let head = member(&leave.entrance, &leave.office, "thon", "reporter", "X1-1");
        leave.lend(leave.loan(None, (0, 1))).unwrap();
        let own = leave.actor("quan", 0);
        let grants = own.grants.iter().map(|grant| grant.id).collect();
        let loan = Loan { grants, ..leave.loan(None, (0, 1)) };
        leave.entrance.delegate(&own, loan, AT).unwrap();

        let substitute = leave.actor("thay", 0);
        leave.entrance.invite_again(&substitute, head.id, AT).unwrap();
        leave.entrance.disable(&substitute, head.id, AT).unwrap();
        let unit = leave.office.unit("X1-1", TODAY);
        let period = Period::Month(2026, 10);
        let occasion = Occasion { form: "thang".to_owned(), unit, period };
        leave.office.workspace.lock_period(&substitute, AT, occasion, String::new()).unwrap();
        leave.entrance.invite_again(&own, head.id, AT).unwrap();

        let by = |action: &str| -> Vec<Option<Doer>> {
            let entries = entries(database).into_iter().filter(|entry| entry.action == action);
            entries.map(|entry| Doer::read(decode(&entry.leaf).unwrap().actor.as_str())).collect()
        };
        let in_place_of = |lender: &Account| {
            Some(Doer::Substitute { account: leave.colleague.id, in_place_of: lender.id })
        };
        let invited = [in_place_of(&quan), Some(Doer::Account(quan.id))];
        assert_eq!(by("account.invite"), invited, "{engine}: one's own are one's own");
        assert_eq!(by("account.disable"), [in_place_of(&quan)], "{engine}");
        assert_eq!(by("period.lock"), [in_place_of(&leave.lender)], "{engine}");
    });
}

#[test]
fn moments_of_the_tests_are_the_days_they_say() {
    assert_eq!(actions::zone::day_of(NOW_MS), TODAY);
    assert_eq!(day(8), date(2026, 12, 1));
    let Moment { now_ms, today } = AT;
    assert_eq!((now_ms, today), (NOW_MS, TODAY));
}
