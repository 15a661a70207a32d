use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;

use super::*;
use crate::desktop::screens::testing::{Playing, assert_fits, reached_by_tab, theme, window, worked_run};
use crate::scenario::vocabulary::Indicator;
use crate::scoring::review::{Answer, Moment, moments};

const TODAY: i64 = 20_779;

/// The turn of the worked example at which the ideal was to be asked for.
fn asked() -> (Playing, Moment) {
    let playing = worked_run();
    let moments = moments(&playing.scenario, &playing.events, &playing.debrief());
    let moment = moments.into_iter().find(|moment| moment.chance(Indicator::AskIdeal).is_some()).unwrap();
    (playing, moment)
}

/// The card, and what it says once this reply was given.
fn view(reply: Option<&str>, due: Option<i64>, number: usize) -> View {
    let (playing, moment) = asked();
    let scenario = &playing.scenario;
    let answer = |name: &str| -> Answer {
        let reply = scenario.encounter(moment.encounter).reply_named(name).unwrap();
        moment.answer(scenario, Indicator::AskIdeal, reply).unwrap()
    };
    View::of(&Given {
        scenario,
        moment: &moment,
        indicator: Indicator::AskIdeal,
        order: &moment.offered,
        number,
        of: 3,
        answer: reply.map(answer),
        due,
        today: TODAY,
    })
}

fn told(view: View) -> Told {
    let View::Asked(asked) = view else { panic!("a card") };
    asked.told.unwrap()
}

struct State {
    view: View,
    memory: Memory,
    done: Vec<Action>,
}

fn harness<'a>(percent: u16, view: View) -> Harness<'a, State> {
    let state = State { view, memory: Memory::default(), done: Vec::new() };
    let mut harness = window(theme(percent), state, |ui, theme, state| {
        state.done.extend(draw(ui, theme, &state.view, &mut state.memory));
    });
    harness.run();
    harness
}

fn press(harness: &mut Harness<'_, State>, key: Key) {
    harness.key_press(key);
    harness.run();
}

#[test]
fn a_card_quotes_the_moment_and_names_no_indicator_before_the_answer() {
    let View::Asked(asked) = view(None, None, 1) else { panic!("a card") };
    assert_eq!(asked.told, None);
    let lines = [vec![asked.place, asked.before.unwrap(), asked.quote], asked.replies].concat();
    insta::assert_snapshot!(lines.join("\n"), @r"
    1 of 3. With Marisol Quint, in “Before Saturday”.
    You had said “It’s a blue door he stood in front of, number fourteen. We went to the wrong house and put it down to you, and I’m sorry. I’ve corrected the record.”
    “…Thank you. Right. All right. So what do I do now? Start with what you can, would you, and we’ll get to the rest. I’ve the van. I can fetch a thing, if there’s a thing to fetch.”
    Tell me how Friday night to Saturday ought to go, if all of it was up to you. Then I’ll tell you straight how much of that I can do.
    I’ll start with what I can: I’m putting sixty pounds on your account this minute, the most I’m allowed. After your morning it’s the least we can do.
    I can do a priority engineer tomorrow from four, a loan chiller from our Dockside showroom, or money towards hire. Which of those gets you to Saturday?
    The best thing is the priority slot tomorrow, four till six. Shall I book it now, and we’ll see where that leaves us once he’s looked at it?
    ");
}

#[test]
fn an_answer_is_told_at_once_with_the_authors_reason_and_the_better_line() {
    let (playing, moment) = asked();
    let encounter = playing.scenario.encounter(moment.encounter);
    let mut words = String::new();
    for &reply in &moment.offered {
        let name = &encounter.reply(reply).name;
        let told = told(view(Some(name), Some(TODAY + 1), 1));
        let better = told.better.map(|better| better.chars().take(24).collect::<String>());
        words.push_str(&format!("{name}: {} {} {:?} {:?}\n", told.indicator, told.earned, told.well, better));
    }
    insta::assert_snapshot!(words, @r#"
    ideal-version: Asks the ideal It would have earned 2 of 2. true None
    sixty-pounds: Asks the ideal It would have earned 0 of 2. false Some("“Tell me how Friday nigh")
    three-choices: Asks the ideal It would have earned 0.8 of 2. false Some("“Tell me how Friday nigh")
    priority-slot: Asks the ideal It would have earned 0 of 2. false Some("“Tell me how Friday nigh")
    "#);
}

#[test]
fn it_says_when_the_card_comes_back() {
    let (_, moment) = asked();
    assert!(moment.offered.len() > 1);
    for (due, number, back, go_on) in [
        (Some(TODAY + 1), 1, "It comes back tomorrow.", "Next moment"),
        (Some(TODAY + 3), 3, "It comes back on Wednesday.", "Go on"),
        (None, 3, "You have it. This one does not come back.", "Go on"),
    ] {
        let told = told(view(Some("three-choices"), due, number));
        assert_eq!((told.back.as_str(), told.go_on), (back, go_on));
    }
    let View::Done(done) = View::done(Some(TODAY + 2), TODAY) else { panic!("the end") };
    assert_eq!((done.words, done.next.as_str()), ("That was all for today.", "The next one comes on Tuesday."));
}

#[test]
fn a_card_is_answered_by_number_and_enter_and_left_by_escape() {
    let mut harness = harness(100, view(None, None, 1));
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().done, [], "nothing is chosen yet");
    press(&mut harness, Key::Num2);
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().done, [Action::Answer(1), Action::Leave]);
}

#[test]
fn a_card_is_answered_by_arrows_and_the_next_begins_without_a_choice() {
    let mut harness = harness(100, view(None, None, 1));
    press(&mut harness, Key::ArrowDown);
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::ArrowUp, Key::Enter] {
        press(&mut harness, key);
    }
    assert_eq!(harness.state().done, [Action::Answer(2)], "down to the fourth and up again");

    harness.state_mut().view = view(Some("three-choices"), Some(TODAY + 1), 1);
    harness.run();
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().done.last(), Some(&Action::Next));
    harness.state_mut().view = view(None, None, 2);
    harness.run();
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().done.len(), 2, "the choice was the last card's");
}

#[test]
fn what_came_of_it_is_read_out() {
    let harness = harness(100, view(Some("three-choices"), Some(TODAY + 1), 1));
    let live = |node: &egui_kittest::Node<'_>| node.accesskit_node().live() == egui::accesskit::Live::Polite;
    let said = harness.root().children_recursive().find(live).unwrap();
    let said = said.accesskit_node().label().or(said.accesskit_node().value()).unwrap_or_default();
    assert!(said.starts_with("It would have earned"), "{said}");
}

#[test]
fn everything_is_reached_by_tab_and_nothing_is_cut_off_in_large_text() {
    for percent in [100, 200] {
        let mut asked = harness(percent, view(None, None, 1));
        assert_fits(&asked);
        let reached = reached_by_tab(&mut asked);
        assert_eq!((reached.len(), &*reached[0], &*reached[5]), (6, "Home", "Say it"), "with four replies between");
        let mut told = harness(percent, view(Some("three-choices"), Some(TODAY + 1), 3));
        assert_fits(&told);
        assert_eq!(reached_by_tab(&mut told), ["Home", "Go on"]);
        let mut done = harness(percent, View::done(None, TODAY));
        assert_fits(&done);
        press(&mut done, Key::Enter);
        assert_eq!(done.state().done, [Action::Leave]);
    }
}
