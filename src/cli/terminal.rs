//! The one place that writes to the terminal and reads from it.

use std::io::{self, BufRead, IsTerminal, Write};
use std::sync::mpsc::{self, Receiver};

use serde::Serialize;

use crate::cli::error::Error;
use crate::cli::interrupt;
use crate::cli::page::Line;

/// No text runs wider than this, however wide the terminal is: longer lines are hard to read.
const WIDEST: usize = 88;
/// Below this many columns lines run over the edge rather than break at every word.
const NARROWEST: usize = 32;
/// Columns that are kept free behind a prompt, so that what is typed stands beside it.
const ROOM_TO_TYPE: usize = 6;

/// What came from the keyboard, or from a pipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed {
    Line(String),
    /// There is no more input: Ctrl-D, Ctrl-C, or the end of a pipe.
    End,
}

/// Where typed lines come from.
pub(super) trait Keys {
    /// The next line. After an end there are no more.
    fn line(&mut self) -> Typed;
}

/// How wide text may run.
#[derive(Debug, Clone, Copy)]
enum Width {
    /// As the terminal has it at the moment: a window can be resized in the middle of a call.
    OfTheScreen,
    #[cfg(test)]
    Columns(usize),
}

impl Width {
    fn columns(self) -> usize {
        match self {
            Self::OfTheScreen => textwrap::termwidth().clamp(NARROWEST, WIDEST),
            #[cfg(test)]
            Self::Columns(columns) => columns,
        }
    }
}

/// A terminal, or what stands in for one.
pub(super) struct Terminal<'a> {
    keys: Box<dyn Keys + 'a>,
    out: Box<dyn Write + 'a>,
    width: Width,
    colour: bool,
    /// A person looks on and escape codes work: then a prompt can be taken away again. Not for pipes, nor for those who
    /// asked for plain text.
    live: bool,
    /// Nobody sees what is typed, because it comes from a pipe: so it is written after the prompt.
    echo: bool,
}

impl Terminal<'static> {
    /// Standard input and output. Colour only where someone can see it and has not asked for none (`NO_COLOR`).
    pub(super) fn standard() -> Self {
        let colour = anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
        Self {
            keys: Box::new(StandardInput { typed: None, ended: false }),
            out: Box::new(anstream::AutoStream::auto(io::stdout())),
            colour,
            live: colour && io::stdin().is_terminal() && io::stdout().is_terminal(),
            width: Width::OfTheScreen,
            echo: !io::stdin().is_terminal(),
        }
    }
}

#[cfg(test)]
impl<'a> Terminal<'a> {
    /// Reads scripted lines and writes plain text, 80 columns wide.
    pub(super) fn scripted(keys: impl Keys + 'a, out: &'a mut Vec<u8>) -> Self {
        Self {
            keys: Box::new(keys),
            out: Box::new(anstream::AutoStream::never(out)),
            width: Width::Columns(80),
            colour: false,
            live: false,
            echo: true,
        }
    }
}

