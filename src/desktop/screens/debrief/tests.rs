use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::wording::turned_title;
use super::*;
use crate::attempt::{OwnWords, Reason};
use crate::desktop::screens::testing::{Playing, assert_fits, reached_by_tab, theme, window, worked_call, worked_run};
use crate::explore::Reachable;
use crate::scenario::vocabulary::{Outcome, Skill, Upset, Volume};
use crate::scoring::TurningPoint;

const REACHABLE: Reachable = Reachable { overall: 975, skills: [9800, 10_000, 9400, 9600, 10_000] };

fn view(playing: &Playing, guess: &Guess, runs_before: u32) -> View {
    view_with(playing, guess, runs_before, &OwnWords::default())
}

fn view_with(playing: &Playing, guess: &Guess, runs_before: u32, own_words: &OwnWords) -> View {
    View::of(Given {
        scenario: &playing.scenario,
        debrief: &playing.debrief(),
        reachable: Some(&REACHABLE),
        runs_before,
        practice: runs_before == 0,
        looks_back: false,
        guess,
        own_words,
        note_lines: &[],
        goal: None,
        team: None,
    })
}

fn guessed() -> Guess {
    Guess { outcome: Some(Outcome::Pacified), skills: OwnSkills::Declined }
}

fn result_of(playing: &Playing) -> Result {
    match view(playing, &guessed(), 5) {
        View::Result(result) => *result,
        other => panic!("{other:?}"),
    }
}

struct Shown {
    view: View,
    memory: Memory,
    done: Vec<Action>,
}

fn show(view: View, percent: u16) -> Harness<'static, Shown> {
    let shown = Shown { view, memory: Memory::default(), done: Vec::new() };
    let mut harness = window(theme(percent), shown, |ui, theme, shown| {
        shown.done.extend(draw(ui, theme, &shown.view, &mut shown.memory));
    });
    harness.run();
    harness
}

fn press(harness: &mut Harness<'_, Shown>, name: &str) {
    harness.get_by_label(name).click_accesskit();
    harness.run();
}

fn done(harness: &mut Harness<'_, Shown>) -> Vec<Action> {
    std::mem::take(&mut harness.state_mut().done)
}

#[test]
fn one_question_stands_before_the_score() {
    let playing = worked_run();
    assert!(matches!(view(&playing, &Guess::default(), 1), View::Question(_)));
    let answered = Guess { outcome: Some(Outcome::Lost), skills: OwnSkills::NotAsked };
    assert!(matches!(view(&playing, &answered, 2), View::Result(_)));
    assert!(matches!(view(&playing, &answered, 3), View::OwnScores(_)));
    assert!(matches!(view(&playing, &Guess::default(), 0), View::First(_)));
}

#[test]
fn a_first_call_that_counts_is_debriefed_like_any_other() {
    let playing = worked_run();
    let counted = View::of(Given {
        scenario: &playing.scenario,
        debrief: &playing.debrief(),
        reachable: None,
        runs_before: 0,
        practice: false,
        looks_back: false,
        guess: &Guess::default(),
        own_words: &OwnWords::default(),
        note_lines: &[],
        goal: None,
        team: None,
    });
    assert!(matches!(counted, View::Question(_)));
}

#[test]
fn enter_goes_on_from_a_first_call_and_from_the_focus_it_does_what_has_it() {
    let first = || show(view(&worked_run(), &Guess::default(), 0), 100);
    let mut harness = first();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(done(&mut harness), [Action::Done]);
    let mut harness = first();
    harness.get_by_label("Try that moment again").focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(matches!(done(&mut harness)[..], [Action::TryAgain { .. }]));
}

