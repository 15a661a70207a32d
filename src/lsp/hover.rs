//! What is said of the thing under the cursor.

use super::document::Document;
use super::names::{Kind, Mention, around, unquoted};
use super::solving::Known;
use crate::diagnostic::Span;
use crate::explore::solve::{Range, Settled, Verdict};
use crate::lint::page::Page;
use crate::scenario::parse::Site;
use crate::scenario::vocabulary::{Act, Flaw, Indicator};

/// What there is to say at a byte, in Markdown, and of which stretch of the text. `known` is what was found out about
/// the scenario as it stands.
pub(super) fn hover(document: &Document, known: Option<&Known>, byte: usize) -> Option<(String, Span)> {
    let mut parts = Vec::new();
    let mut span = None;
    if let Some(mention) = document.names().at(byte) {
        span = Some(mention.span);
        parts.extend(of_name(document, known, mention));
    } else if let Some((said, word)) = of_word(document, byte) {
        span = Some(word);
        parts.push(said);
    }
    for finding in &document.loaded().findings {
        let Some(place) = finding.span.filter(|place| place.start <= byte && byte <= place.end) else { continue };
        let Some(page) = Page::of(finding.rule) else { continue };
        span = span.or(Some(place));
        parts.push(format!("**{}**: {}\n\n{}", finding.rule, page.what, page.why));
    }
    parts.dedup();
    span.filter(|_| !parts.is_empty()).map(|span| (parts.join("\n\n---\n\n"), span))
}

/// The words for an entry of a closed list.
fn of_word(document: &Document, byte: usize) -> Option<(String, Span)> {
    let source = document.source();
    let pieces = &document.names().outline.pieces;
    let piece = pieces.iter().find(|piece| piece.span.start <= byte && byte <= piece.span.end && !piece.is_text)?;
    let Site { owner, field, .. } = piece.site;
    let name = &source[piece.span.range()];
    let said = match (owner, field) {
        ("Reply", "acts") | ("Used", "act") => {
            let act = Act::ALL.iter().find(|act| act.name() == name)?;
            let seat = act.seat().map_or_else(String::new, |seat| format!(" Only {} does it.", seat.words()));
            format!("An act: {}.{seat}", act.words())
        }
        ("Node", "weigh") | ("Reply", "shows") => {
            let indicator = Indicator::ALL.iter().find(|indicator| indicator.name() == name)?;
            format!("Evidence of **{}**: {}.", indicator.skill().words(), indicator.words())
        }
        ("Reply" | "Choice", "flaw") => {
            format!("A flaw: {}.", Flaw::ALL.iter().find(|flaw| flaw.name() == name)?.words())
        }
        _ => return None,
    };
    Some((said, unquoted(source, piece)))
}

fn of_name(document: &Document, known: Option<&Known>, mention: &Mention) -> Vec<String> {
    if mention.kind == Kind::Rule {
        let page = Page::of(&mention.name);
        return page.map(|page| format!("**{}**: {}\n\n{}", page.title, page.what, page.why)).into_iter().collect();
    }
    let names = document.names();
    let definitions = names.definitions(mention);
    let Some(given) = definitions.first() else {
        let kind = mention.kind.words();
        return vec![format!("No {kind} here is called `{}`.", mention.name)];
    };
    let mut said = format!("{} `{}`", capital(given.kind.words()), given.name);
    let source = document.source();
    let field = |field| given.names.and_then(|bracket| names.field(source, bracket, field));
    let quoted = match given.kind {
        Kind::Fact => names.value(source, given.span),
        Kind::Node => field("says"),
        Kind::Encounter => field("title"),
        _ => field("text"),
    };
    if let Some(gist) = field("gist") {
        said.push_str(&format!(": {gist}"));
    }
    if let Some(quoted) = quoted {
        said.push_str(&format!("\n\n> {}", quoted.replace('\n', "\n> ")));
    }
    if let (Kind::Promise, Some(due)) = (given.kind, field("due")) {
        said.push_str(&format!("\n\nDue {due}."));
    }
    if given.kind == Kind::Flag {
        let uses = names.everywhere(mention).len() - definitions.len();
        let places = if uses == 1 { "1 place".to_owned() } else { format!("{uses} places") };
        said.push_str(&format!("\n\nSet, cleared or asked for in {places}."));
    }
    let mut parts = vec![said];
    if let Some(path) = path_of(document, given) {
        parts.push(reach(document, known, &path));
    }
    if given.kind == Kind::Node {
        parts.extend(scores(document, known));
    }
    parts
}

