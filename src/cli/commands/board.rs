//! `simmer board`: a team's attempts, added from where they lie, and ranked.

use serde::Serialize;

use crate::attempt::Store;
use crate::board::{self, Adding, Board, By, Choice, Entry, Folder, Known, NotAdded, Row};
use crate::cli::Outcome;
use crate::cli::args::{self, BoardAdd, BoardShow, ListFormat};
use crate::cli::columns::{columns, short};
use crate::cli::error::{Error, counted};
use crate::cli::home::Home;
use crate::cli::page::{Line, Tone};
use crate::cli::terminal::Terminal;
use crate::scenario::vocabulary::{Outcome as Ending, Skill};
use crate::settings::Folders;

/// The version of the JSON. A field may be added under the same number; none is taken away or changes its meaning.
const SCHEMA: u32 = 1;

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, board: &args::Board) -> Result<Outcome, Error> {
    match board {
        args::Board::Add(add) => run_add(terminal, add),
        args::Board::Show(show) => run_show(terminal, show),
    }
}

fn run_add(terminal: &mut Terminal<'_>, add: &BoardAdd) -> Result<Outcome, Error> {
    let (folder, known, _) = open(&add.folders)?;
    let adding = folder.add(&known, &add.paths)?;
    match add.format {
        ListFormat::Full => terminal.show_all(&added_lines(&adding))?,
        ListFormat::Short => terminal.write(&added_in_short(&adding))?,
        ListFormat::Json => terminal.write_document(SCHEMA, &Taken::of(&adding))?,
    }
    Ok(if adding.refused.is_empty() { Outcome::Fine } else { Outcome::Problems })
}

fn run_show(terminal: &mut Terminal<'_>, show: &BoardShow) -> Result<Outcome, Error> {
    let (folder, known, store) = open(&show.folders)?;
    let (mut entries, refused) = folder.entries(&known)?;
    entries.extend(board::own_entries(&known, &store)?);
    let choice = Choice {
        scenario: show.scenario.clone(),
        by: show.skill.map_or(By::Overall, By::Skill),
        team: show.team.clone(),
    };
    let board = Board::of(entries, &choice);
    match show.format {
        ListFormat::Full => {
            terminal.show_all(&lines(&board, &choice))?;
            terminal.show_all(&refused_lines(&refused))?;
        }
        ListFormat::Short => terminal.write(&in_short(&board))?,
        ListFormat::Json => terminal.write_document(SCHEMA, &Shown::of(&board, &choice))?,
    }
    Ok(Outcome::Fine)
}

fn open(asked: &args::Folders) -> Result<(Folder, Known, Store), Error> {
    let home = Home::open(asked)?;
    let known = Known::new(home.library.scenarios_in_all_languages(), home.store.clone());
    Ok((Folder::below(&Folders::find(asked.data.as_deref())?.data), known, home.store))
}

fn added_lines(adding: &Adding) -> Vec<Line> {
    let mut lines: Vec<Line> = adding.added.iter().map(|entry| told("added", Tone::Calm, entry)).collect();
    lines.extend(adding.known.iter().map(|entry| told("already here", Tone::Quiet, entry)));
    lines.extend(refused_lines(&adding.refused));
    let mut sum = format!("{} added", counted(adding.added.len(), "attempt"));
    for (number, words) in [(adding.known.len(), "already here"), (adding.refused.len(), "refused")] {
        if number > 0 {
            sum.push_str(&format!(", {number} {words}"));
        }
    }
    lines.push(Line::strong(format!("{sum}.")));
    if !adding.added.is_empty() {
        lines.push(Line::quiet("`simmer board show` shows the table."));
    }
    lines
}

/// A line for each file, not wrapped.
fn added_in_short(adding: &Adding) -> String {
    let mut lines = String::new();
    for (what, entries) in [("added", &adding.added), ("already here", &adding.known)] {
        for entry in entries {
            lines.push_str(&format!("{what}: {}\n", described(entry)));
        }
    }
    for refused in &adding.refused {
        lines.push_str(&format!("refused: {}\n", refusal(refused)));
    }
    lines
}

