mod interleaved;

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::studio::document::Change;

/// A bench with its text, its folders and its clock.
struct Bench {
    home: TempDir,
    document: Document,
    keeping: Keeping,
    now: Timestamp,
}

fn start() -> Timestamp {
    Timestamp::from_second(1_795_000_000).unwrap()
}

fn archive(home: &TempDir) -> Archive {
    Archive::of(&Folders::below(&home.path().join("data")))
}

impl Bench {
    /// A file with this content on the bench.
    fn of(content: &[u8]) -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("a.ron"), content).unwrap();
        Self::reopened(home, start())
    }

    fn reopened(home: TempDir, now: Timestamp) -> Self {
        let path = home.path().join("a.ron");
        let opened = Keeping::open_with(archive(&home), Clerk::without_thread(), &path, now);
        let (keeping, text) = match opened {
            Err(OpenError::NotThere(path)) => {
                let mut keeping = Keeping::begin(archive(&home), &path, "");
                keeping.clerk = Clerk::without_thread();
                (keeping, String::new())
            }
            opened => opened.unwrap(),
        };
        Self { home, document: Document::new("a.ron", &text), keeping, now }
    }

    /// The program is killed and started again.
    fn killed(self) -> Self {
        Self::reopened(self.home, self.now)
    }

    /// The same, after something has been written for long enough to be kept as a draft.
    fn killed_after_writing(mut self, text: &str) -> Self {
        self.write(text);
        self.pass(1_000);
        self.killed()
    }

    fn path(&self) -> PathBuf {
        self.home.path().join("a.ron")
    }

    fn write(&mut self, text: &str) {
        if let Some(change) = Change::between(self.document.text(), text) {
            self.document.edit(change);
        }
        self.look_around();
    }

    fn put(&mut self, text: &Arc<str>) {
        if let Some(change) = Change::between(self.document.text(), text) {
            self.document.edit(change);
        }
        self.keeping.follow(&self.document, self.now);
    }

    fn look_around(&mut self) -> bool {
        let mut any = false;
        // What is asked for in one round is answered in the next, and may ask for more.
        for _ in 0..3 {
            let came = self.keeping.look_around(&self.document, self.now);
            any |= came.news;
            if let Some(text) = came.text {
                self.put(&text);
            }
        }
        any
    }

    fn pass(&mut self, millis: i64) {
        self.now = self.now.checked_add(SignedDuration::from_millis(millis)).unwrap();
        self.look_around();
    }

    fn save(&mut self) -> Result<(), NotSaved> {
        match self.keeping.save(&self.document, self.now)? {
            Saved::Done(_) => {}
            Saved::TakenIn(text) => self.put(&text),
        }
        self.look_around();
        Ok(())
    }

    fn resolve(&mut self, resolution: &Resolution) {
        let id = self.keeping.clash().unwrap().id;
        let (text, _) = self.keeping.resolve(id, resolution, self.now).unwrap().unwrap();
        self.put(&text);
    }

    fn text(&self) -> &str {
        self.document.text()
    }

    fn on_disk(&self) -> String {
        self.there().unwrap()
    }

    /// What stands in the file, if it is there.
    #[expect(clippy::disallowed_methods, reason = "tests look at the files")]
    fn there(&self) -> Option<String> {
        fs::read_to_string(self.path()).ok()
    }

    fn drafts(&self) -> Vec<String> {
        archive(&self.home).drafts().into_iter().map(|draft| draft.text).collect()
    }

    fn copies(&self) -> Vec<String> {
        let folder = archive(&self.home).copies_of(self.keeping.place());
        copies::all(&folder, "").iter().map(|copy| copy.text.to_string()).collect()
    }
}

#[test]
fn saving_keeps_what_stood_there_and_how_it_was_written() {
    let mut bench = Bench::of("\u{feff}one\r\ntwo\r\n".as_bytes());
    assert_eq!(bench.keeping.state(), State::Saved);
    bench.write("one\n2\n");
    assert_eq!(bench.keeping.state(), State::NotSaved { drafted: false });
    bench.save().unwrap();
    assert_eq!(bench.on_disk(), "\u{feff}one\r\n2\r\n");
    assert_eq!(bench.keeping.state(), State::Saved);
    assert_eq!(bench.copies(), ["one\ntwo\n"]);
    bench.pass(10_000);
    assert_eq!(bench.keeping.state(), State::Saved, "its own writing is no change from elsewhere");
    bench.save().unwrap();
    assert_eq!(bench.copies(), ["one\ntwo\n"], "what is saved already is not saved again");
}

