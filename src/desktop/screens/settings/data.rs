use jiff::Timestamp;

use super::{RecordsNow, Where};
use crate::dialogue::Mode;
use crate::scenario::language::is_same;
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
    pub records: RecordsNow,
    pub deleting: Elsewhere,
    pub moment: Timestamp,
}

/// What others have of the person, and how it stands with deleting it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Elsewhere {
    /// The service of the team they are in.
    pub service: Option<String>,
    /// It does not have all of their ranked runs yet.
    pub unsent: bool,
    /// A learning system may have been sent records.
    pub recorded: bool,
    pub deleting: Deleting,
}

/// How far deleting at the team's service is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Deleting {
    #[default]
    NotAsked,
    Asking,
    /// Why it was not deleted there; nothing was deleted here.
    Failed(String),
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasing {
    pub ask: &'static str,
    pub question: &'static str,
    /// What is deleted, what stays, and that it is for good.
    pub lines: Vec<String>,
    /// The team's service is being asked; nothing else can be done.
    pub asking: Option<String>,
    /// The service was asked, and why that came to nothing.
    pub failed: Option<String>,
    pub keep: &'static str,
    pub delete: Vec<(Where, String)>,
}

impl Erasing {
    fn of(elsewhere: &Elsewhere) -> Self {
        let mut lines = vec![
            "Deleted: every call you played, your notes and results, what you wrote about them, your goals and review \
             cards, your name and these settings."
                .to_owned(),
        ];
        lines.push(match &elsewhere.service {
            None => "Kept: the scenario files. Results that already stand on a team\u{2019}s board stay there; whoever \
                     runs it can remove them."
                .to_owned(),
            Some(service) => format!(
                "Kept: the scenario files. You are in a team: {service} keeps what it was sent, that is your name there, \
                 your places on its boards and your ranked runs, unless you delete it there as well."
            ),
        });
        if elsewhere.unsent {
            lines.push("A ranked run of yours has not been sent yet. It is deleted with the others.".to_owned());
        }
        if elsewhere.recorded {
            lines.push("What a learning system was sent stays there; whoever runs it can remove it.".to_owned());
        }
        lines.push("It cannot be undone. If you may want it later, export it first.".to_owned());
        let (mut asking, mut failed) = (None, None);
        let mut delete = Vec::new();
        if let Some(service) = &elsewhere.service {
            let words = match &elsewhere.deleting {
                Deleting::Failed(why) => {
                    failed =
                        Some(format!("{service} has not deleted anything: {why} Nothing was deleted here either."));
                    format!("Try again at {service}")
                }
                Deleting::Asking => {
                    asking = Some(format!("Asking {service} to delete what it knows of you\u{2026}"));
                    String::new()
                }
                Deleting::NotAsked => format!("Delete it here and at {service}"),
            };
            delete.push((Where::AtTheTeamToo, words));
        }
        let here = if elsewhere.service.is_some() { "Delete it on this computer alone" } else { "Delete it for good" };
        delete.push((Where::Here, here.to_owned()));
        Self {
            ask: "Delete my data",
            question: if elsewhere.service.is_some() {
                "Delete all your data?"
            } else {
                "Delete all your data on this computer?"
            },
            lines,
            asking,
            failed,
            keep: "Keep my data",
            delete,
        }
    }
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
    NAMES.iter().find(|(known, _)| is_same(known, tag)).map_or(tag, |(_, name)| name)
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
                            you export it, your team has a board, or a learning system is told.",
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
            erasing: Erasing::of(&now.deleting),
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
