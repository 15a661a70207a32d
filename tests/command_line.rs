//! The program as a person runs it: what it prints, what it keeps, and the code with which it ends.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use simmer::attempt;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A home of its own for each test: nothing is read from or written to the one of whoever runs it.
pub(crate) struct Home {
    folder: tempfile::TempDir,
}

/// What came of a command.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.typing(arguments, "")
    }

    /// Runs the program with what is typed, and then the end of input.
    pub(crate) fn typing(&self, arguments: &[&str], typed: &str) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_simmer"));
        for name in std::env::vars_os().map(|(name, _)| name) {
            let name_text = name.to_string_lossy();
            if name_text.starts_with("XDG_") || name_text.starts_with("SIMMER_") || name_text.starts_with("CLICOLOR") {
                command.env_remove(&name);
            }
        }
        let home = self.folder.path();
        command.env("HOME", home).env("USERPROFILE", home).env("APPDATA", home).env("LOCALAPPDATA", home);
        command.env("NO_COLOR", "1").env("COLUMNS", "100").current_dir(home).args(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let typed = typed.to_owned();
        // The program may end before all is read, and may print before any is.
        let typing = std::thread::spawn(move || {
            let _ = stdin.write_all(typed.as_bytes());
        });
        let output = child.wait_with_output().unwrap();
        typing.join().unwrap();
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8").replace(home.to_str().unwrap(), "HOME");
        Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The one attempt in the folder.
    pub(crate) fn attempt(&self, folder: &str) -> PathBuf {
        let files = fs::read_dir(self.path(folder)).unwrap().map(|entry| entry.unwrap().path());
        let mut attempts: Vec<_> = files.filter(|path| path.extension().is_some_and(|ext| ext == "attempt")).collect();
        assert_eq!(attempts.len(), 1, "{attempts:?}");
        attempts.remove(0)
    }
}

impl Ran {
    #[track_caller]
    pub(crate) fn expect(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "{self:#?}");
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }

    /// Standard output as JSON, of the schema that this test knows.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        let value: Value = serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:#?}"));
        assert_eq!(value["schema"], 1, "{value:#}");
        value
    }
}

pub(crate) fn shipped(name: &str) -> String {
    format!("{ROOT}/scenarios/{name}.ron")
}

pub(crate) fn text_of(path: impl AsRef<Path>) -> String {
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

/// A scenario with three mistakes of spelling, far from each other.
fn broken() -> String {
    changed(&[
        ("difficulty: 1,", "difficulty: \"easy\","),
        ("pronoun: She,", "pronoun: Her,"),
        ("wants: Slow,", "want: Slow,"),
    ])
}

/// A scenario that is spelt well and does not hold together.
fn inconsistent() -> String {
    changed(&[("difficulty: 1,", "difficulty: 9,"), ("start: \"doubled\",", "start: \"xdoubled\",")])
}

/// A shipped scenario with some of its words changed.
fn changed(changes: &[(&str, &str)]) -> String {
    let mut text = text_of(shipped("can-i-have-it-on"));
    for (right, wrong) in changes {
        assert_eq!(text.matches(right).count(), 1, "{right}");
        text = text.replace(right, wrong);
    }
    text
}

// ---- What it says of itself.

#[test]
fn the_version_is_the_packages_and_says_where_the_log_lies() {
    let ran = Home::new().run(&["--version"]);
    let mut lines = ran.expect(0).out.lines();
    assert_eq!(lines.next(), Some(concat!("simmer ", env!("CARGO_PKG_VERSION"))));
    assert!(lines.next().unwrap().starts_with("log: HOME"), "{}", ran.out);
}

#[test]
fn the_log_lies_below_the_folder_that_is_named() {
    let home = Home::new();
    home.run(&["list", "--data", "data"]).expect(0);
    assert!(home.path("data/log/simmer.log").is_file());
    assert!(!home.path("HOME").exists() && !home.path(".local").exists(), "nothing is written anywhere else");
    let ran = home.run(&["--data", "data", "list"]);
    assert!(ran.expect(2).err.contains("cannot be used with"), "{}", ran.err);
}

#[test]
fn the_terminal_says_that_it_has_no_clocks() {
    let ran = Home::new().run(&["help", "play"]);
    let told = ran.expect(0).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("There are no clocks in a terminal, whatever the settings say"), "{told}");
    Home::new().run(&["play", "--timed"]).expect(2);
}