#[test]
fn a_draft_is_written_after_a_pause_and_at_the_latest_after_two_seconds() {
    let mut bench = Bench::of(b"one\n");
    bench.write("one\na");
    bench.pass(900);
    assert_eq!(bench.drafts(), [""; 0]);
    bench.pass(100);
    assert_eq!(bench.drafts(), ["one\na"]);
    assert_eq!(bench.keeping.state(), State::NotSaved { drafted: true });
    for number in 0..3 {
        bench.write(&format!("one\na{number}"));
        bench.pass(700);
    }
    assert_eq!(bench.drafts(), ["one\na2"], "who never pauses is not forgotten");
    bench.write("one\n");
    assert_eq!(bench.drafts(), [""; 0], "what is in the file needs no draft");
    bench.write("one\nb");
    bench.pass(1_000);
    bench.save().unwrap();
    assert_eq!(bench.drafts(), [""; 0]);
    bench.write("one\nc");
    bench.keeping.put_down(&bench.document, bench.now);
    assert_eq!(bench.drafts(), ["one\nc"], "at once, when the text is put away");
}

#[test]
fn a_file_that_is_deleted_while_a_draft_is_offered_is_among_the_copies() {
    let mut bench = Bench::of(b"one\n").killed_after_writing("one\nmine\n");
    assert_eq!((bench.text(), bench.keeping.offer().unwrap().text.as_str()), ("one\n", "one\nmine\n"));
    fs::remove_file(bench.path()).unwrap();
    bench.pass(2000);
    let bench = bench.killed();
    assert_eq!((bench.copies(), bench.drafts()), (vec!["one\n".to_owned()], vec!["one\nmine\n".to_owned()]));
}

#[test]
fn after_a_kill_the_draft_is_offered_and_nothing_is_lost_either_way() {
    for accepts in [true, false] {
        let mut bench = Bench::of(b"one\n").killed_after_writing("one\nmine\n");
        assert_eq!(bench.text(), "one\n");
        assert_eq!(bench.keeping.offer().unwrap().text, "one\nmine\n");
        bench.pass(60_000);
        assert_eq!(bench.drafts(), ["one\nmine\n"], "an open question takes nothing away");
        if accepts {
            let text = bench.keeping.accept_draft(bench.now).unwrap();
            bench.put(&text);
            assert_eq!(bench.text(), "one\nmine\n");
            bench.document.undo();
            bench.look_around();
            assert_eq!((bench.text(), bench.keeping.state()), ("one\n", State::Saved));
            assert_eq!(bench.drafts(), [""; 0]);
        } else {
            assert_eq!(bench.keeping.decline_draft(bench.now), None);
            bench.look_around();
            assert_eq!((bench.text(), bench.keeping.state()), ("one\n", State::Saved));
            assert_eq!((bench.drafts(), bench.copies()), (vec![], vec!["one\nmine\n".to_owned()]));
        }
    }
}

#[test]
fn who_writes_on_without_deciding_loses_no_draft() {
    let mut bench = Bench::of(b"one\n").killed_after_writing("mine\n");
    bench.write("other\n");
    bench.pass(1_000);
    assert_eq!((bench.drafts(), bench.copies()), (vec!["other\n".to_owned()], vec!["mine\n".to_owned()]));
}

#[test]
fn a_draft_of_a_file_that_changed_meanwhile_is_a_change_of_what_it_began_with() {
    let mut bench = Bench::of(b"one\ntwo\nthree\n");
    bench.write("ONE\ntwo\nthree\n");
    bench.pass(1_000);
    fs::write(bench.path(), "one\ntwo\nTHREE\n").unwrap();
    let mut bench = bench.killed();
    let text = bench.keeping.accept_draft(bench.now).unwrap();
    bench.put(&text);
    assert_eq!(bench.text(), "ONE\ntwo\nthree\n");
    assert!(bench.keeping.clash().unwrap().merge.is_clean());
    bench.resolve(&Resolution::Both(Vec::new()));
    assert_eq!(bench.text(), "ONE\ntwo\nTHREE\n");
    bench.save().unwrap();
    assert_eq!(bench.on_disk(), "ONE\ntwo\nTHREE\n");
}

#[test]
fn a_draft_of_a_file_that_is_gone_can_be_saved_again() {
    let mut bench = Bench::of(b"one\n");
    bench.write("mine\n");
    bench.pass(1_000);
    fs::remove_file(bench.path()).unwrap();
    let mut bench = bench.killed();
    let text = bench.keeping.accept_draft(bench.now).unwrap();
    bench.put(&text);
    assert_eq!(bench.keeping.state(), State::Gone { drafted: false });
    bench.save().unwrap();
    assert_eq!((bench.on_disk().as_str(), bench.keeping.state()), ("mine\n", State::Saved));
}

