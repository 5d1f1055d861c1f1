"""The processes of the fleet, seen from outside: begun, spoken to, killed and begun again."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

ROOT_ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
_LONGEST = 60.0  # seconds for an answer


def free_port() -> int:
    """A port of this computer that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@dataclass
class RelayProcess:
    """A relay that serves at one port for as long as it isn't killed."""

    database: str
    port: int
    log: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open_mailbox(self) -> str:
        """Open a mailbox in its database; return the code for it."""
        done = subprocess.run(
            [*_relay(self.database), "--admin", "open"],
            capture_output=True,
            text=True,
            check=True,
            env=ROOT_ENVIRONMENT,
        )
        return max(done.stdout.split(), key=len)

    def start(self) -> None:
        listen = f"127.0.0.1:{self.port}"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*_relay(self.database), "--listen", listen],
                stdout=log,
                stderr=log,
                env=ROOT_ENVIRONMENT,
            )

    def wait_until_serving(self) -> None:
        end = time.monotonic() + _LONGEST
        while time.monotonic() < end:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
            try:
                connection.request("GET", "/healthz")
                if connection.getresponse().status == http.client.OK:
                    return
            except OSError:
                threading.Event().wait(0.05)
            finally:
                connection.close()
        raise AssertionError(f"the relay does not serve: {self.log.read_text()}")

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@dataclass
class DeviceProcess:
    """A laptop's process, and all that its lives have acknowledged."""

    folder: Path
    inspection: str
    seed: str
    lives: int = 0
    done: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Begin another life; what it says is listened to in a thread."""
        self.lives += 1
        self._answers: list[dict[str, Any]] = []
        self._answered = threading.Condition()
        command = [sys.executable, "-m", "tests.prove.fleet.device", str(self.folder)]
        self.process = subprocess.Popen(
            [*command, self.inspection, f"{self.seed}/{self.lives}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=ROOT_ENVIRONMENT,
        )
        self._listener = threading.Thread(target=self._listen, args=(self.process,))
        self._listener.start()

    def wait_until_started(self) -> None:
        self.answer("started")

    def kill(self) -> None:
        """Kill it as it stands; what it said by then counts."""
        assert self.process is not None
        self.process.kill()
        self._ended()

    def order(self, *words: str) -> None:
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()

    def answer(self, name: str) -> dict[str, Any]:
        """Wait for the line that holds a name, and take it."""
        with self._answered:
            assert self._answered.wait_for(lambda: self._found(name) is not None, _LONGEST), (
                f"{self.folder.name} did not answer {name}: {self._complaints()}"
            )
            found = self._found(name)
            assert found is not None
            self._answers.remove(found)
            return found

    def end(self) -> None:
        """Let it close."""
        assert self.process is not None
        self.order("end")
        self._ended()

    def _ended(self) -> None:
        assert self.process is not None
        self.process.wait(_LONGEST)
        self._listener.join()
        for one in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert one is not None
            with suppress(BrokenPipeError):
                one.close()

    def _found(self, name: str) -> dict[str, Any] | None:
        return next((one for one in self._answers if name in one), None)

    def _complaints(self) -> str:
        assert self.process is not None
        if self.process.poll() is None:
            return "it is still running"
        assert self.process.stderr is not None
        return self.process.stderr.read()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            try:
                said = json.loads(line)
            except ValueError:
                continue  # killed in the middle of a line: it acknowledged nothing by it
            if "done" in said:
                self.done.append(said["done"])
                self.records += [said["record"]] if "record" in said else []
                continue
            with self._answered:
                self._answers.append(said)
                self._answered.notify_all()


def _relay(database: str) -> list[str]:
    return [sys.executable, "-m", "app", "relay", "--database", database]
