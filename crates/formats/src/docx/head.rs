//! The upper and lower ends of an official document: letterhead, title, addressees, signature.

use super::paragraph::{self, Keep, Layout, share_of_mm};
use crate::document::{Document, Orientation, Signature, cased, list_lines};
use crate::markup::Markup;
use crate::measure::{balanced, twips_of_mm, twips_of_pt};
use crate::profile::Profile;

/// Issuer and number on the left; country or Party, place and date on the right.
pub(super) fn letterhead(out: &mut Markup, document: &Document, profile: &Profile) {
    let width_mm = profile.text_width_mm(Orientation::Portrait);
    let left = share_of_mm(width_mm, profile.head_left_percent);
    let right = twips_of_mm(width_mm) - left;
    let styles = &profile.styles;
    let words = profile.words(document.language);
    let head = &document.head;
    bare_table(out, &[left, right], |out| {
        bare_row(out, &[left, right], |out, column| {
            if column == 0 {
                if let Some(parent) = &head.parent_agency {
                    let parent = cased(&styles.parent_agency, parent);
                    let parent = balanced(&styles.parent_agency, &parent, left);
                    paragraph::words(out, Layout::of("ParentAgency"), &parent);
                }
                let agency = cased(&styles.agency, &head.agency);
                let agency = balanced(&styles.agency, &agency, left);
                paragraph::words(out, Layout::of("Agency"), &agency);
                paragraph::rule(out, &styles.agency, &agency, left, Keep::Free);
            } else {
                let title = cased(&styles.national_title, words.national_title);
                paragraph::words(out, Layout::of("NationalTitle"), &title);
                paragraph::rule(out, &styles.national_title, &title, right, Keep::Free);
                if let Some(motto) = words.motto {
                    paragraph::words(out, Layout::of("Motto"), motto);
                    paragraph::rule(out, &styles.motto, motto, right, Keep::Free);
                }
            }
        });
        bare_row(out, &[left, right], |out, column| {
            if column == 0 {
                paragraph::words(out, Layout::of("Number"), &head.number);
                if let Some(about) = document.letter_about(profile) {
                    let about = balanced(&styles.letter_about, &about, left);
                    paragraph::words(out, Layout::of("LetterAbout"), &about);
                }
            } else {
                paragraph::words(out, Layout::of("PlaceDate"), &head.place_date);
            }
        });
    });
}

/// The type and what the document is about; an official letter has said it under its number.
pub(super) fn title(out: &mut Markup, document: &Document, profile: &Profile) {
    if document.kind.is_empty() {
        return paragraph::space(out, twips_of_pt(profile.paragraph_space_pt * 2));
    }
    let styles = &profile.styles;
    let kind = cased(&styles.kind, &document.kind);
    paragraph::words(out, Layout::of("Kind").with_next(), &kind);
    let width = twips_of_mm(profile.text_width_mm(Orientation::Portrait));
    let about = balanced(&styles.about, &cased(&styles.about, &document.about), width);
    paragraph::words(out, Layout::of("About").with_next(), &about);
    paragraph::rule(out, &styles.about, &about, width, Keep::WithNext);
    paragraph::space(out, twips_of_pt(profile.paragraph_space_pt));
}

/// Whom the document is addressed to: one on the same line, several on a line each.
pub(super) fn addressees(out: &mut Markup, document: &Document, profile: &Profile) {
    let label = profile.words(document.language).addressees;
    match document.addressees.as_slice() {
        [] => {}
        [only] => {
            paragraph::words(out, Layout::of("SingleAddressee"), &format!("{label} {only}"));
        }
        several => {
            paragraph::words(out, Layout::of("Addressee").with_next(), label);
            for line in list_lines(profile.list_mark, several) {
                paragraph::words(out, Layout::of("AddresseeLine"), &line);
            }
        }
    }
}

/// Recipients on the left, level with the signer on the right; never parted by a page.
pub(super) fn closing(out: &mut Markup, document: &Document, profile: &Profile) {
    if document.signature.is_none() && document.recipients.is_empty() {
        return;
    }
    let width_mm = profile.text_width_mm(Orientation::Portrait);
    let left = share_of_mm(width_mm, 50);
    let right = twips_of_mm(width_mm) - left;
    paragraph::space(out, twips_of_pt(profile.paragraph_space_pt));
    bare_table(out, &[left, right], |out| {
        bare_row(out, &[left, right], |out, column| {
            if column == 0 {
                recipients(out, document, profile);
            } else {
                signature(out, document.signature.as_ref(), profile);
            }
        });
    });
}

fn recipients(out: &mut Markup, document: &Document, profile: &Profile) {
    if document.recipients.is_empty() {
        paragraph::filler(out, None);
        return;
    }
    let label = profile.words(document.language).recipients;
    paragraph::words(out, Layout::of("RecipientsLabel").with_next(), label);
    for line in list_lines(profile.list_mark, &document.recipients) {
        paragraph::words(out, Layout::of("Recipients"), &line);
    }
}

fn signature(out: &mut Markup, signature: Option<&Signature>, profile: &Profile) {
    let Some(signature) = signature else {
        paragraph::filler(out, None);
        return;
    };
    let styles = &profile.styles;
    for (index, line) in signature.authority.iter().enumerate() {
        let (name, style) = match index {
            0 => ("Authority", &styles.authority),
            _ => ("Position", &styles.position),
        };
        paragraph::words(out, Layout::of(name).with_next(), &cased(style, line));
    }
    paragraph::space(out, twips_of_pt(profile.signature_space_pt));
    paragraph::words(out, Layout::of("Signer"), &signature.name);
}

/// A table that only places things: no borders, no margins.
fn bare_table(out: &mut Markup, widths: &[u32], rows: impl Fn(&mut Markup)) {
    let total: u32 = widths.iter().sum();
    out.open("w:tbl", &[]);
    out.open("w:tblPr", &[]);
    out.empty("w:tblW", &[("w:w", &total.to_string()), ("w:type", "dxa")]);
    out.empty("w:tblLayout", &[("w:type", "fixed")]);
    out.open("w:tblCellMar", &[]);
    for side in ["w:left", "w:right"] {
        out.empty(side, &[("w:w", "0"), ("w:type", "dxa")]);
    }
    out.close();
    out.close();
    grid(out, widths);
    rows(out);
    out.close();
}

fn bare_row(out: &mut Markup, widths: &[u32], cell: impl Fn(&mut Markup, usize)) {
    out.open("w:tr", &[]);
    out.open("w:trPr", &[]);
    out.empty("w:cantSplit", &[]);
    out.close();
    for (column, width) in widths.iter().enumerate() {
        out.open("w:tc", &[]);
        out.open("w:tcPr", &[]);
        out.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
        out.close();
        cell(out, column);
        out.close();
    }
    out.close();
}

/// The column widths of a table, in twips.
pub(super) fn grid(out: &mut Markup, widths: &[u32]) {
    out.open("w:tblGrid", &[]);
    for width in widths {
        out.empty("w:gridCol", &[("w:w", &width.to_string())]);
    }
    out.close();
}
