//! The report as a table: a row for each item and reply.

use super::item::{Item, Reply};
use super::{Crash, Report, decimal};
use crate::export::csv_row;

const HEADINGS: [&str; 24] = [
    "scenario",
    "full_hash",
    "encounter",
    "node",
    "core",
    "people",
    "answered",
    "credit",
    "conduct",
    "discrimination",
    "verdict",
    "crashed",
    "left",
    "escalated",
    "bad_ending",
    "critical",
    "reply",
    "text",
    "best",
    "offered",
    "chosen",
    "frequency",
    "reply_discrimination",
    "dead",
];

/// The table as RFC 4180 has it: a heading, a row for each reply of each node, lines that end in CR LF. It begins with a
/// byte order mark, by which spreadsheets know UTF-8. What a spreadsheet would take for a formula gets an apostrophe before
/// it. Shares are of 0 to 1.
///
/// What is not told is an empty cell.
pub fn csv<'r>(reports: impl IntoIterator<Item = &'r Report>) -> String {
    let mut table = String::from("\u{FEFF}");
    csv_row(&mut table, HEADINGS);
    for report in reports {
        for item in report.figures.iter().flat_map(|figures| &figures.items) {
            for reply in &item.replies {
                csv_row(&mut table, cells(report, item, reply).each_ref().map(String::as_str));
            }
        }
    }
    table
}

fn cells(report: &Report, item: &Item, reply: &Reply) -> [String; HEADINGS.len()] {
    let number = |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
    let share = |share: Option<i32>| share.map(decimal).unwrap_or_default();
    let yes_or_no = |yes: Option<bool>| yes.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned();
    let at_node = item.figures.as_ref();
    let crashes = |crash: Crash| number(at_node.map(|figures| figures.crashes.get(&crash).copied().unwrap_or(0)));
    let discrimination = at_node.and_then(|figures| figures.discrimination);
    let of_reply = reply.figures.as_ref();
    [
        report.scenario.clone(),
        report.full_hash.clone(),
        item.encounter.clone(),
        item.node.clone(),
        yes_or_no(Some(item.core)),
        number(at_node.map(|figures| figures.people)),
        number(at_node.map(|figures| figures.answered)),
        share(at_node.and_then(|figures| figures.credit)),
        share(at_node.and_then(|figures| figures.conduct)),
        share(discrimination.map(|found| found.index)),
        discrimination.map_or("", |found| found.verdict.words()).to_owned(),
        share(at_node.map(|figures| figures.crashed)),
        crashes(Crash::Left),
        crashes(Crash::Escalated),
        crashes(Crash::BadEnding),
        crashes(Crash::Critical),
        reply.reply.clone(),
        reply.text.clone(),
        yes_or_no(Some(reply.is_best)),
        number(of_reply.map(|figures| figures.offered)),
        number(of_reply.map(|figures| figures.chosen)),
        share(of_reply.map(|figures| figures.frequency)),
        share(of_reply.and_then(|figures| figures.discrimination)),
        yes_or_no(of_reply.and_then(|figures| figures.dead)),
    ]
}
