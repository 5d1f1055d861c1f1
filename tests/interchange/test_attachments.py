"""What opens an attachment never leaves in a readable file, nor comes in with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.domain.kinds.attachments import ATTACHMENT
from app.domain.kinds.registry import KINDS
from app.domain.records import Record
from app.errors import InvalidInputError
from app.interchange.inspection_json import emit, parse
from tests.interchange.samples import as_bytes, least, with_all_kinds
from tests.interchange.validator import validator

if TYPE_CHECKING:
    from app.domain.revisions import Json

SECRETS = [field.name for field in KINDS[ATTACHMENT].fields if field.stays_here]
HELD: dict[str, Json] = {
    "name": "minutes.pdf",
    "key": "ab" * 32,
    "sealed_as": "01a2064b-0fba-7e0f-9270-1f1b895aaf1c",
    "pieces": ["cd" * 32],
}


def test_key_and_pieces_are_what_stays_here() -> None:
    assert SECRETS == ["key", "sealed_as", "pieces"]
    assert not any(
        one.stays_here for kind in KINDS.values() for one in kind.fields if kind.name != ATTACHMENT
    )


def test_neither_a_value_nor_another_version_of_it_is_put_out() -> None:
    forks = {"key": ("ab" * 32, "ef" * 32), "name": ("minutes.pdf", "minutes 2.pdf")}
    text = "".join(emit([Record("a", ATTACHMENT, HELD, forks)], {}))
    assert '"other_versions": {"name": ["minutes 2.pdf"]}' in text
    for word in (*SECRETS, "ab" * 32, "cd" * 32, "ef" * 32, str(HELD["sealed_as"])):
        assert word not in text
    only_secret = "".join(emit([Record("a", ATTACHMENT, HELD, {"key": ("1", "2")})], {}))
    assert "other_versions" not in only_secret


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("value", ["words", ["words"], None])
def test_a_file_that_brings_one_along_is_refused_by_parser_and_schema(
    name: str, value: Json
) -> None:
    wrong = {**least(ATTACHMENT), name: value}
    with pytest.raises(InvalidInputError, match="never part of a file"):
        parse(as_bytes(with_all_kinds(wrong)))
    assert not validator(ATTACHMENT).is_valid(wrong)
    as_version = {**least(ATTACHMENT), "other_versions": {name: [value]}}
    with pytest.raises(InvalidInputError):
        parse(as_bytes(with_all_kinds(as_version)))
    assert not validator(ATTACHMENT).is_valid(as_version)
