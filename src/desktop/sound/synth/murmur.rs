//! A voice without words: what one hears of someone speaking in the next room, or on the phone to another.
//!
//! A pulse as of a throat, through three resonances as of a mouth that moves from vowel to vowel. The vowels are those
//! of the words, so that every sentence has a rhythm of its own; the melody says whether there is more to come.

use std::f32::consts::{PI, TAU};
use std::time::Duration;

use super::filter::{Pass, Resonance};
use super::{Noise, RATE, nearing, samples, seconds};
use crate::desktop::sound::utterance::{Ending, Phrase, Utterance};
use crate::scenario::vocabulary::{Channel, Upset};

/// The voice is still before the time of a phrase is over, by so many milliseconds: what comes after must be heard as
/// silence from its first moment.
const CLOSING: u32 = 70;
/// The part of a phrase at its end that tells how it ends, in milliseconds.
const CADENCE: u32 = 420;
/// Between one word and the next, in milliseconds.
const WORD_GAP: u32 = 26;
/// A breath is drawn so long after the voice has stopped, and takes so long at most, in milliseconds.
const BREATH_AFTER: u32 = 150;
const BREATH_LASTS: u32 = 340;
/// After the true end the last of the sound dies away within this time, in milliseconds.
const TAIL: u32 = 160;
/// A voice that is cut off is gone after this time, in milliseconds: at once, but without a click.
const CUT: f32 = 14.0;
/// How often the mouth moves, in samples.
const MOUTH_STEP: usize = 48;

/// How often a voice shakes, a second.
const TREMOR: f32 = 6.5;

const VOICE: f32 = 1.25;
const BREATH: f32 = 0.05;
const LINE_NOISE: f32 = 0.0035;
const ROOM_TONE: f32 = 0.004;

/// A turn being spoken.
#[derive(Debug, Clone)]
pub struct Murmur {
    syllables: Vec<Syllable>,
    /// Beginning and end of each breath that is drawn.
    breaths: Vec<(usize, usize)>,
    /// Where the line goes dead.
    ends: usize,
    at: usize,
    now: usize,
    manner: Manner,
    throat: Throat,
    mouth: [Resonance; 3],
    vowel: [f32; 3],
    soft: Pass,
    line: Option<[Pass; 2]>,
    breath: Resonance,
    room: Pass,
    noise: Noise,
    loudness: f32,
    presence: f32,
    cut: Option<f32>,
}

/// One sounding of a vowel.
#[derive(Debug, Clone, PartialEq)]
struct Syllable {
    begins: usize,
    ends: usize,
    /// The resonances in hertz.
    vowel: [f32; 3],
    /// In hertz.
    pitch: (f32, f32),
    /// 1 for a plain one.
    loud: (f32, f32),
}

/// What the mood does to the voice.
#[derive(Debug, Clone, Copy)]
struct Manner {
    loud: f32,
    higher: f32,
    attack: f32,
    release: f32,
    bright: f32,
    /// How fast the pitch moves.
    glide: f32,
    /// By what part the pitch goes up and down where the voice shakes.
    tremor: f32,
    /// How fast the line or the room comes and goes.
    fade: f32,
}

/// The pulse.
#[derive(Debug, Clone)]
struct Throat {
    phase: f32,
    pitch: f32,
    before: f32,
}

