//! What is certain at a place before anybody plays: what cannot have happened yet, and what must have.

use super::{KEPT, NOT_MADE, Owner, Site, Variable};
use crate::lint::subject::Subject;
use crate::scenario::Reply;
use crate::scenario::id::{EncounterId, FactId, NodeId, ReplyId};
use crate::scenario::model::{Condition, Speech};
use crate::scenario::vocabulary::Act;

/// Where in the conversation the condition is asked.
enum Moment {
    /// In the conversation: at a node, and after a reply of it if that has been spoken.
    Talk(NodeId, Option<ReplyId>),
    /// In the conversation, whenever it is.
    SomeTalk,
    /// Once the conversation is over.
    After,
    /// Before an encounter begins.
    Between,
}

fn moment(subject: &Subject<'_>, site: &Site<'_>) -> Moment {
    let encounter = subject.scenario.encounter(site.encounter);
    match site.owner {
        Owner::Start(_) => Moment::Between,
        Owner::Arms => Moment::SomeTalk,
        Owner::Line(node, _) => Moment::Talk(node, None),
        Owner::Reply(reply) => Moment::Talk(encounter.reply(reply).node, None),
        Owner::Answer(reply, _) | Owner::Jump(reply, _) => Moment::Talk(encounter.reply(reply).node, Some(reply)),
        Owner::Tile(_) | Owner::Event(_) | Owner::Choice(..) => Moment::After,
    }
}

/// Takes out the values that a variable cannot have there. At least one is left.
pub(super) fn narrow(subject: &Subject<'_>, site: &Site<'_>, variable: Variable, values: &mut Vec<i32>) {
    let all = values.clone();
    let moment = moment(subject, site);
    let is_first = site.encounter.index() == 0;
    let is_talk = matches!(moment, Moment::Talk(..) | Moment::SomeTalk);
    match variable {
        Variable::Ended => {
            let is_over = !is_first || matches!(moment, Moment::Between);
            values.retain(|value| (*value >= 0) == is_over);
        }
        Variable::Noted(_) if is_first && is_talk => values.retain(|value| *value == 0),
        Variable::Promise(_) if is_first && is_talk => values.retain(|value| *value < KEPT),
        _ => {}
    }
    match moment {
        Moment::Talk(node, spoken) => narrow_in_talk(subject, site.encounter, (node, spoken), variable, values),
        Moment::After => {
            let roads = subject.roads(site.encounter);
            if let (Variable::Reached(reached), [start]) = (variable, roads.starts())
                && reached == *start
            {
                values.retain(|value| *value == 1);
            }
        }
        Moment::SomeTalk | Moment::Between => {}
    }
    if values.is_empty() {
        *values = all;
    }
}

/// The same at a node: what was said lies on some way there.
fn narrow_in_talk(
    subject: &Subject<'_>,
    encounter_id: EncounterId,
    (node, spoken): (NodeId, Option<ReplyId>),
    variable: Variable,
    values: &mut Vec<i32>,
) {
    let encounter = subject.scenario.encounter(encounter_id);
    let roads = subject.roads(encounter_id);
    if roads.are_too_many() {
        return;
    }
    // Whether a reply can have been spoken by now.
    let spoken_by_now = |id: ReplyId, reply: &Reply| spoken == Some(id) || roads.leads_on(reply, node);
    let any_reply = |wanted: &dyn Fn(&Reply) -> bool| {
        let here = encounter.replies.iter().enumerate();
        let mut here = here.filter(|(_, reply)| wanted(reply));
        here.any(|(index, reply)| spoken_by_now(ReplyId::at(index), reply))
            || subject.scenario.encounters[..encounter_id.index()]
                .iter()
                .any(|before| before.replies.iter().any(wanted))
    };
    match variable {
        Variable::Chose(reply) if spoken == Some(reply) => values.retain(|value| *value == 1),
        Variable::Chose(reply) if !roads.leads_on(encounter.reply(reply), node) => values.retain(|value| *value == 0),
        Variable::Reached(reached) if roads.always_passes(reached, node) => values.retain(|value| *value == 1),
        Variable::Reached(reached) if !roads.leads(reached, node) => values.retain(|value| *value == 0),
        Variable::Met(need) if !any_reply(&|reply| reply.meets.contains(&need)) => values.retain(|value| *value == 0),
        Variable::Promise(promise) if !any_reply(&|reply| reply.promises.contains(&promise)) => {
            values.retain(|value| *value == NOT_MADE);
        }
        Variable::Used(act) => {
            // The engine itself counts these two: a wrong reading, and a compromise too early.
            let by_engine = matches!(act, Act::ParaphraseWrong | Act::PrematureSolution);
            let mut replies = encounter.replies.iter().enumerate().filter(|(_, reply)| reply.acts.contains(&act));
            if !by_engine && !replies.any(|(index, reply)| spoken_by_now(ReplyId::at(index), reply)) {
                values.retain(|value| *value == 0);
            }
        }
        Variable::Heard(fact) if !can_be_heard(subject, encounter_id, fact, &|source| roads.leads(source, node)) => {
            values.retain(|value| *value == 0);
        }
        _ => {}
    }
}

