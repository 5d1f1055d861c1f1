"""The team page: people, today's words, where notes are handed over, what was put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from app.operations.files import read_input, write_bytes
from app.operations.forks import forks
from app.operations.records import choose
from app.operations.sync import aside, joining, people, rooms, team_changes
from app.operations.sync.places import PlaceKind, add_place, forget_place
from app.operations.sync.publishing import publish_team
from app.ui.page import Page
from app.ui.pages.team.dialogs import WhoDialog, WordsDialog, words_shown
from app.ui.pages.team.model import aside_rows, laptop_rows, place_rows
from app.ui.pages.team.versions import VersionsDialog, fork_of, fork_rows
from app.ui.pages.team.view import TeamView
from app.ui.widgets.one_line import OneLine
from app.ui.widgets.page_action import page_action
from app.ui.widgets.picking import pick_file, pick_folder, pick_new_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QPushButton, QWidget

    from app.operations.forks import Fork
    from app.operations.sync.aside import Aside
    from app.operations.sync.joining import Candidate, Person
    from app.operations.sync.people import TeamView as Team
    from app.operations.sync.rooms import Room
    from app.ui.handing_over import HandingOver
    from app.ui.session import Session


class TeamPage(Page):
    """Who is on the team and where notes go."""

    title = "Team"

    def __init__(self, session: Session) -> None:
        """Show the team of an inspection."""
        super().__init__(session)
        self.view = TeamView()
        self._team = people.TeamView()
        self._aside: list[Aside] = []
        self._forks: list[Fork] = []
        self._room: Room | None = None
        self._handing_over: HandingOver | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self._connect()
        self.setFocusProxy(self.view.people)
        self.reload()

    def watch(self, handing_over: HandingOver) -> None:
        """Show how it goes at the places of an inspection that is open in the window."""
        self._handing_over = handing_over
        handing_over.moved.connect(self._on_moved)
        self._on_moved()

    def reload(self) -> None:
        """Ask again who is on the team, and what was put aside."""
        inspection = self.session.inspection
        self.session.runner.run(
            self,
            lambda: (
                people.team(inspection),
                aside.put_aside(inspection),
                inspection.ask(forks),
            ),
            lambda found: self.show_team(*found),
            lambda problem: self.failed.emit(problem.sentence),
        )

    def panes(self) -> list[QWidget]:
        """Return the lists."""
        return [self.view.people, self.view.places, self.view.aside, self.view.versions]

    def close_page(self) -> None:
        """Close the room with the page."""
        room, self._room = self._room, None
        if room is not None:
            self.session.runner.run(_Nobody(), room.close)
        super().close_page()

    def _connect(self) -> None:
        view = self.view
        doing: dict[QPushButton, tuple[str, Callable[[], None]]] = {
            view.invite: ("Ctrl+I", self._on_invite),
            view.admit: ("Ctrl+Shift+A", self._on_admit),
            view.exchange: ("Ctrl+R", self._on_exchange),
            view.remove: ("", self._on_remove),
            view.folder: ("", self._on_folder),
            view.relay: ("", self._on_relay),
            view.forget: ("", self._on_forget),
            view.room: ("", self._on_room),
            view.visit: ("", self._on_visit),
            view.let_in: ("", self._on_let_in),
            view.save: ("", self._on_save),
            view.compare: ("", self._on_compare),
        }
        for button, (key, then) in doing.items():
            button.clicked.connect(then)
            if key:
                page_action(self, button.text(), key, "").triggered.connect(then)
        view.people.row_changed.connect(lambda _key: self._allow())
        view.places.row_changed.connect(lambda _key: self._allow())
        view.aside.row_changed.connect(lambda _key: self._allow())
        view.versions.row_changed.connect(lambda _key: self._allow())
        view.versions.row_chosen.connect(lambda _key: self._on_compare())

    def show_team(self, team: Team, put_aside: list[Aside], forked: list[Fork]) -> None:
        """Show a team, what of its changes waits, and what has two versions."""
        self._team, self._aside, self._forks = team, put_aside, forked
        view = self.view
        view.people.show_rows(laptop_rows(self._team.laptops))
        view.words.setText(words_shown(self._team.words) or "None before there is a team")
        view.standing.setText("\n".join(self._team.notices))
        view.standing.setVisible(bool(self._team.notices))
        view.aside.show_rows(aside_rows(self._aside))
        view.versions.show_rows(fork_rows(self._forks))
        view.forked.setVisible(bool(self._forks))
        self._allow()

    def _on_moved(self) -> None:
        if self._handing_over is not None and not self.is_closed:
            self.view.places.show_rows(place_rows(self._handing_over.states))
            self.reload()

    def _allow(self) -> None:
        view, team = self.view, self._team
        begun = bool(team.laptops)
        chosen = next((o for o in team.laptops if o.device == view.people.current_key), None)
        view.invite.setEnabled(team.leads or not begun)
        view.admit.setEnabled(team.leads)
        can_remove = team.leads and chosen is not None and not chosen.is_own
        view.remove.setEnabled(can_remove and chosen is not None and not chosen.is_removed)
        for one in (view.folder, view.relay, view.visit, view.room, view.exchange):
            one.setEnabled(begun)
        view.forget.setEnabled(bool(view.places.current_key))
        waits = next((o for o in self._aside if o.name == view.aside.current_key), None)
        view.let_in.setEnabled(waits is not None and waits.may_let_in)
        view.save.setEnabled(waits is not None)
        view.compare.setEnabled(bool(view.versions.current_key))

    def _do(self, work: Callable[[], Any], said: str = "") -> None:
        """Do something slow away from this thread; then show how things stand."""

        def done(_answer: object) -> None:
            if said:
                self.said.emit(said)
            self.reload()
            if self._handing_over is not None:
                self._handing_over.begin_anew()

        self.session.runner.run(
            self, work, done, lambda problem: self.failed.emit(problem.sentence)
        )

    def _on_invite(self) -> None:
        if not self._team.laptops:
            sentence = "You begin the team and lead it. The others will see this of you."
            who = WhoDialog(self, sentence, "Invite")
            who.given.connect(self._save_invitation)
            who.open()
        else:
            self._save_invitation(joining.Person("", "", ""))

    def _save_invitation(self, person: Person) -> None:
        inspection = self.session.inspection
        pick_new_file(
            self,
            "Save the invitation",
            "invitation.siteweek",
            lambda path: self._do(
                lambda: write_bytes(path, [joining.invite(inspection, person)]),
                "The invitation is saved. Give it to everybody you want on the team.",
            ),
        )

    def _on_admit(self) -> None:
        inspection = self.session.inspection
        pick_file(
            self,
            "Admit: the request of a laptop",
            lambda path: self.session.runner.run(
                self,
                lambda: joining.read_candidate(inspection, read_input(path)),
                self._compare,
                lambda problem: self.failed.emit(problem.sentence),
            ),
        )

    def _compare(self, candidate: Candidate) -> None:
        dialog = WordsDialog(self, candidate.person, candidate.words, is_again=candidate.is_again)
        dialog.agreed.connect(
            lambda how, role, from_now: self._save_admission(candidate, how, role, from_now)
        )
        dialog.open()

    def _save_admission(
        self,
        candidate: Candidate,
        how: str,
        role: str,
        from_now: bool,  # noqa: FBT001 - a signal's argument
    ) -> None:
        inspection = self.session.inspection

        def admit(path: Path) -> None:
            admission = joining.admit(inspection, candidate, how, role=role, from_now=from_now)
            write_bytes(path, [admission])

        pick_new_file(
            self,
            "Save the admission",
            "admission.siteweek",
            lambda path: self._do(
                lambda: admit(path), f"{candidate.person.name} is on the team. Give them the file."
            ),
        )

    def _on_remove(self) -> None:
        wanted = self.view.people.current_key
        one = next((o for o in self._team.laptops if o.device == wanted), None)
        if one is None:
            return
        sentence = (
            f"{one.who} loses {one.name}: nothing new can be read with it, and what it writes from "
            "now on doesn’t count. What it has read already it keeps. Everybody sees the reason."
        )
        dialog = OneLine(self, "Why it is removed", sentence, button="Remove")
        dialog.given.connect(
            lambda reason: self._do(
                lambda: team_changes.remove(self.session.inspection, wanted, reason),
                f"{one.name} is off the team.",
            )
        )
        dialog.open()

    def _on_exchange(self) -> None:
        if self._handing_over is not None:
            self._handing_over.ask()

    def _on_folder(self) -> None:
        pick_folder(
            self,
            "A folder or stick to hand over at",
            lambda path: self._add(PlaceKind.FOLDER, str(path)),
        )

    def _on_relay(self) -> None:
        dialog = OneLine(
            self,
            "A relay’s address",
            "The address of a relay, as whoever runs it has told you. The lead of the team adds "
            "the mailbox code after it, with a space between.",
            button="Add relay",
        )
        dialog.given.connect(self._add_relay)
        dialog.open()

    def _add_relay(self, typed: str) -> None:
        address, _, code = typed.partition(" ")
        inspection = self.session.inspection

        def add() -> None:
            if code.strip():
                publish_team(inspection, address, code.strip())
            add_place(inspection, PlaceKind.RELAY, address)

        self._do(add, "The relay is visited from now on.")

    def _add(self, kind: PlaceKind, address: str) -> None:
        inspection = self.session.inspection
        self._do(lambda: add_place(inspection, kind, address), "It is visited from now on.")

    def _on_forget(self) -> None:
        key = self.view.places.current_key
        if key:
            inspection = self.session.inspection
            self._do(
                lambda: forget_place(inspection, int(key)),
                "It is visited no more. What lies there stays there.",
            )

    def _on_room(self) -> None:
        inspection = self.session.inspection
        room, self._room = self._room, None
        if room is not None:
            self.view.room.setText("Open a room")
            self._do(room.close, "The room is closed.")
            return

        def opened(made: Room) -> None:
            self._room = made
            self.view.room.setText(f"Close the room: {made.words}")
            self.said.emit(f"The room is open. Its four words: {made.words}")
            if self._handing_over is not None:
                self._handing_over.begin_anew()

        self.session.runner.run(
            self,
            lambda: rooms.open_room(inspection),
            opened,
            lambda problem: self.failed.emit(problem.sentence),
        )

    def _on_visit(self) -> None:
        dialog = OneLine(
            self,
            "Words of a room",
            "The four words of the room, as they were called out.",
            button="Visit",
        )
        inspection = self.session.inspection
        dialog.given.connect(
            lambda words: self._do(
                lambda: rooms.visit(inspection, words), "The room is visited from now on."
            )
        )
        dialog.open()

    def _on_compare(self) -> None:
        fork = fork_of(self._forks, self.view.versions.current_key)
        if fork is None:
            return
        names = {one.device: one.who for one in self._team.laptops}
        dialog = VersionsDialog(self, fork, names)
        dialog.chosen.connect(
            lambda number: self.session.do(self, choose, fork.record, fork.field, number).start(
                lambda _changes: self.reload(),
                lambda problem: self.failed.emit(problem.sentence),
            )
        )
        dialog.open()

    def _on_let_in(self) -> None:
        name, inspection = self.view.aside.current_key, self.session.inspection
        self._do(lambda: aside.let_in(inspection, name), "It was taken in.")

    def _on_save(self) -> None:
        name, inspection = self.view.aside.current_key, self.session.inspection
        pick_new_file(
            self,
            "Save what was put aside, sealed as it arrived",
            name,
            lambda path: self._do(lambda: aside.save(inspection, name, path), "It was saved."),
        )


class _Nobody:
    """Asks for work and wants no answer."""

    is_closed = True
