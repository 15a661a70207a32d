//! Records for a learning management system: held against the published rules, whoever played what and how.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

use serde_json::Value;
use simmer::attempt::{self, Attempt, Beginning, Played, Recorder, Verb, WrittenInput, to_input};
use simmer::campaign::{self, Input, RunStage};
use simmer::dialogue::{self, Action, Event, Exit, Mode, reply_order};
use simmer::explore::best_playthrough;
use simmer::records::{Account, Finished, passes, statements, table};
use simmer::scenario::Scenario;
use simmer::scenario::model::Speech;
use simmer::scenario::vocabulary::{Outcome, Pace, Volume};
use uuid::Uuid;

use crate::documentation::hold;
use crate::shipped_scenarios::SHIPPED;
use crate::support::{shipped, turned};

mod on_the_command_line;
mod rules;

use rules::broken_rules;

/// The page for those who run an LMS.
const PAGE: &str = "docs/records.md";

// ---- Players.

/// How somebody plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// The best that is found. In steps only.
    Best,
    /// Takes replies by their number, hears everybody out.
    Even(usize),
    /// The same, quick and with a raised voice, cutting in.
    Hot(usize),
    /// Takes the first ones, and stops after so many replies.
    Stops(usize),
}

/// Plays a run and records it.
fn play(scenario: &Arc<Scenario>, style: Style, mode: Mode, change: impl FnOnce(&mut Beginning)) -> Recorder {
    let mut beginning = Beginning {
        seed: 7,
        mode,
        language: "en".to_owned(),
        player: "Heron".to_owned(),
        team: Some("Quayside".to_owned()),
        practice: false,
        intention: None,
        start: None,
    };
    change(&mut beginning);
    let seed = beginning.seed;
    let mut recorder = Recorder::begin(Arc::clone(scenario), beginning);
    if style == Style::Best {
        for input in best_playthrough(scenario, seed, None).unwrap().inputs {
            let _ = recorder.apply(&input).unwrap();
        }
        return recorder;
    }
    let mut spoken = 0;
    while recorder.run().stage != RunStage::Closed {
        if let Style::Stops(after) = style
            && spoken == after
        {
            break;
        }
        let input = next(scenario, &recorder, style, spoken);
        spoken += usize::from(matches!(input, Input::Talk(dialogue::Input { action: Action::Speak { .. }, .. })));
        let _ = recorder.apply(&input).unwrap();
    }
    recorder
}

fn next(scenario: &Scenario, recorder: &Recorder, style: Style, spoken: usize) -> Input {
    let run = recorder.run();
    let talk = &run.talk;
    match run.stage {
        RunStage::Talking if !talk.replies_open() => {
            let verb = if matches!(style, Style::Hot(_)) { Verb::Interrupt } else { Verb::Finish };
            let at = (talk.mode == Mode::Timed && verb == Verb::Interrupt).then_some(talk.turn.clock + 730);
            let inputs = to_input(scenario, run, &WrittenInput { at, verb }).unwrap();
            inputs.into_iter().next().unwrap()
        }
        RunStage::Talking => {
            let offered = reply_order(scenario, talk);
            let (number, pace, volume) = match style {
                Style::Even(number) => (number + spoken, Pace::Even, Volume::Level),
                Style::Hot(number) => (number + spoken, Pace::Quick, Volume::Raised),
                Style::Best | Style::Stops(_) => (0, Pace::Even, Volume::Level),
            };
            let reply = offered[number % offered.len()];
            let at = if talk.mode == Mode::Timed { talk.turn.clock + 1234 } else { 0 };
            Input::Talk(dialogue::Input { at, action: Action::Speak { reply, pace, volume } })
        }
        RunStage::Note => {
            let tiles = campaign::tiles(scenario.encounter(talk.encounter), talk).map(|(id, _)| id).take(2).collect();
            Input::File { tiles, line: "A line of one\u{2019}s own".to_owned() }
        }
        RunStage::Diary(event) => {
            let event = &scenario.encounter(talk.encounter).diary[event.index()];
            let (choice, _) = campaign::choices(event, talk).next().unwrap();
            Input::Choose(choice)
        }
        RunStage::Between => Input::GoOn,
        RunStage::Closed => panic!("the run is closed"),
    }
}