/// Whether a fact can have come to light in an encounter before this one, or at a node of it that `precedes`.
pub(in crate::lint) fn can_be_heard(
    subject: &Subject<'_>,
    encounter_id: EncounterId,
    fact: FactId,
    precedes: &dyn Fn(NodeId) -> bool,
) -> bool {
    let scenario = subject.scenario;
    let told = |speech: &Speech| speech.phrases.iter().any(|phrase| phrase.facts.contains(&fact));
    if told(&scenario.customer.objects) {
        return true;
    }
    scenario.encounters[..=encounter_id.index()].iter().enumerate().any(|(index, encounter)| {
        let counts = |node: NodeId| index < encounter_id.index() || precedes(node);
        let in_nodes = encounter.nodes.iter().enumerate().any(|(place, node)| {
            let lines = node.lines.iter().flat_map(|line| &line.variants);
            let tells = lines.chain(node.bait.iter().map(|bait| &bait.answer)).any(told)
                || node.volunteers.as_ref().is_some_and(|volunteer| volunteer.fact == fact || told(&volunteer.speech))
                || node.effects.reveals.contains(&fact);
            tells && counts(NodeId::at(place))
        });
        in_nodes
            || encounter.replies.iter().any(|reply| {
                let answers = reply.answers.iter().flat_map(|line| &line.variants);
                let mut answers = answers;
                (reply.effects.reveals.contains(&fact) || answers.any(told)) && counts(reply.node)
            })
    })
}

/// Why a condition holds always or never, where one part of it alone decides.
pub(super) fn reason(subject: &Subject<'_>, site: &Site<'_>, condition: &Condition, holds: bool) -> Option<String> {
    let scenario = subject.scenario;
    let names = match site.owner {
        Owner::Start(_) => scenario.encounters.get(site.encounter.index().checked_sub(1)?)?,
        _ => scenario.encounter(site.encounter),
    };
    Some(match (condition, holds) {
        (Condition::Not(part), _) => return reason(subject, site, part, !holds),
        (Condition::Chose(reply), true) => format!("`{}` has just been spoken", names.reply(*reply).name),
        (Condition::Chose(reply), false) => {
            format!("`{}` can only be spoken later than this", names.reply(*reply).name)
        }
        (Condition::Reached(node), true) => format!("every way here passes `{}`", names.node(*node).name),
        (Condition::Reached(node), false) => format!("`{}` comes only later than this", names.node(*node).name),
        (Condition::Heard(fact), false) => {
            format!("`{}` comes to light only later than this", scenario.facts[fact.index()].name)
        }
        (Condition::Met(need), false) => {
            format!("`{}` can be met only later than this", scenario.needs[need.index()].name)
        }
        (Condition::Promised(promise), false) => {
            format!("`{}` can be promised only later than this", scenario.promises[promise.index()].name)
        }
        (Condition::Kept(promise) | Condition::Warned(promise) | Condition::Broken(promise), false) => {
            format!("`{}` has not fallen due yet", scenario.promises[promise.index()].name)
        }
        (Condition::Noted(..), false) => "no note has been written yet".to_owned(),
        (Condition::Used(act, _), false) => format!("no reply before this one has the act `{}`", act.name()),
        (Condition::Ended(_), false) => "no encounter has ended yet".to_owned(),
        (Condition::Ended(_), true) => "every encounter ends at least that well".to_owned(),
        (Condition::Meter(..), _) => "a meter goes from 0 to 100".to_owned(),
        _ => return None,
    })
}
