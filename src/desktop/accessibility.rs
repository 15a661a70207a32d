//! What a screen reader asks for reaches egui.
//!
//! `bevy_egui` sends the tree of what can be heard, but leaves the way back open: it reads no
//! [`bevy::a11y::ActionRequest`]. And the request of a screen reader wakes no event loop, so on a still screen it would
//! lie there until the next frame.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use bevy::a11y::{AccessibilityRequested, AccessibilitySystems, ActionRequest};
use bevy::prelude::*;
use bevy::winit::accessibility::{WinitActionRequestHandler, WinitActionRequestHandlers};
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use bevy_egui::{EguiInput, PrimaryEguiContext};

use super::Step;
use super::redraw::Redraw;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PreUpdate, forward.in_set(Step::Input))
        .add_systems(PostStartup, watch)
        .add_systems(PostUpdate, answer_soon.after(AccessibilitySystems::Update));
}

/// Requests of the frame before become input of this one.
fn forward(mut requests: MessageReader<ActionRequest>, mut input: Single<&mut EguiInput, With<PrimaryEguiContext>>) {
    for request in requests.read() {
        input.events.push(egui::Event::AccessKitActionRequest(request.0.clone()));
    }
}

fn answer_soon(mut requests: MessageReader<ActionRequest>, mut redraw: ResMut<Redraw>) {
    if requests.read().count() > 0 {
        redraw.soon();
    }
}

/// Wakes the event loop when a screen reader arrives or asks for something, from a thread that ends with the window.
fn watch(
    handlers: Res<WinitActionRequestHandlers>,
    requested: Res<AccessibilityRequested>,
    proxy: Res<EventLoopProxyWrapper>,
) {
    let queues: Vec<Weak<Mutex<WinitActionRequestHandler>>> = handlers.values().map(Arc::downgrade).collect();
    let requested = requested.clone();
    let proxy = (**proxy).clone();
    let spawned = std::thread::Builder::new().name("screen reader".into()).spawn(move || {
        let mut heard = false;
        loop {
            std::thread::sleep(if heard { Duration::from_millis(30) } else { Duration::from_millis(250) });
            let arrived = requested.get() && !heard;
            heard |= arrived;
            let queues: Vec<_> = queues.iter().filter_map(Weak::upgrade).collect();
            if queues.is_empty() {
                return;
            }
            let asked = queues.iter().any(|queue| !queue.lock().unwrap_or_else(PoisonError::into_inner).is_empty());
            if (arrived || asked) && proxy.send_event(WinitUserEvent::WakeUp).is_err() {
                return;
            }
        }
    });
    if let Err(error) = spawned {
        warn!("a screen reader may have to wait: {error}");
    }
}

#[cfg(test)]
mod tests {
    use bevy::ecs::system::RunSystemOnce;
    use egui::accesskit;

    use super::*;

    #[test]
    fn what_a_screen_reader_asks_for_becomes_input() {
        let request = accesskit::ActionRequest {
            action: accesskit::Action::Click,
            target_tree: accesskit::TreeId::ROOT,
            target_node: accesskit::NodeId(7),
            data: None,
        };
        let mut app = App::new();
        app.add_message::<ActionRequest>();
        let context = app.world_mut().spawn(PrimaryEguiContext).id();
        app.world_mut().write_message(ActionRequest(request.clone()));
        app.world_mut().run_system_once(forward).unwrap();
        let input = app.world().get::<EguiInput>(context).unwrap();
        assert_eq!(input.events, [egui::Event::AccessKitActionRequest(request)]);
    }
}
