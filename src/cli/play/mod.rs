//! The terminal game: line by line, so that it works through a pipe and with a screen reader.
//!
//! It is played in steps alone. A terminal hands a line over when Enter is pressed, not when someone begins to speak, and
//! words that grow by the clock would run into what is being typed: an interrupt could not be judged fairly.
//!
//! [`screen`], [`after`] and [`debrief`] turn a run into lines, [`prompt`] turns typed lines into commands; all of it
//! without reading or writing. [`Game`] is the loop between them.

mod after;
mod closing;
pub(super) mod debrief;
mod prompt;
mod screen;
#[cfg(test)]
mod tests;

use crate::scenario::vocabulary::capitalised;
use std::sync::Arc;
use std::thread::JoinHandle;

use crate::attempt::{NotTaken, Recorder, Store};
use crate::campaign::{Input, RunStage};
use crate::cli::error::Error;
use crate::cli::page::{Line, Tone};
use crate::cli::terminal::{Terminal, Typed};
use crate::dialogue::{self, Action, Delivery, Event, Posture, preset_delivery, reply_order};
use crate::explore::Reachable;
use crate::scenario::Scenario;
use crate::scenario::id::ReplyId;
use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::{Pace, Volume};

use self::prompt::{Answering, Hint, Listening, Small};

/// How a sitting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sitting {
    /// The run is closed and was talked over.
    Done,
    /// The person stopped, or there was no more input. What was played is saved.
    Stopped,
    /// They stopped, and it could not be saved, which they have been told.
    Unsaved,
}

/// What helps a newcomer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Helps {
    /// The customer's mood in a word.
    pub(super) mood: bool,
    /// The author's advice at each turn.
    pub(super) coach: bool,
}

/// Whether the loop goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    On,
    Stop,
}

/// What someone set out to do, from the list or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Prepared {
    Ready { intention: Option<String> },
    Stopped,
}

/// Shows what is known before the call, and asks for one intention.
pub(super) fn prepare(terminal: &mut Terminal<'_>, scenario: &Scenario) -> Result<Prepared, Error> {
    terminal.show_all(&screen::preparation(scenario, &scenario.encounters[0]))?;
    if scenario.intentions.is_empty() {
        let prompt = Line::empty().and(Tone::Quiet, "Enter begins the call \u{203a}").indented(2);
        return Ok(match terminal.ask(&prompt)? {
            Typed::Line(typed) if !prompt::is_quit(&typed) => Prepared::Ready { intention: None },
            _ => Prepared::Stopped,
        });
    }
    terminal.show_all(&after::intentions(scenario))?;
    loop {
        let prompt = Line::strong("A number").and(Tone::Quiet, ", or Enter for none. Then the call begins \u{203a}");
        match terminal.ask(&prompt.indented(2))? {
            Typed::Line(typed) if !prompt::is_quit(&typed) => match prompt::number(&typed, scenario.intentions.len()) {
                Ok(number) => {
                    let intention = number.map(|number| scenario.intentions[number - 1].clone());
                    return Ok(Prepared::Ready { intention });
                }
                Err(hint) => show_hint(terminal, &hint)?,
            },
            _ => return Ok(Prepared::Stopped),
        }
    }
}

/// A run in the terminal.
pub(super) struct Game<'t, 'k> {
    terminal: &'t mut Terminal<'k>,
    recorder: Recorder,
    /// Where the attempt is kept; none for a rehearsal.
    store: Option<&'t Store>,
    helps: Helps,
    /// The pace that the person chose last.
    pace: Pace,
    /// What belongs to the turn that is on.
    turn: TurnOnScreen,
    /// Why the attempt as it stands is not kept, if it is not.
    unsaved: Option<String>,
    /// The best that can be reached, searched for while the note is written.
    reachable: Option<JoinHandle<Reachable>>,
}

/// What the screen knows about the turn that is on.
#[derive(Debug, Clone, Default)]
struct TurnOnScreen {
    /// The reply kept ready.
    ready: Option<ReplyId>,
    /// The gists last shown.
    gists: Vec<ReplyId>,
    coached: bool,
    /// The replies stand on the screen.
    replies_shown: bool,
    /// An empty line was typed instead of a reply.
    hesitated: bool,
    /// What was set for this reply alone.
    delivery: Option<Delivery>,
}

impl<'t, 'k> Game<'t, 'k> {
    /// A run as it stands: just begun, or resumed.
    pub(super) fn new(
        terminal: &'t mut Terminal<'k>,
        recorder: Recorder,
        store: Option<&'t Store>,
        helps: Helps,
    ) -> Self {
        let turn = TurnOnScreen::default();
        Self { terminal, recorder, store, helps, pace: Pace::Even, turn, unsaved: None, reachable: None }
    }

