//! How a person moves from one expression to the next, and what moves when nothing happens.
//!
//! Pure: time comes in as seconds, chance from a seed. The same ticks give the same person.

use super::expression::Expression;

/// Breaths a minute at rest.
const BREATHS_A_MINUTE: f32 = 12.0;
const BLINK_SECONDS: f32 = 0.17;
/// From one frame to the next while there is only breath: a blink that begins before then must be seen coming.
const BREATH_SECONDS: f32 = 0.125;
const FADE_SECONDS: f32 = 0.3;
/// Eyes go first, then the face, then the body; colour comes late.
const EYES_SECONDS: f32 = 0.2;
const FACE_SECONDS: f32 = 0.28;
const BODY_SECONDS: f32 = 0.35;
const COLOUR_SECONDS: f32 = 1.6;
/// How long the eyes stay put after a change, so that what they say can be read.
const STEADY_SECONDS: f32 = 3.5;
/// Syllables a second where no one tells of words: 2.5 words a second, one and a half syllables each.
const SYLLABLES_A_SECOND: f32 = 3.75;

/// A person at one instant: what [`Alive`] has made of an expression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pose {
    /// As shown now, blinks and wandering eyes included.
    pub face: Expression,
    /// -1 breathed out to 1 breathed in.
    pub breath: f32,
    /// How loud they are at this instant, 0 to 1.
    pub voice: f32,
}

/// How often the stage must be drawn anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// Words, a change of expression, a blink.
    Moving,
    /// Only breath, and eyes that go elsewhere at once, as eyes do.
    Breathing,
    /// Nothing moves until something happens.
    Still,
}

