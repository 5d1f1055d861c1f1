"""What the shipped packs say: enough to work with, true to their year, in British English."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from app import paths
from app.domain.kinds.notes import SOURCES
from app.domain.kinds.thread import BLOCK_TYPES
from app.packs import find
from app.packs.load import load_brief_layout, load_framework, load_letter_layout, load_lists

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FRAMEWORKS = [one.id for one in find.available("framework")]
FILES = sorted((paths.resources() / "packs").rglob("*.json"))
SCHEMAS = sorted((paths.resources() / "schemas").glob("pack-*.schema.json"))
AMERICAN = re.compile(
    r"\b(?:\w+iz(?:e[drs]*|ing|ation\w*)|\w*(?:behavior|color|favor|labor|neighbor|honor)\w*|center\w*"
    r"|program|programs|counsel(?:ing|or)|license|defense|offense|judgment|enrollment|fulfill"
    r"|pediatric\w*|gray|mom|toward|gotten|skeptic\w*|traveled|labeled|analyze\w*)\b",
    re.IGNORECASE,
)
SPELT_SO_HERE_TOO = {"size", "sizes", "sized", "prize", "seize", "seized"}
STAGES = (
    "recognition",
    "referral and consent",
    "screening and decision",
    "strategy discussion and enquiry",
    "assessment",
    "plan",
    "direct work",
    "review",
    "management oversight",
    "day-to-day experience",
    "difference made",
)
DOMESTIC_ABUSE_CODES = (
    "A1 A2 A3 A4 A5 A6 B1 B2 B3 B4 B5 B6 B7 B8 C1 C2 C3 E1 E2 E3 E4 E5 F1 F2 F3 F4 F5"
)


def words_in(value: Any) -> Iterator[str]:
    """Yield every string a pack holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from words_in(inner)


@pytest.mark.parametrize("pack_id", FRAMEWORKS)
def test_each_framework_has_20_to_30_criteria_with_prompts(pack_id: str) -> None:
    criteria = load_framework(pack_id).criteria
    assert 20 <= len(criteria) <= 30
    assert all(2 <= len(one.prompts) <= 4 for one in criteria)


@pytest.mark.parametrize("pack_id", FRAMEWORKS)
def test_every_prompt_is_an_open_question(pack_id: str) -> None:
    prompts = [one for criterion in load_framework(pack_id).criteria for one in criterion.prompts]
    closed = re.compile(r"(Is|Are|Was|Were|Do|Does|Did|Has|Have|Had|Can|Will|Should)\b")
    assert [one for one in prompts if not one.endswith("?") or closed.match(one)] == []
    assert len(prompts) == len(set(prompts))


@pytest.mark.parametrize("pack_id", FRAMEWORKS)
def test_frameworks_use_the_sectors_themes_and_stages_of_the_app(pack_id: str) -> None:
    framework, lists = load_framework(pack_id), load_lists()
    sectors = {one.key for one in lists["sectors"].entries}
    assert all(set(one.sectors) <= sectors and one.sectors for one in framework.criteria)
    assert lists["themes"].entry(framework.theme)
    assert framework.stages == STAGES
    types = [one.key for one in framework.finding_types]
    assert types == ["strength", "improvement", "priority_action", "practice"]


def test_every_sector_answers_for_something_in_every_framework() -> None:
    sectors = {one.key for one in load_lists()["sectors"].entries}
    for pack_id in FRAMEWORKS:
        asked = {one for criterion in load_framework(pack_id).criteria for one in criterion.sectors}
        assert asked == sectors, pack_id


def test_the_domestic_abuse_codes_stay_as_they_are() -> None:
    codes = [one.code for one in load_framework("domestic-abuse-2024").criteria]
    assert codes == DOMESTIC_ABUSE_CODES.split()


@pytest.mark.parametrize(
    ("pack_id", "gone"),
    [
        ("exploitation-and-missing-2016", ("ICB", "integrated care", "HMICFRS", "scrutineer")),
        ("front-door-2024", ("LSCB", "CRC", "NPS", "HMIC ")),
        ("domestic-abuse-2024", ("LSCB", "CRC", "NPS", "HMIC ")),
    ],
)
def test_questions_speak_of_the_bodies_of_their_year(pack_id: str, gone: tuple[str, ...]) -> None:
    framework = load_framework(pack_id)
    said = " ".join(" ".join((one.group, one.label, *one.prompts)) for one in framework.criteria)
    assert [name for name in gone if name in said] == []


