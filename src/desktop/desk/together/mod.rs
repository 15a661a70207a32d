//! The team at the desk: whom one plays with, what waits to be sent, the board as the service has it, and runs that
//! count. Everything that takes time happens on threads of its own; here is what was heard from them last.

mod browser;
mod worker;

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

use super::Desk;
use crate::attempt::{Beginning, Recorder};
use crate::desktop::Screen;
use crate::desktop::screens::{home, prepare, team};
use crate::online::outbox::{Files, Line, State};
use crate::online::starts::Starts;
use crate::online::{Address, CallError, Folder, Membership, Published, Service, join, shown};
use crate::scenario::Scenario;
use crate::settings::checked_name;
use crate::team::Invite;
use crate::team::protocol::{ChangeMe, Me, PublishedScenario, Season, Start, TeamName};

pub(in crate::desktop) use worker::Wake;
use worker::{Ask, News, Tell, Worker};

/// What is known of the team of whoever plays.
#[derive(Debug)]
pub struct Together {
    membership: Option<Membership>,
    worker: Option<Worker>,
    heard: Heard<News>,
    /// Somebody is joining: what comes of it.
    joining: Option<Heard<Result<Membership, String>>>,
    /// Why it did not come to joining.
    not_joined: Option<String>,
    me: Option<Me>,
    scenarios: Vec<PublishedScenario>,
    seasons: Vec<Season>,
    teams: Vec<TeamName>,
    ways: Vec<Line>,
    ahead: Vec<Start>,
    asked: team::Asked,
    board: Option<team::Board>,
    trouble: Option<CallError>,
    /// What came of the latest wish.
    said: Option<Result<String, String>>,
    link: Option<String>,
    /// The next call is to count.
    ranked: bool,
    /// A ranked call that waits for its leave.
    waiting: Option<Waiting>,
    /// Why there was no leave.
    refused: Option<String>,
}

/// A call that begins as soon as its leave is there.
#[derive(Debug)]
struct Waiting {
    intention: Option<String>,
}

/// What comes from a thread. The desk is looked at from several, so that a bare receiver will not do.
#[derive(Debug)]
struct Heard<N>(Mutex<Receiver<N>>);

impl<N> Heard<N> {
    const fn of(comes: Receiver<N>) -> Self {
        Self(Mutex::new(comes))
    }

    /// What has come by now, if anything.
    fn next(&mut self) -> Option<N> {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).try_recv().ok()
    }
}

impl Default for Together {
    fn default() -> Self {
        Self {
            membership: None,
            worker: None,
            heard: Heard::of(channel().1),
            joining: None,
            not_joined: None,
            me: None,
            scenarios: Vec::new(),
            seasons: Vec::new(),
            teams: Vec::new(),
            ways: Vec::new(),
            ahead: Vec::new(),
            asked: team::Asked::default(),
            board: None,
            trouble: None,
            said: None,
            link: None,
            ranked: false,
            waiting: None,
            refused: None,
        }
    }
}

impl Together {
    fn ask(&self, ask: Ask) {
        if let Some(worker) = &self.worker {
            worker.ask(ask);
        }
    }

    fn published(&self, slug: &str) -> Option<&PublishedScenario> {
        self.scenarios.iter().find(|published| published.scenario == slug)
    }

    fn lies_ahead(&self, slug: &str) -> Option<&Start> {
        self.ahead.iter().find(|start| start.scenario == slug)
    }

    /// The hash under which a ranked call of this name is played.
    fn hash(&self, slug: &str) -> Option<crate::scenario::model::Hash> {
        let published = self.published(slug).map(|published| &published.full_hash);
        published.or(self.lies_ahead(slug).map(|start| &start.full_hash))?.parse().ok()
    }

    /// The published call of which the first ranked run is still to be played.
    pub(super) fn next_ranked(&self) -> Option<home::Ranked<'_>> {
        let membership = self.membership.as_ref()?;
        let open = |published: &&PublishedScenario| {
            published.begun == 0 && published.allowed > 0 || self.lies_ahead(&published.scenario).is_some()
        };
        let next = self.scenarios.iter().find(open)?;
        Some(home::Ranked { title: &next.title, slug: &next.scenario, service: &membership.service })
    }

    /// What is said at home: only what wants attention.
    pub(super) fn at_home(&self) -> Option<String> {
        let refused = self.ways.iter().any(|way| matches!(way.state, State::Refused(_) | State::Revoked));
        let waiting = self.ways.iter().filter(|way| matches!(way.state, State::Waiting { .. })).count();
        match (refused, waiting) {
            (true, _) => Some("Your team\u{2019}s service did not take a run of yours: see why.".to_owned()),
            (false, 0) => None,
            (false, 1) => Some("One ranked run is still to be sent to your team.".to_owned()),
            (false, runs) => Some(format!("{runs} ranked runs are still to be sent to your team.")),
        }
    }

    /// How it stands with a run that counts.
    pub(super) fn way_of(&self, attempt: Uuid) -> Option<String> {
        self.ways.iter().find(|way| way.attempt == attempt).map(|way| way.state.words())
    }
}

