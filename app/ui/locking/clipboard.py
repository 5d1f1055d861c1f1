"""What is copied in the app: marked as private, and gone at lock and exit if it is still ours.

Applied in one place to whatever any field puts on the clipboard. The marks ask clipboard
histories and cloud clipboards to leave it alone; well-behaved ones do.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard

from app.ui.locking.mac import CONCEALED, conceal_pasteboard

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QGuiApplication

_NO: Final = bytes(4)  # the number nought, as Windows reads it


def _windows(name: str) -> str:
    return f'application/x-qt-windows-mime;value="{name}"'


# On every system all of them: elsewhere they are names nobody looks for.
MARKS: Final = {
    "x-kde-passwordManagerHint": b"secret",
    _windows("ExcludeClipboardContentFromMonitorProcessing"): b"1",
    _windows("CanIncludeInClipboardHistory"): _NO,
    _windows("CanUploadToCloudClipboard"): _NO,
    CONCEALED: b"1",
}
_SIGN: Final = "x-kde-passwordManagerHint"  # that a copy has been marked already
_MODES: Final = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class PrivateClipboard(QObject):
    """Marks what this app copies, or selects where selecting copies."""

    def __init__(
        self, application: QGuiApplication, is_ours: Callable[[QClipboard.Mode], bool] | None = None
    ) -> None:
        """Watch the clipboard from now on; by default the system tells who filled it."""
        super().__init__(application)
        self._is_ours = is_ours or self._as_system_says
        self._clipboard = application.clipboard()
        self._clipboard.dataChanged.connect(self._on_copied)
        self._clipboard.selectionChanged.connect(self._on_selected)

    def clear(self) -> None:
        """Take away what is still ours; what another program copied is not touched."""
        for mode in _MODES:
            if self._is_ours(mode):
                self._clipboard.clear(mode)

    def _on_copied(self) -> None:
        self._mark(QClipboard.Mode.Clipboard)

    def _on_selected(self) -> None:
        self._mark(QClipboard.Mode.Selection)

    def _mark(self, mode: QClipboard.Mode) -> None:
        # Asked first: looking at what another program copied would fetch it.
        if not self._is_ours(mode):
            return
        held = self._clipboard.mimeData(mode)
        if held is None or not held.formats() or held.hasFormat(_SIGN):
            return
        marked = QMimeData()
        for one in held.formats():
            marked.setData(one, held.data(one))
        for name, value in MARKS.items():
            marked.setData(name, value)
        self._clipboard.setMimeData(marked, mode)
        if sys.platform == "darwin":
            conceal_pasteboard()

    def _as_system_says(self, mode: QClipboard.Mode) -> bool:
        if mode == QClipboard.Mode.Clipboard:
            return self._clipboard.ownsClipboard()
        return self._clipboard.supportsSelection() and self._clipboard.ownsSelection()
