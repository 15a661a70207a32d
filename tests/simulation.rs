//! `simmer simulate` as a person runs it: its report, its page, and what it says of what cannot be played.

use crate::command_line::{Home, text_of};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Two nodes with two replies each.
fn kettle() -> String {
    text_of(format!("{ROOT}/src/cli/play/sample.ron"))
}

#[test]
fn the_report_tells_what_gives_a_scenario_away() {
    let home = Home::new();
    home.write("kettle.ron", &kettle());
    let ran = home.run(&["simulate", "kettle.ron", "--plays", "1900", "--threads", "2"]);
    ran.expect(1);
    insta::assert_snapshot!(ran.out, @r"
    kettle   1,900 plays
      player           mean  above  ± sd       range  satisfied    gone
      random            611      0   217  284 to 988       31 %    43 %
      skilled-25        705    +94   206  284 to 988       48 %    28 %
      skilled-50        795   +185   184  297 to 988       64 %    17 %
      skilled-75        882   +271   153  327 to 988       79 %     8 %
      best              988   +377     0  988 to 988      100 %     0 %
      impatient         567    −44   216  224 to 926       29 %    43 %
      hot               426   −185   151  174 to 599        0 %    66 %
      longest           850   +239    82  739 to 988       54 %     0 %
      shortest          302   −309    18  284 to 339        0 %   100 %
      most-sentences    611      0   217  284 to 988       31 %    43 %
      question-mark     611      0   217  284 to 988       31 %    43 %
      empathy-words     401   −210    88  284 to 516        0 %   100 %
      digits            611      0   217  284 to 988       31 %    43 %
      numbers           769   +158   118  561 to 988       54 %     0 %
      i-will            401   −210    88  284 to 516        0 %   100 %
      you               769   +158   118  561 to 988       54 %     0 %
      colons            611      0   217  284 to 988       31 %    43 %
      name              611      0   217  284 to 988       31 %    43 %
      echo              690    +79   194  461 to 988       31 %    43 %

    Targets
      missed: random play earns 350 to 520: 611
      missed: “longest” earns at most 160 above random in one scenario: +239
              most at `taught` +90 (takes `send`), `leaks` +78 (takes `hand`)
      missed: “longest” leaves the customer satisfied in at most 15.0 % of its
              calls: 54.0 %
              most at `taught` +90 (takes `send`), `leaks` +78 (takes `hand`)
      missed: “most-sentences” leaves the customer satisfied in at most 15.0 % of
              its calls: 31.0 %
      missed: “question-mark” leaves the customer satisfied in at most 15.0 % of its
              calls: 31.0 %
      missed: “digits” leaves the customer satisfied in at most 15.0 % of its calls:
              31.0 %
      missed: “numbers” leaves the customer satisfied in at most 15.0 % of its
              calls: 54.0 %
              most at `taught` +90 (takes `send`)
      missed: “you” leaves the customer satisfied in at most 15.0 % of its calls:
              54.0 %
              most at `taught` +90 (takes `send`)
      missed: “colons” leaves the customer satisfied in at most 15.0 % of its calls:
              31.0 %
      missed: “name” leaves the customer satisfied in at most 15.0 % of its calls:
              31.0 %
      missed: “echo” leaves the customer satisfied in at most 15.0 % of its calls:
              31.0 %
              most at `leaks` +78 (takes `hand`)
      not measured: the best reply cannot be told by its looks at more than 40.0 %
              of the nodes: takes two scenarios at least
      met:    14 targets for the 12 cue bots
      not measured: 12 targets: there is too little to measure them on

    1,900 plays of 1 scenario, seed 0
    ");
    assert_eq!(ran.err, "", "no bar where nobody looks on");
}

#[test]
fn the_short_report_has_a_line_for_everything() {
    let home = Home::new();
    home.write("kettle.ron", &kettle());
    let ran = home.run(&["simulate", "kettle.ron", "--plays", "1900", "--format", "short"]);
    let lines: Vec<_> = ran.expect(1).out.lines().collect();
    assert_eq!(lines[0].split(':').next(), Some("kettle"));
    assert!(lines.iter().any(|line| line.starts_with("kettle: missed: “longest” earns at most 160")), "{lines:#?}");
    assert_eq!(lines.last(), Some(&"1,900 plays of 1 scenario, seed 0"));
}

#[test]
fn the_json_is_the_same_for_the_same_seed_and_whole() {
    let home = Home::new();
    let run = |more: &[&str]| home.run(&[&["simulate", "--plays", "1900", "--format", "json"], more].concat());
    let one = run(&["--threads", "1"]);
    assert_eq!(one.out, run(&["--threads", "3"]).out);
    assert_ne!(one.out, run(&["--seed", "5"]).out);
    let report = one.json();
    assert_eq!(report["plays"], 5 * 1900);
    let scenarios = report["scenarios"].as_array().unwrap();
    assert_eq!(scenarios.len(), 5);
    for scenario in scenarios {
        for player in scenario["players"].as_array().unwrap() {
            let sum = |list: &str, field: &str| -> u64 {
                let list = player[list].as_array().unwrap();
                list.iter().map(|entry| if field.is_empty() { entry } else { &entry[field] }.as_u64().unwrap()).sum()
            };
            assert_eq!(player["plays"], 100);
            assert_eq!(sum("histogram", ""), 100);
            assert_eq!(sum("outcomes", "times"), 100);
            let start = &player["encounters"][0]["nodes"][0];
            assert_eq!(start["times"], 100, "the first node of each shipped scenario is its start");
        }
    }
    assert_eq!(report["classifier"]["nodes"], 44);
}

#[test]
fn what_cannot_be_played_is_said() {
    let home = Home::new();
    home.write("both/kettle.ron", &kettle());
    home.write("both/broken.ron", "Scenario(");
    home.write("bad/broken.ron", "Scenario(");
    let both = home.run(&["simulate", "both", "--plays", "19"]);
    let out = both.expect(1).out.replace('\n', " ");
    assert!(out.contains("broken.ron was left out: 1 problem in it."), "{out}");
    assert!(out.contains("19 plays of 1 scenario"), "{out}");
    for (arguments, words) in [
        (&["simulate", "nowhere.ron"][..], "nowhere.ron does not exist"),
        (&["simulate", "one-twelf"], "did you mean \"one-twelve\"?"),
        (&["simulate", "bad"], "bad has no scenario in it that can be played"),
        (&["simulate", "bad/broken.ron"], "bad/broken.ron cannot be played: 1 problem in it"),
        (&["simulate", "--plays", "0"], "0 is not in 1..=1000000000"),
        (&["simulate", "--threads", "0"], "invalid value '0' for '--threads <N>'"),
        // So many plays would never come to their end: the page is refused before they begin.
        (
            &["simulate", "--plays", "1000000000", "--html", "both/kettle.ron/page.html"],
            "could not be written: not a dir",
        ),
        (&["simulate", "--plays", "1000000000", "--html", "both"], "both could not be written: is a directory"),
    ] {
        let ran = home.run(arguments);
        assert!(ran.expect(2).err.contains(words), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn the_page_is_well_formed_and_needs_nothing_from_elsewhere() {
    let home = Home::new();
    let odd =
        kettle().replace("It leaks.\",\n    record", "Tea & <b>\",\n    record").replace("The kettle\"", "Tea <&> “\"");
    home.write("odd/kettle.ron", &odd);
    home.write("odd/broken.ron", "Scenario(");
    home.run(&["simulate", "odd", "--plays", "190", "--html", "odd.html"]).expect(1);
    home.run(&["simulate", "--plays", "190", "--html", "shipped.html"]).expect(1);
    for name in ["odd.html", "shipped.html"] {
        let page = text_of(home.path(name));
        well_formed(page.strip_prefix("<!DOCTYPE html>\n").unwrap());
        for elsewhere in ["http", "src=", "<script", "@import", "url(h", "<link"] {
            assert!(!page.contains(elsewhere), "{name} has {elsewhere}");
        }
        assert_eq!(page.matches("<svg").count(), page.matches("role=\"img\"").count(), "every picture has a name");
    }
    assert!(text_of(home.path("odd.html")).contains("Tea &lt;&amp;&gt; “"), "words of an author stay words");
}

/// Every tag is closed in its order, every attribute quoted, every `&` begins a known name.
#[track_caller]
fn well_formed(page: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        text_is_escaped(&rest[..at]);
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed));
            continue;
        }
        let (body, is_empty) = tag.strip_suffix('/').map_or((tag, false), |body| (body, true));
        let (name, attributes) = body.split_once(' ').unwrap_or((body, ""));
        assert!(!name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric()), "<{tag}>");
        assert_eq!(attributes.matches('"').count() % 2, 0, "<{tag}>");
        for (place, part) in attributes.split('"').enumerate() {
            text_is_escaped(part);
            if place % 2 == 0 && !part.is_empty() {
                assert!(part.ends_with('='), "an attribute has a value in quotes: <{tag}>");
            }
        }
        if !is_empty {
            open.push(name);
        }
    }
    assert_eq!(open, [""; 0], "all is closed");
}

#[track_caller]
fn text_is_escaped(text: &str) {
    for after in text.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;", "quot;"].iter().any(|name| after.starts_with(name));
        assert!(known, "a bare & in {text:?}");
    }
}
