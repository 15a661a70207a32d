use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::desktop::desk::tests::play_out;
use crate::desktop::screens::prepare;
use crate::desktop::screens::team::Action;
use crate::dialogue::Mode;
use crate::online::starts::Starts;
use crate::online::tests::fake::{Fake, Heard, answer, json};
use crate::scenario::vocabulary::Outcome;
use crate::settings::Folders;
use crate::team::protocol::{
    Accepted, AskStart, BoardName, BoardPage, Joined, PublishedScenarios, Seasons, Standing, TeamBoard,
};
use crate::team::{Kind, Token};

const SLUG: &str = "before-saturday";
const SEED: u64 = u64::MAX - 3;

fn desk(folder: &Path) -> Desk {
    let mut desk = Desk::open(Folders::below(folder), &[]);
    desk.settings.play_as("Sam");
    desk.sit_down();
    desk
}

/// Waits until what threads bring has come.
fn until(desk: &mut Desk, what: &str, holds: impl Fn(&Desk) -> bool) {
    for _ in 0..2000 {
        desk.look_around();
        if holds(desk) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("never: {what}");
}

fn season() -> Season {
    Season { id: Uuid::nil(), name: "Autumn".to_owned(), starts: Timestamp::UNIX_EPOCH, ends: None, attempts: 3 }
}

/// A service that publishes one call, gives leave for it and takes what comes.
struct Service {
    text: String,
    full_hash: String,
    leaves: AtomicU32,
}

impl Service {
    fn open(desk: &Desk) -> (Fake, Arc<Self>) {
        Self::open_at(desk, "127.0.0.1:0")
    }

    fn open_at(desk: &Desk, address: &str) -> (Fake, Arc<Self>) {
        let entry = desk.library.find(SLUG).unwrap();
        let full_hash = entry.scenario.as_ref().unwrap().hashes.full.to_string();
        let service = Arc::new(Self { text: entry.source.text().to_owned(), full_hash, leaves: AtomicU32::new(0) });
        let answers = Arc::clone(&service);
        (Fake::plain_at(address, move |heard| answers.answer(heard)), service)
    }

    fn answer(&self, heard: &Heard) -> String {
        let (method, path) = heard.line.split_once(' ').unwrap();
        let path = path.trim_start_matches("/v1").split('?').next().unwrap();
        match (method, path) {
            ("POST", "/join") => json(&Joined {
                player: Uuid::from_u128(17),
                alias: "Heron".to_owned(),
                team: None,
                service: "Quayside support".to_owned(),
                token: Token::of(Kind::Device, [1; 5], [2; 32]).reveal(),
            }),
            ("GET" | "PATCH", "/me") => json(&Me {
                player: Uuid::from_u128(17),
                alias: "Heron".to_owned(),
                team: None,
                listed: method == "GET",
                service: "Quayside support".to_owned(),
                devices: Vec::new(),
                season: Some(season()),
            }),
            ("DELETE", "/me") => "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_owned(),
            ("GET", "/scenarios") => json(&PublishedScenarios { scenarios: vec![self.published()] }),
            ("GET", "/seasons") => json(&Seasons { seasons: vec![season()] }),
            ("GET", "/boards/teams") => {
                json(&TeamBoard { season: season(), teams: Vec::new(), small: Vec::new(), least: 3 })
            }
            ("GET", "/boards") => json(&BoardPage {
                board: BoardName::default(),
                season: season(),
                rows: Vec::new(),
                players: 0,
                near: Vec::new(),
                next: None,
                revision: 1,
            }),
            ("GET", "/events") => {
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n".to_owned()
            }
            ("GET", _) if path.starts_with("/scenarios/") => answer("200 OK", "text/plain", &self.text),
            ("POST", "/starts") => self.leave(&serde_json::from_str(&heard.body).unwrap()),
            ("PUT", _) => {
                let attempt = crate::attempt::read(heard.body.as_bytes()).unwrap();
                let standing = if attempt.ended.is_some() { Standing::Ranked } else { Standing::Provisional };
                let (outcome, skills) = (Outcome::Satisfied, [0; 5]);
                let id = attempt.id;
                json(&Accepted { attempt: id, standing, outcome, overall: 700, points: 756, skills, flags: Vec::new() })
            }
            _ => answer("404 Not Found", "application/problem+json", "{\"type\":\"not-found\",\"title\":\"Nothing.\"}"),
        }
    }

    fn published(&self) -> PublishedScenario {
        PublishedScenario {
            scenario: SLUG.to_owned(),
            title: "Before Saturday".to_owned(),
            difficulty: 2,
            full_hash: self.full_hash.clone(),
            begun: self.leaves.load(Ordering::Relaxed),
            allowed: 3,
            due: None,
            points: None,
        }
    }

    fn leave(&self, ask: &AskStart) -> String {
        self.leaves.fetch_add(1, Ordering::Relaxed);
        let now = Timestamp::now();
        json(&Start {
            id: ask.id,
            scenario: SLUG.to_owned(),
            full_hash: ask.full_hash.clone(),
            rules: ask.rules,
            mode: ask.mode,
            seed: SEED.to_string(),
            season: Uuid::nil(),
            issued: now,
            expires: now + SignedDuration::from_hours(24),
            ahead: ask.ahead,
        })
    }
}

fn joined(folder: &Path) -> (Desk, Fake, Arc<Service>) {
    let mut desk = desk(folder);
    let (fake, service) = Service::open(&desk);
    let link = format!("{}/join/{}", fake.url, Invite::code_of([7; 15]));
    desk.with_the_team(Action::Join { link, alias: "Heron".to_owned(), plain: false });
    until(&mut desk, "what counts is known", |desk| {
        !desk.together.scenarios.is_empty() && desk.together.board.is_some()
    });
    (desk, fake, service)
}

fn beginning() -> prepare::Action {
    prepare::Action::Begin { intention: None }
}

#[test]
fn a_run_that_counts_is_prepared_for_played_under_its_leave_and_sent() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, fake, _service) = joined(folder.path());
    assert_eq!(desk.home_view().rooms.iter().filter(|room| room.about.contains("Quayside support")).count(), 1);
    assert_eq!(desk.with_the_team(Action::Take { slug: SLUG.to_owned() }), Some(Screen::Prepare));
    assert!(desk.prepare_view().unwrap().team.unwrap().on);
    desk.settings.preferences_mut().steps_mode = true;
    assert_eq!(desk.preparing(beginning()), None, "no frame waits for the network");
    assert!(desk.prepare_view().unwrap().team.unwrap().waits);
    until(&mut desk, "the call begins", |desk| desk.running.is_some());
    assert_eq!(desk.take_lead(), Some(Screen::Conversation));
    assert_eq!(desk.take_lead(), None);
    let attempt = desk.running.as_ref().unwrap().recorder.attempt().clone();
    assert!(attempt.start.is_some() && !attempt.practice);
    assert_eq!((attempt.seed, attempt.mode), (SEED, Mode::Steps));
    play_out(&mut desk);
    until(&mut desk, "the team has it", |desk| {
        desk.together.way_of(attempt.id).is_some_and(|words| words.contains("and it counts"))
    });
    let sent: Vec<_> = fake.heard().into_iter().filter(|heard| heard.line.starts_with("PUT")).collect();
    let last = crate::attempt::read(sent.last().unwrap().body.as_bytes()).unwrap();
    assert!(last.ended.is_some());
    assert_eq!(desk.together.at_home(), None, "what was received needs no word");
}

