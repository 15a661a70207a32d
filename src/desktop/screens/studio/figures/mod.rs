//! What many plays came to, and what is proved: in words for whoever writes, with the ways to the places in the text.

mod chart;
mod data;
#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;
pub(super) mod words;

use std::sync::Arc;

use egui::{Response, Ui, UiBuilder, vec2};

use super::Action as Done;
use super::ui::Answer;
use crate::desktop::screens::page::{self, bullet, choose, close};
use crate::desktop::screens::scroll::scroll;
use crate::desktop::screens::table::{Column, Row, table};
use crate::desktop::theme::widgets::{Bar, Button, link, paragraph, section_title};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::diagnostic::Diagnostic;
use crate::explore::simulate::LIFT_IN_SCENARIO;
use crate::explore::solve::{Settled, Verdict};
use crate::lint::proof::Step;
use crate::studio::Studio;
use crate::studio::graph::Places;
use crate::studio::survey::{CueFigures, Plays, Proved, Solving, Stage, State, Surveyed, Who, replies_of};
use data::{Goal, span_of};

/// How many things a list names before it is asked for all of them.
const LISTED: usize = 8;

/// What the pane says.
#[derive(Debug)]
pub struct View {
    pub state: State,
    pub surveyed: Option<Arc<Surveyed>>,
    /// What is known is of the text as it stands.
    pub is_current: bool,
    pub has_errors: bool,
    pub places: Arc<Places>,
    pub proved: Option<Arc<Proved>>,
    pub is_proving: bool,
    /// How far the proof is.
    pub proof: Option<Step>,
    /// Of the text as it stands.
    pub version: u64,
}

impl View {
    pub fn of(studio: &Studio) -> Self {
        let checked = studio.checked();
        let surveyed = studio.survey().surveyed().cloned();
        let version = studio.document().version();
        let is_current = checked.version == version
            && surveyed
                .as_ref()
                .is_some_and(|known| checked.scenario.as_ref().is_some_and(|now| now.hashes == known.scenario.hashes));
        Self {
            state: studio.survey().state(),
            surveyed,
            is_current,
            has_errors: checked.scenario.is_none(),
            places: Arc::clone(studio.drawing().places()),
            proved: studio.proving().proved().cloned(),
            is_proving: studio.proving().is_busy(),
            proof: studio.proving().step(),
            version,
        }
    }
}

/// What the pane keeps.
#[derive(Debug, Default)]
pub struct Memory {
    who: Option<Who>,
    /// The step of the histogram that is read out.
    cursor: Option<usize>,
    /// All that is not reached is listed.
    lists_all: bool,
    lists_cues: bool,
    wants_focus: bool,
}

impl Memory {
    /// The focus goes to the first thing that can be done.
    pub fn take_focus(&mut self) {
        self.wants_focus = true;
    }
}

/// What the trainer wants here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The plays in the background are to stop, or to go on.
    Pause(bool),
    /// What takes playing out is to be proved now.
    Prove,
    /// That is no longer wanted.
    StopProving,
}

/// Draws the pane. `caret`: where the caret stands in the text, in bytes.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, caret: usize, memory: &mut Memory, answer: &mut Answer) {
    scroll(ui, "studio figures", |ui| {
        let room = ui.available_rect_before_wrap().shrink2(vec2(2.0 * style::GRID, 0.0));
        ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
            let mut pane = Pane { theme, view, memory, answer };
            ui.add_space(style::GRID);
            pane.head(ui);
            let Some(known) = &view.surveyed else { return };
            pane.reached(ui, known);
            pane.way_to_caret(ui, known, caret);
            pane.earned(ui, known);
            if let Some(plays) = &known.plays {
                pane.guessed(ui, known, plays);
                pane.ends(ui, plays);
            }
            ui.add_space(3.0 * style::GRID);
        });
    });
}

struct Pane<'a> {
    theme: &'a Theme,
    view: &'a View,
    memory: &'a mut Memory,
    answer: &'a mut Answer,
}

