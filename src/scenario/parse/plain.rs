//! The plain part of RON, read fast.
//!
//! Scenario files need little of what RON has: texts with few escapes, whole numbers, names, brackets, remarks to the end
//! of a line. This reader knows that much and gives up on everything else, a mistake above all, without a word about it:
//! then `ron` reads the text, and is the judge. So this reader may know less than `ron`, but never read a text that `ron`
//! refuses, nor read it otherwise.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Visitor};

/// How deep brackets may stand in each other here. `ron` counts up to four steps for each and takes 128.
const MOST_BRACKETS: usize = 24;
/// Bytes of a text that are looked at together.
const STRETCH: usize = 16;
/// So many digits fit into any number that they are read as.
const MOST_DIGITS: usize = 9;

/// Reads a text as `ron` does with `implicit_some`; `None` where that is for `ron` itself to do.
pub(super) fn read<'de, T: Deserialize<'de>>(source: &'de str) -> Option<T> {
    let mut reader = Reader { source, at: 0, open: 0 };
    reader.skip_blanks();
    let value = T::deserialize(&mut reader).ok()?;
    reader.skip_blanks();
    (reader.at == source.len()).then_some(value)
}

/// Something stands here that is not plain, or wrong.
#[derive(Debug)]
struct NotPlain;

impl fmt::Display for NotPlain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("this is for `ron` to judge")
    }
}

impl std::error::Error for NotPlain {}

impl de::Error for NotPlain {
    fn custom<M: fmt::Display>(_: M) -> Self {
        Self
    }
}

type Read<T> = Result<T, NotPlain>;

/// Stands at the beginning of a value whenever one is asked for, and behind all blanks.
struct Reader<'de> {
    source: &'de str,
    at: usize,
    /// How many brackets are open.
    open: usize,
}

impl<'de> Reader<'de> {
    fn rest(&self) -> &'de [u8] {
        &self.source.as_bytes()[self.at..]
    }

    fn next(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, expected: u8) -> Read<()> {
        if self.next() != Some(expected) {
            return Err(NotPlain);
        }
        self.at += 1;
        Ok(())
    }

    fn skip_blanks(&mut self) {
        loop {
            match self.next() {
                Some(b' ' | b'\n' | b'\t') => self.at += 1,
                Some(b'/') if self.rest().starts_with(b"//") => {
                    self.at += self.source[self.at..].find('\n').unwrap_or(self.source.len() - self.at);
                }
                _ => return,
            }
        }
    }

    /// A name without quotes, in plain letters; empty where none stands here.
    fn word(&mut self) -> Read<&'de str> {
        let start = self.at;
        let rest = self.rest();
        let is_inside = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let length = rest.iter().position(|byte| !is_inside(byte)).unwrap_or(rest.len());
        // Letters beyond ASCII may go on with it.
        let is_plain = !rest.first().is_some_and(u8::is_ascii_digit) && rest.get(length).is_none_or(u8::is_ascii);
        self.at += length;
        if is_plain { Ok(&self.source[start..self.at]) } else { Err(NotPlain) }
    }

    /// The name before a bracket, which may be left out.
    fn name(&mut self, name: &str) -> Read<()> {
        if self.next() == Some(b'(') || self.word()? == name { Ok(()) } else { Err(NotPlain) }
    }

    fn number(&mut self) -> Read<u64> {
        let mut number = 0;
        let start = self.at;
        while let Some(digit @ b'0'..=b'9') = self.next() {
            number = number * 10 + u64::from(digit - b'0');
            self.at += 1;
            if self.at - start > MOST_DIGITS {
                return Err(NotPlain);
            }
        }
        if self.at == start { Err(NotPlain) } else { Ok(number) }
    }

    /// Where the next quote mark or backslash of a text stands.
    fn plain_end(&self) -> Read<usize> {
        let is_end = |byte: u8| byte == b'"' || byte == b'\\';
        let (stretches, _) = self.rest().as_chunks::<STRETCH>();
        // No early end within a stretch: it is looked at as a whole, by wide instructions.
        let plain = stretches.iter().take_while(|bytes| !bytes.iter().fold(false, |any, byte| any | is_end(*byte)));
        let skipped = self.at + plain.count() * STRETCH;
        let found = self.source.as_bytes()[skipped..].iter().position(|byte| is_end(*byte));
        found.map(|length| skipped + length).ok_or(NotPlain)
    }

    fn text<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        self.take(b'"')?;
        let start = self.at;
        self.at = self.plain_end()?;
        if self.next() == Some(b'"') {
            let text = &self.source[start..self.at];
            self.at += 1;
            return visitor.visit_borrowed_str(text);
        }
        let mut text = String::new();
        let mut from = start;
        while self.next() == Some(b'\\') {
            text.push_str(&self.source[from..self.at]);
            text.push(match self.rest().get(1) {
                Some(b'"') => '"',
                Some(b'\\') => '\\',
                Some(b'\'') => '\'',
                Some(b'n') => '\n',
                Some(b't') => '\t',
                // What else there is may hide a character, which nobody would look for in a text that was read here.
                _ => return Err(NotPlain),
            });
            self.at += 2;
            from = self.at;
            self.at = self.plain_end()?;
        }
        text.push_str(&self.source[from..self.at]);
        self.at += 1;
        visitor.visit_string(text)
    }

    /// What stands in brackets, at the first of which the reader stands.
    fn bracketed<T>(&mut self, open: u8, close: u8, read: impl FnOnce(Items<'_, 'de>) -> Read<T>) -> Read<T> {
        self.take(open)?;
        self.open += 1;
        if self.open > MOST_BRACKETS {
            return Err(NotPlain);
        }
        self.skip_blanks();
        let value = read(Items { reader: self, close, may_begin: true })?;
        self.open -= 1;
        self.take(close)?;
        Ok(value)
    }

    /// Passes a comma and all blanks around it, and says whether there was one.
    fn comma(&mut self) -> bool {
        self.skip_blanks();
        let is_there = self.take(b',').is_ok();
        self.skip_blanks();
        is_there
    }
}

