"""What of others' we ship can be listed and asked about, and nobody takes silence for an all-clear."""

from __future__ import annotations

import json
import os
import re
import subprocess

from packaging.utils import canonicalize_name

from tests.support.local_server import free_port
from tests.support.repository import ROOT
from tools.sbom import LOCKS, document

PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==([^ ;\\]+)", re.MULTILINE)


def test_every_locked_package_and_every_imported_one_of_the_scripts_is_in_the_bill_of_materials() -> None:
    listed = document()["components"]
    pinned = {
        (canonicalize_name(name), version) for lock in LOCKS for name, version in PIN.findall((ROOT / lock).read_text())
    }
    assert {
        (canonicalize_name(each["name"]), each["version"]) for each in listed if each["purl"].startswith("pkg:pypi/")
    } == pinned
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    shipped = {each["name"]: each["version"] for each in listed if each["purl"].startswith("pkg:npm/")}
    assert {"preact", "@shopify/ui-extensions"} <= shipped.keys()
    assert shipped == {name: locked[f"node_modules/{name}"]["version"] for name in shipped}
    assert len({each["bom-ref"] for each in listed}) == len(listed)


def test_an_audit_that_could_ask_nobody_says_so_and_does_not_end_well() -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    told = {**os.environ, "AUDIT_OSV_URL": nobody, "AUDIT_NPM_URL": nobody, "NO_PROXY": "127.0.0.1"}
    done = subprocess.run([ROOT / "script" / "audit"], env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert re.findall(r"^(\w+) +(\w+) packages", done.stderr, re.MULTILINE) == [
        ("UNASKED", "Python"),
        ("UNASKED", "npm"),
    ]
    assert "nothing is known" not in done.stderr
