//! Kept files: brought, replaced, taken away, searched, refused, and what the ledger says of them.

use actions::entrance::Entrance;
use actions::error::Error;
use actions::kept_files::{Brought, Files};
use actions::search::Hit;
use actions::verification::{Thing, Trouble, Witnesses};
use actions::workspace::Workspace;
use domain::access::{Actor, Right};
use domain::entrance::EntranceProblem;
use domain::kept_file::{BYTES_MAX, Belongs, FILES_MAX, FileId, FileKind, KeepingProblem};
use domain::refusal::{Noun, Refusal};
use domain::secrecy::Secrecy;
use domain::task::{Step, TaskId};
use domain::tasking::TaskingProblem;
use domain::text;
use formats::archive::archive;
use ledger::entry::{Identifier, decode};
use store::Database;
use store::damage::{Damage, inflict};
use testkit::builders::{photo, telling_photo};
use testkit::on_every_engine;
use unicode_normalization::UnicodeNormalization as _;

use crate::collecting::{AT, person, refused};
use crate::door::{Watch, entrance, entries};
use crate::setup::Office;
use crate::tasks;

/// A text document with some paragraphs.
pub(crate) fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let paragraphs =
        paragraphs.iter().map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"));
    let body: String = paragraphs.collect();
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    archive([("word/document.xml", document.as_bytes())]).unwrap()
}

fn example(name: &str) -> Vec<u8> {
    std::fs::read(testkit::root().join("tests/documents").join(name)).unwrap()
}

fn of_directive() -> Belongs {
    Belongs::Directive("kh".to_owned())
}

/// A document to be kept.
pub(crate) fn paper() -> Brought {
    brought("văn bản.docx", docx(&["Kế hoạch"]))
}

fn brought(name: &str, bytes: Vec<u8>) -> Brought {
    Brought { name: name.to_owned(), bytes, replaces: None }
}

fn keep(entrance: &Entrance, name: &str, bytes: Vec<u8>) -> Result<FileId, Error> {
    entrance.keep_file(&Actor::console(), AT, of_directive(), brought(name, bytes))
}

fn files(workspace: &Workspace) -> Files {
    workspace.files_of(&Actor::console(), AT, of_directive()).unwrap()
}

fn names(files: &Files) -> Vec<&str> {
    files.listed.iter().map(|one| one.file.name.as_str()).collect()
}

/// The directives found for a text, with the file that says it.
fn found(workspace: &Workspace, text: &str) -> Vec<(String, Option<String>)> {
    let hits = workspace.search(&Actor::console(), AT.today, text).unwrap();
    let directive = |hit| match hit {
        Hit::Directive { code, file, .. } => Some((code, file)),
        _ => None,
    };
    hits.into_iter().filter_map(directive).collect()
}

fn troubles(workspace: &Workspace) -> Vec<Trouble> {
    let mut found = workspace.verify(Witnesses::default()).unwrap().troubles;
    let is_of_setup =
        |trouble: &Trouble| matches!(trouble, Trouble::RowExtra { thing } if thing.noun != "file");
    found.retain(|trouble| !is_of_setup(trouble));
    found
}

/// Every verb about files, for the test of the door.
pub(crate) fn every_verb(watch: &mut Watch<'_>, entrance: &Entrance, directive: &str) {
    let who = Actor::console();
    let belongs = || Belongs::Directive(directive.to_owned());
    let kept = watch.run("keep_file", || {
        entrance.keep_file(&who, AT, belongs(), brought("kh.docx", docx(&["Kế hoạch"])))
    });
    let id = kept.unwrap().0.to_string();
    watch
        .run("take_file_away", || entrance.take_file_away(&who, AT, (&id, "nhầm".to_owned())))
        .unwrap();
}

