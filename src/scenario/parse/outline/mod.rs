//! What stands where in a text that is still being written: for editors.
//!
//! [`outline`] names the place of every word, number and text, whatever is wrong around it; [`cursor`] says what may be
//! written at a byte. Both hold the tokens against the `shape` of the document, bracket by bracket, and need no more
//! than what stands before a place. They judge nothing: that is for [`super::parse`].

mod walk;

use super::SHAPES;
use super::lexer::{self, Token, TokenKind};
use super::shape::{Content, Field, Shape};
use crate::diagnostic::Span;
use walk::{Frame, Inside, Walk};

/// A text, taken apart.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// In their order.
    pub pieces: Vec<Piece>,
    /// In the order in which they open.
    pub brackets: Vec<Bracketed>,
}

/// A word, a number or a text, and its place.
#[derive(Debug, Clone)]
pub struct Piece {
    /// With its quote marks.
    pub span: Span,
    pub role: Role,
    /// It stands in quote marks.
    pub is_text: bool,
    pub site: Site,
}

/// What a piece is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The name of a field.
    Field,
    /// The key of an entry in curly brackets.
    Key,
    /// A value, or the name before a bracket.
    Value,
}

/// Which field of what something belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Site {
    /// The type or the variant whose field it is: `Reply`, `Anger`; of what stands in a variant’s brackets without a
    /// name, the enum. Empty where that is not known.
    pub owner: &'static str,
    /// The field, or the variant in whose brackets it stands.
    pub field: &'static str,
    /// The place in [`Outline::brackets`] of the bracket around it.
    pub bracket: Option<usize>,
}

/// Brackets and what they hold.
#[derive(Debug, Clone)]
pub struct Bracketed {
    /// From the name before it, if there is one, to its end: that of the text where it is never closed.
    pub span: Span,
    /// The struct or the variant that it is, empty for lists and entries.
    pub name: &'static str,
    /// The key of the entry whose value it is.
    pub key: Option<Span>,
    /// Where it stands itself.
    pub site: Site,
}

/// What may be written at a byte.
#[derive(Debug, Clone)]
pub struct Cursor {
    pub site: Site,
    pub role: Role,
    pub wants: Wants,
    /// Where the word or text that the byte is in begins, without its quote mark; the byte itself where it is in none.
    pub start: usize,
    /// It is inside quote marks.
    pub in_text: bool,
}

/// What belongs somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wants {
    /// A field that is not there yet.
    Fields(Vec<Hint>),
    /// One of a closed list.
    Words(Vec<Hint>),
    Text,
    /// A number, a bracket, or something that is not known.
    Other,
}

/// A name that may be written, and how it may go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    pub name: &'static str,
    /// `to: "..."`, `Reached("...")`.
    pub example: String,
    pub required: bool,
}

/// Takes a text apart.
pub fn outline(source: &str) -> Outline {
    let (tokens, _) = lexer::tokens(source, usize::MAX);
    Walk::over(source, &tokens).finish(source.len())
}

/// The remarks of a text, in their order.
pub fn remarks(source: &str) -> Vec<Span> {
    let (_, asides) = lexer::tokens_and_asides(source);
    asides.into_iter().filter(|span| source[span.range()].starts_with('/')).collect()
}

/// What may be written at a byte; none inside a remark.
pub fn cursor(source: &str, byte: usize) -> Option<Cursor> {
    let byte = source.floor_char_boundary(byte);
    let (tokens, asides) = lexer::tokens_and_asides(source);
    let ends_line = |span: &Span| source[span.range()].starts_with("//");
    if asides.iter().any(|span| span.start < byte && (byte < span.end || (byte == span.end && ends_line(span)))) {
        return None;
    }
    let touched = touched(source, byte, &tokens);
    let (start, in_text) = touched.unwrap_or((byte, false));
    let before: Vec<Token> = lexer::tokens(&source[..start], usize::MAX).0;
    let walk = Walk::over(&source[..start], &before);
    let place = walk.place();
    let written: Vec<&str> = place.written.iter().map(|span| source[span.range()].trim_matches('"')).collect();
    let wants = wants(place.shape, place.fields, &written);
    let start = if in_text { start + text_opening(&source[start..]) } else { start };
    Some(Cursor { site: place.site, role: place.role, wants, start: start.min(byte), in_text })
}

