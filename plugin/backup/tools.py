"""PostgreSQL's own programs: found, new enough for the server, and run without a password on their command line."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from plugin.backup.errors import BackupError

_FOLDERS = ("usr/lib/postgresql/*/bin", "opt/homebrew/opt/postgresql*/bin", "usr/local/opt/postgresql*/bin")
_SETTING = re.compile(rb"SET (\w+) = ")
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
_GET = "install PostgreSQL's client programs (Debian: apt-get install postgresql-client)"


def tool(name: str, at_least: int, folders: Sequence[Path] | None = None) -> Path:
    """The newest program of this name; raises `BackupError` where none is there or all are older than `at_least`.

    `pg_dump` refuses servers newer than itself, and `pg_restore` archives of a newer `pg_dump`.
    """
    found = {path: major(path) for path in _candidates(name, folders)}
    if not found:
        raise BackupError(f"{name} is missing: {_GET}, version {at_least} or newer.")
    newest = max(found, key=lambda path: found[path])
    if found[newest] < at_least:
        raise BackupError(f"{name} is of version {found[newest]}, {at_least} or newer is needed: {_GET}.")
    return newest


def run(program: Path, database_url: str, *arguments: str) -> None:
    """Run it on this database; raises `BackupError` with the first line of what it said."""
    target, environ = _target(database_url)
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL's, with arguments of ours
        [str(program), "--no-password", target, *arguments], env=environ, check=False, capture_output=True, text=True
    )
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if "error" in line), done.stderr.strip() or "no reason")
        raise BackupError(f"{program.name} failed: {said.strip()}.")


def load_by_script(program: Path, database_url: str, dump: Path, known: Collection[str]) -> None:
    """Bring an archive into a server older than these programs: as a script, without settings it does not have.

    `known` names the server's settings. Since version 17 `pg_restore` sets ones that servers before do not know. All in
    one transaction; raises `BackupError` with the first line of what was said.
    """
    psql = tool("psql", major(program))
    target, environ = _target(database_url)
    written = [str(program), "--file=-", "--no-owner", "--no-privileges", str(dump)]
    read = [
        str(psql),
        "--no-password",
        "--no-psqlrc",
        "--quiet",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        target,
    ]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(written, stdout=subprocess.PIPE, stderr=said) as script,  # noqa: S603 - as in `run`
        subprocess.Popen(read, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, env=environ) as done,  # noqa: S603 - the same
    ):
        if script.stdout and done.stdin:
            with suppress(BrokenPipeError), done.stdin:
                done.stdin.writelines(_without_unknown(script.stdout, known))
            script.stdout.close()
        failed = done.wait() or script.wait()
        said.seek(0)
        told = said.read().decode(errors="replace").splitlines()
    if failed:
        reason = next((line for line in told if "error" in line.lower()), told[0] if told else "no reason")
        raise BackupError(f"{program.name} failed: {reason.strip()}.")


def _without_unknown(script: Iterable[bytes], known: Collection[str]) -> Iterator[bytes]:
    """Settings stand before everything else: nothing after the first statement of another kind is looked at."""
    lines = iter(script)
    for line in lines:
        found = _SETTING.match(line)
        if found is None or found[1].decode() in known:
            yield line
        if line.startswith((b"CREATE", b"COPY", b"ALTER")):
            break
    yield from lines


def libpq_url(database_url: str) -> str:
    """The address without what SQLAlchemy adds to it."""
    return database_url.replace("postgresql+psycopg://", "postgresql://", 1)


def _target(database_url: str) -> tuple[str, dict[str, str]]:
    """The option that names the database, and the environment that holds its password."""
    given = {name: str(value) for name, value in conninfo_to_dict(libpq_url(database_url)).items()}
    password = given.pop("password", None)
    environ = {**os.environ, "LC_ALL": "C", **({"PGPASSWORD": password} if password else {})}
    return f"--dbname={make_conninfo('', **given)}", environ


def _candidates(name: str, folders: Sequence[Path] | None) -> list[Path]:
    if folders is None:
        folders = [found for pattern in _FOLDERS for found in Path("/").glob(pattern)]
        folders += [Path(each) for each in os.environ.get("PATH", "").split(os.pathsep) if each]
    there = (shutil.which(name, path=str(folder)) for folder in folders)
    return [Path(path) for path in there if path]


def major(program: Path) -> int:
    """Its version before the point; 0 for what does not say."""
    said = subprocess.run([str(program), "--version"], check=False, capture_output=True, text=True)  # noqa: S603 - found above
    found = _VERSION.search(said.stdout)
    return int(found[1]) if found else 0
