//! What keys do in the text.

use egui::{Event, ImeEvent, Key, Modifiers, Ui};

use super::bar::{Bar, Kind};
use super::popup::{self, Popup};
use super::{Memory, Reveal, View};
use crate::desktop::screens::studio::Action;
use crate::desktop::screens::studio::ui::Answer;
use crate::studio::asking::Wish;
use crate::studio::editor::Move;

/// Something that a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Go(Move, bool),
    NewLine,
    Indent,
    Dedent,
    Remark,
    RubOutLeft,
    RubOut(Move),
    SelectAll,
    Undo,
    Redo,
    Complete,
    Mend,
    Definition,
    Layout,
    Open(Kind),
    /// Puts away what is open over the text.
    Away,
}

/// The keys that hold in Studio wherever the focus is. Taking back is for whoever has the focus.
pub fn everywhere(ui: &Ui, view: &View, memory: &mut Memory, answer: &mut Answer) {
    if memory.has_focus(ui) {
        return;
    }
    let deeds = [
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::I, Deed::Layout),
        (Modifiers::COMMAND, Key::F, Deed::Open(Kind::Find)),
        (Modifiers::COMMAND, Key::H, Deed::Open(Kind::Replace)),
        (Modifiers::COMMAND, Key::G, Deed::Open(Kind::Part)),
    ];
    for (modifiers, key, deed) in deeds {
        if ui.input_mut(|input| input.consume_key(modifiers, key)) {
            act(view, memory, answer, deed);
            if matches!(deed, Deed::Open(_)) {
                answer.show = Some(crate::desktop::screens::studio::Pane::Text);
            }
        }
    }
}

/// What was pressed since the last frame, in its order. What the desk has to do first is waited for.
pub(super) fn press(ui: &Ui, view: &View, memory: &mut Memory, answer: &mut Answer) {
    let mut events = std::mem::take(&mut memory.waiting);
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let is_ours = is_ours(event);
            if is_ours {
                events.push(event.clone());
            }
            !is_ours
        });
    });
    let mut events = events.into_iter();
    while memory.waits.is_none() {
        let Some(event) = events.next() else { break };
        handle(ui, view, memory, answer, event);
    }
    memory.waiting = events.collect();
}

fn is_ours(event: &Event) -> bool {
    match event {
        Event::Text(_) | Event::Copy | Event::Cut | Event::Paste(_) | Event::Ime(_) => true,
        Event::Key { key, pressed: true, modifiers, .. } => deed(*key, *modifiers, 1).is_some(),
        _ => false,
    }
}

fn handle(ui: &Ui, view: &View, memory: &mut Memory, answer: &mut Answer, event: Event) {
    memory.notice = None;
    let before = memory.editor.version();
    match event {
        Event::Text(text) if text != "\n" && text != "\r" => {
            memory.editor.type_text(&text);
            memory.reveals = Reveal::Near;
            // What was only passed over is written already.
            if memory.editor.version() == before {
                memory.popup = None;
            } else {
                memory.complete_while_typing();
            }
        }
        Event::Paste(text) => {
            memory.editor.paste(&text.replace('\u{FEFF}', ""));
            memory.reveals = Reveal::Near;
        }
        Event::Copy if !memory.editor.selection().is_empty() => ui.copy_text(memory.editor.selected().to_owned()),
        Event::Cut if !memory.editor.selection().is_empty() => {
            ui.copy_text(memory.editor.selected().to_owned());
            memory.editor.paste("");
            memory.reveals = Reveal::Near;
        }
        Event::Ime(event) => input_method(memory, event),
        Event::Key { key, modifiers, .. } => {
            let Some(deed) = deed(key, modifiers, memory.page) else { return };
            if !popup::press(memory, key, modifiers) {
                act(view, memory, answer, deed);
            }
        }
        _ => {}
    }
    if memory.editor.version() != before {
        memory.pass_on(answer);
        memory.ask_again(answer);
    }
}

fn input_method(memory: &mut Memory, event: ImeEvent) {
    match event {
        ImeEvent::Preedit { text, .. } => memory.preedit = text,
        ImeEvent::Commit(text) => {
            memory.preedit.clear();
            if !text.is_empty() {
                memory.editor.paste(&text);
            }
        }
        ImeEvent::DeleteSurrounding { before_chars, after_chars } => {
            memory.editor.rub_out_around(before_chars, after_chars);
        }
        #[expect(deprecated, reason = "an input method may still send it")]
        ImeEvent::Enabled | ImeEvent::Disabled => {}
    }
    memory.reveals = Reveal::Near;
}

