//! Parts to text.

use super::WIDTH;
use super::parts::{Part, Parts, Remark, Value};

const INDENT: usize = 4;
/// How many columns of a text count where its author has kept a line in one piece.
const TEXT_COLUMNS: usize = 20;

/// The big parts of a scenario: each of their fields has a line of its own, however short they are.
const ALWAYS_BROKEN: [&str; 7] = ["Scenario", "Customer", "Encounter", "Node", "Reply", "Plan", "Expected"];

pub(super) fn print(file: &Parts<'_>) -> String {
    let mut printer = Printer { text: String::new() };
    printer.lines(file, 0, false);
    printer.text
}

struct Printer {
    text: String,
}

impl Printer {
    /// Each part on a line of its own, and the remarks after the last.
    fn lines(&mut self, parts: &Parts<'_>, indent: usize, commas: bool) {
        let mut is_first = true;
        let mut parts_before = None;
        for part in &parts.list {
            if parts_before.is_some_and(|before| self.joins(parts, before, part)) {
                // Back to the line that has just been ended.
                self.text.pop();
                self.text.push(' ');
                self.part(part, indent, 1);
                self.text.push(',');
                self.beside(&part.behind);
                self.text.push('\n');
                parts_before = Some(part);
                continue;
            }
            let mut inline = false;
            for remark in &part.before {
                self.before_line(inline, remark.blank_before && !is_first, indent);
                self.text.push_str(remark.text);
                inline = self.after_remark(remark);
                is_first = false;
            }
            self.before_line(inline, part.blank_before && !is_first, indent);
            is_first = false;
            self.part(part, indent, usize::from(commas));
            if commas {
                self.text.push(',');
            }
            self.beside(&part.behind);
            self.text.push('\n');
            parts_before = Some(part);
        }
        for remark in &parts.last {
            self.before_line(false, remark.blank_before && !is_first, indent);
            self.text.push_str(remark.text);
            self.text.push('\n');
            is_first = false;
        }
    }

