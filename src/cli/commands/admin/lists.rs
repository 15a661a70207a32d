//! What a service has, as lines for a person.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::cli::error::counted;
use crate::cli::page::{Line, Tone};
use crate::service::store::{
    Assignment, AuditRow, Invited, KeptAttempt, KeptToken, PlayerRow, Published, Settings, Team,
};
use crate::team::Kind;
use crate::team::protocol::{Flag, Season};

/// A line each; or what to say where there is nothing.
pub(super) type List = Result<Vec<Line>, Line>;

pub(super) fn teams(teams: &[Team]) -> List {
    if teams.is_empty() {
        return Err(Line::plain("There is no team. `simmer admin team add NAME` makes one."));
    }
    let players = |number: u64| counted(usize::try_from(number).unwrap_or(usize::MAX), "player");
    Ok(teams.iter().map(|team| row(&team.name, &players(team.players))).collect())
}

pub(super) fn seasons(seasons: &[Season]) -> List {
    if seasons.is_empty() {
        return Err(Line::plain("There was no season. `simmer admin season open NAME` opens one."));
    }
    let line = |season: &Season| {
        let ends = season.ends.map_or_else(|| "open".to_owned(), |ends| format!("to {}", day(ends)));
        let attempts = counted(season.attempts as usize, "ranked attempt");
        row(&season.name, &format!("from {}, {ends}; {attempts} at each scenario", day(season.starts)))
    };
    Ok(seasons.iter().map(line).collect())
}

pub(super) fn scenarios(versions: &[Published]) -> List {
    if versions.is_empty() {
        return Err(Line::plain("Nothing is published. `simmer admin publish SCENARIO` publishes one."));
    }
    let line = |version: &Published| {
        let until = version.retired.map_or_else(String::new, |retired| format!(", retired {}", day(retired)));
        let hash = version.full_hash.to_string();
        let short = hash.get(..12).unwrap_or_default();
        row(&version.slug, &format!("{}, since {}{until} ({short})", version.title, day(version.published)))
    };
    Ok(versions.iter().map(line).collect())
}

pub(super) fn players(players: &[PlayerRow]) -> List {
    if players.is_empty() {
        return Err(Line::plain("Nobody has joined yet. `simmer admin invite` makes an invite link."));
    }
    let line = |row_of: &PlayerRow| {
        let player = &row_of.player;
        let mut words = row_of.real_name.as_ref().map_or_else(String::new, |name| format!("{name}; "));
        words.push_str(player.team_name.as_deref().unwrap_or("no team"));
        words.push_str(&format!(", {}", counted(usize::try_from(row_of.attempts).unwrap_or(usize::MAX), "attempt")));
        if !player.listed {
            words.push_str(", not listed");
        }
        if let Some(seen) = row_of.last_seen {
            words.push_str(&format!(", last seen {}", day(seen)));
        }
        row(&player.alias, &format!("{words} ({})", player.id))
    };
    Ok(players.iter().map(line).collect())
}

pub(super) fn assignments(assignments: &[Assignment], teams: &[Team]) -> List {
    if assignments.is_empty() {
        return Err(Line::plain("No team was given anything to do. `simmer admin assign TEAM SCENARIO` does that."));
    }
    let line = |assigned: &Assignment| {
        // It is due when its day is over.
        let last = assigned.due.and_then(|due| due.checked_sub(SignedDuration::from_millis(1)).ok());
        let by = last.map_or_else(String::new, |last| format!(", by {}", day(last)));
        row(&team(teams, assigned.team), &format!("{}{by}", assigned.scenario))
    };
    Ok(assignments.iter().map(line).collect())
}

