//! What a face and a body show: a function of how the customer is, what they are doing and what was just done to them.
//!
//! Pure: no drawing and no clock. How it moves from one expression to the next is in [`motion`](super::motion).

use crate::scenario::vocabulary::{Temper, Upset};

/// The customer's meters that can be seen, 0 to 100 each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meters {
    /// How upset they are; in some it is fear.
    pub anger: u8,
    pub trust: u8,
    pub patience: u8,
    pub heard: u8,
}

impl Meters {
    /// The mood in one word, by the engine's own bounds.
    pub fn temper(self) -> Temper {
        match self.anger {
            0..20 => Temper::Calm,
            20..40 => Temper::Irritated,
            40..60 => Temper::Angry,
            60..80 => Temper::Hot,
            80.. => Temper::Boiling,
        }
    }

    /// Each as a share of one, in the order of the fields.
    fn shares(self) -> [f32; 4] {
        [self.anger, self.trust, self.patience, self.heard].map(|meter| f32::from(meter.min(100)) / 100.0)
    }
}

/// Whose turn it is, seen from the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Turn {
    Speaking,
    /// Silent, but not done.
    Pausing,
    /// Done: they look to the trainee for an answer.
    Finished,
    /// The trainee speaks.
    Listening,
}

impl Turn {
    pub const ALL: [Self; 4] = [Self::Speaking, Self::Pausing, Self::Finished, Self::Listening];
}

/// What has just happened to them. It shows for a second or two; the caller decides when it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    CutOff,
    FeltHeard,
    NoddedAt,
}

impl Moment {
    pub const ALL: [Self; 3] = [Self::CutOff, Self::FeltHeard, Self::NoddedAt];
}

/// All that an expression follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub meters: Meters,
    /// How being upset shows in them.
    pub upset: Upset,
    pub turn: Turn,
    pub moment: Option<Moment>,
}

/// What the eyes rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Attention {
    You,
    /// What they hold, or their own hands.
    Hands,
    Aside,
}

impl Reading {
    fn is_speaking(self) -> bool {
        self.turn == Turn::Speaking && self.moment != Some(Moment::CutOff)
    }

    fn gaze(self) -> (f32, f32) {
        match self.attention() {
            Attention::You => (0.0, 0.0),
            Attention::Hands => (-0.12, 1.0),
            Attention::Aside => (-0.8, 0.3),
        }
    }

    /// Where they look. At the true end of a turn always at the trainee, in a pause never: that is how one tells the two
    /// apart without being told.
    pub fn attention(self) -> Attention {
        let Meters { anger, patience, heard, .. } = self.meters;
        if self.moment.is_some() {
            return Attention::You;
        }
        let (first, otherwise, is_first) = match self.turn {
            Turn::Pausing => (Attention::Aside, Attention::Hands, anger >= 60),
            Turn::Speaking => (Attention::Hands, Attention::You, anger < 40 && heard < 40),
            Turn::Listening => (Attention::Aside, Attention::You, patience < 20),
            Turn::Finished => return Attention::You,
        };
        if is_first { first } else { otherwise }
    }
}

/// What is drawn of a mood. All values are at rest at 0 unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expression {
    /// -1 drawn down, 1 raised.
    pub brow: f32,
    /// 0 to 1: the inner ends of the brows lifted, as in grief or worry.
    pub worry: f32,
    /// How far the eyes are open: 0 shut, 0.8 at rest, 1 wide.
    pub lids: f32,
    /// Where the eyes point: (0, 0) at the trainee, 1 as far right and down as they go.
    pub gaze: (f32, f32),
    /// -1 corners down, 1 a smile.
    pub mouth_curve: f32,
    /// 0 closed to 1 wide. While they speak, how far the mouth opens at most.
    pub mouth_open: f32,
    /// 0 to 1: lips held together.
    pub press: f32,
    /// Colour in the cheeks: -1 gone from them and from the lips, 1 flushed.
    pub flush: f32,
    /// Arousal in the shoulders: 0 down, 1 drawn up.
    pub shoulders: f32,
    /// -1 drawn back, 1 leaning in.
    pub lean: f32,
    /// 0 at rest on the counter, 1 gripping.
    pub hands: f32,
    /// Whether words are coming.
    pub speaking: bool,
}

impl Expression {
    pub fn of(reading: Reading) -> Self {
        let mut shown = match reading.upset {
            Upset::Anger => Self::angry(reading),
            Upset::Fear => Self::frightened(reading),
        };
        match reading.moment {
            Some(Moment::CutOff) => {
                shown.lids += 0.15;
                shown.mouth_open = 0.22;
                shown.press = 0.0;
                shown.lean -= 0.5;
                shown.shoulders += 0.2;
            }
            Some(Moment::FeltHeard) => {
                shown.lids -= 0.1;
                shown.mouth_curve += 0.15;
                shown.press *= 0.4;
                shown.shoulders -= 0.25;
                shown.hands -= 0.3;
            }
            Some(Moment::NoddedAt) => shown.lean += 0.12,
            None => {}
        }
        shown.bounded()
    }

