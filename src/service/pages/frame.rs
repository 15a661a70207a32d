//! What stands around every page: whose service it is, where one can go, what has just been done.

use super::assets;

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Visitor {
    Nobody,
    Display,
    Player,
    Administrator,
}

/// A word that was said to whoever just did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) words: String,
    /// It was done; otherwise it was not, and the words say what to do.
    pub(super) fine: bool,
}

/// What surrounds a page.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// The name of the service.
    pub(super) service: String,
    pub(super) visitor: Visitor,
    /// The path of the page in the list of pages.
    pub(super) here: &'static str,
    pub(super) told: Option<Told>,
    /// `dark` or `light`; none to follow the system.
    pub(super) look: Option<&'static str>,
    pub(super) version: &'static str,
}

/// Somewhere to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) to: String,
    pub(super) words: String,
    pub(super) here: bool,
}

impl Way {
    pub(super) fn new(to: impl Into<String>, words: impl Into<String>) -> Self {
        Self { to: to.into(), words: words.into(), here: false }
    }
}

/// An entry of a list to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) words: String,
    pub(super) chosen: bool,
}

impl Choice {
    pub(super) fn new(value: impl Into<String>, words: impl Into<String>, chosen: bool) -> Self {
        Self { value: value.into(), words: words.into(), chosen }
    }
}

impl Frame {
    pub(super) fn new(service: &str, visitor: Visitor, here: &'static str) -> Self {
        Self { service: service.to_owned(), visitor, here, told: None, look: None, version: assets::version() }
    }

    /// The pages that this visitor may open.
    pub(super) fn ways(&self) -> Vec<Way> {
        let boards = [("/", "Board"), ("/teams", "Teams"), ("/improved", "Most improved"), ("/wall", "Wall")];
        let own: &[(&str, &str)] = match self.visitor {
            Visitor::Nobody => return Vec::new(),
            Visitor::Display => &[],
            Visitor::Player => &[("/me", "Your page")],
            Visitor::Administrator => &[("/trainer", "What is hard"), ("/admin", "Administration")],
        };
        boards.iter().chain(own).map(|&(to, words)| Way { here: to == self.here, ..Way::new(to, words) }).collect()
    }

    pub(super) fn signed_in(&self) -> bool {
        self.visitor != Visitor::Nobody
    }

    pub(super) fn at_the_door(&self) -> bool {
        self.here == "/sign-in"
    }

    /// Whether the page shows boards, which move while it is open.
    pub(super) fn live(&self) -> bool {
        self.signed_in() && ["/", "/teams", "/improved"].contains(&self.here)
    }
}
