"""Makes a small profile as this version of Siteweek leaves it, to be kept and opened by later ones.

    python tests/store/versions/make.py FOLDER

The folder gets the profile, with a note whose draft was never saved, a team of one, all of it
sealed for others, and the export that every later version has to find equal. Run once for each
version of the store's tables, then never again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from app.operations.exchange import put_out, read_document
from app.operations.notes import keep_draft
from app.operations.sync.joining import Person, invite
from app.operations.sync.sealing import seal_own
from tests.interchange.make_documents import DOCUMENT
from tests.operations import quick

EXAMPLE = json.loads(DOCUMENT.read_text("utf-8").split("```json\n")[1].split("```")[0])


def main(folder: Path) -> None:
    """Make it."""
    profile = quick.create(folder / "profile")
    made = profile.take_in(read_document(json.dumps(EXAMPLE).encode()))
    inspection = profile.open_inspection(made)
    inspection.do(keep_draft, "d-1", "paragraph", {"text": "on screen"})
    invite(inspection, Person("Asha Lead", "Ofsted", "Asha's laptop"))
    seal_own(inspection, receipt=True)
    exported = "".join(inspection.ask(lambda view: list(put_out(view))))
    inspection.close()
    (folder / "export.json").write_text(exported, "utf-8")
    for leftover in ("reserve", "lock"):
        (folder / "profile" / "inspections" / made / leftover).unlink(missing_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
