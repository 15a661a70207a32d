//! Who may do what, with what, and for how long.

use serde_json::{Value, json};
use ureq::http::{Method, Request};

use super::support::{Answer, Service, Style};
use crate::service::http::problem::status;
use crate::team::protocol::{Accepted, BoardPage, BrowserLink, Me, ProblemKind};

/// A form, as a browser sends it from a page of the service; `cookie` may be empty.
fn form(service: &Service, path: &str, cookie: &str, body: &str, site: &str) -> Answer {
    let request = Request::builder().method(Method::POST).uri(format!("{}{path}", service.base));
    let request = request.header("content-type", "application/x-www-form-urlencoded").header("cookie", cookie);
    service.send(request.header("sec-fetch-site", site).body(body.as_bytes().to_vec()).unwrap())
}

/// The cookie that an answer gave, as it is sent back.
fn cookie(answer: &Answer) -> String {
    answer.headers["set-cookie"].split(';').next().unwrap().to_owned()
}

fn with_cookie(service: &Service, method: Method, path: &str, cookie: &str, site: &str) -> Answer {
    let request = Request::builder().method(method).uri(format!("{}{path}", service.base));
    service.send(request.header("cookie", cookie).header("sec-fetch-site", site).body(b"{}".to_vec()).unwrap())
}

#[test]
fn nobody_is_let_in_without_a_token_that_is_known() {
    let service = Service::new();
    let ade = service.join("Ade");
    let check = |token: &str| {
        let answer = service.get("/v1/me", token);
        answer.refused(401, ProblemKind::Unauthorised);
        assert_eq!(answer.headers["www-authenticate"], "Bearer");
    };
    check("");
    check("nonsense");
    check(&ade.token.replace("sim_", "adm_"));
    check(&format!("{}{}", &ade.token[..ade.token.len() - 4], "aaaa"));
    check(&format!("sim_aaaaaaaa_{}", "a".repeat(52)));
    let request = service.request(Method::GET, "/v1/me", "").header("authorization", "Basic YTpi");
    service.send(request.body(Vec::new()).unwrap()).refused(401, ProblemKind::Unauthorised);
}

#[test]
fn a_device_that_is_revoked_is_refused_from_then_on_everywhere() {
    let service = Service::new();
    let replica = service.replica();
    let ade = service.join("Ade");
    assert_eq!(replica.get("/v1/me", &ade.token).status, 200);
    let id = &ade.token[4..12];
    service.delete(&format!("/v1/admin/tokens/device/{id}"), &service.administrator).done();
    for service in [&service, &replica] {
        service.get("/v1/me", &ade.token).refused(401, ProblemKind::Unauthorised);
    }
    let sam = service.join("Sam");
    let own = sam.token[4..12].to_owned();
    service.delete(&format!("/v1/me/devices/{id}"), &sam.token).refused(404, ProblemKind::NotFound);
    service.delete(&format!("/v1/me/devices/{own}"), &sam.token).done();
    service.get("/v1/me", &sam.token).refused(401, ProblemKind::Unauthorised);
}

#[test]
fn everybody_does_what_is_theirs_to_do() {
    let service = Service::new();
    let ade = service.join("Ade");
    let given: Value = service
        .post("/v1/admin/tokens", &service.administrator, &json!({ "kind": "display", "name": "corridor" }))
        .read(200);
    let display = given["token"].as_str().unwrap();
    assert!(display.starts_with("see_"));
    for path in ["/v1/boards", "/v1/boards/teams", "/v1/boards/improved", "/v1/seasons"] {
        for token in [ade.token.as_str(), display, &service.administrator] {
            assert_eq!(service.get(path, token).status, 200, "{path}");
        }
    }
    for path in ["/v1/me", "/v1/scenarios", "/v1/attempts", "/v1/me/export"] {
        for token in [display, &service.administrator] {
            service.get(path, token).refused(403, ProblemKind::NotYours);
        }
    }
    for path in ["/v1/admin/teams", "/v1/admin/players", "/v1/admin/audit", "/v1/admin/settings"] {
        for token in [ade.token.as_str(), display] {
            service.get(path, token).refused(403, ProblemKind::NotYours);
        }
        assert_eq!(service.get(path, &service.administrator).status, 200, "{path}");
    }
    service
        .post("/v1/admin/tokens", &service.administrator, &json!({ "kind": "device" }))
        .refused(400, ProblemKind::Malformed);
}

