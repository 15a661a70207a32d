//! A node: what the customer says, what tempts there and what can be shown.

use crate::scenario::format::current as format;
use crate::scenario::id::{NodeId, ReplyId};
use crate::scenario::model::{Bait, Effects, Line, Nod, Node, Opportunity, Reflect, Speech, Volunteer};
use crate::scenario::name::Kind;
use crate::scenario::range;
use crate::scenario::resolve::encounter::{Growing, Local};
use crate::scenario::resolve::line::LineFields;
use crate::scenario::resolve::names::{judge_spelling, judge_unknown};
use crate::scenario::resolve::place::At;
use crate::scenario::resolve::reply::Weighed;
use crate::scenario::resolve::{LIST_LIMIT, Names, Resolver, rules};
use crate::scenario::texts::id;
use crate::scenario::vocabulary::{Indicator, Temptation};

/// How many replies a node may offer.
const REPLY_LIMIT: usize = 16;
/// Anger from which on keeping one's voice level is a feat (`engine-and-scoring`, "Customer state": angry).
const HEATED: u8 = 60;

impl<'d> Resolver<'d> {
    pub(super) fn node(
        &mut self,
        name: &'d str,
        node: &'d format::Node,
        id: NodeId,
        growing: &mut Growing<'d, '_>,
        at: &At<'_>,
    ) -> Node {
        let local = growing.local;
        let text_id = id::beside(&id::encounter(local.name), name);
        let fields = LineFields { plain: "says", conditional: "says_when" };
        let lines = self.lines(&node.says, &node.says_when, fields, &text_id, local, at);
        if node.says.is_empty() {
            self.report
                .error(rules::EMPTY_TEXT, &at.field("says"), format!("The customer says nothing at `{name}`"))
                .expected("at least one text in square brackets: `[\"...\"]`");
        }
        let grievance = node.grievance.as_deref().map(|grievance| {
            let (id, is_new) = growing.grievance(grievance);
            if is_new {
                judge_spelling(Kind::Grievance, grievance, false, &at.field("grievance"), &mut self.report);
            }
            id
        });
        let volunteers = node
            .volunteers
            .as_ref()
            .map(|volunteer| self.volunteer(volunteer, &text_id, local, &at.field("volunteers")));
        let has_read_lines = ["says", "says_when"].iter().all(|field| self.report.has_read_all(&at.field(field)));
        let lines_read = has_read_lines.then_some(&*lines);
        let bait = node.bait.as_ref().map(|bait| self.bait(bait, lines_read, &text_id, &at.field("bait")));
        self.judge_temptations(node, lines_read, at);
        let weigh_at = at.field("weigh");
        let opportunities = self.opportunities(node, &weigh_at);
        let weighed = Weighed { opportunities: &opportunities, has_all: self.report.has_read(&weigh_at) };
        let effects = Effects {
            sets: self.set_flags(&node.sets, &at.field("sets")),
            clears: self.clear_flags(&node.clears, &at.field("clears")),
            reveals: self.revealed_facts(&node.reveals, &at.field("reveals")),
        };
        let replies = self.replies(node, &weighed, name, id, growing, at);
        let reflect = node.reflect.as_ref().map(|reflect| self.reflect(reflect, node, replies.start, at));
        Node {
            name: name.to_owned(),
            key: self.place_key(&[local.name, name]),
            lines,
            volunteers,
            bait,
            provokes: node.provokes,
            grievance,
            core: node.core,
            tempts_let_finish: node.tempt.contains(&Temptation::LetFinish),
            tempts_calm_delivery: node.tempt.contains(&Temptation::CalmDelivery),
            opportunities,
            reflect,
            effects,
            replies,
            coach: self.maybe_text(node.coach.as_ref(), &at.field("coach")),
        }
    }

    /// What keys random draws to a place of this scenario for good. `place` are the names that lead to it.
    pub(super) fn place_key(&self, place: &[&str]) -> u64 {
        let mut path = self.document.id.clone();
        for name in place {
            path.push('/');
            path.push_str(name);
        }
        let mut first = [0; 8];
        first.copy_from_slice(&blake3::hash(path.as_bytes()).as_bytes()[..8]);
        u64::from_le_bytes(first)
    }

