//! The canonical stream: a serialiser that feeds both hashes.

use std::borrow::Cow;
use std::cell::RefCell;

use serde::{Serialize, ser};

use crate::scenario::hash::{Reach, wording};
use crate::scenario::id::FactId;
use crate::scenario::model::{Hash, Hashes, Lapse, Nod};
use crate::scenario::speech::{parse_speech, unnamed};

/// The canonical stream, as a serialiser that writes into both hashes.
pub(super) struct Canon {
    full: Feed,
    structure: Feed,
    /// The field whose value comes next; its name is written with the value, or dropped with an empty one.
    field: Option<&'static str>,
    reach: Reach,
}

mod tag {
    pub(super) const FIELD: u8 = b'f';
    pub(super) const TEXT: u8 = b't';
    pub(super) const UNSIGNED: u8 = b'u';
    pub(super) const SIGNED: u8 = b'i';
    pub(super) const FLOAT: u8 = b'd';
    pub(super) const BOOL: u8 = b'b';
    pub(super) const NONE: u8 = b'n';
    pub(super) const SOME: u8 = b's';
    pub(super) const UNIT: u8 = b'0';
    pub(super) const VARIANT: u8 = b'v';
    pub(super) const OPEN: u8 = b'(';
    pub(super) const CLOSE: u8 = b')';
}

type Written = Result<(), std::fmt::Error>;

impl Canon {
    /// A stream that begins with these bytes.
    pub(super) fn starting(start: &str) -> Self {
        let mut canon = Self { full: Feed::new(), structure: Feed::new(), field: None, reach: Reach::Both };
        canon.write(start.as_bytes());
        canon
    }

    pub(super) fn finish(self) -> Hashes {
        Hashes { full: self.full.finish(), structure: self.structure.finish() }
    }

    fn write(&mut self, bytes: &[u8]) {
        self.write_field_name();
        self.push(bytes);
    }

    fn write_field_name(&mut self) {
        if let Some(name) = self.field.take() {
            self.push_sized(tag::FIELD, name.as_bytes());
        }
    }

    fn write_sized(&mut self, kind: u8, bytes: &[u8]) {
        self.write_field_name();
        self.push_sized(kind, bytes);
    }

    fn push_sized(&mut self, kind: u8, bytes: &[u8]) {
        self.push(&tagged(kind, (bytes.len() as u64).to_le_bytes()));
        self.push(bytes);
    }

    fn push(&mut self, bytes: &[u8]) {
        self.full.push(bytes);
        if !matches!(self.reach, Reach::FullOnly | Reach::SpokenFullOnly) {
            self.structure.push(bytes);
        }
    }

    fn write_number(&mut self, kind: u8, bytes: [u8; 8]) {
        self.write(&tagged(kind, bytes));
    }

    /// Whether a value is left out: an empty one, where it is all that a field holds.
    fn skips(&mut self, empty: bool) -> bool {
        if empty && self.field.is_some() {
            self.field = None;
            return true;
        }
        false
    }

    fn write_text(&mut self, text: &str) {
        let is_spoken = matches!(self.reach, Reach::Spoken | Reach::SpokenFullOnly);
        let text = &*if is_spoken { unnamed(text) } else { Cow::Borrowed(text) };
        if self.skips(text.is_empty()) {
            return;
        }
        match self.reach {
            Reach::Counted | Reach::Spoken => {
                self.write(&[tag::TEXT]);
                if self.reach == Reach::Spoken {
                    self.write_shape(text);
                }
                self.full.push(&(text.len() as u64).to_le_bytes());
                self.full.push(text.as_bytes());
            }
            _ => self.write_sized(tag::TEXT, text.as_bytes()),
        }
    }

