//! Browsers: a session in a cookie, and the link that begins one.

use axum::http::{HeaderMap, HeaderValue, Method, header};
use data_encoding::BASE32_NOPAD;
use jiff::SignedDuration;

use super::chance;

/// How long a browser stays signed in.
pub(in crate::service) const SESSION: SignedDuration = SignedDuration::from_hours(12);
/// How long a wall display does.
pub(in crate::service) const DISPLAY_SESSION: SignedDuration = SignedDuration::from_hours(24 * 90);
/// How long a one-time link is good for.
pub(in crate::service) const LINK: SignedDuration = SignedDuration::from_secs(60);

const COOKIE: &str = "simmer";
/// Under this prefix browsers keep a cookie to its very host, and to encrypted connections.
const COOKIE_ENCRYPTED: &str = "__Host-simmer";

/// What a secret is for: one of one kind cannot stand in for one of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::service) enum Purpose {
    Cookie,
    Link,
}

/// A secret of 256 bits that a browser carries.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::service) struct Secret(String);

impl Secret {
    pub(in crate::service) fn new() -> Result<Self, getrandom::Error> {
        Ok(Self(BASE32_NOPAD.encode(&chance::<32>()?).to_lowercase()))
    }

    /// As it came. Whether it is one is seen when its hash is looked up.
    pub(in crate::service) fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// What is kept of it.
    pub(in crate::service) fn hash(&self, purpose: Purpose) -> [u8; 32] {
        let context: &[u8] = match purpose {
            Purpose::Cookie => b"cookie:",
            Purpose::Link => b"link:",
        };
        *blake3::Hasher::new().update(context).update(self.0.as_bytes()).finalize().as_bytes()
    }

    /// Keep it secret.
    pub(in crate::service) fn reveal(&self) -> &str {
        &self.0
    }

    /// The secret in a request's cookie.
    pub(in crate::service) fn of(headers: &HeaderMap, encrypted: bool) -> Option<Self> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(name, _)| *name == cookie_name(encrypted)).map(|(_, value)| Self(value.to_owned()))
    }

    /// The header that gives it to a browser.
    pub(in crate::service) fn cookie(&self, age: SignedDuration, encrypted: bool) -> Option<HeaderValue> {
        cookie(&self.0, age.as_secs(), encrypted)
    }
}

/// The header that takes the session from a browser.
pub(in crate::service) fn no_cookie(encrypted: bool) -> Option<HeaderValue> {
    cookie("", 0, encrypted)
}

fn cookie(value: &str, seconds: i64, encrypted: bool) -> Option<HeaderValue> {
    let name = cookie_name(encrypted);
    let secure = if encrypted { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    let mut header = HeaderValue::try_from(text).ok()?;
    header.set_sensitive(true);
    Some(header)
}

const fn cookie_name(encrypted: bool) -> &'static str {
    if encrypted { COOKIE_ENCRYPTED } else { COOKIE }
}

/// Whether a browser's request was made by a page of this service itself. What only reads may come from anywhere; what
/// changes something needs the browser's own word for it.
pub(in crate::service) fn is_of_this_site(method: &Method, headers: &HeaderMap) -> bool {
    if method.is_safe() {
        return true;
    }
    let text = |name: &header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok()) {
        return site == "same-origin" || site == "none";
    }
    match (text(&header::ORIGIN), text(&header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, authority)| authority == host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
    use jiff::SignedDuration;

    use super::{Purpose, Secret, is_of_this_site};

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap()))
            .collect()
    }

    #[test]
    fn a_cookie_is_read_as_it_was_given_and_kept_from_scripts() {
        for encrypted in [false, true] {
            let secret = Secret::new().unwrap();
            let cookie = secret.cookie(SignedDuration::from_hours(1), encrypted).unwrap();
            let cookie = cookie.to_str().unwrap();
            for needed in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=3600"] {
                assert!(cookie.contains(needed), "{cookie}");
            }
            assert_eq!(cookie.contains("Secure"), encrypted);
            let pair = cookie.split(';').next().unwrap();
            let sent = headers(&[("cookie", &format!("other=1; {pair}"))]);
            assert!(Secret::of(&sent, encrypted) == Some(secret));
            assert!(Secret::of(&sent, !encrypted).is_none());
        }
        assert!(Secret::of(&HeaderMap::new(), false).is_none());
    }

    #[test]
    fn a_link_is_no_cookie() {
        let secret = Secret::new().unwrap();
        assert_ne!(secret.hash(Purpose::Cookie), secret.hash(Purpose::Link));
    }

    #[test]
    fn what_changes_something_comes_from_a_page_of_our_own() {
        let check = |method: Method, pairs: &[(&str, &str)], expected: bool| {
            assert_eq!(is_of_this_site(&method, &headers(pairs)), expected, "{method} {pairs:?}");
        };
        check(Method::GET, &[("sec-fetch-site", "cross-site")], true);
        check(Method::POST, &[("sec-fetch-site", "same-origin")], true);
        check(Method::POST, &[("sec-fetch-site", "none")], true);
        check(Method::POST, &[("sec-fetch-site", "same-site")], false);
        check(Method::POST, &[("sec-fetch-site", "cross-site"), ("origin", "http://a:1"), ("host", "a:1")], false);
        check(Method::POST, &[("origin", "https://board:7766"), ("host", "board:7766")], true);
        check(Method::POST, &[("origin", "https://evil"), ("host", "board:7766")], false);
        check(Method::DELETE, &[("origin", "null"), ("host", "board:7766")], false);
        check(Method::POST, &[], false);
    }
}
