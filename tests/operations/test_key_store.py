"""Only the system's own key stores are used, and none can hang, mislead or lose a secret unseen."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring

from app.crypto.keys import Pepper
from app.errors import KeyStoreError, SiteweekError
from app.operations.key_store import (
    SERVICE,
    TRUSTED,
    SystemKeyStore,
    held_pepper,
    keep_pepper,
    name_of,
)
from tests.fakes.key_stores import MemoryKeyStore

if TYPE_CHECKING:
    from collections.abc import Callable

VAULT = bytes(range(16))
OTHER_VAULT = bytes(16)


class Backend(KeyringBackend):
    """A store as the library has them; it belongs to the test and registers nowhere."""

    priority = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


KeyringBackend._classes.discard(Backend)  # the library lists every class that is ever made


def backend(module: str = TRUSTED[0], priority: float = 5) -> Backend:
    made: Backend = type("Keyring", (Backend,), {"__module__": module, "priority": priority})()
    KeyringBackend._classes.discard(type(made))
    return made


def system(*backends: KeyringBackend) -> SystemKeyStore:
    return SystemKeyStore(lambda: backends)


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(KeyStoreError) as problem:
        call()
    assert "Nothing was changed" in problem.value.sentence
    return problem.value.sentence


@pytest.mark.parametrize("module", TRUSTED)
def test_what_is_kept_comes_back_and_goes(module: str) -> None:
    own = backend(module)
    store = system(own)
    assert store.get("a") is None
    store.put("a", "secret")
    assert own.kept == {(SERVICE, "a"): "secret"}
    assert store.get("a") == "secret"
    store.remove("a")
    store.remove("a")
    assert store.get("a") is None
    assert own.kept == {}


@pytest.mark.parametrize(
    "others",
    [
        [],
        [FailKeyring()],
        [NullKeyring()],
        [ChainerBackend()],
        [backend("keyrings.alt.file"), backend("tests.anything"), backend("keyring.backends.null")],
    ],
    ids=["none", "fail", "null", "chain", "files"],
)
def test_stores_that_are_not_the_systems_own_are_never_used(others: list[KeyringBackend]) -> None:
    store = system(*others)
    for call in (
        lambda: store.get("a"),
        lambda: store.put("a", "secret"),
        lambda: store.remove("a"),
    ):
        assert "no key store of its own" in refused(call)
    assert not [one for one in others if isinstance(one, Backend) and one.kept]


def test_what_the_library_was_told_to_prefer_does_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    own, plain = backend(), backend("keyrings.alt.file", priority=99)
    system(plain, own, NullKeyring()).put("a", "secret")
    assert (len(own.kept), len(plain.kept)) == (1, 0)


def test_a11_what_the_store_before_keeps_is_found_when_the_preferred_one_changes() -> None:
    before, after = backend(priority=5), backend(TRUSTED[4], priority=9)
    system(before).put("a", "secret")
    store = system(before, after)
    assert store.get("a") == "secret"
    store.put("b", "newer")
    assert (SERVICE, "b") in after.kept
    store.remove("a")
    assert before.kept == {}


def test_a_store_that_refuses_is_said_without_its_words() -> None:
    own = backend()
    own.get_password = lambda *_asked: 1 / 0  # type: ignore[method-assign]
    assert "refused" in refused(lambda: system(own).get("a"))


def test_a_store_that_never_answers_is_left_behind() -> None:
    own, forever = backend(), threading.Event()
    own.get_password = lambda *_asked: forever.wait() and None  # type: ignore[method-assign]
    try:
        store = SystemKeyStore(lambda: [own], most_seconds=0.01)
        assert "did not answer" in refused(lambda: store.get("a"))
    finally:
        forever.set()


def test_a_secret_is_kept_once_and_an_older_one_never_overwritten() -> None:
    store = MemoryKeyStore()
    assert held_pepper(store, VAULT) is None
    made = keep_pepper(store, VAULT)
    assert held_pepper(store, VAULT) == made
    assert keep_pepper(store, VAULT) == made
    assert keep_pepper(store, VAULT, Pepper(bytes(32))) == made
    assert keep_pepper(store, OTHER_VAULT) != made
    assert len(store.kept[name_of(VAULT)]) < 2_560  # what Windows allows


def test_a_given_secret_is_kept_as_it_is() -> None:
    store, given = MemoryKeyStore(), Pepper(b"p" * 32)
    assert keep_pepper(store, VAULT, given) == given == held_pepper(store, VAULT)


def test_a11_a_damaged_or_foreign_entry_is_said_and_left_as_it_is() -> None:
    store = MemoryKeyStore()
    keep_pepper(store, VAULT)
    whole = store.kept[name_of(VAULT)]
    harmed = [whole[:place] + "?" + whole[place + 1 :] for place in range(len(whole))]
    harmed += [whole[:length] for length in range(len(whole))]
    keep_pepper(store, OTHER_VAULT)
    harmed += [store.kept[name_of(OTHER_VAULT)], whole + "0", "é", f"2{whole[1:]}"]
    for value in harmed:
        store.kept[name_of(VAULT)] = value
        for call in (lambda: held_pepper(store, VAULT), lambda: keep_pepper(store, VAULT)):
            assert "recovery key" in refused(call)
        assert store.kept[name_of(VAULT)] == value


def test_a_store_that_forgets_what_it_took_is_found_out() -> None:
    class Forgetful(MemoryKeyStore):
        def put(self, name: str, value: str) -> None:
            """Take it and keep nothing, as the library's null store does."""

    with pytest.raises(SiteweekError, match="did not give it back"):
        keep_pepper(Forgetful(), VAULT)
