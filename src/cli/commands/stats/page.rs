//! A report as it is read in a terminal.

use crate::board::NotAdded;
use crate::cli::args::Stats;
use crate::cli::error::counted;
use crate::cli::page::{Line, Tone};
use crate::scenario::vocabulary::Skill;
use crate::statistics::{
    Crash, Difference, ENOUGH_PEOPLE, Figures, GoodFor, Groups, Item, ItemFigures, LEAST_PEOPLE, Reply, Report,
    Summary, Verdict, Withheld, index, percent,
};

/// Columns that a reply's figures take.
const FIGURES: usize = 19;
/// Letters that are shown of what the customer says, and of a reply, which stands behind its figures and its name.
const SHOWN: usize = 60;
const SHOWN_OF_REPLY: usize = 36;

pub(super) fn nothing() -> Vec<Line> {
    vec![Line::plain("Nobody has finished a call yet that counts."), how_more_come()]
}

fn how_more_come() -> Line {
    Line::quiet(
        "Finish a call, or take in the attempts of others: `simmer board add FOLDER`. Practice runs are private and never \
         count.",
    )
}

/// What does not hold is left out, and said.
pub(super) fn refused(refused: &[NotAdded]) -> Vec<Line> {
    let line = |refused: &NotAdded| {
        let words = format!("  {}: {}", refused.path.display(), refused.why);
        let words: String = words.chars().filter(|letter| !letter.is_control()).collect();
        Line::new(Tone::Heat, "left out").and(Tone::Plain, words).within(0, 4)
    };
    refused.iter().map(line).collect()
}

/// A line for each scenario.
pub(super) fn overview(reports: &[Report], stats: &Stats) -> Vec<Line> {
    let mut lines = Vec::new();
    for report in reports {
        lines.push(Line::strong(&report.title).and(Tone::Quiet, format!("  {}", report.scenario)).within(0, 4));
        lines.push(match &report.figures {
            Some(figures) => Line::plain(sentence(figures)).indented(4),
            None => Line::quiet(too_few(report, stats)).indented(4),
        });
    }
    lines.push(Line::quiet("`simmer stats SCENARIO` says more about one of them."));
    lines
}

fn sentence(figures: &Figures) -> String {
    let revise = figures.items.iter().filter(|item| verdict(item) == Some(Verdict::Revise)).count();
    let dead = figures.items.iter().flat_map(|item| &item.replies).filter(|reply| is_dead(reply)).count();
    let mut words = format!("{}: {} on average", counted_people(figures.all.people), figures.all.overall);
    words.push_str(&format!(", {}", went_wrong(figures.all.crashed).to_lowercase()));
    if let Some(reliability) = figures.reliability {
        words.push_str(&format!(", reliability {}", index(reliability.coefficient)));
    }
    for (number, what, ending) in [(revise, "item", " to revise"), (dead, "dead distractor", "")] {
        if number > 0 {
            words.push_str(&format!(", {}{ending}", counted(number, what)));
        }
    }
    words + "."
}

/// A line for each scenario, not wrapped.
pub(super) fn in_short(report: &Report) -> String {
    match &report.figures {
        Some(figures) => format!("{}: {}\n", report.scenario, sentence(figures)),
        None => format!("{}: {}\n", report.scenario, withheld_in_short(report)),
    }
}

/// A line for each node, not wrapped.
pub(super) fn items_in_short(report: &Report) -> String {
    let Some(figures) = &report.figures else {
        return in_short(report);
    };
    let line = |item: &Item| match &item.figures {
        Some(figures) => format!("{}: {}\n", place(item), summed_up(figures)),
        None => format!("{}: fewer than {LEAST_PEOPLE} people\n", place(item)),
    };
    figures.items.iter().map(line).collect()
}

fn withheld_in_short(report: &Report) -> String {
    match report.withheld {
        Some(Withheld::TooFewBeside) => format!("withheld, fewer than {LEAST_PEOPLE} people are left out"),
        _ => format!("{} of {LEAST_PEOPLE} people", report.people),
    }
}

