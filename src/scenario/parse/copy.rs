//! A copy of a broken file that `ron` can read: what fits is taken over, what does not is stood in for and noted.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::shape::{Content, Shape, Shapes};
use crate::diagnostic::Span;
use crate::scenario::finding::Step;
use crate::scenario::unread::Unread;

/// Field names that were read as others: where each stands, and which was meant.
pub type Misspelt = BTreeMap<Span, &'static str>;

/// Stands where a text or a name could not be read. Nobody writes it.
const NO_TEXT: char = char::REPLACEMENT_CHARACTER;

pub(super) struct Copy<'a> {
    pub(super) text: String,
    pub(super) unread: Unread,
    pub(super) misspelt: Misspelt,
    shapes: &'a Shapes,
    /// Where in the document the copy stands.
    path: Vec<Step>,
    /// Above zero while something is looked at that does not get into the copy.
    paused: usize,
}

impl<'a> Copy<'a> {
    pub(super) fn new(shapes: &'a Shapes) -> Self {
        Self {
            text: String::new(),
            unread: Unread::default(),
            misspelt: Misspelt::new(),
            shapes,
            path: Vec::new(),
            paused: 0,
        }
    }

    pub(super) fn enter(&mut self, step: Step) {
        self.path.push(step);
    }

    pub(super) fn leave(&mut self) {
        self.path.pop();
    }

    pub(super) fn pause(&mut self) {
        self.paused += 1;
    }

    pub(super) fn go_on(&mut self) {
        self.paused -= 1;
    }

    /// Takes something over as it is written.
    pub(super) fn put(&mut self, written: &str) {
        if self.paused == 0 {
            self.text.push_str(written);
        }
    }

    pub(super) fn put_number(&mut self, number: i128) {
        if self.paused == 0 {
            // Writing to a `String` cannot fail.
            let _ = write!(self.text, "{number}");
        }
    }

    pub(super) fn put_text(&mut self, content: &str) {
        if self.paused > 0 {
            return;
        }
        self.text.push('"');
        for character in content.chars() {
            if matches!(character, '"' | '\\') {
                self.text.push('\\');
            }
            self.text.push(character);
        }
        self.text.push('"');
    }

    /// Puts something of this shape where nothing could be read.
    pub(super) fn stand_in(&mut self, shape: &Shape) {
        if self.paused == 0 {
            self.unread.add_value(&self.path, self.may_name(shape));
            self.put_made_up(shape);
        }
    }

    /// Notes that parts of the list, the map or the field here may be missing.
    pub(super) fn lacks_parts(&mut self, shape: &Shape) {
        if self.paused == 0 {
            self.unread.add_parts(&self.path, self.may_name(shape));
        }
    }

    /// Notes that fields of the struct here may be missing.
    pub(super) fn lacks_fields(&mut self) {
        if self.paused == 0 {
            self.unread.add_parts(&self.path, true);
        }
    }

    /// Notes a field that may stand in what could not be read; where it has to be there, something stands in for it.
    pub(super) fn lacks_field(&mut self, name: &'static str, required: bool, shape: &Shape) {
        if self.paused > 0 {
            return;
        }
        self.enter(Step::Field(name.into()));
        if required {
            self.put(name);
            self.put(":");
            self.stand_in(shape);
            self.put(",");
        } else {
            self.unread.add_value(&self.path, self.may_name(shape));
        }
        self.leave();
    }

    pub(super) fn reads_as(&mut self, written: Span, meant: &'static str) {
        if self.paused == 0 {
            self.misspelt.insert(written, meant);
        }
    }

    fn may_name(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Bool | Shape::Whole(..) | Shape::Decimal | Shape::Character | Shape::Nothing => false,
            Shape::Optional(inner) | Shape::List(inner) => self.may_name(inner),
            Shape::Tuple(_, shapes) => shapes.iter().any(|shape| self.may_name(shape)),
            Shape::Map(key, value) => self.may_name(key) || self.may_name(value),
            Shape::Enum(name) => {
                self.shapes.variants(name).iter().any(|variant| !matches!(variant.content, Content::None))
            }
            Shape::Text | Shape::Struct(_) | Shape::Anything => true,
        }
    }

    fn put_made_up(&mut self, shape: &Shape) {
        let shapes = self.shapes;
        match shape {
            Shape::Bool => self.put("false"),
            Shape::Whole(least, _) => self.put_number(*least),
            Shape::Decimal => self.put("0"),
            Shape::Character => self.put("'a'"),
            Shape::Text => self.put_text(NO_TEXT.encode_utf8(&mut [0; 4])),
            Shape::Nothing | Shape::Anything => self.put("()"),
            Shape::Optional(_) => self.put("None"),
            Shape::List(_) => self.put("[]"),
            Shape::Map(..) => self.put("{}"),
            Shape::Tuple(_, parts) => self.put_all_made_up(parts),
            Shape::Struct(name) => {
                self.put("(");
                for field in shapes.fields(name).iter().filter(|field| field.required) {
                    self.put(field.name);
                    self.put(":");
                    self.put_made_up(&field.shape);
                    self.put(",");
                }
                self.put(")");
            }
            Shape::Enum(name) => {
                let variants = shapes.variants(name);
                // One without content, so that a type that holds itself comes to an end.
                let plain = variants.iter().find(|variant| matches!(variant.content, Content::None));
                let Some(variant) = plain.or(variants.first()) else { return };
                self.put(variant.name);
                match &variant.content {
                    Content::None => {}
                    Content::One(shape) => self.put_all_made_up(std::slice::from_ref(shape)),
                    Content::Several(shapes) => self.put_all_made_up(shapes),
                    Content::Fields(_) => self.put("()"),
                }
            }
        }
    }

    fn put_all_made_up(&mut self, shapes: &[Shape]) {
        self.put("(");
        for shape in shapes {
            self.put_made_up(shape);
            self.put(",");
        }
        self.put(")");
    }
}
