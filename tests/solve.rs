//! The solver: its witnesses hold, its proofs are held against playing everything, and it stays within its means.

use std::collections::BTreeSet;

use proptest::prelude::*;
use simmer::campaign::{self, Input, Run, RunStage};
use simmer::dialogue::{self, Action, Event, Exit, Mode, lines_spoken, reply_order};
use simmer::explore::solve::{
    Element, Options, Part, Progress, Solution, Stage, Timing, Verdict, Witness, outlooks, solve,
};
use simmer::scenario::id::{EncounterId, TileId};
use simmer::scenario::model::{Nod, Scenario};
use simmer::scenario::vocabulary::{Pace, Volume};

use crate::support::bench::{encounter, node, scenario};
use crate::support::shipped;

/// Less than the program takes, for tests are built without optimisation.
fn options(timing: Timing) -> Options {
    Options { seed: 3, timing, budget: 60_000, playouts: 300, width: 120 }
}

/// Plays a witness and gives the run with all that happened.
fn played(scenario: &Scenario, witness: &Witness) -> (Run, Vec<Event>) {
    let mut events = Vec::new();
    let mut run = campaign::begin(scenario, witness.seed, witness.mode, &mut events);
    for input in &witness.inputs {
        campaign::step(scenario, &mut run, input, &mut events).unwrap_or_else(|why| panic!("{input:?}: {why}"));
    }
    (run, events)
}

/// The elements that events show by themselves.
fn shown(events: &[Event]) -> BTreeSet<Element> {
    let mut shown = BTreeSet::new();
    let mut encounter = EncounterId(0);
    for event in events {
        let mut add = |part| shown.insert(Element { encounter, part });
        match *event {
            Event::EncounterBegan(id) => encounter = id,
            Event::TurnBegan { node, answer, line, .. } => {
                add(Part::Node(node));
                add(Part::Line(node, line.0, line.1));
                answer.map(|(reply, line, variant)| add(Part::Answer(reply, line, variant)));
            }
            Event::Spoke { reply, .. } => {
                add(Part::Reply(reply));
            }
            Event::Ended { exit, answer } => {
                answer.map(|(reply, line, variant)| add(Part::Answer(reply, line, variant)));
                add(match exit {
                    Exit::Ending(ending) => Part::Ending(ending),
                    Exit::Left => Part::Leaves,
                    Exit::Escalated => Part::Escalates,
                });
            }
            Event::DiaryOpened(event) => {
                add(Part::Event(event));
            }
            Event::Chosen { event, choice } => {
                add(Part::Choice(event, choice));
            }
            _ => {}
        }
    }
    shown
}

fn is_shown_by_events(part: Part) -> bool {
    !matches!(part, Part::Condition(..) | Part::Tile(_))
}

fn every_witness_holds(scenario: &Scenario, solution: &Solution) {
    for settled in &solution.elements {
        let Verdict::Reached { witness, .. } = &settled.verdict else { continue };
        let (_, events) = played(scenario, witness);
        let replies = events.iter().filter(|event| matches!(event, Event::Spoke { .. })).count();
        assert_eq!(replies, usize::from(witness.replies), "{}", settled.name);
        if is_shown_by_events(settled.element.part) {
            assert!(shown(&events).contains(&settled.element), "{} is not reached by its witness", settled.name);
        }
    }
    for range in &solution.ranges {
        for extreme in [&range.best, &range.worst].into_iter().flatten() {
            let (run, _) = played(scenario, &extreme.witness);
            assert_eq!(run.stage, RunStage::Closed);
            let score = campaign::result(scenario, &run);
            let value =
                range.skill.map_or(i64::from(score.overall), |skill| i64::from(score.skills[skill.index()].score));
            assert_eq!(value, extreme.found, "{:?}", range.skill);
        }
    }
}

