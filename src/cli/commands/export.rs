//! `simmer export`: scenarios and attempts for other people's tools.

mod records;

use std::path::Path;

use crate::cli::Outcome;
use crate::cli::args::{Export, ExportOf, ExportPo};
use crate::cli::error::{Error, counted};
use crate::cli::home::Home;
use crate::cli::output;
use crate::cli::page::Line;
use crate::cli::terminal::Terminal;
use crate::diagnostic::SourceFile;
use crate::export::{csv, po, script, twee};
use crate::library::LANG;
use crate::scenario::Scenario;
use crate::scenario::translation::Catalogue;

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, export: &Export) -> Result<Outcome, Error> {
    match export {
        Export::Twee(of) => deliver(terminal, of, twee),
        Export::Csv(of) => deliver(terminal, of, csv),
        Export::Script(of) => deliver(terminal, of, script),
        Export::Po(of) => bring_catalogue(terminal, of),
        Export::Attempts(of) => records::table(terminal, of),
        Export::Xapi(of) => records::xapi(terminal, of),
        Export::Store(of) => records::store(terminal, of),
    }
}

fn deliver(terminal: &mut Terminal<'_>, of: &ExportOf, write: fn(&Scenario) -> String) -> Result<Outcome, Error> {
    let (_, scenario) = Home::open(&of.folders)?.scenario(&of.scenario)?;
    output::deliver(terminal, of.output.as_deref(), &write(&scenario))?;
    Ok(Outcome::Fine)
}

fn bring_catalogue(terminal: &mut Terminal<'_>, of: &ExportPo) -> Result<Outcome, Error> {
    let home = Home::open(&of.folders)?;
    let (entry, scenario) = home.scenario(&of.scenario)?;
    let folder = match &entry.path {
        Some(path) => path.parent().map(Path::to_owned).unwrap_or_default(),
        None => home.own_scenarios.clone(),
    };
    let beside = || folder.join(LANG).join(format!("{}.{}.po", entry.stem(), of.language));
    let file = of.output.clone().unwrap_or_else(beside);
    let before = if file.exists() {
        let unreadable = |problems| Error::UnreadableCatalogue { path: file.clone(), problems };
        let text = String::from_utf8(output::read(&file)?).map_err(|_| unreadable(1))?;
        let source = SourceFile::new(file.display().to_string(), text.trim_start_matches('\u{FEFF}'));
        let catalogue = Catalogue::read(&source, &of.language);
        // What could not be read would be lost.
        if !catalogue.findings.is_empty() {
            return Err(unreadable(catalogue.findings.len()));
        }
        catalogue
    } else {
        Catalogue::new(&of.language)
    };
    let text = po(&scenario, before);
    let catalogue = Catalogue::read(&SourceFile::new("", text.as_str()), &of.language);
    output::deliver(terminal, Some(&file), &text)?;
    let waiting = catalogue.entries.iter().filter(|entry| entry.words.is_empty()).count();
    let fuzzy = catalogue.entries.iter().filter(|entry| entry.is_fuzzy).count();
    let all = counted(catalogue.entries.len(), "text");
    let words = format!("{}: {all}, {waiting} without a translation, {fuzzy} to look through", file.display());
    terminal.show(&Line::plain(words))?;
    Ok(Outcome::Fine)
}
