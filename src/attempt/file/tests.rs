use proptest::prelude::*;

use super::*;
use crate::attempt::fixture::{finished, runs};
use crate::attempt::format::current::Rewound;

/// The same body with a checksum that fits.
fn sealed(body: &str) -> String {
    format!("{body}{LAST_LINE}{}\n", blake3::hash(body.as_bytes()).to_hex())
}

#[test]
fn it_is_readable_ron_in_one_line_an_input() {
    let text = write(finished().attempt());
    assert!(text.starts_with("// Simmer attempt, format 1\n(\n    id: \""), "{text}");
    assert!(text.contains("\n        Speak(\"went-unheard\", Slow),\n"), "{text}");
    assert!(text.contains("\n    team: None,\n"), "{text}");
    assert!(text.contains("\n    intention: \"Let her finish\",\n"), "{text}");
    // All of it is RON to an editor.
    assert!(options().from_str::<Attempt>(&text).is_ok());
}

#[test]
fn a_file_from_before_there_was_a_team_service_is_a_run_of_ones_own() {
    let recorder = finished();
    let text = write(recorder.attempt());
    let body = checked(&text).unwrap();
    let before = body.replace("    start: None,\n", "");
    assert_ne!(before, body);
    assert_eq!(&read(sealed(&before).as_bytes()).unwrap(), recorder.attempt());
}

#[test]
fn any_byte_flipped_or_cut_off_is_refused() {
    let text = write(finished().attempt());
    for end in 0..text.len() {
        assert!(read(&text.as_bytes()[..end]).is_err(), "cut at {end}");
    }
    for at in 0..text.len() {
        for bit in 0..8 {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            assert!(read(&bytes).is_err(), "bit {bit} of byte {at}");
        }
    }
    assert!(read(format!("{text}\n").as_bytes()).is_err());
}

#[test]
fn each_way_to_be_wrong_is_told_apart() {
    let text = write(finished().attempt());
    let body = checked(&text).unwrap();
    let check = |text: &str, expected: &ReadError| assert_eq!(&read(text.as_bytes()).unwrap_err(), expected);
    check("", &ReadError::NotAnAttempt);
    check("Scenario(format: 1)", &ReadError::NotAnAttempt);
    check(&text.replace("Heron", "Crane"), &ReadError::Damaged);
    check(&sealed(&body.replace("format 1\n", "format 2\n")), &ReadError::Newer { format: 2 });
    check(&sealed(&body.replace("format 1\n", "format 0\n")), &ReadError::TooOld { format: 0 });
    check(&sealed(&body.replace("format 1\n", "format one\n")), &ReadError::Damaged);
    let large = vec![b' '; MAXIMUM_SIZE + 1];
    assert_eq!(read(&large).unwrap_err(), ReadError::TooLarge { bytes: MAXIMUM_SIZE + 1 });
    let Err(ReadError::Unexpected { line, message, .. }) =
        read(sealed(&body.replace("    player:", "    plaier:")).as_bytes())
    else {
        panic!("an unknown field is refused")
    };
    assert_eq!(line, body.lines().position(|line| line.starts_with("    player:")).unwrap() + 1);
    assert!(message.contains("plaier"), "{message}");
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        recorder in runs(),
        player in any::<String>(),
        team in any::<Option<String>>(),
        start in any::<Option<u128>>(),
        rewound in any::<Option<(u128, u16, u8)>>(),
    ) {
        let mut attempt = recorder.attempt().clone();
        attempt.player = player;
        attempt.team = team;
        attempt.start = start.map(uuid::Uuid::from_u128);
        attempt.rewound =
            rewound.map(|(id, encounter, turn)| Rewound { attempt: uuid::Uuid::from_u128(id), encounter, turn });
        prop_assert_eq!(read(write(&attempt).as_bytes()).unwrap(), attempt);
    }

    #[test]
    fn any_body_is_read_or_refused(body in any::<String>()) {
        let _ = read(sealed(&format!("{FIRST_LINE}1\n{body}")).as_bytes());
        let _ = read(body.as_bytes());
    }
}
