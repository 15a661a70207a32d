//! A tree held against the shape of the document: every value that does not fit, each told once.
//!
//! What could not be read is passed over, and nothing is said to be missing where something was lost: those would
//! only be echoes of a mistake told already.

use std::collections::HashMap;

use super::shape::{Content, Field, Shape, Shapes, Variant};
use super::tree::{Group, Item, Kind, Map, Value};
use super::words::{listed, nearest, one_of, plain, shortened, with_article};
use super::{number, text};
use crate::diagnostic::{Diagnostic, Span};

/// Longer lists of allowed names are left out: they hide the message.
const MOST_NAMES: usize = 12;
/// More than anybody mends before trying again.
const MOST_FINDINGS: usize = 1000;

pub(super) fn check(source: &str, root: &Value, shapes: &Shapes) -> Vec<Diagnostic> {
    let mut check = Check { source, shapes, findings: Vec::new() };
    check.value(root, &shapes.root, "The scenario");
    if check.findings.len() == MOST_FINDINGS {
        let message = format!("Only the first {MOST_FINDINGS} mistakes are told; mend them and try again");
        let end = Span::point(source.len());
        check.findings.push(Diagnostic::error("too-many-mistakes", message).at(end));
    }
    check.findings
}

struct Check<'a> {
    source: &'a str,
    shapes: &'a Shapes,
    findings: Vec<Diagnostic>,
}

impl<'a> Check<'a> {
    /// `what` names the place at the start of a sentence.
    fn value(&mut self, value: &Value, shape: &'a Shape, what: &str) {
        match (&value.kind, shape) {
            (Kind::Broken, _)
            | (_, Shape::Anything)
            | (Kind::Text, Shape::Text)
            | (Kind::Character, Shape::Character)
            | (Kind::Number, Shape::Decimal) => {}
            (Kind::Word, Shape::Bool) if matches!(self.written(value), "true" | "false") => {}
            (_, Shape::Optional(inner)) => match &value.kind {
                Kind::Word if self.written(value) == "None" => {}
                Kind::Group(group) if self.is_named(group, "Some") => match group.items.as_slice() {
                    [Item { name: None, value }] => self.value(value, inner, what),
                    _ => self.report(
                        Diagnostic::error("wrong-type", "`Some(...)` holds one value")
                            .at(value.span)
                            .help("leave `Some` out and write the value alone"),
                    ),
                },
                _ => self.value(value, inner, what),
            },
            (Kind::Number | Kind::Word, Shape::Whole(least, most)) if self.is_number(value) => {
                self.whole_number(value, (*least, *most), what);
            }
            (Kind::List(list), Shape::List(inner)) => {
                let what = format!("An entry of {}", lower_first(what));
                for item in &list.items {
                    self.value(item, inner, &what);
                }
            }
            (Kind::Map(map), Shape::Map(key, inner)) => self.map(map, key, inner, what),
            (Kind::Group(group), Shape::Struct(name)) => {
                self.name(group, name);
                self.fields(value, group, self.shapes.fields(name), name);
            }
            (Kind::Group(group), Shape::Tuple(name, shapes)) => {
                if let Some(name) = name {
                    self.name(group, name);
                }
                self.tuple(value, group, shapes, what);
            }
            (Kind::Word, Shape::Enum(name)) => self.variant(value, value.span, None, name),
            (Kind::Group(group), Shape::Enum(name)) if group.name.is_some() => {
                self.variant(value, group.name.unwrap_or(value.span), Some(group), name);
            }
            (Kind::Group(Group { name: None, items, .. }), Shape::Nothing) if items.is_empty() => {}
            _ => self.wrong_type(value, shape, what),
        }
    }

