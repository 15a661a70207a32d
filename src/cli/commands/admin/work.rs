//! Doing what was asked for.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::lists::{self, List};
use super::{Admin, Error, Outcome, Terminal};
use crate::attempt::atomic;
use crate::cli::args::{self, AdminVerb, ListFormat, Listing, SeasonVerb, ServicePlace, TeamVerb};
use crate::cli::commands::serve::{data_folder, database, runtime};
use crate::cli::home::Home;
use crate::cli::page::{Line, Tone};
use crate::cli::terminal::Typed;
use crate::service::store::{Assignment, Database, NewSeason, PlayerRow, Store, StoreError, Team, Thing, restore};
use crate::service::{Name, invite_link, listed, new_invite, new_token, to_publish};
use crate::team::{Invite, Kind};

/// Who did it, in the audit log.
const BY: &str = "command-line";

/// The version of the JSON. A field may be added under the same number; none is taken away or changes its meaning.
const SCHEMA: u32 = 1;

/// A database, and the moment at which something is done to it.
struct Work<'a, 't> {
    terminal: &'a mut Terminal<'t>,
    store: Store,
    now: Timestamp,
}

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, admin: &Admin) -> Result<Outcome, Error> {
    let database = where_it_is(&admin.place)?;
    runtime()?.block_on(async {
        if let AdminVerb::Restore { file } = &admin.verb {
            restore(file, &database).await?;
            let done = match database {
                Database::Sqlite(_) => "stands in the place of the database.",
                Database::Postgres(_) => "is in the database: all of its rows have arrived.",
            };
            terminal.show(&Line::plain(format!("{} {done}", file.display())))?;
            return Ok(Outcome::Fine);
        }
        if let Database::Sqlite(path) = &database
            && !path.exists()
        {
            return Err(Error::Unclear {
                asked: format!("there is no team service at {}", path.display()),
                mend: "`simmer serve` makes one; if it lies elsewhere, say where with --data or --database.".to_owned(),
            });
        }
        let store = Store::open(&database).await?;
        let mut work = Work { terminal, store, now: Timestamp::now() };
        let done = work.run(admin).await;
        work.store.close().await;
        done
    })
}

fn where_it_is(place: &ServicePlace) -> Result<Database, Error> {
    match database(place) {
        Some(database) => Ok(database),
        None => Ok(Database::Sqlite(data_folder(place)?.join("service.sqlite"))),
    }
}

impl Work<'_, '_> {
    async fn run(&mut self, admin: &Admin) -> Result<Outcome, Error> {
        let now = self.now;
        match &admin.verb {
            AdminVerb::Token { display, name } => self.token(*display, name.as_deref()).await?,
            AdminVerb::Tokens(listing) => self.tokens(*listing).await?,
            AdminVerb::Revoke { id } => self.revoke(id).await?,
            AdminVerb::Invite { team, count, address } => {
                self.invite(&admin.place, team.as_deref(), *count, address.as_deref()).await?;
            }
            AdminVerb::Invites(listing) => self.invites(*listing).await?,
            AdminVerb::Team(team) => self.team(team).await?,
            AdminVerb::Season(season) => self.season(season).await?,
            AdminVerb::Scenarios(listing) => {
                let versions = self.store.published().await?;
                self.list(*listing, lists::scenarios(&versions), &listed::scenarios(versions))?;
            }
            AdminVerb::Publish { scenarios } => return self.publish(&admin.place, scenarios).await,
            AdminVerb::Retire { scenario } => {
                self.store.retire(scenario, BY, now).await?;
                self.say(format!("{scenario} can be played for a rank no more. Its boards stay."))?;
            }
            AdminVerb::Assign { team, scenario, by, drop } => self.assign(team, scenario, *by, *drop).await?,
            AdminVerb::Assignments(listing) => {
                let (assignments, teams) = (self.store.assignments().await?, self.store.teams().await?);
                self.list(*listing, lists::assignments(&assignments, &teams), &listed::assignments(assignments))?;
            }
            AdminVerb::Players(listing) => {
                let players = self.store.players().await?;
                self.list(*listing, lists::players(&players), &listed::players(players))?;
            }
            AdminVerb::Name { player, name, .. } => self.name(player, name.as_deref()).await?,
            AdminVerb::Move { player, team, .. } => self.move_to(player, team.as_deref()).await?,
            AdminVerb::Flagged(listing) => {
                let attempts = self.store.flagged(100).await?;
                self.list(*listing, lists::flagged(&attempts), &listed::flagged(attempts))?;
            }
            AdminVerb::Invalidate { attempt, reason } => {
                let reason = reason.trim();
                if reason.is_empty() {
                    return Err(unclear("a reason is needed", "Say in a sentence why; its player may read it."));
                }
                self.store.invalidate(*attempt, reason, BY, now).await?;
                self.say("It is on no board any more, and is kept. `simmer admin restore-attempt` puts it back.")?;
            }
            AdminVerb::RestoreAttempt { attempt } => {
                self.store.restore_attempt(*attempt, BY, now).await?;
                self.say("It stands where it stood.")?;
            }
            AdminVerb::ExportPlayer { player, output } => self.export(player, output.as_deref()).await?,
            AdminVerb::DeletePlayer { player, yes } => return self.delete(player, *yes).await,
            AdminVerb::Audit { limit, listing } => {
                let acts = self.store.audit(None, *limit).await?;
                self.list(*listing, lists::audit(&acts), &listed::audit(acts))?;
            }
            AdminVerb::Settings { name, retention, least_team, listing } => {
                self.settings(name.as_deref(), *retention, *least_team, *listing).await?;
            }
            AdminVerb::Backup { file } => {
                self.store.backup(file).await?;
                self.say(format!("The whole database is copied to {}.", file.display()))?;
            }
            // Done before the database was opened.
            AdminVerb::Restore { .. } => {}
        }
        Ok(Outcome::Fine)
    }

