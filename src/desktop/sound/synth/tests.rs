use std::time::Duration;

use super::*;
use crate::desktop::sound::utterance::{Ending, Phrase, Speaker, Utterance, Word};
use crate::scenario::vocabulary::{Channel, Upset};

const SHE: Speaker = Speaker { pitch: 198, mouth: 114 };
const HE: Speaker = Speaker { pitch: 112, mouth: 98 };

/// Words of 400 ms, 300 ms between phrases.
fn utterance(speaker: Speaker, anger: u8, channel: Channel, said: &[(&str, Ending)]) -> Utterance {
    let mut at = 0;
    let mut ends = 0;
    let phrases = said
        .iter()
        .map(|(text, ending)| {
            let mut words = Vec::new();
            for word in text.split_whitespace() {
                words.push(Word { text: word.to_owned(), begins: at });
                at += 400;
            }
            let phrase = Phrase { words, ends: at, ending: *ending };
            let pause = if let Ending::Lapse(lapse) = ending { *lapse } else { 300 };
            ends = at + if matches!(ending, Ending::Lapse(_)) { pause } else { 0 };
            at += pause;
            phrase
        })
        .collect();
    Utterance { speaker, anger, upset: Upset::Anger, channel, phrases, ends }
}

fn maureen(channel: Channel) -> Utterance {
    let said = [
        ("It's only a quick one.", Ending::GoesOn),
        ("He'd have found it funny, the letter.", Ending::Lapse(1000)),
        ("You'd better just cancel his.", Ending::Final),
    ];
    utterance(SHE, 18, channel, &said)
}

fn render(utterance: &Utterance, from: u32) -> Vec<f32> {
    let mut murmur = Murmur::new(utterance, Duration::from_millis(u64::from(from)));
    let mut heard = Vec::new();
    while !murmur.is_over() {
        let mut block = [0.0; 240];
        murmur.add_to(&mut block);
        heard.extend(block);
    }
    heard
}

/// Between two moments, in milliseconds.
fn part(heard: &[f32], from: u32, to: u32) -> &[f32] {
    &heard[samples(from)..samples(to)]
}

/// In decibels below full scale.
fn level(heard: &[f32]) -> f32 {
    let power: f32 = heard.iter().map(|sample| sample * sample).sum::<f32>() / seconds(heard.len()) / 24_000.0;
    10.0 * power.max(1e-12).log10()
}

/// In hertz, by how long it takes the wave to look like itself again.
fn pitch(heard: &[f32]) -> f32 {
    let alike = |lag: usize| {
        let (now, later) = (&heard[..heard.len() - lag], &heard[lag..]);
        let energy = |wave: &[f32]| wave.iter().map(|sample| sample * sample).sum::<f32>();
        let product: f32 = now.iter().zip(later).map(|(now, later)| now * later).sum();
        product / (energy(now) * energy(later)).sqrt().max(1e-9)
    };
    let likeness: Vec<(usize, f32)> = (60..=400).map(|lag| (lag, alike(lag))).collect();
    let best = likeness.iter().map(|(_, alike)| *alike).fold(0.0, f32::max);
    // The shortest of the periods that fit: its multiples fit as well.
    let peak = likeness
        .windows(3)
        .find(|three| three[1].1 > 0.9 * best && three[1].1 >= three[0].1 && three[1].1 >= three[2].1);
    1.0 / seconds(peak.expect("a period")[1].0)
}

#[test]
fn the_voice_falls_at_the_true_end_and_stays_up_before_a_lapse() {
    for speaker in [SHE, HE] {
        for channel in [Channel::Phone, Channel::Counter] {
            for (anger, upset) in [(10, Upset::Anger), (90, Upset::Anger), (50, Upset::Fear), (90, Upset::Fear)] {
                let ending = |ending| {
                    let said = utterance(speaker, anger, channel, &[("You had better just cancel his seat", ending)]);
                    let heard = render(&Utterance { upset, ..said }, 0);
                    (pitch(part(&heard, 2150, 2300)), pitch(part(&heard, 2620, 2720)))
                };
                let case = format!("{speaker:?} {channel:?} {upset} {anger}");
                let (before, last) = ending(Ending::Final);
                assert!(last < 0.87 * before, "{case}: falls from {before} to {last}");
                let (before, last) = ending(Ending::Lapse(1000));
                assert!(last > 1.03 * before, "{case}: stays up, {before} to {last}");
                let (before, last) = ending(Ending::GoesOn);
                assert!((0.9..1.1).contains(&(last / before)), "{case}: about level, {before} to {last}");
            }
        }
    }
}

#[test]
fn a_lapse_is_nearly_silent_and_the_end_is() {
    for channel in [Channel::Phone, Channel::Counter] {
        let heard = render(&maureen(channel), 0);
        let speech = level(part(&heard, 2300, 5000));
        assert!((-32.0..-16.0).contains(&speech), "speech at {speech} dB");
        let lapse = level(part(&heard, 5100, 6100));
        assert!(lapse < speech - 18.0, "{channel:?}: a lapse at {lapse} dB, speech at {speech} dB");
        let breath = level(part(&heard, 5280, 5420));
        let line = level(part(&heard, 5800, 6080));
        assert!(breath > line + 5.0, "{channel:?}: a breath at {breath} dB over {line} dB");
        assert!((-75.0..-48.0).contains(&line), "{channel:?}: the line at {line} dB");
        let end = samples(8100 + 120);
        assert!(level(&heard[end..]) < -85.0, "{channel:?}: silence at {} dB", level(&heard[end..]));
    }
}

