-- Threat: a history that nobody signed can be rewritten by whoever holds the file, and a laptop
-- restored from a backup would go on under a number that others hold already. A device has keys
-- of its own in each inspection; the newest revision is signed at every lock and close.

-- public is the device's public identity; sealed its private keys, for this laptop's own only.
-- A laptop keeps the sealed keys of its earlier identities: what was sealed to them stays readable.
ALTER TABLE device ADD COLUMN public BLOB;
ALTER TABLE device ADD COLUMN sealed BLOB;

-- A device's signature over its revision of that number, and so over all of its earlier ones.
CREATE TABLE signature (
  device INTEGER NOT NULL REFERENCES device (key),
  number INTEGER NOT NULL CHECK (number > 0),
  signature BLOB NOT NULL,
  PRIMARY KEY (device, number)
) STRICT, WITHOUT ROWID;
