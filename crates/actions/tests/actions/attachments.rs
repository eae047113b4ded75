//! Photographs beside figures: bringing them, naming them, who sees them, and what the ledger says.

use actions::attachments::Shown;
use actions::entrance::Entrance;
use actions::error::Error;
use actions::imports::Notice;
use actions::submissions::grid::{Scope, TypedCell, TypedRow};
use actions::submissions::{Base, Sent, Typed};
use actions::verification::{Thing, Trouble, Witnesses};
use domain::access::{Actor, Right};
use domain::attachment::{AttachmentId, AttachmentProblem, BYTES_MAX, WAITING_MAX};
use domain::entrance::EntranceProblem;
use domain::refusal::{Noun, Refusal};
use ledger::entry::{Identifier, decode};
use store::Database;
use store::damage::{Damage, inflict};
use testkit::builders::{photo, telling_photo};
use testkit::on_every_engine;

use crate::collecting::{AT, Commune, commune, id, person, refused, typed};
use crate::door::{entrance, entries};

const DAY_MS: i64 = 86_400_000;

fn bring(entrance: &Entrance, who: &Actor, shade: u8) -> AttachmentId {
    entrance.bring_attachment(who, AT, None, &photo(shade)).unwrap().id
}

fn because(problem: AttachmentProblem) -> Vec<Refusal> {
    vec![problem.into()]
}

impl Commune {
    /// Sends figures of the month with photographs.
    fn send_with(&self, number: u32, attachments: Vec<AttachmentId>) -> Result<Sent, Error> {
        let typed = Typed { attachments, ..typed(self.page().base, &[("A01", "3")]) };
        self.office.workspace.submit(&self.head, AT, &id(number), self.month(), typed)
    }

    fn look(&self, who: &Actor, photo: &AttachmentId) -> Result<Shown, Error> {
        self.office.workspace.attachment(who, AT, photo.as_str())
    }

    /// The names of what stands beside the figures of the month.
    fn beside(&self) -> Vec<AttachmentId> {
        self.page().attachments.into_iter().map(|attachment| attachment.id).collect()
    }

    /// What verification finds, but for the people, whom the setup put in without the door.
    fn troubles(&self) -> Vec<Trouble> {
        let mut found = self.office.workspace.verify(Witnesses::default()).unwrap().troubles;
        let is_person = |trouble: &Trouble| matches!(trouble, Trouble::RowExtra { thing } if thing.noun == "account");
        found.retain(|trouble| !is_person(trouble));
        found
    }
}

#[test]
fn a_photograph_goes_along_with_figures_and_is_there_once() {
    on_every_engine(|engine, database| {
        let (commune, entrance) = (commune(database), entrance(database));
        let words = "21.8537N 106.7610E";
        let telling = telling_photo(1, words);
        let kept = entrance.bring_attachment(&commune.head, AT, None, &telling).unwrap();
        let plain = bring(&entrance, &commune.head, 1);
        assert_eq!(kept.id, plain, "{engine}: without its place it is the same");
        assert_eq!((kept.width, kept.height, kept.bytes), (32, 24, photo(1).len() as u64));
        let named = entrance.bring_attachment(&commune.head, AT, Some(&plain), &photo(1)).unwrap();
        assert_eq!(named, kept, "{engine}: brought again");

        let second = bring(&entrance, &commune.head, 2);
        let both = vec![second.clone(), plain.clone(), second.clone()];
        let sent = commune.send_with(1, both.clone()).unwrap();
        assert_eq!(commune.beside(), [second.clone(), plain.clone()], "{engine}: each once");
        let again = commune.office.workspace.submit(
            &commune.head,
            AT,
            &id(1),
            commune.month(),
            Typed { attachments: both, ..typed(Base::default(), &[("A01", "3")]) },
        );
        assert_eq!(again.unwrap(), sent, "{engine}: sent again");
        let other = commune.send_with(1, vec![plain.clone()]);
        assert!(other.is_err(), "{engine}: the same id with another photograph is another content");

        let workspace = &commune.office.workspace;
        let page = workspace.submission_page(&id(1)).unwrap();
        assert_eq!(page.attachments.len(), 2, "{engine}");
        let page = workspace.review_page(&commune.officer, AT, &id(1)).unwrap();
        assert_eq!(page.attachments.len(), 2, "{engine}");
        assert_eq!(commune.look(&commune.officer, &plain).unwrap().content, photo(1), "{engine}");
        // What a later revision does not name stays with the one that did.
        commune.send_with(2, vec![plain.clone()]).unwrap();
        assert_eq!(commune.beside(), [plain], "{engine}");
        assert!(commune.look(&commune.officer, &second).is_ok(), "{engine}");
    });
}

