//! The collection of the demo: a month after the report, half collected, so that those who try the
//! pages find something to do.

use actions::accounts::Moment;
use actions::error::Error;
use actions::secrets;
use actions::submissions::{Occasion, Sent, Typed, TypedField};
use actions::workspace::Workspace;
use domain::access::Actor;
use domain::period::Period;
use domain::submission::Reason;

use crate::wording::Lang;

/// The month after the span of the report.
const MONTH: Period = Period::Month(2023, 7);
const FORM: &str = "thon-thang";

/// Villages of the commune that the demo's officer looks after, and what each has done: its
/// members admitted, and the three other figures of the form.
const SENT: [(&str, [&str; 4]); 6] = [
    ("06178-02", ["1", "1", "2", "14"]),
    ("06178-03", ["0", "1", "1", "13"]),
    ("06178-04", ["2", "0", "1", "22"]),
    ("06178-05", ["1", "1", "3", "360"]),
    ("06178-06", ["0", "0", "1", "11"]),
    ("06178-07", ["1", "1", "2", "12"]),
];
const BEGUN: [(&str, [&str; 4]); 2] =
    [("06178-08", ["1.234", "", "2", ""]), ("06178-09", ["1", "1", "", ""])];
const OF_HEAD: (&str, [&str; 4]) = ("06178-01", ["12", "1", "2", "3"]);
const ITEMS: [&str; 4] = ["A01", "A03", "B03", "B08"];

/// Half collects the month: some have sent, some have begun, one was returned, one approved, and
/// one has nothing to report. Each village's is done by its own head.
pub(super) fn collect(
    workspace: &Workspace,
    officer: &Actor,
    head_of: &dyn Fn(&str) -> Result<Actor, Error>,
    moment: Moment,
    lang: Lang,
) -> Result<(), Error> {
    let mut sent = Vec::new();
    for (village, figures) in SENT {
        sent.push(send(workspace, &head_of(village)?, moment, (village, &figures), lang)?);
    }
    if let Some(first) = sent.first() {
        workspace.approve(officer, moment, &first.id)?;
    }
    for (village, figures) in BEGUN {
        let typed = typed(&figures);
        workspace.save_draft(&head_of(village)?, moment, occasion(workspace, village)?, typed)?;
    }
    let quiet = "06178-10";
    let nothing = occasion(workspace, quiet)?;
    let head = head_of(quiet)?;
    workspace.nothing_to_report(&head, moment, &id(quiet), nothing, Typed::default())?;
    let (own, figures) = OF_HEAD;
    let sent = send(workspace, &head_of(own)?, moment, (own, &figures), lang)?;
    let reasons = vec![
        Reason { field: "A01".to_owned(), text: lang.say("demo-return-members") },
        Reason { field: "B08".to_owned(), text: lang.say("demo-return-other") },
    ];
    workspace.return_with_reasons(officer, moment, &sent.id, reasons)
}

fn send(
    workspace: &Workspace,
    who: &Actor,
    moment: Moment,
    (village, figures): (&str, &[&str; 4]),
    lang: Lang,
) -> Result<Sent, Error> {
    let occasion = occasion(workspace, village)?;
    let mut typed = typed(figures);
    for field in &mut typed.fields {
        field.reason = lang.say("demo-doubt-reason");
    }
    workspace.submit(who, moment, &id(village), occasion, typed)
}

fn occasion(workspace: &Workspace, village: &str) -> Result<Occasion, Error> {
    let day = workspace.snapshot()?.end_of(MONTH);
    let unit = workspace.find_unit(village, Some(day))?;
    Ok(Occasion { form: FORM.to_owned(), unit, period: MONTH })
}

/// Figures as somebody typed them.
fn typed(figures: &[&str; 4]) -> Typed {
    let field = |(item, text): (&str, &&str)| TypedField {
        item: item.to_owned(),
        text: (*text).to_owned(),
        ..TypedField::default()
    };
    let fields = ITEMS.into_iter().zip(figures).map(field).collect();
    Typed { fields, ..Typed::default() }
}

/// The same sending has the same id in every demo.
fn id(village: &str) -> String {
    let hash = secrets::hash(&format!("demo\n{FORM}\n{village}\n{MONTH}"));
    hash.chars().take(32).collect()
}
