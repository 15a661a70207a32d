//! The drawn customer: what they show, how they move, and the stage on which they stand.
//!
//! In reading order: [`expression`] and [`motion`] are pure and know nothing of drawing; `person` and its parts draw one
//! pose; [`draw_stage`] is the one way in.

pub mod caption;
pub mod colours;
pub mod expression;
pub mod motion;
pub mod thermometer;

mod body;
mod caller_card;
mod canvas;
mod eyes;
mod face;
mod hair;
mod outline;
mod person;
mod props;
mod room;
mod tones;

pub use caption::caption;
pub use colours::StageColours;
pub use expression::{Attention, Expression, Meters, Moment, Reading, Turn};
pub use motion::{Alive, Pose, Rhythm};

use std::sync::Arc;

use egui::epaint::Mesh;
use egui::{Color32, FontId, Galley, Painter, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2};

use crate::scenario::format::v1::Look;
use crate::scenario::vocabulary::{Channel, Pronoun, Upset};

use canvas::{Canvas, Placement};
use person::{DESK, Person};
use tones::Tones;

/// All that the stage shows, apart from the moving person.
#[derive(Debug, Clone)]
pub struct StageView<'a> {
    pub channel: Channel,
    pub look: &'a Look,
    pub pronoun: Pronoun,
    pub name: &'a str,
    /// Where and when: "Ticket office, Tuesday. Three people queuing."
    pub place: &'a str,
    pub reading: Reading,
    /// From [`caption()`].
    pub caption: &'a str,
    /// Whether the caption is also drawn; a screen reader has it in any case.
    pub show_caption: bool,
    /// The trainee's own heat, 0 to 100.
    pub own_heat: u8,
    /// How long the call has lasted, in words; on the phone only.
    pub call_length: &'a str,
    pub fonts: StageFonts,
}

/// Families and sizes, in points, already scaled for the person's text size.
#[derive(Debug, Clone, PartialEq)]
pub struct StageFonts {
    pub name: FontId,
    /// Place and caption.
    pub small: FontId,
}

impl Default for StageFonts {
    fn default() -> Self {
        Self { name: FontId::proportional(25.0), small: FontId::proportional(15.0) }
    }
}

/// Draws the stage into `rect` and gives it a name for a screen reader: the customer's name, and the caption.
///
/// How soon it must be drawn again, [`Alive::rhythm`] says.
pub fn draw_stage(
    ui: &mut Ui,
    rect: Rect,
    view: &StageView<'_>,
    alive: &Alive,
    colours: &StageColours,
) -> egui::Response {
    let response = named(ui, rect, view);
    if ui.is_rect_visible(rect) {
        paint_stage(&ui.painter().with_clip_rect(rect.intersect(ui.clip_rect())), rect, view, alive, colours);
    }
    response
}

/// As [`draw_stage`], where there is only a low strip for it: head and shoulders, and the words beside them.
pub fn draw_strip(
    ui: &mut Ui,
    rect: Rect,
    view: &StageView<'_>,
    alive: &Alive,
    colours: &StageColours,
) -> egui::Response {
    let response = named(ui, rect, view);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let tones = Tones::of(*view.look);
    let person = Person { look: view.look, pronoun: view.pronoun, tones: &tones };
    painter.rect_filled(rect, 0.0, colours.card);
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, colours.line));
    let inner = Rect::from_min_max(rect.min + vec2(thermometer::COLUMN, 0.0), rect.max).shrink2(vec2(MARGIN, 6.0));
    caller_card::strip(&painter, inner, view, &person, alive, colours);
    thermometer::draw(&painter, column(rect), view.own_heat, colours);
    response
}

/// The name for a screen reader.
fn named(ui: &Ui, rect: Rect, view: &StageView<'_>) -> egui::Response {
    let response = ui.interact(rect, ui.id().with("stage"), Sense::hover());
    let said = format!("{}. {} {} {}.", view.name, view.place, view.caption, thermometer::in_words(view.own_heat));
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, said.clone()));
    response
}

/// Where one's own heat rises.
fn column(stage: Rect) -> Rect {
    Rect::from_min_size(stage.min, vec2(thermometer::COLUMN, stage.height()))
}

/// Only the picture, without a name for a screen reader: for previews that say in their own words what they show.
pub fn paint_stage(painter: &Painter, rect: Rect, view: &StageView<'_>, alive: &Alive, colours: &StageColours) {
    let tones = Tones::of(*view.look);
    let person = Person { look: view.look, pronoun: view.pronoun, tones: &tones };
    room::wall(painter, rect, colours);
    match view.channel {
        Channel::Counter => at_counter(painter, rect, view, &person, alive, colours),
        Channel::Phone => on_phone(painter, rect, view, &person, alive, colours),
    }
    thermometer::draw(painter, column(rect), view.own_heat, colours);
}

