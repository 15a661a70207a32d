//! What is set, said, met and promised, against what is asked for: names that are there for nothing.

use crate::scenario::format::current as format;
use crate::scenario::id::{FactId, FlagId, NeedId, PromiseId};
use crate::scenario::name::Kind;
use crate::scenario::resolve::place::At;
use crate::scenario::resolve::report::Report;
use crate::scenario::resolve::{Names, Shared, limited, rules};

/// What has been seen of each name of the scenario, by id.
#[derive(Debug)]
pub(super) struct Usage {
    facts: Vec<Seen>,
    flags: Vec<Seen>,
    needs: Vec<Seen>,
    promises: Vec<Seen>,
    /// Kinds of which a name leads nowhere: it may have been meant for any of them.
    missed: Vec<Kind>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// Revealed, set, met or made.
    given: bool,
    /// Asked for; of a promise: fulfilled by a choice.
    taken: bool,
}

impl Usage {
    pub(super) fn of(document: &format::Scenario) -> Self {
        Self {
            facts: vec![Seen::default(); document.facts.0.len()],
            flags: vec![Seen::default(); document.flags.len()],
            needs: vec![Seen::default(); document.needs.0.len()],
            promises: vec![Seen::default(); document.promises.0.len()],
            missed: Vec::new(),
        }
    }

    pub(super) fn reveals(&mut self, fact: FactId) {
        mark(&mut self.facts, fact.index(), |seen| seen.given = true);
    }

    pub(super) fn asks_fact(&mut self, fact: FactId) {
        mark(&mut self.facts, fact.index(), |seen| seen.taken = true);
    }

    pub(super) fn sets(&mut self, flag: FlagId) {
        mark(&mut self.flags, flag.index(), |seen| seen.given = true);
    }

    pub(super) fn asks_flag(&mut self, flag: FlagId) {
        mark(&mut self.flags, flag.index(), |seen| seen.taken = true);
    }

    pub(super) fn meets(&mut self, need: NeedId) {
        mark(&mut self.needs, need.index(), |seen| seen.given = true);
    }

    pub(super) fn makes(&mut self, promise: PromiseId) {
        mark(&mut self.promises, promise.index(), |seen| seen.given = true);
    }

    pub(super) fn fulfils(&mut self, promise: PromiseId) {
        mark(&mut self.promises, promise.index(), |seen| seen.taken = true);
    }

    /// Notes a name that leads nowhere.
    pub(super) fn misses(&mut self, kind: Kind) {
        if !self.missed.contains(&kind) {
            self.missed.push(kind);
        }
    }

    /// Reports every name that is there for nothing. Of names that stand twice only the first is judged, and none
    /// where what was not read, or leads nowhere, may have been meant for it.
    pub(super) fn judge(&self, document: &format::Scenario, shared: &Shared<'_>, report: &mut Report) {
        let top = At::TOP;
        if !report.has_read_names(&top.field("encounters")) {
            return;
        }
        let first = |names: &Names<'_>, index: usize| names.occurrence(index) == 0;
        let is_known = |kind| !self.missed.contains(&kind);

        let all = top.field("needs");
        for (index, (name, _)) in limited(&document.needs.0).iter().enumerate() {
            if is_known(Kind::Need) && first(&shared.needs, index) && !self.needs[index].given {
                report
                    .warning(rules::NEED_NEVER_MET, &all.key(name, 0), format!("No reply meets the need `{name}`"))
                    .help(format!("give a reply `meets: [\"{name}\"]`"))
                    .at_key();
            }
        }

        let all = top.field("facts");
        for (index, (name, _)) in limited(&document.facts.0).iter().enumerate() {
            let Seen { given, taken } = self.facts[index];
            if given || !is_known(Kind::Fact) || !first(&shared.facts, index) {
                continue;
            }
            let (rule, message) = if taken {
                (
                    rules::FACT_NEVER_REVEALED,
                    format!("Something waits for the fact `{name}`, but it never comes to light"),
                )
            } else {
                (rules::UNUSED_FACT, format!("The fact `{name}` never comes to light, and nothing asks for it"))
            };
            report
                .warning(rule, &all.key(name, 0), message)
                .help(format!("write `{{{name}}}` in a line where the customer says it, or `reveals: [\"{name}\"]`"))
                .at_key();
        }

        let all = top.field("promises");
        for (index, (name, promise)) in limited(&document.promises.0).iter().enumerate() {
            let Seen { given: made, taken: matures } = self.promises[index];
            if !is_known(Kind::Promise) || !first(&shared.promises, index) || (made && matures) {
                continue;
            }
            let at = all.key(name, 0);
            if made {
                let message = format!("No diary choice says what becomes of the promise `{name}`");
                report
                    .error(rules::PROMISE_NEVER_MATURES, &at, message)
                    .help(format!("give the choices of a diary event `fulfils: {{ \"{name}\": Kept }}` and the like"))
                    .at_key();
                continue;
            }
            let draft = if promise.core {
                let message = format!("`{name}` is a core promise, but no reply makes it");
                report.error(rules::PROMISE_NEVER_MADE, &at, message)
            } else {
                report.warning(rules::PROMISE_NEVER_MADE, &at, format!("No reply makes the promise `{name}`"))
            };
            draft.help(format!("give a reply `promises: [\"{name}\"]`")).at_key();
        }

        let all = top.field("flags");
        for (index, name) in limited(&document.flags).iter().enumerate() {
            let Seen { given: set, taken: read } = self.flags[index];
            if !is_known(Kind::Flag) || !first(&shared.flags, index) {
                continue;
            }
            let at = all.item(index, name);
            if !read {
                report
                    .warning(rules::FLAG_NEVER_READ, &at, format!("Nothing asks for the flag `{name}`"))
                    .help(format!("use it in a condition, `Flag(\"{name}\")`, or take it out"));
            } else if !set {
                report
                    .warning(
                        rules::FLAG_NEVER_SET,
                        &at,
                        format!("A condition waits for the flag `{name}`, but nothing sets it"),
                    )
                    .help(format!("give a reply, a node or a diary choice `sets: [\"{name}\"]`"));
            }
        }
    }
}

/// Marks one entry. A name that leads nowhere has the place 0, which an empty list does not have.
fn mark(seen: &mut [Seen], index: usize, how: impl FnOnce(&mut Seen)) {
    if let Some(seen) = seen.get_mut(index) {
        how(seen);
    }
}
