"""Lighthouse's points for a page, where it is installed: `npm ci --prefix bench/theme --ignore-scripts`."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from statistics import median
from typing import Any

from tests.support.browser import QUIET, installed
from tests.support.shopify_cli import BIN

_PROGRAM = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"
_RUNS = 5


def is_installed() -> bool:
    """Whether it and the Node it wants are here."""
    return _PROGRAM.exists() and (BIN / "node").exists()


def median_points(address: str) -> float:
    """The performance points of a page, of 100; Lighthouse's own phone and network."""
    return median(_points(address) for _ in range(_RUNS))


def _points(address: str) -> float:
    flags = ("--only-categories=performance", "--output=json", "--quiet", f"--chrome-flags={' '.join(QUIET)}")
    done = subprocess.run(
        [BIN / "node", _PROGRAM, address, *flags],
        env=os.environ | {"CHROME_PATH": installed()},
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return float(told["categories"]["performance"]["score"]) * 100
