"""Bytes that changed, files that went back in time."""

from __future__ import annotations

from tests.prove import flips, rollbacks
from tests.prove.conftest import nothing_wrong
from tests.prove.judge import Place
from tests.prove.subject import Subject


def test_a02_no_byte_of_the_keyring_can_be_changed_unseen(subject: Subject) -> None:
    assert nothing_wrong(flips.keyring_bytes(subject, 4))


def test_a02_no_byte_of_a_store_key_can_be_changed_unseen(subject: Subject) -> None:
    tally = flips.store_key_bytes(subject, 2)
    assert nothing_wrong(tally)
    assert tally.notes["refused"]
    assert tally.notes["opened and said so"]


def test_b04_b05_b06_every_page_that_is_changed_cut_or_exchanged_is_reported(
    subject: Subject,
) -> None:
    assert nothing_wrong(flips.pages(subject))


def test_b06_an_old_page_hides_no_words(subject: Subject) -> None:
    assert nothing_wrong(flips.old_pages(subject))


def test_b07_what_a_damaged_log_lost_is_counted_and_said(subject: Subject) -> None:
    assert nothing_wrong(rollbacks.log_bytes(subject, 120))


def test_b06_b08_a_database_without_its_log_or_of_before_is_said_to_be_older(
    subject: Subject,
) -> None:
    assert nothing_wrong(rollbacks.old_files(subject))


def test_b09_files_of_another_store_are_ignored_or_refused_and_harm_nothing(
    subject: Subject,
) -> None:
    with Place() as place:
        assert nothing_wrong(rollbacks.strange_files(subject, Subject(place, "2")))
