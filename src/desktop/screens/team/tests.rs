use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::desktop::screens::board::Line;
use crate::desktop::screens::testing::{assert_fits, reached_by_tab, theme, window};
use crate::online::outbox::{self, State};
use crate::online::{Address, CallError, Membership, Unheard};
use crate::scenario::vocabulary::Skill;
use crate::team::protocol::{
    BoardName, BoardPage, BoardRow, Me, Problem, ProblemKind, PublishedScenario, Season, Standing, TeamName,
};
use crate::team::{Invite, Kind, Token};

const OWN: Uuid = Uuid::from_u128(17);

fn season() -> Season {
    Season { id: Uuid::nil(), name: "Autumn".to_owned(), starts: Timestamp::UNIX_EPOCH, ends: None, attempts: 3 }
}

fn quayside() -> TeamName {
    TeamName { id: Uuid::from_u128(2), name: "Quayside".to_owned() }
}

fn membership() -> Membership {
    let invite = Invite { address: "https://board.example".to_owned(), code: String::new(), pin: None };
    Membership {
        address: Address::of(&invite, false).unwrap(),
        player: OWN,
        alias: "Heron".to_owned(),
        team: Some(quayside()),
        service: "Quayside support".to_owned(),
        token: Token::of(Kind::Device, [1; 5], [2; 32]),
    }
}

fn me() -> Me {
    Me {
        player: OWN,
        alias: "Heron".to_owned(),
        team: Some(quayside()),
        listed: true,
        service: "Quayside support".to_owned(),
        devices: Vec::new(),
        season: Some(season()),
    }
}

fn row(rank: u64, alias: &str, player: u128) -> BoardRow {
    BoardRow {
        rank,
        player: Uuid::from_u128(player),
        alias: alias.to_owned(),
        team: Some("Quayside".to_owned()),
        points: 900 - u32::try_from(player).unwrap(),
        scenario: "before-saturday".to_owned(),
        title: "Before Saturday".to_owned(),
        standing: if rank == 0 { Standing::Provisional } else { Standing::Ranked },
        ahead: player == 17,
        own: player == 17,
    }
}

fn page() -> Board {
    Board::People(BoardPage {
        board: BoardName::default(),
        season: season(),
        rows: vec![row(1, "Crane", 1), row(2, "Egret", 2)],
        players: 18,
        near: vec![row(16, "Snipe", 16), row(17, "Heron", 17), row(0, "Teal", 18)],
        next: Some("more".to_owned()),
        revision: 1,
    })
}

fn published(scenario: &str, begun: u32) -> PublishedScenario {
    PublishedScenario {
        scenario: scenario.to_owned(),
        title: scenario.replace('-', " "),
        difficulty: 2,
        full_hash: "ab".repeat(32),
        begun,
        allowed: 3,
        due: None,
        points: (begun > 0).then_some(756),
    }
}

/// All that a page is built from, so that a test can change a part of it.
struct Known {
    membership: Membership,
    me: Me,
    scenarios: Vec<PublishedScenario>,
    seasons: Vec<Season>,
    teams: Vec<TeamName>,
    ways: Vec<outbox::Line>,
    asked: Asked,
    board: Option<Board>,
    trouble: Option<CallError>,
}

impl Known {
    fn new() -> Self {
        Self {
            membership: membership(),
            me: me(),
            scenarios: vec![published("before-saturday", 1), published("one-twelve", 0), published("done", 3)],
            seasons: vec![season()],
            teams: vec![quayside(), TeamName { id: Uuid::from_u128(3), name: "Northgate".to_owned() }],
            ways: Vec::new(),
            asked: Asked::default(),
            board: Some(page()),
            trouble: None,
        }
    }

    fn team(&self) -> Team {
        Team::of(&Given {
            membership: &self.membership,
            me: Some(&self.me),
            scenarios: &self.scenarios,
            seasons: &self.seasons,
            teams: &self.teams,
            ways: &self.ways,
            ahead: &[],
            asked: &self.asked,
            board: self.board.as_ref(),
            trouble: self.trouble.as_ref(),
            said: None,
            link: None,
        })
    }

    fn view(&self) -> View {
        View::Team(Box::new(self.team()))
    }
}

