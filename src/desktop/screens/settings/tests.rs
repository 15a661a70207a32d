use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::*;
use crate::desktop::screens::page::testing::{big, opened, reach, within_the_window};
use crate::desktop::theme::Theme;

fn settings() -> SettingsView {
    SettingsView {
        text_size: 120,
        look: LookAs::System,
        contrast: Contrast::Usual,
        reduced_motion: false,
        captions: true,
        mood_word: true,
        mode: Mode::Steps,
        speech_rate: 100,
        language: "en".to_owned(),
        languages: vec!["en".to_owned()],
        sound: false,
        volume: 70,
        name: "Jo".to_owned(),
        team: None,
        data_folder: "/home/jo/.local/share/simmer".to_owned(),
        scenarios_folder: "/home/jo/.local/share/simmer/scenarios".to_owned(),
        log_file: "/home/jo/.local/state/simmer/simmer.log".to_owned(),
        version: "0.1.0".to_owned(),
        exported: None,
    }
}

fn open(theme: Theme, settings: &SettingsView) -> Harness<'static, (Memory, Vec<Action>)> {
    let view = View::of(settings);
    opened(theme, move |ui, theme, memory| draw(ui, theme, &view, memory))
}

#[test]
fn a_view_says_what_is_kept_where_and_what_deleting_means() {
    let exported = Some(Err("the disk is full".to_owned()));
    let View { now: _, text_size, speech_rate, volume, about_mode, places, export, erasing, version } =
        View::of(&SettingsView { exported, speech_rate: 75, ..settings() });
    insta::assert_debug_snapshot!((text_size, speech_rate, volume, about_mode, places, export, erasing, version), @r#"
    (
        "120 %",
        "0.75×",
        "70 %",
        "No clock. The customer says a little at a time, and waits for you.",
        [
            Place {
                name: "Your data",
                about: "Your calls, notes, results and these settings. Nothing of it leaves this computer unless you export it or your team has a board.",
                path: "/home/jo/.local/share/simmer",
                copy: "Copy the path of your data",
            },
            Place {
                name: "Scenarios",
                about: "Put scenario files here to find them under Customers. They are plain text.",
                path: "/home/jo/.local/share/simmer/scenarios",
                copy: "Copy the path of the scenarios",
            },
            Place {
                name: "Log",
                about: "What Simmer did and what went wrong. Useful to whoever helps you.",
                path: "/home/jo/.local/state/simmer/simmer.log",
                copy: "Copy the path of the log",
            },
        ],
        Some(
            "It could not be written: the disk is full. Nothing was changed.",
        ),
        Erasing {
            ask: "Delete my data",
            question: "Delete all your data on this computer?",
            lines: [
                "Deleted: every call you played, your notes and results, what you wrote about them, your goals and review cards, your name and these settings.",
                "Kept: the scenario files. Results that already stand on a team’s board stay there; whoever runs it can remove them.",
                "It cannot be undone. If you may want it later, export it first.",
            ],
            keep: "Keep my data",
            delete: "Delete it for good",
        },
        "Simmer 0.1.0",
    )
    "#);
}

#[test]
fn the_rate_of_speech_is_shown_as_a_factor() {
    for (percent, shown) in [(50, "0.5×"), (75, "0.75×"), (100, "1×"), (105, "1.05×"), (150, "1.5×"), (200, "2×")]
    {
        assert_eq!(View::of(&SettingsView { speech_rate: percent, ..settings() }).speech_rate, shown);
    }
}

#[test]
fn every_change_is_reached_by_tab_and_applies_at_once() {
    let changes = [
        (Role::Slider, "Size of text", Key::ArrowRight, Action::SetTextSize(130)),
        (Role::RadioButton, "Dark", Key::Enter, Action::SetLook(LookAs::Dark)),
        (Role::RadioButton, "More contrast", Key::Enter, Action::SetContrast(Contrast::More)),
        (Role::Switch, "Reduced motion", Key::Space, Action::SetReducedMotion(true)),
        (Role::Switch, "Say in words what the drawing shows", Key::Space, Action::SetCaptions(false)),
        (Role::Switch, "One word for the customer’s mood", Key::Space, Action::SetMoodWord(false)),
        (Role::RadioButton, "Timed", Key::Enter, Action::SetMode(Mode::Timed)),
        (Role::Slider, "How fast customers speak", Key::ArrowLeft, Action::SetSpeechRate(95)),
        (Role::Switch, "Sound", Key::Enter, Action::SetSound(true)),
        (Role::Slider, "Volume", Key::ArrowRight, Action::SetVolume(80)),
        (Role::Button, "Export my data", Key::Enter, Action::ExportMyData),
        (Role::Button, "Back", Key::Enter, Action::Back),
    ];
    for theme in [Theme::default(), big()] {
        let mut harness = open(theme, &settings());
        for (role, name, key, action) in &changes {
            reach(&mut harness, *role, name);
            harness.key_press(*key);
            harness.run();
            assert_eq!(harness.state().1.last(), Some(action), "{name}");
        }
        within_the_window(&mut harness);
    }
}

#[test]
fn the_volume_goes_in_tens_from_silence_to_all_of_it() {
    fn check(volume: u16, key: Key, set: &[Action]) {
        let mut harness = open(Theme::default(), &SettingsView { volume, ..settings() });
        reach(&mut harness, Role::Slider, "Volume");
        harness.key_press(key);
        harness.run();
        assert_eq!(harness.state().1, set, "{volume} {key:?}");
    }
    check(10, Key::ArrowLeft, &[Action::SetVolume(0)]);
    check(0, Key::ArrowLeft, &[]);
    check(90, Key::ArrowRight, &[Action::SetVolume(100)]);
    check(100, Key::ArrowRight, &[]);
    check(70, Key::Home, &[Action::SetVolume(0)]);
    check(70, Key::End, &[Action::SetVolume(100)]);
}

#[test]
fn a_name_changes_as_it_is_typed_and_what_is_wrong_is_said_and_not_kept() {
    let mut harness = open(Theme::default(), &settings());
    harness.get_by_role_and_label(Role::TextInput, "Your name").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Your name").type_text("anna");
    harness.run();
    assert_eq!(harness.state().1.last(), Some(&Action::SetName("Joanna".to_owned())));
    harness.get_by_role_and_label(Role::TextInput, "Your name").type_text(&"x".repeat(40));
    harness.run();
    harness.get_by_label("That is 46 characters. There is room for 40.");
    assert_eq!(harness.state().1.len(), 1);

    harness.get_by_role_and_label(Role::TextInput, "Your team").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Your team").type_text(" North ");
    harness.run();
    assert_eq!(harness.state().1.last(), Some(&Action::SetTeam(Some("North".to_owned()))));
}

#[test]
fn deleting_is_asked_twice_and_the_mild_answer_comes_first() {
    let mut harness = open(big(), &settings());
    let press = |harness: &mut Harness<'_, (Memory, Vec<Action>)>, key| {
        harness.key_press(key);
        harness.run();
    };
    reach(&mut harness, Role::Button, "Delete my data");
    press(&mut harness, Key::Enter);
    assert!(harness.get_by_role_and_label(Role::Button, "Keep my data").is_focused());
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().1, []);
    assert!(harness.get_by_role_and_label(Role::Button, "Delete my data").is_focused());

    press(&mut harness, Key::Enter);
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().1, [], "Esc takes the question back, and does not leave");

    reach(&mut harness, Role::Button, "Delete my data");
    press(&mut harness, Key::Enter);
    reach(&mut harness, Role::Button, "Delete it for good");
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().1, [Action::DeleteMyData]);
}