pub(super) fn report(report: &Report, stats: &Stats) -> Vec<Line> {
    let mut lines = vec![Line::strong(&report.title)];
    let Some(figures) = &report.figures else {
        lines.extend([Line::plain(too_few(report, stats)), how_more_come()]);
        return lines;
    };
    lines.push(Line::quiet(who_counts(report)));
    lines.push(Line::empty());
    lines.extend(scores(figures));
    lines.extend([Line::empty(), Line::strong("What people choose, turn by turn")]);
    lines.extend(figures.items.iter().flat_map(item_lines));
    lines.extend(crash_lines(figures));
    lines.extend(mode_lines(figures));
    lines.extend(group_lines("Teams", &figures.teams));
    lines.extend(group_lines("Over time, by the month of the first attempt", &figures.over_time));
    lines.extend(to_do(figures, report));
    lines
}

fn too_few(report: &Report, stats: &Stats) -> String {
    let asked = stats.team.is_some() || stats.mode.is_some() || stats.since.is_some();
    let so = if asked { " of those you asked for" } else { "" };
    match report.withheld {
        Some(Withheld::TooFewBeside) => format!(
            "Fewer than {LEAST_PEOPLE} people have played it whom you did not ask for. What is told of all, less what \
             would be told of these, would be about them; so nothing is told."
        ),
        _ => format!(
            "{}{so} {} played it so far. Nothing is told of fewer than {LEAST_PEOPLE} people, so that nobody\u{2019}s \
             answers can be read from it: {} more will do.",
            if report.people == 0 { "Nobody".to_owned() } else { counted_people(report.people) },
            if report.people < 2 { "has" } else { "have" },
            LEAST_PEOPLE.saturating_sub(report.people),
        ),
    }
}

fn who_counts(report: &Report) -> String {
    let mut words = format!("{}, each with their first attempt.", counted_people(report.people));
    if report.later_attempts > 0 {
        words.push_str(&format!(
            " {} left out, for it was known by then.",
            counted(report.later_attempts, "later attempt")
        ));
    }
    if report.on_another_version > 0 {
        let people = counted_people(report.on_another_version);
        words.push_str(&format!(
            " {people} began with another wording of it and {} not here.",
            are(report.on_another_version)
        ));
    }
    words
}

fn scores(figures: &Figures) -> Vec<Line> {
    let all = &figures.all;
    let outcomes: Vec<String> =
        figures.outcomes.iter().rev().map(|(outcome, people)| format!("{outcome} {people}")).collect();
    let mut lines = vec![
        Line::plain(format!("Score: {} of 1000 on average, standard deviation {}.", all.overall, all.spread))
            .within(0, 4),
        Line::plain(format!("Skills: {}.", skills(all))).within(0, 4),
        Line::plain(format!("Outcome: {}.", outcomes.join(", "))).within(0, 4),
        Line::plain(went_wrong(all.crashed) + ".").within(0, 4),
    ];
    lines.push(match &figures.reliability {
        Some(found) => {
            let tone = if found.good_for == GoodFor::Practice { Tone::Gold } else { Tone::Plain };
            let words = format!(
                "Reliability: {} ({} to {}), {}.",
                index(found.coefficient),
                index(found.low),
                index(found.high),
                found.good_for.words()
            );
            Line::new(tone, words).within(0, 4)
        }
        None => Line::quiet(format!(
            "Reliability: not yet. It takes {ENOUGH_PEOPLE} people who did not all do equally well."
        ))
        .within(0, 4),
    });
    lines
}

/// "12 % of calls went wrong for good".
fn went_wrong(share: i32) -> String {
    if share == 0 {
        "No call went wrong for good".to_owned()
    } else {
        format!("{} of calls went wrong for good", percent(share))
    }
}

/// "Listening 61, Calm tone 70": points of 100.
fn skills(summary: &Summary) -> String {
    let skills = Skill::ALL.iter().zip(summary.skills);
    let words: Vec<String> = skills.map(|(skill, mean)| format!("{skill} {}", (mean + 5) / 10)).collect();
    words.join(", ")
}

