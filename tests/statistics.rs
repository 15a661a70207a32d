//! What is told of many attempts: the tables of `docs/statistics.md`, real calls, and people of known skill.

use serde_json::Value;
use simmer::attempt::{self, Attempt, ClaimedScore, Played, RULES_VERSION, Rewound, from_input};
use simmer::campaign::{self, Input, RunStage};
use simmer::dialogue::{self, Action, Event, Mode, reply_order};
use simmer::scenario::id::ChoiceId;
use simmer::scenario::model::Scenario;
use simmer::scenario::vocabulary::{Outcome, Pace, Volume};
use simmer::scoring::worth;
use simmer::statistics::{
    Crash, DEAD_BELOW, Difference, ENOUGH_PEOPLE, FAIR, GOOD, ItemFigures, LEAST_PEOPLE, OBSERVED_VERSION, Observed,
    Of, RELIABLE_FOR_GROUPS, RELIABLE_FOR_PEOPLE, Report, Sample, SkillSum, Verdict, Visit, decimal,
};
use uuid::Uuid;

use crate::command_line::Home;
use crate::support::bench::{encounter, node, scenario};
use crate::support::{PERFECT, Player, shipped};

const PAGE: &str = include_str!("../docs/statistics.md");

/// The rows of the first table after `begins`, without its head.
fn table(begins: &str) -> Vec<Vec<&'static str>> {
    let (_, rest) = PAGE.split_once(begins).unwrap_or_else(|| panic!("the page has no {begins:?}"));
    let rows = rest.lines().skip_while(|line| !line.starts_with('|')).skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// The last cell of the row of this name, in the first table after `begins`.
#[track_caller]
fn figure(begins: &str, name: &str) -> &'static str {
    let rows = table(begins);
    rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("no row {name:?} after {begins:?}")).last().unwrap()
}

fn worked() -> Scenario {
    let replies = [
        ("own-it", "acts: [], shows: { OpenQuestion: 4 }, to: \"end\""),
        ("explain", "acts: [], shows: { OpenQuestion: 2 }, to: \"end\""),
        ("deflect", "acts: [], shows: { OpenQuestion: 0 }, to: \"end\""),
        ("joke", "acts: [], shows: { OpenQuestion: 0 }, to: \"end\""),
    ];
    let node = node("node", "So there it is.", "weigh: { OpenQuestion: 1 },", &replies);
    scenario(
        "Phone",
        "mood: (anger: 50, trust: 50, patience: 50, heard: 50, clarity: 50)",
        "",
        &[encounter("call", &[node], "")],
    )
}

/// An attempt with these visits, and this much evidence besides what they say.
fn made_up(scenario: &Scenario, number: u128, visits: Vec<Visit>, besides: Of) -> Observed {
    let all = visits.iter().fold(besides, |all, visit| all.plus(visit.reply).plus(visit.conduct));
    let mut skills = [SkillSum { score: 5000, evidence: Of::default() }; 5];
    skills[2].evidence = all;
    Observed {
        version: OBSERVED_VERSION,
        attempt: Uuid::from_u128(number),
        scenario: scenario.slug.clone(),
        full_hash: scenario.hashes.full.to_string(),
        mode: Mode::Steps,
        overall: 500,
        outcome: Outcome::Pacified,
        is_final: true,
        skills,
        visits,
    }
}

fn visit(node: &str) -> Visit {
    Visit {
        encounter: "call".to_owned(),
        node: node.to_owned(),
        offered: Vec::new(),
        chosen: None,
        reply: Of::default(),
        conduct: Of::default(),
        crash: None,
    }
}

fn report(scenario: &Scenario, observed: &[Observed]) -> Report {
    let players: Vec<String> = (0..observed.len()).map(|number| number.to_string()).collect();
    let sample = |(player, observed)| Sample { player, team: None, cohort: None, observed };
    let samples: Vec<Sample<'_>> = players.iter().map(String::as_str).zip(observed).map(sample).collect();
    Report::of(scenario, &samples)
}

fn items(report: &Report) -> impl Iterator<Item = &ItemFigures> {
    report.figures.as_ref().unwrap().items.iter().filter_map(|item| item.figures.as_ref())
}

