"""Closing, keeping and destroying from the command line: nothing goes without being named."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Typed, plain, refused
from tests.interchange.samples import as_bytes, least, whole

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def small(demo: Typed, tmp_path: Path) -> Typed:
    """A copy of the profile, with a small inspection that may go."""
    folder = shutil.copytree(demo.folder, tmp_path / "copy")
    own = Typed(folder, demo.secret)
    file = tmp_path / "small.json"
    file.write_bytes(as_bytes(whole([{**least("inspection"), "area": "Eastham"}])))
    own.inspection = own.run("import", file).stdout.strip()
    return own


def line_of(own: Typed) -> str:
    """What the list says of the small inspection."""
    (line,) = (o for o in own.run("list").stdout.splitlines() if o.startswith(own.inspection))
    return line


def test_a_closed_inspection_is_listed_as_closed_and_can_be_reopened(small: Typed) -> None:
    assert small.run("close", small.inspection, "--reason", "Published.").exit_code == 0
    assert " · closed on " in line_of(small)
    assert "Published." in small.run("show", small.inspection).stdout
    assert "already" in refused(small.run("close", small.inspection, "--reason", "x"), 2)
    assert small.run("reopen", small.inspection, "--reason", "A page.").exit_code == 0
    assert "closed" not in line_of(small)
    assert "not closed" in refused(small.run("reopen", small.inspection, "--reason", "x"), 2)


@pytest.mark.parametrize("command", ["close", "reopen", "keep"])
def test_a_reason_is_needed(small: Typed, command: str) -> None:
    date = ["2033-03-01"] if command == "keep" else []
    result = small.run(command, small.inspection, *date)
    assert result.exit_code == 2
    assert "--reason" in result.stderr
    refused(small.run(command, small.inspection, *date, "--reason", " "), 2)


def test_l07_the_list_says_until_when_it_is_kept_and_nothing_else_happens(small: Typed) -> None:
    keep = ("keep", small.inspection)
    assert "1 March 2033" in small.run(*keep, "2033-03-01", "--reason", "Schedule.").stdout
    assert line_of(small).endswith(" · keep until 1 March 2033")
    small.run(*keep, "2020-03-01", "--reason", "Schedule.")
    assert line_of(small).endswith(" · past its keep-until date, 1 March 2020")
    rows = {row["id"]: row for row in json.loads(small.run("list", "--json").stdout)}
    assert rows[small.inspection]["is_due"] is True
    assert small.run("show", small.inspection).exit_code == 0
    refused(small.run(*keep, "soon", "--reason", "Schedule."), 2)


@pytest.mark.parametrize("word", ["Eastham", "", "ID"])
def test_one_goes_when_it_is_named(small: Typed, tmp_path: Path, word: str) -> None:
    folder = tmp_path / "certificates"
    # Asked for the passphrase elsewhere, the command reads the answer from standard input.
    given = ["--yes-destroy", small.inspection] if not word else []
    typed = small.inspection if word == "ID" else word
    result = small.run(
        "destroy", small.inspection, "--certificate-folder", folder, *given, typed=f"{typed}\n"
    )
    assert result.exit_code == 0, result.stderr
    assert small.inspection not in small.run("list").stdout
    assert "Wexcombe" in small.run("list").stdout
    (certificate,) = folder.glob("*.json")
    assert str(certificate) in result.stdout
    checked = plain("check-certificate", certificate)
    assert checked.exit_code == 0
    assert small.inspection in checked.stdout
    again = small.run("destroy", "--certificate", "--certificate-folder", folder)
    assert again.exit_code == 0
    assert len(list(folder.iterdir())) == 4
    assert (
        small.run(
            "destroy", small.inspection, "--certificate", "--certificate-folder", folder
        ).exit_code
        == 0
    )
    assert "no inspection with the id" in refused(small.run("show", small.inspection), 2)


@pytest.mark.parametrize(
    ("given", "typed", "words"),
    [
        ([], "Easthan", "not it"),
        ([], "", "not it"),
        (["--yes-destroy", "yes"], "", "another inspection"),
        (["--yes-destroy", "0" * 32], "", "another inspection"),
        (["--whole-profile"], "", "Name one inspection"),
    ],
)
def test_nothing_goes_without_its_name(
    small: Typed, tmp_path: Path, given: list[str], typed: str, words: str
) -> None:
    before = small.listing()
    folder = ("--certificate-folder", tmp_path / "certificates")
    result = small.run("destroy", small.inspection, *folder, *given, typed=f"{typed}\n")
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Nothing was destroyed." in result.stderr
    assert [one for one in small.listing() if one not in before and "lock" not in one] in (
        [],
        [f"inspections/{small.inspection}/reserve"],
    )
    assert line_of(small)


def test_a_day_that_is_not_over_stops_it_before_anything_is_asked(
    small: Typed, tmp_path: Path
) -> None:
    small.run("keep", small.inspection, "2933-03-01", "--reason", "Schedule.")
    folder = ("--certificate-folder", tmp_path / "certificates")
    destroy = ("destroy", small.inspection, *folder, "--yes-destroy", small.inspection)
    assert "kept until 1 March 2933" in refused(small.run(*destroy), 2)
    assert small.run(*destroy, "--early").exit_code == 0


def test_a_certificate_folder_is_needed_and_lies_outside_the_profile(small: Typed) -> None:
    assert "--certificate-folder" in small.run("destroy", small.inspection).stderr
    inside = ("--certificate-folder", small.folder / "x", "--yes-destroy", small.inspection)
    assert "outside the profile" in refused(small.run("destroy", small.inspection, *inside), 2)
    assert line_of(small)


def test_a_whole_profile_goes_when_its_inspections_are_counted(
    small: Typed, tmp_path: Path
) -> None:
    count = len(small.run("list").stdout.splitlines())
    whole_profile = ("destroy", "--whole-profile", "--certificate-folder", tmp_path / "c")
    assert str(count) in refused(small.run(*whole_profile, "--yes-destroy", count - 1), 2)
    assert small.run(*whole_profile, typed=f"{count + 1}\n").exit_code == 2
    result = small.run(*whole_profile, typed=f"{count}\n")
    assert result.exit_code == 0, result.stderr
    assert len(list((tmp_path / "c").glob("*.json"))) == count
    assert not small.folder.exists()
    assert "no profile" in refused(small.run("list"), 1)


def test_a_certificate_that_was_altered_is_status_2(small: Typed, tmp_path: Path) -> None:
    folder = tmp_path / "certificates"
    small.run(
        "destroy",
        small.inspection,
        "--certificate-folder",
        folder,
        "--yes-destroy",
        small.inspection,
        "--reason",
        "Over.",
    )
    (certificate,) = folder.glob("*.json")
    certificate.write_bytes(certificate.read_bytes().replace(b"Over.", b"Ever."))
    assert "does not fit" in refused(plain("check-certificate", certificate), 2)
    assert "could not be read" in refused(plain("check-certificate", folder / "gone"), 2)
