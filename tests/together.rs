//! The terminal and a team service, both as people run them, over an encrypted connection with a pinned key.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::command_line::{Home, Ran, alternately};

/// A service that runs until it is dropped.
struct Service {
    child: Child,
    /// `127.0.0.1:40123`
    listens: String,
    /// The first player's, where the service is new.
    link: Option<String>,
}

impl Service {
    /// Starts it on the data in the home's folder `service`.
    fn start(home: &Home, listen: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_simmer"));
        command.args(["serve", "--listen", listen, "--metrics", "127.0.0.1:0", "--tls-self-signed"]);
        command.args(["--name", "Quayside support", "--data"]).arg(home.path("service"));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let (mut listens, mut link) = (String::new(), None);
        for line in lines {
            if let Some((_, address)) = line.split_once("runs at https://") {
                address.trim().clone_into(&mut listens);
            } else if line.contains("/join/") {
                link = Some(line.trim().to_owned());
            } else if line.contains("Ctrl-C") {
                break;
            }
        }
        assert!(!listens.is_empty(), "it runs");
        Self { child, listens, link }
    }
}

impl Drop for Service {
    /// As a computer that loses power: what it has acknowledged must be there afterwards.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What was printed, wherever the lines were broken.
fn said(ran: &Ran) -> String {
    format!("{} {}", ran.out, ran.err).split_whitespace().collect::<Vec<_>>().join(" ")
}

const DATA: [&str; 2] = ["--data", "player"];

#[test]
fn a_team_is_joined_played_in_with_and_without_a_network_and_left() {
    let home = Home::new();
    let service = Service::start(&home, "127.0.0.1:0");
    let link = service.link.clone().unwrap();
    let run = |arguments: &[&str]| home.run(&[arguments, &DATA].concat());
    let play = |name: &str| home.typing(&["play", name, "--ranked", "--data", "player"], &alternately(600));

    assert!(
        run(&["team", "join", &link, "--alias", "Heron"]).expect(0).out.contains("You are Heron at Quayside support")
    );
    assert!(said(run(&["team", "join", &link]).expect(2)).contains("in a team already"));
    let again = home.run(&["team", "join", &link, "--alias", "Crane", "--data", "other"]);
    assert!(!again.expect(2).err.is_empty(), "an invite is good once");

    let played = play("can-i-have-it-on");
    assert!(said(played.expect(0)).contains("This is the run that is ranked"), "{}", played.out);
    assert!(said(&played).contains("and it counts. You are 1st of 1 at this scenario."), "{}", played.out);
    assert!(said(run(&["team", "status"]).expect(0)).contains("1 ranked run received."));

    run(&["team", "ahead", "before-saturday"]).expect(0);
    let listens = service.listens.clone();
    drop(service);
    let played = play("before-saturday");
    assert!(said(played.expect(0)).contains("this run is played without it"), "{}", played.out);
    assert!(
        said(&played).contains("It is kept here and sent as soon as the service can be reached."),
        "{}",
        played.out
    );
    assert!(said(play("one-twelve").expect(2)).contains("team ahead"));
    assert!(said(run(&["team", "leave"]).expect(2)).contains("1 ranked run is not sent yet."));
    assert!(said(run(&["team", "send"]).expect(2)).contains("nothing answers at its address"));

    let service = Service::start(&home, &listens);
    assert!(said(run(&["team", "send"]).expect(0)).contains("and it counts."));
    assert!(said(run(&["team", "send"]).expect(0)).contains("There is nothing to send."));
    let board = run(&["team", "board", "--format", "json"]).expect(0).json();
    let rows = board["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2, "each once: {board:#}");
    assert!(rows.iter().all(|row| row["own"] == true && row["alias"] == "Heron"), "{board:#}");
    let ahead = rows.iter().find(|row| row["scenario"] == "before-saturday").unwrap();
    assert_eq!(ahead["ahead"], true);

    run(&["team", "change", "--hidden"]).expect(0);
    assert!(said(run(&["team", "board"]).expect(0)).contains("Nobody is on this board yet."));
    run(&["team", "export", "mine.json"]).expect(0);
    let mine = std::fs::read_to_string(home.path("mine.json")).unwrap();
    assert!(mine.contains("Heron") && mine.contains("before-saturday"));
    run(&["team", "delete"]).expect(2);
    assert!(said(run(&["team", "delete", "--yes"]).expect(0)).contains("knows nothing of you any more"));
    assert!(said(run(&["team", "status"]).expect(0)).contains("You are in no team."));
    drop(service);

    // The key to the service stood in one file alone, and nobody was told of it.
    let log = std::fs::read_to_string(home.path("player/log/simmer.log")).unwrap();
    let code = link.split(['/', '#']).nth(4).unwrap();
    assert!(code.len() == 24 && !log.contains(code) && !log.contains("sim_"), "{log}");
}

#[test]
fn a_service_with_another_key_is_not_spoken_to() {
    let home = Home::new();
    let service = Service::start(&home, "127.0.0.1:0");
    let link = service.link.clone().unwrap();
    let (begins, pin) = link.split_once("#sha256=").unwrap();
    let other = format!("{begins}#sha256={}{}", if pin.starts_with('0') { '1' } else { '0' }, &pin[1..]);
    let joined = home.run(&["team", "join", &other, "--alias", "Heron", "--data", "player"]);
    assert!(said(joined.expect(2)).contains("its key is another"), "{}", joined.err);
    // Nothing was sent, so that the invite is good still.
    home.run(&["team", "join", &link, "--alias", "Heron", "--data", "player"]).expect(0);
}

#[test]
fn whoever_leaves_gives_the_key_back() {
    let home = Home::new();
    let service = Service::start(&home, "127.0.0.1:0");
    let link = service.link.clone().unwrap();
    home.run(&["team", "join", &link, "--alias", "Heron", "--data", "player"]).expect(0);
    let kept = membership_of(&home);
    let left = home.run(&["team", "leave", "--data", "player"]);
    assert!(!said(left.expect(0)).contains("could not be told"), "{}", left.out);
    // Somebody who had made a copy of the key before:
    let (path, key) = kept;
    std::fs::write(path, key).unwrap();
    let used = home.run(&["team", "board", "--data", "player"]);
    assert!(said(used.expect(2)).contains("does not know you"), "{}", used.err);
}

/// The file that the key to the service stands in.
fn membership_of(home: &Home) -> (std::path::PathBuf, Vec<u8>) {
    let mut folders = vec![home.path("player")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = std::fs::read(&path)
                && String::from_utf8_lossy(&bytes).contains("sim_")
            {
                return (path, bytes);
            }
        }
    }
    panic!("nothing below the data folder holds a key");
}
