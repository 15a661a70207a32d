//! A certificate in files that is renewed while the service runs: certificates last weeks, a service lasts for longer.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use axum_server::tls_rustls::RustlsConfig;
use tokio::sync::{Mutex, watch};

use crate::service::tls::{Certificate, Security, SecurityError, from_files};

/// How often somebody looks whether the files have changed.
const LOOKED_EVERY: Duration = Duration::from_mins(1);

/// A certificate and its key, as they are in use.
#[derive(Debug, Clone)]
pub(super) struct Files {
    certificate: PathBuf,
    key: PathBuf,
    stamps: Stamps,
}

/// The files of a certificate, and what encrypts with it.
#[derive(Debug)]
pub(super) struct Renewal {
    certificate: PathBuf,
    key: PathBuf,
    serving: RustlsConfig,
    known: Mutex<Known>,
}

#[derive(Debug)]
struct Known {
    /// Of the files that are in use.
    stamps: Stamps,
    /// What was said to be wrong with those that came after.
    told: Option<String>,
}

/// By what a file is seen to be another: when it was changed, and its length in bytes. None where there is no file.
type Stamp = Option<(SystemTime, u64)>;
type Stamps = [Stamp; 2];

impl Files {
    /// What is to be looked at, if anything. To be asked before the files are read: what changes meanwhile is then seen
    /// at the next look.
    pub(super) fn of(security: &Security) -> Option<Self> {
        let Security::Certificate { certificate, key } = security else { return None };
        Some(Self { certificate: certificate.clone(), key: key.clone(), stamps: [stamp(certificate), stamp(key)] })
    }
}

impl Renewal {
    pub(super) fn new(Files { certificate, key, stamps }: Files, serving: RustlsConfig) -> Self {
        Self { certificate, key, serving, known: Mutex::new(Known { stamps, told: None }) }
    }

    /// Looks for changes every minute, until the service stops.
    pub(super) async fn watch(&self, mut stopping: watch::Receiver<bool>) {
        loop {
            tokio::select! {
                () = tokio::time::sleep(LOOKED_EVERY) => {}
                _ = stopping.wait_for(|stopping| *stopping) => return,
            }
            self.look(false).await;
        }
    }

    /// Reads the files anew where they have changed, or where that is `asked` for. Where they cannot be used, what is in
    /// use stays so, the log tells why, and they are tried again: of two files that are renewed, one comes first.
    pub(super) async fn look(&self, asked: bool) {
        let mut known = self.known.lock().await;
        let (certificate, key) = (self.certificate.clone(), self.key.clone());
        let before = if asked { None } else { Some(known.stamps) };
        let read = tokio::task::spawn_blocking(move || read(&certificate, &key, before)).await;
        match read {
            Ok(None) => known.told = None,
            Ok(Some((stamps, Ok(certificate)))) => {
                self.serving.reload_from_config(certificate.configuration);
                *known = Known { stamps, told: None };
                tracing::info!(file = %self.certificate.display(), "the certificate was read anew, for new connections");
            }
            Ok(Some((_, Err(error)))) => {
                let words = error.to_string();
                if asked || known.told.as_ref() != Some(&words) {
                    tracing::error!("the renewed certificate is not used, and the one before it goes on: {words}");
                    known.told = Some(words);
                }
            }
            Err(error) => tracing::error!(%error, "a task failed"),
        }
    }
}

/// The files, unless they are as they were.
fn read(
    certificate: &Path,
    key: &Path,
    before: Option<Stamps>,
) -> Option<(Stamps, Result<Certificate, SecurityError>)> {
    // Before they are read, as above.
    let stamps = [stamp(certificate), stamp(key)];
    (before != Some(stamps)).then(|| (stamps, from_files(certificate, key)))
}

fn stamp(path: &Path) -> Stamp {
    let told = std::fs::metadata(path).ok()?;
    Some((told.modified().ok()?, told.len()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::{Files, Renewal, RustlsConfig, Security};

    fn write_pair(folder: &Path) {
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate =
            rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
        // Of a length of its own each time, as clocks of files may be coarse.
        let length = std::fs::metadata(folder.join("cert.pem")).map_or(1000, |told| told.len() + 1);
        let length = usize::try_from(length).unwrap();
        std::fs::write(folder.join("cert.pem"), format!("{:\n<length$}", certificate.pem())).unwrap();
        std::fs::write(folder.join("key.pem"), key.serialize_pem()).unwrap();
    }

    #[tokio::test]
    async fn files_are_read_when_they_change_and_what_is_wrong_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        write_pair(folder.path());
        let [certificate, key] = ["cert.pem", "key.pem"].map(|name| folder.path().join(name));
        let security = Security::Certificate { certificate: certificate.clone(), key };
        let files = Files::of(&security).unwrap();
        let first = security.certificate(([127, 0, 0, 1], 0).into(), folder.path()).unwrap().unwrap().configuration;
        let renewal = Renewal::new(files, RustlsConfig::from_config(Arc::clone(&first)));
        let told = async || renewal.known.lock().await.told.clone();
        let in_use = || renewal.serving.get_inner();

        renewal.look(false).await;
        assert!(Arc::ptr_eq(&in_use(), &first), "nothing has changed");
        write_pair(folder.path());
        renewal.look(false).await;
        let second = in_use();
        assert!(!Arc::ptr_eq(&second, &first));
        renewal.look(false).await;
        assert!(Arc::ptr_eq(&in_use(), &second));

        std::fs::write(&certificate, "a shopping list").unwrap();
        renewal.look(false).await;
        let words = told().await.unwrap();
        assert!(words.contains("cert.pem holds no certificate"), "{words}");
        std::fs::remove_file(&certificate).unwrap();
        renewal.look(false).await;
        assert!(told().await.unwrap().contains("cannot be read"), "{words}");
        assert!(Arc::ptr_eq(&in_use(), &second));
        write_pair(folder.path());
        renewal.look(false).await;
        assert!(!Arc::ptr_eq(&in_use(), &second));
        assert_eq!(told().await, None);
        assert_eq!(Files::of(&Security::SelfSigned).map(|files| files.key), None);
    }
}
