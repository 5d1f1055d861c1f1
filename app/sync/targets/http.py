"""HTTP to one relay over one connection: no other host, no unpacking, no end without an end.

It believes nothing: an answer has to say that it is a relay's before anything else of it is
looked at. Used by one thread, except for ``close``.
"""

from __future__ import annotations

import base64
import http.client
import ssl
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, cast

import truststore
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from app.errors import StrangeTargetError, UnreachableTargetError
from app.sync.targets.addresses import proxy_for
from app.sync.targets.answers import strange
from app.sync.targets.bounded import ENDED, Allowance, BoundedSocket, Limits

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator, Mapping

    from urllib3 import HTTPResponse

    from app.sync.targets.addresses import Address

_IS_RELAY: Final = "Siteweek-Relay"
_VERSION: Final = "1"
# Proxies and routers on the way forget a silent connection, and say nothing when they do.
_IDLE: Final = 20.0
_GATEWAYS: Final = frozenset({502, 503, 504})
_LONGEST_RETRY: Final = 15 * 60.0
_USER_AGENT: Final = "Siteweek"

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
    """The connection to a relay, made when it is needed and again when it was lost."""

    def __init__(self, address: Address, limits: Limits) -> None:
        """Ask nothing yet."""
        self._address, self._limits = address, limits
        self._context: ssl.SSLContext | None = None
        self._connection: HTTPConnection | None = None
        self._used = 0.0
        self.is_closed = False
        self._is_asking = False

    @contextmanager
    def ask(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes,
        allowance: Allowance,
    ) -> Iterator[Answer]:
        """Send a request and give its answer; what is left of it at the end is not read.

        Raises:
            TargetError: there is none in time, or it is not a relay's.

        """
        answer: Answer | None = None
        allowance.next_answer()
        self._is_asking = True
        try:
            with _faults(_NO_ANSWER):
                connection = self._connected(allowance)
                # Where it broke while the request was being sent, it may have said why.
                with suppress(BrokenPipeError, ConnectionResetError):
                    connection.request(
                        method,
                        self._address.base + target,
                        body=body or None,
                        headers={
                            "User-Agent": _USER_AGENT,
                            **headers,
                            "Accept-Encoding": "identity",
                        },
                        preload_content=False,
                        decode_content=False,
                    )
                response = connection.getresponse()
            answer = Answer(response)
            _check_head(response)
            yield answer
        finally:
            self._used = time.monotonic()
            self._is_asking = False
            if answer is None or not answer.is_read or self.is_closed:
                self._drop()
            if answer is not None:
                answer.close()

    def close(self) -> None:
        """End, and whatever waits. A connection that is being made ends within its own time."""
        self.is_closed = True
        if not self._is_asking:
            self._drop()
        # Otherwise whoever asks finds the line cut, and puts it away.
        held = self._connection
        line = held.sock if held is not None else None
        if line is not None:
            _bounded(line).cut()

    def _connected(self, allowance: Allowance) -> HTTPConnection:
        held = self._connection
        if held is not None:
            is_old = time.monotonic() - self._used > _IDLE
            if is_old or held.sock is None or not held.is_connected:
                self._drop()
                held = None
        if held is None:
            # Known before it is connected, so that it can be ended meanwhile.
            held = self._connection = self._made()
            held.connect()
            held.sock = cast("socket.socket", BoundedSocket(held.sock, allowance))
        if self.is_closed:
            self._drop()
            raise UnreachableTargetError(ENDED)
        _bounded(held.sock).allowance = allowance
        return held

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

    def _drop(self) -> None:
        held, self._connection = self._connection, None
        if held is not None:
            with suppress(OSError):
                held.close()


def _bounded(line: object) -> BoundedSocket:
    """Return the bounded socket; one that is still being connected is bound by its own limit."""
    if isinstance(line, BoundedSocket):
        return line
    return BoundedSocket(cast("socket.socket", line), Allowance(Limits(), 0))


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
def _faults(sentence: str) -> Iterator[None]:
    """Turn what goes wrong on the way into the sentence for it."""
    try:
        yield
    except ssl.SSLCertVerificationError:
        raise StrangeTargetError(_NO_PROOF) from None
    except (HTTPError, http.client.HTTPException, OSError, ValueError):
        raise UnreachableTargetError(sentence) from None
