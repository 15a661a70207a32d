//! What can be done now: small actions, replies, the note, the diary.

use egui::{Key, Response, Ui};

use super::{Action, Memory, Pen, whys};
use crate::campaign::Input;
use crate::desktop::screens::conversation::{PACES, VOLUMES, keyed_segments};
use crate::desktop::screens::page::close;
use crate::desktop::theme::widgets::{Button, ReplyCard, link, paragraph, pill, section_title, text_row, toggle_row};
use crate::desktop::theme::{TextRole, style};
use crate::dialogue::{self, Action as Spoken};
use crate::scenario::id::TileId;
use crate::studio::live::{Act, Choice, Hidden, Offer, Replies, Stage};

/// Each chooses what stands at its place.
const DIGITS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

pub(super) fn draw(ui: &mut Ui, pen: &mut Pen<'_>, memory: &mut Memory) {
    let present = pen.present;
    deeds(ui, pen, memory);
    readings(ui, pen);
    match &present.stage {
        Stage::Listening(replies) => to_come(ui, pen, memory, replies),
        Stage::Answering(replies) => answer(ui, pen, memory, replies),
        Stage::Note { tiles, hidden } => note(ui, pen, memory, tiles, hidden),
        Stage::Diary { at, text, choices, hidden } => {
            section_title(ui, pen.theme, at);
            paragraph(ui, pen.theme, TextRole::SmallQuote, pen.theme.colors.ink, text);
            if choices.is_empty() {
                let words = "Nothing can be chosen in this state: no condition of a choice holds.";
                paragraph(ui, pen.theme, TextRole::Interface, pen.theme.colors.gold, words);
            }
            cards(ui, pen, memory, choices);
            hidden_ones(ui, pen, memory, hidden);
        }
        Stage::Between { title } => {
            let words = if title.is_empty() { "Go on".to_owned() } else { format!("Go on: {title}") };
            let go_on = Button::primary(&words).key("G").show(ui, pen.theme);
            greet(&go_on, memory);
            if go_on.clicked() || pen.pressed(ui, Key::G) {
                pen.act(Action::Take(Input::GoOn));
            }
        }
        Stage::Closed => {
            let words = "It is over: every promise has come to what it came to.";
            paragraph(ui, pen.theme, TextRole::Interface, pen.theme.colors.soft_ink, words);
            let again = Button::primary("Begin again").key("Shift+F5").show(ui, pen.theme);
            greet(&again, memory);
            if again.clicked() {
                pen.act(Action::Begin);
            }
        }
    }
}

/// Gives the focus to the first thing that can be done, where it is wanted.
fn greet(response: &Response, memory: &mut Memory) {
    if std::mem::take(&mut memory.wants_focus) {
        response.request_focus();
        response.scroll_to_me(None);
        response.ctx.request_repaint();
    }
}

fn deeds(ui: &mut Ui, pen: &mut Pen<'_>, memory: &mut Memory) {
    let present = pen.present;
    let is_listening = matches!(present.stage, Stage::Listening(_));
    if present.deeds.is_empty() {
        return;
    }
    // Where the replies open, Enter is not to do what has come into the place of what was done last.
    ui.push_id(is_listening, |ui| row_of_deeds(ui, pen, memory, is_listening));
}

fn row_of_deeds(ui: &mut Ui, pen: &mut Pen<'_>, memory: &mut Memory, is_listening: bool) {
    ui.horizontal_wrapped(|ui| {
        for deed in &pen.present.deeds {
            let response = pill(ui, pen.theme, Some(deed.key), &deed.words, false);
            if is_listening {
                greet(&response, memory);
            }
            let key = Key::from_name(deed.key);
            if response.clicked() || key.is_some_and(|key| pen.pressed(ui, key)) {
                pen.act(match &deed.act {
                    Act::Input(input) | Act::Interrupt(input) => Action::Take(input.clone()),
                    Act::HearOut => Action::HearOut,
                });
            }
        }
    });
}

fn readings(ui: &mut Ui, pen: &mut Pen<'_>) {
    let present = pen.present;
    if present.readings.is_empty() {
        return;
    }
    close(ui, |ui| {
        paragraph(ui, pen.theme, TextRole::Small, pen.theme.colors.soft_ink, "Reflect: what is it that they feel?");
        ui.horizontal_wrapped(|ui| {
            for (input, words) in &present.readings {
                if pill(ui, pen.theme, None, words, false).clicked() {
                    pen.act(Action::Take(input.clone()));
                }
            }
        });
    });
}

