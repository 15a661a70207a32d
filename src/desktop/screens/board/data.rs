//! What stands on a board. The ranking is [`board::rank`](crate::board::rank).

use std::collections::BTreeMap;

use crate::board::{Entry, Filter, Measure, Ranked, excerpt, rank, rank_teams};
use crate::scenario::vocabulary::{Outcome, Skill};

/// Rows at the top that everybody sees.
const TOP: usize = 3;
/// Neighbours above and below one's own row.
const AROUND: usize = 2;

/// What a board is built from.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// Every finished attempt that is known here, practice and provisional ones too.
    pub entries: &'a [Entry],
    /// The pseudonym of whoever looks.
    pub player: &'a str,
    pub filter: &'a Filter,
    pub who: Who,
    /// Every row, instead of the top and one's neighbours.
    pub all: bool,
    /// What came of the folder that was added last.
    pub folder: Option<&'a Folder>,
}

/// Whether people are ranked, or teams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Who {
    #[default]
    People,
    Teams,
}

/// What came of a folder with attempts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folder {
    /// As the person named it.
    pub name: String,
    pub added: usize,
    /// Were there before.
    pub known: usize,
    pub refused: Vec<RefusedFile>,
}

/// An attempt that was not let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedFile {
    pub file: String,
    /// [`board::Refused`](crate::board::Refused) in words.
    pub why: String,
}

/// What is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub choices: Choices,
    pub columns: Vec<ColumnHead>,
    pub lines: Vec<Line>,
    /// In place of a table.
    pub empty: Option<String>,
    /// Some rows are left out, and can be shown.
    pub shortened: bool,
    /// What is not ranked yet: promises in it are open.
    pub waiting: Vec<String>,
    /// How the ranking works, in a sentence or two.
    pub about: String,
    /// What came of the latest folder, and each file that was refused.
    pub folder: Vec<String>,
}

/// The filters, each with what can be chosen and what is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    pub who: Who,
    pub scenarios: Vec<Choice>,
    pub measures: Vec<Choice>,
    /// Empty where there are no teams, or where they are what is ranked.
    pub teams: Vec<Choice>,
}

/// What a filter would be set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub label: String,
    pub chosen: bool,
    pub filter: Filter,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColumnHead {
    pub name: &'static str,
    /// Its part of the width.
    pub share: f32,
    pub number: bool,
}

impl Eq for ColumnHead {}

/// A row, or a gap where rows are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    Row { cells: Vec<String>, own: bool },
    Gap,
}

impl View {
    /// A board as it is seen by one person.
    pub fn of(given: Given<'_>) -> Self {
        let table = match given.who {
            Who::People => people(given),
            Who::Teams => teams(given),
        };
        let empty = table.lines.is_empty().then(|| empty_words(given.who));
        Self {
            choices: choices(given),
            columns: table.columns,
            lines: table.lines,
            empty,
            shortened: table.shortened,
            waiting: waiting(given),
            about:
                "Points are the score times 1.00 to 1.32 by difficulty. Your first finished run of each call counts. \
                    Practice is yours alone and never stands here."
                    .to_owned(),
            folder: given.folder.map(folder_words).unwrap_or_default(),
        }
    }
}

struct Table {
    columns: Vec<ColumnHead>,
    lines: Vec<Line>,
    shortened: bool,
}

fn people(given: Given<'_>) -> Table {
    let ranked = rank(given.entries, given.filter);
    let one_scenario = given.filter.scenario.is_some();
    let teams = ranked.iter().any(|row| row.entry.team.is_some());
    let head = |name, share, number| ColumnHead { name, share, number };
    let mut columns = vec![head("Rank", 0.6, true), head("Name", 1.6, false)];
    if teams {
        columns.push(head("Team", 1.2, false));
    }
    if !one_scenario {
        columns.push(head("Call", 1.8, false));
    }
    columns.extend([head("Points", 0.9, true), head("Overall", 0.9, true)]);
    columns.extend(["Listening", "Calm", "Empathy", "Needs", "Follow-up"].map(|name| head(name, 1.0, true)));
    columns.push(head("Left", 1.5, false));

    let cells = |row: &Ranked| {
        let entry = &row.entry;
        let mut cells = vec![row.rank.to_string(), entry.player.clone()];
        if teams {
            cells.push(entry.team.clone().unwrap_or_default());
        }
        if !one_scenario {
            cells.push(entry.title.clone());
        }
        cells.extend([row.points.whole().to_string(), entry.overall.to_string()]);
        cells.extend(entry.skills.map(|skill| ((skill + 50) / 100).to_string()));
        cells.push(left(entry.outcome).to_owned());
        cells
    };
    let shown = if given.all {
        let everything = 0..ranked.len();
        vec![everything]
    } else {
        excerpt(&ranked, given.player, TOP, AROUND).0
    };
    let mut lines = Vec::new();
    let mut next = 0;
    for run in shown {
        if run.start > next {
            lines.push(Line::Gap);
        }
        next = run.end;
        let own = |row: &Ranked| row.entry.player == given.player;
        lines.extend(ranked[run].iter().map(|row| Line::Row { cells: cells(row), own: own(row) }));
    }
    let shortened = lines.iter().filter(|line| matches!(line, Line::Row { .. })).count() < ranked.len();
    Table { columns, lines, shortened }
}

