//! What the debrief says, in words. All of it comes from [`scoring::debrief`](crate::scoring::Debrief).

use crate::desktop::screens::due::{in_full, since};
use crate::explore::Reachable;
use crate::scenario::Scenario;
use crate::scenario::vocabulary::{Fulfilment, Outcome, Pronoun, Skill, TileKind};
use crate::scoring::{
    Cap, Debrief, Move, Row, SCORE_CAP_CRITICAL, SCORE_CAP_RAISED, TurnLine, TurningPoint, ViolationLine, points,
};

/// The run from which one's own five scores are asked: the first three go without.
const OWN_SCORES_AFTER: u32 = 3;
/// Below this a skill's bar is drawn in heat.
const WEAK_BELOW: u8 = 60;
/// How many words of a quote a row shows.
const QUOTE_WORDS: usize = 14;

/// What a debrief is built from.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    pub scenario: &'a Scenario,
    pub debrief: &'a Debrief,
    /// None while it is still being searched for.
    pub reachable: Option<&'a Reachable>,
    /// Finished runs of this person before this one.
    pub runs_before: u32,
    pub practice: bool,
    pub guess: &'a Guess,
    /// The free line of each note that was filed, in the order of the encounters.
    pub note_lines: &'a [String],
    /// The goal that was picked, if one was.
    pub goal: Option<&'a str>,
}

/// What the person said about the run before they saw its score.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guess {
    pub outcome: Option<Outcome>,
    pub skills: OwnSkills,
}

/// One's own five scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OwnSkills {
    #[default]
    NotAsked,
    Declined,
    /// 0 to 100, by [`Skill::index`].
    Given([u8; 5]),
}

/// What is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// "How did they leave?"
    Question(Question),
    /// One's own five scores, which can be passed over.
    OwnScores(OwnScores),
    /// The short form, after a person's first call.
    First(Box<FirstRun>),
    Result(Box<Result>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub words: String,
    pub hint: String,
    pub options: Vec<OutcomeOption>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeOption {
    pub outcome: Outcome,
    pub words: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnScores {
    pub words: String,
    pub hint: String,
    pub skills: [&'static str; 5],
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstRun {
    pub headline: Headline,
    pub helped: Option<Turning>,
    pub hurt: Option<Turning>,
    pub closing: String,
    /// The turn at which to try again.
    pub retry: Option<(u16, u8)>,
}

/// "Marisol Quint left " and "satisfied".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    pub before: String,
    pub outcome: String,
    /// Whether it ended badly; the words say so too.
    pub badly: bool,
}

/// The debrief in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Result {
    pub headline: Headline,
    /// "You said: “pacified”. Final score on Friday, 18:30, when …"
    pub aside: String,
    pub overall: String,
    /// "of 975 reachable"
    pub reachable: String,
    pub skills: Vec<SkillBar>,
    pub about_marks: String,
    /// What holds the score down, in plain words.
    pub caps: Vec<String>,
    pub curve: Curve,
    pub helped: Option<Turning>,
    pub turned: Option<Turning>,
    pub columns: Vec<Column>,
    pub rows: Vec<SkillRows>,
    pub turns: Vec<TurnRows>,
    pub retry: Option<(u16, u8)>,
    pub closing: Closing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillBar {
    pub skill: Skill,
    pub label: &'static str,
    /// 0 to 100.
    pub value: u8,
    pub mark: Option<u8>,
    pub weak: bool,
    /// "you said 70"
    pub own: Option<String>,
}

/// A card: what was said at a turn and what it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turning {
    pub title: &'static str,
    pub encounter: u16,
    pub turn: u8,
    pub quote: String,
    /// "She heard: somebody looked. Owning apology, 3 of 3. Anger 36 → 23."
    pub effect: String,
    /// "Why did she react?"
    pub ask: String,
    pub why: String,
    /// A line that was on offer and would have shown more.
    pub better: Option<String>,
}

/// The meters over the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    /// Anger, trust, patience, being heard, clarity.
    pub names: [&'static str; 5],
    pub spots: Vec<CurveSpot>,
    /// What a screen reader hears first.
    pub summary: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurveSpot {
    /// A new encounter begins here: the lines do not join.
    pub begins: bool,
    /// "Start", "Turn 8".
    pub label: String,
    pub meters: [i32; 5],
    /// What was said: "You: “…” "
    pub said: String,
    /// Drawn as a marker, labelled below.
    pub marker: Option<Marker>,
}

/// What a marker on the curve stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    Helped,
    Turned,
}

/// A list under a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Set apart before the text: "Fri 18:30", "Judgement".
    pub lead: Option<String>,
    pub text: String,
    /// A second, softer line.
    pub aside: Option<String>,
}

/// A skill opened to its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillRows {
    pub skill: Skill,
    /// "Listening, 84"
    pub title: String,
    /// "9.6 of 11 shown, which is 87.3. Violations took 3."
    pub sum: String,
    pub rows: Vec<RowLine>,
    pub violations: Vec<ViolationRow>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowLine {
    pub place: String,
    pub indicator: &'static str,
    /// "0 of 3"
    pub credit: String,
    pub full: bool,
    pub detail: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViolationRow {
    pub place: String,
    pub words: String,
    /// "−8", or "−4, half of it mended in the next turn"
    pub cost: String,
    pub quote: Option<String>,
}

/// What one turn did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnRows {
    pub encounter: u16,
    pub turn: u8,
    /// "Turn 8"
    pub title: String,
    pub heard: String,
    pub said: Option<String>,
    /// "takes the bait: anger +11, trust −6"
    pub moves: Vec<String>,
}

/// The end of a debrief: one if-then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    pub words: &'static str,
    pub suggestions: Vec<String>,
    pub picked: Option<String>,
}

