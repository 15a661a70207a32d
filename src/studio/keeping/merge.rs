//! Two people have changed one text: what each did, put together.

use diffy::{ConflictStyle, MergeOptions};
use similar::{ChangeTag, TextDiff};

/// Both changes put together, piece by piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// Nobody changed it, one of the two did, or both did the same.
    Settled(String),
    Conflict(Conflict),
}

/// A place that both changed, each in another way. Whole lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The line that stands before this place, to find it by; empty at the beginning.
    pub behind: String,
    pub before: String,
    pub mine: String,
    pub theirs: String,
}

/// What stands at a place that both changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Mine,
    Theirs,
    /// Mine, then theirs.
    Both,
}

/// A line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffLine {
    pub kind: LineKind,
    /// Without its end.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    Same,
    Added,
    Removed,
    /// Lines that are the same were left out here.
    Gap,
}

impl Merge {
    /// Puts together what two texts made of one.
    pub fn of(before: &str, mine: &str, theirs: &str) -> Self {
        // Marks longer than anything like them in the texts stand for nothing else.
        let longest = [before, mine, theirs].into_iter().flat_map(str::lines).map(longest_mark).max().unwrap_or(0);
        let mut options = MergeOptions::new();
        options.set_conflict_style(ConflictStyle::Diff3).set_conflict_marker_length(longest + 1);
        let [before, mine, theirs] = [before, mine, theirs].map(Ended::of);
        let end = Ended::merge(&before, &mine, &theirs);
        let mut pieces = match options.merge(&before.text, &mine.text, &theirs.text) {
            Ok(text) => vec![Piece::Settled(text)],
            Err(marked) => read(&marked, longest + 1),
        };
        if !end {
            take_last_newline(&mut pieces, mine.ended, theirs.ended);
        }
        Self { pieces }
    }

    /// The places that both changed, in the order of the text.
    pub fn conflicts(&self) -> impl Iterator<Item = &Conflict> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Conflict(conflict) => Some(conflict),
            Piece::Settled(_) => None,
        })
    }

    /// Whether no place was changed by both in different ways.
    pub fn is_clean(&self) -> bool {
        self.conflicts().next().is_none()
    }

    /// The whole text, with one choice for each conflict; none where there are fewer or more.
    pub fn text(&self, choices: &[Choice]) -> Option<String> {
        let mut choices = choices.iter();
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Settled(settled) => text.push_str(settled),
                Piece::Conflict(conflict) => match choices.next()? {
                    Choice::Mine => text.push_str(&conflict.mine),
                    Choice::Theirs => text.push_str(&conflict.theirs),
                    Choice::Both => {
                        text.push_str(&conflict.mine);
                        if !conflict.mine.is_empty() && !conflict.mine.ends_with('\n') {
                            text.push('\n');
                        }
                        text.push_str(&conflict.theirs);
                    }
                },
            }
        }
        choices.next().is_none().then_some(text)
    }
}

/// What changed from one text to another, with `around` unchanged lines before and after each change.
pub fn comparison(old: &str, new: &str, around: usize) -> Vec<DiffLine> {
    let diff = TextDiff::from_lines(old, new);
    let mut lines = Vec::new();
    for (place, group) in diff.grouped_ops(around).iter().enumerate() {
        if place > 0 {
            lines.push(DiffLine { kind: LineKind::Gap, text: String::new() });
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let kind = match change.tag() {
                ChangeTag::Equal => LineKind::Same,
                ChangeTag::Insert => LineKind::Added,
                ChangeTag::Delete => LineKind::Removed,
            };
            lines.push(DiffLine { kind, text: change.value().trim_end_matches('\n').to_owned() });
        }
    }
    lines
}

/// How many lines were changed, added or taken away between two texts.
pub fn lines_that_differ(old: &str, new: &str) -> usize {
    let diff = TextDiff::from_lines(old, new);
    let ops = diff.ops().iter().filter(|op| op.tag() != similar::DiffTag::Equal);
    ops.map(|op| op.old_range().len().max(op.new_range().len())).sum()
}

/// The longest row of one of the signs that mark conflicts.
fn longest_mark(line: &str) -> usize {
    let mut longest = 0;
    let mut length = 0;
    let mut last = None;
    for byte in line.bytes() {
        length = if last == Some(byte) { length + 1 } else { 1 };
        last = Some(byte);
        if b"<|=>".contains(&byte) {
            longest = longest.max(length);
        }
    }
    longest
}

/// A text whose last line is ended, and whether it was: the end of the text is merged by itself.
struct Ended {
    text: String,
    ended: bool,
}

impl Ended {
    fn of(text: &str) -> Self {
        let ended = text.is_empty() || text.ends_with('\n');
        Self { text: if ended { text.to_owned() } else { format!("{text}\n") }, ended }
    }

    /// Whether the last line is to be ended: as whoever changed it wants.
    fn merge(before: &Self, mine: &Self, theirs: &Self) -> bool {
        if mine.ended == before.ended { theirs.ended } else { mine.ended }
    }
}

fn take_last_newline(pieces: &mut [Piece], mine_ended: bool, theirs_ended: bool) {
    let end = |text: &mut String| {
        if text.ends_with('\n') {
            text.pop();
        }
    };
    match pieces.last_mut() {
        Some(Piece::Settled(text)) => end(text),
        Some(Piece::Conflict(conflict)) => {
            if !mine_ended {
                end(&mut conflict.mine);
            }
            if !theirs_ended {
                end(&mut conflict.theirs);
            }
        }
        None => {}
    }
}

