//! The caption: in words what the drawing shows, for those who cannot see it and those who do not trust themselves yet.

use crate::scenario::format::v1::Prop;
use crate::scenario::vocabulary::{Channel, Pronoun, Temper, Upset};

use super::expression::{Attention, Meters, Moment, Reading, Turn};

/// One or two short sentences. Face to face what can be seen, on the phone what can be heard; never a number.
pub fn caption(reading: Reading, channel: Channel, pronoun: Pronoun, holds: Option<Prop>) -> String {
    let [first, second] = match channel {
        Channel::Counter => [seen(reading, pronoun, holds), look_of(reading).to_owned()],
        Channel::Phone => [heard(reading).to_owned(), sound_of(reading).to_owned()],
    };
    format!("{first}. {second}.")
}

fn seen(reading: Reading, pronoun: Pronoun, holds: Option<Prop>) -> String {
    match reading.moment {
        Some(Moment::CutOff) => return "Stops in mid-word and stares at you".to_owned(),
        Some(Moment::FeltHeard) => return "Breathes out, and looks at you".to_owned(),
        Some(Moment::NoddedAt) => return "Sees you nod".to_owned(),
        None => {}
    }
    match (reading.turn, reading.attention()) {
        (Turn::Finished, _) => "Looks at you and waits".to_owned(),
        (Turn::Pausing, Attention::Hands) => format!("Stops, eyes on {}", held(pronoun, holds)),
        (Turn::Pausing, _) => "Stops and looks away".to_owned(),
        (Turn::Speaking, Attention::Hands) => format!("Talks to {}", held(pronoun, holds)),
        (Turn::Speaking, _) => "Talks, eyes on you".to_owned(),
        (Turn::Listening, Attention::You) => "Listens, eyes on you".to_owned(),
        (Turn::Listening, _) => "Looks past you".to_owned(),
    }
}

fn held(pronoun: Pronoun, holds: Option<Prop>) -> String {
    let thing = match holds {
        Some(Prop::Envelope) => "the envelope",
        Some(Prop::Bag) => "the bag",
        Some(Prop::Box) => "the box",
        Some(Prop::Paper) => "the paper",
        None => return format!("{} hands", pronoun.possessive()),
    };
    thing.to_owned()
}

/// Who is calm looks the same whatever being upset is like in them.
fn look_of(reading: Reading) -> &'static str {
    use Upset::{Anger, Fear};
    let meters = reading.meters;
    match (reading.upset, meters.temper(), meters.patience < 20, is_eased(meters), is_low(meters)) {
        (Anger, Temper::Boiling, ..) => "Flushed, hands clenched",
        (Fear, Temper::Boiling, ..) => "Pale, eyes wide, hands gripping",
        (Anger, Temper::Hot, ..) => "Brows down, shoulders up",
        (Fear, Temper::Hot, ..) => "Eyes wide, shoulders up",
        (Anger, Temper::Angry, true, ..) => "Frowning, about to go",
        (Fear, Temper::Angry, true, ..) => "Brows up, about to go",
        (Anger, Temper::Angry, ..) => "Frowning, lips tight",
        (Fear, Temper::Angry, ..) => "Brows up, lips pressed",
        (Anger, _, true, ..) => "Has nearly had enough",
        (Fear, _, true, ..) => "About to go",
        (Anger, Temper::Irritated, _, true, _) => "Guarded, but softer",
        (Fear, Temper::Irritated, _, true, _) => "Tense, but softer",
        (Anger, Temper::Irritated, _, _, true) => "Tense and low",
        (Fear, Temper::Irritated, _, _, true) => "Tense and drawn back",
        (_, Temper::Irritated, ..) => "A little tense",
        (_, Temper::Calm, _, true, _) => "At ease",
        (_, Temper::Calm, _, _, true) => "Subdued",
        (_, Temper::Calm, ..) => "Calm",
    }
}

fn heard(reading: Reading) -> &'static str {
    match reading.moment {
        Some(Moment::CutOff) => return "Stops in mid-word",
        Some(Moment::FeltHeard) => return "A long breath out",
        // A nod cannot be heard; an "mm-hm" can.
        Some(Moment::NoddedAt) => return "Hears that you are there",
        None => {}
    }
    match reading.turn {
        Turn::Speaking => "Talking",
        // Alike but for the breath: who listens tells a pause from an end, and who only glances does not.
        Turn::Pausing => "Quiet. A breath",
        Turn::Finished => "Quiet. A breath out",
        Turn::Listening => "Listening",
    }
}

fn sound_of(reading: Reading) -> &'static str {
    use Upset::{Anger, Fear};
    let meters = reading.meters;
    match (reading.upset, meters.temper(), meters.patience < 20, is_eased(meters), is_low(meters)) {
        (Anger, Temper::Boiling, ..) => "Close to shouting",
        (Fear, Temper::Boiling, ..) => "Fast and breathless",
        (Anger, Temper::Hot, ..) => "Fast and sharp",
        (Fear, Temper::Hot, ..) => "Fast, high and shaking",
        (Anger, Temper::Angry, true, ..) => "Clipped, about to ring off",
        (Fear, Temper::Angry, true, ..) => "Halting, about to ring off",
        (Anger, Temper::Angry, ..) => "Clipped and hard",
        (Fear, Temper::Angry, ..) => "Halting, short of breath",
        (Anger, _, true, ..) => "Has nearly had enough",
        (Fear, _, true, ..) => "About to ring off",
        (Anger, Temper::Irritated, _, true, _) => "Guarded, but softer",
        (Fear, Temper::Irritated, _, true, _) => "Unsteady, but softer",
        (Anger, Temper::Irritated, _, _, true) => "Tight and low",
        (Fear, Temper::Irritated, _, _, true) => "Unsteady and low",
        (Anger, Temper::Irritated, ..) => "A little tight",
        (Fear, Temper::Irritated, ..) => "A little unsteady",
        (_, Temper::Calm, _, true, _) => "Easy and warm",
        (_, Temper::Calm, _, _, true) => "Small and flat",
        (_, Temper::Calm, ..) => "Even",
    }
}

