//! Keys and their lines.

use ledger::key::{KeyProblem, PublicKey, SecretKey, SignerName};

use crate::sample::{ORIGIN, key};

/// The example key in the documentation of the Go package that the format comes from.
const GO_SECRET: &str =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const GO_PUBLIC: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

fn public(line: &str) -> Result<String, KeyProblem> {
    line.parse().map(|key: PublicKey| key.to_string())
}

#[test]
fn a_key_made_elsewhere_is_read_and_written_as_it_was() {
    let secret = SecretKey::parse(GO_SECRET).unwrap();
    assert_eq!(secret.secret_line(), GO_SECRET);
    assert_eq!(secret.public().to_string(), GO_PUBLIC);
    assert_eq!(public(GO_PUBLIC), Ok(GO_PUBLIC.to_owned()));
}

#[test]
fn lines_that_are_no_key_are_refused() {
    let good = key(7).public().to_string();
    let id = key(7).public().id();
    let other_name = good.replace("vanlang", "donglang");
    let shorter = &good[..good.len() - 4];
    let id_line = |stated: &str| good.replace(&id.to_string(), stated);
    let cases = [
        (String::new(), KeyProblem::Form),
        (ORIGIN.to_owned(), KeyProblem::Form),
        (format!("{ORIGIN}+{id}+"), KeyProblem::Form),
        (format!("{ORIGIN}+{id}+!!!!"), KeyProblem::Form),
        (format!("{ORIGIN}+{id}+BAAA"), KeyProblem::Kind { found: 4 }),
        (shorter.to_owned(), KeyProblem::Bytes),
        (format!("{good} "), KeyProblem::Form),
        (format!("+{good}"), KeyProblem::Name { name: String::new() }),
        (id_line("00000000"), KeyProblem::Id { stated: "00000000".to_owned(), actual: id }),
        (
            id_line(&id.to_string().to_uppercase()),
            KeyProblem::Id { stated: id.to_string().to_uppercase(), actual: id },
        ),
    ];
    for (line, problem) in cases {
        assert_eq!(public(&line), Err(problem), "{line}");
    }
    assert!(matches!(public(&other_name), Err(KeyProblem::Id { .. })));
    assert_eq!(SecretKey::parse(&good).map(drop), Err(KeyProblem::Form));
}

/// With the point of order one as key, a signature for anything can be made by anyone.
#[test]
fn a_key_for_which_anyone_could_sign_is_refused() {
    let line = format!("{ORIGIN}+00000000+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assert_eq!(public(&line), Err(KeyProblem::Bytes));
}

#[test]
fn names_have_no_space_and_no_plus() {
    for name in ["", "a b", "a+b", "a\u{a0}b", "a\nb", "a\u{7}", &"x".repeat(256)] {
        let refused = Err(KeyProblem::Name { name: name.to_owned() });
        assert_eq!(SignerName::parse(name), refused, "{name:?}");
    }
    assert_eq!(SignerName::parse("sổ-cái").unwrap().as_str(), "sổ-cái");
}

#[test]
fn messages_for_programmers_do_not_show_a_secret_key() {
    let shown = format!("{:?}", key(7));
    assert_eq!(shown, format!("SecretKey {{ name: SignerName(\"{ORIGIN}\"), .. }}"));
}