#[test]
fn every_shipped_scenario_is_settled_and_its_best_is_exact() {
    let mut lines = Vec::new();
    for name in ["before-saturday", "can-i-have-it-on", "one-twelve"] {
        let scenario = shipped(name);
        let solution = solve(&scenario, &Options { budget: 60_000, seed: 3, ..Options::default() }, &mut ());
        let unsettled: Vec<_> = solution.unsettled().map(|settled| &settled.name).collect();
        assert!(unsettled.is_empty(), "{name}: {unsettled:?}");
        let unreachable: Vec<_> = solution.unreachable().map(|settled| &settled.name).collect();
        assert!(unreachable.is_empty(), "{name}: {unreachable:?}");
        every_witness_holds(&scenario, &solution);
        for range in &solution.ranges {
            let best = range.best.as_ref().unwrap();
            assert!(best.is_exact(), "{name} {:?}: {} to {}", range.skill, best.found, best.proved);
            let worst = range.worst.as_ref().unwrap();
            assert!(worst.proved <= worst.found && worst.found < best.found, "{name} {:?}", range.skill);
        }
        let best: Vec<_> = solution.ranges.iter().map(|range| range.best.as_ref().unwrap().found.to_string()).collect();
        lines.push(format!("{name}: {}", best.join(" ")));
    }
    insta::assert_snapshot!(lines.join("\n"), @r"
    before-saturday: 975 10000 10000 10000 9615 10000
    can-i-have-it-on: 991 10000 10000 10000 10000 10000
    one-twelve: 985 9792 10000 10000 10000 10000
    ");
}

#[test]
fn with_perfect_timing_best_and_worst_are_exact() {
    let scenario = shipped("before-saturday");
    let solution = solve(&scenario, &Options { budget: 600_000, ..options(Timing::Perfect) }, &mut ());
    every_witness_holds(&scenario, &solution);
    for range in &solution.ranges {
        assert!(range.best.as_ref().unwrap().is_exact(), "{:?}", range.skill);
        assert!(range.worst.as_ref().unwrap().is_exact(), "{:?}", range.skill);
    }
}

const CALM: &str = "mood: (anger: 30, trust: 50, patience: 80, heard: 40, clarity: 40)";

fn to(target: &str, rest: &str) -> String {
    format!("acts: [], {rest} to: {target:?}")
}

#[test]
fn what_contradicts_itself_is_proved_unreachable() {
    let end = to("end", "");
    let never = to("end", "when: All([Chose(\"go\"), Not(Reached(\"node\"))]),");
    let odd = to("end", "to_when: [(when: All([Anger(from: 90), Anger(below: 10)]), to: \"lost\")],");
    let nodes = [
        node("node", "Well, here I am then.", "", &[("go", &to("next", "")), ("stop", &end)]),
        node("next", "And what happens now, please?", "", &[("a", &end), ("b", &never), ("c", &odd)]),
        node("lost", "Nobody ever comes to here.", "", &[("d", &end)]),
    ];
    let scenario = scenario("Phone", CALM, "", &[encounter("call", &nodes, "")]);
    let solution = solve(&scenario, &options(Timing::Free), &mut ());
    let names: Vec<_> = solution.unreachable().map(|settled| settled.name.clone()).collect();
    insta::assert_snapshot!(names.join("\n"), @r"
    call/next/b
    call/next/b/when=holds
    call/next/c/to_when/0/when=holds
    call/lost
    call/lost/says
    call/lost/d
    ");
    assert_eq!(solution.unsettled().count(), 0);
}

/// The customer cannot come to such a mood however they are treated: the intervals say so.
#[test]
fn a_mood_out_of_reach_is_proved() {
    let when = "to_when: [(when: Trust(from: 90), to: \"more\")],";
    let nodes = [
        node("node", "Well, here I am then.", "", &[("go", &to("end", when)), ("stop", &to("end", ""))]),
        node("more", "I trust you with all of it.", "", &[("d", &to("end", ""))]),
    ];
    let scenario = scenario("Phone", CALM, "", &[encounter("call", &nodes, "")]);
    let solution = solve(&scenario, &options(Timing::Free), &mut ());
    let proved = solution.named("call/more").unwrap();
    assert_eq!(proved.verdict, Verdict::Unreachable);
    assert_eq!(solution.unsettled().count(), 0);
}

#[test]
fn a_circle_and_a_long_road_give_bounds_and_witnesses() {
    let again = to("node", "");
    let out = to("end", "to_when: [(when: Used(act: OpenQuestion, times: 4), to: \"node\")],");
    let asks = "acts: [OpenQuestion], to: \"node\"".to_owned();
    let circle = [node(
        "node",
        "And so it goes on.",
        "core: true, weigh: { OpenQuestion: 2 },",
        &[
            ("ask", &format!("{asks}, shows: {{ OpenQuestion: 4 }}")),
            ("wait", &format!("{again}, shows: {{ OpenQuestion: 1 }}")),
            ("leave", &format!("{out}, shows: {{ OpenQuestion: 0 }}")),
        ],
    )];
    let road: Vec<String> = (0..300)
        .map(|index| {
            let name = if index == 0 { "node".to_owned() } else { format!("n{index}") };
            let next = if index == 299 { "end".to_owned() } else { format!("n{}", index + 1) };
            let (left, right) = (format!("left-{index}"), format!("right-{index}"));
            let way = to(&next, "");
            node(&name, "And so it goes on.", "", &[(&left, &way), (&right, &to("end", ""))])
        })
        .collect();
    for (nodes, count) in [(&circle[..], 1), (&road[..], 300)] {
        let scenario = scenario("Phone", CALM, "", &[encounter("call", nodes, "")]);
        assert_eq!(scenario.encounters[0].nodes.len(), count);
        let options = Options { width: 40, playouts: 40, budget: 4000, ..options(Timing::Free) };
        let solution = solve(&scenario, &options, &mut ());
        assert!(!solution.stopped);
        every_witness_holds(&scenario, &solution);
        for range in &solution.ranges {
            let (best, worst) = (range.best.as_ref().unwrap(), range.worst.as_ref().unwrap());
            assert!(best.found <= best.proved && worst.proved <= worst.found);
        }
        let reached = |name: &str| matches!(solution.named(name).unwrap().verdict, Verdict::Reached { .. });
        assert!(reached("call/node") && reached("call/endings/end"));
    }
}

/// Stops after so many reports.
struct Impatient {
    reports: usize,
    stops_at: usize,
}

impl Progress for Impatient {
    fn report(&mut self, _stage: Stage) {
        self.reports += 1;
    }
    fn is_stopped(&self) -> bool {
        self.reports >= self.stops_at
    }
}

#[test]
fn stopped_early_it_claims_only_what_it_knows() {
    let scenario = shipped("before-saturday");
    let whole = solve(&scenario, &options(Timing::Free), &mut ());
    for stops_at in [1, 2, 6, 12] {
        let solution = solve(&scenario, &options(Timing::Free), &mut Impatient { reports: 0, stops_at });
        assert!(solution.stopped);
        every_witness_holds(&scenario, &solution);
        for (early, late) in solution.elements.iter().zip(&whole.elements) {
            let claims = early.verdict == Verdict::Unreachable;
            assert!(!claims || late.verdict == Verdict::Unreachable, "{}", early.name);
        }
        for (early, late) in solution.ranges.iter().zip(&whole.ranges) {
            if let (Some(early), Some(late)) = (&early.best, &late.best) {
                assert!(early.proved >= late.found);
            }
        }
    }
    let none = solve(&scenario, &options(Timing::Free), &mut Impatient { reports: 0, stops_at: 1 });
    assert!(none.unsettled().count() > 100, "nothing was looked for, so nothing is settled");
}

#[test]
fn the_same_options_give_the_same_solution() {
    let scenario = shipped("can-i-have-it-on");
    let solve = || solve(&scenario, &options(Timing::Free), &mut ());
    assert_eq!(solve(), solve());
}

// Against playing everything.

/// Everything that can come of a small scenario.
#[derive(Default)]
struct Everything {
    shown: BTreeSet<Element>,
    /// Overall, then the skills: the least and the most.
    scores: Option<[(i64, i64); 6]>,
}

impl Everything {
    /// Plays every way of hearing, every reply, every delivery, every note and every choice.
    fn play(&mut self, scenario: &Scenario, run: &Run, events: &[Event], timing: Timing) {
        self.shown.extend(shown(events));
        for input in inputs(scenario, run, timing) {
            let mut after = run.clone();
            let mut events = Vec::new();
            if campaign::step(scenario, &mut after, &input, &mut events).is_ok() {
                self.play(scenario, &after, &events, timing);
            }
        }
        if run.stage == RunStage::Closed {
            let score = campaign::result(scenario, run);
            let values: Vec<i64> = std::iter::once(i64::from(score.overall))
                .chain(score.skills.iter().map(|skill| i64::from(skill.score)))
                .collect();
            let scores = self.scores.get_or_insert(std::array::from_fn(|index| (values[index], values[index])));
            for ((least, most), value) in scores.iter_mut().zip(values) {
                *least = (*least).min(value);
                *most = (*most).max(value);
            }
        }
    }
}

fn inputs(scenario: &Scenario, run: &Run, timing: Timing) -> Vec<Input> {
    let talk = |action| Input::Talk(dialogue::Input::step(action));
    let encounter = scenario.encounter(run.talk.encounter);
    match run.stage {
        RunStage::Talking if run.talk.replies_open() => {
            let deliveries: &[(Pace, Volume)] = match timing {
                Timing::Perfect => &[(Pace::Slow, Volume::Level)],
                Timing::Free => &[
                    (Pace::Slow, Volume::Level),
                    (Pace::Even, Volume::Level),
                    (Pace::Quick, Volume::Level),
                    (Pace::Quick, Volume::Raised),
                ],
            };
            let replies = reply_order(scenario, &run.talk);
            let speak =
                |reply| deliveries.iter().map(move |&(pace, volume)| talk(Action::Speak { reply, pace, volume }));
            replies.into_iter().flat_map(speak).collect()
        }
        RunStage::Talking => {
            let last = usize::from(run.talk.turn.cursor).checked_sub(1);
            let mark = last.and_then(|last| lines_spoken(scenario, &run.talk).beat(last)).map(|beat| beat.phrase.nod);
            let nods = mark == Some(Nod::Welcome) && run.talk.turn.nodded_at != run.talk.turn.cursor;
            let actions: &[Action] = match (timing, nods) {
                (Timing::Perfect, true) => &[Action::Nod],
                (Timing::Perfect, false) => &[Action::Listen],
                (Timing::Free, true) => &[Action::Listen, Action::Nod, Action::Interrupt],
                (Timing::Free, false) => &[Action::Listen, Action::Interrupt],
            };
            let consults = timing == Timing::Free && !run.talk.turn.announced;
            actions.iter().copied().chain(consults.then_some(Action::Consult)).map(talk).collect()
        }
        RunStage::Note => (0..1_u32 << encounter.note.len())
            .map(|choice| {
                let tiles = (0..encounter.note.len()).filter(|tile| choice >> tile & 1 == 1).map(TileId::at).collect();
                Input::File { tiles, line: String::new() }
            })
            .collect(),
        RunStage::Diary(event) => {
            let event = &encounter.diary[event.index()];
            campaign::choices(event, &run.talk).map(|(id, _)| Input::Choose(id)).collect()
        }
        RunStage::Between => vec![Input::GoOn],
        RunStage::Closed => Vec::new(),
    }
}

const ACTS: [&str; 10] = [
    "ParaphraseRight",
    "BareApology",
    "OverPromise",
    "NameImpact",
    "PolicyQuote",
    "TakeBait",
    "Minimise",
    "OfferThatFits",
    "OwningApology",
    "Compromise",
];
const WHENS: [&str; 12] = [
    "Anger(from: 60)",
    "Anger(below: 45)",
    "Trust(from: 40)",
    "FeelsHeard(below: 30)",
    "Heard(\"f\")",
    "Chose(\"a0\")",
    "CutOff",
    "Promised(\"p\")",
    "Flag(\"g\")",
    "Used(act: BareApology, times: 2)",
    "Met(\"all\")",
    "Patience(below: 40)",
];

/// A condition by chance: one, its opposite, or two of them.
fn condition(dice: u64) -> String {
    let one = WHENS[usize::try_from(dice % 12).unwrap()];
    let other = WHENS[usize::try_from(dice >> 8 & 0xff).unwrap() % 12];
    match dice >> 16 & 7 {
        0..=3 => one.to_owned(),
        4 | 5 => format!("Not({one})"),
        6 => format!("All([{one}, Not({other})])"),
        _ => format!("Any([{one}, {other}])"),
    }
}

/// Numbers by chance, from one that proptest can show.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        (self.0 >> 33) % below
    }

    fn one_in(&mut self, many: u64, text: impl FnOnce(&mut Self) -> String) -> String {
        if self.roll(many) == 0 { text(self) } else { String::new() }
    }

    fn condition(&mut self) -> String {
        condition(self.roll(1 << 24))
    }
}

