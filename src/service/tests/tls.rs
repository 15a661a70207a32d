//! Encryption, with a certificate of the service's own.

use super::support::{Service, Style};
use crate::service::Security;
use crate::team::protocol::Accepted;

#[test]
fn a_service_with_a_certificate_of_its_own_says_its_key_in_invites() {
    let service = Service::with(|configuration| configuration.security = Security::SelfSigned);
    assert!(service.base.starts_with("https://127.0.0.1:"), "{}", service.base);
    let first = service.running().first.clone().unwrap();
    assert!(first.invite.pin.is_some());
    let ade = service.join("Ade");
    service.submit(&ade, &service.play(&ade, Style::STEPS)).read::<Accepted>(200);
    // Nobody vouches for it: a browser that never came back without encryption could not be told to trust it.
    assert!(!service.get("/openapi.json", "").headers.contains_key("strict-transport-security"));
    // Started anew it is known by the same key.
    let kept = crate::service::invite_link(service.folder.path(), &first.invite.code).unwrap().unwrap();
    assert_eq!(kept, first.invite);
}

#[test]
fn plain_http_is_not_spoken_to_others_unless_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let configuration = crate::service::Configuration {
        database: None,
        data: folder.path().to_owned(),
        listen: ([0, 0, 0, 0], 0).into(),
        metrics: ([127, 0, 0, 1], 0).into(),
        address: None,
        name: None,
        security: Security::Loopback,
        trusted_proxies: Vec::new(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let refused = runtime.block_on(crate::service::start(&configuration)).unwrap_err();
    assert!(refused.to_string().contains("--tls-self-signed"), "{refused}");
    assert!(!folder.path().join("service.sqlite").exists(), "nothing was begun");
}

#[test]
fn behind_a_proxy_browsers_are_told_to_come_back_encrypted() {
    let service = Service::with(|configuration| {
        configuration.security = Security::BehindProxy;
    });
    let answer = service.get("/openapi.json", "");
    assert!(answer.headers["strict-transport-security"].starts_with("max-age="));
}
