//! Who may do what: names, tokens, invites, and the sessions of browsers (`leaderboards`, "Access").

mod name;
pub(super) mod session;

use subtle::ConstantTimeEq;

use crate::service::store::{KeptToken, NewToken};
use crate::team::{Invite, Kind, Token};

pub use name::{Name, NotAName};

/// A token from the system's chance, and what is kept of it.
pub fn new_token(kind: Kind, name: Option<String>) -> Result<(Token, NewToken), getrandom::Error> {
    let token = Token::new(kind)?;
    let kept = kept_of(&token, name);
    Ok((token, kept))
}

/// What is kept of a token.
pub(super) fn kept_of(token: &Token, name: Option<String>) -> NewToken {
    NewToken { id: token.id.clone(), hash: token.hash(), name }
}

/// The code of an invite from the system's chance, and the hash that is kept of it.
pub fn new_invite() -> Result<(String, [u8; 32]), getrandom::Error> {
    let code = Invite::code_of(chance()?);
    let hash = invite_hash(&code);
    Ok((code, hash))
}

/// What is kept of an invite's code, however it was typed.
pub(super) fn invite_hash(code: &str) -> [u8; 32] {
    *blake3::hash(code.trim().to_lowercase().as_bytes()).as_bytes()
}

/// Bytes of chance from the system.
pub(super) fn chance<const BYTES: usize>() -> Result<[u8; BYTES], getrandom::Error> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// Whether a token is the one that is kept, and was not revoked. It takes as long for one that is not known.
pub(super) fn is_valid(token: &Token, kept: Option<&KeptToken>) -> bool {
    let hash = kept.map_or([0; 32], |kept| kept.hash);
    let fits: bool = token.hash().ct_eq(&hash).into();
    fits && kept.is_some_and(|kept| kept.revoked.is_none() && kept.kind == token.kind)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{invite_hash, is_valid, new_invite, new_token};
    use crate::service::store::KeptToken;
    use crate::team::{Kind, Token};

    #[test]
    fn a_token_is_valid_while_it_is_kept_and_not_revoked() {
        let (token, new) = new_token(Kind::Device, None).unwrap();
        let kept = KeptToken {
            id: new.id,
            kind: Kind::Device,
            hash: new.hash,
            name: None,
            player: None,
            added: Timestamp::UNIX_EPOCH,
            last_seen: None,
            revoked: None,
        };
        assert!(is_valid(&token, Some(&kept)));
        assert!(!is_valid(&token, None));
        assert!(!is_valid(&token, Some(&KeptToken { revoked: Some(Timestamp::UNIX_EPOCH), ..kept.clone() })));
        assert!(!is_valid(&token, Some(&KeptToken { kind: Kind::Administrator, ..kept.clone() })));
        let other = token.reveal().replace(&token.reveal()[13..], &"a".repeat(52)).parse::<Token>().unwrap();
        assert!(!is_valid(&other, Some(&kept)));
    }

    #[test]
    fn an_invite_is_known_however_its_code_is_typed() {
        let (code, hash) = new_invite().unwrap();
        assert_eq!(code.len(), 24);
        assert_eq!(invite_hash(&format!(" {} ", code.to_uppercase())), hash);
        assert_ne!(new_invite().unwrap().1, hash);
    }
}
