//! What a trainer does at the command line, from a new scenario to a story in another program.

use std::fs;

use crate::command_line::{Home, Ran, alternately, finished, shipped, text_of};

/// A scenario of one's own with two plans beside it, one in a folder `plans`.
fn with_plans() -> (Home, String) {
    let home = Home::new();
    let scenario = home.write("mine/can-i-have-it-on.ron", &text_of(shipped("can-i-have-it-on")));
    for (from, to) in [("best", "plans/can-i-have-it-on.best"), ("hurried", "can-i-have-it-on.hurried")] {
        let text = text_of(
            shipped("can-i-have-it-on")
                .replace(".ron", &format!(".{from}.plan.ron"))
                .replace("scenarios/", "scenarios/plans/"),
        );
        home.write(&format!("mine/{to}.plan.ron"), &text);
    }
    (home, scenario)
}

/// Changes one thing in a file.
fn change(path: &str, old: &str, new: &str) {
    let text = text_of(path);
    assert!(text.contains(old), "{old}");
    fs::write(path, text.replace(old, new)).unwrap();
}

#[track_caller]
fn says(ran: &Ran, words: &str) {
    let told = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(words), "{words}\nis missing in\n{}{}", ran.out, ran.err);
}

// ---- test

#[test]
fn the_shipped_plans_are_played_where_nothing_is_named() {
    let ran = Home::new().run(&["test", "--format", "short"]);
    says(ran.expect(0), "plans/before-saturday.best.plan.ron: holds");
    says(&ran, "plans, and all hold");
}

#[test]
fn a_plan_is_found_beside_its_scenario_by_folder_and_by_name() {
    let (home, scenario) = with_plans();
    for named in [scenario.as_str(), "mine"] {
        says(home.run(&["test", named]).expect(0), "2 plans, and all hold");
    }
    says(home.run(&["test", "mine/plans/can-i-have-it-on.best.plan.ron"]).expect(0), "1 plan, and it holds");
}

#[test]
fn a_plan_is_no_scenario_to_any_other_verb() {
    let (home, scenario) = with_plans();
    says(home.run(&["check", "mine"]).expect(0), "1 file, 0 errors, 0 warnings");
    says(home.run(&["list", "--scenarios", "mine", "--format", "short"]).expect(0), "can-i-have-it-on");
    says(home.run(&["check", "mine/can-i-have-it-on.hurried.plan.ron"]).expect(2), "This is a plan, and no scenario");
    let among = home.run(&["check", &scenario, "mine/can-i-have-it-on.hurried.plan.ron"]);
    says(among.expect(0), "1 file, 0 errors, 0 warnings");
}

#[test]
fn a_changed_line_is_shown_and_written_anew_when_asked() {
    let (home, scenario) = with_plans();
    change(
        &scenario,
        "Has anybody been to take a reading off the new meter since September?",
        "Has anybody read it since?",
    );
    let ran = home.run(&["test", "mine"]);
    says(ran.expect(1), "2 plans: 1 hold, 1 not");
    says(&ran, "- You gave up a warm bedroom, Mrs Pym, and saved nothing by it.");
    says(&ran, "Has anybody read it since?");
    says(&ran, "`simmer test --update` writes them anew");
    let json = home.run(&["test", "mine", "--format", "json"]);
    let plan = &json.expect(1).json()["plans"][1];
    assert_eq!(plan["result"], "differs", "{plan:#}");
    assert_eq!(plan["lines"].as_array().unwrap().len(), 2, "{plan:#}");
    let plans = || {
        ["plans/can-i-have-it-on.best", "can-i-have-it-on.hurried"]
            .map(|name| text_of(home.path(&format!("mine/{name}.plan.ron"))))
    };
    let before = plans();
    let ran = home.run(&["test", "mine", "--update"]);
    says(ran.expect(1), "- You gave up a warm bedroom, Mrs Pym, and saved nothing by it.");
    says(&ran, "Nothing was written. `simmer test --update --yes` writes without asking.");
    says(home.run(&["test", "mine", "--update", "--format", "json"]).expect(1), "\"updated\": false");
    assert_eq!(plans(), before, "nobody was asked");
    let ran = home.run(&["test", "mine", "--update", "--yes"]);
    says(ran.expect(0), "1 written anew");
    says(&ran, "- You gave up a warm bedroom, Mrs Pym, and saved nothing by it.");
    says(home.run(&["test", "mine"]).expect(0), "2 plans, and all hold");
}

#[test]
fn a_plan_that_can_no_longer_be_played_says_where_and_is_left_alone() {
    let (home, scenario) = with_plans();
    change(&scenario, "\"on-tonight\"", "\"on-this-night\"");
    let ran = home.run(&["test", "mine", "--update", "--yes"]);
    says(ran.expect(1), "It can no longer be played: input 6 of the list");
    says(&ran, "did you mean \"on-this-night\"?");
}

