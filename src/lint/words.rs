//! Counting what a reader sees at a glance.

/// How many sentences a text has: what ends in `.`, `!`, `?` or `…`, and a rest without an end.
#[must_use]
pub fn sentences(text: &str) -> usize {
    let mut count = 0;
    let mut is_open = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_alphanumeric() {
            is_open = true;
        } else if is_open && matches!(letter, '.' | '!' | '?' | '…') {
            // A full stop inside of 14.30 ends nothing, nor does the first of three.
            let goes_on = letters.peek().is_some_and(|next| next.is_alphanumeric() || matches!(next, '.' | '!' | '?'));
            if !goes_on {
                count += 1;
                is_open = false;
            }
        }
    }
    count + usize::from(is_open)
}

/// Characters as a reader sees them.
#[must_use]
pub fn length(text: &str) -> usize {
    text.chars().count()
}

/// The words of a text in lower case, without what stands around them.
pub fn lower_words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '\'' | '’'));
    words.filter(|word| !word.is_empty()).map(|word| word.to_lowercase().replace('’', "'"))
}

/// "`a`, `b` and `c`".
#[must_use]
pub fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [name] => name.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: usize) {
        assert_eq!(sentences(text), expected, "{text}");
    }

    #[test]
    fn a_sentence_ends_at_its_mark_and_once() {
        check("", 0);
        check("...", 0);
        check("One. Two! Three?", 3);
        check("Well... no?!", 2);
        check("At 14.30, for £2.50", 1);
        check("‘Not yet.’ She waits", 2);
        check("No end", 1);
    }
}