    fn write_shape(&mut self, text: &str) {
        let names = RefCell::new(Vec::new());
        let (speech, _) = parse_speech(String::new(), text, &|name| {
            let mut names = names.borrow_mut();
            let place = u16::try_from(names.len()).ok()?;
            names.push(name.to_owned());
            Some(FactId(place))
        });
        let names = names.into_inner();
        let feed = &mut self.structure;
        feed.push(&(speech.phrases.len() as u64).to_le_bytes());
        for phrase in &speech.phrases {
            let nod = match phrase.nod {
                Nod::Unmarked => 0,
                Nod::Welcome => 1,
                Nod::Agrees => 2,
            };
            let lapse = match phrase.lapse {
                None => 0,
                Some(Lapse::Seeded) => 1,
                // Lapses of one millisecond or none cannot be written.
                Some(Lapse::Millis(millis)) => millis,
            };
            feed.push(&[nod]);
            feed.push(&lapse.to_le_bytes());
            feed.push(&(phrase.facts.len() as u64).to_le_bytes());
            for name in phrase.facts.iter().filter_map(|fact| names.get(fact.index())) {
                feed.push(&(name.len() as u64).to_le_bytes());
                feed.push(name.as_bytes());
            }
        }
    }

    fn write_variant(&mut self, variant: &'static str) {
        self.write_sized(tag::VARIANT, variant.as_bytes());
    }

    fn write_list(&mut self, length: Option<usize>) -> List<'_> {
        let skipped = self.skips(length == Some(0));
        if !skipped {
            self.write(&[tag::OPEN]);
        }
        List { canon: self, skipped }
    }
}

fn tagged(kind: u8, bytes: [u8; 8]) -> [u8; 9] {
    let mut tagged = [kind; 9];
    tagged[1..].copy_from_slice(&bytes);
    tagged
}

/// A list, a map or a tuple that is being written.
pub(super) struct List<'c> {
    canon: &'c mut Canon,
    /// It is empty and left out.
    skipped: bool,
}

impl List<'_> {
    fn close(self) {
        if !self.skipped {
            self.canon.write(&[tag::CLOSE]);
        }
    }
}

/// A struct that is being written.
pub(super) struct Fields<'c> {
    canon: &'c mut Canon,
    /// What is still to come, in the order of the fields.
    wording: &'static [(&'static str, Reach)],
}

impl Fields<'_> {
    /// How far the next field goes.
    fn reach_of(&mut self, name: &'static str) -> Reach {
        match self.wording {
            [(field, reach), rest @ ..] if *field == name => {
                self.wording = rest;
                *reach
            }
            _ => Reach::Both,
        }
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        let own = self.reach_of(name);
        if own == Reach::Neither {
            return Ok(());
        }
        let outer = self.canon.reach;
        if outer != Reach::FullOnly {
            self.canon.reach = own;
        }
        self.canon.field = Some(name);
        let written = value.serialize(&mut *self.canon);
        self.canon.field = None;
        self.canon.reach = outer;
        written
    }
}

impl<'c> ser::Serializer for &'c mut Canon {
    type Ok = ();
    type Error = std::fmt::Error;
    type SerializeSeq = List<'c>;
    type SerializeTuple = List<'c>;
    type SerializeTupleStruct = List<'c>;
    type SerializeTupleVariant = List<'c>;
    type SerializeMap = List<'c>;
    type SerializeStruct = Fields<'c>;
    type SerializeStructVariant = Fields<'c>;

