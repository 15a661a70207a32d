//! Tokens of devices, administrators and displays, and the sessions of browsers. Of all secrets only the hash is kept.

use jiff::Timestamp;
use serde_json::json;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::players::player_must_be;
use super::rows::{Columns, hex, unexpected};
use super::{Result, Store, StoreError, Thing, audit, in_turn};
use crate::scenario::model::Hash;
use crate::team::Kind;

/// Milliseconds after which it is noted again that a token was used.
const SEEN_EVERY: i64 = 60_000;

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    Player(Uuid),
    /// By the id of the token.
    Administrator(String),
    /// By the id of the token.
    Display(String),
}

/// A token to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// 8 letters and digits.
    pub id: String,
    /// [`Token::hash`](crate::team::Token::hash).
    pub hash: [u8; 32],
    /// As in “desk by the window”.
    pub name: Option<String>,
}

/// A token as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptToken {
    pub id: String,
    pub kind: Kind,
    pub hash: [u8; 32],
    pub name: Option<String>,
    /// Whose device it is.
    pub player: Option<Uuid>,
    pub added: Timestamp,
    pub last_seen: Option<Timestamp>,
    pub revoked: Option<Timestamp>,
}

impl KeptToken {
    pub fn who(&self) -> Option<Who> {
        match self.kind {
            Kind::Device => self.player.map(Who::Player),
            Kind::Administrator => Some(Who::Administrator(self.id.clone())),
            Kind::Display => Some(Who::Display(self.id.clone())),
        }
    }
}

const SELECT_TOKEN: &str = "SELECT kind, id, hash, name, player, added, last_seen, revoked FROM tokens WHERE kind = $1 \
                            AND id = $2";

impl Store {
    /// A token by its id, revoked or not. Compare the hash in constant time.
    pub async fn token(&self, kind: Kind, id: &str) -> Result<Option<KeptToken>> {
        let row = sqlx::query(SELECT_TOKEN).bind(word(kind)).bind(id).fetch_optional(self.pools.reader()).await?;
        row.as_ref().map(read_token).transpose()
    }

    /// Another device for a player.
    ///
    /// # Errors
    /// [`Thing::Player`] not found.
    pub async fn add_device(&self, player: Uuid, device: &NewToken, now: Timestamp) -> Result<()> {
        in_turn!(self, |transaction| {
            player_must_be(&mut transaction, player).await?;
            add(&mut transaction, Kind::Device, device, Some(player), now).await?;
        })
    }

    /// A player's devices that were not revoked, the first one first.
    pub async fn devices(&self, player: Uuid) -> Result<Vec<KeptToken>> {
        let rows = sqlx::query(
            "SELECT kind, id, hash, name, player, added, last_seen, revoked FROM tokens \
             WHERE player = $1 AND revoked IS NULL ORDER BY added, id",
        )
        .bind(player.to_string())
        .fetch_all(self.pools.reader())
        .await?;
        rows.iter().map(read_token).collect()
    }

    /// Revokes one of a player's own devices, and ends the sessions begun with it.
    ///
    /// # Errors
    /// [`Thing::Token`] not found among them.
    pub async fn drop_device(&self, player: Uuid, id: &str, now: Timestamp) -> Result<()> {
        in_turn!(self, |transaction| {
            let token = by_id(&mut transaction, Kind::Device, id).await?.filter(|token| token.player == Some(player));
            token.ok_or(StoreError::NotFound(Thing::Token))?;
            revoke(&mut transaction, Kind::Device, id, now).await?;
        })
    }

    /// Keeps an administrator's or a display's token.
    pub async fn add_token(&self, kind: Kind, token: &NewToken, by: &str, now: Timestamp) -> Result<()> {
        in_turn!(self, |transaction| {
            add(&mut transaction, kind, token, None, now).await?;
            audit::add(&mut transaction, by, "add-token", &token.id, &json!({ "kind": word(kind) }), now).await?;
        })
    }

