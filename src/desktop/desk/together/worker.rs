//! The threads that speak with the team's service, so that no frame ever waits for a network.

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use crate::attempt::{atomic, fresh_seed};
use crate::desktop::screens::team::{Asked, Board, What};
use crate::dialogue::Mode;
use crate::online::outbox::{Files, Line, Step};
use crate::online::starts::Starts;
use crate::online::{BoardQuery, CallError, Folder, Outbox, Published, Service};
use crate::scenario::model::Hash;
use crate::team::protocol::{ChangeMe, LARGEST_PAGE, Me, PublishedScenario, Season, Start, TeamName};

/// With nothing to send and nothing asked, the service is asked how things stand this often.
const NOW_AND_THEN: Duration = Duration::from_mins(10);
/// While somebody looks at the board and it cannot be had.
const SOON_AGAIN: Duration = Duration::from_secs(20);
/// After the listening has ended, before it is tried again, in seconds.
const BEFORE_LISTENING_AGAIN: u32 = 20;
/// Rows of a board: at first, and those that are shown more of at a time.
const TOP: usize = 10;
const MORE: usize = LARGEST_PAGE as usize;

/// What is asked of the thread.
#[derive(Debug)]
pub(super) enum Ask {
    /// Who one is, what counts, and what is still to be sent.
    Standing,
    /// This board is looked at from now on; none when nobody looks.
    Watch(Option<Asked>),
    /// Something on the boards has moved.
    Moved,
    /// There is something new to send, or what waits is to be tried again now.
    Send,
    /// Sends a run once more that was refused.
    SendAgain(Uuid),
    /// Leave for a ranked run.
    Leave {
        full: Hash,
        mode: Mode,
    },
    /// Leave for a ranked run without a network, later.
    Ahead {
        full: Hash,
        mode: Mode,
    },
    Change(ChangeMe),
    Export(PathBuf),
    OpenBrowser,
    Delete,
}

/// What came of it.
#[derive(Debug)]
pub(super) enum News {
    Standing {
        me: Box<Me>,
        scenarios: Vec<PublishedScenario>,
        seasons: Vec<Season>,
        teams: Vec<TeamName>,
    },
    Changed(Box<Me>),
    Board(Asked, Box<Board>),
    /// How it stands with the ranked runs, and the leaves that lie here.
    Ways {
        lines: Vec<Line>,
        ahead: Vec<Start>,
    },
    /// The same while one of them is being sent.
    Sending(Vec<Line>),
    Leave(Result<(Start, Box<Published>), String>),
    /// Something that was asked for was done, or why it was not.
    Said(Result<String, String>),
    /// It opens the service in a browser, signed in, for a short while.
    Link(String),
    Deleted,
    NotDeleted(CallError),
    /// The service could not be asked how things stand; none where it could.
    Trouble(Option<CallError>),
}

/// Wakes the window, which sleeps while nothing moves.
#[derive(Clone, Default)]
pub(in crate::desktop) struct Wake(Arc<OnceLock<Box<dyn Fn() + Send + Sync>>>);

impl Wake {
    /// By this it is woken from now on; the first one counts.
    pub(in crate::desktop) fn by(&self, wake: impl Fn() + Send + Sync + 'static) {
        let _ = self.0.set(Box::new(wake));
    }

    fn up(&self) {
        if let Some(wake) = self.0.get() {
            wake();
        }
    }
}

impl fmt::Debug for Wake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Wake").field(&self.0.get().is_some()).finish()
    }
}

/// Tells the desk.
#[derive(Debug, Clone)]
pub(in crate::desktop::desk) struct Tell<N> {
    pub(in crate::desktop::desk) news: Sender<N>,
    pub(in crate::desktop::desk) wake: Wake,
}

impl<N> Tell<N> {
    pub(in crate::desktop::desk) fn tell(&self, news: N) {
        // Where nobody hears it any more, somebody else has sat down.
        if self.news.send(news).is_ok() {
            self.wake.up();
        }
    }
}

/// The thread of one profile in a team. Dropped, it breaks off what is under way.
#[derive(Debug)]
pub(super) struct Worker {
    asks: Sender<Ask>,
    service: Arc<Service>,
    stopped: Arc<AtomicBool>,
}

impl Worker {
    pub(super) fn start(
        service: Service,
        folder: Folder,
        player: Uuid,
        files: Files,
        tell: Tell<News>,
    ) -> std::io::Result<Self> {
        let (asks, asked) = std::sync::mpsc::channel();
        let service = Arc::new(service);
        let stopped = Arc::new(AtomicBool::new(false));
        let work = Work {
            service: Arc::clone(&service),
            folder,
            player,
            outbox: Outbox::new(files),
            watched: None,
            listens: false,
            troubled: false,
            asks: asks.clone(),
            stopped: Arc::clone(&stopped),
            tell,
        };
        std::thread::Builder::new().name("team".to_owned()).spawn(move || work.run(&asked))?;
        Ok(Self { asks, service, stopped })
    }

