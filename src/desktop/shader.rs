//! The shader that egui's triangles go through, in place of the one that `bevy_egui` brings.

use bevy::prelude::*;
use bevy::shader::Shader;
use bevy_egui::render::EGUI_SHADER_HANDLE;

const SOURCE: &str = include_str!("../../assets/egui.wgsl");

/// To be added after `bevy_egui`'s own plugin, whose shader it takes the place of.
pub(super) fn plugin(app: &mut App) {
    let shader = Shader::from_wgsl(SOURCE, "assets/egui.wgsl");
    if let Err(error) = app.world_mut().resource_mut::<Assets<Shader>>().insert(&EGUI_SHADER_HANDLE, shader) {
        error!("the window is drawn with the slower shader: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The coefficients as the shader has them, from the lowest power.
    fn polynomial() -> Vec<f64> {
        let (_, rest) = SOURCE.split_once("return c * (").expect("the polynomial stands in the shader");
        let (terms, _) = rest.split_once(';').expect("a statement ends");
        terms
            .split(['(', ')', '*', '+', ' ', 'c'])
            .filter(|term| !term.is_empty())
            .map(|term| term.parse().expect("a number"))
            .collect()
    }

    /// IEC 61966-2-1, both ways.
    fn linear(gamma: f64) -> f64 {
        if gamma <= 0.04045 { gamma / 12.92 } else { ((gamma + 0.055) / 1.055).powf(2.4) }
    }

    fn gamma(linear: f64) -> f64 {
        if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 }
    }

    #[test]
    fn every_level_of_srgb_comes_back_as_itself() {
        let terms = polynomial();
        assert_eq!(terms.len(), 5);
        for level in 0..=255_u8 {
            let before = f64::from(level) / 255.0;
            let lit = terms.iter().rev().fold(0.0, |sum, term| sum * before + term) * before;
            let shown = (gamma(lit) * 255.0).round();
            assert!((shown - f64::from(level)).abs() < 0.5, "level {level} is shown as {shown}");
            assert!((gamma(lit) - gamma(linear(before))).abs() * 255.0 < 0.5, "level {level}");
        }
    }
}