    async fn token(&mut self, display: bool, name: Option<&str>) -> Result<(), Error> {
        let kind = if display { Kind::Display } else { Kind::Administrator };
        let name = name.map(as_name).transpose()?.map(|name| name.shown().to_owned());
        let (token, kept) = new_token(kind, name).map_err(no_chance)?;
        self.store.add_token(kind, &kept, BY, self.now).await?;
        self.show(&[
            Line::plain(if display {
                "Token of a wall display, shown this once. It may look at boards and nothing else:"
            } else {
                "Administrator\u{2019}s token, shown this once:"
            }),
            Line::verbatim(token.reveal()).indented(2),
        ])
    }

    async fn tokens(&mut self, listing: Listing) -> Result<(), Error> {
        let mut all = Vec::new();
        for kind in [Kind::Administrator, Kind::Display, Kind::Device] {
            all.extend(self.store.tokens(kind).await?);
        }
        let players = self.store.players().await?;
        self.list(listing, lists::tokens(&all, &players), &listed::tokens(all))
    }

    async fn invites(&mut self, listing: Listing) -> Result<(), Error> {
        let (invites, teams) = (self.store.invites().await?, self.store.teams().await?);
        let players = self.store.players().await?;
        let lines = lists::invites(&invites, &teams, &players, self.now);
        self.list(listing, lines, &listed::invites(invites))
    }

    async fn revoke(&mut self, id: &str) -> Result<(), Error> {
        // As it is shown, or with what stands before it.
        let id = id.split('_').find(|part| part.len() == 8).unwrap_or(id);
        for kind in [Kind::Device, Kind::Administrator, Kind::Display] {
            if self.store.token(kind, id).await?.is_some() {
                self.store.revoke(kind, id, BY, self.now).await?;
                return self.say(format!("{id} is good for nothing from now on."));
            }
        }
        Err(StoreError::NotFound(Thing::Token).into())
    }

    async fn invite(
        &mut self,
        place: &ServicePlace,
        team: Option<&str>,
        count: u32,
        address: Option<&str>,
    ) -> Result<(), Error> {
        let team = match team {
            Some(team) => Some(self.find_team(team).await?.id),
            None => None,
        };
        let folder = data_folder(place)?;
        let unknown = || {
            unclear(
                "it is not known how others reach the service",
                "Start it once with `simmer serve`, or say it here with --address https://board.example:7766.",
            )
        };
        let mut lines = Vec::new();
        for _ in 0..count {
            let (code, hash) = new_invite().map_err(no_chance)?;
            let kept = invite_link(&folder, &code).and_then(Result::ok);
            let link = match (kept, address) {
                (kept, Some(address)) => {
                    let pin = kept.and_then(|kept| kept.pin);
                    Invite { address: address.trim_end_matches('/').to_owned(), code, pin }
                }
                (Some(kept), None) => kept,
                (None, None) => return Err(unknown()),
            };
            self.store.invite(hash, team, BY, self.now).await?;
            lines.push(Line::verbatim(link.to_string()));
        }
        self.show(&lines)?;
        self.terminal.show(&Line::quiet("Each is good once, and for seven days."))?;
        Ok(())
    }

