//! The package of a text document: its parts, how they refer to each other, and the zip around them.

use super::styles::MAIN;
use crate::archive::archive;
use crate::document::{DocumentError, Language, Properties};
use crate::markup::Markup;

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The relation ids of the parts that every document has.
pub(super) const FIRST_PAGE_HEADER: &str = "rId3";
pub(super) const HEADER: &str = "rId4";
pub(super) const FOOTER: &str = "rId5";
const FIXED_RELATIONS: usize = 5;

/// What the text refers to: addresses outside, pictures inside.
#[derive(Debug, Default)]
pub(super) struct Links {
    targets: Vec<Target>,
}

#[derive(Debug, PartialEq)]
enum Target {
    Address(String),
    /// A picture; the relation names its file.
    Picture(String),
}

impl Links {
    /// The relation of an address. Addresses without a host mean nothing inside a file on
    /// somebody's desk: they get none.
    pub(super) fn to(&mut self, address: &str) -> Option<String> {
        let full = ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
        full.then(|| self.relation(Target::Address(address.to_owned())))
    }

    /// The relation of a picture.
    pub(super) fn picture(&mut self, svg: &str) -> String {
        self.relation(Target::Picture(svg.to_owned()))
    }

    fn relation(&mut self, target: Target) -> String {
        let known = self.targets.iter().position(|other| *other == target);
        let index = known.unwrap_or_else(|| {
            self.targets.push(target);
            self.targets.len() - 1
        });
        format!("rId{}", FIXED_RELATIONS + index + 1)
    }
}

/// Puts the parts into one file; the same parts give the same bytes.
pub(super) fn pack(parts: &[(String, String)]) -> Result<Vec<u8>, DocumentError> {
    let declared = |content: &String| {
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{content}")
    };
    let parts: Vec<(&String, String)> =
        parts.iter().map(|(name, content)| (name, declared(content))).collect();
    let parts = parts.iter().map(|(name, content)| (name.as_str(), content.as_bytes()));
    Ok(archive(parts)?)
}

/// The parts beside the text itself, in the order of the package.
pub(super) fn parts(
    document: String,
    styles: String,
    properties: &Properties,
    language: Language,
    sample_mark: Option<&str>,
    links: &Links,
) -> Vec<(String, String)> {
    let part = |name: &str, content| (name.to_owned(), content);
    let mut parts = vec![
        part("[Content_Types].xml", content_types()),
        part("_rels/.rels", root_relations()),
        part("docProps/app.xml", app_properties()),
        part("docProps/core.xml", core_properties(properties, language)),
        part("word/document.xml", document),
        part("word/styles.xml", styles),
        part("word/settings.xml", settings(language)),
        part("word/header1.xml", header(PageNumber::Hidden)),
        part("word/header2.xml", header(PageNumber::Shown)),
        part("word/footer1.xml", footer(sample_mark)),
        part("word/_rels/document.xml.rels", document_relations(links)),
    ];
    for (index, target) in links.targets.iter().enumerate() {
        if let Target::Picture(svg) = target {
            parts.push((format!("word/media/picture{}.svg", index + 1), svg.clone()));
        }
    }
    parts
}

