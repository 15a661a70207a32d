//! What is said of the thing under the cursor.

use super::Assist;
use super::names::{Mention, Sense, around, unquoted};
use super::solving::Known;
use crate::diagnostic::Span;
use crate::explore::solve::{Range, Settled, Verdict};
use crate::lint::page::Page;
use crate::scenario::name::Kind;
use crate::scenario::parse::Site;
use crate::scenario::vocabulary::{Act, Flaw, Indicator, Temper, Upset, capitalised};

/// What there is to say of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// In Markdown.
    pub markdown: String,
    /// The thing.
    pub span: Span,
}

pub(super) fn hover(assist: &Assist, known: Option<&Known>, byte: usize) -> Option<Hover> {
    let mut parts = Vec::new();
    let mut span = None;
    if let Some(mention) = assist.names().at(byte) {
        span = Some(mention.span);
        parts.extend(of_name(assist, known, mention));
    } else if let Some((said, word)) = of_word(assist, byte) {
        span = Some(word);
        parts.push(said);
    }
    for finding in assist.findings() {
        let Some(place) = finding.span.filter(|place| place.start <= byte && byte <= place.end) else { continue };
        let Some(page) = Page::of(finding.rule) else { continue };
        span = span.or(Some(place));
        parts.push(format!("**{}**: {}\n\n{}", finding.rule, page.what, page.why));
    }
    parts.dedup();
    let span = span.filter(|_| !parts.is_empty())?;
    Some(Hover { markdown: parts.join("\n\n---\n\n"), span })
}

/// The words for an entry of a closed list.
fn of_word(assist: &Assist, byte: usize) -> Option<(String, Span)> {
    let source = assist.text();
    let pieces = &assist.names().outline.pieces;
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
        ("Customer", "upset") => {
            let upset = *Upset::ALL.iter().find(|upset| upset.name() == name)?;
            let moods: Vec<_> = Temper::ALL.iter().map(|temper| temper.shown(upset)).collect();
            format!("Being upset shows as {}: {}.", upset.words(), moods.join(", "))
        }
        _ => return None,
    };
    Some((said, unquoted(source, piece)))
}

fn of_name(assist: &Assist, known: Option<&Known>, mention: &Mention) -> Vec<String> {
    if mention.sense == Sense::Rule {
        let page = Page::of(&mention.name);
        return page.map(|page| format!("**{}**: {}\n\n{}", page.title, page.what, page.why)).into_iter().collect();
    }
    let names = assist.names();
    let definitions = names.definitions(mention);
    let Some((given, kind)) = definitions.first().and_then(|given| Some((given, given.given()?))) else {
        return vec![format!("No {} here is called `{}`.", mention.sense.noun(), mention.name)];
    };
    let mut said = format!("{} `{}`", capitalised(kind.noun()), given.name);
    let source = assist.text();
    let field = |field| given.names.and_then(|bracket| names.field(source, bracket, field));
    let quoted = match kind {
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
    if let (Kind::Promise, Some(due)) = (kind, field("due")) {
        said.push_str(&format!("\n\nDue {due}."));
    }
    if kind == Kind::Flag {
        let uses = names.everywhere(mention).len() - definitions.len();
        let places = if uses == 1 { "1 place".to_owned() } else { format!("{uses} places") };
        said.push_str(&format!("\n\nSet, cleared or asked for in {places}."));
    }
    let mut parts = vec![said];
    if let Some(path) = path_of(assist, given) {
        parts.push(reach(assist, known, &path));
        if kind == Kind::Node {
            parts.extend(scores(assist, known, &path));
        }
    }
    parts
}

/// What the solver calls it.
fn path_of(assist: &Assist, given: &Mention) -> Option<String> {
    let (names, source) = (assist.names(), assist.text());
    let encounter = names.field(source, *names.encounters.get(given.encounter?)?, "id")?;
    let name = &given.name;
    Some(match given.given()? {
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
const NOT_YET: &str = "not known yet";

fn reach(assist: &Assist, known: Option<&Known>, path: &str) -> String {
    if assist.scenario().is_none() {
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

/// What can still be scored from a node on, and the best and the worst that the whole scenario can come to.
fn scores(assist: &Assist, known: Option<&Known>, path: &str) -> Option<String> {
    assist.scenario()?;
    let outlook = known.and_then(|known| known.outlooks.iter().find(|outlook| outlook.name == path));
    let onwards = outlook.map_or_else(String::new, |outlook| {
        format!(
            "**Score from here on**, come to in that way: {} to {} of 1000. No play goes beyond that.\n\n",
            outlook.worst, outlook.best
        )
    });
    let ranges = known.and_then(|known| known.ranges.as_deref());
    let overall = ranges.and_then(|ranges| ranges.iter().find(|range| range.skill.is_none()));
    let whole = match overall {
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
    };
    Some(onwards + &whole)
}
