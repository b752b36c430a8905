"""A home of every release so far opens under today's code with everything in it, on both databases."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, MetaData, create_engine, text
from sqlalchemy.types import Boolean, Date, DateTime

from plugin.backup.restore import restore_backup
from plugin.backup.take import take_backup
from plugin.runtime import open_runtime
from plugin.settings import Settings
from plugin.storage.engine import open_engines
from plugin.storage.migrating import migrate
from tests.support.repository import ROOT
from tests.upgrades.holdings import ROWS, holdings
from tests.upgrades.record import DATABASE, FILES, HOLDINGS, RELEASES, SECRETS

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
RECORDED = sorted(folder for folder in RELEASES.iterdir() if folder.is_dir())
releases = pytest.mark.parametrize("release", RECORDED, ids=[folder.name for folder in RECORDED])


def unpacked(release: Path, home: Path) -> Path:
    """Lay the release's home out as its own process left it."""
    home.mkdir(mode=0o700)
    shutil.copyfile(release / SECRETS, home / SECRETS)
    (home / SECRETS).chmod(0o600)
    if (release / FILES).exists():
        shutil.copytree(release / FILES, home / FILES)
    (home / DATABASE).write_bytes(gzip.decompress((release / f"{DATABASE}.gz").read_bytes()))
    return home / DATABASE


def held(home: Path, **settings: str) -> dict[str, object]:
    runtime = open_runtime(Settings.from_env({**os.environ, **settings, "AFTERCARE_HOME": str(home)}))
    try:
        runtime.migrate()
        return holdings(runtime)
    finally:
        runtime.close()


def require_all(found: dict[str, object], release: Path, *, is_swept: bool = False) -> None:
    """Whatever the release could tell is there unchanged; what it knew nothing of may have come.

    `is_swept`: but for uploads that nobody went on with, of which each that was recorded has one part.
    """
    recorded = json.loads((release / HOLDINGS).read_text("utf-8"))
    if is_swept and (begun := recorded.get(ROWS, {}).get("evidence_parts", 0)):
        recorded[ROWS] |= {"evidence": recorded[ROWS]["evidence"] - begun, "evidence_parts": 0}
    for name, part in recorded.items():
        there = found[name]
        assert isinstance(there, dict)
        assert {key: there[key] for key in part} == part


@releases
def test_a_backup_of_a_release_is_upgraded_as_it_is_restored(release: Path, tmp_path: Path) -> None:
    unpacked(release, tmp_path / "home")
    before = Settings.from_env({"AFTERCARE_HOME": str(tmp_path / "home")})
    taken = take_backup(before, tmp_path / "old.tar", has_secrets=True, now=EPOCH)
    restore_backup(Settings.from_env({"AFTERCARE_HOME": str(tmp_path / "new")}), taken.file, replaces=False)
    require_all(held(tmp_path / "new"), release, is_swept=True)


@releases
def test_a_release_upgrades_on_sqlite(release: Path, tmp_path: Path) -> None:
    unpacked(release, tmp_path / "home")
    require_all(held(tmp_path / "home"), release)


@releases
def test_a_release_upgrades_on_postgresql(release: Path, tmp_path: Path, empty_postgres_url: str) -> None:
    file = unpacked(release, tmp_path / "home")
    source = create_engine(f"sqlite:///{file}")
    engines = open_engines(empty_postgres_url)
    migrate(engines.write, _revision(source))
    with source.connect() as old, engines.write.begin() as new:
        _copy(old, new)
    engines.dispose()
    source.dispose()
    require_all(held(tmp_path / "home", DATABASE_URL=empty_postgres_url), release)


def test_every_release_has_a_home_to_upgrade_from() -> None:
    """By the changelog, and by the tags where git and its history are there."""
    released = set(re.findall(r"^## (\d+\.\d+\.\d+) ", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE))
    listed = subprocess.run(["git", "tag", "--list", "v*"], cwd=ROOT, check=False, capture_output=True, text=True)
    tagged = {tag.removeprefix("v") for tag in listed.stdout.split()}
    recorded = {folder.name for folder in RECORDED}
    assert released
    assert tagged | released <= recorded, "run `python -m tests.upgrades.record VERSION` on the tag"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+|\d{4}-\d\d-\d\d", name) for name in recorded)


def _revision(source: Engine) -> str:
    with source.connect() as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def _copy(old: Connection, new: Connection) -> None:
    """Fill the release's own tables, as it would have filled them on PostgreSQL."""
    ours = MetaData()
    ours.reflect(new, only=lambda name, _: name != "alembic_version")
    for table in ours.sorted_tables:
        rows = old.execute(text(f'SELECT * FROM "{table.name}"'))  # noqa: S608 - a table of our own
        kinds = {column.name: column.type for column in table.columns}
        values = [{name: _as_kept(kind, row[name]) for name, kind in kinds.items()} for row in rows.mappings()]
        if values:
            new.execute(table.insert(), values)


def _as_kept(kind: object, value: object) -> object:
    match kind, value:
        case _, None:
            return None
        case DateTime(), int(microseconds):
            return EPOCH + timedelta(microseconds=microseconds)
        case Date(), str(day):
            return date.fromisoformat(day)
        case Boolean(), int(flag):
            return bool(flag)
    return value
