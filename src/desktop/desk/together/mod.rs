//! The team at the desk: whom one plays with, what waits to be sent, the board as the service has it, and runs that
//! count. Everything that takes time happens on threads of its own; here is what was heard from them last.

mod browser;
mod ranked;
mod worker;

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

use super::Desk;
use crate::desktop::Screen;
use crate::desktop::screens::settings::{self, Deleting};
use crate::desktop::screens::team;
use crate::online::outbox::{Files, Line, State};
use crate::online::{Address, CallError, Folder, Membership, Service, Unheard, join, shown};
use crate::settings::checked_name;
use crate::team::Invite;
use crate::team::protocol::{ChangeMe, Me, PublishedScenario, Season, Start, TeamName};

pub(super) use worker::Tell;
pub(in crate::desktop) use worker::Wake;
use worker::{Ask, News, Worker};

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
    /// Somebody asked to join and no answer came.
    unheard: Option<Unheard>,
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
    /// All is to be deleted, here and at the service: how far that is.
    deleting: Deleting,
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
pub(super) struct Heard<N>(Mutex<Receiver<N>>);

impl<N> Heard<N> {
    pub(super) const fn of(comes: Receiver<N>) -> Self {
        Self(Mutex::new(comes))
    }

    /// What has come by now, if anything.
    pub(super) fn next(&mut self) -> Option<N> {
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
            unheard: None,
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
            deleting: Deleting::NotAsked,
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
            Ok(None) => self.look_for_unheard(),
            Err(error) => self.tell(error.to_string()),
        }
    }

    fn look_for_unheard(&mut self) {
        // What cannot be read any more is asked for anew.
        self.together.unheard = self.team_folder().unheard().ok().flatten();
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
                together.unheard.as_ref(),
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
            Action::TryAgain => together.ask(Ask::Send),
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
        self.give_back_the_key();
        let left = self.team_folder().leave(all);
        self.together = Together::default();
        if let Err(error) = left {
            self.tell(error.to_string());
        }
    }

    /// Has the service revoke the key of this computer, if it can be reached: nobody waits for it, since what is forgotten
    /// here opens nothing any more.
    fn give_back_the_key(&self) {
        let Some(membership) = self.together.membership.clone() else { return };
        let giving = move || {
            let given = Service::of(&membership).and_then(|service| service.drop_device(&membership.token.id));
            if let Err(error) = given {
                tracing::info!(%error, "the service did not hear that its key was given back");
            }
        };
        // Without a thread it is kept there until somebody revokes it, as without a network.
        let _ = std::thread::Builder::new().name("leaving".to_owned()).spawn(giving);
    }

    /// With all else that is kept about the person. What the service has stays there.
    pub(super) fn forget_the_team(&mut self) -> Result<(), String> {
        self.give_back_the_key();
        self.together = Together::default();
        self.team_folder().leave(true).map_err(|error| error.to_string())
    }

    /// How it stands with deleting all that is known of the person, here and elsewhere.
    pub(super) fn deleting(&self) -> settings::Elsewhere {
        let together = &self.together;
        settings::Elsewhere {
            service: together.membership.as_ref().map(|membership| membership.service.clone()),
            unsent: together.ways.iter().any(|way| matches!(way.state, State::Waiting { .. })),
            recorded: self.is_recorded(),
            deleting: together.deleting.clone(),
        }
    }

    /// First at the service: what it does not delete can be told while there is still somebody to tell.
    pub(super) fn delete_at_the_team_too(&mut self) {
        if self.together.deleting == Deleting::Asking {
            return;
        }
        self.together.deleting = if self.together.worker.is_some() {
            self.together.ask(Ask::Delete);
            Deleting::Asking
        } else {
            Deleting::Failed("The connection to it could not be begun.".to_owned())
        };
    }

    /// It was thought better of, if it can be.
    pub(super) fn keep_at_the_team(&mut self) {
        if self.together.deleting != Deleting::Asking {
            self.together.deleting = Deleting::NotAsked;
        }
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
            Err(why) => {
                self.together.not_joined = Some(why);
                self.look_for_unheard();
            }
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
            News::Sending(lines) => together.ways = lines,
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
            News::Deleted if together.deleting == Deleting::Asking => {
                // The key opens nothing any more.
                self.together = Together::default();
                let left = self.team_folder().leave(true);
                self.notice = None;
                self.lead = Some(self.delete_my_data());
                if let Err(error) = left {
                    self.tell(error.to_string());
                } else if self.notice.is_none() {
                    self.tell("Your team\u{2019}s service has deleted what it knew of you, too.");
                }
            }
            News::NotDeleted(error) if together.deleting == Deleting::Asking => {
                together.deleting = Deleting::Failed(error.to_string());
            }
            News::NotDeleted(error) => together.said = Some(Err(error.to_string())),
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