#[test]
fn a_link_shows_a_browser_who_one_is_once_and_within_a_minute() {
    let service = Service::new();
    let ade = service.join("Ade");
    let link = || {
        let link: BrowserLink = service.post("/v1/me/browser", &ade.token, &json!({})).read(200);
        link.link.strip_prefix(&service.base).unwrap().to_owned()
    };
    let first = link();
    let entered = service.get(&first, "");
    assert_eq!((entered.status, entered.headers["location"].as_str()), (303, "/"));
    assert!(entered.headers["set-cookie"].contains("HttpOnly; SameSite=Strict"));
    service.get(&first, "").refused(410, ProblemKind::Expired);
    let cookie = cookie(&entered);
    let me = with_cookie(&service, Method::GET, "/v1/me", &cookie, "same-origin");
    assert_eq!(me.read::<Me>(200).alias, "Ade");
    let late = link();
    service.pass(61);
    service.get(&late, "").refused(410, ProblemKind::Expired);
    service.get("/enter/nonsense", "").refused(410, ProblemKind::Expired);
    // The link’s own secret is no session.
    let secret = link().rsplit('/').next().unwrap().to_owned();
    let forged = format!("simmer={secret}");
    with_cookie(&service, Method::GET, "/v1/me", &forged, "none").refused(401, ProblemKind::Unauthorised);
    // A session is over after a time.
    let entered = self::cookie(&service.get(&link(), ""));
    service.pass(60 * 60 * 13);
    with_cookie(&service, Method::GET, "/v1/me", &entered, "none").refused(401, ProblemKind::Unauthorised);
}

#[test]
fn of_many_that_use_a_link_at_once_one_comes_in_and_goes_out_with_the_device_that_asked_for_it() {
    let service = Service::new();
    let ade = service.join("Ade");
    let link: BrowserLink = service.post("/v1/me/browser", &ade.token, &json!({})).read(200);
    let link = link.link.strip_prefix(&service.base).unwrap();
    let answers: Vec<_> = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..8).map(|_| scope.spawn(|| service.get(link, ""))).collect();
        asking.into_iter().map(|asked| asked.join().unwrap()).collect()
    });
    let entered: Vec<_> = answers.iter().filter(|answer| answer.status == 303).collect();
    assert_eq!(entered.len(), 1, "{answers:#?}");
    let cookie = cookie(entered[0]);
    let me: Me = with_cookie(&service, Method::GET, "/v1/me", &cookie, "same-origin").read(200);
    service.delete(&format!("/v1/me/devices/{}", me.devices[0].id), &ade.token).done();
    with_cookie(&service, Method::GET, "/v1/me", &cookie, "none").refused(401, ProblemKind::Unauthorised);
}

#[test]
fn an_administrator_signs_in_and_out_by_forms_of_this_service_alone() {
    let service = Service::new();
    let body = format!("token={}", service.administrator);
    form(&service, "/sign-in", "", &body, "cross-site").refused(403, ProblemKind::NotYours);
    form(&service, "/sign-in", "", "token=nonsense", "same-origin").refused(401, ProblemKind::Unauthorised);
    form(&service, "/sign-in", "", "what=else", "same-origin").refused(400, ProblemKind::Malformed);
    let entered = form(&service, "/sign-in", "", &body, "same-origin");
    assert_eq!(entered.status, 303);
    let session = cookie(&entered);
    let get = |path: &str| with_cookie(&service, Method::GET, path, &session, "cross-site");
    assert_eq!(get("/v1/admin/teams").status, 200, "looking harms nobody");
    let post = |site: &str| with_cookie(&service, Method::POST, "/v1/admin/invites", &session, site);
    post("cross-site").refused(403, ProblemKind::NotYours);
    assert_eq!(post("same-origin").status, 200);
    let out = form(&service, "/sign-out", &session, "", "same-origin");
    assert!(out.headers["set-cookie"].contains("Max-Age=0"));
    get("/v1/admin/teams").refused(401, ProblemKind::Unauthorised);
}

