//! Proposals decided, and the priorities that they become: chosen, one too many, ended, replaced.

use actions::answer::View;
use actions::priorities::page::PriorityPage;
use actions::priorities::retire::Retiring;
use actions::proposals::decide::{Choice, Decided};
use domain::access::Right;
use domain::choosing::ChoosingProblem as Why;
use domain::entrance::EntranceProblem;
use domain::period::Period;
use domain::proposal::{Document, ProposalId, State};
use domain::refusal::{Noun, Refusal};
use domain::unit::UnitId;
use jiff::civil::date;
use store::damage::Damage;
use testkit::on_every_engine;

use crate::collecting::{AT, refused};
use crate::proposals::{Desk, desk, points};

/// A decision by a document that the register does not have.
pub(crate) fn decided() -> Decided {
    Decided {
        directive: None,
        number: "07-NQ/ĐU".to_owned(),
        date: Some(date(2026, 11, 20)),
        reason: " Bình và tập thể thống nhất ".to_owned(),
    }
}

pub(crate) fn choice(owner: UnitId) -> Choice {
    Choice {
        existing: None,
        owner,
        head: "Chủ tịch Bình".to_owned(),
        indicators: vec!["A01".to_owned()],
        many_because: String::new(),
    }
}

pub(crate) fn retiring() -> Retiring {
    Retiring { on: Some(AT.today), because: "Bình báo đã xong".to_owned(), successor: None }
}

impl Desk {
    fn choose(&self, id: ProposalId, choice: Choice) -> Result<String, Vec<Refusal>> {
        let chosen = self.entrance.choose_proposal(&self.planner, AT, id, (decided(), choice));
        chosen.map_err(|error| refused::<()>(Err(error)))
    }

    fn chosen(&self) -> String {
        self.choose(self.market(), choice(self.office.unit("182"))).unwrap()
    }

    fn retire(&self, code: &str, retiring: Retiring) -> Result<(), Vec<Refusal>> {
        let done = self.entrance.retire_priority(&self.planner, AT, code, retiring);
        done.map_err(|error| refused::<()>(Err(error)))
    }

    fn priority(&self, code: &str) -> PriorityPage {
        let workspace = &self.office.commune.office.workspace;
        let unit = self.office.unit("182");
        workspace.priority_page(&self.leader, AT, (code, unit)).unwrap()
    }

    /// The priorities on the overview of a unit.
    fn overview(&self, unit: &str, period: Period) -> Vec<String> {
        let workspace = &self.office.commune.office.workspace;
        let overview = workspace.overview(self.office.unit(unit), period, View::Reported).unwrap();
        overview.priorities.into_iter().map(|one| one.code).collect()
    }
}

fn choosing(all: impl IntoIterator<Item = Why>) -> Vec<Refusal> {
    all.into_iter().map(Refusal::Choosing).collect()
}

#[test]
fn a_chosen_proposal_becomes_a_priority_with_its_owner_and_scores_then() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let id = desk.market();
        desk.score(&desk.leader, id, points([5, 4, 3])).unwrap();
        let code = desk.choose(id, choice(desk.office.unit("X1"))).unwrap();
        let page = desk.priority(&code);
        assert_eq!(page.priority.name.vi, "Dời chợ", "{engine}");
        assert_eq!(page.priority.directive, "kh", "{engine}: of the proposal");
        let chosen = page.chosen.unwrap();
        assert_eq!(chosen.owner.id, desk.office.unit("X1"), "{engine}");
        assert_eq!(
            chosen.scores.map(|(count, _, all)| (count, all.least)),
            Some((1, 3)),
            "{engine}"
        );
        let (proposal, decision) = chosen.proposal.unwrap();
        assert_eq!((proposal.id, proposal.state), (id, State::Chosen), "{engine}");
        let number = "07-NQ/ĐU".to_owned();
        let expected = Document::Other { number, date: date(2026, 11, 20) };
        assert_eq!(decision.document, expected, "{engine}");
        assert_eq!(page.indicators.len(), 1, "{engine}");
        let seen = desk.page(&desk.leader, id);
        assert_eq!(seen.priority.unwrap().code, code, "{engine}: the proposal leads there");
        assert!(!seen.may_score && seen.deciding.is_none(), "{engine}");
        let late = desk.score(&desk.leader, id, points([1, 1, 1])).unwrap_err();
        assert_eq!(late, choosing([Why::Decided]), "{engine}");
        let list = desk.office.commune.office.workspace.priority_list(
            &desk.leader,
            AT,
            desk.office.unit("182"),
        );
        let current: Vec<String> =
            list.unwrap().current.into_iter().map(|(one, _)| one.code).collect();
        assert_eq!(current, [code], "{engine}");
    });
}

#[test]
fn a_priority_of_the_plan_is_chosen_once_and_shown_to_all_as_before() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let own = desk.office.unit("182");
        let of_plan = || Choice { existing: Some("P1".to_owned()), ..choice(own) };
        assert_eq!(desk.choose(desk.market(), of_plan()).as_deref(), Ok("P1"), "{engine}");
        let again = desk.choose(desk.market(), of_plan()).unwrap_err();
        assert_eq!(again, choosing([Why::ChosenBefore { code: "P1".to_owned() }]), "{engine}");
        let made = desk.chosen();
        let table = [
            ("182", Period::Year(2026), vec!["P1".to_owned(), made]),
            ("182", Period::Year(2022), vec!["P1".to_owned()]),
            ("X1", Period::Year(2026), vec!["P1".to_owned()]),
        ];
        for (unit, period, expected) in table {
            assert_eq!(desk.overview(unit, period), expected, "{engine}: {unit} {period}");
        }
    });
}

