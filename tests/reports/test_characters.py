"""One bad note never stops a report, and no text becomes anything but text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.reports import blocks as b
from app.reports.characters import fit, fit_throughout
from app.reports.write import Format, render
from tests.reports.conftest import Elements
from tests.reports.samples import HOSTILE

BAD = "a\x00b\x0bc\ud800d\ufffee\u202ef\x7fg\U0001ffffh"
ANY = st.text(
    st.characters() | st.sampled_from("<>&\"'\x00\x0b\ud800\ufffe\u202e\u2066\r\n\t\u00ad😀"),
    max_size=60,
)


def everywhere(text: str) -> b.Document:
    """Put a text into every field that any block has."""
    words: b.Words = (b.Run(text), b.Footnote(text, text, text), b.Run(text, bold=True))
    inside = (b.Heading(words), b.Paragraph(words, text), b.Bullet(words), b.KeyLine(text, text))
    signed = b.Signature(text, text, (text,), text)
    blocks = (
        b.Title(words, text),
        *inside,
        b.NumberedParagraph(text, words),
        b.Bullet(words, 2),
        b.Box(words, inside, text),
        b.Addressees((b.Paragraph(words),)),
        b.SpokenPoint(words, text),
        b.SupportLine(words),
        b.PageBreak(),
        b.Signatures(words, (signed,) * 3, "grid"),
        b.Signatures(words, (signed,), "list"),
    )
    return b.Document(
        text, blocks, text, marking=text, header=text, footer=text, shows_sources=True
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY)
def test_any_text_in_any_place_is_written_in_every_format(text: str) -> None:
    for form in Format:
        assert render(everywhere(text), form)


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("text", ["<" * 5000, "w" * 3000, HOSTILE, "", " \n\t", "\n" * 200])
def test_awkward_text_is_written_in_every_format(text: str, form: Format) -> None:
    document = b.Document(text, everywhere(text).blocks[:4], text, marking=text)
    assert render(document, form)


@pytest.mark.parametrize("form", Format)
def test_markup_stays_text(form: Format, read) -> None:
    document = b.Document("x", (b.Paragraph(b.plain(HOSTILE)),))
    assert " ".join(HOSTILE.split()) in " ".join(read(render(document, form), form).split())


@pytest.mark.parametrize("form", Format)
def test_bad_characters_are_replaced_where_a_reader_sees_it(form: Format, read) -> None:
    said = read(render(b.Document("x", (b.Paragraph(b.plain(BAD)),)), form), form)
    assert "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg\ufffdh" in said


def test_hostile_text_opens_no_element() -> None:
    held = Elements(render(everywhere(HOSTILE), Format.HTML))
    assert not {"img", "script", "font", "para"} & {tag for tag, _ in held.tags}
    links = [attributes["href"] for tag, attributes in held.tags if tag == "a"]
    assert all(link is not None and link.startswith("#") for link in links)


def test_order_of_reading_cannot_be_turned() -> None:
    assert fit("pay \u202e001\u202c now") == "pay \ufffd001 now"
    assert fit("\u2066+44 20\u2069") == "+44 20"


def test_good_text_is_left_alone() -> None:
    text = "Tŷ’r Gŵyl\tx\n“é” אב 😀 a\u200db"
    assert fit(text) == text
    document = everywhere(text)
    assert fit_throughout(document) == document


@given(ANY)
def test_fitting_twice_changes_nothing_more(text: str) -> None:
    assert fit(fit(text)) == fit(text)
