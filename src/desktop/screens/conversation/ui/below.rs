//! What can be done: listen on, cut in, or answer.

use egui::{Key, Rect, Sense, Ui, accesskit, pos2, vec2};

use crate::desktop::screens::conversation::action::Action;
use crate::desktop::screens::conversation::data::{Answering, Below, Coaching, LapseSeen, Listening, PanelSeen, View};
use crate::desktop::screens::conversation::ui::bar::{delivery, in_line, preset, say_it};
use crate::desktop::theme::style::mix;
use crate::desktop::theme::widgets::{Button, Card, ReplyCard, paragraph, pill, section_title};
use crate::desktop::theme::{TextRole, Theme};
use crate::dialogue;
use crate::scenario::id::ReplyId;

/// All of it, in two columns; in one, what [`foot`] does not keep in sight. The card of `just_chosen` is brought into
/// sight.
pub(super) fn draw(ui: &mut Ui, theme: &Theme, view: &View, just_chosen: Option<ReplyId>, actions: &mut Vec<Action>) {
    match &view.below {
        Below::Listening(listening) => listen(ui, theme, listening, actions),
        Below::Answering(answering) => answer(ui, theme, answering, just_chosen, actions),
        Below::Coaching(coaching) => coach(ui, theme, coaching, actions),
        Below::Ending => {}
        Below::Done { label } => {
            if Button::primary(label).key("Enter").show(ui, theme).clicked() {
                actions.push(Action::Finish);
            }
        }
    }
}

/// Where text is large: what must be in sight whatever is being read, and pace and volume.
pub(super) fn foot(ui: &mut Ui, theme: &Theme, view: &View, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing = vec2(16.0, 8.0);
    match &view.below {
        // A question stands open, which comes first.
        _ if matches!(view.panel, Some(PanelSeen::Readings { .. })) => {}
        Below::Listening(listening) => {
            silence(ui, theme, listening);
            ways(ui, theme, listening, actions);
        }
        Below::Answering(answering) => {
            preset(ui, theme, view, actions);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 14.0;
                say_it(ui, theme, answering, actions);
                if let Some(manner) = &answering.manner {
                    in_line(ui, theme, theme.colors.soft_ink, manner);
                }
            });
            waiting(ui, theme, answering);
        }
        Below::Coaching(_) | Below::Ending | Below::Done { .. } => {}
    }
    if !matches!(view.below, Below::Answering(_)) {
        preset(ui, theme, view, actions);
    }
    if view.delivery.is_some() {
        ui.horizontal_wrapped(|ui| delivery(ui, theme, view, actions));
    }
}

fn listen(ui: &mut Ui, theme: &Theme, listening: &Listening, actions: &mut Vec<Action>) {
    let has_foot = theme.one_column(ui.ctx().content_rect().width());
    if !has_foot {
        silence(ui, theme, listening);
    }
    if !listening.gists.is_empty() {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(10.0, 10.0);
            for gist in &listening.gists {
                if pill(ui, theme, Some(&gist.key), &gist.text, gist.pinned).clicked() {
                    actions.push(Action::Pin(gist.reply));
                }
            }
        });
        let ready = listening.ready.as_deref().unwrap_or_default();
        ui.add_space(2.0);
        if ready.is_empty() {
            ui.add_space(theme.line_height(TextRole::Interface));
        } else {
            paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, ready);
        }
    }
    if !has_foot {
        ui.add_space(6.0);
        ways(ui, theme, listening, actions);
    }
    if let Some(bait) = &listening.bait
        && pill(ui, theme, Some("T"), &format!("\u{201c}{bait}\u{201d}"), false).clicked()
    {
        actions.push(Action::Do(dialogue::Action::TakeBait));
    }
}

/// A pause, or what the trainee has just done. One line is always kept free, so that a pause moves nothing.
fn silence(ui: &mut Ui, theme: &Theme, listening: &Listening) {
    match (&listening.lapse, &listening.deed) {
        (Some(lapse), _) => pause(ui, theme, lapse),
        (None, Some(deed)) => quiet(ui, theme, deed),
        (None, None) => {
            ui.allocate_exact_size(vec2(1.0, theme.line_height(TextRole::Interface)), Sense::hover());
        }
    }
}

/// To hear on, or to cut in.
fn ways(ui: &mut Ui, theme: &Theme, listening: &Listening, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(14.0, 10.0);
        if listening.keep_listening && Button::primary("Keep listening").key("Enter").show(ui, theme).clicked() {
            actions.push(Action::Do(dialogue::Action::Listen));
        }
        if let Some(caution) = &listening.speak_now {
            if Button::danger("Speak now").key("Space").show(ui, theme).clicked() {
                actions.push(Action::Do(dialogue::Action::Interrupt));
            }
            beside_button(ui, theme, caution);
        }
    });
}

