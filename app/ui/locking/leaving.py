"""Leaving an open inspection: its words go to disk first, and only then does anything close.

A disk that refuses is no reason to lose a sentence, so there are two ends: ``left`` and
``refused``. After ``refused`` nothing was closed and every word is still in its field.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import SiteweekError
from app.hardening import fault
from app.ui.locking.unfinished import typed_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.operations.inspection import Inspection
    from app.ui.frame import Frame
    from app.ui.runner import Runner

_log = logging.getLogger(__name__)


class Leaving(QObject):
    """Takes one open inspection's words to disk and closes it. Used once."""

    safe = Signal()  # every word is on disk; from here on nothing can be lost
    left = Signal()  # the store is closed as well
    refused = Signal(str)

    def __init__(
        self,
        frame: Frame,
        runner: Runner,
        *,
        is_to_return: bool,
        dialogs: Sequence[QWidget] = (),
    ) -> None:
        """Prepare; ``start`` it. ``is_to_return``: show the same place after unlocking.

        Words in fields of ``dialogs`` are kept aside.
        """
        super().__init__()
        self.is_closed = self.is_safe = False
        self.is_to_return = is_to_return
        self._frame, self._runner = frame, runner
        self._forms = typed_in(dialogs)

    def cancel(self) -> None:
        """Close nothing when the answers come; only before ``safe``."""
        self.is_closed = True

    def start(self) -> None:
        """Hand over everything typed, as it would be saved by leaving its field."""

        def hand_over() -> None:
            for page in self._frame.pages:
                page.save_now()
            self._keep_forms()

        self._runner.settle(hand_over, self._on_saved)

    def _keep_forms(self) -> None:
        from app.operations.last_place import keep_unfinished  # noqa: PLC0415 - see below

        if self._forms:
            # Kept twice they are there once. A refusal is counted by whoever waits for all.
            self._frame.session.do(self, keep_unfinished, self._forms).start(failed=_pass_over)

    def _on_saved(self, problem: Exception | None) -> None:
        if self.is_closed:
            return
        if problem is None:
            self._close()
            return

        def keep() -> None:
            # Some words are refused for want of a reason, say. A draft takes any words.
            for page in self._frame.pages:
                page.keep_now()
            self._keep_forms()

        self._runner.settle(keep, self._on_kept)

    def _on_kept(self, problem: Exception | None) -> None:
        if self.is_closed:
            return
        if problem is None:
            self._close()
        elif isinstance(problem, SiteweekError):
            self.refused.emit(problem.sentence)
        else:
            self.refused.emit(f"A fault in Siteweek kept them from the disk: {fault(problem)}.")

    def _close(self) -> None:
        # Imported when wanted: the lock screen is painted before anything of a store is read.
        from app.operations.last_place import forget_place, keep_place  # noqa: PLC0415

        frame, session = self._frame, self._frame.session
        room, record = frame.rooms[frame.stack.currentIndex()].name, frame.page.shown_record

        def last() -> None:
            if self.is_to_return:
                session.do(self, keep_place, room, record).start(failed=_pass_over)
            else:
                session.do(self, forget_place).start(failed=_pass_over)
            frame.close_frame()

        self.is_safe = True
        self.safe.emit()
        self._runner.settle(last, self._on_closed)

    def _on_closed(self, _problem: Exception | None) -> None:
        # Without words in it: what was refused now is a place to return to, or an empty paragraph
        # that stays.
        inspection = self._frame.session.inspection
        self._runner.run(
            self,
            lambda: _close(inspection),
            lambda _none: self.left.emit(),
            lambda _why: self.left.emit(),
        )


def _close(inspection: Inspection) -> None:
    try:
        inspection.back_up_if_due()
    except SiteweekError as problem:
        _log.warning("%s", problem.sentence)
    inspection.close()


def _pass_over(_problem: SiteweekError) -> None:
    """Say nothing here: where one was is no loss, and words are counted where all are."""
