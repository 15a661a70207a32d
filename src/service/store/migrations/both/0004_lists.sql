-- Lists that are read a page at a time, in their order.
CREATE INDEX players_by_alias ON players (lower(alias), id);
