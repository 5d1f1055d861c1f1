"""The parts of the letter page beside the letter itself, each under its tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.pages.letter.actions import PARTS
from app.ui.pages.letter.before_part import BeforePart
from app.ui.pages.letter.comments_part import CommentsPart
from app.ui.pages.letter.versions_part import VersionsPart

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.domain.changes import Changes
    from app.ui.pages.letter.page import LetterPage
    from app.ui.pages.letter.part import Part


class LetterParts(QObject):
    """Shows one part at a time; each asks for what it shows when it is seen and stale."""

    def __init__(self, page: LetterPage) -> None:
        """Put every part under its tab."""
        super().__init__(page)
        self._page = page
        self.comments = CommentsPart(page)
        self.versions = VersionsPart(page)
        self.before = BeforePart(page)
        self.parts: list[Part] = [self.comments, self.versions, self.before]
        self._stale: set[Part] = {*self.parts}
        view, offered = page.view, page.offered
        titles = ("Comments", "Versions", "Before it leaves")
        for title, part in zip(titles, self.parts, strict=True):
            view.add_part(title, part.view)
        view.tabs.currentChanged.connect(self._on_tab)
        for name, action in zip(PARTS, offered.parts, strict=True):
            action.triggered.connect(lambda _on=False, name=name: self.show_part(name))
        offered.comment_on.triggered.connect(lambda _on=False: self._comment_on())
        offered.keep_version.triggered.connect(lambda _on=False: self.versions.keep())
        offered.looked_at.triggered.connect(lambda _on=False: self._answer())
        offered.show_words.triggered.connect(lambda _on=False: self._show_words())
        offered.release.triggered.connect(lambda _on=False: self._release())

    @property
    def on_screen(self) -> Part | None:
        """The part under the current tab; None for the letter itself."""
        at = self._page.view.tabs.currentIndex()
        return self.parts[at - 1] if at else None

    def show_part(self, name: str) -> None:
        """Show a part and go to it."""
        self._page.view.tabs.setCurrentIndex(PARTS.index(name))
        self.take_focus()
        self._page.setFocus()

    def take_focus(self) -> None:
        """Let the focus of the page go to what is on screen: what is hidden takes none."""
        view, part = self._page.view, self.on_screen
        blocks = view.blocks if self._page.preview.blocks else view.begin
        self._page.setFocusProxy(blocks if part is None else part.view)

    def catch_up(self) -> None:
        """Ask again for the part on screen if something changed meanwhile."""
        part = self.on_screen
        if part is not None and part in self._stale and self._page.isVisible():
            self._stale.discard(part)
            part.reload()

    def on_changed(self, changes: Changes) -> None:
        """Take note of what changed; only what is on screen is asked for again."""
        self._stale |= {one for one in self.parts if changes.touch(*one.kinds)}
        self.catch_up()

    def panes(self) -> list[QWidget]:
        """Return the tabs and the panes of the part on screen."""
        part = self.on_screen
        return [self._page.view.tabs, *part.panes()] if part is not None else []

    def save_now(self) -> None:
        """Save what was typed in any part."""
        for one in self.parts:
            one.save_now()

    def keep_now(self) -> None:
        """Keep what was typed in any part."""
        for one in self.parts:
            one.keep_now()

    def _on_tab(self, at: int) -> None:
        self._page.save_now()
        self._page.view.show_part(at)
        self.catch_up()

    def _comment_on(self) -> None:
        chosen = self._page.chosen
        if chosen is None or self.on_screen is not None:
            self._page.said.emit("Choose a sentence of the letter first.")
            return
        block, sentence = chosen
        self.show_part("comments")
        self.comments.begin_about(block.id, sentence.text)

    def _answer(self) -> None:
        if self.on_screen is self.before:
            self.before.answer()
        else:
            self.show_part("before")

    def _show_words(self) -> None:
        if self.on_screen is self.comments:
            self.comments.show_words()
        elif self.on_screen is self.before:
            self.before.show_words()

    def _release(self) -> None:
        if self.on_screen is not self.before:
            self.show_part("before")
        self.before.release()
