//! The debrief as lines of text: every number opens to its rows.

use crate::attempt::Attempt;
use crate::campaign::RunStage;
use crate::cli::page::{Line, Tone};
use crate::cli::play::screen::opening;
use crate::explore::Reachable;
use crate::scenario::Scenario;
use crate::scenario::calendar::between;
use crate::scenario::model::Customer;
use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::capitalised;
use crate::scenario::vocabulary::{Outcome, Pronoun, Skill, Upset, Volume};
use crate::scoring::{Cap, Debrief, Row, Score, SkillLine, TurningPoint};

/// Columns of a skill's bar.
const BAR: usize = 30;

/// The answers to "How did they leave?" or "How did you leave them?", best first.
pub(super) const LEAVINGS: [Outcome; 6] = [
    Outcome::Advocate,
    Outcome::Satisfied,
    Outcome::Pacified,
    Outcome::RightlyEscalated,
    Outcome::Lost,
    Outcome::Escalated,
];

/// An outcome in the words of someone who watched; of whoever was across the desk from the trainee.
pub(super) fn leaving(outcome: Outcome, pronoun: Pronoun, seat: Seat) -> String {
    let who = pronoun.words();
    let is = pronoun.verb("is", "are");
    match (outcome, seat) {
        (Outcome::Advocate, Seat::Agent) => format!("Won over: {who} would send you a friend"),
        (Outcome::Advocate, Seat::Customer) => format!("Won over: {who} would do more than {who} must for you"),
        (Outcome::Satisfied, Seat::Agent) => "Satisfied".to_owned(),
        (Outcome::Satisfied, Seat::Customer) => format!("Settled, and {who} {is} none the worse for it"),
        (Outcome::Pacified, Seat::Agent) => "Pacified: calmer, and not content".to_owned(),
        (Outcome::Pacified, Seat::Customer) => format!("Half settled: {who} did what {who} had to, and no more"),
        (Outcome::RightlyEscalated, _) => "Handed on, and rightly so".to_owned(),
        (Outcome::Lost, Seat::Agent) => format!("Lost: {who} will not be back"),
        (Outcome::Lost, Seat::Customer) => format!("Lost: {who} could do no more for you"),
        (Outcome::Escalated, Seat::Agent) => format!("Escalated: {who} {is} taking it further"),
        (Outcome::Escalated, Seat::Customer) => format!("Escalated: {who} had to fetch somebody"),
    }
}

/// The first question of all.
pub(super) fn question(pronoun: Pronoun, seat: Seat) -> Vec<Line> {
    let question = match seat {
        Seat::Agent => format!("Before the result: how did {} leave?", pronoun.words()),
        Seat::Customer => format!("Before the result: how did you leave {}?", pronoun.object()),
    };
    let mut lines = vec![Line::empty(), Line::strong(question)];
    let answers = LEAVINGS.iter().enumerate();
    lines.extend(answers.map(|(index, &outcome)| Line::numbered(index + 1, leaving(outcome, pronoun, seat))));
    lines
}

/// What the debrief is made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) attempt: &'a Attempt,
    pub(super) debrief: &'a Debrief,
    /// What the search found to be reachable; none while it is not known.
    pub(super) reachable: Option<&'a Reachable>,
    /// How the trainee thought that the customer left.
    pub(super) guess: Option<Outcome>,
    /// The trainee's own line in the note.
    pub(super) own_line: Option<&'a str>,
}

