//! Made-up attempts on a made-up scenario: what counts, what is told, and what must not be.

mod parts;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::dialogue::Mode;
use crate::scenario::Scenario;
use crate::scenario::load::load;
use crate::scenario::vocabulary::Outcome;

/// Three nodes of three replies; the first shows 4, the second 2, the third nothing.
const NODES: [&str; 3] = ["opening", "middle", "close"];
const REPLIES: [&str; 3] = ["right", "half", "wrong"];
const CREDIT: [i32; 3] = [100, 40, 0];

fn scenario() -> Scenario {
    let mut nodes = String::new();
    for (place, node) in NODES.iter().enumerate() {
        let to = NODES.get(place + 1).unwrap_or(&"end");
        let _ = write!(nodes, "{node:?}: Node(says: [\"So there it is.\"], weigh: {{ OpenQuestion: 1 }}, replies: [");
        for (reply, shown) in REPLIES.iter().zip([4, 2, 0]) {
            let _ = write!(
                nodes,
                "Reply(id: \"{node}-{reply}\", gist: \"one two three\", text: \"=Well, that is {reply}.\", why: \"w\", \
                 hears: \"h\", acts: [], shows: {{ OpenQuestion: {shown} }}, to: {to:?}),"
            );
        }
        nodes.push_str("]),");
    }
    let text = format!(
        "Scenario(format: 1, id: \"bench\", title: \"Bench\", setting: \"s\", you: \"Ade\", channel: Phone, \
         difficulty: 1, teaser: \"t\", customer: Customer(name: \"Pat\", pronoun: They, about: \"a\", \
         mood: (anger: 50, trust: 50, patience: 50, heard: 50, clarity: 50)), \
         needs: {{ \"all\": (weight: 100, text: \"n\") }}, encounters: [Encounter(id: \"call\", start: \"opening\", \
         leaves: \"I'm off.\", escalates: \"Your manager, now.\", nodes: {{ {nodes} }}, \
         endings: {{ \"end\": (text: \"They ring off.\") }})])"
    );
    let loaded = load("bench.ron", text.as_bytes());
    loaded.scenario.unwrap_or_else(|| panic!("{:#?}", loaded.findings))
}

/// Somebody who played.
#[derive(Debug, Clone)]
struct Person {
    team: Option<&'static str>,
    month: &'static str,
    mode: Mode,
    /// What they took at each node they came to, by its place in [`REPLIES`].
    took: Vec<usize>,
    /// The replies they had on offer at the first node.
    offered: [bool; 3],
    left: bool,
    overall: u16,
}

impl Person {
    fn who_took(took: &[usize]) -> Self {
        let took = took.to_vec();
        Self { team: None, month: "2026-11", mode: Mode::Steps, took, offered: [true; 3], left: false, overall: 500 }
    }

    fn observed(&self, scenario: &Scenario, number: u128) -> Observed {
        let visit = |(place, took): (usize, &usize)| {
            let node = NODES[place];
            let name = |reply: &str| format!("{node}-{reply}");
            let on_offer = |&(reply, _): &(usize, &&str)| place > 0 || self.offered[reply] || reply == *took;
            let last = place + 1 == self.took.len();
            Visit {
                encounter: "call".to_owned(),
                node: node.to_owned(),
                offered: REPLIES.iter().enumerate().filter(on_offer).map(|(_, reply)| name(reply)).collect(),
                chosen: Some(name(REPLIES[*took])),
                reply: Of::new(CREDIT[*took], 100),
                conduct: Of::default(),
                crash: (last && self.left).then_some(Crash::Left),
            }
        };
        let visits: Vec<Visit> = self.took.iter().enumerate().map(visit).collect();
        let all = visits.iter().fold(Of::default(), |all, visit| all.plus(visit.reply));
        let mut skills = [SkillSum { score: i32::from(self.overall) * 10, evidence: Of::default() }; 5];
        skills[0].evidence = all;
        Observed {
            version: OBSERVED_VERSION,
            attempt: Uuid::from_u128(number),
            scenario: scenario.slug.clone(),
            full_hash: scenario.hashes.full.to_string(),
            mode: self.mode,
            overall: self.overall,
            outcome: if self.left { Outcome::Lost } else { Outcome::Satisfied },
            is_final: true,
            skills,
            visits,
        }
    }
}

