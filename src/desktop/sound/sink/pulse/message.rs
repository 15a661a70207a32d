//! The messages of the protocol: a header, then values, each with a letter before it that says what it is.

use crate::desktop::sound::sink::SinkError;

/// Length, channel, offset in two halves, flags: 32 bits each, the most significant byte first.
const HEADER: usize = 20;
/// The channel of messages that are no sound.
const CONTROL: u32 = u32::MAX;
/// No message that a server sends to a client which only plays comes near this.
const LONGEST: usize = 1 << 20;

#[derive(Debug, Clone, Copy)]
pub(super) enum Command {
    CreatePlaybackStream = 3,
    Auth = 8,
    SetClientName = 9,
    Cork = 41,
    Flush = 42,
}

/// A message being written.
#[derive(Debug, Clone)]
pub(super) struct Message(Vec<u8>);

impl Message {
    pub(super) fn new(command: Command, number: u32) -> Self {
        Self(vec![0; HEADER]).number(command as u32).number(number)
    }

    pub(super) fn number(self, value: u32) -> Self {
        self.tagged(b'L', &value.to_be_bytes())
    }

    pub(super) fn flag(self, value: bool) -> Self {
        self.tagged(if value { b'1' } else { b'0' }, &[])
    }

    pub(super) fn flags<const COUNT: usize>(self, values: [bool; COUNT]) -> Self {
        values.into_iter().fold(self, Self::flag)
    }

    pub(super) fn no_text(self) -> Self {
        self.tagged(b'N', &[])
    }

    pub(super) fn bytes(self, value: &[u8]) -> Self {
        self.tagged(b'x', &length(value).to_be_bytes()).raw(value)
    }

    pub(super) fn properties(self, properties: &[(&str, &str)]) -> Self {
        let written = properties.iter().fold(self.tagged(b'P', &[]), |message, (name, value)| {
            let value = [value.as_bytes(), &[0]].concat();
            message.tagged(b't', name.as_bytes()).raw(&[0]).number(length(&value)).bytes(&value)
        });
        written.no_text()
    }

    /// The kind of samples, little end first, and the one channel they are on.
    pub(super) fn mono_16_bit(self, rate: u32) -> Self {
        self.tagged(b'a', &[3, 1]).raw(&rate.to_be_bytes()).tagged(b'm', &[1, 0])
    }

    pub(super) fn full_volume(self) -> Self {
        self.tagged(b'v', &[1]).raw(&0x1_0000_u32.to_be_bytes())
    }

    /// As it goes over the socket.
    pub(super) fn finished(mut self) -> Vec<u8> {
        let header = header(CONTROL, self.0.len() - HEADER);
        self.0[..HEADER].copy_from_slice(&header);
        self.0
    }

    fn tagged(mut self, tag: u8, value: &[u8]) -> Self {
        self.0.push(tag);
        self.raw(value)
    }

    fn raw(mut self, value: &[u8]) -> Self {
        self.0.extend_from_slice(value);
        self
    }
}

/// Samples for a stream.
pub(super) fn sound(channel: u32, bytes: &[u8]) -> Vec<u8> {
    [&header(channel, bytes.len()), bytes].concat()
}

fn header(channel: u32, length: usize) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    header[..4].copy_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
    header[4..8].copy_from_slice(&channel.to_be_bytes());
    header
}

fn length(value: &[u8]) -> u32 {
    u32::try_from(value.len()).unwrap_or(u32::MAX)
}

/// What the server has said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    /// The answer to a message, and what is in it.
    Reply {
        number: u32,
        rest: Vec<u8>,
    },
    Refused {
        number: u32,
        code: u32,
    },
    /// The server asks for more.
    Request {
        channel: u32,
        bytes: u32,
    },
    Killed {
        channel: u32,
    },
    /// Nothing that concerns us.
    Other,
}

impl Heard {
    /// Takes the first message, if it is there as a whole.
    pub(super) fn take(incoming: &mut Vec<u8>) -> Result<Option<Self>, SinkError> {
        let Some(header) = incoming.get(..HEADER) else { return Ok(None) };
        let word = |at: usize| header[at..at + 4].iter().fold(0, |word, &byte| word << 8 | u32::from(byte));
        let (length, channel) = (word(0) as usize, word(4));
        if length > LONGEST {
            return Err(garbled());
        }
        if incoming.len() < HEADER + length {
            return Ok(None);
        }
        let message: Vec<u8> = incoming.drain(..HEADER + length).skip(HEADER).collect();
        if channel == CONTROL { Self::read(&message).map(Some) } else { Ok(Some(Self::Other)) }
    }

    fn read(message: &[u8]) -> Result<Self, SinkError> {
        let mut reader = Reader::new(message);
        let (command, number) = (reader.number()?, reader.number()?);
        Ok(match command {
            0 => Self::Refused { number, code: reader.number()? },
            2 => Self::Reply { number, rest: reader.0.to_vec() },
            61 => Self::Request { channel: reader.number()?, bytes: reader.number()? },
            64 => Self::Killed { channel: reader.number()? },
            _ => Self::Other,
        })
    }
}

/// Reads values one after the other.
#[derive(Debug)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn new(values: &'a [u8]) -> Self {
        Self(values)
    }

    pub(super) fn number(&mut self) -> Result<u32, SinkError> {
        let Some((&[b'L', first, second, third, fourth], rest)) = self.0.split_first_chunk() else {
            return Err(garbled());
        };
        self.0 = rest;
        Ok(u32::from_be_bytes([first, second, third, fourth]))
    }
}

fn garbled() -> SinkError {
    SinkError::Lost("what it says cannot be read".to_owned())
}
