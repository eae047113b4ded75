//! Pictures of what a priority changes: shown before beside after, taken back, seen by whom, and verified.

use actions::entrance::Entrance;
use actions::priorities::pictures::{Brought, Line, Pictures, SHOWN_MAX};
use actions::verification::{Trouble, Witnesses};
use domain::access::{Actor, Right};
use domain::attachment::{AttachmentId, AttachmentProblem, BYTES_MAX};
use domain::entrance::EntranceProblem;
use domain::picture::{CAPTION_CHARACTERS_MAX, PICTURES_MAX, PictureId, Side};
use domain::picturing::PicturingProblem as Why;
use domain::refusal::{Noun, Refusal};
use domain::secrecy::Secrecy;
use domain::unit::UnitId;
use jiff::civil::date;
use store::Database;
use store::damage::{Damage, inflict};
use testkit::builders::{photo, telling_photo};
use testkit::on_every_engine;

use crate::choosing::choice;
use crate::collecting::{AT, person, refused};
use crate::door::Watch;
use crate::proposals::{Desk, desk};

/// The pavement before it was cleared.
fn pavement(unit: UnitId, shade: u8) -> Brought {
    Brought {
        unit,
        side: Some(Side::Before),
        taken_on: Some(date(2026, 5, 3)),
        caption: " Vỉa hè trước cổng chợ ".to_owned(),
        name: "IMG_1.jpg".to_owned(),
        bytes: Some(photo(shade)),
    }
}

/// Both verbs, for the test of the door.
pub(crate) fn every_verb(watch: &mut Watch<'_>, entrance: &Entrance, (code, unit): (&str, UnitId)) {
    let console = Actor::console();
    let add = || entrance.add_picture(&console, AT, code, pavement(unit, 1));
    let id = watch.run("add_picture", add).unwrap();
    let back = (id, "Bình nhầm".to_owned());
    let take_back = || entrance.take_picture_back(&console, AT, code, back);
    watch.run("take_picture_back", take_back).unwrap();
}

fn picturing(all: impl IntoIterator<Item = Why>) -> Vec<Refusal> {
    all.into_iter().map(Refusal::Picturing).collect()
}

impl Desk {
    fn add(&self, who: &Actor, code: &str, brought: Brought) -> Result<PictureId, Vec<Refusal>> {
        let added = self.entrance.add_picture(who, AT, code, brought);
        added.map_err(|error| refused::<()>(Err(error)))
    }

    fn take_back(&self, who: &Actor, id: PictureId, reason: &str) -> Result<(), Vec<Refusal>> {
        let back = (id, reason.to_owned());
        let done = self.entrance.take_picture_back(who, AT, "P1", back);
        done.map_err(|error| refused::<()>(Err(error)))
    }

    fn pictures(&self, who: &Actor, unit: &str) -> Pictures {
        let workspace = &self.office.commune.office.workspace;
        workspace.priority_page(who, AT, ("P1", self.office.unit(unit))).unwrap().pictures
    }

    fn look(&self, who: &Actor, id: &AttachmentId) -> Result<Vec<u8>, Vec<Refusal>> {
        let shown = self.office.commune.office.workspace.attachment(who, AT, id.as_str());
        shown.map(|shown| shown.content).map_err(|error| refused::<()>(Err(error)))
    }
}

fn captions(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| line.picture.caption.as_str()).collect()
}

#[test]
fn a_unit_shows_what_it_was_like_before_beside_what_it_is_like_after() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let (own, below) = (desk.office.unit("182"), desk.office.unit("X1"));
        let village = person(database, "thon-anh", "reporter", "X1-1");
        let older = Brought {
            taken_on: Some(date(2025, 1, 1)),
            caption: "Cũ hơn".to_owned(),
            bytes: Some(telling_photo(2, "21.8537N 106.7610E")),
            ..pavement(own, 2)
        };
        let after = Brought {
            side: Some(Side::After),
            taken_on: Some(AT.today),
            caption: "Đã thông thoáng".to_owned(),
            ..pavement(desk.office.unit("X1-1"), 3)
        };
        desk.add(&desk.leader, "P1", pavement(own, 1)).unwrap();
        desk.add(&desk.planner, "P1", older).unwrap();
        desk.add(&village, "P1", after).unwrap();
        let seen = desk.pictures(&desk.leader, "182");
        let expected = ["Cũ hơn", "Vỉa hè trước cổng chợ"];
        assert_eq!(captions(&seen.before), expected, "{engine}: in the order of their days");
        assert_eq!(captions(&seen.after), ["Đã thông thoáng"], "{engine}: of those below too");
        assert!(seen.before.iter().chain(&seen.after).all(|line| line.may_take_back), "{engine}");
        let kept = desk.look(&desk.leader, &seen.before[0].attachment.id).unwrap();
        assert_eq!(kept, photo(2), "{engine}: without the place");

        let units: Vec<UnitId> = seen.units.iter().map(|unit| unit.id).collect();
        assert_eq!(units, [own], "{engine}: the leader's");
        let of_village = desk.pictures(&village, "X1-1");
        assert!(of_village.before.is_empty(), "{engine}: nothing of those above");
        assert_eq!(captions(&of_village.after), ["Đã thông thoáng"], "{engine}");
        assert!(desk.pictures(&desk.leader, "X2").after.is_empty(), "{engine}: nor beside");
        let looks = person(database, "thanh-tra", "inspector", "X1");
        let seen = desk.pictures(&looks, "X1");
        assert_eq!((seen.after.len(), seen.units.len()), (1, 0), "{engine}: who only looks");
        assert!(!seen.after[0].may_take_back, "{engine}");
        let denied = [Refusal::Entrance(EntranceProblem::NotAllowed { right: Right::GiveTasks })];
        let by_looker = desk.add(&looks, "P1", pavement(below, 9)).unwrap_err();
        assert_eq!(by_looker, denied, "{engine}");
        let elsewhere = desk.add(&village, "P1", pavement(own, 9)).unwrap_err();
        assert_eq!(elsewhere, denied, "{engine}: not for those above");
    });
}