fn players(many: usize) -> Vec<String> {
    (0..many).map(|number| format!("secret-key-{number}")).collect()
}

fn report(people: &[Person]) -> Report {
    let scenario = scenario();
    let observed: Vec<_> = people.iter().zip(1..).map(|(person, number)| person.observed(&scenario, number)).collect();
    let players = players(people.len());
    Report::of(&scenario, &samples(people, &players, &observed))
}

fn samples<'a>(people: &'a [Person], players: &'a [String], observed: &'a [Observed]) -> Vec<Sample<'a>> {
    let sample = |((person, player), observed): ((&'a Person, &'a String), &'a Observed)| Sample {
        player,
        team: person.team,
        cohort: Some(person.month),
        observed,
    };
    people.iter().zip(players).zip(observed).map(sample).collect()
}

fn figures(report: &Report) -> &Figures {
    report.figures.as_ref().unwrap_or_else(|| panic!("{report:#?}"))
}

fn at(report: &Report, node: usize) -> &ItemFigures {
    figures(report).items[node].figures.as_ref().unwrap()
}

fn many(people: usize, took: &[usize]) -> Vec<Person> {
    vec![Person::who_took(took); people]
}

#[test]
fn four_people_are_too_few_and_five_are_enough() {
    let four = report(&many(4, &[0, 0]));
    assert_eq!((four.people, four.withheld, &four.figures), (4, Some(Withheld::TooFew), &None));
    let five = report(&many(5, &[0, 0]));
    assert_eq!((five.people, five.withheld), (5, None));
    assert_eq!(at(&five, 0).credit, Some(1000));
    assert_eq!(figures(&five).items[2].figures, None, "nobody came there");
    assert_eq!(at(&five, 0).discrimination, None, "a quarter would be one person");
    assert_eq!(report(&[]).withheld, Some(Withheld::TooFew));
}

#[test]
fn a_node_that_fewer_than_five_reached_is_not_told() {
    let mut people = many(20, &[0]);
    people.extend(many(4, &[1, 2]));
    let told = report(&people);
    assert_eq!(figures(&told).items[1].figures, None);
    assert!(figures(&told).items[1].replies.iter().all(|reply| reply.figures.is_none()));
    people.extend(many(1, &[1, 2]));
    assert_eq!(at(&report(&people), 1).people, 5);
}

#[test]
fn who_had_a_rare_offer_is_left_out_of_the_node() {
    let mut people: Vec<Person> =
        many(20, &[1]).into_iter().map(|person| Person { offered: [false, true, true], ..person }).collect();
    people.extend(many(4, &[0]));
    let told = report(&people);
    assert_eq!((at(&told, 0).people, at(&told, 0).credit), (20, Some(400)));
    let replies = &figures(&told).items[0].replies;
    assert_eq!(replies[0].figures, None);
    assert_eq!(replies[1].figures.unwrap().chosen, 20);
}

#[test]
fn whoever_comes_back_to_a_node_counts_by_the_first_visit() {
    let scenario = scenario();
    let people: Vec<Person> = many(10, &[0]).into_iter().chain(many(10, &[2])).collect();
    let mut observed: Vec<_> =
        people.iter().zip(1..).map(|(person, number)| person.observed(&scenario, number)).collect();
    for (place, observed) in observed.iter_mut().enumerate() {
        let again = Visit {
            reply: Of::new(40, 100),
            crash: (place < 5).then_some(Crash::Escalated),
            ..observed.visits[0].clone()
        };
        observed.skills[0].evidence = observed.evidence().plus(again.reply);
        observed.visits.push(again);
    }
    let players = players(20);
    let told = Report::of(&scenario, &samples(&people, &players, &observed));
    let figures = at(&told, 0);
    assert_eq!((figures.people, figures.credit), (20, Some(500)));
    assert_eq!((figures.crashed, figures.crashes.get(&Crash::Escalated)), (250, Some(&5)));
    assert_eq!(figures.discrimination, None, "without what they said here, nothing is left to place them by");
}

