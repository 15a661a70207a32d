//! What a step of a conversation reads of an encounter, packed: no texts, and each kind of thing in one row.
//!
//! A conversation goes from node to node, and in a large scenario the next one is never at hand. So what every step
//! asks stands close together, and the rest of a node or a reply is opened only where this says that there is some.

use std::ops::Range;

use crate::scenario::id::{FactId, GrievanceId, NodeId, ReplyId};
use crate::scenario::model::{Line, Nod, Node, Opportunity, Reply, Speech, Target};
use crate::scenario::vocabulary::{Act, Flaw, Severity, Skill};

/// The nodes and replies of an encounter in brief. Made of them, and says nothing that they do not.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    nodes: Vec<NodeBrief>,
    replies: Vec<ReplyBrief>,
    opportunities: Vec<Opportunity>,
    /// By node, then by its opportunity, then by its reply: the quality shown, 0 to 4.
    shows: Vec<u8>,
    acts: Vec<Act>,
    lines: Vec<LineBrief>,
    variants: Vec<Span>,
    phrases: Vec<PhraseBrief>,
    facts: Vec<FactId>,
}

/// A node in brief.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks, as in the node itself")]
pub struct NodeBrief {
    pub key: u64,
    pub replies: Range<u16>,
    pub grievance: Option<GrievanceId>,
    pub provokes: bool,
    pub tempts_let_finish: bool,
    pub tempts_calm_delivery: bool,
    /// It sets or clears flags, or reveals facts.
    pub has_effects: bool,
    /// Some of its replies are offered under a condition only.
    pub has_conditional_replies: bool,
    /// The fact that it has for someone who waits.
    pub volunteers: Option<FactId>,
    lines: Span,
    volunteered: Span,
    opportunities: Span,
    /// Where its run in [`Brief::shows`] begins.
    first_shown: u32,
}

/// A reply in brief.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplyBrief {
    pub key: u64,
    pub to: Target,
    pub flaw: Option<Flaw>,
    pub slip: Option<(Severity, Skill)>,
    /// It is offered under a condition only.
    pub is_conditional: bool,
    /// Where it leads depends on a condition.
    pub turns: bool,
    /// It does something besides its acts: meets a need, makes a promise, gives something, or has effects.
    pub has_effects: bool,
    acts: Span,
    answers: Span,
}

/// A line in brief.
#[derive(Debug, Clone, PartialEq)]
pub struct LineBrief {
    pub is_conditional: bool,
    variants: Span,
}

/// A phrase in brief.
#[derive(Debug, Clone, PartialEq)]
pub struct PhraseBrief {
    pub nod: Nod,
    /// A false lapse follows.
    pub lapses: bool,
    facts: Span,
}

/// A run of entries in one of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Span {
    first: u32,
    end: u32,
}

impl Span {
    /// What was added to a row since it was `first` long. No file is so long that a row of its parts had more entries.
    fn since<T>(first: usize, row: &[T]) -> Self {
        let place = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        Self { first: place(first), end: place(row.len()) }
    }

    #[inline]
    const fn len(self) -> usize {
        (self.end - self.first) as usize
    }

    #[inline]
    fn of<T>(self, row: &[T]) -> &[T] {
        &row[self.first as usize..self.end as usize]
    }
}

impl Brief {
    /// The brief of these nodes and replies.
    #[must_use]
    pub fn of(nodes: &[Node], replies: &[Reply]) -> Self {
        let mut brief = Self {
            nodes: Vec::with_capacity(nodes.len()),
            replies: Vec::with_capacity(replies.len()),
            opportunities: Vec::new(),
            shows: Vec::new(),
            acts: Vec::new(),
            lines: Vec::new(),
            variants: Vec::new(),
            phrases: Vec::new(),
            facts: Vec::new(),
        };
        for node in nodes {
            let node = brief.brief_node(node, &replies[usize::from(node.replies.start)..usize::from(node.replies.end)]);
            brief.nodes.push(node);
        }
        for reply in replies {
            let reply = brief.brief_reply(reply);
            brief.replies.push(reply);
        }
        brief
    }

    #[must_use]
    #[inline]
    pub fn node(&self, id: NodeId) -> &NodeBrief {
        &self.nodes[id.index()]
    }

    #[must_use]
    #[inline]
    pub fn reply(&self, id: ReplyId) -> &ReplyBrief {
        &self.replies[id.index()]
    }

    /// What can be shown at a node.
    #[must_use]
    #[inline]
    pub fn opportunities(&self, node: &NodeBrief) -> &[Opportunity] {
        node.opportunities.of(&self.opportunities)
    }

