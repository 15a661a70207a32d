//! A tree held against the shape of the document: every value that does not fit, each told once.
//!
//! What could not be read is passed over, and nothing is said to be missing where something was lost: those would
//! only be echoes of a mistake told already. On the way what fits is taken over into a [`struct@Copy`], so that the later
//! steps can judge it.

mod variant;

use std::collections::HashMap;

use super::copy::Copy;
use super::example::MOST_NAMES;
use super::reader::name_in_list;
use super::shape::{Field, Shape, Shapes};
use super::tree::{Group, Item, Kind, List, Map, Value};
use super::words::{listed, one_of, plain, shortened, with_article};
use super::{number, text};
use crate::diagnostic::{Diagnostic, Span, did_you_mean, nearest};
use crate::scenario::finding::Step;
use crate::scenario::range;

/// More than anybody mends before trying again.
const MOST_FINDINGS: usize = 1000;

/// Tells what does not fit, and gives a copy of what does.
///
/// Where brackets are lost or left over (`balanced` is false), what they held seems to stand elsewhere: a field that
/// belongs to something else, and one that seems to be missing, are then no mistakes of their own.
pub(super) fn check<'a>(
    source: &'a str,
    root: &Value,
    balanced: bool,
    shapes: &'a Shapes,
) -> (Vec<Diagnostic>, Copy<'a>) {
    let mut check = Check { source, shapes, balanced, copy: Copy::new(shapes), findings: Vec::new() };
    check.value(root, &shapes.root, "The scenario");
    if check.findings.len() == MOST_FINDINGS {
        let message = format!("Only the first {MOST_FINDINGS} mistakes are told; mend them and try again");
        let end = Span::point(source.len());
        check.findings.push(Diagnostic::error("too-many-mistakes", message).at(end));
    }
    (check.findings, check.copy)
}

struct Check<'a> {
    source: &'a str,
    shapes: &'a Shapes,
    balanced: bool,
    copy: Copy<'a>,
    findings: Vec<Diagnostic>,
}

impl<'a> Check<'a> {
    /// `what` names the place at the start of a sentence.
    fn value(&mut self, value: &Value, shape: &'a Shape, what: &str) {
        match (&value.kind, shape) {
            (Kind::Broken, _) => self.copy.stand_in(shape),
            (Kind::Text, Shape::Text) => self.copy.put_text(&text::content(self.source, value.span)),
            (_, Shape::Anything) | (Kind::Character, Shape::Character) | (Kind::Number, Shape::Decimal) => {
                self.copy.put(self.written(value));
            }
            (Kind::Word, Shape::Bool) if matches!(self.written(value), "true" | "false") => {
                self.copy.put(self.written(value));
            }
            (_, Shape::Optional(inner)) => match &value.kind {
                Kind::Word if self.written(value) == "None" => self.copy.put("None"),
                Kind::Group(group) if self.is_named(group, "Some") => {
                    if let [Item { name: None, value }] = group.items.as_slice() {
                        self.value(value, inner, what);
                    } else {
                        self.report(
                            Diagnostic::error("wrong-type", "`Some(...)` holds one value")
                                .at(value.span)
                                .help("leave `Some` out and write the value alone"),
                        );
                        self.copy.stand_in(shape);
                    }
                }
                _ => self.value(value, inner, what),
            },
            (Kind::Number | Kind::Word, Shape::Whole(..)) if self.is_number(value) => {
                self.whole_number(value, shape, what);
            }
            (Kind::List(list), Shape::List(inner)) => self.list(list, shape, inner, what),
            (Kind::Map(map), Shape::Map(key, inner)) => {
                if map.square {
                    self.report(
                        Diagnostic::error("wrong-bracket", format!("{what} stands in curly brackets, not in `[...]`"))
                            .at(self.opening(value))
                            .expected(self.shapes.wanted(shape))
                            .help("write `{` here, and `}` where it ends"),
                    );
                }
                self.map(map, shape, (key, inner), what);
            }
            (Kind::Group(group), Shape::Struct(name)) => {
                self.name(group, name);
                self.fields(value, group, self.shapes.fields(name), name);
            }
            (Kind::Group(group), Shape::Tuple(name, shapes)) => {
                if let Some(name) = name {
                    self.name(group, name);
                }
                if !self.tuple(value, group, shapes, what) {
                    self.copy.stand_in(shape);
                }
            }
            (Kind::Word, Shape::Enum(name)) => self.variant(value, None, shape, name),
            (Kind::Group(group), Shape::Enum(name)) if group.name.is_some() => {
                self.variant(value, Some(group), shape, name);
            }
            (Kind::Group(Group { name: None, items, .. }), Shape::Nothing) if items.is_empty() => self.copy.put("()"),
            _ => {
                self.wrong_type(value, shape, what);
                self.copy.stand_in(shape);
            }
        }
    }

