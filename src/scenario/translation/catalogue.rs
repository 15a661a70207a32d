//! The words of one scenario in one language.

use std::collections::{BTreeMap, BTreeSet};

use super::po::{self, Paragraph};
use super::rules;
use crate::diagnostic::{Diagnostic, SourceFile, Span};
use crate::scenario::texts::Text;

/// A catalogue of translations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// As in `de` or `de-AT`.
    pub language: String,
    pub entries: Vec<Entry>,
    /// What cannot be read of it.
    pub findings: Vec<Diagnostic>,
    /// Lines of the head that are the translator’s: `Last-Translator` and the like.
    head: Vec<(String, String)>,
    /// Notes at the top of the file.
    notes: Vec<String>,
    /// What belongs to no text any more, as it stands in the file.
    obsolete: Vec<Paragraph>,
}

/// One text and what stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The id of the text, as [`texts`](crate::scenario::texts()) tells it.
    pub id: String,
    /// What the author had written when the translation was made.
    pub source: String,
    /// Empty where there is none yet.
    pub words: String,
    /// It was made of other words than `source`, or its translator is not sure.
    pub is_fuzzy: bool,
    /// What the author had written before.
    pub previous: Option<String>,
    /// What a translator has noted.
    pub notes: Vec<String>,
    /// Where it stands in the file.
    pub span: Span,
}

/// What a catalogue says of a text, for whoever translates it.
#[derive(Debug, Clone)]
pub struct Described<'t> {
    pub text: &'t Text<'t>,
    /// Who says it, what it is, when it is met.
    pub about: String,
}

impl Catalogue {
    /// One without any translation.
    pub fn new(language: &str) -> Self {
        Self {
            language: language.to_owned(),
            entries: Vec::new(),
            findings: Vec::new(),
            head: Vec::new(),
            notes: Vec::new(),
            obsolete: Vec::new(),
        }
    }

    /// Reads a PO file. `language` holds where its head names none.
    pub fn read(source: &SourceFile, language: &str) -> Self {
        let (paragraphs, findings) = po::read(source.text());
        let mut catalogue = Self { findings, ..Self::new(language) };
        let mut places: BTreeMap<String, Span> = BTreeMap::new();
        for paragraph in paragraphs {
            let span = Span { start: paragraph.bytes.start, end: paragraph.bytes.end };
            if paragraph.is_obsolete {
                catalogue.obsolete.push(paragraph);
            } else if paragraph.context.is_none() && paragraph.source.as_deref() == Some("") {
                catalogue.take_head(paragraph);
            } else {
                catalogue.take(paragraph, span, &mut places);
            }
        }
        catalogue
    }

