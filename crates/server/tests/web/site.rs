//! A site over the sample with a fixed clock and counted randomness, and people who come to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use actions::accounts::{Draft, Moment};
use actions::entrance::{Entrance, SignIn};
use actions::imports::Input;
use actions::reorganisations::Event;
use actions::secrets::{Hashing, Secrets};
use actions::workspace::{Opener, Workspace};
use domain::access::{Account, Actor};
use domain::hook::Reach;
use domain::unit::Validity;
use jiff::civil::{Date, date};
use server::clock;
use server::nightly::Checks;
use server::web::site::Site;

pub(crate) const NOW_MS: i64 = 1_688_200_000_000;
pub(crate) const TODAY: Date = date(2023, 7, 1);
pub(crate) const PASSWORD: &str = "suối đá nở hoa tháng ba";

/// The sample with the figures of two communes, so that some have reported and most have not.
pub(crate) fn sample() -> Workspace {
    sample_with(Opener::Here)
}

/// The same, with workbooks opened in some way.
pub(crate) fn sample_with(opener: Opener) -> Workspace {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let sample = root.join("samples/van-lang");
    // A folder of this run alone, in the target folder, so that nothing is left elsewhere.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap().keep();
    let database = folder.join("pages.db");
    let workspace = Workspace::open(database.to_str().unwrap(), opener).unwrap();
    let input = |path: PathBuf| vec![Input::from_path(&path)];
    workspace.import_units(input(sample.join("units.csv")), NOW_MS).unwrap();
    workspace.import_pack(&root.join("packs/ket-luan-01"), NOW_MS).unwrap();
    let books = ["06124-na-sam.xlsx", "06127-trung-khanh.xlsx"]
        .map(|name| Input::from_path(&sample.join("so-lieu").join(name)));
    workspace.import_figures(books.to_vec(), NOW_MS, |_| {}).unwrap();
    workspace.import_units(input(sample.join("units-2025.csv")), NOW_MS).unwrap();
    let event = Event { date: date(2025, 7, 1), instrument: "Nghị quyết 1672".to_owned() };
    let crosswalk = input(sample.join("crosswalk-2025.csv"));
    workspace.import_reorganisations(crosswalk, Some(event), NOW_MS).unwrap();
    workspace
}

/// A site; strangers count as `guest`.
pub(crate) fn site(workspace: Workspace, guest: Option<Actor>) -> Site {
    let count = AtomicU64::new(1);
    let fill = Arc::new(move |buffer: &mut [u8]| {
        let seed = count.fetch_add(1, Ordering::Relaxed);
        for (at, byte) in (0_u8..).zip(buffer.iter_mut()) {
            *byte =
                seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes()[usize::from(at % 8)] ^ at;
        }
    });
    let workspace = Arc::new(workspace);
    let secrets = Secrets::new([9; 32], fill, Hashing::LEAST);
    Site {
        entrance: Entrance::new(Arc::clone(&workspace), secrets),
        workspace,
        guest,
        zone: clock::zone(),
        clock: || NOW_MS,
        address: None,
        provider: None,
        hooks: Reach::Public,
        sender: None,
        checks: Checks::default(),
    }
}

/// An account with a role on a unit, or without one on the whole tree, which has accepted its
/// invitation.
pub(crate) fn member(site: &Site, login: &str, role: &str, unit: &str) -> Account {
    named(site, login, "", role, unit)
}

/// The same, for somebody with a name of their own.
pub(crate) fn named(site: &Site, login: &str, name: &str, role: &str, unit: &str) -> Account {
    let moment = Moment { now_ms: NOW_MS, today: TODAY };
    let draft = Draft {
        login: login.to_owned(),
        name: name.to_owned(),
        role: role.to_owned(),
        unit: (!unit.is_empty()).then(|| site.workspace.find_unit(unit, Some(TODAY)).unwrap()),
        validity: Validity::default(),
    };
    let invited = site.entrance.create_account(&Actor::console(), draft, moment).unwrap();
    site.entrance.accept_invitation(&invited.secret, PASSWORD.to_owned(), NOW_MS).unwrap()
}

/// The cookie of a session that began with a password.
pub(crate) fn cookie(site: &Site, login: &str) -> String {
    let (login, password) = (login.to_owned(), PASSWORD.to_owned());
    let typed = SignIn { login, password, ..SignIn::default() };
    format!("__Host-dotpha={}", site.entrance.sign_in(typed, NOW_MS, TODAY).unwrap())
}
