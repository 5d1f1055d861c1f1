"""Everything of an inspection put out into one new folder, readable without Siteweek.

What can't be written is said and holds back nothing else. None of it is encrypted.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Final

from app.errors import OutputError, SiteweekError, StoppedError
from app.operations.documents import ALL_FORMATS, write_brief
from app.operations.exchange import put_out
from app.operations.files import write_text
from app.operations.letter_release import write_as_it_stands
from app.operations.salvage_attachments import write_attachments
from app.store.places import OWNER_ONLY_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.clock import Clock
    from app.operations.inspection import Inspection

NOT_ENCRYPTED: Final = "It is not encrypted: keep it where only you can read it."
INSPECTION_FILE: Final = "inspection.json"
REPORT: Final = "not-written.txt"
_PARTS: Final = 4


@dataclass(frozen=True, slots=True)
class PutOut:
    """Where it lies, how many files it is, and a sentence for each thing that is not in it."""

    folder: Path
    files: int
    problems: tuple[str, ...]


def put_everything_out(
    inspection: Inspection,
    target: Path,
    clock: Clock,
    progress: Callable[[str, int, int], None] = lambda _part, _done, _total: None,
) -> PutOut:
    """Write records, brief, letter and attachments into a new folder under ``target``.

    The folder has its name only once it is complete; one that was stopped is removed.

    Raises:
        OutputError: the folder can't be written.
        StoppedError: ``progress`` raised it; nothing was left.

    """
    final = target / f"siteweek-export-{clock.now().astimezone(UTC):%Y%m%dT%H%M%SZ}"
    unfinished = final.with_name(f"{final.name}.unfinished")
    try:
        unfinished.mkdir(mode=OWNER_ONLY_FOLDER)
        problems = _fill(inspection, unfinished, progress)
        unfinished.replace(final)
    except OSError as problem:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise OutputError(
            f"The folder could not be written ({os.strerror(problem.errno or 0)}). Nothing was "
            "left there. Make room or choose another folder."
        ) from None
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    files = sum(1 for one in final.rglob("*") if one.is_file())
    return PutOut(final, files, tuple(problems))


def _fill(
    inspection: Inspection, folder: Path, progress: Callable[[str, int, int], None]
) -> list[str]:
    problems: list[str] = []
    progress("records", 0, _PARTS)
    inspection.ask(lambda view: write_text(folder / INSPECTION_FILE, put_out(view)))
    documents = (("brief", write_brief), ("letter", write_as_it_stands))
    for place, (name, write) in enumerate(documents, 1):
        progress(name, place, _PARTS)
        try:
            write(inspection, folder / name, ALL_FORMATS)
        except StoppedError:
            raise
        except SiteweekError as problem:
            problems.append(f"The {name} is not in it: {problem.sentence}")
    progress("attachments", _PARTS - 1, _PARTS)
    records = inspection.ask(lambda view: view.records.of_kind("attachment"))
    attached = write_attachments(
        inspection.blobs,
        records,
        folder,
        lambda _name, _done, _all: progress("attachments", _PARTS - 1, _PARTS),
    )
    problems.extend(attached.lost)
    if problems:
        write_text(folder / REPORT, (f"{one}\n" for one in problems))
    progress("", _PARTS, _PARTS)
    return problems
