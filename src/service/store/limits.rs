//! How often something may be done, counted in the database so that all replicas count together.

use jiff::Timestamp;

use super::{Result, Store, in_turn};

/// At most so often in a window of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub most: u32,
    /// Seconds; windows lie end to end, beginning with 1970.
    pub window: u32,
}

impl Store {
    /// Takes one from what is left of a limit. `Some` tells after how many seconds there is more.
    pub async fn take(&self, key: &str, limit: Limit, now: Timestamp) -> Result<Option<u32>> {
        let window = i64::from(limit.window.max(1));
        let second = now.as_second();
        let began = second.div_euclid(window) * window;
        let mut connection = self.pools.light().await?;
        // A replica whose clock is behind counts into the later window.
        let taken: i64 = sqlx::query_scalar(
            "INSERT INTO limits (what, began, ends, taken) VALUES ($1, $2, $3, 1) ON CONFLICT (what) DO UPDATE SET \
             taken = CASE WHEN excluded.began > limits.began THEN 1 ELSE limits.taken + 1 END, \
             ends = CASE WHEN excluded.began > limits.began THEN excluded.ends ELSE limits.ends END, \
             began = CASE WHEN excluded.began > limits.began THEN excluded.began ELSE limits.began END \
             RETURNING taken",
        )
        .bind(key)
        .bind(began)
        .bind((began + window).saturating_mul(1000))
        .fetch_one(&mut *connection)
        .await?;
        let left = u32::try_from(began + window - second).unwrap_or(limit.window).max(1);
        Ok((taken > i64::from(limit.most)).then_some(left))
    }

    /// Forgets what is over: windows of limits, sessions, invites that nobody used.
    pub async fn sweep(&self, now: Timestamp) -> Result<()> {
        let now = now.as_millisecond();
        in_turn!(self, |transaction| {
            for over in [
                "DELETE FROM limits WHERE ends <= $1",
                "DELETE FROM sessions WHERE expires <= $1",
                "DELETE FROM invites WHERE expires <= $1 AND used IS NULL",
            ] {
                sqlx::query(over).bind(now).execute(&mut *transaction).await?;
            }
        })
    }
}
