"""What is thin about a finding is said, and a full finding is left alone."""

from __future__ import annotations

from datetime import date

from app.domain.gaps import GapKind, gaps
from app.domain.triangulation import Piece, triangulate

TODAY = date(2026, 11, 26)
WEDNESDAY = date(2026, 11, 25)


def test_one_conversation_shows_every_gap_it_leaves() -> None:
    lone = [Piece("for", "manager", "n1", "Council", "", "Ofsted", (), "", date(2026, 11, 23))]
    found = gaps(triangulate(lone), TODAY)
    assert {gap.kind for gap in found} == set(GapKind) - {GapKind.NO_EVIDENCE}
    assert [gap.sentence for gap in found] == [
        "It rests on a single conversation or record.",
        "Only Ofsted has recorded evidence for it.",
        "No child has been heard on it.",
        "All of it comes from one agency: Council.",
        "Nobody has recorded looking for evidence against it.",
        "Nothing new has been recorded on it for 3 days.",
    ]


def test_a_well_supported_finding_has_no_gaps() -> None:
    pieces = [
        Piece("for", "child", "n1", "Council", "", "Ofsted", (), "", WEDNESDAY),
        Piece("for", "record", "n2", "Police", "", "HMICFRS", (), "", WEDNESDAY),
    ]
    assert gaps(triangulate(pieces, contrary_sought=True), TODAY) == ()
    contrary = [*pieces, Piece("against", "leader", "n3")]
    assert gaps(triangulate(contrary), TODAY) == ()


def test_evidence_against_keeps_a_finding_fresh() -> None:
    pieces = [
        Piece("for", "child", "n1", day=date(2026, 11, 20)),
        Piece("against", "record", "n2", day=WEDNESDAY),
    ]
    kinds = [gap.kind for gap in gaps(triangulate(pieces), TODAY)]
    assert kinds == [GapKind.LONE_SOURCE]


def test_without_evidence_that_is_the_one_gap() -> None:
    found = gaps(triangulate([Piece("against", "record", "n1")]), TODAY)
    assert [gap.kind for gap in found] == [GapKind.NO_EVIDENCE]
