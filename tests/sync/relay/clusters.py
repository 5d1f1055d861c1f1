"""A PostgreSQL server of our own, in a folder that goes with it. It listens at no port."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, create_engine

if TYPE_CHECKING:
    from collections.abc import Iterator

_USERS = ("postgres", "nobody")


def why_not() -> str:
    """Why there can be none here; nothing when there can."""
    if os.name != "posix":
        return "PostgreSQL is tried on Linux and macOS"
    if _tool("initdb") is None or _tool("pg_ctl") is None:
        return "PostgreSQL is not installed"
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        return "PostgreSQL refuses to run as root, and there is no setpriv"
    return ""


@contextmanager
def cluster(*, is_durable: bool = False) -> Iterator[URL]:
    """Run a server; yield the address of a database in it."""
    folder = Path(tempfile.mkdtemp(prefix="siteweek-pg-"))
    user = _user()
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, user)
        _run(user, _tool("initdb"), "-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "-N")
        flush = "" if is_durable else " -c fsync=off -c full_page_writes=off"
        options = f"-c listen_addresses='' -k {folder} -c max_connections=60{flush}"
        log = folder / "log"
        _run(user, _tool("pg_ctl"), "-D", data, "-o", options, "-l", log, "-w", "start")
        try:
            yield URL.create("postgresql", user, database="postgres", query={"host": str(folder)})
        finally:
            _run(user, _tool("pg_ctl"), "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(of: URL, name: str) -> Iterator[str]:
    """An empty database; yield its address as it would be typed."""
    engine = create_engine(of.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield of.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        engine.dispose()


def _user() -> str:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    return next(one for one in _USERS if any(one == known.pw_name for known in pwd.getpwall()))


def _tool(name: str) -> str | None:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = (shutil.which(name, path=str(place)) for place in places)
    return next((one for one in found if one), None) or shutil.which(name)


def _run(user: str, *command: object) -> None:
    words = [str(one) for one in command]
    if os.geteuid() == 0:
        words = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *words]
        if user == "nobody":
            words[2] = "--regid=65534"
    done = subprocess.run(words, check=False, capture_output=True, cwd="/", text=True)
    # A server's own start keeps the pipes open, so nothing is read to the end but what it said.
    assert done.returncode == 0, done.stdout + done.stderr
