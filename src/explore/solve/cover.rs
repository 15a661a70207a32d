//! What one input of a run comes to: the elements that it reaches.

use super::element::{Asked, Element, Part, short};
use crate::campaign::{self, Input, Run, RunStage};
use crate::dialogue::{self, Action, Delivery, Event, Exit, Standing, State, holds, once_spoken};
use crate::scenario::Scenario;
use crate::scenario::id::{ChoiceId, EncounterId, EventId, ReplyId, TileId};
use crate::scenario::model::Line;
use crate::scenario::vocabulary::Act;

/// Tells `found` every element that is reached by beginning a run.
pub(super) fn observe_start(scenario: &Scenario, run: &Run, events: &[Event], found: &mut impl FnMut(Element)) {
    let mut cover = Cover { scenario, encounter: EncounterId(0), found };
    cover.events(events, None);
    cover.arrival(run);
}

/// Tells `found` every element that is reached by taking `input`, which led from `before` to `after` with `events`.
pub(super) fn observe(
    scenario: &Scenario,
    before: &Run,
    input: &Input,
    after: &Run,
    events: &[Event],
    found: &mut impl FnMut(Element),
) {
    let mut cover = Cover { scenario, encounter: before.talk.encounter, found };
    let mut spoken = None;
    match input {
        Input::Talk(dialogue::Input { action: Action::Speak { reply, pace, volume }, .. }) => {
            spoken = Some(*reply);
            cover.speech(&before.talk, *reply, Delivery { pace: *pace, volume: *volume }, events);
        }
        Input::Talk(_) => {}
        Input::File { .. } | Input::Choose(_) => cover.diary(before, input, after),
        Input::GoOn => cover.starts(before),
    }
    cover.events(events, spoken);
    cover.arrival(after);
}

struct Cover<'a, F: FnMut(Element)> {
    scenario: &'a Scenario,
    encounter: EncounterId,
    found: &'a mut F,
}

