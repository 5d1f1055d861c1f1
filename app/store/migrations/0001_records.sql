-- The first schema. Revisions are the truth and can only be added; record, link and passage
-- are derived from them and can be rebuilt at any time.

-- Every laptop whose revisions are held here; is_self marks this one.
CREATE TABLE device (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  is_self INTEGER NOT NULL DEFAULT 0 CHECK (is_self IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX device_self ON device (is_self) WHERE is_self = 1;

-- The newest revision of each laptop: this is the version vector.
CREATE TABLE head (
  device INTEGER PRIMARY KEY REFERENCES device (key),
  number INTEGER NOT NULL CHECK (number > 0),
  hash BLOB NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- seq is the order of arrival here; body is the canonical text the hash is taken of.
CREATE TABLE revision (
  seq INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES device (key),
  number INTEGER NOT NULL CHECK (number > 0),
  record TEXT NOT NULL,
  body TEXT NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (device, number)
) STRICT;

CREATE INDEX revision_record ON revision (record);

-- Threat: a bug or a hand in the database rewrites what somebody wrote.
CREATE TRIGGER revision_never_changes BEFORE UPDATE ON revision
BEGIN
  SELECT RAISE(ABORT, 'a revision never changes');
END;

CREATE TRIGGER revision_never_goes BEFORE DELETE ON revision
BEGIN
  SELECT RAISE(ABORT, 'a revision never goes');
END;

-- Derived: each record as it stands. text holds the words that searching finds.
CREATE TABLE record (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  owner TEXT NOT NULL,
  position TEXT NOT NULL,
  is_deleted INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  fields TEXT NOT NULL,
  forks TEXT,
  text TEXT
) STRICT;

CREATE INDEX record_kind ON record (kind, is_deleted, position, id);
CREATE INDEX record_owner ON record (owner, kind, is_deleted, position, id) WHERE owner <> '';
CREATE INDEX record_forked ON record (id) WHERE forks IS NOT NULL;

-- Derived: references other than to the owner, to be followed backwards.
CREATE TABLE link (
  target TEXT NOT NULL,
  field TEXT NOT NULL,
  source INTEGER NOT NULL,
  PRIMARY KEY (target, field, source)
) STRICT, WITHOUT ROWID;

CREATE INDEX link_source ON link (source);

-- Derived: the search index. It lies in this encrypted file and changes in the same
-- transaction as the words (a separate index would fall behind, or leak). Its secure-delete
-- option is off: every word stays in its revision anyway, and it makes a save six times slower.
CREATE VIRTUAL TABLE passage USING fts5 (
  text,
  content = 'record',
  content_rowid = 'key',
  tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TRIGGER passage_added AFTER INSERT ON record WHEN new.text IS NOT NULL
BEGIN
  INSERT INTO passage (rowid, text) VALUES (new.key, new.text);
END;

CREATE TRIGGER passage_gone AFTER DELETE ON record WHEN old.text IS NOT NULL
BEGIN
  INSERT INTO passage (passage, rowid, text) VALUES ('delete', old.key, old.text);
END;

CREATE TRIGGER passage_changed AFTER UPDATE OF text ON record WHEN old.text IS NOT new.text
BEGIN
  INSERT INTO passage (passage, rowid, text)
    SELECT 'delete', old.key, old.text WHERE old.text IS NOT NULL;
  INSERT INTO passage (rowid, text)
    SELECT new.key, new.text WHERE new.text IS NOT NULL;
END;

-- Words on screen that are not yet a revision. They survive any crash.
CREATE TABLE draft (
  record TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  fields TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

-- What this laptop alone needs to know: who its user is, where they left off.
CREATE TABLE local (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
