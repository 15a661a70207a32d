//! Ctrl-C: the first one is heard, and where it is not, the second one ends the program.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The exit code of a program that Ctrl-C has ended, as shells know it.
const INTERRUPTED: i32 = 130;

/// Does this on the first Ctrl-C. To be called once.
pub(super) fn on_first(heard: impl Fn() + Send + 'static) {
    let interrupted = AtomicBool::new(false);
    let handled = ctrlc::set_handler(move || {
        if interrupted.swap(true, Ordering::Relaxed) {
            std::process::exit(INTERRUPTED);
        }
        heard();
    });
    if let Err(error) = handled {
        tracing::warn!(%error, "Ctrl-C ends the program at once");
    }
}

/// A flag that the first Ctrl-C sets, for work that looks at it. To be called once.
pub(super) fn flag() -> Arc<AtomicBool> {
    let stopped = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&stopped);
    on_first(move || set.store(true, Ordering::Relaxed));
    stopped
}
