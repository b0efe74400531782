-- What growing messages received, in the order in which it came: whatever many of them receive at once lies on one
-- page. Nothing looks for the rows of one message (store/stream.ts), so there is no index and no foreign key.
CREATE TABLE stream (
  seq        INTEGER PRIMARY KEY,
  message_id TEXT    NOT NULL,
  from_seq   INTEGER NOT NULL,
  upto_seq   INTEGER NOT NULL,
  deltas     TEXT    NOT NULL
) STRICT;
INSERT INTO stream (message_id, from_seq, upto_seq, deltas)
  SELECT message_id, from_seq, upto_seq, deltas FROM stream_batch ORDER BY message_id, from_seq;
DROP TABLE stream_batch;
ALTER TABLE stream RENAME TO stream_batch;
