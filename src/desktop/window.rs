//! The window itself: whether there can be one, its title, size and icon, and the camera that egui draws on.

use bevy::asset::RenderAssetUsages;
use bevy::image::{CompressedImageFormats, ImageSampler, ImageType};
use bevy::prelude::*;
use bevy::window::{PrimaryWindow, WindowPlugin, WindowResizeConstraints, WindowResolution, WindowTheme};
use bevy::winit::WINIT_WINDOWS;
use winit::window::Icon;

use super::DesktopError;
use super::theme::{Appearance, Theme};

const ICON: &[u8] = include_bytes!("../../assets/icon.png");

/// The window plugin with Simmer's one window.
pub(super) fn primary(theme: &Theme) -> WindowPlugin {
    WindowPlugin {
        primary_window: Some(Window {
            title: "Simmer".into(),
            name: Some("simmer".into()),
            resolution: WindowResolution::new(1280, 720),
            resize_constraints: WindowResizeConstraints {
                min_width: 800.0,
                min_height: 500.0,
                ..WindowResizeConstraints::default()
            },
            window_theme: Some(window_theme(theme.appearance)),
            ..Window::default()
        }),
        ..WindowPlugin::default()
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, (spawn_camera, set_icon)).add_systems(Update, follow_theme);
}

/// Antialiasing is egui's own: Bevy's costs a software renderer two fifths of its frames.
fn spawn_camera(mut commands: Commands) {
    commands.spawn((Camera2d, Msaa::Off));
}

/// Best effort: a window without an icon is no reason to stop, and Wayland takes its icon from elsewhere.
fn set_icon(window: Single<Entity, With<PrimaryWindow>>) {
    let decoded = Image::from_buffer(
        ICON,
        ImageType::Extension("png"),
        CompressedImageFormats::NONE,
        true,
        ImageSampler::Default,
        RenderAssetUsages::MAIN_WORLD,
    );
    let icon = match decoded.map(|image| (image.width(), image.height(), image.data)) {
        Ok((width, height, Some(pixels))) => Icon::from_rgba(pixels, width, height).ok(),
        _ => None,
    };
    if icon.is_none() {
        warn!("the window's icon could not be read");
    }
    WINIT_WINDOWS.with_borrow(|windows| {
        if let Some(window) = windows.get_window(*window) {
            window.set_window_icon(icon);
        }
    });
}

fn follow_theme(theme: Res<Theme>, mut window: Single<&mut Window, With<PrimaryWindow>>) {
    if theme.is_changed() && !theme.is_added() {
        window.window_theme = Some(window_theme(theme.appearance));
    }
}

fn window_theme(appearance: Appearance) -> WindowTheme {
    match appearance {
        Appearance::Light => WindowTheme::Light,
        Appearance::Dark => WindowTheme::Dark,
    }
}

/// Whether a display answers, asked before winit does, whose way of saying no is a panic.
///
/// # Errors
///
/// [`DesktopError::NoDisplay`] with what was tried. Elsewhere than on Unix with X11 or Wayland there is always one.
pub(super) fn find_display() -> Result<(), DesktopError> {
    #[cfg(all(unix, not(target_os = "macos")))]
    {
        #[expect(clippy::disallowed_methods, reason = "where the display is, is the environment's to say")]
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        display::find(variable).map_err(|reason| DesktopError::NoDisplay { reason })
    }
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    Ok(())
}

/// What a panic of Bevy or winit while the window is built means to a person, if it is one of those known.
pub(super) fn explain(panic: &str) -> Option<DesktopError> {
    if panic.contains("Unable to find a GPU") || panic.contains("RequestDeviceError") {
        return Some(DesktopError::NoGraphics);
    }
    if panic.contains("Failed to build event loop") || panic.contains("could not be loaded") {
        let reason = panic.lines().last().unwrap_or_default().trim().to_owned();
        return Some(DesktopError::NoDisplay { reason });
    }
    None
}

#[cfg(all(unix, not(target_os = "macos")))]
mod display {
    use std::net::TcpStream;
    use std::os::unix::net::UnixStream;
    use std::path::{Path, PathBuf};

