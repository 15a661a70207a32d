//! What was typed, as a command, or a kind hint where it is none.

use crate::scenario::vocabulary::{Pace, Volume};

/// What can be typed at most prompts of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Small {
    Nod,
    Jot,
    Breathe,
    Reflect,
    Hold,
    OpenPosture,
    Record,
    SaidSoFar,
    Pause,
    Help,
    Quit,
}

/// Something typed while the customer speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listening {
    Continue,
    SpeakNow,
    /// Says the ready sentence that tempts at this pause.
    TakeBait,
    /// Keeps the gist of this number ready; the first is 1.
    Pin(usize),
    Small(Small),
}

/// Something typed when the replies are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answering {
    /// The reply of this number, the first being 1, and for this once a pace and a volume.
    Say {
        number: usize,
        pace: Option<Pace>,
        volume: Option<Volume>,
    },
    /// Sets the pace, the volume or both, and says nothing yet.
    Set {
        pace: Option<Pace>,
        volume: Option<Volume>,
    },
    /// An empty line.
    Nothing,
    Small(Small),
}

/// Something typed at the end of the debrief.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Afterwards {
    /// Every row behind each skill.
    Rows,
    /// The call, turn by turn.
    Turns,
    /// The debrief once more.
    Result,
    /// Try the moment of this turn again.
    Again(u8),
    Done,
}

/// Why something typed is no command, in words that help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hint(pub(super) String);

impl Hint {
    fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

/// Reads a line typed while the customer speaks. `gists` is how many replies there are to keep ready; `object` is
/// "her", "him" or "them".
pub(super) fn listening(typed: &str, gists: usize, object: &str) -> Result<Listening, Hint> {
    let words = words(typed);
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    if let Some(small) = small(&words) {
        return Ok(Listening::Small(small));
    }
    match words.as_slice() {
        [] | ["l" | "listen" | "wait" | "enter"] | ["keep", "listening"] => Ok(Listening::Continue),
        ["s" | "speak" | "interrupt"] | ["speak", "now"] => Ok(Listening::SpeakNow),
        ["t"] => Ok(Listening::TakeBait),
        [number, ..] if number.starts_with(|letter: char| letter.is_ascii_digit()) => match number.parse() {
            Ok(number) if (1..=gists).contains(&number) => Ok(Listening::Pin(number)),
            _ => Err(out_of_range(gists)),
        },
        ["slow" | "even" | "quick" | "level" | "raised", ..] => {
            Err(Hint::new("Pace and volume are chosen when you answer. For now, Enter keeps listening."))
        }
        _ => Err(unknown(typed, &format!("Enter keeps listening to {object}; ? shows what you can do."))),
    }
}

/// Reads a line typed when the replies are open, of which there are `replies`.
pub(super) fn answering(typed: &str, replies: usize) -> Result<Answering, Hint> {
    let words = words(typed);
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    if words.is_empty() {
        return Ok(Answering::Nothing);
    }
    if let Some(small) = small(&words) {
        return Ok(Answering::Small(small));
    }
    let (mut number, mut pace, mut volume) = (None, None, None);
    for word in &words {
        match *word {
            "slow" | "slowly" => pace = Some(Pace::Slow),
            "even" | "evenly" => pace = Some(Pace::Even),
            "quick" | "quickly" => pace = Some(Pace::Quick),
            "level" => volume = Some(Volume::Level),
            "raised" => volume = Some(Volume::Raised),
            "s" | "speak" => return Err(Hint::new("Now is the time to speak: choose a reply by its number.")),
            word => match word.parse::<usize>() {
                Ok(given) if (1..=replies).contains(&given) && number.is_none() => number = Some(given),
                Ok(_) if number.is_some() => return Err(Hint::new("One reply at a time: type one number.")),
                Ok(_) => return Err(out_of_range(replies)),
                Err(_) => {
                    let help =
                        "Type a reply\u{2019}s number, with slow, even or quick behind it if you like; ? shows more.";
                    return Err(unknown(typed, help));
                }
            },
        }
    }
    Ok(match number {
        Some(number) => Answering::Say { number, pace, volume },
        None => Answering::Set { pace, volume },
    })
}

/// Reads numbers of a list that is `length` long; the first is 1. Commas may stand between them.
pub(super) fn numbers(typed: &str, length: usize) -> Result<Vec<usize>, Hint> {
    let mut chosen = Vec::new();
    for word in typed.split([' ', ',', ';', '\t']).filter(|word| !word.is_empty()) {
        match word.parse() {
            Ok(number) if (1..=length).contains(&number) => {
                if !chosen.contains(&number) {
                    chosen.push(number);
                }
            }
            _ => return Err(Hint::new(format!("Type numbers from 1 to {length}, with a space between them."))),
        }
    }
    Ok(chosen)
}

/// Reads one number of a list that is `length` long; none for an empty line.
pub(super) fn number(typed: &str, length: usize) -> Result<Option<usize>, Hint> {
    match numbers(typed, length).as_deref() {
        Ok([]) => Ok(None),
        Ok([one]) => Ok(Some(*one)),
        Ok(_) => Err(Hint::new("Only one of them: type one number.")),
        Err(_) => Err(Hint::new(format!("Type one number from 1 to {length}."))),
    }
}

/// Reads a line typed at the end of the debrief.
pub(super) fn afterwards(typed: &str) -> Result<Afterwards, Hint> {
    let words = words(typed);
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["q" | "quit" | "done" | "exit"] => Ok(Afterwards::Done),
        ["rows"] => Ok(Afterwards::Rows),
        ["turns"] => Ok(Afterwards::Turns),
        ["result"] => Ok(Afterwards::Result),
        ["again", turn] => {
            turn.parse().map(Afterwards::Again).map_err(|_| Hint::new("Which turn? For example: again 3"))
        }
        ["again"] => Err(Hint::new("From which turn? For example: again 3. `turns` lists them.")),
        _ => Err(unknown(typed, "There are rows, turns, result and again with a number; Enter ends.")),
    }
}

