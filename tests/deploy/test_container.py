"""The container file: what it copies is there and is enough, only locked packages go in, and root runs nothing.

No engine builds it in these tests. What can be held without one is held.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.repository import ROOT

TEXT = (ROOT / "deploy" / "Containerfile").read_text()
LINES = [line.strip() for line in TEXT.replace("\\\n", " ").splitlines() if line.strip() and not line.startswith("#")]
COPIED = [
    source
    for line in LINES
    if line.startswith("COPY ") and "--from=" not in line
    for source in line.removeprefix("COPY ").split()[:-1]
]
SERVE = """
import os
import plugin
from plugin.app import create_app
from plugin.cli import main
from plugin.demo.load import load_demo
from plugin.runtime import cli_runtime
from plugin.settings import Settings
print(plugin.__file__)
runtime = cli_runtime()
load_demo(runtime.deps)
runtime.close()
main(["plugin", "build", "--out", "plugin.zip"], standalone_mode=False)
client = create_app(Settings.from_env(os.environ)).test_client()
for path in ("/readyz", "/demo/", "/admin/sign-in", "/static/widgets/"):
    print(path, client.get(path).status_code)
"""


def test_everything_it_copies_is_there() -> None:
    assert [source for source in COPIED if not (ROOT / source).exists()] == []
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert not set(COPIED) & set(ignored)


def test_whatever_is_installed_is_held_by_hashes_or_is_ours() -> None:
    installs = re.findall(r"pip install (.*?)(?: &&|$)", " && ".join(LINES))
    assert len(installs) == 3
    for options in installs:
        is_locked = "--require-hashes" in options and re.search(r"-r requirements(-build)?\.lock", options)
        assert is_locked or {"--no-deps", "--no-index", "--editable"} <= set(options.split())
    assert not re.search(r"\b(curl|wget|apt-get|npm)\b", " ".join(LINES))


def test_root_runs_nothing_and_no_secret_is_in_it() -> None:
    last = "\n".join(LINES).rpartition("FROM ")[2]
    assert re.search(r"^USER 10001$", last, re.MULTILINE)
    assert last.index("USER 10001") < last.index("CMD")
    assert not re.search(r"secrets\.json|AFTERCARE_KEYS|AFTERCARE_SESSION|\.env\b", " ".join(LINES))


def test_it_runs_what_the_procfile_runs() -> None:
    assert 'CMD ["gunicorn"]' in LINES
    assert "aftercare db upgrade" in TEXT
    assert "python -m plugin.worker" in TEXT


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """What would be in the image, and nothing else; compiled as here, which is kept only of files that are the same."""
    folder = tmp_path / "image"
    folder.mkdir()
    for source in COPIED:
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, folder / source)
        else:
            shutil.copy2(ROOT / source, folder / source)
    return folder


def test_what_it_copies_is_enough_to_serve(image: Path, tmp_path: Path) -> None:
    environ = {name: text for name, text in os.environ.items() if not name.startswith("AFTERCARE_")}
    environ |= {"PYTHONPATH": str(image), "AFTERCARE_HOME": str(tmp_path / "home"), "PYTHONDONTWRITEBYTECODE": "1"}

    command = [sys.executable, "-c", SERVE]
    done = subprocess.run(command, cwd=image, env=environ, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    module, *visits = done.stdout.splitlines()
    assert module == str(image / "plugin" / "__init__.py")
    assert visits == ["/readyz 200", "/demo/ 200", "/admin/sign-in 200", "/static/widgets/ 404"]