#[test]
fn the_first_attempt_of_a_person_counts_whatever_the_order() {
    let scenario = scenario();
    let people: Vec<Person> = (0..6).map(|_| Person::who_took(&[2])).collect();
    let mut observed: Vec<_> =
        people.iter().zip(10..).map(|(person, number)| person.observed(&scenario, number)).collect();
    let again: Vec<_> =
        people.iter().zip(20..).map(|(_, number)| Person::who_took(&[0]).observed(&scenario, number)).collect();
    observed.extend(again);
    let players = players(6);
    let mut samples: Vec<Sample<'_>> = observed
        .iter()
        .enumerate()
        .map(|(place, observed)| Sample { player: &players[place % 6], team: None, cohort: None, observed })
        .collect();
    let told = Report::of(&scenario, &samples);
    assert_eq!((told.people, told.attempts, told.later_attempts), (6, 12, 6));
    assert_eq!(at(&told, 0).credit, Some(0));
    samples.reverse();
    samples.push(samples[0]);
    assert_eq!(Report::of(&scenario, &samples), told, "another order, and one of them twice");
}

#[test]
fn another_wording_and_another_version_do_not_count() {
    let scenario = scenario();
    let people = many(8, &[0]);
    let mut observed: Vec<_> =
        people.iter().zip(1..).map(|(person, number)| person.observed(&scenario, number)).collect();
    observed[0].full_hash = "00".repeat(32);
    observed[1].version = OBSERVED_VERSION + 1;
    observed[2].scenario = "another".to_owned();
    let players = players(8);
    let told = Report::of(&scenario, &samples(&people, &players, &observed));
    assert_eq!((told.people, told.on_another_version, told.attempts), (5, 2, 7));
}

#[test]
fn a_small_team_is_not_told_and_cannot_be_worked_out() {
    let of = |team, people| many(people, &[0]).into_iter().map(move |person| Person { team, ..person });
    let keys = |groups: &Groups| groups.told.iter().map(|group| group.key.clone()).collect::<Vec<_>>();
    let check = |people: Vec<Person>, told: &[&str], withheld: &[&str]| {
        let report = report(&people);
        let groups = &figures(&report).teams;
        assert_eq!(
            (keys(groups), &groups.withheld[..]),
            (
                told.iter().map(|key| (*key).to_owned()).collect(),
                &withheld.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>()[..]
            )
        );
    };
    check(of(Some("Harbour"), 6).chain(of(Some("Quay"), 5)).collect(), &["Harbour", "Quay"], &[]);
    // All less Harbour would be the two of Quay.
    check(of(Some("Harbour"), 6).chain(of(Some("Quay"), 2)).collect(), &[], &["Harbour", "Quay"]);
    // All less Harbour and Locks would be those; less Harbour it is nine.
    let three = of(Some("Harbour"), 9).chain(of(Some("Locks"), 7)).chain(of(Some("Quay"), 2));
    check(three.collect(), &["Harbour"], &["Locks", "Quay"]);
    let without = of(Some("Harbour"), 9).chain(of(Some("Locks"), 7)).chain(of(None, 3));
    check(without.collect(), &["Harbour"], &["Locks"]);
    let enough = of(Some("Harbour"), 9).chain(of(Some("Quay"), 3)).chain(of(None, 2));
    check(enough.collect(), &["Harbour"], &["Quay"]);
}

#[test]
fn of_a_part_nothing_is_told_where_the_rest_is_small() {
    let scenario = scenario();
    let people = many(12, &[0]);
    let observed: Vec<_> = people.iter().zip(1..).map(|(person, number)| person.observed(&scenario, number)).collect();
    let players = players(12);
    let samples = samples(&people, &players, &observed);
    let check = |first: u128, people: usize, withheld: Option<Withheld>| {
        let part = Report::of_those(&scenario, &samples, |sample| sample.observed.attempt <= Uuid::from_u128(first));
        assert_eq!((part.people, part.withheld, part.figures.is_some()), (people, withheld, withheld.is_none()));
    };
    check(12, 12, None);
    check(11, 11, Some(Withheld::TooFewBeside));
    check(8, 8, Some(Withheld::TooFewBeside));
    check(7, 7, None);
    check(4, 4, Some(Withheld::TooFew));
}