    /// Looks at something that does not get into the copy, and says whether it fits.
    fn aside(&mut self, look: impl FnOnce(&mut Self)) -> bool {
        let before = self.findings.len();
        self.copy.pause();
        look(self);
        self.copy.go_on();
        self.findings.len() == before
    }

    fn wrong_type(&mut self, value: &Value, shape: &'a Shape, what: &str) {
        if let (Kind::Map(Map { square: true, entries, .. }), Shape::List(_)) = (&value.kind, shape) {
            let name = entries.first().map_or(value.span, |(key, _)| key.span);
            self.report(name_in_list(name));
            return;
        }
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
            Kind::Map(Map { square: true, .. }) | Kind::List(_) => "a list in square brackets".to_owned(),
            Kind::Map(_) => "entries in curly brackets".to_owned(),
            Kind::Broken => return,
        };
        let bare =
            if matches!(value.kind, Kind::Text) { text::content(self.source, value.span) } else { written.into() };
        let help = match (&value.kind, shape) {
            (Kind::Word | Kind::Number, Shape::Text) => Some(format!("write `\"{}\"`", shortened(written))),
            (Kind::Character, Shape::Text) => Some(format!("write `\"{}\"`", written.trim_matches('\''))),
            (Kind::Text, Shape::Whole(least, most))
                if bare.parse().is_ok_and(|whole: i128| (*least..=*most).contains(&whole)) =>
            {
                Some(format!("write `{bare}`"))
            }
            (Kind::Text, Shape::Bool) if matches!(&*bare, "true" | "false") => Some(format!("write `{bare}`")),
            (Kind::Text, Shape::Enum(name)) => {
                let meant = nearest(&bare, self.shapes.variant_names(name));
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
            .expected(self.shapes.wanted(shape));
        finding.help = help;
        self.report(finding);
    }

    fn whole_number(&mut self, value: &Value, shape: &Shape, what: &str) {
        let Shape::Whole(least, most) = *shape else { return };
        let written = self.written(value);
        let subject = lower_first(what);
        let finding = match number::read(written) {
            number::Read::Whole(whole) if (least..=most).contains(&whole) => {
                self.copy.put_number(whole);
                return;
            }
            number::Read::Whole(whole) => {
                Diagnostic::error("out-of-range", range::outside(written, &subject, whole < least))
            }
            number::Read::Huge => {
                let is_less = written.starts_with('-');
                Diagnostic::error("out-of-range", range::outside(&shortened(written), &subject, is_less))
            }
            number::Read::Decimal => {
                Diagnostic::error("not-a-whole-number", format!("{what} cannot have a decimal point: {written}"))
            }
            number::Read::NotANumber => {
                Diagnostic::error("not-a-whole-number", format!("{what} cannot be `{}`", shortened(written)))
            }
        };
        self.report(finding.at(value.span).expected(self.shapes.wanted(shape)));
        self.copy.stand_in(shape);
    }

    fn list(&mut self, list: &List, shape: &Shape, inner: &'a Shape, what: &str) {
        if list.damaged {
            self.copy.lacks_parts(shape);
        }
        let what = format!("An entry of {}", lower_first(what));
        self.copy.put("[");
        for (index, item) in list.items.iter().enumerate() {
            self.copy.enter(Step::Index(index));
            self.value(item, inner, &what);
            self.copy.leave();
            self.copy.put(",");
        }
        self.copy.put("]");
    }

    fn map(&mut self, map: &Map, shape: &Shape, (key_shape, inner): (&'a Shape, &'a Shape), what: &str) {
        if map.damaged {
            self.copy.lacks_parts(shape);
        }
        let mut seen: HashMap<String, usize> = HashMap::new();
        self.copy.put("{");
        for (key, value) in &map.entries {
            let name = match key.kind {
                Kind::Text => text::content(self.source, key.span).into_owned(),
                _ => self.written(key).to_owned(),
            };
            let entry = format!("`{}`", shortened(&name));
            let before = self.findings.len();
            let key_what = format!("A key of {}", lower_first(what));
            let fits = self.aside(|check| check.value(key, key_shape, &key_what)) && !matches!(key.kind, Kind::Broken);
            if !fits {
                if map.damaged {
                    // A bracket was forgotten, so that other fields may stand in the map.
                    self.findings.truncate(before);
                } else {
                    self.aside(|check| check.value(value, inner, &entry));
                }
                self.copy.lacks_parts(shape);
                continue;
            }
            // A key that stands twice is told by `resolve`, which knows what it is the name of.
            let occurrence = seen.entry(name.clone()).or_insert(0);
            self.copy.enter(Step::Key(name, *occurrence));
            *occurrence += 1;
            self.value(key, key_shape, &key_what);
            self.copy.put(":");
            self.value(value, inner, &entry);
            self.copy.leave();
            self.copy.put(",");
        }
        self.copy.put("}");
    }

    fn fields(&mut self, value: &Value, group: &Group, fields: &'a [Field], type_name: &str) {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        let mut guessed = Vec::new();
        // Any field that is not here may stand in what could not be read.
        let mut leaky = group.damaged;
        if group.damaged {
            self.copy.lacks_fields();
        }
        self.copy.put("(");
        for item in &group.items {
            let Some(span) = item.name else {
                self.unnamed(&item.value, fields);
                leaky = true;
                continue;
            };
            let written = self.source[span.range()].trim_matches('"');
            let name = written.strip_prefix("r#").unwrap_or(written);
            let known = fields.iter().find(|field| field.name == name);
            if let Some(first) = seen.get(name) {
                self.duplicate(name, span, *first);
                if let Some(field) = known {
                    self.aside(|check| check.value(&item.value, &field.shape, &format!("`{name}`")));
                    self.copy.enter(Step::Field(field.name.into()));
                    self.copy.lacks_parts(&field.shape);
                    self.copy.leave();
                }
                continue;
            }
            seen.insert(name, span);
            if let Some(field) = known {
                self.field(field, &item.value);
                continue;
            }
            // A field that stands here under its own name is hardly meant a second time.
            let free = || {
                let fields = fields.iter().map(|field| field.name);
                fields.filter(|field| !guessed.contains(field) && !self.has_field(group, field))
            };
            let guess = nearest(name, free()).or_else(|| free().find(|field| is_other_word_for(name, field)));
            if self.balanced || self.seems_misspelt(name, span) {
                self.unknown_field(name, span, fields, type_name, guess);
            }
            let Some(field) = fields.iter().find(|field| Some(field.name) == guess) else {
                leaky = true;
                continue;
            };
            guessed.push(field.name);
            if resembles(&item.value, &field.shape) {
                seen.insert(field.name, span);
                self.copy.reads_as(span, field.name);
                self.field(field, &item.value);
            }
        }
        for field in fields.iter().filter(|field| !seen.contains_key(field.name)) {
            if field.required || leaky || guessed.contains(&field.name) {
                self.copy.lacks_field(field.name, field.required, &field.shape);
            }
        }
        self.copy.put(")");
        let broken = group.damaged || !self.balanced || group.items.iter().any(|item| item.name.is_none());
        let missing: Vec<_> = fields
            .iter()
            .filter(|field| field.required && !seen.contains_key(field.name) && !guessed.contains(&field.name))
            .collect();
        if broken || missing.is_empty() {
            return;
        }
        let example: Vec<_> = missing.iter().map(|field| self.shapes.field_example(field)).collect();
        self.report(
            Diagnostic::error(
                "missing-field",
                format!("This {} lacks {}", plain(type_name), listed(missing.iter().map(|field| field.name))),
            )
            .at(self.opening(value))
            .help(format!("add `{}`", example.join(", "))),
        );
    }

    fn field(&mut self, field: &'a Field, value: &Value) {
        self.copy.put(field.name);
        self.copy.put(":");
        self.copy.enter(Step::Field(field.name.into()));
        self.value(value, &field.shape, &format!("`{}`", field.name));
        self.copy.leave();
        self.copy.put(",");
    }

    fn unknown_field(&mut self, name: &str, span: Span, fields: &[Field], type_name: &str, guess: Option<&str>) {
        // A variant has no type of its own; its name is what the author wrote.
        let of =
            if self.shapes.fields(type_name).is_empty() { format!("`{type_name}`") } else { with_article(type_name) };
        let message = format!("`{}` is not a field of {of}", shortened(name));
        let mut finding = Diagnostic::error("unknown-field", message).at(span);
        finding.help = guess.map(did_you_mean);
        finding.expected = (fields.len() <= MOST_NAMES).then(|| one_of(fields.iter().map(|field| field.name)));
        self.report(finding);
    }

    /// Whether an unknown name is a field's all the same, and neither the key of a map nor the field of something else.
    fn seems_misspelt(&self, name: &str, span: Span) -> bool {
        self.source[span.range()].starts_with(char::is_lowercase) && !self.shapes.know_field(name)
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
            finding.help = guess.map(|name| did_you_mean(&format!("{name}: ...")));
        }
        self.report(finding);
    }

