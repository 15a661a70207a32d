//! What is known of a file, as an editor shows it.

use lsp_types::{
    CodeAction, CodeActionKind, CompletionItem, CompletionItemKind, CompletionTextEdit, DiagnosticRelatedInformation,
    DiagnosticSeverity, DocumentSymbol, InsertTextFormat, Location, NumberOrString, SymbolKind, TextEdit, Uri,
    WorkspaceEdit,
};

use super::document::Document;
use super::position::Text;
use crate::authoring::assist::{Assist, Completion, CompletionKind, Symbol};
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::scenario::name::Kind;

/// Everything that is wrong with a file.
pub(super) fn diagnostics(document: &Document, uri: &Uri) -> Vec<lsp_types::Diagnostic> {
    let findings = document.assist.as_ref().map(Assist::findings).unwrap_or_default();
    findings.iter().map(|finding| diagnostic(&document.text, uri, finding)).collect()
}

fn diagnostic(text: &Text, uri: &Uri, finding: &Diagnostic) -> lsp_types::Diagnostic {
    let mut message = finding.message.clone();
    if let Some(expected) = &finding.expected {
        message.push_str(&format!("\nexpected {expected}"));
    }
    if let Some(help) = &finding.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    let also = finding.also.iter().map(|also| DiagnosticRelatedInformation {
        location: Location::new(uri.clone(), text.range(also.span)),
        message: also.label.clone(),
    });
    let also: Vec<_> = also.collect();
    lsp_types::Diagnostic {
        // What is wrong with the file as a whole is shown at its beginning.
        range: text.range(finding.span.unwrap_or(Span::point(0))),
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

/// The mends of what is found in a stretch of the text.
pub(super) fn actions(document: &Document, assist: &Assist, uri: &Uri, within: Span) -> Vec<CodeAction> {
    let fixes = assist.fixes(within).into_iter().map(|fix| CodeAction {
        title: fix.title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic(&document.text, uri, fix.finding)]),
        edit: Some(edits(uri, vec![TextEdit::new(document.text.range(fix.replaces), fix.inserts)])),
        is_preferred: Some(true),
        ..CodeAction::default()
    });
    fixes.collect()
}

pub(super) fn edits(uri: &Uri, edits: Vec<TextEdit>) -> WorkspaceEdit {
    WorkspaceEdit::new(std::iter::once((uri.clone(), edits)).collect())
}

/// What may be written, in this order. With `snippets` the editor can put the cursor somewhere in it.
pub(super) fn completions(text: &Text, completions: Vec<Completion>, snippets: bool) -> Vec<CompletionItem> {
    let items = completions.into_iter().enumerate();
    items
        .map(|(place, completion)| {
            let (new_text, format) = match completion.cursor {
                None => (completion.inserts, None),
                Some(cursor) if snippets => {
                    let (before, after) = completion.inserts.split_at(cursor);
                    (format!("{}$0{}", escaped(before), escaped(after)), Some(InsertTextFormat::SNIPPET))
                }
                Some(_) => (completion.label.clone(), None),
            };
            CompletionItem {
                label: completion.label,
                kind: Some(match completion.kind {
                    CompletionKind::Field => CompletionItemKind::FIELD,
                    CompletionKind::Word => CompletionItemKind::ENUM_MEMBER,
                    CompletionKind::Name => CompletionItemKind::REFERENCE,
                    CompletionKind::Rule => CompletionItemKind::VALUE,
                }),
                detail: completion.detail,
                documentation: completion.documentation.map(lsp_types::Documentation::String),
                sort_text: Some(format!("{place:04}")),
                text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(text.range(completion.replaces), new_text))),
                insert_text_format: format,
                ..CompletionItem::default()
            }
        })
        .collect()
}

/// What has a meaning of its own in a snippet.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

#[expect(deprecated, reason = "the protocol’s type has a field that nobody uses any more")]
pub(super) fn symbols(text: &Text, symbols: Vec<Symbol>) -> Vec<DocumentSymbol> {
    let shown = symbols.into_iter().map(|symbol| {
        let children = self::symbols(text, symbol.children);
        DocumentSymbol {
            // An empty name is refused by editors.
            name: if symbol.name.trim().is_empty() { symbol.kind.noun().to_owned() } else { symbol.name },
            detail: symbol.detail.or_else(|| Some(symbol.kind.noun().to_owned())),
            kind: match symbol.kind {
                Kind::Encounter => SymbolKind::MODULE,
                Kind::Reply => SymbolKind::METHOD,
                Kind::Ending => SymbolKind::CONSTANT,
                Kind::Tile => SymbolKind::FIELD,
                Kind::Event => SymbolKind::EVENT,
                Kind::Choice => SymbolKind::ENUM_MEMBER,
                _ => SymbolKind::CLASS,
            },
            tags: None,
            deprecated: None,
            range: text.range(symbol.whole),
            selection_range: text.range(symbol.at),
            children: (!children.is_empty()).then_some(children),
        }
    });
    shown.collect()
}
