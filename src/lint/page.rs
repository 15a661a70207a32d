//! The page of a rule: what it finds, why that matters, an example and its mend.
//!
//! Pages are Markdown files in `docs/rules`, one a rule, compiled in. They all have the same parts, which the tests hold.

use include_dir::{Dir, include_dir};

static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/rules");

const WHY: &str = "## Why";
const BAD: &str = "## Instead of";
const GOOD: &str = "## Write";

/// A page, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The name of the rule.
    pub title: &'static str,
    /// What it finds, in one sentence.
    pub what: &'static str,
    pub why: &'static str,
    pub bad: Excerpt,
    pub good: Excerpt,
}

/// A piece of a scenario file, and what there is to say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excerpt {
    pub ron: &'static str,
    /// Empty where the excerpt speaks for itself.
    pub words: &'static str,
}

impl Page {
    /// The page of a rule; none where there is no such page, or it lacks a part.
    #[must_use]
    pub fn of(rule: &str) -> Option<Self> {
        Self::read(PAGES.get_file(format!("{rule}.md"))?.contents_utf8()?)
    }

    /// The names of all pages.
    pub fn names() -> impl Iterator<Item = &'static str> {
        PAGES.files().filter_map(|file| file.path().file_name()?.to_str()?.strip_suffix(".md"))
    }

    fn read(text: &'static str) -> Option<Self> {
        let (title, rest) = text.strip_prefix("# ")?.split_once('\n')?;
        let (what, rest) = rest.split_once(WHY)?;
        let (why, rest) = rest.split_once(BAD)?;
        let (bad, good) = rest.split_once(GOOD)?;
        let page =
            Self { title, what: what.trim(), why: why.trim(), bad: Excerpt::read(bad)?, good: Excerpt::read(good)? };
        (!page.what.is_empty() && !page.why.is_empty()).then_some(page)
    }
}

impl Excerpt {
    fn read(text: &'static str) -> Option<Self> {
        let (_, rest) = text.split_once("```ron\n").or_else(|| text.split_once("```po\n"))?;
        let (ron, words) = rest.split_once("\n```")?;
        Some(Self { ron, words: words.trim() })
    }
}
