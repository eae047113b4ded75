//! Any text through the expression language: nothing panics, every place lies inside the text.
#![no_main]

use domain::expression::{Context, Formula, ItemReference, Kind, KnownItem, check, evaluate};
use domain::number::{Fraction, Qualifier, Quantity};
use libfuzzer_sys::fuzz_target;

/// A figure for every item, so that arithmetic is reached.
struct Figures;

impl Context for Figures {
    type Reason = ();

    fn item(&self, reference: &ItemReference) -> Result<Option<Quantity>, ()> {
        let qualifiers =
            [Qualifier::Exact, Qualifier::AtLeast, Qualifier::AtMost, Qualifier::About];
        let length = reference.code.len();
        let value = Fraction::integer(i128::from(length % 7 != 0) * 3 - 2);
        Ok((length % 5 != 0).then(|| Quantity { value, qualifier: qualifiers[length % 4] }))
    }

    fn units(&self, level: &str) -> Result<u32, ()> {
        u32::try_from(level.len()).map_err(|_| ())
    }
}

fuzz_target!(|source: &str| {
    let length = source.chars().count();
    let inside = |at: &std::ops::Range<usize>| at.start <= at.end && at.end <= length;
    let formula = match Formula::parse(source) {
        Ok(formula) => formula,
        Err(error) => {
            assert!(inside(&error.at), "{error}");
            return;
        }
    };
    let find = |_: &str| Some(KnownItem::default());
    for kind in [Kind::Number, Kind::Truth] {
        for error in check(&formula, &find, kind).err().unwrap_or_default() {
            assert!(inside(&error.at), "{error}");
        }
    }
    if let Err(error) = evaluate(formula.root(), &Figures) {
        assert!(inside(&error.at), "{:?}", error.at);
    }
    let _ = formula.items();
    let _ = formula.ratio();
});