#[test]
fn a_session_ends_with_the_token_it_was_begun_with() {
    let service = Service::new();
    let given: Value =
        service.post("/v1/admin/tokens", &service.administrator, &json!({ "kind": "administrator" })).read(200);
    let (id, token) = (given["id"].as_str().unwrap(), given["token"].as_str().unwrap());
    let session = cookie(&form(&service, "/sign-in", "", &format!("token={token}"), "same-origin"));
    let get = || with_cookie(&service, Method::GET, "/v1/admin/teams", &session, "none");
    assert_eq!(get().status, 200);
    service.delete(&format!("/v1/admin/tokens/administrator/{id}"), &service.administrator).done();
    get().refused(401, ProblemKind::Unauthorised);
    service.get("/v1/admin/teams", token).refused(401, ProblemKind::Unauthorised);
}

#[test]
fn every_answer_tells_browsers_to_be_careful() {
    let service = Service::new();
    let ade = service.join("Ade");
    for answer in [
        service.get("/v1/me", &ade.token),
        service.get("/v1/me", ""),
        service.get("/nothing", ""),
        service.get("/openapi.json", ""),
        service.get("/enter/x", ""),
    ] {
        let header = |name: &str| answer.headers[name].as_str();
        assert!(header("content-security-policy").starts_with("default-src 'none'"));
        assert!(header("content-security-policy").contains("frame-ancestors 'none'"));
        assert!(!header("content-security-policy").contains("unsafe"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("cache-control"), "no-store");
        assert!(!answer.headers.contains_key("strict-transport-security"), "not without encryption");
    }
}

#[test]
fn an_administrator_looks_after_everything() {
    let service = Service::new();
    let admin = service.administrator.clone();
    let post = |path: &str, body: Value| service.post(path, &admin, &body);
    // Teams.
    let team: Value = post("/v1/admin/teams", json!({ "name": "Quayside" })).read(200);
    post("/v1/admin/teams", json!({ "name": "QUAYSIDE" })).refused(409, ProblemKind::NameTaken);
    let id = team["id"].as_str().unwrap();
    let path = format!("/v1/admin/teams/{id}");
    let renamed: Value = service.call(Method::PATCH, &path, &admin, &json!({ "name": "Night shift" })).read(200);
    assert_eq!(renamed["name"], "Night shift");
    // Players.
    let ade = service.join("Ade");
    let player = format!("/v1/admin/players/{}", ade.id);
    let change = json!({ "real_name": "Adeline Okafor", "team": id });
    let changed: Value = service.call(Method::PATCH, &player, &admin, &change).read(200);
    assert_eq!((changed["real_name"].as_str(), changed["team"].as_str()), (Some("Adeline Okafor"), Some(id)));
    let changed: Value = service.call(Method::PATCH, &player, &admin, &json!({ "real_name": null })).read(200);
    assert_eq!((changed["real_name"].as_str(), changed["team"].as_str()), (None, Some(id)));
    service.delete(&path, &admin).refused(409, ProblemKind::Malformed);
    // Assignments.
    let slug = super::support::SLUG;
    let assigned = json!({ "team": id, "scenario": slug, "due": "2027-01-01T00:00:00Z" });
    assert_eq!(service.call(Method::PUT, "/v1/admin/assignments", &admin, &assigned).status, 200);
    let listed = service.get("/v1/scenarios", &ade.token);
    assert!(listed.body.contains("2027-01-01T00:00:00Z"), "{}", listed.body);
    service.delete(&format!("/v1/admin/assignments/{id}/{slug}"), &admin).done();
    assert_eq!(service.get("/v1/admin/assignments", &admin).read::<Value>(200)["assignments"], json!([]));
    // Attempts.
    let attempt = service.play(&ade, Style::STEPS);
    service.submit(&ade, &attempt).read::<Accepted>(200);
    let of_attempt = format!("/v1/admin/attempts/{}", attempt.id);
    post(&format!("{of_attempt}/invalidate"), json!({ "reason": " " })).refused(400, ProblemKind::Malformed);
    post(&format!("{of_attempt}/invalidate"), json!({ "reason": "played for a friend" })).done();
    let players = || service.get("/v1/boards", &ade.token).read::<BoardPage>(200).players;
    assert_eq!(players(), 0);
    assert_eq!(service.get(&of_attempt, &admin).read::<Value>(200)["invalid"], "played for a friend");
    post(&format!("{of_attempt}/restore"), json!({})).done();
    assert_eq!(players(), 1);
    let table = service.get(&format!("/v1/admin/statistics/{slug}"), &admin);
    assert_eq!(table.headers["content-type"], "text/csv; charset=utf-8");
    assert!(table.body.starts_with("\u{feff}scenario,full_hash,"), "{}", table.body);
    assert!(!table.body.contains("Ade"), "of few people nothing is told");
    service.get("/v1/admin/statistics/nothing", &admin).refused(404, ProblemKind::NotFound);
    // Scenarios.
    let versions: Value = service.get("/v1/admin/scenarios", &admin).read(200);
    assert_eq!(versions["scenarios"].as_array().unwrap().len(), 5);
    service.delete(&format!("/v1/admin/scenarios/{slug}"), &admin).done();
    assert!(!service.get("/v1/scenarios", &ade.token).body.contains(slug));
    let text = std::fs::read(format!("{}/scenarios/{slug}.ron", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let publish =
        |text: Vec<u8>| service.send(service.request(Method::POST, "/v1/admin/scenarios", &admin).body(text).unwrap());
    publish(b"a shopping list".to_vec()).refused(400, ProblemKind::Malformed);
    assert_eq!(publish(text).read::<Value>(200)["retired"], Value::Null);
    assert!(service.get("/v1/scenarios", &ade.token).body.contains(slug));
    // Seasons.
    post("/v1/admin/seasons", json!({ "name": "Winter" })).refused(409, ProblemKind::Malformed);
    let open: Value = post("/v1/admin/seasons/close", json!({ "next": { "name": "Winter", "attempts": 5 } })).read(200);
    assert_eq!((open["season"]["name"].as_str(), open["season"]["attempts"].as_u64()), (Some("Winter"), Some(5)));
    assert_eq!(players(), 0);
    post("/v1/admin/seasons/close", json!({})).read::<Value>(200);
    service.ask_start(&ade, crate::dialogue::Mode::Steps, false).refused(409, ProblemKind::NoneLeft);
    // Settings.
    let settings = json!({ "name": "Quayside support", "retention_days": 30, "least_team": 4 });
    assert_eq!(service.call(Method::PUT, "/v1/admin/settings", &admin, &settings).read::<Value>(200), settings);
    assert_eq!(service.get("/v1/admin/settings", &admin).read::<Value>(200), settings);
    let unfit = json!({ "name": "Quay", "retention_days": 30, "least_team": 2 });
    service.call(Method::PUT, "/v1/admin/settings", &admin, &unfit).refused(400, ProblemKind::Malformed);
    // Export, delete, audit.
    assert_eq!(service.get(&format!("{player}/export"), &admin).status, 200);
    service.delete(&player, &admin).done();
    service.get("/v1/me", &ade.token).refused(401, ProblemKind::Unauthorised);
    let acts: Value = service.get("/v1/admin/audit?limit=100", &admin).read(200);
    let words: Vec<_> = acts["acts"].as_array().unwrap().iter().map(|act| act["act"].as_str().unwrap()).collect();
    for act in ["export-player", "invalidate-attempt", "restore-attempt", "delete-player"] {
        assert!(words.contains(&act), "{act}: {words:?}");
    }
    assert!(!acts.to_string().contains("Adeline"), "the log names nobody");
    assert_eq!(status(ProblemKind::NameTaken).as_u16(), 409);
}
