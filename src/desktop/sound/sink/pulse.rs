//! `PulseAudio`, and `PipeWire`, which speaks its protocol: the server comes for samples when it needs some, and takes
//! them from a short queue that the sound thread fills.

use std::collections::VecDeque;
use std::ffi::CStr;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bevy::tasks::block_on;
use bevy::tasks::futures::now_or_never;
use pulseaudio::protocol::stream::{BufferAttr, StreamFlags};
use pulseaudio::protocol::{ChannelMap, PlaybackStreamParams, Prop, Props, SampleFormat, SampleSpec};
use pulseaudio::{Client, ClientError, PlaybackSource, PlaybackStream};

use super::{AudioSink, SinkError};
use crate::desktop::sound::synth::{RATE, samples};

const NAME: &CStr = c"Simmer";
/// How much lies ready at the server. Longer, and a customer who is cut off talks on; shorter, and a busy processor
/// makes them stutter.
const BUFFER_MILLIS: u32 = 80;
/// The server asks for this much at a time, and as much lies ready for it.
const REQUEST_MILLIS: u32 = 20;
const BYTES: usize = 2;
/// How long the server may take to answer when it is greeted.
const GREETING: Duration = Duration::from_secs(2);
/// How long to wait for room.
const PATIENCE: Duration = Duration::from_millis(20);

/// A playback stream.
pub(super) struct Pulse {
    stream: PlaybackStream,
    shared: Arc<Shared>,
    rests: bool,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    taken: Condvar,
}

#[derive(Default)]
struct Queue {
    samples: VecDeque<f32>,
    /// Of the server's side, when it came and found nothing.
    waits: Option<Waker>,
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The server's end of the queue.
struct Source(Arc<Shared>);

impl PlaybackSource for Source {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, wanted: &mut [u8]) -> Poll<usize> {
        let mut queue = self.0.queue();
        if queue.samples.is_empty() {
            queue.waits = Some(context.waker().clone());
            return Poll::Pending;
        }
        let many = queue.samples.len().min(wanted.len() / BYTES);
        for (bytes, sample) in wanted.chunks_exact_mut(BYTES).zip(queue.samples.drain(..many)) {
            #[expect(clippy::cast_possible_truncation, reason = "within 16 bits by the clamp")]
            let level = (sample.clamp(-1.0, 1.0) * f32::from(i16::MAX)) as i16;
            bytes.copy_from_slice(&level.to_le_bytes());
        }
        drop(queue);
        self.0.taken.notify_one();
        Poll::Ready(many * BYTES)
    }
}

impl Pulse {
    #[expect(clippy::disallowed_methods, reason = "where the sound server is, is the environment's to say")]
    pub(super) fn open() -> Result<Self, SinkError> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let mut why = "no socket is known".to_owned();
        for place in sockets(variable) {
            match UnixStream::connect(&place) {
                Ok(socket) => {
                    let cookie = pulseaudio::cookie_path_from_env().and_then(|path| std::fs::read(path).ok());
                    return Self::greet(socket, cookie);
                }
                Err(error) => why = format!("{} says: {error}", place.display()),
            }
        }
        Err(SinkError::Absent(why))
    }

    fn greet(socket: UnixStream, cookie: Option<Vec<u8>>) -> Result<Self, SinkError> {
        socket.set_read_timeout(Some(GREETING))?;
        let shared = Arc::new(Shared::default());
        let client = Client::new_unix(NAME, socket, cookie)?;
        let stream = block_on(client.create_playback_stream(wishes(), Source(Arc::clone(&shared))))?;
        Ok(Self { stream, shared, rests: false })
    }

    fn set_resting(&mut self, rests: bool) -> Result<(), SinkError> {
        if self.rests == rests {
            return Ok(());
        }
        self.rests = rests;
        if rests {
            block_on(self.stream.cork())?;
            // The silence that lies ready would delay what comes next.
            self.shared.queue().samples.clear();
            block_on(self.stream.flush())?;
        } else {
            block_on(self.stream.uncork())?;
        }
        Ok(())
    }
}

impl AudioSink for Pulse {
    fn room(&mut self) -> Result<usize, SinkError> {
        let most = samples(REQUEST_MILLIS);
        let full = |queue: &mut Queue| queue.samples.len() >= most;
        let waited = self.shared.taken.wait_timeout_while(self.shared.queue(), PATIENCE, full);
        let room = most.saturating_sub(waited.unwrap_or_else(PoisonError::into_inner).0.samples.len());
        // The stream ends only when the server does.
        match now_or_never(self.stream.source_eof()) {
            Some(Err(error)) => Err(error.into()),
            _ => Ok(room),
        }
    }

    fn play(&mut self, samples: &[f32]) -> Result<(), SinkError> {
        let mut queue = self.shared.queue();
        queue.samples.extend(samples);
        let waits = queue.waits.take();
        drop(queue);
        if let Some(waits) = waits {
            waits.wake();
        }
        self.set_resting(false)
    }