impl Murmur {
    /// Speaks it from a moment on.
    pub fn new(utterance: &Utterance, from: Duration) -> Self {
        let manner = Manner::of(utterance.anger, utterance.upset);
        let text: String =
            utterance.phrases.iter().flat_map(|phrase| &phrase.words).map(|word| word.text.as_str()).collect();
        let base = f32::from(utterance.speaker.pitch) * manner.higher;
        let mouth = f32::from(utterance.speaker.mouth) / 100.0;
        let syllables: Vec<_> = utterance.phrases.iter().flat_map(|phrase| syllables(phrase, base, mouth)).collect();
        let breaths = utterance.phrases.iter().filter_map(breath).collect();
        let from = samples(u32::try_from(from.as_millis()).unwrap_or(u32::MAX / RATE));
        let line = (utterance.channel == Channel::Phone).then(|| [Pass::above(300.0), Pass::below(3100.0)]);
        Self {
            now: syllables.partition_point(|syllable| syllable.ends <= from),
            vowel: syllables.first().map_or(vowel('e', mouth), |first| first.vowel),
            throat: Throat { phase: 0.0, pitch: base, before: 0.0 },
            syllables,
            breaths,
            ends: samples(utterance.ends),
            at: from,
            manner,
            mouth: Default::default(),
            soft: Pass::below(manner.bright),
            line,
            breath: Resonance::default(),
            room: Pass::below(420.0),
            noise: Noise::seeded(&text),
            loudness: 0.0,
            presence: 0.0,
            cut: None,
        }
    }

    /// Stops at once.
    pub fn cut(&mut self) {
        self.cut.get_or_insert(1.0);
    }

    /// Whether nothing more will be heard.
    pub fn is_over(&self) -> bool {
        self.at >= self.ends + samples(TAIL) || self.cut.is_some_and(|left| left <= 0.0)
    }

    /// Adds what is heard next to what is there.
    pub fn add_to(&mut self, out: &mut [f32]) {
        for sample in out {
            if self.is_over() {
                return;
            }
            *sample += self.next();
        }
    }

    fn next(&mut self) -> f32 {
        while self.syllables.get(self.now).is_some_and(|syllable| syllable.ends <= self.at) {
            self.now += 1;
        }
        let syllable = self.syllables.get(self.now).filter(|syllable| syllable.begins <= self.at);
        let loudness = syllable.map_or(0.0, |syllable| {
            let gone = syllable.gone(self.at);
            let shaking = 1.0 + self.manner.tremor * (TAU * TREMOR * seconds(self.at)).sin();
            self.throat.pitch += (between(syllable.pitch, gone) * shaking - self.throat.pitch) * self.manner.glide;
            // Full soon after it begins, thinner towards the next.
            between(syllable.loud, gone) * (1.0 - 0.55 * gone * gone)
        });
        if self.at.is_multiple_of(MOUTH_STEP) || self.mouth[0].is_untuned() {
            self.move_mouth();
        }
        let pace = if loudness > self.loudness { self.manner.attack } else { self.manner.release };
        self.loudness += (loudness - self.loudness) * pace;
        let presence = if self.at < self.ends { 1.0 } else { 0.0 };
        self.presence += (presence - self.presence) * self.manner.fade;

        let hiss = self.noise.next();
        let mut sound = self.throat.pulse(hiss) * self.loudness * self.manner.loud * VOICE;
        for resonance in &mut self.mouth {
            sound = resonance.pass(sound);
        }
        sound = self.soft.pass(sound);
        sound += self.breath.pass(hiss) * self.breath_now();
        let background = match &mut self.line {
            Some([above, below]) => {
                sound = below.pass(above.pass(sound + hiss * LINE_NOISE * self.presence));
                0.0
            }
            None => self.room.pass(hiss) * ROOM_TONE,
        };
        self.at += 1;
        let sound = (sound + background * self.presence).tanh();
        match &mut self.cut {
            None => sound,
            Some(left) => {
                *left -= 1.0 / (CUT * 24.0);
                let left = left.max(0.0);
                sound * left * left * (3.0 - 2.0 * left)
            }
        }
    }

    fn move_mouth(&mut self) {
        if let Some(syllable) = self.syllables.get(self.now) {
            for (now, wanted) in self.vowel.iter_mut().zip(syllable.vowel) {
                *now += (wanted - *now) * 0.07;
            }
        }
        for ((resonance, frequency), width) in self.mouth.iter_mut().zip(self.vowel).zip([95.0, 120.0, 190.0]) {
            resonance.tune(frequency, width);
        }
        self.breath.tune(1350.0, 900.0);
    }

