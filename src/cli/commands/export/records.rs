//! `simmer export attempts`, `xapi` and `store`: what was played, for those who keep records of it.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use crate::attempt::{self, Attempt};
use crate::cli::Outcome;
use crate::cli::args::{self, ExportAttempts, ExportStore, ExportXapi};
use crate::cli::commands::play::as_it_was_played;
use crate::cli::error::{Error, counted};
use crate::cli::home::Home;
use crate::cli::output;
use crate::cli::page::{Line, Tone};
use crate::cli::terminal::{Terminal, Typed};
use crate::records::{self, Account, Finished, Statement};
use crate::scenario::Scenario;
use crate::scenario::model::Hash;
use crate::settings::{Folders, RecordSettings, RecordStore, Secret, XapiVersion};

/// How many reasons of one kind are told.
const MOST_TOLD: usize = 20;

pub(super) fn table(terminal: &mut Terminal<'_>, of: &ExportAttempts) -> Result<Outcome, Error> {
    let at_hand = AtHand::open(&of.folders)?;
    let mut rows = Vec::new();
    let (attempts, mut without) = at_hand.finished(of.practice)?;
    for attempt in attempts {
        let Some(scenario) = at_hand.scenario_of(&attempt) else {
            without.push(LeftOut::of(&attempt, "The scenario that it was played on is not here.".to_owned()));
            continue;
        };
        let replay = attempt::replay(&scenario, &attempt);
        match replay.played {
            Some(played) if replay.verdict.holds() => rows.push((scenario, attempt, played)),
            _ => without.push(LeftOut::of(&attempt, replay.verdict.words())),
        }
    }
    let finished = rows.iter().map(|(scenario, attempt, played)| Finished { scenario, attempt, played });
    output::deliver(terminal, of.output.as_deref(), &records::table(finished))?;
    if let Some(path) = &of.output {
        let words = format!("{}: {}", path.display(), counted(rows.len(), "attempt"));
        terminal.show(&Line::plain(words))?;
    }
    tell_left_out(&without);
    Ok(if without.is_empty() { Outcome::Fine } else { Outcome::Problems })
}

pub(super) fn xapi(terminal: &mut Terminal<'_>, of: &ExportXapi) -> Result<Outcome, Error> {
    if let Some(path) = &of.to {
        output::may_deliver(path)?;
    }
    let at_hand = AtHand::open(&of.folders)?;
    let settings = RecordSettings::open(&at_hand.data)?;
    let (attempts, unreadable) = if of.all {
        at_hand.finished(of.practice)?
    } else {
        let named = of.attempts.iter().map(|named| at_hand.named(named, of.practice));
        (named.collect::<Result<_, _>>()?, Vec::new())
    };
    tell_left_out(&unreadable);
    let mut outcome = if unreadable.is_empty() { Outcome::Fine } else { Outcome::Problems };
    if of.to.is_some() || !of.send {
        let without = write(terminal, of.to.as_deref(), &at_hand, &settings, &attempts)?;
        tell_left_out(&without);
        outcome = if without.is_empty() { outcome } else { Outcome::Problems };
    }
    if of.send {
        let sent = sending::run(terminal, of, &at_hand, &settings, attempts)?;
        outcome = if matches!(sent, Outcome::Fine) { outcome } else { sent };
    }
    Ok(outcome)
}

/// Writes the statements, and gives the attempts that there are none of.
fn write(
    terminal: &mut Terminal<'_>,
    to: Option<&Path>,
    at_hand: &AtHand,
    settings: &RecordSettings,
    attempts: &[Attempt],
) -> Result<Vec<LeftOut>, Error> {
    let mut statements: Vec<Statement> = Vec::new();
    let mut without = Vec::new();
    for attempt in attempts {
        let account = Account::new(settings.home_page.clone(), settings.name_of(&attempt.player));
        match records::record(at_hand.scenario_of(attempt).as_deref(), attempt, &account) {
            Ok(record) => statements.extend(record),
            Err(why) => without.push(LeftOut::of(attempt, why)),
        }
    }
    let mut text = serde_json::to_string_pretty(&statements)?;
    text.push('\n');
    output::deliver(terminal, to, &text)?;
    if let Some(path) = to {
        let (all, of) = (counted(statements.len(), "statement"), counted(attempts.len() - without.len(), "attempt"));
        terminal.show(&Line::plain(format!("{}: {all} of {of}", path.display())))?;
    }
    Ok(without)
}

