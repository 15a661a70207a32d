use crate::dialogue::Mode;
use crate::library::primary;
use crate::settings::checked_name;

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LookAs {
    /// As the computer is set.
    #[default]
    System,
    Light,
    Dark,
}

/// How far ink and lines stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Contrast {
    #[default]
    Usual,
    More,
}

/// The settings as they are, and what there is to say about the person's data.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches, not the states of one thing")]
pub struct SettingsView {
    /// Per cent, 100 to 200.
    pub text_size: u16,
    pub look: LookAs,
    pub contrast: Contrast,
    pub reduced_motion: bool,
    pub captions: bool,
    pub mood_word: bool,
    pub mode: Mode,
    /// Per cent, 50 to 200.
    pub speech_rate: u16,
    /// Of the calls, a tag.
    pub language: String,
    /// Those that any scenario can be played in.
    pub languages: Vec<String>,
    pub sound: bool,
    /// Per cent, 0 to 100.
    pub volume: u16,
    pub name: String,
    pub team: Option<String>,
    /// Where the person's calls, notes and settings are kept.
    pub data_folder: String,
    /// Where scenario files are looked for.
    pub scenarios_folder: String,
    pub log_file: String,
    pub version: String,
    /// The file that the export was written to, or why it was not.
    pub exported: Option<Result<String, String>>,
}

/// What the screen says, apart from the labels of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub now: SettingsView,
    pub text_size: String,
    pub speech_rate: String,
    pub volume: String,
    pub about_mode: &'static str,
    pub places: [Place; 3],
    pub export: Option<String>,
    pub erasing: Erasing,
    pub version: String,
}

/// A folder or a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub name: &'static str,
    /// What is in it.
    pub about: &'static str,
    pub path: String,
    pub copy: &'static str,
}

/// Deleting, in two steps and in plain words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erasing {
    pub ask: &'static str,
    pub question: &'static str,
    /// What is deleted, what stays, and that it is for good.
    pub lines: [&'static str; 3],
    pub keep: &'static str,
    pub delete: &'static str,
}

/// What the speakers of a language call it; its tag, where it is none of these.
pub(super) fn language_name(tag: &str) -> &str {
    const NAMES: [(&str, &str); 24] = [
        ("cs", "Čeština"),
        ("da", "Dansk"),
        ("de", "Deutsch"),
        ("el", "Ελληνικά"),
        ("en", "English"),
        ("es", "Español"),
        ("et", "Eesti"),
        ("fi", "Suomi"),
        ("fr", "Français"),
        ("ga", "Gaeilge"),
        ("hr", "Hrvatski"),
        ("hu", "Magyar"),
        ("it", "Italiano"),
        ("lt", "Lietuvių"),
        ("lv", "Latviešu"),
        ("nb", "Norsk"),
        ("nl", "Nederlands"),
        ("pl", "Polski"),
        ("pt", "Português"),
        ("ro", "Română"),
        ("sk", "Slovenčina"),
        ("sl", "Slovenščina"),
        ("sv", "Svenska"),
        ("tr", "Türkçe"),
    ];
    let language = primary(tag);
    NAMES.iter().find(|(known, _)| *known == language).map_or(tag, |(_, name)| name)
}

impl View {
    /// The screen for these settings.
    pub fn of(now: &SettingsView) -> Self {
        Self {
            text_size: format!("{} %", now.text_size),
            speech_rate: speech_rate(now.speech_rate),
            volume: format!("{} %", now.volume),
            about_mode: match now.mode {
                Mode::Steps => "No clock. The customer says a little at a time, and waits for you.",
                Mode::Timed => "The customer speaks at their own pace. You can pause at any time.",
            },
            places: [
                Place {
                    name: "Your data",
                    about: "Your calls, notes, results and these settings. Nothing of it leaves this computer unless \
                            you export it or your team has a board.",
                    path: now.data_folder.clone(),
                    copy: "Copy the path of your data",
                },
                Place {
                    name: "Scenarios",
                    about: "Put scenario files here to find them under Customers. They are plain text.",
                    path: now.scenarios_folder.clone(),
                    copy: "Copy the path of the scenarios",
                },
                Place {
                    name: "Log",
                    about: "What Simmer did and what went wrong. Useful to whoever helps you.",
                    path: now.log_file.clone(),
                    copy: "Copy the path of the log",
                },
            ],
            export: now.exported.as_ref().map(|exported| match exported {
                Ok(path) => format!("Written to {path}"),
                Err(why) => format!("It could not be written: {why}. Nothing was changed."),
            }),
            erasing: Erasing {
                ask: "Delete my data",
                question: "Delete all your data on this computer?",
                lines: [
                    "Deleted: every call you played, your notes and results, what you wrote about them, your goals and review \
                      cards, your name and these settings.",
                    "Kept: the scenario files. Results that already stand on a team\u{2019}s board stay there; whoever \
                     runs it can remove them.",
                    "It cannot be undone. If you may want it later, export it first.",
                ],
                keep: "Keep my data",
                delete: "Delete it for good",
            },
            version: format!("Simmer {}", now.version),
            now: now.clone(),
        }
    }
}

/// "1×" for 100 per cent, "0.75×" for 75.
fn speech_rate(percent: u16) -> String {
    let (whole, rest) = (percent / 100, percent % 100);
    match rest {
        0 => format!("{whole}\u{d7}"),
        rest if rest % 10 == 0 => format!("{whole}.{}\u{d7}", rest / 10),
        rest => format!("{whole}.{rest:02}\u{d7}"),
    }
}

/// A team as it is kept: none where nothing was typed, otherwise checked like a name.
///
/// # Errors
/// What is wrong with it, in a sentence to be shown under the field.
pub(super) fn checked_team(typed: &str) -> Result<Option<String>, String> {
    if typed.trim().is_empty() { Ok(None) } else { checked_name(typed).map(Some) }
}