fn answer(ui: &mut Ui, theme: &Theme, answering: &Answering, just_chosen: Option<ReplyId>, actions: &mut Vec<Action>) {
    if let Some(lead) = &answering.lead {
        let color = if lead.cut_off { theme.colors.heat } else { theme.colors.calm };
        told(ui, theme, color, &lead.words, |ui, rect| {
            if lead.cut_off {
                // A bar across: the line of speech was broken here.
                let bar = Rect::from_center_size(pos2(rect.center().x, rect.center().y), vec2(rect.width(), 3.0));
                ui.painter().rect_filled(bar, 1.0, color);
            } else {
                dots(ui, theme, rect, [1.0; 3]);
            }
        });
    }
    if let Some(deed) = &answering.deed {
        quiet(ui, theme, deed);
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 12.0;
        for card in &answering.cards {
            let response = ReplyCard::new(&card.key, &card.text).chosen(card.chosen).show(ui, theme);
            if just_chosen == Some(card.reply) {
                response.scroll_to_me(None);
            }
            // The focus says which card is meant: Enter on one that is chosen already says it.
            let again = card.chosen && response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            match answering.speak {
                Some(speak) if again => actions.push(Action::Do(speak)),
                _ if response.clicked() => actions.push(Action::Choose(card.reply)),
                _ => {}
            }
            if let Some(subtext) = &card.subtext {
                let words = format!("Underneath it says: {subtext}");
                paragraph(ui, theme, TextRole::Interface, theme.colors.calm, &words);
            }
        }
    });
    if !theme.one_column(ui.ctx().content_rect().width()) {
        waiting(ui, theme, answering);
    }
}

fn waiting(ui: &mut Ui, theme: &Theme, answering: &Answering) {
    if let Some(waiting) = &answering.waiting {
        let response = paragraph(ui, theme, TextRole::Interface, theme.colors.gold, waiting);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(accesskit::Live::Polite));
    }
}

fn coach(ui: &mut Ui, theme: &Theme, coaching: &Coaching, actions: &mut Vec<Action>) {
    Card::new().show(ui, theme, |ui| {
        section_title(ui, theme, "Coach");
        let quote = format!("\u{201c}{}\u{201d}", coaching.you_said);
        paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, &quote);
        paragraph(ui, theme, TextRole::Reply, theme.colors.ink, &coaching.words);
        ui.add_space(4.0);
        if Button::primary("Go on").key("Enter").show(ui, theme).clicked() {
            actions.push(Action::CoachSeen);
        }
    });
}

/// Three dots that fade one after the other while they are silent, and the words for it.
fn pause(ui: &mut Ui, theme: &Theme, lapse: &LapseSeen) {
    let shares = lapse.gone.map_or([1.0, 0.6, 0.3], |gone| {
        [0.0, 1.0, 2.0].map(|place: f32| (3.0 * (1.0 - gone) - place).clamp(0.15, 1.0))
    });
    told(ui, theme, theme.colors.calm, &lapse.words, |ui, rect| dots(ui, theme, rect, shares));
}

fn dots(ui: &Ui, theme: &Theme, rect: Rect, shares: [f32; 3]) {
    let radius = theme.scaled(3.6);
    for (place, share) in [0.0, 1.0, 2.0].into_iter().zip(shares) {
        let center = pos2(rect.left() + radius + place * theme.scaled(12.0), rect.center().y);
        ui.painter().circle_filled(center, radius, mix(theme.colors.paper, theme.colors.calm, share));
    }
}

fn beside_button(ui: &mut Ui, theme: &Theme, words: &str) {
    ui.spacing_mut().interact_size.y = theme.line_height(TextRole::Strong) + 2.0 * theme.scaled(9.0);
    in_line(ui, theme, theme.colors.soft_ink, words);
}

/// A sign and a line of words beside it, told to a screen reader as it comes.
fn told(ui: &mut Ui, theme: &Theme, color: egui::Color32, words: &str, sign: impl FnOnce(&Ui, Rect)) {
    ui.horizontal(|ui| {
        let size = vec2(theme.scaled(34.0), theme.line_height(TextRole::Interface));
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        sign(ui, rect);
        let response = paragraph(ui, theme, TextRole::Interface, color, words);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(accesskit::Live::Polite));
    });
}

fn quiet(ui: &mut Ui, theme: &Theme, words: &str) {
    let response = paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, words);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(accesskit::Live::Polite));
}
