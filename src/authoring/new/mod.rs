//! A scenario to begin with: complete, in order, and with remarks that say what each part is for.

use super::fmt;
use crate::scenario::quote::quoted;
use crate::scenario::vocabulary::Channel;

/// Lines that begin with `@phone` or `@counter` stand in one of the two alone; `@id@`, `@title@` and `@channel@` are
/// filled in.
const TEMPLATE: &str = include_str!("template.ron");

/// A name that no scenario can have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{name}\" cannot be the name of a scenario: it has something in it other than lower-case letters, digits and hyphens"
)]
pub struct NotAName {
    pub name: String,
    /// A name that can be one.
    pub instead: String,
}

/// The text of a new scenario, whose file is to be called `<name>.ron`. Its title is made of the name where none is
/// given.
pub fn scaffold(name: &str, title: Option<&str>, channel: Channel) -> Result<String, NotAName> {
    let instead = slug(name);
    if instead != name {
        return Err(NotAName { name: name.to_owned(), instead });
    }
    let title = title.map_or_else(|| title_of(name), str::to_owned);
    let (mine, other) = match channel {
        Channel::Phone => ("@phone", "@counter"),
        Channel::Counter => ("@counter", "@phone"),
    };
    let lines = TEMPLATE.lines().filter(|line| !line.starts_with(other));
    let lines: Vec<_> = lines.map(|line| line.strip_prefix(mine).unwrap_or(line)).collect();
    let text = lines.join("\n");
    let text =
        text.replace("@id@", &quoted(name)).replace("@channel@", channel.name()).replace("@title@", &quoted(&title));
    // The template is well written; a test holds that.
    Ok(fmt::format_text(&text).unwrap_or(text))
}

/// The nearest name that can be one: lower-case letters, digits and hyphens.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_lowercase() || letter.is_ascii_digit() {
            slug.push(letter);
        } else if let Some(plain) = without_accent(letter) {
            slug.push_str(plain);
        } else if !matches!(letter, '\'' | '’') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "unnamed".to_owned() } else { slug.to_owned() }
}

/// The letters of the languages nearby, as they are written without their marks.
fn without_accent(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ę' | 'ě' => "e",
        'ì'..='ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ț' => "t",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// "wet-parcel" → "Wet parcel".
fn title_of(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests;
