use std::mem::discriminant;

use egui::{Response, Ui, accesskit};
use uuid::Uuid;

use super::data::{Asked, Call, Join, Team, View, What};
use crate::desktop::screens::board::{filter_row, rows};
use crate::desktop::screens::page::{self, head};
use crate::desktop::screens::sheet::page;
use crate::desktop::theme::widgets::{Button, Card, link, paragraph, section_title, segmented, text_row};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::settings::checked_name;

/// What a person can do here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// With the link as it was pasted. `plain`: it need not be encrypted.
    Join {
        link: String,
        alias: String,
        plain: bool,
    },
    /// Shows another board.
    Look(Asked),
    /// A ranked run of this call: first it is prepared for.
    Take {
        slug: String,
    },
    /// Fetches a ranked run of this call, to be played without a network.
    FetchAhead {
        slug: String,
    },
    /// Asks the service again, and sends what waits.
    TryAgain,
    /// Sends a run once more that was refused.
    SendAgain(Uuid),
    OpenInBrowser,
    SetListed(bool),
    SetAlias(String),
    Export,
    Leave,
    Delete,
    /// To the board of this computer.
    ThisComputer,
    /// Back to Home.
    Back,
}

/// What the screen remembers by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Memory {
    /// The link, as it was pasted. It is a secret until it is used.
    pub link: Option<String>,
    pub alias: Option<String>,
    pub plain: bool,
    /// What went wrong, as it was told last.
    told: Option<String>,
    asking: Step,
}

/// Points that text and fields are wide, at most.
const NARROW: f32 = 760.0;

/// What is asked once more before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Step {
    #[default]
    Nothing,
    /// The question has just appeared: its mild answer gets the focus.
    Leave(bool),
    Delete(bool),
}

/// Draws the team's page and returns what was done.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) -> Vec<Action> {
    let mut actions = Vec::new();
    // Joined, one is on another page, which begins at its top.
    page(ui, theme, ("team", discriminant(view)), |ui| {
        // Esc takes back the question before it leaves the screen.
        if memory.asking != Step::Nothing && page::escape(ui) {
            memory.asking = Step::Nothing;
        }
        if head(ui, theme, "The board") {
            actions.push(Action::Back);
        }
        if which(ui, theme, true) {
            actions.push(Action::ThisComputer);
        }
        match view {
            View::Join(join) => narrow(ui, theme, |ui| joining(ui, theme, join, memory, &mut actions)),
            View::Team(team) => in_the_team(ui, theme, team, memory, &mut actions),
        }
    });
    actions
}

/// The board of this computer, or that of the team. True where the other one is wanted.
pub fn which(ui: &mut Ui, theme: &Theme, team: bool) -> bool {
    let boards = [(false, "On this computer"), (true, "My team")];
    segmented(ui, theme, "Which board", &boards, team).inner.is_some_and(|chosen| chosen != team)
}

fn joining(ui: &mut Ui, theme: &Theme, view: &Join, memory: &mut Memory, actions: &mut Vec<Action>) {
    section_title(ui, theme, "Play with a team");
    soft(ui, theme, "Whoever runs your team\u{2019}s service sends you an invite link. It is good once.");
    ui.add_space(style::GRID);
    paragraph(ui, theme, TextRole::Strong, theme.colors.ink, "What your team will see");
    for line in view.shares {
        page::bullet(ui, theme, line);
    }
    ui.add_space(style::GRID);
    let alias = memory.alias.get_or_insert_with(|| view.alias.clone());
    let link = memory.link.get_or_insert_with(|| view.link.clone());
    text_row(ui, theme, "Invite link", link, "https://\u{2026}/join/\u{2026}");
    let name = text_row(ui, theme, "What your team calls you", alias, "Any name will do");
    let is_name = match checked_name(alias) {
        Ok(_) => true,
        Err(problem) => {
            page::problem(ui, theme, &name, &problem);
            false
        }
    };
    if link.trim().starts_with("http://") {
        let about = "Whoever is on the same network can read what is sent, your key to the service among it.";
        if page::labelled_toggle(ui, theme, "Join although it is not encrypted", about, memory.plain) {
            memory.plain = !memory.plain;
        }
    }
    let ready = is_name && !link.trim().is_empty() && !view.joining;
    let words = if view.again && *link == view.link { "Try again" } else { "Join" };
    if Button::primary(words).enabled(ready).show(ui, theme).clicked() {
        actions.push(Action::Join { link: link.clone(), alias: alias.clone(), plain: memory.plain });
    }
    if view.joining {
        live(&paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, "Joining\u{2026}"));
    }
    if let Some(problem) = &view.problem {
        let told = paragraph(ui, theme, TextRole::Interface, theme.colors.heat, problem);
        live(&told);
        if view.problem != memory.told {
            // What it leads to may lie below the edge.
            told.scroll_to_me(None);
        }
    }
    memory.told.clone_from(&view.problem);
}

