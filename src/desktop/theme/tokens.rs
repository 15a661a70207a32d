//! Every colour of the window, by role. No other file names a colour, but for the drawn customer.

#![expect(clippy::unreadable_literal, reason = "a colour is six digits, as everybody writes it")]

use egui::Color32;

/// The colours of one appearance. A role, not a hue: `heat` is anger and interruption, whatever it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tokens {
    /// The ground of every screen.
    pub paper: Color32,
    /// What lies on the paper: cards, pills, key caps, fields.
    pub card: Color32,
    /// The ground of a chosen card or pill.
    pub chosen: Color32,
    /// Text.
    pub ink: Color32,
    /// Text that waits its turn: hints, captions, places.
    pub soft_ink: Color32,
    /// One-pixel lines and the outlines of things at rest. Never text.
    pub line: Color32,
    /// The empty part of a bar.
    pub track: Color32,
    /// Chosen, good, trust, focus.
    pub calm: Color32,
    /// Text on a ground of `calm`.
    pub on_calm: Color32,
    /// Anger, the trainee's own heat, interruption. Never the only sign.
    pub heat: Color32,
    /// Text on a ground of `heat`.
    pub on_heat: Color32,
    /// Needs care, promises.
    pub gold: Color32,
    /// In a scenario's text: the name of a field.
    pub field_ink: Color32,
    /// In a scenario's text: a word of the language.
    pub word_ink: Color32,
    /// In a scenario's text: a name that the author gives.
    pub name_ink: Color32,
    /// In a scenario's text: a number.
    pub number_ink: Color32,
    /// In a scenario's text: a remark, which is slanted too.
    pub remark_ink: Color32,
    /// The customer's room, at the top.
    pub stage_top: Color32,
    /// The customer's room, at the bottom.
    pub stage_bottom: Color32,
    /// The unfilled part of the column of the trainee's own heat.
    pub stage_track: Color32,
    /// What lies over the screen while the call is paused.
    pub veil: Color32,
}

impl Tokens {
    /// Ink on warm paper.
    pub const LIGHT: Self = Self {
        paper: rgb(0xF6F1E7),
        card: rgb(0xFFFBF2),
        chosen: rgb(0xF3F9F6),
        ink: rgb(0x22262B),
        soft_ink: rgb(0x5B5F63),
        line: rgb(0xDDD3C1),
        track: rgb(0xE8DFCE),
        calm: rgb(0x2F6F73),
        on_calm: rgb(0xFFFBF2),
        heat: rgb(0xB4472E),
        on_heat: rgb(0xFFFBF2),
        gold: rgb(0x8A6414),
        field_ink: rgb(0x28527A),
        word_ink: rgb(0x63418A),
        name_ink: rgb(0x1F5D61),
        number_ink: rgb(0x70500C),
        remark_ink: rgb(0x4A5A34),
        stage_top: rgb(0xC9D8D3),
        stage_bottom: rgb(0xA9C0BB),
        stage_track: rgb(0x9FB6B1),
        veil: rgb(0xF2EBDF),
    };

    /// The same room in the evening.
    pub const DARK: Self = Self {
        paper: rgb(0x1B1F24),
        card: rgb(0x242A31),
        chosen: rgb(0x223236),
        ink: rgb(0xEFE9DC),
        soft_ink: rgb(0xA9ADAF),
        line: rgb(0x39414A),
        track: rgb(0x333A42),
        calm: rgb(0x6FB5B3),
        on_calm: rgb(0x1B1F24),
        heat: rgb(0xE08A6D),
        on_heat: rgb(0x1B1F24),
        gold: rgb(0xD2A84C),
        field_ink: rgb(0x9CC4EC),
        word_ink: rgb(0xC9B0EE),
        name_ink: rgb(0x86CBC8),
        number_ink: rgb(0xE0BC6C),
        remark_ink: rgb(0xADC29A),
        stage_top: rgb(0x31424A),
        stage_bottom: rgb(0x263740),
        stage_track: rgb(0x4A5F68),
        veil: rgb(0x14171B),
    };
}

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

/// The contrast of two opaque colours, from 1 to 21, by the formula of WCAG 2.2 (relative luminance).
pub fn contrast(one: Color32, other: Color32) -> f32 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(color: Color32) -> f32 {
    let linear = |channel: u8| {
        let channel = f32::from(channel) / 255.0;
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: Color32, ground: Color32, least: f32) {
        let found = contrast(text, ground);
        assert!(found >= least, "{name}: {found:.2} is below {least}");
    }

    #[test]
    fn the_formula_gives_the_known_extremes() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
        assert!((contrast(Color32::WHITE, Color32::WHITE) - 1.0).abs() < 0.01);
    }

    #[test]
    fn all_text_can_be_read() {
        for (appearance, t) in [("light", Tokens::LIGHT), ("dark", Tokens::DARK)] {
            for (ground_name, ground) in [("paper", t.paper), ("card", t.card), ("chosen", t.chosen), ("veil", t.veil)]
            {
                for (text_name, text) in
                    [("ink", t.ink), ("soft ink", t.soft_ink), ("calm", t.calm), ("heat", t.heat), ("gold", t.gold)]
                {
                    check(&format!("{appearance}: {text_name} on {ground_name}"), text, ground, 4.5);
                }
            }
            let selected = crate::desktop::theme::style::mix(t.card, t.calm, 0.25);
            for (ground_name, ground) in [("paper", t.paper), ("card", t.card), ("what is selected", selected)] {
                for (text_name, text) in [
                    ("field", t.field_ink),
                    ("word", t.word_ink),
                    ("name", t.name_ink),
                    ("number", t.number_ink),
                    ("remark", t.remark_ink),
                ] {
                    check(&format!("{appearance}: {text_name} on {ground_name}"), text, ground, 4.5);
                }
            }
            check(&format!("{appearance}: on calm"), t.on_calm, t.calm, 4.5);
            check(&format!("{appearance}: on heat"), t.on_heat, t.heat, 4.5);
            check(&format!("{appearance}: ink at the top of the stage"), t.ink, t.stage_top, 4.5);
            check(&format!("{appearance}: ink at the foot of the stage"), t.ink, t.stage_bottom, 4.5);
        }
    }

    #[test]
    fn what_carries_meaning_without_text_can_be_seen() {
        for (appearance, t) in [("light", Tokens::LIGHT), ("dark", Tokens::DARK)] {
            for (name, ground) in [("paper", t.paper), ("card", t.card), ("track", t.track)] {
                check(&format!("{appearance}: calm against {name}"), t.calm, ground, 3.0);
                check(&format!("{appearance}: heat against {name}"), t.heat, ground, 3.0);
            }
        }
    }
}
