//! Keeping what is said between a window and the service secret (`leaderboards`, "Access").

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::attempt::atomic;

/// How connections are made secret.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Security {
    /// Plain HTTP, and only to this very computer.
    #[default]
    Loopback,
    /// A certificate and its key in PEM files.
    Certificate { certificate: PathBuf, key: PathBuf },
    /// A certificate of the service's own, which clients know by the hash of its key.
    SelfSigned,
    /// Plain HTTP to a proxy that does it.
    BehindProxy,
    /// Plain HTTP for everybody, as was asked for by name.
    Plain,
}

/// A certificate that is ready to be used.
#[derive(Debug, Clone)]
pub struct Certificate {
    pub(super) configuration: Arc<ServerConfig>,
    /// SHA-256 of the public key of a self-signed one.
    pub pin: Option<[u8; 32]>,
}

/// Why a service cannot be reached safely.
#[derive(Debug, thiserror::Error)]
pub enum SecurityError {
    #[error(
        "{0} can be reached from other computers, and plain HTTP would show everybody\u{2019}s tokens to the network. \
         Choose one of three: --tls-self-signed makes a certificate that invite links carry the key of; --tls-cert FILE \
         and --tls-key FILE use one you have; --behind-proxy leaves it to a proxy in front. (If the network is yours \
         alone, --plain-http does without.)"
    )]
    PlainOffLoopback(SocketAddr),
    #[error("{} cannot be read: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{} holds no {what} in PEM", path.display())]
    NotPem { path: PathBuf, what: &'static str },
    #[error("the certificate and its key cannot be used: {0}")]
    Unfit(String),
    #[error("{} and {} do not go together: {why}", certificate.display(), key.display())]
    Pair { certificate: PathBuf, key: PathBuf, why: String },
    #[error(transparent)]
    Write(#[from] atomic::WriteError),
}

impl Security {
    /// What to encrypt with, if anything. A certificate of the service's own is kept below `data`, so that its key stays
    /// the one that invites carry.
    pub fn certificate(&self, listen: SocketAddr, data: &Path) -> Result<Option<Certificate>, SecurityError> {
        match self {
            Self::Loopback if !listen.ip().is_loopback() => Err(SecurityError::PlainOffLoopback(listen)),
            Self::Loopback | Self::BehindProxy | Self::Plain => Ok(None),
            Self::Certificate { certificate, key } => from_files(certificate, key).map(Some),
            Self::SelfSigned => self_signed(data).map(Some),
        }
    }

    /// Whether a browser is to be told never to come back without encryption, and to keep cookies to it.
    pub fn is_encrypted(&self) -> bool {
        matches!(self, Self::Certificate { .. } | Self::SelfSigned | Self::BehindProxy)
    }
}

/// A certificate with those that vouch for it, and its key, from files in PEM.
pub(super) fn from_files(certificate: &Path, key: &Path) -> Result<Certificate, SecurityError> {
    let not_pem = |path: &Path, what| SecurityError::NotPem { path: path.to_owned(), what };
    let chain: Vec<_> = CertificateDer::pem_slice_iter(&read(certificate)?)
        .collect::<Result<_, _>>()
        .map_err(|_| not_pem(certificate, "certificate"))?;
    if chain.is_empty() {
        return Err(not_pem(certificate, "certificate"));
    }
    let secret = PrivateKeyDer::from_pem_slice(&read(key)?).map_err(|_| not_pem(key, "private key"))?;
    let configuration = configuration(chain, secret).map_err(|error| match error {
        SecurityError::Unfit(why) => {
            SecurityError::Pair { certificate: certificate.to_owned(), key: key.to_owned(), why }
        }
        other => other,
    })?;
    Ok(Certificate { configuration, pin: None })
}

fn self_signed(data: &Path) -> Result<Certificate, SecurityError> {
    let path = data.join("service-key.pem");
    let unfit = |error: rcgen::Error| SecurityError::Unfit(error.to_string());
    let key = match read(&path) {
        Ok(pem) => {
            let pem = String::from_utf8_lossy(&pem);
            rcgen::KeyPair::from_pem(&pem)
                .map_err(|_| SecurityError::NotPem { path: path.clone(), what: "private key" })?
        }
        Err(SecurityError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
            let key = rcgen::KeyPair::generate().map_err(unfit)?;
            // What is written so can be read by this account alone.
            atomic::write(&path, key.serialize_pem().as_bytes())?;
            key
        }
        Err(error) => return Err(error),
    };
    // Clients know it by its key, so that the name in it tells nothing.
    let mut parameters = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).map_err(unfit)?;
    parameters.distinguished_name.push(rcgen::DnType::CommonName, "Simmer team service");
    let certificate = parameters.self_signed(&key).map_err(unfit)?;
    let pin = sha256(&rcgen::PublicKeyData::subject_public_key_info(&key))?;
    let secret = PrivatePkcs8KeyDer::from(key.serialize_der());
    Ok(Certificate { configuration: configuration(vec![certificate.der().clone()], secret.into())?, pin: Some(pin) })
}