#[test]
fn who_turns_back_while_leave_is_asked_for_uses_none_up() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _fake, service) = joined(folder.path());
    for _ in 0..2 {
        desk.with_the_team(Action::Take { slug: SLUG.to_owned() });
        assert_eq!(desk.preparing(beginning()), None);
        assert_eq!(desk.preparing(prepare::Action::Back), Some(Screen::Home));
    }
    // Another wish is answered after them, so that by then they have been.
    desk.with_the_team(Action::SetListed(false));
    until(&mut desk, "the wish is granted", |desk| desk.together.me.as_ref().is_some_and(|me| !me.listed));
    assert!(desk.running.is_none() && desk.take_lead().is_none());
    assert_eq!(service.leaves.load(Ordering::Relaxed), 2, "asked twice, under one id");
    let used = Starts::of(&desk.team_folder(), Uuid::from_u128(17)).used().unwrap();
    assert!(used.is_empty());
}

#[test]
fn what_was_fetched_ahead_is_played_without_a_service_and_waits_to_be_sent() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, fake, _service) = joined(folder.path());
    desk.settings.preferences_mut().steps_mode = true;
    desk.with_the_team(Action::FetchAhead { slug: SLUG.to_owned() });
    until(&mut desk, "it lies here", |desk| !desk.together.ahead.is_empty());
    let membership = desk.together.membership.clone().unwrap();
    drop(desk);
    // The same person, and nobody answers any more.
    let gone = Invite { address: "http://127.0.0.1:1".to_owned(), code: String::new(), pin: None };
    let data = Folder::of(folder.path(), "Sam");
    data.keep(&Membership { address: Address::of(&gone, false).unwrap(), ..membership }).unwrap();
    drop(fake);
    let mut desk = self::desk(folder.path());
    until(&mut desk, "it is known what lies here", |desk| !desk.together.ahead.is_empty());
    assert_eq!(desk.with_the_team(Action::Take { slug: SLUG.to_owned() }), Some(Screen::Prepare));
    desk.preparing(beginning());
    until(&mut desk, "the call begins", |desk| desk.running.is_some());
    play_out(&mut desk);
    until(&mut desk, "it waits", |desk| desk.together.at_home().is_some());
    assert_eq!(desk.together.at_home().unwrap(), "One ranked run is still to be sent to your team.");
}

