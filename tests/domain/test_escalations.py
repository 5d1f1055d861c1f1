from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from app.domain.escalations import (
    Escalation,
    clock_of,
    figures,
    span,
    status_line,
    still_open,
    urgent_first,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 10, 13, 15, 35, tzinfo=UTC)


def at(clock: str, day: int = 13) -> str:
    return f"2026-10-{day}T{clock}:00+00:00"


REFERRED = Escalation(
    "e", 3, noticed_at=at("14:00"), referred_at=at("14:20"), response_due_at=at("16:00")
)


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("this system has no way to change the time zone of a process")
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (
            Escalation("e", noticed_at=at("15:23")),
            "noticed 15:23, the lead is not told yet, 12 minutes since it was noticed",
        ),
        (
            Escalation("e", noticed_at=at("15:23"), lead_told_at=at("15:30")),
            "lead told 15:30, not referred yet, 12 minutes since it was noticed",
        ),
        (REFERRED, "referred 14:20, answer due 16:00, 25 minutes left"),
        (
            Escalation("e", referred_at=at("14:20")),
            "referred 14:20, no time set for the answer, 75 minutes since it was referred",
        ),
        (
            Escalation("e", referred_at=at("14:20"), response_at=at("15:00"), satisfied="partly"),
            "answered 15:00, inspectors partly satisfied",
        ),
        (
            Escalation(
                "e",
                referred_at=at("14:20", 12),
                response_at=at("15:00", 12),
                satisfied="yes",
                closed_at=at("17:00", 12),
            ),
            "closed Mon 17:00, inspectors satisfied",
        ),
    ],
)
def test_a_concern_says_where_it_stands_and_its_clock(held: Escalation, said: str) -> None:
    assert held.in_words(NOW) == said


def test_an_answer_that_is_due_is_late_from_the_first_minute() -> None:
    assert REFERRED.clock(datetime(2026, 10, 13, 16, 0, tzinfo=UTC)) == "0 minutes left"
    assert REFERRED.clock(datetime(2026, 10, 13, 16, 0, 1, tzinfo=UTC)) == "1 minute late"
    assert REFERRED.clock(datetime(2026, 10, 13, 16, 40, tzinfo=UTC)) == "40 minutes late"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (119, "119 minutes"),
        (120, "2 hours"),
        (181, "3 hours 1 minute"),
        (2 * 1440, "2 days"),
    ],
)
def test_a_span_is_said_as_people_say_it(minutes: int, said: str) -> None:
    assert span(minutes) == said


def test_danger_comes_first_then_what_is_latest_and_what_is_answered_not_at_all() -> None:
    late = Escalation("late", 1, referred_at=at("9:00"), response_due_at=at("12:00"))
    undated = Escalation("undated", 2, noticed_at=at("09:00"))
    danger = Escalation("danger", 4, noticed_at=at("15:30"), immediate_danger=True)
    answered = Escalation("answered", 5, response_at=at("15:00"))
    order = urgent_first([undated, answered, REFERRED, late, danger], NOW)
    assert [one.id for one in order] == ["danger", "late", "e", "undated"]


def test_the_status_line_speaks_of_no_child() -> None:
    held = Escalation("e", 3, child="C3", noticed_at=at("15:23"), lead_told_at=at("15:30"))
    assert status_line([held], NOW).startswith("Child at risk: E-3 lead told 15:30")
    assert "C3" not in status_line([held, REFERRED], NOW)
    assert status_line([held, REFERRED], NOW).startswith("2 children at risk: E-3 referred 14:20")
    group = Escalation("g", 4, level="a group of children", noticed_at=at("15:00"))
    assert status_line([group, REFERRED], NOW).startswith("2 concerns unanswered: E-3")
    assert status_line([Escalation("a", response_at=at("15:00"))], NOW) == ""


def test_figures_are_exact_and_say_so_in_sentences() -> None:
    def raised(level: str, satisfied: str = "", *, answered: bool = True) -> Escalation:
        answer = at("15:00") if answered else ""
        return Escalation(
            "e",
            1,
            level=level,
            referred_at=at("14:00"),
            response_at=answer,
            satisfied=satisfied,
            closed_at=answer,
        )

    every = [
        raised("one child", "yes"),
        raised("one child", "partly"),
        raised("a group of children", answered=False),
        Escalation("n", 4),
    ]
    assert figures(every).in_words() == (
        "Inspectors raised 3 concerns about children with leaders: 2 about one child and 1 about "
        "a group of children. Leaders answered 2 of 3; inspectors were satisfied with 1 of 2 and "
        "partly with 1. 1 concern was noticed and not yet raised. 2 still open."
    )
    assert figures([]).in_words().startswith("Inspectors raised no concern")
    assert figures(every[:1]).in_words().endswith("None is still open.")


def test_what_is_still_open_is_one_line() -> None:
    answered = Escalation("a", response_at=at("15:00"))
    assert still_open([Escalation("c", closed_at=at("15:00"))]) == ""
    assert still_open([REFERRED]) == "1 concern about a child is still open: unanswered."
    assert still_open([answered]) == "1 concern about a child is still open: answered, not closed."
    assert still_open([REFERRED, answered]) == (
        "2 concerns about children are still open, 1 of them unanswered."
    )


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 10, 13), "14:20"),
        (date(2026, 10, 16), "Tue 14:20"),
        (date(2026, 11, 2), "Tue 13 Oct 14:20"),
    ],
)
def test_a_time_is_said_with_as_much_of_its_day_as_is_needed(today: date, said: str) -> None:
    assert clock_of("2026-10-13T14:20:00+01:00", today) == said
