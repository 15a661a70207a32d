//! Looking for witnesses: layer by layer, reply after reply, then by chance.
//!
//! A layer holds the runs in which as many replies have been spoken. Of those that stand at the same node and agree in
//! every condition of the scenario the extremes are kept: the calmest and the angriest, the most and the least trusting,
//! patient and heard. What a run comes to first comes with the fewest replies that these layers can show.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rand::Rng;

use super::cover::{observe, observe_start};
use super::element::{Asked, Element, Part, elements};
use super::graph::{entries, targets};
use super::turns::{Ear, calm, conditions, cuts, hear};
use super::{Options, Progress, Stage, Witness};
use crate::campaign::{self, Input, Run, RunStage};
use crate::dialogue::{self, Action, Delivery, Mode, Purpose, generator, holds, reply_order, schedule};
use crate::scenario::Scenario;
use crate::scenario::id::{EncounterId, NodeId, TileId};
use crate::scenario::model::Target;
use crate::scenario::vocabulary::{Pace, TileKind, Volume};

/// No run takes more inputs than this: a call of 64 turns has some hundreds.
const MOST_INPUTS: usize = 4096;

pub(super) type Reached = BTreeMap<Element, Option<Witness>>;

/// Every element, with the shortest playthrough found that reaches it.
pub(super) fn reach(scenario: &Scenario, options: &Options, progress: &mut impl Progress) -> Reached {
    let reached: Reached = elements(scenario).into_iter().map(|element| (element, None)).collect();
    let mut search = Search { scenario, left: reached.len(), reached, progress };
    search.layers(options);
    search.variants(options);
    search.by_chance(options);
    search.reached
}

/// A run on its way, with the inputs that have led to it.
#[derive(Clone)]
struct Walk {
    run: Run,
    seed: u64,
    inputs: Vec<Input>,
    replies: u16,
}

struct Search<'a, P> {
    scenario: &'a Scenario,
    reached: Reached,
    /// How many elements have no witness yet.
    left: usize,
    progress: &'a mut P,
}

