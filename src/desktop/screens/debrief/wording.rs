//! The result in words.

use std::fmt::Write as _;

use super::data::{
    Closing, Column, Curve, CurveSpot, FirstRun, Given, Headline, Line, Marker, OwnSkills, Result, SkillBar, Turning,
    outcome_in_full,
};
use super::row_words::{meter_names, skill_rows, turn_rows};
use crate::desktop::screens::due::{became, in_full, since};
use crate::desktop::screens::text::{ended, quoted, whole};
use crate::scenario::Scenario;
use crate::scenario::calendar::between;
use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::{Outcome, Pronoun, TileKind, capitalised};
use crate::scoring::{Cap, Debrief, PromiseLine, SCORE_CAP_CRITICAL, SCORE_CAP_RAISED, TurningPoint};

/// Below this a skill's bar is drawn in heat.
const WEAK_BELOW: u8 = 60;

fn headline(scenario: &Scenario, outcome: Outcome, seat: Seat) -> Headline {
    let name = &scenario.customer.name;
    let (before, outcome_words) = match outcome {
        _ if seat == Seat::Customer => (format!("You left {name} "), left_behind(outcome).to_owned()),
        Outcome::Advocate | Outcome::Satisfied | Outcome::Pacified | Outcome::Lost => {
            (format!("{name} left "), outcome_in_short(outcome).to_owned())
        }
        Outcome::RightlyEscalated => (format!("{name} was "), outcome_in_short(outcome).to_owned()),
        Outcome::Escalated => (format!("{name} "), outcome_in_short(outcome).to_owned()),
    };
    Headline { before, outcome: outcome_words, badly: matches!(outcome, Outcome::Lost | Outcome::Escalated) }
}

pub(super) fn first_run(given: Given<'_>) -> FirstRun {
    let Given { scenario, debrief, .. } = given;
    let brief = |point: &TurningPoint, title| {
        turning(given, &TurningPoint { row: None, violation: None, ..point.clone() }, title)
    };
    let helped = debrief.helped.as_ref().map(|point| brief(point, "What helped"));
    let hurt = debrief.turned.as_ref().map(|point| brief(point, turned_title(point, "What hurt")));
    let closing = match (&helped, &hurt) {
        (_, Some(_)) => "You can go back to that moment and say something else. Nothing is at stake.",
        (Some(_), None) => "Nothing in this call made it worse.",
        (None, None) if debrief.turns.len() < 2 => "It was over before much was said. You can begin it again.",
        (None, None) => "No one moment made the difference. You can begin again.",
    };
    FirstRun {
        headline: headline(scenario, debrief.score.outcome, debrief.seat),
        closing: closing.to_owned(),
        retry: retry(debrief),
        helped,
        hurt,
    }
}

