//! A language server: what an editor can ask of a scenario file while it is written.
//!
//! [`serve`] speaks the [Language Server Protocol](https://microsoft.github.io/language-server-protocol/) 3.17 over any
//! connection. It knows nothing of its own: whatever is said of a file, [`crate::authoring::assist`] says, and the layout
//! is that of [`crate::authoring::fmt`]. Here bytes become an editor’s positions, and back.

mod document;
mod position;
mod shown;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument, Exit, Notification as _, PublishDiagnostics,
};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, Formatting, GotoDefinition, HoverRequest, References,
    Request as _,
};
use lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionOrCommand, CodeActionParams,
    CodeActionProviderCapability, CompletionOptions, CompletionParams, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DocumentFormattingParams, DocumentSymbolParams,
    GotoDefinitionParams, Hover, HoverContents, HoverParams, HoverProviderCapability, InitializeParams, Location,
    MarkupContent, MarkupKind, OneOf, PositionEncodingKind, PublishDiagnosticsParams, ReferenceParams,
    ServerCapabilities, TextDocumentPositionParams, TextDocumentSyncCapability, TextDocumentSyncKind, TextEdit, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::authoring::assist::{Assist, Solving};
use crate::authoring::fmt::format_file;
use crate::diagnostic::Span;
use crate::library::is_plan;
use document::Document;
use position::{Encoding, Text};

/// Why the conversation with an editor broke off.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("the editor does not keep to the protocol: {0}")]
    Protocol(#[from] lsp_server::ProtocolError),
    #[error("the editor’s first message cannot be read: {0}")]
    Hello(#[from] serde_json::Error),
    #[error("the editor is gone without a farewell")]
    Gone,
}

/// Serves one editor until it says farewell.
pub fn serve(connection: &Connection) -> Result<(), ServeError> {
    let (id, hello) = connection.initialize_start()?;
    let hello: InitializeParams = serde_json::from_value(hello)?;
    let snippets = has_snippets(&hello.capabilities);
    let offered = hello.capabilities.general.and_then(|general| general.position_encodings).unwrap_or_default();
    let encoding = if offered.contains(&PositionEncodingKind::UTF8) { Encoding::Utf8 } else { Encoding::Utf16 };
    let answer = json!({
        "capabilities": capabilities(encoding),
        "serverInfo": { "name": "simmer", "version": env!("CARGO_PKG_VERSION") },
    });
    connection.initialize_finish(id, answer)?;
    let mut server =
        Server { encoding, snippets, documents: BTreeMap::new(), unseen: BTreeSet::new(), solving: Solving::begin() };
    loop {
        // While more is waiting, what is known now is soon old: findings are told once nothing is.
        let message = if let Ok(message) = connection.receiver.try_recv() {
            message
        } else {
            server.tell(connection)?;
            connection.receiver.recv().map_err(|_| ServeError::Gone)?
        };
        match message {
            Message::Request(request) => {
                if connection.handle_shutdown(&request)? {
                    return Ok(());
                }
                let answer = server.answer(request);
                send(connection, answer.into())?;
            }
            Message::Notification(notification) if notification.method == Exit::METHOD => return Err(ServeError::Gone),
            Message::Notification(notification) => server.hear(connection, notification)?,
            Message::Response(_) => {}
        }
    }
}

fn has_snippets(editor: &ClientCapabilities) -> bool {
    let completion = editor.text_document.as_ref().and_then(|text| text.completion.as_ref());
    completion.and_then(|completion| completion.completion_item.as_ref()?.snippet_support).unwrap_or_default()
}

fn capabilities(encoding: Encoding) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::INCREMENTAL)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(["\"", "{", "[", "("].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        ..ServerCapabilities::default()
    }
}

struct Server {
    encoding: Encoding,
    /// The editor can put the cursor somewhere in what is completed.
    snippets: bool,
    /// By their address.
    documents: BTreeMap<String, (Uri, Document)>,
    /// Those whose findings were not told since they changed.
    unseen: BTreeSet<String>,
    solving: Solving,
}

