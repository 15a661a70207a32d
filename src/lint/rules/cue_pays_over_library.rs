//! A sign that pays a little in every scenario, so that whoever plays many of them learns to go by it.

use super::cue_gives_key_away::{most_at, worst_place};
use crate::explore::simulate::{Cue, LIFT_OVER_LIBRARY, Report as Played};
use crate::lint::rule::{LibraryRule, Report};
use crate::lint::subject::Subject;

pub(in crate::lint) const RULE: LibraryRule = LibraryRule {
    name: "cue-pays-over-library",
    summary: "Over all scenarios, whoever goes by a sign such as length or question marks scores 75 more than chance.",
    check,
};

fn check(subjects: &[&Subject<'_>], played: &Played<'_>, reports: &mut [Report]) {
    for cue in Cue::ALL {
        let (lift, unsure) = played.lift(cue);
        let most = (0..subjects.len()).max_by_key(|place| played.scenarios[*place].lift(cue));
        let Some((place, proof)) = most.and_then(|place| Some((place, subjects[place].proof()?))) else { continue };
        if lift - unsure <= LIFT_OVER_LIBRARY * 100 {
            continue;
        }
        let message = format!(
            "Over {} scenarios the player `{}` ({}) scores {} more than chance; in this one it pays most, {}{}",
            subjects.len(),
            cue.name(),
            cue.words(),
            lift / 100,
            played.scenarios[place].lift(cue) / 100,
            most_at(proof, cue)
        );
        reports[place]
            .add(worst_place(subjects[place], proof, cue), message)
            .expected(format!("{LIFT_OVER_LIBRARY} more than chance at most"))
            .help("put the same sign into wrong replies of these nodes, or take it out of the best ones")
            .at_key();
    }
}
