//! A reply: what it does, shows and costs, and where it leads.

use crate::scenario::format::current as format;
use crate::scenario::id::{EndingId, NeedId, NodeId, PromiseId};
use crate::scenario::model::{Condition, Effects, Line, Opportunity, Reply, Target};
use crate::scenario::range;
use crate::scenario::resolve::encounter::Local;
use crate::scenario::resolve::line::LineFields;
use crate::scenario::resolve::names::judge_unknown;
use crate::scenario::resolve::place::At;
use crate::scenario::resolve::{Resolver, rules};
use crate::scenario::seat::Seat;
use crate::scenario::speech::count_words;
use crate::scenario::texts::id;
use crate::scenario::vocabulary::{Act, Flaw, Indicator, Severity, Skill};

/// How many words a gist has.
const GIST_WORDS: std::ops::RangeInclusive<u16> = 3..=5;

/// What the node of a reply weighs.
pub(super) struct Weighed<'n> {
    pub(super) opportunities: &'n [Opportunity],
    /// Whether they were all read.
    pub(super) has_all: bool,
}

impl<'d> Resolver<'d> {
    pub(super) fn reply(
        &mut self,
        reply: &'d format::Reply,
        weighed: &Weighed<'_>,
        node_name: &str,
        node: NodeId,
        local: &Local<'d>,
        at: &At<'_>,
    ) -> Reply {
        self.judge_gist(&reply.gist, &at.field("gist"));
        Reply {
            name: reply.id.clone(),
            node,
            gist: self.text(&reply.gist, &at.field("gist")),
            text: self.text(&reply.text, &at.field("text")),
            words: count_words(&reply.text),
            when: reply.when.as_ref().map(|when| self.talk_condition(when, local, &at.field("when"))),
            acts: self.acts(&reply.acts, local, &at.field("acts")),
            shows: self.shown(&reply.shows, weighed, &at.field("shows")),
            flaw: self.flaw(reply.flaw, &at.field("flaw")),
            slip: slip(reply.slip),
            meets: self.met_needs(&reply.meets, &at.field("meets")),
            promises: self.made_promises(&reply.promises, &at.field("promises")),
            effects: Effects {
                sets: self.set_flags(&reply.sets, &at.field("sets")),
                clears: self.clear_flags(&reply.clears, &at.field("clears")),
                reveals: self.revealed_facts(&reply.reveals, &at.field("reveals")),
            },
            gives: self.gift(reply.gives.as_ref(), &at.field("gives")),
            subtext: self.maybe_text(reply.subtext.as_ref(), &at.field("subtext")),
            why: self.text(&reply.why, &at.field("why")),
            hears: self.text(&reply.hears, &at.field("hears")),
            answers: self.answers(reply, node_name, local, at),
            to: self.target(&reply.to, local, &at.field("to")),
            to_when: self.jumps(&reply.to_when, local, &at.field("to_when")),
            coach: self.maybe_text(reply.coach.as_ref(), &at.field("coach")),
            key: self.place_key(&[local.name, node_name, &reply.id]),
        }
    }

    fn answers(&mut self, reply: &'d format::Reply, node_name: &str, local: &Local<'d>, at: &At<'_>) -> Vec<Line> {
        if reply.answer.is_empty() && reply.answer_when.is_empty() {
            return Vec::new();
        }
        let text_id = id::beside(&id::beside(&id::encounter(local.name), node_name), &reply.id);
        let fields = LineFields { plain: "answer", conditional: "answer_when" };
        self.lines(&reply.answer, &reply.answer_when, fields, &text_id, local, at)
    }

    fn judge_gist(&mut self, gist: &str, at: &At<'_>) {
        let words = count_words(gist);
        if words > 0 && !GIST_WORDS.contains(&words) {
            let plural = if words == 1 { "word" } else { "words" };
            self.report
                .warning(rules::GIST_LENGTH, at, format!("The gist `{gist}` has {words} {plural}"))
                .expected("three to five words, so that it can be read while the customer speaks");
        }
    }

    fn acts(&mut self, acts: &[Act], local: &Local<'d>, at: &At<'_>) -> Vec<Act> {
        for (index, act) in acts.iter().enumerate() {
            self.judge_side(*act, local, &at.index(index));
        }
        acts.to_vec()
    }