    fn wrong_type(&mut self, value: &Value, shape: &'a Shape, what: &str) {
        let written = self.written(value);
        let found = match &value.kind {
            Kind::Word => format!("the word `{}`", shortened(written)),
            Kind::Number => "a number".to_owned(),
            Kind::Character => "a single character".to_owned(),
            Kind::Text => "a text".to_owned(),
            Kind::Group(group) => match group.name {
                Some(name) => format!("`{}(...)`", shortened(&self.source[name.range()])),
                None => "something in round brackets".to_owned(),
            },
            Kind::List(_) => "a list in square brackets".to_owned(),
            Kind::Map(_) => "entries in curly brackets".to_owned(),
            Kind::Broken => return,
        };
        let bare =
            if matches!(value.kind, Kind::Text) { text::content(self.source, value.span) } else { written.into() };
        let help = match (&value.kind, shape) {
            (Kind::Word | Kind::Number, Shape::Text) => Some(format!("write `\"{}\"`", shortened(written))),
            (Kind::Character, Shape::Text) => Some(format!("write `\"{}\"`", written.trim_matches('\''))),
            (Kind::Text, Shape::Whole(..)) if bare.parse::<i128>().is_ok() => Some(format!("write `{bare}`")),
            (Kind::Text, Shape::Bool) if matches!(&*bare, "true" | "false") => Some(format!("write `{bare}`")),
            (Kind::Text, Shape::Enum(name)) => {
                let meant = nearest(&bare, self.variant_names(name));
                Some(meant.map_or_else(|| "leave the quote marks out".to_owned(), |meant| format!("write `{meant}`")))
            }
            (Kind::Text | Kind::Number | Kind::Word | Kind::Group(_), Shape::List(_)) if !written.contains('\n') => {
                Some(format!("put it in square brackets: `[{}]`", shortened(written)))
            }
            (Kind::Map(_), Shape::Struct(_)) => {
                Some("use round brackets, and no quote marks around the names".to_owned())
            }
            (Kind::Group(_), Shape::Map(..)) => Some("use curly brackets".to_owned()),
            _ => None,
        };
        let mut finding = Diagnostic::error("wrong-type", format!("{what} cannot be {found}"))
            .at(self.opening(value))
            .expected(self.wanted(shape));
        finding.help = help;
        self.report(finding);
    }

    fn whole_number(&mut self, value: &Value, (least, most): (i128, i128), what: &str) {
        let written = self.written(value);
        let expected = format!("a whole number from {least} to {most}");
        let subject = lower_first(what);
        let finding = match number::read(written) {
            number::Read::Whole(whole) if whole < least => {
                Diagnostic::error("number-out-of-range", format!("{written} is too small for {subject}"))
            }
            number::Read::Whole(whole) if whole > most => {
                Diagnostic::error("number-out-of-range", format!("{written} is too large for {subject}"))
            }
            number::Read::Whole(_) => return,
            number::Read::Huge => {
                Diagnostic::error("number-out-of-range", format!("This number is too large for {subject}"))
            }
            number::Read::Decimal => {
                Diagnostic::error("not-a-whole-number", format!("{what} cannot have a decimal point: {written}"))
            }
            number::Read::NotANumber => {
                Diagnostic::error("not-a-whole-number", format!("{what} cannot be `{}`", shortened(written)))
            }
        };
        self.report(finding.at(value.span).expected(expected));
    }

    fn map(&mut self, map: &Map, key_shape: &'a Shape, inner: &'a Shape, what: &str) {
        if map.damaged {
            // A bracket was forgotten, so that other fields may stand in the map.
            return;
        }
        let mut seen = HashMap::new();
        for (key, value) in &map.entries {
            self.value(key, key_shape, &format!("A key of {}", lower_first(what)));
            let name = match key.kind {
                Kind::Text => text::content(self.source, key.span).into_owned(),
                Kind::Broken => continue,
                _ => self.written(key).to_owned(),
            };
            let entry = format!("`{}`", shortened(&name));
            if let Some(first) = seen.insert(name, key.span) {
                self.duplicate(&entry, key.span, first);
            }
            self.value(value, inner, &entry);
        }
    }

    fn fields(&mut self, value: &Value, group: &Group, fields: &'a [Field], type_name: &str) {
        let names = || fields.iter().map(|field| field.name);
        let mut seen: HashMap<&str, Span> = HashMap::new();
        let mut meant = Vec::new();
        for item in &group.items {
            let Some(span) = item.name else {
                self.unnamed(&item.value, fields);
                continue;
            };
            let written = self.source[span.range()].trim_matches('"');
            let name = written.strip_prefix("r#").unwrap_or(written);
            if let Some(first) = seen.insert(name, span) {
                self.duplicate(&format!("`{name}`"), span, first);
            }
            if let Some(field) = fields.iter().find(|field| field.name == name) {
                self.value(&item.value, &field.shape, &format!("`{name}`"));
                continue;
            }
            // A variant has no type of its own; its name is what the author wrote.
            let of = if self.shapes.fields(type_name).is_empty() {
                format!("`{type_name}`")
            } else {
                with_article(type_name)
            };
            let message = format!("`{}` is not a field of {of}", shortened(name));
            let mut finding = Diagnostic::error("unknown-field", message).at(span);
            // A field that stands here under its own name is hardly meant a second time.
            let guess = nearest(name, names().filter(|name| !self.has_field(group, name)));
            finding.help = guess.map(|name| format!("did you mean `{name}`?"));
            finding.expected = (fields.len() <= MOST_NAMES).then(|| one_of(names()));
            meant.extend(guess);
            self.report(finding);
        }
        let broken = group.damaged || group.items.iter().any(|item| item.name.is_none());
        let missing: Vec<_> = fields
            .iter()
            .filter(|field| field.required && !seen.contains_key(field.name) && !meant.contains(&field.name))
            .collect();
        if broken || missing.is_empty() {
            return;
        }
        let example: Vec<_> = missing.iter().map(|field| self.field_example(field)).collect();
        self.report(
            Diagnostic::error(
                "missing-field",
                format!("This {} lacks {}", plain(type_name), listed(missing.iter().map(|field| field.name))),
            )
            .at(self.opening(value))
            .help(format!("add `{}`", example.join(", "))),
        );
    }

