//! What stands on a board. The ranking itself is [`Board`].

use std::collections::BTreeMap;

use crate::board::{Adding, Board, By, Choice, Entry, LEAST_TEAM, Progress, Row, same_name};
use crate::scenario::vocabulary::Skill;

/// Rows at the top that everybody sees, and rows above and below one's own.
const TOP: usize = 5;
const AROUND: usize = 2;

/// What a board is built from.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// Verified attempts; the board leaves out what it does not list.
    pub entries: &'a [Entry],
    /// The pseudonym of whoever looks.
    pub player: &'a str,
    pub choice: &'a Choice,
    pub who: Who,
    /// Every row, instead of the top and one's neighbours.
    pub all: bool,
    /// What came of adding the latest folder, or why its own folder could not be used.
    pub added: Option<Result<&'a Adding, &'a str>>,
    /// Attempts are being played back.
    pub reading: Option<Reading>,
}

/// Attempts that are being played back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub progress: Progress,
    /// They are added, and not only listed.
    pub adds: bool,
}

/// Whether people are ranked, or teams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Who {
    #[default]
    People,
    Teams,
}

/// What is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub about: &'static str,
    pub who: Who,
    /// None where there is one entry to choose from.
    pub scenarios: Vec<Filter>,
    pub skills: Vec<Filter>,
    pub teams: Vec<Filter>,
    pub columns: Vec<Column>,
    pub lines: Vec<Line>,
    /// In place of the table: how things stand, and what to do.
    pub empty: Option<[String; 2]>,
    /// "Show all 24 rows", "Show the top and my rows".
    pub length: Option<(String, bool)>,
    /// Promises are still open. In the columns of the table.
    pub provisional: Vec<Line>,
    /// Teams that are not listed.
    pub too_few: Vec<String>,
    pub improved: Vec<String>,
    pub added: Option<Added>,
    /// "Adding attempts: 17 of 240".
    pub reading: Option<String>,
}

/// A filter that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter<C = Choice> {
    pub label: String,
    pub chosen: bool,
    /// What the board would be then.
    pub choice: C,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    /// Its part of the width.
    pub share: u8,
    pub number: bool,
}

/// A row of the table, or a gap where rows are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    Row { cells: Vec<String>, own: bool },
    Gap(String),
}

/// What came of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    pub words: String,
    /// Each file that was refused, and why.
    pub refused: Vec<[String; 2]>,
}

impl View {
    /// A board as one person sees it.
    pub fn of(given: Given<'_>) -> Self {
        let board = Board::of(given.entries.iter().cloned(), given.choice);
        let (columns, lines, length) = match given.who {
            Who::People => people(given, &board),
            Who::Teams => teams(given, &board),
        };
        let provisional = match given.who {
            Who::People => board.provisional.iter().map(|row| line(given, row, None)).collect(),
            Who::Teams => Vec::new(),
        };
        let too_few = match given.who {
            Who::People => Vec::new(),
            Who::Teams => board
                .small_teams
                .iter()
                .map(|team| {
                    let members = counted(team.members, "person", "people");
                    format!("{}: too few to list ({members}, and a team is listed from {LEAST_TEAM} on)", team.team)
                })
                .collect(),
        };
        let improved = match given.who {
            Who::People => board
                .improved
                .iter()
                .map(|line| {
                    let gain = line.latest - line.first;
                    format!("{}, {}: {} to {}, {gain} more", line.player, line.title, line.first, line.latest)
                })
                .collect(),
            Who::Teams => Vec::new(),
        };
        let empty = lines.is_empty().then(|| empty_words(given));
        Self {
            about: match given.who {
                Who::People => {
                    "Your first finished run of a call counts. Points are the score, raised by up to 32 % with \
                                the difficulty. Time, date and how often you play count for nothing. Practice stays \
                                private."
                }
                Who::Teams => "A team has the median of its members\u{2019} points. Each member counts once.",
            },
            who: given.who,
            scenarios: scenarios(given),
            skills: skills(given),
            teams: team_filters(given),
            columns,
            lines,
            empty,
            length,
            provisional,
            too_few,
            improved,
            added: given.added.map(added_words),
            reading: given.reading.map(reading_words),
        }
    }
}

type Table = (Vec<Column>, Vec<Line>, Option<(String, bool)>);

