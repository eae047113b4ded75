//! Proposals of priorities: opened, scored without seeing others' scores first, discussed, and verified.

use actions::entrance::Entrance;
use actions::proposals::open::Opened;
use actions::proposals::page::{ProposalList, ProposalPage};
use actions::proposals::score::Given;
use actions::verification::{Trouble, Witnesses};
use domain::access::{AccountId, Actor, Right};
use domain::choosing::ChoosingProblem;
use domain::entrance::EntranceProblem;
use domain::item::Bilingual;
use domain::number::Fraction;
use domain::period::Period;
use domain::proposal::{Case, Criterion, Evidence, ProposalId};
use domain::refusal::{Noun, Refusal};
use domain::unit::UnitId;
use store::Database;
use store::damage::Damage;
use testkit::on_every_engine;

use crate::collecting::{AT, person, refused};
use crate::door::Watch;
use crate::entrance::entrance;
use crate::tasks::{Office, office};

/// The move of the market, proposed for a unit.
pub(crate) fn market(unit: UnitId) -> Opened {
    let evidence = Evidence { indicator: "A01".to_owned(), period: Period::Month(2022, 1) };
    let said = |why: &str, evidence| Case { why: why.to_owned(), evidence };
    Opened {
        unit,
        name: Bilingual { vi: " Dời chợ ".to_owned(), en: String::new() },
        years: (Some(2025), Some(2030)),
        directive: Some("kh".to_owned()),
        cases: [
            Case::default(),
            said("Trước mùa mưa", None),
            said("Bình và dân phản ánh", Some(evidence)),
        ],
    }
}

/// Points with a reason each.
pub(crate) fn points(points: [u8; 3]) -> [Given; 3] {
    points.map(|points| Given { points: Some(points), reason: " Bình xem rồi ".to_owned() })
}

/// Every verb about proposals, for the test of the door.
pub(crate) fn every_verb(watch: &mut Watch<'_>, database: &Database, entrance: &Entrance) {
    let scorer = person(database, "cham-diem", "leader", "182");
    let unit = scorer.grants[0].unit.unwrap();
    let open = || entrance.open_proposal(&Actor::console(), AT, market(unit));
    let id = watch.run("open_proposal", open).unwrap();
    let score = || entrance.score_proposal(&scorer, AT, id, points([1, 2, 3]));
    watch.run("score_proposal", score).unwrap();
    let remark = || entrance.remark_on_proposal(&scorer, AT, id, "Bình góp ý".to_owned());
    watch.run("remark_on_proposal", remark).unwrap();
    let choice = crate::choosing::choice(unit);
    let (console, decided) = (Actor::console(), crate::choosing::decided());
    let choose = || entrance.choose_proposal(&console, AT, id, (decided.clone(), choice));
    let code = watch.run("choose_proposal", choose).unwrap();
    let other = entrance.open_proposal(&console, AT, market(unit)).unwrap();
    let decline = || entrance.decline_proposal(&console, AT, other, decided.clone());
    watch.run("decline_proposal", decline).unwrap();
    let retire = || entrance.retire_priority(&console, AT, &code, crate::choosing::retiring());
    watch.run("retire_priority", retire).unwrap();
    crate::pictures::every_verb(watch, entrance, (&code, unit));
}

/// What each of them leaves in the ledger.
pub(crate) fn recorded() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("open_proposal", vec!["proposal.open"]),
        ("score_proposal", vec!["proposal.score"]),
        ("remark_on_proposal", vec!["proposal.discuss"]),
        ("choose_proposal", vec!["proposal.choose", "priority.begin"]),
        ("decline_proposal", vec!["proposal.decline"]),
        ("retire_priority", vec!["priority.retire"]),
        ("add_picture", vec!["picture.add"]),
        ("take_picture_back", vec!["picture.take-back"]),
    ]
}

/// A district that proposes, and those who score.
pub(crate) struct Desk {
    pub(crate) office: Office,
    pub(crate) entrance: Entrance,
    pub(crate) planner: Actor,
    pub(crate) leader: Actor,
    beside: Actor,
}

pub(crate) fn desk(database: &Database) -> Desk {
    Desk {
        office: office(database),
        entrance: entrance(database),
        planner: person(database, "ke-hoach", "planner", "182"),
        leader: person(database, "chu-tri", "leader", "182"),
        beside: person(database, "thon-truong", "reporter", "X1-1"),
    }
}

