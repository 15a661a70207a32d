//! Encounters: how they begin, what is in them and how they end.

use std::collections::HashMap;

use crate::scenario::brief::Brief;
use crate::scenario::finding::Part;
use crate::scenario::format::current as format;
use crate::scenario::id::{EncounterId, FactId, GrievanceId, NodeId};
use crate::scenario::model::{Encounter, Ending, OwnTexts, Reply, Start, Tile};
use crate::scenario::name::Kind;
use crate::scenario::range;
use crate::scenario::resolve::names::{Names, Written, judge_spelling};
use crate::scenario::resolve::place::At;
use crate::scenario::resolve::report::Report;
use crate::scenario::resolve::{Case, LIST_LIMIT, Resolver, limited, reach, rules, within_limit};
use crate::scenario::seat::Seat;
use crate::scenario::texts::id;

/// The most nodes of an encounter.
const NODE_LIMIT: usize = 20_000;

/// The names that hold within one encounter.
pub(super) struct Local<'d> {
    pub(super) id: EncounterId,
    pub(super) name: &'d str,
    /// The trainee's side of the desk; none where it was not read.
    pub(super) seat: Option<Seat>,
    pub(super) nodes: Names<'d>,
    pub(super) endings: Names<'d>,
    pub(super) replies: Names<'d>,
    pub(super) tiles: Names<'d>,
    /// The encounter before, whose note is at hand while people talk.
    pub(super) before: Option<Box<Local<'d>>>,
}

/// What is gathered while the nodes of an encounter are read.
pub(super) struct Growing<'d, 'e> {
    pub(super) local: &'e Local<'d>,
    pub(super) replies: Vec<Reply>,
    grievances: HashMap<&'d str, GrievanceId>,
    grievance_names: Vec<String>,
}

impl<'d, 'e> Growing<'d, 'e> {
    fn of(local: &'e Local<'d>) -> Self {
        let replies = Vec::with_capacity(local.replies.listed().len());
        Self { local, replies, grievances: HashMap::new(), grievance_names: Vec::new() }
    }

    /// The id of a grievance, which is named by being told. The flag says whether it is told for the first time.
    pub(super) fn grievance(&mut self, name: &'d str) -> (GrievanceId, bool) {
        let next = GrievanceId::at(self.grievance_names.len());
        let id = *self.grievances.entry(name).or_insert(next);
        if id == next {
            self.grievance_names.push(name.to_owned());
        }
        (id, id == next)
    }
}

impl<'d> Local<'d> {
    fn gather(
        id: EncounterId,
        encounter: &'d format::Encounter,
        before: Option<Box<Self>>,
        at: &At<'_>,
        report: &mut Report,
    ) -> Self {
        let nodes_at = at.field("nodes");
        let nodes = within_limit(&encounter.nodes.0, NODE_LIMIT, Kind::Node, &nodes_at, report);
        let nodes = Names::gather(Kind::Node, Written::Keys, nodes.iter().map(|(name, _)| &**name), &nodes_at, report);
        let endings_at = at.field("endings");
        let endings = within_limit(&encounter.endings.0, LIST_LIMIT, Kind::Ending, &endings_at, report);
        let endings =
            Names::gather(Kind::Ending, Written::Keys, endings.iter().map(|(name, _)| &**name), &endings_at, report);
        for (index, name) in endings.listed().iter().enumerate() {
            if nodes.find(name).is_some() {
                let message =
                    format!("A node and an ending are both called `{name}`, so a reply cannot tell them apart");
                report
                    .error(rules::DUPLICATE_NAME, &endings_at.key(name, endings.occurrence(index)), message)
                    .again(nodes_at.key(name, 0).path(), Part::Key)
                    .help(format!("give the ending another name, such as `end-{name}`"))
                    .at_key();
            }
        }
        let tiles_at = at.field("note");
        let tiles = within_limit(&encounter.note, LIST_LIMIT, Kind::Tile, &tiles_at, report);
        let tiles = Names::gather(Kind::Tile, Written::Ids, tiles.iter().map(|tile| &*tile.id), &tiles_at, report);
        let replies = gather_replies(encounter, &nodes, at, report);
        let seat = if encounter.turned { Seat::Customer } else { Seat::Agent };
        let seat = Some(seat).filter(|_| report.has_read(&at.field("turned")));
        Self { id, before, name: &encounter.id, seat, nodes, endings, replies, tiles }
    }
}

