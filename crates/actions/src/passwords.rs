//! Passwords: which ones are taken, and how they are kept.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use domain::entrance::{EntranceProblem, PasswordProblem};
use domain::text;

use crate::error::Error;
use crate::secrets::{Hashing, Secrets};

/// The shortest password, in characters.
pub(crate) const CHARACTERS_MIN: usize = 12;
/// The longest password, in characters.
pub(crate) const CHARACTERS_MAX: usize = 256;

/// Words that people here make passwords of, without diacritics.
const COMMON_WORDS: &str = include_str!("common_password_words.txt");

/// Letters that must be left once common words are taken out of a password that has any.
const OWN_LETTERS_MIN: usize = 8;

/// Checks a new password: long enough, and not made of what strangers would try first. There are
/// no rules about kinds of characters, and no forced change.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check(password: &str, login: &str, name: &str) -> Result<(), EntranceProblem> {
    let weak = |problem| Err(EntranceProblem::WeakPassword { problem });
    let password = text::nfc(password);
    let count = password.chars().count();
    if count < CHARACTERS_MIN {
        return weak(PasswordProblem::TooShort { characters_min: CHARACTERS_MIN });
    }
    if count > CHARACTERS_MAX {
        return weak(PasswordProblem::TooLong { characters_max: CHARACTERS_MAX });
    }
    let own_words: Vec<&str> = name.split_whitespace().chain([login]).collect();
    if is_made_of_common_words(&password, &own_words)
        || zxcvbn::zxcvbn(&password, &own_words).score() < zxcvbn::Score::Three
    {
        return weak(PasswordProblem::Guessable);
    }
    Ok(())
}

/// Whether little is left of a password without the words that everybody here would try.
fn is_made_of_common_words(password: &str, own_words: &[&str]) -> bool {
    let letters: String =
        text::search_key(password).chars().filter(|letter| letter.is_alphabetic()).collect();
    let mut left = letters.clone();
    let own_words = own_words.iter().map(|word| text::search_key(word));
    let mut words: Vec<String> = COMMON_WORDS.lines().map(str::to_owned).chain(own_words).collect();
    words.retain(|word| word.len() >= 2);
    // Long words first, so that their parts do not hide them.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in words {
        left = left.replace(&word, "");
    }
    // Without letters it is a telephone number or a date.
    letters.is_empty() || (left != letters && left.chars().count() < OWN_LETTERS_MIN)
}

/// The hash to keep, in PHC form.
///
/// # Errors
/// The hashing failed.
pub(crate) fn hash(password: &str, secrets: &Secrets) -> Result<String, Error> {
    let salt: [u8; 16] = secrets.bytes();
    hasher(secrets.hashing)?
        .hash_password_with_salt(text::nfc(password).as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|error| Error::Fault(format!("hashing a password: {error}")))
}

/// Whether a password is the one that was hashed. Without a hash the same work is done, so that
/// the time it takes tells nobody who has an account.
///
/// # Errors
/// The hash cannot be read.
pub(crate) fn verify(password: &str, hash: Option<&str>, secrets: &Secrets) -> Result<bool, Error> {
    let password = text::nfc(password);
    let Some(hash) = hash else {
        drop(hasher(secrets.hashing)?.hash_password_with_salt(password.as_bytes(), &[0; 16]));
        return Ok(false);
    };
    let hash = PasswordHash::new(hash)
        .map_err(|error| Error::Fault(format!("a saved password hash: {error}")))?;
    Ok(hasher(secrets.hashing)?.verify_password(password.as_bytes(), &hash).is_ok())
}

fn hasher(hashing: Hashing) -> Result<Argon2<'static>, Error> {
    let Hashing { memory_kib, passes } = hashing;
    let params = Params::new(memory_kib, passes, 1, None)
        .map_err(|error| Error::Fault(format!("the cost of password hashes: {error}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn secrets() -> Secrets {
        Secrets::new([1; 32], Arc::new(|buffer| buffer.fill(3)), Hashing::LEAST)
    }

    #[test]
    fn a_password_is_kept_as_a_hash_that_only_it_fits() {
        let kept = hash("suối đá nở hoa tháng ba", &secrets()).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        for (typed, expected) in [
            ("suối đá nở hoa tháng ba", true),
            // The same characters, typed as letters with separate marks.
            ("suo\u{302}\u{301}i đa\u{301} no\u{31b}\u{309} hoa tha\u{301}ng ba", true),
            ("suối đá nở hoa tháng tư", false),
            ("", false),
        ] {
            assert_eq!(verify(typed, Some(&kept), &secrets()).unwrap(), expected, "{typed}");
        }
        assert!(!verify("suối đá nở hoa tháng ba", None, &secrets()).unwrap());
    }

    #[test]
    fn what_strangers_would_try_first_is_refused() {
        let short = PasswordProblem::TooShort { characters_min: CHARACTERS_MIN };
        let cases = [
            ("ngắn quá", Some(short)),
            ("matkhau123456", Some(PasswordProblem::Guessable)),
            ("Mậtkhẩu@2026!", Some(PasswordProblem::Guessable)),
            ("langson123456@", Some(PasswordProblem::Guessable)),
            ("ubndxatanmy2026", Some(PasswordProblem::Guessable)),
            ("aaaaaaaaaaaaaa", Some(PasswordProblem::Guessable)),
            ("0912345678012", Some(PasswordProblem::Guessable)),
            ("nguyenvanbinh1", Some(PasswordProblem::Guessable)),
            ("suối đá nở hoa tháng ba", None),
            ("bốn con trâu gặm cỏ", None),
            ("x7$kQ9!mZ2pL", None),
        ];
        for (password, expected) in cases {
            let found = check(password, "binh.nv", "Nguyễn Văn Bình");
            let expected = expected.map(|problem| EntranceProblem::WeakPassword { problem });
            assert_eq!(found.err(), expected, "{password}");
        }
        assert!(check(&"ấ".repeat(257), "a", "b").is_err());
    }
}
