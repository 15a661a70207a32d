//! What may stand somewhere, in words and by example.

use super::shape::{Content, Field, Shape, Shapes, Variant};
use super::words::{one_of, with_article};
use crate::scenario::range;

/// Longer lists of allowed names are left out: they hide the message.
pub(super) const MOST_NAMES: usize = 12;

impl Shapes {
    /// What belongs somewhere, in words.
    pub(super) fn wanted(&self, shape: &Shape) -> String {
        match shape {
            Shape::Bool => "`true` or `false`".to_owned(),
            Shape::Whole(least, most) => range::wanted(least, most),
            Shape::Decimal => "a number".to_owned(),
            Shape::Character => "one character in single quote marks".to_owned(),
            Shape::Text => "a text in double quote marks".to_owned(),
            Shape::Nothing => "`()`".to_owned(),
            Shape::Optional(inner) => self.wanted(inner),
            Shape::List(inner) => format!("a list in square brackets: `[{}, ...]`", self.example(inner)),
            Shape::Map(key, value) => {
                format!("entries in curly brackets: `{{ {}: {}, ... }}`", self.example(key), self.example(value))
            }
            Shape::Tuple(_, shapes) => self.in_brackets(shapes),
            Shape::Struct(name) => {
                let (required, optional): (Vec<_>, Vec<_>) = self.fields(name).iter().partition(|field| field.required);
                let shown = required.into_iter().chain(optional).take(2);
                let shown: Vec<_> = shown.map(|field| self.field_example(field)).collect();
                format!("fields in round brackets: `({}, ...)`", shown.join(", "))
            }
            Shape::Enum(name) if self.variants(name).len() <= MOST_NAMES => one_of(self.variant_names(name)),
            Shape::Enum(name) => {
                let first =
                    self.variants(name).first().map_or_else(String::new, |variant| self.variant_example(variant));
                format!("{}, such as `{first}`", with_article(name))
            }
            Shape::Anything => "a value".to_owned(),
        }
    }

    pub(super) fn in_brackets(&self, shapes: &[Shape]) -> String {
        let shapes: Vec<_> = shapes.iter().map(|shape| self.example(shape)).collect();
        format!("round brackets: `({})`", shapes.join(", "))
    }

    /// Something short that could stand somewhere.
    fn example(&self, shape: &Shape) -> String {
        match shape {
            Shape::Bool => "true".to_owned(),
            Shape::Whole(least, most) => 1.clamp(*least, *most).to_string(),
            Shape::Decimal => "1".to_owned(),
            Shape::Character => "'a'".to_owned(),
            Shape::Text => "\"...\"".to_owned(),
            Shape::Nothing => "()".to_owned(),
            Shape::Optional(inner) => self.example(inner),
            Shape::List(_) => "[...]".to_owned(),
            Shape::Map(..) => "{ ... }".to_owned(),
            Shape::Tuple(..) | Shape::Struct(_) => "(...)".to_owned(),
            Shape::Enum(name) => {
                self.variants(name).first().map_or_else(String::new, |variant| self.variant_example(variant))
            }
            Shape::Anything => "...".to_owned(),
        }
    }

    pub(super) fn field_example(&self, field: &Field) -> String {
        format!("{}: {}", field.name, self.example(&field.shape))
    }

    pub(super) fn variant_example(&self, variant: &Variant) -> String {
        let name = variant.name;
        match &variant.content {
            Content::None => name.to_owned(),
            Content::One(Shape::Struct(inner)) => {
                let first = self.fields(inner).first();
                first.map_or_else(
                    || format!("{name}((...))"),
                    |field| format!("{name}(({}: {}))", field.name, self.example(&field.shape)),
                )
            }
            // A type that holds itself is shown no deeper.
            Content::One(Shape::Enum(_)) | Content::Several(_) | Content::Fields(_) => format!("{name}(...)"),
            Content::One(shape) => format!("{name}({})", self.example(shape)),
        }
    }

    pub(super) fn variant_names(&self, type_name: &str) -> impl Iterator<Item = &'static str> {
        self.variants(type_name).iter().map(|variant| variant.name)
    }
}
