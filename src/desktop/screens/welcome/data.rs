use crate::scenario::Scenario;

/// The most characters of a name.
pub const LONGEST_NAME: usize = 40;

/// What the first start says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Says what is about to happen.
    pub opening: &'static str,
    pub question: &'static str,
    pub field: &'static str,
    pub hint: &'static str,
    /// What becomes of the name.
    pub about_the_name: &'static str,
    pub go_on: String,
    /// That nothing is at stake, and that there are no clocks.
    pub reassurance: [String; 2],
    pub settings: &'static str,
}

impl View {
    /// The first start, with the scenario that everyone plays first.
    pub fn of(first: &Scenario) -> Self {
        let customer = &first.customer;
        let they = customer.pronoun.words();
        let [say, wait] = [("says", "say"), ("waits", "wait")].map(|(one, many)| customer.pronoun.verb(one, many));
        Self {
            opening: "Someone is about to ring.",
            question: "What should we call you?",
            field: "Your name",
            hint: "Any name you like",
            about_the_name: "It need not be your real one. You can change it in Settings.",
            go_on: format!("Meet {}", customer.address),
            reassurance: [
                format!("This first call is practice. {} is on the line, and nothing is at stake.", customer.name),
                format!("It goes in steps: {they} {say} a little, then {wait} for you. There is no clock."),
            ],
            settings: "Larger text and other settings",
        }
    }
}

/// A name as it is kept: trimmed, 1 to [`LONGEST_NAME`] characters.
///
/// # Errors
/// What is wrong with it, in a sentence to be shown under the field.
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
