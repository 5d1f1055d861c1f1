"""The three things asked of macOS itself: window sharing, the pasteboard, and the session.

Through the Objective-C runtime, as no binding is installed. On other systems everything here
answers that it could not be done.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from typing import Any, Final

_SHARING_NONE: Final = 0
_SHARING_READ_ONLY: Final = 1
_UTF_8: Final = 0x08000100
CONCEALED: Final = "org.nspasteboard.ConcealedType"
# What the system calls these in the description of a session.
IS_LOCKED: Final = "CGSSessionScreenIsLocked"
IS_IN_FRONT: Final = "kCGSSessionOnConsoleKey"


def share_window(view: int, *, is_shared: bool) -> bool:
    """Let other programs read the window that a view is in, or not; whether it was done."""
    if sys.platform == "darwin" and (window := _send(view, "window")):
        kind = _SHARING_READ_ONLY if is_shared else _SHARING_NONE
        _send(window, "setSharingType:", ctypes.c_ulong(kind))
        return True
    return False


def conceal_pasteboard() -> bool:
    """Mark what is on the pasteboard as not to be recorded; whether it was done."""
    if sys.platform == "darwin":
        board = _send(_class("NSPasteboard"), "generalPasteboard")
        name = ctypes.c_char_p(CONCEALED.encode())
        kind = ctypes.c_void_p(_send(_class("NSString"), "stringWithUTF8String:", name))
        kinds = ctypes.c_void_p(_send(_class("NSArray"), "arrayWithObject:", kind))
        _send(board, "addTypes:owner:", kinds, ctypes.c_void_p(None))
        empty = ctypes.c_void_p(_send(_class("NSData"), "data"))
        _send(board, "setData:forType:", empty, kind)
        return True
    return False


def session_in_front() -> dict[str, bool]:
    """Return what the session says of itself; nothing where none of ours is in front."""
    said: dict[str, bool] = {}
    if sys.platform == "darwin":
        graphics, core = _library("CoreGraphics"), _library("CoreFoundation")
        graphics.CGSessionCopyCurrentDictionary.restype = ctypes.c_void_p
        core.CFRelease.argtypes = (ctypes.c_void_p,)
        session = graphics.CGSessionCopyCurrentDictionary()
        if session:
            for name in (IS_LOCKED, IS_IN_FRONT):
                found = _says(core, session, name)
                said |= {} if found is None else {name: found}
            core.CFRelease(session)
    return said


def _says(core: Any, session: int, name: str) -> bool | None:  # noqa: ANN401 - a C library
    core.CFStringCreateWithCString.restype = ctypes.c_void_p
    core.CFStringCreateWithCString.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32)
    core.CFDictionaryGetValue.restype = ctypes.c_void_p
    core.CFDictionaryGetValue.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    core.CFBooleanGetValue.restype = ctypes.c_bool
    core.CFBooleanGetValue.argtypes = (ctypes.c_void_p,)
    key = core.CFStringCreateWithCString(None, name.encode(), _UTF_8)
    try:
        found = core.CFDictionaryGetValue(session, key)
        return bool(core.CFBooleanGetValue(found)) if found else None
    finally:
        core.CFRelease(key)


def _library(name: str) -> Any:  # noqa: ANN401 - a C library
    return ctypes.CDLL(ctypes.util.find_library(name) or name)


def _objc() -> Any:  # noqa: ANN401 - a C library
    return _library("objc")


def _class(name: str) -> int:
    runtime = _objc()
    runtime.objc_getClass.restype = ctypes.c_void_p
    runtime.objc_getClass.argtypes = (ctypes.c_char_p,)
    return int(runtime.objc_getClass(name.encode()) or 0)


def _send(to: int, what: str, *values: Any) -> int:  # noqa: ANN401 - values of C
    runtime = _objc()
    runtime.sel_registerName.restype = ctypes.c_void_p
    runtime.sel_registerName.argtypes = (ctypes.c_char_p,)
    kinds = [type(one) for one in values]
    # The address of the one sending function is the same for all; its type is each message's own.
    kind = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, *kinds)
    send = kind(ctypes.cast(runtime.objc_msgSend, ctypes.c_void_p).value or 0)
    return int(send(to, runtime.sel_registerName(what.encode()), *values) or 0)