fn item_lines(item: &Item) -> Vec<Line> {
    let head = Line::strong(place(item)).within(0, 4);
    let Some(figures) = &item.figures else {
        return vec![head.and(Tone::Quiet, format!("  fewer than {LEAST_PEOPLE} people came here"))];
    };
    let tone = match verdict(item) {
        Some(Verdict::Revise) => Tone::Gold,
        _ => Tone::Plain,
    };
    let mut lines = vec![head.and(tone, format!("  {}", summed_up(figures)))];
    lines.push(Line::quiet(format!("\u{201c}{}\u{201d}", beginning(&item.says, SHOWN))).indented(2));
    lines.extend(item.replies.iter().map(reply_line));
    lines
}

/// "24 people, credit .61, discrimination .46 good".
fn summed_up(figures: &ItemFigures) -> String {
    let mut words = counted_people(figures.people);
    if let Some(credit) = figures.credit {
        words.push_str(&format!(", credit {}", index(credit)));
    }
    if let Some(conduct) = figures.conduct {
        words.push_str(&format!(", conduct {}", index(conduct)));
    }
    if let Some(found) = figures.discrimination {
        words.push_str(&format!(", discrimination {} {}", index(found.index), found.verdict.words()));
    }
    words
}

fn reply_line(reply: &Reply) -> Line {
    let mark = if reply.is_best {
        "best"
    } else if is_dead(reply) {
        "dead"
    } else {
        ""
    };
    let figures = match reply.figures {
        Some(figures) => {
            let tells = figures.discrimination.map(signed).unwrap_or_default();
            format!("{mark:<4} {:>6} {tells:>6}", percent(figures.frequency))
        }
        None => format!("{mark:<4} {:>6} {:>6}", "-", ""),
    };
    let tone = if is_dead(reply) { Tone::Gold } else { Tone::Plain };
    let flaw = reply.flaw.map_or_else(String::new, |flaw| format!(" ({flaw})"));
    Line::new(tone, format!("{figures:<FIGURES$}"))
        .and(Tone::Strong, format!("{}{flaw}", reply.reply))
        .and(Tone::Quiet, format!("  {}", beginning(&reply.text, SHOWN_OF_REPLY)))
        .within(2, 2 + FIGURES)
}

fn crash_lines(figures: &Figures) -> Vec<Line> {
    let mut found: Vec<(&Item, &ItemFigures)> = figures
        .items
        .iter()
        .filter_map(|item| Some((item, item.figures.as_ref()?)))
        .filter(|(_, figures)| !figures.crashes.is_empty())
        .collect();
    found.sort_by_key(|(_, figures)| std::cmp::Reverse(figures.crashed));
    if found.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::empty(), Line::strong("Where calls go wrong for good")];
    for (item, figures) in found {
        let how: Vec<String> =
            figures.crashes.iter().map(|(crash, people)| format!("{} {people}", in_words(*crash))).collect();
        let words = format!("{:>5}  {} ({})", percent(figures.crashed), place(item), how.join(", "));
        lines.push(Line::plain(words).within(2, 9));
    }
    lines
}

const fn in_words(crash: Crash) -> &'static str {
    match crash {
        Crash::Critical => "critical violation",
        Crash::BadEnding => "bad ending",
        Crash::Left => "left",
        Crash::Escalated => "took it further",
    }
}

fn mode_lines(figures: &Figures) -> Vec<Line> {
    let Some(modes) = &figures.modes else { return Vec::new() };
    let mut lines = vec![Line::empty(), Line::strong("Timed against steps")];
    for (name, summary) in [("Timed", &modes.timed), ("Steps", &modes.steps)] {
        lines.push(Line::plain(format!("{name}: {}", group(summary))).within(2, 6));
    }
    if let Some(overall) = modes.overall {
        let words =
            format!("With clocks: {:+} points (standard error {}), {}.", overall.by, overall.error, clearly(overall));
        lines.push(Line::plain(words).within(2, 6));
    }
    for item in &figures.items {
        let by_mode = item.figures.as_ref().and_then(|figures| figures.timed_less_steps);
        let Some(by_mode) = by_mode else { continue };
        let told = [("credit", by_mode.credit), ("conduct", by_mode.conduct), ("calls that go wrong", by_mode.crashed)];
        let clear: Vec<String> = told
            .into_iter()
            .filter_map(|(what, difference)| {
                difference.filter(|difference| difference.clear).map(|found| (what, found))
            })
            .map(|(what, found)| format!("{what} {} (\u{b1} {})", signed(found.by), index(found.error)))
            .collect();
        if !clear.is_empty() {
            lines.push(Line::plain(format!("{} with clocks: {}", place(item), clear.join(", "))).within(2, 6));
        }
    }
    lines
}

