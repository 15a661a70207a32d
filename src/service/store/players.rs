//! Players, their real names, and the invites with which they join.

use jiff::Timestamp;
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::rows::{Columns, hex, kept, unexpected};
use super::{Conflict, NewToken, Result, Store, StoreError, Thing, audit, in_turn, places, tokens};
use crate::scenario::model::Hash;
use crate::team::Kind;

/// Days for which an invite is good (`leaderboards`, "Access").
const INVITE_DAYS: i64 = 7;

/// A player.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Player {
    pub id: Uuid,
    /// A pseudonym.
    pub alias: String,
    pub team: Option<Uuid>,
    pub team_name: Option<String>,
    /// Whether the player is shown on boards.
    pub listed: bool,
    pub joined: Timestamp,
}

/// A player as a trainer sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayerRow {
    pub player: Player,
    /// Where one was given. It stands in this one table only.
    pub real_name: Option<String>,
    /// Attempts kept, of any standing.
    pub attempts: u64,
    /// When one of the player's devices was last seen.
    pub last_seen: Option<Timestamp>,
}

/// Somebody who joins with an invite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    /// Hash of the invite's code.
    pub invite: [u8; 32],
    pub player: Uuid,
    pub alias: String,
    /// What must differ from player to player: the alias in NFKC, folded, as its confusables skeleton.
    pub alias_key: String,
    /// Their first device.
    pub device: NewToken,
}

/// An invite that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Hash of its code.
    pub hash: [u8; 32],
    pub team: Option<Uuid>,
    pub by: String,
    pub made: Timestamp,
    pub expires: Timestamp,
    pub used: Option<(Timestamp, Uuid)>,
}

impl Store {
    /// Keeps an invite, for 7 days. Of its code only the hash.
    ///
    /// # Errors
    /// [`Thing::Team`] not found.
    pub async fn invite(&self, hash: [u8; 32], team: Option<Uuid>, by: &str, now: Timestamp) -> Result<Invited> {
        let made = kept(now)?;
        let expires = made.as_millisecond() + INVITE_DAYS * 24 * 60 * 60 * 1000;
        let expires = Timestamp::from_millisecond(expires).map_err(|_| unexpected("expires"))?;
        in_turn!(self, |transaction| {
            team_must_be(&mut transaction, team).await?;
            sqlx::query("INSERT INTO invites (hash, team, made_by, made, expires) VALUES ($1, $2, $3, $4, $5)")
                .bind(hex(hash))
                .bind(team.map(|team| team.to_string()))
                .bind(by)
                .bind(made.as_millisecond())
                .bind(expires.as_millisecond())
                .execute(&mut *transaction)
                .await?;
            let about = team.map(|team| team.to_string()).unwrap_or_default();
            audit::add(&mut transaction, by, "invite", &about, &json!({}), now).await?;
            Invited { hash, team, by: by.to_owned(), made, expires, used: None }
        })
    }

    pub async fn invite_of(&self, hash: [u8; 32]) -> Result<Option<Invited>> {
        let mut read = self.pools.reader().acquire().await?;
        invite_by_hash(&mut read, hash).await
    }

    /// All invites that are kept, the latest first: those used, and of the others those that are not swept away yet.
    pub async fn invites(&self) -> Result<Vec<Invited>> {
        let rows = sqlx::query(
            "SELECT hash, team, made_by, made, expires, used, used_by FROM invites ORDER BY made DESC, hash",
        )
        .fetch_all(self.pools.reader())
        .await?;
        rows.iter().map(read_invite).collect()
    }

    /// Uses an invite: makes a player with a first device. Of two who use it at once, one gets in; who has got in and asks
    /// once more, with the same device and names while the invite would be good, is the same player.
    ///
    /// # Errors
    /// [`Thing::Invite`] not found, [`Conflict::Used`], [`Conflict::Expired`], [`Conflict::NameTaken`];
    /// [`Conflict::AnotherBody`] where it asks by other names than before, or the id of the device stands for another.
    pub async fn join(&self, joining: &Joining, now: Timestamp) -> Result<Player> {
        in_turn!(self, |transaction| {
            let invite = invite_by_hash(&mut transaction, joining.invite).await?;
            let invite = invite.ok_or(StoreError::NotFound(Thing::Invite))?;
            match invite.used {
                None => let_in(&mut transaction, &invite, joining, now).await?,
                Some(_) => let_in_before(&mut transaction, &invite, joining, now).await?,
            }
        })
    }

    pub async fn player(&self, id: Uuid) -> Result<Option<Player>> {
        let mut read = self.pools.read().await?;
        player_by_id(&mut read, id).await
    }

