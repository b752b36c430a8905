"""Every bench there is, by the name the command takes."""

from __future__ import annotations

from bench.result import Bench

BENCHES: dict[str, Bench] = {}
