//! A report on a scenario's items, in the words of a page.

use uuid::Uuid;

use crate::scenario::vocabulary::Outcome;
use crate::service::http::problem::Refused;
use crate::service::pages::board::{choices, name_of};
use crate::service::pages::filters::{address, counted, day_in_words, grouped};
use crate::service::pages::frame::Frame;
use crate::service::pages::trainer::{
    Fact, FigureTable, Grave, InShort, InkedWord, ItemsView, Measure, MomentItems, Notice, ReplyItem, Whose,
};
use crate::service::reporting::Reported;
use crate::service::store::{Assignment, PlayerRow, Published};
use crate::statistics::{
    self, Crash, Figures, Groups, Item, ItemFigures, Reply, Report, Summary, Thousandths, Verdict, Withheld, percent,
};
use crate::team::protocol::Season;

/// A node at which the calls of so many go wrong for good is worth a look.
const MANY: Thousandths = 200;
/// Letters of a reply in a notice.
const LETTERS: usize = 70;
/// Notices on a page. All else stands at its item.
const MOST_NOTICES: usize = 8;

/// Whose calls are told of, and whose could be.
pub(super) fn whose(seasons: &[Season], chosen: Option<&Season>) -> Whose {
    let entries = seasons.iter().map(|season| (season.id.to_string(), name_of(season)));
    Whose {
        seasons: choices("All seasons", chosen.map(|season| season.id.to_string()).as_deref(), entries),
        about: match chosen {
            None => "All seasons together: it is a scenario that is judged, and the more calls, the better. A person \
                     counts once, by their first ranked call."
                .to_owned(),
            Some(season) => format!(
                "Those whose first ranked call was in “{}”. Who played it in an earlier season knew the debrief, and \
                 counts there.",
                season.name
            ),
        },
    }
}

pub(super) fn in_short(version: &Published, reported: &Reported, season: Option<&Season>) -> Result<InShort, Refused> {
    let report = reported.of(season.map(|season| season.id))?;
    let look = report.figures.as_ref().map(|figures| match notices(figures).len() {
        0 => "Nothing stands out.".to_owned(),
        look => format!("{} worth another look.", counted(look as u64, "thing is", "things are")),
    });
    Ok(InShort {
        to: address(&here(version), &[("season", &asked(season))]),
        title: version.title.clone(),
        state: state(version),
        facts: facts(report, reported.whole(), season),
        look: look.or_else(|| few(report, season)),
    })
}

pub(super) fn items_view(
    frame: Frame,
    version: &Published,
    reported: &Reported,
    season: Option<&Season>,
    seasons: &[Season],
) -> Result<ItemsView, Refused> {
    let report = reported.of(season.map(|season| season.id))?;
    let figures = report.figures.as_ref();
    let (here, asked) = (here(version), asked(season));
    let asked = [("season", asked.as_str())];
    Ok(ItemsView {
        frame,
        back: address("/trainer", &asked),
        table: address(&format!("{here}/items.csv"), &asked),
        here,
        title: version.title.clone(),
        about: format!("Difficulty {} of 5. {}.", version.difficulty, state(version)),
        whose: whose(seasons, season),
        few: few(report, season),
        facts: facts(report, reported.whole(), season),
        notices: figures.map(|figures| gravest(notices(figures))).unwrap_or_default(),
        moments: figures
            .map(|figures| figures.items.iter().zip(0..).map(|(item, place)| moment(item, place, figures)).collect())
            .unwrap_or_default(),
        tables: figures.map(|figures| tables(figures, season, seasons)).unwrap_or_default(),
    })
}

fn here(version: &Published) -> String {
    format!("/trainer/{}", version.slug)
}

/// A season as it stands in an address.
fn asked(season: Option<&Season>) -> String {
    season.map(|season| season.id.to_string()).unwrap_or_default()
}

fn state(version: &Published) -> String {
    match version.retired {
        None => format!("In play since {}", day_in_words(version.published)),
        Some(retired) => format!("Out of play since {}", day_in_words(retired)),
    }
}

fn few(report: &Report, season: Option<&Season>) -> Option<String> {
    let least = report.least_people;
    let when = if season.is_some() { "for the first time in this season" } else { "so far" };
    match report.withheld? {
        Withheld::TooFew => Some(format!(
            "{} played it {when}, and nothing is told of fewer than {least}: it would be told of each of them.",
            counted(report.people as u64, "person has", "people have"),
        )),
        Withheld::TooFewBeside => Some(format!(
            "{} played it {when}. All seasons less this one would tell of fewer than {least} people, so nothing is told \
             of this one alone.",
            counted(report.people as u64, "person has", "people have"),
        )),
    }
}

