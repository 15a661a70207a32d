//! The state behind the conversation: all of it can be seen, and changed by hand.

use egui::Ui;

use super::{Action, Memory, Pen};
use crate::desktop::screens::page::{choose, labelled_toggle};
use crate::desktop::theme::widgets::{Button, SliderRow, link, paragraph, section_title, text_row};
use crate::desktop::theme::{TextRole, style};
use crate::dialogue::Standing;
use crate::scenario::id::{FactId, FlagId, NeedId, PromiseId};
use crate::scenario::model::Meter;
use crate::scenario::vocabulary::{Fulfilment, capitalised};
use crate::studio::live::{Edit, hundredths, meter_name};

const METERS: [Meter; 5] = [Meter::Anger, Meter::Trust, Meter::Patience, Meter::FeelsHeard, Meter::Clarity];
const STANDINGS: [(Standing, &str); 7] = [
    (Standing::NotMade, "Not made"),
    (Standing::Open, "Open"),
    (Standing::Done(Fulfilment::Kept), "Kept"),
    (Standing::Done(Fulfilment::Exceeded), "Exceeded"),
    (Standing::Done(Fulfilment::LateWarned), "Late, told"),
    (Standing::Done(Fulfilment::Late), "Late"),
    (Standing::Done(Fulfilment::Broken), "Broken"),
];
/// So many nodes that fit what is written are listed.
const MOST_NODES: usize = 8;

pub(super) fn draw(ui: &mut Ui, pen: &mut Pen<'_>, memory: &mut Memory) {
    meters(ui, pen);
    node(ui, pen);
    switches(ui, pen);
    promises(ui, pen);
    beginnings(ui, pen, memory);
    seed(ui, pen, memory);
}

fn meters(ui: &mut Ui, pen: &mut Pen<'_>) {
    let talk = &pen.present.run.talk;
    section_title(ui, pen.theme, "How they are");
    for meter in METERS {
        let value = talk.meters.get(meter);
        if let Some(edit) = slider(ui, pen, meter_name(meter), value, 100.0) {
            pen.act(Action::Edit(Edit::Meter(meter, edit)));
        }
    }
    let heat = i32::from(talk.own_heat) * 100;
    if let Some(edit) = slider(ui, pen, "Your own heat", heat, 100.0) {
        pen.act(Action::Edit(Edit::OwnHeat(u8::try_from(edit / 100).unwrap_or(100))));
    }
}

/// A value in hundredths, and what it was set to.
fn slider(ui: &mut Ui, pen: &Pen<'_>, name: &str, value: i32, most: f32) -> Option<i32> {
    #[expect(clippy::cast_precision_loss, reason = "at most 10000")]
    let shown = value as f32 / 100.0;
    let words = hundredths(value);
    let set = SliderRow::new(name, shown, 0.0..=most, 1.0, &words).show(ui, pen.theme).inner?;
    #[expect(clippy::cast_possible_truncation, reason = "at most 10000")]
    Some((set * 100.0).round() as i32)
}

fn node(ui: &mut Ui, pen: &mut Pen<'_>) {
    let talk = &pen.present.run.talk;
    let node = talk.node();
    let times = talk.visit(node);
    let name = format!("Visits of ‘{}’", pen.present.node());
    if let Some(edit) = slider(ui, pen, &name, i32::from(times) * 100, 10.0) {
        pen.act(Action::Edit(Edit::Visits(node, u8::try_from(edit / 100).unwrap_or(10))));
    }
    let used = crate::scenario::vocabulary::Act::ALL.iter().filter(|act| talk.used[act.index()] > 0);
    let used: Vec<_> = used.map(|act| format!("{} {}", act.words(), talk.used[act.index()])).collect();
    if !used.is_empty() {
        let words = format!("Used so far: {}.", used.join(", "));
        paragraph(ui, pen.theme, TextRole::Small, pen.theme.colors.soft_ink, &words);
    }
}

