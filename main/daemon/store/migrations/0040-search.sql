-- Word index over user text and settled answers; rowid is message.place. The text itself stays in message.parts:
-- what goes in here is spaced out first (search-words.ts), so it could not be shown anyway.
CREATE VIRTUAL TABLE message_index USING fts5 (
  words,
  content = '',
  contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '1 2 3'
);

CREATE TRIGGER message_leaves_index AFTER DELETE ON message BEGIN
  DELETE FROM message_index WHERE rowid = old.place;
END;
