use super::*;
use crate::diagnostic::{Diagnostic, SourceFile, Span};

fn rendered(format: OutputFormat) -> String {
    let text = "(\n\tname: \"日本\", name: 2,\n)\n";
    let source = SourceFile::new("shop/a.ron", text);
    let first = text.find("name").unwrap();
    let second = text.rfind("name").unwrap();
    let findings = [
        Diagnostic::error("duplicate-key", "`name` stands here twice")
            .at(second..second + 4)
            .also(first..first + 4, "the first one")
            .also(0..1, "in here")
            .expected("one `name`")
            .help("delete one of them"),
        Diagnostic::warning("unlucky", "the whole file is unlucky"),
        Diagnostic::error("end", "something is missing").at(Span::point(text.len())),
    ];
    let clean = SourceFile::new("b.ron", "()");
    render(
        format,
        &[Checked { source: &source, findings: &findings }, Checked { source: &clean, findings: &[] }],
        false,
    )
}

#[test]
fn full_shows_the_line_and_a_caret() {
    insta::assert_snapshot!(rendered(OutputFormat::Full), @r#"
    error[duplicate-key]: `name` stands here twice
     --> shop/a.ron:2:14
      |
    2 |     name: "日本", name: 2,
      |     ----          ^^^^
      |     |
      |     the first one
      |
     ::: shop/a.ron:1:1
      |
    1 | (
      | - in here
      |
      = expected: one `name`
      = help: delete one of them

    warning[unlucky]: the whole file is unlucky
    --> shop/a.ron

    error[end]: something is missing
     --> shop/a.ron:4:1
      |
    4 |
      | ^
    "#);
}

#[test]
fn short_is_one_line_each() {
    insta::assert_snapshot!(rendered(OutputFormat::Short), @r"
    shop/a.ron:2:14: error[duplicate-key]: `name` stands here twice
    shop/a.ron: warning[unlucky]: the whole file is unlucky
    shop/a.ron:4:1: error[end]: something is missing
    ");
}

#[test]
fn what_would_act_on_a_terminal_is_shown_as_a_sign() {
    let source = SourceFile::new("a\u{7}.ron", "x");
    let findings =
        [Diagnostic::error("r", "`\u{1b}]0;x\u{7}\n\u{9b}1m\u{202e}\u{200b}` is odd").at(0..1).help("not \u{1b}")];
    let files = [Checked { source: &source, findings: &findings }];
    assert_eq!(render(OutputFormat::Short, &files, false), "a␇.ron:1:1: error[r]: `␛]0;x␇␊�1m��` is odd\n");
    let full = render(OutputFormat::Full, &files, false);
    assert!(full.contains("`␛]0;x␇␊�1m��` is odd") && full.contains("help: not ␛"), "{full}");
}

#[test]
fn json_has_a_schema_and_counts() {
    insta::assert_snapshot!(rendered(OutputFormat::Json), @r#"
    {
      "schema": 1,
      "files": [
        "shop/a.ron",
        "b.ron"
      ],
      "findings": [
        {
          "file": "shop/a.ron",
          "line": 2,
          "column": 14,
          "end_line": 2,
          "end_column": 18,
          "rule": "duplicate-key",
          "severity": "error",
          "message": "`name` stands here twice",
          "expected": "one `name`",
          "help": "delete one of them",
          "excerpt": "\tname: \"日本\", name: 2,",
          "also": [
            {
              "line": 2,
              "column": 2,
              "end_line": 2,
              "end_column": 6,
              "label": "the first one"
            },
            {
              "line": 1,
              "column": 1,
              "end_line": 1,
              "end_column": 2,
              "label": "in here"
            }
          ]
        },
        {
          "file": "shop/a.ron",
          "line": null,
          "column": null,
          "end_line": null,
          "end_column": null,
          "rule": "unlucky",
          "severity": "warning",
          "message": "the whole file is unlucky",
          "expected": null,
          "help": null,
          "excerpt": null,
          "also": []
        },
        {
          "file": "shop/a.ron",
          "line": 4,
          "column": 1,
          "end_line": 4,
          "end_column": 1,
          "rule": "end",
          "severity": "error",
          "message": "something is missing",
          "expected": null,
          "help": null,
          "excerpt": "",
          "also": []
        }
      ],
      "counts": {
        "files": 2,
        "errors": 2,
        "warnings": 1
      }
    }
    "#);
}

#[test]
fn colours_stand_only_where_they_are_asked_for() {
    let source = SourceFile::new("a.ron", "x");
    let findings = [Diagnostic::error("r", "m").at(0..1)];
    let files = [Checked { source: &source, findings: &findings }];
    assert!(!render(OutputFormat::Full, &files, false).contains('\u{1b}'));
    assert!(render(OutputFormat::Full, &files, true).contains('\u{1b}'));
}

#[test]
fn every_output_format_has_one_name() {
    for format in OutputFormat::ALL {
        assert_eq!(format.name().parse(), Ok(*format));
        let clap_name = clap::ValueEnum::to_possible_value(format).unwrap().get_name().to_owned();
        assert_eq!(clap_name, format.name());
    }
    assert_eq!(
        "fancy".parse::<OutputFormat>().unwrap_err().to_string(),
        "`fancy` is not an output format; there are `full`, `short` and `json`"
    );
}
