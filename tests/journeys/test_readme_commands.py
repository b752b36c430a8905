"""A stranger's first quarter of an hour: every command the README shows, typed into a fresh clone."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.local_server import free_port, status_of
from tests.support.repository import ROOT, files

README = (ROOT / "README.md").read_text()
SHOWN = re.findall(r"^\$ (.+)$", README, re.MULTILINE)
ORDERS = ROOT / "tests" / "payloads" / "woocommerce" / "orders.jsonl"


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stranger") / "aftercare"
    for path in files():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    for packages in ("node_modules", "tools/shopify/node_modules"):  # this run came by them as a stranger would
        if (ROOT / packages).is_dir():
            (folder / packages).symlink_to(ROOT / packages)
    return folder


@pytest.fixture(scope="module")
def environ() -> dict[str, str]:
    """Give what a stranger's shell knows: nothing of ours."""
    ours = ("AFTERCARE_", "PYTEST", "PYTHON", "VIRTUAL_ENV", "DATABASE_URL", "PUBLIC_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def processes_under(folder: Path) -> list[str]:
    """Return the running commands that come from this clone."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(folder) in command:
            found.append(command)
    return found


@contextmanager
def server(clone: Path, environ: dict[str, str], port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start `./script/server` and give it with what it printed until it was ready."""
    process = subprocess.Popen(
        ["./script/server"], cwd=clone, env={**environ, "PORT": str(port)}, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        said = ""
        for line in process.stdout:
            said += line
            if line.startswith("Ctrl-C"):
                break
        yield process, said
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=40)


def serves_what_it_prints(clone: Path, environ: dict[str, str]) -> None:
    port = free_port()
    with server(clone, environ, port) as (process, said):
        addresses = dict(re.findall(r"^  (\S.*?)  +(http://\S+)", said, re.MULTILINE))
        assert list(addresses) == ["Demo store", "Merchant admin", "Demo mailbox", "API docs"], said
        assert {name: status_of(address) for name, address in addresses.items()} == dict.fromkeys(addresses, 200)
    assert process.returncode == 0
    assert processes_under(clone) == []


def starts_again_without_installing(clone: Path, environ: dict[str, str]) -> None:
    """As far as to the port, which is taken; and from there to where web and worker start, as they did before."""
    recipe, database = clone / ".venv" / "runtime.recipe", clone / "var" / "aftercare.sqlite3"
    made = recipe.stat().st_mtime_ns, database.stat().st_ino
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = type_in(clone, {**environ, "PORT": str(port)}, "./script/server", succeeds=False)
    assert (
        done.stderr == f"Error: Port {port} is in use: stop the other program, or choose another port with PORT=8001.\n"
    )
    prepared = type_in(clone, environ, ".venv/bin/python -m plugin.cli.prepare")
    assert prepared.stdout.startswith("/admin/sign-in/"), prepared.stdout + prepared.stderr
    assert (recipe.stat().st_mtime_ns, database.stat().st_ino) == made


def type_in(
    clone: Path, environ: dict[str, str], command: str, *, succeeds: bool = True
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        shlex.split(command), cwd=clone, env=environ, check=False, capture_output=True, text=True, timeout=600
    )
    assert (done.returncode == 0) is succeeds, done.stdout + done.stderr
    return done


def runs_the_server(clone: Path, environ: dict[str, str], _: str) -> None:
    serves_what_it_prints(clone, environ)
    starts_again_without_installing(clone, environ)


def runs_the_tests(clone: Path, environ: dict[str, str], command: str) -> None:
    # One file stands for all: this test is itself part of all.
    done = type_in(clone, environ, f"{command} tests/settings/test_settings.py")
    assert re.search(r"\d+ passed", done.stdout)


def imports_orders(clone: Path, environ: dict[str, str], command: str) -> None:
    shutil.copy(ORDERS, clone / "orders.jsonl")
    type_in(clone, environ, command)


def shows_entitlements(clone: Path, environ: dict[str, str], command: str) -> None:
    rows = type_in(clone, environ, command).stdout.splitlines()
    assert len(rows) > len(ORDERS.read_text().splitlines()) > 0


JOURNEY: dict[str, Callable[[Path, dict[str, str], str], None]] = {
    "./script/server": runs_the_server,
    "./script/test": runs_the_tests,
    ".venv/bin/aftercare import --shop mystore --platform woocommerce orders.jsonl": imports_orders,
    ".venv/bin/aftercare entitlements --shop mystore": shows_entitlements,
}


def test_the_readme_shows_the_commands_of_this_journey_in_this_order() -> None:
    assert list(JOURNEY) == SHOWN


def test_a_stranger_can_type_what_the_readme_shows(clone: Path, environ: dict[str, str]) -> None:
    for command, act in JOURNEY.items():
        act(clone, environ, command)
