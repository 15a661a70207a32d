//! The sound thread: takes commands, mixes, and keeps the sink filled. It sleeps while nothing sounds.

use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};

use super::data::Command;
use super::sink::{AudioSink, Null, SinkError};
use super::synth::{Murmur, samples};

/// How many commands may wait. A person gives a few in a second.
const COMMANDS: usize = 32;
/// After so much silence the sink rests, in milliseconds; what lies ready has been played by then.
const REST_AFTER: u32 = 250;
/// How much is mixed at a time.
const BLOCK: usize = 512;
/// A change of the volume takes so many samples, so that it does not crackle.
const VOLUME_STEP: f32 = 1.0 / 480.0;

/// Starts the thread. It ends when the sender is dropped.
pub(super) fn start() -> Option<SyncSender<Command>> {
    let (sender, commands) = sync_channel(COMMANDS);
    let play = move || play(&commands);
    match std::thread::Builder::new().name("sound".to_owned()).spawn(play) {
        Ok(_) => Some(sender),
        Err(error) => {
            tracing::warn!("there is no sound, because its thread could not be started: {error}");
            None
        }
    }
}

fn play(commands: &Receiver<Command>) {
    let mut player = Player::new(super::sink::open);
    loop {
        if player.sleeps() {
            match commands.recv() {
                Ok(command) => player.take(command),
                Err(_) => return,
            }
        }
        loop {
            match commands.try_recv() {
                Ok(command) => player.take(command),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return,
            }
        }
        player.go_on();
    }
}

/// What plays into a sink, and opens it when it is needed.
struct Player<O> {
    open: O,
    sink: Option<Box<dyn AudioSink>>,
    mixer: Mixer,
    /// Samples of silence so far.
    quiet: usize,
    rests: bool,
}

impl<O: FnMut() -> Result<Box<dyn AudioSink>, SinkError>> Player<O> {
    fn new(open: O) -> Self {
        Self { open, sink: None, mixer: Mixer::default(), quiet: 0, rests: true }
    }

    fn take(&mut self, command: Command) {
        match command {
            Command::Volume(percent) => self.mixer.set_volume(percent),
            Command::Look => {
                self.sink.take_if(|sink| !sink.is_heard());
            }
            Command::Speak { utterance, from } => self.mixer.speak(Murmur::new(&utterance, from)),
            Command::Hush => self.mixer.hush(),
            Command::Play(cue) => self.mixer.cues.push((cue.sound(), 0)),
            Command::Close => {
                self.mixer.clear();
                self.sink = None;
                self.rests = true;
            }
        }
    }

    /// Whether there is nothing to do until a command comes.
    fn sleeps(&self) -> bool {
        self.rests && self.mixer.is_silent()
    }

    /// Plays as much as there is room for.
    fn go_on(&mut self) {
        if self.sleeps() {
            return;
        }
        if let Err(error) = self.fill() {
            tracing::warn!("{error}; the next call looks for it again");
            self.sink = Some(Box::new(Null));
        }
        if self.sink.as_ref().is_some_and(|sink| !sink.is_heard()) {
            self.mixer.clear();
            self.rests = true;
        }
    }

    fn fill(&mut self) -> Result<(), SinkError> {
        let sink = match &mut self.sink {
            Some(sink) => sink,
            None => self.sink.insert((self.open)()?),
        };
        let mut room = sink.room()?;
        while room > 0 {
            let mut block = [0.0; BLOCK];
            let block = &mut block[..room.min(BLOCK)];
            self.quiet = if self.mixer.is_silent() { self.quiet + block.len() } else { 0 };
            self.mixer.mix(block);
            sink.play(block)?;
            room -= block.len();
        }
        self.rests = self.quiet >= samples(REST_AFTER);
        if self.rests { sink.rest() } else { Ok(()) }
    }
}