impl Desk {
    /// Whether whoever plays is in a team.
    pub(super) fn is_in_a_team(&self) -> bool {
        self.together.membership.is_some()
    }

    /// By this the sleeping window is woken when there is news.
    pub(in crate::desktop) fn wake(&self) -> &Wake {
        &self.wake
    }

    /// Where what was heard leads to, once.
    pub(in crate::desktop) fn take_lead(&mut self) -> Option<Screen> {
        self.lead.take()
    }

    /// Someone has sat down: their team, if they are in one.
    pub(super) fn sit_with_the_team(&mut self) {
        self.together = Together::default();
        if self.settings.player.is_none() {
            return;
        }
        match self.team_folder().joined() {
            Ok(Some(membership)) => self.meet_the_team(membership),
            Ok(None) => {}
            Err(error) => self.tell(error.to_string()),
        }
    }

    fn team_folder(&self) -> Folder {
        Folder::of(&self.folders.data, self.player())
    }

    fn meet_the_team(&mut self, membership: Membership) {
        let (news, heard) = channel();
        let tell = Tell { news, wake: self.wake.clone() };
        let (folder, player) = (self.team_folder(), membership.player);
        let files = Files::new(self.store.clone(), folder.clone(), self.player(), player);
        let worker = Service::of(&membership)
            .map_err(|error| error.to_string())
            .and_then(|service| Worker::start(service, folder, player, files, tell).map_err(|error| error.to_string()));
        self.together = Together { membership: Some(membership), heard: Heard::of(heard), ..Together::default() };
        match worker {
            Ok(worker) => self.together.worker = Some(worker),
            Err(why) => self.tell(why),
        }
    }

    pub fn team_view(&self) -> team::View {
        let together = &self.together;
        let Some(membership) = &together.membership else {
            return team::View::Join(team::Join::of(
                self.player(),
                together.joining.is_some(),
                together.not_joined.as_deref(),
            ));
        };
        team::View::Team(Box::new(team::Team::of(&team::Given {
            membership,
            me: together.me.as_ref(),
            scenarios: &together.scenarios,
            seasons: &together.seasons,
            teams: &together.teams,
            ways: &together.ways,
            ahead: &together.ahead,
            asked: &together.asked,
            board: together.board.as_ref(),
            trouble: together.trouble.as_ref(),
            said: together.said.as_ref(),
            link: together.link.as_deref(),
        })))
    }

    /// The team's page is opened.
    pub(super) fn open_team(&mut self) -> Screen {
        self.together.ask(Ask::Watch(Some(self.together.asked.clone())));
        Screen::Team
    }

    /// Something was done at the team's page.
    pub fn with_the_team(&mut self, action: team::Action) -> Option<Screen> {
        use team::Action;
        let together = &mut self.together;
        match action {
            Action::Join { link, alias, plain } => self.join(&link, &alias, plain),
            Action::Look(asked) => {
                together.asked = asked.clone();
                together.ask(Ask::Watch(Some(asked)));
            }
            Action::Take { slug } => return self.take_ranked(&slug),
            Action::FetchAhead { slug } => {
                let mode = self.mode();
                if let Some(full) = self.together.hash(&slug) {
                    self.together.ask(Ask::Ahead { full, mode });
                }
            }
            Action::SendNow => together.ask(Ask::Send),
            Action::SendAgain(attempt) => together.ask(Ask::SendAgain(attempt)),
            Action::OpenInBrowser => together.ask(Ask::OpenBrowser),
            Action::SetListed(listed) => together.ask(Ask::Change(ChangeMe { alias: None, listed: Some(listed) })),
            Action::SetAlias(alias) => together.ask(Ask::Change(ChangeMe { alias: Some(alias), listed: None })),
            Action::Export => together.ask(Ask::Export(self.folders.data.join("my-data-at-the-team.json"))),
            Action::Delete => together.ask(Ask::Delete),
            Action::Leave => self.leave_the_team(false),
            Action::ThisComputer => {
                together.ask(Ask::Watch(None));
                self.open_board();
                return Some(Screen::Board);
            }
            Action::Back => {
                together.ask(Ask::Watch(None));
                return Some(Screen::Home);
            }
        }
        None
    }