/// While they speak: the replies in a few words.
fn to_come(ui: &mut Ui, pen: &mut Pen<'_>, memory: &mut Memory, replies: &Replies) {
    let gists: Vec<&str> = replies.offered.iter().map(|offer| offer.gist.as_str()).collect();
    let words = format!("To come: {}.", gists.join(" · "));
    paragraph(ui, pen.theme, TextRole::Small, pen.theme.colors.soft_ink, &words);
    hidden_ones(ui, pen, memory, &replies.hidden);
}

fn answer(ui: &mut Ui, pen: &mut Pen<'_>, memory: &mut Memory, replies: &Replies) {
    let present = pen.present;
    let delivery = memory.manner.delivery(present);
    ui.horizontal_wrapped(|ui| {
        if let Some(pace) = keyed_segments(ui, pen.theme, "Pace", &PACES, delivery.pace) {
            memory.manner.set_pace(pace);
        }
        if let Some(volume) = keyed_segments(ui, pen.theme, "Volume", &VOLUMES, delivery.volume) {
            memory.manner.set_volume(volume);
        }
    });
    for (key, pace, _) in PACES {
        if Key::from_name(key).is_some_and(|key| pen.pressed(ui, key)) {
            memory.manner.set_pace(pace);
        }
    }
    for (key, volume, _) in VOLUMES {
        if Key::from_name(key).is_some_and(|key| pen.pressed(ui, key)) {
            memory.manner.set_volume(volume);
        }
    }
    if memory.manner.is_preset(present) {
        let words = "Your own heat has set this. Choose a pace or a volume to set it back.";
        paragraph(ui, pen.theme, TextRole::Small, pen.theme.colors.heat, words);
    }
    if replies.are_all_hidden {
        let words = "No reply’s condition holds here, so all of them are on offer: nobody is left without a word.";
        paragraph(ui, pen.theme, TextRole::Interface, pen.theme.colors.gold, words);
    }
    cards(ui, pen, memory, &replies.offered);
    hidden_ones(ui, pen, memory, &replies.hidden);
}

/// What is on offer, a card each, in the engine’s order.
fn cards(ui: &mut Ui, pen: &mut Pen<'_>, memory: &mut Memory, offers: &[Offer]) {
    for (index, offer) in offers.iter().enumerate() {
        let key = (index + 1).to_string();
        let card = ui.push_id(("card", index), |ui| ReplyCard::new(&key, &offer.text).show(ui, pen.theme)).inner;
        if index == 0 {
            greet(&card, memory);
        }
        let digit = DIGITS.get(index).copied();
        if card.clicked() || digit.is_some_and(|digit| pen.pressed(ui, digit)) {
            let delivery = memory.manner.delivery(pen.present);
            pen.act(Action::Take(match offer.choice {
                Choice::Reply(reply) => Input::Talk(dialogue::Input::step(Spoken::Speak {
                    reply,
                    pace: delivery.pace,
                    volume: delivery.volume,
                })),
                Choice::Diary(choice) => Input::Choose(choice),
            }));
        }
        ui.add_space(-style::GRID / 2.0);
        if let Some(subtext) = &offer.subtext {
            paragraph(ui, pen.theme, TextRole::SmallQuote, pen.theme.colors.calm, subtext);
        }
        ui.horizontal(|ui| {
            ui.add_space(pen.theme.scaled(17.0));
            if link(ui, pen.theme, &format!("‘{}’ in the text", offer.name)).clicked() {
                pen.go_to(&offer.path);
            }
        });
    }
}

fn hidden_ones(ui: &mut Ui, pen: &mut Pen<'_>, memory: &mut Memory, hidden: &[Hidden]) {
    for hidden in hidden {
        whys::hidden(ui, pen, memory, hidden);
    }
}

fn note(ui: &mut Ui, pen: &mut Pen<'_>, memory: &mut Memory, tiles: &[(TileId, String)], hidden: &[Hidden]) {
    section_title(ui, pen.theme, "The note");
    for (index, (tile, text)) in tiles.iter().enumerate() {
        let is_in = memory.note.tiles.contains(tile);
        let row = ui.push_id(("tile", index), |ui| toggle_row(ui, pen.theme, text, is_in)).inner;
        if index == 0 {
            greet(&row, memory);
        }
        let digit = DIGITS.get(index).copied();
        if row.clicked() || digit.is_some_and(|digit| pen.pressed(ui, digit)) {
            memory.note.turn_over(*tile);
        }
    }
    text_row(ui, pen.theme, "A line of your own", &mut memory.note.line, "");
    ui.add_space(style::GRID / 2.0);
    let file = Button::primary("File the note").key("G").show(ui, pen.theme);
    greet(&file, memory);
    if file.clicked() || pen.pressed(ui, Key::G) {
        let line = std::mem::take(&mut memory.note.line);
        pen.act(Action::Take(Input::File { tiles: std::mem::take(&mut memory.note.tiles), line }));
    }
    hidden_ones(ui, pen, memory, hidden);
}