#[test]
fn modes_are_compared_where_each_has_five() {
    let timed =
        |people| many(people, &[2, 0]).into_iter().map(|person| Person { mode: Mode::Timed, overall: 300, ..person });
    let steps = |people| many(people, &[0, 0]).into_iter();
    assert_eq!(figures(&report(&timed(4).chain(steps(9)).collect::<Vec<_>>())).modes, None);
    let told = report(&timed(5).chain(steps(9)).collect::<Vec<_>>());
    let modes = figures(&told).modes.unwrap();
    assert_eq!((modes.timed.people, modes.steps.people), (5, 9));
    assert_eq!(modes.overall, Some(Difference { by: -200, error: 0, clear: true }));
    assert_eq!(at(&told, 0).timed_less_steps.unwrap().credit.unwrap().by, -1000);
    assert_eq!(at(&told, 1).timed_less_steps.unwrap().credit, Some(Difference { by: 0, error: 0, clear: false }));
}

#[test]
fn a_distractor_is_dead_below_one_in_twenty() {
    let check = |takers: usize, others: usize, dead: Option<bool>| {
        let people: Vec<_> = many(others, &[0, 0]).into_iter().chain(many(takers, &[2, 0])).collect();
        let told = report(&people);
        let replies = &figures(&told).items[0].replies;
        assert_eq!(replies[2].figures.unwrap().dead, dead, "{takers} and {others}");
        assert_eq!(replies[0].figures.unwrap().dead, None, "the best reply is no distractor");
    };
    check(0, 19, None);
    check(0, 20, Some(true));
    check(1, 19, Some(false));
    check(1, 20, Some(true));
}

#[test]
fn a_verdict_goes_by_the_bounds_of_ebel() {
    // Upper quarter: all of 25 right. Lower: so many of 25 right that the difference is as wanted.
    let check = |right_below: usize, index: Thousandths, verdict: Verdict| {
        let mut people = many(25, &[0, 0]);
        people.extend(many(50, &[0, 1]));
        people.extend(many(right_below, &[0, 2]));
        people.extend(many(25 - right_below, &[2, 2]));
        let told = at(&report(&people), 0).discrimination;
        assert_eq!(told, Some(Discrimination { index, verdict }), "{right_below}");
    };
    check(25, 0, Verdict::Revise);
    check(21, 160, Verdict::Revise);
    check(20, 200, Verdict::Fair);
    check(18, 280, Verdict::Fair);
    check(17, 320, Verdict::Good);
    check(0, 1000, Verdict::Good);
}

#[test]
fn the_table_is_one_of_a_spreadsheet_and_runs_nothing() {
    let table = csv(&[report(&many(20, &[0, 1]))]);
    let mut rows = table.strip_prefix('\u{FEFF}').unwrap().split("\r\n");
    let columns = rows.next().unwrap().split(',').count();
    let rows: Vec<Vec<&str>> = rows.filter(|row| !row.is_empty()).map(|row| row.split(',').collect()).collect();
    assert_eq!(rows.len(), 9);
    // The text has a comma and begins like a formula.
    assert!(rows.iter().all(|row| row.len() == columns + 1 && row[17].starts_with("\"'=Well")), "{table}");
    assert_eq!(rows[0][3..10], ["opening", "no", "20", "20", "1.000", "", "0.000"]);
    assert_eq!(rows[8][3..10], ["close", "no", "", "", "", "", ""]);
    assert_eq!(csv(&[report(&many(4, &[0]))]).lines().count(), 1, "too few: the heading alone");
}

#[test]
fn months_and_weeks_sort_by_time() {
    let time: jiff::Timestamp = "2027-01-01T00:30:00Z".parse().unwrap();
    assert_eq!((month(time), week(time)), ("2027-01".to_owned(), "2026-W53".to_owned()));
}

#[test]
fn what_is_kept_is_small_and_comes_back_as_it_was() {
    let observed = Person { left: true, ..Person::who_took(&[0, 1, 2]) }.observed(&scenario(), 7);
    let kept = serde_json::to_string(&observed).unwrap();
    assert_eq!(serde_json::from_str::<Observed>(&kept).unwrap(), observed);
    assert!(kept.len() < 1000, "{kept}");
    assert!(kept.contains("\"reply\":[40,100]"), "{kept}");
}

