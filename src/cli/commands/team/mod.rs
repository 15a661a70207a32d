//! `simmer team`: joining a team's service, and what one shares with it.

mod board;
mod ranked;

use jiff::Timestamp;
use uuid::Uuid;

use crate::attempt::atomic;
use crate::cli::Outcome;
use crate::cli::args::{
    self, Team, TeamAhead, TeamChange, TeamDelete, TeamExport, TeamJoin, TeamLeave, TeamSend, TeamStatus,
};
use crate::cli::columns::columns;
use crate::cli::error::{Error, counted};
use crate::cli::home::Home;
use crate::cli::page::{Line, Tone};
use crate::cli::terminal::{Terminal, Typed};
use crate::dialogue::Mode;
use crate::online::outbox::{Files, Line as Way, State, Step};
use crate::online::starts::Starts;
use crate::online::{CallError, Folder, Membership, Outbox, Published, Service, join, shown};
use crate::settings::checked_name;
use crate::team::protocol::{ChangeMe, Me, PublishedScenario};

pub(in crate::cli) use ranked::{choose as choose_ranked, take};

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, team: &Team) -> Result<Outcome, Error> {
    match team {
        Team::Join(join) => run_join(terminal, join),
        Team::Status(status) => run_status(terminal, status),
        Team::Send(send) => run_send(terminal, send),
        Team::Ahead(ahead) => run_ahead(terminal, ahead),
        Team::Board(asked) => board::run(terminal, asked),
        Team::Open(open) => run_open(terminal, &open.folders),
        Team::Change(change) => run_change(terminal, change),
        Team::Export(export) => run_export(terminal, export),
        Team::Leave(leave) => run_leave(terminal, leave),
        Team::Delete(delete) => run_delete(terminal, delete),
    }
}

/// The team of whoever plays.
pub(in crate::cli) struct Joined {
    folder: Folder,
    membership: Membership,
    service: Service,
}

impl Joined {
    /// Nothing is said to the service yet.
    pub(in crate::cli) fn open(home: &Home) -> Result<Self, Error> {
        Self::find(home)?.ok_or_else(|| Error::Team {
            words:
                "You are in no team yet. Ask whoever runs its service for an invite link, and then: `simmer team join \
                    LINK`."
                    .to_owned(),
        })
    }

    fn find(home: &Home) -> Result<Option<Self>, Error> {
        let folder = Folder::of(&home.data, home.player());
        let Some(membership) = folder.joined()? else { return Ok(None) };
        let service = Service::of(&membership)?;
        Ok(Some(Self { folder, membership, service }))
    }

    fn outbox(&self, home: &Home) -> Outbox<Files> {
        let files = Files::new(home.store.clone(), self.folder.clone(), home.player(), self.membership.player);
        Outbox::new(files)
    }

    fn starts(&self) -> Starts<'_> {
        Starts::of(&self.folder, self.membership.player)
    }

    /// The published scenario of this name.
    fn published(&self, name: &str) -> Result<PublishedScenario, Error> {
        let all = self.service.scenarios()?.scenarios;
        let found = all.iter().find(|published| published.scenario == name).cloned();
        found.ok_or_else(|| {
            let names: Vec<_> = all.iter().map(|published| shown(&published.scenario)).collect();
            let words = if names.is_empty() {
                "Your team has no scenario yet that counts. Ask whoever runs the service to publish one.".to_owned()
            } else {
                format!("\u{201c}{name}\u{201d} does not count in your team. These do: {}.", names.join(", "))
            };
            Error::Team { words }
        })
    }
}

fn run_join(terminal: &mut Terminal<'_>, asked: &TeamJoin) -> Result<Outcome, Error> {
    let home = Home::open(&asked.folders)?;
    let folder = Folder::of(&home.data, home.player());
    let alias = checked_name(asked.alias.as_deref().unwrap_or(home.player()));
    let alias = alias.map_err(|words| Error::Team { words })?;
    let joined = join(&folder, &asked.link, &alias, asked.device.clone(), asked.without_encryption);
    let membership = joined.map_err(|error| {
        let words = error.to_string();
        match error {
            crate::online::JoinError::NotPrivate(_) => {
                Error::Team { words: format!("{words} With --without-encryption it is used as it is.") }
            }
            _ => Error::Team { words },
        }
    })?;
    terminal.show_all(&joined_lines(&membership))?;
    Ok(Outcome::Fine)
}