    /// Keeps the first administrator's token, unless there is one: says whether it was kept. Of several replicas that
    /// start at once, one keeps its own.
    pub async fn add_first_administrator(&self, token: &NewToken, by: &str, now: Timestamp) -> Result<bool> {
        in_turn!(self, |transaction| {
            let row = sqlx::query("SELECT id FROM tokens WHERE kind = $1 AND revoked IS NULL LIMIT 1")
                .bind(word(Kind::Administrator))
                .fetch_optional(&mut *transaction)
                .await?;
            if row.is_none() {
                add(&mut transaction, Kind::Administrator, token, None, now).await?;
                let detail = json!({ "kind": word(Kind::Administrator) });
                audit::add(&mut transaction, by, "add-token", &token.id, &detail, now).await?;
            }
            row.is_none()
        })
    }

    /// The tokens of a kind, the first one first, those revoked among them.
    pub async fn tokens(&self, kind: Kind) -> Result<Vec<KeptToken>> {
        let rows = sqlx::query(
            "SELECT kind, id, hash, name, player, added, last_seen, revoked FROM tokens WHERE kind = $1 \
             ORDER BY added, id",
        )
        .bind(word(kind))
        .fetch_all(self.pools.reader())
        .await?;
        rows.iter().map(read_token).collect()
    }

    /// Revokes a token of any kind, and ends the sessions begun with it.
    ///
    /// # Errors
    /// [`Thing::Token`] not found.
    pub async fn revoke(&self, kind: Kind, id: &str, by: &str, now: Timestamp) -> Result<()> {
        in_turn!(self, |transaction| {
            revoke(&mut transaction, kind, id, now).await?;
            audit::add(&mut transaction, by, "revoke-token", id, &json!({ "kind": word(kind) }), now).await?;
        })
    }

    /// Whether there is an administrator's token that was not revoked.
    pub async fn has_administrator(&self) -> Result<bool> {
        let row = sqlx::query("SELECT id FROM tokens WHERE kind = $1 AND revoked IS NULL LIMIT 1")
            .bind(word(Kind::Administrator))
            .fetch_optional(self.pools.reader())
            .await?;
        Ok(row.is_some())
    }

    /// Notes that a token was used, as it was read. Where it was noted less than a minute before, nothing is written.
    pub async fn seen(&self, token: &KeptToken, now: Timestamp) -> Result<()> {
        let (noted, moment) = (token.last_seen.map_or(0, Timestamp::as_millisecond), now.as_millisecond());
        if moment - noted >= SEEN_EVERY {
            let mut connection = self.pools.light().await?;
            sqlx::query("UPDATE tokens SET last_seen = $3 WHERE kind = $1 AND id = $2 AND COALESCE(last_seen, 0) < $3")
                .bind(word(token.kind))
                .bind(&token.id)
                .bind(moment)
                .execute(&mut *connection)
                .await?;
        }
        Ok(())
    }

