//! Names that an author gives, and the finding of them.

use std::collections::HashMap;

use crate::diagnostic::{did_you_mean, nearest};
use crate::scenario::finding::{Draft, Part};
use crate::scenario::name::{Kind, free_name, is_well_spelt, mend};
use crate::scenario::resolve::place::At;
use crate::scenario::resolve::report::Report;
use crate::scenario::resolve::rules;

/// How the names of a list are written in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// As the keys of a map.
    Keys,
    /// In the field `id` of each element.
    Ids,
    /// As the elements themselves.
    Elements,
}

/// The names of one kind in one place, and where in their list each stands.
#[derive(Debug, Default)]
pub(super) struct Names<'d> {
    places: HashMap<&'d str, u16>,
    listed: Vec<&'d str>,
    /// The entries whose name stood before: the how-manieth of this name they are.
    repeats: HashMap<usize, usize>,
    /// How often a name that stands more than once has stood again.
    again: HashMap<&'d str, usize>,
    /// There may be more names, in what could not be read.
    is_partial: bool,
}

impl<'d> Names<'d> {
    /// Reads the names of a list at `within`, and reports those that stand twice or are misspelt.
    pub(super) fn gather(
        kind: Kind,
        written: Written,
        names: impl ExactSizeIterator<Item = &'d str>,
        within: &At<'_>,
        report: &mut Report,
    ) -> Self {
        let mut gathered = Self::with_room(names.len());
        gathered.is_partial = !report.has_read(within);
        for (index, name) in names.enumerate() {
            let before = gathered.add(name);
            let occurrence = gathered.occurrence(index);
            if !report.has_read_everything() && written != Written::Keys {
                let entry = within.item(index, name);
                let id = entry.field("id");
                gathered.is_partial |= !report.has_read(if written == Written::Ids { &id } else { &entry });
            }
            if before.is_none() && is_well_spelt(name) {
                continue;
            }
            let entry = match written {
                Written::Keys => within.key(name, occurrence),
                Written::Elements | Written::Ids => within.item(index, name),
            };
            let id = entry.field("id");
            let at = if written == Written::Ids { &id } else { &entry };
            if let Some(first) = before {
                let message = format!(
                    "Two {} are called `{name}`: no. {} of the list and no. {}",
                    kind.plural(),
                    first + 1,
                    index + 1
                );
                let first_entry = match written {
                    Written::Keys => within.key(name, 0),
                    Written::Elements | Written::Ids => within.item(first, name),
                };
                let first_id = first_entry.field("id");
                let (first_at, part) = match written {
                    Written::Keys => (&first_entry, Part::Key),
                    Written::Elements => (&first_entry, Part::Value),
                    Written::Ids => (&first_id, Part::Value),
                };
                let draft = report
                    .error(rules::DUPLICATE_NAME, at, message)
                    .again(first_at.path(), part)
                    .help(format!("give one of them another name, such as `{}`", gathered.free_name(name)));
                if written == Written::Keys {
                    draft.at_key();
                }
            } else {
                judge_spelling(kind, name, written == Written::Keys, at, report);
            }
        }
        gathered
    }

    /// No names yet, and room for so many.
    pub(super) fn with_room(count: usize) -> Self {
        Self { places: HashMap::with_capacity(count), listed: Vec::with_capacity(count), ..Self::default() }
    }

    /// Adds a name to the end of the list. Gives the place of the first of this name where there was one.
    pub(super) fn add(&mut self, name: &'d str) -> Option<usize> {
        let index = self.listed.len();
        self.listed.push(name);
        // Lists are cut to the limits of ids before their names are read.
        let place = u16::try_from(index).unwrap_or(u16::MAX);
        let first = *self.places.entry(name).or_insert(place);
        if usize::from(first) == index {
            return None;
        }
        let again = self.again.entry(name).or_insert(0);
        *again += 1;
        self.repeats.insert(index, *again);
        Some(usize::from(first))
    }

    pub(super) fn find(&self, name: &str) -> Option<u16> {
        self.places.get(name).copied()
    }

    /// Which entry of its name the `index`-th is, the first being 0.
    pub(super) fn occurrence(&self, index: usize) -> usize {
        if self.repeats.is_empty() { 0 } else { self.repeats.get(&index).copied().unwrap_or(0) }
    }

    /// Notes that there may be more names than were read.
    pub(super) const fn lack_some(&mut self) {
        self.is_partial = true;
    }

    pub(super) const fn is_partial(&self) -> bool {
        self.is_partial
    }

    pub(super) fn listed(&self) -> &[&'d str] {
        &self.listed
    }

    fn free_name(&self, name: &str) -> String {
        free_name(name, |free| self.find(free).is_some())
    }
}

/// Reports a name that is not spelt as names are.
pub(super) fn judge_spelling(kind: Kind, name: &str, is_key: bool, at: &At<'_>, report: &mut Report) {
    if is_well_spelt(name) {
        return;
    }
    let message = if name.is_empty() {
        format!("The name of {} is empty", kind.with_article())
    } else {
        format!("`{name}` is not spelt as the name of {} must be", kind.with_article())
    };
    let mended = mend(name);
    let mut draft =
        report.error(rules::ID_SPELLING, at, message).expected("lower-case letters, digits and hyphens, at most 64");
    if !mended.is_empty() {
        draft = draft.help(format!("write `{mended}`, here and wherever it is used"));
    }
    if is_key {
        draft.at_key();
    }
}

/// Reports that `name` leads nowhere among `names`, and what may have been meant. What was not read may have it.
pub(super) fn judge_unknown<'r>(
    rule: &'static str,
    message: String,
    name: &str,
    names: &[&Names<'_>],
    at: &At<'_>,
    report: &'r mut Report,
) -> Draft<'r> {
    let is_certain = names.iter().all(|names| !names.is_partial);
    let help = if is_certain { suggest(name, names, report) } else { None };
    let draft = report.error_if(is_certain, rule, at, message);
    match help {
        Some(help) => draft.help(help),
        None => draft,
    }
}

/// "Did you mean", or what there is where that is a short list.
pub(super) fn suggest(name: &str, names: &[&Names<'_>], report: &mut Report) -> Option<String> {
    let count: usize = names.iter().map(|names| names.listed.len()).sum();
    let all = || names.iter().flat_map(|names| names.listed.iter().copied());
    if report.may_compare(count)
        && let Some(near) = nearest(name, all())
    {
        return Some(did_you_mean(near));
    }
    match count {
        0 => Some("there are none to choose from".to_owned()),
        1..=8 => {
            let quoted: Vec<String> = all().map(|known| format!("`{known}`")).collect();
            Some(format!("there are {}", quoted.join(", ")))
        }
        _ => None,
    }
}
