"""Writing a document out of a page: what to look at first, where, as what, and where it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.operations.documents import formats_named
from app.ui.leaving.model import left_open, place_rows
from app.ui.widgets.places import Places
from app.ui.widgets.write_dialog import WriteDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Any

    from app.domain.identifying import Look
    from app.operations.inspection import Inspection
    from app.operations.view import View
    from app.ui.page import Page

    # The formats are the operation's own; the window only passes them on.
    Writer = Callable[[Inspection, Path, Any], list[Path]]


@dataclass(frozen=True, slots=True)
class Looking:
    """How a document is looked over before it leaves: what is open in it, and who leads there."""

    question: Callable[[View], Sequence[Look]]
    lead: Callable[[], None] | None = None


def ask_and_write(
    page: Page,
    title: str,
    writer: Writer,
    then: Callable[[], None] = lambda: None,
    looking: Looking | None = None,
) -> None:
    """Ask for a folder and formats, save what is on screen, write, say where, and call ``then``.

    Where it is looked over first, the question tells what nobody has looked at; it can be written
    all the same, and the sentence that says where it went says how much that was.
    """
    if looking is None:
        _ask(page, title, writer, then)
        return
    page.once_saved(  # what was typed a moment ago leaves as well
        lambda: page.session.ask(page, looking.question).start(
            lambda looks: _ask(page, title, writer, then, looks, looking.lead),
            lambda problem: page.failed.emit(problem.sentence),
        )
    )


def places_of(looks: Sequence[Look], lead: str = "") -> Places:
    """Return what is to be looked at, to be read in a question."""
    count = "1 thing" if len(looks) == 1 else f"{len(looks):,} things"
    said = f"Would somebody local recognise a child? Nobody has looked at {count} in it yet."
    return Places(said, place_rows(looks), lead)


def _ask(
    page: Page,
    title: str,
    writer: Writer,
    then: Callable[[], None],
    looks: Sequence[Look] = (),
    lead: Callable[[], None] | None = None,
) -> None:
    found = places_of(looks, "Look at them first" if lead is not None else "") if looks else None
    dialog = WriteDialog(page, title, above=found)

    def written(paths: list[Path]) -> None:
        page.said.emit(" ".join(one for one in (_told(paths), left_open(looks)) if one))
        then()

    def write(folder: Path, formats: tuple[str, ...]) -> None:
        page.once_saved(
            lambda: page.session.runner.run(
                page,
                lambda: writer(page.session.inspection, folder, formats_named(",".join(formats))),
                written,
                lambda problem: page.failed.emit(problem.sentence),
            )
        )

    def go() -> None:
        dialog.reject()
        if lead is not None:
            lead()

    if found is not None:
        found.lead.clicked.connect(lambda _on=False: go())
    dialog.wanted.connect(write)
    dialog.open()


def _told(paths: list[Path]) -> str:
    names = ", ".join(one.name for one in paths)
    return f"Written to {paths[0].parent}: {names}." if paths else "Nothing was written."
