"""What a process and those it started have used, read from Linux's /proc; nothing is known elsewhere."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
_TICK = os.sysconf("SC_CLK_TCK")


def is_known() -> bool:
    """Whether this machine tells."""
    return (_PROC / "self" / "smaps_rollup").exists()


def family(process: int) -> list[int]:
    """A process and its living descendants."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [process]
    for member in found:
        found.extend(children.get(member, ()))
    return found


def cpu_seconds(process: int, *, with_ended: bool = False) -> float:
    """User and system time of the family so far; also of those of it that have ended and were waited for."""
    last = 15 if with_ended else 13
    return sum(sum(int(ticks) for ticks in fields[11:last]) for p in family(process) if (fields := _stat(p))) / _TICK


def machine_seconds() -> tuple[float, float]:
    """Processor time of the whole machine so far, used and altogether."""
    user, nice, system, idle, waiting, *stolen = (
        int(t) for t in (_PROC / "stat").read_text().split("\n")[0].split()[1:9]
    )
    used = user + nice + system + sum(stolen)
    return used / _TICK, (used + idle + waiting) / _TICK


def memory_bytes(process: int) -> int:
    """Memory of the family: proportional set sizes, so that what they share counts once."""
    return sum(_pss(member) for member in family(process))


def _pss(process: int) -> int:
    with suppress(OSError):
        for line in (_PROC / str(process) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _stat(process: int) -> list[str]:
    """The fields after the name, beginning with the state; none when the process is gone."""
    with suppress(OSError):
        return (_PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    return []