fn teams(given: Given<'_>) -> Table {
    let own = given.entries.iter().find(|entry| entry.player == given.player).and_then(|entry| entry.team.as_ref());
    let head = |name, share, number| ColumnHead { name, share, number };
    let columns =
        vec![head("Rank", 0.5, true), head("Team", 3.0, false), head("Members", 1.0, true), head("Points", 1.0, true)];
    let lines = rank_teams(given.entries, given.filter).into_iter().map(|row| Line::Row {
        own: own == Some(&row.team),
        cells: vec![row.rank.to_string(), row.team, row.members.to_string(), row.points.whole().to_string()],
    });
    Table { columns, lines: lines.collect(), shortened: false }
}

fn choices(given: Given<'_>) -> Choices {
    let Given { entries, filter, who, .. } = given;
    let titles: BTreeMap<&str, &str> =
        entries.iter().map(|entry| (entry.scenario.as_str(), entry.title.as_str())).collect();
    let choice = |label: &str, to: Filter| Choice { label: label.to_owned(), chosen: to == *filter, filter: to };
    let mut scenarios = vec![choice("All calls", Filter { scenario: None, ..filter.clone() })];
    scenarios.extend(
        titles
            .into_iter()
            .map(|(slug, title)| choice(title, Filter { scenario: Some(slug.to_owned()), ..filter.clone() })),
    );
    let mut measures = vec![choice("Overall", Filter { measure: Measure::Overall, ..filter.clone() })];
    measures.extend(
        Skill::ALL
            .iter()
            .map(|&skill| choice(skill.words(), Filter { measure: Measure::Skill(skill), ..filter.clone() })),
    );
    let names: BTreeMap<&str, ()> = entries.iter().filter_map(|entry| Some((entry.team.as_deref()?, ()))).collect();
    let mut teams = Vec::new();
    if who == Who::People && !names.is_empty() {
        teams.push(choice("All teams", Filter { team: None, ..filter.clone() }));
        teams.extend(
            names.into_keys().map(|name| choice(name, Filter { team: Some(name.to_owned()), ..filter.clone() })),
        );
    }
    Choices { who, scenarios, measures, teams }
}

fn waiting(given: Given<'_>) -> Vec<String> {
    let open = given.entries.iter().filter(|entry| !entry.practice && !entry.is_final);
    let mut lines: Vec<_> = open
        .map(|entry| {
            format!("{}, {}: {} so far. A promise in it is still open.", entry.player, entry.title, entry.overall)
        })
        .collect();
    lines.sort_unstable();
    lines
}

fn empty_words(who: Who) -> String {
    match who {
        Who::People => "Nothing is finished here yet. A run stands on the board once its last promise has come due.",
        Who::Teams => "No team has three people with a finished run yet.",
    }
    .to_owned()
}

/// How they left, in a word.
const fn left(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Escalated => "took it further",
        Outcome::Lost => "lost",
        Outcome::Pacified => "pacified",
        Outcome::RightlyEscalated => "rightly handed on",
        Outcome::Satisfied => "satisfied",
        Outcome::Advocate => "an advocate",
    }
}

fn folder_words(folder: &Folder) -> Vec<String> {
    let attempts = |count: usize| match count {
        1 => "1 attempt".to_owned(),
        count => format!("{count} attempts"),
    };
    let mut first = format!("{} from {}.", attempts(folder.added), folder.name);
    if folder.known > 0 {
        first.push_str(&format!(" {} more stood here before.", folder.known));
    }
    let mut lines = vec![first];
    if !folder.refused.is_empty() {
        lines.push(format!("{} not let in:", attempts(folder.refused.len())));
        lines.extend(folder.refused.iter().map(|refused| format!("{}: {}", refused.file, refused.why)));
    }
    lines
}