/// Head and shoulders in a round frame that fills `square`: for cards and lists, where nobody moves.
///
/// The frame's corners are painted in `colours.card`: set it to the ground that the portrait lies on.
pub fn paint_portrait(
    painter: &Painter,
    square: Rect,
    look: &Look,
    pronoun: Pronoun,
    meters: Meters,
    upset: Upset,
    colours: &StageColours,
) {
    let reading = Reading { meters, upset, turn: Turn::Finished, moment: None };
    let view = StageView {
        channel: Channel::Phone,
        look,
        pronoun,
        name: "",
        place: "",
        reading,
        caption: "",
        show_caption: false,
        own_heat: 0,
        call_length: "",
        fonts: StageFonts::default(),
    };
    let tones = Tones::of(*look);
    let person = Person { look, pronoun, tones: &tones };
    caller_card::portrait(painter, square, &view, &person, &Alive::new(1, &Expression::of(reading)), colours);
}

/// Everyone is drawn to one scale, in drawing units from the top, unless their hair is higher still.
const HIGHEST: f32 = 106.0;
/// Space between the stage's edge and its words, in points.
const MARGIN: f32 = 20.0;

fn at_counter(
    painter: &Painter,
    rect: Rect,
    view: &StageView<'_>,
    person: &Person<'_>,
    alive: &Alive,
    colours: &StageColours,
) {
    let pixel = 1.0 / painter.pixels_per_point();
    let is_wide = rect.width() > rect.height() * 1.2;
    let whole_width = rect.width() - thermometer::COLUMN - 2.0 * MARGIN;
    let header_width = if is_wide { rect.width() * 0.5 - thermometer::COLUMN - MARGIN } else { whole_width };
    let name = fitting(painter, view.name, &view.fonts.name, colours.ink, header_width);
    let place = painter.layout(view.place.to_owned(), view.fonts.small.clone(), colours.soft_ink, header_width);
    let caption = painter.layout(view.caption.to_owned(), view.fonts.small.clone(), colours.on_desk, whole_width);
    // Where words would leave no room for the person, the place goes first: the setting has told it already.
    let with_place = name.size().y + place.size().y + MARGIN;
    let shows_place = with_place < rect.height() * if is_wide { 0.62 } else { 0.34 };
    let words = if shows_place { with_place } else { name.size().y + MARGIN };
    let caption_height = if view.show_caption { caption.size().y } else { 0.0 };

    let frame = frame(rect, if is_wide { 0.0 } else { words }, caption_height, person.crown().min(HIGHEST), is_wide);
    let mut behind = Canvas::new(frame, pixel, (colours.stage_bottom, 0.0));
    room::window(&mut behind, (304.0, 98.0), colours);
    painter.add(Shape::mesh(behind.into_mesh()));

    let air = (colours.stage_bottom, colours.air);
    let figure = |hands: bool| {
        crossed(alive, |pose| {
            let mut canvas = Canvas::new(frame, pixel, air);
            if hands {
                person.draw_hands(&mut canvas, pose);
            } else {
                person.draw(&mut canvas, pose);
            }
            canvas
        })
    };
    painter.add(Shape::mesh(figure(false)));
    let desk = frame.at(pos2(0.0, DESK)).y;
    room::counter(painter, rect, desk, frame.scale(), colours);
    painter.add(Shape::mesh(figure(true)));

    let left = rect.left() + thermometer::COLUMN + MARGIN;
    let below_name = rect.top() + MARGIN * 0.8 + name.size().y;
    painter.galley(pos2(left, rect.top() + MARGIN * 0.8), name, colours.ink);
    if shows_place {
        painter.galley(pos2(left, below_name), place, colours.soft_ink);
    }
    if view.show_caption {
        let front = desk + room::COUNTER_TOP * frame.scale();
        let room = rect.bottom() - front;
        let y = front + ((room - caption.size().y) * 0.5).max(0.0);
        painter.galley(pos2(left, y), caption, colours.on_desk);
    }
}

