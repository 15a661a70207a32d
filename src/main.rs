//! Provisional: opens the window until the command line exists.

use simmer::desktop::theme::{Appearance, Scale};
use simmer::desktop::{DesktopOptions, dev_tools};

#[expect(clippy::print_stderr, clippy::disallowed_methods, reason = "provisional")]
fn main() -> std::process::ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let mut options = DesktopOptions::default();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match (arg.as_str(), args.next()) {
            ("--dark", _) => options.appearance = Appearance::Dark,
            ("--scale", Some(percent)) => options.scale = Scale::percent(percent.parse().unwrap_or(100)),
            ("--script", Some(file)) => {
                let read = std::fs::read_to_string(&file).map_err(|error| error.to_string());
                let script = read.and_then(|text| dev_tools::script::Script::parse(&text).map_err(|e| e.to_string()));
                match script {
                    Ok(script) => options.rehearsal = Some(dev_tools::Rehearsal { script, folder: ".".into() }),
                    Err(error) => {
                        eprintln!("{file}: {error}");
                        return 2.into();
                    }
                }
            }
            _ => {}
        }
    }
    match simmer::desktop::run(options) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("simmer: {error}");
            2.into()
        }
    }
}