/// Four nodes of two replies each; conditions on lines, replies, ways, tiles and events.
fn small(dice: &mut Dice) -> Scenario {
    let mut nodes = Vec::new();
    for index in 0..4_u64 {
        let mut replies = Vec::new();
        for letter in ["a", "b"] {
            let target = |dice: &mut Dice| match index + 1 + dice.roll(4 - index) {
                4 => "end".to_owned(),
                node => format!("n{node}"),
            };
            let act = |dice: &mut Dice| ACTS[usize::try_from(dice.roll(10)).unwrap()];
            let mut fields = format!("acts: [{}, {}],", act(dice), act(dice));
            fields += &format!(" shows: {{ Paraphrase: {}, NameImpact: {} }},", dice.roll(5), dice.roll(5));
            fields += &dice.one_in(4, |dice| format!(" when: {},", dice.condition()));
            fields +=
                &dice.one_in(3, |dice| format!(" to_when: [(when: {}, to: {:?})],", dice.condition(), target(dice)));
            fields += &dice
                .one_in(3, |dice| format!(" answer_when: [(when: {}, says: [\"So that is it.\"])],", dice.condition()));
            fields += &dice.one_in(4, |_| " flaw: Minimising, slip: (Moderate, Empathy),".to_owned());
            // A core promise has to be made somewhere.
            let promises = if (index, letter) == (0, "b") { 1 } else { 3 };
            fields += &dice.one_in(promises, |_| " promises: [\"p\"],".to_owned());
            fields += &dice.one_in(3, |_| " meets: [\"all\"],".to_owned());
            fields += &dice.one_in(3, |_| " sets: [\"g\"],".to_owned());
            fields += &format!(" to: {:?}", target(dice));
            replies.push((format!("{letter}{index}"), fields));
        }
        let replies: Vec<_> = replies.iter().map(|(name, fields)| (name.as_str(), fields.as_str())).collect();
        let name = if index == 0 { "node".to_owned() } else { format!("n{index}") };
        let mut extra = "weigh: { Paraphrase: 2, NameImpact: 1 },".to_owned();
        extra += &dice.one_in(2, |_| " core: true,".to_owned());
        extra += &dice.one_in(2, |_| " tempt: [LetFinish, CalmDelivery],".to_owned());
        extra += &dice.one_in(2, |dice| {
            let when = dice.condition();
            format!(" says_when: [(when: {when}, says: [\"You never listen to us, ever. ~ || Now it is too late.\"])],")
        });
        nodes.push(node(&name, "This is how it began then. ~ || And it ended like this{f}.", &extra, &replies));
    }
    let mood = format!(
        "mood: (anger: {}, trust: {}, patience: {}, heard: {}, clarity: 30), heat: 120",
        20 + dice.roll(70),
        20 + dice.roll(60),
        10 + dice.roll(60),
        10 + dice.roll(60)
    );
    let when = dice.condition();
    let due = dice.condition();
    let rest = format!(
        "compromise_arms: {}, note: [(id: \"t\", text: \"t\", kind: Fact, weight: 1, fact: \"f\"), \
         (id: \"j\", text: \"j\", kind: Judgement, when: {when})], model_note: \"m\", \
         diary: [(id: \"e\", at: \"Fri 10:00\", when: {due}, text: \"t\", choices: [\
         (id: \"keep\", text: \"k\", result: \"r\", why: \"w\", fulfils: {{ \"p\": Kept }}), \
         (id: \"break\", text: \"b\", result: \"r\", why: \"w\", fulfils: {{ \"p\": Broken }})])],",
        dice.condition()
    );
    let top = "facts: { \"f\": \"f\" }, flags: [\"g\"], \
               promises: { \"p\": (text: \"p\", due: \"Fri 10:00\", core: true, weight: 2) },";
    scenario("Phone", &mood, top, &[encounter("call", &nodes, &rest)])
}

