//! From a name to where it is given, to every place where it is used, and the names of a file as a tree.

use lsp_types::{DocumentSymbol, SymbolKind};

use super::document::Document;
use super::names::{Kind, Mention, around};
use crate::diagnostic::Span;

/// Where the name at a byte is given.
pub(super) fn definitions(document: &Document, byte: usize) -> Vec<Span> {
    let names = document.names();
    names
        .at(byte)
        .map(|mention| names.definitions(mention))
        .unwrap_or_default()
        .iter()
        .map(|given| given.span)
        .collect()
}

/// Every place of the name at a byte.
pub(super) fn references(document: &Document, byte: usize, with_definition: bool) -> Vec<Span> {
    let names = document.names();
    let all = names.at(byte).map(|mention| names.everywhere(mention)).unwrap_or_default();
    all.into_iter().filter(|mention| with_definition || !mention.defines).map(|mention| mention.span).collect()
}

/// Encounters, in them their nodes, in these their replies; endings, tiles and diary events beside the nodes.
pub(super) fn symbols(document: &Document) -> Vec<DocumentSymbol> {
    let mentions = &document.names().mentions;
    let shown = mentions.iter().filter_map(|mention| Some((mention, mention.names.filter(|_| mention.defines)?)));
    let shown: Vec<_> = shown.filter(|(mention, _)| symbol_kind(mention.kind).is_some()).collect();
    below(document, &shown, None)
}

fn below(document: &Document, shown: &[(&Mention, usize)], parent: Option<usize>) -> Vec<DocumentSymbol> {
    let outline = &document.names().outline;
    let parent_of = |bracket: usize| {
        let mut outer = around(outline, outline.brackets[bracket].site.bracket);
        outer.find(|(index, _)| shown.iter().any(|(_, of)| of == index)).map(|(index, _)| index)
    };
    let own = shown.iter().filter(|(_, bracket)| parent_of(*bracket) == parent);
    own.filter_map(|(mention, bracket)| symbol(document, shown, mention, *bracket)).collect()
}

#[expect(deprecated, reason = "the protocol’s type has a field that nobody uses any more")]
fn symbol(
    document: &Document,
    shown: &[(&Mention, usize)],
    mention: &Mention,
    bracket: usize,
) -> Option<DocumentSymbol> {
    let span = document.names().outline.brackets[bracket].span;
    let whole = Span::new(span.start.min(mention.span.start), span.end.max(mention.span.end));
    let children = below(document, shown, Some(bracket));
    let detail = document.names().field(document.source(), bracket, "gist").map(str::to_owned);
    Some(DocumentSymbol {
        // An empty name is refused by editors.
        name: if mention.name.trim().is_empty() { mention.kind.words().to_owned() } else { mention.name.clone() },
        detail: detail.or_else(|| Some(mention.kind.words().to_owned())),
        kind: symbol_kind(mention.kind)?,
        tags: None,
        deprecated: None,
        range: document.text.range(whole),
        selection_range: document.text.range(mention.span),
        children: (!children.is_empty()).then_some(children),
    })
}

const fn symbol_kind(kind: Kind) -> Option<SymbolKind> {
    Some(match kind {
        Kind::Encounter => SymbolKind::MODULE,
        Kind::Node => SymbolKind::CLASS,
        Kind::Reply => SymbolKind::METHOD,
        Kind::Ending => SymbolKind::CONSTANT,
        Kind::Tile => SymbolKind::FIELD,
        Kind::Event => SymbolKind::EVENT,
        Kind::Choice => SymbolKind::ENUM_MEMBER,
        _ => return None,
    })
}
