//! `--help` of every command, which is the manual.

use super::world::World;

/// What stands above the help texts in the manual.
const PREFACE: &str = "\
# The command line

<!-- Made from the program's own help by `cargo test -p server --test cli`; \
rewrite it with UPDATE_GOLDEN=1. -->

What each command takes, in the words of `dotpha COMMAND --help`.
";

#[test]
fn the_manual_is_what_the_program_says() {
    let world = World::new();
    let mut manual = PREFACE.to_owned();
    describe(&world, &[], &mut manual);
    testkit::generated("docs/manual.md", &manual);
}

/// Writes down the help of a command and of the commands below it.
fn describe(world: &World, command: &[&str], manual: &mut String) {
    let ended = world.run(&[command, &["--help"]].concat());
    assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{command:?}");
    // Trailing blanks come from the layout of long options; nobody sees them.
    let help: Vec<&str> = ended.out.lines().map(str::trim_end).collect();
    let title = [&["dotpha"], command].concat().join(" ");
    manual.push_str(&format!("\n## {title}\n\n```text\n{}\n```\n", help.join("\n").trim_end()));
    for below in commands(&ended.out) {
        describe(world, &[command, &[below]].concat(), manual);
    }
}

/// The commands that a help text lists, without `help` itself.
fn commands(help: &str) -> Vec<&str> {
    help.lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|word| *word != "help")
        .collect()
}

#[test]
fn nothing_asked_is_answered_with_help() {
    let world = World::new();
    for arguments in [&[][..], &["import"], &["report"]] {
        let ended = world.run(arguments);
        assert_eq!(ended.code, 2, "{arguments:?}");
        assert!(ended.err.contains("Usage: dotpha"), "{arguments:?}: {ended}");
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let ended = World::new().run(&["--version"]);
    assert_eq!((ended.code, ended.out), (0, format!("dotpha {}\n", env!("CARGO_PKG_VERSION"))));
}
