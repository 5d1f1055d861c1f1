"""Prints a recovery sheet by the system's own print dialog: no file is left behind."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrintDialog
    from PySide6.QtWidgets import QWidget

    from app.operations.recovery import PrintedSheet

_PER_ROW: Final = 4


def print_sheet(parent: QWidget, sheet: PrintedSheet, then: Callable[[], None]) -> QPrintDialog:
    """Ask for a printer and print; ``then`` is called once the page was handed to it."""
    # Imported when wanted: few ever print, and everybody waits for the first screen.
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415

    printer = QPrinter()
    printer.setDocName("Siteweek")  # a queue shows it to everybody
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("Print the recovery sheet")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def print_it() -> None:
        document_of(sheet).print_(printer)
        then()

    dialog.accepted.connect(print_it)
    QDialog.open(dialog)
    return dialog


def document_of(sheet: PrintedSheet) -> QTextDocument:
    """Return the page: black on white, whatever the window's colours are."""
    document = QTextDocument()
    document.setDefaultStyleSheet("* { color: black; font-size: 10pt; } .key { font-size: 20pt; }")
    document.setHtml(_html(sheet))
    return document


def _html(sheet: PrintedSheet) -> str:
    rows = [
        sheet.groups[start : start + _PER_ROW] for start in range(0, len(sheet.groups), _PER_ROW)
    ]
    key = "".join(
        "<tr>"
        + "".join(
            f'<td>{row * _PER_ROW + place + 1}<br><span class="key"><b>{escape(group)}</b></span>'
            "</td>"
            for place, group in enumerate(groups)
        )
        + "</tr>"
        for row, groups in enumerate(rows)
    )
    fill = "".join(f"<p>{escape(one)}: {'_' * 48}</p>" for one in sheet.lines_to_fill)
    sections = "".join(
        f"<h3>{escape(title)}</h3><{tag}>"
        + "".join(f"<li>{escape(one)}</li>" for one in sentences)
        + f"</{tag}>"
        for (title, sentences), tag in zip(sheet.sections, ("ol", "ul", "ul"), strict=True)
    )
    return (
        f"<h1>{escape(sheet.title)}</h1><p><b>KEEP SEALED</b></p><p>{escape(sheet.opens)}</p>{fill}"
        f'<table cellspacing="8" cellpadding="6" border="1">{key}</table>{sections}'
    )
