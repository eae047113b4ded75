//! Reading what somebody brought from a phone: the file, or the texts of its codes in any order.

use std::collections::BTreeMap;

use actions::submissions::{Base, Occasion, Typed};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::attachment::AttachmentId;
use domain::collecting::CollectingProblem;
use domain::period::Period;
use domain::unit::UnitId;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::web::api::submissions::{BaseCode, ContentCode, Field};

/// How the text of a code begins that is one of several.
const PART: &str = "dotpha ";

/// The forms that are taken from one text: each is sent for itself, and a phone holds fewer.
const FORMS_MAX: usize = 100;

/// A copy of what was not sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CopyOff {
    #[serde(rename = "dotpha")]
    _version: u8,
    #[serde(rename = "account")]
    _account: i64,
    parcels: Vec<Parcel>,
    /// Nobody sends what its writer has not finished.
    #[serde(default, rename = "drafts")]
    _drafts: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parcel {
    id: String,
    form: String,
    unit: i64,
    period: String,
    content: ContentCode,
    fields: Vec<Field>,
    reason: String,
    base: BaseCode,
    #[serde(rename = "finished_ms")]
    _finished_ms: i64,
    /// Codes do not carry any.
    #[serde(default)]
    photos: Vec<PhotoCode>,
}

/// A photograph that the file carries, or the name of one that the server has.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum PhotoCode {
    Jpeg(String),
    Sha256(String),
}

/// A filled form that was brought.
#[derive(Debug)]
pub(super) struct Brought {
    pub(super) id: String,
    pub(super) occasion: Occasion,
    pub(super) content: ContentCode,
    pub(super) typed: Typed,
    pub(super) photos: Vec<Photo>,
}

/// A photograph of one.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Photo {
    /// Its bytes.
    Carried(Vec<u8>),
    /// The server has it under this name.
    Known(AttachmentId),
}

/// The filled forms in a text.
pub(super) fn read(text: &str) -> Result<Vec<Brought>, CollectingProblem> {
    let unreadable = || CollectingProblem::CopyUnreadable;
    let mut brought = Vec::new();
    for whole in joined(text)? {
        let copy: CopyOff = serde_json::from_str(&whole).map_err(|_| unreadable())?;
        for parcel in copy.parcels {
            let period = Period::parse(&parcel.period).map_err(|_| unreadable())?;
            let base = Base { revision: parcel.base.revision, version: parcel.base.version };
            let fields = parcel.fields.into_iter().map(Into::into).collect();
            let photos = parcel.photos.into_iter().map(photo).collect::<Option<_>>();
            brought.push(Brought {
                photos: photos.ok_or_else(unreadable)?,
                id: parcel.id,
                occasion: Occasion { form: parcel.form, unit: UnitId(parcel.unit), period },
                content: parcel.content,
                typed: Typed { fields, reason: parcel.reason, base, ..Typed::default() },
            });
        }
    }
    if brought.len() > FORMS_MAX {
        return Err(CollectingProblem::CopyTooLarge { forms_max: FORMS_MAX });
    }
    if brought.is_empty() { Err(unreadable()) } else { Ok(brought) }
}

/// A photograph out of its letters; nothing when they are none.
fn photo(code: PhotoCode) -> Option<Photo> {
    match code {
        PhotoCode::Jpeg(letters) => STANDARD.decode(letters).ok().map(Photo::Carried),
        PhotoCode::Sha256(name) => AttachmentId::parse(&name).map(Photo::Known),
    }
}

/// The whole texts: parts of one are put together, whatever their order.
fn joined(text: &str) -> Result<Vec<String>, CollectingProblem> {
    if !text.lines().any(|line| line.starts_with(PART)) {
        return Ok(vec![text.to_owned()]);
    }
    let unreadable = || CollectingProblem::CopyUnreadable;
    let mut parts: BTreeMap<(&str, usize), BTreeMap<usize, &str>> = BTreeMap::new();
    for line in text.lines().map(str::trim_start).filter(|line| !line.is_empty()) {
        let (mark, rest) =
            line.strip_prefix(PART).and_then(|it| it.split_once(' ')).ok_or_else(unreadable)?;
        let (place, part) = rest.split_once(' ').ok_or_else(unreadable)?;
        let (number, count) = place.split_once('/').ok_or_else(unreadable)?;
        let number = number.parse().map_err(|_| unreadable())?;
        let count = count.parse().map_err(|_| unreadable())?;
        parts.entry((mark, count)).or_default().insert(number, part);
    }
    let mut whole = Vec::with_capacity(parts.len());
    for ((_, count), parts) in parts {
        if parts.len() != count || parts.keys().copied().ne(1..=count) {
            let missing = count.saturating_sub(parts.len());
            return Err(CollectingProblem::CopyIncomplete { missing });
        }
        whole.push(parts.into_values().collect());
    }
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = r#"{"dotpha":1,"account":3,"parcels":[{"id":"x","form":"f","unit":7,"period":"2023-07","content":"figures","fields":[{"item":"A01","text":"2"}],"reason":"","base":{"revision":0,"version":0},"finished_ms":5}]}"#;

    #[test]
    fn photographs_are_read_out_of_the_file() {
        let name = "0a".repeat(32);
        let photos = format!(r#""photos":[{{"jpeg":"/9j/"}},{{"sha256":"{name}"}}],"reason""#);
        let brought = read(&ONE.replace("\"reason\"", &photos)).unwrap().remove(0);
        let known = Photo::Known(AttachmentId::parse(&name).unwrap());
        assert_eq!(brought.photos, [Photo::Carried(vec![0xff, 0xd8, 0xff]), known]);
        assert_eq!(read(ONE).unwrap()[0].photos, []);
        for wrong in [r#"{"jpeg":"?"}"#, r#"{"sha256":"x"}"#, r#"{"png":""}"#, "7"] {
            let text = ONE.replace("\"reason\"", &format!("\"photos\":[{wrong}],\"reason\""));
            assert_eq!(read(&text).unwrap_err(), CollectingProblem::CopyUnreadable, "{wrong}");
        }
    }

    #[test]
    fn codes_are_put_together_in_any_order_and_a_missing_one_is_named() {
        let (head, tail) = ONE.split_at(100);
        let whole = format!("dotpha ab12 2/2 {tail}\n\ndotpha ab12 1/2 {head}\n");
        for text in [ONE, &whole] {
            let brought = read(text).unwrap();
            assert_eq!((brought.len(), brought[0].occasion.unit), (1, UnitId(7)), "{text}");
            assert_eq!(brought[0].typed.fields[0].text, "2");
        }
        let half = format!("dotpha ab12 1/2 {head}");
        let missing = CollectingProblem::CopyIncomplete { missing: 1 };
        assert_eq!(read(&half).unwrap_err(), missing);
        let stranger = ONE.replace("\"reason\"", "\"colour\"");
        for text in ["", "dotpha", "dotpha x", "dotpha a 1/x y", "{}", &ONE[..40], &stranger] {
            assert_eq!(read(text).unwrap_err(), CollectingProblem::CopyUnreadable, "{text}");
        }
    }
}
