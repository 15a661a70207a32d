//! The call that is on, from the first word to the debrief.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::attempt::{Attempt, Beginning, OwnWords, Played, Reason, Recorder, Verb, fresh_seed};
use crate::board::Entry;
use crate::campaign::{self, RunStage};
use crate::desktop::Screen;
use crate::desktop::desk::{Desk, FIRST};
use crate::desktop::runner::SpeechRate;
use crate::desktop::screens::after_call::{self, Answered};
use crate::desktop::screens::conversation::{self, Aids, Call, Exit};
use crate::desktop::screens::debrief::{self, Guess, OwnSkills};
use crate::desktop::screens::progress::finished_run;
use crate::dialogue::{Event, Mode};
use crate::explore::{Reachable, reachable};
use crate::scenario::Scenario;
use crate::scenario::id::EncounterId;
use crate::scoring::Debrief;
use crate::settings::MoodWord;

/// For how many calls the mood is told in a word, unless the settings say otherwise.
const GUIDED_RUNS: u32 = 5;
/// For how many calls the coach explains after each turn, where coach mode is on.
const COACHED_RUNS: u32 = 3;

/// A run while it is played.
#[derive(Debug)]
pub struct Running {
    pub recorder: Recorder,
    pub call: Call,
    pub aids: Aids,
    /// The very first call of this person: practice, and each control is introduced as it is needed.
    pub first: bool,
    /// What was chosen in this encounter's diary.
    pub answered: Vec<Answered>,
    pub guess: Guess,
    /// What the person has said about the run, kept apart from it.
    pub own_words: OwnWords,
    /// It was finished in an earlier sitting.
    pub looks_back: bool,
    /// Calls finished before this one.
    pub runs_before: u32,
    /// Filled once the run is closed.
    pub debrief: Option<Debrief>,
    /// The best that can be reached, once it has been found in the background.
    found: Arc<OnceLock<Reachable>>,
    found_was_seen: bool,
}

/// Passes what the call has done on to the recorder, which plays and keeps it.
struct Keeping<'a> {
    recorder: &'a mut Recorder,
    save: bool,
}

impl conversation::Recorder for Keeping<'_> {
    fn record(&mut self, input: campaign::Input, _events: &[Event]) {
        // The call has just taken this input on a copy of the same run, so it is taken here too; what would not fit
        // into the file any more is played on without being kept.
        self.save |= self.recorder.apply(&input).is_ok_and(|applied| applied.save);
    }
}

impl Desk {
    /// A first start: a name has been given, and the first customer is on the line.
    pub fn meet(&mut self, name: &str) -> Screen {
        self.settings.play_as(name);
        self.save_settings();
        self.sit_down();
        if self.runs() > 0 || self.unfinished().is_some() {
            return Screen::Home;
        }
        let Some(scenario) = self.first_customer() else {
            self.tell("There is no scenario that can be played.");
            return Screen::Home;
        };
        self.begin(scenario, Mode::Steps, None)
    }

    /// Begins a call.
    pub fn begin(&mut self, scenario: Arc<Scenario>, mode: Mode, intention: Option<String>) -> Screen {
        // Only the call that introduces the controls one by one; whoever begins with another has chosen to.
        let first = self.runs() == 0 && scenario.slug == FIRST && mode == Mode::Steps;
        self.keep_copy(&scenario);
        let recorder = Recorder::begin(
            scenario,
            Beginning {
                seed: self.fixed_seed.unwrap_or_else(fresh_seed),
                mode,
                language: self.settings.preferences().language.clone(),
                player: self.player().to_owned(),
                team: self.settings.profile().and_then(|profile| profile.team.clone()),
                practice: first || self.practising,
                start: None,
                intention,
            },
        );
        self.take_up(recorder, first, false)
    }

    /// Goes on with the call that was left last, at the same word.
    pub fn resume(&mut self) -> Screen {
        self.resume_at(0)
    }

    /// Goes on with the call of this scenario that was left last.
    pub fn resume_with(&mut self, slug: &str) -> Screen {
        let of = |recorder: &Recorder| recorder.scenario().slug == slug;
        self.left.iter().position(of).map_or(Screen::Home, |place| self.resume_at(place))
    }

