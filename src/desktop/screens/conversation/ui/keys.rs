//! Every verb on a key.

use egui::{Event, Key, Ui};

use crate::desktop::screens::conversation::action::{Action, Panel};
use crate::desktop::screens::conversation::data::{Below, PanelSeen, View};
use crate::desktop::screens::conversation::ui::bar::{PACES, VOLUMES};
use crate::desktop::screens::conversation::ui::panel::toggle;
use crate::dialogue;

/// For this long after the lower half has changed, Enter does nothing there: it was meant for what stood there before.
pub(super) const SETTLE_SECONDS: f64 = 0.4;

const DIGITS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// What the keys pressed in this frame mean. A key held down counts once. Where a widget has the focus, Enter, Space and
/// the arrows are the widget's.
pub(super) fn pressed(ui: &Ui, view: &View, settled: bool) -> Vec<Action> {
    let has_focus = ui.memory(|memory| memory.focused().is_some());
    let mut actions = Vec::new();
    ui.input(|input| {
        for event in &input.events {
            let Event::Key { key, pressed: true, repeat: false, modifiers, .. } = event else { continue };
            if modifiers.command || modifiers.ctrl || modifiers.alt || has_focus && belongs_to_focus(*key) {
                continue;
            }
            actions.extend(meaning(view, *key, settled));
        }
    });
    actions
}

const fn belongs_to_focus(key: Key) -> bool {
    matches!(key, Key::Enter | Key::Space | Key::ArrowUp | Key::ArrowDown | Key::ArrowLeft | Key::ArrowRight)
}

/// What a key means in a view.
pub(super) fn meaning(view: &View, key: Key, settled: bool) -> Vec<Action> {
    if view.veil.is_some() {
        return match key {
            Key::P | Key::Escape | Key::Enter => vec![Action::GoOn],
            Key::L => vec![Action::Leave],
            _ => Vec::new(),
        };
    }
    match key {
        Key::P => vec![Action::Pause],
        Key::U => vec![toggle(view, Panel::Said)],
        Key::M => vec![toggle(view, Panel::Notes)],
        Key::C if matches!(view.panel, Some(PanelSeen::Record { .. })) => vec![Action::Close],
        Key::Escape if view.panel.is_some() => vec![Action::Close],
        Key::Escape => vec![Action::PutBack],
        Key::X if view.delivery.as_ref().is_some_and(|delivery| delivery.preset.is_some()) => vec![Action::SetBack],
        _ => delivery(view, key).or_else(|| gesture(view, key)).unwrap_or_else(|| below(view, key, settled)),
    }
}

fn delivery(view: &View, key: Key) -> Option<Vec<Action>> {
    view.delivery.as_ref()?;
    let pace = PACES.iter().find(|(name, ..)| *name == key.name()).map(|(_, pace, _)| Action::SetPace(*pace));
    let volume = VOLUMES.iter().find(|(name, ..)| *name == key.name()).map(|(_, volume, _)| Action::SetVolume(*volume));
    pace.or(volume).map(|action| vec![action])
}

fn gesture(view: &View, key: Key) -> Option<Vec<Action>> {
    let gesture = view.gestures.iter().find(|gesture| gesture.key == key.name())?;
    Some(if gesture.enabled { gesture.actions.clone() } else { Vec::new() })
}

fn below(view: &View, key: Key, settled: bool) -> Vec<Action> {
    let number = DIGITS.iter().position(|digit| *digit == key);
    if let Some(PanelSeen::Readings { readings, .. }) = &view.panel {
        let picked = number.and_then(|number| readings.get(number));
        return picked.map(|(_, _, reading)| Action::Do(dialogue::Action::Reflect(*reading))).into_iter().collect();
    }
    let action = match &view.below {
        Below::Listening(listening) => match key {
            Key::Enter | Key::ArrowRight if listening.keep_listening => Some(Action::Do(dialogue::Action::Listen)),
            Key::Space if listening.speak_now.is_some() => Some(Action::Do(dialogue::Action::Interrupt)),
            Key::T if listening.bait.is_some() => Some(Action::Do(dialogue::Action::TakeBait)),
            _ => number.and_then(|number| listening.gists.get(number)).map(|gist| Action::Pin(gist.reply)),
        },
        Below::Answering(answering) => {
            let cards = &answering.cards;
            let chosen = cards.iter().position(|card| card.chosen);
            let last = cards.len().saturating_sub(1);
            let next = match key {
                Key::ArrowDown => Some(chosen.map_or(0, |chosen| (chosen + 1).min(last))),
                Key::ArrowUp => Some(chosen.map_or(last, |chosen| chosen.saturating_sub(1))),
                _ => number,
            };
            match key {
                Key::Enter if settled => answering.speak.map(Action::Do),
                _ => next.and_then(|next| cards.get(next)).map(|card| Action::Choose(card.reply)),
            }
        }
        Below::Coaching(_) if key == Key::Enter && settled => Some(Action::CoachSeen),
        Below::Done { .. } if key == Key::Enter && settled => Some(Action::Finish),
        Below::Coaching(_) | Below::Ending | Below::Done { .. } => None,
    };
    action.into_iter().collect()
}
