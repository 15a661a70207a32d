//! Typographic marks for what people read: ’ ‘ ’ “ ” – …, where trainers type straight ones.
//!
//! Done once, on the way into the model. Files stay as they were written, and so do the hashes, which are made of the
//! document. English alone has quotes and dashes set; in any other language, whose quotes are its own, only the
//! apostrophe between two letters and the three dots are touched.

use std::iter::repeat_n;

use crate::scenario::language::is_english;

/// Sets one text, or the phrases of one text in their order: a quote that opens in one may close in a later one.
#[derive(Debug, Clone)]
pub(super) struct Typesetter {
    is_english: bool,
    /// A double quote is open.
    quotes: bool,
    /// A single quote is open.
    single: bool,
}

/// Words that begin with an apostrophe, and that are no words without it.
const CLIPPED: [&str; 17] = [
    "alf", "cept", "ello", "em", "fraid", "gainst", "n", "neath", "nother", "nuff", "tis", "tisn", "twas", "twasn",
    "tween", "twill", "twould",
];
/// Words that begin with an apostrophe, unless a quote begins with them: where one is closed later, it does.
const MAYBE_CLIPPED: [&str; 8] = ["appen", "bout", "cause", "cos", "course", "er", "round", "til"];

impl Typesetter {
    /// For texts in the language of this tag.
    pub(super) fn of(language: &str) -> Self {
        Self { is_english: is_english(language), quotes: false, single: false }
    }

    /// The text, or the next phrase of it, as a person reads it.
    pub(super) fn set(&mut self, text: &str) -> String {
        if !may_be_set(text) {
            return text.to_owned();
        }
        if is_plain(text) {
            return text.replace('\'', "’");
        }
        let letters: Vec<char> = text.chars().collect();
        let verbatim = code_like(&letters);
        let mut set: Vec<char> = Vec::with_capacity(letters.len());
        let mut at = 0;
        while let Some(&letter) = letters.get(at) {
            let rest = &letters[at + 1..];
            at += 1;
            match letter {
                _ if verbatim[at - 1] => set.push(letter),
                '.' => {
                    let run = 1 + run_of('.', rest);
                    at += run - 1;
                    match run {
                        3 => set.push('…'),
                        4 => set.extend(['…', '.']),
                        _ => set.extend(repeat_n('.', run)),
                    }
                }
                '\'' if !self.is_english => {
                    let joins = set.last().is_some_and(|before| before.is_alphabetic())
                        && rest.first().is_some_and(|next| next.is_alphabetic());
                    set.push(if joins { '’' } else { letter });
                }
                '-' if self.is_english => {
                    let run = 1 + run_of('-', rest);
                    at += run - 1;
                    match run {
                        2 => set.push('–'),
                        3 => set.push('—'),
                        _ => set.extend(repeat_n('-', run)),
                    }
                }
                '\'' => {
                    let mark = self.single(&set, rest);
                    self.follow(mark, rest);
                    set.push(mark);
                }
                '"' if self.is_english => {
                    let mark = self.double(&set, rest);
                    self.follow(mark, rest);
                    set.push(mark);
                }
                _ => {
                    self.follow(letter, rest);
                    set.push(letter);
                }
            }
        }
        set.into_iter().collect()
    }

    /// Keeps what is open, alike for marks that were typeset by the author and those that are now.
    fn follow(&mut self, mark: char, rest: &[char]) {
        match mark {
            '“' => self.quotes = true,
            '”' => self.quotes = false,
            '‘' => self.single = true,
            // Within or before a word it is an apostrophe.
            '’' if !rest.first().is_some_and(|next| next.is_alphanumeric()) => self.single = false,
            _ => {}
        }
    }

    fn single(&self, before: &[char], rest: &[char]) -> char {
        let (last, next) = (before.last().copied(), rest.first().copied());
        let next_is = |holds: fn(char) -> bool| next.is_some_and(holds);
        if last.is_some_and(|last| last.is_ascii_digit()) && !next_is(char::is_alphabetic) {
            // 5' and 5' 11" are feet, unless it is the end of a quote.
            return if self.single && !inches_follow(rest) && !next_is(char::is_numeric) { '’' } else { '\'' };
        }
        if last.is_some_and(char::is_alphanumeric) {
            return '’';
        }
        if may_open(last) {
            let opens = if next_is(char::is_numeric) { !is_decade(rest) } else { may_begin(rest) && !is_clipped(rest) };
            return if opens { '‘' } else { '’' };
        }
        if !self.single && next_is(char::is_alphanumeric) { '‘' } else { '’' }
    }