    /// Values in round brackets; nothing of them gets into the copy where their number is wrong, which it says.
    fn tuple(&mut self, value: &Value, group: &Group, shapes: &'a [Shape], what: &str) -> bool {
        let named = group.items.iter().find_map(|item| item.name);
        if let Some(name) = named {
            self.report(
                Diagnostic::error("name-in-tuple", "No names stand in these brackets")
                    .at(name)
                    .expected(self.shapes.in_brackets(shapes)),
            );
            return false;
        }
        let items = || group.items.iter().zip(shapes).enumerate();
        if group.items.len() != shapes.len() {
            self.aside(|check| items().for_each(|(_, (item, shape))| check.value(&item.value, shape, what)));
            if !group.damaged {
                let held = counted(group.items.len());
                self.report(
                    Diagnostic::error("wrong-count", format!("{what} holds {held} instead of {}", shapes.len()))
                        .at(self.opening(value))
                        .expected(self.shapes.in_brackets(shapes)),
                );
            }
            return false;
        }
        self.copy.put("(");
        for (index, (item, shape)) in items() {
            self.copy.enter(Step::Index(index));
            self.value(&item.value, shape, what);
            self.copy.leave();
            self.copy.put(",");
        }
        self.copy.put(")");
        true
    }

    /// The name before a bracket may be left out, but not be another one.
    fn name(&mut self, group: &Group, name: &str) {
        let Some(span) = group.name else { return };
        let written = &self.source[span.range()];
        if written != name {
            let message = format!("`{}` is not the name of what belongs here", shortened(written));
            let mut finding = Diagnostic::error("wrong-name", message)
                .at(span)
                .expected(format!("`{name}(...)`, or `(...)` without a name"));
            finding.help = nearest(written, [name]).map(did_you_mean);
            self.report(finding);
        }
    }

