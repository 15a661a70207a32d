//! Where a service is, and how far what is said to it is private.

use std::net::IpAddr;

use ureq::http::Uri;

use crate::team::Invite;

/// The address of a service that may be spoken to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// `https://board.example:7766`, without a slash at the end.
    url: String,
    /// SHA-256 of the only key that is trusted; none where the certificate is one that the computer trusts anyway.
    pin: Option<[u8; 32]>,
    /// What is sent may be read on the way, and a person has said that this is fine here.
    plain: bool,
}

/// A link to a service that would be spoken to in the open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "This link begins with http://: whoever is on the same network can read what is sent, your key to the service among \
     it. Ask for a link that begins with https://. Where you know and trust the network, you can say that it is fine."
)]
pub struct NotPrivate;

impl Address {
    /// The address of an invite link. Plain HTTP is for this computer itself; anywhere else only where the link says
    /// so and a person has `confirmed` that it is fine.
    pub fn of(invite: &Invite, confirmed: bool) -> Result<Self, NotPrivate> {
        Self::new(invite.address.clone(), invite.pin, confirmed)
    }

    /// The same of its parts, as they were kept.
    pub(super) fn new(url: String, pin: Option<[u8; 32]>, confirmed: bool) -> Result<Self, NotPrivate> {
        let plain = !url.starts_with("https://");
        if plain && !confirmed && !is_at_loopback(&url) {
            return Err(NotPrivate);
        }
        Ok(Self { url, pin, plain })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Host and port, for a person.
    pub fn host(&self) -> &str {
        self.url.split_once("://").map_or(self.url.as_str(), |(_, host)| host)
    }

    pub const fn pin(&self) -> Option<[u8; 32]> {
        self.pin
    }

    /// Whether what is sent may be read on the way.
    pub const fn is_plain(&self) -> bool {
        self.plain
    }

    /// Whether the service runs on this very computer.
    pub fn is_loopback(&self) -> bool {
        is_at_loopback(&self.url)
    }

    /// Whether a link leads to this very service.
    pub fn leads_here(&self, link: &str) -> bool {
        link.strip_prefix(&self.url).is_some_and(|rest| rest.starts_with('/'))
    }
}

fn is_at_loopback(url: &str) -> bool {
    url.parse::<Uri>().is_ok_and(|uri| uri.host().is_some_and(is_loopback))
}

/// Whether a host is this very computer, as it stands in an address: a number of version 6 is in brackets there.
pub(super) fn is_loopback(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_computer_or_for_who_has_said_so() {
        let check = |url: &str, confirmed: bool, expected: bool| {
            let invite = Invite { address: url.to_owned(), code: String::new(), pin: None };
            assert_eq!(Address::of(&invite, confirmed).is_ok(), expected, "{url}");
        };
        check("https://board.example:7766", false, true);
        check("http://127.0.0.1:7766", false, true);
        check("http://[::1]:7766", false, true);
        check("http://localhost:7766", false, true);
        check("http://board.example:7766", false, false);
        check("http://192.168.1.7:7766", false, false);
        check("http://localhost.example:7766", false, false);
        check("http://127.0.0.1.example", false, false);
        check("http://192.168.1.7:7766", true, true);
    }

    #[test]
    fn a_link_elsewhere_does_not_lead_here() {
        let invite = Invite { address: "https://board.example".to_owned(), code: String::new(), pin: None };
        let address = Address::of(&invite, false).unwrap();
        assert!(address.leads_here("https://board.example/enter/abc"));
        assert!(!address.leads_here("https://board.example.evil/enter/abc"));
        assert!(!address.leads_here("http://board.example/enter/abc"));
    }
}