#[test]
fn a_change_from_elsewhere_is_taken_in_where_nothing_is_unsaved() {
    let mut bench = Bench::of(b"one\ntwo\n");
    bench.pass(1_000);
    fs::write(bench.path(), "one\nTWO\n").unwrap();
    bench.pass(500);
    assert_eq!(bench.text(), "one\ntwo\n", "once a second is enough");
    bench.pass(600);
    assert_eq!(bench.text(), "one\nTWO\n");
    assert!(bench.keeping.note().unwrap().contains("in 1 line"), "{:?}", bench.keeping.note());
    assert_eq!(bench.keeping.state(), State::Saved);
    assert_eq!(bench.copies(), ["one\ntwo\n"], "nobody else has it any more");
    bench.document.undo();
    bench.look_around();
    assert_eq!((bench.text(), bench.keeping.state()), ("one\ntwo\n", State::NotSaved { drafted: false }));
    assert_eq!(bench.keeping.note(), None);
}

#[test]
fn a_change_from_elsewhere_under_unsaved_text_is_asked_about() {
    let check = |resolution: Resolution, text: &str, copies: &[&str]| {
        let mut bench = Bench::of(b"one\ntwo\nthree\n");
        bench.write("mine\ntwo\nthree\n");
        fs::write(bench.path(), "one\ntwo\ntheirs\n").unwrap();
        bench.pass(1_000);
        assert_eq!(bench.text(), "mine\ntwo\nthree\n");
        assert_eq!(bench.keeping.state(), State::Clash { drafted: true });
        assert_eq!(bench.save(), Err(NotSaved::Clash));
        assert_eq!(bench.on_disk(), "one\ntwo\ntheirs\n", "never replaced unasked");
        bench.resolve(&resolution);
        bench.look_around();
        assert_eq!(bench.text(), text);
        assert_eq!(bench.copies(), copies);
        bench.save().unwrap();
        assert_eq!(bench.on_disk(), text);
        assert_eq!(bench.drafts(), [""; 0]);
    };
    let (mine, theirs) = ("mine\ntwo\nthree\n", "one\ntwo\ntheirs\n");
    check(Resolution::Mine, mine, &[theirs]);
    check(Resolution::Theirs, theirs, &[mine]);
    check(Resolution::Both(Vec::new()), "mine\ntwo\ntheirs\n", &[theirs, mine]);
}

#[test]
fn an_answer_to_an_older_clash_does_nothing() {
    let mut bench = Bench::of(b"one\n");
    bench.write("mine\n");
    fs::write(bench.path(), "theirs\n").unwrap();
    bench.pass(1_000);
    let id = bench.keeping.clash().unwrap().id;
    fs::write(bench.path(), "theirs, later\n").unwrap();
    bench.pass(1_000);
    assert_ne!(bench.keeping.clash().unwrap().id, id);
    assert_eq!(bench.keeping.resolve(id, &Resolution::Theirs, bench.now), Ok(None));
    assert_eq!(bench.keeping.clash().unwrap().merge.conflicts().count(), 1);
    let id = bench.keeping.clash().unwrap().id;
    let unanswered = Resolution::Both(Vec::new());
    assert_eq!(bench.keeping.resolve(id, &unanswered, bench.now), Ok(None), "each conflict wants a choice");
    bench.resolve(&Resolution::Both(vec![Choice::Both]));
    assert_eq!(bench.text(), "mine\ntheirs, later\n");
}

#[test]
fn both_may_have_written_the_same() {
    let mut bench = Bench::of(b"one\n");
    bench.write("two\n");
    bench.pass(1_000);
    fs::write(bench.path(), "two\n").unwrap();
    bench.pass(1_000);
    assert_eq!((bench.keeping.state(), bench.drafts()), (State::Saved, vec![]));
}

#[test]
fn a_file_that_is_gone_or_replaced_is_said_and_its_text_stays() {
    let mut bench = Bench::of(b"one\n");
    fs::remove_file(bench.path()).unwrap();
    bench.pass(1_000);
    assert_eq!(bench.keeping.state(), State::Gone { drafted: true });
    assert!(bench.keeping.trouble().unwrap().starts_with("a.ron is no longer in its folder."));
    assert_eq!((bench.text(), bench.drafts()), ("one\n", vec!["one\n".to_owned()]));
    fs::create_dir(bench.path()).unwrap();
    bench.pass(1_000);
    assert!(bench.keeping.trouble().unwrap().contains("there is a folder of that name now"));
    let Err(NotSaved::Failed(error)) = bench.save() else { panic!("it is a folder") };
    assert!(error.to_string().contains("save your text under another name"), "{error}");
    fs::remove_dir(bench.path()).unwrap();
    bench.save().unwrap();
    assert_eq!((bench.on_disk().as_str(), bench.keeping.state()), ("one\n", State::Saved));
    assert_eq!((bench.keeping.trouble(), bench.drafts()), (None, vec![]));
}

