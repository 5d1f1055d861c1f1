"""A key store that keeps what it is given in memory, and can be made to fail as real ones do."""

from __future__ import annotations

from app.errors import KeyStoreError


class MemoryKeyStore:
    """Keeps texts by name for as long as it lives."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.is_broken = False

    def get(self, name: str) -> str | None:
        self._require_whole()
        return self.kept.get(name)

    def put(self, name: str, value: str) -> None:
        self._require_whole()
        self.kept[name] = value

    def remove(self, name: str) -> None:
        self._require_whole()
        self.kept.pop(name, None)

    def _require_whole(self) -> None:
        if self.is_broken:
            raise KeyStoreError("The key store is broken.")