    /// Looks where winit will look, in its order: Wayland when it is named, else X11.
    pub(super) fn find(variable: impl Fn(&str) -> Option<String>) -> Result<(), String> {
        if variable("WAYLAND_SOCKET").is_some() {
            return Ok(());
        }
        if let Some(name) = variable("WAYLAND_DISPLAY") {
            let folder = variable("XDG_RUNTIME_DIR").unwrap_or_default();
            let socket = Path::new(&folder).join(&name);
            return UnixStream::connect(&socket)
                .map(drop)
                .map_err(|error| format!("WAYLAND_DISPLAY is {name}, but {} says: {error}", socket.display()));
        }
        let Some(display) = variable("DISPLAY") else {
            return Err("neither WAYLAND_DISPLAY nor DISPLAY is set".into());
        };
        x11(&display)
    }

    fn x11(display: &str) -> Result<(), String> {
        let Some(Server { host, number }) = Server::parse(display) else {
            // An unusual name, which only Xlib understands.
            return Ok(());
        };
        let answer = match host {
            None => {
                let socket = PathBuf::from(format!("/tmp/.X11-unix/X{number}"));
                UnixStream::connect(socket).map(drop).or_else(|error| abstract_socket(number).map_err(|_| error))
            }
            Some(host) => TcpStream::connect((host, 6000_u16.saturating_add(number))).map(drop),
        };
        answer.map_err(|error| format!("DISPLAY is {display}, but nothing answers there: {error}"))
    }

    #[cfg(target_os = "linux")]
    fn abstract_socket(number: u16) -> std::io::Result<()> {
        use std::os::linux::net::SocketAddrExt;
        let address = std::os::unix::net::SocketAddr::from_abstract_name(format!("/tmp/.X11-unix/X{number}"))?;
        UnixStream::connect_addr(&address).map(drop)
    }

    #[cfg(not(target_os = "linux"))]
    fn abstract_socket(_: u16) -> std::io::Result<()> {
        Err(std::io::ErrorKind::Unsupported.into())
    }

    /// A display as X11 names it: `host:number.screen`, without a host for this machine.
    #[derive(Debug, PartialEq, Eq)]
    struct Server<'a> {
        host: Option<&'a str>,
        number: u16,
    }

    impl<'a> Server<'a> {
        fn parse(display: &'a str) -> Option<Self> {
            let (host, rest) = display.rsplit_once(':')?;
            let number = rest.split('.').next()?.parse().ok()?;
            match host {
                "" | "unix" => Some(Self { host: None, number }),
                host if host.contains(['/', ':']) => None,
                host => Some(Self { host: Some(host), number }),
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn check(display: &str, expected: Option<(Option<&str>, u16)>) {
            let expected = expected.map(|(host, number)| Server { host, number });
            assert_eq!(Server::parse(display), expected, "{display}");
        }

        #[test]
        fn displays_are_read_as_x11_names_them() {
            check(":0", Some((None, 0)));
            check(":99.0", Some((None, 99)));
            check("unix:1", Some((None, 1)));
            check("localhost:10.0", Some((Some("localhost"), 10)));
            check("/private/tmp/launchd/org.xquartz:0", None);
            check("nonsense", None);
        }

        #[test]
        fn without_any_variable_there_is_no_display() {
            let error = find(|_| None).unwrap_err();
            assert_eq!(error, "neither WAYLAND_DISPLAY nor DISPLAY is set");
        }

        #[test]
        fn a_display_that_does_not_answer_is_no_display() {
            let error = find(|name| (name == "DISPLAY").then(|| ":64999".into())).unwrap_err();
            assert!(error.starts_with("DISPLAY is :64999, but nothing answers there"), "{error}");
            let named = |name: &str| match name {
                "WAYLAND_DISPLAY" => Some("wayland-none".to_owned()),
                "XDG_RUNTIME_DIR" => Some("/nowhere".to_owned()),
                _ => None,
            };
            let error = find(named).unwrap_err();
            assert!(error.starts_with("WAYLAND_DISPLAY is wayland-none"), "{error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_panics_become_errors_and_others_do_not() {
        let error = explain("panicked at renderer:\nUnable to find a GPU! Make sure you have installed drivers!");
        assert!(matches!(error, Some(DesktopError::NoGraphics)));
        let error = explain("panicked at lib.rs:\nFailed to build event loop: Os(OsError)");
        assert!(matches!(error, Some(DesktopError::NoDisplay { .. })));
        assert!(explain("index out of bounds").is_none());
    }
}
