"""Who uses this profile: said once, remembered sealed, and told to every inspection they begin."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from app.crypto import owner as sealing
from app.crypto.files import read_key_file, write_key_file
from app.domain.closures import standing
from app.domain.kinds.people import CLOSURE
from app.domain.revisions import canonical
from app.errors import DamagedFileError, InvalidInputError
from app.operations import team
from app.operations.work import INSPECTION, ME
from app.packs import load
from app.store.places import OWNER

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.operations.inspection import Inspection
    from app.operations.profile import Profile
    from app.operations.view import View
    from app.operations.work import Work

_LONGEST: Final = 200
_MOST_INITIALS: Final = 4
ROLE: Final = "inspector"


@dataclass(frozen=True, slots=True)
class Owner:
    """A person and the body they inspect for; the second can be nothing."""

    name: str
    inspectorate: str = ""

    @property
    def initials(self) -> str:
        """The first letter of each part of the name."""
        return "".join(part[0] for part in self.name.split() if part[0].isalpha()).upper()[
            :_MOST_INITIALS
        ]


def owner_of(profile: Profile) -> Owner | None:
    """Return who uses the profile, or None where nobody has said so or it can't be read."""
    path = profile.folder / OWNER
    if not path.is_file():
        return None
    try:
        plain = json.loads(sealing.unseal(read_key_file(path, sealing.MOST_BYTES), profile.master))
        return Owner(str(plain["name"]), str(plain["inspectorate"]))
    except (DamagedFileError, ValueError, KeyError, TypeError):
        return None


def remember(profile: Profile, owner: Owner) -> None:
    """Remember who uses the profile.

    Raises:
        InvalidInputError: there is no name, or it is too long.
        StoreError: it could not be written; who was remembered before still is.

    """
    texts = asdict(Owner(owner.name.strip(), owner.inspectorate.strip()))
    if not texts["name"]:
        raise InvalidInputError("Say your name: what you write bears it.", "name")
    if any(len(one) > _LONGEST or not one.isprintable() for one in texts.values()):
        raise InvalidInputError(f"A name is one line of at most {_LONGEST} characters.", "name")
    sealed = sealing.seal(canonical(texts).encode(), profile.master)
    write_key_file(profile.folder / OWNER, sealed)


def inspectorates() -> tuple[str, ...]:
    """Return the names of inspectorates to choose from; any other can be typed."""
    return tuple(one.label for one in load.load_list("inspectorates").entries)


def introduce(work: Work, owner: Owner) -> Changes:
    """Let the inspection know who uses this laptop; somebody it knows by that name is the same."""
    for one in work.records.of_kind("person"):
        if one.text("name").casefold() == owner.name.casefold():
            return team.be(work, one.id)
    fields: dict[str, Json] = {"name": owner.name, "role": ROLE}
    if owner.initials:
        fields["initials"] = owner.initials
    if owner.inspectorate:
        fields["inspectorate"] = _inspectorate(work, owner.inspectorate)
    return team.be(work, work.add("person", fields))


def settle_owner(profile: Profile, inspection: Inspection) -> None:
    """Introduce the owner to an inspection that they joined, once it is known what it is.

    An inspection that nobody shares is left as it is, unless it names the owner already: what was
    taken in from a file is somebody's evidence, and opening it adds nothing to it.

    Raises:
        StoreError: it could not be written.

    """
    owner = owner_of(profile)
    if owner is None:
        return

    is_shared = inspection.seat().is_shared

    def is_wanted(view: View) -> bool:
        held = view.records
        if held.recall(ME) or not held.of_kind(INSPECTION) or standing(held.of_kind(CLOSURE)):
            return False
        names = {one.text("name").casefold() for one in held.of_kind("person")}
        return is_shared or owner.name.casefold() in names

    if inspection.ask(is_wanted):
        inspection.do(introduce, owner)


def _inspectorate(work: Work, name: str) -> str:
    wanted = name.casefold()
    for one in work.records.of_kind("inspectorate"):
        if wanted in {one.text("name").casefold(), one.text("short_name").casefold()}:
            return one.id
    return work.add("inspectorate", {"name": name})