    fn replies(
        &mut self,
        node: &'d format::Node,
        weighed: &Weighed<'_>,
        name: &str,
        id: NodeId,
        growing: &mut Growing<'d, '_>,
        at: &At<'_>,
    ) -> std::ops::Range<u16> {
        let all = at.field("replies");
        match node.replies.len() {
            0 => {
                self.report
                    .error(rules::REPLY_COUNT, &all, "This node has no reply, so the conversation would stop here")
                    .help("write a `Reply(...)`, or make this the text of an ending");
            }
            1..=REPLY_LIMIT => {}
            count => {
                let message = format!("This node has {count} replies; at most {REPLY_LIMIT} are allowed");
                self.report.error(rules::REPLY_COUNT, &all, message).help("spread them over two nodes");
            }
        }
        if !self.report.has_read(&all) {
            self.report.break_road();
        }
        let start = growing.replies.len();
        let room = LIST_LIMIT.saturating_sub(start);
        for (index, reply) in node.replies.iter().take(room).enumerate() {
            let reply = self.reply(reply, weighed, name, id, growing.local, &all.item(index, &reply.id));
            growing.replies.push(reply);
        }
        ReplyId::at(start).0..ReplyId::at(growing.replies.len()).0
    }

    fn opportunities(&mut self, node: &format::Node, at: &At<'_>) -> Vec<Opportunity> {
        let mut opportunities: Vec<Opportunity> = Vec::with_capacity(node.weigh.0.len());
        let mut seen = [0; Indicator::ALL.len()];
        for (indicator, weight) in node.weigh.iter() {
            let at = at.key(indicator.name(), seen[indicator.index()]);
            self.indicator(*indicator, &mut seen, &at);
            self.number(*weight, &range::OPPORTUNITY, &at);
            if seen[indicator.index()] == 1 {
                opportunities.push(Opportunity { indicator: *indicator, weight: *weight });
            }
        }
        opportunities
    }

    /// Judges an indicator as the key of `weigh` or `shows`, and counts it in `seen`.
    pub(super) fn indicator(&mut self, indicator: Indicator, seen: &mut [usize], at: &At<'_>) {
        let name = indicator.name();
        seen[indicator.index()] += 1;
        if seen[indicator.index()] > 1 {
            self.report
                .error(rules::DUPLICATE_NAME, at, format!("`{name}` stands here twice"))
                .help("keep one of the two")
                .at_key();
        }
        if !indicator.is_authored() {
            let source = match indicator {
                Indicator::LetFinish => "it comes from `tempt: [LetFinish]`",
                Indicator::CalmDelivery => "it comes from `tempt: [CalmDelivery]`",
                Indicator::Note => "it comes from the note tiles",
                _ => "it comes from the promises and the diary",
            };
            self.report
                .error(rules::ENGINE_INDICATOR, at, format!("`{name}` is given by Simmer itself, never by a reply"))
                .help(format!("take it out; {source}"))
                .at_key();
        }
    }

    fn volunteer(
        &mut self,
        volunteer: &'d format::Volunteer,
        text_id: &str,
        local: &Local<'d>,
        at: &At<'_>,
    ) -> Volunteer {
        self.number(volunteer.after, &range::VOLUNTEER_AFTER, &at.field("after"));
        let fact = self.fact(&volunteer.fact, &at.field("fact"));
        self.usage.reveals(fact);
        let credits = volunteer
            .credits
            .as_ref()
            .map(|name| NodeId(self.local_name(Kind::Node, name, Some(local), &at.field("credits"))));
        Volunteer {
            speech: self.speech(&id::within(text_id, "volunteers/says"), &volunteer.says, &at.field("says")),
            fact,
            after: u32::from(volunteer.after) * 100,
            credits,
        }
    }

    /// `lines` are what is said around it, if that was read.
    fn bait(&mut self, bait: &format::Bait, lines: Option<&[Line]>, text_id: &str, at: &At<'_>) -> Bait {
        self.judge_bait_lapse(bait.lapse, lines, &at.field("lapse"), at);
        Bait {
            text: self.text(&bait.text, &at.field("text")),
            answer: self.speech(&id::within(text_id, "bait/answer"), &bait.answer, &at.field("answer")),
            lapse: bait.lapse.saturating_sub(1),
        }
    }

    /// A bait needs its lapse: somewhere, else nobody ever meets it; in every variant, else the seed decides.
    fn judge_bait_lapse(&mut self, lapse: u8, lines: Option<&[Line]>, at: &At<'_>, bait_at: &At<'_>) {
        if !self.number(lapse, &range::BAIT_LAPSE, at) {
            return;
        }
        let Some(lines) = lines.filter(|_| self.report.has_read(at)) else { return };
        let lapses = |speech: &Speech| speech.phrases.iter().filter(|phrase| phrase.lapse.is_some()).count();
        let wanted = usize::from(lapse);
        let most = lines.iter().flat_map(|line| &line.variants).map(lapses).max().unwrap_or(0);
        // The field may be left out, and a path to what is not there leads nowhere.
        let at = if lapse == 1 { bait_at } else { at };
        if most < wanted {
            let message = match most {
                0 => "The bait waits for a lapse, but the line has none".to_owned(),
                _ => format!("The bait waits for lapse {lapse}, but no line here has more than {most}"),
            };
            self.report
                .error(rules::BAIT_WITHOUT_LAPSE, at, message)
                .help("put `||` into the line where the trainee is tempted to speak");
        } else if let Some(plain) = lines.iter().find(|line| line.when.is_none())
            && plain.variants.iter().any(|variant| lapses(variant) < wanted)
        {
            let message = format!("Not every variant of the line has a lapse {lapse} for the bait to wait for");
            self.report
                .warning(rules::BAIT_WITHOUT_LAPSE, at, message)
                .help("put `||` into each of them, or say the odd one in another node");
        }
    }