/// An attempt that is not recorded.
struct LeftOut {
    /// Its id, or its file where that cannot be read.
    which: String,
    why: String,
}

impl LeftOut {
    fn of(attempt: &Attempt, why: String) -> Self {
        Self { which: attempt.id.to_string(), why }
    }
}

/// On standard error: what is asked for may go to standard output.
fn tell_left_out(without: &[LeftOut]) {
    let width = textwrap::termwidth().clamp(40, 100);
    let told = without.iter().take(MOST_TOLD);
    let mut lines: Vec<Line> = told
        .map(|LeftOut { which, why }| {
            let words: String = format!("  {which}: {why}").chars().filter(|letter| !letter.is_control()).collect();
            Line::new(Tone::Heat, "left out").and(Tone::Plain, words).within(0, 4)
        })
        .collect();
    if without.len() > MOST_TOLD {
        lines.push(Line::quiet(format!("and {} more", without.len() - MOST_TOLD)).indented(4));
    }
    let mut stderr = anstream::stderr();
    for line in lines {
        // Where standard error is closed, nobody is there to be told.
        let _ = writeln!(stderr, "{}", line.wrapped(width));
    }
}

/// What records are made from.
struct AtHand {
    home: Home,
    data: std::path::PathBuf,
    /// By their full hash.
    scenarios: BTreeMap<Hash, Arc<Scenario>>,
}

impl AtHand {
    fn open(asked: &args::Folders) -> Result<Self, Error> {
        let home = Home::open(asked)?;
        let data = Folders::find(asked.data.as_deref())?.data;
        let scenarios = home.library.scenarios_in_all_languages().into_iter();
        let scenarios = scenarios.map(|scenario| (scenario.hashes.full, scenario)).collect();
        Ok(Self { home, data, scenarios })
    }

    /// The very scenario an attempt was played on, to the letter.
    fn scenario_of(&self, attempt: &Attempt) -> Option<Arc<Scenario>> {
        let kept = || as_it_was_played(&self.home, attempt.full_hash);
        let found = self.scenarios.get(&attempt.full_hash).cloned().or_else(kept);
        // Someone may have edited the copy.
        found.filter(|scenario| scenario.hashes.full == attempt.full_hash)
    }

    /// Every finished attempt on this computer, oldest first, and the files that cannot be read.
    fn finished(&self, practice: bool) -> Result<(Vec<Attempt>, Vec<LeftOut>), Error> {
        let (mut attempts, mut unreadable) = (Vec::new(), Vec::new());
        for listed in self.home.store.list()? {
            match listed.attempt {
                Ok(kept) => attempts.push(kept.attempt),
                Err(why) => {
                    unreadable.push(LeftOut { which: listed.path.display().to_string(), why: why.to_string() });
                }
            }
        }
        attempts.retain(|attempt| records::counts(attempt) || practice && attempt.ended.is_some());
        Ok((attempts, unreadable))
    }

    /// The attempt of an id, or in a file.
    fn named(&self, named: &str, practice: bool) -> Result<Attempt, Error> {
        let path = Path::new(named);
        let path = match named.parse::<Uuid>() {
            Ok(id) if !path.exists() => self.home.store.find(id),
            _ => path.to_owned(),
        };
        if !path.exists() {
            return Err(Error::NotThere { path });
        }
        let attempt = self.home.store.load_alone(&path)?;
        if !practice && (attempt.practice || attempt.rewound.is_some()) {
            return Err(Error::Unclear {
                asked: format!("{named} is a practice run, and those are private"),
                mend: "With --practice it is recorded all the same, and marked as what it is.".to_owned(),
            });
        }
        Ok(attempt)
    }
}

// ---- The store.

pub(super) fn store(terminal: &mut Terminal<'_>, of: &ExportStore) -> Result<Outcome, Error> {
    let data = Folders::find(of.folders.data.as_deref())?.data;
    let mut settings = RecordSettings::open(&data)?;
    let before = settings.clone();
    set_names(&mut settings, of)?;
    if of.forget {
        settings.store = None;
    }
    if let (Some(address), Some(key)) = (&of.address, &of.key) {
        let address = sending::checked(address)?;
        let prompt = Line::strong("The secret of this key").and(Tone::Quiet, " (what you type is not shown) \u{203a}");
        let Typed::Line(secret) = terminal.ask_unseen(&prompt)? else {
            return Err(no_secret());
        };
        if secret.is_empty() {
            return Err(no_secret());
        }
        let before = settings.store.as_ref();
        let version = before.map_or(XapiVersion::default(), |store| store.version);
        let by_itself = before.is_some_and(|store| store.by_itself);
        let secret = Secret::new(secret);
        settings.store = Some(RecordStore { address, key: key.clone(), secret, version, by_itself });
    }
    if let Some(spoken) = of.spoken {
        settings.store.as_mut().ok_or_else(no_store)?.version = spoken.into();
    }
    if settings != before {
        settings.save(&data)?;
    }
    terminal.show_all(&shown(&settings, &data))?;
    Ok(Outcome::Fine)
}