/// What the solver calls it.
fn path_of(document: &Document, given: &Mention) -> Option<String> {
    let (names, source) = (document.names(), document.source());
    let mut encounters = names.outline.brackets.iter().enumerate().filter(|(_, bracket)| bracket.name == "Encounter");
    let (encounter, _) = encounters.nth(given.encounter?)?;
    let encounter = names.field(source, encounter, "id")?;
    let name = &given.name;
    Some(match given.kind {
        Kind::Node => format!("{encounter}/{name}"),
        Kind::Reply => {
            let (_, node) = around(&names.outline, given.names).find(|(_, bracket)| bracket.name == "Node")?;
            let key = node.key?;
            let node = source.get(key.start + 1..key.end.checked_sub(1)?)?;
            format!("{encounter}/{node}/{name}")
        }
        Kind::Ending => format!("{encounter}/endings/{name}"),
        Kind::Tile => format!("{encounter}/note/{name}"),
        Kind::Event => format!("{encounter}/diary/{name}"),
        _ => return None,
    })
}

/// Said of what waits for the solver.
pub(super) const NOT_YET: &str = "not known yet";

fn reach(document: &Document, known: Option<&Known>, path: &str) -> String {
    if document.loaded().scenario.is_none() {
        return "**Reach**: not known while the file has errors.".to_owned();
    }
    let Some(elements) = known.and_then(|known| known.elements.as_deref()) else {
        return format!("**Reach**: {NOT_YET}.");
    };
    let Some(settled) = elements.iter().find(|settled| settled.name == path) else {
        return format!("**Reach**: {NOT_YET}.");
    };
    format!("**Reach**: {}", reach_in_words(settled))
}

fn reach_in_words(settled: &Settled) -> String {
    match &settled.verdict {
        Verdict::Reached { witness, shortest } => {
            let replies = match witness.replies {
                0 => "before any reply".to_owned(),
                1 => "after 1 reply".to_owned(),
                replies => format!("after {replies} replies"),
            };
            let shortest = if *shortest { ", and not with fewer" } else { " in the shortest playthrough found" };
            format!("reached {replies}{shortest}.")
        }
        Verdict::Unreachable => "no playthrough comes here. That is proved.".to_owned(),
        Verdict::Unsettled => {
            "no playthrough was found that comes here, and that none does is not proved. `simmer solve` looks longer."
                .to_owned()
        }
    }
}

/// The best and the worst that the whole scenario can come to.
fn scores(document: &Document, known: Option<&Known>) -> Option<String> {
    document.loaded().scenario.as_ref()?;
    let ranges = known.and_then(|known| known.ranges.as_deref());
    let overall = ranges.and_then(|ranges| ranges.iter().find(|range| range.skill.is_none()));
    Some(match overall {
        None => format!("**Score of the whole scenario**: {NOT_YET}."),
        Some(Range { best, worst, .. }) => {
            let in_words = |extreme: &crate::explore::solve::Extreme| {
                if extreme.is_exact() {
                    format!("{}", extreme.found)
                } else {
                    format!("{} found, {} the bound", extreme.found, extreme.proved)
                }
            };
            let [best, worst] = [best, worst].map(|end| end.as_ref().map_or_else(|| NOT_YET.to_owned(), in_words));
            format!("**Score of the whole scenario**: best {best}; worst {worst}; of 1000.")
        }
    })
}

fn capital(words: &str) -> String {
    crate::scenario::vocabulary::capitalised(words)
}
