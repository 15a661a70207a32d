//! The two families, built into the program.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

/// What the customer says, and what is quoted from them.
pub const BOOK: &str = "book";
/// Names, titles and scores.
pub const BOOK_MEDIUM: &str = "book medium";
/// Everything that belongs to the tool.
pub const PLAIN: &str = "plain";
/// Buttons, keys, and what has to stand out in plain text.
pub const PLAIN_BOLD: &str = "plain bold";

const FILES: [(&str, &[u8]); 4] = [
    (BOOK, include_bytes!("../../../assets/fonts/Literata-Regular.ttf")),
    (BOOK_MEDIUM, include_bytes!("../../../assets/fonts/Literata-Medium.ttf")),
    (PLAIN, include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Regular.ttf")),
    (PLAIN_BOLD, include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Bold.ttf")),
];

/// The four faces, each a family of its own, with egui's own fonts behind them for arrows and rare signs.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    // The monospaced face is the one that has arrows.
    let fallbacks: Vec<String> = [FontFamily::Proportional, FontFamily::Monospace]
        .iter()
        .filter_map(|family| fonts.families.get(family))
        .flatten()
        .cloned()
        .collect();
    for (name, bytes) in FILES {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        let family = std::iter::once(name.to_owned()).chain(fallbacks.iter().cloned()).collect();
        fonts.families.insert(FontFamily::Name(name.into()), family);
    }
    // Whatever a widget does not ask for by role is plain, never egui's own face.
    if let Some(proportional) = fonts.families.get_mut(&FontFamily::Proportional) {
        *proportional = std::iter::once(PLAIN.to_owned()).chain(fallbacks).collect();
    }
    fonts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters of European names, the marks of typeset speech, and the arrow of the debrief.
    const NEEDED: &str = "AaÄäÉéÑñÇçØøÅåŁłŠšŽžŐőİıĞğßÞþ“”‘’–—…·×→€£0123456789";

    #[test]
    fn every_face_has_the_needed_signs() {
        let ctx = egui::Context::default();
        ctx.set_fonts(definitions());
        let output = ctx.run_ui(egui::RawInput::default(), |ui| {
            for (name, _) in FILES {
                let font = egui::FontId::new(16.0, FontFamily::Name(name.into()));
                for sign in NEEDED.chars() {
                    assert!(ui.fonts_mut(|fonts| fonts.has_glyph(&font, sign)), "{name} has no {sign:?}");
                }
            }
        });
        output.drop_without_applying_deltas();
    }
}
