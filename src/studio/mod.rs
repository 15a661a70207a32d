//! Studio without its window: a scenario while it is written.
//!
//! ```text
//! keystroke ──▶ Document ──▶ Checking (a thread of its own) ──▶ Checked ──▶ findings, graph
//!                                                              │
//!                                                              ├─▶ Live: the conversation beside it goes on
//!                                                              ├─▶ Drawing: the graph, laid out on a thread
//!                                                              └─▶ Survey: who gets where, played in the background
//! ```
//!
//! Nothing here waits: what takes time is done on threads, and [`Studio::look_around`] takes in what came of it. The
//! window draws what is in sight of it and passes on what a trainer does.

pub mod asking;
pub mod checking;
pub mod document;
pub mod editor;
pub mod graph;
pub mod highlight;
pub mod keeping;
mod kept;
pub mod keys;
pub mod live;
pub mod survey;

use std::sync::Arc;

use asking::{Answered, Asking, Wish};
use checking::{Checked, Checking};
use document::{Change, Document};
use graph::Drawing;
use keeping::Keeping;
use live::Live;
use survey::{Proving, Survey};

/// One file on the bench.
#[derive(Debug)]
pub struct Studio {
    document: Document,
    keeping: Keeping,
    checking: Checking,
    checked: Arc<Checked>,
    asking: Asking,
    /// Where the caret belongs, and since which version of the document.
    caret_wish: Option<(u64, usize)>,
    live: Live,
    drawing: Drawing,
    survey: Survey,
    proving: Proving,
}

impl Studio {
    /// Lays a text on the bench. `name` is what its findings call it.
    pub fn open(name: &str, text: &str) -> Self {
        let document = Document::new(name, text);
        let checked = Arc::new(Checked::of(name, document.version(), document.text()));
        let mut studio = Self {
            document,
            keeping: Keeping::default(),
            checking: Checking::begin(),
            checked: Arc::clone(&checked),
            asking: Asking::begin(),
            caret_wish: None,
            live: Live::default(),
            drawing: Drawing::default(),
            survey: Survey::default(),
            proving: Proving::default(),
        };
        studio.drawing.take_apart(studio.document.version(), studio.document.text());
        studio.take_in(checked);
        studio
    }

    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What is known of the newest text that was looked at; its version may be older than the document’s.
    pub fn checked(&self) -> &Arc<Checked> {
        &self.checked
    }

    pub fn keeping(&self) -> &Keeping {
        &self.keeping
    }

    pub fn live(&self) -> &Live {
        &self.live
    }

    /// What a trainer does in the conversation is done here.
    pub fn live_mut(&mut self) -> &mut Live {
        &mut self.live
    }

    pub fn drawing(&self) -> &Drawing {
        &self.drawing
    }

    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    pub fn proving(&self) -> &Proving {
        &self.proving
    }

    /// Stops the plays in the background, or lets them go on.
    pub fn pause_survey(&mut self, paused: bool) {
        if paused {
            self.survey.pause();
        } else {
            self.survey.go_on();
        }
    }

    /// Asks for the findings that take playing out.
    pub fn prove(&mut self) {
        self.proving.ask(self.document.name(), self.document.version(), self.document.text());
    }

    /// Gives up what is being proved.
    pub fn stop_proving(&mut self) {
        self.proving.stop();
    }

    /// The trainer wrote something.
    pub fn edit(&mut self, change: Change) {
        self.document.edit(change);
        self.look_again();
    }

    /// Takes back the latest edit, and says where one would write on, in bytes.
    pub fn undo(&mut self) -> Option<usize> {
        let place = self.document.undo();
        self.look_again();
        self.wish_for_caret(place);
        place
    }

    /// Does again what was taken back last, and says where one would write on, in bytes.
    pub fn redo(&mut self) -> Option<usize> {
        let place = self.document.redo();
        self.look_again();
        self.wish_for_caret(place);
        place
    }

    /// Where the caret belongs after something was taken back or done again, and the version of the document that this
    /// led to.
    pub fn caret_wish(&self) -> Option<(u64, usize)> {
        self.caret_wish
    }

    /// Asks something of the text as it is now. [`Self::answers`] tells the answer once it is there.
    pub fn ask(&mut self, wish: Wish) {
        self.asking.ask(self.document.version(), Arc::clone(self.document.text()), wish);
    }

    /// The newest answer to each kind of question.
    pub fn answers(&self) -> &[Arc<Answered>] {
        self.asking.answers()
    }

    /// Takes in what came about by itself, and says whether anything did.
    pub fn look_around(&mut self) -> bool {
        let mut news = false;
        if let Some(checked) = self.checking.news() {
            self.take_in(Arc::new(checked));
            news = true;
        }
        news |= self.asking.look_around() | self.live.look_around();
        news | self.drawing.look_around() | self.survey.look_around() | self.proving.look_around()
    }

    /// Whether the newest text is still being looked at, or a question about it is open.
    pub fn is_checking(&self) -> bool {
        self.checking.is_busy() || self.asking.is_busy()
    }

    fn wish_for_caret(&mut self, place: Option<usize>) {
        self.caret_wish = place.map(|place| (self.document.version(), place)).or(self.caret_wish);
    }

    /// Whether something that a trainer waits for is still to come: findings, or a way to a node.
    pub fn is_busy(&self) -> bool {
        self.is_checking() || self.live.is_looking()
    }

    fn look_again(&mut self) {
        self.survey.text_changed();
        self.drawing.take_apart(self.document.version(), self.document.text());
        self.checking.ask(self.document.name(), self.document.version(), Arc::clone(self.document.text()));
    }

    fn take_in(&mut self, checked: Arc<Checked>) {
        self.checked = checked;
        if let Some(scenario) = &self.checked.scenario {
            self.live.follow(scenario);
            self.drawing.draw(self.checked.version, scenario);
            if self.checked.version == self.document.version() {
                self.survey.restart(self.checked.version, scenario);
            }
        }
    }
}
