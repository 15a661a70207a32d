//! The file changed on the disk: taken in where nothing is lost by it, and otherwise asked about.

use std::sync::Arc;

use jiff::Timestamp;

use super::disk::{Found, Print};
use super::form::{Form, plain};
use super::merge::{Choice, Merge, lines_that_differ};
use super::saving::SaveError;
use super::{Came, Keeping, Standing};

/// What someone else wrote into the file while the text on the bench was not saved.
#[derive(Debug)]
pub struct Clash {
    /// Another for each.
    pub id: u64,
    /// The text that both began with.
    pub before: Arc<str>,
    pub mine: Arc<str>,
    pub theirs: Arc<str>,
    pub merge: Arc<Merge>,
    /// It came to light when the text was to be saved: that goes on once it is resolved.
    pub saving: bool,
    form: Form,
    bytes: Vec<u8>,
    print: Print,
}

/// How a clash ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// The text stays as it is on the bench.
    Mine,
    /// The text of the file.
    Theirs,
    /// Both changes, with a choice for each place that both changed.
    Both(Vec<Choice>),
}

impl Keeping {
    /// Brings the clash up to date with what was written since it came to light.
    pub fn look_at_clash(&mut self) {
        let mine = Arc::clone(&self.text);
        if let Some(clash) = &mut self.clash
            && *clash.mine != *mine
        {
            clash.merge = Arc::new(Merge::of(&clash.before, &plain(&mine), &clash.theirs));
            clash.mine = mine;
            self.clashes += 1;
            clash.id = self.clashes;
        }
    }

    /// Whoever wanted to save has left it for later.
    pub fn postpone_clash(&mut self) {
        if let Some(clash) = &mut self.clash {
            clash.saving = false;
        }
    }

    /// Ends a clash: the text that is to stand on the bench from now on, and whether it is to be saved. None where the
    /// clash is another by now. What is left out stands among the earlier copies.
    pub fn resolve(
        &mut self,
        id: u64,
        resolution: &Resolution,
        now: Timestamp,
    ) -> Result<Option<(Arc<str>, bool)>, SaveError> {
        self.look_at_clash();
        let Some(clash) = self.clash.as_deref().filter(|clash| clash.id == id) else { return Ok(None) };
        let text = match resolution {
            Resolution::Mine => Arc::clone(&clash.mine),
            Resolution::Theirs => Arc::clone(&clash.theirs),
            Resolution::Both(choices) => match clash.merge.text(choices) {
                Some(text) => text.into(),
                None => return Ok(None),
            },
        };
        let saves = clash.saving && *resolution != Resolution::Theirs;
        if *resolution != Resolution::Mine {
            self.put_aside(&clash.mine, now)?;
        }
        if *resolution != Resolution::Theirs
            && let Some(archive) = &self.archive
        {
            archive.keep_copy(&self.place, &clash.bytes, now)?;
        }
        if let Some(clash) = self.clash.take() {
            self.before = clash.theirs;
            self.form = clash.form;
            self.standing = Standing::File(clash.print);
        }
        self.differs = *plain(&self.text) != *self.before;
        // The draft is a change of another text now.
        self.drafting.holds = None;
        Ok(Some((text, saves)))
    }

    /// What stands on the disk has been looked at.
    pub(super) fn found(&mut self, found: Found, now: Timestamp, came: &mut Came) {
        let standing = match found {
            Found::Same(None) => return,
            Found::Same(Some(newer)) => {
                if let Standing::File(print) | Standing::NotText { print, .. } = &mut self.standing {
                    *print = newer;
                }
                return;
            }
            Found::File { bytes, print } => match Form::read(&bytes) {
                Ok((text, form)) => {
                    self.found_text(text.into(), form, bytes, print, now, came);
                    return;
                }
                Err(why) => Standing::NotText { print, why },
            },
            Found::Gone if matches!(self.standing, Standing::Nothing) => {
                came.news |= self.clash.take().is_some();
                return;
            }
            Found::Gone => Standing::Gone,
            Found::Folder => Standing::Folder,
            Found::Unreadable(why) => Standing::Unreadable(why),
        };
        if standing != self.standing {
            if self.offer.is_some() {
                // Nobody has this text but the bench by now, and its draft would take the place of the one on offer.
                self.put_aside_or_warn(&Arc::clone(&self.text), now);
            }
            self.standing = standing;
            self.clash = None;
            came.news = true;
        }
    }

    fn found_text(
        &mut self,
        theirs: Arc<str>,
        form: Form,
        bytes: Vec<u8>,
        print: Print,
        now: Timestamp,
        came: &mut Came,
    ) {
        // While a draft is offered, the bench shows the file as it was: that follows the file.
        let on_bench = plain(&self.text);
        if *theirs == *on_bench || theirs == self.before {
            came.news |= !matches!(self.standing, Standing::File(_)) || self.clash.is_some();
            self.differs = *theirs != *on_bench;
            (self.before, self.form, self.standing, self.clash) = (theirs, form, Standing::File(print), None);
            return;
        }
        let was_saved = matches!(self.standing, Standing::File(_)) && !self.differs;
        if was_saved {
            let lines = lines_that_differ(&self.before, &theirs);
            // Nobody has this text but the bench by now.
            self.put_aside_or_warn(&Arc::clone(&self.before), now);
            (self.before, self.form, self.standing) = (Arc::clone(&theirs), form, Standing::File(print));
            let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
            self.note = Some(format!(
                "This file was changed elsewhere, in {lines}, and that was taken in. Ctrl+Z brings back what stood here."
            ));
            *came = Came { news: true, text: Some(theirs) };
            return;
        }
        if self.clash.as_ref().is_some_and(|clash| clash.print.same_content(&print)) {
            return;
        }
        let merge = Arc::new(Merge::of(&self.before, &on_bench, &theirs));
        self.clashes += 1;
        let saving = self.clash.as_ref().is_some_and(|clash| clash.saving);
        self.clash = Some(Box::new(Clash {
            id: self.clashes,
            before: Arc::clone(&self.before),
            mine: Arc::clone(&self.text),
            theirs,
            merge,
            saving,
            form,
            bytes,
            print,
        }));
        came.news = true;
    }

    fn put_aside_or_warn(&self, text: &str, now: Timestamp) {
        if let Err(error) = self.put_aside(text, now) {
            tracing::warn!(%error, "the text before was not put aside");
        }
    }
}