#[test]
fn a_picture_that_lacks_something_is_refused_with_all_reasons() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let own = desk.office.unit("182");
        let of = |brought: Brought| desk.add(&desk.leader, "P1", brought).unwrap_err();
        let nothing = Brought {
            side: None,
            taken_on: None,
            caption: " ".to_owned(),
            bytes: None,
            ..pavement(own, 1)
        };
        let expected =
            [Why::WithoutPicture, Why::WithoutSide, Why::WithoutDay, Why::WithoutCaption];
        assert_eq!(of(nothing), picturing(expected), "{engine}");
        let tomorrow = Some(AT.today.tomorrow().unwrap());
        let long = "ả".repeat(CAPTION_CHARACTERS_MAX + 1);
        let wrong = Brought {
            taken_on: tomorrow,
            caption: long,
            name: "MẬT.jpg".to_owned(),
            ..pavement(own, 1)
        };
        let place = "MẬT.jpg".to_owned();
        let expected = [
            Why::DayToCome { today: AT.today },
            Why::CaptionTooLong { characters_max: CAPTION_CHARACTERS_MAX },
            Why::Secret { mark: Secrecy::Secret, place },
        ];
        assert_eq!(of(wrong), picturing(expected), "{engine}");
        let files = [
            (vec![0xff; BYTES_MAX + 1], AttachmentProblem::TooLarge),
            (b"<svg/>".to_vec(), AttachmentProblem::NotAPicture),
            (photo(1)[..20].to_vec(), AttachmentProblem::Damaged),
        ];
        for (bytes, why) in files {
            let brought = Brought { bytes: Some(bytes), ..pavement(own, 1) };
            assert_eq!(of(brought), [Refusal::Attachment(why)], "{engine}");
        }
        let unknown = desk.add(&desk.leader, "P9", pavement(own, 1)).unwrap_err();
        let missing = Refusal::NotFound { noun: Noun::Priority, key: "P9".to_owned() };
        assert_eq!(unknown, [missing], "{engine}");
        let number = u8::try_from(PICTURES_MAX).unwrap();
        for shade in 1..=number {
            desk.add(&desk.leader, "P1", pavement(own, shade)).unwrap();
        }
        let caption = "Vỉa hè trước cổng chợ".to_owned();
        assert_eq!(of(pavement(own, 1)), picturing([Why::Known { caption }]), "{engine}");
        let one_more = picturing([Why::TooMany { most: PICTURES_MAX }]);
        assert_eq!(of(pavement(own, number + 1)), one_more, "{engine}");
        let seen = desk.pictures(&desk.leader, "182");
        let counted = (seen.before.len(), seen.more);
        assert_eq!(counted, (SHOWN_MAX, PICTURES_MAX - SHOWN_MAX), "{engine}: the newest");
    });
}

#[test]
fn a_picture_taken_back_is_shown_no_more_and_its_bytes_are_gone() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let (own, below) = (desk.office.unit("182"), desk.office.unit("X1"));
        let officer = person(database, "can-bo", "reviewer", "X1");
        let first = desk.add(&desk.leader, "P1", pavement(own, 1)).unwrap();
        let same = desk.add(&officer, "P1", pavement(below, 1)).unwrap();
        let id = desk.pictures(&desk.leader, "182").before[0].attachment.id.clone();

        assert!(desk.take_back(&officer, first, "Nhầm").is_err(), "{engine}: of those above");
        let empty = desk.take_back(&desk.leader, first, " ").unwrap_err();
        assert_eq!(empty, picturing([Why::WithoutReason]), "{engine}");
        let long = desk.take_back(&desk.leader, first, &"ả".repeat(1_001)).unwrap_err();
        let expected = picturing([Why::ReasonTooLong { characters_max: 1_000 }]);
        assert_eq!(long, expected, "{engine}");
        desk.take_back(&desk.leader, first, "Có mặt người dân").unwrap();
        assert_eq!(desk.pictures(&desk.leader, "182").before.len(), 1, "{engine}");
        assert!(desk.look(&desk.leader, &id).is_ok(), "{engine}: the commune still shows it");
        let again = desk.take_back(&desk.leader, first, "Nhầm").unwrap_err();
        assert_eq!(again, picturing([Why::Gone]), "{engine}");
        desk.take_back(&desk.leader, same, "Bình gỡ nốt").unwrap();
        let gone = desk.look(&desk.leader, &id).unwrap_err();
        let missing = Refusal::NotFound { noun: Noun::Attachment, key: id.as_str().to_owned() };
        assert_eq!(gone, [missing], "{engine}");
        let unknown = desk.take_back(&desk.leader, PictureId(99), "Nhầm").unwrap_err();
        let missing = Refusal::NotFound { noun: Noun::Picture, key: "99".to_owned() };
        assert_eq!(unknown, [missing], "{engine}");
        assert_eq!(found(&desk), [] as [&str; 0], "{engine}: that it was there still fits");
        assert!(
            desk.add(&desk.leader, "P1", pavement(own, 1)).is_ok(),
            "{engine}: it may come again"
        );
    });
}

