//! A client of `PulseAudio`'s native protocol, as far as playing one stream asks for it; `PipeWire` answers to the same.
//!
//! Blocking, on the sound thread: no thread of its own, no system library, no header. The protocol is that of the
//! `pulseaudio` crate, which is not used because it would turn on features in crates that the window is built from.

mod message;
#[cfg(test)]
mod tests;

use std::io::{ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{AudioSink, SinkError};
use crate::desktop::sound::synth::{RATE, samples};
use message::{Command, Heard, Message, Reader};

/// What came with 0.9.16 in 2009: the first version in which the volume that a person set in their mixer stays theirs.
const VERSION: u32 = 15;
/// How much lies ready at the server. Longer, and a customer who is cut off talks on; shorter, and a busy processor
/// makes them stutter.
const BUFFER_MILLIS: u32 = 100;
/// The server asks for this much at a time.
const REQUEST_MILLIS: u32 = 15;
const BYTES: usize = 2;
/// How long the server may take to answer when it is greeted.
const GREETING: Duration = Duration::from_secs(2);
/// How long to wait for room.
const PATIENCE: Duration = Duration::from_millis(20);
/// The length of a cookie; without one the server goes by who owns the socket.
const COOKIE: usize = 256;

/// A playback stream.
#[derive(Debug)]
pub(super) struct Pulse {
    socket: UnixStream,
    /// What has come in and is not a whole message yet.
    incoming: Vec<u8>,
    channel: u32,
    /// Bytes that the server has asked for.
    wanted: usize,
    sent: u32,
    rests: bool,
}

impl Pulse {
    #[expect(clippy::disallowed_methods, reason = "where the sound server is, is the environment's to say")]
    pub(super) fn open() -> Result<Self, SinkError> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let mut why = "no socket is known".to_owned();
        for place in sockets(variable) {
            match UnixStream::connect(&place) {
                Ok(socket) => {
                    let cookie = cookies(variable).find_map(|path| std::fs::read(path).ok());
                    return Self::greet(socket, &cookie.unwrap_or_else(|| vec![0; COOKIE]));
                }
                Err(error) => why = format!("{} says: {error}", place.display()),
            }
        }
        Err(SinkError::Absent(why))
    }

    fn greet(socket: UnixStream, cookie: &[u8]) -> Result<Self, SinkError> {
        socket.set_read_timeout(Some(GREETING))?;
        socket.set_write_timeout(Some(GREETING))?;
        let mut pulse = Self { socket, incoming: Vec::new(), channel: 0, wanted: 0, sent: 0, rests: false };
        pulse.ask(|seq| Message::new(Command::Auth, seq).number(VERSION).bytes(cookie))?;
        let properties = [("application.name", "Simmer"), ("application.icon_name", "simmer")];
        pulse.ask(|seq| Message::new(Command::SetClientName, seq).properties(&properties))?;
        let reply = pulse.ask(create_stream)?;
        let mut reply = Reader::new(&reply);
        pulse.channel = reply.number()?;
        let _index = reply.number()?;
        pulse.wanted = reply.number()? as usize;
        pulse.socket.set_read_timeout(Some(PATIENCE))?;
        Ok(pulse)
    }

    /// Says something and waits for the answer to it.
    fn ask(&mut self, message: impl FnOnce(u32) -> Message) -> Result<Vec<u8>, SinkError> {
        let number = self.tell(message)?;
        loop {
            while let Some(heard) = Heard::take(&mut self.incoming)? {
                match heard {
                    Heard::Reply { number: to, rest } if to == number => return Ok(rest),
                    other => self.follow(&other)?,
                }
            }
            if !self.listen()? {
                return Err(SinkError::Lost("it does not answer".to_owned()));
            }
        }
    }

    /// Says something. The answer is passed over, unless it is a refusal.
    fn tell(&mut self, message: impl FnOnce(u32) -> Message) -> Result<u32, SinkError> {
        let number = self.sent;
        self.sent += 1;
        self.socket.write_all(&message(number).finished())?;
        Ok(number)
    }

    /// Waits for something to come in; false where nothing did.
    fn listen(&mut self) -> Result<bool, SinkError> {
        let mut chunk = [0; 4096];
        match self.socket.read(&mut chunk) {
            Ok(0) => Err(SinkError::Lost("it has hung up".to_owned())),
            Ok(length) => {
                self.incoming.extend_from_slice(&chunk[..length]);
                Ok(true)
            }
            Err(error)
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted) =>
            {
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn follow(&mut self, heard: &Heard) -> Result<(), SinkError> {
        match heard {
            Heard::Request { channel, bytes } if *channel == self.channel => self.wanted += *bytes as usize,
            Heard::Killed { channel } if *channel == self.channel => {
                return Err(SinkError::Lost("it has closed the stream".to_owned()));
            }
            Heard::Refused { number, code } => {
                return Err(SinkError::Lost(format!("it refused message {number} with error {code}")));
            }
            Heard::Reply { .. } | Heard::Request { .. } | Heard::Killed { .. } | Heard::Other => {}
        }
        Ok(())
    }

    fn set_resting(&mut self, rests: bool) -> Result<(), SinkError> {
        if self.rests != rests {
            self.rests = rests;
            let channel = self.channel;
            self.tell(|seq| Message::new(Command::Cork, seq).number(channel).flag(rests))?;
            if rests {
                // The silence that lies ready would delay what comes next.
                self.tell(|seq| Message::new(Command::Flush, seq).number(channel))?;
            }
        }
        Ok(())
    }
}

impl AudioSink for Pulse {
    fn room(&mut self) -> Result<usize, SinkError> {
        let least = samples(REQUEST_MILLIS) * BYTES;
        if self.wanted < least && self.listen()? {
            while let Some(heard) = Heard::take(&mut self.incoming)? {
                self.follow(&heard)?;
            }
        }
        if self.wanted < least {
            // A stream that rests and is full would never ask again.
            self.set_resting(false)?;
        }
        Ok(self.wanted / BYTES)
    }

    fn play(&mut self, samples: &[f32]) -> Result<(), SinkError> {
        self.set_resting(false)?;
        #[expect(clippy::cast_possible_truncation, reason = "within 16 bits by the clamp")]
        let bytes: Vec<u8> = samples
            .iter()
            .flat_map(|sample| ((sample.clamp(-1.0, 1.0) * f32::from(i16::MAX)) as i16).to_le_bytes())
            .collect();
        self.wanted = self.wanted.saturating_sub(bytes.len());
        self.socket.write_all(&message::sound(self.channel, &bytes))?;
        Ok(())
    }

    fn rest(&mut self) -> Result<(), SinkError> {
        self.set_resting(true)
    }
}

fn create_stream(number: u32) -> Message {
    const ANY: u32 = u32::MAX;
    let bytes = |millis| u32::try_from(samples(millis) * BYTES).unwrap_or(ANY);
    Message::new(Command::CreatePlaybackStream, number)
        .mono_16_bit(RATE)
        .number(ANY)
        .no_text()
        .number(ANY)
        .flag(false)
        .number(bytes(BUFFER_MILLIS))
        // Nothing must lie ready before it plays: where a busy machine lets it run dry, time goes on, and what comes too
        // late is left out. Otherwise the voice would fall behind the words, and be cut off before its end.
        .number(0)
        .number(bytes(REQUEST_MILLIS))
        .number(0)
        .full_volume()
        // Nothing remapped, remixed, fixed or kept from moving; neither a variable rate nor muted.
        .flags([false; 8])
        // The whole way to the ear is to be as short as the buffer, not only the stream's share of it.
        .flag(true)
        .properties(&[("media.name", "Customer")])
        // The volume above is none that we ask for, and we need no early requests.
        .flags([false; 2])
        // Not muted on purpose; it may go to sleep, and outlive a sink that does.
        .flags([false; 3])
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

fn cookies(variable: impl Fn(&str) -> Option<String>) -> impl Iterator<Item = PathBuf> {
    let home = variable("HOME").map(PathBuf::from);
    let config = variable("XDG_CONFIG_HOME").map(PathBuf::from).or_else(|| Some(home.as_ref()?.join(".config")));
    let places = [
        variable("PULSE_COOKIE").map(PathBuf::from),
        config.map(|folder| folder.join("pulse/cookie")),
        home.map(|folder| folder.join(".pulse-cookie")),
    ];
    places.into_iter().flatten()
}