#[test]
fn the_worked_example_comes_to_what_the_page_says() {
    const TABLE: &str = "## A worked example";
    const FIGURES: &str = "A quarter is five people.";
    let scenario = worked();
    let offered = ["own-it", "explain", "deflect", "joke"];
    let rows = table(TABLE);
    assert_eq!(rows.len(), 20);
    let people: Vec<Observed> = rows
        .iter()
        .map(|row| {
            let credit = [100, 40, 0, 0][offered.iter().position(|reply| *reply == row[2]).unwrap()];
            let visit = Visit {
                offered: offered.map(str::to_owned).to_vec(),
                chosen: Some(row[2].to_owned()),
                reply: Of::new(credit, 100),
                crash: (row[4] == "left").then_some(Crash::Left),
                ..visit("node")
            };
            let rest = Of::new(row[1].parse().unwrap(), 100);
            let mode = if row[3] == "timed" { Mode::Timed } else { Mode::Steps };
            Observed { mode, ..made_up(&scenario, row[0].parse().unwrap(), vec![visit], rest) }
        })
        .collect();
    let told = report(&scenario, &people);
    let item = &told.figures.as_ref().unwrap().items[0];
    let figures = item.figures.as_ref().unwrap();
    let holds = |name: &str, figure_told: i32| assert_eq!(figure(FIGURES, name), decimal(figure_told), "{name}");
    for reply in &item.replies {
        let figures = reply.figures.unwrap();
        holds(&format!("frequency of `{}`", reply.reply), figures.frequency);
        if reply.reply != "joke" {
            holds(&format!("discrimination of `{}`", reply.reply), figures.discrimination.unwrap());
        }
        let dead = if reply.is_best { None } else { Some(reply.reply == "joke") };
        assert_eq!(figures.dead, dead, "{}", reply.reply);
    }
    holds("difficulty", figures.credit.unwrap());
    holds("discrimination", figures.discrimination.unwrap().index);
    assert_eq!(figures.discrimination.unwrap().verdict, Verdict::Good);
    holds("crashed", figures.crashed);
    let Difference { by, error, clear } = figures.timed_less_steps.unwrap().credit.unwrap();
    holds("timed less steps", by);
    holds("its standard error", error);
    assert!(!clear);
}

#[test]
fn the_worked_reliability_comes_to_what_the_page_says() {
    const TABLE: &str = "Twenty people, five of each kind";
    const FIGURES: &str = "| 4 | 0.2 | 0.2 |\n";
    let scenario = worked();
    let hundredths = |share: &str| share.replace('.', "").parse::<i32>().unwrap() * 10;
    let mut people = Vec::new();
    for row in table(TABLE) {
        for _ in 0..5 {
            let half = |node, share| Visit { conduct: Of::new(hundredths(share), 100), ..visit(node) };
            // Who comes back has heard what was said: that counts for neither half.
            let visits = vec![half("node", row[1]), half("another", row[2]), half("node", "0.0")];
            people.push(made_up(&scenario, people.len() as u128, visits, Of::default()));
        }
    }
    assert_eq!(people.len(), 20);
    let told = report(&scenario, &people).figures.unwrap().reliability.unwrap();
    assert_eq!(figure(FIGURES, "λ₄"), decimal(told.coefficient));
    assert_eq!(figure(FIGURES, "standard error of measurement"), decimal(told.error));
    assert!(told.low < told.coefficient && told.coefficient < told.high, "{told:?}");
}

#[test]
fn the_page_names_every_column_and_every_bound() {
    let heading = simmer::statistics::csv(&[]);
    for column in heading.trim_start_matches('\u{FEFF}').trim_end().split(',') {
        assert!(PAGE.contains(&format!("`{column}`")), "{column}");
    }
    for words in
        ["fewer than 5 people", "take 20 people", "below .20", ".20 to .30", "above .30", "below .50", ".80 and above"]
    {
        assert!(PAGE.contains(words), "{words}");
    }
    assert_eq!((LEAST_PEOPLE, ENOUGH_PEOPLE, FAIR, GOOD, DEAD_BELOW), (5, 20, 200, 300, 20));
    assert_eq!((RELIABLE_FOR_GROUPS, RELIABLE_FOR_PEOPLE), (500, 800));
}

