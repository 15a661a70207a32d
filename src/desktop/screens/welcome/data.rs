use crate::scenario::Scenario;

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
                format!("Your first call, with {}, is practice. Nothing is at stake.", customer.name),
                format!("It goes in steps: {they} {say} a little, then {wait} for you. There is no clock."),
            ],
            settings: "Larger text and other settings",
        }
    }
}
