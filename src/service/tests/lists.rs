//! Lists for administrators, a page at a time.

use std::collections::BTreeSet;

use serde_json::Value;
use uuid::Uuid;

use super::support::Service;
use crate::service::store::Joining;
use crate::service::{Name, new_invite, new_token};
use crate::team::Kind;
use crate::team::protocol::ProblemKind;

/// A service with so many players, straight into its database.
fn with_players(many: usize) -> Service {
    let service = Service::new();
    service.inside(async |running| {
        let (store, now) = (&running.app.store, running.app.now());
        for number in 0..many {
            let (_, invite) = new_invite().unwrap();
            store.invite(invite, None, "test", now).await.unwrap();
            let (_, device) = new_token(Kind::Device, None).unwrap();
            let name = Name::of(&format!("{} {number}", if number % 10 == 3 { "Quiet Fox" } else { "Heron" })).unwrap();
            let (alias, alias_key) = (name.shown().to_owned(), name.key().to_owned());
            store.join(&Joining { invite, player: Uuid::now_v7(), alias, alias_key, device }, now).await.unwrap();
        }
    });
    service
}

/// All rows of a list, and of how many rows each page was.
fn all(service: &Service, path: &str, of: &str, on: &str) -> (Vec<Value>, Vec<usize>) {
    let (mut rows, mut pages, mut address) = (Vec::new(), Vec::new(), path.to_owned());
    loop {
        let mut page: Value = service.get(&address, &service.administrator).read(200);
        let Value::Array(read) = page[of].take() else { panic!("{page}") };
        pages.push(read.len());
        rows.extend(read);
        let next = match &page["next"] {
            Value::Null => return (rows, pages),
            Value::String(next) => next.clone(),
            next => next.to_string(),
        };
        address = format!("{path}{}{on}={next}", if path.contains('?') { '&' } else { '?' });
    }
}

#[test]
fn long_lists_come_a_page_at_a_time_and_whole() {
    let service = with_players(63);
    let administrator = &service.administrator;
    let check = |path: &str, of: &str, on: &str, key: &str, rows: usize, expected: &[usize]| {
        let (found, pages) = all(&service, path, of, on);
        assert_eq!(pages, expected, "{path}");
        let told: BTreeSet<String> = found.iter().map(|row| row[key].to_string()).collect();
        assert_eq!(told.len(), rows, "{path}: nobody twice");
    };
    check("/v1/admin/players", "players", "cursor", "player", 63, &[50, 13]);
    check("/v1/admin/players?limit=21", "players", "cursor", "player", 63, &[21, 21, 21]);
    check("/v1/admin/players?search=quiet+FOX&limit=4", "players", "cursor", "player", 6, &[4, 2]);
    check("/v1/admin/players?search=%25_!", "players", "cursor", "player", 0, &[0]);
    // One more was made when the service first started.
    let (invites, pages) = all(&service, "/v1/admin/invites?limit=60", "invites", "cursor");
    assert_eq!(pages, [60, 4]);
    let players: BTreeSet<String> = invites.iter().map(|row| row["player"].to_string()).collect();
    assert_eq!(players.len(), 64, "63 who used theirs, and nobody");
    let (acts, pages) = all(&service, "/v1/admin/audit?limit=40", "acts", "before");
    assert_eq!(acts.last().unwrap()["number"], 1);
    assert!(pages.iter().all(|&rows| rows <= 40) && acts.len() > 63);
    let page: Value = service.get("/v1/admin/players?limit=1&search=fox", administrator).read(200);
    assert_eq!((page["total"].as_u64(), page["players"].as_array().map(Vec::len)), (Some(6), Some(1)));
    for path in ["/v1/admin/players?cursor=x", "/v1/admin/invites?cursor=x", "/v1/admin/players?team=x"] {
        service.get(path, administrator).refused(400, ProblemKind::Malformed);
    }
}

#[test]
fn the_page_of_players_leads_through_all_of_them_without_a_script() {
    let service = with_players(63);
    let cookie = service.inside(async |running| {
        use crate::service::access::session::{Purpose, Secret};
        use crate::service::store::Who;
        let secret = Secret::new().unwrap();
        let (store, now) = (&running.app.store, running.app.now());
        let id = service.administrator.split('_').nth(1).unwrap().to_owned();
        let later = now + jiff::SignedDuration::from_hours(1);
        let who = Who::Administrator(id.clone());
        store.begin_session(secret.hash(Purpose::Cookie), &who, Some(&id), later, now).await.unwrap();
        format!("simmer={}", secret.reveal())
    });
    let open = |path: &str| {
        let request = service.request(ureq::http::Method::GET, path, "").header("cookie", &cookie);
        let answer = service.send(request.body(Vec::new()).unwrap());
        assert_eq!(answer.status, 200, "{path}");
        answer.body
    };
    let rows = |page: &str| page.matches("href=\"/admin/players/0").count();
    let link = |page: &str, words: &str| {
        let before = page.split(&format!("\">{words}</a>")).next().filter(|before| before.len() < page.len())?;
        Some(before.rsplit("href=\"").next()?.replace("&#38;", "&"))
    };
    let first = open("/admin/players");
    assert_eq!((rows(&first), first.contains("63 players, by name.")), (50, true));
    assert_eq!(link(&first, "To the top"), None);
    let second = open(&link(&first, "Further down").unwrap());
    assert_eq!((rows(&second), link(&second, "Further down")), (13, None));
    assert_eq!(link(&second, "To the top").as_deref(), Some("/admin/players"));
    let found = open("/admin/players?search=quiet+fox&team=");
    assert_eq!((rows(&found), found.contains("6 of 63 players.")), (6, true));
    assert_eq!(link(&found, "Show all").as_deref(), Some("/admin/players"));
    let none = open("/admin/players?search=%3Cb%3E%26%22&team=");
    assert!(none.contains("Nobody is found") && none.contains("value=\"&#60;b&#62;&#38;&#34;\""), "{none}");
    let teams = open("/admin/teams");
    assert!(teams.contains("63 were used"), "{teams}");
    let invites = open(&link(&teams, "All 64 invites").unwrap_or_else(|| panic!("{teams}")));
    assert!(invites.contains("<h1>Invites</h1>") && link(&invites, "Further down").is_some());
}
