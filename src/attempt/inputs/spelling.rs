//! How inputs are spelt in RON, and reading them strictly.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, SeqAccess, VariantAccess, Visitor};
use serde::ser::{SerializeTupleVariant, Serializer};
use serde::{Deserialize, Serialize};

use super::{MAXIMUM_INPUTS, Verb, WrittenInput, mistake};
use crate::diagnostic::render::render;
use crate::diagnostic::{Checked, Diagnostic, OutputFormat, SourceFile, nearest};
use crate::scenario::vocabulary::{Pace, Volume};

/// The verbs, in the order of [`Verb`]; `At` wraps one.
const VERBS: &[&str] = &[
    "Listen",
    "Finish",
    "Nod",
    "Interrupt",
    "TakeBait",
    "Breathe",
    "Reflect",
    "Jot",
    "Hold",
    "Consult",
    "Open",
    "Neutral",
    "Speak",
    "File",
    "Choose",
    "GoOn",
    AT,
];
const AT: &str = "At";

/// How each input is written, and what is done with it, for people.
pub const SPELLINGS: &[(&str, &str)] = &[
    ("Listen", "hears the next bit"),
    ("Finish", "hears the turn to its end: a shorthand for lists written by hand"),
    ("Nod", "a nod, or \"mm-hm\" on the phone"),
    ("Interrupt", "speaks before the end; the replies open"),
    ("TakeBait", "says the ready sentence that a pause tempts to"),
    ("Breathe", "takes a breath: one's own heat is gone"),
    (
        "Reflect(0)",
        "picks a reading of the feeling; 0 is the right one, 1 and 2 are the wrong ones in the author's order",
    ),
    ("Jot", "notes down the fact just heard"),
    ("Hold", "\"Give me a moment\": dead air begins anew; not as the customer"),
    ("Consult", "looks at the record; not as the customer"),
    ("Open", "turns to the customer; face to face only"),
    ("Neutral", "no longer turns to the customer; face to face only"),
    (
        "Speak(\"reply\", Slow, Level)",
        "says a reply. The pace is `Slow`, `Even` or `Quick`, the volume `Level` or `Raised`; even and level where left \
         out",
    ),
    ("File([\"tile\"], \"a line\")", "files the note: its tiles, and a line of one's own if wanted"),
    ("Choose(\"choice\")", "answers the diary"),
    ("GoOn", "goes on to the next encounter"),
    (
        "At(4200, Nod)",
        "with `--mode timed`: an input 4.2 seconds into the turn. Without a time it comes at the moment of the one \
         before it",
    ),
];

/// A text that is no list of inputs.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}", render(OutputFormat::Short, &[self.checked()], false).trim_end())]
pub struct NotInputs {
    file: SourceFile,
    /// Where reading came to an end, and why.
    pub finding: Box<Diagnostic>,
}

impl NotInputs {
    /// For a renderer.
    pub fn checked(&self) -> Checked<'_> {
        Checked { source: &self.file, findings: std::slice::from_ref(&self.finding) }
    }
}

/// Reads a list of inputs as people write it.
pub fn parse_inputs(text: &str) -> Result<Vec<WrittenInput>, NotInputs> {
    read_inputs("list", text.as_bytes())
}

/// Reads a file of inputs, which is called `name`.
pub fn read_inputs(name: &str, bytes: &[u8]) -> Result<Vec<WrittenInput>, NotInputs> {
    #[derive(Deserialize)]
    #[serde(transparent)]
    struct List(#[serde(deserialize_with = "bounded")] Vec<WrittenInput>);

    // Some editors put a byte order mark first.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let Ok(text) = str::from_utf8(bytes) else {
        let finding = Diagnostic::error("not-utf8", "This file is not saved as UTF-8")
            .help("in the editor choose \"Save as\", and as the encoding \"UTF-8\"");
        return Err(NotInputs { file: SourceFile::new(name, ""), finding: Box::new(finding) });
    };
    let file = SourceFile::new(name, text.replace("\r\n", "\n"));
    match ron::from_str::<List>(file.text()) {
        Ok(list) => Ok(list.0),
        Err(error) => {
            let finding = Box::new(mistake::finding(&file, &error));
            Err(NotInputs { file, finding })
        }
    }
}