    /// An act that only the other side of the desk can do is never done here.
    pub(super) fn judge_side(&mut self, act: Act, local: &Local<'d>, at: &At<'_>) {
        let Some(seat) = local.seat.filter(|seat| !act.is_for(*seat)) else { return };
        let name = act.name();
        let message = match seat {
            Seat::Customer => format!("`{name}` is for an agent to do, but here the trainee is the customer"),
            Seat::Agent => format!("`{name}` is for a customer to do, but here the trainee is the agent"),
        };
        let own: Vec<_> = Act::ALL.iter().filter(|own| own.seat() == Some(seat)).map(|own| own.name()).collect();
        let expected = match seat {
            Seat::Customer => format!("one of {}, or an act that is anybody’s", own.join(", ")),
            Seat::Agent => "an act of an agent’s, or one that is anybody’s".to_owned(),
        };
        let help = match (act.counterpart(), seat) {
            (Some(other), _) => format!("did you mean `{}`?", other.name()),
            (None, Seat::Customer) => "take it out, or take `turned: true` out of the encounter".to_owned(),
            (None, Seat::Agent) => "take it out, or write `turned: true` in the encounter".to_owned(),
        };
        self.report.error(rules::WRONG_SIDE, at, message).expected(expected).help(help);
    }

    /// The quality shown on each opportunity of the node, in their order.
    fn shown(&mut self, shows: &format::Entries<Indicator, u8>, weighed: &Weighed<'_>, at: &At<'_>) -> Vec<u8> {
        let opportunities = weighed.opportunities;
        let mut qualities = vec![0; opportunities.len()];
        let mut seen = [0; Indicator::ALL.len()];
        for (indicator, quality) in shows.iter() {
            let at = at.key(indicator.name(), seen[indicator.index()]);
            self.indicator(*indicator, &mut seen, &at);
            self.number(*quality, &range::QUALITY, &at);
            if let Some(place) = opportunities.iter().position(|own| own.indicator == *indicator) {
                qualities[place] = *quality;
            } else if indicator.is_authored() {
                let name = indicator.name();
                let message = format!("This reply shows `{name}`, but its node does not weigh it");
                self.report
                    .error_if(weighed.has_all, rules::SHOWS_UNWEIGHED, &at, message)
                    .help(format!("add `{name}` to the node’s `weigh`, with a weight of 1 to 3, or take it out here"))
                    .at_key();
            }
        }
        qualities
    }

    pub(super) fn flaw(&mut self, flaw: Option<Flaw>, at: &At<'_>) -> Option<Flaw> {
        if let Some(flaw) = flaw.filter(|flaw| !flaw.is_authored()) {
            let message = format!("`{}` is a flaw that Simmer finds itself, from what the trainee does", flaw.name());
            self.report.error(rules::ENGINE_FLAW, at, message).help("name another flaw, or take it out");
        }
        flaw
    }

    fn met_needs(&mut self, names: &[String], at: &At<'_>) -> Vec<NeedId> {
        let needs = names.iter().enumerate().map(|(index, name)| {
            let need = self.need(name, &at.index(index));
            self.usage.meets(need);
            need
        });
        needs.collect()
    }

    fn made_promises(&mut self, names: &[String], at: &At<'_>) -> Vec<PromiseId> {
        let promises = names.iter().enumerate().map(|(index, name)| {
            let promise = self.promise(name, &at.index(index));
            self.usage.makes(promise);
            promise
        });
        promises.collect()
    }

    pub(super) fn gift(&mut self, gift: Option<&format::Gift>, at: &At<'_>) -> Option<format::Gift> {
        gift.map(|gift| format::Gift { text: self.text(&gift.text, &at.field("text")), cost: gift.cost })
    }

    fn jumps(&mut self, jumps: &'d [format::Jump], local: &Local<'d>, at: &At<'_>) -> Vec<(Condition, Target)> {
        if !self.report.has_read_all(at) {
            self.report.break_road();
        }
        let mut resolved = Vec::with_capacity(jumps.len());
        for (index, jump) in jumps.iter().enumerate() {
            let at = at.index(index);
            let when = self.talk_condition(&jump.when, local, &at.field("when"));
            resolved.push((when, self.target(&jump.to, local, &at.field("to"))));
        }
        resolved
    }

    fn target(&mut self, name: &str, local: &Local<'d>, at: &At<'_>) -> Target {
        if let Some(node) = local.nodes.find(name) {
            return Target::Node(NodeId(node));
        }
        if let Some(ending) = local.endings.find(name) {
            return Target::Ending(EndingId(ending));
        }
        let message = if local.replies.find(name).is_some() {
            format!("`{name}` is a reply; a reply can only lead to a node or an ending")
        } else {
            format!("No node or ending of the encounter `{}` is called `{name}`", local.name)
        };
        let names = [&local.nodes, &local.endings];
        judge_unknown(rules::UNKNOWN_TARGET, message, name, &names, at, &mut self.report)
            .expected("the name of a node or an ending");
        Target::Node(NodeId(0))
    }
}

pub(super) fn slip(slip: Option<format::Slip>) -> Option<(Severity, Skill)> {
    slip.map(|format::Slip(severity, skill)| (severity, skill))
}