fn account() -> Account {
    Account::new(None, "5f2c77d0a91b4be0c3d1e6f80a1b2c3d".to_owned())
}

fn played_back(scenario: &Scenario, attempt: &Attempt) -> Played {
    let replay = attempt::replay(scenario, attempt);
    assert!(replay.verdict.holds(), "{:?}", replay.verdict);
    replay.played.unwrap()
}

fn record(scenario: &Scenario, attempt: &Attempt) -> Vec<Value> {
    let played = played_back(scenario, attempt);
    statements(scenario, attempt, &played, &account()).iter().map(|one| serde_json::to_value(one).unwrap()).collect()
}

/// Runs of every kind: each scenario, each mode, players of several kinds.
fn runs() -> Vec<(Arc<Scenario>, String, Recorder)> {
    let mut scenarios: Vec<Scenario> = SHIPPED.iter().map(|name| shipped(name)).collect();
    scenarios.push(turned());
    let mut runs = Vec::new();
    for scenario in scenarios.into_iter().map(Arc::new) {
        let styles = [
            Style::Best,
            Style::Even(0),
            Style::Even(1),
            Style::Even(2),
            Style::Hot(0),
            Style::Hot(1),
            Style::Stops(0),
            Style::Stops(2),
        ];
        for style in styles {
            for mode in [Mode::Steps, Mode::Timed] {
                if style == Style::Best && mode == Mode::Timed {
                    continue;
                }
                let recorder = play(&scenario, style, mode, |_| {});
                runs.push((Arc::clone(&scenario), format!("{} {style:?} {mode:?}", scenario.slug), recorder));
            }
        }
    }
    runs
}

/// The last part of a verb's IRI.
fn verb(statement: &Value) -> &str {
    statement["verb"]["id"].as_str().unwrap().rsplit('/').next().unwrap()
}

// ---- What holds of every record.

#[test]
fn every_statement_keeps_the_published_rules() {
    let mut seen = BTreeSet::new();
    let mut ways = BTreeSet::new();
    for (scenario, which, recorder) in runs() {
        for statement in record(&scenario, recorder.attempt()) {
            let broken = broken_rules(&statement);
            assert!(broken.is_empty(), "{which}: {broken:#?}\n{statement:#}");
            seen.insert(verb(&statement).to_owned());
        }
        ways.extend(recorder.events().iter().filter_map(|event| match event {
            Event::Ended { exit: Exit::Left, .. } => Some("left"),
            Event::Ended { exit: Exit::Escalated, .. } => Some("escalated"),
            Event::Ended { exit: Exit::Ending(_), .. } => Some("ended"),
            _ => None,
        }));
    }
    let all = ["answered", "completed", "failed", "initialized", "passed", "terminated"];
    assert!(seen.iter().eq(all.iter()), "{seen:?}");
    assert!(ways.contains("left") || ways.contains("escalated"), "somebody has hung up: {ways:?}");
    assert!(ways.contains("ended"), "{ways:?}");
}

#[test]
fn there_is_one_answer_for_every_reply_and_an_end_for_every_end() {
    for (scenario, which, recorder) in runs() {
        let record = record(&scenario, recorder.attempt());
        let verbs: Vec<&str> = record.iter().map(verb).collect();
        let replies: Vec<String> = spoken(&scenario, recorder.events());
        let answers: Vec<&str> = record
            .iter()
            .filter(|one| verb(one) == "answered")
            .map(|one| one["result"]["response"].as_str().unwrap())
            .collect();
        assert_eq!(answers, replies, "{which}");
        let mut expected = vec!["initialized"];
        expected.extend(replies.iter().map(|_| "answered"));
        if recorder.attempt().ended.is_some() {
            let passed = passes(recorder.score().outcome);
            expected.extend([if passed { "passed" } else { "failed" }, "completed", "terminated"]);
            let scored = &record[record.len() - 3]["result"];
            assert_eq!(scored["success"], passed, "{which}");
            assert_eq!(scored["score"]["raw"], recorder.score().overall, "{which}");
        }
        assert_eq!(verbs, expected, "{which}");
    }
}

