"""Writing a document out of a page: where, as what, and then saying where it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations.documents import formats_named
from app.ui.widgets.write_dialog import WriteDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from app.operations.inspection import Inspection
    from app.ui.page import Page

    # The formats are the operation's own; the window only passes them on.
    Writer = Callable[[Inspection, Path, Any], list[Path]]


def ask_and_write(
    page: Page, title: str, writer: Writer, then: Callable[[], None] = lambda: None
) -> None:
    """Ask for a folder and formats, save what is on screen, write, say where, and call ``then``."""
    dialog = WriteDialog(page, title)

    def written(paths: list[Path]) -> None:
        page.said.emit(_told(paths))
        then()

    def write(folder: Path, formats: tuple[str, ...]) -> None:
        page.save_now()
        page.session.runner.run(
            page,
            lambda: writer(page.session.inspection, folder, formats_named(",".join(formats))),
            written,
            lambda problem: page.failed.emit(problem.sentence),
        )

    dialog.wanted.connect(write)
    dialog.open()


def _told(paths: list[Path]) -> str:
    names = ", ".join(one.name for one in paths)
    return f"Written to {paths[0].parent}: {names}." if paths else "Nothing was written."
