//! Before and after the call as lines of text: what to set out for, the note, the diary.

use crate::campaign;
use crate::cli::page::{Line, Tone};
use crate::dialogue::{State, reading_order};
use crate::scenario::id::{ChoiceId, EventId, TileId};
use crate::scenario::model::{Choice, DiaryEvent, Tile};
use crate::scenario::seat::Seat;
use crate::scenario::{Encounter, Scenario};

/// What one could set out to do in the call.
pub(super) fn intentions(scenario: &Scenario) -> Vec<Line> {
    let mut lines = vec![Line::empty(), Line::strong("One thing to try in this call")];
    let intentions = scenario.intentions.iter().enumerate();
    lines.extend(intentions.map(|(index, intention)| Line::numbered(index + 1, intention.clone())));
    lines
}

/// The tiles on offer for the note, in the order of the screen.
pub(super) fn tiles<'a>(encounter: &'a Encounter, state: &State) -> Vec<(TileId, &'a Tile)> {
    campaign::tile_order(encounter, state).into_iter().map(|id| (id, encounter.tile(id))).collect()
}

/// The note to be written.
pub(super) fn note(tiles: &[(TileId, &Tile)], seat: Seat, state: &State) -> Vec<Line> {
    let (heading, who_reads) = match seat {
        Seat::Agent => ("The call is over. Your note", "Whoever takes the next call knows only what stands here."),
        Seat::Customer => ("It is over. Your note, for yourself", "In a week you will know only what stands here."),
    };
    let mut lines = vec![Line::empty(), Line::strong(heading), Line::quiet(who_reads)];
    for (index, (_, tile)) in tiles.iter().enumerate() {
        let mut line = Line::numbered(index + 1, tile.text.clone());
        if tile.fact.is_some_and(|fact| state.jotted.contains(fact.index())) {
            line = line.and(Tone::Calm, " (you jotted this down)");
        }
        lines.push(line);
    }
    lines
}

/// The choices on offer at a diary event, in the order of the screen.
pub(super) fn choices<'a>(encounter: &'a Encounter, event: EventId, state: &State) -> Vec<(ChoiceId, &'a Choice)> {
    let due = &encounter.diary[event.index()];
    campaign::choice_order(encounter, event, state).into_iter().map(|id| (id, due.choice(id))).collect()
}

/// Something that is due after the call.
pub(super) fn diary(event: &DiaryEvent, choices: &[(ChoiceId, &Choice)]) -> Vec<Line> {
    let mut lines =
        vec![Line::empty(), Line::new(Tone::Gold, event.at.clone()), Line::plain(event.text.clone()), Line::empty()];
    for (index, (_, choice)) in choices.iter().enumerate() {
        let mut line = Line::numbered(index + 1, choice.text.clone());
        if let Some(gift) = &choice.gives {
            line = line.and(Tone::Gold, format!(" [gives: {}]", gift.text));
        }
        lines.push(line);
    }
    lines
}

/// What came of a choice.
pub(super) fn came_of(encounter: &Encounter, event: EventId, choice: ChoiceId) -> Vec<Line> {
    let result = &encounter.diary[event.index()].choice(choice).result;
    if result.is_empty() { Vec::new() } else { vec![Line::empty(), Line::plain(result.clone()).indented(4)] }
}

/// The next encounter, with what is known of the last.
pub(super) fn between(next: &Encounter, last: &Encounter, state: &State) -> Vec<Line> {
    let mut lines = vec![Line::empty(), Line::strong(next.title.clone()), Line::plain(next.setting.clone())];
    lines.extend(turn_of_the_tables(next, last).map(|words| Line::new(Tone::Gold, words)));
    lines.extend(super::screen::record(next));
    let noted: Vec<_> = state.noted.iter().map(|tile| last.tile(TileId::at(tile)).text.as_str()).collect();
    lines.extend([Line::empty(), Line::strong("The note from last time")]);
    if noted.is_empty() {
        lines.push(Line::quiet("Nothing stands in it.").indented(2));
    }
    lines.extend(noted.into_iter().map(|tile| Line::plain(format!("- {tile}")).within(2, 4)));
    lines
}

/// Where the trainee changes sides from one encounter to the next, what they are told.
fn turn_of_the_tables(next: &Encounter, last: &Encounter) -> Option<&'static str> {
    let back = || (last.seat != next.seat).then_some("You are on your own side of the desk again.");
    next.seat.announcement().or_else(back)
}

/// The readings of the feeling, each with the author's number for it, in the order of the screen.
pub(super) fn readings(scenario: &Scenario, state: &State) -> Vec<(u8, String)> {
    let reflect = &scenario.encounter(state.encounter).node(state.node()).reflect;
    let readings = reflect.as_ref().map_or(&[][..], |reflect| &reflect.readings);
    let order = reading_order(scenario, state).into_iter();
    order.filter_map(|reading| Some((reading, readings.get(usize::from(reading))?.clone()))).collect()
}
