"""A server at a relay's address that answers whatever a test wants, byte by byte.

It knows the interface only as far as a test spells it out; a challenge it gives out by itself.
"""

from __future__ import annotations

import json
import socket
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Iterator

HEAD = {"Siteweek-Relay": "1"}
JSON = {**HEAD, "Content-Type": "application/json"}
BYTES = {**HEAD, "Content-Type": "application/octet-stream"}


@dataclass
class Asked:
    """A request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Rogue:
    """What came, and where it listens."""

    port: int
    scheme: str = "http"
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def targets(self) -> list[str]:
        return [
            f"{one.method} {one.target.partition('?')[0].rpartition('/')[2]}" for one in self.asked
        ]


def answer(
    status: int, headers: dict[str, str], body: bytes = b"", length: int | None = None
) -> bytes:
    """An answer's bytes; ``length`` is what it says, if that isn't so."""
    said = "" if status == 204 else f"Content-Length: {len(body) if length is None else length}\r\n"
    lines = "".join(f"{name}: {text}\r\n" for name, text in headers.items())
    return f"HTTP/1.1 {status} Said\r\n{lines}{said}\r\n".encode() + body


def said(value: object, status: int = 200, **headers: str) -> bytes:
    """An answer in JSON, as a relay gives it."""
    return answer(status, JSON | headers, json.dumps(value).encode())


def refused(status: int, code: str, **headers: str) -> bytes:
    return said({"error": code, "message": "A sentence."}, status, **headers)


def challenge(text: str = "sign-this", seconds: int = 600) -> bytes:
    return said({"challenge": text, "seconds": seconds})


def page(
    names: Iterable[str] = (),
    era: str = "e",
    place: int = 0,
    *,
    more: bool = False,
    whole: bool = True,
) -> bytes:
    items = [{"name": name, "size": 1_000} for name in names]
    return said({"era": era, "next": place, "more": more, "whole": whole, "items": items})


def frame(name: str, content: bytes) -> bytes:
    """An item as it stands among others."""
    return bytes([len(name)]) + name.encode() + len(content).to_bytes(4) + content


@contextmanager
def rogue(  # noqa: C901 - one server, whose threads share what it keeps
    answering: Callable[[Asked], bytes | Iterable[bytes]],
    context: ssl.SSLContext | None = None,
    *,
    challenges: bool = True,
) -> Iterator[Rogue]:
    """Serve until the test is over. What is given piece by piece is sent piece by piece."""
    listening = socket.create_server(("127.0.0.1", 0))
    one = Rogue(listening.getsockname()[1], "https" if context else "http")
    lines: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def answer(line: socket.socket) -> None:
        incoming = line.makefile("rb")
        while (asked := _read(incoming)) is not None:
            one.asked.append(asked)
            is_challenge = challenges and asked.target.endswith("/v1/challenge")
            given = challenge() if is_challenge else answering(asked)
            if isinstance(given, bytes):
                line.sendall(given)
                continue
            for part in given:
                line.sendall(part)
            return

    def serve(line: socket.socket) -> None:
        with suppress(OSError, ValueError):
            if context is not None:
                line = context.wrap_socket(line, server_side=True)
            lines.append(line)
            answer(line)
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
        line.close()

    def accept() -> None:
        with suppress(OSError):
            while True:
                line, _ = listening.accept()
                one.connections += 1
                lines.append(line)
                threads.append(threading.Thread(target=serve, args=(line,)))
                threads[-1].start()

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        yield one
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        accepting.join()
        for line in lines:
            with suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)
        for thread in threads:
            thread.join()
        for line in lines:
            line.close()


def _read(incoming: object) -> Asked | None:
    first = incoming.readline().decode("ascii").split()
    if len(first) != 3:
        return None
    headers = {}
    while line := incoming.readline().decode("ascii").strip():
        name, _, text = line.partition(":")
        headers[name.strip().lower()] = text.strip()
    body = incoming.read(int(headers.get("content-length", 0)))
    return Asked(first[0], first[1], headers, body)
