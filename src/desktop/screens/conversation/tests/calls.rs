//! Whole calls, played by chance.

use proptest::prelude::*;

use super::play::{DORIS, Play, QUINT, TALLIS, shipped};
use crate::campaign;
use crate::desktop::runner::SpeechRate;
use crate::desktop::screens::conversation::{Action, Aids, Below, Call, Control, Introduced, Panel, View};
use crate::dialogue::{self, Event, Mode, Posture};
use crate::scenario::id::ReplyId;
use crate::scenario::vocabulary::{Pace, Volume};

/// Something that a person, or a glitch, may do: what is on offer, or what is not.
fn deed(view: &View, number: u16, choice: u16) -> Action {
    use dialogue::Action as Deed;
    let pick = usize::from(choice);
    match number % 24 {
        0 => Action::Do(Deed::Listen),
        1 => Action::Do(Deed::Nod),
        2 => Action::Do(Deed::Posture(if choice.is_multiple_of(2) { Posture::Open } else { Posture::Neutral })),
        3 => Action::Do(Deed::Consult),
        4 => Action::Do(Deed::Jot),
        5 => Action::Do(Deed::Hold),
        6 => Action::Do(Deed::Breathe),
        7 => Action::Do(Deed::Reflect(u8::try_from(choice % 5).unwrap())),
        8 => Action::Do(Deed::Interrupt),
        9 => Action::Do(Deed::TakeBait),
        10 => Action::Do(Deed::Speak { reply: ReplyId(choice % 60), pace: Pace::Even, volume: Volume::Level }),
        11 => Action::Pin(ReplyId(choice % 60)),
        12 => Action::Choose(ReplyId(choice % 60)),
        13 => Action::PutBack,
        14 => Action::SetPace(Pace::ALL[pick % 3]),
        15 => Action::SetVolume(Volume::ALL[pick % 2]),
        16 => Action::SetBack,
        17 => Action::Open([Panel::Record, Panel::Said, Panel::Notes, Panel::Readings][pick % 4]),
        18 => Action::Close,
        19 => Action::CoachSeen,
        20 => Action::HintSeen(Control::ALL[pick % Control::ALL.len()]),
        21 if choice.is_multiple_of(3) => Action::Pause,
        _ => match &view.below {
            Below::Answering(answering) => match answering.speak {
                Some(speak) => Action::Do(speak),
                None => Action::Choose(answering.cards[pick % answering.cards.len()].reply),
            },
            Below::Listening(listening) if !listening.gists.is_empty() => {
                Action::Pin(listening.gists[pick % listening.gists.len()].reply)
            }
            Below::Coaching(_) => Action::CoachSeen,
            _ => Action::GoOn,
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_sequence_of_actions_breaks_a_call(
        scenario in 0..3_usize,
        timed in any::<bool>(),
        coach in any::<bool>(),
        first_run in any::<bool>(),
        deeds in prop::collection::vec((any::<u16>(), any::<u16>(), 0..4000_u64), 1..220),
    ) {
        let mode = if timed { Mode::Timed } else { Mode::Steps };
        let aids = Aids { coach, first_run, guidance: first_run, captions: true };
        let scenario = shipped([DORIS, QUINT, TALLIS][scenario]);
        let mut play = Play::new(scenario, mode, aids, Introduced::default());
        for (number, choice, millis) in deeds {
            play.pass(millis);
            let view = play.view();
            let action = deed(&view, number, choice);
            let before = play.run.clone();
            let Play { scenario, run, call, inputs, .. } = &mut play;
            let recorded = inputs.len();
            if call.act(scenario, run, action, inputs).is_err() {
                prop_assert_eq!(&*run, &before, "a refusal changes nothing");
                prop_assert_eq!(inputs.len(), recorded);
            }
            if call.runner.is_paused() {
                call.runner.set_paused(choice % 2 == 0);
            }
        }
        // What was recorded is a run by itself, and it can be resumed.
        let mut events: Vec<Event> = Vec::new();
        let mut again = campaign::begin(&play.scenario, 11, mode, &mut events);
        for input in &play.inputs {
            campaign::step(&play.scenario, &mut again, input, &mut events).expect("taken once, taken again");
        }
        prop_assert_eq!(&again, &play.run);
        let resumed =
            Call::resume(&play.scenario, &again, &events, SpeechRate::NORMAL, play.call.runner.call(), Introduced::all());
        prop_assert_eq!(resumed.transcript.lines().collect::<Vec<_>>(), play.call.transcript.lines().collect::<Vec<_>>());
        let _ = View::of(&play.scenario, &again, &resumed, &aids);
    }
}

#[test]
fn what_is_offered_is_taken() {
    for (text, mode) in [(DORIS, Mode::Steps), (QUINT, Mode::Timed), (TALLIS, Mode::Timed), (TALLIS, Mode::Steps)] {
        let mut play = Play::new(shipped(text), mode, Aids::default(), Introduced::all());
        for round in 0..400_usize {
            if play.run.stage != campaign::RunStage::Talking {
                break;
            }
            let view = play.view();
            let gestures: Vec<_> = view.gestures.iter().filter(|gesture| gesture.enabled).collect();
            // None while a small action takes its beat. `act` of a test panics where the engine refuses.
            if let Some(gesture) = gestures.get(round % gestures.len().max(1)) {
                for action in gesture.actions.clone() {
                    play.act(action);
                }
            }
            play.pass(700);
            match play.view().below {
                Below::Listening(listening) if listening.bait.is_some() && round % 2 == 0 => {
                    play.deed(dialogue::Action::TakeBait);
                }
                Below::Listening(listening) if listening.keep_listening => play.deed(dialogue::Action::Listen),
                Below::Answering(answering) => {
                    play.act(Action::Choose(answering.cards[round % answering.cards.len()].reply));
                    let Below::Answering(answering) = play.view().below else { panic!("still open") };
                    play.deed(answering.speak.expect("chosen"));
                }
                _ => {}
            }
        }
    }
}
