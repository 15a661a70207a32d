//! Where Simmer keeps things on this computer.

use std::path::PathBuf;

use etcetera::AppStrategy;

/// The folder of attempts and settings; none where the system names no home.
pub(super) fn data() -> Option<PathBuf> {
    strategy().map(|strategy| strategy.data_dir())
}

/// The folder of the log.
pub(super) fn log() -> Option<PathBuf> {
    strategy().map(|strategy| strategy.state_dir().unwrap_or_else(|| strategy.data_dir()).join("log"))
}

fn strategy() -> Option<impl AppStrategy> {
    etcetera::choose_app_strategy(etcetera::AppStrategyArgs {
        top_level_domain: "org".to_owned(),
        author: "Simmer".to_owned(),
        app_name: "simmer".to_owned(),
    })
    .ok()
}