    fn join(&mut self, link: &str, alias: &str, plain: bool) {
        let told = |words: String| Some(words);
        if self.together.joining.is_some() {
            return;
        }
        self.together.not_joined = None;
        let asked = link.parse::<Invite>().map_err(|error| error.to_string()).and_then(|invite| {
            Address::of(&invite, plain).map_err(|error| error.to_string())?;
            Ok((invite, checked_name(alias)?))
        });
        let (invite, alias) = match asked {
            Ok(asked) => asked,
            Err(why) => {
                self.together.not_joined = told(why);
                return;
            }
        };
        let (folder, wake) = (self.team_folder(), self.wake.clone());
        let (news, comes): (Sender<Result<Membership, String>>, _) = channel();
        let tell = Tell { news, wake };
        let joining = move || {
            tell.tell(join(&folder, &invite, &alias, None, plain).map_err(|error| error.to_string()));
        };
        match std::thread::Builder::new().name("joining".to_owned()).spawn(joining) {
            Ok(_) => self.together.joining = Some(Heard::of(comes)),
            Err(error) => self.together.not_joined = told(error.to_string()),
        }
    }

    fn leave_the_team(&mut self, all: bool) {
        let left = self.team_folder().leave(all);
        self.together = Together::default();
        if let Err(error) = left {
            self.tell(error.to_string());
        }
    }

    /// The next call that counts for the team, if one is open and at hand.
    pub(super) fn take_next_ranked(&mut self) -> Option<Screen> {
        let slug = self.together.next_ranked()?.slug.to_owned();
        self.take_ranked(&slug)
    }

    /// With all else that is kept about the person. What the service has stays there.
    pub(super) fn forget_the_team(&mut self) -> Result<(), String> {
        self.together = Together::default();
        self.team_folder().leave(true).map_err(|error| error.to_string())
    }

    /// The team of the person, without the key to it.
    pub(super) fn team_for_export(&self) -> serde_json::Value {
        let Some(membership) = &self.together.membership else { return serde_json::Value::Null };
        serde_json::json!({
            "service": membership.service,
            "address": membership.address.url(),
            "player": membership.player,
            "alias": membership.alias,
            "team": membership.team,
        })
    }

    /// A call that counts is wanted: it is prepared for as any other.
    fn take_ranked(&mut self, slug: &str) -> Option<Screen> {
        let full = self.together.hash(slug)?;
        let published = Published::kept(&self.team_folder(), full).map(|published| published.scenario);
        let Some(scenario) = published.or_else(|| self.scenario(slug)) else {
            self.together.said =
                Some(Err("That call is still on its way to this computer. Try again in a moment.".to_owned()));
            return None;
        };
        self.together.ask(Ask::Watch(None));
        self.practising = false;
        self.together.ranked = true;
        self.together.refused = None;
        self.chosen = Some(scenario);
        Some(Screen::Prepare)
    }

