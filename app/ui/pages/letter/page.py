"""The letter page: words, pages and evidence kept in step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from app.operations import records
from app.operations.documents import write_letter
from app.operations.letters import add_block, begin_letter, rest_on, set_letter
from app.operations.previews import LetterPreview, block_preview, letter_preview, particulars
from app.operations.sheets import findings_sheet, letter_layout
from app.operations.wording import draft_of, keep_words, save_block
from app.ui.page import Page
from app.ui.pages.findings.model import finding_row
from app.ui.pages.letter.actions import LetterActions
from app.ui.pages.letter.model import Place, block_rows, places_in, retraced, sentence_at, step_from
from app.ui.pages.letter.view import LetterView
from app.ui.widgets.picker import Picker
from app.ui.writing import ask_and_write

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.domain.packs import LetterLayout
    from app.errors import SiteweekError
    from app.operations.previews import Particulars, PreviewBlock
    from app.operations.sheets import FindingsSheet
    from app.operations.view import View
    from app.ui.pages.letter.people import PeopleForm
    from app.ui.session import Session

Answer = tuple[LetterPreview, "Particulars", "LetterLayout | None", str]
_NO_LETTER = LetterPreview("", "", "", "", "", "", "", (), (), ())


class LetterPage(Page):
    """The letter. Choosing a sentence anywhere shows what it rests on."""

    title = "Letter"
    kinds = frozenset(
        {"letter", "letter_block", "footnote", "addressee", "signatory", "basis", "evidence"}
        | {"finding", "paragraph", "inspection", "inspectorate"}
    )

    def __init__(self, session: Session) -> None:
        """Show the letter; no block is chosen yet."""
        super().__init__(session)
        self.view = LetterView()
        self.offered = LetterActions(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self._preview = _NO_LETTER
        self._layout: LetterLayout | None = None
        self._place: Place | None = None  # the chosen sentence
        self._current = ""  # the chosen block
        self._shown = ""  # the block whose words are in the editor
        self._asked = 0
        self._rewording: set[str] = set()  # blocks whose change is our own, words alone
        self._deleted: list[str] = []
        self._basis = ""  # what the last Ctrl+R made, to be taken back
        self._connect()
        self.reload()

    def reload(self) -> None:
        """Ask for the whole letter again."""
        self._asked += 1
        ticket, current = self._asked, self._current

        def question(view: View) -> Answer:
            preview = letter_preview(view)
            saved = {one.id: one.text for one in preview.blocks}
            draft = draft_of(view, current, "text", saved.get(current, "")) if current else ""
            return preview, particulars(view), letter_layout(view), draft

        self.session.ask(self, question).start(
            lambda answer: self._show(ticket, answer), self._refuse
        )
