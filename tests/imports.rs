//! Who may import whom, who may print, and what the pure rooms never touch: read from the source, held against
//! ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Whoever may write to the terminal. The rest returns text.
const PRINTING: [&str; 2] = ["cli", "desktop"];
/// Where the same inputs must give the same result on every machine, for ever.
const PURE: [&str; 5] = ["scenario", "dialogue", "scoring", "campaign", "explore"];
/// Where not even the order of a hash map may matter: what they hold is saved, shown or added up.
const ORDERED: [&str; 3] = ["dialogue", "scoring", "campaign"];
/// Files that name a float and compute with none, and why.
const FLOATS_NAMED: [(&str, &str); 4] = [
    ("scenario/hash/canon.rs", "a serializer must have the methods"),
    ("scenario/parse/plain.rs", "a deserializer must have the methods, and refuses all of them"),
    ("scenario/parse/probe.rs", "a deserializer must answer whoever asks for one; no type of ours does"),
    ("scenario/parse/number.rs", "asks whether what an author wrote is a decimal, to say that it may not be"),
];
/// The only files of `cli` that may know of the window.
const DOORS_TO_DESKTOP: [&str; 2] = ["cli/commands/window.rs", "cli/error.rs"];

#[test]
fn the_table_lists_every_room_and_no_other() {
    let declared: BTreeSet<String> = modules_of_the_library();
    let listed: BTreeSet<String> = table().into_keys().collect();
    assert_eq!(listed, declared, "left: ARCHITECTURE.md, \"Who may import whom\"; right: src/lib.rs");
}

#[test]
fn no_room_imports_what_the_table_forbids() {
    let table = table();
    let mut forbidden = String::new();
    for file in sources() {
        let Some(allowed) = table.get(&file.room) else { continue };
        for (line, to) in imports(&file.tokens, file.depth) {
            if to != file.room && !allowed.contains(&to) {
                let _ = writeln!(forbidden, "src/{}:{line}: `{}` may not use `{to}`", file.path, file.room);
            }
        }
    }
    assert!(forbidden.is_empty(), "ARCHITECTURE.md, \"Who may import whom\":\n{forbidden}");
}

#[test]
fn the_command_line_only_opens_the_window() {
    for file in sources().iter().filter(|file| file.room == "cli") {
        let knows = imports(&file.tokens, file.depth).iter().any(|(_, to)| to == "desktop");
        assert!(!knows || DOORS_TO_DESKTOP.contains(&file.path.as_str()), "src/{} reaches into the window", file.path);
    }
}

#[test]
fn only_the_outer_rooms_print() {
    expect_none(
        |file| !PRINTING.contains(&file.room.as_str()),
        |tokens| {
            macro_calls(tokens, &["print", "println", "eprint", "eprintln", "dbg"])
                .chain(words(tokens, &["stdout", "stderr"]))
                .collect()
        },
    );
}

#[test]
fn the_pure_rooms_know_no_clock_file_environment_or_chance() {
    expect_none(
        |file| PURE.contains(&file.room.as_str()),
        |tokens| {
            words(tokens, &["Instant", "SystemTime", "Timestamp", "thread_local", "OsRng", "ThreadRng"])
                .chain(children_of(tokens, "std", &["time", "fs", "env", "net", "process"]))
                .chain(children_of(tokens, "rand", &["rng", "random", "rngs"]))
                .collect()
        },
    );
}

#[test]
fn there_is_no_float_below_the_outer_rooms() {
    expect_none(
        |file| {
            !PRINTING.contains(&file.room.as_str()) && FLOATS_NAMED.iter().all(|(excepted, _)| file.path != *excepted)
        },
        |tokens| words(tokens, &["f32", "f64"]).chain(float_literals(tokens)).collect(),
    );
}

#[test]
fn nothing_depends_on_the_order_of_a_hash_map_where_runs_are_played() {
    expect_none(
        |file| ORDERED.contains(&file.room.as_str()),
        |tokens| words(tokens, &["HashMap", "HashSet", "RandomState"]).collect(),
    );
}

// ---- The table.

