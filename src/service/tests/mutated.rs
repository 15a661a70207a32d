//! Logs that were altered in every way there is: none is accepted with a score that is not its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use rand::Rng as _;
use rand_pcg::Pcg64Mcg;
use serde_json::json;
use uuid::Uuid;

use super::support::{Member, Service, Style, beginning, play, scenario, turn};
use crate::attempt::{self, Attempt, Beginning, ClaimedScore, RULES_VERSION, Recorder, Rewound, Verb, to_input};
use crate::campaign::RunStage;
use crate::dialogue::Mode;
use crate::library::load_shipped;
use crate::scenario::Scenario;
use crate::scenario::vocabulary::{Outcome, Pace, Skill, Volume};
use crate::service::http::problem::Refused;
use crate::service::verify::{self, Verified};
use crate::team::protocol::{Accepted, ProblemKind, PublishedScenarios, Start};

const MUTATED: u64 = 10_000;
/// Of those that go all the way through HTTP, for each attempt that they are made from.
const SENT: u64 = 40;

const LAST_LINE: &str = "// blake3 ";

const STYLES: [Style; 6] = [
    Style::STEPS,
    Style { reply: 1, ..Style::STEPS },
    Style { reply: 9, ..Style::STEPS },
    Style::TIMED,
    Style { reply: 1, reads: 0, ..Style::TIMED },
    Style { reply: 9, reads: 900, ..Style::TIMED },
];

#[test]
fn of_ten_thousand_mutated_logs_none_is_accepted_with_a_wrong_score() {
    let originals = originals();
    let threads = 2;
    let counted = std::thread::scope(|scope| {
        let checking: Vec<_> = (0..threads)
            .map(|thread| {
                let originals = &originals;
                scope.spawn(move || {
                    let mut told: BTreeMap<&'static str, u32> = BTreeMap::new();
                    for number in (thread..MUTATED).step_by(2) {
                        *told.entry(check(originals, number)).or_default() += 1;
                    }
                    told
                })
            })
            .collect();
        let mut all: BTreeMap<&'static str, u32> = BTreeMap::new();
        for told in checking.into_iter().flat_map(|thread| thread.join().unwrap()) {
            *all.entry(told.0).or_default() += told.1;
        }
        all
    });
    // The mutations reach every depth: files that are none, runs that are not possible, scores that differ, and runs
    // that somebody could have played.
    for depth in ["accepted", "refused as Malformed", "refused as DoesNotHold", "refused as NotPublished"] {
        assert!(counted.get(depth).is_some_and(|times| *times >= 100), "{depth}: {counted:?}");
    }
    assert_eq!(counted.values().sum::<u32>(), u32::try_from(MUTATED).unwrap());
}

#[test]
fn no_mutated_log_that_is_sent_counts_for_more_than_was_played() {
    let service = Service::new();
    let mut random = Pcg64Mcg::new(0x5eed);
    let (mut accepted, mut refused) = (0, 0);
    for (number, style) in STYLES.iter().enumerate() {
        let sender = service.join(&format!("Player {number}"));
        let mut played = Vec::new();
        let listed: PublishedScenarios = service.get("/v1/scenarios", &sender.token).read(200);
        for scenario in &listed.scenarios {
            let ask = json!({ "id": Uuid::now_v7(), "full_hash": scenario.full_hash, "rules": RULES_VERSION,
                              "mode": serde_json::to_value(style.mode).unwrap() });
            let start: Start = service.post("/v1/starts", &sender.token, &ask).read(200);
            let attempt = play(&start, *style);
            played.push((start, attempt));
        }
        let originals: Vec<_> = played
            .iter()
            .map(|(start, attempt)| (super::support::scenario(&start.scenario), attempt.clone()))
            .collect();
        for (place, (start, attempt)) in played.iter().enumerate() {
            // Its limit is a minute’s.
            service.pass(60);
            for _ in 0..SENT {
                let file = mutated(&originals, place, &mut random);
                match sent(&service, &sender, start, attempt.id, &file) {
                    200 => accepted += 1,
                    _ => refused += 1,
                }
            }
        }
    }
    assert!(accepted >= 10 && refused >= 300, "{accepted} {refused}");
}

