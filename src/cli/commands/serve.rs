//! `simmer serve`: the team service.

use crate::cli::Outcome;
use crate::cli::args::Serve;
use crate::cli::error::Error;
use crate::cli::terminal::Terminal;

#[cfg(feature = "server")]
pub(in crate::cli) use with_service::{data_folder, database, run, runtime};

/// This build has none.
#[cfg(not(feature = "server"))]
pub(in crate::cli) fn run(_terminal: &mut Terminal<'_>, _serve: &Serve) -> Result<Outcome, Error> {
    Err(Error::NoService)
}

#[cfg(feature = "server")]
mod with_service {
    use std::path::PathBuf;

    use super::{Error, Outcome, Serve, Terminal};
    use crate::cli::args::ServicePlace;
    use crate::cli::page::{Line, Tone};
    use crate::service::store::Database;
    use crate::service::{self, Configuration, FirstStart, NotANetwork, Security};
    use crate::settings::Folders;

    pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, serve: &Serve) -> Result<Outcome, Error> {
        let configuration = configuration(serve)?;
        runtime()?.block_on(async {
            let mut stops = Stops::listen()?;
            let mut renewals = Renewals::listen(&configuration)?;
            let running = service::start(&configuration).await?;
            terminal.show_all(&lines(&running, &configuration))?;
            loop {
                tokio::select! {
                    () = stops.asked() => break,
                    () = renewals.asked() => running.read_certificate_again().await,
                }
            }
            // Where nobody reads any more, it stops as well as ever.
            let stopping = "Stopping: what was accepted is finished first. Ctrl-C again ends it at once.";
            let _ = terminal.show(&Line::quiet(stopping));
            tokio::select! {
                () = running.stop() => {}
                () = stops.asked() => {}
            }
            Ok(Outcome::Fine)
        })
    }

    /// What runs a service or speaks with its database.
    pub(in crate::cli) fn runtime() -> Result<tokio::runtime::Runtime, Error> {
        Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
    }

    /// Where a service of this computer keeps what it has.
    pub(in crate::cli) fn data_folder(place: &ServicePlace) -> Result<PathBuf, Error> {
        Ok(Folders::find(place.data.as_deref())?.data.join("service"))
    }

    /// The database that was named, if one was: here, or in the environment, where a password is not shown in a list of
    /// programs.
    #[expect(clippy::disallowed_methods, reason = "the environment is read here, in `cli`")]
    pub(in crate::cli) fn database(place: &ServicePlace) -> Option<Database> {
        let named = place.database.as_ref().map(|address| address.0.clone());
        let address = named.or_else(|| std::env::var("SIMMER_DATABASE").ok().filter(|address| !address.is_empty()))?;
        let postgres = address.starts_with("postgres://") || address.starts_with("postgresql://");
        Some(if postgres { Database::Postgres(address) } else { Database::Sqlite(address.into()) })
    }

    fn configuration(serve: &Serve) -> Result<Configuration, Error> {
        let security = match (&serve.tls_cert, &serve.tls_key) {
            (Some(certificate), Some(key)) => {
                Security::Certificate { certificate: certificate.clone(), key: key.clone() }
            }
            _ if serve.tls_self_signed => Security::SelfSigned,
            _ if serve.behind_proxy => Security::BehindProxy,
            _ if serve.plain_http => Security::Plain,
            _ => Security::Loopback,
        };
        let trusted_proxies = serve.trusted_proxy.iter().map(|typed| typed.parse()).collect::<Result<Vec<_>, _>>();
        let trusted_proxies = trusted_proxies.map_err(|why: NotANetwork| Error::Unclear {
            asked: format!("--trusted-proxy: {why}"),
            mend: "Name the address that the proxy asks from; where it runs on this computer, 127.0.0.1.".to_owned(),
        })?;
        Ok(Configuration {
            database: database(&serve.place),
            data: data_folder(&serve.place)?,
            listen: serve.listen,
            metrics: serve.metrics,
            address: serve.address.clone(),
            name: serve.name.clone(),
            security,
            trusted_proxies,
        })
    }

    /// Ctrl-C, or what a system sends to a program that is to stop. Heard from when this is made.
    struct Stops {
        #[cfg(unix)]
        interrupted: tokio::signal::unix::Signal,
        #[cfg(unix)]
        terminated: tokio::signal::unix::Signal,
        #[cfg(windows)]
        interrupted: tokio::signal::windows::CtrlC,
    }

    impl Stops {
        #[cfg(unix)]
        fn listen() -> std::io::Result<Self> {
            use tokio::signal::unix::{SignalKind, signal};
            Ok(Self { interrupted: signal(SignalKind::interrupt())?, terminated: signal(SignalKind::terminate())? })
        }

        #[cfg(windows)]
        fn listen() -> std::io::Result<Self> {
            Ok(Self { interrupted: tokio::signal::windows::ctrl_c()? })
        }

        #[cfg(unix)]
        async fn asked(&mut self) {
            tokio::select! {
                _ = self.interrupted.recv() => {}
                _ = self.terminated.recv() => {}
            }
        }

        #[cfg(windows)]
        async fn asked(&mut self) {
            let _ = self.interrupted.recv().await;
        }
    }

    /// SIGHUP, by which programs that renew certificates say so. It ends a service as ever that has no files to read.
    struct Renewals {
        #[cfg(unix)]
        hung_up: Option<tokio::signal::unix::Signal>,
    }

    impl Renewals {
        #[cfg(unix)]
        fn listen(configuration: &Configuration) -> std::io::Result<Self> {
            use tokio::signal::unix::{SignalKind, signal};
            let has_files = matches!(configuration.security, Security::Certificate { .. });
            Ok(Self { hung_up: has_files.then(|| signal(SignalKind::hangup())).transpose()? })
        }

        #[cfg(windows)]
        fn listen(_: &Configuration) -> std::io::Result<Self> {
            Ok(Self {})
        }

        async fn asked(&mut self) {
            #[cfg(unix)]
            if let Some(hung_up) = &mut self.hung_up {
                let _ = hung_up.recv().await;
                return;
            }
            std::future::pending::<()>().await;
        }
    }

    fn lines(running: &service::Running, configuration: &Configuration) -> Vec<Line> {
        let mut lines = vec![Line::strong(format!("The team service runs at {}", running.address))];
        if configuration.address.is_none() && running.listen.ip().is_unspecified() {
            lines.push(Line::new(
                Tone::Gold,
                "Invite links will say \u{201c}localhost\u{201d}, which leads others nowhere: say how they reach it \
                 with --address.",
            ));
        }
        match configuration.security {
            Security::BehindProxy if configuration.trusted_proxies.is_empty() => lines.push(Line::quiet(
                "Plain HTTP, for a proxy in front that encrypts. All that comes through it counts as one address: \
                 --trusted-proxy tells whose X-Forwarded-For is believed.",
            )),
            Security::BehindProxy => lines.push(Line::quiet("Plain HTTP, for a proxy in front that encrypts.")),
            Security::Plain => lines.push(Line::new(
                Tone::Gold,
                "Plain HTTP: whoever is on the network can read everything, tokens among it.",
            )),
            Security::SelfSigned => lines.push(Line::quiet(
                "With a certificate of its own: invite links carry its key. Browsers will ask whether to trust it.",
            )),
            Security::Loopback | Security::Certificate { .. } => {}
        }
        lines.push(Line::quiet(format!("Health and figures: http://{}/metrics", running.metrics)));
        if let Some(first) = &running.first {
            lines.extend(first_lines(first));
        }
        lines.push(Line::quiet("Ctrl-C stops it."));
        lines
    }

    fn first_lines(first: &FirstStart) -> Vec<Line> {
        vec![
            Line::empty(),
            Line::plain(format!(
                "It is new: a season is open, and {} are published. What follows is shown this once.",
                crate::cli::error::counted(first.scenarios, "scenario")
            )),
            Line::plain("Administrator\u{2019}s token:"),
            Line::verbatim(first.administrator.reveal()).indented(2),
            Line::plain("Invite link for the first player, good once and for seven days:"),
            Line::verbatim(first.invite.to_string()).indented(2),
            Line::quiet("`simmer admin invite` makes more; `simmer admin token` makes another token."),
            Line::empty(),
        ]
    }
}