impl<P: Progress> Search<'_, P> {
    fn begin(&mut self, seed: u64, mode: Mode) -> Walk {
        let mut events = Vec::new();
        let run = campaign::begin(self.scenario, seed, mode, &mut events);
        let walk = Walk { run, seed, inputs: Vec::new(), replies: 0 };
        let mut met = Vec::new();
        observe_start(self.scenario, &walk.run, &events, &mut |element| met.push(element));
        self.keep(&walk, &met);
        walk
    }

    /// Plays on by one input, keeps what it comes to, and says whether it was taken.
    fn play(&mut self, walk: &mut Walk, input: Input) -> bool {
        if walk.inputs.len() >= MOST_INPUTS {
            return false;
        }
        let mut events = Vec::new();
        let before = walk.run.clone();
        if campaign::step(self.scenario, &mut walk.run, &input, &mut events).is_err() {
            return false;
        }
        let mut met = Vec::new();
        observe(self.scenario, &before, &input, &walk.run, &events, &mut |element| met.push(element));
        walk.replies += u16::from(matches!(&input, Input::Talk(talk) if matches!(talk.action, Action::Speak { .. })));
        walk.inputs.push(input);
        self.keep(walk, &met);
        true
    }

    fn keep(&mut self, walk: &Walk, met: &[Element]) {
        for element in met {
            let Some(kept) = self.reached.get_mut(element) else { continue };
            // Steps are easier to read and to replay than moments of a clock.
            let worth = |replies: u16, mode: Mode, inputs: usize| (replies, mode == Mode::Timed, inputs);
            let mine = worth(walk.replies, walk.run.talk.mode, walk.inputs.len());
            let shorter = kept.as_ref().is_none_or(|kept| mine < worth(kept.replies, kept.mode, kept.inputs.len()));
            if !shorter {
                continue;
            }
            self.left -= usize::from(kept.is_none());
            *kept = Some(Witness {
                seed: walk.seed,
                mode: walk.run.talk.mode,
                inputs: walk.inputs.clone(),
                replies: walk.replies,
            });
        }
    }

    fn tell(&mut self) -> bool {
        let of = self.reached.len();
        self.progress.report(Stage::Reaching { reached: of - self.left, of });
        self.progress.is_stopped()
    }

    /// Layer by layer until no run is open, with one seed.
    fn layers(&mut self, options: &Options) {
        let mut open = vec![self.begin(options.seed, Mode::Steps)];
        while !open.is_empty() && !self.tell() {
            let mut next = Vec::new();
            for walk in open {
                if self.progress.is_stopped() {
                    return;
                }
                self.expand(&walk, &mut next);
            }
            open = select(self.scenario, next, options.width);
        }
    }

    fn expand(&mut self, walk: &Walk, next: &mut Vec<Walk>) {
        match walk.run.stage {
            RunStage::Talking => {
                let ears = [Ear::Well, Ear::Ill, Ear::Plain].into_iter();
                let ears: Vec<_> = ears.chain(cuts(self.scenario, &walk.run).map(Ear::IllCut)).collect();
                for ear in ears {
                    let mut heard = walk.clone();
                    while let Some(input) = hear(self.scenario, &heard.run, ear) {
                        if !self.play(&mut heard, input) {
                            break;
                        }
                    }
                    if heard.run.stage != RunStage::Talking {
                        next.push(heard);
                        continue;
                    }
                    let loud = Delivery { pace: Pace::Quick, volume: Volume::Raised };
                    for reply in reply_order(self.scenario, &heard.run.talk) {
                        for Delivery { pace, volume } in [calm(self.scenario), loud] {
                            let mut after = heard.clone();
                            let action = Action::Speak { reply, pace, volume };
                            if self.play(&mut after, Input::Talk(dialogue::Input::step(action))) {
                                next.push(after);
                            }
                        }
                    }
                }
            }
            RunStage::Note => {
                for tiles in self.notes(&walk.run) {
                    self.follow(walk, Input::File { tiles, line: String::new() }, next);
                }
            }
            RunStage::Diary(event) => {
                let event = &self.scenario.encounter(walk.run.talk.encounter).diary[event.index()];
                let choices: Vec<_> = campaign::choices(event, &walk.run.talk).map(|(id, _)| id).collect();
                for choice in choices {
                    self.follow(walk, Input::Choose(choice), next);
                }
            }
            RunStage::Between => self.follow(walk, Input::GoOn, next),
            RunStage::Closed => {}
        }
    }

    fn follow(&mut self, walk: &Walk, input: Input, next: &mut Vec<Walk>) {
        let mut after = walk.clone();
        if self.play(&mut after, input) {
            next.push(after);
        }
    }

    /// All facts, nothing, and each tile by itself.
    fn notes(&self, run: &Run) -> Vec<Vec<TileId>> {
        let encounter = self.scenario.encounter(run.talk.encounter);
        let facts = campaign::tiles(encounter, &run.talk).filter(|(_, tile)| tile.kind == TileKind::Fact);
        let mut notes = vec![facts.map(|(id, _)| id).collect(), Vec::new()];
        notes.extend(campaign::tiles(encounter, &run.talk).map(|(id, _)| vec![id]));
        notes
    }

    /// Variants of a line that is reached: the same decisions with other seeds.
    fn variants(&mut self, options: &Options) {
        /// So many seeds are tried for a line. A variant of three is missed once in 10⁸ lines.
        const SEEDS: u64 = 48;
        let missing: Vec<Element> =
            self.reached.iter().filter(|(_, kept)| kept.is_none()).map(|(one, _)| *one).collect();
        for element in missing {
            let sibling = |part: Part| Element { encounter: element.encounter, part };
            let others = 0..16_u16;
            let beside: Vec<Element> = match element.part {
                Part::Line(node, line, _) => others.map(|variant| sibling(Part::Line(node, line, variant))).collect(),
                Part::Answer(reply, line, _) => others.map(|other| sibling(Part::Answer(reply, line, other))).collect(),
                _ => continue,
            };
            let known = beside.iter().find_map(|other| self.reached.get(other)?.clone());
            let Some(known) = known else { continue };
            for seed in (1..SEEDS).map(|step| options.seed.wrapping_add(step)) {
                if self.reached[&element].is_some() || self.progress.is_stopped() {
                    break;
                }
                self.replay_with(&known, seed);
            }
        }
    }

    /// Plays a witness with another seed. Lines may be longer or shorter then: whoever listened on listens to the end.
    fn replay_with(&mut self, witness: &Witness, seed: u64) {
        let mut walk = self.begin(seed, Mode::Steps);
        for input in &witness.inputs {
            if matches!(input, Input::Talk(dialogue::Input { action: Action::Speak { .. }, .. })) {
                while walk.run.stage == RunStage::Talking && !walk.run.talk.replies_open() {
                    if !self.play(&mut walk, Input::Talk(dialogue::Input::step(Action::Listen))) {
                        return;
                    }
                }
            }
            // What another line has no place for is left out.
            let _ = self.play(&mut walk, input.clone());
        }
    }

    /// Runs by chance, in steps and with clocks, each with a seed and a temper of its own.
    fn by_chance(&mut self, options: &Options) {
        for number in 0..options.playouts {
            if self.left == 0 || self.tell() {
                return;
            }
            let seed = options.seed.wrapping_add(u64::from(number));
            let mode = if number % 4 == 3 { Mode::Timed } else { Mode::Steps };
            let mut random = generator(seed, 0x50_1fe5, 0, Purpose::Variant);
            let calmness = random.next_u64() % 5;
            let mut walk = self.begin(seed, mode);
            while walk.run.stage != RunStage::Closed {
                let dice = [random.next_u64(), random.next_u64()];
                if !self.stumble(&mut walk, dice, calmness) {
                    break;
                }
            }
        }
    }

    /// One decision by chance. `calmness` of 0 is always rude, of 4 never.
    fn stumble(&mut self, walk: &mut Walk, [dice, more]: [u64; 2], calmness: u64) -> bool {
        let pick = |count: usize| usize::try_from(dice >> 16).unwrap_or(0) % count.max(1);
        let kind = dice % 4 < calmness;
        let input = match walk.run.stage {
            RunStage::Closed => return false,
            RunStage::Between => Input::GoOn,
            RunStage::Note => {
                let encounter = self.scenario.encounter(walk.run.talk.encounter);
                let tiles = campaign::tiles(encounter, &walk.run.talk).map(|(id, _)| id);
                Input::File {
                    tiles: tiles.filter(|tile| more >> (tile.0 % 64) & 1 == 1).collect(),
                    line: String::new(),
                }
            }
            RunStage::Diary(event) => {
                let event = &self.scenario.encounter(walk.run.talk.encounter).diary[event.index()];
                let choices: Vec<_> = campaign::choices(event, &walk.run.talk).map(|(id, _)| id).collect();
                let Some(choice) = choices.get(pick(choices.len())) else { return false };
                Input::Choose(*choice)
            }
            RunStage::Talking => {
                if walk.run.talk.mode == Mode::Timed {
                    self.listen_by_the_clock(walk, kind, more);
                } else {
                    let cursor = u16::try_from(more % 8).unwrap_or(0);
                    let ear = match (kind, more >> 8 & 3) {
                        (true, _) => Ear::Well,
                        (false, 0) => Ear::Plain,
                        (false, 1) => Ear::Ill,
                        (false, 2) => Ear::WellCut(cursor),
                        (false, _) => Ear::IllCut(cursor),
                    };
                    while let Some(input) = hear(self.scenario, &walk.run, ear) {
                        if !self.play(walk, input) {
                            return false;
                        }
                    }
                }
                if walk.run.stage != RunStage::Talking {
                    return true;
                }
                let replies = reply_order(self.scenario, &walk.run.talk);
                let Some(&reply) = replies.get(pick(replies.len())) else { return false };
                let (pace, volume) = match (kind, more >> 32 & 3) {
                    (true, 0) => (Pace::Even, Volume::Level),
                    (true, _) => (Pace::Slow, Volume::Level),
                    (false, 0 | 1) => (Pace::Quick, Volume::Raised),
                    (false, _) => (Pace::Quick, Volume::Level),
                };
                let at = walk.run.talk.turn.clock;
                Input::Talk(dialogue::Input { at, action: Action::Speak { reply, pace, volume } })
            }
        };
        self.play(walk, input)
    }

    /// To the end, or up to some moment of the turn and into it; sometimes long past the end.
    fn listen_by_the_clock(&mut self, walk: &mut Walk, kind: bool, dice: u64) {
        let end = schedule(self.scenario, &walk.run.talk).true_end;
        let at = match (kind, dice & 3) {
            (true, _) | (false, 0) => end,
            (false, 1) => end.saturating_add(120_000),
            (false, _) => u32::try_from(dice >> 8 & 0xff_ffff).unwrap_or(0) % end.max(1),
        };
        let talk = |action| Input::Talk(dialogue::Input { at, action });
        if self.play(walk, talk(Action::Listen)) && walk.run.stage == RunStage::Talking && !walk.run.talk.replies_open()
        {
            self.play(walk, talk(Action::Interrupt));
        }
    }
}

