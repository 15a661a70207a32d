//! What is told of many attempts at once: teams, and who improved.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::{Scope, scope};
use crate::service::store::players::player_by_id;
use crate::service::store::rows::Columns;
use crate::service::store::settings::settings;
use crate::service::store::{Result, Store};
use crate::team::protocol::{BoardName, ImprovedBoard, ImprovedRow, LARGEST_PAGE, TeamBoard, TeamRow};

/// What boards of teams are kept of: as many as are looked at in turn.
pub(in crate::service::store) const MOST_KEPT: usize = 256;

/// The teams on a board, whoever asks and however small they are: best first, those with the same points by name.
pub(in crate::service::store) type Medians = Vec<Median>;

/// What a board of teams is about: a season, a scenario or none, and a scale.
pub(in crate::service::store) type MediansOf = (String, String, i64);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::service::store) struct Median {
    team: Uuid,
    name: String,
    points: u32,
    members: u32,
}

/// The median of each member's scores, and of those for each team. Of two in the middle it is the half of both, rounded
/// up, as in [`median`](crate::board).
const MEDIANS: &str = "WITH scores AS (SELECT p.team, p.player, p.points, \
                       ROW_NUMBER() OVER (PARTITION BY p.team, p.player ORDER BY p.points) AS place, \
                       COUNT(*) OVER (PARTITION BY p.team, p.player) AS scores \
                       FROM places p WHERE {scope} AND p.ranked = 1 AND p.team <> ''), \
                       members AS (SELECT team, CAST((SUM(points) + COUNT(*) - 1) AS BIGINT) / COUNT(*) AS points FROM scores \
                       WHERE place = (scores + 1) / 2 OR place = (scores + 2) / 2 GROUP BY team, player), \
                       placed AS (SELECT team, points, ROW_NUMBER() OVER (PARTITION BY team ORDER BY points) AS place, \
                       COUNT(*) OVER (PARTITION BY team) AS members FROM members) \
                       SELECT t.id AS team, t.name, CAST((SUM(m.points) + COUNT(*) - 1) AS BIGINT) / COUNT(*) AS points, \
                       MAX(m.members) AS members FROM placed m JOIN teams t ON t.id = m.team \
                       WHERE m.place = (m.members + 1) / 2 OR m.place = (m.members + 2) / 2 \
                       GROUP BY t.id, t.name ORDER BY points DESC, t.name, t.id";

impl Store {
    /// Teams by the median of their members' medians. A team named in `board` does not narrow it. It is worked out when
    /// a board it is about has moved, and kept until the next does.
    ///
    /// # Errors
    /// As [`Self::board_page`].
    pub async fn team_board(&self, board: &BoardName, player: Option<Uuid>) -> Result<TeamBoard> {
        let mut read = self.pools.read().await?;
        let (scope, season) = scope(&mut read, &BoardName { team: None, ..board.clone() }).await?;
        let least = settings(&mut read).await?.least_team;
        let own = match player {
            Some(player) => player_by_id(&mut read, player).await?.and_then(|player| player.team),
            None => None,
        };
        let revision = revision_of(&mut read, board.scenario.as_deref()).await?;
        // Nobody waits for others with a connection in hand.
        drop(read);
        let of = (scope.season.clone(), scope.scenario.clone(), scope.scale);
        let medians = self.kept_medians.get(of, revision, self.medians(&scope)).await?;
        let mut teams: Vec<TeamRow> = Vec::new();
        for (team, place) in medians.iter().filter(|median| median.members >= least).zip(1..) {
            let shares = teams.last().filter(|above| above.points == team.points).map(|above| above.rank);
            teams.push(TeamRow {
                rank: shares.unwrap_or(place),
                team: team.team,
                name: team.name.clone(),
                points: team.points,
                members: team.members,
                own: own == Some(team.team),
            });
        }
        let small = medians.iter().filter(|median| median.members < least).map(|median| median.name.clone());
        let mut small: Vec<String> = small.collect();
        small.sort_unstable();
        Ok(TeamBoard { season, teams, small, least })
    }