#[test]
fn the_help_groups_the_verbs_by_what_they_are_for() {
    let ran = Home::new().run(&["--help"]);
    let (help, _) = ran.expect(0).out.split_once("\nOptions:").unwrap();
    insta::assert_snapshot!(help, @r"
    Practise difficult customers before you meet one

    Usage: simmer [VERB]

      Without a verb the window opens.

    Practise
      play      Take a call in this terminal
      list      Show the scenarios at hand

    Write
      new       Begin a scenario of your own
      studio    Open Studio, where you write with everything beside it
      check     Find what is wrong in scenario files
      explain   Say what a finding means, and how to mend it
      solve     Prove what can be reached, and find the best and worst score
      simulate  Play scenarios many times over, and say what gives them away
      test      Play recorded plans again, and show what has changed
      fmt       Lay out scenario files
      lsp       Help an editor while you write
      graph     Draw a scenario
      export    Write scenarios and attempts for other tools
      import    Make a draft of a story written elsewhere

    Look back
      replay    Play a recorded attempt again, and say whether it holds
      board     Rank a team’s attempts, without a server
      stats     Say what attempts tell of a scenario: hard, telling and dead replies

    Together
      team      Practise with a team, on a service it runs
      serve     Run a team service: ranked calls, boards, and what a trainer wants to know
      admin     Look after a team service: players, seasons, scenarios, backups
    ");
    assert!(ran.out.contains("Exit codes: 0 fine, 1 the content has problems, 2 the command could not run."));
}

#[test]
fn an_unknown_verb_is_no_success() {
    let ran = Home::new().run(&["rehearse"]);
    assert!(ran.expect(2).err.contains("'rehearse'"), "{}", ran.err);
    assert_eq!(ran.out, "");
}

#[test]
fn half_of_a_list_to_play_asks_for_the_other_half() {
    for (half, asked) in [("--scenario", "--inputs <FILE>"), ("--inputs", "--scenario <FILE>")] {
        let ran = Home::new().run(&["replay", half, "something"]);
        let (missing, _) = ran.expect(2).err.split_once("\n\n").unwrap();
        assert_eq!(missing, format!("error: the following required arguments were not provided:\n  {asked}"));
    }
}

// ---- list

#[test]
fn the_list_ends_with_the_folder_for_ones_own() {
    let home = Home::new();
    let ran = home.run(&["list", "--data", "data"]);
    assert!(ran.expect(0).out.ends_with("5 scenarios\nYour own go into data/scenarios\n"), "{}", ran.out);
    // The folder that is named is the one that is read.
    home.write("data/scenarios/mine.ron", &changed(&[("id: \"can-i-have-it-on\",", "id: \"mine\",")]));
    let ran = home.run(&["list", "--data", "data"]);
    assert!(ran.expect(0).out.contains("\nmine\n"), "{}", ran.out);
    // Without a folder for everything it is another, and both ways to ask name it.
    let listed = home.run(&["list"]).expect(0).out.clone();
    let own = listed.lines().last().unwrap().strip_prefix("Your own go into ").unwrap();
    assert!(own.starts_with("HOME") && own.ends_with("scenarios"), "{own}");
    let help = home.run(&["--help"]).expect(0).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(help.contains(&format!("Your own scenarios go into {own}; with --data DIR into DIR/scenarios")), "{help}");
}

#[test]
fn a_file_that_cannot_be_played_is_listed_with_its_first_problem() {
    let home = Home::new();
    home.write("mine/one.ron", &changed(&[("difficulty: 1,", "difficulty: 9,")]));
    home.write("mine/three.ron", &broken());
    let ran = home.run(&["list", "--scenarios", "mine", "--data", "data"]);
    let (_, last) = ran.expect(1).out.split_once("mine/one.ron").unwrap();
    insta::assert_snapshot!(format!("mine/one.ron{last}"), @r"
    mine/one.ron   cannot be played
        9 is too large for `difficulty`
        `simmer check mine/one.ron` shows where, and how to mend it

    mine/three.ron   cannot be played
        `difficulty` cannot be a text
        `simmer check mine/three.ron` shows all 3 problems

    7 scenarios
    Your own go into data/scenarios
    ");
}

#[test]
fn the_list_is_written_for_people_and_for_machines() {
    let home = Home::new();
    home.write("mine/broken.ron", &broken());
    home.write("mine/double.ron", &changed(&[("title: \"Can I have it on?\",", "title: \"May I have it on?\",")]));
    let arguments = ["list", "--scenarios", "mine", "--data", "data", "--format"];
    let ran = home.run(&[&arguments[..], &["short"]].concat());
    insta::assert_snapshot!(ran.expect(1).out, @r"
    can-i-have-it-on: May I have it on?
    before-saturday: Before Saturday
    forty-minutes: Forty minutes
    did-i-press-it: Did I press it?
    one-twelve: One-twelve
    can-i-have-it-on: not played: mine/double.ron has the same id
    mine/broken.ron: cannot be played: 3 problems
    ");
    let json = home.run(&[&arguments[..], &["json"]].concat()).expect(1).json();
    assert_eq!(json["own_scenarios"], "data/scenarios");
    let scenarios = json["scenarios"].as_array().unwrap();
    assert_eq!(scenarios.len(), 7);
    let first = &scenarios[0];
    assert_eq!((&first["file"], &first["id"]), (&"mine/double.ron".into(), &"can-i-have-it-on".into()));
    assert_eq!((&first["is_shipped"], &first["is_playable"]), (&false.into(), &true.into()));
    let replaced = &scenarios[5];
    assert_eq!((&replaced["is_shipped"], &replaced["is_playable"]), (&true.into(), &false.into()));
    assert_eq!((&replaced["replaced_by"], &replaced["channel"]), (&"mine/double.ron".into(), &"Phone".into()));
    let broken = &scenarios[6];
    assert_eq!((&broken["id"], &broken["problems"][0]), (&Value::Null, &"`difficulty` cannot be a text".into()));
}

// ---- check

#[test]
fn the_texts_of_a_scenario_are_listed_for_people_and_for_machines() {
    let home = Home::new();
    let list = home.run(&["list", "--texts", "before-saturday"]);
    list.expect(0);
    let full = "call/what-now/says/do-i-do   line, by the customer\n    So what do I do?";
    assert!(list.out.contains(full), "{}", list.out);
    let short = home.run(&["list", "--texts", &shipped("before-saturday"), "--format", "short"]);
    let line = "call/what-now/says/do-i-do: So what do I do? And don’t start with what you can’t.\n";
    assert!(short.expect(0).out.contains(line), "{}", short.out);
    let json = home.run(&["list", "--texts", "before-saturday", "--format", "json"]).expect(0).json();
    let texts = json["texts"].as_array().unwrap();
    assert_eq!((json["id"].as_str(), texts.len()), (Some("before-saturday"), short.out.lines().count()));
    let line = texts.iter().find(|text| text["id"] == "call/nobody-asked/says/nineteen-minutes").unwrap();
    assert_eq!((&line["role"], &line["voice"]), (&"Line".into(), &"Customer".into()));
    assert!(line["words"].as_str().unwrap().starts_with("I rang you, that’s what happened. ~ Nineteen"), "{line}");
    assert!(line["heard"].as_str().unwrap().starts_with("I rang you, that’s what happened. Nineteen"), "{line}");
    home.run(&["list", "--texts", &home.write("broken.ron", &broken())]).expect(2);
}

#[test]
fn the_shipped_scenarios_have_no_errors() {
    let home = Home::new();
    let folder = format!("{ROOT}/scenarios");
    for arguments in [&["check"][..], &["check", &folder]] {
        let out = home.run(arguments).expect(0).out.clone();
        assert!(out.contains("5 files, 0 errors, 0 warnings"), "{out}");
    }
}

#[test]
fn every_mistake_of_a_file_is_told_at_once_with_its_place() {
    let home = Home::new();
    home.write("broken.ron", &broken());
    let ran = home.run(&["check", "broken.ron", "--format", "short"]);
    insta::assert_snapshot!(ran.expect(1).out, @r#"
    broken.ron:14:17: error[wrong-type]: `difficulty` cannot be a text
    broken.ron:41:18: error[unknown-name]: `Her` is not a pronoun
    broken.ron:48:9: error[unknown-field]: `want` is not a field of a customer
    1 file, 3 errors, 0 warnings
    "#);
}

#[test]
fn names_and_numbers_that_do_not_fit_are_told_at_once_as_well() {
    let home = Home::new();
    home.write("broken.ron", &inconsistent());
    let ran = home.run(&["check", "broken.ron", "--format", "short"]);
    insta::assert_snapshot!(ran.expect(1).out, @r#"
    broken.ron:14:17: error[out-of-range]: 9 is too large for `difficulty`
    broken.ron:72:20: error[unknown-node]: No node of the encounter `call` is called `xdoubled`
    1 file, 2 errors, 0 warnings
    "#);
}

#[test]
fn the_full_format_shows_the_line_and_how_to_mend_it() {
    let home = Home::new();
    home.write("broken.ron", &broken());
    let ran = home.run(&["check", "broken.ron"]);
    insta::assert_snapshot!(ran.expect(1).out, @r#"
    error[wrong-type]: `difficulty` cannot be a text
      --> broken.ron:14:17
       |
    14 |     difficulty: "easy",
       |                 ^^^^^^
       |
       = expected: a whole number from 1 to 5

    error[unknown-name]: `Her` is not a pronoun
      --> broken.ron:41:18
       |
    41 |         pronoun: Her,
       |                  ^^^
       |
       = expected: one of `She`, `He`, `They`
       = help: did you mean `He`?

    error[unknown-field]: `want` is not a field of a customer
      --> broken.ron:48:9
       |
    48 |         want: Slow,
       |         ^^^^
       |
       = expected: one of `name`, `address`, `pronoun`, `about`, `look`, `mood`, `upset`, `heat`, `cool`, `focus`, `wants`, `objects`
       = help: did you mean `wants`?

    1 file, 3 errors, 0 warnings
    `simmer explain wrong-type` says more about that one.
    "#);
}

#[test]
fn findings_for_machines_are_json_of_a_numbered_schema() {
    let home = Home::new();
    home.write("broken.ron", &broken());
    let json = home.run(&["check", "broken.ron", "--format", "json"]).expect(1).json();
    assert_eq!(json["files"], serde_json::json!(["broken.ron"]));
    assert_eq!(json["counts"], serde_json::json!({ "files": 1, "errors": 3, "warnings": 0 }));
    let text = broken();
    for finding in json["findings"].as_array().unwrap() {
        let line = usize::try_from(finding["line"].as_u64().unwrap()).unwrap();
        assert_eq!(finding["excerpt"], text.lines().nth(line - 1).unwrap(), "{finding:#}");
        assert_eq!(finding["severity"], "error");
    }
}

#[test]
fn sarif_has_what_is_found_and_what_the_author_keeps() {
    let home = Home::new();
    let gist = "gist: \"Offer the form\",";
    let text = std::fs::read_to_string(format!("{ROOT}/tests/fixtures/rules/unreachable-node/bad.ron")).unwrap();
    let allow = "allow: [(rule: \"gist-length\", because: \"One word says it.\")], encounters: [";
    home.write("a.ron", &text.replace(gist, "gist: \"Form\",").replace("encounters: [", allow));
    let ran = home.run(&["check", "a.ron", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&ran.expect(0).out).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let rules: Vec<_> = results.iter().map(|result| result["ruleId"].as_str().unwrap()).collect();
    assert_eq!(rules, ["unreachable-node", "gist-length"]);
    assert!(results[0].get("suppressions").is_none());
    assert_eq!(results[1]["suppressions"][0]["justification"], "One word says it.");
    for result in results {
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], "a.ron");
        assert!(location["region"]["startLine"].as_u64().unwrap() > 1);
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
}

// ---- explain

#[test]
fn a_rule_is_explained_with_an_example_and_its_mend() {
    let home = Home::new();
    insta::assert_snapshot!(home.run(&["explain", "unknown-target"]).expect(0).out, @r#"
    unknown-target
    A reply leads to a node or an ending that does not exist.

    The conversation would come to a place that is not there.

    Instead of

        to: "goes-hone",

    Write

        to: "goes-home",
    "#);
    let json = home.run(&["explain", "unknown-target", "--format", "json"]).expect(0).json();
    assert_eq!(json["rules"][0]["write"], "to: \"goes-home\",");
    let short = home.run(&["explain", "unknown-target", "--format", "short"]).expect(0).out.clone();
    assert_eq!(short, "unknown-target: A reply leads to a node or an ending that does not exist.\n");
}

#[test]
fn a_misspelt_rule_is_guessed_and_all_of_them_are_listed() {
    let home = Home::new();
    insta::assert_snapshot!(home.run(&["explain", "unknown-traget"]).expect(2).err, @r#"
    error: there is no rule "unknown-traget"; did you mean "unknown-target"?
           `simmer explain` lists all of them.
    "#);
    let all = home.run(&["explain"]).expect(0).out.clone();
    for rule in simmer::lint::described() {
        assert!(all.contains(&format!("\n  {} ", rule.name)), "{}", rule.name);
    }
}

#[test]
fn a_path_that_is_not_there_hides_no_other_and_is_no_success() {
    let home = Home::new();
    home.write("broken.ron", &inconsistent());
    let ran = home.run(&["check", "no-such.ron", "broken.ron", "--format", "short"]);
    insta::assert_snapshot!(ran.expect(2).out, @r"
    no-such.ron: error[not-there]: Nothing of this name is here
    broken.ron:14:17: error[out-of-range]: 9 is too large for `difficulty`
    broken.ron:72:20: error[unknown-node]: No node of the encounter `call` is called `xdoubled`
    2 files, 3 errors, 0 warnings
    ");
    let ran = home.run(&["check", "no-such.ron"]);
    insta::assert_snapshot!(ran.expect(2).out, @r"
    error[not-there]: Nothing of this name is here
    --> no-such.ron
     = help: check the spelling; a name with spaces in it needs quotes

    1 file, 1 error, 0 warnings
    `simmer explain not-there` says more about that one.
    ");
    assert_eq!(ran.err, "");
}

#[test]
fn a_folder_without_scenarios_is_no_success() {
    let home = Home::new();
    home.write("mine/notes.txt", "not a scenario");
    home.write("yours/good.RON", &text_of(shipped("can-i-have-it-on")));
    let ran = home.run(&["check", "mine", "yours"]);
    insta::assert_snapshot!(ran.expect(2).out, @r"
    error[no-scenarios]: There are no scenarios in this folder
    --> mine
     = expected: at least one file whose name ends in `.ron`
     = help: check that this is the folder that was meant

    2 files, 1 error, 0 warnings
    `simmer explain no-scenarios` says more about that one.
    ");
    let json = home.run(&["check", "yours", "--format", "json"]).expect(0).json();
    assert_eq!(json["files"], serde_json::json!(["yours/good.RON"]));
}

#[test]
fn two_files_of_one_id_are_told_of_each_other() {
    let home = Home::new();
    // As "copy and change" begins: the id is still that of the shipped one.
    home.write("copy.ron", &changed(&[("difficulty: 1,", "difficulty: 2,")]));
    let ran = home.run(&["check", "copy.ron"]);
    insta::assert_snapshot!(ran.expect(0).out, @r#"
    warning[duplicate-id]: The shipped can-i-have-it-on.ron has the id `can-i-have-it-on` as well: only one of the two is played
     --> copy.ron:5:9
      |
    5 |     id: "can-i-have-it-on",
      |         ^^^^^^^^^^^^^^^^^^
      |
      = help: give this file an id of its own

    1 file, 0 errors, 1 warning
    `simmer explain duplicate-id` says more about that one.
    "#);
    let mine = changed(&[("id: \"can-i-have-it-on\",", "id: \"mine\",")]);
    home.write("mine/a.ron", &mine);
    home.write("mine/b.ron", &mine);
    // One that is named twice is no double of itself.
    let ran = home.run(&["check", "mine", "mine/../mine/a.ron", "--format", "short"]);
    insta::assert_snapshot!(ran.expect(0).out, @r"
    mine/a.ron:5:9: warning[duplicate-id]: mine/b.ron has the id `mine` as well: only one of the two is played
    mine/b.ron:5:9: warning[duplicate-id]: mine/a.ron has the id `mine` as well: only one of the two is played
    mine/../mine/a.ron:5:9: warning[duplicate-id]: mine/b.ron has the id `mine` as well: only one of the two is played
    3 files, 0 errors, 3 warnings
    ");
    let ran = home.run(&["check", "mine/a.ron", "mine/../mine/a.ron"]);
    assert_eq!(ran.expect(0).out, "2 files, 0 errors, 0 warnings\n");
}

#[test]
fn a_good_file_beside_a_broken_one_is_checked_and_does_not_hide_it() {
    let home = Home::new();
    home.write("mine/a-broken.ron", &broken());
    home.write("mine/deeper/good.ron", &text_of(shipped("can-i-have-it-on")));
    home.write("mine/notes.txt", "not a scenario");
    home.write("mine/.#good.ron", "an editor's");
    let json = home.run(&["check", "mine", "--format", "json"]).expect(1).json();
    assert_eq!(json["counts"], serde_json::json!({ "files": 2, "errors": 3, "warnings": 0 }));
    assert!(json["findings"].as_array().unwrap().iter().all(|finding| finding["file"] == "mine/a-broken.ron"));
}

#[test]
fn a_file_that_is_no_text_is_a_finding_and_no_crash() {
    let home = Home::new();
    fs::write(home.path("picture.ron"), [0x89, b'P', b'N', b'G', 0xFF, 0xFE, 0]).unwrap();
    home.write("empty.ron", "");
    for name in ["picture.ron", "empty.ron"] {
        let json = home.run(&["check", name, "--format", "json"]).expect(1).json();
        assert_eq!(json["counts"]["errors"], 1, "{json:#}");
    }
}

// ---- solve

#[test]
fn what_solve_writes_replays_to_the_score_that_it_names() {
    let home = Home::new();
    let json = home.run(&["solve", "can-i-have-it-on", "--seed", "5", "--budget", "9000", "--format", "json"]);
    let json = json.expect(0).json();
    assert_eq!((&json["schema"], &json["seed"], &json["stopped"]), (&1.into(), &"5".into(), &false.into()));
    for name in ["best", "worst", "worst-empathy"] {
        let (side, skill) = name.split_once('-').map_or((name, Value::Null), |(side, _)| (side, "Empathy".into()));
        let scores = json["scores"].as_array().unwrap();
        let score = scores.iter().find(|score| score["side"] == side && score["skill"] == skill).unwrap();
        let arguments = ["solve", "can-i-have-it-on", "--seed", "5", "--budget", "9000", "--witness", name];
        let list = home.run(&arguments).expect(0).out.clone();
        assert!(list.starts_with("// simmer replay --scenario can-i-have-it-on --seed 5 --inputs"), "{list}");
        assert!(list.ends_with(score["inputs"].as_str().unwrap()), "{list}");
        home.write("list.ron", &list);
        let arguments = ["replay", "--scenario", "can-i-have-it-on", "--inputs", "list.ron", "--seed", "5", "--format"];
        let replayed = home.run(&[&arguments[..], &["json"]].concat()).expect(0).json();
        let replayed = &replayed["debrief"]["score"];
        let value = if skill.is_null() { &replayed["overall"] } else { &replayed["skills"][2]["score"] };
        assert_eq!(value, &score["found"], "{name}");
    }
}

#[test]
fn solve_tells_a_trainer_what_it_found() {
    let home = Home::new();
    let ran = home.run(&["solve", "can-i-have-it-on", "--budget", "9000"]);
    let (reached, _) = ran.expect(0).out.split_once("\n\nScores").unwrap();
    insta::assert_snapshot!(reached, @r"
    Can I have it on?

    Reached: 139 of 140 things that the file lets happen, each by a playthrough; 124
      of them by one that is proved to be the shortest.
    Unreachable: nothing
    Never happens here, which is no mistake:
        call/leaves   ending
    Unsettled: nothing
    ");
    assert!(ran.out.contains("Overall           best 991, exact"), "{}", ran.out);
    let ran = home.run(&["solve", "can-i-have-it-on", "--budget", "9", "--witness", "call/dubled"]);
    let told: String = ran.expect(2).err.split_whitespace().collect();
    assert!(told.contains("Didyoumeancall/doubled?"), "{}", ran.err);
    let ran = home.run(&["solve", "can-i-have-it-on", "--budget", "9", "--witness", "call/leaves"]);
    assert!(ran.expect(1).out.contains("proved to be out of reach"), "{}", ran.out);
}

#[test]
fn solve_ends_with_1_where_something_can_never_happen() {
    let home = Home::new();
    let text = fs::read_to_string(shipped("can-i-have-it-on")).unwrap();
    let barred = "when: All([Heard(\"bedroom-off\"), Not(Heard(\"bedroom-off\"))])";
    let text = text.replacen("when: Heard(\"bedroom-off\")", barred, 1);
    assert!(text.contains(barred));
    let file = home.write("barred.ron", &text);
    let ran = home.run(&["solve", &file, "--budget", "9", "--format", "short"]);
    let reply = "unreachable: reply call/new-meter/has-anybody-read-it\n";
    assert!(ran.expect(1).out.contains(reply), "{}", ran.out);
    home.run(&["solve", "no-such-thing"]).expect(2);
}

// ---- replay, of a list written by hand

const WORKED_EXAMPLE: &str = "tests/fixtures/before-saturday.inputs.ron";

#[test]
fn the_worked_example_scores_754_row_by_row() {
    let home = Home::new();
    let inputs = format!("{ROOT}/{WORKED_EXAMPLE}");
    // The name in the library and the file are the same scenario.
    for scenario in ["before-saturday", &shipped("before-saturday")] {
        let arguments = ["replay", "--scenario", scenario, "--inputs", &inputs, "--seed", "1", "--format", "json"];
        let json = home.run(&arguments).expect(0).json();
        assert_eq!((&json["mistake"], &json["stage"], &json["seed"]), (&Value::Null, &"Closed".into(), &"1".into()));
        let score = &json["debrief"]["score"];
        assert_eq!((&score["overall"], &score["outcome"]), (&754.into(), &"Satisfied".into()));
        assert_eq!((&score["satisfaction"], &score["is_final"]), (&7785.into(), &true.into()));
        let rows: Vec<_> = score["skills"].as_array().unwrap().iter().map(row).collect();
        assert_eq!(
            rows,
            [
                "Listening 960/1100 8727 -300 8427",
                "CalmTone 610/1000 6100 -800 5300",
                "Empathy 735/800 9188 -0 9188",
                "NeedsAssessment 800/1300 6154 -0 6154",
                "FollowThrough 1305/1850 7054 -0 7054",
            ]
        );
    }
}

fn row(skill: &Value) -> String {
    format!(
        "{} {}/{} {} -{} {}",
        skill["skill"].as_str().unwrap(),
        skill["earned"],
        skill["available"],
        skill["base"],
        skill["violations"],
        skill["score"]
    )
}

#[test]
fn a_list_that_goes_wrong_says_where_and_what_would_have_fitted() {
    let home = Home::new();
    home.write("list.ron", "[Finish, Speak(\"went-back-over-i\")]");
    let ran = home.run(&["replay", "--scenario", "before-saturday", "--inputs", "list.ron", "--format", "short"]);
    let told = ran.expect(1).out.replace("-\n", "-").replace('\n', " ");
    assert!(told.contains("Input 2 of the list, Speak(\"went-back-over-i\"): there is no reply"), "{}", ran.out);
    assert!(told.contains("did you mean \"went-back-over-it\"?"), "{}", ran.out);
}

#[test]
fn a_list_that_cannot_be_read_could_not_be_run() {
    let home = Home::new();
    home.write("list.ron", "[Finish, Speek(\"went-back-over-it\")]");
    let ran = home.run(&["replay", "--scenario", "before-saturday", "--inputs", "list.ron"]);
    insta::assert_snapshot!(ran.expect(2).out, @r#"
    error[unknown-name]: `Speek` is not known here
     --> list.ron:1:10
      |
    1 | [Finish, Speek("went-back-over-it")]
      |          ^^^^^
      |
      = expected: one of Listen, Finish, Nod, Interrupt, TakeBait, Breathe, Reflect, Jot, Hold, Consult, Open, Neutral, Speak, File, Choose, GoOn, At
      = help: did you mean `Speak`?

    `simmer help replay` shows how a list of inputs is written.
    "#);
    let arguments = ["replay", "--scenario", "before-saturday", "--inputs", "list.ron", "--format", "json"];
    let json = home.run(&arguments).expect(2).json();
    assert_eq!((&json["findings"][0]["rule"], &json["findings"][0]["column"]), (&"unknown-name".into(), &10.into()));
}

#[test]
fn the_help_shows_how_every_input_is_written() {
    let ran = Home::new().run(&["help", "replay"]);
    let (_, inputs) = ran.expect(0).out.split_once("\nInputs:\n").unwrap();
    for (spelling, _) in simmer::attempt::SPELLINGS {
        assert!(inputs.contains(&format!("  {spelling} ")), "{spelling} is missing in:\n{inputs}");
    }
    assert!(inputs.lines().all(|line| line.len() <= 88), "{inputs}");
}

#[test]
fn a_list_that_ends_in_the_middle_of_the_call_has_no_outcome_yet() {
    let home = Home::new();
    home.write("list.ron", "[Finish, Speak(\"what-worries\", Slow), Finish]");
    let ran = home.run(&["replay", "--scenario", "can-i-have-it-on", "--inputs", "list.ron", "--format", "short"]);
    insta::assert_snapshot!(ran.expect(0).out, @r"
    Not finished: the call is still on   488 of 1000 so far
      Listening         ██████████████████████████████  100
      Calm tone         ······························    0
      Empathy           ██████████████████████████████  100
      Needs assessment  ██████████████████████████████  100
      Follow-through    ······························    0
    The list ends before the run does: the score is provisional.
    ");
}

#[test]
fn a_list_that_ends_before_the_note_says_what_is_still_to_come() {
    let home = Home::new();
    let inputs = text_of(format!("{ROOT}/{WORKED_EXAMPLE}"));
    let (call, _) = inputs.split_once("    // Three of the four facts.").unwrap();
    home.write("list.ron", &format!("{call}]"));
    let arguments = ["replay", "--scenario", "before-saturday", "--inputs", "list.ron", "--seed", "1"];
    let ran = home.run(&[&arguments[..], &["--format", "short"]].concat());
    insta::assert_snapshot!(ran.expect(0).out, @r"
    The note is still to be written. If it ended now: Satisfied   751 of 1000
      Listening         █████████████████████████·····   84
      Calm tone         ███████████████···············   53
      Empathy           ███████████████████████████···   92
      Needs assessment  ██████████████████············   62
      Follow-through    ████████████████████··········   68
    The list ends before the run does: the score is provisional.
    ");
}

// ---- play, and replay of what it kept

/// Hears everything and says the first reply each time, whatever comes: at a prompt that wants a number an empty line
/// is a hint, and while the customer speaks a number only keeps a reply ready.
pub(crate) fn alternately(lines: usize) -> String {
    "\n1\n".repeat(lines / 2)
}

const PLAY: [&str; 6] = ["play", "can-i-have-it-on", "--seed", "7", "--data", "data"];

pub(crate) fn finished(home: &Home) -> PathBuf {
    let ran = home.typing(&PLAY, &alternately(600));
    assert!(ran.expect(0).out.contains("Doris"), "{}", ran.out);
    home.attempt("data/attempts")
}

#[test]
fn a_call_is_played_from_the_first_word_to_the_debrief_and_replays_to_the_same_score() {
    let home = Home::new();
    let attempt = finished(&home);
    let name = attempt.to_str().unwrap();
    let ran = home.run(&["replay", name, "--data", "data", "--format", "short"]);
    let last = ran.expect(0).out.lines().last().unwrap();
    assert_eq!(last, "It holds: played back, it comes to the score it claims.");
    let json = home.run(&["replay", name, "--data", "data", "--format", "json"]).expect(0).json();
    assert_eq!(json["verdict"], "Holds");
    assert_eq!(json["attempt"]["claimed"]["overall"], json["debrief"]["score"]["overall"]);
    assert_eq!(json["attempt"]["seed"], "7");
    // Another computer has the attempt, and the scenario from its own library.
    home.run(&["replay", name, "--data", "elsewhere"]).expect(0);
}

#[test]
fn an_attempt_with_one_digit_changed_is_refused_in_plain_words() {
    let home = Home::new();
    let attempt = finished(&home);
    let text = text_of(&attempt);
    let at = text.find("overall: ").unwrap() + "overall: ".len();
    let mut bytes = text.clone().into_bytes();
    bytes[at] = if bytes[at] == b'9' { b'8' } else { bytes[at] + 1 };
    let changed = String::from_utf8(bytes).unwrap();

    home.write("changed.attempt", &changed);
    let ran = home.run(&["replay", "changed.attempt", "--data", "data"]);
    let told = "It does not hold: this attempt was changed or damaged after it was written: its checksum does not fit.";
    assert_eq!(ran.expect(1).out.trim_end().replace('\n', " "), told);
    assert_eq!(ran.err, "");
    let json = home.run(&["replay", "changed.attempt", "--data", "data", "--format", "json"]).expect(1).json();
    assert_eq!(json["verdict"], "Unreadable");

    // Whoever also makes a new checksum is found out by playing it back.
    home.write("sealed.attempt", &sealed(&changed));
    let json = home.run(&["replay", "sealed.attempt", "--data", "data", "--format", "json"]).expect(1).json();
    assert!(json["verdict"]["ScoreDiffers"].is_object(), "{:#}", json["verdict"]);
    assert!(json["words"].as_str().unwrap().starts_with("It does not hold: it claims"), "{}", json["words"]);
}

#[test]
fn an_attempt_is_judged_by_the_copy_that_lies_beside_it() {
    let home = Home::new();
    home.write("mine/doris-again.ron", &changed(&[("id: \"can-i-have-it-on\",", "id: \"doris-again\",")]));
    let play = ["play", "mine/doris-again.ron", "--seed", "7", "--data", "data"];
    home.typing(&play, &alternately(12)).expect(0);
    let unfinished = home.attempt("data/attempts/unfinished");
    home.run(&["replay", unfinished.to_str().unwrap()]).expect(0);
    home.typing(&["play", "--data", "data"], &format!("\n{}", alternately(600))).expect(0);

    let attempt = home.attempt("data/attempts");
    let holds = "It holds: played back, it comes to the score it claims.\n";
    let ran = home.run(&["replay", attempt.to_str().unwrap()]);
    assert!(ran.expect(0).out.ends_with(holds), "{}", ran.out);

    // Handed on: both files in one folder, or the attempt alone.
    home.write("handed-on/call.attempt", &text_of(&attempt));
    let ran = home.run(&["replay", "handed-on/call.attempt"]);
    insta::assert_snapshot!(ran.expect(2).err, @r#"
    error: there is no scenario "doris-again"; there are can-i-have-it-on,
           before-saturday, forty-minutes, did-i-press-it, one-twelve, and any file
           can be named by its path
           `simmer list` shows what there is; for scenarios that lie elsewhere, give
           their folder with `--scenarios DIR`.
    "#);
    home.run(&["replay", "handed-on/call.attempt", "--scenarios", "mine"]).expect(0);
    let copy = fs::read_dir(home.path("data/played")).unwrap().next().unwrap().unwrap();
    let beside = home.path("handed-on").join(copy.file_name());
    fs::copy(copy.path(), &beside).unwrap();
    home.run(&["replay", "handed-on/call.attempt"]).expect(0);
    // What is only called so is not it.
    fs::write(&beside, text_of(shipped("before-saturday"))).unwrap();
    home.run(&["replay", "handed-on/call.attempt"]).expect(2);
}

/// The text of an attempt with a checksum that fits it.
fn sealed(text: &str) -> String {
    let (body, _) = text.split_once("// blake3 ").unwrap();
    format!("{body}// blake3 {}\n", blake3::hash(body.as_bytes()).to_hex())
}

/// The finished attempt with what stands behind a field replaced, and a checksum that fits.
#[track_caller]
fn with_field(attempt: &Path, field: &str, value: &str) -> String {
    let text = text_of(attempt);
    let (before, rest) = text.split_once(&format!("    {field}: ")).unwrap();
    let (_, after) = rest.split_once(",\n").unwrap();
    sealed(&format!("{before}    {field}: {value},\n{after}"))
}

#[test]
fn an_attempt_that_cannot_be_judged_here_is_neither_fine_nor_wrong() {
    let home = Home::new();
    let attempt = finished(&home);
    home.write("newer.attempt", &with_field(&attempt, "rules", "99"));
    let ran = home.run(&["replay", "newer.attempt", "--data", "data"]);
    insta::assert_snapshot!(ran.expect(2).out, @r"
    It was played by rules 99, and this Simmer knows rules 2: update it to replay
    this attempt.
    ");
    let json = home.run(&["replay", "newer.attempt", "--data", "data", "--format", "json"]).expect(2).json();
    assert_eq!((&json["verdict"]["NewerRules"]["rules"], &json["debrief"]), (&99.into(), &Value::Null));

    // Elsewhere the copy of what it was played on is not at hand, and the library's is another.
    let other = format!("\"{}\"", "0".repeat(64));
    let text = with_field(&attempt, "structure_hash", &other);
    home.write("another.attempt", &text);
    let text = with_field(&home.path("another.attempt"), "full_hash", &other);
    home.write("another.attempt", &text);
    let ran = home.run(&["replay", "another.attempt", "--data", "elsewhere"]);
    insta::assert_snapshot!(ran.expect(2).out, @r"
    The scenario has been changed since, in more than its wording: use the copy that
    was kept beside the attempt.
    ");
}

#[test]
fn a_damaged_unfinished_attempt_is_refused_and_its_previous_copy_is_named() {
    let home = Home::new();
    home.typing(&PLAY, &alternately(12)).expect(0);
    let attempt = home.attempt("data/attempts/unfinished");
    let text = text_of(&attempt);
    fs::write(&attempt, &text[..text.len() / 2]).unwrap();
    fs::rename(&attempt, home.path("call.attempt")).unwrap();
    fs::rename(attempt.with_extension("attempt.bak"), home.path("call.attempt.bak")).unwrap();
    let ran = home.run(&["replay", "call.attempt", "--data", "data"]);
    insta::assert_snapshot!(ran.expect(1).out, @r"
    It does not hold: this attempt was changed or damaged after it was written: its
    checksum does not fit.
    The save before it is whole: `simmer replay call.attempt.bak` plays that one.
    ");
    let json = home.run(&["replay", "call.attempt", "--data", "data", "--format", "json"]).expect(1).json();
    assert_eq!((&json["verdict"], &json["previous_copy"]), (&"Unreadable".into(), &"call.attempt.bak".into()));
    let ran = home.run(&["replay", "call.attempt.bak", "--data", "data", "--format", "short"]);
    insta::assert_snapshot!(ran.expect(0).out, @r"
    Not finished: the call is still on   488 of 1000 so far
      Listening         ██████████████████████████████  100
      Calm tone         ······························    0
      Empathy           ██████████████████████████████  100
      Needs assessment  ██████████████████████████████  100
      Follow-through    ······························    0
    It holds: played back, it comes to the score it claims.
    ");
}

#[test]
fn a_damaged_save_is_told_when_the_call_is_taken_up_from_the_one_before() {
    let home = Home::new();
    home.typing(&PLAY, &alternately(12)).expect(0);
    let attempt = home.attempt("data/attempts/unfinished");
    fs::write(&attempt, "half a fi").unwrap();
    let ran = home.typing(&["play", "--data", "data"], "q\n");
    insta::assert_snapshot!(ran.expect(0).out, @r"

    You were in the middle of: Can I have it on?, with Doris Pym, turn 2.
    The newest save was damaged. This is the one before it.
      Enter goes on · new begins another call and puts this one aside › q
    ");
}

#[test]
fn what_is_no_attempt_is_not_taken_for_one() {
    let ran = Home::new().run(&["replay", &shipped("before-saturday")]);
    let told = ran.expect(2).err.replace("\n       ", " ");
    assert!(
        told.ends_with("before-saturday.ron: this is not a Simmer attempt: its first line does not say so\n"),
        "{told}"
    );
}

#[test]
fn another_call_does_not_put_the_one_that_was_left_aside_without_a_word() {
    let home = Home::new();
    home.typing(&PLAY, &alternately(12)).expect(0);
    let ran = home.typing(&["play", "before-saturday", "--data", "data"], "q\n");
    insta::assert_snapshot!(ran.expect(0).out, @r"

    You were in the middle of: Can I have it on?, with Doris Pym, turn 2.
      Enter goes on · new begins “Before Saturday” and puts this one aside › q
    ");
    home.attempt("data/attempts/unfinished");
}

#[test]
fn a_call_with_clocks_is_left_for_the_window() {
    let home = Home::new();
    home.typing(&PLAY, &alternately(12)).expect(0);
    let attempt = home.attempt("data/attempts/unfinished");
    let text = with_field(&attempt, "mode", "Timed");
    // With clocks each input has its time.
    let (header, inputs) = text.split_once("inputs: [").unwrap();
    let (_, seal) = inputs.split_once("// blake3").unwrap();
    fs::write(&attempt, sealed(&format!("{header}inputs: [],\n)\n// blake3{seal}"))).unwrap();
    let ran = home.typing(&["play", "--data", "data"], "\n");
    insta::assert_snapshot!(ran.expect(0).out, @r"

    You were in the middle of: Can I have it on?, with Doris Pym, turn 1.
    That call has clocks, and a terminal has none: it goes on in the window.
      Enter leaves it for the window · new begins another call here and puts that
      one aside ›
    ");
    assert!(text_of(&attempt).contains("mode: Timed"), "it is as it was");
}

#[test]
fn a_call_that_was_left_goes_on_where_it_stopped() {
    let straight = Home::new();
    let whole = text_of(finished(&straight));

    let home = Home::new();
    let ran = home.typing(&PLAY, &alternately(12));
    assert!(ran.expect(0).out.contains("The call is saved. simmer play --data data goes on from here."), "{}", ran.out);
    assert!(!home.path("data/attempts").read_dir().unwrap().any(|entry| entry.unwrap().path().is_file()));
    home.attempt("data/attempts/unfinished");

    let ran = home.typing(&["play", "--data", "data"], &format!("\n{}", alternately(600)));
    assert!(ran.expect(0).out.contains("Can I have it on?, with Doris Pym, turn 2."), "{}", ran.out);
    let resumed = text_of(home.attempt("data/attempts"));
    let inputs = |text: &str| {
        let (_, inputs) = text.split_once("inputs:").unwrap();
        inputs.split_once("// blake3").unwrap().0.to_owned()
    };
    assert_eq!(inputs(&resumed), inputs(&whole), "the same inputs as without a break");
    let claimed = |text: &str| text.split_once("overall: ").unwrap().1.split(',').next().unwrap().to_owned();
    assert_eq!(claimed(&resumed), claimed(&whole));
}

// ---- team

#[cfg(feature = "online")]
#[test]
fn who_is_in_no_team_is_told_how_to_join_one() {
    let home = Home::new();
    let status = home.run(&["team", "status", "--data", "data"]);
    assert!(status.expect(0).out.contains("simmer team join LINK"), "{}", status.out);
    for verb in [&["team", "board"][..], &["team", "send"], &["play", "--ranked"]] {
        let ran = home.run(&[verb, &["--data", "data"]].concat());
        assert!(ran.expect(2).err.contains("You are in no team yet."), "{verb:?}: {}", ran.err);
    }
}

#[cfg(feature = "online")]
#[test]
fn a_link_that_is_none_or_not_private_is_refused_with_what_to_do() {
    let home = Home::new();
    let code = "abcdefghijklmnopqrstuvwx";
    let join = |link: &str| home.run(&["team", "join", link, "--alias", "Heron", "--data", "data"]);
    let ran = join("https://board.example/");
    assert!(ran.expect(2).err.contains("This is not an invite link."), "{}", ran.err);
    let ran = join(&format!("http://192.0.2.1:7766/join/{code}"));
    assert!(ran.expect(2).err.contains("With --without-encryption"), "{}", ran.err);
    // Nobody answers there, and the code is good still: it must stand in no log.
    let ran = join(&format!("http://127.0.0.1:1/join/{code}"));
    assert!(ran.expect(2).err.contains("cannot be reached"), "{}", ran.err);
    let log =
        fs::read_dir(home.path("data/log")).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let log = log.collect::<String>();
    assert!(log.contains("127.0.0.1:1") && !log.contains(code), "{log}");
}

// ---- board

#[test]
fn what_a_board_takes_and_shows_is_written_for_people_and_for_machines() {
    let home = Home::new();
    // The first run is practice and private; the second counts.
    for _ in 0..2 {
        home.typing(&PLAY, &alternately(600)).expect(0);
    }
    let add = ["board", "add", "data/attempts", "--data", "team", "--format"];
    let json = home.run(&[&add[..], &["json"]].concat()).expect(1).json();
    let (added, refused) = (&json["added"], &json["refused"]);
    assert_eq!((added.as_array().unwrap().len(), refused.as_array().unwrap().len()), (1, 1), "{json:#}");
    assert_eq!((&added[0]["player"], &added[0]["scenario"]), (&"me".into(), &"can-i-have-it-on".into()));
    assert_eq!(refused[0]["why"], "It is a practice run, and those are private.");
    let points = &added[0]["points"];

    let told = home.run(&[&add[..], &["short"]].concat());
    let mut lines = told.expect(1).out.lines();
    assert_eq!(lines.next(), Some(&*format!("already here: me, Can I have it on?: {points} points")));
    let refusal = lines.next().unwrap();
    assert!(refusal.starts_with("refused: data/attempts/") && refusal.ends_with(" those are private."), "{refusal}");
    assert_eq!(lines.next(), None);

    let show = ["board", "show", "--data", "team", "--format"];
    let told = home.run(&[&show[..], &["short"]].concat());
    assert_eq!(told.expect(0).out, format!("1: me, Can I have it on?: {points} points\n"));
    let json = home.run(&[&show[..], &["json"]].concat()).expect(0).json();
    assert_eq!((&json["rows"][0]["points"], &json["rows"][0]["attempt"]), (points, &added[0]["attempt"]));
}

#[test]
fn a_call_under_another_name_counts_once_on_the_board() {
    let home = Home::new();
    for _ in 0..2 {
        home.typing(&PLAY, &alternately(600)).expect(0);
    }
    let counts = fs::read_dir(home.path("data/attempts")).unwrap().find_map(|file| {
        let attempt = attempt::read(&fs::read(file.unwrap().path()).ok()?).ok()?;
        (!attempt.practice).then_some(attempt)
    });
    let mine = counts.unwrap();
    fs::create_dir(home.path("share")).unwrap();
    fs::write(home.path("share/a.attempt"), attempt::write(&mine)).unwrap();
    let mut copy = attempt::Attempt { player: "Crane".to_owned(), ..mine };
    copy.id = uuid::Uuid::from_u128(77);
    fs::write(home.path("share/b.attempt"), attempt::write(&copy)).unwrap();

    let same = "This is the same call as me\u{2019}s, played word for word: it counts once.";
    let add = ["board", "add", "share", "--data", "team", "--format"];
    let told = home.run(&[&add[..], &["short"]].concat());
    let lines: Vec<_> = told.expect(1).out.lines().collect();
    assert!(lines[0].starts_with("added: me, "), "{lines:?}");
    assert_eq!(lines[1], format!("refused: share/b.attempt: {same}"));
    let json = home.run(&[&add[..], &["json"]].concat()).expect(1).json();
    assert_eq!(json["refused"][0]["why"], same);
    let told = home.run(&["board", "show", "--data", "team", "--format", "short"]);
    assert_eq!(told.expect(0).out.lines().count(), 1);
}

#[test]
#[cfg(not(feature = "server"))]
fn a_build_without_the_service_says_how_to_get_one() {
    for arguments in [&["serve"][..], &["admin", "players"]] {
        let ran = Home::new().run(arguments);
        ran.expect(2);
        assert!(ran.err.contains("cargo build --release --features server"), "{}", ran.err);
    }
}
