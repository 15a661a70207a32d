//! Why each point was given: every number opened to its rows, in words and quotes.
//!
//! Built from the events of a run alone, so that a recorded attempt gives the same debrief as the call itself.

use serde::Serialize;

use crate::dialogue::{Cause, CutOff, Event, Evidence, Exit, Meters, Source, Violation};
use crate::scenario::id::{EncounterId, NodeId, ReplyId};
use crate::scenario::model::Nod;
use crate::scenario::vocabulary::{Flaw, Fulfilment, Indicator, Pace, Severity, Skill, Volume};
use crate::scenario::{Encounter, Scenario};
use crate::scoring::tally::{Score, Tally, credit};

/// All that a debrief says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Debrief {
    pub score: Score,
    pub skills: Vec<SkillLine>,
    pub turns: Vec<TurnLine>,
    /// The meters before the first turn and after each.
    pub curve: Vec<CurvePoint>,
    pub helped: Option<TurningPoint>,
    pub turned: Option<TurningPoint>,
    pub unsurfaced: Unsurfaced,
    pub promises: Vec<PromiseLine>,
    /// The texts of the tiles filed.
    pub note: Vec<String>,
    pub model_note: String,
    /// What was seen or heard last.
    pub ending: String,
}

/// A skill with its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SkillLine {
    pub skill: Skill,
    pub rows: Vec<Row>,
    pub violations: Vec<ViolationLine>,
}

/// One row behind a skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    pub indicator: Indicator,
    /// Where: the turn in a conversation, none for what came after it or was never reached.
    pub turn: Option<u8>,
    /// "Turn 8", "The note", "The promise to ring with the report".
    pub place: String,
    /// A few words of what was said.
    pub quote: Option<String>,
    pub weight: u8,
    pub quality: u8,
    pub best: u8,
    /// Weight × hundredths of credit.
    pub earned: i32,
    pub available: i32,
}

/// What took points beyond the evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ViolationLine {
    pub flaw: Flaw,
    pub severity: Severity,
    pub turn: Option<u8>,
    pub place: String,
    /// A sentence that says what happened.
    pub words: String,
    /// Hundredths of a point.
    pub cost: i32,
    /// Half was restored by a repair in the next turn.
    pub repaired: bool,
}

/// One turn, as it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TurnLine {
    /// The encounter it stands in, the first being 0.
    pub encounter: u16,
    pub turn: u8,
    pub node: String,
    /// What the customer said, as far as they got.
    pub heard: String,
    pub cut_off: Option<CutOff>,
    /// What they had not said when they were cut off.
    pub unsaid: Option<String>,
    pub reply: Option<ReplyLine>,
    pub before: [i32; 5],
    pub after: [i32; 5],
    /// Each movement of the meters in hundredths, and why.
    pub moves: Vec<Move>,
}

/// What the trainee said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReplyLine {
    pub id: String,
    pub text: String,
    pub pace: Pace,
    pub volume: Volume,
    pub flaw: Option<Flaw>,
    pub why: String,
    pub hears: String,
    /// The strongest reply that was on offer, where this was not it.
    pub better: Option<String>,
}

/// One movement of the meters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    pub words: String,
    /// Anger, trust, patience, heard, clarity, in hundredths.
    pub by: [i32; 5],
}

/// The meters in points, and what was said to bring them there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CurvePoint {
    /// 0 before the first turn.
    pub turn: u8,
    /// Anger, trust, patience, heard, clarity, 0 to 100.
    pub meters: [i32; 5],
    pub quote: String,
}

/// A turn that mattered most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TurningPoint {
    /// Its place in [`Debrief::turns`].
    pub index: usize,
    pub turn: u8,
    pub quote: String,
    pub hears: String,
    pub why: String,
    pub better: Option<String>,
    /// The heaviest row of it: "owning apology, 3 of 3".
    pub row: Option<String>,
    pub anger: (i32, i32),
    pub trust: (i32, i32),
}

/// What never came to light.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unsurfaced {
    pub facts: Vec<String>,
    /// Parts of the need that were not met.
    pub needs: Vec<String>,
}

/// A promise and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PromiseLine {
    pub text: String,
    pub due: String,
    pub made: bool,
    pub fulfilment: Option<Fulfilment>,
}

/// Opens a run to its rows. `events` are all of them, from the first on; `score` is what they come to.
pub fn debrief(scenario: &Scenario, events: &[Event], score: Score) -> Debrief {
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
}

