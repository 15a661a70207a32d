//! `simmer list --texts`: every text of a scenario, for whoever translates or records it.

use serde::Serialize;

use crate::cli::Outcome;
use crate::cli::args::ListFormat;
use crate::cli::commands::list::SCHEMA;
use crate::cli::error::{Error, counted};
use crate::cli::page::{Line, Tone};
use crate::cli::terminal::Terminal;
use crate::scenario::model::Speech;
use crate::scenario::texts::{Role, Text, Voice};
use crate::scenario::{Scenario, texts};

pub(super) fn run(terminal: &mut Terminal<'_>, scenario: &Scenario, format: ListFormat) -> Result<Outcome, Error> {
    let texts = texts(scenario);
    match format {
        ListFormat::Full => {
            for text in &texts {
                let about = format!("   {}, by {}", text.role.words(), text.voice().words());
                terminal.show(&Line::strong(text.id.clone()).and(Tone::Quiet, about))?;
                terminal.show(&Line::plain(text.words.clone()).within(4, 4))?;
            }
            terminal.show(&Line::empty())?;
            terminal.show(&Line::quiet(counted(texts.len(), "text")))?;
        }
        ListFormat::Short => {
            for text in &texts {
                terminal.write(&format!("{}: {}\n", text.id, text.words.replace(['\r', '\n'], " ")))?;
            }
        }
        ListFormat::Json => terminal.write_document(
            SCHEMA,
            &Sheet {
                id: &scenario.slug,
                version: &scenario.version,
                language: &scenario.language,
                full_hash: scenario.hashes.full.to_string(),
                texts: texts.iter().map(SheetText::of).collect(),
            },
        )?,
    }
    Ok(Outcome::Fine)
}

/// What `--format json` writes.
#[derive(Serialize)]
struct Sheet<'a> {
    id: &'a str,
    version: &'a str,
    language: &'a str,
    full_hash: String,
    texts: Vec<SheetText<'a>>,
}

#[derive(Serialize)]
struct SheetText<'a> {
    id: &'a str,
    role: Role,
    voice: Voice,
    words: &'a str,
    /// Of a spoken line the words without marks, as they are heard.
    heard: Option<String>,
}

impl<'a> SheetText<'a> {
    fn of(text: &'a Text<'_>) -> Self {
        Self {
            id: &text.id,
            role: text.role,
            voice: text.voice(),
            words: &text.words,
            heard: text.speech.map(Speech::plain),
        }
    }
}
