//! Lists of tasks: what they give, what they refuse and where, and that the same list counts once.

use actions::error::Error;
use actions::tasks::give::Time;
use actions::tasks::import::ListGiven;
use actions::tasks::list::{Asked, Scope};
use actions::tasks::listing::{Listing, ROWS_MAX};
use actions::verification::{Trouble, Witnesses};
use domain::access::{Actor, Right};
use domain::entrance::EntranceProblem;
use domain::refusal::{Limit, Noun, Refusal, Wanted};
use domain::task::{ListColumn, Standing};
use domain::tasking::{Clarity, TaskingProblem};
use jiff::civil::date;
use testkit::on_every_engine;

use crate::collecting::{AT, person, refused};
use crate::setup::refusals;
use crate::task_drafts::granted;
use crate::tasks::{Office, office};

const HEADER: &str = "Việc phải làm,Sản phẩm *,Trách nhiệm,Thẩm quyền,Mã đơn vị chủ trì,\
                      Người chủ trì,Hạn,Tổ thực hiện,Nội dung đột phá,Mã đơn vị giao\n";

fn read(office: &Office, who: &Actor, text: &str) -> Result<Listing, Error> {
    let file = ("danh-sach.csv", text.as_bytes().to_vec());
    office.commune.office.workspace.read_task_list(who, AT, file)
}

fn listing(office: &Office, rows: &str) -> Listing {
    read(office, &office.leader, &format!("{HEADER}{rows}")).unwrap()
}

const GOOD: &str = "Dời chợ,Biên bản,Đúng hạn,Chủ động,\"X1, X2\",,30/11/2026,,,\n\
                    ,,,,,,,,,\n\
                    Khảo sát,Phiếu,Đủ,Chủ động,X1-1,thon,không hạn,\
                    \"Hoàng A, tổ trưởng; Nông B\",,\n";

#[test]
fn a_list_is_looked_at_given_whole_and_counts_once_for_each_person() {
    on_every_engine(|engine, database| {
        let office = office(database);
        granted(database, &office.commune.head);
        let entrance = office.entrance();
        let list = listing(&office, GOOD);
        let carried = Listing::carried(&list.to_text().unwrap()).unwrap();
        assert_eq!(carried, list, "{engine}: is the same after it was shown");

        let preview = entrance.preview_task_list(&office.leader, AT, &list).unwrap();
        assert_eq!(preview.refused, [], "{engine}");
        let found: Vec<(u32, usize, &str)> = preview
            .rows
            .iter()
            .map(|row| (row.number, row.tasks(), row.assignment.words.work.as_str()))
            .collect();
        assert_eq!(found, [(2, 2, "Dời chợ"), (4, 1, "Khảo sát")], "{engine}");
        assert_eq!(preview.rows[1].assignment.times, [Time::Open], "{engine}");
        assert_eq!(preview.rows[1].assignment.team.len(), 2, "{engine}");
        let given = Asked { scope: Scope::Given, ..Asked::of(office.unit("182")) };
        let count = || {
            let workspace = &office.commune.office.workspace;
            workspace.task_list(&office.leader, AT, &given).unwrap().counts
        };
        assert_eq!(count().all, 0, "{engine}: looking gives nothing");

        let give = |who: &Actor| entrance.give_task_list(who, AT, carried.clone()).unwrap();
        assert_eq!(give(&office.leader), ListGiven::Now(3), "{engine}");
        let no_deadline = Standing::CODES.iter().position(|code| *code == "no_deadline").unwrap();
        assert_eq!((count().all, count().standings[no_deadline]), (3, 1), "{engine}");
        assert_eq!(give(&office.leader), ListGiven::Before(3), "{engine}: the same list once");
        let again = entrance.preview_task_list(&office.leader, AT, &list).unwrap();
        assert_eq!(again.given, Some((AT.now_ms, 3)), "{engine}");
        let other = person(database, "lanh-dao-2", "leader", "182");
        assert_eq!(give(&other), ListGiven::Now(3), "{engine}: of another person it is another");
        assert_eq!(count().all, 6, "{engine}");
        let verified = office.commune.office.workspace.verify(Witnesses::default()).unwrap();
        // The people of these tests, and what they hold, stand in no ledger.
        let of_accounts = |trouble: &Trouble| match trouble {
            Trouble::RowExtra { thing } => ["account", "role", "grant"].contains(&thing.noun),
            _ => false,
        };
        assert!(verified.troubles.iter().all(of_accounts), "{engine}: {:?}", verified.troubles);
    });
}