    /// How loud the breath is that is being drawn.
    fn breath_now(&self) -> f32 {
        self.breaths.iter().find(|(begins, ends)| (*begins..*ends).contains(&self.at)).map_or(0.0, |&(begins, ends)| {
            let gone = seconds(self.at - begins) / seconds(ends - begins);
            // Drawn in: it swells, and stops sooner than it began.
            BREATH * (gone.powf(1.4) * PI).sin().max(0.0)
        })
    }
}

impl Manner {
    /// By how upset they are, 0 to 100. Anger is loud, sharp and hard; fear is higher, shakes, and stays soft.
    fn of(anger: u8, upset: Upset) -> Self {
        let heat = f32::from(anger.min(100)) / 100.0;
        let (loud, higher, bright, tremor) = match upset {
            Upset::Anger => (0.5, 0.2, 1300.0, 0.0),
            Upset::Fear => (0.1, 0.3, 400.0, 0.05),
        };
        Self {
            loud: 0.62 + loud * heat,
            higher: 0.97 + higher * heat,
            attack: nearing(24.0 - 17.0 * heat),
            release: nearing(26.0 - 10.0 * heat),
            bright: 1500.0 + bright * heat,
            glide: nearing(9.0),
            tremor: tremor * heat,
            fade: nearing(22.0),
        }
    }
}

impl Throat {
    /// The change of the air that flows through (A. Rosenberg, "Effect of glottal pulse shape on the quality of natural
    /// vowels", 1971): opens slowly, closes faster, rests.
    fn pulse(&mut self, hiss: f32) -> f32 {
        const OPENS: f32 = 0.42;
        const CLOSES: f32 = 0.22;
        self.phase = (self.phase + self.pitch * seconds(1)).fract();
        let flow = if self.phase < OPENS {
            let gone = self.phase / OPENS;
            gone * gone * (3.0 - 2.0 * gone)
        } else if self.phase < OPENS + CLOSES {
            let gone = (self.phase - OPENS) / CLOSES;
            1.0 - gone * gone
        } else {
            0.0
        };
        // What is radiated is the change of the flow, which has no constant part; the hiss is what escapes beside it.
        let change = flow - self.before;
        self.before = flow;
        change * (26.0 * 150.0 / self.pitch).min(40.0) * 0.1 + hiss * flow * 0.006
    }
}

impl Syllable {
    fn gone(&self, at: usize) -> f32 {
        seconds(at - self.begins) / seconds(self.ends - self.begins)
    }
}

/// The breath that is drawn in the lapse after a phrase.
fn breath(phrase: &Phrase) -> Option<(usize, usize)> {
    let Ending::Lapse(lapse) = phrase.ending else { return None };
    let lasts = BREATH_LASTS.min(lapse / 3);
    let begins = phrase.ends + BREATH_AFTER.min(lapse / 4);
    Some((samples(begins), samples(begins + lasts)))
}

/// The syllables of a phrase, with its melody.
fn syllables(phrase: &Phrase, base: f32, mouth: f32) -> Vec<Syllable> {
    let Some(first) = phrase.words.first() else { return Vec::new() };
    let closes = phrase.ends.saturating_sub(CLOSING).max(first.begins + 1);
    let melody = Melody { begins: samples(first.begins), ends: samples(closes), base, ending: phrase.ending };
    let ends = phrase.words.iter().skip(1).map(|next| next.begins).chain([closes]);
    let mut syllables = Vec::new();
    for (word, ends) in phrase.words.iter().zip(ends) {
        let vowels = vowels(&word.text);
        let gap = if ends == closes { 0 } else { WORD_GAP.min(ends.saturating_sub(word.begins) / 4) };
        let (begins, ends) = (samples(word.begins), samples(ends.saturating_sub(gap)));
        let Some(each) = ends.saturating_sub(begins).checked_div(vowels.len()).filter(|each| *each > 0) else {
            continue;
        };
        // Short words are said in passing.
        let stress = if word.text.chars().filter(|sign| sign.is_alphanumeric()).count() > 3 { 1.0 } else { 0.78 };
        for (number, &letter) in vowels.iter().enumerate() {
            let (begins, ends) = (begins + each * number, begins + each * (number + 1));
            let stress = if number == 0 { stress } else { 0.8 };
            let lift = if number == 0 && stress > 0.9 { 1.07 } else { 1.0 };
            syllables.push(Syllable {
                begins,
                ends,
                vowel: vowel(letter, mouth),
                pitch: (melody.pitch(begins) * lift, melody.pitch(ends)),
                loud: (stress * melody.loud(begins), stress * melody.loud(ends)),
            });
        }
    }
    syllables
}