impl Pane<'_> {
    fn say(&self, ui: &mut Ui, words: &str) -> Response {
        paragraph(ui, self.theme, TextRole::Interface, self.theme.colors.ink, words)
    }

    fn hint(&self, ui: &mut Ui, words: &str) -> Response {
        paragraph(ui, self.theme, TextRole::Interface, self.theme.colors.soft_ink, words)
    }

    fn section(&self, ui: &mut Ui, words: &str) {
        ui.add_space(2.0 * style::GRID);
        section_title(ui, self.theme, words);
    }

    /// How far it is, and what can be done about it.
    fn head(&mut self, ui: &mut Ui) {
        let state = state(self.view.state, self.view.surveyed.as_deref());
        self.say(ui, &state);
        if self.view.surveyed.is_some() && !self.view.is_current {
            self.hint(ui, "What stands here is of the text as it was before your latest changes.");
        }
        ui.horizontal_wrapped(|ui| {
            let (label, pauses) = if self.view.state == State::Paused { ("Go on", false) } else { ("Stop", true) };
            let can = matches!(self.view.state, State::Running(_) | State::Paused);
            let stop = Button::secondary(label).enabled(can).show(ui, self.theme);
            if stop.clicked() {
                self.answer.actions.push(Done::Figures(Action::Pause(pauses)));
            }
            let is_proving = self.view.is_proving;
            let (label, does) =
                if is_proving { ("Stop proving", Action::StopProving) } else { ("Prove now", Action::Prove) };
            let prove = Button::secondary(label).enabled(is_proving || !self.view.has_errors).show(ui, self.theme);
            ui.ctx().accesskit_node_builder(prove.id, |node| {
                node.set_description(
                    "Finds what takes playing the scenario out: what is unfair, and what leads nowhere.",
                );
            });
            if prove.clicked() {
                self.answer.actions.push(Done::Figures(does));
            }
            if std::mem::take(&mut self.memory.wants_focus) {
                if can { stop.request_focus() } else { prove.request_focus() }
            }
        });
        self.proved(ui);
    }

    /// The findings that take playing out.
    fn proved(&mut self, ui: &mut Ui) {
        if self.view.is_proving {
            let far = self.view.proof.map_or_else(|| "It begins in a moment.".to_owned(), proof);
            self.hint(ui, &format!("{far} You can go on writing."));
            return;
        }
        let Some(proved) = &self.view.proved else { return };
        let is_old = proved.version != self.view.version;
        match (proved.is_playable, proved.findings.len()) {
            (false, _) => {
                self.hint(ui, "Nothing could be proved: the text had errors.");
            }
            (true, 0) => {
                self.say(ui, "Proved: there is nothing to mend.");
            }
            (true, 1) => {
                self.say(ui, "Proved: there is one thing to look at.");
            }
            (true, more) => {
                self.say(ui, &format!("Proved: there are {more} things to look at."));
            }
        }
        if is_old {
            self.hint(ui, "The text has changed since. Prove again for what holds now.");
        }
        for finding in &proved.findings {
            self.finding(ui, finding, is_old);
        }
    }

    fn finding(&mut self, ui: &mut Ui, finding: &Diagnostic, is_old: bool) {
        let span = finding.span.filter(|_| !is_old);
        close(ui, |ui| {
            match span {
                Some(span) => {
                    if link(ui, self.theme, &finding.message).clicked() {
                        self.answer.go_to = Some(span.range());
                    }
                }
                None => {
                    bullet(ui, self.theme, &finding.message);
                }
            }
            for (what, words) in [("Expected", &finding.expected), ("To mend it", &finding.help)] {
                if let Some(words) = words {
                    let words = page::sentence(&format!("{what}: {words}"));
                    paragraph(ui, self.theme, TextRole::Small, self.theme.colors.soft_ink, &words);
                }
            }
        });
    }

    /// Whether everything is reached, and what is not.
    fn reached(&mut self, ui: &mut Ui, known: &Surveyed) {
        self.section(ui, "Is everything reached?");
        let Some(reach) = &known.reach else {
            self.hint(ui, "This is being worked out.");
            return;
        };
        let missing = data::roots(&known.scenario, reach);
        if missing.is_empty() {
            let counts = data::counts(&known.scenario);
            self.say(ui, &format!("Yes: {counts}, and all that stands in them."));
            return;
        }
        let proved = missing.iter().filter(|settled| settled.verdict == Verdict::Unreachable).count();
        self.say(ui, &data::missing(proved, missing.len() - proved));
        let shown = if self.memory.lists_all { missing.len() } else { LISTED };
        for settled in missing.iter().take(shown) {
            self.unreached(ui, known, settled);
        }
        if missing.len() > LISTED {
            let label = if self.memory.lists_all {
                "Show the first of them alone".to_owned()
            } else {
                format!("Show all {}", missing.len())
            };
            if link(ui, self.theme, &label).clicked() {
                self.memory.lists_all = !self.memory.lists_all;
            }
        }
    }

    fn unreached(&mut self, ui: &mut Ui, known: &Surveyed, settled: &Settled) {
        let name = format!("{}: {}", data::kind(settled.element), settled.name);
        close(ui, |ui| {
            match span_of(&known.scenario, &self.view.places, settled.element) {
                Some(span) => {
                    if link(ui, self.theme, &name).clicked() {
                        self.answer.go_to = Some(span);
                    }
                }
                None => {
                    bullet(ui, self.theme, &name);
                }
            }
            let words = words::standing(&settled.verdict);
            paragraph(ui, self.theme, TextRole::Small, self.theme.colors.soft_ink, &words);
        });
    }

    /// The shortest way to what the caret is in, reply by reply.
    fn way_to_caret(&mut self, ui: &mut Ui, known: &Surveyed, caret: usize) {
        let Some((element, name)) = data::at_caret(&known.scenario, &self.view.places, caret) else { return };
        let Some(verdict) = known.reach.as_ref().and_then(|reach| reach.verdict(element)) else { return };
        self.section(ui, &format!("The shortest way to {name}"));
        self.say(ui, &words::standing(verdict));
        let Verdict::Reached { witness, .. } = verdict else { return };
        for (number, (encounter, reply)) in replies_of(witness).into_iter().enumerate() {
            let inside = known.scenario.encounter(encounter);
            let spoken = inside.reply(reply);
            let words = format!("{}. At {}: {}", number + 1, inside.node(spoken.node).name, spoken.gist);
            let element = data::reply(encounter, reply);
            match span_of(&known.scenario, &self.view.places, element) {
                Some(span) => {
                    if link(ui, self.theme, &words).clicked() {
                        self.answer.go_to = Some(span);
                    }
                }
                None => {
                    self.say(ui, &words);
                }
            }
        }
    }

    /// What can be earned at best and at worst, and by chance.
    fn earned(&mut self, ui: &mut Ui, known: &Surveyed) {
        self.section(ui, "What can be earned?");
        let goals = data::goals(known.ranges.as_deref(), known.plays.as_deref());
        if goals.is_empty() {
            self.hint(ui, "This is being worked out.");
            return;
        }
        let columns = [
            Column { name: "What", share: 3.2, number: false },
            Column { name: "Found", share: 1.8, number: false },
            Column { name: "Wanted", share: 2.0, number: false },
            Column { name: "Is it met?", share: 1.6, number: false },
        ];
        let rows: Vec<Row<'_>> = goals.iter().map(row_of_goal).collect();
        table(ui, self.theme, "What can be earned", &columns, &rows);
        if known.ranges.is_none() {
            self.hint(ui, "Best and worst are being worked out.");
        }
    }

    /// What gives the best reply away.
    fn guessed(&mut self, ui: &mut Ui, known: &Surveyed, plays: &Plays) {
        self.section(ui, "Can the best reply be guessed by its looks?");
        let missed: Vec<&CueFigures> = plays.cues.iter().filter(|cue| !cue.is_met).collect();
        if let (true, Some(most)) = (missed.is_empty(), plays.cues.first()) {
            let words = format!(
                "No. Most is earned by always taking {}: {} points against random play, and up to +{LIFT_IN_SCENARIO} is \
                 fine.",
                most.cue.words(),
                words::signed(most.lift),
            );
            self.say(ui, &words);
        }
        for cue in missed {
            let words = format!(
                "Yes: always taking {} earns {} points against random play, and up to +{LIFT_IN_SCENARIO} is fine. Most \
                 of it comes from:",
                cue.cue.words(),
                words::signed(cue.lift),
            );
            self.say(ui, &words);
            for at in &cue.most_at {
                let inside = known.scenario.encounter(at.encounter);
                let gist = &inside.reply(at.takes).gist;
                let words = format!("{}, {} a call, by “{gist}”", inside.node(at.node).name, words::signed(at.points));
                let span = span_of(&known.scenario, &self.view.places, data::reply(at.encounter, at.takes));
                if link(ui, self.theme, &words).clicked() {
                    self.answer.go_to = span;
                }
            }
        }
        let label = if self.memory.lists_cues { "Hide the table" } else { "Show all of them as a table" };
        if link(ui, self.theme, label).clicked() {
            self.memory.lists_cues = !self.memory.lists_cues;
        }
        if self.memory.lists_cues {
            let columns = [
                Column { name: "Always taking", share: 4.0, number: false },
                Column { name: "Against random play", share: 2.0, number: true },
            ];
            let lifts: Vec<_> = plays.cues.iter().map(|cue| (cue.cue.words(), words::signed(cue.lift))).collect();
            let rows = lifts.iter().map(|(cue, lift)| Row { cells: vec![cue, lift], strong: false });
            table(ui, self.theme, "What each cue earns", &columns, &rows.collect::<Vec<_>>());
        }
    }

    /// How calls end, and how they score.
    fn ends(&mut self, ui: &mut Ui, plays: &Plays) {
        self.section(ui, "How do calls end?");
        let options = Who::ALL.map(|who| (who, words::who(who)));
        let current = self.memory.who.unwrap_or(Who::Random);
        self.memory.who = choose(ui, self.theme, "Whose calls", &options, current).or(self.memory.who);
        let figures = plays.player(current);
        self.hint(ui, data::about(current));
        for (label, percent, tone) in data::outcomes(figures) {
            Bar::new(label, percent).tone(tone).label_width(150.0).show(ui, self.theme);
        }
        self.hint(ui, "In each hundred calls so many end like this.");
        chart::show(ui, self.theme, figures, &mut self.memory.cursor);
    }
}

