use super::*;
use crate::scenario::finding::{Level, Part};
use crate::scenario::id::{EncounterId, TileId};
use crate::scenario::model::{Condition, Meter, Target};

const SAMPLE: &str = include_str!("sample.ron");

fn document(text: &str) -> format::Scenario {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

/// The sample with each `(old, new)` replaced where it stands first.
fn edited(edits: &[(&str, &str)]) -> Resolved {
    let mut text = SAMPLE.to_owned();
    for (old, new) in edits {
        assert!(text.contains(old), "the sample has no {old}");
        text = text.replacen(old, new, 1);
    }
    let resolved = resolve(&document(&text), &Unread::default());
    for finding in &resolved.findings {
        assert!(rules::is_listed(finding.rule), "{} is not in the table", finding.rule);
    }
    let fails = resolved.findings.iter().any(|finding| finding.level == Level::Error);
    assert_eq!(resolved.scenario.is_none(), fails);
    resolved
}

/// Holds that the edits bring exactly these findings: `rule at path`, a `!` before an error.
fn check(edits: &[(&str, &str)], expect: &[&str]) {
    let resolved = edited(edits);
    let found: Vec<String> = resolved
        .findings
        .iter()
        .map(|finding| {
            let mark = if finding.level == Level::Error { "!" } else { "" };
            format!("{mark}{} at {}", finding.rule, finding.path)
        })
        .collect();
    assert_eq!(found, expect, "{:#?}", resolved.findings);
}

/// Holds what the first finding says, helps and points at.
fn check_words(edits: &[(&str, &str)], message: &str, help: &str, part: &Part) {
    let resolved = edited(edits);
    let finding = &resolved.findings[0];
    assert_eq!(finding.message, message);
    assert_eq!(finding.help.as_deref().unwrap_or_default(), help);
    assert_eq!(finding.part, *part);
}

#[test]
fn a_sound_document_gives_a_scenario_and_no_finding() {
    let resolved = edited(&[]);
    assert_eq!(resolved.findings, []);
    let scenario = resolved.scenario.unwrap();
    assert_eq!(scenario.customer.address, "Marisol Quint");
    assert_eq!(scenario.skill_weights, [20; 5]);
    let call = &scenario.encounters[0];
    assert_eq!(call.title, "Before Saturday");
    assert_eq!(call.nodes[0].replies, 0..2);
    assert_eq!(call.nodes[1].replies, 2..3);
    assert_eq!(call.replies[2].to, Target::Ending(crate::scenario::id::EndingId(0)));
    assert_eq!(call.replies[0].shows, [4, 1]);
    assert_eq!(call.nodes[0].lines.len(), 2);
    assert_eq!(call.nodes[0].lines[1].when, None);
    assert_eq!(call.nodes[0].lines[1].variants[0].id, "call/waited-in/says");
    assert_eq!(call.nodes[0].lines[0].variants[0].id, "call/waited-in/says_when");
    assert_eq!(call.nodes[0].lines[0].when, Some(Condition::Meter(Meter::Anger, 6000, i32::MAX)));
    assert_eq!(call.nodes[0].volunteers.as_ref().unwrap().after, 1500);
    assert_eq!(call.nodes[0].bait.as_ref().unwrap().lapse, 0);
    assert_eq!(call.diary[0].choices[1].fulfils.len(), 1);
    let key = blake3::hash(b"before-saturday/call/waited-in/went-unheard");
    assert_eq!(call.replies[0].key.to_le_bytes(), key.as_bytes()[..8]);
}

#[test]
fn an_act_of_the_other_side_of_the_desk_is_found() {
    let replies = r#"encounters[0].nodes["waited-in"].replies"#;
    let acts = |place: usize| format!("!wrong-side at {replies}[{place}].acts[0]");
    let turned = (r#"id: "call", start"#, r#"id: "call", turned: true, start"#);
    check(&[("acts: [ParaphraseRight]", "acts: [Vent]")], &[&acts(0)]);
    check(&[turned, ("acts: [ParaphraseRight]", "acts: [Vent]")], &[&acts(1)]);
    check(&[turned, ("acts: [PrematureSolution]", "acts: [Threaten, Compromise]")], &[]);
    // A start answers the encounter before it, and so does what was used there.
    let used = (r#"Noted("photo")"#, "Used(act: Thank)");
    let start = "!wrong-side at encounters[1].starts[0].when.Any[0].Used.act";
    check(&[used], &[start]);
    check(&[turned, used, ("acts: [PrematureSolution]", "acts: [Thank]")], &[]);
    check_words(
        &[("acts: [ParaphraseRight]", "acts: [NameIdeal]")],
        "`NameIdeal` is for a customer to do, but here the trainee is the agent",
        "did you mean `AskIdeal`?",
        &Part::Value,
    );
    check_words(
        &[turned],
        "`PrematureSolution` is for an agent to do, but here the trainee is the customer",
        "did you mean `OneAsk`?",
        &Part::Value,
    );
    check_words(
        &[turned, ("acts: [PrematureSolution]", "acts: [OverGive]")],
        "`OverGive` is for an agent to do, but here the trainee is the customer",
        "take it out, or take `turned: true` out of the encounter",
        &Part::Value,
    );
}

#[test]
fn what_is_noted_is_asked_of_the_note_that_is_at_hand() {
    let welcome = r#"Good to hear you.", when: Flag("sent")"#;
    let asks = |tile: &str| format!(r#"Good to hear you.", when: All([Flag("sent"), Noted("{tile}")])"#);
    let own = (r#"nodes: { "hello""#, r#"note: [(id: "second", text: "Second", kind: Fact)], nodes: { "hello""#);
    // While people talk, that is the note of the encounter before.
    check(&[(welcome, &asks("photo")), own], &[]);
    let reply = r#"encounters[1].nodes["hello"].replies[0].when.All[1].Noted"#;
    check(&[(welcome, &asks("second")), own], &[&format!("!unknown-tile at {reply}")]);
    let scenario = edited(&[(welcome, &asks("photo")), own]).scenario.unwrap();
    let asked = Condition::Noted(EncounterId(0), TileId(0));
    let Some(Condition::All(parts)) = &scenario.encounters[1].replies[0].when else { panic!("two conditions") };
    assert_eq!(parts[1], asked);
    // Before the first note there is none.
    check_words(
        &[(r#"id: "book-again""#, r#"id: "book-again", when: Noted("photo")"#)],
        "`photo` is looked for in the encounter before this one, but this is the first",
        "no note has been written yet; ask in the diary, or in a later encounter",
        &Part::Value,
    );
    // The diary comes after the note of its own encounter.
    check(&[(r#"id: "friday", "#, r#"id: "friday", when: Noted("photo"), "#)], &[]);
}

#[test]
fn every_name_that_leads_nowhere_is_found() {
    let node = r#"encounters[0].nodes["waited-in"]"#;
    let reply = format!("{node}.replies[0]");
    let cases = [
        (r#"to: "nobody-asked", to_when"#, r#"to: "nobody-askd", to_when"#, "unknown-target", format!("{reply}.to")),
        (r#"to: "gone""#, r#"to: "x""#, "unknown-target", format!("{reply}.to_when[0].to")),
        (r#"start: "waited-in""#, r#"start: "x""#, "unknown-node", "encounters[0].start".to_owned()),
        (r#"credits: "nobody-asked""#, r#"credits: "x""#, "unknown-node", format!("{node}.volunteers.credits")),
        (r#"fact: "stall""#, r#"fact: "x""#, "unknown-fact", format!("{node}.volunteers.fact")),
        (r#"fact: "wrong-door""#, r#"fact: "x""#, "unknown-fact", "encounters[0].note[0].fact".to_owned()),
        ("{wrong-door}", "{wrong-dor}", "unknown-fact", format!("{reply}.answer[0]")),
        (r#"reveals: "went-unheard""#, r#"reveals: "ring-friday""#, "unknown-reply", format!("{node}.reflect.reveals")),
        (r#"meets: ["record"]"#, r#"meets: ["record", "x"]"#, "unknown-need", format!("{reply}.meets[1]")),
        (
            r#"Chose("went-unheard")"#,
            r#"Chose("x")"#,
            "unknown-reply",
            "encounters[0].compromise_arms.All[0].Chose".to_owned(),
        ),
        (r#"Noted("photo")"#, r#"Noted("x")"#, "unknown-tile", "encounters[1].starts[0].when.Any[0].Noted".to_owned()),
        (
            r#"Kept("callback")"#,
            r#"Kept("x")"#,
            "unknown-promise",
            "encounters[1].starts[0].when.Any[1].Kept".to_owned(),
        ),
        (
            r#"{ "callback": Kept }"#,
            r#"{ "callback": Kept, "x": Kept }"#,
            "unknown-promise",
            r#"encounters[0].diary[0].choices[0].fulfils["x"]"#.to_owned(),
        ),
        (
            "acts: [],",
            r#"acts: [], sets: ["x"],"#,
            "unknown-flag",
            r#"encounters[1].nodes["hello"].replies[0].sets[0]"#.to_owned(),
        ),
    ];
    for (old, new, rule, path) in cases {
        let resolved = edited(&[(old, new)]);
        let found: Vec<String> = resolved
            .findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
            .map(|finding| format!("{} at {}", finding.rule, finding.path))
            .collect();
        assert_eq!(found, [format!("{rule} at {path}")], "{new}");
    }
}

#[test]
fn a_wrong_name_is_told_in_plain_words() {
    check_words(
        &[(r#"to: "nobody-asked", to_when"#, r#"to: "nobody-askd", to_when"#)],
        "No node or ending of the encounter `call` is called `nobody-askd`",
        "did you mean `nobody-asked`?",
        &Part::Value,
    );
    check_words(
        &[(r#"Noted("photo")"#, r#"Noted("shouty")"#)],
        "No note tile of the encounter `call` is called `shouty`",
        "there are `photo`",
        &Part::Value,
    );
    check_words(
        &[("{wrong-door}", "{wrong-dor}")],
        "No fact is called `wrong-dor`",
        "did you mean `wrong-door`?",
        &Part::Text(28..37),
    );
    check_words(
        &[(r#""nobody-asked": Node("#, r#""waited-in": Node("#)],
        "Two nodes are called `waited-in`: no. 1 of the list and no. 2",
        "give one of them another name, such as `waited-in-2`",
        &Part::Key,
    );
    check_words(
        &[(r#"id: "book-again""#, r#"id: "went-unheard""#)],
        "Two replies of this encounter are called `went-unheard`: one in the node `waited-in` and one in `waited-in`",
        "give one of them another name, such as `waited-in-went-unheard`",
        &Part::Value,
    );
}

#[test]
fn names_that_stand_twice_are_found() {
    check(&[(r#"flags: ["sent"]"#, r#"flags: ["sent", "sent"]"#)], &["!duplicate-name at flags[1]"]);
    check(
        &[(r#""stall": "She"#, r#""wrong-door": "x", "stall": "She"#)],
        &[r#"!duplicate-name at facts["wrong-door"]"#],
    );
    check(&[(r#"id: "again""#, r#"id: "call""#)], &["!duplicate-name at encounters[1].id"]);
    check(&[(r#"id: "leave-it""#, r#"id: "ring""#)], &["!duplicate-name at encounters[0].diary[0].choices[1].id"]);
    check(
        &[("Paraphrase: 2, OpenQuestion", "Paraphrase: 2, Paraphrase: 2, OpenQuestion")],
        &[r#"!duplicate-name at encounters[0].nodes["waited-in"].weigh["Paraphrase"]"#],
    );
    check(
        &[(r#""gone": (text"#, r#""waited-in": (text"#), (r#"to: "gone""#, r#"to: "done""#)],
        &[r#"!duplicate-name at encounters[0].endings["waited-in"]"#],
    );
    let twice = edited(&[(r#""stall": "She"#, r#""wrong-door": "x", "stall": "She"#)]);
    assert_eq!(twice.findings[0].path.0[1], crate::scenario::finding::Step::Key("wrong-door".to_owned(), 1));
}

#[test]
fn numbers_have_bounds() {
    check(&[("difficulty: 2", "difficulty: 6")], &["!out-of-range at difficulty"]);
    check(&[("anger: 40", "anger: 101")], &["!out-of-range at customer.mood.anger"]);
    check(&[("outcome: 35", "outcome: 30")], &["!out-of-range at customer.focus"]);
    check(&[("weight: 60", "weight: 70")], &["!out-of-range at needs"]);
    check(&[("core: true", "core: true, weight: 4")], &[r#"!out-of-range at promises["callback"].weight"#]);
    check(
        &[("Anger(from: 60)", "Anger(from: 60, below: 60)")],
        &[r#"!out-of-range at encounters[0].nodes["waited-in"].says_when[0].when.Anger"#],
    );
    check(
        &[("Trust(from: 40)", "Trust(below: 101)")],
        &["!out-of-range at encounters[0].compromise_arms.All[1].Trust.below"],
    );
    check(
        &[("OpenQuestion: 1 },\n                    reflect", "OpenQuestion: 4 },\n                    reflect")],
        &[r#"!out-of-range at encounters[0].nodes["waited-in"].weigh["OpenQuestion"]"#],
    );
    check(
        &[("Paraphrase: 4", "Paraphrase: 5")],
        &[r#"!out-of-range at encounters[0].nodes["waited-in"].replies[0].shows["Paraphrase"]"#],
    );
    check(
        &[(
            "flags:",
            "skill_weights: (listening: 10, calm_tone: 20, empathy: 20, needs_assessment: 20, follow_through: 20), flags:",
        )],
        &["!out-of-range at skill_weights.listening"],
    );
}

#[test]
fn what_falls_due_has_a_time() {
    check(
        &[("due: \"Fri 18:30\"", "due: \"whenever 99:99\""), ("at: \"Fri 18:00\"", "at: \"Teatime\"")],
        &[r#"unreadable-time at promises["callback"].due"#, "unreadable-time at encounters[0].diary[0].at"],
    );
    check_words(&[("due: \"Fri 18:30\"", "due: \"Later\"")], "`Later` is not read as a time", "", &Part::Value);
    check(&[("due: \"Fri 18:30\"", "due: \" \"")], &[r#"!empty-text at promises["callback"].due"#]);
    check(&[("due: \"Fri 18:30\"", "due: \"Fri 11 July\"")], &[]);
}

#[test]
fn the_parts_of_a_node_have_to_fit() {
    let node = r#"encounters[0].nodes["waited-in"]"#;
    check(
        &[("Paraphrase: 4", "Paraphrase: 4, Validate: 1")],
        &[&format!("!shows-unweighed at {node}.replies[0].shows[\"Validate\"]")],
    );
    check(&[("Paraphrase: 2", "Note: 1, Paraphrase: 2")], &[&format!("!engine-indicator at {node}.weigh[\"Note\"]")]);
    check(&[("flaw: PrematureSolution", "flaw: RaisedVoice")], &[&format!("!engine-flaw at {node}.replies[1].flaw")]);
    check(&[("bait: (", "bait: (lapse: 2, ")], &[&format!("!bait-without-lapse at {node}.bait.lapse")]);
    check(&[("nothing. ||", "nothing.")], &[&format!("bait-without-lapse at {node}.bait")]);
    check(&[(r#""She is joking"]"#, "]")], &[&format!("!reading-count at {node}.reflect.wrong")]);
    check(&[(r#" subtext: "I am not a liar.","#, "")], &[&format!("missing-subtext at {node}.reflect.reveals")]);
    check(
        &[("acts: [],", r#"acts: [], coach: " ","#)],
        &[r#"!empty-text at encounters[1].nodes["hello"].replies[0].coach"#],
    );
    check(
        &[("Any([Noted(\"photo\"), Kept(\"callback\")])", "Any([])")],
        &["!empty-condition at encounters[1].starts[0].when"],
    );
    check(
        &[(r#"gist: "Book another visit""#, r#"gist: "Book it""#)],
        &[&format!("gist-length at {node}.replies[1].gist")],
    );
    check(
        &[(r#"says: ["Nobody"#, r#"tempt: [LetFinish, CalmDelivery], says: ["Nobody"#)],
        &[
            r#"free-temptation at encounters[0].nodes["nobody-asked"].tempt[0]"#,
            r#"free-temptation at encounters[0].nodes["nobody-asked"].tempt[1]"#,
        ],
    );
    check(
        &[(r#"id: "photo""#, r#"id: "The photo""#), (r#"Noted("photo")"#, "CutOff")],
        &["!id-spelling at encounters[0].note[0].id"],
    );
}

#[test]
fn a_node_offers_one_to_sixteen_replies() {
    let reply = |count: usize| {
        let replies = (0..count).map(|index| {
            format!(r#"Reply(id: "r{index}", gist: "Three words here", text: "x", acts: [], why: "x", hears: "x", to: "bye"),"#)
        });
        let text = SAMPLE.to_owned();
        let start = text
            .find(
                r#"replies: [Reply(
                    id: "welcome""#,
            )
            .unwrap();
        let end = text[start..].find(")],").unwrap() + start;
        format!("{}replies: [{}{}", &text[..start], replies.collect::<String>(), &text[end + 1..])
    };
    let rules = |count| {
        resolve(&document(&reply(count)), &Unread::default())
            .findings
            .into_iter()
            .map(|finding| finding.rule)
            .collect::<Vec<_>>()
    };
    assert_eq!(rules(0), [rules::REPLY_COUNT, rules::FLAG_NEVER_READ]);
    assert_eq!(rules(16), [rules::FLAG_NEVER_READ]);
    assert_eq!(rules(17), [rules::REPLY_COUNT, rules::FLAG_NEVER_READ]);
}

#[test]
fn what_is_there_for_nothing_is_found() {
    check(&[("fact: \"stall\"", "fact: \"wrong-door\"")], &[r#"unused-fact at facts["stall"]"#]);
    check(&[(" {wrong-door}.", ".")], &[r#"fact-never-revealed at facts["wrong-door"]"#]);
    check(&[("when: Flag(\"sent\"), ", "")], &["flag-never-read at flags[0]"]);
    check(&[(" sets: [\"sent\"],", "")], &["flag-never-set at flags[0]"]);
    check(&[("meets: [\"cold\"], ", "")], &[r#"need-never-met at needs["cold"]"#]);
    check(&[("promises: [\"callback\"], ", "")], &[r#"!promise-never-made at promises["callback"]"#]);
    check(
        &[("{ \"callback\": Kept }", "{}"), ("{ \"callback\": Broken }", "{}")],
        &[r#"!promise-never-matures at promises["callback"]"#],
    );
    check(
        &[(", to_when: [(when: CutOff, to: \"gone\")]", "")],
        &[r#"unreachable-ending at encounters[0].endings["gone"]"#],
    );
    check(
        &[(r#"start: "waited-in""#, r#"start: "nobody-asked""#)],
        &[
            r#"unreachable-node at encounters[0].nodes["waited-in"]"#,
            r#"unreachable-ending at encounters[0].endings["gone"]"#,
        ],
    );
}

#[test]
fn starts_look_back_and_the_first_has_nothing_behind_it() {
    check(
        &[(r#"start: "waited-in","#, r#"start: "waited-in", starts: [(when: Chose("welcome"))],"#)],
        &["useless-start at encounters[0].starts", "!unknown-reply at encounters[0].starts[0].when.Chose"],
    );
    check(
        &[(r#"Noted("photo")"#, r#"Chose("welcome")"#)],
        &["!unknown-reply at encounters[1].starts[0].when.Any[0].Chose"],
    );
}

#[test]
fn a_warning_can_be_allowed_with_a_reason() {
    let unread = ("when: Flag(\"sent\"), ", "");
    let allow = |list: &str| format!("allow: [{list}], flags:");
    let with = |list: &str, expect: &[&str]| check(&[unread, ("flags:", &allow(list))], expect);
    with(r#"(rule: "flag-never-read", because: "later")"#, &[]);
    with(r#"(rule: "flag-never-read", at: "sent", because: "later")"#, &[]);
    with(
        r#"(rule: "flag-never-read", at: "other", because: "later")"#,
        &["flag-never-read at flags[0]", "unused-allow at allow[0]"],
    );
    with(r#"(rule: "flag-never-read", because: " ")"#, &["!allow-without-reason at allow[0].because"]);
    with(r#"(rule: "gist-length", because: "later")"#, &["flag-never-read at flags[0]", "unused-allow at allow[0]"]);
    with(
        r#"(rule: "flag-never-raed", because: "later")"#,
        &["flag-never-read at flags[0]", "unknown-rule at allow[0].rule"],
    );
    with(
        r#"(rule: "longest-is-best", because: "later")"#,
        &["flag-never-read at flags[0]", "unknown-rule at allow[0].rule"],
    );
    check_words(
        &[("flags:", &allow(r#"(rule: "flag-never-raed", because: "later")"#))],
        "`flag-never-raed` is not the name of a finding that can be allowed",
        "did you mean `flag-never-read`?",
        &Part::Value,
    );
    check(
        &[
            (r#"gist: "Book another visit""#, r#"gist: "Book it""#),
            ("flags:", &allow(r#"(rule: "gist-length", at: "book-again", because: "short")"#)),
        ],
        &[],
    );
    check(
        &[("difficulty: 2", "difficulty: 6"), ("flags:", &allow(r#"(rule: "out-of-range", because: "hard")"#))],
        &["!out-of-range at difficulty", "unused-allow at allow[0]"],
    );
}

#[test]
fn one_run_names_every_problem() {
    let resolved = edited(&[
        ("difficulty: 2", "difficulty: 6"),
        (r#"start: "waited-in""#, r#"start: "x""#),
        ("Paraphrase: 4", "Validate: 9"),
        (r#"to: "done""#, r#"to: "x""#),
        ("weight: 2, fact", "weight: 9, fact"),
    ]);
    assert_eq!(resolved.findings.len(), 6, "{:#?}", resolved.findings);
}

#[test]
fn deep_conditions_are_refused() {
    let nested = |depth: usize| format!("{}CutOff{}", "Not(".repeat(depth), ")".repeat(depth));
    check(&[("Trust(from: 40)", &nested(30))], &[]);
    let resolved = edited(&[("Trust(from: 40)", &nested(31))]);
    assert_eq!(resolved.findings.len(), 1);
    assert_eq!(resolved.findings[0].rule, rules::DEEP_CONDITION);
}

#[test]
fn a_file_of_wrong_names_ends_in_bounded_work() {
    let mut wrong = document(SAMPLE);
    let reply = &mut wrong.encounters[0].nodes.0[0].1.replies[0];
    reply.meets = vec![String::new(); 200_000];
    let resolved = resolve(&wrong, &Unread::default());
    assert_eq!(resolved.findings.len(), 10_001);
    assert_eq!(resolved.findings[10_000].rule, rules::TOO_MANY);
}

#[test]
fn rules_are_listed_once_each() {
    for (index, (name, summary)) in rules::RULES.iter().enumerate() {
        assert!(rules::RULES[..index].iter().all(|(other, _)| other != name), "{name} is listed twice");
        assert!(summary.ends_with('.'), "{name}");
    }
}

#[test]
fn findings_point_at_what_they_mean() {
    let edits = [
        ("Anger(from: 60)", "Anger(from: 60, below: 101)", "101"),
        ("Noted(\"photo\")", "Noted(\"phoo\")", "\"phoo\""),
        ("{wrong-door}", "{wrong-dor}", "wrong-dor"),
        ("Paraphrase: 4", "Paraphrase: 4, Validate: 1", "Validate"),
        ("id: \"again\"", "id: \"call\"", "\"call\""),
        ("nothing. ||", "nothing. ||4 ", "||4"),
        ("bait: (", "bait: (lapse: 3, ", "3"),
    ];
    for (old, new, expect) in edits {
        let loaded = crate::scenario::load::load("sample.ron", SAMPLE.replacen(old, new, 1).as_bytes());
        let spans = loaded.findings.iter().map(|finding| finding.span.unwrap());
        let found: Vec<&str> = spans.map(|span| &loaded.source.text()[span.start..span.end]).collect();
        assert!(found.contains(&expect), "{new}: {found:?}");
    }
}
