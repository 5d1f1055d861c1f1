"""What must hold at the end of a run, whatever happened in it.

Equality alone would pass an app that loses the same words everywhere: so every word that was
handed over is looked for, too, in the content, the history or the quarantine of every laptop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.crypto.envelope import Form, parse
from app.sync.codec import unpack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.revisions import State
    from tests.sync.simulator.disk import Disk
    from tests.sync.simulator.workshop import Workshop
    from tests.sync.simulator.world import Laptop, World


class DifferenceError(AssertionError):
    """Something that must hold doesn't."""


def judge(world: World) -> None:
    """Do nothing when everything holds."""
    active = [one for one in world.laptops if one.is_active]
    # Who writes with an app that lets a reader write shows what nobody else takes in.
    full = [one for one in active if _reads_all(one.disk) and not _has_written_alone(one)]
    for one in world.laptops:
        _is_its_revisions(one)
    for one in full[1:]:
        _is_the_same(full[0], one)
    for one in full:
        _has_every_word(one, full, world.workshop)
    for one in active:
        if one not in full:
            _holds_what_it_may(one, full[0])


def _reads_all(disk: Disk) -> bool:
    mine = [disk.roster.members.get(one.device_id) for one in disk.identities]
    return min(one.reads_from for one in mine if one is not None) == 1


def _has_written_alone(laptop: Laptop) -> bool:
    mine = [one.device_id for one in laptop.disk.identities]
    return laptop.only_reads and any(one in laptop.disk.newest for one in mine)


def _is_its_revisions(laptop: Laptop) -> None:
    """What is derived is what its revisions make of it, and each follows the one before."""
    disk = laptop.disk
    for record in disk.by_record:
        if _plain(disk.derived.get(record)) != _plain(disk.rebuilt(record)):
            raise DifferenceError(f"{laptop.number}: a record is not what its revisions make of it")
    heads = dict(disk.newest)
    for device, newest in heads.items():
        if newest.number and disk.hashes[device, newest.number] != newest.hash:
            raise DifferenceError(f"{laptop.number}: the newest of {device} is not held")


def _is_the_same(one: Laptop, other: Laptop) -> None:
    if one.disk.roster.head != other.disk.roster.head:
        raise DifferenceError(f"{one.number} and {other.number}: another team")
    if _counting(one.disk) != _counting(other.disk):
        raise DifferenceError(
            f"{one.number} and {other.number}: other revisions count: "
            f"{sorted(_counting(one.disk) ^ _counting(other.disk))[:6]}"
        )
    if _content(one.disk) != _content(other.disk):
        raise DifferenceError(f"{one.number} and {other.number}: other words")


def _has_every_word(laptop: Laptop, team: list[Laptop], workshop: Workshop) -> None:
    """Each revision that anybody on the team ever sealed is held, or put aside with its bytes."""
    disk = laptop.disk
    sealed = {body for other in team for body in _sealed(other.disk)}
    missing = sealed.difference(disk.texts())
    if missing:
        aside = [raw for _fault, raw in disk.quarantine.values()]
        aside += [raw for _row, raw in disk.waiting.values()] + list(disk.proofs.values())
        for raw in aside:
            missing.difference_update(_bodies(disk, raw, workshop))
    if missing:
        raise DifferenceError(f"{laptop.number} lacks {len(missing)}: {min(missing)}")


def _sealed(disk: Disk) -> Iterator[str]:
    for kept in disk.envelopes.values():
        for number in range(kept.first, kept.last + 1):
            if (kept.device, number) in disk.bodies:
                yield disk.bodies[kept.device, number]


def _bodies(disk: Disk, raw: bytes, workshop: Workshop) -> tuple[str, ...]:
    """What an envelope says, if it is one that can be read here."""
    try:
        header = parse(raw)
        member = disk.roster.members[header.device]
        workshop.seals.check_signature(raw, member.public)
        if header.form is not Form.REVISIONS:
            return ()
        body = workshop.seals.open_body(raw, header, disk.secrets[header.epoch])
        return unpack(body, header.device, header.first).bodies
    except Exception:  # noqa: BLE001 - junk of any kind says nothing
        return ()


def _holds_what_it_may(laptop: Laptop, full: Laptop) -> None:
    """Whoever reads from a later epoch holds all that was sealed in it and counts."""
    disk = laptop.disk
    waiting = {row.header.device for row, _raw in disk.waiting.values()}
    for kept in full.disk.envelopes.values():
        if kept.epoch not in disk.secrets or kept.device in waiting:
            continue
        limit = full.disk.limits.get(kept.device, kept.last)
        for number in range(kept.first, min(kept.last, limit) + 1):
            if (kept.device, number) not in disk.hashes and not _is_older(
                disk, kept.device, number
            ):
                raise DifferenceError(
                    f"{laptop.number} lacks {kept.device} {number}, which it may read"
                )


def _is_older(disk: Disk, device: str, number: int) -> bool:
    """Whether a number lies before what this laptop could read, and was sealed again later."""
    return disk.newest[device].number > number if device in disk.newest else False


def _counting(disk: Disk) -> set[tuple[str, int, bytes]]:
    return {(*one.dot, disk.hashes[one.dot]) for one in disk.revisions if disk.counts(one.dot)}


def _content(disk: Disk) -> dict[str, Any]:
    shown = {record: _plain(state) for record, state in disk.derived.items()}
    return {record: one for record, one in shown.items() if one}


def _plain(state: State | None) -> dict[str, Any]:
    if state is None or not state.fields:
        return {}
    return {"values": state.values(), "forks": state.forks()}
