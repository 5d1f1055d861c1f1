from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import InvalidInputError, NotFoundError
from app.operations import records
from app.operations.history import go_back, history_of
from tests.operations.asking import fork, held, note_with, of_kind, refused, revisions

if TYPE_CHECKING:
    from app.operations.inspection import Inspection


def agencies(inspection: Inspection) -> str:
    return "".join(one.text("name") for one in of_kind(inspection, "agency"))


def added(inspection: Inspection, *names: str) -> list[str]:
    return [inspection.do(records.add, "agency", {"name": name}).made for name in names]


def test_a_record_is_added_last_and_named_in_the_answer(inspection: Inspection) -> None:
    added(inspection, *"abc")
    changes = inspection.do(records.add, "agency", {"name": "d"})
    assert agencies(inspection) == "abcd"
    assert changes.records == {changes.made}
    assert changes.kinds == {"agency"}


def test_what_does_not_fit_is_refused_and_nothing_is_added(inspection: Inspection) -> None:
    assert "no kind of record" in refused(inspection, records.add, "poem", {})
    assert "needs “name”" in refused(inspection, records.add, "agency", {})
    assert "“name” was not saved" in refused(inspection, records.add, "agency", {"name": 7})
    assert "not in this inspection" in refused(
        inspection, records.add, "person", {"inspectorate": "gone"}
    )


def test_what_is_needed_can_not_be_emptied(inspection: Inspection) -> None:
    (one,) = added(inspection, "Police")
    assert "“name” can’t be left empty" in refused(inspection, records.change, one, {"name": None})
    assert agencies(inspection) == "Police"


def test_changing_names_what_changed_and_setting_the_same_writes_nothing(
    inspection: Inspection,
) -> None:
    (one,) = added(inspection, "Police")
    assert inspection.do(records.change, one, {"sector": "police"}).records == {one}
    before = revisions(inspection)
    assert inspection.do(records.change, one, {"sector": "police"}).records == set()
    assert revisions(inspection) == before
    inspection.do(records.change, one, {"sector": None})
    assert held(inspection, one).text("sector") == ""
    with pytest.raises(NotFoundError):
        inspection.do(records.change, "gone", {"name": "x"})


def test_a_record_moves_first_last_and_between(inspection: Inspection) -> None:
    a, _b, c, d = added(inspection, *"abcd")
    changes = inspection.do(records.move, d, None)
    assert (agencies(inspection), changes.records) == ("dabc", {d})
    inspection.do(records.move, a, c)
    assert agencies(inspection) == "dbca"
    inspection.do(records.move, d, c)
    assert agencies(inspection) == "bcda"
    assert "is not beside" in refused(inspection, records.move, a, a)
    assert "is not beside" in refused(inspection, records.move, a, "gone")


def test_a_record_moves_before_or_behind_another(inspection: Inspection) -> None:
    a, b, _c, d = added(inspection, *"abcd")
    for moved, other, behind, wanted in (
        (d, a, False, "dabc"),
        (a, d, False, "adbc"),
        (a, b, True, "dbac"),
        (b, b, True, None),
    ):
        if wanted is None:
            with pytest.raises(InvalidInputError):
                inspection.do(records.move_beside, moved, other, behind=behind)
        else:
            inspection.do(records.move_beside, moved, other, behind=behind)
            assert agencies(inspection) == wanted


def test_moving_at_one_spot_again_and_again_always_finds_room(inspection: Inspection) -> None:
    ids = added(inspection, *"abcdef")
    for step in range(120):
        inspection.do(records.move, ids[1 + step % 5], ids[0])
    assert agencies(inspection)[0] == "a"
    assert sorted(agencies(inspection)) == list("abcdef")


@pytest.mark.parametrize(
    "places", [("", "", ""), ("0", "00", "000"), ("5", "5", "50"), ("", "1", "2")]
)
def test_places_from_elsewhere_leave_room_for_a_move(
    inspection: Inspection, places: tuple[str, ...]
) -> None:
    for name, place in zip("abc", places, strict=True):
        fields = {"name": name, **({"position": place} if place else {})}
        inspection.do(lambda work, f=fields: work.changes(work.add("agency", f, f"id-{f['name']}")))
    inspection.do(records.move, "id-c", None)
    assert agencies(inspection) == "cab"
    inspection.do(records.move, "id-c", "id-b")
    assert agencies(inspection) == "abc"


