//! After the call: the note, the diary, the next call, and talking it over.

use crate::attempt::{Recorder, Verb};
use crate::campaign::Input;
use crate::cli::error::Error;
use crate::cli::page::{Line, Tone};
use crate::cli::play::debrief::Told;
use crate::cli::play::prompt::{Afterwards, Hint};
use crate::cli::play::{Flow, Game, after, debrief, prompt};
use crate::cli::terminal::Typed;
use crate::explore::reachable;
use crate::scenario::id::{EncounterId, EventId};
use crate::scenario::vocabulary::Outcome;

impl Game<'_, '_> {
    pub(super) fn write_note(&mut self) -> Result<Flow, Error> {
        self.search_for_the_best();
        let scenario = self.scenario();
        let state = self.recorder.run().talk.clone();
        let encounter = scenario.encounter(state.encounter);
        let tiles = after::tiles(encounter, &state);
        self.terminal.show_all(&after::note(&tiles, encounter.seat, &state))?;
        let chosen = loop {
            let prompt = Line::strong("Which go in?").and(Tone::Quiet, " Numbers, or Enter for none \u{203a}");
            let Typed::Line(typed) = self.terminal.ask(&prompt.indented(2))? else { return Ok(Flow::Stop) };
            if prompt::is_quit(&typed) {
                return Ok(Flow::Stop);
            }
            match prompt::numbers(&typed, tiles.len()) {
                Ok(chosen) => break chosen,
                Err(hint) => self.hint(&hint)?,
            }
        };
        let prompt = Line::strong("A line of your own").and(Tone::Quiet, ", or Enter \u{203a}").indented(2);
        let Typed::Line(line) = self.terminal.ask(&prompt)? else { return Ok(Flow::Stop) };
        let tiles = chosen.into_iter().map(|number| tiles[number - 1].0).collect();
        self.apply(&Input::File { tiles, line })?;
        Ok(Flow::On)
    }

    pub(super) fn answer_diary(&mut self, event: EventId) -> Result<Flow, Error> {
        self.search_for_the_best();
        let scenario = self.scenario();
        let state = self.recorder.run().talk.clone();
        let encounter = scenario.encounter(state.encounter);
        let due = &encounter.diary[event.index()];
        let choices = after::choices(encounter, event, &state);
        self.terminal.show_all(&after::diary(due, &choices))?;
        loop {
            let prompt = Line::strong("What do you do?").and(Tone::Quiet, format!(" 1 to {} \u{203a}", choices.len()));
            let Typed::Line(typed) = self.terminal.ask(&prompt.indented(2))? else { return Ok(Flow::Stop) };
            if prompt::is_quit(&typed) {
                return Ok(Flow::Stop);
            }
            match prompt::number(&typed, choices.len()) {
                Ok(Some(number)) => {
                    let choice = choices[number - 1].0;
                    if self.apply(&Input::Choose(choice))?.is_some() {
                        self.terminal.show_all(&after::came_of(encounter, event, choice))?;
                    }
                    return Ok(Flow::On);
                }
                Ok(None) => self.hint(&Hint("Something has to be done about it: choose a number.".to_owned()))?,
                Err(hint) => self.hint(&hint)?,
            }
        }
    }

    pub(super) fn go_on(&mut self) -> Result<Flow, Error> {
        let scenario = self.scenario();
        let state = &self.recorder.run().talk;
        let next = scenario.encounter(EncounterId::at(state.encounter.index() + 1));
        self.terminal.show_all(&after::between(next, scenario.encounter(state.encounter), state))?;
        let prompt = Line::quiet("Enter when you are ready \u{203a}").indented(2);
        match self.terminal.ask(&prompt)? {
            Typed::Line(typed) if !prompt::is_quit(&typed) => {
                self.apply(&Input::GoOn)?;
                Ok(Flow::On)
            }
            _ => Ok(Flow::Stop),
        }
    }

    /// The search takes about as long as reading the note: it is begun before it.
    fn search_for_the_best(&mut self) {
        if self.reachable.is_none() {
            let (scenario, seed) = (self.scenario(), self.recorder.attempt().seed);
            self.reachable = Some(std::thread::spawn(move || reachable(&scenario, seed)));
        }
    }

    /// The debrief: first the one question, then the result, and what the person wants to see of it.
    pub(super) fn talk_over(&mut self) -> Result<Flow, Error> {
        self.search_for_the_best();
        let scenario = self.scenario();
        let seat = scenario.encounter(self.recorder.run().talk.encounter).seat;
        self.terminal.show_all(&debrief::question(scenario.customer.pronoun, seat))?;
        let guess = self.ask_guess()?;
        let reachable = self.reachable.take().and_then(|search| search.join().ok());
        let told = self.recorder.debrief();
        let own_line = own_line(&self.recorder);
        let told_over = Told {
            scenario: &scenario,
            attempt: self.recorder.attempt(),
            debrief: &told,
            reachable: reachable.as_ref(),
            guess,
            own_line: own_line.as_deref(),
        };
        let result = debrief::result(&told_over);
        self.terminal.show_all(&result)?;
        let prompt = debrief::prompt(&told);
        loop {
            self.terminal.show(&Line::empty())?;
            let Typed::Line(typed) = self.terminal.ask(&prompt)? else { return Ok(Flow::Stop) };
            match prompt::afterwards(&typed) {
                Ok(Afterwards::Done) => return Ok(Flow::Stop),
                Ok(Afterwards::Rows) => self.terminal.show_all(&debrief::rows(&told))?,
                Ok(Afterwards::Turns) => self.terminal.show_all(&debrief::turns(scenario.customer.upset, &told))?,
                Ok(Afterwards::Result) => self.terminal.show_all(&result)?,
                Ok(Afterwards::Again(_)) if !self.is_kept_at_last()? => {
                    self.hint(&Hint("The result is not saved yet. Make room for it first.".to_owned()))?;
                }
                Ok(Afterwards::Again(turn)) => {
                    let encounter = self.recorder.run().talk.encounter;
                    match self.recorder.rewind(encounter, turn) {
                        Ok(again) => {
                            self.recorder = again;
                            let words = format!("Turn {turn} again, as practice. The result you had stands.");
                            self.terminal.show_all(&[Line::empty(), Line::new(Tone::Calm, words)])?;
                            self.take_up()?;
                            return Ok(Flow::On);
                        }
                        Err(_) => {
                            self.hint(&Hint(format!("The call had no turn {turn}. `turns` lists them.")))?;
                        }
                    }
                }
                Err(hint) => self.hint(&hint)?,
            }
        }
    }

    fn ask_guess(&mut self) -> Result<Option<Outcome>, Error> {
        loop {
            let prompt = Line::strong("A number").and(Tone::Quiet, ", or Enter for the result \u{203a}").indented(2);
            let Typed::Line(typed) = self.terminal.ask(&prompt)? else { return Ok(None) };
            match prompt::number(&typed, debrief::LEAVINGS.len()) {
                Ok(number) => return Ok(number.map(|number| debrief::LEAVINGS[number - 1])),
                Err(hint) => self.hint(&hint)?,
            }
        }
    }
}

/// The trainee's own line in the latest note.
fn own_line(recorder: &Recorder) -> Option<String> {
    recorder.attempt().inputs.iter().rev().find_map(|input| match &input.verb {
        Verb::File { line, .. } => Some(line.clone()).filter(|line| !line.is_empty()),
        _ => None,
    })
}
