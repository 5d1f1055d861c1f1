"""What is installed is what was looked at: pinned, hashed, from wheels alone."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
HASHES = set(re.findall(r"sha256:([0-9a-f]{64})", LOCK))
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


def test_n09_the_bill_of_materials_lists_what_a_package_holds(tmp_path: Path) -> None:
    path = tmp_path / "bill.json"
    script = str(ROOT / ".ci" / "bill_of_materials.py")
    for _again in range(2):
        before = path.read_bytes() if path.exists() else None
        subprocess.run([sys.executable, script, str(path)], check=True)
        assert before in {None, path.read_bytes()}, "the same installation gives the same file"
    bill = path.read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill) is None
    listed = {one["name"]: one for one in json.loads(bill)["components"]}
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert {re.match(r"[A-Za-z0-9-]+", one)[0].lower() for one in wanted} <= listed.keys()
    assert not {"pip", "pytest", "ruff", "hypothesis"} & listed.keys()
    for name, one in listed.items():
        assert one["licenses"], name
        if name != "python":
            assert f"{name}=={one['version']} " in LOCK
            (reference,) = one["externalReferences"]
            assert {each["content"] for each in reference["hashes"]} <= HASHES
            assert reference["hashes"]


def test_a_package_takes_every_file_that_lies_beside_the_code() -> None:
    assert '*collect_data_files("app"),' in (ROOT / "build.spec").read_text("utf-8")
    beside = {one.name for one in collected_files()}
    assert {"schema.sql", "0001_records.sql"} <= beside


def collected_files() -> list[Path]:
    """What the packager takes for the app, asked of itself."""
    asked = "from PyInstaller.utils.hooks import collect_data_files as c; print(c('app'))"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [Path(file) for file, _folder in ast.literal_eval(done.stdout.splitlines()[-1])]