    fn rest(&mut self) -> Result<(), SinkError> {
        self.set_resting(true)
    }
}

impl From<ClientError> for SinkError {
    fn from(error: ClientError) -> Self {
        Self::Lost(error.to_string())
    }
}

fn wishes() -> PlaybackStreamParams {
    let bytes = |millis| u32::try_from(samples(millis) * BYTES).unwrap_or(u32::MAX);
    let mut props = Props::new();
    props.set(Prop::MediaName, c"Customer");
    props.set(Prop::ApplicationIconName, c"simmer");
    PlaybackStreamParams {
        sample_spec: SampleSpec { format: SampleFormat::S16Le, channels: 1, sample_rate: RATE },
        channel_map: ChannelMap::mono(),
        buffer_attr: BufferAttr {
            target_length: bytes(BUFFER_MILLIS),
            // Nothing must lie ready before it plays: where a busy machine lets it run dry, time goes on, and what comes
            // too late is left out. Otherwise the voice would fall behind the words, and be cut off before its end.
            pre_buffering: 0,
            minimum_request_length: bytes(REQUEST_MILLIS),
            ..BufferAttr::default()
        },
        props,
        // The whole way to the ear is to be as short as the buffer, not only the stream's share of it.
        flags: StreamFlags { adjust_latency: true, ..StreamFlags::default() },
        ..PlaybackStreamParams::default()
    }
}

/// Where the server may be listening, in the order in which its own clients look.
fn sockets(variable: impl Fn(&str) -> Option<String>) -> impl Iterator<Item = PathBuf> {
    let named = variable("PULSE_SERVER");
    // A server on another computer is not asked: Simmer opens no network connection.
    let local = |server: &str| {
        let address = server.rsplit_once('}').map_or(server, |(_, address)| address);
        let path = address.strip_prefix("unix:").unwrap_or(address);
        path.starts_with('/').then(|| PathBuf::from(path))
    };
    let usual = [
        variable("PULSE_RUNTIME_PATH").map(|folder| Path::new(&folder).join("native")),
        variable("XDG_RUNTIME_DIR").map(|folder| Path::new(&folder).join("pulse/native")),
        Some(PathBuf::from("/run/pulse/native")),
    ];
    let places: Vec<_> = match named {
        Some(servers) => servers.split_whitespace().filter_map(local).collect(),
        None => usual.into_iter().flatten().collect(),
    };
    places.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(source: &mut Source, bytes: usize) -> Option<Vec<u8>> {
        let mut wanted = vec![0; bytes];
        match Pin::new(source).poll_read(&mut Context::from_waker(Waker::noop()), &mut wanted) {
            Poll::Ready(many) => Some(wanted[..many].to_vec()),
            Poll::Pending => None,
        }
    }

    #[test]
    fn the_server_takes_what_lies_ready_in_order_and_waits_for_more() {
        let shared = Arc::new(Shared::default());
        let mut source = Source(Arc::clone(&shared));
        assert_eq!(taken(&mut source, 8), None, "no end: that would close the stream");
        assert!(shared.queue().waits.is_some());
        shared.queue().samples.extend([0.0, 0.5, -1.0, 2.0]);
        assert_eq!(taken(&mut source, 4).unwrap(), [0, 0, 0xff, 0x3f], "16 bits, the little end first");
        assert_eq!(taken(&mut source, 400).unwrap(), [0x01, 0x80, 0xff, 0x7f], "never louder than full");
        assert_eq!(taken(&mut source, 4), None);
    }

    #[test]
    fn nobody_is_greeted_where_nobody_answers() {
        let (socket, other) = UnixStream::pair().unwrap();
        drop(other);
        assert!(matches!(Pulse::greet(socket, None), Err(SinkError::Lost(_))));
    }

    #[test]
    fn the_server_is_looked_for_where_its_clients_do_and_never_on_another_computer() {
        fn check(variables: &[(&str, &str)], expected: &[&str]) {
            let variable =
                |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
            let found: Vec<_> = sockets(variable).map(|path| path.display().to_string()).collect();
            assert_eq!(found, expected, "{variables:?}");
        }
        check(&[], &["/run/pulse/native"]);
        check(&[("XDG_RUNTIME_DIR", "/run/user/7")], &["/run/user/7/pulse/native", "/run/pulse/native"]);
        check(&[("PULSE_RUNTIME_PATH", "/tmp/p")], &["/tmp/p/native", "/run/pulse/native"]);
        check(&[("PULSE_SERVER", "unix:/tmp/s"), ("XDG_RUNTIME_DIR", "/run/user/7")], &["/tmp/s"]);
        check(&[("PULSE_SERVER", "{c0ffee}unix:/tmp/s tcp:far:4713")], &["/tmp/s"]);
        check(&[("PULSE_SERVER", "far.example")], &[]);
    }
}