fn joined_lines(membership: &Membership) -> Vec<Line> {
    let mut lines = vec![
        Line::plain("You are ")
            .and(Tone::Strong, membership.alias.clone())
            .and(Tone::Plain, format!(" at {}{}.", membership.service, of_team(membership))),
        Line::plain(
            "Your team sees your ranked runs: what you chose and when, your notes, and the score. Nothing else leaves \
             this computer.",
        ),
    ];
    if membership.address.is_plain() && !membership.address.is_loopback() {
        let words = "What is sent there is not encrypted: whoever is on the same network can read it.";
        lines.push(Line::new(Tone::Gold, words));
    }
    lines.push(Line::quiet(
        "`simmer play --ranked` takes a call that counts, `simmer team board` shows where you stand.",
    ));
    lines
}

fn of_team(membership: &Membership) -> String {
    membership.team.as_ref().map_or_else(String::new, |team| format!(", team {}", shown(&team.name)))
}

fn run_status(terminal: &mut Terminal<'_>, status: &TeamStatus) -> Result<Outcome, Error> {
    let home = Home::open(&status.folders)?;
    let Some(joined) = Joined::find(&home)? else {
        terminal.show(&Line::plain("You are in no team."))?;
        terminal.show(&Line::quiet("Ask whoever runs its service for an invite link: `simmer team join LINK`."))?;
        return Ok(Outcome::Fine);
    };
    let membership = &joined.membership;
    let address = format!(" at {}{} ({})", membership.service, of_team(membership), membership.address.host());
    terminal.show(&Line::plain("You are ").and(Tone::Strong, membership.alias.clone()).and(Tone::Plain, address))?;
    match joined.service.me().and_then(|me| Ok((me, joined.service.scenarios()?.scenarios))) {
        Ok((me, scenarios)) => {
            terminal.show_all(&me_lines(&me))?;
            terminal.show_all(&scenario_lines(&scenarios))?;
        }
        Err(error) => terminal.show(&Line::new(Tone::Gold, error.to_string()))?,
    }
    let ahead: Vec<_> = joined.starts().all_ahead(Timestamp::now())?;
    for start in &ahead {
        let words =
            format!("{} lies here to be played without a network, until {}.", start.scenario, day(start.expires));
        terminal.show(&Line::plain(words))?;
    }
    let lines = joined.outbox(&home).lines()?;
    terminal.show_all(&way_lines(&lines))?;
    Ok(Outcome::Fine)
}

fn me_lines(me: &Me) -> Vec<Line> {
    let mut lines = Vec::new();
    match &me.season {
        Some(season) => {
            let ends = season.ends.map_or_else(String::new, |ends| format!(", until {}", day(ends)));
            lines.push(Line::plain(format!("Season: {}{ends}.", shown(&season.name))));
        }
        None => lines.push(Line::plain("There is no season at the moment, so nothing is ranked.")),
    }
    if !me.listed {
        lines.push(Line::plain("You are shown on no board. `simmer team change --shown` puts you back."));
    }
    lines
}

fn scenario_lines(scenarios: &[PublishedScenario]) -> Vec<Line> {
    if scenarios.is_empty() {
        return vec![Line::plain("No scenario counts yet.")];
    }
    let rows: Vec<Vec<String>> = scenarios
        .iter()
        .map(|published| {
            let left = published.allowed.saturating_sub(published.begun);
            let points = published.points.map_or_else(|| "-".to_owned(), |points| points.to_string());
            let due = published.due.map_or_else(String::new, |due| format!("due {}", day(due)));
            vec![shown(&published.scenario), points, format!("{left} of {}", published.allowed), due]
        })
        .collect();
    let (head, rows) = columns(&["What counts", "Points", "Runs left", ""], &rows, |column| column == 1);
    let mut lines = vec![Line::empty(), Line::quiet(head).within(0, 4)];
    lines.extend(rows.into_iter().map(|row| Line::plain(row).within(0, 4)));
    lines.push(Line::empty());
    lines
}

/// How it stands with the ranked runs: those on their way each in a line, of those received how many.
fn way_lines(ways: &[Way]) -> Vec<Line> {
    let received = ways.iter().filter(|way| matches!(way.state, State::Accepted(_))).count();
    let mut lines = Vec::new();
    if received > 0 {
        lines.push(Line::plain(format!("{} received.", counted(received, "ranked run"))));
    }
    for way in ways {
        let tone = match way.state {
            State::Accepted(_) => continue,
            State::Waiting { .. } | State::Sending => Tone::Plain,
            State::Refused(_) | State::Revoked => Tone::Heat,
        };
        let line = Line::strong(way.scenario.clone()).and(tone, format!(": {}", way.state.words()));
        lines.push(line.within(0, 2));
    }
    if ways.iter().any(|way| matches!(way.state, State::Refused(_))) {
        lines.push(Line::quiet("It is kept here. `simmer team send --refused` sends it once more."));
    }
    if ways.is_empty() {
        lines.push(Line::quiet("Nothing has been played for your team yet, and nothing waits to be sent."));
    }
    lines
}