    pub(super) fn ask(&self, ask: Ask) {
        // A thread that has ended has said why.
        let _ = self.asks.send(ask);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        self.service.hang_up();
        // Whoever waits for something to do hears that there will be nothing.
        let _ = self.asks.send(Ask::Watch(None));
    }
}

/// What the thread holds.
struct Work {
    service: Arc<Service>,
    folder: Folder,
    player: Uuid,
    outbox: Outbox<Files>,
    watched: Option<Asked>,
    /// Somebody listens to what moves.
    listens: bool,
    /// The service could not be asked, the last time.
    troubled: bool,
    asks: Sender<Ask>,
    stopped: Arc<AtomicBool>,
    tell: Tell<News>,
}

impl Work {
    fn run(mut self, asked: &Receiver<Ask>) {
        self.standing();
        let mut wait = self.send();
        while !self.stopped.load(Ordering::Relaxed) {
            match asked.recv_timeout(wait) {
                // Many things move at once; one look is enough.
                Ok(Ask::Moved) => {
                    let mut others = Vec::new();
                    while let Ok(ask) = asked.try_recv() {
                        if !matches!(ask, Ask::Moved) {
                            others.push(ask);
                        }
                    }
                    self.look();
                    for ask in others {
                        self.answer(ask);
                    }
                }
                Ok(ask) => self.answer(ask),
                Err(RecvTimeoutError::Timeout) if self.troubled || wait == NOW_AND_THEN => self.ask_all(),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if !self.stopped.load(Ordering::Relaxed) {
                wait = self.send();
                if self.troubled && self.watched.is_some() {
                    wait = wait.min(SOON_AGAIN);
                }
            }
        }
    }

    fn answer(&mut self, ask: Ask) {
        match ask {
            Ask::Standing => self.standing(),
            Ask::Watch(asked) => {
                self.watched = asked;
                self.look();
            }
            Ask::Moved => self.look(),
            Ask::Send => {
                self.outbox.hurry();
                if self.troubled {
                    self.ask_all();
                }
            }
            Ask::SendAgain(attempt) => {
                if let Err(error) = self.outbox.ask_again(attempt) {
                    self.tell.tell(News::Said(Err(error.to_string())));
                }
            }
            Ask::Leave { full, mode } => self.tell.tell(News::Leave(self.leave(full, mode))),
            Ask::Ahead { full, mode } => {
                let said = self.ahead(full, mode);
                self.tell.tell(News::Said(said));
                self.standing();
            }
            Ask::Change(change) => match self.service.change_me(&change) {
                Ok(me) => {
                    self.tell.tell(News::Changed(Box::new(me)));
                    self.look();
                }
                Err(error) => self.tell.tell(News::Said(Err(error.to_string()))),
            },
            Ask::Export(path) => {
                let said = self.export(&path);
                self.tell.tell(News::Said(said));
            }
            Ask::OpenBrowser => match self.service.browser_link() {
                Ok(link) => self.tell.tell(News::Link(link.link)),
                Err(error) => self.tell.tell(News::Said(Err(error.to_string()))),
            },
            Ask::Delete => match self.service.delete_me() {
                Ok(()) => self.tell.tell(News::Deleted),
                Err(error) => self.tell.tell(News::NotDeleted(error)),
            },
        }
    }

    /// Who one is, and what counts.
    fn standing(&mut self) {
        let standing = || {
            let me = self.service.me()?;
            let scenarios = self.service.scenarios()?.scenarios;
            let seasons = self.service.seasons()?;
            let teams = self.service.teams(None)?.teams;
            let teams = teams.into_iter().map(|team| TeamName { id: team.team, name: team.name }).collect();
            Ok(News::Standing { me: Box::new(me), scenarios, seasons, teams })
        };
        match standing() {
            Ok(news) => {
                if let News::Standing { scenarios, .. } = &news {
                    self.fetch(scenarios);
                }
                self.tell.tell(news);
                self.trouble(None);
            }
            Err(error) => self.trouble(Some(error)),
        }
    }

    fn ask_all(&mut self) {
        self.standing();
        self.look();
    }

    fn trouble(&mut self, trouble: Option<CallError>) {
        self.troubled = trouble.is_some();
        self.tell.tell(News::Trouble(trouble));
    }

    /// Every published call is to be at hand before it is asked for.
    fn fetch(&self, scenarios: &[PublishedScenario]) {
        for published in scenarios {
            let Ok(full) = published.full_hash.parse() else { continue };
            if let Err(error) = Published::fetch(&self.folder, &self.service, full) {
                tracing::warn!(scenario = published.scenario, %error, "a published scenario is not at hand");
            }
        }
    }

    /// The board that is looked at, as it is now.
    fn look(&mut self) {
        let Some(asked) = self.watched.clone() else { return };
        let board = match asked.what {
            What::People => {
                let query = BoardQuery {
                    scenario: asked.scenario.clone(),
                    skill: asked.skill,
                    team: asked.team,
                    season: asked.season,
                    ..BoardQuery::default()
                };
                // As far as it was shown before: what moves takes away nothing.
                let rows = if asked.more == 0 { TOP } else { MORE.saturating_mul(asked.more as usize) };
                self.service.board_to(&query, rows).map(Board::People)
            }
            What::Teams => self.service.teams(asked.season).map(Board::Teams),
            What::Improved => self.service.improved(asked.season).map(Board::Improved),
        };
        match board {
            Ok(board) => {
                self.tell.tell(News::Board(asked, Box::new(board)));
                self.trouble(None);
                self.listen();
            }
            Err(error) => self.trouble(Some(error)),
        }
    }

    /// From the first look on, what moves is heard of as it moves.
    fn listen(&mut self) {
        if self.listens {
            return;
        }
        let (service, asks, stopped) = (Arc::clone(&self.service), self.asks.clone(), Arc::clone(&self.stopped));
        let listen = move || {
            while !stopped.load(Ordering::Relaxed) {
                if let Ok(events) = service.events() {
                    for event in events {
                        if event.is_err() || asks.send(Ask::Moved).is_err() {
                            break;
                        }
                    }
                }
                for _ in 0..BEFORE_LISTENING_AGAIN {
                    if stopped.load(Ordering::Relaxed) {
                        return;
                    }
                    std::thread::sleep(Duration::from_secs(1));
                }
                // What moved meanwhile was not heard.
                let _ = asks.send(Ask::Moved);
            }
        };
        let begun = std::thread::Builder::new().name("team board".to_owned()).spawn(listen);
        self.listens = begun.is_ok();
    }

    /// Sends what can be sent, and says when there is something again.
    fn send(&mut self) -> Duration {
        let mut sent = false;
        let wait = loop {
            match self.outbox.lines_while_sending(Timestamp::now()) {
                Ok(Some(lines)) => self.tell.tell(News::Sending(lines)),
                Ok(None) => {}
                Err(error) => tracing::warn!(%error, "the ranked runs cannot be told"),
            }
            let chance = u32::try_from(fresh_seed() >> 32).unwrap_or(0);
            match self.outbox.run_once(Timestamp::now(), chance, &mut &*self.service) {
                Ok(Step::Answered(_)) => sent = true,
                Ok(Step::Failed(_)) => {}
                Ok(Step::WaitUntil(then)) => {
                    let wait = then.duration_since(Timestamp::now());
                    break Duration::try_from(wait).unwrap_or(Duration::ZERO).min(NOW_AND_THEN);
                }
                Ok(Step::Idle | Step::Revoked) => break NOW_AND_THEN,
                Err(error) => {
                    tracing::warn!(%error, "the ranked runs cannot be looked through");
                    break NOW_AND_THEN;
                }
            }
        };
        self.ways();
        if sent {
            self.standing();
            self.look();
        }
        wait
    }

    fn ways(&mut self) {
        let lines = self.outbox.lines();
        let ahead = self.starts().all_ahead(Timestamp::now());
        match (lines, ahead) {
            (Ok(lines), Ok(ahead)) => self.tell.tell(News::Ways { lines, ahead }),
            (Err(error), _) | (_, Err(error)) => tracing::warn!(%error, "the ranked runs cannot be told"),
        }
    }

    /// A leave, and the very scenario that it is for; what was fetched ahead needs no network.
    fn leave(&self, full: Hash, mode: Mode) -> Result<(Start, Box<Published>), String> {
        let published = Published::fetch(&self.folder, &self.service, full).map_err(|error| error.to_string())?;
        let start = self.starts().get(&*self.service, full, mode, Timestamp::now());
        Ok((start.map_err(|error| error.to_string())?, Box::new(published)))
    }

    fn ahead(&self, full: Hash, mode: Mode) -> Result<String, String> {
        let published = Published::fetch(&self.folder, &self.service, full).map_err(|error| error.to_string())?;
        let start = self.starts().fetch_ahead(&*self.service, full, mode, Timestamp::now());
        start.map_err(|error| error.to_string())?;
        Ok(format!(
            "{} lies here now, to be played without a network. Play and send it within three days.",
            published.scenario.title
        ))
    }

    fn export(&self, path: &std::path::Path) -> Result<String, String> {
        let all = self.service.export_me().map_err(|error| error.to_string())?;
        atomic::write(path, &all).map_err(|error| error.to_string())?;
        Ok(format!("Saved to {}", path.display()))
    }

    fn starts(&self) -> Starts<'_> {
        Starts::of(&self.folder, self.player)
    }
}
