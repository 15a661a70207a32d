//! Clocks, and how fast a person can be: a flag for somebody to look at, and never a ban.

use super::support::{SLUG, Service, Style, beginning, play, scenario, turn};
use crate::attempt::{Attempt, Recorder};
use crate::campaign::RunStage;
use crate::dialogue::Mode;
use crate::service::verify::Pace;
use crate::team::protocol::{Accepted, Flag, Standing};
use serde_json::Value;

/// What is said of an attempt that took so many seconds by the client, and by the service.
fn flags(style: Style, claimed: u32, passed: i64) -> Vec<Flag> {
    let service = Service::new();
    let ade = service.join("Ade");
    let mut attempt = play(&service.start(&ade, style.mode), style);
    attempt.elapsed_seconds = claimed;
    service.pass(passed);
    let accepted: Accepted = service.submit(&ade, &attempt).read(200);
    assert_eq!(accepted.standing, Standing::Ranked, "it is a person who decides");
    let flagged: Value = service.get("/v1/admin/attempts/flagged", &service.administrator).read(200);
    let listed = flagged["attempts"].as_array().unwrap().len();
    assert_eq!(listed, usize::from(!accepted.flags.is_empty()));
    accepted.flags
}

#[test]
fn a_bot_is_flagged_and_a_person_is_not() {
    let fast = vec![Flag::FasterThanReading];
    assert_eq!(flags(Style::STEPS, 0, 1), fast);
    assert_eq!(
        flags(Style::STEPS, 600, 1),
        vec![Flag::FasterThanReading, Flag::ClockAhead],
        "it says it took its time"
    );
    assert_eq!(flags(Style { reads: 0, ..Style::TIMED }, 600, 600), fast);
    assert_eq!(flags(Style::STEPS, 300, 320), []);
    assert_eq!(flags(Style::TIMED, 600, 620), []);
}

#[test]
fn a_clock_that_is_wrong_tells_nothing_and_one_that_is_stretched_does() {
    assert_eq!(flags(Style::STEPS, 600, 500), [], "within two minutes");
    assert_eq!(flags(Style::STEPS, 600, 470), [Flag::ClockAhead]);
    let service = Service::new();
    let ade = service.join("Ade");
    let attempt = service.play(&ade, Style::STEPS);
    let years = jiff::SignedDuration::from_hours(24 * 365 * 3);
    let shifted = Attempt {
        started: attempt.started.checked_add(years).unwrap(),
        ended: attempt.ended.map(|ended| ended.checked_add(years).unwrap()),
        ..attempt
    };
    let accepted: Accepted = service.submit(&ade, &shifted).read(200);
    assert_eq!((accepted.flags, accepted.standing), (Vec::new(), Standing::Ranked));
}

#[test]
fn logs_as_people_leave_them_are_not_flagged() {
    let scenario = scenario(SLUG);
    // From somebody who knows the scenario and skims, to somebody who weighs every word.
    for (reads, reply, seed) in [(120, 0, 1), (160, 1, 2), (200, 2, 3), (300, 9, 4), (400, 0, 5), (900, 1, 6)] {
        let style = Style { mode: Mode::Timed, reply, reads };
        let mut recorder = Recorder::begin(scenario.clone(), beginning(seed, Mode::Timed));
        while recorder.run().stage != RunStage::Closed {
            turn(&mut recorder, style);
        }
        let pace = Pace::of(&scenario, recorder.attempt());
        assert!(pace.replies > 0 && pace.too_soon == 0, "{reads}: {pace:?}");
        assert!(!pace.is_faster_than_reading(pace.engine_millis / 1000), "{reads}: {pace:?}");
    }
}
