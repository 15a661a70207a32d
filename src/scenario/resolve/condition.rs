//! Conditions, their names resolved and their bounds checked.

use crate::scenario::format::current as format;
use crate::scenario::id::{EncounterId, FlagId, NodeId, ReplyId, TileId};
use crate::scenario::model::{Condition, Meter};
use crate::scenario::name::Kind;
use crate::scenario::range;
use crate::scenario::resolve::encounter::Local;
use crate::scenario::resolve::names::judge_unknown;
use crate::scenario::resolve::place::At;
use crate::scenario::resolve::{Resolver, rules};

/// How deep conditions may be nested.
const DEPTH_LIMIT: usize = 32;

impl<'d> Resolver<'d> {
    /// Resolves a condition. `local` is the encounter in which replies, nodes and tiles are looked for: the one
    /// before in `starts`, which the first encounter does not have.
    pub(super) fn condition(
        &mut self,
        condition: &'d format::Condition,
        local: Option<&Local<'d>>,
        at: &At<'_>,
    ) -> Condition {
        self.nested(condition, local, at, 1)
    }

    /// As [`condition`](Self::condition), for what is asked before the note of this encounter is written: while people
    /// talk, and of the tiles on offer. The note at hand is that of the encounter before.
    pub(super) fn talk_condition(
        &mut self,
        condition: &'d format::Condition,
        local: &Local<'d>,
        at: &At<'_>,
    ) -> Condition {
        self.in_talk = true;
        let condition = self.nested(condition, Some(local), at, 1);
        self.in_talk = false;
        condition
    }

    fn nested(
        &mut self,
        condition: &'d format::Condition,
        local: Option<&Local<'d>>,
        at: &At<'_>,
        depth: usize,
    ) -> Condition {
        use format::Condition as From;
        if depth > DEPTH_LIMIT {
            let message = format!("These conditions are nested more than {DEPTH_LIMIT} deep");
            self.report
                .error(rules::DEEP_CONDITION, at, message)
                .help("let a reply set a flag, and ask for the flag here");
            return Condition::CutOff;
        }
        match condition {
            From::All(parts) => Condition::All(self.parts(parts, "All", local, at, depth)),
            From::Any(parts) => Condition::Any(self.parts(parts, "Any", local, at, depth)),
            From::Not(part) => Condition::Not(Box::new(self.nested(part, local, &at.variant("Not"), depth + 1))),
            From::Anger { from, below } => self.meter(Meter::Anger, *from, *below, &at.variant("Anger")),
            From::Trust { from, below } => self.meter(Meter::Trust, *from, *below, &at.variant("Trust")),
            From::Patience { from, below } => self.meter(Meter::Patience, *from, *below, &at.variant("Patience")),
            From::FeelsHeard { from, below } => self.meter(Meter::FeelsHeard, *from, *below, &at.variant("FeelsHeard")),
            From::Clarity { from, below } => self.meter(Meter::Clarity, *from, *below, &at.variant("Clarity")),
            From::Chose(name) => {
                Condition::Chose(ReplyId(self.local_name(Kind::Reply, name, local, &at.variant("Chose"))))
            }
            From::Reached(name) => {
                Condition::Reached(NodeId(self.local_name(Kind::Node, name, local, &at.variant("Reached"))))
            }
            From::Noted(name) => {
                let at = at.variant("Noted");
                let written = if self.in_talk { local.and_then(|local| local.before.as_deref()) } else { local };
                let id = written.map_or(EncounterId(0), |written| written.id);
                Condition::Noted(id, TileId(self.local_name(Kind::Tile, name, written, &at)))
            }
            From::Heard(name) => {
                let fact = self.fact(name, &at.variant("Heard"));
                self.usage.asks_fact(fact);
                Condition::Heard(fact)
            }
            From::Met(name) => Condition::Met(self.need(name, &at.variant("Met"))),
            From::Flag(name) => {
                let flag = FlagId(self.shared_name(Kind::Flag, name, &at.variant("Flag")));
                self.usage.asks_flag(flag);
                Condition::Flag(flag)
            }
            From::Promised(name) => Condition::Promised(self.promise(name, &at.variant("Promised"))),
            From::Kept(name) => Condition::Kept(self.promise(name, &at.variant("Kept"))),
            From::Warned(name) => Condition::Warned(self.promise(name, &at.variant("Warned"))),
            From::Broken(name) => Condition::Broken(self.promise(name, &at.variant("Broken"))),
            From::CutOff => Condition::CutOff,
            From::Used { act, times } => {
                let at = at.variant("Used");
                self.number(*times, &range::TIMES, &at.field("times"));
                if let Some(local) = local {
                    self.judge_side(*act, local, &at.field("act"));
                }
                Condition::Used(*act, *times)
            }
            From::Ended(outcome) => Condition::Ended(*outcome),
        }
    }

