use super::testing::{generated, played};
use super::*;

const KETTLE: &str = include_str!("../../cli/play/sample.ron");
const MARISOL: &str = include_str!("../../../scenarios/before-saturday.ron");
const MAUREEN: &str = include_str!("../../../scenarios/one-twelve.ron");

fn waited(drawing: &mut Drawing) {
    while drawing.is_busy() {
        drawing.look_around();
        std::thread::yield_now();
    }
}

#[test]
fn every_node_reply_and_ending_has_its_place_in_the_text() {
    for text in [KETTLE, MARISOL, MAUREEN, &generated(60)] {
        let scenario = played(text);
        let places = Places::of(3, text);
        assert_eq!(places.version, 3);
        assert_eq!(places.encounters.len(), scenario.encounters.len());
        for (index, (place, encounter)) in places.encounters.iter().zip(&scenario.encounters).enumerate() {
            for (number, node) in encounter.nodes.iter().enumerate() {
                let found = places.node(index, number, &node.name).unwrap();
                assert_eq!(&text[found.named.label.range()], node.name);
                assert_eq!(places.at(found.named.label.start).unwrap().node, Some(number));
                let replies: Vec<_> = encounter.replies_of(NodeId::at(number)).map(|(_, reply)| &reply.name).collect();
                assert_eq!(found.replies.iter().map(|reply| &reply.name).collect::<Vec<_>>(), replies);
                for (at, reply) in found.replies.iter().enumerate() {
                    assert_eq!(&text[reply.label.range()], reply.name);
                    let spot = places.at(reply.label.start).unwrap();
                    assert_eq!((spot.node, spot.reply), (Some(number), Some(at)), "{}", reply.name);
                }
            }
            for ending in &encounter.endings {
                let found = places.ending(index, &ending.name).unwrap();
                assert_eq!(&text[found.label.range()], ending.name);
                assert!(places.at(found.label.start).unwrap().ending.is_some());
            }
            for tile in &encounter.note {
                assert_eq!(&text[places.after(index, After::Tile, &tile.name).unwrap().label.range()], tile.name);
            }
            for event in &encounter.diary {
                assert_eq!(&text[places.after(index, After::Event, &event.name).unwrap().label.range()], event.name);
                for choice in &event.choices {
                    let found = places.after(index, After::Choice, &choice.name).unwrap();
                    assert_eq!(&text[found.label.range()], choice.name);
                }
            }
            assert_eq!(place.endings.len(), encounter.endings.len());
        }
        assert_eq!(places.at(0), None, "before the first encounter");
    }
}

#[test]
fn a_text_that_cannot_be_played_has_places_all_the_same() {
    let whole = Places::of(0, MARISOL);
    let node = &whole.encounters[0].nodes[2];
    // The bracket that closes the node is rubbed out, and a field is written halfway.
    let mut text = MARISOL.to_owned();
    text.insert_str(node.replies[1].span.start, "Reply(id: \"half\", gi");
    let broken = Places::of(1, &text);
    assert_eq!(broken.encounters[0].nodes[2].replies[1].name, "half");
    assert_eq!(broken.encounters[0].nodes[1], whole.encounters[0].nodes[1], "what stands before it stays");
}

#[test]
fn what_is_drawn_knows_what_each_place_stands_for() {
    let scenario = played(MAUREEN);
    let drawn = Drawn::of(0, &scenario);
    assert_eq!(drawn.boxes.len(), scenario.encounters.len());
    for (sheet, encounter) in scenario.encounters.iter().enumerate() {
        let places = &drawn.graph.sheets[sheet].places;
        assert_eq!(drawn.boxes[sheet].layout.blocks.len(), places.len());
        assert_eq!(drawn.stands(sheet, 0), Stands::Start);
        for (index, place) in places.iter().enumerate().skip(1) {
            match drawn.stands(sheet, index) {
                Stands::Node(node) => {
                    assert_eq!(encounter.node(node).name, place.name);
                    for (row, gist) in place.rows.iter().enumerate() {
                        let reply = drawn.reply(sheet, index, row).unwrap();
                        assert_eq!(&encounter.reply(reply).gist, gist);
                    }
                }
                Stands::Ending(ending) => assert_eq!(encounter.ending(ending).name, place.name),
                Stands::Start => panic!("there is one start"),
            }
        }
    }
}

#[test]
fn the_newest_is_drawn_and_the_old_graph_stays_until_then() {
    let (first, second) = (played(KETTLE), played(MARISOL));
    let mut drawing = Drawing::default();
    assert!(drawing.drawn().is_none() && !drawing.is_busy());
    drawing.draw(1, &first);
    drawing.take_apart(1, &KETTLE.into());
    waited(&mut drawing);
    assert_eq!((drawing.drawn().unwrap().version, drawing.places().version), (1, 1));
    drawing.take_apart(2, &"Scenario(".into());
    waited(&mut drawing);
    assert_eq!((drawing.drawn().unwrap().version, drawing.places().version), (1, 2), "the last that could be drawn");
    drawing.draw(3, &second);
    assert_eq!(drawing.drawn().unwrap().hashes, first.hashes, "the old one stays");
    waited(&mut drawing);
    assert_eq!(drawing.drawn().unwrap().hashes, second.hashes);
    drawing.draw(4, &second);
    assert!(!drawing.is_busy(), "a remark changes no graph");
}
