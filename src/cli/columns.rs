//! Tables in plain text.

/// A head and the rows below it, in columns as wide as they need. Numbers stand to the right.
pub(super) fn columns(
    heads: &[&str],
    rows: &[Vec<String>],
    is_number: impl Fn(usize) -> bool,
) -> (String, Vec<String>) {
    let width = textwrap::core::display_width;
    let widths: Vec<usize> = (0..heads.len())
        .map(|column| rows.iter().map(|row| width(&row[column])).chain([width(heads[column])]).max().unwrap_or(0))
        .collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut words = String::new();
        for (column, cell) in cells.enumerate() {
            let room = " ".repeat(widths[column] - width(cell));
            words.push_str(&if is_number(column) { format!("{room}{cell}  ") } else { format!("{cell}{room}  ") });
        }
        words.trim_end().to_owned()
    };
    let head = line(&mut heads.iter().copied());
    (head, rows.iter().map(|row| line(&mut row.iter().map(String::as_str))).collect())
}

/// At most so many letters.
pub(super) fn short(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let begin: String = name.chars().take(most - 1).collect();
    format!("{}\u{2026}", begin.trim_end())
}