/// Shown where a case fails: which number makes it.
fn against_everything(seed: u64, timing: Timing) {
    let scenario = small(&mut Dice(seed));
    let mut events = Vec::new();
    let begun = campaign::begin(&scenario, 3, Mode::Steps, &mut events);
    let mut everything = Everything::default();
    everything.play(&scenario, &begun, &events, timing);
    let solution = solve(&scenario, &Options { budget: 400_000, ..options(timing) }, &mut ());
    every_witness_holds(&scenario, &solution);
    for settled in &solution.elements {
        let shown = everything.shown.contains(&settled.element);
        assert!(
            !shown || settled.verdict != Verdict::Unreachable,
            "{} was reached and is said to be out of reach",
            settled.name
        );
    }
    if timing == Timing::Free {
        for outlook in outlooks(&scenario, &options(timing), &solution.elements, &mut ()) {
            let Some(Verdict::Reached { witness, .. }) = solution.named(&outlook.name).map(|settled| &settled.verdict)
            else {
                panic!("{outlook:?} is of no node that was reached");
            };
            let (run, _) = played(&scenario, witness);
            let mut onwards = Everything::default();
            onwards.play(&scenario, &run, &[], timing);
            let (least, most) = onwards.scores.expect("some run comes to its end")[0];
            assert!(outlook.worst <= least && most <= outlook.best, "{outlook:?}: {least} to {most} are all");
        }
    }
    let scores = everything.scores.expect("some run comes to its end");
    for (range, (least, most)) in solution.ranges.iter().zip(scores) {
        let (best, worst) = (range.best.as_ref().unwrap(), range.worst.as_ref().unwrap());
        let all = format!("{:?}: {least} to {most} are all; {best:?} {worst:?}", range.skill);
        assert!(best.proved >= most, "{all}");
        assert!(worst.proved <= least, "{all}");
        if timing == Timing::Perfect {
            assert!(best.is_exact() && worst.is_exact(), "{all}");
            assert_eq!((best.found, worst.found), (most, least), "{all}");
        }
        assert!(!best.is_exact() || best.found == most, "{all}");
        assert!(!worst.is_exact() || worst.found == least, "{all}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn with_perfect_timing_it_finds_what_playing_everything_finds(seed: u64) {
        against_everything(seed, Timing::Perfect);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn with_all_deliveries_nothing_that_can_be_played_lies_beyond_what_is_proved(seed: u64) {
        against_everything(seed, Timing::Free);
    }
}
