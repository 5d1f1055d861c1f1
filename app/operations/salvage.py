"""Gets the notes out of a damaged profile: needs its folder and what opens its keyring.

Nothing is written into that folder. What is salvaged is plain text, so it goes to a folder of its
own that only this user can read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.revisions import canonical
from app.errors import InvalidInputError, OutputError, SiteweekError
from app.interchange import inspection_json
from app.interchange.mending import mend
from app.operations.exchange import put_out_records
from app.operations.files import write_text
from app.operations.keyring_file import KEYRING
from app.operations.salvage_attachments import write_attachments
from app.operations.salvage_keys import Secret, inspections_in, open_keys, open_master
from app.operations.salvage_report import SalvageReport, report_on, with_attachments
from app.paths import refuges
from app.reports.salvaged import Loose, Salvaged, salvaged_document
from app.reports.text_writer import write_text as as_text
from app.reports.write import Format, write
from app.store.blobs import Blobs
from app.store.places import BLOBS, OWNER_ONLY_FOLDER
from app.store.salvage.recover import recover

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.crypto.keys import MasterKey
    from app.interchange.mending import Mended
    from app.store.salvage.recover import Salvage

INSPECTION_FILE: Final = "inspection.json"
NOTES: Final = "notes.docx"
NOTES_TEXT: Final = "notes.txt"
REPORT: Final = "report.json"
REPORT_TEXT: Final = "report.txt"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to salvage: a profile's folder or an inspection's, and files from elsewhere."""

    folder: Path
    inspection: str = ""
    keyring: Path | None = None
    store_keys: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one inspection: its report and files, or why nothing could be read."""

    inspection: str
    folder: Path
    report: SalvageReport | None = None
    problem: str = ""


def salvage(
    wanted: Wanted,
    out: Path,
    secret: Secret,
    progress: Callable[[str, int, int], None] = lambda _name, _done, _total: None,
) -> list[Outcome]:
    """Write what can be read of every inspection wanted into a folder that is new or empty.

    Raises:
        InvalidInputError: there is nothing to salvage, or the folder to write into holds files.
        SiteweekError: the keyring doesn't open.
        OutputError: the output could not be written.

    """
    found = inspections_in(wanted.folder, wanted.inspection)
    _prepare(out, wanted.folder)
    master, remarks = open_master(wanted.keyring or wanted.folder / KEYRING, secret)
    apart = len(found) > 1 or (not wanted.inspection and wanted.folder not in found.values())
    outcomes: list[Outcome] = []
    for inspection, folder in found.items():
        target = out / inspection if apart else out
        try:
            report = _one(wanted, (inspection, folder), master, target, (remarks, progress))
        except OutputError:
            raise
        except SiteweekError as problem:
            outcomes.append(Outcome(inspection, target, problem=problem.sentence))
        else:
            outcomes.append(Outcome(inspection, target, report))
    return outcomes


def _one(
    wanted: Wanted,
    which: tuple[str, Path],
    master: MasterKey,
    target: Path,
    telling: tuple[list[str], Callable[[str, int, int], None]],
) -> SalvageReport:
    (inspection, folder), (remarks, progress) = which, telling
    keys = open_keys(folder, bytes.fromhex(inspection), master, wanted.store_keys)
    found = recover(folder, keys.found, progress, (folder, wanted.folder, *refuges()))
    mended = mend(found.records)
    report = report_on(inspection, found, mended, keys.head, [*remarks, *keys.remarks])
    _make(target)
    blobs = Blobs(folder / BLOBS, bytes.fromhex(inspection))
    report = with_attachments(report, write_attachments(blobs, found.records, target, progress))
    _write(target, found, mended, report)
    return report


def _write(target: Path, found: Salvage, mended: Mended, report: SalvageReport) -> None:
    document = salvaged_document(_to_be_read(found, report))
    write(document, target / NOTES, Format.DOCX)
    write_text(target / NOTES_TEXT, as_text(document))
    path = target / INSPECTION_FILE
    write_text(path, put_out_records(lambda: mended.records, mended.members))
    refused = _refused(path)
    if refused:
        report.kept.append(f"inspection.json can’t be taken in as it stands: {refused}")
    write_text(target / REPORT, [json.dumps(report.plain(), ensure_ascii=False, indent=1), "\n"])
    write_text(target / REPORT_TEXT, (f"{line}\n" for line in report.lines()))


def _refused(path: Path) -> str:
    """Say why the file just written could not be taken in, if so: better now than when needed."""
    try:
        inspection_json.parse(path.read_bytes())
    except InvalidInputError as problem:
        return problem.sentence
    return ""


def _to_be_read(found: Salvage, report: SalvageReport) -> Salvaged:
    drafts = [
        Loose(
            f"{one.kind} {one.record}, on screen at {one.at}",
            "\n".join(str(value) for value in one.fields.values() if isinstance(value, str)),
        )
        for one in found.drafts
    ]
    fragments = [
        *(
            Loose(f"Laptop {one.dot.device[:8]}, change {one.dot.number}", one.text)
            for one in found.words
        ),
        *(
            Loose(
                f"{one.kind} {one.record}: laptop {one.dot.device[:8]}, change {one.dot.number}, "
                "which never counted",
                canonical(one.fields),
            )
            for one in found.aside
        ),
    ]
    return Salvaged(found.records, found.from_copies, drafts, fragments, report.lost)


def _prepare(out: Path, folder: Path) -> None:
    if out.resolve() == folder.resolve() or folder.resolve() in out.resolve().parents:
        raise InvalidInputError(
            "What is salvaged is plain text and can’t go into the damaged folder itself. Nothing "
            "was written. Name another folder.",
            "out",
        )
    try:
        has_files = out.is_dir() and any(out.iterdir())
    except OSError as problem:
        raise OutputError(f"{out} could not be read ({problem.strerror}).") from None
    if has_files:
        raise InvalidInputError(
            f"{out} holds files already. Nothing was written. Name a new or empty folder.", "out"
        )
    _make(out)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    except OSError as problem:
        raise OutputError(
            f"The folder {folder} could not be made ({problem.strerror}). Nothing was written."
        ) from None