/// Whether the person wants to stop here; everywhere but in the call itself, where it is one of the small actions.
pub(super) fn is_quit(typed: &str) -> bool {
    matches!(typed.to_lowercase().as_str(), "q" | "quit" | "exit")
}

fn small(words: &[&str]) -> Option<Small> {
    Some(match words {
        ["n" | "nod" | "mm-hm" | "mhm" | "mm"] => Small::Nod,
        ["j" | "jot"] => Small::Jot,
        ["b" | "breathe"] => Small::Breathe,
        ["r" | "reflect"] => Small::Reflect,
        ["h" | "hold"] => Small::Hold,
        ["o" | "open"] => Small::OpenPosture,
        ["c" | "record" | "consult"] => Small::Record,
        ["u" | "said"] => Small::SaidSoFar,
        ["p" | "pause"] => Small::Pause,
        ["?" | "help"] => Small::Help,
        ["q" | "quit" | "exit"] => Small::Quit,
        _ => return None,
    })
}

fn words(typed: &str) -> Vec<String> {
    typed.to_lowercase().split([' ', ',', '\t']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn unknown(typed: &str, help: &str) -> Hint {
    let typed: String = typed.chars().filter(|letter| !letter.is_control()).take(40).collect();
    Hint(format!("\u{201c}{typed}\u{201d} means nothing here. {help}"))
}

fn out_of_range(length: usize) -> Hint {
    match length {
        1 => Hint::new("There is one reply here: type 1."),
        2 => Hint::new("There are two replies here: type 1 or 2."),
        _ => Hint::new(format!("There are {length} replies here: type a number from 1 to {length}.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn listens(typed: &str, expected: Listening) {
        assert_eq!(listening(typed, 3, "her"), Ok(expected), "{typed:?}");
    }

    #[track_caller]
    fn answers(typed: &str, expected: Answering) {
        assert_eq!(answering(typed, 3), Ok(expected), "{typed:?}");
    }

    fn say(number: usize, pace: Option<Pace>, volume: Option<Volume>) -> Answering {
        Answering::Say { number, pace, volume }
    }

    #[test]
    fn listening_is_one_key_and_so_is_speaking() {
        listens("", Listening::Continue);
        listens("s", Listening::SpeakNow);
        listens("Speak now", Listening::SpeakNow);
        listens("n", Listening::Small(Small::Nod));
        listens("mm-hm", Listening::Small(Small::Nod));
        listens("2", Listening::Pin(2));
        listens("2 slow", Listening::Pin(2));
    }

    #[test]
    fn a_reply_takes_a_pace_and_a_volume_in_any_order() {
        answers("2", say(2, None, None));
        answers("2 slow", say(2, Some(Pace::Slow), None));
        answers("raised 1 quick", say(1, Some(Pace::Quick), Some(Volume::Raised)));
        answers("even", Answering::Set { pace: Some(Pace::Even), volume: None });
        answers("even, level", Answering::Set { pace: Some(Pace::Even), volume: Some(Volume::Level) });
        answers("", Answering::Nothing);
    }

    #[test]
    fn what_is_typed_wrong_gets_a_hint() {
        let hint = |hint: Hint| hint.0;
        insta::assert_snapshot!(listening("4", 3, "her").map_err(hint).unwrap_err(), @"There are 3 replies here: type a number from 1 to 3.");
        insta::assert_snapshot!(listening("slow", 3, "her").map_err(hint).unwrap_err(), @"Pace and volume are chosen when you answer. For now, Enter keeps listening.");
        insta::assert_snapshot!(listening("sorry", 3, "him").map_err(hint).unwrap_err(), @"“sorry” means nothing here. Enter keeps listening to him; ? shows what you can do.");
        insta::assert_snapshot!(answering("0", 2).map_err(hint).unwrap_err(), @"There are two replies here: type 1 or 2.");
        insta::assert_snapshot!(answering("1 2", 3).map_err(hint).unwrap_err(), @"One reply at a time: type one number.");
        insta::assert_snapshot!(answering("2 loud", 3).map_err(hint).unwrap_err(), @"“2 loud” means nothing here. Type a reply’s number, with slow, even or quick behind it if you like; ? shows more.");
        insta::assert_snapshot!(afterwards("again").map_err(hint).unwrap_err(), @"From which turn? For example: again 3. `turns` lists them.");
        insta::assert_snapshot!(number("banana", 3).map_err(hint).unwrap_err(), @"Type one number from 1 to 3.");
        insta::assert_snapshot!(number("1 2", 3).map_err(hint).unwrap_err(), @"Only one of them: type one number.");
        insta::assert_snapshot!(numbers("1 9", 3).map_err(hint).unwrap_err(), @"Type numbers from 1 to 3, with a space between them.");
    }

    #[test]
    fn numbers_may_stand_with_commas_and_twice() {
        assert_eq!(numbers("3, 1 3", 3), Ok(vec![3, 1]));
        assert_eq!(number("", 3), Ok(None));
        assert_eq!(number("2", 3), Ok(Some(2)));
    }
}
