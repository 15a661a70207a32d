//! What stands on the team's page. The ranking itself is the service's.

use jiff::Timestamp;
use uuid::Uuid;

use crate::desktop::screens::board::{Column, Filter, Line};
use crate::online::outbox::{self, State};
use crate::online::{CallError, Membership, Unheard, shown};
use crate::scenario::vocabulary::Skill;
use crate::team::protocol::{
    BoardPage, BoardRow, ImprovedBoard, Me, PublishedScenario, Season, Standing, Start, TeamBoard, TeamName,
};

/// Which board is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    pub what: What,
    /// The slug.
    pub scenario: Option<String>,
    /// None for the overall score.
    pub skill: Option<Skill>,
    pub team: Option<Uuid>,
    /// None for the one that is open.
    pub season: Option<Uuid>,
    /// How many hundreds of rows; none for the top and one's neighbours.
    pub more: u32,
}

/// What is ranked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum What {
    #[default]
    People,
    Teams,
    Improved,
}

/// A board as the service sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Board {
    People(BoardPage),
    Teams(TeamBoard),
    Improved(ImprovedBoard),
}

/// What is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    Join(Join),
    Team(Box<Team>),
}

/// Before one is in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    pub shares: [&'static str; 3],
    /// The link that was asked with before, where no answer came.
    pub link: String,
    /// What the team may call one, until another name is typed.
    pub alias: String,
    pub joining: bool,
    /// No answer came, the last time.
    pub again: bool,
    pub problem: Option<String>,
}

/// What the team's page is built from.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    pub membership: &'a Membership,
    /// None until the service has been heard.
    pub me: Option<&'a Me>,
    pub scenarios: &'a [PublishedScenario],
    pub seasons: &'a [Season],
    pub teams: &'a [TeamName],
    pub ways: &'a [outbox::Line],
    pub ahead: &'a [Start],
    pub asked: &'a Asked,
    pub board: Option<&'a Board>,
    pub trouble: Option<&'a CallError>,
    pub said: Option<&'a Result<String, String>>,
    pub link: Option<&'a str>,
}

/// The team's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// "You are Heron at Quayside support, team Returns."
    pub who: String,
    pub alias: String,
    /// What stands between here and the service, if anything does.
    pub trouble: Option<String>,
    /// Ranked runs that are not there yet.
    pub ways: Vec<Way>,
    pub asked: Asked,
    pub calls_filter: Vec<Filter<Asked>>,
    pub skills: Vec<Filter<Asked>>,
    pub teams: Vec<Filter<Asked>>,
    pub seasons: Vec<Filter<Asked>>,
    pub about: &'static str,
    pub columns: Vec<Column>,
    pub lines: Vec<Line>,
    /// In place of the table.
    pub empty: Option<String>,
    /// "Show more", and back.
    pub lengths: Vec<(&'static str, Asked)>,
    pub notes: Vec<String>,
    /// Calls that count.
    pub calls: Vec<Call>,
    pub no_calls: Option<&'static str>,
    pub listed: bool,
    pub said: Option<String>,
    pub link: Option<String>,
}

/// A ranked run on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    pub words: String,
    /// It was refused, and can be sent once more.
    pub again: Option<Uuid>,
    pub waits: bool,
}

/// A call that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub slug: String,
    pub title: String,
    pub about: String,
    /// A ranked run is left, or lies here.
    pub can_take: bool,
    pub can_fetch: bool,
}

impl Join {
    /// The page of a person who is in no team.
    pub fn of(name: &str, joining: bool, problem: Option<&str>, unheard: Option<&Unheard>) -> Self {
        const NO_ANSWER: &str = "You have asked to join, and no answer came. Try again: if you were let in meanwhile, the \
                                 service says so.";
        Self {
            shares: [
                "Your team sees the name you choose here, and where you stand.",
                "Of each ranked run it gets what you chose and when, the notes you wrote, and the score. Whoever runs \
                 the service can read that.",
                "Everything else stays on this computer: practice, other calls, your goals and what you told yourself.",
            ],
            link: unheard.map(|unheard| unheard.invite.to_string()).unwrap_or_default(),
            alias: unheard.map_or(name, |unheard| unheard.alias.as_str()).to_owned(),
            joining,
            again: unheard.is_some(),
            problem: problem.or(unheard.map(|_| NO_ANSWER)).filter(|_| !joining).map(str::to_owned),
        }
    }
}

