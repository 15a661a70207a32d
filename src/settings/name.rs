//! What a person may be called.

/// The most characters of a name.
const LONGEST_NAME: usize = 40;

/// A name as it is kept: trimmed, 1 to 40 characters.
///
/// # Errors
/// What is wrong with it, in a sentence to be shown where it was typed.
pub fn checked_name(typed: &str) -> Result<String, String> {
    let name = typed.trim();
    let length = name.chars().count();
    if length == 0 {
        return Err("Write a name first. Any name will do.".to_owned());
    }
    if length > LONGEST_NAME {
        return Err(format!("That is {length} characters. There is room for {LONGEST_NAME}."));
    }
    if name.chars().any(char::is_control) {
        return Err("There is a character in it that cannot be shown. Please type the name by hand.".to_owned());
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed_and_has_one_to_forty_characters() {
        assert_eq!(checked_name("  Åse  "), Ok("Åse".to_owned()));
        assert_eq!(checked_name(&"é".repeat(40)), Ok("é".repeat(40)));
        for refused in ["", "   ", &"x".repeat(41), "two\u{7}lines"] {
            assert!(checked_name(refused).is_err(), "{refused:?}");
        }
    }
}
