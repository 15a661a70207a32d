use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};

use super::chart::{Chart, Point};
use super::{assets, fixtures};

/// What somebody may call themselves, or write into a scenario.
const PAYLOADS: [&str; 9] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onfocus='alert(1)' autofocus='",
    "</title></textarea><svg onload=alert(1)>",
    "&lt;b&gt; & &amp; {{ 7 * 7 }} {% raw %}",
    "javascript:alert(1)",
    "\u{202e}gnirts\u{202c} \u{2066}x",
    "مالك الحزين",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
];

/// Elements that have no end.
const VOID: [&str; 7] = ["meta", "link", "img", "input", "br", "col", "hr"];

#[derive(Debug)]
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

/// Reads a page as strictly as a person would who writes it by hand, and gives its tags and texts.
fn read(page: &str) -> Result<(Vec<Tag<'_>>, Vec<&str>), String> {
    let mut rest = page.strip_prefix("<!doctype html>").ok_or("no doctype")?;
    let (mut tags, mut texts, mut open) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(at) = rest.find('<') {
        texts.push(&rest[..at]);
        let end = at + rest[at..].find('>').ok_or("a tag without an end")?;
        let inside = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            let opened = open.pop();
            if opened != Some(name) {
                return Err(format!("</{name}> closes {opened:?}"));
            }
            continue;
        }
        let closed = inside.ends_with('/');
        let inside = inside.trim_end_matches('/');
        let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        if !closed && !VOID.contains(&name) {
            open.push(name);
        }
        tags.push(Tag { name, attributes: attributes_of(attributes)? });
    }
    if !open.is_empty() {
        return Err(format!("left open: {open:?}"));
    }
    texts.push(rest);
    Ok((tags, texts))
}

fn attributes_of(mut text: &str) -> Result<Vec<(&str, &str)>, String> {
    let mut found = Vec::new();
    loop {
        text = text.trim_start();
        if text.is_empty() {
            return Ok(found);
        }
        let end = text.find(|letter: char| letter == '=' || letter.is_whitespace()).unwrap_or(text.len());
        let name = &text[..end];
        text = &text[end..];
        let mut value = "";
        if let Some(quoted) = text.strip_prefix("=\"") {
            let end = quoted.find('"').ok_or_else(|| format!("the value of {name} has no end"))?;
            value = &quoted[..end];
            text = &quoted[end + 1..];
        } else if text.starts_with('=') {
            return Err(format!("the value of {name} has no quotes"));
        }
        found.push((name, value));
    }
}

fn check(name: &str, page: &str) {
    let (tags, _) = read(page).unwrap_or_else(|why| panic!("{name}: {why}"));
    let mut ids = BTreeMap::new();
    for tag in &tags {
        for (attribute, value) in &tag.attributes {
            assert!(!attribute.starts_with("on") && *attribute != "style", "{name}: <{}> has {attribute}", tag.name);
            if ["href", "src", "action"].contains(attribute) {
                assert!(value.starts_with('/') || value.starts_with('#'), "{name}: leads to {value}");
            }
            if *attribute == "id" {
                assert_eq!(ids.insert(*value, tag.name), None, "{name}: the id {value} stands twice");
            }
        }
        assert_ne!(tag.name, "style", "{name}");
    }
    let scripts = tags.iter().filter(|tag| tag.name == "script");
    assert_eq!(scripts.count(), 1, "{name}");
    assert_eq!(tags.iter().filter(|tag| tag.name == "main").count(), 1, "{name}");
    assert!(tags.iter().any(|tag| tag.name == "h1"), "{name}: no heading");
    for tag in tags.iter().filter(|tag| ["input", "select", "textarea"].contains(&tag.name)) {
        let own = tag.attributes.iter().find(|(attribute, _)| *attribute == "id").map(|(_, id)| *id);
        let hidden = tag.attributes.contains(&("type", "hidden"));
        let labelled =
            tags.iter().any(|label| label.name == "label" && label.attributes.iter().any(|(_, of)| Some(*of) == own));
        assert!(hidden || labelled, "{name}: {tag:?} has no label");
    }
}

#[test]
fn every_page_is_well_formed_and_has_nothing_of_its_own_to_run() {
    for (name, page) in fixtures::pages(&fixtures::NAMES, "You stopped there. You said ‘I don’t know that I want’.")
    {
        check(name, &page);
    }
}