#[test]
fn a_file_that_is_made_to_burst_its_reader_is_refused() {
    let service = Service::new();
    let ade = service.join("Ade");
    let attempt = play(&service.start(&ade, Mode::Steps), Style::STEPS);
    let file = attempt::write(&attempt);
    let (first, rest) = file.split_once('\n').unwrap();
    let header = &rest[..rest.find("inputs: [").unwrap()];
    let long = "x".repeat(3_000_000);
    let bodies = [
        "(".repeat(3_000_000),
        "[".repeat(3_000_000),
        "Some(".repeat(600_000),
        format!("{header}inputs: [{}", "[".repeat(3_000_000)),
        format!("{header}inputs: [{}])", "Listen,".repeat(500_000)),
        format!("{header}inputs: [Speak(\"{long}\")])"),
        format!("{header}inputs: [At({}, Listen)])", "9".repeat(3_000_000)),
        header.replacen("scenario: \"", &format!("scenario: \"{long}"), 1) + "inputs: [Listen])",
        format!("/*{}", "/*".repeat(1_500_000)),
    ];
    for (number, body) in bodies.into_iter().enumerate() {
        let file = sealed(format!("{first}\n{body}\n").into_bytes());
        let answer = service.put_file(attempt.id, &ade.token, file);
        // What can be read is on no scenario that is published, or says something that is not possible.
        assert!([400, 409, 422].contains(&answer.status), "{number}: {answer:#?}");
        assert!(answer.body.len() < 2000, "{number}: what was sent is not sent back");
    }
    service.submit(&ade, &attempt).read::<Accepted>(200);
}

/// What a service does with a file that was sent for an attempt on a start.
fn sent(service: &Service, player: &Member, start: &Start, id: Uuid, file: &[u8]) -> u16 {
    let answer = service.put_file(id, &player.token, file);
    assert!([200, 400, 403, 404, 409, 410, 422].contains(&answer.status), "{answer:#?}");
    if answer.status == 200 {
        let taken: Accepted = answer.read(200);
        let attempt = attempt::read(file).unwrap();
        // By the seed that was given, unless it was given none: then it is not ranked.
        let seed = if attempt.start.is_some() { start.seed.parse().unwrap() } else { attempt.seed };
        let by_hand = play_by_hand(&scenario(&start.scenario), &attempt, seed, attempt.mode);
        let score = by_hand.score();
        assert_eq!((taken.overall, taken.outcome), (score.overall, score.outcome));
        assert_eq!(taken.skills, score.skills.map(|skill| skill.score));
        assert_eq!(attempt.start.is_some(), taken.standing != crate::team::protocol::Standing::Unranked);
        assert!(attempt.start.is_none_or(|leave| leave == start.id && attempt.mode == start.mode));
    }
    answer.status
}

/// Mutates one of the originals and says what came of it.
fn check(originals: &[(Arc<Scenario>, Attempt)], number: u64) -> &'static str {
    let mut random = Pcg64Mcg::new(u128::from(number) << 1 | 1);
    let place = below(&mut random, originals.len());
    let scenario = &originals[place].0;
    let file = mutated(originals, place, &mut random);
    match verified(scenario, &file) {
        Ok((attempt, verified)) => {
            let by_hand = play_by_hand(scenario, &attempt, attempt.seed, attempt.mode);
            let score = by_hand.score();
            let entry = &verified.entry;
            assert_eq!((entry.overall, entry.outcome, entry.is_final), (score.overall, score.outcome, score.is_final));
            for skill in Skill::ALL {
                assert_eq!(entry.skills[skill.index()], score.skills[skill.index()].score, "{number}");
            }
            // What was shown to the one who sent it is what the recorder shows for these very inputs.
            assert_eq!(attempt.score, by_hand.attempt().score, "{number}");
            "accepted"
        }
        Err(refused) => match refused.kind {
            ProblemKind::Malformed => "refused as Malformed",
            ProblemKind::DoesNotHold => "refused as DoesNotHold",
            ProblemKind::NotPublished => "refused as NotPublished",
            ProblemKind::OtherRules => "refused as OtherRules",
            other => panic!("{number}: {other:?}"),
        },
    }
}