#[test]
fn the_top_and_ones_own_row_with_its_neighbours_stand_in_words() {
    let team = Known::new().team();
    let line = |line: &Line| match line {
        Line::Row { cells, own } => format!("{}{}", cells.join(" | "), if *own { " *" } else { "" }),
        Line::Gap(words) => format!("... {words}"),
    };
    let words: Vec<_> = team.lines.iter().map(line).chain(team.notes.clone()).collect();
    insta::assert_snapshot!(words.join("\n"), @r"
    1 | Crane | Quayside | Before Saturday | 899 | 
    2 | Egret | Quayside | Before Saturday | 898 | 
    ... more rows between
    16 | Snipe | Quayside | Before Saturday | 884 | 
    17 | Heron (you) | Quayside | Before Saturday | 883 | played without the service *
    – | Teal | Quayside | Before Saturday | 882 | promises are still open
    18 people are on this board.
    Runs played without the service are less protected than the others.
    ");
    assert_eq!(team.who, "You are Heron at Quayside support, team Quayside. The season is Autumn.");
}

#[test]
fn a_board_that_was_shown_more_of_can_be_shown_still_more_of_or_less() {
    let asked = Asked { skill: Some(Skill::Empathy), more: 2, ..Asked::default() };
    let lengths = |board| Known { asked: asked.clone(), board: Some(board), ..Known::new() }.team().lengths;
    let (further, less) = (Asked { more: 3, ..asked.clone() }, Asked { more: 0, ..asked.clone() });
    assert_eq!(lengths(page()), [("Show more", further), ("Show the top and my own rows", less.clone())]);
    let Board::People(last) = page() else { panic!("people") };
    let last = Board::People(BoardPage { next: None, ..last });
    assert_eq!(lengths(last), [("Show the top and my own rows", less)]);
}

#[test]
fn what_counts_says_what_is_left_and_what_cannot_be_taken_is_not_offered() {
    let calls = Known::new().team().calls;
    let words: Vec<_> = calls.iter().map(|call| format!("{}: {} {}", call.title, call.about, call.can_take)).collect();
    insta::assert_snapshot!(words.join("\n"), @r"
    before saturday: 2 of 3 left this season. You have 756 points. true
    one twelve: Your first run of it counts. 3 of 3 left this season. true
    done: You have begun all your ranked runs of it this season. You have 756 points. false
    ");
}

#[test]
fn runs_on_their_way_are_told_and_those_received_are_not() {
    let problem = Problem {
        kind: ProblemKind::DoesNotHold,
        title: "Turn 3 does not hold.".to_owned(),
        status: 422,
        index: None,
        retry_after: None,
    };
    let way = |state| outbox::Line { attempt: Uuid::from_u128(5), scenario: "one-twelve".to_owned(), state };
    let known = Known {
        ways: vec![
            way(State::Waiting { until: None, trouble: None }),
            way(State::Sending),
            way(State::Refused(problem)),
        ],
        trouble: Some(CallError::Unreachable { why: "nothing answers at its address" }),
        board: None,
        ..Known::new()
    };
    let mut harness = harness(100, known.view());
    assert!(harness.query_by_label("one-twelve: It is on its way to your team.").is_some());
    assert!(harness.query_by_label("one-twelve: Sending\u{2026}").is_some());
    assert!(harness.query_by_label("The board shows when the service can be reached again.").is_some());
    harness.get_by_label("Send it once more").click();
    harness.run();
    harness.get_by_label("Try again now").click();
    harness.run();
    assert_eq!(harness.state().done, [Action::SendAgain(Uuid::from_u128(5)), Action::TryAgain]);
}

struct Screen {
    view: View,
    memory: Memory,
    done: Vec<Action>,
}

fn harness<'a>(percent: u16, view: View) -> Harness<'a, Screen> {
    let screen = Screen { view, memory: Memory::default(), done: Vec::new() };
    let mut harness = window(theme(percent), screen, |ui, theme, screen| {
        screen.done.extend(draw(ui, theme, &screen.view, &mut screen.memory));
    });
    harness.run();
    harness
}

/// Presses what may lie below the edge: the focus brings it into sight.
fn press(harness: &mut Harness<'_, Screen>, name: &str) {
    harness.get_by_label(name).focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
}

#[test]
fn a_team_is_joined_by_keyboard_and_what_is_shared_stands_before_it() {
    let join = Join::of("Sam", false, None, None);
    let mut harness = harness(100, View::Join(join.clone()));
    for line in join.shares {
        assert!(harness.query_by_label(line).is_some(), "{line}");
    }
    press(&mut harness, "Join");
    assert!(harness.state().done.is_empty(), "without a link there is nothing to join");
    harness.get_by_label("Invite link").focus();
    harness.run();
    harness.get_by_label("Invite link").type_text("http://192.168.1.7:7766/join/abc");
    harness.run();
    press(&mut harness, "Join although it is not encrypted");
    press(&mut harness, "Join");
    let link = "http://192.168.1.7:7766/join/abc".to_owned();
    assert_eq!(harness.state().done, [Action::Join { link, alias: "Sam".to_owned(), plain: true }]);
}

#[test]
fn while_somebody_joins_it_cannot_be_asked_for_twice_and_trouble_is_told() {
    let link = || Some("https://board.example/join/abc".to_owned());
    let mut busy = harness(200, View::Join(Join::of("Sam", true, None, None)));
    busy.state_mut().memory.link = link();
    busy.run();
    press(&mut busy, "Join");
    assert!(busy.state().done.is_empty());
    assert_fits(&busy);
    let refused = harness(200, View::Join(Join::of("Sam", false, Some("This is not an invite link."), None)));
    assert!(refused.query_by_label("This is not an invite link.").is_some());
    assert_fits(&refused);
}

#[test]
fn where_no_answer_came_the_same_link_is_tried_again_by_one_button() {
    let invite =
        Invite { address: "https://board.example".to_owned(), code: Invite::code_of([7; 15]), pin: Some([7; 32]) };
    let unheard = Unheard { invite: invite.clone(), alias: "Heron".to_owned() };
    let mut harness = harness(200, View::Join(Join::of("Sam", false, None, Some(&unheard))));
    assert!(harness.query_by_label_contains("no answer came").is_some());
    assert_fits(&harness);
    press(&mut harness, "Try again");
    let again = Action::Join { link: invite.to_string(), alias: "Heron".to_owned(), plain: false };
    assert_eq!(harness.state().done, [again]);
    harness.state_mut().memory.link = Some("https://another.example/join/abc".to_owned());
    harness.run();
    assert!(harness.query_by_label("Join").is_some(), "another link is another team");
}

#[test]
fn everything_can_be_done_by_name() {
    let known = Known::new();
    let mut harness = harness(100, known.view());
    press(&mut harness, "Ranked by: Empathy");
    press(&mut harness, "Team: Northgate");
    press(&mut harness, "Call: one twelve");
    press(&mut harness, "Most improved");
    press(&mut harness, "Show more");
    press(&mut harness, "Take this call, ranked: one twelve");
    press(&mut harness, "Fetch it for the time without a network: one twelve");
    press(&mut harness, "Open in browser");
    press(&mut harness, "Show me on the boards");
    press(&mut harness, "Save what the service knows of me");
    press(&mut harness, "On this computer");
    let one_twelve = || "one-twelve".to_owned();
    let expected = [
        Action::Look(Asked { skill: Some(Skill::Empathy), ..Asked::default() }),
        Action::Look(Asked { team: Some(Uuid::from_u128(3)), ..Asked::default() }),
        Action::Look(Asked { scenario: Some(one_twelve()), ..Asked::default() }),
        Action::Look(Asked { what: What::Improved, ..Asked::default() }),
        Action::Look(Asked { more: 1, ..Asked::default() }),
        Action::Take { slug: one_twelve() },
        Action::FetchAhead { slug: one_twelve() },
        Action::OpenInBrowser,
        Action::SetListed(false),
        Action::Export,
        Action::ThisComputer,
    ];
    assert_eq!(harness.state().done, expected);
}

#[test]
fn what_cannot_be_undone_is_asked_twice_and_esc_takes_it_back() {
    let known = Known::new();
    let mut harness = harness(100, known.view());
    press(&mut harness, "Delete me from the service");
    assert!(harness.get_by_role_and_label(Role::Button, "No, stay").is_focused());
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.state().done.is_empty());
    press(&mut harness, "Delete me from the service");
    press(&mut harness, "Yes, delete");
    press(&mut harness, "Leave the team");
    press(&mut harness, "Yes, leave");
    assert_eq!(harness.state().done, [Action::Delete, Action::Leave]);
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().done.last(), Some(&Action::Back));
}

#[test]
fn nothing_is_cut_off_in_large_text_and_tab_reaches_the_table_of_calls() {
    for percent in [100, 200] {
        let mut harness = harness(percent, Known::new().view());
        assert_fits(&harness);
        let names = reached_by_tab(&mut harness);
        for name in ["Back", "My team", "Call: All calls", "Take this call, ranked: one twelve", "Leave the team"] {
            assert!(names.iter().any(|reached| reached == name), "{name} in {names:?}");
        }
    }
}
