//! What stands on a card. What an answer comes to is [`Moment::answer`].

use crate::desktop::screens::days::coming;
use crate::desktop::screens::page::Person;
use crate::desktop::screens::text::quoted;
use crate::scenario::Scenario;
use crate::scenario::id::ReplyId;
use crate::scenario::vocabulary::{Indicator, capitalised};
use crate::scoring::points;
use crate::scoring::review::{Answer, Moment};

/// What a card is built from.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    pub scenario: &'a Scenario,
    pub moment: &'a Moment,
    pub indicator: Indicator,
    /// The replies as they are shown.
    pub order: &'a [ReplyId],
    /// Which card of this sitting it is, the first being 1, and of how many.
    pub number: usize,
    pub of: usize,
    /// What came of the answer, once it was given.
    pub answer: Option<Answer>,
    /// The day on which the card comes back; none when it is done.
    pub due: Option<i64>,
    pub today: i64,
}

/// What is on the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum View {
    Asked(Box<Asked>),
    /// The last one was answered.
    Done(Done),
}

/// A moment, and once it was answered what that would have shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Which card of this sitting it is.
    pub number: usize,
    /// "1 of 3. With Doris Pym, in “Can I have it on”."
    pub place: String,
    pub person: Person,
    /// What the trainee had said the turn before.
    pub before: Option<String>,
    /// What the customer said, in quotation marks.
    pub quote: String,
    /// As they are shown.
    pub replies: Vec<String>,
    pub told: Option<Told>,
}

/// What an answer would have shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The answer, in quotation marks.
    pub said: String,
    pub indicator: String,
    pub well: bool,
    /// "It would have earned 0.8 of 2."
    pub earned: String,
    /// What the author says of it.
    pub why: String,
    /// The better line, in quotation marks.
    pub better: Option<String>,
    /// What was said in the call, where that was something else.
    pub then: Option<String>,
    /// When the card comes back.
    pub back: String,
    /// The words on the way on.
    pub go_on: &'static str,
}

/// The end of a sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub words: &'static str,
    /// When the next card comes.
    pub next: String,
}

impl View {
    /// A card, before or after its answer.
    pub fn of(given: &Given<'_>) -> Self {
        let Given { scenario, moment, .. } = *given;
        let text = |reply: ReplyId| scenario.encounter(moment.encounter).reply(reply).text.as_str();
        let count = format!("{} of {}", given.number, given.of);
        Self::Asked(Box::new(Asked {
            number: given.number,
            place: format!("{count}. With {}, in {}.", scenario.customer.name, quoted(&scenario.title)),
            person: Person::of(scenario),
            before: moment.before.map(|reply| format!("You had said {}", quoted(text(reply)))),
            quote: quoted(&moment.heard),
            replies: given.order.iter().map(|&reply| text(reply).to_owned()).collect(),
            told: given.answer.map(|answer| told(given, answer)),
        }))
    }

    /// The end of a sitting. `next` is the day on which the next card comes.
    pub fn done(next: Option<i64>, today: i64) -> Self {
        let next = next.map_or_else(
            || "None of them comes back. Your next call may bring new ones.".to_owned(),
            |day| format!("The next one comes {}.", coming(day, today)),
        );
        Self::Done(Done { words: "That was all for today.", next })
    }
}

fn told(given: &Given<'_>, answer: Answer) -> Told {
    let Given { scenario, moment, .. } = *given;
    let reply = |id: ReplyId| scenario.encounter(moment.encounter).reply(id);
    let mut earned = format!("It would have earned {} of {}", points(answer.earned), points(answer.available));
    if let Some(flaw) = answer.flaw {
        earned.push_str(&format!(", and cost you something elsewhere: {}", flaw.words()));
    }
    earned.push('.');
    let why = &reply(answer.reply).why;
    Told {
        said: quoted(&reply(answer.reply).text),
        indicator: capitalised(given.indicator.words_for(scenario.encounter(moment.encounter).seat)),
        well: answer.well,
        earned,
        why: if why.is_empty() { String::new() } else { format!("The author: {why}") },
        better: answer.better.map(|better| quoted(&reply(better).text)),
        then: (moment.said != answer.reply)
            .then(|| format!("In the call you said {}", quoted(&reply(moment.said).text))),
        back: match (given.due, answer.well) {
            (None, _) => "You have it. This one does not come back.".to_owned(),
            (Some(day), true) => format!("It comes back {}, to see whether it stays.", coming(day, given.today)),
            (Some(day), false) => format!("It comes back {}.", coming(day, given.today)),
        },
        go_on: if given.number < given.of { "Next moment" } else { "Go on" },
    }
}
