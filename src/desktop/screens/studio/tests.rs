use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;

use super::*;
use crate::desktop::Screen;
use crate::desktop::desk::Desk;
use crate::desktop::screens::page::testing::{big, within_the_window};
use crate::desktop::theme::Theme;
use crate::desktop::theme::testing::harness;
use crate::settings::Folders;

const COMMAND: Modifiers = Modifiers::COMMAND;
const SHIFT_TOO: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

/// Studio at a desk, drawn anew for every frame; and where it led to.
struct Bench {
    desk: Desk,
    memory: Memory,
    left: Option<Screen>,
    home: TempDir,
}

type Window<'a> = Harness<'a, Bench>;

fn window<'a>(theme: Theme) -> Window<'a> {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(Folders::below(home.path()), &[]);
    desk.settings.play_as("Robin");
    at(theme, desk, home)
}

fn at<'a>(theme: Theme, desk: Desk, home: TempDir) -> Window<'a> {
    let bench = Bench { desk, memory: Memory::default(), left: None, home };
    harness(theme, bench, |ui, theme, bench| {
        bench.desk.look_around();
        let view = bench.desk.studio_view();
        for action in draw(ui, theme, &view, &mut bench.memory) {
            bench.left = bench.desk.in_studio(action).or(bench.left);
            ui.ctx().request_repaint();
        }
    })
}

impl Bench {
    fn scenario(&self, name: &str) -> std::path::PathBuf {
        self.desk.folders.scenarios.join(name)
    }
}

fn click(window: &mut Window<'_>, role: Role, name: &str) {
    window.get_by_role_and_label(role, name).click();
    window.run();
}