/// The replies, by name.
fn spoken(scenario: &Scenario, events: &[Event]) -> Vec<String> {
    let mut encounter = 0;
    let mut names = Vec::new();
    for event in events {
        match event {
            Event::EncounterBegan(began) => encounter = began.index(),
            Event::Spoke { reply, .. } => names.push(scenario.encounters[encounter].reply(*reply).name.clone()),
            _ => {}
        }
    }
    names
}

#[test]
fn what_was_answered_was_on_offer_and_stands_among_the_choices() {
    for (scenario, which, recorder) in runs() {
        for answer in record(&scenario, recorder.attempt()).iter().filter(|one| verb(one) == "answered") {
            let response = &answer["result"]["response"];
            let choices = answer["object"]["definition"]["choices"].as_array().unwrap();
            assert!(choices.iter().any(|choice| choice["id"] == *response), "{which}: {answer:#}");
            let offered = &answer["context"]["extensions"]["https://simmer.invalid/xapi/extensions/offered"];
            let offered = offered.as_array().unwrap();
            assert!(offered.contains(response), "{which}: {answer:#}");
            assert!(offered.iter().all(|one| choices.iter().any(|choice| choice["id"] == *one)), "{which}");
        }
    }
}

#[test]
fn an_activity_is_described_the_same_each_time() {
    let mut described: BTreeMap<String, Value> = BTreeMap::new();
    for (scenario, which, recorder) in runs() {
        for statement in record(&scenario, recorder.attempt()) {
            let object = statement["object"].clone();
            let id = object["id"].as_str().unwrap().to_owned();
            assert_eq!(*described.entry(id).or_insert_with(|| object.clone()), object, "{which}");
        }
    }
}

#[test]
fn ids_are_the_same_each_time_and_no_two_are_alike() {
    let mut ids = BTreeSet::new();
    for (scenario, which, recorder) in runs() {
        let first = record(&scenario, recorder.attempt());
        // Read from its file, as it would be another day.
        let again = attempt::read(attempt::write(recorder.attempt()).as_bytes()).unwrap();
        assert_eq!(record(&scenario, &again), first, "{which}");
        for statement in &first {
            assert!(ids.insert(statement["id"].as_str().unwrap().to_owned()), "{which}: {statement:#}");
            assert_eq!(statement["context"]["registration"], recorder.attempt().id.to_string());
        }
    }
}

#[test]
fn answers_that_were_recorded_before_the_end_stay_as_they_are() {
    // In timed mode nothing about an answer depends on what came after it.
    let scenario = Arc::new(shipped("can-i-have-it-on"));
    let whole = play(&scenario, Style::Even(0), Mode::Timed, |_| {});
    let mut part = whole.attempt().clone();
    let second = part.inputs.iter().enumerate().filter(|(_, input)| matches!(input.verb, Verb::Speak { .. })).nth(1);
    let keep = second.unwrap().0 + 1;
    part.inputs.truncate(keep);
    (part.ended, part.score) = (None, None);
    assert_eq!(record(&scenario, &part), record(&scenario, whole.attempt())[..3]);
}

