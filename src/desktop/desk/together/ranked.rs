//! Runs that count: prepared for as any other, and begun when the service has given leave.

use std::sync::Arc;

use super::worker::Ask;
use super::{Together, Waiting};
use crate::desktop::Screen;
use crate::desktop::desk::Desk;
use crate::desktop::screens::{home, prepare};
use crate::online::Published;
use crate::online::starts::Starts;
use crate::scenario::Scenario;
use crate::team::protocol::{PublishedScenario, Start};

impl Together {
    /// The published call of which the first ranked run is still to be played.
    pub(in crate::desktop::desk) fn next_ranked(&self) -> Option<home::Ranked<'_>> {
        let membership = self.membership.as_ref()?;
        let open = |published: &&PublishedScenario| {
            published.begun == 0 && published.allowed > 0 || self.lies_ahead(&published.scenario).is_some()
        };
        let next = self.scenarios.iter().find(open)?;
        Some(home::Ranked { title: &next.title, slug: &next.scenario, service: &membership.service })
    }
}

impl Desk {
    /// The next call that counts for the team, if one is open and at hand.
    pub(in crate::desktop::desk) fn take_next_ranked(&mut self) -> Option<Screen> {
        let slug = self.together.next_ranked()?.slug.to_owned();
        self.take_ranked(&slug)
    }

    /// A call that counts is wanted: it is prepared for as any other.
    pub(super) fn take_ranked(&mut self, slug: &str) -> Option<Screen> {
        let full = self.together.hash(slug)?;
        let published = Published::kept(&self.team_folder(), full).map(|published| published.scenario);
        let Some(scenario) = published.or_else(|| self.scenario(slug)) else {
            self.together.said =
                Some(Err("That call is still on its way to this computer. Try again in a moment.".to_owned()));
            return None;
        };
        self.together.ask(Ask::Watch(None));
        self.practising = false;
        self.together.ranked = true;
        self.together.refused = None;
        self.chosen = Some(scenario);
        Some(Screen::Prepare)
    }

    /// Whether the call being prepared can count for the team, and how.
    pub(in crate::desktop::desk) fn ranked_facts(&self, scenario: &Scenario) -> Option<prepare::Ranked<'_>> {
        let together = &self.together;
        let membership = together.membership.as_ref().filter(|_| !self.practising)?;
        together.hash(&scenario.slug)?;
        let published = together.published(&scenario.slug);
        let ahead = together.lies_ahead(&scenario.slug).is_some();
        let left = published.map_or(0, |published| published.allowed.saturating_sub(published.begun));
        let first = published.is_none_or(|published| published.begun == u32::from(ahead));
        Some(prepare::Ranked {
            service: &membership.service,
            left: left + u32::from(ahead),
            first,
            ahead,
            wish: match (together.ranked && left + u32::from(ahead) > 0, &together.waiting) {
                (false, _) => prepare::Wish::Off,
                (true, None) => prepare::Wish::On,
                (true, Some(_)) => prepare::Wish::Asking,
            },
            refused: together.refused.as_deref(),
        })
    }

    pub(in crate::desktop::desk) fn set_ranked(&mut self, ranked: bool) {
        self.together.ranked = ranked;
        self.together.refused = None;
    }

    /// Another customer, or none, is prepared for.
    pub(in crate::desktop::desk) fn forget_ranked(&mut self) {
        self.together.ranked = false;
        self.together.waiting = None;
        self.together.refused = None;
    }

    /// Asks for leave, if the call that is prepared for is to count. The call begins when it is there.
    pub(in crate::desktop::desk) fn begin_ranked(&mut self, intention: Option<String>) -> bool {
        let Some(scenario) = self.chosen.clone() else { return false };
        if !self.ranked_facts(&scenario).is_some_and(|ranked| ranked.wish != prepare::Wish::Off) {
            return false;
        }
        let (Some(full), mode) = (self.together.hash(&scenario.slug), self.mode()) else { return false };
        if self.together.waiting.is_none() {
            self.together.refused = None;
            self.together.waiting = Some(Waiting { intention });
            self.together.ask(Ask::Leave { full, mode });
        }
        true
    }

    /// The leave is there: it is used up, and the call begins.
    pub(super) fn begin_under(&mut self, start: &Start, published: &Published) -> Result<(), String> {
        let Some(Waiting { intention }) = self.together.waiting.take() else { return Ok(()) };
        let Some(player) = self.together.membership.as_ref().map(|membership| membership.player) else { return Ok(()) };
        let scenario = Arc::clone(&published.scenario);
        // What counts must be kept: where it cannot be, no leave is used.
        let kept = self.store.keep_scenario(scenario.hashes.full, &published.text);
        kept.map_err(|error| error.to_string())?;
        let folder = self.team_folder();
        let leave = Starts::of(&folder, player).take(start).map_err(|error| error.to_string())?;
        let team = self.settings.profile().and_then(|profile| profile.team.clone());
        let recorder = leave.begin(scenario, self.player(), team, intention);
        self.forget_ranked();
        self.chosen = None;
        self.lead = Some(self.take_up(recorder, false, false));
        self.together.ask(Ask::Standing);
        Ok(())
    }

    /// A run that counts was saved with something in it that the team may have.
    pub(in crate::desktop::desk) fn send_ranked(&self) {
        let ranked = self.running.as_ref().map(|running| running.recorder.attempt());
        if ranked.is_some_and(|attempt| attempt.start.is_some() && attempt.score.is_some()) {
            self.together.ask(Ask::Send);
        }
    }
}