#[test]
fn words_of_a_file_are_found_with_or_without_their_marks_however_either_is_composed() {
    // The same words composed (one sign a letter) and decomposed (letters, then their marks).
    let composed = "Bảo đảm trật tự đô thị, tuyển quân tại xã Hoàng Văn Thụ";
    let decomposed: String = composed.nfd().collect();
    assert_ne!(composed, decomposed);
    let pdf = example("ke-hoach.pdf");
    let files = [
        ("a.docx", docx(&[composed]), "trật tự đô thị"),
        ("b.docx", docx(&[&decomposed]), "trật tự đô thị"),
        ("c.pdf", pdf, "chợ trung tâm"),
    ];
    on_every_engine(|engine, database| {
        let (office, entrance) = (Office::small(database), entrance(database));
        for (name, bytes, words) in &files {
            let id = keep(&entrance, name, bytes.clone()).unwrap();
            let bare = text::search_key(words);
            let taken_apart: String = words.nfd().collect();
            let queries = [
                (*words).to_owned(),
                taken_apart,
                bare,
                words.to_uppercase(),
                format!(" {words} "),
            ];
            for query in queries {
                let expected = vec![("kh".to_owned(), Some((*name).to_owned()))];
                assert_eq!(found(&office.workspace, &query), expected, "{engine}: {query:?}");
                let saying = office.workspace.directives_saying(&query).unwrap();
                assert_eq!(
                    saying.get("kh").map(String::as_str),
                    Some(*name),
                    "{engine}: {query:?}"
                );
            }
            assert_eq!(found(&office.workspace, "trật tự đô thị xanh"), [], "{engine}");
            let away = (&*id.0.to_string(), "xong".to_owned());
            entrance.take_file_away(&Actor::console(), AT, away).unwrap();
        }
    });
}

#[test]
fn a_file_is_kept_as_it_came_under_a_name_of_its_kind() {
    on_every_engine(|engine, database| {
        let (office, entrance) = (Office::small(database), entrance(database));
        let pdf = example("ke-hoach.pdf");
        let id = keep(&entrance, "C:\\kế hoạch.DOC", pdf.clone()).unwrap();
        let console = Actor::console();
        let (file, content) = office.workspace.kept_file(&console, AT, &id.0.to_string()).unwrap();
        assert_eq!((&*file.name, file.kind), ("kế hoạch.pdf", FileKind::Pdf), "{engine}");
        assert!(content == pdf && file.bytes == pdf.len() as u64, "{engine}");
        keep(&entrance, "a.docx", example("ke-hoach.docx")).unwrap();
        keep(&entrance, "scan", photo(7)).unwrap();
        let all = files(&office.workspace);
        assert_eq!(names(&all), ["kế hoạch.pdf", "a.docx", "scan.jpg"], "{engine}");
        let searchable: Vec<bool> = all.listed.iter().map(|one| one.is_searchable).collect();
        assert_eq!((searchable, all.may_change), (vec![true, true, false], true), "{engine}");
        assert_eq!(troubles(&office.workspace), [], "{engine}");
    });
}

#[test]
fn of_a_picture_nothing_but_the_picture_is_kept() {
    on_every_engine(|engine, database| {
        let (office, entrance) = (Office::small(database), entrance(database));
        let words = "nhà ông Bình";
        let id = keep(&entrance, "chợ.jpg", telling_photo(3, words)).unwrap();
        let (_, content) =
            office.workspace.kept_file(&Actor::console(), AT, &id.0.to_string()).unwrap();
        let tells = content.windows(words.len()).any(|window| window == words.as_bytes());
        assert!(!tells, "{engine}");
    });
}

