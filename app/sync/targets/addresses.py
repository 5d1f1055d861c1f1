"""The address of a relay, taken apart and found fit before anything is sent there."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from app.errors import InvalidInputError

_PORTS: Final = {"http": 80, "https": 443}
_BASE: Final = re.compile(r"(?:/[A-Za-z0-9._~-]+)*/?")
_HOST: Final = re.compile(r"[A-Za-z0-9.:%_-]{1,253}")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a relay is. ``base`` is the path under which it is found there, mostly none."""

    is_sealed: bool  # by TLS
    host: str
    port: int
    base: str


@dataclass(frozen=True, slots=True)
class Proxy:
    """A computer that passes connections on; ``user`` is name and password where it wants them."""

    host: str
    port: int
    user: str = ""


def relay_address(text: str) -> Address:
    """Return a relay's address.

    Raises:
        InvalidInputError: it is none, or one without encryption outside the local network.

    """
    try:
        parts = urlsplit(text)
        port = parts.port or _PORTS.get(parts.scheme, 0)
        host = _plain_host(parts.hostname or "")
    except ValueError:  # a UnicodeError is one as well
        raise _no_address(text) from None
    has_more = bool(parts.username or parts.password or parts.query or parts.fragment)
    if not port or not _HOST.fullmatch(host) or has_more or not _BASE.fullmatch(parts.path):
        raise _no_address(text)
    if parts.scheme == "http" and not _is_near(host):
        raise InvalidInputError(
            "Outside the local network a relay’s address begins with https://. Nothing was sent.",
            text,
        )
    return Address(parts.scheme == "https", host, port, parts.path.rstrip("/"))


def proxy_for(address: Address) -> Proxy | None:
    """Return the proxy that this computer is set up to use for an address, if any.

    A room is in the local network, where there is none. Only what is sealed by TLS goes through
    one: it can neither read nor change that.
    """
    if not address.is_sealed or _is_near(address.host) or proxy_bypass(address.host):
        return None
    try:
        parts = urlsplit(getproxies().get("https", ""))
        port = parts.port or _PORTS["http"]
    except ValueError:
        return None
    if parts.scheme != "http" or not parts.hostname:
        return None
    user = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else ""
    return Proxy(parts.hostname, port, user)


def _plain_host(host: str) -> str:
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _is_near(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_private
    return host == "localhost"


def _no_address(text: str) -> InvalidInputError:
    return InvalidInputError(
        "A relay’s address looks like https://relay.example.org. Nothing was sent.", text
    )
