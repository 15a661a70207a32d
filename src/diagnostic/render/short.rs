//! One line a finding, as compilers write them, so that editors can jump.

use std::fmt::Write;

use super::{Checked, visible};

pub(super) fn render(files: &[Checked<'_>]) -> String {
    let mut lines = String::new();
    for file in files {
        for finding in file.findings {
            let place = finding.span.map_or_else(String::new, |span| {
                let place = file.source.place(span.start);
                format!("{}:{}:", place.line, place.column)
            });
            let (name, message) = (visible(file.source.name()), visible(&finding.message));
            let (severity, rule) = (finding.severity.name(), finding.rule);
            // Writing to a `String` cannot fail.
            let _ = writeln!(lines, "{name}:{place} {severity}[{rule}]: {message}");
        }
    }
    lines
}
