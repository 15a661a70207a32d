use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable};
use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::desktop::screens::page::testing::{big, opened, reach, within_the_window};
use crate::desktop::theme::Theme;
use crate::settings::{Secret, XapiVersion};

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
        records: RecordsNow::default(),
        deleting: Elsewhere::default(),
        moment: Timestamp::UNIX_EPOCH,
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
                about: "Your calls, notes, results and these settings. Nothing of it leaves this computer unless you export it, your team has a board, or a learning system is told.",
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
            asking: None,
            failed: None,
            keep: "Keep my data",
            delete: [
                (
                    Here,
                    "Delete it for good",
                ),
            ],
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
    assert_eq!(harness.state().1, [Action::DeleteMyData(Where::Here)]);
}

fn in_a_team(deleting: Deleting) -> SettingsView {
    let service = Some("Quayside support".to_owned());
    SettingsView { deleting: Elsewhere { service, unsent: true, recorded: true, deleting }, ..settings() }
}

#[test]
fn whoever_is_in_a_team_is_told_what_its_service_keeps_before_anything_is_deleted() {
    let erasing = View::of(&in_a_team(Deleting::NotAsked)).erasing;
    insta::assert_snapshot!(erasing.lines[1..].join("\n"), @r"
    Kept: the scenario files. You are in a team: Quayside support keeps what it was sent, that is your name there, your places on its boards and your ranked runs, unless you delete it there as well.
    A ranked run of yours has not been sent yet. It is deleted with the others.
    What a learning system was sent stays there; whoever runs it can remove it.
    It cannot be undone. If you may want it later, export it first.
    ");
    let check = |deleting: Deleting, button: &str, expected: Action| {
        let mut harness = open(big(), &in_a_team(deleting));
        reach(&mut harness, Role::Button, "Delete my data");
        harness.key_press(Key::Enter);
        harness.run();
        assert!(harness.get_by_role_and_label(Role::Button, "Keep my data").is_focused());
        reach(&mut harness, Role::Button, button);
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(harness.state().1.last(), Some(&expected), "{button}");
        within_the_window(&mut harness);
    };
    let failed = || Deleting::Failed("The team service cannot be reached at the moment.".to_owned());
    check(Deleting::NotAsked, "Delete it here and at Quayside support", Action::DeleteMyData(Where::AtTheTeamToo));
    check(Deleting::NotAsked, "Delete it on this computer alone", Action::DeleteMyData(Where::Here));
    check(failed(), "Try again at Quayside support", Action::DeleteMyData(Where::AtTheTeamToo));
    check(failed(), "Delete it on this computer alone", Action::DeleteMyData(Where::Here));
    check(failed(), "Keep my data", Action::KeepMyData);
}

#[test]
fn while_the_service_is_asked_nothing_else_can_be_deleted_and_what_it_says_is_told() {
    let mut harness = open(Theme::default(), &in_a_team(Deleting::Asking));
    reach(&mut harness, Role::Button, "Delete my data");
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label("Asking Quayside support to delete what it knows of you\u{2026}");
    assert!(harness.query_by_label("Delete it on this computer alone").is_none());
    assert!(harness.query_by_label("Keep my data").is_none());
    let failed = View::of(&in_a_team(Deleting::Failed("Nothing answers.".to_owned()))).erasing.failed.unwrap();
    insta::assert_snapshot!(failed, @"Quayside support has not deleted anything: Nothing answers. Nothing was deleted here either.");
}

fn store() -> StoreNow {
    StoreNow {
        address: "https://lrs.example/xapi".to_owned(),
        key: "simmer".to_owned(),
        version: XapiVersion::One,
        by_itself: false,
    }
}

fn with_store(sending: Sending, problem: Option<&str>) -> SettingsView {
    let records = RecordsNow { store: Some(store()), sending, problem: problem.map(str::to_owned) };
    SettingsView { records, ..settings() }
}

fn typed(harness: &mut Harness<'_, (Memory, Vec<Action>)>, role: Role, name: &str, words: &str) {
    harness.get_by_role_and_label(role, name).focus();
    harness.run();
    harness.get_by_role_and_label(role, name).type_text(words);
    harness.run();
}

fn pressed(harness: &mut Harness<'_, (Memory, Vec<Action>)>, role: Role, name: &str) {
    reach(harness, role, name);
    harness.key_press(Key::Enter);
    harness.run();
}

#[test]
fn a_record_store_is_set_by_keyboard_and_its_secret_is_masked_until_asked_for() {
    for theme in [Theme::default(), big()] {
        let mut harness = open(theme, &settings());
        pressed(&mut harness, Role::Button, "Set a record store");
        assert!(harness.get_by_role_and_label(Role::TextInput, "Address of the record store").is_focused());
        typed(&mut harness, Role::TextInput, "Address of the record store", "https://lrs.example/xapi");
        typed(&mut harness, Role::TextInput, "Key", "simmer");
        typed(&mut harness, Role::PasswordInput, "Secret", "hush-hush");
        let shown = |harness: &Harness<'_, _>, role| {
            harness.get_by_role_and_label(role, "Secret").accesskit_node().value().unwrap_or_default()
        };
        assert!(!shown(&harness, Role::PasswordInput).contains("hush"));
        assert!(!format!("{:?}", harness.state().0).contains("hush"));
        pressed(&mut harness, Role::Switch, "Show the secret");
        assert_eq!(shown(&harness, Role::TextInput), "hush-hush");
        within_the_window(&mut harness);
        pressed(&mut harness, Role::RadioButton, "2.0.0");
        pressed(&mut harness, Role::Button, "Save the record store");
        let set = TypedStore {
            address: "https://lrs.example/xapi".to_owned(),
            key: "simmer".to_owned(),
            secret: Secret::new("hush-hush"),
            version: XapiVersion::Two,
        };
        assert_eq!(harness.state().1.last(), Some(&Action::Records(RecordAction::Set(set))));
        assert!(!format!("{:?}", harness.state()).contains("hush"), "neither kept nor told");
    }
}

