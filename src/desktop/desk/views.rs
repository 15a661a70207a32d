//! What each screen says, read from the desk; and what is done on the screens around the call.

use std::path::Path;

use crate::attempt::{self, Attempt, Recorder};
use crate::desktop::Screen;
use crate::desktop::desk::call::note_lines;
use crate::desktop::desk::{Desk, Personal, cards};
use crate::desktop::runner::SpeechRate;
use crate::desktop::screens::settings::{Contrast, LookAs, SettingsView, Where};
use crate::desktop::screens::{after_call, conversation, debrief, home, library, prepare, progress, settings, welcome};
use crate::desktop::theme::{Appearance, Motion, Scale, Theme};
use crate::dialogue::Mode;
use crate::scenario::id::EncounterId;
use crate::scenario::load::Loaded;
use crate::settings as chosen;

impl Desk {
    pub fn welcome_view(&self) -> Option<welcome::View> {
        self.first_customer().map(|scenario| welcome::View::of(&scenario))
    }

    pub fn home_view(&self) -> home::View {
        let unfinished =
            self.unfinished().map(|recorder| home::Unfinished { scenario: recorder.scenario(), run: recorder.run() });
        home::View::of(&home::Facts {
            name: self.player(),
            unfinished,
            next: self.next_customer().map(AsRef::as_ref),
            counting: self.next_to_count().map(AsRef::as_ref),
            goal: self.personal.goal.as_deref(),
            review_cards: self.deck.due(self.today()).len(),
            broken_files: self.broken_files().count(),
            team: self.together.at_home().as_deref(),
            ranked: self.together.next_ranked(),
        })
    }

    /// Something was done at home.
    pub fn at_home(&mut self, action: home::Action) -> Screen {
        self.practising = action == home::Action::Practise;
        self.forget_ranked();
        match action {
            home::Action::Continue => self.resume(),
            home::Action::Meet => {
                self.chosen = self.next_customer().cloned();
                if self.chosen.is_some() { Screen::Prepare } else { Screen::Library }
            }
            home::Action::Rank if let Some(screen) = self.take_next_ranked() => screen,
            home::Action::Rank => {
                self.chosen = self.next_to_count().cloned();
                if self.chosen.is_some() { Screen::Prepare } else { Screen::Home }
            }
            home::Action::Practise | home::Action::OpenLibrary => Screen::Library,
            home::Action::Review => self.begin_review(),
            home::Action::OpenProgress => Screen::Progress,
            home::Action::OpenStudio => Screen::Studio,
            // Whoever has a team looks at it first.
            home::Action::OpenBoards if self.is_in_a_team() => self.open_team(),
            home::Action::OpenBoards => {
                self.open_board();
                Screen::Board
            }
            home::Action::OpenSettings => {
                self.look_at_records();
                Screen::Settings
            }
        }
    }

    pub fn library_view(&self) -> library::View {
        let zone = jiff::tz::TimeZone::system();
        let scenarios = self.library.scenarios().map(|scenario| {
            let mine: Vec<_> = self.my_runs().filter(|run| run.scenario == scenario.slug).collect();
            let open = self.left_of(&scenario.slug);
            let record = library::Record {
                best: mine.iter().map(|run| run.overall).max(),
                times_played: u32::try_from(mine.len()).unwrap_or(u32::MAX),
                skills: progress::likely_skills(&mine, &zone),
                open: open.map(|open| home::Unfinished { scenario: open.scenario(), run: open.run() }),
            };
            (scenario.as_ref(), record)
        });
        let broken: Vec<Loaded> = self
            .broken_files()
            .map(|entry| {
                let findings = entry.scenario.as_ref().err().cloned().unwrap_or_default();
                Loaded::refused(entry.source.clone(), findings)
            })
            .collect();
        library::View::of(scenarios, broken.iter())
    }