    /// Plays on to the end of the debrief, or to where the person stops.
    pub(super) fn play(&mut self) -> Result<Sitting, Error> {
        self.take_up()?;
        loop {
            let flow = match self.recorder.run().stage {
                RunStage::Talking if self.recorder.run().talk.replies_open() => self.answer()?,
                RunStage::Talking => self.listen()?,
                RunStage::Note => self.write_note()?,
                RunStage::Diary(event) => self.answer_diary(event)?,
                RunStage::Between => self.go_on()?,
                RunStage::Closed => match self.talk_over()? {
                    Flow::On => Flow::On,
                    Flow::Stop => return Ok(if self.is_kept_at_last()? { Sitting::Done } else { Sitting::Unsaved }),
                },
            };
            if flow == Flow::Stop {
                self.recorder.pause();
                self.save()?;
                return Ok(if self.is_kept_at_last()? { Sitting::Stopped } else { Sitting::Unsaved });
            }
        }
    }

    fn scenario(&self) -> Arc<Scenario> {
        Arc::clone(self.recorder.scenario())
    }

    /// Shows where the call stands, and keeps what was begun.
    fn take_up(&mut self) -> Result<(), Error> {
        self.turn = TurnOnScreen::default();
        let scenario = self.scenario();
        let state = &self.recorder.run().talk;
        if self.recorder.run().stage == RunStage::Talking {
            let mut lines = screen::turn_heading(&scenario, state, self.helps.mood);
            lines.extend(screen::this_turn(&scenario, state));
            if state.turn.finished {
                lines.extend(screen::finished(&scenario));
            } else if state.turn.cut_off.is_some() {
                lines.push(screen::was_cut_off(&scenario));
            }
            self.terminal.show_all(&lines)?;
        }
        self.save()
    }

    /// Keeps the attempt. Where that fails the person is told, once for each reason, and may play on: the next save takes
    /// in all that was not kept.
    fn save(&mut self) -> Result<(), Error> {
        let Some(store) = self.store else { return Ok(()) };
        let failed = store.save(self.recorder.attempt()).err();
        let why = failed.map(|error| {
            tracing::error!(%error, "the attempt could not be saved");
            error.to_string()
        });
        if why == self.unsaved {
            return Ok(());
        }
        let lines = match &why {
            Some(why) => {
                let mut lines = vec![Line::new(Tone::Heat, "This call could not be saved just now.")];
                lines.extend(why.lines().map(|line| Line::plain(line.to_owned())));
                if self.unsaved.is_none() {
                    lines.push(Line::plain("You can play on: the next save takes in all of it."));
                }
                lines
            }
            None => vec![Line::new(Tone::Calm, "The call is saved again, with all that was played meanwhile.")],
        };
        self.terminal.show_all(&lines.into_iter().map(|line| line.indented(2)).collect::<Vec<_>>())?;
        self.unsaved = why;
        Ok(())
    }

