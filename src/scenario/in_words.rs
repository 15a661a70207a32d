//! Conditions as a person would say them, for drawings, scripts and lists.

use crate::scenario::model::{Condition, Meter};
use crate::scenario::{Encounter, Scenario};

/// A condition in words: "anger is 60 or more, and “callback” is promised".
///
/// `encounter` is the one in which the names of replies and nodes stand: for how a later encounter begins, the
/// one before it.
pub fn in_words(scenario: &Scenario, encounter: &Encounter, condition: &Condition) -> String {
    let words = |part: &Condition| in_words(scenario, encounter, part);
    let joined = |parts: &[Condition], between: &str| {
        let parts: Vec<_> = parts
            .iter()
            .map(|part| match part {
                Condition::All(inner) | Condition::Any(inner) if inner.len() > 1 => format!("({})", words(part)),
                _ => words(part),
            })
            .collect();
        parts.join(between)
    };
    let promise = |index: usize| &scenario.promises[index].name;
    match condition {
        Condition::All(parts) => joined(parts, " and "),
        Condition::Any(parts) => joined(parts, " or "),
        Condition::Not(part) => match &**part {
            Condition::All(_) | Condition::Any(_) => format!("not ({})", words(part)),
            _ => format!("not {}", words(part)),
        },
        Condition::Meter(meter, from, below) => meter_in_words(*meter, *from, *below),
        Condition::Chose(reply) => format!("“{}” was said", encounter.reply(*reply).name),
        Condition::Heard(fact) => format!("“{}” is known", scenario.facts[fact.index()].name),
        Condition::Reached(node) => format!("“{}” was reached", encounter.node(*node).name),
        Condition::Met(need) => format!("“{}” is met", scenario.needs[need.index()].name),
        Condition::Flag(flag) => format!("“{}” is set", scenario.flags[flag.index()]),
        Condition::Promised(id) => format!("“{}” is promised", promise(id.index())),
        Condition::Kept(id) => format!("“{}” was kept", promise(id.index())),
        Condition::Warned(id) => format!("“{}” was late, with a warning", promise(id.index())),
        Condition::Broken(id) => format!("“{}” was broken", promise(id.index())),
        Condition::Noted(written, tile) => format!("“{}” is noted", scenario.encounter(*written).tile(*tile).name),
        Condition::CutOff => "the customer was cut off".to_owned(),
        Condition::Used(act, 1) => format!("{act} was used"),
        Condition::Used(act, times) => format!("{act} was used {times} times"),
        Condition::Ended(outcome) => format!("it ended at least {outcome}"),
    }
}

fn meter_in_words(meter: Meter, from: i32, below: i32) -> String {
    let name = match meter {
        Meter::Anger => "anger",
        Meter::Trust => "trust",
        Meter::Patience => "patience",
        Meter::FeelsHeard => "feeling heard",
        Meter::Clarity => "clarity",
    };
    let (least, most) = (from / 100, below / 100);
    match (from, below) {
        (i32::MIN, i32::MAX) => format!("{name} is anything"),
        (_, i32::MAX) => format!("{name} is {least} or more"),
        (i32::MIN, _) => format!("{name} is below {most}"),
        _ => format!("{name} is from {least} to below {most}"),
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;
    use crate::scenario::load::load;

    const SAMPLE: &str = include_str!("../../scenarios/before-saturday.ron");

    #[track_caller]
    fn check(condition: &str, expected: &str) {
        // In the diary everything can be asked for, the note as well.
        let roster = "at: \"Fri 08:40\",\n                    when: ";
        assert!(SAMPLE.contains(roster));
        let text =
            SAMPLE.replacen(&format!("{roster}Promised(\"engineer-early\")"), &format!("{roster}{condition}"), 1);
        let loaded = load("a.ron", text.as_bytes());
        let scenario = loaded.scenario.unwrap_or_else(|| panic!("{:#?}", loaded.findings));
        let encounter = &scenario.encounters[0];
        let condition = encounter.diary[0].when.as_ref().expect("it stands in the sample");
        assert_eq!(in_words(&scenario, encounter, condition), expected);
    }

    #[test]
    fn a_condition_is_said_plainly() {
        check("Anger(from: 60)", "anger is 60 or more");
        check("FeelsHeard(below: 20)", "feeling heard is below 20");
        check("Trust(from: 20, below: 40)", "trust is from 20 to below 40");
        check("Not(Promised(\"callback\"))", "not “callback” is promised");
        check("Used(act: BareApology, times: 2)", "bare apology was used 2 times");
        check("Chose(\"door-colour\")", "“door-colour” was said");
        check(
            "All([CutOff, Any([Noted(\"shouty\"), Met(\"record\")])])",
            "the customer was cut off and (“shouty” is noted or “record” is met)",
        );
        check("Not(Any([CutOff]))", "not (the customer was cut off)");
    }
}
