use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Checked, OutputFormat, render::render};

const SCENARIO: &str = include_str!("../../../scenarios/can-i-have-it-on.ron");
const ALL: [&str; 4] = [
    include_str!("../../../scenarios/before-saturday.ron"),
    SCENARIO,
    include_str!("../../../scenarios/one-twelve.ron"),
    include_str!("../resolve/sample.ron"),
];

fn described<'t>(texts: &'t [Text<'t>]) -> Vec<Described<'t>> {
    texts.iter().map(|text| Described { text, about: text.role.words().to_owned() }).collect()
}

fn read(text: &str) -> Catalogue {
    Catalogue::read(&SourceFile::new("de.po", text), "de")
}

/// A catalogue in which every text has been given other words, by a translator who leaves the marks alone.
fn shouted(original: &Loaded) -> Catalogue {
    let texts = texts(original.scenario.as_ref().unwrap());
    let mut catalogue = Catalogue::new("de").brought_to(&described(&texts));
    for entry in &mut catalogue.entries {
        let mut inside = false;
        entry.words = entry
            .source
            .chars()
            .map(|sign| {
                inside = (inside || sign == '{') && sign != '}';
                if inside { sign } else { sign.to_ascii_uppercase() }
            })
            .collect();
    }
    catalogue
}

fn told(source: &SourceFile, findings: &[Diagnostic]) -> String {
    render(OutputFormat::Short, &[Checked { source, findings }], false)
}

#[test]
fn a_translated_scenario_plays_as_the_original_in_other_words() {
    for text in ALL {
        let original = load("a.ron", text.as_bytes());
        let translated = translate(&original, &shouted(&original), "a.ron in German").unwrap();
        assert_eq!(translated.findings, []);
        let (before, after) = (original.scenario.unwrap(), translated.loaded.scenario.unwrap());
        assert_eq!(before.hashes.structure, after.hashes.structure, "{}", before.slug);
        assert_ne!(before.hashes.full, after.hashes.full, "{}", before.slug);
        assert_eq!(after.language, "de");
        assert_eq!(after.customer.objects.plain(), before.customer.objects.plain().to_ascii_uppercase());
        assert_eq!(after.encounters[0].replies[0].text, before.encounters[0].replies[0].text.to_ascii_uppercase());
    }
}

#[test]
fn what_is_not_translated_is_as_the_author_wrote_it() {
    let original = load("a.ron", SCENARIO.as_bytes());
    let texts = texts(original.scenario.as_ref().unwrap());
    let mut catalogue = Catalogue::new("de").brought_to(&described(&texts));
    catalogue.entries[0].words = "Darf ich sie anlassen?".to_owned();
    let translated = translate(&original, &catalogue, "a.ron in German").unwrap();
    let scenario = translated.loaded.scenario.unwrap();
    assert_eq!(scenario.title, "Darf ich sie anlassen?");
    assert_eq!(scenario.teaser, original.scenario.as_ref().unwrap().teaser);
    assert_eq!(translated.findings.len(), 1, "{:?}", translated.findings);
    assert_eq!(translated.findings[0].rule, rules::MISSING);
}

#[test]
fn what_is_wrong_with_a_catalogue_is_told_with_its_place() {
    let original = load("a.ron", ALL[0].as_bytes());
    let catalogue = "msgid \"\"\nmsgstr \"Language: de\\n\"\n\n\
        msgctxt \"title\"\nmsgid \"Another title\"\nmsgstr \"Ein Titel\"\n\n\
        #, fuzzy\nmsgctxt \"no/such/text\"\nmsgid \"a\"\nmsgstr \"b\"\n\n\
        msgid \"without an id\"\nmsgstr \"ohne\"\n\n\
        msgctxt \"teaser\nmsgid \"x\"\n\nwhat is this\n";
    let source = SourceFile::new("de.po", catalogue);
    let translated = translate(&original, &Catalogue::read(&source, "de"), "a.ron").unwrap();
    let told = told(&source, &translated.findings);
    let rules: Vec<_> = translated.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules.iter().filter(|rule| **rule == rules::UNREADABLE).count(), 3, "{told}");
    for line in [
        "de.po:4:1: warning[translation-stale]: The translation of `title` is of other words than the author’s, and is not shown",
        "de.po:9:1: warning[translation-of-nothing]: The scenario has no text `no/such/text`",
    ] {
        assert!(told.contains(line), "{told}");
    }
}

#[test]
fn the_marks_of_a_line_must_be_those_of_the_author() {
    let original = load("a.ron", ALL[0].as_bytes());
    let texts = texts(original.scenario.as_ref().unwrap());
    let place = texts.iter().position(|text| text.words.contains("||")).unwrap();
    let mut catalogue = Catalogue::new("de").brought_to(&described(&texts));
    catalogue.entries[place].words = catalogue.entries[place].source.replace("||", "");
    let translated = translate(&original, &catalogue, "a.ron").unwrap();
    let finding = translated.findings.iter().find(|finding| finding.rule == rules::OTHER_MARKS).unwrap();
    assert!(finding.expected.as_ref().unwrap().contains("||"), "{finding:?}");
    assert_eq!(
        translated.loaded.scenario.unwrap().hashes.structure,
        original.scenario.as_ref().unwrap().hashes.structure
    );
}

