"""A parser of outside bytes, and how it is tried: for so many seconds, with a seed that is told when it fails."""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from types import FrameType
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.support.sizes import MANY, examples, is_long

SEED = "FUZZ_SEED"
"""The variable that names one to take again."""
SECONDS = 0.25
"""Of a parser in every run, where nobody gives it more."""
LONG_SECONDS = 10 * 60
"""In the full size, unless somebody asks for so many seconds: `./script/test --long fuzz 60`."""
_BATCH = 5_000
_LONGEST = timedelta(seconds=10)
"""For one input of some kilobytes: what takes longer is a way to hold the server."""


@dataclass(frozen=True, slots=True)
class Parser:
    """`given` makes what comes in, `parse` reads it, `refuses` are the errors that its caller knows what to do with.

    `whole`: inputs that nothing is wrong with; they are read, or the damaged ones would not get far either.
    """

    given: st.SearchStrategy[Any]
    parse: Callable[[Any], object]
    refuses: tuple[type[Exception], ...] = ()
    whole: Sequence[Any] = ()

    def attempt(self, found: Any) -> None:  # noqa: ANN401 - whatever the parser takes
        """Read it; any error but a refusal is a fault of the parser's."""
        with suppress(*self.refuses):
            self.parse(found)


def seconds(short: float = SECONDS) -> float:
    """How long a parser is tried in this run."""
    if not is_long():
        return short
    asked = examples(LONG_SECONDS)
    return LONG_SECONDS if asked == MANY else asked


def tried(parser: Parser, short: float = SECONDS) -> Tried:
    """Try it until its time is over, `short` seconds in every run. Whatever fails is told with its seed."""
    with watching() as reached:
        for each in parser.whole:
            parser.parse(each)
    told = int(os.environ.get(SEED) or secrets.randbits(32))
    chance, clock = Random(told), _Clock(time.monotonic() + seconds(short))  # noqa: S311 - chance to be taken again
    try:
        while True:
            _batch(parser, chance.getrandbits(64), clock)
    except _Over:
        return Tried(clock.tries, seconds(short), frozenset(reached))
    except BaseException as error:
        error.add_note(f"Again, with the same inputs: {SEED}={told}")
        raise


@contextmanager
def watching() -> Iterator[set[str]]:
    """The files whose functions are called in this thread, until the block ends."""
    reached, before = set[str](), sys.getprofile()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            reached.add(frame.f_code.co_filename)

    sys.setprofile(note)
    try:
        yield reached
    finally:
        sys.setprofile(before)


@dataclass(frozen=True, slots=True)
class Tried:
    """How many damaged inputs there were in how long, and the files whose functions the whole ones came by."""

    inputs: int
    seconds: float
    reached: frozenset[str]


class _Over(BaseException):
    """The time is over. No `Exception`, which would be one more failure to look into."""


@dataclass(slots=True)
class _Clock:
    until: float
    tries: int = 0
    has_failed: bool = False
    """What has failed is made smaller however long it takes."""

    def tick(self) -> None:
        if not self.has_failed and self.tries and time.monotonic() > self.until:
            raise _Over
        self.tries += 1


def _batch(parser: Parser, number: int, clock: _Clock) -> None:
    @seed(number)
    @settings(
        max_examples=_BATCH,
        deadline=_LONGEST,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(parser.given)
    def attempt(found: object) -> None:
        clock.tick()
        try:
            parser.attempt(found)
        except Exception:
            clock.has_failed = True
            raise

    attempt()
