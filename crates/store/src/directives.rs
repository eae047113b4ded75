//! Directives: the documents that ask for something.

use domain::directive::Directive;

use crate::engine::{ReadTx, WriteTx};
use crate::error::Result;
use crate::value::args;

statements! {
    ALL = "select code, number, kind, issuer_vi, issuer_en, date, title_vi, title_en, implements,
               replaces, amends, term_from, term_to, issuer_unit
           from directive order by position";
    SAVE = "insert into directive (code, number, kind, issuer_vi, issuer_en, date, title_vi,
                title_en, implements, replaces, amends, term_from, term_to,
                issuer_unit, position)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
                (select coalesce(max(position), 0) + 1 from directive))
            on conflict (code) do update set number = excluded.number, kind = excluded.kind,
                issuer_vi = excluded.issuer_vi, issuer_en = excluded.issuer_en,
                date = excluded.date, title_vi = excluded.title_vi, title_en = excluded.title_en,
                implements = excluded.implements, replaces = excluded.replaces,
                amends = excluded.amends, term_from = excluded.term_from,
                term_to = excluded.term_to, issuer_unit = excluded.issuer_unit,
                position = excluded.position";
}

/// All directives, in the order in which they were saved.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Directive>> {
    tx.all(ALL, args![], |row| {
        Ok(Directive {
            code: row.get(0)?,
            number: row.get(1)?,
            kind: row.get(2)?,
            issuer: row.bilingual(3)?,
            issuer_unit: row.get(13)?,
            date: row.get(5)?,
            title: row.bilingual(6)?,
            implements: row.get(8)?,
            replaces: row.get(9)?,
            amends: row.get(10)?,
            term: (row.get(11)?, row.get(12)?),
        })
    })
}

/// Saves a directive under its code, as the last in order.
///
/// # Errors
/// The database failed.
pub fn save(tx: &mut WriteTx<'_>, directive: &Directive) -> Result<()> {
    let Directive { code, number, kind, issuer, issuer_unit, date, title, .. } = directive;
    let Directive { implements, replaces, amends, term: (from, to), .. } = directive;
    let [date, from, to] = [date, from, to].map(|day| day.map(|day| day.to_string()));
    let (vi, en) = (&title.vi, &title.en);
    let [implements, replaces, amends] = [implements, replaces, amends].map(Option::as_ref);
    let [date, from, to] = [&date, &from, &to].map(Option::as_ref);
    let args = args![
        code,
        number,
        kind,
        &issuer.vi,
        &issuer.en,
        date,
        vi,
        en,
        implements,
        replaces,
        amends,
        from,
        to,
        issuer_unit.as_ref(),
    ];
    tx.execute(SAVE, args).map(drop)
}
