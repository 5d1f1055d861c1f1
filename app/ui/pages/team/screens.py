"""The states of the team page, for the pictures: laptops, places, what waits, two versions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from app.operations.forks import Fork, Side
from app.operations.sync.aside import Aside
from app.operations.sync.courier import PlaceState
from app.operations.sync.joining import Person
from app.operations.sync.line import LineState
from app.operations.sync.people import Laptop, TeamView
from app.operations.sync.places import Place, PlaceKind
from app.ui.pages.team.dialogs import WhoDialog, WordsDialog
from app.ui.pages.team.model import place_rows
from app.ui.pages.team.versions import VersionsDialog
from app.ui.widgets.one_line import OneLine

if TYPE_CHECKING:
    from app.ui.drawing import Drawing
    from app.ui.pages.team.page import TeamPage

_WORDS: Final = ("harbour", "lantern", "seven", "quilt", "meadow", "cobalt")
_TWELVE: Final = (*_WORDS, "tunnel", "parade", "acorn", "velvet", "saddle", "ginger")


def draw(drawing: Drawing, page: TeamPage) -> None:
    """Draw the page before there is a team, with a team, and its dialogs."""
    drawing.grab("team-none-yet")
    now = drawing.inspection.clock.now()
    team = _team(drawing)
    page.show_team(team, _aside(drawing), _forks(drawing))
    page.view.places.show_rows(
        place_rows(
            [
                PlaceState(
                    Place(1, PlaceKind.RELAY, "https://relay.example.org"), LineState(last_good=now)
                ),
                PlaceState(
                    Place(2, PlaceKind.FOLDER, "/media/ann/TEAM STICK"),
                    LineState(
                        problem="The folder is not there: the stick may have been pulled out. "
                        "Everything on this laptop is kept.",
                        next_try=now + timedelta(minutes=1),
                    ),
                ),
            ]
        )
    )
    page.view.people.make_current(team.laptops[1].device)
    drawing.grab("team")
    person = Person("Jo Adeyemi", "Care Quality Commission", "CQC laptop")
    for name, dialog in (
        ("team-who", WhoDialog(page, "You begin the team and lead it.", "Invite")),
        ("team-words", WordsDialog(page, person, _TWELVE)),
        (
            "team-line",
            OneLine(page, "A relay’s address", "The address of a relay.", button="Add relay"),
        ),
        ("team-versions", VersionsDialog(page, _forks(drawing)[0], {"a": "Ann Bell", "b": "Jo"})),
    ):
        dialog.show()
        drawing.grab(name, dialog)
        dialog.close()


def _team(drawing: Drawing) -> TeamView:
    now = drawing.inspection.clock.now()
    ofsted, cqc = "Ofsted", "Care Quality Commission"
    in_person = "in person"
    return TeamView(
        (
            Laptop("a", "Ann Bell", ofsted, "Ofsted laptop", "lead", "", True, False, now, 0, 0),
            Laptop(
                "b",
                "Jo Adeyemi",
                cqc,
                "laptop 2",
                "inspector",
                in_person,
                False,
                False,
                now - timedelta(hours=3),
                14,
                1,
            ),
            Laptop(
                "c",
                "Jo Adeyemi",
                cqc,
                "laptop 1",
                "inspector",
                in_person,
                False,
                True,
                now - timedelta(days=2),
                210,
                2,
            ),
        ),
        _WORDS,
        leads=True,
        is_member=True,
    )


def _aside(drawing: Drawing) -> list[Aside]:
    return [
        Aside(
            "d1",
            "Jo Adeyemi",
            "It deletes 61 of the 300 records here, more than one asks for "
            "by accident. Nothing was deleted; somebody has to let it in.",
            may_let_in=True,
            size=40_000,
            source="relay",
            at=drawing.inspection.clock.now(),
        ),
    ]


def _forks(drawing: Drawing) -> list[Fork]:
    now = drawing.inspection.clock.now()
    words = "Health visitors hear about the strategy meeting {} it happened, {}."
    return [
        Fork(
            "r",
            "paragraph",
            "text",
            "words",
            (
                Side(words.format("a week after", "if at all"), "a", 1, now),
                Side(words.format("some weeks after", "by email"), "b", 1, now),
            ),
        )
    ]