    fn take_head(&mut self, paragraph: Paragraph) {
        self.notes = paragraph.notes;
        for line in paragraph.words.unwrap_or_default().lines() {
            let Some((name, value)) = line.split_once(':') else { continue };
            let (name, value) = (name.trim(), value.trim());
            if name.eq_ignore_ascii_case("Language") {
                if !value.is_empty() {
                    self.language = value.replace('_', "-");
                }
            } else {
                self.head.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    fn take(&mut self, paragraph: Paragraph, span: Span, places: &mut BTreeMap<String, Span>) {
        let Some(id) = paragraph.context else {
            self.findings.push(
                Diagnostic::error(rules::UNREADABLE, "This text has no `msgctxt`, so that it belongs to nothing")
                    .at(span)
                    .expected("`msgctxt` and the id of the text before `msgid`")
                    .help("`simmer export po` writes a catalogue with all ids"),
            );
            return;
        };
        if let Some(first) = places.get(&id) {
            self.findings.push(
                Diagnostic::error(rules::UNREADABLE, format!("`{id}` is translated twice"))
                    .at(span)
                    .also(*first, "the first one")
                    .help("take one of the two out"),
            );
            return;
        }
        places.insert(id.clone(), span);
        self.entries.push(Entry {
            id,
            source: paragraph.source.unwrap_or_default(),
            words: paragraph.words.unwrap_or_default(),
            is_fuzzy: paragraph.flags.iter().any(|flag| flag == "fuzzy"),
            previous: paragraph.previous,
            notes: paragraph.notes,
            span,
        });
    }

    /// Brings it to the texts as they are now: what is new waits for a translation, what was made of other words is
    /// marked as uncertain, and what belongs to nothing any more is kept as a remark. No word of a translator is lost.
    #[must_use]
    pub fn brought_to(mut self, texts: &[Described<'_>]) -> Self {
        let mut before: BTreeMap<String, Entry> =
            std::mem::take(&mut self.entries).into_iter().map(|entry| (entry.id.clone(), entry)).collect();
        let known: BTreeSet<&str> = texts.iter().map(|described| described.text.id.as_str()).collect();
        // A text that has come back finds its translation again.
        let (back, obsolete): (Vec<_>, Vec<_>) = std::mem::take(&mut self.obsolete)
            .into_iter()
            .partition(|old| old.context.as_deref().is_some_and(|id| known.contains(id) && !before.contains_key(id)));
        self.obsolete = obsolete;
        for old in back {
            let span = Span { start: old.bytes.start, end: old.bytes.end };
            let mut places = BTreeMap::new();
            self.take(old, span, &mut places);
        }
        before.extend(std::mem::take(&mut self.entries).into_iter().map(|entry| (entry.id.clone(), entry)));
        for described in texts {
            let Text { id, words, .. } = described.text;
            let entry = match before.remove(id) {
                Some(entry) if entry.source == *words || entry.words.is_empty() => {
                    Entry { source: words.clone(), ..entry }
                }
                Some(entry) => Entry {
                    is_fuzzy: true,
                    previous: Some(entry.previous.unwrap_or(entry.source)),
                    source: words.clone(),
                    ..entry
                },
                None => Entry {
                    id: id.clone(),
                    source: words.clone(),
                    words: String::new(),
                    is_fuzzy: false,
                    previous: None,
                    notes: Vec::new(),
                    span: Span { start: 0, end: 0 },
                },
            };
            self.entries.push(entry);
        }
        let left = before.into_values().filter(|entry| !entry.words.is_empty());
        self.obsolete.extend(left.map(|entry| Paragraph {
            notes: entry.notes,
            context: Some(entry.id),
            source: Some(entry.source),
            words: Some(entry.words),
            is_obsolete: true,
            ..Paragraph::default()
        }));
        self
    }

    /// The file. `texts`: what is known of the entries, for remarks beside them.
    pub fn written(&self, scenario: &str, texts: &[Described<'_>]) -> String {
        let about: BTreeMap<&str, &str> =
            texts.iter().map(|described| (described.text.id.as_str(), described.about.as_str())).collect();
        let mut file = String::new();
        for note in &self.notes {
            file.push_str(&format!("# {note}\n"));
        }
        let mut head = format!("Language: {}\n", self.language.replace('-', "_"));
        let has = |wanted: &str| self.head.iter().any(|(name, _)| name.eq_ignore_ascii_case(wanted));
        for (name, value) in [
            ("Project-Id-Version", scenario),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ] {
            if !has(name) {
                head.push_str(&format!("{name}: {value}\n"));
            }
        }
        for (name, value) in &self.head {
            head.push_str(&format!("{name}: {value}\n"));
        }
        po::put(&mut file, "", "msgid", "");
        po::put(&mut file, "", "msgstr", &head);
        for entry in &self.entries {
            file.push('\n');
            for note in &entry.notes {
                file.push_str(&format!("# {note}\n"));
            }
            if let Some(about) = about.get(entry.id.as_str()) {
                file.push_str(&format!("#. {}\n", about.replace('\n', " ")));
            }
            if entry.is_fuzzy {
                file.push_str("#, fuzzy\n");
            }
            if let Some(previous) = entry.previous.as_ref().filter(|_| entry.is_fuzzy) {
                po::put(&mut file, "#| ", "msgid", previous);
            }
            po::put(&mut file, "", "msgctxt", &entry.id);
            po::put(&mut file, "", "msgid", &entry.source);
            po::put(&mut file, "", "msgstr", &entry.words);
        }
        for old in &self.obsolete {
            file.push('\n');
            for note in &old.notes {
                file.push_str(&format!("# {note}\n"));
            }
            for (keyword, text) in [("msgctxt", &old.context), ("msgid", &old.source), ("msgstr", &old.words)] {
                if let Some(text) = text {
                    po::put(&mut file, "#~ ", keyword, text);
                }
            }
        }
        file
    }
}
