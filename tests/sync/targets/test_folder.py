"""A folder that anybody can write into, on a stick that anybody can pull."""

from __future__ import annotations

import errno
import os
import socket
import stat
import subprocess
import threading
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from app.errors import (
    FullTargetError,
    InvalidInputError,
    RefusedByTargetError,
    StrangeTargetError,
    TargetError,
    UnreachableTargetError,
)
from app.operations.keyring_file import KEYRING
from app.operations.profile import INSPECTIONS
from app.sync.items import MOST_BYTES, Kind
from app.sync.targets import folder as folder_module
from app.sync.targets import plain_files
from app.sync.targets.folder import FolderTarget
from tests.sync.relay.laptops import piece
from tests.sync.targets.grounds import InFolder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sync.targets.grounds import Ground

PULLED = (errno.ENODEV, errno.EIO, errno.ENOENT, errno.ENOTCONN, errno.ESTALE, errno.ETIMEDOUT)


def everything(root: Path) -> dict[str, object]:
    """What lies under a folder, links and pipes included, nothing of it opened but plain files."""
    found: dict[str, object] = {}
    for path in sorted(root.rglob("*")):
        known = path.lstat()
        is_plain = stat.S_ISREG(known.st_mode) and known.st_size < 10**7
        found[str(path.relative_to(root))] = path.read_bytes() if is_plain else known.st_mode
    return found


def bad_names(name: str) -> list[str]:
    """Every kind of name that F10 speaks of, and some more."""
    digits, _, kind = name.partition(".")
    return [
        f"../{name}",
        f"../../{name}",
        f"/{name}",
        f"/var/{name}",
        f"C:\\{name}",
        f"\\\\server\\share\\{name}",
        f"..\\{name}",
        "CON",
        "NUL.env",
        "COM1",
        "aux.pie",
        f"a:{name}",
        f"{name}:stream",
        f"{name}\0",
        f"{digits}\0.{kind}",
        "a" * 300,
        f"{digits * 4}.{kind}",
        name.upper(),
        f"{digits.upper()}.{kind}",
        f"{digits}.{kind.upper()}",
        unicodedata.normalize("NFC", f"{digits[:-1]}e\N{COMBINING ACUTE ACCENT}.{kind}"),
        unicodedata.normalize("NFD", f"{digits[:-1]}é.{kind}"),
        f"{digits[:-1]}\N{FULLWIDTH DIGIT ONE}.{kind}",
        f"{digits[:-1]}\N{ARABIC-INDIC DIGIT ONE}.{kind}",
        f"{name} ",
        f"{name}.",
        f" {name}",
        f"{name}\n",
        f".{name}",
        f"{name}.part",
        f"{digits} (1).{kind}",
        f"{digits}-Ann's conflicted copy 2026-11-23.{kind}",
        f"{digits}.sync-conflict-20261123-101112-ABCDEFG.{kind}",
        "",
        ".",
        "..",
        "desktop.ini",
    ]


def test_f10_names_that_are_no_items_are_ignored_and_nothing_is_written_elsewhere(
    folder: InFolder, tmp_path: Path
) -> None:
    target = folder.open()
    true = piece()
    target.put([true])
    made = 0
    for name in bad_names(true[0]):
        try:
            inside = folder.inside / name
            if inside.parent == folder.inside and name not in {"", ".", ".."}:
                inside.write_bytes(true[1])
                made += 1
        except (OSError, ValueError):
            continue  # no such name on this system
    assert made > 15
    before = everything(tmp_path)
    assert [item.name for item in target.list().items] == [true[0]]
    for name in bad_names(true[0]):
        assert list(target.get([name])) == []
        target.withdraw([name, name.replace(".pie", ".rec")])
        with pytest.raises(ValueError, match="whole item"):
            target.put([(name, true[1])])
    assert everything(tmp_path) == before


def test_f10_the_inspections_folder_is_named_by_its_id_alone(tmp_path: Path) -> None:
    for inspection in (bytes(32), b"\xff" * 32, b"../" * 10 + b"xx"):
        FolderTarget(tmp_path, inspection).put([piece()])
        assert (tmp_path / f"siteweek-{inspection.hex()[:16]}").is_dir()
    assert len(list(tmp_path.iterdir())) == 3


