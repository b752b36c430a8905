"""`aftercare serve`: web and worker under one roof, for one machine. Larger sites run the Procfile's lines instead."""

import errno
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO

import click

from plugin.cli import announcement
from plugin.cli.supervisor import Program, Supervisor
from plugin.settings import Settings, SettingsError, open_home

_READY_SECONDS = 60.0
_POLL_SECONDS = 0.05
_GUNICORN_CONFIGURATION = Path(__file__).parents[2] / "gunicorn.conf.py"


@click.command("serve")
def command() -> None:
    """Prepare the database, start web and worker, print the addresses; Ctrl-C stops everything."""
    settings = _checked_settings()
    _require_free_port(settings)
    _tell("Preparing the database ...")
    sign_in = _prepare()
    log = log_of(settings, sys.stderr)
    with log.open("wb") if log else nullcontext() as file:
        supervisor = Supervisor(_programs(), _tell, log=file)
        if not supervisor.run(lambda: _welcome(supervisor, announcement.text(settings, sign_in, log), settings)):
            raise click.ClickException(f"The web process did not start; its own message stands {_place(log)}.")
    _tell("Stopped.")


def log_of(settings: Settings, terminal: IO[str]) -> Path | None:
    """The file for the log where somebody looks on, who would lose the addresses in it; None: standard error.

    Of the last start alone: whoever keeps logs has something else look on, which gets the lines themselves.
    """
    if not terminal.isatty():
        return None
    log = settings.home / "serve.log"
    log.touch(mode=0o600)
    return log


def _place(log: Path | None) -> str:
    return f"in {log}" if log else "above"


def _checked_settings() -> Settings:
    try:
        settings = Settings.from_env(os.environ)
        open_home(settings)
    except SettingsError as error:
        raise click.ClickException("\n".join(error.faults)) from None
    return settings


def _require_free_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.bind, settings.port))
        except OSError as error:
            raise click.ClickException(_port_fault(error, settings)) from None


def _port_fault(error: OSError, settings: Settings) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {settings.port} is in use: stop the other program, or choose another port with PORT=8001."
    if error.errno == errno.EACCES:
        return f"Port {settings.port} may only be used by root: choose one above 1023 with PORT=8000."
    return f"This machine has no address {settings.bind} to listen on (AFTERCARE_BIND): {error.strerror}."


def _prepare() -> str:
    """Bring database and demo shop up to date in a process that then gives its memory back; return a sign-in path."""
    done = subprocess.run([sys.executable, "-m", "plugin.cli.prepare"], check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise click.ClickException("Preparing the database failed; the reason stands above.")
    return done.stdout.strip()


def _programs() -> list[Program]:
    return [
        Program("web", [sys.executable, "-m", "gunicorn", "--config", str(_GUNICORN_CONFIGURATION)]),
        Program("worker", [sys.executable, "-m", "plugin.worker"]),
    ]


def _welcome(supervisor: Supervisor, said: str, settings: Settings) -> bool:
    """Print the addresses once the web answers; false if it never does."""
    deadline = time.monotonic() + _READY_SECONDS
    while not supervisor.is_asked_to_stop():
        if supervisor.has_died("web") or time.monotonic() > deadline:
            return False
        if _answers(settings):
            _tell(said)
            break
        time.sleep(_POLL_SECONDS)
    return True


def _answers(settings: Settings) -> bool:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.bind, settings.bind)  # nosec B104 # noqa: S104 - compared, not bound
    connection = HTTPConnection(reachable, settings.port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500  # noqa: PLR2004 - server errors begin here
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


_tell: Callable[[str], None] = click.echo