#[test]
fn what_is_no_plan_and_what_is_for_no_scenario_is_told() {
    let home = Home::new();
    home.write("odd/a.plan.ron", "Plan(format: 1");
    says(home.run(&["test", "odd"]).expect(1), "never closed");
    let orphan = text_of(
        shipped("can-i-have-it-on").replace("scenarios/", "scenarios/plans/").replace(".ron", ".best.plan.ron"),
    );
    home.write("lone/a.plan.ron", &orphan.replace("scenario: \"can-i-have-it-on\"", "scenario: \"gone\""));
    says(home.run(&["test", "lone"]).expect(2), "there is no scenario \"gone\" beside it or in the library");
    home.write("none/a.txt", "");
    says(home.run(&["test", "none"]).expect(2), "There are no plans here");
    assert!(home.run(&["test", "nowhere"]).expect(2).err.contains("does not exist"));
}

#[test]
fn a_plan_is_written_from_inputs_and_holds() {
    let (home, scenario) = with_plans();
    let inputs = home.write("list.ron", "[Finish, Speak(\"what-worries\", Slow)]");
    let ran = home.run(&["test", &scenario, "--inputs", &inputs, "--seed", "5", "--about", "How it begins"]);
    says(ran.expect(0), "the score is provisional");
    let plan = text_of(home.path("mine/plans/can-i-have-it-on.plan.ron"));
    assert!(plan.contains("about: \"How it begins\"") && plan.contains("seed: 5"), "{plan}");
    says(home.run(&["test", "mine"]).expect(0), "3 plans, and all hold");
    // The next one gets another name, and a name that is taken is refused.
    home.run(&["test", &scenario, "--inputs", &inputs]).expect(0);
    assert!(home.path("mine/plans/can-i-have-it-on-2.plan.ron").exists());
    let again = home.run(&["test", &scenario, "--inputs", &inputs, "-o", "mine/plans/can-i-have-it-on.plan.ron"]);
    assert!(again.expect(2).err.contains("is there already"), "{}", again.err);
    let wrong = home.write("wrong.ron", "[Speak(\"nothing\")]");
    says(home.run(&["test", &scenario, "--inputs", &wrong]).expect(1), "No plan can be made of it");
}

#[test]
fn a_plan_is_written_from_a_recorded_attempt() {
    let home = Home::new();
    let attempt = finished(&home);
    home.run(&["test", "--record", attempt.to_str().unwrap(), "-o", "mine.plan.ron"]).expect(0);
    says(home.run(&["test", "mine.plan.ron"]).expect(0), "1 plan, and it holds");
}

// ---- new

#[test]
fn a_new_scenario_is_clean_and_plays_and_is_never_written_over() {
    let home = Home::new();
    says(home.run(&["new", "wet-parcel", "--title", "The wet parcel"]).expect(0), "Written to wet-parcel.ron");
    says(home.run(&["check", "wet-parcel.ron"]).expect(0), "1 file, 0 errors, 0 warnings");
    home.run(&["fmt", "--check", "wet-parcel.ron"]).expect(0);
    home.typing(&["play", "wet-parcel.ron", "--seed", "1"], &alternately(100)).expect(0);
    let before = text_of(home.path("wet-parcel.ron"));
    assert!(home.run(&["new", "wet-parcel.ron"]).expect(2).err.contains("is there already"));
    assert_eq!(text_of(home.path("wet-parcel.ron")), before);
    home.run(&["new", "at-the-desk", "--channel", "counter", "-o", "mine"]).expect(0);
    assert!(text_of(home.path("mine/at-the-desk.ron")).contains("channel: Counter"));
    assert!(home.run(&["new", "Wet Parcel"]).expect(2).err.contains("`simmer new wet-parcel` would do"));
}

// ---- fmt

#[test]
fn files_are_laid_out_and_a_broken_one_is_left_as_it_is() {
    let home = Home::new();
    home.write("mine/a.ron", "(a:1,// one\r\nb:[2,3])");
    home.write("mine/b.ron", "(a: 1");
    let ran = home.run(&["fmt", "mine", "--check"]);
    says(ran.expect(1), "2 files: 1 would change, 1 left as they are: not well written");
    assert_eq!(text_of(home.path("mine/a.ron")), "(a:1,// one\r\nb:[2,3])");
    says(home.run(&["fmt", "mine"]).expect(1), "2 files: 1 laid out anew");
    assert_eq!(text_of(home.path("mine/a.ron")), "(\n    a: 1, // one\n    b: [2, 3],\n)\n");
    assert_eq!(text_of(home.path("mine/b.ron")), "(a: 1");
    home.run(&["fmt", "mine/a.ron", "--check"]).expect(0);
    let json = home.run(&["fmt", "mine", "--format", "json"]);
    assert_eq!(json.expect(1).json()["files"][0]["result"], "fine");
}

#[test]
fn standard_input_is_laid_out_to_standard_output() {
    let home = Home::new();
    assert_eq!(home.typing(&["fmt", "-"], "( a:1 )").expect(0).out, "(a: 1)\n");
    let broken = home.typing(&["fmt", "-"], "( a:1 ");
    assert_eq!(broken.expect(2).out, "");
    assert!(broken.err.contains("never closed"), "{}", broken.err);
    home.typing(&["fmt", "-", "--check"], "( a:1 )").expect(1);
}

