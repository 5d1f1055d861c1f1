CREATE UNIQUE INDEX device_self ON device (is_self) WHERE is_self = 1;

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE INDEX link_source ON link (source);

CREATE INDEX record_forked ON record (id) WHERE forks IS NOT NULL;

CREATE INDEX record_kind ON record (kind, is_deleted, position, id);

CREATE INDEX record_owner ON record (owner, kind, is_deleted, position, id) WHERE owner <> '';

CREATE INDEX revision_record ON revision (record);

CREATE TABLE device (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  is_self INTEGER NOT NULL DEFAULT 0 CHECK (is_self IN (0, 1))
, public BLOB, sealed BLOB) STRICT;

CREATE TABLE draft (
  record TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  fields TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE head (
  device INTEGER PRIMARY KEY REFERENCES device (key),
  number INTEGER NOT NULL CHECK (number > 0),
  hash BLOB NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE link (
  target TEXT NOT NULL,
  field TEXT NOT NULL,
  source INTEGER NOT NULL,
  PRIMARY KEY (target, field, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE local (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE passage USING fts5 (
  text,
  content = 'record',
  content_rowid = 'key',
  tokenize = 'porter unicode61 remove_diacritics 2'
);

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

CREATE TABLE revision (
  seq INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES device (key),
  number INTEGER NOT NULL CHECK (number > 0),
  record TEXT NOT NULL,
  body TEXT NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (device, number)
) STRICT;

CREATE TABLE signature (
  device INTEGER NOT NULL REFERENCES device (key),
  number INTEGER NOT NULL CHECK (number > 0),
  signature BLOB NOT NULL,
  PRIMARY KEY (device, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER revision_never_changes BEFORE UPDATE ON revision
BEGIN
  SELECT RAISE(ABORT, 'a revision never changes');
END;

CREATE TRIGGER revision_never_goes BEFORE DELETE ON revision
BEGIN
  SELECT RAISE(ABORT, 'a revision never goes');
END;

