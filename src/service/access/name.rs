//! Names that people choose: one form for what looks the same, and no two that look alike (`leaderboards`, "Threats").

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters that a name may have.
const LONGEST: usize = 40;
/// Marks that may stand on one letter. More of them run into the lines above and below.
const MOST_MARKS: usize = 2;

/// A name as it is shown, and the key that tells it from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    shown: String,
    key: String,
}

/// Why something cannot be a name. Each says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAName {
    #[error("A name needs at least one letter or digit. Choose another one.")]
    Empty,
    #[error("A name has at most {LONGEST} letters. Choose a shorter one.")]
    TooLong,
    #[error("This name has a letter in it that cannot be seen, or that turns other text around. Type it anew.")]
    Unseen,
    #[error("This name has more than {MOST_MARKS} accents on one letter. Choose one with fewer.")]
    Marks,
}

impl Name {
    /// Reads a name: in the normal form NFKC, with single blanks.
    pub fn of(typed: &str) -> Result<Self, NotAName> {
        // Whoever sends a book is not read to its end.
        if typed.len() > LONGEST * 16 {
            return Err(NotAName::TooLong);
        }
        if typed.chars().any(|letter| letter.is_control() || is_unseen(letter)) {
            return Err(NotAName::Unseen);
        }
        let normal: String = typed.nfkc().collect();
        let shown = normal.split_whitespace().collect::<Vec<_>>().join(" ");
        if shown.chars().any(|letter| letter.is_control() || is_unseen(letter)) {
            return Err(NotAName::Unseen);
        }
        if !shown.chars().any(char::is_alphanumeric) {
            return Err(NotAName::Empty);
        }
        if shown.chars().count() > LONGEST {
            return Err(NotAName::TooLong);
        }
        if has_too_many_marks(&shown) {
            return Err(NotAName::Marks);
        }
        Ok(Self { key: key(&shown), shown })
    }

    /// What stands in the key of every name in which `typed` stands: to look for a name by a part of it. Empty where
    /// nothing is typed that a name could be looked for by.
    pub fn key_of_part(typed: &str) -> String {
        let part: String = typed.nfkc().take(LONGEST).filter(|letter| !letter.is_control()).collect();
        key(&part)
    }

    /// As it is shown.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Two names with one key are one name, or look like it.
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.shown)
    }
}

/// The skeleton of UTS 39 without regard to case. It is taken before and after the letters are made small, because
/// either case of a letter may look like another letter; and what looks like an `i` in capitals is one.
fn key(name: &str) -> String {
    let skeleton = |name: &str| unicode_security::skeleton(name).collect::<String>();
    let small = skeleton(&skeleton(name).to_lowercase()).to_lowercase();
    small.chars().map(|letter| if letter == 'i' { 'l' } else { letter }).filter(|letter| *letter != ' ').collect()
}

/// A letter that shows nothing or steers the text around it: default-ignorable ones, those that set a direction, private
/// ones, and those that mean nothing.
fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffd}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{10ffff}'
    ) || u32::from(letter) & 0xfffe == 0xfffe
}

