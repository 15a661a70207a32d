//! Writing, going about, taking back.

use egui::{OutputCommand, pos2};
use proptest::prelude::*;

use super::*;
use crate::desktop::screens::testing::assert_fits;
use crate::studio::document::Change;

const COMMAND: Modifiers = Modifiers::COMMAND;

#[test]
fn a_scenario_is_typed_into_an_empty_file_by_keyboard() {
    let mut window = open(light(), "");
    type_in(&mut window, "Scenario(\nformat: 1,\nid: \"so-small\",\ncustomer: Customer(\nname: \"Zoë “Zed” Ng\",\n");
    type_in(&mut window, "pronoun: She");
    press(&mut window, Key::End);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::End);
    type_in(&mut window, ",\nneeds: { \"all\": (weight: 100, text: \"A way out\") },");
    assert_eq!(
        text(&window),
        "Scenario(\n    format: 1,\n    id: \"so-small\",\n    customer: Customer(\n        name: \"Zoë “Zed” Ng\",\n        \
         pronoun: She\n    ),\n    needs: { \"all\": (weight: 100, text: \"A way out\") },\n)"
    );
    assert!(has_label(&window, "It cannot be played yet."), "much of it is missing");
}

#[test]
fn what_was_typed_is_taken_back_and_done_again_and_the_caret_follows() {
    let mut window = open(light(), "one");
    press(&mut window, Key::End);
    type_in(&mut window, " two three");
    press_with(&mut window, COMMAND, Key::Z);
    assert_eq!((&*text(&window), caret(&window)), ("one two ", 8));
    press_with(&mut window, COMMAND, Key::Z);
    press_with(&mut window, COMMAND, Key::Z);
    assert_eq!(text(&window), "one");
    press_with(&mut window, COMMAND, Key::Z);
    assert!(has_label(&window, "There is nothing to take back."));
    press_with(&mut window, COMMAND | Modifiers::SHIFT, Key::Z);
    press_with(&mut window, COMMAND, Key::Y);
    press_with(&mut window, COMMAND, Key::Y);
    assert_eq!(text(&window), "one two three");
}

#[test]
fn what_is_typed_behind_taking_back_holds_for_what_comes_of_it() {
    let mut window = open(light(), "");
    type_in(&mut window, "one two");
    let both = [pressed(Key::Z, COMMAND), Event::Text("x".to_owned())];
    window.input_mut().events.extend(both);
    settle(&mut window);
    assert_eq!(text(&window), "one x");
}

#[test]
fn words_are_cut_copied_and_pasted() {
    let mut window = open(light(), "one two");
    press_with(&mut window, COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    window.event(Event::Copy);
    window.step();
    let copied = |window: &Window<'_>| window.output().platform_output.commands.clone();
    assert_eq!(copied(&window), [OutputCommand::CopyText("one ".to_owned())]);
    window.event(Event::Cut);
    window.step();
    assert_eq!(copied(&window), [OutputCommand::CopyText("one ".to_owned())]);
    settle(&mut window);
    assert_eq!(text(&window), "two");
    press(&mut window, Key::End);
    window.event(Event::Paste(" three\r\n".to_owned()));
    settle(&mut window);
    assert_eq!(text(&window), "two three\n");
    press_with(&mut window, COMMAND, Key::A);
    press(&mut window, Key::Delete);
    assert_eq!(text(&window), "");
}

#[test]
fn an_input_method_writes_once_it_is_done() {
    let mut window = open(light(), "a");
    press(&mut window, Key::End);
    let preedit = |text: &str| Event::Ime(egui::ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None });
    window.event(preedit("に"));
    settle(&mut window);
    assert_eq!(text(&window), "a");
    window.event(preedit(""));
    window.event(Event::Ime(egui::ImeEvent::Commit("日本".to_owned())));
    settle(&mut window);
    assert_eq!((&*text(&window), caret(&window)), ("a日本", 7));
}

#[test]
fn tab_moves_in_and_the_focus_stays_in_the_text() {
    let mut window = open(light(), "a\nb");
    press_with(&mut window, COMMAND, Key::A);
    press(&mut window, Key::Tab);
    assert_eq!(text(&window), "    a\n    b");
    press_with(&mut window, Modifiers::SHIFT, Key::Tab);
    assert_eq!(text(&window), "a\nb");
    press(&mut window, Key::Escape);
    assert!(is_in_text(&window));
    assert!(window.state().others.is_empty(), "a stray Esc does nothing");
}

#[test]
fn the_mouse_puts_the_caret_and_selects() {
    let mut window = open(light(), "one two\nthree four\n");
    let rect = window.get_by_role_and_label(Role::MultilineTextInput, "Text").rect();
    let spot = pos2(rect.left() + 90.0, rect.top() + 30.0);
    let click = |window: &mut Window<'_>| {
        let button = |pressed| Event::PointerButton {
            pos: spot,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        // Within one frame, so that it is quick enough for a double click.
        window.input_mut().events.extend([Event::PointerMoved(spot), button(true), button(false)]);
    };
    click(&mut window);
    window.run();
    let at = caret(&window);
    assert!((9..18).contains(&at), "in the second line: {at}");
    window.run_steps(4);
    for _ in 0..2 {
        click(&mut window);
    }
    window.run();
    assert_eq!(window.state().memory.text.editor.selected(), "three");
    window.run_steps(4);
    for _ in 0..3 {
        click(&mut window);
    }
    window.run();
    assert_eq!(window.state().memory.text.editor.selected(), "three four\n");
    window.drag_at(pos2(rect.left() + 2.0, rect.top() + 8.0));
    window.run();
    window.hover_at(pos2(rect.left() + 400.0, rect.top() + 8.0));
    window.run();
    window.drop_at(pos2(rect.left() + 400.0, rect.top() + 8.0));
    window.run();
    assert_eq!(window.state().memory.text.editor.selected(), "one two");
}