impl Terminal<'_> {
    pub(super) fn show(&mut self, line: &Line) -> io::Result<()> {
        writeln!(self.out, "{}", line.wrapped(self.width.columns()))
    }

    pub(super) fn show_all(&mut self, lines: &[Line]) -> io::Result<()> {
        lines.iter().try_for_each(|line| self.show(line))
    }

    /// Whether a person types, and not a pipe.
    pub(super) const fn hears_a_person(&self) -> bool {
        !self.echo
    }

    /// Whether somebody sees what is asked, and can answer.
    pub(super) fn is_a_conversation(&self) -> bool {
        self.hears_a_person() && io::stdout().is_terminal()
    }

    /// Whether colours are wanted and can be seen.
    pub(super) const fn has_colour(&self) -> bool {
        self.colour
    }

    /// Writes text as it is: rendered findings, JSON.
    pub(super) fn write(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    /// Writes one JSON document, with the version of its schema in front of its fields.
    pub(super) fn write_document(&mut self, schema: u32, document: &impl Serialize) -> Result<(), Error> {
        #[derive(Serialize)]
        struct Versioned<'a, T> {
            schema: u32,
            #[serde(flatten)]
            document: &'a T,
        }
        self.write_json(&Versioned { schema, document })
    }

    /// Writes one JSON document.
    pub(super) fn write_json(&mut self, document: &impl Serialize) -> Result<(), Error> {
        let text = serde_json::to_string_pretty(document)?;
        self.write(&text)?;
        Ok(self.write("\n")?)
    }

    /// Shows a prompt and reads a line, without the blanks around it.
    pub(super) fn ask(&mut self, prompt: &Line) -> io::Result<Typed> {
        self.ask_in(&self.prompt(prompt))
    }

    /// As [`Terminal::ask`], but prompt and line make room for what follows, so that speech stays in one piece.
    pub(super) fn ask_in_passing(&mut self, prompt: &Line) -> io::Result<Typed> {
        let shown = self.prompt(prompt);
        let typed = self.ask_in(&shown)?;
        if let (true, Typed::Line(line)) = (self.live, &typed) {
            // Lines that have become longer than the screen are broken by it.
            let columns = textwrap::termwidth().max(1);
            let rows: usize = format!("{shown} {line}")
                .lines()
                .map(|line| textwrap::core::display_width(line).div_ceil(columns).max(1))
                .sum();
            write!(self.out, "\x1b[{rows}A\x1b[J")?;
        }
        Ok(typed)
    }

    /// As [`Terminal::ask`], for what nobody may see: what is typed is not shown, and what comes from a pipe not written.
    ///
    /// Ctrl-C ends the program here.
    pub(super) fn ask_unseen(&mut self, prompt: &Line) -> io::Result<Typed> {
        let keyboard = console::Term::stdout();
        if self.hears_a_person() && keyboard.is_term() {
            write!(self.out, "{} ", self.prompt(prompt))?;
            self.out.flush()?;
            return Ok(Typed::Line(keyboard.read_secure_line()?.trim().to_owned()));
        }
        let echo = std::mem::replace(&mut self.echo, false);
        let typed = self.ask(prompt);
        self.echo = echo;
        if echo {
            writeln!(self.out)?;
        }
        typed
    }

    fn prompt(&self, prompt: &Line) -> String {
        let columns = self.width.columns();
        let shown = prompt.wrapped(columns);
        let last = shown.lines().last().map_or(0, textwrap::core::display_width);
        if last + ROOM_TO_TYPE < columns { shown } else { prompt.wrapped(columns - ROOM_TO_TYPE) }
    }

    /// Writes a prompt, leaves the cursor behind it, and reads a line.
    fn ask_in(&mut self, prompt: &str) -> io::Result<Typed> {
        write!(self.out, "{prompt} ")?;
        self.out.flush()?;
        let typed = match self.keys.line() {
            Typed::Line(line) => Typed::Line(line.trim().to_owned()),
            Typed::End => Typed::End,
        };
        match &typed {
            Typed::Line(line) if self.echo => writeln!(self.out, "{line}")?,
            Typed::End => writeln!(self.out)?,
            Typed::Line(_) => {}
        }
        Ok(typed)
    }
}

/// Lines of standard input. A thread reads them, so that Ctrl-C can end the waiting for one.
struct StandardInput {
    /// Begun with the first question, so that a command which asks nothing reads nothing.
    typed: Option<Receiver<Typed>>,
    ended: bool,
}

impl Keys for StandardInput {
    fn line(&mut self) -> Typed {
        if self.ended {
            return Typed::End;
        }
        let typed = self.typed.get_or_insert_with(read_lines).recv().unwrap_or(Typed::End);
        self.ended = typed == Typed::End;
        typed
    }
}

fn read_lines() -> Receiver<Typed> {
    let (sender, receiver) = mpsc::channel();
    let on_interrupt = sender.clone();
    // It ends the call like Ctrl-D: what was played is saved.
    interrupt::on_first(move || {
        let _ = on_interrupt.send(Typed::End);
    });
    std::thread::spawn(move || {
        let mut stdin = io::stdin().lock();
        let mut bytes = Vec::new();
        // A line that is not UTF-8 is read as well as can be: it is at worst a command that nobody knows.
        while matches!(stdin.read_until(b'\n', &mut bytes), Ok(read) if read > 0) {
            if sender.send(Typed::Line(String::from_utf8_lossy(&bytes).into_owned())).is_err() {
                return;
            }
            bytes.clear();
        }
        let _ = sender.send(Typed::End);
    });
    receiver
}
