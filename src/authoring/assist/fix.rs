//! The mends of findings that an editor can make by itself.
//!
//! Each is tried before it is offered: the finding must be gone from the mended text, and no other may have come.

use std::collections::BTreeMap;

use super::Assist;
use crate::diagnostic::{self, Diagnostic, Severity, Span};

/// A change of the text that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix<'a> {
    pub finding: &'a Diagnostic,
    /// What it does, as a person reads it: ``Write `new-meter` ``.
    pub title: String,
    pub replaces: Span,
    pub inserts: String,
}

/// So many changes are tried for one question: each takes as long as reading the file.
const TRIES: usize = 24;

pub(super) fn fixes(assist: &Assist, within: Span) -> Vec<Fix<'_>> {
    let touched = assist.findings().iter().filter(|finding| {
        // What is wrong with the file as a whole is shown at its beginning.
        let place = finding.span.unwrap_or(Span::point(0));
        place.start <= within.end && within.start <= place.end
    });
    let mut tries = TRIES;
    let mut fixes: Vec<Fix<'_>> = Vec::new();
    for finding in touched {
        let mends = mends(assist.text(), finding).into_iter();
        let fix = mends.take(tries).find_map(|mend| {
            tries -= 1;
            let Mend { title, replaces, inserts } = mend;
            let fix = Fix { finding, title, replaces, inserts };
            helps(assist, &fix).then_some(fix)
        });
        fixes.extend(fix);
    }
    fixes
}

/// What was most likely meant where a finding is, as its help says it. It is offered without being tried, so that it can
/// be had for every finding at every keystroke.
pub fn mend<'a>(source: &str, finding: &'a Diagnostic) -> Option<Fix<'a>> {
    diagnostic::meant_by(finding.help.as_deref()?)?;
    let Mend { title, replaces, inserts } = mends(source, finding).into_iter().next()?;
    Some(Fix { finding, title, replaces, inserts })
}

