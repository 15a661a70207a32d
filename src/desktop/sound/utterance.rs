//! What is to be heard of one turn: who speaks, in what mood, and when each word begins.

use crate::scenario::format::v1::Age;
use crate::scenario::model::Customer;
use crate::scenario::vocabulary::{Channel, Pronoun, Upset};

/// One turn, or in steps mode one phrase of it. All times are real milliseconds since its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Utterance {
    pub speaker: Speaker,
    /// How upset they are, 0 to 100.
    pub anger: u8,
    /// How that is heard.
    pub upset: Upset,
    pub channel: Channel,
    pub phrases: Vec<Phrase>,
    /// The true end: from here on there is silence, on the line as well.
    pub ends: u32,
}

/// What is said in one breath.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    pub words: Vec<Word>,
    pub ends: u32,
    pub ending: Ending,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub begins: u32,
}

/// How the voice leaves a phrase. It tells a lapse from the end, as a speaker does without thinking of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// More follows at once: the voice stays about where it is.
    GoesOn,
    /// A false lapse of so many milliseconds: the voice stays up, and a breath is drawn.
    Lapse(u32),
    /// The turn is over: the voice falls.
    Final,
}

/// What a voice is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speaker {
    /// The usual pitch, in hertz.
    pub pitch: u16,
    /// The resonances of the mouth, in per cent of a man's: the shorter it is, the higher they lie.
    pub mouth: u16,
}

impl Speaker {
    /// By who they are, and a little by their name, so that two of an age are two voices.
    pub fn of(customer: &Customer) -> Self {
        let Customer { name, pronoun, look, .. } = customer;
        let (pitch, mouth) = match (pronoun, look.age) {
            (Pronoun::She, Age::Young) => (214, 116),
            (Pronoun::She, Age::Middle) => (198, 114),
            (Pronoun::She, Age::Old) => (182, 112),
            (Pronoun::He, Age::Young) => (122, 100),
            (Pronoun::He, Age::Middle) => (112, 98),
            // With age, women's voices sink and men's rise.
            (Pronoun::He, Age::Old) => (126, 99),
            (Pronoun::They, Age::Young) => (164, 108),
            (Pronoun::They, Age::Middle) => (156, 106),
            (Pronoun::They, Age::Old) => (150, 105),
        };
        let own = u16::try_from(name.bytes().map(u32::from).sum::<u32>() % 21).unwrap_or(0);
        Self { pitch: pitch * (90 + own) / 100, mouth }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desktop::runner::fixture::maureen;

    #[test]
    fn a_voice_is_of_its_owner() {
        let voice = |name: &str, pronoun, age| {
            let mut customer = maureen(Channel::Phone).customer;
            name.clone_into(&mut customer.name);
            customer.pronoun = pronoun;
            customer.look.age = age;
            Speaker::of(&customer)
        };
        let doris = voice("Doris Pym", Pronoun::She, Age::Old);
        assert_eq!(doris, voice("Doris Pym", Pronoun::She, Age::Old));
        assert_ne!(doris, voice("Joan Pym", Pronoun::She, Age::Old), "two of an age are two voices");
        assert!(doris.pitch < voice("Doris Pym", Pronoun::She, Age::Young).pitch);
        assert!(voice("Doris Pym", Pronoun::He, Age::Old).pitch > voice("Doris Pym", Pronoun::He, Age::Middle).pitch);
        for age in [Age::Young, Age::Middle, Age::Old] {
            let [she, they, he] = [Pronoun::She, Pronoun::They, Pronoun::He].map(|who| voice("Pat", who, age).pitch);
            assert!(she > they && they > he && he > 90 && she < 250, "{she} {they} {he}");
        }
    }
}