#[cfg(unix)]
#[test]
fn who_may_read_a_file_stays_when_it_is_laid_out() {
    use std::os::unix::fs::PermissionsExt as _;

    let home = Home::new();
    let path = home.write("a.ron", "( a:1 )");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).unwrap();
    home.run(&["fmt", "a.ron"]).expect(0);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o664);
}

// ---- graph, export, import

#[test]
fn a_scenario_is_drawn_in_three_formats() {
    let home = Home::new();
    for (format, begins) in [("svg", "<svg "), ("dot", "digraph "), ("mermaid", "---\ntitle: ")] {
        let ran = home.run(&["graph", "before-saturday", "--format", format]);
        assert!(ran.expect(0).out.starts_with(begins), "{format}");
    }
    home.run(&["graph", "before-saturday", "-o", "a.svg"]).expect(0);
    home.run(&["graph", "one-twelve", "-o", "a.svg"]).expect(0);
    assert!(text_of(home.path("a.svg")).contains("One-twelve"), "what can be drawn again is replaced");
}

#[test]
fn a_scenario_goes_out_as_a_story_and_comes_back_as_a_draft() {
    let home = Home::new();
    home.run(&["export", "twee", "before-saturday", "-o", "story.twee"]).expect(0);
    let ran = home.run(&["import", "twee", "story.twee"]);
    says(ran.expect(0), "Written to before-saturday.ron: a draft with 10 nodes and 4 endings");
    says(&ran, "To do 1 Say who the customer is");
    says(home.run(&["check", "before-saturday.ron"]).expect(0), "0 errors");
    assert!(home.run(&["import", "twee", "story.twee"]).expect(2).err.contains("is there already"));
    home.write("no.twee", "nothing");
    says(home.run(&["import", "twee", "no.twee"]).expect(1), "there is no passage in it");
    let json = home.run(&["import", "twee", "story.twee", "-o", "b.ron", "--format", "json"]);
    assert_eq!(json.expect(0).json()["nodes"], 10);
}

#[test]
fn a_table_and_a_script_have_every_line_with_its_id() {
    let home = Home::new();
    let table = home.run(&["export", "csv", "one-twelve"]);
    assert!(
        table.expect(0).out.contains("quick-one/says/") && table.out.contains(",Maureen Tallis,"),
        "{:.300}",
        table.out
    );
    let script = home.run(&["export", "script", "one-twelve"]);
    assert!(script.expect(0).out.starts_with("# One-twelve\n"), "{:.300}", script.out);
    let fear = "Where a condition speaks of anger, Maureen Tallis is frightened, and not angry.";
    assert!(!script.out.contains(fear));
    let text = include_str!("../scenarios/one-twelve.ron").replacen("pronoun: She,", "pronoun: She, upset: Fear,", 1);
    home.write("afraid.ron", &text);
    says(home.run(&["export", "script", "afraid.ron"]).expect(0), fear);
}

// ---- translations

#[test]
fn a_scenario_is_translated_played_and_kept_up_to_date() {
    let home = Home::new();
    let scenario = home.write("mine/parcel.ron", "");
    fs::remove_file(&scenario).unwrap();
    home.run(&["new", "parcel", "-o", "mine", "--title", "The wet parcel"]).expect(0);
    let export = ["export", "po", "mine/parcel.ron", "--language", "de"];
    says(home.run(&export).expect(0), "mine/lang/parcel.de.po");
    let catalogue = home.path("mine/lang/parcel.de.po").to_str().unwrap().to_owned();
    change(&catalogue, "msgid \"The wet parcel\"\nmsgstr \"\"", "msgid \"The wet parcel\"\nmsgstr \"Das nasse Paket\"");
    says(home.run(&["check", "mine", "--format", "short"]).expect(0), "warning[translation-missing]");

    let play = ["play", "mine/parcel.ron", "--language", "de"];
    says(&home.run(&play), "Das nasse Paket");
    says(&home.run(&["play", "mine/parcel.ron"]), "The wet parcel");

    change(&scenario, "The wet parcel", "The parcel that was wet");
    says(home.run(&["check", "mine", "--format", "short"]).expect(0), "warning[translation-stale]");
    says(&home.run(&play), "The parcel that was wet");
    says(home.run(&export).expect(0), "1 to look through");
    let text = text_of(&catalogue);
    assert!(text.contains("#| msgid \"The wet parcel\"\nmsgctxt \"title\""), "{text}");

    change(&catalogue, "msgstr \"Das nasse Paket\"", "msgstr \"Das nasse Paket");
    says(home.run(&["check", "mine", "--format", "short"]).expect(1), "error[unreadable-translation]");
    let before = text_of(&catalogue);
    assert!(home.run(&export).expect(2).err.contains("cannot be brought up to date"));
    assert_eq!(text_of(&catalogue), before, "no word of a translator is lost");
}
