"""What the worker's main loop meets does not end it: it is logged and tried again; who asks it to, does."""

from __future__ import annotations

import subprocess
import sys

import pytest

from plugin.jobs.clock_watch import ClockWatch
from plugin.jobs.outcomes import Outcomes
from plugin.jobs.pulse import Pulse
from plugin.ports.vitals import Worker
from tests.build import NOW
from tests.fakes.sources import FakeClock
from tests.fakes.units import FakeUnits
from tests.support.log_lines import log_lines
from tests.support.repository import ROOT


class BrokenVitals:
    def beat(self, worker: Worker) -> None:
        raise RuntimeError(worker.slot)


def test_a_clock_that_was_set_is_followed_until_that_goes_well_and_then_no_more() -> None:
    apart, answers, told = [0.0], [RuntimeError("away"), None], []

    def was_set() -> None:
        told.append(answer := answers.pop(0))
        if answer:
            raise answer

    watch = ClockWatch(lambda: apart[0])
    watch.follow(was_set)
    assert told == []
    apart[0] = -3600.0
    with log_lines() as lines:
        for _ in range(4):
            watch.follow(was_set)
    assert len(told) == 2
    assert [(line["event"], line["error"]) for line in lines] == [("clock_not_followed", "RuntimeError")]


def test_a_clock_that_drifts_slowly_was_not_set() -> None:
    apart = [0.0]
    watch = ClockWatch(lambda: apart[0])
    for _ in range(10):
        apart[0] += 1.5
        watch.follow(lambda: pytest.fail("nobody set it"))


def test_a_pulse_that_cannot_be_told_for_whatever_reason_ends_nothing() -> None:
    clock = FakeClock(NOW)
    pulse = Pulse("slot", BrokenVitals(), Outcomes(FakeUnits(), clock), clock)  # type: ignore[arg-type]  # only beats
    with log_lines() as lines:
        pulse.beat_when_due()
    assert [(line["event"], line["error"]) for line in lines] == [("pulse_not_told", "RuntimeError")]


def test_a_thread_that_waits_for_a_database_that_is_away_keeps_no_worker_from_its_end() -> None:
    waits = "import threading; threading.Thread(target=threading.Event().wait).start()"
    script = f"from plugin import worker; {waits}; worker.leave()"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False, timeout=120).returncode == 0
