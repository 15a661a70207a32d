//! What the customer says in a turn, phrase by phrase, and when.

use arrayvec::ArrayVec;

use crate::dialogue::condition::holds;
use crate::dialogue::draw::{Purpose, below, generator, shuffle};
use crate::dialogue::state::State;
use crate::scenario::Scenario;
use crate::scenario::brief::{LineBrief, NodeBrief, PhraseBrief};
use crate::scenario::id::ReplyId;
use crate::scenario::model::{Condition, Lapse, Phrase, Speech};

/// Engine milliseconds a word takes at 2.5 words a second.
const WORD_MILLIS: u32 = 400;
/// The same at 3.0 words a second, from a customer who is hot.
const HOT_WORD_MILLIS: u32 = 333;
/// The breath after a phrase that no lapse follows.
const BREATH_MILLIS: u32 = 300;
/// How long something that is only seen or heard takes.
const DIRECTION_MILLIS: u32 = 1200;
/// The seeded lapse: from 0.9 to 1.4 seconds.
const LAPSE_MILLIS: std::ops::Range<u32> = 900..1401;

/// Most replies a node can have; the format's limit.
const MAX_REPLIES: usize = 16;

/// Which part of the turn a phrase belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The answer to the trainee's last reply.
    Answer,
    /// What the node says.
    Line,
    /// What they add to someone who waits.
    Volunteered,
}

/// All that is spoken in a turn.
#[derive(Debug, Clone, Copy)]
pub struct Spoken<'a> {
    pub answer: Option<&'a Speech>,
    pub line: &'a Speech,
    pub volunteered: Option<&'a Speech>,
    volunteer_after: u32,
    seed: u64,
    key: u64,
    visit: u8,
    fast: bool,
}

/// A phrase in its turn.
#[derive(Debug, Clone, Copy)]
pub struct Beat<'a> {
    pub part: Part,
    pub phrase: &'a Phrase,
    /// The false lapse after it, in engine milliseconds.
    pub lapse: Option<u32>,
    /// The place of that lapse among the line's, the first being 0.
    pub lapse_number: Option<u8>,
}

impl<'a> Spoken<'a> {
    /// How many phrases the turn has.
    pub fn len(&self) -> usize {
        self.answer.map_or(0, |speech| speech.phrases.len())
            + self.line.phrases.len()
            + self.volunteered.map_or(0, |speech| speech.phrases.len())
    }

    /// Whether nothing is said at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The phrase at `index`, counted through the whole turn.
    pub fn beat(&self, index: usize) -> Option<Beat<'a>> {
        let answers = self.answer.map_or(&[][..], |speech| &speech.phrases);
        if let Some(phrase) = answers.get(index) {
            return Some(Beat { part: Part::Answer, phrase, lapse: self.lapse(phrase, index), lapse_number: None });
        }
        let in_line = index - answers.len();
        let lines = &self.line.phrases;
        if let Some(phrase) = lines.get(in_line) {
            let mut lapse = self.lapse(phrase, index);
            let mut lapse_number = None;
            if lapse.is_some() {
                let before = lines.iter().take(in_line).filter(|phrase| phrase.lapse.is_some()).count();
                lapse_number = u8::try_from(before).ok();
            }
            if in_line + 1 == lines.len() && self.volunteered.is_some() {
                lapse = Some(lapse.unwrap_or(0).max(self.volunteer_after));
            }
            return Some(Beat { part: Part::Line, phrase, lapse, lapse_number });
        }
        let phrase = self.volunteered?.phrases.get(in_line - lines.len())?;
        Some(Beat { part: Part::Volunteered, phrase, lapse: self.lapse(phrase, index), lapse_number: None })
    }

    /// Engine milliseconds that the words of a phrase take.
    fn duration(&self, phrase: &Phrase) -> u32 {
        let word = if self.fast { HOT_WORD_MILLIS } else { WORD_MILLIS };
        if phrase.words == 0 { DIRECTION_MILLIS } else { u32::from(phrase.words) * word }
    }

    fn lapse(&self, phrase: &Phrase, index: usize) -> Option<u32> {
        Some(match phrase.lapse? {
            Lapse::Millis(millis) => millis,
            Lapse::Seeded => {
                let place = self.key.wrapping_add(index as u64);
                let mut generator = generator(self.seed, place, self.visit, Purpose::Lapse);
                let spread = LAPSE_MILLIS.end - LAPSE_MILLIS.start;
                LAPSE_MILLIS.start + u32::try_from(below(&mut generator, spread as usize)).unwrap_or(0)
            }
        })
    }

    /// The beginning and end of each phrase, in engine milliseconds since the turn began.
    pub fn times(&self) -> impl Iterator<Item = (Beat<'a>, u32, u32)> + use<'a> {
        let spoken = *self;
        let mut next = 0;
        (0..self.len()).filter_map(move |index| {
            let beat = spoken.beat(index)?;
            let begins = next;
            let ends = begins + spoken.duration(beat.phrase);
            next = ends + beat.lapse.unwrap_or(BREATH_MILLIS);
            Some((beat, begins, ends))
        })
    }
}

