//! The names in a scenario: where each is given, and where it is used.

use std::collections::HashMap;

use crate::diagnostic::Span;
use crate::scenario::name::Kind;
use crate::scenario::parse::{Bracketed, Outline, Piece, Role, Site, outline};

/// What a name stands for where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// One thing of this kind.
    Of(Kind),
    /// Where a reply leads: a node or an ending.
    Target,
    /// A rule of `simmer check`.
    Rule,
    /// What an author’s exception is about: a node, a reply or a tile of any encounter.
    Excepted,
}

/// A name where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) sense: Sense,
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
    /// The brackets of the encounters.
    pub(super) encounters: Vec<usize>,
    /// In their order.
    pub(super) mentions: Vec<Mention>,
}

impl Sense {
    /// Whether it belongs to its encounter, and not to the whole scenario.
    const fn is_local(self) -> bool {
        use Kind::{Choice, Ending, Event, Node, Reply, Tile};
        matches!(self, Self::Target | Self::Of(Node | Ending | Reply | Tile | Event | Choice))
    }

    /// Whether a name in this sense may mean one that is given to a thing of that kind.
    pub(super) fn may_mean(self, other: Kind) -> bool {
        match self {
            Self::Target => matches!(other, Kind::Node | Kind::Ending),
            Self::Excepted => matches!(other, Kind::Node | Kind::Reply | Kind::Tile),
            Self::Of(kind) => kind == other,
            Self::Rule => false,
        }
    }

    /// What it is, in a word or a few.
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Of(kind) => kind.noun(),
            Self::Target => Kind::Node.noun(),
            Self::Rule => "rule",
            Self::Excepted => "node, reply or tile",
        }
    }
}

impl Mention {
    /// The kind of the thing whose name is given here; none where the name is only used.
    pub(super) fn given(&self) -> Option<Kind> {
        match self.sense {
            Sense::Of(kind) if self.defines => Some(kind),
            _ => None,
        }
    }
}