/// The runs of a layer that are played on.
fn select(scenario: &Scenario, walks: Vec<Walk>, width: usize) -> Vec<Walk> {
    let asked: Vec<_> = conditions(scenario).collect();
    let mut groups: BTreeMap<(u16, u8, u16, Vec<bool>), Vec<Walk>> = BTreeMap::new();
    for walk in walks {
        let run = &walk.run;
        let stage = match run.stage {
            RunStage::Talking => (0, run.talk.node().0),
            RunStage::Note => (1, 0),
            RunStage::Diary(event) => (2, event.0),
            RunStage::Between => (3, 0),
            RunStage::Closed => continue,
        };
        let truth = asked.iter().map(|when| holds(when, &run.talk)).collect();
        groups.entry((run.talk.encounter.0, stage.0, stage.1, truth)).or_default().push(walk);
    }
    let mut groups: Vec<Vec<Walk>> = groups.into_values().collect();
    for group in &mut groups {
        keep_extremes(group);
    }
    // Round by round, so that every group is heard before any is heard twice; where there are too many groups,
    // evenly over them.
    let mut kept = Vec::new();
    let step = groups.len().div_ceil(width.max(1)).max(1);
    let mut round = 0;
    while kept.len() < width && groups.iter().any(|group| group.len() > round) {
        for group in groups.iter().skip(round % step).step_by(step) {
            if let Some(walk) = group.get(round)
                && kept.len() < width
            {
                kept.push(walk.clone());
            }
        }
        round += 1;
    }
    kept
}

