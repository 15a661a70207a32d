//! What is on the screen, and which question comes first. All of it comes from
//! [`scoring::debrief`](crate::scoring::Debrief).

use super::wording::{first_run, result};
use crate::attempt::OwnWords;
use crate::explore::Reachable;
use crate::scenario::Scenario;
use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::capitalised;
use crate::scenario::vocabulary::{Outcome, Pronoun, Skill};
use crate::scoring::Debrief;

/// The run from which one's own five scores are asked: the first three go without.
const OWN_SCORES_AFTER: u32 = 3;

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
    /// The run was finished in an earlier sitting: nothing is asked any more.
    pub looks_back: bool,
    pub guess: &'a Guess,
    /// What the person has said about the run.
    pub own_words: &'a OwnWords,
    /// The free line of each note that was filed, in the order of the encounters.
    pub note_lines: &'a [String],
    /// The goal that was picked, if one was.
    pub goal: Option<&'a str>,
    /// How it stands with a run that counts for a team.
    pub team: Option<&'a str>,
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
    /// The short form, after a person's first call where that was practice.
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
    /// "You said: “She is calmer, and it is not settled”. Final score on Friday, 18:30, when …"
    pub aside: String,
    /// How it stands with a run that counts for a team.
    pub team: Option<String>,
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
    /// The customer was worse off after it.
    pub hurt: bool,
    pub encounter: u16,
    pub turn: u8,
    pub quote: String,
    /// "She heard: somebody looked. Owning apology, 3 of 3. Anger 36 → 23."
    pub effect: String,
    /// "Why did she react?"
    pub ask: String,
    /// The sentence the person has written about it.
    pub own: Option<String>,
    pub why: String,
    /// A line that was on offer and would have shown more.
    pub better: Option<String>,
}

/// The meters over the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    /// Anger or fear, trust, patience, being heard, clarity.
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
    /// What the customer said last of all, where the conversation ended here, and what was told of that.
    pub last: Vec<String>,
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
        if given.looks_back {
            return Self::Result(Box::new(result(given)));
        }
        // A first call that counts is debriefed like any other.
        if given.runs_before == 0 && given.practice {
            return Self::First(Box::new(first_run(given)));
        }
        let pronoun = scenario.customer.pronoun;
        if given.guess.outcome.is_none() {
            return Self::Question(question(pronoun, given.debrief.seat));
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

fn question(pronoun: Pronoun, seat: Seat) -> Question {
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
        words: match seat {
            Seat::Agent => format!("How did {} leave?", pronoun.words()),
            Seat::Customer => format!("How did you leave {}?", pronoun.object()),
        },
        hint: "Say it before you see the score: reading people is half of it.".to_owned(),
        options: options
            .map(|outcome| OutcomeOption { outcome, words: outcome_in_full(outcome, pronoun, seat) })
            .to_vec(),
    }
}

/// The outcome as the question has it; of whoever was across the desk from the trainee.
pub(super) fn outcome_in_full(outcome: Outcome, pronoun: Pronoun, seat: Seat) -> String {
    let they = capitalised(pronoun.words());
    let (is, has) = (pronoun.verb("is", "are"), pronoun.verb("has", "have"));
    if seat == Seat::Customer {
        let who = pronoun.words();
        return match outcome {
            Outcome::Advocate => format!("{they} would do more than {who} must for you"),
            Outcome::Satisfied => format!("{they} {is} none the worse for it, and it is as good as settled"),
            Outcome::Pacified => format!("{they} did what {who} had to, and no more"),
            Outcome::Lost => format!("{they} could do no more for you"),
            Outcome::Escalated => format!("{they} had to fetch somebody"),
            Outcome::RightlyEscalated => "It went to somebody else, and rightly".to_owned(),
        };
    }
    match outcome {
        Outcome::Advocate => format!("{they} would send a friend to us"),
        Outcome::Satisfied => format!("{they} {is} satisfied: it is as good as settled"),
        Outcome::Pacified => format!("{they} {is} calmer, and it is not settled"),
        Outcome::Lost => format!("{they} left unheard, and will not come back to us"),
        Outcome::Escalated => format!("{they} {has} taken it further: a complaint, or worse"),
        Outcome::RightlyEscalated => "It went to somebody else, and rightly".to_owned(),
    }
}
