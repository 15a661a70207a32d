use std::collections::BTreeSet;

use super::key::{keys, only_key};
use super::{Tier, lint};
use crate::scenario::id::{NodeId, ReplyId};
use crate::scenario::load::{Loaded, load};

/// Two nodes, two replies each.
const TWO_NODES: &str = include_str!("../../tests/fixtures/rules/unreachable-node/good.ron");

fn linted(changes: &[(&str, &str)]) -> Loaded {
    let mut text = TWO_NODES.to_owned();
    for (from, to) in changes {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text = text.replace(from, to);
    }
    let mut loaded = load("a.ron", text.as_bytes());
    assert!(loaded.scenario.is_some(), "{:#?}", loaded.findings);
    lint(&mut loaded, Tier::Typing);
    loaded
}

fn rules(loaded: &Loaded) -> BTreeSet<&'static str> {
    loaded.findings.iter().map(|finding| finding.rule).collect()
}

// ---- Conditions.

/// Puts a condition on the last reply of the second node.
#[track_caller]
fn check_condition(condition: &str, expected: &[&'static str]) {
    let reason = "why: \"Nobody in it has a name.\",";
    let loaded = linted(&[(reason, &format!("when: {condition}, {reason}"))]);
    assert_eq!(rules(&loaded), expected.iter().copied().collect(), "{condition}: {:#?}", loaded.findings);
}

#[test]
fn a_condition_is_judged_by_what_can_have_happened_where_it_is_asked() {
    const NEVER: &[&str] = &["condition-never-true"];
    const ALWAYS: &[&str] = &["condition-always-true"];
    check_condition("CutOff", &[]);
    check_condition("Chose(\"say-it-back\")", &[]);
    check_condition("Chose(\"sunday\")", NEVER);
    check_condition("Not(Chose(\"sunday\"))", ALWAYS);
    check_condition("Reached(\"in-the-rain\")", ALWAYS);
    check_condition("Reached(\"by-monday\")", ALWAYS);
    check_condition("Met(\"dry-cards\")", &[]);
    check_condition("Used(act: OpenQuestion)", &[]);
    check_condition("Used(act: OverPromise)", NEVER);
    check_condition("Used(act: ParaphraseWrong)", &[]);
    check_condition("Ended(Lost)", NEVER);
}

#[test]
fn meters_and_parts_are_held_against_each_other() {
    const NEVER: &[&str] = &["condition-never-true"];
    const ALWAYS: &[&str] = &["condition-always-true"];
    check_condition("Anger(from: 0)", ALWAYS);
    check_condition("Anger(from: 1)", &[]);
    check_condition("Anger(below: 100)", &[]);
    check_condition("All([Trust(from: 50), Not(Trust(from: 40))])", NEVER);
    check_condition("Any([Trust(from: 50), Trust(below: 50)])", ALWAYS);
    check_condition("Any([Trust(from: 51), Trust(below: 50)])", &[]);
    check_condition("All([CutOff, Anger(from: 0)])", ALWAYS);
    check_condition("Any([CutOff, Not(Anger(from: 0))])", NEVER);
}

#[test]
fn so_many_parts_that_cases_cannot_be_counted_are_left_alone() {
    let parts: Vec<_> = (1..100).map(|bound| format!("Anger(from: {bound}), Trust(from: {bound})")).collect();
    check_condition(&format!("All([{}])", parts.join(", ")), &[]);
}

// ---- What is allowed.

const LONG: (&str, &str) = (
    "Somebody from the team will be in touch about that.",
    "Somebody from the team will certainly be in touch about that very soon indeed.",
);

fn allowed(entry: &str) -> Loaded {
    linted(&[LONG, ("encounters: [", &format!("allow: [{entry}], encounters: ["))])
}

#[test]
fn an_author_may_keep_a_finding_where_it_stands_and_says_why() {
    assert_eq!(rules(&linted(&[LONG])), BTreeSet::from(["uneven-reply-lengths"]));
    let kept = allowed("(rule: \"uneven-reply-lengths\", at: \"by-monday\", because: \"She rambles.\")");
    assert_eq!(rules(&kept), BTreeSet::new());
    assert!(kept.allowed.iter().all(|kept| kept.because == "She rambles."), "{:#?}", kept.allowed);
    let elsewhere = allowed("(rule: \"uneven-reply-lengths\", at: \"in-the-rain\", because: \"She rambles.\")");
    assert_eq!(rules(&elsewhere), BTreeSet::from(["uneven-reply-lengths", "unused-allow"]));
    let misspelt = allowed("(rule: \"uneven-reply-length\", because: \"She rambles.\")");
    assert_eq!(rules(&misspelt), BTreeSet::from(["uneven-reply-lengths", "unknown-rule"]));
}

#[test]
fn a_rule_that_was_not_asked_is_not_said_to_be_allowed_in_vain() {
    let kept = allowed(
        "(rule: \"uneven-reply-lengths\", because: \"She rambles.\"), \
         (rule: \"best-play-too-low\", because: \"Nobody wins this one.\")",
    );
    assert_eq!(rules(&kept), BTreeSet::new());
}

#[test]
fn a_word_is_kept_by_its_own_name() {
    let slip = ("about: \"31, prints cards\"", "about: \"31, prints cards seperately\"");
    assert_eq!(rules(&linted(&[slip])), BTreeSet::from(["misspelling"]));
    let entry =
        "allow: [(rule: \"misspelling\", at: \"seperately\", because: \"Her shop is called so.\")], encounters: [";
    assert_eq!(rules(&linted(&[slip, ("encounters: [", entry)])), BTreeSet::new());
    let german = ("difficulty: 1,", "difficulty: 1, language: \"de\",");
    assert_eq!(rules(&linted(&[slip, german])), BTreeSet::new());
}

// ---- Keys.

#[test]
fn the_key_is_the_reply_with_most_credit_and_there_is_none_where_all_are_alike() {
    let loaded = linted(&[]);
    let encounter = &loaded.scenario.as_ref().unwrap().encounters[0];
    assert_eq!(keys(encounter, NodeId(0)), [ReplyId(0)]);
    // The second node weighs nothing.
    assert_eq!(keys(encounter, NodeId(1)), []);
    assert_eq!(only_key(encounter, NodeId(1)), None);
}

// ---- Files that do not load.

#[test]
fn a_file_that_cannot_be_played_is_left_to_its_errors() {
    let mut loaded = load("a.ron", TWO_NODES.replace("difficulty: 1", "difficulty: 9").as_bytes());
    let before = loaded.findings.clone();
    lint(&mut loaded, Tier::Proof);
    assert_eq!(loaded.findings, before);
}

// ---- Circles and thin ways.

/// The first reply of the first node leads back to it; what else is changed.
#[track_caller]
fn check_circle(changes: &[(&str, &str)], is_told: bool) {
    let text = include_str!("../../tests/fixtures/rules/loop-without-progress/bad.ron");
    let mut text = text.to_owned();
    for (from, to) in changes {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text = text.replace(from, to);
    }
    let mut loaded = load("a.ron", text.as_bytes());
    assert!(loaded.scenario.is_some(), "{:#?}", loaded.findings);
    lint(&mut loaded, Tier::Typing);
    assert_eq!(rules(&loaded).contains("loop-without-progress"), is_told, "{changes:?}: {:#?}", loaded.findings);
}

#[test]
fn a_circle_is_told_only_where_going_round_brings_nothing_about() {
    let back = "to: \"in-the-rain\",";
    let on = |field: &str| format!("{field} to: \"goes-home\",");
    check_circle(&[], true);
    // A way out that opens once she is calmer, or has heard the same twice.
    for when in ["Anger(below: 20)", "Not(Trust(from: 60))", "Chose(\"claim-form\")", "Used(act: PrematureSolution)"] {
        let goes_on = on(&format!("to_when: [(when: {when}, to: \"goes-home\")],"));
        check_circle(&[("to: \"goes-home\",", &goes_on)], false);
    }
    // One that going round does not open.
    check_circle(&[("to: \"goes-home\",", &on("to_when: [(when: Met(\"dry-cards\"), to: \"goes-home\")],"))], true);
    // She answers otherwise when she is angrier; the same answer each time is none.
    let angrier = "answer: [\"So?\"], answer_when: [(when: Anger(from: 60), says: [\"Again?\"])], to: \"in-the-rain\",";
    check_circle(&[(back, angrier)], false);
    check_circle(&[(back, "answer: [\"So?\"], to: \"in-the-rain\",")], true);
}

#[track_caller]
fn check_evidence(changes: &[(&str, &str)], is_told: bool) {
    let mut text = include_str!("../../tests/fixtures/rules/too-little-evidence/bad.ron").to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let mut loaded = load("a.ron", text.as_bytes());
    assert!(loaded.scenario.is_some(), "{:#?}", loaded.findings);
    lint(&mut loaded, Tier::Typing);
    assert_eq!(rules(&loaded).contains("too-little-evidence"), is_told, "{changes:?}: {:#?}", loaded.findings);
}

#[test]
fn a_way_is_thin_only_where_somebody_can_go_it() {
    check_evidence(&[], true);
    // All ways on stand under conditions: which of them come about, nobody knows here.
    let gated = "to_when: [(when: Trust(from: 90), to: \"goes-home\")], to: \"goes-home\",";
    check_evidence(&[("to: \"goes-home\",", gated)], false);
    // Follow-through: a note that is on offer to everybody who comes this way.
    let thin = ("NextStep: 3, ConfirmContact: 3,", "NextStep: 3,");
    let shown = ("NextStep: 4, ConfirmContact: 4,", "NextStep: 4,");
    let enough = ("NameImpact: 1,", "NameImpact: 3,");
    check_evidence(&[thin, shown, enough], true);
    let noted = (
        "endings: {",
        "note: [(id: \"rain\", text: \"It stood in the rain\", kind: Fact, weight: 1, fact: \"rain\")], endings: {",
    );
    let heard = ("It stood in the rain all day.", "It stood in the rain all day.{rain}");
    let fact = ("encounters: [", "facts: { \"rain\": \"It stood in the rain\" }, encounters: [");
    check_evidence(&[thin, shown, enough, noted, heard, fact], false);
}