def planted(path: Path, outside: Path, content: bytes, name: str) -> Callable[[], None]:
    """What may lie under an item's name that is no file of its own, by the words of F11."""

    def linked() -> None:
        (outside / name).write_bytes(content)
        path.symlink_to(outside / name)

    def hard_linked() -> None:
        (outside / name).write_bytes(content)
        path.hardlink_to(outside / name)

    def sparse() -> None:
        with path.open("wb") as file:
            file.truncate(2**40)

    def bound() -> None:
        with socket.socket(socket.AF_UNIX) as line:
            # The path of a socket must be short.
            here = os.open(path.parent, os.O_RDONLY)
            try:
                line.bind(f"/proc/self/fd/{here}/{name}")
            finally:
                os.close(here)

    return {
        "symlink": linked,
        "dangling symlink": lambda: path.symlink_to(outside / "nothing"),
        "symlink to itself": lambda: path.symlink_to(path),
        "symlink to a pipe": lambda: (os.mkfifo(outside / name), path.symlink_to(outside / name)),
        "hard link": hard_linked,
        "pipe": lambda: os.mkfifo(path),
        "device": lambda: os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5)),
        "socket": bound,
        "folder": lambda: path.mkdir(),  # noqa: PLW0108 - it is asked for its names without a path
        "sparse terabyte": sparse,
        "empty file": lambda: path.write_bytes(b""),
        "one byte too long": lambda: path.write_bytes(bytes(MOST_BYTES[Kind.PIECE] + 1)),
    }


KINDS = tuple(planted(None, None, b"", ""))


@pytest.mark.parametrize("kind", KINDS)
def test_f11_what_is_no_plain_file_is_neither_listed_nor_read(
    folder: InFolder, tmp_path: Path, kind: str
) -> None:
    target = folder.open()
    good, bad = piece(), piece()
    target.put([good])
    outside = tmp_path / "outside"
    outside.mkdir()
    try:
        planted(folder.inside / bad[0], outside, bad[1], bad[0])[kind]()
    except PermissionError:
        pytest.skip("only an administrator makes devices")
    before = everything(tmp_path)
    assert [item.name for item in target.list().items] == [good[0]]
    assert list(target.get([bad[0], good[0]])) == [good]
    assert everything(tmp_path) == before


@pytest.mark.parametrize("kind", KINDS)
def test_f11_what_bars_an_items_place_keeps_no_other_back(
    folder: InFolder, tmp_path: Path, kind: str
) -> None:
    target = folder.open()
    first, barred, last = (piece() for _ in range(3))
    target.put([])
    outside = tmp_path / "outside"
    outside.mkdir()
    try:
        planted(folder.inside / barred[0], outside, b"somebody's", barred[0])[kind]()
    except PermissionError:
        pytest.skip("only an administrator makes devices")
    before = everything(outside)
    wanted = {first[0]: first[1], last[0]: last[1]}
    if kind == "folder":
        with pytest.raises(StrangeTargetError, match="All else was written"):
            target.put([first, barred, last])
        assert (folder.inside / barred[0]).is_dir()
    else:
        target.put([first, barred, last])
        wanted |= dict([barred])
    assert dict(folder.open().get([*wanted, barred[0]])) == wanted
    assert everything(outside) == before


def test_f11_what_is_exchanged_between_check_and_read_is_left_out(
    folder: InFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"not for others")
    target = folder.open()
    item = piece()
    path = folder.inside / item[0]

    def exchanged() -> dict[str, Callable[[], object]]:
        return {
            "for a link": lambda: (path.unlink(), path.symlink_to(secret)),
            "for a pipe": lambda: (path.unlink(), os.mkfifo(path)),
            "for a folder": lambda: (path.unlink(), path.mkdir()),
            "for a hard link": lambda: (path.unlink(), path.hardlink_to(secret)),
            "for another file": lambda: (path.rename(tmp_path / "old"), path.write_bytes(item[1])),
            "for nothing": path.unlink,
            "for less": lambda: path.write_bytes(item[1][:-1]),
            "for more": lambda: path.write_bytes(item[1] + b"x"),
            "for far more": lambda: os.truncate(path, 2**40),
        }

    opening = os.open
    for kind in exchanged():
        target.put([item])
        change = exchanged()[kind]

        def open_late(where: object, *args: object, change: Callable[[], object] = change) -> int:
            if where == path:
                change()
            return opening(where, *args)

        with monkeypatch.context() as patch:
            patch.setattr(plain_files.os, "open", open_late)
            assert list(target.get([item[0]])) == [], kind
        subprocess.run(["rm", "-rf", str(path)], check=True)  # whatever it is now
        assert secret.read_bytes() == b"not for others"


