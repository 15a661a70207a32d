use proptest::prelude::*;

use super::*;
use crate::scenario::model::{Fact, Lapse};

fn facts(name: &str) -> Option<FactId> {
    ["wrong-door", "stall"].iter().position(|known| *known == name).map(FactId::at)
}

/// One line a phrase: its direction in brackets, its text, its words, then its marks.
fn shown(speech: &Speech) -> String {
    speech.phrases.iter().map(shown_phrase).collect::<Vec<_>>().join("\n")
}

fn shown_phrase(phrase: &Phrase) -> String {
    let direction = phrase.direction.as_ref().map_or_else(String::new, |direction| format!("[{direction}] "));
    let nod = match phrase.nod {
        Nod::Unmarked => "",
        Nod::Welcome => " welcome",
        Nod::Agrees => " agrees",
    };
    let facts: Vec<String> = phrase.facts.iter().map(|fact| format!(" fact{}", fact.0)).collect();
    let facts = facts.concat();
    let lapse = match phrase.lapse {
        None => String::new(),
        Some(Lapse::Seeded) => " lapse".to_owned(),
        Some(Lapse::Millis(millis)) => format!(" lapse{millis}"),
    };
    format!("{direction}{} ({}){nod}{facts}{lapse}", phrase.text, phrase.words)
}

fn check(text: &str, expect: &[&str]) {
    let (speech, problems) = parse_speech("id".to_owned(), text, &facts);
    assert_eq!(problems, [], "{text}");
    assert_eq!(shown(&speech), expect.join("\n"), "{text}");
}

fn check_problem(text: &str, rule: &str, part: &str, words: &str) {
    let (_, problems) = parse_speech("id".to_owned(), text, &facts);
    let [problem] = &problems[..] else { panic!("{text}: {problems:?}") };
    assert_eq!(problem.rule, rule, "{text}");
    assert!(rules::is_listed(problem.rule));
    assert_eq!(&text[problem.bytes.clone()], part, "{text}");
    assert!(problem.message.contains(words), "{text}: {}", problem.message);
}

#[test]
fn a_phrase_ends_with_its_sentence() {
    check(
        "I stayed in all day. And then it buzzed to say you came! Do you see what I mean? I waited from eight… “I was in all day.” So there it is.",
        &[
            "I stayed in all day. (5)",
            "And then it buzzed to say you came! (8)",
            "Do you see what I mean? (6)",
            "I waited from eight… (4)",
            "“I was in all day.” (5)",
            "So there it is. (4)",
        ],
    );
}

#[test]
fn numbers_and_abbreviations_end_nothing() {
    check(
        "It cost 4.50 at the door of Mr. Adeyemi of St. Mary's.",
        &["It cost 4.50 at the door of Mr. Adeyemi of St. Mary's. (12)"],
    );
    check("The photo shows door no. 14 and not mine.", &["The photo shows door no. 14 and not mine. (9)"]);
    check("I said so and they said no. 14 I said again.", &["I said so and they said no. 14 I said again. (11)"]);
    check("I asked and they said no. That was the end.", &["I asked and they said no. (6)", "That was the end. (4)"]);
}

#[test]
fn short_phrases_join_their_neighbours() {
    check("Right. I see. So what happens to me now?", &["Right. I see. So what happens to me now? (9)"]);
    check("So what happens to me now? Well?", &["So what happens to me now? Well? (7)"]);
    check("Right. ~ So what happens to me now?", &["Right. (1) welcome", "So what happens to me now? (6)"]);
    check("Now I wait here. || Well?", &["Now I wait here. (4) lapse", "Well? (1)"]);
    check("No.", &["No. (1)"]);
}

#[test]
fn lapses_end_phrases_and_may_be_timed() {
    check(
        "I would have || heard it ||4.0 or not ||0.25",
        &["I would have (3) lapse", "heard it (2) lapse4000", "or not (2) lapse250"],
    );
    check("I would have heard it. ||", &["I would have heard it. (5) lapse"]);
    check("I would have heard ||1.5.", &["I would have heard. (4) lapse1500"]);
    check("[silence] || I would have heard it.", &["[silence]  (0) lapse", "I would have heard it. (5)"]);
}

#[test]
fn a_shout_is_not_an_insult() {
    check("Thieves!~", &["Thieves! (1) welcome"]);
    check("Thieves! ~", &["Thieves! (1) welcome"]);
    check("Thieves! !~", &["Thieves! (1) agrees"]);
    check("Thieves!!~", &["Thieves! (1) agrees"]);
    check("You people lie.!~ Every one.", &["You people lie. (3) agrees", "Every one. (2)"]);
    check("“You people lie.”!~", &["“You people lie.” (3) agrees"]);
    check("You never read it {wrong-door}!~", &["You never read it (4) agrees fact0"]);
}