    fn resume_at(&mut self, place: usize) -> Screen {
        if place >= self.left.len() {
            return Screen::Home;
        }
        let recorder = self.left.remove(place);
        let attempt = recorder.attempt();
        let first = attempt.practice && attempt.rewound.is_none();
        self.take_up(recorder, first, true)
    }

    /// Rewinds to a turn and plays on, as practice.
    pub fn try_again(&mut self, encounter: u16, turn: u8) -> Option<Screen> {
        let running = self.running.as_ref()?;
        match running.recorder.rewind(EncounterId(encounter), turn) {
            Ok(recorder) => Some(self.take_up(recorder, false, false)),
            Err(error) => {
                self.tell(error.to_string());
                None
            }
        }
    }

    /// Keeps the text of a scenario beside the attempts that are played on it.
    fn keep_copy(&mut self, scenario: &Scenario) {
        let text = self.library.find(&scenario.slug).map(|entry| entry.source.text().to_owned());
        if let Ok(text) = text
            && let Err(error) = self.store.keep_scenario(scenario.hashes.full, &text)
        {
            self.tell(error.to_string());
        }
    }

    pub(super) fn take_up(&mut self, recorder: Recorder, first: bool, resumed: bool) -> Screen {
        // A moment that was tried again and left is not gone back to past another call.
        self.left.retain(|left| left.attempt().rewound.is_none());
        let preferences = self.settings.preferences();
        let runs = self.runs();
        let rate = SpeechRate::percent(preferences.speech_rate.get());
        let aids = Aids {
            captions: preferences.captions,
            guidance: match preferences.mood_word {
                MoodWord::Always => true,
                MoodWord::FirstRuns => runs < GUIDED_RUNS,
                MoodWord::Never => false,
            },
            coach: preferences.coach && !first && runs <= COACHED_RUNS,
            first_run: first,
        };
        let introduced = self.personal.introduced.for_another_call();
        let (scenario, run, events) = (recorder.scenario(), recorder.run(), recorder.events());
        let call = if resumed {
            let lasted = Duration::from_secs(u64::from(recorder.attempt().elapsed_seconds));
            Call::resume(scenario, run, events, rate, lasted, introduced)
        } else {
            Call::begin(scenario, run, events, rate, introduced)
        };
        let found = search(scenario, recorder.attempt().seed);
        let screen = match run.stage {
            RunStage::Talking => Screen::Conversation,
            RunStage::Closed => Screen::Debrief,
            RunStage::Note | RunStage::Diary(_) | RunStage::Between => Screen::AfterCall,
        };
        let answered = answered(events);
        self.running = Some(Running {
            recorder,
            call,
            aids,
            first,
            answered,
            guess: Guess::default(),
            own_words: OwnWords::default(),
            looks_back: false,
            runs_before: runs,
            debrief: None,
            found,
            found_was_seen: false,
        });
        // A finished attempt is only looked at: its file stays as it was written.
        if self.running.as_ref().is_some_and(|running| running.recorder.attempt().ended.is_none()) {
            self.save();
        }
        screen
    }

    /// Time passes in the call.
    pub fn advance(&mut self, elapsed: Duration) {
        let Some(running) = &mut self.running else { return };
        let scenario = Arc::clone(running.recorder.scenario());
        let mut run = running.recorder.run().clone();
        let mut keeping = Keeping { recorder: &mut running.recorder, save: false };
        running.call.advance(&scenario, &mut run, &running.aids, elapsed, &mut keeping);
        let save = keeping.save;
        self.remember_introductions();
        if save {
            self.save();
        }
    }

    /// Whether what was searched for in the background has been found just now.
    pub(super) fn look_for_reachable(&mut self) -> bool {
        let Some(running) = &mut self.running else { return false };
        !running.found_was_seen && running.found.get().is_some() && {
            running.found_was_seen = true;
            true
        }
    }

    /// The best that can be reached in the call that is on, once it is known.
    pub fn reachable(&self) -> Option<&Reachable> {
        self.running.as_ref()?.found.get()
    }

