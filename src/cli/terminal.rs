//! The one place that writes to the terminal and reads from it.

use std::io::{self, BufRead, IsTerminal, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::cli::page::Line;

/// No text runs wider than this, however wide the terminal is: longer lines are hard to read.
const WIDEST: usize = 88;
/// Below this many columns lines run over the edge rather than break at every word.
const NARROWEST: usize = 32;

/// What came from the keyboard, or from a pipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed {
    Line(String),
    /// The time waited for has come, and nothing was typed.
    Nothing,
    /// There is no more input: Ctrl-D, or the end of a pipe.
    End,
}

/// Where typed lines come from, and the clock they are typed by.
pub(super) trait Keys {
    /// The next line; with `until`, waits no longer than to that moment of [`Keys::now`].
    fn line(&mut self, until: Option<Duration>) -> Typed;

    /// Time since some fixed moment; it never goes back.
    fn now(&self) -> Duration;
}

/// A terminal, or what stands in for one.
pub(super) struct Terminal<'a> {
    keys: Box<dyn Keys + 'a>,
    out: Box<dyn Write + 'a>,
    width: usize,
    colour: bool,
    /// How many columns there really are, where a person looks on and escape codes work: then a prompt can be taken away
    /// again. None for pipes, and for those who asked for plain text.
    live: Option<usize>,
    /// Nobody sees what is typed, because it comes from a pipe: so it is written after the prompt.
    echo: bool,
}

impl Terminal<'static> {
    /// Standard input and output. Colour only where someone can see it and has not asked for none (`NO_COLOR`).
    pub(super) fn standard() -> Self {
        let colour = anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
        Self {
            keys: Box::new(StandardInput { lines: None, began: began() }),
            out: Box::new(anstream::AutoStream::auto(io::stdout())),
            colour,
            live: (colour && io::stdin().is_terminal() && io::stdout().is_terminal()).then(textwrap::termwidth),
            width: textwrap::termwidth().clamp(NARROWEST, WIDEST),
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
            width: 80,
            colour: false,
            live: None,
            echo: true,
        }
    }
}

impl Terminal<'_> {
    pub(super) fn show(&mut self, line: &Line) -> io::Result<()> {
        writeln!(self.out, "{}", line.wrapped(self.width))
    }

    pub(super) fn show_all(&mut self, lines: &[Line]) -> io::Result<()> {
        lines.iter().try_for_each(|line| self.show(line))
    }

    /// Whether colours are wanted and can be seen.
    pub(super) const fn has_colour(&self) -> bool {
        self.colour
    }

    /// Writes text as it is: rendered findings, JSON.
    pub(super) fn write(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    /// Shows a prompt and reads a line, without the blanks around it.
    pub(super) fn ask(&mut self, prompt: &Line) -> io::Result<Typed> {
        self.prompt(prompt)?;
        self.wait(None)
    }

    /// As [`Terminal::ask`], but prompt and line make room for what follows, so that speech stays in one piece.
    pub(super) fn ask_in_passing(&mut self, prompt: &Line) -> io::Result<Typed> {
        let typed = self.ask(prompt)?;
        if let (Some(columns), Typed::Line(line)) = (self.live, &typed) {
            let shown = prompt.wrapped(self.width);
            let last = shown.lines().last().unwrap_or_default();
            let last = textwrap::core::display_width(last) + 1 + textwrap::core::display_width(line);
            let rows = shown.lines().count().saturating_sub(1) + last.div_ceil(columns.max(1));
            write!(self.out, "\x1b[{rows}A\x1b[J")?;
        }
        Ok(typed)
    }

    /// Shows a prompt and leaves the cursor behind it.
    pub(super) fn prompt(&mut self, prompt: &Line) -> io::Result<()> {
        write!(self.out, "{} ", prompt.wrapped(self.width))?;
        self.out.flush()
    }

    /// Reads a line; with `until`, waits no longer than to that moment of [`Terminal::now`].
    pub(super) fn wait(&mut self, until: Option<Duration>) -> io::Result<Typed> {
        self.out.flush()?;
        let typed = match self.keys.line(until) {
            Typed::Line(line) => Typed::Line(line.trim().to_owned()),
            other => other,
        };
        match &typed {
            Typed::Line(line) if self.echo => writeln!(self.out, "{line}")?,
            Typed::End => writeln!(self.out)?,
            Typed::Line(_) | Typed::Nothing => {}
        }
        Ok(typed)
    }

    pub(super) fn now(&self) -> Duration {
        self.keys.now()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the clock that timed play is played by; the engine only gets sums of it"
)]
fn began() -> Instant {
    Instant::now()
}

/// Lines of standard input. A thread reads them, so that the customer can go on speaking meanwhile.
struct StandardInput {
    /// Begun with the first question, so that a command which asks nothing reads nothing.
    lines: Option<Receiver<String>>,
    began: Instant,
}

impl Keys for StandardInput {
    fn line(&mut self, until: Option<Duration>) -> Typed {
        let now = self.now();
        let lines = self.lines.get_or_insert_with(read_lines);
        match until {
            None => lines.recv().map_or(Typed::End, Typed::Line),
            Some(moment) => match lines.recv_timeout(moment.saturating_sub(now)) {
                Ok(line) => Typed::Line(line),
                Err(RecvTimeoutError::Timeout) => Typed::Nothing,
                Err(RecvTimeoutError::Disconnected) => Typed::End,
            },
        }
    }

    fn now(&self) -> Duration {
        self.began.elapsed()
    }
}

fn read_lines() -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut stdin = io::stdin().lock();
        let mut bytes = Vec::new();
        // A line that is not UTF-8 is read as well as can be: it is at worst a command that nobody knows.
        while matches!(stdin.read_until(b'\n', &mut bytes), Ok(read) if read > 0) {
            if sender.send(String::from_utf8_lossy(&bytes).into_owned()).is_err() {
                return;
            }
            bytes.clear();
        }
    });
    receiver
}