fn configuration(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<Arc<ServerConfig>, SecurityError> {
    let unfit = |error: rustls::Error| SecurityError::Unfit(error.to_string());
    let mut configuration = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(unfit)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(unfit)?;
    configuration.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(configuration))
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// By the cryptography that encrypts as well.
fn sha256(bytes: &[u8]) -> Result<[u8; 32], SecurityError> {
    let suite = rustls::crypto::ring::cipher_suite::TLS13_AES_128_GCM_SHA256;
    let hash = suite.tls13().map(|suite| suite.common.hash_provider.hash(bytes));
    hash.and_then(|hash| hash.as_ref().try_into().ok())
        .ok_or_else(|| SecurityError::Unfit("there is no SHA-256 here".to_owned()))
}

#[expect(clippy::disallowed_methods, reason = "the operator named the files, or this wrote them")]
fn read(path: &Path) -> Result<Vec<u8>, SecurityError> {
    std::fs::read(path).map_err(|source| SecurityError::Read { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use super::{Security, SecurityError};

    #[test]
    fn plain_http_stays_on_this_computer_unless_it_is_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let check = |security: Security, listen: &str, allowed: bool| {
            let listen: SocketAddr = listen.parse().unwrap();
            match security.certificate(listen, folder.path()) {
                Ok(certificate) => assert!(allowed && certificate.is_none(), "{listen}"),
                Err(error) => {
                    assert!(!allowed, "{listen}: {error}");
                    let words = error.to_string();
                    for way in ["--tls-self-signed", "--tls-cert", "--behind-proxy"] {
                        assert!(words.contains(way), "{words}");
                    }
                }
            }
        };
        check(Security::Loopback, "127.0.0.1:7766", true);
        check(Security::Loopback, "[::1]:7766", true);
        check(Security::Loopback, "0.0.0.0:7766", false);
        check(Security::Loopback, "[::]:7766", false);
        check(Security::Loopback, "192.168.1.7:7766", false);
        check(Security::BehindProxy, "0.0.0.0:7766", true);
        check(Security::Plain, "0.0.0.0:7766", true);
    }

    #[test]
    fn a_certificate_of_ones_own_keeps_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let any = SocketAddr::from(([0, 0, 0, 0], 7766));
        let pin = || Security::SelfSigned.certificate(any, folder.path()).unwrap().and_then(|it| it.pin);
        let first = pin();
        assert!(first.is_some());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.path().join("service-key.pem")).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "nobody else may read the key");
        }
        assert_eq!(pin(), first);
        let another = tempfile::tempdir().unwrap();
        let other = Security::SelfSigned.certificate(any, another.path()).unwrap().and_then(|it| it.pin);
        assert_ne!(other, first);
    }

    #[test]
    fn what_is_no_certificate_says_which_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let any = SocketAddr::from(([0, 0, 0, 0], 7766));
        let security = Security::Certificate { certificate: path("cert.pem"), key: path("key.pem") };
        assert!(matches!(security.certificate(any, folder.path()), Err(SecurityError::Read { .. })));
        std::fs::write(path("cert.pem"), "a shopping list").unwrap();
        std::fs::write(path("key.pem"), "a shopping list").unwrap();
        let error = security.certificate(any, folder.path()).unwrap_err();
        assert!(matches!(&error, SecurityError::NotPem { path, .. } if path.ends_with("cert.pem")), "{error}");
    }
}
