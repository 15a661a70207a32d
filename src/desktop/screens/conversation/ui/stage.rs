//! The customer's side.

use egui::{Rect, Ui};

use crate::desktop::customer::{self, Alive, Expression, StageColours, StageFonts, StageView};
use crate::desktop::screens::conversation::data::View;
use crate::desktop::screens::conversation::ui::Memory;
use crate::desktop::theme::{Appearance, Motion, TextRole, Theme};

/// Lets the customer live for one frame.
pub(super) fn tick(ui: &Ui, theme: &Theme, view: &View, memory: &mut Memory) {
    let stage = &view.stage;
    let target = Expression::of(stage.reading);
    if memory.alive.as_ref().is_none_or(|(seed, _)| *seed != stage.seed) {
        memory.alive = Some((stage.seed, Alive::new(stage.seed, &target)));
    }
    let Some((_, alive)) = &mut memory.alive else { return };
    if view.veil.is_some() {
        return;
    }
    if stage.words > memory.words {
        alive.word(WORD_LETTERS);
    }
    alive.tick(ui.input(|input| input.stable_dt), &target, theme.motion == Motion::Reduced);
}

/// Letters of the word that moves the mouth: an everyday one.
const WORD_LETTERS: usize = 5;

/// As high as there is room, or as a low strip where text is large.
pub(super) fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &Memory, rect: Rect) {
    let Some((_, alive)) = &memory.alive else { return };
    let seen = &view.stage;
    let colours = match theme.appearance {
        Appearance::Light => StageColours::LIGHT,
        Appearance::Dark => StageColours::DARK,
    };
    let stage = StageView {
        channel: seen.channel,
        look: &seen.look,
        pronoun: seen.pronoun,
        name: &seen.name,
        place: &seen.place,
        reading: seen.reading,
        caption: &seen.caption,
        show_caption: seen.show_caption,
        own_heat: seen.own_heat,
        call_length: &seen.call_length,
        fonts: StageFonts { name: theme.font(TextRole::Name), small: theme.font(TextRole::Interface) },
    };
    if theme.one_column(ui.ctx().content_rect().width()) {
        customer::draw_strip(ui, rect, &stage, alive, &colours);
    } else {
        customer::draw_stage(ui, rect, &stage, alive, &colours);
    }
}
