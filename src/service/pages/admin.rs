//! Administration: a few rooms, each of plain forms and lists.

use askama::Template;
use jiff::Timestamp;

use super::filters;
use super::frame::{Choice, Frame, Way};
use super::trainer::Fact;

/// The rooms of the administration.
const ROOMS: [(&str, &str); 8] = [
    ("/admin", "Overview"),
    ("/admin/teams", "Teams and invites"),
    ("/admin/players", "Players"),
    ("/admin/scenarios", "Scenarios"),
    ("/admin/seasons", "Seasons"),
    ("/admin/attempts", "Attempts"),
    ("/admin/access", "Access"),
    ("/admin/log", "Log"),
];

/// A room of the administration.
#[derive(Debug, Template)]
#[template(path = "admin.html")]
pub(super) struct AdminView {
    pub(super) frame: Frame,
    rooms: Vec<Way>,
    pub(super) heading: String,
    pub(super) about: String,
    pub(super) made: Option<Made>,
    pub(super) facts: Vec<Fact>,
    pub(super) forms: Vec<Form>,
    pub(super) lists: Vec<List>,
}

/// Secrets that are shown once.
#[derive(Debug, Clone)]
pub(super) struct Made {
    pub(super) heading: String,
    /// Each with what to do with it.
    pub(super) secrets: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) heading: String,
    pub(super) about: String,
    pub(super) action: String,
    pub(super) method: &'static str,
    pub(super) fields: Vec<Field>,
    pub(super) does: String,
}

#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) id: String,
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) kind: &'static str,
    pub(super) value: String,
    pub(super) hint: String,
    pub(super) required: bool,
    /// The longest text or the largest number.
    pub(super) most: Option<u32>,
    pub(super) choices: Vec<Choice>,
}

#[derive(Debug, Clone)]
pub(super) struct List {
    pub(super) heading: String,
    pub(super) about: String,
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<ListRow>,
    /// What is said where there is no row.
    pub(super) none: String,
    /// How to find rows in a long list.
    pub(super) search: Option<Search>,
    /// The first page, where this is a later one.
    pub(super) first: Option<String>,
    pub(super) next: Option<Way>,
}

/// A form that narrows a list. What is asked for stands in the address.
#[derive(Debug, Clone)]
pub(super) struct Search {
    pub(super) action: String,
    pub(super) fields: Vec<Field>,
    /// The whole list, where this is not it.
    pub(super) all: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) struct ListRow {
    /// What the row is about, for those who hear its buttons and do not see the row.
    pub(super) name: String,
    pub(super) cells: Vec<Cell>,
    pub(super) acts: Vec<Act>,
}

#[derive(Debug, Clone)]
pub(super) enum Cell {
    Words(String),
    /// Something that a person chose to be called.
    Name(String),
    Code(String),
    Tag(String, &'static str),
    Moment(Timestamp),
    Link(String, String),
}

/// What can be done with a row.
#[derive(Debug, Clone)]
pub(super) struct Act {
    pub(super) words: String,
    pub(super) to: String,
    /// At once, by a form; otherwise it leads to a page that asks again.
    pub(super) post: bool,
    pub(super) grave: bool,
}

impl AdminView {
    /// A room, by its address.
    pub(super) fn new(mut frame: Frame, here: &str, about: &str) -> Self {
        frame.here = "/admin";
        let rooms: Vec<Way> =
            ROOMS.iter().map(|&(to, words)| Way { here: to == here, ..Way::new(to, words) }).collect();
        let heading = rooms.iter().find(|room| room.here).map_or("Administration", |room| &room.words).to_owned();
        Self {
            frame,
            rooms,
            heading,
            about: about.to_owned(),
            made: None,
            facts: Vec::new(),
            forms: Vec::new(),
            lists: Vec::new(),
        }
    }
}

impl Form {
    /// A form that only looks something up.
    pub(super) fn get(heading: &str, about: &str, action: &str, does: &str, fields: Vec<Field>) -> Self {
        Self { method: "get", ..Self::post(heading, about, action, does, fields) }
    }

    pub(super) fn post(heading: &str, about: &str, action: &str, does: &str, fields: Vec<Field>) -> Self {
        Self {
            heading: heading.to_owned(),
            about: about.to_owned(),
            action: action.to_owned(),
            method: "post",
            fields,
            does: does.to_owned(),
        }
    }
}

impl Field {
    pub(super) fn text(id: &str, name: &'static str, label: &str, most: u32) -> Self {
        Self {
            id: id.to_owned(),
            name,
            label: label.to_owned(),
            kind: "text",
            value: String::new(),
            hint: String::new(),
            required: true,
            most: Some(most),
            choices: Vec::new(),
        }
    }

    pub(super) fn number(id: &str, name: &'static str, label: &str, value: u32, most: u32) -> Self {
        Self { kind: "number", value: value.to_string(), ..Self::text(id, name, label, most) }
    }

    pub(super) fn choice(id: &str, name: &'static str, label: &str, choices: Vec<Choice>) -> Self {
        Self { choices, required: false, ..Self::text(id, name, label, 0) }
    }

    /// What is looked for.
    pub(super) fn search(id: &str, name: &'static str, label: &str, most: u32) -> Self {
        Self { kind: "search", required: false, ..Self::text(id, name, label, most) }
    }

    /// A text of many lines.
    pub(super) fn area(id: &str, name: &'static str, label: &str) -> Self {
        Self { kind: "area", most: None, ..Self::text(id, name, label, 0) }
    }

    pub(super) fn date(id: &str, name: &'static str, label: &str) -> Self {
        Self { kind: "date", most: None, required: false, ..Self::text(id, name, label, 0) }
    }

    pub(super) fn holding(self, value: &str) -> Self {
        Self { value: value.to_owned(), ..self }
    }

    pub(super) fn hint(self, hint: &str) -> Self {
        Self { hint: hint.to_owned(), ..self }
    }

    pub(super) fn optional(self) -> Self {
        Self { required: false, ..self }
    }
}

impl List {
    pub(super) fn new(heading: &str, about: &str, heads: &[&str], rows: Vec<ListRow>, none: &str) -> Self {
        Self {
            heading: heading.to_owned(),
            about: about.to_owned(),
            heads: heads.iter().map(|&head| head.to_owned()).collect(),
            rows,
            none: none.to_owned(),
            search: None,
            first: None,
            next: None,
        }
    }

    /// `further` tells whether this is not the first page of a list whose first page is at `to`; `next` leads on.
    pub(super) fn paged(self, to: &str, further: bool, next: Option<String>) -> Self {
        let none = if further { "There is nothing further down.".to_owned() } else { self.none };
        Self {
            none,
            first: further.then(|| to.to_owned()),
            next: next.map(|next| Way::new(next, "Further down")),
            ..self
        }
    }

    fn acts(&self) -> bool {
        self.rows.iter().any(|row| !row.acts.is_empty())
    }
}

impl ListRow {
    pub(super) fn new(name: impl Into<String>, cells: Vec<Cell>) -> Self {
        Self { name: name.into(), cells, acts: Vec::new() }
    }

    pub(super) fn act(mut self, words: &str, to: String) -> Self {
        self.acts.push(Act { words: words.to_owned(), to, post: true, grave: false });
        self
    }

    pub(super) fn ask(mut self, words: &str, to: String, grave: bool) -> Self {
        self.acts.push(Act { words: words.to_owned(), to, post: false, grave });
        self
    }
}