#[test]
fn what_is_no_photograph_is_refused() {
    on_every_engine(|engine, database| {
        let (commune, entrance) = (commune(database), entrance(database));
        let other = bring(&entrance, &commune.head, 9);
        let mut wide = photo(1);
        // Height and width in the frame.
        wide[7..11].copy_from_slice(&[0x27, 0x10, 0x27, 0x10]);
        let pixels = AttachmentProblem::TooManyPixels { width: 10_000, height: 10_000 };
        let cases: [(Option<&AttachmentId>, Vec<u8>, AttachmentProblem); 5] = [
            (None, vec![0xff; BYTES_MAX + 1], AttachmentProblem::TooLarge),
            (None, b"<svg/>".to_vec(), AttachmentProblem::NotAPicture),
            (None, photo(1)[..20].to_vec(), AttachmentProblem::Damaged),
            (None, wide, pixels),
            (Some(&other), photo(1), AttachmentProblem::NotWhatItSays),
        ];
        for (named, bytes, why) in cases {
            let outcome = entrance.bring_attachment(&commune.head, AT, named, &bytes);
            assert_eq!(refused(outcome), because(why.clone()), "{engine}: {why:?}");
        }
    });
}

#[test]
fn one_names_what_one_has_brought_or_what_stands_there() {
    on_every_engine(|engine, database| {
        let (commune, entrance) = (commune(database), entrance(database));
        let workspace = &commune.office.workspace;
        let foreign = bring(&entrance, &commune.beside, 1);
        let not_arrived =
            because(AttachmentProblem::NotArrived { id: foreign.as_str().to_owned() });
        let sent = commune.send_with(1, vec![foreign.clone()]);
        assert_eq!(refused(sent), not_arrived, "{engine}: whoever knows a name has not brought it");
        let own: Vec<AttachmentId> =
            (2..8).map(|shade| bring(&entrance, &commune.head, shade)).collect();
        let sent = commune.send_with(1, own.clone());
        assert_eq!(refused(sent), because(AttachmentProblem::TooMany), "{engine}");

        // A draft keeps them, and another person of the village sends it.
        let with = Typed { attachments: vec![own[0].clone(), foreign], ..Typed::default() };
        workspace.save_draft(&commune.head, AT, commune.month(), with).unwrap();
        assert_eq!(commune.beside(), own[..1], "{engine}");
        let page = workspace.entry_page(&commune.deputy, AT, &commune.month(), None).unwrap();
        let typed = Typed {
            attachments: page.attachments.into_iter().map(|one| one.id).collect(),
            ..typed(page.base, &[("A01", "3")])
        };
        workspace.submit(&commune.deputy, AT, &id(2), commune.month(), typed).unwrap();
        assert_eq!(commune.beside(), own[..1], "{engine}: the draft is gone, they are sent");

        // The grid, which shows none, keeps them beside what it corrects.
        let scope = Scope {
            form: "thang".to_owned(),
            unit: commune.month().unit,
            period: commune.month().period,
        };
        let cell = TypedCell {
            item: "A01".to_owned(),
            class: String::new(),
            text: "4".to_owned(),
            reason: None,
        };
        let row = TypedRow {
            unit: scope.unit,
            id: id(3),
            note: String::new(),
            was: vec!["3".to_owned()],
            cells: vec![cell],
        };
        workspace.send_grid(&commune.head, AT, &scope, vec![row]).unwrap();
        let page = commune.page();
        assert_eq!((page.base.revision, page.fields[0].typed.text.as_str()), (2, "4"), "{engine}");
        assert_eq!(commune.beside(), own[..1], "{engine}");
    });
}