#[test]
fn everything_wrong_is_listed_with_row_and_column_and_nothing_is_given() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let rows = "Dời chợ,,Đúng hạn,Chủ động,X9,ai-do,hôm qua,,DP99,\n\
                    Khảo sát,Phiếu,Đủ,Chủ động,20,,1/11/2026,,,\n\
                    Họp dân,Phiếu,Đủ,Chủ động,X1-1,,30/11/2026,,,X1\n\
                    Kiểm tra,Phiếu,Đủ,Chủ động,182,,,,,\n\
                    Được,Phiếu,Đủ,Chủ động,X1,,30/11/2026,,,\n";
        let list = listing(&office, rows);
        let entrance = office.entrance();
        let tasking = |problem: TaskingProblem| Refusal::Tasking(problem);
        let missing = |noun: Noun, key: &str| Refusal::NotFound { noun, key: key.to_owned() };
        let unclear = |what: Clarity| tasking(TaskingProblem::Unclear { what });
        let bad = Refusal::BadValue { text: "hôm qua".to_owned(), wanted: Wanted::Day };
        let unknown = Refusal::UnknownUnit { code: "X9".to_owned(), day: None };
        let above = TaskingProblem::OutOfReach {
            unit: "tỉnh Lạng Sơn".to_owned(),
            issuer: "huyện Văn Lãng".to_owned(),
        };
        let past = TaskingProblem::DeadlinePast { deadline: date(2026, 11, 1) };
        let expected = vec![
            (2, 2, unclear(Clarity::Product)),
            (2, 5, unknown),
            (2, 6, missing(Noun::Account, "ai-do")),
            (2, 7, bad),
            (2, 9, missing(Noun::Priority, "DP99")),
            (3, 5, tasking(above)),
            (3, 7, tasking(past)),
            (5, 0, tasking(TaskingProblem::ConfirmerLeads)),
            (5, 7, unclear(Clarity::Time)),
        ];
        let found = |outcome: Result<ListGiven, Error>| -> Vec<(u32, u32, Refusal)> {
            refusals(outcome).into_iter().map(|it| (it.at.row, it.at.column, it.why)).collect()
        };
        let given = entrance.give_task_list(&office.leader, AT, list.clone());
        assert_eq!(found(given), expected, "{engine}");
        let preview = entrance.preview_task_list(&office.leader, AT, &list).unwrap();
        assert_eq!(preview.refused.len(), expected.len(), "{engine}");
        assert_eq!(preview.rows.len(), 5, "{engine}: what is right is shown beside it");

        let of_beside = "Việc,Phiếu,Đủ,Chủ động,X1-1,,30/11/2026,,,X1\n";
        let beside = &office.commune.beside;
        let given = entrance.give_task_list(beside, AT, listing(&office, of_beside));
        let not_allowed = EntranceProblem::NotAllowed { right: Right::GiveTasks };
        assert_eq!(found(given), [(2, 10, not_allowed.into())], "{engine}");
    });
}

#[test]
fn a_file_that_is_no_list_is_refused_in_a_sentence() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let one = |problem: TaskingProblem| vec![Refusal::Tasking(problem)];
        let missing = |columns: &[ListColumn]| {
            one(TaskingProblem::ColumnsMissing { columns: columns.to_vec() })
        };
        let all: Vec<ListColumn> =
            ListColumn::ALL.into_iter().filter(|column| column.is_required()).collect();
        let twice = TaskingProblem::ColumnTwice { column: ListColumn::Work };
        let many = "Việc,P,T,Q,X1,,30/11/2026,,,\n".repeat(ROWS_MAX + 1);
        let rows = Refusal::TooLarge { what: Limit::Rows, limit: ROWS_MAX as u64 };
        let cases: Vec<(&str, String, Vec<Refusal>)> = vec![
            ("empty", String::new(), vec![Refusal::EmptyFile]),
            ("another list", "login,name\nbinh,Bình\n".to_owned(), missing(&all)),
            ("a column short", HEADER.replace("Hạn", "Ghi chú"), missing(&[ListColumn::Deadline])),
            ("a column twice", format!("work,{HEADER}"), one(twice)),
            ("no row", HEADER.to_owned(), one(TaskingProblem::NoTaskInList)),
            ("too many rows", format!("{HEADER}{many}"), vec![rows]),
        ];
        for (name, text, expected) in cases {
            assert_eq!(refused(read(&office, &office.leader, &text)), expected, "{engine}: {name}");
        }
        let workspace = &office.commune.office.workspace;
        let broken = workspace.read_task_list(&office.leader, AT, ("a.xlsx", b"PK?".to_vec()));
        let why = refused(broken);
        assert!(matches!(why[..], [Refusal::DamagedWorkbook { .. }]), "{engine}: {why:?}");
        let head = refused(read(&office, &office.commune.head, GOOD));
        let not_allowed = EntranceProblem::NotAllowed { right: Right::GiveTasks };
        assert_eq!(head, [not_allowed.into()], "{engine}: whoever gives none has none opened");
    });
}
