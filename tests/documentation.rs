//! The pages for trainers say what the code says: tables are generated from it, examples load and play.
//!
//! `UPDATE_DOCS=1 cargo t documentation` writes the generated tables anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use simmer::attempt::{SPELLINGS, parse_inputs, play};
use simmer::campaign::{self, RunStage};
use simmer::dialogue::{Delta, Mode, again, delta};
use simmer::lint::{Group, Tier, described, lint};
use simmer::scenario::load::load;
use simmer::scenario::texts::Role;
use simmer::scenario::vocabulary::{
    Act, Channel, Flaw, Fulfilment, Indicator, Outcome, Pace, Pronoun, Severity, Skill, Tempo, Temptation, TileKind,
    Upset, Volume,
};

use crate::support::shipped;

const FOR_TRAINERS: &str = "docs/writing-scenarios.md";
const ABOUT_ATTEMPTS: &str = "docs/attempts-and-inputs.md";
const ABOUT_TOOLS: &str = "docs/workshop.md";
const ABOUT_SIMULATION: &str = "docs/simulating.md";

fn path(page: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(page)
}

fn read(page: &str) -> String {
    fs::read_to_string(path(page)).unwrap_or_else(|error| panic!("{page}: {error}"))
}

// ---- Generated tables.

#[test]
fn the_generated_tables_are_those_of_the_code() {
    let tables =
        [("acts", acts()), ("indicators", indicators()), ("flaws", flaws()), ("words", words()), ("rules", rules())];
    hold(FOR_TRAINERS, &tables);
    hold(ABOUT_ATTEMPTS, &[("inputs", inputs()), ("roles", roles())]);
    hold(ABOUT_TOOLS, &[("studio keys", studio_keys())]);
}

pub(crate) fn hold(page: &str, tables: &[(&str, String)]) {
    let old = read(page);
    let mut new = old.clone();
    for (name, table) in tables {
        let begins = format!("<!-- generated: {name} -->\n");
        let (before, rest) = new.split_once(&begins).unwrap_or_else(|| panic!("{page} has no {begins}"));
        let (_, after) = rest.split_once("<!-- end -->").expect("what is begun is ended");
        new = format!("{before}{begins}\n{table}\n<!-- end -->{after}");
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path(page), &new).unwrap();
    } else if old != new {
        let line = old.lines().zip(new.lines()).position(|(old, new)| old != new).unwrap_or(0);
        let expected = new.lines().nth(line).unwrap_or_default();
        panic!("{page}:{} is not what the code says, which is\n{expected}\nUPDATE_DOCS=1 mends it", line + 1);
    }
}

fn inputs() -> String {
    let mut table = "| input | what is done |\n|---|---|\n".to_owned();
    for (spelling, what) in SPELLINGS {
        let _ = writeln!(table, "| `{spelling}` | {what} |");
    }
    table
}

fn roles() -> String {
    let mut table = "| role | in words | voice |\n|---|---|---|\n".to_owned();
    for role in Role::ALL {
        let _ = writeln!(table, "| `{}` | {} | `{:?}` |", role.name(), role.words(), role.voice());
    }
    table
}

fn studio_keys() -> String {
    let tables = simmer::studio::keys::KEYS.iter().map(|group| {
        let mut table = format!("**{}**\n\n| key | what it does |\n|---|---|\n", group.name);
        for (key, does) in group.keys {
            let _ = writeln!(table, "| {key} | {does} |");
        }
        table
    });
    tables.collect::<Vec<_>>().join("\n")
}

fn acts() -> String {
    let mut table =
        "| act | in words | whose | anger | trust | patience | heard | clarity |\n|---|---|---|--:|--:|--:|--:|--:|\n"
            .to_owned();
    let mut row = |act: Act, times: &str, by: Delta| {
        let points = [by.anger, by.trust, by.patience, by.heard, by.clarity]
            .map(|points| if points == 0 { String::new() } else { format!("{points:+}").replace('-', "\u{2212}") });
        let whose = act.seat().map_or("anybody\u{2019}s".to_owned(), |seat| format!("{}\u{2019}s", seat.words()));
        let _ = writeln!(table, "| `{}` | {act}{times} | {whose} | {} |", act.name(), points.join(" | "));
    };
    for &act in Act::ALL {
        row(act, "", delta(act));
        if let Some(by) = again(act) {
            row(act, ", from the second time on", by);
        }
    }
    table
}

fn indicators() -> String {
    let mut table = "| indicator | in words | skill | given by |\n|---|---|---|---|\n".to_owned();
    for indicator in Indicator::ALL {
        let by = if indicator.is_authored() { "you" } else { "Simmer" };
        let _ = writeln!(table, "| `{}` | {indicator} | {} | {by} |", indicator.name(), indicator.skill());
    }
    table
}

