//! Writes the sample report and a gallery of all charts into a folder, to be looked at.

#[path = "../tests/chart_sample/mod.rs"]
mod chart_sample;
#[path = "../tests/document_sample/mod.rs"]
mod document_sample;

use std::path::PathBuf;

use formats::chart::{Look, Target, Width};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("give a folder")?);
    let report = document_sample::report();
    let profile = &formats::profile::STATE;
    std::fs::write(folder.join("report.docx"), formats::docx::render(&report, profile)?)?;
    std::fs::write(folder.join("report.html"), formats::html::page(&report, profile)?)?;
    for width in [Width::Narrow, Width::Wide] {
        let mut page = format!(
            "<!DOCTYPE html><html lang=\"vi\"><meta charset=\"utf-8\"><style>{}\
             body{{margin:16px;background:var(--chart-paper-default)}}svg{{margin-bottom:40px}}\
             </style>",
            formats::chart::style()
        );
        for (name, draw) in chart_sample::ALL {
            page.push_str(&draw(Look { target: Target::Page, width }));
            let alone = draw(Look { target: Target::Standalone, width });
            std::fs::write(folder.join(format!("{name}-{width:?}.svg").to_lowercase()), alone)?;
        }
        std::fs::write(folder.join(format!("charts-{width:?}.html").to_lowercase()), page)?;
    }
    Ok(())
}