#[test]
fn facts_belong_to_the_phrase_they_stand_in() {
    check(
        "It was no. 14 {wrong-door}, not mine. I have a stall. {stall}",
        &["It was no. 14, not mine. (6) fact0", "I have a stall. (4) fact1"],
    );
    check("{stall} I have a stall.", &["I have a stall. (4) fact1"]);
    check("Cakes {stall}. On Saturday I sell them.", &["Cakes. (1) fact1", "On Saturday I sell them. (5)"]);
}

#[test]
fn directions_belong_to_what_begins_after_them() {
    check(
        "[eyes on the envelope] I have it here. [she sighs]",
        &["[eyes on the envelope] I have it here. (4)", "[she sighs]  (0)"],
    );
    check("Yes. [a door] [steps] I have it here.", &["Yes. (1)", "[a door; steps] I have it here. (4)"]);
}

#[test]
fn problems_say_where_and_what() {
    check_problem("", rules::EMPTY_TEXT, "", "empty");
    check_problem("  ", rules::EMPTY_TEXT, "  ", "empty");
    check_problem("|| So then.", rules::MALFORMED_MARK, "||", "before anything");
    check_problem("So ||4 then.", rules::MALFORMED_MARK, "||4", "not a lapse");
    check_problem("So | then.", rules::MALFORMED_MARK, "|", "not a lapse");
    check_problem("So ||| then.", rules::MALFORMED_MARK, "|||", "not a lapse");
    check_problem("So ||0.1 then.", rules::MALFORMED_MARK, "||0.1", "not a lapse");
    check_problem("So ||20.5 then.", rules::MALFORMED_MARK, "||20.5", "not a lapse");
    check_problem("So ||then.", rules::MALFORMED_MARK, "||then", "not a lapse");
    check_problem("So || || then.", rules::MALFORMED_MARK, "||", "side by side");
    check_problem("So {wrong-door then.", rules::MALFORMED_MARK, "{", "never closed");
    check_problem("So [a sigh then.", rules::MALFORMED_MARK, "[", "never closed");
    check_problem("So } then.", rules::MALFORMED_MARK, "}", "closes nothing");
    check_problem("So [] then.", rules::MALFORMED_MARK, "[]", "nothing");
    check_problem("Thank you, {name}.", rules::UNKNOWN_FACT, "name", "`name`");
    check_problem("About ~20 of them.", rules::MALFORMED_MARK, "~", "in front of a word");
    check_problem("~ So then.", rules::MALFORMED_MARK, "~", "before anything");
    check_problem("So then. ~ !~", rules::MALFORMED_MARK, "!~", "Two nod marks");
    check_problem(&"a || ".repeat(9), rules::MALFORMED_MARK, "||", "more than 8");
    let long = "word ".repeat(900);
    check_problem(&long, rules::TEXT_TOO_LONG, &long, "4500 bytes");
}

#[test]
fn words_are_what_holds_a_letter_or_a_digit() {
    assert_eq!(count_words("So — you're 4.50 short, Ms Quint?"), 6);
    assert_eq!(count_words("Four-word gist"), 2);
    assert_eq!(count_words(" … "), 0);
}

