//! A node all of whose replies can be hidden at once.

use crate::lint::logic::{Cases, Owner, Site};
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "no-reply-on-offer",
    summary: "All replies of a node stand under conditions, and in some case none of them holds.",
    group: Group::Flow,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for site in subject.nodes() {
        let conditions: Option<Vec<_>> = site.replies().map(|(_, reply)| reply.when.as_ref()).collect();
        let (Some(conditions), Some((first, _))) = (conditions, site.replies().next()) else { continue };
        let asked = Site { encounter: site.encounter_id, owner: Owner::Reply(first), when: conditions[0] };
        let Some(cases) = Cases::of(subject, &asked, &conditions) else { continue };
        if cases.any(|case| conditions.iter().all(|condition| !case.holds(condition))) {
            let message = format!("At `{}` every reply has a `when`, and it can be that none of them holds", site.node.name);
            report
                .add(site.place().field("replies"), message)
                .expected("one reply at least that is always offered; where there is none, Simmer offers all of them")
                .help("take the `when` from one of the replies");
        }
    }
}