    fn has_field(&self, group: &Group, name: &str) -> bool {
        group.items.iter().any(|item| item.name.is_some_and(|span| &self.source[span.range()] == name))
    }

    fn unnamed(&mut self, value: &Value, fields: &[Field]) {
        if matches!(value.kind, Kind::Broken) {
            return;
        }
        let mut finding = Diagnostic::error("unnamed-value", "This value has no name")
            .at(self.opening(value))
            .expected("in these round brackets `name: value`, each followed by a comma");
        if let Kind::Word = value.kind {
            let guess = nearest(self.written(value), fields.iter().map(|field| field.name));
            finding.help = guess.map(|name| format!("did you mean `{name}: ...`?"));
        }
        self.report(finding);
    }

    fn tuple(&mut self, value: &Value, group: &Group, shapes: &'a [Shape], what: &str) {
        let named = group.items.iter().find_map(|item| item.name);
        if let Some(name) = named {
            self.report(
                Diagnostic::error("name-in-tuple", "No names stand in these brackets")
                    .at(name)
                    .expected(self.in_brackets(shapes)),
            );
            return;
        }
        for (item, shape) in group.items.iter().zip(shapes) {
            self.value(&item.value, shape, what);
        }
        if group.items.len() != shapes.len() && !group.damaged {
            let (held, needed) = (group.items.len(), shapes.len());
            self.report(
                Diagnostic::error("wrong-count", format!("{what} holds {held} instead of {needed}"))
                    .at(self.opening(value))
                    .expected(self.in_brackets(shapes)),
            );
        }
    }

    fn variant(&mut self, value: &Value, name_span: Span, group: Option<&Group>, type_name: &str) {
        let written = &self.source[name_span.range()];
        let name = written.strip_prefix("r#").unwrap_or(written);
        let variants = self.shapes.variants(type_name);
        let Some(variant) = variants.iter().find(|variant| variant.name == name) else {
            let message = format!("`{}` is not {}", shortened(name), with_article(type_name));
            let mut finding = Diagnostic::error("unknown-name", message).at(name_span);
            finding.help = nearest(name, self.variant_names(type_name)).map(|name| format!("did you mean `{name}`?"));
            finding.expected = (variants.len() <= MOST_NAMES).then(|| one_of(self.variant_names(type_name)));
            self.report(finding);
            return;
        };
        match (&variant.content, group) {
            (Content::None, None) => {}
            (Content::None, Some(_)) => self.report(
                Diagnostic::error("needless-brackets", format!("Nothing stands in brackets after `{name}`"))
                    .at(self.opening(value))
                    .expected(format!("`{name}`")),
            ),
            (_, None) => self.report(
                Diagnostic::error("missing-brackets", format!("`{name}` needs something in brackets"))
                    .at(name_span)
                    .expected(format!("`{}`", self.variant_example(variant))),
            ),
            (Content::One(shape), Some(group)) => self.content(value, group, shape, variant),
            (Content::Several(shapes), Some(group)) => self.tuple(value, group, shapes, &format!("`{name}`")),
            (Content::Fields(fields), Some(group)) => self.fields(value, group, fields, name),
        }
    }

    /// The one value in the brackets of a variant.
    fn content(&mut self, value: &Value, group: &Group, shape: &'a Shape, variant: &Variant) {
        let name = variant.name;
        match (group.items.as_slice(), shape) {
            ([Item { name: None, value }], _) => self.value(value, shape, &format!("The content of `{name}`")),
            (items, Shape::Struct(inner)) if items.iter().all(|item| item.name.is_some()) => {
                self.report(
                    Diagnostic::error("missing-brackets", format!("`{name}` needs two pairs of round brackets"))
                        .at(self.opening(value))
                        .expected(format!("`{}`", self.variant_example(variant))),
                );
                self.fields(value, group, self.shapes.fields(inner), inner);
            }
            _ if group.damaged => {}
            (items, _) => {
                let help = matches!(shape, Shape::List(_)).then_some("put them in square brackets");
                let mut finding =
                    Diagnostic::error("wrong-count", format!("`{name}` holds {} values instead of one", items.len()))
                        .at(self.opening(value))
                        .expected(format!("`{}`", self.variant_example(variant)));
                finding.help = help.map(str::to_owned);
                self.report(finding);
            }
        }
    }