impl<'a> Builder<'a> {
    fn new(scenario: &'a Scenario, score: Score) -> Self {
        let encounter = &scenario.encounters[0];
        let skills =
            Skill::ALL.iter().map(|&skill| SkillLine { skill, rows: Vec::new(), violations: Vec::new() }).collect();
        let promises = scenario.promises.iter().map(|promise| PromiseLine {
            text: promise.text.clone(),
            due: promise.due.clone(),
            made: false,
            fulfilment: None,
        });
        let out = Debrief {
            score,
            skills,
            turns: Vec::new(),
            curve: vec![CurvePoint {
                turn: 0,
                meters: Meters::of(&scenario.customer.mood).points(),
                quote: String::new(),
            }],
            helped: None,
            turned: None,
            unsurfaced: Unsurfaced { facts: Vec::new(), needs: Vec::new() },
            promises: promises.collect(),
            note: Vec::new(),
            model_note: encounter.model_note.clone(),
            ending: String::new(),
        };
        Self {
            scenario,
            encounter,
            encounter_id: EncounterId(0),
            tally: Tally::default(),
            out,
            facts: vec![false; scenario.facts.len()],
            needs: vec![false; scenario.needs.len()],
            phrases: Vec::new(),
            said: 0,
        }
    }

    fn take(&mut self, event: &Event) {
        match *event {
            Event::EncounterBegan(id) => {
                self.encounter_id = id;
                self.encounter = self.scenario.encounter(id);
                self.out.model_note.clone_from(&self.encounter.model_note);
            }
            Event::TurnBegan { node, turn, answer, line } => self.begin_turn(node, turn, answer, line),
            Event::Said { phrase } => self.said = usize::from(phrase) + 1,
            Event::FactHeard(fact) => self.facts[fact.index()] = true,
            Event::NeedMet(need) => self.needs[need.index()] = true,
            Event::CutOff { how, .. } => {
                if let Some(turn) = self.out.turns.last_mut() {
                    turn.cut_off = Some(how);
                    turn.unsaid = Some(self.phrases[self.said.min(self.phrases.len())..].join(" "));
                }
            }
            Event::Spoke { node, reply, pace, volume, .. } => self.speak(node, reply, pace, volume),
            Event::Moved { cause, before, after } => self.meters_moved(cause, before, after),
            Event::TurnEnded { turn, meters, .. } => self.end_turn(turn, meters),
            Event::Evidence(row) => self.evidence(row),
            Event::Violation(violation) => self.violation(violation),
            Event::Repaired { turn } => self.repaired(turn),
            Event::Promised(promise) => self.out.promises[promise.index()].made = true,
            Event::Matured { promise, fulfilment } => {
                self.out.promises[promise.index()].fulfilment = Some(fulfilment);
            }
            Event::Filed { tile, .. } => self.out.note.push(self.encounter.tile(tile).text.clone()),
            Event::Ended(exit) => self.out.ending = ending_words(self.encounter, exit),
            _ => {}
        }
    }

    fn begin_turn(&mut self, node: NodeId, turn: u8, answer: Option<(ReplyId, u16, u16)>, line: (u16, u16)) {
        let at = self.encounter.node(node);
        let answer = answer.map(|(reply, line, variant)| {
            &self.encounter.reply(reply).answers[usize::from(line)].variants[usize::from(variant)]
        });
        let line = &at.lines[usize::from(line.0)].variants[usize::from(line.1)];
        let volunteered = at.volunteers.iter().map(|volunteer| &volunteer.speech);
        self.phrases = answer
            .into_iter()
            .chain([line])
            .chain(volunteered)
            .flat_map(|speech| speech.phrases.iter().map(|phrase| phrase.text.clone()))
            .collect();
        self.said = 0;
        let before = self.out.curve.last().map_or([0; 5], |point| point.meters);
        self.out.turns.push(TurnLine {
            encounter: self.encounter_id.0,
            turn,
            node: at.name.clone(),
            heard: String::new(),
            cut_off: None,
            unsaid: None,
            reply: None,
            before,
            after: before,
            moves: Vec::new(),
        });
    }