impl Desk {
    /// What a verification finds to be altered.
    pub(crate) fn altered(&self) -> Vec<&'static str> {
        let workspace = &self.office.commune.office.workspace;
        let verified = workspace.verify(Witnesses::default()).unwrap();
        let things = verified.troubles.into_iter().filter_map(|trouble| match trouble {
            Trouble::RowAltered { thing, .. } => Some(thing.noun),
            _ => None,
        });
        things.collect()
    }

    fn open(&self, opened: Opened) -> Result<ProposalId, Vec<Refusal>> {
        let opened = self.entrance.open_proposal(&self.planner, AT, opened);
        opened.map_err(|error| refused::<()>(Err(error)))
    }

    pub(crate) fn market(&self) -> ProposalId {
        self.open(market(self.office.unit("182"))).unwrap()
    }

    pub(crate) fn score(
        &self,
        who: &Actor,
        id: ProposalId,
        given: [Given; 3],
    ) -> Result<(), Vec<Refusal>> {
        let scored = self.entrance.score_proposal(who, AT, id, given);
        scored.map_err(|error| refused::<()>(Err(error)))
    }

    pub(crate) fn page(&self, who: &Actor, id: ProposalId) -> ProposalPage {
        self.office.commune.office.workspace.proposal_page(who, AT, id).unwrap()
    }

    fn list(&self, who: &Actor) -> ProposalList {
        let unit = self.office.unit("182");
        self.office.commune.office.workspace.proposal_list(who, AT, unit).unwrap()
    }
}

fn account(who: &Actor) -> AccountId {
    who.account.as_ref().unwrap().id
}

#[test]
fn nobody_sees_what_others_gave_before_giving_their_own() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let id = desk.market();
        desk.score(&desk.planner, id, points([5, 4, 0])).unwrap();
        let hidden = desk.page(&desk.leader, id);
        assert!(hidden.scores.is_empty() && hidden.line.spreads.is_none(), "{engine}");
        assert_eq!(hidden.line.scorers, 1, "{engine}: that somebody has scored it is no secret");
        let line = &desk.list(&desk.leader).lines[0];
        assert!(line.spreads.is_none() && !line.shows_scores, "{engine}");

        desk.score(&desk.leader, id, points([2, 4, 1])).unwrap();
        let seen = desk.page(&desk.leader, id);
        let named: Vec<(AccountId, [u8; 3], &str)> = seen
            .scores
            .iter()
            .map(|(score, name)| (score.voter, score.points, name.as_str()))
            .collect();
        let expected = [
            (account(&desk.planner), [5, 4, 0], "ke-hoach"),
            (account(&desk.leader), [2, 4, 1], "chu-tri"),
        ];
        assert_eq!(named, expected, "{engine}");
        let (each, all) = seen.line.spreads.unwrap();
        let half = |numerator| Fraction::new(numerator, 2).unwrap();
        assert_eq!(each.map(|one| one.mean), [half(7), half(8), half(1)], "{engine}");
        assert_eq!((all.least, all.most), (0, 5), "{engine}");
        let auditor = person(database, "kiem-toan", "auditor", "182");
        let looked = desk.page(&auditor, id);
        assert!(
            !looked.may_score && looked.scores.is_empty(),
            "{engine}: who checks does not score"
        );
    });
}

#[test]
fn a_score_is_given_once_and_changed_in_its_place() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let id = desk.market();
        desk.score(&desk.leader, id, points([1, 1, 1])).unwrap();
        desk.score(&desk.leader, id, points([4, 3, 2])).unwrap();
        let page = desk.page(&desk.leader, id);
        assert_eq!(page.line.scorers, 1, "{engine}");
        let own = page.own.unwrap();
        assert_eq!((own.points, own.reasons[0].as_str()), ([4, 3, 2], "Bình xem rồi"), "{engine}");
    });
}

#[test]
fn under_a_loan_the_score_is_that_of_whoever_lent_the_role() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let id = desk.market();
        let stand_in = person(database, "thay", "leader", "182");
        let mut lent = stand_in.clone();
        lent.grants[0].delegated_by = Some(account(&desk.leader));
        desk.score(&lent, id, points([1, 1, 1])).unwrap();
        desk.score(&desk.leader, id, points([4, 4, 4])).unwrap();
        let scores = desk.page(&desk.leader, id).scores;
        let voters: Vec<AccountId> = scores.iter().map(|(score, _)| score.voter).collect();
        assert_eq!(voters, [account(&desk.leader)], "{engine}: a loan is no second voice");
    });
}

#[test]
fn proposals_stand_side_by_side_the_highest_first_and_those_to_score_before_them() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let ids = [desk.market(), desk.market(), desk.market()];
        desk.score(&desk.leader, ids[0], points([1, 1, 1])).unwrap();
        desk.score(&desk.leader, ids[1], points([5, 5, 5])).unwrap();
        let order = |who: &Actor| -> Vec<ProposalId> {
            desk.list(who).lines.iter().map(|line| line.proposal.id).collect()
        };
        assert_eq!(order(&desk.leader), [ids[2], ids[1], ids[0]], "{engine}");
        assert_eq!(order(&desk.planner), ids, "{engine}: no order gives away what is hidden");
        assert!(desk.list(&desk.planner).may_open && !desk.list(&desk.leader).may_open, "{engine}");
    });
}

