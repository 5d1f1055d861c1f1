"""The visual language as figures: colour roles for each scheme, sizes and distances.

Every colour in the window is one of these. Sizes are relative to the interface font.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Scheme(StrEnum):
    """How the window is coloured; SYSTEM follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high contrast"


@dataclass(frozen=True, slots=True)
class Colours:
    """One colour for each role, as #RRGGBB."""

    canvas: str
    surface: str
    raised: str
    ink: str
    muted: str
    line: str
    accent: str
    on_accent: str
    strength: str
    improve: str
    priority: str
    against: str


LIGHT: Final = Colours(
    canvas="#FAF9F7",
    surface="#FFFFFF",
    raised="#F2F0EC",
    ink="#1F2328",
    muted="#59616B",
    line="#E3E0DA",
    accent="#0F5E6B",
    on_accent="#FFFFFF",
    strength="#1E6B3A",
    improve="#8A4B08",
    priority="#9B1C1C",
    against="#5B3E8F",
)
DARK: Final = Colours(
    canvas="#16181B",
    surface="#1E2125",
    raised="#272B30",
    ink="#E7E9EC",
    muted="#A3ABB5",
    line="#31363C",
    accent="#6CC3CF",
    on_accent="#10211F",
    strength="#7FCF9A",
    improve="#E2B071",
    priority="#F09A94",
    against="#BBA6E8",
)
# For those whose system names no palette of its own: as far apart as a screen can set them.
HIGH_CONTRAST: Final = Colours(
    canvas="#000000",
    surface="#000000",
    raised="#1A1A1A",
    ink="#FFFFFF",
    muted="#FFFFFF",
    line="#FFFFFF",
    accent="#FFE066",
    on_accent="#000000",
    strength="#7CFFA0",
    improve="#FFC46B",
    priority="#FF9E9E",
    against="#D4B8FF",
)
OF_SCHEME: Final = {
    Scheme.LIGHT: LIGHT,
    Scheme.DARK: DARK,
    Scheme.HIGH_CONTRAST: HIGH_CONTRAST,
}

# Points at 100 %, where the interface is 13 pixels high (9.75 points at 96 to the inch).
INTERFACE: Final = 9.75
META: Final = 9.0
READING: Final = 11.25
TITLE: Final = 13.5
PAGE_HEAD: Final = 18.0
READING_LINE_HEIGHT: Final = 150  # per cent
# Pixels at 100 %, for what the style sheet can't size in letters: a tick box inside its line, the
# ring of a chosen radio button, and the arrows of lists.
TICK: Final = 14
RING: Final = 5
ARROW: Final = 12


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2.2 contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG
        for one in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
