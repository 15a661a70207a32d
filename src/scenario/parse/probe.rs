//! A deserializer without input, that learns from a type what it would read.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

/// One step into the types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inward {
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
pub(super) enum Asked {
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
pub(super) enum Plain {
    Bool,
    Whole(i128, i128),
    Decimal,
    Character,
    Text,
    Nothing,
    Anything,
}

/// What a type asks for at the end of a path.
pub(super) fn ask<T: for<'de> Deserialize<'de>>(path: &[Inward]) -> Asked {
    let mut answer = Answer { asked: Asked::Plain(Plain::Anything), refused: false };
    // It ends in an error as soon as the question is answered.
    let _ = T::deserialize(Probe { path, without: None, depth: 0, answer: &mut answer });
    answer.asked
}

/// Whether the struct at a path takes no offence when one field is not there, all others being so.
pub(super) fn can_do_without<T: for<'de> Deserialize<'de>>(path: &[Inward], field: &'static str) -> bool {
    let mut answer = Answer { asked: Asked::Plain(Plain::Anything), refused: false };
    let _ = T::deserialize(Probe { path, without: Some(field), depth: 0, answer: &mut answer });
    !answer.refused
}

struct Answer {
    asked: Asked,
    refused: bool,
}

/// A deserializer that has no input. It follows a path; past its end it either stops, or (with `without`) makes up
/// values, to see whether the struct there can do without one field.
struct Probe<'a> {
    path: &'a [Inward],
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

    fn step(&self) -> Option<Inward> {
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
        if let Some(Inward::Field(name)) = self.step() {
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
        if let Some(Inward::Element(target)) = self.step() {
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
            Some(Inward::Content) => visitor.visit_some(self.inside()),
            _ if self.makes_up() => visitor.visit_none(),
            _ => self.stop(Asked::Optional),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(mut self, _: &'static str, visitor: V) -> Result<V::Value, Stop> {
        match self.step() {
            Some(Inward::Content) => visitor.visit_newtype_struct(self.inside()),
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
            Some(step @ (Inward::Key | Inward::Value)) => {
                visitor.visit_map(OneEntry { probe: &mut self, step, done: false })
            }
            _ if self.makes_up() => visitor.visit_map(OneEntry { probe: &mut self, step: Inward::Key, done: true }),
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
            Some(Inward::Variant(variant)) => visitor.visit_enum(OneVariant { probe: self.inside(), name: variant }),
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
    step: Inward,
    done: bool,
}

impl<'de> MapAccess<'de> for OneEntry<'_, '_> {
    type Error = Stop;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Stop> {
        if std::mem::replace(&mut self.done, true) {
            return Ok(None);
        }
        let probe = if self.step == Inward::Key { self.probe.inside() } else { self.probe.made_up()? };
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
            Some(Inward::Content) => seed.deserialize(self.inside()),
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