/// What the service does before it looks at starts.
fn verified(scenario: &Scenario, file: &[u8]) -> Result<(Attempt, Verified), Refused> {
    let attempt = verify::read(file)?;
    verify::may_count(&attempt)?;
    let verified = verify::verify(scenario, &attempt)?;
    Ok((attempt, verified))
}

/// Plays what an attempt says by the recorder, which knows nothing of replays.
fn play_by_hand(scenario: &Arc<Scenario>, attempt: &Attempt, seed: u64, mode: Mode) -> Recorder {
    let mut recorder = Recorder::begin(Arc::clone(scenario), Beginning { ..beginning(seed, mode) });
    for written in &attempt.inputs {
        for input in to_input(scenario, recorder.run(), written).unwrap() {
            let _ = recorder.apply(&input).unwrap();
        }
    }
    recorder
}

/// Both modes, all scenarios, all styles.
fn originals() -> Vec<(Arc<Scenario>, Attempt)> {
    let scenarios = load_shipped().into_iter().filter_map(|(_, loaded)| loaded.scenario).map(Arc::new);
    let scenarios: Vec<_> = scenarios.collect();
    let mut originals = Vec::new();
    for (number, scenario) in scenarios.iter().enumerate() {
        for (place, style) in STYLES.into_iter().enumerate() {
            let seed = (number * STYLES.len() + place) as u64;
            let mut recorder = Recorder::begin(Arc::clone(scenario), beginning(seed, style.mode));
            while recorder.run().stage != RunStage::Closed {
                turn(&mut recorder, style);
            }
            originals.push((Arc::clone(scenario), recorder.attempt().clone()));
        }
    }
    originals
}

/// One of the originals as a file, altered once to three times, with a checksum that fits.
fn mutated(originals: &[(Arc<Scenario>, Attempt)], place: usize, random: &mut Pcg64Mcg) -> Vec<u8> {
    let (scenario, original) = &originals[place];
    let mut attempt = original.clone();
    for _ in 0..=below(random, 3) {
        match below(random, 4) {
            0 => header(&mut attempt, original, random),
            1 => score(&mut attempt, random),
            _ => inputs(&mut attempt, scenario, originals, random),
        }
    }
    if below(random, 4) == 0 {
        claim_what_it_comes_to(&mut attempt, scenario);
    }
    let file = attempt::write(&attempt);
    if below(random, 5) == 0 { text(&file, random) } else { file.into_bytes() }
}

fn inputs(attempt: &mut Attempt, scenario: &Scenario, originals: &[(Arc<Scenario>, Attempt)], random: &mut Pcg64Mcg) {
    let many = attempt.inputs.len();
    if many == 0 {
        return attempt.inputs.push(Verb::Listen.into());
    }
    let (one, another) = (below(random, many), below(random, many));
    match below(random, 11) {
        0 => drop(attempt.inputs.remove(one)),
        1 => attempt.inputs.insert(one, attempt.inputs[one].clone()),
        2 => attempt.inputs.swap(one, another),
        3 => attempt.inputs.truncate(one),
        4 => attempt.inputs.insert(one, attempt.inputs[another].clone()),
        5 => {
            // One goes on as another did.
            let other = &originals[below(random, originals.len())].1.inputs;
            attempt.inputs.truncate(one);
            attempt.inputs.extend(other.iter().skip(one).cloned());
        }
        6 => {
            let at = attempt.inputs[one].at.unwrap_or(0);
            let by = u32::try_from(below(random, 20_000)).unwrap();
            attempt.inputs[one].at = match below(random, 4) {
                0 => Some(at.saturating_sub(by)),
                1 => Some(at.saturating_add(by)),
                2 => Some(u32::MAX - by),
                _ => None,
            };
        }
        7 => {
            let verbs = [
                Verb::Listen,
                Verb::Nod,
                Verb::Interrupt,
                Verb::Breathe,
                Verb::Jot,
                Verb::Hold,
                Verb::Consult,
                Verb::GoOn,
            ];
            attempt.inputs[one].verb = verbs[below(random, verbs.len())].clone();
        }
        _ => match &mut attempt.inputs[one].verb {
            Verb::Speak { reply, pace, volume } => match below(random, 4) {
                0 => *pace = Pace::ALL[below(random, Pace::ALL.len())],
                1 => *volume = Volume::ALL[below(random, Volume::ALL.len())],
                _ => {
                    let encounter = &scenario.encounters[below(random, scenario.encounters.len())];
                    reply.clone_from(&encounter.replies[below(random, encounter.replies.len())].name);
                }
            },
            Verb::Choose(choice) => {
                let events: Vec<_> = scenario.encounters.iter().flat_map(|it| &it.diary).collect();
                let choices = &events[below(random, events.len())].choices;
                choice.clone_from(&choices[below(random, choices.len())].name);
            }
            Verb::File { tiles, line } => {
                let encounter = &scenario.encounters[below(random, scenario.encounters.len())];
                tiles.extend(encounter.note.iter().take(below(random, 4)).map(|tile| tile.name.clone()));
                line.push_str("and so on");
            }
            other => *other = Verb::Nod,
        },
    }
}

