//! Standard roles of a database that an earlier version made.

use actions::verification::{Trouble, Witnesses};
use actions::workspace::{Opener, Workspace};
use domain::access::{Right, Role, standard_roles};
use store::Database;
use testkit::on_every_engine;

use crate::door::{AT, Watch, entrance, entries};

/// Saves a role as a version before there were tasks did.
fn save_former(database: &Database, code: &str) {
    let role = standard_roles().into_iter().find(|role| role.code == code).unwrap();
    let later = [Right::GiveTasks, Right::DoTasks];
    let rights = role.rights.iter().copied().filter(|right| !later.contains(right)).collect();
    let role = Role { rights, ..role };
    let saved: Result<(), store::Error> =
        database.write_blocking(move |tx| store::grants::save_role(tx, &role));
    saved.unwrap();
}

/// Every verb about roles alone, for the test of the door.
pub(crate) fn every_verb(watch: &mut Watch<'_>, database: &Database) {
    save_former(database, "leader");
    let bring_up = || entrance(database).bring_up_roles(AT.now_ms);
    assert_eq!(watch.run("bring_up_roles", bring_up).unwrap(), 1);
}

#[test]
fn roles_of_before_there_were_tasks_get_their_rights_once_and_it_is_recorded() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        assert_eq!(entrance.bring_up_roles(AT.now_ms).unwrap(), 0, "{engine}: nobody came yet");
        entrance.first_invitation(AT).unwrap();
        for role in standard_roles() {
            save_former(database, &role.code);
        }
        let before = entries(database).len();
        assert_eq!(entrance.bring_up_roles(AT.now_ms).unwrap(), 4, "{engine}");
        assert_eq!(entrance.roles().unwrap(), standard_roles(), "{engine}");
        let new: Vec<String> =
            entries(database).split_off(before).into_iter().map(|entry| entry.subject).collect();
        assert_eq!(new, ["planner", "reporter", "reviewer", "leader"], "{engine}");
        assert_eq!(entrance.bring_up_roles(AT.now_ms).unwrap(), 0, "{engine}: once");
        let workspace = Workspace::over(database.clone(), Opener::Here);
        let troubles = workspace.verify(Witnesses::default()).unwrap().troubles;
        assert_eq!(troubles, [] as [Trouble; 0], "{engine}: the ledger says what stands there");
    });
}
