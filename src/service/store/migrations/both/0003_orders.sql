-- In the order of the boards. After the columns have the collation that both back ends share.
CREATE INDEX places_of_all ON places (season, scale, ranked, points, tie_a, tie_b, player, scenario);
CREATE INDEX places_of_scenario ON places (season, scenario, scale, ranked, points, tie_a, tie_b, player);
CREATE INDEX places_of_team ON places (season, team, scale, ranked, points, tie_a, tie_b, player, scenario);
CREATE INDEX places_of_player ON places (player, season, scale, ranked);
