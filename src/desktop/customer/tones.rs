//! The few tones a person is drawn in, from their look.

use egui::Color32;

use crate::scenario::format::v1::{Age, HairColour, Look, Palette, Skin};

/// Four tones of one material, as a flat drawing needs them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Material {
    pub light: Color32,
    pub base: Color32,
    pub shade: Color32,
    /// For lines drawn on it.
    pub line: Color32,
}

/// Every colour of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tones {
    pub skin: Material,
    pub lip: Color32,
    pub flush: Color32,
    pub hair: Material,
    pub brow: Color32,
    pub iris: Color32,
    pub lash: Color32,
    pub eye_white: Color32,
    pub clothes: Material,
    pub shirt: Material,
}

impl Tones {
    pub(super) fn of(look: Look) -> Self {
        let skin = skin(look.skin);
        let hair = hair(look.hair_colour);
        let is_old = look.age == Age::Old;
        let is_dark_skinned = matches!(look.skin, Skin::Brown | Skin::Deep);
        let brow_depth = match look.hair_colour {
            HairColour::White => 0.55,
            HairColour::Grey => 0.75,
            _ => 0.85,
        };
        Self {
            skin,
            lip: skin.line.lerp_to_gamma(rgb(0xB5_4A_48), if is_dark_skinned { 0.3 } else { 0.55 }),
            flush: rgb(if is_dark_skinned { 0xA0_36_2A } else { 0xD0_50_40 }),
            hair,
            brow: hair.line.lerp_to_gamma(skin.line, 1.0 - brow_depth),
            iris: iris(look),
            lash: if is_old { rgb(0x55_44_3C) } else { rgb(0x33_28_26) },
            eye_white: rgb(0xF8_F3_EA).lerp_to_gamma(skin.base, if is_old { 0.14 } else { 0.08 }),
            clothes: clothes(look.palette),
            shirt: material([0xF8_EF_DF, 0xEF_E3_CF, 0xD8_C8_AF, 0xB4_A3_8A]),
        }
    }
}

fn skin(skin: Skin) -> Material {
    material(match skin {
        Skin::Fair => [0xF9_DE_CB, 0xF1_CC_B4, 0xDD_AD_93, 0xA9_74_5E],
        Skin::Light => [0xF4_D0_B3, 0xE9_BA_99, 0xD2_9B_79, 0x9A_64_48],
        Skin::Olive => [0xE2_B8_8E, 0xD0_A0_77, 0xB3_80_58, 0x7C_51_35],
        Skin::Brown => [0xBC_86_5D, 0xA5_70_4B, 0x88_57_37, 0x5A_36_20],
        Skin::Deep => [0x8C_5B_3F, 0x75_48_30, 0x5B_36_23, 0x37_1E_13],
    })
}

fn hair(colour: HairColour) -> Material {
    material(match colour {
        HairColour::Brown => [0x82_60_4A, 0x62_46_36, 0x4A_33_27, 0x38_25_1C],
        HairColour::Black => [0x48_46_4C, 0x2F_2D_33, 0x1F_1D_22, 0x18_16_1A],
        HairColour::Fair => [0xE3_C6_8E, 0xCC_A9_6C, 0xAC_87_4C, 0x80_61_35],
        HairColour::Red => [0xC0_71_45, 0xA0_54_2F, 0x7D_3D_20, 0x5E_2D_18],
        HairColour::Grey => [0xC9_C7_C3, 0xA8_A6_A4, 0x86_84_84, 0x62_60_61],
        HairColour::White => [0xF4_F1_EB, 0xE0_DC_D5, 0xBF_BA_B2, 0x8C_87_80],
    })
}

/// The look does not name the eyes' colour; hair and skin suggest one.
fn iris(look: Look) -> Color32 {
    rgb(match (look.skin, look.hair_colour) {
        (Skin::Brown | Skin::Deep, _) | (_, HairColour::Black) => 0x3E_29_1F,
        (Skin::Olive, _) | (_, HairColour::Brown) => 0x5E_42_2C,
        (_, HairColour::Red) => 0x5B_72_55,
        (_, HairColour::Fair) => 0x4F_72_8A,
        (_, HairColour::Grey | HairColour::White) => 0x50_66_74,
    })
}

fn clothes(palette: Palette) -> Material {
    material(match palette {
        Palette::Navy => [0x54_68_84, 0x3F_50_68, 0x31_40_55, 0x24_30_42],
        Palette::Rust => [0xC0_6E_50, 0xA6_57_3B, 0x87_43_2C, 0x66_31_20],
        Palette::Moss => [0x7D_91_6B, 0x63_77_53, 0x4D_5F_40, 0x39_48_2F],
        Palette::Plum => [0x8B_61_7D, 0x6F_49_63, 0x57_38_4E, 0x40_28_39],
        Palette::Slate => [0x76_83_8E, 0x5C_69_74, 0x48_53_5D, 0x34_3D_46],
        Palette::Ochre => [0xCD_A5_58, 0xB4_8B_3F, 0x93_6F_2F, 0x6E_52_21],
    })
}

fn material([light, base, shade, line]: [u32; 4]) -> Material {
    Material { light: rgb(light), base: rgb(base), shade: rgb(shade), line: rgb(line) }
}

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_material_goes_from_light_to_line() {
        let sum = |colour: Color32| u16::from(colour.r()) + u16::from(colour.g()) + u16::from(colour.b());
        let skins = [Skin::Fair, Skin::Light, Skin::Olive, Skin::Brown, Skin::Deep].map(skin);
        for Material { light, base, shade, line } in skins {
            assert!(sum(light) > sum(base) && sum(base) > sum(shade) && sum(shade) > sum(line));
        }
    }
}
