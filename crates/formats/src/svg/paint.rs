//! The paints of charts: every colour and stroke by its role.

/// A colour by its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    None,
    Paper,
    Text,
    Grey,
    Soft,
    Hairline,
    Accent,
    OnTrack,
    Behind,
    FarBehind,
}

impl Ink {
    pub(crate) const COLOURS: [Self; 9] = [
        Self::Paper,
        Self::Text,
        Self::Grey,
        Self::Soft,
        Self::Hairline,
        Self::Accent,
        Self::OnTrack,
        Self::Behind,
        Self::FarBehind,
    ];

    /// The custom property a page may set, the colour on white, and the colour on black.
    pub(crate) fn property(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::None => ("", "none", "none"),
            Self::Paper => ("--chart-paper", "#ffffff", "#14191b"),
            Self::Text => ("--chart-ink", "#14191b", "#e9eded"),
            Self::Grey => ("--chart-grey", "#4b565a", "#b6c0c3"),
            Self::Soft => ("--chart-soft", "#8b969a", "#7f8a8e"),
            Self::Hairline => ("--chart-hairline", "#d6dcde", "#3b4447"),
            Self::Accent => ("--chart-accent", "#0b666b", "#74c9cc"),
            Self::OnTrack => ("--chart-on-track", "#0a7d78", "#5cc4bc"),
            Self::Behind => ("--chart-behind", "#a06c00", "#e2b052"),
            Self::FarBehind => ("--chart-far-behind", "#a8361f", "#f08d74"),
        }
    }
}

/// How a shape or a word is painted: a class in a page, plain attributes when standing alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paint {
    pub(crate) class: &'static str,
    pub(crate) fill: Ink,
    pub(crate) stroke: Ink,
    /// Attributes that are also CSS properties.
    pub(crate) rest: &'static [(&'static str, &'static str)],
}

const fn filled(class: &'static str, fill: Ink) -> Paint {
    Paint { class, fill, stroke: Ink::None, rest: &[] }
}

const fn stroked(
    class: &'static str,
    stroke: Ink,
    rest: &'static [(&'static str, &'static str)],
) -> Paint {
    Paint { class, fill: Ink::None, stroke, rest }
}

pub(crate) const AXIS: Paint = stroked("c-axis", Ink::Soft, &[("stroke-width", "1")]);
pub(crate) const GRID: Paint = stroked("c-grid", Ink::Hairline, &[("stroke-width", "1")]);
pub(crate) const TRACK: Paint = filled("c-track", Ink::Hairline);
pub(crate) const BAR: Paint = filled("c-bar", Ink::Accent);
pub(crate) const TIME: Paint = filled("c-time", Ink::Soft);
pub(crate) const LINE: Paint = stroked(
    "c-line",
    Ink::Accent,
    &[("stroke-width", "2"), ("stroke-linejoin", "round"), ("stroke-linecap", "round")],
);
pub(crate) const OTHER_LINE: Paint =
    stroked("c-other", Ink::Soft, &[("stroke-width", "1.5"), ("stroke-linejoin", "round")]);
pub(crate) const PLAN: Paint =
    stroked("c-plan", Ink::Grey, &[("stroke-width", "1.25"), ("stroke-dasharray", "4 4")]);
pub(crate) const DOT: Paint =
    Paint { class: "c-dot", fill: Ink::Accent, stroke: Ink::Paper, rest: &[("stroke-width", "1")] };