    /// Something was done in the library.
    pub fn in_library(&mut self, action: &library::Action) -> Screen {
        match action {
            // To begin anew would put the open run aside, with all that is due in it; who practises has asked for that.
            library::Action::Open { slug } if !self.practising && self.left_of(slug).is_some() => {
                self.resume_with(slug)
            }
            library::Action::Open { slug } => {
                self.chosen = self.scenario(slug);
                self.forget_ranked();
                if self.chosen.is_some() { Screen::Prepare } else { Screen::Library }
            }
            library::Action::Back => Screen::Home,
        }
    }

    pub fn prepare_view(&self) -> Option<prepare::View> {
        let scenario = self.chosen.as_ref()?;
        let preferences = self.settings.preferences();
        Some(prepare::View::of(&prepare::Facts {
            scenario,
            encounter: EncounterId(0),
            last_time: None,
            goal: self.personal.goal.as_deref(),
            mode: self.mode(),
            coach: preferences.coach,
            practice: self.practising,
            met_before: self.counts_already(&scenario.slug),
            ranked: self.ranked_facts(scenario),
        }))
    }

    /// Something was done while preparing.
    pub fn preparing(&mut self, action: prepare::Action) -> Option<Screen> {
        match action {
            prepare::Action::Begin { intention } => {
                let intentions = &self.chosen.as_ref()?.intentions;
                let intention = intention.and_then(|place| intentions.get(place).cloned());
                if self.begin_ranked(intention.clone()) {
                    return None;
                }
                let scenario = self.chosen.take()?;
                let mode = self.mode();
                Some(self.begin(scenario, mode, intention))
            }
            prepare::Action::SetMode(mode) => {
                self.settings.preferences_mut().steps_mode = mode == Mode::Steps;
                self.save_settings();
                None
            }
            prepare::Action::SetCoach(coach) => {
                self.settings.preferences_mut().coach = coach;
                self.save_settings();
                None
            }
            prepare::Action::SetRanked(ranked) => {
                self.set_ranked(ranked);
                None
            }
            prepare::Action::Back => {
                self.forget_ranked();
                Some(Screen::Home)
            }
        }
    }

    pub(super) fn mode(&self) -> Mode {
        if self.settings.preferences().steps_mode { Mode::Steps } else { Mode::Timed }
    }

    pub fn conversation_view(&self) -> Option<conversation::View> {
        let running = self.running.as_ref()?;
        let recorder = &running.recorder;
        Some(conversation::View::of(recorder.scenario(), recorder.run(), &running.call, &running.aids))
    }

    pub fn after_call_view(&self) -> Option<after_call::View> {
        let running = self.running.as_ref()?;
        let (scenario, run) = (running.recorder.scenario(), running.recorder.run());
        Some(after_call::View::of(after_call::Given { scenario, run, answered: &running.answered }))
    }

    pub fn debrief_view(&self) -> Option<debrief::View> {
        let running = self.running.as_ref()?;
        let debrief = running.debrief.as_ref()?;
        Some(debrief::View::of(debrief::Given {
            scenario: running.recorder.scenario(),
            debrief,
            reachable: self.reachable(),
            runs_before: running.runs_before,
            practice: running.recorder.attempt().practice,
            looks_back: running.looks_back,
            guess: &running.guess,
            own_words: &running.own_words,
            note_lines: &note_lines(running.recorder.attempt()),
            goal: self.personal.goal.as_deref(),
            team: self.together.way_of(running.recorder.attempt().id).as_deref(),
        }))
    }

    pub fn progress_view(&self) -> progress::View {
        let runs: Vec<_> = self.my_runs().cloned().collect();
        progress::View::of(&progress::Given {
            runs: &runs,
            zone: &jiff::tz::TimeZone::system(),
            deck: &self.deck,
            today: self.today(),
        })
    }

    /// Something was done at the progress page.
    pub fn at_progress(&mut self, action: &progress::Action) -> Option<Screen> {
        match action {
            progress::Action::OpenDebrief(attempt) => self.look_back(attempt),
            progress::Action::Review => Some(self.begin_review()),
            progress::Action::Leave => Some(Screen::Home),
        }
    }

