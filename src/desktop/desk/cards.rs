//! The file of a person's review cards: `people/<hash>.cards.ron` in the data folder.
//!
//! Cards are made from attempts, but how they were answered stands here alone. The index over finished runs can be lost
//! and rebuilt without touching them.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::attempt::atomic::{self, WriteError};
use crate::desktop::desk::person;
use crate::scoring::review::{Card, Deck};
use crate::settings::Folders;

/// The version that cards are written in today.
const CURRENT: u32 = 1;

/// The cards of a person, and what they should know of the file.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) deck: Deck,
    /// What was wrong, and what became of it.
    pub(super) message: Option<String>,
}

/// Any version begins with `format`.
#[derive(Serialize, Deserialize)]
struct Versioned<T> {
    format: u32,
    cards: T,
}

/// Reads the version and passes over all else.
#[derive(Deserialize)]
struct Head {
    format: u32,
}

/// Loads the cards of a person; there need not be any. A damaged file is put aside as `….broken.ron`, and its previous
/// copy is used where there is one.
pub(super) fn load(folders: &Folders, player: &str) -> Loaded {
    let path = path(folders, player);
    let why = match read(&path) {
        Ok(cards) => return Loaded { deck: Deck::of(cards), message: None },
        // None yet; or it was put aside as damaged, and nothing has been answered since.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let before = read(&atomic::previous_copy(&path)).unwrap_or_default();
            return Loaded { deck: Deck::of(before), message: None };
        }
        Err(why) if why.kind() == io::ErrorKind::InvalidData => why,
        // It may be whole: only what was read, and is damaged, is put aside.
        Err(why) => {
            let message = format!("Your review cards in {} cannot be read: {why}.", path.display());
            return Loaded { deck: Deck::default(), message: Some(message) };
        }
    };
    let aside = path.with_extension("broken.ron");
    let kept = match std::fs::rename(&path, &aside) {
        Ok(()) => format!("It is kept as {}.", aside.display()),
        Err(error) => format!("It could not be put aside: {error}."),
    };
    let (deck, instead) = match read(&atomic::previous_copy(&path)) {
        Ok(cards) => (Deck::of(cards), "The copy from before your last answer is used."),
        Err(_) => (Deck::default(), "Your cards begin anew, from your latest calls."),
    };
    let message = format!("Your review cards in {} cannot be read: {why}. {kept} {instead}", path.display());
    Loaded { deck, message: Some(message) }
}

/// Keeps them: durable when this returns.
///
/// # Errors
/// When the data folder cannot be written to.
pub(super) fn save(folders: &Folders, player: &str, deck: &Deck) -> Result<(), WriteError> {
    let document = Versioned { format: CURRENT, cards: deck.cards() };
    let pretty = ron::ser::PrettyConfig::new().depth_limit(2).new_line("\n");
    let path = path(folders, player);
    let text = ron::ser::to_string_pretty(&document, pretty)
        .map_err(|error| WriteError { path: path.clone(), source: io::Error::other(error) })?;
    atomic::write_keeping_previous(&path, format!("{text}\n").as_bytes(), |standing| parse(standing).is_ok())
}

/// Forgets them.
///
/// # Errors
/// When a file cannot be removed.
pub(super) fn forget(folders: &Folders, player: &str) -> Result<(), WriteError> {
    let path = path(folders, player);
    atomic::remove(&path.with_extension("broken.ron"))?;
    atomic::remove(&path)
}

fn path(folders: &Folders, player: &str) -> PathBuf {
    person::path(folders, player).with_extension("cards.ron")
}

#[expect(clippy::disallowed_methods, reason = "a file of the program's own data folder")]
fn read(path: &Path) -> io::Result<Vec<Card>> {
    parse(&std::fs::read(path)?).map_err(|why| io::Error::new(io::ErrorKind::InvalidData, why))
}

fn parse(bytes: &[u8]) -> Result<Vec<Card>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not text in UTF-8".to_owned())?;
    let Head { format } = ron::from_str(text).map_err(|error| error.to_string())?;
    match format {
        // An older version is read here with its own types and migrated.
        1 => ron::from_str(text).map(|document: Versioned<_>| document.cards).map_err(|error| error.to_string()),
        _ => Err(format!("it is of format {format}, and this Simmer knows up to {CURRENT}")),
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests look at the files")]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::scenario::vocabulary::Indicator;
    use crate::scoring::review::Place;

    fn deck(answered: Option<i64>) -> Deck {
        Deck::of([Card {
            place: Place { scenario: "the-door".into(), encounter: "call".into(), node: "waited-in".into() },
            indicator: Indicator::OwningApology,
            attempt: Uuid::from_u128(7),
            made: 20_779,
            answered,
            well: usize::from(answered.is_some()),
        }])
    }

    #[test]
    fn what_is_kept_is_loaded_and_can_be_read_by_a_person() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::below(folder.path());
        assert_eq!(load(&folders, "Robin").deck, Deck::default());
        save(&folders, "Robin", &deck(Some(20_780))).unwrap();
        let loaded = load(&folders, "Robin");
        assert_eq!((loaded.deck, loaded.message), (deck(Some(20_780)), None));
        assert_eq!(load(&folders, "Sam").deck, Deck::default());
        insta::assert_snapshot!(std::fs::read_to_string(path(&folders, "Robin")).unwrap(), @r#"
        (
            format: 1,
            cards: [
                (place: (scenario: "the-door", encounter: "call", node: "waited-in"), indicator: OwningApology, attempt: "00000000-0000-0000-0000-000000000007", made: 20779, answered: Some(20780), well: 1),
            ],
        )
        "#);
        forget(&folders, "Robin").unwrap();
        assert_eq!(load(&folders, "Robin").deck, Deck::default());
    }

    #[test]
    fn a_damaged_file_is_kept_aside_and_its_previous_copy_used() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::below(folder.path());
        for (broken, words) in
            [(&b"(format: 1, cards: [(pla"[..], ""), (b"(format: 2, cards: [])", "format 2"), (b"", "")]
        {
            save(&folders, "Robin", &deck(None)).unwrap();
            save(&folders, "Robin", &deck(Some(20_780))).unwrap();
            std::fs::write(path(&folders, "Robin"), broken).unwrap();
            let loaded = load(&folders, "Robin");
            assert_eq!(loaded.deck, deck(None));
            assert_eq!(load(&folders, "Robin").deck, deck(None), "and again, until a card is answered");
            let message = loaded.message.unwrap();
            assert!(message.contains(words) && message.contains("The copy from before your last answer"), "{message}");
            assert_eq!(std::fs::read(path(&folders, "Robin").with_extension("broken.ron")).unwrap(), broken);
        }
    }
}