    /// Before what is not kept would be lost, the person may make room for it. Whether all is kept now.
    fn is_kept_at_last(&mut self) -> Result<bool, Error> {
        while self.unsaved.is_some() {
            let prompt = Line::strong("Enter")
                .and(Tone::Quiet, " tries to save again \u{b7} ")
                .and(Tone::Strong, "q")
                .and(Tone::Quiet, " leaves and loses what is not saved \u{203a}");
            match self.terminal.ask(&prompt.indented(2))? {
                Typed::Line(typed) if !prompt::is_quit(&typed) => {
                    self.unsaved = Some(String::new());
                    self.save()?;
                }
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    /// Gives an input to the run and shows what it brought about.
    fn apply(&mut self, input: &Input) -> Result<Option<Vec<Event>>, Error> {
        let before = self.recorder.run().talk.clone();
        let applied = match self.recorder.apply(input) {
            Ok(applied) => applied,
            Err(NotTaken::Refused(refused)) => {
                self.hint(&Hint(sentence(&refused.to_string())))?;
                return Ok(None);
            }
            Err(too_much @ NotTaken::TooMuch) => {
                self.hint(&Hint(sentence(&too_much.to_string())))?;
                return Ok(None);
            }
        };
        let scenario = self.scenario();
        let run = self.recorder.run();
        let lines = screen::narrate(&scenario, &before, run, &applied.events, self.helps.mood);
        if applied.events.iter().any(|event| matches!(event, Event::TurnBegan { .. })) {
            self.turn = TurnOnScreen::default();
        }
        self.terminal.show_all(&lines)?;
        if applied.save {
            self.save()?;
        }
        Ok(Some(applied.events))
    }

    fn act(&mut self, action: Action) -> Result<bool, Error> {
        Ok(self.apply(&Input::Talk(dialogue::Input::step(action)))?.is_some())
    }

    /// The end of a segment.
    fn listen(&mut self) -> Result<Flow, Error> {
        self.show_gists()?;
        let scenario = self.scenario();
        let state = &self.recorder.run().talk;
        match self.terminal.ask_in_passing(&screen::listening_prompt(&scenario, state))? {
            Typed::Line(typed) => self.take_listening(&typed),
            Typed::End => Ok(Flow::Stop),
        }
    }

    fn take_listening(&mut self, typed: &str) -> Result<Flow, Error> {
        let scenario = self.scenario();
        let object = scenario.customer.pronoun.object();
        match prompt::listening(typed, self.turn.gists.len(), object) {
            Ok(Listening::Continue) => {
                self.act(Action::Listen)?;
            }
            Ok(Listening::SpeakNow) => {
                self.act(Action::Interrupt)?;
            }
            Ok(Listening::TakeBait) => {
                self.act(Action::TakeBait)?;
            }
            Ok(Listening::Pin(number)) => {
                if let Some(&reply) = self.turn.gists.get(number - 1) {
                    self.turn.ready = Some(reply);
                    let gist = &scenario.encounter(self.recorder.run().talk.encounter).reply(reply).gist;
                    let words = format!("Ready when {} done: {gist}", done(&scenario));
                    self.terminal.show(&Line::new(Tone::Calm, words).indented(2))?;
                }
            }
            Ok(Listening::Small(small)) => return self.small(small),
            Err(hint) => self.hint(&hint)?,
        }
        Ok(Flow::On)
    }

    /// The gists, where they are not on the screen already, and the author's advice before them.
    fn show_gists(&mut self) -> Result<(), Error> {
        let scenario = self.scenario();
        let state = &self.recorder.run().talk;
        // Advice on waiting comes while there is something to wait for, all other with the replies.
        if scenario.encounter(state.encounter).node(state.node()).tempts_let_finish {
            self.show_coaching()?;
        }
        let state = &self.recorder.run().talk;
        let offered = reply_order(&scenario, state).to_vec();
        if offered != self.turn.gists {
            self.terminal.show(&screen::gists(&scenario, state, &offered, self.turn.ready))?;
            self.turn.gists = offered;
        }
        Ok(())
    }

    fn show_coaching(&mut self) -> Result<(), Error> {
        if self.helps.coach && !self.turn.coached {
            self.turn.coached = true;
            let scenario = self.scenario();
            let state = &self.recorder.run().talk;
            if let Some(coach) = &scenario.encounter(state.encounter).node(state.node()).coach {
                self.terminal.show(&Line::new(Tone::Gold, coach.clone()).indented(2))?;
            }
        }
        Ok(())
    }

    /// The customer has finished, or was cut off: the replies are open.
    fn answer(&mut self) -> Result<Flow, Error> {
        let scenario = self.scenario();
        self.show_coaching()?;
        let state = &self.recorder.run().talk;
        if !self.turn.replies_shown {
            self.terminal.show_all(&screen::replies(&scenario, state, self.turn.ready))?;
            self.turn.replies_shown = true;
        }
        self.terminal.show_all(&screen::delivery(state, self.delivery()))?;
        let order = reply_order(&scenario, state);
        let typed = match self.terminal.ask(&screen::answering_prompt(&scenario, state, order.len()))? {
            Typed::Line(typed) => typed,
            Typed::End => return Ok(Flow::Stop),
        };
        match prompt::answering(&typed, order.len()) {
            Ok(Answering::Say { number, pace, volume }) => {
                let now = self.delivery();
                let (pace, volume) = (pace.unwrap_or(now.pace), volume.unwrap_or(now.volume));
                if let Some(&reply) = order.get(number - 1) {
                    self.act(Action::Speak { reply, pace, volume })?;
                }
            }
            Ok(Answering::Set { pace, volume }) => {
                let now = self.delivery();
                self.turn.delivery =
                    Some(Delivery { pace: pace.unwrap_or(now.pace), volume: volume.unwrap_or(now.volume) });
                self.pace = pace.unwrap_or(self.pace);
            }
            Ok(Answering::Nothing) => {
                // The replies stand right above: once more only for someone who asks for them again.
                self.turn.replies_shown = !self.turn.hesitated;
                if !self.turn.hesitated {
                    let words = "It is your turn. Choose by number; Enter shows the replies again.";
                    self.hint(&Hint(words.to_owned()))?;
                }
                self.turn.hesitated = !self.turn.hesitated;
            }
            Ok(Answering::Small(small)) => return self.small(small),
            Err(hint) => self.hint(&hint)?,
        }
        Ok(Flow::On)
    }

    /// How the next reply will be spoken: as set for it, else as one's own heat has it, else at the pace chosen last.
    fn delivery(&self) -> Delivery {
        self.turn
            .delivery
            .or_else(|| preset_delivery(&self.recorder.run().talk))
            .unwrap_or(Delivery { pace: self.pace, volume: Volume::Level })
    }

    fn small(&mut self, small: Small) -> Result<Flow, Error> {
        let scenario = self.scenario();
        match small {
            Small::Nod => {
                self.act(Action::Nod)?;
            }
            Small::Jot => {
                self.act(Action::Jot)?;
            }
            Small::Breathe => {
                self.turn.delivery = None;
                self.act(Action::Breathe)?;
            }
            Small::Reflect => return self.reflect(),
            Small::Hold => {
                self.act(Action::Hold)?;
            }
            Small::OpenPosture => {
                if self.act(Action::Posture(Posture::Open))? {
                    let object = scenario.customer.pronoun.object();
                    let words = format!("You turn to {object}, hands open.");
                    self.terminal.show(&Line::quiet(words).indented(2))?;
                }
            }
            Small::Record => {
                let encounter = scenario.encounter(self.recorder.run().talk.encounter);
                // A customer looks at papers of their own, which keeps nobody waiting.
                if encounter.seat == Seat::Customer || self.act(Action::Consult)? {
                    self.terminal.show_all(&screen::record(encounter))?;
                    self.terminal.show(&Line::empty())?;
                }
            }
            Small::SaidSoFar => self.show_said_so_far()?,
            Small::Pause => return self.pause(),
            Small::Help => self.terminal.show_all(&screen::help(&scenario, &self.recorder.run().talk))?,
            Small::Quit => return Ok(Flow::Stop),
        }
        Ok(Flow::On)
    }

    fn reflect(&mut self) -> Result<Flow, Error> {
        let scenario = self.scenario();
        let state = &self.recorder.run().talk;
        if !screen::can(&scenario, state, Action::Reflect(0)) {
            self.hint(&Hint("There is nothing to reflect on here, or you have done it.".to_owned()))?;
            return Ok(Flow::On);
        }
        let who = scenario.customer.pronoun;
        let readings = after::readings(&scenario, state);
        let question = format!("What {} {} feel?", who.verb("does", "do"), who.words());
        let mut lines = vec![Line::empty(), Line::strong(question).indented(2)];
        lines.extend(readings.iter().enumerate().map(|(index, (_, words))| Line::numbered(index + 1, words.clone())));
        self.terminal.show_all(&lines)?;
        loop {
            let prompt = Line::strong("A number").and(Tone::Quiet, ", or Enter to leave it \u{203a}").indented(2);
            let Typed::Line(typed) = self.terminal.ask(&prompt)? else { return Ok(Flow::Stop) };
            match prompt::number(&typed, readings.len()) {
                Ok(None) => return Ok(Flow::On),
                Ok(Some(number)) => {
                    self.act(Action::Reflect(readings[number - 1].0))?;
                    self.turn.replies_shown = false;
                    return Ok(Flow::On);
                }
                Err(hint) => self.hint(&hint)?,
            }
        }
    }

    /// Nothing passes until Enter: a real telephone rings.
    fn pause(&mut self) -> Result<Flow, Error> {
        self.recorder.pause();
        let prompt = Line::quiet("Paused. Enter goes on \u{203a}").indented(2);
        let typed = self.terminal.ask(&prompt)?;
        self.recorder.unpause();
        Ok(if typed == Typed::End { Flow::Stop } else { Flow::On })
    }

    fn show_said_so_far(&mut self) -> Result<(), Error> {
        let scenario = self.scenario();
        let debrief = self.recorder.debrief();
        let name = &scenario.customer.name;
        let mut lines = vec![Line::empty()];
        for turn in debrief.turns.iter().filter(|turn| turn.reply.is_some()) {
            lines.push(Line::strong(name.clone()));
            lines.push(Line::plain(turn.heard_and_objected()).indented(4));
            if let Some(reply) = &turn.reply {
                lines.push(Line::quiet("You: ").and(Tone::Plain, reply.text.clone()).within(2, 4));
            }
        }
        lines.push(Line::strong(name.clone()));
        lines.extend(screen::this_turn(&scenario, &self.recorder.run().talk));
        lines.push(Line::empty());
        Ok(self.terminal.show_all(&lines)?)
    }

    fn hint(&mut self, hint: &Hint) -> Result<(), Error> {
        show_hint(self.terminal, hint)
    }
}

fn show_hint(terminal: &mut Terminal<'_>, hint: &Hint) -> Result<(), Error> {
    Ok(terminal.show(&Line::new(Tone::Gold, hint.0.clone()).indented(2))?)
}

/// "she is", "they are".
fn done(scenario: &Scenario) -> String {
    let pronoun = scenario.customer.pronoun;
    format!("{} {}", pronoun.words(), pronoun.verb("is", "are"))
}

/// An error's words as a sentence.
pub(super) fn sentence(words: &str) -> String {
    format!("{}.", capitalised(words))
}