macro_rules! numbers {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
            visitor.visit_u64(self.number()?)
        })+
    };
}

impl<'de> de::Deserializer<'de> for &mut Reader<'de> {
    type Error = NotPlain;

    numbers! { deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
        Err(NotPlain)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.word()? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(NotPlain),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.text(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.text(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        // What begins like one of the two words that an optional may be is rare.
        if self.rest().starts_with(b"None") || self.rest().starts_with(b"Some") {
            return Err(NotPlain);
        }
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.bracketed(b'[', b']', |items| visitor.visit_seq(items))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.bracketed(b'(', b')', |items| visitor.visit_seq(items))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Read<V::Value> {
        self.name(name)?;
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.bracketed(b'{', b'}', |items| visitor.visit_map(items))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.name(name)?;
        self.skip_blanks();
        self.bracketed(b'(', b')', |items| visitor.visit_map(items))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_enum(self)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_borrowed_str(self.word()?)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u128 f32 f64 char bytes byte_buf unit unit_struct newtype_struct ignored_any
    }
}

/// What stands between two brackets, parted by commas.
struct Items<'r, 'de> {
    reader: &'r mut Reader<'de>,
    close: u8,
    /// The bracket or a comma has just been passed.
    may_begin: bool,
}

impl Items<'_, '_> {
    fn has_more(&self) -> Read<bool> {
        let ends = self.reader.next() == Some(self.close);
        if ends || self.may_begin { Ok(!ends) } else { Err(NotPlain) }
    }
}

impl<'de> de::SeqAccess<'de> for Items<'_, 'de> {
    type Error = NotPlain;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        if !self.has_more()? {
            return Ok(None);
        }
        let element = seed.deserialize(&mut *self.reader)?;
        self.may_begin = self.reader.comma();
        Ok(Some(element))
    }
}

impl<'de> de::MapAccess<'de> for Items<'_, 'de> {
    type Error = NotPlain;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        if !self.has_more()? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Read<V::Value> {
        self.reader.skip_blanks();
        self.reader.take(b':')?;
        self.reader.skip_blanks();
        let value = seed.deserialize(&mut *self.reader)?;
        self.may_begin = self.reader.comma();
        Ok(value)
    }
}

impl<'de> de::EnumAccess<'de> for &mut Reader<'de> {
    type Error = NotPlain;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Read<(V::Value, Self)> {
        let variant = seed.deserialize(&mut *self)?;
        Ok((variant, self))
    }
}

impl<'de> de::VariantAccess<'de> for &mut Reader<'de> {
    type Error = NotPlain;

    fn unit_variant(self) -> Read<()> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Read<T::Value> {
        self.skip_blanks();
        self.bracketed(b'(', b')', |items| {
            let value = seed.deserialize(&mut *items.reader)?;
            items.reader.comma();
            Ok(value)
        })
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Read<V::Value> {
        self.skip_blanks();
        de::Deserializer::deserialize_tuple(self, length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        self.skip_blanks();
        self.bracketed(b'(', b')', |items| visitor.visit_map(items))
    }
}