    fn double(&self, before: &[char], rest: &[char]) -> char {
        let last = before.last().copied();
        if last.is_some_and(|last| last.is_ascii_digit()) && (!self.quotes || feet_precede(before)) {
            return '"';
        }
        if may_open(last) && may_begin(rest) {
            return '“';
        }
        let joins = rest.first().is_some_and(|next| next.is_alphanumeric());
        let alone = may_open(last) || joins && !last.is_some_and(char::is_alphanumeric);
        if alone && !self.quotes { '“' } else { '”' }
    }
}

/// Whether a text has any of what is set, or of what tells whether a quote is open.
fn may_be_set(text: &str) -> bool {
    let bytes = text.as_bytes();
    // No early end: a text is looked at as a whole, by wide instructions. ‘, ’, “ and ” begin with 0xE2.
    let is_quote = |byte: u8| matches!(byte, b'\'' | b'"' | 0xE2);
    let has_quotes = bytes.iter().fold(false, |any, byte| any | is_quote(*byte));
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let is_run = |pair: (&u8, &u8)| matches!(pair, (b'-', b'-') | (b'.', b'.'));
    let has_runs = pairs.fold(false, |any, pair| any | is_run(pair));
    (has_quotes || has_runs)
        && (text.contains(['\'', '"', '‘', '’', '“', '”']) || text.contains("--") || text.contains("..."))
}

/// Whether a text has nothing but words, their usual punctuation, and apostrophes within words: most texts are so, and
/// need no second look at any letter.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(at, byte)| {
        let next = bytes.get(at + 1);
        match byte {
            b'\'' => {
                at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphabetic())
                    && next.is_some_and(u8::is_ascii_alphabetic)
            }
            b',' | b'.' | b'?' | b'!' | b';' | b':' => next.is_none_or(|next| *next == b' '),
            b' ' => true,
            other => other.is_ascii_alphanumeric(),
        }
    })
}

/// How often a mark stands at the beginning.
fn run_of(mark: char, rest: &[char]) -> usize {
    rest.iter().take_while(|&&next| next == mark).count()
}

/// Whether a quote may open behind this letter: at the start, after a space, a bracket, a dash or another quote.
fn may_open(last: Option<char>) -> bool {
    last.is_none_or(|last| {
        last.is_whitespace() || matches!(last, '(' | '[' | '{' | '-' | '–' | '—' | '/' | '“' | '‘' | '"')
    })
}

/// Whether what is quoted may begin like this.
fn may_begin(rest: &[char]) -> bool {
    match rest {
        [] | ['”' | '’' | ')' | ']' | '}' | ',' | ';' | ':' | '!' | '?', ..] => false,
        ['.', ..] => rest.starts_with(&['.', '.', '.']),
        [next, ..] => !next.is_whitespace(),
    }
}

/// `'90s`, `'83`.
fn is_decade(rest: &[char]) -> bool {
    let digits = rest.iter().take_while(|letter| letter.is_ascii_digit()).count();
    let behind = rest.get(digits..).unwrap_or_default();
    let behind = behind.strip_prefix(&['s']).unwrap_or(behind);
    digits == 2 && !behind.first().is_some_and(|next| next.is_alphanumeric())
}

/// Whether this is a word that has lost its beginning: `'em`, `'tis`.
fn is_clipped(rest: &[char]) -> bool {
    let word: String =
        rest.iter().take_while(|letter| letter.is_alphanumeric()).flat_map(|l| l.to_lowercase()).collect();
    CLIPPED.contains(&&*word) || MAYBE_CLIPPED.contains(&&*word) && !closes_later(rest)
}

/// Whether a single quote that opened here is closed further on.
fn closes_later(rest: &[char]) -> bool {
    rest.windows(2).enumerate().any(|(at, pair)| {
        pair[1] == '\'' && !pair[0].is_whitespace() && !rest.get(at + 2).is_some_and(|next| next.is_alphanumeric())
    })
}