#[test]
fn what_is_wrong_with_a_store_is_told_where_it_was_typed_and_esc_leaves_it_as_it_was() {
    let mut harness = open(big(), &with_store(Sending::Unknown, Some("Type the secret.")));
    pressed(&mut harness, Role::Link, "Change the record store");
    pressed(&mut harness, Role::Button, "Save the record store");
    harness.get_by_label("Type the secret.");
    assert!(harness.query_by_role_and_label(Role::TextInput, "Key").is_some(), "it is still being typed");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_role_and_label(Role::TextInput, "Key").is_none());
    assert!(!harness.state().1.contains(&Action::Back));
}

#[test]
fn a_store_is_sent_to_switched_and_forgotten_by_name() {
    let done = Sending::Done { sent: 12, waiting: 0, notes: vec!["The store did not take one statement.".to_owned()] };
    for theme in [Theme::default(), big()] {
        let mut harness = open(theme, &with_store(done.clone(), None));
        harness.get_by_label("12 statements sent, none waiting.");
        harness.get_by_label("The store did not take one statement.");
        pressed(&mut harness, Role::Button, "Send now");
        pressed(&mut harness, Role::Switch, "Send after each finished call");
        pressed(&mut harness, Role::Link, "Forget it");
        assert!(harness.get_by_role_and_label(Role::Button, "Keep the store").is_focused());
        pressed(&mut harness, Role::Button, "Forget the store");
        let expected = [RecordAction::SendNow, RecordAction::SendByItself(true), RecordAction::Forget];
        assert_eq!(harness.state().1, expected.map(Action::Records));
        within_the_window(&mut harness);
    }
    let mut busy = open(Theme::default(), &with_store(Sending::Now, None));
    busy.get_by_label("Sending\u{2026}");
    busy.get_by_role_and_label(Role::Button, "Send now").click();
    busy.run();
    assert_eq!(busy.state().1, [], "it is being sent");
}

#[test]
fn how_it_stands_with_records_is_said_in_words() {
    let now = Timestamp::UNIX_EPOCH;
    let waiting = |seconds, left| {
        let until = now + SignedDuration::from_secs(seconds);
        Sending::Waiting { why: "no connection".to_owned(), until, left }
    };
    let done = |sent, waiting| Sending::Done { sent, waiting, notes: Vec::new() };
    let all = [
        done(0, 0),
        done(1, 0),
        done(12, 0),
        done(12, 1),
        done(0, 3),
        waiting(120, 1),
        waiting(61, 3),
        waiting(-5, 3),
        Sending::Refused("The store did not let Simmer in (401).".to_owned()),
    ];
    let words: Vec<_> = all.iter().filter_map(|sending| sending.words(now)).collect();
    insta::assert_snapshot!(words.join("\n"), @r"
    Nothing has been sent yet, and nothing waits.
    1 statement sent, none waiting.
    12 statements sent, none waiting.
    12 statements sent. 1 call waits to be sent.
    0 statements sent. 3 calls wait to be sent.
    Waiting: no connection, trying again in 2 min. 1 call is still to be sent.
    Waiting: no connection, trying again in 2 min. 3 calls are still to be sent.
    Waiting: no connection, trying again within a minute. 3 calls are still to be sent.
    Refused: The store did not let Simmer in (401).
    ");
    assert_eq!(Sending::Unknown.words(now), None);
}