def test_f11_a_link_in_place_of_siteweeks_own_folder_is_not_followed(
    folder: InFolder, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    item = piece()
    (outside / item[0]).write_bytes(item[1])
    for kind in ("link", "file", "pipe"):
        if kind == "link":
            folder.inside.symlink_to(outside, target_is_directory=True)
        elif kind == "file":
            folder.inside.write_bytes(b"")
        else:
            os.mkfifo(folder.inside)
        target = folder.open()
        for ask in (target.list, lambda target=target: target.put([piece()])):
            with pytest.raises(TargetError):
                ask()
        folder.inside.unlink()
    assert [path.name for path in outside.iterdir()] == [item[0]]


def test_f12_conflicted_copies_and_partial_files_are_left_until_they_are_whole(
    folder: InFolder,
) -> None:
    target = folder.open()
    whole, partial = piece(), piece(5_000)
    target.put([whole])
    digits = partial[0].partition(".")[0]
    for copy in (
        f"{digits} (Ann's conflicted copy).pie",
        f"{partial[0]}.tmp",
        f".{partial[0]}.XyZ",
    ):
        (folder.inside / copy).write_bytes(partial[1])
    for length in (0, 1, 2_500, 4_999):
        (folder.inside / partial[0]).write_bytes(partial[1][:length])
        cursor = target.list().cursor
        assert list(target.get([partial[0], whole[0]])) == [whole]
    (folder.inside / partial[0]).write_bytes(partial[1])
    assert target.wait(cursor, 60) is True  # though its name was there before
    assert dict(target.get([partial[0], whole[0]])) == dict([partial, whole])


def test_f12_a_partial_item_is_made_whole_by_whoever_has_it(folder: InFolder) -> None:
    target = folder.open()
    item = piece(5_000)
    target.put([item])
    for damage in (b"", item[1][:77], bytes(5_000)):
        (folder.inside / item[0]).write_bytes(damage)
        folder.open().put([item])
        assert list(target.get([item[0]])) == [item]


def test_f12_no_reader_ever_sees_part_of_an_item_that_is_being_written(folder: InFolder) -> None:
    items = dict(piece(200_000) for _ in range(40))
    done = threading.Event()

    def read() -> int:
        looks = 0
        target = folder.open()
        while not done.is_set():
            for listed in target.list().items:
                assert listed.size == 200_000
                assert dict(target.get([listed.name])) == {listed.name: items[listed.name]}
            looks += 1
        return looks

    with ThreadPoolExecutor(2) as pool:
        reading = pool.submit(read)
        try:
            folder.open().put(items.items())
        finally:
            done.set()
        assert reading.result(60) > 0


class Disk:
    """Stands in front of the system's calls on one folder, counts them, and lets some fail."""

    CALLS = ("open", "stat", "lstat", "mkdir", "replace", "unlink", "scandir", "fsync", "fdopen")

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self.fails = lambda _number: 0
        for name in self.CALLS:
            patch.setattr(os, name, self._before(getattr(os, name)))

    def _before(self, call: Callable) -> Callable:
        def faulty(*args: object, **options: object) -> object:
            problem = self.fails(self.count)
            self.count += 1
            if problem:
                raise OSError(problem, os.strerror(problem))
            return call(*args, **options)

        return faulty


def survived(folder: InFolder, items: dict[str, bytes]) -> None:
    """Whatever happened: no part of an item under its name, and a second try brings all of it."""
    if folder.inside.exists():
        for path in folder.inside.iterdir():
            if path.name in items:
                assert path.read_bytes() == items[path.name]
            else:
                assert path.name.startswith("~siteweek-")
    target = folder.open()
    target.put(items.items())
    assert dict(target.get(list(items))) == items
    assert {item.name for item in target.list().items} == set(items)


def calls_of(folder: InFolder, work: Callable[[FolderTarget], object]) -> int:
    with pytest.MonkeyPatch.context() as patch:
        target = folder.open()
        disk = Disk(patch)
        work(target)
        count = disk.count
    folder.renew()
    return count


@pytest.mark.parametrize("is_lasting", [True, False], ids=["for good", "once"])
@pytest.mark.parametrize(
    "problem", [*PULLED, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES]
)
def test_f13_a_stick_pulled_at_any_step_of_writing_loses_nothing(
    folder: InFolder, problem: int, *, is_lasting: bool
) -> None:
    items = dict(piece(700) for _ in range(3))
    steps = calls_of(folder, lambda target: target.put(items.items()))
    assert steps > 25
    told = 0
    for step in range(steps):
        with pytest.MonkeyPatch.context() as patch:
            target = folder.open()
            disk = Disk(patch)
            disk.fails = lambda number, step=step: (
                problem * (number >= step if is_lasting else number == step)
            )
            sentence = ""
            try:
                target.put(items.items())
            except TargetError as caught:
                sentence = caught.sentence
            disk.fails = lambda _number: 0
        if sentence:
            told += 1
            assert "laptop" in sentence
            assert str(folder.folder) not in sentence
        else:
            # What failed did not matter: everything is there.
            assert dict(folder.open().get(list(items))) == items
        survived(folder, items)
        folder.renew()
    assert told > steps // 3


@pytest.mark.parametrize("problem", PULLED)
def test_f13_a_stick_pulled_at_any_step_of_listing_never_shows_a_part_as_all(
    folder: InFolder, problem: int
) -> None:
    items = dict(piece(700) for _ in range(3))
    folder.open().put(items.items())
    with pytest.MonkeyPatch.context() as patch:
        target = folder.open()
        disk = Disk(patch)
        target.list()
        steps = disk.count
        for step in range(steps):
            disk.count = 0
            disk.fails = lambda number, step=step: problem * (number >= step)
            try:
                listing = target.list()
            except TargetError:
                continue
            # No folder of Siteweek's is a list of nothing: then the stick itself has to be there.
            assert {item.name for item in listing.items} in (set(items), set())
            assert listing.items or problem == errno.ENOENT
    survived(folder, items)


@pytest.mark.parametrize("problem", PULLED)
def test_f13_a_stick_pulled_at_any_step_of_reading_gives_whole_items_alone(
    folder: InFolder, problem: int
) -> None:
    items = dict(piece(700) for _ in range(3))
    folder.open().put(items.items())
    with pytest.MonkeyPatch.context() as patch:
        target = folder.open()
        disk = Disk(patch)
        assert dict(target.get(list(items))) == items
        for step in range(disk.count):
            disk.count, got = 0, []
            disk.fails = lambda number, step=step: problem * (number >= step)
            with pytest.raises(UnreachableTargetError):
                got.extend(target.get(list(items)))  # keeps what came before it broke off
            assert dict(got).items() < items.items()
    survived(folder, items)


def test_f13_a_folder_that_is_gone_is_unreachable_and_made_by_nobody(folder: InFolder) -> None:
    target = folder.open()
    item = piece()
    target.put([item])
    away = folder.folder.with_name("away")
    folder.folder.rename(away)
    for ask in (
        target.list,
        lambda: list(target.get([item[0]])),
        lambda: target.put([piece()]),
        lambda: target.wait("", 60),
    ):
        with pytest.raises(UnreachableTargetError, match="plug it in"):
            ask()
    assert not folder.folder.exists()
    away.rename(folder.folder)
    assert list(target.get([item[0]])) == [item]


def test_f13_a_stick_pulled_while_waiting_ends_the_wait(folder: InFolder) -> None:
    target = folder.open()
    target.put([piece()])
    cursor = target.list().cursor
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(target.wait, cursor, 60)
        folder.folder.rename(folder.folder.with_name("away"))
        with pytest.raises(UnreachableTargetError):
            waiting.result(30)


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (errno.ENOSPC, FullTargetError),
        (errno.EDQUOT, FullTargetError),
        (errno.EACCES, RefusedByTargetError),
        (errno.EPERM, RefusedByTargetError),
        (errno.EROFS, RefusedByTargetError),
        (errno.EIO, UnreachableTargetError),
        (errno.ENODEV, UnreachableTargetError),
    ],
)
def test_each_refusal_of_the_system_has_its_own_error(
    folder: InFolder, monkeypatch: pytest.MonkeyPatch, problem: int, kind: type[TargetError]
) -> None:
    target = folder.open()

    def fsync(_handle: int) -> None:
        raise OSError(problem, "marker", "/a/path")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(kind) as caught:
        target.put([piece()])
    assert type(caught.value) is kind
    assert "marker" not in caught.value.sentence
    assert "/a/path" not in caught.value.sentence
    monkeypatch.undo()
    assert everything(folder.inside) == {}


