use super::*;
use crate::attempt::{Problem, parse_inputs};
use crate::scenario::load::load;

const SCENARIO: &str = include_str!("../../../scenarios/can-i-have-it-on.ron");
const PLAN: &str = include_str!("../../../scenarios/plans/can-i-have-it-on.best.plan.ron");

fn scenario(changes: &[(&str, &str)]) -> Scenario {
    let mut text = SCENARIO.to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    let loaded = load("a.ron", text.as_bytes());
    loaded.scenario.unwrap_or_else(|| panic!("{:#?}", loaded.findings))
}

fn plan() -> Plan {
    read("a.plan.ron", PLAN.as_bytes()).unwrap_or_else(|refused| panic!("{:#?}", refused.findings))
}

fn shown(difference: &Difference) -> String {
    let mut text = String::new();
    for change in &difference.lines {
        let (sign, line) = match change {
            Change::Same(line) => (' ', line),
            Change::Gone(line) => ('-', line),
            Change::New(line) => ('+', line),
            Change::Skipped(number) => {
                text.push_str(&format!("({number})\n"));
                continue;
            }
        };
        text.push_str(&format!("{sign} {}: {:.40}\n", line.place, line.words));
    }
    for (name, expected, found) in &difference.numbers {
        text.push_str(&format!("{name}: {expected}, {found}\n"));
    }
    text
}

#[test]
fn a_plan_that_holds_holds() {
    assert_eq!(test(&scenario(&[]), &plan()), Verdict::Holds);
}

#[test]
fn a_changed_word_is_shown_in_its_turn_and_changes_no_number() {
    let changed = scenario(&[(
        "Has anybody been to take a reading off the new meter since September?",
        "Has it been read since?",
    )]);
    let Verdict::Differs(difference) = test(&changed, &plan()) else { panic!("it differs") };
    insta::assert_snapshot!(shown(&difference), @r"
    (2)
      Turn 2, new-meter, Doris Pym: The most? It’ll be that meter. A nice la
    - Turn 2, new-meter, Robin (has-anybody-read-it): You gave up a warm bedroom, Mrs Pym, and
    + Turn 2, new-meter, Robin (has-anybody-read-it): You gave up a warm bedroom, Mrs Pym, and
      Turn 3, minus-two, Doris Pym: No. Nobody. I thought that was what the 
    (7)
    ");
}

#[test]
fn a_changed_score_is_shown_number_by_number() {
    let mut plan = plan();
    plan.expected.score.overall = 999;
    plan.expected.score.skills.empathy = 9999;
    let Verdict::Differs(difference) = test(&scenario(&[]), &plan) else { panic!("it differs") };
    assert_eq!(shown(&difference), "Overall: 999, 991\nEmpathy: 99.99, 94.12\n");
}

#[test]
fn a_reply_that_is_gone_is_told_and_what_was_not_played_is_no_difference() {
    let changed = scenario(&[("\"on-tonight\"", "\"on-this-night\"")]);
    let Verdict::Broken { mistake, before } = test(&changed, &plan()) else { panic!("it cannot be played") };
    assert_eq!(mistake.index, 5);
    assert!(matches!(*mistake.problem, Problem::Unknown { kind: "reply", .. }));
    assert!(before.is_empty(), "{}", shown(&before));
    assert!(record_anew(&changed, &plan()).is_err());
}

#[test]
fn what_is_written_is_read_as_it_was() {
    let plan = plan();
    assert_eq!(read("a", write(&plan).as_bytes()).unwrap(), plan);
    let mut odd = plan.clone();
    odd.about = "\"quotes\", \\, and\na new line — ’".to_owned();
    odd.expected.turns[0].said = None;
    odd.expected.diary.clear();
    assert_eq!(read("a", write(&odd).as_bytes()).unwrap(), odd);
}

#[test]
fn writing_anew_keeps_what_the_author_has_written_around_it() {
    let text = PLAN.replace("    inputs: [", "    // Her first pause is in the second turn.\n    inputs: [");
    let mut plan = plan();
    plan.expected.score.overall = 1;
    let anew = write_anew(&text, &plan);
    assert!(anew.contains("// Her first pause is in the second turn.\n    inputs: ["), "{anew}");
    assert_eq!(read("a", anew.as_bytes()).unwrap(), plan);
    assert_eq!(write_anew("nonsense", &plan), write(&plan));
}

#[test]
fn listening_to_the_end_bit_by_bit_is_written_as_one() {
    let scenario = scenario(&[]);
    let bits =
        parse_inputs("[Listen, Listen, Listen, Listen, Listen, Speak(\"what-worries\", Slow), Listen, Nod]").unwrap();
    let hand = by_hand(&scenario, 7, Mode::Steps, bits.clone());
    let written: Vec<_> = hand.iter().map(ToString::to_string).collect();
    assert_eq!(
        written,
        ["Finish", "Speak(\"what-worries\",Slow)", "Listen", "Nod"].map(|text| text.replace(",S", ", S"))
    );
    assert_eq!(by_hand(&scenario, 7, Mode::Timed, bits.clone()), bits);
}

#[test]
fn what_is_no_plan_says_why() {
    let why = |text: &str| read("a", text.as_bytes()).unwrap_err().findings[0].message.clone();
    assert!(why(&PLAN.replace("format: 1", "format: 2")).contains("format 2"));
    assert!(why("Plan(format: 1").contains("never closed"), "{}", why("Plan(format: 1"));
    assert!(why(&PLAN.replace("seed:", "sead:")).contains("sead"));
    assert!(why(SCENARIO).contains("cannot be read"));
}
