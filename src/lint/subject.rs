//! The scenario under examination, and what several rules ask of it.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::lint::key::keys;
use crate::lint::logic::{Constant, constants};
use crate::lint::place::Place;
use crate::lint::proof::{Proof, Standing, standing};
use crate::lint::roads::Roads;
use crate::scenario::finding::Path;
use crate::scenario::format::current as format;
use crate::scenario::id::{EncounterId, NodeId, ReplyId};
use crate::scenario::{Encounter, Node, Scenario};

/// What a rule looks at.
#[derive(Debug)]
pub struct Subject<'s> {
    /// As the author wrote it: for places within texts.
    pub document: &'s format::Scenario,
    pub scenario: &'s Scenario,
    roads: Vec<Roads<'s>>,
    constants: OnceCell<Vec<Constant>>,
    proof: Option<Proof<'s>>,
    /// Where rules of the first tier have found something about the flow.
    told: OnceCell<BTreeSet<Path>>,
    standing: OnceCell<Standing>,
}

/// A node with what a rule needs to speak of it.
#[derive(Debug, Clone, Copy)]
pub struct NodeSite<'s> {
    pub scenario: &'s Scenario,
    pub encounter_id: EncounterId,
    pub encounter: &'s Encounter,
    pub id: NodeId,
    pub node: &'s Node,
}

impl<'s> Subject<'s> {
    #[must_use]
    pub fn of(document: &'s format::Scenario, scenario: &'s Scenario) -> Self {
        let roads = scenario.encounters.iter().map(Roads::of).collect();
        let (constants, told, standing) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { document, scenario, roads, constants, proof: None, told, standing }
    }

    /// The same with what playing it has shown.
    #[must_use]
    pub fn proved(self, proof: Proof<'s>) -> Self {
        Self { proof: Some(proof), ..self }
    }

    /// The encounters with their ids and ways.
    pub fn encounters(&self) -> impl Iterator<Item = (EncounterId, &'s Encounter, &Roads<'s>)> {
        let encounters = self.scenario.encounters.iter().zip(&self.roads).enumerate();
        encounters.map(|(index, (encounter, roads))| (EncounterId::at(index), encounter, roads))
    }

    #[must_use]
    pub fn roads(&self, encounter: EncounterId) -> &Roads<'s> {
        &self.roads[encounter.index()]
    }

    /// Every node of every encounter.
    pub fn nodes(&self) -> impl Iterator<Item = NodeSite<'s>> {
        let scenario = self.scenario;
        scenario.encounters.iter().enumerate().flat_map(move |(index, encounter)| {
            encounter.nodes.iter().enumerate().map(move |(place, node)| NodeSite {
                scenario,
                encounter_id: EncounterId::at(index),
                encounter,
                id: NodeId::at(place),
                node,
            })
        })
    }

    /// The conditions, and parts of conditions, that hold always or never.
    pub fn constants(&self) -> &[Constant] {
        self.constants.get_or_init(|| constants(self))
    }

    /// What playing it has shown; only rules of the second tier are asked where there is any.
    #[must_use]
    pub const fn proof(&self) -> Option<&Proof<'s>> {
        self.proof.as_ref()
    }

    /// Takes note of where rules of the first tier have found something about the flow: the second tier does not tell it
    /// again.
    pub(super) fn tell(&self, places: BTreeSet<Path>) {
        self.told.get_or_init(|| places);
    }

    /// What solving has to say of its parts.
    pub(super) fn standing(&self) -> Option<&Standing> {
        let proof = self.proof()?;
        let none = BTreeSet::new();
        Some(self.standing.get_or_init(|| standing(self, &proof.elements, self.told.get().unwrap_or(&none))))
    }
}

impl<'s> NodeSite<'s> {
    #[must_use]
    pub fn place(&self) -> Place {
        Place::node(self.scenario, self.encounter_id, self.id)
    }

    #[must_use]
    pub fn reply_place(&self, reply: ReplyId) -> Place {
        Place::reply(self.scenario, self.encounter_id, reply)
    }

    /// The replies, in the author's order.
    pub fn replies(&self) -> impl Iterator<Item = (ReplyId, &'s crate::scenario::Reply)> {
        self.encounter.replies_of(self.id)
    }

    #[must_use]
    pub fn keys(&self) -> Vec<ReplyId> {
        keys(self.encounter, self.id)
    }
}
