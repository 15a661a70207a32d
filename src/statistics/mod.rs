//! What many attempts say of a scenario: how often each reply is chosen, how hard and how telling it is, where people
//! crash, how reliable the scores are (`leaderboards`, "Trainer's statistics").
