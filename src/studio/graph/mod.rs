//! The scenario as a graph, laid out on a thread of its own, and where its nodes stand in the text.
//!
//! The two come apart: a text that cannot be played has places all the same, and the graph is then the last one that
//! could be drawn.

mod places;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

pub use places::{After, EncounterPlace, Named, NodePlace, Places, Spot};

use crate::authoring::graph::boxes::{Boxes, boxes};
use crate::authoring::graph::{Graph, graph};
use crate::scenario::Scenario;
use crate::scenario::id::{EndingId, NodeId, ReplyId};
use crate::scenario::model::Hashes;

/// A scenario, drawn.
#[derive(Debug)]
pub struct Drawn {
    /// Of the text that the scenario was read from.
    pub version: u64,
    pub hashes: Hashes,
    pub graph: Graph,
    /// For each sheet of the graph where everything goes.
    pub boxes: Vec<Boxes>,
    pub scenario: Arc<Scenario>,
}

/// What a place of the graph stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    Start,
    Node(NodeId),
    Ending(EndingId),
}

impl Drawn {
    /// Draws a scenario now, however long it takes.
    pub fn of(version: u64, scenario: &Arc<Scenario>) -> Self {
        let graph = graph(scenario);
        let boxes = graph.sheets.iter().map(boxes).collect();
        Self { version, hashes: scenario.hashes, graph, boxes, scenario: Arc::clone(scenario) }
    }

    /// What a place of a sheet stands for: the way in comes first, then the nodes, then the endings.
    pub fn stands(&self, sheet: usize, place: usize) -> Stands {
        let nodes = self.scenario.encounters[sheet].nodes.len();
        match place.checked_sub(1) {
            None => Stands::Start,
            Some(node) if node < nodes => Stands::Node(NodeId::at(node)),
            Some(beyond) => Stands::Ending(EndingId::at(beyond - nodes)),
        }
    }

    /// The reply of a row. None at a place without replies.
    pub fn reply(&self, sheet: usize, place: usize, row: usize) -> Option<ReplyId> {
        match self.stands(sheet, place) {
            Stands::Node(node) => self.scenario.encounters[sheet].node(node).reply_ids().nth(row),
            Stands::Start | Stands::Ending(_) => None,
        }
    }
}

/// Draws scenarios and takes texts apart on a thread. It ends when this is dropped.
#[derive(Debug)]
pub struct Drawing {
    questions: Sender<Question>,
    /// Only one asks, through `&mut`; the lock makes it a thing that threads may share.
    answers: Mutex<Receiver<Answer>>,
    /// The versions that were asked for last and are not answered yet.
    wanted: (Option<u64>, Option<u64>),
    places: Arc<Places>,
    drawn: Option<Arc<Drawn>>,
}

#[derive(Debug)]
enum Question {
    Text(u64, Arc<str>),
    Scenario(u64, Arc<Scenario>),
}

#[derive(Debug)]
enum Answer {
    Places(Places),
    Drawn(Drawn),
}

impl Default for Drawing {
    fn default() -> Self {
        let (questions, asked) = channel();
        let (answer, answers) = channel();
        std::thread::spawn(move || work(&asked, &answer));
        Self { questions, answers: Mutex::new(answers), wanted: (None, None), places: Arc::default(), drawn: None }
    }
}

impl Drawing {
    /// The text was changed.
    pub fn take_apart(&mut self, version: u64, text: &Arc<str>) {
        self.wanted.0 = Some(version);
        // Where the thread is gone, the graph stays as it is.
        let _ = self.questions.send(Question::Text(version, Arc::clone(text)));
    }

    /// The text can be played, as this.
    pub fn draw(&mut self, version: u64, scenario: &Arc<Scenario>) {
        // A remark was changed, or a change taken back.
        if self.wanted.1.is_none() && self.drawn.as_ref().is_some_and(|drawn| drawn.hashes == scenario.hashes) {
            return;
        }
        self.wanted.1 = Some(version);
        let _ = self.questions.send(Question::Scenario(version, Arc::clone(scenario)));
    }

    /// Takes in what came of it, and says whether anything did.
    pub fn look_around(&mut self) -> bool {
        let news: Vec<_> = self.answers.get_mut().unwrap_or_else(PoisonError::into_inner).try_iter().collect();
        for answer in &news {
            let (wanted, version) = match answer {
                Answer::Places(places) => (&mut self.wanted.0, places.version),
                Answer::Drawn(drawn) => (&mut self.wanted.1, drawn.version),
            };
            if *wanted == Some(version) {
                *wanted = None;
            }
        }
        let is_news = !news.is_empty();
        for answer in news {
            match answer {
                Answer::Places(places) => self.places = Arc::new(places),
                Answer::Drawn(drawn) => self.drawn = Some(Arc::new(drawn)),
            }
        }
        is_news
    }

    /// Whether an answer is still to come.
    pub fn is_busy(&self) -> bool {
        self.wanted != (None, None)
    }

    /// Where everything stands in the text; its version may be older than the document’s.
    pub fn places(&self) -> &Arc<Places> {
        &self.places
    }

    /// The graph of the last text that could be played and has been drawn.
    pub fn drawn(&self) -> Option<&Arc<Drawn>> {
        self.drawn.as_ref()
    }
}

/// Answers the newest question of each kind, places first: they are quick, and waited for by whoever types.
fn work(asked: &Receiver<Question>, answer: &Sender<Answer>) {
    while let Ok(first) = asked.recv() {
        let (mut text, mut scenario) = (None, None);
        for question in std::iter::once(first).chain(asked.try_iter()) {
            match question {
                Question::Text(version, written) => text = Some((version, written)),
                Question::Scenario(version, played) => scenario = Some((version, played)),
            }
        }
        let places = text.map(|(version, text)| Answer::Places(Places::of(version, &text)));
        if places.is_some_and(|places| answer.send(places).is_err()) {
            return;
        }
        let drawn = scenario.map(|(version, scenario)| Answer::Drawn(Drawn::of(version, &scenario)));
        if drawn.is_some_and(|drawn| answer.send(drawn).is_err()) {
            return;
        }
    }
}
