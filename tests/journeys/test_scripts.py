"""What the scripts do on machines that lack something: each says so in one sentence and leaves nothing half made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.repository import ROOT, files

NEEDED = ("bash", "sh", "dirname", "cat", "cmp", "df", "awk", "rm", "cp", "env", "uname", "id", "mkdir")
SCRIPTS = ("server", "setup", "check", "test", "bench", "mutate", "lock")

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def program(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_text("#!/bin/sh\n" + "\n".join(lines) + "\n")
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of programs: what every system has, and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in NEEDED:
        (folder / name).symlink_to(shutil.which(name) or name)
    return folder


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What a fresh clone holds, uncommitted changes included."""
    folder = tmp_path / "clone"
    for path in files():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return folder


@pytest.fixture
def run(machine: Path, clone: Path) -> Run:
    def execute(
        script: str, *arguments: str, path: str = str(machine), **environ: str
    ) -> subprocess.CompletedProcess[str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("AFTERCARE_", "PYTHON"))}
        return subprocess.run(
            [str(clone / "script" / script), *arguments],
            env={**inherited, "PATH": path, **environ},
            check=False,
            capture_output=True,
            text=True,
            timeout=300,
        )

    return execute


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_machine_without_python_is_told_what_to_install(run: Run, clone: Path, script: str) -> None:
    done = run(script)
    assert done.returncode == 1
    assert done.stderr == "Aftercare needs Python 3.11 or newer (on Debian or Ubuntu: apt-get install python3).\n"
    assert not (clone / ".venv").exists()


def test_a_machine_with_an_old_python_is_told_which_it_has(run: Run, machine: Path) -> None:
    program(machine / "python3", 'case "$2" in *version_info\\[*) echo 3.9.2 ;; *) exit 1 ;; esac')
    done = run("server")
    assert done.returncode == 1
    assert done.stderr.startswith("Aftercare needs Python 3.11 or newer; here python3 is 3.9.2 (")
    assert done.stderr.count("\n") == 1


def test_which_python_pyenv_takes_is_not_for_the_file_to_say_that_hosts_read(
    run: Run, machine: Path, clone: Path
) -> None:
    program(machine / "pyenv", f'[ "$PWD" != {clone} ] && echo 3.9.2')
    program(machine / "python3", 'case "$PYENV_VERSION$2" in 3.9.2*version_info\\[*) echo 3.9.2 ;; *) exit 1 ;; esac')
    assert "; here python3 is 3.9.2 (" in run("server", PYENV_VERSION="").stderr


def test_a_full_disk_is_told_before_anything_is_made(run: Run, clone: Path, machine: Path) -> None:
    program(
        machine / "df",
        "echo Filesystem 1024-blocks Used Available Capacity Mounted",
        "echo disk 1000000 900000 93184 90% /",
    )
    done = run("server")
    assert done.returncode == 1
    assert done.stderr == f"Not enough disk space in {clone}: 91 MB free, 500 MB needed.\n"
    assert not (clone / ".venv").exists()


def test_a_python_that_cannot_make_environments_names_the_one_package(run: Run, clone: Path, machine: Path) -> None:
    program(
        machine / "python3",
        'case "$1$2" in -m*) exit 1 ;; *ensurepip*) exit 1 ;; *) exec ' + sys.executable + ' "$@" ;; esac',
    )
    done = run("setup")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith(
        "cannot make an environment; on Debian or Ubuntu: apt-get install python3-venv"
    )
    assert not (clone / ".venv").exists()


@pytest.mark.long  # it installs everything once more
def test_a_python_without_ensurepip_is_lent_a_pip(run: Run, clone: Path, machine: Path, tmp_path: Path) -> None:
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "ensurepip.py").write_text("raise ImportError('Debian keeps this in python3-venv')\n")
    program(machine / "python3", f'PYTHONPATH={tmp_path / "hidden"} exec {sys.executable} "$@"')
    done = run("setup", path=f"{machine}:{os.environ['PATH']}")
    assert done.returncode == 0, done.stderr
    version = subprocess.run(
        [str(clone / ".venv/bin/aftercare"), "--version"], check=True, capture_output=True, text=True
    )
    assert "version" in version.stdout


def test_an_environment_that_is_up_to_date_costs_no_installer() -> None:
    subprocess.run([str(ROOT / "script/setup"), "--dev"], check=True, capture_output=True)
    started = time.monotonic()
    done = subprocess.run([str(ROOT / "script/setup"), "--dev"], check=True, capture_output=True, text=True)
    assert done.stderr == "Ready: .venv/bin/aftercare\n"
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("script", [*SCRIPTS, "lib.sh", "system_packages.sh"])
def test_every_script_is_well_formed(script: str) -> None:
    subprocess.run(["bash", "-n", str(ROOT / "script" / script)], check=True)


@pytest.mark.parametrize("arguments", [("setup", "--fast"), ("test", "--long")])
def test_a_wrong_argument_shows_the_usage(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 1
    assert done.stderr.startswith(f"usage: ./script/{arguments[0]} ")


def test_continuous_integration_runs_the_same_command_as_everybody() -> None:
    assert (ROOT / ".ci/run").read_text().splitlines()[-1] == "exec ./script/test"