#[test]
fn durations_add_up_and_time_goes_forward() {
    for (scenario, which, recorder) in runs() {
        let mut attempt = recorder.attempt().clone();
        for elapsed in [0, 3600] {
            attempt.elapsed_seconds = elapsed;
            let record = record(&scenario, &attempt);
            let times: Vec<&str> = record.iter().map(|one| one["timestamp"].as_str().unwrap()).collect();
            assert!(times.is_sorted(), "{which}: {times:?}");
            let hundredths = |one: &Value| rules::hundredths(one["result"]["duration"].as_str().unwrap()).unwrap();
            let answers: Vec<&Value> = record.iter().filter(|one| verb(one) == "answered").collect();
            let has_clocks = attempt.mode == Mode::Timed;
            assert!(answers.iter().all(|one| one["result"].get("duration").is_some() == has_clocks), "{which}");
            let Some(last) = record.last().filter(|one| verb(one) == "terminated") else { continue };
            let total = hundredths(last);
            assert!(record[record.len() - 3..].iter().all(|one| hundredths(one) == total), "{which}");
            if has_clocks {
                let parts: u64 = answers.iter().map(|one| hundredths(one)).sum();
                // Every turn that a reply ended was rounded down once; a customer may have left in one more.
                assert!(parts <= total, "{which}: {parts} of {total}");
                let left = recorder
                    .events()
                    .iter()
                    .any(|event| matches!(event, Event::Ended { exit, .. } if !matches!(exit, Exit::Ending(_))));
                if elapsed == 0 && !left {
                    assert!(total <= parts + answers.len() as u64, "{which}: {parts} of {total}");
                }
            }
            if elapsed > 0 {
                assert!(total >= u64::from(elapsed) * 100, "{which}");
            }
        }
    }
}

#[test]
fn nothing_that_was_typed_and_no_pseudonym_goes_along() {
    let scenario = Arc::new(shipped("before-saturday"));
    let recorder = play(&scenario, Style::Even(1), Mode::Timed, |beginning| {
        beginning.player = "Wandering Heron".to_owned();
        beginning.intention = Some("Count to three before I speak".to_owned());
        beginning.seed = u64::MAX;
    });
    assert!(attempt::write(recorder.attempt()).contains("A line of one\u{2019}s own"), "it stands in the attempt");
    for statement in record(&scenario, recorder.attempt()) {
        let text = statement.to_string();
        for private in ["Heron", "line of one", "Count to three"] {
            assert!(!text.contains(private), "{private}: {statement:#}");
        }
        let extensions = &statement["context"]["extensions"];
        assert_eq!(extensions["https://simmer.invalid/xapi/extensions/seed"], u64::MAX.to_string());
        assert!(extensions.get("https://simmer.invalid/xapi/extensions/practice").is_none());
        let team = &statement["context"]["contextActivities"]["grouping"][0];
        assert_eq!(team["definition"]["name"]["und"], "Quayside");
    }
}

#[test]
fn practice_is_marked() {
    let scenario = Arc::new(shipped("can-i-have-it-on"));
    let practice = play(&scenario, Style::Even(0), Mode::Steps, |beginning| beginning.practice = true);
    let rewound = practice.rewind(simmer::scenario::id::EncounterId(0), 2).unwrap();
    for (recorder, of) in [(&practice, None), (&rewound, Some(practice.attempt().id.to_string()))] {
        for statement in record(&scenario, recorder.attempt()) {
            assert!(broken_rules(&statement).is_empty());
            let extensions = &statement["context"]["extensions"];
            assert_eq!(extensions["https://simmer.invalid/xapi/extensions/practice"], true);
            let rewound = extensions.get("https://simmer.invalid/xapi/extensions/rewound").and_then(Value::as_str);
            assert_eq!(rewound, of.as_deref());
        }
    }
}

#[test]
fn texts_that_an_author_left_empty_or_in_no_known_language_are_fine() {
    let mut scenario = turned();
    scenario.language = "my own language".to_owned();
    scenario.teaser = String::new();
    scenario.version = String::new();
    for encounter in &mut scenario.encounters {
        for node in &mut encounter.nodes {
            for line in &mut node.lines {
                line.variants = line.variants.iter().map(|_| Speech::default()).collect();
            }
        }
        encounter.brief = simmer::scenario::brief::Brief::of(&encounter.nodes, &encounter.replies);
    }
    let scenario = Arc::new(scenario);
    let recorder = play(&scenario, Style::Even(0), Mode::Steps, |beginning| beginning.team = Some("  ".to_owned()));
    for statement in record(&scenario, recorder.attempt()) {
        let broken = broken_rules(&statement);
        assert!(broken.is_empty(), "{broken:#?}\n{statement:#}");
        assert!(statement["context"]["contextActivities"].get("grouping").is_none());
        assert!(statement["context"].get("language").is_none());
    }
}

