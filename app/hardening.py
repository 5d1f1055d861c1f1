"""What a process that will hold keys does first: no dumps, no debuggers, no values in complaints.

Nothing here has a switch. Who looks for a fault repeats it in a test, where errors are whole: an
installed app shows the type, place and code of an error and never what it was about, since that
may be a child's words or a key.
"""

from __future__ import annotations

import ctypes
import faulthandler
import logging
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

# From <sys/prctl.h>, <sys/ptrace.h> and the Windows headers; Python knows none of them.
_PR_GET_DUMPABLE: Final = 3
_PR_SET_DUMPABLE: Final = 4
_PT_DENY_ATTACH: Final = 31
_SEM_QUIET: Final = 0x0001 | 0x0002 | 0x8000  # no boxes for faults, which offer a dump
_WER_NO_HEAP: Final = 1
_DACL: Final = 4
_SDDL_1: Final = 1
# Whoever owns the process may wait for it, see that it runs and end it: not read its memory.
_PROCESS_ACCESS: Final = "D:P(A;;0x101001;;;OW)(A;;0x101001;;;SY)(A;;0x101001;;;BA)"


def harden() -> None:
    """Keep the memory of this process from files and other programs.

    Every step is tried: one that a system refuses does not stop the others, or the app.
    """
    faulthandler.disable()
    if sys.platform == "win32":
        _harden_windows()
    else:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _call("prctl", _PR_SET_DUMPABLE, 0, 0, 0, 0)
    if sys.platform == "darwin":
        _call("ptrace", _PT_DENY_ATTACH, 0, 0, 0)


def in_force() -> tuple[str, ...]:
    """Return what protects this process, as far as the system can be asked."""
    held: list[str] = []
    if not faulthandler.is_enabled():
        held.append("fault handler off")
    if sys.platform != "win32" and resource.getrlimit(resource.RLIMIT_CORE)[0] == 0:
        held.append("core files off")
    if sys.platform == "linux" and _call("prctl", _PR_GET_DUMPABLE, 0, 0, 0, 0):
        held.append("memory closed to other programs")
    return tuple(held)


def say_no_values(say: Callable[[str], None] | None = None) -> None:
    """Report every error nobody caught by type, place and code, wherever it was raised.

    ``say`` is told of errors on the main thread and of others; the default is standard error.
    """
    tell = say or _to_standard_error

    def on_error(
        _type: type[BaseException], problem: BaseException, _trace: TracebackType | None
    ) -> None:
        if isinstance(problem, KeyboardInterrupt):
            return
        tell(fault(problem))
        _forget_last()

    def on_thread_error(met: threading.ExceptHookArgs) -> None:
        if met.exc_value is not None and not isinstance(met.exc_value, SystemExit):
            tell(fault(met.exc_value))

    def on_lost_error(met: sys.UnraisableHookArgs) -> None:
        # Not the object it happened in: its name for itself may hold anything.
        tell(fault(met.exc_value) if met.exc_value is not None else met.exc_type.__name__)

    sys.excepthook = on_error
    threading.excepthook = on_thread_error
    sys.unraisablehook = on_lost_error
    log_no_values()


def fault(problem: BaseException) -> str:
    """Return an error's type, place and code: enough to find it, and nothing it was about."""
    trace, place, ours = problem.__traceback__, "", ""
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        place = f"{module}.{trace.tb_frame.f_code.co_qualname}, line {trace.tb_lineno}"
        if module.startswith("app."):
            ours = place
        trace = trace.tb_next
    told = f"{type(problem).__name__}{_code_of(problem)}"
    places = dict.fromkeys(one for one in (place, ours) if one)
    return f"{told} in {', from '.join(places)}" if places else told


def log_no_values() -> None:
    """Write warnings to standard error without what they were given; the one place for logging.

    Our own messages are sentences made to be shown. Those of libraries are not, so of these only
    name, level and place are written. Nothing is written to a file.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(_Places())
    root = logging.getLogger()
    for one in list(root.handlers):
        root.removeHandler(one)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # else a fault in logging shows what was logged


class _Places(logging.Formatter):
    """Formats without arguments of others, tracebacks or stacks."""

    def format(self, record: logging.LogRecord) -> str:
        """Return our sentence, or where another's message came from."""
        where = f"{record.levelname.lower()} in {record.name}, line {record.lineno}"
        own = record.name == "app" or record.name.startswith("app.")
        said = f": {record.getMessage()}" if own else ""
        met = record.exc_info[1] if record.exc_info else None
        return f"siteweek: {where}{said}{f' ({fault(met)})' if met is not None else ''}"


def _code_of(problem: BaseException) -> str:
    """Return the code of a system's or the database's error; never its words, which may be ours."""
    for name in ("sqlite_errorname", "errno", "code"):
        found = getattr(problem, name, None)
        if isinstance(found, int) or (isinstance(found, str) and found.isupper()):
            return f" {found}"
    return ""


def _to_standard_error(what: str) -> None:
    # A window has no standard error on Windows.
    with suppress(AttributeError, OSError, ValueError):
        sys.stderr.write(f"siteweek: a fault in Siteweek: {what}\n")


def _forget_last() -> None:
    """Drop the error the interpreter keeps for debuggers, and with it every frame's values."""
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        with suppress(AttributeError):
            delattr(sys, name)


def _call(name: str, *values: int) -> bool:
    """Call a function of the C library with plain numbers; whether its answer was nought."""
    try:
        function = getattr(ctypes.CDLL(None, use_errno=True), name)
    except (AttributeError, OSError, TypeError):
        return False
    function.restype = ctypes.c_int
    return bool(function(*(ctypes.c_ulong(one) for one in values)) == 0)


def _harden_windows() -> None:
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.SetErrorMode(_SEM_QUIET)
        with suppress(AttributeError, OSError):
            kernel.WerSetFlags(_WER_NO_HEAP)
        if getattr(sys, "frozen", False):
            # For this user and this program's name; an interpreter is shared with others.
            with suppress(AttributeError, OSError):
                ctypes.WinDLL("wer").WerAddExcludedApplication("siteweek.exe", False)
        with suppress(AttributeError, OSError):
            _close_process(kernel)


def _close_process(kernel: ctypes.CDLL) -> None:
    """Let nobody open this process to read its memory, short of an administrator's own rights."""
    if sys.platform == "win32":
        security = ctypes.WinDLL("advapi32", use_last_error=True)
        convert = security.ConvertStringSecurityDescriptorToSecurityDescriptorW
        convert.argtypes = (
            ctypes.c_wchar_p,
            ctypes.c_uint32,
            ctypes.POINTER(ctypes.c_void_p),
            ctypes.c_void_p,
        )
        described = ctypes.c_void_p()
        if convert(_PROCESS_ACCESS, _SDDL_1, ctypes.byref(described), None):
            kernel.GetCurrentProcess.restype = ctypes.c_void_p
            kernel.LocalFree.argtypes = (ctypes.c_void_p,)
            secure = security.SetKernelObjectSecurity
            secure.argtypes = (ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p)
            try:
                secure(kernel.GetCurrentProcess(), _DACL, described)
            finally:
                kernel.LocalFree(described)
