"""What every page is: a widget with a title that can be shown a record, and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QShowEvent

    from app.domain.changes import Changes
    from app.ui.exporting import Listed
    from app.ui.handing_over import HandingOver
    from app.ui.projecting.shown import Shower
    from app.ui.session import Session


class Page(QWidget):
    """One room of the window. It reloads on changes that touch its ``kinds``, while it is seen."""

    title = ""
    kinds: frozenset[str] = frozenset()

    # Facts and wishes for the frame around the page.
    said = Signal(str)  # a sentence for the status line
    kept = Signal()  # what is on screen is on disk
    failed = Signal(str)  # a sentence about what went wrong and what was kept
    record_requested = Signal(str)  # show this record, wherever it belongs
    place_requested = Signal(str, str)  # this record in that room, where it stands in several
    room_requested = Signal(str)  # another page, by its name on the rail
    back_requested = Signal()  # show again the page from which something was begun here
    day_closed = Signal()  # the team closed its day: say what is still open

    def __init__(self, session: Session) -> None:
        """Listen to the bus until closed."""
        super().__init__()
        self.session = session
        self._is_closed = False
        self._is_stale = False  # to be loaded again when it is next seen
        session.bus.changed.connect(self._on_changed)

    @property
    def is_closed(self) -> bool:
        """Whether the page was closed; answers for it are dropped."""
        return self._is_closed

    def reload(self) -> None:
        """Load again what the page shows; keep selection, scroll and words being typed."""

    def show_record(self, record: str) -> None:
        """Show a record that belongs on this page."""

    def show_found(self, record: str, words: str) -> None:  # noqa: ARG002 - for pages of words
        """Show a record at words that were found in it; here, the record."""
        self.show_record(record)

    def to_project(self) -> Shower | None:
        """Return the question of what a whole room may see of the page, if it has its own."""
        return None

    def to_export(self) -> Sequence[Listed]:
        """Return the lists of the page that can be written out, what is on screen first."""
        return ()

    def begin(self, kind: str) -> None:
        """Begin a record of a kind that belongs on this page, ready for its first word."""

    def watch(self, handing_over: HandingOver) -> None:
        """Learn of what hands over in the background; most pages have no use for it."""

    def panes(self) -> list[QWidget]:
        """Return the page's panes in the order that F6 walks them."""
        return [self]

    def save_now(self) -> None:
        """Hand over words still on screen to be saved; called before lock, switch and close."""

    def once_saved(self, then: Callable[[], None]) -> None:
        """Save what is on screen and call once it is on disk, so that what leaves has it too.

        Words that were refused are said to be so where they stand, and stay on screen. A page that
        was closed meanwhile calls nothing.
        """

        def settled(_problem: Exception | None) -> None:
            if not self.is_closed:
                then()

        self.session.runner.settle(self.save_now, settled)

    def keep_now(self) -> None:
        """Hand words over that could not be saved, to be kept as drafts, which take any words.

        Called where ``save_now`` was refused and the page is to go: a page whose words can be
        refused for more than the disk says here how they are kept all the same.
        """
        self.save_now()

    @property
    def shown_record(self) -> str:
        """The record on screen, or nothing: where one wants to be again after unlocking."""
        return ""

    def close_page(self) -> None:
        """Save, then disconnect for good. Closing twice does nothing."""
        if self._is_closed:
            return
        self.save_now()
        self._is_closed = True
        self.session.bus.changed.disconnect(self._on_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while another page was on screen."""
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            self.reload()

    def look_again(self) -> None:
        """Load again what the page shows, now or when it is next seen.

        Every pause of somebody writing a note is a change: an unseen page need not follow.
        """
        if self._is_closed:
            return
        if self.isVisible():
            self.reload()
        else:
            self._is_stale = True

    def _on_changed(self, changes: Changes) -> None:
        if changes.touch(*self.kinds):
            self.look_again()
