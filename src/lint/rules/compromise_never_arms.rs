//! A compromise that is offered where it cannot be welcome yet.

use crate::lint::logic::{Cases, Owner, Site};
use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::lint::words::listed;
use crate::scenario::finding::Level;
use crate::scenario::id::ReplyId;
use crate::scenario::vocabulary::Act;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "compromise-never-arms",
    summary: "No compromise can come late enough to be welcome.",
    group: Group::Fairness,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for (id, encounter, _) in subject.encounters() {
        let Some(when) = &encounter.compromise_arms else { continue };
        let place = || Place::encounter(subject.scenario, id).field("compromise_arms");
        let replies = encounter.replies.iter().enumerate();
        let offers: Vec<_> = replies.filter(|(_, reply)| reply.acts.contains(&Act::Compromise)).collect();
        if offers.is_empty() {
            report
                .add(place(), "It is said when a compromise is welcome, but no reply offers one")
                .help("give a reply the act `Compromise`, or take this out");
            continue;
        }
        // The condition is asked when the reply is spoken, before it has any effect.
        let can_arm = |reply: ReplyId| {
            let asked = Site { encounter: id, owner: Owner::Reply(reply), when };
            Cases::of(subject, &asked, &[when]).is_none_or(|cases| cases.any(|case| case.holds(when)))
        };
        if !offers.iter().any(|(index, _)| can_arm(ReplyId::at(*index))) {
            let names = listed(offers.iter().map(|(_, reply)| reply.name.as_str()));
            report
                .add(place(), format!("Wherever a compromise is offered, this cannot hold yet: {names}"))
                .expected("a condition that can be so before one of these replies is spoken")
                .help("ask for something that happens earlier, or offer the compromise later");
        }
    }
}
