//! A team service with made-up people on it, to look at its pages: `cargo run --example service_with_people`.
//!
//! It keeps nothing, prints one line of JSON with its address and a token of each kind, and ends when its standard input
//! does. For each line of that, one more person plays: the boards move.

#[path = "../src/service/pages/fixtures/names.rs"]
mod names;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::BufRead;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use simmer::attempt::RULES_VERSION;
use simmer::dialogue::Mode;
use simmer::library::load_shipped;
use simmer::scenario::Scenario;
use simmer::scenario::model::Hash;
use simmer::scenario::vocabulary::Outcome;
use simmer::service::store::{Assignment, Joining, Judged, NewSeason, Settings, Store, Submission};
use simmer::service::{Configuration, Name, new_invite, new_token, start};
use simmer::statistics::{OBSERVED_VERSION, Observed, Of, SkillSum, Visit};
use simmer::team::Kind;
use simmer::team::protocol::{AskStart, Flag};
use uuid::Uuid;

use names::NAMES;

const BY: &str = "example";
/// People on a second page of them.
const ONLOOKERS: u32 = 30;
const TEAMS: [&str; 4] = ["Harbour", "Counter", "Night line", "Saturday desk"];

/// Everybody, and what is played.
struct House {
    store: Store,
    scenarios: Vec<Arc<Scenario>>,
    now: Timestamp,
    chance: u64,
}

#[expect(clippy::print_stdout, reason = "what it prints is what it is for")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let configuration = Configuration {
        name: Some("Quayside support".to_owned()),
        ..Configuration::on_loopback(folder.path().to_owned())
    };
    let running = start(&configuration).await?;
    let administrator = running.first.as_ref().map(|first| first.administrator.reveal()).unwrap_or_default();
    let scenarios = load_shipped().into_iter().filter_map(|(_, loaded)| loaded.scenario.map(Arc::new)).collect();
    let store = Store::open(&configuration.database()).await?;
    let begins = Timestamp::now().checked_sub(SignedDuration::from_hours(24 * 120))?;
    let mut house = House { store, scenarios, now: begins, chance: 7 };
    let player = house.fill().await?;
    house.now = Timestamp::now();
    let (display, kept) = new_token(Kind::Display, Some("screen by the coffee machine".to_owned()))?;
    house.store.add_token(Kind::Display, &kept, BY, house.now).await?;
    let (code, hash) = new_invite()?;
    house.store.invite(hash, None, BY, house.now).await?;
    let told = serde_json::json!({
        "address": running.address,
        "administrator": administrator,
        "display": display.reveal(),
        "player": player,
        "invite": format!("{}/join/{code}", running.address),
        "scenario": house.scenarios[0].slug,
    });
    println!("{told}");

    let (more, mut asked) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || std::io::stdin().lock().lines().map_while(Result::ok).try_for_each(|_| more.send(())));
    let mut number = 0;
    while asked.recv().await.is_some() {
        number += 1;
        let (player, _) = house.join(&format!("Newcomer {number}"), None).await?;
        house.now = Timestamp::now();
        for scenario in house.scenarios.clone() {
            house.play(player, &scenario, 1000, true).await?;
        }
    }
    house.store.close().await;
    running.stop().await;
    Ok(())
}

impl House {
    /// Gives the token of one of the players.
    async fn fill(&mut self) -> Result<String, Box<dyn Error>> {
        self.store
            .set_settings(
                &Settings { name: "Quayside support".to_owned(), retention_days: 365, least_team: 3 },
                BY,
                self.now,
            )
            .await?;
        self.next_season("Summer").await?;
        let mut teams = Vec::new();
        for name in TEAMS {
            let (id, name) = (Uuid::now_v7(), Name::of(name)?);
            self.store.put_team(id, name.shown(), name.key(), BY, self.now).await?;
            teams.push(id);
        }
        let due = Timestamp::now().checked_add(SignedDuration::from_hours(24 * 9))?;
        let assigned = Assignment { team: teams[0], scenario: self.scenarios[0].slug.clone(), due: Some(due) };
        self.store.assign(&assigned, BY, self.now).await?;
        let mut token = String::new();
        let mut players = Vec::new();
        for (place, name) in NAMES.into_iter().enumerate() {
            let team = teams.get(place % 5).copied().filter(|_| place < 29);
            let (player, device) = self.join(name, team).await?;
            if place == 16 {
                token = device;
                self.store.set_real_name(player, Some("Ada Example"), BY, self.now).await?;
            }
            players.push(player);
            // Some were there the season before.
            if place % 3 == 0 {
                self.play_all(place, player).await?;
            }
        }
        self.next_season("Autumn").await?;
        for (place, player) in players.into_iter().enumerate() {
            self.play_all(place, player).await?;
        }
        // Who joined and has played nothing yet.
        for number in 1..=ONLOOKERS {
            self.join(&format!("Onlooker {number}"), None).await?;
        }
        Ok(token)
    }

    async fn next_season(&mut self, name: &str) -> Result<(), Box<dyn Error>> {
        let season = NewSeason { id: Uuid::now_v7(), name: name.to_owned(), attempts: NewSeason::ATTEMPTS };
        self.store.close_season(Some(&season), BY, self.now).await?;
        Ok(())
    }

