//! A sign by which one leaves customers satisfied without reading.

use super::cue_gives_key_away::{most_at, worst_place};
use crate::explore::simulate::{Cue, Player, Report as Played, SATISFIED};
use crate::lint::rule::{LibraryRule, Report};
use crate::lint::subject::Subject;

pub(in crate::lint) const RULE: LibraryRule = LibraryRule {
    name: "cue-satisfies-customers",
    summary: "Over all scenarios, whoever goes by a sign such as length leaves more than 15 % of the customers satisfied.",
    check,
};

fn check(subjects: &[&Subject<'_>], played: &Played<'_>, reports: &mut [Report]) {
    for cue in Cue::ALL {
        let (share, unsure) = played.satisfied(cue);
        let here = |place: usize| played.scenarios[place].of(Player::Cue(cue)).satisfied();
        let most = (0..subjects.len()).max_by_key(|place| here(*place));
        let Some((place, proof)) = most.and_then(|place| Some((place, subjects[place].proof()?))) else { continue };
        if share - unsure <= SATISFIED {
            continue;
        }
        let message = format!(
            "Over {} scenarios the player `{}` ({}) satisfies {} % of the customers; in this one most, {} %{}",
            subjects.len(),
            cue.name(),
            cue.words(),
            share / 10,
            here(place) / 10,
            most_at(proof, cue)
        );
        reports[place]
            .add(worst_place(subjects[place], proof, cue), message)
            .expected(format!("{} % at most", SATISFIED / 10))
            .help("look at what these replies meet and where they lead, or let others have as much of the sign")
            .at_key();
    }
}
