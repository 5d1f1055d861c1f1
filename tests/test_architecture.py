"""What holds for every file of the app, whoever adds it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

APP = Path(__file__).resolve().parent.parent / "app"
FILES = sorted(APP.rglob("*.py"))
MOST_LINES = 400
# Files allowed to be longer, each with its reason. The list only shrinks.
LONGER: dict[str, str] = {}
# Files that import inside a function, each with its reason. None may do so to calm a cycle.
# The lock screen is painted before any of the inside is read; these stand on the way to it.
EARLY = "the window knows it before anything is unlocked, and reads what it does when it is done"
LATE: dict[str, str] = {
    **dict.fromkeys(
        (
            "cli/group.py",
            "ui/application.py",
            "ui/care/care.py",
            "ui/frame.py",
            "ui/locking/leaving.py",
            "ui/locking/minutes.py",
            "ui/locking/unfinished.py",
            "ui/main_window.py",
            "ui/pages/inspections/page.py",
            "ui/widgets/passphrase_form.py",
            "ui/widgets/printing.py",
            "ui/widgets/recovery_form.py",
            "ui/workflows/first_run/work.py",
            "ui/workflows/forgotten.py",
            "ui/workflows/unlock.py",
        ),
        EARLY,
    ),
    "operations/key_store.py": "asks the desktop for its key stores; most profiles never need it",
    "operations/passphrases.py": "reads long lists, which unlocking never needs",
    "operations/spelling.py": "its library is missing on some systems, and slow to load",
    "reports/write.py": "the libraries behind each format would slow a start that writes nothing",
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
            # A method may be called exec, as Qt's is; only the bare name runs what it reads.
            found.update({node.attr} - {"exec", "eval"})
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


def test_a_file_can_be_read_in_a_sitting() -> None:
    long = {name_of(one) for one in FILES if len(one.read_text("utf-8").splitlines()) > MOST_LINES}
    # Equal, not only within: an exception that is no longer needed has to go.
    assert long == set(LONGER)


def test_every_module_says_what_it_is_for() -> None:
    assert [
        name_of(one) for one in FILES if not ast.get_docstring(ast.parse(one.read_text("utf-8")))
    ] == []


def test_nothing_that_leaks_or_runs_data_is_used() -> None:
    used = {
        name_of(one): found
        for one in FILES
        if (found := names(one) & FORBIDDEN.keys() | imports(one) & FORBIDDEN_MODULES.keys())
    }
    assert used == {}


def test_modules_are_imported_at_the_top() -> None:
    inside = {
        name_of(one)
        for one in FILES
        for function in ast.walk(ast.parse(one.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert inside == set(LATE)


def test_everything_but_the_window_starts_without_qt() -> None:
    code = "import sys, app.start; sys.exit(any('PySide6' in name for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