/// The line that the voice follows through a phrase.
#[derive(Debug, Clone, Copy)]
struct Melody {
    begins: usize,
    ends: usize,
    base: f32,
    ending: Ending,
}

impl Melody {
    /// Voices sink a little through every phrase; the cadence at its end decides.
    fn pitch(&self, at: usize) -> f32 {
        let sunk = 1.06 - 0.1 * self.gone(at);
        let cadence = self.cadence(at);
        let turned = match self.ending {
            Ending::GoesOn => 1.0 + 0.03 * cadence,
            Ending::Lapse(_) => 1.0 + 0.2 * cadence,
            Ending::Final => 1.0 - 0.34 * cadence,
        };
        (self.base * sunk * turned).max(65.0)
    }

    fn loud(&self, at: usize) -> f32 {
        match self.ending {
            Ending::Final => 1.0 - 0.35 * self.cadence(at),
            Ending::GoesOn | Ending::Lapse(_) => 1.0,
        }
    }

    fn gone(&self, at: usize) -> f32 {
        (seconds(at.saturating_sub(self.begins)) / seconds((self.ends - self.begins).max(1))).min(1.0)
    }

    /// How far the cadence has gone, 0 to 1; at most the latter half of the phrase belongs to it.
    fn cadence(&self, at: usize) -> f32 {
        let lasts = samples(CADENCE).min((self.ends - self.begins) / 2).max(1);
        let begins = self.ends - lasts;
        (seconds(at.saturating_sub(begins)) / seconds(lasts)).min(1.0)
    }
}

/// The vowels that a word sounds with: one for each run of vowel letters, without a silent e at the end.
pub(super) fn vowels(word: &str) -> Vec<char> {
    let letters: Vec<char> = word.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let mut runs: Vec<char> = Vec::new();
    let mut in_run = false;
    for (place, &letter) in letters.iter().enumerate() {
        let is_vowel = "aeiouäöüéèêáàâíóúæøå".contains(letter) || letter == 'y' && place > 0;
        if is_vowel && !in_run {
            runs.push(letter);
        }
        in_run = is_vowel;
    }
    if runs.len() > 1 && letters.last() == Some(&'e') && runs.last() == Some(&'e') {
        runs.pop();
    }
    if runs.is_empty() && !letters.is_empty() {
        runs.push('e');
    }
    runs
}

/// The resonances of a vowel in hertz (G. Peterson and H. Barney, 1952), drawn towards the middle: these lips hardly
/// open.
fn vowel(letter: char, mouth: f32) -> [f32; 3] {
    let full = match letter {
        'a' | 'á' | 'à' | 'â' | 'å' | 'æ' => [730.0, 1250.0, 2450.0],
        'i' | 'í' | 'y' => [290.0, 2250.0, 2950.0],
        'o' | 'ó' => [540.0, 880.0, 2420.0],
        'u' | 'ú' | 'ü' => [320.0, 900.0, 2300.0],
        'ö' | 'ø' => [420.0, 1500.0, 2350.0],
        _ => [530.0, 1800.0, 2480.0],
    };
    let middle = [500.0, 1480.0, 2480.0];
    std::array::from_fn(|index| mouth * (0.65 * full[index] + 0.35 * middle[index]))
}

fn between((from, to): (f32, f32), share: f32) -> f32 {
    from + (to - from) * share
}