fn flaws() -> String {
    let mut table = "| flaw | in words | named by |\n|---|---|---|\n".to_owned();
    for flaw in Flaw::ALL {
        let by = if flaw.is_authored() { "you" } else { "Simmer" };
        let _ = writeln!(table, "| `{}` | {flaw} | {by} |", flaw.name());
    }
    table
}

fn words() -> String {
    fn row<T: Copy>(
        table: &mut String,
        place: &str,
        all: &[T],
        name: fn(T) -> &'static str,
        words: fn(T) -> &'static str,
    ) {
        let all: Vec<_> = all
            .iter()
            .map(|entry| {
                let (name, words) = (name(*entry), words(*entry));
                if name.to_lowercase() == words { format!("`{name}`") } else { format!("`{name}` ({words})") }
            })
            .collect();
        let _ = writeln!(table, "| {place} | {} |", all.join(", "));
    }
    let mut table = "| where | the words there are |\n|---|---|\n".to_owned();
    row(&mut table, "`channel`", Channel::ALL, Channel::name, Channel::words);
    row(&mut table, "`pronoun`", Pronoun::ALL, Pronoun::name, Pronoun::words);
    row(&mut table, "`upset`", Upset::ALL, Upset::name, Upset::words);
    row(&mut table, "`wants`", Tempo::ALL, Tempo::name, Tempo::words);
    row(&mut table, "`tempt`", Temptation::ALL, Temptation::name, Temptation::words);
    row(&mut table, "`slip`: how bad", Severity::ALL, Severity::name, Severity::words);
    row(&mut table, "`slip`: from which skill", Skill::ALL, Skill::name, Skill::words);
    row(&mut table, "`kind` of a tile", TileKind::ALL, TileKind::name, TileKind::words);
    row(&mut table, "`fulfils`", Fulfilment::ALL, Fulfilment::name, Fulfilment::words);
    row(&mut table, "`outcome`, `Ended`: worst first", Outcome::ALL, Outcome::name, Outcome::words);
    table
}

fn rules() -> String {
    let rules = described();
    let tables = Group::ALL.iter().map(|group| {
        let mut table = format!("**{}**\n\n| rule | what it finds |\n|---|---|\n", group.words());
        for rule in rules.iter().filter(|rule| rule.group == *group) {
            let _ = writeln!(table, "| [`{0}`](rules/{0}.md) | {1} |", rule.name, rule.summary);
        }
        table
    });
    tables.collect::<Vec<_>>().join("\n")
}

// ---- Nothing is left out.

/// The fields and variants of the file format, read from where it is declared.
fn declared() -> BTreeSet<String> {
    let text = read("src/scenario/format/v1.rs");
    let mut names = BTreeSet::new();
    let mut in_enum = false;
    for line in text.lines() {
        if line.starts_with("pub enum ") {
            in_enum = true;
        } else if line.starts_with('}') {
            in_enum = false;
        }
        let indented = line.trim_start();
        let field = indented.strip_prefix("pub ").unwrap_or(indented).split_once(": ").map(|(name, _)| name);
        let is_name =
            |name: &str| !name.is_empty() && name.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase());
        match field {
            Some(name) if indented.starts_with("pub ") && is_name(name) => names.insert(name.to_owned()),
            Some(name) if in_enum && line.starts_with("        ") && is_name(name) => names.insert(name.to_owned()),
            _ => continue,
        };
    }
    for line in text.lines().filter(|line| line.starts_with("    ") && !line.starts_with("     ")) {
        let name = line.trim_start().split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or("");
        let rest = &line.trim_start()[name.len()..];
        if name.starts_with(|first: char| first.is_ascii_uppercase()) && (rest == "," || rest.starts_with(['(', ' '])) {
            names.insert(name.to_owned());
        }
    }
    assert!(names.len() > 120 && names.contains("says_when") && names.contains("FeelsHeard"), "{names:?}");
    names
}