fn people(given: Given<'_>, board: &Board) -> Table {
    let column = |name, share, number| Column { name, share, number };
    let mut columns = vec![column("Rank", 5, true), column("Name", 18, false), column("Team", 11, false)];
    if given.choice.scenario.is_none() {
        columns.push(column("Call", 17, false));
    }
    columns.extend([column("Points", 7, true), column("Overall", 8, true)]);
    columns.extend(["Listening", "Calm tone", "Empathy", "Needs", "Follow-up"].map(|name| column(name, 9, true)));
    columns.push(column("They left", 12, false));

    let all: Vec<usize> = (0..board.rows.len()).collect();
    let near = board.near(given.player, TOP, AROUND);
    let shortens = near.len() < all.len();
    let shown = if given.all || !shortens { all } else { near };
    let own = own_row(given, board);
    let (mut lines, mut next) = (Vec::new(), 0);
    for &place in &shown {
        if place > next {
            lines.push(Line::Gap(left_out(place - next)));
        }
        next = place + 1;
        lines.push(line(given, &board.rows[place], beside(board, own, place)));
    }
    if next < board.rows.len() && next > 0 {
        lines.push(Line::Gap(left_out(board.rows.len() - next)));
    }
    let length = shortens.then(|| {
        if given.all {
            ("Show the top and my own rows".to_owned(), false)
        } else {
            (format!("Show all {} rows", board.rows.len()), true)
        }
    });
    (columns, lines, length)
}

/// The one row of the player; where there are several, neighbours are not spoken of.
fn own_row(given: Given<'_>, board: &Board) -> Option<usize> {
    let mut own = (0..board.rows.len()).filter(|&row| same_name(&board.rows[row].entry.player, given.player));
    own.next().filter(|_| own.next().is_none())
}

/// What a row is to the player's own, in words.
fn beside(board: &Board, own: Option<usize>, place: usize) -> Option<&'static str> {
    let own = own.filter(|&own| own != place)?;
    if board.rows[own].rank == board.rows[place].rank {
        return Some("level with you");
    }
    match (place + 1 == own, own + 1 == place) {
        (true, _) => Some("just above you"),
        (_, true) => Some("just below you"),
        _ => None,
    }
}

fn line(given: Given<'_>, row: &Row, beside: Option<&str>) -> Line {
    let entry = &row.entry;
    let own = same_name(&entry.player, given.player);
    let rank = if row.rank == 0 { "\u{2013}".to_owned() } else { row.rank.to_string() };
    let name = match (own, beside) {
        (true, _) => format!("{} (you)", entry.player),
        (false, Some(beside)) => format!("{} ({beside})", entry.player),
        (false, None) => entry.player.clone(),
    };
    let mut cells = vec![rank, name, entry.team.clone().unwrap_or_default()];
    if given.choice.scenario.is_none() {
        cells.push(entry.title.clone());
    }
    cells.extend([row.points.to_string(), entry.overall.to_string()]);
    cells.extend(entry.skills.iter().map(|skill| ((skill + 50) / 100).to_string()));
    cells.push(entry.outcome.words().to_owned());
    Line::Row { cells, own }
}

fn left_out(count: usize) -> String {
    format!("{} between", counted(count, "more row", "more rows"))
}

fn teams(given: Given<'_>, board: &Board) -> Table {
    let own = given.entries.iter().filter(|entry| same_name(&entry.player, given.player));
    let own: Vec<&str> = own.filter_map(|entry| entry.team.as_deref()).collect();
    let column = |name, share, number| Column { name, share, number };
    let columns = vec![
        column("Rank", 8, true),
        column("Team", 44, false),
        column("Points", 14, true),
        column("Members listed", 14, true),
    ];
    let lines = board.teams.iter().map(|team| {
        let own = own.iter().any(|name| same_name(name, &team.team));
        let name = if own { format!("{} (your team)", team.team) } else { team.team.clone() };
        Line::Row { cells: vec![team.rank.to_string(), name, team.points.to_string(), team.members.to_string()], own }
    });
    (columns, lines.collect(), None)
}

fn scenarios(given: Given<'_>) -> Vec<Filter> {
    let listed = given.entries.iter().filter(|entry| !entry.practice);
    let titles: BTreeMap<&str, &str> = listed.map(|entry| (entry.scenario.as_str(), entry.title.as_str())).collect();
    let filter = |label: &str, scenario: Option<&str>| {
        let choice = Choice { scenario: scenario.map(str::to_owned), ..given.choice.clone() };
        Filter { label: label.to_owned(), chosen: choice == *given.choice, choice }
    };
    let each = titles.into_iter().map(|(slug, title)| filter(title, Some(slug)));
    several(std::iter::once(filter("All calls", None)).chain(each).collect())
}

