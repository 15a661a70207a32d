use super::*;

/// The sample with one more reply at its first node, under a condition.
fn with_condition(when: &str) -> String {
    let text = super::edits::with_reply(SATURDAY, "waited-in", "later", "nobody-asked").unwrap();
    text.replacen("acts: [OpenQuestion], why", &format!("when: {when}, acts: [OpenQuestion], why"), 1)
}

fn why(text: &str, edits: &[Edit]) -> (Live, Part) {
    let mut live = live(text);
    for edit in edits {
        live.edit(*edit);
    }
    live.hear_out();
    let Stage::Answering(replies) = &live.now().stage else { panic!("they have finished") };
    let hidden = replies.hidden.iter().find(|hidden| hidden.name == "later").expect("it is hidden");
    let why = hidden.why.clone();
    (live, why)
}

#[track_caller]
fn check(when: &str, edits: &[Edit], expected: &[&str]) {
    let (_, why) = why(&with_condition(when), edits);
    let rows = why.rows().into_iter().map(|(depth, part)| {
        let mark = match (part.is_in_the_way, part.holds) {
            (true, _) => "x",
            (false, true) => "+",
            (false, false) => "-",
        };
        format!("{}{mark} {}", "  ".repeat(depth), part.words)
    });
    assert_eq!(rows.collect::<Vec<_>>(), expected);
}

#[test]
fn the_false_part_is_marked_with_its_value() {
    check("Anger(below: 60)", &[], &["x Anger is 72, must be below 60"]);
    check(
        "All([Reached(\"waited-in\"), Anger(below: 60)])",
        &[Edit::Meter(Meter::Anger, 7_216)],
        &["x All of these", "  + “waited-in” was reached: so it is now", "  x Anger is 72.16, must be below 60"],
    );
    check(
        "Any([Anger(below: 60), Flag(\"hoped-it-fits\")])",
        &[],
        &["x One of these at least", "  x Anger is 72, must be below 60", "  x “hoped-it-fits” is set: not so now"],
    );
    check(
        "Not(Any([Trust(from: 20), Flag(\"hoped-it-fits\")]))",
        &[],
        &[
            "x Not",
            "  x One of these at least",
            "    x Trust is 30, must not be 20 or more",
            "    - “hoped-it-fits” is set: not so now",
        ],
    );
    check("Promised(\"callback\")", &[], &["x The promise “callback” is not made, must be made"]);
    check("Used(act: BareApology, times: 2)", &[], &["x Bare apology was used never, must be 2 times or more"]);
}

#[test]
fn a_part_leads_to_its_place_in_the_text() {
    let text = with_condition("All([Reached(\"waited-in\"), Anger(below: 60)])");
    let (_, why) = why(&text, &[]);
    let place = place_of(&text, &why.parts[1].path).expect("it stands there");
    assert!(text[place.start..].starts_with("Anger(below: 60)"), "{}", &text[place.start..place.start + 30]);
}

#[test]
fn the_caret_is_in_a_node_and_the_node_in_the_text() {
    let live = live(SATURDAY);
    let place = place_of(SATURDAY, &live.now().place).expect("the node stands there");
    assert_eq!(&SATURDAY[place.clone()], "\"waited-in\"");
    assert_eq!(node_at(SATURDAY, place.start), Some((0, "waited-in".to_owned())));
    let inside = SATURDAY.find("nineteen-minutes-loud").unwrap();
    assert_eq!(node_at(SATURDAY, inside), Some((0, "nobody-asked".to_owned())));
    assert_eq!(node_at(SATURDAY, 10), None);
    let (encounter, node) = find(&live.now().scenario, 0, "nobody-asked").unwrap();
    assert_eq!(live.now().scenario.encounter(encounter).node(node).name, "nobody-asked");
}

#[test]
fn where_no_condition_holds_all_replies_are_on_offer_and_it_is_said() {
    let node = "{ Paraphrase: 2, NameImpact: 2, OpenQuestion: 1 }";
    assert!(SATURDAY.contains(node));
    let mut text = SATURDAY.to_owned();
    let at = text.find("\"nobody-asked\": Node(").unwrap();
    let mut first = text[..at].to_owned();
    first = first.replace("acts: [", "when: Flag(\"hoped-it-fits\"), acts: [");
    text = format!("{first}{}", &text[at..]);
    let mut live = live(&text);
    live.hear_out();
    let Stage::Answering(replies) = &live.now().stage else { panic!("they have finished") };
    assert!(replies.are_all_hidden);
    assert_eq!(replies.offered.len(), 4);
}

#[test]
fn the_lines_of_the_node_are_told_with_why() {
    let mut live = live(SATURDAY);
    live.say("went-back-over-it");
    let lines = &live.now().lines;
    assert_eq!(lines.iter().filter(|line| line.is_said).count(), 1);
    let loud = &lines[0];
    assert!(loud.why.is_some() && lines.last().unwrap().why.is_none());
    let place = place_of(SATURDAY, &loud.why.as_ref().unwrap().path).unwrap();
    assert!(SATURDAY[place.start..].starts_with("Anger(from: 70)"));
}