fn facts(report: &Report, whole: &Report, season: Option<&Season>) -> Vec<Fact> {
    let beside =
        if season.is_some() { format!("of {} in all seasons", grouped(whole.people as u64)) } else { beside(report) };
    let mut facts = vec![fact("People", grouped(report.people as u64), beside)];
    let Some(figures) = &report.figures else { return facts };
    let all = &figures.all;
    facts.push(fact("Score", all.overall, format!("of 1000 on average; two in three lie within {} of it", all.spread)));
    facts.push(match &figures.reliability {
        Some(found) => fact(
            "Reliability",
            index(found.coefficient),
            format!("likely between {} and {}: {}", index(found.low), index(found.high), found.good_for.words()),
        ),
        None if figures.all.people >= report.enough_people => fact("Reliability", "–", "cannot be told of these"),
        None => fact("Reliability", "–", format!("is told from {} people on", report.enough_people)),
    });
    facts.push(fact("Went wrong for good", percent(all.crashed), "somewhere in the call"));
    facts
}

fn beside(report: &Report) -> String {
    let mut beside = Vec::new();
    if report.later_attempts > 0 {
        beside.push(counted(report.later_attempts as u64, "later call", "later calls"));
    }
    if report.on_another_version > 0 {
        beside.push(format!(
            "{} of another version",
            counted(report.on_another_version as u64, "first call", "first calls")
        ));
    }
    if beside.is_empty() { "by their first call".to_owned() } else { format!("{} not counted", beside.join(" and ")) }
}

fn fact(name: &str, value: impl std::fmt::Display, under: impl Into<String>) -> Fact {
    Fact { name: name.to_owned(), value: format!("{value}"), under: under.into() }
}

/// What a trainer should look at first: items that tell the wrong way, replies nobody takes, where calls go wrong.
fn notices(figures: &Figures) -> Vec<Notice> {
    let mut notices = Vec::new();
    for (item, place) in figures.items.iter().zip(0..) {
        let to = Some(format!("#{}", id(place)));
        let Some(at) = &item.figures else { continue };
        if let Some(found) = at.discrimination.filter(|found| found.verdict == Verdict::Revise) {
            let words = if found.index < 0 {
                format!("At “{}”, those who do badly elsewhere do better ({}).", item.node, index(found.index))
            } else {
                format!(
                    "“{}” hardly tells those who do well from those who do not ({}).",
                    item.node,
                    index(found.index)
                )
            };
            notices.push(Notice { grave: Grave::Revise, verdict: "Revise".to_owned(), words, to: to.clone() });
        }
        if at.crashed >= MANY {
            let words = format!(
                "For {} of those who come to “{}”, the call goes wrong for good there.",
                percent(at.crashed),
                item.node
            );
            notices.push(Notice { grave: Grave::Wrong, verdict: "Goes wrong".to_owned(), words, to: to.clone() });
        }
        for reply in &item.replies {
            if let Some(figures) = reply.figures.filter(|figures| figures.dead == Some(true)) {
                let words = format!("“{}” was taken by {}.", shortened(&reply.text), percent(figures.frequency));
                notices.push(Notice { grave: Grave::Dead, verdict: "Hardly taken".to_owned(), words, to: to.clone() });
            }
        }
    }
    notices
}

fn gravest(mut notices: Vec<Notice>) -> Vec<Notice> {
    notices.sort_by_key(|notice| notice.grave);
    let more = notices.len().saturating_sub(MOST_NOTICES);
    notices.truncate(MOST_NOTICES);
    if more > 0 {
        let words =
            format!("And {} below, each marked at its item.", counted(more as u64, "more thing", "more things"));
        notices.push(Notice { grave: Grave::Dead, verdict: String::new(), words, to: None });
    }
    notices
}

fn id(place: usize) -> String {
    format!("item-{}", place + 1)
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LETTERS {
        return text.to_owned();
    }
    let kept: String = text.chars().take(LETTERS - 1).collect();
    format!("{}…", kept.trim_end())
}

