use proptest::prelude::*;

use super::*;
use crate::attempt::fixture::{run_of, runs, scenario};
use crate::diagnostic::OutputFormat;
use crate::diagnostic::render::render;

fn begin(mode: Mode) -> Run {
    campaign::begin(&scenario(), 7, mode, &mut ())
}

#[track_caller]
fn mistake(mode: Mode, list: &str) -> String {
    play(&scenario(), &mut begin(mode), &parse_inputs(list).unwrap(), &mut ()).unwrap_err().to_string()
}

#[test]
fn every_spelling_is_read_and_written_the_same() {
    let text = r#"[
    Listen,
    Finish,
    Nod,
    Interrupt,
    TakeBait,
    Breathe,
    Reflect(1),
    Jot,
    Hold,
    Consult,
    Open,
    Neutral,
    Speak("went-unheard"),
    Speak("went-unheard", Slow),
    Speak("went-unheard", Quick, Raised),
    Speak("went-unheard", Even, Raised),
    File([]),
    File(["wrong-door", "shouty"], "rings \"Friday\""),
    Choose("go-home"),
    GoOn,
    At(4200, Nod),
    At(4200, Speak("went-unheard", Slow)),
]
"#;
    let list = parse_inputs(text).unwrap();
    assert_eq!(list.len(), 22);
    assert_eq!(write_inputs(&list), text);
}

#[test]
fn spaces_and_comments_are_fine() {
    let list = parse_inputs("// Doris\n[ Speak( \"a\" , Slow , ) , /* wait */ At( 5 , Listen ) ]").unwrap();
    assert_eq!(list.len(), 2);
}

#[test]
fn reading_is_strict() {
    let check = |text: &str, message: &str| assert_eq!(parse_inputs(text).unwrap_err().to_string(), message);
    check("[\n    Listn,\n]", "list:2:5: error[unknown-name]: `Listn` is not known here");
    for refused in [
        "[Listen(1)]",
        "[Speak]",
        "[Speak()]",
        "[Speak(\"a\", Slow, Level, Level)]",
        "[Speak(\"a\", slow)]",
        "[Speak(\"a\", Level)]",
        "[At(1)]",
        "[At(1, At(2, Nod))]",
        "[At(-1, Nod)]",
        "[\"Nod\"]",
        "[Reflect(300)]",
        "Nod",
        "[Nod] x",
    ] {
        assert!(parse_inputs(refused).is_err(), "{refused}");
    }
}

#[track_caller]
fn shown(list: &str) -> String {
    let refused = read_inputs("list.ron", list.as_bytes()).unwrap_err();
    render(OutputFormat::Full, &[refused.checked()], false)
}

