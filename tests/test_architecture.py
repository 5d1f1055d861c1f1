"""What holds for every file of the app, whoever adds it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parent.parent / "app"
FILES = sorted(APP.rglob("*.py"))
MOST_LINES = 400
# Files allowed to be longer, each with its reason. The list only shrinks.
LONGER: dict[str, str] = {
    "domain/kinds/notes.py": "one table: splitting it would hide what is missing from it",
}
# Calls that leak, execute or guess; see the reasons beside them.
FORBIDDEN = {
    "set_trace_callback": "shows keys and note text",
    "eval": "runs what it reads",
    "exec": "runs what it reads",
    "mktemp": "can be raced",
}
FORBIDDEN_MODULES = {
    "pickle": "runs what it reads",
    "random": "is no source of secrets",
    "sqlite3": "would write a plain store",
}


def names(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Name):
            found.add(node.id)
    return found


def imports(path: Path) -> set[str]:
    """Every module a file imports when it runs: not those that only the type checker sees."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return {name.split(".")[0] for name in found}


def name_of(path: Path) -> str:
    return path.relative_to(APP).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_can_be_read_in_a_sitting(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= MOST_LINES or name_of(path) in LONGER


def test_every_exception_is_still_needed() -> None:
    assert {
        name for name in LONGER if len((APP / name).read_text("utf-8").splitlines()) <= MOST_LINES
    } == set()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_that_leaks_or_runs_data_is_used(path: Path) -> None:
    assert not names(path) & FORBIDDEN.keys()
    assert not imports(path) & FORBIDDEN_MODULES.keys()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_module_is_imported_inside_a_function(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    inside = [
        ast.unparse(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_everything_but_the_window_starts_without_qt() -> None:
    code = "import sys, app.start; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