fn header(attempt: &mut Attempt, original: &Attempt, random: &mut Pcg64Mcg) {
    match below(random, 14) {
        0 => attempt.seed ^= 1 << below(random, 64),
        1 => attempt.seed = random.next_u64(),
        2 => attempt.mode = if attempt.mode == Mode::Steps { Mode::Timed } else { Mode::Steps },
        3 => attempt.full_hash.0[below(random, 32)] ^= 1,
        4 => attempt.structure_hash.0[below(random, 32)] ^= 1,
        5 => attempt.scenario.push('x'),
        6 => attempt.rules = attempt.rules.wrapping_add_signed(if below(random, 2) == 0 { 1 } else { -1 }),
        7 => attempt.practice = true,
        8 => attempt.rewound = Some(Rewound { attempt: original.id, encounter: 0, turn: 1 }),
        9 => attempt.start = if below(random, 2) == 0 { None } else { Some(Uuid::now_v7()) },
        10 => attempt.elapsed_seconds = u32::try_from(below(random, 100_000)).unwrap(),
        11 => attempt.ended = None,
        12 => "somebody else".clone_into(&mut attempt.player),
        _ => "de".clone_into(&mut attempt.language),
    }
}

fn score(attempt: &mut Attempt, random: &mut Pcg64Mcg) {
    let Some(score) = &mut attempt.score else { return };
    match below(random, 6) {
        0 => score.overall = 1000,
        1 => score.overall = score.overall.saturating_add(1),
        2 => score.skills.empathy = 10_000,
        3 => score.outcome = Outcome::Advocate,
        4 => score.is_final = !score.is_final,
        _ => attempt.score = None,
    }
}

/// As a forger would who has Simmer at hand: the score is that of the altered inputs, as far as they are possible.
fn claim_what_it_comes_to(attempt: &mut Attempt, scenario: &Arc<Scenario>) {
    let mut recorder = Recorder::begin(Arc::clone(scenario), beginning(attempt.seed, attempt.mode));
    for written in &attempt.inputs {
        let Ok(inputs) = to_input(scenario, recorder.run(), written) else { break };
        if inputs.iter().any(|input| recorder.apply(input).is_err()) {
            break;
        }
    }
    let claimed: Option<ClaimedScore> = recorder.attempt().score;
    attempt.score = claimed;
}

/// Alters the text itself, and makes the checksum anew.
fn text(file: &str, random: &mut Pcg64Mcg) -> Vec<u8> {
    let mut body = file[..file.rfind(LAST_LINE).unwrap()].to_owned().into_bytes();
    let one = below(random, body.len());
    match below(random, 4) {
        0 => drop(body.remove(one)),
        1 => body.insert(one, body[below(random, body.len())]),
        2 => body[one] = b"0123456789,()\"x"[below(random, 15)],
        _ => {
            let digits: Vec<usize> = (0..body.len()).filter(|at| body[*at].is_ascii_digit()).collect();
            body[digits[below(random, digits.len())]] = b"0123456789"[below(random, 10)];
        }
    }
    sealed(body)
}

/// With a checksum that fits.
fn sealed(mut body: Vec<u8>) -> Vec<u8> {
    let checksum = blake3::hash(&body).to_hex();
    body.extend_from_slice(format!("{LAST_LINE}{checksum}\n").as_bytes());
    body
}

fn below(random: &mut Pcg64Mcg, bound: usize) -> usize {
    usize::try_from(random.next_u64() % u64::try_from(bound).unwrap()).unwrap()
}