    /// Whether the search is still on.
    pub fn is_searching(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.found.get().is_none())
    }

    /// Something was done on the conversation screen.
    pub fn talk(&mut self, action: conversation::Action) -> Option<Screen> {
        let running = self.running.as_mut()?;
        let scenario = Arc::clone(running.recorder.scenario());
        let mut run = running.recorder.run().clone();
        let mut keeping = Keeping { recorder: &mut running.recorder, save: false };
        let exit = running.call.act(&scenario, &mut run, action, &mut keeping);
        let mut save = keeping.save;
        match action {
            conversation::Action::Pause | conversation::Action::Leave => {
                running.recorder.pause();
                save = true;
            }
            conversation::Action::GoOn => running.recorder.unpause(),
            _ => {}
        }
        self.remember_introductions();
        if save {
            self.save();
        }
        match exit {
            Ok(Some(Exit::Leave)) => {
                self.leave();
                Some(self.after_practice())
            }
            Ok(Some(Exit::Finish)) => Some(Screen::AfterCall),
            Ok(None) => None,
            Err(refused) => {
                tracing::debug!("{action:?} was not taken: {refused}");
                None
            }
        }
    }

    /// Something was done after the call.
    pub fn after_call(&mut self, action: after_call::Action) -> Option<Screen> {
        let running = self.running.as_mut()?;
        let input = match action {
            after_call::Action::File { tiles, line } => campaign::Input::File { tiles, line },
            after_call::Action::Choose(choice) => {
                if let RunStage::Diary(event) = running.recorder.run().stage {
                    running.answered.push(Answered { event, choice });
                }
                campaign::Input::Choose(choice)
            }
            after_call::Action::NextCall => campaign::Input::GoOn,
            after_call::Action::ToDebrief => return Some(self.close()),
        };
        let goes_on = input == campaign::Input::GoOn;
        if let Err(error) = running.recorder.apply(&input) {
            tracing::warn!("{input:?} was not taken: {error}");
            return None;
        }
        if goes_on {
            running.answered.clear();
            let rate = SpeechRate::percent(self.settings.preferences().speech_rate.get());
            let (scenario, run) = (running.recorder.scenario(), running.recorder.run());
            let introduced = running.call.introduced.clone();
            running.call = Call::begin(scenario, run, running.recorder.events(), rate, introduced);
        }
        self.save();
        goes_on.then_some(Screen::Conversation)
    }

    /// The run is closed: its score is final, it lands in the history, and the debrief opens.
    fn close(&mut self) -> Screen {
        let Some(running) = &mut self.running else { return Screen::Home };
        running.debrief = Some(running.recorder.debrief());
        let first = running.first;
        let recorder = &running.recorder;
        if recorder.attempt().rewound.is_none() {
            let played =
                Played { events: recorder.events().to_vec(), run: recorder.run().clone(), score: recorder.score() };
            let finished = finished_run(&Entry::of(recorder.scenario(), recorder.attempt(), &played));
            self.keep(&finished);
            self.read_history();
            self.make_cards();
            self.record_by_itself();
        }
        if first && let Some(profile) = self.settings.profile_mut() {
            profile.introduced = true;
            self.save_settings();
        }
        Screen::Debrief
    }

    /// Opens the debrief of a run that was finished before.
    pub fn look_back(&mut self, attempt: &str) -> Option<Screen> {
        let id = attempt.parse().ok()?;
        let recorder = self.store.load(&self.store.find(id)).map_err(|error| error.to_string()).and_then(|kept| {
            let scenario = self.very_scenario_of(&kept.attempt);
            let scenario = scenario.ok_or("The scenario of this run is not here any more.")?;
            Recorder::resume(scenario, kept.attempt).map_err(|error| error.to_string())
        });
        match recorder {
            Ok(recorder) => {
                let debrief = recorder.debrief();
                let own = self.store.own_words(self.player(), id).unwrap_or_else(|error| {
                    self.tell(error.to_string());
                    OwnWords::default()
                });
                self.take_up(recorder, false, true);
                if let Some(running) = &mut self.running {
                    running.debrief = Some(debrief);
                    running.looks_back = true;
                    running.guess =
                        Guess { outcome: own.left, skills: own.skills.map_or(OwnSkills::Declined, OwnSkills::Given) };
                    running.own_words = own;
                }
                Some(Screen::Debrief)
            }
            Err(why) => {
                self.tell(why);
                None
            }
        }
    }

    /// Something was done on the debrief.
    pub fn debriefed(&mut self, action: debrief::Action) -> Option<Screen> {
        let running = self.running.as_mut()?;
        match action {
            debrief::Action::Guess(outcome) => {
                running.guess.outcome = Some(outcome);
                running.own_words.left = Some(outcome);
                self.keep_own_words();
            }
            debrief::Action::OwnSkills(skills) => {
                running.guess.skills = skills;
                running.own_words.skills = match skills {
                    OwnSkills::Given(skills) => Some(skills),
                    OwnSkills::NotAsked | OwnSkills::Declined => None,
                };
                self.keep_own_words();
            }
            debrief::Action::Explain { encounter, turn, text } => {
                running.own_words.explain(Reason { encounter, turn, text });
                self.keep_own_words();
            }
            debrief::Action::TryAgain { encounter, turn } => return self.try_again(encounter, turn),
            debrief::Action::PickGoal(goal) => {
                self.personal.goal = Some(goal);
                self.save_personal();
            }
            debrief::Action::Done => {
                self.running = None;
                return Some(self.after_practice());
            }
        }
        None
    }

    /// Keeps what the person has said about the run, apart from the attempt.
    fn keep_own_words(&mut self) {
        let Some(running) = &self.running else { return };
        let id = running.recorder.attempt().id;
        if let Err(error) = self.store.keep_own_words(self.player(), id, &running.own_words) {
            self.tell(error.to_string());
        }
    }

    /// Puts the call down, to be gone on with later at the same word. Also what happens when the window is closed.
    pub fn leave(&mut self) {
        let Some(mut running) = self.running.take() else { return };
        if running.recorder.run().stage == RunStage::Closed {
            return;
        }
        let scenario = Arc::clone(running.recorder.scenario());
        let mut run = running.recorder.run().clone();
        let mut keeping = Keeping { recorder: &mut running.recorder, save: false };
        let left = running.call.act(&scenario, &mut run, conversation::Action::Leave, &mut keeping);
        if let Err(refused) = left {
            tracing::debug!("the place in the call was not marked: {refused}");
        }
        running.recorder.pause();
        self.running = Some(running);
        self.save();
        if let Some(running) = self.running.take() {
            self.left.insert(0, running.recorder);
        }
    }

    fn remember_introductions(&mut self) {
        let Some(running) = &self.running else { return };
        if running.call.introduced != self.personal.introduced {
            let known_before = self.personal.introduced.count();
            self.personal.introduced.clone_from(&running.call.introduced);
            if self.personal.introduced.count() != known_before {
                self.save_personal();
            }
        }
    }

    fn save_personal(&mut self) {
        let saved = self.personal.save(&self.folders, self.player());
        if let Err(error) = saved {
            self.tell(error.to_string());
        }
    }

    /// Saves the attempt as it stands; when this returns it outlives a loss of power.
    fn save(&mut self) {
        let Some(running) = &self.running else { return };
        match self.store.save(running.recorder.attempt()) {
            Ok(()) => self.send_ranked(),
            Err(error) => self.tell(error.to_string()),
        }
    }
}

/// The best that can be reached, looked for while the call is on.
fn search(scenario: &Arc<Scenario>, seed: u64) -> Arc<OnceLock<Reachable>> {
    let found = Arc::new(OnceLock::new());
    let (scenario, into) = (Arc::clone(scenario), Arc::clone(&found));
    let search = move || {
        into.get_or_init(|| reachable(&scenario, seed));
    };
    if let Err(error) = std::thread::Builder::new().name("search".to_owned()).spawn(search) {
        tracing::warn!("the best playthrough is not looked for: {error}");
    }
    found
}

/// The free lines of the notes that were filed.
pub(super) fn note_lines(attempt: &Attempt) -> Vec<String> {
    let lines = attempt.inputs.iter().filter_map(|input| match &input.verb {
        Verb::File { line, .. } => Some(line.clone()),
        _ => None,
    });
    lines.collect()
}

/// What was chosen in the diary of the present encounter.
fn answered(events: &[Event]) -> Vec<Answered> {
    let mut answered = Vec::new();
    for event in events {
        match *event {
            Event::EncounterBegan(_) => answered.clear(),
            Event::Chosen { event, choice } => answered.push(Answered { event, choice }),
            _ => {}
        }
    }
    answered
}