fn is_eased(meters: Meters) -> bool {
    meters.heard >= 55 && meters.trust >= 45
}

fn is_low(meters: Meters) -> bool {
    meters.heard < 45 && meters.trust < 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(anger: u8, turn: Turn, moment: Option<Moment>, channel: Channel, expect: &str) {
        check_of(Upset::Anger, anger, turn, moment, channel, expect);
    }

    #[track_caller]
    fn check_of(upset: Upset, anger: u8, turn: Turn, moment: Option<Moment>, channel: Channel, expect: &str) {
        let meters = Meters { anger, trust: 40, patience: 60, heard: 30 };
        let said = caption(Reading { meters, upset, turn, moment }, channel, Pronoun::She, Some(Prop::Envelope));
        assert_eq!(said, expect);
    }

    #[test]
    fn captions_say_what_is_drawn() {
        check(10, Turn::Pausing, None, Channel::Counter, "Stops, eyes on the envelope. Subdued.");
        check(50, Turn::Finished, None, Channel::Counter, "Looks at you and waits. Frowning, lips tight.");
        check(90, Turn::Speaking, None, Channel::Counter, "Talks, eyes on you. Flushed, hands clenched.");
        check(
            70,
            Turn::Speaking,
            Some(Moment::CutOff),
            Channel::Counter,
            "Stops in mid-word and stares at you. Brows down, shoulders up.",
        );
        check(70, Turn::Speaking, None, Channel::Phone, "Talking. Fast and sharp.");
        check(10, Turn::Pausing, None, Channel::Phone, "Quiet. A breath. Small and flat.");
        check(10, Turn::Finished, None, Channel::Phone, "Quiet. A breath out. Small and flat.");
    }

    #[test]
    fn fear_is_told_by_what_is_seen_and_heard_of_it() {
        let seen = |fear, expect: &str| {
            let expect = format!("Looks at you and waits. {expect}.");
            check_of(Upset::Fear, fear, Turn::Finished, None, Channel::Counter, &expect);
        };
        seen(10, "Subdued");
        seen(30, "Tense and drawn back");
        seen(50, "Brows up, lips pressed");
        seen(70, "Eyes wide, shoulders up");
        seen(90, "Pale, eyes wide, hands gripping");
        let heard = |fear, expect: &str| {
            let expect = format!("Talking. {expect}.");
            check_of(Upset::Fear, fear, Turn::Speaking, None, Channel::Phone, &expect);
        };
        heard(10, "Small and flat");
        heard(30, "Unsteady and low");
        heard(50, "Halting, short of breath");
        heard(70, "Fast, high and shaking");
        heard(90, "Fast and breathless");
    }

    #[test]
    fn what_is_said_of_anger_is_not_said_of_fear() {
        for &channel in Channel::ALL {
            for anger in [25, 50, 70, 90] {
                for patience in [10, 60] {
                    let meters = Meters { anger, trust: 40, patience, heard: 30 };
                    let [anger, fear] = [Upset::Anger, Upset::Fear].map(|upset| {
                        let reading = Reading { meters, upset, turn: Turn::Speaking, moment: None };
                        caption(reading, channel, Pronoun::She, None)
                    });
                    assert_ne!(anger, fear);
                }
            }
        }
    }

    #[test]
    fn every_combination_has_a_short_caption() {
        let props = [None, Some(Prop::Envelope), Some(Prop::Bag), Some(Prop::Box), Some(Prop::Paper)];
        let moments = Moment::ALL.into_iter().map(Some).chain([None]);
        for moment in moments {
            for turn in Turn::ALL {
                for level in 0..=255_u8 {
                    // Four levels a meter, in two bits each.
                    let [anger, trust, patience, heard] =
                        [0, 2, 4, 6].map(|shift| [5, 30, 50, 90][usize::from(level >> shift & 3)]);
                    let meters = Meters { anger, trust, patience, heard };
                    let both =
                        Channel::ALL.iter().flat_map(|channel| Upset::ALL.iter().map(move |upset| (channel, upset)));
                    for (&channel, &upset) in both {
                        let reading = Reading { meters, upset, turn, moment };
                        for &pronoun in Pronoun::ALL {
                            for holds in props {
                                let said = caption(reading, channel, pronoun, holds);
                                assert!(said.ends_with('.') && (10..80).contains(&said.len()), "{said}");
                                assert!(!said.contains("  ") && !said.contains(".."), "{said}");
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_pause_and_an_end_read_differently() {
        for &channel in Channel::ALL {
            for anger in [5, 30, 50, 70, 90] {
                let meters = Meters { anger, trust: 40, patience: 60, heard: 30 };
                let reading = |turn| Reading { meters, upset: Upset::Fear, turn, moment: None };
                let [pause, end] =
                    [Turn::Pausing, Turn::Finished].map(|turn| caption(reading(turn), channel, Pronoun::They, None));
                assert_ne!(pause, end);
            }
        }
    }
}
