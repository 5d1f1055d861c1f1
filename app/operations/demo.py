"""The demo inspection: an invented area, kept in the app's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.operations.exchange import read_document
from app.operations.files import read_input
from app.paths import resources

if TYPE_CHECKING:
    from app.interchange.inspection_json import Document

# Whoever opens the demo writes as its lead inspector.
DEMO_LEAD: Final = "p-lead"


def demo_document() -> Document:
    """Return the demo inspection, read and checked.

    Raises:
        InvalidInputError: the installation is damaged.

    """
    return read_document(read_input(resources() / "demo" / "wexcombe.json"))
