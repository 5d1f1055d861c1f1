"""The one table of the window's commands: words, keys and menus all come from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do: its name in code, its words, its key, and where it stands.

    ``place`` is "window" for keys that work everywhere, or the page they work on; no two
    commands of one place, nor of a page and the window, share a key.
    """

    id: str
    words: str
    key: str
    menu: str
    place: str = "window"


COMMANDS: Final = (
    Command("close_inspection", "Close this inspection", "", "File"),
    Command("lock", "Lock", "Ctrl+L", "File"),
    Command("quit", "Quit", "Ctrl+Q", "File"),
    Command("search", "Search everywhere", "Ctrl+Shift+F", "Go"),
    Command("back", "Back", "Alt+Left", "Go"),
    Command("forward", "Forward", "Alt+Right", "Go"),
    Command("next_pane", "Next pane", "F6", "Go"),
    Command("scheme_system", "Colours of the system", "", "View"),
    Command("scheme_light", "Light", "", "View"),
    Command("scheme_dark", "Dark", "", "View"),
    Command("scheme_contrast", "High contrast", "", "View"),
    Command("larger", "Larger text", "Ctrl+=", "View"),
    Command("smaller", "Smaller text", "Ctrl+-", "View"),
    Command("usual_size", "Usual size", "Ctrl+0", "View"),
    Command("keys", "Keyboard shortcuts", "Ctrl+/", "Help"),
    Command("new_note", "New note", "Ctrl+N", "Note", "Notes"),
    Command("finish_note", "Finish note", "Ctrl+Return", "Note", "Notes"),
    Command("verbatim", "Somebody’s own words", "Ctrl+'", "Note", "Notes"),
    Command("evaluation", "What it means", "Ctrl+;", "Note", "Notes"),
    Command("code", "Code the selected words", "Ctrl+E", "Note", "Notes"),
    Command("header", "Who, where and when", "Ctrl+H", "Note", "Notes"),
    Command("interview", "Interview mode", "F8", "Note", "Notes"),
    Command("filter_notes", "Filter notes", "Ctrl+F", "Note", "Notes"),
)


def command(wanted: str) -> Command:
    """Return a command by its name in code.

    Raises:
        KeyError: there is none.

    """
    return _BY_ID[wanted]


_BY_ID: Final = {one.id: one for one in COMMANDS}
