//! Reads the events of a run, first to last, into the lines of a debrief.

use super::turning::turning_points;
use super::words::{cause_words, cut_off_words, ending_words, flaw_words};
use super::{
    CurvePoint, Debrief, Move, NoteLine, PromiseLine, ReplyLine, Row, SkillLine, TurnLine, Unsurfaced, ViolationLine,
};
use crate::dialogue::{Cause, CutOff, Event, Evidence, Exit, Meters, Source, Violation};
use crate::scenario::id::{EncounterId, NodeId, ReplyId};
use crate::scenario::model::Speech;
use crate::scenario::vocabulary::{Flaw, Indicator, Pace, Skill, Volume};
use crate::scenario::{Encounter, Scenario};
use crate::scoring::goal::goals;
use crate::scoring::tally::{Score, Tally, credit};
use crate::scoring::worth::worth;

pub(super) fn build(scenario: &Scenario, events: &[Event], score: Score) -> Debrief {
    let mut builder = Builder::new(scenario, score);
    for event in events {
        builder.take(event);
    }
    builder.finish()
}

struct Builder<'a> {
    scenario: &'a Scenario,
    encounter: &'a Encounter,
    encounter_id: EncounterId,
    /// Runs along to know what each violation cost at its time.
    tally: Tally,
    out: Debrief,
    facts: Vec<bool>,
    needs: Vec<bool>,
    /// What the turn now open says, phrase by phrase, and how many phrases were heard.
    phrases: Vec<String>,
    said: usize,
    now: Meters,
    /// What moved the meters between two encounters: told with the first turn of the next.
    between: Vec<Move>,
    /// What came of the latest diary choice.
    result: Option<String>,
}

impl<'a> Builder<'a> {
    fn new(scenario: &'a Scenario, score: Score) -> Self {
        let skills =
            Skill::ALL.iter().map(|&skill| SkillLine { skill, rows: Vec::new(), violations: Vec::new() }).collect();
        let promises = scenario.promises.iter().map(|promise| PromiseLine {
            text: promise.text.clone(),
            start: promise.start.clone(),
            due: promise.due.clone(),
            made: false,
            core: promise.core,
            fulfilment: None,
            result: None,
        });
        let out = Debrief {
            score,
            skills,
            turns: Vec::new(),
            curve: Vec::new(),
            helped: None,
            turned: None,
            unsurfaced: Unsurfaced { facts: Vec::new(), needs: Vec::new() },
            promises: promises.collect(),
            notes: Vec::new(),
            ending: String::new(),
            goals: Vec::new(),
        };
        Self {
            scenario,
            encounter: &scenario.encounters[0],
            encounter_id: EncounterId(0),
            tally: Tally::default(),
            out,
            facts: vec![false; scenario.facts.len()],
            needs: vec![false; scenario.needs.len()],
            phrases: Vec::new(),
            said: 0,
            now: Meters::of(&scenario.customer.mood),
            between: Vec::new(),
            result: None,
        }
    }

    fn take(&mut self, event: &Event) {
        match *event {
            Event::EncounterBegan(id) => self.begin_encounter(id),
            Event::TurnBegan { node, turn, answer, line } => self.begin_turn(node, turn, answer, line),
            Event::Said { phrase } => self.say(usize::from(phrase) + 1),
            Event::FactHeard(fact) => self.facts[fact.index()] = true,
            Event::NeedMet(need) => self.needs[need.index()] = true,
            Event::CutOff { node, how, bait } => self.cut_off(node, how, bait),
            Event::Spoke { node, reply, pace, volume, offered, .. } => self.speak(node, reply, (pace, volume), offered),
            Event::FobOff(_) => {
                if let Some(reply) = self.out.turns.last_mut().and_then(|turn| turn.reply.as_mut()) {
                    reply.too_early = true;
                }
            }
            Event::Moved { cause, before, after } => self.meters_moved(cause, before, after),
            Event::TurnEnded { turn, meters, .. } => self.end_turn(turn, meters),
            Event::Evidence(row) => self.evidence(row),
            Event::Violation(violation) => self.violation(violation),
            Event::Repaired { turn } => self.repaired(turn),
            Event::Promised(promise) => self.out.promises[promise.index()].made = true,
            Event::Chosen { event, choice } => {
                self.result = Some(self.encounter.diary[event.index()].choice(choice).result.clone());
            }
            Event::Matured { promise, fulfilment } => {
                let line = &mut self.out.promises[promise.index()];
                line.fulfilment = Some(fulfilment);
                line.result.clone_from(&self.result);
            }
            // What matures with the last diary done was seen to by nobody: no choice stands behind it.
            Event::Closed => self.result = None,
            Event::Filed { tile, kind } => {
                if let Some(note) = self.out.notes.last_mut() {
                    note.filed.push((kind, self.encounter.tile(tile).text.clone()));
                }
            }
            Event::Ended { exit, answer } => self.end_encounter(exit, answer),
            _ => {}
        }
    }