#[test]
fn a_link_that_is_none_is_told_at_once_and_a_service_that_is_gone_soon() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let problem = |desk: &Desk| match desk.team_view() {
        team::View::Join(join) => join.problem,
        team::View::Team(_) => panic!("nobody joined"),
    };
    let join = |link: String| Action::Join { link, alias: "Heron".to_owned(), plain: false };
    desk.with_the_team(join("hello".to_owned()));
    assert!(problem(&desk).unwrap().contains("This is not an invite link."));
    desk.with_the_team(join(format!("http://192.0.2.1/join/{}", Invite::code_of([7; 15]))));
    assert!(problem(&desk).unwrap().contains("http://"));
    desk.with_the_team(join(format!("http://127.0.0.1:1/join/{}", Invite::code_of([7; 15]))));
    assert_eq!(problem(&desk), None);
    until(&mut desk, "it is told", |desk| problem(desk).is_some());
    assert!(problem(&desk).unwrap().contains("cannot be reached"));
}

#[test]
fn where_the_answer_to_joining_is_lost_trying_again_does_it_after_a_new_start_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let (_known, service) = Service::open(&desk);
    let lost = AtomicU32::new(0);
    let fake = Fake::plain(move |heard| {
        let is_lost = heard.line.ends_with("/join") && lost.fetch_add(1, Ordering::Relaxed) == 0;
        if is_lost { String::new() } else { service.answer(heard) }
    });
    let join = |link: String| Action::Join { link, alias: "Heron".to_owned(), plain: false };
    desk.with_the_team(join(format!("{}/join/{}", fake.url, Invite::code_of([7; 15]))));
    until(&mut desk, "it is told", |desk| desk.together.joining.is_none());
    drop(desk);
    let mut desk = self::desk(folder.path());
    let team::View::Join(view) = desk.team_view() else { panic!("nobody joined") };
    assert!(view.again && view.problem.unwrap().contains("no answer came"));
    desk.with_the_team(join(view.link));
    until(&mut desk, "it is joined", Desk::is_in_a_team);
    let asked: Vec<_> = fake.heard().into_iter().filter(|heard| heard.line.ends_with("/join")).collect();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0].body, asked[1].body);
    assert_eq!(desk.team_folder().unheard().unwrap(), None);
}

