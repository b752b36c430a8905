"""A private PostgreSQL cluster: started when the first test asks, one for all workers, gone when the run ends."""

from __future__ import annotations

import fcntl
import os
import pwd
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import psycopg
from psycopg import sql

# Speed over durability: the cluster dies with the run. Deadlocks show within the test that made them. Nobody tidies up
# in between: who looks at a table keeps what a test has erased from going at that moment.
FAST = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"),
    *("max_connections=200", "deadlock_timeout=200ms"),
)

# Stops the cluster when the run it belongs to is gone, even by `kill -9`.
REAPER = """
(
  while kill -0 "$1"; do sleep 1; done
  read -r server < "$2/data/postmaster.pid" && kill -QUIT "$server"
  rm -rf "$2"
) >/dev/null 2>&1 </dev/null &
"""


class ServerUser(TypedDict, total=False):
    """Whom the server runs as; empty for the user of the tests."""

    user: int
    group: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the private server listens."""

    port: int
    password: str

    def url(self, database: str) -> str:
        """Return the SQLAlchemy address of one of its databases."""
        return f"postgresql+psycopg://aftercare:{self.password}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres", user: str = "aftercare") -> psycopg.Connection[tuple[object, ...]]:
        """Open an autocommit connection as the server's owner, or as somebody else."""
        address = self.url(database).replace("+psycopg", "")
        return psycopg.connect(address, autocommit=True, user=user)

    def let_in(self, user: str) -> None:
        """Know another superuser, by the same password."""
        with self.connect() as connection:
            name, password = sql.Identifier(user), sql.Literal(self.password)
            connection.execute(sql.SQL("CREATE ROLE {} SUPERUSER LOGIN PASSWORD {}").format(name, password))

    def create(self, database: str, template: str = "template0") -> str:
        """Create a database and return its address."""
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"'.encode())
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        with self.connect() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)'.encode())


def programs() -> Path:
    """Return the folder of initdb and postgres: on PATH, or where Debian and Homebrew keep them."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    for pattern in ("usr/lib/postgresql/*/bin", "opt/homebrew/opt/postgresql*/bin", "usr/local/opt/postgresql*/bin"):
        folders += sorted(Path("/").glob(pattern), reverse=True)
    for folder in folders:
        if (folder / "postgres").exists():
            return folder
    raise FileNotFoundError("PostgreSQL server programs (Debian: apt-get install postgresql); ./script/test gets them")


@contextmanager
def exclusive(run: Path) -> Iterator[None]:
    """Let one worker at a time prepare what all share."""
    with (run / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def shared_cluster(run: Path, controller: int, settings: Sequence[str] = FAST) -> Cluster:
    """Return the run's cluster, starting it with these settings if this worker is the first to ask."""
    note = run / "cluster"
    with exclusive(run):
        if not note.exists():
            cluster = _start(run, controller, settings)
            note.write_text(f"{cluster.port} {cluster.password}")
    port, password = note.read_text().split()
    return Cluster(int(port), password)


def stop(run: Path) -> None:
    """Stop the run's cluster, if one was started, and wait until it is gone."""
    pid_file = run / "data" / "postmaster.pid"
    if pid_file.exists():
        command = [str(programs() / "pg_ctl"), "stop", "--mode=immediate", "--silent", f"--pgdata={run / 'data'}"]
        subprocess.run(command, check=False, cwd=run, **_server_user())
    shutil.rmtree(run, ignore_errors=True)


def crash(run: Path) -> None:
    """Have the run's cluster end as in a crash, everybody cut off in the middle, and start again by its log."""
    command = [str(programs() / "pg_ctl"), "restart", "--mode=immediate", "--wait", "--silent"]
    subprocess.run(
        [*command, f"--pgdata={run / 'data'}", f"--log={run / 'log'}"], check=True, cwd=run, **_server_user()
    )


def _start(run: Path, controller: int, settings: Sequence[str]) -> Cluster:
    user = _server_user()
    if user:
        os.chown(run, user["user"], user["group"])
    cluster = Cluster(_free_port(), secrets.token_hex(16))
    password_file = run / "password"
    password_file.touch(0o600)
    password_file.write_text(cluster.password)
    if user:
        os.chown(password_file, user["user"], user["group"])
    _initialise(run, password_file, user)
    _launch(run, (*settings, f"port={cluster.port}", "listen_addresses=127.0.0.1"), user)
    # In a session of its own: whatever ends the run, a signal to its whole process group included, spares the reaper.
    subprocess.run(["sh", "-c", REAPER, "reaper", str(controller), str(run)], check=True, start_new_session=True)
    return cluster


def _launch(run: Path, options: Sequence[str], user: ServerUser) -> None:
    """Start the server detached, so that it outlives the worker that happened to ask first."""
    settings = " ".join(f"--{option}" for option in options)
    command = [str(programs() / "pg_ctl"), "start", "--wait", "--silent", f"--pgdata={run / 'data'}"]
    command += [f"--log={run / 'log'}", "-o", f"-k {run} {settings}"]
    try:
        subprocess.run(command, check=True, cwd=run, **user)
    except subprocess.CalledProcessError as error:
        log = run / "log"
        raise RuntimeError(log.read_text() if log.exists() else "PostgreSQL left no log") from error


def _initialise(run: Path, password_file: Path, user: ServerUser) -> None:
    # MD5: SCRAM counts to 4096 on both sides for each of the thousands of connections of a run.
    options = ["--no-sync", "--no-instructions", "--username=aftercare", "--auth=md5", "--encoding=UTF8"]
    options += ["--locale=C.UTF-8", f"--pwfile={password_file}", f"--pgdata={run / 'data'}"]
    command = [str(programs() / "initdb"), *options]
    subprocess.run(command, check=True, cwd=run, stdout=subprocess.DEVNULL, **user)


def _server_user() -> ServerUser:
    """PostgreSQL refuses to run as root; as root it runs as `postgres`, or as `nobody`."""
    if os.geteuid() != 0:
        return ServerUser()
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return ServerUser(user=entry.pw_uid, group=entry.pw_gid)


def _free_port() -> int:
    with socket.socket(socket.AF_INET) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
