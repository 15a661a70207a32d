//! One pass over the tokens with a stack of open brackets.

use super::super::SHAPES;
use super::super::lexer::{Bracket, Token, TokenKind};
use super::super::shape::{Field, Shape};
use super::{Bracketed, Outline, Piece, Role, Site, inside, text_opening};
use crate::diagnostic::Span;

/// What stands in a bracket.
#[derive(Debug, Clone, Copy)]
pub(super) enum Inside {
    Fields(&'static [Field]),
    Entries(&'static Shape, &'static Shape),
    Items(&'static Shape),
    /// Values without names, each of a shape of its own.
    Several(&'static [Shape]),
    One(&'static Shape),
    Unknown,
}

/// An open bracket.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) inside: Inside,
    bracket: Bracket,
    /// Its place in the list of brackets.
    index: usize,
    /// The field that the value to come is for.
    field: Option<&'static Field>,
    /// Names of fields that are written already.
    written: Vec<Span>,
    /// A name or a key stands there, and its colon.
    is_at_value: bool,
    /// The key that was read last.
    key: Option<Span>,
    /// How many values without names there were.
    count: usize,
    /// What the values belong to, where they are no fields.
    site: Site,
}

/// Where the pass stands.
pub(super) struct Place<'w> {
    pub(super) site: Site,
    pub(super) role: Role,
    pub(super) shape: Option<&'static Shape>,
    /// Where the name of a field belongs: which there are.
    pub(super) fields: &'static [Field],
    /// Those that stand here already.
    pub(super) written: &'w [Span],
}

pub(super) struct Walk<'a> {
    source: &'a str,
    stack: Vec<Frame>,
    outline: Outline,
}

impl<'a> Walk<'a> {
    pub(super) fn over(source: &'a str, tokens: &[Token]) -> Self {
        let mut walk = Self { source, stack: Vec::new(), outline: Outline::default() };
        let mut name: Option<Span> = None;
        for (at, token) in tokens.iter().enumerate() {
            let next = tokens.get(at + 1).map(|token| token.kind);
            match token.kind {
                TokenKind::Open(bracket) => walk.open(bracket, name.take(), token.span),
                TokenKind::Close(bracket) => walk.close(bracket, token.span.end),
                TokenKind::Comma => walk.comma(),
                TokenKind::Colon | TokenKind::Equals => walk.colon(),
                TokenKind::Word if next == Some(TokenKind::Open(Bracket::Round)) => {
                    walk.find_way_to_group(&source[token.span.range()]);
                    let Place { site, .. } = walk.place();
                    walk.piece(token.span, Role::Value, site);
                    name = Some(token.span);
                }
                TokenKind::Word | TokenKind::Number | TokenKind::Character | TokenKind::Text | TokenKind::Broken => {
                    let before_colon = matches!(next, Some(TokenKind::Colon | TokenKind::Equals));
                    walk.atom(token.span, before_colon);
                }
                TokenKind::End => {}
            }
        }
        walk
    }

    pub(super) fn finish(mut self, end: usize) -> Outline {
        while let Some(frame) = self.stack.pop() {
            self.outline.brackets[frame.index].span.end = end;
        }
        self.outline
    }

    /// What may come next.
    pub(super) fn place(&self) -> Place<'_> {
        let Some(frame) = self.stack.last() else {
            return Place {
                site: Site::default(),
                role: Role::Value,
                shape: Some(&SHAPES.root),
                fields: &[],
                written: &[],
            };
        };
        let bracket = Some(frame.index);
        let owner = self.outline.brackets[frame.index].name;
        let inherited = Site { bracket, ..frame.site };
        let (site, role, shape) = match frame.inside {
            Inside::Fields(fields) if !frame.is_at_value => {
                let site = Site { owner, field: "", bracket };
                return Place { site, role: Role::Field, shape: None, fields, written: &frame.written };
            }
            Inside::Fields(_) => {
                let field = frame.field.map_or("", |field| field.name);
                (Site { owner, field, bracket }, Role::Value, frame.field.map(|field| &field.shape))
            }
            Inside::Entries(key, _) if !frame.is_at_value => (inherited, Role::Key, Some(key)),
            Inside::Entries(_, value) => (inherited, Role::Value, Some(value)),
            Inside::Items(shape) => (inherited, Role::Value, Some(shape)),
            Inside::Several(shapes) => (inherited, Role::Value, shapes.get(frame.count)),
            Inside::One(shape) => (inherited, Role::Value, (frame.count == 0).then_some(shape)),
            Inside::Unknown => (Site { bracket, ..Site::default() }, Role::Value, None),
        };
        Place { site, role, shape, fields: &[], written: &[] }
    }