/// What each room may use, by ARCHITECTURE.md.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let text = read(&Path::new(ROOT).join("ARCHITECTURE.md"));
    let section = text.split("## Who may import whom").nth(1).expect("the section is there");
    let section = section.split("\n## ").next().unwrap_or(section);
    let rows: Vec<(String, &str)> = section
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |")?.split_once("` | "))
        .map(|(room, may)| (room.to_owned(), may))
        .collect();
    let rooms: BTreeSet<String> = rows.iter().map(|(room, _)| room.clone()).collect();
    let mut table: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    // Each row stands below those it builds on, so that "and below" is known when it is read.
    for (room, may) in &rows {
        let allowed = read_row(may, &rooms, &table);
        assert!(table.insert(room.clone(), allowed).is_none(), "`{room}` stands in the table twice");
    }
    table
}

/// "nothing" · "everything", with "but" some · names in backticks, each with "and below" where that is meant.
fn read_row(may: &str, rooms: &BTreeSet<String>, above: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let named = |text: &str| -> Vec<(String, bool)> {
        let mut pieces = text.split('`').peekable();
        let mut names = Vec::new();
        pieces.next();
        while let (Some(name), rest) = (pieces.next(), pieces.next().unwrap_or("")) {
            assert!(rooms.contains(name), "`{name}` in the row {may:?} is no room");
            names.push((name.to_owned(), rest.starts_with(" and below")));
        }
        names
    };
    if may == "nothing" {
        return BTreeSet::new();
    }
    if let Some(rest) = may.strip_prefix("everything") {
        let excepted = rest.strip_prefix(" but").map(named).unwrap_or_default();
        return rooms.iter().filter(|room| excepted.iter().all(|(name, _)| name != *room)).cloned().collect();
    }
    let mut allowed = BTreeSet::new();
    for (name, and_below) in named(may) {
        if and_below {
            let below = above.get(&name).unwrap_or_else(|| panic!("`{name}` must stand before the row {may:?}"));
            allowed.extend(below.iter().cloned());
        }
        allowed.insert(name);
    }
    assert!(!allowed.is_empty(), "the row {may:?} says nothing");
    allowed
}

// ---- The source.

struct Source {
    /// Below `src`, with `/`.
    path: String,
    /// The first part of it: a room, or `lib` or `main`.
    room: String,
    /// How many modules deep the file is; a room is 1.
    depth: usize,
    tokens: Vec<Token>,
}

fn sources() -> Vec<Source> {
    let src = Path::new(ROOT).join("src");
    let mut paths = Vec::new();
    collect(&src, &mut paths);
    assert!(paths.len() > 50, "the source is there");
    paths
        .iter()
        .map(|path| {
            let parts: Vec<_> =
                path.strip_prefix(&src).unwrap().iter().map(|part| part.to_str().unwrap().to_owned()).collect();
            let mut modules: Vec<&str> = parts.iter().map(|part| part.strip_suffix(".rs").unwrap_or(part)).collect();
            if modules.last() == Some(&"mod") {
                modules.pop();
            }
            let tokens = tokens(&read(path));
            Source { path: parts.join("/"), room: modules[0].to_owned(), depth: modules.len(), tokens }
        })
        .collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !is_for_tests(&path) {
            paths.push(path);
        }
    }
    paths.sort();
}

/// A room's tests may play whole runs, and so reach above their room.
fn is_for_tests(path: &Path) -> bool {
    let named = |name: &str| path.iter().any(|part| part == name);
    named("tests") || named("tests.rs") || named("testing.rs")
}

fn modules_of_the_library() -> BTreeSet<String> {
    let text = read(&Path::new(ROOT).join("src/lib.rs"));
    text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).map(str::to_owned).collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[track_caller]
fn expect_none(which: impl Fn(&Source) -> bool, look: impl Fn(&[Token]) -> Vec<(usize, String)>) {
    let mut found = String::new();
    let mut looked = 0;
    for file in sources().iter().filter(|file| which(file)) {
        looked += 1;
        for (line, what) in look(&file.tokens) {
            let _ = writeln!(found, "src/{}:{line}: {what}", file.path);
        }
    }
    assert!(looked > 0, "there is nothing to look at");
    assert!(found.is_empty(), "ARCHITECTURE.md, \"What is never so\":\n{found}");
}

// ---- What is looked for.

