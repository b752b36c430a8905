"""No text makes a regular expression take for ever (ReDoS): each is tried with what would make it turn back most."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest

from plugin.domain.artwork_size import _SIDE
from plugin.domain.mentions import stands_in
from tests.web.security.patterns import Used, hostile, modules, used

SIZE: Final = 60_000
SECONDS: Final = 0.25
"""Of the processor's time. What goes through once takes some hundredths; what begins anew at each sign takes many."""
ELSEWHERE: Final = {"plugin/domain/tracking/rules/": frozenset({"fullmatch"})}
"""Patterns that another module uses, and how (plugin/domain/tracking/rule.py)."""
LISTED: Final = {
    "plugin/domain/policy/lint/vagueness.py",
    "plugin/domain/policy/lint/wordings.py",
    "plugin/domain/policy/trait_words/__init__.py",
}
"""Made of words that come with the program; a text has 2,000 characters at the most (plugin/domain/policy/terms.py)."""
ASIDE: Final = LISTED | {
    "integrations/platforms/shopify/app_file.py",
    "plugin/domain/artwork_size.py",
    "plugin/domain/mentions.py",
}
"""Files with a pattern that is put together as it is used; the latter are tried below."""


class TookTooLong(Exception):
    """The time is over."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """End what takes longer: a pattern in its turns hears signals, if nothing else."""

    def end(*_: object) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def slow(each: Used) -> Iterator[str]:
    ways = next((ways for folder, ways in ELSEWHERE.items() if each.where.startswith(folder)), each.ways)
    for way in ways:
        for text in hostile(each.pattern, SIZE):
            try:
                with within(SECONDS):
                    each.run(way, text)
            except TookTooLong:
                yield f"{each.where} {way} {text[:30]!r}"
                break


def test_no_pattern_takes_longer_than_its_text_is_long() -> None:
    found = [each for module, path in modules(("plugin", "integrations")) for each in used(module, path)]
    patterns = [each for each in found if isinstance(each, Used)]
    assert len(patterns) > 200
    assert [place for each in patterns for place in slow(each)] == []
    assert {each for each in found if isinstance(each, str)} == ASIDE


def test_patterns_that_are_put_together_take_no_longer() -> None:
    made = [re.compile(_SIDE % b"width"), re.compile("^name = .*$", re.MULTILINE)]
    assert [place for each in made for place in slow(Used("here", each, frozenset({"search"})))] == []
    with within(SECONDS):
        assert not stands_in("xa@b.example" * (SIZE // 12), "a@b.example")


@pytest.mark.parametrize("bad", [r"(?:a+)+b", r"\s+$", r"<a[^>]*>", r"[^@]+@[^@]+\.[^@]+$", r"a.*b.*c"])
def test_a_pattern_that_turns_back_too_often_is_found(bad: str) -> None:
    assert list(slow(Used("here", re.compile(bad), frozenset({"search"}))))
