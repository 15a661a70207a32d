//! The names of a closed list, and what stands in brackets after some of them.

use super::{Check, counted};
use crate::diagnostic::{Diagnostic, did_you_mean, nearest};
use crate::scenario::finding::Step;
use crate::scenario::parse::example::MOST_NAMES;
use crate::scenario::parse::shape::{Content, Shape, Variant};
use crate::scenario::parse::tree::{Group, Item, Value};
use crate::scenario::parse::words::{one_of, plain, shortened, with_article};

impl<'a> Check<'a> {
    pub(super) fn variant(&mut self, value: &Value, group: Option<&Group>, shape: &Shape, type_name: &str) {
        let name_span = group.and_then(|group| group.name).unwrap_or(value.span);
        let written = &self.source[name_span.range()];
        let name = written.strip_prefix("r#").unwrap_or(written);
        let variants = self.shapes.variants(type_name);
        let Some(variant) = variants.iter().find(|variant| variant.name == name) else {
            let message = format!("`{}` is not {}", shortened(name), with_article(type_name));
            let mut finding = Diagnostic::error("unknown-name", message).at(name_span);
            let names = || self.shapes.variant_names(type_name);
            finding.help = nearest(name, names()).or_else(|| begins_alike(name, names())).map(did_you_mean);
            finding.expected = Some(if variants.len() <= MOST_NAMES {
                one_of(names())
            } else {
                format!("one of the {}s listed in docs/writing-scenarios.md", plain(type_name))
            });
            self.report(finding);
            self.copy.stand_in(shape);
            return;
        };
        let Some(group) = group else {
            if matches!(variant.content, Content::None) {
                self.copy.put(name);
            } else {
                self.report(
                    Diagnostic::error("missing-brackets", format!("`{name}` needs something in brackets"))
                        .at(name_span)
                        .expected(format!("`{}`", self.shapes.variant_example(variant))),
                );
                self.copy.stand_in(shape);
            }
            return;
        };
        match &variant.content {
            Content::None => {
                self.report(
                    Diagnostic::error("needless-brackets", format!("Nothing stands in brackets after `{name}`"))
                        .at(self.opening(value))
                        .expected(format!("`{name}`")),
                );
                self.copy.put(name);
            }
            Content::One(inner) => {
                if !self.content(value, group, inner, variant) {
                    self.copy.stand_in(shape);
                }
            }
            Content::Several(shapes) => {
                let start = self.copy.text.len();
                self.copy.put(name);
                self.copy.enter(Step::Variant(variant.name.into()));
                let fits = self.tuple(value, group, shapes, &format!("`{name}`"));
                self.copy.leave();
                if !fits {
                    self.copy.text.truncate(start);
                    self.copy.stand_in(shape);
                }
            }
            Content::Fields(fields) => {
                self.copy.put(name);
                self.copy.enter(Step::Variant(variant.name.into()));
                self.fields(value, group, fields, name);
                self.copy.leave();
            }
        }
    }

    /// The one value in the brackets of a variant. Says whether it got into the copy.
    fn content(&mut self, value: &Value, group: &Group, shape: &'a Shape, variant: &'a Variant) -> bool {
        let name = variant.name;
        let items = group.items.as_slice();
        let all_named = items.iter().all(|item| item.name.is_some());
        let none_named = items.iter().all(|item| item.name.is_none());
        match (items, shape) {
            ([Item { name: None, value }], _) => {
                self.copy.put(name);
                self.copy.put("(");
                self.copy.enter(Step::Variant(name.into()));
                self.value(value, shape, &format!("The content of `{name}`"));
                self.copy.leave();
                self.copy.put(")");
                true
            }
            (_, Shape::Struct(inner)) if all_named => {
                self.report(
                    Diagnostic::error("missing-brackets", format!("`{name}` needs two pairs of round brackets"))
                        .at(self.opening(value))
                        .expected(format!("`{}`", self.shapes.variant_example(variant))),
                );
                self.copy.put(name);
                self.copy.put("(");
                self.copy.enter(Step::Variant(name.into()));
                self.fields(value, group, self.shapes.fields(inner), inner);
                self.copy.leave();
                self.copy.put(")");
                true
            }
            _ if group.damaged => false,
            (items, _) => {
                let mut finding =
                    Diagnostic::error("wrong-count", format!("`{name}` holds {} instead of one", counted(items.len())))
                        .at(self.opening(value))
                        .expected(format!("`{}`", self.shapes.variant_example(variant)));
                if let Shape::List(inner) = shape
                    && none_named
                {
                    finding.help = Some("put them in square brackets".to_owned());
                    for item in items {
                        self.aside(|check| check.value(&item.value, inner, &format!("The content of `{name}`")));
                    }
                }
                self.report(finding);
                false
            }
        }
    }
}

/// The name that begins with what is written, or that it begins with: `Vagueness` for `Vague`.
fn begins_alike<'n>(written: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    const LEAST_LETTERS: usize = 4;
    let written = written.to_lowercase();
    let alike = names.filter(|name| {
        let name = name.to_lowercase();
        name.len().min(written.len()) >= LEAST_LETTERS && (name.starts_with(&written) || written.starts_with(&name))
    });
    alike.min_by_key(|name| name.len().abs_diff(written.len()))
}
