//! How much a reply shows, all in all.

use crate::scenario::{Node, Reply};
use crate::scoring::tally::credit;

/// Weight × hundredths of credit over all that is on offer at a node, less what the reply's own slip costs.
pub fn worth(node: &Node, reply: &Reply) -> i32 {
    let shown: i32 = node
        .opportunities
        .iter()
        .zip(&reply.shows)
        .map(|(row, &quality)| i32::from(row.weight) * credit(quality))
        .sum();
    // A point of a skill weighs about a tenth of a row: a skill rests on some ten of them.
    shown - reply.slip.map_or(0, |(severity, _)| severity.cost() * 10)
}
