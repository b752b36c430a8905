"""Keep a home of the release at hand, for later releases to upgrade: `python -m tests.upgrades.record 0.1.0`.

Run once per release, on its tag; states between releases are named by their day. What is kept: the database of a demo
and of a merchant with something in every table, the files, the secrets, and what all that holds, counted.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from integrations.files.local import LocalFiles
from plugin.demo.load import load_demo
from plugin.runtime import Runtime, open_runtime
from plugin.settings import Settings
from tests.storage.conftest import settle
from tests.storage.person_data import IDA, MAX, Kept, keep
from tests.storage.victim import fill
from tests.upgrades.holdings import ROWS, holdings

RELEASES = Path(__file__).parents[1] / "payloads" / "releases"
DATABASE, SECRETS, HOLDINGS, FILES = "aftercare.sqlite3", "secrets.json", "holdings.json", "files"


def record(version: str) -> Path:
    """Write the release's folder and return it; raises `FileExistsError` when there is one."""
    folder = RELEASES / version
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as home:
        runtime = _demo(Path(home))
        held = holdings(runtime)
        (folder / HOLDINGS).write_text(json.dumps(held, indent=2, ensure_ascii=False) + "\n", "utf-8")
        runtime.close()
        _keep(Path(home), folder)
    rows = held[ROWS]
    assert isinstance(rows, dict)
    assert all(rows.values()), "what no row stands for, no upgrade can be seen to spoil"
    return folder


def _demo(home: Path) -> Runtime:
    runtime = open_runtime(Settings.from_env({**os.environ, "AFTERCARE_HOME": str(home)}))
    runtime.migrate()
    load_demo(runtime.deps)
    settle(runtime.deps.units)
    fill(runtime.storage)
    LocalFiles(home / FILES).put("object1", [b"%PDF-"])  # the file of what `fill` keeps
    for mark, email in (("ida", IDA), ("max", MAX)):
        keep(Kept(mark, email), runtime.storage, LocalFiles(home / FILES))
    return runtime


def _keep(home: Path, folder: Path) -> None:
    shutil.copyfile(home / SECRETS, folder / SECRETS)
    with gzip.GzipFile(folder / f"{DATABASE}.gz", "wb", mtime=0) as packed:
        packed.write((home / DATABASE).read_bytes())
    shutil.copytree(home / FILES, folder / FILES)


if __name__ == "__main__":
    sys.stdout.write(f"{record(sys.argv[1])}\n")