    async fn play_all(&mut self, place: usize, player: Uuid) -> Result<(), Box<dyn Error>> {
        for (number, scenario) in self.scenarios.clone().iter().enumerate() {
            let skill = 940 - u16::try_from(place)? * 17 - self.below(90);
            if place == 5 && number == 1 {
                self.leave(player, scenario, false).await?;
                continue;
            }
            self.play(player, scenario, skill, place % 9 != 8).await?;
            if place % 3 == 1 {
                let later = (skill + 80 + self.below(90)).min(1000);
                self.play(player, scenario, later, true).await?;
            }
        }
        Ok(())
    }

    async fn join(&mut self, name: &str, team: Option<Uuid>) -> Result<(Uuid, String), Box<dyn Error>> {
        let (_, hash) = new_invite()?;
        self.store.invite(hash, team, BY, self.now).await?;
        let name = Name::of(name)?;
        let (token, device) = new_token(Kind::Device, Some("desk by the window".to_owned()))?;
        let joining = Joining {
            invite: hash,
            player: Uuid::now_v7(),
            alias: name.shown().to_owned(),
            alias_key: name.key().to_owned(),
            device,
        };
        Ok((self.store.join(&joining, self.now).await?.id, token.reveal()))
    }

    /// Leave to play.
    async fn leave(&mut self, player: Uuid, scenario: &Scenario, ahead: bool) -> Result<(Uuid, u64), Box<dyn Error>> {
        let ask = AskStart {
            id: Uuid::now_v7(),
            full_hash: scenario.hashes.full.to_string(),
            rules: RULES_VERSION,
            mode: if self.below(3) == 0 { Mode::Steps } else { Mode::Timed },
            ahead,
        };
        self.chance += 1;
        let start = self.store.issue_start(player, &ask, self.chance, self.now).await?;
        Ok((start.id, self.chance))
    }

    async fn play(
        &mut self,
        player: Uuid,
        scenario: &Scenario,
        overall: u16,
        is_final: bool,
    ) -> Result<(), Box<dyn Error>> {
        let ahead = self.below(6) == 0;
        self.now = self.now.checked_add(SignedDuration::from_hours(10))?.min(Timestamp::now());
        let (start, seed) = self.leave(player, scenario, ahead).await?;
        let given = self.store.start(start).await?.ok_or("the start is there")?.start;
        let points = u32::from(overall) * (100 + 8 * (u32::from(scenario.difficulty) - 1)) / 100;
        let attempt = Uuid::now_v7();
        let digest = |what: &str| -> Result<Hash, Box<dyn Error>> {
            let hash = blake3::hash(format!("{what} {attempt}").as_bytes()).to_hex();
            Ok(hash.parse().map_err(|_| "no hash")?)
        };
        let observed = self.observed(attempt, scenario, given.mode, overall, is_final);
        let judged = Judged {
            outcome: observed.outcome,
            overall,
            points,
            skills: [i32::from(overall) * 10; 5],
            skill_points: [points, points.saturating_sub(40), points.min(900), points / 2, points],
            moderate_or_worse: 0,
            severe_or_worse: 0,
            trust: 5_000,
            given_away: 0,
            needs_met: 50,
            is_final,
        };
        let submission = Submission {
            attempt,
            player,
            start: Some(start),
            body: "(made up)".to_owned(),
            body_hash: digest("body")?,
            digest: digest("digest")?,
            continues: None,
            scenario_hash: scenario.hashes.full,
            rules: RULES_VERSION,
            mode: given.mode,
            seed,
            judged,
            flags: if overall > 920 { vec![Flag::FasterThanReading] } else { Vec::new() },
            observed: serde_json::to_string(&observed)?,
        };
        self.store.record(&submission, self.now).await?;
        Ok(())
    }

    /// Somebody who does well takes the reply that shows most, more often than not.
    fn observed(&mut self, attempt: Uuid, scenario: &Scenario, mode: Mode, overall: u16, is_final: bool) -> Observed {
        let mut visits = Vec::new();
        for encounter in &scenario.encounters {
            for node in encounter.nodes.iter().take(9) {
                let replies = &encounter.replies[usize::from(node.replies.start)..usize::from(node.replies.end)];
                let worth: BTreeMap<usize, i32> = replies
                    .iter()
                    .enumerate()
                    .map(|(place, reply)| (place, reply.shows.iter().map(|&shown| i32::from(shown)).sum()))
                    .collect();
                let best = worth.iter().max_by_key(|(_, worth)| **worth).map_or(0, |(place, _)| *place);
                let chosen =
                    if self.below(1000) < overall { best } else { usize::from(self.below(1000)) % replies.len() };
                visits.push(Visit {
                    encounter: encounter.name.clone(),
                    node: node.name.clone(),
                    offered: replies.iter().map(|reply| reply.name.clone()).collect(),
                    chosen: replies.get(chosen).map(|reply| reply.name.clone()),
                    reply: Of::new(
                        worth.get(&chosen).copied().unwrap_or(0) * 25,
                        worth.get(&best).copied().unwrap_or(0) * 25,
                    ),
                    conduct: Of::new(i32::from(self.below(100)), 100),
                    crash: None,
                });
            }
        }
        Observed {
            version: OBSERVED_VERSION,
            attempt,
            scenario: scenario.slug.clone(),
            full_hash: scenario.hashes.full.to_string(),
            mode,
            overall,
            outcome: if overall > 700 { Outcome::Satisfied } else { Outcome::Pacified },
            is_final,
            skills: [SkillSum { score: i32::from(overall) * 10, evidence: Of::new(i32::from(overall), 1000) }; 5],
            visits,
        }
    }

    /// A number below another; the same ones each time.
    fn below(&mut self, most: u16) -> u16 {
        self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u16::try_from((self.chance >> 33) % u64::from(most)).unwrap_or(0)
    }
}
