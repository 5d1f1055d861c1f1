"""HTTP to one relay over one connection: no other host, no unpacking, no end without an end.

It believes nothing: an answer has to say that it is a relay's before anything else of it is
looked at. Used by one thread, except for ``close``.
"""

from __future__ import annotations

import base64
import http.client
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, cast

import truststore
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from app.errors import StrangeTargetError, UnreachableTargetError
from app.sync.targets.addresses import proxy_for
from app.sync.targets.answers import strange
from app.sync.targets.bounded import ENDED, Allowance, BoundedSocket, cut

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Mapping

    from urllib3 import HTTPResponse

    from app.sync.targets.addresses import Address
    from app.sync.targets.bounded import Limits

_IS_RELAY: Final = "Siteweek-Relay"
_VERSION: Final = "1"
# Proxies and routers on the way forget a silent connection, and say nothing when they do.
_IDLE: Final = 20.0
_GATEWAYS: Final = frozenset({502, 503, 504})
_LONGEST_RETRY: Final = 15 * 60.0
_ALWAYS: Final = {"User-Agent": "Siteweek", "Accept-Encoding": "identity"}

_NO_ANSWER: Final = (
    "The relay did not answer. Everything on this laptop is kept. It is tried again by itself."
)
_BROKE_OFF: Final = (
    "The relay’s answer broke off. What came whole is kept; the rest is fetched again by itself."
)
_NO_PROOF: Final = (
    "The relay could not prove who it is, so nothing was exchanged: its certificate is out of "
    "date, is for another name or from nobody this computer trusts, this laptop’s clock is wrong, "
    "or a network’s sign-in page is in the way. It is tried again by itself."
)


class _StaleLineError(Exception):
    """A connection held from before had ended when something was asked: nothing was answered."""


class Answer:
    """An answer whose head was read and found to be a relay's."""

    def __init__(self, response: HTTPResponse) -> None:
        """Keep it; its content is read by ``exactly`` or ``all``."""
        self._response = response
        self.status = response.status
        self.form = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        self.retry_after = _seconds(response.headers.get("Retry-After", ""))
        self.is_read = False

    def exactly(self, size: int) -> bytes:
        """Return the next bytes: fewer where the answer ends.

        Raises:
            TargetError: it broke off, is too long or too slow.

        """
        parts: list[bytes] = []
        while size:
            with _faults(_BROKE_OFF):
                part = self._response.read(size, decode_content=False)
            if not part:
                self.is_read = True
                break
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def all(self) -> bytes:
        """Return all of it; the connection's allowance says how much that can be.

        Raises:
            TargetError: it broke off, is too long or too slow.

        """
        with _faults(_BROKE_OFF):
            content = self._response.read(decode_content=False)
        self.is_read = True
        return content

    def close(self) -> None:
        """End it."""
        with suppress(OSError, HTTPError):
            self._response.close()