#[test]
fn what_a_file_says_is_found_without_diacritics_until_it_is_replaced_or_taken_away() {
    on_every_engine(|engine, database| {
        let (office, entrance) = (Office::small(database), entrance(database));
        let (workspace, console) = (&office.workspace, Actor::console());
        let first = keep(&entrance, "cũ.pdf", example("ke-hoach.pdf")).unwrap();
        let hit = |name: &str| vec![("kh".to_owned(), Some(name.to_owned()))];
        assert_eq!(found(workspace, "cho trung tam"), hit("cũ.pdf"), "{engine}");
        assert_eq!(found(workspace, "Tổ công tác gồm 7"), hit("cũ.pdf"), "{engine}");
        assert_eq!(found(workspace, "01-KH/HU"), vec![("kh".to_owned(), None)], "{engine}");
        assert_eq!(
            found(workspace, "ch"),
            vec![("kh".to_owned(), None)],
            "{engine}: its title only"
        );
        for nothing in ["trung tâm chợ", "ch%trung", "ch_"] {
            assert_eq!(found(workspace, nothing), vec![], "{engine}: {nothing}");
        }

        let newer = docx(&["Chợ trung tâm", "Hạn: 30/12"]);
        let newer = Brought { replaces: Some(first), ..brought("mới.docx", newer) };
        let second = entrance.keep_file(&console, AT, of_directive(), newer).unwrap();
        assert_eq!(found(workspace, "chợ trung tâm"), hit("mới.docx"), "{engine}");
        assert_eq!(found(workspace, "gồm 7 thành viên"), vec![], "{engine}");
        let all = files(workspace);
        assert_eq!(all.listed[0].replaced_by, Some(second), "{engine}: the old one stays listed");
        let again = Brought { replaces: Some(first), ..brought("x.docx", docx(&["x"])) };
        let again = entrance.keep_file(&console, AT, of_directive(), again);
        assert_eq!(refused(again), vec![KeepingProblem::ReplacesNothing.into()], "{engine}");

        let reason = "Tải nhầm văn bản".to_owned();
        let id = second.0.to_string();
        entrance.take_file_away(&console, AT, (&id, reason.clone())).unwrap();
        let removed = files(workspace).listed[1].file.removed.clone().unwrap();
        assert_eq!((removed.reason, removed.done_ms), (reason, AT.now_ms), "{engine}");
        let gone = workspace.kept_file(&console, AT, &id);
        assert_eq!(refused(gone), vec![KeepingProblem::Gone.into()], "{engine}");
        assert_eq!(found(workspace, "hạn: 30/12"), vec![], "{engine}");
        assert_eq!(found(workspace, "chợ trung tâm"), hit("cũ.pdf"), "{engine}");
        assert_eq!(troubles(workspace), [], "{engine}");
    });
}

