"""A letter's patterns are filled with the area and the theme and nothing else."""

from __future__ import annotations

from app.packs.patterns import fill


def test_area_and_theme_are_filled_in() -> None:
    filled = fill("Response to {theme} in {area}, {area}", area="Wexcombe", theme="neglect")
    assert filled == "Response to neglect in Wexcombe, Wexcombe"


def test_words_filled_in_are_never_read_as_patterns() -> None:
    assert fill("{area}: {theme}", area="{theme}", theme="{area} {0.__class__}") == (
        "{theme}: {area} {0.__class__}"
    )