/// Where the word or the text that a byte is in begins, and whether it is a text. A text without an end ends with its
/// line.
fn touched(source: &str, byte: usize, tokens: &[Token]) -> Option<(usize, bool)> {
    let is_text = |token: &Token| {
        let written = &source[token.span.range()];
        matches!(token.kind, TokenKind::Text | TokenKind::Broken) && text_opening(written) > 0
    };
    for token in tokens.iter().take_while(|token| token.span.start < byte) {
        let in_line = || !source[token.span.start..byte].contains('\n');
        let is_inside = match token.kind {
            TokenKind::Text => byte < token.span.end,
            // Where the quote mark is missing, all of its line is taken for the text.
            TokenKind::Broken => {
                is_text(token) && in_line() && lexer::quoted_end(&source[..byte], token.span.start + 1).is_none()
            }
            TokenKind::Word | TokenKind::Number => byte <= token.span.end,
            _ => false,
        };
        if is_inside {
            return Some((token.span.start, is_text(token)));
        }
    }
    None
}

/// How long the opening quote mark is, 0 where there is none.
fn text_opening(written: &str) -> usize {
    let hashes = written.strip_prefix('r').map_or(0, |rest| rest.bytes().take_while(|byte| *byte == b'#').count());
    let raw = written.starts_with('r');
    let length = usize::from(raw) + hashes;
    if written[length..].starts_with('"') { length + 1 } else { 0 }
}

fn wants(shape: Option<&'static Shape>, fields: &'static [Field], written: &[&str]) -> Wants {
    if !fields.is_empty() {
        let free = fields.iter().filter(|field| !written.contains(&field.name));
        let hint =
            |field: &Field| Hint { name: field.name, example: SHAPES.field_example(field), required: field.required };
        return Wants::Fields(free.map(hint).collect());
    }
    match shape {
        Some(Shape::Optional(inner)) => wants(Some(inner), &[], written),
        Some(Shape::Text) => Wants::Text,
        Some(Shape::Bool) => Wants::Words(
            ["true", "false"].map(|name| Hint { name, example: name.to_owned(), required: false }).to_vec(),
        ),
        Some(Shape::Enum(name)) => {
            let hints = SHAPES.variants(name).iter().map(|variant| Hint {
                name: variant.name,
                example: SHAPES.variant_example(variant),
                required: false,
            });
            Wants::Words(hints.collect())
        }
        Some(Shape::Struct(name)) => {
            Wants::Words(vec![Hint { name, example: format!("{name}(...)"), required: false }])
        }
        _ => Wants::Other,
    }
}

/// What stands in the brackets of a value of this shape, after this name; and whose fields they are.
fn inside(shape: Option<&'static Shape>, name: Option<&str>, bracket: lexer::Bracket) -> (Inside, &'static str) {
    use lexer::Bracket::{Curly, Round, Square};
    match (shape, bracket) {
        (Some(Shape::Optional(inner)), _) if name == Some("Some") => (Inside::One(inner), ""),
        (Some(Shape::Optional(inner)), _) => inside(Some(inner), name, bracket),
        (Some(Shape::Struct(owner)), Round) => (Inside::Fields(SHAPES.fields(owner)), owner),
        (Some(Shape::Tuple(_, shapes)), Round) => (Inside::Several(shapes), ""),
        (Some(Shape::List(inner)), Square) => (Inside::Items(inner), ""),
        (Some(Shape::Map(key, value)), Curly) => (Inside::Entries(key, value), ""),
        (Some(Shape::Enum(of)), Round) => {
            let variant = SHAPES.variants(of).iter().find(|variant| Some(variant.name) == name);
            match variant.map(|variant| (&variant.content, variant.name)) {
                Some((Content::Fields(fields), variant)) => (Inside::Fields(fields), variant),
                Some((Content::One(shape), variant)) => (Inside::One(shape), variant),
                Some((Content::Several(shapes), variant)) => (Inside::Several(shapes), variant),
                _ => (Inside::Unknown, ""),
            }
        }
        _ => (Inside::Unknown, ""),
    }
}

impl Frame {
    /// The struct of which this is a list, for finding the way back to it.
    fn lists(&self, name: &str) -> bool {
        matches!(self.inside, Inside::Items(Shape::Struct(item)) if *item == name)
    }
}

#[cfg(test)]
mod tests;
