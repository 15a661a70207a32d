//! The names in a scenario: where each is given, and where it is used.

use crate::diagnostic::Span;
use crate::scenario::parse::{Bracketed, Outline, Piece, Role, Site, outline};

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Encounter,
    Node,
    Ending,
    /// Where a reply leads: a node or an ending.
    Target,
    Reply,
    Tile,
    Event,
    Choice,
    Fact,
    Need,
    Promise,
    Flag,
    /// A rule of `simmer check`.
    Rule,
    /// What an author’s exception is about: a node, a reply or a tile of any encounter.
    Excepted,
}

/// A name where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) kind: Kind,
    pub(super) name: String,
    /// Without quote marks.
    pub(super) span: Span,
    /// Of what belongs to an encounter, to which; counted from 0.
    pub(super) encounter: Option<usize>,
    /// It is given here, not used.
    pub(super) defines: bool,
    /// The bracket whose name this is, where there is one: in [`Outline::brackets`].
    pub(super) names: Option<usize>,
}

/// A text, taken apart, and its names.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    pub(super) outline: Outline,
    pub(super) mentions: Vec<Mention>,
}

impl Kind {
    /// Whether it belongs to its encounter, and not to the whole scenario.
    const fn is_local(self) -> bool {
        matches!(self, Self::Node | Self::Ending | Self::Target | Self::Reply | Self::Tile | Self::Event | Self::Choice)
    }

    /// Whether a use of this kind may mean a name of that kind.
    pub(super) fn may_mean(self, other: Self) -> bool {
        match self {
            Self::Target => matches!(other, Self::Node | Self::Ending),
            Self::Excepted => matches!(other, Self::Node | Self::Reply | Self::Tile),
            _ => self == other,
        }
    }

    /// What it is, in a word or two.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Encounter => "encounter",
            Self::Node | Self::Target => "node",
            Self::Ending => "ending",
            Self::Reply => "reply",
            Self::Tile => "note tile",
            Self::Event => "diary event",
            Self::Choice => "choice",
            Self::Fact => "fact",
            Self::Need => "part of the need",
            Self::Promise => "promise",
            Self::Flag => "flag",
            Self::Rule => "rule",
            Self::Excepted => "node, reply or tile",
        }
    }
}

/// Which kind of name stands at a site, and whether it is given there.
pub(super) fn kind_at(site: Site, role: Role) -> Option<(Kind, bool)> {
    Some(match (role, site.owner, site.field) {
        (Role::Key, "Scenario", "facts") => (Kind::Fact, true),
        (Role::Key, "Scenario", "needs") => (Kind::Need, true),
        (Role::Key, "Scenario", "promises") => (Kind::Promise, true),
        (Role::Key, "Encounter", "nodes") => (Kind::Node, true),
        (Role::Key, "Encounter", "endings") => (Kind::Ending, true),
        (Role::Key, "Choice", "fulfils") => (Kind::Promise, false),
        (Role::Value, "Scenario", "flags") => (Kind::Flag, true),
        (Role::Value, "Encounter", "id") => (Kind::Encounter, true),
        (Role::Value, "Reply", "id") => (Kind::Reply, true),
        (Role::Value, "Tile", "id") => (Kind::Tile, true),
        (Role::Value, "DiaryEvent", "id") => (Kind::Event, true),
        (Role::Value, "Choice", "id") => (Kind::Choice, true),
        (Role::Value, "Reply" | "Jump", "to") => (Kind::Target, false),
        (Role::Value, "Encounter", "start")
        | (Role::Value, "Start", "node")
        | (Role::Value, "Volunteer", "credits")
        | (Role::Value, "Condition", "Reached") => (Kind::Node, false),
        (Role::Value, "Reflect", "reveals") | (Role::Value, "Condition", "Chose") => (Kind::Reply, false),
        (Role::Value, "Volunteer" | "Tile", "fact")
        | (Role::Value, "Node" | "Reply", "reveals")
        | (Role::Value, "Condition", "Heard") => (Kind::Fact, false),
        (Role::Value, "Reply", "meets") | (Role::Value, "Condition", "Met") => (Kind::Need, false),
        (Role::Value, "Reply", "promises") | (Role::Value, "Condition", "Promised" | "Kept" | "Warned" | "Broken") => {
            (Kind::Promise, false)
        }
        (Role::Value, "Node" | "Reply" | "Choice", "sets" | "clears") | (Role::Value, "Condition", "Flag") => {
            (Kind::Flag, false)
        }
        (Role::Value, "Condition", "Noted") => (Kind::Tile, false),
        (Role::Value, "Allow", "rule") => (Kind::Rule, false),
        (Role::Value, "Allow", "at") => (Kind::Excepted, false),
        _ => return None,
    })
}

/// Whether the customer says what stands here, so that `{fact}` has a meaning in it.
pub(super) fn is_spoken(site: Site) -> bool {
    matches!(
        (site.owner, site.field),
        ("Node" | "ConditionalLine" | "Volunteer", "says")
            | ("Reply" | "Bait", "answer")
            | ("Encounter", "leaves" | "escalates")
            | ("Customer", "objects")
    )
}

