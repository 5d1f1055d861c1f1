"""The list of inspections: open one, begin one, join a team, take one in, try the invented one."""
# ruff: noqa: PLC0415 - the window knows this page before anything is unlocked: what its buttons
# do is imported when they are pressed, and the lock screen waits for none of it

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.ui.commands import command
from app.ui.going import Going
from app.ui.pages.inspections.view import InspectionsView
from app.ui.widgets.dropping import FileDrop
from app.ui.widgets.page_action import page_action
from app.ui.widgets.picking import pick_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.clock import Clock
    from app.domain.revisions import Json
    from app.errors import SiteweekError
    from app.operations.owner import Owner
    from app.operations.profile import InspectionRow, Profile
    from app.operations.sync.joining import Person, Requested
    from app.operations.work import Work
    from app.ui.runner import Runner

_MORE: Final = ("restore", "back_up", "reopen", "keep_until", "destroy", "carried")


class InspectionsPage(QWidget):
    """Shows every inspection; ``opened`` carries the id of the one to open.

    ``care_wanted`` names a command of the Care menu that a button here stands for.
    """

    opened = Signal(str)
    care_wanted = Signal(str)

    def __init__(self, profile: Profile, runner: Runner, clock: Clock) -> None:
        """List the inspections of a profile."""
        super().__init__()
        self._profile, self._runner, self._clock = profile, runner, clock
        self.is_closed = False
        self._rows: dict[str, InspectionRow] = {}
        self._owner: Owner | None = None
        self._going: Going | None = None
        self.view = InspectionsView()
        self.list, self.said, self.progress = self.view.list, self.view.said, self.view.progress
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.view.notices.tell(profile.notices)
        self._connect()
        self.setFocusProxy(self.list)
        FileDrop(self, {".json"}).dropped.connect(self.take_in_file)
        self.reload()

    @property
    def chosen(self) -> InspectionRow | None:
        """The inspection that is chosen in the list."""
        return self._rows.get(self.list.current_key)

    def reload(self) -> None:
        """Ask for the list again."""
        self._runner.run(self, self._look, self._show, self._fail)

    def close_page(self) -> None:
        """Want no more answers."""
        self.is_closed = True
        if self._going is not None:
            self._going.stop()

    def begin(self, way: str) -> None:
        """Do first what was chosen at the end of the first run."""
        ways = {
            "demo": self._on_try,
            "new": self._on_new,
            "join": self._on_join,
            "take_in": self._on_take_in,
        }
        if way in ways:
            ways[way]()

    def say(self, sentence: str, *, is_problem: bool = False) -> None:
        """Say how something went."""
        self.said.say(sentence, is_problem=is_problem)

    def take_in_admission(self, path: Path) -> None:
        """Take in the lead's answer, and open the inspection if it is one."""
        row = self.chosen
        if row is None:
            return

        def join() -> str:
            from app.operations.files import read_input
            from app.operations.sync import joining

            document = read_input(path)
            inspection = self._profile.open_inspection(row.id)
            try:
                joining.join(inspection, document)
            finally:
                inspection.close()
            return row.id

        self._start("Taking the admission in …", join, self._on_made)

    def _look(self) -> tuple[list[InspectionRow], bool, Owner | None]:
        from app.operations.owner import owner_of
        from app.operations.recovery import has_recovery

        return self._profile.inspections(), has_recovery(self._profile), owner_of(self._profile)

    def _connect(self) -> None:
        view = self.view
        for button, key, then in (
            (view.new, "Ctrl+N", self._on_new),
            (view.take_in, "Ctrl+O", self._on_take_in),
            (view.join, "Ctrl+J", self._on_join),
            (view.demo, "", self._on_try),
            (view.open, "", self._on_open),
            (view.admission, "", self._on_admission),
            (view.ask_again, "", self._on_ask_again),
            (view.remove_demo, "", self._on_remove_demo),
            (view.stop, "", self._on_stop),
        ):
            button.clicked.connect(then)
            if key:
                page_action(self, button.text(), key, "").triggered.connect(then)
                button.setToolTip(key)
        view.make_sheet.clicked.connect(lambda: self.care_wanted.emit("recovery_sheet"))
        more = QMenu(view.more)
        for name in _MORE:
            action = more.addAction(command(name).words)
            action.triggered.connect(lambda _checked=False, it=name: self.care_wanted.emit(it))
        view.more.setMenu(more)
        self.list.row_chosen.connect(lambda _key: self._on_open())
        self.list.selectionModel().currentChanged.connect(
            lambda _now, _before: self.view.show_choice(self.chosen)
        )

    def _show(self, found: tuple[list[InspectionRow], bool, Owner | None]) -> None:
        from app.ui.pages.inspections.model import as_rows

        rows, has_sheet, self._owner = found
        self._rows = {one.id: one for one in rows}
        shown = as_rows(rows)
        self.list.show_rows(shown)
        self.list.setVisible(bool(rows))
        self.view.empty.setVisible(not rows)
        self.view.reminder.setVisible(not has_sheet)
        self.view.demo.setVisible(not any(one.is_invented for one in rows))
        if rows and not self.list.current_key:
            self.list.make_current(next(one.key for one in shown if not one.is_heading))
        self.view.show_choice(self.chosen)

    def _fail(self, problem: SiteweekError) -> None:
        self._going = None
        self.view.show_busy(busy=False)
        self.say(problem.sentence, is_problem=True)

    def _start(
        self,
        sentence: str,
        work: Callable[[], str],
        then: Callable[[str], None],
        going: Going | None = None,
    ) -> None:
        self._going = going
        self.progress.setRange(0, 0)
        self.view.show_busy(busy=True, can_stop=going is not None)
        self.say(sentence)
        self._runner.run(self, work, then, self._fail)

    def _on_open(self) -> None:
        row = self.chosen
        if row is None:
            return
        if row.waits_for == "admission":
            self._on_admission()
        else:
            self.opened.emit(row.id)

    def _on_new(self) -> None:
        from app.ui.pages.inspections.new_inspection import NewInspection

        dialog = NewInspection(self, self._owner)
        dialog.wanted.connect(self._create)
        dialog.open()

    def _create(self, fields: dict[str, Json]) -> None:
        from app.operations.owner import introduce
        from app.operations.parties import begin_with_usual

        owner, clock = self._owner, self._clock

        def also(work: Work) -> None:
            begin_with_usual(work, clock.now().date())
            if owner is not None:
                introduce(work, owner)

        self._start(
            "Creating …",
            lambda: self._profile.create_inspection(fields, also),
            self._on_made,
        )

    def _on_take_in(self) -> None:
        pick_file(self, "Take in an inspection", self.take_in_file, "Inspection JSON (*.json)")

    def take_in_file(self, path: Path) -> None:
        """Make an inspection of a file."""

        def take(going: Going) -> str:
            from app.operations.exchange import read_document
            from app.operations.files import read_input

            return self._profile.take_in(read_document(read_input(path)), going.tell)

        self._take_in(take)

    def _on_try(self) -> None:
        def take(going: Going) -> str:
            from app.operations.demo import take_in_demo

            return take_in_demo(self._profile, going.tell)

        self._take_in(take)

    def _take_in(self, take: Callable[[Going], str]) -> None:
        going = Going(self)
        going.moved.connect(self._on_progressed)
        self._start("Taking in …", lambda: take(going), self._on_made, going)

    def _on_remove_demo(self) -> None:
        row = self.chosen
        if row is None or not row.is_invented:
            return

        def remove() -> str:
            from app.operations.demo import remove_demo

            remove_demo(self._profile, row.id, self._clock)
            return ""

        self._start("Removing the invented inspection …", remove, self._on_removed)

    def _on_removed(self, _none: str) -> None:
        self.view.show_busy(busy=False)
        self.say("The invented inspection is gone. It can be taken in again at any time.")
        self.reload()

    def _on_join(self) -> None:
        pick_file(self, "Join a team: the invitation", self.join_by)

    def join_by(self, path: Path) -> None:
        """Ask who one is, then make the request that answers an invitation."""

        def request(person: Person) -> Requested:
            from app.operations.files import read_input
            from app.operations.sync import joining

            return joining.request(self._profile, read_input(path), person)

        self._ask_who(request)

    def _on_ask_again(self) -> None:
        row = self.chosen
        if row is None:
            return

        def request(person: Person) -> Requested:
            from app.operations.sync import joining

            return joining.request_as_before(self._profile, row.id, person)

        self._ask_who(request)

    def _ask_who(self, request: Callable[[Person], Requested]) -> None:
        from app.ui.pages.inspections.joining import RequestDialog
        from app.ui.pages.team.dialogs import WhoDialog

        def show(made: Requested) -> None:
            self.reload()
            RequestDialog(self, self._runner, made).open()

        def ask(person: Person) -> None:
            self._runner.run(self, lambda: self._requested(request, person), show, self._fail)

        dialog = WhoDialog(
            self, "The team sees this of you. Whoever leads it knows you by it.", "Ask to join"
        )
        if self._owner is not None:
            dialog.name.setText(self._owner.name)
            dialog.inspectorate.setText(self._owner.inspectorate)
        dialog.given.connect(ask)
        dialog.open()

    def _requested(self, request: Callable[[Person], Requested], person: Person) -> Requested:
        from app.operations.owner import Owner, owner_of, remember

        made = request(person)
        if owner_of(self._profile) is None:
            remember(self._profile, Owner(person.name, person.inspectorate))
        return made

    def _on_admission(self) -> None:
        if self.chosen is not None:
            pick_file(self, "Take in the admission", self.take_in_admission)

    def _on_stop(self) -> None:
        if self._going is not None:
            self.view.stop.setEnabled(False)
            self.say("Stopping …")
            self._going.stop()

    def _on_progressed(self, _part: str, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _on_made(self, inspection: str) -> None:
        self._going = None
        self.view.show_busy(busy=False)
        self.say("")
        self.opened.emit(inspection)
