"""The letter page: words, pages and evidence kept in step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from app.operations.previews import (
    LetterPreview,
    block_preview,
    kind_of,
    letter_preview,
    particulars,
)
from app.operations.reconciling import letter_against
from app.operations.sheets import letter_layout
from app.operations.tables.comments import comments_table
from app.operations.wording import drafts_of, keep_words, save_block
from app.ui.exporting import Listed
from app.ui.page import Page
from app.ui.pages.letter.actions import LetterActions
from app.ui.pages.letter.changing import LetterChanges
from app.ui.pages.letter.model import (
    NOTHING_SAID,
    Place,
    places_in,
    retraced,
    sentence_at,
    step_from,
)
from app.ui.pages.letter.parts import LetterParts
from app.ui.pages.letter.view import LetterView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from app.domain.changes import Changes
    from app.domain.packs import LetterLayout
    from app.errors import SiteweekError
    from app.operations.previews import Particulars, PreviewBlock
    from app.operations.reconciling import LetterAgainst
    from app.operations.thread import TracedSentence
    from app.operations.view import View
    from app.ui.session import Session

Answer = tuple[LetterPreview, "Particulars", "LetterLayout | None", dict[str, str], "LetterAgainst"]
_NO_LETTER = LetterPreview("", "", "", "", "", "", "", (), (), ())


class LetterPage(Page):
    """The letter. Choosing a sentence anywhere shows what it rests on."""

    title = "Letter"
    kinds = frozenset(
        {"letter", "letter_block", "footnote", "addressee", "signatory", "basis", "evidence"}
        | {"finding", "paragraph", "inspection", "inspectorate"}
        | {"brief_point", "reconciliation"}
    )

    def __init__(self, session: Session) -> None:
        """Show the letter; no block is chosen yet."""
        super().__init__(session)
        self.view = LetterView()
        self.offered = LetterActions(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.preview = _NO_LETTER
        self.against = NOTHING_SAID
        self.layout_in_use: LetterLayout | None = None
        self.chosen_block = ""
        self._place: Place | None = None  # the chosen sentence
        self._shown = ""  # the block whose words are in the editor
        self._drafts: dict[str, str] = {}
        self._asked = 0
        self._rewording: set[str] = set()  # blocks whose next change is our own, words alone
        self._awaited: tuple[str, Callable[[], None]] | None = None
        self._changes = LetterChanges(self)
        self.parts = LetterParts(self)
        self._connect()
        self.reload()

    @property
    def chosen(self) -> tuple[PreviewBlock, TracedSentence] | None:
        """The chosen sentence as it is on screen, with its block."""
        block = self.view.pane.letter.block(self._place.block) if self._place else None
        if block is None or self._place is None or self._place.number >= len(block.sentences):
            return None
        return block, block.sentences[self._place.number]

    def reload(self) -> None:
        """Ask for the whole letter again."""
        self._asked += 1
        ticket = self._asked

        def question(view: View) -> Answer:
            return (
                letter_preview(view),
                particulars(view),
                letter_layout(view),
                drafts_of(view, "text"),
                letter_against(view),
            )

        self.session.ask(self, question).start(
            lambda answer: self._show(ticket, answer), self.refuse
        )

    def show_record(self, record: str) -> None:
        """Show a block of the letter, a comment on it or a version of it."""

        def shown(kind: str) -> None:
            if kind == "accuracy_comment":
                self.parts.show_part("comments")
                self.parts.comments.show_comment(record)
            elif kind == "letter_version":
                self.show_version(record)
            else:
                self.view.tabs.setCurrentIndex(0)
                self.choose_block(record)

        self.session.ask(self, kind_of, record).start(shown, self.refuse)

    def show_found(self, record: str, words: str) -> None:
        """Show words of a block, or the record where it is none."""
        if self._block(record) is not None:
            self.show_words(record, words)
        else:
            self.show_record(record)

    def show_version(self, version: str) -> None:
        """Compare a version with the letter as it stands."""
        self.parts.show_part("versions")
        self.parts.versions.show_version(version)

    def show_words(self, block: str, words: str, start: int = 0) -> None:
        """Show words in the letter, or the block they stood in where they are gone."""
        self.view.tabs.setCurrentIndex(0)
        held = self._block(block)
        if held is None:
            self.said.emit("That block is no longer in the letter.")
            return
        at = held.text.find(words, start) if words else -1
        number = sentence_at(held, max(at, 0)) or 0
        self._choose(block, Place(block, number))
        self.view.pane.setFocus()

    def to_export(self) -> Sequence[Listed]:
        """Return the comments on its facts: the letter itself is a document."""
        return [Listed("Factual accuracy", comments_table)]

    def panes(self) -> list[QWidget]:
        """Return the panes that F6 walks."""
        view = self.view
        panes: list[QWidget] = [view.blocks, view.editor, view.pane, view.beneath]
        return self.parts.panes() or [one for one in panes if one.isVisibleTo(self)]

    def save_now(self) -> None:
        """Save the block's words if they were changed."""
        if self._shown and self.view.editor.words.is_changed:
            self._save(self.view.editor.words.words)
        self.parts.save_now()

    def keep_now(self) -> None:
        """Keep the block's words as a draft if they were changed."""
        if self._shown and self.view.editor.words.is_changed:
            self._keep(self.view.editor.words.words)
        self.parts.keep_now()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while another page was on screen."""
        super().showEvent(event)
        self.parts.catch_up()

    @property
    def shown_record(self) -> str:
        """The block on screen."""
        return self.chosen_block

    def choose_block(self, block: str) -> None:
        """Choose a block and the first of its sentences."""
        self._choose(block, Place(block, 0))

    def when_shown(self, block: str, then: Callable[[], None]) -> None:
        """Call ``then`` as soon as a block is on the page."""
        if self._block(block) is not None:
            then()
        else:
            self._awaited = (block, then)

    def refuse(self, problem: SiteweekError) -> None:
        """Say why something was not done, and show what stands."""
        self.failed.emit(problem.sentence)
        self.view.show_remark(problem.sentence)

    def _connect(self) -> None:
        view, offered, words = self.view, self.offered, self.view.editor.words
        view.blocks.row_changed.connect(self.choose_block)
        view.blocks.row_chosen.connect(lambda _key: words.setFocus())
        view.pane.sentence_chosen.connect(
            lambda place: self._choose(place.block, place, bring_into_view=False)
        )
        view.beneath.list.record_requested.connect(self.record_requested)
        words.textChanged.connect(self._on_typing)
        words.cursorPositionChanged.connect(self._on_caret)
        words.paused.connect(self._keep)
        words.left.connect(self._save)
        offered.next.triggered.connect(lambda: self._step(1))
        offered.previous.triggered.connect(lambda: self._step(-1))
        offered.next_orphan.triggered.connect(lambda: self._step(1, only_orphans=True))

    def _on_changed(self, changes: Changes) -> None:
        """Ask for one block again where only its words changed; else for the letter."""
        self.parts.on_changed(changes)
        if changes.records and changes.records <= self._rewording:
            self._rewording -= changes.records
            for block in changes.records:
                self._ask_block(block)
            return
        super()._on_changed(changes)

    # What is shown.

    def _show(self, ticket: int, answer: Answer) -> None:
        if ticket != self._asked:
            return
        self.preview, held, self.layout_in_use, self._drafts, self.against = answer
        self.view.show_letter(self.preview, self.against)
        self.parts.take_focus()
        self.view.particulars.show_particulars(held)
        if self._block(self.chosen_block) is None:
            self.chosen_block, self._place = "", None
        self._show_chosen(bring_into_view=False)
        if self._awaited is not None and self._block(self._awaited[0]) is not None:
            then, self._awaited = self._awaited[1], None
            then()

    def _ask_block(self, block: str) -> None:
        def question(view: View) -> tuple[PreviewBlock, LetterAgainst]:
            return block_preview(view, block), letter_against(view)

        self.session.ask(self, question).start(
            lambda answer: self._show_block(*answer), self.refuse
        )

    def _show_block(self, block: PreviewBlock, against: LetterAgainst) -> None:
        self.against = against
        if self._block(block.id) is None:
            self.reload()
            return
        blocks = tuple(block if one.id == block.id else one for one in self.preview.blocks)
        self.preview = replace(self.preview, blocks=blocks)
        self.view.show_blocks(self.preview, against)
        self.view.show_count(self.preview)
        if not (block.id == self._shown and self.view.editor.words.is_changed):
            self.view.pane.show_block(block)
        self._show_chosen(bring_into_view=False)

    def _show_chosen(self, *, bring_into_view: bool) -> None:
        """Show the chosen block in the editor and what is under the chosen sentence."""
        block = self._block(self.chosen_block)
        editor = self.view.editor
        editor.setVisible(block is not None)
        if block is None:
            self._shown = ""
        else:
            is_same, self._shown = self._shown == block.id, block.id
            boxes = [one for one in self.preview.blocks if one.type == "box"]
            draft = self._drafts.get(block.id, "")
            editor.show_block(block, boxes, draft, is_same=is_same)
            editor.show_against(self.against.blocks.get(block.id, ()))
            self.view.blocks.make_current(block.id, quietly=True)
            if editor.words.is_changed:
                self._on_typing()
        self._show_beneath(bring_into_view=bring_into_view)
        self._changes.allow()

    def _show_beneath(self, *, bring_into_view: bool) -> None:
        chosen = self.chosen
        if chosen is None:
            self.view.pane.mark(None)
            self.view.beneath.show_nothing()
        else:
            self.view.pane.mark(self._place, bring_into_view=bring_into_view)
            self.view.beneath.show_sentence(*chosen)
        self.offered.rest.setEnabled(chosen is not None)

    def _choose(self, block: str, place: Place, *, bring_into_view: bool = True) -> None:
        if block != self.chosen_block:
            self.save_now()
            self.view.show_remark("")
        self.chosen_block, self._place = block, place
        self._show_chosen(bring_into_view=bring_into_view)

    def _step(self, by: int, *, only_orphans: bool = False) -> None:
        blocks = self.view.pane.letter.blocks
        every = places_in(blocks)
        wanted = places_in(blocks, only_orphans=True) if only_orphans else every
        place = step_from(self._place, wanted, every, by)
        if place is None and only_orphans and wanted:
            place = wanted[0]
            self.said.emit("That was the last. This is the first that rests on nothing.")
        if place is not None:
            self._choose(place.block, place)
        elif only_orphans:
            self.said.emit("No sentence rests on nothing.")

    def _block(self, block: str) -> PreviewBlock | None:
        return next((one for one in self.preview.blocks if one.id == block), None)

    # The words of a block.

    def _on_typing(self) -> None:
        """Show what is being typed on the page at once, and leave all other blocks alone."""
        block = self._block(self._shown)
        words = self.view.editor.words
        if block is not None and words.is_changed:
            self.view.pane.show_block(retraced(block, words.words))
            self._on_caret()

    def _on_caret(self) -> None:
        words = self.view.editor.words
        block = self.view.pane.letter.block(self._shown)
        if block is None or not words.hasFocus():
            return
        number = sentence_at(block, words.caret)
        place = Place(block.id, number) if number is not None else None
        moved = place != self._place
        self._place = place
        self._show_beneath(bring_into_view=moved)

    def _keep(self, words: str) -> None:
        if self._shown:
            self._drafts[self._shown] = words
            self.session.do(self, keep_words, self._shown, "letter_block", "text", words).start()

    def _save(self, words: str) -> None:
        block = self._shown

        def saved(_changes: Changes) -> None:
            self._drafts.pop(block, None)
            self._rewording.discard(block)
            if block == self._shown:
                self.view.editor.words.mark_saved(words)

        def refused(problem: SiteweekError) -> None:
            self._rewording.discard(block)
            self.refuse(problem)

        if block:
            self._rewording.add(block)
            self.session.do(self, save_block, block, words).start(saved, refused)
