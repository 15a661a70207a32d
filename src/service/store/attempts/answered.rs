//! What was answered before.

use uuid::Uuid;

use crate::scenario::model::Hash;
use crate::service::store::rows::Columns;
use crate::service::store::{Result, Store};

impl Store {
    /// What was answered to this very body of an attempt, if its player sent it before: an
    /// [`Accepted`](crate::team::protocol::Accepted) in JSON.
    pub async fn answered(&self, player: Uuid, attempt: Uuid, body_hash: Hash) -> Result<Option<String>> {
        let row = sqlx::query(
            "SELECT answers.answer AS answer FROM answers JOIN attempts ON attempts.id = answers.attempt \
             WHERE answers.attempt = $1 AND answers.body_hash = $2 AND attempts.player = $3",
        )
        .bind(attempt.to_string())
        .bind(body_hash.to_string())
        .bind(player.to_string())
        .fetch_optional(self.pools.reader())
        .await?;
        row.map(|row| row.text("answer")).transpose()
    }
}
