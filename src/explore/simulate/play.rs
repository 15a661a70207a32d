//! One play: a player's decisions, fed to the same step as everybody's.

use super::count::{Counts, Spot};
use super::cue::Cue;
use super::dice::{Dice, Roll};
use super::player::Player;
use super::prepared::{Prepared, choice_worth, way};
use crate::campaign::{self, Input, Run, RunStage};
use crate::dialogue::{
    self, Action, Event, EventSink, Exit, HOT, Meters, Mode, Posture, Stage, State, course, reply_order,
};
use crate::scenario::id::{ChoiceId, EncounterId, EventId, ReplyId, TileId};
use crate::scenario::model::{Nod, Target};
use crate::scenario::vocabulary::{Channel, Pace, Tempo, TileKind, Volume};

/// Welcome nods that count in one turn.
const NODS: u8 = 3;

/// Plays a whole run and counts it.
pub(super) fn play(prepared: &Prepared<'_>, player: Player, seed: u64, counts: &mut Counts) {
    let run = campaign::begin(prepared.scenario, seed, Mode::Steps, &mut ());
    let mut play = Play { prepared, player, dice: Dice::new(seed), run, spots: Vec::new() };
    play.reach(counts);
    while play.run.stage != RunStage::Closed {
        let encounter = play.run.talk.encounter.index();
        match play.run.stage {
            RunStage::Talking => {
                play.turn(counts);
                if play.run.stage != RunStage::Talking {
                    counts.encounters[encounter].end(&play.run.talk);
                    if let Stage::Over(Exit::Ending(ending)) = play.run.talk.stage {
                        play.spots.push((play.run.talk.encounter, Spot::Ending(ending)));
                    }
                }
            }
            RunStage::Note => {
                let note = play.note();
                play.take(&note, &mut ());
            }
            RunStage::Diary(event) => {
                let choice = play.choice(event);
                let place = prepared.encounters[encounter].choices[event.index()] + choice.index();
                counts.encounters[encounter].choices[place] += 1;
                play.take(&Input::Choose(choice), &mut ());
            }
            RunStage::Between => {
                play.take(&Input::GoOn, &mut ());
                play.reach(counts);
            }
            RunStage::Closed => {}
        }
    }
    counts.close(prepared.scenario, &play.run, play.spots);
}

struct Play<'p> {
    prepared: &'p Prepared<'p>,
    player: Player,
    dice: Dice,
    run: Run,
    /// Where it came by.
    spots: Vec<(EncounterId, Spot)>,
}

/// Whether the conversation went on there, or ended there.
fn stands_at(talk: &State, target: Target) -> bool {
    match (target, talk.stage) {
        (Target::Node(node), Stage::Talking) => talk.node() == node,
        (Target::Ending(ending), Stage::Over(Exit::Ending(ended))) => ending == ended,
        _ => false,
    }
}

/// The meters as the turn ended, before the next one moves them.
#[derive(Default)]
struct TurnEnd(Option<Meters>);

impl EventSink for TurnEnd {
    fn push(&mut self, event: Event) {
        if let Event::TurnEnded { meters, .. } = event {
            self.0 = Some(meters);
        }
    }
}

