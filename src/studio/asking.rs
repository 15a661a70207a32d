//! Questions about the text that take their time, answered on a thread of their own: what fits here, where a name is
//! given, which names there are, how the text would be laid out.
//!
//! Only the newest question of a kind is answered. An answer says of which version of the text it is; whoever asked
//! leaves it where the text has gone on.

use std::mem::{Discriminant, discriminant};
use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::document::Change;
use crate::authoring::assist::{Assist, Completion, Symbol};
use crate::authoring::fmt::format_text;
use crate::diagnostic::Span;
use crate::scenario::name::Kind;

/// What is asked. Places are bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// What fits here.
    Completions(usize),
    /// Where the name here is given.
    Definition(usize),
    /// Every part of the scenario that has a name.
    Parts,
    /// How the text would be laid out.
    Layout,
}

/// An answer, and the version of the text that it is about.
#[derive(Debug, Clone)]
pub struct Answered {
    /// Counts the answers.
    pub serial: u64,
    pub version: u64,
    pub said: Said,
}

#[derive(Debug, Clone)]
pub enum Said {
    Completions(Vec<Completion>),
    /// None where the name is given nowhere.
    Definition(Option<Range<usize>>),
    Parts(Vec<Part>),
    Layout(Layout),
}

/// A part of the scenario that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub kind: Kind,
    pub name: String,
    /// What it is in: an encounter.
    pub within: Option<String>,
    /// Where its name stands, in bytes.
    pub at: Range<usize>,
}

/// What came of laying out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    Change(Change),
    /// It is laid out already.
    Same,
    /// Mistakes of writing stand in the way: where the first of them is.
    Broken(Option<Range<usize>>),
}

#[derive(Debug)]
struct Question {
    version: u64,
    text: Arc<str>,
    wish: Wish,
}

/// The thread that answers. It ends when this is dropped.
#[derive(Debug)]
pub struct Asking {
    questions: Sender<Question>,
    /// Only one asks, through `&mut`; the lock makes it a thing that threads may share.
    answers: Mutex<Receiver<Answered>>,
    /// The kinds of questions that are not answered yet, with the version they were asked of.
    open: Vec<(Discriminant<Wish>, u64)>,
    /// The newest answer of each kind.
    newest: Vec<Arc<Answered>>,
}

impl Asking {
    pub fn begin() -> Self {
        let (questions, to_answer) = channel::<Question>();
        let (answer, answers) = channel();
        std::thread::spawn(move || {
            let mut serial = 0;
            let mut known: Option<(u64, Assist)> = None;
            while let Ok(first) = to_answer.recv() {
                let mut waiting = vec![first];
                for next in to_answer.try_iter() {
                    waiting.retain(|question| discriminant(&question.wish) != discriminant(&next.wish));
                    waiting.push(next);
                }
                for question in waiting {
                    let assist = match known.take().filter(|(version, _)| *version == question.version) {
                        Some((_, assist)) => assist,
                        None => Assist::of(&question.text),
                    };
                    serial += 1;
                    let said = said(&assist, question.wish);
                    known = Some((question.version, assist));
                    if answer.send(Answered { serial, version: question.version, said }).is_err() {
                        return;
                    }
                }
            }
        });
        Self { questions, answers: Mutex::new(answers), open: Vec::new(), newest: Vec::new() }
    }

    /// Asks something of a version of the text.
    pub fn ask(&mut self, version: u64, text: Arc<str>, wish: Wish) {
        self.open.retain(|(kind, _)| *kind != discriminant(&wish));
        // Where the thread is gone there is no answer; the text can still be written and saved.
        if self.questions.send(Question { version, text, wish }).is_ok() {
            self.open.push((discriminant(&wish), version));
        }
    }

    /// Whether an answer is still to come.
    pub fn is_busy(&self) -> bool {
        !self.open.is_empty()
    }

    /// The newest answer of each kind.
    pub fn answers(&self) -> &[Arc<Answered>] {
        &self.newest
    }

    /// Takes in what was answered since, and says whether anything was.
    pub fn look_around(&mut self) -> bool {
        let answers: Vec<_> = self.answers.get_mut().unwrap_or_else(PoisonError::into_inner).try_iter().collect();
        let any = !answers.is_empty();
        for answer in answers {
            let kind = discriminant(&answer.said.wish());
            self.open.retain(|open| *open != (kind, answer.version));
            self.newest.retain(|known| discriminant(&known.said) != discriminant(&answer.said));
            self.newest.push(Arc::new(answer));
        }
        any
    }
}