/// The result on one screen, with the moments that made it.
pub(super) fn result(told: &Told<'_>) -> Vec<Line> {
    let Told { scenario, attempt, debrief, reachable, .. } = *told;
    let pronoun = scenario.customer.pronoun;
    let score = &debrief.score;
    let mut lines = vec![Line::empty()];
    let mut headline = Line::strong(leaving(score.outcome, pronoun, debrief.seat))
        .and(Tone::Plain, format!("   {} of 1000", score.overall));
    if let Some(reachable) = reachable {
        let more = reachable.overall > score.overall;
        let words = if more {
            format!("   {} was reachable", reachable.overall)
        } else {
            "   all that was reachable".to_owned()
        };
        headline = headline.and(Tone::Quiet, words);
    }
    lines.push(headline);
    if let Some(guess) = told.guess {
        lines.push(Line::quiet(guessed(guess, score.outcome, pronoun, debrief.seat)));
    }
    if attempt.practice {
        lines.push(Line::quiet("This was practice: nothing of it counts."));
    }
    lines.extend(score.caps.iter().map(|cap| Line::new(Tone::Heat, cap_words(*cap))));
    lines.push(Line::empty());
    lines.extend(Skill::ALL.iter().map(|&skill| bar(score, reachable, skill)));
    if reachable.is_some() {
        lines.push(Line::quiet("The mark | shows what could be reached; `rows` opens each number.").indented(2));
    }
    if let Some(helped) = &debrief.helped {
        lines.extend(turning_point("What helped most", helped, &scenario.customer, true));
    }
    if let Some(turned) = &debrief.turned {
        lines.extend(turning_point("Where it could have gone better", turned, &scenario.customer, false));
    }
    lines.extend(unsurfaced(debrief));
    lines.extend(promises(debrief));
    lines.extend(notes(debrief, told.own_line));
    if let Some(intention) = &attempt.intention {
        lines.extend([Line::empty(), Line::strong("You had set out to")]);
        lines.push(Line::plain(intention.clone()).indented(2));
    }
    lines
}

/// The result in a line and five bars. Nobody has left in the middle of a call, so nothing is said of how; once it is
/// over, what is still to come is named.
pub(in crate::cli) fn headline(scenario: &Scenario, debrief: &Debrief, stage: RunStage) -> Vec<Line> {
    let score = &debrief.score;
    let left = || leaving(score.outcome, scenario.customer.pronoun, debrief.seat);
    let (so_far, headline) = match stage {
        RunStage::Talking => ("", "Not finished: the call is still on".to_owned()),
        RunStage::Note => ("The note is still to be written. If it ended now: ", left()),
        RunStage::Diary(_) => ("The diary is still open. If it ended now: ", left()),
        RunStage::Between => ("Another call is to come. If it ended now: ", left()),
        RunStage::Closed => ("", left()),
    };
    let mut lines = vec![
        Line::quiet(so_far)
            .and(Tone::Strong, headline)
            .and(Tone::Plain, format!("   {} of 1000", score.overall))
            .and(Tone::Quiet, if stage == RunStage::Talking { " so far" } else { "" }),
    ];
    lines.extend(score.caps.iter().map(|cap| Line::new(Tone::Heat, cap_words(*cap))));
    lines.extend(Skill::ALL.iter().map(|&skill| bar(score, None, skill)));
    lines
}

fn guessed(guess: Outcome, outcome: Outcome, pronoun: Pronoun, seat: Seat) -> String {
    if guess == outcome {
        "That is how you saw it too.".to_owned()
    } else {
        let guess = leaving(guess, pronoun, seat);
        let first = guess.split(':').next().unwrap_or(&guess).to_lowercase();
        format!("You thought: {first}.")
    }
}

fn cap_words(cap: Cap) -> &'static str {
    match cap {
        Cap::RaisedVoice => "You raised your voice: that keeps the score to 599 at most, whatever else went well.",
        Cap::CriticalViolation => "Something was said that must not be: that keeps the score to 399 at most.",
        Cap::BrokenPromise => "A promise was broken without a word: that leaves nobody better than pacified.",
    }
}

fn bar(score: &Score, reachable: Option<&Reachable>, skill: Skill) -> Line {
    let hundredths = score.skills[skill.index()].score;
    let reach = reachable.map(|reachable| reachable.skills[skill.index()].max(hundredths));
    let cells = |value: i32| usize::try_from(value).unwrap_or(0) * BAR / 10_000;
    let filled = cells(hundredths);
    let mark = reach.map(|reach| cells(reach).min(BAR - 1)).filter(|&mark| mark >= filled);
    let empty: String = (filled..BAR).map(|cell| if mark == Some(cell) { '|' } else { '\u{b7}' }).collect();
    let short = reach.filter(|&reach| whole(reach) > whole(hundredths));
    let reached = short.map_or(String::new(), |reach| format!("   {} reachable", whole(reach)));
    Line::plain(format!("{:<18}", skill.words()))
        .and(Tone::Calm, "\u{2588}".repeat(filled))
        .and(Tone::Quiet, empty)
        .and(Tone::Strong, format!("  {:>3}", whole(hundredths)))
        .and(Tone::Quiet, reached)
        .indented(2)
}

