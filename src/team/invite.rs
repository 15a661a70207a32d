//! The link with which a player joins: `https://board.example:7766/join/<code>`, and on a service with a certificate of
//! its own `#sha256=<hash of its key>`.

use std::fmt;
use std::str::FromStr;

use data_encoding::{BASE32_NOPAD, HEXLOWER_PERMISSIVE};

/// Bytes of chance in a code: 100 bits and more.
const CODE_BYTES: usize = 15;

const PIN: &str = "sha256=";

/// An invite link, taken apart.
#[derive(Clone, PartialEq, Eq)]
pub struct Invite {
    /// `https://board.example:7766`, without a slash at the end.
    pub address: String,
    /// 24 letters and digits, 120 bits of chance. Secret until it is used.
    pub code: String,
    /// SHA-256 of the public key of a self-signed certificate, which is then the only one trusted.
    pub pin: Option<[u8; 32]>,
}

/// What was given is no invite link.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnInvite {
    #[error(
        "This is not an invite link. It looks like https://board.example:7766/join/ and then 24 letters and digits: \
         copy all of it from the message you were sent."
    )]
    NotALink,
    #[error(
        "This invite link is not whole: after /join/ there should be 24 letters and digits. Copy all of it from the \
         message you were sent."
    )]
    Code,
    #[error(
        "This invite link is not whole: after #sha256= there should be 64 digits of a key. Copy all of it from the \
         message you were sent."
    )]
    Pin,
}

impl Invite {
    /// A code from chance.
    pub fn code_of(chance: [u8; CODE_BYTES]) -> String {
        BASE32_NOPAD.encode(&chance).to_lowercase()
    }
}

impl FromStr for Invite {
    type Err = NotAnInvite;

    fn from_str(link: &str) -> Result<Self, NotAnInvite> {
        let (link, fragment) = link.trim().split_once('#').map_or((link.trim(), None), |(link, pin)| (link, Some(pin)));
        let (address, code) = link.split_once("/join/").ok_or(NotAnInvite::NotALink)?;
        let host = address
            .strip_prefix("https://")
            .or_else(|| address.strip_prefix("http://"))
            .filter(|host| !host.is_empty() && !host.contains(|letter: char| letter.is_whitespace() || letter == '@'));
        host.ok_or(NotAnInvite::NotALink)?;
        let code = code.trim_end_matches('/').to_lowercase();
        let bytes = BASE32_NOPAD.decode(code.to_uppercase().as_bytes()).map_err(|_| NotAnInvite::Code)?;
        if bytes.len() != CODE_BYTES {
            return Err(NotAnInvite::Code);
        }
        let pin = match fragment {
            None => None,
            Some(fragment) => {
                let digits = fragment.strip_prefix(PIN).ok_or(NotAnInvite::Pin)?;
                let bytes = HEXLOWER_PERMISSIVE.decode(digits.as_bytes()).map_err(|_| NotAnInvite::Pin)?;
                Some(bytes.try_into().map_err(|_| NotAnInvite::Pin)?)
            }
        };
        Ok(Self { address: address.to_owned(), code, pin })
    }
}

impl fmt::Display for Invite {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/join/{}", self.address, self.code)?;
        match &self.pin {
            Some(pin) => write!(formatter, "#{PIN}{}", HEXLOWER_PERMISSIVE.encode(pin)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Invite {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Invite").field("address", &self.address).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Invite, NotAnInvite};

    #[test]
    fn a_link_is_read_as_it_was_written() {
        for pin in [None, Some([0xa7; 32])] {
            let invite = Invite {
                address: "https://board.example:7766".to_owned(),
                code: Invite::code_of([9, 0, 255, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]),
                pin,
            };
            assert_eq!(invite.to_string().parse(), Ok(invite.clone()));
            assert_eq!(format!("  {invite}\n").parse(), Ok(invite.clone()));
            assert!(!format!("{invite:?}").contains(&invite.code));
        }
    }

    #[test]
    fn what_is_no_link_says_what_was_expected() {
        let check = |text: &str, expected: NotAnInvite| assert_eq!(text.parse::<Invite>(), Err(expected), "{text}");
        check("", NotAnInvite::NotALink);
        check("hello", NotAnInvite::NotALink);
        check("ftp://a/join/aaaaaaaaaaaaaaaaaaaaaaaa", NotAnInvite::NotALink);
        check("https:///join/aaaaaaaaaaaaaaaaaaaaaaaa", NotAnInvite::NotALink);
        check("https://me@evil/join/aaaaaaaaaaaaaaaaaaaaaaaa", NotAnInvite::NotALink);
        check("https://a/join/", NotAnInvite::Code);
        check("https://a/join/aaaaaaaaaaaaaaaaaaaaaaa", NotAnInvite::Code);
        check("https://a/join/aaaaaaaaaaaaaaaaaaaaaa10", NotAnInvite::Code);
        check("https://a/join/aaaaaaaaaaaaaaaaaaaaaaaa#key", NotAnInvite::Pin);
        check("https://a/join/aaaaaaaaaaaaaaaaaaaaaaaa#sha256=12", NotAnInvite::Pin);
    }
}