/// The pieces of a merged text in which conflicts stand between marks of this length.
fn read(marked: &str, length: usize) -> Vec<Piece> {
    let mark = |sign: char| sign.to_string().repeat(length);
    let [begins, was, divides, ends] = ['<', '|', '=', '>'].map(mark);
    let mut pieces = Vec::new();
    let mut settled = String::new();
    // Which of the three parts of a conflict is being read.
    let mut open: Option<(Conflict, u8)> = None;
    let mut behind = String::new();
    for line in marked.split_inclusive('\n') {
        match &mut open {
            None if line.starts_with(&begins) => {
                if !settled.is_empty() {
                    pieces.push(Piece::Settled(std::mem::take(&mut settled)));
                }
                let [before, mine, theirs] = [const { String::new() }; 3];
                open = Some((Conflict { behind: behind.clone(), before, mine, theirs }, 0));
            }
            None => {
                settled.push_str(line);
                line.trim_end_matches('\n').clone_into(&mut behind);
            }
            Some((_, part)) if line.starts_with(&was) || line.starts_with(&divides) => *part += 1,
            Some(_) if line.starts_with(&ends) => {
                if let Some((conflict, _)) = open.take() {
                    pieces.push(Piece::Conflict(conflict));
                }
            }
            Some((conflict, part)) => match part {
                0 => conflict.mine.push_str(line),
                1 => conflict.before.push_str(line),
                _ => conflict.theirs.push_str(line),
            },
        }
    }
    if !settled.is_empty() {
        pieces.push(Piece::Settled(settled));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_clean(before: &str, mine: &str, theirs: &str, expected: &str) {
        let merge = Merge::of(before, mine, theirs);
        assert!(merge.is_clean(), "{merge:?}");
        assert_eq!(merge.text(&[]).as_deref(), Some(expected));
    }

    #[test]
    fn changes_in_different_places_are_both_taken() {
        check_clean("a\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n", "A\nb\nc\nd\nE\n");
        check_clean("a\nb\nc", "a\nb\nc", "a\nb\nc\n", "a\nb\nc\n");
        check_clean("", "a\n", "a\n", "a\n");
    }

    #[test]
    fn a_place_that_both_changed_asks_for_a_choice() {
        let merge = Merge::of("a\nb\nc\n", "a\nmine\nc\n", "a\ntheirs\nc\n");
        let conflicts: Vec<_> = merge.conflicts().collect();
        let line = |text: &str| text.to_owned();
        let expected =
            Conflict { behind: line("a"), before: line("b\n"), mine: line("mine\n"), theirs: line("theirs\n") };
        assert_eq!(conflicts, [&expected]);
        for (choice, expected) in
            [(Choice::Mine, "a\nmine\nc\n"), (Choice::Theirs, "a\ntheirs\nc\n"), (Choice::Both, "a\nmine\ntheirs\nc\n")]
        {
            assert_eq!(merge.text(&[choice]).as_deref(), Some(expected));
        }
        assert_eq!(merge.text(&[]), None, "a choice is missing");
        assert_eq!(merge.text(&[Choice::Mine; 2]), None, "one choice too many");
    }

    #[test]
    fn marks_that_stand_in_a_text_are_no_conflicts() {
        let marked = "<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs\n";
        check_clean(marked, marked, marked, marked);
        let merge = Merge::of(marked, &marked.replace('x', "1"), &marked.replace('x', "2"));
        assert_eq!(merge.conflicts().count(), 1);
        assert_eq!(merge.text(&[Choice::Mine]).unwrap(), marked.replace('x', "1"));
    }

    #[test]
    fn a_comparison_leaves_out_what_is_far_from_any_change() {
        let old = "a\nb\nc\nd\ne\nf\ng\n";
        let shown: Vec<_> = comparison(old, "A\nb\nc\nd\ne\nf\nG\n", 1)
            .into_iter()
            .map(|line| match line.kind {
                LineKind::Same => format!("  {}", line.text),
                LineKind::Added => format!("+ {}", line.text),
                LineKind::Removed => format!("- {}", line.text),
                LineKind::Gap => "...".to_owned(),
            })
            .collect();
        assert_eq!(shown, ["- a", "+ A", "  b", "...", "  f", "- g", "+ G"]);
        assert_eq!(lines_that_differ(old, old), 0);
        assert_eq!(lines_that_differ(old, "a\nB\nc\nd\ne\nf\n"), 2);
    }

    /// Few different lines, so that they meet; some look like marks.
    const TEXT: &str = "((a|b|cd|<<<<<<< x|=======|\\|\\|\\||>>>>>>> y|)\n){0,7}(a|=)?";

    proptest! {
        #[test]
        fn who_changes_alone_is_followed(before in TEXT, after in TEXT) {
            prop_assert_eq!(Merge::of(&before, &after, &before).text(&[]), Some(after.clone()));
            prop_assert_eq!(Merge::of(&before, &before, &after).text(&[]), Some(after.clone()));
            prop_assert_eq!(Merge::of(&before, &after, &after).text(&[]), Some(after));
        }

        #[test]
        fn no_new_line_is_lost_where_both_are_taken(before in TEXT, mine in TEXT, theirs in TEXT) {
            let merge = Merge::of(&before, &mine, &theirs);
            let all = merge.text(&vec![Choice::Both; merge.conflicts().count()]).unwrap();
            let known: Vec<_> = before.lines().collect();
            for line in mine.lines().chain(theirs.lines()).filter(|line| !line.is_empty() && !known.contains(line)) {
                prop_assert!(all.lines().any(|kept| kept == line), "{:?} is not in {:?}", line, all);
            }
        }
    }
}