#[test]
fn what_people_write_stays_text() {
    let plain = fixtures::pages(&["Heron"], "Heron");
    for payload in PAYLOADS {
        for ((name, page), (_, plain)) in fixtures::pages(&[payload], payload).iter().zip(&plain) {
            check(name, page);
            let (tags, texts) = read(page).expect("checked");
            let (expected, _) = read(plain).expect("checked");
            let names = |tags: &[Tag<'_>]| tags.iter().map(|tag| tag.name.to_owned()).collect::<Vec<_>>();
            assert_eq!(names(&tags), names(&expected), "{name}: {payload} is more than text");
            for text in texts {
                assert!(!text.contains("{{") || payload.contains("{{"), "{name}: {text}");
            }
        }
    }
}

#[test]
fn names_that_run_the_other_way_turn_nothing_else_around() {
    let name = "\u{202e}gnirts";
    for (page_name, page) in fixtures::pages(&[name], "said") {
        for (at, _) in page.match_indices(name) {
            let before = &page[..at];
            let inside = before.rfind("<bdi").is_some_and(|begin| !before[begin..].contains("</bdi>"));
            // An entry of a list stands by itself, as an attribute does.
            let alone = before.rfind("<option").is_some_and(|begin| !before[begin..].contains("</option>"));
            let attribute = before.rfind('"').is_some_and(|quote| !before[quote..].contains('>'));
            assert!(inside || alone || attribute, "{page_name}: …{}", &before[before.len().saturating_sub(60)..]);
        }
    }
}

/// "paper" and "f6f1e7", from lines as `paper: rgb(0xF6F1E7),`.
fn colours(window: &str) -> BTreeMap<String, String> {
    let pairs = window.lines().filter_map(|line| line.trim().split_once(": rgb(0x"));
    pairs.map(|(name, value)| (name.replace('_', "-"), value[..6].to_lowercase())).collect()
}

/// The light and the dark ones, from lines as `--paper: light-dark(#f6f1e7, #1b1f24);`.
fn of_page() -> [BTreeMap<String, String>; 2] {
    let lines = include_str!("style/tokens.css").lines().filter_map(|line| line.trim().strip_prefix("--"));
    let (mut light, mut dark) = (BTreeMap::new(), BTreeMap::new());
    for line in lines {
        let both = line.split_once(": light-dark(#").and_then(|(name, both)| Some((name, both.split_once(", #")?)));
        let (name, (one, other)) = both.unwrap_or_else(|| panic!("{line} is one colour alone"));
        light.insert(name.to_owned(), one.to_owned());
        dark.insert(name.to_owned(), other.trim_end_matches(");").to_owned());
    }
    [light, dark]
}

#[test]
fn page_and_window_have_the_same_colours() {
    let window = include_str!("../../desktop/theme/tokens.rs");
    let (_, window) = window.split_once("pub const LIGHT").expect("the light ones");
    let (light, dark) = window.split_once("pub const DARK").expect("the dark ones");
    let (dark, _) = dark.split_once("};").expect("their end");
    let [page_light, page_dark] = of_page();
    for (name, of_page, of_window) in [("light", page_light, colours(light)), ("dark", page_dark, colours(dark))] {
        let shared = of_window.iter().filter(|(role, _)| of_page.contains_key(*role));
        assert!(shared.clone().count() >= 15, "{name}");
        for (role, colour) in shared {
            assert_eq!(of_page.get(role), Some(colour), "{name}: {role}");
        }
    }
}

#[test]
fn only_one_file_of_the_stylesheet_names_colours() {
    let rest = [
        include_str!("style/base.css"),
        include_str!("style/board.css"),
        include_str!("style/figures.css"),
        include_str!("style/wall.css"),
    ];
    for line in rest.iter().flat_map(|file| file.lines()) {
        let value = line.split_once('{').map_or(line, |(_, value)| value);
        assert!(!value.contains(": #") && !value.contains(" #") && !value.contains("rgb("), "{line}");
    }
}

#[test]
fn the_stylesheet_asks_for_nothing_that_is_not_there() {
    let style = std::str::from_utf8(assets::named("style.css").expect("the stylesheet").content).expect("text");
    let asked: Vec<&str> = style.split("url(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(asked.len(), 4);
    for name in asked {
        assert!(assets::named(name).is_some(), "{name}");
    }
}

#[test]
fn a_chart_shows_every_call_inside_its_frame_and_its_names_apart() {
    let at = |hours: i64| Timestamp::UNIX_EPOCH.checked_add(hours.hours()).expect("a moment");
    let point = |title: &str, hours, points, later| Point { title: title.to_owned(), at: at(hours), points, later };
    assert_eq!(Chart::of(&[]), None);
    assert_eq!(Chart::of(&[point("One-twelve", 1, 700, false)]), None);
    let points = [
        point("C", 9, 640, true),
        point("A long title, longer than there is room", 2, 640, false),
        point("B", 4, 640, false),
        point("C", 1, 0, false),
    ];
    let chart = Chart::of(&points).expect("a chart");
    assert_eq!(chart.lines.iter().map(|line| line.dots.len()).sum::<usize>(), 4);
    for line in &chart.lines {
        assert!(line.dots.iter().all(|dot| (40..=500).contains(&dot.x) && (0..=260).contains(&dot.y)), "{line:?}");
        assert!((0..=260).contains(&line.label_y), "{line:?}");
    }
    let mut places: Vec<i64> = chart.lines.iter().map(|line| line.label_y).collect();
    places.sort_unstable();
    assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 30), "{places:?}");
    insta::assert_snapshot!(chart.words, @"Points of your ranked calls. C: 0, 640. B: 640. A long title, longer than there is room: 640.");
    insta::assert_snapshot!(chart.lines[0].path, @"M52 236L486 64");
}
