"""Keeps what a full run measured in docs/performance.md: one row a figure, the newest measurement wins."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.result import Result, figure

_ROOT = Path(__file__).parents[1]
PAGE = _ROOT / "docs" / "performance.md"
_TABLE = re.compile(r"(?P<head>\| figure \|.*\n\|(?: -+:? \|)+\n)(?P<rows>(?:\|.*\n)*)")


def record(results: Sequence[Result], page: Path = PAGE) -> None:
    """Put these results into the page's table, each with when, on which commit, where, and how busy it was there."""
    text = page.read_text()
    table = _TABLE.search(text)
    if table is None:
        raise ValueError(f"{page} has no table of figures")
    rows = {row.split("|")[1].strip(): row for row in table["rows"].splitlines()}
    rows |= {result.name: _row(result, _where()) for result in results}
    page.write_text(text[: table.end("head")] + "".join(f"{row}\n" for row in rows.values()) + text[table.end() :])


def _row(result: Result, where: str) -> str:
    limit = "" if result.target is None else f"{'≤' if result.is_lower_better else '≥'} {result.target:g}"
    verdict = "" if result.target is None else ("met" if result.ok else "**missed**")
    ratio = "" if result.ratio is None else f"{result.ratio:.2f}"
    baseline = "" if result.baseline is None else figure(result.baseline)
    cells = (result.name, f"{figure(result.value)} {result.unit}", baseline, ratio, limit, verdict, where)
    return f"| {' | '.join(cells)} |"


def _where() -> str:
    today = datetime.now(UTC).date().isoformat()
    load = f"load {os.getloadavg()[0]:.0f}"
    return f"{today} {_commit()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, {load}"


def _commit() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=_ROOT, capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"
