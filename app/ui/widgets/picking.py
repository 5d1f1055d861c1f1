"""Asks for a file or a folder; what was picked comes back by a call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget


def pick_file(
    parent: QWidget, title: str, then: Callable[[Path], None], kinds: str = ""
) -> QFileDialog:
    """Ask for a file that is there."""
    picker = QFileDialog(parent, title, "", kinds)
    picker.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _opened(picker, then)


def pick_new_file(
    parent: QWidget,
    title: str,
    name: str,
    then: Callable[[Path], None],
    kinds: Sequence[str] = (),
) -> QFileDialog:
    """Ask where a file is to be written; ``name`` is offered, of the first of the kinds."""
    picker = QFileDialog(parent, title)
    picker.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    if kinds:
        picker.setNameFilters(list(kinds))
        picker.setDefaultSuffix(_ending(kinds[0]))
        picker.filterSelected.connect(lambda kind: _end(picker, kind))
    picker.selectFile(name)
    return _opened(picker, then)


def pick_folder(parent: QWidget, title: str, then: Callable[[Path], None]) -> QFileDialog:
    """Ask for a folder."""
    picker = QFileDialog(parent, title)
    picker.setFileMode(QFileDialog.FileMode.Directory)
    picker.setOption(QFileDialog.Option.ShowDirsOnly)
    return _opened(picker, then)


def _end(picker: QFileDialog, kind: str) -> None:
    """Give the name the ending of the kind that was chosen, in place of another kind's."""
    picker.setDefaultSuffix(_ending(kind))
    others = {_ending(one) for one in picker.nameFilters()}
    for one in picker.selectedFiles()[:1]:
        name, _dot, ending = one.rpartition(".")
        if ending in others:
            picker.selectFile(f"{name}.{_ending(kind)}")


def _ending(kind: str) -> str:
    """Return “csv” for “Plain table (*.csv)”."""
    return kind.rpartition(".")[2].rstrip(")")


def _opened(picker: QFileDialog, then: Callable[[Path], None]) -> QFileDialog:
    picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    picker.fileSelected.connect(lambda path: then(Path(path)))
    picker.open()
    return picker
