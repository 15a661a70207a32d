//! The plan as a file.

use super::{Expected, Plan};
use crate::attempt::{MAXIMUM_INPUTS, Verb, WrittenInput};
use crate::authoring::fmt;
use crate::diagnostic::{Diagnostic, Place, SourceFile, Span};
use crate::scenario::parse::{LexemeKind, decode, lexemes};
use crate::scenario::quote::quoted;

const EXPECTED: &str = "expected";

/// The version that plans are written in today, and the only one that is read.
pub const CURRENT: u32 = 1;

/// A file that is no plan, and why.
#[derive(Debug, Clone)]
pub struct NotAPlan {
    pub source: SourceFile,
    /// Never empty.
    pub findings: Vec<Diagnostic>,
}

/// Reads a plan, which is called `name`.
pub fn read(name: &str, bytes: &[u8]) -> Result<Plan, NotAPlan> {
    let decoded =
        decode(name, bytes).map_err(|refused| NotAPlan { source: refused.source, findings: refused.findings })?;
    let source = decoded.source;
    if !decoded.findings.is_empty() {
        return Err(NotAPlan { source, findings: decoded.findings });
    }
    // Mistakes of writing are told better by the reader of scenarios than by `ron`.
    if let Err(findings) = lexemes(source.text()) {
        return Err(NotAPlan { source, findings });
    }
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let finding = match options.from_str::<Plan>(source.text()) {
        Ok(plan) if plan.format != CURRENT => {
            let message = format!("This plan is of format {}, and this Simmer reads format {CURRENT}", plan.format);
            Diagnostic::error("unsupported-format", message).help("get a newer version of Simmer, or record it anew")
        }
        Ok(plan) if plan.inputs.len() > MAXIMUM_INPUTS => {
            Diagnostic::error("too-many", format!("This plan has more than {MAXIMUM_INPUTS} inputs"))
        }
        Ok(plan) => return Ok(plan),
        Err(error) => {
            let byte =
                |position: ron::error::Position| source.byte(Place { line: position.line, column: position.col });
            let (start, end) = (byte(error.span.start), byte(error.span.end));
            Diagnostic::error("unreadable-plan", format!("This plan cannot be read: {}", error.code))
                .at(Span::new(start.min(end), end))
                .help("`simmer test --record` writes plans; copy one of those")
        }
    };
    Err(NotAPlan { source, findings: vec![finding] })
}

/// The file of a plan, as [`fmt`](mod@fmt) lays it out.
pub fn write(plan: &Plan) -> String {
    let mut text = String::from("Plan(\n");
    let mut field = |name: &str, value: &str| text.push_str(&format!("{name}: {value},\n"));
    field("format", &plan.format.to_string());
    field("scenario", &quoted(&plan.scenario));
    if !plan.about.is_empty() {
        field("about", &quoted(&plan.about));
    }
    field("seed", &plan.seed.to_string());
    field("mode", &format!("{:?}", plan.mode));
    field("inputs", &inputs(&plan.inputs));
    field(EXPECTED, &expected(&plan.expected));
    text.push(')');
    laid_out(text)
}

/// One row a turn, as a person would write them.
fn inputs(inputs: &[WrittenInput]) -> String {
    let mut text = String::from("[\n");
    for input in inputs {
        let ends_turn = matches!(input.verb, Verb::Speak { .. } | Verb::File { .. } | Verb::Choose(_) | Verb::GoOn);
        text.push_str(&format!("{input},{}", if ends_turn { '\n' } else { ' ' }));
    }
    text.push(']');
    text
}

/// The text of a plan with what is expected written anew; everything else in it, and every remark there, stays. A text
/// that is no plan is written as a whole.
pub fn write_anew(text: &str, plan: &Plan) -> String {
    let replaced = place_of_expected(text).map(|span| {
        let mut text = text.to_owned();
        text.replace_range(span.range(), &expected(&plan.expected));
        text
    });
    replaced.map_or_else(|| write(plan), laid_out)
}

/// What is put together here has every bracket and comma in its place; a test holds that.
fn laid_out(text: String) -> String {
    fmt::format_text(&text).unwrap_or(text)
}

/// Where the value of the field `expected` stands.
fn place_of_expected(text: &str) -> Option<Span> {
    let lexemes = lexemes(text).ok()?;
    let mut depth = 0;
    let mut start = None;
    let mut end = 0;
    for (place, lexeme) in lexemes.iter().enumerate() {
        match lexeme.kind {
            LexemeKind::Open(_) => depth += 1,
            LexemeKind::Close(_) => depth -= 1,
            LexemeKind::Atom if depth == 1 && start.is_none() && &text[lexeme.span.range()] == EXPECTED => {
                // Behind the name and its colon.
                start = Some(lexemes.get(place + 2)?.span.start);
                continue;
            }
            LexemeKind::Comma if depth == 1 => {
                if let Some(start) = start {
                    return Some(Span::new(start, end));
                }
            }
            _ => {}
        }
        if let (Some(start), 0) = (start, depth) {
            return Some(Span::new(start, end));
        }
        end = lexeme.span.end;
    }
    None
}

fn expected(expected: &Expected) -> String {
    let turns = expected.turns.iter().map(|turn| {
        let mut text = format!("(\nnode: {}, heard: {}", quoted(&turn.node), quoted(&turn.heard));
        for (name, words) in [("reply", &turn.reply), ("said", &turn.said), ("ends", &turn.ends)] {
            if let Some(words) = words {
                text.push_str(&format!(", {name}: {}", quoted(words)));
            }
        }
        text + ")"
    });
    let turns: Vec<_> = turns.collect();
    let diary: Vec<_> = expected.diary.iter().map(|result| quoted(result)).collect();
    let score = &expected.score;
    let skills = &score.skills;
    format!(
        "Expected(turns: [{}], diary: [{}], score: (\noverall: {}, skills: (listening: {}, calm_tone: {}, empathy: {}, \
         needs_assessment: {}, follow_through: {}), outcome: {}, is_final: {}))",
        turns.join(",\n"),
        diary.join(",\n"),
        score.overall,
        skills.listening,
        skills.calm_tone,
        skills.empathy,
        skills.needs_assessment,
        skills.follow_through,
        score.outcome.name(),
        score.is_final,
    )
}
