-- What both back ends keep alike. Numbers are BIGINT and truths 0 or 1, ids and hashes are text, times are milliseconds
-- since 1970, UTC: what reads the same through one driver as through the other.

-- What holds for the whole service, and how often its boards have changed. Writers line up behind this one row.
CREATE TABLE service (
    one             BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    name            TEXT   NOT NULL,
    retention_days  BIGINT NOT NULL,
    least_team      BIGINT NOT NULL,
    revision        BIGINT NOT NULL
);

CREATE TABLE teams (
    id        TEXT NOT NULL PRIMARY KEY,
    name      TEXT NOT NULL,
    name_key  TEXT NOT NULL UNIQUE
);

CREATE TABLE seasons (
    id        TEXT   NOT NULL PRIMARY KEY,
    name      TEXT   NOT NULL,
    starts    BIGINT NOT NULL,
    ends      BIGINT,
    attempts  BIGINT NOT NULL,
    -- 1 or nothing, so that only one can be open.
    is_open   BIGINT UNIQUE CHECK (is_open = 1)
);

CREATE TABLE scenarios (
    full_hash       TEXT   NOT NULL PRIMARY KEY,
    structure_hash  TEXT   NOT NULL,
    slug            TEXT   NOT NULL,
    title           TEXT   NOT NULL,
    difficulty      BIGINT NOT NULL,
    content         TEXT   NOT NULL,
    published       BIGINT NOT NULL,
    retired         BIGINT,
    -- 1 or nothing, so that only one version of a slug can be in play.
    in_play         BIGINT CHECK (in_play = 1),
    UNIQUE (slug, in_play)
);

CREATE TABLE assignments (
    team      TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    scenario  TEXT NOT NULL,
    due       BIGINT,
    PRIMARY KEY (team, scenario)
);

CREATE TABLE players (
    id         TEXT   NOT NULL PRIMARY KEY,
    alias      TEXT   NOT NULL,
    alias_key  TEXT   NOT NULL UNIQUE,
    team       TEXT   REFERENCES teams (id),
    listed     BIGINT NOT NULL,
    joined     BIGINT NOT NULL
);

CREATE INDEX players_by_team ON players (team);

-- The one table in which a real name may stand.
CREATE TABLE people (
    player     TEXT NOT NULL PRIMARY KEY REFERENCES players (id) ON DELETE CASCADE,
    real_name  TEXT NOT NULL
);

CREATE TABLE tokens (
    kind       TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    hash       TEXT   NOT NULL,
    name       TEXT,
    player     TEXT   REFERENCES players (id) ON DELETE CASCADE,
    added      BIGINT NOT NULL,
    last_seen  BIGINT,
    revoked    BIGINT,
    PRIMARY KEY (kind, id)
);

CREATE INDEX tokens_by_player ON tokens (player);

CREATE TABLE invites (
    hash     TEXT   NOT NULL PRIMARY KEY,
    team     TEXT   REFERENCES teams (id) ON DELETE CASCADE,
    made_by  TEXT   NOT NULL,
    made     BIGINT NOT NULL,
    expires  BIGINT NOT NULL,
    used     BIGINT,
    used_by  TEXT   REFERENCES players (id) ON DELETE CASCADE
);

CREATE INDEX invites_by_player ON invites (used_by);

CREATE TABLE sessions (
    hash        TEXT   NOT NULL PRIMARY KEY,
    player      TEXT   REFERENCES players (id) ON DELETE CASCADE,
    token_kind  TEXT,
    token       TEXT,
    began       BIGINT NOT NULL,
    expires     BIGINT NOT NULL
);

CREATE INDEX sessions_by_player ON sessions (player);
CREATE INDEX sessions_by_token ON sessions (token_kind, token);

CREATE TABLE limits (
    what   TEXT   NOT NULL PRIMARY KEY,
    began  BIGINT NOT NULL,
    ends   BIGINT NOT NULL,
    taken  BIGINT NOT NULL
);

CREATE INDEX limits_by_end ON limits (ends);

CREATE TABLE starts (
    id         TEXT   NOT NULL PRIMARY KEY,
    player     TEXT   NOT NULL REFERENCES players (id) ON DELETE CASCADE,
    scenario   TEXT   NOT NULL,
    full_hash  TEXT   NOT NULL REFERENCES scenarios (full_hash),
    rules      BIGINT NOT NULL,
    mode       TEXT   NOT NULL,
    seed       TEXT   NOT NULL,
    season     TEXT   NOT NULL REFERENCES seasons (id),
    slot       BIGINT NOT NULL,
    ahead      BIGINT NOT NULL,
    issued     BIGINT NOT NULL,
    expires    BIGINT NOT NULL,
    attempt    TEXT,
    UNIQUE (player, scenario, season, slot)
);

-- What may come to stand on a board as not finished.
CREATE INDEX starts_open ON starts (season, player, scenario) WHERE slot = 1 AND attempt IS NULL;
CREATE INDEX starts_by_hash ON starts (full_hash);

