"""The relay's tables, the same over SQLite and PostgreSQL.

There is no name, word or address in them: sealed bytes, the open headers' devices and numbers,
public keys, sizes, and the day on which a mailbox was opened or closed.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    event,
)

LAYOUT: Final = 1
METADATA: Final = MetaData()

# One row. The secret makes the challenges, so that every process takes those of the others.
RELAY: Final = Table(
    "relay",
    METADATA,
    Column("layout", Integer, primary_key=True, autoincrement=False),
    Column("secret", LargeBinary, nullable=False),
)

# A mailbox is opened by the relay's admin and taken by the first list that brings its code.
MAILBOXES: Final = Table(
    "mailboxes",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("reference", String(8), nullable=False, unique=True),
    Column("code_hash", LargeBinary, unique=True),
    Column("inspection", LargeBinary, unique=True),
    Column("era", String(32), nullable=False),
    Column("opened", Integer, nullable=False),
    Column("closed", Integer),
    Column("newest", BigInteger, nullable=False, default=0),
    Column("item_count", BigInteger, nullable=False, default=0),
    Column("item_bytes", BigInteger, nullable=False, default=0),
    Column("list_number", BigInteger, nullable=False, default=0),
    Column("list_hash", LargeBinary),
    Column("lead", String(32), nullable=False, default=""),
    Column("deputy", String(32), nullable=False, default=""),
)

# The devices on a mailbox's list, and what each stored on the last day it stored something.
DEVICES: Final = Table(
    "devices",
    METADATA,
    Column("mailbox", Integer, ForeignKey(MAILBOXES.c.id), primary_key=True),
    Column("device", String(32), primary_key=True),
    Column("public", LargeBinary, nullable=False),
    Column("day", Integer, nullable=False, default=0),
    Column("stored", BigInteger, nullable=False, default=0),
)

# Numbers grow in the order of commits, so whoever has read up to one has missed nothing below it.
# Of receipts alone the device and how far it goes are kept, since a newer one takes its place.
ITEMS: Final = Table(
    "items",
    METADATA,
    Column("mailbox", Integer, ForeignKey(MAILBOXES.c.id), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(68), nullable=False),
    Column("size", Integer, nullable=False),
    Column("receipt_of", String(32)),
    Column("progress", BigInteger),
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("mailbox", "name"),
)
Index(
    "receipts",
    ITEMS.c.mailbox,
    ITEMS.c.receipt_of,
    unique=True,
    sqlite_where=ITEMS.c.receipt_of.is_not(None),
    postgresql_where=ITEMS.c.receipt_of.is_not(None),
)
# Sealed bytes can't be made smaller, so PostgreSQL need not try.
event.listen(
    ITEMS,
    "after_create",
    DDL("ALTER TABLE items ALTER COLUMN content SET STORAGE EXTERNAL").execute_if(  # type: ignore[no-untyped-call]  # it has none
        dialect="postgresql"
    ),
)

# Requests that wrote, each allowed once, until their challenge is over.
REPLAYS: Final = Table(
    "replays",
    METADATA,
    Column("request", LargeBinary, primary_key=True),
    Column("until", BigInteger, nullable=False, index=True),
)
