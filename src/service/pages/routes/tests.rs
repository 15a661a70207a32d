use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::service::access::session::{Purpose, Secret};
use crate::service::store::{Joining, NewToken, Store, Who};
use crate::service::{Configuration, Name, Running, new_invite, new_token, start};
use crate::team::Kind;

/// Who comes.
const NOBODY: &str = "nobody";
const DISPLAY: &str = "a display";
const PLAYER: &str = "a player";
const ADMINISTRATOR: &str = "an administrator";

/// A service, and the cookies of those who are signed in.
struct House {
    running: Running,
    cookies: BTreeMap<&'static str, String>,
    administrator: String,
    player: Uuid,
    invite: String,
    _folder: tempfile::TempDir,
}

/// An answer: its status, headers and text.
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    text: String,
}

impl House {
    async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let configuration = Configuration {
            name: Some("Quayside <support>".to_owned()),
            ..Configuration::on_loopback(folder.path().to_owned())
        };
        let running = start(&configuration).await.expect("it starts");
        let store = Store::open(&configuration.database()).await.expect("it opens");
        let (now, later) = (Timestamp::now(), Timestamp::now() + SignedDuration::from_hours(1));
        let (code, hash) = new_invite().expect("chance");
        store.invite(hash, None, "test", now).await.expect("kept");
        let player = join(&store, "Heron", now).await;
        let (display, kept) = new_token(Kind::Display, None).expect("chance");
        store.add_token(Kind::Display, &kept, "test", now).await.expect("kept");
        let first = running.first.as_ref().expect("the first start").administrator.clone();
        let mut cookies = BTreeMap::new();
        for (name, who, token) in [
            (DISPLAY, Who::Display(display.id.clone()), Some(display.id.as_str())),
            (PLAYER, Who::Player(player), None),
            (ADMINISTRATOR, Who::Administrator(first.id.clone()), Some(first.id.as_str())),
        ] {
            let secret = Secret::new().expect("chance");
            store.begin_session(secret.hash(Purpose::Cookie), &who, token, later, now).await.expect("kept");
            cookies.insert(name, format!("simmer={}", secret.reveal()));
        }
        store.close().await;
        Self { running, cookies, administrator: first.reveal(), player, invite: code, _folder: folder }
    }

    /// Asks as a browser does.
    async fn ask(&self, who: &str, path: &str) -> Answer {
        self.send(who, path, None, &[]).await
    }

    async fn send(&self, who: &str, path: &str, form: Option<&str>, headers: &[(&str, &str)]) -> Answer {
        let url = format!("{}{path}", self.running.address);
        let mut all = vec![("accept".to_owned(), "text/html,application/xhtml+xml,*/*;q=0.8".to_owned())];
        all.extend(self.cookies.get(who).map(|cookie| ("cookie".to_owned(), cookie.clone())));
        all.extend(headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let form = form.map(str::to_owned);
        tokio::task::spawn_blocking(move || blocking(&url, form, &all)).await.expect("asked")
    }
}

async fn join(store: &Store, alias: &str, now: Timestamp) -> Uuid {
    let (_, hash) = new_invite().expect("chance");
    store.invite(hash, None, "test", now).await.expect("kept");
    let (_, device): (_, NewToken) = new_token(Kind::Device, None).expect("chance");
    let name = Name::of(alias).expect("a name");
    let joining = Joining {
        invite: hash,
        player: Uuid::now_v7(),
        alias: name.shown().to_owned(),
        alias_key: name.key().to_owned(),
        device,
    };
    store.join(&joining, now).await.expect("joined").id
}

