"""PostgreSQL's own programs: found, new enough for the server, and run without a password on their command line."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from plugin.backup.errors import BackupError

_FOLDERS = ("usr/lib/postgresql/*/bin", "opt/homebrew/opt/postgresql*/bin", "usr/local/opt/postgresql*/bin")
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
_GET = "install PostgreSQL's client programs (Debian: apt-get install postgresql-client)"


def tool(name: str, at_least: int, folders: Sequence[Path] | None = None) -> Path:
    """The newest program of this name; raises `BackupError` where none is there or all are older than `at_least`.

    `pg_dump` refuses servers newer than itself, and `pg_restore` archives of a newer `pg_dump`.
    """
    found = {path: _major(path) for path in _candidates(name, folders)}
    if not found:
        raise BackupError(f"{name} is missing: {_GET}, version {at_least} or newer.")
    newest = max(found, key=lambda path: found[path])
    if found[newest] < at_least:
        raise BackupError(f"{name} is of version {found[newest]}, {at_least} or newer is needed: {_GET}.")
    return newest


def run(program: Path, database_url: str, *arguments: str) -> None:
    """Run it on this database; raises `BackupError` with the first line of what it said."""
    given = {name: str(value) for name, value in conninfo_to_dict(libpq_url(database_url)).items()}
    password = given.pop("password", None)
    environ = {**os.environ, "LC_ALL": "C", **({"PGPASSWORD": password} if password else {})}
    target = f"--dbname={make_conninfo('', **given)}"
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL's, with arguments of ours
        [str(program), "--no-password", target, *arguments], env=environ, check=False, capture_output=True, text=True
    )
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if "error" in line), done.stderr.strip() or "no reason")
        raise BackupError(f"{program.name} failed: {said.strip()}.")


def libpq_url(database_url: str) -> str:
    """The address without what SQLAlchemy adds to it."""
    return database_url.replace("postgresql+psycopg://", "postgresql://", 1)


def _candidates(name: str, folders: Sequence[Path] | None) -> list[Path]:
    if folders is None:
        folders = [found for pattern in _FOLDERS for found in Path("/").glob(pattern)]
        folders += [Path(each) for each in os.environ.get("PATH", "").split(os.pathsep) if each]
    there = (shutil.which(name, path=str(folder)) for folder in folders)
    return [Path(path) for path in there if path]


def _major(program: Path) -> int:
    said = subprocess.run([str(program), "--version"], check=False, capture_output=True, text=True)  # noqa: S603 - found above
    found = _VERSION.search(said.stdout)
    return int(found[1]) if found else 0