    async fn team(&mut self, verb: &TeamVerb) -> Result<(), Error> {
        match verb {
            TeamVerb::Add { name } => {
                let name = as_name(name)?;
                self.store.put_team(Uuid::now_v7(), name.shown(), name.key(), BY, self.now).await?;
                self.say(format!("There is a team {name}. `simmer admin invite --team` asks people into it."))
            }
            TeamVerb::List(listing) => {
                let teams = self.store.teams().await?;
                self.list(*listing, lists::teams(&teams), &listed::teams(teams))
            }
            TeamVerb::Rename { team, name } => {
                let (team, name) = (self.find_team(team).await?, as_name(name)?);
                self.store.put_team(team.id, name.shown(), name.key(), BY, self.now).await?;
                self.say(format!("{} is now {name}.", team.name))
            }
            TeamVerb::Drop { team } => {
                let team = self.find_team(team).await?;
                self.store.drop_team(team.id, BY, self.now).await?;
                self.say(format!("There is no team {} any more.", team.name))
            }
        }
    }

    async fn season(&mut self, verb: &SeasonVerb) -> Result<(), Error> {
        let new = |name: &str, attempts: u32| -> Result<NewSeason, Error> {
            Ok(NewSeason { id: Uuid::now_v7(), name: as_name(name)?.shown().to_owned(), attempts })
        };
        match verb {
            SeasonVerb::Open { name, attempts } => {
                let season = self.store.open_season(&new(name, *attempts)?, BY, self.now).await?;
                self.say(format!("{} is open.", season.name))
            }
            SeasonVerb::Close { next, attempts } => {
                let next = next.as_deref().map(|next| new(next, *attempts)).transpose()?;
                let open = self.store.close_season(next.as_ref(), BY, self.now).await?;
                self.say(match open {
                    Some(season) => format!("The season is over, and {} is open.", season.name),
                    None => "The season is over. Nothing is ranked until another is open.".to_owned(),
                })
            }
            SeasonVerb::List(listing) => {
                let seasons = self.store.seasons().await?;
                self.list(*listing, lists::seasons(&seasons), &listed::seasons(seasons))
            }
        }
    }

    async fn publish(&mut self, place: &ServicePlace, scenarios: &[String]) -> Result<Outcome, Error> {
        let home = Home::open(&args::Folders { scenarios: Vec::new(), data: place.data.clone() })?;
        let mut outcome = Outcome::Fine;
        for name in scenarios {
            let entry = home.library.find(name)?;
            match to_publish(entry.source.name(), entry.source.text().as_bytes()) {
                Ok(scenario) => {
                    self.store.publish(&scenario, BY, self.now).await?;
                    self.say(format!("{} is published: {}", scenario.slug, scenario.title))?;
                }
                Err(problems) => {
                    outcome = Outcome::Problems;
                    self.terminal.show(
                        &Line::new(Tone::Heat, "not published").and(Tone::Plain, format!("  {name}: {problems}")),
                    )?;
                }
            }
        }
        Ok(outcome)
    }

    async fn assign(
        &mut self,
        team: &str,
        scenario: &str,
        by: Option<jiff::civil::Date>,
        drop: bool,
    ) -> Result<(), Error> {
        let team = self.find_team(team).await?;
        if drop {
            self.store.unassign(team.id, scenario, BY, self.now).await?;
            return self.say(format!("{} no longer has {scenario} to do.", team.name));
        }
        let due = by.and_then(args::end_of);
        let assignment = Assignment { team: team.id, scenario: scenario.to_owned(), due };
        self.store.assign(&assignment, BY, self.now).await?;
        let until = by.map_or_else(String::new, |by| format!(" by the end of {by}, UTC"));
        self.say(format!("{} has {scenario} to do{until}.", team.name))
    }

    async fn name(&mut self, player: &str, name: Option<&str>) -> Result<(), Error> {
        let row = self.find_player(player).await?;
        let name = name.map(as_name).transpose()?;
        self.store.set_real_name(row.player.id, name.as_ref().map(Name::shown), BY, self.now).await?;
        let alias = row.player.alias;
        self.say(match name {
            Some(name) => format!("{alias} is {name}. Only trainers see that."),
            None => format!("The real name of {alias} is forgotten."),
        })
    }

