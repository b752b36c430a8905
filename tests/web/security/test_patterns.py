"""No text makes a regular expression take for ever (ReDoS): each is tried with what would make it turn back most."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from heapq import nlargest
from time import process_time
from typing import Final

import pytest

from plugin.domain.artwork_size import _SIDE
from plugin.domain.mentions import stands_in
from plugin.domain.policy.lint.wordings import Wording, languages, matches
from plugin.domain.policy.trait_words import wordlists
from tests.support.repository import ROOT
from tests.web.security.patterns import Used, held, hostile, modules, pumped, pumps, used

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
"""Made of words that come with the program."""
SENTENCE: Final = 2_000
"""Characters that a policy's text has at the most (plugin/domain/policy/terms.py)."""
SHORT, WORST = 100, 2
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


def took(each: Used, pump: tuple[str, str]) -> float:
    """Seconds of the processor's time, with a short text."""
    text, before = pumped(*pump, SHORT), process_time()
    each.run("finditer", text)
    return process_time() - before


def slow_on_a_sentence(each: Used) -> Iterator[str]:
    """What takes longest in a short text is tried in the longest there is; all of them would be forty thousand."""
    try:
        with within(1):
            worst = nlargest(WORST, ((took(each, pump), pump) for pump in pumps(each.pattern)))
        for _, pump in worst:
            with within(SECONDS):
                each.run("finditer", pumped(*pump, SENTENCE))
    except TookTooLong:
        yield f"{each.where} {each.pattern.pattern}"


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


def test_no_pattern_made_of_words_takes_long_on_a_sentence() -> None:
    for language in languages():
        for wording in Wording:
            list(matches("", language, wording))
    assert wordlists()
    found = [Used(path, each, frozenset()) for path in LISTED for each in held(_module(path))]
    assert {each.pattern.pattern for each in found} > set(_listed_by_language())
    assert len(found) > 380
    assert [place for each in found for place in slow_on_a_sentence(each)] == []


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _listed_by_language() -> Iterator[str]:
    for path in (ROOT / "plugin/domain/policy/lint/patterns").glob("*.json"):
        kinds = json.loads(path.read_text("utf-8"))
        yield from (each for kind, patterns in kinds.items() if kind != Wording.VAGUE for each in patterns)


def test_patterns_that_are_put_together_take_no_longer() -> None:
    made = [re.compile(_SIDE % b"width"), re.compile("^name = .*$", re.MULTILINE)]
    assert [place for each in made for place in slow(Used("here", each, frozenset({"search"})))] == []
    with within(SECONDS):
        assert not stands_in("xa@b.example" * (SIZE // 12), "a@b.example")


@pytest.mark.parametrize("bad", [r"(?:a+)+b", r"\s+$", r"<a[^>]*>", r"[^@]+@[^@]+\.[^@]+$", r"a.*b.*c"])
def test_a_pattern_that_turns_back_too_often_is_found(bad: str) -> None:
    assert list(slow(Used("here", re.compile(bad), frozenset({"search"}))))


@pytest.mark.parametrize("bad", [r"(?:\w+ ?)+(?:jours|heures)", r"\b(?:\w+\W*)*%", r".*!.*!.*!.*!.*\d!"])
def test_a_pattern_made_of_words_that_turns_back_too_often_is_found(bad: str) -> None:
    assert list(slow_on_a_sentence(Used("here", re.compile(bad), frozenset())))
