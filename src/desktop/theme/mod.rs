//! The look: colours by role, two families of type, and the small widgets that all screens share.

pub mod fonts;
pub mod style;
#[cfg(test)]
pub(crate) mod testing;
pub mod tokens;
pub mod widgets;

use bevy::prelude::*;
use bevy_egui::{EguiContext, EguiPreUpdateSet};
use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontFamily, FontId};

pub use tokens::Tokens;

/// How everything looks: what a widget needs to draw itself.
///
/// A resource: whoever changes it (the settings) changes the whole window with the next frame.
#[derive(Resource, Debug, Clone, Copy, PartialEq)]
pub struct Theme {
    /// Light or dark.
    pub appearance: Appearance,
    /// The colours of that appearance.
    pub colors: Tokens,
    /// How large text is.
    pub scale: Scale,
    /// How much may move.
    pub motion: Motion,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Appearance {
    #[default]
    Light,
    Dark,
}

/// How much may move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Motion {
    #[default]
    Full,
    /// States cross-fade; nothing travels.
    Reduced,
}

/// The size of all text, from 1.0 (100 %) to 2.0 (200 %).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Scale(f32);

impl Scale {
    /// The size as drawn by the designer.
    pub const ONE: Self = Self(1.0);

    /// From per cent; what lies outside of 100 to 200 is moved to the nearer end.
    pub fn percent(percent: u16) -> Self {
        Self(f32::from(percent.clamp(100, 200)) / 100.0)
    }

    /// The factor, 1.0 to 2.0.
    pub fn factor(self) -> f32 {
        self.0
    }
}

impl Default for Scale {
    fn default() -> Self {
        Self::ONE
    }
}

/// What a piece of text is. Its size and family follow from that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextRole {
    /// The customer's words, as they are spoken.
    Customer,
    /// Words quoted afterwards.
    Quote,
    /// Words quoted where there is little room.
    SmallQuote,
    /// A reply that can be given.
    Reply,
    /// The text of the tool.
    Interface,
    /// The text of the tool where it has to stand out: buttons, chosen things, numbers.
    Strong,
    /// Key caps, the labels of charts.
    Small,
    /// The same, standing out.
    SmallStrong,
    /// The one large number of a debrief.
    Score,
    /// The head of a screen.
    Title,
    /// The name of a person.
    Name,
}

impl TextRole {
    /// Every role, for tables and tests.
    pub const ALL: [Self; 11] = [
        Self::Customer,
        Self::Quote,
        Self::SmallQuote,
        Self::Reply,
        Self::Interface,
        Self::Strong,
        Self::Small,
        Self::SmallStrong,
        Self::Score,
        Self::Title,
        Self::Name,
    ];

    /// Family, size in points at 100 %, and line height as a multiple of the size.
    const fn face(self) -> (&'static str, f32, f32) {
        match self {
            Self::Customer => (fonts::BOOK, 25.0, 1.42),
            Self::Quote => (fonts::BOOK, 19.0, 1.42),
            Self::SmallQuote => (fonts::BOOK, 16.5, 1.4),
            Self::Reply => (fonts::PLAIN, 16.5, 1.4),
            Self::Interface => (fonts::PLAIN, 15.5, 1.4),
            Self::Strong => (fonts::PLAIN_BOLD, 15.5, 1.4),
            Self::Small => (fonts::PLAIN, 13.5, 1.3),
            Self::SmallStrong => (fonts::PLAIN_BOLD, 13.5, 1.3),
            Self::Score => (fonts::BOOK_MEDIUM, 76.0, 1.0),
            Self::Title => (fonts::BOOK_MEDIUM, 30.0, 1.25),
            Self::Name => (fonts::BOOK_MEDIUM, 23.0, 1.25),
        }
    }
}

impl Theme {
    /// The theme of an appearance, with everything moving.
    pub fn new(appearance: Appearance, scale: Scale, motion: Motion) -> Self {
        let colors = match appearance {
            Appearance::Light => Tokens::LIGHT,
            Appearance::Dark => Tokens::DARK,
        };
        Self { appearance, colors, scale, motion }
    }