fn content_types() -> String {
    const TEXT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut out = Markup::default();
    let namespace = "http://schemas.openxmlformats.org/package/2006/content-types";
    out.open("Types", &[("xmlns", namespace)]);
    for (extension, kind) in [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("svg", "image/svg+xml"),
        ("xml", "application/xml"),
    ] {
        out.empty("Default", &[("Extension", extension), ("ContentType", kind)]);
    }
    for (part, kind) in [
        ("/word/document.xml", "document.main"),
        ("/word/styles.xml", "styles"),
        ("/word/settings.xml", "settings"),
        ("/word/header1.xml", "header"),
        ("/word/header2.xml", "header"),
        ("/word/footer1.xml", "footer"),
    ] {
        let kind = format!("{TEXT}.{kind}+xml");
        out.empty("Override", &[("PartName", part), ("ContentType", &kind)]);
    }
    for (part, kind) in [
        (
            "/docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        ),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ] {
        out.empty("Override", &[("PartName", part), ("ContentType", kind)]);
    }
    out.close();
    out.finish()
}

fn root_relations() -> String {
    let core =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let mut out = Markup::default();
    out.open("Relationships", &[("xmlns", RELATIONS)]);
    for (id, kind, target) in [
        ("rId1", format!("{OFFICE}/officeDocument"), "word/document.xml"),
        ("rId2", core.to_owned(), "docProps/core.xml"),
        ("rId3", format!("{OFFICE}/extended-properties"), "docProps/app.xml"),
    ] {
        out.empty("Relationship", &[("Id", id), ("Type", &kind), ("Target", target)]);
    }
    out.close();
    out.finish()
}

fn document_relations(links: &Links) -> String {
    let mut out = Markup::default();
    out.open("Relationships", &[("xmlns", RELATIONS)]);
    for (id, kind, target) in [
        ("rId1", "styles", "styles.xml"),
        ("rId2", "settings", "settings.xml"),
        (FIRST_PAGE_HEADER, "header", "header1.xml"),
        (HEADER, "header", "header2.xml"),
        (FOOTER, "footer", "footer1.xml"),
    ] {
        let kind = format!("{OFFICE}/{kind}");
        out.empty("Relationship", &[("Id", id), ("Type", &kind), ("Target", target)]);
    }
    for (index, target) in links.targets.iter().enumerate() {
        let id = format!("rId{}", FIXED_RELATIONS + index + 1);
        match target {
            Target::Address(address) => {
                let kind = format!("{OFFICE}/hyperlink");
                let attributes = [
                    ("Id", id.as_str()),
                    ("Type", &kind),
                    ("Target", address),
                    ("TargetMode", "External"),
                ];
                out.empty("Relationship", &attributes);
            }
            Target::Picture(_) => {
                let kind = format!("{OFFICE}/image");
                let target = format!("media/picture{}.svg", index + 1);
                out.empty("Relationship", &[("Id", &id), ("Type", &kind), ("Target", &target)]);
            }
        }
    }
    out.close();
    out.finish()
}

fn app_properties() -> String {
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    let mut out = Markup::default();
    out.open("Properties", &[("xmlns", namespace)]);
    out.leaf("Application", &[], "dotpha");
    out.close();
    out.finish()
}

fn core_properties(properties: &Properties, language: Language) -> String {
    let mut out = Markup::default();
    out.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    out.leaf("dc:title", &[], &properties.title);
    out.leaf("dc:creator", &[], &properties.creator);
    out.leaf("dc:language", &[], language.tag());
    out.leaf("cp:lastModifiedBy", &[], &properties.creator);
    for name in ["dcterms:created", "dcterms:modified"] {
        out.leaf(name, &[("xsi:type", "dcterms:W3CDTF")], &properties.created);
    }
    out.close();
    out.finish()
}

fn settings(language: Language) -> String {
    let mut out = Markup::default();
    out.open("w:settings", &[("xmlns:w", MAIN)]);
    out.empty("w:defaultTabStop", &[("w:val", "720")]);
    out.empty("w:characterSpacingControl", &[("w:val", "doNotCompress")]);
    out.open("w:compat", &[]);
    // Without this, Word opens the file in the mode of Word 2007.
    out.empty(
        "w:compatSetting",
        &[
            ("w:name", "compatibilityMode"),
            ("w:uri", "http://schemas.microsoft.com/office/word"),
            ("w:val", "15"),
        ],
    );
    out.close();
    out.empty("w:themeFontLang", &[("w:val", language.tag())]);
    out.close();
    out.finish()
}

#[derive(Clone, Copy, PartialEq)]
enum PageNumber {
    Hidden,
    Shown,
}

fn header(number: PageNumber) -> String {
    let mut out = Markup::default();
    out.open("w:hdr", &[("xmlns:w", MAIN)]);
    out.open("w:p", &[]);
    out.open("w:pPr", &[]);
    out.empty("w:pStyle", &[("w:val", "PageNumber")]);
    out.close();
    if number == PageNumber::Shown {
        for (kind, instruction) in
            [(Some("begin"), None), (None, Some(" PAGE ")), (Some("separate"), None)]
        {
            out.open("w:r", &[]);
            if let Some(kind) = kind {
                out.empty("w:fldChar", &[("w:fldCharType", kind)]);
            }
            if let Some(instruction) = instruction {
                out.leaf("w:instrText", &[("xml:space", "preserve")], instruction);
            }
            out.close();
        }
        out.open("w:r", &[]);
        out.leaf("w:t", &[], "2");
        out.close();
        out.open("w:r", &[]);
        out.empty("w:fldChar", &[("w:fldCharType", "end")]);
        out.close();
    }
    out.close();
    out.close();
    out.finish()
}

fn footer(sample_mark: Option<&str>) -> String {
    let mut out = Markup::default();
    out.open("w:ftr", &[("xmlns:w", MAIN)]);
    out.open("w:p", &[]);
    out.open("w:pPr", &[]);
    out.empty("w:pStyle", &[("w:val", "SampleMark")]);
    out.close();
    if let Some(mark) = sample_mark {
        out.open("w:r", &[]);
        out.leaf("w:t", &[("xml:space", "preserve")], mark);
        out.close();
    }
    out.close();
    out.close();
    out.finish()
}
