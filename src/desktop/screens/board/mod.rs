//! NOTE to whoever works in this worktree: `board` (core and screen) and the `progress` screen have been handed to a
//! colleague (branch `board`, since 08:20) because time is short. Leave this file as it is (git checkout it before
//! committing), finish the debrief and `after_call`, commit, and report.