/// In which sense a name stands at a site, and whether it is given there.
pub(super) fn sense_at(site: Site, role: Role) -> Option<(Sense, bool)> {
    Some(match (role, site.owner, site.field) {
        (Role::Key, "Scenario", "facts") => (Sense::Of(Kind::Fact), true),
        (Role::Key, "Scenario", "needs") => (Sense::Of(Kind::Need), true),
        (Role::Key, "Scenario", "promises") => (Sense::Of(Kind::Promise), true),
        (Role::Key, "Encounter", "nodes") => (Sense::Of(Kind::Node), true),
        (Role::Key, "Encounter", "endings") => (Sense::Of(Kind::Ending), true),
        (Role::Key, "Choice", "fulfils") => (Sense::Of(Kind::Promise), false),
        (Role::Value, "Scenario", "flags") => (Sense::Of(Kind::Flag), true),
        (Role::Value, "Encounter", "id") => (Sense::Of(Kind::Encounter), true),
        (Role::Value, "Reply", "id") => (Sense::Of(Kind::Reply), true),
        (Role::Value, "Tile", "id") => (Sense::Of(Kind::Tile), true),
        (Role::Value, "DiaryEvent", "id") => (Sense::Of(Kind::Event), true),
        (Role::Value, "Choice", "id") => (Sense::Of(Kind::Choice), true),
        (Role::Value, "Reply" | "Jump", "to") => (Sense::Target, false),
        (Role::Value, "Encounter", "start")
        | (Role::Value, "Start", "node")
        | (Role::Value, "Volunteer", "credits")
        | (Role::Value, "Condition", "Reached") => (Sense::Of(Kind::Node), false),
        (Role::Value, "Reflect", "reveals") | (Role::Value, "Condition", "Chose") => (Sense::Of(Kind::Reply), false),
        (Role::Value, "Volunteer" | "Tile", "fact")
        | (Role::Value, "Node" | "Reply", "reveals")
        | (Role::Value, "Condition", "Heard") => (Sense::Of(Kind::Fact), false),
        (Role::Value, "Reply", "meets") | (Role::Value, "Condition", "Met") => (Sense::Of(Kind::Need), false),
        (Role::Value, "Reply", "promises") | (Role::Value, "Condition", "Promised" | "Kept" | "Warned" | "Broken") => {
            (Sense::Of(Kind::Promise), false)
        }
        (Role::Value, "Node" | "Reply" | "Choice", "sets" | "clears") | (Role::Value, "Condition", "Flag") => {
            (Sense::Of(Kind::Flag), false)
        }
        (Role::Value, "Condition", "Noted") => (Sense::Of(Kind::Tile), false),
        (Role::Value, "Allow", "rule") => (Sense::Rule, false),
        (Role::Value, "Allow", "at") => (Sense::Excepted, false),
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

/// The brackets of the encounters, in their order.
pub(super) fn encounters(outline: &Outline) -> Vec<usize> {
    let all = outline.brackets.iter().enumerate();
    all.filter(|(_, bracket)| bracket.name == "Encounter").map(|(index, _)| index).collect()
}

/// The encounter in which a name in this sense is looked for. What a start asks of is the encounter before it, and so is
/// the note until one's own is written: in all conditions but those of the diary.
pub(super) fn encounter_of(outline: &Outline, encounters: &[usize], site: Site, sense: Sense) -> Option<usize> {
    if !sense.is_local() {
        return None;
    }
    let (index, _) = around(outline, site.bracket).find(|(_, bracket)| bracket.name == "Encounter")?;
    let own = encounters.partition_point(|encounter| *encounter < index);
    let is_in = |field: &str| {
        around(outline, site.bracket)
            .any(|(_, bracket)| (bracket.site.owner, bracket.site.field) == ("Encounter", field))
    };
    let looks_back = is_in("starts") || sense == Sense::Of(Kind::Tile) && !is_in("diary");
    if looks_back && site.owner == "Condition" { own.checked_sub(1) } else { Some(own) }
}

impl Names {
    pub(super) fn of(source: &str) -> Self {
        let outline = outline(source);
        let encounters = encounters(&outline);
        let brackets = outline.brackets.iter().enumerate();
        let of_key: HashMap<Span, usize> =
            brackets.filter_map(|(index, bracket)| Some((bracket.key?, index))).collect();
        let mut mentions = Vec::new();
        for piece in &outline.pieces {
            if let Some((sense, defines)) = sense_at(piece.site, piece.role) {
                let span = unquoted(source, piece);
                let names = match sense {
                    Sense::Of(Kind::Flag) => None,
                    _ if !defines => None,
                    _ if piece.role == Role::Key => of_key.get(&piece.span).copied(),
                    _ => piece.site.bracket,
                };
                mentions.push(Mention {
                    sense,
                    name: source[span.range()].to_owned(),
                    span,
                    encounter: encounter_of(&outline, &encounters, piece.site, sense),
                    defines,
                    names,
                });
            } else if piece.is_text && is_spoken(piece.site) {
                mentions.extend(facts(source, piece));
            }
        }
        Self { outline, encounters, mentions }
    }

    /// The name that a byte is in or just behind.
    pub(super) fn at(&self, byte: usize) -> Option<&Mention> {
        self.mentions.iter().find(|mention| mention.span.start <= byte && byte <= mention.span.end)
    }

    /// Where a name is given; more than one place where it is given twice.
    pub(super) fn definitions(&self, of: &Mention) -> Vec<&Mention> {
        self.given(of.sense, of.encounter).filter(|given| given.name == of.name).collect()
    }

    /// Every place of a name, those where it is given among them.
    pub(super) fn everywhere(&self, of: &Mention) -> Vec<&Mention> {
        let definitions = self.definitions(of);
        let means = |mention: &&Mention| {
            definitions.iter().any(|given| {
                given.span == mention.span
                    || (!mention.defines
                        && given.given().is_some_and(|kind| mention.sense.may_mean(kind))
                        && mention.name == given.name
                        && (mention.sense == Sense::Excepted || mention.encounter == given.encounter))
            })
        };
        self.mentions.iter().filter(means).collect()
    }

    /// The names that a name in this sense may be.
    pub(super) fn given(&self, sense: Sense, encounter: Option<usize>) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |given| {
            given.given().is_some_and(|kind| sense.may_mean(kind))
                && (sense == Sense::Excepted || given.encounter == encounter)
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
        let Span { start, end } = self.outline.brackets.get(bracket)?.span;
        let first = self.outline.pieces.partition_point(|piece| piece.span.start < start);
        let mut inside = self.outline.pieces[first..].iter().take_while(|piece| piece.span.start < end);
        inside.find(is_in).map(|piece| &source[unquoted(source, piece).range()])
    }

    /// What stands behind a key.
    pub(super) fn value<'s>(&self, source: &'s str, key: Span) -> Option<&'s str> {
        let after = self.outline.pieces.partition_point(|piece| piece.span.start <= key.start);
        let value = self.outline.pieces.get(after).filter(|piece| piece.role == Role::Value)?;
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
            Some(Mention { sense: Sense::Of(Kind::Fact), name, span, encounter: None, defines: false, names: None })
        })
        .collect()
}
