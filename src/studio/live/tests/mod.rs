mod edits;
mod following;
mod playing;
mod whys;

use std::sync::Arc;

use super::*;
use crate::scenario::load::load;
use crate::scenario::vocabulary::{Pace, Volume};

const SATURDAY: &str = include_str!("../../../../scenarios/before-saturday.ron");
const ON: &str = include_str!("../../../../scenarios/can-i-have-it-on.ron");

/// What a text comes to; none where it cannot be played.
fn loaded(text: &str) -> Option<Arc<Scenario>> {
    load("a.ron", text.as_bytes()).scenario.map(Arc::new)
}

fn live(text: &str) -> Live {
    let mut live = Live::default();
    live.follow(&loaded(text).expect("it can be played"));
    live
}

impl Live {
    fn now(&self) -> &Arc<Present> {
        self.present().expect("there is a text")
    }

    fn say(&mut self, name: &str) {
        self.hear_out();
        let present = Arc::clone(self.now());
        let reply = present.encounter().reply_named(name).expect("there is such a reply");
        let action = Action::Speak { reply, pace: Pace::Even, volume: Volume::Level };
        self.take(&talk(action)).unwrap_or_else(|refused| panic!("{name}: {refused}"));
    }

    /// Waits for a way that is being looked for.
    fn arrive(&mut self) {
        while self.is_looking() {
            self.look_around();
            std::thread::yield_now();
        }
    }

    fn last_words(&self) -> String {
        self.now().transcript.last().map(|line| line.text.clone()).unwrap_or_default()
    }

    /// Every input that is on offer is taken.
    fn assert_sound(&self) {
        let present = self.now();
        for input in present.offers() {
            let mut run = present.run.clone();
            let taken = crate::campaign::step(&present.scenario, &mut run, &input, &mut ());
            assert_eq!(taken, Ok(()), "at ‘{}’: {input:?}", present.node());
        }
    }
}