// ---- The page and the record that it shows.

/// An attempt that is the same for ever.
fn example() -> (Arc<Scenario>, Attempt) {
    let scenario = Arc::new(shipped("can-i-have-it-on"));
    let mut attempt = play(&scenario, Style::Even(0), Mode::Timed, |_| {}).attempt().clone();
    attempt.id = Uuid::from_u128(0x0198_f0a2_7c11_7d3e_9a52_0c6d_41e7_b8f3);
    "0.1.0".clone_into(&mut attempt.program);
    attempt.started = "2026-03-02T09:15:00Z".parse().unwrap();
    attempt.ended = Some("2026-03-02T09:21:07Z".parse().unwrap());
    attempt.elapsed_seconds = 312;
    (scenario, attempt)
}

#[test]
fn the_whole_record_is_as_it_was() {
    let (scenario, attempt) = example();
    let mut text = serde_json::to_string_pretty(&record(&scenario, &attempt)).unwrap();
    text.push('\n');
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/record.json");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path, &text).unwrap();
    }
    assert!(fs::read_to_string(path).unwrap() == text, "if this was meant: UPDATE_DOCS=1 cargo t records");
}

#[test]
fn the_examples_of_the_page_are_those_of_the_code() {
    let (scenario, attempt) = example();
    let played = played_back(&scenario, &attempt);
    let all = statements(&scenario, &attempt, &played, &account());
    let pretty = |which: &str| {
        let found = all.iter().find(|one| one.verb.id.ends_with(which)).unwrap_or_else(|| panic!("no {which}"));
        format!("```json\n{}\n```", serde_json::to_string_pretty(found).unwrap())
    };
    let scored = if passes(played.score.outcome) { "passed" } else { "failed" };
    hold(PAGE, &[("answered", pretty("answered")), ("scored", pretty(scored)), ("outcomes", outcomes())]);
}

fn outcomes() -> String {
    let mut table = "| how the customer was left | statement |\n|---|---|".to_owned();
    for outcome in Outcome::ALL.iter().rev() {
        let verb = if passes(*outcome) { "passed" } else { "failed" };
        table.push_str(&format!("\n| {} | `{verb}` |", outcome.words()));
    }
    table
}

// ---- The table.

#[test]
fn the_table_is_quoted_where_it_must_be_and_holds_no_formula() {
    let scenario = Arc::new(shipped("can-i-have-it-on"));
    let recorder = play(&scenario, Style::Even(0), Mode::Steps, |beginning| {
        beginning.player = "=HYPERLINK(\"https://evil.example\",\"x\")".to_owned();
        beginning.team = Some("+Quay, \"side\"\nand more".to_owned());
    });
    let attempt = recorder.attempt();
    let played = played_back(&scenario, attempt);
    let text = table([Finished { scenario: &scenario, attempt, played: &played }]);
    let rows = rows(text.strip_prefix('\u{FEFF}').unwrap());
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{rows:#?}");
    let cell = |name: &str| &rows[1][rows[0].iter().position(|heading| heading == name).unwrap()];
    assert_eq!(cell("player"), "'=HYPERLINK(\"https://evil.example\",\"x\")");
    assert_eq!(cell("team"), "'+Quay, \"side\"\nand more");
    assert_eq!(cell("attempt"), &attempt.id.to_string());
    assert_eq!(cell("score"), &recorder.score().overall.to_string());
    assert_eq!(cell("seed"), "seed 7");
    assert_eq!(cell("practice"), "no");
    let dangerous = |cell: &String| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    assert!(!rows.iter().flatten().any(dangerous), "{rows:#?}");
}

/// The cells of a table, read as RFC 4180 has it.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(letters.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter => cell.push(letter),
        }
    }
    assert!(!quoted && row.is_empty() && cell.is_empty(), "every row has its end");
    rows
}
