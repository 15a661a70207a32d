//! The rules, one file each, named by the problem.

macro_rules! rules {
    ($($module:ident,)+) => {
        $(mod $module;)+

        /// Every rule about a scenario, by what kind of problem it is.
        pub(super) const ALL: &[crate::lint::Rule] = &[$($module::RULE,)+];
    };
    (of_library: $($module:ident,)+) => {
        $(mod $module;)+

        /// Every rule about several scenarios together.
        pub(super) const OF_LIBRARY: &[crate::lint::LibraryRule] = &[$($module::RULE,)+];
    };
}

rules! {
    // Flow.
    no_way_out,
    loop_without_progress,
    no_reply_on_offer,
    condition_never_true,
    condition_always_true,
    shadowed_alternative,
    never_reached,
    condition_proved_false,
    condition_proved_true,
    not_settled,
    // Fairness.
    too_little_evidence,
    core_node_missed,
    dominant_replies,
    weak_runner_ups,
    replies_alike,
    score_against_customer,
    compromise_never_arms,
    best_play_too_low,
    worst_play_too_high,
    skill_out_of_reach,
    best_score_on_worse_outcome,
    random_play_off_target,
    // Guessability.
    uneven_reply_lengths,
    uneven_sentence_counts,
    key_stands_out_by_length,
    cue_gives_key_away,
    // Writing.
    long_reply,
    long_turn,
    placeholder,
    misspelling,
}

rules! {
    of_library:
    cue_pays_over_library,
    cue_satisfies_customers,
    best_reply_known_by_looks,
}