    fn angry(reading: Reading) -> Self {
        let [anger, trust, patience, heard] = reading.meters.shares();
        let speaking = reading.is_speaking();
        let comfort = (trust + heard) * 0.5;
        // Anger covers grief: both cannot sit in the same brow.
        let worry = ((0.75 - anger) / 0.5).clamp(0.0, 1.0) * (1.0 - comfort * 1.15).clamp(0.0, 1.0);
        let ease = ((comfort - 0.35) * 1.7).clamp(0.0, 1.0) * (1.0 - anger);

        let mut shown = Self {
            brow: 0.12 - 1.1 * anger,
            worry,
            lids: 0.8 + 0.1 * anger - 0.12 * worry,
            gaze: reading.gaze(),
            mouth_curve: -0.08 - 0.6 * anger - 0.38 * worry + 0.95 * ease,
            mouth_open: if speaking { 0.45 + 0.4 * anger } else { 0.0 },
            press: if speaking { 0.15 * anger } else { 0.1 + 0.85 * anger },
            flush: ((anger - 0.4) / 0.55).max(0.0),
            shoulders: 0.9 * anger * anger + 0.1 * anger + 0.12 * (1.0 - patience),
            lean: if speaking { 0.75 * anger - 0.2 * worry } else { 0.15 * ease - 0.4 * worry + 0.3 * anger },
            hands: anger.max(worry * 0.45),
            speaking,
        };
        shown.brow += match reading.moment {
            Some(Moment::CutOff) => 0.4,
            Some(Moment::FeltHeard) => 0.15,
            Some(Moment::NoddedAt) => 0.1,
            None => 0.0,
        };
        shown
    }

    /// In fear the brows rise and draw together, the upper lids go up, the lips stretch and tense (P. Ekman and
    /// W. Friesen, "Unmasking the Face", 1975); colour goes, and the body draws back. No brow is drawn down. Without fear
    /// it is the same face as without anger.
    fn frightened(reading: Reading) -> Self {
        let [fear, trust, patience, heard] = reading.meters.shares();
        let speaking = reading.is_speaking();
        let comfort = (trust + heard) * 0.5;
        let grief = (1.0 - comfort * 1.15).clamp(0.0, 1.0);
        let worry = grief + (1.0 - grief) * fear;
        let ease = ((comfort - 0.35) * 1.7).clamp(0.0, 1.0) * (1.0 - fear);

        let mut shown = Self {
            brow: 0.12 + 0.85 * fear,
            worry,
            lids: 0.8 + 0.3 * fear - 0.12 * worry * (1.0 - fear),
            gaze: reading.gaze(),
            // Drawn back and not down, as it is in grief.
            mouth_curve: -0.08 - 0.06 * fear - 0.38 * worry * (1.0 - 0.5 * fear) + 0.95 * ease,
            mouth_open: if speaking { 0.45 + 0.2 * fear } else { 0.0 },
            press: if speaking { 0.0 } else { 0.1 + 0.6 * fear },
            flush: ((0.3 - fear) / 0.55).min(0.0),
            shoulders: 0.8 * fear + 0.2 * fear * fear + 0.12 * (1.0 - patience),
            lean: if speaking { -0.2 * worry - 0.3 * fear } else { 0.15 * ease - 0.4 * worry - 0.35 * fear },
            hands: fear.max(worry * 0.45),
            speaking,
        };
        match reading.moment {
            Some(Moment::CutOff) => shown.brow += 0.2,
            Some(Moment::FeltHeard) => {
                shown.brow -= 0.25 * fear;
                shown.worry *= 0.8;
            }
            Some(Moment::NoddedAt) | None => {}
        }
        shown
    }