/// `11"` behind feet.
fn inches_follow(rest: &[char]) -> bool {
    let rest = rest.strip_prefix(&[' ']).unwrap_or(rest);
    let digits = rest.iter().take_while(|letter| letter.is_ascii_digit()).count();
    digits > 0 && rest.get(digits) == Some(&'"')
}

/// `5' 11` before inches.
fn feet_precede(before: &[char]) -> bool {
    let digits = before.iter().rev().take_while(|letter| letter.is_ascii_digit()).count();
    let before = &before[..before.len() - digits];
    let before = before.strip_suffix(&[' ']).unwrap_or(before);
    matches!(before, [.., feet, '\''] if feet.is_ascii_digit())
}

/// Which letters stand in something that is copied and not read: an address, a path, the option of a command.
fn code_like(letters: &[char]) -> Vec<bool> {
    let mut verbatim = vec![false; letters.len()];
    let mut from = 0;
    for token in letters.split_inclusive(|letter| letter.is_whitespace()) {
        let to = from + token.len();
        let (start, end) = core(token);
        if is_code(&token[start..end], start == 0) {
            verbatim[from + start..from + end].fill(true);
        }
        from = to;
    }
    verbatim
}

/// A token without the punctuation around it, and without a genitive.
fn core(token: &[char]) -> (usize, usize) {
    let quotes = |letter: &&char| matches!(letter, '"' | '\'' | '“' | '”' | '‘' | '’');
    let opens = |letter: &&char| quotes(letter) || matches!(letter, '(' | '[');
    let closes = |letter: &&char| {
        quotes(letter)
            || letter.is_whitespace()
            || matches!(letter, ')' | ']' | '.' | ',' | ';' | ':' | '!' | '?' | '…')
    };
    let start = token.iter().take_while(opens).count();
    let mut end = token.len() - token[start..].iter().rev().take_while(closes).count();
    if matches!(&token[start..end], [.., '\'' | '’', 's']) {
        end -= 2;
    }
    (start, end)
}

