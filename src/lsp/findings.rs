//! Findings as an editor shows them, and the mends that it can make by itself.

use lsp_types::{
    CodeAction, CodeActionKind, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, TextEdit,
    Uri, WorkspaceEdit,
};

use super::document::Document;
use crate::diagnostic::{self, Diagnostic, Severity, Span};

/// Everything that is wrong with a file.
pub(super) fn diagnostics(document: &Document, uri: &Uri) -> Vec<lsp_types::Diagnostic> {
    if !document.is_scenario {
        return Vec::new();
    }
    document.loaded().findings.iter().map(|finding| shown(document, uri, finding)).collect()
}

fn shown(document: &Document, uri: &Uri, finding: &Diagnostic) -> lsp_types::Diagnostic {
    let mut message = finding.message.clone();
    if let Some(expected) = &finding.expected {
        message.push_str(&format!("\nexpected {expected}"));
    }
    if let Some(help) = &finding.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    let also = finding.also.iter().map(|also| DiagnosticRelatedInformation {
        location: Location::new(uri.clone(), document.text.range(also.span)),
        message: also.label.clone(),
    });
    let also: Vec<_> = also.collect();
    lsp_types::Diagnostic {
        range: document.text.range(place(finding)),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        source: Some("simmer".to_owned()),
        message,
        related_information: (!also.is_empty()).then_some(also),
        ..lsp_types::Diagnostic::default()
    }
}

/// What is wrong with the file as a whole is shown at its beginning.
fn place(finding: &Diagnostic) -> Span {
    finding.span.unwrap_or(Span::point(0))
}

/// The mends of what is found in a stretch of the text.
pub(super) fn actions(document: &Document, uri: &Uri, within: Span) -> Vec<CodeAction> {
    if !document.is_scenario {
        return Vec::new();
    }
    let findings = document.loaded().findings.iter();
    let touched = findings.filter(|finding| {
        let place = place(finding);
        place.start <= within.end && within.start <= place.end
    });
    touched
        .filter_map(|finding| {
            let (title, new_text) = mend(document.source(), finding)?;
            let edit = TextEdit { range: document.text.range(finding.span?), new_text };
            Some(CodeAction {
                title,
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![shown(document, uri, finding)]),
                edit: Some(edit_of(uri, edit)),
                is_preferred: Some(true),
                ..CodeAction::default()
            })
        })
        .collect()
}

fn edit_of(uri: &Uri, edit: TextEdit) -> WorkspaceEdit {
    WorkspaceEdit::new(std::iter::once((uri.clone(), vec![edit])).collect())
}

/// What to write instead of the place of a finding, where its help names that.
fn mend(source: &str, finding: &Diagnostic) -> Option<(String, String)> {
    let written = source.get(finding.span?.range())?;
    let meant = diagnostic::meant_by(finding.help.as_deref()?)?;
    // `name: ...` is an example, and no name.
    if meant.ends_with("...") {
        return None;
    }
    let is_quoted = written.len() > 1 && written.starts_with('"') && written.ends_with('"');
    let text = if is_quoted { format!("\"{meant}\"") } else { meant.to_owned() };
    Some((format!("Write `{meant}`"), text))
}