    /// Begins a browser's session. `token` is the id of the token it was begun with, if it was: revoking that ends it.
    pub async fn begin_session(
        &self,
        hash: [u8; 32],
        who: &Who,
        token: Option<&str>,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<()> {
        let (player, kind, token) = match who {
            Who::Player(player) => (Some(*player), token.map(|_| Kind::Device), token),
            Who::Administrator(id) => (None, Some(Kind::Administrator), Some(id.as_str())),
            Who::Display(id) => (None, Some(Kind::Display), Some(id.as_str())),
        };
        in_turn!(self, |transaction| {
            if let Some(player) = player {
                player_must_be(&mut transaction, player).await?;
            }
            sqlx::query(
                "INSERT INTO sessions (hash, player, token_kind, token, began, expires) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(hex(hash))
            .bind(player.map(|player| player.to_string()))
            .bind(kind.map(word))
            .bind(token)
            .bind(now.as_millisecond())
            .bind(expires.as_millisecond())
            .execute(&mut *transaction)
            .await?;
        })
    }

    /// Whose session it is, unless it is over or the token it was begun with was revoked.
    pub async fn session(&self, hash: [u8; 32], now: Timestamp) -> Result<Option<Who>> {
        let row = sqlx::query(SELECT_SESSION)
            .bind(hex(hash))
            .bind(now.as_millisecond())
            .fetch_optional(self.pools.reader())
            .await?;
        row.as_ref().map(read_session).transpose()
    }

    /// Uses up what is good once: whose it was, and the token it was made with, if it was. Of two that use it at once, one
    /// comes too late.
    pub async fn use_up_session(&self, hash: [u8; 32], now: Timestamp) -> Result<Option<(Who, Option<String>)>> {
        in_turn!(self, |transaction| {
            let row = sqlx::query(SELECT_SESSION)
                .bind(hex(hash))
                .bind(now.as_millisecond())
                .fetch_optional(&mut *transaction)
                .await?;
            sqlx::query("DELETE FROM sessions WHERE hash = $1").bind(hex(hash)).execute(&mut *transaction).await?;
            match &row {
                Some(row) => Some((read_session(row)?, row.maybe_text("token")?)),
                None => None,
            }
        })
    }

    pub async fn end_session(&self, hash: [u8; 32]) -> Result<()> {
        in_turn!(self, |transaction| {
            sqlx::query("DELETE FROM sessions WHERE hash = $1").bind(hex(hash)).execute(&mut *transaction).await?;
        })
    }
}

const SELECT_SESSION: &str = "SELECT s.player, s.token_kind, s.token FROM sessions s \
                              LEFT JOIN tokens t ON t.kind = s.token_kind AND t.id = s.token \
                              WHERE s.hash = $1 AND s.expires > $2 \
                              AND (s.token IS NULL OR (t.id IS NOT NULL AND t.revoked IS NULL))";

fn read_session(row: &AnyRow) -> Result<Who> {
    if let Some(player) = row.maybe_id("player")? {
        return Ok(Who::Player(player));
    }
    let id = row.text("token")?;
    match row.text("token_kind")?.as_str() {
        "administrator" => Ok(Who::Administrator(id)),
        "display" => Ok(Who::Display(id)),
        _ => Err(unexpected("token_kind")),
    }
}

pub(super) async fn by_id(connection: &mut AnyConnection, kind: Kind, id: &str) -> Result<Option<KeptToken>> {
    let row = sqlx::query(SELECT_TOKEN).bind(word(kind)).bind(id).fetch_optional(connection).await?;
    row.as_ref().map(read_token).transpose()
}

pub(super) async fn add(
    connection: &mut AnyConnection,
    kind: Kind,
    token: &NewToken,
    player: Option<Uuid>,
    now: Timestamp,
) -> Result<()> {
    sqlx::query("INSERT INTO tokens (kind, id, hash, name, player, added) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(word(kind))
        .bind(&token.id)
        .bind(hex(token.hash))
        .bind(&token.name)
        .bind(player.map(|player| player.to_string()))
        .bind(now.as_millisecond())
        .execute(connection)
        .await?;
    Ok(())
}

async fn revoke(connection: &mut AnyConnection, kind: Kind, id: &str, now: Timestamp) -> Result<()> {
    let revoked = sqlx::query("UPDATE tokens SET revoked = COALESCE(revoked, $3) WHERE kind = $1 AND id = $2")
        .bind(word(kind))
        .bind(id)
        .bind(now.as_millisecond())
        .execute(&mut *connection)
        .await?;
    if revoked.rows_affected() == 0 {
        return Err(StoreError::NotFound(Thing::Token));
    }
    sqlx::query("DELETE FROM sessions WHERE token_kind = $1 AND token = $2")
        .bind(word(kind))
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Device => "device",
        Kind::Administrator => "administrator",
        Kind::Display => "display",
    }
}

fn read_token(row: &AnyRow) -> Result<KeptToken> {
    let kind = match row.text("kind")?.as_str() {
        "device" => Kind::Device,
        "administrator" => Kind::Administrator,
        "display" => Kind::Display,
        _ => return Err(unexpected("kind")),
    };
    Ok(KeptToken {
        id: row.text("id")?,
        kind,
        hash: row.parsed::<Hash>("hash")?.0,
        name: row.maybe_text("name")?,
        player: row.maybe_id("player")?,
        added: row.time("added")?,
        last_seen: row.maybe_time("last_seen")?,
        revoked: row.maybe_time("revoked")?,
    })
}
