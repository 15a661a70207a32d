//! Every rule has a name that says the problem, a page with its four parts, and a bad and a good fixture.

use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use simmer::lint::page::Page;
use simmer::lint::proof::{Step, Watch};
use simmer::lint::{Group, Tier, described, lint, lint_library, registry};
use simmer::scenario::load::{Loaded, load};
use simmer::scenario::resolve::rules::OF_LINT;

use crate::shipped_scenarios::SHIPPED;

/// Rules of scenario files that have no fixtures, and why.
const WITHOUT_FIXTURES: &[(&str, &str)] = &[
    ("file-too-large", "32 MiB; `parse::tests::bytes` makes one"),
    ("too-many", "70,000 names; `resolve::tests` makes them"),
    ("too-many-mistakes", "thousands of lines; `parse::tests` makes them"),
    ("too-deep", "hundreds of brackets; `parse::tests` makes them"),
];

/// Rules about a file that cannot even be shown.
const ABOUT_WHOLE_FILES: &[&str] = &["utf16"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a fixture: one, or for a rule about several scenarios all of a folder.
fn fixture(rule: &str, which: &str) -> Vec<PathBuf> {
    let folder = root().join("tests/fixtures/rules").join(rule);
    let several = folder.join(which);
    if !several.is_dir() {
        return vec![folder.join(format!("{which}.ron"))];
    }
    let mut files: Vec<_> = fs::read_dir(several).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Checks the files together.
fn checked_all(paths: &[PathBuf], tier: Tier) -> Vec<Loaded> {
    let [path] = paths else {
        assert_eq!(tier, Tier::Proof, "only the second tier looks at several files together");
        let read = |path: &PathBuf| load(&path.display().to_string(), fs::read(path).unwrap());
        let mut all: Vec<_> = paths.iter().map(read).collect();
        assert!(lint_library(&mut all.iter_mut().collect::<Vec<_>>(), NonZeroUsize::MIN, &()));
        return all;
    };
    vec![checked(path, tier)]
}

fn checked(path: &Path, tier: Tier) -> Loaded {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut loaded = load(&path.display().to_string(), &bytes);
    lint(&mut loaded, tier);
    loaded
}

fn rules_of(loaded: &[Loaded]) -> BTreeSet<&'static str> {
    loaded.iter().flat_map(|loaded| &loaded.findings).map(|finding| finding.rule).collect()
}

fn has_fixtures(group: Group, rule: &str) -> bool {
    // What is wrong with a catalogue is shown in `scenario::translation::tests`.
    !matches!(group, Group::Files | Group::Translations) && WITHOUT_FIXTURES.iter().all(|(name, _)| *name != rule)
}

#[test]
fn the_bad_fixture_of_a_rule_gives_that_rule_alone_and_the_good_one_none() {
    let mut wrong = Vec::new();
    for rule in described().iter().filter(|rule| has_fixtures(rule.group, rule.name)) {
        let bad = checked_all(&fixture(rule.name, "bad"), rule.tier);
        if rules_of(&bad) != BTreeSet::from([rule.name]) {
            wrong.push(format!("{}: bad.ron gives {:?}", rule.name, rules_of(&bad)));
        }
        let good = checked_all(&fixture(rule.name, "good"), rule.tier);
        if good.iter().any(|good| !good.findings.is_empty() || good.scenario.is_none()) {
            wrong.push(format!("{}: good.ron gives {:?}", rule.name, rules_of(&good)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_finding_of_a_fixture_has_its_place_and_says_how_to_mend_it() {
    for rule in described().iter().filter(|rule| has_fixtures(rule.group, rule.name)) {
        for finding in checked_all(&fixture(rule.name, "bad"), rule.tier).iter().flat_map(|loaded| &loaded.findings) {
            let is_of_whole_file = ABOUT_WHOLE_FILES.contains(&rule.name);
            assert!(finding.span.is_some() || is_of_whole_file, "{} has no place", rule.name);
            let says_how = finding.help.is_some() || finding.expected.is_some();
            assert!(says_how, "{} says neither what was expected nor how to mend it", rule.name);
            assert!(!finding.message.ends_with('.'), "{}: {}", rule.name, finding.message);
        }
    }
}

#[test]
fn there_is_no_fixture_and_no_page_without_a_rule() {
    let names: BTreeSet<_> = described().iter().map(|rule| rule.name.to_owned()).collect();
    let folders = fs::read_dir(root().join("tests/fixtures/rules")).unwrap();
    let folders: BTreeSet<_> = folders.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(folders.difference(&names).collect::<Vec<_>>(), Vec::<&String>::new(), "fixtures without a rule");
    for (rule, _) in WITHOUT_FIXTURES {
        assert!(names.contains(*rule) && !folders.contains(*rule), "{rule}");
    }
    let pages: BTreeSet<_> = Page::names().map(str::to_owned).collect();
    assert_eq!(pages, names, "left: docs/rules; right: the rules");
}

#[test]
fn a_page_has_its_four_parts_and_begins_with_what_the_rule_finds() {
    for rule in described() {
        let page = rule.page().unwrap_or_else(|| panic!("docs/rules/{}.md lacks a part", rule.name));
        assert_eq!(page.title, rule.name);
        assert_eq!(page.what.replace('\n', " "), rule.summary, "{}", rule.name);
        let lines = fs::read_to_string(root().join("docs/rules").join(format!("{}.md", rule.name))).unwrap();
        let count = lines.lines().count();
        assert!((10..=40).contains(&count), "docs/rules/{}.md has {count} lines", rule.name);
    }
}

/// So what a page shows is what is really found, and its mend what is really clean.
#[test]
fn the_excerpts_of_a_page_stand_in_the_fixtures() {
    let mut missing = Vec::new();
    for rule in described().iter().filter(|rule| has_fixtures(rule.group, rule.name)) {
        let page = rule.page().expect("every rule has a page");
        for (which, excerpt) in [("bad", page.bad.ron), ("good", page.good.ron)] {
            let files = fixture(rule.name, which).into_iter().map(|path| fs::read(path).unwrap());
            let text = String::from_utf8_lossy(&files.collect::<Vec<_>>().concat()).into_owned();
            let mut lines = text.lines().map(str::trim);
            for line in excerpt.lines().map(str::trim).filter(|line| !line.is_empty()) {
                // What is only said in a remark need not stand there, nor what `[...]` leaves out.
                let code = line.split(" // ").next().unwrap_or(line).trim_end_matches(',');
                let is_there = |written: &str| code.split("[...]").all(|piece| written.contains(piece));
                if !line.starts_with("//") && !lines.any(is_there) {
                    missing.push(format!("{}/{which}.ron has no line {line}", rule.name));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn a_name_stands_in_kebab_case_and_a_summary_is_one_sentence() {
    let rules = described();
    for rule in &rules {
        let is_kebab = rule.name.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        assert!(is_kebab, "{}", rule.name);
        assert!(rule.summary.ends_with('.') && rule.summary.len() < 130, "{}: {}", rule.name, rule.summary);
    }
}

#[test]
fn a_rule_of_lint_stands_in_the_file_of_its_name_and_may_be_allowed() {
    let of_library = registry::OF_LIBRARY.iter().map(|rule| rule.name);
    let names: Vec<_> = registry::RULES.iter().map(|rule| rule.name).chain(of_library).collect();
    for name in &names {
        let file = root().join("src/lint/rules").join(format!("{}.rs", name.replace('-', "_")));
        assert!(file.is_file(), "{}", file.display());
    }
    assert_eq!(names, OF_LINT, "left: lint::registry; right: scenario::resolve::rules::OF_LINT");
}

/// Rules are named where they are reported; none may be reported that nobody can look up.
#[test]
fn every_rule_that_the_source_reports_is_listed() {
    let known: BTreeSet<_> = described().iter().map(|rule| rule.name).collect();
    let mut open = vec![root().join("src")];
    let mut seen = 0;
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let is_test = path.components().any(|part| part.as_os_str().to_string_lossy().contains("tests"));
        if is_test || path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for call in ["Diagnostic::error(", "Diagnostic::warning(", "rule: "] {
            for rest in text.split(call).skip(1) {
                let Some(name) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                    continue;
                };
                seen += 1;
                assert!(known.contains(name), "{}: `{name}` is no listed rule", path.display());
            }
        }
    }
    assert!(seen > 50, "{seen}");
}

// ---- What is allowed.

/// Every rule of the second tier whose fault stands in one file can be kept there, and is told to be kept in vain where
/// it is not found; while the first tier alone is asked, it is not.
#[test]
fn what_is_proved_may_be_allowed_with_a_reason() {
    for rule in registry::RULES.iter().filter(|rule| rule.tier == Tier::Proof) {
        let allow = format!("allow: [(rule: {:?}, because: \"It is meant so.\")], encounters: [", rule.name);
        let read = |which: &str| {
            let path = &fixture(rule.name, which)[0];
            let text = fs::read_to_string(path).unwrap().replacen("encounters: [", &allow, 1);
            load("a.ron", text.as_bytes())
        };
        let mut bad = read("bad");
        lint(&mut bad, Tier::Proof);
        assert_eq!(bad.findings, [], "{}", rule.name);
        assert!(bad.allowed.iter().all(|kept| kept.finding.rule == rule.name), "{:?}", bad.allowed);
        assert!(!bad.allowed.is_empty(), "{}", rule.name);
        let mut typed = read("good");
        lint(&mut typed, Tier::Typing);
        assert_eq!(typed.findings, [], "{}", rule.name);
    }
    let path = &fixture("never-reached", "good")[0];
    let allow = "allow: [(rule: \"never-reached\", because: \"It is meant so.\")], encounters: [";
    let text = fs::read_to_string(path).unwrap().replacen("encounters: [", allow, 1);
    let mut good = load("a.ron", text.as_bytes());
    lint(&mut good, Tier::Proof);
    assert_eq!(rules_of(&[good]), BTreeSet::from(["unused-allow"]));
}

#[test]
fn whoever_stops_the_proof_keeps_what_needs_no_play() {
    struct Stopped;
    impl Watch for Stopped {
        fn report(&self, _step: Step) {}
        fn is_stopped(&self) -> bool {
            true
        }
    }
    let read = |rule: &str| {
        let path = &fixture(rule, "bad")[0];
        load("a.ron", fs::read(path).unwrap())
    };
    let (mut typed, mut proved) = (read("long-reply"), read("never-reached"));
    assert!(!lint_library(&mut [&mut typed, &mut proved], NonZeroUsize::MIN, &Stopped));
    assert_eq!(rules_of(&[typed]), BTreeSet::from(["long-reply"]));
    assert_eq!(rules_of(&[proved]), BTreeSet::new());
}

// ---- The shipped scenarios.

#[test]
fn the_shipped_scenarios_are_proved_clean() {
    let paths = SHIPPED.map(|name| root().join(format!("scenarios/{name}.ron")));
    let found = rules_of(&checked_all(&paths, Tier::Proof));
    assert_eq!(found, BTreeSet::new());
}

#[test]
fn the_shipped_scenarios_have_no_findings() {
    for name in SHIPPED {
        let loaded = checked(&root().join(format!("scenarios/{name}.ron")), Tier::Typing);
        assert_eq!(loaded.findings, [], "{name}");
    }
}