    pub fn settings_view(&self) -> settings::View {
        let preferences = self.settings.preferences();
        let shown = |path: &Path| path.display().to_string();
        settings::View::of(&SettingsView {
            text_size: preferences.text_scale.get(),
            look: match preferences.theme {
                chosen::Theme::System => LookAs::System,
                chosen::Theme::Light => LookAs::Light,
                chosen::Theme::Dark => LookAs::Dark,
            },
            contrast: match preferences.contrast {
                chosen::Contrast::Normal => Contrast::Usual,
                chosen::Contrast::High => Contrast::More,
            },
            reduced_motion: preferences.motion == chosen::Motion::Reduced,
            captions: preferences.captions,
            mood_word: preferences.mood_word != chosen::MoodWord::Never,
            mode: self.mode(),
            speech_rate: preferences.speech_rate.get(),
            language: preferences.language.clone(),
            languages: self.library.languages().to_vec(),
            sound: preferences.sound,
            volume: preferences.volume.get(),
            name: self.player().to_owned(),
            team: self.settings.profile().and_then(|profile| profile.team.clone()),
            data_folder: shown(&self.folders.data),
            scenarios_folder: shown(&self.folders.scenarios),
            log_file: shown(&self.log_file),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            exported: self.exported.clone(),
            records: self.records.view(),
            deleting: self.deleting(),
            moment: jiff::Timestamp::now(),
        })
    }

    /// Something was set. Says where to go, where it leads anywhere.
    pub fn set(&mut self, action: settings::Action) -> Option<Screen> {
        use settings::Action;
        match action {
            Action::Records(action) => {
                self.set_records(action);
                return None;
            }
            Action::DeleteMyData(Where::Here) => return Some(self.delete_my_data()),
            Action::DeleteMyData(Where::AtTheTeamToo) => {
                self.delete_at_the_team_too();
                return None;
            }
            Action::KeepMyData => {
                self.keep_at_the_team();
                return None;
            }
            _ => {}
        }
        let preferences = self.settings.preferences_mut();
        match action {
            Action::SetTextSize(percent) => preferences.text_scale = chosen::Percent::new(percent),
            Action::SetLook(look) => {
                preferences.theme = match look {
                    LookAs::System => chosen::Theme::System,
                    LookAs::Light => chosen::Theme::Light,
                    LookAs::Dark => chosen::Theme::Dark,
                };
            }
            Action::SetContrast(contrast) => {
                preferences.contrast = match contrast {
                    Contrast::Usual => chosen::Contrast::Normal,
                    Contrast::More => chosen::Contrast::High,
                };
            }
            Action::SetReducedMotion(reduced) => {
                preferences.motion = if reduced { chosen::Motion::Reduced } else { chosen::Motion::Full };
            }
            Action::SetCaptions(captions) => preferences.captions = captions,
            Action::SetMoodWord(shown) => {
                preferences.mood_word = if shown { chosen::MoodWord::FirstRuns } else { chosen::MoodWord::Never };
            }
            Action::SetMode(mode) => preferences.steps_mode = mode == Mode::Steps,
            Action::SetSpeechRate(percent) => {
                preferences.speech_rate = chosen::Percent::new(percent);
                if let Some(running) = &mut self.running {
                    running.call.runner.set_rate(SpeechRate::percent(percent));
                }
            }
            Action::SetLanguage(language) => {
                self.library = self.library.speaking(&language);
                preferences.language = language;
            }
            Action::SetSound(sound) => preferences.sound = sound,
            Action::SetVolume(percent) => preferences.volume = chosen::Percent::new(percent),
            Action::SetName(name) => self.rename(&name),
            Action::SetTeam(team) => {
                if let Some(profile) = self.settings.profile_mut() {
                    profile.team = team;
                }
            }
            Action::ExportMyData => self.exported = Some(self.export()),
            // Done above.
            Action::Records(_) | Action::DeleteMyData(_) | Action::KeepMyData => {}
            Action::Back if self.settings.player.is_none() => return Some(Screen::Welcome),
            Action::Back => return Some(Screen::Home),
        }
        self.save_settings();
        None
    }