/// Reads the names of all replies of an encounter, in the order in which their ids are given.
fn gather_replies<'d>(
    encounter: &'d format::Encounter,
    nodes: &Names<'_>,
    at: &At<'_>,
    report: &mut Report,
) -> Names<'d> {
    let nodes_at = at.field("nodes");
    let count: usize = limited_nodes(encounter).iter().map(|(_, node)| node.replies.len()).sum();
    let count = count.min(LIST_LIMIT);
    let mut names = Names::with_room(count);
    if !report.has_read(&nodes_at) {
        names.lack_some();
    }
    // The node of each reply so far and its place there, to name both places of a name that stands twice.
    let mut homes: Vec<(&str, usize, usize)> = Vec::with_capacity(count);
    for (place, (node_name, node)) in limited_nodes(encounter).iter().enumerate() {
        let home = nodes_at.key(node_name, nodes.occurrence(place));
        let replies_at = home.field("replies");
        if !report.has_read(&replies_at) {
            names.lack_some();
        }
        for (index, reply) in node.replies.iter().enumerate() {
            if homes.len() == LIST_LIMIT {
                let message = format!("This encounter has more than {LIST_LIMIT} replies");
                report.error(rules::TOO_MANY, &nodes_at, message).help("split it into two encounters");
                return names;
            }
            homes.push((node_name, nodes.occurrence(place), index));
            let before = names.add(&reply.id);
            let reply_at = replies_at.item(index, &reply.id);
            let id_at = reply_at.field("id");
            if !report.has_read(&id_at) {
                names.lack_some();
                continue;
            }
            if let Some(first) = before {
                let name = &reply.id;
                let (first_node, occurrence, first) = homes[first];
                let message = format!(
                    "Two replies of this encounter are called `{name}`: one in the node `{first_node}` and one in \
                     `{node_name}`"
                );
                let first_replies = nodes_at.key(first_node, occurrence);
                let first_replies = first_replies.field("replies");
                let first_reply = first_replies.item(first, name);
                report
                    .error(rules::DUPLICATE_NAME, &id_at, message)
                    .again(first_reply.field("id").path(), Part::Value)
                    .help(format!("give one of them another name, such as `{node_name}-{name}`"));
            } else {
                judge_spelling(Kind::Reply, &reply.id, false, &id_at, report);
            }
        }
    }
    names
}

fn limited_nodes(encounter: &format::Encounter) -> &[(String, format::Node)] {
    &encounter.nodes.0[..encounter.nodes.0.len().min(NODE_LIMIT)]
}

impl<'d> Resolver<'d> {
    pub(super) fn encounters(&mut self, case: &Case) -> Vec<Encounter> {
        let document = self.document;
        let top = At::TOP;
        let all = top.field("encounters");
        if document.encounters.is_empty() {
            self.report
                .error(rules::NO_ENCOUNTERS, &all, "The scenario has no encounter, so there is nothing to play")
                .expected("at least one `Encounter(...)` in the brackets");
        }
        let encounters = within_limit(&document.encounters, LIST_LIMIT, Kind::Encounter, &all, &mut self.report);
        let ids = encounters.iter().map(|encounter| &*encounter.id);
        Names::gather(Kind::Encounter, Written::Ids, ids, &all, &mut self.report);
        let mut before: Option<Box<Local<'d>>> = None;
        let mut resolved = Vec::with_capacity(encounters.len());
        for (index, encounter) in encounters.iter().enumerate() {
            let at = all.item(index, &encounter.id);
            let broken_before = self.report.broken_roads();
            let id = EncounterId::at(index);
            let mut local = Local::gather(id, encounter, before, &at, &mut self.report);
            resolved.push(self.encounter(encounter, case, &local, broken_before, &at));
            local.before = None;
            before = Some(Box::new(local));
        }
        resolved
    }