#[test]
fn what_is_not_kept_is_told_why() {
    let secret = |mark, place: &str| KeepingProblem::Secret { mark, place: place.to_owned() };
    let locked = [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &wide("EncryptedPackage")].concat();
    let macros = archive([("word/document.xml", &b"<a/>"[..]), ("word/vbaProject.bin", b"x")]);
    let pdf = example("ke-hoach.pdf");
    let stamped = docx(&["UBND XÃ NA SẦM", "TỐI MẬT", "Số: 5/KH-UBND"]);
    let cases = [
        ("a.pdf", Vec::new(), KeepingProblem::Nothing),
        ("a.pdf", vec![0; BYTES_MAX + 1], KeepingProblem::TooLarge),
        ("a.pdf", b"MZ\x90\0".to_vec(), KeepingProblem::UnknownKind),
        ("a.pdf", b"<script>alert(1)</script>".to_vec(), KeepingProblem::UnknownKind),
        ("a.pdf", b"%PDF-1.7\nnothing more".to_vec(), KeepingProblem::Damaged),
        ("a.docx", docx(&["a"])[..60].to_vec(), KeepingProblem::Damaged),
        ("a.jpg", photo(1)[..20].to_vec(), KeepingProblem::Damaged),
        ("a.docx", locked, KeepingProblem::Locked),
        ("a.docm", macros.unwrap(), KeepingProblem::Macros),
        ("ke-hoach_Mật.pdf", pdf, secret(Secrecy::Secret, "ke-hoach_Mật.pdf")),
        ("a.docx", stamped, secret(Secrecy::TopSecret, "TỐI MẬT")),
        ("a.docx", docx(&["Số: 05-BC/TU (M)"]), secret(Secrecy::Secret, "Số: 05-BC/TU (M)")),
    ];
    on_every_engine(|engine, database| {
        let (office, entrance) = (Office::small(database), entrance(database));
        for (name, bytes, why) in &cases {
            let found = refused(keep(&entrance, name, bytes.clone()));
            assert_eq!(found, vec![why.clone().into()], "{engine}: {name}");
        }
        let law = docx(&["Bí mật nhà nước có độ Tuyệt mật, Tối mật và Mật.", "Nuôi ong lấy mật"]);
        keep(&entrance, "Luật bảo vệ bí mật nhà nước.docx", law.clone()).unwrap();
        let known = "Luật bảo vệ bí mật nhà nước.docx".to_owned();
        let again = refused(keep(&entrance, "b.docx", law));
        assert_eq!(again, vec![KeepingProblem::Known { name: known }.into()], "{engine}");
        let unknown = Belongs::Directive("kx".to_owned());
        let unknown =
            entrance.keep_file(&Actor::console(), AT, unknown, brought("a", docx(&["a"])));
        let why = Refusal::NotFound { noun: Noun::Directive, key: "kx".into() };
        assert_eq!(refused(unknown), vec![why], "{engine}");
        assert_eq!(files(&office.workspace).listed.len(), 1, "{engine}");
    });
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn there_are_not_more_files_than_a_page_lists() {
    on_every_engine(|engine, database| {
        let (_office, entrance) = (Office::small(database), entrance(database));
        for number in 0..FILES_MAX {
            keep(&entrance, "a.docx", docx(&[&number.to_string()])).unwrap();
        }
        let found = refused(keep(&entrance, "a.docx", docx(&["more"])));
        assert_eq!(found, vec![KeepingProblem::TooMany.into()], "{engine}");
    });
}

#[test]
fn taking_away_asks_for_a_reason_and_happens_once() {
    on_every_engine(|engine, database| {
        let (office, entrance) = (Office::small(database), entrance(database));
        let id = keep(&entrance, "a.docx", docx(&["a"])).unwrap().0.to_string();
        let take = |id: &str, reason: &str| {
            entrance.take_file_away(&Actor::console(), AT, (id, reason.to_owned()))
        };
        let cases = [
            (" ".to_owned(), KeepingProblem::WithoutReason),
            ("a".repeat(1_001), KeepingProblem::ReasonTooLong),
        ];
        for (reason, why) in cases {
            assert_eq!(refused(take(&id, &reason)), vec![why.into()], "{engine}");
        }
        take(&id, "nhầm").unwrap();
        assert_eq!(refused(take(&id, "nhầm")), vec![KeepingProblem::Gone.into()], "{engine}");
        for unknown in ["999", "x", ""] {
            let why = Refusal::NotFound { noun: Noun::KeptFile, key: unknown.into() };
            assert_eq!(refused(take(unknown, "nhầm")), vec![why], "{engine}");
        }
        // Taken away by mistake, it can come again.
        keep(&entrance, "a.docx", docx(&["a"])).unwrap();
        assert_eq!(troubles(&office.workspace), [], "{engine}");
    });
}

#[test]
fn files_of_directives_come_from_planners_of_the_whole_and_all_who_see_figures_get_them() {
    on_every_engine(|engine, database| {
        let (office, entrance) = (Office::small(database), entrance(database));
        let id = keep(&entrance, "a.docx", docx(&["a"])).unwrap().0.to_string();
        let reporter = person(database, "can-bo", "reporter", "X1");
        let of_part = person(database, "ke-hoach-huyen", "planner", "182");
        let not_allowed = Refusal::from(EntranceProblem::NotAllowed { right: Right::ManagePlan });
        for who in [&reporter, &of_part] {
            let kept = entrance.keep_file(who, AT, of_directive(), brought("b", docx(&["b"])));
            assert_eq!(refused(kept), vec![not_allowed.clone()], "{engine}");
            let taken = entrance.take_file_away(who, AT, (&id, "nhầm".to_owned()));
            assert_eq!(refused(taken), vec![not_allowed.clone()], "{engine}");
            assert!(office.workspace.kept_file(who, AT, &id).is_ok(), "{engine}");
            let seen = office.workspace.files_of(who, AT, of_directive()).unwrap();
            assert_eq!((seen.listed.len(), seen.may_change), (1, false), "{engine}");
        }
        let nobody = Actor { grants: Vec::new(), ..reporter };
        let sees = Refusal::Entrance(EntranceProblem::NotAllowed { right: Right::SeeFigures });
        assert_eq!(refused(office.workspace.kept_file(&nobody, AT, &id)), [sees], "{engine}");
    });
}

#[test]
fn files_of_a_task_come_from_its_lead_while_it_waits_for_them() {
    on_every_engine(|engine, database| {
        let office = tasks::office(database);
        let workspace = &office.commune.office.workspace;
        let entrance = &office.entrance;
        let (officer, leader) = (&office.commune.officer, &office.leader);
        let task = office.one("X1");
        let keep = |who: &Actor, task: TaskId, text: &str| {
            let file = brought("biên bản.docx", docx(&[text]));
            entrance.keep_file(who, AT, Belongs::Task(task), file)
        };
        let id = keep(officer, task, "Biên bản bàn giao").unwrap().0.to_string();
        let denied = |right| [Refusal::Entrance(EntranceProblem::NotAllowed { right })];
        let given = refused(keep(leader, task, "x"));
        assert_eq!(given, denied(Right::DoTasks), "{engine}: who gave it brings none");
        assert!(workspace.kept_file(leader, AT, &id).is_ok(), "{engine}");
        let stranger = person(database, "xa-khac", "reporter", "X2");
        let kept = refused(workspace.kept_file(&stranger, AT, &id));
        assert_eq!(kept, denied(Right::SeeFigures), "{engine}");
        let files = refused(workspace.files_of(&stranger, AT, Belongs::Task(task)).map(drop));
        assert_eq!(files, denied(Right::SeeFigures), "{engine}");
        assert_eq!(found(workspace, "biên bản bàn giao"), vec![], "{engine}: not for everybody");
        let hand_in = tasks::say(Step::HandIn, "Xong");
        office.step(officer, tasks::TODAY, task, hand_in).unwrap();
        let state = domain::task::State::AwaitingConfirmation;
        let wrong = TaskingProblem::WrongState { state, step: Step::HandIn };
        assert_eq!(refused(keep(officer, task, "y")), vec![wrong.into()], "{engine}");
    });
}

fn damage(database: &Database, damage: Damage) {
    let touched = database.write_blocking::<_, store::Error>(move |tx| inflict(tx, &damage));
    assert!(touched.unwrap() > 0);
}

#[test]
fn the_ledger_names_a_file_of_which_a_byte_or_the_name_was_changed() {
    on_every_engine(|engine, database| {
        let (office, entrance) = (Office::small(database), entrance(database));
        let id = keep(&entrance, "a.docx", docx(&["Kế hoạch"])).unwrap();
        let entry = entries(database).pop().unwrap();
        let told = decode(&entry.leaf).unwrap();
        let field = Identifier::parse("file-name").unwrap();
        assert!(told.commitments.contains_key(&field), "{engine}: the name is committed to");
        assert!(!entry.leaf.windows(6).any(|window| window == b"a.docx"), "{engine}: not told");
        let (file, mut content) =
            office.workspace.kept_file(&Actor::console(), AT, &id.0.to_string()).unwrap();
        let (sha256, whole) = (file.sha256.as_str().to_owned(), content.clone());
        let thing = Thing { noun: "file", id: id.0.to_string() };
        let position = entry.position;
        let altered = Trouble::RowAltered { position, thing: thing.clone() };
        content[20] ^= 1;
        damage(database, Damage::FileContent(sha256.clone(), content));
        assert_eq!(troubles(&office.workspace), std::slice::from_ref(&altered), "{engine}");
        damage(database, Damage::FileContent(sha256.clone(), whole));
        damage(database, Damage::FileName(id.0, "b.docx".to_owned()));
        assert_eq!(troubles(&office.workspace), [altered], "{engine}");
        damage(database, Damage::FileName(id.0, "a.docx".to_owned()));
        damage(database, Damage::FileGone(sha256));
        let missing = Trouble::RowMissing { position, thing };
        assert_eq!(troubles(&office.workspace), [missing], "{engine}");
    });
}