#[test]
fn whoever_deletes_themselves_is_in_no_team_and_keeps_their_runs() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _fake, _service) = joined(folder.path());
    let runs = desk.finished.len();
    desk.with_the_team(Action::Delete);
    until(&mut desk, "it is done", |desk| !desk.is_in_a_team());
    assert_eq!(desk.team_folder().joined().unwrap(), None);
    assert_eq!(desk.finished.len(), runs);
    assert!(desk.notice.as_ref().is_some_and(|notice| notice.contains("knows nothing of you")));
}

#[test]
fn all_is_deleted_there_and_here_or_told_why_not_before_anything_is() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, fake, _service) = joined(folder.path());
    let membership = desk.together.membership.clone().unwrap();
    drop(desk);
    let gone = Invite { address: "http://127.0.0.1:1".to_owned(), code: String::new(), pin: None };
    let at_nobody = Membership { address: Address::of(&gone, false).unwrap(), ..membership.clone() };
    Folder::of(folder.path(), "Sam").keep(&at_nobody).unwrap();
    let mut desk = self::desk(folder.path());
    let delete = || settings::Action::DeleteMyData(settings::Where::AtTheTeamToo);
    assert_eq!(desk.deleting().service.as_deref(), Some("Quayside support"));
    assert_eq!(desk.set(delete()), None, "no frame waits for the network");
    until(&mut desk, "it is told", |desk| matches!(&desk.together.deleting, Deleting::Failed(_)));
    let Deleting::Failed(why) = desk.deleting().deleting else { panic!("it failed") };
    assert!(why.contains("cannot be reached"), "{why}");
    assert!(desk.is_in_a_team() && desk.player() == "Sam", "nothing is deleted");
    desk.set(settings::Action::KeepMyData);
    assert_eq!(desk.deleting().deleting, Deleting::NotAsked);
    drop(desk);
    Folder::of(folder.path(), "Sam").keep(&membership).unwrap();
    let mut desk = self::desk(folder.path());
    desk.set(delete());
    until(&mut desk, "all is deleted", |desk| desk.lead.is_some());
    assert_eq!(desk.take_lead(), Some(Screen::Welcome));
    assert!(!desk.is_in_a_team() && desk.settings.player.is_none());
    assert_eq!(Folder::of(folder.path(), "Sam").joined().unwrap(), None);
    assert!(fake.heard().iter().any(|heard| heard.line == "DELETE /v1/me"));
    let notice = desk.notice.unwrap();
    assert!(notice.contains("has deleted what it knew"), "{notice}");
}

#[test]
fn a_service_that_is_back_is_heard_when_it_is_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, _fake, _service) = joined(folder.path());
    let membership = desk.together.membership.clone().unwrap();
    drop(desk);
    let address = |url: &str| {
        let invite = Invite { address: url.to_owned(), code: String::new(), pin: None };
        Address::of(&invite, false).unwrap()
    };
    // A place where nobody answers, and then somebody does.
    let place = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", place.local_addr().unwrap());
    drop(place);
    Folder::of(folder.path(), "Sam").keep(&Membership { address: address(&url), ..membership }).unwrap();
    let mut desk = self::desk(folder.path());
    desk.open_team();
    until(&mut desk, "trouble is told", |desk| desk.together.trouble.is_some());
    let (_fake, _service) = Service::open_at(&desk, &url["http://".len()..]);
    desk.with_the_team(Action::TryAgain);
    until(&mut desk, "all is well again", |desk| desk.together.trouble.is_none() && desk.together.board.is_some());
}
