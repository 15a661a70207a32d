//! The service that a profile has joined.

use std::path::PathBuf;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::address::{Address, NotPrivate};
use super::call::{CallError, shown};
use super::folder::{self, Folder, FolderError};
use super::service::Service;
use crate::attempt::atomic::{self, WriteError};
use crate::team::protocol::{Join, TeamName};
use crate::team::{Invite, Token};

/// Who one is at a service, and the key to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub address: Address,
    pub player: Uuid,
    pub alias: String,
    pub team: Option<TeamName>,
    /// The service's own name.
    pub service: String,
    /// Its `Debug` leaves the secret out.
    pub token: Token,
}

/// Why somebody could not join.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    #[error(transparent)]
    NotPrivate(#[from] NotPrivate),
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error("This profile is in a team already, at {service}. Leave it first; a person can have several profiles.")]
    Already { service: String },
}

/// As it stands in the file.
#[derive(Serialize, Deserialize)]
struct Written {
    address: String,
    pin: Option<String>,
    /// A person has said that what is sent may be read on the way.
    plain: bool,
    player: Uuid,
    alias: String,
    team: Option<TeamName>,
    service: String,
    token: String,
}

/// Joins a service with an invite, which is used up by it.
///
/// `device` is what this computer is called there. `plain_is_fine`: see [`Address::of`].
pub fn join(
    folder: &Folder,
    invite: &Invite,
    alias: &str,
    device: Option<String>,
    plain_is_fine: bool,
) -> Result<Membership, JoinError> {
    if let Some(membership) = folder.joined()? {
        return Err(JoinError::Already { service: membership.service });
    }
    let address = Address::of(invite, plain_is_fine)?;
    // An invite is good once: before it is used, what it brings must have a place to be kept.
    let place = folder.membership();
    let trial = place.with_extension("trial");
    atomic::write(&trial, b"").and_then(|()| atomic::remove(&trial)).map_err(FolderError::from)?;
    let service = Service::at(address.clone())?;
    let joined = service.join(&Join { invite: invite.code.clone(), alias: alias.to_owned(), device })?;
    let membership = Membership {
        address,
        player: joined.player,
        alias: shown(&joined.alias),
        team: joined.team,
        service: shown(&joined.service),
        token: joined.token.parse().map_err(|_| CallError::NotUnderstood)?,
    };
    folder.keep(&membership)?;
    Ok(membership)
}

impl Folder {
    /// The service that was joined, if any.
    pub fn joined(&self) -> Result<Option<Membership>, FolderError> {
        let path = self.membership();
        let Some(written) = folder::read::<Written>(&path)? else { return Ok(None) };
        Membership::read(written).map(Some).map_err(|why| FolderError::Damaged { path, why: why.to_owned() })
    }

    /// Keeps what is known of the service that was joined: after a change of name, say.
    pub fn keep(&self, membership: &Membership) -> Result<(), FolderError> {
        folder::write(&self.membership(), &membership.written())
    }

    /// Forgets the service. What was played stays, and its receipts too; with `all` they go as well.
    pub fn leave(&self, all: bool) -> Result<(), FolderError> {
        let player = self.joined().ok().flatten().map(|membership| membership.player);
        folder::remove(&self.membership())?;
        match player {
            Some(player) if all => self.forget(player),
            _ => Ok(()),
        }
    }

    /// Where the key to the service is kept.
    pub fn membership_file(&self) -> PathBuf {
        self.membership()
    }
}

impl Membership {
    fn written(&self) -> Written {
        Written {
            address: self.address.url().to_owned(),
            pin: self.address.pin().map(|pin| HEXLOWER.encode(&pin)),
            plain: self.address.is_plain(),
            player: self.player,
            alias: self.alias.clone(),
            team: self.team.clone(),
            service: self.service.clone(),
            token: self.token.reveal(),
        }
    }

    fn read(written: Written) -> Result<Self, &'static str> {
        let pin = match &written.pin {
            None => None,
            Some(pin) => {
                let bytes = HEXLOWER.decode(pin.as_bytes()).map_err(|_| "the pin is no hash")?;
                Some(bytes.try_into().map_err(|_| "the pin is no hash")?)
            }
        };
        Ok(Self {
            address: Address::new(written.address, pin, written.plain).map_err(|_| "the address is not private")?,
            player: written.player,
            alias: written.alias,
            team: written.team,
            service: written.service,
            token: written.token.parse().map_err(|_| "the token is not whole")?,
        })
    }
}

impl From<WriteError> for JoinError {
    fn from(error: WriteError) -> Self {
        Self::Folder(error.into())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::team::Kind;

    fn membership(url: &str, pin: Option<[u8; 32]>) -> Membership {
        Membership {
            address: Address::new(url.to_owned(), pin, true).unwrap(),
            player: Uuid::from_u128(7),
            alias: "Heron".to_owned(),
            team: Some(TeamName { id: Uuid::from_u128(8), name: "Quayside".to_owned() }),
            service: "Quayside support".to_owned(),
            token: Token::of(Kind::Device, [1, 2, 3, 4, 5], [0xee; 32]),
        }
    }

    #[test]
    fn what_is_kept_is_found_again_and_forgotten_when_left() {
        let data = tempfile::tempdir().unwrap();
        let folder = Folder::of(data.path(), "Heron");
        assert_eq!(folder.joined().unwrap(), None);
        for membership in [membership("https://board.example", Some([7; 32])), membership("http://10.0.0.1:1", None)] {
            folder.keep(&membership).unwrap();
            assert_eq!(folder.joined().unwrap(), Some(membership));
        }
        assert_eq!(Folder::of(data.path(), "Crane").joined().unwrap(), None, "another profile is another person");
        folder.leave(false).unwrap();
        folder.leave(false).unwrap();
        assert_eq!(folder.joined().unwrap(), None);
    }

    #[test]
    fn the_key_is_told_to_nobody() {
        let data = tempfile::tempdir().unwrap();
        let folder = Folder::of(data.path(), "Heron");
        let membership = membership("https://board.example", None);
        folder.keep(&membership).unwrap();
        let secret = &membership.token.reveal()[13..30];
        assert!(!format!("{membership:?}").contains(secret));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(folder.membership()).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(folder.membership(), format!("{{\"format\": 1, \"token\": \"{secret}\"}}")).unwrap();
        assert!(!folder.joined().unwrap_err().to_string().contains(secret));
        fs::write(folder.membership(), "{\"format\": 2}").unwrap();
        assert!(folder.joined().is_err());
    }
}
