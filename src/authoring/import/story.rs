//! Reading Twee 3, by the specification of the Interactive Fiction Technology Foundation.

/// The largest story that is read, in bytes.
const MAXIMUM_SIZE: usize = 8 * 1024 * 1024;

/// A story: its passages and what leads from one to the next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Story {
    pub title: Option<String>,
    /// The passage that it begins with, as its data say.
    pub start: Option<String>,
    /// In the order of the file; those that hold no story, such as styles and scripts, are left out.
    pub passages: Vec<Passage>,
    /// The names of those that were left out.
    pub left_out: Vec<String>,
}

/// A piece of a story.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage {
    pub name: String,
    pub tags: Vec<String>,
    /// What is said before the first link.
    pub words: String,
    pub links: Vec<Link>,
    /// Commands to the program that would play the story; no part of its words.
    pub macros: Vec<String>,
}

/// A link to another passage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Link {
    /// What is shown of it; its target where nothing else is.
    pub words: String,
    pub target: String,
    /// What stands between it and the next link.
    pub after: String,
}

/// A text that is no story.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAStory {
    #[error("there is no passage in it: a passage begins with a line such as `:: Its name`")]
    NoPassage,
    #[error("it is saved as something else than UTF-8")]
    NotUtf8,
    #[error("it is larger than 8 MiB")]
    TooLarge,
    #[error("line {line}: the heading of this passage has no name")]
    NoName { line: usize },
    #[error("line {line}: there is another passage \"{name}\" above")]
    Twice { line: usize, name: String },
}

/// Passages that say something to a compiler and nothing to a reader.
const SPECIAL: [&str; 12] = [
    "StoryTitle",
    "StoryData",
    "StoryInit",
    "StoryCaption",
    "StoryMenu",
    "StoryBanner",
    "StoryAuthor",
    "StorySettings",
    "StorySubtitle",
    "PassageHeader",
    "PassageFooter",
    "PassageReady",
];
const SPECIAL_TAGS: [&str; 5] = ["script", "stylesheet", "startup", "header", "footer"];

/// Reads a story.
pub fn read(bytes: &[u8]) -> Result<Story, NotAStory> {
    if bytes.len() > MAXIMUM_SIZE {
        return Err(NotAStory::TooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = str::from_utf8(bytes).map_err(|_| NotAStory::NotUtf8)?.replace("\r\n", "\n").replace('\r', "\n");
    let mut story = Story::default();
    let mut names = std::collections::BTreeSet::new();
    let mut lines = text.lines().enumerate().peekable();
    // What stands before the first heading belongs to nobody.
    while lines.next_if(|(_, line)| !line.starts_with("::")).is_some() {}
    while let Some((number, heading)) = lines.next() {
        let (name, tags) = heading_of(heading);
        let mut body = String::new();
        while let Some((_, line)) = lines.next_if(|(_, line)| !line.starts_with("::")) {
            body.push_str(line.strip_prefix('\\').filter(|rest| rest.starts_with("::")).unwrap_or(line));
            body.push('\n');
        }
        let line = number + 1;
        if name.is_empty() {
            return Err(NotAStory::NoName { line });
        }
        if !names.insert(name.clone()) {
            return Err(NotAStory::Twice { line, name });
        }
        match name.as_str() {
            "StoryTitle" => story.title = Some(body.trim().to_owned()).filter(|title| !title.is_empty()),
            "StoryData" => story.start = start_of(&body),
            _ if SPECIAL.contains(&name.as_str()) || tags.iter().any(|tag| SPECIAL_TAGS.contains(&tag.as_str())) => {
                story.left_out.push(name);
            }
            _ => story.passages.push(passage(name, tags, &body)),
        }
    }
    if story.passages.is_empty() { Err(NotAStory::NoPassage) } else { Ok(story) }
}

/// `:: Name [tag tag] {"position":"10,20"}`, with a backslash before what would else begin tags or data.
fn heading_of(line: &str) -> (String, Vec<String>) {
    let rest = line.trim_start_matches(':').trim();
    let mut name = String::new();
    let mut letters = rest.char_indices();
    let mut tags = "";
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => name.extend(letters.next().map(|(_, letter)| letter)),
            '[' => {
                tags = rest[at + 1..].split(']').next().unwrap_or_default();
                break;
            }
            '{' => break,
            letter => name.push(letter),
        }
    }
    (name.trim().to_owned(), tags.split_whitespace().map(str::to_owned).collect())
}

fn start_of(data: &str) -> Option<String> {
    let data: serde_json::Value = serde_json::from_str(data).ok()?;
    data.get("start")?.as_str().filter(|start| !start.is_empty()).map(str::to_owned)
}

/// Cuts what stands in a passage into words, links and macros.
fn passage(name: String, tags: Vec<String>, body: &str) -> Passage {
    let mut passage = Passage { name, tags, ..Passage::default() };
    let mut rest = body;
    while let Some(next) = rest.find(['[', '<', '(', '/']) {
        let (before, here) = rest.split_at(next);
        passage.say(before);
        let taken = if let Some(content) = here.strip_prefix("[[").filter(|content| !content.starts_with('[')) {
            link(content).map(|(link, setter, length)| {
                passage.links.push(link);
                passage.macros.extend(setter);
                2 + length
            })
        } else if here.starts_with("<!--") {
            here.find("-->").map(|end| end + 3)
        } else if here.starts_with("/*") {
            here.find("*/").map(|end| end + 2)
        } else if here.starts_with("<<") {
            here.find(">>").map(|end| {
                passage.macros.push(here[..end + 2].to_owned());
                end + 2
            })
        } else {
            harlowe(here).inspect(|length| passage.macros.push(here[..*length].to_owned()))
        };
        let length = taken.unwrap_or_else(|| {
            let first = here.chars().next().map_or(0, char::len_utf8);
            passage.say(&here[..first]);
            first
        });
        rest = &here[length..];
    }
    passage.say(rest);
    passage
}

impl Passage {
    /// Adds words: to the last link, or to what is said before the first.
    fn say(&mut self, words: &str) {
        self.links.last_mut().map_or(&mut self.words, |link| &mut link.after).push_str(words);
    }
}

/// What stands behind `[[`: the link, the macro of one that sets something, and how long it is with its closing
/// brackets.
fn link(content: &str) -> Option<(Link, Option<String>, usize)> {
    let end = content.find("]]")?;
    let whole = &content[..end];
    if whole.contains('\n') {
        return None;
    }
    // `[[words|target][$it to 1]]` sets something on the way.
    let (whole, setter) =
        whole.split_once("][").map_or((whole, None), |(link, setter)| (link, Some(setter.to_owned())));
    let (words, target) = if let Some((words, target)) = whole.rsplit_once("->") {
        (words, target)
    } else if let Some((target, words)) = whole.split_once("<-") {
        (words, target)
    } else {
        whole.split_once('|').unwrap_or((whole, whole))
    };
    let [words, target] = [words, target].map(|text| text.trim().to_owned());
    (!target.is_empty()).then(|| (Link { words, target, after: String::new() }, setter, end + 2))
}

/// The length of a macro of Harlowe's, `(set: $it to 1)`, if one begins here.
fn harlowe(here: &str) -> Option<usize> {
    let inside = here.strip_prefix('(')?;
    let name = inside.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-' && letter != '_')?;
    let rest = &inside[name..];
    // In a sentence a blank follows the colon as well; but no word stands right behind a bracket with a colon in prose
    // without one before it.
    if name == 0 || !rest.starts_with(':') {
        return None;
    }
    let mut depth = 0_usize;
    for (at, letter) in here.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}
