//! `simmer check`: all that is wrong in scenario files.

mod watch;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use watch::Watch;

use crate::cli::Outcome;
use crate::cli::args::{Check, CheckFormat};
use crate::cli::error::{Error, counted};
use crate::cli::page::Line;
use crate::cli::processors;
use crate::cli::terminal::Terminal;
use crate::diagnostic::render::{RuleText, Suppressed, render, sarif};
use crate::diagnostic::{Checked, Diagnostic, OutputFormat, Severity, SourceFile};
use crate::library::{is_plan, is_scenario, load_file, load_shipped, translations_beside};
use crate::lint::{Tier, described, lint, lint_library};
use crate::scenario::finding::{self, Finding, Level, Part};
use crate::scenario::load::Loaded;
use crate::scenario::model::Hash;
use crate::scenario::parse::{Misspelt, locate};
use crate::scenario::translation::Translated;

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, check: &Check) -> Result<Outcome, Error> {
    let mut looked = look(&check.paths);
    let was_proved = judge(&mut looked, check.prove);
    tell_doubles(&mut looked);
    let looked: Vec<_> = looked.into_iter().flat_map(with_translations).collect();
    let text = written(&looked, check.format, terminal.has_colour());
    terminal.write(&text)?;
    let all = || looked.iter().flat_map(|looked| &looked.loaded.findings);
    let count = |severity| all().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if matches!(check.format, CheckFormat::Full | CheckFormat::Short) {
        if check.format == CheckFormat::Full && !text.is_empty() {
            terminal.show(&Line::empty())?;
        }
        let files = counted(looked.len(), "file");
        let words = format!("{files}, {}, {}", counted(errors, "error"), counted(warnings, "warning"));
        terminal.show(&Line::plain(words))?;
    }
    if check.format == CheckFormat::Full
        && let Some(worst) = all().max_by_key(|finding| (finding.severity, Reverse(finding.span)))
    {
        terminal.show(&Line::quiet(format!("`simmer explain {}` says more about that one.", worst.rule)))?;
    }
    if !was_proved {
        return Err(Error::NotProved);
    }
    Ok(if looked.iter().any(|looked| !looked.is_there) {
        Outcome::NotDone
    } else if errors > 0 {
        Outcome::Problems
    } else {
        Outcome::Fine
    })
}

/// Asks the rules, with `prove` also those that play. False where Ctrl-C has stopped that.
fn judge(looked: &mut [Looked], prove: bool) -> bool {
    let mut files: Vec<_> = looked.iter_mut().map(|looked| &mut looked.loaded).collect();
    if prove {
        let playable = files.iter().filter(|loaded| loaded.scenario.is_some());
        let watch = Watch::begin(playable.map(|loaded| loaded.source.name().to_owned()).collect());
        let was_proved = lint_library(&mut files, processors(), &watch);
        watch.clear();
        return was_proved;
    }
    for loaded in files {
        lint(loaded, Tier::Typing);
    }
    true
}

fn written(looked: &[Looked], format: CheckFormat, colour: bool) -> String {
    let format = match format {
        CheckFormat::Full => OutputFormat::Full,
        CheckFormat::Short => OutputFormat::Short,
        CheckFormat::Json => OutputFormat::Json,
        CheckFormat::Sarif => {
            let files: Vec<_> = looked.iter().map(|looked| (looked.checked(), looked.suppressed())).collect();
            let rules: Vec<_> = described()
                .iter()
                .map(|rule| RuleText {
                    name: rule.name,
                    summary: rule.summary,
                    help: rule.page().map_or(rule.summary, |page| page.why),
                    group: rule.group.name(),
                })
                .collect();
            return sarif(&files, &rules, env!("CARGO_PKG_VERSION"));
        }
    };
    let files: Vec<_> = looked.iter().map(Looked::checked).collect();
    render(format, &files, colour)
}

/// What was found in a file, or of a path that leads to none.
struct Looked {
    loaded: Loaded,
    /// None for a shipped one.
    path: Option<PathBuf>,
    /// False where there was nothing to look at.
    is_there: bool,
}

impl Looked {
    const fn at(loaded: Loaded, path: Option<PathBuf>) -> Self {
        Self { loaded, path, is_there: true }
    }

    /// What is no scenario file itself.
    fn in_words(loaded: Loaded) -> Self {
        Self { loaded, path: None, is_there: true }
    }

    fn in_vain(path: &Path, why: Diagnostic) -> Self {
        let source = SourceFile::new(path.display().to_string(), "");
        Self { loaded: Loaded::refused(source, vec![why]), path: None, is_there: false }
    }

    fn id(&self) -> Option<&str> {
        self.loaded.scenario.as_ref().map(|scenario| scenario.slug.as_str())
    }

    fn hash(&self) -> Option<Hash> {
        hash_of(&self.loaded)
    }

    /// The file itself, by whatever way it was named.
    fn where_it_lies(&self) -> Option<PathBuf> {
        let path = self.path.as_deref()?;
        Some(path.canonicalize().unwrap_or_else(|_| path.to_owned()))
    }

