"""What a block of the editor's document carries of its paragraph, as format properties."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QTextFormat

_OWN: Final = QTextFormat.Property.UserProperty.value
ID: Final = _OWN + 1
TYPE: Final = _OWN + 2
SPEAKER: Final = _OWN + 3
TIME: Final = _OWN + 4
AUTHOR: Final = _OWN + 5