impl Team {
    /// The page of a person in a team.
    pub fn of(given: &Given<'_>) -> Self {
        let (columns, lines, notes) = match given.board {
            Some(Board::People(page)) => people(given, page),
            Some(Board::Teams(board)) => teams(board),
            Some(Board::Improved(board)) => improved(board),
            None => Default::default(),
        };
        let empty = lines.is_empty().then(|| empty_words(given));
        let calls: Vec<Call> = given.scenarios.iter().map(|published| call(given, published)).collect();
        let offline_calls = given.ahead.iter().filter(|start| {
            let is = |published: &PublishedScenario| published.scenario == start.scenario;
            !given.scenarios.iter().any(is)
        });
        let offline_calls = offline_calls.map(|start| Call {
            slug: start.scenario.clone(),
            title: start.scenario.clone(),
            about: lies_here(start.expires),
            can_take: true,
            can_fetch: false,
        });
        let calls: Vec<Call> = calls.into_iter().chain(offline_calls).collect();
        Self {
            who: who(given),
            alias: given.membership.alias.clone(),
            trouble: given.trouble.map(ToString::to_string),
            ways: given.ways.iter().filter_map(way).collect(),
            asked: given.asked.clone(),
            calls_filter: scenario_filters(given),
            skills: skill_filters(given),
            teams: team_filters(given),
            seasons: season_filters(given),
            about: match given.asked.what {
                What::People => {
                    "Your first ranked run of a call counts. Points are the score, raised by up to 32 % with the \
                     difficulty. Time, date and how often you play count for nothing."
                }
                What::Teams => "A team has the median of its members\u{2019} points. Each member counts once.",
                What::Improved => "From the first ranked run of a call to the latest.",
            },
            columns,
            lengths: lengths(given),
            no_calls: calls.is_empty().then_some(if given.me.is_some() {
                "Whoever runs the service has not published a call yet."
            } else {
                "They show when the service has been heard. One that was fetched ahead can be played without it."
            }),
            lines,
            empty,
            notes,
            calls,
            listed: given.me.is_none_or(|me| me.listed),
            said: given.said.map(|said| said.as_ref().unwrap_or_else(|why| why).clone()),
            link: given.link.map(shown),
        }
    }
}

fn who(given: &Given<'_>) -> String {
    let Membership { alias, service, team, .. } = given.membership;
    let team = team.as_ref().map_or_else(String::new, |team| format!(", team {}", shown(&team.name)));
    let season = match given.me.map(|me| &me.season) {
        Some(Some(season)) => format!(" The season is {}.", shown(&season.name)),
        Some(None) => " There is no season at the moment, so nothing is ranked.".to_owned(),
        None => String::new(),
    };
    format!("You are {alias} at {service}{team}.{season}")
}

/// Those received need no word.
fn way(line: &outbox::Line) -> Option<Way> {
    if matches!(line.state, State::Accepted(_)) {
        return None;
    }
    Some(Way {
        words: format!("{}: {}", line.scenario, line.state.words()),
        again: matches!(line.state, State::Refused(_)).then_some(line.attempt),
        waits: matches!(line.state, State::Waiting { .. }),
    })
}

fn call(given: &Given<'_>, published: &PublishedScenario) -> Call {
    let ahead = given.ahead.iter().find(|start| start.scenario == published.scenario);
    let left = published.allowed.saturating_sub(published.begun);
    let mut about = match (ahead, left) {
        (Some(start), _) => lies_here(start.expires),
        (None, 0) => "You have begun all your ranked runs of it this season.".to_owned(),
        (None, left) if published.begun == 0 => {
            format!("Your first run of it counts. {left} of {} left this season.", published.allowed)
        }
        (None, left) => format!("{left} of {} left this season.", published.allowed),
    };
    if let Some(points) = published.points {
        about.push_str(&format!(" You have {points} points."));
    }
    if let Some(due) = published.due {
        about.push_str(&format!(" To be done by {}.", day(due)));
    }
    Call {
        slug: published.scenario.clone(),
        title: shown(&published.title),
        about,
        can_take: left > 0 || ahead.is_some(),
        can_fetch: left > 0 && ahead.is_none(),
    }
}