/// Fits the person into `rect`, below `header` points of words and above as much of the counter's front as the caption
/// needs. In a wide and short stage they stand to the right of the words.
fn frame(rect: Rect, header: f32, caption: f32, crown: f32, is_wide: bool) -> Placement {
    let front = (caption + 20.0).max(rect.height() * 0.075);
    let top = if is_wide { 8.0 } else { header + 6.0 };
    let room = (rect.height() - front - top).max(40.0);
    let needs = DESK + room::COUNTER_TOP - crown;
    let width = if is_wide { rect.width() * 0.58 } else { rect.width() - thermometer::COLUMN };
    let scale = (room / needs).min(width / 410.0);
    let middle = if is_wide { rect.left() + rect.width() * 0.68 } else { rect.center().x + thermometer::COLUMN * 0.5 };
    let edge = rect.bottom() - front;
    Placement::new(pos2(middle - 250.0 * scale, edge - (DESK + room::COUNTER_TOP) * scale), scale)
}

fn on_phone(
    painter: &Painter,
    rect: Rect,
    view: &StageView<'_>,
    person: &Person<'_>,
    alive: &Alive,
    colours: &StageColours,
) {
    let left = rect.left() + thermometer::COLUMN;
    let margin = (rect.width().min(rect.height()) * 0.065).min(44.0);
    let width = rect.right() - left - 2.0 * margin;
    let caption = painter.layout(view.caption.to_owned(), view.fonts.small.clone(), colours.ink, width);
    let below = if view.show_caption { caption.size().y + 14.0 } else { 0.0 };
    let room = Rect::from_min_max(pos2(left, rect.top()), rect.right_bottom()).shrink(margin);
    let height = (room.height() - below).clamp(40.0, 500.0);
    let top = room.top() + ((room.height() - below - height) * 0.42).max(0.0);
    let card = Rect::from_min_size(pos2(room.left(), top), vec2(room.width().min(760.0), height));
    let card = card.translate(vec2((room.width() - card.width()) * 0.5, 0.0));
    caller_card::draw(painter, card, view, person, alive, colours);
    if view.show_caption {
        painter.galley(pos2(card.left(), card.bottom() + 14.0), caption, colours.ink);
    }
}

/// A name on one line, smaller where it would not fit.
fn fitting(painter: &Painter, text: &str, font: &FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let whole = painter.layout_no_wrap(text.to_owned(), font.clone(), colour);
    let share = width / whole.size().x.max(1.0);
    if share >= 1.0 {
        return whole;
    }
    let smaller = FontId::new(font.size * share.max(0.5), font.family.clone());
    painter.layout(text.to_owned(), smaller, colour, width)
}

