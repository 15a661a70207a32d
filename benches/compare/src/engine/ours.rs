//! Simmer: a scenario of one encounter, with a note and a diary after it, scored to the end.

use simmer::campaign::{self, Input, Run, RunStage};
use simmer::dialogue::{self, Action, Exit, Mode, Part, Stage, beats, offered};
use simmer::scenario::Scenario;
use simmer::scenario::id::TileId;
use simmer::scenario::load;
use simmer::scenario::vocabulary::{Pace, Volume};

use super::{Dice, Engine, Witness};
use crate::Result;
use crate::story::{Story, Target};

#[derive(Debug)]
pub struct Ours(pub Scenario);

/// What a reply does and shows, by its place: a good one, a fair one, and two with a flaw. Mild, so that nobody hangs up
/// before the story ends: the others know no customer who would.
const CONDUCT: [&str; 4] = [
    "acts: [ParaphraseRight, OpenQuestion], shows: { Paraphrase: 4, OpenQuestion: 4, ProfessionalWording: 4 }",
    "acts: [Validate], shows: { Paraphrase: 1, OpenQuestion: 1, ProfessionalWording: 3 }",
    "acts: [Advice], flaw: PrematureSolution, shows: { OpenQuestion: 1, ProfessionalWording: 2 }",
    "acts: [SpotlightOnSelf], flaw: ColdAccuracy, slip: (Minor, Empathy), shows: { Paraphrase: 1 }",
];

const WEIGH: &str = "weigh: { Paraphrase: 3, OpenQuestion: 2, ProfessionalWording: 2 }";
const REASON: &str = r#"why: "It goes by what was said.", hears: "That much I know.""#;

const HEAD: &str = r#"Scenario(
    format: 1,
    id: "letters",
    title: "Letters",
    setting: "A counter.",
    you: "Sam",
    channel: Phone,
    difficulty: 2,
    teaser: "Asks for a letter.",
    customer: Customer(
        name: "Ada Reed",
        pronoun: She,
        about: "71, writes everything down",
        mood: (anger: 45, trust: 40, patience: 100, heard: 30, clarity: 20),
        heat: 70,
    ),
    needs: {
        "letter": (weight: 60, text: "The letter"),
        "word": (weight: 40, text: "Somebody's word"),
    },
    facts: { "friday": "It has to be there on Friday" },
    promises: { "ring": (text: "Ring her", due: "Fri 17:00", core: true) },
    encounters: [
        Encounter(
            id: "call",
            start: "n0",
            leaves: "I'll go, then.",
            escalates: "Who is in charge here?",
            nodes: {
"#;

const TAIL: &str = r#"            note: [
                (id: "needs-friday", text: "Has to be there on Friday", kind: Fact, weight: 3, fact: "friday"),
                (id: "difficult", text: "Difficult", kind: Judgement),
            ],
            model_note: "The letter has to be there on Friday.",
            diary: [
                (
                    id: "friday-five",
                    at: "Fri 17:00",
                    text: "The letter has gone.",
                    choices: [
                        (id: "ring-her", text: "Ring her.", result: "She thanks you.", fulfils: { "ring": Kept }, why: "It was promised."),
                        (id: "let-it-be", text: "Let it be.", result: "She waits.", fulfils: { "ring": Broken }, why: "It was promised."),
                    ],
                ),
            ],
        ),
    ],
)
"#;

impl Engine for Ours {
    const NAME: &'static str = "simmer";

