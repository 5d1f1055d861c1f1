"""Where words go that their store can't take: a sealed file in another folder.

For a folder that turned read-only and a disk that failed or ran full. The file is encrypted under
a key of the inspection, its name tells nothing, and what is in it becomes a draft again at the
next opening that can write.

::

    0    12   nonce, random
    12   n    JSON list of drafts, AES-256-GCM under the refuge key,
              context = "siteweek/refuge/v1" ‖ inspection id
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from app.crypto.files import read_key_file, write_key_file
from app.crypto.inspection_keys import LABEL_REFUGE
from app.crypto.primitives import (
    NONCE_SIZE,
    BrokenSealError,
    aes256_gcm_open,
    aes256_gcm_seal,
    hmac_sha256,
    random_bytes,
)
from app.domain.revisions import canonical
from app.errors import SiteweekError
from app.store.drafts import Draft
from app.store.places import OWNER_ONLY_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from app.crypto.inspection_keys import InspectionKeys

MOST_BYTES: Final = 8 * 1024 * 1024
_NAME: Final = b"name"


class Refuge:
    """The words of one inspection that wait outside its store, the newest of each record."""

    def __init__(self, places: Sequence[Path], keys: InspectionKeys) -> None:
        """Look for nothing yet; the first of ``places`` that can be written is used."""
        self._places, self._keys = places, keys
        self._held: dict[str, Draft] = {}

    def found(self) -> list[Draft]:
        """Return what earlier runs had to put there; what can't be opened is left alone."""
        drafts: list[Draft] = []
        for path in self._paths():
            drafts += self._opened(path)
        return sorted(drafts, key=lambda one: one.at)

    def take(self, drafts: Iterable[Draft]) -> bool:
        """Keep words; return whether they are on a disk."""
        self._held |= {one.record: one for one in drafts}
        return bool(self._held) and self._write()

    def let_go(self, records: Iterable[str]) -> None:
        """Forget words that are in the store by now."""
        known = [record for record in records if self._held.pop(record, None) is not None]
        if known and (not self._held or not self._write()):
            self.discard()

    def discard(self) -> None:
        """Remove the file, wherever it is."""
        for path in self._paths():
            try:
                path.unlink(missing_ok=True)
            except OSError:
                continue  # it holds nothing readable, and is taken up again at the next opening

    def _paths(self) -> list[Path]:
        name = hmac_sha256(self._keys.refuge.raw, _NAME)[:16].hex()
        return [place / f"siteweek-{name}.refuge" for place in self._places]

    def _write(self) -> bool:
        nonce = random_bytes(NONCE_SIZE)
        plain = canonical([list(one) for one in self._held.values()]).encode(
            "utf-8", "surrogatepass"
        )
        sealed = nonce + aes256_gcm_seal(self._keys.refuge.raw, nonce, plain, self._context())
        for path in self._paths():
            try:
                path.parent.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
                write_key_file(path, sealed)
            except (OSError, SiteweekError):
                continue
            return True
        return False

    def _opened(self, path: Path) -> list[Draft]:
        try:
            untrusted = read_key_file(path, MOST_BYTES)
            nonce, sealed = untrusted[:NONCE_SIZE], untrusted[NONCE_SIZE:]
            plain = aes256_gcm_open(self._keys.refuge.raw, nonce, sealed, self._context())
        except (SiteweekError, BrokenSealError, ValueError):
            return []
        return [Draft(*one) for one in json.loads(plain)]

    def _context(self) -> bytes:
        return LABEL_REFUGE + self._keys.inspection_id
