//! Where a learning record store takes statements.

use std::fmt;
use std::str::FromStr;

use ureq::http::Uri;

use crate::online::address::is_loopback;

/// The address of a store: encrypted, or on this very computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Without a slash at the end.
    base: String,
    is_loopback: bool,
}

/// The text is no address that records may be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAddress {
    #[error("This is not the address of a learning record store. It looks like https://lrs.example/xapi.")]
    Malformed,
    #[error("This address begins with http://, so that everybody on the way could read the records: use https://.")]
    NotSafe,
    #[error(
        "There is a key, a question or a place in this address: give it without what stands before @ and after ? or #."
    )]
    MoreThanAnAddress,
}

impl Address {
    /// Where statements are posted.
    pub fn statements(&self) -> String {
        format!("{}/statements", self.base)
    }

    /// Where a store tells about itself.
    pub(super) fn about(&self) -> String {
        format!("{}/about", self.base)
    }

    /// Whether it is on this very computer.
    pub fn is_loopback(&self) -> bool {
        self.is_loopback
    }

    /// By which receipts know it.
    pub(super) fn hash(&self) -> String {
        blake3::hash(self.base.as_bytes()).to_hex()[..16].to_owned()
    }
}

impl FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim();
        if text.contains(['?', '#', '@']) {
            return Err(NotAnAddress::MoreThanAnAddress);
        }
        let uri: Uri = text.parse().map_err(|_| NotAnAddress::Malformed)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(NotAnAddress::Malformed);
        };
        let host = authority.host().to_ascii_lowercase();
        if host.is_empty() {
            return Err(NotAnAddress::Malformed);
        }
        let is_loopback = is_loopback(&host);
        match scheme {
            "https" => {}
            "http" if is_loopback => {}
            "http" => return Err(NotAnAddress::NotSafe),
            _ => return Err(NotAnAddress::Malformed),
        }
        let port = authority.port().map_or_else(String::new, |port| format!(":{port}"));
        let path = uri.path().trim_end_matches('/');
        // Some stores show the whole address to be copied.
        let path = path.strip_suffix("/statements").unwrap_or(path);
        Ok(Self { base: format!("{scheme}://{host}{port}{path}"), is_loopback })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.base)
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, NotAnAddress};

    #[track_caller]
    fn check(text: &str, expected: Result<&str, NotAnAddress>) {
        let address = text.parse::<Address>();
        assert_eq!(address.map(|address| address.statements()).as_deref(), expected.as_ref().copied(), "{text}");
    }

    #[test]
    fn records_go_encrypted_or_stay_on_this_computer() {
        check("https://lrs.example/xapi", Ok("https://lrs.example/xapi/statements"));
        check(" https://LRS.example:8443/xapi/ ", Ok("https://lrs.example:8443/xapi/statements"));
        check("https://lrs.example/xapi/statements", Ok("https://lrs.example/xapi/statements"));
        check("https://lrs.example", Ok("https://lrs.example/statements"));
        check("http://127.0.0.1:8080/xapi", Ok("http://127.0.0.1:8080/xapi/statements"));
        check("http://[::1]:8080", Ok("http://[::1]:8080/statements"));
        check("http://localhost/xapi", Ok("http://localhost/xapi/statements"));
        for open in
            ["http://lrs.example/xapi", "http://localhost.example", "http://127.0.0.1.example", "http://10.0.0.1"]
        {
            check(open, Err(NotAnAddress::NotSafe));
        }
        for more in ["https://key:secret@lrs.example", "https://lrs.example/xapi?x=1", "https://lrs.example/#x"] {
            check(more, Err(NotAnAddress::MoreThanAnAddress));
        }
        for none in ["", "lrs.example", "ftp://lrs.example", "https://", "file:///etc/passwd", "https:/lrs"] {
            check(none, Err(NotAnAddress::Malformed));
        }
    }
}