    /// Without indentation, as what is written for the other two has none.
    fn write(story: &Story) -> Result<String> {
        let mut text = HEAD.to_owned();
        for (number, node) in story.nodes.iter().enumerate() {
            let [first, before, after] = &node.line;
            text.push_str(&format!(
                r#""n{number}": Node(says: ["{first} ~ {before} || {after}"], tempt: [LetFinish, CalmDelivery], {WEIGH}, replies: [
"#
            ));
            for (place, reply) in node.replies.iter().enumerate() {
                let conduct = CONDUCT[place];
                let (to, effects) = match reply.to {
                    Target::Node(node) => (format!("n{node}"), ""),
                    Target::Ending(ending) if place == 0 => (
                        format!("e{ending}"),
                        r#"meets: ["letter", "word"], promises: ["ring"], reveals: ["friday"], "#,
                    ),
                    Target::Ending(ending) => (format!("e{ending}"), r#"meets: ["letter"], "#),
                };
                let said = &reply.text;
                text.push_str(&format!(
                    r#"Reply(id: "r{number}-{place}", gist: "Say this much", text: "{said}", {conduct}, {effects}{REASON}, to: "{to}"),
"#
                ));
            }
            text.push_str("]),\n");
        }
        text.push_str("            },\n            endings: {\n");
        for (number, ending) in story.endings.iter().enumerate() {
            text.push_str(&format!("                \"e{number}\": (text: \"{ending}\"),\n"));
        }
        text.push_str("            },\n");
        text.push_str(TAIL);
        Ok(text)
    }

    fn load(text: String) -> Result<Self> {
        let loaded = load::load("letters.ron", text.into_bytes());
        Ok(Self(loaded.scenario.ok_or_else(|| format!("{:?}", loaded.findings.first()))?))
    }

    fn play(&mut self, dice: &mut Dice, witness: &mut impl Witness) -> Result<u32> {
        play(&self.0, dice, witness)
    }
}

/// A whole run by the engine that scores people: every phrase is heard, every rule applies, the note is filed, the diary
/// is answered, and the score is added up.
pub fn play(scenario: &Scenario, dice: &mut Dice, witness: &mut impl Witness) -> Result<u32> {
    // The story is the same with any seed; the dice decide.
    let mut run = campaign::begin(scenario, 7, Mode::Steps, &mut ());
    let mut choices = 0;
    let take = |run: &mut Run, input: &Input| campaign::step(scenario, run, input, &mut ());
    loop {
        match run.stage {
            RunStage::Talking if run.talk.replies_open() => {
                witness.hears(|| line(scenario, &run));
                let encounter = scenario.encounter(run.talk.encounter);
                let offered = offered(scenario, &run.talk);
                witness.is_offered(|| offered.iter().map(|reply| encounter.reply(reply).text.clone()).collect());
                choices += 1;
                let reply = offered.iter().nth(dice.roll(offered.len())).ok_or("nothing to say")?;
                take(&mut run, &talk(Action::Speak { reply, pace: Pace::Even, volume: Volume::Level }))?;
            }
            RunStage::Talking => take(&mut run, &talk(Action::Listen))?,
            RunStage::Note => {
                let encounter = scenario.encounter(run.talk.encounter);
                let Stage::Over(Exit::Ending(ending)) = run.talk.stage else {
                    return Err("the customer left before the story ended".into());
                };
                witness.hears(|| encounter.ending(ending).text.clone());
                let tiles: Vec<TileId> = campaign::tiles(encounter, &run.talk).map(|(id, _)| id).collect();
                take(&mut run, &Input::File { tiles, line: String::new() })?;
            }
            RunStage::Diary(event) => {
                let event = &scenario.encounter(run.talk.encounter).diary[event.index()];
                let (choice, _) = campaign::choices(event, &run.talk).next().ok_or("nothing to choose")?;
                take(&mut run, &Input::Choose(choice))?;
            }
            RunStage::Between => take(&mut run, &Input::GoOn)?,
            RunStage::Closed => break,
        }
    }
    let score = campaign::result(scenario, &run);
    if score.is_final { Ok(choices) } else { Err("the score is not final".into()) }
}

fn talk(action: Action) -> Input {
    Input::Talk(dialogue::Input::step(action))
}

/// What the customer has said in this turn, without the marks of the author.
fn line(scenario: &Scenario, run: &Run) -> String {
    let said: Vec<_> = beats(scenario, &run.talk)
        .filter(|beat| beat.part == Part::Line)
        .map(|beat| beat.phrase.text.trim().to_owned())
        .collect();
    said.join(" ")
}
