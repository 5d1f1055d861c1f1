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
    Command("close_inspection", "Back to the list of inspections", "", "File"),
    Command("export_list", "Export this list…", "Ctrl+Shift+X", "File"),
    Command("lock", "Lock", "Ctrl+L", "File"),
    Command("lock_after", "Lock after…", "", "File"),
    Command("quit", "Quit", "Ctrl+Q", "File"),
    Command("room_1", "Today", "Ctrl+1", "Go"),
    Command("room_2", "Plan", "Ctrl+2", "Go"),
    Command("room_3", "Notes", "Ctrl+3", "Go"),
    Command("room_4", "Tasks", "Ctrl+4", "Go"),
    Command("room_5", "Evidence", "Ctrl+5", "Go"),
    Command("room_6", "Findings", "Ctrl+6", "Go"),
    Command("room_7", "Feedback", "Ctrl+7", "Go"),
    Command("room_8", "Letter", "Ctrl+8", "Go"),
    Command("room_9", "Team", "Ctrl+9", "Go"),
    Command("jot", "Jot down…", "Ctrl+Shift+N", "Go"),
    Command("escalate", "Child at risk…", "Ctrl+Shift+K", "Go"),
    Command("go_to", "Go to…", "Ctrl+P", "Go"),
    Command("do", "Do…", "Ctrl+Shift+P", "Go"),
    Command("search", "Search everywhere", "Ctrl+Shift+F", "Go"),
    Command("back", "Back", "Alt+Left", "Go"),
    Command("forward", "Forward", "Alt+Right", "Go"),
    Command("next_pane", "Next pane", "F6", "Go"),
    Command("passphrase", "Change the passphrase…", "", "Care"),
    Command("recovery_sheet", "New recovery sheet…", "", "Care"),
    Command("protect", "This computer’s key store…", "", "Care"),
    Command("new_keys", "New keys for everything…", "", "Care"),
    Command("back_up", "Back up to a folder…", "", "Care"),
    Command("restore", "Restore a backup…", "", "Care"),
    Command("verify", "Check that it is whole…", "", "Care"),
    Command("export", "Put everything out…", "", "Care"),
    Command("close_for_good", "Close the inspection…", "", "Care"),
    Command("reopen", "Reopen with a reason…", "", "Care"),
    Command("keep_until", "Keep until…", "", "Care"),
    Command("destroy", "Destroy on this laptop…", "", "Care"),
    Command("certificates", "Write certificates again…", "", "Care"),
    Command("carried", "Open a folder that was carried away…", "", "Care"),
    Command("scheme_system", "Colours of the system", "", "View"),
    Command("scheme_light", "Light", "", "View"),
    Command("scheme_dark", "Dark", "", "View"),
    Command("scheme_contrast", "High contrast", "", "View"),
    Command("larger", "Larger text", "Ctrl+=", "View"),
    Command("smaller", "Smaller text", "Ctrl+-", "View"),
    Command("usual_size", "Usual size", "Ctrl+0", "View"),
    Command("project", "Show to the room, or end it", "F11", "View"),
    Command("capture", "Allow or stop screenshots", "", "View"),
    Command("help", "Keys on this page", "F1", "Help"),
    Command("keys", "Keyboard shortcuts", "Ctrl+/", "Help"),
    Command("new_inspection", "New inspection", "Ctrl+N", "Inspections", "Inspections"),
    Command("take_in_file", "Take in a file", "Ctrl+O", "Inspections", "Inspections"),
    Command("join_team", "Join a team", "Ctrl+J", "Inspections", "Inspections"),
    Command("new_note", "New note", "Ctrl+N", "Note", "Notes"),
    Command("finish_note", "Finish note", "Ctrl+Return", "Note", "Notes"),
    Command("lock_note", "Lock note", "Ctrl+Shift+Return", "Note", "Notes"),
    Command("late_entry", "Say why it is entered late", "Ctrl+Shift+D", "Note", "Notes"),
    Command("heard_from", "Heard from one, several, all", "Ctrl+Shift+V", "Note", "Notes"),
    Command("verbatim", "Somebody’s own words", "Ctrl+'", "Note", "Notes"),
    Command("evaluation", "What it means", "Ctrl+;", "Note", "Notes"),
    Command("code", "Code the selected words", "Ctrl+E", "Note", "Notes"),
    Command("history", "What this paragraph was", "Ctrl+Shift+H", "Note", "Notes"),
    Command("versions", "Choose between two versions…", "", "Note", "Notes"),
    Command("second_note", "Second note beside this", "Ctrl+Shift+B", "Note", "Notes"),
    Command("file_jotting", "File this jotting…", "Ctrl+Shift+J", "Note", "Notes"),
    Command("own_view", "The note’s own sheet", "Ctrl+J", "Note", "Notes"),
    Command("header", "Who, where and when", "Ctrl+H", "Note", "Notes"),
    Command("prompts", "Prompts beside the note", "F9", "Note", "Notes"),
    Command("interview", "Interview mode", "F8", "Note", "Notes"),
    Command("undo", "Undo", "Ctrl+Z", "Note", "Notes"),
    Command("redo", "Do again", "Ctrl+Shift+Z", "Note", "Notes"),
    Command("stamp", "Write the time", "Ctrl+Shift+T", "Note", "Notes"),
    Command("next_misspelt", "Next misspelt word", "F7", "Note", "Notes"),
    Command("suggestions", "Spelling suggestions", "Ctrl+.", "Note", "Notes"),
    Command("shorthand", "Shorthand…", "", "Note", "Notes"),
    Command("register", "Register of names…", "Ctrl+Shift+G", "Note", "Notes"),
    Command("find_in_note", "Find in this note", "Ctrl+F", "Note", "Notes"),
    Command("find_next", "Find next", "F3", "Note", "Notes"),
    Command("find_previous", "Find previous", "Shift+F3", "Note", "Notes"),
    Command("filter_notes", "Filter notes", "Ctrl+Shift+L", "Note", "Notes"),
    Command("evidence_words", "Words", "Alt+1", "Evidence", "Evidence"),
    Command("evidence_coverage", "Coverage", "Alt+2", "Evidence", "Evidence"),
    Command("evidence_sides", "Both sides", "Alt+3", "Evidence", "Evidence"),
    Command("filter_evidence", "Filter the words", "Ctrl+F", "Evidence", "Evidence"),
    Command("narrow_evidence", "Narrow by…", "Ctrl+Shift+L", "Evidence", "Evidence"),
    Command("all_evidence", "Show all again", "Ctrl+Shift+Backspace", "Evidence", "Evidence"),
    Command("uncoded", "Coded, or not coded yet", "Ctrl+Shift+U", "Evidence", "Evidence"),
    Command("order_evidence", "Order by…", "Ctrl+Shift+O", "Evidence", "Evidence"),
    Command("save_lens", "Save what is narrowed…", "Ctrl+Shift+S", "Evidence", "Evidence"),
    Command("put_on_finding", "Put on a finding…", "E", "Evidence", "Evidence"),
    Command("fill_hole", "Make the task that fills it…", "Ctrl+T", "Evidence", "Evidence"),
    Command("new_finding", "New finding", "Ctrl+N", "Finding", "Findings"),
    Command("add_evidence", "Add evidence", "Ctrl+Shift+E", "Finding", "Findings"),
    Command("restore_evidence", "Restore evidence", "Ctrl+Shift+Z", "Finding", "Findings"),
    Command("move_finding_on", "Move on to the next status", "Alt+Down", "Finding", "Findings"),
    Command("move_finding_back", "Move back a status", "Alt+Up", "Finding", "Findings"),
    Command("other_side", "Look for the other side", "Ctrl+Shift+O", "Finding", "Findings"),
    Command("merge_finding", "Merge with another…", "Ctrl+Shift+M", "Finding", "Findings"),
    Command("part_finding", "Take the merge back", "Ctrl+Shift+U", "Finding", "Findings"),
    Command("split_finding", "Split in two…", "Ctrl+Shift+S", "Finding", "Findings"),
    Command("filter_findings", "Filter findings", "Ctrl+F", "Finding", "Findings"),
    Command("new_point", "New point", "Ctrl+N", "Point", "Feedback"),
    Command("begin_brief", "Begin from the findings", "Ctrl+B", "Point", "Feedback"),
    Command("rest_point", "Rest on a finding", "Ctrl+R", "Point", "Feedback"),
    Command("point_up", "Move up", "Alt+Up", "Point", "Feedback"),
    Command("point_down", "Move down", "Alt+Down", "Point", "Feedback"),
    Command("write_brief", "Write brief", "Ctrl+Shift+W", "Point", "Feedback"),
    Command("rehearse", "Rehearse, full screen", "F5", "Point", "Feedback"),
    Command("speak", "Speak at the meeting", "Shift+F5", "Point", "Feedback"),
    Command("feedback_order", "Running order", "Alt+1", "Point", "Feedback"),
    Command("feedback_meeting", "At the meeting", "Alt+2", "Point", "Feedback"),
    Command("feedback_compare", "Said and written", "Alt+3", "Point", "Feedback"),
    Command("feedback_before", "Before it leaves", "Alt+4", "Point", "Feedback"),
    Command("looked_at_brief", "Answer what was looked at", "Ctrl+Return", "Point", "Feedback"),
    Command("show_brief_words", "Show the words in the brief", "Ctrl+G", "Point", "Feedback"),
    Command("write_compared", "Write said and written", "", "Point", "Feedback"),
    Command("next_to_compare", "Next to decide", "Alt+Shift+Down", "Point", "Feedback"),
    Command("new_block", "New block", "Ctrl+N", "Block", "Letter"),
    Command("begin_letter", "Begin from the findings", "Ctrl+B", "Block", "Letter"),
    Command("rest_sentence", "Rest the sentence on a finding", "Ctrl+R", "Block", "Letter"),
    Command("next_sentence", "Next sentence", "Alt+Down", "Block", "Letter"),
    Command("previous_sentence", "Previous sentence", "Alt+Up", "Block", "Letter"),
    Command("next_orphan", "Next that rests on nothing", "Alt+Shift+Down", "Block", "Letter"),
    Command("block_up", "Move block up", "Ctrl+Shift+Up", "Block", "Letter"),
    Command("block_down", "Move block down", "Ctrl+Shift+Down", "Block", "Letter"),
    Command("delete_block", "Delete block", "Ctrl+Shift+Backspace", "Block", "Letter"),
    Command("restore_block", "Restore block", "Ctrl+Shift+Z", "Block", "Letter"),
    Command("footnote", "Footnote at the caret…", "Ctrl+Alt+F", "Block", "Letter"),
    Command("block_against", "What was said of this block", "Ctrl+D", "Block", "Letter"),
    Command("write_letter", "Write a draft", "Ctrl+Shift+W", "Block", "Letter"),
    Command("comment_on", "Comment on this sentence", "Ctrl+Shift+A", "Block", "Letter"),
    Command("keep_version", "Keep this version", "Ctrl+Shift+V", "Block", "Letter"),
    Command("looked_at", "Answer what was looked at", "Ctrl+Return", "Block", "Letter"),
    Command("show_words", "Show the words in the letter", "Ctrl+G", "Block", "Letter"),
    Command("release_letter", "Release the letter", "Ctrl+Shift+R", "Block", "Letter"),
    Command("letter_pages", "The letter", "Alt+1", "Block", "Letter"),
    Command("letter_comments", "Comments", "Alt+2", "Block", "Letter"),
    Command("letter_versions", "Versions", "Alt+3", "Block", "Letter"),
    Command("letter_before", "Before it leaves", "Alt+4", "Block", "Letter"),
    Command("new_task", "New task", "Ctrl+N", "Task", "Tasks"),
    Command("team_meeting", "Today’s team meeting", "Ctrl+M", "Task", "Tasks"),
    Command("keep_in_touch", "New keep-in-touch meeting", "Ctrl+Shift+L", "Task", "Tasks"),
    Command("filter_tasks", "Filter tasks and meetings", "Ctrl+F", "Task", "Tasks"),
    Command("close_task", "Close the task", "Ctrl+Return", "Task", "Tasks"),
    Command("link_to_point", "Link evidence…", "Ctrl+Shift+E", "Task", "Tasks"),
    Command("point_to_finding", "Make a finding", "Ctrl+Shift+Return", "Task", "Tasks"),
    Command("fill_gap", "Make the task for this line", "Ctrl+T", "Task", "Tasks"),
    Command("headline", "Add a headline", "Ctrl+Shift+H", "Task", "Tasks"),
    Command("decision", "Add a decision", "Ctrl+Shift+D", "Task", "Tasks"),
    Command("give_action", "Add an action", "Ctrl+Shift+A", "Task", "Tasks"),
    Command("copy_tally", "Copy the tally of concerns", "Ctrl+Shift+C", "Task", "Tasks"),
    Command("write_meeting", "Write the meeting’s page", "Ctrl+Shift+W", "Task", "Tasks"),
    Command("new_in_plan", "New slot, request or inspector", "Ctrl+N", "Plan", "Plan"),
    Command("act_in_plan", "Begin its note, choose, received", "Ctrl+Return", "Plan", "Plan"),
    Command("call_off", "Call off, or put back on", "Ctrl+Shift+Backspace", "Plan", "Plan"),
    Command("chase_request", "Chased now", "Ctrl+Shift+C", "Plan", "Plan"),
    Command("take_in_list", "Take in a long list…", "Ctrl+O", "Plan", "Plan"),
    Command("write_calendar", "Write a calendar…", "Ctrl+Shift+W", "Plan", "Plan"),
    Command("filter_list", "Filter the long list", "Ctrl+F", "Plan", "Plan"),
    Command("plan_days", "Days", "Alt+1", "Plan", "Plan"),
    Command("plan_children", "Children", "Alt+2", "Plan", "Plan"),
    Command("plan_requests", "Requests", "Alt+3", "Plan", "Plan"),
    Command("plan_team", "Team and subgroups", "Alt+4", "Plan", "Plan"),
    Command("plan_parties", "Agencies and codes", "Alt+5", "Plan", "Plan"),
    Command("plan_dates", "Dates", "Alt+6", "Plan", "Plan"),
    Command("begin_from_slot", "Begin the slot’s note", "Ctrl+Return", "Day", "Today"),
    Command("invite", "Invite to the team", "Ctrl+I", "Team", "Team"),
    Command("admit", "Admit to the team", "Ctrl+Shift+A", "Team", "Team"),
    Command("exchange", "Exchange now", "Ctrl+R", "Team", "Team"),
)


# How many rooms the keys lead to.
MOST_ROOMS: Final = sum(one.id.startswith("room_") for one in COMMANDS)


def command(wanted: str) -> Command:
    """Return a command by its name in code.

    Raises:
        KeyError: there is none.

    """
    return _BY_ID[wanted]


_BY_ID: Final = {one.id: one for one in COMMANDS}
