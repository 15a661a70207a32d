//! What is told of many attempts at once: teams, and who improved.

use std::collections::BTreeMap;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use tokio_stream::StreamExt as _;
use uuid::Uuid;

use super::{Scope, scope};
use crate::board::median;
use crate::service::store::players::player_by_id;
use crate::service::store::rows::Columns;
use crate::service::store::settings::settings;
use crate::service::store::{Result, Store, StoreError};
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

/// By team, so that the places of those in none are not read: an index has them in this order, with all that is asked.
const SCORES: &str = "SELECT p.team, p.player, p.points FROM teams t CROSS JOIN places p \
                      WHERE p.team = t.id AND {scope} AND p.ranked = 1";

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
        let rows = sqlx::query("SELECT id, name FROM teams").fetch_all(self.pools.reader()).await?;
        let name = |row: &AnyRow| Ok((row.parsed("id")?, row.text("name")?));
        let names: BTreeMap<Uuid, String> = rows.iter().map(name).collect::<Result<_>>()?;
        let mut rows = scope.bind(sqlx::query(scope.sql(SCORES))).fetch(self.pools.reader());
        let mut scores = Vec::new();
        while let Some(row) = rows.next().await {
            let row = row?;
            scores.push((row.parsed("team")?, row.parsed("player")?, row.small("points")?));
        }
        drop(rows);
        let working = tokio::task::spawn_blocking(move || medians(scores, &names));
        working.await.map_err(|error| StoreError::Unavailable(error.to_string()))
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

/// Of scores with the team and the player they are of: the median of each member's, and of those for each team.
fn medians(mut scores: Vec<(Uuid, Uuid, u32)>, names: &BTreeMap<Uuid, String>) -> Medians {
    scores.sort_unstable();
    let of_team = |scores: &[(Uuid, Uuid, u32)]| {
        let of_one = scores.chunk_by(|one, other| one.1 == other.1);
        let members: Vec<u32> = of_one.map(|own| median(own.iter().map(|score| score.2).collect())).collect();
        let team = scores.first()?.0;
        Some(Median {
            team,
            name: names.get(&team)?.clone(),
            members: u32::try_from(members.len()).unwrap_or(u32::MAX),
            points: median(members),
        })
    };
    let mut teams: Medians = scores.chunk_by(|one, other| one.0 == other.0).filter_map(of_team).collect();
    teams.sort_by(|one, other| (other.points, &one.name, one.team).cmp(&(one.points, &other.name, other.team)));
    teams
}
