//! Starting the service, and stopping it so that nothing accepted is lost.

mod first;
mod renewal;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::attempt::atomic;
use crate::service::http::{self, App, Clock, Events, Place};
use crate::service::proxies::{Network, Proxies};
use crate::service::store::{Database, Store, StoreError};
use crate::service::tls::{Security, SecurityError};
use crate::service::verify::{self, Queue};

use self::renewal::{Files, Renewal};

pub use first::{FirstStart, invite_link, to_publish};

/// For what was accepted to be finished, once it is time to stop.
const GRACE: Duration = Duration::from_secs(10);
/// For the head of a request to come; longer than clients keep a connection that nothing is said over.
const HEAD: Duration = Duration::from_secs(30);
/// How often what is over is forgotten.
const SWEPT_EVERY: Duration = Duration::from_mins(10);

/// How a service is to be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configuration {
    /// None for an embedded one below `data`.
    pub database: Option<Database>,
    /// Where the database is, and the key of a certificate of the service's own.
    pub data: PathBuf,
    pub listen: SocketAddr,
    /// Health and figures, for whoever runs it.
    pub metrics: SocketAddr,
    /// As others reach it; as it listens where nothing is said.
    pub address: Option<String>,
    /// As in “Quayside support”. What it was where nothing is said.
    pub name: Option<String>,
    pub security: Security,
    /// Who is believed where a request comes from (`X-Forwarded-For`).
    pub trusted_proxies: Vec<Network>,
}

/// Why a service cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Security(#[from] SecurityError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{address} cannot be listened at: {source}")]
    Listen { address: SocketAddr, source: io::Error },
    #[error(transparent)]
    Write(#[from] atomic::WriteError),
    #[error("the folder {} cannot be made: {source}", path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("{0:?} is no address of a service. It looks like https://board.example:7766")]
    Address(String),
    #[error("{0}")]
    Name(super::NotAName),
    #[error("the system gives no chance to make secrets of: {0}")]
    Chance(#[from] getrandom::Error),
}

/// A service that runs.
#[derive(Debug)]
pub struct Running {
    /// As others reach it.
    pub address: String,
    /// Where it listens.
    pub listen: SocketAddr,
    pub metrics: SocketAddr,
    /// What is shown this once, where it was started for the first time.
    pub first: Option<FirstStart>,
    store: Store,
    stop: watch::Sender<bool>,
    renewal: Option<Arc<Renewal>>,
    handles: [Handle<SocketAddr>; 2],
    serving: Vec<JoinHandle<io::Result<()>>>,
    watching: Vec<JoinHandle<()>>,
    #[cfg(test)]
    pub(in crate::service) app: App,
}

impl Configuration {
    /// For this computer alone, at ports that are free, with an embedded database below `data`.
    pub fn on_loopback(data: PathBuf) -> Self {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        Self {
            database: None,
            data,
            listen: any,
            metrics: any,
            address: None,
            name: None,
            security: Security::Loopback,
            trusted_proxies: Vec::new(),
        }
    }

    /// The database that is meant.
    pub fn database(&self) -> Database {
        self.database.clone().unwrap_or_else(|| Database::Sqlite(self.data.join("service.sqlite")))
    }
}

/// Starts a service and returns when it listens. It runs until [`Running::stop`].
pub async fn start(configuration: &Configuration) -> Result<Running, StartError> {
    start_by(configuration, Clock::default()).await
}

pub(super) async fn start_by(configuration: &Configuration, clock: Clock) -> Result<Running, StartError> {
    let Configuration { data, security, .. } = configuration;
    std::fs::create_dir_all(data).map_err(|source| StartError::Folder { path: data.clone(), source })?;
    let files = Files::of(security);
    let certificate = security.certificate(configuration.listen, data)?;
    let (listener, listen) = bind(configuration.listen)?;
    let (operations, metrics) = bind(configuration.metrics)?;
    let place = Place {
        address: address(configuration, listen, certificate.is_some())?,
        pin: certificate.as_ref().and_then(|certificate| certificate.pin),
        encrypted: security.is_encrypted(),
        strict_transport: matches!(security, Security::Certificate { .. } | Security::BehindProxy),
        proxies: Proxies::new(configuration.trusted_proxies.clone()),
    };
    let store = Store::open(&configuration.database()).await?;
    let first = first::prepare(&store, configuration, &place, clock.now()).await?;
    first::keep_place(data, &place)?;

    // Before anybody listens, so that nobody misses anything.
    let revision = store.revision().await?;
    let (stop, stopping) = watch::channel(false);
    let events = Events::new(stopping.clone());
    let queue = Queue::new(std::thread::available_parallelism().map_or(1, std::num::NonZero::get), verify::QUEUE);
    let app = App::new(store.clone(), queue, place.clone(), events.clone(), clock.clone());
    let handles = [Handle::new(), Handle::new()];
    let encrypted = certificate.map(|certificate| RustlsConfig::from_config(certificate.configuration));
    let renewal = files.zip(encrypted.clone()).map(|(files, serving)| Arc::new(Renewal::new(files, serving)));
    let serving = vec![
        serve(listener, http::router(app.clone()), handles[0].clone(), encrypted)
            .map_err(|source| StartError::Listen { address: listen, source })?,
        serve(operations, http::operations(app.clone()), handles[1].clone(), None)
            .map_err(|source| StartError::Listen { address: metrics, source })?,
    ];
    let mut watching = vec![
        tokio::spawn(events.watch(store.clone(), revision)),
        tokio::spawn(sweep(store.clone(), clock, stopping.clone())),
    ];
    if let Some(renewal) = renewal.clone() {
        watching.push(tokio::spawn(async move { renewal.watch(stopping).await }));
    }
    tracing::info!(%listen, %metrics, database = ?configuration.database(), "the team service runs");
    Ok(Running {
        address: place.address,
        listen,
        metrics,
        first,
        store,
        stop,
        renewal,
        handles,
        serving,
        watching,
        #[cfg(test)]
        app,
    })
}

impl Running {
    /// Reads a certificate in files anew at once, which is otherwise done within a minute of a change. Connections there
    /// are go on; where the files cannot be used, so does the certificate, and the log tells why.
    pub async fn read_certificate_again(&self) {
        if let Some(renewal) = &self.renewal {
            renewal.look(true).await;
        }
    }

    /// Stops: nothing new is accepted, and what was accepted is finished, within 10 seconds.
    pub async fn stop(self) {
        tracing::info!("the team service stops");
        // Whoever listens to what moves would never finish.
        self.stop.send_replace(true);
        for handle in &self.handles {
            handle.graceful_shutdown(Some(GRACE));
        }
        for served in self.serving {
            match served.await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::error!(%error, "a listener failed"),
                Err(error) => tracing::error!(%error, "a listener failed"),
            }
        }
        for watched in self.watching {
            if let Err(error) = watched.await {
                tracing::error!(%error, "a task failed");
            }
        }
        self.store.close().await;
        tracing::info!("the team service has stopped");
    }
}

fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |source| StartError::Listen { address, source };
    let listener = TcpListener::bind(address).map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

fn serve(
    listener: TcpListener,
    router: Router,
    handle: Handle<SocketAddr>,
    encrypted: Option<RustlsConfig>,
) -> io::Result<JoinHandle<io::Result<()>>> {
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    Ok(if let Some(encrypted) = encrypted {
        let mut server = axum_server::tls_rustls::from_tcp_rustls(listener, encrypted)?;
        server.http_builder().http1().header_read_timeout(HEAD);
        tokio::spawn(server.http1_only().first_request_timeout(HEAD).handle(handle).serve(router))
    } else {
        let mut server = axum_server::from_tcp(listener)?;
        server.http_builder().http1().header_read_timeout(HEAD);
        tokio::spawn(server.http1_only().first_request_timeout(HEAD).handle(handle).serve(router))
    })
}

/// Forgets what is over, until the service stops.
async fn sweep(store: Store, clock: Clock, mut stopping: watch::Receiver<bool>) {
    loop {
        let swept = async {
            store.sweep(clock.now()).await?;
            store.drop_old(clock.now()).await
        };
        match swept.await {
            Ok(0) => {}
            Ok(dropped) => tracing::info!(dropped, "files of old attempts were dropped; their scores stay"),
            Err(error) => tracing::warn!(%error, "what is over could not be forgotten"),
        }
        tokio::select! {
            () = tokio::time::sleep(SWEPT_EVERY) => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
    }
}

/// As others reach it, without a slash at the end.
fn address(configuration: &Configuration, listen: SocketAddr, encrypted: bool) -> Result<String, StartError> {
    if let Some(address) = &configuration.address {
        let address = address.trim().trim_end_matches('/');
        let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-._:[]/".contains(letter);
        return match host {
            Some(host) if !host.is_empty() && host.chars().all(plain) => Ok(address.to_owned()),
            _ => Err(StartError::Address(address.to_owned())),
        };
    }
    let scheme = if encrypted { "https" } else { "http" };
    Ok(if listen.ip().is_unspecified() {
        format!("{scheme}://localhost:{}", listen.port())
    } else {
        format!("{scheme}://{listen}")
    })
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::path::PathBuf;

    use super::{Configuration, StartError, address};

    fn configuration(address: Option<&str>) -> Configuration {
        Configuration {
            listen: SocketAddr::from(([127, 0, 0, 1], 7766)),
            metrics: SocketAddr::from(([127, 0, 0, 1], 7767)),
            address: address.map(str::to_owned),
            ..Configuration::on_loopback(PathBuf::new())
        }
    }

    #[test]
    fn a_service_says_where_it_is_reached() {
        let check = |asked: Option<&str>, listen: &str, encrypted: bool, expected: &str| {
            let found = address(&configuration(asked), listen.parse().unwrap(), encrypted).unwrap();
            assert_eq!(found, expected);
        };
        check(None, "127.0.0.1:7766", false, "http://127.0.0.1:7766");
        check(None, "0.0.0.0:7766", true, "https://localhost:7766");
        check(None, "[::1]:7766", true, "https://[::1]:7766");
        check(Some("https://board.example/"), "0.0.0.0:1", false, "https://board.example");
        check(Some(" http://10.0.0.2:7766 "), "0.0.0.0:1", false, "http://10.0.0.2:7766");
        check(Some("https://example.org/simmer/"), "0.0.0.0:1", false, "https://example.org/simmer");
    }

    #[test]
    fn what_is_no_address_is_not_taken_for_one() {
        let listen = SocketAddr::from(([127, 0, 0, 1], 7766));
        for wrong in ["board.example", "ftp://a", "https://", "https://me@evil", "https://a b", "https://a#b"] {
            let found = address(&configuration(Some(wrong)), listen, false);
            assert!(matches!(found, Err(StartError::Address(_))), "{wrong}");
        }
    }
}
