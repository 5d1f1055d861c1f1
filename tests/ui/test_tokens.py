from __future__ import annotations

import re
from string import Template

import pytest

from app.paths import resources
from app.ui import theme, tokens
from app.ui.tokens import DARK, HIGH_CONTRAST, LIGHT, contrast

TEXT = 4.5  # WCAG 2.2 AA for text
SHAPE = 3.0  # and for what is no text but has to be seen
GROUNDS = ("canvas", "surface", "raised")
INKS = ("ink", "muted", "accent", "strength", "improve", "priority", "against")
SCHEMES = {"light": LIGHT, "dark": DARK, "high contrast": HIGH_CONTRAST}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", INKS)
def test_every_ink_can_be_read_on_every_ground(scheme, ground, ink) -> None:
    colours = SCHEMES[scheme]
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= TEXT


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_on_the_accent_can_be_read(scheme) -> None:
    colours = SCHEMES[scheme]
    assert contrast(colours.on_accent, colours.accent) >= TEXT


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_focus_ring_can_be_seen(scheme, ground) -> None:
    colours = SCHEMES[scheme]
    assert contrast(colours.accent, getattr(colours, ground)) >= SHAPE


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)
    assert contrast("#123456", "#123456") == pytest.approx(1)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_style_sheet_has_no_colour_of_its_own(scheme) -> None:
    template = (resources() / "qss" / "siteweek.qss").read_text("utf-8")
    assert re.findall(r":[^;{}]*(#[0-9A-Fa-f]{3,8})\b", template) == []
    assert "$" not in theme.style_sheet(SCHEMES[scheme])
    assert Template(template).is_valid()


def test_sizes_grow_with_the_scale() -> None:
    assert f"{tokens.INTERFACE * 2:g}pt" in theme.style_sheet(LIGHT, 2.0)
