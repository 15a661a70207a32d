//! The line of a control, which is read once.

use super::play::{DORIS, Play, TALLIS, shipped};
use crate::desktop::screens::conversation::{Action, Aids, Control, Introduced, Panel};
use crate::dialogue::{self, Mode, Posture};
use crate::scenario::vocabulary::Pace;

fn explained(play: &Play) -> Vec<Control> {
    play.view().hints.iter().map(|hint| hint.control).collect()
}

#[test]
fn what_a_turn_brings_in_is_still_explained_at_its_end() {
    let mut play = Play::first(shipped(DORIS));
    let turns = [
        ("what-worries", Control::Replies),
        ("has-anybody-read-it", Control::Replies),
        ("on-tonight", Control::Delivery),
        ("after-the-pension", Control::Nod),
        ("", Control::Reflect),
    ];
    for (reply, control) in turns {
        play.hear_out();
        if reply != "has-anybody-read-it" {
            assert!(explained(&play).contains(&control), "{control:?} before {reply:?}");
        }
        if !reply.is_empty() {
            play.say(reply);
        }
    }
}

#[test]
fn who_uses_a_control_before_it_was_needed_is_told_what_it_does_and_never_again() {
    let deeds = [
        (Action::Do(dialogue::Action::Breathe), Control::Breathe),
        (Action::Do(dialogue::Action::Posture(Posture::Open)), Control::Posture),
        (Action::Open(Panel::Record), Control::Record),
        (Action::SetPace(Pace::Slow), Control::Delivery),
    ];
    for (deed, control) in deeds {
        let mut introduced = Introduced::default();
        // The turn has brought in its one thing already.
        introduced.seen(Control::Hold);
        let mut play = Play::new(shipped(TALLIS), Mode::Steps, Aids::default(), introduced);
        play.hear_out();
        if !play.call.introduced.knows(control) {
            assert!(!explained(&play).contains(&control));
        }
        play.act(deed);
        assert!(explained(&play).contains(&control), "{control:?}");
        play.act(Action::HintSeen(control));
        play.act(deed);
        assert!(!explained(&play).contains(&control), "{control:?}");
    }
}