/// The phrases of a turn in brief.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Course<'a> {
    pub(super) answer: &'a [PhraseBrief],
    pub(super) line: &'a [PhraseBrief],
    pub(super) volunteered: &'a [PhraseBrief],
    /// Something is volunteered, after a lapse.
    volunteers: bool,
}

impl<'a> Course<'a> {
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.answer.len() + self.line.len() + self.volunteered.len()
    }

    #[inline]
    pub(super) fn phrases(&self) -> impl Iterator<Item = &'a PhraseBrief> + use<'a> {
        self.answer.iter().chain(self.line).chain(self.volunteered)
    }

    /// The phrase at `index`, counted through the whole turn.
    #[inline]
    pub(crate) fn phrase(&self, index: usize) -> Option<&'a PhraseBrief> {
        let Some(in_line) = index.checked_sub(self.answer.len()) else { return self.answer.get(index) };
        self.line.get(in_line).or_else(|| self.volunteered.get(in_line - self.line.len()))
    }

    /// Whether a false lapse follows the phrase at `index`: its own, or the one before something is volunteered.
    #[inline]
    pub(super) fn lapses_after(&self, index: usize) -> bool {
        let ends_line = !self.line.is_empty() && index + 1 == self.answer.len() + self.line.len();
        self.volunteers && ends_line || self.phrase(index).is_some_and(|phrase| phrase.lapses)
    }
}

/// The course of the present turn.
#[inline]
pub(crate) fn course<'a>(scenario: &'a Scenario, state: &State) -> Course<'a> {
    let brief = &scenario.encounter(state.encounter).brief;
    let turn = &state.turn;
    let node = brief.node(turn.node);
    let said = |lines: &'a [LineBrief], line: u16, variant: u16| brief.phrases(&lines[usize::from(line)], variant);
    Course {
        answer: turn.answer.map_or(&[], |(id, line, variant)| said(brief.answers(brief.reply(id)), line, variant)),
        line: said(brief.lines(node), turn.line.0, turn.line.1),
        volunteered: if turn.volunteers { brief.volunteered(node) } else { &[] },
        volunteers: turn.volunteers,
    }
}

/// When the phrases of a turn begin and end, for a screen that streams them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Each phrase's beginning and end and the end of the lapse after it, in engine milliseconds.
    pub phrases: Vec<PhraseTimes>,
    /// The true end: from here on speaking interrupts nobody.
    pub true_end: u32,
}

/// The times of one phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhraseTimes {
    pub begins: u32,
    pub ends: u32,
    /// The length of the false lapse after it.
    pub lapse: Option<u32>,
}

/// The times of the present turn.
pub fn schedule(scenario: &Scenario, state: &State) -> Schedule {
    let spoken = lines_spoken(scenario, state);
    let phrases: Vec<_> =
        spoken.times().map(|(beat, begins, ends)| PhraseTimes { begins, ends, lapse: beat.lapse }).collect();
    let true_end = phrases.last().map_or(0, |last| last.ends + last.lapse.unwrap_or(0));
    Schedule { phrases, true_end }
}

/// What is spoken in the present turn.
pub fn lines_spoken<'a>(scenario: &'a Scenario, state: &State) -> Spoken<'a> {
    let encounter = scenario.encounter(state.encounter);
    let turn = &state.turn;
    let node = encounter.node(turn.node);
    Spoken {
        answer: turn.answer.map(|answer| encounter.answer(answer)),
        line: &node.lines[turn.line.0 as usize].variants[turn.line.1 as usize],
        volunteered: node.volunteers.as_ref().filter(|_| turn.volunteers).map(|volunteer| &volunteer.speech),
        volunteer_after: node.volunteers.as_ref().map_or(0, |volunteer| volunteer.after),
        seed: state.seed,
        key: node.key,
        visit: state.visit(turn.node),
        fast: turn.fast,
    }
}

