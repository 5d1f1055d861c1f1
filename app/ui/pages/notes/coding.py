"""Coding the selected words of a note: criterion, weight, child and agency in one small window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.operations.codes import code_words
from app.operations.coding import coding_choices
from app.ui.pages.notes.code_picker import CodePicker

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.operations.codes import Meaning
    from app.operations.coding import CodingChoices
    from app.ui.pages.notes.lines import Selected
    from app.ui.pages.notes.page import NotesPage

_MOST_RECENT: Final = 9


class Coding:
    """Answers the page's action for a code."""

    def __init__(self, page: NotesPage) -> None:
        """Answer for a page."""
        self._page = page
        self._recent: list[str] = []  # criteria, the latest first
        page.offered.code.triggered.connect(self.begin)

    def begin(self) -> None:
        """Offer codes for the words that are selected."""
        page = self._page
        selected = page.view.editor.selected()
        if selected is None:
            page.said.emit("Select words within one paragraph first, then press Ctrl+E.")
            return
        page.save_now()  # the words have to be a revision before a code can stand on them
        page.session.ask(page, coding_choices).start(
            lambda choices: self._pick(selected, choices), page.refuse
        )

    def _pick(self, selected: Selected, choices: CodingChoices) -> None:
        if not choices.criteria:
            self._page.said.emit(
                "This inspection names no framework, so there is nothing to code with."
            )
            return
        note = self._page.note
        agency = note.record.text("agency") if note is not None else ""
        picker = CodePicker(self._page, selected.words, choices, self._recent, agency)
        picker.meant.connect(lambda meaning: self._code(selected, meaning))
        picker.open()

    def _code(self, selected: Selected, meaning: Meaning) -> None:
        page = self._page
        recent = [meaning.criterion, *(one for one in self._recent if one != meaning.criterion)]
        self._recent = recent[:_MOST_RECENT]
        page.view.prompts.show_criterion(meaning.criterion)

        def coded(changes: Changes) -> None:
            if changes.made:
                page.add_deed("coding", changes.made)

        page.session.do(
            page, code_words, selected.paragraph, selected.start, selected.end, meaning
        ).start(coded, page.refuse)
