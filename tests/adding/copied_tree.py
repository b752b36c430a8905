"""A copy of the repository in which somebody adds something by its recipe, and what its tests say there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.repository import ROOT
from tests.support.sizes import MUTATION

TOYS = Path(__file__).parent / "toys"
NEEDED = ("bench", "docs", "extensions", "integrations", "locales", "plugin", "tests", "tools", "pyproject.toml")
NOT_NEEDED = shutil.ignore_patterns("toys", "fonts", "images", "graphql-schemas", "node_modules")

PYTEST = (
    *(sys.executable, "-m", "pytest", "-q", "-rp", "-p", "no:cacheprovider", "-p", "no:randomly"),
    f"--hypothesis-profile={MUTATION}",  # a few examples: here they have to meet what was added, not all there is
)


@dataclass(frozen=True, slots=True)
class CopiedTree:
    """Where the copy lies, and what was done there."""

    folder: Path
    registered: set[Path] = field(default_factory=set)
    """The files in which something was registered."""

    def put(self, toy: str) -> None:
        """Add the new files of a toy; none of them may be there already."""
        for file in sorted(path for path in (TOYS / toy).rglob("*") if path.is_file()):
            goal = self.folder / file.relative_to(TOYS / toy)
            assert not goal.exists(), f"{goal} is no new file"
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, goal)

    def register(self, file: str, below: str, line: str) -> None:
        """Write one line below the only one that says `below`."""
        path = self.folder / file
        self.registered.add(path)
        lines = path.read_text("utf-8").splitlines(keepends=True)
        (at,) = [number for number, each in enumerate(lines) if below in each]
        path.write_text("".join((*lines[: at + 1], f"{line}\n", *lines[at + 1 :])), "utf-8")

    def word(self, languages: Sequence[str], file: str, below: str, key: str) -> None:
        """Add a key to the words of each language, with the key for a sentence."""
        for language in languages:
            self.register(f"locales/{language}/{file}.json", f'"{below}":', f'  "{key}": "{key}",')
            json.loads((self.folder / "locales" / language / f"{file}.json").read_text("utf-8"))

    def run(self, *command: str) -> str:
        """What a command says that is run in the copy, and has to end well."""
        ran = subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, "CI": "true", "PYTHONPATH": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def test(self, *asked: str) -> list[str]:
        """The tests of the copy that passed when these were asked for; all of them have to."""
        return re.findall(r"^PASSED (.+)$", self.run(*PYTEST, *asked), re.MULTILINE)


def copied_to(folder: Path) -> CopiedTree:
    """A copy of what the recipes touch and their tests read."""
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=NOT_NEEDED)
        else:
            shutil.copy(source, folder / name)
    return CopiedTree(folder)
