"""What is committed under static/widgets is what the sources build, and it is small."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path

import msgspec
import pytest

from tests.support.storefront import EXAMPLES, ROOT, entitlements, policy
from tools import contract

BUILT = ROOT / "static" / "widgets"
WIDGETS = ROOT / "widgets"
MANIFEST = json.loads((WIDGETS / "manifest.json").read_text())


def gzipped(name: str) -> int:
    return len(gzip.compress((BUILT / name).read_bytes(), 9))


def test_the_committed_build_is_what_the_sources_build(tmp_path: Path) -> None:
    subprocess.run(["node", WIDGETS / "build.mjs", tmp_path], check=True, capture_output=True)
    built = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert built == {file.name: file.read_bytes() for file in BUILT.iterdir()}


def test_the_types_hold() -> None:
    checked = subprocess.run(
        ["npm", "run", "--silent", "typecheck"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.parametrize("types", [contract.WIDGETS, contract.EXTENSIONS], ids=lambda types: types.target)
def test_the_contract_types_are_what_the_schemas_say(types: contract.Contract) -> None:
    assert types.path.read_text() == contract.typescript(types)


def test_the_core_and_all_widgets_together_stay_within_their_limits() -> None:
    together = [each for each in MANIFEST["widgets"] if "apart" not in each]
    assert {"policy-badge", "banner", "window-panel"} <= {each["name"] for each in together}
    total = sum(gzipped(f"{each['name']}.js") for each in together) + gzipped("core.js")
    assert gzipped("core.js") <= MANIFEST["limits"]["core"] <= 6 * 1024
    assert total <= MANIFEST["limits"]["total"] <= 12 * 1024


@pytest.mark.parametrize(
    "widget", [each for each in MANIFEST["widgets"] if "apart" in each], ids=lambda each: each["name"]
)
def test_a_widget_that_counts_apart_has_a_limit_of_its_own(widget: dict[str, object]) -> None:
    assert gzipped(f"{widget['name']}.js") <= int(str(widget["apart"])) <= 3 * 1024


@pytest.mark.parametrize("script", MANIFEST["pages"], ids=lambda script: script["name"])
def test_a_script_of_a_hosted_page_stays_within_its_limit(script: dict[str, object]) -> None:
    assert gzipped(f"{script['name']}.js") <= int(str(script["most"])) <= 4 * 1024


@pytest.mark.parametrize("widget", MANIFEST["widgets"], ids=lambda widget: widget["name"])
def test_every_widget_has_its_parts(widget: dict[str, str]) -> None:
    folder = WIDGETS / widget["name"]
    assert {"element.ts", "style.css", "README.md", "demo.html"} <= {file.name for file in folder.iterdir()}
    assert f'define("{widget["element"]}"' in (folder / "element.ts").read_text()


def test_no_widget_writes_markup_cookies_or_globals() -> None:
    sources = "".join(file.read_text() for file in WIDGETS.rglob("*.ts") if "node_modules" not in file.parts)
    banned = [
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "document.write",
        "eval(",
        "cookie",
        "localStorage",
        "window.",
    ]
    assert [word for word in banned if word in sources] == []


@pytest.mark.parametrize("language", sorted(folder.name for folder in EXAMPLES.iterdir()))
def test_the_examples_keep_the_contract(language: str) -> None:
    given = json.loads((EXAMPLES / language / "policy").read_text())
    assert json.loads(msgspec.json.encode(policy(language))) | {"details": None} == given
    given = json.loads((EXAMPLES / language / "orders" / "example" / "entitlements").read_text())
    assert json.loads(msgspec.json.encode(entitlements(language))) == given
