"""The last measurement of every figure, kept in `bench/record.json`; the table of docs/performance.md is made of it.

What was measured at full size and what was measured quickly are kept apart: they are runs of different length.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bench.result import Result, Size, figure

_ROOT = Path(__file__).parents[1]
RECORD = Path(__file__).with_name("record.json")
PAGE = _ROOT / "docs" / "performance.md"
_TABLE = re.compile(r"(?P<head>\| figure \|.*\n\|(?: -+:? \|)+\n)(?P<rows>(?:\|.*\n)*)")


class Measured(Result, frozen=True, kw_only=True):
    """A result with when it was measured, on which commit, on what machine, and how busy that was."""

    when: str
    commit: str
    where: str
    load: float


class Record(msgspec.Struct, frozen=True):
    """The newest measurement of each figure, by its name and by size."""

    full: dict[str, Measured] = {}
    quick: dict[str, Measured] = {}

    def last(self, name: str, size: Size) -> Measured | None:
        """What a figure was last; one of a run of the other length where no run of this one had it."""
        first, second = (self.full, self.quick) if size is Size.FULL else (self.quick, self.full)
        return first.get(name) or second.get(name)


def read(record: Path = RECORD) -> Record:
    """What is on record."""
    return msgspec.json.decode(record.read_bytes(), type=Record)


def keep(results: Sequence[Result], size: Size, *, record: Path = RECORD, page: Path = PAGE) -> None:
    """Put all that a bench found on record, in place of what it found before; what is of full size on the page too."""
    before = read(record)
    after = (
        Record(_replaced(before.full, results), before.quick)
        if size is Size.FULL
        else Record(before.full, _replaced(before.quick, results))
    )
    record.write_bytes(_one_a_line(after))
    page.write_text(with_table(page.read_text(), after))


def with_table(page: str, record: Record) -> str:
    """The page's text with a row for each figure of full size; raises `ValueError` where it has no table."""
    table = _TABLE.search(page)
    if table is None:
        raise ValueError("the page has no table of figures")
    rows = "".join(f"{_row(measured)}\n" for measured in record.full.values())
    return page[: table.end("head")] + rows + page[table.end() :]


def _replaced(before: Mapping[str, Measured], results: Sequence[Result]) -> dict[str, Measured]:
    """Figures that a bench does not have any more go."""
    benches = {result.bench for result in results}
    others = {name: measured for name, measured in before.items() if measured.bench not in benches}
    return others | {result.name: _here(result) for result in results}


def _here(result: Result) -> Measured:
    return Measured(
        **msgspec.structs.asdict(result),
        when=datetime.now(UTC).date().isoformat(),
        commit=_commit(),
        where=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        load=round(os.getloadavg()[0], 1),
    )


def _one_a_line(record: Record) -> bytes:
    """So that a figure measured anew changes one line."""
    sizes = []
    for name in record.__struct_fields__:
        rows = (
            b"    " + msgspec.json.encode(figure) + b": " + msgspec.json.encode(measured)
            for figure, measured in getattr(record, name).items()
        )
        sizes.append(f'  "{name}": {{\n'.encode() + b",\n".join(rows) + b"\n  }")
    return b"{\n" + b",\n".join(sizes) + b"\n}\n"


def _row(measured: Measured) -> str:
    limit = "" if measured.target is None else f"{'≤' if measured.is_lower_better else '≥'} {measured.target:g}"
    verdict = "" if measured.target is None else ("met" if measured.ok else "**missed**")
    ratio = "" if measured.ratio is None else f"{measured.ratio:.2f}"
    baseline = "" if measured.baseline is None else figure(measured.baseline)
    where = f"{measured.when} {measured.commit}, {measured.where}, load {measured.load:.0f}"
    value = f"{figure(measured.value)} {measured.unit}"
    return f"| {measured.name} | {value} | {baseline} | {ratio} | {limit} | {verdict} | {where} |"


def _commit() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=_ROOT, capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"
