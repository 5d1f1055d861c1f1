"""What a person changes about the letter besides the words of a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations import records
from app.operations.documents import write_draft
from app.operations.findings import left_out
from app.operations.letter_footnotes import add_footnote, set_footnote
from app.operations.letters import add_block, begin_letter, rest_on, set_layout, set_letter
from app.ui.pages.brief.compare_model import COMPARED
from app.ui.pages.findings.choosing import choose_finding
from app.ui.widgets.one_line import OneLine
from app.ui.writing import ask_and_write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.operations.reconciling import Against
    from app.ui.pages.letter.page import LetterPage
    from app.ui.pages.letter.people import PeopleForm


class LetterChanges:
    """Hands the wishes of the page's actions, buttons and fields to the verbs."""

    def __init__(self, page: LetterPage) -> None:
        """Serve one page."""
        self._page = page
        self._deleted: list[str] = []
        self._basis = ""  # what the last choice of a finding made, to be taken back
        view, offered = page.view, page.offered
        view.new.clicked.connect(self._add)
        view.begin.clicked.connect(self._begin)
        view.write.clicked.connect(self._write)
        view.restore.clicked.connect(self._restore)
        view.beneath.rest.clicked.connect(self._choose_finding)
        view.beneath.take_back.clicked.connect(self._take_back)
        view.editor.field_changed.connect(self._set_field)
        view.editor.footnote_wanted.connect(self._ask_footnote)
        offered.against.triggered.connect(lambda _on=False: self._show_said())
        view.editor.against.clicked.connect(lambda _on=False: self._show_said())
        view.dropped.clicked.connect(lambda _on=False: self._lead(page.against.dropped))
        offered.footnote.triggered.connect(lambda _on=False: self._ask_footnote(""))
        view.particulars.letter_changed.connect(self._set_letter)
        view.particulars.layout_changed.connect(
            lambda layout: page.session.do(page, set_layout, layout).start(failed=page.refuse)
        )
        self._serve(view.particulars.addressees, "addressee", {"role": ""})
        self._serve(view.particulars.signatories, "signatory", {"name": ""})
        offered.new.triggered.connect(lambda _on=False: self._new())
        offered.begin.triggered.connect(self._begin)
        offered.write.triggered.connect(self._write)
        offered.rest.triggered.connect(self._choose_finding)
        page.view.blocks.let_rows_move()
        page.view.blocks.row_dropped.connect(self._drop)
        offered.up.triggered.connect(lambda: self._move(-1))
        offered.down.triggered.connect(lambda: self._move(1))
        offered.delete.triggered.connect(self._delete)
        offered.restore.triggered.connect(self._restore)

    def allow(self) -> None:
        """Enable what can be done now."""
        page = self._page
        page.offered.allow(
            has_blocks=bool(page.preview.blocks),
            is_chosen=bool(page.chosen_block),
            has_deleted=bool(self._deleted),
        )
        page.view.restore.setVisible(bool(self._deleted))
        page.view.beneath.take_back.setVisible(bool(self._basis))

    # Blocks.

    def _new(self) -> None:
        part = self._page.parts.on_screen
        if part is None:
            self._add()
        else:
            part.begin_new()

    def _add(self) -> None:
        page = self._page
        page.save_now()
        beside = next((one for one in page.preview.blocks if one.id == page.chosen_block), None)
        fields: dict[str, Json] = {"type": "paragraph", "text": "", "level": 1}
        if beside is not None:
            inner = beside.id if beside.type == "box" else beside.box
            fields |= {"section": beside.section or None, "box": inner or None}

        def added(changes: Changes) -> None:
            page.choose_block(changes.made)
            page.view.editor.words.setFocus()

        def made(changes: Changes) -> None:
            # The letter was asked for again when the change was told; wait for that answer.
            page.when_shown(changes.made, lambda: added(changes))

        page.session.do(page, add_block, fields, beside.id if beside else None).start(
            made, page.refuse
        )

    def _move(self, by: int) -> None:
        page = self._page
        chosen = next((one for one in page.preview.blocks if one.id == page.chosen_block), None)
        if chosen is None:
            return
        beside = [one.id for one in page.preview.blocks if one.box == chosen.box]
        at = beside.index(chosen.id)
        if not 0 <= at + by < len(beside):
            return
        other = beside[at + by]
        # Up is the same as the block before going down.
        moved, behind = (other, chosen.id) if by < 0 else (chosen.id, other)
        page.session.do(page, records.move, moved, behind).start(failed=page.refuse)

    def _drop(self, block: str, other: str, behind: bool) -> None:  # noqa: FBT001 - a signal's
        page = self._page
        boxes = {one.id: one.box for one in page.preview.blocks}
        if boxes.get(block) != boxes.get(other):
            page.said.emit("A block moves beside those of its box. Its box is a field below.")
            return
        page.session.do(page, records.move_beside, block, other, behind=behind).start(
            failed=page.refuse
        )

    def _delete(self) -> None:
        page = self._page
        block = page.chosen_block

        def gone(_changes: Changes) -> None:
            self._deleted.append(block)
            page.said.emit("The block was deleted. Ctrl+Shift+Z brings it back.")
            self.allow()

        if block:
            page.save_now()
            page.session.do(page, records.delete, block).start(gone, page.refuse)

    def _restore(self) -> None:
        if self._deleted:
            page = self._page
            page.session.do(page, records.restore, self._deleted.pop()).start(
                lambda _changes: self.allow(), page.refuse
            )

    def _show_said(self) -> None:
        """Go to where the block is set against what was said: first what waits for a reason."""
        found = self._page.against.blocks.get(self._page.chosen_block, ())
        if found:
            self._lead(found)
        else:
            self._page.said.emit("Nothing that was said rests on what this block rests on.")

    def _lead(self, found: Sequence[Against]) -> None:
        waiting = [one for one in found if one.is_open]
        for one in (waiting or found)[:1]:
            self._page.save_now()
            self._page.place_requested.emit("Feedback", f"{COMPARED}{one.key}")

    def _set_field(self, field: str, value: Json) -> None:
        page = self._page
        if page.chosen_block:
            page.session.do(page, records.change, page.chosen_block, {field: value}).start(
                failed=page.refuse
            )

    def _ask_footnote(self, footnote: str) -> None:
        """Ask for a footnote's words: one that is there, or a new one where the caret stands."""
        page = self._page
        block = next((one for one in page.preview.blocks if one.id == page.chosen_block), None)
        if block is None:
            return
        place = page.view.editor.words.caret
        page.save_now()
        held = next((one for one in block.footnotes if one.id == footnote), None)
        if held is None:
            asked = "What does the footnote say? It stands where the caret is in the block’s words."
            dialog = OneLine(page, "Footnote", asked)
            dialog.given.connect(
                lambda words: page.session.do(page, add_footnote, block.id, place, words).start(
                    failed=page.refuse
                )
            )
        else:
            asked = "What does the footnote say? Without any words it is deleted."
            dialog = OneLine(page, "Footnote", asked, held.text, may_be_empty=True)
            dialog.given.connect(
                lambda words: page.session.do(page, set_footnote, held.id, words).start(
                    failed=page.refuse
                )
            )
        dialog.open()

    # What a sentence rests on.

    def _choose_finding(self) -> None:
        page = self._page
        if page.chosen is None:
            return
        page.save_now()
        block, sentence = page.chosen

        choose_finding(
            page,
            "Rest this sentence on",
            lambda finding: self._rest(block.id, sentence.text, finding.id),
            page.refuse,
        )

    def _rest(self, block: str, words: str, finding: str) -> None:
        def rested(changes: Changes) -> None:
            self._basis = changes.made if changes.records else ""
            page.said.emit("The sentence rests on that finding now.")
            self.allow()

        page = self._page
        page.session.do(page, rest_on, block, finding, words).start(rested, page.refuse)

    def _take_back(self) -> None:
        if self._basis:
            basis, self._basis = self._basis, ""
            page = self._page
            page.session.do(page, records.delete, basis).start(
                lambda _changes: self.allow(), page.refuse
            )

    # What stands round the text, and the letter as a whole.

    def _set_letter(self, field: str, value: str) -> None:
        page = self._page
        page.session.do(page, set_letter, {field: value or None}).start(
            lambda _changes: page.view.show_remark(""), page.refuse
        )

    def _serve(self, form: PeopleForm, kind: str, fields: dict[str, Json]) -> None:
        page = self._page

        def made(changes: Changes) -> None:
            form.choose(changes.made)

        form.add_requested.connect(
            lambda: page.session.do(page, records.add, kind, fields).start(made, page.refuse)
        )
        form.delete_requested.connect(
            lambda one: page.session.do(page, records.delete, one).start(failed=page.refuse)
        )
        form.move_requested.connect(
            lambda one, after: page.session.do(page, records.move, one, after).start(
                failed=page.refuse
            )
        )
        form.field_changed.connect(
            lambda one, field, value: page.session.do(
                page, records.change, one, {field: value or None}
            ).start(failed=page.refuse)
        )

    def _begin(self) -> None:
        page = self._page
        if page.layout_in_use is None:
            page.failed.emit(
                "No layout was chosen yet: it stands under Particulars. Ctrl+N adds a block."
            )
        else:
            layout = page.layout_in_use

            def say_left_out(_changes: Changes) -> None:
                page.session.ask(page, left_out, layout).start(page.said.emit, page.refuse)

            page.session.do(page, begin_letter, layout).start(say_left_out, page.refuse)

    def _write(self) -> None:
        ask_and_write(self._page, "Write a draft", write_draft)
