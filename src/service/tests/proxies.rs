//! Limits by address, where a proxy stands in front.

use jiff::Timestamp;
use ureq::http::Method;

use super::support::{Answer, Service};
use crate::service::Security;
use crate::team::protocol::ProblemKind;

/// Attempts to come in that one address has in a minute.
const ENTRIES: u32 = 30;

fn behind(trusted: &[&str]) -> Service {
    let service = Service::with(|configuration| {
        configuration.security = Security::BehindProxy;
        configuration.trusted_proxies = trusted.iter().map(|network| network.parse().unwrap()).collect();
    });
    // All of it within one minute.
    service.pass(60 - Timestamp::now().as_second().rem_euclid(60));
    service
}

/// Somebody tries a link that is none.
fn enter(service: &Service, forwarded_for: &str) -> Answer {
    let request = service.request(Method::GET, "/enter/nonsense", "").header("x-forwarded-for", forwarded_for);
    service.send(request.body(Vec::new()).unwrap())
}

#[test]
fn each_client_behind_a_proxy_has_limits_of_their_own() {
    let service = behind(&["127.0.0.1"]);
    for _ in 0..ENTRIES {
        enter(&service, "198.51.100.1").refused(410, ProblemKind::Expired);
    }
    let refused = enter(&service, "198.51.100.1");
    refused.refused(429, ProblemKind::Busy);
    assert!((1..=60).contains(&refused.headers["retry-after"].parse().unwrap()));
    // What a client writes itself stands before what the proxy adds.
    enter(&service, "198.51.100.2, 198.51.100.1").refused(429, ProblemKind::Busy);
    enter(&service, "198.51.100.1, 198.51.100.2").refused(410, ProblemKind::Expired);
    for last in 0..ENTRIES {
        enter(&service, &format!("2001:db8::{last:x}")).refused(410, ProblemKind::Expired);
    }
    enter(&service, "2001:db8::ffff:1").refused(429, ProblemKind::Busy);
    enter(&service, "2001:db8:0:1::1").refused(410, ProblemKind::Expired);
}

#[test]
fn who_is_no_trusted_proxy_cannot_say_to_come_from_elsewhere() {
    for trusted in [&[][..], &["10.0.0.0/8", "127.0.0.2", "::1"]] {
        let service = behind(trusted);
        for number in 0..ENTRIES {
            enter(&service, &format!("198.51.100.{number}")).refused(410, ProblemKind::Expired);
        }
        enter(&service, "198.51.100.200").refused(429, ProblemKind::Busy);
        enter(&service, "10.0.0.1").refused(429, ProblemKind::Busy);
    }
}
