//! Opens a link of the service in the browser that the computer has for links.

use std::io;
use std::process::{Command, Stdio};

/// Asks the system to open it, and does not wait. The link was checked to lead to the service and nowhere else.
pub(super) fn open(link: &str) -> io::Result<()> {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(link).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    // Somebody has to see it end.
    std::thread::Builder::new().name("browser".to_owned()).spawn(move || child.wait()).map(|_| ())
}
