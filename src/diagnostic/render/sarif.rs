//! Findings for continuous integration: SARIF 2.1.0, the format that code hosts show beside the lines they are about.

use std::path::Path;

use serde::Serialize;

use super::Checked;
use crate::diagnostic::{Diagnostic, Severity, SourceFile, Span};

/// What a reader of the report is told of a rule.
#[derive(Debug, Clone, Copy)]
pub struct RuleText {
    pub name: &'static str,
    /// What it finds, in one sentence.
    pub summary: &'static str,
    /// Why that matters.
    pub help: &'static str,
    /// The kind of problem.
    pub group: &'static str,
}

/// A finding that the author keeps on purpose.
#[derive(Debug, Clone)]
pub struct Suppressed {
    pub finding: Diagnostic,
    /// The author's reason.
    pub because: String,
}

/// All findings of all files with what is kept in each, in the order given. Rules that report something and are not
/// among `rules` stand in the results by their name alone.
pub fn sarif(files: &[(Checked<'_>, Vec<Suppressed>)], rules: &[RuleText], version: &str) -> String {
    let mut results = Vec::new();
    for (file, suppressed) in files {
        results.extend(file.findings.iter().map(|finding| Outcome::of(file.source, finding, None, rules)));
        let kept = suppressed.iter();
        results.extend(kept.map(|kept| Outcome::of(file.source, &kept.finding, Some(&kept.because), rules)));
    }
    let driver = Driver { name: "Simmer", version, rules: rules.iter().map(Descriptor::of).collect() };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    let log = Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
    // Nothing in the document can fail to be written: no map, no foreign type.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'static str,
    version: &'a str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Text<&'static str>,
    help: Text<&'static str>,
    properties: Properties,
}

#[derive(Serialize)]
struct Properties {
    tags: [&'static str; 1],
}

#[derive(Serialize)]
struct Text<T> {
    text: T,
}

/// A result, as SARIF calls a finding.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text<String>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression<'a>>,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    justification: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: Physical<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<&'a str>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical<'a> {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region<'a>>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region<'a> {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    snippet: Text<&'a str>,
}

impl Descriptor {
    const fn of(rule: &RuleText) -> Self {
        Self {
            id: rule.name,
            short_description: Text { text: rule.summary },
            help: Text { text: rule.help },
            properties: Properties { tags: [rule.group] },
        }
    }
}

impl<'a> Outcome<'a> {
    fn of(source: &'a SourceFile, finding: &'a Diagnostic, because: Option<&'a str>, rules: &[RuleText]) -> Self {
        let mut text = finding.message.clone();
        for (label, words) in [("expected", &finding.expected), ("help", &finding.help)] {
            text.extend(words.iter().map(|words| format!("\n{label}: {words}")));
        }
        Self {
            rule_id: finding.rule,
            rule_index: rules.iter().position(|rule| rule.name == finding.rule),
            level: match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: Text { text },
            locations: [Location::of(source, finding.span, None)],
            related_locations: finding
                .also
                .iter()
                .map(|also| Location::of(source, Some(also.span), Some(&also.label)))
                .collect(),
            suppressions: because
                .map(|because| Suppression { kind: "inSource", justification: because })
                .into_iter()
                .collect(),
        }
    }
}

impl<'a> Location<'a> {
    fn of(source: &'a SourceFile, span: Option<Span>, label: Option<&'a str>) -> Self {
        let region = span.map(|span| {
            let (start, end) = (source.place(span.start), source.place(span.end.max(span.start)));
            Region {
                start_line: start.line,
                start_column: start.column,
                end_line: end.line,
                end_column: end.column,
                snippet: Text { text: source.line_at(span.start).1 },
            }
        });
        let physical_location = Physical { artifact_location: Artifact { uri: uri(source.name()) }, region };
        Self { physical_location, message: label.map(|text| Text { text }) }
    }
}

/// A file's name as a URI: relative as it was given, or with `file://` where it is whole.
fn uri(name: &str) -> String {
    let mut uri = String::with_capacity(name.len());
    if Path::new(name).is_absolute() {
        uri.push_str(if name.starts_with('/') { "file://" } else { "file:///" });
    }
    for byte in name.bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn log() -> Value {
        let source = SourceFile::new("my shop/a.ron", "(\n  name: \"日本\", name: 2,\n)\n");
        let findings = [
            Diagnostic::error("duplicate-field", "`name` stands here twice")
                .at(20..24)
                .also(4..8, "the first one")
                .expected("one `name`")
                .help("delete one of them"),
            Diagnostic::warning("unlucky", "the whole file is unlucky"),
        ];
        let kept = Suppressed {
            finding: Diagnostic::warning("gist-length", "The gist has 1 word").at(4..8),
            because: "It is one word.".to_owned(),
        };
        let rules = [
            RuleText { name: "duplicate-field", summary: "Twice.", help: "Only one counts.", group: "shape" },
            RuleText { name: "gist-length", summary: "Too short.", help: "Read at a glance.", group: "writing" },
        ];
        let files = [(Checked { source: &source, findings: &findings }, vec![kept])];
        serde_json::from_str(&sarif(&files, &rules, "0.1.0")).unwrap()
    }

    /// The properties that SARIF 2.1.0 requires, and those that code hosts ask for beyond it.
    #[test]
    fn the_log_has_what_the_standard_requires() {
        let log = log();
        assert_eq!(log["version"], "2.1.0");
        let runs = log["runs"].as_array().unwrap();
        assert_eq!(runs.len(), 1);
        let driver = &runs[0]["tool"]["driver"];
        assert!(driver["name"].is_string());
        let rules = driver["rules"].as_array().unwrap();
        for rule in rules {
            assert!(rule["id"].is_string(), "{rule}");
            assert!(rule["shortDescription"]["text"].is_string() && rule["help"]["text"].is_string(), "{rule}");
        }
        for result in runs[0]["results"].as_array().unwrap() {
            assert!(result["message"]["text"].is_string(), "{result}");
            assert!(["error", "warning"].contains(&result["level"].as_str().unwrap()), "{result}");
            if let Some(index) = result["ruleIndex"].as_u64() {
                assert_eq!(rules[usize::try_from(index).unwrap()]["id"], result["ruleId"]);
            }
            for location in result["locations"].as_array().unwrap() {
                let physical = &location["physicalLocation"];
                assert!(physical["artifactLocation"]["uri"].is_string(), "{result}");
                if let Some(region) = physical.get("region") {
                    assert!(region["startLine"].as_u64() >= Some(1) && region["startColumn"].as_u64() >= Some(1));
                }
            }
        }
    }

    #[test]
    fn a_finding_has_its_region_and_what_is_allowed_its_reason() {
        let log = log();
        let results = &log["runs"][0]["results"];
        insta::assert_snapshot!(serde_json::to_string_pretty(&results[0]).unwrap(), @r#"
        {
          "level": "error",
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "my%20shop/a.ron"
                },
                "region": {
                  "endColumn": 19,
                  "endLine": 2,
                  "snippet": {
                    "text": "  name: \"日本\", name: 2,"
                  },
                  "startColumn": 15,
                  "startLine": 2
                }
              }
            }
          ],
          "message": {
            "text": "`name` stands here twice\nexpected: one `name`\nhelp: delete one of them"
          },
          "relatedLocations": [
            {
              "message": {
                "text": "the first one"
              },
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "my%20shop/a.ron"
                },
                "region": {
                  "endColumn": 7,
                  "endLine": 2,
                  "snippet": {
                    "text": "  name: \"日本\", name: 2,"
                  },
                  "startColumn": 3,
                  "startLine": 2
                }
              }
            }
          ],
          "ruleId": "duplicate-field",
          "ruleIndex": 0
        }
        "#);
        assert!(results[1]["locations"][0]["physicalLocation"].get("region").is_none());
        let suppression = serde_json::json!([{ "kind": "inSource", "justification": "It is one word." }]);
        assert_eq!(results[2]["suppressions"], suppression);
        assert!(results[0].get("suppressions").is_none());
    }
}
