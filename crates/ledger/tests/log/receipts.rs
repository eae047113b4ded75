//! Receipts in full and as short numbers.

use ledger::hash::{Hash, digest, leaf_hash};
use ledger::layout::SIZE_MAX;
use ledger::receipt::{Receipt, ReceiptNumber, ReceiptProblem, number_of};
use ledger::tree::Head;
use proptest::prelude::*;

use crate::sample::log;

const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn receipt(position: u64) -> Receipt {
    Receipt { position, leaf: leaf_hash(b"thon Na Han"), head: None }
}

fn parsed(text: &str) -> Result<Receipt, ReceiptProblem> {
    text.parse()
}

fn number(text: &str) -> Result<u64, ReceiptProblem> {
    text.parse().map(|number: ReceiptNumber| number.position)
}

#[test]
fn receipts_are_written_as_they_always_were() {
    let log = log(21);
    let leaf = leaf_hash(&log.entries[5].1);
    let short = Receipt { position: 5, leaf, head: None };
    let with_head = Receipt { head: Some(log.head), ..short };
    let texts = format!("{short}\n{with_head}\n{}\n", number_of(&short));
    testkit::golden("ledger/receipts.txt", &texts);
    let number = number_of(&short).to_string();
    assert!(include_str!("../../../../docs/ledger.md").contains(&number));
    assert_eq!(parsed(&short.to_string()), Ok(short));
    assert_eq!(parsed(&with_head.to_string()), Ok(with_head));
}

/// The compact mode of QR codes has these characters only.
#[test]
fn a_receipt_fits_the_compact_mode_of_qr_codes() {
    let head = Some(Head { size: SIZE_MAX, root: Hash([0xff; 32]) });
    let largest = Receipt { position: SIZE_MAX - 1, leaf: Hash([0xff; 32]), head };
    let text = largest.to_string();
    let compact =
        |found: char| found.is_ascii_uppercase() || found.is_ascii_digit() || found == '.';
    assert!(text.chars().all(compact), "{text}");
    assert!(text.len() <= 160, "{text}");
    assert_eq!(parsed(&text), Ok(largest));
}

#[test]
fn a_mistyped_receipt_is_refused() {
    let text = Receipt { head: Some(log(21).head), ..receipt(5) }.to_string();
    for (at, right) in text.char_indices() {
        for wrong in "0123456789ABCDEFGHJKMNPQRSTVWXYZ.ilou -".chars().filter(|one| *one != right) {
            let mut typed = text.clone();
            typed.replace_range(at..=at, &wrong.to_string());
            assert!(parsed(&typed).is_err(), "{typed}");
        }
    }
    for length in 0..text.len() {
        assert!(parsed(&text[..length]).is_err());
    }
}

#[test]
fn what_is_wrong_with_a_receipt_is_said() {
    let good = receipt(5).to_string();
    let longer = format!("{good}.{good}.X");
    let cases = [
        ("", ReceiptProblem::Format),
        ("dotpha1.5", ReceiptProblem::Format),
        ("DOTPHA2.5.A.B", ReceiptProblem::Format),
        ("DOTPHA1.5.A", ReceiptProblem::TooShort),
        ("DOTPHA1.5.A.1.B", ReceiptProblem::TooShort),
        (&longer, ReceiptProblem::TooLong),
        (&good.replace(".5.", ".6."), ReceiptProblem::Mistyped),
    ];
    for (text, problem) in cases {
        assert_eq!(parsed(text), Err(problem), "{text}");
    }
}

/// The check digits fit here; what they vouch for makes no receipt.
#[test]
fn a_receipt_is_of_an_entry_that_its_head_has() {
    let head = |size: u64| Some(Head { size, root: Hash([1; 32]) });
    for (position, head) in [(5, head(5)), (5, head(0)), (SIZE_MAX, None), (0, head(SIZE_MAX + 1))]
    {
        let text = Receipt { head, ..receipt(position) }.to_string();
        assert_eq!(parsed(&text), Err(ReceiptProblem::Number), "{text}");
    }
}

/// The last of 52 digits has four bits that no byte of the hash needs.
#[test]
fn a_hash_in_a_receipt_has_one_spelling() {
    let good = receipt(5).to_string();
    let body = &good[..good.len() - 5];
    let (start, last) = body.split_at(body.len() - 1);
    for (other, problem) in [("1", Err(ReceiptProblem::Mistyped)), (last, Ok(receipt(5)))] {
        let body = format!("{start}{other}");
        let [a, b, c, ..] = digest(body.as_bytes()).0;
        let check = u32::from_be_bytes([0, a, b, c]) >> 4;
        let digits = [15, 10, 5, 0].map(|shift| char::from(DIGITS[(check >> shift & 31) as usize]));
        assert_eq!(parsed(&format!("{body}.{}", String::from_iter(digits))), problem);
    }
}

