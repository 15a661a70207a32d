//! What is told of many attempts at once: teams, and who improved.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use sqlx::any::AnyRow;
use uuid::Uuid;

use super::scope;
use crate::board::median;
use crate::service::store::players::player_by_id;
use crate::service::store::rows::Columns;
use crate::service::store::settings::settings;
use crate::service::store::{Result, Store};
use crate::team::protocol::{BoardName, ImprovedBoard, ImprovedRow, LARGEST_PAGE, TeamBoard, TeamRow};

impl Store {
    /// Teams by the median of their members' medians. A team named in `board` does not narrow it.
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
        let sql = "SELECT p.team, t.name, p.player, p.points FROM places p JOIN teams t ON t.id = p.team \
                   WHERE {scope} AND p.ranked = 1 AND p.team <> ''";
        let rows = scope.bind(sqlx::query(scope.sql(sql))).fetch_all(&mut *read).await?;
        let mut members: BTreeMap<(String, Uuid), BTreeMap<String, Vec<u32>>> = BTreeMap::new();
        for row in &rows {
            let players = members.entry((row.text("name")?, row.parsed("team")?)).or_default();
            players.entry(row.text("player")?).or_default().push(row.small("points")?);
        }
        let (mut teams, mut small) = (Vec::new(), Vec::new());
        for ((name, team), players) in members {
            let members = u32::try_from(players.len()).unwrap_or(u32::MAX);
            if members < least {
                small.push(name);
            } else {
                let points = median(players.into_values().map(median).collect());
                teams.push(TeamRow { rank: 0, team, name, points, members, own: own == Some(team) });
            }
        }
        // Stable, so that those who share a rank stand by name.
        teams.sort_by_key(|team| Reverse(team.points));
        let mut above: Option<(u32, u64)> = None;
        for (place, team) in (1..).zip(&mut teams) {
            team.rank = above.filter(|above| above.0 == team.points).map_or(place, |above| above.1);
            above = Some((team.points, team.rank));
        }
        Ok(TeamBoard { season, teams, small, least })
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
