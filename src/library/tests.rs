use std::fs;

use super::*;

/// A whole scenario to make others of.
const SAMPLE: &str = include_str!("../../scenarios/can-i-have-it-on.ron");

/// The sample under another id, title and difficulty.
fn sample(id: &str, title: &str, difficulty: u8) -> String {
    // Only the scenario's own fields stand four spaces deep.
    let line = |line: &str| match line.split(':').next() {
        Some("    id") => format!("    id: {id:?},\n"),
        Some("    title") => format!("    title: {title:?},\n"),
        Some("    difficulty") => format!("    difficulty: {difficulty},\n"),
        _ => format!("{line}\n"),
    };
    SAMPLE.lines().map(line).collect()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The library of some folders, without the shipped scenarios.
fn library(folders: &[&tempfile::TempDir]) -> Library {
    Library::of(folders.iter().flat_map(|folder| read_folder(folder.path())).collect())
}

fn order(library: &Library) -> Vec<&str> {
    library.entries().map(|entry| entry.file_name.as_str()).collect()
}

#[test]
fn every_shipped_scenario_can_be_played() {
    for entry in Library::open(None, &[]).entries() {
        assert_eq!(entry.origin, Origin::Shipped);
        assert!(entry.scenario.is_ok(), "{}: {:?}", entry.file_name, entry.scenario);
    }
}

#[test]
fn the_first_one_comes_first_and_a_broken_one_hides_no_other() {
    let files = folder(&[
        ("b.ron", &sample("bee", "Bee", 1)),
        ("below/a.RON", &sample("aye", "Aye", 1)),
        ("hard.ron", &sample("hard", "A hard one", 5)),
        ("z.ron", &sample("can-i-have-it-on", "Zed", 3)),
        ("broken.ron", "Scenario(format: 1,"),
        ("utf16.ron", "S\0c\0e\0n\0a\0r\0i\0o\0"),
        ("below/deeper/too-deep.ron", &sample("deep", "Deep", 1)),
        (".hidden.ron", &sample("hidden", "Hidden", 1)),
        ("readme.txt", "hello"),
    ]);
    let library = library(&[&files]);
    assert_eq!(order(&library), ["z.ron", "a.RON", "b.ron", "hard.ron", "broken.ron", "utf16.ron"]);
    assert_eq!(library.scenarios().count(), 4);
    for entry in library.entries().skip(4) {
        assert!(!entry.scenario.as_ref().unwrap_err().is_empty());
    }
}

#[test]
fn of_two_files_with_one_id_the_later_origin_is_played_and_both_say_so() {
    let first = folder(&[("one.ron", &sample("same", "Theirs", 1))]);
    let second = folder(&[("two.ron", &sample("same", "Mine", 1))]);
    let library = library(&[&first, &second]);
    assert_eq!(library.scenarios().map(|scenario| scenario.title.as_str()).collect::<Vec<_>>(), ["Mine"]);
    assert_eq!(order(&library), ["two.ron", "one.ron"]);
    for entry in library.entries() {
        assert!(entry.warnings.iter().any(|warning| warning.rule == "id-taken"), "{entry:?}");
    }
    assert_eq!(library.find("same").unwrap().file_name, "two.ron");
}

#[test]
fn a_scenario_is_found_by_id_by_path_and_by_the_file_of_a_broken_one() {
    let inside = folder(&[("a.ron", &sample("before-sunday", "A", 1)), ("broken.ron", "nonsense")]);
    let outside = folder(&[("b.ron", &sample("elsewhere", "B", 1))]);
    let library = library(&[&inside]);
    assert_eq!(library.find("before-sunday").unwrap().file_name, "a.ron");
    assert_eq!(library.find(inside.path().join("a.ron").to_str().unwrap()).unwrap().slug(), Some("before-sunday"));
    assert!(library.find("broken").unwrap().scenario.is_err());
    let other = library.find(outside.path().join("b.ron").to_str().unwrap()).unwrap();
    assert_eq!((other.slug(), &other.origin), (Some("elsewhere"), &Origin::File));
    assert_eq!(
        library.find("before-sundya").unwrap_err().to_string(),
        "there is no scenario \"before-sundya\"; did you mean \"before-sunday\"?"
    );
    assert_eq!(
        library.find("x").unwrap_err().to_string(),
        "there is no scenario \"x\"; there are before-sunday, and any file can be named by its path"
    );
}

#[test]
fn what_cannot_be_read_is_an_entry_with_its_error() {
    let missing = tempfile::tempdir().unwrap().path().join("gone");
    assert!(Library::open(Some(&missing), &[]).entries().all(|entry| entry.origin == Origin::Shipped));
    let library = Library::open(None, std::slice::from_ref(&missing));
    let entry = library.entries().find(|entry| entry.origin != Origin::Shipped).unwrap();
    assert_eq!(entry.scenario.as_ref().unwrap_err()[0].rule, "unreadable-file");
    let large = folder(&[("large.ron", &" ".repeat(32 * 1024 * 1024 + 5))]);
    let library = self::library(&[&large]);
    let entry = library.entries().next().unwrap();
    assert_eq!(entry.scenario.as_ref().unwrap_err()[0].rule, "file-too-large");
}

#[test]
fn a_library_speaks_another_language_and_its_own_again() {
    let folder = tempfile::tempdir().unwrap();
    let lang = folder.path().join("lang");
    fs::create_dir_all(&lang).unwrap();
    let title = |library: &Library| library.find("can-i-have-it-on").unwrap().scenario.as_ref().unwrap().title.clone();
    let own = title(&Library::open(None, &[]));
    let catalogue = format!("msgctxt \"title\"\nmsgid \"{own}\"\nmsgstr \"Darf ich sie anlassen?\"\n");
    fs::write(lang.join("can-i-have-it-on.de.po"), catalogue).unwrap();
    let library = Library::open(Some(folder.path()), &[]);
    assert_eq!(library.languages(), ["de", "en-GB"]);
    let german = library.speaking("de-AT");
    assert_eq!(title(&german), "Darf ich sie anlassen?");
    assert_eq!(title(&german.speaking("en")), own);
    assert_eq!(title(&german.speaking("fr")), own);
    let all = german.scenarios_in_all_languages();
    assert_eq!(all.len(), Library::open(None, &[]).scenarios().count() + 1);
    assert!(all.iter().any(|scenario| scenario.title == "Darf ich sie anlassen?"));
}