/// What is true of the turn that lost most: `worse` where the customer was worse off after it; else they were not, and
/// something was missed or came amiss.
pub(super) fn turned_title(point: &TurningPoint, worse: &'static str) -> &'static str {
    match (point.hurt(), &point.violation) {
        (true, _) => worse,
        (false, None) => "What was missed",
        (false, Some(_)) => "What could have gone better",
    }
}

/// Where "Try that moment again" leads: where it turned; where nothing stood out, to the beginning. A call in which
/// nothing made it worse has no such moment.
fn retry(debrief: &Debrief) -> Option<(u16, u8)> {
    let turned = debrief.turned.as_ref().map(|point| (point.encounter, point.turn));
    let beginning = debrief.turns.first().filter(|_| debrief.helped.is_none());
    turned.or_else(|| beginning.map(|turn| (turn.encounter, turn.turn)))
}

pub(super) fn result(given: Given<'_>) -> Result {
    let Given { scenario, debrief, .. } = given;
    let score = &debrief.score;
    Result {
        headline: headline(scenario, score.outcome, debrief.seat),
        aside: aside(given),
        team: given.team.map(str::to_owned),
        overall: score.overall.to_string(),
        reachable: match given.reachable {
            // The search is not proved to find the best: whoever beats it has reached more.
            Some(reachable) => format!("of {} reachable", reachable.overall.max(score.overall)),
            None => "of 1000; what was reachable is being looked for".to_owned(),
        },
        skills: skill_bars(given),
        about_marks: "The mark shows the best that could be reached. One call is a noisy reading: your skill over \
                      eight calls stands under Progress."
            .to_owned(),
        caps: caps(scenario.customer.pronoun, &score.caps),
        curve: curve(scenario, debrief),
        helped: debrief.helped.as_ref().map(|point| turning(given, point, "What helped most")),
        turned: debrief.turned.as_ref().map(|point| turning(given, point, turned_title(point, "Where it turned"))),
        columns: columns(given),
        rows: debrief.skills.iter().enumerate().map(|(index, _)| skill_rows(debrief, index)).collect(),
        turns: debrief.turns.iter().map(|turn| turn_rows(scenario, turn)).collect(),
        retry: retry(debrief),
        closing: Closing {
            words: "One thing for next time. It will stand on the card before your next call.",
            suggestions: debrief.goals.iter().map(|goal| goal.words.clone()).collect(),
            picked: given.goal.map(str::to_owned),
        },
    }
}

fn aside(given: Given<'_>) -> String {
    let Given { debrief, guess, practice, .. } = given;
    let mut parts = Vec::new();
    if let Some(outcome) = guess.outcome {
        let same = outcome == debrief.score.outcome;
        let said = quoted(&outcome_in_full(outcome, given.scenario.customer.pronoun, debrief.seat));
        parts.push(if same { format!("You said so too: {said}.") } else { format!("You said: {said}.") });
    }
    if practice {
        parts.push("Practice: it stands on no board.".to_owned());
    }
    if !debrief.score.is_final {
        let diaries = given.scenario.encounters.iter().flat_map(|encounter| &encounter.diary);
        let first = diaries.map(|event| event.at.as_str()).next().unwrap_or_default();
        let open = debrief.promises.iter().filter(|promise| promise.made && promise.fulfilment.is_none());
        let open = open.max_by_key(|promise| since(first, &promise.due));
        parts.push(match open {
            Some(promise) => {
                format!("Final score on {}, when this is due: {}.", in_full(&promise.due), quoted(&promise.text))
            }
            None => "Provisional: the note and the diary are still open.".to_owned(),
        });
    }
    parts.join(" ")
}

fn skill_bars(given: Given<'_>) -> Vec<SkillBar> {
    let skills = given.debrief.score.skills.iter();
    skills
        .map(|skill| {
            let index = skill.skill.index();
            let value = whole(skill.score);
            let own = match given.guess.skills {
                OwnSkills::Given(own) => Some(format!("you said {}", own[index])),
                OwnSkills::NotAsked | OwnSkills::Declined => None,
            };
            SkillBar {
                skill: skill.skill,
                label: skill.skill.words(),
                value,
                mark: given.reachable.map(|reachable| whole(reachable.skills[index]).max(value)),
                weak: value < WEAK_BELOW,
                own,
            }
        })
        .collect()
}

fn caps(pronoun: Pronoun, caps: &[Cap]) -> Vec<String> {
    caps.iter()
        .map(|cap| match cap {
            Cap::RaisedVoice => format!(
                "You raised your voice: calm tone counts at most 40, the whole at most {SCORE_CAP_RAISED}, and {} {} at best pacified.",
                pronoun.words(),
                pronoun.verb("is", "are"),
            ),
            Cap::CriticalViolation => {
                format!("Something was said that must not be: the whole counts at most {SCORE_CAP_CRITICAL}.")
            }
            Cap::BrokenPromise => format!(
                "A promise was broken without a word: {} {} at best pacified.",
                pronoun.words(),
                pronoun.verb("is", "are"),
            ),
        })
        .collect()
}

fn turning(given: Given<'_>, point: &TurningPoint, title: &'static str) -> Turning {
    let pronoun = given.scenario.customer.pronoun;
    let own = given.own_words.reason(point.encounter, point.turn);
    let mut effect = format!("{} heard: {}", capitalised(pronoun.words()), quoted(&ended(&capitalised(&point.hears))));
    for part in [&point.row, &point.violation].into_iter().flatten() {
        effect.push(' ');
        effect.push_str(&ended(part));
    }
    let (before, after) = point.anger;
    if before == after {
        let _ = write!(effect, " Trust\u{a0}{}\u{a0}\u{2192}\u{a0}{}.", point.trust.0, point.trust.1);
    } else {
        let upset = capitalised(given.scenario.customer.upset.words());
        let _ = write!(effect, " {upset}\u{a0}{before}\u{a0}\u{2192}\u{a0}{after}.");
    }
    Turning {
        title,
        hurt: point.hurt(),
        encounter: point.encounter,
        turn: point.turn,
        quote: quoted(&point.quote),
        effect,
        ask: format!("Why did {} react that way? Say it in a sentence.", pronoun.words()),
        own: own.map(str::to_owned),
        why: point.why.clone(),
        better: point.better.as_deref().map(quoted),
    }
}

fn curve(scenario: &Scenario, debrief: &Debrief) -> Curve {
    let what = scenario.channel.conversation();
    let marker_of = |at: Option<usize>| {
        let is = |point: &Option<TurningPoint>| at.is_some() && point.as_ref().map(|point| point.index) == at;
        if is(&debrief.helped) {
            Some(Marker::Helped)
        } else if is(&debrief.turned) {
            Some(Marker::Turned)
        } else {
            None
        }
    };
    let spots: Vec<CurveSpot> = debrief
        .curve
        .iter()
        .map(|point| CurveSpot {
            begins: point.turn == 0,
            label: if point.turn == 0 { "Start".to_owned() } else { format!("Turn {}", point.turn) },
            meters: point.meters,
            said: match (point.turn, point.quote.as_str()) {
                (0, _) => "Before anything was said.".to_owned(),
                (_, "") => format!("The {what} ended here, before you answered."),
                (_, quote) => format!("You said {}", quoted(quote)),
            },
            marker: marker_of(point.at),
        })
        .collect();
    let names = meter_names(scenario.customer.upset);
    let ends = spots.first().zip(spots.last());
    let summary = ends.map_or_else(String::new, |(first, last)| {
        format!(
            "{} from {} to {}, trust from {} to {}. Left and right arrows read each turn.",
            capitalised(names[0]),
            first.meters[0],
            last.meters[0],
            first.meters[1],
            last.meters[1]
        )
    });
    Curve { names, spots, summary }
}

fn columns(given: Given<'_>) -> Vec<Column> {
    let Given { scenario, debrief, note_lines, .. } = given;
    let plain = |text: &String| Line { lead: None, text: text.clone(), aside: None };
    let mut columns = Vec::new();
    let mut list = |title: String, lines: Vec<Line>| {
        if !lines.is_empty() {
            columns.push(Column { title, lines });
        }
    };
    let closing = debrief.turns.last();
    let last_words = closing.and_then(|turn| turn.last_words.as_deref()).map(quoted);
    let told = closing.and_then(|turn| turn.ending.clone());
    let (text, aside) = match (last_words, told) {
        (Some(words), told) => (words, told),
        (None, told) => (told.unwrap_or_default(), None),
    };
    list(
        "How it ended".to_owned(),
        Some(Line { lead: None, text, aside }).filter(|line| !line.text.is_empty()).into_iter().collect(),
    );
    list("What never came up".to_owned(), debrief.unsurfaced.facts.iter().map(plain).collect());
    let needs = debrief.unsurfaced.needs.iter().map(plain).collect();
    let whose = match debrief.seat {
        Seat::Agent => format!("What {} needed and did not get", scenario.customer.pronoun.words()),
        Seat::Customer => "What was needed and not met".to_owned(),
    };
    list(whose, needs);
    let promises = debrief.promises.iter().filter(|promise| promise.made || promise.core);
    list(
        "What was promised".to_owned(),
        promises
            .map(|promise| Line {
                lead: Some(between(promise.start.as_deref(), &promise.due)),
                text: promise.text.clone(),
                aside: Some(standing(scenario.customer.pronoun, promise)),
            })
            .collect(),
    );
    for (index, note) in debrief.notes.iter().enumerate() {
        let mut lines: Vec<Line> = note
            .filed
            .iter()
            .map(|(kind, text)| Line {
                lead: match kind {
                    TileKind::Fact => None,
                    TileKind::Judgement => Some("A judgement".to_owned()),
                    TileKind::Untruth => Some("Not so".to_owned()),
                },
                text: text.clone(),
                aside: None,
            })
            .collect();
        lines.extend(note_lines.get(index).filter(|line| !line.trim().is_empty()).map(plain));
        if lines.is_empty() {
            lines.push(Line { lead: None, text: "Nothing was written down.".to_owned(), aside: None });
        }
        let of = |what: &str| match debrief.notes.len() {
            0 | 1 => what.to_owned(),
            _ => format!("{what}: {}", scenario.encounters[usize::from(note.encounter)].title),
        };
        list(of("Your note"), lines);
        if !note.model.is_empty() {
            list(of("A note that would have served"), vec![plain(&note.model)]);
        }
    }
    columns
}

fn standing(pronoun: Pronoun, promise: &PromiseLine) -> String {
    let state = match (promise.made, promise.fulfilment) {
        (false, _) => "Never promised.".to_owned(),
        (true, None) => "Still open.".to_owned(),
        (true, Some(fulfilment)) => became(fulfilment, pronoun),
    };
    promise.result.as_ref().map_or_else(|| state.clone(), |result| format!("{state} {result}"))
}

/// The outcome in a word or two, as the headline has it.
fn outcome_in_short(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Advocate => "an advocate",
        Outcome::Satisfied => "satisfied",
        Outcome::Pacified => "pacified",
        // That somebody frail is lost would read as a death.
        Outcome::Lost => "unheard",
        Outcome::Escalated => "took it further",
        Outcome::RightlyEscalated => "rightly handed on",
    }
}

/// How a customer left the agent, after "You left Hanna Weiss".
fn left_behind(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Advocate => "on your side",
        Outcome::Satisfied => "at ease",
        Outcome::Pacified => "doing what must be done",
        Outcome::Lost => "with nothing more to give",
        Outcome::Escalated => "fetching somebody",
        Outcome::RightlyEscalated => "rightly relieved of it",
    }
}