fn skills(given: Given<'_>) -> Vec<Filter> {
    let filter = |label: &str, by| {
        let choice = Choice { by, ..given.choice.clone() };
        Filter { label: label.to_owned(), chosen: choice == *given.choice, choice }
    };
    let each = Skill::ALL.iter().map(|&skill| filter(skill.words(), By::Skill(skill)));
    std::iter::once(filter("Overall", By::Overall)).chain(each).collect()
}

fn team_filters(given: Given<'_>) -> Vec<Filter> {
    if given.who == Who::Teams {
        return Vec::new();
    }
    let listed = given.entries.iter().filter(|entry| !entry.practice);
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for team in listed.filter_map(|entry| entry.team.as_deref()) {
        names.entry(team.trim().to_lowercase()).or_insert(team.trim());
    }
    let filter = |label: &str, team: Option<&str>| {
        let chosen = match (team, &given.choice.team) {
            (Some(team), Some(chosen)) => same_name(team, chosen),
            (team, chosen) => team.is_none() && chosen.is_none(),
        };
        let choice = Choice { team: team.map(str::to_owned), ..given.choice.clone() };
        Filter { label: label.to_owned(), chosen, choice }
    };
    let each = names.into_values().map(|name| filter(name, Some(name)));
    several(std::iter::once(filter("All teams", None)).chain(each).collect())
}

/// One thing and "all" of it are the same choice, unless it is chosen and must be undone.
fn several(filters: Vec<Filter>) -> Vec<Filter> {
    let all_is_chosen = filters.first().is_some_and(|all| all.chosen);
    if filters.len() <= 2 && all_is_chosen { Vec::new() } else { filters }
}

fn empty_words(given: Given<'_>) -> [String; 2] {
    let narrowed = given.choice.scenario.is_some() || given.choice.team.is_some();
    let [how, what] = match given.who {
        Who::Teams => [
            "No team has three people with a finished run yet.",
            "Add your colleagues\u{2019} attempts below. The team\u{2019}s name stands in each person\u{2019}s settings.",
        ],
        Who::People if narrowed => [
            "Nobody is on this board yet.",
            "Choose \u{201c}All calls\u{201d} and \u{201c}All teams\u{201d} to see the rest.",
        ],
        Who::People => [
            "Nobody is on the board yet.",
            "Take a call and see it through: you are listed once its last promise has come due. Or add your colleagues\u{2019} \
             attempts below.",
        ],
    };
    [how.to_owned(), what.to_owned()]
}

fn added_words(added: Result<&Adding, &str>) -> Added {
    let adding = match added {
        Ok(adding) => adding,
        Err(why) => return Added { words: why.to_owned(), refused: Vec::new() },
    };
    let mut words = format!("{} added.", counted(adding.added.len(), "attempt", "attempts"));
    if !adding.known.is_empty() {
        words.push_str(&format!(" {} here before.", counted(adding.known.len(), "was", "were")));
    }
    if adding.left > 0 {
        words.push_str(&format!(" Stopped before the other {}.", adding.left));
    }
    if !adding.refused.is_empty() {
        words.push_str(&format!(" {} refused:", counted(adding.refused.len(), "was", "were")));
    }
    let name = |path: &std::path::Path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let refused = adding.refused.iter().map(|refused| [name(&refused.path), refused.why.to_string()]).collect();
    Added { words, refused }
}

fn reading_words(reading: Reading) -> String {
    let what = if reading.adds { "Adding attempts" } else { "Reading your team\u{2019}s attempts" };
    match reading.progress {
        Progress { of: 0, .. } => format!("{what}\u{2026}"),
        Progress { done, of } => format!("{what}: {done} of {of}"),
    }
}

fn counted(number: usize, one: &str, several: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {several}") }
}

/// The folder that was typed or pasted: file browsers put quotes around a path.
pub(super) fn typed_path(typed: &str) -> Option<String> {
    let path = typed.trim().trim_matches(['"', '\'']).trim();
    (!path.is_empty()).then(|| path.to_owned())
}