    async fn medians(&self, scope: &Scope) -> Result<Medians> {
        let rows = scope.bind(sqlx::query(scope.sql(MEDIANS))).fetch_all(self.pools.reader()).await?;
        let read = |row: &AnyRow| {
            Ok(Median {
                team: row.parsed("team")?,
                name: row.text("name")?,
                points: row.small("points")?,
                members: row.small("members")?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// The revision in which any board that is about a scenario last changed; any board at all where none is named. All
    /// that is worked out from those attempts is the same while it is.
    pub async fn revision_of(&self, scenario: Option<&str>) -> Result<u64> {
        let mut read = self.pools.read().await?;
        revision_of(&mut read, scenario).await
    }

    /// Who gained most from the first final attempt to the latest, most first.
    ///
    /// # Errors
    /// As [`Self::board_page`].
    pub async fn improved(&self, board: &BoardName, limit: u32, player: Option<Uuid>) -> Result<ImprovedBoard> {
        let mut read = self.pools.read().await?;
        let (scope, season) = scope(&mut read, board).await?;
        let rows = sqlx::query(
            "SELECT x.player, x.alias, x.scenario, x.title, x.first_points, x.latest_points FROM ( \
             SELECT l.player, pl.alias, l.scenario, s.title, \
             CASE $2 WHEN 0 THEN f.points WHEN 1 THEN f.points_1 WHEN 2 THEN f.points_2 WHEN 3 THEN f.points_3 \
             WHEN 4 THEN f.points_4 ELSE f.points_5 END AS first_points, \
             CASE $2 WHEN 0 THEN l.points WHEN 1 THEN l.points_1 WHEN 2 THEN l.points_2 WHEN 3 THEN l.points_3 \
             WHEN 4 THEN l.points_4 ELSE l.points_5 END AS latest_points \
             FROM attempts l JOIN players pl ON pl.id = l.player JOIN scenarios s ON s.full_hash = l.scenario_hash \
             JOIN attempts f ON f.player = l.player AND f.season = l.season AND f.scenario = l.scenario \
             AND f.slot = (SELECT MIN(o.slot) FROM attempts o WHERE o.player = l.player AND o.season = l.season \
             AND o.scenario = l.scenario AND o.slot > 0 AND o.is_final = 1 AND o.invalid IS NULL) \
             WHERE l.season = $1 AND l.slot > 1 AND pl.listed = 1 AND l.is_final = 1 AND l.invalid IS NULL \
             AND l.slot = (SELECT MAX(o.slot) FROM attempts o WHERE o.player = l.player AND o.season = l.season \
             AND o.scenario = l.scenario AND o.is_final = 1 AND o.invalid IS NULL) \
             AND ($3 = '' OR l.scenario = $3) AND ($4 = '' OR pl.team = $4) \
             ) AS x WHERE x.latest_points > x.first_points \
             ORDER BY x.latest_points - x.first_points DESC, x.player, x.scenario LIMIT $5",
        )
        .bind(scope.season)
        .bind(scope.scale)
        .bind(scope.scenario)
        .bind(scope.team)
        .bind(i64::from(limit.clamp(1, LARGEST_PAGE)))
        .fetch_all(&mut *read)
        .await?;
        let read = |row: &AnyRow| {
            let id: Uuid = row.parsed("player")?;
            Ok(ImprovedRow {
                player: id,
                alias: row.text("alias")?,
                scenario: row.text("scenario")?,
                title: row.text("title")?,
                first: row.small("first_points")?,
                latest: row.small("latest_points")?,
                own: player == Some(id),
            })
        };
        Ok(ImprovedBoard { season, rows: rows.iter().map(read).collect::<Result<_>>()? })
    }
}

async fn revision_of(connection: &mut AnyConnection, scenario: Option<&str>) -> Result<u64> {
    let row = match scenario {
        None => sqlx::query("SELECT revision FROM service").fetch_one(connection).await?,
        Some(scenario) => {
            sqlx::query(
                "SELECT COALESCE(MAX(revision), 0) AS revision FROM changes WHERE scenario = '' OR scenario = $1",
            )
            .bind(scenario)
            .fetch_one(connection)
            .await?
        }
    };
    row.small("revision")
}
