//! Where one player stands. It is asked after every ranked call, and so it is one statement: each further way to the
//! database and back would cost as much as finding the rank does.

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::lines::season_of_one;
use super::{Scope, scope};
use crate::service::store::rows::Columns;
use crate::service::store::{Result, Store};
use crate::team::protocol::{BoardName, OwnRank};

const STATEMENT: &str = "WITH own AS (SELECT p.points, p.tie_a, p.tie_b FROM places p \
     WHERE {season_of_one} = {season} AND {scope} AND p.ranked = 1 AND p.player = $5 \
     ORDER BY p.points DESC, p.tie_a DESC, p.tie_b DESC LIMIT 1) \
     SELECT {players} AS players, (SELECT 1 + {better} + (SELECT COUNT(*) FROM places p \
     WHERE p.season = {season} AND {scope} AND p.ranked = 1 AND p.points = own.points \
     AND (p.tie_a, p.tie_b) > (own.tie_a, own.tie_b)) FROM own) AS own_rank";

/// The season that is asked for; the one that is open, or the last that was, where none is.
const SEASON: &str = "(SELECT x.id FROM seasons x WHERE $1 = '' OR x.id = $1 \
     ORDER BY COALESCE(x.is_open, 0) DESC, x.ends DESC LIMIT 1)";

const BETTER: &str = "(SELECT CAST(COALESCE(SUM(b.entries), 0) AS BIGINT) FROM buckets b \
     WHERE b.season = {season} AND b.scenario = $3 AND b.scale = $2 AND b.points > own.points)";
/// A team is small, and has no histogram.
const BETTER_IN_TEAM: &str = "(SELECT COUNT(*) FROM places p \
     WHERE p.season = {season} AND {scope} AND p.ranked = 1 AND p.points > own.points)";

const PLAYERS: &str = "COALESCE((SELECT h.players FROM heads h WHERE h.season = {season}), 0)";
const PLAYERS_OF_SCENARIO: &str = "(SELECT CAST(COALESCE(SUM(b.entries), 0) AS BIGINT) FROM buckets b \
     WHERE b.season = {season} AND b.scenario = $3 AND b.scale = 0)";
const PLAYERS_OF_TEAM: &str = "(SELECT COUNT(DISTINCT p.player) FROM places p \
     WHERE p.season = {season} AND {scope} AND p.ranked = 1)";

impl Store {
    /// The best rank that a player has on a board, if they have one, and how many players are on it.
    ///
    /// # Errors
    /// As [`Self::board_page`].
    pub async fn rank(&self, board: &BoardName, player: Option<Uuid>) -> Result<OwnRank> {
        let asked = Scope::of(board, board.season);
        let (better, players) = match (asked.team.is_empty(), asked.scenario.is_empty()) {
            (false, _) => (BETTER_IN_TEAM, PLAYERS_OF_TEAM),
            (true, false) => (BETTER, PLAYERS_OF_SCENARIO),
            (true, true) => (BETTER, PLAYERS),
        };
        let mut connection = self.pools.reader().acquire().await?;
        let sql = STATEMENT
            .replace("{better}", better)
            .replace("{players}", players)
            .replace("{season_of_one}", season_of_one(&connection))
            .replace("{season}", SEASON)
            .replace("{scope}", asked.condition());
        let query = asked.bind(sqlx::query(AssertSqlSafe(sql)));
        let query = query.bind(player.map(|player| player.to_string()).unwrap_or_default());
        let row = query.fetch_one(&mut *connection).await?;
        let rank = row.maybe_number("own_rank")?;
        if rank.is_none() {
            // A board that is not there has no ranks either.
            scope(&mut connection, board).await?;
        }
        let rank = rank.map(|_| row.small("own_rank")).transpose()?;
        Ok(OwnRank { rank, players: row.small("players")? })
    }
}
