//! The lines of one place: the plain ones, those under a condition, and the names that tell them apart.

use std::collections::HashMap;
use std::ops::Range;

use crate::scenario::finding::Part;
use crate::scenario::format::current as format;
use crate::scenario::model::{Line, Speech};
use crate::scenario::name::{free_name, mend};
use crate::scenario::resolve::encounter::Local;
use crate::scenario::resolve::place::At;
use crate::scenario::resolve::{Resolver, rules};
use crate::scenario::speech::LineName;
use crate::scenario::texts::id;

/// Where a list of plain lines and the conditional ones beside it stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineFields {
    pub(super) plain: &'static str,
    pub(super) conditional: &'static str,
}

/// A list of variants: where it stands, and which of the conditional lines it is, if any.
#[derive(Debug, Clone, Copy)]
struct Place<'p> {
    /// The node or the reply.
    at: &'p At<'p>,
    fields: LineFields,
    conditional: Option<usize>,
}

/// The names of one place. The plain lines and all conditional ones share them, so that a line that gets a condition
/// keeps its id.
#[derive(Debug, Default)]
struct LineNames<'d> {
    /// Of each name the list and the variant in which it stands first, and where in its text.
    first: HashMap<&'d str, (Option<usize>, usize, Range<usize>)>,
    /// How many plain lines have no name, and how many conditional ones.
    unnamed: [usize; 2],
}

impl<'d> Resolver<'d> {
    /// The lines under a condition in their order, then the plain one where there is one. `owner` is the id of the
    /// place.
    pub(super) fn lines(
        &mut self,
        plain: &'d [String],
        conditional: &'d [format::ConditionalLine],
        fields: LineFields,
        owner: &str,
        local: &Local<'d>,
        at: &At<'_>,
    ) -> Vec<Line> {
        let mut names = LineNames::default();
        let mut lines = Vec::with_capacity(conditional.len() + 1);
        for (index, line) in conditional.iter().enumerate() {
            let all = at.field(fields.conditional);
            let line_at = all.index(index);
            let when = self.talk_condition(&line.when, local, &line_at.field("when"));
            let place = Place { at, fields, conditional: Some(index) };
            let variants = self.variants(&line.says, place, &mut names, owner);
            if variants.is_empty() {
                self.report
                    .error(rules::EMPTY_TEXT, &line_at.field("says"), "This conditional line says nothing")
                    .expected("at least one text in square brackets: `[\"...\"]`");
            }
            lines.push(Line { when: Some(when), variants });
        }
        if !plain.is_empty() {
            let place = Place { at, fields, conditional: None };
            lines.push(Line { when: None, variants: self.variants(plain, place, &mut names, owner) });
        }
        lines
    }

    fn variants(
        &mut self,
        texts: &'d [String],
        place: Place<'_>,
        names: &mut LineNames<'d>,
        owner: &str,
    ) -> Vec<Speech> {
        let mut variants = Vec::with_capacity(texts.len());
        for (index, text) in texts.iter().enumerate() {
            let id = match LineName::of(text) {
                Some(name) => {
                    self.judge_name(&name, place, index, names);
                    // The id is that of a plain line even under a condition: a name holds for the whole place.
                    id::within(&id::within(owner, place.fields.plain), name.name)
                }
                None => self.unnamed_id(text, place, index, names, owner),
            };
            variants.push(place.with(index, |at| self.line(id, text, at)));
        }
        variants
    }

    fn judge_name(&mut self, name: &LineName<'d>, place: Place<'_>, index: usize, names: &mut LineNames<'d>) {
        if !name.is_good() {
            return;
        }
        let LineName { name, bytes, .. } = name;
        let Some((conditional, first, first_bytes)) = names.first.get(name).cloned() else {
            names.first.insert(name, (place.conditional, index, bytes.clone()));
            return;
        };
        let message = format!("Two lines of this place are called `{name}`");
        let free = free_name(name, |free| names.first.contains_key(free));
        place.with(index, |at| {
            Place { conditional, ..place }.with(first, |first| {
                self.report
                    .error(rules::DUPLICATE_NAME, at, message)
                    .part(Part::Text(bytes.clone()))
                    .again(first.path(), Part::Text(first_bytes))
                    .help(format!("give one of them another name, such as `#{free}`"));
            });
        });
    }

    /// The id of a line without a name: that of its field. One line may have it; of more the place counts.
    fn unnamed_id(
        &mut self,
        text: &str,
        place: Place<'_>,
        index: usize,
        names: &mut LineNames<'d>,
        owner: &str,
    ) -> String {
        let LineFields { plain, conditional } = place.fields;
        let field = id::within(owner, if place.conditional.is_some() { conditional } else { plain });
        let has_read = place.with(index, |at| self.report.has_read(at));
        if !has_read {
            return field;
        }
        let before = &mut names.unnamed[usize::from(place.conditional.is_some())];
        *before += 1;
        let before = *before - 1;
        if before == 0 {
            return field;
        }
        let suggestion = suggested(text);
        let free = if names.first.contains_key(&*suggestion) {
            free_name(&suggestion, |free| names.first.contains_key(free))
        } else {
            suggestion
        };
        place.with(index, |at| {
            self.report
                .warning(rules::UNNAMED_LINE, at, "This line has no name, and is not the only one here without")
                .expected("a name at its beginning, by which translations and recordings find it wherever it stands")
                .help(format!("write `#{free}` and a space before its words, or another name that tells what it says"));
        });
        id::within(&field, &before.to_string())
    }
}

impl Place<'_> {
    /// Does something at the `index`-th variant of the list.
    fn with<T>(self, index: usize, act: impl FnOnce(&At<'_>) -> T) -> T {
        match self.conditional {
            None => act(&self.at.field(self.fields.plain).index(index)),
            Some(line) => {
                let all = self.at.field(self.fields.conditional);
                act(&all.index(line).field("says").index(index))
            }
        }
    }
}

/// A name made of the first words of a line.
fn suggested(text: &str) -> String {
    let mut words = String::new();
    let mut in_direction = false;
    for letter in text.chars() {
        match letter {
            '[' | '{' => in_direction = true,
            ']' | '}' => in_direction = false,
            _ if in_direction => {}
            _ => words.push(letter),
        }
    }
    let words: Vec<String> = words.split_whitespace().map(mend).filter(|word| !word.is_empty()).take(3).collect();
    let name = mend(&words.join("-"));
    if name.bytes().any(|byte| byte.is_ascii_lowercase()) { name } else { "another-way".to_owned() }
}

#[cfg(test)]
mod tests;
