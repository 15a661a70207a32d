use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use super::*;
use crate::desktop::desk::tests::play_out;
use crate::desktop::screens::{debrief, home, prepare};
use crate::online::tests::fake::{Fake, answer};
use crate::settings::{Folders, XapiVersion};

/// A desk of somebody who has met the first customer.
fn desk(folder: &Path) -> Desk {
    let mut desk = Desk::open(Folders::below(folder), &[]);
    desk.fixed_seed = Some(1);
    desk.meet("Robin");
    play_out(&mut desk);
    desk.debriefed(debrief::Action::Done);
    desk.settings.preferences_mut().steps_mode = true;
    desk
}

/// Plays a call that is no practice to its end.
fn play(desk: &mut Desk) {
    desk.at_home(home::Action::Meet);
    desk.preparing(prepare::Action::Begin { intention: None });
    play_out(desk);
    desk.debriefed(debrief::Action::Done);
}

/// A store that answers as it is told to.
fn lrs() -> (Fake, Arc<AtomicU16>) {
    let status = Arc::new(AtomicU16::new(200));
    let says = Arc::clone(&status);
    let fake = Fake::plain(move |heard| {
        let status = says.load(Ordering::Relaxed);
        match heard.line.as_str() {
            _ if status == 0 => String::new(),
            "GET /xapi/about" => answer("200 OK", "application/json", "{\"version\":[\"1.0.3\"]}"),
            _ => answer(&format!("{status} So"), "application/json", "[]"),
        }
    });
    (fake, status)
}

fn set(desk: &mut Desk, fake: &Fake) {
    desk.set_records(RecordAction::Set(typed(&format!("{}/xapi", fake.url), "simmer", "hush")));
    assert_eq!(desk.records.problem, None);
}

fn typed(address: &str, key: &str, secret: &str) -> TypedStore {
    let (address, key, secret) = (address.to_owned(), key.to_owned(), Secret::new(secret));
    TypedStore { address, key, secret, version: XapiVersion::One }
}

fn until(desk: &mut Desk, what: &str, holds: impl Fn(&Sending) -> bool) {
    for _ in 0..2000 {
        desk.look_around();
        if holds(&desk.records.sending) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("never: {what}, but {:?}", desk.records.sending);
}

const fn all_sent(sending: &Sending) -> bool {
    matches!(sending, Sending::Done { sent: 1.., waiting: 0, .. })
}

fn posts(fake: &Fake) -> usize {
    fake.heard().iter().filter(|heard| heard.line.starts_with("POST")).count()
}

#[test]
fn what_was_played_is_sent_when_asked_and_after_each_call_where_that_is_wished() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    assert!(!RecordSettings::path(&desk.folders.data).exists(), "nothing is begun unasked");
    play(&mut desk);
    let (fake, _) = lrs();
    set(&mut desk, &fake);
    until(&mut desk, "it is counted", |sending| matches!(sending, Sending::Done { sent: 0, waiting: 1, .. }));
    assert_eq!(posts(&fake), 0, "nobody asked for it");
    desk.set_records(RecordAction::SendNow);
    until(&mut desk, "it is sent", all_sent);
    let heard = fake.heard();
    // simmer:hush
    assert!(heard.iter().any(|heard| heard.headers.contains(&"authorization: Basic c2ltbWVyOmh1c2g=".to_owned())));
    assert!(heard.iter().all(|heard| !heard.body.contains("Robin")));
    let before = posts(&fake);
    desk.set_records(RecordAction::SendByItself(true));
    until(&mut desk, "nothing waits", all_sent);
    assert_eq!(posts(&fake), before, "what is there is not sent again");
    play(&mut desk);
    for _ in 0..2000 {
        if posts(&fake) > before {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    until(&mut desk, "the next is sent by itself", all_sent);
    assert!(posts(&fake) > before);
    // Another window, later.
    drop(desk);
    let desk = Desk::open(Folders::below(folder.path()), &[]);
    assert!(desk.records.view().store.unwrap().by_itself);
}

#[test]
fn without_a_connection_it_waits_and_goes_when_asked_again_and_a_no_says_what_to_mend() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    play(&mut desk);
    let (fake, status) = lrs();
    status.store(0, Ordering::Relaxed);
    set(&mut desk, &fake);
    desk.set_records(RecordAction::SendNow);
    until(
        &mut desk,
        "it waits",
        |sending| matches!(sending, Sending::Waiting { left: 1, why, .. } if why.starts_with("no connection")),
    );
    status.store(401, Ordering::Relaxed);
    desk.set_records(RecordAction::SendNow);
    until(
        &mut desk,
        "it is refused",
        |sending| matches!(sending, Sending::Refused(why) if why.contains("check the key and the secret")),
    );
    status.store(200, Ordering::Relaxed);
    desk.set_records(RecordAction::SendNow);
    until(&mut desk, "it is sent", all_sent);
    desk.set_records(RecordAction::Forget);
    assert_eq!(desk.records.view().store, None);
    assert_eq!(RecordSettings::open(&desk.folders.data).unwrap().store, None);
}

#[test]
fn a_secret_goes_only_where_it_was_typed_for() {
    let before = RecordStore {
        address: "https://lrs.example/xapi".to_owned(),
        key: "simmer".to_owned(),
        secret: Secret::new("hush"),
        version: XapiVersion::One,
        by_itself: true,
    };
    let check = |typed: TypedStore, expected: Option<&str>| {
        let kept = checked(typed, Some(&before));
        assert_eq!(kept.as_ref().ok().map(|store| store.secret.reveal()), expected, "{kept:?}");
        assert!(kept.is_ok_and(|store| store.by_itself) || expected.is_none());
    };
    check(typed(" https://lrs.example/xapi/statements ", "simmer ", ""), Some("hush"));
    check(typed("https://lrs.example/xapi", "simmer", " new "), Some("new"));
    check(typed("https://other.example/xapi", "simmer", ""), None);
    check(typed("https://lrs.example/xapi", "another", ""), None);
    check(typed("https://lrs.example/xapi", " ", "new"), None);
    check(typed("http://lrs.example/xapi", "simmer", "new"), None);
}
