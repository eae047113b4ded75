//! The names a template's text may use: of units, and of the report itself.

/// What a text may name beside figures: the unit, the unit above it, and the report itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Name {
    /// The bare name: `Tân Mỹ`.
    Unit,
    /// The kind: `xã`.
    UnitKind,
    /// Kind and name: `xã Tân Mỹ`.
    UnitFull,
    /// The name as a place line has it: `Tân Mỹ`, `Xã Hoàng Văn Thụ`.
    UnitPlace,
    /// The agency that reports for the unit: `Ủy ban nhân dân xã Tân Mỹ`.
    UnitAgency,
    /// Who signs for it: authority and position.
    UnitSigner,
    /// The agency's code in document numbers: `UBND`; nothing for villages.
    UnitSymbol,
    /// Kind and name of the unit above.
    ParentFull,
    /// The agency of the unit above.
    ParentAgency,
    /// The span: `6 tháng đầu năm 2023`.
    ReportPeriod,
    /// Its days: `từ ngày 01/01/2023 đến hết ngày 30/6/2023`.
    ReportDays,
    /// How far the data reach.
    ReportAsOf,
    /// How many of the submissions owed have arrived.
    ReportSubmissions,
    /// How many of the indicators that are judged stand well.
    ReportFinding,
}

impl Name {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Unit,
        Self::UnitKind,
        Self::UnitFull,
        Self::UnitPlace,
        Self::UnitAgency,
        Self::UnitSigner,
        Self::UnitSymbol,
        Self::ParentFull,
        Self::ParentAgency,
        Self::ReportPeriod,
        Self::ReportDays,
        Self::ReportAsOf,
        Self::ReportSubmissions,
        Self::ReportFinding,
    ];

    /// What these names begin with; no figure may have such a key.
    pub const BEGINNINGS: [&str; 3] = ["unit", "parent", "report"];

    /// The code in templates.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unit => "unit.name",
            Self::UnitKind => "unit.kind",
            Self::UnitFull => "unit.full",
            Self::UnitPlace => "unit.place",
            Self::UnitAgency => "unit.agency",
            Self::UnitSigner => "unit.signer",
            Self::UnitSymbol => "unit.symbol",
            Self::ParentFull => "parent.full",
            Self::ParentAgency => "parent.agency",
            Self::ReportPeriod => "report.period",
            Self::ReportDays => "report.days",
            Self::ReportAsOf => "report.as_of",
            Self::ReportSubmissions => "report.submissions",
            Self::ReportFinding => "report.finding",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.code() == code)
    }
}
