"""One transaction on the writing connection: all of it or nothing, and in words when it fails."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from app.errors import StoreError
from app.store import engine

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


def in_transaction(
    connection: engine.Connection, run: Callable[[engine.Connection], Result]
) -> Result:
    """Run a function between BEGIN and COMMIT; what it did is on disk when this returns.

    Raises:
        DriverError: the engine refused; nothing of it was kept.

    """
    with engine.memory_errors():
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = run(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                # A failed disk may refuse this too; what was not committed is gone either way.
                with suppress(engine.DriverError, MemoryError):
                    connection.execute("ROLLBACK")
            raise
    return result


def cannot_write(problem: engine.DriverError, *, kept_elsewhere: bool = False) -> StoreError:
    """Return the sentence for a change that the engine refused."""
    if kept_elsewhere:
        return StoreError(
            f"The change could not be saved in the store: {engine.reason(problem)}. Its words are "
            "kept beside it, encrypted, and come back as a draft when the store can be written "
            "again. Put that right and try again."
        )
    return StoreError(
        f"The change could not be saved: {engine.reason(problem)}. What was saved before is safe, "
        "and nothing of this change was kept in the store. Put that right and try again."
    )


def cannot_read(problem: engine.DriverError) -> StoreError:
    """Return the sentence for a question that the engine refused."""
    return StoreError(
        f"The store could not be read ({engine.reason(problem)}). Nothing was changed. If it "
        "happens again, run: siteweek verify"
    )
