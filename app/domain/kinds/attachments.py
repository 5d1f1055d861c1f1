"""Files that belong to a record: what is said of one, and what opens its pieces.

The content itself lies beside the store, sealed; see ``crypto/FORMAT.md``.
"""

from __future__ import annotations

from typing import Final

from app.domain.kinds.notes import NOTES
from app.domain.kinds.spec import Field, Kind, Type, choice, count, instant, line, ref

ATTACHMENT: Final = "attachment"
OWNER_KINDS: Final = (
    *(kind.name for kind in NOTES),
    "paragraph",
    "finding",
    "line_of_enquiry",
    "action",
    "child",
    "audit",
    "key_date",
    "brief",
    "letter",
    "inspection",
)
# Whether a photo said where it was taken: left out of what is kept, or not, or nothing was there.
# Only JPEG is looked into.
PHOTO_POSITIONS: Final = ("removed", "kept", "none found", "not looked for")

ATTACHMENTS: Final[tuple[Kind, ...]] = (
    Kind(
        ATTACHMENT,
        "Attachment",
        (
            ref("attached_to", "attached to", *OWNER_KINDS, required=True),
            line("name", "name", required=True),
            line("media_type", "type of file"),
            count("size", "bytes"),
            line("sha256", "SHA-256"),
            choice("photo_position", "position in the photo", *PHOTO_POSITIONS),
            instant("added_at", "added"),
            ref("added_by", "added by", "person"),
            Field("key", Type.LINE, "key", stays_here=True),
            Field("sealed_as", Type.LINE, "sealed as", stays_here=True),
            Field("pieces", Type.LINES, "pieces", stays_here=True),
        ),
        owner="attached_to",
    ),
)
