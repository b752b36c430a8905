"""Whether tests notice a mutant: each mutant meets, in a process of its own, every test that reaches its function.

mutmut's own runner starts pytest anew for each mutant, which costs ten times what the tests do. Here tests are
collected once and each mutant is a fork of that process; nothing a mutant does outlives it.
"""

from __future__ import annotations

import gc
import os
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import _lru_cache_wrapper
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

import msgspec
import pytest
from _pytest.fixtures import FixtureDef, SubRequest
from _pytest.runner import runtestprotocol
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

from tools.mutation.mutants import Mutants, importing

OPTIONS = ("-q", "-s", "--assert=plain", "-p", "no:randomly", "-p", "no:xdist", "-p", "no:cacheprovider")

PATIENCE, MEMORY = 20, 4 * 1024**3
"""CPU seconds and bytes that a mutant may use: one that loops for ever is as good as killed."""
Choose = Callable[[list[str]], Sequence[str]]
"""Which of all mutants are tried, in this order."""
Clearing = Sequence[Callable[[], None]]
KILLED, ALIVE, BROKEN = 1, 0, 2


class Verdict(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    TIMED_OUT = "timed out"
    ALIVE = "alive"
    UNTESTED = "without a test"


class Reach(msgspec.Struct):
    """What tests call without a mutant: by function the numbers of the tests; by number how many seconds one takes."""

    tests: dict[str, list[int]]
    seconds: list[float]


@dataclass
class Trial:
    """A plugin of pytest that tries mutants instead of running the tests once; `verdicts` is what it found.

    None is begun after `deadline` (`time.monotonic`); None: there is time for all.
    """

    mutants: Mutants
    choose: Choose
    deadline: float | None
    jobs: int
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    _waiting: dict[int, str] = field(default_factory=dict)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn which tests reach what, then try the chosen mutants against them."""
        if session.testsfailed:
            raise session.Interrupted("the tests cannot be collected")
        self.mutants.import_all()
        clearing = memories(self.mutants.package)
        gc.freeze()  # what is here now is shared with every fork
        reach = reach_of(session.items, clearing)
        for name in self.choose(self.mutants.names()):
            if self.deadline is not None and time.monotonic() > self.deadline:
                break
            tests = reach.tests.get(name.partition("__mutmut_")[0], [])
            if not tests:
                self.verdicts[name] = Verdict.UNTESTED
                continue
            while len(self._waiting) >= self.jobs:
                self._wait()
            quickest = sorted(tests, key=lambda number: reach.seconds[number])
            met = [session.items[number] for number in quickest]
            self._waiting[fork(lambda: meet(name, met, clearing))] = name  # noqa: B023 - called at once
        while self._waiting:
            self._wait()
        return True

    def _wait(self) -> None:
        child, status = os.wait()
        code = os.waitstatus_to_exitcode(status)
        verdicts = {ALIVE: Verdict.ALIVE, KILLED: Verdict.KILLED}
        self.verdicts[self._waiting.pop(child)] = verdicts.get(code, Verdict.TIMED_OUT)


class _Noting:
    """A plugin that notes what is called while fixtures of more than one test are made: it reaches all their tests."""

    def __init__(self) -> None:
        self.calls: dict[str, set[str]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: FixtureDef[object], request: SubRequest) -> Iterator[None]:
        del request
        before = set(state()._stats)  # noqa: SLF001 - where mutmut notes calls
        yield
        if fixturedef.scope != "function":
            self.calls[fixturedef.argname] = state()._stats - before  # noqa: SLF001 - likewise


class _Ending:
    """A plugin that ends the process with the first fault; to say what it was would cost more than the test."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> None:
        if call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception):
            os._exit(KILLED)


def try_package(package: str, tests: Sequence[str], choose: Choose, made: Path, deadline: float | None = None) -> Trial:
    """Try the mutants of a package that `choose` picks from their names. The package must not be imported yet.

    `tests` are arguments of pytest, `made` is where what mutmut writes is kept for the next time. Raises `RuntimeError`
    when the tests fail without any mutant.
    """
    trial = Trial(importing(package, made), choose, deadline, jobs=os.cpu_count() or 1)
    if pytest.main([*OPTIONS, *tests], plugins=[trial]) != pytest.ExitCode.OK:
        raise RuntimeError("the tests fail without any mutant")
    return trial


def reach_of(items: Sequence[pytest.Item], clearing: Clearing) -> Reach:
    """Every test run once, in a fork, so that this process stays as it was. Raises when a test fails."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "reach"
        child = fork(lambda: _write_reached(kept, items, clearing))
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != ALIVE:
            raise pytest.UsageError("a test fails without any mutant: ./script/test says which")
        return msgspec.json.decode(kept.read_bytes(), type=Reach)


def _write_reached(kept: Path, items: Sequence[pytest.Item], clearing: Clearing) -> int:
    kept.write_bytes(msgspec.json.encode(_reached(items, clearing)))
    return ALIVE


def memories(package: str) -> list[Callable[[], None]]:
    """What makes the package forget every answer it keeps: one may be from before the mutant, or another test's."""
    kept = [known for known in gc.get_objects() if isinstance(known, _lru_cache_wrapper)]
    return [known.cache_clear for known in kept if known.__module__.startswith(package)]


def _reached(items: Sequence[pytest.Item], clearing: Clearing) -> Reach:
    set_mutant_under_test("stats")
    noting = _Noting()
    items[0].config.pluginmanager.register(noting)
    tests: dict[str, list[int]] = defaultdict(list)
    seconds = []
    for number, (item, following) in enumerate(pairwise([*items, None])):
        for clear in clearing:
            clear()
        state()._stats.clear()  # noqa: SLF001 - where mutmut notes calls
        reports = runtestprotocol(item, log=False, nextitem=following)  # type: ignore[arg-type]  # pairs end with None
        if any(report.failed for report in reports):
            os._exit(BROKEN)
        seconds.append(sum(report.duration for report in reports if report.when == "call"))
        wide = (noting.calls.get(name, set()) for name in getattr(item, "fixturenames", ()))
        for function in state()._stats.union(*wide):  # noqa: SLF001 - likewise
            tests[function].append(number)
    return Reach(tests, seconds)


def meet(mutant: str, items: Sequence[pytest.Item], clearing: Clearing) -> int:
    """Run the tests until one fails."""
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for clear in clearing:
        clear()
    set_mutant_under_test(mutant)
    items[0].config.pluginmanager.register(_Ending())
    for item, following in pairwise([*items, None]):
        runtestprotocol(item, log=False, nextitem=following)  # type: ignore[arg-type]  # likewise
    return ALIVE


def fork(act: Callable[[], int]) -> int:
    """Start a process that does this, silently, and ends with what it answers; a fault that escapes is a kill."""
    child = os.fork()
    if not child:
        _run_silently(act)
    return child


def _run_silently(act: Callable[[], int]) -> NoReturn:
    code = KILLED
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        code = act()
    finally:
        os._exit(code)