/// Writes a list of inputs, one a line, as [`parse_inputs`] reads it.
pub fn write_inputs(list: &[WrittenInput]) -> String {
    use fmt::Write;

    let mut text = String::from("[\n");
    for input in list {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "    {input},");
    }
    text.push_str("]\n");
    text
}

/// RON's own words, with "did you mean" for a verb.
pub(in crate::attempt) fn words(error: &ron::Error) -> String {
    match error {
        ron::Error::NoSuchEnumVariant { expected, found, .. } => {
            let meant = nearest(found, expected.iter().copied());
            let hint = meant.map_or_else(String::new, |meant| format!(" (did you mean `{meant}`?)"));
            format!("`{found}` is not known here; expected one of {}{hint}", expected.join(", "))
        }
        other => other.to_string(),
    }
}

/// Reads at most [`MAXIMUM_INPUTS`].
pub(in crate::attempt) fn bounded<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<WrittenInput>, D::Error> {
    struct List;

    impl<'de> Visitor<'de> for List {
        type Value = Vec<WrittenInput>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a list of inputs: [Listen, Speak(\"reply\", Slow), ...]")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut inputs = Vec::new();
            while let Some(input) = list.next_element()? {
                if inputs.len() == MAXIMUM_INPUTS {
                    return Err(de::Error::custom(format_args!("more than {MAXIMUM_INPUTS} inputs")));
                }
                inputs.push(input);
            }
            Ok(inputs)
        }
    }

    deserializer.deserialize_seq(List)
}

impl fmt::Display for WrittenInput {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let on_one_line = ron::ser::PrettyConfig::new().depth_limit(0);
        formatter.write_str(&ron::ser::to_string_pretty(self, on_one_line).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for WrittenInput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(at) = self.at else { return self.verb.serialize(serializer) };
        let mut fields = serializer.serialize_tuple_variant("Input", index(VERBS.len() - 1), AT, 2)?;
        fields.serialize_field(&at)?;
        fields.serialize_field(&self.verb)?;
        fields.end()
    }
}

impl Serialize for Verb {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let place = match self {
            Self::Listen => 0,
            Self::Finish => 1,
            Self::Nod => 2,
            Self::Interrupt => 3,
            Self::TakeBait => 4,
            Self::Breathe => 5,
            Self::Reflect(_) => 6,
            Self::Jot => 7,
            Self::Hold => 8,
            Self::Consult => 9,
            Self::Open => 10,
            Self::Neutral => 11,
            Self::Speak { .. } => 12,
            Self::File { .. } => 13,
            Self::Choose(_) => 14,
            Self::GoOn => 15,
        };
        let name = VERBS[place];
        let place = index(place);
        match self {
            Self::Reflect(reading) => serializer.serialize_newtype_variant("Input", place, name, reading),
            Self::Choose(choice) => serializer.serialize_newtype_variant("Input", place, name, choice),
            Self::Speak { reply, pace, volume } => {
                let length = if *volume != Volume::Level {
                    3
                } else if *pace != Pace::Even {
                    2
                } else {
                    1
                };
                let mut fields = serializer.serialize_tuple_variant("Input", place, name, length)?;
                fields.serialize_field(reply)?;
                if length > 1 {
                    fields.serialize_field(pace)?;
                }
                if length > 2 {
                    fields.serialize_field(volume)?;
                }
                fields.end()
            }
            Self::File { tiles, line } => {
                let length = if line.is_empty() { 1 } else { 2 };
                let mut fields = serializer.serialize_tuple_variant("Input", place, name, length)?;
                fields.serialize_field(tiles)?;
                if length > 1 {
                    fields.serialize_field(line)?;
                }
                fields.end()
            }
            _ => serializer.serialize_unit_variant("Input", place, name),
        }
    }
}

fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

impl<'de> Deserialize<'de> for WrittenInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_enum("Input", VERBS, InputVisitor)
    }
}

impl<'de> Deserialize<'de> for Verb {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_enum("Input", &VERBS[..VERBS.len() - 1], VerbVisitor)
    }
}

struct InputVisitor;

impl<'de> Visitor<'de> for InputVisitor {
    type Value = WrittenInput;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an input, such as Listen or Speak(\"reply\", Slow)")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Self::Value, A::Error> {
        let (name, content) = data.variant_seed(Name(VERBS))?;
        if name != AT {
            return read_verb(name, content).map(WrittenInput::from);
        }
        content.tuple_variant(2, AtVisitor)
    }
}

struct AtVisitor;

impl<'de> Visitor<'de> for AtVisitor {
    type Value = WrittenInput;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("milliseconds and an input: At(4200, Nod)")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let at = fields.next_element()?.ok_or_else(|| de::Error::invalid_length(0, &self))?;
        let verb = fields.next_element()?.ok_or_else(|| de::Error::invalid_length(1, &self))?;
        Ok(WrittenInput { at: Some(at), verb })
    }
}

struct VerbVisitor;

impl<'de> Visitor<'de> for VerbVisitor {
    type Value = Verb;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        InputVisitor.expecting(formatter)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Self::Value, A::Error> {
        let (name, content) = data.variant_seed(Name(&VERBS[..VERBS.len() - 1]))?;
        read_verb(name, content)
    }
}

/// One of the names, or the error that lists them.
struct Name(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = &'static str;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "one of {}", self.0.join(", "))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        self.0.iter().copied().find(|known| *known == name).ok_or_else(|| E::unknown_variant(name, self.0))
    }
}

fn read_verb<'de, A: VariantAccess<'de>>(name: &'static str, content: A) -> Result<Verb, A::Error> {
    let plain = match name {
        "Reflect" => return content.newtype_variant().map(Verb::Reflect),
        "Choose" => return content.newtype_variant().map(Verb::Choose),
        "Speak" => return content.tuple_variant(3, SpeakVisitor),
        "File" => return content.tuple_variant(2, FileVisitor),
        "Listen" => Verb::Listen,
        "Finish" => Verb::Finish,
        "Nod" => Verb::Nod,
        "Interrupt" => Verb::Interrupt,
        "TakeBait" => Verb::TakeBait,
        "Breathe" => Verb::Breathe,
        "Jot" => Verb::Jot,
        "Hold" => Verb::Hold,
        "Consult" => Verb::Consult,
        "Open" => Verb::Open,
        "Neutral" => Verb::Neutral,
        "GoOn" => Verb::GoOn,
        _ => return Err(de::Error::unknown_variant(name, VERBS)),
    };
    content.unit_variant()?;
    Ok(plain)
}

struct SpeakVisitor;

impl<'de> Visitor<'de> for SpeakVisitor {
    type Value = Verb;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a reply, and if wanted a pace and a volume: Speak(\"reply\", Slow, Level)")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let reply = fields.next_element()?.ok_or_else(|| de::Error::invalid_length(0, &self))?;
        let pace = fields.next_element()?.unwrap_or(Pace::Even);
        let volume = fields.next_element()?.unwrap_or(Volume::Level);
        Ok(Verb::Speak { reply, pace, volume })
    }
}

struct FileVisitor;

impl<'de> Visitor<'de> for FileVisitor {
    type Value = Verb;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the tiles of the note, and if wanted a line: File([\"tile\"], \"a line\")")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let tiles = fields.next_element()?.ok_or_else(|| de::Error::invalid_length(0, &self))?;
        let line = fields.next_element()?.unwrap_or_default();
        Ok(Verb::File { tiles, line })
    }
}
