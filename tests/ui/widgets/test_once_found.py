"""Enter never acts on what stood there before the words that were typed last."""

from __future__ import annotations

from app.ui.widgets.once_found import OnceFound


def test_what_nothing_is_looked_for_is_done_at_once() -> None:
    done: list[str] = []
    OnceFound().do(lambda: done.append("now"))
    assert done == ["now"]


def test_what_is_done_while_something_is_looked_for_waits_for_it_and_is_done_once() -> None:
    done: list[str] = []
    waiting = OnceFound()
    waiting.looking()
    waiting.do(lambda: done.append("early"))
    waiting.do(lambda: done.append("later"))
    assert done == []
    waiting.found()
    waiting.found()
    assert done == ["later"]


def test_other_words_forget_what_was_to_be_done_for_those_before() -> None:
    done: list[str] = []
    waiting = OnceFound()
    waiting.looking()
    waiting.do(lambda: done.append("for the words before"))
    waiting.looking()
    waiting.found()
    assert done == []