#[test]
fn what_is_no_text_is_kept_before_it_is_replaced() {
    let mut bench = Bench::of(b"one\n");
    fs::write(bench.path(), b"caf\xe9").unwrap();
    bench.pass(1_000);
    assert!(bench.keeping.trouble().unwrap().contains("is no text"));
    bench.save().unwrap();
    assert_eq!(bench.on_disk(), "one\n");
    let folder = archive(&bench.home).copies_of(bench.keeping.place());
    let kept = fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    #[expect(clippy::disallowed_methods, reason = "the test looks at the file")]
    let kept = fs::read(kept).unwrap();
    assert_eq!(kept, b"caf\xe9");
}

#[test]
fn a_shipped_scenario_is_never_written_to() {
    let home = tempfile::tempdir().unwrap();
    let mut keeping = Keeping::open_shipped(archive(&home), "doris.ron", "one\n");
    let mut document = Document::new("doris.ron", "one\n");
    assert_eq!(keeping.state(), State::Shipped);
    document.edit(Change { range: 0..0, inserted: "x".to_owned() });
    let Ok(Saved::Done(path)) = keeping.save(&document, start()) else { panic!("it is saved") };
    assert_eq!(path, home.path().join("data/scenarios/doris.ron"));
    assert_eq!(keeping.state(), State::Saved);
    assert!(keeping.note().unwrap().starts_with("Saved as your own copy"));
    let mut again = Keeping::open_shipped(archive(&home), "doris.ron", "one\n");
    let document = Document::new("doris.ron", "one\n");
    assert_eq!(again.save(&document, start()), Err(NotSaved::Taken(path.clone())), "a copy is not replaced unasked");
    assert_eq!(again.save_as(&document, &path, true, start()), Ok(Saved::Done(path)));
    assert_eq!(copies::all(&archive(&home).copies_of(again.place()), "").len(), 1);
}

#[test]
fn a_folder_that_may_not_be_written_to_is_said_and_nothing_is_lost() {
    let mut bench = Bench::of(b"one\n");
    bench.write("mine\n");
    fs::write(bench.home.path().join("file"), "").unwrap();
    let inside = bench.home.path().join("file/below/a.ron");
    let failed = bench.keeping.save_as(&bench.document, &inside, false, bench.now).unwrap_err();
    let NotSaved::Failed(error) = failed else { panic!("{failed:?}") };
    assert!(error.to_string().contains("was not saved:"), "{error}");
    bench.pass(1_000);
    assert_eq!((bench.text(), bench.drafts()), ("mine\n", vec!["mine\n".to_owned()]));
    // Where no draft can be kept either, that is said, and tried again.
    let drafts = bench.home.path().join("data/studio/drafts");
    fs::remove_dir_all(&drafts).unwrap();
    fs::write(&drafts, "").unwrap();
    bench.write("mine too\n");
    bench.pass(1_000);
    assert!(bench.keeping.trouble().unwrap().starts_with("No draft can be kept"));
    fs::remove_file(&drafts).unwrap();
    bench.pass(6_000);
    assert_eq!((bench.keeping.trouble(), bench.drafts()), (None, vec!["mine too\n".to_owned()]));
}

#[test]
fn an_earlier_copy_comes_back_as_an_edit() {
    let mut bench = Bench::of(b"one\n");
    bench.write("two\n");
    bench.save().unwrap();
    bench.write("three\n");
    bench.keeping.ask_for_copies();
    bench.look_around();
    let copy = bench.keeping.copies().unwrap()[0].path.clone();
    let text = bench.keeping.restore(&copy, bench.now).unwrap().unwrap();
    bench.put(&text);
    assert_eq!(bench.text(), "one\n");
    assert_eq!(bench.copies(), ["three\n", "one\n"]);
    bench.document.undo();
    assert_eq!(bench.text(), "three\n");
}

#[test]
fn what_cannot_lie_on_the_bench_is_said() {
    let home = tempfile::tempdir().unwrap();
    let open = |path: &str| Keeping::open(archive(&home), &home.path().join(path), start()).unwrap_err().to_string();
    assert!(open(".").contains("is a folder"));
    assert!(open("a.ron").contains("a.ron is not there."));
    assert!(open("a.plan.ron").contains("is a plan"));
    fs::write(home.path().join("b.ron"), b"\xff\xfea\0").unwrap();
    assert!(open("b.ron").contains("UTF-16"));
}

#[test]
fn the_thread_does_what_was_asked_for_before_the_text_is_put_away() {
    let home = tempfile::tempdir().unwrap();
    let mut keeping = Keeping::begin(archive(&home), &home.path().join("a.ron"), "");
    let mut document = Document::new("a.ron", "");
    for place in 0..50 {
        document.edit(Change { range: place..place, inserted: "x".to_owned() });
        keeping.look_around(&document, start());
    }
    keeping.put_down(&document, start());
    assert_eq!(archive(&home).drafts()[0].text, "x".repeat(50));
    assert_eq!(keeping.state(), State::NeverSaved { drafted: true });
}