pub(crate) const HOLLOW: Paint = Paint {
    class: "c-hollow",
    fill: Ink::Paper,
    stroke: Ink::Accent,
    rest: &[("stroke-width", "1.75")],
};
pub(crate) const THEN: Paint = Paint {
    class: "c-then",
    fill: Ink::Paper,
    stroke: Ink::Grey,
    rest: &[("stroke-width", "1.5")],
};
pub(crate) const JOIN: Paint = stroked("c-join", Ink::Soft, &[("stroke-width", "2")]);
pub(crate) const TARGET: Paint = stroked("c-target", Ink::Text, &[("stroke-width", "2")]);
pub(crate) const PLAN_MARK: Paint = filled("c-plan-mark", Ink::Grey);
pub(crate) const MISSING: Paint = Paint {
    class: "c-missing",
    fill: Ink::None,
    stroke: Ink::FarBehind,
    rest: &[("stroke-width", "1")],
};
pub(crate) const HATCH: Paint = stroked("c-hatch", Ink::Soft, &[("stroke-width", "1.5")]);
pub(crate) const ON_TRACK: Paint = filled("c-on-track", Ink::OnTrack);
pub(crate) const BEHIND: Paint = filled("c-behind", Ink::Behind);
pub(crate) const FAR_BEHIND: Paint = filled("c-far-behind", Ink::FarBehind);
pub(crate) const CHECK: Paint = stroked(
    "c-check",
    Ink::Paper,
    &[("stroke-width", "1.5"), ("stroke-linejoin", "round"), ("stroke-linecap", "round")],
);
/// Pale, so that what is late or missing stands out.
pub(crate) const REPORTED: Paint =
    Paint { rest: &[("fill-opacity", "0.35")], ..filled("c-reported", Ink::Accent) };
/// The colour of the paper, to keep marks and words apart from what lies under them.
pub(crate) const HALO: Paint =
    Paint { stroke: Ink::Paper, rest: &[("stroke-width", "3")], ..filled("c-halo", Ink::Paper) };
pub(crate) const LATE: Paint = Paint {
    class: "c-late",
    fill: Ink::None,
    stroke: Ink::Behind,
    rest: &[("stroke-width", "1.25")],
};
pub(crate) const NOT_DUE: Paint = filled("c-not-due", Ink::Hairline);
pub(crate) const TINTS: [Paint; 5] = [
    Paint { rest: &[("fill-opacity", "0.06")], ..filled("c-tint0", Ink::Accent) },
    Paint { rest: &[("fill-opacity", "0.14")], ..filled("c-tint1", Ink::Accent) },
    Paint { rest: &[("fill-opacity", "0.22")], ..filled("c-tint2", Ink::Accent) },
    Paint { rest: &[("fill-opacity", "0.32")], ..filled("c-tint3", Ink::Accent) },
    Paint { rest: &[("fill-opacity", "0.44")], ..filled("c-tint4", Ink::Accent) },
];
pub(crate) const TILE_ON_TRACK: Paint =
    Paint { rest: &[("fill-opacity", "0.16")], ..filled("c-tile-on-track", Ink::OnTrack) };
pub(crate) const TILE_BEHIND: Paint =
    Paint { rest: &[("fill-opacity", "0.16")], ..filled("c-tile-behind", Ink::Behind) };
pub(crate) const TILE_FAR_BEHIND: Paint =
    Paint { rest: &[("fill-opacity", "0.16")], ..filled("c-tile-far-behind", Ink::FarBehind) };
pub(crate) const LABEL: Paint =
    Paint { rest: &[("font-size", "14px")], ..filled("c-label", Ink::Text) };
pub(crate) const VALUE: Paint = Paint {
    rest: &[("font-size", "14px"), ("font-weight", "600")],
    ..filled("c-value", Ink::Text)
};
pub(crate) const NOTE: Paint =
    Paint { rest: &[("font-size", "12.5px")], ..filled("c-note", Ink::Grey) };

/// Every paint, in the order of the style sheet.
pub(crate) const PAINTS: [Paint; 35] = [
    AXIS,
    GRID,
    TRACK,
    BAR,
    TIME,
    LINE,
    OTHER_LINE,
    PLAN,
    DOT,
    HOLLOW,
    THEN,
    JOIN,
    TARGET,
    PLAN_MARK,
    MISSING,
    HATCH,
    ON_TRACK,
    BEHIND,
    FAR_BEHIND,
    CHECK,
    REPORTED,
    HALO,
    LATE,
    NOT_DUE,
    TINTS[0],
    TINTS[1],
    TINTS[2],
    TINTS[3],
    TINTS[4],
    TILE_ON_TRACK,
    TILE_BEHIND,
    TILE_FAR_BEHIND,
    LABEL,
    VALUE,
    NOTE,
];

/// The system fonts that have all of Vietnamese.
pub(crate) const FONTS: &str = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