    async fn move_to(&mut self, player: &str, team: Option<&str>) -> Result<(), Error> {
        let row = self.find_player(player).await?;
        let team = match team {
            Some(team) => Some(self.find_team(team).await?),
            None => None,
        };
        self.store.set_team(row.player.id, team.as_ref().map(|team| team.id), BY, self.now).await?;
        let alias = row.player.alias;
        self.say(match team {
            Some(team) => format!("{alias} is in {}.", team.name),
            None => format!("{alias} is in no team."),
        })
    }

    async fn export(&mut self, player: &str, output: Option<&std::path::Path>) -> Result<(), Error> {
        let row = self.find_player(player).await?;
        let export = self.store.export_player(row.player.id).await?;
        self.store.note(BY, "export-player", &row.player.id.to_string(), self.now).await?;
        let Some(path) = output else { return self.terminal.write_json(&export) };
        let text = serde_json::to_string_pretty(&export)?;
        atomic::create(path, text.as_bytes())
            .map_err(|error| Error::CannotWrite { path: path.to_owned(), source: error.source })?;
        self.say(format!("All that is kept about {} is in {}.", row.player.alias, path.display()))
    }

    async fn delete(&mut self, player: &str, yes: bool) -> Result<Outcome, Error> {
        let row = self.find_player(player).await?;
        let alias = row.player.alias;
        if !yes {
            let asked = format!("Delete {alias} and all that is kept about them, for good? Type the name to do it:");
            match self.terminal.ask(&Line::plain(asked))? {
                Typed::Line(typed) if typed == alias => {}
                Typed::Line(_) | Typed::End => {
                    self.say("Nothing was deleted.")?;
                    return Ok(Outcome::NotDone);
                }
            }
        }
        self.store.delete_player(row.player.id, BY, self.now).await?;
        self.say(format!("Nothing is kept about {alias} any more."))?;
        Ok(Outcome::Fine)
    }

    async fn settings(
        &mut self,
        name: Option<&str>,
        retention: Option<u32>,
        least_team: Option<u32>,
        listing: Listing,
    ) -> Result<(), Error> {
        let before = self.store.settings().await?;
        let mut settings = before.clone();
        if let Some(name) = name {
            as_name(name)?.shown().clone_into(&mut settings.name);
        }
        settings.retention_days = retention.unwrap_or(settings.retention_days);
        settings.least_team = least_team.unwrap_or(settings.least_team);
        if settings != before {
            self.store.set_settings(&settings, BY, self.now).await?;
        }
        self.list(listing, Ok(lists::settings(&settings)), &listed::settings(settings))
    }

    async fn find_team(&self, name: &str) -> Result<Team, Error> {
        let teams = self.store.teams().await?;
        let id = name.parse::<Uuid>().ok();
        let wanted = |team: &Team| Some(team.id) == id || same(&team.name, name);
        teams.into_iter().find(wanted).ok_or_else(|| StoreError::NotFound(Thing::Team).into())
    }

    async fn find_player(&self, name: &str) -> Result<PlayerRow, Error> {
        let players = self.store.players().await?;
        let id = name.parse::<Uuid>().ok();
        let wanted = |row: &PlayerRow| Some(row.player.id) == id || same(&row.player.alias, name);
        players.into_iter().find(wanted).ok_or_else(|| StoreError::NotFound(Thing::Player).into())
    }

    /// What there is, for a person or for a program.
    fn list(&mut self, listing: Listing, list: List, document: &impl Serialize) -> Result<(), Error> {
        match listing.format {
            ListFormat::Full => self.show(&list.unwrap_or_else(|nothing| vec![nothing])),
            ListFormat::Short => {
                let lines: String = list.unwrap_or_default().iter().map(|line| line.words() + "\n").collect();
                Ok(self.terminal.write(&lines)?)
            }
            ListFormat::Json => self.terminal.write_document(SCHEMA, document),
        }
    }

    fn say(&mut self, words: impl Into<String>) -> Result<(), Error> {
        Ok(self.terminal.show(&Line::plain(words))?)
    }

    fn show(&mut self, lines: &[Line]) -> Result<(), Error> {
        Ok(self.terminal.show_all(lines)?)
    }
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

fn as_name(typed: &str) -> Result<Name, Error> {
    Name::of(typed).map_err(|why| unclear(&format!("{typed:?} cannot be a name"), &why.to_string()))
}

fn unclear(asked: &str, mend: &str) -> Error {
    Error::Unclear { asked: asked.to_owned(), mend: mend.to_owned() }
}

fn no_chance(error: getrandom::Error) -> Error {
    Error::Start(error.into())
}