// ---- real calls

fn played(scenario: &Scenario, run: &campaign::Run, events: Vec<Event>, number: u128) -> (Attempt, Played) {
    let score = campaign::result(scenario, run);
    let attempt = Attempt {
        id: Uuid::from_u128(number),
        scenario: scenario.slug.clone(),
        full_hash: scenario.hashes.full,
        structure_hash: scenario.hashes.structure,
        rules: RULES_VERSION,
        program: String::new(),
        seed: run.talk.seed,
        mode: run.talk.mode,
        language: scenario.language.clone(),
        player: "Ade".to_owned(),
        team: None,
        started: jiff::Timestamp::UNIX_EPOCH,
        ended: None,
        elapsed_seconds: 0,
        start: None,
        practice: false,
        rewound: None,
        intention: None,
        score: Some(ClaimedScore::from(&score)),
        inputs: Vec::new(),
    };
    (attempt, Played { events, run: run.clone(), score })
}

fn observed(player: &Player<'_>) -> Option<Observed> {
    let (attempt, outcome) = played(player.scenario, &player.run, player.events.clone(), 1);
    Observed::of(player.scenario, &attempt, &outcome)
}

#[test]
fn practice_and_what_was_taken_up_again_is_never_observed() {
    let scenario = worked();
    let mut player = Player::begin(&scenario, 1, Mode::Steps);
    player.answer("own-it");
    player.file(&[]);
    let (attempt, outcome) = played(&scenario, &player.run, player.events.clone(), 1);
    assert!(Observed::of(&scenario, &attempt, &outcome).is_some());
    let practice = Attempt { practice: true, ..attempt.clone() };
    assert_eq!(Observed::of(&scenario, &practice, &outcome), None);
    let again = Attempt { rewound: Some(Rewound { attempt: attempt.id, encounter: 0, turn: 1 }), ..attempt.clone() };
    assert_eq!(Observed::of(&scenario, &again, &outcome), None);
    let on = Attempt { score: None, ..attempt };
    assert_eq!(Observed::of(&scenario, &on, &outcome), None);
}

#[test]
fn a_call_is_told_turn_by_turn() {
    let scenario = shipped("before-saturday");
    let mut player = Player::begin(&scenario, 3, Mode::Steps);
    for reply in PERFECT {
        player.answer(reply);
    }
    let turns = player.events.iter().filter(|event| matches!(event, Event::TurnBegan { .. })).count();
    player.file(&[]);
    let told = observed(&player).unwrap();
    assert_eq!(told.visits.len(), turns);
    let chosen: Vec<_> = told.visits.iter().filter_map(|visit| visit.chosen.as_deref()).collect();
    assert_eq!(chosen, PERFECT);
    assert!(told.visits.iter().all(|visit| visit.offered.contains(visit.chosen.as_ref().unwrap())));
    assert!(told.visits.iter().all(|visit| visit.crash.is_none() && !told.crashed()));
    let sum = told.visits.iter().fold(Of::default(), |sum, visit| sum.plus(visit.reply).plus(visit.conduct));
    // What is left is the note, and nothing else was shown.
    assert_eq!(told.evidence(), sum.plus(Of::new(0, 300)));
    assert!(serde_json::to_string(&told).unwrap().len() < 4000);
}