fn in_the_team(ui: &mut Ui, theme: &Theme, view: &Team, memory: &mut Memory, actions: &mut Vec<Action>) {
    paragraph(ui, theme, TextRole::Interface, theme.colors.ink, &view.who);
    on_the_way(ui, theme, view, actions);
    board(ui, theme, view, actions);
    ui.add_space(style::GRID);
    section_title(ui, theme, "Calls that count");
    if let Some(words) = view.no_calls {
        soft(ui, theme, words);
    }
    for call in &view.calls {
        call_row(ui, theme, call, actions);
    }
    ui.add_space(style::GRID);
    narrow(ui, theme, |ui| yours(ui, theme, view, memory, actions));
}

/// A column that is pleasant to read.
fn narrow(ui: &mut Ui, theme: &Theme, contents: impl FnOnce(&mut Ui)) {
    ui.scope(|ui| {
        ui.set_max_width(theme.scaled(NARROW).min(ui.available_width()));
        contents(ui);
    });
}

/// Trouble, and runs that are not there yet. Where there is neither, nothing.
fn on_the_way(ui: &mut Ui, theme: &Theme, view: &Team, actions: &mut Vec<Action>) {
    if view.trouble.is_none() && view.ways.is_empty() {
        return;
    }
    Card::new().show(ui, theme, |ui| {
        if let Some(trouble) = &view.trouble {
            live(&paragraph(ui, theme, TextRole::Interface, theme.colors.ink, trouble));
        }
        for way in &view.ways {
            paragraph(ui, theme, TextRole::Interface, theme.colors.ink, &way.words);
            if let Some(attempt) = way.again
                && link(ui, theme, "Send it once more").clicked()
            {
                actions.push(Action::SendAgain(attempt));
            }
        }
        let can_be_tried = view.trouble.is_some() || view.ways.iter().any(|way| way.waits);
        if can_be_tried && link(ui, theme, "Try again now").clicked() {
            actions.push(Action::TryAgain);
        }
    });
}

fn board(ui: &mut Ui, theme: &Theme, view: &Team, actions: &mut Vec<Action>) {
    let what = [(What::People, "People"), (What::Teams, "Teams"), (What::Improved, "Most improved")];
    let chosen = segmented(ui, theme, "Who is ranked", &what, view.asked.what).inner;
    if let Some(what) = chosen.filter(|chosen| *chosen != view.asked.what) {
        actions.push(Action::Look(Asked { what, season: view.asked.season, ..Asked::default() }));
    }
    let filters =
        [("Call", &view.calls_filter), ("Ranked by", &view.skills), ("Team", &view.teams), ("Season", &view.seasons)];
    for (name, filters) in filters {
        if !filters.is_empty() {
            actions.extend(filter_row(ui, theme, name, filters).map(Action::Look));
        }
    }
    soft(ui, theme, view.about);
    if let Some(words) = &view.empty {
        Card::new().show(ui, theme, |ui| paragraph(ui, theme, TextRole::Reply, theme.colors.ink, words));
    } else {
        rows(ui, theme, "The board", &view.columns, &view.lines);
    }
    for (words, asked) in &view.lengths {
        if link(ui, theme, words).clicked() {
            actions.push(Action::Look(asked.clone()));
        }
    }
    for note in &view.notes {
        soft(ui, theme, note);
    }
}