impl Said {
    /// A question of the kind that it answers.
    const fn wish(&self) -> Wish {
        match self {
            Self::Completions(_) => Wish::Completions(0),
            Self::Definition(_) => Wish::Definition(0),
            Self::Parts(_) => Wish::Parts,
            Self::Layout(_) => Wish::Layout,
        }
    }
}

fn said(assist: &Assist, wish: Wish) -> Said {
    match wish {
        Wish::Completions(at) => Said::Completions(assist.complete(at)),
        Wish::Definition(at) => Said::Definition(assist.definitions(at).first().copied().map(Span::range)),
        Wish::Parts => {
            let mut parts = Vec::new();
            list(&assist.symbols(), None, &mut parts);
            Said::Parts(parts)
        }
        Wish::Layout => Said::Layout(layout(assist.text())),
    }
}

fn list(symbols: &[Symbol], within: Option<&str>, parts: &mut Vec<Part>) {
    for symbol in symbols {
        if !symbol.name.is_empty() {
            parts.push(Part {
                kind: symbol.kind,
                name: symbol.name.clone(),
                within: within.map(str::to_owned),
                at: symbol.at.range(),
            });
        }
        list(&symbol.children, Some(&symbol.name), parts);
    }
}

fn layout(text: &str) -> Layout {
    match format_text(text) {
        Ok(laid_out) => Change::between(text, &laid_out).map_or(Layout::Same, Layout::Change),
        Err(findings) => Layout::Broken(findings.first().and_then(|finding| finding.span).map(Span::range)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Scenario(encounters: [Encounter(id: \"call\", start: \"one\", nodes: {\n\
                        \"one\": Node(replies: [Reply(id: \"yes\", to: \"two\")]), \"two\": Node(), })])";

    fn answered(wish: Wish) -> Said {
        let mut asking = Asking::begin();
        asking.ask(3, TEXT.into(), wish);
        assert!(asking.is_busy());
        while asking.is_busy() {
            std::thread::sleep(std::time::Duration::from_millis(1));
            asking.look_around();
        }
        let [answer] = asking.answers() else { panic!("one was asked") };
        assert_eq!(answer.version, 3);
        answer.said.clone()
    }

    #[test]
    fn names_are_completed_found_and_listed() {
        let at = TEXT.find("to: \"two").unwrap() + 5;
        let Said::Completions(items) = answered(Wish::Completions(at)) else { panic!() };
        assert_eq!(items.iter().map(|item| &*item.label).collect::<Vec<_>>(), ["one", "two"]);
        let Said::Definition(Some(place)) = answered(Wish::Definition(at)) else { panic!() };
        assert_eq!(&TEXT[place.start..place.end + 7], "two\": Node");
        let Said::Parts(parts) = answered(Wish::Parts) else { panic!() };
        let names: Vec<_> = parts.iter().map(|part| (&*part.name, part.within.as_deref())).collect();
        assert_eq!(names, [("call", None), ("one", Some("call")), ("yes", Some("one")), ("two", Some("call"))]);
    }

    #[test]
    fn a_text_is_laid_out_or_its_mistake_is_told() {
        let Said::Layout(Layout::Change(change)) = answered(Wish::Layout) else { panic!() };
        let mut text = TEXT.to_owned();
        text.replace_range(change.range, &change.inserted);
        assert_eq!(layout(&text), Layout::Same);
        assert_eq!(layout("(a: 1"), Layout::Broken(Some(0..1)));
    }

    #[test]
    fn of_many_questions_the_newest_is_answered() {
        let mut asking = Asking::begin();
        for version in 0..50 {
            asking.ask(version, TEXT.into(), Wish::Parts);
        }
        asking.ask(50, TEXT.into(), Wish::Definition(0));
        while asking.is_busy() {
            std::thread::sleep(std::time::Duration::from_millis(1));
            asking.look_around();
        }
        let versions: Vec<_> = asking.answers().iter().map(|answer| answer.version).collect();
        assert_eq!(versions.len(), 2);
        assert!(versions.contains(&49) && versions.contains(&50), "{versions:?}");
    }
}