    fn bounded(self) -> Self {
        let signed = |value: f32| value.clamp(-1.0, 1.0);
        let plain = |value: f32| value.clamp(0.0, 1.0);
        Self {
            brow: signed(self.brow),
            worry: plain(self.worry),
            lids: plain(self.lids),
            gaze: (signed(self.gaze.0), signed(self.gaze.1)),
            mouth_curve: signed(self.mouth_curve),
            mouth_open: plain(self.mouth_open),
            press: plain(self.press),
            flush: signed(self.flush),
            shoulders: plain(self.shoulders),
            lean: signed(self.lean),
            hands: plain(self.hands),
            speaking: self.speaking,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVELS: [u8; 5] = [0, 15, 45, 75, 100];

    /// Of somebody who is not upset at all, whom anger would show in.
    fn readings() -> Vec<Reading> {
        let mut all = Vec::new();
        let moments: Vec<Option<Moment>> = Moment::ALL.into_iter().map(Some).chain([None]).collect();
        for trust in LEVELS {
            for patience in LEVELS {
                for heard in LEVELS {
                    for turn in Turn::ALL {
                        for &moment in &moments {
                            let meters = Meters { anger: 0, trust, patience, heard };
                            all.push(Reading { meters, upset: Upset::Anger, turn, moment });
                        }
                    }
                }
            }
        }
        all
    }

    fn with_anger(reading: Reading, anger: u8) -> Expression {
        Expression::of(Reading { meters: Meters { anger, ..reading.meters }, ..reading })
    }

    fn with_fear(reading: Reading, fear: u8) -> Expression {
        with_anger(Reading { upset: Upset::Fear, ..reading }, fear)
    }

    #[test]
    fn more_anger_never_raises_the_brow_nor_lowers_the_shoulders() {
        for reading in readings() {
            for anger in 1..=100 {
                let (less, more) = (with_anger(reading, anger - 1), with_anger(reading, anger));
                assert!(more.brow <= less.brow, "{reading:?} at {anger}");
                assert!(more.shoulders >= less.shoulders, "{reading:?} at {anger}");
                assert!(more.flush >= less.flush, "{reading:?} at {anger}");
            }
        }
    }

    #[test]
    fn more_fear_never_lowers_the_brow_nor_the_shoulders_and_takes_the_colour() {
        for reading in readings() {
            for fear in 1..=100 {
                let (less, more) = (with_fear(reading, fear - 1), with_fear(reading, fear));
                assert!(more.brow >= less.brow && more.worry >= less.worry, "{reading:?} at {fear}");
                assert!(more.lids >= less.lids, "{reading:?} at {fear}");
                assert!(more.shoulders >= less.shoulders, "{reading:?} at {fear}");
                assert!(more.flush <= less.flush && more.flush <= 0.0, "{reading:?} at {fear}");
                assert!(more.lean <= less.lean, "{reading:?} at {fear}");
            }
        }
    }

    #[test]
    fn a_frightened_face_is_not_an_angry_one_and_without_either_they_are_one() {
        for reading in readings() {
            for upset in 0..=100 {
                let (fear, anger) = (with_fear(reading, upset), with_anger(reading, upset));
                assert!(fear.brow >= 0.1, "drawn down: {reading:?} at {upset}");
                if upset >= 40 {
                    assert!(fear.brow > anger.brow + 0.3 && fear.worry > anger.worry, "{reading:?} at {upset}");
                    assert!(fear.lean < anger.lean && fear.lids > anger.lids - 0.01, "{reading:?} at {upset}");
                }
            }
            if reading.moment.is_none() {
                assert_eq!(with_fear(reading, 0), with_anger(reading, 0), "{reading:?}");
            }
        }
    }

    #[test]
    fn being_heard_shows_in_a_frightened_brow_too() {
        for reading in readings().into_iter().filter(|reading| reading.moment.is_none()) {
            for fear in LEVELS {
                let before = with_fear(reading, fear);
                let after = with_fear(Reading { moment: Some(Moment::FeltHeard), ..reading }, fear);
                assert!(after.brow <= before.brow && after.worry <= before.worry, "{reading:?} at {fear}");
                assert!(after.shoulders <= before.shoulders && after.hands <= before.hands, "{reading:?} at {fear}");
            }
        }
    }

    #[test]
    fn being_heard_shows_in_brow_shoulders_and_hands() {
        for reading in readings().into_iter().filter(|reading| reading.moment.is_none()) {
            for anger in LEVELS {
                let before = with_anger(reading, anger);
                let after = with_anger(Reading { moment: Some(Moment::FeltHeard), ..reading }, anger);
                assert!(
                    after.brow >= before.brow && after.shoulders <= before.shoulders && after.hands <= before.hands
                );
            }
        }
    }

    #[test]
    fn a_pause_and_an_end_look_different_in_every_mood() {
        for reading in readings().into_iter().filter(|reading| reading.moment.is_none()) {
            for anger in LEVELS {
                let meters = Meters { anger, ..reading.meters };
                let pause = Reading { meters, turn: Turn::Pausing, ..reading };
                let end = Reading { meters, turn: Turn::Finished, ..reading };
                assert_ne!(pause.attention(), end.attention());
                assert_eq!(end.attention(), Attention::You);
            }
        }
    }

    #[test]
    fn the_mouth_is_closed_unless_they_speak_or_are_cut_off() {
        let either = |reading| Upset::ALL.iter().map(move |&upset| Reading { upset, ..reading });
        for reading in readings().into_iter().flat_map(either) {
            let shown = Expression::of(reading);
            let open = shown.mouth_open > 0.0;
            assert_eq!(open, shown.speaking || reading.moment == Some(Moment::CutOff), "{reading:?}");
        }
    }

    #[test]
    fn colour_comes_late() {
        let reading = Reading {
            meters: Meters { anger: 0, trust: 50, patience: 50, heard: 50 },
            upset: Upset::Anger,
            turn: Turn::Listening,
            moment: None,
        };
        assert!(with_anger(reading, 40).flush <= 0.0);
        assert!(with_anger(reading, 90).flush > 0.8);
        assert!(with_fear(reading, 30).flush >= 0.0);
        assert!(with_fear(reading, 90).flush < -0.8);
    }
}
