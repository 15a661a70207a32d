//! A turn of the customer that goes on for too long.

use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::Level;
use crate::scenario::model::{Line, Speech};

pub(in crate::lint) const RULE: Rule = Rule {
    name: "long-turn",
    summary: "A customer’s turn has more than 90 words.",
    group: Group::Writing,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

/// Words (`scenario-language`, "Writing").
const MOST: u32 = 90;

fn check(subject: &Subject<'_>, report: &mut Report) {
    for site in subject.nodes() {
        let added = site.node.volunteers.as_ref().map_or(0, |volunteer| words(&volunteer.speech));
        for (line, variant, spoken) in spoken(&site.node.lines) {
            let total = words(spoken) + added;
            if total > MOST {
                let with = if added > 0 { ", with what is volunteered after it" } else { "" };
                let message = format!("This turn has {total} words{with}");
                tell(report, place(site.place(), &site.node.lines, ["says", "says_when"], line, variant), message);
            }
        }
    }
    for site in subject.nodes() {
        for (id, reply) in site.replies() {
            for (line, variant, spoken) in spoken(&reply.answers) {
                let total = words(spoken);
                if total > MOST {
                    let place = place(site.reply_place(id), &reply.answers, ["answer", "answer_when"], line, variant);
                    tell(report, place, format!("This answer has {total} words"));
                }
            }
        }
    }
}

fn tell(report: &mut Report, place: Place, message: String) {
    report
        .add(place, message)
        .expected(format!("at most {MOST}: half a minute of listening"))
        .help("let them say part of it after the next reply");
}

fn words(speech: &Speech) -> u32 {
    speech.phrases.iter().map(|phrase| u32::from(phrase.words)).sum()
}

/// Every variant of every line, with its places.
fn spoken(lines: &[Line]) -> impl Iterator<Item = (usize, usize, &Speech)> {
    let lines = lines.iter().enumerate();
    lines.flat_map(|(place, line)| line.variants.iter().enumerate().map(move |(variant, spoken)| (place, variant, spoken)))
}

fn place(owner: Place, lines: &[Line], fields: [&'static str; 2], line: usize, variant: usize) -> Place {
    if lines[line].when.is_some() {
        owner.field(fields[1]).index(line).field("says").index(variant)
    } else {
        owner.field(fields[0]).index(variant)
    }
}