/// The moving person. Advance it by [`tick`](Self::tick), draw its [`pose`](Self::pose).
#[derive(Debug, Clone, PartialEq)]
pub struct Alive {
    target: Expression,
    from: Expression,
    /// Seconds since the target changed.
    since: f32,
    /// What was shown before, while states cross-fade.
    before: Option<Pose>,
    pose: Pose,
    reduced: bool,
    /// Seconds lived; drives what runs on evenly.
    clock: f32,
    breath: f32,
    blink: Blink,
    wander: Wander,
    speech: Speech,
    chance: Chance,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Blink {
    /// Seconds to the next blink; below 0 it is under way.
    until: f32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Wander {
    until: f32,
    is_away: bool,
    towards: (f32, f32),
    now: (f32, f32),
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Speech {
    /// Whether the caller tells of words; from then on only words move the mouth.
    is_told: bool,
    syllables_left: f32,
    /// 0 to 1 within the present syllable.
    at: f32,
    strength: f32,
    open: f32,
}

impl Alive {
    /// `seed` decides when this person blinks and looks away.
    pub fn new(seed: u64, expression: &Expression) -> Self {
        let mut chance = Chance(seed);
        let until = chance.between(2.0, 4.5);
        Self {
            target: *expression,
            from: *expression,
            since: COLOUR_SECONDS,
            before: None,
            pose: Pose { face: *expression, breath: 0.0, voice: 0.0 },
            reduced: false,
            clock: 0.0,
            breath: 0.0,
            blink: Blink { until },
            wander: Wander { until: STEADY_SECONDS, is_away: false, towards: (0.0, 0.0), now: (0.0, 0.0) },
            speech: Speech { is_told: false, syllables_left: 0.0, at: 0.0, strength: 0.0, open: 0.0 },
            chance,
        }
    }

    /// A word has just been shown or voiced: the mouth moves with it.
    pub fn word(&mut self, letters: usize) {
        let letters = u16::try_from(letters).unwrap_or(u16::MAX);
        self.speech.is_told = true;
        self.speech.syllables_left = (f32::from(letters) / 3.0).ceil().clamp(1.0, 5.0);
    }

    /// Advances by `dt` seconds towards `target`. With reduced motion nothing moves by itself and states cross-fade.
    pub fn tick(&mut self, dt: f32, target: &Expression, reduced_motion: bool) {
        // After a long sleep (a covered window) the person goes on; it does not catch up.
        let dt = dt.clamp(0.0, 0.25);
        self.clock += dt;
        self.reduced = reduced_motion;
        if *target != self.target {
            self.before = reduced_motion.then_some(self.pose);
            self.from = self.pose.face;
            self.target = *target;
            self.since = 0.0;
            self.wander.until = STEADY_SECONDS;
            self.wander.is_away = false;
        }
        self.since += dt;
        if reduced_motion {
            self.stand();
        } else {
            self.live(dt);
        }
    }

    /// The person as they are now.
    pub fn pose(&self) -> Pose {
        self.pose
    }

    /// While states cross-fade: what was shown before, and how much of the new one is there, 0 to 1.
    pub fn fading(&self) -> Option<(Pose, f32)> {
        self.before.map(|before| (before, eased(self.since / FADE_SECONDS)))
    }

    /// Seconds since this person came to life; what scrolls, scrolls by it. Stands still with reduced motion.
    pub fn clock(&self) -> f32 {
        if self.reduced { 0.0 } else { self.clock }
    }

    /// How often to draw.
    pub fn rhythm(&self) -> Rhythm {
        if self.reduced {
            return if self.before.is_some() { Rhythm::Moving } else { Rhythm::Still };
        }
        // Colour goes on for longer, but nobody sees it move.
        let changes = self.since < BODY_SECONDS && self.from != self.target;
        if changes || self.target.speaking || self.speech.open > 0.01 || self.blink.until < BREATH_SECONDS {
            Rhythm::Moving
        } else {
            Rhythm::Breathing
        }
    }

    fn stand(&mut self) {
        if self.since >= FADE_SECONDS {
            self.before = None;
        }
        let mut face = self.target;
        // A mouth that stands half open all through a speech looks like a gasp.
        face.mouth_open *= if face.speaking { 0.45 } else { 1.0 };
        let voice = if face.speaking { 0.7 } else { 0.0 };
        self.pose = Pose { face, breath: 0.0, voice };
    }

    fn live(&mut self, dt: f32) {
        self.before = None;
        let mut face = self.between();
        let breaths = BREATHS_A_MINUTE * (1.0 + 0.25 * face.shoulders);
        self.breath = (self.breath + dt * breaths / 60.0).fract();
        self.look_about(dt);
        face.gaze.0 = (face.gaze.0 + self.wander.now.0).clamp(-1.0, 1.0);
        face.gaze.1 = (face.gaze.1 + self.wander.now.1).clamp(-1.0, 1.0);
        face.lids *= self.blinking(dt);
        self.speak(dt);
        if self.target.speaking {
            face.mouth_open = self.target.mouth_open * self.speech.open;
        } else {
            face.mouth_open = face.mouth_open.max(self.speech.open * 0.5);
        }
        let voice = if self.target.speaking { self.speech.open } else { 0.0 };
        self.pose = Pose { face, breath: (self.breath * std::f32::consts::TAU).sin(), voice };
    }

    fn between(&self) -> Expression {
        let (from, to) = (&self.from, &self.target);
        let eyes = eased(self.since / EYES_SECONDS);
        let face = eased(self.since / FACE_SECONDS);
        let body = eased(self.since / BODY_SECONDS);
        let colour = eased(self.since / COLOUR_SECONDS);
        let mix = |a: f32, b: f32, share: f32| a + (b - a) * share;
        Expression {
            brow: mix(from.brow, to.brow, face),
            worry: mix(from.worry, to.worry, face),
            lids: mix(from.lids, to.lids, eyes),
            gaze: (mix(from.gaze.0, to.gaze.0, eyes), mix(from.gaze.1, to.gaze.1, eyes)),
            mouth_curve: mix(from.mouth_curve, to.mouth_curve, face),
            mouth_open: mix(from.mouth_open, to.mouth_open, face),
            press: mix(from.press, to.press, face),
            flush: mix(from.flush, to.flush, colour),
            shoulders: mix(from.shoulders, to.shoulders, body),
            lean: mix(from.lean, to.lean, body),
            hands: mix(from.hands, to.hands, body),
            speaking: to.speaking,
        }
    }

    /// The factor by which a blink narrows the eyes, 1 when there is none.
    fn blinking(&mut self, dt: f32) -> f32 {
        self.blink.until -= dt;
        if self.blink.until <= -BLINK_SECONDS {
            self.blink.until = self.chance.between(3.0, 6.0) - BLINK_SECONDS;
        }
        if self.blink.until >= 0.0 {
            return 1.0;
        }
        let at = -self.blink.until / BLINK_SECONDS;
        // Shutting is faster than opening.
        if at < 0.4 { 1.0 - at / 0.4 } else { (at - 0.4) / 0.6 }
    }

    fn look_about(&mut self, dt: f32) {
        let wander = &mut self.wander;
        wander.until -= dt;
        if wander.until <= 0.0 {
            wander.is_away = !wander.is_away && self.target.gaze == (0.0, 0.0);
            if wander.is_away {
                let side = if self.chance.between(0.0, 1.0) < 0.5 { -1.0 } else { 1.0 };
                wander.towards = (side * self.chance.between(0.25, 0.6), self.chance.between(0.05, 0.55));
                wander.until = self.chance.between(0.6, 1.5);
            } else {
                wander.until = self.chance.between(3.0, 7.0);
            }
        }
        let towards = if wander.is_away { wander.towards } else { (0.0, 0.0) };
        let step = (dt / 0.06).min(1.0);
        let near = |now: f32, goal: f32| if (goal - now).abs() < 0.01 { goal } else { now + (goal - now) * step };
        wander.now = (near(wander.now.0, towards.0), near(wander.now.1, towards.1));
    }

    fn speak(&mut self, dt: f32) {
        let speech = &mut self.speech;
        let has_more = self.target.speaking && (!speech.is_told || speech.syllables_left > 0.0);
        if !self.target.speaking {
            speech.syllables_left = 0.0;
        }
        let goal = if has_more {
            speech.at += dt * SYLLABLES_A_SECOND * if speech.is_told { 1.35 } else { 1.0 };
            if speech.at >= 1.0 || speech.strength <= 0.0 {
                speech.at = speech.at.fract();
                speech.syllables_left = (speech.syllables_left - 1.0).max(0.0);
                speech.strength = self.chance.between(0.4, 1.0);
            }
            (speech.at * std::f32::consts::PI).sin() * speech.strength
        } else {
            0.0
        };
        let step = (dt / 0.045).min(1.0);
        speech.open += (goal - speech.open) * step;
        if !has_more && speech.open < 0.01 {
            speech.open = 0.0;
        }
    }
}

/// Quick away, soft to rest.
fn eased(share: f32) -> f32 {
    let left = 1.0 - share.clamp(0.0, 1.0);
    1.0 - left * left * left
}

/// Chance from a seed (`SplitMix64`): enough for blinks, and the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Chance(u64);

impl Chance {
    fn between(&mut self, low: f32, high: f32) -> f32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let [high_byte, low_byte, ..] = (mixed ^ (mixed >> 31)).to_be_bytes();
        let share = f32::from(u16::from_be_bytes([high_byte, low_byte])) / f32::from(u16::MAX);
        low + (high - low) * share
    }
}

#[cfg(test)]
mod tests {
    use super::super::expression::{Meters, Moment, Reading, Turn};
    use super::*;
    use crate::scenario::vocabulary::Upset;

    const FRAME: f32 = 1.0 / 60.0;

    fn shown(anger: u8, turn: Turn, moment: Option<Moment>) -> Expression {
        let meters = Meters { anger, trust: 50, patience: 60, heard: 50 };
        Expression::of(Reading { meters, upset: Upset::Anger, turn, moment })
    }

    /// Every pose over so many seconds.
    fn poses(alive: &mut Alive, target: &Expression, seconds: f32) -> Vec<Pose> {
        let mut left = seconds;
        let mut all = Vec::new();
        while left > 0.0 {
            alive.tick(FRAME, target, false);
            all.push(alive.pose());
            left -= FRAME;
        }
        all
    }

    #[test]
    fn a_change_takes_between_200_and_350_milliseconds() {
        let (calm, cross) = (shown(10, Turn::Listening, None), shown(80, Turn::Listening, None));
        let mut alive = Alive::new(1, &calm);
        poses(&mut alive, &cross, 0.15);
        assert!((alive.pose().face.brow - cross.brow).abs() > 0.02);
        poses(&mut alive, &cross, 0.21);
        let face = alive.pose().face;
        assert!((face.brow - cross.brow).abs() < 0.001 && (face.shoulders - cross.shoulders).abs() < 0.001);
        assert!(face.flush < cross.flush, "colour follows late");
    }

    #[test]
    fn breath_is_about_twelve_a_minute() {
        let calm = shown(0, Turn::Listening, None);
        let mut alive = Alive::new(1, &calm);
        let breaths: Vec<f32> = poses(&mut alive, &calm, 60.0).iter().map(|pose| pose.breath).collect();
        let rises = breaths.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
        assert!((11..=13).contains(&rises), "{rises}");
    }

    #[test]
    fn blinks_come_every_three_to_six_seconds() {
        let calm = shown(0, Turn::Listening, None);
        for seed in 0..20 {
            let mut alive = Alive::new(seed, &calm);
            let lids: Vec<f32> = poses(&mut alive, &calm, 120.0).iter().map(|pose| pose.face.lids).collect();
            let mut last: Option<f32> = None;
            let mut at = 0.0;
            for pair in lids.windows(2) {
                at += FRAME;
                if pair[0] >= calm.lids && pair[1] < calm.lids {
                    if let Some(last) = last {
                        assert!((2.9..6.1).contains(&(at - last)), "{}", at - last);
                    }
                    last = Some(at);
                }
            }
            assert!(last.is_some());
        }
    }

    #[test]
    fn the_gaze_leaves_and_returns_but_stays_at_first() {
        let calm = shown(0, Turn::Finished, None);
        let mut alive = Alive::new(3, &shown(0, Turn::Pausing, None));
        let first = poses(&mut alive, &calm, 3.0);
        assert!(first.iter().skip(15).all(|pose| pose.face.gaze == (0.0, 0.0)));
        let later = poses(&mut alive, &calm, 30.0);
        assert!(later.iter().any(|pose| pose.face.gaze.0.abs() > 0.2));
        assert!(later.iter().filter(|pose| pose.face.gaze == (0.0, 0.0)).count() > later.len() / 2);
    }

    #[test]
    fn the_mouth_moves_with_the_words_and_rests_without() {
        let speaking = shown(30, Turn::Speaking, None);
        let mut alive = Alive::new(3, &speaking);
        alive.word(7);
        let during = poses(&mut alive, &speaking, 0.5);
        assert!(during.iter().any(|pose| pose.face.mouth_open > 0.2));
        let after = poses(&mut alive, &speaking, 1.5);
        assert!(after.iter().rev().take(20).all(|pose| pose.face.mouth_open < 0.01));
    }

    #[test]
    fn with_reduced_motion_nothing_moves_by_itself_and_states_fade() {
        let (calm, cross) = (shown(10, Turn::Finished, None), shown(80, Turn::Finished, None));
        let mut alive = Alive::new(3, &calm);
        alive.tick(FRAME, &calm, true);
        let first = alive.pose();
        for _ in 0..1200 {
            alive.tick(FRAME, &calm, true);
            assert_eq!(alive.pose(), first);
            assert_eq!(alive.rhythm(), Rhythm::Still);
        }
        alive.tick(FRAME, &cross, true);
        let (before, share) = alive.fading().unwrap();
        assert_eq!(before, first);
        assert!(share < 0.5);
        assert_eq!(alive.rhythm(), Rhythm::Moving);
        for _ in 0..30 {
            alive.tick(FRAME, &cross, true);
        }
        assert_eq!(alive.fading(), None);
        assert_eq!(alive.rhythm(), Rhythm::Still);
    }

    #[test]
    fn the_same_seed_lives_the_same_life() {
        let speaking = shown(60, Turn::Speaking, None);
        let [one, other] = [1, 1].map(|seed| poses(&mut Alive::new(seed, &speaking), &speaking, 20.0));
        assert_eq!(one, other);
    }
}
