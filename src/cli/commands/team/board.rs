//! The team's board, as the service has it.

use uuid::Uuid;

use super::Joined;
use crate::cli::Outcome;
use crate::cli::args::{ListFormat, TeamBoard as Asked};
use crate::cli::columns::{columns, short};
use crate::cli::error::Error;
use crate::cli::home::Home;
use crate::cli::page::{Line, Tone};
use crate::cli::terminal::Terminal;
use crate::online::{BoardQuery, Service, shown};
use crate::team::protocol::{BoardPage, BoardRow, ImprovedBoard, ImprovedRow, Standing, TeamBoard};

/// The version of the JSON. A field may be added under the same number; none is taken away or changes its meaning.
const SCHEMA: u32 = 1;

pub(super) fn run(terminal: &mut Terminal<'_>, asked: &Asked) -> Result<Outcome, Error> {
    let joined = Joined::open(&Home::open(&asked.folders)?)?;
    let service = &joined.service;
    let season = asked.season.as_deref().map(|name| season(service, name)).transpose()?;
    if asked.teams {
        show(terminal, asked.format, &service.teams(season)?, team_lines, teams_in_short)?;
    } else if asked.improved {
        show(terminal, asked.format, &service.improved(season)?, improved_lines, improved_in_short)?;
    } else {
        let query = BoardQuery {
            scenario: asked.scenario.clone(),
            skill: asked.skill,
            team: asked.team.as_deref().map(|name| team(service, season, name)).transpose()?,
            season,
            ..BoardQuery::default()
        };
        let board = match (asked.all, asked.rows) {
            (true, _) => service.board_to(&query, usize::MAX)?,
            (false, Some(rows)) => service.board_to(&query, rows as usize)?,
            (false, None) => service.board(&query)?,
        };
        show(terminal, asked.format, &board, lines, in_short)?;
    }
    Ok(Outcome::Fine)
}

/// Where one stands at a scenario, and among how many.
pub(super) fn own_rank(service: &Service, scenario: &str) -> Option<(u64, u64)> {
    let own = service.rank(&BoardQuery { scenario: Some(scenario.to_owned()), ..BoardQuery::default() }).ok()?;
    Some((own.rank?, own.players))
}

fn show<T: serde::Serialize>(
    terminal: &mut Terminal<'_>,
    format: ListFormat,
    board: &T,
    lines: fn(&T) -> Vec<Line>,
    in_short: fn(&T) -> Vec<String>,
) -> Result<(), Error> {
    match format {
        ListFormat::Full => Ok(terminal.show_all(&lines(board))?),
        ListFormat::Short => {
            let mut text = in_short(board).join("\n");
            text.push('\n');
            Ok(terminal.write(&text)?)
        }
        ListFormat::Json => terminal.write_document(SCHEMA, board),
    }
}

fn season(service: &Service, name: &str) -> Result<Uuid, Error> {
    let all = service.seasons()?;
    let found = all.iter().find(|season| same(&season.name, name) || season.id.to_string() == name);
    found.map(|season| season.id).ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|season| shown(&season.name)).collect();
        Error::Team { words: format!("There is no season \u{201c}{name}\u{201d}. There are: {}.", names.join(", ")) }
    })
}

fn team(service: &Service, season: Option<Uuid>, name: &str) -> Result<Uuid, Error> {
    let all = service.teams(season)?.teams;
    let found = all.iter().find(|team| same(&team.name, name) || team.team.to_string() == name);
    found.map(|team| team.team).ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|team| shown(&team.name)).collect();
        Error::Team {
            words: format!("There is no team \u{201c}{name}\u{201d} on the board. There are: {}.", names.join(", ")),
        }
    })
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

