//! The service that a profile has joined.

use std::path::PathBuf;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::address::{Address, NotPrivate};
use super::call::{CallError, shown};
use super::folder::{self, Folder, FolderError};
use super::service::Service;
use crate::team::protocol::{ChangeMe, Join, Joined, TeamName};
use crate::team::{Invite, Kind, Token};

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
    /// The service says no, or cannot be spoken to.
    #[error(transparent)]
    Call(#[from] CallError),
    /// Nobody knows whether the service has heard it.
    #[error("{0} Try again with the same link: if you were let in meanwhile, the service says so.")]
    Unheard(CallError),
    #[error("A key for this computer could not be made: the system has no chance to give.")]
    NoChance,
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

/// What is said to a service to join it: the same each time it is said, so that the service can give the same answer
/// where the first one was lost.
///
/// The key is made here and not by the service: it stands on this computer before an invite is used up, and the service
/// needs to keep no more of it than its hash.
#[derive(Clone, Serialize, Deserialize)]
struct Saying {
    link: String,
    alias: String,
    device: Option<String>,
    token: String,
}

/// Somebody who has asked to join and has not heard whether they did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unheard {
    pub invite: Invite,
    /// The name that was asked for.
    pub alias: String,
}

/// Joins a service with an invite, which is used up by it. Where no answer was heard, the same again does no harm: whoever
/// was let in before is told the same once more.
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
    let service = Service::at(address.clone())?;
    let before = folder.saying(invite)?;
    let asked = Saying {
        link: invite.to_string(),
        alias: alias.to_owned(),
        device,
        // Where it could only have been this device that was let in, it goes on with the key that it came with.
        token: match &before {
            Some(before) => before.token.clone(),
            None => Token::new(Kind::Device).map_err(|_| JoinError::NoChance)?.reveal(),
        },
    };
    let heard = match before.filter(|before| (&before.alias, &before.device) != (&asked.alias, &asked.device)) {
        // First what was said before, for that may have been heard.
        Some(before) => match say(folder, &service, invite, &before) {
            Err(JoinError::Call(CallError::Refused(_))) => say(folder, &service, invite, &asked)?,
            heard => heard?,
        },
        None => say(folder, &service, invite, &asked)?,
    };
    let membership = Membership {
        address,
        player: heard.player,
        alias: shown(&heard.alias),
        team: heard.team,
        service: shown(&heard.service),
        token: heard.token.parse().map_err(|_| CallError::NotUnderstood)?,
    };
    folder.keep(&membership)?;
    folder.forget_sayings()?;
    if membership.alias == alias { Ok(membership) } else { called(folder, membership, alias) }
}

/// The same under the name that is wanted now. Where the service will not have that one, the person can try another.
fn called(folder: &Folder, membership: Membership, alias: &str) -> Result<Membership, JoinError> {
    let change = ChangeMe { alias: Some(alias.to_owned()), listed: None };
    match Service::of(&membership).and_then(|service| service.change_me(&change)) {
        Ok(me) => {
            let membership = Membership { alias: shown(&me.alias), ..membership };
            folder.keep(&membership)?;
            Ok(membership)
        }
        Err(error) => {
            tracing::info!(%error, "joined under the name that was asked for first");
            Ok(membership)
        }
    }
}

/// Says it and hears the answer. What is to be said stands on the disk before, and is forgotten once the service has said
/// no to it.
fn say(folder: &Folder, service: &Service, invite: &Invite, saying: &Saying) -> Result<Joined, JoinError> {
    let place = folder.saying_place(invite);
    folder::write(&place, saying)?;
    let join = Join {
        invite: invite.code.clone(),
        alias: saying.alias.clone(),
        device: saying.device.clone(),
        token: Some(saying.token.clone()),
    };
    service.join(&join).map_err(|error| match error {
        CallError::Refused(_) if !error.may_pass() => match folder::remove(&place) {
            Ok(()) => JoinError::Call(error),
            Err(other) => other.into(),
        },
        // This time nothing was said.
        CallError::AnotherKey | CallError::NotTrusted | CallError::PointedElsewhere => JoinError::Call(error),
        _ => JoinError::Unheard(error),
    })
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
        if all {
            self.forget_sayings()?;
        }
        match player {
            Some(player) if all => self.forget(player),
            _ => Ok(()),
        }
    }

    /// Whom this profile asked to be let in by and has not heard from since.
    pub fn unheard(&self) -> Result<Option<Unheard>, FolderError> {
        let Some(place) = folder::files(&self.sayings())?.pop() else { return Ok(None) };
        let saying = folder::read::<Saying>(&place)?;
        Ok(saying.and_then(|saying| Some(Unheard { invite: saying.link.parse().ok()?, alias: saying.alias })))
    }

    /// What was said to join by this invite, if it was and no answer came.
    fn saying(&self, invite: &Invite) -> Result<Option<Saying>, FolderError> {
        match folder::read::<Saying>(&self.saying_place(invite)) {
            // Where it cannot be said again, something else may do.
            Err(FolderError::Damaged { path, why }) => {
                tracing::warn!(path = %path.display(), why, "how a team was to be joined cannot be read");
                Ok(None)
            }
            read => Ok(read?.filter(|saying| saying.token.parse::<Token>().is_ok())),
        }
    }

    fn saying_place(&self, invite: &Invite) -> PathBuf {
        // The code is a secret, and a name of a file is none.
        let key = &blake3::hash(invite.code.as_bytes()).to_hex()[..16];
        self.sayings().join(format!("{key}.json"))
    }

    fn forget_sayings(&self) -> Result<(), FolderError> {
        folder::files(&self.sayings())?.iter().try_for_each(|place| folder::remove(place))
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
