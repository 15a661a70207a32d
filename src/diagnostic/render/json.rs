//! Findings for machines.
//!
//! ```json
//! {
//!   "schema": 1,
//!   "files": ["a.ron"],
//!   "findings": [{
//!     "file": "a.ron", "line": 3, "column": 5, "end_line": 3, "end_column": 9,
//!     "rule": "unknown-name", "severity": "error", "message": "...",
//!     "expected": null, "help": null, "excerpt": "    channel: Fone,",
//!     "also": [{ "line": 1, "column": 1, "end_line": 1, "end_column": 2, "label": "..." }]
//!   }],
//!   "counts": { "files": 1, "errors": 1, "warnings": 0 }
//! }
//! ```
//!
//! Lines and columns count from 1, columns in characters; the end is exclusive. All four and the excerpt are `null`
//! where a finding is about the file as a whole. A field may be added under the same schema number; none is taken
//! away or changes its meaning.

use serde::Serialize;

use super::Checked;
use crate::diagnostic::{Severity, SourceFile, Span};

const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    files: Vec<&'a str>,
    findings: Vec<Finding<'a>>,
    counts: Counts,
}

#[derive(Serialize)]
struct Finding<'a> {
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    expected: Option<&'a str>,
    help: Option<&'a str>,
    excerpt: Option<&'a str>,
    also: Vec<Also<'a>>,
}

#[derive(Serialize)]
struct Also<'a> {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    label: &'a str,
}

#[derive(Default, Serialize)]
struct Counts {
    files: usize,
    errors: usize,
    warnings: usize,
}

pub(super) fn render(files: &[Checked<'_>]) -> String {
    let mut document = Document {
        schema: SCHEMA,
        files: files.iter().map(|file| file.source.name()).collect(),
        findings: Vec::new(),
        counts: Counts { files: files.len(), ..Counts::default() },
    };
    for Checked { source, findings } in files {
        for finding in *findings {
            match finding.severity {
                Severity::Error => document.counts.errors += 1,
                Severity::Warning => document.counts.warnings += 1,
            }
            let place = finding.span.map(|span| places(source, span));
            document.findings.push(Finding {
                file: source.name(),
                line: place.map(|place| place[0]),
                column: place.map(|place| place[1]),
                end_line: place.map(|place| place[2]),
                end_column: place.map(|place| place[3]),
                rule: finding.rule,
                severity: finding.severity.name(),
                message: &finding.message,
                expected: finding.expected.as_deref(),
                help: finding.help.as_deref(),
                excerpt: finding.span.map(|span| source.line_at(span.start).1),
                also: finding.also.iter().map(|also| described(source, also)).collect(),
            });
        }
    }
    // Nothing in the document can fail to be written: no map, no foreign type.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn described<'a>(source: &SourceFile, also: &'a crate::diagnostic::Also) -> Also<'a> {
    let [line, column, end_line, end_column] = places(source, also.span);
    Also { line, column, end_line, end_column, label: &also.label }
}

fn places(source: &SourceFile, span: Span) -> [usize; 4] {
    let (start, end) = (source.place(span.start), source.place(span.end.max(span.start)));
    [start.line, start.column, end.line, end.column]
}