fn is_code(core: &[char], begins: bool) -> bool {
    let option = matches!(core, ['-', '-', first, ..] if first.is_ascii_alphabetic())
        && !core[2..].windows(2).any(|pair| pair == ['-', '-']);
    begins && option
        || core.iter().any(|letter| matches!(letter, '@' | '\\' | '`' | '_' | '='))
        || core.windows(3).any(|three| three == [':', '/', '/'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn typeset(text: &str) -> String {
        Typesetter::of("en-GB").set(text)
    }

    fn check(typed: &str, read: &str) {
        assert_eq!(typeset(typed), read, "{typed}");
        assert_eq!(typeset(read), read, "{typed}, again");
    }

    #[test]
    fn plain_texts_come_out_as_by_the_long_way() {
        // A dash sends a text the long way.
        let long_way = |text: &str| {
            let set = Typesetter::of("en").set(&format!("{text} — x"));
            set.strip_suffix(" — x").map(str::to_owned)
        };
        for text in ["I don't, and it's Mary's.", "Well: it isn't 4, is it? No!", "Ring o'clock men; it'd do."] {
            assert!(is_plain(text), "{text}");
            assert_eq!(Some(Typesetter::of("en").set(text)), long_way(text), "{text}");
        }
        for text in ["'Tis", "dogs' day", "a.b's", "it's_a", "4's", "x--y's", "\"it's\"", "the '90s"] {
            assert!(!is_plain(text), "{text}");
        }
    }

    #[test]
    fn apostrophes() {
        check("I don't, and it's Mary's.", "I don’t, and it’s Mary’s.");
        check("The boys' coats, James' hat and O'Brien's.", "The boys’ coats, James’ hat and O’Brien’s.");
        check("Give 'em the '90s, and '83 too.", "Give ’em the ’90s, and ’83 too.");
        check("'Tis rock 'n' roll, 'twasn't?", "’Tis rock ’n’ roll, ’twasn’t?");
        check("Goin' round there 'cause I must.", "Goin’ round there ’cause I must.");
        check("The 1990's, and the 4 o'clock.", "The 1990’s, and the 4 o’clock.");
        check("I'd've said so. Who'd'a thought?", "I’d’ve said so. Who’d’a thought?");
    }

    #[test]
    fn quotes() {
        check("\"No,\" she said. \"Not 'yet'.\"", "“No,” she said. “Not ‘yet’.”");
        check("'No access'. I've never.", "‘No access’. I’ve never.");
        check("'Half six,' he said. 'It's late.'", "‘Half six,’ he said. ‘It’s late.’");
        check("\"'Is it?' she said.\" (\"Is it?\")", "“‘Is it?’ she said.” (“Is it?”)");
        check("He said \"she told me 'no'\".", "He said “she told me ‘no’”.");
        check("And 'I don't know that I want', and then.", "And ‘I don’t know that I want’, and then.");
        check("['one'] and -- \"two\" and --'three'", "[‘one’] and – “two” and –‘three’");
        check("\"I never--\" \"--But you did.\"", "“I never–” “–But you did.”");
        check("\"...and then?\"", "“…and then?”");
        check("'Round here,' she said.", "‘Round here,’ she said.");
        check("Wed 'no access' is ours; the 'if' hands it back.", "Wed ‘no access’ is ours; the ‘if’ hands it back.");
        check("He said:'Well' and \"14\".", "He said:‘Well’ and “14”.");
        check("The photo says 'door 14', not 'door 41'.", "The photo says ‘door 14’, not ‘door 41’.");
        check("She said 'Wait -- what?' twice.", "She said ‘Wait – what?’ twice.");
    }

    #[test]
    fn feet_and_inches_are_left_alone() {
        check("5' 11\"", "5' 11\"");
        check("He is 5'11\" and the door 6' high.", "He is 5'11\" and the door 6' high.");
        check("A 14\" screen.", "A 14\" screen.");
        check("\"He is 5' 11\" tall,\" she said.", "“He is 5' 11\" tall,” she said.");
    }

    #[test]
    fn dashes_and_dots() {
        check("I want -- well. I want--well.", "I want – well. I want–well.");
        check("So --- what now?", "So — what now?");
        check("----", "----");
        check("I was... Well.... So..", "I was… Well…. So..");
        check("Wed 08-12, no-access, 16-18", "Wed 08-12, no-access, 16-18");
    }

    #[test]
    fn what_is_copied_and_not_read_stays_as_it_is() {
        check("See https://a.example/it's--so... now", "See https://a.example/it's--so… now");
        check("Write to 'o'neil@a.example'.", "Write to ‘o'neil@a.example’.");
        check("Run simmer --data DIR, or a_b'c", "Run simmer --data DIR, or a_b'c");
        check("a@b.example's, isn't it", "a@b.example’s, isn’t it");
        check("`it's` and its", "`it's` and its");
    }

    #[test]
    fn what_is_typeset_already_stays_so() {
        check("“It’s ‘no’,” – she said…", "“It’s ‘no’,” – she said…");
        check("“It's 41\"", "“It’s 41”");
    }

    #[test]
    fn a_quote_may_close_in_a_later_phrase() {
        let mut typesetter = Typesetter::of("en");
        assert_eq!(typesetter.set("She said 'It's 14."), "She said ‘It’s 14.");
        assert_eq!(typesetter.set("Or 41'."), "Or 41’.");
        assert_eq!(typesetter.set("Mine is 6' high."), "Mine is 6' high.");
    }

    #[test]
    fn another_language_keeps_its_own_quotes_and_dashes() {
        let mut french = Typesetter::of("fr");
        assert_eq!(french.set("L'homme -- \"non\"... 'oui'"), "L’homme -- \"non\"… 'oui'");
        assert_eq!(Typesetter::of("EN").set("it's"), "it’s");
        assert_eq!(Typesetter::of("enm").set("\"it\""), "\"it\"");
    }

    proptest! {
        #[test]
        fn letters_and_digits_stay_and_a_second_time_changes_nothing(
            text in "([a-cst5 9]|'|\"|-|--|\\.|\\.\\.\\.|,|\\?|\\(|\\)|‘|’|“|”|–|…|@|_|`|em|'90s|5' 1\"){0,24}"
        ) {
            let words = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric() || letter.is_whitespace()).collect::<String>();
            let once = typeset(&text);
            prop_assert_eq!(words(&once), words(&text));
            prop_assert_eq!(typeset(&once), once.clone());
            let other = Typesetter::of("de").set(&text);
            prop_assert_eq!(words(&other), words(&text));
            prop_assert_eq!(Typesetter::of("de").set(&other), other.clone());
        }
    }
}