fn blocking(url: &str, form: Option<String>, headers: &[(String, String)]) -> Answer {
    let agent: ureq::Agent = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build().into();
    let mut answer = match form {
        None => {
            let asked = headers.iter().fold(agent.get(url), |asked, (name, value)| asked.header(name, value));
            asked.call().expect("answered")
        }
        Some(form) => {
            let asked = headers.iter().fold(agent.post(url), |asked, (name, value)| asked.header(name, value));
            asked.header("content-type", "application/x-www-form-urlencoded").send(form).expect("answered")
        }
    };
    let headers = answer.headers().iter();
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()));
    Answer {
        status: answer.status().as_u16(),
        headers: headers.collect(),
        text: answer.body_mut().read_to_string().expect("text"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_opens_their_own_pages_and_no_others() {
    let house = House::open().await;
    let (player, invite) = (format!("/admin/players/{}", house.player), format!("/join/{}", house.invite));
    let all = [NOBODY, DISPLAY, PLAYER, ADMINISTRATOR];
    for (path, expected) in [
        ("/sign-in", [200, 200, 200, 200]),
        (invite.as_str(), [200, 200, 200, 200]),
        ("/", [303, 200, 200, 200]),
        ("/teams", [303, 200, 200, 200]),
        ("/improved", [303, 200, 200, 200]),
        ("/wall?look=dark", [303, 200, 200, 200]),
        ("/me", [303, 403, 200, 403]),
        ("/me/export", [303, 403, 200, 403]),
        ("/me/delete", [303, 403, 200, 403]),
        ("/trainer", [303, 403, 403, 200]),
        ("/trainer?season=", [303, 403, 403, 200]),
        ("/trainer?season=x", [303, 403, 403, 400]),
        ("/trainer?season=01998f3c-0000-7000-8000-000000000000", [303, 403, 403, 404]),
        ("/trainer/one-twelve", [303, 403, 403, 200]),
        ("/trainer/one-twelve?season=01998f3c-0000-7000-8000-000000000000", [303, 403, 403, 404]),
        ("/trainer/one-twelve/items.csv?season=01998f3c-0000-7000-8000-000000000000", [303, 403, 403, 404]),
        ("/trainer/one-twelve/items.csv", [303, 403, 403, 200]),
        ("/admin", [303, 403, 403, 200]),
        ("/admin/teams", [303, 403, 403, 200]),
        ("/admin/invites", [303, 403, 403, 200]),
        ("/admin/invites?after=x", [303, 403, 403, 400]),
        ("/admin/players", [303, 403, 403, 200]),
        ("/admin/players?search=h%25_!&team=", [303, 403, 403, 200]),
        ("/admin/players?after=AAAA", [303, 403, 403, 400]),
        ("/admin/players?team=x", [303, 403, 403, 400]),
        (player.as_str(), [303, 403, 403, 200]),
        ("/admin/scenarios", [303, 403, 403, 200]),
        ("/admin/seasons", [303, 403, 403, 200]),
        ("/admin/attempts", [303, 403, 403, 200]),
        ("/admin/access", [303, 403, 403, 200]),
        ("/admin/log", [303, 403, 403, 200]),
        ("/nowhere", [404, 404, 404, 404]),
        ("/?skill=Charm", [303, 400, 400, 400]),
        ("/?season=x", [303, 400, 400, 400]),
        ("/?scenario=nobody-wrote-it", [303, 404, 404, 404]),
    ] {
        for (who, expected) in all.into_iter().zip(expected) {
            let answer = house.ask(who, path).await;
            assert_eq!(answer.status, expected, "{path} for {who}: {}", answer.text);
            assert!(!answer.text.contains("<support>"), "{path}: the name of the service is not escaped");
            match answer.status {
                303 => assert_eq!(answer.headers.get("location").map(String::as_str), Some("/sign-in"), "{path}"),
                200 => {}
                _ => assert!(answer.text.starts_with("<!doctype html>"), "{path} for {who}: {}", answer.text),
            }
            let policy = answer.headers.get("content-security-policy").map_or("", String::as_str);
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
            assert_eq!(answer.headers.get("cache-control").map(String::as_str), Some("no-store"), "{path}");
        }
    }
    // A program is answered as ever.
    let answer = house.send(NOBODY, "/v1/boards", None, &[]).await;
    assert_eq!(answer.status, 401);
    assert!(answer.text.starts_with('{'), "{}", answer.text);
    house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_taken_from_a_page_of_our_own_alone() {
    let house = House::open().await;
    let here = [("sec-fetch-site", "same-origin")];
    let elsewhere = [("sec-fetch-site", "cross-site")];
    let delete = format!("/admin/players/{}/delete", house.player);
    for (who, path, form, to) in [
        (PLAYER, "/me/listed", "listed=no", "/me?done=unlisted"),
        (PLAYER, "/me/alias", "alias=Tern", "/me?done=renamed"),
        (ADMINISTRATOR, "/admin/teams", "name=Harbour", "/admin/teams?done=team-made"),
        (ADMINISTRATOR, "/admin/settings", "name=Quayside&least_team=3&retention_days=30", "/admin?done=settings"),
        (ADMINISTRATOR, "/admin/seasons", "name=Winter&attempts=3", "/admin/seasons?done=season-opened"),
        (ADMINISTRATOR, "/admin/scenarios", "shipped=one-twelve&text=", "/admin/scenarios?done=published"),
        (ADMINISTRATOR, "/admin/scenarios/one-twelve/retire", "", "/admin/scenarios?done=retired"),
        (ADMINISTRATOR, delete.as_str(), "typed=delete", "/admin/players?done=player-deleted"),
        (ADMINISTRATOR, "/admin/seasons/close", "", "/admin/seasons?done=season-closed"),
    ] {
        let answer = house.send(who, path, Some(form), &elsewhere).await;
        assert_eq!(answer.status, 403, "{path}: {}", answer.text);
        let answer = house.send(NOBODY, path, Some(form), &here).await;
        assert_eq!(answer.headers.get("location").map(String::as_str), Some("/sign-in"), "{path}");
        let answer = house.send(who, path, Some(form), &here).await;
        assert_eq!(
            (answer.status, answer.headers.get("location").map(String::as_str)),
            (303, Some(to)),
            "{path}: {}",
            answer.text
        );
        let answer = house.ask(who, to).await;
        assert!(answer.text.contains("role=\"status\""), "{to}: it is not said that it was done");
    }
    house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_undone_needs_more_than_one_click() {
    let house = House::open().await;
    let here = [("sec-fetch-site", "same-origin")];
    for form in ["typed=", "typed=yes"] {
        let answer = house.send(PLAYER, "/me/delete", Some(form), &here).await;
        assert_eq!(answer.status, 400, "{}", answer.text);
        assert!(answer.text.contains("Back to your page"), "{}", answer.text);
    }
    assert_eq!(house.ask(PLAYER, "/me").await.status, 200);
    let answer = house.send(PLAYER, "/me/delete", Some("typed=Delete"), &here).await;
    assert_eq!(answer.headers.get("location").map(String::as_str), Some("/sign-in?done=deleted"));
    assert_eq!(house.ask(PLAYER, "/me").await.status, 303, "whoever was deleted is signed out");
    house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_lets_in_and_a_secret_is_shown_once() {
    let house = House::open().await;
    let here = [("sec-fetch-site", "same-origin")];
    let answer = house.send(NOBODY, "/sign-in", Some("token=adm_no"), &here).await;
    assert_eq!(answer.status, 401);
    assert!(answer.text.contains("aria-invalid") && !answer.text.contains("adm_no"), "{}", answer.text);
    let answer = house.send(NOBODY, "/sign-in", Some(&format!("token={}", house.administrator)), &here).await;
    assert_eq!((answer.status, answer.headers.get("location").map(String::as_str)), (303, Some("/")));
    assert!(answer.headers.contains_key("set-cookie"));

    let made = house.send(ADMINISTRATOR, "/admin/access", Some("kind=display&name=hall"), &here).await;
    let begin = made.text.find("see_").expect("the token is shown");
    let token: String =
        made.text[begin..].chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    let again = house.ask(ADMINISTRATOR, "/admin/access").await;
    assert!(again.text.contains("hall") && !again.text.contains(&token), "it is kept nowhere");
    let answer = house.send(NOBODY, "/sign-in", Some(&format!("token={token}")), &here).await;
    assert_eq!(answer.headers.get("location").map(String::as_str), Some("/wall"), "a display shows the wall");
    let begin = made.text.find("/enter/").expect("a link is shown");
    let link: String =
        made.text[begin..].chars().take_while(|letter| letter.is_alphanumeric() || *letter == '/').collect();
    let entered = house.ask(NOBODY, &link).await;
    assert_eq!(entered.headers.get("location").map(String::as_str), Some("/wall"), "so does its link, once");
    assert_eq!(house.ask(NOBODY, &link).await.status, 410);
    // Whoever revokes the display puts out what came in by the link.
    let cookie = entered.headers["set-cookie"].split(';').next().unwrap_or_default().to_owned();
    let screen = [("cookie", cookie.as_str())];
    assert_eq!(house.send(NOBODY, "/wall", None, &screen).await.status, 200);
    let id = token.split('_').nth(1).expect("an id");
    let answer = house.send(ADMINISTRATOR, &format!("/admin/access/display/{id}/revoke"), Some(""), &here).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert_eq!(house.send(NOBODY, "/wall", None, &screen).await.status, 303);
    house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_kept_under_an_address_that_changes_with_them() {
    let house = House::open().await;
    for asset in super::assets::ALL {
        let own = format!("/assets/{}/{}", super::assets::version(), asset.name);
        let url = format!("{}{own}", house.running.address);
        let answer =
            tokio::task::spawn_blocking(move || ureq::get(&url).call().expect("answered")).await.expect("asked");
        let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert_eq!(header("content-type"), asset.kind);
        assert!(header("cache-control").contains("immutable"), "{own}");
    }
    let old = house.ask(NOBODY, "/assets/0000000000000000/style.css").await;
    assert_eq!((old.status, old.headers.get("cache-control").map(String::as_str)), (200, Some("no-store")));
    assert_eq!(house.ask(NOBODY, "/assets/0000000000000000/none.css").await.status, 404);
    house.running.stop().await;
}