fn lines(page: &BoardPage) -> Vec<Line> {
    let players = if page.players == 1 { "1 player".to_owned() } else { format!("{} players", page.players) };
    let mut lines = vec![Line::strong(format!("{}: {players}", shown(&page.season.name)))];
    if page.rows.is_empty() && page.near.is_empty() {
        lines.push(Line::plain("Nobody is on this board yet."));
        lines.push(Line::quiet("`simmer play --ranked` takes a call that counts."));
        return lines;
    }
    let several = page.board.scenario.is_none();
    let mut heads = vec!["Rank", "Player", "Team", "Points"];
    if several {
        heads.push("Scenario");
    }
    heads.push("");
    let all: Vec<&BoardRow> = page.rows.iter().chain(near_alone(page)).collect();
    let cells: Vec<Vec<String>> = all.iter().map(|row| cells(row, several)).collect();
    let (head, rows) = columns(&heads, &cells, |column| column == 0 || column == 3);
    lines.push(Line::quiet(head).within(0, 6));
    for (place, (row, words)) in all.iter().zip(rows).enumerate() {
        if place == page.rows.len() {
            lines.push(Line::quiet("   \u{2026}"));
        }
        lines.push(Line::new(if row.own { Tone::Strong } else { Tone::Plain }, words).within(0, 6));
    }
    if page.next.is_some() {
        lines.push(Line::quiet("There are more: --rows N shows so many, --all every one."));
    }
    if all.iter().any(|row| row.ahead) {
        lines.push(Line::quiet("Runs played without the service are less protected than the others."));
    }
    lines
}

fn cells(row: &BoardRow, several: bool) -> Vec<String> {
    let rank = if row.rank == 0 { "-".to_owned() } else { row.rank.to_string() };
    let team = row.team.as_deref().map_or_else(|| "-".to_owned(), shown);
    let mut cells = vec![rank, short(&shown(&row.alias), 20), short(&team, 14), row.points.to_string()];
    if several {
        cells.push(short(&shown(&row.title), 24));
    }
    let mut remarks = Vec::new();
    if row.own {
        remarks.push("you");
    }
    match row.standing {
        Standing::Provisional => remarks.push("promises still open"),
        Standing::NotFinished => remarks.push("not finished"),
        _ => {}
    }
    if row.ahead {
        remarks.push("without the service");
    }
    cells.push(remarks.join(", "));
    cells
}

fn team_lines(board: &TeamBoard) -> Vec<Line> {
    let mut lines = vec![Line::strong(format!("{}: teams, by the median of their members", shown(&board.season.name)))];
    let cells: Vec<Vec<String>> = board
        .teams
        .iter()
        .map(|row| {
            let you = if row.own { "yours" } else { "" };
            vec![
                row.rank.to_string(),
                shown(&row.name),
                row.points.to_string(),
                row.members.to_string(),
                you.to_owned(),
            ]
        })
        .collect();
    if cells.is_empty() {
        lines.push(Line::plain(format!("No team has {} members on the board yet.", board.least)));
    } else {
        let (head, rows) =
            columns(&["Rank", "Team", "Points", "Members", ""], &cells, |column| matches!(column, 0 | 2 | 3));
        lines.push(Line::quiet(head).within(0, 6));
        let tone = |own| if own { Tone::Strong } else { Tone::Plain };
        lines.extend(board.teams.iter().zip(rows).map(|(row, words)| Line::new(tone(row.own), words).within(0, 6)));
    }
    if !board.small.is_empty() {
        let names: Vec<_> = board.small.iter().map(|name| shown(name)).collect();
        let words = format!("Too few to list, as it takes {} with a score: {}.", board.least, names.join(", "));
        lines.push(Line::quiet(words));
    }
    lines
}

fn improved_lines(board: &ImprovedBoard) -> Vec<Line> {
    let mut lines = vec![Line::strong(format!(
        "{}: most improved, from the first run at a scenario to the latest",
        shown(&board.season.name)
    ))];
    if board.rows.is_empty() {
        lines.push(Line::plain("Nobody has played a scenario twice yet."));
    }
    for row in &board.rows {
        let gain = row.latest.saturating_sub(row.first);
        let words =
            format!("{}, {}: {} to {}, {gain} more", shown(&row.alias), shown(&row.title), row.first, row.latest);
        lines.push(Line::new(if row.own { Tone::Strong } else { Tone::Plain }, words).within(0, 2));
    }
    lines
}

/// A line for each row: its rank, or a dash where that is still open.
fn in_short(page: &BoardPage) -> Vec<String> {
    let line = |row: &BoardRow| {
        let rank = if row.rank == 0 { "-".to_owned() } else { row.rank.to_string() };
        format!("{rank}: {}, {}: {} points", shown(&row.alias), shown(&row.title), row.points)
    };
    page.rows.iter().chain(near_alone(page)).map(line).collect()
}