fn moment(item: &Item, place: usize, figures: &Figures) -> MomentItems {
    let at = item.figures.as_ref();
    MomentItems {
        id: id(place),
        name: item.node.clone(),
        said: Some(item.says.clone()).filter(|says| !says.is_empty()),
        seen: at.map_or_else(
            || "Too few came here, or could be told from it".to_owned(),
            |at| format!("{} of {} came here", at.people, figures.all.people),
        ),
        measures: at.map(item_measures).unwrap_or_default(),
        replies: item.replies.iter().map(reply).collect(),
    }
}

fn item_measures(at: &ItemFigures) -> Vec<Measure> {
    let mut measures = Vec::new();
    if let Some(credit) = at.credit {
        measures.push(barred("Earned by what was said", credit, "of what could be"));
    }
    if let Some(conduct) = at.conduct {
        measures.push(barred("Earned by how", conduct, "of what could be"));
    }
    if let Some(found) = at.discrimination {
        let ink = match found.verdict {
            Verdict::Revise => "heat",
            Verdict::Fair => "gold",
            Verdict::Good => "calm",
        };
        measures.push(Measure {
            name: "Tells people apart",
            filled: None,
            kind: "",
            value: index(found.index),
            verdict: found.verdict.words().to_owned(),
            ink,
        });
    }
    if at.crashed > 0 {
        let how: Vec<String> =
            at.crashes.iter().map(|(crash, people)| format!("{people} {}", crash_in_words(*crash))).collect();
        measures.push(Measure {
            kind: "warm",
            verdict: how.join(", "),
            ink: "heat",
            ..barred("Went wrong for good", at.crashed, "")
        });
    }
    if let Some(by) = at.timed_less_steps.and_then(|modes| modes.credit) {
        let clearly = if by.clear { "a clear difference" } else { "may be chance" };
        measures.push(Measure {
            name: "Timed less in steps",
            filled: None,
            kind: "",
            value: format!("{} points of 100", signed(by.by)),
            verdict: clearly.to_owned(),
            ink: "soft",
        });
    }
    measures
}

fn barred(name: &'static str, share: Thousandths, of: &str) -> Measure {
    let filled = u32::try_from(share.clamp(0, 1000)).ok();
    let value = format!("{} {of}", percent(share)).trim_end().to_owned();
    Measure { name, filled, kind: "", value, verdict: String::new(), ink: "" }
}

/// "+7", "−12": tenths of thousandths, rounded half away from nothing.
fn signed(share: Thousandths) -> String {
    let points = (share.abs() + 5) / 10;
    match (points, share < 0) {
        (0, _) => "0".to_owned(),
        (points, true) => format!("−{points}"),
        (points, false) => format!("+{points}"),
    }
}

fn crash_in_words(crash: Crash) -> &'static str {
    match crash {
        Crash::Critical => "by something that must never be said",
        Crash::BadEnding => "by how it ended",
        Crash::Left => "left",
        Crash::Escalated => "took it further",
    }
}

fn reply(reply: &Reply) -> ReplyItem {
    let mut tags = Vec::new();
    let tag = |words: &str, ink| InkedWord { words: words.to_owned(), ink };
    if reply.is_best {
        tags.push(tag("Best here", "calm"));
    }
    if let Some(flaw) = reply.flaw {
        tags.push(tag(flaw.words(), "gold"));
    }
    let mut measures = Vec::new();
    if let Some(figures) = reply.figures {
        if figures.dead == Some(true) {
            tags.push(tag("Hardly taken: under 5 %", "heat"));
        }
        measures.push(Measure {
            verdict: format!("{} of {}", figures.chosen, figures.offered),
            ink: "soft",
            ..barred("Chosen", figures.frequency, "")
        });
        if let Some(found) = figures.discrimination {
            // Of the best reply more of the upper quarter should take it, of another fewer.
            let wrong = if reply.is_best { found < 0 } else { found > 0 };
            measures.push(Measure {
                name: "Top less bottom quarter",
                filled: None,
                kind: "",
                value: index(found),
                verdict: if wrong { "the wrong way".to_owned() } else { String::new() },
                ink: "heat",
            });
        }
    }
    ReplyItem { said: reply.text.clone(), tags, measures }
}