/// Two check digits have room for three remainders more than there are.
#[test]
fn the_check_digits_of_a_number_have_one_spelling() {
    let mut found = 0;
    for position in 0..5_000 {
        let text = number_of(&receipt(position)).to_string();
        for (check, other) in [("00", "ZX"), ("01", "ZY"), ("02", "ZZ")] {
            if let Some(start) = text.strip_suffix(check) {
                assert_eq!(number(&format!("{start}{other}")), Err(ReceiptProblem::Mistyped));
                found += 1;
            }
        }
    }
    assert!(found > 0);
}

#[test]
fn a_number_is_read_as_people_write_it() {
    let text = number_of(&receipt(1_025)).to_string();
    assert_eq!(text.len(), 14, "{text}");
    let typed = [
        text.to_lowercase(),
        text.replace('-', ""),
        text.replace('-', " "),
        format!("  {text}\n"),
        text.replace('0', "O").replace('1', "I"),
        text.replace('0', "o").replace('1', "l"),
    ];
    for typed in typed {
        assert_eq!(number(&typed), Ok(1_025), "{typed}");
    }
}

#[test]
fn what_is_wrong_with_a_number_is_said() {
    let good = number_of(&receipt(5)).to_string();
    let character = |at: usize, found: char| ReceiptProblem::Character { at, found };
    let cases = [
        ("", ReceiptProblem::TooShort),
        ("0000-05", ReceiptProblem::TooShort),
        ("0000-0000-0000-0000-0000", ReceiptProblem::TooLong),
        ("0000-U500-0000", character(5, 'U')),
        ("0000-0đ00-0000", character(6, 'đ')),
        (&good.replacen('0', "7", 1), ReceiptProblem::Mistyped),
        // The check digits fit, but a number of this length begins with another digit.
        (&format!("0{good}"), ReceiptProblem::Mistyped),
    ];
    for (text, problem) in cases {
        assert_eq!(number(text), Err(problem), "{text}");
    }
}

#[test]
fn a_number_is_of_its_own_entry_only() {
    let log = log(21);
    let leaf = |position: usize| leaf_hash(&log.entries[position].1);
    let number = number_of(&Receipt { position: 5, leaf: leaf(5), head: None });
    for position in 0..21 {
        assert_eq!(number.is_of(&leaf(position)), position == 5, "{position}");
    }
}

#[test]
fn positions_of_every_length_have_a_number() {
    for bit in 0..62 {
        for position in [(1_u64 << bit) - 1, 1 << bit] {
            let position = position.min(SIZE_MAX - 1);
            let text = number_of(&receipt(position)).to_string();
            assert_eq!(number(&text), Ok(position), "{text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn receipts_come_back(position in 0..SIZE_MAX, leaf: [u8; 32], more in 1_u64..99, root: [u8; 32]) {
        let size = position.saturating_add(more).min(SIZE_MAX);
        let head = Some(Head { size, root: Hash(root) });
        let receipt = Receipt { position, leaf: Hash(leaf), head };
        prop_assert_eq!(parsed(&receipt.to_string()), Ok(receipt));
        let number = number_of(&receipt);
        prop_assert_eq!(number.to_string().parse(), Ok(number));
        prop_assert!(number.is_of(&Hash(leaf)));
    }

    /// Every mistyped character and every two neighbours swapped.
    #[test]
    fn slips_in_a_number_are_noticed(position in 0..SIZE_MAX, leaf: [u8; 32]) {
        let receipt = Receipt { position, leaf: Hash(leaf), head: None };
        let text = number_of(&receipt).to_string().replace('-', "");
        for (at, right) in text.char_indices() {
            for wrong in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().filter(|one| *one != right) {
                let mut typed = text.clone();
                typed.replace_range(at..=at, &wrong.to_string());
                prop_assert_eq!(number(&typed), Err(ReceiptProblem::Mistyped), "{}", typed);
            }
        }
        for at in 1..text.len() {
            let mut typed = text.clone().into_bytes();
            typed.swap(at - 1, at);
            let typed = String::from_utf8(typed).unwrap();
            if typed != text {
                prop_assert_eq!(number(&typed), Err(ReceiptProblem::Mistyped), "{}", typed);
            }
        }
    }

    #[test]
    fn no_text_makes_reading_fail_otherwise_than_by_refusing(text in "\\PC{0,60}") {
        prop_assert!(parsed(&text).is_err());
        if let Ok(number) = text.parse::<ReceiptNumber>() {
            let written = number.to_string();
            prop_assert_eq!(written.parse(), Ok(number));
        }
    }
}
