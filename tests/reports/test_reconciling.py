"""The ledger of what was said and what is written holds both texts and every reason."""

from __future__ import annotations

import pytest

from app.domain.reconciling import Judgement, Pair, Passage
from app.reports.reconciling import comparison_document
from app.reports.write import Format, render

SPOKEN = Passage("point-1", "Most are late.", "said", "2024-06-07T14:12:30+01:00")
WRITTEN = Passage("block-1", "Some are late.")
FIRST = Judgement("strengthened", "A slip.", "Most", "All", "", "2024-06-10T09:00:00+01:00")
SECOND = Judgement(
    "softened",
    "Counted again.",
    "Most are late.",
    "Some are late.",
    "",
    "2024-06-11T10:30:00+01:00",
)
PAIRS = (
    Pair("f-1", "Notices are late.", (SPOKEN,), (WRITTEN,), (FIRST, SECOND)),
    Pair("f-2", "Leaders know.", (Passage("p", "Leaders know.", "not yet"),), ()),
    Pair("f-3", "Nobody asks.", (Passage("q", "Nobody asks.", "skipped"),), (WRITTEN,)),
    Pair("f-4", "Help is early.", (Passage("r", "Help is early.", "said"),), (), (FIRST,)),
)


@pytest.mark.parametrize("form", list(Format))
def test_both_texts_and_every_judgement_are_in_every_format(form: Format, read) -> None:
    said = read(render(comparison_document("Wexcombe", "OFFICIAL", PAIRS), form), form)
    flat = " ".join(said.split())
    for words in (
        "Said and written: Wexcombe",
        "Said: Most are late.",
        "Written: Some are late.",
        "The letter: is softer",
        "2024-06-10 09:00, strengthened: A slip.",
        "2024-06-11 10:30, softened: Counted again.",
        "The letter: not compared: not all of it was spoken yet",
        "The letter: to be decided again: the words have changed since",
        "Settled: 1 To be decided: 2 Not wholly spoken yet: 1",
    ):
        assert words in flat