fn run_send(terminal: &mut Terminal<'_>, asked: &TeamSend) -> Result<Outcome, Error> {
    let home = Home::open(&asked.folders)?;
    let joined = Joined::open(&home)?;
    let mut outbox = joined.outbox(&home);
    if asked.refused {
        for way in outbox.lines()? {
            outbox.ask_again(way.attempt)?;
        }
    }
    let sent = send_all(&mut outbox, &joined.service)?;
    let ways = outbox.lines()?;
    for way in ways.iter().filter(|way| sent.contains(&way.attempt) && matches!(way.state, State::Accepted(_))) {
        terminal.show_all(&arrived(&joined.service, way))?;
    }
    let waits: Vec<Way> = ways.into_iter().filter(|way| !matches!(way.state, State::Accepted(_))).collect();
    if waits.is_empty() && sent.is_empty() {
        terminal.show(&Line::plain("There is nothing to send."))?;
    } else {
        terminal.show_all(&if waits.is_empty() { Vec::new() } else { way_lines(&waits) })?;
    }
    Ok(if waits.is_empty() { Outcome::Fine } else { Outcome::NotDone })
}

/// Sends all that can be sent now, each once. Gives those that were answered.
fn send_all(outbox: &mut Outbox<Files>, service: &Service) -> Result<Vec<Uuid>, Error> {
    let mut sent = Vec::new();
    loop {
        let chance = Uuid::now_v7().as_u128() & u128::from(u32::MAX);
        match outbox.run_once(Timestamp::now(), u32::try_from(chance).unwrap_or(0), &mut &*service)? {
            Step::Answered(receipt) => sent.push(receipt.attempt),
            // The others may still go.
            Step::Failed(CallError::Refused(_)) => {}
            Step::Idle | Step::WaitUntil(_) | Step::Failed(_) | Step::Revoked => return Ok(sent),
        }
    }
}

/// After a ranked run: sends it, and says what became of it.
pub(in crate::cli) fn send_after_play(terminal: &mut Terminal<'_>, home: &Home, attempt: Uuid) -> Result<(), Error> {
    let Some(joined) = Joined::find(home)? else { return Ok(()) };
    let mut outbox = joined.outbox(home);
    send_all(&mut outbox, &joined.service)?;
    let Some(way) = outbox.lines()?.into_iter().find(|way| way.attempt == attempt) else { return Ok(()) };
    terminal.show(&Line::empty())?;
    Ok(terminal.show_all(&arrived(&joined.service, &way))?)
}

/// What became of a run; where it is ranked, how.
fn arrived(service: &Service, way: &Way) -> Vec<Line> {
    let tone = match way.state {
        State::Accepted(_) => Tone::Calm,
        State::Waiting { .. } | State::Sending => Tone::Plain,
        State::Refused(_) | State::Revoked => Tone::Heat,
    };
    let line = Line::strong(way.scenario.clone()).and(tone, format!(": {}", way.state.words())).within(0, 2);
    let mut lines = vec![line];
    if matches!(way.state, State::Accepted(_))
        && let Some((rank, players)) = board::own_rank(service, &way.scenario)
    {
        lines.push(Line::plain(format!("You are {} of {players} at this scenario.", ordinal(rank))).indented(2));
    }
    lines
}

/// "1st", "2nd", "11th".
fn ordinal(number: u64) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn run_ahead(terminal: &mut Terminal<'_>, ahead: &TeamAhead) -> Result<Outcome, Error> {
    let home = Home::open(&ahead.folders)?;
    let joined = Joined::open(&home)?;
    let published = joined.published(&ahead.scenario)?;
    let full = ranked::hash(&published)?;
    // The scenario first: a leave for one that cannot be played would count for nothing.
    Published::fetch(&joined.folder, &joined.service, full)?;
    let start = joined.starts().fetch_ahead(&joined.service, full, Mode::Steps, Timestamp::now())?;
    terminal.show(&Line::strong(shown(&published.title)).and(
        Tone::Plain,
        format!(
            " lies here now, to be played without a network. Play and send it before {}: it counts already, and the \
             board will say that it was played without the service.",
            moment(start.expires)
        ),
    ))?;
    terminal.show(&Line::quiet(format!("`simmer play {} --ranked` takes the call.", ahead.scenario)))?;
    Ok(Outcome::Fine)
}

