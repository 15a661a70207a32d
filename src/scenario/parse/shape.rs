//! What a document may look like, read off the document's own types.
//!
//! The types of a format version are the one place that says what a file may hold. Rather than write it down a second
//! time for the sake of good messages, their `Deserialize` is asked: a [`Probe`] walks one path into the types, notes
//! which kind of value they ask for at its end, and stops. Path by path, that gives the whole shape.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

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
}

/// One step into the types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Into {
    Field(&'static str),
    Variant(&'static str),
    /// The content of an optional or of a newtype.
    Content,
    Element(usize),
    Key,
    Value,
}

/// What the types asked for at the end of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Plain(Plain),
    Optional,
    List,
    Map,
    Tuple(Option<&'static str>, usize),
    Struct(&'static str, &'static [&'static str]),
    Enum(&'static str, &'static [&'static str]),
    Newtype,
    VariantNone,
    VariantOne,
    VariantSeveral(usize),
    VariantFields(&'static [&'static str]),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plain {
    Bool,
    Whole(i128, i128),
    Decimal,
    Character,
    Text,
    Nothing,
    Anything,
}

/// Walks all paths of a type, each struct and enum once.
struct Survey<T> {
    structs: BTreeMap<&'static str, Vec<Field>>,
    enums: BTreeMap<&'static str, Vec<Variant>>,
    /// Structs and enums that were met, and where; their insides are still to be walked.
    waiting: VecDeque<(Vec<Into>, Asked)>,
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
                    let fields = self.fields(&path, fields);
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

    fn shape(&mut self, path: &[Into]) -> Shape {
        let inner = |survey: &mut Self, step| Box::new(survey.shape(&with(path, step)));
        match Self::ask(path) {
            Asked::Plain(Plain::Bool) => Shape::Bool,
            Asked::Plain(Plain::Whole(least, most)) => Shape::Whole(least, most),
            Asked::Plain(Plain::Decimal) => Shape::Decimal,
            Asked::Plain(Plain::Character) => Shape::Character,
            Asked::Plain(Plain::Text) => Shape::Text,
            Asked::Plain(Plain::Nothing) => Shape::Nothing,
            Asked::Optional => Shape::Optional(inner(self, Into::Content)),
            Asked::List => Shape::List(inner(self, Into::Element(0))),
            Asked::Map => Shape::Map(inner(self, Into::Key), inner(self, Into::Value)),
            Asked::Newtype => Shape::Tuple(None, vec![*inner(self, Into::Content)]),
            Asked::Tuple(name, length) => {
                Shape::Tuple(name, (0..length).map(|index| *inner(self, Into::Element(index))).collect())
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

    fn fields(&mut self, path: &[Into], names: &'static [&'static str]) -> Vec<Field> {
        names
            .iter()
            .map(|name| Field {
                name,
                required: Self::is_required(path, name),
                shape: self.shape(&with(path, Into::Field(name))),
            })
            .collect()
    }

    fn variant(&mut self, path: &[Into], name: &'static str) -> Variant {
        let path = with(path, Into::Variant(name));
        let content = match Self::ask(&path) {
            Asked::VariantOne => Content::One(self.shape(&with(&path, Into::Content))),
            Asked::VariantSeveral(length) => {
                Content::Several((0..length).map(|index| self.shape(&with(&path, Into::Element(index)))).collect())
            }
            Asked::VariantFields(fields) => Content::Fields(self.fields(&path, fields)),
            _ => Content::None,
        };
        Variant { name, content }
    }

    fn ask(path: &[Into]) -> Asked {
        let mut answer = Answer { asked: Asked::Plain(Plain::Anything), refused: false };
        // It ends in an error as soon as the question is answered.
        let _ = T::deserialize(Probe { path, without: None, depth: 0, answer: &mut answer });
        answer.asked
    }

    /// Whether the struct at a path refuses to be without a field, all others being there.
    fn is_required(path: &[Into], field: &'static str) -> bool {
        let mut answer = Answer { asked: Asked::Plain(Plain::Anything), refused: false };
        let _ = T::deserialize(Probe { path, without: Some(field), depth: 0, answer: &mut answer });
        answer.refused
    }
}

fn with(path: &[Into], step: Into) -> Vec<Into> {
    path.iter().copied().chain([step]).collect()
}

struct Answer {
    asked: Asked,
    refused: bool,
}

/// A deserializer that has no input. It follows a path; past its end it either stops, or (with `without`) makes up
/// values, to see whether the struct there can do without one field.
struct Probe<'a> {
    path: &'a [Into],
    without: Option<&'static str>,
    /// How deep made-up values stand in each other, so that a type that holds itself comes to an end.
    depth: usize,
    answer: &'a mut Answer,
}

/// The probe has seen enough.
#[derive(Debug)]
struct Stop;

impl fmt::Display for Stop {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the probe has seen enough")
    }
}

impl std::error::Error for Stop {}

impl serde::de::Error for Stop {
    fn custom<M: fmt::Display>(_: M) -> Self {
        Self
    }
}

impl Probe<'_> {
    fn makes_up(&self) -> bool {
        self.depth > 0
    }

    fn stop<V>(self, asked: Asked) -> Result<V, Stop> {
        self.answer.asked = asked;
        Err(Stop)
    }

    fn step(&self) -> Option<Into> {
        self.path.first().copied()
    }

    fn inside(&mut self) -> Probe<'_> {
        Probe { path: &self.path[1..], without: self.without, depth: 0, answer: self.answer }
    }

    fn made_up(&mut self) -> Result<Probe<'_>, Stop> {
        let depth = self.depth + 1;
        if depth > 40 { Err(Stop) } else { Ok(Probe { path: &[], without: None, depth, answer: self.answer }) }
    }

    /// Fields for a struct: the one on the path, or all but the one it is to do without.
    fn named<'de, V: Visitor<'de>>(
        mut self,
        fields: &'static [&'static str],
        visitor: V,
        asked: Asked,
    ) -> Result<V::Value, Stop> {
        if let Some(Into::Field(name)) = self.step() {
            let fields = Fields { probe: &mut self, names: vec![name], made_up: false };
            return visitor.visit_map(fields);
        }
        if !self.makes_up() && self.without.is_none() {
            return self.stop(asked);
        }
        let without = self.without;
        let names = fields.iter().rev().copied().filter(|name| Some(*name) != without).collect();
        let made_up = visitor.visit_map(Fields { probe: &mut self, names, made_up: true });
        if without.is_some() && !self.makes_up() {
            self.answer.refused = made_up.is_err();
            return Err(Stop);
        }
        made_up
    }

    fn sequence<'de, V: Visitor<'de>>(mut self, length: usize, visitor: V, asked: Asked) -> Result<V::Value, Stop> {
        if let Some(Into::Element(target)) = self.step() {
            return visitor.visit_seq(Elements { probe: &mut self, target: Some(target), next: 0, length: target + 1 });
        }
        if self.makes_up() {
            return visitor.visit_seq(Elements { probe: &mut self, target: None, next: 0, length });
        }
        self.stop(asked)
    }
}

macro_rules! plain {
    ($($method:ident => $plain:expr, $visit:ident($($value:expr)?);)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
            if self.makes_up() { visitor.$visit($($value)?) } else { self.stop(Asked::Plain($plain)) }
        })+
    };
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Stop;

    plain! {
        deserialize_bool => Plain::Bool, visit_bool(false);
        deserialize_i8 => Plain::Whole(i8::MIN.into(), i8::MAX.into()), visit_i8(0);
        deserialize_i16 => Plain::Whole(i16::MIN.into(), i16::MAX.into()), visit_i16(0);
        deserialize_i32 => Plain::Whole(i32::MIN.into(), i32::MAX.into()), visit_i32(0);
        deserialize_i64 => Plain::Whole(i64::MIN.into(), i64::MAX.into()), visit_i64(0);
        deserialize_u8 => Plain::Whole(0, u8::MAX.into()), visit_u8(0);
        deserialize_u16 => Plain::Whole(0, u16::MAX.into()), visit_u16(0);
        deserialize_u32 => Plain::Whole(0, u32::MAX.into()), visit_u32(0);
        deserialize_u64 => Plain::Whole(0, u64::MAX.into()), visit_u64(0);
        deserialize_f32 => Plain::Decimal, visit_f32(0.0);
        deserialize_f64 => Plain::Decimal, visit_f64(0.0);
        deserialize_char => Plain::Character, visit_char('a');
        deserialize_str => Plain::Text, visit_str("");
        deserialize_string => Plain::Text, visit_str("");
        deserialize_bytes => Plain::Anything, visit_bytes(&[]);
        deserialize_byte_buf => Plain::Anything, visit_bytes(&[]);
        deserialize_unit => Plain::Nothing, visit_unit();
        deserialize_any => Plain::Anything, visit_unit();
        deserialize_identifier => Plain::Text, visit_str("");
        deserialize_ignored_any => Plain::Anything, visit_unit();
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Stop> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Stop> {
        match self.step() {
            Some(Into::Content) => visitor.visit_some(self.inside()),
            _ if self.makes_up() => visitor.visit_none(),
            _ => self.stop(Asked::Optional),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(mut self, _: &'static str, visitor: V) -> Result<V::Value, Stop> {
        match self.step() {
            Some(Into::Content) => visitor.visit_newtype_struct(self.inside()),
            _ if self.makes_up() => visitor.visit_newtype_struct(self.made_up()?),
            _ => self.stop(Asked::Newtype),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        self.sequence(0, visitor, Asked::List)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Stop> {
        self.sequence(length, visitor, Asked::Tuple(None, length))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Stop> {
        self.sequence(length, visitor, Asked::Tuple(Some(name), length))
    }

    fn deserialize_map<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Stop> {
        match self.step() {
            Some(step @ (Into::Key | Into::Value)) => {
                visitor.visit_map(OneEntry { probe: &mut self, step, done: false })
            }
            _ if self.makes_up() => visitor.visit_map(OneEntry { probe: &mut self, step: Into::Key, done: true }),
            _ => self.stop(Asked::Map),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        self.named(fields, visitor, Asked::Struct(name, fields))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        mut self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        match self.step() {
            Some(Into::Variant(variant)) => visitor.visit_enum(OneVariant { probe: self.inside(), name: variant }),
            _ if self.makes_up() => {
                // Deeper down another variant each time: one of them ends.
                let variant =
                    variants.get(self.depth.saturating_sub(2) % variants.len().max(1)).copied().unwrap_or_default();
                visitor.visit_enum(OneVariant { probe: self.made_up()?, name: variant })
            }
            _ => self.stop(Asked::Enum(name, variants)),
        }
    }
}

struct Fields<'p, 'a> {
    probe: &'p mut Probe<'a>,
    /// Still to be given, the last one first.
    names: Vec<&'static str>,
    made_up: bool,
}

impl<'de> MapAccess<'de> for Fields<'_, '_> {
    type Error = Stop;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Stop> {
        self.names.pop().map(|name| seed.deserialize(serde::de::value::BorrowedStrDeserializer::new(name))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Stop> {
        if self.made_up { seed.deserialize(self.probe.made_up()?) } else { seed.deserialize(self.probe.inside()) }
    }
}

struct Elements<'p, 'a> {
    probe: &'p mut Probe<'a>,
    target: Option<usize>,
    next: usize,
    length: usize,
}

impl<'de> SeqAccess<'de> for Elements<'_, '_> {
    type Error = Stop;

    fn next_element_seed<E: DeserializeSeed<'de>>(&mut self, seed: E) -> Result<Option<E::Value>, Stop> {
        if self.next == self.length {
            return Ok(None);
        }
        self.next += 1;
        let is_target = self.target.is_some_and(|target| target + 1 == self.next);
        let probe = if is_target { self.probe.inside() } else { self.probe.made_up()? };
        seed.deserialize(probe).map(Some)
    }
}

/// One entry of a map, to look at its key or its value.
struct OneEntry<'p, 'a> {
    probe: &'p mut Probe<'a>,
    step: Into,
    done: bool,
}

impl<'de> MapAccess<'de> for OneEntry<'_, '_> {
    type Error = Stop;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Stop> {
        if std::mem::replace(&mut self.done, true) {
            return Ok(None);
        }
        let probe = if self.step == Into::Key { self.probe.inside() } else { self.probe.made_up()? };
        seed.deserialize(probe).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Stop> {
        seed.deserialize(self.probe.inside())
    }
}

struct OneVariant<'a> {
    probe: Probe<'a>,
    name: &'static str,
}

impl<'de, 'a> EnumAccess<'de> for OneVariant<'a> {
    type Error = Stop;
    type Variant = Probe<'a>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Probe<'a>), Stop> {
        let variant = seed.deserialize(serde::de::value::BorrowedStrDeserializer::<Stop>::new(self.name))?;
        Ok((variant, self.probe))
    }
}

impl<'de> VariantAccess<'de> for Probe<'_> {
    type Error = Stop;

    fn unit_variant(self) -> Result<(), Stop> {
        if self.makes_up() { Ok(()) } else { self.stop(Asked::VariantNone) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(mut self, seed: T) -> Result<T::Value, Stop> {
        match self.step() {
            Some(Into::Content) => seed.deserialize(self.inside()),
            _ if self.makes_up() => seed.deserialize(self.made_up()?),
            _ => self.stop(Asked::VariantOne),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Stop> {
        self.sequence(length, visitor, Asked::VariantSeveral(length))
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Stop> {
        self.named(fields, visitor, Asked::VariantFields(fields))
    }
}

#[cfg(test)]
mod tests {
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
        assert_eq!(field("Scenario", "format"), Shape::Whole(0, u32::MAX.into()));
        assert_eq!(field("Scenario", "channel"), Shape::Enum("Channel"));
        assert_eq!(field("Scenario", "record"), Shape::List(Box::new(Shape::Text)));
        assert_eq!(field("Scenario", "needs"), Shape::Map(Box::new(Shape::Text), Box::new(Shape::Struct("Need"))));
        assert_eq!(
            field("Node", "weigh"),
            Shape::Map(Box::new(Shape::Enum("Indicator")), Box::new(Shape::Whole(0, 255)))
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
        assert_eq!(required(&shapes, "Range"), [""; 0]);
        assert_eq!(required(&shapes, "Used"), ["act"]);
    }
}
