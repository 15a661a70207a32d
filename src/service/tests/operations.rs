//! What whoever runs the service sees.

use std::io::{Read as _, Write as _};
use std::time::Duration;

use super::support::{Service, Style};
use crate::team::protocol::Accepted;

fn get(service: &Service, path: &str) -> (u16, String) {
    let agent = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build().new_agent();
    let mut response = agent.get(format!("http://{}{path}", service.running().metrics)).call().unwrap();
    (response.status().as_u16(), response.body_mut().read_to_string().unwrap())
}

#[test]
fn health_and_figures_are_told_on_a_listener_of_their_own() {
    let service = Service::new();
    assert_eq!(get(&service, "/health/live"), (200, "ok\n".to_owned()));
    assert_eq!(get(&service, "/health/ready"), (200, "ok\n".to_owned()));
    let ade = service.join("Ade");
    service.submit(&ade, &service.play(&ade, Style::STEPS)).read::<Accepted>(200);
    service.get("/v1/me", "");
    service.get("/made-up/by/anybody", "");
    let (status, figures) = get(&service, "/metrics");
    assert_eq!(status, 200);
    for line in [
        "simmer_requests_total{method=\"PUT\",route=\"/v1/attempts/{id}\",status=\"200\"} 1",
        "simmer_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1",
        "simmer_refused_total{kind=\"unauthorised\"} 1",
        "simmer_attempts_total{standing=\"ranked\"} 1",
        "simmer_submit_seconds_count 1",
        "simmer_verify_queue 0",
    ] {
        assert!(figures.contains(line), "{line} is not in\n{figures}");
    }
    for path in ["/metrics", "/health/live"] {
        assert_eq!(service.get(path, "").status, 404, "{path} is not for everybody");
    }
}

#[test]
fn what_was_begun_is_finished_before_the_service_stops() {
    let mut service = Service::new();
    let ade = service.join("Ade");
    let attempt = service.play(&ade, Style::STEPS);
    let (path, file) = (format!("/v1/attempts/{}", attempt.id), crate::attempt::write(&attempt));
    let host = service.host().to_owned();
    let mut stream = service.connect(Duration::from_secs(30));
    let head = format!(
        "PUT {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\n\
         expect: 100-continue\r\n\r\n",
        ade.token,
        file.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    // It waits for the body, and so has begun.
    let mut goes_on = [0; 25];
    stream.read_exact(&mut goes_on).unwrap();
    assert!(goes_on.starts_with(b"HTTP/1.1 100 Continue"));
    let stopping = std::thread::spawn(move || service.stop());
    while std::net::TcpStream::connect(&host).is_ok() {
        std::thread::yield_now();
    }
    stream.write_all(file.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    stopping.join().unwrap();
}

#[test]
fn a_service_stops_though_somebody_listens() {
    let mut service = Service::new();
    let ade = service.join("Ade");
    let host = service.host().to_owned();
    let mut stream = service.connect(Duration::from_secs(30));
    let head = format!("GET /v1/events HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {}\r\n\r\n", ade.token);
    stream.write_all(head.as_bytes()).unwrap();
    let mut some = [0; 64];
    assert!(stream.read(&mut some).unwrap() > 0);
    service.stop();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    assert!(std::net::TcpStream::connect(&host).is_err(), "nothing new is accepted");
}