/// What stands between backticks, cut into names.
fn named(page: &str) -> BTreeSet<String> {
    read(page)
        .lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .flat_map(|code| {
            let names = code.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            names.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn every_field_and_every_condition_is_explained() {
    let missing: Vec<_> = declared().difference(&named(FOR_TRAINERS)).cloned().collect();
    assert!(missing.is_empty(), "{FOR_TRAINERS} says nothing of {missing:?}");
}

/// Every name of a field in a JSON document, however deep.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            found.insert(key.clone());
            keys(value, found);
        }),
        Value::Array(list) => list.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

#[test]
fn every_field_and_player_of_a_simulation_is_explained() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("broken.ron"), "Scenario(").unwrap();
    for name in ["before-saturday", "one-twelve"] {
        fs::copy(path(&format!("scenarios/{name}.ron")), home.path().join(format!("{name}.ron"))).unwrap();
    }
    // One that misses its targets, so that the fields of a miss are there as well.
    fs::copy(path("src/cli/play/sample.ron"), home.path().join("kettle.ron")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_simmer"));
    let command = command.env("HOME", home.path()).args(["simulate", "--plays", "1000", "--format", "json"]);
    let output = command.arg(home.path()).output().unwrap();
    let mut found = BTreeSet::new();
    keys(&serde_json::from_slice(&output.stdout).unwrap(), &mut found);
    assert!(found.contains("three_quarters") && found.contains("takes") && found.contains("signs"), "{found:?}");
    let missing: Vec<_> = found.difference(&named(ABOUT_SIMULATION)).cloned().collect();
    assert!(missing.is_empty(), "{ABOUT_SIMULATION} says nothing of {missing:?}");
    let page = read(ABOUT_SIMULATION);
    for player in simmer::explore::simulate::Player::ALL {
        assert!(page.contains(&format!("`{}`", player.name())), "{ABOUT_SIMULATION} says nothing of {}", player.name());
    }
}

#[test]
fn every_field_of_the_json_is_explained() {
    let home = tempfile::tempdir().unwrap();
    let broken = home.path().join("broken.ron");
    fs::write(&broken, read("scenarios/before-saturday.ron").replace("pronoun: She,", "pronoun: She, pronoun: He,"))
        .unwrap();
    let list = path("tests/fixtures/before-saturday.inputs.ron");
    let mut found = BTreeSet::new();
    for arguments in [
        vec!["check", broken.to_str().unwrap()],
        vec!["explain", "long-reply"],
        vec!["list", "--data", home.path().to_str().unwrap()],
        vec!["list", "--texts", "before-saturday", "--data", home.path().to_str().unwrap()],
        vec!["board", "add", broken.to_str().unwrap(), "--data", home.path().to_str().unwrap()],
        vec!["board", "show", "--data", home.path().to_str().unwrap()],
        vec!["replay", "--scenario", "before-saturday", "--inputs", list.to_str().unwrap(), "--seed", "1"],
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_simmer"));
        let output = command.env("HOME", home.path()).args(arguments).args(["--format", "json"]).output().unwrap();
        keys(&serde_json::from_slice(&output.stdout).unwrap(), &mut found);
    }
    assert!(found.contains("label") && found.contains("unsurfaced"), "{found:?}");
    let missing: Vec<_> = found.difference(&named(ABOUT_ATTEMPTS)).cloned().collect();
    assert!(missing.is_empty(), "{ABOUT_ATTEMPTS} says nothing of {missing:?}");
}

#[test]
fn every_way_to_deliver_a_reply_is_named() {
    let named = named(ABOUT_ATTEMPTS);
    let ways = Pace::ALL.iter().map(|pace| pace.name()).chain(Volume::ALL.iter().map(|volume| volume.name()));
    for way in ways {
        assert!(named.contains(way), "{way}");
    }
}

// ---- The examples.

/// The blocks of a page that are RON.
fn examples(page: &str) -> Vec<String> {
    let text = read(page);
    text.split("\n```ron\n").skip(1).map(|rest| rest.split("\n```").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn the_scenario_to_copy_has_no_findings_and_plays_to_its_end() {
    let examples = examples(FOR_TRAINERS);
    let [text] = examples.as_slice() else { panic!("one whole scenario, not {}", examples.len()) };
    let mut loaded = load(FOR_TRAINERS, text.as_bytes());
    lint(&mut loaded, Tier::Typing);
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    let scenario = loaded.scenario.unwrap();
    let list = r#"[Finish, Speak("forty-cards"), Finish, Speak("ring-you-saturday"), File(["left-in-rain", "before-nine"]),
        Choose("ring-now")]"#;
    let mut run = campaign::begin(&scenario, 1, Mode::Steps, &mut ());
    play(&scenario, &mut run, &parse_inputs(list).unwrap(), &mut ()).unwrap();
    assert_eq!(run.stage, RunStage::Closed);
    for skill in &campaign::result(&scenario, &run).skills {
        assert!(skill.available > 0, "nothing in it asks for {skill:?}");
    }
}

#[test]
fn the_list_of_inputs_plays_to_its_end() {
    let examples = examples(ABOUT_ATTEMPTS);
    let [text] = examples.as_slice() else { panic!("one list, not {}", examples.len()) };
    let scenario = shipped("before-saturday");
    let mut run = campaign::begin(&scenario, 1, Mode::Steps, &mut ());
    play(&scenario, &mut run, &parse_inputs(text).unwrap(), &mut ()).unwrap();
    assert_eq!(run.stage, RunStage::Closed);
    assert_eq!(campaign::result(&scenario, &run).overall, 754);
}
