//! What of one text stands in another, by its names.

use std::collections::HashMap;

use crate::scenario::id::{EncounterId, NodeId, ReplyId};
use crate::scenario::{Encounter, Scenario};

/// Of each thing of a list where it stands in the list after the edit, if it is left.
pub(super) type Places = Vec<Option<usize>>;

/// What is left of a scenario in another.
#[derive(Debug)]
pub(super) struct Left<'s> {
    pub(super) old: &'s Scenario,
    pub(super) new: &'s Scenario,
    pub(super) encounters: Places,
    pub(super) facts: Places,
    pub(super) needs: Places,
    pub(super) promises: Places,
    pub(super) flags: Places,
    /// By the encounter as it was; none where it is gone.
    pub(super) inside: Vec<Option<Inside>>,
}

/// What is left of an encounter.
#[derive(Debug)]
pub(super) struct Inside {
    pub(super) nodes: Places,
    pub(super) replies: Places,
    pub(super) endings: Places,
    pub(super) grievances: Places,
    pub(super) tiles: Places,
    pub(super) events: Places,
}

impl<'s> Left<'s> {
    pub(super) fn of(old: &'s Scenario, new: &'s Scenario) -> Self {
        let encounters = left(&old.encounters, &new.encounters, |encounter| &encounter.name);
        let inside = old.encounters.iter().zip(&encounters);
        let inside = inside.map(|(encounter, place)| Some(Inside::of(encounter, &new.encounters[(*place)?])));
        Self {
            inside: inside.collect(),
            encounters,
            facts: left(&old.facts, &new.facts, |fact| &fact.name),
            needs: left(&old.needs, &new.needs, |need| &need.name),
            promises: left(&old.promises, &new.promises, |promise| &promise.name),
            flags: left(&old.flags, &new.flags, |flag| flag),
            old,
            new,
        }
    }

    /// Whether nothing but words has changed: then every id means what it meant.
    pub(super) fn is_all(&self) -> bool {
        let (old, new) = (self.old, self.new);
        let stays = |places: &[Option<usize>], length: usize| {
            places.len() == length && places.iter().enumerate().all(|(index, place)| *place == Some(index))
        };
        old.hashes.structure == new.hashes.structure
            && stays(&self.encounters, new.encounters.len())
            && stays(&self.facts, new.facts.len())
            && stays(&self.needs, new.needs.len())
            && stays(&self.promises, new.promises.len())
            && stays(&self.flags, new.flags.len())
            && self.inside.iter().zip(&new.encounters).all(|(inside, encounter)| {
                inside.as_ref().is_some_and(|inside| {
                    stays(&inside.nodes, encounter.nodes.len())
                        && stays(&inside.replies, encounter.replies.len())
                        && stays(&inside.endings, encounter.endings.len())
                        && stays(&inside.grievances, encounter.grievances.len())
                        && stays(&inside.tiles, encounter.note.len())
                        && stays(&inside.events, encounter.diary.len())
                })
            })
    }

    /// Where a node stands now.
    pub(super) fn node(&self, encounter: EncounterId, node: NodeId) -> Option<(EncounterId, NodeId)> {
        let inside = self.inside.get(encounter.index())?.as_ref()?;
        let place = (*inside.nodes.get(node.index())?)?;
        Some((EncounterId::at(self.encounters[encounter.index()]?), NodeId::at(place)))
    }
}

impl Inside {
    fn of(old: &Encounter, new: &Encounter) -> Self {
        let nodes = nodes(old, new);
        Self {
            replies: replies(old, new, &nodes),
            nodes,
            endings: left(&old.endings, &new.endings, |ending| &ending.name),
            grievances: left(&old.grievances, &new.grievances, |grievance| grievance),
            tiles: left(&old.note, &new.note, |tile| &tile.name),
            events: left(&old.diary, &new.diary, |event| &event.name),
        }
    }
}

/// By name; where as many things are listed as before, a new name in the place of one that is gone is taken for its
/// new name.
fn left<T>(old: &[T], new: &[T], name: impl Fn(&T) -> &String) -> Places {
    let mut places = by_name(old, new, &name);
    if old.len() == new.len() {
        let taken: Vec<bool> = taken(&places, new.len());
        for (index, place) in places.iter_mut().enumerate() {
            if place.is_none() && !taken[index] {
                *place = Some(index);
            }
        }
    }
    places
}

fn by_name<T>(old: &[T], new: &[T], name: &impl Fn(&T) -> &String) -> Places {
    let known: HashMap<&String, usize> = new.iter().enumerate().map(|(index, thing)| (name(thing), index)).collect();
    old.iter().map(|thing| known.get(name(thing)).copied()).collect()
}

/// Which places of the new list something of the old one has gone to.
fn taken(places: &[Option<usize>], length: usize) -> Vec<bool> {
    let mut taken = vec![false; length];
    for place in places.iter().flatten() {
        taken[*place] = true;
    }
    taken
}

/// A node that has lost its name is looked for by the names of its replies first: a node that has most of them is it.
fn nodes(old: &Encounter, new: &Encounter) -> Places {
    let mut places = by_name(&old.nodes, &new.nodes, &|node: &crate::scenario::Node| &node.name);
    if places.iter().all(Option::is_some) {
        return places;
    }
    let homes: HashMap<&String, usize> = new.replies.iter().map(|reply| (&reply.name, reply.node.index())).collect();
    let mut taken = taken(&places, new.nodes.len());
    for (index, place) in places.iter_mut().enumerate().filter(|(_, place)| place.is_none()) {
        let mut shared: Vec<(usize, usize)> = Vec::new();
        let replies = old.replies_of(NodeId::at(index));
        for home in replies.filter_map(|(_, reply)| homes.get(&reply.name)).filter(|home| !taken[**home]) {
            match shared.iter_mut().find(|(node, _)| node == home) {
                Some((_, times)) => *times += 1,
                None => shared.push((*home, 1)),
            }
        }
        let most = shared.into_iter().max_by_key(|(node, times)| (*times, std::cmp::Reverse(*node)));
        if let Some((node, times)) = most
            && times * 2 >= old.node(NodeId::at(index)).replies.len()
        {
            taken[node] = true;
            *place = Some(node);
        }
    }
    if old.nodes.len() == new.nodes.len() {
        for (index, place) in places.iter_mut().enumerate() {
            if place.is_none() && !taken[index] {
                *place = Some(index);
            }
        }
    }
    places
}

/// By name; else by their place in a node that has as many replies as before.
fn replies(old: &Encounter, new: &Encounter, nodes: &[Option<usize>]) -> Places {
    let mut places = by_name(&old.replies, &new.replies, &|reply: &crate::scenario::Reply| &reply.name);
    let taken = taken(&places, new.replies.len());
    for (index, place) in places.iter_mut().enumerate().filter(|(_, place)| place.is_none()) {
        let node = old.reply(ReplyId::at(index)).node;
        let Some(home) = nodes[node.index()] else { continue };
        let (before, after) = (&old.node(node).replies, &new.nodes[home].replies);
        let there = usize::from(after.start) + index - usize::from(before.start);
        if before.len() == after.len() && !taken[there] {
            *place = Some(there);
        }
    }
    places
}
