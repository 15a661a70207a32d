//! "Did you mean": the one rule by which a misspelt name is taken for another.

/// The name that was most likely meant by what is written: the nearest of those that differ by at most one slip in
/// three letters, and the first of several as near. A slip is a letter too many, a letter missing, another letter, or
/// two that have changed places. Upper case, hyphens, underscores and spaces make no difference.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = simple(written);
    let length = written.chars().count();
    names
        .into_iter()
        .filter_map(|name| {
            let known = simple(name);
            let known_length = known.chars().count();
            let most = (length.max(known_length) / 3).max(1);
            // The lengths alone tell of most names that they are others.
            let distance = (length.abs_diff(known_length) <= most).then(|| strsim::osa_distance(&written, &known))?;
            // As many slips as letters: nothing of the name is left.
            (distance <= most && distance < length.max(1)).then_some((distance, name))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The help that offers it.
pub fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}

/// The name that such a help offers: [`did_you_mean`] back again.
pub fn meant_by(help: &str) -> Option<&str> {
    help.strip_prefix("did you mean `")?.strip_suffix("`?")
}

fn simple(name: &str) -> String {
    name.chars().filter(|letter| !matches!(letter, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, meant_by, nearest};

    #[track_caller]
    fn check(written: &str, names: &[&str], expected: Option<&str>) {
        assert_eq!(nearest(written, names.iter().copied()), expected, "{written}");
    }

    #[test]
    fn a_slip_in_three_letters_is_forgiven_and_another_word_is_not() {
        let names = ["went-unheard", "by-the-book", "ring-back"];
        check("went-unhaerd", &names, Some("went-unheard"));
        check("wentunherd", &names, Some("went-unheard"));
        check("supervisor", &names, None);
        check("titel", &["title", "text", "to"], Some("title"));
        check("customer", &["title", "text", "to"], None);
        check("abc", &["axc"], Some("axc"));
        check("abc", &["axy"], None);
        check("abcdef", &["abxdxf"], Some("abxdxf"));
    }

    #[test]
    fn case_hyphens_and_underscores_make_no_difference() {
        check("Ring-Back", &["ring-back"], Some("ring-back"));
        check("NotYours", &["yours", "not_yours"], Some("not_yours"));
        check("let finish", &["LetFinish"], Some("LetFinish"));
    }

    #[test]
    fn the_nearest_is_taken_and_the_first_of_equals() {
        check("node-13", &["node-1", "node-12", "node-133"], Some("node-1"));
        check("node-12", &["node-1", "node-12"], Some("node-12"));
    }

    #[test]
    fn a_name_of_which_nothing_is_left_is_no_guess() {
        check("x", &["to", "y"], None);
        check("", &["a", "to"], None);
        check("ab", &["a"], Some("a"));
        check("é", &["É"], Some("É"));
    }

    #[test]
    fn what_is_offered_can_be_read_back() {
        assert_eq!(meant_by(&did_you_mean("ring-back")), Some("ring-back"));
        assert_eq!(meant_by("there are `a`, `b`"), None);
    }
}