fn lies_here(expires: Timestamp) -> String {
    format!("It lies here to be played without a network, until {}. It counts already.", day(expires))
}

fn day(time: Timestamp) -> String {
    time.to_zoned(jiff::tz::TimeZone::system()).strftime("%-d %B").to_string()
}

type Table = (Vec<Column>, Vec<Line>, Vec<String>);

const fn column(name: &'static str, share: u8, number: bool) -> Column {
    Column { name, share, number }
}

fn people(given: &Given<'_>, page: &BoardPage) -> Table {
    let mut columns = vec![column("Rank", 6, true), column("Name", 24, false), column("Team", 16, false)];
    let several = page.board.scenario.is_none();
    if several {
        columns.push(column("Call", 22, false));
    }
    columns.extend([column("Points", 8, true), column("Remarks", 26, false)]);
    let mut lines: Vec<Line> = page.rows.iter().map(|row| person(given, row, several)).collect();
    let near: Vec<&BoardRow> =
        page.near.iter().filter(|row| !page.rows.iter().any(|there| there.player == row.player)).collect();
    if !near.is_empty() && !lines.is_empty() {
        lines.push(Line::Gap("more rows between".to_owned()));
    }
    lines.extend(near.iter().map(|row| person(given, row, several)));
    let mut notes = match page.players {
        0 => Vec::new(),
        1 => vec!["1 person is on this board.".to_owned()],
        players => vec![format!("{players} people are on this board.")],
    };
    if page.rows.iter().chain(&page.near).any(|row| row.ahead) {
        notes.push("Runs played without the service are less protected than the others.".to_owned());
    }
    (columns, lines, notes)
}

fn person(given: &Given<'_>, row: &BoardRow, several: bool) -> Line {
    let own = row.own || row.player == given.membership.player;
    let alias = shown(&row.alias);
    let rank = if row.rank == 0 { "\u{2013}".to_owned() } else { row.rank.to_string() };
    let team = row.team.as_deref().map(shown).unwrap_or_default();
    let mut cells = vec![rank, if own { format!("{alias} (you)") } else { alias }, team];
    if several {
        cells.push(shown(&row.title));
    }
    let mut remarks = Vec::new();
    match row.standing {
        Standing::Provisional => remarks.push("promises are still open"),
        Standing::NotFinished => remarks.push("not finished"),
        _ => {}
    }
    if row.ahead {
        remarks.push("played without the service");
    }
    cells.extend([row.points.to_string(), remarks.join(", ")]);
    Line::Row { cells, own }
}

fn teams(board: &TeamBoard) -> Table {
    let columns = vec![
        column("Rank", 8, true),
        column("Team", 44, false),
        column("Points", 14, true),
        column("Members listed", 14, true),
    ];
    let lines = board.teams.iter().map(|row| {
        let name = shown(&row.name);
        let name = if row.own { format!("{name} (your team)") } else { name };
        Line::Row {
            cells: vec![row.rank.to_string(), name, row.points.to_string(), row.members.to_string()],
            own: row.own,
        }
    });
    let small = board
        .small
        .iter()
        .map(|name| format!("{}: too few to list. A team is listed from {} on.", shown(name), board.least));
    (columns, lines.collect(), small.collect())
}

fn improved(board: &ImprovedBoard) -> Table {
    let columns = vec![
        column("Name", 30, false),
        column("Call", 34, false),
        column("First", 10, true),
        column("Latest", 10, true),
        column("Gained", 10, true),
    ];
    let lines = board.rows.iter().map(|row| {
        let alias = shown(&row.alias);
        let name = if row.own { format!("{alias} (you)") } else { alias };
        let gained = row.latest.saturating_sub(row.first);
        let cells = vec![name, shown(&row.title), row.first.to_string(), row.latest.to_string(), gained.to_string()];
        Line::Row { cells, own: row.own }
    });
    (columns, lines.collect(), Vec::new())
}