fn call_row(ui: &mut Ui, theme: &Theme, call: &Call, actions: &mut Vec<Action>) {
    Card::new().show(ui, theme, |ui| {
        paragraph(ui, theme, TextRole::Strong, theme.colors.ink, &call.title);
        soft(ui, theme, &call.about);
        if !call.can_take {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            let take = Button::secondary("Take this call, ranked").show(ui, theme);
            named(&take, &format!("Take this call, ranked: {}", call.title));
            if take.clicked() {
                actions.push(Action::Take { slug: call.slug.clone() });
            }
            if call.can_fetch {
                let fetch = link(ui, theme, "Fetch it for the time without a network");
                named(&fetch, &format!("Fetch it for the time without a network: {}", call.title));
                if fetch.clicked() {
                    actions.push(Action::FetchAhead { slug: call.slug.clone() });
                }
            }
        });
    });
}

/// What one shares, and how one ends it.
fn yours(ui: &mut Ui, theme: &Theme, view: &Team, memory: &mut Memory, actions: &mut Vec<Action>) {
    section_title(ui, theme, "You and your data");
    if let Some(said) = &view.said {
        live(&page::anywhere(ui, theme, said));
    }
    if let Some(address) = &view.link {
        page::anywhere(ui, theme, address);
        if link(ui, theme, "Copy the link").clicked() {
            ui.ctx().copy_text(address.clone());
        }
    }
    if Button::secondary("Open in browser").show(ui, theme).clicked() {
        actions.push(Action::OpenInBrowser);
    }
    let about = "Off, you are on no board at once, and still have your runs and your past.";
    if page::labelled_toggle(ui, theme, "Show me on the boards", about, view.listed) {
        actions.push(Action::SetListed(!view.listed));
    }
    let alias = memory.alias.get_or_insert_with(|| view.alias.clone());
    let field = text_row(ui, theme, "What your team calls you", alias, "Any name will do");
    match checked_name(alias) {
        Ok(name) if name != view.alias => {
            if Button::secondary("Change my name").show(ui, theme).clicked() {
                actions.push(Action::SetAlias(name));
            }
        }
        Ok(_) => {}
        Err(problem) => page::problem(ui, theme, &field, &problem),
    }
    ui.add_space(style::GRID);
    if memory.asking == Step::Nothing {
        ui.horizontal_wrapped(|ui| {
            if Button::secondary("Save what the service knows of me").show(ui, theme).clicked() {
                actions.push(Action::Export);
            }
            if Button::secondary("Leave the team").show(ui, theme).clicked() {
                memory.asking = Step::Leave(true);
                ui.ctx().request_repaint();
            }
            if Button::danger("Delete me from the service").show(ui, theme).clicked() {
                memory.asking = Step::Delete(true);
                ui.ctx().request_repaint();
            }
        });
        return;
    }
    question(ui, theme, view, memory, actions);
}

fn question(ui: &mut Ui, theme: &Theme, view: &Team, memory: &mut Memory, actions: &mut Vec<Action>) {
    let (words, about, yes, action, fresh) = match memory.asking {
        Step::Delete(fresh) => (
            "Delete all that the service knows of you?",
            "Your rows, your runs there and your name are gone for good. Your runs on this computer stay.",
            "Yes, delete",
            Action::Delete,
            fresh,
        ),
        Step::Leave(fresh) => (
            "Leave the team on this computer?",
            "Your runs stay here, and what the service has stays there.",
            "Yes, leave",
            Action::Leave,
            fresh,
        ),
        Step::Nothing => return,
    };
    Card::new().show(ui, theme, |ui| {
        section_title(ui, theme, words);
        paragraph(ui, theme, TextRole::Interface, theme.colors.ink, about);
        if view.ways.iter().any(|way| way.waits) {
            let words = "A ranked run of yours has not been sent yet.";
            paragraph(ui, theme, TextRole::Interface, theme.colors.heat, words);
        }
        ui.horizontal_wrapped(|ui| {
            let keep = Button::secondary("No, stay").show(ui, theme);
            if fresh {
                keep.request_focus();
                memory.asking = match memory.asking {
                    Step::Delete(_) => Step::Delete(false),
                    _ => Step::Leave(false),
                };
            }
            if keep.clicked() {
                memory.asking = Step::Nothing;
            }
            if Button::danger(yes).show(ui, theme).clicked() {
                memory.asking = Step::Nothing;
                actions.push(action);
            }
        });
    });
}

fn named(response: &Response, name: &str) {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_label(name));
}

fn live(said: &Response) {
    said.ctx.accesskit_node_builder(said.id, |node| node.set_live(accesskit::Live::Polite));
}

fn soft(ui: &mut Ui, theme: &Theme, words: &str) {
    paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, words);
}
