"""The steps that docs/operating/deploying.md gives for systemd, as far as they can be held with no system to set up."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.support.repository import ROOT

PAGE = (ROOT / "docs" / "operating" / "deploying.md").read_text("utf-8")
STEPS = re.findall(r"^# (.+)$", re.search(r"^## systemd$.*?^## ", PAGE, re.DOTALL | re.MULTILINE)[0], re.MULTILINE)  # type: ignore[index]  # it has that heading
UNITS = ROOT / "deploy" / "systemd"
SETUP = "(set -a; . /etc/aftercare.env; /srv/aftercare/{}/script/setup)"
ASKING = {
    "REDIS_URL=redis://:password@localhost:6379/0": "requirements-redis.lock",
    "FILES_BUCKET=aftercare-evidence": "requirements-s3.lock",
    "DIRECT_CARRIERS=1": "requirements-carriers.lock",
    "WITH_GRANIAN=1": "requirements-granian.lock",
}
"""A line of the settings file, and what setup installs for it."""


@pytest.mark.parametrize("release", ["VERSION", "NEXT"])
def test_current_leads_to_a_release_once_it_was_set_up_and_has_upgraded_the_database(release: str) -> None:
    order = [
        f"git clone --branch v{release} REPOSITORY /srv/aftercare/{release}",
        SETUP.format(release),
        f"systemctl start aftercare-upgrade@{release}",
        f"ln -sfn /srv/aftercare/{release} /srv/aftercare/current",
    ]
    assert [step for step in STEPS if step in order] == order


def test_every_unit_that_is_started_is_there() -> None:
    started = [line for line in STEPS if re.match(r"systemctl (start|restart|enable)", line)]
    names = {name for line in started for name in re.findall(r"aftercare-[a-z.]+@?", line)}
    files = {unit.name: re.sub(r"\.service$", "", unit.name) for unit in UNITS.iterdir()}
    assert names == set(files.values())


@pytest.mark.parametrize("line", ASKING)
def test_setup_installs_what_the_settings_file_asks_for(line: str, tmp_path: Path) -> None:
    (tmp_path / "aftercare.env").write_text(f"{line}\n")
    commands = f'set -a; . "{tmp_path}/aftercare.env"; bash -c \'. "$0/script/lib.sh"; locks_of runtime\' "{ROOT}"'
    environ = {"PATH": "/usr/bin:/bin"}
    told = subprocess.run(["sh", "-c", commands], env=environ, check=True, capture_output=True, text=True).stdout
    assert ASKING[line] in told.split()
    assert not any(lock in told for each, lock in ASKING.items() if each != line)
