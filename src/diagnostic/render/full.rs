//! Findings as a person reads them: the line, a caret under the spot, what was expected, how to mend it.

use annotate_snippets::renderer::Renderer;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Snippet};

use super::{Checked, visible};
use crate::diagnostic::{Diagnostic, Severity, SourceFile, Span};

pub(super) fn render(files: &[Checked<'_>], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for file in files {
        for finding in file.findings {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&renderer.render(&[group(file.source, finding)]));
            text.push('\n');
        }
    }
    text
}

fn group<'a>(source: &'a SourceFile, finding: &'a Diagnostic) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(visible(&finding.message)).id(finding.rule));
    if let Some(primary) = finding.span {
        let (line_start, _) = source.line_at(primary.start);
        let mut snippet = excerpt(source, primary).annotation(mark(source, primary, AnnotationKind::Primary));
        let mut elsewhere = Vec::new();
        for also in &finding.also {
            let annotation = mark(source, also.span, AnnotationKind::Context).label(also.label.as_str());
            if source.line_at(also.span.start).0 == line_start {
                snippet = snippet.annotation(annotation);
            } else {
                elsewhere.push(excerpt(source, also.span).annotation(annotation));
            }
        }
        group = group.element(snippet).elements(elsewhere);
    } else {
        group = group.element(Origin::path(source.name()));
    }
    if let Some(expected) = &finding.expected {
        group = group.element(Level::NOTE.with_name("expected").message(visible(expected)));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    group
}

/// The one line that a span starts on. Only that line is handed over: searching a file of megabytes again for every
/// finding would cost more than finding them.
fn excerpt(source: &SourceFile, span: Span) -> Snippet<'_, Annotation<'_>> {
    let (_, line) = source.line_at(span.start);
    Snippet::source(line).path(source.name()).line_start(source.place(span.start).line)
}

/// The mark under a span, cut at the end of its first line.
fn mark<'a>(source: &SourceFile, span: Span, kind: AnnotationKind) -> Annotation<'a> {
    let (start, line) = source.line_at(span.start);
    let from = line.floor_char_boundary(span.start - start);
    let to = line.ceil_char_boundary((span.end.max(span.start) - start).min(line.len()));
    kind.span(from..to.max(from))
}
