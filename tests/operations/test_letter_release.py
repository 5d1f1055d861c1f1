"""The letter leaves only when everything was looked at; what left, and when, is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.domain.identifying import Rule
from app.errors import InvalidInputError, OutputError
from app.operations.findings import add_finding
from app.operations.letter_release import (
    answer_look,
    record_release,
    release_sheet,
    write_as_it_stands,
    write_final,
)
from app.operations.letter_versions import AS_IT_STANDS, blocks_now, compare_versions
from app.operations.letters import add_block, rest_on, reword_block
from app.operations.records import add, change
from app.operations.register import keep_entry
from app.reports.write import Format

if TYPE_CHECKING:
    from pathlib import Path

    from app.operations.inspection import Inspection

NAMED = "A worker met Aurelia weekly."


@pytest.fixture
def letter(inspection: Inspection) -> str:
    """A letter of one paragraph in which a name stands."""
    inspection.do(add, "inspection", {"area": "Wexcombe", "layout": "letter-2022"})
    inspection.do(keep_entry, "C3", ["Aurelia"])
    return inspection.do(add_block, {"type": "paragraph", "text": NAMED}).made


def answer_all(inspection: Inspection, words: str = "Read by two of us.") -> None:
    for one in inspection.ask(release_sheet).answered:
        inspection.do(answer_look, one.look, words)


@pytest.mark.usefixtures("letter")
def test_nothing_leaves_while_one_look_has_no_answer(
    inspection: Inspection, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    with pytest.raises(InvalidInputError, match="1 thing has to be looked at"):
        write_final(inspection, folder, [Format.HTML])
    assert not folder.exists()
    assert inspection.ask(release_sheet).released == ()


@pytest.mark.usefixtures("letter")
def test_a_release_writes_the_letter_keeps_it_and_is_recorded(
    inspection: Inspection, tmp_path: Path
) -> None:
    answer_all(inspection)
    (path,) = write_final(inspection, tmp_path / "out", [Format.HTML])
    assert NAMED in path.read_text("utf-8")
    (released,) = inspection.ask(release_sheet).released
    assert (released.files, released.looks, released.unresting) == ((path.name,), 1, 1)
    (pair,) = inspection.ask(compare_versions, released.version, AS_IT_STANDS)
    assert pair.is_same


def test_what_says_something_else_than_what_was_released_is_a_draft(
    inspection: Inspection, letter: str, tmp_path: Path
) -> None:
    def is_draft() -> bool:
        (path,) = write_as_it_stands(inspection, tmp_path / "again", [Format.HTML])
        return "DRAFT" in path.read_text("utf-8")

    answer_all(inspection)
    assert is_draft()
    write_final(inspection, tmp_path / "out", [Format.HTML])
    assert not is_draft()
    inspection.do(reword_block, letter, f"{NAMED} So it was.")
    assert is_draft()
    inspection.do(reword_block, letter, NAMED)
    assert not is_draft()


@pytest.mark.usefixtures("letter")
def test_what_could_not_be_written_is_not_recorded_as_released(
    inspection: Inspection, tmp_path: Path
) -> None:
    answer_all(inspection)
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OutputError):
        write_final(inspection, tmp_path / "file", [Format.HTML])
    assert inspection.ask(release_sheet).released == ()


def test_other_words_need_another_answer_and_the_same_words_do_not(
    inspection: Inspection, letter: str
) -> None:
    answer_all(inspection)
    inspection.do(reword_block, letter, f"{NAMED} So it was.")
    assert inspection.ask(release_sheet).open == 0
    inspection.do(reword_block, letter, "A worker met Aurellia weekly.")
    (found,) = inspection.ask(release_sheet).answered
    assert (found.look.rule, found.answer) == (Rule.NEAR_NAME, "")


@pytest.mark.usefixtures("letter")
def test_an_answer_is_words_and_the_last_one_counts(inspection: Inspection) -> None:
    (found,) = inspection.ask(release_sheet).answered
    with pytest.raises(InvalidInputError, match="few words"):
        inspection.do(answer_look, found.look, "  ")
    answer_all(inspection, "First.")
    answer_all(inspection, "Second.")
    (again,) = inspection.ask(release_sheet).answered
    assert again.answer == "Second."
    assert again.at


def test_what_the_letter_no_longer_says_is_not_answered(
    inspection: Inspection, letter: str
) -> None:
    (found,) = inspection.ask(release_sheet).answered
    inspection.do(reword_block, letter, "Nothing.")
    with pytest.raises(InvalidInputError, match="no longer"):
        inspection.do(answer_look, found.look, "Fine.")


def test_no_name_is_written_into_the_store_that_travels(
    inspection: Inspection, letter: str
) -> None:
    """The register stays here: an answer holds only what stands in the letter itself."""
    inspection.do(reword_block, letter, "A worker met Aurellia weekly.")
    answer_all(inspection)
    (held,) = inspection.ask(lambda view: list(view.records.of_kind("release_look")))
    assert "Aurelia" not in " ".join(str(one) for one in held.fields.values())


def test_a_quantity_word_is_set_beside_the_count_under_its_sentence(
    inspection: Inspection, letter: str
) -> None:
    finding = inspection.do(add_finding, "Most children waited.").made
    inspection.do(reword_block, letter, "Most children waited. Those most at risk did not.")
    inspection.do(rest_on, letter, finding)
    assert [one.said for one in inspection.ask(release_sheet).slips] == [
        "“Most” has no count recorded behind it"
    ]
    inspection.do(change, finding, {"of_n": 4, "of_m": 7})
    (slip,) = inspection.ask(release_sheet).slips
    assert "counts 4 of 7" in slip.said
    inspection.do(change, finding, {"of_n": 6})
    assert inspection.ask(release_sheet).slips == ()


def test_words_that_came_while_the_letter_was_written_stop_the_record_of_it(
    inspection: Inspection, letter: str
) -> None:
    answer_all(inspection)
    leaving = inspection.ask(blocks_now)
    inspection.do(reword_block, letter, f"{NAMED} More.")
    with pytest.raises(InvalidInputError, match="came into the letter"):
        inspection.do(record_release, ["letter.docx"], leaving, 0)
    assert inspection.ask(release_sheet).released == ()