impl Play<'_> {
    fn take(&mut self, input: &Input, sink: &mut impl EventSink) {
        let taken = campaign::step(self.prepared.scenario, &mut self.run, input, sink);
        debug_assert!(taken.is_ok(), "a player does only what is on offer: {input:?}: {taken:?}");
    }

    fn act(&mut self, action: Action) {
        self.take(&Input::Talk(dialogue::Input::step(action)), &mut ());
    }

    fn reach(&mut self, counts: &mut Counts) {
        let talk = &self.run.talk;
        let say = self.prepared.encounter(talk.encounter).say(talk.node(), talk.turn.line);
        counts.encounters[talk.encounter.index()].reach(talk.node(), say);
        self.spots.push((talk.encounter, Spot::Node(talk.node())));
    }

    /// Listens as this player does, and answers.
    fn turn(&mut self, counts: &mut Counts) {
        self.listen();
        if self.run.stage != RunStage::Talking {
            return;
        }
        let reply = self.reply();
        let (pace, volume) = self.delivery();
        let (encounter_id, turn) = (self.run.talk.encounter, self.run.talk.turn.number);
        let mut ended = TurnEnd::default();
        let action = Action::Speak { reply, pace, volume };
        self.take(&Input::Talk(dialogue::Input::step(action)), &mut ended);
        let talk = &self.run.talk;
        let here = &mut counts.encounters[encounter_id.index()];
        here.speak(reply, turn, &ended.0.unwrap_or(talk.meters));
        self.spots.push((encounter_id, Spot::Reply(reply)));
        let written = self.prepared.scenario.encounter(encounter_id).reply(reply);
        let targets = written.to_when.iter().map(|(_, target)| *target).chain([written.to]);
        if let Some(taken) = targets.into_iter().find(|target| stands_at(talk, *target)) {
            here.ways[way(self.prepared.encounter(encounter_id), reply, written, taken)] += 1;
        }
        if talk.stage == Stage::Talking {
            self.reach(counts);
        }
    }

    fn listen(&mut self) {
        let scenario = self.prepared.scenario;
        let good = self.is_good(0);
        if good && scenario.channel == Channel::Counter && self.run.talk.turn.posture == Posture::Neutral {
            self.act(Action::Posture(Posture::Open));
        }
        while self.run.talk.stage == Stage::Talking && !self.run.talk.replies_open() {
            let cursor = self.run.talk.turn.cursor;
            let cuts_in =
                self.player == Player::Impatient && self.dice.roll(Roll::Interrupt, self.place(cursor.into()), 2) == 0;
            if cuts_in {
                self.act(Action::Interrupt);
            } else if good && self.may_nod() {
                self.act(Action::Nod);
            } else {
                self.act(Action::Listen);
            }
        }
    }

    /// Whether a nod is welcome at the phrase that has just ended.
    fn may_nod(&self) -> bool {
        let turn = &self.run.talk.turn;
        let Some(last) = usize::from(turn.cursor).checked_sub(1) else { return false };
        let mark = course(self.prepared.scenario, &self.run.talk).phrase(last).map(|phrase| phrase.nod);
        mark == Some(Nod::Welcome) && turn.nods < NODS && turn.nodded_at != turn.cursor
    }

    fn reply(&self) -> ReplyId {
        let talk = &self.run.talk;
        let encounter = self.prepared.encounter(talk.encounter);
        let offered = reply_order(self.prepared.scenario, talk);
        let most = |key: &dyn Fn(ReplyId) -> i32| {
            let best = offered.iter().map(|reply| key(*reply)).max();
            let equal = || offered.iter().filter(|reply| Some(key(**reply)) == best);
            let taken = self.dice.roll(Roll::Reply, self.place(0), equal().count().max(1));
            equal().nth(taken).copied()
        };
        let taken = match self.player {
            Player::Cue(Cue::Echo) => {
                let say = encounter.say(talk.node(), talk.turn.line);
                most(&|reply| encounter.echo(say, reply).into())
            }
            Player::Cue(cue) => most(&|reply| encounter.replies[reply.index()].cues[cue.index()].into()),
            _ if self.is_good(1) => most(&|reply| encounter.replies[reply.index()].worth),
            _ => most(&|_| 0),
        };
        // A node offers at least one reply.
        taken.unwrap_or(ReplyId(self.prepared.scenario.encounter(talk.encounter).node(talk.node()).replies.start))
    }

    fn delivery(&self) -> (Pace, Volume) {
        let hot = self.run.talk.meters.anger >= HOT;
        let wants = self.prepared.scenario.customer.wants.filter(|_| self.is_good(2));
        match (self.player, wants) {
            (Player::Hot, _) => (Pace::Quick, Volume::Raised),
            (_, Some(Tempo::Slow)) => (Pace::Slow, Volume::Level),
            (_, Some(Tempo::Brisk)) => (Pace::Even, Volume::Level),
            (_, None) => (if hot { Pace::Slow } else { Pace::Even }, Volume::Level),
        }
    }

    fn note(&self) -> Input {
        let talk = &self.run.talk;
        let tiles = campaign::tiles(self.prepared.scenario.encounter(talk.encounter), talk);
        let kept = |id: TileId, kind: TileKind| {
            let place = self.place(u64::from(id.0) + 3);
            if self.is_good(u64::from(id.0) + 3) {
                kind == TileKind::Fact
            } else {
                self.dice.roll(Roll::Tile, place, 2) == 0
            }
        };
        let tiles = tiles.filter(|(id, tile)| kept(*id, tile.kind)).map(|(id, _)| id).collect();
        Input::File { tiles, line: String::new() }
    }

    fn choice(&self, event: EventId) -> ChoiceId {
        let scenario = self.prepared.scenario;
        let talk = &self.run.talk;
        let diary = &scenario.encounter(talk.encounter).diary[event.index()];
        let decision = 0x1_0000 + u64::from(event.0);
        let on_offer = || campaign::choices(diary, talk);
        let good = self.is_good(decision);
        let best = on_offer().map(|(_, choice)| choice_worth(scenario, choice)).max();
        let taken =
            || on_offer().filter(|(_, choice)| !good || Some(choice_worth(scenario, choice)) == best).map(|(id, _)| id);
        let place = self.dice.roll(Roll::Choice, self.place(decision), taken().count().max(1));
        // An event opens only where there is something to choose.
        taken().nth(place).unwrap_or(ChoiceId(0))
    }

    /// Whether this player decides as the best here.
    fn is_good(&self, decision: u64) -> bool {
        match self.player {
            Player::Best => true,
            Player::Skilled(share) => {
                self.dice.roll(Roll::Skill, self.place(decision), 100) < usize::from(share.percent())
            }
            Player::Random | Player::Impatient | Player::Hot | Player::Cue(_) => false,
        }
    }

    /// Where in the run a decision is made.
    fn place(&self, decision: u64) -> u64 {
        let talk = &self.run.talk;
        u64::from(talk.encounter.0) << 40 | u64::from(talk.turn.number) << 32 | decision
    }
}