#[test]
fn a_crash_falls_where_the_call_broke() {
    let mood = "mood: (anger: 50, trust: 50, patience: 50, heard: 50, clarity: 50)";
    let impatient = "mood: (anger: 50, trust: 50, patience: 3, heard: 50, clarity: 50)";
    let angry = "mood: (anger: 96, trust: 50, patience: 50, heard: 50, clarity: 50)";
    let check = |mood: &str, says: &[&str], loudly: bool, reply: &str, expected: &[Option<Crash>]| {
        let first = node("node", "So there it is.", "", &[("on", reply)]);
        let second = node("second", "And now what?", "", &[("bye", "acts: [], to: \"end\"")]);
        let endings = encounter("call", &[first, second], "")
            .replace("endings: {", "endings: { \"bad\": (text: \"They hang up.\", outcome: Lost),");
        let scenario = scenario("Phone", mood, "", &[endings]);
        let mut player = Player::begin(&scenario, 1, Mode::Steps);
        for reply in says {
            player.hear_out();
            player.say(reply, Pace::Even, if loudly { Volume::Raised } else { Volume::Level });
        }
        assert_eq!(player.run.stage, RunStage::Note, "{reply}");
        let told = observed(&player).unwrap();
        let crashes: Vec<_> = told.visits.iter().map(|visit| visit.crash).collect();
        assert_eq!((crashes.as_slice(), told.crashed()), (expected, expected.iter().any(Option::is_some)), "{reply}");
    };
    let minor = "acts: [], to: \"second\"";
    check(mood, &["on", "bye"], false, minor, &[None, None]);
    check(mood, &["on"], false, "acts: [], to: \"bad\"", &[Some(Crash::BadEnding)]);
    check(impatient, &["on", "bye"], false, minor, &[None, Some(Crash::Left)]);
    check(angry, &["on"], true, minor, &[Some(Crash::Escalated)]);
    let insult = "acts: [], flaw: Insult, slip: (Critical, CalmTone), to: \"second\"";
    check(mood, &["on", "bye"], false, insult, &[Some(Crash::Critical), None]);
}

// ---- people of known skill

/// Numbers that look drawn, the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// Takes the best reply so many times in a hundred, and else any.
fn plays(scenario: &Scenario, number: u64, skill: usize, volume: Volume) -> (Attempt, Played) {
    let mut dice = Dice(number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut events = Vec::new();
    let mut run = campaign::begin(scenario, number, Mode::Steps, &mut events);
    let mut inputs = Vec::new();
    while run.stage != RunStage::Closed {
        let encounter = scenario.encounter(run.talk.encounter);
        let input = match run.stage {
            RunStage::Talking if run.talk.replies_open() => {
                let node = encounter.node(run.talk.node());
                let offered: Vec<_> = reply_order(scenario, &run.talk).into_iter().collect();
                let best = offered.iter().max_by_key(|reply| worth(node, encounter.reply(**reply))).copied().unwrap();
                let any = offered[dice.below(offered.len())];
                let reply = if dice.below(100) < skill { best } else { any };
                Input::Talk(dialogue::Input::step(Action::Speak { reply, pace: Pace::Slow, volume }))
            }
            RunStage::Talking => Input::Talk(dialogue::Input::step(Action::Listen)),
            RunStage::Note => Input::File { tiles: Vec::new(), line: String::new() },
            RunStage::Diary(event) => {
                let diary = &encounter.diary[event.index()];
                let choices: Vec<ChoiceId> = campaign::choices(diary, &run.talk).map(|(id, _)| id).collect();
                Input::Choose(choices[dice.below(choices.len())])
            }
            RunStage::Between => Input::GoOn,
            RunStage::Closed => unreachable!("the loop has ended"),
        };
        inputs.push(from_input(scenario, &run, &input).unwrap());
        campaign::step(scenario, &mut run, &input, &mut events).unwrap();
    }
    let (attempt, played) = played(scenario, &run, events, u128::from(number));
    (Attempt { inputs, ..attempt }, played)
}

fn population(scenario: &Scenario, skill: impl Fn(usize) -> usize) -> Vec<Observed> {
    let one = |number: usize| {
        let (attempt, played) = plays(scenario, number as u64, skill(number), Volume::Level);
        Observed::of(scenario, &attempt, &played).unwrap()
    };
    (0..120).map(one).collect()
}

#[test]
fn where_people_differ_in_skill_items_tell_them_apart_and_scores_are_reliable() {
    let scenario = shipped("before-saturday");
    let people = population(&scenario, |number| number * 100 / 119);
    let told = report(&scenario, &people);
    let found: Vec<i32> = items(&told).filter_map(|figures| Some(figures.discrimination?.index)).collect();
    let good = found.iter().filter(|index| **index > 300).count();
    assert!(found.len() >= 8 && found.iter().all(|index| *index > 0), "{found:?}");
    assert!(good * 3 >= found.len() * 2, "{found:?}");
    let reliability = told.figures.unwrap().reliability.unwrap();
    assert!(reliability.low > 500, "{reliability:?}");
}

#[test]
fn where_all_guess_alike_nothing_tells_them_apart() {
    let scenario = shipped("before-saturday");
    let people = population(&scenario, |_| 0);
    let told = report(&scenario, &people);
    let found: Vec<i32> = items(&told).filter_map(|figures| Some(figures.discrimination?.index)).collect();
    let mean = found.iter().sum::<i32>() / i32::try_from(found.len()).unwrap();
    assert!(mean.abs() < 150, "{found:?}");
    let reliability = told.figures.unwrap().reliability.unwrap();
    assert!(reliability.low < 300 && reliability.coefficient < 500, "{reliability:?}");
}

// ---- `simmer stats`

/// Puts attempts of people of every skill into the folder of attempts: the first ones are a team.
fn played_by(home: &Home, people: usize, in_team: usize) {
    let scenario = shipped("before-saturday");
    let day =
        |days: usize| jiff::Timestamp::from_second(1_790_000_000 + 86_400 * i64::try_from(days).unwrap()).unwrap();
    for number in 0..people {
        let volume = if number % 5 == 1 { Volume::Raised } else { Volume::Level };
        let (attempt, _) = plays(&scenario, number as u64, 10 + number * 80 / people, volume);
        let written = Attempt {
            player: format!("Player {number}"),
            team: (number < in_team).then(|| "Harbour".to_owned()),
            started: day(number),
            ended: Some(day(number)),
            ..attempt
        };
        put(home, &written);
        if number == 0 {
            put(home, &Attempt { id: Uuid::from_u128(1000), practice: true, ..written });
        }
    }
}

fn put(home: &Home, attempt: &Attempt) {
    let path = home.path(&format!("data/attempts/{}.attempt", attempt.id));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, attempt::write(attempt)).unwrap();
}

