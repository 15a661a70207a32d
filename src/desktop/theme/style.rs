//! The theme as an egui style: what egui's own containers and text fields look like.

use std::sync::Arc;

use egui::style::{ScrollStyle, Selection, TextCursorStyle, WidgetVisuals, Widgets};
use egui::{Color32, CornerRadius, Margin, Shadow, Stroke, Style, TextStyle, Visuals, vec2};

use super::{Appearance, Motion, TextRole, Theme};

/// The grid, in points: distances are multiples of it.
pub const GRID: f32 = 8.0;
/// The margin around a screen, in points.
pub const MARGIN: f32 = 36.0;
/// The width of the customer's side, in points.
pub const STAGE_WIDTH: f32 = 500.0;
/// The corners of buttons and fields, in points.
pub const CORNER: u8 = 9;
/// The corners of cards, in points.
pub const CARD_CORNER: u8 = 12;

/// Makes the theme the style of a context, in both of egui's own themes.
pub fn apply(ctx: &egui::Context, theme: &Theme) {
    let style = Arc::new(style(theme));
    ctx.set_style_of(egui::Theme::Light, Arc::clone(&style));
    ctx.set_style_of(egui::Theme::Dark, style);
    ctx.set_theme(match theme.appearance {
        Appearance::Light => egui::Theme::Light,
        Appearance::Dark => egui::Theme::Dark,
    });
}

/// The egui style of a theme.
pub fn style(theme: &Theme) -> Style {
    let mut style = Style { visuals: visuals(theme), ..Style::default() };
    for (text_style, role) in [
        (TextStyle::Body, TextRole::Interface),
        (TextStyle::Button, TextRole::Strong),
        (TextStyle::Small, TextRole::Small),
        (TextStyle::Heading, TextRole::Title),
    ] {
        style.text_styles.insert(text_style, theme.font(role));
    }
    if let Some(mono) = style.text_styles.get_mut(&TextStyle::Monospace) {
        mono.size = 14.5 * theme.scale.factor();
    }

    style.animation_time = match theme.motion {
        Motion::Full => 0.12,
        Motion::Reduced => 0.0,
    };
    if theme.motion == Motion::Reduced {
        style.scroll_animation = egui::style::ScrollAnimation::none();
    }

    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(GRID, GRID);
    spacing.button_padding = vec2(theme.scaled(12.0), theme.scaled(8.0));
    spacing.interact_size = vec2(theme.scaled(32.0), theme.scaled(32.0));
    spacing.window_margin = Margin::same(24);
    spacing.menu_margin = Margin::same(8);
    // A thin line in the ink of the text: a handle in the colour of a card would be lost on the paper.
    spacing.scroll = ScrollStyle {
        bar_width: 10.0,
        floating_width: 4.0,
        floating_allocated_width: 10.0,
        foreground_color: true,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        dormant_handle_opacity: 0.3,
        active_handle_opacity: 0.45,
        interact_handle_opacity: 0.7,
        ..ScrollStyle::thin()
    };
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.6;
    style
}

fn visuals(theme: &Theme) -> Visuals {
    let colors = &theme.colors;
    let mut visuals = match theme.appearance {
        Appearance::Light => Visuals::light(),
        Appearance::Dark => Visuals::dark(),
    };
    let line = Stroke::new(1.0, colors.line);
    let at_rest = WidgetVisuals {
        bg_fill: colors.card,
        weak_bg_fill: colors.card,
        bg_stroke: line,
        corner_radius: CornerRadius::same(CORNER),
        fg_stroke: Stroke::new(1.0, colors.ink),
        expansion: 0.0,
    };
    visuals.widgets = Widgets {
        noninteractive: WidgetVisuals { bg_fill: colors.paper, weak_bg_fill: colors.paper, ..at_rest },
        inactive: at_rest,
        hovered: WidgetVisuals { bg_stroke: Stroke::new(1.0, colors.calm), ..at_rest },
        active: WidgetVisuals { bg_fill: colors.chosen, bg_stroke: Stroke::new(2.0, colors.calm), ..at_rest },
        open: at_rest,
    };
    visuals.selection =
        Selection { bg_fill: mix(colors.card, colors.calm, 0.3), stroke: Stroke::new(2.0, colors.calm) };
    visuals.hyperlink_color = colors.calm;
    visuals.warn_fg_color = colors.gold;
    visuals.error_fg_color = colors.heat;
    visuals.faint_bg_color = mix(colors.paper, colors.track, 0.4);
    visuals.extreme_bg_color = colors.track;
    visuals.text_edit_bg_color = Some(colors.card);
    visuals.code_bg_color = colors.track;
    visuals.weak_text_color = Some(colors.soft_ink);
    visuals.window_fill = colors.card;
    visuals.window_stroke = line;
    visuals.panel_fill = colors.paper;
    visuals.window_corner_radius = CornerRadius::same(CARD_CORNER);
    visuals.menu_corner_radius = CornerRadius::same(CORNER);
    visuals.window_shadow = Shadow::NONE;
    visuals.popup_shadow = Shadow::NONE;
    visuals.window_highlight_topmost = false;
    // A cursor that blinks asks for attention, and for two frames a second while nothing happens.
    visuals.text_cursor =
        TextCursorStyle { stroke: Stroke::new(2.0, colors.calm), blink: false, ..TextCursorStyle::default() };
    visuals
}

/// A colour on the way from one to another, `share` from 0 to 1, mixed as they are written.
pub fn mix(from: Color32, to: Color32, share: f32) -> Color32 {
    from.lerp_to_gamma(to, share.clamp(0.0, 1.0))
}