fn told(what: &str, tone: Tone, entry: &Entry) -> Line {
    Line::new(tone, what).and(Tone::Plain, format!("  {}", described(entry))).within(0, 4)
}

fn described(entry: &Entry) -> String {
    let open = if entry.is_final { "" } else { ", provisional: promises are still open" };
    format!("{}, {}: {} points{open}", entry.player, entry.title, entry.points())
}

/// What a stranger's file is called, and the names in it, shall not steer the terminal.
fn refusal(refused: &NotAdded) -> String {
    let words = format!("{}: {}", refused.path.display(), refused.why);
    words.chars().filter(|letter| !letter.is_control()).collect()
}

fn refused_lines(refused: &[NotAdded]) -> Vec<Line> {
    let line = |refused: &NotAdded| {
        Line::new(Tone::Heat, "refused").and(Tone::Plain, format!("  {}", refusal(refused))).within(0, 4)
    };
    refused.iter().map(line).collect()
}

/// A line for each row, not wrapped: its rank, or a dash where that is still open.
fn in_short(board: &Board) -> String {
    let line = |row: &Row| {
        let rank = if row.rank == 0 { "-".to_owned() } else { row.rank.to_string() };
        format!("{rank}: {}, {}: {} points\n", row.entry.player, row.entry.title, row.points)
    };
    board.rows.iter().chain(&board.provisional).map(line).collect()
}

fn lines(board: &Board, choice: &Choice) -> Vec<Line> {
    if board.rows.is_empty() && board.provisional.is_empty() {
        return vec![
            Line::plain(if *choice == Choice::default() {
                "Nobody is on the board yet."
            } else {
                "Nobody is on this board. Without --scenario, --skill and --team you see all of it."
            }),
            Line::quiet(
                "Finish a call, or take in the attempts of others: `simmer board add FOLDER` plays each back and adds \
                 it.",
            ),
        ];
    }
    let mut every_row = board.rows.iter().chain(&board.provisional);
    let first = every_row.next();
    let several = every_row.any(|row| first.is_some_and(|first| first.entry.scenario != row.entry.scenario));
    let mut lines = Vec::new();
    if !board.rows.is_empty() {
        lines.extend(table(&board.rows, several));
    }
    if !board.provisional.is_empty() {
        lines.extend([Line::empty(), Line::strong("Provisional: promises are still open, so there is no rank yet")]);
        lines.extend(table(&board.provisional, several));
    }
    if choice.team.is_none() && !(board.teams.is_empty() && board.small_teams.is_empty()) {
        lines.extend([Line::empty(), Line::strong("Teams, by the median of their members")]);
        for team in &board.teams {
            let words = format!("{:>3}  {}: {} points, {} members", team.rank, team.team, team.points, team.members);
            lines.push(Line::plain(words).within(0, 5));
        }
        for team in &board.small_teams {
            let words = format!("     {}: too few to list ({} of {})", team.team, team.members, board::LEAST_TEAM);
            lines.push(Line::quiet(words).within(0, 5));
        }
    }
    if !board.improved.is_empty() {
        lines.extend([Line::empty(), Line::strong("Most improved, from the first attempt to the latest")]);
        for line in &board.improved {
            let gain = line.latest - line.first;
            let words = format!("{}, {}: {} to {}, {gain} more", line.player, line.title, line.first, line.latest);
            lines.push(Line::plain(words).within(5, 7));
        }
    }
    lines
}

