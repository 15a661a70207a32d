//! The colours of the stage, by role. The theme fills them; the defaults are the design's own table.

use egui::Color32;

/// Theme colours of the stage. The person's own tones come from their look, in `tones`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StageColours {
    pub stage_top: Color32,
    pub stage_bottom: Color32,
    /// The panes of the window behind the customer.
    pub window: Color32,
    pub ink: Color32,
    pub soft_ink: Color32,
    pub heat: Color32,
    pub calm: Color32,
    pub card: Color32,
    pub line: Color32,
    /// The counter from above, and its front, on which the caption stands.
    pub desk_top: Color32,
    pub desk_front: Color32,
    /// Text on the front of the counter.
    pub on_desk: Color32,
    /// The empty part of the column that shows the trainee's own heat.
    pub track: Color32,
    /// The evening air of a dark room lies over the figure: 0 none, 1 all.
    pub air: f32,
}

impl StageColours {
    pub const LIGHT: Self = Self {
        stage_top: Color32::from_rgb(0xC9, 0xD8, 0xD3),
        stage_bottom: Color32::from_rgb(0xA9, 0xC0, 0xBB),
        window: Color32::from_rgb(0xE6, 0xEE, 0xEA),
        ink: Color32::from_rgb(0x22, 0x26, 0x2B),
        soft_ink: Color32::from_rgb(0x3F, 0x45, 0x49),
        heat: Color32::from_rgb(0xB4, 0x47, 0x2E),
        calm: Color32::from_rgb(0x2F, 0x6F, 0x73),
        card: Color32::from_rgb(0xFF, 0xFB, 0xF2),
        line: Color32::from_rgb(0xDD, 0xD3, 0xC1),
        desk_top: Color32::from_rgb(0xC0, 0x95, 0x66),
        desk_front: Color32::from_rgb(0x7E, 0x5A, 0x39),
        on_desk: Color32::from_rgb(0xFF, 0xFB, 0xF2),
        track: Color32::from_rgb(0x93, 0xAE, 0xA8),
        air: 0.0,
    };

    pub const DARK: Self = Self {
        stage_top: Color32::from_rgb(0x31, 0x42, 0x4A),
        stage_bottom: Color32::from_rgb(0x26, 0x37, 0x40),
        window: Color32::from_rgb(0x3C, 0x50, 0x59),
        ink: Color32::from_rgb(0xEF, 0xE9, 0xDC),
        soft_ink: Color32::from_rgb(0xC4, 0xCA, 0xCA),
        heat: Color32::from_rgb(0xE0, 0x8A, 0x6D),
        calm: Color32::from_rgb(0x6F, 0xB5, 0xB3),
        card: Color32::from_rgb(0x24, 0x2A, 0x31),
        line: Color32::from_rgb(0x39, 0x41, 0x4A),
        desk_top: Color32::from_rgb(0x7A, 0x5D, 0x43),
        desk_front: Color32::from_rgb(0x4A, 0x38, 0x2A),
        on_desk: Color32::from_rgb(0xEF, 0xE9, 0xDC),
        track: Color32::from_rgb(0x4A, 0x60, 0x68),
        air: 0.14,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2 relative luminance.
    fn luminance(colour: Color32) -> f32 {
        let [red, green, blue] = [colour.r(), colour.g(), colour.b()].map(|channel| {
            let share = f32::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(one: Color32, other: Color32) -> f32 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn all_text_on_the_stage_stands_out_by_four_and_a_half() {
        for colours in [StageColours::LIGHT, StageColours::DARK] {
            let pairs = [
                (colours.ink, colours.stage_top),
                (colours.ink, colours.stage_bottom),
                (colours.soft_ink, colours.stage_top),
                (colours.soft_ink, colours.stage_bottom),
                (colours.soft_ink, colours.window),
                (colours.ink, colours.card),
                (colours.soft_ink, colours.card),
                (colours.on_desk, colours.desk_front),
            ];
            for (text, ground) in pairs {
                assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}: {}", contrast(text, ground));
            }
        }
    }
}
