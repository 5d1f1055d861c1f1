-- What is exchanged with other laptops. Threat: a copy that only one laptop holds is lost with it,
-- and whoever carries the copies could alter, hide or replace them. So everything that arrived is
-- kept as it was signed, and whatever could not be taken in is kept beside it with its reason.

-- Revisions of a device past its cut are held but don't count: it was removed, or has said two
-- different things under one number. NULL: all of them count.
ALTER TABLE device ADD COLUMN cut INTEGER;

-- Envelopes of revisions, this laptop's own and others', as they were signed. gap: the revisions
-- just before the first were sealed for others alone, and are never held here.
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
CREATE INDEX envelope_device ON envelope (device, last);
CREATE TRIGGER envelope_never_changes BEFORE UPDATE ON envelope
BEGIN
  SELECT RAISE(ABORT, 'an envelope never changes');
END;
CREATE TRIGGER envelope_never_goes BEFORE DELETE ON envelope
BEGIN
  SELECT RAISE(ABORT, 'an envelope never goes');
END;

-- The roster's entries by their place, from 0, and the envelope each travels in, where it is held.
CREATE TABLE roster (
  place INTEGER PRIMARY KEY,
  entry BLOB NOT NULL,
  name TEXT UNIQUE,
  parcel BLOB
) STRICT;
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

-- Changes of an earlier identity of this laptop that nobody else was ever given. Others may hold
-- different ones under their numbers, so after a restore they are written again under the present
-- identity, and kept here as they were.
CREATE TABLE aside (
  seq INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES device (key),
  number INTEGER NOT NULL,
  record TEXT NOT NULL,
  body TEXT NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER aside_never_changes BEFORE UPDATE ON aside
BEGIN
  SELECT RAISE(ABORT, 'a revision never changes');
END;
CREATE TRIGGER aside_never_goes BEFORE DELETE ON aside
BEGIN
  SELECT RAISE(ABORT, 'a revision never goes');
END;
DROP TRIGGER revision_never_goes;
CREATE TRIGGER revision_never_goes BEFORE DELETE ON revision
WHEN NOT EXISTS (
  SELECT 1 FROM aside WHERE seq = old.seq AND device = old.device AND number = old.number
    AND record = old.record AND body = old.body AND hash = old.hash)
BEGIN
  SELECT RAISE(ABORT, 'a revision never goes');
END;

-- What arrived and was not taken in. state: waiting, quarantined, refused, unreadable, or skipped
-- for what brought nothing new; the last three keep no bytes, only the name, so that it isn't
-- fetched again.
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
CREATE INDEX arrival_state ON arrival (state, device, first);

-- Proof that a device said two things under one number: the envelope held and the other one.
CREATE TABLE fork (
  device TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  held TEXT NOT NULL,
  other TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The newest receipt of each device, and when it came.
CREATE TABLE receipt (
  device TEXT PRIMARY KEY,
  progress INTEGER NOT NULL,
  body TEXT NOT NULL,
  name TEXT NOT NULL,
  raw BLOB NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE TABLE replaced_receipt (
  name TEXT PRIMARY KEY,
  device TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What newcomers need to begin, for them to pick up where they find it.
CREATE TABLE admission (
  name TEXT PRIMARY KEY,
  raw BLOB NOT NULL
) STRICT;

-- Where this laptop hands over. placed is what is known to lie there: it can be forgotten at any
-- time, since what lies there is asked anew.
CREATE TABLE target (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  address TEXT NOT NULL,
  is_on INTEGER NOT NULL DEFAULT 1,
  cursor TEXT NOT NULL DEFAULT '',
  last_good TEXT NOT NULL DEFAULT '',
  UNIQUE (kind, address)
) STRICT;
CREATE TABLE placed (
  target INTEGER NOT NULL REFERENCES target (key),
  name TEXT NOT NULL,
  PRIMARY KEY (target, name)
) STRICT, WITHOUT ROWID;

-- Need: ten thousand notes that arrive are searchable in a second. A paragraph's words stood in the
-- store three times; now they are read out of the record's fields. And triggers on the index cost
-- more than the index: whoever writes a record writes its words to the index too.
DROP TRIGGER passage_added;
DROP TRIGGER passage_gone;
DROP TRIGGER passage_changed;
DROP INDEX record_kind;
DROP INDEX record_owner;
DROP INDEX record_forked;
ALTER TABLE record RENAME TO earlier_record;
-- text holds the words that searching finds: those of the field of that name alone, or others. Of
-- type ANY, or a strict table would work it out at every insert only to look at its type.
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
INSERT INTO record (
  key, id, kind, owner, position, is_deleted, changed_at, fields, forks, is_plain, words)
SELECT key, id, kind, owner, position, is_deleted, changed_at, fields, forks, is_plain,
  CASE is_plain WHEN 0 THEN text END
FROM (
  SELECT *, text IS NOT NULL AND json_type(fields, '$.text') IS 'text'
    AND text IS fields ->> 'text' AND NOT EXISTS (
      SELECT 1 FROM json_each(fields) WHERE type IN ('array', 'object')) AS is_plain
  FROM earlier_record)
ORDER BY key;
DROP TABLE earlier_record;
CREATE INDEX record_kind ON record (kind, is_deleted, position, id);
CREATE INDEX record_owner ON record (owner, kind, is_deleted, position, id) WHERE owner <> '';
CREATE INDEX record_forked ON record (id) WHERE forks IS NOT NULL;