fn tables(figures: &Figures, season: Option<&Season>, seasons: &[Season]) -> Vec<FigureTable> {
    let mut tables = Vec::new();
    let people = figures.outcomes.values().sum::<usize>();
    let outcomes = Outcome::ALL.iter().filter_map(|outcome| Some((outcome, *figures.outcomes.get(outcome)?)));
    let share = |count: usize| i32::try_from(count * 1000 / people.max(1)).unwrap_or(0);
    tables.push(FigureTable {
        heading: "How they left".to_owned(),
        about: "The outcome of each first call.".to_owned(),
        heads: ["Outcome", "People", "Share"].map(str::to_owned).to_vec(),
        rows: outcomes
            .map(|(outcome, count)| vec![outcome.words().to_owned(), count.to_string(), percent(share(count))])
            .collect(),
    });
    if let Some(modes) = &figures.modes {
        let about = match modes.overall {
            Some(found) if found.clear => {
                format!("Timed scores are {} points of 100 from those in steps: a clear difference.", signed(found.by))
            }
            Some(found) => {
                format!("Timed scores are {} points of 100 from those in steps: it may be chance.", signed(found.by))
            }
            None => "The same call with clocks and without.".to_owned(),
        };
        let rows = vec![summary("Timed", &modes.timed), summary("In steps", &modes.steps)];
        tables.push(FigureTable { heading: "Timed and in steps".to_owned(), about, heads: heads(""), rows });
    }
    tables.extend(groups("Team by team", "Team", &figures.teams));
    tables.extend(match season {
        Some(_) => groups("Month by month", "Month", &figures.over_time),
        None => groups("Season by season", "Season", &by_name(&figures.over_time, seasons)),
    });
    tables
}

fn heads(first: &str) -> Vec<String> {
    let first = if first.is_empty() { "Played" } else { first };
    [first, "People", "Score", "Spread", "Went wrong"].map(str::to_owned).to_vec()
}

fn summary(name: &str, of: &Summary) -> Vec<String> {
    vec![name.to_owned(), of.people.to_string(), of.overall.to_string(), of.spread.to_string(), percent(of.crashed)]
}

/// Groups that go by the ids of seasons, by their names, the latest first.
fn by_name(groups: &Groups, seasons: &[Season]) -> Groups {
    let place_of = |key: &String| seasons.iter().position(|season| season.id.to_string() == *key);
    let name_of = |key: &String| place_of(key).map_or_else(|| key.clone(), |place| seasons[place].name.clone());
    let mut told = groups.told.clone();
    told.sort_by_key(|group| place_of(&group.key));
    for group in &mut told {
        group.key = name_of(&group.key);
    }
    let mut withheld = groups.withheld.clone();
    withheld.sort_by_key(place_of);
    Groups { told, withheld: withheld.iter().map(name_of).collect() }
}

fn groups(heading: &str, first: &str, groups: &Groups) -> Option<FigureTable> {
    if groups.told.is_empty() {
        return None;
    }
    let about = match groups.withheld.as_slice() {
        [] => "First calls, side by side.".to_owned(),
        withheld => format!("Too few to be told of: {}.", withheld.join(", ")),
    };
    let rows = groups.told.iter().map(|group| summary(&group.key, &group.summary)).collect();
    Some(FigureTable { heading: heading.to_owned(), about, heads: heads(first), rows })
}

/// "−.04", as people write it.
fn index(thousandths: Thousandths) -> String {
    statistics::index(thousandths).replace('-', "−")
}

/// Who is to do it, and who has.
pub(super) fn assignments(rows: Vec<Vec<String>>) -> Option<FigureTable> {
    (!rows.is_empty()).then(|| FigureTable {
        heading: "Who is to do it".to_owned(),
        about: "Whether somebody has done it, in whatever season; not how well: that is theirs.".to_owned(),
        heads: ["Team", "By", "Have done it", "Still to do it"].map(str::to_owned).to_vec(),
        rows,
    })
}

/// `played` is in order.
pub(super) fn assignment_row(
    assignment: &Assignment,
    team: &str,
    members: &[PlayerRow],
    played: &[Uuid],
) -> Vec<String> {
    let (done, open): (Vec<_>, Vec<_>) = members.iter().partition(|row| played.binary_search(&row.player.id).is_ok());
    let names = |rows: &[&PlayerRow]| {
        let names: Vec<&str> = rows.iter().map(|row| row.real_name.as_deref().unwrap_or(&row.player.alias)).collect();
        if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
    };
    vec![
        team.to_owned(),
        assignment.due.map_or_else(|| "no date".to_owned(), day_in_words),
        format!("{}: {}", done.len(), names(&done)),
        format!("{}: {}", open.len(), names(&open)),
    ]
}
