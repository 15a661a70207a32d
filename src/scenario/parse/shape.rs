//! What a document may look like, read off the document's own types.
//!
//! The types of a format version are the one place that says what a file may hold. Rather than write it down a second
//! time for the sake of good messages, their `Deserialize` is asked: a `Probe` walks one path into the types, notes
//! which kind of value they ask for at its end, and stops. Path by path, that gives the whole shape.

use std::collections::{BTreeMap, VecDeque};

use serde::Deserialize;

use super::probe::{Asked, Inward, Plain, ask, can_do_without};
use crate::scenario::range;

/// The kinds of values, with structs and enums by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    Bool,
    /// A whole number within these bounds.
    Whole(i128, i128),
    Decimal,
    Character,
    Text,
    Nothing,
    Optional(Box<Shape>),
    List(Box<Shape>),
    Map(Box<Shape>, Box<Shape>),
    /// Values in round brackets without names; with the name that may stand before them.
    Tuple(Option<&'static str>, Vec<Shape>),
    Struct(&'static str),
    Enum(&'static str),
    /// Something that only the type itself can judge.
    Anything,
}

#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) required: bool,
    pub(super) shape: Shape,
}

#[derive(Debug)]
pub(super) struct Variant {
    pub(super) name: &'static str,
    pub(super) content: Content,
}

/// What stands in an enum variant's brackets.
#[derive(Debug)]
pub(super) enum Content {
    None,
    One(Shape),
    Several(Vec<Shape>),
    Fields(Vec<Field>),
}

/// The shape of a document and of every struct and enum in it.
#[derive(Debug)]
pub(super) struct Shapes {
    pub(super) root: Shape,
    structs: BTreeMap<&'static str, Vec<Field>>,
    enums: BTreeMap<&'static str, Vec<Variant>>,
}

impl Shapes {
    /// Reads the shape off a type.
    pub(super) fn of<T: for<'de> Deserialize<'de>>() -> Self {
        Survey::<T>::new().run()
    }

    pub(super) fn fields(&self, name: &str) -> &[Field] {
        self.structs.get(name).map_or(&[], Vec::as_slice)
    }

    pub(super) fn variants(&self, name: &str) -> &[Variant] {
        self.enums.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether anything at all has a field of this name.
    pub(super) fn know_field(&self, name: &str) -> bool {
        let in_variants = self.enums.values().flatten().filter_map(|variant| match &variant.content {
            Content::Fields(fields) => Some(fields),
            _ => None,
        });
        self.structs.values().chain(in_variants).flatten().any(|field| field.name == name)
    }
}

/// Walks all paths of a type, each struct and enum once.
struct Survey<T> {
    structs: BTreeMap<&'static str, Vec<Field>>,
    enums: BTreeMap<&'static str, Vec<Variant>>,
    /// Structs and enums that were met, and where; their insides are still to be walked.
    waiting: VecDeque<(Vec<Inward>, Asked)>,
    root: std::marker::PhantomData<fn() -> T>,
}

impl<T: for<'de> Deserialize<'de>> Survey<T> {
    fn new() -> Self {
        Self {
            structs: BTreeMap::new(),
            enums: BTreeMap::new(),
            waiting: VecDeque::new(),
            root: std::marker::PhantomData,
        }
    }

    fn run(mut self) -> Shapes {
        let root = self.shape(&[]);
        while let Some((path, asked)) = self.waiting.pop_front() {
            match asked {
                Asked::Struct(name, fields) => {
                    let fields = self.fields(&path, name, fields);
                    self.structs.insert(name, fields);
                }
                Asked::Enum(name, variants) => {
                    let variants = variants.iter().map(|variant| self.variant(&path, variant)).collect();
                    self.enums.insert(name, variants);
                }
                _ => {}
            }
        }
        Shapes { root, structs: self.structs, enums: self.enums }
    }

    fn shape(&mut self, path: &[Inward]) -> Shape {
        let inner = |survey: &mut Self, step| Box::new(survey.shape(&with(path, step)));
        match ask::<T>(path) {
            Asked::Plain(Plain::Bool) => Shape::Bool,
            Asked::Plain(Plain::Whole(least, most)) => Shape::Whole(least, most),
            Asked::Plain(Plain::Decimal) => Shape::Decimal,
            Asked::Plain(Plain::Character) => Shape::Character,
            Asked::Plain(Plain::Text) => Shape::Text,
            Asked::Plain(Plain::Nothing) => Shape::Nothing,
            Asked::Optional => Shape::Optional(inner(self, Inward::Content)),
            Asked::List => Shape::List(inner(self, Inward::Element(0))),
            Asked::Map => Shape::Map(inner(self, Inward::Key), inner(self, Inward::Value)),
            Asked::Newtype => Shape::Tuple(None, vec![*inner(self, Inward::Content)]),
            Asked::Tuple(name, length) => {
                Shape::Tuple(name, (0..length).map(|index| *inner(self, Inward::Element(index))).collect())
            }
            asked @ Asked::Struct(name, _) => {
                if !self.structs.contains_key(name) {
                    self.structs.insert(name, Vec::new());
                    self.waiting.push_back((path.to_vec(), asked));
                }
                Shape::Struct(name)
            }
            asked @ Asked::Enum(name, _) => {
                if !self.enums.contains_key(name) {
                    self.enums.insert(name, Vec::new());
                    self.waiting.push_back((path.to_vec(), asked));
                }
                Shape::Enum(name)
            }
            Asked::Plain(Plain::Anything)
            | Asked::VariantNone
            | Asked::VariantOne
            | Asked::VariantSeveral(_)
            | Asked::VariantFields(_) => Shape::Anything,
        }
    }

    /// The fields of a struct or a variant, `owner`.
    fn fields(&mut self, path: &[Inward], owner: &str, names: &'static [&'static str]) -> Vec<Field> {
        names
            .iter()
            .map(|name| Field {
                name,
                required: !can_do_without::<T>(path, name),
                shape: bounded(self.shape(&with(path, Inward::Field(name))), owner, name),
            })
            .collect()
    }

    fn variant(&mut self, path: &[Inward], name: &'static str) -> Variant {
        let path = with(path, Inward::Variant(name));
        let content = match ask::<T>(&path) {
            Asked::VariantOne => Content::One(self.shape(&with(&path, Inward::Content))),
            Asked::VariantSeveral(length) => {
                Content::Several((0..length).map(|index| self.shape(&with(&path, Inward::Element(index)))).collect())
            }
            Asked::VariantFields(fields) => Content::Fields(self.fields(&path, name, fields)),
            _ => Content::None,
        };
        Variant { name, content }
    }
}

/// A type can hold more numbers than the language allows.
fn bounded(shape: Shape, owner: &str, field: &str) -> Shape {
    match shape {
        Shape::Optional(inner) => Shape::Optional(Box::new(bounded(*inner, owner, field))),
        Shape::Map(key, value) => Shape::Map(key, Box::new(bounded(*value, owner, field))),
        Shape::Whole(least, most) => range::of_field(owner, field)
            .map_or(Shape::Whole(least, most), |range| Shape::Whole((*range.start()).into(), (*range.end()).into())),
        other => other,
    }
}

fn with(path: &[Inward], step: Inward) -> Vec<Inward> {
    path.iter().copied().chain([step]).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::scenario::format::current::Scenario;

    fn required(shapes: &Shapes, name: &str) -> Vec<&'static str> {
        shapes.fields(name).iter().filter(|field| field.required).map(|field| field.name).collect()
    }

    #[test]
    fn the_shape_says_what_the_types_say() {
        let shapes = Shapes::of::<Scenario>();
        assert_eq!(shapes.root, Shape::Struct("Scenario"));
        let field =
            |of: &str, name: &str| shapes.fields(of).iter().find(|field| field.name == name).unwrap().shape.clone();
        assert_eq!(field("Scenario", "difficulty"), Shape::Whole(1, 5));
        assert_eq!(field("Scenario", "channel"), Shape::Enum("Channel"));
        assert_eq!(field("Scenario", "record"), Shape::List(Box::new(Shape::Text)));
        assert_eq!(field("Scenario", "needs"), Shape::Map(Box::new(Shape::Text), Box::new(Shape::Struct("Need"))));
        assert_eq!(
            field("Node", "weigh"),
            Shape::Map(Box::new(Shape::Enum("Indicator")), Box::new(Shape::Whole(1, 3)))
        );
        assert_eq!(
            field("Reply", "slip"),
            Shape::Optional(Box::new(Shape::Tuple(Some("Slip"), vec![Shape::Enum("Severity"), Shape::Enum("Skill")])))
        );
        assert_eq!(field("Look", "glasses"), Shape::Bool);
        assert!(matches!(shapes.variants("Channel"), [Variant { name: "Phone", content: Content::None }, _]));
        let not = shapes.variants("Condition").iter().find(|variant| variant.name == "Not").unwrap();
        assert!(matches!(not.content, Content::One(Shape::Enum("Condition"))));
    }

    #[test]
    fn every_number_has_the_bounds_of_the_language_and_no_others() {
        let shapes = Shapes::of::<Scenario>();
        let variants = shapes.enums.values().flatten().filter_map(|variant| match &variant.content {
            Content::Fields(fields) => Some((variant.name, fields)),
            _ => None,
        });
        let owners = shapes.structs.iter().map(|(name, fields)| (*name, fields)).chain(variants);
        let numbers: BTreeSet<_> = owners
            .flat_map(|(owner, fields)| fields.iter().map(move |field| (owner, field)))
            .filter(|(_, field)| has_number(&field.shape))
            .map(|(owner, field)| (owner, field.name))
            .collect();
        let listed: BTreeSet<_> = range::FIELDS.iter().map(|(owner, field, _)| (*owner, *field)).collect();
        assert_eq!(numbers, listed);
    }

    fn has_number(shape: &Shape) -> bool {
        match shape {
            Shape::Whole(..) => true,
            Shape::Optional(inner) | Shape::List(inner) | Shape::Map(_, inner) => has_number(inner),
            Shape::Tuple(_, shapes) => shapes.iter().any(has_number),
            _ => false,
        }
    }

    #[test]
    fn only_fields_without_a_default_are_required() {
        let shapes = Shapes::of::<Scenario>();
        assert_eq!(
            required(&shapes, "Scenario"),
            [
                "format",
                "id",
                "title",
                "setting",
                "you",
                "channel",
                "difficulty",
                "teaser",
                "customer",
                "needs",
                "encounters"
            ]
        );
        assert_eq!(required(&shapes, "Jump"), ["when", "to"]);
    }
}
