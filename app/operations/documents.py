"""Writes the brief and the letter as documents that others can open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.domain.letters import (
    Addressee,
    Block,
    BriefContent,
    BriefPoint,
    BriefSection,
    Footnote,
    LetterContent,
    LetterSettings,
    Signatory,
)
from app.errors import InvalidInputError, OutputError
from app.operations.briefs import brief_content
from app.operations.letters import letter_content
from app.operations.meeting_page import meeting_page
from app.operations.reconciling import said_and_written
from app.reports.brief import notes_document, spoken_document
from app.reports.letter import letter_document
from app.reports.meeting import meeting_document
from app.reports.reconciling import comparison_document
from app.reports.write import Format, file_name, render, write
from app.store.places import OWNER_ONLY_FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.operations.inspection import Inspection
    from app.reports.blocks import Document

ALL_FORMATS: Final = (Format.DOCX, Format.PDF, Format.HTML)


def formats_named(names: str) -> tuple[Format, ...]:
    """Return the formats in a list with commas, such as "docx,pdf".

    Raises:
        InvalidInputError: one of them is not a format.

    """
    known = {one.value: one for one in Format}
    asked = [name.strip().lower() for name in names.split(",") if name.strip()]
    unknown = [name for name in asked if name not in known]
    if unknown or not asked:
        raise InvalidInputError(
            "The format must be one or more of docx, pdf and html, with commas.", "format"
        )
    return tuple(dict.fromkeys(known[name] for name in asked))


def write_letter(inspection: Inspection, folder: Path, formats: Sequence[Format]) -> list[Path]:
    """Write the letter into a folder in each format; return the files.

    Raises:
        OutputError: a file could not be written; what stood there before is as it was.

    """
    content = inspection.ask(letter_content)
    document = letter_document(content)
    return _written(document, folder, (content.area, "letter", content.marking), formats)


def write_draft(inspection: Inspection, folder: Path, formats: Sequence[Format]) -> list[Path]:
    """Write the letter as it stands, named and marked on every page as a draft.

    Raises:
        OutputError: a file could not be written; what stood there before is as it was.

    """
    content = inspection.ask(letter_content)
    marked = replace(content, marking=" · ".join(one for one in (content.marking, "DRAFT") if one))
    named = (content.area, "draft letter", content.marking)
    return _written(letter_document(marked), folder, named, formats)


def write_brief(inspection: Inspection, folder: Path, formats: Sequence[Format]) -> list[Path]:
    """Write the brief into a folder, to be spoken and with its notes; return the files.

    Raises:
        OutputError: a file could not be written; what stood there before is as it was.

    """
    content = inspection.ask(brief_content)
    spoken, notes = spoken_document(content), notes_document(content)
    return [
        *_written(spoken, folder, (content.area, "brief to speak", content.marking), formats),
        *_written(notes, folder, (content.area, "brief with notes", content.marking), formats),
    ]


def write_comparison(inspection: Inspection, folder: Path, formats: Sequence[Format]) -> list[Path]:
    """Write what was said beside what the letter says into a folder; return the files.

    Raises:
        OutputError: a file could not be written; what stood there before is as it was.

    """
    about = inspection.ask(lambda view: view.inspection)
    area, marking = about.text("area"), about.text("marking")
    document = comparison_document(area, marking, inspection.ask(said_and_written))
    return _written(document, folder, (area, "said and written", marking), formats)


def write_meeting(
    inspection: Inspection, meeting: str, folder: Path, formats: Sequence[Format]
) -> list[Path]:
    """Write a team meeting’s page into a folder in each format; return the files.

    Raises:
        NotFoundError: nothing has that id.
        OutputError: a file could not be written; what stood there before is as it was.

    """
    content = inspection.ask(meeting_page, meeting)
    named = (content.area, content.title, content.marking)
    return _written(meeting_document(content), folder, named, formats)


def every_format_of_a_sample() -> str:
    """Make a small letter and brief in every format, in memory; return their sizes in words.

    Raises:
        SiteweekError: a writer, a font or a style is missing.

    """
    documents = (letter_document(_SAMPLE), spoken_document(_BRIEF), notes_document(_BRIEF))
    sizes = {
        one.value: sum(len(render(document, one)) for document in documents) for one in ALL_FORMATS
    }
    return ", ".join(f"{name} {size:,} bytes" for name, size in sizes.items())


def make_folder(folder: Path) -> None:
    """Make a folder if it is not there: a new one is its owner's alone.

    Raises:
        OutputError: it could not be made.

    """
    try:
        folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    except OSError as problem:
        raise OutputError(
            f"The folder {folder} could not be made ({problem.strerror}). Nothing was written."
        ) from None


def _written(
    document: Document, folder: Path, named: tuple[str, str, str], formats: Sequence[Format]
) -> list[Path]:
    make_folder(folder)
    area, what, marking = named
    paths: list[Path] = []
    for one in formats:
        path = folder / file_name(area, what, one, marking)
        write(document, path, one)
        paths.append(path)
    return paths


_SAMPLE: Final = LetterContent(
    area="Wexcombe",
    marking="OFFICIAL",
    settings=LetterSettings("letter", date_text="3 December 2026", subject="A sample"),
    addressees=(Addressee("to", role="Director", organisation="Council"),),
    blocks=(
        Block("b-1", "heading", "Strengths"),
        Block("b-2", "bullet", "ŵ ŷ “quoted”", footnotes=(Footnote("n", "1", 3, "A footnote."),)),
        Block("b-3", "box", "Practice study", inside=(Block("b-4", "paragraph", "Inside."),)),
    ),
    signatories=(Signatory("s", name="A name", title="A title"),),
)
_BRIEF: Final = BriefContent(
    title="Verbal feedback",
    area="Wexcombe",
    marking="OFFICIAL",
    date_text="16 October 2026",
    sections=(BriefSection("strengths", "Strengths", (), (BriefPoint("p", "Words.", "s"),)),),
)
