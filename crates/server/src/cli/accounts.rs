//! `dotpha accounts`: people in lists, for the keeper of the machine.

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use actions::accounts::list::{Change, ListLine, PeopleList};
use actions::accounts::{Invited, Moment};
use actions::entrance::Entrance;
use actions::error::Error;
use actions::imports::Input;
use actions::workspace::Workspace;
use askama::Template;
use clap::{Args, Subcommand};
use domain::access::Actor;
use domain::refusal::Refusal;
use formats::qr;

use super::output::Output;
use crate::wording::{Gap, Lang, people, periods};
use crate::{clock, keys};

#[derive(Debug, Subcommand)]
pub(super) enum What {
    /// Adds people from a list: CSV with `login,name,role,unit_code,valid_from,valid_to`, or the
    /// same headers in Vietnamese.
    ///
    /// All rows go in or none. The same list twice has the effect of once; a role that somebody
    /// ended does not come back by it. New people receive invitations, as cards to print.
    #[command(after_long_help = TAKES)]
    Import(Arguments),
    /// Prints a list to begin from: the columns, and a line for each role of collecting.
    Sample,
}

/// What a list takes, for those who have no page before them.
const TAKES: &str = "\
Columns (the first row names them, in English or Vietnamese):
  login       Tên đăng nhập  2 to 64 lower-case letters without accents, digits, dots, hyphens
  name        Họ tên         the same in all rows of a person; a row is one role
  role        Vai trò        a role's code, or its name in either language
  unit_code   Mã đơn vị      the unit and all below it; empty for the whole tree
  valid_from  Từ ngày        the first day, as 2026-07-01 or 01/7/2026; may be left out
  valid_to    Đến ngày       the last day; may be left out

Roles:
  administrator  Quản trị          reporter  Báo cáo số liệu   inspector  Kiểm tra
  planner        Lập kế hoạch      reviewer  Duyệt số liệu     auditor    Kiểm toán
  leader         Lãnh đạo

`dotpha accounts sample > people.csv` writes a list to begin from.";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The list.
    file: PathBuf,
    /// Only says what would be done.
    #[arg(long)]
    dry_run: bool,
    /// The file for the cards, in HTML; nobody but its owner may read it.
    #[arg(long, value_name = "FILE", default_value = "the-moi.html")]
    cards: PathBuf,
    /// Where the pages are served, for the addresses on the cards.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    address: String,
}

/// The cards as a file of its own.
#[derive(Template)]
#[template(path = "cli/cards.html")]
struct CardsFile {
    lang: Lang,
    cards: Vec<Card>,
}

struct Card {
    name: String,
    login: String,
    address: String,
    ends: String,
    code: Option<qr::Code>,
}

impl CardsFile {
    fn t(&self, key: &str) -> String {
        self.lang.say(key)
    }
}

pub(super) fn run(
    workspace: Workspace,
    place: &str,
    what: &What,
    out: &mut Output,
) -> Result<(), Error> {
    let workspace = Arc::new(workspace);
    let entrance = Entrance::new(Arc::clone(&workspace), keys::secrets(place)?);
    match what {
        What::Import(arguments) => import(&entrance, arguments, out),
        What::Sample => sample(&workspace, &entrance, out),
    }
}

fn sample(workspace: &Workspace, entrance: &Entrance, out: &mut Output) -> Result<(), Error> {
    let today = clock::day_of(clock::now_ms());
    let unit = workspace.unit_name(workspace.defaults()?.unit, today)?;
    let text = people::sample(&entrance.roles()?, &unit.code, out.lang);
    text.lines().for_each(|line| out.line(line));
    Ok(())
}

fn import(entrance: &Entrance, arguments: &Arguments, out: &mut Output) -> Result<(), Error> {
    let list = PeopleList::from_input(&Input::from_path(&arguments.file))?;
    let now_ms = clock::now_ms();
    let moment = Moment { now_ms, today: clock::day_of(now_ms) };
    let console = Actor::console();
    let lines = entrance.preview_people(&console, list.clone(), moment)?;
    if arguments.dry_run || lines.iter().all(|line| line.change == Change::Nothing) {
        out.line(&out.lang.tell("cli-people-preview", people::counts(&lines)));
        preview(&lines, out);
        return Ok(());
    }
    // Before anything is done: invitations that cannot be written down are lost.
    let mut file =
        private_file(&arguments.cards).map_err(|error| not_written(arguments, &error))?;
    let invited = entrance.import_people(&console, list, moment)?;
    out.line(&out.lang.tell("cli-people", people::counts(&lines)));
    let cards = cards(&invited, arguments, out.lang)?;
    file.write_all(cards.as_bytes()).map_err(|error| not_written(arguments, &error))?;
    let file = arguments.cards.display().to_string();
    out.line(&out.lang.tell("cli-people-cards", [("file", Gap::from(file))]));
    Ok(())
}

fn preview(lines: &[ListLine], out: &mut Output) {
    for line in lines {
        let role = out.lang.of(&line.role).to_owned();
        let change = people::change(line.change, out.lang);
        out.line(&format!("  {:<20} {role}: {change}", line.draft.login));
    }
}

fn cards(invited: &[Invited], arguments: &Arguments, lang: Lang) -> Result<String, Error> {
    let zone = clock::zone();
    let card = |Invited { account, secret, ends_ms }: &Invited| {
        let address = format!("{}/invitations/{secret}", arguments.address.trim_end_matches('/'));
        Card {
            name: account.name.clone(),
            login: account.login.clone(),
            ends: periods::moment(*ends_ms, &zone, lang),
            code: qr::code(&address),
            address,
        }
    };
    let page = CardsFile { lang, cards: invited.iter().map(card).collect() };
    page.render().map_err(|error| Error::Fault(format!("the cards: {error}")))
}

fn not_written(arguments: &Arguments, error: &std::io::Error) -> Error {
    let detail = format!("{}: {error}", arguments.cards.display());
    Refusal::FileNotOpened { detail }.into()
}

/// A new file for its owner alone: whoever reads it can take the accounts in it.
fn private_file(path: &Path) -> std::io::Result<File> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}