fn row_of_goal(goal: &Goal) -> Row<'_> {
    Row { cells: vec![&goal.what, &goal.found, &goal.wanted, goal.standing], strong: goal.is_missed }
}

/// How far it is, in a sentence.
fn state(state: State, known: Option<&Surveyed>) -> String {
    let made = known.and_then(|known| known.plays.as_ref()).map_or(0, |plays| plays.made);
    let counted = |made: u64| format!("{} calls have been played", words::grouped(made));
    match state {
        State::Idle if made == 0 => "Figures come as soon as the text can be played.".to_owned(),
        State::Idle => format!("{}.", counted(made)),
        State::Paused => format!("Stopped. {}.", counted(made)),
        State::Done => format!("Done. {}, by players of all kinds.", counted(made)),
        State::Running(Stage::Waiting) => "It begins in a moment.".to_owned(),
        State::Running(Stage::Solving(at)) => solving(at),
        State::Running(Stage::Playing { made, of }) => {
            format!("Playing: {} of {} calls.", words::grouped(made), words::grouped(of))
        }
    }
}

/// How far a proof that was asked for is.
fn proof(step: Step) -> String {
    match step {
        Step::Solving { stage, .. } => solving(stage),
        Step::Playing { done, of } => {
            format!("Playing it out: {} of {} calls.", words::grouped(done), words::grouped(of))
        }
    }
}

fn solving(stage: Solving) -> String {
    match stage {
        Solving::Reaching { reached, of } => format!("Looking for a way to everything: {reached} of {of} found."),
        Solving::Proving { left } => format!("Proving what nobody can reach: {} to go.", words::grouped(left as u64)),
        Solving::Scoring { spent, budget } => {
            format!("Looking for the best and the worst call: {} % of the search.", spent * 100 / budget.max(1))
        }
    }
}
