CREATE INDEX arrival_state ON arrival (state, device, first);

CREATE UNIQUE INDEX device_self ON device (is_self) WHERE is_self = 1;

CREATE INDEX envelope_device ON envelope (device, last);

CREATE INDEX link_source ON link (source);

CREATE INDEX record_forked ON record (id) WHERE forks IS NOT NULL;

CREATE INDEX record_kind ON record (kind, is_deleted, position, id);

CREATE INDEX record_owner ON record (owner, kind, is_deleted, position, id) WHERE owner <> '';

CREATE INDEX revision_record ON revision (record);

CREATE TABLE admission (
  name TEXT PRIMARY KEY,
  raw BLOB NOT NULL
) STRICT;

CREATE TABLE arrival (
  key INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  wait_device TEXT NOT NULL,
  wait_number INTEGER NOT NULL,
  device TEXT NOT NULL,
  first INTEGER NOT NULL,
  previous BLOB NOT NULL,
  epoch INTEGER NOT NULL,
  raw BLOB,
  source TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE aside (
  seq INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES device (key),
  number INTEGER NOT NULL,
  record TEXT NOT NULL,
  body TEXT NOT NULL,
  hash BLOB NOT NULL
) STRICT;

CREATE TABLE device (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  is_self INTEGER NOT NULL DEFAULT 0 CHECK (is_self IN (0, 1))
, public BLOB, sealed BLOB, cut INTEGER) STRICT;

CREATE TABLE draft (
  record TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  fields TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE envelope (
  key INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES device (key),
  first INTEGER NOT NULL CHECK (first > 0),
  last INTEGER NOT NULL CHECK (last >= first),
  epoch INTEGER NOT NULL,
  gap INTEGER NOT NULL DEFAULT 0 CHECK (gap IN (0, 1)),
  name TEXT NOT NULL UNIQUE,
  raw BLOB NOT NULL
) STRICT;

CREATE TABLE fork (
  device TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  held TEXT NOT NULL,
  other TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE placed (
  target INTEGER NOT NULL REFERENCES target (key),
  name TEXT NOT NULL,
  PRIMARY KEY (target, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt (
  device TEXT PRIMARY KEY,
  progress INTEGER NOT NULL,
  body TEXT NOT NULL,
  name TEXT NOT NULL,
  raw BLOB NOT NULL,
  at TEXT NOT NULL
) STRICT;

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
  is_plain INTEGER NOT NULL DEFAULT 0 CHECK (is_plain IN (0, 1)),
  words TEXT,
  text ANY GENERATED ALWAYS AS (CASE is_plain WHEN 1 THEN fields ->> 'text' ELSE words END) VIRTUAL
) STRICT;

CREATE TABLE replaced_receipt (
  name TEXT PRIMARY KEY,
  device TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE revision (
  seq INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES device (key),
  number INTEGER NOT NULL CHECK (number > 0),
  record TEXT NOT NULL,
  body TEXT NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (device, number)
) STRICT;

CREATE TABLE roster (
  place INTEGER PRIMARY KEY,
  entry BLOB NOT NULL,
  name TEXT UNIQUE,
  parcel BLOB
) STRICT;

CREATE TABLE signature (
  device INTEGER NOT NULL REFERENCES device (key),
  number INTEGER NOT NULL CHECK (number > 0),
  signature BLOB NOT NULL,
  PRIMARY KEY (device, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE target (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  address TEXT NOT NULL,
  is_on INTEGER NOT NULL DEFAULT 1,
  cursor TEXT NOT NULL DEFAULT '',
  last_good TEXT NOT NULL DEFAULT '',
  UNIQUE (kind, address)
) STRICT;

CREATE TRIGGER aside_never_changes BEFORE UPDATE ON aside
BEGIN
  SELECT RAISE(ABORT, 'a revision never changes');
END;

CREATE TRIGGER aside_never_goes BEFORE DELETE ON aside
BEGIN
  SELECT RAISE(ABORT, 'a revision never goes');
END;

CREATE TRIGGER envelope_never_changes BEFORE UPDATE ON envelope
BEGIN
  SELECT RAISE(ABORT, 'an envelope never changes');
END;

CREATE TRIGGER envelope_never_goes BEFORE DELETE ON envelope
BEGIN
  SELECT RAISE(ABORT, 'an envelope never goes');
END;

CREATE TRIGGER revision_never_changes BEFORE UPDATE ON revision
BEGIN
  SELECT RAISE(ABORT, 'a revision never changes');
END;

CREATE TRIGGER revision_never_goes BEFORE DELETE ON revision
WHEN NOT EXISTS (
  SELECT 1 FROM aside WHERE seq = old.seq AND device = old.device AND number = old.number
    AND record = old.record AND body = old.body AND hash = old.hash)
BEGIN
  SELECT RAISE(ABORT, 'a revision never goes');
END;

CREATE TRIGGER roster_never_changes BEFORE UPDATE ON roster
WHEN old.place IS NOT new.place OR old.entry IS NOT new.entry
  OR (old.name IS NOT NULL AND old.name IS NOT new.name)
  OR (old.parcel IS NOT NULL AND old.parcel IS NOT new.parcel)
BEGIN
  SELECT RAISE(ABORT, 'the roster never changes');
END;

CREATE TRIGGER roster_never_goes BEFORE DELETE ON roster
BEGIN
  SELECT RAISE(ABORT, 'the roster never goes');
END;