    fn speak(&mut self, node: NodeId, reply: ReplyId, pace: Pace, volume: Volume) {
        let best = strongest(self.encounter, node);
        let spoken = self.encounter.reply(reply);
        if let Some(turn) = self.out.turns.last_mut() {
            turn.heard = self.phrases[..self.said.min(self.phrases.len())].join(" ");
            turn.reply = Some(ReplyLine {
                id: spoken.name.clone(),
                text: spoken.text.clone(),
                pace,
                volume,
                flaw: spoken.flaw,
                why: spoken.why.clone(),
                hears: spoken.hears.clone(),
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
        let words = cause_words(self.scenario, self.encounter, cause);
        if let Some(turn) = self.out.turns.last_mut() {
            turn.moves.push(Move { words, by });
            turn.after = after.points();
        }
    }

    fn end_turn(&mut self, turn: u8, meters: Meters) {
        let quote = self.out.turns.last().and_then(|line| line.reply.as_ref()).map_or("", |reply| &reply.text);
        let point = CurvePoint { turn, meters: meters.points(), quote: quote.to_owned() };
        self.out.curve.push(point);
        if let Some(line) = self.out.turns.last_mut() {
            line.after = meters.points();
        }
    }

    fn evidence(&mut self, row: Evidence) {
        let (turn, place, quote) = self.place(row.source);
        let best = row.best.max(row.quality);
        self.out.skills[row.indicator.skill().index()].rows.push(Row {
            indicator: row.indicator,
            turn,
            place,
            quote,
            weight: row.weight,
            quality: row.quality,
            best,
            earned: i32::from(row.weight) * credit(row.quality),
            available: i32::from(row.weight) * credit(best),
        });
    }

    fn violation(&mut self, violation: Violation) {
        let cost = self.tally.take(&violation);
        let (turn, place, _) = self.place(violation.source);
        let words = self.violation_words(&violation);
        self.out.skills[violation.skill.index()].violations.push(ViolationLine {
            flaw: violation.flaw,
            severity: violation.severity,
            turn,
            place,
            words,
            cost,
            repaired: false,
        });
    }

    fn repaired(&mut self, turn: u8) {
        if self.tally.repair(turn) == 0 {
            return;
        }
        for line in self.out.skills.iter_mut().flat_map(|skill| &mut skill.violations) {
            if line.turn == Some(turn) && !line.repaired {
                line.repaired = true;
                line.cost -= line.cost / 2;
            }
        }
    }

    /// The turn, the words for the place, and a quote.
    fn place(&self, source: Source) -> (Option<u8>, String, Option<String>) {
        match source {
            Source::Reply { turn, reply, .. } => {
                (Some(turn), format!("Turn {turn}"), Some(self.encounter.reply(reply).text.clone()))
            }
            Source::Conduct { turn, .. } => (Some(turn), format!("Turn {turn}"), None),
            Source::Volunteered { .. } => (None, "Told to you because you waited".to_owned(), None),
            Source::Forfeit { .. } => (None, "Never reached".to_owned(), None),
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

    fn violation_words(&self, violation: &Violation) -> String {
        let object = self.scenario.customer.pronoun.object();
        match violation.flaw {
            Flaw::SoftOverlap | Flaw::HardInterrupt => {
                let unsaid = self.out.turns.last().and_then(|turn| turn.unsaid.as_deref()).unwrap_or_default();
                let opening: String = unsaid.split_whitespace().take(8).collect::<Vec<_>>().join(" ");
                if opening.is_empty() {
                    format!("You did not wait to see whether that was all from {object}.")
                } else {
                    format!("You cut {object} off before \u{201c}{opening}\u{2026}\u{201d}")
                }
            }
            Flaw::RaisedVoice => "You raised your voice.".to_owned(),
            Flaw::BrokenPromise => "Nobody did what was promised.".to_owned(),
            Flaw::JudgementInNote => "A judgement stood in the note.".to_owned(),
            Flaw::UntruthInNote => "Something that is not so stood in the note.".to_owned(),
            flaw => capitalised(flaw.words()),
        }
    }

    fn finish(mut self) -> Debrief {
        let turned = self.turning_points();
        (self.out.helped, self.out.turned) = turned;
        let scenario = self.scenario;
        let never = |known: &[bool], index: usize| !known[index];
        self.out.unsurfaced = Unsurfaced {
            facts: (0..scenario.facts.len())
                .filter(|&index| never(&self.facts, index))
                .map(|index| scenario.facts[index].text.clone())
                .collect(),
            needs: (0..scenario.needs.len())
                .filter(|&index| never(&self.needs, index))
                .map(|index| scenario.needs[index].text.clone())
                .collect(),
        };
        self.out
    }

    /// The turn that helped most and the one at which it turned: by what it did to anger, trust and being heard, and by
    /// how much of its evidence was shown.
    fn turning_points(&self) -> (Option<TurningPoint>, Option<TurningPoint>) {
        let judged: Vec<_> = self
            .out
            .turns
            .iter()
            .enumerate()
            .filter(|(_, turn)| turn.reply.is_some())
            .map(|(index, turn)| {
                let warmth = (turn.before[0] - turn.after[0])
                    + (turn.after[1] - turn.before[1])
                    + (turn.after[3] - turn.before[3]);
                let (earned, available) = self
                    .out
                    .skills
                    .iter()
                    .flat_map(|skill| &skill.rows)
                    .filter(|row| row.turn == Some(turn.turn) && turn.encounter == self.encounter_id.0)
                    .fold((0, 0), |(earned, available), row| (earned + row.earned, available + row.available));
                (index, warmth, earned, available)
            })
            .collect();
        let helped = judged
            .iter()
            .filter(|(_, warmth, earned, _)| *warmth > 0 && *earned > 0)
            .max_by_key(|(index, warmth, earned, available)| {
                (warmth * earned * 100 / (*available).max(1), std::cmp::Reverse(*index))
            })
            .map(|(index, ..)| self.turning_point(*index, true));
        let turned = judged
            .iter()
            .filter(|(_, warmth, earned, available)| *warmth < 0 || earned * 2 < *available)
            .min_by_key(|(index, warmth, earned, available)| (warmth * 4 - (available - earned) / 10, *index))
            .map(|(index, ..)| self.turning_point(*index, false));
        (helped, turned)
    }

    fn turning_point(&self, index: usize, helped: bool) -> TurningPoint {
        let turn = &self.out.turns[index];
        let reply = turn.reply.as_ref();
        let rows = self
            .out
            .skills
            .iter()
            .flat_map(|skill| &skill.rows)
            .filter(|row| row.turn == Some(turn.turn) && row.quote.is_some());
        let key = |row: &&Row| if helped { row.earned } else { row.available - row.earned };
        let row = rows.max_by_key(key).map(|row| {
            format!("{}, {} of {}", capitalised(row.indicator.words()), points(row.earned), points(row.available))
        });
        TurningPoint {
            index,
            turn: turn.turn,
            quote: reply.map(|reply| reply.text.clone()).unwrap_or_default(),
            hears: reply.map(|reply| reply.hears.clone()).unwrap_or_default(),
            why: reply.map(|reply| reply.why.clone()).unwrap_or_default(),
            better: reply.and_then(|reply| reply.better.clone()),
            row,
            anger: (turn.before[0], turn.after[0]),
            trust: (turn.before[1], turn.after[1]),
        }
    }
}

/// Weight × hundredths of credit as a person reads it: 300 is "3", 75 is "0.75".
pub(super) fn points(value: i32) -> String {
    let text = format!("{}.{:02}", value / 100, value % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The reply of a node that shows most, by weight × credit.
fn strongest(encounter: &Encounter, node: NodeId) -> Option<ReplyId> {
    let rows = &encounter.node(node).opportunities;
    let worth = |reply: &crate::scenario::Reply| -> i32 {
        let shown: i32 =
            rows.iter().zip(&reply.shows).map(|(row, &quality)| i32::from(row.weight) * credit(quality)).sum();
        shown - reply.slip.map_or(0, |(severity, _)| severity.cost() * 10)
    };
    // The first of equals, as the author wrote them.
    let mut best: Option<(ReplyId, i32)> = None;
    for (id, reply) in encounter.replies_of(node) {
        let worth = worth(reply);
        if best.is_none_or(|(_, most)| worth > most) {
            best = Some((id, worth));
        }
    }
    best.map(|(id, _)| id)
}

fn ending_words(encounter: &Encounter, exit: Exit) -> String {
    match exit {
        Exit::Ending(ending) => encounter.ending(ending).text.clone(),
        Exit::Left => encounter.leaves.plain(),
        Exit::Escalated => encounter.escalates.plain(),
    }
}

fn cause_words(scenario: &Scenario, encounter: &Encounter, cause: Cause) -> String {
    match cause {
        Cause::HeardToTheEnd => "heard to the end".to_owned(),
        Cause::CutOff(CutOff::Soft) => "spoken over in a pause".to_owned(),
        Cause::CutOff(CutOff::Hard) => "interrupted".to_owned(),
        Cause::Nod(Nod::Agrees) => "a nod at what should not be agreed with".to_owned(),
        Cause::Nod(_) => "a nod".to_owned(),
        Cause::OpenPosture => "open posture".to_owned(),
        Cause::EyesOnScreen => "eyes on the screen in mid-story".to_owned(),
        Cause::WrongReading => "a wrong reading of the feeling".to_owned(),
        Cause::Retelling(grievance) => {
            format!("had to tell it again: {}", encounter.grievances[grievance.index()])
        }
        Cause::DeadAir => "dead air".to_owned(),
        Cause::RaisedVoice => "a raised voice".to_owned(),
        Cause::Act(act) => act.words().to_owned(),
        Cause::BeingHeard => "being heard".to_owned(),
        Cause::Contagion => "your own calm or heat carried over".to_owned(),
        Cause::TurnsPass => "time".to_owned(),
        Cause::Promise(promise, fulfilment) => {
            format!("{}: {}", scenario.promises[promise.index()].text, fulfilment.words())
        }
    }
}
