"""Published letters are rebuilt from an encrypted inspection, word for word and in order."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from app.clock import SystemClock
from app.operations.checking import check_inspection
from app.operations.documents import ALL_FORMATS, write_letter
from app.operations.exchange import put_out, read_document, take_in
from app.operations.inspection import Inspection
from app.operations.thread import trace_letter
from tests.fakes.stores import open_store
from tests.letters import published, read_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LETTERS = published.published_letters()

pytestmark = pytest.mark.skipif(
    not LETTERS, reason="the published letters do not lie beside this checkout"
)
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler’s pdftotext is not installed"
)


@pytest.fixture(scope="module", params=LETTERS, ids=lambda path: path.stem)
def rebuilt(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[dict[str, Any], Inspection, dict[str, Path]]]:
    """The published letter, the open inspection made of it, and the documents it gave."""
    folder = tmp_path_factory.mktemp(request.param.stem)
    store = open_store(folder / "store")
    inspection = Inspection("0" * 32, store, SystemClock())
    document = read_document(json.dumps(published.to_inspection(request.param)).encode())
    inspection.do(take_in, document)
    written = write_letter(inspection, folder / "letter", ALL_FORMATS)
    yield (
        json.loads(request.param.read_text("utf-8")),
        inspection,
        {path.suffix[1:]: path for path in written},
    )
    inspection.close()


def expected(letter: dict[str, Any]) -> list[tuple[str, str]]:
    """(what, text) of everything the published letter prints, in its order."""
    parts = [("date", letter["date_text"])]
    parts += [("addressee", one["raw"]) for one in letter["addressees"]]
    parts += [("salutation", letter["salutation"]), ("subject", letter["subject"])]
    for section in letter["sections"]:
        if section["heading"]:
            parts.append(("heading", section["heading"]))
        for block in section["blocks"]:
            if block["type"] == "boxed":
                parts.append(("box", block["title"]))
                parts += [("paragraph", text) for text in block["paragraphs"]]
            else:
                parts.append((block["type"], block["text"]))
    parts.append(("closing", letter["closing"]))
    for one in letter["signatories"]:
        if one.get("head"):
            parts.append(("signature heading", one["head"]))
        name = " ".join(part for part in (one["name"], one["post_nominals"]) if part)
        parts.append(("name", name))
        parts += [("title", line) for line in one["raw"].split("\n")[1:]]
    return parts


def joined(parts: list[tuple[str, str]]) -> list[str]:
    return read_back.words(" ".join(text for _what, text in parts))


def without_marks(words: list[str], letter: dict[str, Any]) -> list[str]:
    """Words without the footnote marks that stand at their end, as "Borough.1"."""
    marks = {one["mark"] for one in letter["footnotes"]}
    return [
        word[:-1] if word[-1] in marks and len(word) > 1 and not word[:-1].isdigit() else word
        for word in words
    ]


def test_the_word_file_holds_all_of_it_in_order_and_nothing_else(rebuilt: tuple) -> None:
    letter, _inspection, paths = rebuilt
    texts = read_back.docx_texts(paths["docx"])
    assert read_back.words(" ".join(text for _style, text in texts)) == joined(expected(letter))
    assert read_back.docx_footnotes(paths["docx"]) == [one["text"] for one in letter["footnotes"]]


def test_the_word_file_says_what_each_part_is_by_its_style(rebuilt: tuple) -> None:
    letter, _inspection, paths = rebuilt
    styles: dict[str, list[str]] = {}
    for style, text in read_back.docx_texts(paths["docx"]):
        styles.setdefault(style, []).append(" ".join(text.split()))
    wanted: dict[str, list[str]] = {}
    for what, text in expected(letter):
        wanted.setdefault(what, []).append(" ".join(text.split()))
    assert styles["Title"] == wanted["subject"]
    assert styles["Heading 1"] == wanted["heading"]
    assert styles.get("Heading 2", []) == wanted.get("subheading", [])
    lists = [style for style in styles if style.startswith("List Bullet")]
    bullets = [text for style in lists for text in styles[style]]
    assert sorted(bullets) == sorted(wanted["bullet"])


@needs_poppler
def test_the_pdf_holds_all_of_it_in_order_and_nothing_else(rebuilt: tuple) -> None:
    letter, _inspection, paths = rebuilt
    found = read_back.pdf_words(paths["pdf"])
    text = " ".join(word for word in found if word not in {"■", "▪", "•", "–", "◦"})
    for one in letter["footnotes"]:
        # Poppler gives the raised mark before or after the words it stands before.
        note = " ".join(read_back.words(one["text"]))
        assert text.count(note) == 1
        text = re.sub(rf"(\b{one['mark']} )?{re.escape(note)}( {one['mark']}\b)?", "", text)
    wanted = [word for word in joined(expected(letter)) if word != "–"]
    assert sorted(without_marks(text.split(), letter)) == sorted(wanted)
    closing = len(wanted) - len(joined(expected(letter)[-signature_parts(letter) :]))
    # Signatures may stand side by side, so their order on the page is not one of reading.
    assert without_marks(text.split(), letter)[:closing] == wanted[:closing]


def signature_parts(letter: dict[str, Any]) -> int:
    return sum(
        1 + bool(one.get("head")) + len(one["raw"].split("\n")[1:]) for one in letter["signatories"]
    )


def test_the_web_page_holds_all_of_it_in_order_and_nothing_else(rebuilt: tuple) -> None:
    letter, _inspection, paths = rebuilt
    found = read_back.words(" ".join(read_back.html_texts(paths["html"])))
    wanted = joined(expected(letter))
    assert without_marks(found, letter)[: len(wanted)] == wanted
    rest = " ".join(found[len(wanted) :])
    assert all(one["text"] in rest for one in letter["footnotes"])


def test_every_sentence_leads_to_words_in_a_note(rebuilt: tuple) -> None:
    letter, inspection, _paths = rebuilt
    traces = inspection.ask(trace_letter)
    sentences = [one for trace in traces for one in trace.sentences if not trace.exempt]
    assert sentences
    assert not [one for trace in traces for one in trace.orphans]
    for trace in traces:
        for sentence in trace.sentences:
            for finding in sentence.findings:
                assert sentence.text in finding.pieces[0].text
    blocks = [block for section in letter["sections"] for block in section["blocks"]]
    boxed = [text for block in blocks for text in block.get("paragraphs", ())]
    stating = [block for block in blocks if block["type"] in {"paragraph", "bullet"}]
    assert len([one for one in traces if not one.exempt]) == len(stating) + len(boxed)


def test_the_inspection_comes_back_as_it_went_out(rebuilt: tuple, tmp_path: Path) -> None:
    _letter, inspection, _paths = rebuilt
    out = "".join(inspection.ask(lambda view: list(put_out(view))))
    store = open_store(tmp_path / "again")
    again = Inspection("1" * 32, store, SystemClock())
    again.do(take_in, read_document(out.encode()))
    assert "".join(again.ask(lambda view: list(put_out(view)))) == out
    again.close()


def test_a_deadline_on_a_saturday_is_pointed_out(rebuilt: tuple) -> None:
    letter, inspection, _paths = rebuilt
    problems = [one.sentence for one in inspection.ask(check_inspection)]
    saturday = letter["slug"] == "oxfordshire-2016"
    assert any("Saturday" in one for one in problems) == saturday
