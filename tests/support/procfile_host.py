"""A host with a Procfile: the tree unpacked, and a Python that has what requirements.txt names and nothing else.

Nothing is fetched: the packages are those of the environment that runs the tests, which has the same versions of them
(`tests/rules/test_locks.py`), lent by symbolic links.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path
from venv import EnvBuilder

from packaging.markers import Marker

from tests.support.repository import ROOT, files

_NOT_RUN = {"bench", "changes", "docs", "node_modules", "tests", "tools", "widgets"}
_PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==[^ ;\\]+(?: ; ([^\\\n]+))?", re.MULTILINE)
_MORE = re.compile(r"^-r (\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ProcfileHost:
    """Where it has unpacked the tree, and its PATH."""

    tree: Path
    path: str


def unpack(folder: Path) -> ProcfileHost:
    """What such a host makes of the repository; compiled as here, which is kept only of files that are the same."""
    tree, environment = folder / "app", folder / "python"
    tree.mkdir()
    for name in sorted({path.relative_to(ROOT).parts[0] for path in files()} - _NOT_RUN):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name)
        else:
            shutil.copy2(ROOT / name, tree / name)
    EnvBuilder(symlinks=True).create(environment)
    for name in named(tree / "requirements.txt"):
        lend(distribution(name), environment)
    return ProcfileHost(tree, f"{environment / 'bin'}:/usr/bin:/bin")


def named(requirements: Path) -> Iterator[str]:
    """The packages that a file of requirements, and those it leads to, have installed on this Python."""
    text = requirements.read_text()
    for name, marker in _PIN.findall(text):
        if not marker or Marker(marker).evaluate():
            yield name
    for more in _MORE.findall(text):
        yield from named(requirements.with_name(more))


def lend(package: Distribution, environment: Path) -> None:
    """Its modules and what tells of it, and the programs it brings."""
    (site,) = environment.glob("lib/python*/site-packages")
    for name in {file.parts[0] for file in package.files or ()} - {"..", "__pycache__"}:
        if not (site / name).exists():
            (site / name).symlink_to(Path(str(package.locate_file(name))))
    for program in package.entry_points.select(group="console_scripts"):
        script = environment / "bin" / program.name
        call = f"import sys\nfrom {program.module} import {program.attr}\nsys.exit({program.attr}())\n"
        script.write_text(f"#!{environment / 'bin' / Path(sys.executable).name}\n{call}")
        script.chmod(0o755)