/// The runs with the most and the least of each meter, and of all together.
fn keep_extremes(group: &mut Vec<Walk>) {
    let mood = |walk: &Walk| {
        let meters = &walk.run.talk.meters;
        meters.trust + meters.patience + meters.heard + meters.clarity - meters.anger
    };
    let measures: [&dyn Fn(&Walk) -> i32; 6] = [
        &mood,
        &|walk| walk.run.talk.meters.anger,
        &|walk| walk.run.talk.meters.trust,
        &|walk| walk.run.talk.meters.heard,
        &|walk| walk.run.talk.meters.patience,
        &|walk| walk.run.talk.meters.clarity,
    ];
    let mut places = Vec::new();
    for measure in measures {
        let most = (0..group.len()).max_by_key(|place| (measure(&group[*place]), usize::MAX - place));
        let least = (0..group.len()).min_by_key(|place| (measure(&group[*place]), *place));
        for place in [most, least].into_iter().flatten() {
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    *group = places.into_iter().map(|place| group[place].clone()).collect();
}

/// The fewest replies that can lead to an element, whatever the conditions. What stands after the call is not among
/// them.
pub(super) fn distances(scenario: &Scenario) -> BTreeMap<Element, u16> {
    let mut distances = BTreeMap::new();
    for (index, encounter) in scenario.encounters.iter().enumerate() {
        let id = EncounterId::at(index);
        let mut nodes: Vec<Option<u16>> = vec![None; encounter.nodes.len()];
        let mut queue = VecDeque::new();
        for node in entries(encounter, index) {
            // A customer can be gone before anything was said, so nothing is sure of an encounter before.
            nodes[node.index()] = Some(0_u16);
            queue.push_back(node);
        }
        let mut endings = BTreeSet::new();
        while let Some(node) = queue.pop_front() {
            let next = nodes[node.index()].unwrap_or(0) + 1;
            for target in encounter.node(node).reply_ids().flat_map(|reply| targets(encounter, reply)) {
                match target {
                    Target::Node(node) if nodes[node.index()].is_none() => {
                        nodes[node.index()] = Some(next);
                        queue.push_back(node);
                    }
                    Target::Node(_) => {}
                    Target::Ending(ending) => {
                        if endings.insert(ending) {
                            distances.insert(Element { encounter: id, part: Part::Ending(ending) }, next);
                        }
                    }
                }
            }
        }
        let at = |node: NodeId| nodes[node.index()];
        for element in elements(scenario).into_iter().filter(|element| element.encounter == id) {
            let least = match element.part {
                Part::Node(node) | Part::Line(node, ..) | Part::Condition(Asked::Line(node, _), _) => at(node),
                Part::Condition(Asked::Reply(reply), _) => at(encounter.reply(reply).node),
                Part::Reply(reply)
                | Part::Answer(reply, ..)
                | Part::Condition(Asked::Answer(reply, _) | Asked::Way(reply, _), _) => {
                    at(encounter.reply(reply).node).map(|least| least + 1)
                }
                _ => None,
            };
            if let Some(least) = least {
                distances.insert(element, least);
            }
        }
    }
    distances
}