#[test]
fn a_page_shows_the_figures_that_speak_for_it_and_what_was_said() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let figures = "X1-1,2022-01,A01,10,,,\n";
        desk.office.commune.office.figures(figures).unwrap();
        let id = desk.market();
        let remark = desk.entrance.remark_on_proposal(&desk.leader, AT, id, " Gắn với chợ ".into());
        remark.unwrap();
        let page = desk.page(&desk.planner, id);
        assert_eq!(page.line.proposal.name.en, "Dời chợ", "{engine}: one name stands for both");
        assert_eq!(page.directive.unwrap().code, "kh", "{engine}");
        let (indicator, answer) = page.figures[2].as_ref().unwrap();
        assert_eq!(indicator.code, "A01", "{engine}");
        assert_eq!(answer.value.as_ref().unwrap().value, Fraction::new(10, 1).unwrap(), "{engine}");
        let said: Vec<(&str, &str)> = page
            .remarks
            .iter()
            .map(|(remark, name)| (remark.words.as_str(), name.as_str()))
            .collect();
        assert_eq!(said, [("Gắn với chợ", "chu-tri")], "{engine}");
    });
}

#[test]
fn what_is_missing_is_told_at_once_and_nothing_is_kept() {
    on_every_engine(|engine, database| {
        use ChoosingProblem as Why;
        let desk = desk(database);
        let unit = desk.office.unit("182");
        let choosing = |all: Vec<Why>| all.into_iter().map(Refusal::Choosing).collect::<Vec<_>>();
        let empty = Opened {
            name: Bilingual::default(),
            years: (Some(2025), None),
            cases: Default::default(),
            ..market(unit)
        };
        let all = vec![Why::WithoutName, Why::WithoutTerm, Why::WithoutWhy];
        assert_eq!(desk.open(empty).unwrap_err(), choosing(all), "{engine}");
        let table = [
            (Some(2030), Some(2025), Why::EndsBeforeBeginning),
            (Some(1025), Some(2025), Why::WithoutTerm),
        ];
        for (from, to, expected) in table {
            let opened = Opened { years: (from, to), ..market(unit) };
            assert_eq!(desk.open(opened).unwrap_err(), choosing(vec![expected]), "{engine}");
        }
        let mut unknown = market(unit);
        unknown.cases[2].evidence.as_mut().unwrap().indicator = "A99".to_owned();
        let missing = Refusal::NotFound { noun: Noun::Indicator, key: "A99".to_owned() };
        assert_eq!(desk.open(unknown).unwrap_err(), [missing], "{engine}");
        assert!(desk.list(&desk.planner).lines.is_empty(), "{engine}");

        let id = desk.market();
        let mut half = points([5, 6, 0]);
        half[2].reason = " ".to_owned();
        let why = desk.score(&desk.leader, id, half).unwrap_err();
        let expected = [
            Why::WithoutPoints { criterion: Criterion::Urgent },
            Why::WithoutReason { criterion: Criterion::Complained },
        ];
        assert_eq!(why, choosing(expected.into()), "{engine}");
        let silent = desk.entrance.remark_on_proposal(&desk.leader, AT, id, " ".to_owned());
        assert_eq!(refused(silent), choosing(vec![Why::WithoutRemark]), "{engine}");
    });
}

#[test]
fn only_who_plans_there_opens_and_only_who_works_there_scores() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let id = desk.market();
        let denied = |right| [Refusal::Entrance(EntranceProblem::NotAllowed { right })];
        let open = desk.entrance.open_proposal(&desk.leader, AT, market(desk.office.unit("182")));
        assert_eq!(refused(open), denied(Right::ManagePlan), "{engine}");
        let score = desk.score(&desk.beside, id, points([1, 1, 1])).unwrap_err();
        assert_eq!(score, denied(Right::GiveTasks), "{engine}: a village is not over the district");
        let workspace = &desk.office.commune.office.workspace;
        let page = refused(workspace.proposal_page(&desk.beside, AT, id));
        assert_eq!(page, denied(Right::SeeFigures), "{engine}");
        let console = desk.score(&Actor::console(), id, points([1, 1, 1])).unwrap_err();
        assert_eq!(console, denied(Right::GiveTasks), "{engine}: the console has no voice");
    });
}

#[test]
fn what_is_changed_behind_the_program_is_found() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let id = desk.market();
        desk.score(&desk.leader, id, points([1, 2, 3])).unwrap();
        desk.entrance.remark_on_proposal(&desk.leader, AT, id, "Nên làm".to_owned()).unwrap();
        assert_eq!(desk.altered(), [] as [&str; 0], "{engine}");
        let table = [
            (Damage::ProposalPoints(id.0, 5), vec!["score"]),
            (Damage::ProposalPoints(id.0, 1), vec![]),
            (Damage::ProposalRemark(1, "Không nên".to_owned()), vec!["remark"]),
            (Damage::ProposalRemark(1, "Nên làm".to_owned()), vec![]),
            (Damage::ProposalName(id.0, "Mở chợ".to_owned()), vec!["proposal"]),
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
