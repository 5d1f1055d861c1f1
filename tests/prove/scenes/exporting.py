"""C08: the letter is written as Word, PDF and HTML, changed, and written over the first ones."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from app.operations.documents import ALL_FORMATS, write_letter
from app.operations.letters import add_block, letter_content, set_letter
from app.reports.letter import letter_document
from app.reports.write import file_name, render
from tests.prove.scenes.base import HALF, LOST, Wrong
from tests.prove.scenes.opening import insistently, judge_profile
from tests.prove.scenes.saving import begun, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from app.operations.inspection import Inspection
    from tests.prove.scenes.base import Evidence, Saying

OUT = "out"


class Exporting:
    """Under a document's name stands nothing, the old document or the new one."""

    id = "C08"
    title = "write the letter as DOCX, PDF and HTML"

    def prepare(self, root: Path, random: Random) -> None:
        begun(root, random)
        (root / OUT).mkdir()

    def run(self, root: Path, random: Random, say: Callable[[Saying], None]) -> None:
        inspection = opened(root, say)
        if inspection is None:
            return
        subject = {"subject": "A joint inspection"}
        insistently(say, "subject", lambda: inspection.do(set_letter, subject))
        for number in range(3):
            text = f"Children are seen. Part {number} of {random.random()}."
            block = {"type": "paragraph", "text": text}
            insistently(say, "block", lambda: inspection.do(add_block, block))  # noqa: B023 - at once
            say({"writing": _sums(inspection)})
            written = insistently(
                say, "letter", lambda: write_letter(inspection, root / OUT, ALL_FORMATS)
            )
            if written:
                say({"wrote": _sums(inspection)})

    def judge(self, root: Path, evidence: Evidence) -> list[Wrong]:
        wrong: list[Wrong] = []
        versions = [one["writing"] for one in evidence.said if "writing" in one]
        done = [versions.index(one["wrote"]) for one in evidence.said if "wrote" in one]
        for name in versions[-1] if versions else ():
            path = root / OUT / name
            sums = [one[name] for one in versions]
            if not path.exists():
                if done:
                    wrong.append(Wrong(LOST, f"an acknowledged {path.suffix} is missing"))
            elif (found := hashlib.sha256(path.read_bytes()).hexdigest()) not in sums:
                wrong.append(Wrong(HALF, f"part of a {path.suffix} stands under its name"))
            elif done and sums.index(found) < max(done):
                wrong.append(Wrong(LOST, f"an acknowledged {path.suffix} is an older one"))
        strangers = {one.name for one in (root / OUT).iterdir() if one.suffix != ".part"}
        if strangers - set(versions[-1] if versions else ()):
            wrong.append(Wrong(HALF, "a file stands there under a name nobody asked for"))
        return wrong + (judge_profile(root, evidence) if evidence.is_thorough else [])


def _sums(inspection: Inspection) -> dict[str, str]:
    """The name and hash of the letter in each format, made in memory."""
    content = inspection.ask(letter_content)
    return {
        file_name(content.area, "letter", one, content.marking): hashlib.sha256(
            render(letter_document(content), one)
        ).hexdigest()
        for one in ALL_FORMATS
    }
