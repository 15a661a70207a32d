//! The mends of findings that an editor can make by itself.

use super::Assist;
use crate::diagnostic::{self, Diagnostic, Span};

/// A change of the text that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix<'a> {
    pub finding: &'a Diagnostic,
    /// What it does, as a person reads it: ``Write `new-meter` ``.
    pub title: String,
    pub replaces: Span,
    pub inserts: String,
}

pub(super) fn fixes(assist: &Assist, within: Span) -> Vec<Fix<'_>> {
    let touched = assist.findings().iter().filter(|finding| {
        // What is wrong with the file as a whole is shown at its beginning.
        let place = finding.span.unwrap_or(Span::point(0));
        place.start <= within.end && within.start <= place.end
    });
    touched.filter_map(|finding| mend(assist.text(), finding)).collect()
}

/// What to write instead of the place of a finding in its text, where its help names that.
pub fn mend<'a>(source: &str, finding: &'a Diagnostic) -> Option<Fix<'a>> {
    let replaces = finding.span?;
    let written = source.get(replaces.range())?;
    let meant = diagnostic::meant_by(finding.help.as_deref()?)?;
    // `name: ...` is an example, and no name.
    if meant.ends_with("...") {
        return None;
    }
    let is_quoted = written.len() > 1 && written.starts_with('"') && written.ends_with('"');
    let inserts = if is_quoted { format!("\"{meant}\"") } else { meant.to_owned() };
    Some(Fix { finding, title: format!("Write `{meant}`"), replaces, inserts })
}