@pytest.mark.parametrize("problem", [errno.EINVAL, errno.ENOTSUP, errno.ENOSYS])
def test_a_share_that_has_no_way_to_flush_is_used_all_the_same(
    folder: InFolder, monkeypatch: pytest.MonkeyPatch, problem: int
) -> None:
    def fsync(_handle: int) -> None:
        raise OSError(problem, "marker")

    monkeypatch.setattr(os, "fsync", fsync)
    item = piece()
    folder.open().put([item])
    assert list(folder.open().get([item[0]])) == [item]


def test_full_in_the_middle_keeps_what_was_written_before(
    folder: InFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [piece() for _ in range(5)]
    fsync, count = os.fsync, iter(range(100))

    def full_later(handle: int) -> None:
        if next(count) == 3:
            raise OSError(errno.ENOSPC, "full")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", full_later)
    with pytest.raises(FullTargetError):
        folder.open().put(items)
    assert [item.name for item in folder.open().list().items] == sorted(
        name for name, _ in items[:3]
    )


def test_every_item_and_then_the_folder_is_flushed_before_it_counts_as_put(
    folder: InFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    fsync, replace = os.fsync, os.replace

    def flushed(handle: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        happened.append("folder" if is_folder else "file")
        fsync(handle)

    def renamed(*args: object) -> None:
        happened.append("rename")
        replace(*args)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(os, "replace", renamed)
    folder.open().put([piece(), piece()])
    assert happened == ["file", "rename"] * 2 + ["folder", "folder"]


def test_what_was_left_unfinished_long_ago_is_swept_and_nothing_else(folder: InFolder) -> None:
    folder.open().put([piece()])
    inside = folder.inside
    ours = "~siteweek-0123456789abcdef.tmp"
    others = [
        "~siteweek-0123456789abcde.tmp",
        "~siteweek-0123456789ABCDEF.tmp",
        "x~siteweek-0123456789abcdef.tmp",
        "~siteweek-0123456789abcdef.tmp.doc",
        "report.tmp",
    ]
    fresh = "~siteweek-fedcba9876543210.tmp"
    for name in (ours, fresh, *others):
        (inside / name).write_bytes(b"x")
    long_ago = time.time() - 2 * 24 * 60 * 60
    for path in inside.iterdir():
        if path.name != fresh:
            os.utime(path, (long_ago, long_ago))
    outside = folder.folder / "outside"
    outside.write_bytes(b"x")
    (inside / "~siteweek-00000000000000aa.tmp").symlink_to(outside)
    (inside / "~siteweek-00000000000000bb.tmp").mkdir()
    before = set(everything(folder.folder))
    folder.open().put([])
    assert before - set(everything(folder.folder)) == {f"{inside.name}/{ours}"}


def test_only_receipts_are_ever_taken_away(folder: InFolder) -> None:
    target = folder.open()
    own = folder.team[0]
    items = dict([own.receipt(1), own.envelope(), piece()])
    target.put(items.items())
    (folder.inside / "theirs.rec").write_bytes(b"x")
    target.withdraw([*items, "theirs.rec"])
    left = {path.name for path in folder.inside.iterdir()}
    assert left == {"theirs.rec", *(name for name in items if not name.endswith(".rec"))}


def test_more_files_than_an_inspection_has_are_not_listed(
    folder: InFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = folder.open()
    target.put([piece() for _ in range(3)])
    assert folder_module.MOST_FILES == 1_000_000
    monkeypatch.setattr(folder_module, "MOST_FILES", 5)
    (folder.inside / "a").write_bytes(b"")
    (folder.inside / "b").write_bytes(b"")
    assert len(target.list().items) == 3
    (folder.inside / "c").write_bytes(b"")
    with pytest.raises(StrangeTargetError, match="more files"):
        target.list()


def test_what_is_written_can_be_read_by_others_on_the_share(folder: InFolder) -> None:
    before = os.umask(0o022)
    try:
        folder.open().put([piece()])
    finally:
        os.umask(before)
    for path in folder.inside.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_one_file_that_cant_be_read_keeps_no_other_back(
    folder: InFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = piece(), piece()
    target = folder.open()
    target.put([bad, good])
    opening = os.open
    for problem in (errno.EIO, errno.EACCES, errno.EBUSY):

        def faulty(path: object, *args: object, problem: int = problem) -> int:
            if str(path).endswith(bad[0]):
                raise OSError(problem, "marker")
            return opening(path, *args)

        with monkeypatch.context() as patch:
            patch.setattr(os, "open", faulty)
            assert list(target.get([bad[0], good[0]])) == [good]


def test_what_another_laptop_wrote_just_now_and_has_open_is_no_failure(
    folder: InFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = piece()
    target = folder.open()

    def replace(_source: object, goal: Path) -> None:
        # As Windows does it: theirs is there, and can't be replaced while it is open.
        goal.write_bytes(item[1])
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(os, "replace", replace)
    target.put([item])
    assert everything(folder.inside) == {item[0]: item[1]}


@pytest.mark.parametrize(
    ("tag", "is_taken"),
    [
        (0, True),
        (0x9000001A, True),  # in a synced folder, not fetched yet
        (0x9000601A, True),
        (0x80000013, True),  # stored once with others that are equal
        (0xA000000C, False),  # a link
        (0xA0000003, False),  # a junction
    ],
)
def test_of_what_windows_marks_only_what_leads_elsewhere_is_refused(
    *, tag: int, is_taken: bool
) -> None:
    class Known:
        st_mode = stat.S_IFREG | 0o644
        st_nlink = 0  # as its listings say
        st_reparse_tag = tag

    assert plain_files.is_plain(Known()) is is_taken


def test_a_folder_inside_a_profile_is_refused(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    inside = profile / INSPECTIONS / ("0" * 32)
    inside.mkdir(parents=True)
    (profile / KEYRING).write_bytes(b"x")
    (tmp_path / "link").symlink_to(inside)
    for place in (
        profile,
        profile / INSPECTIONS,
        inside,
        inside / "deeper" / "not there yet",
        tmp_path / "link",
        tmp_path / "other" / ".." / "profile",
    ):
        with pytest.raises(InvalidInputError, match="inside a Siteweek profile"):
            FolderTarget(place, bytes(32))
    FolderTarget(tmp_path, bytes(32)).put([piece()])


def test_a_folder_that_looks_a_little_like_a_profile_is_none(tmp_path: Path) -> None:
    (tmp_path / KEYRING).write_bytes(b"x")
    FolderTarget(tmp_path, bytes(32)).put([piece()])
    (tmp_path / KEYRING).unlink()
    (tmp_path / INSPECTIONS).mkdir()
    FolderTarget(tmp_path, bytes(32)).put([piece()])


def test_a_link_that_people_chose_themselves_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "chosen").symlink_to(tmp_path / "real")
    item = piece()
    FolderTarget(tmp_path / "chosen", bytes(32)).put([item])
    assert list(FolderTarget(tmp_path / "real", bytes(32)).get([item[0]])) == [item]


def test_a_folder_holds_several_inspections_apart(tmp_path: Path, memory: Ground) -> None:
    assert memory.team
    one, other = (FolderTarget(tmp_path, bytes([number] * 32)) for number in (1, 2))
    mine, theirs = piece(), piece()
    one.put([mine])
    other.put([theirs])
    assert [item.name for item in one.list().items] == [mine[0]]
    assert [item.name for item in other.list().items] == [theirs[0]]
    assert list(one.get([theirs[0]])) == []
