from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.hardening import fault
from tests import marking

MARKER = "zebra lantern 7Q"
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux says of itself")


def run(code: str, folder: Path, *, status: int | None = 0) -> subprocess.CompletedProcess[str]:
    head = f"from app.hardening import harden, say_no_values\nMARKER = {MARKER!r}\n"
    done = subprocess.run(
        [sys.executable, "-c", head + code],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
    )
    assert status is None or done.returncode == status, done.stderr
    return done


ERRORS = {
    "in the main thread": "def inner(words): raise ValueError(words)\ninner(MARKER)",
    "in a thread": (
        "import threading\ndef inner(words): raise ValueError(words)\n"
        "one = threading.Thread(target=inner, args=(MARKER,), name=MARKER)\n"
        "one.start(); one.join()\nraise SystemExit(1)"
    ),
    "that nobody can catch": (
        "class Held:\n    def __del__(self): raise ValueError(MARKER)\n"
        "    def __repr__(self): return MARKER\n"
        "Held()\nraise SystemExit(1)"
    ),
    "while another was handled": (
        "try:\n    raise KeyError(MARKER)\nexcept KeyError:\n    raise ValueError(MARKER)"
    ),
    "with notes": "e = ValueError(MARKER); e.add_note(MARKER); raise e",
    "of a group": "raise ExceptionGroup(MARKER, [ValueError(MARKER)])",
}


@pytest.mark.parametrize("how", ERRORS)
def test_k02_an_error_nobody_caught_is_told_by_type_and_place_alone(
    how: str, tmp_path: Path
) -> None:
    said = run("say_no_values()\n" + ERRORS[how], tmp_path, status=1).stderr
    assert MARKER not in said
    assert said.startswith("siteweek: a fault in Siteweek: ")
    assert "Error" in said or "Group" in said
    assert ", line " in said
    assert said.count("\n") == 1


def test_k02_the_last_error_is_not_kept_with_its_values(tmp_path: Path) -> None:
    code = """
import sys
say_no_values()
try:
    raise ValueError(MARKER)
except ValueError as problem:
    sys.last_value = sys.last_traceback = problem
    sys.excepthook(ValueError, problem, None)
assert not hasattr(sys, "last_value") and not hasattr(sys, "last_traceback")
"""
    run(code, tmp_path)


def test_k02_a_code_is_told_and_words_beside_it_are_not() -> None:
    assert fault(FileNotFoundError(2, MARKER, MARKER)) == "FileNotFoundError 2"
    problem = ValueError(MARKER)
    problem.sqlite_errorname = "SQLITE_FULL"
    assert fault(problem) == "ValueError SQLITE_FULL"
    problem.sqlite_errorname = MARKER
    assert fault(problem) == "ValueError"


def test_k01_what_libraries_log_is_written_without_its_words(tmp_path: Path) -> None:
    code = """
import logging, warnings
say_no_values()
other = logging.getLogger("some.library")
other.warning("could not read %s", MARKER)
try:
    raise ValueError(MARKER)
except ValueError:
    other.exception(MARKER, stack_info=True)
    logging.getLogger("app.store").warning("a sentence", exc_info=True)
other.warning("%d", MARKER)
logging.getLogger("app.store").warning("%d", MARKER)  # of which logging itself would complain
logging.getLogger("some.library").info(MARKER)
warnings.warn(MARKER)
"""
    said = run(code, tmp_path).stderr
    assert MARKER not in said
    assert "siteweek: warning in some.library, line " in said
    assert "warning in app.store" in said
    assert ": a sentence (ValueError in __main__" in said


@linux_only
def test_k04_core_files_are_off_and_memory_is_closed_to_others(tmp_path: Path) -> None:
    code = """
import ctypes, faulthandler, resource
faulthandler.enable()
from app.hardening import in_force

assert "memory closed to other programs" not in in_force()
harden()
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0), "core files"
assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0, "dumpable"
assert not faulthandler.is_enabled()
print(*in_force(), sep="; ")
"""
    told = run(code, tmp_path).stdout
    assert told == "fault handler off; core files off; memory closed to other programs\n"


@pytest.mark.skipif(os.name == "nt", reason="signals of this kind end no process on Windows")
@pytest.mark.parametrize("signal", ["SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL"])
def test_k04_a_process_that_is_shot_leaves_no_file_and_no_words(
    signal: str, tmp_path: Path
) -> None:
    code = (
        "import faulthandler, os, signal\nfaulthandler.enable()\nharden(); say_no_values()\n"
        f"held = MARKER * 99\nos.kill(os.getpid(), signal.{signal})"
    )
    done = run(code, tmp_path, status=None)
    assert done.returncode < 0
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []
    assert marking.found(tmp_path, MARKER) == []
