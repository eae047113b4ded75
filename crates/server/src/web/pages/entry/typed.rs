//! Reading the form of figures as a browser sends it.

use std::collections::BTreeMap;

use actions::submissions::{Base, Typed, TypedField};
use domain::attachment::AttachmentId;

/// Which button was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Save,
    Send,
    Nothing,
}

/// A filled form with what it carries along.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filled {
    pub(super) form_secret: String,
    pub(super) id: String,
    pub(super) deed: Deed,
    pub(super) typed: Typed,
}

/// Reads the pairs of a form. Its fields are called `text/ITEM/CLASS`, `note/…` and `reason/…`;
/// what is not known is left aside.
pub(super) fn read(pairs: &[(String, String)]) -> Filled {
    let find = |name: &str| {
        let found = pairs.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let mut fields: Vec<TypedField> = Vec::new();
    // Whoever sends thousands of names must not make us look through all of them for each.
    let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (key, value) in pairs {
        let mut parts = key.splitn(3, '/');
        let (Some(part), Some(item), Some(class)) = (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let at = *places.entry((item, class)).or_insert_with(|| {
            let (item, class) = (item.to_owned(), class.to_owned());
            fields.push(TypedField { item, class, ..TypedField::default() });
            fields.len() - 1
        });
        let Some(field) = fields.get_mut(at) else { continue };
        match part {
            "text" => field.text.clone_from(value),
            "note" => field.note.clone_from(value),
            "reason" => field.reason.clone_from(value),
            _ => {}
        }
    }
    let named = pairs.iter().filter(|(key, _)| key == "attachment");
    let attachments = named.filter_map(|(_, name)| AttachmentId::parse(name)).collect();
    let deed = match find("deed").as_str() {
        "send" => Deed::Send,
        "nothing" => Deed::Nothing,
        _ => Deed::Save,
    };
    let base = Base {
        revision: find("revision").parse().unwrap_or(0),
        version: find("version").parse().unwrap_or(0),
    };
    Filled {
        form_secret: find("form_secret"),
        id: find("id"),
        deed,
        typed: Typed { fields, attachments, reason: find("correction"), base, clock: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_gathered_from_their_parts_and_an_unknown_button_only_saves() {
        let name = "ab".repeat(32);
        let pairs = [
            ("form_secret", "s"),
            ("id", "7"),
            ("revision", "2"),
            ("version", "5"),
            ("text/B04.tu/", "1,5"),
            ("note/B04.tu/", "ghi"),
            ("text/G06/nu", "4"),
            ("reason/B04.tu/", "vì"),
            ("other", "x"),
            ("attachment", &name),
            ("attachment", "../x"),
            ("deed", "explode"),
        ];
        let pairs = pairs.map(|(key, value)| (key.to_owned(), value.to_owned()));
        let field = |item: &str, class: &str, [text, note, reason]: [&str; 3]| TypedField {
            item: item.to_owned(),
            class: class.to_owned(),
            text: text.to_owned(),
            note: note.to_owned(),
            reason: reason.to_owned(),
        };
        let fields =
            vec![field("B04.tu", "", ["1,5", "ghi", "vì"]), field("G06", "nu", ["4", "", ""])];
        let base = Base { revision: 2, version: 5 };
        let expected = Filled {
            form_secret: "s".to_owned(),
            id: "7".to_owned(),
            deed: Deed::Save,
            typed: Typed {
                fields,
                attachments: vec![AttachmentId::parse(&name).unwrap()],
                base,
                ..Typed::default()
            },
        };
        assert_eq!(read(&pairs), expected);
    }
}