fn run_open(terminal: &mut Terminal<'_>, folders: &args::Folders) -> Result<Outcome, Error> {
    let joined = Joined::open(&Home::open(folders)?)?;
    let link = joined.service.browser_link()?;
    terminal.show(&Line::plain("Open this in a browser. It is good once, and for a short while:"))?;
    terminal.show(&Line::verbatim(shown(&link.link)))?;
    Ok(Outcome::Fine)
}

fn run_change(terminal: &mut Terminal<'_>, change: &TeamChange) -> Result<Outcome, Error> {
    let joined = Joined::open(&Home::open(&change.folders)?)?;
    let alias = change.alias.as_deref().map(checked_name).transpose().map_err(|words| Error::Team { words })?;
    let listed = (change.hidden || change.shown).then_some(change.shown);
    let me = joined.service.change_me(&ChangeMe { alias, listed })?;
    let alias = shown(&me.alias);
    joined.folder.keep(&Membership { alias: alias.clone(), ..joined.membership })?;
    let listed = if me.listed { "are shown on your team\u{2019}s boards" } else { "are shown on no board" };
    terminal.show(&Line::plain("You are ").and(Tone::Strong, alias).and(Tone::Plain, format!(", and {listed}.")))?;
    Ok(Outcome::Fine)
}

fn run_export(terminal: &mut Terminal<'_>, export: &TeamExport) -> Result<Outcome, Error> {
    let joined = Joined::open(&Home::open(&export.folders)?)?;
    if export.file.exists() {
        return Err(Error::Exists { path: export.file.clone() });
    }
    let all = joined.service.export_me()?;
    atomic::create(&export.file, &all)
        .map_err(|error| Error::CannotWrite { path: error.path, source: error.source })?;
    let words = format!("All that the service knows of you is in {}.", export.file.display());
    terminal.show(&Line::plain(words))?;
    Ok(Outcome::Fine)
}

fn run_leave(terminal: &mut Terminal<'_>, leave: &TeamLeave) -> Result<Outcome, Error> {
    let home = Home::open(&leave.folders)?;
    let joined = Joined::open(&home)?;
    let due = joined.outbox(&home).due()?.len();
    if due > 0 && !leave.anyway {
        let words = format!(
            "{} not sent yet. `simmer team send` sends; with --anyway you leave without.",
            if due == 1 { "1 ranked run is".to_owned() } else { format!("{due} ranked runs are") }
        );
        terminal.show(&Line::new(Tone::Gold, words))?;
        return Ok(Outcome::NotDone);
    }
    let device = &joined.membership.token.id;
    let revoked = joined.service.drop_device(device);
    joined.folder.leave(false)?;
    terminal.show(&Line::plain(format!("You have left {} on this computer.", joined.membership.service)))?;
    terminal.show(&Line::quiet("What the service has of you stays there; whoever runs it can delete it for you."))?;
    if revoked.is_err() {
        let words = format!(
            "The service could not be told. This computer has forgotten its key; whoever runs the service can revoke it \
             there as well: `simmer admin revoke {device}`."
        );
        terminal.show(&Line::new(Tone::Gold, words))?;
    }
    Ok(Outcome::Fine)
}

fn run_delete(terminal: &mut Terminal<'_>, delete: &TeamDelete) -> Result<Outcome, Error> {
    let home = Home::open(&delete.folders)?;
    let joined = Joined::open(&home)?;
    if !delete.yes {
        terminal.show(&Line::new(
            Tone::Gold,
            format!("All that {} knows of you will be gone, and cannot be brought back.", joined.membership.service),
        ))?;
        let prompt = Line::strong("delete").and(Tone::Quiet, " deletes it \u{b7} Enter leaves it as it is \u{203a}");
        match terminal.ask(&prompt)? {
            Typed::Line(typed) if typed.eq_ignore_ascii_case("delete") => {}
            _ => {
                terminal.show(&Line::plain("Nothing was deleted."))?;
                return Ok(Outcome::NotDone);
            }
        }
    }
    joined.service.delete_me()?;
    joined.folder.leave(true)?;
    terminal.show(&Line::plain("The service knows nothing of you any more. Your runs are still on this computer."))?;
    Ok(Outcome::Fine)
}

/// "24 November".
fn day(time: Timestamp) -> String {
    time.to_zoned(jiff::tz::TimeZone::system()).strftime("%-d %B").to_string()
}

/// "24 November, 18:05".
fn moment(time: Timestamp) -> String {
    time.to_zoned(jiff::tz::TimeZone::system()).strftime("%-d %B, %H:%M").to_string()
}

#[cfg(test)]
mod tests;