    fn atom(&mut self, span: Span, before_colon: bool) {
        if before_colon {
            self.find_way_to_name(span);
        }
        let Place { site, role, .. } = self.place();
        let written = self.source[span.range()].trim_matches('"');
        let written = written.strip_prefix("r#").unwrap_or(written);
        let mut site = site;
        if let Some(frame) = self.stack.last_mut() {
            match (role, frame.inside) {
                (Role::Field, Inside::Fields(fields)) => {
                    frame.field = fields.iter().find(|field| field.name == written);
                    site.field = frame.field.map_or("", |field| field.name);
                    frame.written.push(span);
                }
                (Role::Key, _) => frame.key = Some(span),
                _ => frame.pass_value(),
            }
        }
        self.piece(span, role, site);
    }

    fn open(&mut self, bracket: Bracket, name: Option<Span>, span: Span) {
        let place = self.place();
        let written = name.map(|span| &self.source[span.range()]);
        // A bracket where the name of a field or a key belongs is the value of none.
        let shape = place.shape.filter(|_| place.role == Role::Value);
        let (inside, owner) = inside(shape, written, bracket);
        let site = place.site;
        let key = self.stack.last().filter(|frame| frame.is_at_value).and_then(|frame| frame.key);
        let index = self.outline.brackets.len();
        let start = name.map_or(span.start, |name| name.start);
        self.outline.brackets.push(Bracketed { span: Span::new(start, span.end), name: owner, key, site });
        if let Some(frame) = self.stack.last_mut() {
            frame.pass_value();
        }
        let own = match (inside, shape) {
            (Inside::One(_) | Inside::Several(_), Some(shape)) if !owner.is_empty() => {
                Site { owner: enum_of(shape), field: owner, bracket: None }
            }
            _ => site,
        };
        self.stack.push(Frame {
            inside,
            bracket,
            index,
            field: None,
            written: Vec::new(),
            is_at_value: false,
            key: None,
            count: 0,
            site: own,
        });
    }

    fn close(&mut self, bracket: Bracket, end: usize) {
        // One that closes nothing is passed over.
        let Some(depth) = self.stack.iter().rposition(|frame| frame.bracket == bracket) else { return };
        self.leave_to(depth, end);
    }

    /// Closes what stands at this depth of the stack, and all that is open in it.
    fn leave_to(&mut self, depth: usize, end: usize) {
        while self.stack.len() > depth {
            if let Some(frame) = self.stack.pop() {
                self.outline.brackets[frame.index].span.end = end;
            }
        }
    }

    fn comma(&mut self) {
        if let Some(frame) = self.stack.last_mut() {
            frame.is_at_value = false;
        }
    }

    fn colon(&mut self) {
        if let Some(frame) = self.stack.last_mut() {
            frame.is_at_value = matches!(frame.inside, Inside::Fields(_) | Inside::Entries(..));
        }
    }

    fn piece(&mut self, span: Span, role: Role, site: Site) {
        let is_text = text_opening(&self.source[span.range()]) > 0;
        self.outline.pieces.push(Piece { span, role, is_text, site });
    }

    /// `Reply(` where a field belongs: a bracket before it was not closed.
    fn find_way_to_group(&mut self, name: &str) {
        if self.place().role != Role::Field {
            return;
        }
        if let Some(depth) = self.stack.iter().rposition(|frame| frame.lists(name)) {
            self.leave_to(depth + 1, self.last_end());
        }
    }

    /// A name before a colon that does not belong where it stands: a value or a bracket before it is missing.
    fn find_way_to_name(&mut self, span: Span) {
        let is_text = text_opening(&self.source[span.range()]) > 0;
        let written = &self.source[span.range()];
        if let Some(frame) = self.stack.last_mut()
            && matches!(frame.inside, Inside::Fields(_))
        {
            frame.is_at_value = false;
        }
        let fits = |frame: &Frame| match frame.inside {
            Inside::Fields(fields) => !is_text && fields.iter().any(|field| field.name == written),
            Inside::Entries(Shape::Text, _) => is_text,
            Inside::Entries(Shape::Enum(name), _) => {
                !is_text && SHAPES.variants(name).iter().any(|variant| variant.name == written)
            }
            _ => false,
        };
        let Some(depth) = self.stack.iter().rposition(fits) else { return };
        if depth + 1 < self.stack.len() {
            self.leave_to(depth + 1, self.last_end());
        }
        if let Some(frame) = self.stack.last_mut() {
            frame.is_at_value = false;
        }
    }

    /// Where the last piece ends: nothing that was left open reaches further.
    fn last_end(&self) -> usize {
        let opened = self.outline.brackets.last().map_or(0, |bracket| bracket.span.end);
        self.outline.pieces.last().map_or(0, |piece| piece.span.end).max(opened)
    }
}

impl Frame {
    fn pass_value(&mut self) {
        self.is_at_value = false;
        self.count += 1;
    }
}

fn enum_of(shape: &'static Shape) -> &'static str {
    match shape {
        Shape::Optional(inner) => enum_of(inner),
        Shape::Enum(name) => name,
        _ => "",
    }
}