/// The phrases of the present turn, in order.
pub fn beats<'a>(scenario: &'a Scenario, state: &State) -> impl Iterator<Item = Beat<'a>> {
    let spoken = lines_spoken(scenario, state);
    (0..spoken.len()).filter_map(move |index| spoken.beat(index))
}

/// The replies on offer now, in the order of the screen: shuffled by the seed.
///
/// All replies of the node are shuffled before those on offer are picked, so that a reply that comes or goes in
/// mid-turn does not move the others.
pub fn reply_order(scenario: &Scenario, state: &State) -> ArrayVec<ReplyId, MAX_REPLIES> {
    let encounter = scenario.encounter(state.encounter);
    let node = encounter.node(state.turn.node);
    let mut order: ArrayVec<_, MAX_REPLIES> = node.reply_ids().take(MAX_REPLIES).collect();
    shuffle(&mut order, &mut generator(state.seed, node.key, state.visit(state.turn.node), Purpose::Order));
    let offered = offered(scenario, state);
    order.retain(|reply| offered.contains(*reply));
    order
}

/// The readings of the feeling at this node by the author's number, in the order of the screen: the author's has the
/// right one first. No verdict depends on it.
pub fn reading_order(scenario: &Scenario, state: &State) -> Vec<u8> {
    let node = scenario.encounter(state.encounter).node(state.turn.node);
    let count = node.reflect.as_ref().map_or(0, |reflect| reflect.readings.len());
    let mut order: Vec<u8> = (0..=u8::MAX).take(count).collect();
    shuffle(&mut order, &mut generator(state.seed, node.key, state.visit(state.turn.node), Purpose::Readings));
    order
}

/// Some of the replies of a node, in the author's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offered {
    /// The first reply of the node.
    first: u16,
    /// A bit for each reply, the first one's the lowest.
    pub(super) bits: u16,
}

impl Offered {
    /// All of the first [`MAX_REPLIES`] replies.
    fn all(node: &NodeBrief) -> Self {
        let count = node.replies.len().min(MAX_REPLIES);
        Self { first: node.replies.start, bits: u16::try_from((1_u32 << count) - 1).unwrap_or(u16::MAX) }
    }

    /// How many there are: at least one, where a node has any.
    #[inline]
    pub fn len(self) -> usize {
        self.bits.count_ones() as usize
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.bits == 0
    }

    pub(super) fn contains(self, reply: ReplyId) -> bool {
        let place = reply.0.checked_sub(self.first).map(u32::from);
        place.and_then(|place| self.bits.checked_shr(place)).is_some_and(|bits| bits & 1 == 1)
    }

    /// For each reply of the node whether it is among them.
    #[inline]
    pub(super) fn marks(self) -> impl Iterator<Item = bool> {
        (0..MAX_REPLIES).map(move |place| self.bits >> place & 1 == 1)
    }

    /// The replies themselves.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = ReplyId> {
        let mut left = self.bits;
        std::iter::from_fn(move || {
            let place = left.trailing_zeros();
            left &= left.checked_sub(1)?;
            Some(ReplyId(self.first + u16::try_from(place).unwrap_or(0)))
        })
    }
}

/// The replies on offer now, as the author wrote them down.
///
/// Where the author's conditions leave none, all are offered: nobody is ever left without a word.
#[inline]
pub fn offered(scenario: &Scenario, state: &State) -> Offered {
    let encounter = scenario.encounter(state.encounter);
    let node = encounter.brief.node(state.turn.node);
    let all = Offered::all(node);
    if !node.has_conditional_replies {
        return all;
    }
    let visible = |id: ReplyId| encounter.reply(id).when.as_ref().is_none_or(|when| holds(when, state));
    let bits = all.iter().enumerate().fold(0, |bits, (place, id)| bits | u16::from(visible(id)) << place);
    if bits == 0 { all } else { Offered { bits, ..all } }
}

/// The line and the variant that are spoken: the first line whose condition holds, a variant by the seed.
#[inline]
pub(super) fn choose_line<'a>(
    lines: &[LineBrief],
    when: impl Fn(usize) -> Option<&'a Condition>,
    state: &State,
    key: u64,
    visit: u8,
) -> Option<(u16, u16)> {
    let may_be_said = |(index, line): &(usize, &LineBrief)| {
        !line.is_conditional || when(*index).is_none_or(|when| holds(when, state))
    };
    let (index, line) = lines.iter().enumerate().find(may_be_said)?;
    let variant = match line.variants() {
        0 | 1 => 0,
        several => below(&mut generator(state.seed, key, visit, Purpose::Variant), several),
    };
    Some((u16::try_from(index).ok()?, u16::try_from(variant).ok()?))
}