#[test]
fn a_catalogue_is_brought_to_changed_texts_and_loses_no_word() {
    let original = load("a.ron", SCENARIO.as_bytes());
    let before = original.scenario.as_ref().unwrap();
    let (title, teaser) = (&before.title, &before.teaser);
    let catalogue = format!(
        "# Ours.\nmsgid \"\"\nmsgstr \"Language: de_AT\\nLast-Translator: Ada\\n\"\n\n\
        # Heard on the phone.\nmsgctxt \"title\"\nmsgid \"{title}\"\nmsgstr \"Ein Titel\"\n\n\
        msgctxt \"teaser\"\nmsgid \"what it said before\"\nmsgstr \"Ein Anreißer\"\n\n\
        msgctxt \"gone\"\nmsgid \"gone\"\nmsgstr \"fort\"\n\n\
        #~ msgctxt \"older\"\n#~ msgid \"older\"\n#~ msgstr \"älter\"\n"
    );
    let texts = texts(before);
    let few: Vec<_> =
        described(&texts).into_iter().filter(|one| ["title", "teaser"].contains(&&*one.text.id)).collect();
    let brought = read(&catalogue).brought_to(&few).written("can-i-have-it-on", &few);
    assert!(brought.contains(&format!("msgid \"{teaser}\"")));
    assert_snapshot!(brought.replace(title, "TITLE").replace(teaser, "TEASER"), @r##"
    # Ours.
    msgid ""
    msgstr ""
    "Language: de_AT\n"
    "Project-Id-Version: can-i-have-it-on\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Last-Translator: Ada\n"

    # Heard on the phone.
    #. title
    msgctxt "title"
    msgid "TITLE"
    msgstr "Ein Titel"

    #. teaser
    #, fuzzy
    #| msgid "what it said before"
    msgctxt "teaser"
    msgid "TEASER"
    msgstr "Ein Anreißer"

    #~ msgctxt "older"
    #~ msgid "older"
    #~ msgstr "älter"

    #~ msgctxt "gone"
    #~ msgid "gone"
    #~ msgstr "fort"
    "##);
}

#[test]
fn a_text_that_comes_back_finds_its_translation_again() {
    let original = load("a.ron", SCENARIO.as_bytes());
    let title = &original.scenario.as_ref().unwrap().title;
    let texts = texts(original.scenario.as_ref().unwrap());
    let old = format!("#~ msgctxt \"title\"\n#~ msgid \"{title}\"\n#~ msgstr \"Ein Titel\"\n");
    let catalogue = read(&old).brought_to(&described(&texts));
    assert_eq!((catalogue.entries[0].words.as_str(), catalogue.entries[0].is_fuzzy), ("Ein Titel", false));
}

proptest! {
    #[test]
    fn a_catalogue_says_the_same_when_it_is_read_again(
        words in prop::collection::vec("[a-zé\"\\\\\n\t {}|~#]{0,20}", 3),
        fuzzy in any::<[bool; 3]>(),
    ) {
        let original = load("a.ron", SCENARIO.as_bytes());
        let texts = texts(original.scenario.as_ref().unwrap());
        let few: Vec<_> = described(&texts).into_iter().take(3).collect();
        let mut catalogue = Catalogue::new("de-AT").brought_to(&few);
        for ((entry, words), fuzzy) in catalogue.entries.iter_mut().zip(words).zip(fuzzy) {
            entry.words = words;
            entry.is_fuzzy = fuzzy;
        }
        let again = read(&catalogue.written("a", &few));
        prop_assert_eq!(&again.findings, &[]);
        prop_assert_eq!(&again.language, "de-AT");
        let content = |catalogue: &Catalogue| -> Vec<_> {
            catalogue.entries.iter().map(|entry| (entry.id.clone(), entry.source.clone(), entry.words.clone(), entry.is_fuzzy)).collect()
        };
        prop_assert_eq!(content(&again), content(&catalogue));
    }

    #[test]
    fn no_file_is_too_broken(text in "[a-z\"\\\\\n #~|,.]{0,60}", cut in 0usize..400) {
        let original = load("a.ron", SCENARIO.as_bytes());
        let whole = shouted(&original).written("a", &[]);
        let half: String = whole.chars().take(cut).collect();
        for text in [text, half] {
            let catalogue = read(&text);
            for finding in &catalogue.findings {
                prop_assert!(finding.span.is_some());
            }
            prop_assert!(translate(&original, &catalogue, "a.ron").unwrap().loaded.scenario.is_some());
        }
    }
}