const fn clearly(difference: Difference) -> &'static str {
    if difference.clear { "more than chance would give" } else { "which may be chance" }
}

fn group_lines(heading: &str, groups: &Groups) -> Vec<Line> {
    if groups.told.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::empty(), Line::strong(heading)];
    let told =
        groups.told.iter().map(|told| Line::plain(format!("{}: {}", told.key, group(&told.summary))).within(2, 6));
    lines.extend(told);
    if !groups.withheld.is_empty() {
        lines.push(Line::quiet(format!("Too few to tell: {}", groups.withheld.join(", "))).within(2, 6));
    }
    lines
}

fn group(summary: &Summary) -> String {
    format!(
        "{}, score {} on average, {}",
        counted_people(summary.people),
        summary.overall,
        went_wrong(summary.crashed).to_lowercase()
    )
}

/// What to look at first.
fn to_do(figures: &Figures, report: &Report) -> Vec<Line> {
    let mut lines = vec![Line::empty(), Line::strong("To look at")];
    let begins = lines.len();
    let places = |wanted: &dyn Fn(&Item) -> bool| {
        let places: Vec<String> = figures.items.iter().filter(|item| wanted(item)).map(place).collect();
        places.join(", ")
    };
    let backwards = places(&|item| discrimination(item).is_some_and(|found| found < 0));
    if !backwards.is_empty() {
        lines.push(
            Line::new(Tone::Gold, format!("Those who do well elsewhere do worse here: {backwards}.")).within(2, 6),
        );
    }
    let revise =
        places(&|item| verdict(item) == Some(Verdict::Revise) && discrimination(item).is_some_and(|found| found >= 0));
    if !revise.is_empty() {
        lines.push(Line::plain(format!("Tells people hardly apart, revise: {revise}.")).within(2, 6));
    }
    let dead: Vec<String> = figures
        .items
        .iter()
        .flat_map(|item| item.replies.iter().filter(|reply| is_dead(reply)))
        .map(|reply| reply.reply.clone())
        .collect();
    if !dead.is_empty() {
        lines.push(Line::plain(format!("Hardly anybody takes: {}.", dead.join(", "))).within(2, 6));
    }
    if report.people < report.enough_people {
        let missing = report.enough_people - report.people;
        let words = format!(
            "With {} more, discrimination, dead distractors and reliability are told as well.",
            counted_people(missing)
        );
        lines.push(Line::quiet(words).within(2, 6));
    }
    if lines.len() == begins {
        lines.push(Line::quiet("Nothing stands out.").within(2, 6));
    }
    lines.push(Line::quiet("docs/statistics.md explains every figure, and what to do about it.").within(2, 6));
    lines
}

fn place(item: &Item) -> String {
    format!("{}/{}", item.encounter, item.node)
}

fn discrimination(item: &Item) -> Option<i32> {
    Some(item.figures.as_ref()?.discrimination?.index)
}

fn verdict(item: &Item) -> Option<Verdict> {
    Some(item.figures.as_ref()?.discrimination?.verdict)
}

fn is_dead(reply: &Reply) -> bool {
    reply.figures.is_some_and(|figures| figures.dead == Some(true))
}

/// "+.46", "-.08", ".00".
fn signed(thousandths: i32) -> String {
    format!("{}{}", if thousandths > 0 { "+" } else { "" }, index(thousandths))
}

fn counted_people(people: usize) -> String {
    if people == 1 { "1 person".to_owned() } else { format!("{people} people") }
}

const fn are(people: usize) -> &'static str {
    if people == 1 { "is" } else { "are" }
}

/// At most so many letters, in whole words.
fn beginning(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let shown: String = text.chars().take(most).collect();
    let whole_words = shown.rsplit_once(' ').map_or(shown.as_str(), |(words, _)| words);
    format!("{}\u{2026}", whole_words.trim_end_matches(|letter: char| !letter.is_alphanumeric()))
}
