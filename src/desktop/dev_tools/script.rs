//! A script that plays the window: one step a line, `#` begins a comment.
//!
//! | step | what it does |
//! |---|---|
//! | `wait 30` | lets that many frames pass |
//! | `press Enter`, `press Ctrl+Z` | presses and releases a key, by egui's name for it |
//! | `type Doris` | types the rest of the line |
//! | `click Slow` | clicks what a screen reader calls by exactly that name |
//! | `see Take your time` | goes on when these words are in something's name or value, fails when they do not come |
//! | `days 3` | goes on that many days later, at the same time |
//! | `shot home.png` | takes a picture of the window |
//! | `measure 10` | lets that many seconds pass as they would for a person, and tells what they cost |
//! | `pace` | times every frame from here on; the next `pace` tells how long the middle one and the slowest took |
//! | `unfocus` | from here on the window is one in the background |
//! | `quit` | closes the window |

use egui::{Key, Modifiers};

/// The steps in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// Each with the number of its line, from 1.
    pub steps: Vec<(usize, Act)>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Wait {
        frames: u32,
    },
    Press {
        key: Key,
        modifiers: Modifiers,
    },
    Type(String),
    Click(String),
    See(String),
    Days(u32),
    /// The name of a file in the folder of the pictures.
    Shot(String),
    Measure {
        seconds: u32,
    },
    Pace,
    Unfocus,
    Quit,
}

/// What is wrong with a script, and on which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct ScriptError {
    /// From 1.
    pub line: usize,
    /// In words.
    pub problem: String,
}

impl Script {
    /// Reads a script.
    pub fn parse(text: &str) -> Result<Self, ScriptError> {
        let mut steps = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let act = act(line).map_err(|problem| ScriptError { line: index + 1, problem })?;
            steps.push((index + 1, act));
        }
        Ok(Self { steps })
    }
}

fn act(line: &str) -> Result<Act, String> {
    let (verb, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let words = |example: &str| match rest {
        "" => Err(format!("`{verb}` needs something after it, such as `{verb} {example}`")),
        words => Ok(words.to_owned()),
    };
    match verb {
        "wait" => match words("30")?.parse() {
            Ok(frames) => Ok(Act::Wait { frames }),
            Err(_) => Err(format!("`wait` takes a number of frames, not `{rest}`")),
        },
        "press" => press(&words("Enter")?),
        "type" => words("Doris").map(Act::Type),
        "click" => words("Slow").map(Act::Click),
        "see" => words("Take your time").map(Act::See),
        "days" => match words("3")?.parse() {
            Ok(days) => Ok(Act::Days(days)),
            Err(_) => Err(format!("`days` takes a number of days, not `{rest}`")),
        },
        "shot" => shot(words("home.png")?),
        "measure" => match words("10")?.parse() {
            Ok(seconds) => Ok(Act::Measure { seconds }),
            Err(_) => Err(format!("`measure` takes a number of seconds, not `{rest}`")),
        },
        "pace" if rest.is_empty() => Ok(Act::Pace),
        "unfocus" if rest.is_empty() => Ok(Act::Unfocus),
        "quit" if rest.is_empty() => Ok(Act::Quit),
        "pace" | "unfocus" | "quit" => Err(format!("`{verb}` takes nothing after it")),
        _ => Err(format!(
            "`{verb}` is no step; there are wait, press, type, click, see, days, shot, measure, pace, unfocus and quit"
        )),
    }
}

fn press(keys: &str) -> Result<Act, String> {
    let mut parts: Vec<&str> = keys.split('+').collect();
    let name = parts.pop().unwrap_or_default();
    let key = Key::from_name(name).ok_or_else(|| format!("there is no key `{name}`"))?;
    let mut modifiers = Modifiers::NONE;
    for part in parts {
        modifiers |= match part {
            "Ctrl" => Modifiers::CTRL | Modifiers::COMMAND,
            "Shift" => Modifiers::SHIFT,
            "Alt" => Modifiers::ALT,
            other => return Err(format!("`{other}` is neither Ctrl nor Shift nor Alt")),
        };
    }
    Ok(Act::Press { key, modifiers })
}

/// A picture stays in its folder.
fn shot(name: String) -> Result<Act, String> {
    let plain = name.chars().all(|sign| sign.is_ascii_alphanumeric() || "-_.".contains(sign));
    if plain && name.strip_suffix(".png").is_some_and(|stem| !stem.is_empty() && !stem.starts_with('.')) {
        Ok(Act::Shot(name))
    } else {
        Err(format!("`{name}` is no plain file name that ends with .png"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Act) {
        let script = Script::parse(line).unwrap();
        assert_eq!(script.steps, [(1, expected)], "{line}");
    }

    fn check_problem(line: &str, expected: &str) {
        assert_eq!(Script::parse(line).unwrap_err().to_string(), format!("line 1: {expected}"));
    }

    #[test]
    fn every_step_is_read() {
        check("wait 30", Act::Wait { frames: 30 });
        check("press Enter", Act::Press { key: Key::Enter, modifiers: Modifiers::NONE });
        check("press 2", Act::Press { key: Key::Num2, modifiers: Modifiers::NONE });
        check("press Shift+Tab", Act::Press { key: Key::Tab, modifiers: Modifiers::SHIFT });
        check("type Doris, of course", Act::Type("Doris, of course".into()));
        check("click Try that moment again", Act::Click("Try that moment again".into()));
        check("see Take your time", Act::See("Take your time".into()));
        check("days 3", Act::Days(3));
        check("shot home-dark.png", Act::Shot("home-dark.png".into()));
        check("measure 10", Act::Measure { seconds: 10 });
        check("pace", Act::Pace);
        check("unfocus", Act::Unfocus);
        check("quit", Act::Quit);
    }

    #[test]
    fn comments_and_empty_lines_are_passed_over_but_counted() {
        let script = Script::parse("# at first\n\n  wait 1\n\tquit\n").unwrap();
        assert_eq!(script.steps, [(3, Act::Wait { frames: 1 }), (4, Act::Quit)]);
    }

    #[test]
    fn problems_say_what_and_where() {
        check_problem("wait", "`wait` needs something after it, such as `wait 30`");
        check_problem("wait long", "`wait` takes a number of frames, not `long`");
        check_problem("days some", "`days` takes a number of days, not `some`");
        check_problem("press Any", "there is no key `Any`");
        check_problem("press Hyper+A", "`Hyper` is neither Ctrl nor Shift nor Alt");
        check_problem("shot ../home.png", "`../home.png` is no plain file name that ends with .png");
        check_problem("quit now", "`quit` takes nothing after it");
        check_problem("measure it", "`measure` takes a number of seconds, not `it`");
        check_problem(
            "jump",
            "`jump` is no step; there are wait, press, type, click, see, days, shot, measure, pace, unfocus and quit",
        );
    }
}