impl View {
    /// The debrief of a run, as far as the questions before it are answered.
    pub fn of(given: Given<'_>) -> Self {
        let scenario = given.scenario;
        if given.runs_before == 0 {
            return Self::First(Box::new(first_run(given)));
        }
        let pronoun = scenario.customer.pronoun;
        if given.guess.outcome.is_none() {
            return Self::Question(question(pronoun));
        }
        if given.runs_before >= OWN_SCORES_AFTER && given.guess.skills == OwnSkills::NotAsked {
            return Self::OwnScores(OwnScores {
                words: "How would you score yourself?".to_owned(),
                hint: "From 0 to 100, before you see. You may leave this out.".to_owned(),
                skills: [0, 1, 2, 3, 4].map(|index: usize| Skill::ALL[index].words()),
            });
        }
        Self::Result(Box::new(result(given)))
    }
}

fn question(pronoun: Pronoun) -> Question {
    // From best to worst, and apart from that order the one that is neither.
    let options = [
        Outcome::Advocate,
        Outcome::Satisfied,
        Outcome::Pacified,
        Outcome::Lost,
        Outcome::Escalated,
        Outcome::RightlyEscalated,
    ];
    Question {
        words: format!("How did {} leave?", pronoun.words()),
        hint: "Say it before you see the score: reading people is half of it.".to_owned(),
        options: options.map(|outcome| OutcomeOption { outcome, words: outcome_in_full(outcome, pronoun) }).to_vec(),
    }
}

fn outcome_in_full(outcome: Outcome, pronoun: Pronoun) -> String {
    let they = capitalised(pronoun.words());
    let (is, has) = (pronoun.verb("is", "are"), pronoun.verb("has", "have"));
    match outcome {
        Outcome::Advocate => format!("{they} would send a friend to us"),
        Outcome::Satisfied => format!("{they} {is} satisfied: it is as good as settled"),
        Outcome::Pacified => format!("{they} {is} calmer, and it is not settled"),
        Outcome::Lost => format!("We have lost {}", pronoun.object()),
        Outcome::Escalated => format!("{they} {has} taken it further: a complaint, or worse"),
        Outcome::RightlyEscalated => "It went to somebody else, and rightly".to_owned(),
    }
}

/// The outcome in a word or two, as the headline and "You said" have it.
fn outcome_in_short(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Advocate => "an advocate",
        Outcome::Satisfied => "satisfied",
        Outcome::Pacified => "pacified",
        Outcome::Lost => "lost",
        Outcome::Escalated => "took it further",
        Outcome::RightlyEscalated => "rightly handed on",
    }
}

fn headline(scenario: &Scenario, outcome: Outcome) -> Headline {
    let name = &scenario.customer.name;
    let before = match outcome {
        Outcome::Advocate | Outcome::Satisfied | Outcome::Pacified => format!("{name} left "),
        Outcome::Lost | Outcome::RightlyEscalated => format!("{name} was "),
        Outcome::Escalated => format!("{name} "),
    };
    Headline {
        before,
        outcome: outcome_in_short(outcome).to_owned(),
        badly: matches!(outcome, Outcome::Lost | Outcome::Escalated),
    }
}

fn first_run(given: Given<'_>) -> FirstRun {
    let Given { scenario, debrief, .. } = given;
    let brief = |point: &TurningPoint, title| {
        turning(scenario, &TurningPoint { row: None, violation: None, ..point.clone() }, title)
    };
    let helped = debrief.helped.as_ref().map(|point| brief(point, "What helped"));
    let hurt = debrief.turned.as_ref().map(|point| brief(point, "What hurt"));
    let closing = match (&helped, &hurt) {
        (_, Some(_)) => "You can go back to that moment and say something else. Nothing is at stake.",
        (Some(_), None) => "Nothing in this call made it worse.",
        (None, None) => "The call was over before much was said. You can begin it again.",
    };
    FirstRun {
        headline: headline(scenario, debrief.score.outcome),
        closing: closing.to_owned(),
        retry: retry(debrief),
        helped,
        hurt,
    }
}