fn press(window: &mut Window<'_>, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

fn fill(window: &mut Window<'_>, field: &str, text: &str) {
    let node = window.get_by_role_and_label(Role::TextInput, field);
    node.focus();
    window.run();
    press(window, COMMAND, Key::A);
    window.get_by_role_and_label(Role::TextInput, field).type_text(text);
    window.run();
}

/// The pane in which something has the focus.
fn focused(window: &Window<'_>) -> Option<Pane> {
    let focused = window.root().children_recursive().find(egui_kittest::Node::is_focused)?;
    let panes = Pane::ALL.iter().filter_map(|(pane, name)| {
        let line = window.query_by_role_and_label(Role::Pane, name)?;
        Some((*pane, line.rect().x_range()))
    });
    let inside = panes.filter(|(_, across)| across.contains(focused.rect().center().x)).map(|(pane, _)| pane).next();
    inside.or((window.state().memory.beside == Pane::Text).then_some(Pane::Text))
}

fn says(window: &Window<'_>, words: &str) -> bool {
    window.root().children_recursive().any(|node| {
        let node = node.accesskit_node();
        let said = [node.label(), node.value()];
        said.into_iter().flatten().any(|said| said.contains(words))
    })
}

fn edit(window: &mut Window<'_>, text: &str) {
    let bench = window.state_mut();
    let change = crate::studio::document::Change { range: 0..0, inserted: text.to_owned() };
    bench.desk.in_studio(Action::Edit(change));
    window.run();
}

/// A new scenario on the bench, not saved.
fn begun<'a>(theme: Theme) -> Window<'a> {
    let mut window = window(theme);
    click(&mut window, Role::Button, "New scenario");
    fill(&mut window, "Title", "The wet parcel");
    click(&mut window, Role::Button, "Begin");
    window
}

#[test]
fn a_new_scenario_is_begun_saved_and_met_at_once() {
    let mut window = begun(Theme::default());
    assert!(says(&window, "the-wet-parcel.ron") && says(&window, "Not saved yet"));
    assert!(!window.state().scenario("the-wet-parcel.ron").exists());
    press(&mut window, COMMAND, Key::S);
    assert!(says(&window, "Saved"));
    assert!(window.state().scenario("the-wet-parcel.ron").exists());
    assert!(window.state().desk.scenario("the-wet-parcel").is_some(), "customers meet it");
    press(&mut window, COMMAND, Key::W);
    assert!(says(&window, "Your scenarios") && says(&window, "The wet parcel"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(window.state().left, Some(Screen::Home));
}

#[test]
fn an_id_that_is_taken_is_refused_with_one_that_is_free() {
    let mut window = window(Theme::default());
    click(&mut window, Role::Button, "New scenario");
    fill(&mut window, "Title", "Before Saturday");
    click(&mut window, Role::Button, "Begin");
    assert!(says(&window, "before-saturday-2 would do"));
    fill(&mut window, "Id, and name of the file", "Wet parcel");
    assert!(says(&window, "wet-parcel would do"));
}

#[test]
fn what_is_not_saved_is_kept_and_gone_on_with() {
    let mut window = begun(Theme::default());
    edit(&mut window, "// mine\n");
    press(&mut window, COMMAND, Key::W);
    assert!(says(&window, "What you wrote in the-wet-parcel.ron is not saved."));
    click(&mut window, Role::Button, "the-wet-parcel.ron");
    assert!(window.state().desk.studio_text().unwrap().starts_with("// mine\n"));
    // The same after a kill: a new desk over the same folder.
    let Bench { home, .. } = std::mem::replace(window.state_mut(), {
        let home = tempfile::tempdir().unwrap();
        Bench { desk: Desk::open(Folders::below(home.path()), &[]), memory: Memory::default(), left: None, home }
    });
    let desk = Desk::open(Folders::below(home.path()), &[]);
    let mut window = at(Theme::default(), desk, home);
    assert!(says(&window, "Go on"));
    click(&mut window, Role::Button, "the-wet-parcel.ron");
    assert!(window.state().desk.studio_text().unwrap().starts_with("// mine\n"));
}

#[test]
fn a_draft_that_is_found_is_asked_about_before_anything_else() {
    let mut window = begun(Theme::default());
    press(&mut window, COMMAND, Key::S);
    edit(&mut window, "// mine\n");
    press(&mut window, COMMAND, Key::W);
    click(&mut window, Role::Button, "The wet parcel");
    assert!(says(&window, "You were writing here just now") && says(&window, "in 1 line"));
    assert!(window.get_by_role_and_label(Role::Button, "Go on writing").is_focused());
    click(&mut window, Role::Button, "Look at the file as it is");
    assert!(!window.state().desk.studio_text().unwrap().starts_with("// mine"));
    press(&mut window, SHIFT_TOO, Key::E);
    for _ in 0..50 {
        std::thread::sleep(std::time::Duration::from_millis(10));
        window.run();
        if says(&window, "differs in 1 line") {
            break;
        }
    }
    let copy = window
        .query_all_by_role(Role::Button)
        .find(|node| node.accesskit_node().description().is_some_and(|about| about.contains("differs in 1 line")));
    copy.unwrap().click();
    window.run();
    assert!(window.state().desk.studio_text().unwrap().starts_with("// mine"));
}

#[test]
fn a_shipped_scenario_becomes_a_copy_of_ones_own() {
    let mut window = window(Theme::default());
    click(&mut window, Role::Button, "Before Saturday");
    assert!(says(&window, "Comes with Simmer; saving makes a copy of your own"));
    edit(&mut window, "// mine\n");
    press(&mut window, COMMAND, Key::S);
    assert!(says(&window, "Saved as your own copy"));
    assert!(window.state().scenario("before-saturday.ron").exists());
    // Another copy of the shipped one needs a name.
    press(&mut window, COMMAND, Key::O);
    window.state_mut().desk.in_studio(Action::Shelf(shelf::Action::OpenCopy("before-saturday.ron".to_owned())));
    window.run();
    edit(&mut window, "// other\n");
    press(&mut window, COMMAND, Key::S);
    assert!(says(&window, "needs another name"));
    assert!(window.get_by_role_and_label(Role::TextInput, "Name or path").is_focused());
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert!(window.state().scenario("before-saturday-2.ron").exists());
    assert!(says(&window, "before-saturday-2.ron") && says(&window, "Saved"));
}

#[test]
fn saving_under_another_name_asks_before_it_replaces() {
    let mut window = begun(Theme::default());
    std::fs::create_dir_all(&window.state().desk.folders.scenarios).unwrap();
    std::fs::write(window.state().scenario("other.ron"), "// theirs\n").unwrap();
    press(&mut window, SHIFT_TOO, Key::S);
    fill(&mut window, "Name or path", "other.txt");
    click(&mut window, Role::Button, "Save under this name");
    assert!(says(&window, "other.ron would do"));
    fill(&mut window, "Name or path", "other");
    click(&mut window, Role::Button, "Save under this name");
    assert!(says(&window, "is there already"));
    assert!(window.query_by_role_and_label(Role::Button, "Replace the file that is there").is_some());
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(says(&window, "Not saved yet"));
    press(&mut window, SHIFT_TOO, Key::S);
    fill(&mut window, "Name or path", "other");
    click(&mut window, Role::Button, "Save under this name");
    click(&mut window, Role::Button, "Replace the file that is there");
    assert!(says(&window, "other.ron") && says(&window, "Saved"));
}

/// Mine and theirs, found out by saving.
fn clashing<'a>(theme: Theme) -> Window<'a> {
    let mut window = begun(theme);
    press(&mut window, COMMAND, Key::S);
    let path = window.state().scenario("the-wet-parcel.ron");
    let text = window.state().desk.studio_text().unwrap().to_string();
    std::fs::write(&path, format!("// theirs\n{text}")).unwrap();
    edit(&mut window, "// mine\n");
    press(&mut window, COMMAND, Key::S);
    window
}

#[test]
fn a_clash_is_shown_side_by_side_and_decided_by_keys() {
    let mut window = clashing(Theme::default());
    assert!(says(&window, "This file was changed elsewhere as well") && says(&window, "Place 1 of 1"));
    assert!(says(&window, "// mine") && says(&window, "// theirs"));
    click(&mut window, Role::RadioButton, "Mine, then theirs");
    click(&mut window, Role::Button, "Take what I chose");
    assert!(window.state().desk.studio_text().unwrap().starts_with("// mine\n// theirs\n"));
    assert!(says(&window, "Saved"), "saving goes on");
    let path = window.state().scenario("the-wet-parcel.ron");
    let on_disk = std::fs::File::open(path).and_then(std::io::read_to_string).unwrap();
    assert!(on_disk.starts_with("// mine\n// theirs\n"));
}

#[test]
fn a_clash_that_is_left_for_later_stays_in_sight() {
    let mut window = clashing(Theme::default());
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(says(&window, "This file was changed elsewhere while you were writing."));
    press(&mut window, SHIFT_TOO, Key::M);
    assert!(says(&window, "Place 1 of 1"));
    click(&mut window, Role::Button, "Take theirs");
    assert!(window.state().desk.studio_text().unwrap().starts_with("// theirs\n"));
}

#[test]
fn keys_lead_from_pane_to_pane_and_f1_tells_them() {
    let mut window = begun(Theme::default());
    press(&mut window, COMMAND, Key::Num3);
    assert_eq!(focused(&window), Some(Pane::Graph));
    press(&mut window, Modifiers::NONE, Key::F6);
    assert_eq!(focused(&window), Some(Pane::Talk));
    press(&mut window, Modifiers::SHIFT, Key::F6);
    assert_eq!(focused(&window), Some(Pane::Graph));
    let left = window.get_by_role_and_label(Role::Pane, "Graph").rect().left();
    press(&mut window, SHIFT_TOO, Key::ArrowLeft);
    assert!(window.get_by_role_and_label(Role::Pane, "Graph").rect().left() < left - 40.0);
    press(&mut window, Modifiers::NONE, Key::F1);
    for (key, does) in crate::studio::keys::KEYS.iter().flat_map(|group| group.keys) {
        assert!(says(&window, does), "{key}");
    }
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.query_by_role_and_label(Role::Pane, "Graph").is_some());
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(window.state().left, None, "a stray Esc leaves nothing");
}

#[test]
fn a_call_is_practised_and_leads_back() {
    let mut window = begun(Theme::default());
    press(&mut window, SHIFT_TOO, Key::P);
    let desk = &mut window.state_mut().desk;
    assert!(desk.running.as_ref().is_some_and(|running| running.recorder.attempt().practice));
    let left = desk.talk(crate::desktop::screens::conversation::Action::Leave);
    assert_eq!(left, Some(Screen::Studio));
    assert_eq!(desk.talk(crate::desktop::screens::conversation::Action::Leave), None);
}

#[test]
fn at_twice_the_size_all_is_reached_and_nothing_is_cut_off() {
    let mut shelf = window(big());
    within_the_window(&mut shelf);
    for sheet in [None, Some(Key::S), Some(Key::E)] {
        let mut window = begun(big());
        if let Some(key) = sheet {
            press(&mut window, SHIFT_TOO, key);
        }
        within_the_window(&mut window);
    }
    let mut window = clashing(big());
    within_the_window(&mut window);
    click(&mut window, Role::Button, "Keep mine");
    press(&mut window, COMMAND, Key::Num5);
    assert_eq!(focused(&window), Some(Pane::Figures), "one pane at a time");
}

#[test]
fn what_the_command_line_names_lies_on_the_bench_or_is_offered() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(Folders::below(home.path()), &[]);
    let typed = |name: &str| home.path().join(name).display().to_string();
    assert!(desk.begin_in_studio(Some(&typed("."))).unwrap_err().contains("is a folder"));
    assert!(desk.begin_in_studio(Some(&typed("a.plan.ron"))).unwrap_err().contains("is a plan"));
    desk.begin_in_studio(Some("can-i-have-it-on")).unwrap();
    assert_eq!(desk.first_screen(), Screen::Studio);
    assert!(desk.studio_text().is_some());
    let mut desk = Desk::open(Folders::below(home.path()), &[]);
    desk.begin_in_studio(Some(&typed("wet-parcel.ron"))).unwrap();
    let path = home.path().join("wet-parcel.ron");
    let mut window = at(Theme::default(), desk, home);
    assert!(says(&window, "is not there yet"));
    click(&mut window, Role::Button, "Begin");
    press(&mut window, COMMAND, Key::S);
    assert!(path.exists());
}
