"""The mailbox that keeps letters on this machine: sealed, once each, and readable as long as their key is."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from integrations.mail.mailbox import Mailbox
from plugin.ports.errors import Unavailable
from plugin.ports.mailer import Mail
from plugin.storage import AppSealer, KeyRing

RING = KeyRing.generate()


def a_mail(subject: str) -> Mail:
    return Mail("ida@example.com", subject, "Dear Ida Holm", "de")


def subjects(mailbox: Mailbox) -> list[str]:
    return [kept.mail.subject for kept in mailbox.newest()]


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    return Mailbox(tmp_path / "mailbox", AppSealer(RING))


def test_the_newest_letter_comes_first_and_is_found_by_its_name(mailbox: Mailbox) -> None:
    for number in range(3):
        mailbox.send(a_mail(str(number)), idempotency_key=f"mail{number}")
    assert sorted(subjects(mailbox)) == ["0", "1", "2"]
    assert [mailbox.get(kept.name) for kept in mailbox.newest()] == mailbox.newest()
    assert mailbox.get("../secrets") is None


def test_a_letter_handed_over_twice_is_kept_once(mailbox: Mailbox) -> None:
    mailbox.send(a_mail("first"), idempotency_key="mail1")
    mailbox.send(a_mail("again"), idempotency_key="mail1")
    assert subjects(mailbox) == ["first"]


def test_files_are_sealed_and_their_owners_alone(mailbox: Mailbox, tmp_path: Path) -> None:
    mailbox.send(a_mail("For Ida"), idempotency_key="mail1")
    (file,) = (tmp_path / "mailbox").iterdir()
    assert {path.stat().st_mode & 0o077 for path in (file, file.parent)} == {0}
    assert b"Ida" not in file.read_bytes()
    assert "mail1" not in file.name


def test_where_there_is_no_room_the_letter_is_not_handed_over_and_leaves_nothing(
    mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(Unavailable, match="No space left"):
        mailbox.send(a_mail("For Ida"), idempotency_key="mail1")
    assert list((tmp_path / "mailbox").iterdir()) == []
    monkeypatch.undo()
    mailbox.send(a_mail("For Ida"), idempotency_key="mail1")
    assert subjects(mailbox) == ["For Ida"]


def test_threads_that_forget_the_oldest_at_once_do_not_stumble_over_each_other(mailbox: Mailbox) -> None:
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(mailbox.send, a_mail("x"), idempotency_key=str(number)) for number in range(400)]
    assert [each.exception() for each in sent] == [None] * 400
    assert len(mailbox.newest()) == 200


def test_only_so_many_letters_are_kept(mailbox: Mailbox) -> None:
    for number in range(203):
        mailbox.send(a_mail(str(number)), idempotency_key=str(number))
    assert len(mailbox.newest()) == 200


def test_a_letter_outlives_a_rotation_and_is_left_out_once_its_key_was_retired(tmp_path: Path) -> None:
    folder, rotated = tmp_path / "mailbox", RING.rotated()
    Mailbox(folder, AppSealer(RING)).send(a_mail("old"), idempotency_key="mail1")
    Mailbox(folder, AppSealer(rotated)).send(a_mail("new"), idempotency_key="mail2")
    assert sorted(subjects(Mailbox(folder, AppSealer(rotated)))) == ["new", "old"]
    retired = Mailbox(folder, AppSealer(rotated.without_old()))
    assert subjects(retired) == ["new"]
    assert [retired.get(kept.name) for kept in Mailbox(folder, AppSealer(RING)).newest()] == [None]
