"""A list of pieces of evidence: the words, whose they are, and the line that says where from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from app.domain.dates import short_date
from app.ui.widgets.rows import Row, RowsView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

    from app.operations.support import Piece

_SIGNS: Final = {"verbatim": "❝", "evaluation": "▸"}
_SPOKEN: Final = {"verbatim": "Verbatim", "evaluation": "Evaluation"}


@dataclass(frozen=True, slots=True)
class EvidenceGroup:
    """Pieces under one heading, such as the finding they stand under."""

    key: str
    title: str
    meta: str
    pieces: tuple[Piece, ...]
    nothing: str = ""


class EvidenceList(RowsView):
    """Shows pieces of evidence in full. Enter goes to the words in their note, Delete unlinks."""

    record_requested = Signal(str)  # the code, or the paragraph, that a piece is
    unlink_requested = Signal(str)  # the evidence record

    def __init__(self, name: str, *, may_unlink: bool = False) -> None:
        """Name the list; ``may_unlink`` lets Delete ask for a piece to be taken away."""
        super().__init__(name, most_lines=0)
        self._may_unlink = may_unlink
        self._pieces: Mapping[str, Piece] = {}
        keys = "Enter opens the note at these words."
        self.setAccessibleDescription(
            f"{keys} Delete takes the piece away; it can be restored." if may_unlink else keys
        )
        self.row_chosen.connect(self._on_row_chosen)

    @property
    def piece(self) -> Piece | None:
        """The current piece."""
        return self._pieces.get(self.current_key)

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show pieces of one direction, in their order."""
        self._pieces = {one.evidence: one for one in pieces}
        self.show_rows([_row(one) for one in pieces])

    def show_groups(self, groups: Sequence[EvidenceGroup]) -> None:
        """Show pieces under headings, those for before those against, each saying which."""
        rows: list[Row] = []
        shown: dict[str, Piece] = {}
        for group in groups:
            rows.append(Row(group.key, group.title, group.meta, is_heading=True))
            if not group.pieces and group.nothing:
                rows.append(Row(f"{group.key}/none", "", group.nothing, is_heading=True))
            for piece in sorted(group.pieces, key=lambda one: one.direction == "against"):
                # The same piece may stand under two findings: its key says under which.
                key = f"{group.key}/{piece.evidence}"
                shown[key] = piece
                rows.append(_row(piece, key, names_direction=True))
        self._pieces = shown
        self.show_rows(rows)

    def _on_row_chosen(self, key: str) -> None:
        piece = self._pieces.get(key)
        if piece is not None:
            self.record_requested.emit(piece.code or piece.paragraph)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the current piece to be unlinked on Delete."""
        piece = self.piece
        if self._may_unlink and event.key() == Qt.Key.Key_Delete and piece is not None:
            self.unlink_requested.emit(piece.evidence)
            return
        super().keyPressEvent(event)


def source_line(piece: Piece) -> str:
    """Return “OF-FD-01 · interview · police · Tue 13 Oct 14:05”: where a piece comes from."""
    kind = piece.note_kind.removesuffix(" with a professional")
    at = piece.typed_at or piece.note_date
    when = " ".join(part for part in (short_date(at), at[11:16]) if part)
    parts = (piece.note_ref, kind[:1].lower() + kind[1:], piece.agency, when)
    return " · ".join(part for part in parts if part)


def words_of(piece: Piece) -> str:
    """Return a piece's words; verbatim words with whose they are."""
    if piece.type != "verbatim":
        return piece.text
    quoted = piece.text if piece.text.startswith(("“", "‘", '"')) else f"“{piece.text}”"
    return f"{quoted} — {piece.speaker}" if piece.speaker else quoted


def _row(piece: Piece, key: str = "", *, names_direction: bool = False) -> Row:
    against = piece.direction == "against"
    source = source_line(piece)
    sign, tone, spoken = _SIGNS.get(piece.type, ""), "", _SPOKEN.get(piece.type, "")
    if names_direction and against:
        sign, tone = "⇄", "against"
    if names_direction:
        source = f"{'against' if against else 'for'} · {source}"
    aloud = ". ".join(part for part in (spoken, words_of(piece), source, piece.comment) if part)
    title = words_of(piece)
    if piece.comment:
        title = f"{title}\n→ {piece.comment}"
    return Row(key or piece.evidence, title, source, sign, tone, spoken=aloud)
