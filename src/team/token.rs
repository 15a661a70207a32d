//! The tokens a service gives out: `sim_<id>_<secret>` for a device, `adm_…` for an administrator, `see_…` for a screen
//! that only shows (`leaderboards`, "Access").

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE32_NOPAD;

/// Bytes of the id: 8 letters and digits.
const ID_BYTES: usize = 5;
/// Bytes of the secret: 256 bits.
const SECRET_BYTES: usize = 32;

/// Who a token speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Device,
    Administrator,
    /// A wall display: it may look at boards and nothing else.
    Display,
}

/// A token as it is sent. It is shown nowhere: `Debug` leaves the secret out.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    /// 8 letters and digits, by which it is found; not secret.
    pub id: String,
    secret: [u8; SECRET_BYTES],
}

/// What was given is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This is not a token of a Simmer service: one begins with sim_, adm_ or see_ and has two parts after that.")]
pub struct NotAToken;

impl Kind {
    const ALL: [Self; 3] = [Self::Device, Self::Administrator, Self::Display];

    fn prefix(self) -> &'static str {
        match self {
            Self::Device => "sim",
            Self::Administrator => "adm",
            Self::Display => "see",
        }
    }
}

impl Token {
    /// A token from the system's chance.
    pub fn new(kind: Kind) -> Result<Self, getrandom::Error> {
        let (mut id, mut secret) = ([0; ID_BYTES], [0; SECRET_BYTES]);
        getrandom::fill(&mut id)?;
        getrandom::fill(&mut secret)?;
        Ok(Self::of(kind, id, secret))
    }

    /// A token from chance.
    pub fn of(kind: Kind, id: [u8; ID_BYTES], secret: [u8; SECRET_BYTES]) -> Self {
        Self { kind, id: BASE32_NOPAD.encode(&id).to_lowercase(), secret }
    }

    /// What a service keeps of it. The secret has 256 bits of chance, so that a plain hash cannot be searched.
    pub fn hash(&self) -> [u8; 32] {
        *blake3::hash(&self.secret).as_bytes()
    }

    /// The text that is sent. Keep it secret.
    pub fn reveal(&self) -> String {
        format!("{}_{}_{}", self.kind.prefix(), self.id, BASE32_NOPAD.encode(&self.secret).to_lowercase())
    }
}

impl FromStr for Token {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let mut parts = text.trim().splitn(3, '_');
        let (Some(prefix), Some(id), Some(secret)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NotAToken);
        };
        let kind = Kind::ALL.into_iter().find(|kind| kind.prefix() == prefix).ok_or(NotAToken)?;
        let decoded = |text: &str| BASE32_NOPAD.decode(text.to_uppercase().as_bytes()).map_err(|_| NotAToken);
        let id: [u8; ID_BYTES] = decoded(id)?.try_into().map_err(|_| NotAToken)?;
        let secret = decoded(secret)?.try_into().map_err(|_| NotAToken)?;
        Ok(Self::of(kind, id, secret))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Token").field("kind", &self.kind).field("id", &self.id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, NotAToken, Token};

    #[test]
    fn a_token_is_read_as_it_was_written_and_told_without_its_secret() {
        for kind in Kind::ALL {
            let token = Token::of(kind, [1, 2, 3, 4, 5], [0xee; 32]);
            assert_eq!(token.reveal().parse(), Ok(token.clone()));
            assert!(!format!("{token:?}").contains(&token.reveal()[13..20]));
        }
    }

    #[test]
    fn nothing_else_is_one() {
        let secret = "a".repeat(52);
        let sound = format!("sim_aaaaaaaa_{secret}");
        assert!(sound.parse::<Token>().is_ok());
        for text in ["", "sim", "sim_aaaaaaaa", "sim_aaaaaaaa_aa", &sound[1..], &format!("{sound}a"), "sim__"] {
            assert_eq!(text.parse::<Token>(), Err(NotAToken), "{text}");
        }
    }
}
