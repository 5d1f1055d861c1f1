"""Addresses: this laptop's own in the local network, and the computer that an address names."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit


def own_address() -> str:
    """Return this laptop's address in the local network, or its own alone where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            # Nothing is sent: the system only says which way it would.
            asked.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(asked.getsockname()[0])


def host_in(address: str) -> str:
    """Return the computer that a web address names, or nothing where it is no web address."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host if parts.scheme in {"http", "https"} else ""