#[test]
fn more_than_a_handful_needs_a_reason() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let codes: Vec<String> = (0..5).map(|_| desk.chosen()).collect();
        let sixth = desk.market();
        let one_more = choice(desk.office.unit("182"));
        let refused = desk.choose(sixth, one_more.clone()).unwrap_err();
        assert_eq!(refused, choosing([Why::TooMany { current: 5 }]), "{engine}");
        assert!(desk.page(&desk.planner, sixth).deciding.unwrap().is_full, "{engine}");
        let because = Choice { many_because: "Tỉnh giao thêm".to_owned(), ..one_more };
        let code = desk.choose(sixth, because).unwrap();
        let why = desk.priority(&code).chosen.unwrap().proposal.unwrap().1.many_because;
        assert_eq!(why, "Tỉnh giao thêm", "{engine}");
        let list = || {
            let workspace = &desk.office.commune.office.workspace;
            workspace.priority_list(&desk.leader, AT, desk.office.unit("182")).unwrap()
        };
        assert!(list().is_many, "{engine}: and the list says so");
        let yesterday = Retiring { on: Some(AT.today), ..retiring() };
        desk.retire(&codes[0], yesterday).unwrap();
        assert_eq!(list().current.len(), 6, "{engine}: the last day still counts");
    });
}

#[test]
fn what_ends_or_is_replaced_keeps_its_history() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let (old, new) = (desk.chosen(), desk.chosen());
        let successor = Some(new.clone());
        desk.retire(&old, Retiring { successor, ..retiring() }).unwrap();
        let page = desk.priority(&old);
        let chosen = page.chosen.unwrap();
        assert_eq!(chosen.successor.unwrap().code, new, "{engine}");
        assert_eq!(chosen.chosen.ended.unwrap().because, "Bình báo đã xong", "{engine}");
        assert!(chosen.proposal.is_some() && page.successors.is_none(), "{engine}");
        let before: Vec<String> =
            desk.priority(&new).predecessors.into_iter().map(|one| one.code).collect();
        assert_eq!(before, std::slice::from_ref(&old), "{engine}");
        let again = desk.retire(&old, retiring()).unwrap_err();
        assert_eq!(again, choosing([Why::EndedBefore { on: AT.today }]), "{engine}");
    });
}

#[test]
fn decisions_and_ends_that_lack_something_are_refused_whole() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let id = desk.market();
        let (own, beside) = (desk.office.unit("182"), desk.office.unit("20"));
        let nothing = (
            Decided { number: "07".to_owned(), ..Decided::default() },
            Choice { head: " ".to_owned(), ..choice(beside) },
        );
        let day = date(2199, 1, 1);
        let later = (Decided { date: Some(day), ..decided() }, choice(own));
        let later = desk.entrance.choose_proposal(&desk.planner, AT, id, later);
        assert_eq!(refused(later), [Why::DecidedLater { day }.into()], "{engine}");
        let missing = desk.entrance.choose_proposal(&desk.planner, AT, id, nothing);
        let unit = "huyện Văn Lãng".to_owned();
        let expected = [
            Why::WithoutBecause,
            Why::WithoutDocument,
            Why::WithoutHead,
            Why::OwnerElsewhere { unit },
        ];
        assert_eq!(refused(missing), choosing(expected), "{engine}");
        let denied = [Refusal::Entrance(EntranceProblem::NotAllowed { right: Right::ManagePlan })];
        let leader = desk.entrance.decline_proposal(&desk.leader, AT, id, decided());
        assert_eq!(refused(leader), denied, "{engine}");
        desk.entrance.decline_proposal(&desk.planner, AT, id, decided()).unwrap();
        assert_eq!(desk.choose(id, choice(own)).unwrap_err(), choosing([Why::Decided]), "{engine}");

        assert_eq!(
            desk.retire("P1", retiring()).unwrap_err(),
            choosing([Why::OfThePlan]),
            "{engine}"
        );
        let code = desk.chosen();
        let early = Retiring { on: Some(date(2026, 11, 1)), ..Retiring::default() };
        let expected = [Why::EndsBeforeChosen { chosen_on: AT.today }, Why::WithoutBecause];
        assert_eq!(desk.retire(&code, early).unwrap_err(), choosing(expected), "{engine}");
        let itself = Retiring { successor: Some(code.clone()), ..retiring() };
        let unknown = Refusal::NotFound { noun: Noun::Priority, key: code.clone() };
        assert_eq!(desk.retire(&code, itself).unwrap_err(), [unknown], "{engine}");
    });
}

#[test]
fn a_decision_changed_behind_the_program_is_found() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let code = desk.chosen();
        desk.retire(&code, retiring()).unwrap();
        assert_eq!(desk.altered(), [] as [&str; 0], "{engine}");
        let table = [
            (Damage::PriorityHead(code.clone(), "Người khác".to_owned()), vec!["priority"]),
            (Damage::PriorityHead(code, "Chủ tịch Bình".to_owned()), vec![]),
            (Damage::DecisionReason(1, "Khác".to_owned()), vec!["proposal"]),
        ];
        for (damage, expected) in table {
            let name = format!("{damage:?}");
            database
                .write_blocking(move |tx| -> Result<u64, store::Error> {
                    store::damage::inflict(tx, &damage)
                })
                .unwrap();
            assert_eq!(desk.altered(), expected, "{engine}: {name}");
        }
    });
}