#[test]
fn a_screen_reader_hears_the_line_of_the_caret() {
    let mut window = open(light(), "one\ntwo “three”\nfour");
    press(&mut window, Key::ArrowDown);
    let field = window.get_by_role_and_label(Role::MultilineTextInput, "Text");
    assert_eq!(field.value().as_deref(), Some("two “three”"));
    assert_eq!(field.accesskit_node().description().as_deref(), Some("Line 2 of 3. F6 leads out."));
    press_with(&mut window, Modifiers::SHIFT, Key::End);
    let field = window.get_by_role_and_label(Role::MultilineTextInput, "Text");
    assert!(field.accesskit_node().text_selection().is_some_and(|selection| !selection.is_degenerate()));
}

#[test]
fn what_the_desk_changes_elsewhere_is_taken_over() {
    let mut window = open(light(), "one two");
    press(&mut window, Key::End);
    window.state_mut().studio.edit(Change { range: 0..0, inserted: "zero ".to_owned() });
    settle(&mut window);
    assert_eq!((&*text(&window), caret(&window)), ("zero one two", 12));
    window.state_mut().studio = Studio::open("b.ron", "other");
    window.state_mut().opened = 2;
    settle(&mut window);
    assert_eq!((&*text(&window), caret(&window)), ("other", 0));
}

#[test]
fn a_large_file_is_gone_through_and_written_in() {
    let many = (0..30_000).map(|line| format!("// line {line}")).collect::<Vec<_>>().join("\n") + "\n";
    let mut window = open(light(), &many);
    press_with(&mut window, COMMAND, Key::End);
    assert!(has_label(&window, "Line 30001 of 30001"));
    type_in(&mut window, "// é");
    press(&mut window, Key::PageUp);
    press_with(&mut window, COMMAND, Key::Home);
    assert!(has_label(&window, "Line 1 of 30001"));
    assert_eq!(text(&window), many + "// é");
}

#[test]
fn everything_fits_at_two_hundred_per_cent() {
    let theme = Theme::new(Appearance::Dark, Scale::percent(200), Motion::Reduced);
    let mut window = open(theme, DORIS);
    window.state_mut().memory.beside = super::super::super::Pane::Text;
    press_with(&mut window, COMMAND, Key::H);
    assert_fits(&window);
    window.get_by_role_and_label(Role::TextInput, "Find");
}

const KEYS: [Key; 12] = [
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::Home,
    Key::End,
    Key::Enter,
    Key::Tab,
    Key::Backspace,
    Key::Delete,
    Key::PageUp,
    Key::Z,
];

fn pressed(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

#[derive(Debug, Clone)]
enum Happens {
    Text(String),
    Paste(String),
    Cut,
    Key(Key, Modifiers),
    Press(f32, f32),
    Release(f32, f32),
    Elsewhere(String),
}

fn happens() -> impl Strategy<Value = Happens> {
    let modifiers = prop::sample::select(vec![Modifiers::NONE, Modifiers::SHIFT, COMMAND, COMMAND | Modifiers::SHIFT]);
    let spot = || (40.0..600.0_f32, 50.0..700.0_f32);
    prop_oneof![
        6 => "[ab é“あ👧\"(){}:,]".prop_map(Happens::Text),
        1 => "[ab é“あ\n\"(]{0,20}".prop_map(Happens::Paste),
        1 => Just(Happens::Cut),
        6 => (prop::sample::select(KEYS.to_vec()), modifiers).prop_map(|(key, modifiers)| Happens::Key(key, modifiers)),
        1 => spot().prop_map(|(x, y)| Happens::Press(x, y)),
        1 => spot().prop_map(|(x, y)| Happens::Release(x, y)),
        1 => "[ab é\n]{0,5}".prop_map(Happens::Elsewhere),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_happens_the_pane_shows_what_the_desk_has(
        begin in "[ab é“\n\"(]{0,60}",
        all in prop::collection::vec(prop::collection::vec(happens(), 1..4), 1..14),
    ) {
        let mut window = open(light(), &begin);
        for frame in all {
            for what in frame {
                // All of it in one frame.
                let button = |x: f32, y: f32, pressed| Event::PointerButton {
                    pos: pos2(x, y),
                    button: egui::PointerButton::Primary,
                    pressed,
                    modifiers: Modifiers::NONE,
                };
                let events = match what {
                    Happens::Text(text) => vec![Event::Text(text)],
                    Happens::Paste(text) => vec![Event::Paste(text)],
                    Happens::Cut => vec![Event::Cut],
                    Happens::Key(key, modifiers) => vec![pressed(key, modifiers)],
                    Happens::Press(x, y) => vec![Event::PointerMoved(pos2(x, y)), button(x, y, true)],
                    Happens::Release(x, y) => vec![Event::PointerMoved(pos2(x, y)), button(x, y, false)],
                    Happens::Elsewhere(text) => {
                        window.state_mut().studio.edit(Change { range: 0..0, inserted: text });
                        Vec::new()
                    }
                };
                window.input_mut().events.extend(events);
            }
            window.step();
        }
        window.drop_at(pos2(300.0, 300.0));
        window.step();
        settle(&mut window);
        text(&window);
    }
}
