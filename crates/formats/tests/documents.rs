//! Documents as files: golden parts, one layout in DOCX and HTML, the same bytes every time.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

mod document_sample;
mod golden_files;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use document_sample::report;
use formats::document::{Block, Document, Language, Run};
use formats::profile::{PARTY, STATE};
use formats::{docx, html};
use golden_files::{compare, elements};

/// The parts of a package by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn docx_parts(document: &Document) -> BTreeMap<String, String> {
    parts(&docx::render(document, &STATE).unwrap())
}

fn with_runs(runs: Vec<Run>) -> Document {
    Document { body: vec![Block::Paragraph(runs)], appendices: Vec::new(), ..report() }
}

fn figure(href: &str) -> Run {
    Run::Figure { text: "213".to_owned(), id: "a01".to_owned(), href: Some(href.to_owned()) }
}

#[test]
fn the_report_is_written_as_in_the_golden_files() {
    let lines = |text: &str| text.replace("><", ">\n<") + "\n";
    for (name, part) in docx_parts(&report()) {
        compare(&format!("documents/report.docx/{name}"), &lines(&part));
    }
    let page = html::page(&report(), &STATE).unwrap();
    compare("documents/report.html", &lines(&page));
}

#[test]
fn a_report_in_the_layout_of_the_party_is_written_as_in_the_golden_files() {
    let lines = |text: &str| text.replace("><", ">\n<") + "\n";
    let written = parts(&docx::render(&report(), &PARTY).unwrap());
    for name in ["word/document.xml", "word/styles.xml"] {
        compare(&format!("documents/report-party.docx/{name}"), &lines(&written[name]));
    }
    let page = html::page(&report(), &PARTY).unwrap();
    compare("documents/report-party.html", &lines(&page));
}

