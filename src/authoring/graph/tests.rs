use super::*;
use crate::scenario::load::load;

fn shipped() -> Scenario {
    let bytes = include_bytes!("../../../scenarios/can-i-have-it-on.ron");
    load("a.ron", bytes).scenario.expect("it is shipped")
}

#[test]
fn every_reply_is_a_row_and_every_way_it_can_lead_is_a_way() {
    let scenario = shipped();
    let (encounter, graph) = (&scenario.encounters[0], graph(&scenario));
    let sheet = &graph.sheets[0];
    assert_eq!(sheet.places.len(), 1 + encounter.nodes.len() + encounter.endings.len());
    let jumps: usize = encounter.replies.iter().map(|reply| 1 + reply.to_when.len()).sum();
    assert_eq!(sheet.ways.len(), 1 + jumps);
    let last = sheet.ways.iter().find(|way| way.when.is_some()).unwrap();
    let label = sheet.label(last);
    assert!(label.contains(", if ") && sheet.places[last.to].kind == PlaceKind::Ending, "{label}");
    let rows: usize = sheet.places.iter().map(|place| place.rows.len()).sum();
    assert_eq!(rows, 1 + encounter.replies.len());
}

#[test]
fn a_title_with_signs_in_it_stays_text_in_every_format() {
    let mut graph = graph(&shipped());
    graph.title = "A <b> & \"c\" #d 'e' \\ |".to_owned();
    for sheet in &mut graph.sheets {
        sheet.title.clone_from(&graph.title);
        sheet.places[1].rows[0] = "say \"<this>\" & [that]".to_owned();
    }
    let svg = svg(&graph);
    assert!(svg.contains("A &lt;b&gt; &amp; &quot;c&quot;") && !svg.contains("<b>"));
    assert!(dot(&graph).contains(r#"label = "A <b> & \"c\" #d 'e' \\ |""#));
    let mermaid = mermaid(&graph);
    assert!(mermaid.contains("title: 'A <b> & \"c\" #d ''e'' \\ |'"));
    assert!(mermaid.contains("say #quot;#lt;this#gt;#quot; #amp; [that]"), "{mermaid}");
}

#[test]
fn the_picture_says_what_it_shows_and_needs_nothing_else() {
    let svg = svg(&graph(&shipped()));
    for part in [
        "role=\"img\"",
        "<title id=\"title\">Can I have it on?</title>",
        "<desc id=\"desc\">",
        "prefers-color-scheme: dark",
    ] {
        assert!(svg.contains(part), "{part}");
    }
    let outside = svg.replace("http://www.w3.org/2000/svg", "");
    assert!(!outside.contains("http") && !outside.contains("@import") && !outside.contains("<script"));
    let (opened, closed) = (svg.matches("<g ").count(), svg.matches("</g>").count());
    assert_eq!(opened, closed);
}

#[test]
fn dot_and_mermaid_name_every_place_and_dash_what_is_conditional() {
    let graph = graph(&shipped());
    let conditional = graph.sheets[0].ways.iter().filter(|way| way.when.is_some()).count();
    assert_eq!(dot(&graph).matches("style = dashed").count(), conditional);
    assert_eq!(mermaid(&graph).matches("-.->").count(), conditional);
    for place in &graph.sheets[0].places {
        assert!(dot(&graph).contains(&format!("label = \"{}\"", place.name)), "{}", place.name);
        assert!(mermaid(&graph).contains(&format!("\"{}\"", place.name)), "{}", place.name);
    }
}