#[test]
fn a_photograph_is_seen_by_those_who_may_see_its_submission() {
    on_every_engine(|engine, database| {
        let (commune, entrance) = (commune(database), entrance(database));
        let photo = bring(&entrance, &commune.head, 1);
        let planner = person(database, "ke-hoach", "leader", "182");
        let denied =
            vec![Refusal::Entrance(EntranceProblem::NotAllowed { right: Right::SeeFigures })];
        assert!(commune.look(&commune.head, &photo).is_ok(), "{engine}: one's own");
        assert_eq!(refused(commune.look(&commune.officer, &photo)), denied, "{engine}: not sent");
        let with = Typed { attachments: vec![photo.clone()], ..Typed::default() };
        commune.office.workspace.save_draft(&commune.head, AT, commune.month(), with).unwrap();
        assert!(commune.look(&commune.deputy, &photo).is_ok(), "{engine}: of one's own draft");
        commune.send_with(1, vec![photo.clone()]).unwrap();
        for (who, may) in [
            (&commune.deputy, true),
            (&commune.officer, true),
            (&planner, true),
            (&commune.beside, false),
        ] {
            let seen = commune.look(who, &photo);
            assert_eq!(seen.is_ok(), may, "{engine}: {who:?}");
        }
        let missing =
            |key: &str| vec![Refusal::NotFound { noun: Noun::Attachment, key: key.to_owned() }];
        let unknown = "0".repeat(64);
        for name in [unknown.as_str(), "../../etc/passwd"] {
            let seen = commune.office.workspace.attachment(&planner, AT, name);
            assert_eq!(refused(seen), missing(name), "{engine}");
        }
    });
}

#[test]
fn what_nothing_names_is_forgotten_after_a_month() {
    on_every_engine(|engine, database| {
        let (commune, entrance) = (commune(database), entrance(database));
        let named = bring(&entrance, &commune.head, 1);
        let drafted = bring(&entrance, &commune.head, 2);
        let waiting = bring(&entrance, &commune.head, 3);
        commune.send_with(1, vec![named.clone()]).unwrap();
        let with = Typed {
            attachments: vec![drafted.clone()],
            base: commune.page().base,
            ..Typed::default()
        };
        commune.office.workspace.save_draft(&commune.head, AT, commune.month(), with).unwrap();
        let later = |days: i64| AT.now_ms + days * DAY_MS;
        assert_eq!(entrance.sweep_attachments(later(30)).unwrap(), 0, "{engine}");
        assert_eq!(entrance.sweep_attachments(later(31)).unwrap(), 1, "{engine}");
        assert!(commune.look(&commune.head, &waiting).is_err(), "{engine}");
        for kept in [named, drafted] {
            assert!(commune.look(&commune.head, &kept).is_ok(), "{engine}");
        }
        assert_eq!(commune.troubles(), [], "{engine}: the ledger never spoke of it");
    });
}

#[test]
fn nobody_fills_the_disk_with_photographs_that_nothing_names() {
    on_every_engine(|engine, database| {
        let (commune, entrance) = (commune(database), entrance(database));
        let first = bring(&entrance, &commune.head, 0);
        for shade in 1..u8::try_from(WAITING_MAX).unwrap() {
            bring(&entrance, &commune.head, shade);
        }
        let more = |shade| entrance.bring_attachment(&commune.head, AT, None, &photo(shade));
        assert_eq!(refused(more(120)), because(AttachmentProblem::TooManyWaiting), "{engine}");
        assert!(more(0).is_ok(), "{engine}: brought again it takes no place");
        commune.send_with(1, vec![first]).unwrap();
        assert!(more(120).is_ok(), "{engine}");
    });
}

#[test]
fn the_ledger_commits_to_photographs_and_never_tells_their_names() {
    on_every_engine(|engine, database| {
        let (commune, entrance) = (commune(database), entrance(database));
        let photos = vec![bring(&entrance, &commune.head, 1), bring(&entrance, &commune.head, 2)];
        commune.send_with(1, photos.clone()).unwrap();
        commune.send_with(2, photos.clone()).unwrap();
        let all = entries(database);
        let committed: Vec<_> = all
            .iter()
            .filter(|entry| entry.noun == "submission")
            .map(|entry| decode(&entry.leaf).unwrap().commitments)
            .collect();
        let [first, second] = &committed[..] else { panic!("{engine}: {committed:?}") };
        let fields: Vec<&str> = first.keys().map(Identifier::as_str).collect();
        assert_eq!(fields, ["photo.1", "photo.2"], "{engine}");
        for (field, commitment) in first {
            assert_ne!(second.get(field), Some(commitment), "{engine}: nobody sees it is the same");
        }
        for entry in &all {
            let text = String::from_utf8_lossy(&entry.leaf);
            assert!(!photos.iter().any(|photo| text.contains(photo.as_str())), "{engine}");
        }
    });
}