    /// Someone else sits down, or the same person under another name: profiles are by name, and so are runs.
    fn rename(&mut self, name: &str) {
        self.settings.play_as(name);
        self.sit_down();
    }

    /// Writes all that is kept about the person into one file in their data folder.
    fn export(&self) -> Result<String, String> {
        let listed = self.store.list().map_err(|error| error.to_string())?.into_iter();
        let mut attempts: Vec<Attempt> = listed
            .filter_map(|listed| listed.attempt.ok())
            .map(|kept| kept.attempt)
            .filter(|attempt| attempt.player == self.player())
            .collect();
        let listed: Vec<_> = attempts.iter().map(|attempt| attempt.id).collect();
        let left = self.left.iter().map(Recorder::attempt);
        attempts.extend(left.filter(|attempt| !listed.contains(&attempt.id)).cloned());
        let mut own_words = serde_json::Map::new();
        for attempt in &attempts {
            let words = self.store.own_words(self.player(), attempt.id).map_err(|error| error.to_string())?;
            if !words.is_empty() {
                own_words.insert(attempt.id.to_string(), serde_json::json!(words));
            }
        }
        let attempts: Vec<String> = attempts.iter().map(attempt::write).collect();
        let export = serde_json::json!({
            "simmer_export": 1,
            "player": self.player(),
            "profile": self.settings.profile(),
            "personal": self.personal,
            "review_cards": self.deck.cards(),
            "attempts": attempts,
            "own_words": own_words,
            "team": self.team_for_export(),
        });
        let path = self.folders.data.join("my-data.json");
        let text = serde_json::to_string_pretty(&export).map_err(|error| error.to_string())?;
        attempt::atomic::write(&path, text.as_bytes()).map_err(|error| error.to_string())?;
        Ok(path.display().to_string())
    }

    /// Deletes every run, introduction and setting of the person who plays. Asked twice before.
    pub(super) fn delete_my_data(&mut self) -> Screen {
        let player = self.player().to_owned();
        self.running = None;
        self.left.clear();
        let mut failed = self.store.discard(&player).err().map(|error| error.to_string());
        for listed in self.store.list().unwrap_or_default() {
            if let Ok(kept) = listed.attempt
                && kept.attempt.player == player
                && let Err(error) = attempt::atomic::remove(&listed.path)
            {
                failed = Some(error.to_string());
            }
        }
        if let Some(history) = &mut self.history
            && let Err(error) = history.forget(&player)
        {
            failed = Some(error.to_string());
        }
        if let Err(error) = self.store.forget_own_words(&player) {
            failed = Some(error.to_string());
        }
        for forgotten in [Personal::forget(&self.folders, &player), cards::forget(&self.folders, &player)] {
            failed = forgotten.err().map(|error| error.to_string()).or(failed);
        }
        if let Err(error) = self.forget_the_team() {
            failed = Some(error);
        }
        self.settings.forget(&player);
        self.save_settings();
        self.read_history();
        self.sit_down();
        if let Some(why) = failed {
            self.tell(format!("Not everything could be deleted: {why}"));
        }
        Screen::Welcome
    }

    /// The look that the settings ask for. `system` is what the computer is set to.
    pub fn theme(&self, system: Appearance) -> Theme {
        let preferences = self.settings.preferences();
        let appearance = match preferences.theme {
            chosen::Theme::System => system,
            chosen::Theme::Light => Appearance::Light,
            chosen::Theme::Dark => Appearance::Dark,
        };
        let motion = match preferences.motion {
            chosen::Motion::Full => Motion::Full,
            chosen::Motion::Reduced => Motion::Reduced,
        };
        let theme = Theme::new(appearance, Scale::percent(preferences.text_scale.get()), motion);
        if preferences.contrast == chosen::Contrast::High { theme.with_more_contrast() } else { theme }
    }
}
