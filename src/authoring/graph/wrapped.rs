//! Text in a picture, in lines: how wide it will run, as far as that can be said without the letters at hand.

/// A text in at most so many lines of at most `width` pixels, with dots where something is left out.
pub(super) fn wrapped(text: &str, width: i32, size: i32, most: usize) -> Vec<String> {
    let fits = |line: &str| run(line) * size <= width * 100;
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fits(&longer) {
            line = longer;
        } else if lines.len() + 1 == most {
            lines.push(shortened(&longer, &fits));
            return lines;
        } else {
            if !line.is_empty() {
                lines.push(line);
            }
            line = if fits(word) { word.to_owned() } else { shortened(word, &fits) };
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// As much of a text as fits with dots behind it.
fn shortened(text: &str, fits: &impl Fn(&str) -> bool) -> String {
    let mut end = text.len();
    loop {
        let line = format!("{}…", text[..end].trim_end_matches([' ', ',', '.', ';', ':', '…']));
        if end == 0 || fits(&line) {
            return line;
        }
        end = text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
    }
}

/// How wide a text runs, in hundredths of the size of its letters: a little more than in most sans-serif fonts.
fn run(text: &str) -> i32 {
    text.chars()
        .map(|letter| match letter {
            'i' | 'j' | 'l' | '.' | ',' | '\'' | '’' | '‘' | ':' | ';' | '|' | '!' | 'I' => 31,
            ' ' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '“' | '”' => 40,
            'm' | 'M' | 'W' | 'w' | '@' | '%' | '—' | '…' => 98,
            letter if letter.is_ascii_lowercase() || letter.is_ascii_digit() => 60,
            letter if letter.is_uppercase() || letter.is_ascii() => 72,
            // Letters of other scripts may be as wide as they are high.
            letter if letter < '\u{2E80}' => 66,
            _ => 105,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn a_text_is_wrapped_and_what_is_left_out_is_marked() {
        let check = |text: &str, most: usize, expected: &[&str]| {
            assert_eq!(wrapped(text, 100, 10, most), expected, "{text}");
        };
        check("", 2, &[]);
        check("short", 2, &["short"]);
        check("one line and another line", 2, &["one line and", "another line"]);
        check("one line and another line and a third", 2, &["one line and", "another line and…"]);
        check("one line and another", 1, &["one line and anot…"]);
        check("a-word-that-is-too-long-for-any-line", 1, &["a-word-that-is-to…"]);
        check("it is a-word-that-is-too-long-for-any-line", 2, &["it is", "a-word-that-is-to…"]);
    }
}