fn set_names(settings: &mut RecordSettings, of: &ExportStore) -> Result<(), Error> {
    match of.home_page.as_deref() {
        None => {}
        Some("-") => settings.home_page = None,
        Some(page) if is_web_address(page) => settings.home_page = Some(page.to_owned()),
        Some(page) => {
            return Err(Error::Unclear {
                asked: format!("\u{201c}{page}\u{201d} is not the address of a system"),
                mend: "It looks like https://lms.example, and is the one that your LMS uses for its accounts."
                    .to_owned(),
            });
        }
    }
    for args::Unlogged(person) in &of.person {
        match person.split_once('=') {
            Some((name, "")) if !name.trim().is_empty() => {
                settings.people.remove(name.trim());
            }
            Some((name, id)) if !name.trim().is_empty() && !id.trim().is_empty() => {
                settings.people.insert(name.trim().to_owned(), id.trim().to_owned());
            }
            _ => {
                return Err(Error::Unclear {
                    asked: format!("\u{201c}{person}\u{201d} does not say who has which id"),
                    mend: "Write the pseudonym, = and the id: --person Heron=staff-0042".to_owned(),
                });
            }
        }
    }
    Ok(())
}

/// The home page of an account has to be one (xAPI 1.0.3, Part Two, 2.4.2.4).
fn is_web_address(page: &str) -> bool {
    let rest = page.strip_prefix("https://").or_else(|| page.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '[')
            && !rest.contains(|letter: char| {
                letter.is_whitespace() || letter.is_control() || "<>\"{}|\\^`".contains(letter)
            })
    })
}

fn shown(settings: &RecordSettings, data: &Path) -> Vec<Line> {
    let mut lines = Vec::new();
    match &settings.store {
        None => lines.push(Line::plain(
            "No learning record store is set. `simmer export store --address URL --key KEY` sets one.",
        )),
        Some(store) => {
            lines.push(Line::strong("Records go to ").and(Tone::Plain, store.address.clone()));
            let words = format!("key {}, xAPI {}; the secret is kept and not shown", store.key, store.version.header());
            lines.push(Line::quiet(words).indented(2));
            if store.by_itself {
                lines.push(Line::quiet("the window sends to it after each finished call").indented(2));
            }
        }
    }
    let page = settings.home_page.as_deref().unwrap_or(records::HOME_PAGE);
    lines.push(Line::strong("Names belong to ").and(Tone::Plain, page));
    for (name, id) in &settings.people {
        lines.push(Line::plain(format!("{name} is recorded as {id}")).indented(2));
    }
    lines.push(Line::quiet("everybody else under a name that says nothing of them").indented(2));
    lines.push(Line::quiet(format!("Kept in {}", RecordSettings::path(data).display())));
    lines
}

fn no_secret() -> Error {
    Error::Unclear {
        asked: "no secret was given, and nothing was changed".to_owned(),
        mend: "Type the secret that belongs to the key, or pass it on standard input.".to_owned(),
    }
}

fn no_store() -> Error {
    Error::Unclear {
        asked: "no learning record store is set".to_owned(),
        mend: "`simmer export store --address URL --key KEY` sets one; with --to FILE the records go to a file."
            .to_owned(),
    }
}

#[cfg(feature = "online")]
mod sending {
    use super::{AtHand, LeftOut, no_store, tell_left_out};
    use crate::attempt::Attempt;
    use crate::cli::Outcome;
    use crate::cli::args::ExportXapi;
    use crate::cli::error::{Error, counted};
    use crate::cli::page::{Line, Tone};
    use crate::cli::terminal::Terminal;
    use crate::online::lrs::outbox::{self, Delivery, Receipts};
    use crate::online::lrs::{Address, Lrs, NotAnAddress, Patience};
    use crate::settings::RecordSettings;