    fn serialize_bool(self, value: bool) -> Written {
        if !self.skips(!value) {
            self.write(&[tag::BOOL, u8::from(value)]);
        }
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Written {
        if !self.skips(value == 0) {
            self.write_number(tag::SIGNED, value.to_le_bytes());
        }
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Written {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Written {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Written {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Written {
        if !self.skips(value == 0) {
            self.write_number(tag::UNSIGNED, value.to_le_bytes());
        }
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Written {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Written {
        self.write_number(tag::FLOAT, value.to_bits().to_le_bytes());
        Ok(())
    }

    fn serialize_char(self, value: char) -> Written {
        self.write_text(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Written {
        self.write_text(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Written {
        self.write_sized(tag::TEXT, value);
        Ok(())
    }

    fn serialize_none(self) -> Written {
        if !self.skips(true) {
            self.write(&[tag::NONE]);
        }
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        self.write(&[tag::SOME]);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.write(&[tag::UNIT]);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.write_variant(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        self.write_variant(variant);
        self.write(&[tag::OPEN]);
        value.serialize(&mut *self)?;
        self.write(&[tag::CLOSE]);
        Ok(())
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<List<'c>, Self::Error> {
        Ok(self.write_list(length))
    }

    fn serialize_tuple(self, length: usize) -> Result<List<'c>, Self::Error> {
        Ok(self.write_list(Some(length)))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<List<'c>, Self::Error> {
        Ok(self.write_list(Some(length)))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'c>, Self::Error> {
        self.write_variant(variant);
        Ok(self.write_list(None))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<List<'c>, Self::Error> {
        Ok(self.write_list(length))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'c>, Self::Error> {
        self.write(&[tag::OPEN]);
        Ok(Fields { canon: self, wording: wording(name) })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields<'c>, Self::Error> {
        self.write_variant(variant);
        self.write(&[tag::OPEN]);
        Ok(Fields { canon: self, wording: &[] })
    }
}

macro_rules! lists {
    ($($trait:ident :: $method:ident,)+) => {
        $(
            impl ser::$trait for List<'_> {
                type Ok = ();
                type Error = std::fmt::Error;

                fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
                    value.serialize(&mut *self.canon)
                }

                fn end(self) -> Written {
                    self.close();
                    Ok(())
                }
            }
        )+
    };
}

lists! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
}

impl ser::SerializeMap for List<'_> {
    type Ok = ();
    type Error = std::fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        key.serialize(&mut *self.canon)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        let outer = self.canon.reach;
        if outer == Reach::Keys {
            self.canon.reach = Reach::FullOnly;
        }
        let written = value.serialize(&mut *self.canon);
        self.canon.reach = outer;
        written
    }

    fn end(self) -> Written {
        self.close();
        Ok(())
    }
}

macro_rules! structs {
    ($($trait:ident,)+) => {
        $(
            impl ser::$trait for Fields<'_> {
                type Ok = ();
                type Error = std::fmt::Error;

                fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
                    self.field(name, value)
                }

                fn skip_field(&mut self, name: &'static str) -> Written {
                    self.reach_of(name);
                    Ok(())
                }

                fn end(self) -> Written {
                    debug_assert!(self.wording.is_empty(), "wording is listed in the order of the fields");
                    self.canon.write(&[tag::CLOSE]);
                    Ok(())
                }
            }
        )+
    };
}

structs! {
    SerializeStruct,
    SerializeStructVariant,
}

/// Collects small pieces for the hasher, which likes large ones.
struct Feed {
    hasher: blake3::Hasher,
    /// At most a stride.
    pending: Vec<u8>,
}

impl Feed {
    /// What BLAKE3 takes in one stride of its widest instructions.
    const STRIDE: usize = 16 * 1024;

    fn new() -> Self {
        Self { hasher: blake3::Hasher::new(), pending: Vec::with_capacity(Self::STRIDE) }
    }

    #[inline]
    fn push(&mut self, bytes: &[u8]) {
        if self.pending.len() + bytes.len() <= Self::STRIDE {
            self.pending.extend_from_slice(bytes);
        } else {
            self.push_beyond(bytes);
        }
    }

    /// Hashes whole strides: what begins within one would be hashed piece by piece.
    fn push_beyond(&mut self, mut bytes: &[u8]) {
        while self.pending.len() + bytes.len() > Self::STRIDE {
            let (first, rest) = bytes.split_at(Self::STRIDE - self.pending.len());
            self.pending.extend_from_slice(first);
            self.hasher.update(&self.pending);
            self.pending.clear();
            bytes = rest;
        }
        self.pending.extend_from_slice(bytes);
    }

    fn finish(mut self) -> Hash {
        self.hasher.update(&self.pending);
        Hash(*self.hasher.finalize().as_bytes())
    }
}
