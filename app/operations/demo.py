"""The demo inspection: an invented area, kept in the app's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.errors import InvalidInputError
from app.operations.disposal import destroy
from app.operations.disposal_order import Wish
from app.operations.exchange import read_document
from app.operations.files import read_input
from app.operations.profile import INVENTED
from app.operations.team import be
from app.paths import resources

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.clock import Clock
    from app.interchange.inspection_json import Document
    from app.operations.profile import Profile
    from app.operations.work import Work

# Whoever opens the demo writes as its lead inspector.
DEMO_LEAD: Final = "p-lead"


def demo_document() -> Document:
    """Return the demo inspection, read and checked.

    Raises:
        InvalidInputError: the installation is damaged.

    """
    return read_document(read_input(resources() / "demo" / "wexcombe.json"))


def take_in_demo(
    profile: Profile, progress: Callable[[int, int], None] = lambda _n, _m: None
) -> str:
    """Take the demo in, marked as invented, and write in it as its lead; return its id.

    Raises:
        StoreError: it could not be written; nothing was kept.

    """
    return profile.take_in(demo_document(), progress, _mark)


def remove_demo(profile: Profile, inspection_id: str, clock: Clock) -> None:
    """Destroy an inspection that came with the app, with all that was tried out in it.

    No certificate is written: nobody's notes are in it.

    Raises:
        InvalidInputError: it did not come with the app; nothing was destroyed.
        SiteweekError: as for ``destroy``.

    """
    invented = {one.id for one in profile.inspections() if one.is_invented}
    if inspection_id not in invented:
        raise InvalidInputError("This inspection is not the invented one. Nothing was destroyed.")
    destroy(profile, inspection_id, Wish("The invented inspection was put away."), clock)


def _mark(work: Work) -> None:
    be(work, DEMO_LEAD)
    work.records.keep_local(INVENTED, "1")
