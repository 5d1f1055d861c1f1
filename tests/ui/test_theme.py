from __future__ import annotations

import pytest

from app.ui.theme import style_sheet
from app.ui.tokens import OF_SCHEME, Colours, contrast

TEXT = 4.5  # WCAG 2.2 AA
SHAPES = 3.0
ON_GROUNDS = ("ink", "muted", "accent", "strength", "improve", "priority", "against")
GROUNDS = ("canvas", "surface", "raised")


@pytest.mark.parametrize("colours", OF_SCHEME.values(), ids=OF_SCHEME)
def test_every_text_colour_can_be_read_on_every_ground(colours: Colours) -> None:
    for name in ON_GROUNDS:
        for ground in GROUNDS:
            ratio = contrast(getattr(colours, name), getattr(colours, ground))
            assert ratio >= TEXT, (name, ground, ratio)
    assert contrast(colours.on_accent, colours.accent) >= TEXT


@pytest.mark.parametrize("colours", OF_SCHEME.values(), ids=OF_SCHEME)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_style_sheet_has_no_name_left_to_fill(colours: Colours, scale: float) -> None:
    assert "$" not in style_sheet(colours, scale)


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
