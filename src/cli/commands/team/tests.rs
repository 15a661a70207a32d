use super::*;
use crate::cli::page::plain_text;
use crate::team::protocol::{Accepted, Problem, ProblemKind, Standing};

fn way(state: State) -> Way {
    Way { attempt: Uuid::nil(), scenario: "before-saturday".to_owned(), state }
}

fn accepted(standing: Standing) -> State {
    let outcome = crate::scenario::vocabulary::Outcome::Satisfied;
    let (overall, points, skills) = (700, 756, [0; 5]);
    State::Accepted(Accepted { attempt: Uuid::nil(), standing, outcome, overall, points, skills, flags: Vec::new() })
}

#[test]
fn what_is_on_its_way_is_told_run_by_run() {
    let title = "Played back, turn 3 does not hold.".to_owned();
    let refused = Problem { kind: ProblemKind::DoesNotHold, title, status: 422, index: Some(3), retry_after: None };
    let offline = CallError::Unreachable { why: "nothing answers at its address" };
    let ways = [
        way(accepted(Standing::Ranked)),
        way(accepted(Standing::Provisional)),
        way(State::Waiting { until: None, trouble: Some(offline) }),
        way(State::Refused(refused)),
        way(State::Revoked),
    ];
    insta::assert_snapshot!(plain_text(&way_lines(&ways), 80), @r"
    2 ranked runs received.
    before-saturday: It is kept here and sent as soon as the service can be reached.
      The team service cannot be reached at the moment: nothing answers at its
      address.
    before-saturday: The service did not take it: Played back, turn 3 does not hold.
    before-saturday: The service does not know this device any more. Ask for a new
      invite and join again; nothing is lost.
    It is kept here. `simmer team send --refused` sends it once more.
    ");
}

#[test]
fn ranks_are_read_aloud() {
    let check = |number: u64, expected: &str| assert_eq!(ordinal(number), expected);
    check(1, "1st");
    check(2, "2nd");
    check(3, "3rd");
    check(4, "4th");
    check(11, "11th");
    check(12, "12th");
    check(113, "113th");
    check(121, "121st");
}

#[test]
fn what_counts_stands_in_columns() {
    let published = |scenario: &str, begun: u32, points: Option<u32>| PublishedScenario {
        scenario: scenario.to_owned(),
        title: scenario.to_owned(),
        difficulty: 2,
        full_hash: String::new(),
        begun,
        allowed: 3,
        due: None,
        points,
    };
    let scenarios = [published("before-saturday", 1, Some(756)), published("can-i-have-it-on", 0, None)];
    insta::assert_snapshot!(plain_text(&scenario_lines(&scenarios), 80), @r"

        What counts       Points  Runs left
        before-saturday      756  2 of 3
        can-i-have-it-on       -  3 of 3
    ");
}
