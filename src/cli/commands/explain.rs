//! `simmer explain`: what a rule finds, why that matters, an example and its mend.

use serde::Serialize;

use crate::cli::Outcome;
use crate::cli::args::{Explain, ListFormat};
use crate::cli::error::Error;
use crate::cli::page::{Line, Tone};
use crate::cli::terminal::Terminal;
use crate::lint::page::Excerpt;
use crate::lint::registry::{described, find, meant};
use crate::lint::{Described, Group, Tier};

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, explain: &Explain) -> Result<Outcome, Error> {
    let rules = match &explain.rule {
        None => described(),
        Some(name) => {
            let rule = find(name).ok_or_else(|| Error::NoSuchRule { name: name.clone(), meant: meant(name) });
            vec![rule?]
        }
    };
    match explain.format {
        ListFormat::Json => {
            let rules = rules.iter().map(Row::of).collect();
            terminal.write_document(SCHEMA, &Document { rules })?;
        }
        ListFormat::Short => {
            for rule in rules {
                terminal.write(&format!("{}: {}\n", rule.name, rule.summary))?;
            }
        }
        ListFormat::Full => {
            let lines = if explain.rule.is_none() { all(&rules) } else { rules.iter().flat_map(one).collect() };
            for line in lines {
                terminal.show(&line)?;
            }
        }
    }
    Ok(Outcome::Fine)
}

/// Every rule by group, a line each.
fn all(rules: &[Described]) -> Vec<Line> {
    let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0) + 2;
    let mut lines = Vec::new();
    for group in Group::ALL {
        if !lines.is_empty() {
            lines.push(Line::empty());
        }
        lines.push(Line::strong(group.words()));
        for rule in rules.iter().filter(|rule| rule.group == *group) {
            let name = format!("{:width$}", rule.name);
            lines.push(Line::plain(name).and(Tone::Quiet, rule.summary).within(2, 2 + width));
        }
    }
    lines.push(Line::empty());
    lines.push(Line::quiet("`simmer explain RULE` says why, and shows an example and its mend."));
    lines
}

/// The page of one rule.
fn one(rule: &Described) -> Vec<Line> {
    let mut lines = vec![Line::strong(rule.name), Line::plain(rule.summary)];
    let Some(page) = rule.page() else { return lines };
    for paragraph in page.why.split("\n\n") {
        lines.push(Line::empty());
        lines.push(Line::plain(paragraph.replace('\n', " ")));
    }
    for (heading, excerpt) in [("Instead of", page.bad), ("Write", page.good)] {
        lines.push(Line::empty());
        lines.push(Line::strong(heading));
        lines.push(Line::empty());
        lines.extend(written(&excerpt));
    }
    if rule.tier == Tier::Proof {
        lines.push(Line::empty());
        lines.push(Line::quiet("Found by `simmer check --prove`."));
    }
    lines
}

fn written(excerpt: &Excerpt) -> Vec<Line> {
    let mut lines: Vec<_> = excerpt.ron.lines().map(|line| Line::verbatim(line).indented(4)).collect();
    if !excerpt.words.is_empty() {
        lines.push(Line::empty());
        lines.push(Line::plain(excerpt.words.replace('\n', " ")));
    }
    lines
}

const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document {
    rules: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    rule: &'static str,
    group: &'static str,
    tier: &'static str,
    summary: &'static str,
    why: Option<&'static str>,
    instead_of: Option<&'static str>,
    write: Option<&'static str>,
}

impl Row {
    fn of(rule: &Described) -> Self {
        let page = rule.page();
        Self {
            rule: rule.name,
            group: rule.group.name(),
            tier: rule.tier.name(),
            summary: rule.summary,
            why: page.as_ref().map(|page| page.why),
            instead_of: page.as_ref().map(|page| page.bad.ron),
            write: page.as_ref().map(|page| page.good.ron),
        }
    }
}
