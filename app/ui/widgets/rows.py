"""A list of rows of words: a title that wraps, a quiet line under it, a sign before it.

Every list of words in the window is made of these rows, so they read alike everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView

from app.ui.widgets.colouring import colour_of
from app.ui.widgets.rows_delegate import ROW, RowsDelegate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragMoveEvent,
        QDropEvent,
        QKeyEvent,
        QPaintEvent,
        QResizeEvent,
    )
    from PySide6.QtWidgets import QWidget

AnyIndex = QModelIndex | QPersistentModelIndex
_DRAGGED: Final = "application/x-siteweek-row"
_NOWHERE: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``spoken`` is what a screen reader says in place of title and meta.

    ``tone`` names the colour of the sign; ``badge`` stands at the right of the quiet line.
    A heading can't be chosen, a strong row can; ``indent`` counts steps to the right. ``icon``
    is a sign of resources/icons, drawn where the letter sign would stand.
    """

    key: str
    title: str
    meta: str = ""
    sign: str = ""
    tone: str = ""
    badge: str = ""
    is_heading: bool = False
    is_strong: bool = False
    indent: int = 0
    icon: str = ""
    spoken: str = ""

    @property
    def aloud(self) -> str:
        """What a screen reader says of the row."""
        return self.spoken or ". ".join(
            part for part in (self.title, self.meta, self.badge) if part
        )


class RowsModel(QAbstractListModel):
    """Rows, each known by its key."""

    def __init__(self, parent: QWidget) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self.may_move = False

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Put rows in place of those shown; the same rows in the same order stay where they are."""
        given = tuple(rows)
        if [one.key for one in given] == [one.key for one in self.rows]:
            changed = [
                index
                for index, pair in enumerate(zip(given, self.rows, strict=True))
                if pair[0] is not pair[1] and pair[0] != pair[1]
            ]
            self.rows = given
            for index in changed:
                self.dataChanged.emit(self.index(index), self.index(index))
            if changed:
                self.layoutChanged.emit()
            return
        self.beginResetModel()
        self.rows = given
        self.endResetModel()

    def place_of(self, key: str) -> QModelIndex:
        """Return where the row with a key stands."""
        found = next((n for n, one in enumerate(self.rows) if one.key == key), None)
        return QModelIndex() if found is None else self.index(found)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row, its title, or what is said of it."""
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.aloud
        if role == Qt.ItemDataRole.ToolTipRole and row.icon:
            return row.aloud
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Let everything be chosen but headings."""
        if not index.isValid() or self.rows[index.row()].is_heading:
            return Qt.ItemFlag.ItemIsEnabled
        drag = Qt.ItemFlag.ItemIsDragEnabled if self.may_move else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | drag

    def mimeTypes(self) -> list[str]:
        """Name what is dragged: a row of ours, which no other program knows."""
        return [_DRAGGED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Carry a row's key alone: words that are dragged may be dropped anywhere."""
        carried = QMimeData()
        carried.setData(_DRAGGED, self.rows[indexes[0].row()].key.encode())
        return carried

    def supportedDropActions(self) -> Qt.DropAction:
        """Move within the list, and nothing else."""
        return Qt.DropAction.MoveAction


