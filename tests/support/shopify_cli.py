"""Shopify's own command line, not signed in, on a copy of what `shopify app deploy` would send."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.repository import ROOT, files

TOOLS = ROOT / "tools" / "shopify" / "node_modules"
BIN = TOOLS / ".bin"
HAS_CLI = (BIN / "shopify").exists() and (BIN / "node").exists()
"""False where npm has no Node 22 for the machine, or nobody ran ./script/test yet."""
CLIENT_ID = "0123456789abcdef0123456789abcdef"


def shopify(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """What a command said; nobody is signed in and nothing is measured."""
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    own = os.environ | {"PATH": path, "CI": "1", "SHOPIFY_CLI_NO_ANALYTICS": "1", "NO_COLOR": "1"}
    command = [BIN / "shopify", *words]
    return subprocess.run(command, env=own, capture_output=True, text=True, check=False, cwd=ROOT, timeout=120)


def build(app: Path) -> subprocess.CompletedProcess[str]:
    """`shopify app build`."""
    return shopify("app", "build", "--path", app, "--skip-dependencies-installation")


def theme_check(extension: Path) -> subprocess.CompletedProcess[str]:
    """`shopify theme check` by the rules of theme app extensions; errors alone fail it."""
    rules = ("-C", "theme-check:theme-app-extension", "--fail-level", "error", "-o", "json")
    return shopify("theme", "check", "--path", extension, *rules)


@contextmanager
def copied_within(*wanted: str) -> Iterator[Path]:
    """A copy in the CLI's own folder of the repository, which git ignores: there bundlers find the node packages."""
    home = ROOT / ".shopify"
    home.mkdir(exist_ok=True)
    app = Path(tempfile.mkdtemp(prefix="test-", dir=home))
    try:
        yield copied(app, *wanted)
    finally:
        shutil.rmtree(app)


def copied(app: Path, *wanted: str) -> Path:
    """A copy of the repository's files whose paths begin so, with an owner's id filled in."""
    for file in files():
        name = file.relative_to(ROOT)
        if name.as_posix().startswith(wanted):
            (app / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, app / name)
    _fill_in(app / "shopify.app.toml")
    return app


def doctor(app: Path) -> subprocess.CompletedProcess[str]:
    """`shopify app doctor`; for whether git ignores a file it asks the repository that `app` lies in, if any."""
    return shopify("app", "doctor", "--path", app, "--blocking", "high", "--skip-instructions", "--json")


def _fill_in(file: Path) -> None:
    text, filled = re.subn(r'^client_id = ""$', f'client_id = "{CLIENT_ID}"', file.read_text(), flags=re.MULTILINE)
    assert filled == 1
    file.write_text(text)
