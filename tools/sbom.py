"""What of others' an installation runs, as a CycloneDX document: `./script/sbom [FILE]`.

Read from the lock files alone, so that it needs no network and tells of the release, not of the machine it is made on:
the Python packages of every way to install, and the npm packages whose code the built scripts carry.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
LOCKS: Final = tuple(f"requirements{extra}.lock" for extra in ("", "-s3", "-redis", "-carriers"))
BUNDLED: Final = ("widgets", "extensions")
"""Folders whose sources are built into what a browser loads."""
_IMPORT: Final = re.compile(
    r"""^\s*(?:import|export)\b[^"';]*["']((?:@[\w.-]+/)?[a-z][\w.-]*)(?:/[^"']*)?["']""", re.MULTILINE
)
_ENTRY: Final = re.compile(r"\n(?=[a-z0-9])")


def python_parts() -> dict[str, Any]:
    """The document of the Python packages, by CycloneDX's own tool."""
    entries = {entry.strip(): None for lock in LOCKS for entry in _ENTRY.split((ROOT / lock).read_text())}
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", "--pyproject", "pyproject.toml"]
    command += ["--output-reproducible", "--sv", "1.6", "--of", "JSON", "-"]
    done = subprocess.run(command, input="\n".join(entries), cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def script_parts() -> Iterator[dict[str, Any]]:
    """The npm packages that a source imports, and what those depend on."""
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    waiting, seen = sorted(_imported()), set[str]()
    while waiting:
        name = waiting.pop(0)
        found = locked.get(f"node_modules/{name}")
        if found is None or name in seen:
            continue
        seen.add(name)
        waiting += sorted(found.get("dependencies", {}))
        yield _part(name, found)


def _imported() -> set[str]:
    sources = (
        path
        for folder in BUNDLED
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".ts", ".tsx", ".js", ".jsx"}
    )
    return {name for path in sources if "node_modules" not in path.parts for name in _IMPORT.findall(path.read_text())}


def _part(name: str, found: dict[str, Any]) -> dict[str, Any]:
    purl = f"pkg:npm/{name.replace('@', '%40')}@{found['version']}"
    part = {"type": "library", "name": name, "version": found["version"], "purl": purl, "bom-ref": purl}
    return part | {"licenses": [{"expression": found["license"]}]}


def document() -> dict[str, Any]:
    """Both in one document."""
    made = python_parts()
    made["components"] += list(script_parts())
    return made


if __name__ == "__main__":
    text = json.dumps(document(), indent=2, ensure_ascii=False) + "\n"
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text)
    else:
        sys.stdout.write(text)