fn deed(key: Key, modifiers: Modifiers, page: usize) -> Option<Deed> {
    let select = modifiers.shift;
    let (command, by_word) = (modifiers.command, modifiers.command || modifiers.alt);
    Some(match key {
        Key::ArrowLeft if by_word => Deed::Go(Move::WordLeft, select),
        Key::ArrowRight if by_word => Deed::Go(Move::WordRight, select),
        Key::ArrowLeft => Deed::Go(Move::Left, select),
        Key::ArrowRight => Deed::Go(Move::Right, select),
        Key::ArrowUp if !by_word => Deed::Go(Move::Up(1), select),
        Key::ArrowDown if !by_word => Deed::Go(Move::Down(1), select),
        Key::PageUp if !by_word => Deed::Go(Move::Up(page), select),
        Key::PageDown if !by_word => Deed::Go(Move::Down(page), select),
        Key::Home if command => Deed::Go(Move::Start, select),
        Key::End if command => Deed::Go(Move::End, select),
        Key::Home => Deed::Go(Move::LineStart, select),
        Key::End => Deed::Go(Move::LineEnd, select),
        Key::Enter if !by_word => Deed::NewLine,
        Key::Tab if by_word => return None,
        Key::Tab if select => Deed::Dedent,
        Key::Tab => Deed::Indent,
        Key::Backspace if by_word => Deed::RubOut(Move::WordLeft),
        Key::Backspace => Deed::RubOutLeft,
        Key::Delete if by_word => Deed::RubOut(Move::WordRight),
        Key::Delete => Deed::RubOut(Move::Right),
        Key::A if command && !select => Deed::SelectAll,
        Key::Z if command && select => Deed::Redo,
        Key::Z if command => Deed::Undo,
        Key::Y if command => Deed::Redo,
        Key::Slash if command => Deed::Remark,
        Key::Space if command => Deed::Complete,
        Key::Period if command => Deed::Mend,
        Key::I if command && select => Deed::Layout,
        Key::F if command && !select => Deed::Open(Kind::Find),
        Key::H if command && !select => Deed::Open(Kind::Replace),
        Key::G if command && !select => Deed::Open(Kind::Part),
        Key::F12 => Deed::Definition,
        Key::Escape => Deed::Away,
        _ => return None,
    })
}

fn act(view: &View, memory: &mut Memory, answer: &mut Answer, deed: Deed) {
    let is_new = memory.editor.version() > view.version;
    match deed {
        Deed::Undo if view.can_undo || is_new => return ask_desk(memory, answer, Action::Undo),
        Deed::Redo if view.can_redo => return ask_desk(memory, answer, Action::Redo),
        Deed::Undo => memory.notice = Some("There is nothing to take back.".to_owned()),
        Deed::Redo => memory.notice = Some("There is nothing to do again.".to_owned()),
        Deed::Go(to, select) => memory.editor.go(to, select),
        Deed::NewLine => memory.editor.new_line(),
        Deed::Indent => memory.editor.indent(),
        Deed::Dedent => memory.editor.dedent(),
        Deed::Remark => memory.editor.remark(),
        Deed::RubOutLeft => memory.editor.rub_out_left(),
        Deed::RubOut(to) => memory.editor.rub_out(to),
        Deed::SelectAll => return memory.editor.select_all(),
        Deed::Complete => memory.complete(answer),
        Deed::Mend => memory.offer_mends(view),
        Deed::Definition => {
            memory.ask(answer, Wish::Definition(memory.editor.caret()));
        }
        Deed::Layout => memory.ask(answer, Wish::Layout),
        Deed::Open(kind) => {
            memory.popup = None;
            memory.bar = Some(Bar::open(kind, memory.editor.selected()));
            if kind == Kind::Part {
                memory.pass_on(answer);
                answer.actions.push(Action::Ask(Wish::Parts));
            }
            return;
        }
        Deed::Away => {
            memory.popup = None;
            memory.bar = None;
            return;
        }
    }
    memory.reveals = Reveal::Near;
    if matches!(deed, Deed::Go(..)) && matches!(memory.popup, Some(Popup::Mends { .. })) {
        memory.popup = None;
    }
}

/// Something that the desk does to the text: what is pressed next holds for what comes of it.
fn ask_desk(memory: &mut Memory, answer: &mut Answer, action: Action) {
    memory.pass_on(answer);
    memory.popup = None;
    memory.waits = Some((memory.editor.version(), 0));
    answer.actions.push(action);
}

impl Memory {
    /// Asks for something of the text as it is here, which is told once.
    fn ask(&mut self, answer: &mut Answer, wish: Wish) {
        self.pass_on(answer);
        self.asked = Some(self.editor.version());
        answer.actions.push(Action::Ask(wish));
    }
}
