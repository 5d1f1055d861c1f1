"""Serves a relay from a thread: for the command, and for a room inside one laptop."""

from __future__ import annotations

import gc
import socket
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.clock import SystemClock
from app.errors import InvalidInputError, RelayError
from app.sync.relay import access_lists
from app.sync.relay.application import application
from app.sync.relay.refusals import Refusal
from app.sync.relay.relay import Relay

if TYPE_CHECKING:
    import asyncio
    from types import TracebackType

    from app.clock import Clock
    from app.sync.relay.settings import Settings

_BACKLOG: Final = 2_048
_KEEP_ALIVE: Final = 65  # longer than what proxies keep their own connections for
_GRACE: Final = 8
_TICK: Final = 0.05


def spare_pauses() -> None:
    """Let Python look for lost cycles seldom. For a process that does nothing but serve.

    Looking through all that two thousand waiting requests hold stops the relay for a third of a
    second, every few seconds, and finds a handful of objects.
    """
    gc.freeze()
    gc.set_threshold(10_000, 50, 100)


class Server:
    """A relay at an address. ``start`` and ``stop`` may be called from any thread."""

    def __init__(
        self,
        settings: Settings,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Clock | None = None,
    ) -> None:
        """Serve at this address; port 0 takes any that is free."""
        self._settings = settings
        self._host = host
        self._port = port
        self._clock = clock or SystemClock()
        self._relay: Relay | None = None  # from the start on
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._has_ended = threading.Event()

    def start(self) -> str:
        """Open the database, take the port and serve; return the address.

        Raises:
            SiteweekError: the port is taken, or the database can't be opened.

        """
        bound = _bound(self._host, self._port)
        try:
            self._relay = Relay(self._settings, self._clock)
        except BaseException:
            bound.close()
            raise
        host, port = bound.getsockname()[:2]
        self._server = _Server(_config(self._relay), self._relay)
        self._thread = threading.Thread(
            target=self._run, args=(self._server, bound), name="relay", daemon=True
        )
        self._thread.start()
        while not self._server.started and not self._has_ended.wait(_TICK):
            pass
        if not self._server.started:
            raise RelayError("The relay could not be started, and has stopped again.")
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def seed(self, inspection: bytes, signed_list: bytes) -> None:
        """Let the devices on a lead's list in, without a code: the relay is the lead's own.

        Raises:
            InvalidInputError: the list is not that inspection's, or older than the one held.

        """
        if self._relay is None:
            raise RelayError("The relay was not started, so it lets nobody in yet.")
        today = self._relay.gate.today()
        try:
            self._relay.database.change(
                partial(access_lists.seed, inspection=inspection, body=signed_list, today=today)
            )
        except Refusal as refused:
            raise InvalidInputError(refused.message) from None

    def stop(self) -> None:
        """Answer what is under way, within some seconds, and end."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join()

    def wait(self, seconds: float) -> bool:
        """Wait for some time; whether it has ended by itself."""
        return self._has_ended.wait(seconds)

    def __enter__(self) -> str:
        """Start; return the address."""
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        self.stop()

    def _run(self, server: uvicorn.Server, bound: socket.socket) -> None:
        try:
            server.run(sockets=[bound])
        finally:
            bound.close()
            self._has_ended.set()


class _Server(uvicorn.Server):
    """Lets waiting requests go home before it waits for them."""

    def __init__(self, config: uvicorn.Config, relay: Relay) -> None:
        super().__init__(config)
        self._relay = relay

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._relay.stop()
        await super().shutdown(sockets)


class _Protocol(H11Protocol):
    """Closes connections on which nothing comes to its end in time.

    That is a request's head; and the rest of a body whose request was answered with a no.
    """

    head_seconds: float = 20
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in the base
        super().connection_made(transport)
        self._expect()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        super().connection_lost(exc)

    def _expect(self) -> None:
        """Wait for the rest of what has begun, or for the first head."""
        state, cycle = self.conn.their_state, self.cycle
        is_head = state is h11.IDLE and (cycle is None or bool(self.conn.trailing_data[0]))
        is_rest = state is h11.SEND_BODY and cycle is not None and cycle.response_complete
        if not (is_head or is_rest):
            self._forget()
        elif self._late is None:
            self._late = self.loop.call_later(self.head_seconds, self._close)

    def _forget(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _close(self) -> None:
        self.transport.close()


def _config(relay: Relay) -> uvicorn.Config:
    protocol = type("Protocol", (_Protocol,), {"head_seconds": relay.settings.head_seconds})
    options: dict[str, Any] = {
        "http": protocol,
        "ws": "none",
        "loop": "asyncio",
        "interface": "asgi3",
        "lifespan": "on",
        # Logging is set up in one place for the whole app, and never shows what was sent.
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "date_header": False,
        "backlog": _BACKLOG,
        "timeout_keep_alive": _KEEP_ALIVE,
        "timeout_graceful_shutdown": _GRACE,
    }
    return uvicorn.Config(application(relay), **options)


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens there.

    Raises:
        InvalidInputError: there is no such address here.
        RelayError: the port is taken, or not ours to take.

    """
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError, OverflowError):
        raise InvalidInputError(
            "That is no address to listen at. Nothing was started; give one like 127.0.0.1:8765.",
            "--listen",
        ) from None
    bound = socket.socket(family, kind, protocol)
    try:
        if sys.platform == "win32":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(_BACKLOG)
    except OSError as problem:
        bound.close()
        raise RelayError(
            f"The relay can’t listen at that address ({problem.strerror}). Nothing was started; "
            "stop what uses the port, or name another with --listen."
        ) from None
    return bound
