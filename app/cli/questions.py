"""Commands that ask: search, check, trace."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from app.cli.group import FAILED, Session, siteweek
from app.operations.checking import check_inspection
from app.operations.searching import find_words
from app.operations.thread import trace as trace_statement

if TYPE_CHECKING:
    from app.operations.support import Piece
    from app.operations.thread import Trace

_ID = "inspection_id"
_MARKS = str.maketrans({"\x02": "[", "\x03": "]", "\n": " "})


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def search(session: Session, inspection_id: str, words: tuple[str, ...], *, as_json: bool) -> None:
    """Find WORDS in every paragraph, finding, point and block of inspection ID."""
    with session.inspection(inspection_id, for_reading=True) as inspection:
        hits = inspection.ask(find_words, " ".join(words))
    if as_json:
        click.echo(json.dumps([asdict(hit) for hit in hits], ensure_ascii=False, indent=1))
        return
    for hit in hits:
        where = f"{hit.owner_ref or hit.owner} " if hit.owner else ""
        click.echo(f"{where}{hit.record}  {hit.snippet.translate(_MARKS)}")
    if not hits:
        click.echo("Nothing was found.")


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--strict", is_flag=True, help="Leave with status 1 when anything is found.")
@click.pass_obj
def check(session: Session, inspection_id: str, *, as_json: bool, strict: bool) -> None:
    """Point out what in inspection ID has no evidence, no answer or a doubtful date."""
    with session.inspection(inspection_id, for_reading=True) as inspection:
        problems = inspection.ask(check_inspection)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in problems], ensure_ascii=False, indent=1))
    else:
        for one in problems:
            click.echo(f"{one.place}: {one.sentence}")
        count = len(problems)
        click.echo(f"{count} to look at." if count else "Nothing to look at.")
    if strict and problems:
        sys.exit(FAILED)


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.argument("block")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def trace(session: Session, inspection_id: str, block: str, *, as_json: bool) -> None:
    """Follow a letter BLOCK or brief point of inspection ID to every paragraph under it."""
    # What a terminal sent that is no text would be no question to the store; it is no id either.
    wanted = block.encode(errors="replace").decode()
    with session.inspection(inspection_id, for_reading=True) as inspection:
        found = inspection.ask(trace_statement, wanted)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        _print(found)


def _print(found: Trace) -> None:
    for sentence in found.sentences:
        click.echo(f"\n{sentence.text}")
        if found.exempt:
            click.echo("  states no finding")
        elif sentence.rests_on_nothing:
            click.echo("  rests on nothing recorded")
        for piece in sentence.direct:
            _print_piece(piece, "  ")
        for finding in sentence.findings:
            click.echo(f"  rests on {finding.id} ({finding.status}): {finding.statement}")
            for piece in finding.pieces:
                _print_piece(piece, "    ")


def _print_piece(piece: Piece, indent: str) -> None:
    when = " ".join(part for part in (piece.note_date, piece.typed_at[11:16]) if part)
    origin = " · ".join(
        part for part in (piece.note_ref or piece.note, piece.note_kind, piece.agency, when) if part
    )
    quote = f"“{piece.text}” — {piece.speaker or 'speaker not named'}"
    words = quote if piece.type == "verbatim" else piece.text
    click.echo(f"{indent}{piece.direction} · {piece.paragraph} · {origin}")
    click.echo(f"{indent}  {words}")