    /// Whether the call being prepared can count for the team, and how.
    pub(super) fn ranked_facts(&self, scenario: &Scenario) -> Option<prepare::Ranked<'_>> {
        let together = &self.together;
        let membership = together.membership.as_ref().filter(|_| !self.practising)?;
        together.hash(&scenario.slug)?;
        let published = together.published(&scenario.slug);
        let ahead = together.lies_ahead(&scenario.slug).is_some();
        let left = published.map_or(0, |published| published.allowed.saturating_sub(published.begun));
        let first = published.is_none_or(|published| published.begun == u32::from(ahead));
        Some(prepare::Ranked {
            service: &membership.service,
            left: left + u32::from(ahead),
            first,
            ahead,
            wish: match (together.ranked && left + u32::from(ahead) > 0, &together.waiting) {
                (false, _) => prepare::Wish::Off,
                (true, None) => prepare::Wish::On,
                (true, Some(_)) => prepare::Wish::Asking,
            },
            refused: together.refused.as_deref(),
        })
    }

    pub(super) fn set_ranked(&mut self, ranked: bool) {
        self.together.ranked = ranked;
        self.together.refused = None;
    }

    /// Another customer, or none, is prepared for.
    pub(super) fn forget_ranked(&mut self) {
        self.together.ranked = false;
        self.together.waiting = None;
        self.together.refused = None;
    }

    /// Asks for leave, if the call that is prepared for is to count. The call begins when it is there.
    pub(super) fn begin_ranked(&mut self, intention: Option<String>) -> bool {
        let Some(scenario) = self.chosen.clone() else { return false };
        if !self.ranked_facts(&scenario).is_some_and(|ranked| ranked.wish != prepare::Wish::Off) {
            return false;
        }
        let (Some(full), mode) = (self.together.hash(&scenario.slug), self.mode()) else { return false };
        if self.together.waiting.is_none() {
            self.together.refused = None;
            self.together.waiting = Some(Waiting { intention });
            self.together.ask(Ask::Leave { full, mode });
        }
        true
    }

    /// The leave is there: it is used up, and the call begins.
    fn begin_under(&mut self, start: &Start, published: &Published) -> Result<(), String> {
        let Some(Waiting { intention }) = self.together.waiting.take() else { return Ok(()) };
        let Some(player) = self.together.membership.as_ref().map(|membership| membership.player) else { return Ok(()) };
        let scenario = Arc::clone(&published.scenario);
        // What counts must be kept: where it cannot be, no leave is used.
        let kept = self.store.keep_scenario(scenario.hashes.full, &published.text);
        kept.map_err(|error| error.to_string())?;
        let folder = self.team_folder();
        let leave = Starts::of(&folder, player).take(start).map_err(|error| error.to_string())?;
        let recorder = Recorder::begin(
            Arc::clone(&scenario),
            Beginning {
                seed: leave.seed,
                mode: leave.mode,
                language: scenario.language.clone(),
                player: self.player().to_owned(),
                team: self.settings.profile().and_then(|profile| profile.team.clone()),
                practice: false,
                start: Some(leave.id),
                intention,
            },
        );
        self.forget_ranked();
        self.chosen = None;
        self.lead = Some(self.take_up(recorder, false, false));
        self.together.ask(Ask::Standing);
        Ok(())
    }

    /// A run that counts was saved with something in it that the team may have.
    pub(super) fn send_ranked(&self) {
        let ranked = self.running.as_ref().map(|running| running.recorder.attempt());
        if ranked.is_some_and(|attempt| attempt.start.is_some() && attempt.score.is_some()) {
            self.together.ask(Ask::Send);
        }
    }

    /// Whether anything was heard from the team.
    pub(super) fn hear_from_the_team(&mut self) -> bool {
        let mut heard = self.hear_whether_joined();
        while let Some(news) = self.together.heard.next() {
            heard = true;
            self.take_news(news);
        }
        heard
    }

    fn hear_whether_joined(&mut self) -> bool {
        let Some(joined) = self.together.joining.as_mut().and_then(Heard::next) else { return false };
        self.together.joining = None;
        match joined {
            Ok(membership) => {
                self.meet_the_team(membership);
                self.together.ask(Ask::Watch(Some(self.together.asked.clone())));
            }
            Err(why) => self.together.not_joined = Some(why),
        }
        true
    }

    fn take_news(&mut self, news: News) {
        let together = &mut self.together;
        match news {
            News::Standing { me, scenarios, seasons, teams } => {
                (together.scenarios, together.seasons, together.teams) = (scenarios, seasons, teams);
                self.keep_me(*me);
            }
            News::Changed(me) => self.keep_me(*me),
            // Of a board that is not looked at any more nobody wants to know.
            News::Board(asked, board) if asked == together.asked => together.board = Some(*board),
            News::Board(..) => {}
            News::Ways { lines, ahead } => (together.ways, together.ahead) = (lines, ahead),
            News::Leave(Ok((start, published))) => {
                if let Err(why) = self.begin_under(&start, &published) {
                    self.together.refused = Some(why);
                }
            }
            News::Leave(Err(why)) => {
                together.waiting = None;
                together.refused = Some(why);
            }
            News::Said(said) => together.said = Some(said),
            News::Link(link) => {
                let opened = browser::open(&link);
                together.said = Some(match opened {
                    Ok(()) => Ok("It opens in your browser.".to_owned()),
                    Err(_) => Ok("Copy the link into a browser. It is good once, and for a short while.".to_owned()),
                });
                together.link = Some(link);
            }
            News::Deleted => {
                self.leave_the_team(true);
                self.tell("The team\u{2019}s service knows nothing of you any more. Your runs are still here.");
            }
            News::Trouble(trouble) => together.trouble = trouble,
        }
    }

    fn keep_me(&mut self, me: Me) {
        let folder = self.team_folder();
        let Some(membership) = &mut self.together.membership else { return };
        let now = Membership {
            alias: shown(&me.alias),
            team: me.team.clone(),
            service: shown(&me.service),
            ..membership.clone()
        };
        let changed = now != *membership;
        *membership = now;
        let kept = if changed { folder.keep(membership) } else { Ok(()) };
        self.together.me = Some(me);
        if let Err(error) = kept {
            self.tell(error.to_string());
        }
    }
}

#[cfg(test)]
#[cfg(feature = "server")]
mod tests;