    /// Whether a part stays on the line of the one before it: in a list of inputs, acts or conditions that the author has
    /// given rows of their own.
    fn joins(&self, parts: &Parts<'_>, before: &Part<'_>, part: &Part<'_>) -> bool {
        let is_row = |part: &Part<'_>| {
            part.key.is_none()
                && match &part.value {
                    Value::Atom(atom) => !atom.ends_with('"') && !atom.ends_with('#'),
                    Value::Group { name, .. } => name.is_some() && !must_break(&part.value),
                }
        };
        let mut line = String::new();
        let column = width(self.text.trim_end_matches('\n').rsplit('\n').next().unwrap_or_default());
        parts.broken
            && part.goes_on
            && before.behind.is_empty()
            && is_row(before)
            && is_row(part)
            && flat(&before.value, &mut String::new())
            && flat(&part.value, &mut line)
            && column + 1 + width(&line) < WIDTH
    }

    fn before_line(&mut self, inline: bool, blank: bool, indent: usize) {
        if inline {
            self.text.push(' ');
            return;
        }
        if blank {
            self.text.push('\n');
        }
        self.text.extend(std::iter::repeat_n(' ', indent));
    }

    /// Whether what follows a remark goes on in its line.
    fn after_remark(&mut self, remark: &Remark<'_>) -> bool {
        if remark.ends_line {
            self.text.push('\n');
        }
        !remark.ends_line
    }

    fn beside(&mut self, remarks: &[Remark<'_>]) {
        for remark in remarks {
            self.text.push(' ');
            self.text.push_str(remark.text);
        }
    }

    /// A part without the remarks around it. `behind` columns are needed after it on its last line.
    fn part(&mut self, part: &Part<'_>, indent: usize, behind: usize) {
        if let Some(key) = &part.key {
            self.value(key, indent, 1);
            self.text.push_str(": ");
        }
        self.value(&part.value, indent, behind);
    }

    fn value(&mut self, value: &Value<'_>, indent: usize, behind: usize) {
        let Value::Group { name, open, close, parts } = value else {
            flat(value, &mut self.text);
            return;
        };
        let mut line = String::new();
        let fits = |line: &str| {
            self.column() + width(line) + behind <= WIDTH || parts.on_one_line && bare_width(value) <= WIDTH
        };
        if !must_break(value) && flat(value, &mut line) && fits(&line) {
            self.text.push_str(&line);
            return;
        }
        self.text.push_str(name.unwrap_or_default());
        self.text.push(*open);
        if let Some(only) = embraced(value) {
            self.value(only, indent, behind + 1);
        } else {
            self.beside(&parts.beside_open);
            self.text.push('\n');
            self.lines(parts, indent + INDENT, true);
            self.before_line(false, false, indent);
        }
        self.text.push(*close);
    }

    /// The columns of the line so far.
    fn column(&self) -> usize {
        width(self.text.rsplit('\n').next().unwrap_or_default())
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// How wide a value is on one line, if of a text no more than its first columns count: no line break makes a long text
/// shorter. Remarks do not count.
fn bare_width(value: &Value<'_>) -> usize {
    match value {
        Value::Atom(atom) if atom.ends_with(['"', '#']) => width(atom).min(TEXT_COLUMNS),
        Value::Atom(atom) => width(atom),
        Value::Group { name, parts, .. } => {
            let of = |part: &Part<'_>| part.key.as_ref().map_or(0, |key| bare_width(key) + 2) + bare_width(&part.value);
            let commas = 2 * parts.list.len().saturating_sub(1);
            name.map_or(0, width) + 2 + parts.list.iter().map(of).sum::<usize>() + commas
        }
    }
}

/// The only thing in the brackets of a condition, which its brackets embrace: `All([`, `Not(Any([`.
fn embraced<'v, 'a>(value: &'v Value<'a>) -> Option<&'v Value<'a>> {
    let Value::Group { name: Some(_), parts, .. } = value else { return None };
    let [only] = parts.list.as_slice() else { return None };
    let bare = only.key.is_none() && only.before.is_empty() && only.behind.is_empty();
    let alone = parts.beside_open.is_empty() && parts.last.is_empty();
    (bare && alone && matches!(only.value, Value::Group { .. })).then_some(&only.value)
}

/// Whether a value stands on several lines whatever its width: it is a big part of a scenario, or its author broke it.
fn must_break(value: &Value<'_>) -> bool {
    let Value::Group { name, parts, .. } = value else { return false };
    let is_empty = parts.list.is_empty();
    let broken = parts.broken && !is_empty && embraced(value).is_none();
    let is_big = name.is_some_and(|name| ALWAYS_BROKEN.contains(&name)) && !is_empty;
    broken || is_big || parts.list.iter().any(|part| must_break(&part.value))
}

/// Writes a value on one line; `false` where that cannot be, because of its remarks, its empty lines or its texts.
fn flat(value: &Value<'_>, line: &mut String) -> bool {
    let (name, open, close, parts) = match value {
        Value::Atom(atom) => {
            line.push_str(atom);
            return !atom.contains('\n');
        }
        Value::Group { name, open, close, parts } => (name, open, close, parts),
    };
    if !parts.beside_open.is_empty() || !parts.last.is_empty() {
        return false;
    }
    line.push_str(name.unwrap_or_default());
    line.push(*open);
    let airy = *open == '{' && !parts.list.is_empty();
    if airy {
        line.push(' ');
    }
    for (place, part) in parts.list.iter().enumerate() {
        if place > 0 {
            line.push_str(", ");
        }
        if part.blank_before && place > 0 {
            return false;
        }
        for remark in &part.before {
            if remark.ends_line || remark.text.contains('\n') {
                return false;
            }
            line.push_str(remark.text);
            line.push(' ');
        }
        if let Some(key) = &part.key {
            if !flat(key, line) {
                return false;
            }
            line.push_str(": ");
        }
        if !flat(&part.value, line) {
            return false;
        }
        for remark in &part.behind {
            if remark.text.starts_with("//") || remark.text.contains('\n') {
                return false;
            }
            line.push(' ');
            line.push_str(remark.text);
        }
    }
    if airy {
        line.push(' ');
    }
    line.push(*close);
    true
}
