//! Where in the document something stands that a rule has to say something about.

use crate::scenario::Scenario;
use crate::scenario::finding::Path;
use crate::scenario::id::{EncounterId, NodeId, ReplyId};
use crate::scenario::resolve::At;

/// A path, and the names that an `allow` can call it by. Made only where there is a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub(super) path: Path,
    /// What it stands in, innermost first: reply, node, encounter.
    pub(super) names: Vec<String>,
}

impl Place {
    /// The document itself.
    #[must_use]
    pub fn top() -> Self {
        Self { path: Path::default(), names: Vec::new() }
    }

    #[must_use]
    pub fn encounter(scenario: &Scenario, encounter: EncounterId) -> Self {
        let name = &scenario.encounter(encounter).name;
        Self::top().field("encounters").index(encounter.index()).named(name)
    }

    #[must_use]
    pub fn node(scenario: &Scenario, encounter: EncounterId, node: NodeId) -> Self {
        let name = &scenario.encounter(encounter).node(node).name;
        Self::encounter(scenario, encounter).field("nodes").key(name)
    }

    #[must_use]
    pub fn reply(scenario: &Scenario, encounter: EncounterId, reply: ReplyId) -> Self {
        let inside = scenario.encounter(encounter);
        let node = inside.reply(reply).node;
        let place = usize::from(reply.0 - inside.node(node).replies.start);
        Self::node(scenario, encounter, node).field("replies").index(place).named(&inside.reply(reply).name)
    }

    /// The way to it through the document.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    #[must_use]
    pub fn field(mut self, name: &'static str) -> Self {
        self.path = self.path.field(name);
        self
    }

    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.path = self.path.index(index);
        self
    }

    #[must_use]
    pub fn variant(mut self, name: &'static str) -> Self {
        self.path = self.path.variant(name);
        self
    }

    /// An entry of a map; names stand in it once, or the scenario would not load.
    #[must_use]
    pub fn key(mut self, name: &str) -> Self {
        self.path = self.path.key(name);
        self.named(name)
    }

    /// Something an `allow` can call the place by, nearer than what stands there already.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.names.insert(0, name.to_owned());
        self
    }
}

impl From<&At<'_>> for Place {
    fn from(at: &At<'_>) -> Self {
        Self { path: at.path(), names: at.names() }
    }
}
