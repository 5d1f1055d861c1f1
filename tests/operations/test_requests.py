from __future__ import annotations

from datetime import UTC, datetime

from app.operations import records
from app.operations.requests import chase, list_requests, mark_received, save_request
from app.operations.work import new_id
from tests.operations.asking import held, refused


def asked(inspection, what: str, **fields: object) -> str:
    request = new_id()
    inspection.do(save_request, request, {"what": what, **fields})
    return request


def test_a_request_is_asked_when_it_is_first_written(inspection) -> None:
    request = asked(inspection, "Audit of C1")
    record = held(inspection, request)
    assert record.text("state") == "asked"
    assert record.text("asked_at").startswith("2026-10-12")


def test_what_is_late_stands_first_and_what_came_last(inspection, clock) -> None:
    came = asked(inspection, "Came")
    inspection.do(mark_received, came)
    asked(inspection, "Asked")
    asked(inspection, "Promised", promised_for="2026-10-20")
    asked(inspection, "Late", promised_for="2026-10-13")
    asked(inspection, "Later", promised_for="2026-10-09")
    clock.set(datetime(2026, 10, 15, 9, 0, tzinfo=UTC))
    assert [one.what for one in inspection.ask(list_requests)] == [
        "Later",
        "Late",
        "Asked",
        "Promised",
        "Came",
    ]


def test_what_was_marked_received_by_mistake_waits_again(inspection) -> None:
    request = asked(inspection, "Audit", promised_for="2026-10-20")
    inspection.do(mark_received, request)
    assert held(inspection, request).text("state") == "received"
    inspection.do(mark_received, request)
    record = held(inspection, request)
    assert (record.text("state"), record.text("received_at")) == ("promised", "")


def test_what_came_is_not_chased(inspection) -> None:
    request = asked(inspection, "Audit")
    inspection.do(chase, request)
    assert held(inspection, request).text("chased_at")
    inspection.do(mark_received, request)
    assert "nothing to chase" in refused(inspection, chase, request)


def test_a_request_says_whom_it_was_asked_of(inspection) -> None:
    agency = inspection.do(records.add, "agency", {"name": "Police", "short_name": "police"}).made
    asked(inspection, "Audit", asked_of=agency)
    assert inspection.ask(list_requests)[0].agency == "police"