#[test]
fn a_slip_of_the_pen_is_shown_in_its_line_with_a_mend() {
    let lists = [
        "[Finish, Speek(\"sorry\")]",
        "[Finish, Speak(\u{201c}sorry\u{201d}, Slow)]",
        "[\n    Finish\n    // The lapse.\n    Nod,\n]",
        "[Finish, Speak(\"sorry\" Slow)]",
        "[Finish, Speak(went-unheard, Slow)]",
        "[Finish, Speak(\"sorry)]",
        "[Finish, Speak(\"sorry\")",
        "[Finish, Speak(\"sorry\", Slow, Level, Level)]",
    ];
    insta::assert_snapshot!(lists.map(shown).join("\n"), @r#"
    error[unknown-name]: `Speek` is not known here
     --> list.ron:1:10
      |
    1 | [Finish, Speek("sorry")]
      |          ^^^^^
      |
      = expected: one of Listen, Finish, Nod, Interrupt, TakeBait, Breathe, Reflect, Jot, Hold, Consult, Open, Neutral, Speak, File, Choose, GoOn, At
      = help: did you mean `Speak`?

    error[unreadable-inputs]: A typeset quotation mark stands here
     --> list.ron:1:16
      |
    1 | [Finish, Speak(“sorry”, Slow)]
      |                ^
      |
      = expected: a plain one: `"`
      = help: replace every “ of the list, and its partner

    error[unreadable-inputs]: A comma is missing before this
     --> list.ron:4:5
      |
    4 |     Nod,
      |     ^^^
      |
      = help: put a `,` between one thing and the next

    error[unreadable-inputs]: A comma is missing before this
     --> list.ron:1:24
      |
    1 | [Finish, Speak("sorry" Slow)]
      |                        ^^^^
      |
      = help: put a `,` between one thing and the next

    error[unreadable-inputs]: A name stands here without quotes
     --> list.ron:1:16
      |
    1 | [Finish, Speak(went-unheard, Slow)]
      |                ^^^^^^^^^^^^
      |
      = expected: a name in quotes: `"sorry"`

    error[unreadable-inputs]: A text begins here that never ends
     --> list.ron:1:17
      |
    1 | [Finish, Speak("sorry)]
      |                 ^^^^^
      |
      = help: put a `"` at its end

    error[unreadable-inputs]: The list stops in the middle
     --> list.ron:1:24
      |
    1 | [Finish, Speak("sorry")
      |                        ^
      |
      = expected: `]` at its end, and `)` behind an input

    error[unreadable-inputs]: More stands in these brackets than belongs there
     --> list.ron:1:38
      |
    1 | [Finish, Speak("sorry", Slow, Level, Level)]
      |                                      ^^^^^
      |
      = expected: `)`
    "#);
}

#[test]
fn an_input_that_says_too_much_or_too_little_is_shown_in_its_line() {
    let lists = [
        "[Finish, \"Nod\"]",
        "[Speak]",
        "[Listen(1)]",
        "[Reflect(one)]",
        "[Reflect(300)]",
        "Finish, Nod",
        "[Finish] Nod",
    ];
    insta::assert_snapshot!(lists.map(shown).join("\n"), @r#"
    error[unreadable-inputs]: This is no input
     --> list.ron:1:10
      |
    1 | [Finish, "Nod"]
      |          ^
      |
      = expected: a word without quotes, such as `Listen`

    error[unreadable-inputs]: This input says more in brackets
     --> list.ron:1:7
      |
    1 | [Speak]
      |       ^
      |
      = expected: `(`

    error[unreadable-inputs]: Nothing stands in brackets behind this input
     --> list.ron:1:8
      |
    1 | [Listen(1)]
      |        ^
      |
      = help: take the brackets away

    error[unreadable-inputs]: This is no number
     --> list.ron:1:10
      |
    1 | [Reflect(one)]
      |          ^^^
      |
      = expected: a whole number

    error[unreadable-inputs]: This number is out of its range
     --> list.ron:1:10
      |
    1 | [Reflect(300)]
      |          ^^^

    error[unreadable-inputs]: A list of inputs does not begin like this
     --> list.ron:1:1
      |
    1 | Finish, Nod
      | ^^^^^^
      |
      = expected: `[`

    error[unreadable-inputs]: Something stands behind the end of the list
     --> list.ron:1:10
      |
    1 | [Finish] Nod
      |          ^^^
      |
      = help: put it before the `]`, or take it away
    "#);
}

#[test]
fn what_an_editor_adds_is_no_mistake() {
    let list = read_inputs("list.ron", b"\xEF\xBB\xBF[\r\n    Finish, // Doris\r\n    Nod,\r\n]\r\n").unwrap();
    assert_eq!(list, [Verb::Finish.into(), Verb::Nod.into()]);
    let refused = read_inputs("list.ron", b"[Finish, Choose(\"caf\xE9\")]").unwrap_err();
    assert_eq!(refused.to_string(), "list.ron: error[not-utf8]: This file is not saved as UTF-8");
}

#[test]
fn every_spelling_that_is_told_is_read() {
    for (spelling, _) in SPELLINGS {
        assert_eq!(parse_inputs(&format!("[{spelling}]")).unwrap().len(), 1, "{spelling}");
    }
    let names: Vec<_> = SPELLINGS.iter().map(|(spelling, _)| spelling.split('(').next().unwrap()).collect();
    let known = parse_inputs("[Nothing]").unwrap_err().finding.expected.clone().unwrap();
    assert_eq!(known, format!("one of {}", names.join(", ")));
}

#[test]
fn too_many_inputs_are_refused() {
    let text = format!("[{}]", "Nod,".repeat(MAXIMUM_INPUTS + 1));
    assert!(parse_inputs(&text).unwrap_err().to_string().contains("more than 65536 inputs"));
}

#[test]
fn names_are_looked_up_where_the_run_stands() {
    assert_eq!(
        mistake(Mode::Steps, r#"[Finish, Speak("went-unhaerd")]"#),
        "input 2 of the list, Speak(\"went-unhaerd\"): there is no reply \"went-unhaerd\" at node \"waited-in\"; \
         expected one of \"went-unheard\", \"by-the-book\", \"sorry\" (did you mean \"went-unheard\"?)"
    );
    assert_eq!(
        mistake(Mode::Steps, r#"[Finish, Speak("ring-you")]"#),
        "input 2 of the list, Speak(\"ring-you\"): reply \"ring-you\" belongs to node \"and-now\", and this is \
         \"waited-in\"; expected one of \"went-unheard\", \"by-the-book\", \"sorry\""
    );
    assert_eq!(
        mistake(Mode::Steps, r#"[Finish, Speak("sorry"), Finish, Speak("ring-you"), File(["wrong-dor"])]"#),
        "input 5 of the list, File([\"wrong-dor\"]): there is no tile \"wrong-dor\" for this note; expected one of \
         \"wrong-door\", \"shouty\" (did you mean \"wrong-door\"?)"
    );
    assert_eq!(
        mistake(Mode::Steps, r#"[Finish, Speak("sorry"), Finish, Speak("ring-you"), File([]), Choose("home")]"#),
        "input 6 of the list, Choose(\"home\"): there is no choice \"home\" at diary event \"half-past-six\"; expected \
         one of \"ring-on-the-minute\", \"go-home\" (did you mean \"go-home\"?)"
    );
}

#[test]
fn what_does_not_fit_the_moment_is_refused_in_the_engines_words() {
    let check = |list: &str, end: &str| {
        let message = mistake(Mode::Steps, list);
        assert!(message.ends_with(end), "{message}");
    };
    check("[Speak(\"sorry\")]", "they are still speaking: let them finish, or interrupt first");
    check("[File([\"nothing\"])]", "the call is still on");
    check("[Choose(\"nothing\")]", "the call is still on");
    check("[At(5, Listen)]", "a clock time of 5 ms in steps mode, which has no clocks");
    let to_the_note = "Finish, Speak(\"sorry\"), Finish, Speak(\"ring-you\")";
    check(&format!("[{to_the_note}, Speak(\"nothing\")]"), "the note is to be written now, and nothing else");
    check(&format!("[{to_the_note}, Finish]"), "the note is to be written now, and nothing else");
    check(&format!("[{to_the_note}, At(5, File([]))]"), "leave `At` away here");
}

#[test]
fn one_list_plays_in_both_modes() {
    let list = parse_inputs(
        r#"[Finish, Finish, Speak("went-unheard", Slow), Finish, Speak("ring-you"), File(["wrong-door"]),
            Choose("ring-on-the-minute"), GoOn, Finish, Speak("goodbye"), File([])]"#,
    )
    .unwrap();
    for mode in [Mode::Steps, Mode::Timed] {
        let mut run = begin(mode);
        let inputs = play(&scenario(), &mut run, &list, &mut ()).unwrap();
        assert_eq!(run.stage, RunStage::Closed);
        assert_eq!(run_of(mode, &inputs), run);
    }
}

#[test]
fn a_mistake_leaves_the_run_before_it() {
    let mut run = begin(Mode::Steps);
    let error = play(&scenario(), &mut run, &parse_inputs("[Listen, Speak(\"sorry\")]").unwrap(), &mut ()).unwrap_err();
    assert_eq!(error.index, 1);
    assert_eq!(run, run_of(Mode::Steps, &[Input::Talk(dialogue::Input::step(Action::Listen))]));
}

proptest! {
    #[test]
    fn what_is_written_is_read(recorder in runs()) {
        let inputs = &recorder.attempt().inputs;
        prop_assert_eq!(&parse_inputs(&write_inputs(inputs)).unwrap(), inputs);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[A-Za-z0-9(),\\[\\]\" ]{0,60}") {
        let _ = parse_inputs(&text);
    }
}
