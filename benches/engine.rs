//! Speed of the engine and of loading, beside what one would otherwise use.
//!
//! `cargo bench --no-default-features` prints medians. Steps are counted, so the engine's line shows steps a second.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot load its scenario has nothing to measure")]

use divan::counter::{BytesCount, ItemsCount};
use divan::{AllocProfiler, Bencher};
use rand::Rng;
use rand_pcg::Pcg64Mcg;
use simmer::authoring::assist::Assist;
use simmer::dialogue::{self, Action, Input, Mode, Stage, State};
use simmer::explore::solve;
use simmer::lint::{Tier, lint};
use simmer::scenario::format::current as format;
use simmer::scenario::id::ReplyId;
use simmer::scenario::model::Scenario;
use simmer::scenario::vocabulary::{Pace, Volume};
use simmer::scenario::{load, parse};

const BEFORE_SATURDAY: &str = include_str!("../scenarios/before-saturday.ron");

/// Counts what is allocated: in its steady state a step allocates nothing.
#[global_allocator]
static COUNTED: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

fn scenario() -> Scenario {
    load::load("before-saturday.ron", BEFORE_SATURDAY.as_bytes()).scenario.unwrap()
}

/// Random inputs to the end of a call, over and over: every rule, all evidence, nothing kept.
#[divan::bench]
fn steps(bencher: Bencher) {
    const STEPS: usize = 100_000;
    let scenario = scenario();
    let fresh = dialogue::begin(&scenario, 7, Mode::Steps, &mut ());
    bencher.counter(ItemsCount::new(STEPS)).bench_local(|| {
        let mut random = Pcg64Mcg::new(0x5eed);
        let mut state = fresh.clone();
        for _ in 0..STEPS {
            if state.stage != Stage::Talking {
                state.clone_from(&fresh);
            }
            let input = random_input(&scenario, &state, random.next_u64());
            let _ = divan::black_box(dialogue::step(&scenario, &mut state, input, &mut ()));
        }
        state
    });
}

fn random_input(scenario: &Scenario, state: &State, random: u64) -> Input {
    let action = if state.replies_open() {
        let replies = &scenario.encounter(state.encounter).node(state.node()).replies;
        let many = u64::from(replies.end - replies.start);
        let pick = u16::try_from(random % many).unwrap_or(0);
        let pace = Pace::ALL[usize::try_from(random >> 8 & 0xff).unwrap_or(0) % 3];
        Action::Speak { reply: ReplyId(replies.start + pick), pace, volume: Volume::Level }
    } else {
        match random % 16 {
            0 => Action::Nod,
            1 => Action::Interrupt,
            2 => Action::Jot,
            _ => Action::Listen,
        }
    };
    Input::step(action)
}

/// What a user would otherwise pick: `ron` into plain structs, without positions, checks or ids.
#[divan::bench]
fn load_with_ron_alone(bencher: Bencher) {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    bencher
        .counter(BytesCount::of_str(BEFORE_SATURDAY))
        .bench_local(|| options.from_str::<format::Scenario>(divan::black_box(BEFORE_SATURDAY)).unwrap());
}

/// Decoding and parsing, before names are resolved.
#[divan::bench]
fn load_parsing_only(bencher: Bencher) {
    bencher.counter(BytesCount::of_str(BEFORE_SATURDAY)).bench_local(|| {
        let decoded = parse::decode("before-saturday.ron", divan::black_box(BEFORE_SATURDAY).as_bytes()).unwrap();
        parse::parse(decoded.readable()).document.unwrap()
    });
}

/// The whole: decoding, parsing, names, checks, both hashes.
#[divan::bench]
fn load_and_resolve(bencher: Bencher) {
    bencher
        .counter(BytesCount::of_str(BEFORE_SATURDAY))
        .bench_local(|| load::load("before-saturday.ron", divan::black_box(BEFORE_SATURDAY).as_bytes()));
}

/// Everything that `simmer solve` answers, on a shipped scenario.
#[divan::bench(sample_count = 3)]
fn solve_a_scenario(bencher: Bencher) {
    let scenario = scenario();
    bencher.bench_local(|| solve::solve(divan::black_box(&scenario), &solve::Options::default(), &mut ()));
}

/// All rules that need no play, on what is loaded already: to be held against `load_and_resolve`.
#[divan::bench]
fn lint_what_was_loaded(bencher: Bencher) {
    bencher
        .counter(BytesCount::of_str(BEFORE_SATURDAY))
        .with_inputs(|| load::load("before-saturday.ron", BEFORE_SATURDAY.as_bytes()))
        .bench_local_refs(|loaded| lint(divan::black_box(loaded), Tier::Typing));
}

/// Five hundred nodes of three replies each, of which the last is still being written.
fn unfinished() -> String {
    let mut text = "Scenario(encounters: [Encounter(id: \"call\", start: \"n0\", nodes: {\n".to_owned();
    for node in 0..500 {
        let replies = (0..3).map(|reply| {
            let to = (node * 3 + reply) % 500;
            format!(
                "    Reply(id: \"r{node}-{reply}\", gist: \"Ask what for\", text: \"What would you use it for?\",\n      \
                 acts: [OpenQuestion], shows: {{ OpenQuestion: 2 }}, why: \"It opens the need.\", hears: \"Interest.\",\n      \
                 answer: [\"For the weekend.\"], to: \"n{to}\"),\n"
            )
        });
        let replies: String = replies.collect();
        text.push_str(&format!(
            "  \"n{node}\": Node(says: [\"And there is more.\"], weigh: {{ OpenQuestion: 2 }}, replies: [\n{replies}  ]),\n"
        ));
    }
    text.push_str("  \"last\": Node(says: [\"So?\"], replies: [Reply(id: \"on\", to: \"n4");
    text
}

/// What an editor asks for at each keystroke at the end of a large file: what may come here, and the tree of names.
#[divan::bench]
fn assist_at_a_keystroke(bencher: Bencher) {
    let text = unfinished();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let assist = Assist::of(divan::black_box(&text));
        assert!(assist.complete(text.len()).len() > 500);
        assist.symbols()
    });
}

/// Its findings, which may wait for a pause.
#[divan::bench]
fn assist_with_findings(bencher: Bencher) {
    let text = unfinished();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let assist = Assist::of(divan::black_box(&text));
        assist.findings().len()
    });
}
