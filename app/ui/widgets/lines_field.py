"""Fields of a form for a list with one thing on each line, and for a whole number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.widgets.fields import LineField, WordsField

if TYPE_CHECKING:
    from app.domain.revisions import Json


class LinesField(WordsField):
    """Several things, each on a line of its own."""

    @property
    def value(self) -> Json:
        """The lines that say something."""
        return [one.strip() for one in self.box.words.splitlines() if one.strip()] or None

    def show_value(self, value: Json) -> None:
        """Show a list; the same leaves the caret where it is."""
        if value != self.value:
            held = value if isinstance(value, list) else []
            super().show_value("\n".join(str(one) for one in held))


class NumberField(LineField):
    """A whole number; other words stay as they are typed, to be refused with a reason."""

    @property
    def value(self) -> Json:
        """The number."""
        typed = self.line.text().strip()
        return int(typed) if typed.isascii() and typed.isdigit() else typed or None

    def show_value(self, value: Json) -> None:
        """Show a number."""
        if value != self.value:
            self.line.setText("" if value is None else str(value))
