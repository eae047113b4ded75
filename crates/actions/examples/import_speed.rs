//! Measures how fast figures are taken in: a made-up CSV into a new SQLite database, until the
//! columns stand in memory. `import_speed [MILLIONS] [FOLDER]`; built with `--release`.
#![expect(clippy::print_stdout, reason = "the result of a measurement")]
#![expect(clippy::unwrap_used, reason = "a measurement that fails should stop")]

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use actions::imports::Input;
use actions::workspace::{Opener, Workspace};

/// What the benchmarks count.
const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../bench/pack");
const ITEMS: usize = 20;
const MONTHS: usize = 24;
const NOW_MS: i64 = 1_795_395_600_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let millions: usize = arguments.first().map_or(2, |text| text.parse().unwrap());
    let parent = arguments.get(1).map_or_else(std::env::temp_dir, PathBuf::from);
    let folder = tempfile::tempdir_in(parent).unwrap();
    let villages = millions * 1_000_000 / (ITEMS * MONTHS);
    let figures = villages * ITEMS * MONTHS;
    let path = |name: &str| folder.path().join(name);
    let database = path("speed.db");
    let workspace = Workspace::open(database.to_str().unwrap(), Opener::Here).unwrap();
    write_units(&path("units.csv"), villages);
    workspace.import_units(vec![Input::from_path(&path("units.csv"))], NOW_MS).unwrap();
    workspace.import_pack(Path::new(PACK), NOW_MS).unwrap();
    write_figures(&path("figures.csv"), villages);
    let bytes = std::fs::metadata(path("figures.csv")).unwrap().len();
    println!("{figures} figures of {villages} villages, {} MB of CSV", bytes / 1_000_000);

    let start = Instant::now();
    let input = vec![Input::from_path(&path("figures.csv"))];
    let done = workspace.import_figures(input, NOW_MS, |_| ()).unwrap();
    let imported = start.elapsed();
    let snapshot = workspace.snapshot().unwrap();
    let loaded = start.elapsed();
    assert_eq!(usize::try_from(done.figures), Ok(figures));
    assert_eq!(snapshot.items.len(), ITEMS);

    let rate = |elapsed: std::time::Duration| {
        format!(
            "{:>6.2} s  {:>9.0} figures/s",
            elapsed.as_secs_f64(),
            figures as f64 / elapsed.as_secs_f64()
        )
    };
    println!("import            {}", rate(imported));
    println!("columns           {}", rate(loaded - imported));
    println!("both              {}", rate(loaded));
}

fn create(path: &Path) -> BufWriter<File> {
    BufWriter::with_capacity(1 << 20, File::create(path).unwrap())
}

/// One district, a commune for every ten villages.
fn write_units(path: &Path, villages: usize) {
    let mut file = create(path);
    writeln!(file, "code,name,type,level,parent_code,valid_from,valid_to").unwrap();
    writeln!(file, "182,Văn Lãng,huyện,district,,,").unwrap();
    for commune in 0..villages.div_ceil(10) {
        writeln!(file, "C{commune:05},Xã {commune},xã,commune,182,,").unwrap();
    }
    for village in 0..villages {
        writeln!(file, "V{village:06},Thôn {village},thôn,village,C{:05},,", village / 10).unwrap();
    }
    file.flush().unwrap();
}

fn write_figures(path: &Path, villages: usize) {
    let mut file = create(path);
    writeln!(file, "unit_code,period,item_code,value,qualifier,disaggregation,note").unwrap();
    for village in 0..villages {
        for month in 0..MONTHS {
            for item in 0..ITEMS {
                let value = (village * 31 + month * 7 + item * 3) % 500;
                let (year, month) = (2022 + month / 12, month % 12 + 1);
                writeln!(file, "V{village:06},{year}-{month:02},M{item:02},{value},,,").unwrap();
            }
        }
    }
    file.flush().unwrap();
}
