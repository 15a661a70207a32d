//! A whole person, from the back layer to the front, in a drawing 500 units wide and 720 high.
//!
//! The eyes' middle is at (250, 252) at rest; the counter's edge at [`DESK`]. Every look draws the same shapes in every
//! pose, so that two poses can be laid over each other.

use egui::{Vec2, vec2};

use crate::scenario::format::v1::{Age, Hair, Look};
use crate::scenario::vocabulary::Pronoun;

use super::canvas::{Canvas, at};
use super::motion::Pose;
use super::tones::Tones;
use super::{body, face, hair, props};

/// Where the counter begins, in drawing units from the top.
pub(super) const DESK: f32 = 604.0;

/// Who is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person<'a> {
    pub look: &'a Look,
    pub pronoun: Pronoun,
    pub tones: &'a Tones,
}

/// Measures that follow from who they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Build {
    /// Factor on the width of the jaw.
    pub jaw: f32,
    /// Factor on the thickness of the brows.
    pub brows: f32,
    /// Half the width of the shoulders and of the neck.
    pub shoulders: f32,
    pub neck: f32,
    /// How much the lips differ from the skin, 0 to 1.
    pub lips: f32,
    /// 0 young, 0.6 middle, 2 old.
    pub years: f32,
    /// How far the head sinks and comes forward with age.
    pub stoop: f32,
}

impl Person<'_> {
    pub(super) fn build(&self) -> Build {
        let (years, stoop) = match self.look.age {
            Age::Young => (0.0, -4.0),
            Age::Middle => (0.6, 0.0),
            Age::Old => (2.0, 9.0),
        };
        let (jaw, brows, shoulders, neck, lips) = match self.pronoun {
            Pronoun::She => (0.96, 0.85, 142.0, 33.0, 1.0),
            Pronoun::He => (1.08, 1.22, 168.0, 44.0, 0.25),
            Pronoun::They => (1.01, 1.05, 154.0, 38.0, 0.6),
        };
        Build { jaw, brows, shoulders: shoulders - years * 4.0, neck: neck - years, lips, years, stoop }
    }

    /// The highest point that must be seen, in drawing units: the crown, or what is piled on it.
    pub(super) fn crown(&self) -> f32 {
        let above_eyes = match self.look.hair {
            Hair::Bald => 112.0,
            Hair::Short | Hair::Bob | Hair::Long => 136.0,
            Hair::Set => 142.0,
            Hair::Curly => 158.0,
            Hair::Bun => 172.0,
        };
        // Raised shoulders and a breath lift nobody by more than a few units.
        252.0 + self.build().stoop - above_eyes * 1.06
    }

    /// The person behind the counter, without their hands: these come after the counter.
    pub(super) fn draw(&self, canvas: &mut Canvas, pose: &Pose) {
        let build = self.build();
        let stance = Stance::of(&build, pose);
        canvas.placed(stance.head, stance.head_scale, stance.tilt, |canvas| hair::behind(canvas, self));
        body::torso(canvas, self, &build, &stance);
        canvas.placed(stance.head, stance.head_scale, stance.tilt, |canvas| {
            face::draw(canvas, self, &build, &pose.face);
            hair::before(canvas, self);
            if self.look.glasses {
                face::glasses(canvas, self, &pose.face);
            }
        });
    }

    /// Forearms, what they hold, and hands: over the counter.
    pub(super) fn draw_hands(&self, canvas: &mut Canvas, pose: &Pose) {
        let build = self.build();
        let stance = Stance::of(&build, pose);
        body::forearms(canvas, self, &stance, pose.face.hands);
        props::held(canvas, self.look.holds, self.tones, pose.face.hands);
        body::hands(canvas, self, pose.face.hands);
    }
}

/// Where the parts stand in one pose.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stance {
    /// The middle of the eyes.
    pub head: egui::Pos2,
    pub head_scale: Vec2,
    /// In radians.
    pub tilt: f32,
    /// The pit of the neck.
    pub neck: egui::Pos2,
    /// How far the shoulders are up from rest.
    pub raised: f32,
}

impl Stance {
    fn of(build: &Build, pose: &Pose) -> Self {
        let face = &pose.face;
        let breath = pose.breath * 1.6;
        let raised = face.shoulders * 17.0 + breath;
        let lean = face.lean;
        let head_scale = 1.0 + 0.035 * lean;
        let head = at(
            250.0 + face.gaze.0 * 3.0,
            252.0 + build.stoop + lean * 7.0 + face.gaze.1 * 5.0 + face.shoulders * 3.0 - breath * 0.7,
        );
        let neck = at(250.0, 402.0 + build.stoop * 0.5 + lean * 4.0 - raised * 0.35);
        Self {
            head,
            head_scale: vec2(head_scale, head_scale) * 1.06,
            tilt: 0.012 + face.worry * 0.02 + face.gaze.0 * 0.02,
            neck,
            raised,
        }
    }
}
