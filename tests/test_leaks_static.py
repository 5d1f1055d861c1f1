"""What can be read from the source: nothing traces, guesses, runs data or names what is open."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "app").rglob("*.py"))
TREES = {one.relative_to(ROOT).as_posix(): ast.parse(one.read_text("utf-8")) for one in FILES}


def used(tree: ast.AST) -> set[str]:
    """Every name and attribute a file speaks of."""
    found = {one.attr for one in ast.walk(tree) if isinstance(one, ast.Attribute)}
    found |= {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
    imports = [one for one in ast.walk(tree) if isinstance(one, (ast.Import, ast.ImportFrom))]
    return found | {alias.name for one in imports for alias in one.names}


def where(names: set[str]) -> dict[str, set[str]]:
    return {file: met for file, tree in TREES.items() if (met := used(tree) & names)}


def calls(tree: ast.AST, name: str) -> list[ast.Call]:
    return [
        one
        for one in ast.walk(tree)
        if isinstance(one, ast.Call)
        and (getattr(one.func, "attr", "") == name or getattr(one.func, "id", "") == name)
    ]


def test_k03_nothing_traces_echoes_or_dumps() -> None:
    tracing = {
        "set_trace_callback",
        "set_profile",
        "tracer",
        "settrace",
        "setprofile",
        "breakpoint",
        "print_exc",
        "format_exc",
        "print_exception",
        "dump_traceback",
        "qDebug",
        "dumpObjectTree",
        "dumpObjectInfo",
        "basicConfig",
        "FileHandler",
        "RotatingFileHandler",
    }
    assert where(tracing) == {}


# What may follow a message in the log: sentences made to be shown, and reasons of the system.
LOGGED = {
    "problem.sentence",
    "engine.reason(problem)",
    "os.strerror(problem.errno or 0)",
    # Made of type, place and code alone, or of a category and a line.
    "what",
    "category",
    "f', line {line}' if line else ''",
}


def test_k03_the_log_is_given_sentences_and_reasons_and_never_a_value() -> None:
    levels = ("debug", "info", "warning", "error", "exception", "critical", "log")
    for file, tree in TREES.items():
        for call in (one for level in levels for one in calls(tree, level)):
            if ast.unparse(call.func.value) not in {"_log", "logging"}:
                continue
            message, *given = call.args
            assert isinstance(message, ast.Constant), file
            assert {ast.unparse(one) for one in given} <= LOGGED, file
            assert not call.keywords, file


# Dialogs named by whoever opens them, where the name stands in the call, and how that is made sure.
NAMED_BY_OTHERS = {
    "OneLine": "app/ui/widgets/one_line.py",
    "Picker": "app/ui/widgets/picker.py",
    "SidePicker": "app/ui/widgets/side_picker.py",
    "WriteDialog": "app/ui/widgets/write_dialog.py",
    "ask_and_write": "app/ui/writing.py",
    "choose_finding": "app/ui/pages/findings/choosing.py",
}


def test_k07_no_window_is_named_after_what_is_in_it() -> None:
    for file, tree in TREES.items():
        if file in NAMED_BY_OTHERS.values():
            continue
        names = [call.args[0] for call in calls(tree, "setWindowTitle")]
        names += [call.args[1] for name in NAMED_BY_OTHERS for call in calls(tree, name)]
        for one in ast.walk(tree):
            inherits = isinstance(one, ast.ClassDef) and {ast.unparse(base) for base in one.bases}
            if inherits and inherits & set(NAMED_BY_OTHERS):
                names += [call.args[1] for call in calls(one, "__init__")]
        for name in names:
            is_fixed = isinstance(name, ast.Name) and name.id.isupper()
            assert isinstance(name, ast.Constant) or is_fixed, (file, ast.unparse(name))


def test_k07_nothing_is_left_with_the_desktop() -> None:
    desktop = {
        "QSystemTrayIcon",
        "setWindowFilePath",
        "SHAddToRecentDocs",
        "QFileSystemWatcher",
        "setApplicationState",
        "setBadgeNumber",
        "QDesktopServices",
        "QTemporaryFile",
    }
    assert where(desktop) == {}
    # Settings are opened nowhere, and in one place shut for Qt's own dialogs.
    assert set(where({"QSettings"})) == {"app/ui/application.py"}
    tree = TREES["app/ui/application.py"]
    assert calls(tree, "QSettings") == []
    assert len(calls(tree, "setPath")) > 0


def test_k11_the_environment_is_read_for_four_things_and_given_one() -> None:
    read = {
        file: sorted(
            {
                ast.unparse(call.args[0])
                for call in (*calls(tree, "get"), *calls(tree, "pop"))
                if ast.unparse(call.func.value) == "os.environ"
            }
        )
        for file, tree in TREES.items()
        if "environ" in used(tree)
    }
    assert read == {
        "app/cli/demo.py": ["'DISPLAY'", "'QT_QPA_PLATFORM'", "'WAYLAND_DISPLAY'"],
        "app/ui/locking/linux.py": ["'XDG_SESSION_ID'"],
        "app/ui/locking/restart.py": ["LOOK"],
    }
    assert where({"putenv", "setproctitle", "getenv", "environb"}) == {}


def test_k12_nothing_in_the_window_speaks_to_a_network() -> None:
    network = {"socket", "QtNetwork", "urllib", "http", "requests", "httpx", "ssl", "QWebSocket"}
    inside = {
        file: found
        for file, tree in TREES.items()
        if file.startswith(("app/ui/", "app/cli/", "app/operations/"))
        and (found := {one.split(".")[0] for one in imported(tree)} & network)
    }
    assert inside == {}


def imported(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(alias.name for alias in node.names)}
    return found


def test_k15_nothing_puts_a_folder_before_our_own_code() -> None:
    assert where({"addsitedir", "chdir", "add_dll_directory", "PYTHONPATH"}) == {}
    for file, tree in TREES.items():
        paths = [ast.unparse(one) for one in ast.walk(tree) if isinstance(one, ast.Attribute)]
        assert not {"sys.path", "sys.meta_path", "sys.path_hooks"} & set(paths), file


def test_k15_the_package_is_one_folder_that_is_never_unpacked_anywhere() -> None:
    tree = ast.parse((ROOT / "build.spec").read_text("utf-8"))
    (executable,) = calls(tree, "EXE")
    given = {one.arg: ast.unparse(one.value) for one in executable.keywords}
    # One that unpacks itself would run from a folder that other programs may write.
    assert given["exclude_binaries"] == "True"
    assert "runtime_tmpdir" not in given
    assert len(calls(tree, "COLLECT")) == 1
    (analysis,) = calls(tree, "Analysis")
    assert not any(one.arg == "runtime_hooks" for one in analysis.keywords)


# N10: each line is something nobody may write, and the rule that stops it in the check.
REFUSED = {
    "import pickle\npickle.loads(b'')": "S301",
    "exec('a = 1')": "S102",
    "eval('1')": "S307",
    "import subprocess\nsubprocess.run('a', shell=True)": "S602",
    "import os\nos.system('a')": "S605",
    "import yaml\nyaml.load('a')": "S506",
    "import tempfile\ntempfile.mktemp()": "S306",
    "import random\nrandom.random()": "S311",
    "def find(db, a):\n    db.execute('SELECT * FROM t WHERE a = ' + a)": "S608",
    "import requests\nrequests.get('https://a', verify=False, timeout=1)": "S501",
    "import ssl\nssl._create_unverified_context()": "S323",
    "try:\n    a = 1\nexcept:\n    a = 2": "E722",
    "try:\n    a = 1\nexcept Exception:\n    pass": "S110",
    "import hashlib\nhashlib.md5(b'')": "S324",
    "import xml.etree.ElementTree as E\nE.parse('a')": "S314",
    "import tarfile\ntarfile.open('a').extractall()": "S202",
}


@pytest.mark.parametrize("code", REFUSED)
def test_n10_the_check_refuses_what_is_unsafe(code: str) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "ruff",
            "check",
            "--no-cache",
            "--output-format=concise",
            "--stdin-filename",
            "app/crypto/sample.py",
            "-",
        ],
        input=code,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 1
    assert f" {REFUSED[code]} " in done.stdout, done.stdout


def test_n10_no_rule_that_guards_is_switched_off_for_the_app() -> None:
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    rules = set(REFUSED.values())
    assert lint["select"] == ["ALL"]
    assert not rules & set(lint["ignore"])
    allowed = {"app/store/*.py": {"S608"}}  # put together of the layer's own constants; see there
    for place, ignored in lint["per-file-ignores"].items():
        if place.startswith("app"):
            assert rules & set(ignored) == allowed.get(place, set()), place
    for one in FILES:
        for line in one.read_text("utf-8").splitlines():
            assert not any(rule in line for rule in rules if "noqa" in line), (one, line)


# Names of values whose bytes an attacker may choose one by one, told apart by how long it took.
SECRETS = {"tag", "mac", "seal", "proof", "digest", "secret", "passphrase", "key", "raw"}


def test_n10_secrets_and_tags_are_compared_in_constant_time() -> None:
    for file, tree in TREES.items():
        if not file.startswith("app/crypto/"):
            continue
        for one in ast.walk(tree):
            if not isinstance(one, ast.Compare) or not isinstance(one.ops[0], (ast.Eq, ast.NotEq)):
                continue
            sides = (one.left, *one.comparators)
            names = {getattr(side, "attr", getattr(side, "id", "")) for side in sides}
            assert not names & SECRETS, (file, ast.unparse(one))


def test_n12_random_bytes_come_from_the_system_alone() -> None:
    # One function draws them; what fills the reserve on disk is no secret.
    assert where({"urandom"}) == {
        "app/crypto/primitives.py": {"urandom"},
        "app/store/reserve.py": {"urandom"},
    }
    assert where({"random", "Random", "SystemRandom", "numpy", "uuid4", "getrandbits"}) == {}
    # The standard library's own way to the system's random bytes, above the crypto layer.
    drawing = {
        file
        for file, tree in TREES.items()
        if {one.split(".")[0] for one in imported(tree)} & {"secrets"}
    }
    assert not any(file.startswith(("app/crypto/", "app/store/")) for file in drawing)