    const fn checked(&self) -> Checked<'_> {
        Checked { source: &self.loaded.source, findings: self.loaded.findings.as_slice() }
    }

    /// What its author keeps on purpose. Its places are looked for only here: nobody else asks for them.
    fn suppressed(&self) -> Vec<Suppressed> {
        let allowed = self.loaded.allowed.iter();
        let findings =
            locate(&self.loaded.source, &Misspelt::new(), allowed.map(|kept| kept.finding.clone()).collect());
        let reasons = self.loaded.allowed.iter().map(|kept| kept.because.clone());
        findings.into_iter().zip(reasons).map(|(finding, because)| Suppressed { finding, because }).collect()
    }

    /// Says of one more thing about the file, at its id.
    fn warn_at_id(&mut self, message: String) {
        let finding = Finding {
            rule: "duplicate-id",
            level: Level::Warning,
            path: finding::Path::default().field("id"),
            part: Part::Value,
            message,
            expected: None,
            help: Some("give this file an id of its own".to_owned()),
            first: None,
        };
        let Loaded { source, findings, .. } = &mut self.loaded;
        findings.extend(locate(source, &Misspelt::new(), vec![finding]));
        findings.sort_by_key(|finding| finding.span);
    }
}

/// The files that were named, those of the folders that were named, or those that come with Simmer.
fn look(paths: &[PathBuf]) -> Vec<Looked> {
    if paths.is_empty() {
        return load_shipped().into_iter().map(|(_, loaded)| Looked::at(loaded, None)).collect();
    }
    let mut looked = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = looked.len();
            look_in_folder(path, &mut looked);
            if looked.len() == before {
                let why = Diagnostic::error("no-scenarios", "There are no scenarios in this folder")
                    .expected("at least one file whose name ends in `.ron`")
                    .help("check that this is the folder that was meant");
                looked.push(Looked::in_vain(path, why));
            }
        } else if path.exists() && is_plan(path) {
            // Among `*.ron` it is no surprise.
            if paths.len() > 1 {
                continue;
            }
            let why = Diagnostic::error("not-a-scenario", "This is a plan, and no scenario")
                .help("`simmer test` plays plans; check the scenario that it is for");
            looked.push(Looked::in_vain(path, why));
        } else if path.exists() {
            looked.push(Looked::at(load_file(path), Some(path.clone())));
        } else {
            let why = Diagnostic::error("not-there", "Nothing of this name is here")
                .help("check the spelling; a name with spaces in it needs quotes");
            looked.push(Looked::in_vain(path, why));
        }
    }
    looked
}

/// A scenario, and the translations that lie beside it: each catalogue, and what is wrong with the words in it.
fn with_translations(looked: Looked) -> Vec<Looked> {
    let beside = looked.path.as_deref().map(translations_beside).unwrap_or_default();
    let mut all = Vec::new();
    for beside in beside {
        let Some(Translated { mut loaded, findings }) = beside.translate(&looked.loaded) else { break };
        all.push(Looked::in_words(Loaded::refused(beside.source, findings)));
        lint(&mut loaded, Tier::Typing);
        let is_known = |finding: &Diagnostic| {
            looked.loaded.findings.iter().any(|own| own.rule == finding.rule && own.message == finding.message)
        };
        loaded.findings.retain(|finding| !is_known(finding));
        if !loaded.findings.is_empty() {
            all.push(Looked::in_words(loaded));
        }
    }
    all.insert(0, looked);
    all
}

/// The scenario files of a folder and of all below it, sorted. Hidden ones are an editor's, not an author's.
fn look_in_folder(folder: &Path, looked: &mut Vec<Looked>) {
    let listed = std::fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
    let mut entries = match listed {
        Ok(entries) => entries,
        Err(error) => {
            let why = Diagnostic::error("unreadable-file", format!("This folder could not be read: {error}"))
                .help("check that you may read it");
            looked.push(Looked::in_vain(folder, why));
            return;
        }
    };
    entries.retain(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        // Links to folders are not followed: they may lead in a circle.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            look_in_folder(&path, looked);
        } else if is_scenario(&path) {
            looked.push(Looked::at(load_file(&path), Some(path)));
        }
    }
}

/// Warns of files with the id of another one, of those that are looked at or that come with Simmer: the library plays
/// only one of them. A copy that plays like the shipped one is as good as it.
fn tell_doubles(looked: &mut [Looked]) {
    let shipped = load_shipped();
    let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, looked) in looked.iter().enumerate() {
        if let Some(id) = looked.id() {
            by_id.entry(id.to_owned()).or_default().push(place);
        }
    }
    for (id, places) in by_id {
        for &place in &places {
            let here = looked[place].where_it_lies();
            let among_these = places.iter().filter(|other| **other != place).find_map(|other| {
                let other = &looked[*other];
                (other.where_it_lies() != here).then(|| other.loaded.source.name().to_owned())
            });
            let among_shipped = || {
                let is_id = |loaded: &Loaded| loaded.scenario.as_ref().is_some_and(|scenario| scenario.slug == id);
                let mut shipped = shipped.iter().filter(|(_, shipped)| is_id(shipped));
                let (name, _) = shipped.find(|(_, shipped)| hash_of(shipped) != looked[place].hash())?;
                Some(format!("The shipped {name}"))
            };
            if let Some(other) = among_these.or_else(among_shipped) {
                let message = format!("{other} has the id `{id}` as well: only one of the two is played");
                looked[place].warn_at_id(message);
            }
        }
    }
}

fn hash_of(loaded: &Loaded) -> Option<Hash> {
    loaded.scenario.as_ref().map(|scenario| scenario.hashes.full)
}