fn switches(ui: &mut Ui, pen: &mut Pen<'_>) {
    let present = pen.present;
    let (scenario, talk) = (&present.scenario, &present.run.talk);
    let mut edits = Vec::new();
    if !scenario.facts.is_empty() {
        section_title(ui, pen.theme, "What is known");
        for (index, fact) in scenario.facts.iter().enumerate() {
            let known = talk.facts.contains(index);
            if labelled_toggle(ui, pen.theme, &fact.name, &fact.text, known) {
                edits.push(Edit::Fact(FactId::at(index), !known));
            }
        }
    }
    if !scenario.flags.is_empty() {
        section_title(ui, pen.theme, "Flags");
        for (index, flag) in scenario.flags.iter().enumerate() {
            let is_set = talk.flags.contains(index);
            if labelled_toggle(ui, pen.theme, flag, "", is_set) {
                edits.push(Edit::Flag(FlagId::at(index), !is_set));
            }
        }
    }
    if !scenario.needs.is_empty() {
        section_title(ui, pen.theme, "Needs that are met");
        for (index, need) in scenario.needs.iter().enumerate() {
            let met = talk.needs.contains(index);
            if labelled_toggle(ui, pen.theme, &need.name, &need.text, met) {
                edits.push(Edit::Need(NeedId::at(index), !met));
            }
        }
    }
    for edit in edits {
        pen.act(Action::Edit(edit));
    }
}

fn promises(ui: &mut Ui, pen: &mut Pen<'_>) {
    let present = pen.present;
    if present.scenario.promises.is_empty() {
        return;
    }
    section_title(ui, pen.theme, "Promises");
    for (index, promise) in present.scenario.promises.iter().enumerate() {
        let standing = present.run.talk.promises[index];
        paragraph(ui, pen.theme, TextRole::Interface, pen.theme.colors.ink, &promise.name);
        let name = format!("The promise {}", promise.name);
        let chosen = ui.push_id(("promise", index), |ui| choose(ui, pen.theme, &name, &STANDINGS, standing)).inner;
        if let Some(standing) = chosen {
            pen.act(Action::Edit(Edit::Promise(PromiseId::at(index), standing)));
        }
    }
}

/// Any node, by its name: after the shortest way there, or in the state as it is.
fn beginnings(ui: &mut Ui, pen: &mut Pen<'_>, memory: &mut Memory) {
    section_title(ui, pen.theme, "Play from a node");
    text_row(ui, pen.theme, "Its name, or a part of it", &mut memory.wanted, "");
    let wanted = memory.wanted.trim().to_lowercase();
    let present = pen.present;
    let fits = present.nodes().filter(|(.., name)| name.to_lowercase().contains(&wanted));
    let fits: Vec<_> = fits.take(MOST_NODES + 1).collect();
    for (encounter, node, name) in fits.iter().take(MOST_NODES) {
        let several = present.scenario.encounters.len() > 1;
        let inside = format!("{}: ", present.scenario.encounter(*encounter).name);
        let inside = if several { inside } else { String::new() };
        ui.push_id((encounter.0, node.0), |ui| {
            ui.horizontal(|ui| {
                paragraph(ui, pen.theme, TextRole::Interface, pen.theme.colors.ink, &format!("{inside}{name}"));
                if named_link(ui, pen, "after the shortest way", name) {
                    pen.act(Action::BeginAt(*encounter, *node));
                }
                if named_link(ui, pen, "in this state", name) {
                    pen.act(Action::StandAt(*encounter, *node));
                }
            });
        });
    }
    if fits.len() > MOST_NODES {
        paragraph(ui, pen.theme, TextRole::Small, pen.theme.colors.soft_ink, "…and more: write a part of the name.");
    }
}

/// A link that means something only beside a name, which a screen reader hears with it.
fn named_link(ui: &mut Ui, pen: &Pen<'_>, words: &str, name: &str) -> bool {
    let response = link(ui, pen.theme, words);
    let whole = format!("{}: {name}", capitalised(words));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(whole));
    response.clicked()
}

fn seed(ui: &mut Ui, pen: &mut Pen<'_>, memory: &mut Memory) {
    section_title(ui, pen.theme, "By chance");
    let words = "The seed picks variants, orders and pauses. Another one begins the conversation anew.";
    paragraph(ui, pen.theme, TextRole::Small, pen.theme.colors.soft_ink, words);
    let now = pen.view.seed;
    let written = memory.seed.get_or_insert_with(|| now.to_string());
    let field = text_row(ui, pen.theme, "Seed", written, "");
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    let wanted = written.trim().parse::<u64>();
    if wanted.is_err() {
        crate::desktop::screens::page::problem(ui, pen.theme, &field, "A seed is a whole number, such as 7.");
    }
    ui.add_space(style::GRID / 2.0);
    ui.horizontal_wrapped(|ui| {
        let take = Button::secondary("Take this seed").enabled(wanted.is_ok()).show(ui, pen.theme);
        if let Ok(seed) = wanted
            && (take.clicked() || entered)
        {
            pen.act(Action::Reseed(seed));
        }
        if Button::secondary("Another seed").show(ui, pen.theme).clicked() {
            memory.seed = None;
            pen.act(Action::Reseed(now.wrapping_add(1)));
        }
    });
}
