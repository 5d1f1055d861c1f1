"""HTML as a browser and a screen reader meet it."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise

import pytest

from app.reports import blocks as b
from app.reports.letter import letter_document
from app.reports.write import Format, render
from tests.reports.conftest import Elements
from tests.reports.samples import ACT, HOSTILE, MARKING, letter


@pytest.fixture(scope="module")
def made() -> bytes:
    return render(letter_document(letter()), Format.HTML)


def test_headings_descend_without_a_gap_from_one_title(made: bytes) -> None:
    levels = [int(tag[1]) for tag, _ in Elements(made).tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_blocks_lead_to_their_records(made: bytes) -> None:
    held = Elements(made)
    sources = {
        attributes["data-source"] for _, attributes in held.tags if "data-source" in attributes
    }
    assert {f"block-{at}" for at in range(1, 15)} <= sources
    names = [attributes["id"] for _, attributes in held.tags if "id" in attributes]
    assert len(names) == len(set(names))


def test_footnotes_are_linked_both_ways(made: bytes) -> None:
    held = Elements(made)
    links = {attributes["href"] for tag, attributes in held.tags if tag == "a"}
    names = {f"#{attributes['id']}" for _, attributes in held.tags if "id" in attributes}
    assert links == {"#note-1", "#mark-1"}
    assert links <= names
    assert ACT in held.text


def test_nothing_runs_and_nothing_is_fetched(made: bytes) -> None:
    text = made.decode()
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    named = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{named}'" in text
    tags = {tag for tag, _ in Elements(made).tags}
    assert not tags & {"script", "link", "img", "iframe", "object"}
    assert "http://" not in text


def test_lists_nest_and_close() -> None:
    levels = (2, 1, 2, 2, 1, 3)
    bullets = tuple(b.Bullet(b.plain(f"item {at}"), level) for at, level in enumerate(levels))
    text = render(b.Document("x", bullets), Format.HTML).decode()
    for tag in ("ul", "li"):
        opened = len(re.findall(rf"<{tag}[ >]", text))
        assert opened == text.count(f"</{tag}>")
    assert text.count("<li") == len(levels)


def test_marking_language_and_box(made: bytes) -> None:
    held = Elements(made)
    assert ("html", {"lang": "en-GB"}) in held.tags
    assert "aside" in {tag for tag, _ in held.tags}
    assert held.text.count(MARKING) == 2


def test_a_hostile_marking_cannot_leave_its_place() -> None:
    document = b.Document(HOSTILE, (), HOSTILE, marking='"; } </style><script>1</script>')
    tags = [tag for tag, _ in Elements(render(document, Format.HTML)).tags]
    assert tags.count("style") == 1
    assert "script" not in tags


def test_marks_side_by_side_do_not_read_as_one_number() -> None:
    words = (b.Run("Words"), b.Footnote("1", "First."), b.Footnote("2", "Second."))
    made = Elements(render(b.Document("x", (b.Paragraph(words),)), Format.HTML))
    assert "Words1,2" in made.text