    fn duplicate(&mut self, name: &str, span: Span, first: Span) {
        self.report(
            Diagnostic::error("duplicate-field", format!("`{}` stands here twice", shortened(name)))
                .at(span)
                .also(first, "the first one")
                .help("keep one of the two"),
        );
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

fn counted(values: usize) -> String {
    if values == 1 { "1 value".to_owned() } else { format!("{values} values") }
}

/// Whether a value is of the kind that a shape wants, so that a misspelt name may be taken for the shape's.
fn resembles(value: &Value, shape: &Shape) -> bool {
    match (&value.kind, shape) {
        (_, Shape::Optional(inner)) => resembles(value, inner),
        (Kind::Text, Shape::Text)
        | (Kind::Number, Shape::Whole(..))
        | (Kind::List(_), Shape::List(_))
        | (Kind::Map(_), Shape::Map(..))
        | (Kind::Word, Shape::Bool | Shape::Enum(_))
        | (Kind::Group(_), Shape::Struct(_) | Shape::Tuple(..) | Shape::Enum(_)) => true,
        _ => false,
    }
}

/// Words that come to mind for the bounds of a meter.
fn is_other_word_for(written: &str, field: &str) -> bool {
    match field {
        "from" => matches!(written, "above" | "over" | "least" | "at_least" | "min"),
        "below" => matches!(written, "under" | "less" | "max"),
        _ => false,
    }
}

/// Inside a sentence: `the content of ...`; what begins with a quote mark stays.
fn lower_first(what: &str) -> String {
    let mut characters = what.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}