    /// The quality, 0 to 4, that each reply of this node shows on the opportunity at `place`.
    #[must_use]
    #[inline]
    pub fn shown(&self, node: &NodeBrief, place: usize) -> &[u8] {
        let count = node.replies.len();
        &self.shows[node.first_shown as usize + place * count..][..count]
    }

    #[must_use]
    #[inline]
    pub fn acts(&self, reply: &ReplyBrief) -> &[Act] {
        reply.acts.of(&self.acts)
    }

    /// What is said at a node.
    #[must_use]
    #[inline]
    pub fn lines(&self, node: &NodeBrief) -> &[LineBrief] {
        node.lines.of(&self.lines)
    }

    /// What is answered to a reply.
    #[must_use]
    #[inline]
    pub fn answers(&self, reply: &ReplyBrief) -> &[LineBrief] {
        reply.answers.of(&self.lines)
    }

    /// The phrases of a variant of a line.
    #[must_use]
    #[inline]
    pub fn phrases(&self, line: &LineBrief, variant: u16) -> &[PhraseBrief] {
        line.variants.of(&self.variants)[usize::from(variant)].of(&self.phrases)
    }

    /// The phrases that are added for someone who waits.
    #[must_use]
    #[inline]
    pub fn volunteered(&self, node: &NodeBrief) -> &[PhraseBrief] {
        node.volunteered.of(&self.phrases)
    }

    /// What has come to light once a phrase has been said.
    #[must_use]
    #[inline]
    pub fn facts(&self, phrase: &PhraseBrief) -> &[FactId] {
        phrase.facts.of(&self.facts)
    }

    fn brief_node(&mut self, node: &Node, replies: &[Reply]) -> NodeBrief {
        let first = self.opportunities.len();
        self.opportunities.extend(&node.opportunities);
        let opportunities = Span::since(first, &self.opportunities);
        let first_shown = Span::since(self.shows.len(), &self.shows).first;
        for place in 0..node.opportunities.len() {
            self.shows.extend(replies.iter().map(|reply| reply.shows.get(place).copied().unwrap_or(0)));
        }
        NodeBrief {
            key: node.key,
            replies: node.replies.clone(),
            grievance: node.grievance,
            provokes: node.provokes,
            tempts_let_finish: node.tempts_let_finish,
            tempts_calm_delivery: node.tempts_calm_delivery,
            has_effects: !node.effects.is_empty(),
            has_conditional_replies: replies.iter().any(|reply| reply.when.is_some()),
            volunteers: node.volunteers.as_ref().map(|volunteer| volunteer.fact),
            lines: self.brief_lines(&node.lines),
            volunteered: node.volunteers.as_ref().map_or(Span::default(), |one| self.brief_speech(&one.speech)),
            opportunities,
            first_shown,
        }
    }

    fn brief_reply(&mut self, reply: &Reply) -> ReplyBrief {
        let first = self.acts.len();
        self.acts.extend(&reply.acts);
        let gives_nothing = reply.meets.is_empty() && reply.promises.is_empty() && reply.gives.is_none();
        ReplyBrief {
            key: reply.key,
            to: reply.to,
            flaw: reply.flaw,
            slip: reply.slip,
            is_conditional: reply.when.is_some(),
            turns: !reply.to_when.is_empty(),
            has_effects: !(gives_nothing && reply.effects.is_empty()),
            acts: Span::since(first, &self.acts),
            answers: self.brief_lines(&reply.answers),
        }
    }

    fn brief_lines(&mut self, lines: &[Line]) -> Span {
        let first = self.lines.len();
        for line in lines {
            let first = self.variants.len();
            for speech in &line.variants {
                let speech = self.brief_speech(speech);
                self.variants.push(speech);
            }
            let variants = Span::since(first, &self.variants);
            self.lines.push(LineBrief { is_conditional: line.when.is_some(), variants });
        }
        Span::since(first, &self.lines)
    }

    fn brief_speech(&mut self, speech: &Speech) -> Span {
        let first = self.phrases.len();
        for phrase in &speech.phrases {
            let first = self.facts.len();
            self.facts.extend(&phrase.facts);
            let facts = Span::since(first, &self.facts);
            self.phrases.push(PhraseBrief { nod: phrase.nod, lapses: phrase.lapse.is_some(), facts });
        }
        Span::since(first, &self.phrases)
    }
}

impl LineBrief {
    /// How many variants there are.
    #[must_use]
    #[inline]
    pub fn variants(&self) -> usize {
        self.variants.len()
    }
}
