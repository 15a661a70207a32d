use super::fixture::maureen;
use super::*;
use crate::dialogue::{self, CutOff, Event};
use crate::scenario::id::ReplyId;
use crate::scenario::vocabulary::{Channel, Pace, Volume};

struct Call {
    scenario: Scenario,
    state: State,
    runner: Runner,
    events: Vec<Event>,
    inputs: Vec<Input>,
}

impl Call {
    fn new(mode: Mode, rate: u16) -> Self {
        let scenario = maureen(Channel::Counter);
        let mut events = Vec::new();
        let state = dialogue::begin(&scenario, 7, mode, &mut events);
        let runner = Runner::begin(&scenario, &state, SpeechRate::percent(rate));
        Self { scenario, state, runner, events, inputs: Vec::new() }
    }

    fn pass(&mut self, millis: u64) {
        self.runner.advance(Duration::from_millis(millis));
        while let Some(input) = self.runner.due() {
            self.take(input);
        }
    }

    fn take(&mut self, input: Input) {
        dialogue::step(&self.scenario, &mut self.state, input, &mut self.events).expect("accepted");
        self.inputs.push(input);
        self.runner.follow(&self.scenario, &self.state);
    }

    fn act(&mut self, action: Action) {
        self.take(self.runner.input(action));
    }

    fn speak(&mut self, reply: u16) {
        self.act(Action::Speak { reply: ReplyId(reply), pace: Pace::Slow, volume: Volume::Level });
    }

