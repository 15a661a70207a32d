-- One row for each finished attempt. The attempt files are the truth: this table can be dropped and rebuilt from them.
-- No BOOLEAN columns: 0 and 1 read the same in every database that may stand here later.
CREATE TABLE finished_runs (
    attempt            TEXT    NOT NULL PRIMARY KEY,
    player             TEXT    NOT NULL,
    team               TEXT,
    scenario           TEXT    NOT NULL,
    title              TEXT    NOT NULL,
    difficulty         BIGINT  NOT NULL,
    scenario_hash      TEXT    NOT NULL,
    rules_version      BIGINT  NOT NULL,
    mode               TEXT    NOT NULL,
    ended_at           BIGINT  NOT NULL,
    practice           BIGINT  NOT NULL,
    rewound            BIGINT  NOT NULL,
    is_final           BIGINT  NOT NULL,
    outcome            TEXT    NOT NULL,
    overall            BIGINT  NOT NULL,
    listening          BIGINT  NOT NULL,
    calm_tone          BIGINT  NOT NULL,
    empathy            BIGINT  NOT NULL,
    needs_assessment   BIGINT  NOT NULL,
    follow_through     BIGINT  NOT NULL,
    evidence           TEXT    NOT NULL,
    moderate_or_worse  BIGINT  NOT NULL,
    severe_or_worse    BIGINT  NOT NULL,
    trust              BIGINT  NOT NULL,
    given_away         BIGINT  NOT NULL,
    needs_met          BIGINT  NOT NULL
);

CREATE INDEX finished_runs_by_player ON finished_runs (player, ended_at);
CREATE INDEX finished_runs_by_scenario ON finished_runs (scenario, overall);