/// Whether the text is better with it: the finding is gone and none has come. What is only looked for in a file without
/// errors, and so comes to light with the last of them, was there before, unless it is about what was written now.
fn helps(assist: &Assist, fix: &Fix<'_>) -> bool {
    let Span { start, end } = fix.replaces;
    let (text, inserts) = (assist.text(), &fix.inserts);
    let mended = Assist::of(&format!("{}{inserts}{}", &text[..start], &text[end..]));
    let was_broken = assist.findings().iter().any(|finding| finding.severity == Severity::Error);
    let counts = |finding: &&Diagnostic| !was_broken || finding.severity == Severity::Error;
    let tally = |assist: &Assist| {
        let mut tally: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
        for finding in assist.findings().iter().filter(counts) {
            *tally.entry((finding.rule, finding.message.clone())).or_default() += 1;
        }
        tally
    };
    let (before, after) = (tally(assist), tally(&mended));
    let of = |tally: &BTreeMap<_, usize>, key: &(&'static str, String)| tally.get(key).copied().unwrap_or(0);
    let own = (fix.finding.rule, fix.finding.message.clone());
    let is_gone = of(&after, &own) < of(&before, &own);
    let none_has_come = after.iter().all(|(key, count)| *count <= of(&before, key));
    let written = Span::new(start, start + inserts.len());
    let is_about_it =
        |finding: &Diagnostic| finding.span.is_some_and(|span| written.start <= span.start && span.start < written.end);
    is_gone && none_has_come && !(was_broken && mended.findings().iter().any(is_about_it))
}

/// Something to be tried.
struct Mend {
    title: String,
    replaces: Span,
    inserts: String,
}

impl Mend {
    fn write(replaces: Span, inserts: impl Into<String>) -> Self {
        let inserts = inserts.into();
        Self { title: format!("Write `{inserts}`"), replaces, inserts }
    }

    fn add(at: usize, inserts: impl Into<String>, shown: &str) -> Self {
        Self { title: format!("Add `{shown}`"), replaces: Span::point(at), inserts: inserts.into() }
    }

    fn delete(title: &str, replaces: Span) -> Self {
        Self { title: title.to_owned(), replaces, inserts: String::new() }
    }
}

/// What may mend a finding, the likeliest first.
fn mends(source: &str, finding: &Diagnostic) -> Vec<Mend> {
    let Some(span) = finding.span else { return Vec::new() };
    let Some(written) = source.get(span.range()) else { return Vec::new() };
    let help = finding.help.as_deref().unwrap_or_default();
    let expected = finding.expected.as_deref().unwrap_or_default();
    if let Some(meant) = diagnostic::meant_by(help) {
        // `name: ...` is an example, and no name.
        if meant.ends_with("...") {
            return Vec::new();
        }
        let is_quoted = written.len() > 1 && written.starts_with('"') && written.ends_with('"');
        let inserts = if is_quoted { format!("\"{meant}\"") } else { meant.to_owned() };
        return vec![Mend { title: format!("Write `{meant}`"), replaces: span, inserts }];
    }
    match finding.rule {
        "missing-comma" => vec![Mend::add(span.start, ",", ",")],
        "missing-colon" if written == "=" => vec![Mend::write(span, ":")],
        "unreadable-character" if written == ";" => vec![Mend::write(span, ",")],
        "extra-comma" | "stray-bracket" | "stray-sign" => vec![Mend::delete(&format!("Delete `{written}`"), span)],
        "control-character" | "hidden-direction-mark" | "invisible-character" => {
            vec![Mend::delete("Delete the character that nobody can see", span)]
        }
        "wrong-bracket" => in_backticks(expected).map(|bracket| Mend::write(span, bracket)).into_iter().collect(),
        "unclosed-bracket" => closed(source, finding, expected),
        "unclosed-text" => vec![Mend::add(span.end, "\"", "\"")],
        "typographic-quotes" => straight(written).map(|text| Mend::write(span, text)).into_iter().collect(),
        "unquoted-text" => unquoted(span, written, help),
        "needless-brackets" => {
            let word = in_backticks(expected).unwrap_or_default();
            let bracket = source[span.start..].find(')').map_or(span.end, |at| span.start + at + 1);
            vec![Mend::write(span, word), Mend::write(Span::new(span.start, bracket), word)]
        }
        "unknown-escape" => vec![Mend::write(span, format!("\\{written}"))],
        "missing-field" => missing_field(source, span, help).into_iter().collect(),
        "unused-allow" => vec![Mend::delete("Take the exception out", with_comma(source, span))],
        _ => {
            let write = help.strip_prefix("write `").or_else(|| help.strip_prefix("put it in square brackets: `"));
            let write = write.and_then(|rest| rest.strip_suffix('`')).filter(|write| is_whole(write));
            // A field’s name is shown with its colon, which stands behind it already.
            let has_colon = source[span.end..].trim_start_matches(' ').starts_with(':');
            let write = write.map(|write| if has_colon { write.trim_end_matches(':') } else { write });
            write.map(|write| Mend::write(span, write)).into_iter().collect()
        }
    }
}

/// Whether nothing of it was left out to keep a message short.
fn is_whole(written: &str) -> bool {
    !written.contains("...") && !written.contains('…') && !written.contains('`')
}

/// The first thing that stands in backticks.
fn in_backticks(words: &str) -> Option<&str> {
    words.split('`').nth(1).filter(|quoted| !quoted.is_empty())
}

/// A bracket before what can no longer belong to it, or at the end.
fn closed(source: &str, finding: &Diagnostic, expected: &str) -> Vec<Mend> {
    let Some(bracket) = in_backticks(expected) else { return Vec::new() };
    let before = finding.also.first().map_or(source.len(), |also| also.span.start);
    let end = source[..before].trim_end().len();
    let inner = source[..end].strip_suffix(',').map_or(end, str::len);
    vec![
        // The comma behind the last entry is then the one behind the bracket.
        Mend::add(inner, bracket, bracket),
        Mend::add(end, format!("{bracket},"), bracket),
        Mend::add(end, bracket, bracket),
    ]
}

/// A text in straight quote marks, where nothing in it would have to be escaped.
fn straight(written: &str) -> Option<String> {
    let is_quote = |letter: char| matches!(letter, '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '"');
    let inner = written.strip_prefix(is_quote)?.strip_suffix(is_quote)?;
    (!inner.contains(['"', '\\'])).then(|| format!("\"{inner}\""))
}

/// Words that may be a text, or a name and its value, or two values.
fn unquoted(span: Span, written: &str, help: &str) -> Vec<Mend> {
    let mut mends = Vec::new();
    if let Some((first, rest)) = written.split_once(' ') {
        let behind = span.start + first.len();
        mends.push(Mend::add(behind, ":", ":"));
        let all = written.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ");
        if !rest.contains([',', ':']) {
            mends.push(Mend::write(span, all));
        }
    }
    let write = help.strip_prefix("write `").and_then(|rest| rest.strip_suffix('`')).filter(|write| is_whole(write));
    mends.extend(write.map(|write| Mend::write(span, write)));
    mends
}

/// The field that is missing, by its example, as the first in the brackets.
fn missing_field(source: &str, span: Span, help: &str) -> Option<Mend> {
    let example = help.strip_prefix("add `")?.strip_suffix('`')?;
    let open = span.start + source[span.start..].find('(')? + 1;
    let rest = &source[open..];
    let indent: String = rest
        .strip_prefix('\n')
        .map_or_else(String::new, |line| line.chars().take_while(|letter| matches!(letter, ' ' | '\t')).collect());
    let inserts = if rest.starts_with('\n') {
        format!("\n{indent}{example},")
    } else if rest.trim_start().starts_with(')') {
        example.to_owned()
    } else {
        format!("{example}, ")
    };
    Some(Mend::add(open, inserts, example))
}

/// An entry of a list with the comma behind it and the blanks up to the next.
fn with_comma(source: &str, span: Span) -> Span {
    let rest = &source[span.end..];
    let Some(after) = rest.trim_start().strip_prefix(',') else { return span };
    Span::new(span.start, source.len() - after.trim_start_matches([' ', '\t']).len())
}