def test_parts_move_among_their_own_siblings(inspection: Inspection) -> None:
    _note, first, second = note_with(inspection, "a", "b")
    _other, elsewhere = note_with(inspection, "c")
    inspection.do(records.move, first, second)
    assert "is not beside" in refused(inspection, records.move, first, elsewhere)


def test_deleting_hides_and_restoring_brings_back_as_it_was(inspection: Inspection) -> None:
    note, paragraph = note_with(inspection, "Words that stay.")
    before = dict(held(inspection, paragraph).fields)
    assert inspection.do(records.delete, note).records == {note}
    assert of_kind(inspection, "jotting") == []
    assert held(inspection, note).is_deleted
    assert inspection.do(records.restore, note).records == {note}
    assert not held(inspection, note).is_deleted
    inspection.do(records.delete, paragraph)
    inspection.do(records.restore, paragraph)
    now = dict(held(inspection, paragraph).fields)
    assert now.pop("deleted", None) is None
    assert now == before
    with pytest.raises(NotFoundError):
        inspection.do(records.delete, "gone")


@pytest.mark.parametrize("chosen", [0, 1, 2])
def test_choosing_one_version_keeps_the_others_in_the_history(
    inspection: Inspection, chosen: int
) -> None:
    _note, paragraph = note_with(inspection, "First.")
    versions = [{"text": text} for text in ("One.", "Two.", "Three.")]
    fork(inspection, paragraph, *versions)
    forked = held(inspection, paragraph).forks["text"]
    assert set(forked) == {"One.", "Two.", "Three."}
    assert inspection.do(records.choose, paragraph, "text", chosen).records == {paragraph}
    settled = held(inspection, paragraph)
    assert not settled.forks
    assert settled.text("text") == forked[chosen]
    history = [one.fields.get("text") for one in inspection.ask(history_of, paragraph)]
    assert set(history) == {"First.", "One.", "Two.", "Three."}
    assert history[-1] == forked[chosen]


def test_a_version_that_is_not_there_can_not_be_chosen(inspection: Inspection) -> None:
    _note, paragraph = note_with(inspection, "First.")
    assert "no version 1" in refused(inspection, records.choose, paragraph, "text", 0)
    fork(inspection, paragraph, {"text": "a"}, {"text": "b"})
    assert "no version 3" in refused(inspection, records.choose, paragraph, "text", 2)
    assert "no version 0" in refused(inspection, records.choose, paragraph, "text", -1)
    assert set(held(inspection, paragraph).forks["text"]) == {"a", "b"}


def test_a_record_edited_apart_from_its_deletion_waits_for_a_choice(
    inspection: Inspection,
) -> None:
    _note, paragraph = note_with(inspection, "First.")
    fork(inspection, paragraph, {"deleted": True}, {"text": "Edited."})
    shown = held(inspection, paragraph)
    assert not shown.is_deleted
    assert shown.forks["deleted"] == (False, True)
    inspection.do(records.choose, paragraph, "deleted", 1)
    assert held(inspection, paragraph).is_deleted
    assert held(inspection, paragraph).text("text") == "Edited."


def test_rewriting_a_forked_field_settles_it(inspection: Inspection) -> None:
    _note, paragraph = note_with(inspection, "First.")
    fork(inspection, paragraph, {"text": "a"}, {"text": "b"})
    first = held(inspection, paragraph).text("text")
    assert inspection.do(records.change, paragraph, {"text": first}).records == {paragraph}
    assert not held(inspection, paragraph).forks


def test_the_history_holds_every_version_and_any_can_come_back(inspection: Inspection) -> None:
    (one,) = added(inspection, "Police")
    for name in ("Police force", "Constabulary"):
        inspection.do(records.change, one, {"name": name})
    history = inspection.ask(history_of, one)
    assert [version.fields["name"] for version in history] == [
        "Police",
        "Police force",
        "Constabulary",
    ]
    assert [version.number for version in history] == [1, 2, 3]
    assert len({version.device for version in history}) == 1
    assert history[0].at <= history[1].at <= history[2].at
    assert inspection.do(go_back, one, history[0]).records == {one}
    assert held(inspection, one).text("name") == "Police"
    assert len(inspection.ask(history_of, one)) == 4


def test_a_verb_that_is_refused_half_way_leaves_nothing(inspection: Inspection) -> None:
    (one,) = added(inspection, "Police")

    def half(work: object) -> object:
        work.change(one, {"name": "half"})
        return records.add(work, "poem", {})

    refused(inspection, half)
    assert agencies(inspection) == "Police"
