"""All the keys of one inspection, made from its store key.

Made when the inspection is opened and handed to the store, so that the profile's master key
stays where it is. Each key is for one purpose: a label is never reused or changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.crypto import store_key
from app.crypto.keys import DatabaseKey, IdentityWrapKey, RefugeKey, StoreKey
from app.crypto.primitives import hkdf_sha256

LABEL_IDENTITY: Final = b"siteweek/identity-wrap/v1"
LABEL_REFUGE: Final = b"siteweek/refuge/v1"


@dataclass(frozen=True, slots=True)
class InspectionKeys:
    """The store key of an inspection and what is derived from it. The id is 16 bytes."""

    inspection_id: bytes
    store: StoreKey

    @property
    def database(self) -> DatabaseKey:
        """SQLCipher's raw key."""
        return store_key.database_key(self.store, self.inspection_id)

    @property
    def identity_wrap(self) -> IdentityWrapKey:
        """What this laptop's private keys are sealed under."""
        return IdentityWrapKey(self._derive(LABEL_IDENTITY))

    @property
    def refuge(self) -> RefugeKey:
        """What words are sealed under that could not be written to the store."""
        return RefugeKey(self._derive(LABEL_REFUGE))

    def _derive(self, label: bytes) -> bytes:
        return hkdf_sha256(self.store.raw, salt=self.inspection_id, label=label)