/// The rows with their heads, in columns as wide as they need; each with its scenario below it, if there are several.
fn table(rows: &[Row], several_scenarios: bool) -> Vec<Line> {
    let mut heads = vec!["Rank", "Player", "Team", "Points", "Score"];
    heads.extend(["List", "Calm", "Emp", "Need", "Foll"]);
    heads.push("Outcome");
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let entry = &row.entry;
            let rank = if row.rank == 0 { "-".to_owned() } else { row.rank.to_string() };
            let mut cells = vec![rank, short(&entry.player, 16), short(entry.team.as_deref().unwrap_or("-"), 12)];
            cells.extend([row.points.to_string(), entry.overall.to_string()]);
            cells.extend(entry.skills.iter().map(|skill| ((skill + 50) / 100).to_string()));
            cells.push(entry.outcome.words().to_owned());
            cells
        })
        .collect();
    let number = |column| column == 0 || (3..10).contains(&column);
    let (head, rest) = columns(&heads, &cells, number);
    let mut lines = vec![Line::quiet(head).within(0, 6)];
    for (row, words) in rows.iter().zip(rest) {
        lines.push(Line::plain(words).within(0, 6));
        if several_scenarios {
            // Beside the others it would not fit into a terminal of 80 columns.
            lines.push(Line::quiet(row.entry.title.clone()).indented(6));
        }
    }
    lines
}

/// What `board add --format json` writes.
#[derive(Serialize)]
struct Taken<'a> {
    added: Vec<TakenEntry<'a>>,
    already_here: Vec<TakenEntry<'a>>,
    refused: Vec<TakenRefusal>,
}

#[derive(Serialize)]
struct TakenEntry<'a> {
    player: &'a str,
    team: Option<&'a str>,
    scenario: &'a str,
    title: &'a str,
    points: u32,
    is_final: bool,
    attempt: String,
}

#[derive(Serialize)]
struct TakenRefusal {
    file: String,
    why: String,
}

impl<'a> Taken<'a> {
    fn of(adding: &'a Adding) -> Self {
        let refused = |refused: &NotAdded| TakenRefusal {
            file: refused.path.display().to_string(),
            why: refused.why.to_string(),
        };
        Self {
            added: adding.added.iter().map(TakenEntry::of).collect(),
            already_here: adding.known.iter().map(TakenEntry::of).collect(),
            refused: adding.refused.iter().map(refused).collect(),
        }
    }
}

impl<'a> TakenEntry<'a> {
    fn of(entry: &'a Entry) -> Self {
        Self {
            player: &entry.player,
            team: entry.team.as_deref(),
            scenario: &entry.scenario,
            title: &entry.title,
            points: entry.points(),
            is_final: entry.is_final,
            attempt: entry.attempt.to_string(),
        }
    }
}

/// What `board show --format json` writes.
#[derive(Serialize)]
struct Shown<'a> {
    scenario: Option<&'a str>,
    skill: Option<Skill>,
    team: Option<&'a str>,
    rows: Vec<ShownRow<'a>>,
    provisional: Vec<ShownRow<'a>>,
    teams: Vec<ShownTeam<'a>>,
    too_few_to_list: Vec<&'a str>,
    most_improved: Vec<ShownImproved<'a>>,
}

#[derive(Serialize)]
struct ShownRow<'a> {
    /// None where it is provisional.
    rank: Option<usize>,
    player: &'a str,
    team: Option<&'a str>,
    points: u32,
    overall: u16,
    /// In hundredths of a point.
    listening: i32,
    calm_tone: i32,
    empathy: i32,
    needs_assessment: i32,
    follow_through: i32,
    outcome: Ending,
    scenario: &'a str,
    title: &'a str,
    difficulty: u8,
    scenario_hash: String,
    attempt: String,
}

#[derive(Serialize)]
struct ShownTeam<'a> {
    rank: usize,
    team: &'a str,
    points: u32,
    members: usize,
}

#[derive(Serialize)]
struct ShownImproved<'a> {
    player: &'a str,
    scenario: &'a str,
    first: u32,
    latest: u32,
}

impl<'a> Shown<'a> {
    fn of(board: &'a Board, choice: &'a Choice) -> Self {
        Self {
            scenario: choice.scenario.as_deref(),
            skill: match choice.by {
                By::Overall => None,
                By::Skill(skill) => Some(skill),
            },
            team: choice.team.as_deref(),
            rows: board.rows.iter().map(ShownRow::of).collect(),
            provisional: board.provisional.iter().map(ShownRow::of).collect(),
            teams: board
                .teams
                .iter()
                .map(|line| ShownTeam { rank: line.rank, team: &line.team, points: line.points, members: line.members })
                .collect(),
            too_few_to_list: board.small_teams.iter().map(|line| line.team.as_str()).collect(),
            most_improved: board
                .improved
                .iter()
                .map(|line| ShownImproved {
                    player: &line.player,
                    scenario: &line.scenario,
                    first: line.first,
                    latest: line.latest,
                })
                .collect(),
        }
    }
}