    fn begin_encounter(&mut self, id: EncounterId) {
        self.encounter_id = id;
        self.encounter = self.scenario.encounter(id);
        self.tally.begin_encounter();
        self.result = None;
        self.out.notes.push(NoteLine { encounter: id.0, filed: Vec::new(), model: self.encounter.model_note.clone() });
        self.out.curve.push(CurvePoint {
            encounter: id.0,
            turn: 0,
            at: None,
            meters: self.now.points(),
            quote: String::new(),
        });
    }

    fn begin_turn(&mut self, node: NodeId, turn: u8, answer: Option<(ReplyId, u16, u16)>, line: (u16, u16)) {
        let at = self.encounter.node(node);
        let answer = answer.map(|answer| self.encounter.answer(answer));
        let line = &at.lines[usize::from(line.0)].variants[usize::from(line.1)];
        // A fact that is known already is not volunteered again.
        let volunteered = at.volunteers.iter().filter(|volunteer| !self.facts[volunteer.fact.index()]);
        self.phrases = answer
            .into_iter()
            .chain([line])
            .chain(volunteered.map(|volunteer| &volunteer.speech))
            .flat_map(|speech| speech.phrases.iter().map(|phrase| phrase.text.clone()))
            .collect();
        self.said = 0;
        let before = self.now.points();
        if turn == 1
            && let Some(start) = self.out.curve.last_mut()
        {
            start.meters = before;
        }
        self.out.turns.push(TurnLine {
            encounter: self.encounter_id.0,
            turn,
            node: at.name.clone(),
            heard: String::new(),
            cut_off: None,
            objection: None,
            unsaid: None,
            reply: None,
            last_words: None,
            ending: None,
            before,
            after: before,
            moves: std::mem::take(&mut self.between),
        });
    }

    fn say(&mut self, said: usize) {
        self.said = said.min(self.phrases.len());
        if let Some(turn) = self.out.turns.last_mut() {
            turn.heard = spoken(&self.phrases[..self.said]);
        }
    }

    fn cut_off(&mut self, node: NodeId, how: CutOff, bait: bool) {
        let bait = self.encounter.node(node).bait.as_ref().filter(|_| bait).map(|bait| &bait.answer);
        let objection = bait.or_else(|| (how == CutOff::Soft).then_some(&self.scenario.customer.objects));
        if let Some(turn) = self.out.turns.last_mut() {
            turn.cut_off = Some(how);
            turn.objection = objection.map(Speech::plain).filter(|words| !words.is_empty());
            turn.unsaid = Some(spoken(&self.phrases[self.said..])).filter(|unsaid| !unsaid.is_empty());
        }
    }

    fn speak(&mut self, node: NodeId, reply: ReplyId, (pace, volume): (Pace, Volume), offered: u16) {
        let best = strongest(self.encounter, node, offered);
        let spoken = self.encounter.reply(reply);
        if let Some(turn) = self.out.turns.last_mut() {
            turn.reply = Some(ReplyLine {
                id: spoken.name.clone(),
                text: spoken.text.clone(),
                pace,
                volume,
                flaw: spoken.flaw,
                why: spoken.why.clone(),
                hears: spoken.hears.clone(),
                too_early: false,
                better: best.filter(|best| *best != reply).map(|best| self.encounter.reply(best).text.clone()),
            });
        }
    }

