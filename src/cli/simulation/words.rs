//! Figures and verdicts in words, the same in every report.

use crate::explore::simulate::{
    CLASSIFIED, Giveaway, LIFT_IN_SCENARIO, LIFT_OVER_LIBRARY, Measured, RANDOM, Report, SATISFIED, Target, Verdict,
};

pub(super) use crate::explore::simulate::{grouped, points, signed};

/// Per mille as per cent: "3.1 %".
pub(super) fn percent(per_mille: i64) -> String {
    format!("{}.{} %", per_mille / 10, per_mille % 10)
}

/// A share of a whole in per cent, rounded half up: "12 %", "<1 %" where it is little and not nothing.
pub(super) fn share(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    match (part * 100 + whole / 2) / whole {
        0 if part > 0 => "<1 %".to_owned(),
        percent => format!("{percent} %"),
    }
}

/// Whether a target is met, in one word.
pub(super) const fn standing(verdict: &Verdict) -> &'static str {
    match verdict.met {
        Some(true) => "met",
        Some(false) => "missed",
        None => "not measured",
    }
}

/// What is asked.
pub(super) fn target(target: Target) -> String {
    match target {
        Target::Random => format!("random play earns {} to {}", RANDOM.start(), RANDOM.end()),
        Target::LiftOverLibrary(cue) => {
            format!("“{}” earns at most {LIFT_OVER_LIBRARY} above random, over all scenarios", cue.name())
        }
        Target::LiftInScenario(cue) => {
            format!("“{}” earns at most {LIFT_IN_SCENARIO} above random in one scenario", cue.name())
        }
        Target::Satisfied(cue) => {
            format!("“{}” leaves the customer satisfied in at most {} of its calls", cue.name(), percent(SATISFIED))
        }
        Target::Classified => {
            format!("the best reply cannot be told by its looks at more than {} of the nodes", percent(CLASSIFIED))
        }
    }
}

/// What was found.
pub(super) fn measured(report: &Report<'_>, verdict: &Verdict) -> String {
    match (verdict.target, verdict.measured) {
        (Target::Random, Measured::Points(mean)) => points(mean).to_string(),
        (_, Measured::Points(lift)) => signed(lift),
        (Target::Classified, Measured::Share(share)) => match &report.classified.result {
            Some(result) => format!(
                "{} ± {} ({} of {}; by chance {})",
                percent(share),
                percent(report.classified.uncertainty().unwrap_or(0)),
                result.right,
                report.classified.nodes,
                percent(result.chance)
            ),
            None => percent(share),
        },
        (_, Measured::Share(share)) => percent(share),
        (Target::Classified | Target::LiftOverLibrary(_), Measured::Not) => "takes two scenarios at least".to_owned(),
        (_, Measured::Not) => "not played to the end".to_owned(),
    }
}

/// Where, or by what, a target is missed.
pub(super) fn because(report: &Report<'_>, verdict: &Verdict) -> Option<String> {
    if verdict.target == Target::Classified && verdict.met == Some(false) {
        return signs(report);
    }
    most_at(report, verdict)
}

/// What the classifier goes by: "the best reply has more of: commas; less of: “we” and “our”".
fn signs(report: &Report<'_>) -> Option<String> {
    let result = report.classified.result.as_ref()?;
    let named = |more: bool| -> Option<String> {
        let names: Vec<_> = result.signs.iter().filter(|(_, is)| *is == more).map(|(name, _)| name.as_str()).collect();
        (!names.is_empty()).then(|| format!("{} of {}", if more { "more" } else { "less" }, names.join("; ")))
    };
    let both: Vec<_> = [named(true), named(false)].into_iter().flatten().collect();
    let by_scenario = report.scenarios.iter().zip(&result.by_scenario);
    let by_scenario: Vec<_> =
        by_scenario.map(|(played, (nodes, right))| format!("`{}` {right} of {nodes}", played.scenario.slug)).collect();
    let alone = if result.by_words {
        format!(", by its looks without its words {}", result.right_by_looks)
    } else {
        String::new()
    };
    Some(format!("right at {}{alone}; the best reply has {}", by_scenario.join(", "), both.join(", and ")))
}

/// The nodes at which a target is missed most: "`nobody-asked` +21 (takes `whats-in-there`)".
fn most_at(report: &Report<'_>, verdict: &Verdict) -> Option<String> {
    let nodes: Vec<_> = verdict.most_at.iter().map(|(place, found)| giveaway(report, *place, found)).collect();
    (!nodes.is_empty()).then(|| format!("most at {}", nodes.join(", ")))
}

fn giveaway(report: &Report<'_>, place: usize, found: &Giveaway) -> String {
    let scenario = report.scenarios[place].scenario;
    let encounter = scenario.encounter(found.encounter);
    let node = &encounter.node(found.node).name;
    let named = if report.scenarios.len() > 1 { format!("{}/{node}", scenario.slug) } else { node.clone() };
    format!("`{named}` {} (takes `{}`)", signed(found.points), encounter.reply(found.takes).name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_one_would_say_them() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([149, 150, -149, -150, 0].map(points), [1, 2, -1, -2, 0]);
        assert_eq!([10_900, -320, 20].map(signed), ["+109", "−3", "0"]);
        assert_eq!([31, 150, 1000].map(percent), ["3.1 %", "15.0 %", "100.0 %"]);
        assert_eq!(
            [(0, 9), (1, 1000), (1, 8), (9, 9), (0, 0)].map(|(part, whole)| share(part, whole)),
            ["0 %", "<1 %", "13 %", "100 %", "–"]
        );
    }
}
