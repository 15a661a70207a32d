//! Names from the types as words a trainer reads.

/// `HairColour` as `a hair colour`.
pub(super) fn with_article(type_name: &str) -> String {
    let words = plain(type_name);
    let article = if words.starts_with(['a', 'e', 'i', 'o', 'u']) && !words.starts_with("us") { "an" } else { "a" };
    format!("{article} {words}")
}

/// `HairColour` as `hair colour`.
pub(super) fn plain(type_name: &str) -> String {
    let mut words = String::new();
    for character in type_name.chars() {
        if character.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words
}

/// `` `a`, `b` and `c` ``
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// `` one of `a`, `b` ``
pub(super) fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    if let [one] = quoted.as_slice() { one.clone() } else { format!("one of {}", quoted.join(", ")) }
}

/// A stretch of the file for use inside a sentence: one line, not long.
pub(super) fn shortened(written: &str) -> String {
    let line = written.lines().next().unwrap_or_default();
    let short: String = line.chars().take(40).collect();
    if short.len() == written.len() { short } else { format!("{short}…") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        assert_eq!(with_article("HairColour"), "a hair colour");
        assert_eq!(with_article("Act"), "an act");
        assert_eq!(listed(["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(one_of(["a", "b"]), "one of `a`, `b`");
    }
}
