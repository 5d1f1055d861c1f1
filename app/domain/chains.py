"""The text of a revision and the hash that names it: each device's revisions form one chain.

The text is canonical JSON; its hash covers a label and the text, and the text names the hash before
it, so a chain's newest hash vouches for all of it.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Final

from app.domain.revisions import Dot, Revision, canonical

BODY_VERSION: Final = 1
HASH_SIZE: Final = 32
FIRST: Final = bytes(HASH_SIZE)
_LABEL: Final = b"siteweek/revision/v1\x00"


def body_of(revision: Revision, previous: bytes) -> str:
    """Return the canonical text of a revision, chained to the hash before it."""
    return body_with(revision, canonical(revision.fields), previous)


def body_with(revision: Revision, written: str, previous: bytes) -> str:
    """Return the canonical text of a revision whose fields are canonical text already."""
    return f'{beginning_of(revision)}{written},"{previous.hex()}"]'


def beginning_of(revision: Revision) -> str:
    """Return a revision's canonical text up to its fields."""
    device, kind = _quoted(revision.dot.device), _quoted(revision.kind)
    record = canonical(revision.record)
    seen = canonical(revision.context) if revision.context else "{}"
    return f"[{BODY_VERSION},{device},{revision.dot.number},{record},{kind},{revision.at},{seen},"


@lru_cache(maxsize=256)
def _quoted(name: str) -> str:
    """Return a name's canonical text; devices and kinds come again and again."""
    return canonical(name)


def hash_of(body: str) -> bytes:
    """Return the SHA-256 that names a revision's body in the chain."""
    return hashlib.sha256(_LABEL + body.encode()).digest()


def parse(body: str) -> Revision:
    """Return the revision in a stored body."""
    _version, device, number, record, kind, at, context, fields, _previous = json.loads(body)
    return Revision(Dot(device, number), record, kind, at, fields, context)