/// Every room that a path leads to, by `crate::` or by enough `super::`, with its line.
fn imports(tokens: &[Token], depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    // One entry for each open brace: whether it is a module's.
    let mut braces = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let climbs = || tokens[at..].chunks(2).take_while(|pair| is_path(pair, "super")).count();
        match tokens[at].text.as_str() {
            "{" => braces.push(at >= 2 && tokens[at - 2].text == "mod"),
            "}" => {
                braces.pop();
            }
            "crate" if is_path(&tokens[at..], "crate") => found.extend(heads(&tokens[at + 2..])),
            "super" => {
                let (climbed, here) = (climbs(), depth + braces.iter().filter(|module| **module).count());
                if climbed >= here {
                    found.extend(heads(&tokens[at + 2 * climbed..]));
                }
                at += 2 * climbed.max(1);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn is_path(tokens: &[Token], root: &str) -> bool {
    matches!(tokens, [first, second, ..] if first.text == root && second.text == "::")
}

/// The first names of a path, or of each path of a group in braces.
fn heads(tokens: &[Token]) -> Vec<(usize, String)> {
    let Some(first) = tokens.first() else { return Vec::new() };
    if first.text != "{" {
        return vec![(first.line, first.text.clone())];
    }
    let mut found = Vec::new();
    let mut open = 0;
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "{" => open += 1,
            "}" => open -= 1,
            "," => {}
            name if open == 1 && matches!(tokens[at - 1].text.as_str(), "{" | ",") => {
                found.push((token.line, name.to_owned()));
            }
            _ => {}
        }
        if open == 0 {
            break;
        }
    }
    found
}

fn words<'a>(tokens: &'a [Token], names: &'a [&str]) -> impl Iterator<Item = (usize, String)> + 'a {
    tokens.iter().filter(|token| names.contains(&token.text.as_str())).map(|token| (token.line, token.text.clone()))
}

fn macro_calls<'a>(tokens: &'a [Token], names: &'a [&str]) -> impl Iterator<Item = (usize, String)> + 'a {
    let calls = tokens.windows(2).filter(|pair| pair[1].text == "!" && names.contains(&pair[0].text.as_str()));
    calls.map(|pair| (pair[0].line, format!("{}!", pair[0].text)))
}

/// `root::name`, alone or in a group.
fn children_of<'a>(
    tokens: &'a [Token],
    root: &'a str,
    names: &'a [&str],
) -> impl Iterator<Item = (usize, String)> + 'a {
    (0..tokens.len())
        .filter(move |at| is_path(&tokens[*at..], root) && (*at == 0 || tokens[at - 1].text != "::"))
        .flat_map(|at| heads(&tokens[at + 2..]))
        .filter(|(_, name)| names.contains(&name.as_str()))
        .map(move |(line, name)| (line, format!("{root}::{name}")))
}

fn float_literals(tokens: &[Token]) -> impl Iterator<Item = (usize, String)> + '_ {
    let floats = tokens
        .iter()
        .filter(|token| token.text.starts_with(|first: char| first.is_ascii_digit()) && token.text.contains('.'));
    floats.map(|token| (token.line, token.text.clone()))
}

// ---- Reading Rust, as far as it is needed: names, numbers, punctuation; no comments, no strings.

#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    line: usize,
    text: String,
}

