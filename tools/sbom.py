"""What of others' an installation runs, as a CycloneDX document: `./script/sbom [FILE]`.

Read from the lock files alone, so that it needs no network and tells of the release, not of the machine it is made on:
the Python packages of every way to install, and the npm packages whose code the built scripts carry.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parents[1]
LOCKS: Final = tuple(f"requirements{extra}.lock" for extra in ("", "-s3", "-redis", "-granian", "-carriers"))
BUNDLED: Final = ("widgets", "extensions")
"""Folders whose sources are built into what a browser loads."""
_IMPORT: Final = re.compile(
    r"""^\s*(?:import|export)\b[^"';]*["']((?:@[\w.-]+/)?[a-z][\w.-]*)(?:/[^"']*)?["']""", re.MULTILINE
)
_ENTRY: Final = re.compile(r"\n(?=[a-z0-9])")
_PIN: Final = re.compile(r"([a-z0-9][a-z0-9.-]*)==([^ ;\\]+)")
_LIBRARY: Final = ComponentType.LIBRARY


def python_parts() -> Iterator[Component]:
    """The Python packages; the hashes of what each may be downloaded as stand in the lock files."""
    entries = {entry.strip(): None for lock in LOCKS for entry in _ENTRY.split((ROOT / lock).read_text())}
    for name, version in (found.groups() for each in entries if (found := _PIN.match(each))):
        purl = PackageURL("pypi", None, canonicalize_name(name), version)
        yield Component(name=name, version=version, type=_LIBRARY, purl=purl, bom_ref=str(purl))


def script_parts() -> Iterator[Component]:
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


def _part(name: str, found: dict[str, Any]) -> Component:
    scope, _, short = name.rpartition("/")
    purl = PackageURL("npm", scope or None, short, found["version"])
    licenses = [LicenseExpression(found["license"])]
    return Component(
        name=name, version=found["version"], type=_LIBRARY, purl=purl, bom_ref=str(purl), licenses=licenses
    )


def document() -> dict[str, Any]:
    """Both in one document, the same for the same lock files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    whole = Component(name=project["name"], version=project["version"], type=ComponentType.APPLICATION, bom_ref="whole")
    bom = Bom(components=[*python_parts(), *script_parts()])
    bom.metadata.component = whole
    bom.register_dependency(whole, bom.components)
    written = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string()
    made: dict[str, Any] = json.loads(written)
    del made["serialNumber"], made["metadata"]["timestamp"]
    return made


if __name__ == "__main__":
    text = json.dumps(document(), indent=2, ensure_ascii=False) + "\n"
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text)
    else:
        sys.stdout.write(text)
