use proptest::prelude::*;

use super::*;
use crate::scenario::vocabulary::{Outcome, Skill};

fn entry(player: &str, scenario: &str, difficulty: u8, overall: u16) -> Entry {
    Entry {
        attempt: format!("{player}-{scenario}-{overall}"),
        player: player.to_owned(),
        team: None,
        scenario: scenario.to_owned(),
        title: scenario.to_owned(),
        difficulty,
        finished_at: 0,
        practice: false,
        is_final: true,
        outcome: Outcome::Satisfied,
        overall,
        skills: [7000; 5],
        moderate_or_worse: 0,
        trust: 5000,
        given_away: 0,
        needs_met: 100,
    }
}

fn check(entries: &[Entry], expected: &[(usize, &str)]) {
    let ranked = rank(entries, &Filter::default());
    let found: Vec<_> = ranked.iter().map(|row| (row.rank, row.entry.player.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn difficulty_multiplies() {
    // 800 × 1.00 stands below 750 × 1.08 = 810.
    let entries = [entry("ana", "easy", 1, 800), entry("ben", "hard", 2, 750)];
    check(&entries, &[(1, "ben"), (2, "ana")]);
    let points: Vec<_> = (1..=5).map(|difficulty| entry("x", "s", difficulty, 1000).points(Measure::Overall)).collect();
    assert_eq!(points.iter().map(|points| points.whole()).collect::<Vec<_>>(), [1000, 1080, 1160, 1240, 1320]);
}

#[test]
fn each_tie_rule_decides_in_its_turn() {
    let base = entry("ana", "s", 2, 700);
    let best = Entry { player: "ben".to_owned(), ..base.clone() };
    for worsen in [
        (|entry| entry.moderate_or_worse = 1) as fn(&mut Entry),
        |entry| entry.skills[3] = 6999,
        |entry| entry.trust = 4999,
        |entry| entry.given_away = 1,
    ] {
        let mut worse = base.clone();
        worsen(&mut worse);
        check(&[worse.clone(), best.clone()], &[(1, "ben"), (2, "ana")]);
    }
    check(&[base, best], &[(1, "ana"), (1, "ben")]);
}

#[test]
fn value_given_away_counts_by_the_need_it_met() {
    let gave =
        |player: &str, given_away: u32, needs_met: i32| Entry { given_away, needs_met, ..entry(player, "s", 1, 500) };
    check(
        &[gave("all", 6000, 100), gave("half", 4000, 50), gave("wasted", 1, 0), gave("none", 0, 0)],
        &[(1, "none"), (2, "all"), (3, "half"), (4, "wasted")],
    );
}

#[test]
fn a_shared_rank_leaves_the_next_one_out() {
    let entries = [entry("a", "s", 1, 500), entry("b", "s", 1, 500), entry("c", "s", 1, 400), entry("d", "s", 1, 600)];
    check(&entries, &[(1, "d"), (2, "a"), (2, "b"), (4, "c")]);
}

#[test]
fn neither_practice_nor_what_is_open_is_listed() {
    let practice = Entry { practice: true, ..entry("a", "s", 1, 900) };
    let open = Entry { is_final: false, ..entry("b", "s", 1, 900) };
    check(&[practice, open, entry("c", "s", 1, 100)], &[(1, "c")]);
}

#[test]
fn the_first_final_attempt_counts_and_not_the_best() {
    let first = Entry { finished_at: 1, ..entry("a", "s", 1, 400) };
    let later = Entry { finished_at: 2, ..entry("a", "s", 1, 900) };
    let ranked = rank(&[later, first], &Filter::default());
    assert_eq!(ranked.iter().map(|row| row.entry.overall).collect::<Vec<_>>(), [400]);
}

#[test]
fn a_board_of_a_skill_ranks_by_it() {
    let mut calm = entry("calm", "s", 1, 400);
    calm.skills[Skill::CalmTone.index()] = 9000;
    let filter = Filter { measure: Measure::Skill(Skill::CalmTone), ..Filter::default() };
    let ranked = rank(&[entry("loud", "s", 1, 900), calm], &filter);
    assert_eq!(ranked[0].entry.player, "calm");
    assert_eq!(ranked[0].points.whole(), 90);
}

#[test]
fn a_team_stands_with_its_median_and_needs_three() {
    let in_team = |player: &str, team: &str, overall: u16| Entry {
        team: Some(team.to_owned()),
        ..entry(player, "s", 1, overall)
    };
    let entries = [
        in_team("a", "red", 300),
        in_team("b", "red", 500),
        in_team("c", "red", 900),
        in_team("d", "blue", 1000),
        in_team("e", "blue", 1000),
    ];
    let teams = rank_teams(&entries, &Filter::default());
    assert_eq!(teams.len(), 1);
    assert_eq!((teams[0].team.as_str(), teams[0].members, teams[0].points.whole()), ("red", 3, 500));
}

#[test]
fn one_who_plays_more_weighs_no_more_in_a_team() {
    let mut entries: Vec<_> = (0..9).map(|run| entry("eager", &format!("s{run}"), 1, 1000)).collect();
    entries.extend([entry("b", "s0", 1, 400), entry("c", "s0", 1, 500)]);
    for entry in &mut entries {
        entry.team = Some("red".to_owned());
    }
    assert_eq!(rank_teams(&entries, &Filter::default())[0].points.whole(), 500);
}

#[test]
fn one_sees_the_top_and_ones_neighbours() {
    let entries: Vec<_> = (0..20).map(|place| entry(&format!("p{place:02}"), "s", 1, 900 - place * 10)).collect();
    let ranked = rank(&entries, &Filter::default());
    assert_eq!(excerpt(&ranked, "p10", 3, 2), Excerpt(vec![0..3, 8..13]));
    assert_eq!(excerpt(&ranked, "p03", 3, 2), Excerpt(vec![0..6]));
    assert_eq!(excerpt(&ranked, "p19", 3, 2), Excerpt(vec![0..3, 17..20]));
    assert_eq!(excerpt(&ranked, "nobody", 3, 2), Excerpt(vec![0..3]));
    assert_eq!(excerpt(&[], "nobody", 3, 2), Excerpt(vec![]));
}

prop_compose! {
    fn any_entry()(
        player in 0..6_u8,
        scenario in 0..3_u8,
        difficulty in 1..=5_u8,
        // Few values, so that ties of every depth happen.
        overall in prop::sample::select(vec![500_u16, 540, 600]),
        lowest in prop::sample::select(vec![4000_i32, 5000]),
        moderate_or_worse in 0..2_u16,
        trust in prop::sample::select(vec![4000_i32, 5000]),
        given_away in prop::sample::select(vec![0_u32, 1000, 2000]),
        needs_met in prop::sample::select(vec![0_i32, 50, 100]),
        finished_at in 0..4_i64,
        attempt in any::<u32>(),
        practice in prop::bool::weighted(0.1),
        is_final in prop::bool::weighted(0.9),
    ) -> Entry {
        Entry {
            attempt: format!("{attempt:08x}"),
            // The difficulty is the scenario's own.
            scenario: format!("s{scenario}-{difficulty}"),
            difficulty,
            skills: [7000, lowest, 7000, 7000, 7000],
            moderate_or_worse,
            trust,
            given_away,
            needs_met,
            finished_at,
            practice,
            is_final,
            team: Some(format!("t{}", player % 2)),
            ..entry(&format!("p{player}"), "", 1, overall)
        }
    }
}

proptest! {
    #[test]
    fn the_order_of_the_entries_does_not_matter(
        (entries, shuffled) in prop::collection::vec(any_entry(), 0..40)
            .prop_flat_map(|entries| (Just(entries.clone()), Just(entries).prop_shuffle())),
    ) {
        let filter = Filter::default();
        prop_assert_eq!(rank(&entries, &filter), rank(&shuffled, &filter));
        prop_assert_eq!(rank_teams(&entries, &filter), rank_teams(&shuffled, &filter));
    }

    #[test]
    fn ranks_rise_and_points_fall(entries in prop::collection::vec(any_entry(), 0..40)) {
        let ranked = rank(&entries, &Filter::default());
        for pair in ranked.windows(2) {
            prop_assert!(pair[0].rank <= pair[1].rank);
            prop_assert!(pair[0].points >= pair[1].points);
        }
        for (place, row) in ranked.iter().enumerate() {
            prop_assert!(row.rank <= place + 1);
            let better = ranked.iter().filter(|other| other.rank < row.rank).count();
            prop_assert_eq!(better + 1, row.rank);
        }
    }

    #[test]
    fn comparing_is_consistent(one in any_entry(), two in any_entry(), three in any_entry()) {
        use std::cmp::Ordering;
        let compare = |a: &Entry, b: &Entry| a.compare(b, Measure::Overall);
        prop_assert_eq!(compare(&one, &one), Ordering::Equal);
        prop_assert_eq!(compare(&one, &two), compare(&two, &one).reverse());
        if compare(&one, &two).is_le() && compare(&two, &three).is_le() {
            prop_assert!(compare(&one, &three).is_le());
        }
    }
}
