//! All texts as a table, for translation and for voices.

use super::sheet::rows;
use crate::scenario::Scenario;

/// The table as RFC 4180 has it: a heading, a row a text, lines that end in CR LF. It begins with a byte order mark, by
/// which spreadsheets know UTF-8.
pub fn csv(scenario: &Scenario) -> String {
    let mut table = String::from("\u{FEFF}");
    csv_row(&mut table, ["id", "who", "words", "heard", "context"]);
    for text in rows(scenario) {
        csv_row(&mut table, [&*text.id, &*text.who, &*text.words, &*text.heard, &*text.context]);
    }
    table
}

/// Adds a row to a table (RFC 4180): cells in quotes where they must be, and none that a spreadsheet takes for a formula.
pub fn csv_row<const COLUMNS: usize>(table: &mut String, cells: [&str; COLUMNS]) {
    let cells = cells.map(cell);
    table.push_str(&cells.join(","));
    table.push_str("\r\n");
}

/// A cell in quotes where it must be. What a spreadsheet would take for a formula gets an apostrophe before it.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_negative_number(text);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// "-0.125", which is no formula and is to be counted with.
fn is_negative_number(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|size| {
        size.starts_with(|letter: char| letter.is_ascii_digit())
            && size.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::{cell, csv};
    use crate::scenario::load::load;

    #[test]
    fn a_cell_is_quoted_where_it_must_be_and_is_never_a_formula() {
        for (text, written) in [
            ("plain", "plain"),
            ("a, b", "\"a, b\""),
            ("she said \"no\"", "\"she said \"\"no\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("-5, or so", "\"'-5, or so\""),
            ("@home", "'@home"),
            ("-0.125", "-0.125"),
            ("-1+1", "'-1+1"),
            ("-", "'-"),
            ("1+1=2", "1+1=2"),
        ] {
            assert_eq!(cell(text), written);
        }
    }

    #[test]
    fn every_row_has_five_cells() {
        let bytes = include_bytes!("../../scenarios/can-i-have-it-on.ron");
        let table = csv(&load("a.ron", bytes).scenario.expect("it is shipped"));
        assert!(table.starts_with("\u{FEFF}id,who,words,heard,context\r\n"));
        for row in table.trim_end().split("\r\n") {
            // Commas outside of quotes.
            let commas = row.split('"').step_by(2).flat_map(str::chars).filter(|letter| *letter == ',').count();
            assert_eq!(commas, 4, "{row}");
        }
    }
}
