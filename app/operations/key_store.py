"""The computer's own key store: where a secret can lie that a stolen disk alone does not hold.

Only stores that belong to the system itself are used, whatever the ``keyring`` library was told
to prefer: others write plain files, or nothing at all. The store may ask the person something,
so calls run away from the interface thread and end after a minute.
"""

from __future__ import annotations

import hmac
import threading
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from app.crypto.keys import Pepper
from app.crypto.primitives import hmac_sha256, random_bytes
from app.errors import KeyStoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from keyring.backend import KeyringBackend

Answer = TypeVar("Answer")

SERVICE: Final = "siteweek"
# The systems' own, by module; never a chain of others, a plain file, "null" or "fail".
TRUSTED: Final = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)
# Long enough to type the password of the store itself when it asks for it.
_MOST_SECONDS: Final = 60.0
_CHECK_SIZE: Final = 8
_VERSION: Final = "1"


class KeyStore(Protocol):
    """Keeps short texts by name, for this user of this computer."""

    def get(self, name: str) -> str | None:
        """Return what is kept under a name, or None; KeyStoreError if it can't be asked."""
        ...

    def put(self, name: str, value: str) -> None:
        """Keep a text under a name; KeyStoreError if it can't."""
        ...

    def remove(self, name: str) -> None:
        """Keep nothing under a name any more; KeyStoreError if it can't."""
        ...


class SystemKeyStore:
    """The key store of Windows, macOS or the Linux desktop."""

    def __init__(
        self,
        backends: Callable[[], Iterable[KeyringBackend]] | None = None,
        most_seconds: float = _MOST_SECONDS,
    ) -> None:
        """Use those of the library's stores that are the system's own."""
        self._backends = backends or _installed
        self._most_seconds = most_seconds

    def get(self, name: str) -> str | None:
        """Return what is kept under a name in any of the system's stores, or None.

        Raises:
            KeyStoreError: there is none, or it refused or did not answer.

        """
        # In any: when a desktop's preferred store changes, what the one before keeps is found.
        return self._within(lambda: _first(one.get_password(SERVICE, name) for one in self._own()))

    def put(self, name: str, value: str) -> None:
        """Keep a text in the store that the system prefers.

        Raises:
            KeyStoreError: as for ``get``.

        """
        self._within(lambda: self._own()[0].set_password(SERVICE, name, value))

    def remove(self, name: str) -> None:
        """Keep nothing under a name in any of the stores.

        Raises:
            KeyStoreError: as for ``get``.

        """
        self._within(lambda: self._remove(name))

    def _remove(self, name: str) -> None:
        for one in self._own():
            if one.get_password(SERVICE, name) is not None:
                one.delete_password(SERVICE, name)

    def _own(self) -> list[KeyringBackend]:
        """Return the system's own stores, the preferred one first."""
        own = [one for one in self._backends() if type(one).__module__ in TRUSTED]
        if not own:
            raise KeyStoreError(
                "This computer has no key store of its own that Siteweek trusts. Nothing was "
                "changed. A profile that needs one is opened with its recovery key."
            )
        return sorted(own, key=lambda one: float(one.priority), reverse=True)

    def _within(self, call: Callable[[], Answer]) -> Answer:
        """Return the answer of a call that may hang, from a thread that is left behind if so."""
        answers: list[Answer] = []
        refusals: list[Exception] = []

        def ask() -> None:
            try:
                answers.append(call())
            except Exception as problem:  # noqa: BLE001 - each store has its own kinds of error
                refusals.append(problem)

        asking = threading.Thread(target=ask, name="key store", daemon=True)
        asking.start()
        asking.join(self._most_seconds)
        if answers:
            return answers[0]
        if refusals and isinstance(refusals[0], KeyStoreError):
            raise refusals[0]
        # The store's own words are dropped: what they may quote is not for a log.
        how = "refused" if refusals else "did not answer"
        raise KeyStoreError(
            f"This computer's key store {how}. Nothing was changed. Unlock it, or sign in to the "
            "computer again, and try once more; the recovery key goes without it."
        )


def held_pepper(store: KeyStore, vault_id: bytes) -> Pepper | None:
    """Return the secret that a key store keeps for a profile, or None if it keeps none.

    Raises:
        KeyStoreError: the store can't be asked, or keeps something else under that name.

    """
    kept = store.get(name_of(vault_id))
    if kept is None:
        return None
    version, _, rest = kept.partition(":")
    secret, _, check = rest.partition(":")
    try:
        pepper = Pepper(bytes.fromhex(secret))
    except ValueError:
        raise _strange() from None
    whole = hmac.compare_digest(check.encode(), _check(pepper, vault_id).encode())
    if version != _VERSION or not whole:
        raise _strange()
    return pepper


def new_pepper() -> Pepper:
    """Return a new random secret that is kept nowhere yet."""
    return Pepper(random_bytes(Pepper.SIZE))


def keep_pepper(store: KeyStore, vault_id: bytes, new: Pepper | None = None) -> Pepper:
    """Return the secret for a profile, kept and read back; one that is there already stays.

    Raises:
        KeyStoreError: the store can't keep it, or keeps something else under that name.

    """
    held = held_pepper(store, vault_id)
    if held is not None:
        # An older copy of the keyring may need it: what is there is never overwritten.
        return held
    pepper = new or new_pepper()
    check = _check(pepper, vault_id)
    store.put(name_of(vault_id), f"{_VERSION}:{pepper.raw.hex()}:{check}")
    if held_pepper(store, vault_id) != pepper:
        raise KeyStoreError(
            "This computer's key store took the secret and did not give it back. Nothing was "
            "changed. Go on without it."
        )
    return pepper


def name_of(vault_id: bytes) -> str:
    """Return the name under which the secret of a profile is kept."""
    return vault_id.hex()


def _check(pepper: Pepper, vault_id: bytes) -> str:
    # Tells a damaged or foreign entry from a wrong passphrase; it protects nothing.
    return hmac_sha256(pepper.raw, vault_id)[:_CHECK_SIZE].hex()


def _strange() -> KeyStoreError:
    return KeyStoreError(
        "What this computer's key store keeps for this profile is damaged. Nothing was changed. "
        "Open the profile with its recovery key."
    )


def _installed() -> Iterable[KeyringBackend]:
    # Imported when wanted: it asks the desktop for its stores, which most profiles never need.
    from keyring.backend import get_all_keyring  # noqa: PLC0415

    return get_all_keyring()


def _first(found: Iterable[str | None]) -> str | None:
    return next((one for one in found if one is not None), None)
