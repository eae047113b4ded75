//! The same commands against PostgreSQL, when a server is there.

use super::world::{World, source};

#[test]
fn units_pack_and_figures_go_into_postgresql_and_come_out_again() {
    testkit::with_postgres_schema(|address| {
        let world = World::new();
        let database = format!("--database={address}");
        let van_lang = |name: &str| source(&format!("samples/van-lang/{name}"));
        let ask = |rest: &[&str]| world.answer(&[&[database.as_str(), "--lang=en"], rest].concat());
        ask(&["import", "units", &van_lang("units.csv")]);
        ask(&["import", "pack", &source("packs/ket-luan-01")]);
        ask(&["import", "figures", &van_lang("so-lieu/thon-quy.csv")]);
        let period = "--period=2022-01..2023-06";
        let figure = ask(&["figure", "--indicator=A02", "--unit=182", period]);
        insta::assert_snapshot!(figure, @r"
            Villages surveyed on site: 162/162 villages (100%), target 100%
              Unit          Văn Lãng district
              Period        January 2022 to June 2023
              View          as reported, by the units of that time
              Target        100% · Kế hoạch 01-KH/HU (mẫu), 10 January 2022, by Standing Board of the Văn Lãng district committee
              Status        target met
              Reports       6 of 162 units lack a period
              Source files  thon-quy.csv · 966 submissions · sha256 4fd35da6f3d3…
        ");
        assert!(!world.path("dotpha.db").exists());
    });
}