    /// A temptation point earns evidence, so something there has to tempt (`engine-and-scoring`, "Evidence").
    fn judge_temptations(&mut self, node: &format::Node, lines: Option<&[Line]>, at: &At<'_>) {
        let top = At::TOP;
        let (customer, tempting) = (top.field("customer"), ["bait", "volunteers", "provokes", "grievance"]);
        let mood = customer.field("mood");
        let has_read = tempting.iter().all(|field| self.report.has_read(&at.field(field)))
            && self.report.has_read(&mood.field("anger"));
        let Some(lines) = lines.filter(|_| has_read) else { return };
        let phrases = || lines.iter().flat_map(|line| &line.variants).flat_map(|variant| &variant.phrases);
        let tempting = node.bait.is_some()
            || node.volunteers.is_some()
            || node.provokes
            || phrases().any(|phrase| phrase.lapse.is_some());
        let heated = || {
            self.document.customer.mood.anger >= HEATED
                || node.grievance.is_some()
                || phrases().any(|phrase| phrase.nod == Nod::Agrees)
        };
        for (index, temptation) in node.tempt.iter().enumerate() {
            let (is_free, message, help) = match temptation {
                Temptation::LetFinish => (
                    !tempting,
                    "`LetFinish` is marked here, but nothing tempts anyone to cut in",
                    "put a lapse (`||`), a bait or a volunteered fact into this turn, or take the mark out",
                ),
                Temptation::CalmDelivery => (
                    !tempting && !heated(),
                    "`CalmDelivery` is marked here, but nothing provokes anyone to raise their voice",
                    "set `provokes: true` on a line that does, or put a lapse or a bait in, or take the mark out",
                ),
            };
            if is_free {
                let tempt = at.field("tempt");
                self.report.warning(rules::FREE_TEMPTATION, &tempt.index(index), message).help(help);
            }
        }
    }

    fn reflect(
        &mut self,
        reflect: &'d format::Reflect,
        node: &'d format::Node,
        first: u16,
        node_at: &At<'_>,
    ) -> Reflect {
        let at = &node_at.field("reflect");
        let mut readings = vec![self.text(&reflect.right, &at.field("right"))];
        let wrong_at = at.field("wrong");
        readings.extend(self.text_list(&reflect.wrong, &wrong_at));
        if reflect.wrong.len() != 2 {
            let message = format!(
                "`reflect` offers one right reading and two wrong ones; here are {} wrong ones",
                reflect.wrong.len()
            );
            self.report.error(rules::READING_COUNT, &wrong_at, message).expected("two wrong readings");
        }
        let reveals_at = at.field("reveals");
        let found = node.replies.iter().position(|reply| reply.id == reflect.reveals);
        if let Some(reply) = found.and_then(|index| node.replies.get(index)) {
            let replies = node_at.field("replies");
            let subtext_read = found.is_some_and(|index| self.report.has_read(&replies.index(index).field("subtext")));
            if reply.subtext.is_none() && subtext_read {
                let message = format!("The right reading opens `{}`, but that reply has no `subtext`", reply.id);
                self.report
                    .warning(rules::MISSING_SUBTEXT, &reveals_at, message)
                    .help("give the reply a `subtext`: what lies beneath it");
            }
        } else {
            let name = &reflect.reveals;
            let mut names = Names::default();
            let replies = node_at.field("replies");
            if !self.report.has_read(&replies) {
                names.lack_some();
            }
            for (index, reply) in node.replies.iter().enumerate() {
                names.add(&reply.id);
                if !self.report.has_read(&replies.index(index).field("id")) {
                    names.lack_some();
                }
            }
            let message = format!("No reply of this node is called `{name}`");
            judge_unknown(rules::UNKNOWN_REPLY, message, name, &[&names], &reveals_at, &mut self.report)
                .expected("the name of one of this node’s replies");
        }
        let offset = found.and_then(|index| u16::try_from(index).ok()).unwrap_or(0);
        Reflect { readings, reveals: ReplyId(first.saturating_add(offset)) }
    }
}
