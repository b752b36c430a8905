"""What the WordPress plugin prints, by the plugin's own code: one PHP process answers every question of a run."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache

from tests.support.repository import ROOT

HAS_PHP = shutil.which("php") is not None
_PRINTER = ROOT / "wordpress" / "tests" / "print.php"


def printed(policy: object, pages: list[object], product: str) -> dict[str, str]:
    """The markup of each surface for a product, from the answers the plugin keeps."""
    return _said({"policy": policy, "pages": pages, "product": product})


def printed_parcels(order: object) -> str:
    """The markup of an order's parcels, from what the companion API told of it."""
    return _said({"order": order})["parcels"]


def _said(asked: object) -> dict[str, str]:
    printer = _printer()
    assert printer.stdin is not None
    assert printer.stdout is not None
    printer.stdin.write(json.dumps(asked) + "\n")
    printer.stdin.flush()
    said: dict[str, str] = json.loads(printer.stdout.readline())
    return said


@cache
def _printer() -> subprocess.Popen[str]:
    """It ends with its standard input, when this process does."""
    return subprocess.Popen(["php", _PRINTER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