    /// An address as it is kept.
    pub(super) fn checked(address: &str) -> Result<String, Error> {
        address.parse::<Address>().map(|address| address.to_string()).map_err(|why| refused(address, why))
    }

    pub(super) fn run(
        terminal: &mut Terminal<'_>,
        of: &ExportXapi,
        at_hand: &AtHand,
        settings: &RecordSettings,
        mut attempts: Vec<Attempt>,
    ) -> Result<Outcome, Error> {
        let mut store = settings.store.clone().ok_or_else(no_store)?;
        if let Some(spoken) = of.spoken {
            store.version = spoken.into();
        }
        let lrs = Lrs::new(&store, Patience::default()).map_err(|why| refused(&store.address, why))?;
        // Those that are named are sent whatever is known of them: it adds nothing.
        if of.all {
            let receipts = Receipts::open(&at_hand.data);
            attempts.retain(|attempt| !receipts.holds(lrs.address(), attempt.id));
        }
        if let Some(unfinished) = attempts.iter().find(|attempt| attempt.ended.is_none()) {
            return Err(Error::Unclear {
                asked: format!("the attempt {} is not finished", unfinished.id),
                mend: "What has no end yet is not sent; with --to FILE it can be looked at.".to_owned(),
            });
        }
        let delivery =
            outbox::deliver(&lrs, &at_hand.data, settings, &attempts, &|attempt| at_hand.scenario_of(attempt))?;
        tell(terminal, &delivery, &lrs.address().to_string())
    }

    fn tell(terminal: &mut Terminal<'_>, delivery: &Delivery, address: &str) -> Result<Outcome, Error> {
        let statements: usize = delivery.delivered.iter().map(|one| one.statements).sum();
        let (all, of) = (counted(statements, "statement"), counted(delivery.delivered.len(), "attempt"));
        if delivery.delivered.is_empty() && delivery.stopped.is_none() && delivery.without_record.is_empty() {
            terminal.show(&Line::plain(format!("Nothing to send: {address} has everything.")))?;
        } else {
            terminal.show(&Line::plain(format!("{address} has {all} of {of}.")))?;
        }
        let aside = delivery.delivered.iter().flat_map(|one| one.put_aside.iter().map(move |put| (one.attempt, put)));
        let mut refused = 0;
        for (attempt, put) in aside {
            refused += 1;
            let words = format!("  statement {} of attempt {attempt}. The store says: {}", put.statement, put.words);
            terminal.show(&Line::new(Tone::Heat, "not taken").and(Tone::Plain, words).within(0, 4))?;
        }
        let without = delivery.without_record.iter();
        let without = without.map(|(id, why)| LeftOut { which: id.to_string(), why: why.clone() });
        tell_left_out(&without.collect::<Vec<_>>());
        if let Some(why) = &delivery.stopped {
            terminal.show(&Line::new(Tone::Heat, "stopped").and(Tone::Plain, format!("  {why}")).within(0, 4))?;
            terminal
                .show(&Line::plain(format!("{} still to be sent.", counted(delivery.left, "attempt"))).indented(4))?;
            return Ok(Outcome::NotDone);
        }
        Ok(if refused == 0 && delivery.without_record.is_empty() { Outcome::Fine } else { Outcome::Problems })
    }

    fn refused(address: &str, why: NotAnAddress) -> Error {
        Error::Unclear { asked: format!("records cannot be sent to \u{201c}{address}\u{201d}"), mend: why.to_string() }
    }
}

#[cfg(not(feature = "online"))]
mod sending {
    use super::AtHand;
    use crate::attempt::Attempt;
    use crate::cli::Outcome;
    use crate::cli::args::ExportXapi;
    use crate::cli::error::Error;
    use crate::cli::terminal::Terminal;
    use crate::settings::RecordSettings;

    pub(super) fn checked(_: &str) -> Result<String, Error> {
        Err(not_here())
    }

    pub(super) fn run(
        _: &mut Terminal<'_>,
        _: &ExportXapi,
        _: &AtHand,
        _: &RecordSettings,
        _: Vec<Attempt>,
    ) -> Result<Outcome, Error> {
        Err(not_here())
    }

    fn not_here() -> Error {
        Error::Unclear {
            asked: "this build of Simmer sends nothing anywhere".to_owned(),
            mend: "With --to FILE the records go to a file, which a store can take in.".to_owned(),
        }
    }
}
