//! `simmer lsp` as an editor speaks with it, through a client of the protocol.

use std::io::{BufReader, Write as _};
use std::process::{Command, Stdio};
use std::thread::JoinHandle;

use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use lsp_types::Uri;
use serde_json::{Value, json};
use simmer::lsp::{ServeError, serve};

use crate::command_line::{Home, shipped, text_of};

/// An editor with a server of its own.
struct Editor {
    connection: Connection,
    server: JoinHandle<Result<(), ServeError>>,
    asked: i32,
}

const FILE: &str = "file:///scenarios/mine.ron";

impl Editor {
    /// With what it can do.
    fn with(capabilities: &Value) -> (Self, Value) {
        let (connection, other) = Connection::memory();
        let server = std::thread::spawn(move || serve(&other));
        let mut editor = Self { connection, server, asked: 0 };
        let told = editor.ask("initialize", json!({ "capabilities": capabilities })).unwrap();
        editor.tell("initialized", json!({}));
        (editor, told)
    }

    fn tell(&self, method: &str, params: Value) {
        self.connection.sender.send(Notification { method: method.to_owned(), params }.into()).unwrap();
    }

    /// Asks, and waits for the answer; what the server tells meanwhile is passed over.
    fn ask(&mut self, method: &str, params: Value) -> Result<Value, String> {
        self.asked += 1;
        let id = RequestId::from(self.asked);
        let request = Request { id: id.clone(), method: method.to_owned(), params };
        self.connection.sender.send(request.into()).unwrap();
        loop {
            match self.connection.receiver.recv().unwrap() {
                Message::Response(Response { id: of, result, error }) if of == id => {
                    return error.map_or_else(|| Ok(result.unwrap_or_default()), |error| Err(error.message));
                }
                Message::Notification(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    fn open(&self, text: &str) -> Value {
        self.tell(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": FILE, "languageId": "ron", "version": 1, "text": text } }),
        );
        self.findings()
    }

    /// The next findings that are published.
    fn findings(&self) -> Value {
        match self.connection.receiver.recv().unwrap() {
            Message::Notification(told) => {
                assert_eq!(told.method, "textDocument/publishDiagnostics");
                assert_eq!(told.params["uri"], FILE);
                told.params
            }
            other => panic!("{other:?}"),
        }
    }

    fn ask_at(&mut self, method: &str, line: usize, character: usize) -> Value {
        let asked = json!({
            "textDocument": { "uri": FILE },
            "position": { "line": line, "character": character },
            "context": { "includeDeclaration": true, "triggerKind": 1 },
        });
        self.ask(method, asked).unwrap()
    }

    fn farewell(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null), Ok(Value::Null));
        self.tell("exit", Value::Null);
        self.server.join().unwrap().unwrap();
    }
}

/// A shipped scenario whose first reply leads nowhere, and the line and column of the name in it.
fn broken() -> (String, usize, usize) {
    let text = text_of(shipped("can-i-have-it-on")).replacen("to: \"new-meter\"", "to: \"new-metre\"", 1);
    let line = text.lines().position(|line| line.contains("\"new-metre\"")).unwrap();
    let column = text.lines().nth(line).unwrap().find("new-metre").unwrap();
    (text, line, column)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap()
}

#[test]
fn a_whole_conversation() {
    let (mut editor, told) = Editor::with(&json!({}));
    assert_eq!(told["serverInfo"]["name"], "simmer");
    assert_eq!(told["capabilities"]["positionEncoding"], "utf-16");
    let (text, line, column) = broken();
    let found = editor.open(&text);
    assert_eq!(found["version"], 1);
    let finding = &found["diagnostics"][0];
    assert_eq!(finding["code"], "unknown-target", "{found:#}");
    assert_eq!(finding["severity"], 1);
    assert_eq!(finding["source"], "simmer");
    assert_eq!(finding["range"]["start"], json!({ "line": line, "character": column - 1 }), "with its quote mark");
    assert!(finding["message"].as_str().unwrap().ends_with("help: did you mean `new-meter`?"), "{finding:#}");

    let items = editor.ask_at("textDocument/completion", line, column);
    let item = items.as_array().unwrap().iter().find(|item| item["label"] == "new-meter").expect("it is offered");
    assert_eq!(item["textEdit"]["newText"], "new-meter");
    assert_eq!(
        item["textEdit"]["range"],
        json!({ "start": { "line": line, "character": column }, "end": { "line": line, "character": column + 9 } })
    );

    let said = editor.ask_at("textDocument/hover", line, column);
    assert!(said["contents"]["value"].as_str().unwrap().contains("unknown-target"), "{said:#}");

    let asked = json!({ "textDocument": { "uri": FILE }, "range": finding["range"], "context": { "diagnostics": [] } });
    let actions = editor.ask("textDocument/codeAction", asked).unwrap();
    assert_eq!(actions[0]["title"], "Write `new-meter`", "{actions:#}");
    assert_eq!(actions[0]["kind"], "quickfix");
    let edit = &actions[0]["edit"]["changes"][FILE][0];
    editor.tell(
        "textDocument/didChange",
        json!({
            "textDocument": { "uri": FILE, "version": 2 },
            "contentChanges": [{ "range": edit["range"], "text": edit["newText"] }],
        }),
    );
    let found = editor.findings();
    assert_eq!(found["version"], 2);
    let errors = found["diagnostics"].as_array().unwrap().iter().filter(|finding| finding["severity"] == 1);
    assert_eq!(errors.count(), 0, "{found:#}");

    let leads = editor.ask_at("textDocument/definition", line, column);
    let given = text.lines().position(|line| line.contains("\"new-meter\": Node(")).unwrap();
    assert_eq!(leads[0]["range"]["start"]["line"], given);
    let used = editor.ask_at("textDocument/references", line, column);
    let places = text.matches("\"new-meter\"").count() + 1;
    assert_eq!(used.as_array().unwrap().len(), places, "{used:#}");

    let about = json!({ "textDocument": { "uri": FILE } });
    let symbols = editor.ask("textDocument/documentSymbol", about).unwrap();
    assert_eq!(symbols[0]["name"], "call");
    assert_eq!(symbols[0]["children"][0]["name"], "doubled");
    assert_eq!(symbols[0]["children"][0]["children"][0]["name"], "the-columns");

    let rename = |name: &str| json!({ "textDocument": { "uri": FILE }, "position": { "line": line, "character": column }, "newName": name });
    let at = editor.ask_at("textDocument/prepareRename", line, column);
    assert_eq!(at["start"], json!({ "line": line, "character": column }), "{at}");
    let edits = editor.ask("textDocument/rename", rename("the-new-one")).unwrap();
    assert_eq!(edits["changes"][FILE].as_array().unwrap().len(), places, "{edits:#}");
    let refused = editor.ask("textDocument/rename", rename("doubled")).unwrap_err();
    assert_eq!(refused, "a node is called `doubled` already: choose another name");

    let about = json!({ "textDocument": { "uri": FILE } });
    let coloured = editor.ask("textDocument/semanticTokens/full", about).unwrap();
    let first: Vec<_> = coloured["data"].as_array().unwrap().iter().take(3).cloned().collect();
    assert_eq!(first, [json!(0), json!(0), json!(first_line(&text).encode_utf16().count())], "the remark at the top");

    let formatting = json!({ "textDocument": { "uri": FILE }, "options": { "tabSize": 8, "insertSpaces": false } });
    let edits = editor.ask("textDocument/formatting", formatting.clone()).unwrap();
    assert_eq!(edits, json!([]), "it is laid out, and the editor’s own ideas of a layout do not count");
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": FILE, "version": 3 }, "contentChanges": [{ "text": "( a :1 )" }] }),
    );
    let edits = editor.ask("textDocument/formatting", formatting).unwrap();
    assert_eq!(edits[0]["newText"], "(a: 1)\n");

    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": FILE } }));
    assert_eq!(editor.ask_at("textDocument/hover", 0, 0), Value::Null, "it is no longer open");
    editor.farewell();
}

#[test]
fn columns_are_counted_in_bytes_where_the_editor_can() {
    let text = "Scenario(title: \"😀\", titel: \"\")";
    for (offered, column) in [(json!(["utf-16", "utf-8"]), 24), (json!(["utf-16"]), 22)] {
        let (editor, _) = Editor::with(&json!({ "general": { "positionEncodings": offered } }));
        let found = editor.open(text);
        let found = found["diagnostics"].as_array().unwrap();
        let finding = found.iter().find(|finding| finding["code"] == "unknown-field").expect("it is found");
        assert_eq!(finding["range"]["start"]["character"], column, "{offered}");
        editor.farewell();
    }
}

#[test]
fn plans_are_laid_out_and_not_judged() {
    let (editor, _) = Editor::with(&json!({}));
    let plan: Uri = "file:///scenarios/plans/mine.plan.ron".parse().unwrap();
    editor.tell(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": plan, "languageId": "ron", "version": 1, "text": "(a: 1)" } }),
    );
    let Message::Notification(told) = editor.connection.receiver.recv().unwrap() else { panic!("nothing is told") };
    assert_eq!(told.params["diagnostics"], json!([]));
    editor.farewell();
}

#[test]
fn what_is_not_known_is_refused_and_the_conversation_goes_on() {
    let (mut editor, _) = Editor::with(&json!({}));
    assert!(editor.ask("textDocument/moniker", json!({})).unwrap_err().contains("textDocument/moniker"));
    assert!(editor.ask("textDocument/rename", json!({})).is_err());
    assert!(editor.ask("textDocument/hover", json!({ "position": 3 })).is_err());
    editor.tell("textDocument/didOpen", json!({ "nonsense": true }));
    editor.tell("$/setTrace", json!({ "value": "off" }));
    editor.farewell();
}

#[test]
fn an_editor_that_is_gone_is_not_waited_for() {
    let (editor, _) = Editor::with(&json!({}));
    editor.tell("exit", Value::Null);
    assert!(matches!(editor.server.join().unwrap(), Err(ServeError::Gone)));
}

#[test]
fn the_program_speaks_over_its_standard_input_and_output() {
    let home = Home::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_simmer"))
        .args(["lsp", "--stdio"])
        .env("HOME", home.path(""))
        .env_remove("XDG_STATE_HOME")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let request = |id: i32, method: &str, params: Value| {
        Message::from(Request { id: id.into(), method: method.to_owned(), params })
    };
    let notification = |method: &str, params: Value| Message::from(Notification { method: method.to_owned(), params });
    request(1, "initialize", json!({ "capabilities": {} })).write(&mut stdin).unwrap();
    let Some(Message::Response(hello)) = Message::read(&mut stdout).unwrap() else { panic!("no answer") };
    assert_eq!(hello.result.unwrap()["serverInfo"]["version"], env!("CARGO_PKG_VERSION"));
    notification("initialized", json!({})).write(&mut stdin).unwrap();
    let text = broken().0;
    let opened = json!({ "textDocument": { "uri": FILE, "languageId": "ron", "version": 1, "text": text } });
    notification("textDocument/didOpen", opened).write(&mut stdin).unwrap();
    let Some(Message::Notification(told)) = Message::read(&mut stdout).unwrap() else { panic!("nothing is told") };
    assert_eq!(told.params["diagnostics"][0]["code"], "unknown-target");
    request(2, "shutdown", Value::Null).write(&mut stdin).unwrap();
    let Some(Message::Response(farewell)) = Message::read(&mut stdout).unwrap() else { panic!("no answer") };
    assert!(farewell.error.is_none());
    notification("exit", Value::Null).write(&mut stdin).unwrap();
    stdin.flush().unwrap();
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_person_is_told_that_it_is_for_editors() {
    let ran = Home::new().run(&["lsp"]);
    assert!(ran.expect(2).err.contains("`simmer lsp` is for editors"), "{}", ran.err);
    assert_eq!(ran.out, "");
}