proptest! {
    #[test]
    fn plain_text_has_no_marks_left(pieces in prop::collection::vec(
        prop::sample::select(vec!["I", "waited", "in.", "Thieves!", "and", "“So.”", "||", "||2.5", "~", "!~", "{stall}", "[a sigh]", "…", "é"]),
        0..30,
    )) {
        let text = pieces.join(" ");
        let (speech, _) = parse_speech(String::new(), &text, &facts);
        let plain = speech.plain();
        prop_assert!(!plain.contains(['|', '~', '{', '}', '[', ']']), "{plain}");
        let words: Vec<&str> = pieces.iter().copied().filter(|piece| is_word(piece) && !piece.starts_with(['|', '{', '['])).collect();
        let kept: Vec<&str> = plain.split_whitespace().filter(|word| is_word(word)).collect();
        prop_assert_eq!(kept.len(), words.len());
        let counted: usize = speech.phrases.iter().map(|phrase| usize::from(phrase.words)).sum();
        prop_assert_eq!(counted, words.len());
        // What is plain stays as it is.
        let (again, problems) = parse_speech(String::new(), &plain, &facts);
        prop_assert_eq!(again.plain(), plain.clone());
        prop_assert!(plain.is_empty() || problems.is_empty());
    }

    /// Words of plain letters are taken many at a time, others one by one. A letter right behind a lapse is none of these.
    #[test]
    fn plain_letters_are_cut_as_others_are(pieces in prop::collection::vec(
        prop::sample::select(vec![
            " ", " ", " ", "  ", "\n", "e", "were", "he's,", "been-there", "4e", "-e", "e;", "Well.", "e!", "…", "|| ", "||2.5 ",
            "~", "!~", "{stall}", "[a fence]",
        ]),
        0..30,
    )) {
        let plain = pieces.concat();
        let (speech, _) = parse_speech(String::new(), &plain, &facts);
        let (mut other, _) = parse_speech(String::new(), &plain.replace('e', "é"), &facts);
        for phrase in &mut other.phrases {
            phrase.text = phrase.text.replace('é', "e");
            phrase.direction = phrase.direction.take().map(|direction| direction.replace('é', "e"));
        }
        prop_assert_eq!(speech, other);
    }

    #[test]
    fn words_of_plain_letters_are_counted_as_others_are(text in "[ -~\t\n\x0b\x0c\r\x1c]{0,40}") {
        let words = text.split_whitespace().filter(|word| is_word(word)).count();
        prop_assert_eq!(usize::from(count_words(&text)), words);
    }

    #[test]
    fn no_text_breaks_the_cutter(text in "#?[a-zA-Z .!?…~|{}\\[\\]0-9é”\"\n-]{0,60}") {
        let (_, problems) = parse_speech(String::new(), &text, &facts);
        for problem in problems {
            prop_assert!(text.get(problem.bytes).is_some());
        }
        prop_assert!(text.ends_with(unnamed(&text).trim_start()));
    }

    #[test]
    fn a_name_changes_nothing_that_is_said(text in "[a-zA-Z .!?…~|{}\\[\\]0-9é”\"\n-]{0,60}", name in "[a-z][a-z0-9]{0,8}") {
        let named = format!("#{name} {text}");
        prop_assert_eq!(&unnamed(&named), &text);
        prop_assert_eq!(LineName::of(&named).unwrap().name, &name);
        let (bare, bare_problems) = parse_speech(String::new(), &text, &facts);
        let (speech, problems) = parse_speech(String::new(), &named, &facts);
        prop_assert_eq!(speech, bare);
        prop_assert_eq!(problems.len(), bare_problems.len());
    }

    #[test]
    fn a_line_that_is_written_out_reads_the_same(pieces in prop::collection::vec(
        prop::sample::select(vec!["I", "waited", "in.", "Thieves!", "and", "“So.”", "||", "||2.5", "||10.25", "~", "!~", "{stall}", "{wrong-door}", "[a sigh]", "…", "é", "no.", "14"]),
        0..30,
    )) {
        let (speech, _) = parse_speech(String::new(), &pieces.join(" "), &facts);
        let named = ["wrong-door", "stall"].map(|name| Fact { name: name.to_owned(), text: String::new() });
        let written = marked(&speech, &named);
        let (again, problems) = parse_speech(String::new(), &written, &facts);
        prop_assert!(problems.is_empty() || written.is_empty(), "{problems:?}");
        prop_assert_eq!(again, speech, "{}", written);
    }
}

#[test]
fn a_name_is_neither_shown_nor_counted() {
    check("#rang-twice I rang you. ~ Twice.", &["I rang you. (3) welcome", "Twice. (1)"]);
    check("  #rang\n  I rang you and I rang you.", &["I rang you and I rang you. (7)"]);
    check("#silence [silence] || So then it is.", &["[silence]  (0) lapse", "So then it is. (4)"]);
    // Only what stands first is one; behind it, or in a sentence, a `#` is a `#`.
    check("#their-door #41 is what it says.", &["#41 is what it says. (5)"]);
    check("It says #41 on my door.", &["It says #41 on my door. (6)"]);
    check("[reads] #ring me back now", &["[reads] #ring me back now (4)"]);
    check_problem("#rang ~ So then.", rules::MALFORMED_MARK, "~", "before anything");
    check_problem("#rang So {name}.", rules::UNKNOWN_FACT, "name", "`name`");
    check_problem("#rang", rules::EMPTY_TEXT, "#rang", "empty");
    // The name does not make a text too long.
    let text = format!("#rang {}", "a".repeat(TEXT_LIMIT));
    assert_eq!(parse_speech(String::new(), &text, &facts).1, []);
}

#[test]
fn a_name_that_is_none_is_told() {
    check_problem("#Rang So then.", rules::ID_SPELLING, "Rang", "`Rang` is not spelt");
    check_problem("#rang. So then.", rules::ID_SPELLING, "rang.", "`rang.` is not spelt");
    check_problem("#14 is not my door.", rules::ID_SPELLING, "14", "only a number");
    check_problem("# So then.", rules::ID_SPELLING, "#", "empty");
}

#[test]
fn a_text_without_its_name_is_what_stood_before_it_was_named() {
    for (named, bare) in [
        ("I rang.", "I rang."),
        ("#rang I rang.", "I rang."),
        ("  #rang I rang.", "  I rang."),
        ("#rang #14.", "#14."),
        ("#rang", ""),
    ] {
        assert_eq!(unnamed(named), bare);
    }
}