fn filter(given: &Given<'_>, label: &str, asked: Asked) -> Filter<Asked> {
    let choice = Asked { more: 0, ..asked };
    Filter { label: label.to_owned(), chosen: choice == (Asked { more: 0, ..given.asked.clone() }), choice }
}

fn scenario_filters(given: &Given<'_>) -> Vec<Filter<Asked>> {
    if given.asked.what != What::People || given.scenarios.len() < 2 {
        return Vec::new();
    }
    let all = filter(given, "All calls", Asked { scenario: None, ..given.asked.clone() });
    let each = given.scenarios.iter().map(|published| {
        let scenario = Some(published.scenario.clone());
        filter(given, &shown(&published.title), Asked { scenario, ..given.asked.clone() })
    });
    std::iter::once(all).chain(each).collect()
}

fn skill_filters(given: &Given<'_>) -> Vec<Filter<Asked>> {
    if given.asked.what != What::People {
        return Vec::new();
    }
    let overall = filter(given, "Overall", Asked { skill: None, ..given.asked.clone() });
    let each = Skill::ALL
        .iter()
        .map(|skill| filter(given, skill.words(), Asked { skill: Some(*skill), ..given.asked.clone() }));
    std::iter::once(overall).chain(each).collect()
}

/// One's own team first: that is the board that matters most.
fn team_filters(given: &Given<'_>) -> Vec<Filter<Asked>> {
    let own = given.membership.team.as_ref();
    let others = given.teams.iter().filter(|team| own.is_none_or(|own| own.id != team.id));
    let teams: Vec<&TeamName> = own.into_iter().chain(others).collect();
    if given.asked.what != What::People || teams.is_empty() {
        return Vec::new();
    }
    let all = filter(given, "All teams", Asked { team: None, ..given.asked.clone() });
    let each = teams
        .into_iter()
        .map(|team| filter(given, &shown(&team.name), Asked { team: Some(team.id), ..given.asked.clone() }));
    std::iter::once(all).chain(each).collect()
}

fn season_filters(given: &Given<'_>) -> Vec<Filter<Asked>> {
    if given.seasons.len() < 2 {
        return Vec::new();
    }
    let each = given.seasons.iter().map(|season| {
        let open = given.me.and_then(|me| me.season.as_ref()).is_some_and(|open| open.id == season.id);
        let asked = if open { None } else { Some(season.id) };
        filter(given, &shown(&season.name), Asked { season: asked, ..given.asked.clone() })
    });
    each.collect()
}

fn lengths(given: &Given<'_>) -> Vec<(&'static str, Asked)> {
    let Some(Board::People(page)) = given.board else { return Vec::new() };
    let asked = |more| Asked { more, ..given.asked.clone() };
    let more = page.next.is_some().then(|| ("Show more", asked(given.asked.more.saturating_add(1))));
    let fewer = (given.asked.more > 0).then(|| ("Show the top and my own rows", asked(0)));
    more.into_iter().chain(fewer).collect()
}

fn empty_words(given: &Given<'_>) -> String {
    let narrowed = given.asked.scenario.is_some() || given.asked.team.is_some() || given.asked.season.is_some();
    match (given.board, given.asked.what) {
        (None, _) if given.trouble.is_some() => "The board shows when the service can be reached again.".to_owned(),
        (None, _) => "Asking your team\u{2019}s service\u{2026}".to_owned(),
        (_, What::Teams) => "No team has enough members on the board yet.".to_owned(),
        (_, What::Improved) => "Nobody has played a call twice yet.".to_owned(),
        (_, What::People) if narrowed => "Nobody is on this board yet.".to_owned(),
        (_, What::People) => "Nobody is on the board yet. Take a call that counts.".to_owned(),
    }
}
