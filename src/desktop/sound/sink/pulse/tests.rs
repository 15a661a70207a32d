use std::thread;

use super::*;

/// A server that answers what it is told, in order, and gives back what it has heard.
fn server(answers: Vec<Vec<u8>>) -> (UnixStream, thread::JoinHandle<Vec<Vec<u8>>>) {
    let (ours, mut theirs) = UnixStream::pair().unwrap();
    let serve = move || {
        let mut heard = Vec::new();
        for answer in answers {
            heard.push(read_one(&mut theirs));
            theirs.write_all(&answer).unwrap();
        }
        heard
    };
    (ours, thread::spawn(serve))
}

fn read_one(socket: &mut UnixStream) -> Vec<u8> {
    let mut header = [0; 20];
    socket.read_exact(&mut header).unwrap();
    let length = u32::from_be_bytes([header[0], header[1], header[2], header[3]]);
    let mut message = vec![0; length as usize];
    socket.read_exact(&mut message).unwrap();
    message
}

/// A message as a server writes it: the command, the number, more numbers.
fn answer(numbers: &[u32]) -> Vec<u8> {
    let mut bytes = vec![0; 20];
    let length = u32::try_from(numbers.len() * 5).unwrap();
    bytes[..4].copy_from_slice(&length.to_be_bytes());
    bytes[4..8].copy_from_slice(&[0xff; 4]);
    for number in numbers {
        bytes.push(b'L');
        bytes.extend(number.to_be_bytes());
    }
    bytes
}

/// A busy machine may take its time.
fn room_in_the_end(pulse: &mut Pulse) -> Result<usize, SinkError> {
    (0..500).map(|_| pulse.room()).find(|room| *room != Ok(0)).unwrap_or(Ok(0))
}

fn greeting(more: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let wanted = [2, 2, 7, 1, 4320];
    [vec![answer(&[2, 0, 35]), answer(&[2, 1, 4]), answer(&wanted)], more].concat()
}

#[test]
fn a_stream_is_opened_filled_and_rested() {
    let nothing = answer(&[86, u32::MAX, 7]);
    let mut more = vec![answer(&[61, u32::MAX, 7, 720]), nothing];
    more.extend((3..6).map(|number| answer(&[2, number])));
    let (socket, server) = server(greeting(more));
    let mut pulse = Pulse::greet(socket, &[1; COOKIE]).unwrap();
    assert_eq!(pulse.channel, 7);
    assert_eq!(pulse.room(), Ok(2160), "what the reply asks for, 90 ms");
    pulse.play(&vec![0.5; 2160]).unwrap();
    assert_eq!(room_in_the_end(&mut pulse), Ok(360), "what the server has asked for since");
    pulse.play(&[0.0; 360]).unwrap();
    pulse.rest().unwrap();
    pulse.rest().unwrap();
    assert_eq!(pulse.room(), Ok(0), "it has not asked, and is woken");

    let heard = server.join().unwrap();
    assert_eq!(heard[0][..15], [b'L', 0, 0, 0, 8, b'L', 0, 0, 0, 0, b'L', 0, 0, 0, 15], "auth, the first, version 15");
    assert_eq!(heard[0].len(), 15 + 5 + COOKIE);
    let name = b"Ptapplication.name\0L\0\0\0\x07x\0\0\0\x07Simmer\0";
    assert_eq!(&heard[1][10..10 + name.len()], name);
    assert_eq!(heard[2][10..17], [b'a', 3, 1, 0, 0, 0x5d, 0xc0], "16 bits, mono, 24000 a second");
    assert_eq!(heard[3][..4], [0xff, 0x3f, 0xff, 0x3f], "samples, the little end first");
    assert_eq!(heard[4], [0; 720]);
    assert_eq!(heard[5], b"L\0\0\0\x29L\0\0\0\x03L\0\0\0\x071", "corked once");
    assert_eq!(heard[6], b"L\0\0\0\x2aL\0\0\0\x04L\0\0\0\x07", "flushed");
    assert_eq!(heard[7], b"L\0\0\0\x29L\0\0\0\x05L\0\0\0\x070", "uncorked");
}

#[test]
fn what_goes_wrong_is_an_error_and_no_panic() {
    let (socket, _server) = server(vec![answer(&[0, 0, 1])]);
    let refused = SinkError::Lost("it refused message 0 with error 1".to_owned());
    assert_eq!(Pulse::greet(socket, &[]).unwrap_err(), refused);

    let (socket, _server) = server(vec![vec![0xff; 40]]);
    let garbled = SinkError::Lost("what it says cannot be read".to_owned());
    assert_eq!(Pulse::greet(socket, &[]).unwrap_err(), garbled);

    let (socket, server) = server(greeting(vec![answer(&[64, u32::MAX, 7])]));
    let mut pulse = Pulse::greet(socket, &[]).unwrap();
    pulse.play(&vec![0.0; 2160]).unwrap();
    assert_eq!(room_in_the_end(&mut pulse), Err(SinkError::Lost("it has closed the stream".to_owned())));
    server.join().unwrap();
    let gone = (0..3).find_map(|_| pulse.play(&[0.0; 360]).and_then(|()| pulse.room()).err());
    assert!(matches!(gone, Some(SinkError::Lost(_))), "{gone:?}");
}

#[test]
fn a_message_in_pieces_waits_for_its_rest() {
    let whole = answer(&[61, u32::MAX, 7, 720]);
    let mut incoming = whole[..23].to_vec();
    assert_eq!(Heard::take(&mut incoming), Ok(None));
    incoming.extend(&whole[23..]);
    incoming.extend(answer(&[86, u32::MAX, 7]));
    assert_eq!(Heard::take(&mut incoming), Ok(Some(Heard::Request { channel: 7, bytes: 720 })));
    assert_eq!(Heard::take(&mut incoming), Ok(Some(Heard::Other)));
    assert_eq!(Heard::take(&mut incoming), Ok(None));
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
