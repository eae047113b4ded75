//! Directives: the documents that ask for something.

use std::collections::BTreeMap;

use domain::directive::{Directive, Reference};

use crate::engine::{ReadTx, WriteTx};
use crate::error::Result;
use crate::value::args;

statements! {
    ALL = "select code, number, kind, issuer_vi, issuer_en, date, title_vi, title_en, implements,
               term_from, term_to, issuer_unit
           from directive order by position";
    REFERENCES = "select directive, kind, other from directive_reference
                  order by directive, kind, position";
    SAVE = "insert into directive (code, number, kind, issuer_vi, issuer_en, date, title_vi,
                title_en, implements, term_from, term_to, issuer_unit, position)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
                (select coalesce(max(position), 0) + 1 from directive))
            on conflict (code) do update set number = excluded.number, kind = excluded.kind,
                issuer_vi = excluded.issuer_vi, issuer_en = excluded.issuer_en,
                date = excluded.date, title_vi = excluded.title_vi, title_en = excluded.title_en,
                implements = excluded.implements, term_from = excluded.term_from,
                term_to = excluded.term_to, issuer_unit = excluded.issuer_unit,
                position = excluded.position";
    FORGET_REFERENCES = "delete from directive_reference where directive = $1";
    SAVE_REFERENCE = "insert into directive_reference (directive, kind, other, position)
                      values ($1, $2, $3, $4)";
}

/// The references that a directive may have several of.
const SEVERAL: [Reference; 2] = [Reference::Replaces, Reference::Amends];

/// All directives, in the order in which they were saved.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Directive>> {
    let mut references: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (directive, kind, other) in
        tx.all(REFERENCES, args![], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
    {
        references.entry((directive, kind)).or_default().push(other);
    }
    tx.all(ALL, args![], |row| {
        let code: String = row.get(0)?;
        let [replaces, amends] = SEVERAL.map(|by| {
            references.get(&(code.clone(), by.column().to_owned())).cloned().unwrap_or_default()
        });
        Ok(Directive {
            code,
            number: row.get(1)?,
            kind: row.get(2)?,
            issuer: row.bilingual(3)?,
            issuer_unit: row.get(11)?,
            date: row.get(5)?,
            title: row.bilingual(6)?,
            implements: row.get(8)?,
            replaces,
            amends,
            term: (row.get(9)?, row.get(10)?),
        })
    })
}

/// Saves a directive under its code, as the last in order.
///
/// # Errors
/// The database failed.
pub fn save(tx: &mut WriteTx<'_>, directive: &Directive) -> Result<()> {
    let Directive { code, number, kind, issuer, issuer_unit, date, title, .. } = directive;
    let Directive { implements, term: (from, to), .. } = directive;
    let [date, from, to] = [date, from, to].map(|day| day.map(|day| day.to_string()));
    let (vi, en) = (&title.vi, &title.en);
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
        implements.as_ref(),
        from,
        to,
        issuer_unit.as_ref(),
    ];
    tx.execute(SAVE, args)?;
    tx.execute(FORGET_REFERENCES, args![code])?;
    for by in SEVERAL {
        for (position, other) in (1_i64..).zip(by.of(directive)) {
            tx.execute(SAVE_REFERENCE, args![code, by.column(), other, position])?;
        }
    }
    Ok(())
}
