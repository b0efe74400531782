-- One row: who this state root is, and whether the last daemon put everything down in order.
CREATE TABLE state_root (
  one           INTEGER PRIMARY KEY CHECK (one = 1),
  state_root_id TEXT    NOT NULL,
  created_at_ms INTEGER NOT NULL,
  closed        INTEGER NOT NULL CHECK (closed IN (0, 1))
) STRICT;