    /// The name before a bracket may be left out, but not be another one.
    fn name(&mut self, group: &Group, name: &str) {
        let Some(span) = group.name else { return };
        let written = &self.source[span.range()];
        if written != name {
            self.report(
                Diagnostic::error("wrong-name", format!("`{}` is not what stands here", shortened(written)))
                    .at(span)
                    .expected(format!("`{name}(...)`, or `(...)` without a name")),
            );
        }
    }

    fn duplicate(&mut self, name: &str, span: Span, first: Span) {
        self.report(
            Diagnostic::error("duplicate-key", format!("{name} stands here twice"))
                .at(span)
                .also(first, "the first one")
                .help("delete one of the two, or give it another name"),
        );
    }

    /// What belongs somewhere, in words.
    fn wanted(&self, shape: &Shape) -> String {
        match shape {
            Shape::Bool => "`true` or `false`".to_owned(),
            Shape::Whole(least, most) => format!("a whole number from {least} to {most}"),
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
                let (required, optional): (Vec<_>, Vec<_>) =
                    self.shapes.fields(name).iter().partition(|field| field.required);
                let shown = required.into_iter().chain(optional).take(2);
                let shown: Vec<_> = shown.map(|field| self.field_example(field)).collect();
                format!("fields in round brackets: `({}, ...)`", shown.join(", "))
            }
            Shape::Enum(name) if self.shapes.variants(name).len() <= MOST_NAMES => one_of(self.variant_names(name)),
            Shape::Enum(name) => {
                let first = self
                    .shapes
                    .variants(name)
                    .first()
                    .map_or_else(String::new, |variant| self.variant_example(variant));
                format!("{}, such as `{first}`", with_article(name))
            }
            Shape::Anything => "a value".to_owned(),
        }
    }

    fn in_brackets(&self, shapes: &[Shape]) -> String {
        let shapes: Vec<_> = shapes.iter().map(|shape| self.example(shape)).collect();
        format!("round brackets: `({})`", shapes.join(", "))
    }

    /// Something short that could stand somewhere.
    fn example(&self, shape: &Shape) -> String {
        match shape {
            Shape::Bool => "true".to_owned(),
            Shape::Whole(..) | Shape::Decimal => "1".to_owned(),
            Shape::Character => "'a'".to_owned(),
            Shape::Text => "\"...\"".to_owned(),
            Shape::Nothing => "()".to_owned(),
            Shape::Optional(inner) => self.example(inner),
            Shape::List(_) => "[...]".to_owned(),
            Shape::Map(..) => "{ ... }".to_owned(),
            Shape::Tuple(..) | Shape::Struct(_) => "(...)".to_owned(),
            Shape::Enum(name) => {
                self.shapes.variants(name).first().map_or_else(String::new, |variant| self.variant_example(variant))
            }
            Shape::Anything => "...".to_owned(),
        }
    }

    fn field_example(&self, field: &Field) -> String {
        format!("{}: {}", field.name, self.example(&field.shape))
    }

    fn variant_example(&self, variant: &Variant) -> String {
        let name = variant.name;
        match &variant.content {
            Content::None => name.to_owned(),
            Content::One(Shape::Struct(inner)) => {
                let first = self.shapes.fields(inner).first();
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

    fn variant_names(&self, type_name: &str) -> impl Iterator<Item = &'static str> + use<'a> {
        self.shapes.variants(type_name).iter().map(|variant| variant.name)
    }

    fn is_number(&self, value: &Value) -> bool {
        matches!(value.kind, Kind::Number) || matches!(self.written(value), "NaN" | "inf")
    }

    fn is_named(&self, group: &Group, name: &str) -> bool {
        group.name.is_some_and(|span| &self.source[span.range()] == name)
    }

    fn written(&self, value: &Value) -> &'a str {
        &self.source[value.span.range()]
    }

    /// A value, or of one in brackets what opens it: a mark under all of its lines says less.
    fn opening(&self, value: &Value) -> Span {
        match &value.kind {
            Kind::Group(_) => {
                let written = self.written(value);
                let length = written.find('(').map_or(written.len(), |at| at + 1);
                Span::new(value.span.start, value.span.start + length)
            }
            Kind::List(_) | Kind::Map(_) => Span::new(value.span.start, value.span.start + 1),
            _ => value.span,
        }
    }

    fn report(&mut self, finding: Diagnostic) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding);
        }
    }
}

/// Inside a sentence: `the content of ...`; what begins with a quote mark stays.
fn lower_first(what: &str) -> String {
    let mut characters = what.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}