#[test]
fn sweeping_leaves_pictures_alone_and_looking_needs_a_right() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let own = desk.office.unit("182");
        desk.add(&desk.leader, "P1", pavement(own, 1)).unwrap();
        let id = desk.pictures(&desk.leader, "182").before[0].attachment.id.clone();
        let later = AT.now_ms + 400 * 86_400_000;
        assert_eq!(desk.entrance.sweep_attachments(later).unwrap(), 0, "{engine}");
        assert!(desk.look(&desk.leader, &id).is_ok(), "{engine}");
        let beside = person(database, "thon-ben", "reporter", "X2-1");
        let denied = [Refusal::Entrance(EntranceProblem::NotAllowed { right: Right::SeeFigures })];
        assert_eq!(desk.look(&beside, &id).unwrap_err(), denied, "{engine}");
    });
}

/// A priority made of a proposal belongs to its unit; those below carry it out and see it.
#[test]
fn a_priority_of_a_unit_is_seen_and_pictured_by_those_below_and_by_no_others() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let (own, below) = (desk.office.unit("182"), desk.office.unit("X1"));
        let id = desk.market();
        let decided = (crate::choosing::decided(), choice(own));
        let code = desk.entrance.choose_proposal(&desk.planner, AT, id, decided).unwrap();
        let officer = person(database, "can-bo", "reviewer", "X1");
        let workspace = &desk.office.commune.office.workspace;
        let page = workspace.priority_page(&officer, AT, (&code, below)).unwrap();
        assert!(page.chosen.unwrap().proposal.is_none(), "{engine}: not who gave which points");
        let list = workspace.priority_list(&officer, AT, below).unwrap();
        let planned: Vec<String> = list.planned.into_iter().map(|one| one.code).collect();
        assert_eq!(planned, ["P1".to_owned(), code.clone()], "{engine}");
        desk.add(&officer, &code, pavement(below, 1)).unwrap();

        let province = person(database, "tinh", "leader", "20");
        let unit = "huyện Văn Lãng".to_owned();
        let above = desk.add(&province, &code, pavement(desk.office.unit("20"), 2)).unwrap_err();
        assert_eq!(above, picturing([Why::OfAnotherUnit { unit }]), "{engine}");
        desk.entrance
            .retire_priority(&desk.planner, AT, &code, crate::choosing::retiring())
            .unwrap();
        let done = pavement(own, 3);
        assert!(desk.add(&desk.leader, &code, done).is_ok(), "{engine}: the last one comes after");
    });
}

/// What verification finds, but for the people, whom the setup put in without the door.
fn found(desk: &Desk) -> Vec<&'static str> {
    let workspace = &desk.office.commune.office.workspace;
    let troubles = workspace.verify(Witnesses::default()).unwrap().troubles.into_iter();
    let nouns = troubles.map(|trouble| match trouble {
        Trouble::RowAltered { thing, .. }
        | Trouble::RowMissing { thing, .. }
        | Trouble::RowExtra { thing } => thing.noun,
        other => panic!("{other:?}"),
    });
    nouns.filter(|noun| *noun != "account").collect()
}

fn damage(database: &Database, damage: Damage) {
    database
        .write_blocking(move |tx| -> Result<u64, store::Error> { inflict(tx, &damage) })
        .unwrap();
}

#[test]
fn a_picture_changed_behind_the_program_is_found() {
    on_every_engine(|engine, database| {
        let desk = desk(database);
        let own = desk.office.unit("182");
        let id = desk.add(&desk.leader, "P1", pavement(own, 1)).unwrap();
        let name = desk.pictures(&desk.leader, "182").before[0].attachment.id.clone();
        assert_eq!(found(&desk), [] as [&str; 0], "{engine}");
        damage(database, Damage::PictureCaption(id.0, "Khác".to_owned()));
        assert_eq!(found(&desk), ["picture"], "{engine}");
        damage(database, Damage::PictureCaption(id.0, "Vỉa hè trước cổng chợ".to_owned()));
        assert_eq!(found(&desk), [] as [&str; 0], "{engine}");
        damage(database, Damage::AttachmentContent(name.as_str().to_owned(), photo(2)));
        assert_eq!(found(&desk), ["picture"], "{engine}: the bytes under its name are others");
    });
}