CREATE TABLE attempts (
    id                 TEXT   NOT NULL PRIMARY KEY,
    player             TEXT   NOT NULL REFERENCES players (id) ON DELETE CASCADE,
    start_id           TEXT   UNIQUE REFERENCES starts (id) ON DELETE CASCADE,
    season             TEXT   NOT NULL REFERENCES seasons (id),
    -- Of its start; 0 where there was none.
    slot               BIGINT NOT NULL,
    scenario           TEXT   NOT NULL,
    scenario_hash      TEXT   NOT NULL REFERENCES scenarios (full_hash),
    rules              BIGINT NOT NULL,
    mode               TEXT   NOT NULL,
    seed               TEXT   NOT NULL,
    received           BIGINT NOT NULL,
    body_hash          TEXT   NOT NULL,
    flags              TEXT   NOT NULL,
    invalid            TEXT,
    outcome            TEXT   NOT NULL,
    overall            BIGINT NOT NULL,
    listening          BIGINT NOT NULL,
    calm_tone          BIGINT NOT NULL,
    empathy            BIGINT NOT NULL,
    needs_assessment   BIGINT NOT NULL,
    follow_through     BIGINT NOT NULL,
    -- Ladder points: overall, then by skill.
    points             BIGINT NOT NULL,
    points_1           BIGINT NOT NULL,
    points_2           BIGINT NOT NULL,
    points_3           BIGINT NOT NULL,
    points_4           BIGINT NOT NULL,
    points_5           BIGINT NOT NULL,
    moderate_or_worse  BIGINT NOT NULL,
    severe_or_worse    BIGINT NOT NULL,
    trust              BIGINT NOT NULL,
    given_away         BIGINT NOT NULL,
    needs_met          BIGINT NOT NULL,
    is_final           BIGINT NOT NULL,
    tie_a              BIGINT NOT NULL,
    tie_b              BIGINT NOT NULL
);

CREATE INDEX attempts_by_player ON attempts (player, season, scenario, slot);
CREATE INDEX attempts_by_season ON attempts (season, scenario, received);
CREATE INDEX attempts_by_scenario ON attempts (scenario, received);
CREATE INDEX attempts_by_hash ON attempts (scenario_hash);
-- Who may have improved.
CREATE INDEX attempts_later ON attempts (season, scenario, player) WHERE slot > 1;

-- The file of an attempt and what statistics are made of: what retention drops.
CREATE TABLE files (
    attempt   TEXT NOT NULL PRIMARY KEY REFERENCES attempts (id) ON DELETE CASCADE,
    body      TEXT NOT NULL,
    observed  TEXT NOT NULL
);

-- What was answered to each body that an attempt ever had, word for word.
CREATE TABLE answers (
    attempt    TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    body_hash  TEXT NOT NULL,
    answer     TEXT NOT NULL,
    PRIMARY KEY (attempt, body_hash)
);

-- Every call that was ever taken in, at each length it had.
CREATE TABLE digests (
    digest   TEXT NOT NULL PRIMARY KEY,
    attempt  TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE
);

CREATE INDEX digests_by_attempt ON digests (attempt);

-- By what a board may rank: 0 overall, 1 to 5 the skills.
CREATE TABLE scales (
    scale  BIGINT NOT NULL PRIMARY KEY
);

INSERT INTO scales (scale) VALUES (0), (1), (2), (3), (4), (5);

-- The lines of all boards: made from attempts, players and scales, and nothing stands here that those do not say.
-- Better is greater in each of points, tie_a and tie_b.
CREATE TABLE places (
    attempt   TEXT   NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    season    TEXT   NOT NULL,
    scenario  TEXT   NOT NULL,
    -- Empty where there is none.
    team      TEXT   NOT NULL,
    player    TEXT   NOT NULL,
    scale     BIGINT NOT NULL,
    -- 0 while it is provisional.
    ranked    BIGINT NOT NULL,
    points    BIGINT NOT NULL,
    tie_a     BIGINT NOT NULL,
    tie_b     BIGINT NOT NULL,
    PRIMARY KEY (attempt, scale)
);

-- How many ranked places have so many points. `scenario` is empty for all of them together.
CREATE TABLE buckets (
    season    TEXT   NOT NULL,
    scenario  TEXT   NOT NULL,
    scale     BIGINT NOT NULL,
    points    BIGINT NOT NULL,
    entries   BIGINT NOT NULL,
    PRIMARY KEY (season, scenario, scale, points)
);

-- How many players have a ranked place.
CREATE TABLE heads (
    season   TEXT   NOT NULL PRIMARY KEY,
    players  BIGINT NOT NULL
);

-- The revision in which the boards of a scenario last changed; of all boards where it is empty.
CREATE TABLE changes (
    scenario  TEXT   NOT NULL PRIMARY KEY,
    revision  BIGINT NOT NULL
);

-- What an administrator did. It is added to and read, nothing else.
CREATE TABLE audit (
    number   BIGINT NOT NULL PRIMARY KEY,
    done_at  BIGINT NOT NULL,
    done_by  TEXT   NOT NULL,
    act      TEXT   NOT NULL,
    about    TEXT   NOT NULL,
    detail   TEXT   NOT NULL
);

INSERT INTO service (one, name, retention_days, least_team, revision) VALUES (1, 'Simmer', 365, 3, 0);