fn tokens(source: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = source;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some(length) = string(rest) {
            length
        } else if first == '\'' {
            quote(rest)
        } else if first.is_alphanumeric() || first == '_' {
            let after_dot = tokens.last().is_some_and(|token| token.text == ".");
            let length = word(rest, after_dot);
            tokens.push(Token { line, text: rest[..length].to_owned() });
            length
        } else if rest.starts_with("::") {
            tokens.push(Token { line, text: "::".to_owned() });
            2
        } else {
            if !first.is_whitespace() {
                tokens.push(Token { line, text: first.to_string() });
            }
            first.len_utf8()
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

fn block_comment(text: &str) -> usize {
    let (mut open, mut at) = (0, 0);
    while at < text.len() {
        if text[at..].starts_with("/*") {
            open += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            open -= 1;
            at += 2;
            if open == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The length of the string that the text begins with: plain, byte, C or raw.
fn string(text: &str) -> Option<usize> {
    let prefix = ["br", "cr", "r", "b", "c", ""].into_iter().find(|prefix| {
        text.strip_prefix(prefix).is_some_and(|rest| {
            let rest = if prefix.contains('r') { rest.trim_start_matches('#') } else { rest };
            rest.starts_with('"')
        })
    })?;
    if prefix.contains('r') {
        let hashes = text[prefix.len()..].bytes().take_while(|byte| *byte == b'#').count();
        let body = prefix.len() + hashes + 1;
        let end = format!("\"{}", "#".repeat(hashes));
        return Some(text[body..].find(&end).map_or(text.len(), |at| body + at + end.len()));
    }
    let mut escaped = false;
    let body = prefix.len() + 1;
    for (at, letter) in text[body..].char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(body + at + 1),
            _ => {}
        }
    }
    Some(text.len())
}

/// A character, or the tick of a lifetime.
fn quote(text: &str) -> usize {
    let mut letters = text.char_indices().skip(1);
    match letters.next() {
        Some((_, '\\')) => text[3..].find('\'').map_or(text.len(), |at| at + 4),
        Some(_) => match letters.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => 1,
    }
}

/// A name, or a number with its fraction; after a dot a number is the place in a tuple and has none.
fn word(text: &str, after_dot: bool) -> usize {
    let run = |text: &str| text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len());
    let length = run(text);
    let fraction = text[length..].strip_prefix('.').filter(|rest| rest.starts_with(|next: char| next.is_ascii_digit()));
    match fraction {
        Some(fraction) if text.starts_with(|first: char| first.is_ascii_digit()) && !after_dot => {
            length + 1 + run(fraction)
        }
        _ => length,
    }
}

mod reading {
    //! The reader itself is held: a test that sees nothing would hold anything.

    use super::{children_of, float_literals, imports, macro_calls, read_row, tokens};
    use std::collections::{BTreeMap, BTreeSet};

    #[track_caller]
    fn check(depth: usize, source: &str, expected: &[(usize, &str)]) {
        let found = imports(&tokens(source), depth);
        let found: Vec<_> = found.iter().map(|(line, name)| (*line, name.as_str())).collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn every_way_to_name_a_room_is_seen() {
        check(1, "use crate::cli::Outcome;", &[(1, "cli")]);
        check(1, "use crate::{cli, scenario::{id, model}, dialogue};", &[(1, "cli"), (1, "scenario"), (1, "dialogue")]);
        check(1, "fn f() {\n    crate::desktop::run();\n}", &[(2, "desktop")]);
        check(1, "pub(in crate::cli) fn f(x: &crate::library::Entry) {}", &[(1, "cli"), (1, "library")]);
        check(1, "use super::cli;", &[(1, "cli")]);
        check(2, "use super::super::{cli, board};", &[(1, "cli"), (1, "board")]);
        check(2, "use super::model;", &[]);
        check(1, "mod tests { use super::*; use super::super::cli; }", &[(1, "cli")]);
        check(1, "fn f() { use super::cli; }", &[(1, "cli")]);
        check(1, "#[cfg(test)]\nmod tests {\n    use crate::cli;\n}", &[(3, "cli")]);
    }

    #[test]
    fn comments_and_strings_are_not_code() {
        check(1, "// crate::cli\n/* crate::cli /* */ crate::cli */ //! [`crate::cli`]", &[]);
        check(1, r##"let a = ("crate::cli \" crate::cli", r#"crate::"cli"#, b"crate::cli", '"', '\'', 'a');"##, &[]);
        check(1, "fn f<'a>(x: &'a str) -> crate::cli::X<'a> {}", &[(1, "cli")]);
    }

    #[test]
    fn printing_floats_and_the_standard_library_are_seen() {
        let source = "use std::{fmt, time::Instant};\nprintln!(\"{}\", 1.5 + x.0.1 + (0..4).len());\nstd::fs::read(p);";
        let tokens = tokens(source);
        let std: Vec<_> = children_of(&tokens, "std", &["time", "fs", "env"]).collect();
        assert_eq!(std, [(1, "std::time".to_owned()), (3, "std::fs".to_owned())]);
        assert_eq!(macro_calls(&tokens, &["println"]).collect::<Vec<_>>(), [(2, "println!".to_owned())]);
        assert_eq!(float_literals(&tokens).collect::<Vec<_>>(), [(2, "1.5".to_owned())]);
    }

    #[test]
    fn a_row_is_read_as_it_is_meant() {
        let rooms: BTreeSet<String> = ["a", "b", "c", "d"].map(str::to_owned).into();
        let above = BTreeMap::from([("b".to_owned(), BTreeSet::from(["a".to_owned()]))]);
        let check = |row: &str, expected: &[&str]| {
            let read = read_row(row, &rooms, &above);
            assert_eq!(read.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{row}");
        };
        check("nothing", &[]);
        check("`a`, `c`", &["a", "c"]);
        check("`b` and below, `d`", &["a", "b", "d"]);
        check("everything but `d`", &["a", "b", "c"]);
        check("everything; of `d` only how to open it", &["a", "b", "c", "d"]);
    }
}
