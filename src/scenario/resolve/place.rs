//! Where in the document the work stands, without building a path until there is something to say.

use std::borrow::Cow;

use crate::scenario::finding::{Path, Step};

/// A step on the way down, linked to the one above it. It lives on the stack; a clean file never makes a [`Path`].
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    above: Option<(&'a At<'a>, Link<'a>)>,
}

/// One step of the way.
#[derive(Debug, Clone, Copy)]
pub(in crate::scenario) enum Link<'a> {
    Field(&'static str),
    Key(&'a str, usize),
    /// An element of a list, and the name that the author gave it.
    Index(usize, Option<&'a str>),
    Variant(&'static str),
}

impl<'a> At<'a> {
    /// The document itself.
    pub const TOP: At<'static> = At { above: None };

    pub fn field<'b>(&'b self, name: &'static str) -> At<'b> {
        At { above: Some((self, Link::Field(name))) }
    }

    /// The `occurrence`-th entry of this key, the first being 0.
    pub fn key<'b>(&'b self, key: &'b str, occurrence: usize) -> At<'b> {
        At { above: Some((self, Link::Key(key, occurrence))) }
    }

    pub fn index(&self, index: usize) -> At<'_> {
        At { above: Some((self, Link::Index(index, None))) }
    }

    /// An element of a list that has a name of its own.
    pub fn item<'b>(&'b self, index: usize, name: &'b str) -> At<'b> {
        At { above: Some((self, Link::Index(index, Some(name)))) }
    }

    pub fn variant<'b>(&'b self, name: &'static str) -> At<'b> {
        At { above: Some((self, Link::Variant(name))) }
    }

    /// The whole way from the top.
    pub fn path(&self) -> Path {
        let mut steps: Vec<Step> = self
            .links()
            .map(|link| match link {
                Link::Field(name) => Step::Field(Cow::Borrowed(name)),
                Link::Key(key, occurrence) => Step::Key(key.to_owned(), occurrence),
                Link::Index(index, _) => Step::Index(index),
                Link::Variant(name) => Step::Variant(Cow::Borrowed(name)),
            })
            .collect();
        steps.reverse();
        Path(steps)
    }

    /// The names of what this stands in, innermost first: a reply's, its node's, its encounter's.
    pub fn names(&self) -> Vec<String> {
        self.links()
            .filter_map(|link| match link {
                Link::Key(name, _) | Link::Index(_, Some(name)) => Some(name.to_owned()),
                _ => None,
            })
            .collect()
    }

    /// What the author calls the place: the name of the field or the key, and of an element those of its list.
    pub fn label(&self) -> &'a str {
        let name = self.links().find_map(|link| match link {
            Link::Field(name) | Link::Key(name, _) => Some(name),
            Link::Index(..) | Link::Variant(_) => None,
        });
        name.unwrap_or_default()
    }

    /// The way from here to the top.
    pub(in crate::scenario) fn links(&self) -> impl Iterator<Item = Link<'a>> {
        let mut here = self.above;
        std::iter::from_fn(move || {
            let (above, link) = here?;
            here = above.above;
            Some(link)
        })
    }
}
