//! Walking through the graph by keys: along the replies of a place, to where they lead, and back.

use egui::{EventFilter, Key, Modifiers, Response, Ui};

use super::scene::Scene;
use crate::authoring::graph::Sheet;

/// Where one stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Walk {
    /// A place of the sheet.
    pub(super) place: usize,
    /// Which of the ways that leave it is looked at, by its place in [`Scene::leaving`].
    pub(super) way: Option<usize>,
    /// The places one came by.
    came: Vec<usize>,
}

/// What a key asks of the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    NextWay,
    WayBefore,
    Along,
    Back,
    /// In the order of the file.
    NextPlace,
    PlaceBefore,
    First,
    Last,
}

impl Step {
    const KEYS: [(Key, Self); 8] = [
        (Key::ArrowDown, Self::NextWay),
        (Key::ArrowUp, Self::WayBefore),
        (Key::ArrowRight, Self::Along),
        (Key::ArrowLeft, Self::Back),
        (Key::PageDown, Self::NextPlace),
        (Key::PageUp, Self::PlaceBefore),
        (Key::Home, Self::First),
        (Key::End, Self::Last),
    ];

    /// The steps that were asked for in this frame; nobody after this sees their keys.
    pub(super) fn asked(ui: &Ui, response: &Response) -> Vec<Self> {
        if !response.has_focus() {
            return Vec::new();
        }
        // Otherwise the arrows would move the focus.
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        ui.input_mut(|input| {
            let asked = Self::KEYS.iter().filter(|(key, _)| input.consume_key(Modifiers::NONE, *key));
            asked.map(|(_, step)| *step).collect()
        })
    }
}

impl Walk {
    /// Stands somewhere else, without having walked there.
    pub(super) fn jump(&mut self, place: usize, way: Option<usize>) {
        if self.place != place {
            self.came.clear();
        }
        (self.place, self.way) = (place, way);
    }

    pub(super) fn step(&mut self, step: Step, sheet: &Sheet, scene: &Scene) {
        let last = scene.boxes.len().saturating_sub(1);
        let leaving = &scene.leaving[self.place];
        match step {
            Step::NextWay => {
                let next = self.way.map_or(0, |way| way + 1);
                self.way = (!leaving.is_empty()).then(|| next.min(leaving.len() - 1));
            }
            Step::WayBefore => self.way = self.way.and_then(|way| way.checked_sub(1)),
            Step::Along => {
                if let Some(&way) = leaving.get(self.way.unwrap_or(0)) {
                    self.came.push(self.place);
                    (self.place, self.way) = (sheet.ways[way].to, None);
                }
            }
            Step::Back => {
                let before =
                    self.came.pop().or_else(|| scene.arriving[self.place].first().map(|way| sheet.ways[*way].from));
                if let Some(before) = before {
                    let led = scene.leaving[before].iter().position(|way| sheet.ways[*way].to == self.place);
                    (self.place, self.way) = (before, led);
                }
            }
            Step::NextPlace => self.jump((self.place + 1).min(last), None),
            Step::PlaceBefore => self.jump(self.place.saturating_sub(1), None),
            Step::First => self.jump(0, None),
            Step::Last => self.jump(last, None),
        }
    }

    /// Where it stands after the graph was drawn anew: at the place of the same name.
    pub(super) fn follow(&mut self, before: &Sheet, now: &Sheet) {
        let name = before.places.get(self.place).map(|place| &place.name);
        let place = now.places.iter().position(|place| Some(&place.name) == name).unwrap_or(0);
        *self = Self { place, way: self.way, came: Vec::new() };
        let ways = now.ways.iter().filter(|way| way.from == place).count();
        self.way = self.way.filter(|way| *way < ways);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studio::graph::Drawn;
    use crate::studio::graph::testing::played;

    #[test]
    fn one_walks_along_the_replies_and_back() {
        let drawn = Drawn::of(0, &played(include_str!("../../../../cli/play/sample.ron")));
        let (sheet, scene) = (&drawn.graph.sheets[0], Scene::of(&drawn.graph.sheets[0], &drawn.boxes[0]));
        let mut walk = Walk::default();
        let mut check = |step: Step, expected: (&str, Option<usize>)| {
            walk.step(step, sheet, &scene);
            assert_eq!((sheet.places[walk.place].name.as_str(), walk.way), expected, "{step:?}");
        };
        check(Step::Back, ("Start", None));
        check(Step::Along, (&sheet.places[1].name, None));
        check(Step::NextWay, (&sheet.places[1].name, Some(0)));
        check(Step::NextWay, (&sheet.places[1].name, Some(1)));
        check(Step::NextWay, (&sheet.places[1].name, Some(1)));
        check(Step::WayBefore, (&sheet.places[1].name, Some(0)));
        check(Step::WayBefore, (&sheet.places[1].name, None));
        let led = &sheet.places[sheet.ways[scene.leaving[1][0]].to].name;
        check(Step::Along, (led, None));
        check(Step::Back, (&sheet.places[1].name, Some(0)));
        check(Step::Last, (&sheet.places.last().unwrap().name, None));
        check(Step::NextPlace, (&sheet.places.last().unwrap().name, None));
        check(Step::First, ("Start", None));
    }
}
