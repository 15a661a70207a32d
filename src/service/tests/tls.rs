//! Encryption, with a certificate of the service's own.

use std::path::{Path, PathBuf};

use super::support::{Service, Style};
use crate::service::{Configuration, Security};
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
    let configuration =
        Configuration { listen: ([0, 0, 0, 0], 0).into(), ..Configuration::on_loopback(folder.path().to_owned()) };
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

/// A certificate for this computer and its key, in files.
struct Pair {
    certificate: PathBuf,
    key: PathBuf,
}

impl Pair {
    fn in_folder(folder: &Path) -> Self {
        Self { certificate: folder.join("cert.pem"), key: folder.join("key.pem") }
    }

    /// Writes new ones, and gives somebody who trusts this very certificate and no other.
    fn renew(&self) -> ureq::Agent {
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate =
            rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap().self_signed(&key).unwrap();
        std::fs::write(&self.certificate, certificate.pem()).unwrap();
        std::fs::write(&self.key, key.serialize_pem()).unwrap();
        let root = ureq::tls::Certificate::from_der(certificate.der()).to_owned();
        let tls = ureq::tls::TlsConfig::builder().root_certs(ureq::tls::RootCerts::new_with_certs(&[root])).build();
        ureq::Agent::config_builder().proxy(None).tls_config(tls).build().new_agent()
    }
}

#[test]
fn a_renewed_certificate_is_used_without_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let pair = Pair::in_folder(folder.path());
    let first = pair.renew();
    let service = Service::with(|configuration| {
        let Pair { certificate, key } = Pair::in_folder(folder.path());
        configuration.security = Security::Certificate { certificate, key };
    });
    // Whoever has a connection keeps it.
    let reaches = |agent: &ureq::Agent| match agent.get(format!("{}/openapi.json", service.base)).call() {
        Ok(mut answer) => answer.body_mut().read_to_string().unwrap().contains("openapi"),
        Err(_) => false,
    };
    assert!(reaches(&first));
    let again = || service.inside(async |running| running.read_certificate_again().await);
    let second = pair.renew();
    assert!(!reaches(&second), "the files alone change nothing yet");
    again();
    assert!(reaches(&second), "new connections get the new one");
    assert!(reaches(&first), "and those there are go on");

    // Of two files that are renewed one comes first, and does not go with the other; or somebody makes a mistake.
    let kept = [&pair.certificate, &pair.key].map(|path| std::fs::read(path).unwrap());
    let third = pair.renew();
    std::fs::write(&pair.key, &kept[1]).unwrap();
    for (path, with) in [(&pair.key, &kept[1][..]), (&pair.certificate, b"a shopping list"), (&pair.key, b"")] {
        std::fs::write(path, with).unwrap();
        again();
        assert!(!reaches(&third));
        assert!(reaches(&anew(&second)), "the one before goes on");
    }
    std::fs::remove_file(&pair.key).unwrap();
    again();
    assert!(reaches(&anew(&second)), "also where there is none");
    let fourth = pair.renew();
    again();
    assert!(reaches(&fourth) && !reaches(&anew(&second)));
}

/// Somebody of the same trust, without the connections.
fn anew(agent: &ureq::Agent) -> ureq::Agent {
    ureq::Agent::new_with_config(agent.config().clone())
}