/// Where "Try that moment again" leads: where it turned; else to the weakest turn there was; else to the beginning.
fn retry(debrief: &Debrief) -> Option<(u16, u8)> {
    let turned = debrief.turned.as_ref().map(|point| (point.encounter, point.turn));
    turned.or_else(|| debrief.turns.last().map(|turn| (turn.encounter, turn.turn)))
}

fn result(given: Given<'_>) -> Result {
    let Given { scenario, debrief, .. } = given;
    let score = &debrief.score;
    Result {
        headline: headline(scenario, score.outcome),
        aside: aside(given),
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
        curve: curve(debrief),
        helped: debrief.helped.as_ref().map(|point| turning(scenario, point, "What helped most")),
        turned: debrief.turned.as_ref().map(|point| turning(scenario, point, "Where it turned")),
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
        let said = outcome_in_short(outcome);
        parts.push(if same {
            format!("You said \u{201c}{said}\u{201d} too.")
        } else {
            format!("You said: \u{201c}{said}\u{201d}.")
        });
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
                format!("Final score on {}, when this is due: {}.", in_full(&promise.due), uncapitalised(&promise.text))
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

fn turning(scenario: &Scenario, point: &TurningPoint, title: &'static str) -> Turning {
    let pronoun = scenario.customer.pronoun;
    let mut effect = format!("{} heard: {}", capitalised(pronoun.words()), ended(&uncapitalised(&point.hears)));
    for part in [&point.row, &point.violation].into_iter().flatten() {
        effect.push(' ');
        effect.push_str(&ended(part));
    }
    let (before, after) = point.anger;
    if before == after {
        effect.push_str(&format!(" Trust\u{a0}{}\u{a0}\u{2192}\u{a0}{}.", point.trust.0, point.trust.1));
    } else {
        effect.push_str(&format!(" Anger\u{a0}{before}\u{a0}\u{2192}\u{a0}{after}."));
    }
    Turning {
        title,
        encounter: point.encounter,
        turn: point.turn,
        quote: quoted(&point.quote),
        effect,
        ask: format!("Why did {} react that way? Say it in a sentence.", pronoun.words()),
        why: point.why.clone(),
        better: point.better.as_deref().map(quoted),
    }
}

fn curve(debrief: &Debrief) -> Curve {
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
                (_, "") => "The call ended here, before you answered.".to_owned(),
                (_, quote) => format!("You said {}", quoted(quote)),
            },
            marker: marker_of(point.at),
        })
        .collect();
    let ends = spots.first().zip(spots.last());
    let summary = ends.map_or_else(String::new, |(first, last)| {
        format!(
            "Anger from {} to {}, trust from {} to {}. Left and right arrows read each turn.",
            first.meters[0], last.meters[0], first.meters[1], last.meters[1]
        )
    });
    Curve { names: ["anger", "trust", "patience", "heard", "clarity"], spots, summary }
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
    list("What never came up".to_owned(), debrief.unsurfaced.facts.iter().map(plain).collect());
    let needs = debrief.unsurfaced.needs.iter().map(plain).collect();
    list(format!("What {} needed and did not get", scenario.customer.pronoun.words()), needs);
    let promises = debrief.promises.iter().filter(|promise| promise.made || promise.core);
    list(
        "What was promised".to_owned(),
        promises
            .map(|promise| Line {
                lead: Some(promise.due.clone()),
                text: promise.text.clone(),
                aside: Some(became(promise.made, promise.fulfilment, promise.result.as_deref())),
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

fn became(made: bool, fulfilment: Option<Fulfilment>, result: Option<&str>) -> String {
    let state = match (made, fulfilment) {
        (false, _) => "Never promised.",
        (true, None) => "Still open.",
        (true, Some(Fulfilment::Kept)) => "Kept.",
        (true, Some(Fulfilment::Exceeded)) => "Kept, and more.",
        (true, Some(Fulfilment::LateWarned)) => "Late, and they were told before.",
        (true, Some(Fulfilment::Late)) => "Late, and nobody told them.",
        (true, Some(Fulfilment::Broken)) => "Broken.",
    };
    result.map_or_else(|| state.to_owned(), |result| format!("{state} {result}"))
}

fn skill_rows(debrief: &Debrief, index: usize) -> SkillRows {
    let line = &debrief.skills[index];
    let score = &debrief.score.skills[index];
    let mut sum = if score.available == 0 {
        "Nothing in this run asked for it.".to_owned()
    } else {
        format!("{} of {} shown, which is {}.", points(score.earned), points(score.available), tenths(score.base))
    };
    if score.violations > 0 {
        sum.push_str(&format!(" Violations took {}.", points(score.violations)));
    }
    if score.score < (score.base - score.violations).clamp(0, 10_000) {
        sum.push_str(&format!(" Held at {} by the raised voice.", points(score.score)));
    }
    SkillRows {
        skill: line.skill,
        title: format!("{}, {}", line.skill.words(), whole(score.score)),
        sum,
        rows: line.rows.iter().map(row_line).collect(),
        violations: line.violations.iter().map(violation_row).collect(),
    }
}

fn row_line(row: &Row) -> RowLine {
    let quote = row.quote.as_deref().map(|quote| quoted(&few_words(quote)));
    RowLine {
        place: row.place.clone(),
        indicator: row.indicator.words(),
        credit: format!("{} of {}", points(row.earned), points(row.available)),
        full: row.earned == row.available,
        detail: quote.or_else(|| row.manner.clone()),
    }
}

fn violation_row(line: &ViolationLine) -> ViolationRow {
    let cost = points(line.cost);
    ViolationRow {
        place: line.place.clone(),
        words: line.words.clone(),
        cost: if line.repaired {
            format!("\u{2212}{cost}: half of it was mended in the next turn")
        } else {
            format!("\u{2212}{cost}")
        },
        quote: line.quote.as_deref().map(|quote| quoted(&few_words(quote))),
    }
}

fn turn_rows(scenario: &Scenario, turn: &TurnLine) -> TurnRows {
    let several = scenario.encounters.len() > 1;
    let title = format!("Turn {}", turn.turn);
    TurnRows {
        encounter: turn.encounter,
        turn: turn.turn,
        title: if several {
            format!("{}, {}", scenario.encounters[usize::from(turn.encounter)].title, uncapitalised(&title))
        } else {
            title
        },
        heard: quoted(&few_words(&turn.heard)),
        said: turn.reply.as_ref().map(|reply| {
            let early = if reply.too_early { " It came too early to count as a compromise." } else { "" };
            format!("{}{early}", quoted(&reply.text))
        }),
        moves: turn.moves.iter().map(move_words).filter(|words| !words.is_empty()).collect(),
    }
}

fn move_words(step: &Move) -> String {
    let names = ["anger", "trust", "patience", "heard", "clarity"];
    let parts: Vec<String> = names
        .iter()
        .zip(step.by)
        .filter(|(_, by)| *by != 0)
        .map(|(name, by)| {
            let sign = if by < 0 { "\u{2212}" } else { "+" };
            format!("{name} {sign}{}", tenths(by.abs()))
        })
        .collect();
    if parts.is_empty() { String::new() } else { format!("{}: {}", step.words, parts.join(", ")) }
}

/// Hundredths as whole points, rounded half up, 0 to 100.
fn whole(hundredths: i32) -> u8 {
    u8::try_from((hundredths.clamp(0, 10_000) + 50) / 100).unwrap_or(100)
}

/// Hundredths with one place after the point, and none where it is 0.
fn tenths(hundredths: i32) -> String {
    let tenths = (hundredths + 5) / 10;
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

fn few_words(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    if words.len() <= QUOTE_WORDS {
        return text.to_owned();
    }
    format!("{}\u{2026}", words[..QUOTE_WORDS].join(" ").trim_end_matches([',', '.', ':', ';']))
}

fn quoted(text: &str) -> String {
    format!("\u{201c}{text}\u{201d}")
}

/// With a full stop, where it has no end of its own.
fn ended(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '?', '!', '\u{2026}', '\u{201d}']) { text.to_owned() } else { format!("{text}.") }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// For a sentence that goes on behind a colon. "I" and names cannot be told from other words, so only common openings
/// lose their capital.
fn uncapitalised(text: &str) -> String {
    let opening = text.split_whitespace().next().unwrap_or_default();
    let common = [
        "A",
        "An",
        "And",
        "Another",
        "At",
        "Being",
        "But",
        "Everything",
        "For",
        "From",
        "Half",
        "He",
        "Her",
        "He's",
        "His",
        "If",
        "In",
        "It",
        "It's",
        "Money",
        "No",
        "Nobody",
        "Nothing",
        "Now",
        "One",
        "Plenty",
        "Ring",
        "She",
        "She'd",
        "Some",
        "Somebody",
        "Someone",
        "Something",
        "That",
        "The",
        "Their",
        "There",
        "There's",
        "They",
        "This",
        "Three",
        "To",
        "Turn",
        "What",
        "When",
        "Yesterday",
        "You",
        "You'd",
        "You'll",
        "You're",
        "You've",
        "Your",
    ];
    if !common.contains(&opening) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
