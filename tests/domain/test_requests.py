from __future__ import annotations

from datetime import date

import pytest

from app.domain.requests import Asked, Stands

ASKED, PROMISED = date(2026, 10, 12), date(2026, 10, 13)
TODAY = date(2026, 10, 15)


@pytest.mark.parametrize(
    ("request_", "stands", "words"),
    [
        (Asked("asked", PROMISED, None, None, None), Stands.ASKED, "asked Tue 13 Oct"),
        (
            Asked("asked", ASKED, None, None, None),
            Stands.ASKED,
            "asked Mon 12 Oct, no day promised, 3 days ago",
        ),
        (
            Asked("asked", ASKED, TODAY, None, None),
            Stands.PROMISED,
            "asked Mon 12 Oct, promised for Thu 15 Oct",
        ),
        (
            Asked("promised", ASKED, PROMISED, None, date(2026, 10, 14)),
            Stands.LATE,
            "asked Mon 12 Oct, promised for Tue 13 Oct, 2 days late, chased Wed 14 Oct",
        ),
        (
            Asked("received", ASKED, PROMISED, date(2026, 10, 14), None),
            Stands.RECEIVED,
            "asked Mon 12 Oct, promised for Tue 13 Oct, received Wed 14 Oct, 1 day late",
        ),
        (Asked("received", ASKED, None, None, None), Stands.RECEIVED, "asked Mon 12 Oct, received"),
        (
            Asked("refused", ASKED, PROMISED, None, None),
            Stands.REFUSED,
            "asked Mon 12 Oct, promised for Tue 13 Oct, refused",
        ),
        (Asked("", None, None, None, None), Stands.ASKED, "asked"),
    ],
)
def test_a_request_says_where_it_stands(request_, stands, words) -> None:
    assert request_.stands(TODAY) is stands
    assert request_.in_words(TODAY) == words


def test_days_late_stop_counting_when_it_came() -> None:
    came = Asked("received", ASKED, PROMISED, date(2026, 10, 14), None)
    assert came.days_late(TODAY) == came.days_late(date(2027, 1, 1)) == 1
    assert Asked("asked", ASKED, PROMISED, None, None).days_late(date(2026, 10, 20)) == 7