/// One pose, or two laid over each other while states cross-fade.
fn crossed(alive: &Alive, draw: impl Fn(&Pose) -> Canvas) -> Mesh {
    let now = draw(&alive.pose());
    match alive.fading() {
        Some((before, share)) => draw(&before).into_cross_fade(now, share),
        None => now.into_mesh(),
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    use super::*;
    use crate::scenario::format::v1::{Age, Hair, HairColour, Palette, Prop, Skin};

    const HAIRS: [Hair; 7] = [Hair::Short, Hair::Bob, Hair::Bun, Hair::Long, Hair::Curly, Hair::Set, Hair::Bald];
    const PROPS: [Option<Prop>; 5] = [None, Some(Prop::Envelope), Some(Prop::Bag), Some(Prop::Box), Some(Prop::Paper)];

    fn reading(anger: u8, turn: Turn, moment: Option<Moment>) -> Reading {
        let meters = Meters { anger, trust: 40, patience: 60, heard: 30 };
        Reading { meters, upset: Upset::Anger, turn, moment }
    }

    fn in_fear(reading: Reading) -> Reading {
        Reading { upset: Upset::Fear, ..reading }
    }

    fn looks() -> Vec<Look> {
        let palettes = [Palette::Navy, Palette::Rust, Palette::Moss];
        let mut all = Vec::new();
        for (place, hair) in HAIRS.into_iter().enumerate() {
            for age in [Age::Young, Age::Middle, Age::Old] {
                for holds in PROPS {
                    let palette = palettes[place % palettes.len()];
                    let (skin, hair_colour) = (Skin::Olive, HairColour::Grey);
                    all.push(Look { palette, skin, hair, hair_colour, age, glasses: place % 2 == 0, holds });
                }
            }
        }
        all
    }

    fn view<'a>(look: &'a Look, channel: Channel, reading: Reading, caption: &'a str) -> StageView<'a> {
        StageView {
            channel,
            look,
            pronoun: Pronoun::She,
            name: "Maureen Tallis",
            place: "Ticket office, Tuesday.",
            reading,
            caption,
            show_caption: false,
            own_heat: 80,
            call_length: "Two minutes",
            fonts: StageFonts::default(),
        }
    }

    /// Cross-fading lays shape over shape, so a pose may not add or leave out any.
    #[test]
    fn every_pose_of_a_person_has_the_same_shapes() {
        let placement = Placement::new(pos2(0.0, 0.0), 1.0);
        let readings = [0, 50, 100].map(|anger| reading(anger, Turn::Speaking, None)).into_iter();
        let readings = readings.chain([reading(90, Turn::Pausing, Some(Moment::CutOff))]);
        let readings = readings.flat_map(|reading| [reading, in_fear(reading)]);
        let poses: Vec<_> = readings.map(|reading| Alive::new(1, &Expression::of(reading)).pose()).collect();
        for look in looks() {
            let tones = Tones::of(look);
            for &pronoun in Pronoun::ALL {
                let person = Person { look: &look, pronoun, tones: &tones };
                let counts = poses.iter().map(|pose| {
                    let mut canvas = Canvas::new(placement, 1.0, (Color32::BLACK, 0.0));
                    person.draw(&mut canvas, pose);
                    person.draw_hands(&mut canvas, pose);
                    canvas.shape_count()
                });
                let counts: Vec<_> = counts.collect();
                assert!(counts.windows(2).all(|pair| pair[0] == pair[1]), "{look:?}: {counts:?}");
            }
        }
    }

    #[test]
    fn a_person_is_drawn_without_a_stray_point() {
        let placement = Placement::new(pos2(0.0, 0.0), 1.0);
        for look in looks() {
            let tones = Tones::of(look);
            let person = Person { look: &look, pronoun: Pronoun::He, tones: &tones };
            for anger in [0, 30, 60, 100] {
                let readings = Turn::ALL.map(|turn| reading(anger, turn, None));
                for reading in readings.into_iter().flat_map(|reading| [reading, in_fear(reading)]) {
                    let pose = Alive::new(1, &Expression::of(reading)).pose();
                    let mut canvas = Canvas::new(placement, 1.0, (Color32::BLACK, 0.0));
                    person.draw(&mut canvas, &pose);
                    person.draw_hands(&mut canvas, &pose);
                    let mesh = canvas.into_mesh();
                    let paper = Rect::from_min_max(pos2(20.0, 40.0), pos2(480.0, 680.0));
                    for vertex in mesh.vertices {
                        assert!(vertex.pos.is_finite(), "{look:?}");
                        let hidden_below = vertex.pos.y > 600.0 && vertex.pos.y < 760.0;
                        assert!(paper.contains(vertex.pos) || hidden_below, "{look:?} at {:?}", vertex.pos);
                    }
                }
            }
        }
    }

    #[test]
    fn the_stage_has_a_name_on_every_channel_even_when_the_caption_is_hidden() {
        for &channel in Channel::ALL {
            let look = Look::default();
            let reading = reading(12, Turn::Pausing, None);
            let alive = Alive::new(1, &Expression::of(reading));
            let said = caption(reading, channel, Pronoun::She, None);
            let harness = Harness::builder().with_size(vec2(500.0, 720.0)).with_max_steps(4).build_ui(|ui| {
                let rect = ui.max_rect();
                draw_stage(ui, rect, &view(&look, channel, reading, &said), &alive, &StageColours::LIGHT);
            });
            let _ = harness.get_by_label_contains("Maureen Tallis");
            let _ = harness.get_by_label_contains(&said);
            let _ = harness.get_by_label_contains("Your own heat: 80 of 100");
        }
    }

    #[test]
    fn any_rectangle_will_do() {
        let look = Look { holds: Some(Prop::Box), hair: Hair::Bun, ..Look::default() };
        let reading = reading(70, Turn::Speaking, None);
        let alive = Alive::new(1, &Expression::of(reading));
        for (&channel, reading) in Channel::ALL.iter().zip([reading, in_fear(reading)]) {
            for size in [vec2(500.0, 720.0), vec2(1280.0, 300.0), vec2(250.0, 360.0), vec2(60.0, 40.0), vec2(8.0, 8.0)]
            {
                let _ = Harness::builder().with_size(vec2(1280.0, 720.0)).with_max_steps(4).build_ui(|ui| {
                    let rect = Rect::from_min_size(pos2(0.0, 0.0), size);
                    let shown =
                        StageView { show_caption: true, ..view(&look, channel, reading, "Talking. Fast and sharp.") };
                    draw_stage(ui, rect, &shown, &alive, &StageColours::DARK);
                    draw_strip(ui, rect, &shown, &alive, &StageColours::DARK);
                });
            }
        }
    }
}