    /// Ink and lines stand out further: nothing is written in soft ink, and every edge can be seen.
    #[must_use]
    pub fn with_more_contrast(mut self) -> Self {
        let colors = &mut self.colors;
        (colors.ink, colors.paper, colors.card) = match self.appearance {
            Appearance::Light => (Color32::BLACK, Color32::WHITE, Color32::WHITE),
            Appearance::Dark => (Color32::WHITE, Color32::BLACK, Color32::from_gray(14)),
        };
        colors.line = colors.soft_ink;
        colors.soft_ink = colors.ink;
        self
    }

    /// The font of a role at the chosen scale.
    pub fn font(&self, role: TextRole) -> FontId {
        let (family, size, _) = role.face();
        FontId::new(size * self.scale.factor(), FontFamily::Name(family.into()))
    }

    /// From line to line in this role, in points.
    pub fn line_height(&self, role: TextRole) -> f32 {
        let (_, size, line) = role.face();
        (size * line * self.scale.factor()).round()
    }

    /// A length that grows with the text: paddings inside a widget, key caps, bars. In points.
    ///
    /// Margins between widgets and at the edges stay as they are, so that large text keeps its room.
    pub fn scaled(&self, points: f32) -> f32 {
        (points * self.scale.factor()).round()
    }

    /// Whether large text asks for one column instead of two.
    pub fn one_column(&self, available_width: f32) -> bool {
        available_width / self.scale.factor() < 880.0
    }

    /// Text in a role, wrapped at `wrap_width` points, with the line height of the role.
    pub fn job(&self, role: TextRole, color: Color32, text: impl Into<String>, wrap_width: f32) -> LayoutJob {
        let mut job = LayoutJob::single_section(text.into(), self.format(role, color));
        job.wrap.max_width = wrap_width;
        job
    }

    /// The format of a section of a [`LayoutJob`] that mixes roles or colours.
    pub fn format(&self, role: TextRole, color: Color32) -> TextFormat {
        TextFormat {
            font_id: self.font(role),
            color,
            line_height: Some(self.line_height(role)),
            ..TextFormat::default()
        }
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self::new(Appearance::Light, Scale::ONE, Motion::Full)
    }
}

/// Dresses egui and the window's ground in the [`Theme`], whenever it changes.
pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        PreUpdate,
        (install_fonts, apply).chain().after(EguiPreUpdateSet::InitContexts).before(EguiPreUpdateSet::ProcessInput),
    );
}

/// Before the first pass: a family that is not there when text asks for it is a panic in egui.
fn install_fonts(mut contexts: Query<&mut EguiContext, Added<EguiContext>>, mut theme: ResMut<Theme>) {
    for mut context in &mut contexts {
        let ctx = context.get_mut();
        ctx.set_fonts(fonts::definitions());
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        theme.set_changed();
    }
}

fn apply(theme: Res<Theme>, mut contexts: Query<&mut EguiContext>, mut ground: ResMut<ClearColor>) {
    if !theme.is_changed() {
        return;
    }
    let [red, green, blue, _] = theme.colors.paper.to_array();
    ground.0 = bevy::color::Color::srgb_u8(red, green, blue);
    for mut context in &mut contexts {
        style::apply(context.get_mut(), &theme);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_text_grows_together() {
        let one = Theme::default();
        let two = Theme::new(Appearance::Dark, Scale::percent(200), Motion::Reduced);
        for role in TextRole::ALL {
            assert!((two.font(role).size - 2.0 * one.font(role).size).abs() < f32::EPSILON, "{role:?}");
        }
    }

    #[test]
    fn a_scale_out_of_range_is_moved_to_the_nearer_end() {
        assert_eq!(Scale::percent(0), Scale::percent(100));
        assert_eq!(Scale::percent(900), Scale::percent(200));
    }
}
