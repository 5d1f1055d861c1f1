"""What lies where in the folder of one inspection, and beside it."""

from __future__ import annotations

from typing import Final

STORE: Final = "store.db"
LOG: Final = "store.db-wal"
JOURNAL: Final = "store.db-journal"
KEY_FILE: Final = "store.key"
BLOBS: Final = "blobs"
BACKUPS: Final = "backups"
LOCK: Final = "lock"
RESERVE: Final = "reserve"
KEPT_LOG: Final = "store.db-wal.kept"
RESTORED: Final = "store.restored.db"
NEXT_STORE: Final = "store.next.db"
NEXT_KEY_FILE: Final = "store.key.next"
DESTROYING: Final = ".destroying"  # ends the name of a folder that is being destroyed
DISPOSED: Final = "disposed"
OWNER: Final = "owner"  # in the profile's folder: who uses it
INVITATION: Final = "invitation"  # what a laptop remembers under this name, it asked to join by

OWNER_ONLY_FOLDER: Final = 0o700
OWNER_ONLY_FILE: Final = 0o600
