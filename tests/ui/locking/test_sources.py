from __future__ import annotations

import ctypes
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from app.ui.locking import windows
from app.ui.locking.idle import Deadline, Idle
from app.ui.locking.jumps import Jump
from app.ui.locking.linux import session_path
from app.ui.locking.mac import IS_IN_FRONT, IS_LOCKED
from app.ui.locking.mac_session import MacSession, is_away
from tests.fakes.clock import StillClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


class Asked:
    """Counts the locks a source asked for."""

    def __init__(self, source) -> None:
        self.times = 0
        source.lock_requested.connect(self._count)

    def _count(self) -> None:
        self.times += 1


@pytest.fixture
def idle(qapp, clock) -> Iterator[Idle]:
    made = Idle(qapp, clock)
    yield made
    qapp.removeEventFilter(made)
    made.deleteLater()


def test_l05_the_deadline_is_reached_after_its_minutes_and_not_before(clock) -> None:
    deadline = Deadline(clock)
    clock.move(5 * MINUTE - SECOND)
    assert not deadline.is_reached
    clock.move(SECOND)
    assert deadline.is_reached
    deadline.touch()
    assert not deadline.is_reached


def test_l05_setting_the_clock_back_puts_no_lock_off(clock) -> None:
    deadline = Deadline(clock)
    clock.set(clock.now() - timedelta(days=3650))
    clock.move(5 * MINUTE)
    assert deadline.is_reached


def test_l05_a_clock_that_stands_still_in_sleep_puts_no_lock_off(clock) -> None:
    deadline = Deadline(clock)
    clock.set(clock.now() + 5 * MINUTE)
    assert deadline.is_reached


def test_keys_and_moves_put_the_lock_off_and_events_of_the_app_itself_do_not(
    idle, clock, qtbot: QtBot
) -> None:
    asked = Asked(idle)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    for act in (
        lambda: qtbot.keyClick(field, Qt.Key.Key_A),
        lambda: qtbot.mouseClick(field, Qt.MouseButton.LeftButton),
        lambda: qtbot.mouseMove(field, QPoint(3, 3)),
    ):
        clock.move(4 * MINUTE)
        act()
        idle.look()
    assert asked.times == 0
    clock.move(4 * MINUTE)
    field.setText("set by the app")
    field.repaint()
    QCoreApplication.processEvents()
    clock.move(MINUTE)
    idle.look()
    assert asked.times == 1


def test_a_pointer_that_rests_is_no_activity(idle, clock, qtbot: QtBot) -> None:
    asked = Asked(idle)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    qtbot.mouseMove(field, QPoint(3, 3))
    clock.move(3 * MINUTE)
    qtbot.mouseMove(field, QPoint(3, 3))
    clock.move(2 * MINUTE)
    idle.look()
    assert asked.times == 1


def test_l05_a_key_pressed_after_the_time_was_up_locks_all_the_same(
    idle, clock, qtbot: QtBot
) -> None:
    # The laptop slept and no timer ran: the first key must not count as activity.
    asked = Asked(idle)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    clock.set(clock.now() + timedelta(hours=8))
    qtbot.keyClick(field, Qt.Key.Key_A)
    assert asked.times == 1


@pytest.mark.parametrize("minutes", [1, 30])
def test_the_minutes_can_be_chosen(idle, clock, minutes: int) -> None:
    asked = Asked(idle)
    idle.set_minutes(minutes)
    clock.move(minutes * MINUTE - SECOND)
    idle.look()
    assert asked.times == 0
    clock.move(SECOND)
    idle.look()
    assert asked.times == 1


def test_the_lock_key_works_in_a_dialog_too(idle, qtbot: QtBot) -> None:
    asked = Asked(idle)
    dialog = QDialog()
    field = QLineEdit(dialog)
    dialog.setModal(True)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert asked.times == 1
    qtbot.keyClick(field, Qt.Key.Key_L)
    assert asked.times == 1


def test_l05_a_jump_of_either_clock_is_seen_once(clock) -> None:
    jump = Jump(clock)
    clock.move(2 * SECOND)
    assert not jump.look()
    for by in (8 * 60 * MINUTE, -60 * MINUTE, 11 * SECOND, -11 * SECOND):
        clock.set(clock.now() + by)
        assert jump.look()
        clock.move(2 * SECOND)
        assert not jump.look()


def test_l05_small_corrections_and_a_busy_machine_are_no_jump(clock) -> None:
    jump = Jump(clock)
    clock.set(clock.now() + 9 * SECOND)
    assert not jump.look()
    clock.move(45 * SECOND)
    assert not jump.look()


def test_l05_a_process_that_was_stopped_sees_it_where_both_clocks_went_on(clock) -> None:
    jump = Jump(clock)
    clock.move(61 * SECOND)
    assert jump.look()


def test_the_paths_of_login_sessions_are_spelled_as_logind_does() -> None:
    spelled = [
        session_path(one).removeprefix("/org/freedesktop/login1/session/")
        for one in ("2", "c1", "42", "a-b", "é")
    ]
    assert spelled == ["_32", "c1", "_342", "a_2db", "_c3_a9"]


def test_windows_messages_that_leave_the_session_are_told_from_all_others() -> None:
    leaving = {(0x218, 4), (0x2B1, 2), (0x2B1, 4), (0x2B1, 6), (0x2B1, 7)}
    tried = {(message, wide) for message in (0x218, 0x2B1, 0x100) for wide in range(20)}
    assert {one for one in tried if windows.is_leaving(*one)} == leaving


def test_a_windows_message_is_read_where_windows_puts_it() -> None:
    # HWND, UINT, padding, WPARAM: as 64-bit Windows lays it out.
    raw = (0xABCD).to_bytes(8, "little") + (0x2B1).to_bytes(4, "little") + bytes(4)
    held = ctypes.create_string_buffer(raw + (7).to_bytes(8, "little"))
    assert windows.read_message(ctypes.addressof(held)) == (0x2B1, 7)


@pytest.mark.parametrize(
    ("session", "away"),
    [
        ({}, True),
        ({IS_IN_FRONT: True}, False),
        ({IS_IN_FRONT: False}, True),
        ({IS_IN_FRONT: True, IS_LOCKED: True}, True),
        ({IS_IN_FRONT: True, IS_LOCKED: False}, False),
    ],
)
def test_a_mac_session_says_whether_it_is_seen(session, away) -> None:
    assert is_away(session) == away


def test_a_mac_session_asks_once_each_time_it_is_left(qapp) -> None:
    says = {IS_IN_FRONT: True}
    source = MacSession(qapp, lambda: says)
    asked = Asked(source)
    for is_in_front, times in ((True, 0), (False, 1), (False, 1), (True, 1), (False, 2)):
        says[IS_IN_FRONT] = is_in_front
        source.look()
        assert asked.times == times
    source.deleteLater()