fn turning_point(heading: &str, point: &TurningPoint, customer: &Customer, helped: bool) -> Vec<Line> {
    let tone = if helped { Tone::Calm } else { Tone::Heat };
    let who = capitalised(customer.pronoun.words());
    let mut lines = vec![
        Line::empty(),
        Line::new(tone, heading.to_owned()).and(Tone::Quiet, format!("   turn {}", point.turn)),
        quote("You said", &point.quote),
    ];
    if !point.hears.is_empty() {
        lines.push(quote(&format!("{who} heard"), &point.hears));
    }
    if !point.why.is_empty() {
        lines.push(Line::plain(point.why.clone()).indented(2));
    }
    let mut facts = vec![moved(customer.upset.words(), point.anger), moved("trust", point.trust)];
    facts.extend(point.row.clone());
    lines.push(Line::quiet(capitalised(&facts.join("; "))).indented(2));
    if let Some(better) = point.better.as_ref().filter(|_| !helped) {
        lines.push(quote("Better here", better));
        lines.push(Line::quiet(format!("Try that moment again: again {}", point.turn)).indented(2));
    }
    lines
}

fn quote(label: &str, words: &str) -> Line {
    Line::quiet(format!("{label}: ")).and(Tone::Plain, format!("\u{201c}{words}\u{201d}")).within(2, 4)
}

fn moved(meter: &str, (before, after): (i32, i32)) -> String {
    if before == after { format!("{meter} stayed at {after}") } else { format!("{meter} {before} to {after}") }
}

fn unsurfaced(debrief: &Debrief) -> Vec<Line> {
    let lists = [
        ("What never came to light", &debrief.unsurfaced.facts),
        ("What was needed and not met", &debrief.unsurfaced.needs),
    ];
    let mut lines = Vec::new();
    for (heading, entries) in lists {
        if !entries.is_empty() {
            lines.extend([Line::empty(), Line::strong(heading)]);
            lines.extend(entries.iter().map(|entry| Line::plain(format!("- {entry}")).within(2, 4)));
        }
    }
    lines
}

fn promises(debrief: &Debrief) -> Vec<Line> {
    let made: Vec<_> = debrief.promises.iter().filter(|promise| promise.made).collect();
    if made.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::empty(), Line::strong("Promises")];
    lines.extend(made.iter().map(|promise| {
        let became = promise.fulfilment.map_or("still open", |fulfilment| fulfilment.words());
        let when = between(promise.start.as_deref(), &promise.due);
        Line::plain(format!("- {} ({when}): ", promise.text)).and(Tone::Gold, became).within(2, 4)
    }));
    lines
}

fn notes(debrief: &Debrief, own_line: Option<&str>) -> Vec<Line> {
    let mut lines = vec![Line::empty(), Line::strong("Your note")];
    let filed = || debrief.notes.iter().flat_map(|note| &note.filed);
    lines.extend(filed().map(|(_, tile)| Line::plain(format!("- {tile}")).within(2, 4)));
    lines.extend(own_line.map(|line| Line::plain(format!("- {line}")).within(2, 4)));
    if filed().next().is_none() && own_line.is_none() {
        lines.push(Line::quiet("Nothing stands in it.").indented(2));
    }
    for note in debrief.notes.iter().filter(|note| !note.model.is_empty()) {
        let heading = match debrief.seat {
            Seat::Agent => "One that would have served the next call",
            Seat::Customer => "One that would have served you",
        };
        lines.extend([Line::empty(), Line::strong(heading)]);
        lines.push(Line::plain(note.model.clone()).indented(2));
    }
    lines
}

