//! Texts with one thing less, or with another name.

use crate::scenario::parse::outline;

/// What can be edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Node,
    Reply,
    Fact,
    Flag,
    Encounter,
}

impl Kind {
    pub(super) const ALL: [Self; 5] = [Self::Node, Self::Reply, Self::Fact, Self::Flag, Self::Encounter];
}

/// The names of a kind that are given in a text, in their order.
pub(super) fn names(text: &str, kind: Kind) -> Vec<String> {
    definitions(text, kind).into_iter().map(|(name, _)| name).collect()
}

/// Each name, and the bytes that give it and what belongs to it.
fn definitions(text: &str, kind: Kind) -> Vec<(String, std::ops::Range<usize>)> {
    let outline = outline(text);
    let unquoted = |span: crate::diagnostic::Span| text[span.range()].trim_matches('"').to_owned();
    match kind {
        Kind::Node => {
            let nodes = outline.brackets.iter().filter(|bracket| bracket.name == "Node");
            nodes.filter_map(|node| Some((unquoted(node.key?), node.key?.start..node.span.end))).collect()
        }
        Kind::Reply | Kind::Encounter => {
            let name = if kind == Kind::Reply { "Reply" } else { "Encounter" };
            let brackets = outline.brackets.iter().enumerate().filter(|(_, bracket)| bracket.name == name);
            let named = brackets.filter_map(|(index, bracket)| {
                let id = outline
                    .pieces
                    .iter()
                    .find(|piece| piece.site.bracket == Some(index) && piece.site.field == "id" && piece.is_text)?;
                Some((unquoted(id.span), bracket.span.range()))
            });
            named.collect()
        }
        Kind::Fact => {
            let pieces = outline.pieces.iter().enumerate();
            let keys = pieces
                .filter(|(_, piece)| piece.site.field == "facts" && piece.role == crate::scenario::parse::Role::Key);
            keys.map(|(index, key)| (unquoted(key.span), key.span.start..outline.pieces[index + 1].span.end)).collect()
        }
        Kind::Flag => {
            let flags = outline.pieces.iter().filter(|piece| piece.site.field == "flags" && piece.is_text);
            flags.map(|flag| (unquoted(flag.span), flag.span.range())).collect()
        }
    }
}

/// The text without a thing; whoever named it names another of its kind instead.
pub(super) fn removed(text: &str, kind: Kind, name: &str) -> Option<String> {
    let definitions = definitions(text, kind);
    let (_, bytes) = definitions.iter().find(|(given, _)| given == name)?;
    let other = definitions.iter().map(|(given, _)| given).find(|given| *given != name);
    let mut end = bytes.end;
    if text[end..].starts_with(',') {
        end += 1;
    }
    let without = format!("{}{}", &text[..bytes.start], &text[end..]);
    let without = without.replace(&format!("{{{name}}}"), "");
    let other = other.map_or_else(String::new, |other| format!("\"{other}\""));
    Some(without.replace(&format!("\"{name}\""), &other))
}

/// The text with another name for a thing, wherever it is named.
pub(super) fn renamed(text: &str, name: &str, new: &str) -> String {
    text.replace(&format!("\"{name}\""), &format!("\"{new}\"")).replace(&format!("{{{name}}}"), &format!("{{{new}}}"))
}

/// The text with a reply more at the head of a node.
pub(super) fn with_reply(text: &str, node: &str, new: &str, to: &str) -> Option<String> {
    let at = text.find(&format!("\"{node}\": Node("))?;
    let head = at + text[at..].find("replies: [")? + "replies: [".len();
    let reply = format!(
        "Reply(id: \"{new}\", gist: \"Say a thing\", text: \"I hear you, and I will look.\", acts: [OpenQuestion], \
         why: \"It asks.\", hears: \"You ask.\", to: \"{to}\"),"
    );
    Some(format!("{}{reply}{}", &text[..head], &text[head..]))
}
