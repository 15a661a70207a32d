use super::{NotAName, scaffold, slug};
use crate::authoring::fmt::format_text;
use crate::campaign;
use crate::dialogue::Mode;
use crate::explore::best_playthrough;
use crate::scenario::load::load;
use crate::scenario::vocabulary::{Channel, Outcome};

#[test]
fn a_new_scenario_is_complete_clean_and_laid_out() {
    for channel in [Channel::Phone, Channel::Counter] {
        let text = scaffold("wet-parcel", None, channel).unwrap();
        let loaded = load("wet-parcel.ron", text.as_bytes());
        assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
        let scenario = loaded.scenario.unwrap();
        assert_eq!((scenario.slug.as_str(), scenario.title.as_str()), ("wet-parcel", "Wet parcel"));
        assert_eq!(scenario.channel, channel);
        assert_eq!(format_text(&text).unwrap(), text);
        assert!(!text.contains('@'), "nothing is left to be filled in");
        let encounter = &scenario.encounters[0];
        assert!(!encounter.note.is_empty() && !encounter.diary.is_empty() && !encounter.endings.is_empty());
    }
}

#[test]
fn a_new_scenario_can_be_won() {
    let scenario = load("a.ron", scaffold("a", None, Channel::Phone).unwrap().as_bytes()).scenario.unwrap();
    let best = best_playthrough(&scenario, 1, None).unwrap();
    let result = campaign::result(&scenario, &best.run);
    assert_eq!(result.outcome, Outcome::Advocate);
    assert!(result.overall >= 950, "{}", result.overall);
    assert_eq!(best.run.talk.mode, Mode::Steps);
}

#[test]
fn its_title_may_be_anything_and_its_name_may_not() {
    let text = scaffold("a", Some("The \"wet\" \\ parcel"), Channel::Counter).unwrap();
    let title = load("a.ron", text.as_bytes()).scenario.unwrap().title;
    assert!(title.contains("wet") && title.contains('\\'), "{title}");
    let refused = |name: &str| scaffold(name, None, Channel::Phone).unwrap_err();
    assert_eq!(refused("Wet parcel"), NotAName { name: "Wet parcel".to_owned(), instead: "wet-parcel".to_owned() });
    assert_eq!(refused("../x").instead, "x");
}

#[test]
fn any_words_give_a_name() {
    for (words, name) in [
        ("Wet Parcel!", "wet-parcel"),
        ("It's Übel – naïve", "its-ubel-naive"),
        ("  a--b ", "a-b"),
        ("日本", "unnamed"),
        ("", "unnamed"),
        ("42", "42"),
    ] {
        assert_eq!(slug(words), name, "{words}");
    }
}