#[test]
fn it_is_as_long_as_the_words_on_the_screen() {
    let said = maureen(Channel::Phone);
    assert_eq!(said.ends, 8100);
    let heard = render(&said, 0);
    assert!((8100..=8300).contains(&(heard.len() / 24)), "{} ms", heard.len() / 24);
    // Every word is heard in its own time, and the breath between two phrases is a gap.
    for word in said.phrases.iter().flat_map(|phrase| &phrase.words) {
        let loud = level(part(&heard, word.begins + 40, word.begins + 300));
        assert!(loud > -36.0, "{} at {loud} dB", word.text);
    }
    assert!(level(part(&heard, 2080, 2290)) < -40.0);
}

#[test]
fn samples_stay_in_their_bounds_and_begin_and_end_without_a_click() {
    let mut sounds: Vec<(String, Vec<f32>)> = Cue::ALL.map(|cue| (format!("{cue:?}"), cue.sound())).into();
    for channel in [Channel::Phone, Channel::Counter] {
        for anger in [0, 50, 100] {
            for &upset in Upset::ALL {
                let said = Utterance { anger, upset, ..maureen(channel) };
                sounds.push((format!("{channel:?} {upset} {anger}"), render(&said, 0)));
                sounds.push((format!("{channel:?} {upset} {anger} from the middle"), render(&said, 3333)));
            }
        }
    }
    for (name, sound) in sounds {
        assert!(sound.iter().all(|sample| sample.is_finite()), "{name}");
        let peak = sound.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        assert!((0.01..0.9).contains(&peak), "{name}: peaks at {peak}");
        let first = sound[0].abs().max(sound[1].abs());
        let last = sound[sound.len() - 1].abs();
        assert!(first < 0.004 && last < 0.001, "{name}: begins with {first}, ends with {last}");
        let constant = sound.iter().sum::<f32>() / seconds(sound.len()) / 24_000.0;
        assert!(constant.abs() < 0.002, "{name}: {constant} off the middle");
    }
}

#[test]
fn the_same_words_are_the_same_samples_and_others_are_others() {
    let said = maureen(Channel::Phone);
    assert_eq!(render(&said, 0), render(&said, 0));
    let mut other = said.clone();
    other.phrases[0].words[1].text = "always".to_owned();
    assert_ne!(render(&said, 0), render(&other, 0));
}

#[test]
fn anger_is_louder_higher_and_quicker() {
    let (calm, hot) = (maureen(Channel::Counter), Utterance { anger: 95, ..maureen(Channel::Counter) });
    let (calm, hot) = (render(&calm, 0), render(&hot, 0));
    assert!(level(part(&hot, 0, 2000)) > level(part(&calm, 0, 2000)) + 3.0);
    assert!(pitch(part(&hot, 450, 560)) > 1.08 * pitch(part(&calm, 450, 560)));
    let rises = |heard: &[f32]| level(part(heard, 0, 25)) - level(part(heard, 60, 200));
    assert!(rises(&hot) > rises(&calm));
}

#[test]
fn fear_is_higher_and_shakes_and_is_not_loud() {
    let with = |anger, upset| render(&Utterance { anger, upset, ..maureen(Channel::Counter) }, 0);
    let (calm, hot, afraid) = (with(18, Upset::Fear), with(95, Upset::Anger), with(95, Upset::Fear));
    assert!(pitch(part(&afraid, 450, 560)) > 1.08 * pitch(part(&calm, 450, 560)));
    assert!(level(part(&afraid, 0, 2000)) < level(part(&hot, 0, 2000)) - 2.0);
    // The pitch goes up and down within a word.
    let turns = |heard: &[f32]| {
        let pitches: Vec<_> = (440..760).step_by(40).map(|from| pitch(part(heard, from, from + 60))).collect();
        pitches.windows(3).filter(|three| (three[1] - three[0]) * (three[2] - three[1]) < 0.0).count()
    };
    assert!(turns(&afraid) > turns(&calm), "{} and {}", turns(&afraid), turns(&calm));
}

#[test]
fn who_cuts_in_hears_them_stop_at_once_and_without_a_click() {
    let mut murmur = Murmur::new(&maureen(Channel::Counter), Duration::from_millis(500));
    let mut heard = vec![0.0; samples(300)];
    murmur.add_to(&mut heard);
    murmur.cut();
    let mut after = vec![0.0; samples(40)];
    murmur.add_to(&mut after);
    assert!(murmur.is_over());
    assert!(after[samples(15)..].iter().all(|sample| *sample == 0.0));
    let step = |wave: &[f32]| wave.windows(2).map(|two| (two[1] - two[0]).abs()).fold(0.0, f32::max);
    let usual = step(&heard);
    heard.extend(after);
    assert!(step(&heard) <= usual, "no step is greater than those of the voice itself");
}

#[test]
fn words_sound_with_their_own_vowels() {
    fn check(word: &str, sounds: &str) {
        assert_eq!(murmur::vowels(word).into_iter().collect::<String>(), sounds, "{word}");
    }
    check("letter.", "ee");
    check("He'd", "e");
    check("note", "o");
    check("the", "e");
    check("you're", "o");
    check("Saturday", "aua");
    check("112", "e");
    check("hmm", "e");
    check("—", "");
}