#[test]
fn a_photograph_that_was_changed_is_named() {
    on_every_engine(|engine, database| {
        let (commune, entrance) = (commune(database), entrance(database));
        let photos = vec![bring(&entrance, &commune.head, 1), bring(&entrance, &commune.head, 2)];
        commune.send_with(1, photos.clone()).unwrap();
        let position = entries(database).pop().unwrap().position;
        assert_eq!(commune.troubles(), [], "{engine}");
        commune.office.workspace.approve(&commune.officer, AT, &id(1)).unwrap();
        assert_eq!(commune.troubles(), [], "{engine}: approved");

        let of = |number: u32| Thing { noun: "attachment", id: format!("{}/{number}", id(1)) };
        let altered = |number| vec![Trouble::RowAltered { position, thing: of(number) }];
        let content = |shade: u8, at: usize| {
            let mut bytes = photo(shade);
            bytes[at] ^= 1;
            Damage::AttachmentContent(photos[0].as_str().to_owned(), bytes)
        };
        let named = |number: u32, photo: usize| {
            Damage::AttachmentNamed(id(1), number, photos[photo].as_str().to_owned())
        };
        let intact = Damage::AttachmentContent(photos[0].as_str().to_owned(), photo(1));
        for at in 0..photo(1).len() {
            damage(database, content(1, at));
            assert_eq!(commune.troubles(), altered(1), "{engine}: byte {at}");
        }
        damage(database, intact);
        damage(database, named(2, 0));
        assert_eq!(commune.troubles(), altered(2), "{engine}: another photograph in its place");
        damage(database, named(2, 1));
        assert_eq!(commune.troubles(), [], "{engine}: taken back");

        damage(database, Damage::AttachmentGone(id(1), 2));
        let missing = Trouble::RowMissing { position, thing: of(2) };
        assert_eq!(commune.troubles(), [missing], "{engine}");
    });
}

#[test]
fn a_photograph_that_was_put_beside_figures_later_is_named() {
    on_every_engine(|engine, database| {
        let (commune, entrance) = (commune(database), entrance(database));
        let photo = bring(&entrance, &commune.head, 1);
        commune.send(1, &[("A01", "3")]).unwrap();
        let put: Result<(), store::Error> = database
            .write_blocking(move |tx| store::attachments::name_in_submission(tx, &id(1), &[photo]));
        put.unwrap();
        let thing = Thing { noun: "attachment", id: format!("{}/1", id(1)) };
        assert_eq!(commune.troubles(), [Trouble::RowExtra { thing }], "{engine}");
    });
}

#[test]
fn an_entry_that_was_changed_is_named_and_not_its_photographs_too() {
    on_every_engine(|engine, database| {
        let (commune, entrance) = (commune(database), entrance(database));
        let photo = bring(&entrance, &commune.head, 1);
        commune.send_with(1, vec![photo]).unwrap();
        let entry = entries(database).pop().unwrap();
        for at in 0..entry.leaf.len() {
            let mut leaf = entry.leaf.clone();
            leaf[at] ^= 1;
            damage(database, Damage::Leaf(entry.position, leaf));
            let found = commune.troubles();
            assert_eq!(found.len(), 1, "{engine}: byte {at}: {found:?}");
        }
    });
}

fn damage(database: &Database, damage: Damage) {
    let touched = database.write_blocking::<_, store::Error>(move |tx| inflict(tx, &damage));
    assert_eq!(touched.unwrap(), 1);
}

#[test]
fn a_correction_by_file_keeps_the_photographs_and_says_so() {
    on_every_engine(|engine, database| {
        let (commune, entrance) = (commune(database), entrance(database));
        let photos = vec![bring(&entrance, &commune.head, 2), bring(&entrance, &commune.head, 1)];
        commune.send_with(1, photos.clone()).unwrap();
        let office = &commune.office;
        office.workspace.approve(&commune.officer, AT, &id(1)).unwrap();

        let done = office.figures("X1-1,2026-09,A01,1,,,\nX1-1,2026-10,A01,4,,,\n").unwrap();
        let kept =
            |notice: &&Notice| matches!(notice, Notice::PhotographsKept { photographs: 2, .. });
        assert_eq!(done.notices.iter().filter(kept).count(), 1, "{engine}: {:?}", done.notices);
        assert_eq!(
            (commune.page().base.revision, commune.beside()),
            (2, photos.clone()),
            "{engine}"
        );
        let again = office.figures("X1-1,2026-10,A01,5,,,\n").unwrap();
        assert_eq!(again.corrections, 1, "{engine}");
        assert_eq!(
            (commune.page().base.revision, commune.beside()),
            (3, photos),
            "{engine}: again"
        );
        assert_eq!(commune.troubles(), [], "{engine}: the ledger commits to them");
    });
}
