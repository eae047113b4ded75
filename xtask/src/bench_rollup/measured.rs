//! What the engines measured: reading it, checking that all agree, and showing it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The questions, in the order of the table.
const QUESTIONS: [&str; 4] = ["all_levels", "province_months", "league", "restated"];

/// Sizes of the data, and per engine and question the seconds of each run and the check sum.
#[derive(Default)]
pub(super) struct Measured {
    sizes: BTreeMap<String, u64>,
    layouts: Vec<String>,
    seconds: BTreeMap<(String, String), Vec<f64>>,
    checks: BTreeMap<(String, String), String>,
}

impl Measured {
    /// Reads the lines an engine printed.
    pub(super) fn read(&mut self, engine: &str, lines: &str) -> Result<(), String> {
        for line in lines.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let key = |question: &str| (engine.to_owned(), question.to_owned());
            match words.as_slice() {
                ["size", name, number] => {
                    let number = number.parse().map_err(|_| format!("no number: {line}"))?;
                    self.sizes.insert((*name).to_owned(), number);
                }
                ["layout", rest @ ..] => self.layouts.push(rest.join(" ")),
                ["seconds", question, runs @ ..] => {
                    let runs: Result<Vec<f64>, _> = runs.iter().map(|run| run.parse()).collect();
                    let runs = runs.map_err(|_| format!("no numbers: {line}"))?;
                    self.seconds.insert(key(question), runs);
                }
                ["check", question, sum] => {
                    self.checks.insert(key(question), (*sum).to_owned());
                }
                _ => return Err(format!("{engine} said: {line}")),
            }
        }
        Ok(())
    }

    pub(super) fn size(&self, name: &str) -> Result<u64, String> {
        self.sizes.get(name).copied().ok_or_else(|| format!("nobody said the size {name}"))
    }

    /// Whether every engine gave the answers of dotpha: times count only then.
    pub(super) fn check_equal(&self, engines: &[String]) -> Result<(), String> {
        for engine in engines {
            for question in QUESTIONS {
                let own = if question == "all_levels" && scaled(engine) {
                    "all_levels_tenth"
                } else {
                    question
                };
                let ours = self.checks.get(&("dotpha".to_owned(), own.to_owned()));
                let theirs = self.checks.get(&(engine.clone(), question.to_owned()));
                if ours.is_none() || ours != theirs {
                    return Err(format!(
                        "{question}: dotpha and {engine} do not agree: {ours:?}, {theirs:?}"
                    ));
                }
            }
        }
        Ok(())
    }

    /// The median seconds of an engine, scaled up where it had a part of the data only.
    fn median(&self, engine: &str, question: &str) -> Result<f64, String> {
        let runs = self.seconds.get(&(engine.to_owned(), question.to_owned()));
        let mut runs = runs.cloned().unwrap_or_default();
        runs.sort_by(f64::total_cmp);
        let median = runs.get(runs.len() / 2).copied();
        let median = median.ok_or_else(|| format!("{engine} did not measure {question}"))?;
        Ok(median * self.factor(engine, question)?)
    }

    fn factor(&self, engine: &str, question: &str) -> Result<f64, String> {
        if question != "all_levels" || !scaled(engine) {
            return Ok(1.0);
        }
        Ok(number(self.size("items")?) / number(self.size("tenth_items")?))
    }

    fn ratio(&self, engine: &str, question: &str) -> Result<f64, String> {
        Ok(self.median(engine, question)? / self.median("dotpha", question)?)
    }

    fn bytes_per_figure(&self) -> Result<f64, String> {
        Ok(number(self.size("bytes")?) / number(self.size("figures")?))
    }

    /// The medians and ratios for people.
    pub(super) fn table(&self, engines: &[String]) -> Result<String, String> {
        let mut text = String::from(
            "\nAll engines agree. Medians in milliseconds, and how many times dotpha's:\n\n",
        );
        let mut line = format!("{:<16}{:>12}", "", "dotpha");
        for engine in engines {
            add(&mut line, format_args!("{engine:>22}"));
        }
        add(&mut text, format_args!("{line}\n"));
        for question in QUESTIONS {
            let own = self.median("dotpha", question)? * 1_000.0;
            let mut line = format!("{question:<16}{own:>12.3}");
            for engine in engines {
                let theirs = self.median(engine, question)? * 1_000.0;
                let mark = if self.factor(engine, question)? > 1.0 { "*" } else { " " };
                let ratio = self.ratio(engine, question)?;
                add(&mut line, format_args!("{theirs:>12.1} {ratio:>7.1}×{mark}"));
            }
            add(&mut text, format_args!("{line}\n"));
        }
        let restated = self.median("dotpha", "restated")? / self.median("dotpha", "league")?;
        add(
            &mut text,
            format_args!(
                "\n{} figures, {:.2} bytes per figure; restated {restated:.2} × reported\n",
                self.size("figures")?,
                self.bytes_per_figure()?
            ),
        );
        if engines.iter().any(|engine| scaled(engine)) {
            text.push_str("* measured with a tenth of the items, times ten\n");
        }
        for layout in &self.layouts {
            add(&mut text, format_args!("{layout}\n"));
        }
        Ok(text)
    }

    /// The same for programs.
    pub(super) fn json(&self, engines: &[String]) -> Result<String, String> {
        let of_questions = |measure: &dyn Fn(&str) -> Result<f64, String>| {
            let pairs: Result<Vec<String>, String> = QUESTIONS
                .iter()
                .map(|question| Ok(format!("\"{question}\": {:.9}", measure(question)?)))
                .collect();
            pairs.map(|pairs| format!("{{{}}}", pairs.join(", ")))
        };
        let mut ratios = Vec::new();
        let mut seconds =
            vec![format!("\"dotpha\": {}", of_questions(&|it| self.median("dotpha", it))?)];
        for engine in engines {
            let ratio = of_questions(&|it| self.ratio(engine, it))?;
            ratios.push(format!("\"{engine}\": {ratio}"));
            let median = of_questions(&|it| self.median(engine, it))?;
            seconds.push(format!("\"{engine}\": {median}"));
        }
        let scaled: Vec<String> =
            engines.iter().filter(|it| scaled(it)).map(|it| format!("\"{it}\"")).collect();
        Ok(format!(
            "{{\n  \"ratios\": {{{}}},\n  \"seconds\": {{{}}},\n  \"bytes_per_figure\": {:.3},\n  \
             \"all_levels_scaled_from_a_tenth\": [{}]\n}}\n",
            ratios.join(", "),
            seconds.join(", "),
            self.bytes_per_figure()?,
            scaled.join(", ")
        ))
    }
}

/// Row stores load a tenth of the items: all levels over all of them would take them minutes.
fn scaled(engine: &str) -> bool {
    matches!(engine, "sqlite" | "postgres")
}

fn add(text: &mut String, words: std::fmt::Arguments<'_>) {
    text.write_fmt(words).expect("writing into memory does not fail");
}

/// Sizes are far below the 2^53 that a float holds exactly.
fn number(size: u64) -> f64 {
    size as f64
}