impl<'a> ShownRow<'a> {
    fn of(row: &'a Row) -> Self {
        let entry = &row.entry;
        let skill = |skill: Skill| entry.skills[skill.index()];
        Self {
            rank: (row.rank > 0).then_some(row.rank),
            player: &entry.player,
            team: entry.team.as_deref(),
            points: row.points,
            overall: entry.overall,
            listening: skill(Skill::Listening),
            calm_tone: skill(Skill::CalmTone),
            empathy: skill(Skill::Empathy),
            needs_assessment: skill(Skill::NeedsAssessment),
            follow_through: skill(Skill::FollowThrough),
            outcome: entry.outcome,
            scenario: &entry.scenario,
            title: &entry.title,
            difficulty: entry.difficulty,
            scenario_hash: entry.scenario_hash.to_string(),
            attempt: entry.attempt.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::board::Refusal;
    use crate::cli::page::plain_text;
    use crate::dialogue::Mode;
    use crate::scenario::model::Hash;

    fn entry(player: &str, team: Option<&str>, overall: u16, id: u128) -> Entry {
        Entry {
            attempt: Uuid::from_u128(id),
            player: player.to_owned(),
            team: team.map(str::to_owned),
            scenario: "before-saturday".to_owned(),
            title: "Before Saturday".to_owned(),
            difficulty: 2,
            scenario_hash: Hash([7; 32]),
            rules_version: 1,
            mode: Mode::Steps,
            ended_at: i64::try_from(id).unwrap_or(0),
            practice: false,
            is_final: id < 90,
            outcome: Ending::Satisfied,
            overall,
            skills: [8427, 5300, 9188, 6154, 10_000],
            evidence: [(800, 1000); 5],
            moderate_or_worse: 0,
            severe_or_worse: 0,
            trust: 7000,
            given_away: 0,
            needs_met: 100,
        }
    }

    #[test]
    fn the_table_stands_in_columns() {
        let entries = [
            entry("Heron", Some("Quayside"), 754, 1),
            entry("A person with a very long name", None, 612, 2),
            entry("Crane", Some("Quayside"), 754, 3),
            entry("Heron", Some("Quayside"), 801, 4),
            entry("Snipe", None, 700, 99),
        ];
        let choice = Choice { scenario: Some("before-saturday".to_owned()), ..Choice::default() };
        let board = Board::of(entries, &choice);
        insta::assert_snapshot!(plain_text(&lines(&board, &choice), 100), @r"
        Rank  Player            Team      Points  Score  List  Calm  Emp  Need  Foll  Outcome
           1  Crane             Quayside     814    754    84    53   92    62   100  satisfied
           1  Heron             Quayside     814    754    84    53   92    62   100  satisfied
           3  A person with a…  -            661    612    84    53   92    62   100  satisfied

        Provisional: promises are still open, so there is no rank yet
        Rank  Player  Team  Points  Score  List  Calm  Emp  Need  Foll  Outcome
           -  Snipe   -        756    700    84    53   92    62   100  satisfied

        Teams, by the median of their members
             Quayside: too few to list (2 of 3)

        Most improved, from the first attempt to the latest
             Heron, Before Saturday: 814 to 865, 51 more
        ");
    }

    #[test]
    fn each_refusal_is_told_with_why() {
        let adding = Adding {
            added: vec![entry("Heron", None, 754, 1)],
            known: Vec::new(),
            refused: vec![NotAdded { path: "share/\u{1b}[2Jx.attempt".into(), why: Refusal::Practice.into() }],
            left: 0,
        };
        insta::assert_snapshot!(plain_text(&added_lines(&adding), 80), @r"
        added  Heron, Before Saturday: 814 points
        refused  share/[2Jx.attempt: It is a practice run, and those are private.
        1 attempt added, 1 refused.
        `simmer board show` shows the table.
        ");
    }
}
