"""Whatever is wrong with a backup or with its place is said before anything is changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from plugin.backup.errors import BackupError
from plugin.backup.manifest import Kind, has_same_session
from plugin.backup.places import Places, fresh_of, undo_unfinished
from plugin.backup.restore import restore_backup
from plugin.backup.take import Taken, drop_older
from plugin.backup.tools import tool
from plugin.backup.verify import verify_backup
from plugin.ports.files import Bucket
from plugin.settings import Secrets, SettingsError, change_secrets, known_secrets, open_home
from plugin.settings.running import alone, begin_work
from plugin.usecases.erase_person import erase_person
from tests.backup.conftest import Installation, at
from tests.backup.rewritten import with_manifest
from tests.build import MERCHANT, NOW
from tests.storage.person_data import IDA, MAX


@pytest.fixture
def filled(kept: Path, tmp_path: Path) -> Installation:
    shutil.copytree(kept, tmp_path / "home")
    return at(tmp_path / "home")


@pytest.fixture
def taken(filled: Installation, tmp_path: Path) -> Taken:
    return filled.backup(tmp_path / "kept.tar")


def everything(home: Path) -> dict[str, str]:
    """The digest of every file of a home, locks aside."""
    files = (path for path in home.rglob("*") if path.is_file() and path.stat().st_size)
    return {path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def flipped(backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 3] ^= 1
    backup.write_bytes(content)


def cut(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-20_000])


def headless(backup: Path) -> None:
    with tarfile.open(backup, "w") as tar:
        tar.addfile(tarfile.TarInfo("database"))


def altered(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes().replace(b'"has_secrets": false', b'"has_secrets":  true'))


def emptied(backup: Path) -> None:
    backup.write_bytes(b"")


def leading_out(backup: Path) -> None:
    """A part whose name leads out of the home folder."""
    with tarfile.open(backup, "a") as tar:
        tar.addfile(tarfile.TarInfo("files/../../stray"))


DAMAGE: dict[str, Callable[[Path], None]] = {
    "database is not what was backed up": flipped,
    "it cannot be read to its end": cut,
    "its end is missing": headless,
    "its manifest was altered": altered,
    "is no backup of Aftercare": emptied,
    "does not hold what its manifest names": leading_out,
}


@pytest.mark.parametrize("said", DAMAGE)
def test_a_damaged_backup_changes_nothing(filled: Installation, taken: Taken, said: str) -> None:
    DAMAGE[said](taken.file)
    before = everything(filled.settings.home)
    with pytest.raises(BackupError, match=said):
        verify_backup(filled.settings, taken.file)
    with pytest.raises(BackupError, match=said):
        restore_backup(filled.settings, taken.file, replaces=True)
    assert everything(filled.settings.home) == before


LIES: dict[str, dict[str, object]] = {
    r"is of Aftercare 9\.0, whose schema \(9999\) is newer": {"version": "9.0", "revision": "9999"},
    r"made by a newer Aftercare": {"format": 2},
    r"is of postgresql, and this installation's database is sqlite": {"kind": Kind.POSTGRESQL},
    r"Evidence is in the bucket photos: set FILES_BUCKET": {"bucket": "photos"},
}


@pytest.mark.parametrize("said", LIES)
def test_a_backup_that_does_not_go_in_here_changes_nothing(
    filled: Installation, taken: Taken, said: str, tmp_path: Path
) -> None:
    other = with_manifest(taken.file, tmp_path / "other.tar", **LIES[said])
    before = everything(filled.settings.home)
    with pytest.raises(BackupError, match=said):
        restore_backup(filled.settings, other, replaces=True)
    assert everything(filled.settings.home) == before


def test_other_secrets_than_those_of_the_time_are_noticed_at_once(filled: Installation, taken: Taken) -> None:
    secrets = filled.settings.home / "secrets.json"
    secrets.write_text(Secrets.generate().to_json())
    before = everything(filled.settings.home)
    with pytest.raises(BackupError, match=r"do not open this backup: it needs the app key '[0-9a-f]{12}'\. Put the"):
        restore_backup(filled.settings, taken.file, replaces=True)
    assert everything(filled.settings.home) == before


def test_what_was_signed_holds_until_the_secret_that_signed_it_is_retired(filled: Installation, taken: Taken) -> None:
    change_secrets(filled.settings, Secrets.with_fresh_session)
    rotated = open_home(filled.settings)
    assert has_same_session(taken.manifest, rotated)
    assert not has_same_session(taken.manifest, replace(rotated, older_sessions=()))


def test_the_manifest_tells_nothing_of_the_keys(filled: Installation, taken: Taken) -> None:
    secrets = Secrets.parse((filled.settings.home / "secrets.json").read_text())
    content = taken.file.read_bytes()
    ring = secrets.keys.reveal().split('"')
    assert not any(text.encode() in content for text in (secrets.session.reveal(), ring[-2]))
    assert taken.manifest.keys.keys() == {ring[3]}


def test_data_is_replaced_only_when_told(filled: Installation, taken: Taken) -> None:
    with pytest.raises(BackupError, match="holds data: --replace"):
        restore_backup(filled.settings, taken.file, replaces=False)


def test_an_installation_at_work_is_left_alone(filled: Installation, taken: Taken) -> None:
    with begin_work(filled.settings), pytest.raises(SettingsError, match=r"is at work on .*: stop them first"):
        restore_backup(filled.settings, taken.file, replaces=True)
    with alone(filled.settings), pytest.raises(SettingsError, match="a backup is being restored into"):
        begin_work(filled.settings)


def test_an_empty_machine_needs_the_secrets_or_a_backup_that_has_them(
    filled: Installation, taken: Taken, tmp_path: Path
) -> None:
    new = at(tmp_path / "new")
    with pytest.raises(BackupError, match=r"holds no secrets: put the secrets\.json of its time into .*new first"):
        restore_backup(new.settings, taken.file, replaces=False)
    assert not (new.settings.home / "secrets.json").exists(), "new ones would only be in the way"
    with_secrets = filled.backup(tmp_path / "with.tar", has_secrets=True)
    assert restore_backup(new.settings, with_secrets.file, replaces=False).has_same_session
    assert new.emails() == [IDA, MAX]
    assert stat.S_IMODE((new.settings.home / "secrets.json").stat().st_mode) == 0o600
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in new.settings.home.rglob("*")} == {0}


def test_a_bucket_keeps_its_evidence_and_the_backup_says_so(filled: Installation, tmp_path: Path) -> None:
    bucket = Bucket("photos", "eu", None, "key", "secret")
    settings = replace(filled.settings, evidence=replace(filled.settings.evidence, bucket=bucket))
    taken = Installation(settings).backup(tmp_path / "bucket.tar")
    assert (taken.manifest.bucket, taken.files) == ("photos", 0)


def test_a_backup_is_whole_and_its_owners_alone_or_not_there(filled: Installation, taken: Taken) -> None:
    assert stat.S_IMODE(taken.file.stat().st_mode) == 0o600
    assert taken.files >= 2
    with pytest.raises(BackupError, match="is there already"):
        filled.backup(taken.file)
    folder = taken.file.parent / "backups"
    database = filled.settings.home / "aftercare.sqlite3"
    content = bytearray(database.read_bytes())
    content[4096 * 3 : 4096 * 9] = bytes(4096 * 6)
    database.write_bytes(content)
    with pytest.raises(BackupError, match="database"):
        filled.backup(folder / "later.tar")
    assert list(folder.iterdir()) == []


def test_older_backups_go_once_a_newer_is_there_and_nothing_else_does(
    filled: Installation, taken: Taken, tmp_path: Path
) -> None:
    folder, other = tmp_path / "shared", at(tmp_path / "other").settings
    folder.mkdir()
    names = [f"aftercare-2026112{day}T031500Z.tar" for day in range(5)]
    for name in (*names, "aftercare-mine.tar"):
        shutil.copyfile(taken.file, folder / name)
    damaged = folder / "aftercare-20261119T031500Z.tar"
    damaged.touch()
    open_home(other)
    ours, theirs = known_secrets(filled.settings), known_secrets(other)
    assert ours
    assert theirs
    assert drop_older(folder / names[-1], 1, theirs) == 0, "another installation's"
    assert drop_older(folder / names[-1], 2, ours) == 3
    assert {path.name for path in folder.iterdir()} == {*names[3:], "aftercare-mine.tar", damaged.name}


def test_a_disk_that_fills_up_leaves_no_half_of_a_backup(filled: Installation, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs root to mount a small disk")
    try:
        with pytest.raises(BackupError, match=r"full"):
            filled.backup(disk / "one.tar")
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def program(folder: Path, version: str) -> Path:
    folder.mkdir()
    file = folder / "pg_dump"
    file.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}'\n")
    file.chmod(0o755)
    return file


def test_the_newest_of_postgresqls_programs_is_taken_and_an_older_or_none_is_refused(tmp_path: Path) -> None:
    old, new = program(tmp_path / "14", "14.9 (Debian)"), program(tmp_path / "16", "16.1")
    assert tool("pg_dump", 15, [old.parent, new.parent]) == new
    with pytest.raises(BackupError, match="pg_dump is of version 14, 15 or newer is needed: install"):
        tool("pg_dump", 15, [old.parent])
    with pytest.raises(BackupError, match=r"pg_dump is missing: install .* version 15 or newer"):
        tool("pg_dump", 15, [tmp_path])


def test_an_erasure_that_only_the_backup_knows_of_is_kept_in_mind(filled: Installation, tmp_path: Path) -> None:
    with filled.open() as runtime:
        erase_person(IDA, merchant=MERCHANT, units=runtime.deps.units, now=NOW)
    taken = filled.backup(tmp_path / "one.tar")
    listed = filled.settings.home / "erasures.jsonl"
    known = listed.read_bytes()
    listed.write_bytes(b'{"torn')
    restore_backup(filled.settings, taken.file, replaces=True)
    assert known in listed.read_bytes()
    assert filled.emails() == [None, MAX]


def test_what_was_not_there_before_goes_when_a_restore_is_undone(tmp_path: Path) -> None:
    places = Places(tmp_path / "journal", [tmp_path / "old", tmp_path / "new"])
    (tmp_path / "old").write_text("before")
    places.begin()
    for place in ("old", "new"):
        fresh_of(tmp_path / place).write_text("after")
    places.swap()
    assert (tmp_path / "new").read_text() == "after"
    assert undo_unfinished(tmp_path / "journal")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"old": "before"}


def test_evidence_is_found_where_it_was(filled: Installation, taken: Taken) -> None:
    before = everything(filled.settings.home / "files")
    shutil.rmtree(filled.settings.home / "files")
    restore_backup(filled.settings, taken.file, replaces=True)
    assert everything(filled.settings.home / "files") == before
    assert any(name.startswith(f"{MERCHANT}/") for name in before)