    fn meters_moved(&mut self, cause: Cause, before: Meters, after: Meters) {
        let by = [
            after.anger - before.anger,
            after.trust - before.trust,
            after.patience - before.patience,
            after.heard - before.heard,
            after.clarity - before.clarity,
        ];
        let reply = self.out.turns.last().and_then(|turn| turn.reply.as_ref());
        let is_calm = reply.is_none_or(|reply| reply.volume == Volume::Level && reply.pace != Pace::Quick);
        let step = Move { words: cause_words(self.scenario, cause, by[0], is_calm), by };
        // A later encounter may begin in a mood of its own, which no event tells: the first movement does.
        if before != self.now {
            self.start_from(before);
        }
        self.now = after;
        match self.out.turns.last_mut() {
            Some(turn) if turn.encounter == self.encounter_id.0 => {
                turn.moves.push(step);
                turn.after = after.points();
            }
            _ => self.between.push(step),
        }
    }

    fn start_from(&mut self, meters: Meters) {
        self.now = meters;
        let points = meters.points();
        let Some(turn) = self.out.turns.last_mut().filter(|turn| turn.encounter == self.encounter_id.0) else { return };
        turn.before = points;
        if let Some(start) = self.out.curve.last_mut().filter(|start| start.turn == 0) {
            start.meters = points;
        }
    }

    fn end_turn(&mut self, turn: u8, meters: Meters) {
        self.now = meters;
        let index = self.out.turns.len().checked_sub(1);
        let quote = self.out.turns.last().and_then(|line| line.reply.as_ref()).map_or("", |reply| &reply.text);
        self.out.curve.push(CurvePoint {
            encounter: self.encounter_id.0,
            turn,
            at: index,
            meters: meters.points(),
            quote: quote.to_owned(),
        });
        if let Some(line) = self.out.turns.last_mut() {
            line.after = meters.points();
        }
    }

    fn end_encounter(&mut self, exit: Exit, answer: Option<(ReplyId, u16, u16)>) {
        self.out.ending = ending_words(self.encounter, exit);
        let answer = answer.map(|answer| self.encounter.answer(answer).plain());
        let (parting, told) = match exit {
            Exit::Ending(_) => (None, Some(self.out.ending.clone())),
            Exit::Left | Exit::Escalated => (Some(self.out.ending.clone()), None),
        };
        let last_words: Vec<_> = answer.into_iter().chain(parting).collect();
        if let Some(turn) = self.out.turns.last_mut() {
            turn.last_words = Some(spoken(&last_words)).filter(|words| !words.is_empty());
            turn.ending = told;
        }
        // Whoever leaves in the middle of a turn leaves no reply behind, but still a last point.
        let index = self.out.turns.len().checked_sub(1);
        let ended = self.out.curve.last().is_some_and(|point| point.at == index);
        if let Some(turn) = self.out.turns.last().filter(|_| !ended) {
            let turn = turn.turn;
            self.end_turn(turn, self.now);
        }
    }

    fn evidence(&mut self, row: Evidence) {
        let (at, place, quote) = self.place(row.source);
        let manner = self.manner(row.indicator, row.source);
        let best = row.best.max(row.quality);
        let order = self.out.skills.iter().map(|skill| skill.rows.len()).sum();
        self.out.skills[row.indicator.skill().index()].rows.push(Row {
            indicator: row.indicator,
            at,
            place,
            quote,
            manner,
            weight: row.weight,
            quality: row.quality,
            best,
            earned: i32::from(row.weight) * credit(row.quality),
            available: i32::from(row.weight) * credit(best),
            order,
        });
    }

    /// How it was heard or spoken, where that is what the row is about.
    fn manner(&self, indicator: Indicator, source: Source) -> Option<String> {
        let Source::Conduct { .. } = source else { return None };
        let turn = self.out.turns.last()?;
        match indicator {
            Indicator::LetFinish => Some(
                match turn.cut_off {
                    None => "heard to the end",
                    Some(CutOff::Soft) => "spoken over in a pause",
                    Some(CutOff::Hard) => "interrupted",
                }
                .to_owned(),
            ),
            Indicator::CalmDelivery => {
                let reply = turn.reply.as_ref()?;
                Some(match reply.volume {
                    Volume::Level => format!("spoken {}", reply.pace.words()),
                    Volume::Raised => format!("spoken {}, with a raised voice", reply.pace.words()),
                })
            }
            _ => None,
        }
    }