pub(super) fn invites(invites: &[Invited], teams: &[Team], players: &[PlayerRow], now: Timestamp) -> List {
    if invites.is_empty() {
        return Err(Line::plain("No invite was given out. `simmer admin invite` makes an invite link."));
    }
    let line = |invite: &Invited| {
        let into = invite.team.map_or_else(|| "no team".to_owned(), |id| team(teams, id));
        let state = match invite.used {
            Some((at, by)) => {
                let player = players.iter().find(|row| row.player.id == by);
                let player = player.map_or_else(|| by.to_string(), |row| row.player.alias.clone());
                format!("used {} by {player}", day(at))
            }
            None if invite.expires <= now => format!("too old since {}", day(invite.expires)),
            None => format!("good until {}", day(invite.expires)),
        };
        row(&day(invite.made), &format!("{into}, {state}, made by {}", invite.by))
    };
    Ok(invites.iter().map(line).collect())
}

pub(super) fn tokens(tokens: &[KeptToken], players: &[PlayerRow]) -> List {
    if tokens.is_empty() {
        return Err(Line::plain("There is no token. `simmer admin token` makes one."));
    }
    let line = |token: &KeptToken| {
        let mut words = match token.kind {
            Kind::Administrator => "administrator".to_owned(),
            Kind::Display => "display".to_owned(),
            Kind::Device => {
                let owner = players.iter().find(|row| Some(row.player.id) == token.player);
                owner.map_or_else(|| "device".to_owned(), |row| format!("device of {}", row.player.alias))
            }
        };
        if let Some(name) = &token.name {
            words.push_str(&format!(", \u{201c}{name}\u{201d}"));
        }
        words.push_str(&format!(", since {}", day(token.added)));
        match (token.revoked, token.last_seen) {
            (Some(revoked), _) => words.push_str(&format!(", revoked {}", day(revoked))),
            (None, Some(seen)) => words.push_str(&format!(", last seen {}", day(seen))),
            (None, None) => {}
        }
        row(&token.id, &words)
    };
    Ok(tokens.iter().map(line).collect())
}

pub(super) fn flagged(attempts: &[KeptAttempt]) -> List {
    if attempts.is_empty() {
        return Err(Line::plain("There is nothing to look at."));
    }
    let line = |kept: &KeptAttempt| {
        let flags: Vec<_> = kept.flags.iter().map(|flag| flag_words(*flag)).collect();
        let invalid = kept.invalid.as_ref().map_or_else(String::new, |why| format!("; taken off: {why}"));
        row(
            &kept.attempt.to_string(),
            &format!(
                "{}, {} points, received {}: {}{invalid}",
                kept.scenario,
                kept.judged.points,
                day(kept.received),
                flags.join(", ")
            ),
        )
    };
    Ok(attempts.iter().map(line).collect())
}

pub(super) fn audit(rows: &[AuditRow]) -> List {
    if rows.is_empty() {
        return Err(Line::plain("Nobody has done anything yet."));
    }
    let line = |act: &AuditRow| {
        Line::quiet(format!("{:>4}  {}  ", act.number, act.at.strftime("%F %T")))
            .and(Tone::Strong, act.act.clone())
            .and(Tone::Plain, format!("  {}", short(&act.about)))
            .and(Tone::Quiet, format!("  by {}", act.by))
            .within(0, 6)
    };
    Ok(rows.iter().map(line).collect())
}

pub(super) fn settings(settings: &Settings) -> Vec<Line> {
    vec![
        row("name", &settings.name),
        row("retention", &format!("{} after a season\u{2019}s end", counted(settings.retention_days as usize, "day"))),
        row("least-team", &format!("{} for a team to be listed", counted(settings.least_team as usize, "member"))),
    ]
}

fn row(name: &str, words: &str) -> Line {
    Line::strong(name).and(Tone::Plain, format!("  {words}")).within(0, 4)
}

fn team(teams: &[Team], id: Uuid) -> String {
    teams.iter().find(|team| team.id == id).map_or_else(|| id.to_string(), |team| team.name.clone())
}

/// A hash is told by how it begins; an id and a name whole.
fn short(about: &str) -> &str {
    if about.len() == 64 { about.get(..12).unwrap_or(about) } else { about }
}

const fn flag_words(flag: Flag) -> &'static str {
    match flag {
        Flag::FasterThanReading => "replies faster than they can be read",
        Flag::ClockAhead => "more time played than passed",
    }
}

fn day(moment: Timestamp) -> String {
    moment.strftime("%F").to_string()
}
