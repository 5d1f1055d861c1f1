"""Secrets typed or piped in: passphrases and recovery keys, never shown and never an argument.

Each comes from the first line of a file, from the next line of standard input, or from a prompt.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from app.errors import InvalidInputError

LARGEST_SECRET_FILE: Final = 4_096


def secret_line(source: str, what: str) -> str:
    """Return the first line of a file, or with ``-`` the next line of standard input.

    Raises:
        InvalidInputError: it can't be read or is not text.

    """
    try:
        if source == "-":
            # A line and no more: a second secret may stand on the next one.
            raw = sys.stdin.buffer.readline(LARGEST_SECRET_FILE + 1)
        else:
            with Path(source).open("rb") as file:
                raw = file.readline(LARGEST_SECRET_FILE + 1)
    except OSError as problem:
        raise InvalidInputError(
            f"The {what} file could not be read ({problem.strerror})."
        ) from None
    try:
        # Only the line's end is taken off: spaces are part of a passphrase.
        return raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInputError(f"The {what} file is not UTF-8 text.") from None


def ask_secret(source: str, label: str, option: str, *, twice: bool = False) -> str:
    """Return a secret from its file or, on a terminal, from a prompt that shows nothing.

    Raises:
        InvalidInputError: there is neither a file nor a terminal, or the file can't be read.

    """
    what = label.lower()
    if source and not (source == "-" and sys.stdin.isatty()):
        return secret_line(source, what)
    if not sys.stdin.isatty():
        raise InvalidInputError(
            f"A {what} is needed: name a file with {option}, or - to read it from standard input."
        )
    asked: str = click.prompt(label, hide_input=True, confirmation_prompt=twice, err=True)
    return asked