    /// Resolves an encounter. `broken_before` counts the roads that were broken before its names were read.
    fn encounter(
        &mut self,
        encounter: &'d format::Encounter,
        case: &Case,
        local: &Local<'d>,
        broken_before: usize,
        at: &At<'_>,
    ) -> Encounter {
        let start = NodeId(self.local_name(Kind::Node, &encounter.start, Some(local), &at.field("start")));
        let starts = self.starts(&encounter.starts, local, &at.field("starts"));
        let arms_at = at.field("compromise_arms");
        let compromise_arms =
            encounter.compromise_arms.as_ref().map(|condition| self.talk_condition(condition, local, &arms_at));
        let owner = id::encounter(&encounter.id);
        let leaves = self.speech(&id::within(&owner, "leaves"), &encounter.leaves, &at.field("leaves"));
        let escalates = self.speech(&id::within(&owner, "escalates"), &encounter.escalates, &at.field("escalates"));

        let all = at.field("nodes");
        let mut growing = Growing::of(local);
        let mut nodes = Vec::with_capacity(local.nodes.listed().len());
        for (index, (name, node)) in limited_nodes(encounter).iter().enumerate() {
            let at = all.key(name, local.nodes.occurrence(index));
            nodes.push(self.node(name, node, NodeId::at(index), &mut growing, &at));
        }
        let endings = self.endings(encounter, local, &at.field("endings"));
        if !self.report.has_read(&all) || !self.report.has_read_all(&at.field("starts")) {
            self.report.break_road();
        }
        if self.report.broken_roads() == broken_before {
            let roads = reach::Roads { start, starts: &starts, nodes: &nodes, replies: &growing.replies };
            roads.judge(&endings, at, &mut self.report);
        }

        Encounter {
            name: encounter.id.clone(),
            seat: local.seat.unwrap_or_default(),
            title: self.maybe_text(encounter.title.as_ref(), &at.field("title")).unwrap_or_else(|| case.title.clone()),
            setting: self
                .maybe_text(encounter.setting.as_ref(), &at.field("setting"))
                .unwrap_or_else(|| case.setting.clone()),
            record: self.own_or_shared(encounter.record.as_ref(), &case.record, &at.field("record")),
            yours: self.own_or_shared(encounter.yours.as_ref(), &case.yours, &at.field("yours")),
            not_yours: self.own_or_shared(encounter.not_yours.as_ref(), &case.not_yours, &at.field("not_yours")),
            own: OwnTexts {
                title: encounter.title.is_some(),
                setting: encounter.setting.is_some(),
                record: encounter.record.is_some(),
                yours: encounter.yours.is_some(),
                not_yours: encounter.not_yours.is_some(),
            },
            start,
            starts,
            compromise_arms,
            leaves,
            escalates,
            brief: Brief::of(&nodes, &growing.replies),
            nodes,
            replies: growing.replies,
            endings,
            grievances: growing.grievance_names,
            note: self.note(&encounter.note, local, &at.field("note")),
            model_note: self.optional_text(&encounter.model_note, &at.field("model_note")),
            diary: self.diary(&encounter.diary, local, &at.field("diary")),
        }
    }

    fn own_or_shared(&mut self, own: Option<&Vec<String>>, shared: &[String], at: &At<'_>) -> Vec<String> {
        own.map_or_else(|| shared.to_vec(), |own| self.text_list(own, at))
    }

    fn starts(&mut self, starts: &'d [format::Start], local: &Local<'d>, at: &At<'_>) -> Vec<Start> {
        let before = local.before.as_deref();
        if before.is_none() && !starts.is_empty() {
            self.report
                .warning(
                    rules::USELESS_START,
                    at,
                    "The first encounter has `starts`, but nothing has gone before that they could answer",
                )
                .help("take them out, or move them to a later encounter");
        }
        let mut resolved = Vec::with_capacity(starts.len());
        for (index, start) in starts.iter().enumerate() {
            let at = at.index(index);
            let when = self.condition(&start.when, before, &at.field("when"));
            if let Some(mood) = start.mood {
                self.mood(mood, &at.field("mood"));
            }
            let node = start
                .node
                .as_ref()
                .map(|name| NodeId(self.local_name(Kind::Node, name, Some(local), &at.field("node"))));
            resolved.push(Start { when, mood: start.mood, node });
        }
        resolved
    }

    fn endings(&mut self, encounter: &format::Encounter, local: &Local<'d>, at: &At<'_>) -> Vec<Ending> {
        let entries = limited(&encounter.endings.0);
        let mut endings = Vec::with_capacity(entries.len());
        for (index, (name, ending)) in entries.iter().enumerate() {
            let at = at.key(name, local.endings.occurrence(index));
            let text = self.text(&ending.text, &at.field("text"));
            endings.push(Ending { name: name.clone(), text, outcome: ending.outcome });
        }
        endings
    }

    fn note(&mut self, tiles: &'d [format::Tile], local: &Local<'d>, at: &At<'_>) -> Vec<Tile> {
        let tiles = limited(tiles);
        let mut resolved = Vec::with_capacity(tiles.len());
        for (index, tile) in tiles.iter().enumerate() {
            let at = at.item(index, &tile.id);
            self.number(tile.weight, &range::TILE_WEIGHT, &at.field("weight"));
            resolved.push(Tile {
                name: tile.id.clone(),
                text: self.text(&tile.text, &at.field("text")),
                kind: tile.kind,
                weight: tile.weight,
                fact: tile.fact.as_ref().map(|name| self.asked_fact(name, &at.field("fact"))),
                when: tile.when.as_ref().map(|when| self.talk_condition(when, local, &at.field("when"))),
            });
        }
        resolved
    }

    fn asked_fact(&mut self, name: &str, at: &At<'_>) -> FactId {
        let fact = self.fact(name, at);
        self.usage.asks_fact(fact);
        fact
    }
}
