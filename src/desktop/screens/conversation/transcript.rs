//! What was said so far.
//!
//! Built from events alone, as the debrief is, so that a call that is resumed shows the same lines.

use crate::dialogue::{Cause, CutOff, Event, Exit};
use crate::scenario::Scenario;
use crate::scenario::id::{EncounterId, FactId, NodeId, ReplyId};
use crate::scenario::model::Nod;
use crate::scenario::vocabulary::Volume;

/// One line of the conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub speaker: Speaker,
    pub text: String,
    /// Said into the middle of the other's words, or left unfinished because of that.
    pub cut: bool,
}

/// Who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    Customer,
    You,
    /// Nobody: what is told of an ending.
    Told,
}

/// What the trainee or the customer has just done, for the face and for a quiet line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Nodded(Nod),
    Jotted(FactId),
    Held,
    Breathed,
    LookedAway,
}

/// The lines of an encounter, and what is worth remembering of the events.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transcript {
    encounter: Option<EncounterId>,
    lines: Vec<Line>,
    phrases: Vec<String>,
    latest: Option<Sign>,
    /// The last reply was one by which the customer felt heard.
    felt_heard: bool,
    heard_in_turn: bool,
    last_reply: Option<(NodeId, ReplyId)>,
}

impl Transcript {
    /// The transcript of all events of a run so far.
    pub fn of<'a>(scenario: &Scenario, events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut transcript = Self::default();
        for event in events {
            transcript.take(scenario, event);
        }
        transcript
    }

    /// One more event.
    pub fn take(&mut self, scenario: &Scenario, event: &Event) {
        match *event {
            Event::EncounterBegan(encounter) => *self = Self { encounter: Some(encounter), ..Self::default() },
            Event::TurnBegan { node, answer, line, .. } => self.begin_turn(scenario, node, answer, line),
            Event::Said { phrase } => self.say(usize::from(phrase)),
            Event::CutOff { node, how, bait } => self.cut_off(scenario, node, how, bait),
            Event::Spoke { node, reply, volume, .. } => {
                let text = self.encounter(scenario).map(|encounter| encounter.reply(reply).text.clone());
                let text = text.unwrap_or_default();
                let text = if volume == Volume::Raised { format!("{text} (loud)") } else { text };
                self.lines.push(Line { speaker: Speaker::You, text, cut: false });
                self.last_reply = Some((node, reply));
                self.latest = None;
                self.heard_in_turn = false;
            }
            Event::Moved { cause: Cause::BeingHeard, .. } => self.heard_in_turn = true,
            Event::Nodded(nod) => self.latest = Some(Sign::Nodded(nod)),
            Event::Jotted(fact) => self.latest = Some(Sign::Jotted(fact)),
            Event::Held => self.latest = Some(Sign::Held),
            Event::Breathed => self.latest = Some(Sign::Breathed),
            Event::ConsultedUnannounced => self.latest = Some(Sign::LookedAway),
            Event::Ended { exit, answer } => self.end(scenario, exit, answer),
            _ => {}
        }
    }

    fn encounter<'a>(&self, scenario: &'a Scenario) -> Option<&'a crate::scenario::Encounter> {
        self.encounter.map(|id| scenario.encounter(id))
    }

    fn begin_turn(&mut self, scenario: &Scenario, node: NodeId, answer: Option<(ReplyId, u16, u16)>, line: (u16, u16)) {
        let Some(encounter) = self.encounter(scenario) else { return };
        let node = encounter.node(node);
        let answer = answer.map(|answer| encounter.answer(answer));
        let line = &node.lines[usize::from(line.0)].variants[usize::from(line.1)];
        let volunteered = node.volunteers.as_ref().map(|volunteer| &volunteer.speech);
        let speeches = answer.into_iter().chain([line]).chain(volunteered);
        self.phrases = speeches.flat_map(|speech| speech.phrases.iter().map(|phrase| phrase.text.clone())).collect();
        self.felt_heard = std::mem::take(&mut self.heard_in_turn);
        self.latest = None;
        self.lines.push(Line { speaker: Speaker::Customer, text: String::new(), cut: false });
    }

    fn say(&mut self, phrase: usize) {
        let Some(words) = self.phrases.get(phrase) else { return };
        if let Some(line) = self.lines.last_mut().filter(|line| line.speaker == Speaker::Customer) {
            if !line.text.is_empty() && !words.is_empty() {
                line.text.push(' ');
            }
            line.text.push_str(words);
        }
    }

    fn cut_off(&mut self, scenario: &Scenario, node: NodeId, how: CutOff, bait: bool) {
        if let Some(line) = self.lines.last_mut() {
            line.cut = true;
        }
        let bait = self.encounter(scenario).and_then(|encounter| encounter.node(node).bait.as_ref()).filter(|_| bait);
        if let Some(bait) = bait {
            self.lines.push(Line { speaker: Speaker::You, text: bait.text.clone(), cut: true });
            self.lines.push(Line { speaker: Speaker::Customer, text: bait.answer.plain(), cut: false });
        } else if how == CutOff::Soft {
            self.lines.push(Line { speaker: Speaker::Customer, text: scenario.customer.objects.plain(), cut: false });
        }
    }

    fn end(&mut self, scenario: &Scenario, exit: Exit, answer: Option<(ReplyId, u16, u16)>) {
        let Some(encounter) = self.encounter(scenario) else { return };
        if let Some(answer) = answer {
            let text = encounter.answer(answer).plain();
            self.lines.push(Line { speaker: Speaker::Customer, text, cut: false });
        }
        let (speaker, text) = match exit {
            Exit::Ending(ending) => (Speaker::Told, encounter.ending(ending).text.clone()),
            Exit::Left => (Speaker::Customer, encounter.leaves.plain()),
            Exit::Escalated => (Speaker::Customer, encounter.escalates.plain()),
        };
        self.lines.push(Line { speaker, text, cut: false });
    }

    /// The lines so far, oldest first. A turn of which nothing has been said yet has no line.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| !line.text.is_empty())
    }

    /// What was said last to the customer.
    pub fn last_reply(&self) -> Option<(NodeId, ReplyId)> {
        self.last_reply
    }

    pub(super) fn latest(&self) -> Option<Sign> {
        self.latest
    }

    pub(super) fn felt_heard(&self) -> bool {
        self.felt_heard
    }
}
