//! "Did you mean".

/// The candidate that `name` was most likely meant to be, if any is close: about one slip in three letters, in any case.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_forgiven_and_another_word_is_not() {
        let names = ["went-unheard", "by-the-book", "ring-back"];
        assert_eq!(nearest("went-unhaerd", names), Some("went-unheard"));
        assert_eq!(nearest("Ring-Back", names), Some("ring-back"));
        assert_eq!(nearest("supervisor", names), None);
    }
}