/// The bracket itself and those around it, from the inside out.
pub(super) fn around(outline: &Outline, bracket: Option<usize>) -> impl Iterator<Item = (usize, &Bracketed)> {
    std::iter::successors(bracket, |index| outline.brackets.get(*index)?.site.bracket)
        .filter_map(|index| Some((index, outline.brackets.get(index)?)))
}

/// The encounter in which a name of this kind is looked for. What a start asks of is the encounter before it, and so is
/// the note until one's own is written: in all conditions but those of the diary.
pub(super) fn encounter_of(outline: &Outline, site: Site, kind: Kind) -> Option<usize> {
    if !kind.is_local() {
        return None;
    }
    let (index, _) = around(outline, site.bracket).find(|(_, bracket)| bracket.name == "Encounter")?;
    let own = outline.brackets[..index].iter().filter(|bracket| bracket.name == "Encounter").count();
    let is_in = |field: &str| {
        around(outline, site.bracket)
            .any(|(_, bracket)| (bracket.site.owner, bracket.site.field) == ("Encounter", field))
    };
    let looks_back = is_in("starts") || kind == Kind::Tile && !is_in("diary");
    if looks_back && site.owner == "Condition" { own.checked_sub(1) } else { Some(own) }
}

impl Names {
    pub(super) fn of(source: &str) -> Self {
        let outline = outline(source);
        let mut mentions = Vec::new();
        for piece in &outline.pieces {
            if let Some((kind, defines)) = kind_at(piece.site, piece.role) {
                let span = unquoted(source, piece);
                let names = if !defines {
                    None
                } else if piece.role == Role::Key {
                    outline.brackets.iter().position(|bracket| bracket.key == Some(piece.span))
                } else if kind == Kind::Flag {
                    None
                } else {
                    piece.site.bracket
                };
                mentions.push(Mention {
                    kind,
                    name: source[span.range()].to_owned(),
                    span,
                    encounter: encounter_of(&outline, piece.site, kind),
                    defines,
                    names,
                });
            } else if piece.is_text && is_spoken(piece.site) {
                mentions.extend(facts(source, piece));
            }
        }
        Self { outline, mentions }
    }

    /// The name that a byte is in or just behind.
    pub(super) fn at(&self, byte: usize) -> Option<&Mention> {
        self.mentions.iter().find(|mention| mention.span.start <= byte && byte <= mention.span.end)
    }

    /// Where a name is given; more than one place where it is given twice.
    pub(super) fn definitions(&self, of: &Mention) -> Vec<&Mention> {
        self.given(of.kind, of.encounter).filter(|given| given.name == of.name).collect()
    }

    /// Every place of a name, those where it is given among them.
    pub(super) fn everywhere(&self, of: &Mention) -> Vec<&Mention> {
        let definitions = self.definitions(of);
        let means = |mention: &&Mention| {
            definitions.iter().any(|given| {
                given.span == mention.span
                    || (!mention.defines
                        && mention.kind.may_mean(given.kind)
                        && mention.name == given.name
                        && (mention.kind == Kind::Excepted || mention.encounter == given.encounter))
            })
        };
        self.mentions.iter().filter(means).collect()
    }

    /// The names that something of this kind may mean.
    pub(super) fn given(&self, kind: Kind, encounter: Option<usize>) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |given| {
            given.defines && kind.may_mean(given.kind) && (kind == Kind::Excepted || given.encounter == encounter)
        })
    }

    /// The text, without quote marks, of a field of a bracket: its first, where it is a list.
    pub(super) fn field<'s>(&self, source: &'s str, bracket: usize, field: &str) -> Option<&'s str> {
        let is_in = |piece: &&Piece| {
            piece.role == Role::Value
                && piece.site.field == field
                && (piece.site.bracket == Some(bracket)
                    || piece.site.bracket.is_some_and(|inner| {
                        let inner = &self.outline.brackets[inner];
                        inner.name.is_empty() && inner.site.bracket == Some(bracket)
                    }))
        };
        self.outline.pieces.iter().find(is_in).map(|piece| &source[unquoted(source, piece).range()])
    }

    /// What stands behind a key.
    pub(super) fn value<'s>(&self, source: &'s str, key: Span) -> Option<&'s str> {
        let at = self.outline.pieces.iter().position(|piece| unquoted(source, piece) == key)?;
        let value = self.outline.pieces.get(at + 1).filter(|piece| piece.role == Role::Value)?;
        Some(&source[unquoted(source, value).range()])
    }
}

/// A piece without its quote marks.
pub(super) fn unquoted(source: &str, piece: &Piece) -> Span {
    let written = &source[piece.span.range()];
    let Some(open) = written.find('"').filter(|_| piece.is_text) else { return piece.span };
    let close = written.rfind('"').filter(|close| *close > open).unwrap_or(written.len());
    Span::new(piece.span.start + open + 1, piece.span.start + close)
}

/// The facts that come to light in a spoken line.
fn facts(source: &str, piece: &Piece) -> Vec<Mention> {
    let inner = unquoted(source, piece);
    let said = &source[inner.range()];
    let opened = said.match_indices('{');
    opened
        .filter_map(|(open, _)| {
            let length = said[open + 1..].find(['}', '{'])?;
            let span = Span::new(inner.start + open + 1, inner.start + open + 1 + length);
            let name = source[span.range()].to_owned();
            Some(Mention { kind: Kind::Fact, name, span, encounter: None, defines: false, names: None })
        })
        .collect()
}
