//! How the names are spelt that authors give: nodes, replies, facts, lines and all the rest.

/// The longest name, in letters.
const NAME_LIMIT: usize = 64;

/// Whether a name is made of lower-case letters, digits and hyphens, with no hyphen at its ends, and not too long.
#[must_use]
pub fn is_well_spelt(name: &str) -> bool {
    (1..=NAME_LIMIT).contains(&name.len())
        && !name.starts_with('-')
        && !name.ends_with('-')
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// The nearest name that is well spelt; empty where nothing is left.
#[must_use]
pub fn mend(name: &str) -> String {
    let mut mended = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            mended.push(letter.to_ascii_lowercase());
        } else if !mended.is_empty() && !mended.ends_with('-') && !matches!(letter, '\'' | '’') {
            mended.push('-');
        }
    }
    mended.truncate(NAME_LIMIT);
    mended.trim_end_matches('-').to_owned()
}

/// A name like this one that `is_taken` does not know: with the first free number from 2 behind it.
pub fn free_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut number = 2_u32;
    loop {
        let free = format!("{name}-{number}");
        if !is_taken(&free) {
            return free;
        }
        number += 1;
    }
}
