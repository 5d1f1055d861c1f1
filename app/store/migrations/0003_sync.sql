-- What is exchanged with other laptops. Threat: a copy that only one laptop holds is lost with it,
-- and whoever carries the copies could alter, hide or replace them. So everything that arrived is
-- kept as it was signed, and whatever could not be taken in is kept beside it with its reason.

-- Revisions of a device past its cut are held but don't count: it was removed, or has said two
-- different things under one number. NULL: all of them count.
ALTER TABLE device ADD COLUMN cut INTEGER;

-- Envelopes of revisions, this laptop's own and others', as they were signed.
CREATE TABLE envelope (
  key INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES device (key),
  first INTEGER NOT NULL CHECK (first > 0),
  last INTEGER NOT NULL CHECK (last >= first),
  epoch INTEGER NOT NULL,
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