#[test]
fn of_few_people_it_is_said_kindly_how_many_more_it_takes() {
    let home = Home::new();
    let nobody = home.run(&["stats", "--data", "data"]);
    assert!(nobody.expect(0).out.starts_with("Nobody has finished a call yet that counts.\n"), "{}", nobody.out);
    played_by(&home, 4, 0);
    let told = home.run(&["stats", "before-saturday", "--data", "data"]);
    insta::assert_snapshot!(told.expect(0).out, @r"
    Before Saturday
    4 people have played it so far. Nothing is told of fewer than 5 people, so that
    nobody’s answers can be read from it: 1 more will do.
    Finish a call, or take in the attempts of others: `simmer board add FOLDER`.
    Practice runs are private and never count.
    ");
    let short = home.run(&["stats", "--data", "data", "--format", "short"]);
    assert_eq!(short.expect(0).out, "before-saturday: 4 of 5 people\n");
    let json = home.run(&["stats", "--data", "data", "--format", "json"]).expect(0).json();
    let report = &json["reports"][0];
    assert_eq!(
        (&report["people"], &report["withheld"], &report["figures"]),
        (&4.into(), &"TooFew".into(), &Value::Null)
    );
    assert_eq!(report["attempts"], 4, "the practice run is nobody\u{2019}s");
    assert_eq!(home.run(&["stats", "--data", "data", "--csv"]).expect(0).out.lines().count(), 1);
    let unplayed = home.run(&["stats", "can-i-have-it-on", "--data", "data"]);
    assert!(unplayed.expect(0).out.contains("Nobody has played it so far."), "{}", unplayed.out);
    assert!(home.run(&["stats", "nothing-like-it", "--data", "data"]).expect(2).err.contains("nothing-like-it"));
    assert!(home.run(&["stats", "--since", "yesterday"]).expect(2).err.contains("as in 2026-09-01"));
}

#[test]
fn of_enough_people_every_decision_is_told_to_people_and_to_machines() {
    let home = Home::new();
    played_by(&home, 24, 12);
    let told = home.run(&["stats", "before-saturday", "--data", "data"]);
    let beginning: Vec<&str> = told.expect(0).out.lines().take(16).collect();
    insta::assert_snapshot!(beginning.join("\n"), @r"
    Before Saturday
    24 people, each with their first attempt.

    Score: 552 of 1000 on average, standard deviation 263.
    Skills: Listening 73, Calm tone 69, Empathy 57, Needs assessment 56,
        Follow-through 36.
    Outcome: satisfied 6, pacified 12, lost 1, escalated 5.
    21 % of calls went wrong for good.
    Reliability: .27 (-.28 to .67), good for practice, too rough to compare people
        or groups.

    What people choose, turn by turn
    call/waited-in  24 people, credit .71, conduct .90, discrimination .03 revise
      “I stayed in yesterday. Eight till twelve, your text said…”
      best   67 %    .00 went-back-over-it  You kept the whole morning free for…
             13 %   -.17 tuesday-slots (premature solution)  With a broken fridge on
    ");
    let end: Vec<&str> = told.out.lines().skip_while(|line| !line.starts_with("Where calls")).collect();
    insta::assert_snapshot!(end.join("\n"), @r"
    Where calls go wrong for good
       17 %  call/nobody-asked (took it further 4)
        5 %  call/off-my-record (took it further 1)

    Teams
      Harbour: 12 people, score 465 on average, 25 % of calls went wrong for good

    Over time, by the month of the first attempt
      2026-09: 10 people, score 467 on average, 20 % of calls went wrong for good
      2026-10: 14 people, score 613 on average, 21 % of calls went wrong for good

    To look at
      Those who do well elsewhere do worse here: call/stock-for-saturday.
      Tells people hardly apart, revise: call/waited-in.
      docs/statistics.md explains every figure, and what to do about it.
    ");
    insta::assert_snapshot!(home.run(&["stats", "--data", "data"]).expect(0).out, @r"
    Before Saturday  before-saturday
        24 people: 552 on average, 21 % of calls went wrong for good,
        reliability .27, 2 items to revise.
    `simmer stats SCENARIO` says more about one of them.
    ");
    let stats = |more: &[&str]| home.run(&[&["stats", "before-saturday", "--data", "data"], more].concat());
    assert_eq!(stats(&["--format", "short"]).expect(0).out.lines().count(), 10);
    let json = stats(&["--format", "json"]).expect(0).json();
    let figures = &json["reports"][0]["figures"];
    let first = &figures["items"][0];
    assert_eq!((&first["figures"]["people"], &first["replies"][0]["figures"]["offered"]), (&24.into(), &24.into()));
    assert_eq!(figures["teams"]["told"][0]["key"], "Harbour");
    let people =
        |more: &[&str]| stats(&[more, &["--format", "json"]].concat()).expect(0).json()["reports"][0]["people"].clone();
    assert_eq!(people(&["--team", "harbour "]), 12);
    assert_eq!(people(&["--mode", "timed"]), 0);
    assert_eq!(people(&["--since", "2999-01-01"]), 0);
    let table = stats(&["--csv"]);
    let mut lines = table.expect(0).out.lines();
    assert!(lines.next().unwrap().starts_with("\u{FEFF}scenario,full_hash,encounter,node,"));
    assert!(lines.all(|line| line.starts_with("before-saturday,")), "{}", table.out);
    assert!(stats(&["--csv", "--format", "json"]).expect(2).err.contains("cannot be used with"));
}

#[test]
fn what_was_taken_onto_the_board_counts_once() {
    let (home, away) = (Home::new(), Home::new());
    played_by(&home, 6, 0);
    let folder = home.path("data/attempts");
    for data in [home.path("data"), away.path("data")] {
        let add = ["board", "add", folder.to_str().unwrap(), "--data", data.to_str().unwrap()];
        // The practice run among them is refused.
        home.run(&add).expect(1);
        let told = home.run(&["stats", "--data", data.to_str().unwrap(), "--format", "json"]);
        let report = &told.expect(0).json()["reports"][0];
        assert_eq!((&report["people"], &report["attempts"]), (&6.into(), &6.into()));
    }
}
