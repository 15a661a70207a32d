use proptest::prelude::*;

use super::*;
use crate::authoring::graph::{PlaceKind, Sheet, graph};
use crate::export::twee;
use crate::scenario::Scenario;
use crate::scenario::load::load;

fn story(text: &str) -> Story {
    read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// The draft as a scenario: it must have no error.
#[track_caller]
fn loaded(draft: &Draft) -> Scenario {
    let loaded = load("draft.ron", draft.text.as_bytes());
    loaded.scenario.unwrap_or_else(|| panic!("{:#?}\n{}", loaded.findings, draft.text))
}

fn links(passage: &Passage) -> Vec<(&str, &str)> {
    passage.links.iter().map(|link| (link.words.as_str(), link.target.as_str())).collect()
}

#[test]
fn links_are_read_in_every_spelling() {
    let story =
        story(":: A\nHello. [[B]] [[go on->B]] [[B<-go back]]\n[[go|B]] [[a->b->B]] [[C<-x<-y]] [[say|B][$x to 1]]");
    assert_eq!(
        links(&story.passages[0]),
        [("B", "B"), ("go on", "B"), ("go back", "B"), ("go", "B"), ("a->b", "B"), ("x<-y", "C"), ("say", "B")]
    );
    assert_eq!(story.passages[0].macros, ["$x to 1"]);
    assert_eq!(story.passages[0].words.trim(), "Hello.");
}

#[test]
fn headings_have_tags_data_and_escapes() {
    let story = story(
        "words before it\n\n:: A \\[1\\] \\\\ [one two] {\"position\":\"1,2\"}\r\n\\:: not a heading\r\n::B{}\nend",
    );
    assert_eq!(story.passages[0].name, "A [1] \\");
    assert_eq!(story.passages[0].tags, ["one", "two"]);
    assert_eq!(story.passages[0].words, ":: not a heading\n");
    assert_eq!(story.passages[1].name, "B");
}

#[test]
fn title_and_start_are_read_and_styles_left_out() {
    let story = story(
        ":: StoryTitle\nThe day\n:: StoryData\n{\"ifid\":\"X\",\"start\":\"Second\"}\n:: css [stylesheet]\nbody{}\n\
         :: First\n[[Second]]\n:: Second\nend",
    );
    assert_eq!((story.title.as_deref(), story.start.as_deref()), (Some("The day"), Some("Second")));
    assert_eq!(story.left_out, ["css"]);
    assert_eq!(story.passages.len(), 2);
}

#[test]
fn macros_and_remarks_are_no_words() {
    let story = story(
        ":: A\n<<set $x to 1>>(if: $x is (1))[Hello] /* no */<!-- no -->there (he said: yes). [[B]]<<if $y>>x<</if>>",
    );
    let passage = &story.passages[0];
    assert_eq!(passage.macros, ["<<set $x to 1>>", "(if: $x is (1))", "<<if $y>>", "<</if>>"]);
    assert_eq!(passage.words.trim(), "[Hello] there (he said: yes).");
    assert_eq!(passage.links[0].after.trim(), "x");
}

#[test]
fn what_is_no_story_says_why() {
    let why = |bytes: &[u8]| read(bytes).unwrap_err();
    assert_eq!(why(b"nothing"), NotAStory::NoPassage);
    assert_eq!(why(b":: StoryTitle\nx"), NotAStory::NoPassage);
    assert_eq!(why(b"\xFF"), NotAStory::NotUtf8);
    assert_eq!(why(b"::  [tag]\nx"), NotAStory::NoName { line: 1 });
    assert_eq!(why(b":: A\nx\n:: A\ny"), NotAStory::Twice { line: 3, name: "A".to_owned() });
}

#[test]
fn a_draft_plays_and_says_what_is_to_be_done() {
    let story = story(
        ":: Start\n#one Hello {there} ~ [ || <<set $a>>\n[[Say it]]\nWords of it.\n[[Say it->Gone]]\n[[Say it->Start]]\n\
         :: Say it\n\"Well.\" \\ \n",
    );
    let draft = draft(&story, "my story");
    let scenario = loaded(&draft);
    assert_eq!(scenario.slug, "my-story");
    let encounter = &scenario.encounters[0];
    assert_eq!(
        encounter.replies.iter().map(|reply| reply.name.as_str()).collect::<Vec<_>>(),
        ["say-it", "say-it-2", "say-it-3"]
    );
    assert_eq!(encounter.replies[0].text, "Words of it.");
    assert_eq!(encounter.endings.iter().map(|ending| ending.name.as_str()).collect::<Vec<_>>(), ["say-it", "gone"]);
    assert!(draft.text.contains("// In the story: <<set $a>>"), "{}", draft.text);
    let to_do = draft.to_do.join("\n");
    for what in ["not there; they became endings: Gone", "does not say where it begins", "Macros became remarks (1)"] {
        assert!(to_do.contains(what), "{what} in\n{to_do}");
    }
}

#[test]
fn a_speaker_whose_name_begins_the_lines_is_the_customer() {
    let text = ":: Start\nMARIA GOMEZ: I've been waiting: an hour.\nMARIA GOMEZ: An hour!\n[[You: I'm sorry->On]]\n\
                [[You: And?->Off]]\n:: On\nMARIA GOMEZ: Well.\nDriver: Not my fault.\n[[Say goodbye->Off]]\n:: Off\nShe goes.";
    let draft = draft(&story(text), "x");
    let scenario = loaded(&draft);
    assert_eq!((scenario.customer.name.as_str(), scenario.you.as_str()), ("Maria Gomez", "Sam"));
    assert!(draft.text.contains("\"I've been waiting: an hour. An hour!\""), "{}", draft.text);
    assert!(draft.text.contains("\"Well. Driver: Not my fault.\""), "{}", draft.text);
    let replies: Vec<_> = scenario.encounters[0].replies.iter().map(|reply| reply.name.as_str()).collect();
    assert_eq!(replies, ["im-sorry", "and", "say-goodbye"]);
    let to_do = draft.to_do.join("\n");
    assert!(to_do.contains("\"MARIA GOMEZ:\" begins what is said in 2 of 2 passages"), "{to_do}");
    assert!(to_do.contains("\"You:\" begins what is said in 2 of 3 links"), "{to_do}");
}

#[test]
fn a_trainee_with_a_name_keeps_it_and_a_word_before_a_colon_is_nobody() {
    let named = draft(&story(":: A\nHi. [[Kim: Yes->B]] [[Kim: No->B]]\n:: B\nend"), "x");
    assert_eq!(loaded(&named).you, "Kim");
    let text = ":: A\nNote: once.\n[[B]]\n:: B\nTwo things: one.\nit is said: no\n12: x\n[[C]]\n:: C\nSaid.\n[[A]]";
    let plain = draft(&story(text), "x");
    assert_eq!(loaded(&plain).customer.name, "Customer");
    assert!(plain.text.contains("Note: once."), "{}", plain.text);
    assert!(plain.to_do.iter().all(|line| !line.contains("begins what is said")), "{:?}", plain.to_do);
}

#[test]
fn a_story_that_ends_as_it_begins_and_one_with_too_many_links_are_drafts_too() {
    loaded(&draft(&story(":: A\nAlone."), "x"));
    let many: Vec<_> = (0..20).map(|number| format!("[[{number}]]")).collect();
    let many = many.join(" ");
    let draft = draft(&story(&format!(":: A\n{many}")), "x");
    assert_eq!(loaded(&draft).encounters[0].replies.len(), 16);
    assert!(draft.to_do.iter().any(|line| line.contains("More than 16 links leave A")));
}

/// Where each node leads, in its order, by name. An ending leads nowhere.
fn structure(sheet: &Sheet) -> Vec<(String, Vec<String>)> {
    let named = sheet.places.iter().enumerate().filter(|(_, place)| place.kind != PlaceKind::Start);
    named
        .map(|(at, place)| {
            let ways = sheet.ways.iter().filter(|way| way.from == at);
            (place.name.clone(), ways.map(|way| sheet.places[way.to].name.clone()).collect())
        })
        .collect()
}

#[track_caller]
fn check_round_trip(scenario: &Scenario) {
    let draft = draft(&story(&twee(scenario)), "x");
    let again = loaded(&draft);
    let (before, after) = (&graph(scenario).sheets[0], &graph(&again).sheets[0]);
    assert_eq!(structure(after), structure(before));
    let begins = |sheet: &Sheet| sheet.places[sheet.ways[0].to].name.clone();
    assert_eq!(begins(after), begins(before));
    assert_eq!(again.title, scenario.title);
}

#[test]
fn a_shipped_scenario_keeps_its_structure_through_a_story_and_back() {
    for bytes in [
        &include_bytes!("../../../scenarios/before-saturday.ron")[..],
        &include_bytes!("../../../scenarios/can-i-have-it-on.ron")[..],
        &include_bytes!("../../../scenarios/one-twelve.ron")[..],
    ] {
        check_round_trip(&load("a.ron", bytes).scenario.unwrap());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_graph_keeps_its_structure_through_a_story_and_back(
        nodes in prop::collection::vec(prop::collection::vec((0..14_usize, any::<bool>()), 1..5), 1..10),
        start in 0..10_usize,
        words in "[ -~\u{E0}-\u{FF}]{1,40}",
    ) {
        let count = nodes.len();
        let name = |place: usize| if place < count { format!("n-{place}") } else { format!("end-{}", (place - count) % 4) };
        let text: Vec<_> = nodes.iter().enumerate().map(|(place, replies)| {
            let replies: Vec<_> = replies.iter().enumerate().map(|(number, (to, jumps))| {
                let jump = if *jumps { "to_when: [(when: CutOff, to: \"end-0\")]," } else { "" };
                format!("Reply(id: \"r-{place}-{number}\", gist: {words:?}, text: {words:?}, acts: [], why: \"w\", hears: \"h\", {jump} to: {:?}),", name(*to))
            }).collect();
            format!("{:?}: Node(says: [\"Says {place}.\"], replies: [{}]),", name(place), replies.concat())
        }).collect();
        let text = text.concat();
        let text = format!(
            "Scenario(format: 1, id: \"a\", title: \"A\", setting: \"s\", you: \"Ade\", channel: Phone, difficulty: 1, teaser: \"t\", \
             customer: Customer(name: \"Pat\", pronoun: They, about: \"a\", mood: (anger: 50, trust: 50, patience: 50, heard: 50, clarity: 50)), \
             needs: {{ \"all\": (weight: 100, text: \"n\") }}, encounters: [Encounter(id: \"call\", start: {:?}, leaves: \"l\", escalates: \"e\", \
             nodes: {{ {text} }}, endings: {{ \"end-0\": (text: \"e\"), \"end-1\": (text: \"e\"), \"end-2\": (text: \"e\"), \"end-3\": (text: \"e\") }})])",
            name(start % count),
        );
        let loaded = load("a.ron", text.as_bytes());
        prop_assume!(loaded.scenario.is_some());
        check_round_trip(&loaded.scenario.unwrap());
    }
}