    fn parts(
        &mut self,
        parts: &'d [format::Condition],
        variant: &'static str,
        local: Option<&Local<'d>>,
        at: &At<'_>,
        depth: usize,
    ) -> Vec<Condition> {
        let list_at = at.variant(variant);
        if parts.is_empty() && self.report.has_read(&list_at) {
            let what = if variant == "All" { "always" } else { "never" };
            self.report
                .error(rules::EMPTY_CONDITION, at, format!("`{variant}` has nothing in it, so it {what} holds"))
                .help("put conditions into its brackets, or take it out");
        }
        let parts = parts.iter().enumerate();
        parts.map(|(index, part)| self.nested(part, local, &list_at.index(index), depth + 1)).collect()
    }

    fn meter(&mut self, meter: Meter, from: Option<u8>, below: Option<u8>, at: &At<'_>) -> Condition {
        let (from_at, below_at) = (at.field("from"), at.field("below"));
        let from_fits = from.is_none_or(|from| self.number(from, &range::METER_FROM, &from_at));
        let below_fits = below.is_none_or(|below| self.number(below, &range::METER_BELOW, &below_at));
        let are_certain = from_fits && below_fits && self.report.has_read_all(at);
        match (from, below) {
            (None, None) if are_certain => {
                self.report
                    .error(rules::OUT_OF_RANGE, at, "This condition has no bound, so it always holds")
                    .expected("`from:` with 0 to 100, `below:` with 1 to 100, or both");
            }
            (Some(from), Some(below)) if from >= below && are_certain => {
                let message = format!("Nothing is from {from} and below {below}, so this never holds");
                self.report.error(rules::OUT_OF_RANGE, at, message).help("swap the two numbers");
            }
            _ => {}
        }
        let hundredths = |bound: u8| i32::from(bound) * 100;
        Condition::Meter(meter, from.map_or(i32::MIN, hundredths), below.map_or(i32::MAX, hundredths))
    }

    /// The place of a name of an encounter, and 0 for one that leads nowhere.
    pub(super) fn local_name(&mut self, kind: Kind, name: &str, local: Option<&Local<'d>>, at: &At<'_>) -> u16 {
        let rule = match kind {
            Kind::Reply => rules::UNKNOWN_REPLY,
            Kind::Tile => rules::UNKNOWN_TILE,
            _ => rules::UNKNOWN_NODE,
        };
        let Some(local) = local else {
            let message = format!("`{name}` is looked for in the encounter before this one, but this is the first");
            let help = if kind == Kind::Tile {
                "no note has been written yet; ask in the diary, or in a later encounter"
            } else {
                "take this start out, or move it to a later encounter"
            };
            self.report.error(rule, at, message).help(help);
            return 0;
        };
        let names = match kind {
            Kind::Reply => &local.replies,
            Kind::Tile => &local.tiles,
            _ => &local.nodes,
        };
        names.find(name).unwrap_or_else(|| {
            let message = format!("No {} of the encounter `{}` is called `{name}`", kind.noun(), local.name);
            judge_unknown(rule, message, name, &[names], at, &mut self.report)
                .expected(format!("the name of {}", kind.with_article()));
            0
        })
    }
}