class Http:
    """The connections to a relay: one, made when it is needed and again when it was lost.

    Only where an answer is still being read when something else is asked is there another.
    """

    def __init__(self, address: Address, limits: Limits) -> None:
        """Ask nothing yet."""
        self._address, self._limits = address, limits
        self._context: ssl.SSLContext | None = None
        self._guard = threading.Lock()
        self._idle: HTTPConnection | None = None
        self._busy: set[HTTPConnection] = set()
        self._used = 0.0
        self._is_closed = False

    @contextmanager
    def ask(
        self,
        method: str,
        target: str,
        headers: Callable[[], Mapping[str, str]],
        body: bytes,
        allowance: Allowance,
    ) -> Iterator[Answer]:
        """Send a request and give its answer; what is left of it at the end is not read.

        The headers are asked for again where a connection held from before had ended: the relay
        may have seen the signature in them, and takes each only once.

        Raises:
            TargetError: there is none in time, or it is not a relay's.

        """
        allowance.next_answer()
        connection = self._taken()
        answer: Answer | None = None
        try:
            try:
                response = self._sent(connection, method, target, headers(), body, allowance)
            except _StaleLineError:
                self._give_back(connection, is_whole=False)
                connection = self._taken()
                response = self._sent(connection, method, target, headers(), body, allowance)
            answer = Answer(response)
            _check_head(response)
            yield answer
        finally:
            if answer is not None:
                answer.close()
            self._give_back(connection, is_whole=answer is not None and answer.is_read)

    def _sent(
        self,
        connection: HTTPConnection,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes,
        allowance: Allowance,
    ) -> HTTPResponse:
        with _faults(_NO_ANSWER, was_held=connection.sock is not None):
            self._connect(connection, allowance)
            # Where it broke while the request was being sent, it may have said why.
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.request(
                    method,
                    self._address.base + target,
                    body=body or None,
                    headers={**_ALWAYS, **headers},
                    preload_content=False,
                    decode_content=False,
                )
            return connection.getresponse()

    def close(self) -> None:
        """End, and whatever waits. A connection that is being made ends within its own time."""
        with self._guard:
            self._is_closed = True
            idle, self._idle = self._idle, None
            # Closed by the thread that uses it; a number that is free again may be another's.
            for one in self._busy:
                if one.sock is not None:
                    cut(one.sock)
        if idle is not None:
            _drop(idle)

    def _taken(self) -> HTTPConnection:
        with self._guard:
            if self._is_closed:
                raise UnreachableTargetError(ENDED)
            held, self._idle = self._idle, None
            is_old = time.monotonic() - self._used > _IDLE
            if held is not None and (is_old or not held.is_connected):
                _drop(held)
                held = None
            taken = held or self._made()
            self._busy.add(taken)
            return taken

    def _connect(self, connection: HTTPConnection, allowance: Allowance) -> None:
        line = cast("socket.socket | BoundedSocket | None", connection.sock)
        if isinstance(line, BoundedSocket):
            line.allowance = allowance
            return
        connection.connect()
        bounded = BoundedSocket(connection.sock, allowance)
        connection.sock = cast("socket.socket", bounded)
        with self._guard:
            if self._is_closed:
                raise UnreachableTargetError(ENDED)

    def _give_back(self, connection: HTTPConnection, *, is_whole: bool) -> None:
        with self._guard:
            self._busy.discard(connection)
            self._used = time.monotonic()
            is_kept = is_whole and not self._is_closed and self._idle is None
            if is_kept and connection.sock is not None:
                self._idle = connection
                return
        _drop(connection)

    def _made(self) -> HTTPConnection:
        address, limits = self._address, self._limits
        if not address.is_sealed:
            return HTTPConnection(address.host, address.port, timeout=limits.connect)
        if self._context is None:
            self._context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            self._context.minimum_version = ssl.TLSVersion.TLSv1_2
        proxy = proxy_for(address)
        via = proxy or address
        made = HTTPSConnection(
            via.host, via.port, timeout=limits.connect, ssl_context=self._context
        )
        if proxy is not None:
            user = base64.b64encode(proxy.user.encode()).decode()
            known = {"Proxy-Authorization": f"Basic {user}"} if proxy.user else {}
            made.set_tunnel(address.host, address.port, known, scheme="http")
        return made


def _drop(connection: HTTPConnection) -> None:
    with suppress(OSError):
        connection.close()


def _check_head(response: HTTPResponse) -> None:
    said = response.headers.get(_IS_RELAY)
    if said is None and response.status in _GATEWAYS:
        raise UnreachableTargetError(
            "The relay is not there just now, says the computer in front of it. Everything on this "
            "laptop is kept. It is tried again by itself.",
            _seconds(response.headers.get("Retry-After", "")),
        )
    if said is None:
        raise strange(
            "what answers is no relay. A network’s sign-in page does so: open any web page to see "
            "it, and sign in"
        )
    if said != _VERSION:
        raise strange("it is of another version than this Siteweek; bring both up to date")
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise strange("it answers packed, which no relay does")


def _seconds(untrusted: str) -> float:
    if untrusted.isascii() and untrusted.isdigit() and len(untrusted) < len("1000000"):
        return min(float(untrusted), _LONGEST_RETRY)
    return 0.0


@contextmanager
def _faults(sentence: str, *, was_held: bool = False) -> Iterator[None]:
    """Turn what goes wrong on the way into the sentence for it."""
    try:
        yield
    except ConnectionError:
        raise (_StaleLineError() if was_held else UnreachableTargetError(sentence)) from None
    except ssl.SSLCertVerificationError:
        raise StrangeTargetError(_NO_PROOF) from None
    except (HTTPError, http.client.HTTPException, OSError, ValueError):
        raise UnreachableTargetError(sentence) from None
