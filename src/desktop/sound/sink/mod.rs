//! Where samples go: the sound server of this computer, or nowhere.
//!
//! | computer | by |
//! |---|---|
//! | Linux and other Unix | `pulse`: `PulseAudio`, or `PipeWire`, which speaks its protocol |
//! | Windows, macOS | `cpal` |
//! | none of these, or nothing answers | [`Null`] |

#[cfg(any(windows, target_os = "macos"))]
mod cpal;
#[cfg(all(unix, not(target_os = "macos")))]
mod pulse;

/// Takes samples at [`RATE`](super::synth::RATE), mono, between -1 and 1. Belongs to one thread.
pub trait AudioSink {
    /// How many samples it takes now. Waits a little where there is no room.
    fn room(&mut self) -> Result<usize, SinkError>;

    /// Plays them after those before. Wakes a sink that rests.
    fn play(&mut self, samples: &[f32]) -> Result<(), SinkError>;

    /// Nothing follows for a while: the device may sleep.
    fn rest(&mut self) -> Result<(), SinkError>;

    /// Whether there is any use in playing.
    fn is_heard(&self) -> bool {
        true
    }
}

/// Why there is no sound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SinkError {
    #[error("no sound server was found: {0}")]
    Absent(String),
    #[error("the sound server was lost: {0}")]
    Lost(String),
}

impl From<std::io::Error> for SinkError {
    fn from(error: std::io::Error) -> Self {
        Self::Lost(error.to_string())
    }
}

/// Silence.
#[derive(Debug, Clone, Copy, Default)]
pub struct Null;

impl AudioSink for Null {
    fn room(&mut self) -> Result<usize, SinkError> {
        Ok(0)
    }

    fn play(&mut self, _: &[f32]) -> Result<(), SinkError> {
        Ok(())
    }

    fn rest(&mut self) -> Result<(), SinkError> {
        Ok(())
    }

    fn is_heard(&self) -> bool {
        false
    }
}

/// Opens the sound of this computer.
///
/// # Errors
/// Where nothing answers. That is no trouble to anyone: everything that can be heard can also be seen.
pub fn open() -> Result<Box<dyn AudioSink>, SinkError> {
    #[cfg(all(unix, not(target_os = "macos")))]
    return pulse::Pulse::open().map(|pulse| Box::new(pulse) as Box<dyn AudioSink>);
    #[cfg(any(windows, target_os = "macos"))]
    return cpal::Cpal::open().map(|cpal| Box::new(cpal) as Box<dyn AudioSink>);
    #[cfg(not(any(unix, windows)))]
    return Err(SinkError::Absent("this kind of computer is not known".to_owned()));
}
