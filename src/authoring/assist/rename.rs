//! Giving a thing another name, everywhere at once.

use super::Assist;
use super::names::{Mention, Sense};
use crate::diagnostic::Span;
use crate::scenario::name::{Kind, is_well_spelt, mend};

/// Something else to be written somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub replaces: Span,
    pub inserts: String,
}

/// Why a name cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotRenamed {
    #[error("there is no name here that an author gives: put the cursor on the id of a node, a reply, a fact, …")]
    NoName,
    #[error("nothing here is called `{name}`: write the name of something that is there first")]
    Unknown { name: String },
    #[error("{} are called `{name}`, and which is meant cannot be told: give one of them another name by hand", kind.plural())]
    Ambiguous { kind: Kind, name: String },
    #[error(
        "`{name}` is not spelt as a name must be: lower-case letters, digits and hyphens, at most 64{}",
        if mended.is_empty() { String::new() } else { format!("; `{mended}` would do") }
    )]
    Misspelt { name: String, mended: String },
    #[error("{} is called `{name}` already: choose another name", kind.with_article())]
    Taken { kind: Kind, name: String },
}

/// The name at a byte, where it can be changed.
pub(super) fn renameable(assist: &Assist, byte: usize) -> Result<Span, NotRenamed> {
    meant(assist, byte).map(|(mention, ..)| mention.span)
}

pub(super) fn rename(assist: &Assist, byte: usize, name: &str) -> Result<Vec<Edit>, NotRenamed> {
    let (mention, given, kind) = meant(assist, byte)?;
    if !is_well_spelt(name) {
        return Err(NotRenamed::Misspelt { name: name.to_owned(), mended: mend(name) });
    }
    if name == given.name {
        return Ok(Vec::new());
    }
    let names = assist.names();
    // A reply may lead to a node or to an ending: they share their names.
    let beside = if matches!(kind, Kind::Node | Kind::Ending) { Sense::Target } else { Sense::Of(kind) };
    if let Some(taken) = names.given(beside, given.encounter).find(|other| other.name == name) {
        return Err(NotRenamed::Taken { kind: taken.given().unwrap_or(kind), name: name.to_owned() });
    }
    let edits = names.everywhere(mention).into_iter();
    Ok(edits.map(|mention| Edit { replaces: mention.span, inserts: name.to_owned() }).collect())
}

/// The name at a byte, the one place where it is given, and to what.
fn meant(assist: &Assist, byte: usize) -> Result<(&Mention, &Mention, Kind), NotRenamed> {
    let names = assist.names();
    let mention = names.at(byte).filter(|mention| mention.sense != Sense::Rule).ok_or(NotRenamed::NoName)?;
    let definitions = names.definitions(mention);
    let given = definitions.first().and_then(|given| Some((*given, given.given()?)));
    let Some((given, kind)) = given else { return Err(NotRenamed::Unknown { name: mention.name.clone() }) };
    if definitions.len() > 1 {
        return Err(NotRenamed::Ambiguous { kind, name: mention.name.clone() });
    }
    Ok((mention, given, kind))
}
