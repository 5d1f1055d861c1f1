"""An inspection on a disk that the test fills, stops and frees; the store beneath it is real."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from app.errors import StoreError
from app.operations.inspection import Inspection

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.changes import Changes

FULL = "The disk is full. Nothing of this was saved; what was saved before is unchanged."


class OnADisk(Inspection):
    """Refuses every change while its disk is full, and answers none while it is stuck."""

    is_full = False
    is_stuck = False

    def begin(self, verb: Callable, *args: object, **kwargs: object) -> Future[Changes]:
        if self.is_stuck:
            waiting: Future[Changes] = Future()
            self._held().append((waiting, verb, args, kwargs))
            return waiting
        if self.is_full:
            refused: Future[Changes] = Future()
            refused.set_exception(StoreError(FULL))
            return refused
        return super().begin(verb, *args, **kwargs)

    def answer(self) -> None:
        """Let a stuck disk go on, in order."""
        self.is_stuck = False
        held = self._held()
        while held:
            waiting, verb, args, kwargs = held.pop(0)
            waiting.set_result(self.begin(verb, *args, **kwargs).result())

    def _held(self) -> list[tuple]:
        return self.__dict__.setdefault("held", [])
