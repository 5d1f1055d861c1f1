"""Lists what a package of Siteweek holds, as CycloneDX: every library, its version and licence.

    python .ci/bill_of_materials.py FILE

What is listed is what Siteweek itself needs, and what that needs, as installed here; the hashes
are those of the lock. The same installation gives the same file. What lies inside a wheel has no
line of its own: Qt in PySide6, SQLCipher and its OpenSSL in sqlcipher3, OpenSSL in cryptography.
"""

from __future__ import annotations

import platform
import re
import sys
import uuid
from importlib.metadata import Distribution, distribution, requires
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parent.parent
PRODUCT: Final = "siteweek"
# sqlite-utils asks for it; build.spec leaves it out of the package.
LEFT_OUT: Final = frozenset({"pip"})
# Says so in its licence file alone.
LICENCES: Final = {"sqlcipher3": "Zlib"}


def main() -> None:
    """Write the list to the file named on the command line."""
    Path(sys.argv[1]).write_text(bill_of_materials(), encoding="utf-8")


def bill_of_materials() -> str:
    """Return the list as CycloneDX 1.6 in JSON."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    hashes = _hashes(lock)
    product = distribution(PRODUCT)
    bom = Bom()
    bom.metadata.component = _component(product, ComponentType.APPLICATION, ())
    # Nothing of when or where it was made.
    bom.metadata.timestamp = None
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_OID, product.version + lock)
    made: dict[str, Component] = {PRODUCT: bom.metadata.component}
    needs: dict[str, list[str]] = {}
    waiting = [PRODUCT]
    python = Component(
        name="python",
        version=platform.python_version(),
        type=ComponentType.PLATFORM,
        bom_ref="python",
        licenses=[LicenseFactory().make_from_string("Python-2.0")],
    )
    bom.components.add(python)
    while waiting:
        name = waiting.pop()
        needs[name] = sorted(_needed(name))
        for one in needs[name]:
            if one not in made:
                made[one] = _component(distribution(one), ComponentType.LIBRARY, hashes[one])
                bom.components.add(made[one])
                waiting.append(one)
    for name, others in needs.items():
        bom.register_dependency(made[name], [python, *(made[one] for one in others)])
    return str(JsonV1Dot6(bom).output_as_string(indent=2)) + "\n"


def _component(held: Distribution, kind: ComponentType, hashes: tuple[str, ...]) -> Component:
    name = canonicalize_name(held.name)
    url = PackageURL("pypi", None, name, held.version)
    made = Component(name=name, version=held.version, type=kind, bom_ref=name, purl=url)
    licence = _licence(held)
    if licence:
        made.licenses.add(LicenseFactory().make_from_string(licence))
    if hashes:
        # One for each system it is made for.
        files = [HashType(alg=HashAlgorithm.SHA_256, content=one) for one in hashes]
        reference = ExternalReference(
            type=ExternalReferenceType.DISTRIBUTION, url=XsUri(str(url)), hashes=files
        )
        made.external_references.add(reference)
    return made


def _licence(held: Distribution) -> str:
    """Return the licence as an expression where there is one, else as its makers name it."""
    said = held.metadata
    classified = [
        one.rpartition(" :: ")[2]
        for one in said.get_all("Classifier") or []
        if one.startswith("License :: ")
    ]
    given = said.get("License-Expression") or said.get("License") or LICENCES.get(held.name, "")
    # Some put the whole text of their licence there.
    return given if given and "\n" not in given else " OR ".join(classified)


def _needed(name: str) -> Iterator[str]:
    for one in requires(name) or []:
        needed = Requirement(one)
        wanted = needed.marker is None or needed.marker.evaluate({"extra": ""})
        if wanted and needed.name not in LEFT_OUT:
            yield canonicalize_name(needed.name)


def _hashes(lock: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for one in re.split(r"\n(?=\S)", lock.strip()):
        name = canonicalize_name(one.partition("==")[0])
        found[name] = tuple(re.findall(r"sha256:([0-9a-f]{64})", one))
    return found


if __name__ == "__main__":
    main()
