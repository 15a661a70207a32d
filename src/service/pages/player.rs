//! A player's own page, which nobody else sees.

use askama::Template;

use super::chart::{Chart, Point};
use super::filters;
use super::frame::Frame;
use crate::team::protocol::{Device, Me, OwnAttempt, OwnAttempts, Standing};

/// `GET /me`.
#[derive(Debug, Template)]
#[template(path = "me.html")]
pub(super) struct PlayerView {
    pub(super) frame: Frame,
    alias: String,
    team: Option<String>,
    listed: bool,
    devices: Vec<Device>,
    attempts: Vec<OwnAttempt>,
    chart: Option<Chart>,
    next: Option<String>,
}

impl PlayerView {
    pub(super) fn new(frame: Frame, me: Me, past: OwnAttempts) -> Self {
        let points: Vec<Point> = past
            .attempts
            .iter()
            .filter_map(|attempt| {
                Some(Point {
                    title: attempt.title.clone(),
                    at: attempt.begun,
                    points: attempt.points?,
                    later: attempt.standing != Standing::Ranked,
                })
            })
            .collect();
        Self {
            frame,
            alias: me.alias,
            team: me.team.map(|team| team.name),
            listed: me.listed,
            devices: me.devices,
            chart: Chart::of(&points),
            next: past.next.map(|cursor| format!("/me?after={cursor}")),
            attempts: past.attempts,
        }
    }
}
