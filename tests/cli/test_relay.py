"""The relay's command: mailboxes are opened, listed and closed; what can't be is said."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from app.sync.relay import engines
from app.sync.relay.engines import in_file
from app.sync.relay.server import Server
from app.sync.relay.settings import Settings
from tests.cli.conftest import plain, refused
from tests.sync.relay.laptops import Laptop, listed, piece

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def database(tmp_path: Path) -> str:
    return in_file(tmp_path / "relay.db")


def admin(database: str, *words: str, typed: str | None = None):
    return plain("relay", "--database", database, "--admin", *words, typed=typed)


def opened(database: str) -> tuple[str, str]:
    """Open a mailbox; what it is called, and its code."""
    said = admin(database, "open").stdout
    reference = re.search(r"Mailbox ([0-9A-Z]{8}) is open", said)
    code = re.search(r"^([0-9A-Z]{13}-[0-9A-Z]{13})$", said, re.MULTILINE)
    assert reference
    assert code
    return reference[1], code[1]


def test_a_mailbox_is_opened_taken_listed_and_closed(database: str) -> None:
    assert "no mailboxes yet" in admin(database, "list").stdout
    reference, code = opened(database)
    assert f"{reference}  opened" in admin(database, "list").stdout
    assert "not taken yet" in admin(database, "list").stdout
    with Server(Settings(database)) as address:
        lead = Laptop(address, bytes(range(32)))
        other = Laptop(address, lead.inspection)
        assert lead.publish(listed(lead, other), code).status == 204
        lead.put(piece(500_000), piece(700_000))
        said = admin(database, "list").stdout
        assert "2 devices  2 items  1.2 MB" in said
        for secret in (lead.id, lead.inspection.hex(), code):
            assert secret not in said
        done = admin(database, "close", reference.lower(), "--yes")
        assert f"Mailbox {reference} is closed and empty" in done.stdout
        assert lead.list().error == (404, "closed")
    assert "closed" in admin(database, "list").stdout


def test_the_code_is_kept_nowhere(database: str, tmp_path: Path) -> None:
    _reference, code = opened(database)
    for one in tmp_path.iterdir():
        for form in (code, code.replace("-", "")):
            assert form.encode() not in one.read_bytes()


def test_closing_asks_first(database: str) -> None:
    reference, _code = opened(database)
    result = admin(database, "close", reference, typed="n\n")
    assert result.exit_code == 2
    assert "Nothing was closed" in result.stderr
    assert "not taken yet" in admin(database, "list").stdout


def test_what_is_not_there_is_not_closed(database: str) -> None:
    reference, _code = opened(database)
    assert "No mailbox that is open" in refused(admin(database, "close", "X" * 8, "--yes"), 2)
    assert "Name the mailbox" in refused(admin(database, "close", "--yes"), 2)
    assert "only to be closed" in refused(admin(database, "list", reference), 2)
    assert "only to be closed" in refused(plain("relay", "--database", database, reference), 2)


def test_a_restored_copy_is_announced(database: str) -> None:
    opened(database)
    assert "from the beginning again: 1" in admin(database, "restored").stdout


def test_no_profile_is_needed_and_none_is_made(database: str, tmp_path: Path) -> None:
    missing = tmp_path / "no profile"
    done = plain("--profile", missing, "relay", "--database", database, "--admin", "list")
    assert done.exit_code == 0
    assert not missing.exists()


@pytest.mark.parametrize("listen", ["", "8765", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:65536"])
def test_an_address_that_is_none_is_refused(database: str, listen: str) -> None:
    said = refused(plain("relay", "--database", database, "--listen", listen), 2)
    assert "127.0.0.1:8765" in said


@pytest.mark.parametrize("address", ["x", "mysql://host/x", "sqlite://", "oracle:///x"])
def test_an_address_of_no_database_is_refused(address: str) -> None:
    assert "sqlite:///" in refused(admin(address, "list"), 2)


def test_a_port_that_is_taken_is_said(database: str) -> None:
    with Server(Settings(database)) as address:
        port = address.rpartition(":")[2]
        said = refused(plain("relay", "--database", database, "--listen", f"127.0.0.1:{port}"), 1)
    assert "Nothing was started" in said


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"Dear colleagues, " * 1_000)
    before = path.read_bytes()
    assert "could not be opened" in refused(admin(in_file(path), "list"), 1)
    assert path.read_bytes() == before


def test_a_postgresql_that_is_not_there_is_said(tmp_path: Path) -> None:
    said = refused(admin(f"postgresql://nobody@/none?host={tmp_path}", "list"), 1)
    assert "could not be opened" in said


def test_a_missing_driver_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    # What an installation without the optional package is to an import.
    monkeypatch.setitem(sys.modules, "psycopg", None)
    said = refused(admin("postgresql://nobody@/none", "list"), 1)
    assert 'pip install "siteweek[postgresql]"' in said


def test_an_engine_that_damages_databases_is_not_used(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_OLDEST_SAFE_SQLITE", (99, 0, 0))
    assert "can damage" in refused(admin(database, "list"), 1)