/// What can be asked for at the end; the turn to try again is the one where it could have gone better.
pub(super) fn prompt(debrief: &Debrief) -> Line {
    let turn = debrief.turned.as_ref().map_or(1, |turned| turned.turn);
    let again = format!("again {turn}");
    let mut prompt = Line::default().indented(2);
    for (word, does) in [("rows", "every number"), ("turns", "the call"), (again.as_str(), "try that turn again")] {
        prompt = prompt.and(Tone::Strong, word).and(Tone::Quiet, format!(" {does} \u{b7} "));
    }
    prompt.and(Tone::Strong, "Enter").and(Tone::Quiet, "\u{a0}ends\u{a0}\u{203a}")
}

/// Every row behind each skill.
pub(in crate::cli) fn rows(debrief: &Debrief) -> Vec<Line> {
    debrief.skills.iter().flat_map(|skill| skill_rows(&debrief.score, skill)).collect()
}

fn skill_rows(score: &Score, line: &SkillLine) -> Vec<Line> {
    let sum = &score.skills[line.skill.index()];
    let mut heading = Line::strong(format!("{}  {}", line.skill.words(), decimal(sum.score))).and(
        Tone::Quiet,
        format!("   {} of {} shown: {}", decimal(sum.earned), decimal(sum.available), decimal(sum.base)),
    );
    if sum.violations > 0 {
        heading = heading.and(Tone::Heat, format!(", less {}", decimal(sum.violations)));
    }
    let mut lines = vec![Line::empty(), heading];
    lines.extend(line.rows.iter().map(row));
    lines.extend(line.violations.iter().map(|violation| {
        let repaired = if violation.repaired { ", half of it made good" } else { "" };
        Line::plain(format!("{:<8}  ", violation.place))
            .and(Tone::Heat, format!("\u{2212}{}{repaired}  ", decimal(violation.cost)))
            .and(Tone::Plain, violation.words.clone())
            .within(2, 12)
    }));
    lines
}

fn row(row: &Row) -> Line {
    let tone = if row.earned == row.available { Tone::Calm } else { Tone::Gold };
    let mut line = Line::plain(format!("{:<8}  ", row.place))
        .and(Tone::Plain, format!("{}  ", capitalised(row.words())))
        .and(tone, format!("{} of {}", decimal(row.earned), decimal(row.available)));
    if let Some(quote) = &row.quote {
        line = line.and(Tone::Quiet, format!("  \u{201c}{}\u{201d}", opening(quote, 5)));
    }
    line.within(2, 12)
}

/// The call turn by turn: the meters after each reply, and what was said.
pub(in crate::cli) fn turns(upset: Upset, debrief: &Debrief) -> Vec<Line> {
    let heads = format!("        {:>5}  trust  patience  heard  clarity", upset.words());
    let mut lines = vec![Line::empty(), Line::quiet(heads).indented(2)];
    for point in &debrief.curve {
        let [anger, trust, patience, heard, clarity] = point.meters;
        let place = if point.turn == 0 { "start".to_owned() } else { format!("turn {}", point.turn) };
        lines.push(
            Line::plain(format!("{place:<8}{anger:>5}  {trust:>5}  {patience:>8}  {heard:>5}  {clarity:>7}"))
                .indented(2),
        );
        let turn = point.at.and_then(|at| debrief.turns.get(at));
        if let Some(reply) = turn.and_then(|turn| turn.reply.as_ref()) {
            let raised = if reply.volume == Volume::Raised { ", raised" } else { "" };
            let how = format!("You, {}{raised}: ", reply.pace.words());
            let said = format!("\u{201c}{}\u{201d}", opening(&reply.text, 12));
            lines.push(Line::quiet(how).and(Tone::Plain, said).within(10, 12));
        }
        let Some(turn) = turn else { continue };
        if let Some(words) = &turn.last_words {
            let said = format!("\u{201c}{words}\u{201d}");
            lines.push(Line::quiet("Last words: ").and(Tone::Plain, said).within(10, 12));
        }
        lines.extend(turn.ending.iter().map(|ending| Line::quiet(ending.clone()).within(10, 12)));
    }
    lines
}

/// Hundredths as a person reads them: 8430 is "84.3", 300 is "3".
fn decimal(value: i32) -> String {
    let text = format!("{}.{:02}", value / 100, value % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Hundredths rounded half up to a whole number.
const fn whole(value: i32) -> i32 {
    (value + 50) / 100
}