    fn violation(&mut self, violation: Violation) {
        let cost = self.tally.take(&violation);
        let (at, place, quote) = self.place(violation.source);
        let words = match violation.flaw {
            Flaw::SoftOverlap | Flaw::HardInterrupt => {
                let unsaid = self.out.turns.last().and_then(|turn| turn.unsaid.as_deref());
                cut_off_words(self.scenario.customer.pronoun, unsaid)
            }
            flaw => flaw_words(flaw),
        };
        self.out.skills[violation.skill.index()].violations.push(ViolationLine {
            flaw: violation.flaw,
            severity: violation.severity,
            at,
            place,
            words,
            quote,
            cost,
            repaired: false,
        });
    }

    fn repaired(&mut self, turn: u8) {
        if self.tally.repair(turn) == 0 {
            return;
        }
        let encounter = self.encounter_id.0;
        let at = self.out.turns.iter().rposition(|line| line.encounter == encounter && line.turn == turn);
        for line in self.out.skills.iter_mut().flat_map(|skill| &mut skill.violations) {
            if line.at.is_some() && line.at == at && !line.repaired {
                line.repaired = true;
                line.cost -= line.cost / 2;
            }
        }
    }

    /// The turn, the words for the place, and a quote.
    fn place(&self, source: Source) -> (Option<usize>, String, Option<String>) {
        let here = |turn: u8| {
            let place = format!("Turn {turn}");
            let several = self.scenario.encounters.len() > 1;
            let place = if several { format!("{}, turn {turn}", self.encounter.title) } else { place };
            (self.out.turns.len().checked_sub(1), place)
        };
        match source {
            Source::Reply { turn, reply, .. } => {
                let (at, place) = here(turn);
                (at, place, Some(self.encounter.reply(reply).text.clone()))
            }
            Source::Conduct { turn, .. } => {
                let (at, place) = here(turn);
                (at, place, None)
            }
            Source::Volunteered { .. } => (None, "Told to you because you waited".to_owned(), None),
            Source::Forfeit { .. } => {
                let what = self.scenario.channel.conversation();
                (None, format!("Not reached: the {what} was over"), None)
            }
            Source::Note => (None, "The note".to_owned(), None),
            Source::Tile(tile) => (None, "The note".to_owned(), Some(self.encounter.tile(tile).text.clone())),
            Source::Promise(promise) => {
                let promise = &self.scenario.promises[promise.index()];
                (None, format!("The promise: {}", promise.text), None)
            }
            Source::Diary { event, choice } => {
                let event = &self.encounter.diary[event.index()];
                (None, event.at.clone(), Some(event.choice(choice).text.clone()))
            }
        }
    }

    fn finish(mut self) -> Debrief {
        (self.out.helped, self.out.turned) = turning_points(&self.out);
        self.out.goals = goals(&self.out.skills);
        let scenario = self.scenario;
        let unknown = |known: &[bool], texts: &mut dyn Iterator<Item = &String>| -> Vec<String> {
            texts.zip(known).filter(|(_, known)| !**known).map(|(text, _)| text.clone()).collect()
        };
        self.out.unsurfaced = Unsurfaced {
            facts: unknown(&self.facts, &mut scenario.facts.iter().map(|fact| &fact.text)),
            needs: unknown(&self.needs, &mut scenario.needs.iter().map(|need| &need.text)),
        };
        self.out
    }
}

/// Phrases as one text. Those that are only seen or heard have no words.
fn spoken(phrases: &[String]) -> String {
    phrases.iter().map(String::as_str).filter(|phrase| !phrase.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The reply on offer that shows most, by weight × credit less what its slip costs; the first of equals, as the author
/// wrote them.
fn strongest(encounter: &Encounter, node: NodeId, offered: u16) -> Option<ReplyId> {
    let mut best: Option<(ReplyId, i32)> = None;
    for (place, (id, reply)) in encounter.replies_of(node).enumerate() {
        let worth = worth(encounter.node(node), reply);
        if offered & (1 << place) != 0 && best.is_none_or(|(_, most)| worth > most) {
            best = Some((id, worth));
        }
    }
    best.map(|(id, _)| id)
}