#[test]
fn nobody_is_said_to_be_lost() {
    let playing = worked_run();
    let mut debrief = playing.debrief();
    debrief.score.outcome = Outcome::Lost;
    let given = Given {
        scenario: &playing.scenario,
        debrief: &debrief,
        reachable: None,
        runs_before: 5,
        practice: false,
        looks_back: false,
        guess: &Guess { outcome: Some(Outcome::Lost), skills: OwnSkills::Declined },
        own_words: &OwnWords::default(),
        note_lines: &[],
        goal: None,
        team: None,
    };
    let View::Result(result) = View::of(given) else { panic!() };
    let told = format!("{}{}. {}", result.headline.before, result.headline.outcome, result.aside);
    insta::assert_snapshot!(told, @"Marisol Quint left unheard. You said so too: “She left unheard, and will not come back to us”.");
}

#[test]
fn the_question_in_words() {
    let View::Question(question) = view(&worked_run(), &Guess::default(), 1) else { panic!() };
    let words: Vec<_> = question.options.iter().map(|option| option.words.as_str()).collect();
    insta::assert_snapshot!(format!("{}\n{}", question.words, words.join("\n")), @r"
    How did she leave?
    She would send a friend to us
    She is satisfied: it is as good as settled
    She is calmer, and it is not settled
    She left unheard, and will not come back to us
    She has taken it further: a complaint, or worse
    It went to somebody else, and rightly
    ");
}

#[test]
fn the_result_in_words() {
    let result = result_of(&worked_run());
    let headline = format!("{}{}", result.headline.before, result.headline.outcome);
    let bars: Vec<_> =
        result.skills.iter().map(|bar| format!("{} {} of {:?}", bar.label, bar.value, bar.mark)).collect();
    let helped = result.helped.unwrap();
    let turned = result.turned.unwrap();
    let lines = [
        headline,
        result.aside,
        format!("{} {}", result.overall, result.reachable),
        bars.join("\n"),
        helped.quote,
        helped.effect,
        turned.quote,
        turned.effect,
        turned.ask,
        turned.why,
        turned.better.unwrap(),
        result.closing.suggestions.join("\n"),
    ];
    insta::assert_snapshot!(lines.join("\n"), @r"
    Marisol Quint left satisfied
    You said: “She is calmer, and it is not settled”.
    754 of 975 reachable
    Listening 84 of Some(98)
    Calm tone 53 of Some(100)
    Empathy 92 of Some(94)
    Needs assessment 62 of Some(96)
    Follow-through 71 of Some(100)
    “It’s a blue door he stood in front of, number fourteen. We went to the wrong house and put it down to you, and I’m sorry. I’ve corrected the record.”
    She heard: “You looked, and you said whose fault it was.” Owning apology, 3 of 3. Anger 36 → 23.
    “I know the last one let you down, Ms Quint. But I’ve done everything I can on this call, so couldn’t you judge me on that and not on him?”
    She heard: “Now there are two people’s feelings to see to.” Declines bait, sets limits calmly, 0 of 3. Defensive. Anger 14 → 24.
    Why did she react that way? Say it in a sentence.
    Polite, and about you. She wasn’t trying you. She was telling you why she can’t relax.
    “Fair enough, nice got nobody to your door. I’m Ade, and before either of us rings off you’ll hear your phone go twice, once for each booking.”
    When they say something about me, I answer what they need and leave the rest.
    When there are two possible causes, I ask the one question that tells them apart.
    When I have a solution ready, I first check what it is for.
    ");
}

#[test]
fn the_rows_of_a_skill_in_words() {
    let result = result_of(&worked_run());
    let skill = &result.rows[Skill::CalmTone.index()];
    let mut lines = vec![skill.title.clone(), skill.sum.clone()];
    lines.extend(skill.rows.iter().map(|row| {
        format!("{}: {}, {} ({})", row.place, row.indicator, row.credit, row.detail.as_deref().unwrap_or("-"))
    }));
    lines.extend(skill.violations.iter().map(|row| format!("{}: {} {}", row.place, row.words, row.cost)));
    lines.extend(result.turns[7].moves.clone());
    insta::assert_snapshot!(lines.join("\n"), @r"
    Calm tone, 53
    6.1 of 10 shown, which is 61. Violations took 8.
    Turn 1: calm delivery under provocation, 1 of 1 (spoken slow)
    Turn 2: calm delivery under provocation, 0.1 of 1 (spoken quick)
    Turn 3: calm delivery under provocation, 1 of 1 (spoken even)
    Turn 4: professional wording, 1 of 1 (“When they write ‘no access’ they photograph the door, and I’d like to open…”)
    Turn 5: professional wording, 1 of 1 (“It’s a blue door he stood in front of, number fourteen. We went to…”)
    Turn 7: professional wording, 1 of 1 (“A swap needs his report and my supervisor, so I can’t promise that. The…”)
    Turn 8: calm delivery under provocation, 1 of 1 (spoken even)
    Turn 8: declines bait, sets limits calmly, 0 of 3 (“I know the last one let you down, Ms Quint. But I’ve done everything…”)
    Turn 8: Defensive. −8
    heard to the end: heard +2
    takes the bait: anger +10.8, trust −6, patience −4, heard −6
    your own calm carried over: anger −1.1
    another turn: patience −2
    ");
}

#[test]
fn an_open_promise_makes_it_provisional() {
    let result = result_of(&worked_call(Volume::Level));
    insta::assert_snapshot!(result.aside, @"You said: “She is calmer, and it is not settled”. Final score on Friday, 18:30, when this is due: “Ring her with the engineer’s report, good or bad”.");
}

#[test]
fn a_raised_voice_is_explained() {
    let result = result_of(&worked_call(Volume::Raised));
    insta::assert_snapshot!(result.caps.join("\n"), @"You raised your voice: calm tone counts at most 40, the whole at most 599, and she is at best pacified.");
}

#[test]
fn the_question_is_answered_by_number_and_enter() {
    let mut harness = show(view(&worked_run(), &Guess::default(), 1), 100);
    harness.key_press(Key::Num3);
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(done(&mut harness), [Action::Guess(Outcome::Pacified)]);
}

#[test]
fn the_question_is_answered_by_name() {
    let mut harness = show(view(&worked_run(), &Guess::default(), 1), 100);
    press(&mut harness, "She left unheard, and will not come back to us");
    assert_eq!(done(&mut harness), []);
    press(&mut harness, "See how it was");
    assert_eq!(done(&mut harness), [Action::Guess(Outcome::Lost)]);
}

#[test]
fn ones_own_scores_may_be_left_out() {
    let asked = Guess { outcome: Some(Outcome::Lost), skills: OwnSkills::NotAsked };
    let mut harness = show(view(&worked_run(), &asked, 5), 100);
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(done(&mut harness), [Action::OwnSkills(OwnSkills::Declined)]);
    press(&mut harness, "Compare");
    assert_eq!(done(&mut harness), [Action::OwnSkills(OwnSkills::Given([50; 5]))]);
}

#[test]
fn every_action_of_the_result_has_a_name() {
    let mut harness = show(view(&worked_run(), &guessed(), 5), 100);
    press(&mut harness, "Try that moment again");
    press(&mut harness, "When they say something about me, I answer what they need and leave the rest.");
    press(&mut harness, "Done");
    assert_eq!(
        done(&mut harness),
        [
            Action::TryAgain { encounter: 0, turn: 8 },
            Action::PickGoal(
                "When they say something about me, I answer what they need and leave the rest.".to_owned()
            ),
            Action::Done,
        ]
    );
    press(&mut harness, "Calm tone, 53: open its rows");
    assert_eq!((harness.state().memory.page, &harness.state().memory.open), (Page::Rows, &vec![Skill::CalmTone]));
    press(&mut harness, "Try again from turn 3");
    assert_eq!(done(&mut harness), [Action::TryAgain { encounter: 0, turn: 3 }]);
    press(&mut harness, "Back to the result");
    assert_eq!(harness.state().memory.page, Page::Result);
}

#[test]
fn ones_own_reason_comes_before_the_authors() {
    let mut harness = show(view(&worked_run(), &guessed(), 5), 100);
    assert!(harness.query_by_label_contains("The author:").is_none());
    let field = "Why did she react that way? Say it in a sentence.";
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, field).focus();
    harness.run();
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, field).type_text("It was about me");
    harness.run();
    press(&mut harness, "See the author\u{2019}s reason");
    let said = Action::Explain { encounter: 0, turn: 8, text: "It was about me".to_owned() };
    assert_eq!(done(&mut harness), [said]);
    assert!(harness.query_by_label_contains("The author: Polite, and about you.").is_some());
}

#[test]
fn a_reason_that_was_given_before_stands_beside_the_authors() {
    let mut own_words = OwnWords::default();
    own_words.explain(Reason { encounter: 0, turn: 8, text: "It was about me".to_owned() });
    let harness = show(view_with(&worked_run(), &guessed(), 5, &own_words), 100);
    assert!(harness.query_by_label("You: It was about me").is_some());
    assert!(harness.query_by_label_contains("The author: Polite, and about you.").is_some());
    assert!(harness.query_by_label("Why did she react that way? Say it in a sentence.").is_none());
}

#[test]
fn the_last_words_are_told() {
    let result = result_of(&worked_run());
    assert_eq!(result.columns[0].title, "How it ended");
    let words = "“Some leeway. That’s what the last one had.”";
    assert_eq!(result.columns[0].lines[0].text, words);
    assert_eq!(result.turns[9].last[0], words);
    assert!(result.turns[9].last[1].starts_with("A box lid"), "{:?}", result.turns[9].last);
    let mut harness = show(View::Result(Box::new(result)), 100);
    assert!(harness.query_by_label_contains("Some leeway.").is_some());
    press(&mut harness, "All the rows");
    assert!(harness.query_by_label(words).is_some());
}

/// As the worked run, of somebody in whom being upset shows as fear. The rules are the same, so it goes the same way.
fn frightened_run() -> Playing {
    let mut playing = worked_run();
    playing.scenario.customer.upset = Upset::Fear;
    playing
}

#[test]
fn fear_is_called_fear() {
    let result = result_of(&frightened_run());
    let (helped, turned) = (result.helped.unwrap(), result.turned.unwrap());
    let last = result.curve.spots.last().unwrap();
    let mut lines = vec![helped.effect, turned.effect, result.curve.summary.clone()];
    lines.push(chart::meters_in_words(&result.curve, last, 5));
    lines.extend(result.turns[7].moves.clone());
    insta::assert_snapshot!(lines.join("\n"), @r"
    She heard: “You looked, and you said whose fault it was.” Owning apology, 3 of 3. Fear 36 → 23.
    She heard: “Now there are two people’s feelings to see to.” Declines bait, sets limits calmly, 0 of 3. Defensive. Fear 14 → 24.
    Fear from 72 to 21, trust from 30 to 76. Left and right arrows read each turn.
    Fear 21, trust 76, patience 45, heard 82, clarity 55.
    heard to the end: heard +2
    takes the bait: fear +10.8, trust −6, patience −4, heard −6
    your own calm carried over: fear −1.1
    another turn: patience −2
    ");
}

#[test]
fn the_curve_of_fear_says_so() {
    let mut harness = show(view(&frightened_run(), &guessed(), 5), 100);
    let _ = harness.get_by_label("How fear and trust went");
    harness.key_press(Key::M);
    harness.key_press(Key::T);
    harness.run();
    let _ = harness.get_by_label("Fear and trust only");
    assert!(harness.query_by_label_contains("nger").is_none());
}

#[test]
fn a_promise_tells_whom_it_was_kept_from() {
    let result = result_of(&worked_run());
    let promises = result.columns.iter().find(|column| column.title == "What was promised").unwrap();
    let told = promises.lines[0].aside.as_deref().unwrap();
    assert!(told.starts_with("Late, and she was told before."), "{told}");
}

#[test]
fn the_curve_is_read_by_keys_and_as_a_table() {
    let mut harness = show(view(&worked_run(), &guessed(), 5), 100);
    harness.get_by_label("How anger and trust went").focus();
    harness.run();
    harness.key_press(Key::End);
    harness.key_press(Key::ArrowLeft);
    harness.key_press(Key::ArrowLeft);
    harness.run();
    assert_eq!(harness.state().memory.cursor, Some(8));
    assert!(harness.query_by_label_contains("Turn 8. Anger 24, trust 75.").is_some());
    assert!(harness.query_by_label("Turn 10").is_none());
    harness.key_press(Key::T);
    harness.key_press(Key::M);
    harness.run();
    assert!(harness.query_by_label("Turn 10").is_some());
    assert!(harness.query_by_label_contains("patience 44").is_some());
}

#[test]
fn a_pointer_that_rests_on_the_curve_leaves_it_to_the_arrows() {
    let mut harness = show(view(&worked_run(), &guessed(), 5), 100);
    harness.get_by_label("How anger and trust went").focus();
    harness.run();
    harness.get_by_label("How anger and trust went").hover();
    harness.run();
    let pointed = harness.state().memory.cursor.expect("the pointer is on it");
    for steps in 1..=2 {
        harness.key_press(Key::ArrowRight);
        harness.run();
        assert_eq!(harness.state().memory.cursor, Some(pointed + steps));
    }
}

#[test]
fn tab_reaches_everything() {
    let mut harness = show(view(&worked_run(), &guessed(), 5), 100);
    let names = reached_by_tab(&mut harness);
    for name in [
        "Listening, 84: open its rows",
        "Try that moment again",
        "All the rows",
        "How anger and trust went",
        "All five meters",
        "As a table",
        "Why did she react that way? Say it in a sentence.",
        "I can\u{2019}t say. Show me",
        "Or in your own words",
        "Done",
    ] {
        assert!(names.iter().any(|reached| reached == name), "{name} is not among {names:?}");
    }
}

#[test]
fn nothing_is_cut_off_at_twice_the_size() {
    let playing = worked_run();
    let asked = Guess { outcome: Some(Outcome::Lost), skills: OwnSkills::NotAsked };
    for percent in [100, 200] {
        for view in [
            view(&playing, &Guess::default(), 0),
            view(&playing, &Guess::default(), 1),
            view(&playing, &asked, 5),
            view(&playing, &guessed(), 5),
        ] {
            assert_fits(&show(view, percent));
        }
        let mut harness = show(view(&playing, &guessed(), 5), percent);
        press(&mut harness, "As a table");
        press(&mut harness, "All five meters");
        assert_fits(&harness);
        press(&mut harness, "All the rows");
        assert_fits(&harness);
    }
}

#[test]
fn what_is_said_of_the_turn_that_lost_most_is_true() {
    let check = |anger, trust, violation: Option<&str>, expected: &str| {
        let turned = worked_run().debrief().turned.unwrap();
        let point = TurningPoint { anger, trust, violation: violation.map(str::to_owned), ..turned };
        assert_eq!(turned_title(&point, "What hurt"), expected, "anger {anger:?}, trust {trust:?}");
    };
    check((40, 52), (50, 44), None, "What hurt");
    check((40, 52), (50, 50), Some("Defensive."), "What hurt");
    check((40, 40), (50, 47), None, "What hurt");
    check((40, 42), (50, 55), None, "What was missed");
    check((40, 30), (50, 58), None, "What was missed");
    check((40, 30), (50, 58), Some("Empathy and nothing done."), "What could have gone better");
    check((40, 40), (50, 50), None, "What was missed");
}
