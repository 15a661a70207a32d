//! The diary: what happens after the call, and what becomes of promises.

use crate::scenario::format::current as format;
use crate::scenario::id::PromiseId;
use crate::scenario::model::{Choice, DiaryEvent};
use crate::scenario::name::Kind;
use crate::scenario::resolve::encounter::Local;
use crate::scenario::resolve::names::{Names, Written, judge_unknown};
use crate::scenario::resolve::place::At;
use crate::scenario::resolve::reply::slip;
use crate::scenario::resolve::{LIST_LIMIT, Resolver, rules, within_limit};
use crate::scenario::vocabulary::Fulfilment;

impl<'d> Resolver<'d> {
    pub(super) fn diary(
        &mut self,
        events: &'d [format::DiaryEvent],
        local: &Local<'d>,
        at: &At<'_>,
    ) -> Vec<DiaryEvent> {
        let events = within_limit(events, LIST_LIMIT, Kind::Event, at, &mut self.report);
        Names::gather(Kind::Event, Written::Ids, events.iter().map(|event| &*event.id), at, &mut self.report);
        let mut resolved = Vec::with_capacity(events.len());
        for (index, event) in events.iter().enumerate() {
            let at = at.item(index, &event.id);
            resolved.push(DiaryEvent {
                name: event.id.clone(),
                at: self.moment(&event.at, &at.field("at")),
                when: event.when.as_ref().map(|when| self.condition(when, Some(local), &at.field("when"))),
                text: self.text(&event.text, &at.field("text")),
                choices: self.choices(event, local, &at.field("choices")),
            });
        }
        resolved
    }

    fn choices(&mut self, event: &'d format::DiaryEvent, local: &Local<'d>, at: &At<'_>) -> Vec<Choice> {
        if event.choices.is_empty() && self.report.has_read(at) {
            let message = format!("The diary event `{}` leaves nothing to choose", event.id);
            self.report.error(rules::NO_CHOICES, at, message).help("write at least one `Choice(...)`");
        }
        let choices = within_limit(&event.choices, LIST_LIMIT, Kind::Choice, at, &mut self.report);
        Names::gather(Kind::Choice, Written::Ids, choices.iter().map(|choice| &*choice.id), at, &mut self.report);
        let mut resolved = Vec::with_capacity(choices.len());
        for (index, choice) in choices.iter().enumerate() {
            let at = at.item(index, &choice.id);
            resolved.push(Choice {
                name: choice.id.clone(),
                text: self.text(&choice.text, &at.field("text")),
                when: choice.when.as_ref().map(|when| self.condition(when, Some(local), &at.field("when"))),
                result: self.text(&choice.result, &at.field("result")),
                fulfils: self.fulfilled(&choice.fulfils, &event.at, &at.field("fulfils")),
                sets: self.set_flags(&choice.sets, &at.field("sets")),
                clears: self.clear_flags(&choice.clears, &at.field("clears")),
                flaw: self.flaw(choice.flaw, &at.field("flaw")),
                slip: slip(choice.slip),
                gives: self.gift(choice.gives.as_ref(), &at.field("gives")),
                why: self.text(&choice.why, &at.field("why")),
            });
        }
        resolved
    }

    /// What the choices of an event at this time make of promises.
    fn fulfilled(
        &mut self,
        entries: &'d format::Entries<String, Fulfilment>,
        when: &str,
        at: &At<'_>,
    ) -> Vec<(PromiseId, Fulfilment)> {
        let mut names = Names::default();
        let mut fulfilled = Vec::with_capacity(entries.0.len());
        for (index, (name, fulfilment)) in entries.iter().enumerate() {
            let again = names.add(name).is_some();
            let at = at.key(name, names.occurrence(index));
            if again {
                self.report
                    .error(rules::DUPLICATE_NAME, &at, format!("The promise `{name}` stands twice in this choice"))
                    .help("keep one of the two")
                    .at_key();
            }
            let Some(promise) = self.shared.promises.find(name).map(PromiseId) else {
                self.unknown_key(name, &at);
                self.usage.misses(Kind::Promise);
                continue;
            };
            self.usage.fulfils(promise);
            if matches!(fulfilment, Fulfilment::Kept | Fulfilment::Exceeded) {
                self.judge_kept(promise, when, &at);
            }
            fulfilled.push((promise, *fulfilment));
        }
        fulfilled
    }

    fn unknown_key(&mut self, name: &str, at: &At<'_>) {
        let message = format!("No promise of this scenario is called `{name}`");
        let names = [&self.shared.promises];
        judge_unknown(rules::UNKNOWN_PROMISE, message, name, &names, at, &mut self.report)
            .expected("one of the promises listed at the top of the file")
            .at_key();
    }
}