    /// All players with their real names, by alias: for a trainer.
    pub async fn players(&self) -> Result<Vec<PlayerRow>> {
        let rows = sqlx::query(rows_of("players", "p.alias, p.id")).fetch_all(self.pools.reader()).await?;
        rows.iter().map(read_player_row).collect()
    }

    /// Gives a player another alias.
    ///
    /// # Errors
    /// [`Conflict::NameTaken`], [`Thing::Player`] not found.
    pub async fn rename(&self, player: Uuid, alias: &str, alias_key: &str) -> Result<()> {
        in_turn!(self, |transaction| {
            player_must_be(&mut transaction, player).await?;
            name_must_be_free(&mut transaction, alias_key, player).await?;
            sqlx::query("UPDATE players SET alias = $2, alias_key = $3 WHERE id = $1")
                .bind(player.to_string())
                .bind(alias)
                .bind(alias_key)
                .execute(&mut *transaction)
                .await?;
            places::changed(&mut transaction, "").await?;
        })
    }

    /// Puts a player on the boards or takes them off, at once.
    ///
    /// # Errors
    /// [`Thing::Player`] not found.
    pub async fn set_listed(&self, player: Uuid, listed: bool) -> Result<()> {
        in_turn!(self, |transaction| {
            player_must_be(&mut transaction, player).await?;
            sqlx::query("UPDATE players SET listed = $2 WHERE id = $1")
                .bind(player.to_string())
                .bind(i64::from(listed))
                .execute(&mut *transaction)
                .await?;
            for attempt in places::firsts_of(&mut transaction, player).await? {
                places::place(&mut transaction, attempt).await?;
            }
            places::changed(&mut transaction, "").await?;
        })
    }

    /// Moves a player, with their scores, to a team or out of all.
    ///
    /// # Errors
    /// [`Thing::Player`] or [`Thing::Team`] not found.
    pub async fn set_team(&self, player: Uuid, team: Option<Uuid>, by: &str, now: Timestamp) -> Result<()> {
        let (id, team_id) = (player.to_string(), team.map(|team| team.to_string()));
        in_turn!(self, |transaction| {
            player_must_be(&mut transaction, player).await?;
            team_must_be(&mut transaction, team).await?;
            sqlx::query("UPDATE players SET team = $2 WHERE id = $1")
                .bind(&id)
                .bind(&team_id)
                .execute(&mut *transaction)
                .await?;
            sqlx::query("UPDATE places SET team = $2 WHERE player = $1")
                .bind(&id)
                .bind(team_id.clone().unwrap_or_default())
                .execute(&mut *transaction)
                .await?;
            places::changed(&mut transaction, "").await?;
            audit::add(&mut transaction, by, "set-team", &id, &json!({ "team": team }), now).await?;
        })
    }

    /// Keeps a player's real name, or forgets it.
    ///
    /// # Errors
    /// [`Thing::Player`] not found.
    pub async fn set_real_name(&self, player: Uuid, name: Option<&str>, by: &str, now: Timestamp) -> Result<()> {
        let id = player.to_string();
        in_turn!(self, |transaction| {
            player_must_be(&mut transaction, player).await?;
            sqlx::query("DELETE FROM people WHERE player = $1").bind(&id).execute(&mut *transaction).await?;
            if let Some(name) = name {
                sqlx::query("INSERT INTO people (player, real_name) VALUES ($1, $2)")
                    .bind(&id)
                    .bind(name)
                    .execute(&mut *transaction)
                    .await?;
            }
            audit::add(&mut transaction, by, "set-real-name", &id, &json!({ "given": name.is_some() }), now).await?;
        })
    }
}

async fn invite_by_hash(connection: &mut AnyConnection, hash: [u8; 32]) -> Result<Option<Invited>> {
    let row = sqlx::query("SELECT hash, team, made_by, made, expires, used, used_by FROM invites WHERE hash = $1")
        .bind(hex(hash))
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read_invite).transpose()
}

/// Uses an invite that was not used yet.
async fn let_in(connection: &mut AnyConnection, invite: &Invited, joining: &Joining, now: Timestamp) -> Result<Player> {
    if invite.expires <= now {
        return Err(Conflict::Expired.into());
    }
    name_must_be_free(connection, &joining.alias_key, joining.player).await?;
    // Devices choose their ids themselves.
    if tokens::by_id(connection, Kind::Device, &joining.device.id).await?.is_some() {
        return Err(Conflict::AnotherBody.into());
    }
    let player = joining.player.to_string();
    sqlx::query("INSERT INTO players (id, alias, alias_key, team, listed, joined) VALUES ($1, $2, $3, $4, 1, $5)")
        .bind(&player)
        .bind(&joining.alias)
        .bind(&joining.alias_key)
        .bind(invite.team.map(|team| team.to_string()))
        .bind(now.as_millisecond())
        .execute(&mut *connection)
        .await?;
    sqlx::query("UPDATE invites SET used = $2, used_by = $3 WHERE hash = $1")
        .bind(hex(joining.invite))
        .bind(now.as_millisecond())
        .bind(&player)
        .execute(&mut *connection)
        .await?;
    tokens::add(connection, Kind::Device, &joining.device, Some(joining.player), now).await?;
    player_must_be(connection, joining.player).await
}