fn teams_in_short(board: &TeamBoard) -> Vec<String> {
    board.teams.iter().map(|row| format!("{}: {}: {} points", row.rank, shown(&row.name), row.points)).collect()
}

fn improved_in_short(board: &ImprovedBoard) -> Vec<String> {
    let line =
        |row: &ImprovedRow| format!("{}, {}: {} to {}", shown(&row.alias), shown(&row.title), row.first, row.latest);
    board.rows.iter().map(line).collect()
}

/// The rows around one's own that are not on the page anyway.
fn near_alone(page: &BoardPage) -> impl Iterator<Item = &BoardRow> {
    page.near.iter().filter(|row| !page.rows.iter().any(|there| there.player == row.player))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::page::plain_text;
    use crate::team::protocol::{BoardName, Season, TeamRow};

    fn row(rank: u64, alias: &str, points: u32) -> BoardRow {
        BoardRow {
            rank,
            player: Uuid::from_u128(u128::from(points)),
            alias: alias.to_owned(),
            team: Some("Quayside".to_owned()),
            points,
            scenario: "before-saturday".to_owned(),
            title: "Before Saturday".to_owned(),
            standing: if rank == 0 { Standing::Provisional } else { Standing::Ranked },
            ahead: false,
            own: false,
        }
    }

    fn autumn() -> Season {
        let starts = jiff::Timestamp::UNIX_EPOCH;
        Season { id: Uuid::nil(), name: "Autumn".to_owned(), starts, ends: None, attempts: 3 }
    }

    #[test]
    fn the_top_stands_above_ones_own_place() {
        let own = BoardRow { own: true, ahead: true, ..row(17, "He\u{202e}ron", 612) };
        let page = BoardPage {
            board: BoardName::default(),
            season: autumn(),
            rows: vec![row(1, "Crane", 901), BoardRow { team: None, ..row(1, "A name that goes on and on", 900) }],
            players: 18,
            near: vec![row(1, "Crane", 901), row(16, "Snipe", 620), own, row(0, "Teal", 500)],
            next: Some("more".to_owned()),
            revision: 1,
        };
        insta::assert_snapshot!(plain_text(&lines(&page), 100), @r"
        Autumn: 18 players
        Rank  Player                Team      Points  Scenario
           1  Crane                 Quayside     901  Before Saturday
           1  A name that goes on…  -            900  Before Saturday
           …
          16  Snipe                 Quayside     620  Before Saturday
          17  Heron                 Quayside     612  Before Saturday  you, without the service
           -  Teal                  Quayside     500  Before Saturday  promises still open
        There are more: --rows N shows so many, --all every one.
        Runs played without the service are less protected than the others.
        ");
        assert_eq!(in_short(&page)[3], "17: Heron, Before Saturday: 612 points");
    }

    #[test]
    fn small_teams_are_named_and_not_ranked() {
        let quayside =
            TeamRow { rank: 1, team: Uuid::nil(), name: "Quayside".to_owned(), points: 700, members: 4, own: true };
        let board =
            TeamBoard { season: autumn(), teams: vec![quayside], small: vec!["Night shift".to_owned()], least: 3 };
        insta::assert_snapshot!(plain_text(&team_lines(&board), 100), @r"
        Autumn: teams, by the median of their members
        Rank  Team      Points  Members
           1  Quayside     700        4  yours
        Too few to list, as it takes 3 with a score: Night shift.
        ");
    }

    #[test]
    fn what_was_gained_is_said() {
        let improved = ImprovedRow {
            player: Uuid::nil(),
            alias: "Heron".to_owned(),
            scenario: "before-saturday".to_owned(),
            title: "Before Saturday".to_owned(),
            first: 600,
            latest: 701,
            own: true,
        };
        let board = ImprovedBoard { season: autumn(), rows: vec![improved] };
        insta::assert_snapshot!(plain_text(&improved_lines(&board), 100), @r"
        Autumn: most improved, from the first run at a scenario to the latest
        Heron, Before Saturday: 600 to 701, 101 more
        ");
    }
}