/// All that sounds at once.
#[derive(Debug, Default)]
struct Mixer {
    speaking: Option<Murmur>,
    /// Cut off, and fading.
    leaving: Vec<Murmur>,
    /// Each with how much of it has been played.
    cues: Vec<(Vec<f32>, usize)>,
    volume: f32,
    wanted: f32,
}

impl Mixer {
    /// Loudness as one hears it goes with the square.
    fn set_volume(&mut self, percent: u16) {
        let share = f32::from(percent.min(100)) / 100.0;
        self.wanted = share * share;
        if self.is_silent() {
            self.volume = self.wanted;
        }
    }

    fn speak(&mut self, murmur: Murmur) {
        self.hush();
        self.speaking = Some(murmur);
    }

    fn hush(&mut self) {
        if let Some(mut murmur) = self.speaking.take() {
            murmur.cut();
            self.leaving.push(murmur);
        }
    }

    fn clear(&mut self) {
        self.speaking = None;
        self.leaving.clear();
        self.cues.clear();
    }

    fn is_silent(&self) -> bool {
        self.speaking.is_none() && self.leaving.is_empty() && self.cues.is_empty()
    }

    fn mix(&mut self, block: &mut [f32]) {
        for murmur in self.speaking.iter_mut().chain(&mut self.leaving) {
            murmur.add_to(block);
        }
        for (cue, played) in &mut self.cues {
            for (sample, sound) in block.iter_mut().zip(&cue[*played..]) {
                *sample += sound;
            }
            *played = (*played + block.len()).min(cue.len());
        }
        self.speaking.take_if(|murmur| murmur.is_over());
        self.leaving.retain(|murmur| !murmur.is_over());
        self.cues.retain(|(cue, played)| *played < cue.len());
        for sample in block {
            self.volume += (self.wanted - self.volume).clamp(-VOLUME_STEP, VOLUME_STEP);
            *sample = (*sample * self.volume).clamp(-0.98, 0.98);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;
    use std::time::Duration;

    use super::*;
    use crate::desktop::sound::synth::Cue;
    use crate::desktop::sound::utterance::{Ending, Phrase, Speaker, Utterance, Word};
    use crate::scenario::vocabulary::{Channel, Upset};

    /// What has become of a sink.
    #[derive(Debug, Default)]
    struct Heard {
        opened: usize,
        samples: Vec<f32>,
        rests: bool,
        /// It is gone, or cannot be opened.
        lost: bool,
    }

    struct Fake(Rc<RefCell<Heard>>);

    impl AudioSink for Fake {
        fn room(&mut self) -> Result<usize, SinkError> {
            if self.0.borrow().lost { Err(SinkError::Lost("unplugged".to_owned())) } else { Ok(480) }
        }

        fn play(&mut self, samples: &[f32]) -> Result<(), SinkError> {
            let mut heard = self.0.borrow_mut();
            heard.samples.extend(samples);
            heard.rests = false;
            Ok(())
        }

        fn rest(&mut self) -> Result<(), SinkError> {
            self.0.borrow_mut().rests = true;
            Ok(())
        }
    }

    type Open = Box<dyn FnMut() -> Result<Box<dyn AudioSink>, SinkError>>;

    fn player() -> (Player<Open>, Rc<RefCell<Heard>>) {
        let heard = Rc::new(RefCell::new(Heard::default()));
        let fake = Rc::clone(&heard);
        let open: Open = Box::new(move || {
            fake.borrow_mut().opened += 1;
            let lost = fake.borrow().lost;
            if lost { Err(SinkError::Absent("none".to_owned())) } else { Ok(Box::new(Fake(Rc::clone(&fake)))) }
        });
        let mut player = Player::new(open);
        player.take(Command::Volume(100));
        (player, heard)
    }

    fn speak(from: u64) -> Command {
        let words = ["They", "all", "know", "my", "name."];
        let words = words.into_iter().zip((0..).step_by(400));
        let words = words.map(|(text, begins)| Word { text: text.to_owned(), begins }).collect();
        let utterance = Utterance {
            speaker: Speaker { pitch: 190, mouth: 112 },
            anger: 30,
            upset: Upset::Anger,
            channel: Channel::Phone,
            phrases: vec![Phrase { words, ends: 2000, ending: Ending::Final }],
            ends: 2000,
        };
        Command::Speak { utterance: Box::new(utterance), from: Duration::from_millis(from) }
    }

    /// Until it sleeps; at most two minutes of sound.
    fn play_out(player: &mut Player<Open>) {
        for _ in 0..6000 {
            player.go_on();
        }
        assert!(player.sleeps());
    }

    #[test]
    fn nothing_is_open_until_something_sounds_and_it_rests_when_all_is_said() {
        let (mut player, heard) = player();
        assert!(player.sleeps());
        player.go_on();
        assert_eq!(heard.borrow().opened, 0);
        player.take(speak(0));
        assert!(!player.sleeps());
        play_out(&mut player);
        assert_eq!(heard.borrow().opened, 1);
        assert!(heard.borrow().rests);
        let millis = heard.borrow().samples.len() / 24;
        assert!((2400..2500).contains(&millis), "the words, the tail and a little silence: {millis} ms");
        player.take(Command::Play(Cue::Pencil));
        player.go_on();
        assert!(!heard.borrow().rests);
        assert_eq!(heard.borrow().opened, 1);
    }

    #[test]
    fn hushing_leaves_no_murmur_behind() {
        let (mut player, heard) = player();
        player.take(speak(0));
        for _ in 0..20 {
            player.go_on();
        }
        let before = heard.borrow().samples.len();
        assert!(heard.borrow().samples.iter().any(|sample| sample.abs() > 0.02));
        player.take(Command::Hush);
        play_out(&mut player);
        assert!(heard.borrow().samples[before + 400..].iter().all(|sample| *sample == 0.0));
    }

    #[test]
    fn one_speaks_at_a_time() {
        let (mut player, _) = player();
        for from in 0..20 {
            player.take(speak(from * 50));
        }
        player.go_on();
        assert!(player.mixer.leaving.is_empty(), "those before are gone within one block");
        assert!(player.mixer.speaking.is_some());
    }

    #[test]
    fn a_lost_server_is_silence_until_the_next_call_looks_again() {
        let (mut player, heard) = player();
        player.take(speak(0));
        player.go_on();
        heard.borrow_mut().lost = true;
        player.go_on();
        assert!(player.sleeps(), "nothing is mixed for nobody");
        player.take(speak(0));
        player.go_on();
        assert!(player.sleeps());
        assert_eq!(heard.borrow().opened, 1, "nor is it asked for at every word");

        player.take(Command::Look);
        player.take(speak(0));
        player.go_on();
        assert_eq!(heard.borrow().opened, 2);
        heard.borrow_mut().lost = false;
        player.take(Command::Look);
        player.take(speak(0));
        player.go_on();
        assert_eq!(heard.borrow().opened, 3);
        assert!(!player.sleeps());
        player.take(Command::Look);
        player.go_on();
        assert_eq!(heard.borrow().opened, 3, "a server that is there is kept");
    }

    #[test]
    fn switched_off_nothing_is_open() {
        let (mut player, _) = player();
        player.take(speak(0));
        player.go_on();
        player.take(Command::Close);
        assert!(player.sleeps());
        assert!(player.sink.is_none());
    }

    #[test]
    fn the_volume_scales_what_is_heard() {
        let level = |percent| {
            let (mut player, heard) = player();
            player.take(Command::Volume(percent));
            player.take(speak(0));
            play_out(&mut player);
            let heard = heard.borrow();
            heard.samples.iter().map(|sample| sample.abs()).fold(0.0, f32::max)
        };
        let (full, half) = (level(100), level(50));
        assert!((0.2..0.3).contains(&(half / full)), "{half} of {full}");
        assert!(full < 0.98);
    }
}
