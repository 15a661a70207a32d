//! The graph as a picture that needs nothing else: it fits a light and a dark page, and says in words what it shows.

use super::boxes::{Boxes, DOT, INSIDE, NAME_SIZE, PADDING, ROW, ROW_SIZE, WORDS, block, boxes, port};
use super::layout::{Block, Point};
use super::wrapped::wrapped;
use super::{Graph, Place, PlaceKind, Sheet};

/// Around the whole, and for the heading of each encounter.
const MARGIN: i32 = 32;
const HEADING: i32 = 44;

const STYLE: &str = "\
:root { color-scheme: light dark; --page: #fbfaf7; --box: #ffffff; --edge: #8a8f98; --ink: #22262b; --quiet: #5c636d; \
--way: #6d7682; --core: #1c6e8c; --end: #efe9dc; }
@media (prefers-color-scheme: dark) { :root { --page: #16191d; --box: #22272d; --edge: #5d6570; --ink: #eceef0; \
--quiet: #a8b0ba; --way: #8e99a6; --core: #6cc0dd; --end: #34302a; } }
.page { fill: var(--page); }
.box { fill: var(--box); stroke: var(--edge); }
.core { stroke: var(--core); stroke-width: 2.5; }
.ending { fill: var(--end); stroke: var(--edge); }
.dot { fill: var(--core); }
.port { fill: var(--way); }
.way { fill: none; stroke: var(--way); stroke-width: 1.4; }
.when { stroke-dasharray: 6 4; }
.tip { fill: var(--way); }
text { font-family: system-ui, \"Segoe UI\", Roboto, \"DejaVu Sans\", sans-serif; fill: var(--ink); }
.heading { font-size: 18px; font-weight: 600; }
.name { font-size: 13px; font-weight: 600; }
.words { font-size: 11px; font-style: italic; fill: var(--quiet); }
.row { font-size: 12px; }
.rule { stroke: var(--edge); stroke-opacity: 0.45; }
";

/// The graph as an SVG document.
pub fn svg(graph: &Graph) -> String {
    let drawn: Vec<_> = graph.sheets.iter().map(|sheet| (sheet, boxes(sheet))).collect();
    let width =
        drawn.iter().map(|(_, drawn)| drawn.layout.width + drawn.right).max().unwrap_or(0).max(320) + 2 * MARGIN;
    let height: i32 = drawn.iter().map(|(_, drawn)| drawn.layout.height + HEADING + MARGIN).sum::<i32>() + MARGIN;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"title desc\">\n<title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n\
         <style>\n{STYLE}</style>\n<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" \
         markerHeight=\"7\" orient=\"auto\"><path class=\"tip\" d=\"M0 0 8 4 0 8z\"/></marker></defs>\n\
         <rect class=\"page\" width=\"{width}\" height=\"{height}\"/>\n",
        escaped(&graph.title),
        escaped(&description(graph)),
    );
    let mut top = MARGIN;
    for (sheet, drawn) in &drawn {
        let heading = if graph.sheets.len() > 1 || sheet.title == graph.title {
            sheet.title.clone()
        } else {
            format!("{}: {}", graph.title, sheet.title)
        };
        text.push_str(&format!("<g transform=\"translate({MARGIN} {top})\">\n"));
        text.push_str(&format!("<text class=\"heading\" y=\"18\">{}</text>\n", escaped(&heading)));
        text.push_str(&format!("<g transform=\"translate(0 {HEADING})\">\n"));
        draw(&mut text, sheet, drawn);
        text.push_str("</g>\n</g>\n");
        top += HEADING + drawn.layout.height + MARGIN;
    }
    text.push_str("</svg>\n");
    text
}

/// The picture in a sentence or two, for those who do not see it.
fn description(graph: &Graph) -> String {
    let sheets = graph.sheets.iter().map(|sheet| {
        let count = |kind: fn(&PlaceKind) -> bool| sheet.places.iter().filter(|place| kind(&place.kind)).count();
        let first = sheet.ways.first().map_or("", |way| sheet.places[way.to].name.as_str());
        format!(
            "{}: {} nodes and {} endings, beginning at {first}. Replies lead from left to right; a dashed line is taken \
             under a condition.",
            sheet.title,
            count(|kind| matches!(kind, PlaceKind::Node { .. })),
            count(|kind| matches!(kind, PlaceKind::Ending)),
        )
    });
    sheets.collect::<Vec<_>>().join(" ")
}

fn draw(text: &mut String, sheet: &Sheet, drawn: &Boxes) {
    for (way, route) in sheet.ways.iter().zip(&drawn.layout.routes) {
        let class = if way.when.is_some() { "way when" } else { "way" };
        let label = format!("{}: {} → {}", sheet.places[way.from].name, sheet.label(way), sheet.places[way.to].name);
        text.push_str(&format!(
            "<path class=\"{class}\" d=\"{}\" marker-end=\"url(#tip)\"><title>{}</title></path>\n",
            route.curve(),
            escaped(&label),
        ));
    }
    for ((place, at), words) in sheet.places.iter().zip(&drawn.layout.blocks).zip(&drawn.words) {
        draw_place(text, place, *at, words);
    }
}

fn draw_place(text: &mut String, place: &Place, at: Point, words: &[String]) {
    let Block { width, height } = block(place, words.len());
    text.push_str(&format!(
        "<g transform=\"translate({} {})\"><title>{}</title>\n",
        at.x,
        at.y,
        escaped(&spoken(place))
    ));
    match place.kind {
        PlaceKind::Start => {
            text.push_str(&format!("<circle class=\"dot\" cx=\"{0}\" cy=\"{0}\" r=\"{0}\"/>\n</g>\n", DOT / 2));
            return;
        }
        PlaceKind::Node { core } => {
            let class = if core { "box core" } else { "box" };
            text.push_str(&format!("<rect class=\"{class}\" width=\"{width}\" height=\"{height}\" rx=\"6\"/>\n"));
        }
        PlaceKind::Ending => {
            text.push_str(&format!("<rect class=\"ending\" width=\"{width}\" height=\"{height}\" rx=\"18\"/>\n"));
        }
    }
    let line = |class: &str, y: i32, words: &str| {
        format!("<text class=\"{class}\" x=\"{PADDING}\" y=\"{y}\">{}</text>\n", escaped(words))
    };
    let mut y = PADDING + NAME_SIZE;
    text.extend(wrapped(&place.name, INSIDE, NAME_SIZE + 1, 1).iter().map(|name| line("name", y, name)));
    y += WORDS + 3;
    for words in words {
        text.push_str(&line("words", y, words));
        y += WORDS;
    }
    for (row, gist) in place.rows.iter().enumerate() {
        let middle = port(place, words.len(), row);
        if row == 0 {
            let rule = middle - ROW / 2;
            text.push_str(&format!("<path class=\"rule\" d=\"M{PADDING} {rule}H{}\"/>\n", width - PADDING));
        }
        text.extend(wrapped(gist, INSIDE, ROW_SIZE, 1).iter().map(|gist| line("row", middle + 4, gist)));
        text.push_str(&format!("<circle class=\"port\" cx=\"{width}\" cy=\"{middle}\" r=\"3\"/>\n"));
    }
    text.push_str("</g>\n");
}

/// A place in words.
fn spoken(place: &Place) -> String {
    match place.kind {
        PlaceKind::Start => "It begins here".to_owned(),
        PlaceKind::Node { core: true } => format!("{} (main road): {}", place.name, place.words),
        PlaceKind::Node { core: false } => format!("{}: {}", place.name, place.words),
        PlaceKind::Ending => format!("Ending {}: {}", place.name, place.words),
    }
}

/// The text for use in XML. What XML cannot hold at all is left out.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(' '),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_would_be_a_tag_is_text() {
        assert_eq!(escaped("a < b & \"c\"\n\u{1}"), "a &lt; b &amp; &quot;c&quot; ");
    }
}
