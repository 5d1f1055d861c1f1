"""What is installed is what was looked at: pinned, hashed, from wheels alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
REQUIREMENTS = [
    one for one in re.split(r"\n(?=\S)", LOCK.strip()) if one and not one.startswith("#")
]


def test_n09_every_dependency_is_pinned_to_one_version() -> None:
    assert len(REQUIREMENTS) > 20
    for one in REQUIREMENTS:
        assert re.match(r"[a-z0-9._-]+==\S+", one), one.splitlines()[0]


@pytest.mark.parametrize("one", REQUIREMENTS, ids=lambda one: one.split("==")[0])
def test_n09_a_changed_file_would_not_be_installed(one: str) -> None:
    assert re.findall(r"--hash=sha256:[0-9a-f]{64}", one)


def test_n09_the_set_up_takes_nothing_without_its_hash_and_builds_nothing() -> None:
    set_up = (ROOT / ".ci" / "set_up.py").read_text("utf-8")
    assert '"--require-hashes", "--only-binary", ":all:", "-r", lock' in set_up


def test_the_lock_names_no_host() -> None:
    assert "://" not in LOCK
    assert "--index" not in LOCK
