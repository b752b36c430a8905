"""The systemd units that we ship: systemd understands them, they run the Procfile's lines, and they may do little."""

from __future__ import annotations

import shutil
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path

import pytest

from tests.support.repository import ROOT

FOLDER = ROOT / "deploy" / "systemd"
UNITS = sorted(FOLDER.iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
CURRENT = "/srv/aftercare/current"
MOST_EXPOSED = 20
"""Of 100, as `systemd-analyze security` counts; a service without any hardening has 96."""


class _Unit(RawConfigParser):
    """Reads a unit file; of what stands more than once the last is kept."""

    def __init__(self, file: Path) -> None:
        super().__init__(strict=False, delimiters=["="], comment_prefixes=["#"])
        self.optionxform = str  # type: ignore[assignment,method-assign]  # as configparser documents it
        self.read(file)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units as they would be on a machine where this repository is the current release."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here")
    (tmp_path / "w1").mkdir()  # a release by its name, and what is started by an instance of that name
    (tmp_path / "w1" / ".venv").symlink_to(sys.prefix)
    for unit in UNITS:
        text = unit.read_text().replace(f"{CURRENT}/.venv", sys.prefix).replace(CURRENT, str(ROOT))
        (tmp_path / unit.name).write_text(text.replace("/srv/aftercare/", f"{tmp_path}/"))
    return tmp_path


def analyse(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *map(str, arguments)], check=False, capture_output=True, text=True)


def test_systemd_understands_every_unit(installed: Path) -> None:
    names = [unit.name.replace("@.", "@w1.") for unit in UNITS]
    for unit in UNITS:
        if "@." in unit.name:
            (installed / unit.name.replace("@.", "@w1.")).write_text((installed / unit.name).read_text())
    done = analyse("verify", "--man=no", *(installed / name for name in names))
    ours = [line for line in done.stderr.splitlines() if "aftercare" in line]
    assert ours == []


@pytest.mark.parametrize("service", SERVICES, ids=lambda path: path.name)
def test_a_service_may_do_little_but_its_work(service: Path, installed: Path) -> None:
    done = analyse("security", "--offline=true", f"--threshold={MOST_EXPOSED}", installed / service.name)
    assert done.returncode == 0, done.stdout.splitlines()[-1:]


def test_the_units_run_what_the_procfile_runs() -> None:
    lines = {name: _Unit(FOLDER / name)["Service"]["ExecStart"].partition("/.venv/bin/")[2] for name in NAMES}
    text = (ROOT / "Procfile").read_text().replace("python -m plugin.cli", "aftercare")  # which setup installs
    procfile = dict(line.split(": ", 1) for line in text.splitlines())
    assert {name: procfile[kind].split("} ")[-1] for name, kind in NAMES.items()} == lines


NAMES = {"aftercare-web.service": "web", "aftercare-worker@.service": "worker", "aftercare-upgrade@.service": "release"}


@pytest.mark.parametrize("service", SERVICES, ids=lambda path: path.name)
def test_a_service_is_nobody_special_and_keeps_its_data_to_itself(service: Path) -> None:
    unit = _Unit(service)["Service"]
    assert unit["User"] == "aftercare"
    assert unit["StateDirectoryMode"] == "0700"
    assert unit["ProtectSystem"] == "strict"


def test_web_gets_longer_to_stop_than_requests_may_take() -> None:
    graceful = next(line for line in (ROOT / "gunicorn.conf.py").read_text().splitlines() if "graceful_timeout" in line)
    assert int(_Unit(FOLDER / "aftercare-web.service")["Service"]["TimeoutStopSec"]) > int(graceful.split("= ")[1])
