from __future__ import annotations

import pytest

from app.domain.masking import Mask, mask_of

MASK = mask_of(
    ["C3", "C31", "S/2024-7"],
    [("OF1", "lead inspector (Ofsted)"), ("Mary Anne Will", "HMI, social care"), ("PR1", "")],
)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("C3 was not seen.", "A child was not seen."),
        ("We asked C3’s nursery, and C31’s.", "We asked a child’s nursery, and a child’s."),
        ("Seen. C3 is well.", "Seen. A child is well."),
        ("Record S/2024-7 and S04 and L112.", "Record a child and a child and a child."),
        ("OF1 told PR1.", "Lead inspector (Ofsted) told an inspector."),
        ("Will and Mary Anne Will asked.", "HMI, social care and HMI, social care asked."),
        ("They will ask about ABC3 and C3a.", "They will ask about ABC3 and C3a."),
        ("", ""),
    ],
)
def test_codes_and_names_are_replaced_and_other_words_stay(words: str, read: str) -> None:
    assert MASK.words(words) == read


def test_a_mask_that_knows_nobody_still_hides_the_codes_the_app_gives() -> None:
    assert Mask().words("Both C1 and S12.") == "Both a child and a child."
