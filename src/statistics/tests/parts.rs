//! The whole, and parts of it.

use proptest::prelude::*;

use super::*;

/// Of all, and of each part: the month of a person, here.
fn in_parts(people: &[Person]) -> InParts {
    let scenario = scenario();
    let observed: Vec<_> = people.iter().zip(1..).map(|(person, number)| person.observed(&scenario, number)).collect();
    let players = players(people.len());
    InParts::of(&scenario, &samples(people, &players, &observed), &PARTS, |sample| sample.cohort)
}

const PARTS: [&str; 3] = ["2026-09", "2026-10", "2026-11"];

#[test]
fn a_part_is_told_where_the_whole_less_the_parts_tells_of_nobody_or_of_five() {
    let of = |month, people| many(people, &[0]).into_iter().map(move |person| Person { month, ..person });
    let check = |sizes: [usize; 3], expected: [Option<Withheld>; 3]| {
        let people: Vec<_> = PARTS.iter().zip(sizes).flat_map(|(month, people)| of(*month, people)).collect();
        let told = in_parts(&people);
        let why: Vec<_> = told.parts.values().map(|part| part.withheld).collect();
        assert_eq!(why, expected, "{sizes:?}");
        for (part, size) in told.parts.values().zip(sizes) {
            assert_eq!((part.people, part.figures.is_some()), (size, part.withheld.is_none()), "{sizes:?}");
        }
        // What the whole tells over time is what is told of the parts.
        let over_time = told.whole.figures.map(|figures| figures.over_time).unwrap_or_default();
        let keys: Vec<_> = over_time.told.iter().map(|group| group.key.as_str()).collect();
        let parts: Vec<_> =
            PARTS.into_iter().zip(expected).filter(|(_, why)| why.is_none()).map(|(key, _)| key).collect();
        assert_eq!(keys, parts, "{sizes:?}");
    };
    let (few, beside) = (Some(Withheld::TooFew), Some(Withheld::TooFewBeside));
    check([0, 0, 12], [few, few, None]);
    check([5, 6, 7], [None, None, None]);
    check([0, 4, 12], [few, few, beside]);
    check([2, 3, 12], [few, few, None]);
    check([2, 6, 12], [few, beside, None]);
    check([1, 0, 3], [few, few, few]);
    check([1, 0, 4], [few, few, few]);
}

#[test]
fn a_part_tells_nothing_that_a_team_or_a_mode_beside_it_would_make_tell_of_few() {
    let of = |team, month, people| many(people, &[0]).into_iter().map(move |person| Person { team, month, ..person });
    let check = |people: Vec<Person>, expected: [bool; 3]| {
        let told: Vec<_> = in_parts(&people).parts.values().map(|part| part.figures.is_some()).collect();
        assert_eq!(told, expected);
    };
    let harbour = Some("Harbour");
    // All of Harbour played in October, and October less Harbour would be three.
    let three = of(harbour, PARTS[1], 8).chain(of(None, PARTS[1], 3)).chain(of(None, PARTS[2], 9));
    check(three.collect(), [false, false, false]);
    let five = of(harbour, PARTS[1], 8).chain(of(None, PARTS[1], 5)).chain(of(None, PARTS[2], 9));
    check(five.collect(), [false, true, true]);
    // All of October was Harbour, and Harbour less October would be two.
    let two = of(harbour, PARTS[1], 8).chain(of(harbour, PARTS[2], 2)).chain(of(None, PARTS[2], 9));
    check(two.collect(), [false, false, false]);
    let timed = of(None, PARTS[1], 7).map(|person| Person { mode: Mode::Timed, ..person });
    let modes = timed.chain(of(None, PARTS[1], 1)).chain(of(None, PARTS[2], 9));
    check(modes.collect(), [false, false, false]);
}

#[test]
fn an_item_of_a_part_is_told_where_its_whole_less_the_parts_is_enough() {
    let came =
        |month, took: &[usize], people| many(people, took).into_iter().map(move |person| Person { month, ..person });
    let check = |october: usize, november: usize, expected: [Option<usize>; 2]| {
        let people = came(PARTS[1], &[0, 0], october).chain(came(PARTS[1], &[0], 20 - october));
        let people = people.chain(came(PARTS[2], &[0, 0], november)).chain(came(PARTS[2], &[0], 20 - november));
        let told = in_parts(&people.collect::<Vec<_>>());
        assert_eq!(at(&told.whole, 1).people, october + november);
        let of_part = |part: &str| figures(&told.parts[part]).items[1].figures.as_ref().map(|figures| figures.people);
        assert_eq!([of_part(PARTS[1]), of_part(PARTS[2])], expected, "{october} and {november}");
    };
    check(6, 9, [Some(6), Some(9)]);
    check(6, 0, [Some(6), None]);
    // All less October would be the three of November.
    check(9, 3, [None, None]);
    check(4, 9, [None, None]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Take any of the parts from the whole, figure by figure: what is left is about nobody or about five.
    #[test]
    fn the_whole_less_its_parts_tells_of_nobody_or_of_five(people in some_people(90), few in 0..9_usize) {
        let mut people = people;
        for person in people.iter_mut().take(few) {
            person.month = PARTS[0];
        }
        let told = in_parts(&people);
        let Some(whole) = told.whole.figures.as_ref() else {
            prop_assert!(told.parts.values().all(|part| part.figures.is_none()));
            return Ok(());
        };
        let parts: Vec<_> = told.parts.values().filter_map(|part| part.figures.as_ref()).collect();
        // Each figure as the people behind it.
        let behind = |figures: &Figures| {
            let mut behind = vec![figures.all.people, figures.reliability.map_or(0, |found| found.people)];
            for item in &figures.items {
                let at = item.figures.as_ref();
                let credit = at.filter(|at| at.credit.is_some());
                // In these calls, every reply has credit on offer.
                behind.extend([at.map_or(0, |at| at.people), credit.map_or(0, |at| at.people)]);
                behind.extend(item.replies.iter().map(|reply| reply.figures.map_or(0, |figures| figures.offered)));
            }
            behind
        };
        let (all, each) = (behind(whole), parts.iter().map(|part| behind(part)).collect::<Vec<_>>());
        for chosen in 0..1_u32 << each.len() {
            for (figure, whole) in all.iter().enumerate().filter(|(_, whole)| **whole > 0) {
                let taken: usize =
                    (0..each.len()).filter(|part| chosen >> part & 1 == 1).map(|part| each[part][figure]).sum();
                let left = whole - taken;
                prop_assert!(left == 0 || left >= LEAST_PEOPLE, "{} of {} at {}", left, whole, figure);
            }
        }
        for part in parts {
            prop_assert!(part.modes.is_none() && part.teams == Groups::default());
            let months: usize = part.over_time.told.iter().map(|group| group.summary.people).sum();
            prop_assert!(months == part.all.people || part.all.people - months >= LEAST_PEOPLE);
            prop_assert!(part.items.iter().all(|item| item.figures.as_ref().is_none_or(|at| at.timed_less_steps.is_none())));
        }
        // Whatever those did of whose part nothing is told, the parts say the same.
        let mut others = people.clone();
        for person in others.iter_mut().filter(|person| told.parts[person.month].figures.is_none()) {
            person.overall = 1000 - person.overall;
        }
        prop_assert_eq!(&in_parts(&others).parts, &told.parts);
    }
}
