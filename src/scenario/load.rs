//! The whole way in one call: bytes to a scenario, with every finding in its place.

use crate::diagnostic::{Diagnostic, Severity, SourceFile};
use crate::scenario::Scenario;
use crate::scenario::parse::{decode, locate, parse};
use crate::scenario::resolve::resolve;

/// What came of a file.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub source: SourceFile,
    /// None where anything stands in the way of playing it.
    pub scenario: Option<Scenario>,
    /// In the order of the file.
    pub findings: Vec<Diagnostic>,
}

impl Loaded {
    /// How many findings are errors.
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }
}

/// Reads a scenario file. `name` is how the person named it.
pub fn load(name: &str, bytes: &[u8]) -> Loaded {
    let source = match decode(name, bytes) {
        Ok(source) => source,
        Err(refused) => return Loaded { source: refused.source, scenario: None, findings: refused.findings },
    };
    let parsed = parse(&source);
    let Some(document) = parsed.document else {
        return Loaded { source, scenario: None, findings: parsed.findings };
    };
    let is_whole = parsed.findings.is_empty();
    let resolved = resolve(&document, &parsed.unread);
    let mut findings = parsed.findings;
    if !resolved.findings.is_empty() {
        findings.extend(locate(&source, &parsed.misspelt, resolved.findings));
        findings.sort_by_key(|finding| finding.span.map(|span| span.start));
    }
    Loaded { source, scenario: resolved.scenario.filter(|_| is_whole), findings }
}

#[cfg(test)]
mod tests;