    fn words(&self) -> String {
        self.runner.shown().map(|shown| shown.words).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn words_come_one_by_one_and_boundaries_are_told_in_order() {
    let mut call = Call::new(Mode::Timed, 100);
    assert_eq!(call.words(), "It's");
    let mut before = 0;
    for _ in 0..200 {
        call.pass(50);
        let now = call.runner.words_shown();
        assert!(now <= before + 1 || before == 0, "one word at a time");
        before = now;
    }
    assert_eq!(
        call.words(),
        "It's only a quick one. He'd have found it funny, the letter. You'd better just cancel his."
    );
    assert!(call.state.turn.finished);
    let said = call.events.iter().filter(|event| matches!(event, Event::Said { .. })).count();
    assert_eq!(said, 3);
    assert!(call.inputs.is_sorted_by_key(|input| input.at));
    assert_eq!(call.runner.moment(), Moment::Silent);
}

#[test]
fn one_long_frame_tells_the_same_as_many_short_ones() {
    let mut slow = Call::new(Mode::Timed, 100);
    slow.pass(20_000);
    let mut smooth = Call::new(Mode::Timed, 100);
    for _ in 0..2000 {
        smooth.pass(10);
    }
    assert_eq!(slow.inputs, smooth.inputs);
    assert_eq!(slow.state, smooth.state);
}

#[test]
fn the_rate_changes_what_is_shown_and_no_input() {
    let mut inputs = Vec::new();
    for (rate, millis) in [(50, 2), (100, 1), (200, 1)] {
        let mut call = Call::new(Mode::Timed, rate);
        call.pass(9000 * millis);
        assert!(call.state.turn.finished, "at {rate} %");
        inputs.push(call.inputs);
    }
    assert_eq!(inputs[0], inputs[1]);
    assert_eq!(inputs[1], inputs[2]);
}

#[test]
fn twice_the_rate_reaches_a_word_in_half_the_time_but_leaves_all_the_time_to_read() {
    let mut normal = Call::new(Mode::Timed, 100);
    let mut quick = Call::new(Mode::Timed, 200);
    normal.pass(3000);
    quick.pass(1500);
    assert_eq!(normal.words(), quick.words());
    normal.pass(17_000);
    quick.pass(17_000);
    let end = u64::from(normal.state.turn.opened_at.unwrap());
    assert_eq!(u64::from(normal.runner.at()), 20_000);
    assert_eq!(u64::from(quick.runner.at()), end + 18_500 - end / 2);
}

#[test]
fn a_lapse_is_felt_and_has_a_length() {
    let mut call = Call::new(Mode::Timed, 100);
    // Five words, a breath, seven words.
    call.pass(5 * 400 + 300 + 7 * 400);
    assert_eq!(call.runner.moment(), Moment::Lapse(0.0));
    call.pass(500);
    assert_eq!(call.runner.moment(), Moment::Lapse(0.5));
    call.pass(500);
    assert_eq!(call.runner.moment(), Moment::Speaking);
}

#[test]
fn what_is_spoken_into_a_lapse_is_a_soft_overlap_and_elsewhere_a_hard_one() {
    for (millis, expect) in [(5 * 400 + 300 + 7 * 400 + 500, CutOff::Soft), (3000, CutOff::Hard)] {
        let mut call = Call::new(Mode::Timed, 100);
        call.pass(millis);
        let shown = call.words();
        call.act(Action::Interrupt);
        assert_eq!(call.state.turn.cut_off, Some(expect));
        call.pass(60_000);
        assert_eq!(call.words(), shown, "their words stand still");
        assert_eq!(call.runner.silence_left(), None);
    }
}

#[test]
fn a_new_turn_starts_over_with_the_answer_first() {
    let mut call = Call::new(Mode::Timed, 100);
    call.pass(9000);
    call.speak(1);
    assert_eq!(call.runner.at(), 0);
    assert!(!call.runner.is_past_answer());
    call.pass(1200);
    assert!(call.runner.is_past_answer());
    assert_eq!(call.words(), "Well. Thank you.");
    call.pass(3000);
    assert_eq!(call.words(), "Well. Thank you. They all know my name.");
    assert_eq!(call.runner.call(), Duration::from_millis(13_200));
}

#[test]
fn the_last_answer_and_the_ending_are_played_and_then_it_is_done() {
    for mode in [Mode::Timed, Mode::Steps] {
        let mut call = Call::new(mode, 100);
        finish(&mut call);
        call.speak(1);
        finish(&mut call);
        call.speak(3);
        if mode == Mode::Timed {
            assert_eq!(call.runner.moment(), Moment::Ending);
        }
        let inputs = call.inputs.len();
        call.pass(10_000);
        assert_eq!(call.inputs.len(), inputs, "nothing is told after the end");
        assert_eq!(call.words(), "That's kind. At the door she looks back.");
        assert_eq!(call.runner.moment(), Moment::Done);
    }
}

fn finish(call: &mut Call) {
    call.pass(9000);
    while !call.state.replies_open() {
        call.act(Action::Listen);
    }
}

#[test]
fn steps_have_no_clock_and_show_what_was_heard() {
    let mut call = Call::new(Mode::Steps, 100);
    assert_eq!(call.words(), "It's only a quick one.");
    assert!(call.runner.fade() < 0.01);
    call.pass(60_000);
    assert_eq!(call.words(), "It's only a quick one.");
    assert!(call.inputs.is_empty());
    call.act(Action::Listen);
    assert_eq!(call.runner.moment(), Moment::Lapse(0.0));
    call.act(Action::Listen);
    assert_eq!(call.runner.moment(), Moment::Silent);
    assert!(call.inputs.iter().all(|input| input.at == 0));
    assert_eq!(call.runner.mark(), None);
}

#[test]
fn a_call_goes_on_at_the_word_at_which_it_was_left() {
    let mut call = Call::new(Mode::Timed, 100);
    call.pass(2900);
    let words = call.words();
    let mark = call.runner.mark().expect("something to record");
    call.take(mark);
    assert_eq!(call.runner.mark(), None, "once is enough");

    let mut runner = Runner::resume(&call.scenario, &call.state, SpeechRate::NORMAL, call.runner.call());
    assert!(runner.is_paused());
    runner.advance(Duration::from_mins(1));
    let shown: Vec<_> = runner.shown().map(|shown| shown.words).collect();
    assert_eq!(shown.join(" "), words);
    runner.set_paused(false);
    runner.advance(Duration::from_millis(100));
    assert_eq!(runner.at(), 3000);
}

#[test]
fn silence_costs_patience_at_its_time_and_at_most_five() {
    let mut call = Call::new(Mode::Timed, 100);
    call.pass(9000);
    let allowance = reading_allowance(&call.scenario, &call.state);
    let opened = call.state.turn.opened_at.unwrap();
    let patience = call.state.meters.patience;
    call.pass(u64::from(opened + allowance) + 9999 - 9000);
    assert_eq!(call.runner.silence_left(), Some(1));
    assert_eq!(call.state.meters.patience, patience);
    call.pass(1);
    assert_eq!(call.state.meters.patience, patience - 100);
    call.pass(500_000);
    assert_eq!(call.state.meters.patience, patience - 500);
    assert_eq!(call.runner.silence_left(), None);
}

#[test]
fn a_holding_phrase_gives_the_silence_back() {
    let mut call = Call::new(Mode::Timed, 100);
    call.pass(9000);
    let before = call.runner.silence_left().unwrap();
    call.pass(5000);
    call.act(Action::Hold);
    assert!(call.runner.silence_left().unwrap() > before - 5000);
}

#[test]
fn small_actions_take_a_beat_and_refuse_nothing_after() {
    let mut call = Call::new(Mode::Timed, 100);
    call.pass(2100);
    call.act(Action::Nod);
    assert!(call.runner.is_busy(&call.state));
    call.pass(100);
    call.act(Action::Breathe);
    call.pass(20_000);
    assert!(!call.runner.is_busy(&call.state));
    assert!(call.state.turn.finished);
}

#[test]
fn paused_time_does_not_pass() {
    let mut call = Call::new(Mode::Timed, 100);
    call.pass(1000);
    call.runner.set_paused(true);
    call.pass(60_000);
    assert_eq!(call.runner.at(), 1000);
    assert_eq!(call.runner.call(), Duration::from_secs(1));
}

#[test]
fn the_voice_keeps_the_time_of_the_words_at_every_rate() {
    for rate in [50, 100, 200] {
        let mut call = Call::new(Mode::Timed, rate);
        let voiced = call.runner.voiced();
        assert_eq!(voiced.len(), 3);
        assert_eq!(voiced.iter().map(|phrase| phrase.is_last).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!(voiced[1].lapse, Some(1000 * 100 / u64::from(rate)));
        let begins: Vec<u64> = voiced.iter().flat_map(|phrase| &phrase.words).map(|(_, begins)| *begins).collect();
        let mut passed = 0;
        for (number, begins) in begins.into_iter().enumerate() {
            call.pass(begins + 1 - passed);
            passed = begins + 1;
            assert_eq!(call.runner.words_shown(), number + 1, "at {rate} %");
            assert_eq!(call.runner.speaking().map(|speaking| speaking.at), Some(Duration::from_millis(passed)));
        }
    }
}

#[test]
fn a_lapse_belongs_to_what_is_being_said_and_the_true_end_does_not() {
    let mut call = Call::new(Mode::Timed, 100);
    call.pass(5600);
    assert!(matches!(call.runner.moment(), Moment::Lapse(_)));
    let speaking = call.runner.speaking().expect("not finished");
    call.runner.set_paused(true);
    assert_eq!(call.runner.speaking(), None, "a call that is held is silent");
    call.runner.set_paused(false);
    assert_eq!(call.runner.speaking(), Some(speaking));
    call.pass(9000);
    assert_eq!(call.runner.speaking(), None);

    let mut cut = Call::new(Mode::Timed, 100);
    cut.pass(1000);
    cut.act(Action::Interrupt);
    assert_eq!(cut.runner.speaking(), None, "who was cut off is silent");
}

#[test]
fn in_steps_only_the_end_of_what_has_appeared_is_heard() {
    let mut call = Call::new(Mode::Steps, 100);
    let heard = |call: &Call| {
        let voiced = call.runner.voiced();
        assert_eq!(voiced.len(), 1);
        let Voiced { words, ends, lapse, is_last } = voiced[0].clone();
        assert!(ends <= 1400);
        assert_eq!(words[0].1, 0);
        (words.into_iter().map(|(word, _)| word.to_owned()).collect::<Vec<_>>().join(" "), lapse, is_last)
    };
    assert_eq!(heard(&call), ("a quick one.".to_owned(), None, false));
    assert_eq!(call.runner.speaking().and_then(|speaking| speaking.phrase), Some(0));
    call.pass(60_000);
    assert_eq!(call.runner.speaking(), None, "no murmur is left behind");
    call.act(Action::Listen);
    assert_eq!(call.runner.speaking().map(|speaking| (speaking.phrase, speaking.at)), Some((Some(1), Duration::ZERO)));
    assert_eq!(heard(&call), ("funny, the letter.".to_owned(), Some(600), false));
    call.act(Action::Listen);
    assert!(heard(&call).2, "the true end is heard in steps as well");
}

#[test]
fn what_is_told_of_an_ending_has_no_voice() {
    for mode in [Mode::Timed, Mode::Steps] {
        let mut call = Call::new(mode, 100);
        finish(&mut call);
        call.speak(1);
        finish(&mut call);
        call.speak(3);
        let voiced = call.runner.voiced();
        let said: Vec<_> = voiced.iter().flat_map(|phrase| &phrase.words).map(|(word, _)| *word).collect();
        assert_eq!(said, ["That's", "kind."]);
        assert!(voiced[0].is_last);
        assert!(call.runner.speaking().is_some_and(|speaking| speaking.is_last));
        call.pass(10_000);
        assert_eq!(call.runner.speaking(), None);
    }
}