fn has_too_many_marks(name: &str) -> bool {
    let mut marks = 0;
    name.nfd().any(|letter| {
        marks = if is_combining_mark(letter) { marks + 1 } else { 0 };
        marks > MOST_MARKS
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LONGEST, Name, NotAName};

    #[test]
    fn what_people_are_called_can_be_a_name() {
        let check = |typed: &str, shown: &str| assert_eq!(Name::of(typed).map(|name| name.shown), Ok(shown.to_owned()));
        check("Sam", "Sam");
        check("  Sam   Okafor ", "Sam Okafor");
        check("Zoë", "Zoë");
        check("Zoe\u{308}", "Zoë");
        check("Seán O’Neil-Ruiz", "Seán O’Neil-Ruiz");
        check("李小龍", "李小龍");
        check("Мария", "Мария");
        check("ﬁnn", "finn");
        check("Ｓａｍ", "Sam");
        check("Line 7 🙂", "Line 7 🙂");
        check("Nguyễn", "Nguyễn");
        check("<script>alert(1)</script>", "<script>alert(1)</script>");
        check("Robert'); DROP TABLE players;--", "Robert'); DROP TABLE players;--");
        check(&"x".repeat(LONGEST), &"x".repeat(LONGEST));
    }

    #[test]
    fn what_cannot_be_read_is_no_name() {
        let check =
            |typed: &str, why: NotAName| assert_eq!(Name::of(typed).map(|name| name.shown), Err(why), "{typed:?}");
        check("", NotAName::Empty);
        check("  ", NotAName::Empty);
        check("...", NotAName::Empty);
        check(&"x".repeat(LONGEST + 1), NotAName::TooLong);
        check(&"x".repeat(10_000_000), NotAName::TooLong);
        check("\u{fdfa}\u{fdfa}\u{fdfa}", NotAName::TooLong);
        check("Sam\0", NotAName::Unseen);
        check("Sam\u{1b}[2J", NotAName::Unseen);
        check("Sam\nOkafor", NotAName::Unseen);
        check("mas\u{202e}", NotAName::Unseen);
        check("\u{2067}Sam", NotAName::Unseen);
        check("S\u{200b}am", NotAName::Unseen);
        check("S\u{200d}am", NotAName::Unseen);
        check("S\u{ad}am", NotAName::Unseen);
        check("\u{3164}", NotAName::Unseen);
        check("Sam\u{e0041}", NotAName::Unseen);
        check("Sam\u{e123}", NotAName::Unseen);
        check("Sam\u{fffd}", NotAName::Unseen);
        check("S\u{301}\u{301}\u{301}am", NotAName::Marks);
    }

    #[test]
    fn names_that_look_alike_have_one_key() {
        let check = |one: &str, other: &str, alike: bool| {
            let key = |name: &str| Name::of(name).unwrap().key;
            assert_eq!(key(one) == key(other), alike, "{one} and {other}: {:?}, {:?}", key(one), key(other));
        };
        check("Sam", "sam", true);
        check("Sam", "SAM", true);
        check("Sam", "S am", true);
        check("Sam", "Ѕаm", true);
        check("Sam", "𝓢am", true);
        check("Paul", "PauI", true);
        check("Paul", "Pau1", true);
        check("Bob", "B0b", true);
        check("Modern", "Modem", true);
        check("Ali", "ALI", true);
        check("Ali", "Alı", true);
        check("Sam", "Pam", false);
        check("Sam", "Sam 2", false);
        check("Zoe", "Zoë", false);
        check("Maria", "Мария", false);
    }

    #[test]
    fn a_name_is_found_by_a_part_of_it() {
        let check = |typed: &str, name: &str, found: bool| {
            let (part, name) = (Name::key_of_part(typed), Name::of(name).unwrap());
            assert_eq!(name.key().contains(&part), found, "{typed} in {name}: {part:?}, {:?}", name.key());
        };
        check("fox", "Quiet Fox", true);
        check("  FOX ", "Quiet Fox", true);
        check("t f", "Quiet Fox", true);
        check("ﬁ", "Finn", true);
        check("hara & “s", "O’Hara & “Söhne”", true);
        check("söh", "O’Hara & “Söhne”", true);
        check("soh", "O’Hara & “Söhne”", false);
        check("鷺", "蒼鷺", true);
        check("الح", "مالك الحزين", true);
        check("100%_!", "100%_!", true);
        check("\0fox", "Quiet Fox", true);
        check("fog", "Quiet Fox", false);
        check("", "Quiet Fox", true);
        check(&"x".repeat(10_000_000), "x", false);
    }

    proptest! {
        #[test]
        fn every_word_of_a_name_finds_it(words in prop::collection::vec("[A-Za-z0-9äöüéñà%_!]{1,9}", 1..4)) {
            let name = Name::of(&words.join(" "));
            prop_assume!(name.is_ok());
            for word in &words {
                prop_assert!(name.as_ref().unwrap().key().contains(&Name::key_of_part(word)), "{word} in {words:?}");
            }
        }

        #[test]
        fn a_name_read_again_is_the_same(typed in "\\PC{0,50}") {
            if let Ok(name) = Name::of(&typed) {
                let count = name.shown().chars().count();
                prop_assert!((1..=LONGEST).contains(&count));
                prop_assert_eq!(Name::of(name.shown()), Ok(name.clone()));
            }
        }
    }
}