impl Server {
    fn hear(&mut self, connection: &Connection, notification: Notification) -> Result<(), ServeError> {
        // What cannot be read is passed over, as the protocol has no answer to it.
        match notification.method.as_str() {
            DidOpenTextDocument::METHOD => {
                let Ok(opened) = serde_json::from_value::<DidOpenTextDocumentParams>(notification.params) else {
                    return Ok(());
                };
                let opened = opened.text_document;
                let has_carriage_returns = opened.text.contains("\r\n");
                let text = Text::new(&opened.text, self.encoding);
                let name = name_of(&opened.uri);
                let is_scenario = !is_plan(Path::new(&name));
                let document = Document::new(name, text, opened.version, is_scenario, has_carriage_returns);
                let key = opened.uri.as_str().to_owned();
                self.unseen.insert(key.clone());
                self.documents.insert(key, (opened.uri, document));
            }
            DidChangeTextDocument::METHOD => {
                let Ok(changed) = serde_json::from_value::<DidChangeTextDocumentParams>(notification.params) else {
                    return Ok(());
                };
                let key = changed.text_document.uri.as_str();
                let Some((_, document)) = self.documents.get_mut(key) else { return Ok(()) };
                let mut text = document.text.clone();
                for change in changed.content_changes {
                    text = text.changed(change.range, &change.text);
                }
                document.change(text, changed.text_document.version);
                self.unseen.insert(key.to_owned());
            }
            DidCloseTextDocument::METHOD => {
                let Ok(closed) = serde_json::from_value::<DidCloseTextDocumentParams>(notification.params) else {
                    return Ok(());
                };
                let uri = closed.text_document.uri;
                self.documents.remove(uri.as_str());
                self.unseen.remove(uri.as_str());
                self.solving.look_at(uri.as_str(), None);
                publish(connection, PublishDiagnosticsParams::new(uri, Vec::new(), None))?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Tells what was found in the files that have changed.
    fn tell(&mut self, connection: &Connection) -> Result<(), ServeError> {
        for key in std::mem::take(&mut self.unseen) {
            let Some((uri, document)) = self.documents.get(&key) else { continue };
            let found = shown::diagnostics(document, uri);
            publish(connection, PublishDiagnosticsParams::new(uri.clone(), found, Some(document.version)))?;
            if let Some(assist) = &document.assist {
                self.solving.look_at(&key, assist.scenario());
            }
        }
        Ok(())
    }

    fn answer(&self, request: Request) -> Response {
        let Request { id, method, params } = request;
        let answer = match method.as_str() {
            Completion::METHOD => self.with(params, |_, document, asked: CompletionParams| {
                let completions = document.assist.as_ref()?.complete(byte(document, &asked.text_document_position));
                Some(shown::completions(&document.text, completions, self.snippets))
            }),
            HoverRequest::METHOD => self.with(params, |uri, document, asked: HoverParams| {
                let assist = document.assist.as_ref()?;
                let known =
                    assist.scenario().and_then(|scenario| self.solving.known(uri.as_str(), scenario.hashes.full));
                let byte = byte(document, &asked.text_document_position_params);
                let said = assist.hover(byte, known.as_ref())?;
                Some(Hover {
                    contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value: said.markdown }),
                    range: Some(document.text.range(said.span)),
                })
            }),
            GotoDefinition::METHOD => self.with(params, |uri, document, asked: GotoDefinitionParams| {
                let byte = byte(document, &asked.text_document_position_params);
                Some(locations(uri, document, document.assist.as_ref()?.definitions(byte)))
            }),
            References::METHOD => self.with(params, |uri, document, asked: ReferenceParams| {
                let assist = document.assist.as_ref()?;
                let byte = byte(document, &asked.text_document_position);
                let mut spans = assist.references(byte);
                if asked.context.include_declaration {
                    spans.extend(assist.definitions(byte));
                    spans.sort_unstable();
                }
                Some(locations(uri, document, spans))
            }),
            DocumentSymbolRequest::METHOD => self.with(params, |_, document, _: DocumentSymbolParams| {
                Some(shown::symbols(&document.text, document.assist.as_ref().map(Assist::symbols).unwrap_or_default()))
            }),
            CodeActionRequest::METHOD => self.with(params, |uri, document, asked: CodeActionParams| {
                let assist = document.assist.as_ref()?;
                let actions = shown::actions(document, assist, uri, document.text.span(asked.range));
                Some(actions.into_iter().map(CodeActionOrCommand::CodeAction).collect::<Vec<_>>())
            }),
            Formatting::METHOD => self.with(params, |_, document, _: DocumentFormattingParams| formatted(document)),
            _ => {
                let message = format!("Simmer does not know {method}");
                return Response::new_err(id, ErrorCode::MethodNotFound as i32, message);
            }
        };
        match answer {
            Ok(value) => Response::new_ok(id, value),
            Err(error) => Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string()),
        }
    }

    /// Reads a question and answers it; with `null` where the file is not open, or there is nothing to say.
    fn with<P: DeserializeOwned + About, A: Serialize>(
        &self,
        params: Value,
        answer: impl FnOnce(&Uri, &Document, P) -> Option<A>,
    ) -> Result<Value, serde_json::Error> {
        let asked: P = serde_json::from_value(params)?;
        let open = self.documents.get(asked.uri().as_str());
        serde_json::to_value(open.and_then(|(uri, document)| answer(uri, document, asked)))
    }
}

/// The file that a question is about.
trait About {
    fn uri(&self) -> &Uri;
}

macro_rules! about {
    ($($params:ident: $($field:ident).+;)+) => {
        $(impl About for $params {
            fn uri(&self) -> &Uri {
                &self.$($field).+.uri
            }
        })+
    };
}

about! {
    CompletionParams: text_document_position.text_document;
    HoverParams: text_document_position_params.text_document;
    GotoDefinitionParams: text_document_position_params.text_document;
    ReferenceParams: text_document_position.text_document;
    DocumentSymbolParams: text_document;
    CodeActionParams: text_document;
    DocumentFormattingParams: text_document;
}

fn byte(document: &Document, asked: &TextDocumentPositionParams) -> usize {
    document.text.byte(asked.position)
}

fn locations(uri: &Uri, document: &Document, spans: Vec<Span>) -> Vec<Location> {
    spans.into_iter().map(|span| Location::new(uri.clone(), document.text.range(span))).collect()
}

/// The one edit that lays a file out anew; none where it is well laid out, nothing where it is not well written.
fn formatted(document: &Document) -> Option<Vec<TextEdit>> {
    let text = format_file(&document.name, document.source().as_bytes()).ok()?;
    if text == document.source() {
        return Some(Vec::new());
    }
    let text = if document.has_carriage_returns { text.replace('\n', "\r\n") } else { text };
    Some(vec![TextEdit { range: document.text.whole(), new_text: text }])
}

/// The last part of an address, as it is written there.
fn name_of(uri: &Uri) -> String {
    uri.as_str().rsplit('/').next().unwrap_or_default().to_owned()
}

fn publish(connection: &Connection, findings: PublishDiagnosticsParams) -> Result<(), ServeError> {
    send(connection, Notification::new(PublishDiagnostics::METHOD.to_owned(), findings).into())
}

fn send(connection: &Connection, message: Message) -> Result<(), ServeError> {
    connection.sender.send(message).map_err(|_| ServeError::Gone)
}

#[cfg(test)]
mod tests;