#[test]
fn the_party_names_itself_in_place_of_the_country_and_closes_with_a_full_stop() {
    let letter = Document { kind: String::new(), about: "mượn xe".to_owned(), ..report() };
    let page = html::page(&letter, &PARTY).unwrap();
    for said in [">ĐẢNG CỘNG SẢN VIỆT NAM<", "<p class=\"letter-about\">mượn xe</p>", ">I- "]
    {
        assert!(page.contains(said), "{said}");
    }
    for never in ["CỘNG HÒA", "Độc lập", "./.", "V/v"] {
        assert!(!page.contains(never), "{never}");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let first = docx::render(&report(), &STATE).unwrap();
    assert_eq!(first, docx::render(&report(), &STATE).unwrap());
    assert_eq!(html::page(&report(), &STATE).unwrap(), html::page(&report(), &STATE).unwrap());
}

#[test]
fn every_part_is_well_formed_and_every_reference_leads_somewhere() {
    let parts = docx_parts(&report());
    for text in parts.values() {
        elements(text);
    }
    let relations = &parts["word/_rels/document.xml.rels"];
    let text = &parts["word/document.xml"];
    for used in text.split("r:id=\"").skip(1).chain(text.split("r:embed=\"").skip(1)) {
        let id = used.split('"').next().unwrap();
        assert!(relations.contains(&format!("Id=\"{id}\"")), "{id}");
    }
    let inside = relations
        .split("<Relationship ")
        .filter(|entry| entry.contains("Target=") && !entry.contains("TargetMode=\"External\""));
    for entry in inside {
        let target = entry.split("Target=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(parts.contains_key(&format!("word/{target}")), "{target}");
    }
    let styles = &parts["word/styles.xml"];
    for used in parts.values().flat_map(|part| part.split("<w:pStyle w:val=\"").skip(1)) {
        let style = used.split('"').next().unwrap();
        assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style}");
    }
}

#[test]
fn each_appendix_is_a_section_with_its_own_sheet_and_page_numbers() {
    let parts = docx_parts(&report());
    let text = &parts["word/document.xml"];
    let sections: Vec<&str> = text.split("<w:sectPr>").skip(1).collect();
    let turned = ["portrait", "portrait", "landscape"];
    assert_eq!(sections.len(), turned.len());
    for (section, turned) in sections.iter().zip(turned) {
        assert!(section.contains(&format!("w:orient=\"{turned}\"")));
        assert!(section.contains("<w:pgNumType w:start=\"1\"/><w:titlePg/>"));
        let margins = "w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\"";
        assert!(section.contains(margins));
    }
    assert!(!parts["word/header1.xml"].contains("PAGE"), "no number on the first page");
    assert!(parts["word/header2.xml"].contains("PAGE"));
}

#[test]
fn header_rows_are_repeated_and_rows_are_never_split() {
    let text = &docx_parts(&report())["word/document.xml"];
    let rows = text.matches("<w:tr>").count();
    assert_eq!(text.matches("<w:cantSplit/>").count(), rows);
    assert_eq!(text.matches("<w:tblHeader/>").count(), 4);
}

#[test]
fn a_signature_keeps_the_last_paragraph_with_it() {
    let text = &docx_parts(&report())["word/document.xml"];
    let last = text.split("<w:p>").find(|paragraph| paragraph.contains("./.")).unwrap();
    assert!(last.contains("<w:keepNext/>"));
}

#[test]
fn the_sample_mark_stands_on_every_page_and_only_on_samples() {
    let mark = report().sample_mark.unwrap();
    let parts = docx_parts(&report());
    assert!(parts["word/footer1.xml"].contains(&mark));
    assert_eq!(parts["word/document.xml"].matches("<w:footerReference").count(), 6);
    let page = html::page(&report(), &STATE).unwrap();
    assert!(page.contains(&format!("@bottom-center{{content:\"{mark}\"")));
    assert_eq!(page.matches("class=\"sample-mark\"").count(), 3);

    let real = Document { sample_mark: None, ..report() };
    assert!(docx_parts(&real).values().all(|part| !part.contains(&mark)));
    assert!(!html::page(&real, &STATE).unwrap().contains(&mark));
}

#[test]
fn a_figure_leads_to_its_source_and_nothing_else_does() {
    let cases = [
        ("https://dotpha.example/figures/A01?unit=1&period=2022", true, true),
        ("/figures/A01?unit=1&period=2022", true, false),
        ("figures.html#a01", true, false),
        ("javascript:alert(1)", false, false),
        ("JavaScript:alert(1)", false, false),
        ("data:text/html,x", false, false),
    ];
    for (address, in_page, in_file) in cases {
        let document = with_runs(vec![figure(address)]);
        let page = html::page(&document, &STATE).unwrap();
        assert_eq!(page.contains("<a id=\"a01\" class=\"figure\" href="), in_page, "{address}");
        assert!(page.contains("id=\"a01\""), "{address}");
        let text = &docx_parts(&document)["word/document.xml"];
        assert_eq!(text.contains("<w:hyperlink"), in_file, "{address}");
        assert!(text.contains(">213<"), "{address}");
    }
}

#[test]
fn the_same_address_is_one_relation() {
    let address = "https://dotpha.example/figures/A01";
    let document = with_runs(vec![figure(address), figure(address)]);
    assert_eq!(docx_parts(&document)["word/_rels/document.xml.rels"].matches(address).count(), 1);
}

#[test]
fn hostile_words_stay_words() {
    let words = "</w:t><script>alert(1)</script> & \"x\" \u{0} ]]>";
    let mut document = with_runs(vec![Run::Text(words.to_owned()), Run::Text("hết".to_owned())]);
    document.properties.title = words.to_owned();
    document.sample_mark = Some("\"}</style><script>x</script>".to_owned());
    for part in docx_parts(&document).values() {
        elements(part);
        assert!(!part.contains("<script"));
    }
    assert!(!html::page(&document, &STATE).unwrap().contains("<script"));
}

#[test]
fn the_file_says_what_it_is_and_when_it_was_made() {
    let core = &docx_parts(&report())["docProps/core.xml"];
    for expected in [
        "<dc:title>Báo cáo kết quả thực hiện Kết luận số 01-KL/TW</dc:title>",
        "<dc:language>vi-VN</dc:language>",
        "<dcterms:created xsi:type=\"dcterms:W3CDTF\">2023-07-05T02:00:00Z</dcterms:created>",
        "<dcterms:modified xsi:type=\"dcterms:W3CDTF\">2023-07-05T02:00:00Z</dcterms:modified>",
    ] {
        assert!(core.contains(expected), "{expected}");
    }
}

#[test]
fn the_fixed_words_follow_the_language() {
    let english = Document { language: Language::English, ..report() };
    let cases = [
        (
            report(),
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Nơi nhận:"],
        ),
        (
            english,
            ["SOCIALIST REPUBLIC OF VIET NAM", "Independence - Freedom - Happiness", "Recipients:"],
        ),
    ];
    for (document, words) in cases {
        let text = &docx_parts(&document)["word/document.xml"];
        let page = html::page(&document, &STATE).unwrap();
        for word in words {
            assert!(text.contains(word) && page.contains(word), "{word}");
        }
    }
}

#[test]
fn one_appendix_has_no_number() {
    let mut document = report();
    document.appendices.truncate(1);
    let page = html::page(&document, &STATE).unwrap();
    assert!(page.contains("<span class=\"appendix-label\">Phụ lục</span>"));
    let page = html::page(&report(), &STATE).unwrap();
    assert!(page.contains("<span class=\"appendix-label\">Phụ lục II</span>"));
}
