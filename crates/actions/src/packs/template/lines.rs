//! A template's TOML as it is written, each text with its place.

use serde::Deserialize;
use toml::Spanned;

use super::super::import::Words;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TemplateFile {
    pub(super) code: Spanned<String>,
    pub(super) unit_code: Option<Spanned<String>>,
    pub(super) period: Option<Spanned<String>>,
    pub(super) kind: Spanned<Words>,
    pub(super) title: Spanned<Words>,
    pub(super) parent_agency: Spanned<Words>,
    pub(super) agency: Spanned<Words>,
    pub(super) symbol: Spanned<String>,
    pub(super) place: Spanned<String>,
    #[serde(default)]
    pub(super) places_in_full: Vec<String>,
    pub(super) signer: Spanned<Words>,
    pub(super) recipients: Vec<Spanned<Words>>,
    #[serde(default)]
    pub(super) figures: Vec<FigureLines>,
    #[serde(default)]
    pub(super) blocks: Vec<Spanned<BlockLines>>,
    #[serde(default)]
    pub(super) appendix_indicators: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) appendix_unit_indicators: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) appendix_unit_level: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FigureLines {
    pub(super) key: Spanned<String>,
    pub(super) indicator: Spanned<String>,
    pub(super) period: Spanned<String>,
    pub(super) unit_code: Option<Spanned<String>>,
    pub(super) compared_with: Option<Spanned<String>>,
    pub(super) published: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BlockLines {
    pub(super) when: Option<Spanned<String>>,
    pub(super) level: Option<Spanned<u8>>,
    pub(super) heading: Option<Spanned<Words>>,
    pub(super) paragraph: Option<Spanned<Words>>,
    pub(super) list: Option<Spanned<String>>,
}