fn some_people(most: usize) -> impl Strategy<Value = Vec<Person>> {
    let person = (
        prop::sample::select(vec![None, Some("Harbour"), Some("Quay"), Some("Locks")]),
        prop::sample::select(vec!["2026-10", "2026-11"]),
        any::<bool>(),
        prop::collection::vec(0..3_usize, 1..=3),
        any::<[bool; 3]>(),
        any::<bool>(),
        0..=1000_u16,
    );
    let person = person.prop_map(|(team, month, timed, took, offered, left, overall)| Person {
        team,
        month,
        mode: if timed { Mode::Timed } else { Mode::Steps },
        took,
        // Most have all on offer.
        offered: if overall % 4 == 0 { offered } else { [true; 3] },
        left,
        overall,
    });
    prop::collection::vec(person, 0..most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn figures_stay_within_their_bounds(people in some_people(60)) {
        let told = report(&people);
        for item in told.figures.iter().flat_map(|figures| &figures.items) {
            let Some(figures) = item.figures.as_ref() else { continue };
            prop_assert!(figures.people >= LEAST_PEOPLE);
            if let Some(found) = figures.discrimination {
                prop_assert!((-1000..=1000).contains(&found.index));
            }
            prop_assert!(figures.credit.is_none_or(|credit| (0..=1000).contains(&credit)));
            let told: Vec<_> = item.replies.iter().filter_map(|reply| reply.figures).collect();
            // Nobody took what is not told.
            prop_assert_eq!(told.iter().map(|reply| reply.chosen).sum::<usize>(), figures.answered);
            prop_assert!(told.iter().all(|reply| reply.offered >= LEAST_PEOPLE && reply.chosen <= reply.offered));
            if told.iter().all(|reply| reply.offered == figures.answered) {
                let sum: Thousandths = told.iter().map(|reply| reply.frequency).sum();
                prop_assert!((999..=1001).contains(&sum), "{}", sum);
            }
        }
        if let Some(found) = told.figures.as_ref().and_then(|figures| figures.reliability) {
            prop_assert!(found.low <= found.high && found.high <= 1000 && found.low >= -1000);
        }
    }

    #[test]
    fn the_order_of_people_does_not_matter(people in some_people(40), by in 0..40_usize) {
        let scenario = scenario();
        let observed: Vec<_> = people.iter().zip(1..).map(|(person, number)| person.observed(&scenario, number)).collect();
        let players = players(people.len());
        let mut samples = samples(&people, &players, &observed);
        let told = Report::of(&scenario, &samples);
        let by = by % samples.len().max(1);
        samples.rotate_left(by);
        prop_assert_eq!(&Report::of(&scenario, &samples), &told);
        samples.reverse();
        prop_assert_eq!(&Report::of(&scenario, &samples), &told);
    }

    /// Whatever those did of whom nothing is told, the same is written.
    #[test]
    fn what_is_withheld_does_not_show(people in some_people(30), instead in 0..3_usize) {
        let told = report(&people);
        let written = |report: &Report| (serde_json::to_string(&figures(report).items).unwrap(), csv([report]));
        let Some(all) = told.figures.as_ref() else {
            prop_assert!(!csv([&told]).contains("opening"));
            return Ok(());
        };
        let json = serde_json::to_string(&told).unwrap();
        prop_assert!(!json.contains("secret-key") && !csv([&told]).contains("secret-key"));
        // The last node of each way: what was taken there changes no other item but by the rest score, which is told of
        // twenty people at least.
        if all.items[2].figures.is_none() {
            let mut others = people.clone();
            for person in others.iter_mut().filter(|person| person.took.len() == 3) {
                person.took[2] = instead;
            }
            let others = report(&others);
            prop_assert_eq!(&figures(&others).items[2], &all.items[2]);
            if people.len() < ENOUGH_PEOPLE {
                prop_assert_eq!(written(&others), written(&told));
            }
        }
        let withheld: BTreeSet<&str> = all.teams.withheld.iter().map(String::as_str).collect();
        let mut others = people.clone();
        for person in others.iter_mut().filter(|person| person.team.is_some_and(|team| withheld.contains(team))) {
            person.overall = 1000 - person.overall;
        }
        let others = report(&others);
        prop_assert_eq!(&figures(&others).teams, &all.teams);
        let hidden = people.iter().filter(|person| person.team.is_none_or(|team| withheld.contains(team))).count();
        prop_assert!(hidden == 0 || hidden >= LEAST_PEOPLE || all.teams.told.is_empty());
    }
}
