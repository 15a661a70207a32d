//! From a name to where it is given, to every place where it is used, and the names of a file as a tree.

use std::collections::HashMap;

use super::names::{Mention, Names, around};
use crate::diagnostic::Span;
use crate::scenario::name::Kind;

/// A named part of a scenario, and the parts in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    pub kind: Kind,
    /// As it is written; empty while it is not yet.
    pub name: String,
    /// What tells it from its neighbours: the gist of a reply.
    pub detail: Option<String>,
    /// All of it.
    pub whole: Span,
    /// Its name, without quote marks.
    pub at: Span,
    pub children: Vec<Self>,
}

pub(super) fn definitions(names: &Names, byte: usize) -> Vec<Span> {
    let given = names.at(byte).map(|mention| names.definitions(mention)).unwrap_or_default();
    given.iter().map(|given| given.span).collect()
}

pub(super) fn references(names: &Names, byte: usize) -> Vec<Span> {
    let all = names.at(byte).map(|mention| names.everywhere(mention)).unwrap_or_default();
    all.into_iter().filter(|mention| !mention.defines).map(|mention| mention.span).collect()
}

pub(super) fn symbols(source: &str, names: &Names) -> Vec<Symbol> {
    let outline = &names.outline;
    let shown: Vec<(&Mention, Kind, usize)> = names
        .mentions
        .iter()
        .filter_map(|mention| Some((mention, mention.given()?, mention.names?)))
        .filter(|(_, kind, _)| is_part(*kind))
        .collect();
    let of_bracket: HashMap<usize, usize> = shown.iter().enumerate().map(|(at, (.., of))| (*of, at)).collect();
    let mut within: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    for (at, (.., bracket)) in shown.iter().enumerate() {
        let outer = outline.brackets[*bracket].site.bracket;
        let parent = around(outline, outer).find_map(|(index, _)| of_bracket.get(&index).copied());
        within.entry(parent).or_default().push(at);
    }
    Tree { source, names, shown: &shown, within: &within }.below(None)
}

struct Tree<'a> {
    source: &'a str,
    names: &'a Names,
    shown: &'a [(&'a Mention, Kind, usize)],
    /// The places in `shown` of what stands in another of them, or in none.
    within: &'a HashMap<Option<usize>, Vec<usize>>,
}

impl Tree<'_> {
    fn below(&self, parent: Option<usize>) -> Vec<Symbol> {
        self.within.get(&parent).into_iter().flatten().map(|at| self.symbol(*at)).collect()
    }

    fn symbol(&self, at: usize) -> Symbol {
        let (mention, kind, bracket) = self.shown[at];
        let span = self.names.outline.brackets[bracket].span;
        Symbol {
            kind,
            name: mention.name.clone(),
            detail: self.names.field(self.source, bracket, "gist").map(str::to_owned),
            whole: Span::new(span.start.min(mention.span.start), span.end.max(mention.span.end)),
            at: mention.span,
            children: self.below(Some(at)),
        }
    }
}

const fn is_part(kind: Kind) -> bool {
    matches!(kind, Kind::Encounter | Kind::Node | Kind::Reply | Kind::Ending | Kind::Tile | Kind::Event | Kind::Choice)
}