@pytest.mark.parametrize("pack_id", FRAMEWORKS)
def test_a_search_term_belongs_to_one_set_of_synonyms(pack_id: str) -> None:
    terms = [term for terms in load_framework(pack_id).synonyms for term in terms]
    assert len(terms) == len(set(terms))
    assert terms == [term.lower() for term in terms]


@pytest.mark.parametrize(
    "pair", [("mash", "front door"), ("s47", "enquiry"), ("ccg", "icb"), ("domestic abuse", "dv")]
)
def test_words_that_mean_the_same_are_found_together(pair: tuple[str, str]) -> None:
    synonyms = load_framework("domestic-abuse-2024").synonyms
    assert any(set(pair) <= set(terms) for terms in synonyms)


def test_the_two_letters_keep_their_order() -> None:
    old, new = load_letter_layout("letter-2016"), load_letter_layout("letter-2022")
    keys = "intro strengths priority improvement next"
    assert [one.key for one in old.sections] == keys.split()
    keys = "intro context headline priority improve strengths main studies next"
    assert [one.key for one in new.sections] == keys.split()
    assert [one.key for one in new.sections if one.optional] == ["context", "priority", "studies"]
    assert [one.key for one in old.sections if one.optional] == ["priority"]
    assert (old.signatures, new.signatures) == ("grid", "list")
    assert (old.from_year, new.from_year) == (2016, 2022)
    assert [one.boxes for one in old.sections if one.boxes] == [
        ("Case study: highly effective practice",),
        ("Case study: area for improvement",),
    ]


def test_every_finding_type_has_a_place_in_each_letter_and_in_the_brief() -> None:
    types = {one.key for one in load_framework("front-door-2024").finding_types}
    outputs = [load_letter_layout("letter-2016"), load_letter_layout("letter-2022")]
    for output in (*outputs, load_brief_layout("verbal-feedback")):
        placed = {one for section in output.sections for one in section.finding_types}
        assert placed == types
        assert {section.block for section in output.sections} <= set(BLOCK_TYPES)


def test_the_brief_says_what_must_be_said_before_anything_else() -> None:
    first, *_, last = load_brief_layout("verbal-feedback").sections
    script = " ".join(first.script).casefold()
    assert first.key == "housekeeping"
    for word in ("thank you", "provisional", "confidential", "record", "fact"):
        assert word in script
    assert last.key == "thanks"


def test_every_kind_of_source_has_words_for_sentences() -> None:
    entries = load_lists()["sources"].entries
    assert [one.key for one in entries] == list(SOURCES)
    assert all(one.label and one.plural for one in entries)


def test_each_year_has_the_inspectorates_it_had() -> None:
    listing = load_lists()["inspectorates"]

    def english(year: int) -> list[str]:
        return [one.short for one in listing.used_in(year) if one.group == "england"]

    assert english(2016) == ["Ofsted", "CQC", "HMIC", "HMI Probation"]
    assert english(2022) == ["Ofsted", "CQC", "HMICFRS"]
    assert english(2024) == ["Ofsted", "CQC", "HMICFRS", "HMI Probation"]


def test_shares_of_quantity_words_do_not_overlap() -> None:
    spans = sorted(one.percent for one in load_lists()["quantities"].entries if one.percent)
    apart = [(a, b) for a, b in pairwise(spans) if a[1] >= b[0]]
    assert apart == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_pack_is_in_british_english(file: Path) -> None:
    said = " ".join(words_in(json.loads(file.read_text(encoding="utf-8"))))
    found = {match.casefold() for match in AMERICAN.findall(said)} - SPELT_SO_HERE_TOO
    assert found == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_pack_calls_a_child_a_case(file: Path) -> None:
    said = " ".join(words_in(json.loads(file.read_text(encoding="utf-8"))))
    assert re.findall(r"\b(?:these|this|the|open|their) cases?\b", said) == []


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_every_schema_is_a_sound_schema(file: Path) -> None:
    Draft202012Validator.check_schema(json.loads(file.read_text(encoding="utf-8")))