class RowsView(QListView):
    """Shows rows; the arrow keys step over headings, Enter and a double click choose."""

    row_changed = Signal(str)  # another row became the current one: its key
    row_chosen = Signal(str)  # Enter or a double click on a row: its key
    row_dropped = Signal(str, str, bool)  # a row, the one it was dropped at, whether behind that

    def __init__(self, name: str, most_lines: int = 2, *, is_even: bool = False) -> None:
        """Name the list for screen readers and say how many lines a title may take (0: all).

        ``is_even`` gives every row the same height, for lists of many thousands: nothing but
        what is in sight is measured then.
        """
        super().__init__()
        self.shown = RowsModel(self)
        self.setModel(self.shown)
        self._painter = RowsDelegate(self, most_lines, is_even=is_even)
        self.setItemDelegate(self._painter)
        self.setUniformItemSizes(is_even)
        self.setAccessibleName(name)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.activated.connect(self._on_activated)
        self._quiet = False
        self.nothing = ""  # what an empty list says

    @property
    def current_key(self) -> str:
        """The key of the current row, or nothing."""
        index = self.currentIndex()
        return self.shown.rows[index.row()].key if index.isValid() else ""

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show rows, keeping the current row and the scroll where they were if they still are."""
        key, scrolled = self.current_key, self.verticalScrollBar().value()
        self._quiet = True
        self.shown.show_rows(rows)
        self.make_current(key)
        self._quiet = False
        self.verticalScrollBar().setValue(scrolled)

    def shown_keys(self) -> tuple[str, ...]:
        """Return the keys of the rows as they stand, without the headings."""
        return tuple(one.key for one in self.shown.rows if not one.is_heading)

    def make_current(self, key: str, *, quietly: bool = False) -> bool:
        """Make the row with a key the current one; return whether it is shown."""
        index = self.shown.place_of(key) if key else QModelIndex()
        # A list that got the focus has a current row that nobody chose and that isn't selected.
        is_shown = index == self.currentIndex() and self.selectionModel().isSelected(index)
        if index.isValid() and not is_shown:
            before, self._quiet = self._quiet, quietly or self._quiet
            self.setCurrentIndex(index)
            self._quiet = before
        return index.isValid()

    def clear_current(self) -> None:
        """Leave no row current."""
        self.selectionModel().clear()

    def set_tight(self, *, is_tight: bool) -> None:
        """Leave less room between the rows, or the usual again."""
        if is_tight != self._painter.is_tight:
            self._painter.is_tight = is_tight
            self.scheduleDelayedItemsLayout()

    def let_rows_move(self) -> None:
        """Let rows be dragged to another place. Whoever allows it has keys for the same."""
        self.shown.may_move = True
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a row of this list."""
        self._weigh(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take it over another row, between headings."""
        super().dragMoveEvent(event)  # scrolls at the edges
        self._weigh(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where a row was dropped; the rows change once that is on disk."""
        at = self.indexAt(event.position().toPoint())
        dragged = self._dragged(event)
        if dragged and at.isValid() and not self.shown.rows[at.row()].is_heading:
            # Not a move to Qt: it would take the row out of the list itself.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            key = self.shown.rows[at.row()].key
            behind = event.position().y() > self.visualRect(at).center().y()
            if key != dragged:
                self.row_dropped.emit(dragged, key, behind)
        else:
            event.ignore()

    def _weigh(self, event: QDropEvent) -> None:
        at = self.indexAt(event.position().toPoint())
        fits = at.isValid() and not self.shown.rows[at.row()].is_heading
        if self._dragged(event) and fits:
            event.acceptProposedAction()
        else:
            event.ignore()

    def _dragged(self, event: QDropEvent) -> str:
        key = bytes(event.mimeData().data(_DRAGGED).data()).decode(errors="replace")
        return key if self.shown.may_move and self.shown.place_of(key).isValid() else ""

    def step(self, by: int) -> None:
        """Make the next (or, with -1, the previous) row current that is no heading."""
        at = self.currentIndex().row() + by
        if not self.currentIndex().isValid():
            at = 0 if by > 0 else len(self.shown.rows) - 1
        while 0 <= at < len(self.shown.rows) and self.shown.rows[at].is_heading:
            at += by
        if 0 <= at < len(self.shown.rows):
            self.setCurrentIndex(self.shown.index(at))

    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.row_changed.emit(self.shown.rows[current.row()].key)

    def _on_activated(self, index: QModelIndex) -> None:
        row = cast(Row, index.data(ROW))
        if not row.is_heading:
            self.row_chosen.emit(row.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step over headings with the arrow keys."""
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if plain and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.step(-1 if event.key() == Qt.Key.Key_Up else 1)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or the sentence that stands in their place."""
        super().paintEvent(event)
        if self.nothing and not self.shown.rows:
            painter = QPainter(self.viewport())
            painter.setPen(colour_of("muted"))
            margin = self.fontMetrics().height()
            rect = self.viewport().rect().adjusted(margin, margin, -margin, -margin)
            painter.drawText(rect, int(Qt.TextFlag.TextWordWrap), self.nothing)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out again, as their heights follow the width; keep the current one shown."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        if self.currentIndex().isValid() and event.size().height() < event.oldSize().height():
            self.executeDelayedItemsLayout()
            self.scrollTo(self.currentIndex())