/// Whoever used an invite, where it is they who ask once more: they have the secret of the device that came in with it.
async fn let_in_before(
    connection: &mut AnyConnection,
    invite: &Invited,
    joining: &Joining,
    now: Timestamp,
) -> Result<Player> {
    let came = tokens::by_id(connection, Kind::Device, &joining.device.id).await?.filter(|kept| {
        let theirs: bool = kept.hash.ct_eq(&joining.device.hash).into();
        theirs && kept.revoked.is_none() && invite.used == kept.player.map(|player| (kept.added, player))
    });
    let Some((device, (_, player))) = came.zip(invite.used).filter(|_| now < invite.expires) else {
        return Err(Conflict::Used.into());
    };
    let player = player_must_be(connection, player).await?;
    if (&player.alias, &device.name) == (&joining.alias, &joining.device.name) {
        Ok(player)
    } else {
        Err(Conflict::AnotherBody.into())
    }
}

/// The rows of some players as a trainer sees them. What is put together here is all written in this program.
pub(super) fn rows_of(players: &str, order: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!(
        "SELECT p.id, p.alias, p.team, t.name AS team_name, p.listed, p.joined, r.real_name, \
         (SELECT COUNT(*) FROM attempts a WHERE a.player = p.id) AS attempts, \
         (SELECT MAX(d.last_seen) FROM tokens d WHERE d.player = p.id) AS last_seen \
         FROM {players} AS p LEFT JOIN teams t ON t.id = p.team LEFT JOIN people r ON r.player = p.id \
         ORDER BY {order}"
    ))
}

pub(super) async fn player_by_id(connection: &mut AnyConnection, id: Uuid) -> Result<Option<Player>> {
    let row = sqlx::query(
        "SELECT p.id, p.alias, p.team, t.name AS team_name, p.listed, p.joined FROM players p \
         LEFT JOIN teams t ON t.id = p.team WHERE p.id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_player).transpose()
}

pub(super) async fn player_must_be(connection: &mut AnyConnection, id: Uuid) -> Result<Player> {
    player_by_id(connection, id).await?.ok_or(StoreError::NotFound(Thing::Player))
}

async fn team_must_be(connection: &mut AnyConnection, team: Option<Uuid>) -> Result<()> {
    let Some(team) = team else { return Ok(()) };
    let row =
        sqlx::query("SELECT id FROM teams WHERE id = $1").bind(team.to_string()).fetch_optional(connection).await?;
    row.map(drop).ok_or(StoreError::NotFound(Thing::Team))
}

async fn name_must_be_free(connection: &mut AnyConnection, key: &str, player: Uuid) -> Result<()> {
    let taken = sqlx::query("SELECT id FROM players WHERE alias_key = $1 AND id <> $2")
        .bind(key)
        .bind(player.to_string())
        .fetch_optional(connection)
        .await?;
    taken.map_or(Ok(()), |_| Err(Conflict::NameTaken.into()))
}

fn read_player(row: &AnyRow) -> Result<Player> {
    Ok(Player {
        id: row.parsed("id")?,
        alias: row.text("alias")?,
        team: row.maybe_id("team")?,
        team_name: row.maybe_text("team_name")?,
        listed: row.truth("listed")?,
        joined: row.time("joined")?,
    })
}

pub(super) fn read_player_row(row: &AnyRow) -> Result<PlayerRow> {
    Ok(PlayerRow {
        player: read_player(row)?,
        real_name: row.maybe_text("real_name")?,
        attempts: row.small("attempts")?,
        last_seen: row.maybe_time("last_seen")?,
    })
}

pub(super) fn read_invite(row: &AnyRow) -> Result<Invited> {
    Ok(Invited {
        hash: row.parsed::<Hash>("hash")?.0,
        team: row.maybe_id("team")?,
        by: row.text("made_by")?,
        made: row.time("made")?,
        expires: row.time("expires")?,
        used: row.maybe_time("used")?.zip(row.maybe_id("used_by")?),
    })
}