impl<F: FnMut(Element)> Cover<'_, F> {
    fn add(&mut self, part: Part) {
        (self.found)(Element { encounter: self.encounter, part });
    }

    fn side(&mut self, asked: Asked, holds: bool) {
        self.add(Part::Condition(asked, holds));
    }

    fn events(&mut self, events: &[Event], spoken: Option<ReplyId>) {
        for event in events {
            match *event {
                Event::EncounterBegan(id) => self.encounter = id,
                Event::TurnBegan { node, answer, line, .. } => {
                    self.answer(spoken, answer);
                    self.add(Part::Node(node));
                    self.add(Part::Line(node, line.0, line.1));
                    let lines = &self.scenario.encounter(self.encounter).node(node).lines;
                    self.lines(lines, Some(line.0), |place| Asked::Line(node, place));
                }
                Event::Ended { exit: Exit::Ending(ending), answer } => {
                    self.answer(spoken, answer);
                    self.add(Part::Ending(ending));
                }
                Event::Ended { exit: Exit::Left, .. } => self.add(Part::Leaves),
                Event::Ended { exit: Exit::Escalated, .. } => self.add(Part::Escalates),
                Event::Spoke { reply, .. } => self.add(Part::Reply(reply)),
                Event::DiaryOpened(event) => self.add(Part::Event(event)),
                Event::Chosen { event, choice } => self.add(Part::Choice(event, choice)),
                _ => {}
            }
        }
    }

    fn answer(&mut self, spoken: Option<ReplyId>, answer: Option<(ReplyId, u16, u16)>) {
        let Some(reply) = spoken else { return };
        if let Some((reply, line, variant)) = answer {
            self.add(Part::Answer(reply, line, variant));
        }
        let lines = &self.scenario.encounter(self.encounter).reply(reply).answers;
        self.lines(lines, answer.map(|(_, line, _)| line), |place| Asked::Answer(reply, place));
    }

    /// Lines are tried in their order: those before the one that is spoken did not hold.
    fn lines(&mut self, lines: &[Line], chosen: Option<u16>, asked: impl Fn(u16) -> Asked) {
        for (index, line) in lines.iter().enumerate() {
            let place = short(index);
            if line.when.is_some() {
                self.side(asked(place), chosen == Some(place));
            }
            if chosen == Some(place) {
                break;
            }
        }
    }

    /// The conditions that are asked while a reply is spoken.
    fn speech(&mut self, before: &State, id: ReplyId, delivery: Delivery, events: &[Event]) {
        let encounter = self.scenario.encounter(self.encounter);
        let reply = encounter.reply(id);
        if encounter.compromise_arms.is_some() && reply.acts.contains(&Act::Compromise) {
            let fobbed_off = events.iter().any(|event| matches!(event, Event::FobOff(_)));
            self.side(Asked::Compromise, !fobbed_off);
        }
        let went_on = events
            .iter()
            .any(|event| matches!(event, Event::TurnBegan { .. } | Event::Ended { exit: Exit::Ending(_), .. }));
        if went_on && !reply.to_when.is_empty() {
            let spoken = once_spoken(self.scenario, before, id, delivery);
            for (place, (when, _)) in reply.to_when.iter().enumerate() {
                let true_here = holds(when, &spoken);
                self.side(Asked::Way(id, short(place)), true_here);
                if true_here {
                    break;
                }
            }
        }
    }

    /// What is on offer where the run stands now.
    fn arrival(&mut self, run: &Run) {
        let encounter = self.scenario.encounter(run.talk.encounter);
        self.encounter = run.talk.encounter;
        match run.stage {
            RunStage::Talking if run.talk.replies_open() => {
                for (id, reply) in encounter.replies_of(run.talk.node()) {
                    if let Some(when) = &reply.when {
                        self.side(Asked::Reply(id), holds(when, &run.talk));
                    }
                }
            }
            RunStage::Note => {
                for (index, tile) in encounter.note.iter().enumerate() {
                    let known = tile.fact.is_none_or(|fact| run.talk.facts.contains(fact.index()));
                    if let (true, Some(when)) = (known, &tile.when) {
                        self.side(Asked::Tile(TileId::at(index)), holds(when, &run.talk));
                    }
                }
                for (id, _) in campaign::tiles(encounter, &run.talk) {
                    self.add(Part::Tile(id));
                }
            }
            RunStage::Diary(event) => {
                for (place, choice) in encounter.diary[event.index()].choices.iter().enumerate() {
                    if let Some(when) = &choice.when {
                        self.side(Asked::Choice(event, ChoiceId::at(place)), holds(when, &run.talk));
                    }
                }
            }
            RunStage::Talking | RunStage::Between | RunStage::Closed => {}
        }
    }

    /// The events that were asked after a note or a choice, up to the one that opened.
    fn diary(&mut self, before: &Run, input: &Input, after: &Run) {
        let from = match before.stage {
            RunStage::Diary(event) => event.index() + 1,
            _ => 0,
        };
        let diary = &self.scenario.encounter(self.encounter).diary;
        let state = asked_of(self.scenario, before, input);
        for (index, event) in diary.iter().enumerate().skip(from) {
            let opened = after.stage == RunStage::Diary(EventId::at(index));
            if let Some(when) = &event.when {
                self.side(Asked::Event(EventId::at(index)), holds(when, &state));
            }
            if opened {
                break;
            }
        }
    }

    fn starts(&mut self, before: &Run) {
        let next = EncounterId::at(before.talk.encounter.index() + 1);
        let Some(encounter) = self.scenario.encounters.get(next.index()) else { return };
        self.encounter = next;
        let mut state = before.talk.clone();
        state.ended = Some(campaign::result(self.scenario, before).outcome);
        for (place, start) in encounter.starts.iter().enumerate() {
            let true_here = holds(&start.when, &state);
            self.side(Asked::Start(short(place)), true_here);
            if true_here {
                break;
            }
        }
    }
}

/// The state that the diary is asked about after a note or a choice: before the run closes and breaks what is open.
fn asked_of(scenario: &Scenario, before: &Run, input: &Input) -> State {
    let mut state = before.talk.clone();
    let encounter = scenario.encounter(state.encounter);
    match (before.stage, input) {
        (_, Input::File { tiles, .. }) => {
            state.noted = dialogue::Bits::with_size(encounter.note.len());
            for tile in tiles {
                state.noted.insert(tile.index());
            }
        }
        (RunStage::Diary(event), Input::Choose(choice)) => {
            let choice = encounter.diary[event.index()].choice(*choice);
            for &(promise, fulfilment) in &choice.fulfils {
                let standing = &mut state.promises[promise.index()];
                if *standing == Standing::Open {
                    *standing = Standing::Done(fulfilment);
                }
            }
            for flag in &choice.sets {
                state.flags.insert(flag.index());
            }
            for flag in &choice.clears {
                state.flags.remove(flag.index());
            }
        }
        _ => {}
    }
    state
}
